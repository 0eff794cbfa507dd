"""Taking operations back, value by value; what somebody changed later stays and is named."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from archivist.model.change import Conflict, Operation
from archivist.model.errors import InputError, NothingToUndoError
from archivist.model.record import State
from archivist.store import undo_things
from archivist.store.database import alone
from archivist.store.ledger import Ledger
from archivist.store.records import read_rows
from archivist.store.series import keep_title, title_of
from archivist.store.values import (
    MUTABLE,
    Flat,
    Row,
    attribute_of,
    changed_by,
    dumps,
    flat_of_row,
    row_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archivist.store.database import Database, Tuple
    from archivist.store.journal import Journal

_Later: TypeAlias = dict[str, str]
"""Reasons by the name of a value; "" is the record as a whole."""

_BATCH = 1000
_UPDATE = (
    "UPDATE records SET " + ", ".join(f"{name} = ?" for name in MUTABLE) + " WHERE id = ?"  # noqa: S608 - columns of Row
)
_LATER = "It was changed later."
_ERASED = "Its values before were erased."
_CANCELLED = "The filing of the record was taken back."
_TAKEN = "The reference code is another record's now."


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo or redo did.

    Attributes:
        operation: the operation that takes back; 0 where everything had to stay.
        undone: the operation taken back, or done again.
        title: for people, for example "Undid: Change of date".
        records: ids of the records touched.
        conflicts: what was changed later and stays.
        things: the kinds of the things touched.
    """

    operation: int
    undone: int
    title: str
    records: tuple[int, ...]
    conflicts: tuple[Conflict, ...]
    things: frozenset[str] = frozenset()


class _Change(NamedTuple):
    """A record as it stands, and the values it is to have."""

    row: Row
    current: Flat
    wanted: Flat


@dataclass(slots=True)
class _Plan:
    """What an operation did to a record, and what taking it back is to make of the record."""

    row: Row
    before: Flat
    after: Flat
    last: int
    filed: bool = False
    erased: bool = False

    def wanted(self) -> Flat:
        """Return the values to go back to."""
        return {"state": State.CANCELLED.value} if self.filed else self.before


def undo(db: Database, journal: Journal, operation: int | None, who: str, now: str) -> Undone:
    """Take an operation back, in a transaction of its own."""
    with alone(db):
        found = _newest(journal) if operation is None else _named(journal, operation)
        if found.kind == "undo":
            return _redo(db, journal, found, who, now)
        return _take_back(db, found, found.id, f"Undid: {found.title}", ("undo", who, now))


def redo(db: Database, journal: Journal, who: str, now: str) -> Undone:
    """Take the newest undo back, in a transaction of its own."""
    with alone(db):
        found = journal.redoable()
        if found is None:
            raise NothingToUndoError(
                "There is nothing to do again.", "Only what was just undone can be done again."
            )
        return _redo(db, journal, found, who, now)


def _redo(db: Database, journal: Journal, undone: Operation, who: str, now: str) -> Undone:
    origin = journal.operation(undone.undoes)
    title = f"Redid: {origin.title}"
    done = _take_back(db, undone, origin.id, title, ("redo", who, now))
    if done.operation:
        _mark(db, origin.id, undone=False)
    return done


def _newest(journal: Journal) -> Operation:
    found = journal.undoable()
    if found is None:
        raise NothingToUndoError("There is nothing to undo.")
    return found


def _named(journal: Journal, number: int) -> Operation:
    """Return the operation to take back; for a redo that is the one it did again."""
    try:
        found = journal.operation(number)
        while found.kind == "redo":
            found = journal.operation(journal.operation(found.undoes).undoes)
    except InputError as error:
        raise NothingToUndoError(error.message, "The history lists what there is.") from error
    if found.undone or found.kind == "erase":
        raise NothingToUndoError(
            f"“{found.title}” cannot be taken back."
            if found.kind == "erase"
            else f"“{found.title}” was taken back already.",
            "The history tells what came after it.",
        )
    return found


def _take_back(
    db: Database, operation: Operation, named: int, title: str, by: tuple[str, str, str]
) -> Undone:
    kind, who, now = by
    ledger = Ledger(db, kind, title, who, now, undoes=operation.id)
    conflicts: list[Conflict] = []
    touched: list[int] = []
    for plans in _plans(db, operation.id):
        touched += _revert(db, ledger, plans, conflicts)
    _revert_titles(db, ledger, conflicts)
    kinds = undo_things.revert(db, ledger, conflicts)
    if not (ledger.known or conflicts):
        _note_nothing(db, ledger, operation.id)
    ledger.flush()
    if ledger.known:
        _mark(db, operation.id, undone=True)
        _stop_import(db, operation.id)
    return Undone(
        ledger.operation if ledger.known else 0,
        named,
        title,
        tuple(sorted(touched)),
        tuple(conflicts),
        kinds,
    )


