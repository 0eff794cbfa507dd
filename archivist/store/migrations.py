"""The database's schema, step by step: each format of the archive is one named migration."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import sqlite_utils
from sqlite_utils import Migrations

from archivist.model.errors import ArchiveDamagedError, ArchiveTooNewError
from archivist.store.database import (
    TABLES,
    Database,
    connect,
    copy_database,
    translated,
    writing,
)
from archivist.store.disk import sync_file, sync_folder
from archivist.store.values import SCALARS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

APPLICATION = 0x41524348
"""SQLite's application id of an archive: "ARCH"."""

Step = tuple[str, Callable[[sqlite_utils.Database], None]]


def foundation(db: sqlite_utils.Database) -> None:
    """Format 1: records, texts, originals, the journal, imports and state."""
    _archive(db)
    _records(db)
    _journal(db)
    _imports(db)
    for statement in _INDEXES + _GUARDS:
        db.execute(statement)


def file_plan(db: sqlite_utils.Database) -> None:
    """Format 2: titles of the series of the file plan."""
    db.table("series").create({"code": str, "title": str}, pk="code", not_null={"title"})


def things(db: sqlite_utils.Database) -> None:
    """Format 3: things that are no records; one that ended has no value, and keeps its number."""
    columns = {"number": int, "kind": str, "value": str}
    db.table("things").create(columns, pk="number", not_null={"kind"})
    for statement in _THINGS:
        db.execute(statement)


def statements(db: sqlite_utils.Database) -> None:
    """Format 4: what texts say that somebody said; made from the texts, and never journalled."""
    texts = dict.fromkeys(("speaker", "surface", "role", "cue", "addressee", "occasion"), str)
    columns = {"number": int, "record": int, "key": str, "start": int, "stop": int, "kind": str}
    columns |= {"pieces": str, **texts, "date": str, "certainty": float, "rule": str}
    columns |= {"words": int, "version": int, "status": str, "decision": int, "stale": int}
    columns |= {"turn": int, "worded": int, "live": int}
    facts = {"number": int, "record": int, "start": int, "stop": int, "date": str, "cue": str}
    readings = {"record": int, "made_from": str, "version": int}
    for name, wanted in (("statements", columns), ("facts", facts), ("readings", readings)):
        key = next(iter(wanted))
        db.table(name).create(
            wanted,
            pk=key,
            not_null=wanted.keys() - {key},
            foreign_keys=[("record", "records", "id")],
        )
    for statement in _SAID:
        db.execute(statement)


def _archive(db: sqlite_utils.Database) -> None:
    db.table("archive").create({"key": str, "value": str}, pk="key", not_null={"value"})
    db.table("state").create({"key": str, "value": str}, pk="key", not_null={"value"})
    db.table("accessions").create({"year": int, "last": int}, pk="year", not_null={"last"})


def _records(db: sqlite_utils.Database) -> None:
    db.table("texts").create({"hash": str, "text": str}, pk="hash", not_null={"text"})
    db.table("originals").create({"sha256": str, "size": int}, pk="sha256", not_null={"size"})
    columns = {"id": int, "ref": str, "state": str}
    columns |= dict.fromkeys(SCALARS, str)
    columns |= dict.fromkeys(("countries", "agents", "tags", "custom", "proposed"), str)
    columns |= {"inbox": int, "text_hash": str, "text_version": int, "digest": str}
    columns |= {"original": str, "original_name": str, "original_type": str}
    columns |= {"original_size": int, "original_member": str}
    columns |= {"path": str, "parent": int, "note": str, "filed": str, "changed": str}
    db.table("records").create(
        columns,
        pk="id",
        not_null=columns.keys() - {"id", "text_hash", "original", "parent"},
        foreign_keys=[
            ("text_hash", "texts", "hash"),
            ("original", "originals", "sha256"),
            ("parent", "records", "id"),
        ],
    )


