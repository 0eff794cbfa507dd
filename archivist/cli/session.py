"""What commands share: the archive that is meant, and being stopped in good order."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.archive import Archive, settings
from archivist.model.errors import ArchiveMissingError
from archivist.model.progress import CancelToken

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from types import FrameType


@contextlib.contextmanager
def opened(options: argparse.Namespace, *, follow: bool = True) -> Iterator[Archive]:
    """Open the archive that the command line means, and remember it as the one used last."""
    named = options.archive or os.environ.get("ARCHIVIST_ARCHIVE")
    path = Path(named) if named else settings.last_archive()
    if path is None:
        raise ArchiveMissingError(
            "No archive was named.",
            "Name one with --archive DIR, or make one with `archivist new DIR`.",
        )
    with Archive.open(path, follow=follow) as archive:
        settings.remember_archive(archive.path)
        yield archive


@contextlib.contextmanager
def stoppable() -> Iterator[CancelToken]:
    """Let Ctrl+C and a polite end of the process stop the work at its next safe place."""
    token = CancelToken()

    def stop(_number: int, _frame: FrameType | None) -> None:
        token.cancel()

    if threading.current_thread() is not threading.main_thread():
        yield token
        return
    kept = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield token
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
