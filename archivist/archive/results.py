"""What the archive answers: reports of filing, searches, edits, undo, checks and exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from archivist.model.change import Conflict
from archivist.model.record import Record, Refusal


class Pulse(NamedTuple):
    """Marks of an archive's state: as long as they are the same, nothing was done.

    Attributes:
        sequence: the journal's sequence number.
        imports: the newest import's number, and how many imports are running.
    """

    sequence: int
    imports: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Filed:
    """A document that is now a record."""

    ref: str
    path: str
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A document that was there already, as the record `ref`."""

    path: str
    ref: str


@dataclass(frozen=True, slots=True)
class FilingReport:
    """What became of every path, member and row of an import; each stands in exactly one list.

    Attributes:
        operation: its number in the journal; 0 for a dry run or where nothing was filed.
        filed: new records; `ref` is empty in a dry run.
        duplicates: what was there already.
        refused: what cannot be filed, with reasons.
        seconds: how long it took, taken up again after a kill: in all.
        stopped: whether the user stopped it before its end.
        title: for people, for example "Import of releases-2024".
        began: UTC, ISO 8601.
        who: by whom.
        run: number of the import, for `Archive.import_report`; 0 for a dry run.
    """

    operation: int
    filed: tuple[Filed, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    refused: tuple[Refusal, ...] = ()
    seconds: float = 0.0
    stopped: bool = False
    title: str = ""
    began: str = ""
    who: str = ""
    run: int = 0


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """One import as the list of reports shows it.

    Attributes:
        state: "running", "done", "stopped" or "interrupted" (can be taken up again).
    """

    run: int
    title: str
    began: str
    who: str
    state: str
    filed: int
    duplicates: int
    refused: int
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage of a text, for showing.

    Attributes:
        text: on one line, cut at whole words, with an ellipsis where the text goes on.
        marks: what to mark in `text`: (start, end) in characters, ascending, disjoint.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found, as lists show it.

    Attributes:
        score: BM25F for relevance; 0 when sorted by date.
        excerpt: the passage with most of what was searched.
        hits: how many places of the text match; 0 where the query has no words.
        attachments: how many records are tied to this one as attachments.
    """

    record: Record
    score: float
    excerpt: Excerpt
    hits: int = 0
    attachments: int = 0

    @property
    def ref(self) -> str:
        """The record's accession number."""
        return self.record.ref

    @property
    def title(self) -> str:
        """The record's title."""
        return self.record.description.title

    @property
    def date(self) -> str:
        """The record's date, ISO 8601, as exact as the document is."""
        return self.record.description.date

    @property
    def doctype(self) -> str:
        """The code of the record's type."""
        return self.record.description.doctype

    @property
    def snippet(self) -> str:
        """The text of the excerpt."""
        return self.excerpt.text


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A value of a facet and how many of the records found have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query.

    Attributes:
        query: as given.
        reading: the query in plain words.
        total: how many records match.
        took_ms: time taken by the search, in milliseconds.
        reason: why `total` is 0, in plain words, else None.
        proposal: a query text that would find something, or empty.
        hits: the page asked for.
        facets: by field name; most frequent first (years ascending).
        sequence: the journal's sequence number the answer is true for.
        notes: what the answer leaves out, in words: a pattern that stands for too many words.
        synonyms: what was looked for under other names, too: each term with the others.
        keys: ids of all records that match, in order, where they were asked for.
    """

    query: str
    reading: str
    total: int
    took_ms: float
    reason: str | None
    proposal: str = ""
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    sequence: int = 0
    notes: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    keys: Sequence[int] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Preview:
    """One record before and after an edit, by field name."""

    ref: str
    before: Mapping[str, str]
    after: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EditReport:
    """What an edit of one or thousands did; `preview` is filled by a dry run."""

    operation: int
    changed: int
    unchanged: int
    conflicts: tuple[Conflict, ...] = ()
    preview: tuple[Preview, ...] = ()


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What an undo or redo did.

    Attributes:
        operation: the operation that takes back.
        undone: the operation taken back (or done again).
        title: for people, for example "Undid: Change of date".
        records: how many records it touched.
        conflicts: what was changed later and stays.
        kinds: what else it touched: "search", "synonyms", "collected".
    """

    operation: int
    undone: int
    title: str
    records: int
    conflicts: tuple[Conflict, ...] = ()
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the archive: `result` is "passed", "failed" or "not run"."""

    name: str
    result: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Whether the archive is whole."""

    ok: bool
    records: int
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class DossierReport:
    """A report that was written.

    Attributes:
        pages: None where they are only estimated.
    """

    written: Path
    records: int
    statements: int
    pages: int | None
    seconds: float


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup holds, or what was restored from one.

    Attributes:
        faults: originals that were missing or altered when the backup was made, in words.
    """

    records: int
    originals: int
    sha256: str
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query that is kept under a name.

    Attributes:
        number: given once, never again.
        name: for people.
        query: its text, as the query language writes it now.
        reading: the query in plain words; empty where it cannot be read any more.
        opened: when it was last opened (or saved), UTC, ISO 8601; empty where it never was.
        sort: "relevance", "newest" or "oldest".
    """

    number: int
    name: str
    query: str
    reading: str
    opened: str = ""
    sort: str = "relevance"


@dataclass(frozen=True, slots=True)
class News:
    """What became of the answer to a saved search since it was last opened.

    Attributes:
        number: of the saved search.
        total: how many records match now.
        new: ids of those that match now and did not then, in the order of the search.
        gone: how many matched then and do not now.
    """

    number: int
    total: int
    new: tuple[int, ...] = ()
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Synonyms:
    """A ring of the thesaurus: terms that mean the same.

    Attributes:
        number: of the ring; below 0 for one that ships with Archivist.
        terms: at least two, as people write them.
        shipped: whether it ships with Archivist.
        changed: whether it ships and the archive has changed it.
    """

    number: int
    terms: tuple[str, ...]
    shipped: bool = False
    changed: bool = False


@dataclass(frozen=True, slots=True)
class TermCount:
    """How often what one line of a list of terms asks for stands in the archive.

    Attributes:
        line: as given, without blanks around it.
        records: how many records match.
        hits: in how many places of their titles and texts.
        first: date of the earliest record, as exact as the document is; empty where none is dated.
        last: date of the latest.
        error: why the line cannot be read, else empty.
    """

    line: str
    records: int = 0
    hits: int = 0
    first: str = ""
    last: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class TermTable:
    """A list of terms, counted.

    Attributes:
        rows: a row for each line that asks for something, in the order given.
        within: the query whose records were looked at, or empty for all.
        reading: that query in plain words, or empty.
    """

    rows: tuple[TermCount, ...]
    within: str = ""
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Collected:
    """A passage that an officer gathered for a dossier.

    Two are the same where record, start and end are.

    Attributes:
        record: id of the record.
        start: where the passage begins in the record's text as it stands, in characters.
        end: where it ends, exclusive; 0 with `start` 0 is the record as a whole.
        stale: whether the text was corrected since and the passage is not in it any more; `start`
            and `end` are then those of the text it was gathered from.
        words: the passage as it was gathered; empty for a record as a whole, and not needed when
            something is gathered.
    """

    record: int
    start: int = 0
    end: int = 0
    stale: bool = field(default=False, compare=False)
    words: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a concordance: a hit, and what stands around it.

    Attributes:
        record: id of the record.
        ref: its accession number.
        title: its title.
        date: its date, ISO 8601, as exact as the document is.
        originator: who wrote it.
        start: where the hit begins in the record's text, in characters.
        end: where it ends, exclusive.
        left: what stands before it, on one line, cut at a whole word.
        keyword: the hit, on one line; empty where the text was changed since the search, so that
            what was found stands there no more.
        right: what stands after it.
    """

    record: int
    ref: str
    title: str
    date: str
    originator: str
    start: int
    end: int
    left: str
    keyword: str
    right: str

    @property
    def gone(self) -> bool:
        """Whether the text was changed since the search."""
        return not self.keyword


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a record in its paragraph, to be read or quoted.

    Attributes:
        record: the record.
        paragraph: the number of the paragraph, as citations count, from 1; 0 where there is none.
        text: the paragraph on one line; of a very long one what stands about the passage.
        mark: where the passage stands in `text`: (start, end) in characters.
        quote: the passage itself, on one line.
        citation: how it is cited.
    """

    record: Record
    paragraph: int
    text: str
    mark: tuple[int, int]
    quote: str
    citation: str
