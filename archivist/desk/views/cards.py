"""How a record found is drawn: as a card of the list, or as a row of the table."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from archivist.desk import describe, formats, paint
from archivist.desk.models.records import HIT, RecordsModel
from archivist.desk.paint import MarkedText

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

    from archivist.archive.results import Hit
    from archivist.desk.context import Desk

Index = QModelIndex | QPersistentModelIndex
CARD_HEIGHT: Final = 102
ROW_HEIGHT: Final = 28
_KEPT: Final = 400
_DIMMED: Final = 0.45


class _Delegate(QStyledItemDelegate):
    """What cards and rows have in common: ground, ticks, dimming, the mouse on a box."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dimmed = False
        self._desk = desk
        self._theme = desk.theme
        self._px = desk.theme.px

    @override
    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Tick by a click on the box; with Shift the whole stretch from the current row."""
        released = event.type() == QEvent.Type.MouseButtonRelease
        if not isinstance(event, QMouseEvent) or index.column() != 0:
            return False
        area = self._box(QRectF(option.rect)).adjusted(-8, -8, 8, 8)
        if not area.contains(event.position()) or event.button() != Qt.MouseButton.LeftButton:
            return False
        if released and isinstance(model, RecordsModel):
            on = index.data(Qt.ItemDataRole.CheckStateRole) != Qt.CheckState.Checked
            model.tick([model.key(index.row())], on=on)
        return True

    def _box(self, rect: QRectF) -> QRectF:
        raise NotImplementedError

    def _selected(self, option: QStyleOptionViewItem, index: Index) -> bool:
        view = option.widget
        if not isinstance(view, QAbstractItemView):
            return False
        return view.selectionModel().isSelected(index.sibling(index.row(), 0))

    def _ticked(self, index: Index) -> bool:
        first = index.sibling(index.row(), 0)
        return bool(first.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked)

    def _focused(self, option: QStyleOptionViewItem) -> bool:
        return bool(option.widget.hasFocus())

    def _current(self, option: QStyleOptionViewItem, index: Index) -> bool:
        view = option.widget
        return isinstance(view, QAbstractItemView) and view.currentIndex().row() == index.row()


class CardDelegate(_Delegate):
    """Draws a record found as a card: title and date, type and reference, the passage.

    Attributes:
        new: records that a saved search did not find when it was last opened.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.new: frozenset[int] = frozenset()
        self._laid: OrderedDict[tuple[object, ...], MarkedText] = OrderedDict()
        desk.theme.changed.connect(self._laid.clear)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._px(320), self._px(CARD_HEIGHT))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect = QRectF(option.rect)
        selected = self._selected(option, index)
        self._paint_ground(painter, option, index, selected=selected)
        painter.setOpacity(_DIMMED if self.dimmed else 1.0)
        hit = index.data(HIT)
        if hit is None:
            self._paint_missing(painter, rect, index)
        else:
            self._paint_card(painter, rect, hit, index)
        painter.restore()

    @override
    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        hit = index.data(HIT)
        title = describe.title_of(hit.record.description) if hit is not None else ""
        font = self._theme.font("m", 600)
        cut = paint.is_cut(title, font, self._title_width(QRectF(option.rect), hit))
        QToolTip.showText(event.globalPos(), title if cut else "", view)
        return True

    @override
    def _box(self, rect: QRectF) -> QRectF:
        side = self._px(14)
        return QRectF(rect.left() + self._px(20), rect.top() + self._px(19) - side / 2, side, side)

    def _inner(self, rect: QRectF) -> tuple[float, float]:
        return rect.left() + self._px(44), rect.right() - self._px(20)

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, *, selected: bool
    ) -> None:
        tokens = self._theme.tokens
        rect = QRectF(option.rect)
        card = rect.adjusted(self._px(8), 0, -self._px(8), -1)
        focused = self._focused(option)
        if selected:
            # The reader shows it: it stays marked as such while the search field has the keys.
            paint.rounded(painter, card, 6, tokens.sel)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            paint.rounded(painter, card, 6, tokens.hover)
        if not selected:
            left, right = self._inner(rect)
            paint.hairline(painter, left, right, rect.bottom() - 1, tokens.line)
        if focused and self._current(option, index):
            paint.rounded(painter, card, 6, None, tokens.accent, 1.5)

    def _paint_card(self, painter: QPainter, rect: QRectF, hit: Hit, index: Index) -> None:
        tokens, theme, px = self._theme.tokens, self._theme, self._px
        record, description = hit.record, hit.record.description
        left, right = self._inner(rect)
        state: paint.BoxState = "on" if self._ticked(index) else "off"
        paint.check_box(painter, self._box(rect), state, tokens)
        self._paint_date(painter, rect, description.date)
        title = QRectF(left, rect.top() + px(9), self._title_width(rect, hit), px(20))
        colour = tokens.text if description.title else tokens.text2
        text = describe.title_of(description)
        paint.line_of_text(painter, title, text, theme.font("m", 600), colour)
        centre = rect.top() + px(39)
        icon = QRectF(left, round(centre - px(14) / 2), px(14), px(14))
        self._desk.icons.paint(painter, describe.type_icon(description.doctype), icon)
        edge = self._paint_badges(painter, right, centre, hit)
        meta = QRectF(left + px(20), centre - px(9), max(0, edge - left - px(30)), px(18))
        labels = self._labels()
        said = describe.meta_of(record, labels)
        paint.line_of_text(painter, meta, said, theme.font("s"), tokens.text2)
        passage = self._passage(hit, right - left)
        passage.draw(painter, left, rect.top() + px(52), tokens, self._passage_colour(hit))

    def _passage_colour(self, hit: Hit) -> QColor:
        tokens = self._theme.tokens
        return tokens.text if hit.excerpt.text else tokens.text2

    def _title_width(self, rect: QRectF, hit: Hit | None) -> float:
        left, right = self._inner(rect)
        date = formats.day(hit.record.description.date) if hit is not None else ""
        return max(0.0, right - left - self._date_width(date) - self._px(12))

    def _date_width(self, text: str) -> float:
        return QFontMetricsF(self._theme.font("s")).horizontalAdvance(text)

    def _paint_date(self, painter: QPainter, rect: QRectF, iso: str) -> None:
        _left, right = self._inner(rect)
        text = formats.day(iso) if iso else ""
        width = self._date_width(text) + 2
        box = QRectF(right - width, rect.top() + self._px(9), width, self._px(20))
        font, colour = self._theme.font("s"), self._theme.tokens.text2
        paint.line_of_text(painter, box, text, font, colour, right=True)

    def _paint_badges(self, painter: QPainter, right: float, centre: float, hit: Hit) -> float:
        """Draw the badges from the right; return where they begin."""
        theme, icons, gap = self._theme, self._desk.icons, self._px(5)
        description = hit.record.description
        edge = right
        if hit.record.id in self.new:
            edge = paint.badge(painter, edge, centre, "New", theme, icons, "bell-simple", "ok")
            edge -= gap
        if hit.hits:
            edge = paint.badge(painter, edge, centre, describe.hits_of(hit.hits), theme) - gap
        if mark := describe.marked(description.mark, self._labels()):
            edge = paint.badge(painter, edge, centre, mark, theme, icons, "lock-simple", "warn")
            edge -= gap
        if description.language and description.language != formats.locale_name()[:2]:
            code = description.language.upper()
            edge = paint.badge(painter, edge, centre, code, theme) - gap
        if hit.attachments:
            count = formats.number(hit.attachments)
            edge = paint.badge(painter, edge, centre, count, theme, icons, "paperclip") - gap
        return edge

    def _passage(self, hit: Hit, width: float) -> MarkedText:
        key = (hit.record.id, hit.excerpt, round(width), hit.record.text_version)
        laid = self._laid.pop(key, None)
        if laid is None:
            text = hit.excerpt.text or _no_passage(hit)
            font, leading = self._theme.font("m"), self._px(20)
            laid = MarkedText(text, hit.excerpt.marks, font, width, 2, leading=leading)
        self._laid[key] = laid
        while len(self._laid) > _KEPT:
            self._laid.popitem(last=False)
        return laid

    def _paint_missing(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        """Draw where words will stand, or say that the record is there no more."""
        tokens, px = self._theme.tokens, self._px
        left, right = self._inner(rect)
        model = index.model()
        if isinstance(model, RecordsModel) and model.gone(index.row()):
            line = QRectF(left, rect.top() + px(9), right - left, px(20))
            text = "This record is no longer here."
            paint.line_of_text(painter, line, text, self._theme.font("m"), tokens.text2)
            return
        wide = right - left
        for top, share in ((15, 0.55), (36, 0.4), (58, 0.95), (78, 0.8)):
            bar = QRectF(left, rect.top() + px(top), wide * share, px(8))
            paint.rounded(painter, bar, 4, tokens.line)

    def _labels(self) -> describe.Labels:
        return describe.labels_of(self._desk)


class RowDelegate(_Delegate):
    """Draws a cell of the table: the first one with the box."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._px(80), self._px(ROW_HEIGHT))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        tokens, px = self._theme.tokens, self._px
        rect = QRectF(option.rect)
        self._paint_ground(painter, option, index)
        painter.setOpacity(_DIMMED if self.dimmed else 1.0)
        first = index.column() == 0
        if first:
            state: paint.BoxState = "on" if self._ticked(index) else "off"
            paint.check_box(painter, self._box(rect), state, tokens)
        inner = rect.adjusted(px(44) if first else px(8), 0, -px(8), 0)
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        right = bool(int(align) & int(Qt.AlignmentFlag.AlignRight)) if align else False
        font = self._theme.font("m" if first else "s", 500 if first else 400)
        colour = tokens.text if first else tokens.text2
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        paint.line_of_text(painter, inner, text, font, colour, right=right)
        painter.restore()

    @override
    def _box(self, rect: QRectF) -> QRectF:
        side = self._px(14)
        return QRectF(rect.left() + self._px(20), rect.center().y() - side / 2, side, side)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        rect = QRectF(option.rect)
        if self._selected(option, index):
            painter.fillRect(rect, tokens.sel)
        paint.hairline(painter, rect.left(), rect.right(), rect.bottom() - 1, tokens.line)
        if self._focused(option) and self._current(option, index):
            ends = rect.adjusted(0, 0, 0, -1)
            for y in (ends.top(), ends.bottom() - 1):
                painter.fillRect(QRectF(ends.left(), y, ends.width(), 1), tokens.accent)


def _no_passage(hit: Hit) -> str:
    if hit.record.text_hash:
        return ""
    return "No text; the original is kept." if hit.record.original else "No text."
