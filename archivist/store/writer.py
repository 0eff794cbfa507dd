"""Changing records: the one way in, and every change goes through the journal."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from archivist.model.errors import InputError, InternalError, ValueRefusedError
from archivist.model.record import AgentRole, State
from archivist.store import things
from archivist.store.records import read_row
from archivist.store.series import keep_title, title_of
from archivist.store.values import (
    LISTS,
    MUTABLE,
    SCALARS,
    Flat,
    Row,
    attribute_of,
    changed_by,
    difference,
    flat_of_new,
    flat_of_original,
    flat_of_row,
    record_of,
    row_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from archivist.model.record import Original, Record
    from archivist.store.database import Database
    from archivist.store.imports import ImportItem
    from archivist.store.ledger import Ledger
    from archivist.store.values import NewRecord

_INSERT = f"INSERT INTO records VALUES ({', '.join('?' * len(Row._fields))})"  # noqa: S608 - marks only
_FLUSH = 2000


class Writer:
    """One transaction of one operation.

    Made by `Store.write`; of no use after its `with` block has ended.
    """

    def __init__(
        self,
        db: Database,
        ledger: Ledger,
        settle: Callable[[Database, int, Iterable[ImportItem], int], None],
        has_original: Callable[[str], bool],
    ) -> None:
        self._db = db
        self._ledger = ledger
        self._settle = settle
        self._has_original = has_original
        self._new_rows: list[Row] = []
        self._new_texts: list[tuple[str, str]] = []
        self._items: dict[int, list[ImportItem]] = {}
        self._next_id = (db.value("SELECT max(id) FROM records") or 0) + 1
        self._numbers: dict[int, int] = {}
        self._named: set[str] = set()

    @property
    def operation(self) -> int:
        """The operation's number in the journal; 0 as long as a new one has changed nothing."""
        return self._ledger.operation if self._ledger.known else 0

    def file(self, new: NewRecord) -> Record:
        """File a record under the next accession number.

        Raises:
            ValueRefusedError: its reference code is another record's, or its text cannot be kept.
            InternalError: its original was not kept before.
        """
        self._claim_code(new.description.code, 0)
        if new.original is not None:
            self._name_original(new.original)
        text_hash = self._keep_text(new.text)
        now = self._ledger.time
        year, number = self._next_number()
        flat = flat_of_new(new, f"{year:04}-{number:06}", text_hash)
        row = row_of(flat, self._next_id, now, now)
        self._append(row.id, "filed", {}, flat)
        self._numbers[year] = number
        self._next_id += 1
        self._new_rows.append(row)
        self._spill()
        return record_of(row, self._ref_of(new.parent_id))

    def describe(self, record_id: int, values: Mapping[str, object]) -> frozenset[str]:
        """Change a description; what is equal already stays untouched.

        Args:
            record_id: the record.
            values: by attribute of Description, also "inbox" (bool) and "proposed" (the names of
                the attributes that nobody has confirmed). "custom" is the whole mapping.

        Returns:
            The attributes that really changed.

        Raises:
            UnknownRecordError: there is no such record.
            ValueRefusedError: the reference code is another record's.
        """
        row = self._read(record_id)
        current = flat_of_row(row)
        return self._change(row, current, _wanted(current, values), "changed")

    def trash(self, record_id: int) -> bool:
        """Move a record to the trash; return whether it was not there already."""
        return self._move(record_id, State.FILED, State.TRASHED, "trashed")

    def restore(self, record_id: int) -> bool:
        """Take a record out of the trash; return whether it was there."""
        return self._move(record_id, State.TRASHED, State.FILED, "restored")

    def correct_text(self, record_id: int, text: str) -> int:
        """Give a record a corrected text; the texts before are kept.

        Returns:
            The version the text now has; the same as before where it is the same text.
        """
        row = self._read(record_id)
        text_hash = self._keep_text(text)
        if text_hash == (row.text_hash or ""):
            return row.text_version
        version = max(row.text_version, self._last_version(record_id)) + 1
        wanted = {"text": [text_hash, version] if text_hash else None}
        self._change(row, flat_of_row(row), wanted, "text corrected")
        return version if text_hash else 0

    def set_original(self, record_id: int, original: Original | None) -> None:
        """Add, replace or take away the file of a record; it must be kept already."""
        row = self._read(record_id)
        if original is not None:
            self._name_original(original)
        wanted = {
            "original": flat_of_original(original) if original else None,
            "digest": original.sha256 if original and not original.member else None,
        }
        what = _said_of_original(had=bool(row.original), has=original is not None)
        self._change(row, flat_of_row(row), wanted, what)

    def title_series(self, code: str, title: str) -> bool:
        """Give a series of the file plan a title, or none; return whether that changed anything."""
        before = title_of(self._db, code)
        if title == before:
            return False
        self._ledger.append_title(code, before, title)
        keep_title(self._db, code, title)
        return True

    def put_thing(self, kind: str, number: int, value: Mapping[str, object] | None) -> int:
        """Give a thing its values.

        Args:
            kind: see `store.things.KINDS`.
            number: of the thing, or 0 for a new one.
            value: all its values by name from now on, as JSON can say them; None where it ends.

        Returns:
            Its number.

        Raises:
            InputError: there is no such thing.
            ValueRefusedError: a value cannot be kept.
        """
        self._spill()
        try:
            return things.put(self._db, self._ledger, kind, number, dict(value or {}))
        except UnicodeEncodeError as error:
            raise _half_a_character(things.words_for(kind).noun, error) from error

    def settle(self, run: int, item: ImportItem) -> None:
        """Note what became of one path of an import, within this transaction."""
        self._items.setdefault(run, []).append(item)

    def replace(self, row: Row, before: Flat, after: Flat, what: str) -> None:
        """Change a record's values, and append that to the journal."""
        result = changed_by(flat_of_row(row), after)
        self._append(row.id, what, before, after)
        self.flush()
        self._spill()
        new = row_of(result, row.id, row.filed, self._ledger.time)
        names = [name for name in MUTABLE if getattr(row, name) != getattr(new, name)]
        assignments = ", ".join(f"{name} = ?" for name in names)
        self._db.execute(
            f"UPDATE records SET {assignments} WHERE id = ?",  # noqa: S608 - columns of Row
            [*(getattr(new, name) for name in names), row.id],
        )

    def flush(self) -> None:
        """Write the records held back; all that was done so far can then be read."""
        if self._new_texts:
            self._db.many("INSERT OR IGNORE INTO texts VALUES (?, ?)", self._new_texts)
            self._new_texts.clear()
        if self._new_rows:
            self._db.many(_INSERT, self._new_rows)
            self._new_rows.clear()

    def finish(self) -> None:
        """Write everything; called at the end of the transaction."""
        self.flush()
        self._ledger.flush()
        self._keep_numbers()
        for run, items in self._items.items():
            self._settle(self._db, run, items, self.operation)

    def _spill(self) -> None:
        """Hold no more than a batch of entries, however much one operation changes."""
        if self._ledger.waiting >= _FLUSH:
            self.flush()
            self._ledger.flush()

    def _read(self, record_id: int) -> Row:
        self.flush()
        row, _ = read_row(self._db, record_id)
        return row

    def _change(
        self, row: Row, current: Flat, wanted: Mapping[str, object], what: str
    ) -> frozenset[str]:
        if row.state == State.CANCELLED.value:
            raise InputError(
                f"{row.ref} is cancelled: its filing was taken back.",
                "Redo the filing first; a cancelled number is only kept as a stub.",
            )
        before, after = difference(current, wanted)
        if not after:
            return frozenset()
        if code := after.get("code"):
            self._claim_code(code, row.id)
        self.replace(row, before, after, what)
        return frozenset(attribute_of(name) for name in after)

    def _move(self, record_id: int, old: State, new: State, what: str) -> bool:
        row = self._read(record_id)
        if row.state != old.value:
            return False
        self._change(row, flat_of_row(row), {"state": new.value}, what)
        return True

    def _claim_code(self, code: str, record_id: int) -> None:
        if not code:
            return
        self.flush()
        if holder := holder_of(self._db, code, record_id):
            raise ValueRefusedError(
                "reference code", code, f"it is {holder}'s.", "Give each record its own code."
            )

    def _name_original(self, original: Original) -> None:
        if original.sha256 in self._named:
            return
        self._named.add(original.sha256)
        sql = "SELECT 1 FROM originals WHERE sha256 = ?"
        if self._db.execute(sql, (original.sha256,)).fetchone():  # no record need be written first
            return
        if not self._has_original(original.sha256):
            raise InternalError(f"The original {original.name!r} was not kept before its record.")
        self._db.execute("INSERT INTO originals VALUES (?, ?)", (original.sha256, original.size))

    def _keep_text(self, text: str) -> str:
        if not text:
            return ""
        try:
            text_hash = hashlib.sha256(text.encode()).hexdigest()
        except UnicodeEncodeError as error:
            raise _half_a_character("text", error) from error
        self._new_texts.append((text_hash, text))
        return text_hash

    def _next_number(self) -> tuple[int, int]:
        """Return the year and running number of the next accession."""
        year = int(self._ledger.time[:4])
        if year in self._numbers:
            return year, self._numbers[year] + 1
        last = self._db.value("SELECT last FROM accessions WHERE year = ?", (year,))
        return year, (last or 0) + 1

    def _last_version(self, record_id: int) -> int:
        """Return the newest version a record's text had, also one that was taken back."""
        found = self._db.value(
            "SELECT max(json_extract(v.after, '$.text[1]')) FROM journal j"
            " JOIN journal_values v ON v.seq = j.seq WHERE j.record = ?",
            (record_id,),
        )
        return int(found or 0)

    def _append(self, record_id: int, what: str, before: Flat, after: Flat) -> None:
        """Append to the journal, before anything else is changed."""
        try:
            self._ledger.append(record_id, what, before, after)
        except UnicodeEncodeError as error:
            raise _half_a_character("description", error) from error

    def _keep_numbers(self) -> None:
        self._db.many("INSERT OR REPLACE INTO accessions VALUES (?, ?)", self._numbers.items())

    def _ref_of(self, record_id: int) -> str:
        if not record_id:
            return ""
        for row in reversed(self._new_rows):
            if row.id == record_id:
                return row.ref
        return str(self._db.value("SELECT ref FROM records WHERE id = ?", (record_id,)) or "")


