"""The statements in the real window: speakers, words, the reader beside them, decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QElapsedTimer, QPoint, QRectF, QStringListModel, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from archivist.archive.statements.listing import Spoken, Voice
from archivist.desk.context import Desk
from archivist.desk.models.statements import BLOCK, KEPT, StatementsModel, Taken
from archivist.desk.start import end
from archivist.desk.views.long_list import PlacesList
from archivist.desk.views.statements import StatementsView
from archivist.desk.views.statements_rows import Years
from tests.desk.test_window import Driven

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def driven(desk: Desk, archive_folder: Path, qtbot: QtBot) -> Iterator[Driven]:
    made = Driven(desk, qtbot)
    qtbot.addWidget(made.window)
    made.open(archive_folder)
    read_all(made)
    yield made
    desk.jobs.running.clear()
    made.window.close()
    end(desk)


def read_all(driven: Driven) -> None:
    """Wait until the worker has read every text for statements, and they can be found."""
    archive = driven.archive
    driven.bot.waitUntil(
        lambda: not archive.unread() and archive.statements("*").total > 0, timeout=30_000
    )
    driven.calm()


def statements_of(driven: Driven, query: str = '"strategic partnership"') -> StatementsView:
    driven.window.search(query)
    driven.calm()
    press(driven, Qt.Key.Key_2, _CTRL)
    return driven.window.centre.statements


def press(
    driven: Driven,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    QTest.keyClick(QApplication.focusWidget() or driven.window, key, modifier)
    driven.calm()


def current(view: StatementsView) -> Spoken:
    found = view.current_line()
    assert found is not None
    return found


def test_the_line_below_counts_what_is_shown(driven: Driven) -> None:
    window, view = driven.window, statements_of(driven)
    driven.bot.waitUntil(lambda: view.answer is not None and view.answer.query == view._query)
    assert view.answer is not None
    window.status.say("")
    total = view.answer.found.total
    assert window.status.message().startswith(f"{total} statement"), window.status.message()
    press(driven, Qt.Key.Key_1, _CTRL)
    assert window.asking.answer is not None
    assert window.status.message().startswith(f"{window.asking.answer.found.total} record")
    press(driven, Qt.Key.Key_2, _CTRL)
    assert window.status.message().startswith(f"{total} statement")


def test_one_key_shows_who_said_what(driven: Driven) -> None:
    view = statements_of(driven)
    found = driven.archive.list_statements('"strategic partnership"')
    assert QApplication.focusWidget() is view.list
    assert view.model.rowCount() == len(found) > found.total > 1
    assert f"{found.total}</span> statements by {found.speakers} speakers" in view.head.count.text()
    assert isinstance(view.model.row(0), Voice)
    assert view.list.currentIndex().row() == 1, "the cursor does not stop at a speaker's name"
    spoken = str(view.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    head = view.model.row(0)
    assert isinstance(head, Voice)
    assert spoken.startswith(head.name)
    assert "paragraph" in spoken
    assert "strategic partnership" in spoken
    assert view.list.rowHeight(0) < view.list.rowHeight(1)


def test_the_reader_shows_the_statement_with_a_bar(driven: Driven) -> None:
    view, reader = statements_of(driven), driven.window.reader
    one = current(view)
    assert reader.isVisible()
    page = reader.page.text
    assert page._bar == (one.start, one.end)
    assert page.cited_paragraph() == one.paragraph
    start, stop = page.page().marks[page.current_hit()]
    assert one.start < stop
    assert start < one.end
    press(driven, Qt.Key.Key_Down)
    assert current(view) != one
    assert page._bar == (current(view).start, current(view).end)
    press(driven, Qt.Key.Key_1, _CTRL)
    assert page._bar == (0, 0)


def test_a_query_without_words_marks_nothing_but_the_bar(driven: Driven) -> None:
    view = statements_of(driven, "speaker:marenk")
    page = driven.window.reader.page.text
    assert not page.page().marks
    assert page._bar == (current(view).start, current(view).end)


def test_orders_in_time_name_the_speaker_of_each(driven: Driven) -> None:
    view = statements_of(driven, "*")
    view.set_sort("oldest")
    driven.calm()
    assert view.delegate.names
    rows = map(view.model.known, range(view.model.rowCount()))
    dates = [one.date for one in rows if one is not None]
    assert len(dates) > 10
    assert dates == sorted(dates)
    view.set_sort("nonsense")
    driven.calm()
    assert view.sort == "speaker"
    counts = (
        [voice.count for voice in view.chosen.found.heads.values()] if view.chosen.found else []
    )
    assert counts[:5] == sorted(counts[:5], reverse=True)


def test_the_unsure_are_shown_only_when_asked_for_and_marked(driven: Driven) -> None:
    view = statements_of(driven, "*")
    sure = view.chosen.found
    assert sure is not None
    assert sure.unsure > 0
    assert view.under.switch.text() == f"Show unsure, {sure.unsure}"
    view.under.switch.click()
    driven.calm()
    every = view.chosen.found
    assert every is not None
    assert every.total == sure.total + sure.unsure
    rows = every.rows(0, len(every))
    doubtful = [row for row in rows if isinstance(row, Spoken) and not row.filed.sure]
    assert len(doubtful) == sure.unsure
    assert view.under.switch.text().startswith("Hide")


def test_a_statement_goes_to_the_dossier_and_comes_back(driven: Driven) -> None:
    view, gathering = statements_of(driven), driven.window.centre.gathering
    one = current(view)
    press(driven, Qt.Key.Key_D)
    assert gathering.stretches == {(one.record, one.start, one.end)}
    assert view.model.is_gathered(one)
    press(driven, Qt.Key.Key_D, _CTRL)
    assert not gathering.stretches
    row = QRectF(view.list.visualRect(view.model.index(1, 0)))
    box = view.delegate._box(row).center().toPoint()
    QTest.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=box)
    driven.calm()
    assert gathering.stretches == {(one.record, one.start, one.end)}


def test_statements_are_copied_with_speaker_and_citation(driven: Driven) -> None:
    view = statements_of(driven)
    press(driven, Qt.Key.Key_C, _CTRL)
    (line,) = QGuiApplication.clipboard().text().splitlines()
    assert line.startswith(current(view).filed.statement.speaker)
    assert "¶" in line
    view.list.selectAll()
    press(driven, Qt.Key.Key_C, _CTRL | _SHIFT)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert view.chosen.found is not None
    assert len(lines) == view.chosen.found.total == view.chosen.count()


def test_a_rejected_statement_goes_and_undo_brings_it_back(driven: Driven) -> None:
    view = statements_of(driven)
    number, total = current(view).filed.number, view.model.rowCount()

    def is_found() -> bool:
        return view.chosen.found is not None and view.chosen.found.row_of(number) >= 0

    press(driven, Qt.Key.Key_R, _CTRL | _SHIFT)
    driven.bot.waitUntil(lambda: not is_found(), timeout=10_000)
    driven.calm()
    driven.window.commands.undo()
    driven.bot.waitUntil(is_found, timeout=10_000)
    driven.calm()
    assert view.model.rowCount() == total


def test_a_statement_is_confirmed_and_its_speaker_corrected(driven: Driven) -> None:
    view = statements_of(driven)
    number = current(view).filed.number

    def filed() -> Spoken:
        assert view.chosen.found is not None
        row = view.chosen.found.row_of(number)
        (one,) = view.chosen.found.rows(row, row + 1)
        assert isinstance(one, Spoken)
        return one

    press(driven, Qt.Key.Key_Y, _CTRL | _SHIFT)
    driven.bot.waitUntil(lambda: filed().filed.status == "confirmed", timeout=10_000)
    driven.calm()
    press(driven, Qt.Key.Key_P, _CTRL | _SHIFT)
    panel = driven.window.reader.said
    assert panel.is_asking()
    assert QApplication.focusWidget() is panel.form.fields["speaker"]
    panel.form.fields["speaker"].setText("Karo Vasht")
    press(driven, Qt.Key.Key_Return)
    driven.bot.waitUntil(lambda: filed().filed.statement.speaker == "Karo Vasht", timeout=10_000)
    driven.calm()


def test_the_desk_hears_how_far_texts_are_read(
    desk: Desk, archive_folder: Path, qtbot: QtBot
) -> None:
    told: list[int] = []
    desk.jobs.read_on.connect(told.append)
    driven = Driven(desk, qtbot)
    qtbot.addWidget(driven.window)
    driven.open(archive_folder)
    view = statements_of(driven)
    qtbot.waitUntil(lambda: bool(told) and told[-1] == 0, timeout=30_000)
    qtbot.waitUntil(lambda: view.model.rowCount() > 1, timeout=10_000)
    driven.calm()
    assert view.under.progress.text() == ""
    driven.window.close()
    end(desk)


def test_no_statements_say_why(driven: Driven) -> None:
    view = statements_of(driven, "zebra")
    assert view.empty.isVisible()
    assert "No statement" in view.empty.reason.text()


def test_texts_still_unread_are_told(desk: Desk) -> None:
    from archivist.desk.views.statements_list import UnderHead  # noqa: PLC0415 - one part alone

    under = UnderHead(desk)
    under.show_state(0, 23_006, 26_126, unsure=False)
    assert under.progress.text() == "3,120 of 26,126 texts read"
    assert not under.isHidden()
    under.show_state(0, 0, 26_126, unsure=False)
    assert under.isHidden()
    under.deleteLater()


def test_the_view_and_its_order_are_remembered(driven: Driven) -> None:
    view = statements_of(driven)
    view.set_sort("newest")
    driven.calm()
    driven.window.memory.save()
    folder = driven.archive.path
    driven.window.close_archive()
    driven.calm()
    assert view.model.rowCount() == 0
    driven.open(folder)
    assert driven.window.centre.found.view() == "statements"
    assert view.sort == "newest"
    assert view.model.rowCount() > 1


def test_every_part_of_the_view_has_a_name(driven: Driven) -> None:
    view = statements_of(driven)
    for part in (view.list, view.head.sort, view.under.switch):
        assert part.accessibleName()
    interface = QAccessible.queryAccessibleInterface(view.list)
    assert interface is not None
    assert interface.text(QAccessible.Text.Name) == "Statements found"


def test_a_hundred_thousand_statements_are_read_as_they_come_in_sight(
    desk: Desk, qtbot: QtBot
) -> None:
    asked: list[tuple[int, int, Taken]] = []
    model = StatementsModel(lambda start, stop, taken: asked.append((start, stop, taken)))
    heads = {row: Voice(f"Speaker {row}", "", 49) for row in range(0, 100_000, 50)}
    view = PlacesList("Statements")
    qtbot.addWidget(view)
    view.setModel(model)
    clock = QElapsedTimer()
    clock.start()
    model.show_rows(100_000, heads)
    header = view.verticalHeader()
    header.setUpdatesEnabled(False)
    for row in heads:
        header.resizeSection(row, 52)
    header.setUpdatesEnabled(True)
    view.show()
    assert clock.elapsed() < 1000
    asked.clear()
    model._asked = False
    for row in (50_001, 70_001, 99_999):
        assert model.row(row) is None
    start, stop, taken = asked.pop()
    assert start <= 50_001 < stop
    taken([None] * BLOCK)
    start, stop, taken = asked.pop()
    assert stop == 100_000, "what is in sight last comes first"
    assert not model.flags(model.index(50, 0)) & Qt.ItemFlag.ItemIsEnabled
    assert len(model.at_hand()) <= KEPT
    assert view.indexAt(QPoint(30, 10)).row() == 0


def test_bars_of_all_speakers_have_one_axis_and_one_scale() -> None:
    one = Voice("A", "", 9, ((2010, 8), (2012, 1)))
    two = Voice("B", "", 4, ((2013, 4),))
    years = Years([one, two])
    assert years.bars == 4
    assert years.shares(one) == [1.0, 0.0, 0.125, 0.0]
    assert years.shares(two) == [0.0, 0.0, 0.0, 0.5]
    century = Years([Voice("C", "", 2, ((1861, 1), (2024, 1)))])
    assert century.bars <= 12
    assert Years([]).shares(Voice("D", "", 1)) == []


def test_only_rows_near_those_in_sight_are_made_as_high_as_they_are(qtbot: QtBot) -> None:
    view = PlacesList("Places")
    qtbot.addWidget(view)
    view.setModel(QStringListModel([str(row) for row in range(5_000)]))
    view.set_row_height(20)
    view.resize(300, 200)
    view.show()
    asked: list[int] = []

    def height(row: int) -> int:
        asked.append(row)
        return 40 if row % 2 else 0

    view.fit_rows(height)
    assert max(asked) < 60
    assert (view.rowHeight(1), view.rowHeight(2), view.rowHeight(4_001)) == (40, 20, 20)
    view.scrollToBottom()
    asked.clear()
    view.fit_rows(height)
    assert min(asked) > 4_900
    assert max(asked) == 4_999
    assert view.rowHeight(4_999) == 40
