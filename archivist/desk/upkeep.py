"""Keeps the window true to the archive: the index follows, undo has its name, codes are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from archivist.desk.models.lexicon import Lexicon

if TYPE_CHECKING:
    from archivist.desk.context import Desk
    from archivist.desk.finder import Finder
    from archivist.desk.views.status_bar import StatusBar

_LEARN_MS: Final = 2000
"""How long codes and fields that an import brings may be unknown to the search field."""


class Upkeep(QObject):
    """Follows what changes the archive.

    Attributes:
        lexicon: the codes and fields that records have; empty while no archive is open.

    Signals:
        lexicon_read: records have other codes or fields now.
        undo_read: titles of what can be undone and redone, each None where there is nothing.
    """

    lexicon_read = Signal()
    undo_read = Signal(object)

    def __init__(
        self, desk: Desk, finder: Finder, status: StatusBar, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._finder, self._status = desk, finder, status
        self.lexicon = Lexicon()
        self._followed_once, self._awaited = True, False
        self._learn = QTimer(self)
        self._learn.setSingleShot(True)
        self._learn.setInterval(_LEARN_MS)
        self._learn.timeout.connect(self._read_lexicon)
        desk.events.followed.connect(self._followed)
        desk.events.imports_changed.connect(self.read_undo)

    def begin(self, lexicon: Lexicon) -> None:
        """Take up an archive that was opened."""
        self._followed_once = False
        self._status.show_index("Bringing the index up to date", current=False)
        self.lexicon = lexicon
        self.lexicon_read.emit()
        self.read_undo()

    def end(self) -> None:
        """Wait for nothing: the archive was closed."""
        self._followed_once, self._awaited = True, False
        self._learn.stop()
        self._status.show_index("Works without a network", current=None)

    def busy(self) -> bool:
        """Whether the index has still to follow something."""
        return self._awaited or not self._followed_once

    def follow(self) -> None:
        """Let the index follow what was changed here, and name what can be undone."""
        self._awaited = self._desk.archive is not None
        self._desk.jobs.follow()
        self.read_undo()

    def read_undo(self) -> None:
        """Learn the names of what can be undone and redone."""
        archive = self._desk.archive
        if archive is not None:
            self._desk.tasks.read(
                "window.undo",
                lambda _token: (archive.undo_title(), archive.redo_title()),
                self.undo_read.emit,
                owner=self,
            )

    def _followed(self) -> None:
        self._followed_once, self._awaited = True, False
        self._status.show_index("Index current", current=True)
        self._finder.follow()
        if not self._learn.isActive():
            self._learn.start()

    def _read_lexicon(self) -> None:
        """Learn the codes and the fields that records have now."""
        archive = self._desk.archive
        if archive is not None:
            self._desk.tasks.read(
                "window.lexicon",
                lambda _token: Lexicon.of(archive.vocabulary),
                self._take_lexicon,
                lambda _error: None,
                owner=self,
            )

    def _take_lexicon(self, lexicon: Lexicon) -> None:
        if lexicon != self.lexicon:
            self.lexicon = lexicon
            self.lexicon_read.emit()
