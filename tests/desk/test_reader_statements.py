"""Statements at the reader, in the real window: read, decided on, filed, corrected, found."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent, QMouseEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from archivist.archive import Archive
from archivist.archive.statements.account import Told
from archivist.desk.context import Desk
from archivist.desk.start import end
from archivist.desk.views.reader_account import FOLDED, FactRow, HeadRow, NoteRow, SaidRow
from archivist.desk.views.reader_reading import MARKS
from archivist.model.change import Change
from archivist.model.record import Description, Record
from archivist.store import Store
from tests.archive.saying_rules import PlainRules
from tests.desk.test_window import Driven

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archivist.desk.views.reader import ReaderPane
    from archivist.desk.views.reader_statements import StatementsPanel

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier

TEXT = (
    "Talks on the ferry were held in the harbour of Teveril.\n\n"
    "“The sanctions will stay in force until the ferry sails again,” Bo Lind, the Minister of "
    "Transport, said. The harbour was cold and nobody stayed for long.\n\n"
    "Ilva Marenk stressed that trade between the two shores had grown again.\n\n"
    "In October 1962 the two governments had signed the first agreement on the ferry."
)
OTHER = "Not a soul had anything to say on the quay."


@pytest.fixture(scope="module")
def shared(
    tmp_path_factory: pytest.TempPathFactory, qapp: QApplication, request: pytest.FixtureRequest
) -> Iterator[Driven]:
    """Return one window for all tests here, on an archive of two short texts."""
    home = tmp_path_factory.mktemp("talks")
    with Archive.create(home / "talks.archive") as archive:
        archive.type_in(Description(title="Ferry talks", date="2012-05-06", language="en"), TEXT)
        archive.type_in(Description(title="Quiet", date="2012-05-07", language="en"), OTHER)
        archive.read_statements()
    settings = QSettings(str(home / "desk.ini"), QSettings.Format.IniFormat)
    settings.setValue("look/mode", "light")
    desk = Desk(settings)
    desk.theme.apply()
    made = Driven(desk, QtBot(request))
    made.open(home / "talks.archive")
    yield made
    desk.jobs.running.clear()
    made.window.close()
    end(desk)
    made.window.deleteLater()


@pytest.fixture
def driven(shared: Driven, qtbot: QtBot) -> Iterator[Driven]:
    """Return the window at the first record's text; what a test does is taken back."""
    shared.bot = qtbot
    first, window = shared.archive.undo_title(), shared.window
    window.search("")
    window.show_view("records")
    window.reader.show_tab("text")
    shared.calm()
    window.show_record(1)
    shared.calm()
    yield shared
    panel = window.reader.said
    panel.deciding.leave()
    panel._folded, panel._opened = set(FOLDED), set()
    shared.desk.settings.remove(MARKS)
    window.reader.page.text.setTextCursor(QTextCursor(window.reader.page.text.document()))
    window.strip.dismiss()
    while shared.archive.undo_title() != first:
        shared.archive.undo()
    shared.desk.events.changed.emit(Change(0, "undo", ""))
    shared.calm()


def reader_of(driven: Driven) -> ReaderPane:
    return driven.window.reader


def panel_of(driven: Driven) -> StatementsPanel:
    """Turn to the Statements tab by its key."""
    press(driven, Qt.Key.Key_3, _CTRL | _ALT)
    panel = reader_of(driven).said
    assert panel.isVisible()
    panel.focus()
    return panel


