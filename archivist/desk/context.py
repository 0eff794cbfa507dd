"""What the parts of the window share; handed to each of them, never global."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from archivist.desk.events import Events
from archivist.desk.icons import Icons
from archivist.desk.jobs import Jobs
from archivist.desk.tasks import Tasks
from archivist.desk.theme import Mode, Theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings

    from archivist.archive import Archive


class Desk(QObject):
    """The look, the open archive and the ways to work with it.

    Attributes:
        settings: what is remembered between sessions.
        theme: colours, fonts and sizes.
        icons: tinted by the theme.
        tasks: short reads and writes off the window's thread.
        events: signals by what changed.
        jobs: long work in the archive's worker process.
        archive: the open archive, or None; touched by work given to `tasks` only.
    """

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.theme = Theme(_mode(settings), self)
        self.icons = Icons(self.theme)
        self.tasks = Tasks(self)
        self.events = Events(self)
        self.jobs = Jobs(self)
        self.archive: Archive | None = None
        self.jobs.followed.connect(self.events.followed)
        self.tasks.failed.connect(self._report)

    @property
    def who(self) -> str:
        """In whose name the journal is written."""
        return self.archive.who if self.archive is not None else ""

    def close_later(self) -> Callable[[], None] | None:
        """Let go of the archive; return what is to be called, off this thread, to close it."""
        archive, self.archive = self.archive, None
        worker = self.jobs.adopt(None)
        if archive is None and worker is None:
            return None
        self.events.archive_closed.emit()

        def close() -> None:
            if worker is not None:
                worker.close()
            if archive is not None:
                archive.close()

        return close

    def _report(self, _slot: str, error: object) -> None:
        self.events.error.emit(error)


def _mode(settings: QSettings) -> Mode:
    match settings.value("look/mode", "system"):
        case "light":
            return "light"
        case "dark":
            return "dark"
        case _:
            return "system"
