"""Single words that count for something, looked up around other places instead of listed.

A common word stands in millions of places, a rare one in few: what is near both is found by
reading the forward stream around the rare one.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from archivist.model.query import Fuzzy, Or, Phrase, Prefix, Wildcard, Word
from archivist.search.arrays import distinct
from archivist.search.counting import added, spoken
from archivist.search.decoded import Counts
from archivist.search.layout import END, RARE
from archivist.search.parts import Expansion, Part
from archivist.search.slots import Any, fields_of, run_of, width_of
from archivist.search.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archivist.model.query import Node
    from archivist.search.arrays import Mask, Places, Short
    from archivist.search.segment import PackedField

_PIECE = 1 << 15
_COMPARED = 40


@dataclass(frozen=True)
class Points:
    """Terms of one field of one segment, any of which counts.

    Attributes:
        part: the segment.
        name: of the field.
        expansions: the terms; no term twice.
        width: how many words of a text each spans.
    """

    part: Part
    name: str
    expansions: tuple[Expansion, ...]
    width: int

    @property
    def packed(self) -> PackedField:
        """The field."""
        return self.part.fields[self.name]

    @functools.cached_property
    def terms(self) -> Places:
        """All the terms."""
        if len(self.expansions) == 1:
            return self.expansions[0].terms
        none = np.zeros(0, np.int64)
        return np.concatenate([none, *(each.terms for each in self.expansions)])

    @functools.cached_property
    def often(self) -> int:
        """In how many places they stand, at most."""
        return int(self.packed.collected[self.terms].sum())

    def spans(self, among: Mask | None = None) -> Spans:
        """Return all places, or those in some documents, ascending."""
        found = [self._listed(each, among) for each in self.expansions]
        if len(found) == 1:
            ((places, docs),) = found
            return self._spans(docs, places)
        places = np.concatenate([np.zeros(0, np.int64), *(places for places, _ in found)])
        docs = np.concatenate([np.zeros(0, np.int64), *(docs for _, docs in found)])
        order = np.argsort(places)
        return self._spans(docs[order], places[order])

    def counts(self) -> Counts:
        """Return how often they stand in documents."""
        decoded = self.part.loaded.decoded[self.name]
        found = [spoken(self.part, each, decoded.counts(each.terms)) for each in self.expansions]
        return found[0] if len(found) == 1 else Counts(None, added(found, self.part.count))

    def _spans(self, docs: Places, places: Places) -> Spans:
        return Spans(docs, places, places if self.width == 1 else places + (self.width - 1))

    def among(self, places: Places) -> Spans:
        """Return those of some ascending places that count."""
        found = places[Test(self).hits(places, self.packed.at(places))]
        return self._spans(self.packed.docs_at(found), found)

    def is_bare(self) -> bool:
        """Whether all terms count in documents of any language, each for one word."""
        return self.width == 1 and all(each.languages is None for each in self.expansions)

    def _listed(self, expansion: Expansion, among: Mask | None) -> tuple[Places, Places]:
        placed = self.part.loaded.decoded[self.name].placed(expansion.terms)
        places, docs = placed.places.astype(np.int64), placed.docs.astype(np.int64)
        if expansion.languages is not None:
            spoken = self.part.in_languages(expansion.languages)
            among = spoken if among is None else spoken & among
        if among is not None:
            chosen = among[docs]
            places, docs = places[chosen], docs[chosen]
        return places, docs

    def same_as(self, other: Points) -> bool:
        """Whether exactly the same places count for both."""
        return (
            len(self.expansions) == len(other.expansions) == 1
            and self.expansions[0].languages == other.expansions[0].languages
            and np.array_equal(self.terms, other.terms)
        )

    def apart_from(self, other: Points) -> bool:
        """Whether no place counts for both."""
        return not set(self.terms.tolist()) & set(other.terms.tolist())


def points_of(part: Part, name: str, node: Node) -> Points | None:
    """Return the single words that a node looks for in a field; None where it is no such node."""
    if isinstance(node, Or):
        several = [points_of(part, name, inner) for inner in node.parts]
        known = [points for points in several if points is not None]
        return _joined(known) if len(known) == len(several) else None
    if not isinstance(node, Word | Phrase | Prefix | Wildcard | Fuzzy):
        return None
    run = run_of(node)
    if len(run) != 1 or isinstance(run[0], Any):
        return None
    expansions = part.expand(name, run[0]) if name in fields_of(node) else []
    return Points(part, name, tuple(expansions), width_of(run))


def _joined(several: Sequence[Points]) -> Points | None:
    """Return all points as one, where their terms are counted alike."""
    some = [points for points in several if points.expansions]
    if len(some) <= 1:
        return some[0] if some else several[0]
    expansions = [each for points in some for each in points.expansions]
    languages = {each.languages for each in expansions}
    if len({points.width for points in some}) > 1 or len(languages) > 1:
        return None
    terms = distinct(np.concatenate([each.terms for each in expansions]))
    return Points(
        some[0].part, some[0].name, (type(expansions[0])(terms, languages.pop()),), some[0].width
    )


class Test:
    """Tells at which places one of some points stands.

    Attributes:
        packed: the field.
        last: the last place of its forward stream.
    """

    def __init__(self, points: Points) -> None:
        self.packed = points.packed
        self.last = points.packed.places_count - 1
        self._each = [(_Ranks(points.packed, each.terms), each) for each in points.expansions]
        self._part = points.part
        self._is_plain = points.is_bare() and all(ranks.is_plain for ranks, _ in self._each)

    def found(self, places: Places, width: int) -> tuple[Places, Places]:
        """Return what stands among so many words from each place on, and from which it was seen.

        Returns:
            The numbers of the places given, ascending, and the places found.
        """
        there = self.packed.windows(places, width)
        hit = np.zeros(there.size, bool)
        for ranks, _ in self._each:
            ranks.note(there.reshape(-1), hit)
        at = np.flatnonzero(hit)
        numbers = at // width
        found = places[numbers]
        found += at
        found -= numbers * width
        if not self._is_plain and len(found):
            sure = self.hits(found, self.packed.at(found))
            numbers, found = numbers[sure], found[sure]
        return numbers, found

    def hits(self, places: Places, there: Short) -> Mask:
        """Tell for places, given what stands there in the forward stream."""
        found = np.zeros(len(places), bool)
        for ranks, expansion in self._each:
            hit = ranks.hits(places, there)
            if expansion.languages is not None and hit.any():
                chosen = np.flatnonzero(hit)
                docs = self.packed.docs_at(places[chosen])
                hit[chosen] = self._part.in_languages(expansion.languages)[docs]
            found = hit if len(self._each) == 1 else found | hit
        return found


class _Ranks:
    """Some terms as they stand in the forward stream."""

    def __init__(self, packed: PackedField, terms: Places) -> None:
        ranks = packed.rank[terms]
        self._known = distinct(ranks)
        self._alone = int(ranks[0]) if len(terms) == 1 else RARE
        self._packed = packed
        self._rare = terms[ranks == RARE]
        self.is_plain = not len(self._rare)

    @functools.cached_property
    def _table(self) -> Mask:
        table = np.zeros(RARE + 1, bool)
        table[self._known[self._known != RARE]] = True
        return table

    def note(self, there: Short, hit: Mask) -> None:
        """Note where one of the terms may stand: rare words are not told apart."""
        if len(self._known) > _COMPARED:
            table = self._table.copy()
            table[self._known] = True
            hit |= table[there]
            return
        for known in self._known:
            hit |= there == known

    def hits(self, places: Places, there: Short) -> Mask:
        """Tell where one of the terms stands."""
        if self._alone != RARE:
            alone: Mask = there == np.uint16(self._alone)
            return alone
        found: Mask = self._table[there]
        if len(self._rare):
            chosen = np.flatnonzero(there == RARE)
            found[chosen] = np.isin(self._packed.terms_at(places[chosen]), self._rare)
        return found


def around(
    points: Points, spans: Spans, distance: int, *, before: bool, after: bool
) -> Iterator[tuple[slice, Mask, Places]]:
    """Yield where points stand near spans, without overlap and in the same document.

    Yields:
        Some of the spans, which of these have a point so many words on, and where that is.
    """
    test = Test(points)
    for begin in range(0, len(spans), _PIECE):
        piece = slice(begin, begin + _PIECE)
        if after:
            for _, hit, places in _walk(test, spans.ends[piece], distance, 1):
                yield piece, hit, places
        if before:
            reach = distance + points.width - 1
            for step, hit, places in _walk(test, spans.starts[piece], reach, -1):
                if step >= points.width:
                    yield piece, hit, places


def _walk(test: Test, origins: Places, reach: int, sign: int) -> Iterator[tuple[int, Mask, Places]]:
    """Go on from places word by word until the document ends; yield step, hits and places.

    The last place of the stream is the end of a document: it stands for all that is outside.
    """
    going = np.ones(len(origins), bool)
    last = test.last
    low, high = int(origins.min()), int(origins.max())
    for step in range(1, reach + 1):
        places = origins + sign * step
        if low - step < 0 or high + step > last:
            places[(places < 0) | (places > last)] = last
        there = test.packed.at(places)
        hit = test.hits(places, there)
        hit &= going
        yield step, hit, places
        going &= there != END


def spans_around(
    points: Points, spans: Spans, distance: int, *, before: bool, after: bool
) -> Iterator[Spans]:
    """Yield what spans and the points near them span together, some at a time, unsorted."""
    for piece, hit, places in around(points, spans, distance, before=before, after=after):
        chosen = np.flatnonzero(hit)
        if len(chosen):
            numbers = chosen + piece.start
            at, starts, ends = places[chosen], spans.starts[numbers], spans.ends[numbers]
            hull = np.minimum(at, starts), np.maximum(at + (points.width - 1), ends)
            yield Spans(spans.docs[numbers], *hull)


def docs_around(points: Points, spans: Spans, before: int, after: int) -> Places:
    """Return a document for each pair of a span and a point so many words before or after it.

    Spans and points are single words, and none is both.
    """
    packed = points.packed
    test, found = Test(points), [np.zeros(0, np.int64)]
    width = min(before + after + 1, packed.places_count)
    for begin in range(0, len(spans), _PIECE):
        origins, docs = spans.starts[begin : begin + _PIECE], spans.docs[begin : begin + _PIECE]
        starts = np.clip(origins - before, 0, packed.places_count - width)
        numbers, places = test.found(starts, width)
        docs = docs[numbers]
        first = packed.base[docs]
        apart = places - origins[numbers]
        near = (apart >= -before) & (apart <= after)
        near &= (places >= first) & (places < first + packed.lengths[docs])
        found.append(docs[near])
    return np.concatenate(found)
