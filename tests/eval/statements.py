"""How well is found who said what.

Run it from the root: `python -m tests.eval statements [--short]`, or
`python -m tests.eval.statements --misses [--only=SET] [--rule=NAME]` for every miss, and
`--check` to see whether the labels fit the texts. The scorer of the labelled cases
(`../shared/cases/score_statements.py`) is the judge of spans and of speakers; here its answers are
counted by kind, language, type of document, certainty, rule and cause. With `--short` only the
cases that bring their texts along are scored. The sealed set is scored with `--sealed` alone, and
only its totals are printed: whoever mends rules runs this without it.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from archivist.model.statement import KINDS, SURE, Statement
from tests.eval.statement_cases import (
    CORPUS,
    DEV,
    OPEN,
    OPENED,
    SEALED,
    Case,
    Label,
    dev,
    faults,
    labelled,
)
from tests.eval.statement_misses import (
    IOU,
    Judge,
    by_cause,
    by_certainty,
    by_cue,
    by_rule,
    every_miss,
)

JUDGE: Final = DEV.with_name("score_statements.py")
EXTRACTOR: Final = "archivist.intake.statements"


@dataclass(frozen=True)
class Run:
    """Some documents with what was found in them.

    Attributes:
        name: of the set.
        cases: by id.
        found: the statements found, by id.
        seconds: it took.
    """

    name: str
    cases: dict[str, Case]
    found: dict[str, list[Label]]
    seconds: float


def main(*, short: bool, sealed: bool = False) -> None:
    """Print the scores of the readable sets and what to mend next.

    Args:
        short: only the cases that bring their texts along.
        sealed: the totals of the sealed set, too.
    """
    if (extract := _extractor()) is None or (judge := the_judge()) is None:
        _say(f"Nothing was scored: {'the extractor' if extract is None else JUDGE} is absent.")
        return
    runs, hidden = [_run("dev", dev(), extract)], []
    if not short and CORPUS.exists():
        first, second, *closed = labelled(OPEN, OPENED, *((SEALED,) if sealed else ()))
        runs += [_run("open", first, extract), _run("opened", second, extract)]
        hidden = [_run("sealed", cases, extract) for cases in closed]
    _say(_totals(judge, [run for run in (*runs, *hidden) if run.cases]))
    readable = _joined("dev, open and opened", runs)
    _say(_parts(judge, readable))
    for table in (by_cause, by_rule, by_cue, by_certainty):
        _say(table(judge, readable.cases, readable.found))


def misses(only: str, rule: str) -> None:
    """Print every miss of the readable sets.

    Args:
        only: the set to show: "dev", "open" or "opened"; all if empty.
        rule: only misses of rules whose names begin so.
    """
    if (extract := _extractor()) is None or (judge := the_judge()) is None:
        _say(f"Nothing was scored: {'the extractor' if extract is None else JUDGE} is absent.")
        return
    first, second = labelled(OPEN, OPENED)
    sets = {"dev": dev(), "open": first, "opened": second}
    cases = [case for name, cases in sets.items() if only in {"", name} for case in cases]
    run = _run("shown", cases, extract)
    for line in every_miss(judge, run.cases, run.found):
        if not rule or f"({rule}" in line:
            _say(line)


def check() -> int:
    """Print what is wrong with the labels; of the sealed set only how much. Return how much."""
    first, second, sealed = labelled(OPEN, OPENED, SEALED)
    opened = [*first, *second]
    wrong = [fault for case in [*dev(), *opened] for fault in faults(case)]
    hidden = sum(1 for case in sealed for _ in faults(case))
    for fault in wrong:
        _say(fault)
    _say(f"{len(opened)} open documents, {len(sealed)} sealed; faults: {len(wrong)} and {hidden}")
    return len(wrong) + hidden


def _extractor() -> Callable[..., list[Statement]] | None:
    """Return the extractor of statements, where there is one."""
    if importlib.util.find_spec(EXTRACTOR) is None:
        return None
    found: Callable[..., list[Statement]] | None
    found = getattr(importlib.import_module(EXTRACTOR), "extract", None)
    return found


def the_judge() -> Judge | None:
    """Return the scorer of the labelled cases as a module, where it is present."""
    if not JUDGE.exists():
        return None
    spec = importlib.util.spec_from_file_location("score_statements", JUDGE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast(Judge, module)


def _run(name: str, cases: list[Case], extract: Callable[..., list[Statement]]) -> Run:
    """Find the statements of some documents; what is loaded once is not timed."""
    found = {case.key: _found(case, extract) for case in cases}
    start = time.perf_counter()
    for case in cases:
        _found(case, extract)
    return Run(name, {case.key: case for case in cases}, found, time.perf_counter() - start)


def _found(case: Case, extract: Callable[..., list[Statement]]) -> list[Label]:
    """Return what is found in a document, as the judge takes it."""
    return [
        {
            "start": found.start,
            "end": found.end,
            "kind": found.kind,
            "speaker": found.speaker,
            "surface": found.surface,
            "certainty": found.certainty,
            "rule": found.rule or "unnamed",
        }
        for found in extract(
            case.body,
            title=case.title,
            language=case.language,
            doctype=case.doctype,
            date=case.date,
        )
    ]


def _joined(name: str, runs: Iterable[Run]) -> Run:
    """Return several sets as one."""
    cases: dict[str, Case] = {}
    found: dict[str, list[Label]] = {}
    for run in runs:
        cases |= run.cases
        found |= run.found
    return Run(name, cases, found, sum(run.seconds for run in runs))


def _score(judge: Judge, cases: dict[str, Case], found: dict[str, list[Label]]) -> dict[str, Any]:
    """Return the judge's figures for some documents."""
    gold = {key: {"body": case.body, "statements": case.labels} for key, case in cases.items()}
    predicted = {key: {"statements": found[key]} for key in cases}
    figures: dict[str, Any] = judge.score(gold, predicted, IOU)[0]
    return figures


