"""The original as it was received: pages, picture, message, lines; opened or copied out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import describe, files, formats, paint
from archivist.desk.models.received import Received, Sort, receive, sort_of
from archivist.desk.views.pdf_pages import PdfPages
from archivist.model.record import Record

if TYPE_CHECKING:
    from archivist.archive import Archive
    from archivist.desk.context import Desk
    from archivist.model.change import Change
    from archivist.model.record import Original

_KINDS: Final = {
    "application/pdf": "PDF",
    "message/rfc822": "E-mail message",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document",
    "application/zip": "Zip archive",
    "text/plain": "Plain text",
    "text/markdown": "Markdown",
    "text/html": "Web page",
    "text/csv": "Table (CSV)",
    "application/json": "JSON",
    "application/x-ndjson": "Catalogue (JSON lines)",
}


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read of a record's original in one go."""

    path: Path | None
    received: Received | None
    parent: Record | None
    attachments: tuple[Record, ...]


class OriginalPage(QWidget):
    """The Original tab.

    Signals:
        record_asked: id of the message or of an attachment to show.
    """

    record_asked = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._record: Record | None = None
        self._path: Path | None = None
        self._outbox = files.Outbox()
        self._name = paint.ElidingLabel()
        self._facts = QLabel()
        self._open = QPushButton("Open")
        self._save = QPushButton("Save a copy")
        self._replace = QPushButton("Replace")
        self._links = QVBoxLayout()
        self.pages = PdfPages(desk)
        self._picture = _Picture(desk)
        self._lines = _Lines("Content of the original")
        self._message = _Message(desk)
        self._words = QLabel(wordWrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._stack = QStackedWidget()
        self._build()
        self._dress()
        desk.theme.changed.connect(self._dress)
        desk.events.archive_closed.connect(self._close)

    def show_record(self, record: Record) -> None:
        """Show the original of a record, and what it is tied to."""
        same = self._record is not None and self._record.original == record.original
        if same and self._record is not None and self._record.id == record.id:
            return
        self._record = record
        self._path = None
        self.pages.close_file()
        self._tell(record)
        self._show(self._words)
        archive = self._desk.archive
        if archive is not None:
            self._desk.tasks.read(
                "reader.original", lambda _token: _find(archive, record), self._take, owner=self
            )

    def ask_for_file(self) -> None:
        """Ask for a file to add, or to put in the place of this one."""
        title = "Replace the original" if self._path else "Add the original"
        files.ask_which(self, title, self._set_original)

    def _close(self) -> None:
        self._record, self._path = None, None
        self.pages.close_file()
        self._outbox.clear()

    def _build(self) -> None:
        px = self._desk.theme.px
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._facts)
        row = QHBoxLayout()
        row.setContentsMargins(px(20), px(10), px(12), px(10))
        row.setSpacing(px(8))
        row.addLayout(names, 1)
        for button, icon, work in (
            (self._open, "arrow-square-out", self._open_outside),
            (self._save, "floppy-disk", self._save_copy),
            (self._replace, "paperclip", self.ask_for_file),
        ):
            button.setIcon(self._desk.icons.icon(icon))
            button.setIconSize(QSize(px(14), px(14)))
            button.clicked.connect(work)
            row.addWidget(button)
        self._open.setToolTip("Open a copy in the program the system has for it")
        self._links.setContentsMargins(px(20), 0, px(20), 0)
        self._links.setSpacing(px(2))
        self._words.setContentsMargins(px(20), px(20), px(20), px(20))
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        for page in (self._words, self.pages, self._picture, self._lines, self._message):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addLayout(self._links)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addWidget(self._stack, 1)

    def _dress(self) -> None:
        theme = self._desk.theme
        self._name.setFont(theme.font("m", 600))
        self._facts.setFont(theme.font("s"))
        self._lines.setFont(theme.font("m", mono=True))
        palette = self.palette()
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.text2)
        self._facts.setPalette(palette)
        self._words.setPalette(palette)

    def _tell(self, record: Record) -> None:
        original = record.original
        there = original is not None
        self._name.setText(original.name if original else "No original")
        self._facts.setText(facts_of(original) if original else "Typed in, or lost before filing.")
        self._open.setVisible(there)
        self._save.setVisible(there)
        self._replace.setText("Replace" if there else "Add a file")
        self._words.setText(_hint(record))
        _clear(self._links)

    def _take(self, found: _Found) -> None:
        self._path = found.path
        self._show_links(found)
        if found.path is None or found.received is None:
            return
        received = found.received
        match received.sort:
            case Sort.PAGES:
                self.pages.show_file(found.path)
                self._show(self.pages)
            case Sort.PICTURE:
                self._picture.show_picture(received.picture)
                self._show(self._picture)
            case Sort.MESSAGE:
                self._message.show_message(received)
                self._show(self._message)
            case Sort.LINES:
                self._lines.setPlainText(received.text)
                self._show(self._lines)
            case Sort.FILE:
                self._show(self._words)

    def _show(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)

    def _show_links(self, found: _Found) -> None:
        """List the message this came with, and what came with it."""
        _clear(self._links)
        if found.parent is not None:
            title = describe.title_of(found.parent.description)
            self._add_link("envelope-simple", f"Came with: {title}", found.parent.id)
        for record in found.attachments:
            name = record.original.name if record.original else ""
            title = describe.title_of(record.description)
            said = f"{name}: {title}" if name and name != title else title
            self._add_link("paperclip", said, record.id)
        if found.parent is not None or found.attachments:
            self._links.addSpacing(self._desk.theme.px(8))

    def _add_link(self, icon: str, words: str, record_id: int) -> None:
        link = QPushButton(words.replace("&", "&&"))
        link.setProperty("role", "link")
        link.setIcon(self._desk.icons.icon(icon, "accent"))
        link.clicked.connect(lambda: self.record_asked.emit(record_id))
        self._links.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def _open_outside(self) -> None:
        path, record = self._path, self._record
        if path is None or record is None or record.original is None:
            return
        name = record.original.name

        def opened(copied: Path) -> None:
            if not files.open_outside(copied):
                self._desk.events.message.emit(
                    f"The system has no program for {name}. Save a copy instead."
                )

        work = lambda _token: self._outbox.copy(path, name)  # noqa: E731
        self._desk.tasks.read("", work, opened, owner=self)

    def _save_copy(self) -> None:
        path, record = self._path, self._record
        if path is None or record is None or record.original is None:
            return

        def take(target: Path) -> None:
            self._desk.tasks.read(
                "",
                lambda _token: files.copy_out(path, target),
                lambda done: self._desk.events.message.emit(f"Saved {done.name}."),
                owner=self,
            )

        files.ask_where(self, "Save a copy", files.safe_name(record.original.name), take)

    def _set_original(self, path: Path) -> None:
        archive, record = self._desk.archive, self._record
        if archive is None or record is None:
            return
        said = "Replaced the original." if record.original else "Added the original."

        def done(change: Change) -> None:
            self._desk.events.changed.emit(change)
            self._desk.events.message.emit(f"{said} Ctrl+Z takes it back.")

        self._desk.tasks.write(lambda: archive.set_original(record.ref, path), done, owner=self)


