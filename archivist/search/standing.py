"""Where the things that a query looks for stand in one field of one segment, and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from archivist.model.query import (
    AtLeast,
    Fuzzy,
    Leaf,
    Near,
    Node,
    Or,
    Phrase,
    Prefix,
    Wildcard,
    Within,
    Word,
)
from archivist.search import bits
from archivist.search.points import Points, counts_around, points_of, spans_around
from archivist.search.runs import find_runs
from archivist.search.slots import Any, fields_of, run_of, width_of
from archivist.search.spans import Spans, following, no_spans, ragged, union, within
from archivist.search.types import TEXT

if TYPE_CHECKING:
    from archivist.search.arrays import Array, Places
    from archivist.search.parts import Part
    from archivist.search.runs import Choice
    from archivist.search.segment import PackedField

Side: TypeAlias = Points | Spans
_STEP_COST = 0.5
"""What looking one place up costs beside listing one."""
_DENSE = 2
_MANY = 50
_SPARSE = 128


class Standing:
    """Finds where nodes stand in one field of one segment, and remembers it.

    Attributes:
        part: the segment.
        name: of the field.
    """

    def __init__(self, part: Part, name: str) -> None:
        self.part = part
        self.name = name
        self._packed = part.fields[name]
        self._known: dict[Node, Spans] = {}

    def spans(self, node: Node) -> Spans:
        """Return where a node stands; what has no place in a text stands nowhere."""
        found = self._known.get(node)
        if found is None:
            found = self._known[node] = self._spans(node)
        return found

    def _spans(self, node: Node) -> Spans:
        points = points_of(self.part, self.name, node)
        if points is not None:
            return points.spans()
        match node:
            case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
                return self._leaf(node)
            case Or(parts):
                return union([self.spans(inner) for inner in parts])
            case Near():
                return self._near(node)
            case Within():
                return self._within(node)
            case AtLeast(inner):
                return self.spans(inner)
            case _:
                return no_spans()

    def counts(self, node: Node) -> Array:
        """Return how often a node stands in each document."""
        points = points_of(self.part, self.name, node)
        if points is not None:
            return counted(points)
        if node not in self._known:
            counts = self._pairs(node)
            if counts is not None:
                return counts
        return np.bincount(self.spans(node).docs, minlength=self.part.count)

    def _pairs(self, node: Node) -> Array | None:
        if isinstance(node, Near):
            return self._near_counts(node)
        return self._within_counts(node) if isinstance(node, Within) else None

    def _leaf(self, node: Leaf) -> Spans:
        run = run_of(node)
        if not run or self.name not in fields_of(node):
            return no_spans()
        slots: list[Choice] = [
            None
            if isinstance(slot, Any)
            else [
                term for each in self.part.expand(self.name, slot) for term in each.terms.tolist()
            ]
            for slot in run
        ]
        if any(slot == [] for slot in slots):
            return no_spans()
        places = find_runs(self._packed, slots)
        return Spans(self._packed.docs_at(places), places, places + (width_of(run) - 1))

    # --- near

    def _sides(self, node: Near | Within) -> tuple[Side, Side] | None:
        """Return both sides, or None where one stands nowhere."""
        left = self._side(node.left)
        if not _cost(left):
            return None
        right = self._side(node.right)
        return (left, right) if _cost(right) else None

    def _side(self, node: Node) -> Side:
        points = points_of(self.part, self.name, node)
        return self.spans(node) if points is None else points

    def _near(self, node: Near) -> Spans:
        sides = self._sides(node)
        if sides is None:
            return no_spans()
        left, right = sides
        reach = node.distance * (1 if node.ordered else 2)
        before, after = not node.ordered, True
        if _cost(right) < _cost(left):
            left, right, before, after = right, left, after, before
        if isinstance(right, Points) and _is_looked_up(right, left, reach):
            found = spans_around(right, _listed(left), node.distance, before=before, after=after)
            return union(list(found))
        one, other = _listed(left), _listed(right)
        pairs = [following(one, other, node.distance)] if after else []
        if before:
            pairs.append(following(other, one, node.distance))
        return union(pairs)

    def _near_counts(self, node: Near) -> Array | None:
        """Count the pairs of two words without listing them, where each pair is another span."""
        sides = self._sides(node)
        if sides is None:
            return np.zeros(self.part.count, np.int64)
        left, right = sides
        if not isinstance(left, Points) or not isinstance(right, Points):
            return None
        before, after = not node.ordered, True
        if left.same_as(right):
            before = False
        elif not left.apart_from(right):
            return None
        if self._is_dense(left, right) and node.distance <= bits.FARTHEST:
            one = bits.row_of(self._packed, left.terms)
            other = bits.row_of(self._packed, right.terms)
            return bits.near_counts(self._packed, one, other, node.distance, ordered=not before)
        if right.often() < left.often():
            left, right, before, after = right, left, after, before
        spans = left.spans()
        counts = counts_around(right, spans, node.distance, before=before, after=after)
        return summed(self._packed, spans, counts)

    def _is_dense(self, left: Points, right: Points) -> bool:
        """Whether both stand so often that bits are better than lists of places."""
        rarer = min(left.often(), right.often())
        return rarer > self._packed.places_count // _SPARSE and left.is_bare() and right.is_bare()

    # --- within

    def _within(self, node: Within) -> Spans:
        sides = self._sides(node)
        if sides is None:
            return no_spans()
        rarer, other = sorted(sides, key=_cost)
        units = self._units(node)
        spans = _listed(rarer)
        if isinstance(other, Points):
            return within(spans, self._beside(other, spans, units), units)
        return within(spans, other, units)

    def _beside(self, points: Points, spans: Spans, units: Places) -> Spans:
        """Return points, at least those that share a sentence or paragraph with spans."""
        numbers = np.searchsorted(units, spans.starts, "right") - 1
        numbers = numbers[np.append(True, numbers[1:] != numbers[:-1])[: len(numbers)]]
        lows = units[numbers]
        highs = np.append(units, self._packed.places_count)[numbers + 1]
        if int((highs - lows).sum()) > points.often():
            return points.spans()
        return points.among(ragged(lows, highs - lows))

    def _within_counts(self, node: Within) -> Array | None:
        """Count pairs of two common words without listing them, where each is another span."""
        sides = self._sides(node)
        if sides is None:
            return np.zeros(self.part.count, np.int64)
        left, right = sides
        if not isinstance(left, Points) or not isinstance(right, Points):
            return None
        itself = left.same_as(right)
        if not self._is_dense(left, right) or not (itself or left.apart_from(right)):
            return None
        units = self._units(node)
        bounds = np.append(units, self._packed.places_count)
        sides_apart = (left,) if itself else (left, right)
        rows = [bits.row_of(self._packed, side.terms) for side in sides_apart]
        counts = bits.between(rows, bounds)
        pairs = counts[0] * (counts[0] - 1) // 2 if itself else counts[0] * counts[1]
        running = np.zeros(len(bounds), np.int64)
        np.cumsum(pairs, out=running[1:])
        of_docs = np.append(np.searchsorted(units, self._packed.base), len(units))
        by_doc: Array = np.diff(running[of_docs])
        return by_doc

    def _units(self, node: Within) -> Places:
        """Return where the sentences or paragraphs of the field begin."""
        if self.name != TEXT:
            return self._packed.base
        packed = self._packed
        return packed.sentences if node.unit == "sentence" else packed.paragraphs


def spans_of(part: Part, name: str, node: Node) -> Spans:
    """Return where a node stands in a field of a segment, in deleted documents, too."""
    return Standing(part, name).spans(node)


def _cost(side: Side) -> int:
    return side.often() if isinstance(side, Points) else len(side)


def _listed(side: Side) -> Spans:
    return side.spans() if isinstance(side, Points) else side


def _is_looked_up(side: Points, other: Side, reach: int) -> bool:
    """Whether a side is better looked up around the other than listed."""
    return _STEP_COST * _cost(other) * reach < side.often()


def counted(points: Points) -> Array:
    """Count single words by document; few of them by their postings, without their places."""
    if len(points.terms) > _MANY:
        return np.bincount(points.spans().docs, minlength=points.part.count)
    packed = points.packed
    found = np.zeros(points.part.count, np.int64)
    for expansion in points.expansions:
        for term in expansion.terms.tolist():
            docs, counts = packed.docs(term), packed.counts(term)
            if expansion.languages is not None:
                spoken = points.part.in_languages(expansion.languages)[docs]
                docs, counts = docs[spoken], counts[spoken]
            found[docs] += counts
    return found


def summed(packed: PackedField, spans: Spans, counts: Array) -> Array:
    """Return the sums, by document, of numbers that belong to spans."""
    if len(spans) < _DENSE * packed.docs_count:
        return np.bincount(spans.docs, counts, packed.docs_count)
    running = np.zeros(len(spans) + 1, np.int64)
    np.cumsum(counts, out=running[1:])
    bounds = np.searchsorted(spans.starts, packed.base)
    return np.diff(running[np.append(bounds, len(spans))])
