"""Every event of a record: who, when, what, from what, to what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import describe, formats, paint
from archivist.desk.event_words import lines_of
from archivist.desk.paint import MarkedText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.desk.context import Desk
    from archivist.model.change import Event
    from archivist.model.record import Record

Index = QModelIndex | QPersistentModelIndex
EVENT: Final = Qt.ItemDataRole.UserRole + 1
_NOWHERE: Final = QModelIndex()
_PAGE: Final = 200
_ICONS: Final = {
    "filed": "tray",
    "changed": "pencil-simple",
    "trashed": "trash",
    "restored": "arrow-counter-clockwise",
    "text corrected": "text-aa",
    "original": "paperclip",
    "cancelled": "prohibit",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One event, in words."""

    what: str
    when: str
    who: str
    icon: str
    lines: tuple[str, ...]

    def text(self) -> str:
        """Return everything it says, for copying and for screen readers."""
        return "\n".join([f"{self.what}, {self.when}, {self.who}", *self.lines])


class HistoryModel(QAbstractListModel):
    """Events, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def show(self, rows: Sequence[Row]) -> None:
        """Show other events."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == EVENT:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row.text()
        return None


class _Delegate(QStyledItemDelegate):
    """Draws an event: what and when, who, and each value from and to."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._theme = desk.theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row, px = index.data(EVENT), self._theme.px
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 400
        lines = sum(text.lines for text in self._lines(row, width))
        return QSize(width, px(56) + lines * px(20) + (px(6) if lines else 0))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        row, rect = index.data(EVENT), QRectF(option.rect)
        view = option.widget
        if isinstance(view, QAbstractItemView) and view.selectionModel().isSelected(index):
            ground = tokens.sel if view.hasFocus() else tokens.sel_off
            paint.rounded(painter, rect.adjusted(px(8), 0, -px(8), -1), 6, ground)
        icon = QRectF(px(20), rect.top() + px(12), px(16), px(16))
        self._desk.icons.paint(painter, row.icon, icon)
        left, right = px(44), rect.right() - px(20)
        line = QRectF(left, rect.top() + px(10), right - left, px(20))
        paint.line_of_text(painter, line, row.what, theme.font("m", 600), tokens.text)
        line.translate(0, px(20))
        said = describe.SEPARATOR.join((row.when, row.who))
        paint.line_of_text(painter, line, said, theme.font("s"), tokens.text2)
        top = rect.top() + px(52)
        for text in self._lines(row, int(rect.width())):
            text.draw(painter, left, top, tokens)
            top += text.height
        paint.hairline(painter, left, right, rect.bottom() - 1, tokens.line)
        painter.restore()

    def _lines(self, row: Row, width: int) -> list[MarkedText]:
        px = self._theme.px
        font, room = self._theme.font("m"), width - px(64)
        return [MarkedText(line, (), font, room, 4, leading=px(20)) for line in row.lines]


class _List(QListView):
    """The list of events; Ctrl+C copies the selected ones."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            chosen = sorted(self.selectionModel().selectedIndexes(), key=QModelIndex.row)
            QGuiApplication.clipboard().setText("\n\n".join(str(one.data()) for one in chosen))
            return
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class HistoryPage(QWidget):
    """The History tab."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.model = HistoryModel(self)
        self.view = _List()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Delegate(desk, self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setAccessibleName("History of the record")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.setFocusProxy(self.view)
        desk.theme.changed.connect(self.view.scheduleDelayedItemsLayout)

    def show_record(self, record: Record) -> None:
        """Read and show the events of a record."""
        archive = self._desk.archive
        if archive is None:
            return
        labels = describe.labels_of(self._desk)

        def take(events: list[Event]) -> None:
            self.model.show([row_of(event, labels) for event in events])

        self._desk.tasks.read(
            "reader.history",
            lambda _token: archive.history(record.ref, limit=_PAGE),
            take,
            owner=self,
        )


def row_of(event: Event, labels: describe.Labels) -> Row:
    """Return an event in words."""
    what = event.what[:1].upper() + event.what[1:]
    icon = next((icon for word, icon in _ICONS.items() if word in event.what), "pencil-simple")
    lines = tuple(lines_of(event, labels))
    return Row(what, formats.moment(event.time), event.who, icon, lines)
