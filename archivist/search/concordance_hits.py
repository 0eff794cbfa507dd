"""The hits of a query in one segment: how many each document has, and where they stand.

Single words are counted from their postings; only the documents of a page are then looked into.
Whatever spans several words is found once, and kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np

from archivist.model.query import And, Dated, Leaf, Near, Node, Not, Or, Value, Within
from archivist.search.arrays import joined, starts_of
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
    found = _conditions(part, query, matching)
    words = [one for one in found if _is_word(part, one[0])]
    rest = [one for one in found if not _is_word(part, one[0])]
    if not rest:
        return _OfWords(part, words)
    spans = _OfSpans(part, [_in_documents(part, query, *one) for one in rest])
    return _Together(part, _OfWords(part, words), spans) if words else spans


def _is_bound(branch: Node) -> bool:
    """Whether an alternative counts in some records only: a synonym in some languages, say."""
    return isinstance(branch, And) and any(
        isinstance(part, Not | Value | Dated) for part in branch.parts
    )


def _conditions(part: Part, query: Query, matching: Mask) -> list[_Bound]:
    """Return what is sought in texts with the documents in which it counts, each thing once."""
    found: dict[Node, Mask] = {}
    for node, mask in _bound(part, query, query.node, matching):
        found[node] = found[node] | mask if node in found else mask
    return list(found.items())


def _bound(part: Part, query: Query, node: Node, counts: Mask) -> Iterator[tuple[Node, Mask]]:
    """Yield what is sought in texts with the documents in which it counts."""
    if not isinstance(node, And | Or):
        for inner in sought(node):
            if _is_of_texts(inner):
                yield inner, counts
        return
    for inner in node.parts:
        bound = isinstance(node, Or) and _is_bound(inner)
        yield from _bound(
            part, query, inner, counts & query.matching(part, inner) if bound else counts
        )


def _is_of_texts(node: Node) -> bool:
    return isinstance(node, Near | Within) or (isinstance(node, Leaf) and TEXT in fields_of(node))


def _is_word(part: Part, node: Node) -> bool:
    """Whether a node is one word of not too many forms: then hits are counted from postings."""
    if not isinstance(node, Leaf):
        return False
    run = run_of(node)
    if not (len(run) == 1 == width_of(run)) or isinstance(run[0], Any):
        return not run
    return sum(len(each.terms) for each in part.expand(TEXT, run[0])) <= _MOST_TERMS


def _expanded(part: Part, node: Node) -> list[Expansion]:
    """Return the terms that fill any slot of a leaf."""
    run = run_of(node) if isinstance(node, Leaf) else ()
    return [each for slot in run for each in part.expand(TEXT, slot)]


class _OfWords:
    """Hits of single words: a term is a hit wherever it stands in documents in which it counts."""

    def __init__(self, part: Part, words: Sequence[_Bound]) -> None:
        self.part = part
        self._text = part.fields[TEXT]
        self._masks: dict[int, Mask] = {}
        for node, mask in words:
            for each in _expanded(part, node):
                self._allow(each, mask)
        counts = np.zeros(part.count, np.uint32)
        for term, mask in self._masks.items():
            docs = self._text.docs(term)
            counts[docs] += self._text.counts(term) * mask[docs]
        self.docs = np.flatnonzero(counts)
        self.counts = counts[self.docs]

    def _allow(self, expansion: Expansion, mask: Mask) -> None:
        languages = expansion.languages
        if languages is not None:
            mask = mask & self.part.in_languages(languages)
        for term in expansion.terms.tolist():
            before = self._masks.get(term)
            self._masks[term] = mask if before is None else before | mask

    def within(self, doc: int) -> tuple[Places, Places]:
        """Look a document's words up in the forward stream."""
        terms = [term for term, mask in self._masks.items() if mask[doc]]
        start = int(self._text.base[doc])
        places = np.arange(start, start + int(self._text.lengths[doc]))
        found = places[self._text.are(places, terms)]
        return found, found

    def are(self, places: Places) -> Mask:
        """Tell which places are hits."""
        terms, docs = self._text.terms_at(places), self._text.docs_at(places)
        found = np.zeros(len(places), bool)
        for term, mask in self._masks.items():
            found |= (terms == term) & mask[docs]
        return found

    def every(self) -> tuple[Places, Places]:
        """Gather the places of every term."""
        found = []
        for term, mask in self._masks.items():
            places, docs = self._text.places(term)
            found.append(places[mask[self._text.docs_at(places) if docs is None else docs]])
        places = np.sort(joined(found))
        return places, places


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


class _Together:
    """Hits of single words and of longer things; a word within one of those is no other hit."""

    def __init__(self, part: Part, words: _OfWords, spans: _OfSpans) -> None:
        self.part = part
        self._both = (words, spans)
        counts = np.zeros(part.count, np.int64)
        for each in self._both:
            counts[each.docs] += each.counts
        inside = _all_places(*spans.every())
        inside = inside[words.are(inside)]
        counts -= np.bincount(part.fields[TEXT].docs_at(inside), minlength=part.count)
        self.docs = np.flatnonzero(counts)
        self.counts = counts[self.docs].astype(np.uint32)

    def within(self, doc: int) -> tuple[Places, Places]:
        """Return the hits of both kinds in a document."""
        return _merged([each.within(doc) for each in self._both])

    def every(self) -> tuple[Places, Places]:
        """Return all hits of both kinds."""
        return _merged([each.every() for each in self._both])


def _all_places(starts: Places, ends: Places) -> Places:
    """Return every place from the starts to the ends."""
    sizes = ends - starts + 1
    return np.arange(int(sizes.sum())) + np.repeat(starts - starts_of(sizes), sizes)


def _merged(found: Sequence[tuple[Places, Places]]) -> tuple[Places, Places]:
    starts, ends = zip(*found, strict=True)
    return _disjoint(np.concatenate(starts), np.concatenate(ends))


def _in_documents(part: Part, query: Query, node: Node, mask: Mask) -> tuple[Places, Places]:
    spans = query.spans_of(part, TEXT, node)
    chosen = mask[spans.docs]
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
