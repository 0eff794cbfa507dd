"""The timeline over the records found: what it counts, and what its brush does to the query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from archivist.desk.models.axis import SHORT, slot_of, span_of
from archivist.desk.models.filters import OwnFields
from archivist.desk.views.timeline import Timeline
from archivist.model.query_edit import range_of, with_range

if TYPE_CHECKING:
    from archivist.archive.results import Found
    from archivist.desk.context import Desk
    from archivist.model.dates import DateRange


class Dates(QObject):
    """Keeps the timeline true to the query, and the query true to the timeline.

    Attributes:
        timeline: the histogram with its brush.

    Signals:
        query_edited: a whole new query: another span was brushed.
        zoom_offered: what can be shown instead, in words; empty: nothing.
    """

    query_edited = Signal(str)
    zoom_offered = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._query = ""
        self._fields = OwnFields(())
        self._among: frozenset[int] | None = None
        self.timeline = Timeline(desk)
        self.timeline.range_changed.connect(self._brushed)
        self.timeline.zoom_changed.connect(self._offer)

    def clear(self) -> None:
        """Show nothing: there is no archive."""
        self._query = ""
        self.timeline.show_counts(())

    def show(
        self,
        query: str,
        found: Found,
        fields: OwnFields,
        among: frozenset[int] | None = None,
    ) -> None:
        """Show the dates of an answer; those outside a brushed span are counted beside.

        Args:
            query: that was answered.
            found: its answer, with its facets.
            fields: the archive's own fields.
            among: ids of the only records that were searched; None for all.
        """
        self._query, self._fields, self._among = query, fields, among
        asked = range_of(query, fields)
        years = _counts(found, "year")
        self._desk.tasks.cancel("results.dates")
        if asked is not None:
            beside = self.timeline.shown.years | dict(years)
            months = self.timeline.shown.months
            self.timeline.show_counts(beside.items(), months.items(), asked)
            self._count(with_range(query, None, None, fields), asked)
        elif years and years[-1][0] - years[0][0] < SHORT:
            self._count(query, None)
        else:
            self.timeline.show_counts(years)
        self.timeline.setVisible(bool(years) or self.timeline.shown.extent() is not None)

    def toggle_zoom(self) -> None:
        """Show the years asked for by month, or all years again."""
        self.timeline.zoom(close=not self.timeline.shown.zoomed())

    def _count(self, query: str, asked: DateRange | None) -> None:
        """Count the years of a query, and the months where few years are of interest."""
        archive = self._desk.archive
        if archive is None:
            return
        few = asked is None or _is_short(asked)
        facets, among = ("year", "month") if few else ("year",), self._among
        self._desk.tasks.read(
            "results.dates",
            lambda token: archive.search(
                query or "*", limit=0, facets=facets, among=among, cancel=token
            ),
            lambda found: self.timeline.show_counts(
                _counts(found, "year"), _counts(found, "month"), asked
            ),
            lambda _error: None,
            self,
        )

    def _brushed(self, dates: DateRange | None) -> None:
        first, last = (dates.start, dates.end) if dates else (None, None)
        self.query_edited.emit(with_range(self._query, first, last, self._fields))

    def _offer(self) -> None:
        closer, back = self.timeline.shown.can_zoom(), self.timeline.shown.zoomed()
        self.zoom_offered.emit("By month" if closer else "All years" if back else "")


def _counts(found: Found, facet: str) -> list[tuple[int, int]]:
    """Return the counts by year or by month, ascending."""
    return [(slot_of(item.value), item.count) for item in found.facets.get(facet, ())]


def _is_short(asked: DateRange) -> bool:
    first, last = span_of(asked, months=False)
    return last - first < SHORT
