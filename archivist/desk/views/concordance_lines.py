"""How a line of a concordance is drawn: date and source, and the hits in one column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from archivist.desk import formats, paint
from archivist.desk.models.lines import GATHERED, LINE
from archivist.desk.views.concordance_text import Strong, Typesetter, reads_from_right

if TYPE_CHECKING:
    from archivist.archive.results import Line
    from archivist.desk.context import Desk
    from archivist.desk.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT: Final = 28
_DIMMED: Final = 0.45
MARGIN: Final = 20
_GAP: Final = 14
_ASIDE: Final = 8
_SOURCE: Final = 150
_WITH_SOURCE: Final = 900
_WITH_RECORD: Final = 720
_WITH_DATE: Final = 460
HIT_LABEL: Final = "Searched words"
_MOST_HIT: Final = 0.42
_GONE: Final = "The text was changed since this search."


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns stand; left and right edges in pixels, both 0 where one is left out."""

    date: tuple[float, float]
    source: tuple[float, float]
    left: tuple[float, float]
    hit: tuple[float, float]
    right: tuple[float, float]
    record: tuple[float, float]


class Widest(NamedTuple):
    """What the widest of some values would take, in pixels.

    Attributes:
        hit: of the searched words.
        source: of the originators; 0 where none is known.
        record: of the references.
    """

    hit: float = 0.0
    source: float = 0.0
    record: float = 0.0


def columns_in(width: float, widest: Widest, theme: Theme) -> Columns:
    """Share out the width of a list.

    Args:
        width: of the list.
        widest: what stands in the columns.
        theme: for its sizes.
    """
    px = theme.px
    gap = px(_GAP)
    metrics = QFontMetricsF(theme.font("s"))
    start = float(px(MARGIN))
    dated = start + max(metrics.horizontalAdvance(formats.day("2008-09-28")), px(64))
    date, at, end = (start, dated), dated + gap, width - px(MARGIN)
    if width < px(_WITH_DATE):
        date, at = (0.0, 0.0), start
    source = shown = (0.0, 0.0)
    if width >= px(_WITH_SOURCE) and widest.source:
        source = (at, at + min(widest.source, px(_SOURCE)))
        at = source[1] + gap
    if width >= px(_WITH_RECORD):
        shown = (end - widest.record, end)
        end = shown[0] - gap
    middle = max(0.0, end - at)
    label = QFontMetricsF(theme.font("xs", 600)).horizontalAdvance(HIT_LABEL)
    wide = min(max(widest.hit, label) + 2 * px(_ASIDE), middle * _MOST_HIT)
    left = at + (middle - wide) / 2
    return Columns(date, source, (at, left), (left, left + wide), (left + wide, end), shown)


