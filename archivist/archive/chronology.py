"""What happened when: the dates of records, and of sentences that carry one of their own."""

from __future__ import annotations

import csv
import json
import re
import time
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from archivist.archive import dossiers
from archivist.archive.statements.saying import unread_notes
from archivist.model.dates import DateRange, interval_of, parse_range
from archivist.model.errors import InputError
from archivist.model.paragraphs import number_at, paragraphs
from archivist.model.progress import CancelToken, Progress, Report, silent
from archivist.model.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from archivist.archive.finding import Finding
    from archivist.archive.statements.saying import Saying
    from archivist.archive.vocabulary import Vocabulary
    from archivist.model.dates import Interval
    from archivist.model.statement import DatedFact
    from archivist.store import Store

COLUMNS: Final = ("date", "kind", "ref", "title", "text", "citation", "start", "end")
"""Of a chronology written as a table."""
_BATCH: Final = 200
_LOOK: Final = 4096
_BLANKS = re.compile(r"\s+")


class Place(NamedTuple):
    """A date and where it stands; at 0, 0 it is the record's own.

    Attributes:
        date: ISO 8601, as exact as the document is.
        record: id of the record.
        start: where the sentence begins in the record's text, in characters.
        end: where it ends, exclusive.
    """

    date: str
    record: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dated:
    """One line of a chronology.

    Attributes:
        place: its date, and where that stands.
        about: the record.
        text: the sentence on one line, or the record's title; empty where it is there no more.
        mark: where in `text` the words stand that tell the date; (0, 0) where none do.
        paragraph: in which it begins, as citations count, from 1; 0 for the whole record.
        citation: how it is cited.
    """

    place: Place
    about: Record
    text: str
    mark: tuple[int, int]
    paragraph: int
    citation: str

    @property
    def date(self) -> str:
        """ISO 8601, as exact as the document is."""
        return self.place.date

    @property
    def kind(self) -> str:
        """What carries the date: "sentence" or "record"."""
        return "sentence" if self.place.end else "record"

    @property
    def record(self) -> int:
        """Id of the record."""
        return self.place.record

    @property
    def start(self) -> int:
        """Where it begins in the record's text, in characters."""
        return self.place.start

    @property
    def end(self) -> int:
        """Where it ends, exclusive; 0 for the whole record."""
        return self.place.end

    @property
    def gone(self) -> bool:
        """Whether the text was changed since, and the sentence is not in it any more."""
        return not self.text


class Chronology:
    """Dates in order, each read as it is asked for; may be shared by threads.

    Attributes:
        query: whose records these are.
        reading: the query in plain words.
        records: how many records they come from.
        took_ms: how long it took to find them, in milliseconds.
        reason: why there are none, in plain words; None where there are some.
        notes: what may be missing, in words.
    """

    def __init__(
        self,
        places: Sequence[Place],
        read: Callable[[Sequence[Place]], list[Dated]],
        *,
        query: str = "",
        reading: str = "",
        took_ms: float = 0.0,
        reason: str | None = None,
        notes: tuple[str, ...] = (),
    ) -> None:
        """Make a chronology of `places`, which are in order."""
        self._places, self._read = places, read
        self.query, self.reading, self.took_ms = query, reading, took_ms
        self.records = len({one.record for one in places})
        self.reason, self.notes = reason, notes

    def __len__(self) -> int:
        """How many dates there are."""
        return len(self._places)

    def rows(self, start: int, stop: int) -> list[Dated]:
        """Read some lines in order."""
        return self._read(self._places[start:stop])

    def stretches(self, rows: Iterable[int]) -> list[tuple[int, int, int]]:
        """Return where lines stand: record, start and end; 0, 0 for a whole record."""
        return [self._places[row][1:] for row in rows]

    def years(self) -> list[tuple[int, int]]:
        """Return how many dates are of each year, ascending."""
        counted = Counter(one.date[:4] for one in self._places)
        return sorted((int(year), count) for year, count in counted.items())

    def narrowed(
        self, asked: DateRange | None = None, *, sentences_only: bool = False
    ) -> Chronology:
        """Return those dates that may lie within a range; without the records' own if wanted."""
        days = asked.interval if asked is not None else None
        inside = _Overlap(days)
        kept = [one for one in self._places if inside(one.date) and (one.end or not sentences_only)]
        reason = self.reason or (None if kept else "No date of these records lies there.")
        return Chronology(
            kept,
            self._read,
            query=self.query,
            reading=self.reading,
            took_ms=self.took_ms,
            reason=reason,
            notes=self.notes,
        )


class _Overlap:
    """Tells whether a date may lie within a span of days; each date is looked at once."""

    def __init__(self, days: Interval | None) -> None:
        self._days = days
        self._known: dict[str, bool] = {}

    def __call__(self, date: str) -> bool:
        if self._days is None:
            return True
        if date not in self._known:
            meant = interval_of(date)
            self._known[date] = meant is not None and meant.overlaps(self._days)
        return self._known[date]


