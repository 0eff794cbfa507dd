"""Agents in the real window: list, proposals, page, form; merged, split, imported, taken back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from archivist.archive import Archive, sample
from archivist.archive.agents.results import Proposal
from archivist.desk.context import Desk
from archivist.desk.gathering import Gathering
from archivist.desk.models.agents import Known, read_out
from archivist.desk.start import end
from archivist.desk.views.agents import AgentsView
from archivist.desk.views.navigation import Place
from archivist.desk.views.persons_editor import PersonsEditor
from archivist.model.agent import Agent, Office
from archivist.model.change import Change
from tests.desk.test_accessible import unnamed
from tests.desk.test_statements import press, read_all, statements_of
from tests.desk.test_window import Driven

if TYPE_CHECKING:
    from collections.abc import Iterator

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(scope="module")
def shared(
    sample_archive: Path,
    tmp_path_factory: pytest.TempPathFactory,
    qapp: QApplication,
    request: pytest.FixtureRequest,
) -> Iterator[Driven]:
    """Return one window for all tests here, on an archive that knows the sample's agents."""
    home = tmp_path_factory.mktemp("agents")
    folder = Path(shutil.copytree(sample_archive, home / "own.archive"))
    with Archive.open(folder) as archive:
        archive.agents.load(sample.agents())
        archive.read_statements()
        archive.follow()
    settings = QSettings(str(home / "desk.ini"), QSettings.Format.IniFormat)
    settings.setValue("look/mode", "light")
    desk = Desk(settings)
    desk.theme.apply()
    made = Driven(desk, QtBot(request))
    made.open(folder)
    read_all(made)
    yield made
    desk.jobs.running.clear()
    made.window.close()
    end(desk)
    made.window.deleteLater()


@pytest.fixture
def known(shared: Driven, qtbot: QtBot) -> Iterator[Driven]:
    """Return the window as it was; what a test does is taken back."""
    shared.bot = qtbot
    first = shared.archive.undo_title()
    shared.window.activateWindow()
    qtbot.waitUntil(shared.window.isActiveWindow)
    shared.window.search("")
    shared.window.show_view("records")
    shared.calm()
    yield shared
    shared.window.registrar.picker.dismiss()
    view = shared.window.centre.agents
    if view.shows() == "form":
        view.form.cancel.click()
    view.list.field.clear()
    view.list.show_tab(proposals=False)
    view.list._set_kind("")
    view.list._set_sort("name")
    shared.window.strip.dismiss()
    while shared.archive.undo_title() != first:
        shared.archive.undo()
    tell_all(shared)


@pytest.fixture
def driven(known: Driven) -> Driven:
    """Return the window on an archive that knows no agents."""
    agents = known.archive.agents
    agents.remove(*(agent.number for agent in agents.listed()))
    tell_all(known)
    return known


def tell_all(driven: Driven) -> None:
    """Say that anything may have changed."""
    driven.desk.events.changed.emit(Change(0, "undo", ""))
    driven.calm()


def place(driven: Driven) -> AgentsView:
    press(driven, Qt.Key.Key_7, _ALT)
    return driven.window.centre.agents


def shown(view: AgentsView) -> list[str]:
    rows = view.list.model.rows
    return [row.agent.name if isinstance(row, Known) else row.name for row in rows]


def names(driven: Driven) -> list[str]:
    return sorted(agent.name for agent in driven.archive.agents.listed())


def proposed(driven: Driven) -> AgentsView:
    driven.window.commands.propose_agents()
    view = driven.window.centre.agents
    driven.bot.waitUntil(lambda: view.list.model.rowCount() > 0, timeout=20_000)
    driven.calm()
    view.list.focus_list()
    return view


def page_of(driven: Driven, name: str) -> AgentsView:
    driven.window.show_agent(name)
    driven.calm()
    view = driven.window.centre.agents
    assert view.shows() == "page"
    return view


def write(words: str) -> None:
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, words)


def undo(driven: Driven) -> None:
    press(driven, Qt.Key.Key_Z, _CTRL)


def test_an_archive_without_agents_says_what_to_do(driven: Driven) -> None:
    view = place(driven)
    assert driven.window.page_shown == "agents"
    assert view.list._title.text() == "No agents yet"
    assert view.list.propose.isVisible()
    assert not driven.window.reader.isVisible(), "there is nothing to read beside a list"
    view.list.propose.click()
    driven.calm()
    assert "Ilva Marenk" in shown(view)


