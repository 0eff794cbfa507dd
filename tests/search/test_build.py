"""Large builds: by children, taken up after a kill, stopped, with children that die."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typing_extensions import override

from archivist.model.errors import StoppedError
from archivist.model.progress import CancelToken
from archivist.model.query import Everything, Phrase, Word
from archivist.search import Entry, Index, build, bulk
from archivist.search.seals import Begun, Sealed
from tests.search.making import ARCHIVE, MemorySeals

MANY = 4_000


def entry(key: int) -> Entry:
    text = f"Number {key} of the treaty. It was signed in {1800 + key % 200} by the parties."
    return Entry(key, f"Title {key}", text, "en", {"type": (f"kind{key % 3}",)})


def some(count: int) -> list[Entry]:
    return [entry(key) for key in range(1, count + 1)]


def answers(index: Index) -> list[object]:
    searcher = index.searcher()
    found = searcher.find(Everything(), facets=("type",))
    ask = (Word("1850"), Phrase("of the treaty"), Word("17"), Word("signs"))
    return [found.total, found.facets, *(sorted(searcher.keys(q).tolist()) for q in ask)]


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments of a thousand records at most, so that little data makes several."""
    monkeypatch.setattr(bulk.Bulk.__init__, "__defaults__", (1_000,))
    monkeypatch.setattr(build, "SHARED_DOCS", 1_000)


def begun_of(seals: MemorySeals) -> Begun:
    begun = Begun.from_json(seals.load_begun(), ARCHIVE)
    assert begun is not None
    return begun


@pytest.mark.usefixtures("small_pieces")
def test_children_build_what_one_process_builds(tmp_path: Path) -> None:
    entries = some(MANY)
    indexes = []
    for processes in (1, 2):
        folder = tmp_path / str(processes)
        indexes.append(
            Index.rebuild(folder, MemorySeals(), ARCHIVE, entries, 3, processes=processes)
        )
        assert not list(folder.rglob("spool-*"))
    one, two = indexes
    assert answers(one) == answers(two)
    assert one.sequence == two.sequence == 3
    assert one.verify() == two.verify() == []
    assert len(one.searcher().parts) == len(two.searcher().parts) == MANY // 1_000


class Cut(BaseException):
    """What stands for the end of a process, in a test."""


def cut_off(entries: list[Entry], after: int) -> Iterator[Entry]:
    yield from entries[:after]
    raise Cut


@pytest.fixture
def begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_pieces: None
) -> tuple[Path, MemorySeals]:
    """A build that was cut off after 2,500 of the records: two pieces stand."""
    seals = MemorySeals()
    with monkeypatch.context() as patch:
        patch.setattr(build, "StoppedError", Cut)
        with pytest.raises(Cut):
            Index.rebuild(tmp_path, seals, ARCHIVE, cut_off(some(MANY), 2_500), 3, processes=1)
    return tmp_path, seals


def taken_up(folder: Path, seals: MemorySeals, sequence: int = 9) -> tuple[Index, set[int]]:
    """Build again; return which texts were still wanted."""
    wanted: set[int] = set()

    def entries(kept: frozenset[int]) -> Iterator[Entry]:
        for each in some(MANY):
            if each.key not in kept:
                wanted.add(each.key)
            yield each if each.key in wanted else Entry(each.key, "", "", "en", each.values)

    return Index.rebuild(folder, seals, ARCHIVE, entries, sequence, processes=1), wanted


def test_what_stands_is_not_written_again(begun: tuple[Path, MemorySeals], tmp_path: Path) -> None:
    folder, seals = begun
    place = begun_of(seals).place
    assert [piece.docs for piece in begun_of(seals).pieces] == [1_000, 1_000]
    index, wanted = taken_up(folder, seals)
    assert wanted == set(range(2_001, MANY + 1))
    assert Sealed.from_json(seals.load(), ARCHIVE).place == place
    assert index.sequence == 3, "it follows the journal from where the build was begun"
    fresh = Index.rebuild(tmp_path / "fresh", MemorySeals(), ARCHIVE, some(MANY), 3, processes=1)
    assert answers(index) == answers(fresh)
    assert index.verify() == []
    assert seals.load_begun() == {}


