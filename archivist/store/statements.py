"""What texts say that somebody said, as it was read from them; made again whenever need be.

Nothing here is journalled: a statement follows from a text, the rules, and what people decided. One
number counts what happens to statements (`turn`), so that their index can follow it as the other
one follows the journal.
"""

from __future__ import annotations

import json
from array import array
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from archivist.model.statement import DatedFact, FiledStatement
from archivist.store.database import writing
from archivist.store.statement_rows import ERASED, SELECT, Reading, filed, keep, touch
from archivist.store.values import dumps

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from archivist.store.database import Connections, Database


_AMONG: Final = "(SELECT value FROM json_each(?))"
_FOLLOWED: Final = "statements.followed"
_STEP: Final = 500


@dataclass(frozen=True, slots=True)
class Followed:
    """How far the texts of an archive were read.

    Attributes:
        sequence: of the journal: what happened after it was not looked at yet.
        version: of the rules; 0 where no text was ever read.
        after: while all texts are read anew, the id of the last record that was; else -1.
    """

    sequence: int = 0
    version: int = 0
    after: int = -1


class Turned(NamedTuple):
    """A statement to which something happened.

    Attributes:
        number: of the statement.
        record: id of its record.
        found: whether searches are to find it.
        worded: whether its words may be others, or it was not to be found before.
    """

    number: int
    record: int
    found: bool
    worded: bool


class Outline(NamedTuple):
    """Of a statement, what an order of many needs.

    Attributes:
        number: of the statement.
        record: id of its record.
        speaker: joint ones separated by "; ".
        role: their office.
        date: when it was said, else the record's.
    """

    number: int
    record: int
    speaker: str
    role: str
    date: str


class Holding(NamedTuple):
    """A statement that lies over a place of a text.

    Attributes:
        place: the number of the place.
        start: where the statement begins, in characters.
        end: where it ends, exclusive.
        speaker: joint ones separated by "; ".
        role: their office.
        date: when it was said, where the text tells that; else empty.
    """

    place: int
    start: int
    end: int
    speaker: str
    role: str
    date: str


