"""One write: segments, columns and seals go from one state to the next, or stay as they were."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from archivist.search import columns as columnar
from archivist.search import merging
from archivist.search.bulk import Bulk
from archivist.search.codec import PackedCodec, PackedSegment
from archivist.search.schema import NAME, schema
from archivist.search.state import State, base_name, load_segments, log_name
from archivist.search.storage import SealedStorage, table_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from whoosh.writing import SegmentWriter

    from archivist.search.columns import Columns, Row
    from archivist.search.seals import FileSeal, Piece, Seals
    from archivist.search.types import Entry
    from archivist.search.words import Stems

_LOG_ROWS = 2_000
_LOG_BYTES = 4_000_000
_LOCK_SECONDS = 5.0


def write_batches(storage: SealedStorage, entries: Iterable[Entry]) -> list[PackedSegment]:
    """Write records as segments, each of bounded size; return these."""
    pieces: list[Piece] = []
    bulk = Bulk(storage, pieces.append)
    for entry in entries:
        bulk.add(entry)
    bulk.finish()
    return [segment_of(piece) for piece in pieces]


def segment_of(piece: Piece) -> PackedSegment:
    """Return the segment that a finished file is."""
    segment = PackedSegment(PackedCodec(), NAME, piece.docs, piece.segment)
    segment.tokens = piece.tokens
    return segment


def commit_segments(
    storage: SealedStorage,
    plan: Callable[[Sequence[PackedSegment]], list[PackedSegment]],
    on_table: Callable[[int, dict[str, FileSeal]], None],
) -> list[PackedSegment]:
    """Let Whoosh commit the segments that a plan makes of those there are.

    Whoosh holds its lock meanwhile, or another commit would clean the new files away.

    Args:
        storage: where they lie.
        plan: takes the segments there are, returns those that shall be.
        on_table: is called with the new generation and the seals of all its files, at the moment
            when all of them are durable and before any older one is removed.
    """
    standing: list[PackedSegment] = []

    def policy(_writer: SegmentWriter, segments: list[PackedSegment]) -> list[PackedSegment]:
        standing[:] = plan(segments)
        return list(standing)

    def sealed(generation: int, table: FileSeal) -> None:
        names = [segment.file_name for segment in standing]
        files = {name: storage.files[name] for name in names}
        on_table(generation, {table_name(generation): table, **files})

    storage.on_table = sealed
    index = storage.open_index(NAME, schema=schema())
    writer = index.writer(codec=PackedCodec(), compound=False, timeout=_LOCK_SECONDS)
    writer.commit(mergetype=policy)
    return standing


class Commit:
    """A write on top of a state."""

    def __init__(self, state: State, seals: Seals, sequence: int, stems: Stems) -> None:
        self._state = state
        self._seals = seals
        self._stems = stems
        self._storage = SealedStorage(
            state.storage.path, state.sealed.files, state.sealed.generation
        )
        self._sealed = replace(state.sealed, sequence=sequence)
        self._codec = PackedCodec()

    def run(self, added: Sequence[Entry], gone: set[int], rows: Sequence[Row]) -> State:
        """Add and remove records and write rows of columns; return the new state."""
        columns, log_rows = self._write_columns(rows)
        segments = self._state.segments
        if added or self._holds(gone):
            doomed = gone | {entry.key for entry in added}
            segments = self._write_segments(lambda found: self._plan(found, added, doomed))
        else:
            self._storage.sync()
            self._seals.save(self._sealed.to_json())
        return self._finish(columns, log_rows, segments)

    def tidy(self) -> State:
        """Merge all small segments, and write the columns anew; return the new state."""
        columns, log_rows = self._rewrite_columns(self._state.columns)
        segments = self._write_segments(
            lambda found: merging.merge_some(
                self._storage, self._codec, found, merging.MOST_TOKENS, fanout=2
            )
        )
        return self._finish(columns, log_rows, segments)

    def _holds(self, keys: set[int]) -> bool:
        wanted = np.fromiter(keys, np.int64, len(keys))
        return any(np.isin(loaded.keys, wanted).any() for loaded in self._state.loaded.values())

    # --- columns

    def _write_columns(self, rows: Sequence[Row]) -> tuple[Columns, int]:
        sealed, columns = self._sealed, self._state.columns.patched(rows)
        lines = columnar.encode_rows(rows)
        log_rows = self._state.log_rows + len(rows)
        if log_rows > _LOG_ROWS or sealed.log_size + len(lines) > _LOG_BYTES:
            return self._rewrite_columns(columns)
        with (self._storage.path / log_name(sealed.columns)).open("rb+") as file:
            file.truncate(sealed.log_size)
            file.seek(sealed.log_size)
            file.write(lines)
        self._storage.unsynced.add(log_name(sealed.columns))
        self._sealed = replace(
            sealed,
            log_size=sealed.log_size + len(lines),
            log_crc=columnar.checksum(lines, sealed.log_crc),
        )
        return columns, log_rows

    def _rewrite_columns(self, columns: Columns) -> tuple[Columns, int]:
        number = self._sealed.columns + 1
        seal = write_columns(self._storage, columns, number)
        files = dict(self._sealed.files)
        files.pop(base_name(self._sealed.columns))
        files[base_name(number)] = seal
        self._sealed = replace(self._sealed, columns=number, files=files, log_size=0, log_crc=0)
        return columns, 0

    # --- segments

    def _plan(
        self, segments: Sequence[PackedSegment], added: Sequence[Entry], doomed: set[int]
    ) -> list[PackedSegment]:
        wanted = np.fromiter(doomed, np.int64, len(doomed))
        for segment in segments:
            keys = self._state.loaded[segment.segment_id()].keys
            for doc in np.flatnonzero(np.isin(keys, wanted)).tolist():
                segment.delete_document(doc)
        standing = [segment for segment in segments if segment.doc_count()]
        fresh = write_batches(self._storage, added)
        limit = merging.allowance(sum(segment.tokens for segment in fresh))
        return merging.merge_some(self._storage, self._codec, standing + fresh, limit)

    def _write_segments(
        self, plan: Callable[[Sequence[PackedSegment]], list[PackedSegment]]
    ) -> list[PackedSegment]:
        return commit_segments(self._storage, plan, self._seal)

    def _seal(self, generation: int, files: dict[str, FileSeal]) -> None:
        base = base_name(self._sealed.columns)
        files[base] = self._sealed.files[base]
        self._sealed = replace(self._sealed, generation=generation, files=files)
        self._seals.save(self._sealed.to_json())

    # --- the new state

    def _finish(self, columns: Columns, log_rows: int, segments: Sequence[PackedSegment]) -> State:
        if self._sealed.columns != self._state.sealed.columns:
            remove_columns(self._storage, self._sealed.columns)
        loaded = load_segments(self._storage, segments, self._stems, self._state.loaded)
        return State(self._sealed, self._storage, segments, loaded, columns, log_rows)


def write_columns(storage: SealedStorage, columns: Columns, number: int) -> FileSeal:
    """Write the base file of the columns and an empty log beside it; return the base's seal."""
    storage.put(base_name(number), columns.facts(), columns.arrays())
    (storage.path / log_name(number)).write_bytes(b"")
    storage.unsynced.add(log_name(number))
    return storage.files[base_name(number)]


def remove_columns(storage: SealedStorage, current: int) -> None:
    """Remove the columns' files that no seal names any more, where nobody holds them open."""
    kept = {base_name(current), log_name(current)}
    for path in storage.path.glob("columns-*"):
        if path.name not in kept:
            with contextlib.suppress(OSError):
                path.unlink()
