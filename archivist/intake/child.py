"""A child of the pool: reads what it is told to, within limits, and says what it found."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

from archivist.intake.limits import Limits
from archivist.intake.reading import Orders, read
from archivist.intake.sources import Source
from archivist.intake.wire import Frame, pack, receive, send
from archivist.model.record import Draft, Refusal

if TYPE_CHECKING:
    from collections.abc import Collection

CHUNK = 200
"""Documents that are sent together at most."""
_PATIENCE = 0.5
_CHARACTERS = 4_000_000


class _Chunk:
    """Gathers results and sends them before they grow old, many or large."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._results: list[Frame] = []
        self._characters = 0
        self._began = time.monotonic()

    def add(self, found: Draft | Refusal) -> None:
        """Take a result in."""
        self._results.append(pack(found))
        self._characters += len(found.text) if isinstance(found, Draft) else 0
        is_old = time.monotonic() - self._began > _PATIENCE
        if is_old or len(self._results) >= CHUNK or self._characters > _CHARACTERS:
            self.flush()

    def flush(self) -> None:
        """Send what was gathered."""
        if self._results:
            send(self._stream, {"found": self._results})
        self._results, self._characters, self._began = [], 0, time.monotonic()


def main() -> None:
    """Serve until the pool closes the line."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    first = receive(sys.stdin.buffer)
    if first is None:
        return
    limits = Limits(**first["limits"])
    _confine(limits)
    while (order := receive(sys.stdin.buffer)) is not None:
        _serve(order, Path(first["spool"]), limits, answers)


def _confine(limits: Limits) -> None:
    """Ask the system to hold this process to its memory; the pool watches where it cannot."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on every system

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard == resource.RLIM_INFINITY or limits.memory < hard:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, hard))


def _serve(order: Frame, spool: Path, limits: Limits, answers: IO[bytes]) -> None:
    chunk = _Chunk(answers)

    def announce(path: str, *, rows: bool) -> None:
        chunk.flush()  # what is there does not wait for the next document, which may be slow
        send(answers, {"at": path, "rows": rows})

    def known(digests: Collection[str]) -> Collection[str]:
        send(answers, {"ask": list(digests)})
        answer = receive(sys.stdin.buffer)
        return frozenset(answer["known"] if answer is not None else ())

    poison = {path: (reason, detail) for path, (reason, detail) in order["poison"].items()}
    orders = Orders(
        frozenset(order["done"]), poison, order["careful"], announce, known, order["asks"]
    )
    source = Source(Path(order["path"]), order["name"])
    for found in read(source, spool, limits, orders):
        chunk.add(found)
        if orders.careful:
            chunk.flush()
    chunk.flush()
    send(answers, {"end": True})


if __name__ == "__main__":
    main()
