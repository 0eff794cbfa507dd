"""The forms of a phrase and who uses it, as tables: what the plot shows, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from archivist.desk import formats, paint
from archivist.desk.models.wording import name_of
from archivist.desk.views.rows import Row, RowList
from archivist.desk.views.wording_drawing import pen_of

if TYPE_CHECKING:
    from collections.abc import Hashable

    from archivist.archive.wording.results import User, Variant
    from archivist.desk.context import Desk
    from archivist.desk.theme import Theme

_MARGIN: Final = 20
_BOX: Final = 16
_SAMPLE: Final = 24
_ROW: Final = 30
_NAME: Final = 190
"""Px that a form has at least beside both dates; a little less beside one."""


class Cells(NamedTuple):
    """Where the columns of both tables stand; left and right edges, both 0 where left out."""

    name: tuple[float, float]
    uses: tuple[float, float]
    first: tuple[float, float]
    last: tuple[float, float]

    @classmethod
    def of(cls, width: float, theme: Theme) -> Cells:
        """Share out a width."""
        px = theme.px
        metrics = QFontMetricsF(theme.font("s"))
        date = max(metrics.horizontalAdvance(formats.day("2008-09-28")), px(70))
        end = width - px(_MARGIN)
        room = end - px(_MARGIN) - px(56)
        last = first = (0.0, 0.0)
        if room - 2 * date - px(46) >= px(_NAME):
            last = (end - date, end)
            end = last[0] - px(14)
        if room - date - px(32) >= px(_NAME) - px(50):
            first = (end - date - px(18), end)
            end = first[0] - px(14)
        uses = (end - px(48), end)
        return cls((float(px(_MARGIN)), uses[0] - px(8)), uses, first, last)


@dataclass(frozen=True)
class VariantRow(Row):
    """One form of the phrase.

    Attributes:
        place: its place in the list.
        uses: how many times it is used.
        first: date of its first use.
        last: date of its last use.
        where: the record that used it first.
        look: how its line looks; None where it is not drawn.
    """

    place: int = 0
    uses: int = 0
    first: str = ""
    last: str = ""
    where: str = ""
    look: int | None = None

    @classmethod
    def of(cls, place: int, variant: Variant, look: int | None) -> VariantRow:
        """Return the row of a form."""
        first, last = variant.first, variant.last
        return cls(name_of(variant), place, variant.uses, first.date, last.date, first.ref, look)

    @property
    @override
    def key(self) -> Hashable:
        return self.place

    @override
    def spoken(self) -> str:
        drawn = "drawn" if self.look is not None else "not drawn"
        first = formats.day_long(self.first) if self.first else "without a date"
        last = formats.day_long(self.last) if self.last else "without a date"
        uses = formats.counted(self.uses, "use")
        return f"{self.text}, {uses}, {drawn}, first {first} in {self.where}, last {last}"


@dataclass(frozen=True)
class UserRow(Row):
    """Who uses the phrase.

    Attributes:
        uses: how many times.
        first: date of the first use.
        last: date of the last one.
        share: of the uses of whoever uses it most.
        source: whether they are only the source of the records, and nobody is said to say it.
    """

    uses: int = 0
    first: str = ""
    last: str = ""
    share: float = 0.0
    source: bool = False

    @classmethod
    def of(cls, user: User, most: int) -> UserRow:
        """Return the row of somebody."""
        name, share = user.name or "Nobody named", user.uses / most
        source = user.kind == "source"
        return cls(name, user.uses, user.first, user.last, share, source)

    @override
    def spoken(self) -> str:
        dates = dict.fromkeys(formats.day_long(date) for date in (self.first, self.last) if date)
        name = f"{self.text} (source)" if self.source else self.text
        said = [name, formats.counted(self.uses, "use"), " to ".join(dates)]
        return ", ".join(filter(None, said))


class TableHead(QWidget):
    """The names of the columns."""

    def __init__(self, desk: Desk, name: str, indent: float = 0) -> None:
        super().__init__()
        self._theme = desk.theme
        self._name, self._indent = name, indent
        self.setFixedHeight(desk.theme.px(28))
        desk.theme.changed.connect(self.update)

    def rename(self, name: str) -> None:
        """Give the first column another name."""
        self._name = name
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, tokens = QPainter(self), self._theme.px, self._theme.tokens
        cells = Cells.of(self.width(), self._theme)
        indented = (cells.name[0] + px(self._indent), cells.name[1]) if self._indent else cells.name
        flag = px(18)
        first = (cells.first[0] + flag, cells.first[1])
        named = zip(("Uses", "First", "Last"), (cells.uses, first, cells.last), strict=True)
        for label, edges in ((self._name, indented), *named):
            if edges[1] > edges[0]:
                box = QRectF(edges[0], 0, edges[1] - edges[0], self.height())
                font = self._theme.font("xs", 600)
                right = label == "Uses"
                paint.line_of_text(painter, box, label, font, tokens.text3, right=right)
        edge = self.height() - 1
        paint.hairline(painter, px(_MARGIN), self.width() - px(_MARGIN), edge, tokens.edge)


class _Table(RowList):
    """What both tables draw alike."""

    @override
    def height_of(self, row: Row) -> int:
        return self.desk.theme.px(_ROW)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        """Tell a name that is cut in full."""
        if isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            said = self.row_at(index).text if index.isValid() else ""
            QToolTip.showText(event.globalPos(), said, self)
            return True
        return super().viewportEvent(event)

    def _cell(self, rect: QRect, edges: tuple[float, float]) -> QRectF:
        return QRectF(rect.left() + edges[0], rect.top(), edges[1] - edges[0], rect.height())

    def _paint_ground(self, painter: QPainter, rect: QRect, *, over: bool, current: bool) -> None:
        tokens, px = self.desk.theme.tokens, self.desk.theme.px
        card = QRectF(rect).adjusted(px(8), 0, -px(8), -1)
        if current:
            paint.rounded(painter, card, 6, tokens.sel if self.hasFocus() else tokens.sel_off)
        elif over:
            paint.rounded(painter, card, 6, tokens.hover)
        if current and self.hasFocus():
            paint.rounded(painter, card, 6, None, tokens.accent, 1.5)

    def _paint_date(
        self, painter: QPainter, rect: QRect, edges: tuple[float, float], date: str
    ) -> None:
        if edges[1] > edges[0]:
            theme = self.desk.theme
            said = formats.day(date) if date else "No date"
            box = self._cell(rect, edges)
            paint.line_of_text(painter, box, said, theme.font("s"), theme.tokens.text2)

    def _paint_uses(self, painter: QPainter, rect: QRect, cells: Cells, uses: int) -> None:
        theme = self.desk.theme
        box = self._cell(rect, cells.uses)
        said = formats.number(uses)
        paint.line_of_text(painter, box, said, theme.font("m", 500), theme.tokens.text, right=True)


class VariantList(_Table):
    """The forms of the phrase; what is ticked is drawn.

    Signals:
        ticked: place of a form that is to be drawn, or no longer.
        chosen: place of the form whose uses are to be shown.
        first_asked: place of a form whose first record is to be read.
        entered: Enter: the keyboard goes to its uses.
    """

    ticked = Signal(int)
    chosen = Signal(int)
    first_asked = Signal(int)
    entered = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAccessibleName("Forms of the phrase")
        self.selectionModel().currentChanged.connect(self._moved)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, F opens the first record, Enter goes to the uses."""
        row = self.currentIndex().row()
        key = Qt.Key(event.key())
        if row < 0 or event.modifiers():
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            self.ticked.emit(row)
        elif key == Qt.Key.Key_F:
            self.first_asked.emit(row)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of this list, or belong to the search field."""

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        cells, x = Cells.of(self.viewport().width(), self.desk.theme), event.position().x()
        if x < cells.name[0] + self.desk.theme.px(_BOX + _SAMPLE + 8):
            self.ticked.emit(index.row())
        elif cells.first[0] <= x <= cells.first[0] + self.desk.theme.px(16):
            self.first_asked.emit(index.row())

    @override
    def paint_row(
        self, painter: QPainter, rect: QRect, row: Row, *, over: bool, focus: bool
    ) -> None:
        if not isinstance(row, VariantRow):
            return
        theme, px = self.desk.theme, self.desk.theme.px
        current = self.currentIndex().row() == row.place
        self._paint_ground(painter, rect, over=over, current=current)
        cells = Cells.of(rect.width(), theme)
        box = self._cell(rect, cells.name)
        tick = QRectF(box.left(), box.center().y() - px(_BOX) / 2, px(_BOX), px(_BOX))
        paint.check_box(painter, tick, "on" if row.look is not None else "off", theme.tokens)
        if row.look is not None:
            self._paint_sample(painter, tick, row.look)
        box.setLeft(tick.right() + px(_SAMPLE + 18))
        font = theme.font("m", 500 if current else 400)
        shown = _cut(row.text, self._phrase(), font, box.width())
        paint.line_of_text(painter, box, shown, font, theme.tokens.text)
        self._paint_uses(painter, rect, cells, row.uses)
        if cells.first[1]:
            flag = QRectF(cells.first[0], rect.center().y() - px(6), px(13), px(13))
            self.desk.icons.paint(painter, "flag", flag, "accent")
        first = (cells.first[0] + px(18), cells.first[1])
        self._paint_date(painter, rect, first, row.first)
        self._paint_date(painter, rect, cells.last, row.last)

    def _phrase(self) -> str:
        """Return the phrase itself, which stands first."""
        return self.rows.rows[0].text

    def _paint_sample(self, painter: QPainter, tick: QRectF, look: int) -> None:
        px, y = self.desk.theme.px, round(tick.center().y())
        painter.setPen(pen_of(look, self.desk.theme.tokens))
        start = tick.right() + px(8)
        painter.drawLine(QPointF(start, y), QPointF(start + px(_SAMPLE), y))

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(now.row())


class UserList(_Table):
    """Who uses the phrase, with bars."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAccessibleName("Who uses the phrase")

    @override
    def paint_row(
        self, painter: QPainter, rect: QRect, row: Row, *, over: bool, focus: bool
    ) -> None:
        if not isinstance(row, UserRow):
            return
        theme, px = self.desk.theme, self.desk.theme.px
        self._paint_ground(painter, rect, over=over, current=focus)
        cells = Cells.of(rect.width(), theme)
        box = self._cell(rect, cells.name)
        bar = min(px(60), box.width() * 0.22)
        place = QRectF(box.right() - bar, box.center().y() - px(3), bar * row.share, px(6))
        paint.rounded(painter, place, 2, theme.tokens.bar)
        box.setRight(box.right() - bar - px(10))
        self._paint_name(painter, box, row)
        self._paint_uses(painter, rect, cells, row.uses)
        self._paint_date(painter, rect, (cells.first[0] + px(18), cells.first[1]), row.first)
        self._paint_date(painter, rect, cells.last, row.last)

    def _paint_name(self, painter: QPainter, box: QRectF, row: UserRow) -> None:
        """Write a name; that of a source says so."""
        theme, tokens = self.desk.theme, self.desk.theme.tokens
        if row.source:
            small = theme.font("s")
            wide = QFontMetricsF(small).horizontalAdvance("source") + 1
            aside = QRectF(box.right() - wide, box.top(), wide, box.height())
            paint.line_of_text(painter, aside, "source", small, tokens.text3)
            box.setRight(aside.left() - theme.px(8))
        paint.line_of_text(
            painter, box, row.text, theme.font("m"), tokens.text2 if row.source else tokens.text
        )


def _cut(text: str, phrase: str, font: QFont, width: float) -> str:
    """Cut a form at the end at which it does not differ from the phrase."""
    if text == phrase or not text.startswith(phrase):
        return text
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideLeft, width)
