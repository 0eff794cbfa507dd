"""Saved searches: kept as trees, undone by name, and what is new in them."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist import Archive
from archivist.archive.searches import packed, unpacked
from archivist.model.errors import InputError, QueryError, ValueRefusedError
from archivist.model.record import Description

ROOT = Path(__file__).resolve().parents[2]


def test_a_search_is_saved_and_read_again(archive: Archive) -> None:
    saved = archive.save_search("Ferries", "ferry   -toll", "newest")
    assert (saved.number, saved.name, saved.query, saved.sort) == (
        *(1, "Ferries", "ferry -toll", "newest"),
    )
    assert saved.reading == archive.reading("ferry -toll")
    assert saved.opened
    assert archive.saved_searches() == [saved]
    assert archive.search(saved.query).total == 2


def test_every_kind_of_query_is_kept(archive: Archive) -> None:
    queries = [
        *("ferr*", '"the ferry sails"', "(ferry OR toll) harbour", "title:ferry", "*"),
        *("date:1960..1970", "type:(note OR letter)", "ferry NEAR/5 sails", "ferry /s may"),
        *("ATLEAST/2 ferry", "fery~", "f?rry", "-has:original", 'originator:="x y"', "like:1"),
    ]
    for query in queries:
        saved = archive.save_search(query, query)
        assert archive.parse(saved.query) == archive.parse(query)
        assert archive.news(saved.number).total == archive.search(query).total


def test_a_relative_date_moves_with_the_calendar(archive: Archive) -> None:
    saved = archive.save_search("Lately", 'date:"last year"')
    assert saved.query == 'date:"last year"'
    assert archive.search(saved.query).total == 0


def test_what_is_new_is_told_until_the_search_is_opened(archive: Archive) -> None:
    number = archive.save_search("Ferries", "ferry").number
    assert archive.news(number).new == ()
    added = archive.type_in(Description(title="Another ferry"), "A ferry at last.")
    archive.delete([archive.record(1).ref])
    news = archive.news(number)
    assert (news.total, news.new, news.gone) == (3, (added.id,), 1)
    assert archive.news(number) == news, "asking changes nothing"
    assert archive.open_search(number) == news
    news = archive.news(number)
    assert (news.total, news.new, news.gone) == (3, (), 0)


def test_new_records_come_in_the_order_of_the_search(archive: Archive) -> None:
    number = archive.save_search("Ferries", "ferry", "oldest").number
    ids = [
        archive.type_in(Description(title="ferry", date=str(year)), f"ferry {year}").id
        for year in (2003, 2001, 2002)
    ]
    assert archive.news(number).new == (ids[1], ids[2], ids[0])


def test_with_another_query_everything_is_new(archive: Archive) -> None:
    number = archive.save_search("Ferries", "ferry").number
    archive.edit_search(number, query="harbour")
    (saved,) = archive.saved_searches()
    assert (saved.query, saved.opened) == ("harbour", "")
    assert archive.news(number).new == (4,)
    archive.undo()
    assert archive.saved_searches()[0].opened
    assert archive.news(number).new == ()


def test_changes_are_undone_and_redone_by_name(archive: Archive) -> None:
    number = archive.save_search("Ferries", "ferry").number
    change = archive.edit_search(number, name="Boats", sort="oldest")
    assert (change.kind, change.title, change.records) == (
        *("search", "Change of the search “Ferries”", ()),
    )
    archive.delete_search(number)
    assert archive.saved_searches() == []
    report = archive.undo()
    assert (report.title, report.kinds) == (
        *("Undid: Removal of the search “Boats”", frozenset({"search"})),
    )
    (saved,) = archive.saved_searches()
    assert (saved.number, saved.name, saved.sort) == (number, "Boats", "oldest")
    assert archive.undo_title() == "Change of the search “Ferries”"
    archive.undo()
    assert archive.saved_searches()[0].name == "Ferries"
    archive.undo()
    assert archive.saved_searches() == []
    for name in ("Ferries", "Boats"):
        archive.redo()
        assert archive.saved_searches()[0].name == name
    assert archive.check().ok


def test_history_tells_the_query_in_words(archive: Archive) -> None:
    number = archive.save_search("Ferries", "ferry").number
    archive.edit_search(number, query="ferry date:1962")
    changed, saved = archive.history(limit=2)
    assert saved.after == {"name": "Ferries", "query": "ferry", "sort": "relevance"}
    assert (changed.what, changed.before, changed.after) == (
        *("search changed", {"query": "ferry"}, {"query": "ferry date:1962"}),
    )


def test_what_cannot_be_saved_is_refused(archive: Archive) -> None:
    archive.save_search("Ferries", "ferry")
    for name in ("", "  ", "\u200b", "ferries"):
        with pytest.raises(ValueRefusedError):
            archive.save_search(name, "ferry")
    with pytest.raises(QueryError):
        archive.save_search("Other", "ferry (")
    with pytest.raises(ValueRefusedError):
        archive.save_search("Other", "ferry", "alphabet")
    other = archive.save_search("Other", "ferry").number
    with pytest.raises(ValueRefusedError):
        archive.edit_search(other, name="FERRIES")
    assert archive.edit_search(other, name="Other").operation == 0
    for ask in (archive.news, archive.open_search, archive.delete_search, archive.edit_search):
        with pytest.raises(InputError):
            ask(77)
    assert len(archive.saved_searches()) == 2


def test_one_that_cannot_be_read_does_not_hide_the_others(archive: Archive, folder: Path) -> None:
    archive.save_search("Ferries", "ferry")
    broken = archive.save_search("Toll", "toll").number
    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection:
        connection.execute(
            "UPDATE things SET value = json_set(value, '$.tree', 7) WHERE number = ?", (broken,)
        )
        connection.commit()
    first, second = archive.saved_searches()
    assert (first.query, second.query, second.name) == ("ferry", "", "Toll")
    with pytest.raises(InputError, match="Toll"):
        archive.news(broken)
    assert not archive.check().ok


OPENER = """
import sys
from archivist import Archive

with Archive.open(sys.argv[1]) as archive:
    for number in range(5):
        archive.save_search(f"{sys.argv[2]} {number}", "ferry")
        archive.open_search(1)
"""


def test_two_processes_keep_searches_in_one_archive(archive: Archive, folder: Path) -> None:
    archive.save_search("Ferries", "ferry")
    command = [sys.executable, "-c", OPENER, str(folder)]
    both = [subprocess.Popen([*command, name], cwd=ROOT) for name in ("one", "two")]
    assert [process.wait(60) for process in both] == [0, 0]
    assert len({saved.number for saved in archive.saved_searches()}) == 11
    assert archive.check().ok


@given(st.sets(st.integers(0, 2**32 - 1), max_size=300))
def test_ids_are_kept_as_they_are(ids: set[int]) -> None:
    assert list(unpacked(packed(ids))) == sorted(ids)


@pytest.mark.parametrize("text", [None, 7, "no such text", "é", packed([1, 2])[:-3]])
def test_what_holds_no_ids_is_none(text: object) -> None:
    assert list(unpacked(text)) == []


def test_a_hundred_thousand_ids_take_little_room() -> None:
    every = range(1, 100_001)
    assert len(packed(every)) < 2_000
    some = random.Random(7).sample(range(1, 1_000_001), 100_000)
    assert len(packed(some)) < 150_000
