"""What the parts of the window tell each other: one signal for each kind of change."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Events(QObject):
    """Signals by what changed; every part listens to what concerns it.

    Signals:
        archive_opened: `Desk.archive` is another now.
        archive_closed: there is no archive any more.
        changed: a `Change` was written at this desk. No records named: anything may have changed.
        followed: the index holds everything up to this sequence number of the journal.
        imports_changed: an import began, went on or ended.
        message: a quiet line for the status bar.
        error: an `ArchivistError` for the strip under the toolbar.
    """

    archive_opened = Signal()
    archive_closed = Signal()
    changed = Signal(object)
    followed = Signal(int)
    imports_changed = Signal()
    message = Signal(str)
    error = Signal(object)
