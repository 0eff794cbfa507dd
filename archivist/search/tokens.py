"""The words of many texts as numbers, and where among them sentences and paragraphs begin.

Marks are set into a text where its sentences and paragraphs begin, and pass through the splitting
into words as words of their own; they are taken out again for all texts at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from archivist.model.sentences import paragraph_starts, sentence_starts
from archivist.model.words import BOUND, terms_of
from archivist.search.arrays import Numbers, Places, starts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.search.arrays import Mask
    from archivist.search.segment import PackedField


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of one field of some documents, numbered, in reading order.

    Attributes:
        words: each word once; its number is its place.
        ids: numbers of the words, document after document.
        lengths: words of each document.
        sentences: which words begin a sentence, ascending; None where each document is one.
        paragraphs: which words begin a paragraph, likewise.
    """

    words: list[str]
    ids: Numbers
    lengths: Numbers
    sentences: Places | None = None
    paragraphs: Places | None = None


class _Numbering(dict[str, int]):
    """Numbers words in the order in which they come."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


class Gatherer:
    """The texts of one field, numbered as they are added."""

    def __init__(self, *, bounds: bool) -> None:
        self._bounds = bounds
        self._numbering = _Numbering()
        self._numbering[BOUND] = 0
        self._ids: list[Numbers] = []
        self._is_paragraph = bytearray()

    def add(self, text: str) -> int:
        """Take a text; return how many words it has, marks of bounds included."""
        terms = terms_of(self._marked(text) if self._bounds else text)
        number = self._numbering.__getitem__
        self._ids.append(np.fromiter(map(number, terms), np.uint32, len(terms)))
        return len(terms)

    def _marked(self, text: str) -> str:
        text = text.replace(BOUND, " ")
        paragraphs = frozenset(paragraph_starts(text))
        pieces, at = [], 0
        for start in sentence_starts(text):
            pieces.append(text[at:start])
            self._is_paragraph.append(start in paragraphs)
            at = start
        return f" {BOUND} ".join([*pieces, text[at:]])

    def spend(self) -> Tokens:
        """Return the words of all texts; nothing can be added afterwards."""
        words = list(self._numbering)[1:]
        lengths = np.fromiter(map(len, self._ids), np.uint32, len(self._ids))
        ids = np.concatenate(self._ids) if self._ids else np.zeros(0, np.uint32)
        self._ids.clear()
        if not self._bounds:
            return Tokens(words, ids - np.uint32(1), lengths)
        return _unmarked(words, ids, lengths, np.frombuffer(self._is_paragraph, bool))


def _unmarked(words: list[str], ids: Numbers, lengths: Numbers, is_paragraph: Mask) -> Tokens:
    """Take the marks out; what follows a mark begins a sentence or a paragraph."""
    is_mark = ids == 0
    at = np.flatnonzero(is_mark)
    marks = np.searchsorted(at, np.append(0, np.cumsum(lengths, dtype=np.int64)))
    sizes = lengths - np.diff(marks).astype(np.uint32)
    kept = ids[~is_mark]
    kept -= np.uint32(1)
    follows = at - np.arange(len(at))
    paragraphs = begun(follows[is_paragraph], sizes)
    return Tokens(words, kept, sizes, begun(follows, sizes), paragraphs)


def begun(follows: Places, lengths: Numbers) -> Places:
    """Return which words begin something, the first word of every document among them."""
    firsts = starts_of(lengths)[lengths > 0]
    return np.union1d(firsts, follows[follows < int(lengths.sum())])


def merged(parts: Sequence[tuple[PackedField, Mask | None]]) -> Tokens:
    """Join fields of several segments, without the documents that are not kept."""
    numbering = _Numbering()
    ids, lengths = [], []
    bounds: tuple[list[Places], list[Places]] = ([], [])
    before = 0
    for packed, keep in parts:
        found = packed.tokens(keep)
        used = np.zeros(packed.terms_count, bool)
        used[found.ids] = True
        needed = np.flatnonzero(used)
        words = packed.words(0, packed.terms_count)
        numbers = np.zeros(packed.terms_count, np.uint32)
        numbers[needed] = [numbering[words[term]] for term in needed.tolist()]
        ids.append(numbers[found.ids])
        lengths.append(found.lengths)
        for all_bounds, those in zip(bounds, (found.sentences, found.paragraphs), strict=True):
            if those is not None:
                all_bounds.append(those + before)
        before += len(found.ids)
    sentences, paragraphs = (np.concatenate(each) if each else None for each in bounds)
    return Tokens(
        list(numbering), np.concatenate(ids), np.concatenate(lengths), sentences, paragraphs
    )
