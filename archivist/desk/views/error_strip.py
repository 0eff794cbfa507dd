"""The strip under the toolbar that says what went wrong, what was kept and what to do."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import paint
from archivist.model.errors import ArchivistError, IndexBusyError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from archivist.desk.context import Desk


def details_of(error: ArchivistError) -> str:
    """Return what the folded details hold: enough to report the error, nothing to be read."""
    parts = [f"kind: {error.kind}", f"message: {error.message}"]
    if error.hint:
        parts.append(f"hint: {error.hint}")
    if detail := str(getattr(error, "detail", "")):
        parts.append(detail)
    if error.__cause__ is not None:
        parts.append("".join(traceback.format_exception(error.__cause__)))
    return "\n".join(parts)


class ErrorStrip(QWidget):
    """Says one error at a time; stays until it is dismissed or another takes its place."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kind = "bad"
        self._act: Callable[[], None] | None = None
        self._icon = QLabel()
        self._words = QLabel()
        self._hint = QLabel()
        self._do = QPushButton()
        self._more = QPushButton("Details")
        self._copy = QPushButton("Copy details")
        self._close = QToolButton()
        self._details = QPlainTextEdit()
        self._build()
        desk.events.error.connect(self.show_error)
        desk.theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    def text(self) -> str:
        """Return what is said."""
        return f"{self._words.text()} {self._hint.text()}".strip()

    def show_error(self, error: object) -> None:
        """Say what went wrong."""
        if not isinstance(error, ArchivistError):
            return
        if isinstance(error, IndexBusyError):  # asked again when the index follows
            self._desk.events.message.emit(f"{error.message} {error.hint}")
            return
        self._kind = "bad"
        self._offer("", None)
        self._words.setText(error.message)
        self._hint.setText(error.hint)
        self._hint.setVisible(bool(error.hint))
        self._details.setPlainText(details_of(error))
        self._fold(open_=False)
        for button in (self._more, self._copy):
            button.show()
        self.setAccessibleName(self.text())
        self._dress()
        self.show()

    def show_notice(
        self,
        words: str,
        hint: str = "",
        action: str = "",
        act: Callable[[], None] | None = None,
        *,
        bad: bool = False,
    ) -> None:
        """Say something that is no error of the program, and offer one thing to do about it."""
        self._kind = "bad" if bad else "warn"
        self._words.setText(words)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._details.setPlainText("")
        self._offer(action, act)
        self._fold(open_=False)
        for button in (self._more, self._copy):
            button.hide()
        self.setAccessibleName(self.text())
        self._dress()
        self.show()

    def _offer(self, action: str, act: Callable[[], None] | None) -> None:
        self._act = act
        self._do.setText(action)
        self._do.setAccessibleName(action)
        self._do.setVisible(act is not None)

    def _take_offer(self) -> None:
        act = self._act
        self.dismiss()
        if act is not None:
            act()

    def dismiss(self) -> None:
        """Say no more."""
        self._act = None
        self.hide()

    def _build(self) -> None:
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._hint.setWordWrap(True)
        for button in (self._more, self._copy):
            button.setProperty("role", "link")
        self._do.clicked.connect(self._take_offer)
        self._more.clicked.connect(lambda: self._fold(open_=self._details.isHidden()))
        self._copy.clicked.connect(self._copy_details)
        self._close.setToolTip("Dismiss")
        self._close.setAccessibleName("Dismiss the message")
        self._close.setIcon(self._desk.icons.icon("x"))
        self._close.clicked.connect(self.dismiss)
        self._details.setReadOnly(True)
        self._details.setAccessibleName("Details of the error")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._words)
        words.addWidget(self._hint)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._do)
        row.addWidget(self._more)
        row.addWidget(self._copy)
        row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 16, 9)
        column.addLayout(row)
        column.addWidget(self._details)

    def _fold(self, *, open_: bool) -> None:
        self._details.setVisible(open_)
        self._more.setText("Hide details" if open_ else "Details")

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())
        self._desk.events.message.emit("Copied the details.")

    def _dress(self) -> None:
        theme = self._desk.theme
        self._words.setFont(theme.font("m", 500))
        self._hint.setFont(theme.font("s"))
        self._details.setFont(theme.font("s", mono=True))
        self._details.setFixedHeight(theme.px(140))
        side = theme.px(18)
        icon = self._desk.icons.pixmap("warning-circle", side, self.devicePixelRatioF(), self._kind)
        self._icon.setPixmap(icon)
        self.update()  # its ground says what kind it is

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self._desk.theme.tokens
        painter.fillRect(self.rect(), tokens.colour(f"{self._kind}_bg"))
        painter.fillRect(QRectF(0, 0, 3, self.height()), tokens.colour(self._kind))
        paint.hairline(painter, 0, self.width(), self.height() - 1, tokens.line)
