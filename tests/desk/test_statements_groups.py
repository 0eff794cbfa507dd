"""Statements under topics and years, and what is counted, said and asked beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from archivist.archive.results import FacetCount
from archivist.archive.statements.listing import Spoken, Voice
from archivist.archive.statements.topics import Topic, Year, written
from archivist.desk.context import Desk
from archivist.desk.models.statements import StatementsModel, note_of, title_of
from archivist.desk.start import end
from archivist.desk.views.long_list import PlacesList
from archivist.desk.views.statements_rows import circumstances
from archivist.model.record import Description, Record, State
from archivist.model.statement import FiledStatement, Statement
from tests.desk.test_statements import current, press, read_all, statements_of
from tests.desk.test_window import Driven

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

_CTRL = Qt.KeyboardModifier.ControlModifier


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


def test_a_key_puts_statements_under_topics_and_is_remembered(driven: Driven) -> None:
    view = statements_of(driven, "*")
    press(driven, Qt.Key.Key_F7)
    found = view.chosen.found
    assert found is not None
    heads = list(found.heads.values())
    topics = [head for head in heads if isinstance(head, Topic) and head.name]
    assert view.sort == "topic"
    assert topics
    assert topics == heads[: len(topics)], "what has no topic comes last"
    assert sum(head.count for head in heads) == found.total
    assert f"on {len(topics)} topic" in view.head.count.text()
    assert view.delegate.names, "under a topic each statement names its speaker"
    assert driven.window.book["said.topic"].isChecked()
    assert view.save_state()["sort"] == "topic"


def test_statements_in_time_stand_under_their_years(driven: Driven) -> None:
    view = statements_of(driven, "*")
    driven.window.commands.group_statements("newest")
    driven.calm()
    found = view.chosen.found
    assert found is not None
    years = [head for head in found.heads.values() if isinstance(head, Year)]
    named = [year.name for year in years if year.name]
    assert len(years) == len(found.heads) > 2
    assert named == sorted(named, reverse=True)
    first = current(view)
    assert first.date.startswith(years[0].name)
    press(driven, Qt.Key.Key_PageDown, _CTRL)
    assert current(view).date.startswith(years[1].name)
    press(driven, Qt.Key.Key_PageUp, _CTRL)
    assert current(view) == first


def test_the_filters_count_statements_and_a_tick_stands_in_the_query(driven: Driven) -> None:
    view = statements_of(driven, "*")
    facets = driven.window.facets
    counted = view.chosen.found.facets["speaker"] if view.chosen.found is not None else []
    most = counted[0]
    assert isinstance(most, FacetCount)
    facets.toggle("speaker", most.value, "on")
    driven.calm()
    assert driven.window.header.search.text() == f'speaker:="{most.value}"'
    found = view.chosen.found
    assert found is not None
    assert found.total == most.count
    facets.toggle("speaker", most.value, "on")
    driven.calm()
    assert driven.window.header.search.text() in {"", "*"}
    press(driven, Qt.Key.Key_1, _CTRL)
    assert "speaker" not in facets.shown()
    assert not [row for row in facets.rows.rows if getattr(row, "field", "") == "speaker"]


def test_all_speakers_can_be_searched_in_the_panel(driven: Driven) -> None:
    view = statements_of(driven, '"strategic partnership"')
    driven.window.ask_values("speaker")
    driven.calm()
    values = driven.window.values
    found = view.chosen.found
    assert found is not None
    assert [item.count for _, item in values._all] == [one.count for one in found.facets["speaker"]]
    values.dismiss()


def test_the_line_under_the_field_speaks_of_statements(driven: Driven) -> None:
    statements_of(driven, '"strategic partnership" speaker:marenk')
    reading = driven.window.header.search.reading
    assert reading.text().startswith("Statements with “strategic partnership”")
    assert "by “marenk”" in reading.text()
    press(driven, Qt.Key.Key_1, _CTRL)
    assert reading.text().startswith("Documents with")


def test_why_nothing_is_found_names_the_part_and_offers_a_way_out(driven: Driven) -> None:
    view = statements_of(driven, "zebra speaker:marenk")
    assert "No statement has the word “zebra”" in view.empty.reason.text()
    assert "record" not in view.empty.reason.text()
    driven.window.search("partnership speaker:marenk date:1805")
    driven.calm()
    assert "leaves none" in view.empty.reason.text()
    view.empty.link.click()
    driven.calm()
    assert view.chosen.found is not None
    assert view.chosen.found.total > 0


def test_unsure_ones_are_offered_where_none_is_sure(driven: Driven) -> None:
    view = statements_of(driven, "*")
    view.show_unsure(shown=True)
    driven.calm()
    found = view.chosen.found
    assert found is not None
    rows = [row for row in found.rows(0, len(found)) if isinstance(row, Spoken)]
    doubtful = next(row for row in rows if not row.filed.sure)
    driven.window.commands.toggle_unsure()
    driven.calm()
    words = " ".join(doubtful.excerpt.text.split()[:6])
    driven.window.search(f'"{words}" in:inbox')
    driven.calm()
    if view.empty.isVisible():
        assert "may be wrong" in view.empty.reason.text()
        view.empty.link.click()
        driven.calm()
        assert view.save_state()["unsure"] is True


def test_all_selected_go_to_the_dossier_with_one_key(driven: Driven) -> None:
    view = statements_of(driven)
    press(driven, Qt.Key.Key_A, _CTRL)
    found = view.chosen.found
    assert found is not None
    assert view.chosen.count() == found.total
    press(driven, Qt.Key.Key_D, _CTRL)
    assert len(driven.window.centre.gathering.stretches) == found.total


def test_selecting_a_hundred_thousand_holds_nobody_up(desk: Desk, qtbot: QtBot) -> None:
    model = StatementsModel(lambda _start, _stop, _taken: None)
    view = PlacesList("Statements")
    qtbot.addWidget(view)
    view.setModel(model)
    model.show_rows(150_000, {row: Voice("A", "", 9) for row in range(0, 150_000, 10)})
    view.show()
    QAccessible.setActive(True)
    try:
        clock = QElapsedTimer()
        clock.start()
        QTest.keyClick(view, Qt.Key.Key_A, _CTRL)
        assert clock.elapsed() < 50
    finally:
        QAccessible.setActive(False)


def test_heads_say_what_stands_under_them() -> None:
    assert title_of(Topic("", 3)) == "Other words"
    assert title_of(Year("", 3)) == "No date"
    assert note_of(Topic("Tolls", 3, (), ("A; B", "C"))) == "A, B, C"
    assert note_of(Year("1961", 2)) == ""


def test_topics_are_written_as_texts_write_them() -> None:
    texts = ["The NATO summit met.", "nato is old.", "Of NATO we say little."]
    assert written(("nato",), texts) == "NATO"
    assert written(("west", "berlin"), ["In West\nBerlin nothing moved."]) == "West Berlin"
    assert written(("toll", "roads"), []) == "Toll roads"


def test_to_whom_and_where_is_told() -> None:
    said = Statement(0, 5, "direct", addressee="reporters", occasion="in Geneva")
    about = Record(1, "2026-000001", State.FILED, Description(title="T"))
    from archivist.archive.results import Excerpt  # noqa: PLC0415 - one part alone

    one = Spoken(FiledStatement(1, 1, said), about, Excerpt("Words", ()), 1)
    assert circumstances(one) == "To reporters  ·  in Geneva"