class LineDelegate(QStyledItemDelegate):
    """Draws a line: what stands before the hit ends at it, what stands after it begins there.

    Attributes:
        dimmed: whether a newer search is under way.
        strong: the word that decides the order, set semibold.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dimmed = False
        self.strong = Strong()
        self._desk = desk
        self._theme = desk.theme
        self._widest = Widest()
        self.type = Typesetter(desk.theme)
        desk.theme.changed.connect(self.type.forget)

    def make_room(self, widest: Widest) -> bool:
        """Take what stands in the columns; tell whether they moved."""
        before, self._widest = self._widest, widest
        return before != widest

    def columns(self, width: float) -> Columns:
        """Return where the columns stand in a list of this width."""
        return columns_in(width, self._widest, self._theme)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(ROW_HEIGHT))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect = QRectF(option.rect)
        current = self._paint_ground(painter, option, index)
        painter.setOpacity(_DIMMED if self.dimmed else 1.0)
        line: Line | None = index.data(LINE)
        columns = self.columns(rect.width())
        if line is None:
            self._paint_missing(painter, rect, columns)
        else:
            self._paint_about(painter, rect, line, columns, gathered=bool(index.data(GATHERED)))
            self._paint_words(painter, rect, line, columns, current=current)
        painter.restore()

    @override
    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        line: Line | None = index.data(LINE)
        said = "\n".join(filter(None, (line.title, line.originator))) if line is not None else ""
        QToolTip.showText(event.globalPos(), said, view)
        return True

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> bool:
        """Draw the ground of a row; return whether it is the current one."""
        view = option.widget
        if not isinstance(view, QAbstractItemView):
            return False
        tokens, px = self._theme.tokens, self._theme.px
        card = QRectF(option.rect).adjusted(px(8), 0, -px(8), -1)
        current = view.currentIndex().row() == index.row()
        if view.selectionModel().isSelected(index):
            paint.rounded(painter, card, 6, tokens.sel)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            paint.rounded(painter, card, 6, tokens.hover)
        if current and view.hasFocus():
            paint.rounded(painter, card, 6, None, tokens.accent, 1.5)
        return current

    def _paint_about(
        self, painter: QPainter, rect: QRectF, line: Line, columns: Columns, *, gathered: bool
    ) -> None:
        theme = self._theme
        small, text = theme.font("s"), theme.tokens.text
        if columns.date[1]:
            date = formats.day(line.date) if line.date else "No date"
            colour = text if line.date else theme.tokens.text2
            cell = cell_of(rect, columns.date)
            paint.line_of_text(painter, cell, date, small, colour, right=True)
        if columns.source[1]:
            cell = cell_of(rect, columns.source)
            paint.line_of_text(painter, cell, line.originator, small, text)
        if columns.record[1]:
            cell = cell_of(rect, columns.record)
            paint.line_of_text(painter, cell, line.ref, small, theme.tokens.text2)
        if gathered:
            side = theme.px(12)
            place = QRectF(rect.left() + theme.px(11), rect.center().y() - side / 2, side, side)
            self._desk.icons.paint(painter, "check-bold", place, "accent")

    def _paint_words(
        self, painter: QPainter, rect: QRectF, line: Line, columns: Columns, *, current: bool
    ) -> None:
        tokens = self._theme.tokens
        if line.gone:
            cell = cell_of(rect, (columns.left[0], columns.right[1]))
            paint.line_of_text(painter, cell, _GONE, self._theme.font("s"), tokens.text2)
            return
        rtl = reads_from_right(line)
        before, after = (columns.right, columns.left) if rtl else (columns.left, columns.right)
        self._paint_context(painter, rect, line.left, before, before=True, rtl=rtl)
        self._paint_context(painter, rect, line.right, after, before=False, rtl=rtl)
        self._paint_hit(painter, rect, line.keyword, columns.hit, current=current)

    def _paint_context(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        edges: tuple[float, float],
        *,
        before: bool,
        rtl: bool,
    ) -> None:
        gap = self._theme.px(5)
        room = max(0.0, edges[1] - edges[0] - gap)
        strong = self.strong.word if self.strong.before == before else 0
        laid = self.type.context(text, room, strong, before=before, rtl=rtl)
        at_left = before != rtl
        x = edges[1] - gap - laid.width if at_left else edges[0] + gap
        laid.draw(painter, rect.left() + x, rect, self._theme.tokens.text)

    def _paint_hit(
        self,
        painter: QPainter,
        rect: QRectF,
        keyword: str,
        edges: tuple[float, float],
        *,
        current: bool,
    ) -> None:
        tokens, font = self._theme.tokens, self._theme.font("m", 600 if current else 500)
        aside = self._theme.px(4)
        laid = self.type.keyword(keyword, edges[1] - edges[0] - 2 * aside, strong=current)
        x = rect.left() + (edges[0] + edges[1] - laid.width) / 2
        y = rect.center().y() - laid.line.height() / 2
        tint = paint.tint_rects(laid.line, 0, len(laid.layout.text()), font)
        tint = tint.translated(x, y).adjusted(-1, 0, 1, 0)
        if current:
            paint.rounded(painter, tint, 3, tokens.cur, tokens.cur_edge, 1.2)
        else:
            paint.rounded(painter, tint, 3, tokens.hit)
        laid.draw(painter, x, rect, tokens.cur_fg if current else tokens.hit_fg)

    def _paint_missing(self, painter: QPainter, rect: QRectF, columns: Columns) -> None:
        """Draw bars in place of words that are being read."""
        tokens, px = self._theme.tokens, self._theme.px
        for edges in (columns.date, columns.hit):
            cell = cell_of(rect, edges).adjusted(px(4), px(10), -px(4), -px(10))
            paint.rounded(painter, cell, 4, tokens.line)
        for edges, side in ((columns.left, -1), (columns.right, 1)):
            cell = cell_of(rect, edges).adjusted(px(8), px(10), -px(8), -px(10))
            cell.setWidth(cell.width() * 0.7)
            if side < 0:
                cell.moveRight(rect.left() + edges[1] - px(8))
            paint.rounded(painter, cell, 4, tokens.line)


def cell_of(rect: QRectF, edges: tuple[float, float]) -> QRectF:
    """Return the cell of a column in a row."""
    return QRectF(rect.left() + edges[0], rect.top(), edges[1] - edges[0], rect.height())
