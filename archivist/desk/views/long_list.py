"""A list of very many rows: drawn by a delegate, selected in stretches, shown at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QPalette, QRegion
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_BEYOND: Final = 20
"""So many rows above and below those in sight are made as high as they are."""


class LongList(QTableView):
    """A list of a hundred thousand rows and more.

    QTableView with rows of fixed height shows it at once; QListView would ask the model for the
    index of every row before it shows one.

    Signals:
        opened: Enter or a double click on a row.
        ticked: Space.
        menu_asked: a context menu is wanted at this global point.
    """

    opened = Signal(int)
    ticked = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(8)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def set_row_height(self, height: int) -> None:
        """Make every row this high."""
        self.verticalHeader().setDefaultSectionSize(height)

    def fit_rows(self, height_of: Callable[[int], int]) -> None:
        """Make the rows in sight, and some beyond, as high as they are.

        To be done again as rows come, or come in sight: all that are read may be thousands.

        Args:
            height_of: returns the height of a row; 0 where that is not known yet.
        """
        header, last = self.verticalHeader(), self.model().rowCount() - 1
        top, low = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        end = last if top >= 0 > low else low + _BEYOND
        header.setUpdatesEnabled(False)
        for row in range(max(0, top - _BEYOND), min(last, end) + 1):
            if height := height_of(row):
                header.resizeSection(row, height)
        header.setUpdatesEnabled(True)

    def show_one_column(self) -> None:
        """Give the first column the whole width and hide the others."""
        header = self.horizontalHeader()
        header.hide()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for place in range(1, header.count()):
            header.hideSection(place)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_ground(self, palette: QPalette) -> None:
        """Take a palette; its viewport, too, which a style sheet leaves with the application's."""
        self.setPalette(palette)
        self.viewport().setPalette(palette)

    @override
    def initViewItemOption(self, option: QStyleOptionViewItem) -> None:
        """Let the delegate alone draw what is selected."""
        super().initViewItemOption(option)
        option.palette.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)

    def go_to(self, row: int) -> None:
        """Select a row and no other, whatever keys are held just now, and bring it in sight."""
        index = self.model().index(row, 0)
        rows = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, rows.ClearAndSelect | rows.Rows)
        self.scrollTo(index)

    def selected_rows(self) -> list[int]:
        """Return the selected rows in order."""
        rows: set[int] = set()
        for stretch in stretches(self.selectionModel()):
            rows.update(stretch)
        return sorted(rows)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, Enter opens."""
        plain = not event.modifiers()
        if plain and event.key() == Qt.Key.Key_Space:
            self.ticked.emit()
        elif plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    @override
    def moveCursor(
        self, cursorAction: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the ends of the list, not of a row."""
        ends = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: self.model().rowCount() - 1,
        }
        if cursorAction in ends:
            return self.model().index(ends[cursorAction], 0)
        return super().moveCursor(cursorAction, modifiers)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu at the mouse, or beside the current row."""
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            rect = self.visualRect(self.currentIndex())
            place = self.viewport().mapToGlobal(rect.topLeft() + QPoint(40, 24))
        self.menu_asked.emit(place)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters belong to the search field; matching them here would read every row."""

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell screen readers of the first rows only: Qt would list every row selected."""
        super().selectionChanged(_first_of(selected), _first_of(deselected))

    @override
    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Draw all again: asking for the place of each of thousands of rows takes seconds."""
        return QRegion(self.viewport().rect())


class PlacesList(LongList):
    """A list of places in records; what a reader does with one needs one key.

    Signals:
        copy_asked: the selected rows are to be copied with their citations.
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


def _first_of(selection: QItemSelection) -> QItemSelection:
    """Return the first rows of a selection: two, since the first may be a head."""
    if selection.isEmpty():
        return selection
    whole = selection.at(0)
    model, top = whole.model(), whole.top()
    return QItemSelection(model.index(top, 0), model.index(min(top + 1, whole.bottom()), 0))


def runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first and last of each run of rows that follow one another."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found


def stretches(selection: QItemSelectionModel) -> list[range]:
    """Return the selected rows as stretches."""
    chosen = selection.selection()
    found = [chosen.at(place) for place in range(chosen.size())]
    return [range(stretch.top(), stretch.bottom() + 1) for stretch in found]
