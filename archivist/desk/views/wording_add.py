"""A form of a phrase that somebody adds by hand: a link that opens a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from archivist.desk.context import Desk


class AddVariant(QWidget):
    """Asks for another form of the phrase.

    Signals:
        asked: the words of a form that is to be counted, too.
    """

    asked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.link = QPushButton("Add a variant")
        self.field = QLineEdit()
        self.link.setProperty("role", "link")
        self.link.setAutoDefault(False)
        self.field.setPlaceholderText("Another form, then Enter")
        self.field.setAccessibleName("Another form of the phrase")
        self.field.installEventFilter(self)
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self.link)
        row.addWidget(self.field, 2)
        self.link.clicked.connect(self.open)
        self.field.returnPressed.connect(self._take)
        self.close_field()
        self.dress()

    def open(self) -> None:
        """Let a form be typed."""
        self.link.hide()
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_field(self) -> None:
        """Show the link again."""
        self.field.clear()
        self.field.hide()
        self.link.show()

    def dress(self) -> None:
        """Take fonts and icons from the theme."""
        theme = self._desk.theme
        side = theme.px(12)
        self.link.setIcon(self._desk.icons.icon("plus", "accent"))
        self.link.setIconSize(QSize(side, side))
        self.field.setFont(theme.font("m"))
        self.field.setMaximumWidth(theme.px(260))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape closes the field."""
        if (
            watched is self.field
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self.close_field()
            self.link.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _take(self) -> None:
        words = " ".join(self.field.text().split())
        self.close_field()
        self.link.setFocus(Qt.FocusReason.OtherFocusReason)
        if words:
            self.asked.emit(words)
