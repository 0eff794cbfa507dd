"""Many files read at once, each in a child process that may die without harm to the others.

Children are kept warm and reused. One that overruns its time or memory, or that a file brings down,
costs that one document: it is refused with the reason, and the rest of its container is taken up
again by a new child. Results come in the order of the sources; whoever takes them slowly slows the
reading down.
"""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from archivist.intake.limits import Limits
from archivist.intake.wire import Frame, receive, send, unpack
from archivist.model.progress import CancelToken
from archivist.model.record import Draft, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
    from types import TracebackType

    from archivist.intake.sources import Source

_BOOT = "import sys; sys.path[:] = {paths!r}; from archivist.intake.child import main; main()"
_WINDOW = 16
"""Sources in hand for each worker, so that none waits while a slow one is read."""
_CHUNKS = 3
"""Chunks of one source that wait to be taken."""
_TICK = 0.05
_LAST_WORDS = 500
_MEMORY_TICK = 0.5
_OUT_OF_TIME = (
    "Reading it takes longer than {seconds:g} seconds; it may be damaged. "
    "Save it once more in its own program, or split it."
)
_OUT_OF_MEMORY = (
    "Reading it takes more memory than is safe. Split it, or save it in a simpler format."
)
_CRASHED = (
    "The file brings its reader down; it is probably damaged. "
    "Open it in its own program and save it once more, or ask its sender for it."
)
_STOPPED = "Reading was stopped."
_NOT_STARTED = "No process could be started to read it. Close other programs and try again."


class _StoppingError(Exception):
    """The pool is closing, or nobody wants the results any more."""


@dataclass(slots=True)
class _Orders:
    """How a source is to be read; grows when a child dies over it.

    Attributes:
        done: paths delivered.
        poison: documents not to be touched again, each with reason and detail.
        careful: whether results come one by one.
        fruitless: children that died since the last result.
    """

    done: set[str] = field(default_factory=set)
    poison: dict[str, tuple[str, str]] = field(default_factory=dict)
    careful: bool = False
    fruitless: int = 0

    def told(self) -> Frame:
        """Return what a child is told."""
        return {"done": list(self.done), "poison": self.poison, "careful": self.careful}


@dataclass(slots=True)
class _Death:
    """Where a child died, and why it was ended, if it was."""

    at: str
    rows: bool
    reason: str
    detail: str


class _Ticket:
    """One source and its results, as they come."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._results: queue.Queue[list[Draft | Refusal] | None] = queue.Queue(_CHUNKS)

    def put(self, results: list[Draft | Refusal] | None, stop: threading.Event) -> None:
        """Hand results over; None after the last."""
        while not stop.is_set():
            with contextlib.suppress(queue.Full):
                self._results.put(results, timeout=_TICK)
                return
        raise _StoppingError

    def get(self) -> list[Draft | Refusal] | None:
        """Take results.

        Raises:
            queue.Empty: none came within a moment.
        """
        return self._results.get(timeout=_TICK)


class _Child:
    """One child process and the line to it."""

    def __init__(self, spool: Path, limits: Limits) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
            [sys.executable, "-I", "-X", "utf8", "-c", _BOOT.format(paths=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
        )
        self.killed = ""
        self._lock = threading.Lock()
        self._deadline: float | None = None
        self.tell({"spool": str(spool), "limits": asdict(limits)})

    def tell(self, frame: Frame) -> None:
        """Send a frame; a child that is gone is found out when it is listened to."""
        if self.process.stdin is not None:
            with contextlib.suppress(OSError):
                send(self.process.stdin, frame)

    def hear(self, seconds: float) -> Frame | None:
        """Wait for a frame; None where the child died or was ended."""
        if self.process.stdout is None:
            return None
        with self._lock:
            self._deadline = time.monotonic() + seconds
        frame = receive(self.process.stdout)
        with self._lock:
            self._deadline = None
            return None if self.killed else frame

    def end_if_late(self, reason: str) -> None:
        """End the process if the frame that is waited for is overdue."""
        with self._lock:
            if self._deadline is not None and time.monotonic() > self._deadline:
                self.kill(reason)

    def kill(self, reason: str) -> None:
        """End the process at once."""
        self.killed = self.killed or reason
        self.process.kill()

    def close(self) -> None:
        """End the process and let go of the line."""
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        self.process.wait()
        self._errors.close()

    def last_words(self) -> str:
        """Wait for a child that died, and say how it ended."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=2)
        self._errors.seek(max(self._errors.seek(0, os.SEEK_END) - _LAST_WORDS, 0))
        words = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        return " ".join((f"The reader ended with code {self.process.returncode}.", *words[-1:]))


