"""Rows of the table of statements, and what is handed to it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from archivist.model.statement import DatedFact, FiledStatement, Kind, Statement
from archivist.store.values import dumps

if TYPE_CHECKING:
    from archivist.model.statement import Status
    from archivist.store.database import Database, Tuple
    from archivist.store.ledger import Ledger


class Row(NamedTuple):
    """A row of the table `statements`."""

    number: int
    record: int
    key: str
    start: int
    stop: int
    kind: Kind
    pieces: str
    speaker: str
    surface: str
    role: str
    cue: str
    addressee: str
    occasion: str
    date: str
    certainty: float
    rule: str
    words: int
    version: int
    status: str
    decision: int
    stale: int
    turn: int
    worded: int
    live: int


_COLUMNS: Final = ", ".join(Row._fields)
SELECT: Final = f"SELECT s.{_COLUMNS.replace(', ', ', s.')} FROM statements s "  # noqa: S608 - names of columns
INSERT: Final = (
    f"INSERT OR REPLACE INTO statements ({_COLUMNS})"  # noqa: S608 - names of columns
    f" VALUES ({', '.join('?' * len(Row._fields))})"
)
_GONE: Final = "gone"
_WORDED: Final = (
    "speaker", "surface", "role", "cue", "addressee", "occasion", "date", "rule",
)  # fmt: skip
ERASED: Final = "statements.erased"
"""The number of the operation that last erased what a record says: their index is made anew."""


class Read(NamedTuple):
    """One statement that was read.

    Attributes:
        key: tells it from the others of its record.
        words: a checksum of its words: another text may have others at the same place.
        filed: the statement, and what people decided.
    """

    key: str
    words: int
    filed: FiledStatement


@dataclass(frozen=True, slots=True)
class Reading:
    """What one record's text was found to say.

    Attributes:
        record: its id.
        made_from: a digest of all that the finding depends on.
        statements: what it says.
        facts: sentences that carry a date.
    """

    record: int
    made_from: str
    statements: tuple[Read, ...] = ()
    facts: tuple[DatedFact, ...] = ()


def keep(db: Database, reading: Reading, version: int, turn: int) -> None:
    """Write what changed of a record's statements; what is the same keeps number and turn."""
    rows = map(Row._make, db.all(SELECT + "WHERE s.record = ?", (reading.record,)))
    old = {row.key: row for row in rows}
    fresh = (db.value("SELECT max(number) FROM statements") or 0) + 1
    new: list[Row] = []
    for read in reading.statements:
        before = old.pop(read.key, None)
        row = _row(read, version, turn)
        if before is None:
            new.append(row._replace(number=fresh))
            fresh += 1
        elif (after := _after(before, row)) != before:
            new.append(after)
    db.many(INSERT, new)
    gone = [(turn, row.number) for row in old.values() if row.status != _GONE]
    db.many("UPDATE statements SET status = 'gone', live = 0, turn = ? WHERE number = ?", gone)
    db.execute("DELETE FROM facts WHERE record = ?", (reading.record,))
    db.many(
        "INSERT INTO facts (record, start, stop, date, cue) VALUES (?, ?, ?, ?, ?)",
        [(reading.record, fact.start, fact.end, fact.date, fact.cue) for fact in reading.facts],
    )
    db.execute(
        "INSERT OR REPLACE INTO readings (record, made_from, version) VALUES (?, ?, ?)",
        (reading.record, reading.made_from, version),
    )


def touch(db: Database, record: int, turn: int, *, moved: bool) -> None:
    """Let the statements of a record be followed; `moved`: it came into the archive, or went."""
    db.execute(
        "UPDATE statements SET turn = ?, worded = iif(?, ?, worded) WHERE record = ? AND live = 1",
        (turn, moved, turn, record),
    )


