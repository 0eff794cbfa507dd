"""Building aside, swapping in, stopping, waiting: the life of an index."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from archivist.model.errors import ArchiveBusyError, StoppedError
from archivist.model.progress import CancelToken, Progress
from archivist.model.query import Everything, Value, Word
from archivist.search import Entry, Index, IndexUnusableError
from archivist.search.locks import locked
from tests.search.making import ARCHIVE, MemorySeals, built


def some(count: int) -> Iterator[Entry]:
    for key in range(1, count + 1):
        yield Entry(key, f"Title {key}", "words of a treaty", "en", {"type": ("note",)})


def test_a_rebuild_reports_and_replaces(tmp_path: Path) -> None:
    seals, told = MemorySeals(), list[Progress]()
    old = Index.rebuild(tmp_path, seals, ARCHIVE, some(3), 1)
    held = old.searcher()
    new = Index.rebuild(tmp_path, seals, ARCHIVE, some(450), 9, told.append)
    assert [each.done for each in told] == [200, 400, 450]
    assert told[-1].total == 450
    assert held.find(Everything()).total == 3
    assert old.searcher().find(Everything()).total == 450
    assert new.sequence == old.sequence == 9
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 1


def test_a_rebuild_that_is_stopped_leaves_the_old_index(tmp_path: Path) -> None:
    seals, cancel = MemorySeals(), CancelToken()
    index = Index.rebuild(tmp_path, seals, ARCHIVE, some(3), 1)
    cancel.cancel()
    with pytest.raises(StoppedError):
        Index.rebuild(tmp_path, seals, ARCHIVE, some(900), 9, cancel=cancel)
    assert index.searcher().find(Everything()).total == 3
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 1


def test_two_rebuilds_at_once_are_refused(tmp_path: Path) -> None:
    with locked(tmp_path / "build.lock", 0), pytest.raises(ArchiveBusyError):
        built(tmp_path)


def test_a_search_that_is_stopped(tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(StoppedError):
        built(tmp_path, some(3)).searcher().find(Word("treaty"), cancel=cancel)


def test_an_unknown_order_is_refused(tmp_path: Path) -> None:
    searcher = built(tmp_path).searcher()
    with pytest.raises(ValueError, match="relevance, newest, oldest"):
        searcher.find(Everything(), sort="upwards")
    with pytest.raises(ValueError, match="upwards"):
        searcher.keys(Everything(), "upwards")


def test_a_patch_touches_no_text(tmp_path: Path) -> None:
    index = built(tmp_path, some(5))
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.rglob("*.pak")}
    index.apply(2, patch=[Entry(2, values={"type": ("letter",), "tag": ("x", "y")})])
    searcher = index.searcher()
    assert searcher.keys(Value("type", "letter")).tolist() == [2]
    assert searcher.keys(Value("tag", "y")).tolist() == [2]
    assert searcher.find(Word("treaty")).total == 5
    assert before == {path.name: path.stat().st_mtime_ns for path in tmp_path.rglob("*.pak")}


def test_of_two_who_follow_at_once_the_first_counts(tmp_path: Path) -> None:
    seals = MemorySeals()
    index = Index.rebuild(tmp_path, seals, ARCHIVE, some(3), 1)
    other = Index.open(tmp_path, seals, ARCHIVE)
    other.apply(5, remove=[1], since=1)
    index.apply(3, add=[Entry(1, "", "treaty", "en")], since=1)
    assert index.sequence == 5
    assert index.searcher().keys(Everything()).tolist() == [2, 3]
    index.apply(6, remove=[2], since=5)
    assert other.searcher().keys(Everything()).tolist() == [3]


def test_many_patches_are_gathered_into_a_new_base(tmp_path: Path) -> None:
    seals = MemorySeals()
    index = Index.rebuild(tmp_path, seals, ARCHIVE, some(100), 1)
    index.apply(2, patch=[Entry(5, values={"mark": ("m",)})])
    for number in range(25):
        tag = (f"t{number}", "both")
        index.apply(number + 3, patch=[Entry(key, values={"tag": tag}) for key in range(1, 101)])
    names = {path.name for path in tmp_path.rglob("columns-*")}
    assert names == {"columns-2.pak", "columns-2.log"}
    again = Index.open(tmp_path, seals, ARCHIVE).searcher()
    assert again.values("tag") == [("both", 100), ("t24", 100)]
    assert again.values("mark") == []


def test_values_and_years(tmp_path: Path) -> None:
    days = ("2012", "2012-05", "1999-12-31", "")
    index = built(
        tmp_path,
        [
            Entry(key, "", "", "", {"country": ("FR", "RU")[: key % 3]}, {"date": day})
            for key, day in enumerate(days, 1)
        ],
    )
    searcher = index.searcher()
    assert searcher.values("country") == [("FR", 3), ("RU", 1)]
    assert searcher.values("year") == [("1999", 1), ("2012", 2)]
    assert searcher.spread() == [(1999, 1), (2012, 2)]
    index.apply(2, remove=[1])
    assert index.searcher().spread("date") == [(1999, 1), (2012, 1)]
    assert index.searcher().count == 3


def test_the_same_language_decides_stems_and_can_be_changed(tmp_path: Path) -> None:
    index = built(tmp_path, [Entry(1, "", "nationaux", "fr"), Entry(2, "", "nationaux", "en")])
    assert index.searcher().keys(Word("national")).tolist() == [1]
    index.apply(2, patch=[Entry(1, language="en"), Entry(2, language="fr")])
    assert index.searcher().keys(Word("national")).tolist() == [2]


def test_threads_share_an_index_while_one_writes(tmp_path: Path) -> None:
    index, last = built(tmp_path), 40

    def read() -> int:
        looks = 0
        while (searcher := index.searcher()).sequence < last:
            found = searcher.find(Value("type", "note"), facets=("tag",))
            assert found.total == searcher.count == searcher.sequence - 1
            assert sum(count for _, count in found.facets["tag"]) == found.total
            looks += 1
        return looks

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(3)]
        for key in range(1, last):
            values = {"type": ("note",), "tag": (f"t{key}",)}
            index.apply(key + 1, add=[Entry(key, "", "treaty", "en", values)])
        assert all(reader.result(60) > 0 for reader in readers)


def test_a_closed_folder_is_noticed(tmp_path: Path) -> None:
    index = built(tmp_path / "index", some(2))
    (tmp_path / "index").rename(tmp_path / "elsewhere")
    with pytest.raises(IndexUnusableError):
        index.searcher()


def valued(key: int, name: str) -> Entry:
    return Entry(
        key, f"Title {key}", "a treaty", "en", {"originator": (name,), "ref": (f"R{key}",)}
    )


def test_who_follows_reads_the_same_values_as_who_opens_anew(tmp_path: Path) -> None:
    """Names are carried over from state to state while both sides number them alike, no longer."""
    seals = MemorySeals()
    writer = Index.rebuild(tmp_path, seals, ARCHIVE, (valued(key, "Old") for key in range(1, 9)), 1)
    reader = Index.open(tmp_path, seals, ARCHIVE)
    lazy = Index.open(tmp_path, seals, ARCHIVE)
    key, bases = 9, set()
    for turn in range(2, 12):
        added = [valued(key + n, f"Turn {turn}, {n % 7}") for n in range(700)]
        writer.apply(turn, add=added)
        if turn % 3 == 0:  # named, and named otherwise before the next one looks
            writer.apply(turn, patch=[valued(key, f"Passing {turn}")])
            writer.apply(turn, patch=[valued(key, f"Lasting {turn}")])
        key += 700
        bases.add(str(seals.load()["sealed"]["columns"]))  # type: ignore[index] # JSON
        fresh = Index.open(tmp_path, seals, ARCHIVE).searcher()
        for looking in (reader, lazy) if turn % 4 == 0 else (reader,):
            searcher = looking.searcher()
            assert searcher.values("originator") == fresh.values("originator")
            assert searcher.values("ref", 50) == fresh.values("ref", 50)
            for name in (f"Turn {turn}, 3", "Lasting 3", "Passing 3", "Old"):
                wanted = Value("originator", name, exact=True)
                assert sorted(searcher.keys(wanted)) == sorted(fresh.keys(wanted))
    assert len(bases) > 2
