"""A query tree becomes, segment by segment, a mask of documents and their scores."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from archivist.model.progress import CancelToken
from archivist.model.query import (
    And,
    Dated,
    Everything,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Value,
    Word,
)
from archivist.search import rank
from archivist.search.arrays import Mask, Places
from archivist.search.columns import Columns
from archivist.search.slots import Begun, Run, Slot, fields_of, run_of
from archivist.search.types import FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.search.arrays import Weights
    from archivist.search.parts import Part
    from archivist.search.segment import PackedField


class Evaluation:
    """Evaluates queries on one state of the index.

    Attributes:
        parts: the segments.
        docs: documents in all of them, also deleted ones.
        averages: mean length of each field.
    """

    def __init__(self, parts: Sequence[Part], columns: Columns) -> None:
        self.parts = tuple(parts)
        self.docs = sum(part.count for part in parts)
        self.averages = {
            name: sum(part.fields[name].tokens_count for part in parts) / max(self.docs, 1)
            for name in FIELDS
        }
        self._columns = columns
        self._idf: dict[tuple[Slot, tuple[str, ...]], float] = {}

    def idf(self, slot: Slot, names: tuple[str, ...]) -> float:
        """Return what a slot tells; documents are counted at most, form by form."""
        found = self._idf.get((slot, names))
        if found is None:
            having = sum(self._having(part, slot, names) for part in self.parts)
            found = self._idf[slot, names] = rank.rarity(self.docs, having)
        return found

    def _having(self, part: Part, slot: Slot, names: tuple[str, ...]) -> int:
        most = 0
        for name in names:
            frequency = part.fields[name].frequency
            found = sum(int(frequency[each.terms].sum()) for each in part.expand(name, slot))
            most = max(most, found)
        return min(part.count, most)

    def query(self, node: Node, *, scored: bool, cancel: CancelToken | None = None) -> Query:
        """Prepare a query."""
        return Query(self, self._columns, node, scored, cancel)


@dataclass(frozen=True)
class Query:
    """One query on one state of the index; asked segment by segment."""

    whole: Evaluation
    columns: Columns
    node: Node
    scored: bool
    cancel: CancelToken | None = None
    masks: dict[Node, Mask] = field(default_factory=dict)

    def on(self, part: Part) -> tuple[Mask, Weights | None]:
        """Return which living documents of a segment match, and the scores of all."""
        mask, scores = self._node(part, self.node, scored=self.scored)
        return (mask if part.alive is None else mask & part.alive), scores

    def _node(self, part: Part, node: Node, *, scored: bool) -> tuple[Mask, Weights | None]:
        if self.cancel is not None:
            self.cancel.check()
        if isinstance(node, And | Or):
            return self._several(part, node, scored=scored)
        if isinstance(node, Word | Phrase | Prefix):
            return self._leaf(part, node, scored=scored)
        if isinstance(node, Everything | Not | Value | Dated):
            return self._unscored(part, node), None
        raise NotImplementedError(node)

    def _unscored(self, part: Part, node: Everything | Not | Value | Dated) -> Mask:
        if isinstance(node, Everything):
            return np.ones(part.count, bool)
        if isinstance(node, Not):
            return ~self._node(part, node.part, scored=False)[0]
        mask = self.masks.get(node)
        if mask is None:
            mask = self.masks[node] = self._by_key(node)
        found: Mask = mask[part.keys]
        return found

    def _by_key(self, node: Value | Dated) -> Mask:
        if isinstance(node, Value):
            return self.columns.having(node.field, node.value, prefix=node.prefix)
        span = node.range.interval
        return self.columns.days(node.field).overlapping(span.first, span.last)

    def _several(self, part: Part, node: And | Or, *, scored: bool) -> tuple[Mask, Weights | None]:
        joint = np.logical_and if isinstance(node, And) else np.logical_or
        mask, scores = self._node(part, node.parts[0], scored=scored)
        for inner in node.parts[1:]:
            found, added = self._node(part, inner, scored=scored)
            mask = joint(mask, found)
            if added is not None:
                scores = added if scores is None else scores + added
        return mask, scores

    def _leaf(
        self, part: Part, node: Word | Phrase | Prefix, *, scored: bool
    ) -> tuple[Mask, Weights | None]:
        run = run_of(node)
        names = fields_of(node)
        counted = _Counted(part, self.whole.averages, scored=scored)
        for name in names if run else ():
            if len(run) == 1:
                _count_words(counted, name, run[0])
            else:
                _count_runs(counted, name, run)
        if counted.weights is None:
            return counted.mask, None
        idf = sum(self.whole.idf(slot, names) for slot in run)
        return counted.weights > 0, rank.saturated(counted.weights, idf)


class _Counted:
    """What a leaf has found in one segment so far.

    Attributes:
        mask: which documents match, where scores are not asked for.
        weights: counted occurrences of each document, where they are.
    """

    def __init__(self, part: Part, averages: dict[str, float], *, scored: bool) -> None:
        self.part = part
        self.averages = averages
        self.mask: Mask = np.zeros(part.count, bool)
        self.weights: Weights | None = np.zeros(part.count, np.float32) if scored else None

    def present(self, docs: Places) -> None:
        """Note documents without counting: a match is a match."""
        if self.weights is None:
            self.mask[docs] = True
        else:
            self.weights[docs] = 1.0

    def term(self, name: str, term: int, spoken: Mask | None) -> None:
        """Count one term of a field."""
        packed = self.part.fields[name]
        docs = packed.docs(term)
        chosen = None if spoken is None else spoken[docs]
        if chosen is not None:
            docs = docs[chosen]
        if self.weights is None:
            self.mask[docs] = True
            return
        counts = packed.counts(term)
        norm = self.part.loaded.norm(name, self.averages[name])
        self.weights[docs] += (counts if chosen is None else counts[chosen]) * norm[docs]

    def each(self, name: str, docs: Places) -> None:
        """Count occurrences, given the document of each."""
        if self.weights is None:
            self.mask[docs] = True
            return
        found = np.bincount(docs, minlength=self.part.count).astype(np.float32)
        self.weights += found * self.part.loaded.norm(name, self.averages[name])


def _count_words(counted: _Counted, name: str, slot: Slot) -> None:
    packed = counted.part.fields[name]
    for expansion in counted.part.expand(name, slot):
        if isinstance(slot, Begun):
            for docs in packed.docs_of_many(expansion.terms):
                counted.present(docs)
            continue
        languages = expansion.languages
        spoken = None if languages is None else counted.part.in_languages(languages)
        for term in expansion.terms.tolist():
            counted.term(name, term, spoken)


def _count_runs(counted: _Counted, name: str, run: Run) -> None:
    packed = counted.part.fields[name]
    slots = [
        [term for each in counted.part.expand(name, slot) for term in each.terms.tolist()]
        for slot in run
    ]
    if all(slots):
        counted.each(name, packed.docs_at(find_runs(packed, slots)))


def find_runs(packed: PackedField, slots: Sequence[Sequence[int]]) -> Places:
    """Return the places where terms of the slots follow each other within a document.

    The end marks in the stream keep a run inside one document.
    """
    if all(len(slot) == 1 and packed.is_scanned(slot[0]) for slot in slots):
        return packed.run([slot[0] for slot in slots])
    costs = [int(packed.collected[np.asarray(slot)].sum()) for slot in slots]
    order = sorted(range(len(slots)), key=costs.__getitem__)
    rarest = order[0]
    places = packed.places_of(slots[rarest])[0] - rarest
    inside = (places >= 0) & (places + len(slots) <= len(packed.stream))
    if not inside.all():
        places = places[inside]
    for slot in order[1:]:
        places = places[packed.are(places + slot, slots[slot])]
    return places
