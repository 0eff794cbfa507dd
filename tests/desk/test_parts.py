"""The smaller parts of the window: status bar, error strip, first start, palette, pages, start."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from archivist.archive.results import DossierReport
from archivist.desk import app
from archivist.desk.actions import ActionBook
from archivist.desk.dialogs.palette import Palette
from archivist.desk.dialogs.shortcuts import Page, shortcuts_page
from archivist.desk.jobs import Job, JobError
from archivist.desk.views.error_strip import ErrorStrip
from archivist.desk.views.first_start import FirstStart, WayOn
from archivist.desk.views.status_bar import StatusBar, pace
from archivist.desk.window import MainWindow
from archivist.model.errors import StorageError
from archivist.model.progress import Progress
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QUrl
    from pytestqt.qtbot import QtBot

    from archivist.desk.context import Desk


class _Noted:
    def __init__(self) -> None:
        self.done: list[str] = []

    def perform(self, callback: str, argument: str) -> None:
        self.done.append(f"{callback} {argument}".strip())


@pytest.fixture
def noted() -> _Noted:
    return _Noted()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(1000, 700)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def book(desk: Desk, window: QWidget, noted: _Noted) -> ActionBook:
    return ActionBook(window, noted, desk.icons)


def test_work_is_told_with_count_rate_and_time_left() -> None:
    job = Job("import", "Importing", Progress(1240, 8000, "Filing"), began=100.0)
    told = pace(job, 103.0)
    assert told.done == "1,240 of 8,000"
    assert told.rate == "413 a second"
    assert told.left == "16 s left"
    assert pace(Job("import", "Importing"), 0).done == "Beginning"
    early = Job("import", "Importing", Progress(3, None, "Reading"), began=100.0)
    assert pace(early, 100.2) == pace(early, 100.4)


def test_the_status_bar_shows_work_and_lets_it_be_stopped(desk: Desk, qtbot: QtBot) -> None:
    bar = StatusBar(desk)
    qtbot.addWidget(bar)
    assert bar.work() == ""
    desk.jobs.running[7] = Job("import", "Importing releases", Progress(5, 10), began=1.0)
    desk.jobs.progressed.emit(7, Progress(5, 10))
    assert bar.work().startswith("Importing releases 5 of 10")
    desk.jobs.running.clear()
    desk.jobs.ended.emit(7)
    assert bar.work() == ""
    desk.events.message.emit("Copied the citation.")
    assert bar.message() == "Copied the citation."


def test_an_error_says_what_to_do_and_can_be_copied(desk: Desk, qtbot: QtBot) -> None:
    strip = ErrorStrip(desk)
    qtbot.addWidget(strip)
    error = StorageError("The disk is full.", "Free some space, then import again.")
    error.__cause__ = OSError(28, "No space left on device")
    desk.events.error.emit(error)
    assert strip.isVisible()
    assert strip.text() == "The disk is full. Free some space, then import again."
    assert "Traceback" not in strip.text()
    strip._copy.click()
    assert "No space left on device" in QGuiApplication.clipboard().text()
    QTest.keyClick(strip, Qt.Key.Key_Escape)
    assert not strip.isVisible()


def test_a_fault_of_the_worker_keeps_its_details(desk: Desk, qtbot: QtBot) -> None:
    strip = ErrorStrip(desk)
    qtbot.addWidget(strip)
    strip.show_error(JobError("It failed.", "", "exit code 3"))
    strip._more.click()
    assert "exit code 3" in strip._details.toPlainText()


def test_a_notice_offers_one_thing_to_do(desk: Desk, qtbot: QtBot) -> None:
    strip, done = ErrorStrip(desk), list[str]()
    qtbot.addWidget(strip)
    strip.show_notice("Not finished.", "Nothing is filed twice.", "Go on", lambda: done.append("x"))
    strip._do.click()
    assert done == ["x"]
    assert not strip.isVisible()


def test_first_start_offers_three_ways(
    desk: Desk, window: QWidget, book: ActionBook, noted: _Noted
) -> None:
    start = FirstStart(desk, book, window)
    start.show()
    ways = start.findChildren(WayOn)
    assert [way.text() for way in ways] == [
        "Explore the sample archive",
        "Create an archive",
        "Open an archive",
    ]
    start.focus()
    QTest.keyClick(ways[0], Qt.Key.Key_Down)
    assert ways[1].hasFocus()
    QTest.keyClick(ways[1], Qt.Key.Key_Return)
    assert noted.done == ["new_archive"]


def test_the_palette_runs_what_is_typed(
    desk: Desk, window: QWidget, book: ActionBook, noted: _Noted
) -> None:
    before = QPushButton("before", window)
    before.show()
    before.setFocus()
    palette = Palette(desk, window, book, lambda _i: None, lambda _t: None)
    palette.ask()
    assert palette.field.hasFocus()
    QTest.keyClicks(palette.field, "dark")
    assert palette.texts() == ["Appearance: Dark"]
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert noted.done == ["set_mode dark"]
    assert not palette.isVisible()
    assert before.hasFocus()


def test_the_palette_lists_only_what_can_be_done(
    desk: Desk, window: QWidget, book: ActionBook
) -> None:
    palette = Palette(desk, window, book, lambda _i: None, lambda _t: None)
    palette.ask()
    palette.field.setText("trash")
    assert palette.texts() == []
    book.refresh({"archive": True, "targets": True})
    palette.field.setText("tras")
    assert palette.texts() == ["Trash", "Move to trash"]
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_the_palette_finds_records_and_always_searches(
    open_desk: Desk, window: QWidget, book: ActionBook, qtbot: QtBot
) -> None:
    shown: list[int] = []
    searched: list[str] = []
    palette = Palette(open_desk, window, book, shown.append, searched.append)
    palette.ask()
    palette.field.setText("communiqué")
    qtbot.waitUntil(lambda: len(palette.texts()) > 1, timeout=10_000)
    assert palette.texts()[-1] == "Search for “communiqué” in all records"
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    QTest.keyClick(palette.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert searched == ["communiqué"]
    assert palette.isVisible()
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert len(shown) == 1


def test_pages_open_over_the_window_and_go(desk: Desk, window: QWidget, book: ActionBook) -> None:
    page = Page(desk, window)
    page.show_page("Keyboard shortcuts", shortcuts_page(book))
    assert "Create an archive" in page.text()
    assert not page.grab().isNull()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()


def test_the_help_is_shown_as_it_is_written(desk: Desk, window: QWidget) -> None:
    page = Page(desk, window)
    page.show_help("search.md")
    assert page._title.text() == "How to search"
    assert "strategic partnership" in page.text()
    assert "|" not in page.text()
    desk.theme.set_mode("dark")
    assert "strategic partnership" in page.text()


def test_an_example_of_the_help_is_tried(desk: Desk, window: QWidget, qtbot: QtBot) -> None:
    page = Page(desk, window)
    page.show_help("search.md")
    assert page._hint.isVisible()
    tried: list[str] = []
    page.query_asked.connect(tried.append)
    for _ in range(2):
        QTest.keyClick(page._text, Qt.Key.Key_Tab)
    QTest.keyClick(page._text, Qt.Key.Key_Return)
    assert tried == ['"strategic partnership"']
    assert not page.isVisible()
    page.show_page("About", "<p>Words</p>")
    assert not page._hint.isVisible()


def test_the_display_is_looked_at_first() -> None:
    assert app.obstacle({"QT_QPA_PLATFORM": "offscreen"}) == ""
    assert app.obstacle({"WAYLAND_DISPLAY": "wayland-0"}) == ""
    if sys.platform.startswith("linux"):
        assert "neither WAYLAND_DISPLAY nor DISPLAY" in app.obstacle({})
        assert "does not answer" in app.obstacle({"DISPLAY": ":98765"})


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays of X and Wayland")
def test_without_a_display_the_desk_says_so(own_home: object) -> None:

    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in names}
    done = subprocess.run(
        [sys.executable, "main.py"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 4
    assert "There is no display" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_keyboard_stays_within_what_lies_over_the_window(
    desk: Desk, window: QWidget, book: ActionBook, noted: _Noted
) -> None:
    book.refresh({"archive": True, "targets": True})
    page = Page(desk, window)
    page.show_help("search.md")
    for _ in range(7):
        focus = QApplication.focusWidget()
        assert focus is not None
        assert page.isAncestorOf(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    QTest.keyClick(page._close, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page._close, Qt.Key.Key_Delete)
    assert noted.done == []


@pytest.mark.parametrize("opens", [True, False])
def test_what_was_written_is_opened_or_named(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, opens: bool
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return opens

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    main = MainWindow(desk)
    qtbot.addWidget(main)
    main.outcomes.tell_written(DossierReport(tmp_path / "dossier.docx", 5, 0, 12, 0.4))
    assert opened == [str(tmp_path / "dossier.docx")]
    assert main.status.message() == "Wrote dossier.docx: 5 records, 12 pages."
    assert ("dossier.docx" in main.strip.text()) is not opens
