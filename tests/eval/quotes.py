"""Quote check: 50 true, 50 slightly altered and 50 invented sentences; are the verdicts right?

True ones are drawn by a seed from the real records; altered ones are others of them, changed by
fixed rules of which half keep the sense and half turn it; the invented ones stand in
`data/quotes-invented.txt`. `python -m tests.eval.quotes --calibrate` shows, on other draws and on
invented sentences of their own, how similar each kind is: so the threshold was chosen.
"""

from __future__ import annotations

import json
import lzma
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import itertools

from archivist import Archive
from archivist.archive.wording.results import QuoteCheck, QuoteMatch
from archivist.model.sentences import sentence_starts
from archivist.model.words import asked_terms, words_of
from archivist.search import quotation
from tests.eval import quote_changes

CORPUS: Final = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "records.jsonl.xz"
INVENTED: Final = Path(__file__).parent / "data" / "quotes-invented.txt"
FORMULAS: Final = INVENTED.with_name("quotes-formulas.txt")
RECORDS: Final = 6_000
EACH: Final = 50
_SEED, _OTHER_SEED = 4, 40
_LEAST, _MOST = 9, 45
"""Words of a sentence that is drawn."""
_SENTENCE = re.compile(r"[“\"A-Z][^\n|_*#\[\]{}<>]+[.!?]”?", re.DOTALL)

Rule = Callable[[str], str | None]


def _swap(pairs: str) -> Rule:
    """Make a rule that exchanges the first word it knows."""
    known = dict(pair.split("/") for pair in pairs.split(", "))
    pattern = re.compile(rf"\b({'|'.join(known)})\b")

    def rule(text: str) -> str | None:
        found = pattern.search(text)
        if found is None:
            return None
        return text[: found.start()] + known[found.group()] + text[found.end() :]

    return rule


def _substitute(pattern: str, replacement: str) -> Rule:
    """Make a rule that replaces the first place of a pattern."""
    compiled = re.compile(pattern)

    def rule(text: str) -> str | None:
        return compiled.sub(replacement, text, count=1) if compiled.search(text) else None

    return rule


def _left_out(text: str) -> str | None:
    """Leave three plain words out of the middle, and say so."""
    words = text.split(" ")
    middle = len(words) // 2
    gone = words[middle : middle + 3]
    if not all(re.fullmatch("[a-z]+", word) and not _TELLING.fullmatch(word) for word in gone):
        return None
    return " ".join([*words[:middle], "…", *words[middle + 3 :]])


def _number(text: str) -> str | None:
    found = re.search(r"\b[1-9]\d{1,3}\b", text)
    if found is None:
        return None
    return text[: found.start()] + str(int(found.group()) + 7) + text[found.end() :]


_NO_WORD: Final = frozenset({"cut at both ends", "other punctuation", "brackets"})
"""Changes that leave the words in a row, or may."""
_TELLING: Final = re.compile(
    "not|no|never|nor|none|without|will|shall|must|may|should|would|can|could|might|half|all"
    "|one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|hundred|thousand|million"
)
KEEP: Final[dict[str, Rule]] = {
    "spelled as on the other side of the Atlantic": _swap(
        "labor/labour, defense/defence, organization/organisation, program/programme, "
        "center/centre, favor/favour, honor/honour, recognize/recognise, "
        "organizations/organisations, programs/programmes, emphasized/emphasised, "
        "recognized/recognised, defence/defense, cooperation/co-operation, neighboring/neighbouring"
    ),
    "another form of a word": _swap(
        "relations/relation, countries/country, governments/government, agreed/agrees, "
        "discussed/discuss, problems/problem, efforts/effort, expressed/expresses, talks/talk, "
        "believed/believes, wanted/wants, forces/force, leaders/leader, called/calls"
    ),
    "three words left out": _left_out,
    "a word put in": _substitute(r"\b(has|have|had|is|are|was|were) (?=[a-z]{4})", r"\1 indeed "),
    "a word exchanged": _swap(
        "important/significant, continue/go on, strong/firm, believe/think, regarding/concerning, "
        "however/nevertheless, efforts/endeavours, particularly/especially, large/big, "
        "discuss/consider, problem/difficulty, whole/entire, difficult/hard, possible/feasible"
    ),
}
TURN: Final[dict[str, Rule]] = {
    "“not” put in": _substitute(
        r"\b(will|would|is|are|has|have|was|were|should|can|could|must) (?!not\b)(?=[a-z])",
        r"\1 not ",
    ),
    "“not” left out": _substitute(r"\b(?<!whether or )(?<!if )not (?=[a-z])", ""),
    "another number": _number,
    "another degree of obligation": _swap(
        "shall/may, must/may, should/must, may/shall, will/may, might/must"
    ),
    "another name": _substitute(
        r"(?<=[a-z,] )(China|France|Germany|Iran|Israel|Japan|Russia|Ukraine|Vietnam|India|Cuba"
        r"|Pakistan|Egypt|Korea|Italy|Turkey|Poland|Laos|Iraq|Syria|Moscow|London|Paris)\b",
        "Bolivia",
    ),
    "another month": _substitute(
        r"\b(January|February|April|June|July|August|September|October|November|December) (?=\d)",
        "March ",
    ),
}


