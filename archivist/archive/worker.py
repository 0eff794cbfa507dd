"""The worker process of an open archive: long work runs there, so that the window never waits.

One process for each open archive, started by `spawn`. It takes `Start`, `Cancel`, `GiveWay`
and `Follow`, does one job at a time, and answers with `Progressed`, `Done`, `Failed` and
`Followed`. While nothing is asked of it, it reads texts for statements, a little at a time, and
tells how many are left with `ReadOn`. For the desk, only it writes the index; where another program
does at the same time, whoever is first counts. When its client is gone it finishes its transaction
and ends.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing as mp
import os
import queue
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from archivist.model.errors import ArchiveBusyError, ArchivistError, InternalError, StoppedError
from archivist.model.progress import CancelToken, Progress, Report

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from archivist.archive import Archive

_LOG = logging.getLogger(__name__)
_REPORT_EVERY: Final = 0.1
"""Seconds between two reports of progress, at least."""
_READING: Final = 0
"""The number under which reading for statements is asked to rest or to stop: no job has it."""
_TELL_EVERY: Final = 1.0
"""Seconds between two reports of how far reading has come."""
_PATIENCE: Final = 10.0
"""Seconds a worker may take to end before it is ended."""
_NICE: Final = 10
"""How far behind the window's process this one stands for the processor (POSIX, 0 to 19)."""


@dataclass(frozen=True, slots=True)
class Start:
    """Do a job: the name of a method of Archive that JOBS lists, with its arguments."""

    job: int
    name: str
    arguments: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop a job at its next safe place."""

    job: int


@dataclass(frozen=True, slots=True)
class GiveWay:
    """Rest for so many seconds, at the next safe place of what is done; 0: go on."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Follow:
    """Bring the index up to the journal: a short change was written elsewhere."""


@dataclass(frozen=True, slots=True)
class Quit:
    """End when the job in hand is done or stopped."""


@dataclass(frozen=True, slots=True)
class Started:
    """A job began."""

    job: int
    name: str


@dataclass(frozen=True, slots=True)
class Progressed:
    """A job came this far."""

    job: int
    progress: Progress


@dataclass(frozen=True, slots=True)
class Done:
    """A job ended well; `result` is what the method of Archive returns."""

    job: int
    name: str
    result: object


@dataclass(frozen=True, slots=True)
class Failed:
    """A job ended badly, in words for the user; `detail` is for the folded details."""

    job: int
    name: str
    kind: str
    message: str
    hint: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """The index holds everything up to this sequence number of the journal."""

    sequence: int


@dataclass(frozen=True, slots=True)
class ReadOn:
    """Texts were read for statements; so many records are still to be read, about."""

    unread: int


@dataclass(frozen=True, slots=True)
class Lost:
    """The worker process died; its work is taken up again by the next one."""

    exit_code: int | None


Request = Start | Cancel | GiveWay | Follow | Quit
Message = Started | Progressed | Done | Failed | Followed | ReadOn | Lost

JOBS: Final = frozenset(
    {"file", "edit", "delete", "restore_records", "confirm", "undo", "redo"}
    | {"write_dossier", "check", "reindex", "backup"}
)
_REPORTS: Final = frozenset({"file", "write_dossier", "check", "reindex", "backup"})
"""Jobs that take `progress` and `cancel`."""


class WorkerClient:
    """The desk's side of a worker process.

    `on_message` is called on a thread of the client's own, one message at a time.
    """

    def __init__(
        self, path: str | os.PathLike[str], who: str, on_message: Callable[[Message], None]
    ) -> None:
        """Start the worker of the archive at `path`, acting in the name of `who`."""
        context = mp.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._on_message = on_message
        self._next = 0
        self._lock = threading.Lock()
        self._closing = False
        self._process = context.Process(
            target=serve, args=(str(path), who, theirs), name="archivist-worker"
        )
        self._process.start()
        theirs.close()
        self._listener = threading.Thread(target=self._listen, name="worker-messages", daemon=True)
        self._listener.start()

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.is_alive()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid or 0

    def start(self, name: str, **arguments: object) -> int:
        """Queue a job; return its number.

        Raises:
            InternalError: there is no such job.
        """
        if name not in JOBS:
            raise InternalError(f"The worker knows no job {name}.")
        with self._lock:
            self._next += 1
            job = self._next
        self._send(Start(job, name, arguments))
        return job

    def cancel(self, job: int) -> None:
        """Ask a job to stop at its next safe place."""
        self._send(Cancel(job))

    def give_way(self, seconds: float) -> None:
        """Ask what is done to rest so long, the person at the desk goes first; 0: to go on."""
        self._send(GiveWay(seconds))

    def follow(self) -> None:
        """Ask for the index to be brought up to date after a short change."""
        self._send(Follow())

    def close(self, timeout: float = _PATIENCE) -> None:
        """End the worker; a job in hand stops at its next safe place."""
        self._closing = True
        self._send(Quit())
        self._process.join(timeout)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join()
        self._connection.close()
        self._listener.join(timeout)

    def _send(self, request: Request) -> None:
        with self._lock, contextlib.suppress(OSError):
            self._connection.send(request)

    def _listen(self) -> None:
        while True:
            try:
                message = self._connection.recv()
            except (EOFError, OSError):
                break
            self._on_message(message)
        if not self._closing:
            self._process.join(_PATIENCE)
            self._on_message(Lost(self._process.exitcode))


def serve(path: str, who: str, connection: Connection) -> None:
    """Run the worker: the main function of its process."""
    _step_back()
    worker = _Worker(connection)
    try:
        worker.run(path, who)
    except (EOFError, OSError):
        _LOG.info("The client is gone; the worker ends.")


