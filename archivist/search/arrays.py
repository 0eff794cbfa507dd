"""Names for the kinds of arrays that pass between the modules of search."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
"""Of any type: as it stands in a file."""
Mask: TypeAlias = NDArray[np.bool_]
Bytes: TypeAlias = NDArray[np.uint8]
Short: TypeAlias = NDArray[np.uint16]
Numbers: TypeAlias = NDArray[np.uint32]
Wide: TypeAlias = NDArray[np.uint64]
Places: TypeAlias = NDArray[np.int64]
Days: TypeAlias = NDArray[np.int32]
Weights: TypeAlias = NDArray[np.float32]


def starts_of(counts: Array) -> Places:
    """Where each run begins when runs of these lengths follow each other."""
    ends: Places = np.cumsum(counts, dtype=np.int64)
    return ends - counts


def distinct(values: Array) -> Array:
    """Each of some numbers once, ascending.

    As `numpy.unique`, which would load the whole package of masked arrays into a first search.
    """
    found = np.sort(values)
    new = np.ones(len(found), bool)
    np.not_equal(found[1:], found[:-1], out=new[1:])
    return found[new]


def joined(parts: list[Places]) -> Places:
    """One array of all the parts; empty where there are none."""
    if not parts:
        return np.zeros(0, np.int64)
    return parts[0] if len(parts) == 1 else np.concatenate(parts)
