"""How often words stand in each sentence or paragraph of a field, and together in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from archivist.search import bits
from archivist.search.decoded import FEW, Counts, Decoded, narrow

if TYPE_CHECKING:
    from archivist.search.arrays import Array, Places
    from archivist.search.segment import PackedField

_DENSE = 128
"""Words at least one in so many are counted through bits."""


def bounds_of(packed: PackedField, unit: str) -> Array:
    """Return where the sentences or paragraphs of a field begin."""
    return packed.sentences if unit == "sentence" else packed.paragraphs


def pairs(decoded: Decoded, one: Places, other: Places, unit: str) -> Counts:
    """Count, by document, the pairs of different words in one sentence or paragraph.

    Args:
        decoded: the field.
        one: terms; each place of one of them makes a pair with each place of the others.
        other: other terms, none of them among the first; or the very same ones.
        unit: "sentence" or "paragraph".
    """
    left = _of_units(decoded, one, unit)
    if np.array_equal(one, other):
        counts = left.counts.astype(np.int64)
        return _by_document(decoded, unit, Counts(left.docs, counts * (counts - 1) // 2))
    right = _of_units(decoded, other, unit)
    return _by_document(decoded, unit, _multiplied(left, right))


def _of_units(decoded: Decoded, terms: Places, unit: str) -> Counts:
    """Return how often terms stand in each unit, these numbered as documents are elsewhere."""
    key = unit, terms.tobytes()
    return decoded.kept.find(key, lambda: _counted(decoded, terms, unit))


def _counted(decoded: Decoded, terms: Places, unit: str) -> Counts:
    packed, bounds = decoded.packed, bounds_of(decoded.packed, unit)
    if int(packed.collected[terms].sum()) * _DENSE > packed.places_count:
        row = bits.row_of(packed, terms)
        return Counts(None, narrow(bits.between(row, np.append(bounds, packed.places_count))))
    places = decoded.places(terms)
    numbers = np.searchsorted(bounds, places, "right") - 1
    if len(numbers) * FEW >= len(bounds):
        return Counts(None, narrow(np.bincount(numbers, minlength=len(bounds))))
    found, counts = np.unique(numbers, return_counts=True)
    return Counts(found, narrow(counts))


def _multiplied(left: Counts, right: Counts) -> Counts:
    """Return the product of two counts, unit by unit."""
    if left.docs is None and right.docs is None:
        return Counts(None, np.multiply(left.counts, right.counts, dtype=np.int64))
    if left.docs is None or (right.docs is not None and len(right.docs) < len(left.docs)):
        left, right = right, left
    numbers, counts = left.docs, left.counts.astype(np.int64)
    if numbers is None or not len(right.counts):
        return Counts(np.zeros(0, np.int64), np.zeros(0, np.int64))
    if right.docs is None:
        return Counts(numbers, counts * right.counts[numbers])
    at = np.minimum(np.searchsorted(right.docs, numbers), len(right.docs) - 1)
    return Counts(numbers, counts * right.counts[at] * (right.docs[at] == numbers))


def _by_document(decoded: Decoded, unit: str, found: Counts) -> Counts:
    """Add up what was counted in units."""
    numbers, counts = found
    if numbers is None:
        (starts,) = decoded.kept.find((f"{unit} of each", b""), lambda: _starts(decoded, unit))
        running = np.zeros(len(counts) + 1, np.int64)
        np.cumsum(counts, out=running[1:])
        return Counts(None, np.diff(running[starts]))
    chosen = np.flatnonzero(counts)
    if not len(chosen):
        return Counts(chosen, chosen)
    packed = decoded.packed
    docs = packed.docs_at(bounds_of(packed, unit)[numbers[chosen]])
    several = np.bincount(docs, counts[chosen], minlength=packed.docs_count)
    return Counts(None, several.astype(np.int64))


def _starts(decoded: Decoded, unit: str) -> tuple[Places]:
    """Return the first unit of each document, and how many there are."""
    bounds = bounds_of(decoded.packed, unit)
    return (np.append(np.searchsorted(bounds, decoded.packed.base), len(bounds)),)
