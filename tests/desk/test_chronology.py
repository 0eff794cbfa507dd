"""The chronology in the real window: dates in order, narrowed, read, gathered, copied, saved."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRectF, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archivist.archive import Archive
from archivist.archive.chronology import Dated
from archivist.desk.context import Desk
from archivist.desk.models.chronology import told
from archivist.desk.models.lines import BLOCK
from archivist.desk.start import end
from archivist.model.change import Change
from archivist.model.dates import parse_range
from archivist.model.record import Description
from tests.desk.test_window import Driven

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archivist.desk.dialogs.chronology import ChronologyDialog

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="module")
def shared(
    sample_archive: Path,
    tmp_path_factory: pytest.TempPathFactory,
    qapp: QApplication,
    request: pytest.FixtureRequest,
) -> Iterator[Driven]:
    """Return one window for all tests here, every text read for statements."""
    home = tmp_path_factory.mktemp("dates")
    folder = Path(shutil.copytree(sample_archive, home / "own.archive"))
    with Archive.open(folder) as archive:
        archive.read_statements()
    settings = QSettings(str(home / "desk.ini"), QSettings.Format.IniFormat)
    settings.setValue("look/mode", "light")
    desk = Desk(settings)
    desk.theme.apply()
    made = Driven(desk, QtBot(request))
    made.open(folder)
    yield made
    desk.jobs.running.clear()
    made.window.close()
    end(desk)
    made.window.deleteLater()


@pytest.fixture
def driven(shared: Driven, qtbot: QtBot) -> Iterator[Driven]:
    """Return the window as it was; what a test does is taken back."""
    shared.bot = qtbot
    first = shared.archive.undo_title()
    yield shared
    if (dialog := shared.window.tools.chronology) is not None:
        dialog.own.setChecked(True)
        dialog.hide()
        dialog.clear()
    shared.window.results.untick_all()
    shared.window.strip.dismiss()
    while shared.archive.undo_title() != first:
        shared.archive.undo()
    shared.desk.events.changed.emit(Change(0, "undo", ""))
    shared.calm()


def press(
    driven: Driven,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    QTest.keyClick(QApplication.focusWidget() or driven.window, key, modifier)
    driven.calm()


def chronology_of(driven: Driven, query: str) -> ChronologyDialog:
    driven.window.activateWindow()
    driven.window.search(query)
    driven.calm()
    driven.window.results.focus_list()
    press(driven, Qt.Key.Key_H, _CTRL | _SHIFT)
    dialog = driven.window.tools.chronology
    assert dialog is not None
    driven.bot.waitUntil(lambda: dialog.found is not None)
    driven.calm()
    dialog.activateWindow()
    dialog.list.setFocus()
    return dialog


def shown(dialog: ChronologyDialog) -> list[Dated]:
    assert dialog.found is not None
    return dialog.found.rows(0, len(dialog.found))


def test_a_key_lists_the_dates_of_what_is_found_in_order(driven: Driven) -> None:
    dialog = chronology_of(driven, "partnership")
    lines = shown(dialog)
    dates = [one.date for one in lines]
    assert dates == sorted(dates)
    assert {one.about.id for one in lines} <= set(driven.window.found_ids())
    assert {"record", "sentence"} == {one.kind for one in lines}
    assert dialog.model.rowCount() == len(lines)
    assert dialog.count.text().startswith(f"{len(lines)} dates in ")
    assert sum(dialog.timeline.shown.years.values()) == len(lines)
    spoken = str(dialog.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert lines[0].text in spoken
    assert lines[0].citation in spoken


def test_the_time_line_and_the_switch_narrow_it(driven: Driven) -> None:
    dialog = chronology_of(driven, "*")
    every = len(shown(dialog))
    dialog.timeline.range_changed.emit(parse_range("2012..2014"))
    driven.calm()
    some = shown(dialog)
    assert 0 < len(some) < every
    assert all("2012" <= one.date[:4] <= "2014" for one in some)
    assert sum(dialog.timeline.shown.years.values()) == every, "the others stay in sight"
    dialog.own.click()
    driven.calm()
    assert {one.kind for one in shown(dialog)} == {"sentence"}
    dialog.timeline.range_changed.emit(None)
    driven.calm()
    assert len(shown(dialog)) > len(some)


def test_enter_opens_the_place(driven: Driven) -> None:
    dialog = chronology_of(driven, "partnership")
    row = next(row for row, one in enumerate(shown(dialog)) if one.end)
    dialog._go_to(row)
    one = dialog.current()
    assert one is not None
    press(driven, Qt.Key.Key_Return)
    reader = driven.window.reader
    driven.bot.waitUntil(
        lambda: reader._document is not None and reader._document.record.id == one.record
    )
    driven.calm()
    start, stop = reader.page.text.page().marks[reader.page.text.current_hit()]
    assert start < one.end
    assert one.start < stop
    assert dialog.isVisible()


def test_d_gathers_and_the_box_puts_back(driven: Driven) -> None:
    dialog, gathering = chronology_of(driven, "partnership"), driven.window.centre.gathering
    one = dialog.current()
    assert one is not None
    press(driven, Qt.Key.Key_D)
    assert gathering.stretches == {(one.record, one.start, one.end)}
    assert dialog.gather.text() == "Remove from dossier"
    row = QRectF(dialog.list.visualRect(dialog.model.index(0, 0)))
    box: QPoint = dialog.delegate._box(row).center().toPoint()
    QTest.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=box)
    driven.calm()
    assert not gathering.stretches


def test_what_is_selected_is_copied_with_dates_and_citations(driven: Driven) -> None:
    dialog = chronology_of(driven, "partnership")
    dialog.list.selectAll()
    press(driven, Qt.Key.Key_C, _CTRL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == len(shown(dialog))
    assert lines[0].endswith(f"({shown(dialog)[0].citation})")


def test_it_is_saved_as_a_table(driven: Driven, tmp_path: Path) -> None:
    dialog = chronology_of(driven, "partnership")
    dialog.write(tmp_path / "when.csv")
    driven.calm()
    with (tmp_path / "when.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(shown(dialog))
    told_: list[object] = []
    driven.desk.events.error.connect(told_.append)
    dialog.write(tmp_path / "when.odt")
    driven.calm()
    assert len(told_) == 1


def test_records_that_are_chosen_are_taken_instead_of_all(driven: Driven) -> None:
    driven.window.search("partnership")
    driven.calm()
    ids = list(driven.window.found_ids())[:2]
    for place in range(2):
        driven.window.results.select_id(ids[place])
        driven.window.results.toggle_tick()
    driven.window.show_chronology()
    driven.calm()
    dialog = driven.window.tools.chronology
    assert dialog is not None
    assert {one.about.id for one in shown(dialog)} <= set(ids)
    assert dialog._of.text() == "2 records chosen"


def test_nothing_to_show_says_why_and_a_change_is_followed(driven: Driven) -> None:
    made = driven.archive.type_in(Description(title="Undated zebra"), "A zebra stood there.")
    driven.desk.events.changed.emit(Change(0, "file", "", (made.id,)))
    driven.bot.waitUntil(lambda: driven.archive.search("zebra").total == 1, timeout=10_000)
    driven.calm()
    dialog = chronology_of(driven, "zebra")
    assert "None of these records has a date" in dialog.words.text()
    assert dialog._pages.currentWidget() is dialog.words
    assert not dialog.save.isEnabled()
    record = driven.archive.search("zebra").hits[0].record
    report = driven.archive.edit({"date": "1962"}, refs=[record.ref])
    driven.desk.events.changed.emit(Change(report.operation or 0, "edit", "", (record.id,)))
    driven.bot.waitUntil(lambda: dialog.model.rowCount() == 1, timeout=10_000)
    driven.calm()
    said = "1 date in 1 record, 1962"
    driven.bot.waitUntil(lambda: dialog.count.text() == said, timeout=10_000)
    dialog.clear()
    assert dialog.model.rowCount() == 0


def test_a_long_one_is_read_as_it_comes_in_sight(driven: Driven) -> None:
    dialog = chronology_of(driven, "*")
    assert dialog.found is not None
    count = len(dialog.found)
    assert count > BLOCK
    assert dialog.model.line(count - 1) is None
    driven.bot.waitUntil(lambda: dialog.model.line(count - 1) is not None)
    press(driven, Qt.Key.Key_End)
    assert dialog.current() == shown(dialog)[-1]


@pytest.mark.parametrize(
    ("years", "words"),
    [
        ([], "0 dates in 0 records"),
        ([(1962, 1)], "1 date in 1 record, 1962"),
        ([(1962, 1), (1971, 3)], "4 dates in 4 records, 1962 to 1971"),
    ],
)
def test_how_many_is_said_in_words(years: list[tuple[int, int]], words: str) -> None:
    count = sum(number for _, number in years)
    assert told(count, count, years) == words
