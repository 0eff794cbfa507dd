"""The real window on a real archive with its real worker process, driven by keys and mouse."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QElapsedTimer, QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox, QStyle, QWidget

from archivist.archive import Archive
from archivist.desk.context import Desk
from archivist.desk.start import end
from archivist.desk.views.facet_rows import Item
from archivist.desk.views.navigation import Place
from archivist.desk.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import QSettings
    from pytestqt.qtbot import QtBot


_LONG = 30_000


class Driven:
    """A window with an archive, and what a person does with it."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk = desk
        self.bot = qtbot
        self.window = MainWindow(desk)
        self.window.resize(1280, 800)
        self.window.show()
        self.window.activateWindow()

    @property
    def archive(self) -> Archive:
        assert self.desk.archive is not None
        return self.desk.archive

    def calm(self) -> None:
        """Wait until nothing is under way."""
        quiet = QElapsedTimer()
        quiet.start()

        def is_calm() -> bool:
            if self.window.busy() or self.desk.jobs.running:
                quiet.restart()
            return quiet.elapsed() > 150

        self.bot.waitUntil(is_calm, timeout=_LONG)

    def open(self, folder: Path) -> None:
        with self.bot.waitSignals(
            [self.window.session.opened, self.desk.events.followed], timeout=_LONG
        ):
            self.window.session.open(folder)
        self.calm()

    def type(self, text: str) -> None:
        field = self.window.header.search
        field.focus()
        QTest.keyClicks(field.editor, text)
        with self.bot.waitSignal(field.submitted):
            QTest.keyClick(field.editor, Qt.Key.Key_Return)
        self.calm()

    def total(self) -> int:
        assert self.window.asking.answer is not None
        return self.window.asking.answer.found.total


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    folder = tmp_path / "delivery"
    folder.mkdir()
    return folder


@pytest.fixture
def driven(desk: Desk, archive_folder: Path, qtbot: QtBot) -> Iterator[Driven]:
    made = Driven(desk, qtbot)
    qtbot.addWidget(made.window)
    made.open(archive_folder)
    yield made
    desk.jobs.running.clear()
    made.window.close()
    end(desk)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_an_officer_finds_reads_and_ticks(driven: Driven) -> None:
    window = driven.window
    assert driven.total() == driven.archive.count()
    driven.type('"strategic partnership"')
    assert 0 < driven.total() < driven.archive.count()
    assert "strategic partnership" in window.header.search.reading.text()
    assert window.results.current_id()
    assert focused() is not window.header.search.editor
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert window.results.ticked_count() == 1
    assert window.book["dossier.write"].isEnabled()
    window.book["edit.next_hit"].trigger()
    assert not window.grab().isNull()


def test_a_damaged_index_is_mended_without_alarm(
    desk: Desk, archive_folder: Path, qtbot: QtBot
) -> None:
    for file in (archive_folder / "index").rglob("*"):
        if file.is_file():
            file.write_bytes(b"noise" * 100)
    driven = Driven(desk, qtbot)
    qtbot.addWidget(driven.window)
    driven.open(archive_folder)
    qtbot.waitUntil(lambda: driven.window.asking.answer is not None, timeout=_LONG)
    driven.calm()
    assert driven.total() == driven.archive.count()
    assert not driven.window.strip.isVisible()
    driven.window.close()
    end(desk)


def test_what_the_mouse_filters_stands_in_the_query(driven: Driven) -> None:
    item = next(row for row in driven.window.facets.rows.rows if isinstance(row, Item))
    driven.window.facets.toggle(item.field, item.value, "on")
    driven.calm()
    assert driven.window.header.search.text().startswith(f"{item.field}:")
    assert driven.total() == item.count
    driven.window.facets.toggle(item.field, item.value, "on")
    driven.calm()
    assert driven.window.header.search.text() == ""


def test_the_filters_shown_are_remembered_and_counted(driven: Driven) -> None:
    facets = driven.window.facets
    assert "year" not in facets.shown()
    facets.choose([*facets.shown(), "series"])
    driven.calm()
    assert "series" in driven.window.finder.facets
    driven.window.memory.save()
    kept = driven.window.session.recall()
    filters = kept["filters"]
    assert isinstance(filters, list)
    assert "series" in filters
    facets.choose(["type"])
    driven.window.memory.restore_archive(kept)
    assert "series" in facets.shown()
    driven.calm()


