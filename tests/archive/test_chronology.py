"""What happened when: in order, as exact as it is said, narrowed, written, true to the texts."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist import Archive
from archivist.archive.chronology import Chronology, Dated, Place, span_of
from archivist.model.errors import InputError, QueryError, StoppedError
from archivist.model.progress import CancelToken
from archivist.model.record import Description
from archivist.store import Store
from tests.archive.saying_rules import PlainRules

TALKS = "Held at noon.\n\nIn 1962 the two sides met\nin Teveril. In 1971 they met again."
NOTE = "In 1962 a note was handed over. Nothing else was said."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(Store.create(tmp_path / "a.archive", "A"), extractor=PlainRules()) as found:
        found.type_in(Description(title="Talks", date="1975-03-04", language="en"), TALKS)
        found.type_in(Description(title="Note", date="1962-10", language="en"), NOTE)
        found.type_in(Description(title="Undated paper", language="en"), "No date in here.")
        found.read_statements()
        yield found


def lines(found: Chronology) -> list[Dated]:
    return found.rows(0, len(found))


def told(found: Chronology) -> list[tuple[str, str]]:
    return [(one.date, one.text) for one in lines(found)]


def test_dates_come_in_order_and_keep_how_exact_they_are(archive: Archive) -> None:
    found = archive.chronology("*")
    assert told(found) == [
        ("1962", "In 1962 the two sides met in Teveril"),
        ("1962", "In 1962 a note was handed over"),
        ("1962-10", "Note"),
        ("1971", "In 1971 they met again"),
        ("1975-03-04", "Talks"),
    ]
    assert (len(found), found.records, found.reason) == (5, 2, None)
    assert found.years() == [(1962, 3), (1971, 1), (1975, 1)]
    assert [one.kind for one in lines(found)].count("record") == 2


def test_a_line_says_where_it_stands_and_how_it_is_cited(archive: Archive) -> None:
    first, _, note, *_ = lines(archive.chronology("*"))
    assert TALKS[first.start : first.end] == "In 1962 the two sides met\nin Teveril"
    assert first.text[slice(*first.mark)] == "In 1962"
    assert first.paragraph == 2
    assert first.citation.endswith("¶\u00a02")
    assert (note.start, note.end, note.paragraph, note.mark) == (0, 0, 0, (0, 0))
    assert note.about.ref in note.citation


def test_a_query_and_a_choice_of_records_narrow_it(archive: Archive) -> None:
    assert [one.about.id for one in lines(archive.chronology("handed"))] == [2, 2]
    assert [one.about.id for one in lines(archive.chronology("*", among=[1]))] == [1, 1, 1]
    assert not len(archive.chronology("handed", among=[1]))
    with pytest.raises(QueryError):
        archive.chronology("date:nonsense")


@pytest.mark.parametrize(
    ("start", "end", "dates"),
    [
        ("1962-11", "1971", ["1962", "1962", "1971"]),
        ("1962-12-31", "1962-12-31", ["1962", "1962"]),
        ("1975-03", "", ["1975-03-04"]),
        ("", "1961", []),
    ],
)
def test_a_span_keeps_what_may_lie_within(
    archive: Archive, start: str, end: str, dates: list[str]
) -> None:
    found = archive.chronology("*", start=start, end=end)
    assert [one.date for one in lines(found)] == dates
    assert (found.reason is None) == bool(dates)


def test_a_span_that_is_none_says_so() -> None:
    assert span_of() is None
    for start, end in (("soon", ""), ("1971", "1962"), ("1962-13", "")):
        with pytest.raises(InputError, match="no span of dates"):
            span_of(start, end)


def test_the_records_own_dates_can_be_left_out(archive: Archive) -> None:
    found = archive.chronology("*", sentences_only=True)
    assert {one.kind for one in lines(found)} == {"sentence"}
    assert len(found) == 3


def test_nothing_found_says_why(archive: Archive) -> None:
    assert "No record matches" in str(archive.chronology("zebra").reason)
    assert "None of these records has a date" in str(archive.chronology("paper").reason)


def test_a_sentence_that_was_corrected_away_is_gone(archive: Archive) -> None:
    found = archive.chronology("title:talks")
    archive.correct_text(archive.record(1).ref, TALKS.replace("In 1962", "In 1963"))
    now = {one.date: one.gone for one in lines(found)}
    assert now == {"1962": True, "1971": False, "1975-03-04": False}
    assert [one.date for one in archive.facts_of(archive.record(1))] == ["1963", "1971"]
    archive.read_statements()
    assert told(archive.chronology("title:talks"))[0][0] == "1963"


def test_records_in_the_trash_are_left_out(archive: Archive) -> None:
    archive.delete([archive.record(1).ref])
    assert {one.about.id for one in lines(archive.chronology("*"))} == {2}


def test_it_can_be_stopped(archive: Archive) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(StoppedError):
        archive.chronology("*", cancel=token)
    with pytest.raises(StoppedError):
        archive.write_chronology(archive.chronology("*"), Path("never.csv"), cancel=token)
    assert not Path("never.csv").exists()


def test_what_is_not_read_yet_is_told(archive: Archive) -> None:
    archive.type_in(Description(title="New", date="1980", language="en"), "In 1979 it rained hard.")
    assert archive.chronology("*").notes == ("1 record is still to be read for dates.",)
    archive.read_statements()
    assert archive.chronology("*").notes == ()


def test_it_is_written_as_a_table_or_as_json(archive: Archive, tmp_path: Path) -> None:
    archive.type_in(Description(title="=1+1", date="1990", language="en"), "In 1989 it rained.")
    archive.read_statements()
    found = archive.chronology("*")
    assert archive.write_chronology(found, tmp_path / "c.csv") == 7
    with (tmp_path / "c.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["date"] for row in rows] == [one.date for one in lines(found)]
    assert not any(cell.startswith("=") for row in rows for cell in row.values())
    archive.write_chronology(found, tmp_path / "c.json")
    items = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))["items"]
    assert [item["text"] for item in items] == [one.text for one in lines(found)]
    with pytest.raises(InputError, match="no format"):
        archive.write_chronology(found, tmp_path / "c.odt")


_DATES = st.dates().flatmap(
    lambda day: st.sampled_from([f"{day:%Y}".zfill(4), f"{day:%Y-%m}".zfill(7), day.isoformat()])
)


@given(st.lists(_DATES, max_size=20), _DATES)
def test_narrowing_keeps_order_and_only_takes_away(dates: list[str], asked: str) -> None:
    places = [Place(date, 1, 0, 0) for date in sorted(dates)]
    found = Chronology(places, lambda _some: [])
    kept = found.narrowed(span_of(asked, asked))
    assert list(kept._places) == [one for one in places if one in set(kept._places)]
    assert {one.date for one in kept._places} >= {date for date in dates if date == asked}
    assert all(one.date.startswith(asked) or asked.startswith(one.date) for one in kept._places)
