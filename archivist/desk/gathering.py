"""What is gathered for the dossier: known to every view, changed from any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from archivist.desk import formats

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archivist.archive import Archive
    from archivist.archive.results import Collected
    from archivist.desk.context import Desk
    from archivist.model.change import Change

Stretch = tuple[int, int, int]
"""A record and where a passage begins and ends in its text; 0, 0: the whole record."""


class Gathering(QObject):
    """The passages and records gathered so far.

    Signals:
        changed: there are others now.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.items: Sequence[Collected] = ()
        self.stretches: frozenset[Stretch] = frozenset()
        desk.events.archive_opened.connect(self.refresh)
        desk.events.archive_closed.connect(lambda: self._take(()))
        desk.events.changed.connect(self.refresh)
        desk.events.followed.connect(self.refresh)

    def refresh(self, *_told: object) -> None:
        """Read again what is gathered."""
        archive = self._desk.archive
        if archive is not None:
            self._desk.tasks.read(
                "gathering", lambda _token: archive.collected(), self._take, owner=self
            )

    def add(self, stretches: Sequence[Stretch]) -> None:
        """Gather passages; those gathered already stay as they are."""
        new = [one for one in dict.fromkeys(stretches) if one not in self.stretches]
        if not new:
            self._desk.events.message.emit("That is in the dossier already.")
            return
        self._change(new, _collect, f"Added {_named(new)} to the dossier.")

    def remove(self, stretches: Sequence[Stretch]) -> None:
        """Put passages back."""
        if stretches:
            self._change(stretches, _uncollect, f"Took {_named(stretches)} out of the dossier.")

    def toggle(self, stretches: Sequence[Stretch]) -> None:
        """Gather passages; put them back where all are gathered already."""
        if stretches and all(one in self.stretches for one in stretches):
            self.remove(stretches)
        else:
            self.add(stretches)

    def _change(
        self,
        stretches: Sequence[Stretch],
        work: Callable[[Archive, Sequence[Stretch]], Change],
        words: str,
    ) -> None:
        archive = self._desk.archive
        if archive is None:
            return

        def tell(change: Change) -> None:
            self._desk.events.changed.emit(change)
            self._desk.events.message.emit(f"{words} Ctrl+Z takes it back.")

        self._desk.tasks.write(lambda: work(archive, stretches), tell, owner=self)

    def _take(self, items: Sequence[Collected]) -> None:
        self.items = items
        self.stretches = frozenset(
            (item.record, item.start, item.end) for item in items if not item.stale
        )
        self.changed.emit()


def _collect(archive: Archive, stretches: Sequence[Stretch]) -> Change:
    from archivist.archive.results import Collected  # noqa: PLC0415 - keeps the start quick

    return archive.collect([Collected(*one) for one in stretches])


def _uncollect(archive: Archive, stretches: Sequence[Stretch]) -> Change:
    from archivist.archive.results import Collected  # noqa: PLC0415 - keeps the start quick

    return archive.uncollect([Collected(*one) for one in stretches])


def _named(stretches: Sequence[Stretch]) -> str:
    records = sum(1 for one in stretches if not one[2])
    passages = len(stretches) - records
    counts = [
        formats.counted(passages, "passage") if passages else "",
        formats.counted(records, "record") if records else "",
    ]
    return " and ".join(filter(None, counts))
