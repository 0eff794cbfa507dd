"""The list of what a record is found to say: how its rows are drawn, and the keys of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from typing_extensions import override

from archivist.desk import formats, paint
from archivist.desk.models.statements import KINDS, named
from archivist.desk.paint import MarkedText
from archivist.desk.views.reader_account import FactRow, HeadRow, NoteRow, SaidRow
from archivist.desk.views.rows import RowList

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from PySide6.QtCore import QPoint

    from archivist.desk.context import Desk
    from archivist.desk.views.rows import Row

_SIDE: Final = 20
_LEFT: Final = 48
_HEAD: Final = 34
_LINE: Final = 18
_TOP: Final = 9
_LEADING: Final = 22
_SMALL: Final = 18
_LINES: Final = 3
_ALL_LINES: Final = 60
_WITH_KIND: Final = 420
_KEPT: Final = 3000
_ICONS: Final = {"direct": "quotes", "indirect": "chat-centered-text", "turn": "chats"}
KEYS: Final = {
    Qt.Key.Key_Y: "confirm",
    Qt.Key.Key_R: "reject",
    Qt.Key.Key_E: "correct",
    Qt.Key.Key_W: "withdraw",
    Qt.Key.Key_D: "gather",
    Qt.Key.Key_A: "agent",
}
"""What single letters do with the statement in hand."""


class AccountList(RowList):
    """The rows.

    Signals:
        moved: another row is the current one.
        asked: what a key asks for, one of the values of KEYS, or "copy", "open".
        folded: the group whose head was pressed.
        explained: key of a statement that is to say why it is one, or no longer.
        menu_asked: a context menu is wanted at this global point.
    """

    moved = Signal()
    asked = Signal(str)
    folded = Signal(str)
    explained = Signal(object)
    menu_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._laid: dict[tuple[object, ...], MarkedText] = {}
        self.setAccessibleName("Statements of the record")
        self.selectionModel().currentChanged.connect(self._go)
        desk.theme.changed.connect(self._laid.clear)

    def current(self) -> Row | None:
        """Return the row under the cursor."""
        index = self.currentIndex()
        return self.row_at(index) if index.isValid() else None

    def go_to(self, key: Hashable) -> bool:
        """Make a row the current one; tell whether it is there."""
        for place, row in enumerate(self.rows.rows):
            if row.key == key:
                self.setCurrentIndex(self.rows.index(place))
                return True
        return False

    def show_account(self, rows: Sequence[Row]) -> None:
        """Show other rows; where the current one is gone, the one in its place."""
        if len(self._laid) > _KEPT:
            self._laid.clear()
        self.show_rows(rows)
        self.scheduleDelayedItemsLayout()

    @override
    def height_of(self, row: Row) -> int:
        px = self.desk.theme.px
        match row:
            case HeadRow():
                return px(_HEAD)
            case SaidRow():
                lines = _TOP + _LINE + 4 + _SMALL + _TOP
                lines += _SMALL if row.decision() else 0
                tall = px(lines) + self._words(row).height
                return round(tall + sum(laid.height for laid in self._reasons(row)))
            case FactRow():
                return round(px(_TOP + _LINE + 2 + _TOP) + self._words(row).height)
            case _:
                return round(px(24) + self._note(row).height)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters decide, Enter reads the text, Space, Left and Right fold, Ctrl+C copies."""
        key, plain = Qt.Key(event.key()), not event.modifiers()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.asked.emit("copy")
        elif plain and key in KEYS:
            self.asked.emit(KEYS[key])
        elif plain and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if isinstance(self.current(), HeadRow):
                self._fold()
            else:
                self.asked.emit("open")
        elif plain and key in {Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._fold(key)
        else:
            super().keyPressEvent(event)

    def _fold(self, key: Qt.Key = Qt.Key.Key_Space) -> None:
        """Fold or unfold what the cursor stands at; Left folds only, Right unfolds only."""
        row = self.current()
        shown = row.open if isinstance(row, SaidRow) else False
        shown = not row.folded if isinstance(row, HeadRow) else shown
        if (key == Qt.Key.Key_Left and not shown) or (key == Qt.Key.Key_Right and shown):
            return
        if isinstance(row, HeadRow):
            self.folded.emit(row.group)
        elif isinstance(row, SaidRow):
            self.explained.emit(row.key)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of this list."""

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A head folds; the box gathers; "Why" unfolds; a name asks who that is."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        row, rect = self.row_at(index), QRectF(self.visualRect(index))
        place = event.position()
        if isinstance(row, HeadRow):
            self.folded.emit(row.group)
        elif isinstance(row, SaidRow | FactRow) and self._box(rect).adjusted(-8, -8, 8, 8).contains(
            place
        ):
            self.asked.emit("gather")
        elif isinstance(row, SaidRow) and self._why(rect, row).contains(place):
            self.explained.emit(row.key)
        elif isinstance(row, SaidRow) and self._name(rect, row).contains(place):
            self.asked.emit("agent")

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index, place = self.indexAt(event.position().toPoint()), event.position()
        row = self.row_at(index) if index.isValid() else None
        rect = QRectF(self.visualRect(index))
        link = isinstance(row, SaidRow) and (
            self._why(rect, row).contains(place) or self._name(rect, row).contains(place)
        )
        pointing = link or isinstance(row, HeadRow)
        shapes = Qt.CursorShape
        self.viewport().setCursor(shapes.PointingHandCursor if pointing else shapes.ArrowCursor)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if isinstance(self.current(), SaidRow | FactRow):
            self.asked.emit("open")

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place: QPoint = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu_asked.emit(place)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._laid.clear()
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()

    def _go(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.viewport().update()
        self.moved.emit()

    # How rows are drawn

    @override
    def paint_row(
        self, painter: QPainter, rect: QRect, row: Row, *, over: bool, focus: bool
    ) -> None:
        area = QRectF(rect)
        if isinstance(row, HeadRow):
            self._paint_head(painter, area, row, focus=focus)
            return
        if isinstance(row, NoteRow):
            tokens, px = self.desk.theme.tokens, self.desk.theme.px
            self._note(row).draw(painter, px(_SIDE), area.top() + px(12), tokens, tokens.text2)
            return
        self._paint_ground(painter, area, row, over=over, focus=focus)
        if isinstance(row, SaidRow):
            self._paint_said(painter, area, row)
        elif isinstance(row, FactRow):
            self._paint_fact(painter, area, row)

    def _paint_head(self, painter: QPainter, rect: QRectF, row: HeadRow, *, focus: bool) -> None:
        theme, tokens, px = self.desk.theme, self.desk.theme.tokens, self.desk.theme.px
        if focus:
            inner = rect.adjusted(px(8), px(4), -px(8), -px(3))
            paint.rounded(painter, inner, 6, None, tokens.accent, 1.5)
        caret = "caret-right-bold" if row.folded else "caret-down-bold"
        centre = rect.bottom() - px(15)
        side = px(10)
        self.desk.icons.paint(painter, caret, QRectF(px(22), centre - side / 2, side, side))
        words = QRectF(px(38), centre - px(9), rect.width() - px(38) - px(_SIDE), px(18))
        wide = paint.line_of_text(painter, words, row.text, theme.font("s", 600), tokens.text2)
        words.setLeft(words.left() + wide + px(8))
        paint.line_of_text(painter, words, formats.number(row.count), theme.font("s"), tokens.text3)
        paint.hairline(painter, px(_SIDE), rect.right() - px(_SIDE), rect.bottom() - 1, tokens.line)

    def _paint_ground(
        self, painter: QPainter, rect: QRectF, row: Row, *, over: bool, focus: bool
    ) -> None:
        tokens, px = self.desk.theme.tokens, self.desk.theme.px
        card = rect.adjusted(px(8), 1, -px(8), -2)
        current = self.current()
        if current is not None and current.key == row.key:
            paint.rounded(painter, card, 6, tokens.sel if self.hasFocus() else tokens.sel_off)
        else:
            if over:
                paint.rounded(painter, card, 6, tokens.hover)
            left, right = rect.left() + px(_LEFT), rect.right() - px(_SIDE)
            paint.hairline(painter, left, right, rect.bottom() - 1, tokens.line)
        if focus:
            paint.rounded(painter, card, 6, None, tokens.accent, 1.5)

    def _paint_said(self, painter: QPainter, rect: QRectF, row: SaidRow) -> None:
        theme, tokens, px = self.desk.theme, self.desk.theme.tokens, self.desk.theme.px
        quiet = not row.it.filed.shown
        paint.check_box(painter, self._box(rect), "on" if row.gathered else "off", tokens)
        left, right = rect.left() + px(_LEFT), rect.right() - px(_SIDE)
        y = rect.top() + px(_TOP)
        edge = self._paint_badges(painter, right, y + px(_LINE) / 2, row)
        line = QRectF(left, y, max(0.0, edge - px(8) - left), px(_LINE))
        name = named(row.it.said.speaker)
        colour = tokens.text if row.it.said.speaker and not quiet else tokens.text2
        wide = paint.line_of_text(painter, line, name, theme.font("m", 600), colour)
        line.setLeft(line.left() + wide + px(10))
        paint.line_of_text(painter, line, row.it.said.role, theme.font("s"), tokens.text2)
        y += px(_LINE + 2)
        words = self._words(row)
        words.draw(painter, left, y, tokens, tokens.text2 if quiet else tokens.text)
        y += words.height + px(2)
        why = self._why(rect, row)
        line = QRectF(left, y, max(0.0, why.left() - px(8) - left), px(_SMALL))
        paint.line_of_text(painter, line, row.circumstances(), theme.font("s"), tokens.text2)
        self._paint_why(painter, why, row)
        y += px(_SMALL)
        if done := row.decision():
            side = px(12)
            icon = QRectF(left, y + px(_SMALL) / 2 - side / 2, side, side)
            kind = "x-circle" if row.it.filed.status == "rejected" else "check-circle"
            token = "text2" if quiet else "ok"
            self.desk.icons.paint(painter, kind, icon, token)
            line = QRectF(left + px(18), y, right - left - px(18), px(_SMALL))
            paint.line_of_text(painter, line, done, theme.font("s"), tokens.colour(token))
            y += px(_SMALL)
        for laid in self._reasons(row):
            laid.draw(painter, left, y, tokens, tokens.text2)
            y += laid.height

    def _paint_why(self, painter: QPainter, rect: QRectF, row: SaidRow) -> None:
        theme, px = self.desk.theme, self.desk.theme.px
        paint.line_of_text(
            painter, rect.adjusted(0, 0, -px(14), 0), _WHY, theme.font("s"), theme.tokens.accent
        )
        side = px(10)
        caret = QRectF(rect.right() - side, rect.center().y() - side / 2, side, side)
        name = "caret-down-bold" if row.open else "caret-right-bold"
        self.desk.icons.paint(painter, name, caret, "accent")

    def _paint_badges(self, painter: QPainter, right: float, centre: float, row: SaidRow) -> float:
        theme, icons, gap = self.desk.theme, self.desk.icons, self.desk.theme.px(5)
        kind = row.it.said.kind
        name = KINDS[kind] if self.viewport().width() >= self.desk.theme.px(_WITH_KIND) else ""
        edge = paint.badge(painter, right, centre, name, theme, icons, _ICONS[kind]) - gap
        if row.it.filed.stale:
            edge = paint.badge(painter, edge, centre, "Gone", theme, icons, "warning", "warn") - gap
        elif not row.it.filed.sure and row.it.filed.shown:
            words, icon = "Unsure", "warning"
            edge = paint.badge(painter, edge, centre, words, theme, icons, icon, "warn") - gap
        return edge

    def _paint_fact(self, painter: QPainter, rect: QRectF, row: FactRow) -> None:
        theme, tokens, px = self.desk.theme, self.desk.theme.tokens, self.desk.theme.px
        paint.check_box(painter, self._box(rect), "on" if row.gathered else "off", tokens)
        left, right = rect.left() + px(_LEFT), rect.right() - px(_SIDE)
        line = QRectF(left, rect.top() + px(_TOP), right - left, px(_LINE))
        date = formats.day_long(row.it.fact.date)
        paint.line_of_text(painter, line, date, theme.font("m", 600), tokens.text)
        place = f"\u00b6\u00a0{row.it.paragraph}"
        paint.line_of_text(painter, line, place, theme.font("s"), tokens.text2, right=True)
        self._words(row).draw(painter, left, line.bottom() + px(2), tokens)

    # Where things stand

    def _box(self, rect: QRectF) -> QRectF:
        side = self.desk.theme.px(14)
        top = rect.top() + self.desk.theme.px(_TOP + _LINE / 2) - side / 2
        return QRectF(rect.left() + self.desk.theme.px(_SIDE), top, side, side)

    def _why(self, rect: QRectF, row: SaidRow) -> QRectF:
        px = self.desk.theme.px
        wide = QFontMetricsF(self.desk.theme.font("s")).horizontalAdvance(_WHY) + px(16)
        top = rect.top() + px(_TOP + _LINE + 4) + self._words(row).height
        return QRectF(rect.right() - px(_SIDE) - wide, top, wide, px(_SMALL))

    def _name(self, rect: QRectF, row: SaidRow) -> QRectF:
        px, font = self.desk.theme.px, self.desk.theme.font("m", 600)
        wide = QFontMetricsF(font).horizontalAdvance(named(row.it.said.speaker))
        left = rect.left() + px(_LEFT)
        room = max(0.0, rect.width() - px(_LEFT + 140))
        known = row.it.said.speaker != ""
        return QRectF(left, rect.top() + px(_TOP), min(wide, room) if known else 0, px(_LINE))

    def _room(self) -> float:
        return max(60.0, self.viewport().width() - self.desk.theme.px(_LEFT + _SIDE))

    def _words(self, row: SaidRow | FactRow) -> MarkedText:
        font = self.desk.theme.font("l", serif=True)
        font.setPixelSize(self.desk.theme.px(14))
        lines = _ALL_LINES if isinstance(row, SaidRow) and row.open else _LINES
        marks = row.mark() if isinstance(row, FactRow) else []
        return self._lay(row.words(), font, lines, _LEADING, marks)

    def _reasons(self, row: SaidRow) -> list[MarkedText]:
        if not row.open:
            return []
        font = self.desk.theme.font("s")
        return [self._lay(one, font, _LINES, _SMALL) for one in row.reasons()]

    def _note(self, row: Row) -> MarkedText:
        return self._lay(row.text, self.desk.theme.font("m"), _ALL_LINES, 20)

    def _lay(
        self,
        words: str,
        font: QFont,
        lines: int,
        leading: int,
        marks: Sequence[tuple[int, int]] = (),
    ) -> MarkedText:
        key = (words, font.pixelSize(), lines, tuple(marks), self.viewport().width())
        if key not in self._laid:
            tall = self.desk.theme.px(leading)
            bold = bool(marks)
            self._laid[key] = MarkedText(
                words, marks, font, self._room(), lines, leading=tall, bold_marks=bold
            )
        return self._laid[key]


_WHY: Final = "Why"
