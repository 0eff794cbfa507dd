"""What breaks off or is overwritten ends as drafts or refusals, never as an error."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from archivist.model.record import Draft, Refusal
from tests.intake.making import every_format, read_bytes

FORMATS = every_format()
MUST_BE_WHOLE = {
    "a.docx", "a.odt", "a.rtf", "a.pdf", "a.zip", "a.xml", "a.txt.gz", "a.txt.bz2", "a.jsonl.xz",
}  # fmt: skip


def check(found: list[Draft | Refusal]) -> None:
    """Hold what came of a file against what every result must be."""
    assert found
    assert len({one.path for one in found}) == len(found)
    for one in found:
        if isinstance(one, Refusal):
            assert one.reason.endswith(".")
            assert "Error" not in one.reason
        else:
            assert one.description.title
            assert len(one.digest) == 64
            assert one.text or "no text" in one.note


@pytest.mark.parametrize("name", FORMATS)
def test_whole_files_are_read(tmp_path: Path, name: str) -> None:
    found = read_bytes(tmp_path, name, FORMATS[name])
    check(found)
    assert all(isinstance(one, Draft) and one.text for one in found), found
    texts = " ".join(one.text for one in found if isinstance(one, Draft))
    assert "reaffirmed their commitment" in texts.replace("\n", " ")


@pytest.mark.parametrize("name", FORMATS)
def test_files_that_break_off(tmp_path: Path, name: str) -> None:
    data = FORMATS[name]
    for share in (0.0, 0.01, 0.1, 0.3, 0.5, 0.8, 0.98):
        found = read_bytes(tmp_path, name, data[: int(len(data) * share)])
        check(found)
        if name in MUST_BE_WHOLE and len(data) * share > 100:
            assert isinstance(found[-1], Refusal), (share, found)
            assert "breaks off" in found[-1].reason or "damaged" in found[-1].reason


@pytest.mark.parametrize("name", FORMATS)
def test_files_with_bytes_overwritten(tmp_path: Path, name: str) -> None:
    chance = random.Random(name)
    for _ in range(12):
        data = bytearray(FORMATS[name])
        for _ in range(chance.choice((1, 8, 64))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        check(read_bytes(tmp_path, name, bytes(data)))


@pytest.mark.parametrize("name", FORMATS)
def test_the_name_does_not_matter(tmp_path: Path, name: str) -> None:
    found = read_bytes(tmp_path, f"{name.replace('.', '_')}.bin", FORMATS[name])
    assert all(isinstance(one, Draft) and one.text for one in found)
