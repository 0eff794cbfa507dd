"""An import killed at random moments: nothing acknowledged is lost, nothing is filed twice."""

from __future__ import annotations

import itertools
import json
import lzma
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")


@dataclass(frozen=True, slots=True)
class Job:
    """What is imported: the paths given, and every path that must be accounted for."""

    given: list[Path]
    expected: set[str]


def records(corpus: Path, count: int) -> list[dict[str, Any]]:
    with lzma.open(corpus / "records.jsonl.xz", "rt", encoding="utf-8") as file:
        step = 26_000 // count
        return [json.loads(line) for line in itertools.islice(file, 0, count * step, step)]


def catalogue(folder: Path, rows: list[dict[str, Any]]) -> Job:
    path = folder / "catalogue.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return Job([path], {f"{path}::{line}" for line in range(1, len(rows) + 1)})


def texts(folder: Path, rows: list[dict[str, Any]]) -> Job:
    inbox = folder / "texts"
    inbox.mkdir()
    for number, row in enumerate(rows):
        (inbox / f"{number:05}.txt").write_text(row["body"], encoding="utf-8")
    return Job([inbox], {str(path) for path in inbox.iterdir()})


def archivist(archive: Path, *arguments: str | Path, check: bool = True) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "archivist.cli", "--archive", archive, "--json", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if check:
        assert done.returncode in {0, 1}, done.stdout + done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def start(archive: Path, job: Job) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "archivist.cli", "--archive", str(archive), "--json", "import"),
            *map(str, job.given),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def kill_after(process: subprocess.Popen[str], seconds: float) -> int:
    """Kill the import and its readers; return how many documents it had acknowledged."""
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    _, errors = process.communicate()
    lines = [json.loads(line) for line in errors.splitlines() if line.startswith('{"ack')]
    return max((line["acknowledged"] for line in lines), default=0)


def storm(archive: Path, job: Job, kills: int, longest: float, seed: int) -> None:
    """Kill an import `kills` times, look at the archive each time, then let it complete."""
    rng = random.Random(seed)
    acknowledged = 0
    for _ in range(kills):
        process = start(archive, job)
        acknowledged = max(acknowledged, kill_after(process, rng.uniform(0.4, longest)))
        held = archivist(archive, "check")
        assert held["ok"], held
        filed = archivist(archive, "search", "*", "--limit", "0")["total"]
        assert filed == held["records"]
    report = archivist(archive, "import", *job.given)
    parts = [[one["path"] for one in report[name]] for name in ("filed", "duplicates", "refused")]
    named = list(itertools.chain.from_iterable(parts))
    assert len(named) == len(set(named)), "a path is named twice"
    assert set(named) == job.expected
    assert len(named) >= acknowledged
    filed = [one["ref"] for one in report["filed"]]
    assert len(filed) == len(set(filed))
    # Where a kill came too late, all were there already.
    refs = {*filed, *(one["ref"] for one in report["duplicates"])}
    end = archivist(archive, "check")
    assert end["ok"], end
    assert end["records"] == len(refs), "nothing is filed twice, nothing acknowledged is lost"
    assert archivist(archive, "search", "*", "--limit", "0")["total"] == len(refs)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "kill.archive"
    archivist(folder, "new", folder)
    return folder


@pytest.mark.corpus
@pytest.mark.timeout(180)
def test_a_killed_import_is_taken_up_again(corpus: Path, archive: Path, tmp_path: Path) -> None:
    storm(archive, catalogue(tmp_path, records(corpus, 400)), kills=2, longest=2.5, seed=1)


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.timeout(3000)
def test_ten_kills_while_5000_records_are_imported(
    corpus: Path, archive: Path, tmp_path: Path
) -> None:
    storm(archive, catalogue(tmp_path, records(corpus, 5000)), kills=10, longest=6, seed=2)


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.timeout(3000)
def test_ten_kills_while_2000_texts_are_imported(
    corpus: Path, archive: Path, tmp_path: Path
) -> None:
    storm(archive, texts(tmp_path, records(corpus, 2000)), kills=10, longest=4, seed=3)
