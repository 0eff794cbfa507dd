"""One committed state of the index, its files open and checked."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import numpy as np
from whoosh.index import TOC

from archivist.search import columns as columnar
from archivist.search.codec import KEYS, kept
from archivist.search.columns import Columns
from archivist.search.errors import IndexUnusableError
from archivist.search.parts import Loaded, Part
from archivist.search.schema import NAME, schema
from archivist.search.searcher import Searcher
from archivist.search.segment import PackedField
from archivist.search.storage import SealedStorage
from archivist.search.types import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from archivist.search.codec import PackedSegment
    from archivist.search.seals import Sealed
    from archivist.search.words import Stems


def base_name(number: int) -> str:
    """Return the name of the columns' base file."""
    return f"columns-{number}.pak"


def log_name(number: int) -> str:
    """Return the name of the log of what has changed since the base file."""
    return f"columns-{number}.log"


class State:
    """What one set of seals names.

    Attributes:
        sealed: the seals.
        storage: the folder they seal.
        segments: as Whoosh's table of contents lists them.
        loaded: their files, by segment.
        columns: values and dates.
        log_rows: rows in the columns' log.
    """

    def __init__(  # noqa: PLR0917 - all that a state is
        self,
        sealed: Sealed,
        storage: SealedStorage,
        segments: Sequence[PackedSegment],
        loaded: dict[str, Loaded],
        columns: Columns,
        log_rows: int,
    ) -> None:
        self.sealed = sealed
        self.storage = storage
        self.segments = list(segments)
        self.loaded = loaded
        self.columns = columns
        self.log_rows = log_rows
        self._stamps = {name: self._stamp(name) for name in sealed.files}

    @classmethod
    def load(cls, folder: Path, sealed: Sealed, stems: Stems, old: State | None = None) -> State:
        """Open what the seals name, taking from an older state what is the same.

        Raises:
            FileNotFoundError: a file is not there.
            IndexUnusableError: a file is damaged.
        """
        storage = SealedStorage(folder / sealed.place, sealed.files, sealed.generation)
        if old is not None and not old.shares(sealed):
            old = None
        if old is not None and old.sealed.generation == sealed.generation:
            segments = old.segments
        else:
            segments = TOC.read(storage, NAME, sealed.generation, schema()).segments
        known = {} if old is None else old.loaded
        loaded = load_segments(storage, segments, stems, known)
        columns, rows = _load_columns(storage, sealed, old)
        return cls(sealed, storage, segments, loaded, columns, rows)

    def searcher(self) -> Searcher:
        """Return a searcher on this state."""
        parts = [
            Part(self.loaded[segment.segment_id()], kept(segment), self.columns)
            for segment in self.segments
        ]
        return Searcher(self.sealed.sequence, parts, self.columns)

    def is_untouched(self) -> bool:
        """Whether the files still have the size and time with which they were opened."""
        return self._holds(self._stamps)

    def shares(self, sealed: Sealed) -> bool:
        """Whether what other seals name, too, is still as it was opened: it need not be read again.

        What they do not name any more may be gone.
        """
        common = self.sealed.files.items() & sealed.files.items()
        return self.sealed.place == sealed.place and self._holds(name for name, _ in common)

    def _holds(self, names: Iterable[str]) -> bool:
        try:
            return all(self._stamp(name) == self._stamps[name] for name in names)
        except OSError:
            return False

    def is_changed(self) -> bool:
        """Whether a file was changed since it was opened; one that is gone was replaced rightly."""
        for name, known in self._stamps.items():
            with contextlib.suppress(FileNotFoundError):
                if self._stamp(name) != known:
                    return True
        return False

    def _stamp(self, name: str) -> tuple[int, int, int]:
        found = (self.storage.path / name).stat()
        return found.st_ino, found.st_size, found.st_mtime_ns

    def faults(self) -> list[str]:
        """Read everything; say what is wrong, in words."""
        files = [name for name in self.sealed.files if name.endswith(".pak")]
        broken = [name for name in files if not self.storage.packed(name).verify()]
        if broken:
            return [f"The search index's file {name} is damaged." for name in broken]
        return [
            f"The search index's segment {segment.segment_id()} contradicts itself."
            for segment in self.segments
            if not self._agrees(segment)
        ]

    def _agrees(self, segment: PackedSegment) -> bool:
        loaded = self.loaded[segment.segment_id()]
        counts = {len(loaded.keys), segment.doc_count_all()}
        counts.update(packed.docs_count for packed in loaded.fields.values())
        return len(counts) == 1


def load_segments(
    storage: SealedStorage,
    segments: Sequence[PackedSegment],
    stems: Stems,
    known: dict[str, Loaded],
) -> dict[str, Loaded]:
    """Open the files of segments that are not known yet; return all of them."""
    loaded = {}
    for segment in segments:
        name = segment.segment_id()
        loaded[name] = known.get(name) or _load_segment(storage, segment, stems)
    return loaded


def _load_segment(storage: SealedStorage, segment: PackedSegment, stems: Stems) -> Loaded:
    file = storage.packed(segment.file_name)
    fields = {name: PackedField(file, name) for name in FIELDS}
    keys = file.array(KEYS).astype(np.int64)
    return Loaded(segment.segment_id(), fields, keys, stems)


def _load_columns(storage: SealedStorage, sealed: Sealed, old: State | None) -> tuple[Columns, int]:
    """Return the columns and how many rows their log has."""
    start = crc = rows = 0
    followed = (
        old is not None
        and old.sealed.columns == sealed.columns
        and old.sealed.log_size <= sealed.log_size
    )
    if old is not None and followed:
        columns, rows = old.columns, old.log_rows
        start, crc = old.sealed.log_size, old.sealed.log_crc
    else:
        base = storage.packed(base_name(sealed.columns))
        columns = Columns.load(base, None if old is None else old.columns)
    with (storage.path / log_name(sealed.columns)).open("rb") as file:
        file.seek(start)
        lines = file.read(sealed.log_size - start)
    if columnar.checksum(lines, crc) != sealed.log_crc:
        raise IndexUnusableError(f"its file {log_name(sealed.columns)} is damaged")
    fresh = columnar.decode_rows(lines)
    return columns.patched(fresh), rows + len(fresh)
