"""The list under the search field that offers ways to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QTextEdit, QWidget
from typing_extensions import override

from archivist.desk import paint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.desk.context import Desk
    from archivist.desk.models.completion import Place, Suggestion

_MOST: Final = 8
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
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()

    def offer(self, place: Place, offers: Sequence[Suggestion]) -> None:
        """Show suggestions, or nothing where there are none."""
        self._place = place
        self._offers = tuple(offers[:_MOST])
        self._row = -1
        if not self._offers or self._is_whole():
            self.hide()
            return
        self._settle()
        self.show()
        self.raise_()
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
        font, small = QFontMetricsF(theme.font()), QFontMetricsF(theme.font("s"))
        wide = max(
            font.horizontalAdvance(offer.label) + small.horizontalAdvance(offer.detail)
            for offer in self._offers
        )
        return QSize(round(wide) + theme.px(56), len(self._offers) * theme.px(28) + 2 * _INSET)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self._desk.theme.tokens
        paint.rounded(painter, QRectF(self.rect()), 8, tokens.paper, tokens.edge)
        for row, offer in enumerate(self._offers):
            self._paint_row(painter, row, offer)

    def _paint_row(self, painter: QPainter, row: int, offer: Suggestion) -> None:
        theme = self._desk.theme
        rect = self._rect(row)
        if row == self._row:
            paint.rounded(painter, rect, 6, theme.tokens.sel)
        inner = rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        colours = theme.tokens
        paint.line_of_text(painter, inner, offer.label, theme.font(), colours.text)
        paint.line_of_text(painter, inner, offer.detail, theme.font("s"), colours.text2, right=True)

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
        row = int((y - _INSET) // self._desk.theme.px(28))
        return row if 0 <= row < len(self._offers) else -1

    def _rect(self, row: int) -> QRectF:
        tall = self._desk.theme.px(28)
        return QRectF(_INSET, _INSET + row * tall, self.width() - 2 * _INSET, tall)

    def _move(self, step: int) -> None:
        self._row = (self._row + step + (self._row < 0 and step < 0)) % len(self._offers)
        self.update()

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
        size = self.sizeHint()
        room = window.width() - size.width() - 8
        self.setGeometry(max(8, min(at.x() - 12, room)), at.y(), size.width(), size.height())
