"""Where the things that a query looks for stand in one field of one segment, and how often."""

from __future__ import annotations

import itertools
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
from archivist.search import bits, units
from archivist.search.counting import added, spoken
from archivist.search.decoded import Counts
from archivist.search.points import Points, docs_around, points_of, spans_around
from archivist.search.runs import find_runs
from archivist.search.slots import Any, fields_of, run_of, width_of
from archivist.search.spans import Spans, following, no_spans, ragged, union, within

if TYPE_CHECKING:
    from archivist.search.arrays import Mask, Places
    from archivist.search.parts import Part
    from archivist.search.runs import Choice

Side: TypeAlias = Points | Spans
_STEP_COST, _LIST_COST, _WINDOW_COST, _NUMBER_COST = 30_000, 40, 2, 3
"""Nanoseconds, about: to go one word on, to list one place of a word and join it with others, to
look at one place beside others, to compare two numbers of rows of bits."""


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

    def counts(self, node: Node) -> Counts:
        """Return how often a node stands in documents."""
        points = points_of(self.part, self.name, node)
        if points is not None:
            return points.counts()
        if isinstance(node, Near | Within) and node not in self._known:
            counts = self._pairs(node)
            if counts is not None:
                return counts
        return self._tallied(self.spans(node).docs)

    def _tallied(self, docs: Places) -> Counts:
        if not len(docs):
            return Counts(docs, docs)
        return Counts(None, np.bincount(docs, minlength=self.part.count))

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
        places = find_runs(self.part.loaded.decoded[self.name], slots)
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
        if isinstance(side, Points):
            return self._packed.having(side.terms)
        found = np.zeros(self.part.count, bool)
        found[side.docs] = True
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
            looking = reach * _STEP_COST + self._packed.cost_of_looks(reach * len(one))
            if self._packed.should_look(len(one), looking, _LIST_COST * right.often):
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
        bounds = units.bounds_of(self._packed, node.unit)
        spans = _listed(rarer, shared)
        if isinstance(other, Points):
            beside = self._places_beside(spans, bounds)
            looking = self._packed.cost_of_looks(len(beside))
            if self._packed.should_look(len(beside), looking, _LIST_COST * other.often):
                return within(spans, other.among(beside), bounds)
        return within(spans, _listed(other, shared), bounds)

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

    # --- pairs of words, which are not listed

    def _pairs(self, node: Near | Within) -> Counts | None:
        """Count the pairs of two words, where each is another span."""
        sides = self._sides(node)
        if sides is None:
            return self._tallied(np.zeros(0, np.int64))
        left, right = sides
        if not isinstance(left, Points) or not isinstance(right, Points):
            return None
        same = left.same_as(right)
        if not (same or left.apart_from(right)):
            return None
        if left.width > 1 or right.width > 1:
            return None
        if isinstance(node, Within):
            return self._pairs_within(left, right, node, same=same)
        return self._pairs_near(left, right, node, same=same)

    def _pairs_near(self, left: Points, right: Points, node: Near, *, same: bool) -> Counts | None:
        """Count pairs by bits or by looking around the rarer word; None where lists are best."""
        reach = node.distance * (1 if node.ordered else 2)
        rarer, other = sorted((left, right), key=_often)
        looking = _WINDOW_COST * (reach + 1) * rarer.often
        listing = _LIST_COST * other.often
        is_bare = node.distance <= bits.FARTHEST and left.is_bare() and right.is_bare()
        by_bits = self._cost_of_bits(node.distance) if is_bare else listing
        if same or not self._packed.should_look(rarer.often, looking, min(by_bits, listing)):
            if by_bits < listing:
                return self._pairs_of_bits(left, right, node, same=same)
            return None
        before, after = 0 if node.ordered else node.distance, node.distance
        if rarer is right:
            before, after = after, before
        return self._tallied(docs_around(other, rarer.spans(), before, after))

    def _cost_of_bits(self, distance: int) -> int:
        numbers = self.part.count + self._packed.places_count // (64 - bits.reach_of(distance))
        return _NUMBER_COST * distance * numbers

    def _pairs_of_bits(self, left: Points, right: Points, node: Near, *, same: bool) -> Counts:
        decoded, reach = self.part.loaded.decoded[self.name], bits.reach_of(node.distance)
        one = decoded.row_by_document(left.terms, reach)
        other = one if same else decoded.row_by_document(right.terms, reach)
        ordered = node.ordered or same
        found = bits.near_counts(self._packed, one, other, node.distance, ordered=ordered)
        return Counts(None, found)

    def _pairs_within(
        self, left: Points, right: Points, node: Within, *, same: bool
    ) -> Counts | None:
        """Count the pairs of words in a sentence; a title is one."""
        if same and not left.is_bare():
            return None
        decoded, found = self.part.loaded.decoded[self.name], []
        for one, other in itertools.product(left.expansions, right.expansions):
            counted = units.pairs(decoded, one.terms, other.terms, node.unit)
            found.append(spoken(self.part, other, spoken(self.part, one, counted)))
        return found[0] if len(found) == 1 else Counts(None, added(found, self.part.count))


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