def test_the_list_is_narrowed_sorted_and_counted(known: Driven) -> None:
    view = place(known)
    assert shown(view) == sorted(names(known))
    places = [row for row in known.window.navigation.rows.rows if isinstance(row, Place)]
    assert next(row.count for row in places if row.id == "agents") == len(names(known))
    rows = [row for row in view.list.model.rows if isinstance(row, Known)]
    marenk = next(row for row in rows if row.agent.name == "Marenk, Ilva")
    assert marenk.said == known.archive.agents.page(marenk.agent.number).said.total > 0
    assert read_out(marenk).startswith("Marenk, Ilva, Person, Minister of Foreign Affairs")
    view.list._set_sort("said")
    counts = [row.said for row in view.list.model.rows if isinstance(row, Known)]
    assert counts == sorted(counts, reverse=True)
    view.list.field.setText("minister halden mare")
    assert shown(view) == ["Marenk, Ilva"]
    view.list.field.setText("zebra")
    assert shown(view) == []
    assert view.list._title.text() == "Nobody fits what was typed"
    view.list.field.clear()
    view.list._set_kind("body")
    assert shown(view) == ["Ministry of Foreign Affairs of the Republic of Valdora"]


def test_proposals_are_filed_linked_and_left_alone(driven: Driven) -> None:
    view = proposed(driven)
    first = shown(view)
    view.list.list.go_to(first.index("Ilva Marenk"))
    press(driven, Qt.Key.Key_A)
    assert names(driven) == ["Ilva Marenk"]
    assert "Ilva Marenk" not in shown(view)
    assert driven.window.book["edit.undo"].text() == "Undo new agent: Ilva Marenk"
    view.list.list.go_to(shown(view).index("Karo Vasht"))
    press(driven, Qt.Key.Key_X)
    assert "Karo Vasht" not in shown(view)
    view.list.list.go_to(shown(view).index("Henrik Soloun"))
    press(driven, Qt.Key.Key_L)
    picker = driven.window.registrar.picker
    assert picker.isVisible()
    press(driven, Qt.Key.Key_Return)
    assert picker.isVisible(), "nobody is likely, so nobody is chosen by Enter alone"
    write("mar")
    press(driven, Qt.Key.Key_Return)
    assert driven.archive.agents.listed()[0].variants == ("Henrik Soloun",)
    for _ in range(3):
        undo(driven)
    assert names(driven) == []
    assert shown(view) == first


def test_several_proposals_are_one_step(driven: Driven) -> None:
    view = proposed(driven)
    view.list.list.selectAll()
    count = len(view.list.chosen_proposals())
    press(driven, Qt.Key.Key_A)
    assert len(names(driven)) == count > 2
    undo(driven)
    assert names(driven) == []


