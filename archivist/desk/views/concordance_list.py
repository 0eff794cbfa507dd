"""The list of lines, what its orders are called, and what is done with the lines selected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from typing_extensions import override

from archivist.desk import formats
from archivist.desk.views.long_list import LongList, stretches

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archivist.archive.concording import Concordance
    from archivist.archive.results import Line, Passage
    from archivist.desk.context import Desk
    from archivist.desk.gathering import Gathering

MOST_AT_ONCE: Final = 2000
"""Lines that can be copied or gathered together."""


class LinesList(LongList):
    """The lines; what a reader does with one needs one key.

    Signals:
        copy_asked: the selected lines are to be copied with their citations.
        gather_asked: they are to be gathered for the dossier, or put back.
    """

    copy_asked = Signal()
    gather_asked = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies, D gathers."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.key() == Qt.Key.Key_D and not event.modifiers():
            self.gather_asked.emit()
        else:
            super().keyPressEvent(event)


class ChosenLines(QObject):
    """The lines selected in a list: they may be far out of sight, and are read when needed.

    Attributes:
        lines: what the list shows, or None.
    """

    def __init__(self, desk: Desk, view: LinesList) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view
        self.lines: Concordance | None = None

    def count(self) -> int:
        """Return how many lines are selected."""
        return sum(map(len, self.stretches()))

    def stretches(self) -> list[range]:
        """Return the selected rows as stretches."""
        return stretches(self._view.selectionModel())

    def select(self, chosen: Sequence[range]) -> None:
        """Select rows beside those that are selected."""
        model, found = self._view.model(), QItemSelection()
        for stretch in chosen:
            found.append(
                QItemSelectionRange(model.index(stretch[0], 0), model.index(stretch[-1], 0))
            )
        self._view.selectionModel().select(found, QItemSelectionModel.SelectionFlag.Select)

    def gather(self, gathering: Gathering) -> None:
        """Gather the lines for the dossier; put them back where all are there already."""
        self._read(lambda lines: gathering.toggle([_stretch(line) for line in _whole(lines)]))

    def copy(self) -> None:
        """Copy the lines, each with its citation."""
        archive = self._desk.archive
        if archive is None:
            return

        def cite(lines: Sequence[Line]) -> None:
            whole = _whole(lines)
            self._desk.tasks.read(
                "concordance.copy",
                lambda _token: archive.passages([_stretch(line) for line in whole]),
                lambda passages: self._put(whole, passages),
                owner=self,
            )

        self._read(cite)

    def _put(self, lines: Sequence[Line], passages: Sequence[Passage]) -> None:
        said = [
            f"\u201c{line.left}{line.keyword}{line.right}\u201d ({passage.citation})"
            for line, passage in zip(lines, passages, strict=True)
        ]
        QGuiApplication.clipboard().setText("\n".join(said))
        count = formats.counted(len(said), "line")
        each = "with its citation" if len(said) == 1 else "each with its citation"
        self._desk.events.message.emit(f"Copied {count}, {each}.")

    def _read(self, then: Callable[[Sequence[Line]], None]) -> None:
        lines, chosen = self.lines, self.stretches()
        if lines is None or not chosen:
            return
        if self.count() > MOST_AT_ONCE:
            most = formats.number(MOST_AT_ONCE)
            self._desk.events.message.emit(f"Select {most} lines at most to do that with them.")
            return
        self._desk.tasks.read(
            "concordance.chosen",
            lambda _token: [
                line for stretch in chosen for line in lines.lines(stretch.start, stretch.stop)
            ],
            then,
            owner=self,
        )


def _whole(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if not line.gone]


def _stretch(line: Line) -> tuple[int, int, int]:
    return line.record, line.start, line.end
