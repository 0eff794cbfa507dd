"""The page of the reader with the strip of its hits; or, in its place, its correction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QStackedLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk.views.reader_text import ReaderText
from archivist.desk.views.text_editor import TextEditor

if TYPE_CHECKING:
    from collections.abc import Callable

    from archivist.desk.context import Desk
    from archivist.desk.views.reader_setting import Page


_STRIP = 12


class HitStrip(QWidget):
    """The strip beside the scroll bar that shows where the hits of the page stand."""

    def __init__(self, text: ReaderText, desk: Desk, go: Callable[[int], None]) -> None:
        super().__init__()
        self._text = text
        self._theme = desk.theme
        self._go = go
        self.setFixedWidth(self._theme.px(_STRIP))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Places of the hits")
        text.hit_changed.connect(self.update)
        text.document().documentLayout().documentSizeChanged.connect(self.update)
        self._theme.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.fillRect(event.rect(), tokens.paper)
        marks = self._text.strip_marks()
        now = self._text.current_hit()
        for share, hit in sorted(marks, key=lambda mark: mark[1] == now):
            y = round(share * (self.height() - 4))
            width = self.width() - (2 if hit == now else 5)
            colour = tokens.cur_edge if hit == now else tokens.cur
            painter.fillRect(QRectF(1 if hit == now else 3, y, width, 3), colour)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        marks = self._text.strip_marks()
        if marks:
            share = event.position().y() / max(1, self.height())
            _distance, hit = min((abs(place - share), hit) for place, hit in marks)
            self._go(hit)


class TextPage(QWidget):
    """The page with the strip of hits beside its scroll bar; or, in its place, its correction.

    Signals:
        corrected: the text as it is to be.
    """

    corrected = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ReaderText(desk)
        self.strip = HitStrip(self.text, desk, self.text.go_to_hit)
        self.editor = TextEditor(desk)
        reading = QWidget()
        row = QHBoxLayout(reading)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.text, 1)
        row.addWidget(self.strip)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(reading)
        self._stack.addWidget(self.editor)
        self.editor.saved.connect(self.corrected)
        self.editor.closed.connect(self.close_editor)
        self.setFocusProxy(self.text)

    def show_page(self, page: Page) -> None:
        """Show another page."""
        self.text.show_page(page)

    def edit(self, text: str, typed: str | None = None) -> None:
        """Begin to correct the text, or go on with what was typed before."""
        if not self.editing():
            self._stack.setCurrentWidget(self.editor)
            self.editor.edit(text, typed)

    def typed(self) -> str | None:
        """Return a correction that is not saved yet."""
        return self.editor.text.toPlainText() if self.editing() else None

    def editing(self) -> bool:
        """Whether a correction is typed and not saved."""
        return self._stack.currentWidget() is self.editor and self.editor.dirty()

    def close_editor(self) -> None:
        """Show the page again."""
        focused = self.editor.isAncestorOf(QApplication.focusWidget() or self)
        self._stack.setCurrentIndex(0)
        if focused:
            self.text.setFocus()
