"""What writer and reader of a segment's arrays agree on; `archivist.search.invert` says more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from archivist.search.arrays import Array, Bytes

RARE = 65535
"""In the forward stream: a word of high rank; which one stands in a table of its own."""
END = 65534
"""In the forward stream: the end of a document."""
PAIRED = 64
"""Words of lower rank are the commonest, whose pairs are listed."""
PAIRS_FROM = 200_000
"""Words in a field from which on pairs are listed: fewer are read quickly."""
OFTEN = 128
"""A word that is at least one in so many has gaps for places."""
BITMAP_SHARE, BITMAP_LEAST = 8, 64
DOCS_8, DOCS_16, DOCS_32, DOCS_BITS = range(4)
ONES, COUNTS_2, COUNTS_8, COUNTS_32 = range(4)
COUNTS_SHIFT, OFTEN_SHIFT = np.uint8(2), np.uint8(4)
BYTE, SHORT = 1 << 8, 1 << 16
INLINE = 4


PLACE_BITS, LOW_BITS = 10, 2
"""Bits of a place within a document that are kept, and how many of these stand apart."""
_QUARTERS = 4
_SHIFTS = np.arange(0, 8, LOW_BITS, dtype=np.uint8)
_LOW = np.uint8(_QUARTERS - 1)
SPREAD: Bytes = np.arange(256, dtype=np.uint8)[:, None] >> _SHIFTS & _LOW
"""The four numbers below four that a byte holds, lowest first."""


def coarseness(lengths: Array) -> Bytes:
    """Return how many low bits the places within each document lack."""
    wide = np.frexp(np.maximum(lengths.astype(np.float64) - 1, 0))[1]
    lacking: Bytes = np.maximum(wide - PLACE_BITS, 0).astype(np.uint8)
    return lacking


def quartered(small: Bytes) -> Bytes:
    """Pack numbers below four, four to a byte, lowest first; the last byte is filled up."""
    spread = np.zeros(-(-len(small) // _QUARTERS) * _QUARTERS, np.uint8)
    spread[: len(small)] = small
    spread = spread.reshape(-1, _QUARTERS) << _SHIFTS
    found: Bytes = np.bitwise_or.reduce(spread, axis=1)
    return found


def least(top: int) -> type[np.unsignedinteger]:
    """Return the narrowest type for numbers up to this one."""
    return np.uint8 if top < BYTE else np.uint16 if top < SHORT else np.uint32
