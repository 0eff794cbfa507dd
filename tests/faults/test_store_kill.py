"""Killed and starved: nothing acknowledged is lost, and the archive stays whole."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archivist.model.record import State
from archivist.store import Store

ROOT = Path(__file__).resolve().parents[2]
BATCH = 20
FILER = """
import hashlib, sys
from pathlib import Path
from archivist.model.record import Content, Description
from archivist.store import ImportItem, NewRecord, Store

folder, spool, begin = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
if len(sys.argv) > 4:
    import resource
    limit = int(sys.argv[4])
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    import signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def content(n):
    path = spool / f"{n}.txt"
    path.write_bytes(b"%d " % n * 100)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Content(path, path.name, "text/plain", digest, path.stat().st_size, temporary=True)


with Store.open(folder) as store:
    run = store.imports.begin([str(begin)], "Import", "H. Weber", {})
    operation = 0
    for batch in range(begin, begin + 100_000, 20):
        originals = store.originals.keep([content(n) for n in range(batch, batch + 20)])
        refs = []
        with store.write("import", "Import", "H. Weber", operation) as writer:
            for n, original in enumerate(originals, batch):
                new = NewRecord(Description(title=str(n)), text=f"{n} " * 1500, original=original)
                refs.append(writer.file(new).ref)
                writer.settle(run, ImportItem(str(n), "filed", refs[-1]))
            writer.put_thing("search", 0, {"name": refs[-1]})
            operation = writer.operation
        print(*refs, flush=True)
"""


def start(folder: Path, begin: int, *limit: int) -> subprocess.Popen[str]:
    spool = folder.parent / f"spool-{begin}"
    spool.mkdir()
    arguments = [str(part) for part in (folder, spool, begin, *limit)]
    return subprocess.Popen(
        [sys.executable, "-c", FILER, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def faults(store: Store) -> list[str]:
    return store.integrity() + store.journal.verify() + store.originals.verify()


def acknowledged(output: str) -> list[str]:
    """Return the references printed; a line that was cut short is not acknowledged."""
    whole, _, _ = output.rpartition("\n")
    return whole.split()


def test_killed_at_random_moments_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    folder = tmp_path / "mission.archive"
    Store.create(folder, "Mission").close()
    chance = random.Random(20261122)
    known: list[str] = []
    for round_ in range(6):
        with start(folder, round_ * 100_000) as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            time.sleep(chance.uniform(0, 0.4))
            process.kill()
            known += acknowledged(first + process.stdout.read())
        with Store.open(folder) as store:
            for ref in known:
                record = store.records.by_ref(ref)
                assert record.state is State.FILED
                assert store.records.text(record.text_hash).startswith(record.description.title)
            assert faults(store) == []
            saved = {thing.value["name"] for thing in store.things.list("search")}
            assert len(saved) == store.records.count() / BATCH
            assert saved >= set(known[BATCH - 1 :: BATCH])
            runs = store.imports.list()
            assert {run.state for run in runs} == {"interrupted"}
            assert sum(run.filed for run in runs) == store.records.count() >= len(known)
    assert len(known) == len(set(known)) > 100


@pytest.mark.skipif(sys.platform == "win32", reason="a limit of file sizes stands for a full disk")
def test_a_disk_that_fills_up_loses_nothing_and_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "mission.archive"
    Store.create(folder, "Mission").close()
    with start(folder, 0, 3_000_000) as process:
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "StorageError" in errors.splitlines()[-1]
    known = acknowledged(output)
    assert known
    with Store.open(folder) as store:
        assert store.records.count() == len(known)
        assert faults(store) == []
