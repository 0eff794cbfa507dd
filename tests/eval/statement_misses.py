"""What to mend next: which statements were missed, invented, cut wrong or given to another speaker.

The judge says which labelled statement and which found one are a pair. What it leaves unpaired is
told apart here: a labelled and a found one of a kind that still overlap are one span cut wrong, not
one missed and one invented.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean
from typing import Any, Final, Protocol

from tests.eval.statement_cases import Case, Label

CAUSES: Final = ("missed", "span wrong", "invented", "speaker wrong", "kind wrong")
RIGHT: Final = "right"
IGNORED: Final = "optional"
"""Found where the label is optional: neither right nor wrong."""
IOU: Final = 0.5
"""Share of characters from which two spans are the same, as the judge has it."""
_BANDS: Final = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
_SHOWN: Final = 25
"""Rows of the longer tables."""
_KIN: Final = 0.2
"""From this share on, spans of two kinds are one cut wrong; below, one lies within the other."""
_LINE: Final = 120
"""Characters of a statement that are shown."""


class Judge(Protocol):
    """The scorer of the labelled cases, `score_statements.py`, as far as it is asked."""

    def score(
        self, gold: dict[str, Any], pred: dict[str, Any], floor: float
    ) -> tuple[dict[str, Any], list[Any]]:
        """Return the figures of labelled and found documents by id, and the errors."""

    def match(
        self, gold: list[Label], pred: list[Label], floor: float, strict: bool
    ) -> tuple[list[tuple[Label, Label]], list[Label], list[Label], int]:
        """Return pairs, the missed, the wrong, and how many met optional labels."""

    def iou(self, a: Label, b: Label) -> float:
        """Return the share of characters that two statements have in common."""

    def speaker_ok(self, gold: Label, pred: Label) -> bool:
        """Whether the speaker found is the labelled one."""


@dataclass(frozen=True)
class Outcome:
    """What became of a labelled statement, of a found one, or of a pair.

    Attributes:
        case: the document.
        cause: one of CAUSES, "right" or "optional".
        label: the labelled statement; None where it was invented.
        found: the found one; None where it was missed.
    """

    case: Case
    cause: str
    label: Label | None
    found: Label | None


def outcomes(judge: Judge, case: Case, found: list[Label]) -> Iterator[Outcome]:
    """Yield what became of every statement of a document."""
    pairs, missed, wrong, _ = judge.match(case.labels, found, IOU, strict=False)
    for label, one in pairs:
        yield Outcome(case, _of_pair(judge, label, one), label, one)
    left = list(wrong)
    for label in missed:
        shares = [_near(judge, label, one) for one in left]
        if max(shares, default=0.0) > 0:
            yield Outcome(case, "span wrong", label, left.pop(shares.index(max(shares))))
        else:
            yield Outcome(case, "missed", label, None)
    yield from (Outcome(case, "invented", None, one) for one in left)
    judged = {id(one) for _, one in pairs} | {id(one) for one in wrong}
    yield from (Outcome(case, IGNORED, None, one) for one in found if id(one) not in judged)


def _near(judge: Judge, label: Label, one: Label) -> float:
    """Return how much of one span the two are; 0 where one merely lies within another kind."""
    share = judge.iou(label, one)
    return share if label["kind"] == one["kind"] or share >= _KIN else 0.0


def by_cause(judge: Judge, cases: dict[str, Case], found: dict[str, list[Label]]) -> str:
    """Return how many misses there are of each cause, by kind of statement."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for outcome in _all(judge, cases, found):
        counts[outcome.cause][str((outcome.label or outcome.found or {})["kind"])] += 1
    rows = [
        f"| {cause} | {counts[cause].total()} | "
        + ", ".join(f"{kind} {count}" for kind, count in counts[cause].most_common())
        + " |"
        for cause in (RIGHT, *CAUSES, IGNORED)
    ]
    return _table("What became of the statements", ("", "count", "kinds"), rows)


def by_rule(judge: Judge, cases: dict[str, Case], found: dict[str, list[Label]]) -> str:
    """Return how often each rule was right and how it went wrong, beside its mean certainty."""
    rules: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in _all(judge, cases, found):
        if outcome.found is not None:
            rules[outcome.found["rule"]].append(outcome)
    order = sorted(rules, key=lambda rule: (_wrong(rules[rule]), len(rules[rule])), reverse=True)
    columns = (RIGHT, "invented", "span wrong", "speaker wrong", "kind wrong", IGNORED)
    rows = []
    for rule in order:
        counts = Counter(outcome.cause for outcome in rules[rule])
        of = len(rules[rule]) - counts[IGNORED]
        certainty = fmean(outcome.found["certainty"] for outcome in rules[rule] if outcome.found)
        share = f"{counts[RIGHT] / of:.2f}" if of else "–"
        cells = " | ".join(str(counts[column] or "") for column in columns)
        rows.append(f"| {rule} | {cells} | {share} | {certainty:.2f} |")
    return _table("Rules, the worst first", ("rule", *columns, "share", "certainty"), rows)


