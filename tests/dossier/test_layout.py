from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from archivist.dossier.estimate import estimate
from archivist.dossier.layout import convert, lay_out
from archivist.dossier.word import write
from archivist.model.errors import StoppedError
from archivist.model.progress import CancelToken
from tests.dossier.making import W, dossier, gate, item, need_office, part, styled, text_of

LONG = "\n\n".join(f"{n}. " + "The parties reaffirm what they have agreed. " * 12 for n in range(9))


def test_a_document_named_by_a_relative_path_is_converted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_office()
    write(dossier([item(1, "Short.")]), tmp_path / "dossier.docx", layout=False)
    (tmp_path / "pdf").mkdir()
    monkeypatch.chdir(tmp_path)
    made = convert(Path("dossier.docx"), Path("pdf"), 60)
    assert made == Path("pdf/dossier.pdf")


def test_the_contents_name_the_pages_of_the_layout(tmp_path: Path) -> None:
    need_office()
    target = tmp_path / "dossier.docx"
    made = dossier([item(n, LONG if n % 2 else "Short.") for n in range(1, 13)])
    pages = write(made, target)
    pdf = convert(target, tmp_path, 60)
    assert pdf is not None
    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as laid:
        true = [mark.get_dest().get_index() + 1 for mark in laid.get_toc()]
        assert pages == len(laid)
    root = part(target)
    lines = [text_of(line) for style in ("TOC1", "TOC2") for line in styled(root, style)]
    assert [int(line.split("\t")[-1]) for line in lines] == true
    rows = root.findall(f".//{W}tbl/{W}tr")[1:]
    assert [int(text_of(row.findall(f"{W}tc")[-1])) for row in rows] == true[2:]
    assert "estimates" not in text_of(root)
    assert abs(estimate(made).total - (pages or 0)) <= 3
    gate(target)


def test_without_records_the_pages_are_counted_too(tmp_path: Path) -> None:
    need_office()
    assert write(dossier([]), tmp_path / "none.docx") == 2


def test_a_layout_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    need_office()
    target = tmp_path / "dossier.docx"
    write(dossier([item()]), target, layout=False)
    started = time.monotonic()
    assert lay_out(target, 3, 0.1, CancelToken()) is None
    assert time.monotonic() - started < 10


def test_a_layout_can_be_stopped(tmp_path: Path) -> None:
    need_office()
    target = tmp_path / "dossier.docx"
    write(dossier([item()]), target, layout=False)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(StoppedError):
        lay_out(target, 3, 60, cancel)


def test_without_libreoffice_pages_are_estimated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("archivist.dossier.layout._PLACES", ())
    assert write(dossier([item()]), tmp_path / "dossier.docx") is None
    assert "Page numbers are estimates." in text_of(part(tmp_path / "dossier.docx"))