class _Hand(threading.Thread):
    """Serves tickets by means of one child at a time."""

    def __init__(self, pool: ReaderPool, tickets: queue.Queue[_Ticket | None]) -> None:
        super().__init__(name="intake", daemon=True)
        self._pool = pool
        self._tickets = tickets
        self._stop_asked = threading.Event()
        self.child: _Child | None = None

    @override
    def run(self) -> None:
        """Serve until there are no more tickets, or stopping is asked for."""
        with contextlib.suppress(_StoppingError):
            while (ticket := self._tickets.get()) is not None and not self._stop_asked.is_set():
                self._serve(ticket)

    def stop(self) -> None:
        """Give up what is in hand."""
        self._stop_asked.set()
        if (child := self.child) is not None:
            child.kill(_STOPPED)

    def close(self) -> None:
        """Wait for the end and let go of the child."""
        self.join()
        self._let_go()

    def _let_go(self) -> None:
        if self.child is not None:
            self.child.close()
            self.child = None

    def _serve(self, ticket: _Ticket) -> None:
        orders = _Orders()
        try:
            while (death := self._attempt(ticket, orders)) is not None:
                if not self._learn(ticket, orders, death):
                    break
        except _StoppingError:
            raise
        except OSError as error:
            ticket.put([Refusal(ticket.source.name, _NOT_STARTED, str(error))], self._stop_asked)
        except Exception as error:  # noqa: BLE001 - the top of a task; who waits must get an answer
            detail = f"{type(error).__name__}: {error}"
            ticket.put([Refusal(ticket.source.name, _CRASHED, detail)], self._stop_asked)
            self._let_go()
        ticket.put(None, self._stop_asked)

    def _attempt(self, ticket: _Ticket, orders: _Orders) -> _Death | None:
        """Have the source read, as far as a child comes; say where and why it died."""
        child = self._ready()
        self._pool.token.rest()
        source = ticket.source
        asks = self._pool.known is not None
        order = {"path": str(source.path.absolute()), "name": source.name, "asks": asks}
        child.tell({**order, **orders.told()})
        at, rows = ticket.source.name, False
        while (frame := child.hear(self._pool.limits.seconds)) is not None:
            if "end" in frame:
                return None
            if "at" in frame:
                at, rows = frame["at"], frame["rows"]
                continue
            if "ask" in frame:
                child.tell({"known": self._pool.among(frame["ask"])})
                continue
            results = [unpack(one) for one in frame["found"]]
            orders.done.update(result.path for result in results)
            orders.fruitless = 0
            ticket.put(results, self._stop_asked)
            self._pool.token.rest()
        return self._buried(child, at, rows=rows)

    def _ready(self) -> _Child:
        if self.child is None:
            self.child = _Child(self._pool.spool, self._pool.limits)
        if self._stop_asked.is_set():  # asked for while the child was started
            self.child.kill(_STOPPED)
            raise _StoppingError
        return self.child

    def _buried(self, child: _Child, at: str, *, rows: bool) -> _Death:
        if self._stop_asked.is_set():
            raise _StoppingError
        words = child.last_words()
        self._let_go()
        return _Death(at, rows, child.killed, words)

    def _learn(self, ticket: _Ticket, orders: _Orders, death: _Death) -> bool:
        """Take up where the child died; whether there is anything to take up.

        A document is blamed when its child was ended for it, or when a second child dies over it:
        the first may have been ended from outside.
        """
        orders.fruitless += 1
        is_vague = death.rows and not orders.careful
        orders.careful = orders.careful or death.rows
        if is_vague or (orders.fruitless == 1 and not death.reason):
            return True
        reason = death.reason or _CRASHED
        is_whole = death.at == ticket.source.name
        if is_whole or death.at in orders.done or death.at in orders.poison:
            ticket.put([Refusal(ticket.source.name, reason, death.detail)], self._stop_asked)
            return False
        orders.poison[death.at] = (reason, death.detail)
        return True