def test_the_page_says_who_this_is_and_what_was_said(known: Driven) -> None:
    view = place(known)
    view.list.list.go_to(shown(view).index("Marenk, Ilva"))
    press(known, Qt.Key.Key_Return)
    page = view.page
    told = page.who.toPlainText()
    for words in ("Minister Marenk", "@valdora_mfa", "Port Halden", "navigation law", "9 Mar 1961"):
        assert words in told
    total = known.archive.agents.page_of("Marenk, Ilva").said.total
    assert page.tabs.tabText(1) == f"Said {total}"
    page.show_tab("said")
    page.focus()
    known.calm()
    one = page.said.current()
    assert one is not None
    reader = known.window.reader
    assert reader.isVisible()
    assert reader.page.text._bar == (one.start, one.end)
    press(known, Qt.Key.Key_D)
    stretch = (one.record, one.start, one.end)
    assert stretch in known.window.centre.gathering.stretches
    read, gather, copy = page.said.menu().actions()
    gather.trigger()
    known.calm()
    assert stretch not in known.window.centre.gathering.stretches
    copy.trigger()
    known.calm()
    assert "Marenk" in QGuiApplication.clipboard().text()
    assert read.isEnabled()
    press(known, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is reader.page.text
    page.focus()
    press(known, Qt.Key.Key_Backspace)
    assert view.shows() == "list"
    assert not reader.isVisible()


def test_links_lead_to_the_next_page_to_records_and_to_words(known: Driven) -> None:
    view = page_of(known, "Ilva Marenk")
    assert view.page.met.model.rowCount() > 0
    view.page.who.anchorClicked.emit(QUrl("met:"))
    known.calm()
    assert view.page.tab() == "met"
    names_met = [row.name for row in view.page.met.model.rows]
    assert "Vasht, Karo" in names_met
    view.page.met.list.go_to(names_met.index("Vasht, Karo"))
    press(known, Qt.Key.Key_Return)
    assert view.page.name.text() == "Vasht, Karo"
    press(known, Qt.Key.Key_Escape)
    assert view.page.name.text() == "Marenk, Ilva"
    page = view.shown_page()
    assert page is not None
    view.page.who.anchorClicked.emit(QUrl("records:"))
    known.calm()
    assert known.window.page_shown == "records"
    assert set(known.window.found_ids()) == set(page.records)
    page_of(known, "Ilva Marenk").page.who.anchorClicked.emit(QUrl("topic:strait"))
    known.calm()
    assert known.window.header.search.text() == 'speaker:"Marenk, Ilva" strait'
    assert known.window.centre.found.view() == "statements"


def test_whoever_speaks_is_shown_by_one_key_and_filed(driven: Driven) -> None:
    said = statements_of(driven, "speaker:vasht")
    one = said.current_line()
    assert one is not None
    assert one.filed.statement.speaker == "Karo Vasht"
    press(driven, Qt.Key.Key_B, _CTRL | _SHIFT)
    view = driven.window.centre.agents
    assert view.page.name.text() == "Karo Vasht"
    assert view.page.file.isVisible()
    assert driven.window.book["agent.file"].isEnabled()
    assert not driven.window.book["agent.merge"].isEnabled()
    view.page.file.click()
    driven.calm()
    assert view.shows() == "form"
    view.form.editors["name"].set_value("Vasht, Karo")
    press(driven, Qt.Key.Key_Return, _CTRL)
    assert names(driven) == ["Vasht, Karo"]
    assert view.page.name.text() == "Vasht, Karo"
    assert "Karo Vasht" not in view.page.name.text()
    (agent,) = driven.archive.agents.listed()
    assert driven.archive.agents.page_of("Karo Vasht").agent.number == agent.number


def test_persons_of_a_record_lead_to_their_pages(known: Driven) -> None:
    known.window.search("type:memcon OR person:marenk")
    known.calm()
    press(known, Qt.Key.Key_4, _CTRL | _ALT)
    editor = known.window.reader.record.form.rows["person"].editor
    assert isinstance(editor, PersonsEditor)
    editor.setFocus()
    name = editor.person()
    assert name
    assert "(" not in name
    press(known, Qt.Key.Key_B, _CTRL | _SHIFT)
    page = known.window.centre.agents.shown_page()
    assert page is not None
    assert name in {page.agent.name, *page.agent.variants, *page.named}


def test_the_head_of_a_speaker_leads_to_the_page(known: Driven) -> None:
    view = statements_of(known, "speaker:marenk")
    at = view.list.visualRect(view.model.index(0, 0)).center()
    menu = QMenu()
    known.window._offer_speaker(menu, view.list.viewport().mapToGlobal(at))
    (action,) = menu.actions()
    assert action.text() == "About Marenk, Ilva"
    action.trigger()
    known.calm()
    assert known.window.centre.agents.page.name.text() == "Marenk, Ilva"


def test_every_value_can_be_edited_and_taken_back(known: Driven) -> None:
    view = page_of(known, "Ilva Marenk")
    before = known.archive.agents.page_of("Ilva Marenk").agent
    press(known, Qt.Key.Key_F2)
    form = view.form
    assert form.offices is not None
    assert not form.dirty()
    assert form.value() == before
    form.editors["scripts"].set_value("Ильва Маренк")
    form.editors["notes"].set_value("One.\n\nTwo.")
    form.editors["death"].set_value("no day")
    form.offices.add.click()
    form.offices.blocks[-1].title.set_value("Ambassador")
    form.offices.blocks[-1].start.set_value("2025-01")
    press(known, Qt.Key.Key_Return, _CTRL)
    assert view.shows() == "form"
    assert "Died" in form.fault.text()
    form.editors["death"].set_value("2025")
    press(known, Qt.Key.Key_Return, _CTRL)
    after = known.archive.agents.get(before.number)
    assert after.scripts == ("Ильва Маренк",)
    assert after.notes == "One.\n\nTwo."
    assert after.death == "2025"
    assert after.offices == (*before.offices, Office("Ambassador", start="2025-01"))
    assert "Ambassador" in view.page.who.toPlainText()
    undo(known)
    assert known.archive.agents.get(before.number) == before
    assert "Ambassador" not in view.page.who.toPlainText()


def test_what_the_archive_refuses_is_said_at_its_field(known: Driven) -> None:
    view = page_of(known, "Ilva Marenk")
    known.window.registrar.edit()
    view.form.editors["name"].set_value("Vasht, Karo")
    view.form.save.click()
    known.calm()
    assert view.shows() == "form"
    assert "authorised form" in view.form.fault.text()
    press(known, Qt.Key.Key_Escape)
    assert view.shows() == "form", "what was typed is not lost by a key"
    view.form.cancel.click()
    known.calm()
    assert view.page.name.text() == "Marenk, Ilva"


def test_two_are_merged_and_split_again(known: Driven) -> None:
    before = names(known)
    view = page_of(known, "Lida Hollen")
    known.window.registrar.merge()
    known.calm()
    write("vasht")
    press(known, Qt.Key.Key_Return)
    assert view.page.name.text() == "Vasht, Karo"
    assert "Hollen, Lida" not in names(known)
    assert "Hollen, Lida" in view.page.who.toPlainText()
    known.window.registrar.split()
    known.calm()
    write("hollen lida")
    press(known, Qt.Key.Key_Return)
    assert names(known) == before
    undo(known)
    undo(known)
    assert names(known) == before


def test_an_agent_is_removed_and_comes_back(known: Driven) -> None:
    view = place(known)
    before = shown(view)
    view.list.list.go_to(0)
    press(known, Qt.Key.Key_Delete)
    assert shown(view) == before[1:]
    undo(known)
    assert shown(view) == before
    view.list.list.selectAll()
    press(known, Qt.Key.Key_Delete)
    assert shown(view) == []
    undo(known)
    assert shown(view) == before


def test_lists_come_and_go_as_csv(driven: Driven, tmp_path: Path) -> None:
    view = place(driven)
    source = tmp_path / "in.csv"
    source.write_text("name,variants,birth\nSabel,Oren Sabel,\nLind,,no day\n", encoding="utf-8")
    driven.window.registrar.import_file(source)
    driven.calm()
    assert shown(view) == ["Sabel"]
    assert driven.window.strip.isVisible(), "a line that was not taken is told"
    driven.window.registrar.export_file(tmp_path / "out")
    driven.calm()
    assert "Oren Sabel" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    undo(driven)
    assert shown(view) == []


def test_a_new_agent_is_written_by_hand(driven: Driven) -> None:
    place(driven)
    driven.window.commands.do_agents("new")
    driven.calm()
    form = driven.window.centre.agents.form
    form.editors["name"].set_value("Lind, Bo")
    form.editors["variants"].set_value("Bo Lind\nMr. Lind")
    form.save.click()
    driven.calm()
    assert driven.archive.agents.listed()[0].variants == ("Bo Lind", "Mr. Lind")
    assert driven.window.centre.agents.page.name.text() == "Lind, Bo"


def test_the_statements_stand_under_the_authorised_form(known: Driven) -> None:
    view = statements_of(known, "*")
    heads = [view.model.row(row) for row in range(view.model.rowCount()) if view.model.is_head(row)]
    assert "Marenk, Ilva" in [getattr(head, "name", "") for head in heads]
    known.window.search("speaker:marenk")
    known.calm()
    said = "".join(text for text, _ in known.window.asking.answer.reading)  # type: ignore[union-attr]
    assert "any name of Marenk, Ilva" in said


def test_closing_the_archive_empties_the_place(open_desk: Desk, qtbot: QtBot) -> None:
    assert open_desk.archive is not None
    open_desk.archive.agents.load(sample.agents())
    view = AgentsView(open_desk, Gathering(open_desk))
    qtbot.addWidget(view)
    view.show()
    view.show_list()
    qtbot.waitUntil(lambda: view.list.model.rowCount() > 0)
    view.show_agent(0, "Ilva Marenk")
    qtbot.waitUntil(lambda: view.shows() == "page")
    open_desk.events.archive_closed.emit()
    assert view.shows() == "list"
    assert view.list.model.rowCount() == 0


def test_everything_that_takes_the_keyboard_is_named(known: Driven) -> None:
    view = page_of(known, "Ilva Marenk")
    assert unnamed(view) == []
    known.window.registrar.edit()
    assert unnamed(view.form) == []
    known.window.registrar.split()
    assert unnamed(known.window.registrar.picker) == []
    proposed(known)
    assert unnamed(view.list) == []


def test_a_proposal_reads_out_who_is_meant() -> None:
    one = Proposal("Otto Weber", ("Otto Weber",), 3, ("speaker",), "2013", "2014")
    assert read_out(one) == "Otto Weber, 3 mentions, 2013\u20132014, Nobody known by this name"
    assert read_out(Known(Agent("Lind, Bo"), 1)) == "Lind, Bo, Person, 1 statement"
