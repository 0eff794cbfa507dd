from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from archivist.archive import Archive
from archivist.archive.results import FacetCount, Found
from archivist.desk.context import Desk
from archivist.desk.models.records import HIT
from archivist.desk.views.cards import CARD_HEIGHT
from archivist.desk.views.results import ResultsView
from archivist.model.dates import parse_range

QUERY = '"strategic partnership"'


@pytest.fixture
def view(qtbot: QtBot, open_desk: Desk) -> ResultsView:
    made = ResultsView(open_desk)
    qtbot.addWidget(made)
    made.resize(600, 800)
    made.show()
    return made


def search(view: ResultsView, query: str = QUERY) -> Found:
    archive = view._desk.archive
    assert archive is not None
    found = archive.search(query, facets=True)
    view.show_found(query, found, archive.find_keys(query))
    return found


def told(view: ResultsView) -> str:
    return (
        view._head.count.text().replace('<span style="font-weight:600">', "").replace("</span>", "")
    )


def test_it_says_how_many_and_shows_each(qtbot: QtBot, view: ResultsView) -> None:
    found = search(view)
    assert told(view) == f"{found.total} records"
    assert view.model.rowCount() == found.total > 3
    last = view.model.index(found.total - 1, 0)
    qtbot.waitUntil(lambda: last.data(HIT) is not None)
    view.grab()
    assert view.timeline.shown.extent() is not None


def test_the_cursor_tells_which_record_to_read(view: ResultsView) -> None:
    seen: list[int] = []
    view.current_changed.connect(seen.append)
    search(view)
    assert seen[-1] == view.model.key(0)
    view.focus_list()
    QTest.keyClick(view.lists.cards, Qt.Key.Key_Down)
    assert seen[-1] == view.model.key(1) == view.current_id()


def test_space_ticks_and_ticks_outlive_the_search(view: ResultsView) -> None:
    search(view)
    first = view.current_id()
    QTest.keyClick(view.lists.cards, Qt.Key.Key_Space)
    assert view.chosen_ids() == [first]
    assert told(view).endswith("1 chosen")
    search(view, "partnership")
    assert view.chosen_ids() == [first]
    view.untick_all()
    assert view.ticked_count() == 0


def test_a_click_on_the_box_ticks(view: ResultsView) -> None:
    search(view)
    QTest.mouseClick(
        view.lists.cards.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(27, CARD_HEIGHT + 19),
    )
    assert view.chosen_ids() == [view.model.key(1)]


def test_a_command_acts_on_what_is_seen(view: ResultsView) -> None:
    search(view)
    keys = [view.model.key(row) for row in range(4)]
    view.model.tick([keys[2], keys[3]], on=True)
    assert list(view.target_ids()) == [keys[0]]
    view.select_id(keys[2])
    assert list(view.target_ids()) == [keys[2], keys[3]]
    view.lists.cards.selectAll()
    assert len(view.target_ids()) == view.model.rowCount()


def test_a_list_asked_for_again_stays_where_it_was(view: ResultsView) -> None:
    search(view)
    view.select_id(view.model.key(3))
    before = view.current_id()
    search(view)
    assert view.current_id() == before
    search(view, "partnership")
    assert view.current_id() == view.model.key(0)


def test_a_list_asked_for_again_keeps_what_is_selected(view: ResultsView) -> None:
    search(view)
    view.lists.cards.selectAll()
    chosen = view.target_ids()
    read: list[int] = []
    view.current_changed.connect(read.append)
    search(view)
    assert view.target_ids() == chosen
    assert len(chosen) == len(view.model.keys) > 2
    assert read == []


def test_the_brush_and_clear_filters_write_the_query(view: ResultsView) -> None:
    edits: list[str] = []
    view.query_edited.connect(edits.append)
    search(view)
    view.timeline.range_changed.emit(parse_range("2010..2018"))
    assert edits[-1] == f"{QUERY} date:2010..2018"
    assert not view._head.clear.isVisible()
    search(view, f"{QUERY} date:2010..2018 type:communique")
    assert view.timeline.shown.span() == (2010, 2018)
    assert view._head.clear.isVisible()
    view._head.clear.click()
    assert edits[-1] == QUERY
    view.timeline.range_changed.emit(None)
    assert edits[-1] == f"{QUERY} type:communique"


def test_years_outside_the_brush_are_counted_beside(qtbot: QtBot, view: ResultsView) -> None:
    everything = search(view, "*")
    years = {int(year.value) for year in everything.facets["year"]}
    search(view, "date:2010..2018")
    qtbot.waitUntil(lambda: set(view.timeline.shown.counts()) == years)


