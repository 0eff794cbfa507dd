"""An archive in one file, and back."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from archivist.model.errors import ArchiveDamagedError, ArchivistError, InputError, StoppedError
from archivist.model.progress import CancelToken, Progress
from archivist.model.record import Content, Description
from archivist.store import NewRecord, Store


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    contents = []
    for name in ("one", "two", "three"):
        (tmp_path / name).write_bytes(name.encode())
        digest = hashlib.sha256(name.encode()).hexdigest()
        contents.append(Content(tmp_path / name, name, "text/plain", digest, len(name)))
    with store.write("file", "Filing", "H. Weber") as writer:
        for original in store.originals.keep(contents):
            writer.file(NewRecord(Description(original.name), text="text", original=original))
    with store.write("delete", "Deletion", "H. Weber") as writer:
        writer.trash(2)
    return store


def test_what_is_restored_is_what_was_backed_up(filled: Store, tmp_path: Path) -> None:
    target = tmp_path / "mission.backup"
    done = filled.backup(target)
    assert (done.records, done.originals, done.faults) == (3, 3, ())
    assert done.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    restored = Store.restore(target, tmp_path / "again.archive")
    assert restored == done
    with Store.open(tmp_path / "again.archive") as again:
        assert again.id == filled.id
        assert again.records.many([1, 2, 3]) == filled.records.many([1, 2, 3])
        assert again.journal.head_hash() == filled.journal.head_hash()
        assert again.journal.verify() == again.originals.verify() == again.integrity() == []
        with again.write("edit", "Change", "H. Weber") as writer:
            assert writer.describe(1, {"title": "uno"}) == {"title"}
    assert {path.name for path in tmp_path.iterdir()} == {
        "again.archive",
        "mission.archive",
        "mission.backup",
        *("one", "two", "three"),
    }
    assert not list((filled.folder / "spool").iterdir())


def test_the_manifest_says_what_is_in_it(filled: Store, tmp_path: Path) -> None:
    filled.backup(tmp_path / "x.backup")
    with zipfile.ZipFile(tmp_path / "x.backup") as pack:
        manifest = json.loads(pack.read("manifest.json"))
        assert {info.compress_type for info in pack.infolist()} == {zipfile.ZIP_STORED}
        for name, digest in manifest["files"].items():
            assert hashlib.sha256(pack.read(name)).hexdigest() == digest
        assert set(pack.namelist()) == {*manifest["files"], "manifest.json"}
    assert manifest["journal"] == {"head": 4, "hash": filled.journal.head_hash()}
    assert (manifest["name"], manifest["records"]) == ("Mission", 3)


def test_a_backup_is_taken_while_a_transaction_is_open(filled: Store, tmp_path: Path) -> None:
    with Store.open(filled.folder) as other, other.write("file", "Filing", "J. Marsh") as writer:
        writer.file(NewRecord(Description("not yet")))
        writer.flush()
        assert filled.backup(tmp_path / "x.backup").records == 3


def test_an_archive_that_lost_originals_is_backed_up_all_the_same(
    filled: Store, tmp_path: Path
) -> None:
    paths = sorted(path for path in (filled.folder / "originals").rglob("*") if path.is_file())
    paths[0].unlink()
    paths[1].write_bytes(b"other")
    done = filled.backup(tmp_path / "x.backup")
    assert [fault.split()[-1] for fault in done.faults] == ["missing.", "altered."]
    assert Store.restore(tmp_path / "x.backup", tmp_path / "again.archive").faults == done.faults


def rewrite(source: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(source) as pack:
        members = {name: pack.read(name) for name in pack.namelist()}
    change(members)
    with zipfile.ZipFile(source, "w") as pack:
        for name, data in members.items():
            pack.writestr(name, data)


def manifest_with(members: dict[str, bytes], **values: object) -> None:
    manifest = json.loads(members["manifest.json"]) | values
    members["manifest.json"] = json.dumps(manifest).encode()


def original_of(members: dict[str, bytes]) -> str:
    return next(name for name in members if name.startswith("originals/"))


def altered(members: dict[str, bytes]) -> None:
    members[original_of(members)] = b"other"


def lacking(members: dict[str, bytes]) -> None:
    del members[original_of(members)]


def escaping(members: dict[str, bytes]) -> None:
    members["../evil"] = b"evil"
    files = json.loads(members["manifest.json"])["files"]
    manifest_with(members, files=files | {"../evil": hashlib.sha256(b"evil").hexdigest()})


def another_head(members: dict[str, bytes]) -> None:
    manifest_with(members, journal={"head": 4, "hash": "0" * 64})


def no_manifest(members: dict[str, bytes]) -> None:
    del members["manifest.json"]


def newer(members: dict[str, bytes]) -> None:
    manifest_with(members, format=2)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (altered, ArchiveDamagedError),
        (lacking, ArchiveDamagedError),
        (escaping, ArchiveDamagedError),
        (another_head, ArchiveDamagedError),
        (no_manifest, InputError),
        (newer, InputError),
    ],
)
def test_a_damaged_backup_is_refused_and_leaves_nothing(
    filled: Store,
    tmp_path: Path,
    change: Callable[[dict[str, bytes]], None],
    error: type[ArchivistError],
) -> None:
    filled.backup(tmp_path / "x.backup")
    rewrite(tmp_path / "x.backup", change)
    before = {path.name for path in tmp_path.iterdir()}
    with pytest.raises(error):
        Store.restore(tmp_path / "x.backup", tmp_path / "again.archive")
    assert {path.name for path in tmp_path.iterdir()} == before


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.backup").write_bytes(b"no zip")
    with pytest.raises(InputError, match="no backup"):
        Store.restore(tmp_path / "x.backup", tmp_path / "again.archive")


def test_a_folder_in_use_is_left_alone(filled: Store, tmp_path: Path) -> None:
    filled.backup(tmp_path / "x.backup")
    with pytest.raises(InputError, match="not empty"):
        Store.restore(tmp_path / "x.backup", filled.folder)


def test_stopping_leaves_no_half_backup(filled: Store, tmp_path: Path) -> None:
    cancel = CancelToken()

    def stop(progress: Progress) -> None:
        if progress.phase == "Copying originals":
            cancel.cancel()

    before = {path.name for path in tmp_path.iterdir()}
    with pytest.raises(StoppedError):
        filled.backup(tmp_path / "x.backup", stop, cancel)
    assert {path.name for path in tmp_path.iterdir()} == before
