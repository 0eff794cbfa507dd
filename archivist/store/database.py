"""The database of an archive: connections, transactions and the errors they may meet."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any

import sqlite_utils
from typing_extensions import override

from archivist.model.errors import (
    ArchiveBusyError,
    ArchiveDamagedError,
    ArchivistError,
    InputError,
    InternalError,
    StorageError,
)
from archivist.model.progress import Progress, silent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from sqlite_utils.db import Table

    from archivist.model.progress import CancelToken, Report

TABLES = frozenset(
    {
        "_sqlite_migrations",
        "accessions",
        "archive",
        "facts",
        "import_items",
        "imports",
        "journal",
        "journal_values",
        "operations",
        "originals",
        "readings",
        "records",
        "series",
        "state",
        "statements",
        "texts",
        "things",
    }
)
"""Every table there is; a name that is mistyped must not make one more."""

PATIENCE = 30.0
"""Seconds a writer waits for its turn before it says that the archive is busy."""

_POLL = 0.001
_BUSY_MS = 10_000
_PAGE = 8192
_CHECKPOINT_PAGES = 4000
_CACHE_KIB = 32_768

Tuple = tuple[Any, ...]


class Database(sqlite_utils.Database):
    """A connection that knows its tables and speaks in the archive's errors."""

    before_read: Callable[[], None] | None = None
    """Writes what the open transaction holds back, so that its own reads see it."""

    @override
    def table(self, table_name: str, **kwargs: Any) -> Table:
        """Return one of the archive's tables.

        Raises:
            InternalError: there is no such table.
        """
        if table_name not in TABLES:
            raise InternalError(f"The archive has no table {table_name!r}.")
        return super().table(table_name, **kwargs)

    @override
    def execute(
        self, sql: str, parameters: Sequence[Any] | dict[str, Any] | None = None
    ) -> sqlite3.Cursor:
        """Run one statement."""
        with translated():
            return super().execute(sql, parameters)

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row."""
        with translated():
            self.conn.executemany(sql, rows)

    def all(self, sql: str, parameters: Sequence[Any] = ()) -> list[Tuple]:
        """Return every row of an answer."""
        self._look()
        with translated():
            return self.conn.execute(sql, parameters).fetchall()

    def first(self, sql: str, parameters: Sequence[Any] = ()) -> Tuple | None:
        """Return the first row of an answer, or None."""
        self._look()
        with translated():
            row: Tuple | None = self.conn.execute(sql, parameters).fetchone()
        return row

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:  # noqa: ANN401 - SQL's
        """Return the first value of the first row, or None."""
        row = self.first(sql, parameters)
        return row[0] if row else None

    def stream(self, sql: str, parameters: Sequence[Any] = (), size: int = 500) -> Iterator[Tuple]:
        """Yield the rows of an answer, some in memory at a time."""
        self._look()
        with translated():
            cursor = self.conn.execute(sql, parameters)
        try:
            while True:
                with translated():
                    rows = cursor.fetchmany(size)
                if not rows:
                    return
                yield from rows
        finally:
            with suppress(sqlite3.ProgrammingError):  # the archive was closed meanwhile
                cursor.close()

    def _look(self) -> None:
        if self.before_read is not None:
            hook, self.before_read = self.before_read, None
            try:
                hook()
            finally:
                self.before_read = hook


@contextmanager
def translated() -> Iterator[None]:
    """Say SQLite's errors in the archive's own.

    Raises:
        ArchivistError: what SQLite met, in words.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise said(error) from error
    except OverflowError as error:
        raise InputError("A number is too large.", "Give a smaller one.") from error
    except UnicodeEncodeError as error:
        raise InputError(
            "A text holds bytes that are no characters.", "Write them as characters."
        ) from error


