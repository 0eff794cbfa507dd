"""Making sure that what was written stays written: fsync of files and folders."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_TOGETHER = 8
"""How many files are synced at once: the file system's own journal then commits for several."""


def sync_file(path: Path) -> None:
    """Have the system write a file's bytes to the device."""
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_files(paths: Sequence[Path]) -> None:
    """Sync several files, some at a time."""
    if len(paths) < 3:  # noqa: PLR2004 - threads would cost more than they save
        for path in paths:
            sync_file(path)
        return
    with ThreadPoolExecutor(min(_TOGETHER, len(paths))) as pool:
        for _ in pool.map(sync_file, paths):
            pass


def sync_folder(folder: Path) -> None:
    """Have the system write a folder's names to the device; Windows does so by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
