"""How well descriptions are proposed.

Run it from the root: `python tests/eval/describe.py [--short] [--misses]`. Three measures:

- the labelled cases, fed as plain text and as rows of a catalogue, by their own scorer;
- documents of our own labelling (`describe-own.jsonl`: ids and labels, the texts are the corpus');
- agreement with the corpus' own dates and places on records taken at random, where those are good.
"""

from __future__ import annotations

import importlib.util
import json
import lzma
import random
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from archivist.intake.dates import find_dates  # noqa: E402
from archivist.intake.describe import propose  # noqa: E402
from archivist.intake.raw import Hints  # noqa: E402
from archivist.model.record import Description  # noqa: E402
from archivist.model.words import words_of  # noqa: E402

SHARED = ROOT.parent / "shared"
CASES = SHARED / "cases"
CORPUS = SHARED / "corpus" / "records.jsonl.xz"
OWN = Path(__file__).with_name("describe-own.jsonl")
TARGETS = {"date": 0.92, "place": 0.85, "language": 0.98, "doctype": 0.75, "countries_f1": 0.85}
FEEDS = {"text": False, "row": True}
TRUSTED = ("FRUS (US", "Documents on Australian")
"""Sources whose dates and places are good."""
TAKEN = 1_000
SEED = 4_711
ROUNDS = (1, 2)
"""Own labels were made in rounds; each was scored before anything was learnt from it."""


def main(*, short: bool = False, listed: bool = False) -> None:
    """Print the scores.

    Args:
        short: whether to leave out what needs the whole corpus.
        listed: whether to name what was missed, too.
    """
    gold_path = CASES / "describe-dev.jsonl"
    if not gold_path.exists():
        sys.stdout.write(f"The labelled cases are absent ({gold_path}); nothing was scored.\n")
        return
    gold = lines_of(gold_path)
    report("Labelled cases", gold_path, gold, listed=listed)
    if short or not CORPUS.exists():
        return
    own = lines_of(OWN)
    chosen, trusted = from_corpus({case["id"] for case in own}, {case["id"] for case in gold})
    for number in ROUNDS:
        cases = [{**case, **chosen[case["id"]]} for case in own if case.get("round", 1) == number]
        report_own(f"Own labels, round {number}", cases, listed=listed)
    for source, records in trusted.items():
        sys.stdout.write(agreement(source, records))


