"""A damaged, foreign or old index never gives a wrong answer, and is always noticed."""

from __future__ import annotations

import contextlib
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
from archivist.model.query import (
    And,
    AtLeast,
    Dated,
    Everything,
    Near,
    Node,
    Not,
    Phrase,
    Prefix,
    Value,
    Wildcard,
    Within,
    Word,
)
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
    right = answers(index)
    segment = max(files(copy), key=lambda path: path.stat().st_size)
    os.utime(segment, ns=(1, 1))
    damage(segment, random.Random(1))  # type: ignore[operator]  # one of the functions above
    with contextlib.suppress(IndexUnusableError):
        assert answers(index) == right
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


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An index whose segment has every array: long texts, pairs, rare words, three segments."""
    folder, seals, source = tmp_path_factory.mktemp("large"), MemorySeals(), random.Random(7)

    def long(key: int, size: int) -> Entry:
        words = (source.choice(WORDS) if n % 3 else f"w{source.randrange(80)}" for n in range(size))
        text = " ".join(f"{word}. Then" if n % 20 == 9 else word for n, word in enumerate(words))
        return replace(entry(key, source), text=text.replace(" Then nation", "\n\nThen nation"))

    many = " ".join(f"once{number}" for number in range(66_000))
    entries = [long(key, 900) for key in range(1, 300)]
    Index.rebuild(folder, seals, ARCHIVE, [*entries, Entry(300, "Many", many)], 1)
    index = Index.open(folder, seals, ARCHIVE)
    index.apply(2, add=[long(301, 40)], remove=[5])
    return folder, seals.saved


LARGE_QUERIES: tuple[Node, ...] = (
    *QUERIES,
    Phrase("will not"),
    Phrase("the of will"),
    Phrase("w7 the"),
    Phrase("once65990 once65991"),
    Within(Word("paris"), Word("w7"), "sentence"),
    Within(Word("paris"), Word("w8"), "paragraph"),
    Near(Word("w9"), Word("the"), 3),
    AtLeast(Word("w11"), 9),
    Wildcard("w?7"),
    Prefix("once6599"),
)


def large_answers(index: Index) -> list[list[int]]:
    searcher = index.searcher()
    return [searcher.keys(query).tolist() for query in LARGE_QUERIES]


def arrays_of(path: Path) -> dict[str, tuple[int, int]]:
    """Where each array of a packed file lies, and its bytes."""
    content = path.read_bytes()
    end = 12 + int.from_bytes(content[4:12], "little")
    table = json.loads(content[12:end])["arrays"]
    return {
        name: (end + offset, int(dtype[2:]) * count)
        for name, (dtype, offset, count, _) in table.items()
        if count
    }


def test_noise_in_any_array_never_gives_a_wrong_answer(
    large: tuple[Path, str], tmp_path: Path
) -> None:
    folder, saved = large
    right, source, noticed, harmless = large_answers(opened(folder, saved)), random.Random(5), 0, 0
    biggest = max(folder.rglob("*.pak"), key=lambda path: path.stat().st_size)
    arrays = arrays_of(biggest)
    assert {"text/often", "text/p8", "text/pair/gaps", "text/rare/term", "text/sentences"} <= set(
        arrays
    )
    for name, (start, size) in arrays.items():
        copy = shutil.copytree(folder, tmp_path / "copy")
        path = copy / biggest.relative_to(folder)
        content = bytearray(path.read_bytes())
        at = start + source.randrange(size)
        content[at] ^= 1 << source.randrange(8)
        path.write_bytes(content)
        try:
            assert large_answers(opened(copy, saved)) == right, name
            harmless += 1
        except IndexUnusableError:
            noticed += 1
        index = opened_or_none(copy, saved)
        assert index is None or index.verify(), name
        shutil.rmtree(copy)
    assert noticed > harmless


def opened_or_none(folder: Path, saved: str) -> Index | None:
    try:
        return opened(folder, saved)
    except IndexUnusableError:
        return None


def test_noise_under_a_search_never_gives_a_wrong_answer(
    large: tuple[Path, str], tmp_path: Path
) -> None:
    """What a searcher answered while its files were changed is void, and the index says so."""
    folder, saved = large
    right = large_answers(opened(folder, saved))
    for round_ in range(12):
        source = random.Random(round_)
        copy = shutil.copytree(folder, tmp_path / "copy")
        index = opened(copy, saved)
        searcher = index.searcher()
        path = max(copy.rglob("*.pak"), key=lambda path: path.stat().st_size)
        done = source.randrange(len(LARGE_QUERIES))
        found = [searcher.keys(query).tolist() for query in LARGE_QUERIES[:done]]
        with path.open("rb+") as file:
            for _ in range(40):
                file.seek(source.randrange(12_000, path.stat().st_size - 8))
                file.write(source.randbytes(8))
        assert found == right[:done]
        with contextlib.suppress(IndexUnusableError, ValueError, LookupError):
            found += [searcher.keys(query).tolist() for query in LARGE_QUERIES[done:]]
        assert index.is_damaged() or not path.exists()
        with pytest.raises(IndexUnusableError):
            large_answers(index)
        shutil.rmtree(copy)
