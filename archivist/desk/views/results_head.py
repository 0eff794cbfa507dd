"""What stands over the records found, and in their place where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QSize,
    Qt,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from archivist.desk.context import Desk


SORTS: Final = {"relevance": "Relevance", "newest": "Newest first", "oldest": "Oldest first"}


class EmptyPage(QWidget):
    """What stands in place of a list with nothing in it: why, and what to do."""

    def __init__(self, desk: Desk, take: Callable[[str], None]) -> None:
        super().__init__()
        self._theme = desk.theme
        self._take = take
        self._proposal = ""
        self.title = QLabel(wordWrap=True)
        self.reason = QLabel(wordWrap=True)
        self.link = QPushButton()
        self.link.setProperty("role", "link")
        self.link.clicked.connect(lambda: self._take(self._proposal))
        column = QVBoxLayout(self)
        px = desk.theme.px
        column.setContentsMargins(px(44), px(40), px(44), px(20))
        column.setSpacing(px(8))
        for part in (self.title, self.reason):
            column.addWidget(part)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.dress()

    def say(self, title: str, reason: str, proposal: str = "", *, offer: bool = False) -> None:
        """Show words; with `offer`, a query that would find something, or everything, as a link."""
        self.title.setText(title)
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        self._proposal = proposal
        words = f"Search for {proposal} instead" if proposal else "Show all records"
        self.link.setText(words.replace("&", "&&"))
        self.link.setVisible(offer)

    def dress(self) -> None:
        """Take fonts and colours from the theme."""
        tokens = self._theme.tokens
        self.title.setFont(self._theme.font("l", 600))
        self.reason.setFont(self._theme.font("m"))
        palette = self.reason.palette()
        palette.setColor(self.reason.foregroundRole(), tokens.text2)
        self.reason.setPalette(palette)


class ResultsHead(QWidget):
    """The line over the list: how many, clear filters, order."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.sorted = False
        self._wanted = (False, False)
        self.count = QLabel()
        self.count.setTextFormat(Qt.TextFormat.RichText)
        self.clear = _link("Clear filters", desk, "x")
        self.untick = _link("Choose none", desk)
        self.label = QLabel("Sort")
        self.sort = QToolButton()
        self.sort.setAccessibleName("Sort order")
        self.sort.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.sort.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.sort.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.sort.setIcon(desk.icons.icon("caret-down"))
        self.menu = QMenu(self.sort)
        self.sort.setMenu(self.menu)
        row = QHBoxLayout(self)
        px = desk.theme.px
        row.setContentsMargins(px(20), 0, px(14), 0)
        row.setSpacing(px(12))
        for part in (self.count, self.clear, self.untick):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.label)
        row.addWidget(self.sort)
        self.dress()

    def show_links(self, *, narrowed: bool, ticked: bool) -> None:
        """Show what can be done about filters and ticks."""
        self._wanted = (narrowed, ticked)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out, where it is narrow, what can be done elsewhere, too."""
        narrowed, ticked = self._wanted
        gaps = 6 * self._desk.theme.px(12)
        room = self.width() - gaps - self.count.sizeHint().width() - self.sort.sizeHint().width()
        parts = ((self.clear, narrowed), (self.untick, ticked), (self.label, self.sorted))
        for part, wanted in parts:
            room -= part.sizeHint().width() if wanted else 0
            part.setVisible(wanted and room >= 0)
        self.sort.setVisible(self.sorted)

    def dress(self) -> None:
        """Take fonts and colours from the theme."""
        theme = self._desk.theme
        self.setFixedHeight(theme.px(40))
        self.sort.setIconSize(QSize(theme.px(12), theme.px(12)))
        palette = self.label.palette()
        palette.setColor(self.label.foregroundRole(), theme.tokens.text2)
        self.label.setPalette(palette)


def _link(text: str, desk: Desk, icon: str = "") -> QPushButton:
    button = QPushButton(text)
    button.setProperty("role", "link")
    if icon:
        button.setIcon(desk.icons.icon(icon, "accent"))
        button.setIconSize(QSize(desk.theme.px(12), desk.theme.px(12)))
    return button