def report_own(name: str, cases: list[dict[str, Any]], *, listed: bool) -> None:
    """Print a table of scores for some of the own labels."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gold.jsonl"
        path.write_text("\n".join(map(json.dumps, cases)), encoding="utf-8")
        report(name, path, cases, listed=listed)


def report(name: str, path: Path, cases: list[dict[str, Any]], *, listed: bool) -> None:
    """Print a table of scores for cases with texts, and what was missed."""
    scores = {
        feed: score(path, [describe(case, titled=titled) for case in cases])
        for feed, titled in FEEDS.items()
    }
    scores["naive"] = score(path, [naive(case) for case in cases])
    sys.stdout.write(f"{name}\n{table(scores)}\n")
    if listed:
        for titled in FEEDS.values():
            sys.stdout.write("".join(misses(cases, titled=titled)))


def describe(case: dict[str, Any], *, titled: bool) -> dict[str, Any]:
    """Propose a description as the command `describe` prints it."""
    title = case["title"] if titled else ""
    found, _ = propose(case["body"], Description(title=title), Hints())
    return {
        "id": case["id"],
        "date": found.date,
        "place": found.place,
        "language": found.language,
        "doctype": found.doctype,
        "countries": list(found.countries),
    }


def naive(case: dict[str, Any]) -> dict[str, Any]:
    """Describe by the simplest rules: the first whole date, what stands before it, English."""
    text = case["body"][:3000]
    dates = [found for found in find_dates(text) if found.date.day]
    before = text[: dates[0].start].rpartition("\n")[2] if dates else ""
    return {
        "id": case["id"],
        "date": str(dates[0].date) if dates else "",
        "place": before.strip(" ,"),
        "language": "en",
        "doctype": "telegram",
        "countries": ["US"],
    }


def score(gold: Path, predicted: list[dict[str, Any]]) -> dict[str, float]:
    """Score with the labelled cases' own scorer."""
    spec = importlib.util.spec_from_file_location("score_describe", CASES / "score_describe.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predicted.jsonl"
        path.write_text("\n".join(map(json.dumps, predicted)), encoding="utf-8")
        return dict(scorer.main(str(gold), str(path)))


def table(scores: dict[str, dict[str, float]]) -> str:
    """Return the scores as a table, with the targets beside them."""
    lines = [f"{'':14}{'target':>8}" + "".join(f"{feed:>8}" for feed in scores)]
    for name, target in TARGETS.items():
        values = "".join(f"{of[name]:8.3f}" for of in scores.values())
        lines.append(f"{name:14}{target:8.2f}{values}")
    counts = "".join(f"{of['documents']:8}" for of in scores.values())
    return "\n".join([*lines, f"{'documents':22}{counts}"]) + "\n"


def misses(cases: list[dict[str, Any]], *, titled: bool) -> list[str]:
    """Return a line for each value that differs from the label."""
    lines = []
    names = (("date", "date"), ("place", "place"), ("language", "lang"), ("doctype", "doctype"))
    for case in cases:
        found = describe(case, titled=titled)
        for name, label in names:
            also = case.get(f"{label}_also") or []
            accepted = [case[label], *([also] if isinstance(also, str) else also)]
            if found[name] not in accepted:
                lines.append(f"  {case['id'][:60]:62}{name:10}{found[name]!r} for {accepted}\n")
        got, want = set(found["countries"]), set(case["countries"])
        false = sorted(got - want - set(case["countries_also"]))
        if want - got or false:
            lines.append(
                f"  {case['id'][:60]:62}countries lack {sorted(want - got)}, {false} wrong\n"
            )
    return lines


def lines_of(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def from_corpus(
    wanted: set[str], left_out: set[str]
) -> tuple[dict[str, dict[str, str]], dict[str, list[dict[str, str]]]]:
    """Return title and text of the wanted records, and records at random by trusted source."""
    chosen: dict[str, dict[str, str]] = {}
    trusted: dict[str, list[dict[str, str]]] = defaultdict(list)
    with lzma.open(CORPUS, "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            kept = {name: record.get(name) or "" for name in ("title", "body", "date", "place")}
            if record["id"] in wanted:
                chosen[record["id"]] = {name: kept[name] for name in ("title", "body")}
            elif record["source"].startswith(TRUSTED) and record["id"] not in left_out:
                trusted[record["source"]].append(kept)
    dice = random.Random(SEED)
    return chosen, {source: dice.sample(all_, TAKEN) for source, all_ in trusted.items()}


def agreement(source: str, records: list[dict[str, str]]) -> str:
    """Return how often the proposed date and place are the corpus' own, where it has one."""
    lines = [f"{source}, {len(records)} at random"]
    for feed, titled in FEEDS.items():
        dates: list[bool] = []
        places: list[bool] = []
        for record in records:
            given = Description(title=record["title"] if titled else "")
            found, _ = propose(record["body"], given, Hints())
            dates += [found.date == record["date"]] if record["date"] else []
            places += [same_place(found.place, record["place"])] if record["place"] else []
        lines.append(
            f"  {feed:5} date {sum(dates) / len(dates):.3f} of {len(dates)}, "
            f"place {sum(places) / len(places):.3f} of {len(places)}"
        )
    return "\n".join(lines) + "\n"


def same_place(one: str, other: str) -> bool:
    """Whether two places are spelled alike, or one holds the other."""
    first, second = " ".join(words_of(one)), " ".join(words_of(other))
    return bool(first) and (first in second or second in first)


if __name__ == "__main__":
    main(short="--short" in sys.argv, listed="--misses" in sys.argv)
