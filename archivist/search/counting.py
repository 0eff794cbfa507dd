"""What a leaf finds in one segment: the documents, and how much it counts in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from archivist.search import rank
from archivist.search.decoded import Counts
from archivist.search.slots import Begun, Slot, Spelled, Wild

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from archivist.search.arrays import Array, Mask, Places, Weights
    from archivist.search.parts import Expansion, Part


class Counted:
    """What a node has found in one segment so far.

    Attributes:
        part: the segment.
        mask: which documents match, as far as they are not weighed.
        weights: counted occurrences of each document, where there are any.
    """

    def __init__(self, part: Part, averages: Mapping[str, float], *, scored: bool) -> None:
        self.part = part
        self._averages = averages
        self._scored = scored
        self.mask: Mask = np.zeros(part.count, bool)
        self.weights: Weights | None = None

    def result(self, idf: float) -> tuple[Mask, Weights | None]:
        """Return which documents match, and the scores of all, given what the node tells."""
        if not self._scored:
            return self.mask, None
        if self.weights is None:
            return self.mask, np.zeros(self.part.count, np.float32)
        return self.weights > 0, rank.saturated(self.weights, idf)

    def words(self, name: str, slot: Slot) -> None:
        """Count the words of a field that fill a slot; of many words, a match is a match."""
        for docs, counts in counts_of(self.part, name, slot):
            if not self._scored:
                self._match(docs, counts)
            elif is_many(slot):
                self._match(docs, counts)
                self.weights = self.mask.astype(np.float32)
            elif docs is None:
                self._add(counts, self._norm(name))
            else:
                self._add_to(docs, counts * self._norm(name)[docs])

    def _match(self, docs: Places | None, counts: Array) -> None:
        if docs is None:
            self.mask |= counts > 0
        else:
            self.mask[docs] = True

    def _add(self, counts: Array, norm: Weights) -> None:
        """Count occurrences in all documents."""
        weights: Weights = np.multiply(counts, norm, dtype=np.float32)
        self.weights = weights if self.weights is None else self.weights + weights

    def _add_to(self, docs: Places, weights: Weights) -> None:
        """Count occurrences in some documents."""
        if self.weights is None:
            self.weights = np.zeros(self.part.count, np.float32)
        self.weights[docs] += weights.astype(np.float32)

    def _norm(self, name: str) -> Weights:
        return self.part.loaded.norm(name, self._averages[name])

    def each(self, name: str, docs: Places) -> None:
        """Count occurrences in a field, given the document of each."""
        if not self._scored:
            self.mask[docs] = True
        elif len(docs):
            self._add(np.bincount(docs, minlength=self.part.count), self._norm(name))

    def times(self, name: str, found: Counts) -> None:
        """Count occurrences in a field, given how many there are in documents."""
        docs, counts = found
        if not self._scored:
            self._match(docs, counts)
        elif docs is None:
            self._add(counts, self._norm(name))
        elif len(docs):
            self._add_to(docs, counts * self._norm(name)[docs])


def is_many(slot: Slot) -> bool:
    """Whether a slot stands for words of any kind, which count but once in each document."""
    return isinstance(slot, Begun | Wild | Spelled)


def counts_of(part: Part, name: str, slot: Slot) -> Iterator[Counts]:
    """Yield how often words of a field that fill a slot stand in documents."""
    decoded = part.loaded.decoded[name]
    for expansion in part.expand(name, slot):
        if is_many(slot):
            yield decoded.present(expansion.terms)
        else:
            yield spoken(part, expansion, decoded.counts(expansion.terms))


def spoken(part: Part, expansion: Expansion, found: Counts) -> Counts:
    """Return what counts in the languages of an expansion."""
    if expansion.languages is None:
        return found
    docs, counts = found
    among = part.in_languages(expansion.languages)
    if docs is None:
        return Counts(None, counts * among)
    chosen = among[docs]
    return Counts(docs[chosen], counts[chosen])


def added(several: Sequence[Counts], size: int) -> Array:
    """Return how often all together stand in each of so many documents."""
    found = np.zeros(size, np.int64)
    for docs, counts in several:
        if docs is None:
            found += counts
        else:
            found[docs] += counts
    return found


def listed(
    part: Part, names: Sequence[str], slot: Slot, averages: Mapping[str, float]
) -> tuple[Places, Weights] | None:
    """Return the documents with words that fill a slot, and how much they count in each.

    None where there are many of them.
    """
    found = [(name, counts) for name in names for counts in counts_of(part, name, slot)]
    docs, weights = [], []
    for name, (those, counts) in found:
        if those is None:
            return None
        norm = None if is_many(slot) else part.loaded.norm(name, averages[name])
        docs.append(those)
        weights.append(counts * (np.float32(1) if norm is None else norm[those]))
    if len(docs) == 1:
        return docs[0], weights[0].astype(np.float32)
    return _merged(docs, weights, once=is_many(slot))


def _merged(
    docs: Sequence[Places], weights: Sequence[Weights], *, once: bool
) -> tuple[Places, Weights]:
    """Add up what counts in each document, or let it count once."""
    if not docs:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    every, inverse = np.unique(np.concatenate(docs), return_inverse=True)
    added = np.bincount(inverse, np.concatenate(weights))
    return every, (np.ones(len(every)) if once else added).astype(np.float32)