class ReaderPool:
    """Reads sources in child processes; a context manager.

    What it unpacks lies in a folder of its own in the spool, which goes when the pool closes: keep
    the originals you want before that.

    Attributes:
        spool: that folder.
        limits: what reading one document may cost.
        token: of who reads now: asks the reading to stop, or to give way.
        known: asked, in threads of the pool, which of some digests are documents that need not be
            read once more; None where all are read.
    """

    def __init__(
        self,
        workers: int,
        spool: Path,
        limits: Limits | None = None,
        known: Callable[[Collection[str]], Collection[str]] | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.known = known
        self.token = CancelToken()
        self.spool = spool
        self._parent = spool
        self._workers = max(workers, 1)
        self._tickets: queue.Queue[_Ticket | None] = queue.Queue()
        self._hands: list[_Hand] = []
        self._closing = threading.Event()
        self._watch: threading.Thread | None = None

    def among(self, digests: Sequence[str]) -> list[str]:
        """Return the digests of documents that need not be read once more."""
        return list(self.known(digests)) if self.known is not None else []

    def __enter__(self) -> ReaderPool:
        self._parent.mkdir(parents=True, exist_ok=True)
        self.spool = Path(tempfile.mkdtemp(prefix="pool-", dir=self._parent.absolute()))
        self._closing.clear()
        self._watch = threading.Thread(target=self._keep_watch, name="intake-watch", daemon=True)
        self._watch.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._dismiss()
        self._closing.set()
        if self._watch is not None:
            self._watch.join()
        shutil.rmtree(self.spool, ignore_errors=True)

    def read(
        self, sources: Iterable[Source | Refusal], cancel: CancelToken | None = None
    ) -> Generator[Draft | Refusal]:
        """Yield every document of the sources, each once, in their order.

        Raises:
            StoppedError: stopping was asked for.
        """
        self.token = cancel = cancel or CancelToken()
        waiting: deque[_Ticket | Refusal] = deque()
        coming = iter(sources)
        try:
            while self._fill(waiting, coming):
                first = waiting.popleft()
                if isinstance(first, Refusal):
                    yield first
                else:
                    yield from self._results(first, cancel)
        except BaseException:
            self._dismiss()
            raise

    def _fill(self, waiting: deque[_Ticket | Refusal], coming: Iterator[Source | Refusal]) -> bool:
        """Hand out more sources; whether there is anything to wait for."""
        while len(waiting) < self._workers * _WINDOW and (found := next(coming, None)) is not None:
            if isinstance(found, Refusal):
                waiting.append(found)
            else:
                ticket = _Ticket(found)
                waiting.append(ticket)
                self._tickets.put(ticket)
                self._hire(len(waiting))
        return bool(waiting)

    def _hire(self, wanted: int) -> None:
        if len(self._hands) < min(self._workers, wanted):
            hand = _Hand(self, self._tickets)
            self._hands.append(hand)
            hand.start()

    def _results(self, ticket: _Ticket, cancel: CancelToken) -> Iterator[Draft | Refusal]:
        while True:
            cancel.check()
            try:
                results = ticket.get()
            except queue.Empty:
                continue
            if results is None:
                return
            for result in results:
                cancel.check()
                yield result

    def _dismiss(self) -> None:
        """End all children; what they had in hand is given up."""
        hands, self._hands = self._hands, []
        for hand in hands:
            hand.stop()
        for _ in hands:
            self._tickets.put(None)
        for hand in hands:
            hand.close()
        self._tickets = queue.Queue()

    def _keep_watch(self) -> None:
        """End children that overrun their time; and their memory, where the system does not."""
        watches_memory = not sys.platform.startswith("linux")
        while not self._closing.wait(_MEMORY_TICK if watches_memory else 2 * _TICK):
            for child in [hand.child for hand in list(self._hands)]:
                if child is not None:
                    self._judge(child, watches_memory=watches_memory)

    def _judge(self, child: _Child, *, watches_memory: bool) -> None:
        child.end_if_late(_OUT_OF_TIME.format(seconds=self.limits.seconds))
        if watches_memory and _memory(child.process.pid) > self.limits.memory:
            child.kill(_OUT_OF_MEMORY)


def _memory(pid: int) -> int:
    """Return the bytes a process holds; 0 where it is gone."""
    import psutil  # noqa: PLC0415 - only where the system does not hold processes to limits

    try:
        return psutil.Process(pid).memory_info().rss
    except psutil.Error:
        return 0
