"""The worker process: jobs, progress, cancel, and what happens when one side dies."""

from __future__ import annotations

import os
import queue
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist import Archive
from archivist.archive.worker import (
    Done,
    Failed,
    Followed,
    Lost,
    Message,
    Progressed,
    ReadOn,
    Started,
    WorkerClient,
    caught_up,
)
from archivist.model.errors import ArchiveBusyError, InternalError
from archivist.model.record import Description
from archivist.search.locks import locked

BODY = "The ministers spoke of the strategic partnership and of the river, meeting number {}."


class Desk:
    """A client and what it heard."""

    def __init__(self, path: Path) -> None:
        self.heard: queue.Queue[Message] = queue.Queue()
        self.client = WorkerClient(path, "tester", self.heard.put)

    def until(self, kind: type[Message], seconds: float = 30) -> Message:
        end = time.monotonic() + seconds
        while True:
            message = self.heard.get(timeout=max(0.01, end - time.monotonic()))
            if isinstance(message, kind):
                return message


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Archive.create(tmp_path / "w.archive") as archive:
        return archive.path


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    found = Desk(path)
    yield found
    found.client.close()


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    file = tmp_path / "rows.csv"
    lines = [f"Title {number},{BODY.format(number)}" for number in range(3000)]
    file.write_text("title,body\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_an_import_reports_progress_and_is_found_by_the_desk(
    desk: Desk, path: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(BODY.format(1) * 3, encoding="utf-8")
    job = desk.client.start("file", paths=[str(tmp_path / "a.txt")])
    assert desk.until(Started) == Started(job, "file")
    progressed = desk.until(Progressed)
    assert isinstance(progressed, Progressed)
    assert progressed.progress.done == 1
    done = desk.until(Done)
    assert isinstance(done, Done)
    assert (done.job, len(done.result.filed)) == (job, 1)  # type: ignore[attr-defined] # a report
    with Archive.open(path, follow=False) as archive:
        assert archive.search("partnership").total == 1
        assert archive.history()[0].who == "tester"


def test_a_short_change_of_the_desk_is_followed(desk: Desk, path: Path) -> None:
    desk.until(Followed)
    with Archive.open(path, follow=False) as archive:
        archive.type_in(Description(title="Typed"), "Of the lighthouse.")
        desk.client.follow()
        followed = desk.until(Followed)
        assert followed == Followed(archive.sequence())
        assert archive.search("lighthouse").total == 1


def test_while_another_program_holds_the_index_its_state_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archivist.search.index.LOCK_SECONDS", 0.1)
    with Archive.open(path) as archive:
        before = archive.follow()
        archive.type_in(Description(title="Note on an ocelot"), "An ocelot was seen.")
        with locked(path / "index" / "write.lock", 1.0):
            assert caught_up(archive) == before
        assert caught_up(archive) == archive.sequence() > before


def test_a_job_is_cancelled_and_keeps_what_is_done(desk: Desk, path: Path, rows: Path) -> None:
    job = desk.client.start("file", paths=[str(rows)])
    desk.until(Progressed)
    desk.client.cancel(job)
    done = desk.until(Done, 60)
    assert isinstance(done, Done)
    report = done.result
    assert report.stopped  # type: ignore[attr-defined] # a report of filing
    with Archive.open(path) as archive:
        assert archive.count() == len(report.filed)  # type: ignore[attr-defined] # as above


def test_an_import_gives_way_while_somebody_types_and_then_files_all(
    desk: Desk, path: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number}.txt").write_text(BODY.format(number) * 3, encoding="utf-8")
    desk.client.start("file", paths=[str(folder)])
    desk.until(Started)
    desk.client.give_way(0.3)
    typing = time.monotonic() + 3
    while time.monotonic() < typing:
        desk.client.give_way(0.3)
        time.sleep(0.05)
    with Archive.open(path, follow=False) as archive:
        assert archive.count() < 200  # documents pass while somebody types, but slowly
    desk.client.give_way(0)
    done = desk.until(Done, 60)
    assert isinstance(done, Done)
    assert len(done.result.filed) == 400  # type: ignore[attr-defined] # a report of filing


def test_a_failed_job_speaks_in_words(desk: Desk) -> None:
    desk.client.start("write_dossier", target="x.docx", query="nothing")
    failed = desk.until(Failed)
    assert isinstance(failed, Failed)
    assert failed.message
    assert failed.hint
    assert "Traceback" not in failed.message


def test_an_unknown_job_is_our_fault(desk: Desk) -> None:
    with pytest.raises(InternalError):
        desk.client.start("close")


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_worker_that_dies_is_noticed(desk: Desk) -> None:
    desk.until(Followed)
    os.kill(desk.client.pid, signal.SIGKILL)
    lost = desk.until(Lost)
    assert isinstance(lost, Lost)
    assert lost.exit_code == -signal.SIGKILL


@pytest.mark.skipif(sys.platform == "win32", reason="nice is POSIX")
def test_the_worker_stands_behind_the_window_for_the_processor(desk: Desk) -> None:
    desk.until(Followed)
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, desk.client.pid) > ours


def test_closing_ends_the_process(path: Path) -> None:
    desk = Desk(path)
    desk.until(Followed)
    desk.client.close()
    assert not desk.client.alive


def test_a_desk_finds_again_when_the_worker_has_built_a_damaged_index_anew(
    path: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(BODY.format(1) * 3, encoding="utf-8")
    with Archive.open(path) as archive:
        archive.file([tmp_path / "a.txt"])
    for file in (path / "index").rglob("*"):
        if file.is_file():
            file.write_bytes(b"noise" * 200)
    with Archive.open(path, follow=False) as reading:
        with pytest.raises(ArchiveBusyError):
            reading.search("partnership")
        assert reading.vocabulary.codes("type")
        desk = Desk(path)
        desk.until(Followed)
        assert reading.search("partnership").total == 1
        desk.client.close()


def test_a_worker_without_an_archive_says_so_of_every_job(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "nothing.archive")
    opened = desk.until(Failed)
    job = desk.client.start("check")
    refused = desk.until(Failed)
    desk.client.close()
    assert isinstance(opened, Failed)
    assert isinstance(refused, Failed)
    assert (opened.job, refused.job) == (0, job)
    assert {opened.kind, refused.kind} == {"archive-missing"}


def test_texts_are_read_for_statements_while_nothing_is_asked(
    desk: Desk, path: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(
        "“The door stays open,” Minister Ilva Marenk said in Port Halden on Monday.",
        encoding="utf-8",
    )
    desk.until(ReadOn)
    desk.client.start("file", paths=[str(tmp_path / "a.txt")])
    desk.until(Done)
    assert desk.until(ReadOn) == ReadOn(0)
    with Archive.open(path, follow=False) as archive:
        assert archive.statements("door", unsure=True).total == 1
        (said,) = archive.statements_of(archive.record(1))
        archive.reject_statements([said.number])
        desk.client.follow()
        assert desk.until(ReadOn) == ReadOn(0)
        assert archive.statements("door", unsure=True).total == 0