def test_a_field_that_an_import_brings_is_known_soon(driven: Driven, delivery: Path) -> None:
    row = '{"title": "Box list", "body": "A list of boxes.", "shelf": "14"}\n'
    (delivery / "rows.jsonl").write_text(row, encoding="utf-8")
    driven.window.commands.import_paths([str(delivery)])
    lexicon = driven.window.header.search.editor
    driven.bot.waitUntil(lambda: "shelf" in lexicon.lexicon.custom(), timeout=_LONG)
    driven.calm()


def test_what_is_proposed_is_one_key_away(driven: Driven) -> None:
    window = driven.window
    driven.type("partnerchip")
    assert driven.total() == 0
    assert window.book["edit.proposal"].isEnabled()
    QTest.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    driven.calm()
    assert window.header.search.text() == "partnership"
    assert driven.total() > 0
    assert not window.book["edit.proposal"].isEnabled()


def test_similar_records_are_searched_for_by_the_record_read(driven: Driven) -> None:
    driven.type('"strategic partnership"')
    ref = driven.archive.record(driven.window.results.current_id()).ref
    driven.window.book["record.like"].trigger()
    driven.bot.waitUntil(lambda: driven.window.header.search.text() == f"like:{ref}")
    driven.calm()
    assert driven.window.header.search.reading.text().startswith("Documents similar to")


