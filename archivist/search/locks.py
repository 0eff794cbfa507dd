"""Locks between processes, and faults of the disk told as such."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from whoosh.util.filelock import FileLock, try_for

from archivist.model.errors import ArchiveBusyError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DELAY = 0.01


@contextlib.contextmanager
def locked(path: Path, seconds: float) -> Iterator[None]:
    """Hold a lock file, which ends with the process whatever happens.

    Raises:
        ArchiveBusyError: another holds it for longer than that.
    """
    lock = FileLock(str(path))
    if not try_for(lock.acquire, timeout=seconds, delay=_DELAY):
        raise ArchiveBusyError(
            "Another program is writing to the search index.",
            "Wait until its work is done, then try again.",
        )
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def disk_errors() -> Iterator[None]:
    """Raise what the disk refuses as an error with words for the user.

    Raises:
        StorageError: the system refused to write or read.
    """
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"The search index cannot be written: {error.strerror or error}.",
            "Make room on the disk or look at its permissions; no record is lost.",
        ) from error
