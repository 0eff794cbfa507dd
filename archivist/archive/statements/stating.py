"""A query text becomes statements: who said what."""

from __future__ import annotations

import time
from array import array
from typing import TYPE_CHECKING, Final

from archivist.archive.finding import EXCERPT_WIDTH, FACET_VALUES, effective_sort
from archivist.archive.results import Excerpt, FacetCount
from archivist.archive.statements.lacking import Lacking
from archivist.archive.statements.results import FoundStatements, StatementHit
from archivist.archive.statements.saying import unread_notes
from archivist.archive.statements.voices import SURE, SURELY
from archivist.model.errors import ArchiveBusyError
from archivist.model.query import Held, Node, Value, all_of
from archivist.model.query_said import of_records, of_statements
from archivist.model.query_say import STATEMENTS, say
from archivist.model.statement import words_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from archivist.archive.statements.saying import Saying
    from archivist.archive.statements.voices import Voices
    from archivist.archive.vocabulary import Vocabulary
    from archivist.model.progress import CancelToken
    from archivist.search import Marker, Matches, Searcher
    from archivist.search.marks import Mark
    from archivist.store import Store

FACETS: Final = ("speaker", "role", "kind", "type", "country", "lang", "year")
"""Facets of statements counted when none are named."""
_SURELY: Final = Value(SURE, SURELY)


class Stating:
    """The use case of finding statements, over one store and the index of its statements."""

    def __init__(
        self, store: Store, saying: Saying, voices: Voices, vocabulary: Vocabulary
    ) -> None:
        """Find statements in `store`, read by `saying`, through the index that `voices` keeps."""
        self._store = store
        self._saying = saying
        self._voices = voices
        self._vocabulary = vocabulary
        self._records = array("q", [0])

    def search(  # noqa: PLR0913 - every wish has a name of its own
        self,
        parsed: Node,
        widen: Callable[[Node], Node],
        *,
        query: str,
        limit: int,
        offset: int,
        sort: str,
        facets: Sequence[str],
        unsure: bool,
        cancel: CancelToken | None = None,
    ) -> FoundStatements:
        """Answer a query from everything acknowledged before it began.

        Args:
            parsed: the query as it was read.
            widen: puts synonyms and other names into a query.
            query: as given.
            limit: how many hits to return.
            offset: how many hits to skip.
            sort: "relevance", "newest" or "oldest".
            facets: fields whose values are counted.
            unsure: whether those are wanted, too, that are not sure.
            cancel: stops it.
        """
        self._listen(cancel)
        asked = of_statements(widen(parsed))
        whole = asked if unsure else all_of((asked, _SURELY))

        def answer(searcher: Searcher) -> FoundStatements:
            started = time.perf_counter()
            matches = searcher.find(
                whole,
                limit=limit,
                offset=offset,
                sort=effective_sort(asked, sort),
                facets=facets,
                facet_limit=FACET_VALUES,
                cancel=cancel,
            )
            took = (time.perf_counter() - started) * 1000
            why = None
            if not matches.total:
                why = Lacking(searcher, self._vocabulary, widen).why(parsed, unsure=unsure)
            unread = self._saying.unread()
            return FoundStatements(
                query=query,
                reading=say(of_statements(parsed, ""), self._vocabulary, STATEMENTS),
                total=matches.total,
                took_ms=round(took, 2),
                reason=None if why is None else why.text,
                proposal="" if why is None else why.proposal,
                hits=tuple(self._hits(matches, searcher.marker(asked))),
                facets=_facets(matches),
                notes=(*matches.notes, *unread_notes(unread, "statements")),
                unread=unread,
            )

        return self._voices.ask(answer)

    def held(
        self, node: Node, widen: Callable[[Node], Node], cancel: CancelToken | None = None
    ) -> Node:
        """Return what is asked of records; parts that ask of one statement become the records.

        Only statements that are sure count.

        Args:
            node: a query as it was read.
            widen: puts synonyms beside words.
            cancel: stops it.
        """

        def find(part: Node) -> Node:
            self._listen(cancel)
            asked = of_statements(widen(part))
            numbers = self._voices.ask(
                lambda searcher: searcher.keys(all_of((asked, _SURELY)), "newest", cancel).tolist()
            )
            return Held(asked, self._owners(numbers))

        return of_records(node, find)

    def values(self, field: str) -> list[tuple[str, int]]:
        """Return the values of a field of statements, most frequent first."""
        try:
            return self._voices.ask(lambda searcher: searcher.values(field))
        except ArchiveBusyError:  # while the index is built, there is nothing to offer
            return []

    def _listen(self, cancel: CancelToken | None) -> None:
        """Read what was filed, and bring the index up to it; where this process may."""
        self._saying.catch_up(cancel=cancel)
        self._voices.catch_up(cancel)

    def _owners(self, numbers: Sequence[int]) -> frozenset[int]:
        """Return the records that hold statements; a number is given once, and kept in mind."""
        records = self._records
        if numbers and max(numbers) >= len(records):
            records = self._records = self._store.statements.owners()
        return frozenset(records[number] for number in numbers if number < len(records))

    def _hits(self, matches: Matches, marker: Marker) -> list[StatementHit]:
        scores = dict(matches.hits)
        found = self._store.statements.many(list(scores))
        ids = list(dict.fromkeys(one.record for one in found))
        records = {record.id: record for record in self._store.records.many(ids)}
        texts = self._store.records.texts(ids)
        hits = []
        for one in found:
            record, text = records[one.record], texts.get(one.record, "")
            said = one.statement
            words = words_in(text, said)
            marked = marker.hits(words, "text", record.description.language)
            hits.append(
                StatementHit(
                    filed=one,
                    record=record,
                    text=text[said.start : said.end],
                    excerpt=_excerpt(words, marked),
                    score=round(scores[one.number], 4),
                )
            )
        return hits


def chosen_facets(facets: bool | Sequence[str]) -> tuple[str, ...]:  # noqa: FBT001 - as the API says
    """Return the facets of statements to count: none, the usual ones, or those named."""
    if isinstance(facets, bool):
        return FACETS if facets else ()
    return tuple(facets)


def _facets(matches: Matches) -> Mapping[str, tuple[FacetCount, ...]]:
    return {
        name: tuple(FacetCount(value, count) for value, count in counted)
        for name, counted in matches.facets.items()
    }


def _excerpt(text: str, marked: Sequence[Mark]) -> Excerpt:
    from archivist.search.excerpts import excerpt  # noqa: PLC0415 - lazy engine

    return Excerpt(*excerpt(text, marked, EXCERPT_WIDTH))
