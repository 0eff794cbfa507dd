"""How many records each year has, and the span of years that is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from archivist.desk import formats, paint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archivist.desk.context import Desk

HEIGHT: Final = 76
Span = tuple[int, int]
_STEPS: Final = (1, 2, 5, 10, 25, 50, 100)
_NARROWEST: Final = 3.0
_WIDEST: Final = 48.0
_TICKS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of years and how many records fall into it."""

    first: int
    last: int
    count: int


def bars(counts: dict[int, int], width: float) -> list[Bar]:
    """Gather years into bars that are wide enough to be seen, without gaps."""
    if not counts:
        return []
    first, last = min(counts), max(counts)
    for step in _STEPS:
        start = first - first % step
        number = (last - start) // step + 1
        if width / number >= _NARROWEST:
            break
    else:
        step, start = _STEPS[-1], first - first % _STEPS[-1]
        number = (last - start) // step + 1
    sums = [0] * number
    for year, count in counts.items():
        sums[(year - start) // step] += count
    return [
        Bar(start + place * step, start + (place + 1) * step - 1, count)
        for place, count in enumerate(sums)
    ]


class Timeline(QWidget):
    """A histogram by year with a brush.

    Signals:
        range_changed: the (first, last) year asked for, or None for all years.
    """

    range_changed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = desk.theme
        self._counts: dict[int, int] = {}
        self._span: Span | None = None
        self._drawn: Span | None = None
        self._grip = ""
        self._anchor = 0
        self._cursor = 0
        self._hovered = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setFixedHeight(desk.theme.px(HEIGHT))
        self.setAccessibleName("Records by year")
        self._theme.changed.connect(self._dress)
        self._describe()

    def show_years(self, counts: Iterable[tuple[int, int]], span: Span | None) -> None:
        """Show counts by year and the span the query asks for."""
        self._counts = dict(counts)
        self._span, self._drawn = span, None
        if self._counts and not min(self._counts) <= self._cursor <= max(self._counts):
            self._cursor = span[0] if span else max(self._counts)
        self._describe()
        self.update()

    def years(self) -> Span | None:
        """Return the first and last year shown."""
        return (min(self._counts), max(self._counts)) if self._counts else None

    def counts(self) -> dict[int, int]:
        """Return the counts shown, by year."""
        return self._counts

    def span(self) -> Span | None:
        """Return the years asked for, as drawn now."""
        return self._drawn or self._span

    def told(self) -> str:
        """Return the number of the year under the mouse or the keyboard's cursor, in words."""
        year = self._told_year()
        return self._told(self._bar_of(year)) if year else ""

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(400), self._theme.px(HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self._theme.tokens.base)
        found = self._bars()
        if not found:
            return
        self._paint_brush(painter, found)
        self._paint_bars(painter, found)
        self._paint_axis(painter, found)
        self._paint_handles(painter, found)
        self._paint_told(painter)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._counts:
            return
        year = self._year_at(event.position().x())
        self._grip = self._grip_at(event.position().x())
        self._anchor = self._cursor = year
        if self._grip == "new":
            self._drawn = None
        self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._counts:
            return
        x = event.position().x()
        self._hovered = self._year_at(x)
        if self._grip:
            self._drag(self._hovered)
        else:
            sides = self._grip_at(x) in {"first", "last"}
            self.setCursor(Qt.CursorShape.SizeHorCursor if sides else Qt.CursorShape.ArrowCursor)
        self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._grip or not self._counts:
            return
        grip, self._grip = self._grip, ""
        if self._drawn is None and grip in {"new", "inside"}:
            bar = self._bar_of(self._anchor)
            clicked = (bar.first, bar.last)
            self._ask(None if clicked == self._span else clicked)
        elif self._drawn is not None and self._drawn != self._span:
            self._ask(self._drawn)
        self._drawn = None
        self.update()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._grip = ""
        self._ask(None)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = 0
        self.update()
        super().leaveEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._counts or not self._pressed(event):
            super().keyPressEvent(event)
        self._describe()
        self.update()

    def _pressed(self, event: QKeyEvent) -> bool:
        """Move by the arrows, widen with Shift, set with Enter, clear with Delete."""
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        first, last = min(self._counts), max(self._counts)
        step = self._bars()[0].last - self._bars()[0].first + 1
        places = {
            Qt.Key.Key_Left: self._cursor - step,
            Qt.Key.Key_Right: self._cursor + step,
            Qt.Key.Key_Home: first,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if key in places:
            self._move_to(max(first, min(last, places[key])), widen=shifted)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            bar = self._bar_of(self._cursor)
            self._ask(self._drawn or (bar.first, bar.last))
            self._drawn = None
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._ask(None)
        else:
            return False
        return True

    def _move_to(self, year: int, *, widen: bool) -> None:
        if widen:
            start = self._anchor if self._drawn else self._cursor
            self._anchor = start
            self._drawn = (min(start, year), max(start, year))
        else:
            self._drawn = None
        self._cursor = year

    def _ask(self, span: Span | None) -> None:
        self._span = span
        self._drawn = None
        self._describe()
        self.update()
        self.range_changed.emit(span)

    def _drag(self, year: int) -> None:
        if self._grip == "new" and year != self._anchor:
            self._drawn = (min(year, self._anchor), max(year, self._anchor))
        elif self._span is not None and self._grip != "new":
            self._drawn = self._moved(self._span, year)
        self._cursor = year

    def _moved(self, span: Span, year: int) -> Span | None:
        first, last = span
        match self._grip:
            case "first":
                return (min(year, last), last)
            case "last":
                return (first, max(year, first))
            case _:
                by = year - self._anchor
                return (first + by, last + by) if by or self._drawn else None

    def _grip_at(self, x: float) -> str:
        span = self._span
        if span is None:
            return "new"
        left, right = self._edges(span)
        reach = self._theme.px(6)
        if abs(x - left) <= reach:
            return "first"
        if abs(x - right) <= reach:
            return "last"
        return "inside" if left < x < right else "new"

    def _plot(self) -> QRectF:
        px = self._theme.px
        wide = self.width() - 2 * px(20)
        return QRectF(px(20), px(8), max(1, wide), self.height() - px(8) - px(23))

    def _bars(self) -> list[Bar]:
        return bars(self._counts, self._plot().width())

    def _pitch(self, found: list[Bar]) -> float:
        return min(self._theme.px(_WIDEST), self._plot().width() / len(found))

    def _x(self, year: float) -> float:
        found = self._bars()
        years = found[0].last - found[0].first + 1
        return self._plot().left() + (year - found[0].first) / years * self._pitch(found)

    def _year_at(self, x: float) -> int:
        found = self._bars()
        years = found[0].last - found[0].first + 1
        place = (x - self._plot().left()) / self._pitch(found)
        year = found[0].first + int(place * years)
        return max(found[0].first, min(found[-1].last, year))

    def _bar_of(self, year: int) -> Bar:
        found = self._bars()
        return next((bar for bar in found if bar.first <= year <= bar.last), found[-1])

    def _edges(self, span: Span) -> Span | tuple[float, float]:
        found = self._bars()
        first = max(span[0], found[0].first)
        last = min(span[1], found[-1].last)
        return self._x(first), self._x(max(first, last) + 1)

    def _paint_brush(self, painter: QPainter, found: list[Bar]) -> None:
        span = self.span()
        if span is None or not _meets(span, found):
            return
        left, right = self._edges(span)
        plot = self._plot()
        ground = QColor(self._theme.tokens.sel)
        ground.setAlpha(150)
        painter.fillRect(QRectF(left, plot.top(), right - left, plot.height()), ground)

    def _paint_bars(self, painter: QPainter, found: list[Bar]) -> None:
        tokens, plot, pitch = self._theme.tokens, self._plot(), self._pitch(found)
        most = max(bar.count for bar in found) or 1
        span = self.span()
        gap = 1.5 if pitch > 2 * _NARROWEST else 0.75
        room = plot.height() - self._theme.px(10)
        for place, bar in enumerate(found):
            if not bar.count:
                continue
            inside = span is not None and bar.first <= span[1] and bar.last >= span[0]
            tall = max(2.0, room * bar.count / most)
            box = QRectF(plot.left() + place * pitch, plot.bottom() - tall, pitch - gap, tall)
            painter.fillRect(box, tokens.accent if inside else tokens.bar)

    def _paint_axis(self, painter: QPainter, found: list[Bar]) -> None:
        tokens, plot = self._theme.tokens, self._plot()
        end = plot.left() + self._pitch(found) * len(found)
        paint.hairline(painter, plot.left(), end, plot.bottom() + 2, tokens.line)
        metrics = QFontMetricsF(self._theme.font("xs", 600))
        room = metrics.horizontalAdvance("2000") + self._theme.px(16)
        first, last = found[0].first, found[-1].last
        step = next((s for s in _TICKS if self._x(first + s) - self._x(first) >= room), 1000)
        span = self.span()
        year = first + (-first % step)
        while year <= last:
            inside = span is not None and span[0] <= year <= span[1]
            painter.setFont(self._theme.font("xs", 600 if inside else 400))
            painter.setPen(tokens.text if inside else tokens.text2)
            text = str(year)
            wide = metrics.horizontalAdvance(text)
            x = max(plot.left(), self._x(year) - wide / 2 + self._pitch(found) / 2)
            x = min(x, self.width() - self._theme.px(20) - wide)
            painter.drawText(QPointF(x, self.height() - self._theme.px(7)), text)
            year += step

    def _paint_handles(self, painter: QPainter, found: list[Bar]) -> None:
        span = self.span()
        tokens, plot, px = self._theme.tokens, self._plot(), self._theme.px
        if span is not None and _meets(span, found):
            for x in self._edges(span):
                painter.fillRect(QRectF(x - 1, plot.top(), 2, plot.height() + 2), tokens.accent)
                grip = QRectF(x - px(3), plot.center().y() - px(7) + 2, px(6), px(14))
                paint.rounded(painter, grip, px(3), tokens.paper, tokens.accent, 1.4)
        if self.hasFocus():
            x = self._x(self._cursor + 0.5)
            painter.fillRect(QRectF(x - 1, plot.top(), 2, plot.height() + 2), tokens.text)
            ring = QRectF(self.rect()).adjusted(px(12), 2, -px(12), -2)
            paint.focus_ring(painter, ring, 6, tokens)

    def _paint_told(self, painter: QPainter) -> None:
        """Draw what is told beside its year."""
        year, text = self._told_year(), self.told()
        if not text:
            return
        tokens, theme = self._theme.tokens, self._theme
        font = theme.font("xs", 500)
        wide = QFontMetricsF(font).horizontalAdvance(text) + theme.px(12)
        x = min(max(theme.px(14), self._x(year) - wide / 2), self.width() - wide - theme.px(14))
        box = QRectF(x, 1, wide, theme.px(18))
        paint.rounded(painter, box, 4, tokens.paper, tokens.edge)
        painter.setFont(font)
        painter.setPen(tokens.text)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)

    def _told_year(self) -> int:
        return self._hovered or (self._cursor if self.hasFocus() else 0)

    def _told(self, bar: Bar) -> str:
        years = str(bar.first) if bar.first == bar.last else f"{bar.first}\u2013{bar.last}"
        return f"{years}: {formats.counted(bar.count, 'record')}"

    def _describe(self) -> None:
        """Tell screen readers what is drawn."""
        if not self._counts:
            self.setAccessibleDescription("No dated records.")
            return
        first, last = min(self._counts), max(self._counts)
        said = f"{first} to {last}, {formats.counted(sum(self._counts.values()), 'record')}. "
        if span := self.span():
            said += f"Chosen: {span[0]} to {span[1]}. "
        said += f"At {self._told(self._bar_of(self._cursor or last))}."
        self.setAccessibleDescription(said)

    def _dress(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self.update()


def _meets(span: Span, found: list[Bar]) -> bool:
    return span[0] <= found[-1].last and span[1] >= found[0].first
