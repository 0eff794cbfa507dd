"""The list of statements, what is done with those selected, and the line over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from archivist.archive.statements.listing import Spoken
from archivist.desk import formats
from archivist.desk.models.statements import named
from archivist.desk.views.long_list import LongList, stretches

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archivist.archive.results import Passage
    from archivist.archive.statements.listing import StatementList
    from archivist.desk.context import Desk
    from archivist.desk.gathering import Gathering
    from archivist.desk.models.statements import StatementsModel

MOST_AT_ONCE: Final = 2000
"""Statements that can be copied, gathered or judged together."""


class StatementsList(LongList):
    """The statements; what a reader does with one needs one key.

    Signals:
        copy_asked: the selected statements are to be copied with their citations.
        gather_asked: they are to be gathered for the dossier, or put back.
    """

    copy_asked = Signal()
    gather_asked = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies, D gathers."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.key() == Qt.Key.Key_D and not event.modifiers():
            self.gather_asked.emit()
        else:
            super().keyPressEvent(event)


class ChosenStatements(QObject):
    """The statements selected in a list: they may be far out of sight, and are read when needed.

    Attributes:
        found: what the list shows, or None.
    """

    def __init__(self, desk: Desk, view: StatementsList, model: StatementsModel) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view
        self._model = model
        self.found: StatementList | None = None

    def count(self) -> int:
        """Return how many statements are selected."""
        heads = self.found.heads if self.found is not None else {}
        return sum(len(one) - sum(row in one for row in heads) for one in self._stretches())

    def numbers(self) -> list[int]:
        """Return the numbers of the statements selected; none where they are too many."""
        if self.found is None or self._too_many():
            return []
        return [
            number
            for one in self._stretches()
            for number in self.found.numbers(one.start, one.stop)
        ]

    def standing(self) -> tuple[int, int]:
        """Return the number and the row of the statement under the cursor."""
        row = self._view.currentIndex().row()
        one = self._model.spoken(row)
        return (one.filed.number if one is not None else 0), max(0, row)

    def gather(self, gathering: Gathering) -> None:
        """Gather the statements for the dossier; put them back where all are there already."""
        self._read(lambda said: gathering.toggle([_stretch(one) for one in said]))

    def copy(self) -> None:
        """Copy the statements, each with who said it and its citation."""
        archive = self._desk.archive
        if archive is None:
            return

        def cite(said: Sequence[Spoken]) -> None:
            self._desk.tasks.read(
                "statements.copy",
                lambda _token: archive.passages([_stretch(one) for one in said]),
                lambda passages: self._put(said, passages),
                owner=self,
            )

        self._read(cite)

    def _put(self, said: Sequence[Spoken], passages: Sequence[Passage]) -> None:
        lines = [
            f"{named(one.filed.statement.speaker)}: \u201c{passage.quote}\u201d"
            f" ({passage.citation})"
            for one, passage in zip(said, passages, strict=True)
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))
        count = formats.counted(len(lines), "statement")
        each = "with its citation" if len(lines) == 1 else "each with its citation"
        self._desk.events.message.emit(f"Copied {count}, {each}.")

    def _stretches(self) -> list[range]:
        return stretches(self._view.selectionModel())

    def _too_many(self) -> bool:
        if self.count() <= MOST_AT_ONCE:
            return False
        most = formats.number(MOST_AT_ONCE)
        self._desk.events.message.emit(f"Select {most} statements at most to do that with them.")
        return True

    def _read(self, then: Callable[[Sequence[Spoken]], None]) -> None:
        found, chosen = self.found, self._stretches()
        if found is None or not chosen or self._too_many():
            return

        def rows() -> list[Spoken]:
            read = [row for one in chosen for row in found.rows(one.start, one.stop)]
            return [row for row in read if isinstance(row, Spoken) and not row.gone]

        self._desk.tasks.read("statements.chosen", lambda _token: rows(), then, owner=self)


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


def _stretch(one: Spoken) -> tuple[int, int, int]:
    return one.record, one.start, one.end
