"""What a leaf finds in one segment: the documents, and how much it counts in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from archivist.search import rank
from archivist.search.slots import Begun, Slot, Spelled, Wild

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archivist.search.arrays import Array, Mask, Places, Weights
    from archivist.search.parts import Part
    from archivist.search.segment import PackedField

_AT_ONCE = 256
_OFTEN = 2_000
_SEVERAL = 4


class Counted:
    """What a node has found in one segment so far.

    Attributes:
        part: the segment.
        mask: which documents match, where scores are not asked for.
        weights: counted occurrences of each document, where they are.
    """

    def __init__(self, part: Part, averages: Mapping[str, float], *, scored: bool) -> None:
        self.part = part
        self._averages = averages
        self.mask: Mask = np.zeros(part.count, bool)
        self.weights: Weights | None = np.zeros(part.count, np.float32) if scored else None
        self._found = False

    def result(self, idf: float) -> tuple[Mask, Weights | None]:
        """Return which documents match, and the scores of all, given what the node tells."""
        if self.weights is None or not self._found:
            return self.mask, self.weights
        return self.weights > 0, rank.saturated(self.weights, idf)

    def words(self, name: str, slot: Slot) -> None:
        """Count the words of a field that fill a slot; of many words, a match is a match."""
        packed = self.part.fields[name]
        for expansion in self.part.expand(name, slot):
            if isinstance(slot, Begun | Wild | Spelled):
                self._any_of(packed, expansion.terms)
                continue
            languages = expansion.languages
            spoken = None if languages is None else self.part.in_languages(languages)
            few = packed.frequency[expansion.terms] < _OFTEN
            if np.count_nonzero(few) < _SEVERAL:
                few[:] = False
            else:
                self._terms(name, expansion.terms[few], spoken)
            for term in expansion.terms[~few].tolist():
                self._term(name, term, spoken)

    def _any_of(self, packed: PackedField, terms: Places) -> None:
        """Note the documents with any of the terms, commonest first, until all are noted."""
        if len(terms) > _AT_ONCE:
            often = packed.frequency[terms].astype(np.int64)
            terms = terms[np.argsort(-often, kind="stable")]
        for begin in range(0, len(terms), _AT_ONCE):
            for docs in packed.docs_of_many(np.sort(terms[begin : begin + _AT_ONCE])):
                self._present(docs)
            noted = self.mask if self.weights is None else self.weights
            if noted.all():
                return

    def _present(self, docs: Places) -> None:
        if self.weights is None:
            self.mask[docs] = True
        else:
            self._found = True
            self.weights[docs] = 1.0

    def _terms(self, name: str, terms: Places, spoken: Mask | None) -> None:
        """Count terms that few documents have, all at once."""
        packed = self.part.fields[name]
        docs = packed.docs_of_each(terms)
        counts = None if self.weights is None else packed.counts_of_each(terms)
        if spoken is not None:
            chosen = spoken[docs]
            docs, counts = docs[chosen], None if counts is None else counts[chosen]
        if self.weights is None or counts is None:
            self.mask[docs] = True
            return
        self._found = True
        np.add.at(self.weights, docs, (counts * self._norm(name)[docs]).astype(np.float32))

    def _term(self, name: str, term: int, spoken: Mask | None) -> None:
        packed = self.part.fields[name]
        docs = packed.docs(term)
        chosen = None if spoken is None else spoken[docs]
        if chosen is not None:
            docs = docs[chosen]
        if self.weights is None:
            self.mask[docs] = True
            return
        self._found = True
        counts = packed.counts(term)
        norm = self._norm(name)
        self.weights[docs] += (counts if chosen is None else counts[chosen]) * norm[docs]

    def _norm(self, name: str) -> Weights:
        return self.part.loaded.norm(name, self._averages[name])

    def each(self, name: str, docs: Places) -> None:
        """Count occurrences in a field, given the document of each."""
        if self.weights is None:
            self.mask[docs] = True
        elif len(docs):
            self.times(name, np.bincount(docs, minlength=self.part.count))

    def times(self, name: str, counts: Array) -> None:
        """Count occurrences in a field, given how many there are in each document."""
        if self.weights is None:
            self.mask |= counts > 0
        else:
            self._found = True
            self.weights += counts.astype(np.float32) * self._norm(name)
