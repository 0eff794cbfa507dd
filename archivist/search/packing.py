"""The file format of the index: a sealed header, then aligned arrays, read through mmap.

A file is the magic, the length of the header, the header (JSON: facts, and for each array its type,
place, length and CRC-32), then the arrays. The header's SHA-256 stands in the seals, away from the
file. So opening reads and checks the header alone, and each array is checked once in a process,
when it is first touched: nothing unchecked is ever computed with, and opening stays quick. A file
that fails its check is removed: the index is missing a file then, and is built anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import mmap
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from archivist.search.errors import IndexUnusableError
from archivist.search.seals import FileSeal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from archivist.search.arrays import Array

MAGIC = b"ARP1"
_ALIGN = 64
_LEAD = len(MAGIC) + 8


def write(file: BinaryIO, facts: Mapping[str, object], arrays: Mapping[str, Array]) -> FileSeal:
    """Write arrays with some facts about them; return the seal of the file."""
    blocks = [np.ascontiguousarray(array) for array in arrays.values()]
    table: dict[str, tuple[str, int, int, int]] = {}
    offset = 0
    for name, block in zip(arrays, blocks, strict=True):
        table[name] = (block.dtype.str, offset, block.size, zlib.crc32(_raw(block)))
        offset = _aligned(offset + block.nbytes)
    head = json.dumps({"facts": facts, "arrays": table}).encode()
    head += b" " * (-(len(head) + _LEAD) % _ALIGN)
    lead = MAGIC + len(head).to_bytes(8, "little") + head
    file.write(lead)
    for block in blocks:
        file.write(_raw(block))
        file.write(b"\0" * (_aligned(block.nbytes) - block.nbytes))
    return FileSeal(len(lead) + offset, hashlib.sha256(lead).hexdigest())


def _raw(block: Array) -> memoryview:
    return block.reshape(-1).view(np.uint8).data


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGN) * _ALIGN


class PackedFile:
    """A packed file, opened: its facts, and arrays that are checked when first touched.

    Attributes:
        facts: what was written beside the arrays.
    """

    def __init__(self, path: Path, seal: FileSeal) -> None:
        self._path = path
        with path.open("rb") as file:
            self._stat(file, seal)
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        end = _LEAD + int.from_bytes(self._map[len(MAGIC) : _LEAD], "little")
        if self._map[: len(MAGIC)] != MAGIC or end > len(self._map):
            raise self._damaged()
        head = self._map[:end]
        if hashlib.sha256(head).hexdigest() != seal.digest:
            raise self._damaged()
        content = json.loads(head[_LEAD:])
        self.facts: dict[str, Any] = content["facts"]
        self._table: dict[str, tuple[str, int, int, int]] = content["arrays"]
        self._base = end
        self._checked: dict[str, Array] = {}

    def _stat(self, file: BinaryIO, seal: FileSeal) -> None:
        file.seek(0, 2)
        if file.tell() != seal.size or not seal.size:
            raise self._damaged()

    def _damaged(self) -> IndexUnusableError:
        return IndexUnusableError(f"its file {self._path.name} is damaged")

    def number(self, fact: str) -> int:
        """Return a fact that is a number."""
        return int(self.facts[fact])

    def __contains__(self, name: str) -> bool:
        return name in self._table

    def names(self) -> list[str]:
        """Return the names of the arrays."""
        return list(self._table)

    def array(self, name: str) -> Array:
        """Return an array, read-only, checked against its checksum.

        Raises:
            IndexUnusableError: the file is damaged there.
        """
        found = self._checked.get(name)
        if found is None:
            found = self._checked[name] = self._check(name)
        return found

    def _check(self, name: str) -> Array:
        dtype, offset, count, checksum = self._table[name]
        block = np.frombuffer(self._map, np.dtype(dtype), count, self._base + offset)
        if zlib.crc32(_raw(block)) != checksum:
            self._condemn()
            raise self._damaged()
        return block

    def _condemn(self) -> None:
        """Remove the file, so that whoever opens the index next builds it anew.

        The damage may lie where opening does not look; the file is of no use to anybody.
        """
        with contextlib.suppress(OSError):
            self._path.unlink()

    def verify(self) -> bool:
        """Read every array again, also those checked before; tell whether all are whole."""
        try:
            for name in self._table:
                self._check(name)
        except IndexUnusableError:
            return False
        return True
