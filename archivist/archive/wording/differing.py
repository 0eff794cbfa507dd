"""What differs between two texts, word by word, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from archivist.archive.wording.results import Difference
from archivist.archive.wording.senses import Senses, Side, Turned, turns_between
from archivist.model.words import term_spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archivist.search.alignment import Step

_ALIKE: Final = frozenset({"same", "spelled otherwise"})
_STOPS: Final = frozenset('.!?:;\n“«„"')
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


def turned(quoted: Pieces, record: Pieces, steps: Sequence[Step], senses: Senses) -> list[str]:
    """Return what turns the sense of a record in a quotation, in whole sentences."""
    pairs = [
        Turned(
            [quoted.side(step.first, step.last) for step in group],
            [record.side(step.begin, step.end) for step in group],
            _beside(quoted, group[0].first, group[-1].last),
        )
        for group in _together(steps)
    ]
    return turns_between(senses, pairs)


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
