"""How the timeline is drawn: bars on an axis, the span asked for as a brush over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from archivist.desk import formats, paint
from archivist.desk.models import axis

if TYPE_CHECKING:
    from archivist.desk.models.axis import Bar
    from archivist.desk.models.histogram import Histogram
    from archivist.desk.theme import Theme

HEIGHT: Final = 76
_WIDEST: Final = 48.0


class Scale(NamedTuple):
    """Where slots stand on the picture; there is at least one bar.

    Attributes:
        bars: in the order of time.
        plot: the room for them, in px.
        pitch: px from one bar to the next.
    """

    bars: list[Bar]
    plot: QRectF
    pitch: float

    @classmethod
    def of(cls, bars: list[Bar], plot: QRectF, theme: Theme) -> Scale:
        """Place bars in the room there is, none wider than it looks well."""
        return cls(bars, plot, min(theme.px(_WIDEST), plot.width() / len(bars)))

    def x(self, slot: float) -> float:
        """Return where a slot begins."""
        first = self.bars[0]
        slots = first.last - first.first + 1
        return self.plot.left() + (slot - first.first) / slots * self.pitch

    def slot_at(self, x: float) -> int:
        """Return the slot that stands at a place, or the nearest one."""
        first, last = self.bars[0], self.bars[-1]
        place = (x - self.plot.left()) / self.pitch
        slot = first.first + int(place * (first.last - first.first + 1))
        return max(first.first, min(last.last, slot))

    def bar_of(self, slot: int) -> Bar:
        """Return the bar a slot is in, or the last one."""
        found = (bar for bar in self.bars if bar.first <= slot <= bar.last)
        return next(found, self.bars[-1])

    def edges(self, ends: tuple[float, float] | None) -> tuple[float, float]:
        """Return where a span begins and ends, as far as it can be seen."""
        low, high = self.bars[0].first, self.bars[-1].last + 1
        first, last = ends or (0.0, 0.0)
        return self.x(max(low, min(high, first))), self.x(max(low, min(high, last)))

    def shows(self, ends: tuple[float, float] | None) -> bool:
        """Whether any of a span is in sight."""
        first, last = self.bars[0].first, self.bars[-1].last + 1
        return ends is not None and ends[0] < last and ends[1] > first


def plot_of(width: int, height: int, theme: Theme) -> QRectF:
    """Return the room for bars in a picture of this size."""
    px = theme.px
    return QRectF(px(20), px(8), max(1, width - 2 * px(20)), height - px(8) - px(23))


class Drawing:
    """Draws a histogram; made anew for every picture.

    Args:
        painter: of the picture.
        scale: where the slots stand.
        shown: what is counted.
        theme: colours, fonts and sizes.
    """

    def __init__(self, painter: QPainter, scale: Scale, shown: Histogram, theme: Theme) -> None:
        self._painter = painter
        self._scale = scale
        self._shown = shown
        self._theme = theme

    def draw_histogram(self) -> None:
        """Draw the brush, the bars over it, and the axis under them."""
        self._draw_brush()
        self._draw_bars()
        self._draw_axis()

    def draw_handles(self) -> None:
        """Draw the sides of the brush, which can be taken hold of."""
        tokens, plot, px = self._theme.tokens, self._scale.plot, self._theme.px
        ends = self._shown.ends()
        if not self._scale.shows(ends):
            return
        for x in self._scale.edges(ends):
            side = QRectF(x - 1, plot.top(), 2, plot.height() + 2)
            self._painter.fillRect(side, tokens.accent)
            grip = QRectF(x - px(3), plot.center().y() - px(7) + 2, px(6), px(14))
            paint.rounded(self._painter, grip, px(3), tokens.paper, tokens.accent, 1.4)

    def draw_focus(self, room: QRectF, cursor: int) -> None:
        """Draw the keyboard's cursor at a slot, and the ring around the picture."""
        tokens, plot, px = self._theme.tokens, self._scale.plot, self._theme.px
        x = self._scale.x(cursor + 0.5)
        self._painter.fillRect(QRectF(x - 1, plot.top(), 2, plot.height() + 2), tokens.text)
        ring = room.adjusted(px(12), 2, -px(12), -2)
        paint.focus_ring(self._painter, ring, 6, tokens)

    def draw_told(self, room: QRectF, text: str, slot: int) -> None:
        """Draw what is told beside its bar."""
        theme, font = self._theme, self._theme.font("xs", 500)
        wide = QFontMetricsF(font).horizontalAdvance(text) + theme.px(12)
        x = self._scale.x(slot) - wide / 2
        x = min(max(theme.px(14), x), room.width() - wide - theme.px(14))
        box = QRectF(x, 1, wide, theme.px(18))
        paint.rounded(self._painter, box, 4, theme.tokens.paper, theme.tokens.edge)
        self._painter.setFont(font)
        self._painter.setPen(theme.tokens.text)
        self._painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)

    def draw_unplaced(self, room: QRectF) -> None:
        """Say how many records have no month, where there are any."""
        if count := self._shown.unplaced():
            theme = self._theme
            line = room.adjusted(theme.px(20), 0, -theme.px(20), 0)
            line.setHeight(theme.px(16))
            said = f"{formats.counted(count, 'record')} without a month"
            font, colour = theme.font("xs"), theme.tokens.text2
            paint.line_of_text(self._painter, line, said, font, colour, right=True)

    def _draw_brush(self) -> None:
        ends = self._shown.ends()
        if not self._scale.shows(ends):
            return
        left, right = self._scale.edges(ends)
        plot = self._scale.plot
        ground = QColor(self._theme.tokens.sel)
        ground.setAlpha(150)
        self._painter.fillRect(QRectF(left, plot.top(), right - left, plot.height()), ground)

    def _draw_bars(self) -> None:
        tokens, plot, pitch = self._theme.tokens, self._scale.plot, self._scale.pitch
        most = max(bar.count for bar in self._scale.bars) or 1
        span = self._shown.span()
        gap = 1.5 if pitch > 2 * axis.NARROWEST else 0.75
        room = plot.height() - self._theme.px(10)
        for place, bar in enumerate(self._scale.bars):
            if not bar.count:
                continue
            inside = span is not None and bar.first <= span[1] and bar.last >= span[0]
            tall = max(2.0, room * bar.count / most)
            box = QRectF(plot.left() + place * pitch, plot.bottom() - tall, pitch - gap, tall)
            self._painter.fillRect(box, tokens.accent if inside else tokens.bar)

    def _draw_axis(self) -> None:
        scale, plot = self._scale, self._scale.plot
        end = plot.left() + scale.pitch * len(scale.bars)
        paint.hairline(self._painter, plot.left(), end, plot.bottom() + 2, self._theme.tokens.line)
        first, last = scale.bars[0].first, scale.bars[-1].last
        step, span = self._step(), self._shown.span()
        slot = first + (-first % step)
        while slot <= last:
            self._draw_tick(slot, strong=span is not None and span[0] <= slot <= span[1])
            slot += step

    def _step(self) -> int:
        """Return how many slots lie between two names, so that none runs into the next."""
        metrics = QFontMetricsF(self._theme.font("xs", 600))
        room = metrics.horizontalAdvance("2000") + self._theme.px(16)
        first, x = self._scale.bars[0].first, self._scale.x
        steps = axis.ticks(months=self._shown.by_months())
        return next((step for step in steps if x(first + step) - x(first) >= room), steps[-1])

    def _draw_tick(self, slot: int, *, strong: bool) -> None:
        """Write a year, or a month: January has the name of its year."""
        tokens, plot, months = self._theme.tokens, self._scale.plot, self._shown.by_months()
        january = months and slot % 12 == 0
        text = str(slot // 12 if january else slot)
        if months and not january:
            text = formats.month(slot % 12 + 1)
        wide = QFontMetricsF(self._theme.font("xs", 600)).horizontalAdvance(text)
        self._painter.setFont(self._theme.font("xs", 600 if strong or january else 400))
        self._painter.setPen(tokens.text if strong or january else tokens.text2)
        x = max(plot.left(), self._scale.x(slot) - wide / 2 + self._scale.pitch / 2)
        x = min(x, plot.right() - wide)
        y = plot.bottom() + self._theme.px(23) - self._theme.px(7)
        self._painter.drawText(QPointF(x, y), text)
