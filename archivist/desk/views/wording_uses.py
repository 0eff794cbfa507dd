"""The uses of a wording as lines: which two are compared, what goes to the dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from archivist.desk import formats, paint
from archivist.desk.models.lines import GATHERED, LINE, PlacesModel
from archivist.desk.models.wording import said_by
from archivist.desk.paint import MarkedText
from archivist.desk.views.long_list import LongList

if TYPE_CHECKING:
    from archivist.archive.wording.results import Stretch, Use
    from archivist.desk.context import Desk

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT: Final = 28
ENDS: Final = Qt.ItemDataRole.UserRole + 7
"""Role: "A", "B", "AB" or "": which of the two compared a line is."""
_LETTERS: Final = {Qt.Key.Key_A: "A", Qt.Key.Key_B: "B"}
_GROUNDS: Final = {"A": ("dele", "dele_bg"), "B": ("ins", "ins_bg")}
_MARGIN: Final = 20
_BADGE: Final = 20
_BEFORE: Final = 34
_GONE: Final = "The text was changed since this search."


class UsesModel(PlacesModel["Use"]):
    """All uses of one form of a phrase, read as they come in sight."""

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self._ends: dict[str, Stretch] = {}

    def show_ends(self, ends: dict[str, Stretch]) -> None:
        """Mark the two lines that are compared."""
        self._ends = ends
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))

    def ends(self, use: Use) -> str:
        """Return which of the two compared a use is."""
        return "".join(letter for letter, one in self._ends.items() if one == use.stretch)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == ENDS and index.isValid():
            use = self.line(index.row())
            return self.ends(use) if use is not None else ""
        return super().data(index, role)

    @override
    def spoken(self, line: Use) -> str:
        date = formats.day(line.date) if line.date else "no date"
        ends = [f"use {letter} of the two compared" for letter in self.ends(line)]
        dossier = ["in the dossier"] if self.is_gathered(line) else []
        said = [line.text or "the text was changed", date, said_by(line), line.ref, *ends, *dossier]
        return ", ".join(filter(None, said))


def cut_before(text: str, mark: tuple[int, int], letters: int = _BEFORE) -> tuple[str, int]:
    """Cut the beginning of a sentence so that its marked words come into sight.

    Returns:
        what is left, and by how much the places in it have moved.
    """
    if mark[0] <= letters:
        return text, 0
    at = text.find(" ", mark[0] - letters, mark[0]) + 1 or mark[0]
    return f"\u2026 {text[at:]}", 2 - at


class UseDelegate(QStyledItemDelegate):
    """Draws a use: A or B, the date, its sentence about the phrase, where it stands."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._theme = desk.theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(ROW_HEIGHT))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect = QRectF(option.rect)
        self._paint_ground(painter, option, index)
        use: Use | None = index.data(LINE)
        if use is not None:
            self._paint_badges(painter, rect, str(index.data(ENDS)), bool(index.data(GATHERED)))
            self._paint_use(painter, rect, use, strong=bool(index.data(ENDS)))
        painter.restore()

    @override
    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        use: Use | None = index.data(LINE)
        said = [use.title, said_by(use), use.text] if use is not None else []
        QToolTip.showText(event.globalPos(), "\n".join(filter(None, said)), view)
        return True

    def sentence_rect(self, rect: QRectF) -> QRectF:
        """Return where the sentence of a row stands."""
        px = self._theme.px
        small = QFontMetricsF(self._theme.font("s"))
        left = rect.left() + px(_MARGIN) + px(_BADGE) + px(10)
        left += max(small.horizontalAdvance(formats.day("2008-09-28")), px(64)) + px(14)
        right = rect.right() - px(_MARGIN)
        if rect.width() > px(520):
            right -= px(150)
        return QRectF(left, rect.top(), max(20.0, right - left), rect.height())

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = option.widget
        if not isinstance(view, UsesList):
            return
        tokens, px = self._theme.tokens, self._theme.px
        card = QRectF(option.rect).adjusted(px(8), 0, -px(8), -1)
        if view.target() == index.row():
            paint.rounded(painter, card, 6, tokens.hover, tokens.accent, 1.5)
        elif view.selectionModel().isSelected(index):
            paint.rounded(painter, card, 6, tokens.sel if view.hasFocus() else tokens.sel_off)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            paint.rounded(painter, card, 6, tokens.hover)
        if view.hasFocus() and view.currentIndex().row() == index.row():
            paint.rounded(painter, card, 6, None, tokens.accent, 1.5)

    def _paint_badges(self, painter: QPainter, rect: QRectF, ends: str, gathered: bool) -> None:  # noqa: FBT001 - drawn, not called
        px = self._theme.px
        for place, letter in enumerate(ends):
            side = px(_BADGE) - 2
            left = (
                rect.left() + px(_MARGIN) + place * (side + 2) - (side // 2 if ends == "AB" else 0)
            )
            box = QRectF(left, rect.center().y() - side / 2, side, side)
            colour, ground = _GROUNDS[letter]
            paint.rounded(painter, box, 4, self._theme.tokens.colour(ground))
            painter.setFont(self._theme.font("xs", 600))
            painter.setPen(self._theme.tokens.colour(colour))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), letter)
        if gathered:
            side = px(12)
            right = self.sentence_rect(rect).right() + px(4)
            place_ = QRectF(right, rect.center().y() - side / 2, side, side)
            self._desk.icons.paint(painter, "check-bold", place_, "accent")

    def _paint_use(self, painter: QPainter, rect: QRectF, use: Use, *, strong: bool) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        sentence = self.sentence_rect(rect)
        left = rect.left() + px(_MARGIN) + px(_BADGE) + px(10)
        date = QRectF(left, rect.top(), sentence.left() - px(14) - left, rect.height())
        said = formats.day(use.date) if use.date else "No date"
        paint.line_of_text(painter, date, said, theme.font("s"), tokens.text2, right=True)
        self._paint_sentence(painter, sentence, use, strong=strong)
        if rect.width() > px(520):
            start = sentence.right() + px(20)
            cell = QRectF(start, rect.top(), rect.right() - px(_MARGIN) - start, rect.height())
            paragraph = f", \u00b6\u00a0{use.paragraph}" if use.paragraph else ""
            where = f"{use.ref}{paragraph}"
            paint.line_of_text(painter, cell, where, theme.font("s"), tokens.text2)

    def _paint_sentence(self, painter: QPainter, room: QRectF, use: Use, *, strong: bool) -> None:
        theme, tokens = self._theme, self._theme.tokens
        if not use.text:
            paint.line_of_text(painter, room, _GONE, theme.font("s"), tokens.text2)
            return
        font = theme.font("m", 500 if strong else 400)
        letters = round(room.width() / QFontMetricsF(font).averageCharWidth())
        free = max(0, letters - (use.mark[1] - use.mark[0]))
        text, moved = cut_before(use.text, use.mark, min(_BEFORE, free // 2))
        mark = (use.mark[0] + moved, use.mark[1] + moved)
        laid = MarkedText(text, [mark], font, room.width(), 1, bold_marks=True)
        laid.draw(painter, room.left(), room.center().y() - laid.height / 2, tokens)


class UsesList(LongList):
    """The lines; A and B choose what is compared, by keys or by dragging the letters.

    Signals:
        end_asked: a letter, "A" or "B", and the row it is to stand at.
        swap_asked: A and B are to change places.
        copy_asked: the current use is to be copied with its citation.
        gather_asked: the selected uses are to be gathered for the dossier, or put back.
    """

    end_asked = Signal(str, int)
    swap_asked = Signal()
    copy_asked = Signal()
    gather_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("Uses of the wording")
        self._theme = desk.theme
        self._dragged = ""
        self._target = -1

    def target(self) -> int:
        """Return the row a letter is dragged over; -1 for none."""
        return self._target if self._dragged else -1

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A and B choose, X exchanges them, D gathers, Ctrl+C copies."""
        key, plain = Qt.Key(event.key()), not event.modifiers()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif plain and key in _LETTERS and self.currentIndex().isValid():
            self.end_asked.emit(_LETTERS[key], self.currentIndex().row())
        elif plain and key == Qt.Key.Key_X:
            self.swap_asked.emit()
        elif plain and key == Qt.Key.Key_D:
            self.gather_asked.emit()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        ends = str(index.data(ENDS)) if index.isValid() else ""
        near = event.position().x() < self._theme.px(_MARGIN + _BADGE + 8)
        if ends and near and event.button() == Qt.MouseButton.LeftButton:
            self._dragged, self._target = ends[-1], index.row()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._dragged:
            super().mouseMoveEvent(event)
            return
        self._target = self.indexAt(event.position().toPoint()).row()
        self.viewport().update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._dragged:
            super().mouseReleaseEvent(event)
            return
        letter, row = self._dragged, self._target
        self._dragged, self._target = "", -1
        self.viewport().unsetCursor()
        self.viewport().update()
        if row >= 0:
            self.end_asked.emit(letter, row)
