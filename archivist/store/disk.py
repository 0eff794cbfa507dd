"""Making sure that what was written stays written: fsync of files and folders."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

_TOGETHER = 8
"""How many are synced at once: the file system then commits its own journal for several."""
_FEW = 3


def sync_file(path: Path) -> None:
    """Have the system write a file's bytes to the device."""
    _sync(path, os.O_RDWR | getattr(os, "O_BINARY", 0))


def sync_files(paths: Collection[Path]) -> None:
    """Sync several files, some at a time."""
    _each(sync_file, paths)


def sync_folder(folder: Path) -> None:
    """Have the system write a folder's names to the device; Windows does so by itself."""
    if os.name != "nt":
        _sync(folder, os.O_RDONLY)


def sync_folders(folders: Collection[Path]) -> None:
    """Sync several folders, some at a time."""
    _each(sync_folder, folders)


def remove_older(path: Path, limit: float) -> bool:
    """Remove a file last written before a moment; one that others hold or took stays as it is."""
    try:
        if path.stat().st_mtime >= limit:
            return False
        path.unlink()
    except OSError:
        return False
    return True


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _each(sync: Callable[[Path], None], paths: Collection[Path]) -> None:
    if len(paths) < _FEW:
        for path in paths:
            sync(path)
        return
    with ThreadPoolExecutor(min(_TOGETHER, len(paths))) as pool:
        for _ in pool.map(sync, paths):
            pass