class _Picture(QWidget):
    """A scan or a photograph, as large as the pane allows."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._theme = desk.theme
        self._image: QImage | None = None
        self.setAccessibleName("Picture of the original")

    def show_picture(self, image: QImage | None) -> None:
        """Show another picture."""
        self._image = image
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), self._theme.tokens.desk)
        if self._image is None:
            return
        margin = self._theme.px(16)
        room = self.size() - QSize(2 * margin, 2 * margin)
        natural = self._image.size() / self.devicePixelRatioF()
        size = natural.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        if size.width() > natural.width():
            size = natural
        left, top = (self.width() - size.width()) / 2, float(margin)
        painter.drawImage(QRectF(left, top, size.width(), size.height()), self._image)


class _Lines(QPlainTextEdit):
    """Lines of a file as they are, to read and to copy."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet(
            "QPlainTextEdit, QPlainTextEdit:focus { border: 0; padding: 12px 20px; }"
        )
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)


class _Message(QWidget):
    """The head of a message and its body."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._theme = desk.theme
        px = desk.theme.px
        self._head = QFormLayout()
        self._head.setContentsMargins(px(20), px(12), px(20), px(12))
        self._head.setHorizontalSpacing(px(16))
        self._head.setVerticalSpacing(px(4))
        self._head.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._body = _Lines("Body of the message")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(paint.Hairline(desk.theme))
        column.addWidget(self._body, 1)

    def show_message(self, received: Received) -> None:
        """Show another message."""
        while self._head.rowCount():
            self._head.removeRow(0)
        for name, value in received.headers:
            label, shown = QLabel(name), QLabel(value, wordWrap=True)
            palette = label.palette()
            palette.setColor(palette.ColorRole.WindowText, self._theme.tokens.text2)
            label.setPalette(palette)
            shown.setTextFormat(Qt.TextFormat.PlainText)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._head.addRow(label, shown)
        self._body.setPlainText(received.text)


def facts_of(original: Original) -> str:
    """Return "PDF · 1.9 MB · line 12"."""
    parts = [_KINDS.get(original.media_type, original.media_type), formats.size(original.size)]
    if original.member:
        parts.append(f"line {original.member}")
    return describe.SEPARATOR.join(part for part in parts if part)


def _find(archive: Archive, record: Record) -> _Found:
    path = archive.original_path(record)
    received = receive(record.original, path) if record.original and path else None
    parent = archive.record(record.parent) if record.parent else None
    return _Found(path, received, parent, tuple(archive.attachments(record)))


def _hint(record: Record) -> str:
    """Return what stands where the original cannot be drawn: what is known of it."""
    original = record.original
    if original is None:
        return "Add the scan or the file once you have it: it is kept unchanged beside the text."
    if sort_of(original) is not Sort.FILE:
        return ""
    return "\n\n".join(
        (
            "Open shows this file as received, in the program the system has for it.",
            f"Filed {formats.moment(record.filed)}, from {record.path}",
            f"SHA-256 {original.sha256}",
        )
    )


def _clear(layout: QVBoxLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.deleteLater()
