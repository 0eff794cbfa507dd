"""How fast an agent's page, the heads of statements and proposals come.

`python -m tests.bench.agents ARCHIVE`: reads the archive and writes nothing. Pages are those of the
names that speak most, and of some drawn at random by a seed; none of them need be an agent.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from archivist import Archive
from archivist.archive.statements.listing import Voice

EACH: Final = 20
_SHOWN: Final = 40
_LEAST: Final = 2


def measure(path: Path, each: int = EACH) -> Iterator[str]:
    """Yield a line of a table for each measure of an archive, in milliseconds."""
    with Archive.open(path, follow=False) as archive:
        first = _timed(lambda: archive.agents.speakers().head_of(""))
        yield f"| names read, put together | {first:.0f} | | |"
        heads = archive.list_statements("*").heads.values()
        names = [head.name for head in heads if isinstance(head, Voice) and head.name]
        drawn = random.Random(7).sample(names, min(each, len(names)))
        for title, chosen in (("page, most said", names[:each]), ("page, at random", drawn)):
            yield _line(title, [_timed(partial(_page, archive, name)) for name in chosen])
        for query in ("speaker:smith", "*"):
            times = [_timed(partial(archive.list_statements, query)) for _ in range(3)]
            yield _line(f"heads of {query}", times)
        yield _line("proposals", [_timed(lambda: archive.agents.pending(_LEAST))])


def _page(archive: Archive, name: str) -> None:
    page = archive.agents.page_of(name)
    page.said.rows(0, _SHOWN)


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1e3


def _line(title: str, times: Sequence[float]) -> str:
    ordered = sorted(times)
    high = ordered[min(len(ordered) - 1, round(len(ordered) * 0.95))]
    return f"| {title} | {statistics.median(ordered):.0f} | {high:.0f} | {ordered[-1]:.0f} |"


def main(path: Path) -> None:
    """Print the table."""
    sys.stdout.write("| in ms | p50 | p95 | worst |\n| --- | ---: | ---: | ---: |\n")
    for line in measure(path):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
