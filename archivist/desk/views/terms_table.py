"""How the table of a counted list of terms is drawn: its head and its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from archivist.desk import paint
from archivist.desk.models.terms import COLUMNS, NUMBERS, ROW

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from archivist.archive.results import TermCount
    from archivist.desk.context import Desk

Index = QModelIndex | QPersistentModelIndex


class TermsHead(QHeaderView):
    """The head of the table: quiet words, an arrow where the order comes from."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._desk = desk
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setAccessibleName("Columns")

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._desk.theme.px(30))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._desk.theme.tokens.base)
        edge = self._desk.theme.tokens.edge
        paint.hairline(painter, 0, self.width(), self.height() - 1, edge)
        painter.end()
        super().paintEvent(event)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme, px = self._desk.theme, self._desk.theme.px
        right = logicalIndex in NUMBERS
        inner = QRectF(_cell(self._desk, rect, logicalIndex))
        shown = self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex
        colour = theme.tokens.accent if shown else theme.tokens.text3
        font = theme.font("xs", 600)
        text = COLUMNS[logicalIndex]
        wide = paint.line_of_text(painter, inner, text, font, colour, right=right)
        if shown:
            down = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            name = "arrow-down-bold" if down else "arrow-up-bold"
            x = inner.right() - wide - px(14) if right else inner.left() + wide + px(4)
            place = QRectF(x, inner.center().y() - px(5), px(10), px(10))
            self._desk.icons.paint(painter, name, place, "accent")


class TermsDelegate(QStyledItemDelegate):
    """Draws a cell: a term, a count, a date, or why the line cannot be read."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        theme, tokens = self._desk.theme, self._desk.theme.tokens
        rect, term = QRectF(option.rect), index.data(ROW)
        if option.state & QStyle.StateFlag.State_Selected:
            focused = option.widget.hasFocus()
            painter.fillRect(rect, tokens.sel if focused else tokens.sel_off)
        paint.hairline(painter, rect.left(), rect.right(), rect.bottom() - 1, tokens.line)
        inner = QRectF(_cell(self._desk, option.rect, index.column()))
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        font = theme.font("s" if index.column() else "m")
        if index.column() == 1 and term.error:
            side = theme.px(14)
            icon = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
            self._desk.icons.paint(painter, "warning-circle", icon, "bad")
            inner.setLeft(icon.right() + theme.px(6))
            paint.line_of_text(painter, inner, text, font, tokens.bad)
        else:
            colour = tokens.text if index.column() == 0 and _stands(term) else tokens.text2
            right = index.column() in NUMBERS
            paint.line_of_text(painter, inner, text, font, colour, right=right)
        painter.restore()


def _cell(desk: Desk, rect: QRect, column: int) -> QRect:
    px = desk.theme.px
    return rect.adjusted(px(20) if not column else px(8), 0, -px(16 if column in NUMBERS else 8), 0)


def _stands(term: TermCount) -> bool:
    """Whether a term was found."""
    return bool(term.records)
