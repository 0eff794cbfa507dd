"""The statements selected in their list, and the line over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from archivist.archive.statements.listing import Spoken
from archivist.desk import formats
from archivist.desk.models.statements import named
from archivist.desk.views.chosen import Chosen

if TYPE_CHECKING:
    from archivist.archive.results import Passage
    from archivist.archive.statements.listing import StatementList
    from archivist.desk.context import Desk


class ChosenStatements(Chosen[Spoken, "StatementList"]):
    """The statements selected; heads among them do not count."""

    NOUN = "statement"

    @override
    def count(self) -> int:
        heads = self.found.heads if self.found is not None else {}
        return sum(len(one) - sum(row in one for row in heads) for one in self.stretches())

    def numbers(self) -> list[int]:
        """Return the numbers of the statements selected; none where they are too many."""
        if self.found is None or self.too_many():
            return []
        return [
            number for one in self.stretches() for number in self.found.numbers(one.start, one.stop)
        ]

    @override
    def rows_of(self, found: StatementList, start: int, stop: int) -> list[Spoken]:
        return [row for row in found.rows(start, stop) if isinstance(row, Spoken) and not row.gone]

    @override
    def line_of(self, line: Spoken, passage: Passage) -> str:
        speaker = named(line.filed.statement.speaker)
        return f"{speaker}: \u201c{passage.quote}\u201d ({passage.citation})"


class UnderHead(QWidget):
    """The line under the head: how far texts are read, and the switch for what is unsure.

    Signals:
        unsure_asked: whether statements that may be wrong are to be shown, too.
    """

    unsure_asked = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown = False
        self.switch = QPushButton()
        self.switch.setProperty("role", "link")
        self.progress = QLabel()
        row = QHBoxLayout(self)
        px = desk.theme.px
        row.setContentsMargins(px(16), 0, px(20), px(4))
        row.setSpacing(px(12))
        row.addWidget(self.switch)
        row.addStretch(1)
        row.addWidget(self.progress)
        self.switch.clicked.connect(lambda: self.unsure_asked.emit(not self._shown))
        self.dress()

    def show_state(self, count: int, unread: int, texts: int, *, unsure: bool) -> None:
        """Show how things stand.

        Args:
            count: of statements that match and may be wrong.
            unread: of texts still to be read.
            texts: how many there are.
            unsure: whether those that may be wrong are among the ones shown.
        """
        self._shown = unsure
        words = "Hide unsure" if unsure else "Show unsure"
        self.switch.setText(f"{words}, {formats.number(count)}")
        self.switch.setAccessibleName(f"{words} statements, {formats.number(count)}")
        self.switch.setToolTip("Statements of which it is not certain that this was said so")
        self.switch.setVisible(count > 0)
        read = formats.number(max(0, texts - unread))
        self.progress.setText(f"{read} of {formats.number(texts)} texts read" if unread else "")
        self.setVisible(bool(count or unread))

    def dress(self) -> None:
        """Take fonts and colours from the theme."""
        theme = self._desk.theme
        self.progress.setFont(theme.font("s"))
        palette = self.progress.palette()
        palette.setColor(self.progress.foregroundRole(), theme.tokens.text2)
        self.progress.setPalette(palette)
