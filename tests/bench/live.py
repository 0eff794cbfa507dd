"""How fast an archive in use is: rebuilt, opened, written to and searched by the running desk.

`python -m tests.bench.live [ARCHIVE]`: measures a copy of the archive; by default one of 2,000
records made for it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from archivist import Archive
from archivist.archive.worker import Followed, Message, WorkerClient
from archivist.model.record import Description
from tests.bench.scale import ROOT, TOOL, path_of
from tests.bench.search import spread

WRITES = 40
_PATIENCE = 30.0
_TICK = 0.02
_TEXT = (
    "The Permanent Mission presents its compliments and has the honour to refer to {word}. " * 30
)

REBUILD = """
import sys
from archivist import Archive
with Archive.open(sys.argv[1]) as archive:
    print(archive.reindex())
"""
FIRST = """
import sys, time
started = time.perf_counter()
from archivist import Archive
archive = Archive.open(sys.argv[1], follow=False)
found = archive.search('"strategic partnership"', facets=True)
print((time.perf_counter() - started) * 1e3)
"""


def measure(archive: Path) -> list[str]:
    """Return what was measured on this archive; it is written to."""
    with Archive.open(archive) as opened:
        opened.follow()
        count = opened.count()
    lines = [f"### An archive of {count:,} records in use", "", rebuilt(archive)]
    runs = [float(_python(FIRST, archive)) for _ in range(5)]
    lines.append(f"- new process: archive opened, first answer with facets and excerpts after "
                 f"{min(runs):.0f} to {max(runs):.0f} ms, imports included")  # fmt: skip
    lines.append(whole_command(archive))
    return lines + in_use(archive)


def _python(program: str, archive: Path) -> str:
    command = [sys.executable, "-c", program, str(archive)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def whole_command(archive: Path) -> str:
    """Time `archivist search` as a whole process."""
    times = []
    for _ in range(5):
        started = time.perf_counter()
        command = [
            sys.executable,
            "-m",
            "archivist.cli",
            "--archive",
            str(archive),
            "search",
            "treaty",
        ]
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
        times.append((time.perf_counter() - started) * 1e3)
    return f"- `archivist search`, a whole process: {min(times):.0f} to {max(times):.0f} ms"


# --- rebuilding


def rebuilt(archive: Path) -> str:
    """Build the index anew from the store, in a process of its own; watch its memory."""
    command = [sys.executable, "-c", REBUILD, str(archive)]
    started = time.perf_counter()
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    own = whole = 0.0
    while child.poll() is None:
        own_now, whole_now = held(child.pid)
        own, whole = max(own, own_now), max(whole, whole_now)
        time.sleep(_TICK)
    took = time.perf_counter() - started
    return (
        f"- index rebuilt from the store, whole process: {took:.1f} s; memory of it and its "
        f"children at most {own:.0f} MB, with mapped files {whole:.0f} MB"
    )


def held(pid: int) -> tuple[float, float]:
    """Return the megabytes of a process and its children: their own, and with mapped files.

    What several of them have mapped counts once.
    """
    own = whole = 0.0
    for each in [pid, *_children(pid)]:
        try:
            status = Path(f"/proc/{each}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        lines = (line.split(":", 1) for line in status.splitlines()[1:])
        facts = {name: int(value.split()[0]) / 1024 for name, value in lines}
        own += facts.get("Pss_Anon", 0.0)
        whole += facts.get("Pss", 0.0)
    return own, whole


def _children(pid: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            found += [int(path.parent.name), *_children(int(path.parent.name))]
    return found


# --- the running desk


class Follower:
    """The desk's ear: waits until the worker has followed to a sequence number."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._sequence = -1

    def hear(self, message: Message) -> None:
        """Take a message of the worker."""
        if isinstance(message, Followed):
            with self._news:
                self._sequence = message.sequence
                self._news.notify_all()

    def wait(self, sequence: int) -> None:
        """Wait until the index holds this sequence number."""
        with self._news:
            if not self._news.wait_for(lambda: self._sequence >= sequence, _PATIENCE):
                raise TimeoutError("the worker did not follow")


def in_use(archive: Path) -> list[str]:
    """File and describe records as the desk does, each until it is found."""
    ear = Follower()
    worker = WorkerClient(archive, "bench", ear.hear)
    try:
        with Archive.open(archive, follow=False) as desk:
            ear.wait(desk.sequence())
            filed, described = _writes(desk, worker, ear)
    finally:
        worker.close()
    return [
        f"- typed in → found, desk and worker: {spread(filed)} ms (p50 / p95 / worst of {WRITES})",
        f"- description changed → found, desk and worker: {spread(described)} ms",
    ]


def _writes(desk: Archive, worker: WorkerClient, ear: Follower) -> tuple[list[float], list[float]]:
    filed, described = [], []
    mark = os.urandom(4).hex()
    for number in range(WRITES):
        word, place = f"w{mark}{number}", f"p{mark}{number}"
        started = time.perf_counter()
        record = desk.type_in(Description(title=f"Note {number}"), _TEXT.format(word=word))
        _found(desk, worker, ear, word)
        between = time.perf_counter()
        desk.edit({"place": place}, refs=[record.ref])
        _found(desk, worker, ear, f"place:{place}")
        filed.append((between - started) * 1e3)
        described.append((time.perf_counter() - between) * 1e3)
    return filed, described


def _found(desk: Archive, worker: WorkerClient, ear: Follower, query: str) -> None:
    worker.follow()
    ear.wait(desk.sequence())
    if desk.search(query, limit=1).total != 1:
        raise AssertionError(f"{query} is not found")


def main(*, short: bool = False, archive: Path | None = None) -> None:
    """Print the lines; nothing where the tool that makes the records is absent."""
    if archive is None and not TOOL.exists():
        sys.stdout.write("not run: ../shared/tools/scale_corpus.py is absent\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.archive"
        if archive is not None:
            shutil.copytree(archive, copy)
        else:
            with Archive.create(copy) as made:
                made.file([path_of(Path(folder), 500 if short else 2_000)])
        lines = measure(copy)
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(archive=Path(sys.argv[1]) if len(sys.argv) > 1 else None)
