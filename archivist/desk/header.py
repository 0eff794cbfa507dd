"""The bar under the menus: import, the search field, and the one accent button of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from archivist.desk import formats
from archivist.desk.views.search_field import SearchField

if TYPE_CHECKING:
    from archivist.desk.actions import ActionBook
    from archivist.desk.context import Desk

_MORE = (
    ("view.table", "edit.tick_all", "edit.untick_all"),
    ("dossier.write_all",),
    ("archive.import_folder", "record.type_in"),
    ("tools.check", "archive.backup"),
    ("view.palette", "help.shortcuts"),
)


class Header(QWidget):
    """Import, layout, search, dossier and the menu of the rest."""

    def __init__(self, desk: Desk, book: ActionBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._book = book
        self.search = SearchField(desk)
        self._import = self._button("archive.import", "Import")
        self._layout = self._tool("view.navigation", "layout")
        self._dossier = self._button("dossier.write", "Write dossier")
        self._dossier.setProperty("role", "accent")
        self._more = QToolButton()
        self._side = QWidget()
        self._tail = QWidget()
        self._build()
        desk.theme.changed.connect(self._dress)
        self._dress()

    def set_side_width(self, wide: int) -> None:
        """Let the search field begin where the side pane ends."""
        self._side.setFixedWidth(max(wide, self._side.minimumSizeHint().width()))

    def show_reading(self, *, shown: bool) -> None:
        """Show the line under the field, or not."""
        self.search.reading.setVisible(shown)

    def show_dossier(self, *, shown: bool) -> None:
        """Show the accent button, or not: without an archive it says nothing."""
        self._dossier.setVisible(shown)

    def show_chosen(self, count: int) -> None:
        """Say on the accent button how many records a dossier would hold."""
        text = f"Dossier of {formats.number(count)}" if count else "Write dossier"
        self._dossier.setText(text)
        self._dossier.setAccessibleName(text)

    def _build(self) -> None:
        side = QHBoxLayout(self._side)
        side.setContentsMargins(16, 0, 6, 0)
        side.addWidget(self._import)
        side.addStretch(1)
        side.addWidget(self._layout)
        self._more.setIcon(self._desk.icons.icon("dots-three"))
        self._more.setToolTip("More")
        self._more.setAccessibleName("More commands")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(self._menu())
        tail = QHBoxLayout(self._tail)
        tail.setContentsMargins(0, 0, 0, 0)
        tail.addWidget(self._dossier)
        tail.addWidget(self._more)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 12, 0)
        row.setSpacing(0)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self._side, 0, top)
        row.addSpacing(4)
        row.addWidget(self.search, 1, top)
        row.addSpacing(12)
        row.addWidget(self._tail, 0, top)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(0)
        column.addLayout(row)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for group in _MORE:
            for action_id in group:
                menu.addAction(self._book[action_id])
            menu.addSeparator()
        return menu

    def _button(self, action_id: str, text: str) -> QPushButton:
        action, entry = self._book[action_id], self._book.entries[action_id]
        button = QPushButton(text)
        token = "on_accent" if action_id == "dossier.write" else "text"
        button.setIcon(self._desk.icons.icon(entry.icon, token))
        button.setToolTip(f"{action.text()} ({entry.shown_keys()})")
        button.setAccessibleName(text)
        button.setEnabled(action.isEnabled())
        button.clicked.connect(action.trigger)
        action.enabledChanged.connect(button.setEnabled)
        return button

    def _tool(self, action_id: str, icon: str) -> QToolButton:
        action, entry = self._book[action_id], self._book.entries[action_id]
        tool = QToolButton()
        tool.setIcon(self._desk.icons.icon(icon))
        tool.setToolTip(f"{action.text()} ({entry.shown_keys()})")
        tool.setAccessibleName(action.text())
        tool.clicked.connect(action.trigger)
        return tool

    def _dress(self) -> None:
        px = self._desk.theme.px
        for button in (self._import, self._dossier):
            button.setFont(self._desk.theme.font())
            button.setIconSize(QSize(px(15), px(15)))
        for tool in (self._layout, self._more):
            tool.setIconSize(QSize(px(18), px(18)))
        self._dossier.setMinimumWidth(px(136))
        for part in (self._side, self._tail):
            part.setFixedHeight(px(36))