def _totals(judge: Judge, runs: list[Run]) -> str:
    """Return the table of all sets: spans by kind, speakers, the sure ones, speed."""
    lines = ["| | " + " | ".join(run.name for run in runs) + " |", "| --- " * (len(runs) + 1) + "|"]
    columns = [dict(_figures(judge, run)) for run in runs]
    lines += [
        f"| {name} | " + " | ".join(column[name] for column in columns) + " |"
        for name in (columns[0] if columns else ())
    ]
    return "\n".join(lines) + "\n"


def _figures(judge: Judge, run: Run) -> Iterable[tuple[str, str]]:
    """Yield the figures of a set with their names."""
    figures = _score(judge, run.cases, run.found)
    labels = [label for case in run.cases.values() for label in case.labels]
    optional = sum(bool(label.get("optional")) for label in labels)
    yield "documents", str(len(run.cases))
    yield "statements (and optional)", f"{len(labels) - optional} ({optional})"
    yield (
        "spans, precision and recall",
        "{precision:.3f}, {recall:.3f}".format(**figures["overall"]),
    )
    yield "spans, F1", f"{figures['overall']['f1']:.3f}"
    for kind in KINDS:
        yield f"{kind}, F1", _f1(figures["kinds"][kind])
    yield "speaker right", _share(figures["speaker_right"], figures["speaker_of"])
    for kind in KINDS:
        of = figures["speaker_by_kind"][kind]
        yield f"speaker right, {kind}", _share(of["right"], of["of"])
    yield from _sure(judge, run)
    size = sum(len(case.body) for case in run.cases.values()) / 3_000
    yield "documents of 3,000 characters a second", f"{size / run.seconds:.0f}"


def _sure(judge: Judge, run: Run) -> Iterable[tuple[str, str]]:
    """Yield how right the statements are that show without being asked for, and how many."""
    sure = {
        key: [label for label in several if label["certainty"] >= SURE]
        for key, several in run.found.items()
    }
    figures = _score(judge, run.cases, sure)
    of = figures["overall"]["matched"] + figures["overall"]["wrong"]
    yield f"sure (from {SURE}), span right", _share(figures["overall"]["matched"], of)
    yield "sure, span and speaker right", _share(figures["speaker_right"], of)
    every = sum(map(len, run.found.values()))
    yield "sure among those found", _share(sum(map(len, sure.values())), every)
    yield "labelled ones among the sure, recall", f"{figures['overall']['recall']:.3f}"


def _parts(judge: Judge, run: Run) -> str:
    """Return a table of a run by language and by type of document."""
    lines = [
        "By language and type of document",
        "| | documents | spans, F1 | direct | indirect | turn | speaker right |",
        "| --- " * 7 + "|",
    ]
    for field in ("language", "doctype"):
        for name in sorted({getattr(case, field) for case in run.cases.values()}):
            cases = {key: case for key, case in run.cases.items() if getattr(case, field) == name}
            figures = _score(judge, cases, run.found)
            kinds = " | ".join(_f1(figures["kinds"][kind]) for kind in KINDS)
            speaker = _share(figures["speaker_right"], figures["speaker_of"])
            lines.append(
                f"| {name} | {len(cases)} | {_f1(figures['overall'])} | {kinds} | {speaker} |"
            )
    return "\n".join(lines) + "\n"


def _f1(figures: dict[str, Any]) -> str:
    """Return an F1; a dash where there was nothing to find and nothing was found."""
    counted = figures["matched"] + figures["wrong"] + figures["missed"]
    return f"{figures['f1']:.3f}" if counted else "–"


def _share(part: int, whole: int) -> str:
    """Return a share with its whole; a dash where there is none."""
    return f"{part / whole:.3f} of {whole}" if whole else "–"


def _say(text: str) -> None:
    """Print a paragraph."""
    sys.stdout.write(text + "\n")


def _option(name: str) -> str:
    """Return the value of an option of the command line; empty where it is not given."""
    given = [word.partition("=")[2] for word in sys.argv if word.startswith(f"--{name}=")]
    return given[0] if given else ""


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(1 if check() else 0)
    elif "--misses" in sys.argv:
        misses(_option("only"), _option("rule"))
    else:
        main(short="--short" in sys.argv, sealed="--sealed" in sys.argv)
