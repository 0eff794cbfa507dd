"""The bars of the reader: where one is among the hits, and how the passage is cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from archivist.desk import describe, formats, paint

if TYPE_CHECKING:
    from archivist.desk.context import Desk
    from archivist.model.record import Record


class HitBar(QWidget):
    """Where the reader is among the hits, and the way to the next."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._theme = desk.theme
        self._shown = (0, 0)
        self._short = False
        self.previous = _tool(desk, "caret-up", "Previous hit (Shift+F3)")
        self.next = _tool(desk, "caret-down", "Next hit (F3)")
        self.label = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(desk.theme.px(2))
        for part in (self.previous, self.next, self.label):
            row.addWidget(part)

    def show_hits(self, current: int, total: int) -> None:
        """Say which hit is the current one."""
        self._shown = (current, total)
        all_ = formats.number(total) if self._short else formats.counted(total, "hit")
        self.label.setText(f"{formats.number(current)} of {all_}" if total else "")

    def set_short(self, *, short: bool) -> None:
        """Say it in fewer words, where there is little room."""
        self._short = short
        self.show_hits(*self._shown)

    def dress(self) -> None:
        """Take the font from the theme."""
        self.label.setFont(self._theme.font("s"))


class CitationBar(QWidget):
    """The bar that says how the passage in hand is cited."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._icon = QLabel()
        self._title = paint.ElidingLabel()
        self._rest = paint.ElidingLabel()
        self.copy = QPushButton("Copy citation")
        self.copy.setIcon(desk.icons.icon("copy"))
        self.copy.setToolTip("Copies the selected words with their citation, or the citation alone")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._rest)
        words.addStretch(1)
        px = desk.theme.px
        row = QHBoxLayout()
        row.setContentsMargins(px(20), 0, px(12), 0)
        row.setSpacing(px(14))
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(paint.Hairline(desk.theme))
        column.addLayout(row, 1)

    def say(self, record: Record, labels: describe.Labels, paragraph: int) -> None:
        """Show how a record, or a paragraph of it, is cited."""
        described = record.description
        parts = [
            describe.type_of(described, labels),
            formats.day_long(described.date) if described.date else "",
            describe.reference_of(record),
            f"\u00b6 {formats.number(paragraph)}" if paragraph else "",
        ]
        self._title.setText(describe.title_of(described))
        self._rest.setText(", ".join(part for part in parts if part))

    def dress(self) -> None:
        """Take fonts, sizes and colours from the theme."""
        theme = self._desk.theme
        self.setFixedHeight(theme.px(52))
        ratio = max(1.0, self.devicePixelRatioF())
        self._icon.setPixmap(self._desk.icons.pixmap("quotes", theme.px(16), ratio))
        self._title.setFont(theme.font("s"))
        self._rest.setFont(theme.font("s"))
        self._title.setFixedHeight(theme.px(17))
        self._rest.setFixedHeight(theme.px(17))
        palette = self.palette()
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.text)
        self._title.setPalette(palette)
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.text2)
        self._rest.setPalette(palette)
        self.copy.setIconSize(QSize(theme.px(14), theme.px(14)))


def _tool(desk: Desk, icon: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(desk.icons.icon(icon))
    button.setIconSize(QSize(desk.theme.px(14), desk.theme.px(14)))
    button.setToolTip(name)
    button.setAccessibleName(name.partition(" (")[0])
    return button
