"""The list under the search field that offers ways to go on."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QTextEdit, QWidget
from typing_extensions import override

from archivist.desk import paint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.desk.context import Desk
    from archivist.desk.models.completion import Place, Suggestion

_MOST: Final = 8
_ALL: Final = 100
_ROW: Final = 28
_LOW: Final = 22
_GAP: Final = 9
_INSET: Final = 4


class Suggestions(QWidget):
    """A small list over the window; the field keeps the keyboard.

    Signals:
        chosen: the place to complete and the suggestion taken.
    """

    chosen = Signal(object, object)

    def __init__(self, desk: Desk, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._desk = desk
        self._editor = editor
        self._place: Place | None = None
        self._offers: tuple[Suggestion, ...] = ()
        self._row = -1
        self._all = False
        self._told = ""
        self._first, self._fit = 0, _MOST
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()

    def offer(
        self, place: Place, offers: Sequence[Suggestion], *, everything: bool = False
    ) -> None:
        """Show suggestions, or nothing where there are none.

        Args:
            place: what they complete.
            offers: the suggestions.
            everything: they were asked for: all that can be said here, in closer rows.
        """
        self._place, self._all, self._told = place, everything, ""
        self._offers = tuple(offers[: _ALL if everything else _MOST])
        self._row = 0 if everything and self._offers else -1
        self._first, self._fit = 0, len(self._offers)
        if not self._offers or (self._is_whole() and not everything):
            self.hide()
            return
        self._settle()
        self.show()
        self.raise_()
        self.update()

    def tell(self, words: str) -> None:
        """Say something about what is completed in the last line, where it is shown."""
        if self.isVisible():
            self._told = words
            self._settle()
            self.update()

    def take_key(self, event: QKeyEvent) -> bool:
        """Deal with a key of the field; return whether it is done with."""
        if not self.isVisible():
            return False
        match event.key():
            case Qt.Key.Key_Down:
                self._move(1)
            case Qt.Key.Key_Up:
                self._move(-1)
            case Qt.Key.Key_Escape:
                self.hide()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._row >= 0:
                self._choose(self._row)
            case _:
                return False
        return True

    def take_first(self) -> bool:
        """Take the suggestion gone to, or the first; return whether there was one."""
        if not self.isVisible():
            return False
        self._choose(max(self._row, 0))
        return True

    def labels(self) -> list[str]:
        """Return what is offered."""
        return [offer.label for offer in self._offers] if self.isVisible() else []

    @override
    def sizeHint(self) -> QSize:
        theme = self._desk.theme
        small = QFontMetricsF(theme.font("s"))
        wide = max(small.horizontalAdvance(offer.detail) for offer in self._offers)
        foot = small.horizontalAdvance(self._told or _foot(everything=self._all)) + theme.px(24)
        return QSize(
            round(max(self._label_width() + wide + theme.px(56), foot)), self._height(self._fit)
        )

    def _height(self, rows: int) -> int:
        """Return how tall the list is with so many of its rows in sight."""
        last = self._rect(min(len(self._offers), self._first + rows) - 1)
        return round(last.bottom() + self._desk.theme.px(_LOW) + _INSET)

    def _label_width(self) -> float:
        metrics = QFontMetricsF(self._desk.theme.font())
        return max(metrics.horizontalAdvance(offer.label) for offer in self._offers)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self._desk.theme.tokens
        paint.rounded(painter, QRectF(self.rect()), 8, tokens.paper, tokens.edge)
        for row in self._in_sight():
            self._paint_row(painter, row, self._offers[row])
            if row > self._first and self._offers[row].group != self._offers[row - 1].group:
                y = self._rect(row).top() - self._desk.theme.px(_GAP) / 2
                paint.hairline(painter, 12, self.width() - 12, y, tokens.line)
        self._paint_foot(painter)

    @property
    def _aligned(self) -> bool:
        """Whether what they mean stands in a column of its own: sentences, not codes."""
        return any(offer.group for offer in self._offers)

    def _in_sight(self) -> range:
        return range(self._first, min(len(self._offers), self._first + self._fit))

    def _paint_foot(self, painter: QPainter) -> None:
        theme = self._desk.theme
        room = QRectF(self.rect()).adjusted(theme.px(12), 0, -theme.px(12), -2)
        room.setTop(room.bottom() - theme.px(_LOW))
        text = self._told or _foot(everything=self._all)
        if (hidden := len(self._offers) - self._fit) and not self._told:
            text = f"{hidden} more, {text[:1].lower()}{text[1:]}"
        paint.line_of_text(painter, room, text, theme.font("xs"), theme.tokens.text2)

    def _paint_row(self, painter: QPainter, row: int, offer: Suggestion) -> None:
        theme = self._desk.theme
        rect = self._rect(row)
        if row == self._row:
            paint.rounded(painter, rect, 6, theme.tokens.sel)
        inner = rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        colours = theme.tokens
        paint.line_of_text(painter, inner, offer.label, theme.font(), colours.text)
        if self._aligned:
            inner.setLeft(inner.left() + self._label_width() + theme.px(24))
        right, font = not self._aligned, theme.font("s")
        paint.line_of_text(painter, inner, offer.detail, font, colours.text2, right=right)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if row != self._row:
            self._row = row
            self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (row := self._row_at(event.position().y())) >= 0:
            self._choose(row)

    def _row_at(self, y: float) -> int:
        at = QPointF(_INSET + 1, y)
        return next((row for row in self._in_sight() if self._rect(row).contains(at)), -1)

    def _rect(self, row: int) -> QRectF:
        """Return where a row stands; groups stand apart."""
        px = self._desk.theme.px
        tall = px(_LOW + 2 if self._all else _ROW)
        shown = self._offers[self._first : row + 1]
        gaps = sum(one.group != other.group for one, other in pairwise(shown)) * px(_GAP)
        top = _INSET + (row - self._first) * tall + gaps
        return QRectF(_INSET, top, self.width() - 2 * _INSET, tall)

    def _move(self, step: int) -> None:
        self._row = (self._row + step + (self._row < 0 and step < 0)) % len(self._offers)
        self._scroll_to(max(self._row - self._fit + 1, min(self._first, self._row)))

    def _scroll_to(self, first: int) -> None:
        self._first = max(0, min(first, len(self._offers) - self._fit))
        self.resize(self.width(), self._height(self._fit))
        self.update()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._scroll_to(self._first + (-1 if event.angleDelta().y() > 0 else 1))
        event.accept()

    def _choose(self, row: int) -> None:
        place, offer = self._place, self._offers[row]
        self.hide()
        self.chosen.emit(place, offer)

    def _is_whole(self) -> bool:
        """Whether the only suggestion is what was typed already."""
        only = self._offers[0] if len(self._offers) == 1 else None
        typed = self._place.prefix if self._place else ""
        return only is not None and only.text.strip() == typed

    def _settle(self) -> None:
        window = self._editor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        cursor = self._editor.textCursor()
        if self._place is not None:
            cursor.setPosition(self._place.start)
        left = self._editor.cursorRect(cursor).left()
        at = self._editor.viewport().mapTo(window, QPoint(left, self._editor.height() + 8))
        room = window.height() - at.y() - 8
        while self._fit > 1 and self._height(self._fit) > room:
            self._fit -= 1
        size = self.sizeHint()
        room = window.width() - size.width() - 8
        self.setGeometry(max(8, min(at.x() - 12, room)), at.y(), size.width(), size.height())


def _foot(*, everything: bool) -> str:
    """Return what the keys do."""
    if everything:
        return "Arrow keys choose, Enter takes, Esc closes"
    return "Tab takes the first, Alt+Down shows all that can be said"