def erase(db: Database, ledger: Ledger, record: int) -> None:
    """Leave no word of what a record was found to say, nor of what people decided on that.

    Statements keep their numbers, so that their index learns that they are gone. Their decisions
    end; the journal keeps that there were some.

    Args:
        db: the connection, its transaction begun.
        ledger: of the erasure.
        record: its id.
    """
    turn = (db.value("SELECT max(turn) FROM statements") or 0) + 1
    blank = ", ".join(f"{name} = ''" for name in _WORDED)
    db.execute(
        f"UPDATE statements SET {blank}, key = 'erased:' || number, start = 0, stop = 0,"  # noqa: S608 - names of columns
        " pieces = '[]', certainty = 0, words = 0, status = 'gone', decision = 0, stale = 0,"
        " live = 0, turn = ? WHERE record = ?",
        (turn, record),
    )
    db.execute("DELETE FROM facts WHERE record = ?", (record,))
    db.execute("DELETE FROM readings WHERE record = ?", (record,))
    decided = db.all(
        "SELECT DISTINCT t.number FROM things t JOIN journal j"
        " ON j.record IS NULL AND j.touches = 'said:' || t.number"
        " JOIN journal_values v ON v.seq = j.seq WHERE t.kind = 'said' AND ? IN"
        " (json_extract(v.before, '$.record'), json_extract(v.after, '$.record'))",
        (record,),
    )
    for (number,) in decided:
        ledger.append_thing(f"said:{number}", "erased", {}, {})
        db.execute("UPDATE things SET value = NULL WHERE number = ?", (number,))
    ledger.flush()
    _erase_values(db, [f"said:{number}" for (number,) in decided])
    db.execute(
        "INSERT OR REPLACE INTO state (key, value) VALUES (?, ?)", (ERASED, dumps(ledger.operation))
    )


def _erase_values(db: Database, keys: list[str]) -> None:
    """Erase what the journal says of things; its guard knows erasures of records only."""
    if not keys:
        return
    guard = db.value("SELECT sql FROM sqlite_master WHERE name = 'values_are_kept'")
    db.execute("DROP TRIGGER values_are_kept")
    db.execute(
        "DELETE FROM journal_values WHERE seq IN (SELECT seq FROM journal WHERE record IS NULL"
        " AND what <> 'erased' AND touches IN (SELECT value FROM json_each(?)))",
        (dumps(keys),),
    )
    db.execute(guard)


def _row(read: Read, version: int, turn: int) -> Row:
    """Return the row of a statement that is new in this turn."""
    one = read.filed
    said = one.statement
    return Row(
        number=0,
        record=one.record,
        key=read.key,
        start=said.start,
        stop=said.end,
        kind=said.kind,
        pieces=dumps(said.pieces),
        speaker=said.speaker,
        surface=said.surface,
        role=said.role,
        cue=said.cue,
        addressee=said.addressee,
        occasion=said.occasion,
        date=said.date,
        certainty=said.certainty,
        rule=said.rule,
        words=read.words,
        version=version,
        status=one.status,
        decision=one.decision,
        stale=int(one.stale),
        turn=turn,
        worded=turn,
        live=int(one.shown),
    )


def _after(before: Row, row: Row) -> Row:
    """Return what becomes of a row; it keeps its turn where nothing but the version changed."""
    kept = before._replace(version=row.version)
    same = row._replace(number=kept.number, turn=kept.turn, worded=kept.worded) == kept
    return kept if same else row._replace(number=before.number)


def filed(columns: Tuple) -> FiledStatement:
    """Return the statement that a row holds."""
    row = Row._make(columns)
    pieces = tuple((start, end) for start, end in json.loads(row.pieces))
    said = Statement(
        row.start,
        row.stop,
        row.kind,
        pieces,
        row.speaker,
        row.surface,
        row.role,
        row.cue,
        row.addressee,
        row.occasion,
        row.date,
        row.certainty,
        row.rule,
    )
    status = cast("Status", row.status)
    return FiledStatement(row.number, row.record, said, status, row.decision, bool(row.stale))
