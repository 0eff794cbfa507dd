"""What every reader is handed, and what it may give back."""

from __future__ import annotations

import hashlib
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, BinaryIO

from archivist.intake.limits import Limits
from archivist.intake.raw import Hints, Raw
from archivist.intake.readers.encoding import decode, looks_like_text
from archivist.model.errors import RefusedError
from archivist.model.names import readable
from archivist.model.record import Content, Description, Refusal

HEAD = 64 * 1024
"""How many bytes of a file are looked at to tell its format."""
NO_TEXT = "no text"
_BLOCK = 1024 * 1024
_ZIP = b"PK\x03\x04"


@dataclass(slots=True)
class Budget:
    """How much one source may still unpack, shared by all containers nested in it."""

    left: int

    def spend(self, size: int) -> None:
        """Take `size` bytes off.

        Raises:
            RefusedError: nothing is left.
        """
        self.left -= size
        if self.left < 0:
            raise RefusedError(
                "Unpacked, it would be larger than is safe: this looks like a bomb.",
                "If it is not, unpack it yourself and file the folder.",
            )


@dataclass(frozen=True, slots=True)
class Handed:
    """A file in hand: all a reader may know.

    Attributes:
        path: where its bytes lie.
        name: as given or found, with `CONTAINER::` before a member.
        file_name: the file's own name.
        head: its first bytes, up to HEAD.
        start: the same as text, or empty where it is no text.
        size: in bytes.
        sha256: hexadecimal digest of its bytes.
        spool: folder for what is unpacked.
        limits: what reading may cost.
        budget: what may still be unpacked.
        parent: path of the message it was attached to, or empty.
        depth: how many containers it lies in.
        temporary: whether the file lies in the spool.
        entries: names of its members where it is a zip file, else None.
    """

    path: Path
    name: str
    file_name: str
    head: bytes
    size: int
    sha256: str
    spool: Path
    limits: Limits
    budget: Budget
    parent: str = ""
    depth: int = 0
    temporary: bool = False
    entries: tuple[str, ...] | None = None
    start: str = ""

    def data(self) -> bytes:
        """Return all bytes of the file."""
        return self.head if len(self.head) == self.size else self.path.read_bytes()

    @property
    def ending(self) -> str:
        """The ending of the file's name, lower case, without its dot."""
        return Path(self.file_name).suffix.lower().lstrip(".")

    def content(self, media_type: str) -> Content:
        """Return the file as an original to be kept."""
        return Content(
            self.path, self.file_name, media_type, self.sha256, self.size, temporary=self.temporary
        )

    def repeated(self) -> Raw:
        """Return this file as a document the archive holds already; what was unpacked goes."""
        if self.temporary:
            self.path.unlink(missing_ok=True)
        return Raw(self.name, "", self.sha256, parent=self.parent, repeated=True)

    def raw(
        self,
        text: str,
        media_type: str,
        given: Description | None = None,
        hints: Hints | None = None,
        note: str = "",
    ) -> Raw:
        """Return this file as one document; `note` says so where it has no text."""
        has_text = bool(text.strip())
        return Raw(
            path=self.name,
            text=text if has_text else "",
            digest=self.sha256,
            given=given or Description(),
            hints=replace(hints or Hints(), file_name=self.file_name, media_type=media_type),
            content=self.content(media_type),
            parent=self.parent,
            note=note or ("" if has_text else NO_TEXT),
        )


Found = Raw | Refusal | Handed
"""What a reader gives: a document, a member it cannot give, or a member to be read in turn."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One format.

    Attributes:
        name: for people and for tests, for example "Word".
        score: how surely the file is of this format, 0 (not at all) to 100, by its content.
        read: gives what the file holds.
        rows: whether the file's rows are documents of their own.
        single: whether a file is always one document; one that the archive holds already need
            then not be read.
    """

    name: str
    score: Callable[[Handed], int]
    read: Callable[[Handed], Iterator[Found]]
    rows: bool = False
    single: bool = True


