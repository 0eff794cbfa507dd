"""Reading the journal: what happened, by whom, and what can be taken back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archivist.model.change import Change, Event, Operation
from archivist.model.errors import InputError
from archivist.model.progress import silent
from archivist.store import proof, statement_rows
from archivist.store.database import alone, reading
from archivist.store.ledger import Ledger, head

if TYPE_CHECKING:
    from collections.abc import Callable

    from archivist.model.progress import CancelToken, Report
    from archivist.store.database import Connections, Database, Tuple

_EVENTS = (
    "SELECT j.seq, j.operation, j.time, j.who, j.what, coalesce(r.ref, ''), v.before, v.after"
    " FROM journal j LEFT JOIN journal_values v ON v.seq = j.seq"
    " LEFT JOIN records r ON r.id = j.record "
)
_MOST = 1000
"""Entries up to which the records that operations touched are named one by one."""
_OPERATIONS = "SELECT id, kind, title, time, who, records, undoes, undone FROM operations "


class Journal:
    """The archive's journal; may be shared by threads.

    Args:
        connections: to the archive's database.
        now: tells the time, UTC, ISO 8601.
    """

    def __init__(self, connections: Connections, now: Callable[[], str]) -> None:
        self._connections = connections
        self._now = now

    @property
    def _db(self) -> Database:
        return self._connections.current()

    def head(self) -> int:
        """Return the newest sequence number; 0 for an empty journal."""
        return int(self._db.value("SELECT max(seq) FROM journal") or 0)

    def head_hash(self) -> str:
        """Return the hash the chain ends with, in hexadecimal digits: an anchor for later proof."""
        return head(self._db)[1].hex()

    def touched(self, since: int, upto: int | None = None) -> dict[int, frozenset[str]]:
        """Return what the entries after `since` touched.

        Args:
            since: a sequence number; 0 for everything.
            upto: the last sequence number to look at, if not the newest.

        Returns:
            By record id, which of "title", "description" (all else of it), "text", "state" and
            "original".
        """
        found: dict[int, set[str]] = {}
        rows = self._db.stream(
            "SELECT record, touches FROM journal"
            " WHERE seq > ? AND seq <= coalesce(?, seq) AND record IS NOT NULL ORDER BY seq",
            (since, upto),
        )
        for record, touches in rows:
            found.setdefault(record, set()).update(touches.split(","))
        return {record: frozenset(what - {""}) for record, what in found.items()}

    def changes(self, since: int, upto: int) -> list[Change]:
        """Return what was done after `since` and up to `upto`, operation by operation.

        Where that is much, the changes name no records: anything may have changed.
        """
        operations = self._db.all(
            "SELECT id, kind, title FROM operations WHERE id IN"
            " (SELECT operation FROM journal WHERE seq > ? AND seq <= ?) ORDER BY id",
            (since, upto),
        )
        touched = self._by_operation(since, upto) if upto - since <= _MOST else {}
        return [
            Change(number, kind, title, *touched.get(number, ()))
            for number, kind, title in operations
        ]

    def _by_operation(
        self, since: int, upto: int
    ) -> dict[int, tuple[tuple[int, ...], frozenset[str]]]:
        """Return by operation which records it touched there, and what of them."""
        records: dict[int, dict[int, None]] = {}
        what: dict[int, set[str]] = {}
        for operation, record, touches in self._db.all(
            "SELECT operation, record, touches FROM journal WHERE seq > ? AND seq <= ?"
            " ORDER BY seq",
            (since, upto),
        ):
            what.setdefault(operation, set()).update(touches.split(","))
            records.setdefault(operation, {}).update({} if record is None else {record: None})
        return {key: (tuple(records[key]), frozenset(what[key] - {""})) for key in records}

    def events(
        self, record_id: int | None = None, limit: int = 200, before: int | None = None
    ) -> list[Event]:
        """Return entries, newest first.

        Args:
            record_id: of this record only, if given.
            limit: how many at most.
            before: only entries before this sequence number, if given.
        """
        where = "WHERE j.record = ? AND " if record_id is not None else "WHERE "
        parameters = [record_id] if record_id is not None else []
        rows = self._db.all(
            _EVENTS + where + "j.seq < coalesce(?, j.seq + 1) ORDER BY j.seq DESC LIMIT ?",
            [*parameters, before, limit],
        )
        return [_event(row) for row in rows]

    def operations(self, limit: int = 50) -> list[Operation]:
        """Return operations, newest first."""
        rows = self._db.all(_OPERATIONS + "ORDER BY id DESC LIMIT ?", (limit,))
        return [_operation(row) for row in rows]

    def operation(self, operation: int) -> Operation:
        """Return an operation.

        Raises:
            InputError: there is none with this number.
        """
        row = self._db.first(_OPERATIONS + "WHERE id = ?", (operation,))
        if row is None:
            raise InputError(f"There is no operation {operation}.")
        return _operation(row)

    def undoable(self) -> Operation | None:
        """Return the newest operation that can be taken back, or None."""
        row = self._db.first(
            _OPERATIONS + "WHERE undoes IS NULL AND undone = 0 AND kind <> 'erase'"
            " ORDER BY id DESC LIMIT 1"
        )
        return _operation(row) if row else None

    def redoable(self) -> Operation | None:
        """Return the newest undo that can be taken back itself, or None.

        As people expect it: whoever does something new after an undo cannot redo any more.
        """
        newest = self._db.value(
            "SELECT coalesce(max(id), 0) FROM operations WHERE undoes IS NULL AND undone = 0"
        )
        row = self._db.first(
            _OPERATIONS + "WHERE kind = 'undo' AND undone = 0 AND id > ? ORDER BY id DESC LIMIT 1",
            (newest,),
        )
        return _operation(row) if row else None

    def erase(self, record_id: int, who: str, title: str = "Erasure of values") -> int:
        """Erase the values and salts of all entries of a record; the entries and their chain stay.

        So is erased who it was found to say what, and what people decided on that. What the record
        says now is not touched: the caller changes that before; it is then read once more.

        Returns:
            The number of the operation.
        """
        db = self._db
        with alone(db):
            ledger = Ledger(db, "erase", title, who, self._now())
            ledger.append(record_id, "erased", {}, {})
            statement_rows.erase(db, ledger, record_id)
            db.execute("UPDATE records SET changed = ? WHERE id = ?", (ledger.time, record_id))
            db.execute(
                "DELETE FROM journal_values WHERE seq IN (SELECT seq FROM journal"
                " WHERE record = ? AND what <> 'erased')",
                (record_id,),
            )
        db.execute("PRAGMA wal_checkpoint(truncate)").fetchall()
        return ledger.operation

    def verify(self, report: Report = silent, cancel: CancelToken | None = None) -> list[str]:
        """Prove the chain, and that records and texts are what the journal says.

        Returns:
            Faults in words; none when everything holds.
        """
        db = self._db
        with reading(db):
            return proof.verify(db, report, cancel)


def _event(row: Tuple) -> Event:
    seq, operation, time, who, what, ref, before, after = row
    return Event(
        seq,
        operation,
        time,
        who,
        what,
        ref,
        None if before is None else json.loads(before),
        None if after is None else json.loads(after),
    )


def _operation(row: Tuple) -> Operation:
    number, kind, title, time, who, records, undoes, undone = row
    return Operation(number, kind, title, time, who, records, undoes or 0, bool(undone))
