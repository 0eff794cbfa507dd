"""Opening and closing archives, and remembering how each was left."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Signal

from archivist.desk.models.lexicon import Lexicon
from archivist.model.errors import ArchivistError, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from archivist.archive import Archive
    from archivist.archive.results import ImportSummary
    from archivist.archive.worker import WorkerClient
    from archivist.desk.context import Desk

ENDING: Final = ".archive"


class Opened(NamedTuple):
    """An archive ready for the window.

    Attributes:
        archive: open.
        lexicon: its words.
        worker: its process for long work.
        unfinished: an import that broke off or was stopped before its end.
        wanted: what is to be filed at once.
    """

    archive: Archive
    lexicon: Lexicon
    worker: WorkerClient
    unfinished: ImportSummary | None = None
    wanted: tuple[str, ...] = ()


class Session(QObject):
    """The archive of one window.

    Signals:
        opening: the path that is being opened.
        opened: an archive is there; its `Lexicon`.
        interrupted: title and paths of an import that was not finished.
        failed: an `ArchivistError`: it could not be opened; there may be none now.
    """

    opening = Signal(str)
    opened = Signal(object)
    interrupted = Signal(str, list)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = 0
        desk.jobs.lost.connect(self._relaunch)

    def open(self, path: Path, then: Callable[[], None] | None = None) -> None:
        """Open the archive at `path` in place of the one that is open."""
        self._begin(path, lambda: _open(self._desk, path), then)

    def create(self, path: Path, then: Callable[[], None] | None = None) -> None:
        """Make an archive at `path` and open it."""
        folder = path if path.name.endswith(ENDING) else path.with_name(path.name + ENDING)
        self._begin(folder, lambda: _create(self._desk, folder), then)

    def open_sample(self) -> None:
        """Open the sample archive; made, and its documents filed, if need be."""
        self._begin(Path("sample archive"), lambda: _open_sample(self._desk), None)

    def close(self) -> None:
        """Close the archive; the window stays."""
        self._asked += 1
        if (close := self._desk.close_later()) is not None:
            self._desk.tasks.cancel_reads()
            self._desk.tasks.after_reads(close)

    def remember(self, state: Mapping[str, object]) -> None:
        """Keep how the open archive is left."""
        if self._desk.archive is not None:
            self._desk.settings.setValue(
                f"archives/{self._desk.archive.id}", json.dumps(dict(state))
            )

    def recall(self) -> dict[str, object]:
        """Return how the open archive was left; empty the first time."""
        if self._desk.archive is None:
            return {}
        kept = str(self._desk.settings.value(f"archives/{self._desk.archive.id}", "{}"))
        with contextlib.suppress(ValueError):
            found = json.loads(kept)
            return found if isinstance(found, dict) else {}
        return {}

    def _begin(
        self, path: Path, work: Callable[[], Opened], then: Callable[[], None] | None
    ) -> None:
        self._asked += 1
        asked = self._asked
        self.opening.emit(str(path))

        def done(opened: Opened) -> None:
            if asked == self._asked:
                self._take(opened, then)
            else:
                self._desk.tasks.after_reads(lambda: _shut(opened))

        def failed(error: ArchivistError) -> None:
            if asked == self._asked:
                self.failed.emit(error)

        self._desk.tasks.write(work, done, failed)

    def _take(self, opened: Opened, then: Callable[[], None] | None) -> None:
        desk = self._desk
        if (close := desk.close_later()) is not None:
            desk.tasks.cancel_reads()
            desk.tasks.after_reads(close)
        desk.archive = opened.archive
        desk.jobs.adopt(opened.worker)
        desk.events.archive_opened.emit()
        self.opened.emit(opened.lexicon)
        if opened.wanted:
            desk.jobs.start("import", "Filing the sample documents", paths=list(opened.wanted))
        if then is not None:
            then()
        elif opened.unfinished is not None:
            self._offer(opened.archive.id, opened.unfinished)

    def _offer(self, archive: str, left: ImportSummary) -> None:
        """Offer to take up an import; one that somebody stopped is offered once."""
        settings, name = self._desk.settings, f"offered/{archive}"
        if left.state == "interrupted" or str(settings.value(name, "")) != str(left.run):
            settings.setValue(name, str(left.run))
            self.interrupted.emit(left.title, list(left.paths))

    def _relaunch(self) -> None:
        archive = self._desk.archive
        if archive is None:
            return

        def adopt(worker: WorkerClient) -> None:
            if self._desk.archive is archive:
                self._desk.jobs.adopt(worker)
            else:
                self._desk.tasks.after_reads(worker.close)

        self._desk.tasks.write(lambda: self._desk.jobs.launch(archive.path, archive.who), adopt)


def _open(desk: Desk, path: Path) -> Opened:
    from archivist.archive import Archive  # noqa: PLC0415 - keeps the start quick

    return _ready(desk, Archive.open(path, follow=False))


def _create(desk: Desk, path: Path) -> Opened:
    from archivist.archive import Archive  # noqa: PLC0415 - keeps the start quick

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The folder {path.parent} cannot be made: {error.strerror}.", "Choose another place."
        ) from error
    Archive.create(path).close()
    return _ready(desk, Archive.open(path, follow=False))


def _open_sample(desk: Desk) -> Opened:
    from archivist.archive import sample  # noqa: PLC0415 - keeps the start quick

    folder = sample.place()
    with sample.opened(folder) as archive:
        empty = not archive.count()
    opened = _open(desk, folder)
    wanted = (str(sample.documents()),) if empty else ()
    return opened._replace(wanted=wanted, unfinished=None)


def _ready(desk: Desk, archive: Archive) -> Opened:
    from archivist.archive import settings  # noqa: PLC0415 - keeps the start quick

    settings.remember_archive(archive.path)
    imports = archive.imports()
    left = [one for one in imports if one.state == "interrupted"]
    left += [one for one in imports[:1] if one.state == "stopped"]
    return Opened(
        archive,
        Lexicon.of(archive.vocabulary),
        desk.jobs.launch(archive.path, archive.who),
        left[0] if left else None,
    )


def _shut(opened: Opened) -> None:
    opened.worker.close()
    opened.archive.close()
