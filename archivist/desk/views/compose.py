"""A record typed in from paper: its description and its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import describe, paint
from archivist.desk.views.description_form import DescriptionForm
from archivist.desk.views.text_editor import PlainEditor
from archivist.model.errors import ArchivistError, ValueRefusedError
from archivist.model.fields import BY_NAME
from archivist.model.record import Description, Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent, QShowEvent

    from archivist.archive import Archive
    from archivist.desk.context import Desk


class ComposePane(QWidget):
    """Where a document that exists on paper only becomes a record.

    Signals:
        filed: id of the record that was filed.
        closed: it is left; what was typed is kept until it is filed.
    """

    filed = Signal(int)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.form = DescriptionForm(desk)
        self.text = PlainEditor(desk)
        self._title = QLabel("Type in a record")
        self._words = QLabel("From paper, without a file. A scan can be added afterwards.")
        self._file = QPushButton("File the record")
        self._leave = QPushButton("Later")
        self._build()
        self._connect()
        self._dress()

    def start(self) -> None:
        """Begin, or go on with what was typed before."""
        if not self.dirty():
            self._begin()
        self.form.focus_first()

    def dirty(self) -> bool:
        """Whether something was typed and not filed yet."""
        return bool(self.form.changes()) or bool(self.text.toPlainText().strip())

    def file(self) -> None:
        """File the record."""
        archive, changes, text = self._desk.archive, self.form.changes(), self.text.toPlainText()
        wrong = self.form.faulty()
        if wrong is not None:
            wrong.editor.setFocus()
        elif archive is not None and self.dirty():
            self._file.setEnabled(False)
            self._desk.tasks.write(
                lambda: _file(archive, changes, text), self._done, self._refused, self
            )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Dress again: a style sheet takes palettes from what was moved into the window."""
        super().showEvent(event)
        self._dress()

    def _build(self) -> None:
        px = self._desk.theme.px
        self._file.setProperty("role", "accent")
        self._file.setToolTip("Ctrl+Enter")
        names = QVBoxLayout()
        names.setSpacing(px(2))
        names.addWidget(self._title)
        names.addWidget(self._words)
        head = QHBoxLayout()
        head.setContentsMargins(px(20), px(14), px(16), px(14))
        head.setSpacing(px(8))
        head.addLayout(names, 1)
        head.addWidget(self._leave)
        head.addWidget(self._file)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setHandleWidth(1)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.form)
        parts.addWidget(self.text)
        parts.setStretchFactor(1, 1)
        parts.setSizes([px(460), px(640)])
        self.text.setPlaceholderText("The text, paragraph by paragraph, with a blank line between")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addWidget(parts, 1)

    def _connect(self) -> None:
        self._file.clicked.connect(self.file)
        self._leave.clicked.connect(self.closed)
        self.form.edited.connect(self._tell)
        self.form.save_asked.connect(self.file)
        self.text.textChanged.connect(self._tell)
        self.text.save_asked.connect(self.file)
        self._desk.events.archive_opened.connect(self._forget)
        self._desk.theme.changed.connect(self._dress)

    def _dress(self) -> None:
        theme = self._desk.theme
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, theme.tokens.base)
        self.setPalette(palette)
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.text2)
        self._words.setPalette(palette)
        self._title.setFont(theme.font("l", 600))

    def _begin(self) -> None:
        self.form.show_values({}, ())
        self.text.clear()
        self._tell()

    def _forget(self) -> None:
        """Another archive has other lists."""
        self.form.forget()
        self.text.clear()
        self._tell()

    def _tell(self) -> None:
        self._file.setEnabled(self.dirty() and self.form.faulty() is None)

    def _done(self, record: Record) -> None:
        self._begin()
        title = describe.title_of(record.description)
        self._desk.events.message.emit(f"Filed \u201c{title}\u201d as {record.ref}.")
        self.filed.emit(record.id)

    def _refused(self, error: ArchivistError) -> None:
        self._tell()
        if isinstance(error, ValueRefusedError):
            words = " ".join(part for part in (error.message, error.hint) if part)
            if self.form.show_fault(error.field, words):
                return
        self._desk.events.error.emit(error)


def _file(archive: Archive, changes: Mapping[str, str], text: str) -> Record:
    from archivist.archive.editing import read_value  # noqa: PLC0415 - keeps the start quick

    values = {
        BY_NAME[name].attribute: read_value(BY_NAME[name], value, archive.vocabulary)
        for name, value in changes.items()
        if value
    }
    return archive.type_in(Description(**values), text)  # type: ignore[arg-type]
