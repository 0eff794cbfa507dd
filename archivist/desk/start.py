"""The application around the window: settings, faults nobody caught, an orderly end."""

from __future__ import annotations

import logging
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import platformdirs
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from archivist.desk.context import Desk
from archivist.desk.memory import FULL_SIZE
from archivist.desk.window import MainWindow
from archivist.model.errors import ArchivistError, InternalError

if TYPE_CHECKING:
    from types import TracebackType

    from archivist.desk.finder import Answer

_LOG = logging.getLogger(__name__)
_SWITCH: Final = 0.001
"""Seconds a reading thread may keep the window's waiting for the interpreter."""
_SETTLE_MS: Final = 700
_GIVE_UP_MS: Final = 60_000


@dataclass(frozen=True)
class Wish:
    """What the command line asks for.

    Attributes:
        archive: the archive to open; else the one used last.
        sample: whether to open the sample archive.
        query: what to search for at once.
        tick: how many of the first records to tick on the picture.
        screenshot: where to save a picture of the window, which then closes.
    """

    archive: Path | None = None
    sample: bool = False
    query: str = ""
    tick: int = 0
    screenshot: Path | None = None


def run(wish: Wish) -> int:
    """Show the window until it is closed; return the exit code."""
    sys.setswitchinterval(_SWITCH)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Archivist")
    app.setApplicationDisplayName("Archivist")
    app.setDesktopFileName("archivist")
    desk = Desk(user_settings())
    desk.theme.apply()
    window = MainWindow(desk)
    _catch_faults(desk)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    window.show()
    if wish.screenshot is not None:
        _take_screenshot(window, wish.screenshot, wish.tick)
    QTimer.singleShot(0, lambda: _open_first(window, wish))
    code = app.exec()
    end(desk)
    return code


def user_settings() -> QSettings:
    """Return what the desk remembers of this user."""
    folder = Path(platformdirs.user_config_dir("Archivist", appauthor=False))
    return QSettings(str(folder / "desk.ini"), QSettings.Format.IniFormat)


def end(desk: Desk) -> None:
    """Close the archive and every thread."""
    desk.tasks.cancel_reads()
    close = desk.close_later()
    desk.tasks.shutdown()
    if close is not None:
        close()
    desk.settings.sync()


def _open_first(window: MainWindow, wish: Wish) -> None:
    from archivist.archive import settings  # noqa: PLC0415 - after the window is there

    if wish.query:
        window.session.opened.connect(lambda _lexicon: window.search(wish.query))
    if wish.sample:
        window.session.open_sample()
    elif wish.archive is not None:
        window.session.open(wish.archive.resolve())
    elif (last := settings.last_archive()) is not None and last.exists():
        window.session.open(last)


def _catch_faults(desk: Desk) -> None:
    """Say a fault that nobody caught in the window, and keep the window."""

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _LOG.error("A fault nobody caught.", exc_info=(kind, error, trace))
        told: ArchivistError = InternalError(
            "Something went wrong inside Archivist. What was acknowledged is kept.",
            "Copy the details and report them.",
        )
        told.__cause__ = error
        desk.events.error.emit(told)

    sys.excepthook = tell


def _take_screenshot(window: MainWindow, file: Path, tick: int) -> None:
    """Save a picture once an archive's records are shown and no work is under way; then end."""
    window.resize(*FULL_SIZE)

    def look(_answer: Answer | None = None) -> None:
        if window.busy():
            QTimer.singleShot(_SETTLE_MS, look)
            return
        if tick and not window.results.ticked_count():
            _tick(window, tick)
            QTimer.singleShot(_SETTLE_MS, look)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        window.grab().save(str(file))
        window.close()

    def wait(_answer: Answer) -> None:
        window.finder.answered.disconnect(wait)
        QTimer.singleShot(_SETTLE_MS, look)

    window.finder.answered.connect(wait)
    QTimer.singleShot(_GIVE_UP_MS, window.close)


def _tick(window: MainWindow, count: int) -> None:
    """Tick the first records found, and end at the very first."""
    for key in reversed(window.found_ids()[:count]):
        window.results.select_id(key)
        window.results.toggle_tick()
