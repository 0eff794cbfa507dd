"""The list of terms in its real dialog on a real archive."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from archivist.desk.dialogs.terms import TermsDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from archivist.desk.context import Desk

_LINES = 'partnership\n# a note\n\nzebra\ntpye:note\n"strategic partnership" OR ferry\n'


@pytest.fixture
def dialog(open_desk: Desk, qtbot: QtBot) -> TermsDialog:
    made = TermsDialog(open_desk)
    qtbot.addWidget(made)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(made.model, mode, made)
    made.ask("date:2010..", "Documents dated 2010 or later.", narrowed=True)
    return made


def count(dialog: TermsDialog, qtbot: QtBot, lines: str = _LINES) -> list[str]:
    dialog.lines.setPlainText(lines)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dialog.count.text() == "Count", timeout=10_000)
    return terms(dialog)


def terms(dialog: TermsDialog) -> list[str]:
    rows = (dialog.model.term(row) for row in range(dialog.model.rowCount()))
    return [term.line for term in rows if term is not None]


def test_each_line_is_counted_and_a_bad_one_says_why(dialog: TermsDialog, qtbot: QtBot) -> None:
    found = count(dialog, qtbot)
    assert found == ["partnership", "zebra", "tpye:note", '"strategic partnership" OR ferry']
    first, silent, bad = (dialog.model.term(row) for row in range(3))
    assert first is not None
    assert first.hits >= first.records > 0
    assert silent is not None
    assert silent.records == 0
    assert bad is not None
    assert "tpye" in bad.error
    assert dialog.list.columnSpan(2, 1) == 4
    assert dialog.words.text().startswith("4 terms, 1 not found, 1 that cannot be read")
    assert not dialog.grab().isNull()


def test_it_is_counted_within_what_is_found(dialog: TermsDialog, qtbot: QtBot) -> None:
    count(dialog, qtbot, "partnership")
    everywhere = dialog.model.term(0)
    dialog.within.setCurrentIndex(1)
    count(dialog, qtbot, "partnership")
    within = dialog.model.term(0)
    assert everywhere is not None
    assert within is not None
    assert 0 < within.records < everywhere.records
    asked: list[tuple[str, str]] = []
    dialog.term_asked.connect(lambda *words: asked.append(words))
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert asked == [("partnership", "date:2010..")]


def test_every_column_sorts(dialog: TermsDialog, qtbot: QtBot) -> None:
    count(dialog, qtbot)
    header = dialog.list.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(1) + 10, 10)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    down = terms(dialog)
    assert down[-1] == "tpye:note"
    assert down[-2] == "zebra"
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert terms(dialog)[0] == "zebra"
    for column in range(5):
        dialog._sort(column)
        assert len(terms(dialog)) == 4
    assert not dialog.grab().isNull()


def test_a_list_is_loaded_and_the_table_written(
    dialog: TermsDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "list.txt").write_text("ferry\nvisit\n", encoding="utf-16")
    dialog.load_file(tmp_path / "list.txt")
    qtbot.waitUntil(lambda: dialog.lines.toPlainText() == "ferry\nvisit")
    count(dialog, qtbot, dialog.lines.toPlainText())
    dialog.export_file(tmp_path / "table.json")
    qtbot.waitUntil(lambda: dialog.words.text() == "Written to table.json.")
    written = json.loads((tmp_path / "table.json").read_text(encoding="utf-8"))
    assert "ferry" in json.dumps(written)
    dialog.export_file(tmp_path / "missing" / "table.csv")
    qtbot.waitUntil(lambda: "table.csv" in dialog.words.text())


def test_counting_can_be_stopped(dialog: TermsDialog, qtbot: QtBot) -> None:
    dialog.lines.setPlainText("\n".join(f"word{number} OR ferry" for number in range(3000)))
    dialog.count.click()
    assert dialog.count.text() == "Stop"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.count.text() == "Count"
    assert dialog.words.text() == "Stopped."
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: not dialog._desk.tasks.busy(), timeout=10_000)
    assert dialog.model.rowCount() == 0
