"""How the dates of a chronology are drawn, and what is copied of those selected."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from archivist.archive.chronology import Dated
from archivist.desk import describe, formats, paint
from archivist.desk.models.chronology import GONE
from archivist.desk.models.lines import GATHERED, LINE
from archivist.desk.paint import MarkedText
from archivist.desk.views.chosen import Chosen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtWidgets import QWidget

    from archivist.archive.chronology import Chronology
    from archivist.archive.results import Passage
    from archivist.desk.context import Desk

Index = QModelIndex | QPersistentModelIndex
ROW: Final = 84
_BOX: Final = 20
_DATE: Final = 48
_LEFT: Final = 152
_SIDE: Final = 20
_LEADING: Final = 22
_LINES: Final = 2
_KEPT: Final = 300


class DatesDelegate(QStyledItemDelegate):
    """Draws a date, its sentence, and where that stands.

    Signals:
        ticked: the row whose box was clicked.
    """

    ticked = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, desk.theme
        self._laid: OrderedDict[tuple[object, ...], MarkedText] = OrderedDict()
        desk.theme.changed.connect(self._laid.clear)

    def height_of(self, line: Dated, width: float) -> int:
        """Return how high the row of a date is in a list of this width."""
        lines = 1 if line.gone else self._words(line, self._room(width)).lines
        return self._theme.px(ROW - (_LINES - max(1, lines)) * _LEADING)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(400), self._theme.px(ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect, line = QRectF(option.rect), index.data(LINE)
        self._paint_ground(painter, option, index)
        if isinstance(line, Dated):
            gathered = bool(index.data(GATHERED))
            box, tokens = self._box(rect), self._theme.tokens
            paint.check_box(painter, box, "on" if gathered else "off", tokens)
            self._paint_line(painter, rect, line)
        else:
            self._paint_missing(painter, rect)
        painter.restore()

    @override
    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """A click on the box sends a date to the dossier, or takes it out."""
        if not isinstance(event, QMouseEvent) or not isinstance(index.data(LINE), Dated):
            return False
        area = self._box(QRectF(option.rect)).adjusted(-8, -8, 8, 8)
        if not area.contains(event.position()) or event.button() != Qt.MouseButton.LeftButton:
            return False
        if event.type() == QEvent.Type.MouseButtonRelease:
            self.ticked.emit(index.row())
        return True

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, tokens, px = option.widget, self._theme.tokens, self._theme.px
        if not isinstance(view, QAbstractItemView):
            return
        rect = QRectF(option.rect)
        card = rect.adjusted(px(8), 1, -px(8), -2)
        if view.selectionModel().isSelected(index):
            paint.rounded(painter, card, 6, tokens.sel if view.hasFocus() else tokens.sel_off)
        else:
            if option.state & QStyle.StateFlag.State_MouseOver:
                paint.rounded(painter, card, 6, tokens.hover)
            left, right = rect.left() + px(_DATE), rect.right() - px(_SIDE)
            paint.hairline(painter, left, right, rect.bottom() - 1, tokens.line)
        if view.hasFocus() and view.currentIndex().row() == index.row():
            paint.rounded(painter, card, 6, None, tokens.accent, 1.5)

    def _paint_line(self, painter: QPainter, rect: QRectF, line: Dated) -> None:
        theme, px, tokens = self._theme, self._theme.px, self._theme.tokens
        top, right = rect.top() + px(9), rect.right() - px(_SIDE)
        date = QRectF(rect.left() + px(_DATE), top + px(1), px(_LEFT - _DATE - 12), px(20))
        paint.line_of_text(painter, date, formats.day(line.date), theme.font("m", 600), tokens.text)
        left = rect.left() + px(_LEFT)
        words = QRectF(left, top, self._room(rect.width()), px(_LEADING))
        if line.gone:
            paint.line_of_text(painter, words, GONE, theme.font("m"), tokens.text2)
            return
        laid = self._words(line, words.width())
        laid.draw(painter, left, top, tokens)
        meta = QRectF(left, top + laid.height + px(3), right - left, px(18))
        paint.line_of_text(painter, meta, self._source(line), theme.font("s"), tokens.text2)

    def _source(self, line: Dated) -> str:
        """Return "Joint communiqué on … · Communiqué, VAL-JC 2014/0031, ¶ 3"."""
        about, labels = line.about, describe.labels_of(self._desk)
        where = ", ".join(
            filter(
                None,
                (
                    describe.type_of(about.description, labels),
                    describe.reference_of(about),
                    f"\u00b6\u00a0{line.paragraph}" if line.paragraph else "",
                ),
            )
        )
        if not line.end:
            return describe.SEPARATOR.join(("The document itself", where))
        return describe.SEPARATOR.join((where, describe.title_of(about.description)))

    def _words(self, line: Dated, width: float) -> MarkedText:
        key = (line.place, line.text, round(width))
        laid = self._laid.pop(key, None)
        if laid is None:
            theme, leading = self._theme, self._theme.px(_LEADING)
            font = theme.font("l", serif=True) if line.end else theme.font("m", 600)
            if line.end:
                font.setPixelSize(theme.px(14))
            marks = [line.mark] if line.mark[1] else []
            laid = MarkedText(
                line.text, marks, font, width, _LINES, leading=leading, bold_marks=True
            )
        self._laid[key] = laid
        while len(self._laid) > _KEPT:
            self._laid.popitem(last=False)
        return laid

    def _room(self, width: float) -> float:
        return max(40.0, width - self._theme.px(_LEFT + _SIDE))

    def _box(self, rect: QRectF) -> QRectF:
        side = self._theme.px(14)
        top = rect.top() + self._theme.px(20) - side / 2
        return QRectF(rect.left() + self._theme.px(_BOX), top, side, side)

    def _paint_missing(self, painter: QPainter, rect: QRectF) -> None:
        """Draw bars in place of words that are being read."""
        px = self._theme.px
        left, wide = rect.left() + px(_LEFT), rect.width() - px(_LEFT + _SIDE)
        for top, share in ((18, 0.95), (40, 0.7), (62, 0.4)):
            bar = QRectF(left, rect.top() + px(top), wide * share, px(8))
            paint.rounded(painter, bar, 4, self._theme.tokens.line)


class ChosenDates(Chosen[Dated, "Chronology"]):
    """The dates selected."""

    NOUN = "date"

    @override
    def rows_of(self, found: Chronology, start: int, stop: int) -> list[Dated]:
        return [line for line in found.rows(start, stop) if not line.gone]

    @override
    def line_of(self, line: Dated, passage: Passage | None = None) -> str:
        words = f"\u201c{line.text}\u201d" if line.end else line.text
        return f"{formats.day_long(line.date)}: {words} ({line.citation})"

    @override
    def copy(self) -> None:
        """Copy the dates, each with its sentence and its citation."""
        self._read(self._copy)

    def _copy(self, lines: Sequence[Dated]) -> None:
        QGuiApplication.clipboard().setText("\n".join(map(self.line_of, lines)))
        count = formats.counted(len(lines), self.NOUN)
        each = "with its citation" if len(lines) == 1 else "each with its citation"
        self._desk.events.message.emit(f"Copied {count}, {each}.")
