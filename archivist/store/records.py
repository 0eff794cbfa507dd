"""Reading records and their texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.model.errors import InternalError, UnknownRecordError
from archivist.model.record import State
from archivist.store.values import ATTRIBUTES, LISTS, Row, dumps, record_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from archivist.model.record import Record
    from archivist.store.database import Connections, Database, Tuple

_BATCH = 500

_SELECT = (
    "SELECT r.id, r.ref, r.state, r.title, r.date, r.doctype, r.place, r.language, r.originator,"
    " r.number, r.series, r.code, r.mark, r.countries, r.agents, r.tags, r.custom, r.proposed,"
    " r.inbox, r.text_hash, r.text_version, r.digest, r.original, r.original_name,"
    " r.original_type, r.original_size, r.original_member, r.path, r.parent, r.note, r.filed,"
    " r.changed, coalesce(p.ref, '')"
)
_FROM = " FROM records r LEFT JOIN records p ON p.id = r.parent "
_AMONG = "WHERE r.id IN (SELECT value FROM json_each(?))"
_TEXT = ", coalesce(t.text, '')"
_WITH_TEXT = _FROM + "LEFT JOIN texts t ON t.hash = r.text_hash "
_SAME = (
    "SELECT ref FROM records WHERE digest = ? AND digest <> '' AND state <> 'cancelled' LIMIT 1",
    "SELECT ref FROM records WHERE text_hash = ? AND state <> 'cancelled' LIMIT 1",
    "SELECT ref FROM records WHERE original = ? AND original_member = '' AND state <> 'cancelled'",
)
_HELD = (
    "SELECT digest FROM records WHERE digest IN (SELECT value FROM json_each(?)) AND digest <> ''"
    " AND state <> 'cancelled' UNION "
    "SELECT text_hash FROM records WHERE text_hash IN (SELECT value FROM json_each(?))"
    " AND state <> 'cancelled' UNION "
    "SELECT original FROM records WHERE original IN (SELECT value FROM json_each(?))"
    " AND original_member = '' AND state <> 'cancelled'"
)
_COLUMNS = len(Row._fields)


def read_row(db: Database, record_id: int) -> tuple[Row, str]:
    """Return a record's row and the reference of its parent.

    Raises:
        UnknownRecordError: there is no such record.
    """
    found = db.first(_SELECT + _FROM + "WHERE r.id = ?", (record_id,))
    if found is None:
        raise UnknownRecordError(str(record_id))
    return Row._make(found[:_COLUMNS]), found[_COLUMNS]


def read_rows(db: Database, ids: Iterable[int]) -> dict[int, tuple[Row, str]]:
    """Return the rows of several records, with the references of their parents."""
    found = db.all(_SELECT + _FROM + _AMONG, (dumps(list(ids)),))
    return {row[0]: (Row._make(row[:_COLUMNS]), row[_COLUMNS]) for row in found}


class Records:
    """The archive's records as they stand; may be shared by threads.

    Args:
        connections: to the archive's database.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    @property
    def _db(self) -> Database:
        return self._connections.current()

    def get(self, record_id: int) -> Record:
        """Return a record.

        Raises:
            UnknownRecordError: there is no such record.
        """
        return record_of(*read_row(self._db, record_id))

    def by_ref(self, ref: str) -> Record:
        """Return the record with an accession number, or with a reference code by series.

        Raises:
            UnknownRecordError: there is none.
        """
        asked = ref.strip()
        for where in ("WHERE r.ref = ?", "WHERE r.code = ? AND r.code <> '' AND r.state <> ?"):
            parameters = (asked, State.CANCELLED.value)[: where.count("?")]
            if found := self._db.first(_SELECT + _FROM + where, parameters):
                return _record(found)
        raise UnknownRecordError(ref)

    def many(self, ids: Sequence[int]) -> list[Record]:
        """Return records in the order asked for.

        Raises:
            UnknownRecordError: one of them does not exist.
        """
        result: list[Record] = []
        for start in range(0, len(ids), _BATCH):
            batch = ids[start : start + _BATCH]
            rows = read_rows(self._db, batch)
            for record_id in batch:
                if record_id not in rows:
                    raise UnknownRecordError(str(record_id))
                result.append(record_of(*rows[record_id]))
        return result

    def text(self, text_hash: str) -> str:
        """Return a text by its hash; empty for no hash.

        Raises:
            InternalError: there is no such text.
        """
        if not text_hash:
            return ""
        found: str | None = self._db.value("SELECT text FROM texts WHERE hash = ?", (text_hash,))
        if found is None:
            raise InternalError(f"The archive has no text {text_hash}.")
        return found

    def texts(self, ids: Iterable[int]) -> dict[int, str]:
        """Return the current texts of records, by id; empty for a record without text."""
        found: dict[int, str] = {}
        wanted = list(ids)
        for start in range(0, len(wanted), _BATCH):
            found.update(
                self._db.all(
                    "SELECT r.id, coalesce(t.text, '') FROM records r"
                    " LEFT JOIN texts t ON t.hash = r.text_hash"
                    " WHERE r.id IN (SELECT value FROM json_each(?))",
                    (dumps(wanted[start : start + _BATCH]),),
                )
            )
        return found

    def count(self, state: State = State.FILED) -> int:
        """Return how many records are in a state."""
        return int(self._db.value("SELECT count(*) FROM records WHERE state = ?", (state.value,)))

    def ids(self, state: State = State.FILED) -> list[int]:
        """Return the ids of the records in a state, ascending."""
        found = self._db.all("SELECT id FROM records WHERE state = ? ORDER BY id", (state.value,))
        return [row[0] for row in found]

    def page(self, state: State, limit: int = 100, offset: int = 0) -> list[Record]:
        """Return a page of the records in a state, those that changed last first."""
        found = self._db.all(
            _SELECT
            + _FROM
            + "WHERE r.state = ? ORDER BY r.changed DESC, r.id DESC LIMIT ? OFFSET ?",
            (state.value, limit, offset),
        )
        return [_record(row) for row in found]

    def iterate(self, after_id: int = 0, batch: int = _BATCH) -> Iterator[list[tuple[Record, str]]]:
        """Yield every filed record with its current text, in batches, by ascending id.

        What is filed or changed meanwhile may be in it or not: whoever must know reads the
        journal's head before, and what was touched since afterwards.
        """
        while True:
            rows = self._db.all(
                _SELECT + _TEXT + _WITH_TEXT + "WHERE r.id > ? AND r.state = 'filed'"
                " ORDER BY r.id LIMIT ?",
                (after_id, batch),
            )
            if not rows:
                return
            yield [(_record(row), row[_COLUMNS + 1]) for row in rows]
            after_id = rows[-1][0]

    def find_duplicate(self, digest: str, text_hash: str) -> str | None:
        """Return the reference of the record that has the same bytes or the same text, or None.

        The trash counts; what was cancelled does not. Empty arguments match nothing: a text of
        less than 20 words is no proof, so the caller passes no hash of it.
        """
        db = self._db
        for sql, value in zip(_SAME, (digest, text_hash, digest), strict=True):
            if value and (found := db.value(sql, (value,))):
                return str(found)
        return None

    def held(self, hashes: Collection[str]) -> frozenset[str]:
        """Return those of some hashes for which `find_duplicate` has anything to find."""
        asked = dumps(list(filter(None, hashes)))
        return frozenset(hash_ for (hash_,) in self._db.all(_HELD, (asked, asked, asked)))

    def known(self, digests: Collection[str]) -> frozenset[str]:
        """Return those of some digests that documents of the archive have, the trash included."""
        found = self._db.all(
            "SELECT digest FROM records WHERE digest IN (SELECT value FROM json_each(?))"
            " AND digest <> '' AND state <> 'cancelled'",
            (dumps(list(digests)),),
        )
        return frozenset(digest for (digest,) in found)

    def agents(self) -> Iterator[tuple[str, str, str]]:
        """Yield name, role and the record's date for every agent that a filed record names."""
        yield from self._db.stream(
            "SELECT json_extract(a.value, '$[0]'), json_extract(a.value, '$[1]'), r.date"
            " FROM records r, json_each(r.agents) a"
            " WHERE r.state = 'filed' AND r.agents <> '[]' ORDER BY r.id"
        )

    def agents_of(self, ids: Iterable[int]) -> Iterator[tuple[int, str, str, str, str]]:
        """Yield id, name, role, and the record's date and type for every agent of some records."""
        yield from self._db.stream(
            "SELECT r.id, json_extract(a.value, '$[0]'), json_extract(a.value, '$[1]'), r.date,"
            " r.doctype FROM records r, json_each(r.agents) a"
            " WHERE r.id IN (SELECT value FROM json_each(?)) AND +r.state = 'filed'",
            (dumps(list(ids)),),
        )

    def attachments(self, ids: Iterable[int]) -> dict[int, int]:
        """Return how many filed attachments records have, by id; those with none are left out."""
        return dict(
            self._db.all(
                # The plus sign keeps SQLite from reading every filed record by its state.
                "SELECT parent, count(*) FROM records WHERE parent IS NOT NULL"
                " AND parent IN (SELECT value FROM json_each(?)) AND +state = 'filed'"
                " GROUP BY parent",
                (dumps(list(ids)),),
            )
        )

    def children(self, record_id: int) -> list[Record]:
        """Return the filed attachments of a record, in the order they were filed."""
        found = self._db.all(
            _SELECT + _FROM + "WHERE r.parent = ? AND +r.state = 'filed' ORDER BY r.id",
            (record_id,),
        )
        return [_record(row) for row in found]

    def values(self, attribute: str) -> dict[str, int]:
        """Return the values of an attribute among filed records with their counts.

        Args:
            attribute: of a description. "custom" gives the names of the archive's own fields,
                "custom:NAME" the values of one of them, "agents" the names of agents.

        Raises:
            InternalError: there is no such attribute.
        """
        name, _, custom = attribute.partition(":")
        if name not in ATTRIBUTES:
            raise InternalError(f"A description has no attribute {attribute!r}.")
        found = self._db.all(_values_sql(name, custom), (custom,) if custom else ())
        return {value: count for value, count in found if value}


def _values_sql(name: str, custom: str) -> str:
    if custom:
        value, source = "e.value", "records, json_each(custom) e"
    elif name == "custom":
        value, source = "e.key", "records, json_each(custom) e"
    elif name == "agents":
        value, source = "json_extract(e.value, '$[0]')", "records, json_each(agents) e"
    elif name in LISTS:
        value, source = "e.value", f"records, json_each({name}) e"
    else:
        value, source = name, "records"
    where = "state = 'filed' AND e.key = ?" if custom else "state = 'filed'"
    return f"SELECT {value}, count(*) FROM {source} WHERE {where} GROUP BY 1 ORDER BY 2 DESC, 1"  # noqa: S608 - names of columns only, checked by the caller


def _record(row: Tuple) -> Record:
    return record_of(Row._make(row[:_COLUMNS]), row[_COLUMNS])
