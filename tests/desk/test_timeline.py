from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from archivist.desk.context import Desk
from archivist.desk.views.timeline import Timeline, bars


@pytest.fixture
def timeline(qtbot: QtBot, desk: Desk) -> Timeline:
    made = Timeline(desk)
    qtbot.addWidget(made)
    made.resize(600, 76)
    made.show_years([(year, year % 7 + 1) for year in range(1990, 2026)], None)
    made.show()
    return made


def asked(timeline: Timeline) -> list[object]:
    found: list[object] = []
    timeline.range_changed.connect(found.append)
    return found


def at(timeline: Timeline, year: int) -> QPoint:
    return QPoint(round(timeline._x(year + 0.5)), 40)


def test_a_drag_asks_for_the_years_passed(timeline: Timeline) -> None:
    found = asked(timeline)
    left = Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(timeline, left, none, at(timeline, 2010))
    QTest.mouseMove(timeline, at(timeline, 2014))
    QTest.mouseRelease(timeline, left, none, at(timeline, 2014))
    assert found == [(2010, 2014)]
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
    timeline.show_years([(year, 1) for year in range(1990, 2026)], (2003, 2003))
    QTest.mouseClick(timeline, left, none, at(timeline, 2003))
    assert found == [(2003, 2003), None]


def test_an_edge_can_be_moved(timeline: Timeline) -> None:
    timeline.show_years([(year, 1) for year in range(1990, 2026)], (2000, 2010))
    found = asked(timeline)
    left = Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(timeline, left, none, QPoint(round(timeline._edges((2000, 2010))[1]), 40))
    QTest.mouseMove(timeline, at(timeline, 2015))
    QTest.mouseRelease(timeline, left, none, at(timeline, 2015))
    assert found == [(2000, 2015)]


def test_the_keyboard_does_all_of_it(timeline: Timeline) -> None:
    found = asked(timeline)
    timeline.setFocus()
    QTest.keyClick(timeline, Qt.Key.Key_Home)
    for _ in range(3):
        QTest.keyClick(timeline, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(timeline, Qt.Key.Key_Return)
    QTest.keyClick(timeline, Qt.Key.Key_Delete)
    assert found == [(1990, 1993), None]


def test_it_can_be_drawn_with_nothing_and_with_everything(timeline: Timeline) -> None:
    timeline.grab()
    timeline.show_years([], None)
    timeline.grab()
    timeline.show_years([(2012, 3)], (2011, 2019))
    timeline.grab()
    timeline.show_years([(1, 3), (2026, 900)], (1, 9999))
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