def test_a_few_years_are_shown_by_month(qtbot: QtBot, view: ResultsView) -> None:
    search(view, "date:2012")
    qtbot.waitUntil(view.timeline.shown.can_zoom)
    assert view._head.zoom.text() == "By month"
    view._head.zoom.click()
    assert view.timeline.shown.by_months()
    assert {slot // 12 for slot in view.timeline.shown.counts()} == {2012}
    assert view._head.zoom.text() == "All years"
    archive = view._desk.archive
    assert archive is not None
    one = archive.search("date:2012", limit=1).hits[0].ref
    search(view, f"ref:{one}")
    qtbot.waitUntil(lambda: view.timeline.shown.extent() == (2012, 2012))
    assert view.timeline.shown.by_months()
    assert not view.timeline.shown.zoomed()


def test_nothing_found_says_why_and_proposes(view: ResultsView) -> None:
    asked: list[str] = []
    view.query_edited.connect(asked.append)
    found = search(view, "partnershop")
    assert found.total == 0
    assert view._empty.reason.text() == found.reason
    assert view._empty.link.isVisible()
    view._empty.link.click()
    assert asked == [found.proposal]


def test_an_empty_place_says_what_to_do(view: ResultsView) -> None:
    view.show_place("The inbox is empty", "What you import waits here.")
    view.show_found("in:inbox", Found("in:inbox", "", 0, 0.1, None), [])
    assert view._empty.title.text() == "The inbox is empty"
    view.show_found("in:inbox zebra", Found("in:inbox zebra", "", 0, 0.1, "No zebra."), [])
    assert view._empty.title.text() == "Nothing found"


def test_an_empty_archive_says_how_to_fill_it(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    desk.archive = Archive.create(tmp_path / "new.archive")
    view = ResultsView(desk)
    qtbot.addWidget(view)
    view.show()
    asked: list[str] = []
    view.files_asked.connect(lambda: asked.append("files"))
    view.folder_asked.connect(lambda: asked.append("folder"))
    search(view, "*")
    assert view._empty.title.text() == "This archive is empty"
    view._empty.files.click()
    view._empty.folder.click()
    assert asked == ["files", "folder"]
    assert not view._empty.link.isVisible()
    search(view, "word")
    assert view._empty.title.text() == "Nothing found"
    qtbot.waitUntil(lambda: view._empty.title.text() == "This archive is empty")


def test_the_table_shows_the_same_and_asks_for_orders(view: ResultsView) -> None:
    orders: list[str] = []
    view.sort_changed.connect(orders.append)
    search(view)
    view.select_id(view.model.key(2))
    view.toggle_table()
    assert view.is_table()
    assert view.current_id() == view.model.key(2)
    view._sort_by(1)
    view._sort_by(1)
    view._sort_by(2)
    assert orders == ["newest", "oldest"]
    view.grab()


def test_it_remembers(view: ResultsView, open_desk: Desk, qtbot: QtBot) -> None:
    search(view)
    view.toggle_table()
    view.set_sort("oldest")
    view.toggle_tick()
    other = ResultsView(open_desk)
    qtbot.addWidget(other)
    other.restore_state(view.save_state())
    assert other.is_table()
    assert other.sort() == "oldest"
    assert other.ticked_count() == 1
    other.restore_state({"sort": 7, "columns": 3, "ticked": "no"})


def test_without_words_the_order_in_effect_is_told(view: ResultsView) -> None:
    search(view, "type:communique")
    assert view._head.sort.text() == "Newest first"
    assert view.sort() == "relevance"


def test_dimming_keeps_what_is_there(view: ResultsView) -> None:
    search(view)
    view.set_dimmed(True)
    view.grab()
    search(view)
    assert not view.dimmed()


def test_a_hundred_thousand_rows_are_shown_at_once(view: ResultsView) -> None:
    keys = list(range(1, 100_001))
    years = (FacetCount("2014", 100_000),)
    found = Found("x", "", len(keys), 1.0, None, facets={"year": years})
    start = time.perf_counter()
    view.show_found("x", found, keys)
    view.lists.cards.selectAll()
    view.tick_all()
    view.toggle_table()
    assert time.perf_counter() - start < 1.0
    assert told(view) == "100,000 records, 100,000 chosen"
    assert len(view.target_ids()) == 100_000


def test_closing_the_archive_empties_it(view: ResultsView, open_desk: Desk) -> None:
    search(view)
    view.tick_all()
    open_desk.events.archive_closed.emit()
    assert view.model.rowCount() == 0
    assert view.ticked_count() == 0