def _journal(db: sqlite_utils.Database) -> None:
    operations = {"id": int, "kind": str, "title": str, "time": str, "who": str, "salt": bytes}
    operations |= {"seal": bytes, "undoes": int, "undone": int, "records": int}
    db.table("operations").create(
        operations,
        pk="id",
        not_null=operations.keys() - {"id", "undoes"},
        foreign_keys=[("undoes", "operations", "id")],
    )
    journal = {"seq": int, "operation": int, "time": str, "who": str, "what": str, "record": int}
    journal |= {"touches": str, "format": int, "digest": bytes, "hash": bytes}
    db.table("journal").create(
        journal,
        pk="seq",
        not_null=journal.keys() - {"seq", "record"},
        foreign_keys=[("operation", "operations", "id"), ("record", "records", "id")],
    )
    db.table("journal_values").create(
        {"seq": int, "salt": bytes, "before": str, "after": str},
        pk="seq",
        not_null={"salt", "before", "after"},
        foreign_keys=[("seq", "journal", "seq")],
    )


def _imports(db: sqlite_utils.Database) -> None:
    imports = {"id": int, "title": str, "who": str, "began": str, "paths": str, "options": str}
    imports |= {"state": str, "operation": int, "seconds": float, "leg_began": float}
    imports |= {"leg_before": float, "pid": int, "pid_began": float}
    imports |= {"filed": int, "duplicates": int, "refused": int}
    db.table("imports").create(
        imports,
        pk="id",
        not_null=imports.keys() - {"id", "operation"},
        foreign_keys=[("operation", "operations", "id")],
    )
    items = {"id": int, "run": int, "path": str, "outcome": str, "ref": str, "reason": str}
    items |= {"detail": str, "title": str}
    db.table("import_items").create(
        items,
        pk="id",
        not_null=items.keys() - {"id"},
        foreign_keys=[("run", "imports", "id")],
    )


_INDEXES = (
    "CREATE UNIQUE INDEX records_ref ON records(ref)",
    "CREATE UNIQUE INDEX records_code ON records(code) WHERE code <> '' AND state <> 'cancelled'",
    "CREATE INDEX records_state ON records(state, id)",
    "CREATE INDEX records_digest ON records(digest) WHERE digest <> ''",
    "CREATE INDEX records_text ON records(text_hash) WHERE text_hash IS NOT NULL",
    "CREATE INDEX records_original ON records(original) WHERE original IS NOT NULL",
    "CREATE INDEX records_parent ON records(parent) WHERE parent IS NOT NULL",
    "CREATE INDEX journal_record ON journal(record, seq)",
    "CREATE INDEX journal_operation ON journal(operation, record, seq)",
    "CREATE INDEX operations_undoes ON operations(undoes) WHERE undoes IS NOT NULL",
    "CREATE INDEX import_items_run ON import_items(run)",
)

_GUARDS = (
    """CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER journal_stays BEFORE UPDATE ON journal
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER journal_follows BEFORE INSERT ON journal
       WHEN NEW.seq <> coalesce((SELECT max(seq) FROM journal), 0) + 1
       BEGIN SELECT RAISE(ABORT, 'the journal has no gaps'); END""",
    """CREATE TRIGGER values_stay BEFORE UPDATE ON journal_values
       BEGIN SELECT RAISE(ABORT, 'values of the journal are never changed'); END""",
    """CREATE TRIGGER values_are_kept BEFORE DELETE ON journal_values
       WHEN NOT EXISTS (
         SELECT 1 FROM journal entry JOIN journal erasure ON erasure.record = entry.record
         WHERE entry.seq = OLD.seq AND erasure.seq > entry.seq AND erasure.what = 'erased'
       )
       BEGIN SELECT RAISE(ABORT, 'values are erased by an entry of the journal only'); END""",
    """CREATE TRIGGER operations_are_kept BEFORE DELETE ON operations
       BEGIN SELECT RAISE(ABORT, 'operations are kept'); END""",
    """CREATE TRIGGER operations_stay
       BEFORE UPDATE OF id, kind, title, time, who, salt, seal, undoes ON operations
       BEGIN SELECT RAISE(ABORT, 'operations are kept'); END""",
    """CREATE TRIGGER records_are_kept BEFORE DELETE ON records
       BEGIN SELECT RAISE(ABORT, 'records are cancelled, never deleted'); END""",
    """CREATE TRIGGER records_keep_their_numbers BEFORE UPDATE OF id, ref, filed ON records
       BEGIN SELECT RAISE(ABORT, 'a number once given stays'); END""",
    """CREATE TRIGGER texts_stay BEFORE UPDATE ON texts
       BEGIN SELECT RAISE(ABORT, 'texts are immutable'); END""",
    """CREATE TRIGGER texts_are_kept BEFORE DELETE ON texts
       BEGIN SELECT RAISE(ABORT, 'texts are immutable'); END""",
)

