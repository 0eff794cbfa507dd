"""A list of terms, each asked of the archive: in how many records and places it stands."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Final

from archivist.archive.results import TermCount, TermTable
from archivist.model.errors import InputError, QueryError, StorageError
from archivist.model.progress import CancelToken, Progress, Report, silent
from archivist.model.query import Node, all_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from archivist.archive.finding import Finding
    from archivist.search import Searcher
    from archivist.store import Store

COLUMNS: Final = tuple(column.name for column in fields(TermCount))
"""Names of the columns of a table that is written to a file."""


def asked(lines: Iterable[str]) -> list[str]:
    """Return the lines of a list that ask for something: not the empty ones, nor comments (#)."""
    stripped = (line.strip() for line in lines)
    return [line for line in stripped if line and not line.startswith("#")]


class Counting:
    """The use case of counting terms, over one store and its index."""

    def __init__(
        self,
        store: Store,
        finding: Finding,
        report: Report = silent,
        cancel: CancelToken | None = None,
    ) -> None:
        """Count in the records of `store`, as `finding` reads queries and asks the index."""
        self._store = store
        self._finding = finding
        self._report = report
        self._cancel = cancel or CancelToken()

    def count(self, lines: Iterable[str], within: str = "") -> TermTable:
        """Count what each line asks for; one that cannot be read says so in its row.

        Args:
            lines: a query in each.
            within: a query; only records that match it count.

        Raises:
            QueryError: `within` cannot be read.
            StoppedError: it was stopped.
        """
        wanted = asked(lines)
        among = self._finding.asked(within) if within else None
        rows = self._finding.ask(
            lambda searcher: list(self._rows(searcher, wanted, among)), self._cancel
        )
        return TermTable(tuple(rows), within, self._finding.reading(within) if within else "")

    def _rows(
        self, searcher: Searcher, lines: Sequence[str], among: Node | None
    ) -> Iterator[TermCount]:
        for done, line in enumerate(lines):
            self._cancel.check()
            self._report(Progress(done, len(lines), "Counting", line))
            yield self._row(searcher, line, among)
        self._report(Progress(len(lines), len(lines), "Counting"))

    def _row(self, searcher: Searcher, line: str, among: Node | None) -> TermCount:
        try:
            node = self._finding.asked(line)
        except QueryError as error:
            return TermCount(line, error=error.message)
        both = node if among is None else all_of([node, among])
        earliest, latest = (
            searcher.find(both, limit=1, sort=sort, cancel=self._cancel)
            for sort in ("oldest", "newest")
        )
        if not earliest.total:
            return TermCount(line)
        ends = self._store.records.many([earliest.hits[0][0], latest.hits[0][0]])
        first, last = (record.description.date for record in ends)
        hits = searcher.places_count(node, among=among, cancel=self._cancel)
        return TermCount(line, earliest.total, hits, first, last)


def read(path: Path) -> list[str]:
    """Return the lines of a file, whatever it is encoded in.

    Raises:
        StorageError: it cannot be read.
    """
    from archivist.intake.readers.encoding import decode  # noqa: PLC0415 - only for files

    try:
        return decode(path.read_bytes()).splitlines()
    except OSError as error:
        raise StorageError(
            f"{path} could not be read: {error.strerror or error}.", "Choose another file."
        ) from error


def write(table: TermTable, path: Path) -> None:
    """Write a table as CSV or JSON, by the ending of `path`.

    Raises:
        InputError: the ending is neither.
        StorageError: the file cannot be written.
    """
    match path.suffix.casefold():
        case ".csv":
            _write_csv(table.rows, path)
        case ".json":
            _write_json(table, path)
        case _:
            raise InputError(
                f"{path.name} ends in no format that a table can be written in.",
                "Name a file that ends in .csv or .json.",
            )


def _write_csv(rows: Sequence[TermCount], path: Path) -> None:
    """Write what a spreadsheet opens: with a byte order mark, and no formulas."""
    from archivist.dossier.exchange.tables import harmless  # noqa: PLC0415 - only for export
    from archivist.dossier.files import aside  # noqa: PLC0415 - only for export

    with aside(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        table.writerows([harmless(str(cell)) for cell in asdict(row).values()] for row in rows)


def _write_json(table: TermTable, path: Path) -> None:
    from archivist.dossier.files import aside  # noqa: PLC0415 - only for export

    with aside(path) as draft, draft.open("w", encoding="utf-8", errors="replace") as file:
        json.dump(asdict(table), file, ensure_ascii=False, indent=1)
        file.write("\n")
