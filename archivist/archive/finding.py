"""A query text becomes hits, facets, excerpts and reasons."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from archivist.archive.results import Excerpt, FacetCount, Found, Hit
from archivist.archive.thesaurus import Thesaurus
from archivist.model import thesaurus
from archivist.model.errors import UnknownRecordError
from archivist.model.fields import OF_STATEMENTS, SPEAKER
from archivist.model.query import And, AtLeast, Leaf, Like, Near, Node, Not, Or, Within
from archivist.model.query_format import format_query
from archivist.model.query_named import named, values_of
from archivist.model.query_parse import parse
from archivist.model.query_say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from archivist.archive.agents.speakers import Speakers
    from archivist.archive.following import Follower
    from archivist.archive.statements.stating import Stating
    from archivist.archive.vocabulary import Vocabulary
    from archivist.model.progress import CancelToken
    from archivist.model.record import Record
    from archivist.search import Marker, Matches, Searcher
    from archivist.search.marks import Mark
    from archivist.store import Store

Answer = TypeVar("Answer")
SORTS: Final = ("relevance", "newest", "oldest")
FACETS: Final = ("type", "country", "originator", "lang", "year")
"""Facets counted when none are named."""
FACET_VALUES: Final = 500
"""How many values of a facet are counted where nobody says."""
EXCERPT_WIDTH: Final = 220
_NAMED: Final = 6
"""So many agents are named whose names are looked for, too."""
_TOLD: Final = 5
"""So many words are told by which records are similar."""


class Finding:
    """The use case of finding, over one store and its index."""

    def __init__(
        self,
        store: Store,
        follower: Follower,
        vocabulary: Vocabulary,
        stating: Stating,
        speakers: Callable[[], Speakers],
    ) -> None:
        """Find in `store` through the index that `follower` keeps; statements as `stating` does.

        Whose the names of speakers are is told by what `speakers` returns.
        """
        self._store = store
        self._speakers = speakers
        self._follower = follower
        self._vocabulary = vocabulary
        self._stating = stating
        self._thesaurus = Thesaurus(store)
        self._lock = threading.Lock()
        self._marker: tuple[int, Node, Marker] | None = None

    def parse(self, query: str) -> Node:
        """Read a query text.

        Raises:
            QueryError: it cannot be read.
        """
        return parse(query, self._vocabulary)

    def asked(self, query: str) -> Node:
        """Read a query text, and return what the index is asked: synonyms are looked for, too.

        Raises:
            QueryError: it cannot be read.
        """
        return self.widened(self.parse(query))

    def widened(self, node: Node) -> Node:
        """Return what the index of records is asked for a query as it was read."""
        held = self._stating.held(self._resolved(node), self.worded)
        return self.worded(held)

    def worded(self, node: Node) -> Node:
        """Return a query with synonyms beside its words, and other names beside those it asks."""
        return thesaurus.widened(self._named(self._resolved(node)), self._thesaurus.rings())

    def reading(self, query: str) -> str:
        """Return a query in plain words, with its synonyms and why records are similar."""
        node = self.parse(query)
        return self.said(node) + self._because(node)

    def said(self, node: Node) -> str:
        """Return a query that was read in plain words, synonyms and other names included."""
        return say(node, self._vocabulary) + _also(self._synonyms(node)) + self.names_said(node)

    def names_said(self, node: Node) -> str:
        """Return in words whose names are looked for beside those that a query asks for."""
        asked = list(dict.fromkeys(values_of(node, SPEAKER)))
        meant = {one.value: self._speakers().meant(one) for one in asked}
        return "".join(
            f" For the speaker “{typed}” also any name of"
            f" {_listed([agent.name for agent in agents[:_NAMED]], ' or ')}."
            for typed, agents in meant.items()
            if agents
        )

    def ask(
        self, question: Callable[[Searcher], Answer], cancel: CancelToken | None = None
    ) -> Answer:
        """Ask the index, brought up to date; where it shows damage, once more of a new one."""
        self._follower.catch_up(cancel)
        return self._follower.ask(question)

    def prepare(self, cancel: CancelToken) -> None:
        """Read ahead what most searches need."""
        self.ask(lambda searcher: searcher.prepare(cancel), cancel)

    def search(  # noqa: PLR0913 - every wish has a name of its own
        self,
        query: str,
        *,
        limit: int,
        offset: int,
        sort: str,
        facets: Sequence[str],
        facet_limit: int | None = FACET_VALUES,
        keys: bool = False,
        among: Collection[int] | None = None,
        cancel: CancelToken | None = None,
    ) -> Found:
        """Answer a query from everything acknowledged before it began."""

        def answer(searcher: Searcher) -> Found:
            parsed = self.parse(query)
            node = self.widened(parsed)
            started = time.perf_counter()
            matches = searcher.find(
                node,
                limit=limit,
                offset=offset,
                sort=effective_sort(node, sort),
                facets=facets,
                facet_limit=facet_limit,
                keys=keys,
                among=among,
                cancel=cancel,
            )
            took = (time.perf_counter() - started) * 1000
            if cancel is not None:
                cancel.check()
            reason, proposal = self._reason(searcher, parsed, matches, among)
            return Found(
                query=query,
                reading=self.said(parsed) + self._because(parsed, searcher),
                total=matches.total,
                took_ms=round(took, 2),
                reason=reason,
                proposal=proposal,
                hits=tuple(self._hits(matches.hits, node, searcher)),
                facets=_facets(matches),
                sequence=searcher.sequence,
                notes=matches.notes,
                synonyms=self._synonyms(parsed),
                keys=() if matches.keys is None else matches.keys.tolist(),
            )

        return self.ask(answer, cancel)

    def keys(self, query: str | Node, sort: str, cancel: CancelToken | None = None) -> list[int]:
        """Return the ids of all records that match a query, as text or read, in order."""

        def answer(searcher: Searcher) -> list[int]:
            node = self.widened(self.parse(query) if isinstance(query, str) else query)
            found = searcher.keys(node, sort=effective_sort(node, sort), cancel=cancel)
            return [int(key) for key in found.tolist()]

        return self.ask(answer, cancel)

    def hits(self, ids: Sequence[int], query: str) -> list[Hit]:
        """Return what lists show of records, in the given order."""
        scored = [(key, 0.0) for key in ids]
        return self._follower.ask(lambda searcher: self._hits(scored, self.asked(query), searcher))

    def forms(self, query: str, limit: int) -> list[tuple[str, list[tuple[str, int]]]]:
        """Return what each word of a query stands for, with the records of each."""
        leaves = list(dict.fromkeys(leaves_of(self.parse(query))))

        def answer(searcher: Searcher) -> list[tuple[str, list[tuple[str, int]]]]:
            found = [(format_query(leaf), searcher.forms(leaf, limit)) for leaf in leaves]
            return [(text, forms) for text, forms in found if forms]

        return self.ask(answer)

    def marks(self, query: str, record: Record, text: str) -> list[tuple[int, int]]:
        """Return where a record's text matches the query: (start, end), ascending, disjoint."""
        marker = self._follower.ask(lambda searcher: self._marker_of(self.asked(query), searcher))
        return marker.spans(text, "text", record.description.language)

    def complete(self, field: str, prefix: str, limit: int = 12) -> list[str]:
        """Return values of a field that begin so, most frequent first, as a query writes them."""
        wanted = prefix.casefold()
        labels = self._vocabulary.labels(field)
        if field in OF_STATEMENTS:
            found = self._stating.values(field)
        else:
            found = self._follower.ask(lambda searcher: searcher.values(field))
        return [
            value
            for value, _ in found
            if value.casefold().startswith(wanted)
            or labels.get(value, "").casefold().startswith(wanted)
        ][:limit]

    def _hits(
        self, scored: Sequence[tuple[int, float]], node: Node, searcher: Searcher
    ) -> list[Hit]:
        ids = [key for key, _ in scored]
        scores = dict(scored)
        records = self._store.records.many(ids)
        texts = self._store.records.texts(ids)
        attachments = self._store.records.attachments(ids)
        marker = self._marker_of(node, searcher)
        hits = []
        for record in records:
            text = texts.get(record.id, "")
            marked = marker.hits(text, "text", record.description.language)
            hits.append(
                Hit(
                    record=record,
                    score=round(scores[record.id], 4),
                    excerpt=_excerpt(text, marked),
                    hits=len(marked),
                    attachments=attachments.get(record.id, 0),
                )
            )
        return hits

    def _marker_of(self, node: Node, searcher: Searcher) -> Marker:
        with self._lock:
            kept = self._marker
            if kept is not None and kept[:2] == (searcher.sequence, node):
                return kept[2]
            marker = searcher.marker(node)
            self._marker = (searcher.sequence, node, marker)
            return marker

    def _named(self, node: Node) -> Node:
        """Return a query with every name beside each of an agent's that it asks for."""
        if next(values_of(node, SPEAKER), None) is None:
            return node
        return named(node, self._speakers().named)

    def _synonyms(self, node: Node) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple(thesaurus.synonyms(node, self._thesaurus.rings()))

    def _because(self, node: Node, searcher: Searcher | None = None) -> str:
        """Say by which words records are similar to those that a query names."""
        refs = [part.ref for part in likes_of(self._resolved(node))]
        if not refs:
            return ""
        if searcher is None:
            return self.ask(lambda found: self._because(node, found))
        said = ""
        for ref in dict.fromkeys(refs):
            words = searcher.telling(ref)[:_TOLD]
            named = f" with {ref}" if len(refs) > 1 else ""
            if words:
                listed = _listed([f"“{word}”" for word in words])
                said += f" They share telling words{named}, above all {listed}."
        return said

    def _resolved(self, node: Node) -> Node:
        """Name the records of `like:` by accession number, whatever they were named by."""
        match node:
            case Like(ref):
                return Like(self._accession(ref))
            case And(parts) | Or(parts):
                return replace(node, parts=tuple(map(self._resolved, parts)))
            case Not(part):
                return Not(self._resolved(part))
            case _:
                return node

    def _accession(self, ref: str) -> str:
        try:
            return self._store.records.by_ref(ref).ref
        except UnknownRecordError:  # the search tells why it finds nothing
            return ref

    def _reason(
        self, searcher: Searcher, node: Node, matches: Matches, among: Collection[int] | None
    ) -> tuple[str | None, str]:
        if matches.total:
            return None, ""
        if among is not None and (others := searcher.frequency(self.widened(node))):
            return _elsewhere(len(among), others), ""
        from archivist.search import explain  # noqa: PLC0415 - only when nothing is found

        found = explain.reason(
            searcher, node, format_query, self._vocabulary.label, widen=self.widened
        )
        return found.text, found.proposal


