"""What was read of one field of one segment lately, decoded, and kept within a bound.

Whoever types asks the same words again with every key. What is kept says of single words where
they stand; it is never the answer to a query.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

import numpy as np

from archivist.search import bits
from archivist.search.layout import least

if TYPE_CHECKING:
    from collections.abc import Callable

    from archivist.search.arrays import Array, Places
    from archivist.search.bits import Row
    from archivist.search.segment import PackedField

FEW = 16
"""Terms are listed by document where they stand in less than one document of so many."""
_LEAST = 1 << 20
_LARGEST = 2
"""What takes more than this part of the bound is not kept."""
_Key: TypeAlias = tuple[str, bytes]
_Arrays: TypeAlias = "tuple[Array | None, ...]"
_Made = TypeVar("_Made", bound=tuple[Any, ...])


class Counts(NamedTuple):
    """How often something stands in documents.

    Attributes:
        docs: the documents in which it stands, ascending; None where `counts` tells of all.
        counts: how often in each, at least once in those listed.
    """

    docs: Places | None
    counts: Array


class Placed(NamedTuple):
    """Where something stands.

    Attributes:
        places: in the forward stream, ascending.
        docs: the document of each.
    """

    places: Array
    docs: Array


class Kept:
    """Arrays kept by key, those used last, within a number of bytes; threads may share it."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held = 0
        self._known: OrderedDict[_Key, Any] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: _Key, make: Callable[[], _Made]) -> _Made:
        """Return what is kept, or make it; it is not to be written to."""
        with self._lock:
            known: _Made | None = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
                return known
        found = make()
        for array in found:
            if array is not None:
                array.flags.writeable = False
        if _size(found) * _LARGEST <= self._limit:
            self._keep(key, found)
        return found

    def _keep(self, key: _Key, made: _Arrays) -> None:
        with self._lock:
            if key in self._known:
                return
            self._known[key] = made
            self._held += _size(made)
            while self._held > self._limit:
                _, oldest = self._known.popitem(last=False)
                self._held -= _size(oldest)


def _size(arrays: _Arrays) -> int:
    return sum(array.nbytes for array in arrays if array is not None)


class Decoded:
    """Terms of one field of one segment, given by ascending numbers, read at most once.

    Attributes:
        packed: the field.
        kept: what was read of it.
    """

    def __init__(self, packed: PackedField) -> None:
        self.packed = packed
        self.kept = Kept(max(_LEAST, packed.places_count * 3 // 8))

    def counts(self, terms: Places) -> Counts:
        """Return how often one of the terms stands in each document."""
        return self.kept.find(("counts", terms.tobytes()), lambda: self._counts(terms))

    def _counts(self, terms: Places) -> Counts:
        packed = self.packed
        if int(packed.frequency[terms].sum()) * FEW < packed.docs_count:
            return _merged(packed.docs_of_each(terms), packed.counts_of_each(terms))
        found = np.zeros(packed.docs_count, np.uint32)
        for term in terms.tolist():
            found[packed.docs(term)] += packed.counts(term)
        return Counts(None, narrow(found))

    def present(self, terms: Places) -> Counts:
        """Return in which documents one of the terms stands: once, however often it does."""
        return self.kept.find(("present", terms.tobytes()), lambda: self._present(terms))

    def _present(self, terms: Places) -> Counts:
        there = self.packed.having(terms)
        if int(np.count_nonzero(there)) * FEW >= len(there):
            return Counts(None, there.view(np.uint8))
        docs = np.flatnonzero(there)
        return Counts(docs, np.ones(len(docs), np.uint8))

    def placed(self, terms: Places) -> Placed:
        """Return where one of the terms stands, and in which documents."""
        places = self.places(terms)
        key = "documents", terms.tobytes()
        (docs,) = self.kept.find(key, lambda: (self.packed.docs_at(places).astype(np.int32),))
        return Placed(places, docs)

    def places(self, terms: Places) -> Array:
        """Return where one of the terms stands, ascending."""
        return self.kept.find(("places", terms.tobytes()), lambda: (self._places(terms),))[0]

    def _places(self, terms: Places) -> Array:
        places, _ = self.packed.places_of(terms)
        return (places if len(terms) == 1 else np.sort(places)).astype(np.int32)

    def row(self, terms: Places) -> Row:
        """Return the places of the terms as a row of bits."""
        key = "row", terms.tobytes()
        return self.kept.find(key, lambda: (bits.row_of(self.packed, terms),))[0]

    def row_by_document(self, terms: Places, reach: int) -> Row:
        """Return the places of the terms as a row of bits by document."""

        def make() -> tuple[Row]:
            return (bits.by_document(self.packed, bits.row_of(self.packed, terms), reach),)

        return self.kept.find((f"row {reach}", terms.tobytes()), make)[0]


def _merged(docs: Places, counts: Array) -> Counts:
    """Add the counts of several terms up by document."""
    if len(docs) > 1 and not bool((docs[1:] > docs[:-1]).all()):
        docs, inverse = np.unique(docs, return_inverse=True)
        counts = np.bincount(inverse, counts).astype(np.uint32)
    return Counts(docs, narrow(counts))


def narrow(counts: Array) -> Array:
    """Return counts in as few bytes as hold them."""
    return counts.astype(least(int(counts.max(initial=0))))
