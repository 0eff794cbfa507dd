"""The axis of the timeline: years or months as whole numbers, gathered into bars.

A slot is a year, or a month as `12 * year + month - 1`: either way neighbours differ by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from archivist.model.dates import DateRange, PartialDate

if TYPE_CHECKING:
    from collections.abc import Mapping

Span = tuple[int, int]
SHORT: Final = 3
"""Years that are shown month by month where there are no more of them."""
NARROWEST: Final = 3.0
"""Px a bar must have at least."""
_STEPS: Final = (1, 2, 5, 10, 25, 50, 100)
_YEAR_TICKS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500)
_MONTH_TICKS: Final = (1, 3, 6, 12)
_FIRST_YEAR, _LAST_YEAR = 1, 9999


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of slots and how many records fall into it."""

    first: int
    last: int
    count: int


def bars(counts: Mapping[int, int], width: float, *, months: bool = False) -> list[Bar]:
    """Gather slots into bars that are wide enough to be seen, without gaps.

    Months are whole years of them: an axis from January to December.
    """
    if not counts:
        return []
    first, last = min(counts), max(counts)
    if months:
        step, start, number = 1, first - first % 12, 12 * (last // 12 - first // 12 + 1)
    else:
        step, start, number = _years(first, last, width)
    sums = [0] * number
    for slot, count in counts.items():
        sums[(slot - start) // step] += count
    return [
        Bar(start + place * step, start + (place + 1) * step - 1, count)
        for place, count in enumerate(sums)
    ]


def _years(first: int, last: int, width: float) -> tuple[int, int, int]:
    """Return how many years a bar holds, the first year, and how many bars there are."""
    fits = (step for step in _STEPS if width / (last // step - first // step + 1) >= NARROWEST)
    step = next(fits, _STEPS[-1])
    start = first - first % step
    return step, start, (last - start) // step + 1


def ticks(*, months: bool) -> tuple[int, ...]:
    """Return the distances, in slots, that names on the axis may have."""
    return _MONTH_TICKS if months else _YEAR_TICKS


def slot_of(iso: str) -> int:
    """Return the slot of a year or a month: "2012", "2012-03"; 0 where it is neither."""
    year, _, month = iso.partition("-")
    if not year.isdigit() or (month and not month.isdigit()):
        return 0
    return 12 * int(year) + int(month) - 1 if month else int(year)


def date_of(slot: int, *, months: bool) -> PartialDate:
    """Return the date of a slot, as exact as it is."""
    if not months:
        return PartialDate(max(_FIRST_YEAR, min(_LAST_YEAR, slot)))
    year = max(_FIRST_YEAR, min(_LAST_YEAR, slot // 12))
    return PartialDate(year, slot % 12 + 1)


def dates_of(span: Span, *, months: bool) -> DateRange:
    """Return the range of a span of slots; whole years are written as years."""
    first, last = span
    if months and first % 12 == 0 and last % 12 == 11:  # noqa: PLR2004 - December
        first, last, months = first // 12, last // 12, False
    return DateRange(date_of(first, months=months), date_of(last, months=months))


def span_of(dates: DateRange, *, months: bool) -> Span:
    """Return the slots that a range touches; an open end reaches to the end of the calendar."""
    start, end = dates.start, dates.end
    first = 12 * start.year + (start.month or 1) - 1 if start else 12 * _FIRST_YEAR
    last = 12 * end.year + (end.month or 12) - 1 if end else 12 * _LAST_YEAR + 11
    return (first, last) if months else (first // 12, last // 12)


def edges_of(dates: DateRange, *, months: bool) -> tuple[float, float]:
    """Return where a range begins and ends on the axis, in slots; a month is a part of its year."""
    first, last = span_of(dates, months=True)
    start, end = float(first), float(last + 1)
    if dates.start and dates.start.day:
        start += (dates.start.day - 1) / 31
    if dates.end and dates.end.day:
        end = last + dates.end.day / 31
    return (start, end) if months else (start / 12, end / 12)
