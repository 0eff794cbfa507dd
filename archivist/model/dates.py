"""Partial dates, ranges of them, and the words people use for ranges.

A date is as exact as the document is: "2012", "2012-12" or "2012-12-04" (ISO 8601). Each stands for
an interval of days; a record matches a range where the two intervals overlap.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from typing_extensions import override

_UNITS = ("day", "week", "month", "year")
_MONTHS = 12
_QUARTER = 3
_COUNTED = re.compile(rf"(?:last|past) ([0-9]{{1,4}}) ({'|'.join(_UNITS)})s?")
_NAMED = re.compile(r"(this|last) (week|month|quarter|year)")
_SIDES = re.compile(r"(since|until|before|after) (\S+)")
RELATIVE = (
    "today", "yesterday", "this week", "last week", "this month", "last month", "this quarter",
    "last quarter", "this year", "last year", "last 30 days", "last 4 weeks", "last 6 months",
    "last 5 years",
)  # fmt: skip
"""Spans that move with the calendar, as they may be asked for; any number may stand in the last."""
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
FIRST_DAY = 1
"""The earliest day an interval can begin with: 1 January of the year 1, as a proleptic ordinal."""
LAST_DAY = dt.date.max.toordinal()
"""The last day an interval can end with, as a proleptic ordinal."""


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A span of days.

    Attributes:
        first: first day, as a proleptic Gregorian ordinal (`datetime.date.toordinal`).
        last: last day, inclusive.
    """

    first: int
    last: int

    def overlaps(self, other: Interval) -> bool:
        """Whether the two spans share a day."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the day, or month and day, may be unknown.

    Attributes:
        year: 1 to 9999.
        month: 1 to 12, or 0 where it is unknown.
        day: 1 to 31, or 0 where it is unknown.
    """

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read an ISO date.

        Raises:
            ValueError: it is none, or there is no such day.
        """
        match = _ISO.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not a date; write 2012, 2012-12 or 2012-12-04")
        year, month, day = (int(part or 0) for part in match.groups())
        if (match[2] and not month) or (match[3] and not day):
            raise ValueError(f"{text!r} is not a date; there is no month or day 00")
        dt.date(year, month or 1, day or 1)
        return cls(year, month, day)

    @property
    def interval(self) -> Interval:
        """The days this date may mean."""
        first = dt.date(self.year, self.month or 1, self.day or 1)
        month = self.month or 12
        last = dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])
        return Interval(first.toordinal(), last.toordinal())

    @override
    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        if self.month:
            parts.append(f"{self.month:02}")
        if self.day:
            parts.append(f"{self.day:02}")
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class DateRange:
    """A range as a query states it; an end that is None is open.

    Attributes:
        start: the first date, inclusive, or None.
        end: the last date, inclusive, or None.
    """

    start: PartialDate | None = None
    end: PartialDate | None = None

    @property
    def interval(self) -> Interval:
        """The days of the range; open ends reach to the ends of the calendar."""
        first = self.start.interval.first if self.start else FIRST_DAY
        last = self.end.interval.last if self.end else LAST_DAY
        return Interval(first, last)

    @override
    def __str__(self) -> str:
        if self.start is not None and self.start == self.end:
            return str(self.start)
        return f"{self.start or ''}..{self.end or ''}"


def interval_of(text: str) -> Interval | None:
    """Return the days a record's ISO date stands for, or None where it is empty or unreadable."""
    try:
        return PartialDate.parse(text).interval
    except ValueError:
        return None


def parse_range(text: str) -> DateRange:
    """Read a date or a range.

    Forms: `2012`, `2010..2024`, `2010..`, `..2010`, `>2010`, `>=2010`, `<2010-05`, `<=2010`, and
    `since 2010`, `until 2010`, `after 2010`, `before 2010`. `>2010` and `after 2010` begin after
    the last day of 2010; `<2010` and `before 2010` end before its first.

    Raises:
        ValueError: it is neither, or it ends before it begins.
    """
    text = text.strip()
    if match := re.fullmatch(r"([<>])(=?)\s*(.+)", text):
        return _one_sided(match[1], PartialDate.parse(match[3]), inclusive=bool(match[2]))
    if match := _SIDES.fullmatch(" ".join(text.lower().split())):
        sign = ">" if match[1] in ("since", "after") else "<"
        inclusive = match[1] in ("since", "until")
        return _one_sided(sign, PartialDate.parse(match[2]), inclusive=inclusive)
    if ".." in text:
        start, _, end = text.partition("..")
        found = DateRange(
            PartialDate.parse(start) if start.strip() else None,
            PartialDate.parse(end) if end.strip() else None,
        )
        if found.interval.first > found.interval.last:
            raise ValueError(f"{text!r} ends before it begins")
        return found
    date = PartialDate.parse(text)
    return DateRange(date, date)


