from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from archivist.dossier.validate import validate
from archivist.dossier.word import write
from archivist.model.errors import WorldError
from tests.dossier.making import dossier, gate, item

if TYPE_CHECKING:
    from pathlib import Path


def test_a_planted_fault_is_found(tmp_path: Path) -> None:
    sound, broken = tmp_path / "sound.docx", tmp_path / "broken.docx"
    write(dossier([item()]), sound, layout=False)
    gate(sound)
    with zipfile.ZipFile(sound) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(b"<w:keepNext/>", b"<w:keepNexst/>"))
    assert validate(broken)


def test_where_it_is_missing_nothing_is_claimed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ARCHIVIST_OOXML_VALIDATOR", raising=False)
    monkeypatch.setattr("archivist.dossier.validate._NAME", "no-such-program")
    assert validate(tmp_path / "any.docx") is None


def test_one_that_does_not_work_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVIST_OOXML_VALIDATOR", str(tmp_path / "gone"))
    with pytest.raises(WorldError, match="gone"):
        validate(tmp_path / "any.docx")
