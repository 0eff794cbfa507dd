"""The trash, import reports, records typed in, the dossier's dialog."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from archivist.archive import Archive
from archivist.archive.results import Duplicate, Filed, FilingReport
from archivist.desk.context import Desk
from archivist.desk.dialogs.dossier import DossierDialog
from archivist.desk.models.report import (
    ROW,
    Head,
    Line,
    ReportModel,
    as_csv,
    common_folder,
    containers,
    sections,
)
from archivist.desk.views.compose import ComposePane
from archivist.desk.views.import_report import ImportReportView
from archivist.desk.views.trash import TrashView
from archivist.model.record import Refusal, State

_WARN = QAbstractItemModelTester.FailureReportingMode.Warning
REPORT = FilingReport(
    4,
    filed=(
        Filed("2024-000001", "/in/a/one.txt", "One"),
        Filed("2024-000002", "/in/a/scan.tif", "Scan", "no text"),
    ),
    duplicates=(Duplicate("/in/a/two.txt", "2023-000009"),),
    refused=(
        Refusal("/in/b/locked.pdf", "Protected by a password. Remove it.", "PDF: encrypted"),
        Refusal("/in/b/box.zip::x.txt", "The file is empty."),
        Refusal("/in/b/box.zip::y.txt", "The file is empty."),
    ),
    seconds=3.2,
    title="Import of in",
    began="2024-06-02T10:41:00Z",
    who="registry",
    run=1,
)


@pytest.fixture
def archive(open_desk: Desk) -> Archive:
    assert open_desk.archive is not None
    return open_desk.archive


# The trash


@pytest.fixture
def trash(qtbot: QtBot, open_desk: Desk) -> TrashView:
    made = TrashView(open_desk)
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    return made


def test_an_empty_trash_says_so(qtbot: QtBot, trash: TrashView) -> None:
    trash.show_trash()
    qtbot.waitUntil(trash._empty.isVisible)


def test_what_was_trashed_is_listed_read_and_restored_as_one(
    qtbot: QtBot, trash: TrashView, archive: Archive
) -> None:
    tester = QAbstractItemModelTester(trash.model, _WARN)
    read: list[int] = []
    trash.record_asked.connect(read.append)
    ids = archive.find_keys("*")[:4]
    archive.delete([archive.record(key).ref for key in ids])
    trash.show_trash()
    qtbot.waitUntil(lambda: trash.model.rowCount() == 4)
    qtbot.waitUntil(lambda: bool(read))
    trash.grab()
    assert read[-1] in ids
    trash.list.selectAll()
    assert sorted(trash.chosen_ids()) == sorted(ids)
    trash.restore_chosen()
    qtbot.waitUntil(lambda: archive.count(State.TRASHED) == 0)
    qtbot.waitUntil(trash._empty.isVisible)
    archive.undo()
    assert archive.count(State.TRASHED) == 4
    assert tester.model() is trash.model


# Import reports


def test_every_path_stands_in_one_section_and_the_sums_add_up() -> None:
    found = sections(REPORT)
    assert [section.name for section in found] == ["refused", "noted", "duplicates", "filed"]
    assert sum(len(section.items) for section in found) == 6
    assert common_folder(REPORT) == "/in/"
    assert containers(REPORT.refused) == ["/in/b/locked.pdf", "/in/b/box.zip"]
    rows = list(csv.reader(io.StringIO(as_csv(REPORT))))
    assert len(rows) == 7
    assert rows[1][:2] == ["not filed", "/in/b/locked.pdf"]


def test_sections_and_details_fold() -> None:
    model = ReportModel()
    tester = QAbstractItemModelTester(model, _WARN)
    model.show(REPORT)
    assert model.rowCount() == 1 + 3 + 1 + 1 + 1 + 1
    line = model.index(1, 0).data(ROW)
    assert isinstance(line, Line)
    assert (line.path, line.what, line.todo) == (
        "b/locked.pdf",
        "Protected by a password.",
        "Remove it.",
    )
    model.toggle(1)
    assert model.unfolded() == [1]
    model.toggle(0)
    assert model.rowCount() == 5
    assert isinstance(model.index(0, 0).data(ROW), Head)
    assert model.unfolded() == []
    model.show(None)
    assert tester.model().rowCount() == 0


@pytest.fixture
def reports(qtbot: QtBot, open_desk: Desk) -> ImportReportView:
    made = ImportReportView(open_desk)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


def test_an_import_is_listed_and_opened(
    qtbot: QtBot, reports: ImportReportView, archive: Archive
) -> None:
    tester = QAbstractItemModelTester(reports._list.model, _WARN)
    reports.show_list()
    qtbot.waitUntil(lambda: reports._list.model.rowCount() == 1)
    reports.grab()
    reports._list.list.setFocus()
    QTest.keyClick(reports._list.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: reports._report._report is not None)
    assert reports._report._title.text() == archive.imports()[0].title
    assert tester.model().rowCount() == 1
    reports.grab()


def test_the_keyboard_folds_copies_opens_and_imports_again(
    qtbot: QtBot, reports: ImportReportView
) -> None:
    imports: list[list[str]] = []
    records: list[str] = []
    reports.import_asked.connect(imports.append)
    reports.record_asked.connect(records.append)
    page = reports._report
    reports._stack.setCurrentWidget(page)
    page._take((REPORT, None))
    reports.grab()
    rows = page.rows
    rows.selectRow(1)
    QTest.keyClick(rows, Qt.Key.Key_Right)
    assert rows.rowHeight(1) > rows.rowHeight(2)
    QTest.keyClick(rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "PDF: encrypted" in QGuiApplication.clipboard().text()
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert imports == [["/in/b/locked.pdf"]]
    rows.selectRow(5)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert records == ["2024-000002"]
    page._again.click()
    assert imports[-1] == ["/in/b/locked.pdf", "/in/b/box.zip"]
    reports.grab()


def test_a_report_is_saved(
    qtbot: QtBot, reports: ImportReportView, open_desk: Desk, tmp_path: Path
) -> None:
    told: list[str] = []
    open_desk.events.message.connect(told.append)
    reports._report._write(REPORT, tmp_path / "report")
    qtbot.waitUntil(lambda: bool(told))
    assert (tmp_path / "report.csv").read_text("utf-8-sig").startswith("outcome,path")


# Typing in


@pytest.fixture
def compose(qtbot: QtBot, open_desk: Desk) -> ComposePane:
    made = ComposePane(open_desk)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.start()
    return made


def test_a_record_is_typed_in(qtbot: QtBot, compose: ComposePane, archive: Archive) -> None:
    filed: list[int] = []
    compose.filed.connect(filed.append)
    rows = compose.form.rows
    QTest.keyClicks(rows["title"].editor, "Note on the ferry")
    QTest.keyClicks(rows["date"].editor, "March 1974")
    rows["person"].set_value("Ilva Marenk (author)")
    compose.text.setPlainText("The ferry runs.")
    compose.grab()
    QTest.keyClick(compose.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(filed))
    record = archive.record(filed[0])
    assert record.description.title == "Note on the ferry"
    assert record.description.date == "1974-03"
    assert record.description.agents[0].role == "author"
    assert archive.text(record) == "The ferry runs."
    assert not compose.dirty()


def test_what_was_typed_waits(compose: ComposePane) -> None:
    QTest.keyClicks(compose.form.rows["title"].editor, "Half a title")
    compose.closed.emit()
    compose.start()
    assert compose.form.rows["title"].editor.value() == "Half a title"
    assert compose._file.isEnabled()


# The dossier


class Started:
    """Takes jobs in place of the worker process."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.jobs: list[tuple[str, dict[str, object]]] = []

        def start(kind: str, _title: str, /, **arguments: object) -> int:
            self.jobs.append((kind, arguments))
            return len(self.jobs)

        monkeypatch.setattr(desk.jobs, "start", start)


