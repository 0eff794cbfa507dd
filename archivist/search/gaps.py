"""Ascending numbers as bytes: each byte a gap, 255 for "so far, and nothing there"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from archivist.search.arrays import starts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archivist.search.arrays import Array, Bytes, Days, Places

ESCAPE = 255
_PIECE = 1 << 15


def packed(gaps: Array) -> Bytes:
    """Pack gaps; runs may follow each other, since every gap takes whole bytes of its own."""
    if not len(gaps) or gaps.max() < ESCAPE:
        return gaps.astype(np.uint8)
    escapes = gaps // ESCAPE
    ends = np.cumsum(escapes + 1, dtype=np.int64)
    found = np.full(int(ends[-1]), ESCAPE, np.uint8)
    found[ends - 1] = gaps - escapes * ESCAPE
    return found


def escapes_of(gaps: Array, counts: Array) -> Places:
    """Count the further bytes that each run takes, given the gaps in each."""
    before = np.zeros(len(gaps) + 1, np.int64)
    np.cumsum(gaps // ESCAPE, out=before[1:])
    starts = starts_of(counts)
    return before[starts + counts] - before[starts]


def numbers(run: Bytes, first: int = 0) -> Places:
    """Return the numbers of one run, from a number to which the first gap is added."""
    found: Places = run.astype(np.int64)
    np.cumsum(found, out=found)
    if first:
        found += first
    return found[run != ESCAPE] if (run == ESCAPE).any() else found


def pieces(run: Bytes) -> Iterator[Places]:
    """Yield the numbers of one run, as many at a time as the processor holds beside it."""
    last = 0
    for begin in range(0, len(run), _PIECE):
        piece = run[begin : begin + _PIECE]
        sums = np.cumsum(piece, dtype=np.int64)
        sums += last
        last = int(sums[-1])
        yield sums[piece != ESCAPE]


def small_numbers(run: Bytes) -> Days:
    """Return the numbers of one run in half the memory; none may be 2**31 or more."""
    sums: Days = np.cumsum(run, dtype=np.int32)
    found: Days = sums[run != ESCAPE]
    return found


def numbers_of_many(runs: Bytes, sizes: Places, firsts: Places) -> Places:
    """Return the numbers of several runs, one after the other, given the bytes of each."""
    found: Places = summed(runs, sizes, firsts)[runs != ESCAPE]
    return found


def summed(runs: Array, sizes: Places, firsts: Places) -> Places:
    """Return the running sums of several runs, each from a number of its own."""
    sums = np.zeros(len(runs) + 1, np.int64)
    found: Places = sums[1:]
    found[:] = runs
    np.cumsum(found, out=found)
    found += np.repeat(firsts - sums[starts_of(sizes)], sizes)
    return found


def bound(places: Places) -> Bytes:
    """Pack one run of ascending numbers."""
    return packed(np.diff(places, prepend=0))


def ranges(starts: Places, sizes: Places) -> Places:
    """Return the numbers of several ranges, one range after the other."""
    found: Places = np.arange(int(sizes.sum()))
    found += np.repeat(starts - starts_of(sizes), sizes)
    return found
