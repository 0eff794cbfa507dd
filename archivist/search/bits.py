"""Places of common words in the forward stream as bits: 64 places are compared at once.

To list millions of places costs more than to find them. Here they are never listed: words near
each other are found by shifting one row of bits against another, and counted by document or
sentence through sums of bits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from archivist.search.layout import RARE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.search.arrays import Array, Mask, Places, Short, Wide
    from archivist.search.segment import PackedField

Row: TypeAlias = "Wide"
"""Bits of all places, the lowest first; one number more than needed, which is 0."""
FARTHEST = 63
"""How many places apart two words may be to be compared so."""
_BITS = 64
_SHIFT = 6
_PIECE = 1 << 17
_WORDS = 1 << 13
_FEW = 6
_MANY = 50_000
_ONE = np.uint64(1)


def row_of(packed: PackedField, terms: Places) -> Row:
    """Return the places of any of the terms."""
    scanned = [packed.is_scanned(term) for term in terms.tolist()]
    row = _empty(packed)
    if any(scanned):
        _scan(row.view(np.uint8), packed.stream, packed.rank[terms[scanned]])
    if not all(scanned):
        _set(row, packed.places_of(terms[np.logical_not(scanned)].tolist())[0])
    return row


def _empty(packed: PackedField) -> Row:
    return np.zeros(packed.places_count // _BITS + 2, np.uint64)


def _scan(row: Array, stream: Short, ranks: Short) -> None:
    table = np.zeros(RARE + 1, bool)
    table[ranks] = True
    for begin in range(0, len(stream), _PIECE):
        piece = stream[begin : begin + _PIECE]
        hits = table[piece] if len(ranks) > _FEW else _equal(piece, ranks)
        packed = np.packbits(hits, bitorder="little")
        row[begin // 8 : begin // 8 + len(packed)] = packed


def _equal(piece: Short, ranks: Short) -> Mask:
    hits: Mask = piece == ranks[0]
    for rank in ranks[1:]:
        hits |= piece == rank
    return hits


def _set(row: Row, places: Places) -> None:
    if len(places) > _MANY:
        there = np.zeros(len(row) * _BITS, bool)
        there[places] = True
        row |= np.packbits(there, bitorder="little").view(np.uint64)
        return
    np.bitwise_or.at(row, places >> _SHIFT, _ONE << (places & (_BITS - 1)).astype(np.uint64))


def places_in(row: Row, limit: int) -> Places:
    """Return the places below a limit that a row holds, ascending."""
    found, bits = [np.zeros(0, np.int64)], row.view(np.uint8)
    for begin in range(0, len(bits), _PIECE // 8):
        hits = np.unpackbits(bits[begin : begin + _PIECE // 8], bitorder="little").view(bool)
        places = np.flatnonzero(hits)
        places += 8 * begin
        found.append(places)
    every = np.concatenate(found)
    return every[: np.searchsorted(every, limit)]


def shifted(row: Row, distance: int) -> Row:
    """Return the row with every place so much lower, at most 63."""
    if not distance:
        return row
    found: Row = row >> np.uint64(distance)
    found[:-1] |= row[1:] << np.uint64(_BITS - distance)
    return found


def between(rows: Sequence[Row], bounds: Places) -> list[Places]:
    """Return for each row how many of its places lie between each two of some bounds."""
    at, below = bounds >> _SHIFT, _below(bounds)
    found = []
    for row in rows:
        running = np.zeros(len(row) + 1, np.int64)
        np.cumsum(np.bitwise_count(row), out=running[1:])
        before = running.take(at)
        before += np.bitwise_count(row.take(at) & below)
        found.append(np.diff(before))
    return found


def _below(places: Places) -> Wide:
    """Return, for each place, the bits before it within its number."""
    below: Wide = (_ONE << (places & (_BITS - 1)).astype(np.uint64)) - _ONE
    return below


def near_counts(
    packed: PackedField, first: Row, second: Row, distance: int, *, ordered: bool
) -> Places:
    """Count, by document, the pairs of two different words near each other.

    Args:
        packed: the field.
        first: places of one; none is a place of the other, or all are and it is ordered.
        second: places of the other.
        distance: how far apart at most, up to FARTHEST.
        ordered: whether the first one must come first.
    """
    inner = _empty(packed)
    _set(inner, packed.base + packed.lengths)
    np.invert(inner, out=inner)
    pairs = _Pairs(first, second, inner, distance, ordered=ordered)
    running = np.zeros(len(first), np.int64)
    for begin in range(0, len(first) - 1, _WORDS):
        end = min(begin + _WORDS, len(first) - 1)
        running[begin + 1 : end + 1] = pairs.counts(slice(begin, end))
    np.cumsum(running, out=running)
    bounds = np.append(packed.base, packed.places_count)
    at = bounds >> _SHIFT
    total: Places = running[at] + pairs.counts(at, _below(bounds))
    return np.diff(total)


class _Pairs:
    """Counts pairs by the number of the row in which the earlier one stands."""

    def __init__(
        self, first: Row, second: Row, inner: Row, distance: int, *, ordered: bool
    ) -> None:
        self._first, self._second, self._inner = first, second, inner
        self._distance = distance
        self._ordered = ordered

    def counts(self, at: slice | Places, chosen: Wide | None = None) -> Array:
        """Return the pairs of some numbers of the rows, or of chosen bits of these."""
        one, one_next = _with_next(self._first, at)
        other, other_next = _with_next(self._second, at)
        inner, inner_next = _with_next(self._inner, at)
        same = np.full(len(one), ~np.uint64(0)) if chosen is None else chosen.copy()
        counts = np.zeros(len(one), np.uint16)
        for step in range(1, self._distance + 1):
            if step > 1:
                same &= _shift(inner, inner_next, step - 1)
            counts += np.bitwise_count(one & same & _shift(other, other_next, step))
            if not self._ordered:
                counts += np.bitwise_count(other & same & _shift(one, one_next, step))
        return counts


def _with_next(row: Row, at: slice | Places) -> tuple[Wide, Wide]:
    if isinstance(at, slice):
        return row[at], row[at.start + 1 : at.stop + 1]
    return row[at], row[np.minimum(at + 1, len(row) - 1)]


def _shift(word: Wide, following: Wide, distance: int) -> Wide:
    shifted_word: Wide = word >> np.uint64(distance)
    shifted_word |= following << np.uint64(_BITS - distance)
    return shifted_word