def take(path: Path, name: str, spool: Path, limits: Limits) -> Handed:
    """Take a file in hand.

    Raises:
        OSError: it cannot be opened.
        RefusedError: it is empty.
    """
    budget = Budget(limits.unpacked)
    handed = Handed(path, name, readable(path.name), b"", 0, "", spool, limits, budget)
    with path.open("rb") as stream:
        head, size, digest = _survey(stream)
    return _surveyed(handed, head, size, digest)


def _survey(stream: BinaryIO) -> tuple[bytes, int, str]:
    head = block = stream.read(HEAD)
    size = 0
    digest = hashlib.sha256()
    while block:
        size += len(block)
        digest.update(block)
        block = stream.read(_BLOCK)
    return head, size, digest.hexdigest()


def _surveyed(handed: Handed, head: bytes, size: int, digest: str) -> Handed:
    if size == 0:
        raise RefusedError("The file is empty.", "Ask its sender for it once more.")
    start = decode(head).removeprefix("\ufeff") if looks_like_text(head) else ""
    handed = replace(handed, head=head, start=start, size=size, sha256=digest)
    return replace(handed, entries=_entries(handed.path)) if head.startswith(_ZIP) else handed


def _entries(path: Path) -> tuple[str, ...] | None:
    try:
        with zipfile.ZipFile(path) as packed:
            return tuple(packed.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None


def check_depth(file: Handed) -> None:
    """Look whether another container may be opened.

    Raises:
        RefusedError: they are nested too deep.
    """
    if file.depth >= file.limits.depth:
        raise RefusedError(
            f"It lies {file.depth} containers deep, which is deeper than is safe.",
            "Unpack it yourself and file what it holds.",
        )


def unpack(stream: BinaryIO, outer: Handed, name: str, file_name: str, packed_size: int) -> Handed:
    """Unpack a member into the spool and take it in hand; never more than the limits allow.

    Raises:
        RefusedError: it is empty, or a bomb.
    """
    with tempfile.NamedTemporaryFile(dir=outer.spool, prefix="member-", delete=False) as target:
        path = Path(target.name)
        try:
            head, size, digest = _copied(stream, target, outer, packed_size)
        except BaseException:
            path.unlink()
            raise
    member = replace(
        outer,
        path=path,
        name=name,
        file_name=plain_name(file_name),
        depth=outer.depth + 1,
        temporary=True,
        entries=None,
    )
    return _surveyed(member, head, size, digest)


def _copied(
    stream: BinaryIO, target: IO[bytes], outer: Handed, packed_size: int
) -> tuple[bytes, int, str]:
    allowed = max(outer.limits.small, packed_size * outer.limits.ratio)
    head, size, digest = b"", 0, hashlib.sha256()
    while block := stream.read(_BLOCK):
        size += len(block)
        if size > allowed:
            raise RefusedError(
                f"It unpacks to more than {outer.limits.ratio} times its packed size: this looks "
                "like a bomb.",
                "If it is not, unpack it yourself and file what it holds.",
            )
        outer.budget.spend(len(block))
        head += block[: HEAD - len(head)]
        digest.update(block)
        target.write(block)
    return head, size, digest.hexdigest()


def plain_name(path: str) -> str:
    """Return the last part of a member's path, whatever system wrote it."""
    return re.split(r"[/\\]", path.rstrip("/\\"))[-1] or path


@dataclass(slots=True)
class Names:
    """Gives the members of one container names of which each is used once."""

    used: set[str] = field(default_factory=set)

    def unique(self, name: str) -> str:
        """Return the name, with a number where it was used before."""
        found, number = name, 1
        while found in self.used:
            number += 1
            found = f"{name} ({number})"
        self.used.add(found)
        return found


def refusal(name: str, error: RefusedError, detail: str = "") -> Refusal:
    """Return the refusal that an error stands for."""
    return Refusal(name, f"{error.message} {error.hint}".strip(), detail)
