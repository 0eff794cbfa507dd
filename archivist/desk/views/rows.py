"""Lists of rows of the side pane: every row drawn by hand, all of them shown, one focus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent, QPainter

    from archivist.desk.context import Desk

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True)
class Row:
    """One row: what it is called, and whether the keyboard stops at it."""

    text: str = ""

    @property
    def stops(self) -> bool:
        """Whether it can be gone to."""
        return True

    @property
    def key(self) -> Hashable:
        """What it is, however it is counted or marked: the same row after the rows changed."""
        return type(self), self.text

    def spoken(self) -> str:
        """Return what a screen reader says."""
        return self.text


class RowsModel(QAbstractListModel):
    """Rows as they stand; replaced as a whole, with as few signals as will do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows in order."""
        return self._rows

    def replace(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        new = tuple(rows)
        if len(new) != len(self._rows):
            self.beginResetModel()
            self._rows = new
            self.endResetModel()
        elif new != self._rows:
            self._rows = new
            self.dataChanged.emit(self.index(0), self.index(len(new) - 1))

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken()
            case _ if role == ROW_ROLE:
                return row
            case _:
                return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or not self._rows[index.row()].stops:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RowDelegate(QStyledItemDelegate):
    """Asks its list how tall a row is and has it painted there."""

    def __init__(self, rows: RowList) -> None:
        super().__init__(rows)
        self._list = rows

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, self._list.height_of(self._list.row_at(index)))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        rect = option.rect
        focus = self._list.hasFocus() and index.row() == self._list.currentIndex().row()
        painter.save()
        self._list.paint_row(painter, QRect(rect), self._list.row_at(index), over=over, focus=focus)
        painter.restore()


class RowList(QListView):
    """A list as tall as its rows; whoever derives from it says how a row looks."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.rows = RowsModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(self))
        self._prepare()
        self.rows.modelReset.connect(self.updateGeometry)
        desk.theme.changed.connect(self._dress)

    def _prepare(self) -> None:
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(off)
        self.setHorizontalScrollBarPolicy(off)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the keyboard stays at its row, or where that one was."""
        index = self.currentIndex()
        was = self.row_at(index).key if index.isValid() else None
        self.rows.replace(rows)
        if was is not None:
            places = (number for number, row in enumerate(rows) if row.key == was)
            number = next(places, min(index.row(), len(rows) - 1))
            self.setCurrentIndex(self.rows.index(number))
        self.updateGeometry()

    def height_of(self, row: Row) -> int:
        """Return how tall a row is."""
        raise NotImplementedError

    def paint_row(
        self, painter: QPainter, rect: QRect, row: Row, *, over: bool, focus: bool
    ) -> None:
        """Draw a row; `over`: under the mouse, `focus`: the keyboard is there."""
        raise NotImplementedError

    def row_at(self, index: Index) -> Row:
        """Return the row at an index."""
        found = index.data(ROW_ROLE)
        if not isinstance(found, Row):
            raise TypeError(f"no row at {index.row()}")
        return found

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, sum(self.height_of(row) for row in self.rows.rows))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().update()

    def _dress(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()
        self.viewport().update()


class Nothing(Row):
    """Says that nothing fits what was typed."""

    @property
    @override
    def stops(self) -> bool:
        return False


class ScrolledRows(RowList):
    """Rows in a panel: thousands, of which those in sight are drawn."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        policy = self.sizePolicy()
        policy.setVerticalPolicy(policy.Policy.Expanding)
        self.setSizePolicy(policy)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, 200)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, 60)
