from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archivist.archive.results import CheckReport, FilingReport
from archivist.desk.session import Session
from archivist.model.errors import ArchivistError, InputError, StoppedError

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from archivist.desk.context import Desk

_LONG = 30_000


@pytest.fixture
def session(desk: Desk, archive_folder: Path, qtbot: QtBot) -> Session:
    made = Session(desk, desk)
    with qtbot.waitSignals([made.opened, desk.events.followed], timeout=_LONG):
        made.open(archive_folder)
    return made


def test_without_an_archive_there_is_no_work(desk: Desk) -> None:
    with pytest.raises(InputError):
        desk.jobs.start("check", "Checking")


def test_work_is_done_elsewhere_and_told_here(session: Session, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.jobs.done, timeout=_LONG) as said:
        number = desk.jobs.start("check", "Checking the archive")
        assert desk.jobs.running[number].title == "Checking the archive"
    assert said.args[0] == number
    assert isinstance(said.args[1], CheckReport)
    qtbot.waitUntil(lambda: not desk.jobs.running)


def test_an_import_can_be_found_when_it_is_done(
    session: Session, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "kitten.txt").write_text("The zebra crossed the border at dawn.", "utf-8")
    with qtbot.waitSignal(desk.jobs.done, timeout=_LONG) as said:
        desk.jobs.start("import", "Importing", paths=[str(tmp_path / "kitten.txt")])
        assert desk.jobs.importing
    report = said.args[1]
    assert isinstance(report, FilingReport)
    assert len(report.filed) == 1
    archive = desk.archive
    assert archive is not None
    assert archive.search("zebra").total == 1


def test_what_is_stopped_says_so(
    session: Session, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    for number in range(300):
        (tmp_path / f"note-{number}.txt").write_text(f"Note number {number} on the ferry.", "utf-8")
    told: list[object] = []
    desk.jobs.done.connect(lambda _n, result: told.append(result))
    desk.jobs.failed.connect(lambda _n, error: told.append(error))
    number = desk.jobs.start("import", "Importing", paths=[str(tmp_path)])
    desk.jobs.cancel(number)
    assert desk.jobs.running[number].stopping
    qtbot.waitUntil(lambda: bool(told), timeout=_LONG)
    assert isinstance(told[0], StoppedError) or (
        isinstance(told[0], FilingReport) and told[0].stopped
    )


def test_a_worker_that_died_is_replaced(session: Session, desk: Desk, qtbot: QtBot) -> None:
    errors: list[ArchivistError] = []
    desk.jobs.failed.connect(lambda _n, error: errors.append(error))
    client = desk.jobs._client
    assert client is not None
    desk.jobs.start("check", "Checking")
    with qtbot.waitSignals([desk.jobs.lost, desk.events.followed], timeout=_LONG):
        os.kill(client.pid, signal.SIGKILL)
    assert len(errors) == 1
    assert "acknowledged" in errors[0].message
    with qtbot.waitSignal(desk.jobs.done, timeout=_LONG):
        desk.jobs.start("check", "Checking again")


def test_what_is_no_archive_cannot_be_opened(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    session = Session(desk, desk)
    with qtbot.waitSignal(session.failed, timeout=_LONG) as said:
        session.open(tmp_path / "nothing.archive")
    assert isinstance(said.args[0], ArchivistError)
    assert desk.archive is None


def test_a_new_archive_ends_as_archives_do(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    session = Session(desk, desk)
    with qtbot.waitSignal(session.opened, timeout=_LONG):
        session.create(tmp_path / "Mission")
    archive = desk.archive
    assert archive is not None
    assert archive.path.name == "Mission.archive"
    session.remember({"query": "visit"})
    assert session.recall() == {"query": "visit"}
    session.close()
    assert desk.archive is None
    assert session.recall() == {}
    qtbot.waitUntil(lambda: not desk.tasks.busy(), timeout=_LONG)


def test_an_import_that_was_cut_off_is_offered_again(
    session: Session, desk: Desk, tmp_path: Path, archive_folder: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "delivery"
    folder.mkdir()
    for number in range(600):
        (folder / f"note-{number}.txt").write_text(f"Note number {number} on a ferry.", "utf-8")
    client = desk.jobs._client
    assert client is not None
    with qtbot.waitSignal(
        desk.jobs.progressed, timeout=_LONG, check_params_cb=lambda _n, p: p.done > 0
    ):
        desk.jobs.start("import", "Importing", paths=[str(folder)])
    with qtbot.waitSignals([desk.jobs.lost, desk.events.followed], timeout=_LONG):
        os.kill(client.pid, signal.SIGKILL)
    with qtbot.waitSignal(session.interrupted, timeout=_LONG) as said:
        session.open(archive_folder)
    assert said.args[1] == [str(folder)]
    with qtbot.waitSignal(desk.jobs.done, timeout=_LONG) as done:
        desk.jobs.start("import", "Importing", paths=said.args[1])
    report = done.args[1]
    assert isinstance(report, FilingReport)
    assert len(report.filed) == 600


def test_an_import_that_was_stopped_is_offered_again_once(
    session: Session, desk: Desk, tmp_path: Path, archive_folder: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "delivery"
    folder.mkdir()
    for number in range(600):
        (folder / f"note-{number}.txt").write_text(f"Note number {number} on a ferry.", "utf-8")
    with qtbot.waitSignal(
        desk.jobs.progressed, timeout=_LONG, check_params_cb=lambda _n, p: p.done > 0
    ):
        job = desk.jobs.start("import", "Importing", paths=[str(folder)])
    with qtbot.waitSignal(desk.jobs.done, timeout=_LONG) as done:
        desk.jobs.cancel(job)
    assert done.args[1].stopped
    offered: list[list[str]] = []
    session.interrupted.connect(lambda _title, paths: offered.append(paths))
    for _again in range(2):
        with qtbot.waitSignal(session.opened, timeout=_LONG):
            session.open(archive_folder)
    assert offered == [[str(folder)]]
