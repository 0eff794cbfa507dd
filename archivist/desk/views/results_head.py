"""What stands over the records found, and in their place where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
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
    """What stands in place of a list with nothing in it: why, and what to do.

    Signals:
        query_asked: a query that finds something.
        files_asked: files are to be imported.
        folder_asked: a folder is to be imported.
    """

    query_asked = Signal(str)
    files_asked = Signal()
    folder_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._proposal = ""
        self._act: Callable[[], None] = self._ask
        self.title = QLabel(wordWrap=True)
        self.reason = QLabel(wordWrap=True)
        self.link = QPushButton()
        self.link.setProperty("role", "link")
        self.files = QPushButton("Import files")
        self.folder = QPushButton("Import a folder")
        self._build()
        self.link.clicked.connect(self._follow)
        self.files.clicked.connect(self.files_asked)
        self.folder.clicked.connect(self.folder_asked)
        self.dress()

    def say(self, title: str, reason: str, proposal: str = "", *, offer: bool = False) -> None:
        """Show words; with `offer`, a query that would find something, or everything, as a link."""
        self._show(title, reason)
        self._proposal = proposal
        words = f"Search for {proposal} instead" if proposal else "Show all records"
        self.link.setText(words.replace("&", "&&"))
        self.link.setVisible(offer)
        self._act = self._ask
        self._buttons.hide()

    def offer(self, words: str, act: Callable[[], None]) -> None:
        """Let the link do something else than search."""
        self.link.setText(words.replace("&", "&&"))
        self.link.show()
        self._act = act

    def _follow(self) -> None:
        self._act()

    def _ask(self) -> None:
        self.query_asked.emit(self._proposal)

    def proposal(self) -> str:
        """Return the query the link leads to; empty where it shows all records."""
        return self._proposal

    def say_unfilled(self) -> None:
        """Say that the archive holds nothing yet, and offer the ways to fill it."""
        self._show(
            "This archive is empty",
            "Drop files or a folder here, or import them: releases, notes, mail, scans.",
        )
        self._proposal = ""
        self.link.hide()
        self._buttons.show()

    def dress(self) -> None:
        """Take fonts, sizes and colours from the theme."""
        theme = self._desk.theme
        self.title.setFont(theme.font("l", 600))
        self.reason.setFont(theme.font("m"))
        palette = self.reason.palette()
        palette.setColor(self.reason.foregroundRole(), theme.tokens.text2)
        self.reason.setPalette(palette)
        for button in (self.files, self.folder):
            button.setIconSize(QSize(theme.px(14), theme.px(14)))

    def _show(self, title: str, reason: str) -> None:
        self.title.setText(title)
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))

    def _build(self) -> None:
        px, icons = self._desk.theme.px, self._desk.icons
        self.files.setIcon(icons.icon("download-simple"))
        self.folder.setIcon(icons.icon("folder-plus"))
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, px(8), 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self.files)
        row.addWidget(self.folder)
        row.addStretch(1)
        column = QVBoxLayout(self)
        # The words of a link stand within its button: it begins that much further left.
        aside = px(5)
        column.setContentsMargins(px(44) - aside, px(40), px(44), px(20))
        column.setSpacing(px(8))
        for part in (self.title, self.reason, self._buttons):
            part.setContentsMargins(aside, 0, 0, 0)
            column.addWidget(part)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)


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
        self.news = _link("", desk)
        self.zoom = _link("", desk)
        self._anew = False
        self._zooms = False
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
        for part in (self.count, self.news, self.clear, self.untick):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.zoom)
        row.addWidget(self.label)
        row.addWidget(self.sort)
        self.dress()

    def show_links(self, *, narrowed: bool, ticked: bool) -> None:
        """Show what can be done about filters and ticks."""
        self._wanted = (narrowed, ticked)
        self.count.setVisible(bool(self.count.text()))
        self._fit()

    def show_news(self, words: str, tip: str = "") -> None:
        """Offer to show only what is new, or all again; empty: nothing is."""
        self.news.setText(words)
        self.news.setToolTip(tip)
        self.news.setAccessibleName(tip or words)
        self._anew = bool(words)
        self._fit()

    def show_zoom(self, words: str) -> None:
        """Offer another unit of the timeline; empty: there is none to offer."""
        self.zoom.setText(words)
        self.zoom.setAccessibleName(f"Timeline: {words}" if words else "")
        self._zooms = bool(words)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out, where it is narrow, what can be done elsewhere, too."""
        narrowed, ticked = self._wanted
        gaps = 8 * self._desk.theme.px(12)
        room = self.width() - gaps - self.count.sizeHint().width() - self.sort.sizeHint().width()
        parts = (
            (self.news, self._anew),
            (self.clear, narrowed),
            (self.untick, ticked),
            (self.zoom, self._zooms),
            (self.label, self.sorted),
        )
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
