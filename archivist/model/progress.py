"""How far a long piece of work has come, and how it is asked to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

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


class CancelToken:
    """Asks work in other threads to stop at its next safe place."""

    def __init__(self) -> None:
        self._event = threading.Event()

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


def silent(_report: Progress) -> None:
    """Take a report and do nothing: for callers that show no progress."""