def test_ctrl_enter_saves_what_is_typed_and_confirms_what_is_not(driven: Driven) -> None:
    window = driven.window
    record = driven.archive.record(window.results.current_id())
    assert record.inbox
    window.book["record.edit"].trigger()
    driven.calm()
    place = window.reader.record.form.rows["place"].editor
    place.setFocus()
    QTest.keyClicks(focused(), "Upper ")
    QTest.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    driven.calm()
    saved = driven.archive.record(record.id)
    assert saved.inbox
    assert saved.description.place == f"Upper {record.description.place}"
    assert focused() is place
    QTest.keyClick(focused(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    driven.calm()
    assert driven.archive.record(record.id).description.place == record.description.place
    QTest.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    driven.calm()
    assert not driven.archive.record(record.id).inbox


def test_many_stay_in_hand_while_the_list_is_asked_for_again(driven: Driven) -> None:
    window = driven.window
    window.results.lists.cards.selectAll()
    many = list(window.results.target_ids())
    window.book["record.edit"].trigger()
    tag = window.reader.record.form.rows["tag"].editor
    tag.setFocus()
    QTest.keyClicks(tag, "visits")
    driven.desk.events.followed.emit(0)
    driven.calm()
    assert tag.value() == "visits"
    QTest.keyClick(tag, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    driven.calm()
    assert all("visits" in driven.archive.record(one).description.tags for one in many)
    assert list(window.results.target_ids()) == many
    assert window.reader.record.form.rows["number"].editor.placeholderText() == "Several values"
    window.results.select_id(window.results.current_id())
    driven.calm()
    assert not window.reader.describes_many()
    placeholders = [row.editor.placeholderText() for row in window.reader.record.form.rows.values()]
    assert "Several values" not in placeholders


def test_a_record_typed_in_is_read(driven: Driven) -> None:
    window = driven.window
    window.book["record.type_in"].trigger()
    QTest.keyClicks(window.compose.form.rows["title"].editor, "Note on the ferry")
    window.compose.text.setPlainText("The ferry runs.")
    QTest.keyClick(window.compose.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    driven.bot.waitUntil(lambda: window.page_shown == "records")
    driven.calm()
    record = driven.archive.record(window.results.current_id())
    assert record.description.title == "Note on the ferry"


def test_the_mouse_finds_filters_where_they_were(driven: Driven) -> None:
    places = driven.window.navigation
    before = places.mapTo(driven.window, QPoint())
    driven.type("visit")
    assert places.mapTo(driven.window, QPoint()) == before


def test_deleting_can_be_taken_back_by_name(driven: Driven) -> None:
    before = driven.total()
    window = driven.window
    window.results.focus_list()
    window.book["record.delete"].trigger()
    driven.calm()
    assert driven.total() == before - 1
    assert window.book["edit.undo"].text().startswith("Undo ")
    assert window.book["edit.undo"].text() != "Undo "
    window.go("trash")
    driven.calm()
    assert window.page_shown == "trash"
    window.book["edit.undo"].trigger()
    driven.calm()
    window.show_records()
    assert driven.total() == before
    assert window.book["edit.redo"].isEnabled()


def test_dropped_files_are_filed_and_found(driven: Driven, delivery: Path) -> None:
    before = driven.total()
    (delivery / "zebra.txt").write_text("PORT HALDEN, 4 June 2024. A zebra crossed.", "utf-8")
    (delivery / "empty.txt").touch()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(delivery))])
    event = QDropEvent(
        QPoint(300, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    driven.window.dropEvent(event)
    driven.calm()
    assert driven.total() == before + 1
    assert "1 not filed" in driven.window.strip.text()
    driven.window.strip._do.click()
    driven.calm()
    assert driven.window.page_shown == "imports"
    driven.type("zebra")
    assert driven.window.page_shown == "records"
    assert driven.total() == 1


def test_places_lead_to_what_they_hold(driven: Driven) -> None:
    window = driven.window
    window.book["view.inbox"].trigger()
    driven.calm()
    assert window.header.search.text() == "in:inbox"
    current = [
        row.id for row in window.navigation.rows.rows if isinstance(row, Place) and row.current
    ]
    assert current == ["inbox"]
    window.book["view.all"].trigger()
    driven.calm()
    assert window.header.search.text() == ""
    window.book["view.imports"].trigger()
    driven.calm()
    assert window.page_shown == "imports"
    assert not window.book["record.delete"].isEnabled()


def test_a_fault_in_the_query_keeps_the_results_dimmed(driven: Driven) -> None:
    driven.type("visit")
    total = driven.total()
    assert not driven.window.results.dimmed()
    driven.type("tpye:note")
    assert driven.total() == total
    assert driven.window.results.dimmed()
    assert "tpye" in driven.window.header.search.reading.text()
    driven.type("visit")
    assert not driven.window.results.dimmed()


def test_the_window_comes_back_as_it_was_left(
    driven: Driven, settings: QSettings, qtbot: QtBot, archive_folder: Path
) -> None:
    driven.type("visit")
    driven.window.results.set_sort("oldest")
    driven.calm()
    read = driven.window.found_ids()[1]
    driven.window.show_record(read)
    driven.window.facets.fold(["type"])
    driven.window.panes.toggle_side()
    driven.window.memory.save()
    driven.window.session.close()
    driven.calm()
    assert driven.window.page_shown == "start"
    assert driven.window.header.search.text() == ""
    driven.open(archive_folder)
    assert driven.window.header.search.text() == "visit"
    assert driven.window.results.sort() == "oldest"
    assert driven.window.facets.folded() == ["type"]
    assert driven.window.results.current_id() == read
    other = Desk(settings)
    again = MainWindow(other)
    qtbot.addWidget(again)
    assert again.panes.side.isHidden()
    end(other)


def test_closing_with_an_import_under_way_asks_once(
    driven: Driven, delivery: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(400):
        (delivery / f"n{number}.txt").write_text(f"Note number {number} about quokkas.", "utf-8")
    asked: list[str] = []
    answers = ["Keep importing", "Stop and close"]

    def answer(box: QMessageBox) -> int:
        asked.append(box.text())
        wanted = answers[len(asked) - 1]
        button = next(b for b in box.buttons() if b.text() == wanted)
        monkeypatch.setattr(QMessageBox, "clickedButton", lambda _box: button)
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    driven.window.commands.import_paths([str(delivery)])
    assert not driven.window.close()
    assert driven.window.isVisible()
    assert driven.window.close()
    assert asked == ["An import is running."] * 2


def test_every_control_has_a_name_for_screen_readers(driven: Driven) -> None:
    driven.type("visit")
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in driven.window.findChildren(QWidget)
        if widget.isVisibleTo(driven.window)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]
    assert nameless == []


def test_tab_goes_through_the_window(driven: Driven) -> None:
    driven.window.header.search.focus()
    seen: list[QWidget] = []
    for _ in range(60):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        now = focused()
        if now in seen:
            break
        seen.append(now)
    assert driven.window.navigation in seen
    assert driven.window.facets in seen
    assert len(seen) >= 6


def test_the_window_answers_while_an_import_runs(driven: Driven, delivery: Path) -> None:
    for number in range(120):
        text = f"Note number {number} about the ferry and the strategic partnership. " * 40
        (delivery / f"n{number}.txt").write_text(text, "utf-8")
    driven.window.commands.import_paths([str(delivery)])
    gaps: list[float] = []
    last = time.perf_counter()

    def beat() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(now - last)
        last = now

    timer = QTimer()
    timer.timeout.connect(beat)
    timer.start(5)
    driven.bot.waitUntil(lambda: not driven.desk.jobs.running, timeout=_LONG)
    timer.stop()
    driven.calm()
    gaps.sort()
    assert gaps[len(gaps) // 2] < 0.03
    assert gaps[int(len(gaps) * 0.95)] < 0.1


def test_an_import_whose_worker_died_is_offered_again(driven: Driven, delivery: Path) -> None:
    for number in range(120):
        (delivery / f"n{number}.txt").write_text(f"Note number {number} about quokkas.", "utf-8")
    window, client = driven.window, driven.desk.jobs._client
    assert client is not None
    window.commands.import_paths([str(delivery)])
    os.kill(client.pid, signal.SIGKILL)
    with driven.bot.waitSignals(
        [driven.desk.jobs.lost, driven.desk.events.followed], timeout=_LONG
    ):
        pass
    assert "not finished" in window.strip.text()
    window.strip._do.click()
    driven.calm()
    driven.type("quokkas")
    assert driven.total() == 120


def test_what_another_program_changed_is_seen_on_coming_back(driven: Driven) -> None:
    before = driven.total()
    with Archive.open(driven.archive.path, follow=False) as other:
        other.delete([other.record(driven.window.results.current_id()).ref])
    driven.window.watch.look()
    driven.bot.waitUntil(lambda: driven.total() == before - 1, timeout=_LONG)
    driven.calm()
    assert driven.window.book["edit.undo"].text().endswith("move to trash")


def test_a_message_is_come_back_to_from_what_came_with_it(driven: Driven) -> None:
    window = driven.window
    here, other = window.results.current_id(), driven.archive.find_keys("*")[-1]
    driven.type(f"ref:{driven.archive.record(here).ref}")
    for record_id in (other, here):
        window.reader.record_asked.emit(record_id)
        driven.calm()
        document = window.reader._document
        assert document is not None
        assert document.record.id == record_id
    assert window.results.current_id() == here


@pytest.mark.parametrize("wide", [760, 900, 960, 1440])
def test_nothing_lies_over_anything_else(driven: Driven, wide: int) -> None:
    window = driven.window
    driven.type("partnership")
    for _side in range(2):
        window.resize(wide, 600)
        driven.calm()
        panes = [window.panes.side, window.panes.views, window.reader]
        shown = [pane for pane in panes if pane.isVisible()]
        assert window.panes.views in shown
        left = 0
        for pane in shown:
            place = pane.mapTo(window, QPoint())
            assert place.x() >= left
            left = place.x() + pane.width()
        assert left <= wide
        window.book["view.navigation"].trigger()


def test_letters_are_underlined_while_alt_is_held(driven: Driven) -> None:
    style = QApplication.style()
    hint = QStyle.StyleHint.SH_UnderlineShortcut
    assert style.styleHint(hint) == 0
    QTest.keyPress(driven.window, Qt.Key.Key_Alt)
    assert style.styleHint(hint) == 1
    QTest.keyRelease(driven.window, Qt.Key.Key_Alt)
    assert style.styleHint(hint) == 0