def effective_sort(node: Node, sort: str) -> str:
    """Return the order to use: nothing to be relevant to means newest first."""
    if sort == "relevance" and not has_words(node):
        return "newest"
    return sort


def has_words(node: Node) -> bool:
    """Whether a query asks for words, so that there are scores and marks."""
    if isinstance(node, And | Or):
        return any(has_words(part) for part in node.parts)
    return isinstance(node, Leaf | Near | Within | AtLeast | Like)


def _also(synonyms: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Return what a reading says of synonyms."""
    return "".join(
        f" For “{term}” also {_listed([f'“{other}”' for other in others])}."
        for term, others in synonyms
    )


def _listed(words: Sequence[str], last: str = " and ") -> str:
    between = "; " if any("," in word for word in words) else ", "
    return words[0] if len(words) == 1 else f"{between.join(words[:-1])}{last}{words[-1]}"


def likes_of(node: Node) -> Iterator[Like]:
    """Yield the records that those found are to be like, in order; not what is left out."""
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from likes_of(part)
    elif isinstance(node, Like):
        yield node


def leaves_of(node: Node) -> Iterator[Leaf]:
    """Yield what a query looks for in texts, in order, also what it leaves out."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves_of(part)
        case Near() | Within():
            yield from leaves_of(node.left)
            yield from leaves_of(node.right)
        case Not(part) | AtLeast(part):
            yield from leaves_of(part)
        case _:
            if isinstance(node, Leaf):
                yield node


def chosen_facets(facets: bool | Sequence[str]) -> tuple[str, ...]:  # noqa: FBT001 - as the API says
    """Return the facets to count: none, the usual ones, or those named."""
    if isinstance(facets, bool):
        return FACETS if facets else ()
    return tuple(facets)


def _elsewhere(searched: int, others: int) -> str:
    """Say that records match, but none of those that are searched."""
    records = "record" if searched == 1 else f"{searched:,} records"
    subject = f"The one {records} that is" if searched == 1 else f"None of the {records} that are"
    verb = "does not match" if searched == 1 else "matches"
    return f"{subject} searched {verb}; {others:,} {'other does' if others == 1 else 'others do'}."


def _facets(matches: Matches) -> Mapping[str, tuple[FacetCount, ...]]:
    return {
        name: tuple(FacetCount(value, count) for value, count in counted)
        for name, counted in matches.facets.items()
    }


def _excerpt(text: str, marked: Sequence[Mark]) -> Excerpt:
    from archivist.search.excerpts import excerpt  # noqa: PLC0415 - lazy engine

    return Excerpt(*excerpt(text, marked, EXCERPT_WIDTH))
