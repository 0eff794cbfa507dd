"""Where a text is typed in or corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from archivist.desk import paint
from archivist.desk.views.field_editors import SaveKeys

if TYPE_CHECKING:
    from archivist.desk.context import Desk


class TextEditor(QWidget):
    """A text to be corrected, with what to do about it beneath.

    Signals:
        saved: the corrected text.
        closed: it is left as it was.
    """

    saved = Signal(str)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._before = ""
        self._words = QLabel(
            "A correction is kept as a new version. A blank line begins a new paragraph.",
            wordWrap=True,
        )
        self.text = PlainEditor(desk)
        self._save = QPushButton("Save the text")
        self._leave = QPushButton("Leave as it was")
        self._build()

    def edit(self, text: str, typed: str | None = None) -> None:
        """Begin to correct a text, or go on with what was typed before."""
        self._before = text
        self.text.setPlainText(text if typed is None else typed)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self._tell()
        self.text.setFocus()

    def dirty(self) -> bool:
        """Whether the text was changed."""
        return self.text.toPlainText() != self._before

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the text as it was, where nothing was typed."""
        if event.key() == Qt.Key.Key_Escape and not self.dirty():
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        px = self._desk.theme.px
        self._save.setProperty("role", "accent")
        self._save.setToolTip("Ctrl+Enter")
        self._words.setContentsMargins(px(20), px(12), px(20), px(10))
        self._words.setFont(self._desk.theme.font("s"))
        row = QHBoxLayout()
        row.setContentsMargins(px(20), px(10), px(12), px(10))
        row.setSpacing(px(8))
        row.addStretch(1)
        row.addWidget(self._leave)
        row.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._words)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addWidget(self.text, 1)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addLayout(row)
        self.text.textChanged.connect(self._tell)
        self.text.save_asked.connect(self._done)
        self._save.clicked.connect(self._done)
        self._leave.clicked.connect(self.closed)

    def _tell(self) -> None:
        self._save.setEnabled(self.dirty())

    def _done(self) -> None:
        if self.dirty():
            self.saved.emit(self.text.toPlainText())


class PlainEditor(QPlainTextEdit):
    """A plain text in the reader's serif, without a frame.

    Signals:
        save_asked: Ctrl+Enter was pressed.
    """

    save_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = desk.theme
        self._keys = SaveKeys(self)
        self._keys.save.connect(self.save_asked)
        self.installEventFilter(self._keys)
        self.setAccessibleName("Text of the record")
        self.setTabChangesFocus(True)
        desk.theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setFont(self._theme.font("l", serif=True))
        self.setStyleSheet(
            "QPlainTextEdit, QPlainTextEdit:focus { border: 0; padding: 12px 16px; }"
        )
