"""Fixtures of the desk's tests: offscreen, own settings, no leaked threads, no surprise dialogs."""

from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from archivist import assets
from archivist.archive import Archive
from archivist.desk.context import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


def pytest_configure(config: pytest.Config) -> None:
    # The offscreen platform says what it cannot do: sizes, raised windows, popups that grab.
    config.addinivalue_line("qt_log_ignore", "This plugin does not support")


@pytest.fixture(autouse=True)
def no_dialog(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail on a modal dialog that the test did not script."""

    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("a modal dialog opened that the test did not script")

    monkeypatch.setattr(QDialog, "exec", refuse)
    monkeypatch.setattr(QMessageBox, "exec", refuse)
    for name in ("question", "information", "warning", "critical"):
        monkeypatch.setattr(QMessageBox, name, refuse)
    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(QFileDialog, name, refuse)


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """Fail when a test leaves a thread behind."""
    before = set(threading.enumerate())
    yield
    end = time.monotonic() + 5
    while (left := [t for t in threading.enumerate() if t not in before and t.is_alive()]) and (
        time.monotonic() < end
    ):
        time.sleep(0.02)
    left = [thread for thread in left if not isinstance(thread, threading._DummyThread)]
    assert not left, f"threads left behind: {left}"


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    """Return settings of the test's own."""
    return QSettings(str(tmp_path / "desk.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def desk(qtbot: QtBot, settings: QSettings) -> Iterator[Desk]:
    """Return a desk without an archive, light."""
    settings.setValue("look/mode", "light")
    made = Desk(settings)
    made.theme.apply()
    yield made
    close = made.close_later()
    made.tasks.shutdown()
    if close is not None:
        close()


@pytest.fixture(scope="session")
def sample_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive of some of the sample documents; copy it before you change it."""
    folder = tmp_path_factory.mktemp("archives") / "sample.archive"
    documents = assets.path("sample/documents")
    with Archive.create(folder) as archive:
        archive.file([documents / "chancery", documents / "estrea"], workers=1)
    return folder


@pytest.fixture
def archive_folder(sample_archive: Path, tmp_path: Path) -> Path:
    """Return an archive of the test's own."""
    return Path(shutil.copytree(sample_archive, tmp_path / "own.archive"))


@pytest.fixture
def open_desk(desk: Desk, archive_folder: Path) -> Desk:
    """Return a desk with an open archive of the test's own, without a worker process."""
    desk.archive = Archive.open(archive_folder)
    desk.events.archive_opened.emit()
    return desk
