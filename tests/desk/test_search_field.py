from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from archivist.desk.models import completion
from archivist.desk.models.lexicon import Lexicon
from archivist.desk.views.search_field import SearchField
from archivist.model.errors import QueryError
from archivist.model.query_parse import parse
from archivist.model.query_say import say_marked

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from archivist.desk.context import Desk

_WORDS = Lexicon(
    {"type": {"note": "note", "speech": "speech"}},
    {"type": {"note": "Diplomatic note", "speech": "Speech"}, "in": {"inbox": "Inbox"}},
    ("file no",),
)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def field(open_desk: Desk, window: QWidget, qtbot: QtBot) -> SearchField:
    made = SearchField(open_desk)
    QVBoxLayout(window).addWidget(made)
    window.resize(700, 300)
    archive = open_desk.archive
    assert archive is not None
    made.set_lexicon(Lexicon.of(archive.vocabulary))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    made.editor.setFocus()
    return made


def test_keys_are_followed_after_a_pause_and_once(field: SearchField, qtbot: QtBot) -> None:
    asked: list[str] = []
    field.query_changed.connect(asked.append)
    QTest.keyClicks(field.editor, "visit", delay=5)
    assert asked == []
    qtbot.waitUntil(lambda: asked == ["visit"])
    qtbot.wait(150)
    assert asked == ["visit"]


def test_enter_asks_at_once_and_down_leaves(field: SearchField, qtbot: QtBot) -> None:
    QTest.keyClicks(field.editor, "visit")
    with qtbot.waitSignal(field.submitted) as said:
        QTest.keyClick(field.editor, Qt.Key.Key_Return)
    assert said.args == ["visit"]
    assert field.text() == "visit"
    with qtbot.waitSignal(field.left_down):
        QTest.keyClick(field.editor, Qt.Key.Key_Down)


