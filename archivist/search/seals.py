"""Seals: what the index must be, kept in the archive's database, not beside the index.

The seals are the commit. They name the folder, the generation of Whoosh's table of contents and
every file with its size and digest; what they do not name does not count. Nothing of an index is
read before it was checked against them, and a crash before they are saved leaves the state before.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

import Stemmer
import whoosh

from archivist.search.errors import IndexUnusableError

FORMAT = 4
"""Version of the files of the index; another one is built anew."""


class Seals(Protocol):
    """Keeps the seals of an index; the archive gives one that writes to its database."""

    def load(self) -> dict[str, object]:
        """Return what was saved last, or an empty dict; JSON types only."""
        ...

    def save(self, seals: dict[str, object]) -> None:
        """Keep the seals durably, all or nothing."""
        ...

    def load_begun(self) -> dict[str, object]:
        """Return what was saved last of a build on its way, or an empty dict."""
        ...

    def save_begun(self, begun: dict[str, object]) -> None:
        """Keep durably how far a build is."""
        ...


@dataclass(frozen=True, slots=True)
class FileSeal:
    """What a file must be: its size, and the SHA-256 of its header or of all of it."""

    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment of a build that is not done yet, whole and durable.

    Attributes:
        segment: its id.
        file_name: of its file.
        docs: its documents.
        tokens: their words.
        seal: of its file.
    """

    segment: str
    file_name: str
    docs: int
    tokens: int
    seal: FileSeal

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON types."""
        return asdict(self)

    @classmethod
    def from_json(cls, saved: dict[str, Any]) -> Piece:
        """Read what was written."""
        return cls(**{**saved, "seal": FileSeal(**saved["seal"])})


@dataclass(frozen=True, slots=True)
class Begun:
    """A build on its way: what a process that dies leaves for the next one.

    Attributes:
        archive: id of the archive.
        stamp: versions of all that decides what the index holds.
        place: the folder of the build.
        sequence: of the archive's journal when it was begun.
        pieces: the segments that stand.
    """

    archive: str
    stamp: str
    place: str
    sequence: int
    pieces: tuple[Piece, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return it as JSON types, with a digest of its own."""
        body = asdict(self)
        body["pieces"] = [piece.to_json() for piece in self.pieces]
        return {"begun": body, "digest": _digest(body)}

    @classmethod
    def from_json(cls, saved: dict[str, object], archive: str) -> Begun | None:
        """Read what was saved; None where it is of no use here."""
        body = saved.get("begun")
        if not isinstance(body, dict) or saved.get("digest") != _digest(body):
            return None
        if body["stamp"] != stamp() or body["archive"] != archive:
            return None
        return cls(**{**body, "pieces": tuple(map(Piece.from_json, body["pieces"]))})


@dataclass(frozen=True, slots=True)
class Sealed:
    """One committed state of an index.

    Attributes:
        archive: id of the archive it belongs to.
        stamp: versions of all that decides what the index holds.
        place: the folder of this build, within the index's folder.
        generation: of Whoosh's table of contents.
        sequence: of the archive's journal, up to which the index follows.
        files: seals by file name.
        columns: number of the columns' base file.
        log_size: how far the columns' log counts, in bytes.
        log_crc: CRC-32 of the log that far.
    """

    archive: str
    stamp: str
    place: str
    generation: int
    sequence: int
    files: dict[str, FileSeal] = field(default_factory=dict)
    columns: int = 0
    log_size: int = 0
    log_crc: int = 0

    def to_json(self) -> dict[str, object]:
        """Return the seals as JSON types, with a digest of their own."""
        body = asdict(self)
        body["files"] = {name: [seal.size, seal.digest] for name, seal in self.files.items()}
        return {"sealed": body, "digest": _digest(body)}

    @classmethod
    def from_json(cls, saved: dict[str, object], archive: str) -> Sealed:
        """Read seals that were saved.

        Raises:
            IndexUnusableError: there are none, or they are of another version or archive.
        """
        body = saved.get("sealed")
        if not isinstance(body, dict):
            raise IndexUnusableError("there is none yet")
        if saved.get("digest") != _digest(body):
            raise IndexUnusableError("its seals are damaged")
        if body.get("stamp") != stamp():
            raise IndexUnusableError("it was written by another version")
        if body.get("archive") != archive:
            raise IndexUnusableError("it belongs to another archive")
        files = {name: FileSeal(*seal) for name, seal in body["files"].items()}
        return cls(**{**body, "files": files})


def _digest(body: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def stamp() -> str:
    """Return the versions that decide what an index holds, as one word."""
    parts = (FORMAT, whoosh.versionstring(), unicodedata.unidata_version, Stemmer.version())
    return "/".join(map(str, parts))
