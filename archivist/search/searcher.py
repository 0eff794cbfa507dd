"""A searcher answers queries on one state of the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from archivist.model.query import all_of
from archivist.search import forms, likeness, rank, suggest
from archivist.search.columns import DATE, FACET_LIMIT, Columns, years_of
from archivist.search.evaluate import Evaluation
from archivist.search.facets import Facets
from archivist.search.types import Matches

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from archivist.model.progress import CancelToken
    from archivist.model.query import Leaf, Node
    from archivist.search.arrays import Mask, Places, Weights
    from archivist.search.concordance import Lines
    from archivist.search.evaluate import Query
    from archivist.search.grouping import Group
    from archivist.search.marks import Marker
    from archivist.search.parts import Part
    from archivist.search.quotation import Asked, Quotation
    from archivist.search.wording import Phrase, Wordings

RELEVANCE = "relevance"
NEWEST = "newest"
OLDEST = "oldest"
SORTS = (RELEVANCE, NEWEST, OLDEST)
_NO_KEYS = np.zeros(0, np.int64)
_NO_SCORES = np.zeros(0, np.float32)


class Searcher:
    """A snapshot of the index; may be shared by threads, stays true to its state.

    Any method may raise IndexUnusableError: files are checked when they are first read.

    Attributes:
        sequence: the journal's sequence number the answers are true for.
        count: how many records the index holds.
    """

    def __init__(self, sequence: int, parts: Sequence[Part], columns: Columns) -> None:
        self.sequence = sequence
        self.parts = tuple(parts)
        self.count = sum(part.living for part in self.parts)
        self._columns = columns
        self._whole = Evaluation(parts, columns)

    def prepare(self, cancel: CancelToken) -> None:
        """Read what phrases and words near each other need, before anybody asks for these.

        Raises:
            StoppedError: the token was cancelled.
        """
        for part in self.parts:
            for packed in part.fields.values():
                for _ in packed.read_ahead():
                    cancel.check()

    def find(  # noqa: PLR0913 - every wish has a name of its own
        self,
        node: Node,
        *,
        limit: int = 20,
        offset: int = 0,
        sort: str = RELEVANCE,
        facets: Sequence[str] = (),
        facet_limit: int | None = FACET_LIMIT,
        keys: bool = False,
        among: Collection[int] | None = None,
        cancel: CancelToken | None = None,
    ) -> Matches:
        """Return the total, one page of hits, and counts of values.

        Args:
            node: what is asked for.
            limit: how many hits.
            offset: how many better hits are left out.
            sort: one of SORTS. Records without a date come last, whichever way they are sorted.
            facets: fields whose values are counted, by the rules of `search.facets`.
            facet_limit: how many values of each; None for all.
            keys: whether the keys of all records that match are wanted, too.
            among: keys of the only records that may match; None for all records.
            cancel: stops the search.

        Raises:
            StoppedError: the token was cancelled.
        """
        _known(sort)
        page = slice(max(0, offset), max(0, offset) + max(0, limit))
        wanted = self.count if keys else page.stop
        counting = Facets(self._columns, facets, node)
        scored = sort == RELEVANCE and wanted > 0
        query = self._whole.query(counting.core, scored=scored, cancel=cancel, among=among)
        hits = [self._hits(query, counting, part) for part in self.parts]
        found = np.concatenate([_NO_KEYS, *(keys for keys, _ in hits)])
        scores = np.concatenate([_NO_SCORES, *(scores for _, scores in hits)])
        best = self._best(found, scores, sort, wanted)
        chosen = best[page]
        return Matches(
            len(found),
            list(zip(found[chosen].tolist(), scores[chosen].tolist(), strict=True)),
            counting.counts(facet_limit),
            query.notes(),
            found[best] if keys else None,
        )

    def _hits(self, query: Query, counting: Facets, part: Part) -> tuple[Places, Weights]:
        """Return the keys of the records of a segment that match, and their scores."""
        few = None if counting.is_wanted else query.few(part)
        if few is not None:
            docs, scores = few
            return part.keys[docs], scores
        mask, every = query.on(part)
        docs = np.flatnonzero(counting.take(query, part, mask))
        return part.keys[docs], np.zeros(len(docs), np.float32) if every is None else every[docs]

    def _best(self, keys: Places, scores: Weights, sort: str, wanted: int) -> Places:
        """Return where the best of some records stand, best first."""
        if sort == RELEVANCE:
            return rank.best_scored(scores, keys, wanted)
        days = self._columns.days(DATE).first
        return rank.best(rank.by_day(days[keys], keys, newest=sort == NEWEST), wanted)

    def keys(self, node: Node, sort: str = RELEVANCE, cancel: CancelToken | None = None) -> Places:
        """Return the keys of all records that match, in order."""
        _known(sort)
        query = self._whole.query(node, scored=sort == RELEVANCE, cancel=cancel)
        hits = [self._hits(query, Facets(self._columns, (), node), part) for part in self.parts]
        found = np.concatenate([_NO_KEYS, *(keys for keys, _ in hits)])
        scores = np.concatenate([_NO_SCORES, *(scores for _, scores in hits)])
        return found[self._best(found, scores, sort, len(found))]

    def lines(
        self,
        node: Node,
        sort: str = RELEVANCE,
        cancel: CancelToken | None = None,
        among: Collection[int] | None = None,
    ) -> Lines:
        """Return every hit in texts as a line of its own, to be read page by page.

        Args:
            node: what is asked for.
            sort: the order of the lines.
            cancel: stops the search.
            among: keys of the only records that may match; None for all records.

        Raises:
            ValueError: lines cannot be sorted so.
            StoppedError: the token was cancelled.
        """
        from archivist.search import concordance  # noqa: PLC0415 - a first search needs none of it

        return concordance.lines(self._whole, self._columns, node, sort, cancel, among)

    def quotation(self, asked: Asked, cancel: CancelToken | None = None) -> Quotation:
        """Return what looks for a text that somebody quotes."""
        from archivist.search import quotation  # noqa: PLC0415 - a first search needs none of it

        return quotation.Quotation(self.parts, self._columns, asked, cancel)

    def wordings(
        self,
        phrase: Phrase,
        among: Collection[int] | None = None,
        cancel: CancelToken | None = None,
    ) -> Wordings:
        """Return what follows a phrase through the years, in all records or among some."""
        from archivist.search import wording  # noqa: PLC0415 - a first search needs none of it

        mask = None if among is None else self._whole.mask(among)
        return wording.Wordings(self.parts, self._columns, phrase, mask, cancel)

    def grouped(
        self, keys: Collection[int], asked: Collection[str] = (), cancel: CancelToken | None = None
    ) -> list[Group]:
        """Put texts under the words they are about, each under one of them at most.

        Args:
            keys: of the texts.
            asked: words that were searched, folded: none of them alone is a topic.
            cancel: stops it.

        Raises:
            StoppedError: it was stopped.
        """
        from archivist.search import grouping  # noqa: PLC0415 - a first search needs none of it

        return grouping.grouped(self.parts, np.fromiter(keys, np.int64, len(keys)), asked, cancel)

    def frequency(self, node: Node) -> int:
        """Return how many records match."""
        query = self._whole.query(node, scored=False)
        return sum(int(np.count_nonzero(query.on(part)[0])) for part in self.parts)

    def places_count(
        self, node: Node, among: Node | None = None, cancel: CancelToken | None = None
    ) -> int:
        """Return in how many places of title and text stands what a query looks for.

        Args:
            node: the query; what it leaves out is not counted. Records must match it.
            among: another query that records must match; its words are not counted.
            cancel: stops the search.
        """
        whole = node if among is None else all_of((node, among))
        query = self._whole.query(whole, scored=False, cancel=cancel)
        return sum(query.places(part, node) for part in self.parts)

    def marker(self, node: Node) -> Marker:
        """Return what marks the hits of a query in texts."""
        from archivist.search import marks  # noqa: PLC0415 - a first search needs none of it

        return marks.marker(node, self.parts, lambda like: self.telling(like.ref))

    def telling(self, ref: str) -> list[str]:
        """Return the words by which records are like one, those that tell most first."""
        return [each.word for each in likeness.telling(self._whole, ref)]

    def suggest(self, word: str, limit: int = 5) -> list[str]:
        """Return words near this one in spelling that some record has, best first."""
        return suggest.near(self.parts, word, limit)

    def knows(self, ref: str) -> bool:
        """Return whether some record has an accession number."""
        return likeness.key_of(self._whole, ref) is not None

    def forms(self, leaf: Leaf, limit: int = 50) -> list[tuple[str, int]]:
        """Return the words that a leaf stands for and how many records have each."""
        return forms.forms(self.parts, leaf, limit)

    def values(self, field: str, limit: int | None = None) -> list[tuple[str, int]]:
        """Return the values of a field with the number of records that have each."""
        return self._columns.facet(field, self._living(), limit)

    def fields(self) -> list[str]:
        """Return the names of the fields that hold values, those of the archive's own included."""
        return list(self._columns.fields)

    def spread(self, field: str = DATE) -> list[tuple[int, int]]:
        """Return how many records have a date in each year, years ascending."""
        years = years_of(self._columns.days(field).first)[self._living()]
        counts = np.bincount(years[years > 0])
        return [(int(year), int(counts[year])) for year in np.flatnonzero(counts)]

    def _living(self) -> Mask:
        hit = np.zeros(self._columns.size, bool)
        for part in self.parts:
            hit[part.keys if part.alive is None else part.keys[part.alive]] = True
        return hit


def _known(sort: str) -> None:
    if sort not in SORTS:
        raise ValueError(f"records cannot be sorted by {sort!r}, only by {', '.join(SORTS)}")
