"""The window stays true to an archive that the command line changes meanwhile."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from archivist.archive import Archive
from archivist.desk import formats
from archivist.desk.start import end
from archivist.desk.window import MainWindow
from archivist.model.change import Change
from archivist.model.record import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from archivist.desk.context import Desk

_LONG = 30_000
_SOON = 3_000
"""Milliseconds after which the window shows what another program did."""


class Watched:
    """A window nobody touches, and a command line beside it."""

    def __init__(self, desk: Desk, folder: Path, bot: QtBot) -> None:
        self.desk, self.folder, self.bot = desk, folder, bot
        self.window = MainWindow(desk)
        self.window.resize(1280, 800)
        self.window.show()
        self.errors: list[object] = []
        self.told: list[Change] = []
        desk.events.error.connect(self.errors.append)
        desk.events.changed.connect(self.told.append)
        with bot.waitSignals([self.window.session.opened, desk.events.followed], timeout=_LONG):
            self.window.session.open(folder)
        self.settle()

    def settle(self) -> None:
        self.bot.waitUntil(lambda: bool(self.found()) and not self.window.busy(), timeout=_LONG)

    def command(self, *arguments: object) -> subprocess.Popen[bytes]:
        line = [sys.executable, "-m", "archivist.cli", "--archive", self.folder, *arguments]
        return subprocess.Popen(
            [str(part) for part in line], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def run(self, *arguments: object) -> None:
        """Run a command to its end while the window lives."""
        process = self.command(*arguments)
        self.ends(process)

    def ends(self, process: subprocess.Popen[bytes]) -> None:
        self.bot.waitUntil(lambda: process.poll() is not None, timeout=_LONG)
        said, _ = process.communicate()
        assert process.returncode == 0, said.decode()

    def found(self) -> list[int]:
        answer = self.window.asking.answer
        return [] if answer is None else list(answer.keys)

    def shown_ref(self) -> str:
        document = self.window.reader._document
        return "" if document is None else document.record.ref

    def shown_text(self) -> str:
        return self.window.reader.page.text.toPlainText()

    def soon(self, so: object) -> None:
        assert callable(so)
        self.bot.waitUntil(so, timeout=_SOON)

    def count(self) -> int:
        assert self.desk.archive is not None
        return self.desk.archive.count()


@pytest.fixture
def watched(desk: Desk, archive_folder: Path, qtbot: QtBot) -> Iterator[Watched]:
    made = Watched(desk, archive_folder, qtbot)
    qtbot.addWidget(made.window)
    yield made
    desk.jobs.running.clear()
    made.window.close()
    end(desk)
    assert not made.errors


def note(folder: Path, number: int, words: str = "on the ferry to Port Halden") -> Path:
    file = folder / f"note-{number}.txt"
    file.write_text(f"Note number {number} {words}.", "utf-8")
    return file


def test_what_the_command_line_files_is_shown(watched: Watched, tmp_path: Path) -> None:
    before, shown = watched.found(), watched.shown_ref()
    watched.run("import", note(tmp_path, 1, "about a zeppelin"))
    watched.soon(lambda: len(watched.found()) == len(before) + 1)
    said = formats.counted(len(before) + 1, "record")
    watched.soon(lambda: watched.window.status.message().startswith(said))
    assert watched.shown_ref() == shown
    undo = watched.window.book["edit.undo"]
    watched.soon(lambda: "note-1" in undo.text())


def test_saved_searches_tell_the_news(watched: Watched, tmp_path: Path) -> None:
    archive, saved = watched.desk.archive, watched.window.keeper.saved
    assert archive is not None
    archive.open_search(archive.save_search("Ferries", "zeppelin").number)
    watched.bot.waitUntil(lambda: bool(saved.kept), timeout=_LONG)
    watched.run("import", note(tmp_path, 1, "about a zeppelin"))
    watched.bot.waitUntil(lambda: saved.kept[0].new == 1, timeout=2 * _SOON)


def test_what_the_command_line_describes_is_read(watched: Watched) -> None:
    ref, place = watched.shown_ref(), watched.found().index(watched.window.results.current_id())
    assert ref
    watched.run("edit", "--refs", ref, "--set", "title=A zeppelin over Teveril")
    watched.soon(lambda: "A zeppelin over Teveril" in watched.shown_text())
    watched.soon(lambda: not watched.window.busy())
    current = watched.window.results.current_id()
    assert watched.shown_ref() == ref
    assert watched.found().index(current) == place
    watched.run("undo")
    watched.soon(lambda: "A zeppelin over Teveril" not in watched.shown_text())


def test_what_the_command_line_deletes_is_gone(watched: Watched) -> None:
    before, ref = len(watched.found()), watched.shown_ref()
    gone = watched.window.results.current_id()
    watched.window.results.toggle_tick()
    watched.run("delete", ref)
    watched.soon(lambda: len(watched.found()) == before - 1)
    assert gone not in watched.found()
    watched.soon(lambda: watched.shown_ref() not in {"", ref})
    assert watched.window.results.ticked_count() == 0
    watched.window.go("trash")
    watched.run("undo")
    watched.soon(lambda: len(watched.found()) == before)


def test_both_import_at_once(watched: Watched, tmp_path: Path) -> None:
    before = watched.count()
    here, there = tmp_path / "here", tmp_path / "there"
    for folder, words in ((here, "seen from the desk"), (there, "seen from a terminal")):
        folder.mkdir()
        for number in range(250):
            note(folder, number, words)
    with watched.bot.waitSignal(watched.desk.jobs.done, timeout=_LONG):
        watched.window.commands.import_paths([str(here)])
        process = watched.command("import", there)
    watched.ends(process)
    watched.soon(lambda: len(watched.found()) == before + 500)
    with Archive.open(watched.folder) as archive:
        assert archive.search('"seen from the desk"', limit=0).total == 250
        assert archive.search('"seen from a terminal"', limit=0).total == 250
        assert archive.check().ok


def test_what_is_done_here_is_told_once(watched: Watched) -> None:
    watched.window.commands.delete_records()
    watched.bot.waitUntil(lambda: bool(watched.told), timeout=_LONG)
    watched.bot.wait(1_500)
    assert [change.kind for change in watched.told] == ["delete"]
    assert watched.desk.archive is not None
    assert watched.desk.archive.count(State.TRASHED) == 1


def test_looking_costs_next_to_nothing(watched: Watched) -> None:
    archive = watched.desk.archive
    assert archive is not None
    archive.pulse()
    began = time.process_time()
    for _ in range(200):
        archive.pulse()
    assert (time.process_time() - began) / 200 < 0.001
