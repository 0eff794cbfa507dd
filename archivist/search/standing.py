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
from archivist.search.points import Points, points_of, spans_around
from archivist.search.runs import find_runs
from archivist.search.slots import Any, fields_of, run_of, width_of
from archivist.search.spans import Spans, following, no_spans, ragged, union, within
from archivist.search.types import TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.search.arrays import Array, Mask, Places
    from archivist.search.parts import Part
    from archivist.search.runs import Choice

Side: TypeAlias = Points | Spans
_STEP_COST, _LOOK_COST, _LIST_COST = 30_000, 5, 40
"""Nanoseconds, about: to go one word on, to look at one place, to list one place of a word."""
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
        self._points: dict[Node, Points] = {}

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
        if isinstance(node, Near | Within) and node not in self._known:
            counts = self._pairs(node)
            if counts is not None:
                return counts
        return np.bincount(self.spans(node).docs, minlength=self.part.count)

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

    # --- two things near each other

    def _sides(self, node: Near | Within) -> tuple[Side, Side] | None:
        """Return both sides, or None where one stands nowhere."""
        left = self._side(node.left)
        if not _often(left):
            return None
        right = self._side(node.right)
        return (left, right) if _often(right) else None

    def _side(self, node: Node) -> Side:
        found = self._points.get(node)
        if found is None:
            points = points_of(self.part, self.name, node)
            if points is None:
                return self.spans(node)
            found = self._points[node] = points
        return found

    def _docs(self, side: Side) -> Mask:
        """Return the documents in which a side stands, and perhaps some more."""
        found = np.zeros(self.part.count, bool)
        several = [side.docs] if isinstance(side, Spans) else self._packed.docs_of_many(side.terms)
        for docs in several:
            found[docs] = True
        return found

    def _near(self, node: Near) -> Spans:
        sides = self._sides(node)
        shared = None if sides is None else self._docs(sides[0]) & self._docs(sides[1])
        if sides is None or shared is None or not shared.any():
            return no_spans()
        left, right = sides
        before, after = not node.ordered, True
        if _often(right) < _often(left):
            left, right, before, after = right, left, after, before
        one = _listed(left, shared)
        if isinstance(right, Points):
            reach = node.distance * (before + after)
            looked_up = reach * (_STEP_COST + _LOOK_COST * len(one))
            if looked_up < _LIST_COST * right.often:
                found = spans_around(right, one, node.distance, before=before, after=after)
                return union(list(found))
        other = _listed(right, shared)
        pairs = [following(one, other, node.distance)] if after else []
        if before:
            pairs.append(following(other, one, node.distance))
        return union(pairs)

    def _within(self, node: Within) -> Spans:
        sides = self._sides(node)
        shared = None if sides is None else self._docs(sides[0]) & self._docs(sides[1])
        if sides is None or shared is None or not shared.any():
            return no_spans()
        rarer, other = sorted(sides, key=_often)
        units = self._units(node)
        spans = _listed(rarer, shared)
        if isinstance(other, Points):
            beside = self._places_beside(spans, units)
            if _LOOK_COST * len(beside) < _LIST_COST * other.often:
                return within(spans, other.among(beside), units)
        return within(spans, _listed(other, shared), units)

    def _places_beside(self, spans: Spans, units: Places) -> Places:
        """Return all places of the sentences or paragraphs in which spans begin."""
        numbers = np.searchsorted(units, spans.starts, "right")
        first = np.ones(len(numbers), bool)
        np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
        numbers = numbers[first]
        lows = units[numbers - 1]
        highs = units[np.minimum(numbers, len(units) - 1)]
        highs[numbers == len(units)] = self._packed.places_count
        return ragged(lows, highs - lows)

    def _units(self, node: Within) -> Places:
        """Return where the sentences or paragraphs of the field begin."""
        if self.name != TEXT:
            return self._packed.base
        packed = self._packed
        return packed.sentences if node.unit == "sentence" else packed.paragraphs

    # --- pairs of common words, which are not listed

    def _pairs(self, node: Near | Within) -> Array | None:
        """Count the pairs of two common words, where each is another span."""
        sides = self._sides(node)
        if sides is None:
            return np.zeros(self.part.count, np.int64)
        left, right = sides
        if not isinstance(left, Points) or not isinstance(right, Points):
            return None
        same = left.same_as(right)
        if not self._is_dense(left, right) or not (same or left.apart_from(right)):
            return None
        apart = (left,) if same else (left, right)
        rows = [bits.row_of(self._packed, points.terms) for points in apart]
        if isinstance(node, Within):
            return self._pairs_within(rows, self._units(node))
        if node.distance > bits.FARTHEST:
            return None
        ordered = node.ordered or same
        return bits.near_counts(self._packed, rows[0], rows[-1], node.distance, ordered=ordered)

    def _is_dense(self, left: Points, right: Points) -> bool:
        """Whether both stand so often that bits are better than lists of places."""
        rarer = min(left.often, right.often)
        return rarer > self._packed.places_count // _SPARSE and left.is_bare() and right.is_bare()

    def _pairs_within(self, rows: Sequence[bits.Row], units: Places) -> Array:
        """Count the pairs of one word with the other, or with itself, in a sentence."""
        bounds = np.append(units, self._packed.places_count)
        counts = bits.between(rows, bounds)
        one, other = counts[0], counts[-1]
        pairs = one * (one - 1) // 2 if len(rows) == 1 else one * other
        running = np.zeros(len(bounds), np.int64)
        np.cumsum(pairs, out=running[1:])
        of_docs = np.append(np.searchsorted(units, self._packed.base), len(units))
        by_doc: Array = np.diff(running[of_docs])
        return by_doc


def spans_of(part: Part, name: str, node: Node) -> Spans:
    """Return where a node stands in a field of a segment, in deleted documents, too."""
    return Standing(part, name).spans(node)


def _often(side: Side) -> int:
    return side.often if isinstance(side, Points) else len(side)


def _listed(side: Side, shared: Mask) -> Spans:
    """Return where a side stands in some documents."""
    if isinstance(side, Points):
        return side.spans(shared)
    return side.chosen(shared[side.docs])


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
