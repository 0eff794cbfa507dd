"""The journal: append-only, chained, and nothing gets past it."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archivist.model.errors import InputError, StoppedError
from archivist.model.progress import CancelToken, Progress
from archivist.model.record import Description
from archivist.store import NewRecord, Store

GAP = """INSERT INTO journal
    SELECT seq + 9, operation, time, who, what, record, touches, format, digest, hash
    FROM journal WHERE seq = 1"""
SMUGGLED = """INSERT INTO records
    SELECT 3, '2026-000003', state, title, date, doctype, place, language, originator, number,
    series, code, mark, countries, agents, tags, custom, proposed, inbox, text_hash, text_version,
    digest, original, original_name, original_type, original_size, original_member, path, parent,
    note, filed, changed FROM records WHERE id = 1"""


@pytest.fixture
def filled(store: Store) -> Store:
    with store.write("file", "Filing", "H. Weber") as writer:
        writer.file(NewRecord(Description(title="one", custom={"box": "1"}), text="first"))
        writer.file(NewRecord(Description(title="two", date="2012"), text="second"))
    with store.write("edit", "Change of date", "J. Marsh") as writer:
        writer.describe(2, {"date": "2012-12"})
        writer.correct_text(1, "first, corrected")
    with store.write("delete", "Deletion", "J. Marsh") as writer:
        writer.trash(1)
    store.undo(None, "H. Weber")
    return store


def tamper(folder: Path, statement: str) -> None:
    """Change the database as somebody would who knows SQLite, past all guards."""
    with closing(sqlite3.connect(folder / "archive.sqlite", isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET who = 'somebody'",
        "DELETE FROM journal WHERE seq = 5",
        GAP,
        "UPDATE journal_values SET after = '{}'",
        "DELETE FROM journal_values WHERE seq = 1",
        "UPDATE operations SET title = 'nothing'",
        "DELETE FROM operations",
        "DELETE FROM records",
        "UPDATE records SET ref = '2026-000009' WHERE id = 1",
        "UPDATE texts SET text = ''",
        "DELETE FROM texts",
    ],
)
def test_the_database_itself_refuses(filled: Store, folder: Path, statement: str) -> None:
    with (
        closing(sqlite3.connect(folder / "archive.sqlite", isolation_level=None)) as connection,
        pytest.raises(sqlite3.IntegrityError),
    ):
        connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE journal SET who = 'somebody' WHERE seq = 2", "Entry 2 .* altered"),
        ("UPDATE journal SET time = '2030' WHERE seq = 6", "Entry 6 .* altered"),
        ("UPDATE journal SET touches = '' WHERE seq = 1", "Entry 1 .* altered"),
        ("UPDATE journal_values SET after = '{}' WHERE seq = 3", "values of entry 3 .* altered"),
        ("DELETE FROM journal_values WHERE seq = 3", "values of entry 3 .* gone"),
        ("DELETE FROM journal WHERE seq = 4", "lacks entry 4"),
        ("UPDATE operations SET title = 'Change' WHERE id = 2", "Entry 3 .* altered"),
        ("UPDATE operations SET undone = 1 WHERE id = 1", "Operation 1"),
        ("UPDATE operations SET records = 9 WHERE id = 1", "Operation 1 .* 9"),
        ("UPDATE records SET title = 'three' WHERE id = 1", "2026-000001 .* title"),
        ("UPDATE records SET state = 'cancelled' WHERE id = 2", "2026-000002 .* state"),
        ("UPDATE records SET changed = filed WHERE id = 2", "2026-000002 .* changed"),
        ("UPDATE records SET custom = '{}' WHERE id = 1", "2026-000001 .* custom"),
        ("DELETE FROM records WHERE id = 2", "record 2 .* not there"),
        ("UPDATE texts SET text = 'forged' WHERE text = 'first'", "text .* altered"),
        ("UPDATE accessions SET last = 1", "2026-000002 could be given again"),
        ("UPDATE archive SET value = 'another' WHERE key = 'id'", "Entry 1 .* altered"),
        (
            SMUGGLED,
            "2026-000003 stands in no entry",
        ),
    ],
)
def test_tampering_shows(filled: Store, folder: Path, statement: str, said: str) -> None:
    assert filled.journal.verify() == []
    tamper(folder, statement)
    faults = "\n".join(filled.journal.verify())
    assert re.search(said, faults), faults


def test_the_database_file_is_checked(filled: Store, folder: Path) -> None:
    assert filled.integrity() == []
    tamper(folder, "UPDATE records SET parent = 77 WHERE id = 1")
    assert "refers" in filled.integrity()[0]


def test_touched_tells_followers_what_to_read_again(filled: Store) -> None:
    assert filled.journal.head() == 6
    assert filled.journal.touched(0, 2) == {
        1: {"title", "description", "state", "text"},
        2: {"title", "description", "state", "text"},
    }
    assert filled.journal.touched(2) == {1: {"text", "state"}, 2: {"description"}}
    assert filled.journal.touched(6) == {}


def test_changes_are_told_operation_by_operation(filled: Store) -> None:
    filing, edit, *_ = changes = filled.journal.changes(0, filled.journal.head())
    assert [change.kind for change in changes] == ["file", "edit", "delete", "undo"]
    assert filing.records == (1, 2)
    assert edit.title == "Change of date"
    assert edit.records == (2, 1)
    assert edit.attributes == {"description", "text"}
    assert [change.kind for change in filled.journal.changes(2, 3)] == ["edit"]
    assert filled.journal.changes(filled.journal.head(), filled.journal.head()) == []


def test_of_much_no_records_are_named(store: Store) -> None:
    with store.write("file", "Filing", "H. Weber") as writer:
        for number in range(1200):
            writer.file(NewRecord(Description(title=f"note {number}")))
    (change,) = store.journal.changes(0, store.journal.head())
    assert change.kind == "file"
    assert change.records == ()


def test_events_newest_first_with_values(filled: Store) -> None:
    newest, *_ = events = filled.journal.events()
    assert [event.seq for event in events] == [6, 5, 4, 3, 2, 1]
    assert (newest.what, newest.who, newest.operation) == ("restored", "H. Weber", 4)
    dated = filled.journal.events(2)[0]
    assert (dated.ref, dated.what, dated.who) == ("2026-000002", "changed", "J. Marsh")
    assert (dated.before, dated.after) == ({"date": "2012"}, {"date": "2012-12"})
    assert [event.seq for event in filled.journal.events(limit=2, before=4)] == [3, 2]
    assert [event.seq for event in filled.journal.events(1, limit=1, before=4)] == [1]


def test_operations_newest_first(filled: Store) -> None:
    last, *_ = operations = filled.journal.operations()
    assert [one.kind for one in operations] == ["undo", "delete", "edit", "file"]
    assert (last.title, last.undoes, last.records) == ("Undid: Deletion", 3, 1)
    assert [one.undone for one in operations] == [False, True, False, False]
    assert filled.journal.operation(1).records == 2
    with pytest.raises(InputError):
        filled.journal.operation(9)


def test_the_head_anchors_everything_before_it(filled: Store) -> None:
    before = filled.journal.head_hash()
    with filled.write("edit", "Change", "H. Weber") as writer:
        writer.describe(1, {"title": "uno"})
    assert filled.journal.head_hash() != before
    assert len(before) == 64


def test_the_same_history_gives_another_chain_by_its_salts(tmp_path: Path) -> None:
    heads = set()
    for name in "ab":
        with Store.create(tmp_path / name, "Mission") as store:
            with store.write("file", "Filing", "H. Weber") as writer:
                writer.file(NewRecord(Description(title="one")))
            heads.add(store.journal.head_hash())
    assert len(heads) == 2


def test_values_are_erased_and_the_chain_still_holds(filled: Store, folder: Path) -> None:
    with filled.write("edit", "Emptying", "H. Weber") as writer:
        writer.describe(1, {"title": "", "custom": {"box": "disposed"}})
        writer.describe(1, {"custom": {}})
    operation = filled.journal.erase(1, "H. Weber")
    assert filled.journal.verify() == []
    events = filled.journal.events(1)
    assert [(event.what, event.after) for event in events] == [
        ("erased", {}),
        *[(event.what, None) for event in events[1:]],
    ]
    assert filled.journal.operation(operation).kind == "erase"
    assert filled.journal.events(2)[0].after == {"date": "2012-12"}
    with filled.write("edit", "Change", "H. Weber") as writer:
        writer.describe(1, {"title": "stub"})
    assert filled.journal.verify() == []
    filled.close()
    assert b"disposed" not in (folder / "archive.sqlite").read_bytes()


def test_what_was_erased_is_not_undone(filled: Store) -> None:
    filled.journal.erase(1, "H. Weber")
    done = filled.undo(2, "H. Weber")
    assert [(one.ref, one.reason) for one in done.conflicts] == [
        ("2026-000001", "Its values before were erased.")
    ]
    assert done.records == (2,)
    undoable = filled.journal.undoable()
    assert undoable is not None
    assert undoable.kind == "file"


def test_verifying_reports_and_can_be_stopped(store: Store) -> None:
    with store.write("file", "Filing", "H. Weber") as writer:
        for n in range(1500):
            writer.file(NewRecord(Description(title=str(n))))
    seen: list[Progress] = []
    assert store.journal.verify(seen.append) == []
    assert [one.done for one in seen] == [1000, 2000, 3000]
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(StoppedError):
        store.journal.verify(cancel=cancel)
    assert store.records.count() == 1500
