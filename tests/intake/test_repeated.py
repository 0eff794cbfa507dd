"""What the archive holds already is read no further, yet named once and in its place."""

from __future__ import annotations

import gzip
from collections.abc import Collection
from hashlib import sha512
from pathlib import Path

import pytest

from archivist.intake.limits import Limits
from archivist.intake.pool import ReaderPool
from archivist.intake.reading import Orders, read
from archivist.intake.sources import Source, walk
from archivist.model.record import Draft, Refusal
from tests.intake.making import WORDS, catalogue, drafts, every_format, letter, packed

ROWS = 150


def body(number: int) -> str:
    """Return words that pack badly, so that half a packed file holds half of its rows."""
    return f"{WORDS} {' '.join(sha512(f'{number} {n}'.encode()).hexdigest() for n in range(6))}"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    rows = catalogue({"title": f"T{n}", "body": body(n)} for n in range(ROWS))
    mail = letter(attachments={"note.txt": b"A note.", "rows.jsonl": rows[:2000]})
    files = every_format() | {
        "a.jsonl": rows,
        "b.zip": packed({"one.txt": b"One", "two.eml": mail, "three.zip": packed({"x": b"X"})}),
        "c empty.txt": b"",
        "d.gz": gzip.compress(rows)[:-4000],
        "e.eml": mail,
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def paths(found: list[Draft | Refusal]) -> list[str]:
    return [one.path for one in found]


def pooled(inbox: Path, spool: Path, held: Collection[str]) -> list[Draft | Refusal]:
    with ReaderPool(2, spool, known=lambda asked: set(asked) & set(held)) as pool:
        found = list(pool.read(walk([inbox])))
    assert not list(spool.iterdir())
    return found


def test_all_that_is_known_is_named_and_nothing_else_is(inbox: Path, tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    first = pooled(inbox, spool, ())
    assert not any(one.repeated for one in drafts(first))
    again = pooled(inbox, spool, {one.digest for one in drafts(first)})
    assert paths(again) == paths(first)
    assert [one.digest for one in drafts(again)] == [one.digest for one in drafts(first)]
    assert [one.parent for one in drafts(again)] == [one.parent for one in drafts(first)]
    assert all(one.repeated and not one.text and one.content is None for one in drafts(again))
    assert [one for one in again if isinstance(one, Refusal)] == [
        one for one in first if isinstance(one, Refusal)
    ]


def test_what_is_not_known_is_read_as_ever(inbox: Path, tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    first = pooled(inbox, spool, ())
    held = {one.digest for one in drafts(first)[::2]}
    again = pooled(inbox, spool, held)
    assert paths(again) == paths(first)
    for before, after in zip(drafts(first), drafts(again), strict=True):
        assert after.repeated == (after.digest in held)
        if not after.repeated:
            assert (after.text, after.description) == (before.text, before.description)
            assert after.note == before.note


def test_a_catalogue_that_breaks_off_loses_no_row(inbox: Path, tmp_path: Path) -> None:
    source = Source(inbox / "d.gz", "d.gz")
    asked: list[int] = []

    def known(digests: Collection[str]) -> Collection[str]:
        asked.append(len(digests))
        return ()

    spool = tmp_path / "spool"
    spool.mkdir()
    whole = list(read(source, spool, Limits()))
    found = list(read(source, spool, Limits(), Orders(known=known, asks=True)))
    assert paths(found) == paths(whole)
    assert isinstance(found[-1], Refusal)
    assert sum(asked) == len(found)
    assert len(found) > ROWS // 2
    assert len(asked) < len(found) // 10


def test_members_that_are_known_leave_nothing_in_the_spool(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(packed({f"{n}.txt": f"{n} {WORDS}".encode() for n in range(20)}))
    spool = tmp_path / "spool"
    spool.mkdir()
    orders = Orders(known=frozenset, asks=True)
    found = drafts(read(Source(path, "x.zip"), spool, Limits(), orders))
    assert len(found) == 20
    assert all(one.repeated for one in found)
    assert not list(spool.iterdir())
