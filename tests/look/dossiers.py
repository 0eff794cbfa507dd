"""`python -m tests.look.dossiers`: write each kind of dossier and render every page of it."""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]
from PySide6.QtGui import QImage

from archivist import Archive
from archivist.dossier.layout import convert, program
from archivist.dossier.outline import Options
from archivist.dossier.word import write
from tests.dossier.making import OPTIONS, dossier, item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archivist.dossier.outline import Item

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "documents"
SECONDS = 300.0
SCALE = 1.5
MOST_PAGES = 24

SCRIPTS = Path(__file__).with_name("scripts.json")


def documents() -> Iterator[tuple[str, list[Item], Options]]:
    """Yield the dossiers made of invented texts: name, records, options."""
    rows = json.loads(SCRIPTS.read_text("utf-8"))
    scripts = [item(n, originator="", **row) for n, row in enumerate(rows, start=1)]
    yield "scripts", scripts, OPTIONS
    long = "\n\n".join(
        f"{n}. The parties reaffirm that the strategic partnership rests on regular consultation, "
        "and that no party will take a position on the status of the strait before the other has "
        "been heard." * (1 + n % 4)
        for n in range(1, 9)
    )
    title = "Record of the consultations on navigation in the Kessany Strait, round {}"
    rounds = [
        item(n, long, "strategic partnership", "extract" if n % 5 == 0 else "full",
             title=title.format(n), date=f"{1990 + n // 2}-{1 + n % 12:02}", mark="restricted")
        for n in range(1, 61)
    ]  # fmt: skip
    yield "long", rounds, OPTIONS
    yield "none", [], OPTIONS


def from_sample(folder: Path) -> Iterator[Path]:
    """Write dossiers of the sample archive: few records found, and every record."""
    if not SAMPLE.is_dir():
        return
    with tempfile.TemporaryDirectory() as name, Archive.create(Path(name) / "a.archive") as archive:
        archive.file([SAMPLE])
        for kind, query, title in (
            ("few", '"strategic partnership" date:2010..2014', "The partnership"),
            ("many", "*", "Everything on file"),
        ):
            target = folder / f"dossier-{kind}.docx"
            archive.write_dossier(target, query=query, title=title, date="2026-03-12")
            yield target


def render(folder: Path) -> None:
    """Write the dossiers and their pages as pictures; without LibreOffice, only the dossiers."""
    folder.mkdir(parents=True, exist_ok=True)
    made = list(from_sample(folder))
    for name, items, options in documents():
        made.append(folder / f"dossier-{name}.docx")
        write(dossier(items, options), made[-1])
    if program() is None:
        sys.stdout.write("Pages of dossiers: not run, LibreOffice is not installed.\n")
        return
    for path in made:
        pages(path, folder)


def pages(path: Path, folder: Path) -> None:
    """Render the pages of a dossier as `NAME-PAGE.png`."""
    with tempfile.TemporaryDirectory() as name:
        laid = convert(path, Path(name), SECONDS)
        if laid is None:
            message = f"{path.name} could not be laid out"
            raise RuntimeError(message)
        with contextlib.closing(pypdfium2.PdfDocument(laid)) as pdf:
            for number in range(min(len(pdf), MOST_PAGES)):
                _picture(pdf[number]).save(str(folder / f"{path.stem}-{number + 1:02}.png"))


def _picture(page: pypdfium2.PdfPage) -> QImage:
    shown = page.render(scale=SCALE, rev_byteorder=True, prefer_bgrx=True)
    image = QImage(
        bytes(shown.buffer), shown.width, shown.height, shown.stride, QImage.Format.Format_RGBX8888
    )
    return image.copy()


if __name__ == "__main__":
    render(Path("build/look"))
