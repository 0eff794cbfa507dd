"""Who speaks at a place of the page: statements marked in its margin, the mouse over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtGui import QTextCursor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QTextBrowser

    from archivist.desk.theme import Theme
    from archivist.desk.views.reader_setting import Setting

_REACH: Final = 16
"""How far from the text a mark in the margin is met by the mouse."""


class Said(NamedTuple):
    """Where somebody says something in the text.

    Attributes:
        start: in characters.
        end: exclusive.
        told: who, and how, for whoever asks.
    """

    start: int
    end: int
    told: str


class Speakers:
    """The statements that are marked.

    Attributes:
        shown: all of them.
        hovered: the one under the mouse.
        pressing: whether the mouse is over its mark in the margin.
    """

    def __init__(self, text: QTextBrowser, setting: Setting, theme: Theme) -> None:
        """Mark nothing yet, on the page that `text` shows."""
        self._text, self._setting, self._theme = text, setting, theme
        self.shown: tuple[Said, ...] = ()
        self.hovered: Said | None = None
        self.pressing = False

    def show(self, said: Sequence[Said]) -> None:
        """Mark other statements."""
        self.shown, self.hovered, self.pressing = tuple(said), None, False

    def hover(self, place: QPoint | None) -> bool:
        """Let the mouse be at a point, or nowhere; tell whether something else is under it."""
        before = self.hovered, self.pressing
        one = self.at(place) if place is not None else None
        self.hovered = one
        self.pressing = one is not None and place is not None and self._in_margin(place)
        return before != (self.hovered, self.pressing)

    def there(self, offset: int) -> Said | None:
        """Return the shortest of the statements that hold a character, or None."""
        return _shortest(one for one in self.shown if one.start <= offset < one.end)

    def at(self, place: QPoint) -> Said | None:
        """Return the statement whose words, or whose mark in the margin, are at a point."""
        if not self.shown:
            return None
        if self._in_margin(place):
            return self.beside(place)
        cursor = self._text.cursorForPosition(place)
        block = self._text.document().documentLayout().blockBoundingRect(cursor.block())
        y = place.y() + self._text.verticalScrollBar().value()
        if not block.top() <= y <= block.bottom():
            return None
        offset = self._setting.offset(cursor.position())
        return self.there(offset) if offset is not None else None

    def beside(self, place: QPoint) -> Said | None:
        """Return the statement whose mark in the margin is at a point, or None."""
        if not self.shown or not self._in_margin(place):
            return None
        cursor = self._text.cursorForPosition(place)
        cursor.movePosition(QTextCursor.MoveOperation.StartOfLine)
        start = self._setting.offset(cursor.position())
        cursor.movePosition(QTextCursor.MoveOperation.EndOfLine)
        end = self._setting.offset(cursor.position())
        if start is None or end is None:
            return None
        return _shortest(one for one in self.shown if one.start < end and start < one.end)

    def _in_margin(self, place: QPoint) -> bool:
        form, reach = self._text.document().rootFrame().frameFormat(), self._theme.px(_REACH)
        if self._setting.rtl:
            edge = self._text.viewport().width() - form.rightMargin()
            return edge + 1 <= place.x() <= edge + reach
        return form.leftMargin() - reach <= place.x() < form.leftMargin() - 1


def _shortest(said: Iterable[Said]) -> Said | None:
    return min(said, key=lambda one: one.end - one.start, default=None)
