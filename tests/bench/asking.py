"""One way of asking, in a process of its own: first times, warm times, memory.

`python -m tests.bench.asking FOLDER WAY` prints JSON; `tests.bench.search` reads it.
"""

from __future__ import annotations

import itertools
import json
import os
import pickle
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from archivist.search import Index, Searcher
from archivist.search.excerpts import excerpt
from tests.bench.peers import Fts, Tantivy
from tests.bench.queries import Asked, queries
from tests.bench.scale import path_of
from tests.search.making import ARCHIVE, FileSeals

if TYPE_CHECKING:
    from collections.abc import Sequence

FACETS = ("type", "country", "person", "year")
REPEATS = 5
LONGEST = 1_500.0
"""Milliseconds after which a query is not repeated."""
_SAMPLE = 3_000
_PAGE = 20
_EVERY_COLD = 2

Ask: TypeAlias = Callable[[Asked], object | None]


def prepare(folder: Path, count: int) -> None:
    """Draw the queries from the first records; who asks them need not have held these."""
    with path_of(folder, count).open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in itertools.islice(file, _SAMPLE)]
    (folder / "asked").write_bytes(pickle.dumps(queries(rows)))


def opened(folder: Path) -> Index:
    """Open the index of a benchmark."""
    return Index.open(folder / "index", FileSeals(folder / "seals"), ARCHIVE)


def ask_index(searcher: Searcher, asked: Asked) -> object:
    """Ask our engine: total and the first 20."""
    if asked.lines:
        lines = searcher.lines(asked.node)
        return len(lines), lines.page(0, _PAGE)
    return searcher.find(
        asked.node,
        limit=0 if asked.count else _PAGE,
        sort=asked.sort,
        facets=FACETS if asked.facets else (),
    )


def ask_as_user(searcher: Searcher, texts: sqlite3.Connection, asked: Asked) -> object:
    """Ask for what a user gets: total, four facets, and 20 excerpts with all hits marked."""
    found = searcher.find(asked.node, sort=asked.sort, facets=FACETS)
    marker = searcher.marker(asked.node)
    shown = []
    for key, _ in found.hits:
        (text,) = texts.execute("select body from doc where id = ?", (key,)).fetchone()
        shown.append(excerpt(text, marker.hits(text, "text", "en")))
    return shown


def timed(ask: Ask, asked: Asked) -> tuple[float, float] | None:
    """Return the first time and the median of the others in ms; None where it cannot be asked."""
    times = []
    for _ in range(REPEATS + 1):
        started = time.perf_counter()
        if ask(asked) is None:
            return None
        times.append((time.perf_counter() - started) * 1e3)
        if sum(times) > LONGEST:
            break
    return times[0], statistics.median(times[1:] or times)


def memory() -> float:
    """Return the megabytes this process holds, its mapped files included."""
    with Path("/proc/self/status").open(encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) / 1024


def asking(folder: Path, way: str) -> Ask:
    """Return what asks in one way."""
    if way == "fts":
        return Fts(folder / "peer.sqlite").ask
    if way == "tantivy":
        return Tantivy(folder / "tantivy").ask
    searcher = opened(folder).searcher()
    if way == "index":
        return lambda asked: ask_index(searcher, asked)
    texts = sqlite3.connect(folder / "peer.sqlite")
    return lambda asked: ask_as_user(searcher, texts, asked)


def drop_caches(folder: Path) -> None:
    """Have the system forget the index's files, where it may."""
    for path in folder.rglob("*"):
        if path.is_file():
            handle = os.open(path, os.O_RDONLY)
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(handle)


def cold(folder: Path, asked: Sequence[Asked]) -> list[tuple[str, float, float]]:
    """Ask every second query in a process that has opened the index after the cache was dropped."""
    return [
        (each.kind, *_in_child(folder, each)) for each in asked[::_EVERY_COLD] if not each.lines
    ]


def _in_child(folder: Path, asked: Asked) -> tuple[float, float]:
    """Return ms of opening and of the first answer; the child is forked, its imports are done."""
    inlet, outlet = os.pipe()
    if not (child := os.fork()):
        drop_caches(folder / "index")
        started = time.perf_counter()
        searcher = opened(folder).searcher()
        between = time.perf_counter()
        ask_index(searcher, asked)
        times = ((between - started) * 1e3, (time.perf_counter() - between) * 1e3)
        os.write(outlet, json.dumps(times).encode())
        os._exit(0)
    os.close(outlet)
    with os.fdopen(inlet, "rb") as pipe:
        opening, answering = json.loads(pipe.read())
    os.waitpid(child, 0)
    return opening, answering


def main(folder: Path, way: str) -> None:
    """Print what was measured, as JSON."""
    asked: list[Asked] = pickle.loads((folder / "asked").read_bytes())  # noqa: S301 - our own
    if way == "cold":
        sys.stdout.write(json.dumps({"times": cold(folder, asked)}))
        return
    before = memory()
    ask = asking(folder, way)
    after_open = memory()
    measured = [(each.kind, timed(ask, each)) for each in asked]
    times = [(kind, *found) for kind, found in measured if found is not None]
    held = {"before": before, "opened": after_open, "after": memory()}
    sys.stdout.write(json.dumps({"times": times, "memory": held}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
