"""Every file given or found comes once, in order; what cannot be opened is named."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from archivist.intake.sources import Source, is_system, walk
from archivist.model.names import readable
from archivist.model.record import Refusal


def names(*paths: Path | str) -> list[str]:
    return [found.name if isinstance(found, Source) else found.path for found in walk(paths)]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.txt", "sub/z.txt", "sub/deep/y.txt", ".hidden", "Thumbs.db"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / "in" / "~$lock.docx").write_text("x")
    return tmp_path / "in"


def test_folders_are_walked_in_sorted_order(tree: Path) -> None:
    found = [Path(name).relative_to(tree).as_posix() for name in names(tree)]
    assert found == ["a.txt", "b.txt", "sub/deep/y.txt", "sub/z.txt"]


def test_paths_stay_as_given(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree.parent)
    assert names("in/a.txt", "./in/b.txt") == ["in/a.txt", "./in/b.txt"]
    assert names("in/sub/")[0] == f"in/sub/deep{os.sep}y.txt"


def test_a_file_given_twice_comes_once(tree: Path) -> None:
    assert len(names(tree / "a.txt", tree, tree)) == 4


def test_a_hidden_file_given_itself_is_taken(tree: Path) -> None:
    assert names(tree / ".hidden") == [str(tree / ".hidden")]


def test_a_missing_path_is_refused_with_words(tmp_path: Path) -> None:
    (found,) = walk([tmp_path / "nowhere.txt"])
    assert isinstance(found, Refusal)
    assert "no such file" in found.reason


@pytest.mark.skipif(sys.platform == "win32", reason="no such links and pipes there")
def test_links_and_pipes(tree: Path) -> None:
    (tree / "loop").symlink_to(tree)
    (tree / "broken").symlink_to(tree / "gone")
    os.mkfifo(tree / "pipe")
    refused = {Path(one.path).name for one in walk([tree]) if isinstance(one, Refusal)}
    assert refused == {"broken", "pipe"}
    assert len(names(tree)) == 6


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
def test_a_name_that_is_no_text_is_written_out(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    Path(path).write_text("x")
    (found,) = walk([tmp_path])
    assert isinstance(found, Source)
    assert found.name.endswith("caf\\xe9.txt")
    assert found.path.read_text() == "x"
    assert readable("é") == "é"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("__MACOSX/._a.txt", True),
        ("a/.DS_Store", True),
        ("a/b.txt", False),
        ("../a.txt", False),
        ("./a.txt", False),
        ("a\\Thumbs.db", True),
    ],
)
def test_system_files_in_containers(name: str, expected: bool) -> None:
    assert is_system(name) is expected


def test_a_link_to_itself_is_refused_and_the_rest_is_found(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")
    (tmp_path / "a").symlink_to("a")
    found = list(walk([tmp_path]))
    assert [type(one).__name__ for one in found] == ["Refusal", "Source"]


def test_an_archive_is_not_filed_into_itself(tmp_path: Path) -> None:
    own = tmp_path / "inbox" / "mission.archive"
    (own / "originals" / "ab").mkdir(parents=True)
    (own / "originals" / "ab" / "abc").write_text("kept", encoding="utf-8")
    (own / "archive.sqlite").write_bytes(b"SQLite format 3")
    (tmp_path / "inbox" / "note.txt").write_text("A note.", encoding="utf-8")
    archive, note = walk([tmp_path / "inbox"])
    assert isinstance(archive, Refusal)
    assert archive.path == str(own)
    assert isinstance(note, Source)
