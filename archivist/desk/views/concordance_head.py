"""The names of the columns over a concordance; a click sorts by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget
from typing_extensions import override

from archivist.desk import paint
from archivist.desk.views.concordance_lines import (
    HIT_LABEL,
    MARGIN,
    ROW_HEIGHT,
    LineDelegate,
    cell_of,
)

if TYPE_CHECKING:
    from archivist.desk.context import Desk

_NUMBERS: Final = {"": "first", "2": "second", "3": "third"}
_BY_RECORD: Final = {"newest": "date", "oldest": "date", "originator": "source"}
_ARROW: Final = 14
_RIGHT, _CENTRE, _LEFT = (
    Qt.AlignmentFlag.AlignRight,
    Qt.AlignmentFlag.AlignHCenter,
    Qt.AlignmentFlag.AlignLeft,
)


class Cell(NamedTuple):
    """The head of one column."""

    rect: QRectF
    label: str
    align: Qt.AlignmentFlag
    decides: bool


def side_named(sort: str, *, rtl: bool) -> str:
    """Return what the words are called that an order goes by: "Right context", "Words after"."""
    if sort.startswith("left"):
        return "Words before" if rtl else "Left context"
    return "Words after" if rtl else "Right context"


class LinesHead(QWidget):
    """The head over the lines, in step with their columns.

    Signals:
        clicked: a column: "date", "source", "before", "hit" or "after".
    """

    clicked = Signal(str)

    def __init__(self, desk: Desk, delegate: LineDelegate, view: QAbstractItemView) -> None:
        super().__init__()
        self._desk = desk
        self._delegate = delegate
        self._view = view
        self._sort, self._rtl = "", False
        self.setMouseTracking(True)
        self.setAccessibleName("Columns of the concordance")
        desk.theme.changed.connect(self.update)

    def show_order(self, sort: str, *, rtl: bool) -> None:
        """Show what decides the order, and whether the contexts have changed sides."""
        self._sort, self._rtl = sort, rtl
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._desk.theme.px(320), self._desk.theme.px(ROW_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._desk.theme.px(ROW_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for cell in self.cells().values():
            self._paint(painter, cell)
        margin = self._desk.theme.px(MARGIN)
        edge = self._desk.theme.tokens.edge
        paint.hairline(painter, margin, self.width() - margin, self.height() - 1, edge)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        shape = Qt.CursorShape
        self.setCursor(shape.PointingHandCursor if self._at(event) else shape.ArrowCursor)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and (column := self._at(event)):
            self.clicked.emit(column)

    def cells(self) -> dict[str, Cell]:
        """Return the heads that are shown, by column, from left to right."""
        columns = self._delegate.columns(self._view.viewport().width())
        aside = self._desk.theme.px(5)
        left = (columns.left[0], columns.left[1] - aside)
        right = (columns.right[0] + aside, columns.right[1])
        at_left, at_right = ("after", "before") if self._rtl else ("before", "after")
        found = (
            ("date", columns.date, "Date", _RIGHT),
            ("source", columns.source, "Originator", _LEFT),
            (at_left, left, self._context(at_left), _RIGHT),
            ("hit", columns.hit, HIT_LABEL, _CENTRE),
            (at_right, right, self._context(at_right), _LEFT),
            ("record", columns.record, "Record", _LEFT),
        )
        decides, rect = self._deciding(), QRectF(self.rect())
        return {
            name: Cell(cell_of(rect, edges), label, align, name == decides)
            for name, edges, label, align in found
            if edges[1] > edges[0]
        }

    def _deciding(self) -> str:
        if self._sort.startswith("left"):
            return "before"
        return "after" if self._sort.startswith("right") else _BY_RECORD.get(self._sort, "")

    def _context(self, side: str) -> str:
        said = side_named("left" if side == "before" else "right", rtl=self._rtl)
        number = _NUMBERS.get(self._sort[-1:], _NUMBERS[""])
        return f"{said}, {number} word" if side == self._deciding() else said

    def _paint(self, painter: QPainter, cell: Cell) -> None:
        theme, px = self._desk.theme, self._desk.theme.px
        font = theme.font("xs", 600)
        arrow = px(_ARROW) if cell.decides else 0
        shown = paint.elided(cell.label, font, cell.rect.width() - arrow)
        wide = QFontMetricsF(font).horizontalAdvance(shown)
        free = cell.rect.width() - wide - arrow
        share = {_RIGHT: 1.0, _CENTRE: 0.5, _LEFT: 0.0}[cell.align]
        room = QRectF(cell.rect.left() + share * free, cell.rect.top(), wide + 2, self.height())
        painter.setFont(font)
        painter.setPen(theme.tokens.accent if cell.decides else theme.tokens.text3)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)
        if cell.decides:
            side = px(10)
            place = QRectF(room.right() + px(2), room.center().y() - side / 2, side, side)
            name = "arrow-up-bold" if self._sort == "oldest" else "arrow-down-bold"
            self._desk.icons.paint(painter, name, place, "accent")

    def _at(self, event: QMouseEvent) -> str:
        """Return the column under the mouse that lines can be sorted by."""
        for name, cell in self.cells().items():
            if name != "record" and cell.rect.contains(event.position()):
                return name
        return ""
