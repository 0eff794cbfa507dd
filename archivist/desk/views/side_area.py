"""What holds places and filters; its scroll bar lies over them, so that nothing moves aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class SideArea(QScrollArea):
    """A scroll area whose content keeps its width when the scroll bar comes.

    Signals:
        resized: it is wider or narrower now.
    """

    resized = Signal()

    def __init__(self, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Places and filters")
        self.verticalScrollBar().rangeChanged.connect(self._overlay)

    def _overlay(self) -> None:
        bar = self.verticalScrollBar()
        wide = bar.sizeHint().width() if bar.maximum() > bar.minimum() else 0
        if self.viewportMargins().right() != -wide:
            self.setViewportMargins(0, 0, -wide, 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._overlay()
        self.resized.emit()
