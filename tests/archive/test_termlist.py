"""Lists of terms: each line a query, counted in records and places, written as a table."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist import Archive
from archivist.archive.results import TermCount, TermTable
from archivist.archive.termlist import COLUMNS, asked, write
from archivist.model.errors import InputError, QueryError, StoppedError, StorageError
from archivist.model.progress import CancelToken, Progress


def test_each_line_is_counted(archive: Archive) -> None:
    table = archive.count_terms(
        [
            "ferry",
            "",
            "# comment",
            '  "the ferry sails" ',
            "title:ferry",
            "harbour closed",
            "nowhere",
        ]
    )
    assert table.rows == (
        TermCount("ferry", 3, 6, "1962-05", "1975-08-01"),
        TermCount('"the ferry sails"', 1, 1, "1962-05", "1962-05"),
        TermCount("title:ferry", 2, 2, "1962-05", "1975-08-01"),
        TermCount("harbour closed", 1, 3, "1991-12-04", "1991-12-04"),
        TermCount("nowhere"),
    )


def test_hits_are_the_places_that_are_marked(archive: Archive) -> None:
    for row in archive.count_terms(["ferry", "ferr*", "toll OR harbour", "ferry -toll"]).rows:
        marked = 0
        for hit in archive.search(row.line).hits:
            marked += len(archive.marks(row.line, hit.record))
            marked += len(titles(archive, row.line, hit.record.description.title))
        assert row.hits == marked, row.line


def titles(archive: Archive, query: str, title: str) -> list[str]:
    """Return the words of a title that a query marks."""
    begun = [part.strip("*") for part in query.split() if part[0] != "-" and part != "OR"]
    return [w for w in title.casefold().split() if any(w.startswith(b[:4]) for b in begun)]


def test_records_without_a_date_do_not_hide_the_dates(archive: Archive) -> None:
    (row,) = archive.count_terms(["vessel OR safe"]).rows
    assert (row.records, row.first, row.last) == (2, "1975-08-01", "1975-08-01")
    (row,) = archive.count_terms(["vessel"]).rows
    assert (row.first, row.last) == ("", "")


def test_a_list_is_counted_within_a_query(archive: Archive) -> None:
    table = archive.count_terms(["ferry", "harbour"], within="date:..1970 agreed")
    assert table.rows == (TermCount("ferry", 1, 3, "1962-05", "1962-05"), TermCount("harbour"))
    assert (table.within, table.reading) == ("date:..1970 agreed", archive.reading(table.within))
    with pytest.raises(QueryError):
        archive.count_terms(["ferry"], within="(")


def test_a_line_that_cannot_be_read_says_why(archive: Archive) -> None:
    bad, good = archive.count_terms(["ferry (", "ferry"]).rows
    assert bad.error
    assert (bad.line, bad.records) == ("ferry (", 0)
    assert (good.error, good.records) == ("", 3)


def test_progress_is_told_and_counting_is_stopped(archive: Archive) -> None:
    reports: list[Progress] = []
    archive.count_terms(["ferry", "toll"], progress=reports.append)
    assert [(r.done, r.total, r.item) for r in reports] == [
        *((0, 2, "ferry"), (1, 2, "toll"), (2, 2, "")),
    ]
    token = CancelToken()
    token.cancel()
    with pytest.raises(StoppedError):
        archive.count_terms(["ferry"], cancel=token)


def test_lists_are_read_whatever_they_are_written_in(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "terms.txt"
    path.write_bytes("Fähre\r\nferry\r\n".encode("utf-16"))
    assert archive.read_terms(path) == ["Fähre", "ferry"]
    path.write_bytes("Fähre\nferry".encode("cp1252"))
    assert archive.read_terms(path) == ["Fähre", "ferry"]
    with pytest.raises(StorageError):
        archive.read_terms(tmp_path)


def test_a_table_no_spreadsheet_takes_for_a_formula(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    archive.write_terms(archive.count_terms(["=ferry", "-toll", '=HYPERLINK("x")']), path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = csv.reader(file)
    assert tuple(heads) == COLUMNS == ("line", "records", "hits", "first", "last", "error")
    assert [row[0] for row in rows] == ["'=ferry", "'-toll", '\'=HYPERLINK("x")']
    assert rows[0][1:5] == ["2", "4", "1962-05", "1962-05"]


def test_other_formats_are_refused(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"terms\.docx"):
        archive.write_terms(TermTable(()), tmp_path / "terms.docx")
    with pytest.raises(StorageError):
        archive.write_terms(TermTable(()), tmp_path / "nowhere" / "terms.csv")


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=20)
COUNT = st.builds(TermCount, TEXT, st.integers(0), st.integers(0), TEXT, TEXT, TEXT)


@given(table=st.builds(TermTable, st.lists(COUNT, max_size=5).map(tuple), TEXT, TEXT))
def test_json_says_the_table_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, table: TermTable
) -> None:
    path = tmp_path_factory.mktemp("json") / "terms.json"
    write(table, path)
    found = json.loads(path.read_text(encoding="utf-8"))
    rows = tuple(TermCount(**row) for row in found.pop("rows"))
    assert TermTable(rows, **found) == table


@given(st.lists(st.text(max_size=10)))
def test_what_is_asked_is_asked_again(lines: list[str]) -> None:
    kept = asked(lines)
    assert asked(kept) == kept
    assert all(line.strip() and not line.startswith("#") for line in kept)
