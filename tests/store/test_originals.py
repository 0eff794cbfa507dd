"""Originals: kept before any record names them, under their digests, and proven."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest

from archivist.model.errors import StoppedError, StorageError
from archivist.model.progress import CancelToken
from archivist.model.record import Content, Description, Original
from archivist.store import NewRecord, Store


def content(folder: Path, name: str, data: bytes, *, temporary: bool = False) -> Content:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    return Content(path, name, "text/plain", digest, len(data), temporary)


def file(store: Store, *originals: Original) -> None:
    with store.write("file", "Filing", "H. Weber") as writer:
        for original in originals:
            writer.file(NewRecord(Description(title=original.name), original=original))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_bytes_are_kept_under_their_digest(store: Store, folder: Path, tmp_path: Path) -> None:
    contents = [content(tmp_path / "in", f"{n}.txt", b"%d" % n) for n in range(50)]
    kept = store.originals.keep(contents)
    assert [one.name for one in kept] == [f"{n}.txt" for n in range(50)]
    assert kept[7] == Original(contents[7].sha256, 1, "7.txt", "text/plain")
    path = store.originals.path(kept[7].sha256)
    assert path == folder / "originals" / kept[7].sha256[:2] / kept[7].sha256
    assert path.read_bytes() == b"7"
    assert names(folder / "originals") == {one.sha256 for one in kept}
    assert contents[7].path.exists()


def test_keeping_twice_writes_once(store: Store, tmp_path: Path) -> None:
    one = content(tmp_path / "in", "a.txt", b"a")
    other = content(tmp_path / "in", "b.txt", b"a")
    kept = store.originals.keep([one, other])
    before = store.originals.path(one.sha256).stat().st_mtime_ns
    assert store.originals.keep([one]) == kept[:1]
    assert store.originals.path(one.sha256).stat().st_mtime_ns == before
    assert [original.name for original in kept] == ["a.txt", "b.txt"]


def test_temporary_files_are_taken_over(store: Store, tmp_path: Path) -> None:
    contents = [content(tmp_path / "spool", name, b"a", temporary=True) for name in "ab"]
    store.originals.keep(contents)
    assert names(tmp_path / "spool") == set()


def test_a_file_that_changed_meanwhile_is_refused_and_nothing_is_left(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    good = content(tmp_path / "in", "good.txt", b"good")
    bad = content(tmp_path / "in", "bad.txt", b"bad")
    bad.path.write_bytes(b"worse")
    with pytest.raises(StorageError, match=r"bad\.txt changed"):
        store.originals.keep([good, bad])
    assert names(folder / "originals") == set()
    assert store.originals.keep([good])[0].sha256 == good.sha256


def test_a_file_that_is_gone_is_said_so(store: Store, tmp_path: Path) -> None:
    gone = content(tmp_path / "in", "gone.txt", b"gone")
    gone.path.unlink()
    with pytest.raises(StorageError, match=r"gone\.txt"):
        store.originals.keep([gone])


def test_a_half_written_original_is_replaced_by_a_whole_one(store: Store, tmp_path: Path) -> None:
    one = content(tmp_path / "in", "a.txt", b"whole")
    store.originals.keep([one])
    store.originals.path(one.sha256).write_bytes(b"hal")
    store.originals.keep([one])
    assert store.originals.path(one.sha256).read_bytes() == b"whole"


def test_verify_names_what_is_missing_altered_and_foreign(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    contents = [content(tmp_path / "in", name, name.encode()) for name in ("ab", "cd", "ef")]
    kept = store.originals.keep(contents)
    file(store, *kept)
    assert store.originals.verify() == []
    store.originals.path(kept[0].sha256).unlink()
    store.originals.path(kept[1].sha256).write_bytes(b"dc")
    (folder / "originals" / "notes.txt").write_text("mine")
    faults = store.originals.verify()
    assert faults == [
        *sorted(
            [
                f"The original {kept[0].sha256} is missing.",
                f"The original {kept[1].sha256} was altered.",
            ],
            key=lambda fault: fault.split()[2],
        ),
        "notes.txt is no original; it was put there by something else.",
    ]


def test_what_a_killed_import_left_is_no_fault_and_is_swept_later(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    left, named = store.originals.keep(
        [content(tmp_path / "in", name, name.encode()) for name in ("left", "named")]
    )
    file(store, named)
    half = folder / "originals" / ".incoming" / f"{left.sha256}.0badcafe"
    half.write_bytes(b"le")
    spooled = folder / "spool" / "backup-0badcafe.sqlite"
    spooled.write_bytes(b"half a copy")
    assert store.originals.verify() == []
    assert store.tidy() == 0
    kept = store.originals.path(named.sha256)
    for path in (half, spooled, kept, store.originals.path(left.sha256)):
        os.utime(path, (time.time() - 100_000,) * 2)
    assert store.tidy() == 3
    assert names(folder / "originals") == {named.sha256}
    assert names(folder / "spool") == set()


def test_verifying_can_be_stopped(store: Store, tmp_path: Path) -> None:
    file(store, *store.originals.keep([content(tmp_path / "in", "a", b"a")]))
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(StoppedError):
        store.originals.verify(cancel=cancel)
