"""The centre of the desk: what was found, in one of several views of the same query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from archivist.desk import paint

if TYPE_CHECKING:
    from archivist.desk.context import Desk

VIEWS: Final = {
    "records": "Records",
    "statements": "Statements",
    "concordance": "Concordance",
    "wording": "Wording",
}
WIDE: Final = frozenset({"concordance", "wording"})
"""Views that take the whole width; the reader stands beside them when it is asked for."""
LISTS: Final = WIDE | {"statements"}
"""Views of places in records."""


class FoundPane(QWidget):
    """Tabs over the views.

    Attributes:
        reader: the button that lets the reader stand beside the lines.

    Signals:
        view_changed: the view that is shown now, one of VIEWS.
    """

    view_changed = Signal(str)

    def __init__(self, desk: Desk, *views: QWidget) -> None:
        """Show `views`, in the order of VIEWS."""
        super().__init__()
        self._desk = desk
        self.tabs = paint.TextTabs(desk.theme)
        self.reader = QToolButton()
        self._stack = QStackedWidget()
        for view in views:
            self._stack.addWidget(view)
        self._build()
        self.tabs.currentChanged.connect(self._turn)
        desk.theme.changed.connect(self._dress)
        self._dress()

    def view(self) -> str:
        """Return the view that is shown."""
        return list(VIEWS)[self._stack.currentIndex()]

    def show_view(self, name: str) -> None:
        """Turn to a view; one that is not known is the first."""
        self.tabs.setCurrentIndex(list(VIEWS).index(name) if name in VIEWS else 0)

    def _build(self) -> None:
        px = self._desk.theme.px
        for label in VIEWS.values():
            self.tabs.addTab(label)
        self.tabs.setAccessibleName("Views of what was found")
        strip = QHBoxLayout()
        strip.setContentsMargins(px(8), 0, px(8), 0)
        strip.addWidget(self.tabs)
        strip.addStretch(1)
        strip.addWidget(self.reader)
        self.reader.setCheckable(True)
        self.reader.setAccessibleName("Reader beside the lines")
        self.reader.setToolTip("Reader beside the lines (F8)")
        self.reader.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(strip)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addWidget(self._stack, 1)

    def _turn(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.reader.setVisible(self.view() in WIDE)
        self.view_changed.emit(self.view())

    def _dress(self) -> None:
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, self._desk.theme.tokens.base)
        self.setPalette(palette)
        side = self._desk.theme.px(18)
        self.reader.setIcon(self._desk.icons.icon("article"))
        self.reader.setIconSize(QSize(side, side))
