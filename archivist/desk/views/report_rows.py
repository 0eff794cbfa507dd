"""How the rows of an import's report are drawn, pressed and folded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from archivist.desk import paint
from archivist.desk.models.report import ROW, Head, Line, ReportModel
from archivist.desk.views.long_list import LongList

if TYPE_CHECKING:
    from archivist.desk.context import Desk

Index = QModelIndex | QPersistentModelIndex
MARGIN: Final = 32
_HEAD: Final = 64
_LINE: Final = 62
_DETAIL: Final = 21
_PATH_SHARE: Final = 0.26


class ReportList(LongList):
    """The rows of a report.

    Signals:
        pressed_action: row whose button was pressed (or Enter on it).
    """

    pressed_action = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("What became of each path", parent)
        self._desk = desk
        self.rows_model = ReportModel(self)
        self.setModel(self.rows_model)
        self.setItemDelegate(_Delegate(desk, self))
        self.show_one_column()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.rows_model.modelReset.connect(self.measure)
        self.opened.connect(self.press)
        self.ticked.connect(lambda: self.fold(self.currentIndex().row()))

    def measure(self) -> None:
        """Give every row its height: only heads and unfolded lines differ."""
        px = self._desk.theme.px
        self.set_row_height(px(_LINE))
        for row in self.rows_model.heads():
            self.setRowHeight(row, px(_HEAD))
        for row in self.rows_model.unfolded():
            self._measure_row(row)

    def press(self, row: int) -> None:
        """Do what the row's button says; a head folds."""
        if isinstance(self.line(row), Line):
            self.pressed_action.emit(row)
        else:
            self.fold(row)

    def fold(self, row: int) -> None:
        """Fold a section, or the details of a path."""
        if row < 0:
            return
        head = isinstance(self.line(row), Head)
        self.rows_model.toggle(row)
        if head:
            self.setCurrentIndex(self.rows_model.index(row, 0))
        else:
            self._measure_row(row)

    def copy_details(self, row: int) -> None:
        """Copy the details of a path."""
        line = self.line(row)
        if isinstance(line, Line):
            QGuiApplication.clipboard().setText(line.text())
            self._desk.events.message.emit("Copied the details.")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right fold, Ctrl+C copies the details."""
        row = self.currentIndex().row()
        line = self.line(row) if row >= 0 else None
        keys = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False}
        if line is not None and event.key() in keys:
            if line.open != keys[Qt.Key(event.key())]:
                self.fold(row)
        elif event.key() == Qt.Key.Key_C and event.modifiers() == _CONTROL:
            self.copy_details(row)
        else:
            super().keyPressEvent(event)

    def line(self, row: int) -> Head | Line | None:
        """Return what a row shows."""
        found = self.rows_model.index(row, 0).data(ROW)
        return found if isinstance(found, Head | Line) else None

    def _measure_row(self, row: int) -> None:
        px, line = self._desk.theme.px, self.line(row)
        high = px(_LINE)
        if isinstance(line, Line) and line.open:
            high += len(line.details) * px(_DETAIL) + px(28)
        self.setRowHeight(row, high)


_CONTROL: Final = Qt.KeyboardModifier.ControlModifier


class _Delegate(QStyledItemDelegate):
    """Draws heads and lines; a press on the caret folds, on the button acts."""

    def __init__(self, desk: Desk, view: ReportList) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view
        self._theme = desk.theme
        self._px = desk.theme.px

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, row = QRectF(option.rect), index.data(ROW)
        if isinstance(row, Head):
            self._paint_head(painter, rect, row)
        elif isinstance(row, Line):
            self._paint_line(painter, rect, row, option)
        selected = option.state & QStyle.StateFlag.State_Selected
        if selected and option.widget.hasFocus():
            ring = rect.adjusted(self._px(MARGIN - 10), 2, -self._px(MARGIN - 10), -4)
            paint.focus_ring(painter, ring, 6, self._theme.tokens)
        painter.restore()

    @override
    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if not isinstance(event, QMouseEvent) or event.button() != Qt.MouseButton.LeftButton:
            return False
        if event.type() != QEvent.Type.MouseButtonRelease:
            return False
        row, rect, place = index.data(ROW), QRectF(option.rect), event.position()
        if isinstance(row, Line) and row.action and self._button(rect, row).contains(place):
            self._view.pressed_action.emit(index.row())
        elif isinstance(row, Line) and row.open and self._copy(rect).contains(place):
            self._view.copy_details(index.row())
        elif isinstance(row, Head) or place.y() < rect.top() + self._px(_LINE):
            self._view.fold(index.row())
        return True

    def _button(self, rect: QRectF, line: Line) -> QRectF:
        font = self._theme.font("s", 500)
        wide = QFontMetricsF(font).horizontalAdvance(line.action) + 2 * self._px(10)
        high = self._px(26)
        right = rect.right() - self._px(MARGIN)
        return QRectF(right - wide, rect.top() + self._px(14), wide, high)

    def _copy(self, rect: QRectF) -> QRectF:
        wide = self._px(72)
        right = rect.right() - self._px(MARGIN + 8)
        return QRectF(right - wide, rect.top() + self._px(_LINE + 4), wide, self._px(26))

    def _middle(self, rect: QRectF) -> float:
        return rect.left() + self._px(MARGIN + 28) + rect.width() * _PATH_SHARE

    def _paint_head(self, painter: QPainter, rect: QRectF, head: Head) -> None:
        tokens, px, theme = self._theme.tokens, self._px, self._theme
        section = head.section
        left, right = rect.left() + px(MARGIN), rect.right() - px(MARGIN)
        icon = QRectF(left, rect.top() + px(19), px(16), px(16))
        self._desk.icons.paint(painter, section.icon, icon, section.token)
        line = QRectF(left + px(28), rect.top() + px(17), right - left - px(60), px(20))
        bold = theme.font("m", 600)
        wide = paint.line_of_text(painter, line, section.title, bold, tokens.text)
        count = line.adjusted(wide + px(10), 0, 0, 0)
        colour = tokens.colour("text2" if section.name == "filed" else section.token)
        paint.line_of_text(painter, count, head.count, theme.font("s"), colour)
        small = theme.font("s")
        paint.line_of_text(painter, line.translated(0, px(18)), section.hint, small, tokens.text2)
        caret = QRectF(right - px(12), rect.top() + px(26), px(10), px(10))
        name = "caret-down-bold" if head.open else "caret-right-bold"
        self._desk.icons.paint(painter, name, caret)
        paint.hairline(painter, left, right, rect.bottom() - 1, tokens.edge)

    def _paint_line(
        self, painter: QPainter, rect: QRectF, line: Line, option: QStyleOptionViewItem
    ) -> None:
        tokens, px, theme = self._theme.tokens, self._px, self._theme
        left, middle = rect.left() + px(MARGIN), self._middle(rect)
        button = self._button(rect, line)
        caret = QRectF(left + px(3), rect.top() + px(14), px(10), px(10))
        name = "caret-down-bold" if line.open else "caret-right-bold"
        self._desk.icons.paint(painter, name, caret)
        first = rect.top() + px(9)
        path = QRectF(left + px(28), first, middle - left - px(44), px(20))
        metrics = QFontMetricsF(theme.font("m", 500))
        shown = metrics.elidedText(line.path, Qt.TextElideMode.ElideMiddle, path.width())
        paint.line_of_text(painter, path, shown, theme.font("m", 500), tokens.text)
        words = QRectF(middle, first, button.left() - middle - px(16), px(20))
        paint.line_of_text(painter, words, line.what, theme.font("m"), tokens.text)
        paint.line_of_text(
            painter, words.translated(0, px(20)), line.todo, theme.font("s"), tokens.text2
        )
        self._paint_button(painter, button, line, option)
        if line.open:
            self._paint_details(painter, rect, line)
        paint.hairline(
            painter, left + px(28), rect.right() - px(MARGIN), rect.bottom() - 1, tokens.line
        )

    def _paint_button(
        self, painter: QPainter, button: QRectF, line: Line, option: QStyleOptionViewItem
    ) -> None:
        tokens = self._theme.tokens
        over = option.state & QStyle.StateFlag.State_MouseOver
        ground = tokens.hover if over else tokens.paper
        paint.rounded(painter, button, 6, ground, tokens.edge)
        painter.setFont(self._theme.font("s", 500))
        painter.setPen(tokens.text)
        painter.drawText(button, int(Qt.AlignmentFlag.AlignCenter), line.action)

    def _paint_details(self, painter: QPainter, rect: QRectF, line: Line) -> None:
        tokens, px, theme = self._theme.tokens, self._px, self._theme
        middle, right = self._middle(rect), rect.right() - px(MARGIN)
        high = len(line.details) * px(_DETAIL) + px(12)
        box = QRectF(middle, rect.top() + px(_LINE), right - middle, high)
        paint.rounded(painter, box, 6, tokens.side)
        mono = theme.font("s", mono=True)
        names = QFontMetricsF(mono).horizontalAdvance("M" * 8)
        place = QRectF(middle + px(14), box.top() + px(6), box.width() - px(110), px(_DETAIL))
        for name, value in line.details:
            paint.line_of_text(painter, place, name, mono, tokens.text2)
            room = place.adjusted(names + px(12), 0, 0, 0)
            said = " ".join(value.split())
            paint.line_of_text(painter, room, said, mono, tokens.text)
            place.translate(0, px(_DETAIL))
        copy = self._copy(rect)
        icon = QRectF(copy.left(), copy.center().y() - px(6), px(12), px(12))
        self._desk.icons.paint(painter, "copy", icon, "accent")
        words = copy.adjusted(px(18), 0, 0, 0)
        paint.line_of_text(painter, words, "Copy", theme.font("s"), tokens.accent)
