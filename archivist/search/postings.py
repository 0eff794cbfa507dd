"""In which documents of a segment each term stands, and how often; read from one field's arrays."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np

from archivist.search import gaps
from archivist.search.arrays import starts_of
from archivist.search.layout import (
    COUNTS_2,
    COUNTS_8,
    COUNTS_32,
    COUNTS_SHIFT,
    DOCS_8,
    DOCS_16,
    DOCS_32,
    DOCS_BITS,
    ONES,
    SPREAD,
)
from archivist.search.lexicon import Lexicon, widened

if TYPE_CHECKING:
    from archivist.search.arrays import Array, Bytes, Mask, Numbers, Places
    from archivist.search.packing import PackedArray, PackedFile

_LOW = np.uint8(3)
_ONE = np.uint8(1)
_WIDE = {DOCS_16: "d16", DOCS_32: "d32"}
_EXPLICIT = {COUNTS_8: "t8", COUNTS_32: "t32"}
_INLINE = 4
_AT_ONCE = 256
_QUARTERS = SPREAD + _ONE


class Postings(Lexicon):
    """Documents of terms, numbered from 0.

    Attributes:
        docs_count: documents, also the deleted ones.
    """

    def __init__(self, file: PackedFile, name: str) -> None:
        super().__init__(file, name)
        self.docs_count = file.number(f"{name}/docs")

    def _pieces(self, name: str) -> PackedArray:
        return self._file.pieces(f"{self._name}/{name}")

    @functools.cached_property
    def _kind(self) -> Bytes:
        return self._array("kind")

    @functools.cached_property
    def _doc_kind(self) -> Bytes:
        kind: Bytes = self._kind & _LOW
        return kind

    @functools.cached_property
    def _count_kind(self) -> Bytes:
        kind: Bytes = (self._kind >> COUNTS_SHIFT) & _LOW
        return kind

    @functools.cached_property
    def _first(self) -> Array:
        return self._array("first")

    @functools.cached_property
    def _row(self) -> int:
        """Bytes of one bitmap."""
        return -(-self.docs_count // 8)

    # --- where the runs of the terms lie, in items of their arrays

    @functools.cached_property
    def _doc_sizes(self) -> Numbers:
        sizes = self.frequency - np.uint32(1)
        with_gaps = (self._doc_kind == DOCS_8) & (sizes > 0)
        sizes[with_gaps] += widened(self._array("de"), self._array("de+"))
        sizes[self._doc_kind == DOCS_BITS] = self._row
        return sizes

    @functools.cached_property
    def _doc_starts(self) -> Numbers:
        return _starts_by_kind(self._doc_kind, self._doc_sizes, (DOCS_8, *_WIDE, DOCS_BITS))

    @functools.cached_property
    def _count_sizes(self) -> Numbers:
        sizes = self.frequency + np.uint32(_INLINE - 1)
        sizes //= np.uint32(_INLINE)
        return np.where(self._count_kind == COUNTS_2, sizes, self.frequency)

    @functools.cached_property
    def _count_starts(self) -> Numbers:
        return _starts_by_kind(self._count_kind, self._count_sizes, (COUNTS_2, *_EXPLICIT))

    @functools.cached_property
    def _larger(self) -> tuple[Numbers, Numbers]:
        """How many counts of each term stand apart, and where they begin."""
        sizes = np.zeros(self.terms_count, np.uint32)
        sizes[self._count_kind == COUNTS_2] = widened(self._array("te"), self._array("te+"))
        return sizes, np.cumsum(sizes, dtype=np.uint32) - sizes

    # --- documents

    def docs(self, term: int) -> Places:
        """Return the documents with a term, ascending."""
        kind = int(self._doc_kind[term])
        start = int(self._doc_starts[term])
        stop = start + int(self._doc_sizes[term])
        if kind == DOCS_BITS:
            row = self._pieces("bits").cut(start, stop)
            return np.flatnonzero(np.unpackbits(row, count=self.docs_count).view(bool))
        first = int(self._first[term])
        if start == stop:
            return np.array([first])
        if kind == DOCS_8:
            later = gaps.numbers(self._pieces("d8").cut(start, stop), first)
        else:
            later = np.cumsum(self._pieces(_WIDE[kind]).cut(start, stop), dtype=np.int64) + first
        return np.concatenate([[first], later])

    def docs_of_many(self, terms: Places) -> list[Places]:
        """Return the documents with any of the terms, in parts, unsorted, with repetitions."""
        kinds = self._doc_kind[terms]
        plain = terms[kinds != DOCS_BITS]
        parts = [self._first[plain].astype(np.int64)]
        for kind in (DOCS_8, *_WIDE):
            chosen = terms[(kinds == kind) & (self.frequency[terms] > 1)]
            if len(chosen):
                parts.append(self._later(chosen, kind))
        return parts + [self.docs(int(term)) for term in terms[kinds == DOCS_BITS]]

    def having(self, terms: Places) -> Mask:
        """Tell which documents have one of the terms.

        The commonest are read first, and no more of them when no document is left.
        """
        is_row = self._doc_kind[terms] == DOCS_BITS
        found = self._in_rows(terms[is_row])
        others = terms[~is_row]
        if len(others) > _AT_ONCE:
            often = self.frequency[others].astype(np.int64)
            others = others[np.argsort(-often, kind="stable")]
        for begin in range(0, len(others), _AT_ONCE):
            if found.all():
                break
            for docs in self.docs_of_many(np.sort(others[begin : begin + _AT_ONCE])):
                found[docs] = True
        return found

    def _in_rows(self, terms: Places) -> Mask:
        """Tell which documents have one of the terms that have bitmaps."""
        if not len(terms):
            return np.zeros(self.docs_count, bool)
        bits = self._pieces("bits")
        starts = self._doc_starts[terms].tolist()
        row = np.bitwise_or.reduce([bits.cut(start, start + self._row) for start in starts])
        found: Mask = np.unpackbits(row, count=self.docs_count).view(bool)
        return found

    def _later(self, terms: Places, kind: int) -> Places:
        """Return the documents but the first of terms that are packed alike, term after term."""
        sizes = self._doc_sizes[terms].astype(np.int64)
        starts = self._doc_starts[terms].astype(np.int64)
        firsts = self._first[terms].astype(np.int64)
        if kind == DOCS_8:
            return gaps.numbers_of_many(_runs(self._pieces("d8"), starts, sizes), sizes, firsts)
        return gaps.summed(_runs(self._pieces(_WIDE[kind]), starts, sizes), sizes, firsts)

    def docs_of_each(self, terms: Places) -> Places:
        """Return the documents with each of the terms, ascending, term after term."""
        counts = self.frequency[terms].astype(np.int64)
        starts = starts_of(counts)
        found = np.empty(int(counts.sum()), np.int64)
        kinds = self._doc_kind[terms]
        found[starts] = self._first[terms]
        for kind in (DOCS_8, *_WIDE):
            chosen = (kinds == kind) & (counts > 1)
            if chosen.any():
                places = gaps.ranges(starts[chosen] + 1, counts[chosen] - 1)
                found[places] = self._later(terms[chosen], kind)
        for at in np.flatnonzero(kinds == DOCS_BITS).tolist():
            found[starts[at] : starts[at] + counts[at]] = self.docs(int(terms[at]))
        return found

    # --- how often

    def counts(self, term: int) -> Array:
        """Return how often a term stands in each of its documents."""
        kind, size = int(self._count_kind[term]), int(self.frequency[term])
        if kind == ONES:
            return np.ones(size, np.uint8)
        start = int(self._count_starts[term])
        if kind != COUNTS_2:
            return self._pieces(_EXPLICIT[kind]).cut(start, start + size)
        small = self._pieces("t2").cut(start, start + int(self._count_sizes[term]))
        found: Array = _QUARTERS[small].reshape(-1)[:size]
        sizes, starts = self._larger
        if large := int(sizes[term]):
            begin = int(starts[term])
            found[found == _INLINE] = self._pieces("t4").cut(begin, begin + large)
        return found

    def counts_of_each(self, terms: Places) -> Numbers:
        """Return how often each of the terms stands in each of its documents, term after term."""
        sizes = self.frequency[terms].astype(np.int64)
        found = np.ones(int(sizes.sum()), np.uint32)
        kinds = self._count_kind[terms]
        of_pair = np.repeat(kinds, sizes)
        starts = self._count_starts[terms].astype(np.int64)
        for kind, name in _EXPLICIT.items():
            if (chosen := kinds == kind).any():
                index = gaps.ranges(starts[chosen], sizes[chosen])
                found[of_pair == kind] = self._pieces(name).at(index)
        if (chosen := kinds == COUNTS_2).any():
            found[of_pair == COUNTS_2] = self._inlined(terms[chosen])
        return found

    def _inlined(self, terms: Places) -> Array:
        sizes = self.frequency[terms].astype(np.int64)
        taken = self._count_sizes[terms].astype(np.int64)
        index = gaps.ranges(self._count_starts[terms].astype(np.int64), taken)
        spread = _QUARTERS[self._pieces("t2").at(index)].reshape(-1)
        found: Array = spread[gaps.ranges(starts_of(taken) * _INLINE, sizes)]
        larger, starts = self._larger
        index = gaps.ranges(starts[terms].astype(np.int64), larger[terms].astype(np.int64))
        if len(index):
            found[found == _INLINE] = self._pieces("t4").at(index)
        return found


def _runs(array: PackedArray, starts: Places, sizes: Places) -> Array:
    """Return several runs of an array, one after the other; they often lie so."""
    first, stop = int(starts[0]), int(starts[-1] + sizes[-1])
    if stop - first == int(sizes.sum()) and bool((starts[1:] >= starts[:-1]).all()):
        return array.cut(first, stop)
    return array.at(gaps.ranges(starts, sizes))


def _starts_by_kind(kinds: Bytes, sizes: Numbers, chosen: tuple[int, ...]) -> Numbers:
    """Return where each run begins, where the runs of each kind lie in an array of their own."""
    starts = np.zeros(len(kinds), np.uint32)
    for kind in chosen:
        those = np.flatnonzero(kinds == kind)
        counted = sizes[those]
        starts[those] = np.cumsum(counted, dtype=np.uint32) - counted
    return starts
