"""The concordance in the real window: lines, their order, the reader beside them, the dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from archivist.archive.results import Line
from archivist.desk.context import Desk
from archivist.desk.models.lines import BLOCK, KEPT, LINE, LinesModel, Taken
from archivist.desk.start import end
from archivist.desk.views.concordance import ConcordanceView
from archivist.desk.views.concordance_lines import Widest, columns_in
from archivist.desk.views.concordance_text import Typesetter
from tests.desk.test_window import Driven

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def driven(desk: Desk, archive_folder: Path, qtbot: QtBot) -> Iterator[Driven]:
    made = Driven(desk, qtbot)
    qtbot.addWidget(made.window)
    made.open(archive_folder)
    yield made
    desk.jobs.running.clear()
    made.window.close()
    end(desk)


def lines_of(driven: Driven, query: str = '"strategic partnership"') -> ConcordanceView:
    driven.window.search(query)
    driven.calm()
    press(driven, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    return driven.window.centre.concordance


def press(
    driven: Driven,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    QTest.keyClick(QApplication.focusWidget() or driven.window, key, modifier)
    driven.calm()


def shown(view: ConcordanceView) -> list[Line]:
    found = [view.model.line(row) for row in range(min(BLOCK, view.model.rowCount()))]
    assert all(found)
    return [line for line in found if line is not None]


def test_one_key_shows_the_hits_as_lines(driven: Driven) -> None:
    view = lines_of(driven)
    found = driven.archive.concordance('"strategic partnership"')
    assert driven.window.in_lines
    assert view.model.rowCount() == len(found) > 1
    assert f"{len(found)}</span> lines in {found.records} records" in view.head.count.text()
    assert QApplication.focusWidget() is view.list
    assert not driven.window.reader.isVisible()
    line = view.current_line()
    assert line is not None
    assert view.passage.text.accessibleName().count(line.keyword) == 1
    press(driven, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert driven.window.centre.found.view() == "records"
    assert driven.window.reader.isVisible()


def test_lines_are_sorted_by_keys_and_by_heads(driven: Driven) -> None:
    view = lines_of(driven, "the")
    alt = Qt.KeyboardModifier.AltModifier
    press(driven, Qt.Key.Key_Right, alt)
    assert view.sort() == "right"
    after = [line.right.split()[0].strip(".,;:“”\"'()").casefold() for line in shown(view)]
    assert after == sorted(after)
    press(driven, Qt.Key.Key_Right, alt)
    assert view.sort() == "right2"
    press(driven, Qt.Key.Key_Left, alt)
    assert view.sort() == "left"
    assert view.delegate.strong.before
    cell = view.columns.cells()["date"].rect.center().toPoint()
    QTest.mouseClick(view.columns, Qt.MouseButton.LeftButton, pos=cell)
    driven.calm()
    assert view.sort() == "newest"
    dates = [line.date for line in shown(view)]
    assert dates == sorted(dates, reverse=True)


def test_the_reader_follows_beside_the_lines(driven: Driven) -> None:
    view = lines_of(driven)
    press(driven, Qt.Key.Key_Down)
    press(driven, Qt.Key.Key_Return)
    reader, line = driven.window.reader, view.current_line()
    assert line is not None
    assert reader.isVisible()
    assert not view.passage.isVisible()
    page = reader.page.text
    assert page.page().marks[page.current_hit()] == (line.start, line.end)
    press(driven, Qt.Key.Key_F3)
    following = view.current_line()
    assert following is not None
    assert following != line
    assert page.page().marks[page.current_hit()] == (following.start, following.end)
    press(driven, Qt.Key.Key_F8)
    assert not reader.isVisible()
    assert view.passage.isVisible()


def test_a_line_goes_to_the_dossier_by_one_key_and_comes_back(driven: Driven) -> None:
    view, gathering = lines_of(driven), driven.window.centre.gathering
    line = view.current_line()
    assert line is not None
    press(driven, Qt.Key.Key_D)
    assert gathering.stretches == {(line.record, line.start, line.end)}
    assert view.model.is_gathered(line)
    assert "in the dossier" in str(view.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    driven.window.commands.undo()
    driven.calm()
    assert not gathering.stretches
    QTest.keyClick(view.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(driven, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert len(gathering.stretches) == 2
    press(driven, Qt.Key.Key_D)
    assert not gathering.stretches


def test_the_dossiers_place_shows_takes_out_and_writes(driven: Driven) -> None:
    view = lines_of(driven)
    view.list.selectAll()
    press(driven, Qt.Key.Key_D)
    window, collected = driven.window, driven.window.centre.collected
    window.go("dossier")
    driven.calm()
    assert window.page_shown == "dossier"
    count = len(collected.model.rows)
    assert count == view.model.rowCount()
    page = window.reader.page.text
    first = collected.model.rows[0].item
    assert page.page().marks[page.current_hit()] == (first.start, first.end)
    press(driven, Qt.Key.Key_Delete)
    assert len(collected.model.rows) == count - 1
    collected.write.click()
    driven.calm()
    dialog = window.tools.dossier
    assert dialog is not None
    assert dialog.isVisible()
    assert len(dialog._gathered) == count - 1
    dialog.hide()


def test_whole_records_and_selected_words_are_gathered_too(driven: Driven) -> None:
    driven.type('"strategic partnership"')
    window = driven.window
    window.results.focus_list()
    record = window.results.current_id()
    press(driven, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert window.centre.gathering.stretches == {(record, 0, 0)}
    page = window.reader.page.text
    while page.textCursor().block().blockNumber() < 2:
        assert page.find("strategic partnership")
    driven.calm()
    stretch = window.reader.chosen_stretch()
    assert stretch is not None
    text = driven.archive.text(driven.archive.record(record))
    assert text[stretch[1] : stretch[2]].casefold() == "strategic partnership"
    press(driven, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert stretch in window.centre.gathering.stretches


def test_lines_are_copied_with_their_citations(driven: Driven) -> None:
    view = lines_of(driven)
    view.list.selectAll()
    press(driven, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == view.model.rowCount()
    assert all(line.startswith("\u201c") and "¶" in line for line in copied)


def test_no_lines_say_why(driven: Driven) -> None:
    view = lines_of(driven, "type:note")
    assert view.empty.isVisible()
    assert "words" in view.empty.reason.text()
    driven.type("strategik")
    assert "strategik" in view.empty.reason.text()


def test_the_view_and_its_order_are_remembered(driven: Driven) -> None:
    view = lines_of(driven)
    view.set_sort("left2")
    driven.calm()
    driven.window.memory.save()
    folder = driven.archive.path
    driven.window.close_archive()
    driven.calm()
    driven.open(folder)
    assert driven.window.in_lines
    assert view.sort() == "left2"
    assert view.model.rowCount() > 1


def test_every_part_of_the_view_has_a_name(driven: Driven) -> None:
    view = lines_of(driven)
    window = driven.window.centre
    for part in (view.list, view.columns, view.passage.text, window.found.tabs, view.head.sort):
        assert part.accessibleName()
    interface = QAccessible.queryAccessibleInterface(view.list)
    assert interface is not None
    assert interface.text(QAccessible.Text.Name) == "Lines of the concordance"


@pytest.mark.parametrize("width", [1400, 1000, 800, 620, 400])
def test_a_narrow_window_keeps_the_hits_in_sight(desk: Desk, width: int) -> None:
    found = columns_in(width, Widest(160, 90, 70), desk.theme)
    every = (found.date, found.source, found.left, found.hit, found.right, found.record)
    edges = [edge for pair in every if pair[1] for edge in pair]
    assert edges == sorted(edges)
    assert edges[-1] <= width
    assert found.left[1] - found.left[0] == pytest.approx(found.right[1] - found.right[0])
    assert found.hit[1] - found.hit[0] > 100


def a_line(row: int, keyword: str = "peace") -> Line:
    return Line(row + 1, f"2024-{row}", "", "2012", "", 4, 9, "the ", keyword, " of all")


def test_a_million_lines_are_read_as_they_come_in_sight() -> None:
    asked: list[tuple[int, int, Taken]] = []
    model = LinesModel(lambda start, stop, taken: asked.append((start, stop, taken)))
    model.show(1_000_000, [a_line(row) for row in range(BLOCK)])
    assert model.line(0) == a_line(0)
    assert not asked
    for row in (500_000, 700_000, 999_999):
        assert model.index(row, 0).data(LINE) is None
    start, stop, taken = asked.pop()
    assert start <= 500_000 < stop
    taken([a_line(row) for row in range(start, stop)])
    assert model.line(500_000) == a_line(500_000)
    start, stop, taken = asked.pop()
    assert start <= 999_999 < stop == 1_000_000, "what is in sight last comes first"
    model.show(5)
    taken([a_line(row) for row in range(start, stop)])
    assert model.line(999_999) is None, "an answer to an earlier question is dropped"
    for at in range(0, 2 * KEPT, BLOCK):
        model.show(1_000_000) if not at else None
        model.line(at)
        start, stop, taken = asked.pop()
        taken([a_line(row) for row in range(start, stop)])
    assert len(model.at_hand()) <= KEPT


def test_contexts_are_cut_at_whole_words_away_from_the_hit(desk: Desk) -> None:
    type_ = Typesetter(desk.theme)
    metrics = QFontMetricsF(desk.theme.font("m"))
    text = "… of the ministers who had met in the capital of the republic "
    room = metrics.horizontalAdvance("… in the capital of the republic") + 12
    before = type_.context(text, room, 1, before=True, rtl=False)
    shown_ = before.layout.text()
    assert shown_.startswith("… ")
    assert text.rstrip().endswith(shown_.removeprefix("… "))
    assert before.width <= room
    (bold,) = before.layout.formats()
    assert shown_[bold.start : bold.start + bold.length] == "republic"
    after = type_.context(" 和平与发展 are the words", 60.0, 1, before=False, rtl=False)
    (bold,) = after.layout.formats()
    assert after.layout.text()[bold.start : bold.start + bold.length] == "和"
    assert type_.context("long", 2.0, 1, before=True, rtl=False).width <= 12


def test_what_precedes_stands_at_the_right_in_arabic(driven: Driven) -> None:
    archive = driven.archive
    from archivist.model.record import Description  # noqa: PLC0415 - one record for one test

    archive.type_in(
        Description(title="خطاب", language="ar"), "قال الوزير إن الأمم المتحدة تدعم السلام."
    )
    driven.desk.jobs.follow()
    driven.calm()
    view = lines_of(driven, "الأمم")
    assert view.model.rowCount() == 1
    view.set_sort("left")
    driven.calm()
    cells = view.columns.cells()
    assert list(cells).index("before") > list(cells).index("hit") > list(cells).index("after")
    assert cells["before"].decides
    assert "Words before" in view.head.sort.text()


def test_selecting_very_many_lines_asks_for_fewer(driven: Driven) -> None:
    view = lines_of(driven, "the")
    told: list[str] = []
    driven.desk.events.message.connect(told.append)
    view.model.show(1_000_000)
    flags = QItemSelectionModel.SelectionFlag
    view.list.selectionModel().setCurrentIndex(view.model.index(0, 0), flags.ClearAndSelect)
    view.list.selectAll()
    view.gather()
    driven.calm()
    assert "2,000" in told[-1]
    assert view.list.indexAt(QPoint(30, 10)).row() == 0