def by_cue(judge: Judge, cases: dict[str, Case], found: dict[str, list[Label]]) -> str:
    """Return the cues of what was missed or cut wrong, the most frequent first."""
    counts: Counter[tuple[str, ...]] = Counter()
    for outcome in _all(judge, cases, found):
        if outcome.label is not None and outcome.cause in {"missed", "span wrong"}:
            label = outcome.label
            counts[outcome.cause, outcome.case.language, label["kind"], label["cue"][:40]] += 1
    rows = [f"| {' | '.join(key)} | {count} |" for key, count in counts.most_common(_SHOWN)]
    return _table("Cues missed", ("cause", "language", "kind", "cue", "count"), rows)


def by_certainty(judge: Judge, cases: dict[str, Case], found: dict[str, list[Label]]) -> str:
    """Return how often statements of each certainty were right: span, and speaker."""
    bands: dict[float, list[Outcome]] = defaultdict(list)
    for outcome in _all(judge, cases, found):
        if outcome.found is not None and outcome.cause != IGNORED:
            bands[max(bound for bound in _BANDS if bound <= outcome.found["certainty"])].append(
                outcome
            )
    rows = []
    for bound in sorted(bands, reverse=True):
        causes = [outcome.cause for outcome in bands[bound]]
        right = sum(cause in {RIGHT, "kind wrong"} for cause in causes)
        spans = right + causes.count("speaker wrong")
        rows.append(
            f"| from {bound} | {len(causes)} | {spans / len(causes):.3f} "
            f"| {right / len(causes):.3f} |"
        )
    return _table("Certainty", ("", "found", "span right", "span and speaker right"), rows)


def every_miss(
    judge: Judge, cases: dict[str, Case], found: dict[str, list[Label]]
) -> Iterator[str]:
    """Yield a few lines for each miss, in the order of causes."""
    missed = [one for one in _all(judge, cases, found) if one.cause in CAUSES]
    for outcome in sorted(missed, key=lambda one: CAUSES.index(one.cause)):
        yield _told(outcome)


def _told(outcome: Outcome) -> str:
    """Return a miss as lines: where, the rule, what the label is and what was found."""
    rule = f" ({outcome.found['rule']} {outcome.found['certainty']:.2f})" if outcome.found else ""
    lines = [f"{outcome.cause}{rule}: {outcome.case.key}"]
    if outcome.label:
        cue = f"[{outcome.label['speaker_surface']}] [{outcome.label['cue']}]"
        lines.append(f"    label  {_quoted(outcome.case, outcome.label)} {cue}")
    if outcome.found:
        surface = f"[{outcome.found['surface']}]"
        lines.append(f"    found  {_quoted(outcome.case, outcome.found)} {surface}")
    return "\n".join(lines)


def _quoted(case: Case, one: Label) -> str:
    """Return a statement with its kind, speaker and the words around it, on one line."""
    start, end = one["start"], one["end"]
    words = case.body[start:end]
    if len(words) > _LINE:
        words = f"{words[:70]} … {words[-45:]}"
    before, after = case.body[max(0, start - 40) : start], case.body[end : end + 20]
    shown = " ".join(f"{before}⟦{words}⟧{after}".split())
    return f"{start}-{end} {one['kind']} {one['speaker']!r}: {shown}"


def _of_pair(judge: Judge, label: Label, found: Label) -> str:
    """Return whether a pair is right, or what is wrong with it."""
    if not judge.speaker_ok(label, found):
        return "speaker wrong"
    return RIGHT if label["kind"] == found["kind"] else "kind wrong"


def _wrong(several: list[Outcome]) -> int:
    """Return how many of them are misses."""
    return sum(outcome.cause in CAUSES for outcome in several)


def _all(judge: Judge, cases: dict[str, Case], found: dict[str, list[Label]]) -> Iterator[Outcome]:
    """Yield what became of every statement of several documents."""
    for key, case in cases.items():
        yield from outcomes(judge, case, found[key])


def _table(name: str, columns: tuple[str, ...], rows: list[str]) -> str:
    """Return a table with its name above it."""
    head = f"| {' | '.join(columns)} |\n{'| --- ' * len(columns)}|"
    return "\n".join([name, head, *rows]) + "\n"
