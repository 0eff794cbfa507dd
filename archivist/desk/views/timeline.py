"""How many records each year or month has, and the span of them that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from archivist.desk import formats
from archivist.desk.models.histogram import Histogram
from archivist.desk.views.timeline_drawing import HEIGHT, Drawing, Scale, plot_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archivist.desk.context import Desk
    from archivist.desk.models.axis import Bar, Span
    from archivist.model.dates import DateRange


class Timeline(QWidget):
    """A histogram with a brush: by years, and by months where few years are shown.

    Attributes:
        shown: what is counted, and the range asked for.

    Signals:
        range_changed: the `DateRange` asked for, or None for all dates.
        zoom_changed: it can be shown by months now, or no longer, or is.
    """

    range_changed = Signal(object)
    zoom_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = desk.theme
        self.shown = Histogram()
        self._kept: tuple[float, list[Bar]] | None = None
        self._grip = ""
        self._anchor = 0
        self._cursor = 0
        self._hovered = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setFixedHeight(desk.theme.px(HEIGHT))
        self._theme.changed.connect(self._dress)
        self._describe()

    def show_counts(
        self,
        years: Iterable[tuple[int, int]],
        months: Iterable[tuple[int, int]] = (),
        asked: DateRange | None = None,
    ) -> None:
        """Show counts by year and by month, and the range the query asks for."""
        self.shown.show(years, months, asked)
        slots = self.shown.counts()
        if slots and not min(slots) <= self._cursor <= max(slots):
            self._set_cursor(slots)
        self._renew()

    def zoom(self, *, close: bool) -> None:
        """Show the months of the years asked for, or all years again."""
        self.shown.zoom(close=close)
        if slots := self.shown.counts():
            self._set_cursor(slots)
        self._renew()

    def scale(self) -> Scale:
        """Return where the slots stand; there is something to show."""
        return Scale.of(
            self._bars(), plot_of(self.width(), self.height(), self._theme), self._theme
        )

    def told(self) -> str:
        """Return the number of the bar under the mouse or the keyboard's cursor, in words."""
        slot = self._told_slot()
        return self.shown.told(self.scale().bar_of(slot)) if slot else ""

    def _set_cursor(self, slots: dict[int, int]) -> None:
        """Bring the keyboard's cursor to where the span begins, or to the end."""
        span = self.shown.span()
        self._cursor = max(min(slots), min(max(slots), span[0] if span else max(slots)))

    def _renew(self) -> None:
        self._kept = None
        self._hovered = 0
        self._describe()
        self.update()
        self.zoom_changed.emit()

    def _bars(self) -> list[Bar]:
        """Return the bars; kept until other counts or another width make others."""
        width = plot_of(self.width(), self.height(), self._theme).width()
        if self._kept is None or self._kept[0] != width:
            self._kept = (width, self.shown.bars(width))
        return self._kept[1]

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(400), self._theme.px(HEIGHT))

    # The mouse

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.shown.years:
            return
        self._grip = self._grip_at(event.position().x())
        self._anchor = self._cursor = self.scale().slot_at(event.position().x())
        if self._grip == "new":
            self.shown.drawn = None
        self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.shown.years:
            return
        x = event.position().x()
        self._hovered = self.scale().slot_at(x)
        if self._grip:
            self._drag(self._hovered)
        else:
            sides = self._grip_at(x) in {"first", "last"}
            self.setCursor(Qt.CursorShape.SizeHorCursor if sides else Qt.CursorShape.ArrowCursor)
        self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._grip or not self.shown.years:
            return
        grip, self._grip = self._grip, ""
        if self.shown.drawn is None and grip in {"new", "inside"}:
            bar = self.scale().bar_of(self._anchor)
            clicked = (bar.first, bar.last)
            self._ask(None if clicked == self.shown.span() else clicked)
        elif self.shown.drawn is not None:
            self._ask(self.shown.drawn)
        self.shown.drawn = None
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
        span = self.shown.asked_span()
        if self._grip == "new" and slot != self._anchor:
            self.shown.drawn = (min(slot, self._anchor), max(slot, self._anchor))
        elif span and self._grip != "new":
            self.shown.drawn = self._moved(span, slot)
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
                return (first + by, last + by) if by or self.shown.drawn else None

    def _grip_at(self, x: float) -> str:
        if self.shown.asked is None:
            return "new"
        left, right = self.scale().edges(self.shown.ends())
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
        if not self.shown.years or not self._pressed(event):
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
                bar = self.scale().bar_of(self._cursor)
                self._ask(self.shown.drawn or (bar.first, bar.last))
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self._ask(None)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal if self.shown.can_zoom():
                self.zoom(close=True)
            case Qt.Key.Key_Minus if self.shown.zoomed():
                self.zoom(close=False)
            case Qt.Key.Key_Escape if self.shown.drawn:
                self.shown.drawn = None
            case _:
                return False
        return True

    def _place_of(self, key: Qt.Key) -> int | None:
        """Return where a key leads to on the axis, or None."""
        found = self._bars()
        first, last = found[0].first, found[-1].last
        step = found[0].last - first + 1
        far = 12 if self.shown.by_months() else 10
        places = {
            Qt.Key.Key_Left: self._cursor - step,
            Qt.Key.Key_Right: self._cursor + step,
            Qt.Key.Key_PageUp: self._cursor - far,
            Qt.Key.Key_PageDown: self._cursor + far,
            Qt.Key.Key_Home: min(self.shown.counts()),
            Qt.Key.Key_End: max(self.shown.counts()),
        }
        return max(first, min(last, places[key])) if key in places else None

    def _move_to(self, slot: int, *, widen: bool) -> None:
        if widen:
            start = self._anchor if self.shown.drawn else self._cursor
            self._anchor = start
            self.shown.drawn = (min(start, slot), max(start, slot))
        else:
            self.shown.drawn = None
        self._cursor = slot

    def _ask(self, span: Span | None) -> None:
        asked = self.shown.ask(span)
        self._describe()
        self.update()
        self.range_changed.emit(asked)

    # How it looks

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self._theme.tokens.base)
        if not self.shown.years:
            return
        drawing = Drawing(painter, self.scale(), self.shown, self._theme)
        room = QRectF(self.rect())
        drawing.draw_histogram()
        drawing.draw_handles()
        if self.hasFocus():
            drawing.draw_focus(room, self._cursor)
        if text := self.told():
            drawing.draw_told(room, text, self._told_slot())
        else:
            drawing.draw_unplaced(room)

    def _told_slot(self) -> int:
        return self._hovered or (self._cursor if self.hasFocus() and self.shown.years else 0)

    def _describe(self) -> None:
        """Tell screen readers what is drawn."""
        shown = self.shown
        self.setAccessibleName("Records by month" if shown.by_months() else "Records by year")
        if not shown.years:
            self.setAccessibleDescription("No dated records.")
            return
        slots = shown.counts()
        said = f"{shown.name(min(slots))} to {shown.name(max(slots))}, "
        said += f"{formats.counted(sum(slots.values()), 'record')}. "
        if span := shown.span():
            said += f"Chosen: {shown.name(span[0])} to {shown.name(span[1])}. "
        said += f"At {shown.told(self.scale().bar_of(self._cursor or max(slots)))}."
        self.setAccessibleDescription(said)

    def _dress(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self.update()
