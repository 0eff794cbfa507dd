"""What is erased leaves no word behind: not among the statements, nor in their index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist import Archive
from archivist.model.record import Description
from archivist.store import Store
from tests.archive.saying_rules import PlainRules

SAID = "“The zebrafinch pact stands,” Quirin Vexley said. In 2011 the zebrafinch pact was made."
OTHER = "“Ferries sail,” Ilva Marenk said."
WORDS = (b"zebrafinch", b"Quirin", b"Vexley", b"vexley", b"Xanthippe", b"xanthippe")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    store = Store.create(tmp_path / "mission.archive", "Mission")
    with Archive(store, extractor=PlainRules()) as found:
        found.who = "H. Weber"
        for title, text in (("Pact", SAID), ("Ferries", OTHER)):
            found.type_in(Description(title=title, date="2012", language="en"), text)
        yield found


def in_index(archive: Archive) -> bytes:
    files = (archive.path / "statements").rglob("*")
    return b"".join(file.read_bytes() for file in files if file.is_file())


def in_tables(archive: Archive) -> bytes:
    db = archive._store.statements._db
    tables = ("statements", "facts", "readings", "things", "journal_values", "journal")
    rows = [row for table in tables for row in db.all(f"SELECT * FROM {table}")]  # noqa: S608 - names of tables
    return repr(rows).encode()


def erase(archive: Archive) -> None:
    """Erase the first record, as a caller does: it says something else before."""
    record = archive.record(1)
    archive.correct_text(record.ref, "Nothing is left here.")
    archive.edit({"title": "Withdrawn"}, refs=[record.ref])
    archive._store.journal.erase(record.id, "H. Weber")


def test_statements_and_what_was_decided_on_them_are_erased(archive: Archive) -> None:
    (hit,) = archive.statements("zebrafinch").hits
    archive.correct_statement(hit.filed.number, speaker="Xanthippe Vexley")
    archive.add_statement(hit.ref, 70, 80, speaker="Quirin Vexley")
    assert archive.statements("speaker:xanthippe").total == 1
    assert all(word in in_tables(archive) for word in (b"Xanthippe", b"Quirin"))
    assert b"zebrafinch" in in_index(archive)

    erase(archive)
    assert archive.statements("*").total == 1
    tables, index = in_tables(archive), in_index(archive)
    assert [word for word in WORDS if word in tables] == []
    assert [word for word in WORDS if word in index] == []
    assert archive.facts_of(archive.record(1)) == []
    assert archive.statements_of(archive.record(1)) == []
    assert archive.statements("ferries").total == 1
    assert archive._store.journal.verify() == []
    assert archive._voices.verify() == []


def test_what_was_erased_is_not_brought_back(archive: Archive) -> None:
    (hit,) = archive.statements("zebrafinch").hits
    change = archive.confirm_statements([hit.filed.number])
    erase(archive)
    archive.undo(change.operation)
    assert archive.statements("*").total == 1
    assert b"Vexley" not in in_tables(archive)
    assert archive._store.journal.verify() == []


def test_others_are_left_as_they_are(archive: Archive) -> None:
    (hit,) = archive.statements("ferries").hits
    change = archive.correct_statement(hit.filed.number, speaker="Karo Vasht")
    erase(archive)
    (after,) = archive.statements("ferries").hits
    assert (after.said.speaker, after.filed.number) == ("Karo Vasht", hit.filed.number)
    archive.undo(change.operation)
    assert archive.statements("ferries").hits[0].said.speaker == "Ilva Marenk"


def test_the_index_is_made_anew_once(archive: Archive) -> None:
    archive.statements("*")
    erase(archive)
    archive.statements("*")
    before = archive._voices.searcher().sequence
    files = sorted(file.name for file in (archive.path / "statements").rglob("*.seg"))
    archive.statements("*")
    assert archive._voices.searcher().sequence == before
    assert files == sorted(file.name for file in (archive.path / "statements").rglob("*.seg"))