def press(
    driven: Driven,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    QTest.keyClick(QApplication.focusWidget() or driven.window, key, modifier)
    driven.calm()


def record_of(driven: Driven) -> Record:
    return driven.archive.record(1)


def said_by(panel: StatementsPanel, name: str) -> Told:
    """Take the statement of a speaker in hand."""
    for place, row in enumerate(panel.list.rows.rows):
        if isinstance(row, SaidRow) and row.it.said.speaker.endswith(name):
            panel.list.setCurrentIndex(panel.list.rows.index(place))
            return row.it
    raise AssertionError(f"{name} says nothing")


def again(driven: Driven, name: str) -> Told:
    """Return the statement of a speaker as the archive has it now."""
    told = driven.archive.account(record_of(driven)).said
    return next(one for one in told if one.said.speaker.endswith(name))


def select(driven: Driven, words: str) -> None:
    """Select words of the text with the keyboard's cursor."""
    text = reader_of(driven).page.text
    found = text.document().find(words)
    assert not found.isNull(), words
    cursor = QTextCursor(text.document())
    cursor.setPosition(found.selectionStart())
    cursor.setPosition(found.selectionEnd(), QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    driven.calm()


def rows(panel: StatementsPanel) -> list[str]:
    return [row.text for row in panel.list.rows.rows if isinstance(row, HeadRow)]


def test_the_tab_lists_statements_and_dated_facts_in_the_order_of_the_text(
    driven: Driven,
) -> None:
    panel = panel_of(driven)
    said = [row.it for row in panel.list.rows.rows if isinstance(row, SaidRow)]
    assert [one.said.start for one in said] == sorted(one.said.start for one in said)
    assert {"Statements", "Dated facts"} <= set(rows(panel))
    assert {"Bo Lind", "Ilva Marenk"} <= {one.said.speaker for one in said}
    (fact,) = [row for row in panel.list.rows.rows if isinstance(row, FactRow)]
    assert fact.it.fact.date == "1962-10"
    assert "October 1962: In October 1962 the two governments" in fact.spoken()
    spoken = SaidRow(told=said_by(panel, "Lind")).spoken()
    for words in ("Bo Lind", "Minister of Transport", "sanctions will stay", "Direct", "said"):
        assert words in spoken


def test_arrows_move_the_text_to_the_place_with_its_words_marked(driven: Driven) -> None:
    panel, page = panel_of(driven), reader_of(driven).page.text
    first = said_by(panel, "Lind").said
    assert page._bar == (first.start, first.end)
    assert page._spans == (first.pieces or ((first.start, first.end),))
    assert page.cited_paragraph() == 2
    press(driven, Qt.Key.Key_Down)
    second = panel.current()
    assert second is not None
    assert second.said.start > first.start
    assert page._bar == (second.said.start, second.said.end)
    press(driven, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page
    press(driven, Qt.Key.Key_1, _CTRL | _ALT)
    assert not reader_of(driven).said.isVisible()
    assert page._spans == ()


def test_it_says_why_it_is_one_folded(driven: Driven) -> None:
    panel = panel_of(driven)
    said_by(panel, "Lind")
    row = panel.list.current()
    assert isinstance(row, SaidRow)
    before = panel.list.height_of(row)
    assert not row.open
    press(driven, Qt.Key.Key_Left)
    press(driven, Qt.Key.Key_Right)
    row = panel.list.current()
    assert isinstance(row, SaidRow)
    assert row.open
    assert panel.list.height_of(row) > before
    assert any("quotation marks" in one for one in row.reasons())
    assert any("%" in one for one in row.reasons())
    press(driven, Qt.Key.Key_Right)
    press(driven, Qt.Key.Key_Left)
    assert not getattr(panel.list.current(), "open", True)


def test_letters_confirm_reject_and_withdraw_and_undo_is_named(driven: Driven) -> None:
    panel = panel_of(driven)
    said_by(panel, "Lind")
    press(driven, Qt.Key.Key_Y)
    told = panel.current()
    assert told is not None
    assert told.filed.status == "confirmed"
    assert told.who == driven.archive.who
    row = panel.list.current()
    assert isinstance(row, SaidRow)
    assert f"Confirmed by {driven.archive.who}" in row.decision()
    driven.bot.waitUntil(
        lambda: "confirmation of a statement" in driven.window.book["edit.undo"].text()
    )
    press(driven, Qt.Key.Key_W)
    assert again(driven, "Lind").filed.status == "found"
    press(driven, Qt.Key.Key_R)
    assert again(driven, "Lind").filed.status == "rejected"
    assert "Rejected" in rows(panel)
    assert not any(one.told.startswith("Bo Lind") for one in panel.marks())
    driven.window.commands.undo()
    driven.calm()
    assert again(driven, "Lind").filed.status == "found"
    assert "Rejected" not in rows(panel)


def test_unsure_and_rejected_ones_stand_apart_and_unfold(driven: Driven) -> None:
    panel = panel_of(driven)
    told = said_by(panel, "Marenk")
    driven.window.centre.judge("reject")
    driven.calm()
    place = rows(panel).index("Rejected")
    heads = [row for row in panel.list.rows.rows if isinstance(row, HeadRow)]
    assert heads[place].folded
    assert not any(
        isinstance(row, SaidRow) and row.it.said == told.said for row in panel.list.rows.rows
    )
    assert panel.list.go_to(heads[place].key)
    press(driven, Qt.Key.Key_Space)
    assert said_by(panel, "Marenk").filed.status == "rejected"
    press(driven, Qt.Key.Key_W)
    assert again(driven, "Marenk").filed.status == "found"


def test_the_registrys_keys_act_on_the_statement_in_hand(driven: Driven) -> None:
    panel = panel_of(driven)
    said_by(panel, "Lind")
    assert driven.window.book["statement.confirm"].isEnabled()
    press(driven, Qt.Key.Key_Y, _CTRL | _SHIFT)
    assert again(driven, "Lind").filed.status == "confirmed"
    press(driven, Qt.Key.Key_4, _CTRL | _ALT)
    assert reader_of(driven).shown_tab() == "record"
    assert not driven.window.book["statement.confirm"].isEnabled()


def test_selected_words_are_filed_and_found_at_once(driven: Driven) -> None:
    select(driven, "nobody stayed for long")
    press(driven, Qt.Key.Key_M, _CTRL | _SHIFT)
    panel = reader_of(driven).said
    form = panel.form
    assert panel.is_asking()
    assert QApplication.focusWidget() is form.fields["speaker"]
    assert form.values()["speaker"] == "Bo Lind"
    assert form.values()["kind"] == "indirect"
    assert form.words.text() == "nobody stayed for long"
    form.fields["speaker"].setText("Otto Weber")
    form.fields["occasion"].setText("on the quay")
    press(driven, Qt.Key.Key_Return)
    assert not panel.is_asking()
    told = panel.current()
    assert told is not None
    assert (told.said.speaker, told.said.occasion) == ("Otto Weber", "on the quay")
    assert told.filed.status == "added"
    assert QApplication.focusWidget() is panel.list
    driven.bot.waitUntil(lambda: driven.archive.statements("speaker:weber").total == 1)
    driven.type("speaker:weber")
    assert driven.total() == 1
    press(driven, Qt.Key.Key_2, _CTRL)
    line = driven.window.centre.statements.current_line()
    assert line is not None
    assert line.filed.statement.speaker == "Otto Weber"
    driven.window.commands.undo()
    driven.calm()
    assert not any(
        one.said.speaker == "Otto Weber" for one in driven.archive.account(record_of(driven)).said
    )


def test_without_words_selected_nothing_is_filed(driven: Driven) -> None:
    told: list[str] = []
    driven.desk.events.message.connect(told.append)
    press(driven, Qt.Key.Key_M, _CTRL | _SHIFT)
    assert "Select the words" in told[-1]
    assert not reader_of(driven).said.is_asking()


def test_a_statement_is_corrected_in_the_same_pane_its_words_too(driven: Driven) -> None:
    panel = panel_of(driven)
    said_by(panel, "Marenk")
    press(driven, Qt.Key.Key_E)
    form = panel.form
    assert form.save.text() == "Save correction"
    assert form.values()["speaker"] == "Ilva Marenk"
    select(driven, "between the two shores")
    driven.bot.waitUntil(lambda: form.words.text() == "between the two shores")
    assert panel.is_asking()
    form.fields["addressee"].setText("reporters")
    form.fields["addressee"].setFocus()
    press(driven, Qt.Key.Key_Return)
    told = again(driven, "Marenk")
    assert told.words == "between the two shores"
    assert (told.said.addressee, told.filed.status) == ("reporters", "corrected")
    assert panel.current() is not None
    driven.window.commands.undo()
    driven.calm()
    assert again(driven, "Marenk").words.startswith("trade between")


def test_escape_leaves_the_pane_and_a_fault_is_said_in_it(driven: Driven) -> None:
    panel = panel_of(driven)
    told = said_by(panel, "Lind")
    press(driven, Qt.Key.Key_E)
    press(driven, Qt.Key.Key_Escape)
    assert not panel.is_asking()
    assert again(driven, "Lind").filed.status == "found"
    select(driven, told.words)
    reader_of(driven).file_statement()
    driven.calm()
    panel.form.save.click()
    driven.calm()
    assert panel.is_asking()
    assert "already" in panel.form.fault.text()


def test_names_are_completed_and_bring_their_office(driven: Driven) -> None:
    select(driven, "nobody stayed for long")
    reader_of(driven).file_statement()
    driven.calm()
    form = reader_of(driven).said.form
    form.fields["role"].clear()
    form.focus("speaker")
    QTest.keyClicks(form.fields["speaker"], "lin")
    driven.calm()
    assert form._names.stringList() == ["Bo Lind"]
    form._completer.activated.emit("Bo Lind")
    assert form.fields["role"].text() == again(driven, "Lind").said.role != ""


def test_what_people_decided_stands_in_the_window_after_newer_rules_and_a_corrected_text(
    driven: Driven, tmp_path: Path
) -> None:
    panel = panel_of(driven)
    said_by(panel, "Lind")
    press(driven, Qt.Key.Key_E)
    panel.form.fields["speaker"].setText("Bo Lindqvist")
    press(driven, Qt.Key.Key_Return)
    said_by(panel, "Marenk")
    press(driven, Qt.Key.Key_R)
    driven.window.reader.page.corrected.emit(f"Held at noon.\n\n{TEXT}")
    driven.calm()
    copy = tmp_path / "newer.archive"
    shutil.copytree(driven.archive.path, copy)
    assert said_by(panel, "Lindqvist").filed.status == "corrected"
    assert "Rejected" in rows(panel)
    page = reader_of(driven).page.text
    shown = page.page().text[slice(*page._bar)]
    assert shown.startswith("The sanctions")
    with Archive(Store.open(copy), extractor=PlainRules(1000)) as newer:
        assert newer.read_statements().records == 2
        told = newer.account(newer.record(1)).said
        kept = {one.filed.status: one.said.speaker for one in told if one.filed.decision}
        assert kept == {"corrected": "Bo Lindqvist", "rejected": "Ilva Marenk"}


def test_the_tab_follows_a_corrected_text_at_once(driven: Driven) -> None:
    panel = panel_of(driven)
    said_by(panel, "Lind")
    press(driven, Qt.Key.Key_Y)
    driven.window.reader.page.corrected.emit(TEXT.replace("The sanctions will stay", "They go"))
    driven.calm()
    assert "Not in the text any more" in rows(panel)
    gone = [r for r in panel.list.rows.rows if isinstance(r, SaidRow) and r.it.filed.stale]
    assert "The sanctions will stay" in gone[0].words()
    panel.list.go_to(gone[0].key)
    press(driven, Qt.Key.Key_R)
    assert "Not in the text any more" in rows(panel), "a decision without its words stays"
    press(driven, Qt.Key.Key_W)
    assert "Not in the text any more" not in rows(panel)


def test_a_record_without_statements_says_why(driven: Driven) -> None:
    panel = panel_of(driven)
    driven.window.show_record(2)
    driven.calm()
    (note,) = [row for row in panel.list.rows.rows if isinstance(row, NoteRow)]
    assert "nobody is found to say anything" in note.text
    made = driven.archive.type_in(Description(title="Scan"), "")
    driven.desk.events.changed.emit(Change(0, "file", "", (made.id,)))
    driven.window.show_record(made.id)
    driven.calm()
    assert "has no text" in panel.list.rows.rows[0].text


def test_the_margin_marks_who_speaks_and_a_press_takes_it_in_hand(driven: Driven) -> None:
    page = reader_of(driven).page.text
    driven.bot.waitUntil(lambda: len(page.said.shown) == 2)
    lind = next(one for one in page.said.shown if one.told.startswith("Bo Lind"))
    top = page.setting.top_of(lind.start + 4)
    assert top is not None
    left = page.document().rootFrame().frameFormat().leftMargin()
    place = QPoint(int(left) + 30, int(top) + 8 - page.verticalScrollBar().value())
    QApplication.sendEvent(
        page.viewport(),
        QHelpEvent(QEvent.Type.ToolTip, place, page.viewport().mapToGlobal(place)),
    )
    assert QToolTip.text().startswith("Bo Lind, ")
    over = QPointF(place)
    none = Qt.MouseButton.NoButton
    move = QMouseEvent(
        QEvent.Type.MouseMove, over, over, none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(page.viewport(), move)
    assert page.said.hovered == lind
    margin = QPoint(int(left) - 8, place.y())
    QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=margin)
    driven.calm()
    assert reader_of(driven).shown_tab() == "statements"
    told = reader_of(driven).said.current()
    assert told is not None
    assert told.said.speaker == "Bo Lind"


def test_the_marks_can_be_switched_off_and_stay_so(driven: Driven) -> None:
    page = reader_of(driven).page.text
    driven.bot.waitUntil(lambda: len(page.said.shown) == 2)
    press(driven, Qt.Key.Key_M, _CTRL | _ALT)
    assert page.said.shown == ()
    assert driven.desk.settings.value(MARKS, type=bool) is False
    driven.window.show_record(2)
    driven.calm()
    driven.window.show_record(1)
    driven.calm()
    assert page.said.shown == ()
    press(driven, Qt.Key.Key_M, _CTRL | _ALT)
    driven.bot.waitUntil(lambda: len(page.said.shown) == 2)


def test_one_key_takes_a_statement_or_a_fact_to_the_dossier(driven: Driven) -> None:
    panel, gathering = panel_of(driven), driven.window.centre.gathering
    told = said_by(panel, "Lind")
    press(driven, Qt.Key.Key_D)
    assert gathering.stretches == {(1, told.said.start, told.said.end)}
    row = panel.list.current()
    assert isinstance(row, SaidRow)
    assert row.gathered
    press(driven, Qt.Key.Key_End)
    fact = panel.list.current()
    assert isinstance(fact, FactRow)
    press(driven, Qt.Key.Key_D, _CTRL)
    assert (1, fact.it.fact.start, fact.it.fact.end) in gathering.stretches
    press(driven, Qt.Key.Key_C, _CTRL)
    assert "In October 1962" in QGuiApplication.clipboard().text()
    said_by(panel, "Lind")
    press(driven, Qt.Key.Key_C, _CTRL)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Bo Lind: “The sanctions")
    assert "¶" in copied


def test_the_speaker_leads_to_the_agent(driven: Driven) -> None:
    panel = panel_of(driven)
    said_by(panel, "Lind")
    asked: list[tuple[str, str]] = []
    reader_of(driven).agent_asked.connect(lambda name, date: asked.append((name, date)))
    press(driven, Qt.Key.Key_A)
    assert asked == [("Bo Lind", "2012-05-06")]
    assert driven.window.page_shown == "agents"


def test_a_statement_of_the_view_is_in_hand_when_the_tab_is_turned_to(driven: Driven) -> None:
    driven.type("speaker:marenk")
    press(driven, Qt.Key.Key_2, _CTRL)
    panel = panel_of(driven)
    told = panel.current()
    assert told is not None
    assert told.said.speaker == "Ilva Marenk"
