"""The store of one archive: everything that is kept, and the one way to change it."""

from __future__ import annotations

import datetime as dt
import time
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING

from archivist.model.errors import (
    ArchiveDamagedError,
    ArchiveMissingError,
    InputError,
    StorageError,
)
from archivist.model.progress import silent
from archivist.store import imports, proof, undo
from archivist.store.database import Connections, alone, connect, writing
from archivist.store.disk import remove_older, sync_file, sync_folder
from archivist.store.imports import Imports
from archivist.store.journal import Journal
from archivist.store.ledger import Ledger
from archivist.store.migrations import migrate
from archivist.store.originals import DAY, Originals
from archivist.store.records import Records
from archivist.store.series import FilePlan
from archivist.store.state import State
from archivist.store.statements import Statements
from archivist.store.things import Things
from archivist.store.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from archivist.model.progress import CancelToken, Report
    from archivist.store.backup import Backup
    from archivist.store.undo import Undone

DATABASE = "archive.sqlite"
_YIELD = 0.004
"""Seconds a long operation stays away between two transactions, so that others get their turn."""


def utc_now() -> dt.datetime:
    """Return the time."""
    return dt.datetime.now(dt.UTC)


class Store:
    """One archive on disk. May be shared by threads; other processes may open it, too.

    Made by `create` or `open`; a context manager that closes it.

    Attributes:
        folder: the archive's folder.
        id: the archive's identity, given once.
        name: the archive's name.
        records: its records.
        journal: its journal.
        originals: its originals.
        imports: its imports.
        state: what it remembers for itself.
        series: its file plan.
        things: what it keeps that is no record.
        statements: who said what in its texts, as it was read from them.
    """

    def __init__(self, folder: Path, clock: Callable[[], dt.datetime]) -> None:
        self.folder = folder
        self._connections = Connections(folder / DATABASE)
        self._clock = clock
        self.records = Records(self._connections)
        self.journal = Journal(self._connections, self.now)
        self.originals = Originals(folder / "originals", self._connections)
        self.imports = Imports(self._connections, self.now)
        self.state = State(self._connections)
        self.series = FilePlan(self._connections)
        self.things = Things(self._connections)
        self.statements = Statements(self._connections)
        about: dict[str, str] = dict(
            self._connections.current().all("SELECT key, value FROM archive")
        )
        if not {"id", "name"} <= about.keys():
            raise ArchiveDamagedError(
                "The archive's database does not tell whose it is.",
                "Restore the archive from a backup.",
            )
        self.id: str = about["id"]
        self.name: str = about["name"]

    @classmethod
    def create(cls, folder: Path, name: str, *, clock: Callable[[], dt.datetime] = utc_now) -> Self:
        """Make an archive in a folder that is new or empty, and open it.

        Raises:
            InputError: the folder exists and is not empty.
            StorageError: it cannot be written.
        """
        try:
            if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
                raise InputError(
                    f"{folder} exists already and is not empty.", "Choose a new folder."
                )
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                f"The archive cannot be made in {folder}: {error.strerror}.",
                "Choose a folder you may write to, on a disk with space left.",
            ) from error
        _begin(folder, name, clock())
        return cls.open(folder, clock=clock)

    @classmethod
    def open(cls, folder: Path, *, clock: Callable[[], dt.datetime] = utc_now) -> Self:
        """Open an archive; bring it to this program's format first, keeping a copy of it.

        Raises:
            ArchiveMissingError: there is none.
            ArchiveTooNewError: a newer Archivist has written it.
            ArchiveDamagedError: its database is damaged.
            StorageError: it cannot be read or written.
        """
        if not (folder / DATABASE).is_file():
            raise ArchiveMissingError(
                f"There is no archive at {folder}.",
                "Choose another folder, or make a new archive there.",
            )
        db = connect(folder / DATABASE)
        try:
            if not db.first("SELECT 1 FROM sqlite_master"):
                raise ArchiveDamagedError(
                    "The archive's database is empty.", "Restore the archive from a backup."
                )
            migrate(db, folder / "backups")
        finally:
            db.close()
        _furnish(folder)
        return cls(folder, clock)

    def close(self) -> None:
        """Close every thread's connection."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def write(self, kind: str, title: str, who: str, operation: int = 0) -> Iterator[Writer]:
        """Change records in one transaction, kept when the block ends without an exception.

        Args:
            kind: see `model.change.Operation.kind`.
            title: for people, for example "Change of date".
            who: by whom.
            operation: an operation that goes on, as a long import does; else a new one begins. An
                operation that changes nothing leaves no trace.

        Raises:
            ArchiveBusyError: others were writing for too long.
            StoppedError: the operation was taken back while it was still at work.
        """
        db = self._connections.current()
        with alone(db):
            ledger = Ledger(db, kind, title, who, self.now(), operation=operation)
            writer = Writer(db, ledger, imports.settle, self.originals.has)
            db.before_read = writer.flush
            try:
                yield writer
            finally:
                db.before_read = None
            writer.finish()
        if operation or kind == "import":
            time.sleep(_YIELD)

    def undo(self, operation: int | None, who: str) -> Undone:
        """Take an operation back; the newest one where none is named.

        Raises:
            NothingToUndoError: there is none, or it was taken back already.
        """
        return undo.undo(self._connections.current(), self.journal, operation, who, self.now())

    def redo(self, who: str) -> Undone:
        """Take the newest undo back.

        Raises:
            NothingToUndoError: there is none, or something new was done since.
        """
        return undo.redo(self._connections.current(), self.journal, who, self.now())

    def tidy(self, older_than: float = DAY) -> int:
        """Remove what killed imports and backups left behind; return how many files.

        Args:
            older_than: seconds; what is younger may be in use by another process.
        """
        limit = time.time() - older_than
        swept = sum(remove_older(path, limit) for path in list(self._spooled()))
        return swept + self.originals.sweep(older_than)

    def integrity(self) -> list[str]:
        """Return what SQLite itself finds wrong with the database, in words."""
        return proof.integrity(self._connections.current())

    def backup(
        self, target: Path, report: Report = silent, cancel: CancelToken | None = None
    ) -> Backup:
        """Write the archive into one file, whole and proven, while work goes on."""
        from archivist.store import backup  # noqa: PLC0415 - packing is not for every day

        return backup.write(self, self._connections.current(), target, report, cancel)

    @staticmethod
    def restore(
        source: Path,
        folder: Path,
        report: Report = silent,
        cancel: CancelToken | None = None,
    ) -> Backup:
        """Make an archive from a backup, in a folder that is new or empty."""
        from archivist.store import backup  # noqa: PLC0415 - packing is not for every day

        return backup.restore(source, folder, report, cancel)

    def now(self) -> str:
        """Return the time as the archive keeps it."""
        return stamp(self._clock())

    def _spooled(self) -> Iterator[Path]:
        for folder in self.folder.glob("spool*"):
            yield from (path for path in folder.rglob("*") if path.is_file())


def stamp(moment: dt.datetime) -> str:
    """Return a time as the archive keeps it: UTC, ISO 8601, to the second."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _furnish(folder: Path) -> None:
    """Make the folders of an archive; a copy may have come without those that were empty."""
    try:
        for name in ("originals", "spool"):
            (folder / name).mkdir(exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The archive's folder {folder} cannot be written: {error.strerror}.",
            "See whether the disk is full or write-protected, and who owns the folder.",
        ) from error


def _begin(folder: Path, name: str, moment: dt.datetime) -> None:
    """Write a database with nothing in it but who it is; it appears whole or not at all."""
    making = folder / f"{DATABASE}.new"
    db = connect(making, create=True)
    try:
        migrate(db, folder / "backups")
        with writing(db):
            about = {"id": uuid.uuid4().hex, "name": name, "created": stamp(moment)}
            db.table("archive").insert_all(
                {"key": key, "value": value} for key, value in about.items()
            )
        db.execute("PRAGMA journal_mode = delete").fetchall()
    finally:
        db.close()
    sync_file(making)
    making.replace(folder / DATABASE)
    sync_folder(folder)
    sync_folder(folder.parent)
