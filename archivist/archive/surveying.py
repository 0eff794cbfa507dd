"""Sources are counted, and read in child processes; no archive is needed."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.intake.pool import ReaderPool
from archivist.intake.reading import Limits
from archivist.intake.sources import Source, walk
from archivist.model.errors import RefusedError
from archivist.model.progress import CancelToken
from archivist.model.record import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archivist.archive.batching import Outcome
    from archivist.model.record import Content


def read(
    sources: Iterable[Source | Refusal], workers: int | None, cancel: CancelToken
) -> Iterator[Outcome]:
    """Read sources in child processes, in order; what is unpacked is gone when it ends."""
    with (
        tempfile.TemporaryDirectory(prefix="archivist-") as spool,
        ReaderPool(workers or default_workers(), Path(spool), Limits()) as pool,
    ):
        yield from pool.read(sources, cancel)


@contextmanager
def surveyed(file: Path, spool: Path) -> Iterator[Content]:
    """Look at one file in a child process, to keep it as an original.

    Raises:
        RefusedError: it is empty, truncated, encrypted or a bomb.
    """
    with (
        tempfile.TemporaryDirectory(dir=spool, prefix="original-") as folder,
        ReaderPool(1, Path(folder), Limits()) as pool,
    ):
        for outcome in pool.read(walk([str(file)]), CancelToken()):
            if isinstance(outcome, Refusal):
                raise RefusedError(outcome.reason)
            if outcome.content is not None and not outcome.content.temporary:
                yield outcome.content
                return
        raise RefusedError(f"{file.name} is a container.", "Take out the one file it is about.")


def default_workers() -> int:
    """Return how many processes read at once: all processors up to four."""
    return max(1, min(4, os.cpu_count() or 1))


def count(names: Sequence[str], cancel: CancelToken) -> int:
    """Return about how many documents the paths hold: files, and lines of .jsonl catalogues."""
    total = 0
    for source in walk(names):
        cancel.check()
        total += _lines(source.path) if isinstance(source, Source) else 1
    return total


def _lines(path: Path) -> int:
    if path.suffix.lower() != ".jsonl":
        return 1
    try:
        with path.open("rb") as file:
            return max(
                1, sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
            )
    except OSError:
        return 1


def describe(
    paths: Sequence[str | os.PathLike[str]],
    *,
    workers: int | None = None,
    cancel: CancelToken | None = None,
) -> Iterator[Outcome]:
    """Yield what filing would propose for each document; needs no archive."""
    yield from read(walk([os.fspath(path) for path in paths]), workers, cancel or CancelToken())
