"""Short work off the window's thread: reads on a pool, writes one after the other.

The dispatcher lives in the window's thread and owns the signal by which answers come back. An
answer is dropped when a later job of its slot was asked for, or when who asked is gone.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from archivist.model.errors import ArchivistError, InternalError, StoppedError
from archivist.model.progress import CancelToken, Progress, Report

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
_READERS = 3


@dataclass
class _Job:
    """What was asked for, and whom to tell."""

    slot: str
    done: Callable[[object], None]
    failed: Callable[[ArchivistError], None] | None
    owner: QObject | None
    token: CancelToken = field(default_factory=CancelToken)


class Tasks(QObject):
    """Runs reads and writes off the window's thread and brings their answers to it.

    Signals:
        failed: slot and `ArchivistError` of a job whose asker does not deal with errors itself.
        idle: nothing is under way any more.
    """

    failed = Signal(str, object)
    idle = Signal()
    _answered = Signal(int, object, object)
    _reported = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self._jobs: dict[int, _Job] = {}
        self._latest: dict[str, int] = {}
        self._futures: dict[int, Future[None]] = {}
        self._readers = ThreadPoolExecutor(_READERS, "desk-read")
        self._writer = ThreadPoolExecutor(1, "desk-write")
        self._answered.connect(self._deliver)
        self._reported.connect(self._pass_on)

    def read(
        self,
        slot: str,
        work: Callable[[CancelToken], T],
        done: Callable[[T], None],
        failed: Callable[[ArchivistError], None] | None = None,
        owner: QObject | None = None,
    ) -> int:
        """Read something on the pool; return the job's number.

        Args:
            slot: what it is for; a later job of the same slot takes its place. Empty: none does.
            work: runs on another thread; should look at its token now and then.
            done: takes the answer in the window's thread.
            failed: takes what went wrong there; without it the signal `failed` tells.
            owner: when it is gone, the answer is dropped.
        """
        if slot:
            self.cancel(slot)
        number = self._add(_Job(slot, _taker(done), failed, owner))
        if slot:
            self._latest[slot] = number
        token = self._jobs[number].token
        self._futures[number] = self._readers.submit(self._run, number, token, lambda: work(token))
        return number

    def reporter(self, take: Callable[[Progress], None], owner: QObject) -> Report:
        """Return what takes reports of progress on any thread, and hands them on in the window's.

        Args:
            take: takes them there.
            owner: when it is gone, they are dropped.
        """
        return lambda progress: self._reported.emit(take, owner, progress)

    def write(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[ArchivistError], None] | None = None,
        owner: QObject | None = None,
    ) -> int:
        """Write something: after all writes asked for before, never dropped unless its owner is."""
        number = self._add(_Job("", _taker(done), failed, owner))
        token = self._jobs[number].token
        self._futures[number] = self._writer.submit(self._run, number, token, work)
        return number

    def cancel(self, slot: str) -> None:
        """Stop the job of a slot, if there is one; its answer is dropped."""
        number = self._latest.pop(slot, 0)
        if number in self._jobs:
            self._jobs.pop(number).token.cancel()

    def cancel_reads(self) -> None:
        """Stop every read that a slot names."""
        for slot in list(self._latest):
            self.cancel(slot)

    def busy(self) -> bool:
        """Whether anything is under way, also what was cancelled and has not stopped yet."""
        return bool(self._futures)

    def after_reads(self, work: Callable[[], None]) -> None:
        """Run `work` with the writes, once every read asked for so far has stopped."""
        reads = list(self._futures.values())
        own: list[Future[None]] = []

        def run() -> None:
            wait([read for read in reads if read not in own])
            work()

        number = self._add(_Job("", _taker(_ignore), None, None))
        future = self._writer.submit(self._run, number, CancelToken(), run)
        own.append(future)
        self._futures[number] = future

    def shutdown(self) -> None:
        """Stop what can be stopped and wait for the rest."""
        self.cancel_reads()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)
        self._jobs.clear()
        self._futures.clear()

    def _add(self, job: _Job) -> int:
        number = next(self._numbers)
        self._jobs[number] = job
        return number

    def _run(self, number: int, token: CancelToken, work: Callable[[], object]) -> None:
        """Run on another thread; the signal takes the answer to the window's."""
        try:
            token.check()
            self._answered.emit(number, work(), None)
        except ArchivistError as error:
            self._answered.emit(number, None, error)
        except Exception as error:  # noqa: BLE001 - the top of a task: told, not swallowed
            _LOG.exception("A task failed.")
            self._answered.emit(number, None, _internal(error))

    def _deliver(self, number: int, answer: object, error: ArchivistError | None) -> None:
        self._futures.pop(number, None)
        job = self._jobs.pop(number, None)
        if job is not None and self._latest.get(job.slot) == number:
            del self._latest[job.slot]
        if job is not None and (job.owner is None or shiboken6.isValid(job.owner)):
            self._tell(job, answer, error)
        if not self._futures:
            self.idle.emit()

    def _pass_on(
        self, take: Callable[[Progress], None], owner: QObject, progress: Progress
    ) -> None:
        if shiboken6.isValid(owner):
            take(progress)

    def _tell(self, job: _Job, answer: object, error: ArchivistError | None) -> None:
        if error is None:
            job.done(answer)
        elif isinstance(error, StoppedError):
            return
        elif job.failed is not None:
            job.failed(error)
        else:
            self.failed.emit(job.slot, error)


def _taker(done: Callable[[T], None]) -> Callable[[object], None]:
    """Forget the type of an answer on its way through the signal."""
    return done  # type: ignore[return-value]


def _ignore(_answer: object) -> None:
    """Take an answer nobody waits for."""


def _internal(error: Exception) -> InternalError:
    told = InternalError(
        "Something went wrong inside Archivist. What was acknowledged is kept.",
        "Copy the details and report them.",
    )
    told.__cause__ = error
    return told
