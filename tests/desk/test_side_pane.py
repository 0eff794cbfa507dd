from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, QRectF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest

from archivist.archive.results import FacetCount
from archivist.desk.finder import Answer, Finder
from archivist.desk.models.lexicon import Lexicon
from archivist.desk.views.facet_rows import Group, Item, Manage, More
from archivist.desk.views.facets import Facets, minus_rect
from archivist.desk.views.navigation import Navigation, Place, place_of, query_of, recent_query
from archivist.model.errors import QueryError

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from archivist.desk.context import Desk
    from archivist.desk.views.rows import RowList

_COUNTS = {
    "type": [FacetCount(value, 9 - n) for n, value in enumerate(("note", "speech", "a", "b", "c"))]
    + [FacetCount("letter", 1), FacetCount("report", 1)],
    "country": [FacetCount("FR", 3)],
}
_WORDS = Lexicon({"type": {}, "country": {}}, {"country": {"FR": "France"}})


def _row(rows: RowList, text: str) -> QModelIndex:
    for number, row in enumerate(rows.rows.rows):
        if row.text == text:
            return rows.rows.index(number)
    raise AssertionError(f"no row {text}: {[row.text for row in rows.rows.rows]}")


@pytest.fixture
def facets(desk: Desk, qtbot: QtBot) -> Facets:
    made = Facets(desk)
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.set_lexicon(_WORDS)
    made.resize(240, 400)
    made.show()
    return made


def _press(facets: Facets, text: str, key: Qt.Key = Qt.Key.Key_Space) -> None:
    facets.setCurrentIndex(_row(facets, text))
    QTest.keyClick(facets, key)


def test_what_the_keys_choose_stands_in_the_query(facets: Facets, qtbot: QtBot) -> None:
    facets.show_counts("visit", _COUNTS)
    with qtbot.waitSignal(facets.query_edited) as said:
        _press(facets, "France")
    assert said.args == ["visit country:FR"]
    with qtbot.waitSignal(facets.query_edited) as said:
        _press(facets, "Note", Qt.Key.Key_Minus)
    assert said.args == ["visit -type:note"]


def test_what_the_query_asks_for_is_ticked(facets: Facets, qtbot: QtBot) -> None:
    facets.show_counts("visit type:(speech OR letter) -type:note", _COUNTS)
    items = [row for row in facets.rows.rows if isinstance(row, Item)]
    assert [(row.text, row.state) for row in items] == [
        ("Note", "not"),
        ("Speech", "on"),
        ("A", "off"),
        ("B", "off"),
        ("C", "off"),
        ("Letter", "on"),
        ("France", "off"),
    ]
    assert items[0].count == 9
    head = next(row for row in facets.rows.rows if isinstance(row, Group))
    assert head.summary() == "2 chosen, 1 left out"
    with qtbot.waitSignal(facets.query_edited) as said:
        _press(facets, "Speech")
    assert said.args == ["visit type:letter -type:note"]


