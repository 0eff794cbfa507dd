"""Searching within the values of a facet: the panel beside the filters, on a real archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from archivist.desk.dialogs.facet_values import FacetValues
from archivist.desk.models.lexicon import Lexicon
from archivist.desk.views.facet_rows import Item

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from archivist.desk.context import Desk


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def panel(open_desk: Desk, window: QWidget, qtbot: QtBot) -> FacetValues:
    window.resize(900, 700)
    beside = QWidget(window)
    beside.setGeometry(0, 100, 240, 500)
    made = FacetValues(open_desk, window, beside)
    window.show()
    assert open_desk.archive is not None
    made.ask("originator", "", Lexicon.of(open_desk.archive.vocabulary))
    qtbot.waitUntil(lambda: bool(_names(made)))
    return made


def _names(panel: FacetValues) -> list[str]:
    return [row.text for row in panel.values.rows.rows if isinstance(row, Item)]


def test_typing_narrows_to_values_with_words_that_begin_so(panel: FacetValues) -> None:
    all_ = _names(panel)
    QTest.keyClicks(panel.field, "min")
    found = _names(panel)
    assert 0 < len(found) < len(all_)
    assert all(any(word.lower().startswith("min") for word in name.split()) for name in found)
    QTest.keyClicks(panel.field, "zzz")
    assert _names(panel) == []
    assert panel.values.rows.rows[0].text == "No value begins so"
    assert not panel.grab().isNull()


def test_enter_asks_for_the_first_and_it_is_ticked_when_the_query_follows(
    panel: FacetValues, qtbot: QtBot
) -> None:
    QTest.keyClicks(panel.field, "min")
    name = _names(panel)[0]
    with qtbot.waitSignal(panel.query_edited) as said:
        QTest.keyClick(panel.field, Qt.Key.Key_Return)
    query = said.args[0]
    assert query.startswith("originator:")
    panel.follow(query)
    qtbot.waitUntil(lambda: not panel.desk.tasks.busy())
    states = {row.text: row.state for row in panel.values.rows.rows if isinstance(row, Item)}
    assert states[name] == "on"


def test_the_keyboard_goes_down_leaves_out_and_comes_back(panel: FacetValues, qtbot: QtBot) -> None:
    panel.window().activateWindow()
    panel.field.setFocus()
    QTest.keyClick(panel.field, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.query_edited) as said:
        QTest.keyClick(panel.values, Qt.Key.Key_Minus)
    assert said.args[0].startswith("-originator:")
    QTest.keyClick(panel.values, Qt.Key.Key_Up)
    QTest.keyClick(panel.field, Qt.Key.Key_Escape)
    assert not panel.isVisible()
