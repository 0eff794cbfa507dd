"""The hits of a query in one segment: how many each document has, and where they stand.

Single words are counted from their postings; only the documents of a page are then looked into.
Whatever spans several words is found once, and kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np

from archivist.model.query import And, Dated, Leaf, Near, Node, Not, Or, Value, Within
from archivist.search.arrays import joined
from archivist.search.evaluate import sought
from archivist.search.slots import Any, fields_of, run_of, width_of
from archivist.search.types import TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archivist.search.arrays import Mask, Numbers, Places
    from archivist.search.evaluate import Query
    from archivist.search.parts import Expansion, Part

_Bound: TypeAlias = "tuple[Node, Mask]"
_MOST_TERMS = 256
"""More words than these are not counted one by one."""


class Hits(Protocol):
    """The hits in the texts of one segment.

    Attributes:
        part: the segment.
        docs: the documents that have some, ascending.
        counts: how many each of them has.
    """

    part: Part
    docs: Places
    counts: Numbers

    def within(self, doc: int) -> tuple[Places, Places]:
        """Return first and last places of the hits of a document, ascending and disjoint."""

    def every(self) -> tuple[Places, Places]:
        """Return first and last places of all hits, ascending and disjoint."""


def hits_of(part: Part, query: Query, matching: Mask) -> Hits:
    """Return the hits of a query in the matching documents of a segment."""
    if any(_is_bound(inner) for inner in _branches(query.node)):
        bound = list(_bound(part, query, query.node))
        spans = [_in_matching(part, query, node, mask & matching) for node, mask in bound]
        return _OfSpans(part, spans)
    found = [node for node in dict.fromkeys(sought(query.node)) if _is_of_texts(node)]
    words = [expansion for each in found for expansion in _alone(part, each)]
    few = sum(len(each.terms) for each in words) <= _MOST_TERMS
    if few and all(map(_is_word, found)):
        return _OfWords(part, words, matching)
    return _OfSpans(part, [_in_matching(part, query, each, matching) for each in found])


def _branches(node: Node) -> Iterator[Node]:
    """Yield the alternatives of a query, of its alternatives, too."""
    if isinstance(node, And | Or):
        for inner in node.parts:
            if isinstance(node, Or):
                yield inner
            yield from _branches(inner)


def _is_bound(branch: Node) -> bool:
    """Whether an alternative counts in some records only: a synonym in some languages, say."""
    return isinstance(branch, And) and any(
        isinstance(part, Not | Value | Dated) for part in branch.parts
    )


def _bound(part: Part, query: Query, node: Node, mask: Mask | None = None) -> Iterator[_Bound]:
    """Yield what is sought in texts with the documents in which it counts."""
    everywhere = np.ones(part.count, bool) if mask is None else mask
    if not isinstance(node, And | Or):
        for inner in sought(node):
            if _is_of_texts(inner):
                yield inner, everywhere
        return
    for inner in node.parts:
        bound = isinstance(node, Or) and _is_bound(inner)
        counts = everywhere & query.matching(part, inner) if bound else everywhere
        yield from _bound(part, query, inner, counts)


def _is_of_texts(node: Node) -> bool:
    return isinstance(node, Near | Within) or (isinstance(node, Leaf) and TEXT in fields_of(node))


def _is_word(node: Node) -> bool:
    if not isinstance(node, Leaf):
        return False
    run = run_of(node)
    return not run or (len(run) == width_of(run) == 1 and not isinstance(run[0], Any))


def _alone(part: Part, node: Node) -> list[Expansion]:
    """Return the terms of a leaf that is a single word."""
    if not isinstance(node, Leaf) or not _is_word(node):
        return []
    run = run_of(node)
    return part.expand(TEXT, run[0]) if run else []


class _OfWords:
    """Hits of single words: a term is a hit wherever it stands in a document of its languages."""

    def __init__(self, part: Part, words: Sequence[Expansion], matching: Mask) -> None:
        self.part = part
        self._text = part.fields[TEXT]
        self._matching = matching
        self._spoken = _languages(words)
        counts = np.zeros(part.count, np.uint32)
        for term in self._spoken:
            counts[self._text.docs(term)] += self._counts(term)
        counts[~matching] = 0
        self.docs = np.flatnonzero(counts)
        self.counts = counts[self.docs]

    def _counts(self, term: int) -> Numbers:
        counts: Numbers = self._text.counts(term).astype(np.uint32)
        mask = self._mask(term)
        return counts if mask is None else counts * mask[self._text.docs(term)]

    def _mask(self, term: int) -> Mask | None:
        languages = self._spoken[term]
        return None if languages is None else self.part.in_languages(languages)

    def within(self, doc: int) -> tuple[Places, Places]:
        """Look a document's words up in the forward stream."""
        masks = {term: self._mask(term) for term in self._spoken}
        terms = [term for term, mask in masks.items() if mask is None or mask[doc]]
        start = int(self._text.base[doc])
        places = np.arange(start, start + int(self._text.lengths[doc]))
        found = places[self._text.are(places, terms)]
        return found, found

    def every(self) -> tuple[Places, Places]:
        """Gather the places of every term."""
        found = []
        for term in self._spoken:
            places, docs = self._text.places(term)
            docs = self._text.docs_at(places) if docs is None else docs
            mask = self._mask(term)
            allowed = self._matching if mask is None else self._matching & mask
            found.append(places[allowed[docs]])
        places = np.sort(joined(found))
        return places, places


