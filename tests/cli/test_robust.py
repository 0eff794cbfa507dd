"""Whatever is given and whatever happens, a script reads one JSON object and a right status."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from archivist import Archive
from archivist.cli import commands
from tests.cli.conftest import RELEASE, Run

COMMAND = (sys.executable, "-m", "archivist.cli")


@pytest.mark.parametrize("word", ["search", "Port Halden", "-type:note"])
def test_any_query_may_stand_behind_its_option(run: Run, filed: dict[str, str], word: str) -> None:
    answer = run("edit", "--query", word, "--set", "mark=internal", "--dry-run")
    assert answer.status == 0
    expected = {"search": 0, "Port Halden": 2, "-type:note": 1}
    assert answer.json["changed"] == expected[word]


def test_options_that_are_repeated_add_up(run: Run, filed: dict[str, str]) -> None:
    refs = [part for ref in filed.values() for part in ("--refs", ref)]
    answer = run("edit", *refs, "--set", "mark=internal", "--set", "place=Teveril")
    assert answer.json["changed"] == 2
    assert run("search", "mark:internal place:teveril").json["total"] == 2
    twice = run("edit", *refs, "--set", "place=Teveril", "place=Kess")
    assert twice.status == 2
    assert "twice" in twice.json["error"]["message"]


@pytest.mark.parametrize(
    "line",
    [
        ("search", "*", "--limit", "many"),
        ("history", "--limit", "99999999999999999999"),
        ("undo", "--operation", "99999999999999999999"),
        ("show", "\udcff"),
        ("edit", "--query", "*", "--set", "title=\udcff"),
        ("backup", "."),
        ("backup", ""),
        ("restore", "nothing.backup", "new.archive"),
    ],
)
def test_what_cannot_be_used_is_wrong_usage(
    run: Run, filed: dict[str, str], line: tuple[str, ...]
) -> None:
    answer = run(*line)
    assert answer.status == 2
    assert answer.json["error"]["message"]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (KeyboardInterrupt(), (130, "stopped")),
        (OSError(28, "No space left on device"), (3, "storage")),
        (ZeroDivisionError("ours"), (1, "internal")),
    ],
)
def test_whatever_happens_is_told_in_one_object(
    run: Run,
    archive: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: BaseException,
    expected: tuple[int, str],
) -> None:
    def fails(*_given: object) -> int:
        raise fault

    monkeypatch.setitem(commands.COMMANDS, "check", fails)
    answer = run("check")
    assert (answer.status, answer.json["error"]["kind"]) == expected


def test_names_that_are_no_text_are_filed_and_told_as_they_are(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"in\xffbox")
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system knows only names that are text")
    (folder / os.fsdecode(b"a\xfe.txt")).write_text(RELEASE, encoding="utf-8")
    assert run("new", folder / "mission.archive").status == 0
    answer = run("import", folder / os.fsdecode(b"a\xfe.txt"), "--workers", "1")
    assert answer.status == 0
    assert answer.json["filed"][0]["path"].endswith("in\\xffbox/a\\xfe.txt")
    written = run("dossier", folder / "all.csv", "--query", "*").json["written"]
    assert Path(written).is_file()


def test_a_reader_that_goes_away_is_no_fault(archive: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    for mode in ((), ("--json",)):
        done = subprocess.run(
            [*COMMAND, *mode, "history"], stdout=write, stderr=subprocess.PIPE, check=False
        )
        assert (done.returncode, done.stderr) == (0, b"")
    os.close(write)


def test_a_database_that_is_cut_off_is_damaged(
    run: Run, filed: dict[str, str], archive: Path
) -> None:
    (archive / "archive.sqlite").write_bytes(b"")
    answer = run("search", "*")
    assert (answer.status, answer.json["error"]["kind"]) == (3, "archive-damaged")


def test_a_backup_that_lacks_an_original_says_so(
    run: Run, filed: dict[str, str], archive: Path, tmp_path: Path
) -> None:
    next(path for path in (archive / "originals").rglob("*") if path.is_file()).unlink()
    answer = run("backup", tmp_path / "a.backup")
    assert answer.status == 1
    assert len(answer.json["faults"]) == 1


def test_an_archive_is_restored_into_the_folder_at_hand(
    run: Run, filed: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("backup", tmp_path / "a.backup").status == 0
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert run("restore", tmp_path / "a.backup", ".").status == 0
    assert run("--archive", ".", "search", "*").json["total"] == 2


def test_a_record_shows_all_of_its_history(run: Run, filed: dict[str, str], archive: Path) -> None:
    ref = filed["note.txt"]
    with Archive.open(archive) as opened:
        for number in range(205):
            opened.edit({"place": f"Place {number}"}, refs=[ref])
    assert len(run("history", ref).json["events"]) == 206
    assert len(run("show", ref).json["history"]) == 206
    assert len(run("history", ref, "--limit", "2").json["events"]) == 2
