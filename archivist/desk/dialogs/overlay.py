"""A panel over the dimmed window: opened by a key, gone with Escape or a click beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from archivist.desk import paint

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from archivist.desk.context import Desk

_DIM_LIGHT = 56
_DIM_DARK = 130
_SHADES = ((8, 8), (5, 12), (2, 20))


class _Panel(QWidget):
    """The panel itself: paper with a rounded edge."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._desk.theme.tokens
        paint.rounded(QPainter(self), QRectF(self.rect()), 10, tokens.paper, tokens.edge)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()


class Overlay(QWidget):
    """Covers its window while it is open; keeps the keyboard within its panel.

    Attributes:
        dims: whether the window beneath is dimmed; else it stays in sight, for work beside it.
    """

    dims = True

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self.desk = desk
        self._before: QWidget | None = None
        self.panel = _Panel(desk, self)
        self.hide()
        window.installEventFilter(self)
        desk.theme.changed.connect(self.update)

    def panel_rect(self, room: QRect) -> QRect:
        """Return where the panel stands in the window."""
        px = self.desk.theme.px
        wide = min(px(620), room.width() - px(40))
        tall = min(px(560), room.height() - px(60))
        top = min(px(104), (room.height() - tall) // 2)
        return QRect((room.width() - wide) // 2, top, wide, tall)

    def open(self, first: QWidget) -> None:
        """Come up, with the keyboard on `first`."""
        self._before = QApplication.focusWidget()
        self.setGeometry(self._window().rect())
        self._settle()
        self.show()
        self.raise_()
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Go away, and give the keyboard back."""
        if not self.isVisible():
            return
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None

    def _window(self) -> QWidget:
        parent = self.parentWidget()
        if parent is None:
            raise RuntimeError("an overlay needs a window")
        return parent

    def _settle(self) -> None:
        self.panel.setGeometry(self.panel_rect(self.rect()))
        self.update()  # the shade reaches beyond the panel

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window().rect())
            self._settle()
        return super().eventFilter(watched, event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # while it is open, no shortcut of the window may act behind it
            return True
        return super().event(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Keep Tab within the panel."""
        stops = [
            widget
            for widget in self.panel.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(self)
        ]
        now = QApplication.focusWidget()
        if now not in stops:
            return False
        step = 1 if next else -1
        stops[(stops.index(now) + step) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.dismiss()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        dark = self.desk.theme.dark
        if self.dims:
            painter.fillRect(self.rect(), QColor(0, 0, 0, _DIM_DARK if dark else _DIM_LIGHT))
        around = QRectF(self.panel.geometry())
        for wide, alpha in _SHADES:
            shade = around.adjusted(-wide, -wide + 4, wide, wide + 4)
            paint.rounded(painter, shade, 10 + wide, QColor(0, 0, 0, alpha))
