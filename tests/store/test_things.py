"""Things that are no records: journalled, undone by name, proven, kept in backups."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archivist.model.errors import InputError, InternalError, ValueRefusedError
from archivist.model.record import Description
from archivist.store import NewRecord, Store
from tests.store.conftest import Clock

WHO = "H. Weber"
ROOT = Path(__file__).resolve().parents[2]


def put(
    store: Store, number: int, value: dict[str, Any] | None, kind: str = "search", who: str = WHO
) -> int:
    with store.write(kind, "Change of a search", who) as writer:
        return writer.put_thing(kind, number, value)


def held(store: Store, kind: str = "search") -> dict[int, dict[str, Any]]:
    return {thing.number: dict(thing.value) for thing in store.things.list(kind)}


def test_a_thing_is_kept_changed_and_removed(store: Store) -> None:
    first = put(store, 0, {"name": "Ferries", "sort": "newest", "at": 0})
    second = put(store, 0, {"terms": ["UN", "United Nations"]}, "synonyms")
    assert (first, second) == (1, 2)
    put(store, first, {"name": "Ferry", "sort": None, "at": 0})
    assert held(store) == {1: {"name": "Ferry", "at": 0}}
    assert store.things.get("search", 1).value == {"name": "Ferry", "at": 0}
    put(store, first, None)
    assert held(store) == {}
    assert held(store, "synonyms") == {2: {"terms": ["UN", "United Nations"]}}
    assert put(store, 0, {"name": "New"}) == 3, "a number is never given again"
    assert store.journal.verify() == []


def test_the_journal_tells_what_happened_in_words(store: Store) -> None:
    number = put(store, 0, {"name": "Ferries", "sort": "newest"})
    put(store, number, {"name": "Ferry", "sort": "newest"})
    put(store, number, None)
    events = store.journal.events()
    assert [event.what for event in events] == ["search removed", "search changed", "search saved"]
    assert (events[1].before, events[1].after) == ({"name": "Ferries"}, {"name": "Ferry"})
    assert events[0].after == {"name": None, "sort": None}
    assert {event.ref for event in events} == {""}
    assert store.journal.touched(0) == {}, "no record was touched"


def test_what_changes_nothing_leaves_no_trace(store: Store) -> None:
    number = put(store, 0, {"name": "Ferries"})
    put(store, number, {"name": "Ferries", "sort": None})
    assert store.journal.head() == 1


def test_what_is_not_there_is_said_so(store: Store) -> None:
    number = put(store, 0, {"name": "Ferries"})
    for kind, asked in (("search", 77), ("synonyms", number)):
        with pytest.raises(InputError, match=f"{asked}"):
            store.things.get(kind, asked)
        with pytest.raises(InputError, match=f"{asked}"):
            put(store, asked, {"name": "x"}, kind)
    put(store, number, None)
    with pytest.raises(InputError):
        put(store, number, {"name": "x"})
    with pytest.raises(InternalError, match="serach"):
        store.things.list("serach")
    with pytest.raises(InternalError):
        put(store, 0, {})
    with pytest.raises(ValueRefusedError):
        put(store, 0, {"name": "half \ud800"})
    assert store.journal.verify() == []


@pytest.mark.parametrize("kind", ["search", "synonyms", "collected"])
def test_each_change_is_taken_back_and_done_again(store: Store, kind: str) -> None:
    states: list[dict[int, dict[str, Any]]] = [{}]
    number = put(store, 0, {"name": "a", "of": [1, 2]}, kind)
    states.append(held(store, kind))
    put(store, number, {"name": "b", "to": {"x": 0}}, kind)
    states.append(held(store, kind))
    put(store, number, None, kind)
    states.append(held(store, kind))
    assert states[3] == {}
    for state in reversed(states[:-1]):
        done = store.undo(None, "J. Marsh")
        assert (done.conflicts, done.records, done.things) == ((), (), frozenset({kind}))
        assert held(store, kind) == state
    for state in states[1:]:
        assert store.redo("J. Marsh").conflicts == ()
        assert held(store, kind) == state
    assert store.journal.verify() == []


def test_records_titles_and_things_go_back_together(store: Store) -> None:
    with store.write("edit", "All at once", WHO) as writer:
        writer.file(NewRecord(Description(title="a")))
        writer.title_series("A.1", "Ruritania")
        writer.put_thing("search", 0, {"name": "Ferries"})
    done = store.undo(None, WHO)
    assert (done.records, done.things, done.conflicts) == ((1,), frozenset({"search"}), ())
    assert (held(store), store.series.list()) == ({}, [])
    store.redo(WHO)
    assert held(store) == {1: {"name": "Ferries"}}
    assert [one.title for one in store.series.list()] == ["Ruritania"]
    assert store.journal.verify() == []


def test_what_was_changed_later_stays_and_is_named(store: Store) -> None:
    number = put(store, 0, {"name": "Ferries", "sort": "newest"})
    put(store, number, {"name": "Ferry", "sort": "oldest"})
    put(store, number, {"name": "Boats", "sort": "oldest"}, who="J. Marsh")
    done = store.undo(2, WHO)
    assert held(store) == {1: {"name": "Boats", "sort": "newest"}}
    (left,) = done.conflicts
    assert left.field == "name of saved search “Boats”"
    assert left.reason.startswith("J. Marsh changed it later")
    done = store.undo(1, WHO)
    assert done.operation == 0
    assert [one.field for one in done.conflicts] == ["saved search “Boats”"]
    assert held(store) == {1: {"name": "Boats", "sort": "newest"}}


def test_what_was_removed_later_is_not_half_brought_back(store: Store) -> None:
    number = put(store, 0, {"name": "Ferries", "sort": "newest"})
    put(store, number, {"name": "Ferry", "sort": "newest"})
    put(store, number, None)
    done = store.undo(2, WHO)
    assert (done.operation, held(store)) == (0, {})
    assert [one.field for one in done.conflicts] == ["name of saved search “Ferry”"]


def test_what_was_changed_later_and_undone_is_no_conflict(store: Store) -> None:
    number = put(store, 0, {"name": "Ferries"})
    put(store, number, {"name": "Ferry"})
    store.undo(None, WHO)
    assert store.undo(1, WHO).conflicts == ()
    assert held(store) == {}


def test_a_thing_made_and_removed_at_once_goes_back_to_nothing(store: Store) -> None:
    with store.write("search", "Both", WHO) as writer:
        number = writer.put_thing("search", 0, {"name": "Ferries"})
        writer.put_thing("search", number, {"name": "Ferry", "sort": "newest"})
        writer.put_thing("search", number, None)
    done = store.undo(None, WHO)
    assert (done.operation, done.conflicts, held(store)) == (0, (), {})
    assert store.journal.verify() == []


Step = tuple[str, int, dict[str, int]]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["put", "put", "remove", "undo", "redo", "undo one"]),
        st.integers(0, 5),
        st.dictionaries(st.sampled_from("abc"), st.integers(0, 2), min_size=1),
    ),
    max_size=14,
)


def take(store: Store, step: Step) -> None:
    what, number, value = step
    try:
        if what == "put":
            put(store, number, value)
        elif what == "remove":
            put(store, number, None)
        elif what == "redo":
            store.redo(WHO)
        else:
            store.undo(number if what == "undo one" else None, WHO)
    except (InputError, InternalError):
        return


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_whatever_is_done_is_undone_exactly_and_proven(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step]
) -> None:
    with Store.create(tmp_path_factory.mktemp("a") / "x", "Mission", clock=Clock()) as store:
        for step in steps:
            take(store, step)
        before = held(store)
        put(store, 0, {"a": 1})
        now = held(store)
        store.undo(None, WHO)
        assert held(store) == before
        store.redo(WHO)
        assert held(store) == now
        assert store.journal.verify() == []
        assert store.integrity() == []


TAMPERING = {
    'UPDATE things SET value = \'{"name":"Other"}\'': "saved search 1 was changed",
    "UPDATE things SET value = 'no json'": "saved search 1 was changed",
    "UPDATE things SET value = NULL": "saved search 1 was changed",
    "INSERT INTO things VALUES (9, 'synonyms', '{}')": "synonyms 9 stands in no entry",
    "DROP TRIGGER things_are_kept; DELETE FROM things": "that is not there",
    'DROP TRIGGER values_stay; UPDATE journal_values SET after = \'{"name":"x"}\'': "altered",
}


@pytest.mark.parametrize("statement", TAMPERING)
def test_what_was_changed_past_the_journal_shows(
    store: Store, folder: Path, statement: str
) -> None:
    put(store, 0, {"name": "Ferries"})
    assert store.journal.verify() == []
    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection:
        connection.executescript(statement)
    faults = store.journal.verify()
    assert any(TAMPERING[statement] in fault for fault in faults), faults


@pytest.mark.parametrize("statement", ["DELETE FROM things", "UPDATE things SET number = 9"])
def test_a_number_once_given_is_kept(store: Store, folder: Path, statement: str) -> None:
    put(store, 0, {"name": "Ferries"})
    with (
        closing(sqlite3.connect(folder / "archive.sqlite")) as connection,
        pytest.raises(sqlite3.DatabaseError, match="number once given"),
    ):
        connection.execute(statement)


def test_a_backup_holds_them(store: Store, tmp_path: Path) -> None:
    put(store, 0, {"name": "Ferries"})
    store.backup(tmp_path / "x.backup")
    Store.restore(tmp_path / "x.backup", tmp_path / "again.archive")
    with Store.open(tmp_path / "again.archive") as again:
        assert held(again) == held(store) == {1: {"name": "Ferries"}}
        assert again.journal.verify() == []
        again.undo(None, WHO)
        assert held(again) == {}


PUTTER = """
import sys
from pathlib import Path
from archivist.store import Store

with Store.open(Path(sys.argv[1])) as store:
    for number in range(30):
        with store.write("search", "Save", sys.argv[2]) as writer:
            writer.put_thing("search", 0, {"name": sys.argv[2], "of": number})
"""


def test_two_processes_give_each_thing_its_own_number(store: Store, folder: Path) -> None:
    command = [sys.executable, "-c", PUTTER, str(folder)]
    both = [subprocess.Popen([*command, name], cwd=ROOT) for name in ("one", "two")]
    assert [process.wait(60) for process in both] == [0, 0]
    things = held(store)
    assert sorted(things) == list(range(1, 61))
    for name in ("one", "two"):
        assert [v["of"] for v in things.values() if v["name"] == name] == list(range(30))
    assert store.journal.verify() == []