def _step_back() -> None:
    """Let the window go first: this process, and those it starts, take what it leaves."""
    if sys.platform == "win32":
        import psutil  # noqa: PLC0415 - the worker's own start-up, where the system has no nice

        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(_NICE)


class _Worker:
    """Reads requests on the main thread and does jobs, one at a time, on another."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._jobs: queue.Queue[Start | Follow | None] = queue.Queue()
        self._tokens: dict[int, CancelToken] = {}
        self._ended = threading.Event()

    def run(self, path: str, who: str) -> None:
        thread = threading.Thread(target=self._work, args=(path, who), name="jobs")
        thread.start()
        try:
            while not isinstance(request := self._connection.recv(), Quit):
                self._take(request)
        finally:
            self._stop()
            self._jobs.put(None)
            thread.join()

    def _take(self, request: Request) -> None:
        if isinstance(request, Start):
            self._tokens[request.job] = CancelToken()
            self._put(request)
        elif isinstance(request, Cancel):
            if token := self._tokens.get(request.job):
                token.cancel()
        elif isinstance(request, GiveWay):
            for token in list(self._tokens.values()):
                token.give_way(request.seconds)
        elif isinstance(request, Follow):
            self._put(request)

    def _put(self, request: Start | Follow) -> None:
        """Queue what is asked for; reading for statements stops for it where it is."""
        self._jobs.put(request)
        if token := self._tokens.get(_READING):
            token.cancel()

    def _work(self, path: str, who: str) -> None:
        from archivist.archive import Archive  # noqa: PLC0415 - the worker's own start-up

        try:
            archive = Archive.open(path)
        except ArchivistError as error:
            self._refuse(Failed(0, "open", error.kind, error.message, error.hint))
            return
        except Exception:  # noqa: BLE001 - the top of a task: told to the user, not swallowed
            _LOG.exception("The archive could not be opened.")
            self._refuse(_fault(0, "open", traceback.format_exc()))
            return
        archive.who = who
        with archive:
            archive.tidy()
            self._follow(archive)
            while (request := self._next(archive)) is not None and not self._ended.is_set():
                if isinstance(request, Start):
                    self._do(archive, request)
                self._follow(archive)

    def _next(self, archive: Archive) -> Start | Follow | None:
        """Return what is asked for next; until then, texts are read for statements."""
        token = self._tokens[_READING] = CancelToken()
        said, more = time.monotonic(), True
        while more and self._jobs.empty() and not self._ended.is_set():
            more = self._read_on(archive, token)
            if not more or time.monotonic() - said > _TELL_EVERY:
                said = time.monotonic()
                self._say(ReadOn(archive.unread()))
        request = self._jobs.get()
        del self._tokens[_READING]
        return request

    def _read_on(self, archive: Archive, token: CancelToken) -> bool:
        try:
            return archive.read_on(token)
        except StoppedError:
            pass
        except ArchivistError as error:
            _LOG.info("Statements are read later: %s", error)
        except Exception:  # noqa: BLE001 - the top of a task: a fault of ours must not end the worker
            _LOG.exception("The texts could not be read for statements.")
        return False

    def _refuse(self, failure: Failed) -> None:
        """Say why nothing can be done, and say it of every job that is asked for."""
        self._say(failure)
        while (request := self._jobs.get()) is not None:
            if isinstance(request, Start):
                self._say(replace(failure, job=request.job, name=request.name))

    def _follow(self, archive: Archive) -> None:
        if self._ended.is_set():
            return
        try:
            self._say(Followed(caught_up(archive)))
        except ArchivistError as error:
            self._say(Failed(0, "follow", error.kind, error.message, error.hint))
        except Exception:  # noqa: BLE001 - the top of a task: a fault of ours must not end the worker
            _LOG.exception("The index could not follow.")
            self._say(_fault(0, "follow", traceback.format_exc()))

    def _do(self, archive: Archive, start: Start) -> None:
        token = self._tokens[start.job]
        self._say(Started(start.job, start.name))
        try:
            token.check()
            self._say(Done(start.job, start.name, self._call(archive, start, token)))
        except ArchivistError as error:
            self._say(Failed(start.job, start.name, error.kind, error.message, error.hint))
        except Exception:  # noqa: BLE001 - the top of a task: told to the user, not swallowed
            _LOG.exception("The job %s failed.", start.name)
            self._say(_fault(start.job, start.name, traceback.format_exc()))
        finally:
            del self._tokens[start.job]

    def _call(self, archive: Archive, start: Start, token: CancelToken) -> object:
        method = getattr(archive, start.name)
        if start.name not in _REPORTS:
            return method(**start.arguments)
        return method(**start.arguments, progress=self._reporter(start.job), cancel=token)

    def _reporter(self, job: int) -> Report:
        last = 0.0

        def report(progress: Progress) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= _REPORT_EVERY or progress.done == progress.total:
                last = now
                self._say(Progressed(job, progress))

        return report

    def _say(self, message: Message) -> None:
        try:
            self._connection.send(message)
        except OSError:
            self._stop()

    def _stop(self) -> None:
        self._ended.set()
        for token in list(self._tokens.values()):
            token.cancel()


def caught_up(archive: Archive) -> int:
    """Bring the index up to date, or tell how far it is where another program is at it."""
    try:
        return archive.follow()
    except ArchiveBusyError as error:
        _LOG.info("The index follows later: %s", error)
        return archive.indexed()


def _fault(job: int, name: str, detail: str) -> Failed:
    return Failed(
        job,
        name,
        InternalError.kind,
        "Something went wrong inside Archivist. What was acknowledged is kept.",
        "Copy the details and report them.",
        detail,
    )
