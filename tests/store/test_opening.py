"""What an archive is on disk, and which ones are refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils

from archivist.model.errors import (
    ArchiveDamagedError,
    ArchiveMissingError,
    ArchiveTooNewError,
    InputError,
    InternalError,
)
from archivist.model.record import Description, State
from archivist.store import NewRecord, Store, database, migrations

FIXTURES = Path(__file__).parent / "fixtures"


def sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def old_archive(folder: Path, form: int = 1) -> Path:
    """Make an archive of an old format from its text."""
    (folder / "originals").mkdir(parents=True)
    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection:
        connection.executescript((FIXTURES / f"format-{form}.sql").read_text(encoding="utf-8"))
    return folder


def test_a_new_archive_has_its_folders_and_one_identity(store: Store, folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} >= {"archive.sqlite", "originals", "spool"}
    with Store.open(folder) as again:
        assert (again.id, again.name) == (store.id, "Mission")
    assert len(store.id) == 32


def test_every_table_is_strict(store: Store, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection:
        tables = dict(
            connection.execute(
                "SELECT name, strict FROM pragma_table_list"
                " WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'"
            )
        )
    assert tables == dict.fromkeys(database.TABLES, 1)


def test_a_connection_has_everything_switched_on(store: Store, folder: Path) -> None:
    with closing(database.connect(folder / "archive.sqlite")) as db:
        told = {
            name: db.value(f"PRAGMA {name}")
            for name in ("foreign_keys", "journal_mode", "secure_delete", "synchronous")
        }
        assert told == {
            "foreign_keys": 1,
            "journal_mode": "wal",
            "secure_delete": 1,
            "synchronous": 2,
        }


def test_a_mistyped_table_is_not_made(store: Store, folder: Path) -> None:
    with (
        closing(database.connect(folder / "archive.sqlite")) as db,
        pytest.raises(InternalError, match="recrods"),
    ):
        db["recrods"]


def test_columns_are_read_in_the_order_they_stand(store: Store, folder: Path) -> None:
    from archivist.store.values import Row  # noqa: PLC0415 - only this test looks inside

    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(records)")]
    assert columns == list(Row._fields)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir")
    with pytest.raises(InputError, match="not empty"):
        Store.create(tmp_path, "Mission")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("name", ["Ministère des affaires", "a#b?c%20d", "Посольство", "it's"])
def test_any_name_of_a_folder_will_do(tmp_path: Path, name: str) -> None:
    folder = old_archive(tmp_path / name / "old.archive")
    with Store.open(folder) as store:
        assert store.backup(tmp_path / name / "x.backup").records == 3
    Store.restore(tmp_path / name / "x.backup", tmp_path / name / "new.archive")
    with Store.open(tmp_path / name / "new.archive") as store:
        assert store.records.count() == 3


def test_an_empty_folder_becomes_an_archive(tmp_path: Path) -> None:
    Store.create(tmp_path, "Mission").close()
    Store.open(tmp_path).close()


def test_no_archive_is_said_so_and_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissingError):
        Store.open(tmp_path / "nothing.archive")
    assert not (tmp_path / "nothing.archive").exists()


NEWER_STEP = """INSERT INTO _sqlite_migrations (migration_set, name, applied_at)
    VALUES ('archive', '0099-agents', '2030')"""


@pytest.mark.parametrize("newer", ["PRAGMA user_version = 99", NEWER_STEP])
def test_a_newer_format_is_refused_and_left_alone(store: Store, folder: Path, newer: str) -> None:
    store.close()
    sql(folder / "archive.sqlite", newer)
    before = (folder / "archive.sqlite").read_bytes()
    with pytest.raises(ArchiveTooNewError, match="newer"):
        Store.open(folder)
    assert (folder / "archive.sqlite").read_bytes() == before


def garbage(path: Path) -> None:
    path.write_bytes(b"no database at all " * 500)


def another(path: Path) -> None:
    path.unlink()
    sql(path, "CREATE TABLE songs (title TEXT)")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 8192 * 2])


def bereft(path: Path) -> None:
    sql(path, "DROP TABLE state")


@pytest.mark.parametrize("damage", [garbage, another, cut, bereft])
def test_a_damaged_archive_is_refused(
    store: Store, folder: Path, damage: Callable[[Path], None]
) -> None:
    store.close()
    damage(folder / "archive.sqlite")
    with pytest.raises(ArchiveDamagedError):
        Store.open(folder)


def test_format_1_is_brought_up_to_date_and_a_copy_is_kept(tmp_path: Path) -> None:
    folder = old_archive(tmp_path / "old.archive")
    with Store.open(folder) as store:
        assert store.name == "Mission to Ruritania"
        first = store.records.by_ref("2026-000001")
        assert first.description.custom == {"box": "12"}
        assert first.description.date == "2012-12-05"
        assert store.records.text(first.text_hash) == "The two sides agreed on a partnership."
        assert store.records.by_ref("A.1/2").text_version == 2
        assert store.records.count(State.FILED) == 3
        assert [item.ref for item in store.imports.items(1)] == ["2026-000003"]
        assert store.journal.verify() == []
        assert [one.code for one in store.series.list()] == ["A.1"]
        with store.write("file", "Record typed in", "H. Weber") as writer:
            assert writer.file(NewRecord(Description(title="New"))).ref.endswith("000004")
        store.undo(5 - 3, "H. Weber")
        assert store.records.get(1).description.date == "2012-12-04"
        assert store.journal.verify() == []
    with closing(sqlite3.connect(folder / "backups" / "format-1.sqlite")) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (1,)
        assert kept.execute("SELECT count(*) FROM records").fetchone() == (3,)
    with closing(sqlite3.connect(folder / "archive.sqlite")) as now:
        assert now.execute("PRAGMA user_version").fetchone() == (migrations.FORMAT,)


def test_format_2_is_brought_up_to_date_and_its_history_can_still_be_undone(
    tmp_path: Path,
) -> None:
    folder = old_archive(tmp_path / "old.archive", 2)
    with closing(sqlite3.connect(folder / "archive.sqlite")) as before:
        entries = before.execute("SELECT * FROM journal").fetchall()
    with Store.open(folder) as store:
        assert store.journal.verify() == []
        assert [one.title for one in store.journal.operations()] == [
            "Undid: Change of place",
            "Change of place",
            "Title of series A.1",
            "Change of date",
            "Record typed in: Note",
        ]
        assert store.redo("J. Marsh").title == "Redid: Change of place"
        assert store.records.get(2).description.place == "Strelsau"
        assert store.undo(3, "J. Marsh").conflicts == ()
        assert [one.title for one in store.series.list()] == [""]
        assert store.undo(2, "J. Marsh").records == (1,)
        assert store.records.get(1).description.date == "2012-12-04"
        with store.write("search", "Saving of a search", "J. Marsh") as writer:
            assert writer.put_thing("search", 0, {"name": "Ferries"}) == 1
        assert store.journal.verify() == []
        assert store.integrity() == []
    with closing(sqlite3.connect(folder / "archive.sqlite")) as now:
        assert now.execute("SELECT * FROM journal").fetchall()[: len(entries)] == entries
    with closing(sqlite3.connect(folder / "backups" / "format-2.sqlite")) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (2,)
        assert kept.execute("SELECT * FROM journal").fetchall() == entries


def test_a_step_that_fails_leaves_the_archive_as_it_was(tmp_path: Path) -> None:
    folder = old_archive(tmp_path / "old.archive")

    def broken(db: sqlite_utils.Database) -> None:
        db.execute("CREATE TABLE half (a TEXT) STRICT")
        db.execute("INSERT INTO nowhere VALUES (1)")

    with closing(database.connect(folder / "archive.sqlite")) as db:
        with pytest.raises(InternalError):
            migrations.migrate(db, folder / "backups", (*migrations.STEPS, ("9999", broken)))
        tables = {row[0] for row in db.all("SELECT name FROM sqlite_master")}
        assert "half" not in tables
        assert "series" not in tables
        assert db.value("PRAGMA user_version") == 1


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    with pytest.raises(InternalError, match="closed"):
        store.records.count()


def test_two_who_open_an_old_archive_at_once_bring_it_up_to_date_once(tmp_path: Path) -> None:
    folder = old_archive(tmp_path / "old.archive")

    def head(_: int) -> str:
        with Store.open(folder) as store:
            return store.journal.head_hash()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(head, range(4)))) == 1
    with closing(sqlite3.connect(folder / "archive.sqlite")) as now:
        steps = now.execute("SELECT name FROM _sqlite_migrations ORDER BY id").fetchall()
    assert steps == [(name,) for name, _ in migrations.STEPS]


def test_format_3_is_brought_up_to_date_and_its_texts_are_all_still_to_be_read(
    tmp_path: Path,
) -> None:
    folder = old_archive(tmp_path / "old.archive", 3)
    with Store.open(folder) as store:
        assert store.journal.verify() == []
        assert store.integrity() == []
        assert store.records.get(1).description.place == "Strelsau"
        assert store.statements.followed().version == 0
        assert store.statements.of(1) == []
        with store.write("said", "Decision on a statement", "J. Marsh") as writer:
            assert writer.put_thing("said", 0, {"record": 1, "verdict": "rejected"}) == 2
        assert store.statements.decisions([1]) == {1: [(2, {"record": 1, "verdict": "rejected"})]}
        assert store.undo(None, "J. Marsh").things == {"said"}
        assert store.statements.decisions([1]) == {}
        assert store.journal.verify() == []
    with closing(sqlite3.connect(folder / "backups" / "format-3.sqlite")) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (3,)
