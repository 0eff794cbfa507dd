"""Where Whoosh's files lie: synced before they count, and read only after a check.

Whoosh's table of contents is a pickle and its commit is a rename. Here a table is handed out only
when its bytes are the sealed ones, tables that are not sealed do not exist, and the rename is the
moment at which everything is synced and the new seals are saved.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
from typing import TYPE_CHECKING

from typing_extensions import override
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.filedb.structfile import StructFile

from archivist.search import packing
from archivist.search.errors import IndexUnusableError
from archivist.search.packing import PackedFile
from archivist.search.schema import NAME
from archivist.search.seals import FileSeal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from archivist.search.arrays import Array

_TABLE = re.compile(rf"_{NAME}_([0-9]+)\.toc")


def table_name(generation: int) -> str:
    """Return the file name of Whoosh's table of contents."""
    return f"_{NAME}_{generation}.toc"


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system knows how."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class SealedStorage(FileStorage):  # type: ignore[misc]  # Whoosh is untyped
    """A folder of index files under seals.

    Attributes:
        files: seals of all files that count, and of those written since.
        generation: the table of contents that counts; 0 before the first.
        unsynced: names of the files that are not durable yet.
        on_table: called with the generation and seal of a new table, before it counts.
    """

    def __init__(self, folder: Path, files: Mapping[str, FileSeal], generation: int) -> None:
        super().__init__(str(folder))
        self.path = folder
        self.files = dict(files)
        self.generation = generation
        self.unsynced: set[str] = set()
        self.on_table: Callable[[int, FileSeal], None] | None = None

    @override
    def list(self) -> list[str]:
        """Name the files, but no table of contents that is not the sealed one."""
        names: list[str] = super().list()
        hidden = table_name(self.generation)
        return [name for name in names if name == hidden or not _TABLE.fullmatch(name)]

    @override
    def open_file(self, name: str, **options: object) -> StructFile:
        """Open a file; of a table of contents, hand out the very bytes that were checked."""
        if not _TABLE.fullmatch(name):
            return super().open_file(name, **options)
        seal = self.files.get(name)
        content = (self.path / name).read_bytes()
        if seal is None or seal != FileSeal(len(content), hashlib.sha256(content).hexdigest()):
            raise IndexUnusableError(f"its file {name} is damaged")
        return StructFile(io.BytesIO(content), name=name, **options)

    @override
    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename a file; a table of contents is synced and sealed as it takes its name."""
        found = _TABLE.fullmatch(newname)
        if found is None:
            super().rename_file(oldname, newname, safe=safe)
            return
        content = (self.path / oldname).read_bytes()
        (self.path / oldname).replace(self.path / newname)
        self.unsynced.add(newname)
        self.sync()
        seal = FileSeal(len(content), hashlib.sha256(content).hexdigest())
        generation = int(found[1])
        if self.on_table is not None:
            self.on_table(generation, seal)
        self.files[newname] = seal
        self.generation = generation
        self._remove_tables(newname)

    def _remove_tables(self, current: str) -> None:
        """Remove the tables of earlier commits, and those that a crash has left behind."""
        for name in super().list():
            if _TABLE.match(name) and name != current:
                with contextlib.suppress(OSError):
                    (self.path / name).unlink()

    def put(self, name: str, facts: Mapping[str, object], arrays: Mapping[str, Array]) -> None:
        """Write a packed file; it is not durable yet."""
        with (self.path / name).open("wb") as file:
            self.files[name] = packing.write(file, facts, arrays)
        self.unsynced.add(name)

    def sync(self) -> None:
        """Make all that was written durable, at once: the first sync does most of the work."""
        for name in sorted(self.unsynced):
            with (self.path / name).open("rb+") as file:
                os.fsync(file.fileno())
        self.unsynced.clear()
        sync_folder(self.path)

    @override
    def temp_storage(self, name: str | None = None) -> RamStorage:
        """Return a place for Whoosh's posting pool, which is as good as never used."""
        return RamStorage()

    def packed(self, name: str) -> PackedFile:
        """Open a packed file by its seal.

        Raises:
            IndexUnusableError: it has none, or is damaged.
            FileNotFoundError: it is not there, perhaps because a newer state has replaced it.
        """
        seal = self.files.get(name)
        if seal is None:
            raise IndexUnusableError(f"its file {name} has no seal")
        return PackedFile(self.path / name, seal)
