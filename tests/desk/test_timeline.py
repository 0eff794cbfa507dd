from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from archivist.desk.context import Desk
from archivist.desk.models.axis import bars, date_of, dates_of, edges_of, slot_of, span_of
from archivist.desk.views.timeline import Timeline
from archivist.model.dates import DateRange, PartialDate, parse_range


@pytest.fixture
def timeline(qtbot: QtBot, desk: Desk) -> Timeline:
    made = Timeline(desk)
    qtbot.addWidget(made)
    made.resize(600, 76)
    made.show_counts([(year, year % 7 + 1) for year in range(1990, 2026)])
    made.show()
    return made


def asked(timeline: Timeline) -> list[object]:
    found: list[object] = []
    timeline.range_changed.connect(found.append)
    return found


def years(first: int, last: int) -> DateRange:
    return DateRange(PartialDate(first), PartialDate(last))


def at(timeline: Timeline, year: int) -> QPoint:
    return QPoint(round(timeline.scale().x(year + 0.5)), 40)


def test_a_drag_asks_for_the_years_passed(timeline: Timeline) -> None:
    found = asked(timeline)
    left = Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(timeline, left, none, at(timeline, 2010))
    QTest.mouseMove(timeline, at(timeline, 2014))
    QTest.mouseRelease(timeline, left, none, at(timeline, 2014))
    assert found == [years(2010, 2014)]
    assert "2010 to 2014" in timeline.accessibleDescription()


def test_a_drag_tells_the_year_it_is_at(timeline: Timeline, qtbot: QtBot) -> None:
    none = Qt.KeyboardModifier.NoModifier
    QTest.mouseMove(timeline, at(timeline, 2010))
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, none, at(timeline, 2010))
    QTest.mouseMove(timeline, at(timeline, 2014))
    qtbot.waitUntil(lambda: timeline.told().startswith("2014: "))


def test_a_click_asks_for_a_year_and_again_for_all(timeline: Timeline) -> None:
    found = asked(timeline)
    left = Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(timeline, left, none, at(timeline, 2003))
    timeline.show_counts([(year, 1) for year in range(1990, 2026)], (), years(2003, 2003))
    QTest.mouseClick(timeline, left, none, at(timeline, 2003))
    assert found == [years(2003, 2003), None]


def test_an_edge_can_be_moved(timeline: Timeline) -> None:
    timeline.show_counts([(year, 1) for year in range(1990, 2026)], (), years(2000, 2010))
    found = asked(timeline)
    left = Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(
        timeline, left, none, QPoint(round(timeline.scale().edges(timeline.shown.ends())[1]), 40)
    )
    QTest.mouseMove(timeline, at(timeline, 2015))
    QTest.mouseRelease(timeline, left, none, at(timeline, 2015))
    assert found == [years(2000, 2015)]


def test_the_keyboard_does_all_of_it(timeline: Timeline) -> None:
    found = asked(timeline)
    timeline.setFocus()
    QTest.keyClick(timeline, Qt.Key.Key_Home)
    for _ in range(3):
        QTest.keyClick(timeline, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(timeline, Qt.Key.Key_Return)
    QTest.keyClick(timeline, Qt.Key.Key_Delete)
    assert found == [years(1990, 1993), None]


def test_it_can_be_drawn_with_nothing_and_with_everything(timeline: Timeline) -> None:
    timeline.grab()
    timeline.show_counts([])
    timeline.grab()
    timeline.show_counts([(2012, 3)], (), years(2011, 2019))
    timeline.grab()
    timeline.show_counts([(1, 3), (2026, 900)], (), DateRange())
    timeline.grab()


@given(
    st.dictionaries(st.integers(1, 2100), st.integers(1, 1000), min_size=1),
    st.integers(100, 2000),
)
def test_bars_lose_no_record_and_leave_no_gap(counts: dict[int, int], width: int) -> None:
    found = bars(counts, width)
    assert sum(bar.count for bar in found) == sum(counts.values())
    assert all(a.last + 1 == b.first for a, b in itertools.pairwise(found))
    assert found[0].first <= min(counts) <= max(counts) <= found[-1].last


def months(*isos: str) -> list[tuple[int, int]]:
    return [(slot_of(iso), 4) for iso in isos]


def test_few_years_are_shown_by_month_and_asked_for_by_month(timeline: Timeline) -> None:
    timeline.show_counts([(2012, 9), (2013, 4)], months("2012-03", "2012-11", "2013-02"))
    assert timeline.shown.by_months()
    assert not timeline.shown.can_zoom()
    assert timeline.shown.unplaced() == 1
    found = asked(timeline)
    timeline.setFocus()
    QTest.keyClick(timeline, Qt.Key.Key_Home)
    assert timeline.told().endswith("2012: 4 records")
    QTest.keyClick(timeline, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(timeline, Qt.Key.Key_Return)
    assert [str(one) for one in found] == ["2012-03..2012-04"]
    assert "Chosen: Mar 2012 to Apr 2012" in timeline.accessibleDescription()
    timeline.grab()


def test_a_few_years_of_many_are_looked_at_closer_and_left_again(timeline: Timeline) -> None:
    counts = [(year, 5) for year in range(1990, 2026)]
    timeline.show_counts(counts, months("2012-03", "2013-02"), years(2012, 2013))
    assert timeline.shown.can_zoom()
    timeline.setFocus()
    QTest.keyClick(timeline, Qt.Key.Key_Plus)
    assert timeline.shown.by_months()
    assert {slot // 12 for slot in timeline.shown.counts()} == {2012, 2013}
    within = parse_range("2012-03..2012-05")
    timeline.show_counts(counts, months("2012-03", "2013-02"), within)
    assert timeline.shown.zoomed()
    assert timeline.shown.span() == span_of(within, months=True)
    QTest.keyClick(timeline, Qt.Key.Key_Minus)
    assert not timeline.shown.by_months()
    left, right = timeline.scale().edges(timeline.shown.ends())
    assert timeline.scale().x(2012) < left < right < timeline.scale().x(2013)
    QTest.keyClick(timeline, Qt.Key.Key_Plus)
    timeline.show_counts(counts, months("2012-03", "2013-02"), None)
    assert not timeline.shown.zoomed()


def test_whole_years_of_months_are_written_as_years() -> None:
    span = span_of(parse_range("2012..2013"), months=True)
    assert str(dates_of(span, months=True)) == "2012..2013"
    assert str(dates_of((span[0], span[1] - 1), months=True)) == "2012-01..2013-11"


@given(st.integers(1, 9998), st.integers(1, 12), st.integers(0, 40))
def test_slots_and_dates_are_the_same(year: int, month: int, more: int) -> None:
    slot = slot_of(f"{year:04}-{month:02}")
    assert date_of(slot, months=True) == PartialDate(year, month)
    span = (slot, min(slot + more, 12 * 9999 + 11))
    dates = dates_of(span, months=True)
    assert span_of(dates, months=True) == span
    assert edges_of(dates, months=True) == (span[0], span[1] + 1)


def test_an_open_range_reaches_to_the_ends_of_the_calendar() -> None:
    assert span_of(parse_range("2010.."), months=False) == (2010, 9999)
    assert span_of(parse_range("..2010-03"), months=True) == (12, 12 * 2010 + 2)
