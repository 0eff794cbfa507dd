"""Building the index anew, aside: memory is bounded, and readers of the old one go on."""

from __future__ import annotations

import secrets
import shutil
from typing import TYPE_CHECKING

from archivist.model.progress import Progress
from archivist.search import columns as columnar
from archivist.search.codec import PackedCodec
from archivist.search.columns import Columns
from archivist.search.commit import commit_segments, write_batches, write_columns
from archivist.search.schema import NAME, schema
from archivist.search.seals import FileSeal, Sealed, stamp
from archivist.search.state import base_name
from archivist.search.storage import SealedStorage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from archivist.model.progress import CancelToken, Report
    from archivist.search.codec import PackedSegment
    from archivist.search.columns import Row
    from archivist.search.types import Entry

_REPORT_EVERY = 200
_ROWS_AT_ONCE = 5_000


class Build:
    """One build in a folder of its own, which counts only when its seals are saved."""

    def __init__(
        self, folder: Path, archive: str, report: Report, cancel: CancelToken | None
    ) -> None:
        self._folder = folder
        self._archive = archive
        self._report = report
        self._cancel = cancel
        self._columns = Columns.empty()
        self._rows: list[Row] = []

    def run(self, entries: Iterable[Entry], sequence: int) -> Sealed:
        """Write all entries; return the seals to be saved.

        Raises:
            StoppedError: the token was cancelled.
        """
        place = secrets.token_hex(8)
        path = self._folder / place
        path.mkdir()
        try:
            return self._write(path, entries, sequence)
        except BaseException:
            shutil.rmtree(path, ignore_errors=True)
            raise

    def _write(self, path: Path, entries: Iterable[Entry], sequence: int) -> Sealed:
        storage = SealedStorage(path, {}, 0)
        storage.create_index(schema(), NAME)
        generations: list[int] = []
        files: dict[str, FileSeal] = {}

        def seal(generation: int, seals: dict[str, FileSeal]) -> None:
            generations.append(generation)
            files.update(seals)

        def plan(_none: Sequence[PackedSegment]) -> list[PackedSegment]:
            return write_batches(storage, PackedCodec(), self._watched(entries))

        commit_segments(storage, plan, seal)
        self._flush()
        files[base_name(1)] = write_columns(storage, self._columns, 1)
        storage.sync()
        return Sealed(
            archive=self._archive,
            stamp=stamp(),
            place=path.name,
            generation=generations[0],
            sequence=sequence,
            files=files,
            columns=1,
        )

    def _watched(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Pass entries on, keeping their columns, reporting, and stopping where asked to."""
        done = 0
        for done, entry in enumerate(entries, 1):
            self._rows.append(columnar.row_of(entry))
            yield entry
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


def sweep(folder: Path, place: str) -> None:
    """Remove builds that do not count; files that others hold open go with the next sweep."""
    for other in folder.iterdir():
        if other.is_dir() and other.name != place:
            shutil.rmtree(other, ignore_errors=True)
