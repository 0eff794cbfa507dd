"""The thesaurus in its real dialog on a real archive, by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit

from archivist.desk.dialogs.thesaurus import ThesaurusDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from archivist.desk.context import Desk


@pytest.fixture
def dialog(open_desk: Desk, qtbot: QtBot) -> ThesaurusDialog:
    made = ThesaurusDialog(open_desk)
    qtbot.addWidget(made)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(made.model, mode, made)
    made.ask()
    made.activateWindow()
    qtbot.waitUntil(lambda: made.model.rowCount() > 10)
    return made


def editor(dialog: ThesaurusDialog) -> QLineEdit:
    return next(one for one in dialog.list.findChildren(QLineEdit) if one.isVisible())


def lines(dialog: ThesaurusDialog) -> list[tuple[str, ...]]:
    rings = (dialog.model.ring(row) for row in range(dialog.model.rowCount()))
    return [ring.terms for ring in rings if ring is not None]


def add(dialog: ThesaurusDialog, text: str) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Insert)
    field = editor(dialog)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_a_line_is_added_found_and_removed_by_keys(dialog: ThesaurusDialog, qtbot: QtBot) -> None:
    add(dialog, "strait; narrows ;  sound")
    qtbot.waitUntil(lambda: ("strait", "narrows", "sound") in lines(dialog))
    assert dialog.model.ring(dialog.list.currentIndex().row()) is not None
    dialog.field.setFocus()
    QTest.keyClicks(dialog.field, "narr")
    assert lines(dialog) == [("strait", "narrows", "sound")]
    QTest.keyClick(dialog.field, Qt.Key.Key_Down)
    QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: lines(dialog) == [])


def test_a_shipped_line_is_changed_and_says_so(dialog: ThesaurusDialog, qtbot: QtBot) -> None:
    shipped = lines(dialog)[0]
    dialog.list.setFocus()
    dialog.list.setCurrentIndex(dialog.model.index(0, 0))
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    field = editor(dialog)
    assert field.text() == "; ".join(shipped)
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClicks(field, "; another name")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: (*shipped, "another name") in lines(dialog))
    ring = dialog.model.ring(dialog.model.row_of((*shipped, "another name")))
    assert ring is not None
    assert ring.changed
    assert not dialog.grab().isNull()


def test_what_cannot_be_synonyms_is_refused_in_words(dialog: ThesaurusDialog, qtbot: QtBot) -> None:
    before = lines(dialog)
    add(dialog, "alone")
    qtbot.waitUntil(lambda: "line" not in dialog.words.text()[:9] and dialog.words.text() != "")
    assert lines(dialog) == before
    QTest.keyClick(dialog, Qt.Key.Key_Insert)
    QTest.keyClick(editor(dialog), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: lines(dialog) == before)
    assert dialog.isVisible()


def test_lines_are_exported_and_imported(
    dialog: ThesaurusDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.export_file(tmp_path / "rings")
    qtbot.waitUntil(lambda: dialog.words.text() == "Written to rings.csv.")
    assert "Soviet Union" in (tmp_path / "rings.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "more.csv").write_text("strait;narrows\n", encoding="utf-8")
    dialog.import_file(tmp_path / "more.csv")
    qtbot.waitUntil(lambda: ("strait", "narrows") in lines(dialog))


def test_undo_is_asked_for_by_its_key(dialog: ThesaurusDialog, qtbot: QtBot) -> None:
    dialog.list.setFocus()
    with qtbot.waitSignal(dialog.undo_asked):
        QTest.keyClick(dialog.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
