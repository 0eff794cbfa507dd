"""Places of common words in the forward stream as bits: 64 places are compared at once.

To list millions of places costs more than to find them. Here they are never listed: words near
each other are found by shifting one row of bits against another, document by document, and counted
through sums of bits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from archivist.search.layout import RARE
from archivist.search.spans import ragged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archivist.search.arrays import Array, Mask, Places, Short, Wide
    from archivist.search.segment import PackedField

Row: TypeAlias = "Wide"
"""Bits of all places, the lowest first; one number more than needed, which is 0."""
FARTHEST = 48
"""How many places apart two words may be to be compared so."""
_BITS = 64
_SHIFT = 6
_PIECE = 1 << 17
_WORDS = 1 << 13
_FEW = 6
_DENSE = 400
"""Places that are fewer than one in so many are set one by one."""
_IN_BYTES = 3
"""Numbers of 64 bits that may be counted into a byte."""
_ONE = np.uint64(1)


def row_of(packed: PackedField, terms: Places) -> Row:
    """Return the places of any of the terms."""
    row, ranks = _empty(packed), packed.rank[terms]
    scan, listing = packed.cost_of_scan() * min(len(terms), _FEW + 1), packed.cost_of_places(terms)
    known = not (ranks == RARE).any()
    if known and packed.should_look(packed.places_count, scan, listing):
        _scan(row.view(np.uint8), packed.stream, ranks)
    else:
        _set(row, packed.places_by_piece(terms))
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


def _set(row: Row, several: Iterable[Places]) -> None:
    """Set places, given some at a time, each time ascending."""
    found, there = row.view(np.uint8), np.zeros(0, bool)
    for places in several:
        if not len(places):
            continue
        begin = int(places[0]) & -_BITS
        size = (int(places[-1]) & -_BITS) + _BITS - begin
        if size > _DENSE * len(places):
            bits = _ONE << (places & (_BITS - 1)).astype(np.uint64)
            np.bitwise_or.at(row, places >> _SHIFT, bits)
            continue
        if len(there) < size:
            there = np.zeros(size, bool)
        apart = places - begin
        there[apart] = True
        found[begin // 8 : (begin + size) // 8] |= np.packbits(there[:size], bitorder="little")
        there[apart] = False


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


def among(row: Row, places: Places) -> Mask:
    """Tell which of some places a row holds."""
    found: Mask = (row[places >> _SHIFT] & (_ONE << (places & (_BITS - 1)).astype(np.uint64))) > 0
    return found


def shifted(row: Row, distance: int) -> Row:
    """Return the row with every place so much lower, at most 63."""
    if not distance:
        return row
    found: Row = row >> np.uint64(distance)
    found[:-1] |= row[1:] << np.uint64(_BITS - distance)
    return found


def between(row: Row, bounds: Places) -> Places:
    """Return how many places of a row lie between each two of some bounds."""
    at = bounds >> _SHIFT
    running = np.zeros(len(row) + 1, np.int64)
    np.cumsum(np.bitwise_count(row), out=running[1:])
    before = running[at]
    before += np.bitwise_count(row[at] & _below(bounds))
    found: Places = np.diff(before)
    return found


def _below(places: Places) -> Wide:
    """Return, for each place, the bits before it within its number."""
    below: Wide = (_ONE << (places & (_BITS - 1)).astype(np.uint64)) - _ONE
    return below


def reach_of(distance: int) -> int:
    """Return how far the numbers of a row by document must overlap, up to FARTHEST."""
    return -(-distance // 8) * 8


def by_document(packed: PackedField, row: Row, reach: int) -> Row:
    """Return a row anew, so that what is near each other stands in one number.

    Each number holds `64 - reach` places of one document, and `reach` places that follow these.
    """
    stride = _BITS - reach
    numbers, sizes = _numbers(packed, stride)
    past = stride * numbers
    left = np.repeat(packed.lengths.astype(np.int64), sizes) - past
    past += np.repeat(packed.base, sizes)
    found = _from(row, past)
    found &= ~np.uint64(0) >> np.maximum(_BITS - left, 0).astype(np.uint64)
    return found


def _numbers(packed: PackedField, stride: int) -> tuple[Places, Places]:
    """Return, for rows by document, the numbers within each document, and how many it has."""
    sizes = -(-packed.lengths.astype(np.int64) // stride)
    return ragged(np.zeros(len(sizes), np.int64), sizes), sizes


def _from(row: Row, places: Places) -> Wide:
    """Return the bits of the 64 places from each place on."""
    at, low = places >> _SHIFT, (places & (_BITS - 1)).astype(np.uint64)
    found: Wide = row[at] >> low
    found |= row[at + 1] << (np.uint64(_BITS) - low)
    return found


def near_counts(
    packed: PackedField, first: Row, second: Row, distance: int, *, ordered: bool
) -> Places:
    """Count, by document, the pairs of two different words near each other.

    Args:
        packed: the field.
        first: places of one, by document; none is a place of the other, or all are and it is
            ordered.
        second: places of the other.
        distance: how far apart at most; the rows reach so far.
        ordered: whether the first one must come first.
    """
    stride = _BITS - reach_of(distance)
    running = np.zeros(len(first) + 1, np.int64)
    for begin in range(0, len(first), _WORDS):
        piece = slice(begin, begin + _WORDS)
        counts = _pairs(first[piece], second[piece], distance, stride, ordered=ordered)
        running[1 + begin : 1 + begin + len(counts)] = counts
    np.cumsum(running, out=running)
    ends = np.zeros(packed.docs_count + 1, np.int64)
    np.cumsum(-(-packed.lengths.astype(np.int64) // stride), out=ends[1:])
    found: Places = np.diff(running[ends])
    return found


def _pairs(one: Wide, other: Wide, distance: int, stride: int, *, ordered: bool) -> Array:
    """Count in each number the pairs of which the earlier one is among its first places."""
    begun = (_ONE << np.uint64(stride)) - _ONE
    one_begun, other_begun = one & begun, other & begun
    total, part = np.zeros(len(one), np.uint16), np.zeros(len(one), np.uint8)
    for step in range(1, distance + 1):
        hits = other >> np.uint64(step)
        hits &= one_begun
        if not ordered:
            later = one >> np.uint64(step)
            later &= other_begun
            hits |= later
        part += np.bitwise_count(hits)
        if step % _IN_BYTES == 0 or step == distance:
            total += part
            part[:] = 0
    return total
