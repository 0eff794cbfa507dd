"""A damaged, foreign or old index never gives a wrong answer, and is always noticed."""

from __future__ import annotations

import json
import os
import pickle
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from typing_extensions import override

from archivist.model.dates import parse_range
from archivist.model.query import And, Dated, Everything, Node, Not, Phrase, Prefix, Value, Word
from archivist.search import Entry, Index, IndexUnusableError
from archivist.search.seals import Sealed
from tests.search.making import ARCHIVE, MemorySeals

WORDS = ("treaty", "nation", "nations", "signed", "the", "of", "will", "not", "paris", "minister")
QUERIES: tuple[Node, ...] = (
    Word("nation"),
    Word("treaty", "title"),
    Phrase("will not"),
    Phrase("of the"),
    Prefix("m"),
    And((Word("paris"), Not(Word("minister")))),
    Value("type", "note"),
    Value("person", "talleyrand"),
    Dated("date", parse_range("1815..1830")),
    Everything(),
)


def text(source: random.Random, words: int) -> str:
    return " ".join(source.choice(WORDS) for _ in range(words))


def entry(key: int, source: random.Random) -> Entry:
    values = {"type": (source.choice(("note", "letter")),), "person": ("Talleyrand", f"P{key}")}
    date = str(source.randint(1800, 1850))
    return Entry(key, text(source, 4), text(source, 60), "en", values, {"date": date})


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with an index of three segments, deletions and a log, and its seals."""
    folder, seals, source = tmp_path_factory.mktemp("whole"), MemorySeals(), random.Random(2)
    index = Index.rebuild(folder, seals, ARCHIVE, [entry(key, source) for key in range(1, 90)], 1)
    index.apply(2, add=[entry(key, source) for key in range(90, 95)], remove=[3, 4])
    index.apply(3, add=[entry(95, source)], patch=[replace(entry(8, source), text="")])
    return folder, seals.saved


def answers(index: Index) -> list[object]:
    searcher = index.searcher()
    found: list[object] = [searcher.keys(query).tolist() for query in QUERIES]
    every = searcher.find(Everything(), facets=("type", "person", "year"))
    marked = [searcher.marker(query).spans("the nations will not", "text") for query in QUERIES]
    return [*found, every.total, every.facets, marked, searcher.find(Word("nation")).hits]


def opened(folder: Path, saved: str) -> Index:
    seals = MemorySeals()
    seals.saved = saved
    return Index.open(folder, seals, ARCHIVE)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)


def flip(path: Path, source: random.Random) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(source.choice((1, 1, 8))):
        content[source.randrange(len(content))] ^= 1 << source.randrange(8)
    path.write_bytes(content)


def noise(path: Path, source: random.Random) -> None:
    content = bytearray(path.read_bytes())
    start = source.randrange(len(content))
    content[start : start + 4096] = source.randbytes(len(content[start : start + 4096]))
    path.write_bytes(content)


def zeros(path: Path, source: random.Random) -> None:
    content = bytearray(path.read_bytes())
    start = source.randrange(len(content))
    content[start : start + 512] = bytes(len(content[start : start + 512]))
    path.write_bytes(content)


def cut(path: Path, source: random.Random) -> None:
    os.truncate(path, source.randrange(path.stat().st_size))


def longer(path: Path, source: random.Random) -> None:
    with path.open("ab") as file:
        file.write(source.randbytes(source.choice((1, 64, 5000))))


def remove(path: Path, _source: random.Random) -> None:
    path.unlink()


def swap(path: Path, source: random.Random) -> None:
    other = source.choice([each for each in files(path.parent) if each != path])
    path.write_bytes(other.read_bytes())


DAMAGES = (flip, flip, noise, zeros, cut, longer, remove, swap)


@pytest.mark.parametrize("round_", range(4))
def test_damage_at_random_is_noticed_or_harmless(
    whole: tuple[Path, str], tmp_path: Path, round_: int
) -> None:
    folder, saved = whole
    right = answers(opened(folder, saved))
    source, noticed = random.Random(round_), 0
    for number in range(40):
        copy = shutil.copytree(folder, tmp_path / str(number))
        source.choice(DAMAGES)(source.choice(files(copy)), source)
        try:
            assert answers(opened(copy, saved)) == right
        except IndexUnusableError:
            noticed += 1
            with pytest.raises(IndexUnusableError):
                opened(copy, saved)
        shutil.rmtree(copy)
    assert noticed > 20


@pytest.mark.parametrize("damage", [flip, noise, cut, longer, remove])
def test_damage_under_an_open_index_is_noticed(
    whole: tuple[Path, str], tmp_path: Path, damage: object
) -> None:
    folder, saved = whole
    copy = shutil.copytree(folder, tmp_path / "copy")
    index = opened(copy, saved)
    answers(index)
    segment = max(files(copy), key=lambda path: path.stat().st_size)
    os.utime(segment, ns=(1, 1))
    damage(segment, random.Random(1))  # type: ignore[operator]  # one of the functions above
    with pytest.raises(IndexUnusableError):
        answers(index)
    assert index.verify()


def test_what_is_damaged_is_built_anew(whole: tuple[Path, str], tmp_path: Path) -> None:
    folder, saved = whole
    copy = shutil.copytree(folder, tmp_path / "copy")
    for path in files(copy):
        path.unlink()
    seals = MemorySeals()
    seals.saved = saved
    with pytest.raises(IndexUnusableError, match="missing"):
        Index.open(copy, seals, ARCHIVE)
    index = Index.rebuild(copy, seals, ARCHIVE, [Entry(1, "Treaty", "signed")], 7)
    assert index.searcher().keys(Word("treaties")).tolist() == [1]
    assert [path.name for path in copy.iterdir() if path.is_dir()] == [index_place(seals)]


def index_place(seals: MemorySeals) -> str:
    return Sealed.from_json(seals.load(), ARCHIVE).place


class Bomb:
    """What a foreign table of contents could do, were it read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @override
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.path),)


def test_nothing_foreign_is_ever_unpickled(whole: tuple[Path, str], tmp_path: Path) -> None:
    folder, saved = whole
    copy, burst = shutil.copytree(folder, tmp_path / "copy"), tmp_path / "burst"
    for path in copy.rglob("*.toc"):
        content = path.read_bytes()
        bomb = pickle.dumps(Bomb(burst), 2)
        path.write_bytes(content[: -len(bomb)] + bomb)
    with pytest.raises(IndexUnusableError):
        opened(copy, saved)
    assert not burst.exists()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"stamp": "0/1"}, "damaged"),
        ({"archive": "another"}, "damaged"),
        ({}, "another archive"),
    ],
)
def test_seals_of_another_kind_are_refused(
    whole: tuple[Path, str], change: dict[str, object], reason: str
) -> None:
    folder, saved = whole
    seals = MemorySeals()
    content = json.loads(saved)
    content["sealed"].update(change)
    seals.save(content)
    with pytest.raises(IndexUnusableError, match=reason):
        Index.open(folder, seals, ARCHIVE if change else "fedcba")


def test_an_index_of_another_version_is_refused(whole: tuple[Path, str]) -> None:
    folder, saved = whole
    seals = MemorySeals()
    seals.saved = saved
    old = replace(Sealed.from_json(seals.load(), ARCHIVE), stamp="0/1")
    seals.save(old.to_json())
    with pytest.raises(IndexUnusableError, match="another version"):
        Index.open(folder, seals, ARCHIVE)


def test_no_index_at_all(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusableError, match="none yet"):
        Index.open(tmp_path, MemorySeals(), ARCHIVE)
