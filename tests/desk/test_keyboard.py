"""Every view of a search by the keyboard alone: there, through it, into it, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from archivist.desk.start import end
from archivist.desk.views.facet_rows import Item
from tests.desk.test_window import Driven, focused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from archivist.desk.context import Desk

_Key = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def driven(desk: Desk, archive_folder: Path, qtbot: QtBot) -> Iterator[Driven]:
    made = Driven(desk, qtbot)
    qtbot.addWidget(made.window)
    made.open(archive_folder)
    yield made
    made.window.close()
    end(desk)


def press(driven: Driven, key: Qt.Key, keys: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(focused(), key, keys or Qt.KeyboardModifier.NoModifier)
    driven.calm()


def test_records_are_found_walked_ticked_read_and_left(driven: Driven) -> None:
    window, results = driven.window, driven.window.results
    driven.type("partnership")
    assert focused() is results.lists.view()
    first = results.current_id()
    press(driven, _Key.Key_Down)
    second = results.current_id()
    assert second not in {first, 0}
    press(driven, _Key.Key_Space)
    assert results.ticked_count() == 1
    press(driven, _Key.Key_Return)
    assert window.reader.isAncestorOf(focused())
    press(driven, _Key.Key_F3)
    press(driven, _Key.Key_Escape)
    assert results.current_id() == second
    window.book["edit.search"].trigger()
    assert focused() is window.header.search.editor
    press(driven, _Key.Key_Down)
    assert focused() is results.lists.view()


def test_lines_are_walked_gathered_and_opened(driven: Driven) -> None:
    driven.type('"strategic partnership"')
    window = driven.window
    window.show_view("concordance")
    driven.calm()
    lines = window.centre.concordance
    assert focused() is lines.list
    before = lines.current_line()
    press(driven, _Key.Key_Down)
    line = lines.current_line()
    assert line is not None
    assert line != before
    press(driven, _Key.Key_Space)
    assert [(one.record, one.start) for one in window.centre.gathering.items] == [
        (line.record, line.start)
    ]
    press(driven, _Key.Key_Return)
    assert window.centre.beside
    assert window.reader.isAncestorOf(focused())
    window.go("dossier")
    driven.calm()
    collected = window.centre.collected
    assert collected.isAncestorOf(focused())
    press(driven, _Key.Key_Delete)
    driven.bot.waitUntil(lambda: not window.centre.gathering.items)


def test_filters_are_ticked_and_left_out_by_keys(driven: Driven) -> None:
    driven.type("partnership")
    window, facets = driven.window, driven.window.facets
    facets.setFocus()
    rows = facets.rows
    place = next(n for n, row in enumerate(rows.rows) if isinstance(row, Item))
    facets.setCurrentIndex(rows.index(place))
    press(driven, _Key.Key_Space)
    text = window.header.search.text()
    assert "type:" in text
    assert focused() is facets
    press(driven, _Key.Key_Minus)
    assert "-type:" in window.header.search.text()
    press(driven, _Key.Key_Down)
    assert facets.currentIndex().row() > place


def test_only_the_new_is_a_stop_of_the_tab_key(driven: Driven) -> None:
    driven.type("partnership")
    results = driven.window.results
    ids = [int(key) for key in results.model.keys[:2]]
    results.show_news("partnership", ids, "yesterday")
    link = results._head.news
    assert link.isVisible()
    assert link.focusPolicy() & Qt.FocusPolicy.TabFocus
    link.setFocus()
    press(driven, _Key.Key_Space)
    assert [int(key) for key in results.model.keys] == ids
    assert link.isVisible()
    assert link.text() == "Show all"
    press(driven, _Key.Key_Space)
    assert len(results.model.keys) == driven.total() > len(ids)


@pytest.mark.parametrize("name", ["tools.terms", "tools.synonyms", "help.queries"])
def test_what_was_opened_closes_by_escape(driven: Driven, name: str) -> None:
    window = driven.window
    window.book[name].trigger()
    driven.calm()
    shown = focused().window() if focused().window() is not window else window.page
    assert shown.isVisible()
    press(driven, _Key.Key_Escape)
    if shown.isVisible():
        press(driven, _Key.Key_Escape)
    assert not shown.isVisible()


def test_a_button_without_words_has_a_tip(driven: Driven) -> None:
    driven.type("partnership")
    mute = [
        button.accessibleName() or type(button.parent()).__name__
        for button in driven.window.findChildren(QAbstractButton)
        if button.isVisibleTo(driven.window)
        and not button.text()
        and not button.toolTip()
        and not button.objectName().startswith("qt_")
    ]
    assert mute == []
