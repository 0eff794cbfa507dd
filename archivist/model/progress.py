"""How far a long piece of work has come, and how it is asked to stop, or to give way."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from archivist.model.errors import StoppedError


@dataclass(frozen=True, slots=True)
class Progress:
    """One report of a long piece of work.

    Attributes:
        done: units finished (and acknowledged, where the work writes).
        total: units in all, or None while they are still being counted.
        phase: what is being done now, as words for the user, for example "Filing".
        item: the thing in hand, for example a path; may be empty.
    """

    done: int
    total: int | None = None
    phase: str = ""
    item: str = ""


Report = Callable[[Progress], None]
"""Takes reports of progress; must return at once."""


_LONGEST_REST: Final = 1.0
"""Seconds that work gives way at one place, at most: it goes on, however long somebody types."""

_BLINK: Final = 0.01
"""Seconds until work that rests sees that it may go on."""


class CancelToken:
    """Asks work in other threads to stop at its next safe place, or to give way there."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._resting = 0.0

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether stopping was asked for."""
        return self._event.is_set()

    def check(self) -> None:
        """Stop here if stopping was asked for.

        Raises:
            StoppedError: it was.
        """
        if self._event.is_set():
            raise StoppedError

    def wait(self, seconds: float) -> None:
        """Let so long pass.

        Raises:
            StoppedError: stopping was asked for meanwhile.
        """
        self._event.wait(seconds)
        self.check()

    def give_way(self, seconds: float) -> None:
        """Ask the work to rest until so long from now, for a person waits; 0: to go on."""
        self._resting = time.monotonic() + seconds

    def rest(self) -> None:
        """Rest here while giving way is asked for; not where something is locked.

        Ends when stopping is asked for.
        """
        end = time.monotonic() + _LONGEST_REST
        while (left := min(self._resting, end) - time.monotonic()) > 0:
            if self._event.wait(min(left, _BLINK)):
                return


def silent(_report: Progress) -> None:
    """Take a report and do nothing: for callers that show no progress."""
