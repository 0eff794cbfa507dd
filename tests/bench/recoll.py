"""Beside Recoll, on the same files: filing them, and asking the same questions.

`python -m tests.bench.recoll [N]`: N text files of real paragraphs. Needs `recollindex` and
`recollq` (package recollcmd). Recoll only reads files into its index; Archivist also keeps them,
describes them and journals all of it. Both are asked as whole processes, which weighs against
Archivist's Python, and Archivist also within one process, as its desk asks.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from archivist import Archive
from tests.bench.scale import ROOT, TOOL, rows_of
from tests.bench.search import size_of

if TYPE_CHECKING:
    from collections.abc import Callable

QUESTIONS = (
    # Recoll's way to ask, and ours
    ("negotiations", "negotiations"),
    ("government", "government"),
    ("disarmament treaty", "disarmament treaty"),
    ('"united states"', '"united states"'),
    ('"strategic partnership"', '"strategic partnership"'),
    ('"prime minister of"', '"prime minister of"'),
    ("sanction*", "sanction*"),
    ("moscow OR geneva", "moscow OR geneva"),
    ("treaty -nuclear", "treaty -nuclear"),
    ('"soviet nuclear"po4', "soviet NEAR/5 nuclear"),
    ("the", "the"),
    ("compliments", "compliments"),
)
_HEAD = (
    "| question | Recoll finds | Archivist finds | Recoll, process, ms "
    "| Archivist, process, ms | Archivist, at the desk, ms |"
)
_RESULTS = re.compile(r"^(\d+) results", re.MULTILINE)
_REPEATS = 5


def timed(ask: Callable[[], int]) -> tuple[int, float]:
    """Return an answer and the median of its times in ms."""
    times, answer = [], 0
    for _ in range(_REPEATS):
        started = time.perf_counter()
        answer = ask()
        times.append((time.perf_counter() - started) * 1e3)
    return answer, statistics.median(times)


class Recoll:
    """Recoll with a configuration of its own."""

    def __init__(self, folder: Path, documents: Path) -> None:
        """Keep its index in `folder`, over the files in `documents`."""
        self._folder = folder
        folder.mkdir()
        settings = (
            f"topdirs = {documents}\nfollowLinks = 0\nindexedmimetypes = text/plain\nnoaspell = 1\n"
        )
        (folder / "recoll.conf").write_text(settings, encoding="utf-8")

    def index(self) -> float:
        """Return the seconds it takes."""
        started = time.perf_counter()
        self._run("recollindex")
        return time.perf_counter() - started

    def size(self) -> int:
        """Return the bytes of its index."""
        return size_of(self._folder / "xapiandb")

    def ask(self, query: str) -> int:
        """Return how many files it finds; prints the first 20, as a whole process."""
        found = _RESULTS.search(self._run("recollq", "-n", "20", query))
        return int(found[1]) if found else 0

    @property
    def name(self) -> str:
        """Its name and version."""
        command = ["recollq", "-c", str(self._folder), "zzz"]
        said = subprocess.run(command, capture_output=True, text=True, check=False, env=_plain())
        found = re.search(r"Recoll [\d.]+ \+ Xapian [\d.]+", said.stderr)
        return found[0] if found else "Recoll"

    def _run(self, program: str, *arguments: str) -> str:
        command = [program, "-c", str(self._folder), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=_plain())
        return done.stdout


def _plain() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C.UTF-8"}


def write_files(folder: Path, count: int) -> None:
    """Write so many text files."""
    documents = folder / "documents"
    documents.mkdir()
    for number, row in enumerate(rows_of(folder, count), 1):
        text = f"{row['title']}\n\n{row['place']}, {row['date']}\n\n{row['body']}\n"
        (documents / f"{number:06}.txt").write_text(text, encoding="utf-8")


def measure(folder: Path, count: int) -> list[str]:
    """Return the table."""
    write_files(folder, count)
    documents = folder / "documents"
    peer = Recoll(folder / "recoll", documents)
    peer_seconds = peer.index()
    with Archive.create(folder / "mission.archive") as archive:
        started = time.perf_counter()
        archive.file([documents])
        seconds = time.perf_counter() - started
        own, theirs = size_of(archive.path / "index") / 1e6, peer.size() / 1e6
        lines = [
            f"### {count:,} text files of {size_of(documents) / 1e6:.0f} MB, beside {peer.name}",
            "",
            f"- filed: Recoll {peer_seconds:.1f} s, its index {theirs:.0f} MB",
            f"- Archivist {seconds:.1f} s, its index {own:.0f} MB; kept, described, journalled",
            "",
            _HEAD,
            "| --- | --- | --- | --- | --- | --- |",
        ]
        lines += [_row(peer, archive, theirs, ours) for theirs, ours in QUESTIONS]
    return lines


def _row(peer: Recoll, archive: Archive, theirs: str, ours: str) -> str:
    found, spent = timed(lambda: peer.ask(theirs))
    own, at_desk = timed(lambda: archive.search(ours).total)
    _, process = timed(lambda: _command(archive.path, ours))
    return f"| `{ours}` | {found:,} | {own:,} | {spent:.0f} | {process:.0f} | {at_desk:.1f} |"


def _command(archive: Path, query: str) -> int:
    command = [sys.executable, "-m", "archivist.cli", "--archive", str(archive), "search", query]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return 0


def main(*, short: bool = False, count: int = 5_000) -> None:
    """Print the table; nothing where Recoll or the corpus is absent."""
    if not shutil.which("recollindex") or not TOOL.exists():
        sys.stdout.write("not run: recollindex or ../shared/tools/scale_corpus.py is absent\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        lines = measure(Path(folder), 200 if short else count)
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(count=int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
