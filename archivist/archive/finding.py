"""A query text becomes hits, facets, excerpts and reasons."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final

from archivist.archive.results import Excerpt, FacetCount, Found, Hit
from archivist.model.query import And, Node, Or, Phrase, Prefix, Word
from archivist.model.query_format import format_query
from archivist.model.query_parse import parse
from archivist.model.query_say import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archivist.archive.following import Follower
    from archivist.archive.vocabulary import Vocabulary
    from archivist.model.progress import CancelToken
    from archivist.model.record import Record
    from archivist.search import Marker, Matches, Searcher
    from archivist.store import Store

SORTS: Final = ("relevance", "newest", "oldest")
FACETS: Final = ("type", "country", "originator", "lang", "year")
"""Facets counted when none are named."""
EXCERPT_WIDTH: Final = 220


class Finding:
    """The use case of finding, over one store and its index."""

    def __init__(self, store: Store, follower: Follower, vocabulary: Vocabulary) -> None:
        """Find in `store` through the index that `follower` keeps."""
        self._store = store
        self._follower = follower
        self._vocabulary = vocabulary
        self._lock = threading.Lock()
        self._marker: tuple[int, str, Marker] | None = None

    def parse(self, query: str) -> Node:
        """Read a query text.

        Raises:
            QueryError: it cannot be read.
        """
        return parse(query, self._vocabulary)

    def reading(self, query: str) -> str:
        """Return a query in plain words."""
        return say(self.parse(query), self._vocabulary)

    def search(
        self,
        query: str,
        *,
        limit: int,
        offset: int,
        sort: str,
        facets: Sequence[str],
        cancel: CancelToken | None,
    ) -> Found:
        """Answer a query from everything acknowledged before it began."""
        self._follower.catch_up(cancel)

        def answer(searcher: Searcher) -> Found:
            node = self.parse(query)
            started = time.perf_counter()
            matches = searcher.find(
                node,
                limit=limit,
                offset=offset,
                sort=effective_sort(node, sort),
                facets=facets,
                cancel=cancel,
            )
            took = (time.perf_counter() - started) * 1000
            reason, proposal = self._reason(searcher, node, matches)
            return Found(
                query=query,
                reading=say(node, self._vocabulary),
                total=matches.total,
                took_ms=round(took, 2),
                reason=reason,
                proposal=proposal,
                hits=tuple(self._hits(matches.hits, query, node, searcher)),
                facets=_facets(matches),
                sequence=searcher.sequence,
            )

        return self._follower.ask(answer)

    def keys(self, query: str, sort: str, cancel: CancelToken | None = None) -> list[int]:
        """Return the ids of all records that match, in order."""
        self._follower.catch_up(cancel)

        def answer(searcher: Searcher) -> list[int]:
            node = self.parse(query)
            found = searcher.keys(node, sort=effective_sort(node, sort), cancel=cancel)
            return [int(key) for key in found.tolist()]

        return self._follower.ask(answer)

    def hits(self, ids: Sequence[int], query: str) -> list[Hit]:
        """Return what lists show of records, in the given order."""
        scored = [(key, 0.0) for key in ids]
        return self._follower.ask(
            lambda searcher: self._hits(scored, query, self.parse(query), searcher)
        )

    def marks(self, query: str, record: Record, text: str) -> list[tuple[int, int]]:
        """Return where a record's text matches the query: (start, end), ascending, disjoint."""
        marker = self._follower.ask(
            lambda searcher: self._marker_of(query, self.parse(query), searcher)
        )
        return marker.spans(text, "text", record.description.language)

    def complete(self, field: str, prefix: str, limit: int = 12) -> list[str]:
        """Return values of a field that begin so, most frequent first, as a query writes them."""
        wanted = prefix.casefold()
        labels = self._vocabulary.labels(field)
        found = self._follower.ask(lambda searcher: searcher.values(field))
        return [
            value
            for value, _ in found
            if value.casefold().startswith(wanted)
            or labels.get(value, "").casefold().startswith(wanted)
        ][:limit]

    def _hits(
        self, scored: Sequence[tuple[int, float]], query: str, node: Node, searcher: Searcher
    ) -> list[Hit]:
        ids = [key for key, _ in scored]
        scores = dict(scored)
        records = self._store.records.many(ids)
        texts = self._store.records.texts(ids)
        attachments = self._store.records.attachments(ids)
        marker = self._marker_of(query, node, searcher)
        hits = []
        for record in records:
            text = texts.get(record.id, "")
            spans = marker.spans(text, "text", record.description.language)
            hits.append(
                Hit(
                    record=record,
                    score=round(scores[record.id], 4),
                    excerpt=_excerpt(text, spans),
                    hits=len(spans),
                    attachments=attachments.get(record.id, 0),
                )
            )
        return hits

    def _marker_of(self, query: str, node: Node, searcher: Searcher) -> Marker:
        with self._lock:
            kept = self._marker
            if kept is not None and kept[:2] == (searcher.sequence, query):
                return kept[2]
            marker = searcher.marker(node)
            self._marker = (searcher.sequence, query, marker)
            return marker

    def _reason(self, searcher: Searcher, node: Node, matches: Matches) -> tuple[str | None, str]:
        if matches.total:
            return None, ""
        from archivist.search import explain  # noqa: PLC0415 - only when nothing is found

        found = explain.reason(searcher, node, format_query, self._vocabulary.label)
        return found.text, found.proposal


def effective_sort(node: Node, sort: str) -> str:
    """Return the order to use: nothing to be relevant to means newest first."""
    if sort == "relevance" and not has_words(node):
        return "newest"
    return sort


def has_words(node: Node) -> bool:
    """Whether a query asks for words, so that there are scores and marks."""
    match node:
        case Word() | Phrase() | Prefix():
            return True
        case And(parts) | Or(parts):
            return any(has_words(part) for part in parts)
        case _:
            return False


def chosen_facets(facets: bool | Sequence[str]) -> tuple[str, ...]:  # noqa: FBT001 - as the API says
    """Return the facets to count: none, the usual ones, or those named."""
    if isinstance(facets, bool):
        return FACETS if facets else ()
    return tuple(facets)


def _facets(matches: Matches) -> Mapping[str, tuple[FacetCount, ...]]:
    return {
        name: tuple(FacetCount(value, count) for value, count in counted)
        for name, counted in matches.facets.items()
    }


def _excerpt(text: str, spans: list[tuple[int, int]]) -> Excerpt:
    from archivist.search.excerpts import excerpt  # noqa: PLC0415 - lazy engine

    return Excerpt(*excerpt(text, spans, EXCERPT_WIDTH))