def said(error: sqlite3.Error) -> ArchivistError:
    """Return the archive's own error for one of SQLite's."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return ArchiveBusyError(
            "The archive is held by another program.", "Wait until it has finished, then try again."
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return ArchiveDamagedError(
            f"The archive's database is damaged: {error}.", "Restore the archive from a backup."
        )
    if code == sqlite3.SQLITE_FULL:
        return StorageError(
            "The disk is full; nothing of the last change was kept.",
            "Free some space, then try again.",
        )
    if code in (
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PERM,
    ):
        return StorageError(
            f"The archive's database cannot be read or written: {error}.",
            "See whether the disk is full or write-protected, and who owns the archive's folder.",
        )
    return InternalError(f"The database refused a statement: {error}")


def connect(path: Path, *, create: bool = False) -> Database:
    """Open a connection with everything the archive relies on switched on.

    Raises:
        ArchivistError: the file is none of SQLite's, or cannot be opened.
    """
    mode = "rwc" if create else "rw"
    with translated():
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=_BUSY_MS / 1000,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
    try:
        return _prepare(connection, create=create)
    except BaseException:
        connection.close()
        raise


def _prepare(connection: sqlite3.Connection, *, create: bool) -> Database:
    with translated():
        if create:
            connection.execute(f"PRAGMA page_size = {_PAGE}")
        mode = connection.execute("PRAGMA journal_mode = wal").fetchone()[0]
        if mode != "wal":
            raise StorageError(
                "The archive's folder does not allow safe writing by several programs.",
                "Move the archive to a local disk.",
            )
        connection.execute("PRAGMA synchronous = full")
        connection.execute("PRAGMA foreign_keys = on")
        connection.execute("PRAGMA secure_delete = on")
        connection.execute("PRAGMA trusted_schema = off")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        return Database(connection, execute_plugins=False, strict=True)


@contextmanager
def writing(db: Database, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the archive's one writing transaction; a part of the one already open, if there is one.

    Raises:
        ArchiveBusyError: others kept it for longer than `patience` seconds.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield
        return
    _begin(db, patience)
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


@contextmanager
def alone(db: Database) -> Iterator[None]:
    """Hold the writing transaction for what cannot be a part of another one.

    Raises:
        ArchiveBusyError: others kept it for too long.
        InternalError: this thread has one open.
    """
    if db.conn.in_transaction:
        raise InternalError("A transaction of this thread is open already.")
    with writing(db):
        yield


@contextmanager
def reading(db: Database) -> Iterator[None]:
    """Read one state of the archive throughout, whatever others write meanwhile."""
    if db.conn.in_transaction:
        yield
        return
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.rollback()


def _begin(db: Database, patience: float) -> None:
    """Begin to write.

    SQLite's own waiting backs off to a tenth of a second, so that a short change would starve
    beside an import, which leaves the door open for milliseconds only: so knock fast and for long.
    """
    deadline = time.monotonic() + patience
    db.execute("PRAGMA busy_timeout = 0")
    try:
        while not _began(db):
            if time.monotonic() > deadline:
                raise ArchiveBusyError(
                    f"Another program has been writing to the archive for {patience:.0f} seconds.",
                    "Wait until it has finished, then try again.",
                )
            time.sleep(_POLL)
    finally:
        db.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")


def _began(db: Database) -> bool:
    try:
        db.execute("BEGIN IMMEDIATE")
    except ArchiveBusyError:
        return False
    return True


def copy_database(
    source: Database, target: Path, report: Report = silent, cancel: CancelToken | None = None
) -> None:
    """Copy one state of a database into a file, while others may go on writing.

    Raises:
        StoppedError: stopping was asked for; what was copied stays for the caller to remove.
    """

    def step(_status: int, remaining: int, total: int) -> None:
        if cancel is not None:
            cancel.check()
        report(Progress(total - remaining, total, "Copying the database"))

    target.unlink(missing_ok=True)
    with translated(), reading(source), closing(sqlite3.connect(target)) as copy:
        source.value("SELECT count(*) FROM sqlite_master")  # from here on, one state is held
        source.conn.backup(copy, pages=2000, progress=step, sleep=0)
        copy.execute("PRAGMA journal_mode = delete")


class Connections:
    """A connection for each thread, all closed together.

    Args:
        path: of the database.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._open: list[tuple[threading.Thread, Database]] = []
        self._own = threading.local()
        self._closed = False

    def current(self) -> Database:
        """Return this thread's connection.

        Raises:
            InternalError: the archive was closed.
        """
        if self._closed:
            raise InternalError("The archive was closed already.")
        db: Database | None = getattr(self._own, "db", None)
        if db is None:
            db = connect(self._path)
            self._own.db = db
            self._keep(db)
        return db

    def close(self) -> None:
        """Close every thread's connection."""
        with self._lock:
            self._closed = True
            for _, db in self._open:
                db.close()
            self._open.clear()

    def _keep(self, db: Database) -> None:
        with self._lock:
            for thread, left in self._open:
                if not thread.is_alive():
                    left.close()
            self._open = [entry for entry in self._open if entry[0].is_alive()]
            self._open.append((threading.current_thread(), db))
