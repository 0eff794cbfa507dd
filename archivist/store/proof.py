"""Proving the journal: its chain, and that nothing stands in the records that it does not tell."""

from __future__ import annotations

import hashlib
import json
from itertools import groupby
from typing import TYPE_CHECKING

from archivist.model.progress import Progress
from archivist.store import chain, things
from archivist.store.chain import Entry, Values
from archivist.store.ledger import SERIES_TITLED
from archivist.store.values import Flat, Row, changed_by, dumps, flat_of_row, row_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archivist.model.progress import CancelToken, Report
    from archivist.store.database import Database, Tuple

_MANY = 100
_ENTRIES = (
    "SELECT j.seq, j.operation, j.time, j.who, j.what, j.record, j.touches, j.format, j.digest,"
    " j.hash, v.salt, v.before, v.after FROM journal j"
    " LEFT JOIN journal_values v ON v.seq = j.seq "
)
_EVERY = 1000


def verify(db: Database, report: Report, cancel: CancelToken | None) -> list[str]:
    """Return what is wrong with journal, records and texts, at most so much as anybody reads."""
    pace = _pace(db, report, cancel)
    faults: list[str] = []
    for check in (_chain, _operations, _records, _titles, _things, _texts):
        for fault in check(db, pace):
            faults.append(fault)
            if len(faults) >= _MANY:
                return [*faults, "There may be more faults; the check ended here."]
    return faults


def integrity(db: Database) -> list[str]:
    """Return what SQLite itself finds wrong: pages, indexes, types, references."""
    found = [str(row[0]) for row in db.all("PRAGMA integrity_check(100)")]
    faults = [] if found == ["ok"] else [f"The database is damaged: {one}." for one in found]
    return faults + [
        f"A row of {table} refers to one of {parent} that is not there."
        for table, _, parent, _ in db.all("PRAGMA foreign_key_check")
    ]


def _pace(db: Database, report: Report, cancel: CancelToken | None) -> Callable[[str], None]:
    total = int(
        db.value(
            "SELECT (SELECT count(*) FROM journal) + (SELECT count(*) FROM records)"
            " + (SELECT count(*) FROM texts)"
        )
    )
    done = 0

    def step(phase: str) -> None:
        nonlocal done
        done += 1
        if done % _EVERY == 0:
            if cancel is not None:
                cancel.check()
            report(Progress(done, total, phase))

    return step


def _chain(db: Database, step: Callable[[str], None]) -> Iterator[str]:
    """Walk the chain from its origin."""
    previous = chain.origin(db.value("SELECT value FROM archive WHERE key = 'id'"))
    seals = _Seals(db)
    expected = 0
    for row in db.stream(_ENTRIES + "ORDER BY j.seq"):
        step("Checking the journal")
        entry = Entry._make(row[:10])
        expected += 1
        if entry.seq != expected:
            yield f"The journal lacks entry {expected}."
            expected = entry.seq
        if chain.link(previous, seals.of(entry.operation), entry) != entry.hash:
            yield f"Entry {entry.seq} of the journal was altered, or what it is chained to."
        if row[10] is not None and chain.digest(Values(entry.seq, *row[10:])) != entry.digest:
            yield f"The values of entry {entry.seq} of the journal were altered."
        previous = entry.hash
    yield from _missing_values(db)


class _Seals:
    """The seals of operations, computed anew from their words; entries come in runs of one."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._last = (0, b"")

    def of(self, operation: int) -> bytes:
        if self._last[0] != operation:
            self._last = (operation, self._read(operation))
        return self._last[1]

    def _read(self, operation: int) -> bytes:
        row = self._db.first(
            "SELECT salt, kind, title, coalesce(undoes, 0) FROM operations WHERE id = ?",
            (operation,),
        )
        return chain.seal(*row) if row else b""


def _missing_values(db: Database) -> Iterator[str]:
    lost = db.stream(
        "SELECT j.seq FROM journal j LEFT JOIN journal_values v ON v.seq = j.seq"
        " WHERE v.seq IS NULL AND NOT EXISTS (SELECT 1 FROM journal e"
        " WHERE e.record = j.record AND e.seq > j.seq AND e.what = 'erased')"
        " AND (j.record IS NOT NULL OR NOT EXISTS (SELECT 1 FROM journal e"
        " WHERE e.record IS NULL AND e.touches = j.touches AND e.seq > j.seq"
        " AND e.what = 'erased'))"
    )
    for (seq,) in lost:
        yield f"The values of entry {seq} of the journal are gone, and no entry tells why."


def _operations(db: Database, _step: Callable[[str], None]) -> Iterator[str]:
    """Compare what operations say of themselves with their entries and those that undo them."""
    undone: set[int] = set()
    undoes: dict[int, int] = {}
    for number, kind, target in db.stream(
        "SELECT id, kind, undoes FROM operations WHERE undoes IS NOT NULL ORDER BY id"
    ):
        undoes[number] = target
        undone.add(target)
        if kind == "redo":
            undone.discard(undoes.get(target, 0))
    for number, flag, records, entries in db.stream(
        "SELECT o.id, o.undone, o.records, (SELECT count(DISTINCT record) FROM journal"
        " WHERE operation = o.id) FROM operations o ORDER BY o.id"
    ):
        if bool(flag) != (number in undone):
            yield f"Operation {number} does not say rightly whether it was taken back."
        if records != entries:
            yield f"Operation {number} says it touched {records} records; it touched {entries}."


def _records(db: Database, step: Callable[[str], None]) -> Iterator[str]:
    """Replay each record's entries and compare the outcome with what stands in the table."""
    entries = groupby(
        db.stream(_ENTRIES + "WHERE j.record IS NOT NULL ORDER BY j.record, j.seq"),
        key=lambda row: int(row[5]),
    )
    told = next(entries, None)
    for values in db.stream("SELECT * FROM records ORDER BY id"):
        step("Comparing the records with the journal")
        row = Row._make(values)
        while told is not None and told[0] < row.id:
            yield _lost(told[0])
            told = next(entries, None)
        if told is None or told[0] != row.id:
            yield f"{row.ref} stands in no entry of the journal."
            continue
        yield from _compare(row, list(told[1]))
        told = next(entries, None)
    if told is not None:
        yield _lost(told[0])
    yield from (_lost(record) for record, _ in entries)
    yield from _numbers(db)