def test_escape_clears(field: SearchField, qtbot: QtBot) -> None:
    QTest.keyClicks(field.editor, "visit")
    QTest.keyClick(field.editor, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_what_the_mouse_changed_can_be_taken_back(field: SearchField, qtbot: QtBot) -> None:
    QTest.keyClicks(field.editor, "visit")
    field.set_text("visit type:note")
    field.editor.undo()
    assert field.text() == "visit"


def test_several_lines_become_one(field: SearchField, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setText("special and\n privileged\tpartnership")
    field.editor.insertFromMimeData(data)
    assert field.text() == "special and privileged partnership"


def test_a_fault_is_told_when_the_keys_rest(field: SearchField, qtbot: QtBot) -> None:
    QTest.keyClicks(field.editor, "tpye:note")
    with pytest.raises(QueryError) as refused:
        parse(field.text(), field.editor.lexicon)
    field.show_fault(refused.value)
    assert field.reading.text() == ""
    assert field.editor.fault == (0, 0)
    qtbot.waitUntil(lambda: field.reading.text() != "", timeout=3000)
    assert "tpye" in field.reading.text()
    assert field.editor.fault == (0, 4)
    field.reading.proposal_taken.emit(refused.value.proposal)
    assert field.text() == "type:note"
    assert field.editor.fault == (0, 0)


def test_the_reading_stands_beneath(field: SearchField) -> None:
    field.set_text('"strategic partnership" -type:note')
    node = parse(field.text(), field.editor.lexicon)
    field.show_reading(say_marked(node, field.editor.lexicon))
    assert "strategic partnership" in field.reading.text()
    assert field.reading.accessibleName() == field.reading.text()
    assert not field.grab().isNull()


def test_fields_are_completed(field: SearchField, qtbot: QtBot) -> None:
    QTest.keyClicks(field.editor, "ty")
    assert field._suggestions.labels() == ["type:"]
    QTest.keyClick(field.editor, Qt.Key.Key_Tab)
    assert field.text() == "type:"


def test_values_are_completed_by_what_people_call_them(field: SearchField, qtbot: QtBot) -> None:
    QTest.keyClicks(field.editor, "type:dip")
    qtbot.waitUntil(lambda: field._suggestions.labels() == ["Diplomatic note"])
    QTest.keyClick(field.editor, Qt.Key.Key_Down)
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.text() == "type:note "


def test_enter_takes_no_suggestion_nobody_chose(field: SearchField, qtbot: QtBot) -> None:
    QTest.keyClicks(field.editor, "ti")
    assert field._suggestions.isVisible()
    with qtbot.waitSignal(field.submitted) as said:
        QTest.keyClick(field.editor, Qt.Key.Key_Return)
    assert said.args == ["ti"]


def test_all_that_can_be_said_is_one_key_away(field: SearchField) -> None:
    QTest.keyClick(field.editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    labels = field._suggestions.labels()
    assert {"OR", "NEAR/5", "/p", "ATLEAST/3", "type:", "like:", "date:"} <= set(labels)
    assert not field.window().grab().isNull()
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.text() == "OR "
    field.clear()
    QTest.keyClicks(field.editor, "treaty")
    QTest.keyClick(field.editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert field._suggestions.labels()[:3] == ["treaty*", "=treaty", "treaty~"]
    QTest.keyClick(field.editor, Qt.Key.Key_Down)
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.text() == "=treaty "


def test_all_values_of_a_field_are_one_key_away(field: SearchField, qtbot: QtBot) -> None:
    field.set_text("type:note")
    QTest.keyClick(field.editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: len(field._suggestions.labels()) > 2)
    assert "Communiqué" in field._suggestions.labels()


def test_the_record_that_is_read_is_offered_for_likeness(field: SearchField) -> None:
    field.here = ("2026-000017", "A note")
    QTest.keyClicks(field.editor, "like:")
    assert field._suggestions.labels() == ["2026-000017"]
    QTest.keyClick(field.editor, Qt.Key.Key_Tab)
    assert field.text() == "like:2026-000017 "


def test_a_word_tells_what_it_stands_for(field: SearchField, qtbot: QtBot) -> None:
    field.set_text("partnership -visit type:note")
    assert field.editor.word_at(3) == "partnership"
    assert field.editor.word_at(14) == "visit"
    assert field.editor.word_at(24) == ""
    said: list[str] = []
    field._read_forms("partnership", said.append)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].startswith("partnership finds partnership ")
    field._read_forms("zzzqqq", said.append)
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said[1] == "No record has this word."


def test_what_an_answer_leaves_out_stands_before_the_reading(field: SearchField) -> None:
    field.show_reading([("Documents with words.", False)], ["“a*” stands for too many words."])
    assert field.reading.text() == "“a*” stands for too many words. Documents with words."
    assert not field.grab().isNull()
    field.show_reading([("Documents.", False)])
    assert field.reading.text() == "Documents."


@pytest.mark.parametrize(
    "query", ["NEAR/", "a NEAR/", "a /", "ATLEAST/", "wor~", "=", "like:", "("]
)
def test_typing_never_errs(query: str, field: SearchField, qtbot: QtBot) -> None:
    QTest.keyClicks(field.editor, query)
    qtbot.waitUntil(lambda: not field._pause.isActive())
    assert field.text() == query
    assert not field.grab().isNull()


@pytest.mark.parametrize(
    ("text", "cursor", "found"),
    [
        ("a NEAR/", 7, completion.Place(2, 7, "NEAR/")),
        ("a /", 3, completion.Place(2, 3, "/")),
        ("visit or", 8, completion.Place(6, 8, "or")),
        ("type:no", 7, completion.Place(5, 7, "no", "type")),
        ('place:"Port H', 13, completion.Place(6, 13, "Port H", "place")),
        ("-ty", 3, completion.Place(1, 3, "ty")),
        ("visit ", 6, None),
        ('"visit', 6, None),
        ("", 0, None),
    ],
)
def test_the_place_of_completion(text: str, cursor: int, found: completion.Place | None) -> None:
    assert completion.place_at(text, cursor, _WORDS) == found


def test_what_is_offered() -> None:
    def names(text: str) -> list[str]:
        place = completion.place_at(text, len(text), _WORDS)
        assert place is not None
        return [one.text for one in completion.suggest_names(place, _WORDS)]

    assert names("cou") == ["country:"]
    assert names("file") == ["filed:", "file_no:"]
    assert names("OR") == ["originator:", "OR "]
    assert names("a NE") == ["NEAR/5 "]
    assert names("a near/") == ["NEAR/2 ", "NEAR/3 ", "NEAR/5 ", "NEAR/10 "]
    assert names("a NEAR/7") == ["NEAR/7 "]
    assert names("a /") == ["/s ", "/p "]
    assert names("AT") == ["ATLEAST/3 "]
    today = dt.date(2026, 3, 4)
    spans = completion.suggest_dates(completion.Place(5, 9, "last", "date"), today)
    assert '"last year" ' in [one.text for one in spans]
    year = next(one for one in spans if one.label == "last year")
    assert year.detail == "2025"
    dates = completion.suggest_dates(completion.Place(5, 9, "2010", "date"), today)
    assert [one.text for one in dates] == ["2010.. ", "..2010 ", "2010..2026 "]
    values = completion.suggest_values(completion.Place(0, 0, "", "place"), ["Port Halden"], _WORDS)
    assert values[0].text == '"Port Halden" '
    letters = completion.suggest_values(
        completion.Place(0, 6, "letter", "x"), ["letter-of-credence", "Letter"], _WORDS
    )
    assert [one.label for one in letters] == ["Letter", "letter-of-credence"]
    inbox = completion.fixed_values(completion.Place(0, 0, "in", "in"), _WORDS)
    assert inbox == ["inbox"]


def test_a_proposal_is_whole_after_the_look_changed(field: SearchField) -> None:
    line = field.reading
    line.resize(900, 20)
    line.show_fault("There is no field “tpye”.", "visit type:note")
    for mode in ("dark", "light"):
        line._desk.theme.set_mode("dark" if mode == "dark" else "light")
        assert line._button.width() >= line._button.sizeHint().width()
