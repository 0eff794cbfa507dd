"""The public Python API, as CLI.md shows it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist import Archive
from archivist.archive.batching import BATCH, batches
from archivist.model.errors import InputError, QueryError, UnknownRecordError
from archivist.model.progress import CancelToken, Progress
from archivist.model.record import Description, Draft, State

WORDS = (
    "The Minister of Foreign Affairs of Valdora received the ambassador of Estrea and spoke of the "
    "strategic partnership between both states number {0} on 4 May 20{1:02} in Port Halden."
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "mission.archive") as found:
        yield found


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(12):
        text = WORDS.format(number, number + 1)
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return folder


def draft(path: str) -> Draft:
    return Draft(path, Description(title=path), frozenset(), "", path)


def test_the_example_of_the_manual_works(archive: Archive, inbox: Path, tmp_path: Path) -> None:
    reports: list[Progress] = []
    report = archive.file([inbox], progress=reports.append)
    assert len(report.filed) == 12
    assert not report.duplicates
    assert not report.refused
    assert reports[-1].done == 12
    found = archive.search('"strategic partnership" date:2010..', limit=20, facets=True)
    assert found.total == 3
    assert found.reading
    assert [hit.date[:4] for hit in found.hits]
    written = archive.write_dossier(tmp_path / "d.docx", query="partnership", layout=False)
    assert written.records == 12


def test_every_hit_is_marked_in_its_excerpt(archive: Archive, inbox: Path) -> None:
    archive.file([inbox])
    for hit in archive.search('"strategic partnership" ambassador').hits:
        marked = [hit.excerpt.text[start:end] for start, end in hit.excerpt.marks]
        assert sorted(marked) == ["ambassador", "strategic partnership"]
        assert hit.hits == 2


def test_a_page_of_keys_is_the_page_of_the_search(archive: Archive, inbox: Path) -> None:
    archive.file([inbox])
    keys = archive.find_keys("partnership", "oldest")
    found = archive.search("partnership", sort="oldest", limit=5, offset=3)
    assert [hit.record.id for hit in found.hits] == keys[3:8]
    assert [hit.ref for hit in archive.hits(keys[3:8], "partnership")] == [
        h.ref for h in found.hits
    ]


def test_a_record_may_have_no_file(archive: Archive) -> None:
    description = Description(title="Note from the safe", date="1953", doctype="note")
    record = archive.type_in(description, "The Legation presents its compliments.\n")
    assert archive.original_path(record) is None
    assert [hit.ref for hit in archive.search("compliments date:1953").hits] == [record.ref]
    archive.undo()
    assert archive.search("*").total == 0
    archive.redo()
    assert archive.search("compliments").total == 1


def test_a_text_is_corrected_as_a_new_version(archive: Archive, inbox: Path) -> None:
    archive.file([inbox / "00.txt"])
    (hit,) = archive.search("*").hits
    before = archive.text(hit.record)
    archive.correct_text(hit.ref, before.replace("Valdora", "Marrowgate"))
    corrected = archive.record(hit.ref)
    assert corrected.text_version == 2
    assert archive.search("text:Marrowgate").total == 1
    assert archive.search("text:Valdora").total == 0
    archive.undo()
    assert archive.text(archive.record(hit.ref)) == before
    assert archive.search("text:Valdora").total == 1


def test_an_original_is_added_and_replaced(archive: Archive, tmp_path: Path) -> None:
    record = archive.type_in(Description(title="Typed"), "From paper.")
    scan = tmp_path / "scan.txt"
    scan.write_text("scan", encoding="utf-8")
    archive.set_original(record.ref, scan)
    path = archive.original_path(archive.record(record.ref))
    assert path is not None
    assert path.read_text(encoding="utf-8") == "scan"
    assert archive.search("has:original").total == 1
    archive.undo()
    assert archive.record(record.ref).original is None
    assert archive.search("has:original").total == 0


def test_a_changed_title_is_found_by_its_words(archive: Archive, inbox: Path) -> None:
    archive.file([inbox])
    (hit, *_) = archive.search("*").hits
    archive.edit({"title": "Zephyr protocol"}, refs=[hit.ref])
    assert [one.ref for one in archive.search("title:zephyr").hits] == [hit.ref]
    archive.undo()
    assert archive.search("zephyr").total == 0


def test_checked_records_leave_the_inbox(archive: Archive, inbox: Path) -> None:
    archive.file([inbox])
    refs = [hit.ref for hit in archive.search("in:inbox", limit=5).hits]
    assert archive.confirm(refs).records
    assert archive.search("in:inbox").total == 7
    assert not archive.record(refs[0]).proposed
    archive.undo()
    assert archive.search("in:inbox").total == 12


def test_undo_names_what_was_changed_later_and_leaves_it(archive: Archive, inbox: Path) -> None:
    archive.file([inbox])
    refs = [hit.ref for hit in archive.search("*", limit=3).hits]
    bulk = archive.edit({"place": "Teveril"}, refs=refs)
    archive.edit({"place": "Orsa"}, refs=refs[:1])
    report = archive.undo(bulk.operation)
    assert [(one.ref, one.field) for one in report.conflicts] == [(refs[0], "place")]
    assert archive.record(refs[0]).description.place == "Orsa"
    assert archive.record(refs[1]).description.place != "Teveril"


def test_undo_titles_are_words(archive: Archive, inbox: Path) -> None:
    assert archive.undo_title() is None
    archive.file([inbox])
    archive.edit({"date": "2012"}, query="*")
    assert archive.undo_title() == "Change of date"
    archive.undo()
    assert archive.redo_title() == "Change of date"
    assert archive.undo_title() == "Import of inbox"


def test_trash_counts_for_duplicates(archive: Archive, inbox: Path) -> None:
    archive.file([inbox])
    archive.delete([hit.ref for hit in archive.search("*", limit=2).hits])
    report = archive.file([inbox])
    assert len(report.duplicates) == 12
    assert len(archive.trash_page()) == archive.count(State.TRASHED) == 2


def test_two_archives_objects_see_each_others_changes(archive: Archive, inbox: Path) -> None:
    with Archive.open(archive.path) as other:
        archive.file([inbox])
        assert other.search("partnership").total == 12
        other.delete([other.search("*").hits[0].ref])
        assert archive.search("partnership").total == 11


def test_an_archive_is_shared_by_threads(archive: Archive, inbox: Path) -> None:
    archive.file([inbox])
    totals: list[int] = []

    def ask() -> None:
        totals.extend(archive.search("partnership").total for _ in range(10))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert totals == [12] * 40


def test_a_stopped_import_keeps_what_was_acknowledged_and_goes_on(
    archive: Archive, tmp_path: Path
) -> None:
    rows = tmp_path / "many.csv"
    lines = [f"Title {n},{WORDS.format(n, n % 90)}" for n in range(900)]
    rows.write_text("title,body\n" + "\n".join(lines) + "\n", encoding="utf-8")
    cancel = CancelToken()

    def stop_soon(progress: Progress) -> None:
        if progress.done >= BATCH:
            cancel.cancel()

    first = archive.file([rows], progress=stop_soon, cancel=cancel)
    assert first.stopped
    assert 0 < len(first.filed) < 900
    assert archive.search("*").total == len(first.filed)
    second = archive.file([rows])
    assert not second.stopped
    assert len(second.filed) + len(second.duplicates) == 900
    assert archive.search("*").total == 900


def test_faults_of_the_user_are_told_apart(archive: Archive, inbox: Path) -> None:
    with pytest.raises(QueryError) as fault:
        archive.search("date:2010-99")
    assert fault.value.end > fault.value.start
    with pytest.raises(UnknownRecordError):
        archive.record("2099-000001")
    with pytest.raises(InputError):
        archive.write_dossier(inbox / "x.docx", query="*")


def test_none_waits_long_for_its_batch() -> None:
    def slow() -> Iterator[Draft]:
        yield draft("a")
        time.sleep(1.6)
        yield draft("b")

    sizes = [[one.path for one in batch] for batch in batches(slow(), CancelToken())]
    assert sizes == [["a"], ["b"]]


def test_batches_are_bounded_and_lose_nothing() -> None:
    drafts = [draft(str(number)) for number in range(2 * BATCH + 7)]
    gathered = list(batches(iter(drafts), CancelToken()))
    assert max(map(len, gathered)) <= BATCH
    assert [one for batch in gathered for one in batch] == drafts


def test_a_fault_while_reading_reaches_the_caller() -> None:
    def broken() -> Iterator[Draft]:
        yield draft("a")
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        list(batches(broken(), CancelToken()))


def test_damage_that_shows_while_searching_is_mended(archive: Archive, inbox: Path) -> None:
    archive.file([inbox])
    archive.close()
    for number, path in enumerate(sorted((archive.path / "index").rglob("*"))):
        if path.is_file() and path.stat().st_size > 600:
            with path.open("r+b") as file:
                file.seek(path.stat().st_size - 40 - number % 7)
                file.write(b"\xff\x00\xff\x00")
    with Archive.open(archive.path) as again:
        assert again.search('"strategic partnership"', facets=True).total == 12
        assert len(again.find_keys("partnership")) == 12
        assert again.check().ok