def test_a_dossier_is_asked_for_once_and_started(
    qtbot: QtBot, open_desk: Desk, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = Started(open_desk, monkeypatch)
    open_desk.settings.setValue("dossier/folder", str(tmp_path))
    dialog = DossierDialog(open_desk)
    qtbot.addWidget(dialog)
    ids = archive.find_keys("partnership")[:5]
    dialog.ask(ids, '"strategic partnership" date:2010..')
    assert dialog.title.value() == "Strategic partnership"
    assert dialog.target() == tmp_path / "Strategic partnership.docx"
    dialog.title.selectAll()
    QTest.keyClicks(dialog.title, "Relations / Estrea")
    assert dialog.target() == tmp_path / "Relations _ Estrea.docx"
    dialog.grab()
    QTest.keyClick(dialog.title, Qt.Key.Key_Return)
    ((kind, arguments),) = started.jobs
    assert kind == "dossier"
    assert arguments["ids"] == ids
    assert arguments["title"] == "Relations / Estrea"
    del arguments["target"]
    report = archive.write_dossier(tmp_path / "out.csv", **arguments)  # type: ignore[arg-type]
    assert report.records == 5
    assert not dialog.isVisible()


def test_a_dossier_says_what_stands_in_its_way(
    qtbot: QtBot, open_desk: Desk, tmp_path: Path
) -> None:
    open_desk.settings.setValue("dossier/folder", str(tmp_path))
    dialog = DossierDialog(open_desk)
    qtbot.addWidget(dialog)
    dialog.ask([1], "")
    assert dialog.title.value() == "Dossier"
    dialog.target().write_text("old")
    dialog.date.set_value("2024-02-30")
    dialog.date.edited.emit()
    assert not dialog.write.isEnabled()
    dialog.date.set_value("2024-02")
    dialog.date.edited.emit()
    assert dialog.write.text() == "Replace dossier"
    for name in (tmp_path / "no" / "x.docx", "/", "~nobody-here/x.docx", "x" * 300):
        dialog.file.set_value(str(name))
        dialog.file.edited.emit()
        assert not dialog.write.isEnabled()
