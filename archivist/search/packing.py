"""The file format of the index: a sealed header, then aligned arrays, read through mmap.

A file is the magic, the length of the header, the header (JSON: facts, and for each array its type,
place, length and the CRC-32 of each of its pieces), then the arrays, small ones first. The header's
SHA-256 stands in the seals, away from the file. So opening reads and checks the header alone, and
each piece is checked once in a process, when it is first touched: nothing unchecked is ever
computed with, and neither opening nor a first search reads more than it needs. A file that fails
its check is removed: the index is missing a file then, and is built anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import mmap
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

import numpy as np

from archivist.search.errors import IndexUnusableError
from archivist.search.seals import FileSeal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from archivist.search.arrays import Array, Mask, Numbers, Places

MAGIC = b"ARP2"
_ALIGN = 64
_PIECE = 1 << 15
"""Bytes that are checked at once."""
_Entry: TypeAlias = tuple[str, int, int, str]
_LEAD = len(MAGIC) + 8
_FIRST = 1 << 20
"""Bytes of small arrays, of which a first search needs most: they are read while it is prepared."""
_PIECES = 32
_AHEAD = 1 << 17
"""Bytes that every system reads ahead when it is asked to."""
_IS_ADVISED = hasattr(mmap, "MADV_RANDOM")
"""Whether the system can be told what will be read: by itself it reads far ahead for nothing."""


def write(file: BinaryIO, facts: Mapping[str, object], arrays: Mapping[str, Array]) -> FileSeal:
    """Write arrays with some facts about them; return the seal of the file."""
    every = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    by_size = sorted(every, key=lambda name: every[name].nbytes)
    blocks = [every[name] for name in by_size]
    table: dict[str, _Entry] = {}
    offset = 0
    for name, block in zip(by_size, blocks, strict=True):
        table[name] = (block.dtype.str, offset, block.size, _sums(block).tobytes().hex())
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


def _sums(block: Array) -> Numbers:
    raw = _raw(block)
    pieces = range(0, len(raw), _PIECE)
    return np.array([zlib.crc32(raw[at : at + _PIECE]) for at in pieces], np.uint32)


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGN) * _ALIGN


class PackedArray:
    """An array of a file, of which no piece is handed out unchecked."""

    def __init__(self, file: PackedFile, entry: _Entry, block: Array) -> None:
        self._file = file
        self._block = block
        self._offset = entry[1]
        self._sums = np.frombuffer(bytes.fromhex(entry[3]), np.uint32)
        self._unchecked: Mask | None = np.ones(len(self._sums), bool)
        self._left = len(self._sums)
        self._shift = (_PIECE // block.itemsize).bit_length() - 1

    def __len__(self) -> int:
        return len(self._block)

    @property
    def unread(self) -> int:
        """How many of its pieces nobody has asked for in this process."""
        return self._left

    def whole(self) -> Array:
        """Return all of it."""
        if self._unchecked is not None:
            self._check(np.flatnonzero(self._unchecked))
        return self._block

    def read_ahead(self) -> Iterator[None]:
        """Read what nobody asked for yet, pausing after every few pieces."""
        for begin in range(0, len(self._sums), _PIECES):
            self.cut(begin << self._shift, min((begin + _PIECES) << self._shift, len(self)))
            yield

    def cut(self, start: int, stop: int) -> Array:
        """Return one stretch of it."""
        if self._unchecked is not None and stop > start:
            first = start >> self._shift
            last = (stop - 1) >> self._shift
            self._check(np.flatnonzero(self._unchecked[first : last + 1]) + first)
        return self._block[start:stop]

    def at(self, index: Places) -> Array:
        """Return what stands at some places; none of them negative."""
        if self._unchecked is not None:
            touched = np.zeros(len(self._sums), bool)
            touched[index >> self._shift] = True
            self._check(np.flatnonzero(touched & self._unchecked))
        return self._block[index]

    def windows(self, starts: Places, width: int) -> Array:
        """Return the stretches of one length that begin at some places, a row each."""
        if self._unchecked is not None:
            touched = np.zeros(len(self._sums), bool)
            for places in (starts, starts + (width - 1)):
                touched[places >> self._shift] = True
            self._check(np.flatnonzero(touched & self._unchecked))
        size, kind = self._block.itemsize, self._block.dtype
        shape = (len(self._block) - width + 1,)
        every: Array = np.ndarray(shape, f"V{size * width}", self._block, 0, (size,))
        return every[starts].view(kind).reshape(len(starts), width)

    def _check(self, pieces: Places) -> None:
        if not len(pieces):
            return
        raw = _raw(self._block)
        self._expect(pieces, len(raw))
        for piece in pieces.tolist():
            at = piece * _PIECE
            if zlib.crc32(raw[at : at + _PIECE]) != self._sums[piece]:
                raise self._file.condemned()
        unchecked = self._unchecked
        if unchecked is not None:
            unchecked[pieces] = False
            self._left = int(np.count_nonzero(unchecked))
            if not self._left:
                self._unchecked = None

    def _expect(self, pieces: Places, size: int) -> None:
        joined = pieces[-1] - pieces[0] < len(pieces)
        runs = [pieces] if joined else np.split(pieces, np.flatnonzero(np.diff(pieces) > 1) + 1)
        for run in runs:
            start, stop = int(run[0]) * _PIECE, (int(run[-1]) + 1) * _PIECE
            self._file.expect(self._offset + start, self._offset + min(stop, size))

    def is_whole(self) -> bool:
        """Read all of it again, also what was checked before; tell whether it is whole."""
        return bool(np.array_equal(_sums(self._block), self._sums))


class PackedFile:
    """A packed file, opened: its facts, and arrays that are checked as they are touched.

    Attributes:
        facts: what was written beside the arrays.
    """

    def __init__(self, path: Path, seal: FileSeal) -> None:
        self._path = path
        with path.open("rb") as file:
            self._stat(file, seal)
            head = self._head(file, seal)
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if _IS_ADVISED:
            self._map.madvise(mmap.MADV_RANDOM)
        content = json.loads(head[_LEAD:])
        self.facts: dict[str, Any] = content["facts"]
        self._table: dict[str, _Entry] = content["arrays"]
        self._base = len(head)
        self.expect(0, min(_FIRST, seal.size - self._base))
        self._opened: dict[str, PackedArray] = {}

    def _stat(self, file: BinaryIO, seal: FileSeal) -> None:
        file.seek(0, 2)
        if file.tell() != seal.size or not seal.size:
            raise self._damaged()

    def _head(self, file: BinaryIO, seal: FileSeal) -> bytes:
        file.seek(0)
        lead = file.read(_LEAD)
        size = int.from_bytes(lead[len(MAGIC) :], "little")
        if lead[: len(MAGIC)] != MAGIC or size > seal.size:
            raise self._damaged()
        head = lead + file.read(size)
        if hashlib.sha256(head).hexdigest() != seal.digest:
            raise self._damaged()
        return head

    def expect(self, start: int, stop: int) -> None:
        """Have the system read a stretch of the arrays at once, not page by page."""
        if _IS_ADVISED and stop - start > mmap.PAGESIZE:
            start, stop = self._base + start, self._base + stop
            start -= start % mmap.PAGESIZE
            for at in range(start, stop, _AHEAD):
                self._map.madvise(mmap.MADV_WILLNEED, at, min(_AHEAD, stop - at))

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
        """Return an array whole, read-only.

        Raises:
            IndexUnusableError: the file is damaged there.
        """
        return self.pieces(name).whole()

    def pieces(self, name: str) -> PackedArray:
        """Return an array whose pieces are checked as they are touched.

        Raises:
            IndexUnusableError: there is none of this name, as in a file of another format.
        """
        found = self._opened.get(name)
        if found is None:
            if name not in self._table:
                raise self._damaged()
            entry = self._table[name]
            dtype, offset, count, _ = entry
            block = np.frombuffer(self._map, np.dtype(dtype), count, self._base + offset)
            found = self._opened.setdefault(name, PackedArray(self, entry, block))
        return found

    def condemned(self) -> IndexUnusableError:
        """Remove the file, so that whoever opens the index next builds it anew.

        The damage may lie where opening does not look; the file is of no use to anybody.
        """
        with contextlib.suppress(OSError):
            self._path.unlink()
        return self._damaged()

    def verify(self) -> bool:
        """Read every array again, also those checked before; tell whether all are whole."""
        if all(self.pieces(name).is_whole() for name in self._table):
            return True
        self.condemned()
        return False
