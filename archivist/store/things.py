"""Things of the archive that are no records: saved searches, synonyms, what was collected.

A thing has a kind, a number given once, and values by name. It is there as long as it has a value;
every change of one stands in the journal, as for records.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from archivist.model.errors import ArchiveDamagedError, InputError, InternalError
from archivist.store.values import Flat, dumps

if TYPE_CHECKING:
    from archivist.store.database import Connections, Database
    from archivist.store.ledger import Ledger


class Words(NamedTuple):
    """What people call a kind of thing and what happens to it.

    Attributes:
        noun: one of the kind.
        added: what the journal says where one begins.
        changed: where one changes.
        removed: where one ends.
    """

    noun: str
    added: str
    changed: str
    removed: str


KINDS: Mapping[str, Words] = MappingProxyType(
    {
        "search": Words("saved search", "search saved", "search changed", "search removed"),
        "synonyms": Words("synonyms", "synonyms added", "synonyms changed", "synonyms removed"),
        "collected": Words(
            "collected passage", "passage collected", "passage changed", "passage put back"
        ),
        "agent": Words("agent", "agent added", "agent changed", "agent removed"),
        "left": Words("name left alone", "name left alone", "name changed", "name proposed again"),
        "said": Words(
            "decision on a statement", "statement judged", "judgement changed", "judgement removed"
        ),
    }
)
"""Every kind there is; a name that is mistyped must not make one more."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing.

    Attributes:
        number: given once, never again, whatever the kind.
        kind: one of KINDS.
        value: its values by name, as JSON says them; never empty, none of them None.
    """

    number: int
    kind: str
    value: Mapping[str, Any]


class Things:
    """The archive's things; may be shared by threads.

    Args:
        connections: to the archive's database.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def list(self, kind: str) -> list[Thing]:
        """Return every thing of a kind, in the order in which they began.

        Raises:
            InternalError: there is no such kind.
        """
        words_for(kind)
        rows = self._connections.current().all(
            "SELECT number, kind, value FROM things"
            " WHERE kind = ? AND value IS NOT NULL ORDER BY number",
            (kind,),
        )
        return [Thing(number, kind, _read(number, value)) for number, kind, value in rows]

    def get(self, kind: str, number: int) -> Thing:
        """Return a thing.

        Raises:
            InputError: there is none of this kind and number, or it was removed.
        """
        value = value_of(self._connections.current(), kind, number)
        if not value:
            raise unknown(kind, number)
        return Thing(number, kind, value)


def words_for(kind: str) -> Words:
    """Return what people call a kind.

    Raises:
        InternalError: there is no such kind.
    """
    if kind not in KINDS:
        raise InternalError(f"The archive keeps no things of kind {kind!r}.")
    return KINDS[kind]


def unknown(kind: str, number: int) -> InputError:
    """Return the error for a number that no thing of a kind has."""
    return InputError(
        f"There is no {words_for(kind).noun} {number}.",
        "The list tells which there are; a number is never given again.",
    )


def value_of(db: Database, kind: str, number: int) -> Flat:
    """Return the values of a thing; empty where it is not there."""
    words_for(kind)
    found = db.value("SELECT value FROM things WHERE number = ? AND kind = ?", (number, kind))
    return _read(number, found) if found else {}


def _read(number: int, text: str) -> Flat:
    try:
        value: Flat = json.loads(text)
    except ValueError as error:
        raise ArchiveDamagedError(
            f"The thing {number} of the archive is damaged.",
            "Check the archive, or restore it from a backup.",
        ) from error
    return value


def put(db: Database, ledger: Ledger, kind: str, number: int, value: Flat) -> int:
    """Give a thing its values, and append what that changes to the journal.

    Args:
        db: the connection, its transaction begun.
        ledger: of the operation.
        kind: one of KINDS.
        number: of the thing, or 0 for a new one.
        value: all its values from now on; empty where it ends.

    Returns:
        Its number.

    Raises:
        InputError: there is no such thing.
        InternalError: a new one has no value.
    """
    before = value_of(db, kind, number) if number else {}
    if number and not before:
        raise unknown(kind, number)
    wanted: Flat = json.loads(dumps({name: v for name, v in value.items() if v is not None}))
    if not number and not wanted:
        raise InternalError(f"A new {words_for(kind).noun} has no value.")
    number = number or (db.value("SELECT max(number) FROM things") or 0) + 1
    keep(db, ledger, (kind, number), before, wanted)
    return number


def keep(db: Database, ledger: Ledger, thing: tuple[str, int], before: Flat, after: Flat) -> None:
    """Append a change to the journal, then make it; nothing happens where there is none."""
    if before == after:
        return
    kind, number = thing
    words = KINDS[kind]
    what = words.changed if before and after else words.added if after else words.removed
    names = sorted(name for name in before.keys() | after.keys() if differs(name, before, after))
    ledger.append_thing(
        key_of(kind, number),
        what,
        {name: before.get(name) for name in names},
        {name: after.get(name) for name in names},
    )
    db.execute(
        "INSERT INTO things VALUES (?, ?, ?)"
        " ON CONFLICT (number) DO UPDATE SET value = excluded.value",
        (number, kind, dumps(after) if after else None),
    )


def differs(name: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether a value of two states of a thing is not the same."""
    return bool(one.get(name) != other.get(name))


def key_of(kind: str, number: int) -> str:
    """Return how the journal names a thing."""
    return f"{kind}:{number}"


def thing_of(key: str) -> tuple[str, int]:
    """Return kind and number of a thing that the journal names."""
    kind, _, number = key.partition(":")
    return kind, int(number)


def changed_by(value: Flat, after: Mapping[str, Any]) -> Flat:
    """Return a thing's values as they are after a change."""
    return {name: v for name, v in {**value, **after}.items() if v is not None}
