"""Building the index anew, aside: memory is bounded, and readers of the old one go on.

Every segment that stands is noted beside the seals. A build whose process dies is taken up where it
was: what stands is checked, only the rest is written. Such an index follows the journal from where
it stood when the build was first begun, so that whatever changed meanwhile comes right.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from archivist.model.errors import StoppedError
from archivist.model.progress import Progress
from archivist.search import columns as columnar
from archivist.search.bulk import SHARED_DOCS, Bulk, SharedBulk
from archivist.search.codec import KEYS
from archivist.search.columns import Columns
from archivist.search.commit import commit_segments, segment_of, write_columns
from archivist.search.errors import IndexUnusableError
from archivist.search.schema import NAME, schema
from archivist.search.seals import Begun, FileSeal, Piece, Sealed, Seals, stamp
from archivist.search.state import base_name
from archivist.search.storage import SealedStorage
from archivist.search.types import Entry

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from archivist.model.progress import CancelToken, Report
    from archivist.search.codec import PackedSegment
    from archivist.search.columns import Row

Entries: TypeAlias = Iterable[Entry] | Callable[[frozenset[int]], Iterable[Entry]]
"""All records; or what gives them, told the keys of those whose texts are not needed any more."""
_REPORT_EVERY = 200
_ROWS_AT_ONCE = 5_000
_WORTH_SHARING = 4_000
_MOST_PROCESSES = 2


class Build:
    """One build in a folder of its own, which counts only when its seals are saved."""

    def __init__(  # noqa: PLR0917 - where, for whom, how, and who is told
        self,
        folder: Path,
        seals: Seals,
        archive: str,
        processes: int | None,
        report: Report,
        cancel: CancelToken | None,
    ) -> None:
        self._folder = folder
        self._seals = seals
        self._archive = archive
        self._processes = processes
        self._report = report
        self._cancel = cancel
        self._columns = Columns.empty()
        self._rows: list[Row] = []
        self._begun = Begun(archive, stamp(), "", 0)

    def run(self, entries: Entries, sequence: int, count: int | None = None) -> Sealed:
        """Write all entries; return the seals to be saved.

        Args:
            entries: the records.
            sequence: of the journal, from which the index shall follow.
            count: how many entries there are about, where it is known.

        Raises:
            StoppedError: the token was cancelled; what stands is taken up by the next build.
        """
        storage = self._taken_up() or self._fresh(sequence)
        try:
            return self._write(storage, entries, count)
        except BaseException as error:
            if not (isinstance(error, StoppedError) and self._begun.pieces):
                self._seals.save_begun({})
                shutil.rmtree(storage.path, ignore_errors=True)
            raise

    def _fresh(self, sequence: int) -> SealedStorage:
        self._begun = replace(self._begun, place=secrets.token_hex(8), sequence=sequence)
        path = self._folder / self._begun.place
        path.mkdir()
        return SealedStorage(path, {}, 0)

    def _taken_up(self) -> SealedStorage | None:
        """Return the folder of a build that was cut off, cleared of all that is not whole."""
        begun = Begun.from_json(self._seals.load_begun(), self._archive)
        if begun is None or begun.place == _place_of(self._seals):
            return None
        path = self._folder / begun.place
        seals = {piece.file_name: piece.seal for piece in begun.pieces}
        storage = SealedStorage(path, seals, 0)
        pieces = tuple(piece for piece in begun.pieces if _is_whole(storage, piece))
        if not pieces:
            return None
        storage.files = {piece.file_name: piece.seal for piece in pieces}
        for other in path.iterdir():
            if other.name not in storage.files:
                with contextlib.suppress(OSError):
                    other.unlink()
        self._begun = replace(begun, pieces=pieces)
        return storage

    def _write(self, storage: SealedStorage, entries: Entries, count: int | None) -> Sealed:
        storage.create_index(schema(), NAME)
        generations: list[int] = []
        files: dict[str, FileSeal] = {}

        def seal(generation: int, seals: dict[str, FileSeal]) -> None:
            generations.append(generation)
            files.update(seals)

        def plan(_none: Sequence[PackedSegment]) -> list[PackedSegment]:
            self._write_pieces(storage, entries, count)
            return [segment_of(piece) for piece in self._begun.pieces]

        commit_segments(storage, plan, seal)
        self._flush()
        files[base_name(1)] = write_columns(storage, self._columns, 1)
        storage.sync()
        return Sealed(
            archive=self._archive,
            stamp=stamp(),
            place=storage.path.name,
            generation=generations[0],
            sequence=self._begun.sequence,
            files=files,
            columns=1,
        )

    def _write_pieces(self, storage: SealedStorage, entries: Entries, count: int | None) -> None:
        kept = self._kept(storage)
        known = len(entries) if hasattr(entries, "__len__") else count  # type: ignore[arg-type]
        bulk = self._bulk(storage, (known or 0) - len(kept))
        try:
            given = entries(kept) if callable(entries) else entries
            self._take(given, kept, bulk)
            bulk.finish()
        finally:
            bulk.close()

    def _kept(self, storage: SealedStorage) -> frozenset[int]:
        """Return the keys of the records that stand; who of them is gone now has no values."""
        kept: set[int] = set()
        for piece in self._begun.pieces:
            kept.update(storage.packed(piece.file_name).array(KEYS).tolist())
        self._columns = self._columns.patched((key, {}, {}) for key in kept)
        return frozenset(kept)

    def _bulk(self, storage: SealedStorage, count: int) -> Bulk:
        processes = self._processes
        if processes is None:
            sharing = count >= _WORTH_SHARING
            processes = min(_MOST_PROCESSES, os.cpu_count() or 1) if sharing else 1
        if processes == 1:
            return Bulk(storage, self._stand)
        rounds = max(1, -(-count // (processes * SHARED_DOCS)))
        docs = -(-count // (processes * rounds)) if count > 0 else SHARED_DOCS
        return SharedBulk(storage, self._stand, docs, processes)

    def _stand(self, piece: Piece) -> None:
        self._begun = replace(self._begun, pieces=(*self._begun.pieces, piece))
        self._seals.save_begun(self._begun.to_json())
        if self._cancel is not None:
            self._cancel.check()

    def _take(self, entries: Iterable[Entry], kept: Collection[int], bulk: Bulk) -> None:
        """Hand entries on, keeping their columns, reporting, and stopping where asked to."""
        done = 0
        for done, entry in enumerate(entries, 1):
            self._rows.append(columnar.row_of(entry))
            if entry.key not in kept:
                bulk.add(entry)
            if done % _REPORT_EVERY == 0:
                if self._cancel is not None:
                    self._cancel.check()
                self._report(Progress(done, phase="Indexing"))
            if len(self._rows) >= _ROWS_AT_ONCE:
                self._flush()
        self._report(Progress(done, done, phase="Indexing"))

    def _flush(self) -> None:
        self._columns = self._columns.patched(self._rows)
        self._rows.clear()


def _place_of(seals: Seals) -> object:
    body = seals.load().get("sealed")
    return body.get("place") if isinstance(body, dict) else None


def _is_whole(storage: SealedStorage, piece: Piece) -> bool:
    try:
        return storage.packed(piece.file_name).verify()
    except (OSError, IndexUnusableError):
        return False


def sweep(folder: Path, place: str) -> None:
    """Remove builds that do not count; files that others hold open go with the next sweep."""
    for other in folder.iterdir():
        if other.is_dir() and other.name != place:
            shutil.rmtree(other, ignore_errors=True)
