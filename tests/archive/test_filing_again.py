"""Filing the same once more: quick, each path named once, and right whatever happens meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist import Archive
from archivist.archive.results import FilingReport
from archivist.model.progress import Progress
from archivist.model.record import State
from tests.intake.making import WORDS, letter, packed

ROWS = 450


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "mission.archive") as found:
        yield found


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    rows = ({"title": f"T{n}", "body": f"{n} {WORDS}"} for n in range(ROWS))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def named(report: FilingReport) -> list[str]:
    return [one.path for part in (report.filed, report.duplicates) for one in part]


def test_everything_is_named_a_duplicate_of_its_record(archive: Archive, catalogue: Path) -> None:
    first = archive.file([catalogue])
    refs = {one.path: one.ref for one in first.filed}
    again = archive.file([catalogue])
    assert not again.filed
    assert {one.path: one.ref for one in again.duplicates} == refs
    assert archive.search("*").total == ROWS


def test_the_trash_counts(archive: Archive, catalogue: Path) -> None:
    first = archive.file([catalogue])
    archive.delete([one.ref for one in first.filed[:7]])
    assert len(archive.file([catalogue]).duplicates) == ROWS


def test_what_is_new_in_a_known_container_is_filed(archive: Archive, tmp_path: Path) -> None:
    mail = letter(attachments={"note.txt": f"A note. {WORDS}".encode()})
    path = tmp_path / "x.zip"
    path.write_bytes(packed({"a.eml": mail}))
    archive.file([path])
    path.write_bytes(packed({"a.eml": mail, "b.txt": f"New. {WORDS}".encode()}))
    report = archive.file([path])
    assert [one.path for one in report.filed] == [f"{path}::b.txt"]
    assert len(report.duplicates) == 2


def test_an_attachment_is_tied_to_a_message_that_is_known(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(letter(attachments={"note.txt": f"A note. {WORDS}".encode()}))
    (message, note) = archive.file([path]).filed
    (filing,) = [one.operation for one in archive.history(limit=1)]
    archive.undo(filing)
    again = archive.file([path]).filed
    assert [one.path for one in again] == [message.path, note.path]
    assert [one.ref for one in archive.attachments(archive.record(again[0].ref))] == [again[1].ref]


def test_taken_back_while_it_is_filed_again(archive: Archive, catalogue: Path) -> None:
    """What was thought a duplicate, and is none any more, is read whole and filed."""
    archive.file([catalogue])

    def take_back(progress: Progress) -> None:
        if (
            progress.done
            and archive.count(State.FILED) == ROWS
            and not archive.count(State.CANCELLED)
        ):
            archive.undo()

    again = archive.file([catalogue], progress=take_back)
    assert sorted(named(again)) == sorted(f"{catalogue}::{n}" for n in range(1, ROWS + 1))
    assert len(again.duplicates) == 200
    assert len(again.filed) == ROWS - 200
    assert all(WORDS in archive.text(archive.record(one.ref)) for one in again.filed)
    assert archive.check().ok


def test_a_row_whose_code_is_taken_is_filed_without_it(tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text(
        "title,body,code\nFirst,One text of its own.,VAL-1\nSecond,Another text.,VAL-1\n",
        encoding="utf-8",
    )
    with Archive.create(tmp_path / "codes.archive") as archive:
        report = archive.file([rows])
        assert not report.refused
        first, second = (archive.record(one.ref) for one in report.filed)
        assert (first.description.code, second.description.code) == ("VAL-1", "")
        assert second.description.custom["code_as_given"] == "VAL-1"
        assert "VAL-1" in report.filed[1].note
        assert archive.check().ok
