"""A child that dies costs its document only; everything still comes once, in order."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from archivist.intake.limits import MEGABYTE, Limits
from archivist.intake.pool import ReaderPool
from archivist.intake.reading import Orders, read
from archivist.intake.sources import Source, walk
from archivist.model.errors import StoppedError
from archivist.model.progress import CancelToken
from archivist.model.record import Draft, Refusal
from tests.intake.making import (
    WORDS,
    catalogue,
    drafts,
    every_format,
    packed,
    refusals,
    sources,
)

ROWS = 1500


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:03}.txt").write_text(f"Document {number}\n\n{WORDS}\n")
    for name, data in every_format().items():
        (folder / f"x{name}").write_bytes(data)
    (folder / "y empty.txt").write_bytes(b"")
    return folder


@pytest.fixture
def big(tmp_path: Path) -> Path:
    path = tmp_path / "big.jsonl"
    path.write_bytes(catalogue({"title": f"T{n}", "body": f"{n} {WORDS}"} for n in range(ROWS)))
    return path


def paths(found: list[Draft | Refusal]) -> list[str]:
    return [one.path for one in found]


def test_the_pool_gives_what_reading_gives_in_order(inbox: Path, tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    spool.mkdir()
    alone = [one for source in sources(inbox) for one in read(source, spool, Limits())]
    with ReaderPool(2, tmp_path / "pool") as pool:
        pooled = list(pool.read(walk([inbox])))
        kept = [one.content for one in drafts(pooled) if one.content and one.content.temporary]
        assert kept
        assert all(content.path.exists() for content in kept)
    assert paths(pooled) == paths(alone)
    assert [one.text for one in drafts(pooled)] == [one.text for one in drafts(alone)]
    assert [one.description for one in drafts(pooled)] == [one.description for one in drafts(alone)]
    assert not list((tmp_path / "pool").iterdir())


def test_refusals_of_the_walk_stand_in_their_places(inbox: Path, tmp_path: Path) -> None:
    given = [inbox / "001.txt", tmp_path / "gone.txt", inbox / "002.txt"]
    with ReaderPool(2, tmp_path / "pool") as pool:
        assert paths(list(pool.read(walk(given)))) == [str(path) for path in given]
        assert paths(list(pool.read(walk(given[2:])))) == [str(given[2])]


def test_importing_the_pool_is_cheap_and_without_a_window() -> None:
    code = (
        "import sys; import archivist.intake.pool; "
        "print({'PySide6', 'numpy', 'lxml', 'trafilatura', 'yaml'} & set(sys.modules) or '')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not done.stdout.strip()


def children() -> list[psutil.Process]:
    """Return the readers of this process, not what others of its tests have started."""
    return [one for one in psutil.Process().children(recursive=True) if _is_reader(one)]


def _is_reader(process: psutil.Process) -> bool:
    try:
        return any("archivist.intake" in word for word in process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return False


def test_children_that_are_killed_lose_nothing(big: Path, inbox: Path, tmp_path: Path) -> None:
    found: list[Draft | Refusal] = []
    deaths = 0
    with ReaderPool(2, tmp_path / "pool") as pool:
        for one in pool.read(walk([big, inbox])):
            found.append(one)
            if len(found) in {1, 300, 900}:
                for child in children():
                    child.kill()
                    deaths += 1
    assert deaths >= 3
    rows = paths(found)[:ROWS]
    assert rows == [f"{big}::{number}" for number in range(1, ROWS + 1)]
    assert len(paths(found)) == len(set(paths(found)))
    with ReaderPool(2, tmp_path / "pool") as pool:
        assert paths(found)[ROWS:] == paths(list(pool.read(walk([inbox]))))


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes there")
def test_a_document_out_of_time_is_refused_alone(tmp_path: Path) -> None:
    """A pipe into which nobody writes keeps its reader waiting for ever."""
    os.mkfifo(tmp_path / "b.txt")
    given = [Source(tmp_path / name, name) for name in ("a.txt", "b.txt", "c.txt")]
    for name in ("a.txt", "c.txt"):
        (tmp_path / name).write_text(WORDS)
    with ReaderPool(1, tmp_path / "pool", Limits(seconds=10)) as pool:
        found = list(pool.read(given))
    assert paths(found) == ["a.txt", "b.txt", "c.txt"]
    assert [isinstance(one, Draft) for one in found] == [True, False, True]
    assert "10 seconds" in refusals(found)[0].reason


def test_a_container_is_taken_up_again_behind_the_document_blamed(tmp_path: Path) -> None:
    rows = catalogue({"title": f"T{n}", "body": WORDS} for n in range(3))
    path = tmp_path / "x.zip"
    path.write_bytes(
        packed({"a.txt": b"First", "b.txt": b"Bad", "c.jsonl": rows, "d.txt": b"Last"})
    )
    orders = Orders(
        done=frozenset({"x.zip::a.txt", "x.zip::c.jsonl::1"}),
        poison={"x.zip::b.txt": ("Why.", "How"), "x.zip::c.jsonl::2": ("Why not.", "")},
    )
    found = list(read(Source(path, "x.zip"), tmp_path, Limits(), orders))
    assert [(one.path, getattr(one, "reason", "")) for one in found] == [
        ("x.zip::b.txt", "Why."),
        ("x.zip::c.jsonl::2", "Why not."),
        ("x.zip::c.jsonl::3", ""),
        ("x.zip::d.txt", ""),
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is watched otherwise there")
def test_a_document_out_of_memory_is_refused_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS)
    (tmp_path / "b.txt").write_bytes(b"words " * (50 * MEGABYTE))
    (tmp_path / "c.txt").write_text(f"Last. {WORDS}")
    with ReaderPool(1, tmp_path / "pool", Limits(memory=600 * MEGABYTE)) as pool:
        found = list(pool.read(walk([tmp_path / name for name in ("a.txt", "b.txt", "c.txt")])))
    assert [isinstance(one, Draft) for one in found] == [True, False, True]
    assert "memory" in refusals(found)[0].reason


def test_stopping_is_prompt(big: Path, tmp_path: Path) -> None:
    cancel = CancelToken()
    with ReaderPool(2, tmp_path / "pool") as pool:
        reading = pool.read(walk([big]), cancel)
        next(reading)
        cancel.cancel()
        began = time.monotonic()
        with pytest.raises(StoppedError):
            list(reading)
        assert time.monotonic() - began < 1
        assert len(drafts(pool.read(walk([big])))) == ROWS
    assert not children()


def test_leaving_early_ends_the_children(big: Path, tmp_path: Path) -> None:
    with ReaderPool(2, tmp_path / "pool") as pool:
        reading = pool.read(walk([big]))
        next(reading)
    reading.close()
    assert not children()


def test_the_source_may_be_read_from_another_folder(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(inbox)
    with ReaderPool(1, tmp_path / "pool") as pool:
        (found,) = pool.read([Source(Path("001.txt"), "001.txt")])
    assert found.path == "001.txt"
    assert isinstance(found, Draft)
    assert found.content is not None
    assert found.content.path.samefile(inbox / "001.txt")
