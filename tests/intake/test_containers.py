"""Members come once each; none leads out of the spool, and no bomb goes off."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from archivist.intake.limits import MEGABYTE, Limits
from archivist.model.record import Draft, Refusal
from tests.intake.making import (
    WORDS,
    draft_of,
    drafts,
    locked,
    packed,
    read_all,
    read_bytes,
    refusal_of,
    refusals,
)

TEXT = WORDS.encode()
SMALL = Limits(unpacked=3 * MEGABYTE, ratio=50, small=MEGABYTE, depth=2, members=20)


def paths(found: list[Draft | Refusal], container: str) -> list[str]:
    return [one.path.partition(container)[2] for one in found]


def test_members_nested_in_members(tmp_path: Path) -> None:
    data = packed({"a.txt": TEXT, "sub/b.zip": packed({"c.txt": TEXT}), "empty.txt": b""})
    found = read_bytes(tmp_path, "x.zip", data)
    assert paths(found, "x.zip") == ["::a.txt", "::sub/b.zip::c.txt", "::empty.txt"]
    assert [isinstance(one, Draft) for one in found] == [True, True, False]
    content = drafts(found)[1].content
    assert content is not None
    assert (content.name, content.temporary) == ("c.txt", True)
    assert content.path.read_bytes() == TEXT


def test_names_that_lead_elsewhere_are_labels_only(tmp_path: Path) -> None:
    names = ["../../out.txt", "/etc/out.txt", "C:\\out.txt", "a/../../../out.txt"]
    found = drafts(read_bytes(tmp_path, "x.zip", packed(dict.fromkeys(names, TEXT))))
    assert len(found) == 4
    spool = tmp_path / "spool"
    assert all(one.content and one.content.path.parent == spool for one in found)
    assert all(one.content and one.content.name == "out.txt" for one in found)


def test_members_of_the_same_name_come_each(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "first")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", "second")
    found = read_bytes(tmp_path, "x.zip", out.getvalue())
    assert paths(found, "x.zip") == ["::a.txt", "::a.txt (2)"]
    assert [draft.text for draft in drafts(found)] == ["first", "second"]


def test_system_members_are_passed_over(tmp_path: Path) -> None:
    data = packed({"__MACOSX/._a.txt": TEXT, "a.txt": TEXT, ".DS_Store": b"x", "folder/": b""})
    assert paths(read_bytes(tmp_path, "x.zip", data), "x.zip") == ["::a.txt"]


def test_old_names_in_utf8_are_read(tmp_path: Path) -> None:
    data = packed({"cafAB.txt": TEXT}).replace(b"cafAB", b"caf\xc3\xa9")
    assert paths(read_bytes(tmp_path, "x.zip", data), "x.zip") == ["::café.txt"]


def test_encrypted_members_are_refused_each(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, "x.zip", locked({"a.txt": TEXT, "b.txt": TEXT}))
    assert paths(found, "x.zip") == ["::a.txt", "::b.txt"]
    assert all("password" in one.reason for one in refusals(found))


def test_an_empty_container_is_refused(tmp_path: Path) -> None:
    assert "no documents" in refusal_of(tmp_path, "x.zip", packed({})).reason


def test_a_damaged_member_costs_that_member_only(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": TEXT, "b.txt": TEXT}, zipfile.ZIP_STORED))
    data[data.find(TEXT[:20]) + 5] ^= 0xFF
    found = read_bytes(tmp_path, "x.zip", bytes(data))
    assert [isinstance(one, Draft) for one in found] == [False, True]


@pytest.mark.parametrize(
    ("members", "wanted"),
    [
        ({"zeros.txt": b"0" * (2 * MEGABYTE)}, "times its packed size"),
        ({f"{n}.bin": bytes([n]) * MEGABYTE for n in range(1, 6)}, "larger than is safe"),
        ({f"{n}.txt": TEXT for n in range(30)}, "more than 20 members"),
        ({"a.zip": packed({"b.zip": packed({"c.zip": packed({"d.txt": TEXT})})})}, "deep"),
    ],
)
def test_bombs_are_refused(tmp_path: Path, members: dict[str, bytes], wanted: str) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(packed(members))
    (found,) = read_all(path, tmp_path / "spool", SMALL)
    assert isinstance(found, Refusal)
    assert wanted in found.reason
    assert not [one for one in (tmp_path / "spool").iterdir() if one.stat().st_size > MEGABYTE]


def test_members_of_nested_containers_share_one_budget(tmp_path: Path) -> None:
    inner = {f"{n}.zip": packed({"x.bin": bytes([n]) * MEGABYTE}) for n in range(1, 6)}
    path = tmp_path / "x.zip"
    path.write_bytes(packed(inner))
    found = read_all(path, tmp_path / "spool", Limits(unpacked=3 * MEGABYTE, ratio=10**6))
    assert len(found) == 5
    assert len(refusals(found)) >= 2


def test_a_single_packed_file_is_one_document_under_its_own_path(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "a.txt.gz", gzip.compress(TEXT))
    assert draft.path.endswith("a.txt.gz")
    assert draft.text == WORDS
    assert draft.content is not None
    assert (draft.content.name, draft.content.path.read_bytes()) == ("a.txt", TEXT)


def test_a_packed_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.gz"
    path.write_bytes(gzip.compress(b"0" * (4 * MEGABYTE)))
    (found,) = read_all(path, tmp_path / "spool", SMALL)
    assert isinstance(found, Refusal)
    assert "bomb" in found.reason
    assert not list((tmp_path / "spool").iterdir())


def test_tar_files(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in {"a.txt": TEXT, "../b.txt": TEXT, "empty.txt": b""}.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    found = read_bytes(tmp_path, "x.tar.gz", out.getvalue())
    assert paths(found, "x.tar.gz") == ["::a.txt", "::../b.txt", "::empty.txt"]
    assert [isinstance(one, Draft) for one in found] == [True, True, False]