def test_the_mouse_ticks_and_leaves_out(facets: Facets, qtbot: QtBot) -> None:
    facets.show_counts("", _COUNTS)
    rect = facets.visualRect(_row(facets, "Speech"))
    with qtbot.waitSignal(facets.query_edited) as said:
        QTest.mouseClick(facets.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert said.args == ["type:speech"]
    row = facets.row_at(_row(facets, "Speech"))
    assert isinstance(row, Item)
    edge = minus_rect(facets.desk.theme, QRectF(rect), row).center().toPoint()
    with qtbot.waitSignal(facets.query_edited) as said:
        QTest.mouseClick(facets.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    assert said.args == ["-type:speech"]


def test_long_groups_show_more_and_fold(facets: Facets, qtbot: QtBot) -> None:
    facets.show_counts("", _COUNTS)
    more = next(row for row in facets.rows.rows if isinstance(row, More))
    assert more.text == "2 more"
    _press(facets, "2 more")
    assert _row(facets, "Report").isValid()
    _press(facets, "Type", Qt.Key.Key_Left)
    assert facets.folded() == ["type"]
    assert [row.text for row in facets.rows.rows] == [
        "Type",
        "Country",
        "France",
        "More filters …",
    ]


def test_a_facet_forgets_what_is_asked_of_it(facets: Facets, qtbot: QtBot) -> None:
    facets.show_counts("visit type:(speech OR letter) -type:note country:FR", _COUNTS)
    with qtbot.waitSignal(facets.query_edited) as said:
        _press(facets, "Type", Qt.Key.Key_Delete)
    assert said.args == ["visit country:FR"]
    with qtbot.waitSignal(facets.query_edited) as said:
        facets.only("type", "note")
    assert said.args == ["visit country:FR type:note"]


def test_a_value_is_left_out_by_alt_and_a_click(facets: Facets, qtbot: QtBot) -> None:
    facets.show_counts("", _COUNTS)
    at = facets.visualRect(_row(facets, "Speech")).center()
    left, alt = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier
    with qtbot.waitSignal(facets.query_edited) as said:
        QTest.mouseClick(facets.viewport(), left, alt, at)
    assert said.args == ["-type:speech"]


def test_left_goes_to_the_head_and_folds_it(facets: Facets) -> None:
    facets.show_counts("", _COUNTS)
    _press(facets, "Speech", Qt.Key.Key_Left)
    assert facets.row_at(facets.currentIndex()).text == "Type"
    QTest.keyClick(facets, Qt.Key.Key_Left)
    assert facets.folded() == ["type"]


def test_facets_are_shown_and_hidden(facets: Facets, qtbot: QtBot) -> None:
    counts = {**_COUNTS, "box": [FacetCount("14", 2)], "series": [FacetCount("A/1", 2)]}
    facets.set_lexicon(Lexicon(custom_names=("box",)))
    facets.show_counts("", counts)
    shown = [row.text for row in facets.rows.rows if isinstance(row, Group)]
    assert shown == ["Type", "Country"]
    assert isinstance(facets.rows.rows[-1], Manage)
    menu = facets.menu_of(facets.rows.rows[-1])
    names = {action.text(): action for action in menu.actions() if action.text()}
    assert not names["Box"].isChecked()
    with qtbot.waitSignal(facets.shown_changed):
        names["Box"].trigger()
    names["Type"].trigger()
    assert "type" not in facets.shown()
    assert facets.shown()[-1] == "box"
    assert [row.text for row in facets.rows.rows if isinstance(row, Group)] == ["Country", "Box"]


def test_the_menu_of_a_value_says_what_can_be_done(facets: Facets, qtbot: QtBot) -> None:
    facets.show_counts("type:speech", _COUNTS)
    menu = facets.menu_of(facets.row_at(_row(facets, "Speech")))
    names = [action.text() for action in menu.actions() if action.text()]
    assert names[:3] == ["Ask for it no more", "Leave it out", "Ask for this one only"]
    with qtbot.waitSignal(facets.values_asked) as said:
        next(one for one in menu.actions() if one.text().startswith("Search within")).trigger()
    assert said.args == ["type"]


def test_many_values_are_searched_in_a_panel(facets: Facets, qtbot: QtBot) -> None:
    many = [FacetCount(f"Person {n}", 40 - n) for n in range(40)]
    facets.show_counts("", {"person": many})
    with qtbot.waitSignal(facets.values_asked) as said:
        _press(facets, "35 more …")
    assert said.args == ["person"]


def test_the_keyboard_stays_at_its_value_when_the_counts_change(facets: Facets) -> None:
    facets.show_counts("visit", _COUNTS)
    _press(facets, "Speech")
    facets.show_counts("visit type:speech", {"type": [FacetCount("speech", 8)]})
    assert facets.row_at(facets.currentIndex()).text == "Speech"
    facets.show_counts("visit", _COUNTS)
    assert facets.row_at(facets.currentIndex()).text == "Speech"
    facets.show_counts("nothing", {})
    assert not facets.currentIndex().isValid()


def test_where_a_value_is_gone_the_keyboard_stays_in_its_place(facets: Facets) -> None:
    facets.show_counts("", _COUNTS)
    _press(facets, "2 more")
    assert facets.row_at(facets.currentIndex()).text == "Letter"


def test_a_query_being_typed_keeps_the_facets(facets: Facets) -> None:
    facets.show_counts('"visit', _COUNTS)
    assert _row(facets, "France").isValid()
    assert not facets.grab().isNull()


@pytest.fixture
def navigation(open_desk: Desk, qtbot: QtBot) -> Navigation:
    made = Navigation(open_desk)
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    open_desk.events.archive_opened.emit()
    qtbot.waitUntil(lambda: any(isinstance(r, Place) and r.count for r in made.rows.rows))
    return made


def _counts(navigation: Navigation) -> dict[str, int | None]:
    return {row.id: row.count for row in navigation.rows.rows if isinstance(row, Place)}


def test_places_are_counted(navigation: Navigation, open_desk: Desk) -> None:
    archive = open_desk.archive
    assert archive is not None
    total = archive.count()
    counts = _counts(navigation)
    assert counts["all"] == counts["inbox"] == counts["recent"] == total > 10
    assert (counts["trash"], counts["imports"]) == (0, 1)


def test_counts_follow_changes(navigation: Navigation, open_desk: Desk, qtbot: QtBot) -> None:
    archive = open_desk.archive
    assert archive is not None
    first = archive.record(archive.find_keys("*")[0])
    change = archive.delete([first.ref])
    open_desk.events.changed.emit(change)
    qtbot.waitUntil(lambda: _counts(navigation)["trash"] == 1)


def test_enter_goes_to_a_place(navigation: Navigation, qtbot: QtBot) -> None:
    navigation.setCurrentIndex(_row(navigation, "Trash"))
    with qtbot.waitSignal(navigation.asked) as said:
        QTest.keyClick(navigation, Qt.Key.Key_Return)
    assert said.args == ["trash"]


def test_without_an_archive_no_place_can_be_gone_to(desk: Desk, qtbot: QtBot) -> None:
    navigation = Navigation(desk)
    qtbot.addWidget(navigation)
    assert not any(row.stops for row in navigation.rows.rows)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("", "all"),
        ("visit", "all"),
        ("in:inbox visit", "inbox"),
        (recent_query(), "recent"),
        ("filed:2001..", "all"),
        ('series:"B 1" visit', "series:B 1"),
        ('"in:inbox', "all"),
    ],
)
def test_the_query_tells_the_place(query: str, place: str) -> None:
    assert place_of(query) == place


