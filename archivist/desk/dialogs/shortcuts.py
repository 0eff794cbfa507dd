"""Pages over the window: the list of shortcuts (F1), how to search, and what Archivist is."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, QUrl, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout
from typing_extensions import override

import archivist
from archivist import assets
from archivist.desk import markdown
from archivist.desk.actions import MENUS
from archivist.desk.dialogs.overlay import Overlay

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from archivist.desk.actions import ActionBook
    from archivist.desk.context import Desk

IN_PLACE: Final = (
    ("In the search field", "Down", "To the records found"),
    ("In the search field", "Esc", "Clear the search"),
    ("In the search field", "Tab", "Take the suggestion"),
    ("In the search field", "Alt+Down", "Show all that can be said here"),
    ("In the list of records", "Space", "Tick or untick the record"),
    ("In the list of records", "Enter", "Read the record"),
    ("In the statements", "D", "Add the statements selected to the dossier, or take them out"),
    ("In the statements", "Ctrl+C", "Copy the statements selected, each with its citation"),
    ("In the statements", "Enter", "Read the record at the statement"),
    ("Among a record's statements", "Y, R", "Confirm the statement; reject it"),
    ("Among a record's statements", "E, W", "Correct the statement; withdraw what was decided"),
    (
        "Among a record's statements",
        "D",
        "Add the statement or the dated fact to the dossier, or take it out",
    ),
    ("Among a record's statements", "A", "Open the page of the speaker"),
    ("Among a record's statements", "Right", "Say why it is a statement; unfold a group"),
    ("Among a record's statements", "Enter", "Read the text at the place"),
    ("Among a record's statements", "Ctrl+C", "Copy the words with their citation"),
    ("In a chronology", "D", "Add the dates selected to the dossier, or take them out"),
    ("In a chronology", "Ctrl+C", "Copy the dates selected, each with its citation"),
    ("In a chronology", "Enter", "Read the record at the place"),
    ("In the concordance", "D", "Add the lines selected to the dossier, or take them out"),
    ("In the concordance", "Ctrl+C", "Copy the lines selected, each with its citation"),
    ("In the concordance", "Enter", "Read the record beside the lines"),
    ("In the wording", "A, B", "Compare this use: as the first, as the second"),
    ("In the wording", "X", "Let the two uses change places"),
    ("In the wording", "D", "Add the uses selected to the dossier, or take them out"),
    ("In the wording", "Ctrl+C", "Copy the sentence with its citation; in the plot: the plot"),
    ("In the wording", "Enter", "Read the record beside the uses; in the plot: go to the year"),
    ("Among the forms of a wording", "Space", "Draw the form, or no longer"),
    ("Among the forms of a wording", "F", "Read the record that used it first"),
    ("In a checked quotation", "Enter", "Check; among the places: read the record there"),
    ("In a checked quotation", "Ctrl+C", "Copy the words with their citation"),
    ("In a checked quotation", "D", "Add the place to the dossier, or take it out"),
    ("Among agents", "Enter", "Open the page"),
    ("Among agents", "F2", "Edit the agent"),
    ("Among agents", "Delete", "Remove the agents selected"),
    ("Among proposed agents", "A", "File the names selected, or add them to the agents meant"),
    ("Among proposed agents", "L", "Link the name to an agent that is known"),
    ("Among proposed agents", "X", "Leave the names selected alone"),
    ("On the page of an agent", "Backspace", "Back to where you came from"),
    ("On the page of an agent", "F2", "Edit the agent"),
    (
        "On the page of an agent",
        "D",
        "Add the statements selected to the dossier, or take them out",
    ),
    (
        "On the page of an agent",
        "Enter",
        "Read the record at the statement; the page of who was met",
    ),
    ("In the dossier", "Del", "Take out what is selected"),
    ("In the filters", "Space", "Ask for the value"),
    ("In the filters", "-", "Leave the value out"),
    ("In the filters", "Delete", "Forget what is asked of the filter"),
    ("In the filters", "Left", "To the head of the filter, and fold it"),
    ("Among saved searches", "F2", "Rename"),
    ("Among saved searches", "Delete", "Remove"),
    ("In the timeline", "Shift+Right", "Widen the span"),
    ("In the timeline", "Enter", "Ask for the span"),
    ("In the timeline", "Delete", "Ask for all dates"),
    ("In the timeline", "+", "Show a few years by month"),
    ("In the timeline", "-", "Show all years again"),
    ("In a description or a text", "Ctrl+Enter", "Save what was typed"),
    ("Among the persons of a record", "Ctrl+Shift+B", "Who this is"),
)
"""Keys that mean something in one place only, so that no action of the registry has them."""


class Page(Overlay):
    """A page of text over the window.

    Signals:
        query_asked: an example was taken: the query it shows.
    """

    query_asked = Signal(str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(desk, window)
        self._body, self._markdown = "", False
        self._title = QLabel()
        self._text = QTextBrowser()
        self._hint = QLabel("Click an example to try it")
        self._copy = QPushButton("Copy")
        self._close = QPushButton("Close")
        self._build()
        desk.theme.changed.connect(self._dress)
        self._dress()

    def text(self) -> str:
        """Return what stands on the page, plain."""
        return self._text.toPlainText()

    def show_page(self, title: str, body: str) -> None:
        """Show a page; `body` is HTML that names no colours."""
        self._show(title, body, is_markdown=False)

    def show_help(self, name: str) -> None:
        """Show a page of the help, by the name of its file."""
        text = assets.path(f"help/{name}").read_text(encoding="utf-8")
        title, _, body = text.partition("\n")
        self._show(title.lstrip("# "), body, is_markdown=True)

    def _show(self, title: str, body: str, *, is_markdown: bool) -> None:
        self._title.setText(title)
        self._text.setAccessibleName(title)
        self._body, self._markdown = body, is_markdown
        self._dress()
        self._text.verticalScrollBar().setValue(0)
        self.open(self._text)

    @override
    def panel_rect(self, room: QRect) -> QRect:
        px = self.desk.theme.px
        size = QSize(min(px(680), room.width() - px(40)), min(px(640), room.height() - px(80)))
        left = (room.width() - size.width()) // 2
        return QRect(left, (room.height() - size.height()) // 2, size.width(), size.height())

    def _build(self) -> None:
        self._text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self._text.setOpenLinks(False)
        self._text.viewport().setAutoFillBackground(False)
        self._text.document().setDocumentMargin(0)
        self._text.anchorClicked.connect(self._try)
        self._copy.clicked.connect(self._copy_all)
        self._close.clicked.connect(self.dismiss)
        foot = QHBoxLayout()
        foot.addWidget(self._copy)
        foot.addSpacing(12)
        foot.addWidget(self._hint, 1)
        foot.addWidget(self._close)
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(32, 24, 32, 20)
        column.setSpacing(16)
        column.addWidget(self._title)
        column.addWidget(self._text, 1)
        column.addLayout(foot)

    def _dress(self) -> None:
        self._title.setFont(self.desk.theme.font("xl", 600, serif=True))
        self._text.setFont(self.desk.theme.font())
        self._hint.setFont(self.desk.theme.font("s"))
        palette = self._hint.palette()
        palette.setColor(self._hint.foregroundRole(), self.desk.theme.tokens.text2)
        self._hint.setPalette(palette)
        at = self._text.verticalScrollBar().value()
        if self._markdown:
            self._text.setMarkdown(self._body)
            examples = markdown.typeset(self._text.document(), self.desk.theme)
            self._hint.setVisible(examples > 0)
        else:
            self._hint.hide()
            self._text.document().setDefaultStyleSheet(self._style())
            self._text.setHtml(self._body)
        self._text.verticalScrollBar().setValue(at)

    def _style(self) -> str:
        tokens = self.desk.theme.tokens
        return (
            f"td {{ padding: 3px 16px 3px 0; }} th {{ padding: 14px 0 4px 0; text-align: left;"
            f" color: {tokens.text3.name()}; font-weight: 600; }}"
            f" .k {{ color: {tokens.text.name()}; font-weight: 600; white-space: pre; }}"
            f" p, td {{ color: {tokens.text2.name()}; }}"
        )

    def _try(self, link: QUrl) -> None:
        if query := markdown.example_of(link):
            self.dismiss()
            self.query_asked.emit(query)

    def _copy_all(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self.desk.events.message.emit("Copied the page.")


def shortcuts_page(book: ActionBook) -> str:
    """Return the list of shortcuts, drawn from the registry."""
    parts = []
    for menu in MENUS:
        rows = [
            (action.text().replace(" …", ""), entry.shown_keys())
            for entry, action in book
            if entry.menu.partition("/")[0] == menu and entry.keys
        ]
        if rows:
            parts.append(_table(menu, [(keys, title) for title, keys in rows]))
    parts += [
        _table(place, [(key, what) for at, key, what in IN_PLACE if at == place])
        for place in dict.fromkeys(place for place, _, _ in IN_PLACE)
    ]
    return f"<table width='100%'>{''.join(parts)}</table>"


def about_page() -> str:
    """Return what Archivist is."""
    return (
        f"<p>Version {html.escape(archivist.__version__)}</p>"
        "<p>A document archive for foreign ministries: file, search, quote and export. "
        "It works without a network; nothing leaves this computer.</p>"
        "<p>The archive on disk is not encrypted yet: keep it on an encrypted drive.</p>"
        "<p>MIT licence. Icons: Phosphor, MIT, through QtAwesome, MIT. Qt and PySide6, LGPL.</p>"
    )


def _table(head: str, rows: list[tuple[str, str]]) -> str:
    title = f"<tr><th colspan='2'>{html.escape(head)}</th></tr>" if head else ""
    lines = [
        f"<tr><td class='k' width='190'>{html.escape(left)}</td><td>{html.escape(right)}</td></tr>"
        for left, right in rows
    ]
    return title + "".join(lines)
