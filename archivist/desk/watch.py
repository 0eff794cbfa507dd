"""Looks now and then whether another program changed the archive, and tells it as done here."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, QTimer

from archivist.model.change import Change
from archivist.model.errors import ArchivistError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.archive import Archive
    from archivist.archive.results import Pulse
    from archivist.desk.context import Desk
    from archivist.desk.upkeep import Upkeep

_EVERY_MS: Final = 1000
"""How often is looked: two numbers are read from the database, off the window's thread."""


class Look(NamedTuple):
    """What a look at the archive found.

    Attributes:
        pulse: marks of its state.
        changes: what was done since the look before, by whatever program.
        indexed: the sequence number the index holds; None where that was not asked for.
    """

    pulse: Pulse
    changes: Sequence[Change]
    indexed: int | None


class Watch(QObject):
    """Keeps the desk true to an archive that other programs change, too.

    What they did is told by the same events as what is done at this desk; the worker process
    brings the index up to it, unless the other program has.
    """

    def __init__(self, desk: Desk, upkeep: Upkeep, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._upkeep = desk, upkeep
        self._pulse: Pulse | None = None
        self._indexed: int | None = None
        self._own: set[int] = set()
        self._telling = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        events = desk.events
        events.archive_opened.connect(self._begin)
        events.archive_closed.connect(self._end)
        events.changed.connect(self._note)
        events.followed.connect(self._followed)

    def look(self) -> None:
        """Look now."""
        archive, pulse, indexed = self._desk.archive, self._pulse, self._indexed
        if archive is not None:
            self._desk.tasks.read(
                "watch",
                lambda _token: _looked(archive, pulse, indexed),
                self._take,
                lambda _error: None,
                owner=self,
            )

    def _begin(self) -> None:
        self._pulse = self._indexed = None
        self._own.clear()
        self._timer.start()
        self.look()

    def _end(self) -> None:
        self._timer.stop()
        self._desk.tasks.cancel("watch")

    def _note(self, change: object) -> None:
        """Remember what was done here: it was told already."""
        if not self._telling and isinstance(change, Change):
            self._own.add(change.operation)

    def _followed(self, sequence: int) -> None:
        self._indexed = sequence

    def _take(self, look: Look) -> None:
        before, self._pulse = self._pulse, look.pulse
        self._tell(look.changes)
        if before is not None and look.pulse.imports != before.imports:
            self._desk.events.imports_changed.emit()
        if self._indexed is None:
            return
        if look.indexed is not None and look.indexed > self._indexed:
            self._desk.events.followed.emit(look.indexed)
        elif self._lags(look.pulse.sequence):
            self._upkeep.follow()

    def _tell(self, changes: Sequence[Change]) -> None:
        """Tell what others did; what an import files is told by the index that follows it."""
        importing = self._desk.jobs.importing
        self._telling = True
        for change in changes:
            if change.operation not in self._own and not (importing and change.kind == "import"):
                self._desk.events.changed.emit(change)
        self._telling = False

    def _lags(self, sequence: int) -> bool:
        """Whether the worker process is to be asked; after a job it follows by itself."""
        busy = bool(self._desk.jobs.running) or self._upkeep.busy()
        return sequence != self._indexed and not busy


def _looked(archive: Archive, before: Pulse | None, indexed: int | None) -> Look:
    pulse = archive.pulse()
    changes: Sequence[Change] = ()
    if before is not None and before.sequence != pulse.sequence:
        changes = archive.changes(before.sequence, pulse.sequence)
    if indexed is not None and indexed != pulse.sequence:
        with contextlib.suppress(ArchivistError):  # it is built anew: the next look tells
            return Look(pulse, changes, archive.indexed())
    return Look(pulse, changes, None)
