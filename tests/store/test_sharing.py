"""One archive, several threads and several processes."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from archivist.model.errors import ArchiveBusyError, InternalError
from archivist.model.record import Description
from archivist.store import NewRecord, Store, database

ROOT = Path(__file__).resolve().parents[2]
IMPORT = """
import sys
from pathlib import Path
from archivist.model.record import Description
from archivist.store import NewRecord, Store
with Store.open(Path(sys.argv[1])) as store:
    operation = 0
    for batch in range(25):
        with store.write("import", "Import", "importer", operation) as writer:
            for n in range(200):
                text = f"{batch} {n} " * 900
                writer.file(NewRecord(Description(title=f"{batch}/{n}"), text=text))
        operation = writer.operation
        print(batch, flush=True)
"""


def file(store: Store, title: str) -> int:
    with store.write("file", "Filing", "H. Weber") as writer:
        return writer.file(NewRecord(Description(title=title))).id


def test_threads_read_and_write_one_store(store: Store) -> None:
    with ThreadPoolExecutor(6) as pool:
        ids = list(pool.map(lambda n: file(store, str(n)), range(60)))
        titles = list(pool.map(lambda one: store.records.get(one).description.title, ids))
    assert sorted(ids) == list(range(1, 61))
    assert titles == [str(n) for n in range(60)]
    assert store.journal.verify() == []


def test_connections_of_ended_threads_do_not_pile_up(store: Store) -> None:
    for _ in range(20):
        thread = threading.Thread(target=store.records.count)
        thread.start()
        thread.join()
    assert len(store._connections._open) <= 3


def test_short_changes_and_reads_go_on_beside_an_import(store: Store, folder: Path) -> None:
    one = file(store, "mine")
    waits: list[float] = []
    with subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        while process.poll() is None:
            start = time.monotonic()
            with store.write("edit", "Change", "H. Weber") as writer:
                writer.describe(one, {"title": f"mine {len(waits)}"})
            assert store.records.get(one).description.title == f"mine {len(waits)}"
            waits.append(time.monotonic() - start)
    assert process.returncode == 0
    assert len(waits) >= 10
    assert max(waits) < 5
    assert store.records.count() == 5001
    assert store.journal.verify() == []


def test_a_reader_sees_nothing_of_a_transaction_before_its_end(store: Store, folder: Path) -> None:
    with Store.open(folder) as other:
        with store.write("file", "Filing", "H. Weber") as writer:
            writer.file(NewRecord(Description(title="a")))
            writer.flush()
            assert other.records.count() == 0
        assert other.records.count() == 1


def test_who_waits_too_long_is_told(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        Store.open(folder) as other,
        other.write("edit", "Change", "J. Marsh"),
        pytest.raises(ArchiveBusyError, match="Another program"),
        database.writing(store._connections.current(), patience=0.05),
    ):
        pass
    assert file(store, "a") == 1


def test_a_transaction_within_a_transaction_is_a_mistake(store: Store) -> None:
    with (
        store.write("edit", "Change", "H. Weber"),
        pytest.raises(InternalError),
        store.write("edit", "Change", "H. Weber"),
    ):
        pass


def test_a_stream_that_is_left_when_the_archive_closes_is_no_fault(folder: Path) -> None:
    with Store.create(folder, "x") as store:
        store.state.set("one", 1)
        store.state.set("two", 2)
        rows = store.state._connections.current().stream("SELECT key FROM state", size=1)
        assert next(rows)
    assert isinstance(rows, Generator)
    rows.close()
