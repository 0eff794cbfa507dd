"""An archive that is moved, copied in part, or damaged while it is open or before."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from archivist import Archive
from archivist.model.errors import ArchivistError, StorageError
from archivist.model.record import Description
from archivist.store import Store


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "mission.archive") as found:
        found.type_in(Description(title="A treaty"), "The text of the treaty.")
        assert found.search("treaty").total == 1
        yield found


def test_an_archive_that_moves_while_open_leaves_nothing_where_it_was(
    archive: Archive, tmp_path: Path
) -> None:
    (tmp_path / "new.txt").write_text("A wholly new document.", encoding="utf-8")
    archive.path.rename(tmp_path / "moved.archive")
    for use in (
        lambda: archive.search("treaty"),
        archive.reindex,
        lambda: archive.set_original(archive.record(1).ref, tmp_path / "new.txt"),
    ):
        with pytest.raises((ArchivistError, OSError)):
            use()
    assert not archive.path.exists()
    (tmp_path / "moved.archive").rename(archive.path)
    assert archive.search("treaty").total == 1


def test_a_copy_without_its_empty_folders_is_an_archive(archive: Archive, tmp_path: Path) -> None:
    copy = tmp_path / "copy.archive"
    copy.mkdir()
    archive.close()
    shutil.copy(archive.path / "archive.sqlite", copy)
    (tmp_path / "new.txt").write_text("A wholly new document.", encoding="utf-8")
    with Archive.open(copy) as found:
        assert len(found.file([tmp_path / "new.txt"], workers=1).filed) == 1


@pytest.mark.parametrize("kept", ["{broken", "[]", '"words"', '{"sealed": {"archive": 1}}'])
def test_what_the_archive_remembers_for_itself_may_be_lost(archive: Archive, kept: str) -> None:
    with Store.open(archive.path) as store:
        for key in ("index.seals", "marks"):
            store.state.set(key, None)
        db = store.state._connections.current()
        db.execute("UPDATE state SET value = ?", (kept,))
    assert archive.search("treaty").total == 1
    assert archive.check().ok


def test_an_index_that_is_no_folder_is_told_in_words(archive: Archive) -> None:
    shutil.rmtree(archive.path / "index")
    (archive.path / "index").write_text("a file", encoding="utf-8")
    with pytest.raises(StorageError, match="index"):
        archive.search("treaty")
    assert {one.name: one.result for one in archive.check().checks}["index"] == "not run"
    (archive.path / "index").unlink()
    assert archive.search("treaty").total == 1


def test_several_who_miss_the_index_wait_for_the_one_that_builds_it(
    archive: Archive, tmp_path: Path
) -> None:
    rows = "".join(
        f"Title {i},The ministers met on the river for the {i}th time\n" for i in range(900)
    )
    (tmp_path / "rows.csv").write_text(f"title,body\n{rows}", encoding="utf-8")
    archive.file([tmp_path / "rows.csv"], workers=1)
    shutil.rmtree(archive.path / "index")
    others = [Archive.open(archive.path) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        totals = list(pool.map(lambda one: one.search("river", limit=0).total, others))
    for one in others:
        one.close()
    assert totals == [900] * 3
