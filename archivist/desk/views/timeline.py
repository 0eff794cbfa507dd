"""How many records each year or month has, and the span of them that is asked for."""

from __future__ import annotations

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
from archivist.desk.models import axis

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archivist.desk.context import Desk
    from archivist.desk.models.axis import Bar, Span
    from archivist.model.dates import DateRange

HEIGHT: Final = 76
_WIDEST: Final = 48.0


class Timeline(QWidget):
    """A histogram with a brush: by years, and by months where few years are shown.

    Signals:
        range_changed: the `DateRange` asked for, or None for all dates.
        zoom_changed: it can be shown by months now, or no longer, or is.
    """

    range_changed = Signal(object)
    zoom_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = desk.theme
        self._years: dict[int, int] = {}
        self._months: dict[int, int] = {}
        self._asked: DateRange | None = None
        self._zoomed: Span | None = None
        self._drawn: Span | None = None
        self._shown = 0
        self._kept: tuple[tuple[int, float, Span | None], list[Bar]] | None = None
        self._grip = ""
        self._anchor = 0
        self._cursor = 0
        self._hovered = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setFixedHeight(desk.theme.px(HEIGHT))
        self._theme.changed.connect(self._dress)
        self._describe()

    # What is shown

    def show_counts(
        self,
        years: Iterable[tuple[int, int]],
        months: Iterable[tuple[int, int]] = (),
        asked: DateRange | None = None,
    ) -> None:
        """Show counts by year and by month, and the range the query asks for."""
        self._years, self._months = dict(years), dict(months)
        self._shown += 1
        self._asked, self._drawn = asked, None
        if self._zoomed and not self._zoom_holds():
            self._zoomed = None
        slots = self.counts()
        if slots and not min(slots) <= self._cursor <= max(slots):
            span = self.span()
            self._cursor = max(min(slots), min(max(slots), span[0] if span else max(slots)))
        self._renew()

    def by_months(self) -> bool:
        """Whether every bar is a month."""
        return bool(self._months) and (self._zoomed is not None or self._is_short())

    def can_zoom(self) -> bool:
        """Whether the years asked for are few enough to be shown by months, and are not yet."""
        return not self.by_months() and self._zoom_span() is not None

    def zoomed(self) -> bool:
        """Whether months are shown of some years only."""
        return self._zoomed is not None

    def zoom(self, *, close: bool) -> None:
        """Show the months of the years asked for, or all years again."""
        self._zoomed = self._zoom_span() if close else None
        self._drawn = None
        slots = self.counts()
        if slots:
            span = self.span()
            self._cursor = max(min(slots), min(max(slots), span[0] if span else max(slots)))
        self._renew()

    def years(self) -> Span | None:
        """Return the first and last year there are records of."""
        return (min(self._years), max(self._years)) if self._years else None

    def years_shown(self) -> dict[int, int]:
        """Return the counts by year."""
        return self._years

    def months_shown(self) -> dict[int, int]:
        """Return the counts by month, by slot."""
        return self._months

    def counts(self) -> dict[int, int]:
        """Return the counts shown, by slot."""
        if not self.by_months():
            return self._years
        if self._zoomed is None:
            return self._months
        first, last = self._zoomed
        shown = {slot: n for slot, n in self._months.items() if first <= slot // 12 <= last}
        return {12 * first: 0, 12 * last + 11: 0} | shown

    def span(self) -> Span | None:
        """Return the slots asked for, as drawn now."""
        if self._drawn is not None or self._asked is None:
            return self._drawn
        return axis.span_of(self._asked, months=self.by_months())

    def told(self) -> str:
        """Return the number of the bar under the mouse or the keyboard's cursor, in words."""
        slot = self._told_slot()
        return self._told(self._bar_of(slot)) if slot else ""

    def unplaced(self) -> int:
        """Return how many records of the years shown by month have no month."""
        if not self.by_months():
            return 0
        first, last = self._zoomed or self.years() or (0, 0)
        dated = sum(n for year, n in self._years.items() if first <= year <= last)
        return max(0, dated - sum(self.counts().values()))

    def _is_short(self) -> bool:
        years = self.years()
        return years is not None and years[1] - years[0] < axis.SHORT

    def _zoom_span(self) -> Span | None:
        """Return the years that can be shown by months: those asked for, where they are few."""
        if self._asked is None or not self._months:
            return None
        first, last = axis.span_of(self._asked, months=False)
        return (first, last) if last - first < axis.SHORT else None

    def _zoom_holds(self) -> bool:
        if self._asked is None or self._zoomed is None or not self._months:
            return False
        first, last = axis.span_of(self._asked, months=False)
        return self._zoomed[0] <= first and last <= self._zoomed[1]

    def _renew(self) -> None:
        self._hovered = 0
        self._describe()
        self.update()
        self.zoom_changed.emit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(400), self._theme.px(HEIGHT))

    # The mouse

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._years:
            return
        self._grip = self._grip_at(event.position().x())
        self._anchor = self._cursor = self._slot_at(event.position().x())
        if self._grip == "new":
            self._drawn = None
        self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._years:
            return
        x = event.position().x()
        self._hovered = self._slot_at(x)
        if self._grip:
            self._drag(self._hovered)
        else:
            sides = self._grip_at(x) in {"first", "last"}
            self.setCursor(Qt.CursorShape.SizeHorCursor if sides else Qt.CursorShape.ArrowCursor)
        self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._grip or not self._years:
            return
        grip, self._grip = self._grip, ""
        if self._drawn is None and grip in {"new", "inside"}:
            bar = self._bar_of(self._anchor)
            clicked = (bar.first, bar.last)
            self._ask(None if clicked == self.span() else clicked)
        elif self._drawn is not None:
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

    def _drag(self, slot: int) -> None:
        span = self._asked and axis.span_of(self._asked, months=self.by_months())
        if self._grip == "new" and slot != self._anchor:
            self._drawn = (min(slot, self._anchor), max(slot, self._anchor))
        elif span and self._grip != "new":
            self._drawn = self._moved(span, slot)
        self._cursor = slot

    def _moved(self, span: Span, slot: int) -> Span | None:
        first, last = span
        match self._grip:
            case "first":
                return (min(slot, last), last)
            case "last":
                return (first, max(slot, first))
            case _:
                by = slot - self._anchor
                return (first + by, last + by) if by or self._drawn else None

    def _grip_at(self, x: float) -> str:
        if self._asked is None:
            return "new"
        left, right = self._edges()
        reach = self._theme.px(6)
        if abs(x - left) <= reach:
            return "first"
        if abs(x - right) <= reach:
            return "last"
        return "inside" if left < x < right else "new"

    # The keyboard

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
        if not self._years or not self._pressed(event):
            super().keyPressEvent(event)
        self._describe()
        self.update()

    def _pressed(self, event: QKeyEvent) -> bool:
        """Move by the arrows, widen with Shift, set with Enter, clear with Delete, zoom by + -."""
        key = Qt.Key(event.key())
        if (place := self._place_of(key)) is not None:
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._move_to(place, widen=shifted)
            return True
        match key:
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                bar = self._bar_of(self._cursor)
                self._ask(self._drawn or (bar.first, bar.last))
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self._ask(None)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal if self.can_zoom():
                self.zoom(close=True)
            case Qt.Key.Key_Minus if self.zoomed():
                self.zoom(close=False)
            case Qt.Key.Key_Escape if self._drawn:
                self._drawn = None
            case _:
                return False
        return True

    def _place_of(self, key: Qt.Key) -> int | None:
        """Return where a key leads to on the axis, or None."""
        found = self._bars()
        first, last = found[0].first, found[-1].last
        step = found[0].last - first + 1
        far = 12 if self.by_months() else 10
        places = {
            Qt.Key.Key_Left: self._cursor - step,
            Qt.Key.Key_Right: self._cursor + step,
            Qt.Key.Key_PageUp: self._cursor - far,
            Qt.Key.Key_PageDown: self._cursor + far,
            Qt.Key.Key_Home: min(self.counts()),
            Qt.Key.Key_End: max(self.counts()),
        }
        return max(first, min(last, places[key])) if key in places else None

    def _move_to(self, slot: int, *, widen: bool) -> None:
        if widen:
            start = self._anchor if self._drawn else self._cursor
            self._anchor = start
            self._drawn = (min(start, slot), max(start, slot))
        else:
            self._drawn = None
        self._cursor = slot

    def _ask(self, span: Span | None) -> None:
        self._asked = None if span is None else axis.dates_of(span, months=self.by_months())
        self._drawn = None
        self._describe()
        self.update()
        self.range_changed.emit(self._asked)

    # Where things stand

    def _plot(self) -> QRectF:
        px = self._theme.px
        wide = self.width() - 2 * px(20)
        return QRectF(px(20), px(8), max(1, wide), self.height() - px(8) - px(23))

    def _bars(self) -> list[Bar]:
        """Return the bars; kept until other counts or another width make others."""
        key = (self._shown, self._plot().width(), self._zoomed)
        if self._kept is None or self._kept[0] != key:
            found = axis.bars(self.counts(), self._plot().width(), months=self.by_months())
            self._kept = (key, found)
        return self._kept[1]

    def _pitch(self, found: list[Bar]) -> float:
        return min(self._theme.px(_WIDEST), self._plot().width() / len(found))

    def _x(self, slot: float) -> float:
        found = self._bars()
        slots = found[0].last - found[0].first + 1
        return self._plot().left() + (slot - found[0].first) / slots * self._pitch(found)

    def _slot_at(self, x: float) -> int:
        found = self._bars()
        slots = found[0].last - found[0].first + 1
        place = (x - self._plot().left()) / self._pitch(found)
        slot = found[0].first + int(place * slots)
        return max(found[0].first, min(found[-1].last, slot))

    def _bar_of(self, slot: int) -> Bar:
        found = self._bars()
        return next((bar for bar in found if bar.first <= slot <= bar.last), found[-1])

    def _ends(self) -> tuple[float, float] | None:
        """Return where the span begins and ends, in slots, or None."""
        if self._drawn is not None:
            return self._drawn[0], self._drawn[1] + 1
        if self._asked is None:
            return None
        return axis.edges_of(self._asked, months=self.by_months())

    def _edges(self) -> tuple[float, float]:
        found, ends = self._bars(), self._ends() or (0.0, 0.0)
        low, high = found[0].first, found[-1].last + 1
        return self._x(max(low, min(high, ends[0]))), self._x(max(low, min(high, ends[1])))

    def _in_sight(self, found: list[Bar]) -> bool:
        ends = self._ends()
        return ends is not None and ends[0] < found[-1].last + 1 and ends[1] > found[0].first

    # How it looks

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

    def _paint_brush(self, painter: QPainter, found: list[Bar]) -> None:
        if not self._in_sight(found):
            return
        left, right = self._edges()
        plot = self._plot()
        ground = QColor(self._theme.tokens.sel)
        ground.setAlpha(150)
        painter.fillRect(QRectF(left, plot.top(), right - left, plot.height()), ground)

    def _paint_bars(self, painter: QPainter, found: list[Bar]) -> None:
        tokens, plot, pitch = self._theme.tokens, self._plot(), self._pitch(found)
        most = max(bar.count for bar in found) or 1
        span = self.span()
        gap = 1.5 if pitch > 2 * axis.NARROWEST else 0.75
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
        first, last, months = found[0].first, found[-1].last, self.by_months()
        steps = axis.ticks(months=months)
        step = next((s for s in steps if self._x(first + s) - self._x(first) >= room), steps[-1])
        span = self.span()
        slot = first + (-first % step)
        while slot <= last:
            inside = span is not None and span[0] <= slot <= span[1]
            self._paint_tick(painter, slot, metrics, strong=inside)
            slot += step

    def _paint_tick(
        self, painter: QPainter, slot: int, metrics: QFontMetricsF, *, strong: bool
    ) -> None:
        """Write a year, or a month: January has the name of its year."""
        tokens, plot, months = self._theme.tokens, self._plot(), self.by_months()
        january = months and slot % 12 == 0
        text = str(slot // 12 if january else slot)
        if months and not january:
            text = formats.month(slot % 12 + 1)
        painter.setFont(self._theme.font("xs", 600 if strong or january else 400))
        painter.setPen(tokens.text if strong or january else tokens.text2)
        wide = metrics.horizontalAdvance(text)
        pitch = self._pitch(self._bars())
        x = max(plot.left(), self._x(slot) - wide / 2 + pitch / 2)
        x = min(x, self.width() - self._theme.px(20) - wide)
        painter.drawText(QPointF(x, self.height() - self._theme.px(7)), text)

    def _paint_handles(self, painter: QPainter, found: list[Bar]) -> None:
        tokens, plot, px = self._theme.tokens, self._plot(), self._theme.px
        if self._in_sight(found):
            for x in self._edges():
                painter.fillRect(QRectF(x - 1, plot.top(), 2, plot.height() + 2), tokens.accent)
                grip = QRectF(x - px(3), plot.center().y() - px(7) + 2, px(6), px(14))
                paint.rounded(painter, grip, px(3), tokens.paper, tokens.accent, 1.4)
        if self.hasFocus():
            x = self._x(self._cursor + 0.5)
            painter.fillRect(QRectF(x - 1, plot.top(), 2, plot.height() + 2), tokens.text)
            ring = QRectF(self.rect()).adjusted(px(12), 2, -px(12), -2)
            paint.focus_ring(painter, ring, 6, tokens)

    def _paint_told(self, painter: QPainter) -> None:
        """Draw what is told beside its bar; else how many records have no month."""
        text, theme = self.told(), self._theme
        font = theme.font("xs", 500)
        metrics = QFontMetricsF(font)
        if not text:
            if count := self.unplaced():
                room = QRectF(self.rect()).adjusted(theme.px(20), 0, -theme.px(20), 0)
                room.setHeight(theme.px(16))
                said = f"{formats.counted(count, 'record')} without a month"
                font, colour = theme.font("xs"), theme.tokens.text2
                paint.line_of_text(painter, room, said, font, colour, right=True)
            return
        wide = metrics.horizontalAdvance(text) + theme.px(12)
        x = self._x(self._told_slot()) - wide / 2
        x = min(max(theme.px(14), x), self.width() - wide - theme.px(14))
        box = QRectF(x, 1, wide, theme.px(18))
        paint.rounded(painter, box, 4, theme.tokens.paper, theme.tokens.edge)
        painter.setFont(font)
        painter.setPen(theme.tokens.text)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)

    def _told_slot(self) -> int:
        return self._hovered or (self._cursor if self.hasFocus() and self._years else 0)

    def _told(self, bar: Bar) -> str:
        first, last = self._name(bar.first), self._name(bar.last)
        when = first if bar.first == bar.last else f"{first}\u2013{last}"
        return f"{when}: {formats.counted(bar.count, 'record')}"

    def _name(self, slot: int) -> str:
        if not self.by_months():
            return str(slot)
        return formats.day(str(axis.date_of(slot, months=True)))

    def _describe(self) -> None:
        """Tell screen readers what is drawn."""
        self.setAccessibleName("Records by month" if self.by_months() else "Records by year")
        if not self._years:
            self.setAccessibleDescription("No dated records.")
            return
        slots = self.counts()
        said = f"{self._name(min(slots))} to {self._name(max(slots))}, "
        said += f"{formats.counted(sum(slots.values()), 'record')}. "
        if span := self.span():
            said += f"Chosen: {self._name(span[0])} to {self._name(span[1])}. "
        said += f"At {self._told(self._bar_of(self._cursor or max(slots)))}."
        self.setAccessibleDescription(said)

    def _dress(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self.update()
