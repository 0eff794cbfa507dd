"""The files as received, kept under their digests: copied, synced and renamed before any record."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from typing import TYPE_CHECKING

from archivist.model.errors import StorageError
from archivist.model.progress import Progress, silent
from archivist.model.record import Original
from archivist.store.disk import remove_older, sync_files, sync_folders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from archivist.model.progress import CancelToken, Report
    from archivist.model.record import Content
    from archivist.store.database import Connections

_CHUNK = 1 << 20
_INCOMING = ".incoming"
_DIGEST = re.compile(r"[0-9a-f]{64}")
DAY = 86_400.0
"""After so many seconds nobody is still at work on what was left behind."""


class Originals:
    """The folder of originals; may be shared by threads and processes.

    Args:
        folder: where they lie.
        connections: to the archive's database, which tells which originals records name.
    """

    def __init__(self, folder: Path, connections: Connections) -> None:
        self._folder = folder
        self._connections = connections

    def keep(self, contents: Iterable[Content]) -> list[Original]:
        """Keep files so that they outlive a loss of power; what is there already is not written.

        All are written, then all synced, then all renamed, then their folders synced once.

        Raises:
            StorageError: a file cannot be read or written, or changed since it was read. None of
                the files given is then lost, and none is half kept.
        """
        wanted = list(contents)
        new = {one.sha256: one for one in wanted if not self._has(one)}
        incoming: dict[str, Path] = {}
        try:
            for digest, content in new.items():
                incoming[digest] = self._take(content)
            self._settle(incoming)
        except OSError as error:
            raise _storage(error) from error
        finally:
            for path in incoming.values():
                path.unlink(missing_ok=True)
        for content in wanted:
            if content.temporary:
                content.path.unlink(missing_ok=True)
        return [Original(c.sha256, c.size, c.name, c.media_type) for c in wanted]

    def path(self, sha256: str) -> Path:
        """Return where an original lies, or would lie."""
        return self._folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Whether an original is kept."""
        return self.path(sha256).is_file()

    def verify(self, report: Report = silent, cancel: CancelToken | None = None) -> list[str]:
        """Read every original that a record names again; return what is wrong, in words.

        An original that no record names yet is none of it: an import that was killed leaves such
        files, and takes them up again.
        """
        named = self._named()
        faults: list[str] = []
        for done, (digest, size) in enumerate(named):
            if cancel is not None:
                cancel.check()
            report(Progress(done, len(named), "Checking originals", digest))
            faults += _faults_of(self.path(digest), digest, size)
        return faults + [
            f"{path.relative_to(self._folder)} is no original; it was put there by something else."
            for path in self._foreign()
        ]

    def sweep(self, older_than: float = DAY) -> int:
        """Remove what interrupted imports left and no record names; return how many files.

        Args:
            older_than: seconds; younger files may belong to a transaction that is on its way.
        """
        named = {digest for digest, _ in self._named()}
        limit = time.time() - older_than
        swept = 0
        for path in self._files():
            left = path.parent.name == _INCOMING or _is_original(path)
            if left and path.name not in named:
                swept += remove_older(path, limit)
        return swept

    def _named(self) -> list[tuple[str, int]]:
        found = self._connections.current().all(
            "SELECT sha256, size FROM originals ORDER BY sha256"
        )
        return [(digest, size) for digest, size in found]

    def _has(self, content: Content) -> bool:
        try:
            return self.path(content.sha256).stat().st_size == content.size
        except FileNotFoundError:
            return False

    def _take(self, content: Content) -> Path:
        """Bring a file's bytes into the archive, not yet under its name."""
        folder = self._folder / _INCOMING
        folder.mkdir(exist_ok=True)
        target = folder / f"{content.sha256}.{secrets.token_hex(4)}"
        try:
            digest = digest_of_copy(content.path, target)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        if digest == content.sha256:
            return target
        target.unlink()
        raise StorageError(f"{content.name} changed while it was being filed.", "File it again.")

    def _settle(self, incoming: dict[str, Path]) -> None:
        sync_files(list(incoming.values()))
        folders: set[Path] = set()
        for digest, path in incoming.items():
            target = self.path(digest)
            if not target.parent.is_dir():
                target.parent.mkdir(exist_ok=True)
                folders.add(self._folder)
            path.replace(target)
            folders.add(target.parent)
        sync_folders(folders)

    def _files(self) -> Iterator[Path]:
        for parent, _, names in os.walk(self._folder):
            for name in sorted(names):
                yield self._folder / parent / name

    def _foreign(self) -> Iterator[Path]:
        for path in self._files():
            if path.parent.name != _INCOMING and not _is_original(path):
                yield path


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_of_copy(source: Path, target: Path) -> str:
    """Copy a file; return the SHA-256 of what was copied."""
    total = hashlib.sha256()
    with source.open("rb") as read, target.open("xb") as written:
        while chunk := read.read(_CHUNK):
            total.update(chunk)
            written.write(chunk)
    return total.hexdigest()


def _is_original(path: Path) -> bool:
    return bool(_DIGEST.fullmatch(path.name)) and path.parent.name == path.name[:2]


def _faults_of(path: Path, digest: str, size: int) -> list[str]:
    try:
        if path.stat().st_size == size and digest_of(path) == digest:
            return []
    except FileNotFoundError:
        return [f"The original {digest} is missing."]
    except OSError as error:
        return [f"The original {digest} cannot be read: {error.strerror}."]
    return [f"The original {digest} was altered."]


def _storage(error: OSError) -> StorageError:
    return StorageError(
        f"An original could not be kept: {error.strerror or error}"
        + (f" ({error.filename})." if error.filename else "."),
        "See whether the disk is full or the file can still be read, then file it again.",
    )