def _half_a_character(field: str, error: UnicodeEncodeError) -> ValueRefusedError:
    found = error.object[error.start : error.end]
    return ValueRefusedError(field, found, "half a character cannot be kept.")


def holder_of(db: Database, code: str, record_id: int) -> str:
    """Return the reference of another record that holds a reference code, or nothing."""
    return str(
        db.value(
            "SELECT ref FROM records"
            " WHERE code = ? AND code <> '' AND state <> 'cancelled' AND id <> ?",
            (code, record_id),
        )
        or ""
    )


def _wanted(current: Flat, values: Mapping[str, object]) -> Flat:
    """Return the values a description is to have, in the journal's form."""
    wanted: Flat = {}
    for name, value in values.items():
        if name in SCALARS or name == "inbox":
            wanted[name] = value
        elif name in LISTS:
            wanted[name] = [_plain(one) for one in _items(value)]
        elif name == "custom":
            wanted |= _group(current, "custom:", dict(_pairs(value)))
        elif name == "proposed":
            wanted |= _group(current, "proposed:", dict.fromkeys(_items(value), True))
        else:
            raise InternalError(f"A description has no attribute {name!r}.")
    return wanted


def _group(current: Flat, prefix: str, values: dict[Any, object]) -> Flat:
    gone = dict.fromkeys((name for name in current if name.startswith(prefix)), None)
    return gone | {f"{prefix}{name}": value for name, value in values.items()}


def _items(value: object) -> list[Any]:
    if not isinstance(value, (tuple, list, set, frozenset)):
        raise InternalError(f"{value!r} is no collection.")
    return list(value)


def _pairs(value: object) -> Iterable[tuple[Any, object]]:
    if not isinstance(value, Mapping):
        raise InternalError(f"{value!r} is no mapping.")
    return value.items()


def _plain(value: object) -> object:
    return [value.name, value.role] if isinstance(value, AgentRole) else value


def _said_of_original(*, had: bool, has: bool) -> str:
    if not has:
        return "original removed"
    return "original replaced" if had else "original added"
