"""Appending to the journal, within one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.model.errors import InputError, StoppedError
from archivist.model.names import readable
from archivist.store import chain
from archivist.store.chain import Entry, Values
from archivist.store.migrations import FORMAT
from archivist.store.values import touches

if TYPE_CHECKING:
    from archivist.store.database import Database
    from archivist.store.values import Flat


SERIES_TITLED = "series titled"
"""What an entry says that gives a series another title; its values are titles by code."""


class Ledger:
    """One operation's entries of this transaction.

    Args:
        db: the connection, its transaction begun.
        kind: of the operation.
        title: of the operation, for people.
        who: by whom.
        time: UTC, ISO 8601.
        operation: the operation that goes on, or 0 for a new one.
        undoes: the operation this one takes back, or 0.

    Raises:
        InputError: there is no such operation.
        StoppedError: the operation was taken back while it was still at work.
    """

    def __init__(
        self,
        db: Database,
        kind: str,
        title: str,
        who: str,
        time: str,
        *,
        operation: int = 0,
        undoes: int = 0,
    ) -> None:
        self._db = db
        self._kind, self._title, self.undoes = kind, readable(title), undoes
        self._who, self.time = who, time
        self._entries: list[Entry] = []
        self._values: list[Values] = []
        self._touched: set[int] = set()
        self._known = bool(operation)
        self._seq, self._hash = head(db)
        if operation:
            self.operation, self._seal = operation, self._resume(operation)
        else:
            self.operation = (db.value("SELECT max(id) FROM operations") or 0) + 1
            self._salt = chain.new_salt()
            self._seal = chain.seal(self._salt, kind, self._title, undoes)

    @property
    def known(self) -> bool:
        """Whether the operation has an entry, in this transaction or before."""
        return self._known or bool(self._entries)

    @property
    def waiting(self) -> int:
        """How many entries are held back."""
        return len(self._entries)

    def append(self, record: int, what: str, before: Flat, after: Flat) -> None:
        """Append an entry about a record; it is written with the next flush."""
        self._append(record, what, touches(after), before, after)

    def append_title(self, code: str, before: str, after: str) -> None:
        """Append an entry about the title of a series; it is written with the next flush."""
        values: tuple[Flat, Flat] = ({code: before or None}, {code: after or None})
        self._append(None, SERIES_TITLED, "series", *values)

    def append_thing(self, key: str, what: str, before: Flat, after: Flat) -> None:
        """Append an entry about a thing; it is written with the next flush."""
        self._append(None, what, key, before, after)

    def _append(
        self, record: int | None, what: str, touched: str, before: Flat, after: Flat
    ) -> None:
        values = chain.values_of(self._seq + 1, before, after)
        entry = Entry(
            values.seq,
            self.operation,
            self.time,
            self._who,
            what,
            record,
            touched,
            FORMAT,
            chain.digest(values),
            b"",
        )
        self._seq, self._hash = values.seq, chain.link(self._hash, self._seal, entry)
        self._entries.append(entry._replace(hash=self._hash))
        self._values.append(values)

    def flush(self) -> None:
        """Write the entries appended since the last flush."""
        if not self._entries:
            return
        entries, self._entries = self._entries, []
        values, self._values = self._values, []
        self._introduce()
        self._count({entry.record for entry in entries if entry.record})
        self._db.many("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", entries)
        self._db.many("INSERT INTO journal_values VALUES (?, ?, ?, ?)", values)

    def _resume(self, operation: int) -> bytes:
        row = self._db.first("SELECT seal, undone FROM operations WHERE id = ?", (operation,))
        if row is None:
            raise InputError(f"There is no operation {operation}.")
        if row[1]:
            raise StoppedError("The operation was taken back while it was still at work.")
        return bytes(row[0])

    def _introduce(self) -> None:
        """Write the operation itself before its first entry; one without any leaves no trace."""
        if self._known:
            return
        self._known = True
        self._db.execute(
            "INSERT INTO operations (id, kind, title, time, who, salt, seal, undoes, undone,"
            " records) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
            (
                self.operation,
                self._kind,
                self._title,
                self.time,
                self._who,
                self._salt,
                self._seal,
                self.undoes or None,
            ),
        )

    def _count(self, records: set[int]) -> None:
        """Keep how many records the operation has touched."""
        fresh = records - self._touched
        self._touched |= fresh
        known = self._db.value(
            "SELECT count(*) FROM json_each(?) AS fresh WHERE EXISTS"
            " (SELECT 1 FROM journal WHERE operation = ? AND record = fresh.value)",
            (str(sorted(fresh)), self.operation),
        )
        self._db.execute(
            "UPDATE operations SET records = records + ? WHERE id = ?",
            (len(fresh) - known, self.operation),
        )


def head(db: Database) -> tuple[int, bytes]:
    """Return the sequence number and the hash the journal ends with."""
    row = db.first("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")
    if row is not None:
        return int(row[0]), bytes(row[1])
    return 0, chain.origin(db.value("SELECT value FROM archive WHERE key = 'id'"))
