"""Imports: what became of every path, and which can be taken up again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from archivist.model.errors import InputError
from archivist.model.record import Description
from archivist.store import ImportItem, NewRecord, Store

BEGIN = """
import sys
from pathlib import Path
from archivist.store import ImportItem, Store
with Store.open(Path(sys.argv[1])) as store:
    run = store.imports.begin(["/in"], "Import of in", "H. Weber", {"series": ""})
    with store.write("import", "Import of in", "H. Weber") as writer:
        writer.settle(run, ImportItem("/in/a", "refused", reason="empty"))
    print(run, flush=True)
    sys.stdin.read()
"""
ROOT = Path(__file__).resolve().parents[2]


def begin(store: Store) -> int:
    return store.imports.begin(["/in", "/too"], "Import of in", "H. Weber", {"series": "A"})


def settle_and_fail(store: Store, run: int) -> None:
    with store.write("import", "Import", "H. Weber") as writer:
        writer.settle(run, ImportItem("/in/a", "filed", "2026-000001"))
        store.imports.get(99)


def test_every_path_is_accounted_for_in_order(store: Store) -> None:
    run = begin(store)
    items = [
        ImportItem("/in/a", "filed", "2026-000001", title="A"),
        ImportItem("/in/b", "duplicate", "2026-000001"),
        ImportItem("/in/c", "refused", reason="It is empty.", detail="0 bytes"),
    ]
    with store.write("import", "Import of in", "H. Weber") as writer:
        writer.file(NewRecord(Description(title="A")))
        for item in items:
            writer.settle(run, item)
    store.imports.finish(run, "done", 2.5)
    assert list(store.imports.items(run)) == items
    assert store.imports.settled(run) == {"/in/a", "/in/b", "/in/c"}
    told = store.imports.get(run)
    assert (told.filed, told.duplicates, told.refused) == (1, 1, 1)
    assert (told.state, told.operation, told.seconds) == ("done", 1, 2.5)
    assert (told.paths, told.options) == (("/in", "/too"), {"series": "A"})
    assert store.imports.list() == [told]
    assert store.imports.operation(run) == 1


def test_outcomes_are_kept_although_nothing_was_filed(store: Store) -> None:
    run = begin(store)
    with store.write("import", "Import of in", "H. Weber") as writer:
        writer.settle(run, ImportItem("/in/b", "refused", reason="empty"))
    assert writer.operation == 0
    store.imports.set_operation(run, writer.operation)
    assert store.journal.operations() == []
    assert store.imports.settled(run) == {"/in/b"}


def test_outcomes_go_with_their_transaction(store: Store) -> None:
    run = begin(store)
    with pytest.raises(InputError):
        settle_and_fail(store, run)
    assert store.imports.settled(run) == set()


def test_a_running_import_is_nobody_elses(store: Store) -> None:
    run = begin(store)
    assert store.imports.get(run).state == "running"
    assert store.imports.resume_candidate(["/in", "/too"], {"series": "A"}) is None


def test_an_interrupted_one_is_taken_up_once(store: Store) -> None:
    run = begin(store)
    store.imports.finish(run, "interrupted", 10)
    assert store.imports.resume_candidate(["/in"], {"series": "A"}) is None
    assert store.imports.resume_candidate(["/in", "/too"], {"series": "B"}) is None
    assert store.imports.resume_candidate(["/in", "/too"], {"series": "A"}) == run
    assert store.imports.resume_candidate(["/in", "/too"], {"series": "A"}) is None
    store.imports.finish(run, "done", 5)
    assert store.imports.get(run).seconds == 15


@pytest.mark.parametrize("state", ["done", "stopped"])
def test_an_ended_one_is_not_taken_up(store: Store, state: str) -> None:
    store.imports.finish(begin(store), state, 1)
    assert store.imports.resume_candidate(["/in", "/too"], {"series": "A"}) is None


def test_an_import_whose_process_was_killed_is_taken_up(store: Store, folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", BEGIN, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        run = int(process.stdout.readline())
        assert store.imports.get(run).state == "running"
        assert store.imports.resume_candidate(["/in"], {"series": ""}) is None
        process.kill()
        process.wait()
    assert store.imports.get(run).state == "interrupted"
    assert store.imports.resume_candidate(["/in"], {"series": ""}) == run
    assert store.imports.get(run).state == "running"
    assert store.imports.settled(run) == {"/in/a"}


def test_an_unknown_import_is_said_so(store: Store) -> None:
    with pytest.raises(InputError):
        store.imports.get(1)
