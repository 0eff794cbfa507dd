"""The timeline over the records found: what it counts, and what its brush does to the query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from archivist.desk.models.axis import slot_of
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
        self.timeline = Timeline(desk)
        self.timeline.range_changed.connect(self._brushed)
        self.timeline.zoom_changed.connect(self._offer)

    def clear(self) -> None:
        """Show nothing: there is no archive."""
        self._query = ""
        self.timeline.show_counts(())

    def show(self, query: str, found: Found, fields: OwnFields) -> None:
        """Show the dates of an answer; those outside a brushed span are counted beside."""
        self._query, self._fields = query, fields
        asked = range_of(query, fields)
        years, months = _counts(found)
        self.timeline.setVisible(bool(years) or self.timeline.years() is not None)
        if asked is None:
            self._desk.tasks.cancel("results.years")
            self.timeline.show_counts(years, months)
            return
        self.timeline.show_counts(
            (self.timeline.years_shown() | dict(years)).items(),
            (self.timeline.months_shown() | dict(months)).items(),
            asked,
        )
        self._count(with_range(query, None, None, fields), asked)

    def toggle_zoom(self) -> None:
        """Show the years asked for by month, or all years again."""
        self.timeline.zoom(close=not self.timeline.zoomed())

    def _count(self, query: str, asked: DateRange) -> None:
        archive = self._desk.archive
        if archive is None:
            return
        self._desk.tasks.read(
            "results.years",
            lambda token: archive.search(
                query or "*", limit=0, facets=("year", "month"), cancel=token
            ),
            lambda found: self.timeline.show_counts(*_counts(found), asked),
            lambda _error: None,
            self,
        )

    def _brushed(self, dates: DateRange | None) -> None:
        first, last = (dates.start, dates.end) if dates else (None, None)
        self.query_edited.emit(with_range(self._query, first, last, self._fields))

    def _offer(self) -> None:
        closer, back = self.timeline.can_zoom(), self.timeline.zoomed()
        self.zoom_offered.emit("By month" if closer else "All years" if back else "")


def _counts(found: Found) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the counts by year and by month."""
    years, months = (
        [(slot_of(item.value), item.count) for item in found.facets.get(name, ())]
        for name in ("year", "month")
    )
    return years, months