def _note_nothing(db: Database, ledger: Ledger, operation: int) -> None:
    """Journal that what ended as it began was taken back: undo would else stay at it."""
    record = db.value(
        "SELECT min(record) FROM journal WHERE operation = ? AND record IS NOT NULL", (operation,)
    )
    if record is not None:
        ledger.append(record, "taken back", {}, {})
        db.execute("UPDATE records SET changed = ? WHERE id = ?", (ledger.time, record))


def _mark(db: Database, operation: int, *, undone: bool) -> None:
    db.execute("UPDATE operations SET undone = ? WHERE id = ?", (int(undone), operation))


def _stop_import(db: Database, operation: int) -> None:
    """Leave an import that was taken back before its end where it is, never to be taken up."""
    db.execute(
        "UPDATE imports SET state = 'stopped'"
        " WHERE operation = ? AND state IN ('running', 'interrupted')",
        (operation,),
    )


def _plans(db: Database, operation: int) -> Iterator[list[_Plan]]:
    """Yield what an operation did, in batches; all that gave or took reference codes come first.

    Codes are unique: records that pass one on to each other go back together or not at all.
    """
    coded = [row[0] for row in db.all(_CODED, (operation,))]
    everything = [row[0] for row in db.all(_TOUCHED, (operation,))]
    rest = sorted(set(everything) - set(coded))
    if coded:
        yield _read_plans(db, operation, coded)
    for start in range(0, len(rest), _BATCH):
        yield _read_plans(db, operation, rest[start : start + _BATCH])


_TOUCHED = "SELECT DISTINCT record FROM journal WHERE operation = ? AND record IS NOT NULL"
_CODED = (
    "SELECT DISTINCT j.record FROM journal j JOIN journal_values v ON v.seq = j.seq"
    " WHERE j.operation = ? AND json_extract(v.after, '$.ref') IS NULL"
    " AND json_type(v.after, '$.code') IS NOT NULL ORDER BY 1"
)
_DONE = (
    "SELECT j.record, j.seq, j.what, v.before, v.after FROM json_each(?) wanted"
    " CROSS JOIN journal j ON j.operation = ? AND j.record = wanted.value"
    " LEFT JOIN journal_values v ON v.seq = j.seq ORDER BY j.record, j.seq"
)
_SINCE = (
    "SELECT j.record, j.seq, j.who, j.time, v.after FROM json_each(?) wanted"
    " CROSS JOIN journal j ON j.record = wanted.value AND j.seq > ?"
    " CROSS JOIN operations o ON o.id = j.operation AND o.undone = 0 AND o.undoes IS NULL"
    " LEFT JOIN journal_values v ON v.seq = j.seq WHERE j.operation <> ?"
)


def _read_plans(db: Database, operation: int, records: list[int]) -> list[_Plan]:
    rows = read_rows(db, records)
    entries = db.all(_DONE, (dumps(records), operation))
    return [
        _plan(rows[record][0], list(found))
        for record, found in groupby(entries, key=lambda entry: int(entry[0]))
    ]


def _plan(row: Row, entries: list[Tuple]) -> _Plan:
    """Put together what the entries of an operation did to a record in all."""
    plan = _Plan(row, {}, {}, last=entries[-1][1])
    for _, _, what, before, after in entries:
        if before is None:
            plan.erased = True
            continue
        plan.filed = plan.filed or what == "filed"
        plan.before = json.loads(before) | plan.before
        plan.after |= json.loads(after)
    return plan


def _revert(
    db: Database, ledger: Ledger, plans: list[_Plan], conflicts: list[Conflict]
) -> list[int]:
    """Take back what can be, name the rest; return the ids of the records touched."""
    later = _changed_later(db, ledger, plans)
    changes: dict[int, _Change] = {}
    for plan in plans:
        current = flat_of_row(plan.row)
        wanted, left = _judge(plan, current, later.get(plan.row.id, {}))
        conflicts += _said(plan.row.ref, left)
        if wanted:
            changes[plan.row.id] = _Change(plan.row, current, wanted)
    _leave_taken_codes(db, changes, conflicts)
    _write(db, ledger, changes)
    return list(changes)


def _changed_later(db: Database, ledger: Ledger, plans: list[_Plan]) -> dict[int, _Later]:
    """Return by record who changed which values after the operation, and still has.

    What was taken back since, and what took it back, cancel each other out.
    """
    last = {plan.row.id: plan.last for plan in plans}
    operation = ledger.undoes
    rows = db.all(_SINCE, (dumps(list(last)), min(last.values(), default=0), operation))
    found: dict[int, _Later] = {}
    for record, seq, who, time, after in rows:
        if seq > last[record]:
            reason = f"{who} changed it later, on {time[:10]}."
            names = ["", *(json.loads(after) if after else ())]
            found.setdefault(record, {}).update(dict.fromkeys(names, reason))
    return found


