"""What the journal's hashes cover, in one place for those who append and those who verify."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, NamedTuple

from archivist.store.values import dumps

if TYPE_CHECKING:
    from archivist.store.values import Flat

_SALT = 16


class Entry(NamedTuple):
    """A row of the table `journal`, in the order of its columns."""

    seq: int
    operation: int
    time: str
    who: str
    what: str
    record: int | None
    touches: str
    format: int
    digest: bytes
    hash: bytes


class Values(NamedTuple):
    """A row of the table `journal_values`: what stands beside an entry and can be erased."""

    seq: int
    salt: bytes
    before: str
    after: str


def origin(archive: str) -> bytes:
    """Return the hash the first entry is chained to: no archive's journal passes for another's."""
    return _hash(b"archive", archive.encode())


def seal(salt: bytes, kind: str, title: str, undoes: int) -> bytes:
    """Return the salted hash of an operation's own words."""
    return _hash(salt, dumps([kind, title, undoes]).encode())


def digest(values: Values) -> bytes:
    """Return the salted hash of an entry's values, as they are stored."""
    return _hash(values.salt, values.before.encode(), b"\n", values.after.encode())


def link(previous: bytes, sealed: bytes, entry: Entry) -> bytes:
    """Return the hash that chains an entry to the one before, its operation and its values."""
    told = [*entry[:8], entry.digest.hex()]
    return _hash(previous, sealed, dumps(told).encode())


def values_of(seq: int, before: Flat, after: Flat) -> Values:
    """Return values as they are stored, with a salt of their own."""
    return Values(seq, secrets.token_bytes(_SALT), dumps(before), dumps(after))


def new_salt() -> bytes:
    """Return a salt."""
    return secrets.token_bytes(_SALT)


def _hash(*parts: bytes) -> bytes:
    total = hashlib.sha256()
    for part in parts:
        total.update(part)
    return total.digest()
