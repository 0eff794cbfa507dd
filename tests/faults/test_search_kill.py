"""Writers killed at random moments, and readers beside them: nothing acknowledged is lost."""

from __future__ import annotations

import contextlib
import multiprocessing
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from archivist.model.query import Everything, Phrase, Word
from archivist.search import Entry, Index, build, bulk
from archivist.search.seals import Begun
from tests.search import plain
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


SOME = 10_000


def record(key: int) -> Entry:
    text = (
        f"zq{key} round0 strategic partnership of the nations. It was signed in {1800 + key % 200}."
    )
    return Entry(key, f"Record {key}", text, "en", {"ref": (f"R{key}",)}, {"date": "2012"})


def rebuild(folder: Path, seals: Path, processes: int, wanted: Connection) -> None:
    """Build in pieces of 500; tell how many texts were still wanted."""
    bulk.Bulk.__init__.__defaults__ = (500,)
    setattr(build, "SHARED_DOCS", 500)  # noqa: B010 - as a test patches it

    def entries(kept: frozenset[int]) -> Iterator[Entry]:
        wanted.send(SOME - len(kept))
        for key in range(1, SOME + 1):
            time.sleep(0.0001)
            yield record(key) if key not in kept else replace(record(key), title="", text="")

    Index.rebuild(folder, FileSeals(seals), ARCHIVE, entries, 7, processes=processes)


def pieces(seals: Path) -> int:
    begun = Begun.from_json(FileSeals(seals).load_begun(), ARCHIVE)
    return 0 if begun is None else len(begun.pieces)


def killed(folder: Path, seals: Path, processes: int, seconds: float) -> int:
    """Start a build, kill it a while after its first piece; return how many texts it wanted."""
    before = pieces(seals)
    receive, send = SPAWN.Pipe(duplex=False)
    builder = SPAWN.Process(target=rebuild, args=(folder, seals, processes, send))
    builder.start()
    send.close()
    with receive:
        wanted: int = receive.recv()
        while builder.is_alive() and pieces(seals) <= before:
            time.sleep(0.005)
        builder.join(seconds)
        builder.kill()
        builder.join()
    return wanted


def rebuilds_come_through(tmp_path: Path, processes: int, kills: int) -> None:
    tmp_path.mkdir(exist_ok=True)
    folder, seals, source = tmp_path / "index", tmp_path / "seals", random.Random()
    wanted = [killed(folder, seals, processes, source.random() * 0.2) for _ in range(kills)]
    wanted.append(killed(folder, seals, processes, 100))
    index = Index.open(folder, FileSeals(seals), ARCHIVE)
    assert wanted == sorted(wanted, reverse=True)
    assert wanted[-1] < SOME, "what stood was written again"
    assert sorted(index.searcher().keys(Everything()).tolist()) == list(range(1, SOME + 1))
    for query in (Word("1850"), Phrase("of the nations"), Word("zq17"), Phrase("signed in 1999")):
        found = [key for key in range(1, SOME + 1) if plain.matches(query, record(key))]
        assert sorted(index.searcher().keys(query).tolist()) == found
    assert index.sequence == 7
    assert index.verify() == []
    places = [path for path in folder.iterdir() if path.is_dir()]
    assert len(places) == 1
    assert not list(places[0].glob("spool-*"))


@pytest.mark.timeout(120)
@pytest.mark.parametrize("processes", [1, 2])
def test_a_rebuild_killed_at_random_moments_goes_on_where_it_was(
    tmp_path: Path, processes: int
) -> None:
    rebuilds_come_through(tmp_path, processes, kills=3)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("processes", [1, 2])
def test_a_rebuild_killed_many_times_goes_on_where_it_was(tmp_path: Path, processes: int) -> None:
    for round_ in range(12):
        rebuilds_come_through(tmp_path / str(round_), processes, kills=3)