def test_places_are_queries() -> None:
    for place in ("inbox", "recent", "all", "series:B 1"):
        assert place_of(query_of(place)) == place
    assert recent_query(dt.date(2026, 1, 3)) == "filed:2025-12-27.."


def test_a_search_tells_what_it_found(open_desk: Desk, qtbot: QtBot) -> None:
    finder = Finder(open_desk)
    with qtbot.waitSignal(finder.answered, timeout=10_000) as said:
        finder.ask('"strategic partnership', "relevance")
    answer = said.args[0]
    assert isinstance(answer, Answer)
    assert answer.query == '"strategic partnership"'
    assert answer.found.total == len(answer.keys) > 0
    assert any(emphasised for _, emphasised in answer.reading)
    assert {"type", "year"} <= set(answer.found.facets)


def test_only_the_last_question_is_answered(open_desk: Desk, qtbot: QtBot) -> None:
    finder = Finder(open_desk)
    answers: list[Answer] = []
    finder.answered.connect(answers.append)
    for text in ("v", "vi", "vis", "visi", "visit"):
        finder.ask(text, "relevance")
    qtbot.waitUntil(lambda: not open_desk.tasks.busy(), timeout=10_000)
    assert [answer.text for answer in answers] == ["visit"]
    finder.ask("visit", "relevance")
    assert not open_desk.tasks.busy()


def test_what_cannot_be_read_is_refused(open_desk: Desk, qtbot: QtBot) -> None:
    finder = Finder(open_desk)
    with qtbot.waitSignal(finder.refused, timeout=10_000) as said:
        finder.ask("tpye:note", "relevance")
    assert isinstance(said.args[0], QueryError)


def _spoken(rows: RowList) -> list[str]:
    spoken = QAccessible.queryAccessibleInterface(rows)
    assert spoken is not None
    assert spoken.text(QAccessible.Text.Name)
    children = [spoken.child(number) for number in range(spoken.childCount())]
    return [child.text(QAccessible.Text.Name) for child in children]


def test_a_screen_reader_says_what_stands_in_a_row(facets: Facets, navigation: Navigation) -> None:
    facets.show_counts("type:speech -type:note", _COUNTS)
    said = _spoken(facets)
    assert "Type, 1 chosen, 1 left out" in said
    assert "Speech, 8, chosen" in said
    assert "Note, 9, left out" in said
    assert any(text.startswith("Inbox, ") for text in _spoken(navigation))


def test_the_list_is_told_before_its_counts(open_desk: Desk, qtbot: QtBot) -> None:
    finder = Finder(open_desk)
    told: list[tuple[str, int, int]] = []
    finder.listed.connect(lambda a: told.append(("list", len(a.keys), len(a.found.facets))))
    finder.answered.connect(lambda a: told.append(("all", len(a.keys), len(a.found.facets))))
    with qtbot.waitSignal(finder.answered, timeout=10_000) as said:
        finder.ask("partnership", "relevance")
    total = said.args[0].found.total
    assert [one[:2] for one in told] == [("list", total), ("all", total)]
    assert told[0][2] == 0 < told[1][2]
    assert said.args[0].found.hits
    assert said.args[0].written == "partnership"


def test_an_import_is_followed_now_and_then_and_never_before_what_is_typed(
    open_desk: Desk, qtbot: QtBot
) -> None:
    finder = Finder(open_desk)
    answers: list[str] = []
    finder.answered.connect(lambda answer: answers.append(answer.text))
    finder.ask("visit", "relevance")
    for _ in range(20):
        finder.follow()
    assert finder.is_behind()
    qtbot.waitUntil(lambda: answers == ["visit", "visit"], timeout=10_000)
    for _ in range(20):
        finder.follow()
    finder.ask("partnership", "relevance")
    qtbot.waitUntil(lambda: not finder.is_behind() and not open_desk.tasks.busy(), timeout=10_000)
    assert answers[2] == "partnership"
    assert len(answers) <= 4
