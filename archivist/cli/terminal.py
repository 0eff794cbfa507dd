"""What people read on a terminal; drawn by rich, which is imported when it is first needed."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from archivist.model.errors import ArchivistError
    from archivist.model.progress import Progress


_EVERY: Final = 0.1
"""Seconds between two reports of progress, at least."""


class Terminal(Protocol):
    """Where a command's answer goes."""

    def answer(self, shape: dict[str, Any]) -> None:
        """Give the answer of a command, as scripts read it."""

    def line(self, text: str = "", style: str = "") -> None:
        """Print a line for people."""

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Print a table for people."""

    def progress(self, progress: Progress) -> None:
        """Show how far a long piece of work has come."""

    def failed(self, error: ArchivistError, shape: dict[str, Any]) -> None:
        """Say what went wrong."""


class Script:
    """Prints one JSON object on standard output, and progress as JSON lines on standard error."""

    def __init__(self) -> None:
        self._last = 0.0

    def answer(self, shape: dict[str, Any]) -> None:
        """Print the object."""
        _write(sys.stdout, json.dumps(shape, ensure_ascii=False))

    def line(self, text: str = "", style: str = "") -> None:
        """Print nothing: lines are for people."""

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Print nothing: tables are for people."""

    def progress(self, progress: Progress) -> None:
        """Print a line of progress, ten a second at most, and the last one always."""
        now = time.monotonic()
        if now - self._last < _EVERY and progress.done != progress.total:
            return
        self._last = now
        shape = {"acknowledged": progress.done, "of": progress.total}
        with contextlib.suppress(OSError):  # who does not listen does not stop the work
            _write(sys.stderr, json.dumps(shape))

    def failed(self, error: ArchivistError, shape: dict[str, Any]) -> None:
        """Print the error as the one object."""
        del error
        self.answer(shape)


class People:
    """Prints lines and tables for people, and progress on standard error."""

    def __init__(self) -> None:
        self._out: Console | None = None
        self._began = time.monotonic()
        self._drawn = False

    @property
    def _console(self) -> Console:
        if self._out is None:
            from archivist.cli.console import Console  # noqa: PLC0415 - not needed by scripts

            self._out = Console(highlight=False, soft_wrap=True)
        return self._out

    def answer(self, shape: dict[str, Any]) -> None:
        """Print nothing: the object is for scripts."""

    def line(self, text: str = "", style: str = "") -> None:
        """Print a line."""
        self._clear()
        self._console.print(text, style=style or None, markup=False)

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Print a table without lines."""
        from rich.table import Table  # noqa: PLC0415 - not needed by scripts
        from rich.text import Text  # noqa: PLC0415

        self._clear()
        table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
        for head in heads:
            table.add_column(head, overflow="fold")
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        self._console.print(table, soft_wrap=False)

    def progress(self, progress: Progress) -> None:
        """Redraw one line with the count, the rate and the time left."""
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{self._said(progress)}")
            sys.stderr.flush()
            self._drawn = True

    def _said(self, progress: Progress) -> str:
        rate = progress.done / max(0.001, time.monotonic() - self._began)
        text = f"{progress.phase} {progress.done:,}"
        if progress.total is None:
            return f"{text} · {rate:,.0f}/s"
        left = (progress.total - progress.done) / max(rate, 0.001)
        return f"{text} of {progress.total:,} · {rate:,.0f}/s · {left:,.0f} s left"

    def failed(self, error: ArchivistError, shape: dict[str, Any]) -> None:
        """Say on standard error what went wrong and what to do."""
        del shape
        self._clear()
        _write(sys.stderr, f"archivist: {error.message}")
        if error.hint:
            _write(sys.stderr, error.hint)

    def _clear(self) -> None:
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._drawn = False


class _Writable(Protocol):
    def write(self, text: str, /) -> object: ...

    def flush(self) -> object: ...


def _write(stream: _Writable, text: str) -> None:
    stream.write(text + "\n")
    stream.flush()