def _lost(record: int) -> str:
    return f"The journal tells of a record {record} that is not there."


def _compare(row: Row, entries: list[Tuple]) -> Iterator[str]:
    flat: Flat = {}
    erased = False
    for entry in entries:
        if entry[12] is None:
            erased = True
        else:
            flat = changed_by(flat, json.loads(entry[12]))
    if erased:
        flat = flat_of_row(row) | flat
    if not {"ref", "state"} <= flat.keys():
        yield f"The journal does not tell how {row.ref} was filed."
        return
    told = row_of(flat, row.id, entries[0][2], entries[-1][2])
    for name, standing, telling in zip(Row._fields, row, told, strict=True):
        if standing != telling:
            yield f"{row.ref} was changed past the journal: its {name.replace('_', ' ')}."


def _titles(db: Database, _step: Callable[[str], None]) -> Iterator[str]:
    """Compare the titles of series with what the journal says of them."""
    told: Flat = {}
    for (after,) in db.stream(
        "SELECT v.after FROM journal j JOIN journal_values v ON v.seq = j.seq"
        " WHERE j.what = ? AND j.record IS NULL ORDER BY j.seq",
        (SERIES_TITLED,),
    ):
        told = changed_by(told, json.loads(after))
    standing: dict[str, str] = dict(db.all("SELECT code, title FROM series"))
    for code in sorted(told.keys() | standing.keys()):
        if told.get(code) != standing.get(code):
            yield f"The title of series {code} was changed past the journal."


def _things(db: Database, step: Callable[[str], None]) -> Iterator[str]:
    """Replay the entries of each thing and compare the outcome with what stands in the table."""
    told: dict[str, Flat] = {}
    for key, after in db.stream(
        "SELECT j.touches, v.after FROM journal j JOIN journal_values v ON v.seq = j.seq"
        " WHERE j.record IS NULL AND j.touches <> 'series' ORDER BY j.seq"
    ):
        step("Comparing the things with the journal")
        told[key] = things.changed_by(told.get(key, {}), json.loads(after))
    for number, kind, value in db.stream("SELECT number, kind, value FROM things"):
        key = things.key_of(kind, number)
        if key not in told:
            yield f"The {_called(key)} stands in no entry of the journal."
        elif dumps(told.pop(key)) != (value or "{}"):
            yield f"The {_called(key)} was changed past the journal."
    yield from (f"The journal tells of a {_called(key)} that is not there." for key in told)


def _called(key: str) -> str:
    kind, _, number = key.partition(":")
    noun = things.KINDS[kind].noun if kind in things.KINDS else f"thing of kind {kind}"
    return f"{noun} {number}"


def _numbers(db: Database) -> Iterator[str]:
    late = db.stream(
        "SELECT r.ref FROM records r LEFT JOIN accessions a ON a.year = CAST(r.ref AS INTEGER)"
        " WHERE coalesce(a.last, 0) < CAST(substr(r.ref, 6) AS INTEGER)"
    )
    for (ref,) in late:
        yield f"{ref} could be given again: the count of accession numbers lies behind it."


def _texts(db: Database, step: Callable[[str], None]) -> Iterator[str]:
    """Compare every text with its hash."""
    for digest, text in db.stream("SELECT hash, text FROM texts", size=50):
        step("Checking the texts")
        if hashlib.sha256(text.encode()).hexdigest() != digest:
            yield f"The text {digest} was altered."
