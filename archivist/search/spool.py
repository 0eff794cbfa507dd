"""A file of records for a child process, which reads it while it is still being written."""

from __future__ import annotations

import struct
import threading
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from archivist.search.types import Entry

_HEAD = struct.Struct("<QII")
_AT_ONCE = 1 << 20
"""Bytes that are written before they are told of."""


class Spool:
    """The writing side; records are added by one thread, and told of by another.

    Attributes:
        path: of the file.
        docs: records so far.
        size: of them, in bytes.
    """

    def __init__(self, path: Path) -> None:
        """Begin a file."""
        self.path = path
        self.docs = 0
        self.size = 0
        self._file = path.open("wb", buffering=_AT_ONCE)
        self._ready = 0
        self._whole = False
        self._grown = threading.Condition()

    def add(self, entry: Entry) -> None:
        """Write a record."""
        title, text = (each.encode("utf-8", "replace") for each in (entry.title, entry.text))
        self._file.write(_HEAD.pack(entry.key, len(title), len(text)) + title + text)
        self.docs += 1
        self.size += _HEAD.size + len(title) + len(text)
        if self.size - self._ready >= _AT_ONCE:
            self._file.flush()
            self._tell(whole=False)

    def close(self) -> None:
        """Nothing more is added."""
        if not self._file.closed:
            try:
                self._file.close()
            finally:
                self._tell(whole=True)

    def _tell(self, *, whole: bool) -> None:
        with self._grown:
            self._ready, self._whole = self.size, whole
            self._grown.notify_all()

    def sizes(self) -> Iterator[int]:
        """Yield how much can be read, again whenever that has grown, until the file is whole."""
        told, whole = 0, False
        while not whole:
            with self._grown:
                while not self._whole and self._ready == told:
                    self._grown.wait()
                told, whole = self._ready, self._whole
            yield told


def records(file: IO[bytes], sizes: Iterable[int]) -> Iterator[tuple[int, str, str]]:
    """Read key, title and text of the records of a file.

    Args:
        file: the file.
        sizes: how much of it can be read, ascending: always a number of whole records.
    """
    at = 0
    for size in sizes:
        while at < size:
            key, title, text = _HEAD.unpack(file.read(_HEAD.size))
            yield key, file.read(title).decode(), file.read(text).decode()
            at += _HEAD.size + title + text
