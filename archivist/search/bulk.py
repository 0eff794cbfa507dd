"""Segments of a large build: written in this process, or by children while this one reads on.

What a child shall write is put into a file for it. So a child that dies costs nothing: its file is
taken up here. Nothing of it is executed; it holds keys and texts.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from typing_extensions import override

from archivist.model.errors import StoppedError
from archivist.search.codec import PackedCodec, PackedSegment, put_segment
from archivist.search.schema import NAME
from archivist.search.seals import FileSeal, Piece
from archivist.search.spool import Spool, records
from archivist.search.storage import SealedStorage
from archivist.search.tokens import Gatherer
from archivist.search.types import FIELDS, TEXT, TITLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archivist.search.types import Entry

ALONE_DOCS, ALONE_BYTES = 25_000, 50_000_000
SHARED_DOCS, SHARED_BYTES = 17_000, 45_000_000
"""The largest segment written in one go, by one process or by each of several: bounds memory."""
_BOOT = "import sys; sys.path[:] = {paths!r}; from archivist.search.bulk import main; main()"
_PATIENCE = 10.0


class Batch:
    """Documents on their way into one segment: each text becomes numbers as it is added.

    Attributes:
        keys: of the documents so far.
        size: of their texts, in bytes.
    """

    def __init__(self) -> None:
        self.keys: list[int] = []
        self.size = 0
        self._fields = {name: Gatherer(bounds=name == TEXT) for name in FIELDS}

    def add(self, key: int, title: str, text: str) -> None:
        """Take a document."""
        self.keys.append(key)
        self.size += self._fields[TEXT].add(text) + self._fields[TITLE].add(title)

    def write(self, storage: SealedStorage, segment: PackedSegment) -> None:
        """Write the documents as a segment; the batch is spent afterwards."""
        fields = (self._fields.pop(name).spend() for name in FIELDS)
        put_segment(storage, segment, self.keys, fields)


class Bulk:
    """Takes records, writes them as segments of bounded size, and tells of each when it stands."""

    def __init__(
        self, storage: SealedStorage, on_piece: Callable[[Piece], None], docs: int = ALONE_DOCS
    ) -> None:
        """Write into a folder.

        Args:
            storage: the folder; the seals of its new files are kept there.
            on_piece: is called with each segment when it is durable.
            docs: the most records of a segment.
        """
        self._storage = storage
        self._on_piece = on_piece
        self._docs = docs
        self._batch = Batch()

    def add(self, entry: Entry) -> None:
        """Take a record."""
        self._batch.add(entry.key, entry.title, entry.text)
        if len(self._batch.keys) >= self._docs or self._batch.size >= ALONE_BYTES:
            self._write()

    def _write(self) -> None:
        batch, self._batch = self._batch, Batch()
        self._stand(_written(self._storage, batch, ""))

    def _stand(self, piece: Piece) -> None:
        self._storage.files[piece.file_name] = piece.seal
        self._on_piece(piece)

    def finish(self) -> None:
        """Write what is left."""
        if self._batch.keys:
            self._write()

    def close(self) -> None:
        """Stop what is still at work."""


class SharedBulk(Bulk):
    """The same by child processes."""

    def __init__(
        self,
        storage: SealedStorage,
        on_piece: Callable[[Piece], None],
        docs: int = SHARED_DOCS,
        processes: int = 2,
    ) -> None:
        """Write into a folder by so many children; see Bulk."""
        super().__init__(storage, on_piece, docs)
        self._children = [_Child() for _ in range(processes)]
        self._idle: queue.SimpleQueue[_Child] = queue.SimpleQueue()
        for child in self._children:
            self._idle.put(child)
        self._threads = ThreadPoolExecutor(processes)
        self._pending: set[Future[Piece]] = set()
        self._here = threading.Lock()
        self._closing = threading.Event()
        self._spools: deque[Spool | None] = deque([None] * processes)

    @override
    def add(self, entry: Entry) -> None:
        """Take a record; the children take turns, so that all are at work from the first on."""
        spool = self._spools.popleft() or self._begin()
        self._spools.append(spool)
        spool.add(entry)
        if spool.docs >= self._docs or spool.size >= SHARED_BYTES:
            spool.close()
            self._spools[-1] = None

    def _begin(self) -> Spool:
        self._take(len(self._children) + sum(spool is not None for spool in self._spools))
        name = f"spool-{PackedSegment(PackedCodec(), NAME).segid}"
        spool = Spool(self._storage.path / name)
        self._pending.add(self._threads.submit(self._make, spool))
        return spool

    def _take(self, most: int) -> None:
        """Wait until no more than so many pieces are on the way."""
        while self._pending:
            limit = None if len(self._pending) > most else 0
            done, self._pending = wait(self._pending, limit, FIRST_COMPLETED)
            for future in done:
                self._stand(future.result())
            if not done:
                return

    def _make(self, spool: Spool) -> Piece:
        child = self._idle.get()
        order = {"folder": str(self._storage.path), "spool": spool.path.name}
        try:
            told = child.ask(order, spool.sizes())
        finally:
            self._idle.put(child)
        if told is None:
            return self._make_here(spool)
        if "errno" in told:
            raise OSError(told["errno"], told["reason"])
        return Piece.from_json(told)

    def _make_here(self, spool: Spool) -> Piece:
        """Do the work of a child that is gone, as soon as its file is whole."""
        sizes = list(spool.sizes())
        if self._closing.is_set():
            raise StoppedError
        with self._here:
            return _from_spool(self._storage.path, spool.path, sizes)

    @override
    def finish(self) -> None:
        """Write what is left, and wait for all."""
        for spool in filter(None, self._spools):
            spool.close()
        self._take(0)
        self.close()

    @override
    def close(self) -> None:
        """Stop what is still at work."""
        self._closing.set()
        for child in self._children:
            child.end()
        for spool in filter(None, self._spools):
            with contextlib.suppress(OSError):
                spool.close()
        self._threads.shutdown(cancel_futures=True)
        for child in self._children:
            child.close()


class _Child:
    """One child process and the line to it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        with contextlib.suppress(OSError):
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
                [sys.executable, "-I", "-X", "utf8", "-c", _BOOT.format(paths=sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )

    def ask(self, order: dict[str, str], sizes: Iterable[int]) -> dict[str, Any] | None:
        """Have a segment written; None where the child is gone.

        Args:
            order: where the records are, and where the segment goes.
            sizes: how much of the records can be read, again and again until they are whole.
        """
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return None
        with contextlib.suppress(OSError, ValueError):
            for told in chain([order], sizes, [None]):
                process.stdin.write(json.dumps(told).encode() + b"\n")
                process.stdin.flush()
            answer: dict[str, Any] = json.loads(process.stdout.readline())
            return answer
        return None

    def end(self) -> None:
        """End it; what it has in hand is given up."""
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """Let go of what is left of it."""
        if self._process is None:
            return
        self._process.wait(_PATIENCE)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def main() -> None:
    """Write segments until the parent closes the line: the main function of a child."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    while line := sys.stdin.buffer.readline():
        order = json.loads(line)
        if not isinstance(order, dict):
            continue  # what was still on the way when an order failed
        folder = Path(order["folder"])
        try:
            told = _from_spool(folder, folder / order["spool"], _sizes(sys.stdin.buffer)).to_json()
        except OSError as error:
            told = {"errno": error.errno, "reason": error.strerror}
        try:
            answers.write(json.dumps(told).encode() + b"\n")
            answers.flush()
        except OSError:  # the parent is gone
            os._exit(1)


def _sizes(lines: IO[bytes]) -> Iterator[int]:
    """Read how much of its records a child may read; the parent says None at the end."""
    while (size := json.loads(lines.readline() or "0")) is not None:
        if not size:
            os._exit(1)  # the parent is gone
        yield size


def _from_spool(folder: Path, path: Path, sizes: Iterable[int]) -> Piece:
    """Write one segment with the records of a file, and remove the file."""
    batch = Batch()
    with path.open("rb") as file:
        for key, title, text in records(file, sizes):
            batch.add(key, title, text)
    piece = _written(SealedStorage(folder, {}, 0), batch, path.name.partition("-")[2])
    path.unlink()
    return piece


def _written(storage: SealedStorage, batch: Batch, name: str) -> Piece:
    segment = PackedSegment(PackedCodec(), NAME, segid=name or None)
    batch.write(storage, segment)
    seal: FileSeal = storage.files[segment.file_name]
    storage.sync()
    return Piece(segment.segid, segment.file_name, segment.doc_count_all(), segment.tokens, seal)