def relative_range(words: str, today: dt.date) -> DateRange:
    """Return the days that a span which moves with the calendar means on a day.

    "this" and "last" mean whole weeks from Monday, months, quarters and years of the calendar;
    "last 30 days" are the thirty days that end with today, "last 6 months" likewise.

    Args:
        words: one of `RELATIVE`, in small letters with single blanks; "past 30 days" is as good.
        today: the day it is asked on.

    Raises:
        ValueError: it is none of them, or it reaches beyond the calendar.
    """
    if words in ("today", "yesterday"):
        return _days(today.toordinal() - (words == "yesterday"), 1)
    if match := _COUNTED.fullmatch(words):
        return _counted(int(match[1]), match[2], today)
    if match := _NAMED.fullmatch(words):
        return _named(match[2], match[1] == "last", today)
    raise ValueError(f"{words!r} is no span of days")


def may_become_relative(words: str) -> bool:
    """Whether words in small letters are the beginning of a span that moves with the calendar."""
    begun = re.sub(r"^past(?= )|^p(a|as|ast)?$", "last", words)
    begun = re.sub(r"^(last )[0-9]{1,4}(?= |$)", r"\g<1>30", begun)
    counted = tuple(f"last 30 {unit}s" for unit in _UNITS)
    return any(known.startswith(begun) for known in (*RELATIVE, *counted))


def _counted(count: int, unit: str, today: dt.date) -> DateRange:
    if not count:
        raise ValueError("a span of no days")
    if unit in ("day", "week"):
        return _days(today.toordinal(), count * (7 if unit == "week" else 1))
    months = today.year * _MONTHS + today.month - 1 - count * (_MONTHS if unit == "year" else 1)
    if months < _MONTHS:
        raise ValueError("there is no day before the year 1")
    year, month = divmod(months, _MONTHS)
    day = min(today.day, calendar.monthrange(year, month + 1)[1])
    before = dt.date(year, month + 1, day).toordinal()
    return _days(today.toordinal(), today.toordinal() - before)


def _named(unit: str, last: bool, today: dt.date) -> DateRange:  # noqa: FBT001 - a word of two
    if unit == "week":
        return _days(today.toordinal() - today.weekday() + 6 - 7 * last, 7)
    if unit == "year":
        return _span(PartialDate(_checked(today.year - last)))
    size = _QUARTER if unit == "quarter" else 1
    number = (today.year * _MONTHS + today.month - 1) // size - last
    first, end = (_month(number * size + offset) for offset in (0, size - 1))
    return DateRange(first, end)


def _month(months: int) -> PartialDate:
    year, month = divmod(months, _MONTHS)
    return PartialDate(_checked(year), month + 1)


def _checked(year: int) -> int:
    if year < 1:
        raise ValueError("there is no day before the year 1")
    return year


def _days(last: int, count: int) -> DateRange:
    """Return the range of so many days that ends with one."""
    return DateRange(_day(last - count + 1), _day(last))


def _span(date: PartialDate) -> DateRange:
    return DateRange(date, date)


def _one_sided(sign: str, date: PartialDate, *, inclusive: bool) -> DateRange:
    if sign == ">":
        return DateRange(start=date if inclusive else _day(date.interval.last + 1))
    return DateRange(end=date if inclusive else _day(date.interval.first - 1))


def _day(ordinal: int) -> PartialDate:
    if not FIRST_DAY <= ordinal <= LAST_DAY:
        raise ValueError("there is no day beyond that date")
    day = dt.date.fromordinal(ordinal)
    return PartialDate(day.year, day.month, day.day)