def _judge(plan: _Plan, current: Flat, later: _Later) -> tuple[Flat, dict[str, str]]:
    """Return which values go back to what, and which stay for what reason."""
    if plan.erased:
        return {}, {"": _ERASED}
    if plan.filed:
        stands = not later and current["state"] == plan.after["state"]
        return (plan.wanted(), {}) if stands else ({}, {"state": later.get("", _LATER)})
    wanted: Flat = {}
    left: dict[str, str] = {}
    cancelled = current["state"] == State.CANCELLED.value and "state" not in plan.after
    for name, value in plan.before.items():
        if cancelled:
            left[name] = _CANCELLED
        elif name in later or current.get(name) != (plan.after.get(name) or None):
            left[name] = later.get(name, _LATER)
        elif current.get(name) != (value or None):
            wanted[name] = value
    return wanted, left


def _said(ref: str, left: dict[str, str]) -> Iterator[Conflict]:
    """Name what stays, each attribute once."""
    named: set[str] = set()
    for name, reason in left.items():
        field = name.removeprefix("custom:").removeprefix("proposed:")
        if field not in named:
            named.add(field)
            yield Conflict(ref, field, reason)


def _leave_taken_codes(
    db: Database, changes: dict[int, _Change], conflicts: list[Conflict]
) -> None:
    """Leave alone what would give a reference code to two records."""
    coded = {
        record: change
        for record, change in changes.items()
        if "code" in change.wanted or ("state" in change.wanted and change.row.code)
    }
    while taken := _taken(db, coded):
        for record in taken:
            change = coded.pop(record)
            kept = {name: v for name, v in change.wanted.items() if name not in {"code", "state"}}
            field = "code" if "code" in change.wanted else "state"
            conflicts.append(Conflict(change.row.ref, field, _TAKEN))
            changes[record] = change._replace(wanted=kept)
            if not kept:
                del changes[record]


def _taken(db: Database, coded: dict[int, _Change]) -> list[int]:
    """Return the records whose code another would hold if all went back."""
    claims: dict[str, int] = {}
    taken: list[int] = []
    for record, change in coded.items():
        code, state = _code_and_state(change.row, change.wanted)
        if not code or state == State.CANCELLED.value:
            continue
        holders = _holders(db, code)
        if any(holder not in coded for holder in holders) or code in claims:
            taken.append(record)
        claims[code] = record
    return taken


def _code_and_state(row: Row, wanted: Flat) -> tuple[str, str]:
    code: Any = wanted.get("code", row.code)
    return code or "", wanted.get("state") or row.state


def _holders(db: Database, code: str) -> list[int]:
    rows: Iterable[Tuple] = db.all(
        "SELECT id FROM records WHERE code = ? AND code <> '' AND state <> 'cancelled'", (code,)
    )
    return [row[0] for row in rows]


def _revert_titles(db: Database, ledger: Ledger, conflicts: list[Conflict]) -> None:
    """Give series back the titles they had."""
    entries = db.all(
        "SELECT v.before, v.after FROM journal j JOIN journal_values v ON v.seq = j.seq"
        " WHERE j.operation = ? AND j.record IS NULL AND j.touches = 'series' ORDER BY j.seq",
        (ledger.undoes,),
    )
    before: Flat = {}
    after: Flat = {}
    for old, new in entries:
        before = json.loads(old) | before
        after |= json.loads(new)
    for code, title in before.items():
        now = title_of(db, code)
        if now != (after[code] or ""):
            conflicts.append(Conflict("", f"title of series {code}", _LATER))
        elif now != (title or ""):
            ledger.append_title(code, now, title or "")
            keep_title(db, code, title or "")


def _write(db: Database, ledger: Ledger, changes: dict[int, _Change]) -> None:
    coded = [(record,) for record, change in changes.items() if "code" in change.wanted]
    db.many("UPDATE records SET code = '' WHERE id = ?", coded)
    states: list[tuple[str, str, int]] = []
    others: list[tuple[Any, ...]] = []
    for record, (row, current, wanted) in changes.items():
        before = {name: current.get(name) for name in wanted}
        after = {name: value or None for name, value in wanted.items()}
        ledger.append(record, _what(wanted), before, after)
        if wanted.keys() == {"state"}:
            states.append((wanted["state"], ledger.time, record))
        else:
            new = row_of(changed_by(current, wanted), record, row.filed, ledger.time)
            others.append((*(getattr(new, name) for name in MUTABLE), record))
    db.many("UPDATE records SET state = ?, changed = ? WHERE id = ?", states)
    db.many(_UPDATE, others)
    ledger.flush()


def _what(wanted: Flat) -> str:
    if "state" in wanted:
        return {"cancelled": "cancelled", "trashed": "trashed"}.get(wanted["state"], "restored")
    names = {attribute_of(name) for name in wanted}
    if "text" in names:
        return "text corrected"
    return "original replaced" if "original" in names else "changed"
