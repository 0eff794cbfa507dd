"""What is to be read: files as given, and those found in the folders given."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from archivist.model.names import readable
from archivist.model.record import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r", "$recycle.bin"})
_SYSTEM_FOLDERS = frozenset({"__macosx", "system volume information", "$recycle.bin"})

_ARCHIVE = frozenset({"archive.sqlite", "originals"})
"""What an archive's folder holds: filing it would file its originals once more."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read.

    Attributes:
        path: where it lies.
        name: as given or found, for people and for the report.
    """

    path: Path
    name: str


def is_system(name: str) -> bool:
    """Whether a path inside a folder or container is hidden or an operating system's own."""
    parts = [part.lower() for part in PurePosixPath(name.replace("\\", "/")).parts]
    if not parts:
        return False
    hidden = any(part.startswith(".") and part.strip(".") for part in parts)
    folders = any(part in _SYSTEM_FOLDERS for part in parts[:-1])
    return hidden or folders or parts[-1] in _SYSTEM_FILES or parts[-1].startswith("~$")


def walk(paths: Iterable[Path | str]) -> Iterator[Source | Refusal]:
    """Yield every file given or found, each once, folders in sorted order.

    Hidden and system files inside folders are passed over; a file that is given itself is read
    whatever its name.
    """
    seen: set[str] = set()
    for given in paths:
        for found in _walk(Path(given), readable(str(given))):
            key = str(found.path.absolute()) if isinstance(found, Source) else found.path
            if key not in seen:
                seen.add(key)
                yield found


def _walk(path: Path, name: str) -> Iterator[Source | Refusal]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield _unreachable(name, error)
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, name)
    elif stat.S_ISREG(mode):
        yield Source(path, name)
    else:
        yield Refusal(name, "This is no file but a device or a pipe; give the file itself.")


def _folder(path: Path, name: str) -> Iterator[Source | Refusal]:
    try:
        with os.scandir(path) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield _unreachable(name, error)
        return
    if {entry.name for entry in found} >= _ARCHIVE:
        yield Refusal(name, "This is an archive of Archivist itself; open it, do not file it.")
        return
    for entry in found:
        if is_system(entry.name) or _leads_to_a_folder(entry):
            continue
        yield from _walk(Path(entry.path), _joined(name, readable(entry.name)))


def _leads_to_a_folder(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a link to a folder: its files are found where they lie, and once."""
    try:
        return entry.is_symlink() and entry.is_dir()
    except OSError:  # a link to itself
        return False


def _joined(folder: str, name: str) -> str:
    return f"{folder}{name}" if folder.endswith(("/", os.sep)) else f"{folder}{os.sep}{name}"


def _unreachable(name: str, error: OSError) -> Refusal:
    if isinstance(error, FileNotFoundError):
        reason = "There is no such file or folder; look whether it was moved or renamed."
    elif isinstance(error, PermissionError):
        reason = "It may not be opened; ask its owner for permission to read it."
    else:
        reason = "It cannot be opened; look whether its disk or share is still connected."
    return Refusal(name, reason, str(error))
