"""What was found of a quotation: each place with who, when and where, its words marked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QResizeEvent
from typing_extensions import override

from archivist.desk import formats, paint
from archivist.desk.models.wording import said_by
from archivist.desk.views.rows import Row, RowList
from archivist.desk.views.wording_text import LaidWords, MarkedWords, merged

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from archivist.archive.wording.results import QuoteMatch
    from archivist.desk.context import Desk

_MARGIN: Final = 20
_HEAD: Final = 26
_LEADING: Final = 25.0
_SMALL: Final = 18.0
_PERCENT: Final = 100


@dataclass(frozen=True)
class MatchRow(Row):
    """One place, as words to be drawn.

    Attributes:
        place: its place in the list.
        who: who said it, and when.
        badge: how alike it is.
        exact: whether it is word for word.
        cite: how it is cited.
        warning: why the sense is turned; empty where it is not.
        words: the passage, what differs marked.
    """

    place: int = 0
    who: str = ""
    badge: str = ""
    exact: bool = False
    cite: str = ""
    warning: str = ""
    words: MarkedWords = field(default_factory=lambda: MarkedWords(""))

    @classmethod
    def of(cls, place: int, match: QuoteMatch, *, exact: bool) -> MatchRow:
        """Return the row of a match; `exact`: what was asked stands there word for word."""
        date = formats.day_long(match.date) if match.date else "no date"
        who = ", ".join(filter(None, (said_by(match.use, office=True), date)))
        who = who[:1].upper() + who[1:]
        alike = min(_PERCENT - 1, round(_PERCENT * match.similarity))
        badge = "Word for word" if exact else f"{formats.number(alike)} % alike"
        words = merged(match.differences) if match.differences else MarkedWords(match.text)
        warning = match.warning or ("The sense may be another." if match.turned else "")
        return cls(match.text, place, who, badge, exact, match.citation, warning, words)

    @property
    @override
    def key(self) -> Hashable:
        return self.place, self.cite

    @override
    def spoken(self) -> str:
        warning = f"Warning: {self.warning}" if self.warning else ""
        said = (self.badge, warning, self.words.spoken(), self.who, self.cite)
        return ". ".join(part.rstrip(".") for part in said if part)


class MatchList(RowList):
    """The places, the best first.

    Signals:
        opened: place of a match whose record is to be read there.
        copy_asked: the current match is to be copied with its citation.
        gather_asked: the current match is to be gathered for the dossier.
        moved: another one is the current one.
    """

    opened = Signal(int)
    copy_asked = Signal()
    gather_asked = Signal()
    moved = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._laid: dict[tuple[int, int, str], LaidWords] = {}
        self.setAccessibleName("Places that were found")
        self.selectionModel().currentChanged.connect(self._go)
        desk.theme.changed.connect(self._laid.clear)

    def show_matches(self, rows: Sequence[MatchRow]) -> None:
        """Show other places; the first is the current one."""
        self._laid.clear()
        self.show_rows(rows)
        if rows:
            self.setCurrentIndex(self.rows.index(0))
        self.scheduleDelayedItemsLayout()

    @override
    def height_of(self, row: Row) -> int:
        px = self.desk.theme.px
        if not isinstance(row, MatchRow):
            return px(_HEAD)
        tall = px(10) + px(_HEAD) + self._words(row).height + px(8) + px(12)
        tall += self._lay(row, "cite").height
        if row.warning:
            tall += self._warning(row).height + px(14)
        return round(tall)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies, D gathers."""
        key, plain = Qt.Key(event.key()), not event.modifiers()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif plain and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex().row())
        elif plain and key == Qt.Key.Key_D:
            self.gather_asked.emit()
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of this list."""

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.opened.emit(index.row())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._laid.clear()
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._laid.clear()

    @override
    def paint_row(
        self, painter: QPainter, rect: QRect, row: Row, *, over: bool, focus: bool
    ) -> None:
        if not isinstance(row, MatchRow):
            return
        theme, tokens, px = self.desk.theme, self.desk.theme.tokens, self.desk.theme.px
        self._paint_ground(painter, rect, row, over=over, focus=focus)
        left, right = rect.left() + px(_MARGIN), rect.right() - px(_MARGIN)
        y = float(rect.top() + px(10))
        centre = y + px(_HEAD) / 2 - px(2)
        icon, kind = ("check", "ok") if row.exact else ("circle-half", "plain")
        edge = paint.badge(
            painter, right, centre, row.badge, theme, self.desk.icons, icon,
            "ok" if kind == "ok" else "plain",
        )  # fmt: skip
        head = QRectF(left, y, edge - px(10) - left, px(_HEAD) - px(4))
        paint.line_of_text(painter, head, row.who, theme.font("m", 600), tokens.text)
        y += px(_HEAD)
        words = self._words(row)
        words.draw(painter, left, y, tokens)
        y += words.height + px(8)
        if row.warning:
            y = self._paint_warning(painter, row, left, right, y)
        self._lay(row, "cite").draw(painter, left, y, tokens, tokens.text2)

    def _paint_ground(
        self, painter: QPainter, rect: QRect, row: MatchRow, *, over: bool, focus: bool
    ) -> None:
        tokens, px = self.desk.theme.tokens, self.desk.theme.px
        card = QRectF(rect).adjusted(px(8), 2, -px(8), -3)
        current = self.currentIndex().row() == row.place
        if current or over:
            paint.rounded(painter, card, 6, tokens.hover)
        if focus:
            paint.rounded(painter, card, 6, None, tokens.accent, 1.5)
        if not current and row.place < len(self.rows.rows) - 1:
            y = rect.bottom()
            paint.hairline(painter, px(_MARGIN), rect.right() - px(_MARGIN), y, tokens.line)

    def _paint_warning(
        self, painter: QPainter, row: MatchRow, left: float, right: float, y: float
    ) -> float:
        tokens, px = self.desk.theme.tokens, self.desk.theme.px
        laid = self._warning(row)
        box = QRectF(left, y, right - left, laid.height + px(8))
        paint.rounded(painter, box, 4, tokens.warn_bg)
        sign = QRectF(left + px(8), y + px(4) + (px(_SMALL) - px(14)) / 2, px(14), px(14))
        self.desk.icons.paint(painter, "warning", sign, "warn")
        laid.draw(painter, left + px(30), y + px(4), tokens)
        return y + box.height() + px(6)

    def _words(self, row: MatchRow) -> LaidWords:
        return self._lay(row, "words")

    def _warning(self, row: MatchRow) -> LaidWords:
        return self._lay(row, "warning")

    def _lay(self, row: MatchRow, part: Literal["words", "warning", "cite"]) -> LaidWords:
        """Lay a part of a row out once in the width there is."""
        theme, width = self.desk.theme, self.viewport().width()
        key = (row.place, width, part)
        if key not in self._laid:
            room, small = width - 2 * theme.px(_MARGIN), theme.px(_SMALL)
            if part == "words":
                font = theme.font("l", serif=True)
                made = LaidWords(row.words, font, room, theme.px(_LEADING))
            elif part == "warning":
                words, font = MarkedWords(row.warning), theme.font("s", 500)
                made = LaidWords(words, font, room - theme.px(38), small)
            else:
                made = LaidWords(MarkedWords(row.cite), theme.font("s"), room, small)
            self._laid[key] = made
        return self._laid[key]

    def _go(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.viewport().update()
        self.moved.emit()
