"""The line under the search field: the query in plain words, or what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from archivist.desk import paint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.desk.context import Desk


class ReadingLine(QWidget):
    """What the query means in plain words, or what is wrong with it.

    Signals:
        proposal_taken: the text that was proposed instead.
    """

    proposal_taken = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pieces: tuple[tuple[str, bool], ...] = ()
        self._fault = ""
        self._proposal = ""
        self._noted = False
        self._laid: tuple[int, paint.MarkedText] | None = None
        self._button = QPushButton(self)
        self._button.setProperty("role", "link")
        self._button.clicked.connect(lambda: self.proposal_taken.emit(self._proposal))
        self._button.hide()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        desk.theme.changed.connect(self._dress)

    def show_reading(self, pieces: Sequence[tuple[str, bool]], notes: Sequence[str] = ()) -> None:
        """Show a reading: pieces of text, and whether each is emphasised.

        Args:
            pieces: the query in plain words.
            notes: what the answer leaves out; stands first, with a sign.
        """
        noted = [(f"{note} ", False) for note in notes]
        self._pieces, self._fault, self._proposal = (*noted, *pieces), "", ""
        self._noted = bool(notes)
        self._renew()

    def show_fault(self, message: str, proposal: str = "") -> None:
        """Show what is wrong, and offer what was probably meant."""
        self._fault, self._proposal, self._noted = message, proposal, False
        self._renew()

    def proposal(self) -> str:
        """Return what is proposed in place of a fault, or empty."""
        return self._proposal

    def text(self) -> str:
        """Return what stands here, plain."""
        return self._fault or "".join(text for text, _ in self._pieces)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self._desk.theme.px(20))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.text():
            return
        theme = self._desk.theme
        painter = QPainter(self)
        left = 0.0
        if self._fault or self._noted:
            side = theme.px(14)
            top = (self.height() - side) / 2
            token = "bad" if self._fault else "warn"
            self._desk.icons.paint(painter, "warning-circle", QRectF(0, top, side, side), token)
            left = side + theme.px(6)
        laid = self._lay_out(left)
        top = (self.height() - laid.height) / 2
        colour = theme.tokens.bad if self._fault else theme.tokens.text2
        laid.draw(painter, left, top, theme.tokens, colour)

    def _lay_out(self, left: float) -> paint.MarkedText:
        room = self.width() - left
        if self._button.isVisible():
            room = self._button.x() - left - 8
        if self._laid is None or self._laid[0] != round(room):
            font = self._desk.theme.font("s")
            marks = () if self._fault else self._marks()
            laid = paint.MarkedText(self.text(), marks, font, room, 1, bold_marks=True)
            self._laid = (round(room), laid)
        return self._laid[1]

    def _marks(self) -> list[tuple[int, int]]:
        found, at = [], 0
        for text, emphasised in self._pieces:
            if emphasised:
                found.append((at, at + len(text)))
            at += len(text)
        return found

    def _renew(self) -> None:
        self._laid = None
        self._button.setVisible(bool(self._proposal))
        self._button.setText(f"Search for {self._proposal}".replace("&", "&&"))
        self._button.setAccessibleName(f"Search for {self._proposal}")
        self._button.setToolTip("Alt+Enter")
        self.setAccessibleName(self.text())
        self.setToolTip(self.text())
        self._place_button()
        self.update()

    def _place_button(self) -> None:
        if not self._proposal:
            return
        self._button.setFont(self._desk.theme.font("s"))
        self._button.ensurePolished()
        hint = self._button.sizeHint()
        theme = self._desk.theme
        words = QFontMetricsF(theme.font("s")).horizontalAdvance(self._fault) + theme.px(28)
        left = max(0, min(round(words), self.width() - hint.width()))
        self._button.setGeometry(left, 0, min(hint.width(), self.width()), self.height())

    @override
    def resizeEvent(self, event: object) -> None:
        self._laid = None
        self._place_button()

    def _dress(self) -> None:
        self._laid = None
        self._place_button()
        self.updateGeometry()
        self.update()
