"""What the timeline counts: years or months, the range the query asks for, the span drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.desk import formats
from archivist.desk.models import axis

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archivist.desk.models.axis import Bar, Span
    from archivist.model.dates import DateRange


class Histogram:
    """Counts by slot of the axis: by years, and by months where few years are of interest.

    Attributes:
        years: records by year.
        months: records by month, by slot.
        asked: the range the query asks for; None for all dates.
        drawn: the slots of a span that is being drawn; None while none is.
    """

    def __init__(self) -> None:
        self.years: dict[int, int] = {}
        self.months: dict[int, int] = {}
        self.asked: DateRange | None = None
        self.drawn: Span | None = None
        self._zoomed: Span | None = None

    def show(
        self,
        years: Iterable[tuple[int, int]],
        months: Iterable[tuple[int, int]],
        asked: DateRange | None,
    ) -> None:
        """Take other counts; months stay shown where the range asked for lies within them."""
        self.years, self.months = dict(years), dict(months)
        self.asked, self.drawn = asked, None
        if self._zoomed and not self._zoom_holds():
            self._zoomed = None

    def by_months(self) -> bool:
        """Whether every bar is a month."""
        return bool(self.months) and (self._zoomed is not None or self._is_short())

    def can_zoom(self) -> bool:
        """Whether the years asked for are few enough to be shown by months, and are not yet."""
        return not self.by_months() and self._zoom_span() is not None

    def zoomed(self) -> bool:
        """Whether months are shown of some years only."""
        return self._zoomed is not None

    def zoom(self, *, close: bool) -> None:
        """Show the months of the years asked for, or all years again."""
        self._zoomed = self._zoom_span() if close else None
        self.drawn = None

    def extent(self) -> Span | None:
        """Return the first and last year there are records of."""
        return (min(self.years), max(self.years)) if self.years else None

    def counts(self) -> dict[int, int]:
        """Return the counts shown, by slot."""
        if not self.by_months():
            return self.years
        if self._zoomed is None:
            return self.months
        first, last = self._zoomed
        shown = {slot: n for slot, n in self.months.items() if first <= slot // 12 <= last}
        return {12 * first: 0, 12 * last + 11: 0} | shown

    def bars(self, width: float) -> list[Bar]:
        """Gather what is counted into bars that can be seen on so many px."""
        return axis.bars(self.counts(), width, months=self.by_months())

    def span(self) -> Span | None:
        """Return the slots asked for, as drawn now."""
        return self.drawn if self.drawn is not None else self.asked_span()

    def asked_span(self) -> Span | None:
        """Return the slots the query asks for, whatever is drawn; None for all."""
        return axis.span_of(self.asked, months=self.by_months()) if self.asked else None

    def ends(self) -> tuple[float, float] | None:
        """Return where the span begins and ends, in slots, or None."""
        if self.drawn is not None:
            return self.drawn[0], self.drawn[1] + 1
        if self.asked is None:
            return None
        return axis.edges_of(self.asked, months=self.by_months())

    def ask(self, span: Span | None) -> DateRange | None:
        """Take a span of slots as the range asked for, and return that range."""
        self.asked = None if span is None else axis.dates_of(span, months=self.by_months())
        self.drawn = None
        return self.asked

    def unplaced(self) -> int:
        """Return how many records of the years shown by month have no month."""
        if not self.by_months():
            return 0
        first, last = self._zoomed or self.extent() or (0, 0)
        dated = sum(n for year, n in self.years.items() if first <= year <= last)
        return max(0, dated - sum(self.counts().values()))

    def name(self, slot: int) -> str:
        """Return what a slot is called: "2012", "Mar 2012"."""
        if not self.by_months():
            return str(slot)
        return formats.day(str(axis.date_of(slot, months=True)))

    def told(self, bar: Bar) -> str:
        """Return the number of a bar in words."""
        first, last = self.name(bar.first), self.name(bar.last)
        when = first if bar.first == bar.last else f"{first}\u2013{last}"
        return f"{when}: {formats.counted(bar.count, 'record')}"

    def _is_short(self) -> bool:
        years = self.extent()
        return years is not None and years[1] - years[0] < axis.SHORT

    def _zoom_span(self) -> Span | None:
        """Return the years that can be shown by months: those asked for, where they are few."""
        if self.asked is None or not self.months:
            return None
        first, last = axis.span_of(self.asked, months=False)
        return (first, last) if last - first < axis.SHORT else None

    def _zoom_holds(self) -> bool:
        if self.asked is None or self._zoomed is None or not self.months:
            return False
        first, last = axis.span_of(self.asked, months=False)
        return self._zoomed[0] <= first and last <= self._zoomed[1]
