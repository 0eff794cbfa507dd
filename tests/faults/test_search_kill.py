"""Writers killed at random moments, and readers beside them: nothing acknowledged is lost."""

from __future__ import annotations

import contextlib
import multiprocessing
import random
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from archivist.model.query import Everything, Word
from archivist.search import Entry, Index
from tests.search.making import ARCHIVE, FileSeals

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
SPAWN = multiprocessing.get_context("spawn")


def entry(key: int, round_: int = 0) -> Entry:
    text = f"zq{key} round{round_} strategic partnership of nations"
    return Entry(key, f"Record {key}", text, "en", {"ref": (f"R{key}",)}, {"date": "2012"})


def write(folder: Path, seals: Path, acknowledged: Connection) -> None:
    """Commit without end; each commit is acknowledged by one byte."""
    index = Index.open(folder, FileSeals(seals), ARCHIVE)
    while True:
        sequence = index.sequence + 1
        if sequence % 3 == 0:
            index.apply(sequence, patch=[entry(1)])
        elif sequence % 7 == 0:
            index.apply(sequence, add=[entry(sequence), entry(2, sequence)])
        else:
            index.apply(sequence, add=[entry(sequence)])
        if sequence % 20 == 0:
            index.tidy()
        acknowledged.send_bytes(b".")


def keys_at(sequence: int) -> list[int]:
    return [1, 2, *(each for each in range(3, sequence + 1) if each % 3)]


def check(folder: Path, seals: Path, least: int) -> int:
    index = Index.open(folder, FileSeals(seals), ARCHIVE)
    assert index.sequence >= least
    searcher = index.searcher()
    assert sorted(searcher.keys(Everything()).tolist()) == keys_at(index.sequence)
    for key in random.Random(least).sample(keys_at(index.sequence), 2):
        assert searcher.keys(Word(f"zq{key}")).tolist() == [key]
    assert index.verify() == []
    return index.sequence


@pytest.mark.timeout(120)
def test_killed_at_random_moments_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    folder, seals = tmp_path / "index", tmp_path / "seals"
    Index.rebuild(folder, FileSeals(seals), ARCHIVE, [entry(1), entry(2)], 2)
    source, sequence = random.Random(), 2
    for _ in range(6):
        receive, send = SPAWN.Pipe(duplex=False)
        writer = SPAWN.Process(target=write, args=(folder, seals, send))
        writer.start()
        send.close()
        receive.recv_bytes()
        time.sleep(source.random() * 0.4)
        writer.kill()
        writer.join()
        sequence = check(folder, seals, sequence + 1 + remaining(receive))


def remaining(receive: Connection) -> int:
    """Count what was acknowledged; the last byte may have been cut off."""
    count = 0
    with receive, contextlib.suppress(OSError, EOFError):
        while receive.recv_bytes():
            count += 1
    return count


def read(folder: Path, seals: Path, last: int, told: multiprocessing.Queue[str]) -> None:
    """Search until the writer's last commit is seen; each answer must be that of some commit."""
    try:
        index = Index.open(folder, FileSeals(seals), ARCHIVE)
        told.put("ready")
        seen = 0
        while seen < last:
            searcher = index.searcher()
            found = searcher.find(Word("partnership"), facets=("ref",))
            if found.total != len(keys_at(searcher.sequence)) or searcher.sequence < seen:
                told.put(f"{found.total} at {searcher.sequence}")
            seen = searcher.sequence
        told.put("done")
    except Exception as error:  # noqa: BLE001 - whatever it is, the test shall see it
        told.put(repr(error))


@pytest.mark.timeout(120)
def test_readers_racing_commits_merges_and_rebuilds_never_fail(tmp_path: Path) -> None:
    folder, seals, last = tmp_path / "index", tmp_path / "seals", 150
    index = Index.rebuild(folder, FileSeals(seals), ARCHIVE, [entry(1), entry(2)], 2)
    told: multiprocessing.Queue[str] = SPAWN.Queue()
    readers = [SPAWN.Process(target=read, args=(folder, seals, last, told)) for _ in range(2)]
    for reader in readers:
        reader.start()
    assert [told.get(timeout=60) for _ in readers] == ["ready", "ready"]
    for sequence in range(3, last + 1):
        added = [entry(sequence)] if sequence % 3 else []
        index.apply(sequence, add=added, patch=[entry(2)])
        if sequence % 20 == 0:
            index.tidy()
        if sequence % 50 == 0:
            every = (entry(key) for key in keys_at(sequence))
            Index.rebuild(folder, FileSeals(seals), ARCHIVE, every, sequence)
    assert [told.get(timeout=60) for _ in readers] == ["done", "done"]
    for reader in readers:
        reader.join(30)