_THINGS = (
    "CREATE INDEX things_kind ON things(kind, number)",
    "CREATE INDEX journal_things ON journal(touches, seq) WHERE record IS NULL",
    """CREATE TRIGGER things_keep_their_numbers BEFORE UPDATE OF number, kind ON things
       BEGIN SELECT RAISE(ABORT, 'a number once given stays'); END""",
    """CREATE TRIGGER things_are_kept BEFORE DELETE ON things
       BEGIN SELECT RAISE(ABORT, 'a number once given is kept'); END""",
)

_SAID = (
    "CREATE UNIQUE INDEX statements_record ON statements(record, key)",
    "CREATE INDEX statements_speaker ON statements(speaker) WHERE live = 1",
    "CREATE INDEX statements_turn ON statements(turn, number)",
    "CREATE INDEX facts_record ON facts(record, start)",
)

STEPS: tuple[Step, ...] = (
    ("0001-foundation", foundation),
    ("0002-file-plan", file_plan),
    ("0003-things", things),
    ("0004-statements", statements),
)
"""Every step in order."""

FORMAT = len(STEPS)
"""The format this program writes."""


def migrate(db: Database, kept: Path, steps: Sequence[Step] = STEPS) -> None:
    """Bring a database to this program's format, as one transaction; keep a copy of it first.

    Args:
        db: the archive's database, or an empty one.
        kept: the folder for the copy.
        steps: every step this program knows.

    Raises:
        ArchiveTooNewError: a newer program has written it.
        ArchiveDamagedError: it is no archive, or not whole.
    """
    migrations = _migrations(steps)
    with translated():
        if not _pending(db, migrations, steps):
            return
    with writing(db):
        if not _pending(db, migrations, steps):
            return
        if before := _format(db):
            _keep_copy(db, kept / f"format-{before}.sqlite")
        migrations.apply(db)
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute(f"PRAGMA user_version = {len(steps)}")


def _migrations(steps: Sequence[Step]) -> Migrations:
    migrations = Migrations("archive")
    for name, step in steps:
        migrations(name=name)(step)
    return migrations


def _pending(db: Database, migrations: Migrations, steps: Sequence[Step]) -> bool:
    tables = {row[0] for row in db.all("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return True
    if db.value("PRAGMA application_id") != APPLICATION:
        raise ArchiveDamagedError(
            "The database in this folder is not an archive's.", "Choose another folder."
        )
    unknown = {step.name for step in migrations.applied(db)} - {name for name, _ in steps}
    if unknown or _format(db) > len(steps):
        raise ArchiveTooNewError(
            f"A newer Archivist has written this archive: it has format {_format(db)}, "
            f"this program knows formats up to {len(steps)}.",
            "Open it with the newer version. Nothing was changed.",
        )
    missing = bool(migrations.pending(db))
    if missing and _format(db) == len(steps):
        raise ArchiveDamagedError(
            "The archive's database does not tell how it was made.",
            "Restore the archive from a backup.",
        )
    if not missing and not tables >= TABLES:
        lost = ", ".join(sorted(TABLES - tables))
        raise ArchiveDamagedError(
            f"The archive's database lacks: {lost}.", "Restore the archive from a backup."
        )
    return missing


def _format(db: Database) -> int:
    return int(db.value("PRAGMA user_version"))


def _keep_copy(db: Database, target: Path) -> None:
    """Copy what is committed: another connection sees it while the first holds the writing."""
    target.parent.mkdir(exist_ok=True)
    path = db.value("SELECT file FROM pragma_database_list WHERE name = 'main'")
    source = connect(type(target)(path))
    try:
        copy_database(source, target)
    finally:
        source.close()
    sync_file(target)
    sync_folder(target.parent)