class Chronicle:
    """The use case of making chronologies, over one store."""

    def __init__(
        self, store: Store, finding: Finding, saying: Saying, vocabulary: Vocabulary
    ) -> None:
        """Find dates in `store`, as far as `saying` has read its texts."""
        self._store, self._finding, self._saying = store, finding, saying
        self._vocabulary = vocabulary

    def ask(
        self, query: str, among: Collection[int] | None, cancel: CancelToken | None = None
    ) -> Chronology:
        """Return the dates of the records that a query finds.

        Args:
            query: in the query language; `*` is every record.
            among: ids of the only records whose dates are wanted; None for all.
            cancel: stops it.

        Raises:
            QueryError: the query cannot be read.
            StoppedError: it was stopped.
        """
        started, token = time.perf_counter(), cancel or CancelToken()
        found = set(self._finding.keys(query, "oldest", cancel))
        wanted = found if among is None else found & set(among)
        places = list(self._places(wanted, token))
        return Chronology(
            places,
            self._dated,
            query=query,
            reading=self._finding.reading(query),
            took_ms=round((time.perf_counter() - started) * 1000, 2),
            reason=None if places else _reason(wanted),
            notes=unread_notes(self._saying.unread(), "dates"),
        )

    def _places(self, wanted: Collection[int], token: CancelToken) -> Iterator[Place]:
        readable: dict[str, bool] = {}
        for number, row in enumerate(self._store.statements.dated(wanted)):
            if not number % _LOOK:
                token.check()
            if row[0] not in readable:
                readable[row[0]] = interval_of(row[0]) is not None
            if readable[row[0]]:
                yield Place(*row)

    def _dated(self, places: Sequence[Place]) -> list[Dated]:
        ids = list(dict.fromkeys(one.record for one in places))
        records = {record.id: record for record in self._store.records.many(ids)}
        texts = self._store.records.texts([one.record for one in places if one.end])
        facts = {key: self._facts(records[key]) for key in texts if key in records}
        bounds = {key: paragraphs(text) for key, text in texts.items()}
        return [
            self._line(
                one,
                records[one.record],
                texts.get(one.record, ""),
                facts.get(one.record, {}),
                bounds.get(one.record, ()),
            )
            for one in places
            if one.record in records
        ]

    def _facts(self, record: Record) -> dict[tuple[int, int], DatedFact]:
        return {(fact.start, fact.end): fact for fact in self._saying.facts(record)}

    def _line(
        self,
        place: Place,
        record: Record,
        text: str,
        facts: dict[tuple[int, int], DatedFact],
        bounds: Sequence[tuple[int, int]],
    ) -> Dated:
        if not place.end:
            citation = dossiers.citation_of(record, self._vocabulary, None)
            title = record.description.title or record.ref
            return Dated(place, record, title, (0, 0), 0, citation)
        fact = facts.get((place.start, place.end))
        if fact is None or fact.date != place.date:
            return Dated(place, record, "", (0, 0), 0, "")
        number = number_at(bounds, place.start)
        shown = _on_one_line(text[place.start : place.end])
        cue = _on_one_line(fact.cue)
        at = shown.find(cue) if cue else -1
        mark = (at, at + len(cue)) if at >= 0 else (0, 0)
        citation = dossiers.citation_of(record, self._vocabulary, number)
        return Dated(place, record, shown, mark, number, citation)


def _reason(wanted: Collection[int]) -> str:
    if not wanted:
        return "No record matches, so there are no dates."
    return "None of these records has a date, and none of their sentences carries one."


def _on_one_line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def span_of(first: str = "", last: str = "") -> DateRange | None:
    """Return the range between two dates as people write them; None where neither is given.

    Raises:
        InputError: one is no date, or it ends before it begins.
    """
    if not first and not last:
        return None
    try:
        return parse_range(f"{first}..{last}")
    except ValueError as error:
        raise InputError(
            f"{first or '…'} to {last or '…'} is no span of dates: {error}.",
            "Write dates as 1962, 1962-10 or 1962-10-22.",
        ) from error


def as_row(line: Dated) -> dict[str, Any]:
    """Return a line under the names of COLUMNS."""
    values = (
        *(line.date, line.kind, line.about.ref, line.about.description.title),
        *(line.text, line.citation, line.start, line.end),
    )
    return dict(zip(COLUMNS, values, strict=True))


def write(
    found: Chronology, path: Path, report: Report = silent, cancel: CancelToken | None = None
) -> int:
    """Write a chronology as CSV or JSON, by the ending of `path`; return how many lines.

    What is not in its text any more is left out.

    Raises:
        InputError: the ending is neither.
        StorageError: the file cannot be written.
        StoppedError: it was stopped; nothing is written.
    """
    rows = _rows(found, report, cancel or CancelToken())
    match path.suffix.casefold():
        case ".csv":
            return _write_csv(rows, path)
        case ".json":
            return _write_json(rows, path)
        case _:
            raise InputError(
                f"{path.name} ends in no format that a chronology can be written in.",
                "Name a file that ends in .csv or .json.",
            )


def _rows(found: Chronology, report: Report, cancel: CancelToken) -> Iterator[dict[str, Any]]:
    for start in range(0, len(found), _BATCH):
        cancel.check()
        report(Progress(start, len(found), "Writing"))
        yield from (as_row(one) for one in found.rows(start, start + _BATCH) if not one.gone)


def _write_csv(rows: Iterator[dict[str, Any]], path: Path) -> int:
    """Write what a spreadsheet opens: with a byte order mark, and no formulas."""
    from archivist.dossier.exchange.tables import harmless  # noqa: PLC0415 - only for export
    from archivist.dossier.files import aside  # noqa: PLC0415 - only for export

    written = 0
    with aside(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        while batch := list(islice(rows, _BATCH)):
            table.writerows([harmless(str(cell)) for cell in row.values()] for row in batch)
            written += len(batch)
    return written


def _write_json(rows: Iterator[dict[str, Any]], path: Path) -> int:
    from archivist.dossier.files import aside  # noqa: PLC0415 - only for export

    written = list(rows)
    with aside(path) as draft, draft.open("w", encoding="utf-8", errors="replace") as file:
        json.dump({"items": written}, file, ensure_ascii=False, indent=1)
        file.write("\n")
    return len(written)
