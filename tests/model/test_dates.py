"""Partial dates, the days they may mean, and ranges of them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.model.dates import (
    FIRST_DAY,
    LAST_DAY,
    RELATIVE,
    DateRange,
    Interval,
    PartialDate,
    interval_of,
    may_become_relative,
    parse_range,
    relative_range,
)

DAYS = st.dates()
DATES = st.one_of(
    st.builds(lambda day: PartialDate(day.year), DAYS),
    st.builds(lambda day: PartialDate(day.year, day.month), DAYS),
    st.builds(lambda day: PartialDate(day.year, day.month, day.day), DAYS),
)


def days(first: str, last: str) -> Interval:
    return Interval(
        dt.date.fromisoformat(first).toordinal(), dt.date.fromisoformat(last).toordinal()
    )


@given(DATES)
def test_a_date_written_and_read_is_the_same_date(date: PartialDate) -> None:
    assert PartialDate.parse(str(date)) == date
    assert interval_of(str(date)) == date.interval


@given(DATES)
def test_a_date_may_mean_all_of_its_days_and_no_others(date: PartialDate) -> None:
    first, last = date.interval.first, date.interval.last
    assert first <= last
    for ordinal, inside in ((first, True), (last, True), (first - 1, False), (last + 1, False)):
        if FIRST_DAY <= ordinal <= LAST_DAY:
            day = dt.date.fromordinal(ordinal)
            fits = (
                day.year == date.year and date.month in (0, day.month) and date.day in (0, day.day)
            )
            assert fits is inside


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2012", "2012-01-01", "2012-12-31"),
        ("2012-02", "2012-02-01", "2012-02-29"),
        ("2013-02", "2013-02-01", "2013-02-28"),
        ("2012-12-04", "2012-12-04", "2012-12-04"),
        (" 2012 ", "2012-01-01", "2012-12-31"),
    ],
)
def test_days_of_a_date(text: str, first: str, last: str) -> None:
    assert PartialDate.parse(text).interval == days(first, last)


@pytest.mark.parametrize(
    "text",
    ["", "12", "2012-13", "2012-00", "2012-02-30", "2012-1-1", "2012-12-00", "0000", "4 May 2012"],
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(text)
    assert interval_of(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2010..2018", "2010-01-01", "2018-12-31"),
        ("2010-05 .. 2010-06-03", "2010-05-01", "2010-06-03"),
        ("2010", "2010-01-01", "2010-12-31"),
        (">2010", "2011-01-01", "9999-12-31"),
        (">=2010-02", "2010-02-01", "9999-12-31"),
        ("<2010", "0001-01-01", "2009-12-31"),
        ("<= 2010-02", "0001-01-01", "2010-02-28"),
        ("2010..", "2010-01-01", "9999-12-31"),
        ("..2010", "0001-01-01", "2010-12-31"),
        ("..", "0001-01-01", "9999-12-31"),
    ],
)
def test_ranges(text: str, first: str, last: str) -> None:
    assert parse_range(text).interval == days(first, last)


@pytest.mark.parametrize("text", ["2018..2010", "a..b", "<0001", ">9999", "=2010", "2010...2012"])
def test_what_is_no_range(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_range(text)


@given(DATES, DATES)
def test_a_range_written_and_read_is_the_same_range(one: PartialDate, other: PartialDate) -> None:
    start, end = sorted((one, other), key=lambda date: (date.interval.first, date.interval.last))
    for span in (DateRange(start, end), DateRange(start), DateRange(end=end), DateRange()):
        assert parse_range(str(span)) == span


@given(DATES, DATES)
def test_overlap_is_mutual_and_means_a_common_day(one: PartialDate, other: PartialDate) -> None:
    first, second = one.interval, other.interval
    assert first.overlaps(second) == second.overlaps(first)
    common = max(first.first, second.first) <= min(first.last, second.last)
    assert first.overlaps(second) == common
    assert first.overlaps(first)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("today", "2026-06-03"),
        ("yesterday", "2026-06-02"),
        ("this week", "2026-06-01..2026-06-07"),
        ("last week", "2026-05-25..2026-05-31"),
        ("this month", "2026-06"),
        ("last month", "2026-05"),
        ("this quarter", "2026-04..2026-06"),
        ("last quarter", "2026-01..2026-03"),
        ("this year", "2026"),
        ("last year", "2025"),
        ("last 1 day", "2026-06-03"),
        ("last 30 days", "2026-05-05..2026-06-03"),
        ("past 2 weeks", "2026-05-21..2026-06-03"),
        ("last 6 months", "2025-12-04..2026-06-03"),
        ("last 5 years", "2021-06-04..2026-06-03"),
    ],
)
def test_spans_that_move_with_the_calendar(words: str, days: str) -> None:
    assert relative_range(words, dt.date(2026, 6, 3)) == parse_range(days)


def test_months_are_counted_back_from_their_end() -> None:
    assert str(relative_range("last 1 month", dt.date(2024, 3, 31))) == "2024-03-01..2024-03-31"
    assert str(relative_range("last quarter", dt.date(2024, 2, 1))) == "2023-10..2023-12"
    assert str(relative_range("last month", dt.date(2024, 1, 31))) == "2023-12"


@pytest.mark.parametrize(
    "words", ["", "tomorrow", "last", "last 0 days", "last 9999 years", "Today", "this 3 days"]
)
def test_other_words_are_no_days(words: str) -> None:
    with pytest.raises(ValueError, match=r"day|calendar|year"):
        relative_range(words, dt.date(2026, 6, 3))


@given(st.dates(dt.date(1100, 1, 1), dt.date(3000, 1, 1)), st.sampled_from(RELATIVE))
def test_every_span_in_words_can_be_counted_and_typed(today: dt.date, words: str) -> None:
    days = relative_range(words, today).interval
    assert days.first <= days.last
    assert days.first <= today.toordinal()
    assert all(may_become_relative(words[:end]) for end in range(len(words)))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("since 2010", "2010.."),
        ("until 2010-05", "..2010-05"),
        ("After  2010", "2011-01-01.."),
        ("before 2010", "..2009-12-31"),
    ],
)
def test_ranges_in_words(text: str, days: str) -> None:
    assert parse_range(text) == parse_range(days)