class Case(NamedTuple):
    """A sentence that is checked, and what is right.

    Attributes:
        rule: how it was made.
        text: what is asked.
        source: the title of the record it was drawn from; empty for invented ones.
        turned: whether the sense is turned.
        passage: the sentence it was made of, where that is not what is asked.
    """

    rule: str
    text: str
    source: str
    turned: bool
    passage: str = ""


class Judged(NamedTuple):
    """A case, and what the archive said."""

    case: Case
    found: QuoteCheck


def records(count: int) -> list[dict[str, Any]]:
    """Return so many real records, drawn by a seed."""
    with lzma.open(CORPUS, "rt", encoding="utf-8") as file:
        lines = file.readlines()
    return [json.loads(line) for line in random.Random(_SEED).sample(lines, count)]


def sentences(rows: Sequence[dict[str, Any]], seed: int) -> Iterator[tuple[str, str]]:
    """Yield sentences drawn by a seed, one of each record, with the title of the record."""
    draw = random.Random(seed)
    for row in draw.sample(list(rows), len(rows)):
        text = row["body"]
        starts = [*sentence_starts(text), len(text)]
        pieces = [text[a:b].strip() for a, b in itertools.pairwise(starts)]
        fit = [
            piece
            for piece in pieces
            if _SENTENCE.fullmatch(piece) and _LEAST <= len(piece.split()) <= _MOST
        ]
        if fit:
            yield draw.choice(fit), row["title"]


def true_ones(rows: Sequence[dict[str, Any]], seed: int) -> list[Case]:
    """Return sentences as they stand in the records."""
    drawn = sentences(rows, seed)
    return [Case("as it stands", text, title, turned=False) for text, title in _some(drawn, EACH)]


def _some(drawn: Iterator[tuple[str, str]], count: int) -> Iterator[tuple[str, str]]:
    for _, each in zip(range(count), drawn, strict=False):
        yield each


def altered_ones(rows: Sequence[dict[str, Any]], seed: int) -> list[Case]:
    """Return sentences of the records, altered by the rules in turn."""
    cases: list[Case] = []
    for rules, turned in ((KEEP, False), (TURN, True)):
        names = list(rules)
        for number in range(EACH // 2):
            name = names[number % len(names)]
            drawn = sentences(rows, seed * 1_000 + len(cases))
            cases.append(_altered(drawn, name, rules[name], turned=turned))
    return cases


def _altered(drawn: Iterator[tuple[str, str]], name: str, rule: Rule, *, turned: bool) -> Case:
    for text, title in drawn:
        changed = rule(text) if " the " in text else None  # the rules are English
        if changed is not None and changed != text:
            return Case(name, changed, title, turned)
    raise LookupError(f"no sentence is left for the rule {name!r}")


def changed_ones(rows: Sequence[dict[str, Any]], seed: int) -> list[Case]:
    """Return sentences of the records with several changes each, which keep the sense."""
    found = quote_changes.drawn(lambda each: sentences(rows, each), EACH, seed + 2)
    return [Case(names, text, title, turned=False, passage=whole)
            for names, text, title, whole in found]  # fmt: skip


def formulas(*, calibrate: bool = False) -> list[Case]:
    """Return sentences made of the formulas of diplomacy that no record says."""
    chosen, judged = FORMULAS.read_text(encoding="utf-8").split("# --\n")
    return _listed(chosen if calibrate else judged, "formulas")


def invented_ones(*, calibrate: bool = False) -> list[Case]:
    """Return the sentences that nobody said."""
    chosen, judged = INVENTED.read_text(encoding="utf-8").split("# --\n")
    return _listed(chosen if calibrate else judged, "invented")


def _listed(text: str, rule: str) -> list[Case]:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [Case(rule, line, "", turned=False) for line in lines]


def judge(archive: Archive, cases: Sequence[Case]) -> list[Judged]:
    """Ask the archive each of the cases."""
    return [Judged(case, archive.quote(case.text, limit=EACH)) for case in cases]


def is_right(judged: Judged, verdict: str) -> bool:
    """Whether the verdict is right, and the record it was drawn from is shown."""
    case, found = judged
    shown = not case.source or any(_is_of(one, case) for one in found.matches)
    unchanged = set(case.rule.split(", ")) <= _NO_WORD
    return found.verdict in {verdict, "verbatim" if unchanged else verdict} and shown


def _is_of(match: QuoteMatch, case: Case) -> bool:
    """Whether a match is in the record that a case was drawn from, and of the sentence itself."""
    if match.use.title.split() != case.source.split():
        return False
    own, found = (Counter(words_of(text)) for text in (case.passage, match.text))
    return not case.passage or (own & found).total() * 2 > found.total()


def is_warned_right(judged: Judged) -> bool:
    """Whether the match of the record it was drawn from warns where the sense is turned."""
    own = [one for one in judged.found.matches if _is_of(one, judged.case)]
    return bool(own) and own[0].turned == judged.case.turned


def filed(folder: Path, rows: Sequence[dict[str, Any]]) -> Archive:
    """Return an archive with these records."""
    path = folder / "rows.jsonl"
    keys = ("title", "body", "date", "doctype")
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps({key: row[key] for key in keys}) + "\n")
    archive = Archive.create(folder / "quotes.archive")
    archive.file([path])
    return archive