def test_records_gone_meanwhile_leave_no_hole(begun: tuple[Path, MemorySeals]) -> None:
    folder, seals = begun
    rest = [each for each in some(MANY) if each.key not in {2_000, 7}][:2_400]
    index = Index.rebuild(folder, seals, ARCHIVE, rest, 9, processes=1)
    index.apply(10, remove=[7, 2_000])
    held = [each.key for each in rest]
    assert sorted(index.searcher().keys(Everything()).tolist()) == held
    assert index.searcher().find(Word("treaties"), facets=("type",)).total == len(held)


def test_a_damaged_piece_is_written_again(begun: tuple[Path, MemorySeals]) -> None:
    folder, seals = begun
    piece = begun_of(seals).pieces[0]
    path = folder / begun_of(seals).place / piece.file_name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)
    index, wanted = taken_up(folder, seals)
    assert wanted == set(range(1, 1_001)) | set(range(2_001, MANY + 1))
    assert index.searcher().count == MANY
    assert index.verify() == []


@pytest.mark.parametrize("change", [{"stamp": "0"}, {"archive": "ffff"}, {"place": "gone"}])
def test_a_build_of_another_kind_is_not_taken_up(
    begun: tuple[Path, MemorySeals], change: dict[str, str]
) -> None:
    folder, seals = begun
    old = begun_of(seals)
    saved = Begun(**{name: getattr(old, name) for name in old.__slots__} | change)
    seals.save_begun(saved.to_json())
    index, wanted = taken_up(folder, seals)
    assert len(wanted) == MANY
    assert index.sequence == 9
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 1


def test_the_living_index_is_never_taken_for_a_build(begun: tuple[Path, MemorySeals]) -> None:
    folder, seals = begun
    left = seals.begun
    taken_up(folder, seals)
    seals.begun = left
    _, wanted = taken_up(folder, seals)
    assert len(wanted) == MANY


class StoppingSeals(MemorySeals):
    """Asks the build to stop when its first piece stands."""

    def __init__(self, cancel: CancelToken) -> None:
        super().__init__()
        self.cancel = cancel

    @override
    def save_begun(self, begun: dict[str, object]) -> None:
        super().save_begun(begun)
        self.cancel.cancel()


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("processes", [1, 2])
def test_a_stopped_build_is_taken_up(tmp_path: Path, processes: int) -> None:
    cancel = CancelToken()
    seals = StoppingSeals(cancel)
    with pytest.raises(StoppedError):
        Index.rebuild(tmp_path, seals, ARCHIVE, some(MANY), 3, cancel=cancel, processes=processes)
    assert begun_of(seals).pieces
    index, wanted = taken_up(tmp_path, seals)
    assert len(wanted) < MANY
    assert index.searcher().count == MANY


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
@pytest.mark.usefixtures("small_pieces")
def test_a_child_that_dies_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    children: list[bulk._Child] = []
    began = bulk._Child.__init__

    def noted(child: bulk._Child) -> None:
        began(child)
        children.append(child)

    monkeypatch.setattr(bulk._Child, "__init__", noted)

    def entries() -> Iterator[Entry]:
        for each in some(MANY):
            if each.key in {1_500, 3_200}:
                process = children[each.key > 2_000]._process
                assert process is not None
                os.kill(process.pid, signal.SIGKILL)
            yield each

    index = Index.rebuild(tmp_path, MemorySeals(), ARCHIVE, entries(), 3, processes=2)
    assert answers(index) == answers(
        Index.rebuild(tmp_path / "one", MemorySeals(), ARCHIVE, some(MANY), 3, processes=1)
    )
    assert index.verify() == []
