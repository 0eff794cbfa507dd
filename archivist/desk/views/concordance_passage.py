"""The passage of the current line, under the list: so that no window need be opened to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import describe, formats, paint
from archivist.desk.paint import MarkedText

if TYPE_CHECKING:
    from archivist.archive.results import Passage
    from archivist.desk.context import Desk

_MEASURE: Final = 620
_LINES: Final = 60
_LEADING: Final = 25.7


class PassageText(QWidget):
    """The paragraph as a page sets it, the passage marked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._theme = desk.theme
        self._passage: Passage | None = None
        self._laid: MarkedText | None = None
        desk.theme.changed.connect(self._set)

    def show_passage(self, passage: Passage | None) -> None:
        """Show a passage, or nothing."""
        self._passage = passage
        self.setAccessibleName(passage.text if passage is not None else "No passage")
        self._set()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._set()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._laid is not None:
            px, tokens = self._theme.px, self._theme.tokens
            self._laid.draw(QPainter(self), px(20), px(2), tokens)

    def height_of_mark(self) -> int:
        """Return how far down the passage stands, one line of what is before it left in sight."""
        if self._laid is None or self._passage is None:
            return 0
        line = self._laid.line_of(self._passage.mark[0])
        return round(max(0, line - 1) * self._laid.line_height)

    def _set(self) -> None:
        px, passage = self._theme.px, self._passage
        if passage is None:
            self._laid = None
        else:
            room = min(self.width() - px(40), px(_MEASURE))
            font = self._theme.font("l", serif=True)
            self._laid = MarkedText(
                passage.text, [passage.mark], font, room, _LINES, current=0, leading=px(_LEADING)
            )
        tall = self._laid.height + px(18) if self._laid is not None else 0
        self.setMinimumHeight(round(tall))
        self.update()


class PassagePane(QWidget):
    """The passage with its source, and what can be done with it.

    Signals:
        copy_asked: the passage is to be copied with its citation.
        gather_asked: it is to be gathered for the dossier, or put back.
        open_asked: the record is to be read there.
    """

    copy_asked = Signal()
    gather_asked = Signal()
    open_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.text = PassageText(desk)
        self.title = paint.ElidingLabel()
        self.meta = paint.ElidingLabel()
        self.copy = QPushButton("Copy with citation")
        self.gather = QPushButton("Add to dossier")
        self.open = QPushButton("Open in reader")
        self._icons = {self.copy: "copy", self.gather: "folder-plus", self.open: "arrow-square-out"}
        self._scroll = QScrollArea()
        self._build()
        desk.theme.changed.connect(self._dress)
        self._dress()
        self.show_passage(None)

    def show_passage(self, passage: Passage | None) -> None:
        """Show a passage, or nothing."""
        self.text.show_passage(passage)
        self.text.adjustSize()
        self._scroll.verticalScrollBar().setValue(self.text.height_of_mark())
        for button in self._icons:
            button.setEnabled(passage is not None)
        if passage is None:
            self.title.setText("")
            self.meta.setText("")
            return
        description = passage.record.description
        paragraph = f"¶\u00a0{passage.paragraph}" if passage.paragraph else ""
        date = formats.day_long(description.date) if description.date else ""
        said = (date, describe.reference_of(passage.record), paragraph)
        self.title.setText(describe.title_of(description))
        self.meta.setText(describe.SEPARATOR.join(filter(None, said)))

    def show_gathered(self, *, gathered: bool) -> None:
        """Say on the button what it does: add, or take out again."""
        self.gather.setText("Remove from dossier" if gathered else "Add to dossier")

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Dress again: a style sheet takes palettes from what was moved into the window."""
        super().showEvent(event)
        self._dress()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out, where it is narrow, what a key does, too."""
        super().resizeEvent(event)
        room = self.width() - self._desk.theme.px(420)
        for button in (self.open, self.gather, self.copy):
            room -= button.sizeHint().width() + self._desk.theme.px(8)
            button.setVisible(room >= 0)

    def _build(self) -> None:
        px = self._desk.theme.px
        self._scroll.setWidget(self.text)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName("Passage")
        words = QHBoxLayout()
        words.setSpacing(px(14))
        words.addWidget(self.title, 3)
        words.addWidget(self.meta, 2)
        head = QHBoxLayout()
        head.setContentsMargins(px(20), px(8), px(16), px(6))
        head.setSpacing(px(8))
        head.addLayout(words, 1)
        for button in (self.copy, self.gather, self.open):
            button.setAutoDefault(False)
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        self.copy.clicked.connect(self.copy_asked)
        self.gather.clicked.connect(self.gather_asked)
        self.open.clicked.connect(self.open_asked)

    def _dress(self) -> None:
        theme = self._desk.theme
        ground = self.palette()
        for role in (ground.ColorRole.Window, ground.ColorRole.Base):
            ground.setColor(role, theme.tokens.paper)
        self.setAutoFillBackground(True)
        self.setPalette(ground)
        self._scroll.setPalette(ground)
        self._scroll.viewport().setPalette(ground)
        self.text.setPalette(ground)
        self.title.setFont(theme.font("m", 600))
        self.meta.setFont(theme.font("s"))
        quiet = self.meta.palette()
        quiet.setColor(quiet.ColorRole.WindowText, theme.tokens.text2)
        self.meta.setPalette(quiet)
        side = theme.px(14)
        for button, icon in self._icons.items():
            button.setIcon(self._desk.icons.icon(icon))
            button.setIconSize(QSize(side, side))