def nearest(archive: Archive, cases: Sequence[Case]) -> list[float]:
    """Return how similar the most similar passage is, however far off, the highest first."""
    found = []
    for case in cases:
        asked = quotation.Asked(asked_terms(case.text))
        near = _nearest(archive, asked)
        found.append(near[0].similarity if near else 0.0)
    return sorted(found, reverse=True)


def _nearest(archive: Archive, asked: quotation.Asked) -> list[quotation.Place]:
    return archive._finding.ask(lambda searcher: searcher.quotation(asked).near(1, 0.0))


def table(kinds: Sequence[tuple[str, str, Sequence[Judged]]]) -> list[str]:
    """Return the table of verdicts."""
    lines = [
        "| sentences | n | verdict right | warning right | similarity: least, median, most |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, verdict, judged in kinds:
        right = sum(is_right(one, verdict) for one in judged)
        warned = "–" if verdict == "never" else str(sum(map(is_warned_right, judged)))
        best = sorted(one.found.matches[0].similarity for one in judged if one.found.matches)
        spread = f"{best[0]:.2f}, {best[len(best) // 2]:.2f}, {best[-1]:.2f}" if best else "–"
        lines.append(f"| {name} ({verdict}) | {len(judged)} | {right} | {warned} | {spread} |")
    return lines


def misses(kinds: Sequence[tuple[str, str, Sequence[Judged]]]) -> Iterator[str]:
    """Yield what was judged wrongly."""
    for _, verdict, judged in kinds:
        for one in judged:
            if is_right(one, verdict) and (verdict == "never" or is_warned_right(one)):
                continue
            best = one.found.matches[0] if one.found.matches else None
            said = f"{best.similarity} “{best.text}” {best.warning}" if best else ""
            yield f"- {one.case.rule}: {one.found.verdict}: “{one.case.text}” {said}"


def main(*, short: bool = False, calibrate: bool = False) -> None:
    """Print the table; nothing where the real records are absent."""
    if not CORPUS.exists():
        sys.stdout.write("not run: ../shared/corpus is absent\n")
        return
    seed = _OTHER_SEED if calibrate else _SEED
    rows = records(RECORDS // 10 if short else RECORDS)
    with tempfile.TemporaryDirectory() as name, filed(Path(name), rows) as archive:
        started = time.perf_counter()
        altered = judge(archive, altered_ones(rows, seed))
        kinds = [
            ("true", "verbatim", judge(archive, true_ones(rows, seed))),
            ("altered, sense kept", "near", [one for one in altered if not one.case.turned]),
            ("altered, sense turned", "near", [one for one in altered if one.case.turned]),
            ("several changes", "near", judge(archive, changed_ones(rows, seed))),
            ("invented", "never", judge(archive, invented_ones(calibrate=calibrate))),
            ("formulas", "never", judge(archive, formulas(calibrate=calibrate))),
        ]
        took = (time.perf_counter() - started) * 1000 / sum(len(judged) for _, _, judged in kinds)
        highest = nearest(archive, invented_ones(calibrate=calibrate))[:5]
    lines = [
        *table(kinds),
        "",
        f"{len(rows):,} records; near from {quotation.NEAR}; {took:.0f} ms a sentence.",
        f"Nearest to what was invented: {', '.join(f'{each:.2f}' for each in highest)}.",
        *misses(kinds),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(short="--short" in sys.argv, calibrate="--calibrate" in sys.argv)
