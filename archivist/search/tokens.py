"""The words of many texts as numbers, and where among them sentences and paragraphs begin.

Marks are set into a text where its sentences and paragraphs begin, and pass through the splitting
into words as words of their own; they are taken out again for all texts at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from archivist.model.sentences import bounds
from archivist.model.words import BOUND, terms_line
from archivist.search.arrays import Numbers, Places, starts_of
from archivist.search.invert import Tokens
from archivist.search.numbering import Numbering

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.search.arrays import Mask
    from archivist.search.segment import PackedField


_BOUND = BOUND.encode()
_MARK = f" {BOUND} "
_AT_ONCE = 500_000
"""Bytes of text that are numbered together: they fit the processor's cache."""


class Gatherer:
    """The texts of one field, on their way into numbers."""

    def __init__(self, *, bounds: bool) -> None:
        self._bounds = bounds
        self._lines: list[bytes] = []
        self._waiting = 0
        self._numbering = Numbering()
        self._is_paragraph = bytearray()

    def add(self, text: str) -> int:
        """Take a text; return its size in bytes."""
        line = terms_line(self._marked(text) if self._bounds else text)
        self._lines.append(line)
        self._waiting += len(line)
        if self._waiting > _AT_ONCE:
            self._flush()
        return len(line)

    def _flush(self) -> None:
        self._numbering.add(self._lines)
        self._lines.clear()
        self._waiting = 0

    def _marked(self, text: str) -> str:
        """Return a text with marks where its sentences and paragraphs begin."""
        text = text.replace(BOUND, " ")
        sentences, paragraphs = bounds(text)
        self._is_paragraph += bytes(map(frozenset(paragraphs).__contains__, sentences))
        edges = [0, *sentences, len(text)]
        return _MARK.join(map(text.__getitem__, map(slice, edges, edges[1:])))

    def spend(self) -> Tokens:
        """Return the words of all texts; nothing can be added afterwards."""
        self._flush()
        words, ids, lengths = self._numbering.spend()
        if not self._bounds:
            return Tokens(words, ids, lengths)
        return _unmarked(words, ids, lengths, np.frombuffer(self._is_paragraph, bool))


def _unmarked(words: list[bytes], ids: Numbers, lengths: Numbers, is_paragraph: Mask) -> Tokens:
    """Take the marks out; what follows a mark begins a sentence or a paragraph."""
    if _BOUND not in words:
        return Tokens(words, ids, lengths, *[begun(np.zeros(0, np.int64), lengths)] * 2)
    mark = words.index(_BOUND)
    is_mark = ids == mark
    at = np.flatnonzero(is_mark)
    marks = np.searchsorted(at, np.append(0, np.cumsum(lengths, dtype=np.int64)))
    sizes = lengths - np.diff(marks).astype(np.uint32)
    kept = ids[~is_mark]
    kept -= kept > mark
    follows = at - np.arange(len(at))
    paragraphs = begun(follows[is_paragraph], sizes)
    others = words[:mark] + words[mark + 1 :]
    return Tokens(others, kept, sizes, begun(follows, sizes), paragraphs)


def begun(follows: Places, lengths: Numbers) -> Places:
    """Return which words begin something, the first word of every document among them."""
    is_first = np.zeros(int(lengths.sum(dtype=np.int64)) + 1, bool)
    is_first[follows] = True
    is_first[starts_of(lengths)[lengths > 0]] = True
    return np.flatnonzero(is_first[:-1])


def merged(parts: Sequence[tuple[PackedField, Mask | None]]) -> Tokens:
    """Join fields of several segments, without the documents that are not kept."""
    numbers: dict[bytes, int] = {}
    ids, lengths = [], []
    bounds: tuple[list[Places], list[Places]] = ([], [])
    before = 0
    for packed, keep in parts:
        found = packed.tokens(keep)
        used = np.zeros(packed.terms_count, bool)
        used[found.ids] = True
        needed = np.flatnonzero(used)
        words = packed.lexicon(0, packed.terms_count)[1].split(b"\n")
        renumbered = np.zeros(packed.terms_count, np.uint32)
        renumbered[needed] = [
            numbers.setdefault(words[term], len(numbers)) for term in needed.tolist()
        ]
        ids.append(renumbered[found.ids])
        lengths.append(found.lengths)
        for all_bounds, those in zip(bounds, (found.sentences, found.paragraphs), strict=True):
            if those is not None:
                all_bounds.append(those + before)
        before += len(found.ids)
    sentences, paragraphs = (np.concatenate(each) if each else None for each in bounds)
    return Tokens(
        list(numbers), np.concatenate(ids), np.concatenate(lengths), sentences, paragraphs
    )