def _languages(words: Sequence[Expansion]) -> dict[int, frozenset[str] | None]:
    """Return in which languages each term counts; None for all of them."""
    found: dict[int, frozenset[str] | None] = {}
    for each in words:
        for term in each.terms.tolist():
            found[term] = _either(found.get(term, frozenset()), each.languages)
    return found


def _either(these: frozenset[str] | None, those: frozenset[str] | None) -> frozenset[str] | None:
    return None if these is None or those is None else these | those


class _OfSpans:
    """Hits of phrases, of what stands near each other, of patterns with very many words."""

    def __init__(self, part: Part, found: Sequence[tuple[Places, Places]]) -> None:
        self.part = part
        self._starts, self._ends = _disjoint(
            joined([starts for starts, _ in found]), joined([ends for _, ends in found])
        )
        docs = part.fields[TEXT].docs_at(self._starts)
        counts = np.bincount(docs, minlength=part.count).astype(np.uint32)
        self.docs = np.flatnonzero(counts)
        self.counts = counts[self.docs]

    def within(self, doc: int) -> tuple[Places, Places]:
        """Cut a document's hits out of all."""
        text = self.part.fields[TEXT]
        begin = int(text.base[doc])
        first, last = np.searchsorted(self._starts, (begin, begin + int(text.lengths[doc])))
        return self._starts[first:last], self._ends[first:last]

    def every(self) -> tuple[Places, Places]:
        """Return them as they are."""
        return self._starts, self._ends


def _in_matching(part: Part, query: Query, node: Node, matching: Mask) -> tuple[Places, Places]:
    spans = query.spans_of(part, TEXT, node)
    chosen = matching[spans.docs]
    starts, ends = spans.starts[chosen], spans.ends[chosen]
    return _closest(starts, ends) if isinstance(node, Near | Within) else (starts, ends)


def _closest(starts: Places, ends: Places) -> tuple[Places, Places]:
    """Of all pairs keep those that hold no other, and of these none that runs into the one before.

    A hit is one line, not one for each way to pair the same words.
    """
    order = np.lexsort((-ends, starts))
    starts, ends = starts[order], ends[order]
    least = np.minimum.accumulate(ends[::-1])[::-1]
    inner = np.append(ends[:-1] < least[1:], True)[: len(ends)]
    kept, reached = [], -1
    chosen = np.flatnonzero(inner)
    for place, start, end in zip(
        chosen.tolist(), starts[inner].tolist(), ends[inner].tolist(), strict=True
    ):
        if start > reached:
            kept.append(place)
            reached = end
    return starts[kept], ends[kept]


def _disjoint(starts: Places, ends: Places) -> tuple[Places, Places]:
    """Join hits that overlap."""
    order = np.argsort(starts, kind="stable")
    starts, ends = starts[order], ends[order]
    reached = np.maximum.accumulate(ends)
    first = np.ones(len(starts), bool)
    first[1:] = starts[1:] > reached[:-1]
    last = np.append(first[1:], True)[: len(starts)]
    return starts[first], reached[last]