class Statements:
    """The archive's statements; may be shared by threads.

    Args:
        connections: to the archive's database.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    @property
    def _db(self) -> Database:
        return self._connections.current()

    def followed(self) -> Followed:
        """Return how far the texts were read."""
        return _followed(self._db)

    def of(self, record: int) -> list[FiledStatement]:
        """Return the statements of a record in the order of its text, rejected ones, too."""
        rows = self._db.all(
            SELECT + "WHERE s.record = ? AND s.status <> 'gone' ORDER BY s.start, s.number",
            (record,),
        )
        return [filed(row) for row in rows]

    def many(self, numbers: Sequence[int]) -> list[FiledStatement]:
        """Return statements in the order asked for; what is no more is left out."""
        rows = self._db.all(SELECT + f"WHERE s.number IN {_AMONG}", (dumps(list(numbers)),))
        found = {row[0]: filed(row) for row in rows}
        return [found[number] for number in numbers if number in found]

    def outlines(self, numbers: Sequence[int]) -> list[Outline]:
        """Return who said statements, and when, in the order asked for."""
        rows = self._db.all(
            "SELECT s.number, s.record, s.speaker, s.role,"  # noqa: S608 - a constant
            " coalesce(nullif(s.date, ''), r.date, '')"
            f" FROM statements s JOIN records r ON r.id = s.record WHERE s.number IN {_AMONG}",
            (dumps(list(numbers)),),
        )
        found = {row[0]: Outline(*row) for row in rows}
        return [found[number] for number in numbers if number in found]

    def holding(self, places: Sequence[tuple[int, int, int]], least: float) -> list[Holding]:
        """Return the statements of somebody that lie over places, the shortest of each first.

        Args:
            places: a record, and where the place begins and ends in its text, in characters.
            least: how certain a statement must be.
        """
        rows = self._db.all(
            "SELECT p.key, s.start, s.stop, s.speaker, s.role, s.date FROM json_each(?) p"
            " JOIN statements s ON s.record = json_extract(p.value, '$[0]')"
            " WHERE s.start < json_extract(p.value, '$[2]')"
            " AND s.stop > json_extract(p.value, '$[1]')"
            " AND s.live = 1 AND s.certainty >= ? AND s.speaker <> ''"
            " ORDER BY p.key, s.stop - s.start, s.number",
            (dumps([list(place) for place in places]), least),
        )
        return [Holding(*row) for row in rows]

    def late(self, records: Collection[int]) -> set[int]:
        """Return those of some records that were filed or changed since texts were read last."""
        followed, among = self.followed(), dumps(list(records))
        rows = self._db.all(
            f"SELECT DISTINCT record FROM journal WHERE record IN {_AMONG} AND seq > ?",  # noqa: S608 - a constant
            (among, followed.sequence),
        )
        if followed.after >= 0:  # those still to come were never read, or by earlier rules
            rows += self._db.all(
                f"SELECT id FROM records WHERE id IN {_AMONG} AND id > ?"  # noqa: S608 - a constant
                " AND id NOT IN (SELECT record FROM readings)",
                (among, followed.after),
            )
        return {record for (record,) in rows}

    def records_of(self, numbers: Collection[int]) -> dict[int, int]:
        """Return the records of some statements, by number."""
        sql = f"SELECT number, record FROM statements WHERE number IN {_AMONG}"  # noqa: S608 - a constant
        return dict(self._db.all(sql, (dumps(list(numbers)),)))

    def owners(self) -> array[int]:
        """Return the record of every statement there ever was, by number; 0 for no statement."""
        rows = self._db.all("SELECT number, record FROM statements ORDER BY number")
        found = array("q", bytes(8 * (rows[-1][0] + 1 if rows else 1)))
        for number, record in rows:
            found[number] = record
        return found

    def facts(self, record: int) -> list[DatedFact]:
        """Return the sentences of a record that carry a date, in the order of its text."""
        sql = "SELECT start, stop, date, cue FROM facts WHERE record = ? ORDER BY start, number"
        return [DatedFact(*row) for row in self._db.all(sql, (record,))]

    def dated(self, records: Collection[int]) -> Iterator[tuple[str, int, int, int]]:
        """Yield the dates of some records, if filed: date, record, and where its sentence is.

        The records' own dates stand at 0, 0. In order of the dates as they are written, so that a
        year comes before its days, then of records and of their texts.
        """
        among = dumps(list(records))
        yield from self._db.stream(
            "SELECT f.date, f.record, f.start, f.stop FROM facts f JOIN records r"  # noqa: S608 - a constant
            f" ON r.id = f.record WHERE f.record IN {_AMONG} AND +r.state = 'filed' UNION ALL"
            f" SELECT date, id, 0, 0 FROM records WHERE id IN {_AMONG} AND +state = 'filed'"
            " AND date <> '' ORDER BY 1, 2, 3",
            (among, among),
        )

    def deciders(self, decisions: Collection[int]) -> dict[int, tuple[str, str]]:
        """Return who made decisions as they stand, and when (UTC), by number of the decision."""
        rows = self._db.all(
            "SELECT v.value, j.who, j.time FROM json_each(?) v"
            " JOIN journal j INDEXED BY journal_things"
            " ON j.touches = 'said:' || v.value AND j.record IS NULL ORDER BY j.seq",
            (dumps(list(decisions)),),
        )
        return {int(number): (who, time) for number, who, time in rows}

    def counts(self) -> tuple[int, int]:
        """Return how many statements can be found, and in how many records."""
        row = self._db.first(
            "SELECT count(*), count(DISTINCT s.record) FROM statements s JOIN records r"
            " ON r.id = s.record WHERE s.live = 1 AND r.state = 'filed'"
        )
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def made_from(self, records: Collection[int]) -> dict[int, str]:
        """Return what the readings of records were made from; nothing for one not yet read."""
        sql = f"SELECT record, made_from FROM readings WHERE record IN {_AMONG}"  # noqa: S608 - a constant
        return dict(self._db.all(sql, (dumps(list(records)),)))

    def decisions(self, records: Collection[int]) -> dict[int, list[tuple[int, dict[str, Any]]]]:
        """Return what people decided on statements of records: number and values, by record."""
        found: dict[int, list[tuple[int, dict[str, Any]]]] = {}
        rows = self._db.all(
            "SELECT json_extract(value, '$.record'), number, value FROM things"
            " WHERE kind = 'said' AND json_extract(value, '$.record')"
            " IN (SELECT value FROM json_each(?)) ORDER BY number",
            (dumps(list(records)),),
        )
        for record, number, value in rows:
            found.setdefault(record, []).append((number, json.loads(value)))
        return found

    def decided(self, since: int, upto: int) -> set[int]:
        """Return the records on whose statements people decided, by entries of the journal."""
        rows = self._db.all(
            "SELECT coalesce(json_extract(v.after, '$.record'), json_extract(v.before, '$.record'),"
            " json_extract(t.value, '$.record')) FROM journal j"
            " LEFT JOIN journal_values v ON v.seq = j.seq"
            " LEFT JOIN things t ON t.number = CAST(substr(j.touches, 6) AS INTEGER)"
            " WHERE j.seq > ? AND j.seq <= ? AND j.record IS NULL AND j.touches LIKE 'said:%'",
            (since, upto),
        )
        return {record for (record,) in rows if record}

    def unread(self, followed: Followed) -> int:
        """Return how many filed records are still to be looked at, about."""
        if followed.after >= 0:
            sql = "SELECT count(*) FROM records WHERE id > ? AND state = 'filed'"
            return int(self._db.value(sql, (followed.after,)))
        sql = "SELECT count(DISTINCT record) FROM journal WHERE seq > ?"
        return int(self._db.value(sql, (followed.sequence,)))

    def erased(self) -> int:
        """Return the number of the operation that last erased what a record says; 0 for none."""
        found = self._db.value("SELECT value FROM state WHERE key = ?", (ERASED,))
        return int(found or 0)

    # What the index follows

    def turn(self) -> int:
        """Return the number of what happened last to any statement."""
        return int(self._db.value("SELECT max(turn) FROM statements") or 0)

    def turned(self, since: int, most: int) -> tuple[int, list[Turned]]:
        """Return to which statements something happened after a turn.

        Args:
            since: the turn.
            most: no further turn is begun when there are as many.

        Returns:
            The last turn told of, and its statements.
        """
        upto = self._db.value(
            "SELECT turn FROM statements WHERE turn > ? ORDER BY turn, number LIMIT 1 OFFSET ?",
            (since, most),
        )
        rows = self._db.all(
            "SELECT s.number, s.record, s.live = 1 AND r.state = 'filed', s.worded > ?, s.turn"
            " FROM statements s JOIN records r ON r.id = s.record"
            " WHERE s.turn > ? AND s.turn <= ?",
            (since, since, self.turn() if upto is None else upto),
        )
        turned = [Turned(row[0], row[1], bool(row[2]), bool(row[3])) for row in rows]
        return max((row[4] for row in rows), default=since), turned

    def iterate(self, after: int = 0) -> Iterator[list[FiledStatement]]:
        """Yield every statement that can be found, in batches, by ascending number."""
        while True:
            rows = self._db.all(
                # + keeps the planner from sorting all statements for each batch
                SELECT + "JOIN records r ON r.id = s.record WHERE s.number > ? AND s.live = 1"
                " AND +r.state = 'filed' ORDER BY s.number LIMIT ?",
                (after, _STEP),
            )
            if not rows:
                return
            yield [filed(row) for row in rows]
            after = rows[-1][0]

    def speakers(self, least: float) -> Iterator[tuple[str, str, str]]:
        """Yield speaker, office and date of every statement that can be found and is so certain.

        Args:
            least: the certainty.
        """
        yield from self._db.stream(
            "SELECT s.speaker, s.role, coalesce(nullif(s.date, ''), r.date)"
            " FROM statements s JOIN records r ON r.id = s.record"
            " WHERE s.live = 1 AND r.state = 'filed' AND s.certainty >= ? AND s.speaker <> ''"
            " ORDER BY s.number",
            (least,),
        )

    def present(
        self, records: Iterable[int], doctypes: Collection[str], least: float
    ) -> list[tuple[int, str, str, str]]:
        """Return record, speaker, and the record's date and type, each once, of some records.

        Args:
            records: their ids.
            doctypes: the types of those that are wanted.
            least: how certain statements must be.
        """
        return self._db.all(
            "SELECT DISTINCT s.record, s.speaker, r.date, r.doctype"
            " FROM statements s JOIN records r ON r.id = s.record"
            " WHERE s.record IN (SELECT value FROM json_each(?)) AND s.live = 1"
            " AND s.certainty >= ? AND s.speaker <> '' AND r.state = 'filed'"
            " AND r.doctype IN (SELECT value FROM json_each(?))",
            (dumps(list(records)), least, dumps(list(doctypes))),
        )

    def numbers(self) -> set[int]:
        """Return the numbers of all statements that can be found."""
        rows = self._db.all(
            "SELECT s.number FROM statements s JOIN records r ON r.id = s.record"
            " WHERE s.live = 1 AND r.state = 'filed'"
        )
        return {number for (number,) in rows}

    # Writing

    def keep(
        self,
        readings: Iterable[Reading],
        version: int,
        *,
        touched: Mapping[int, bool] | None = None,
        step: tuple[Followed, Followed] | None = None,
        since: int | None = None,
    ) -> bool:
        """Keep what was read, in one transaction.

        Args:
            readings: what records are now found to say.
            version: of the rules.
            touched: ids of further records of which something else is other now, and whether they
                may have come into the archive, or gone.
            step: how far texts were read when this was begun, and are now; where another process
                has gone on meanwhile, nothing is kept.
            since: the journal's head when reading was begun; where one of these records, or what
                people decided, was changed meanwhile, nothing is kept.

        Returns:
            Whether it was kept.
        """
        db = self._db
        readings = list(readings)
        with writing(db):
            if step is not None and _followed(db) != step[0]:
                return False
            if since is not None and _changed(db, [one.record for one in readings], since):
                return False
            turn = self.turn() + 1
            for reading in readings:
                keep(db, reading, version, turn)
            for record, moved in (touched or {}).items():
                touch(db, record, turn, moved=moved)
            if step is not None:
                db.execute(
                    "INSERT OR REPLACE INTO state (key, value) VALUES (?, ?)",
                    (_FOLLOWED, dumps(asdict(step[1]))),
                )
        return True


def _changed(db: Database, records: Collection[int], since: int) -> bool:
    """Whether some records, or what people decided on any, were changed after an entry."""
    sql = (
        "SELECT 1 FROM journal WHERE seq > ? AND (touches LIKE 'said:%' AND record IS NULL"  # noqa: S608 - a constant
        f" OR +record IN {_AMONG}) LIMIT 1"
    )
    return db.value(sql, (since, dumps(list(records)))) is not None


def _followed(db: Database) -> Followed:
    found = db.value("SELECT value FROM state WHERE key = ?", (_FOLLOWED,))
    try:
        return Followed() if found is None else Followed(**json.loads(found))
    except (TypeError, ValueError):
        return Followed()
