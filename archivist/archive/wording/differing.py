"""What differs between two texts, word by word, as people read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from archivist.archive.wording.results import Difference
from archivist.archive.wording.senses import Senses, Side, Turned, turns_between
from archivist.model.words import term_spans_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from archivist.search.alignment import Step

_ALIKE: Final = frozenset({"same", "spelled otherwise"})
_STOPS: Final = frozenset('.!?:;\n“«„"')
LEFT_OUT: Final = re.compile(r"…|\.\s?\.\s?\.|\[\s*(?:…|\.\.\.)\s*\]")
_BETWEEN: Final = 2
"""Changes with at most so many words between them are looked at together."""


class Pieces(NamedTuple):
    """A text cut where its words begin.

    Attributes:
        text: the stretch that is compared.
        words: those in it, as the index holds them, and where they stand in the stretch.
    """

    text: str
    words: Sequence[tuple[str, int, int]]

    @classmethod
    def of(cls, text: str) -> Pieces:
        """Cut a whole text."""
        return cls(text, [(span.word, span.start, span.end) for span in term_spans_of(text)])

    @property
    def folded(self) -> list[str]:
        """The words as the index holds them."""
        return [word for word, _, _ in self.words]

    def cut(self, first: int, last: int) -> str:
        """Return some words with what stands behind them; before the first, what stands there."""
        if first == last:
            return ""
        begin = self.words[first][1] if first else 0
        end = self.words[last][1] if last < len(self.words) else len(self.text)
        return self.text[begin:end]

    def side(self, first: int, last: int) -> Side:
        """Return some words as what turns a sense is looked for in."""
        words = self.words[first:last]
        written = [self.text[begin:end] for _, begin, end in words]
        fresh = [self.is_fresh(at) for at in range(first, last)]
        return Side([word for word, _, _ in words], written, fresh)

    def leaves_out(self, at: int) -> bool:
        """Whether the text says that words are left out before a word."""
        if not 0 < at < len(self.words):
            return False
        return LEFT_OUT.search(self.text[self.words[at - 1][2] : self.words[at][1]]) is not None

    def is_fresh(self, at: int) -> bool:
        """Whether a word begins a sentence."""
        before = self.text[self.words[at - 1][2] : self.words[at][1]] if at else "."
        return not _STOPS.isdisjoint(before)


def stretch(words: Sequence[tuple[str, int, int]], text: str, start: int, end: int) -> Pieces:
    """Cut a stretch of a text out; `words`: those in it, counted in the whole text."""
    moved = [(word, begin - start, stop - start) for word, begin, stop in words]
    return Pieces(text[start:end], moved)


def differences(left: Pieces, right: Pieces, steps: Sequence[Step]) -> tuple[Difference, ...]:
    """Return what became of one text in the other, as people read it."""
    found = (
        Difference(step.kind, left.cut(step.first, step.last), right.cut(step.begin, step.end))
        for step in steps
    )
    return tuple(each for each in found if each.left or each.right)


def turned(
    quoted: Pieces,
    record: Pieces,
    steps: Sequence[Step],
    senses: Senses,
    beside: Sequence[Sequence[str]] = (),
) -> list[str]:
    """Return what turns the sense of a record in a quotation, in whole sentences.

    Args:
        quoted: the quotation.
        record: the passage of the record.
        steps: from one to the other.
        senses: the words by which a sense turns.
        beside: the words of the record before and behind the passage: a clause of the quotation
            that stands there has only changed its place.
    """
    steps = _unmoved(quoted.folded, steps, [f" {' '.join(row)} " for row in beside])
    pairs = [
        Turned(
            [quoted.side(step.first, step.last) for step in group],
            [_in_record(quoted, record, step, senses) for step in group],
            _beside(quoted, group[0].first, group[-1].last),
        )
        for group in _together(steps)
    ]
    return turns_between(senses, pairs)


def _in_record(quoted: Pieces, record: Pieces, step: Step, senses: Senses) -> Side:
    """Return what the record has; where "…" says that words are left out, only what denies."""
    side = record.side(step.begin, step.end)
    if step.kind == "inserted" and quoted.leaves_out(step.first):
        return side.only(senses.negations | senses.refusals | senses.contractions)
    return side


def _unmoved(words: Sequence[str], steps: Sequence[Step], beside: Sequence[str]) -> Sequence[Step]:
    """Leave out what became of words at the ends that stand in a row beside the passage."""
    size = len(words)
    head = _found(lambda count: words[:count], size, beside)
    tail = _found(lambda count: words[size - count :], size, beside)
    kept = [step for step in steps if step.first >= head and step.last <= size - tail]
    if all(step.kind in _ALIKE for step in steps if step not in kept):
        return steps
    while tail and kept and kept[-1].kind == "inserted":
        del kept[-1]
    while head and kept and kept[0].kind == "inserted":
        del kept[0]
    return kept


def _found(end_of: Callable[[int], Sequence[str]], size: int, beside: Sequence[str]) -> int:
    """Return how many words at an end stand beside, in a row; 0 for less than two."""
    count = 0
    while count < size and any(f" {' '.join(end_of(count + 1))} " in row for row in beside):
        count += 1
    return count if count >= _BETWEEN else 0


def _beside(text: Pieces, first: int, last: int) -> list[Side]:
    """Return the words right before and right behind some words."""
    before = text.side(max(0, first - 1), first)
    return [before, text.side(last, min(len(text.words), last + 1))]


def _together(steps: Sequence[Step]) -> Iterator[list[Step]]:
    """Yield the changes that stand together, whatever few words are between them."""
    group: list[Step] = []
    apart = 0
    for step in steps:
        if step.kind in _ALIKE:
            apart += step.last - step.first
            continue
        if group and apart > _BETWEEN:
            yield group
            group = []
        group.append(step)
        apart = 0
    if group:
        yield group
