"""What the archive answers about statements: who said what, where, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archivist.archive.results import Excerpt, FacetCount
from archivist.model.record import Record
from archivist.model.statement import FiledStatement, Statement


@dataclass(frozen=True, slots=True)
class StatementHit:
    """One statement found.

    Attributes:
        filed: the statement, its number, and what people decided on it.
        record: the record whose text holds it.
        text: the statement as it stands in the text, its cue included where that stands within.
        excerpt: its words for showing, with what was searched marked.
        score: BM25F for relevance; 0 when sorted by date.
    """

    filed: FiledStatement
    record: Record
    text: str
    excerpt: Excerpt
    score: float = 0.0

    @property
    def said(self) -> Statement:
        """Who said it, how, and where it stands."""
        return self.filed.statement

    @property
    def ref(self) -> str:
        """The record's accession number."""
        return self.record.ref

    @property
    def date(self) -> str:
        """When it was said, where the text tells that; else the record's date."""
        return self.said.date or self.record.description.date


@dataclass(frozen=True, slots=True)
class FoundStatements:
    """The answer to a query for statements.

    Attributes:
        query: as given.
        reading: the query in plain words.
        total: how many statements match.
        took_ms: time taken by the search, in milliseconds.
        reason: why `total` is 0, in plain words, else None.
        proposal: a query text that would find something, or empty.
        hits: the page asked for.
        facets: by field name; most frequent first (years ascending).
        notes: what the answer leaves out, in words.
        unread: how many records are still to be read for statements, about.
    """

    query: str
    reading: str
    total: int
    took_ms: float
    reason: str | None = None
    proposal: str = ""
    hits: tuple[StatementHit, ...] = ()
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    unread: int = 0
