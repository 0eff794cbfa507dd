"""Long work: the desk's side of the archive's worker process, as signals."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from archivist.model.errors import ArchivistError, InputError, StoppedError
from archivist.model.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.archive.worker import Failed, Message, WorkerClient

_METHODS: Final = {"import": "file", "dossier": "write_dossier"}
"""Methods of Archive by the kinds of jobs; other kinds are called as their methods."""


class LostWorkerError(ArchivistError):
    """The worker process ended by itself, with work under way."""


class JobError(ArchivistError):
    """What a job in the worker process failed with.

    Attributes:
        detail: what it said, for the folded details; may be empty.
    """

    def __init__(self, message: str, hint: str = "", detail: str = "") -> None:
        super().__init__(message, hint)
        self.detail = detail


_GIVE_WAY: Final = 0.3
"""Seconds that long work rests after a key, unless what was typed is found and shown before."""


@dataclass
class Job:
    """One job under way.

    Attributes:
        kind: "import", "dossier", "check", "reindex", "backup", or a method of Archive.
        title: for people, for example "Importing releases-2024".
        progress: its last report.
        began: when its first report came, by the monotonic clock; 0 before.
        stopping: whether it was asked to stop.
        paths: what an import files.
    """

    kind: str
    title: str
    progress: Progress = field(default_factory=lambda: Progress(0))
    began: float = 0.0
    stopping: bool = False
    paths: tuple[str, ...] = ()


class Jobs(QObject):
    """Starts jobs in the worker process and tells how they go.

    Signals:
        started: number and kind of a job that was asked for.
        progressed: number of a job and its `Progress`.
        done: number of a job and its result.
        failed: number of a job and an `ArchivistError`; `StoppedError` where it was stopped.
        ended: number of a job that is over; it stands in `running` until now.
        followed: the index holds everything up to this sequence number.
        read_on: so many texts are still to be read for statements.
        lost: the process died; another must be started.
    """

    started = Signal(int, str)
    progressed = Signal(int, object)
    done = Signal(int, object)
    failed = Signal(int, object)
    ended = Signal(int)
    followed = Signal(int)
    read_on = Signal(int)
    lost = Signal()
    _told = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.running: dict[int, Job] = {}
        self._client: WorkerClient | None = None
        self._told.connect(self._take)

    def launch(self, path: Path, who: str) -> WorkerClient:
        """Start a worker for the archive at `path`; may be called on any thread."""
        from archivist.archive.worker import WorkerClient  # noqa: PLC0415 - keeps the start quick

        mine: list[WorkerClient] = []
        client = WorkerClient(path, who, lambda message: self._told.emit(mine, message))
        mine.append(client)
        return client

    def adopt(self, client: WorkerClient | None) -> WorkerClient | None:
        """Work through this worker from now on; return the one before, still to be closed."""
        before, self._client = self._client, client
        self.running.clear()
        return before

    @property
    def importing(self) -> bool:
        """Whether an import is under way."""
        return any(job.kind == "import" for job in self.running.values())

    def start(self, kind: str, title: str, /, **arguments: object) -> int:
        """Ask for a job; return its number.

        Raises:
            InputError: no archive is open.
        """
        if self._client is None:
            raise InputError("No archive is open.", "Open or create one first.")
        number = self._client.start(_METHODS.get(kind, kind), **arguments)
        paths = arguments.get("paths", ())
        self.running[number] = Job(kind, title, paths=_texts(paths))
        self.started.emit(number, kind)
        return number

    def cancel(self, number: int) -> None:
        """Ask a job to stop; what it acknowledged stays."""
        if self._client is not None and number in self.running:
            self.running[number].stopping = True
            self._client.cancel(number)
            self.progressed.emit(number, self.running[number].progress)

    def give_way(self) -> None:
        """Let long work rest for a moment: somebody types, and waits for what is found."""
        if self._client is not None and self.running:
            self._client.give_way(_GIVE_WAY)

    def go_on(self) -> None:
        """Let long work go on: what was typed is answered."""
        if self._client is not None and self.running:
            self._client.give_way(0)

    def follow(self) -> None:
        """Ask for the index to be brought up to date after a short change."""
        if self._client is not None:
            self._client.follow()

    def _take(self, mine: list[WorkerClient], message: Message) -> None:
        if not mine or mine[0] is not self._client:
            return
        from archivist.archive import worker  # noqa: PLC0415 - there already

        match message:
            case worker.Progressed(job=number, progress=progress) if number in self.running:
                self._note(number, progress)
            case worker.Done(job=number, result=result) if number in self.running:
                self.done.emit(number, result)
                self._end(number)
            case worker.Failed():
                self._fail(message)
            case worker.Followed(sequence=sequence):
                self.followed.emit(sequence)
            case worker.ReadOn(unread=unread):
                self.read_on.emit(unread)
            case worker.Lost(exit_code=code):
                self._lose(code)
            case _:
                pass

    def _end(self, number: int) -> None:
        self.running.pop(number, None)
        self.ended.emit(number)

    def _note(self, number: int, progress: Progress) -> None:
        job = self.running[number]
        job.began = job.began or time.monotonic()
        job.progress = progress
        self.progressed.emit(number, progress)

    def _fail(self, message: Failed) -> None:
        error = _error_of(message.kind, message.message, message.hint, message.detail)
        self.failed.emit(message.job, error)
        self._end(message.job)

    def _lose(self, code: int | None) -> None:
        self._client = None
        error = LostWorkerError(
            "The process that does long work ended by itself. What it acknowledged is kept.",
            f"It was started again; begin the work once more. (Exit code {code}.)",
        )
        for number in list(self.running):
            self.failed.emit(number, error)
            self._end(number)
        self.lost.emit()


def _texts(paths: object) -> tuple[str, ...]:
    return tuple(str(path) for path in paths) if isinstance(paths, (list, tuple)) else ()


def _error_of(kind: str, message: str, hint: str, detail: str) -> ArchivistError:
    if kind == StoppedError.kind:
        return StoppedError(message)
    return JobError(message, hint, detail)
