"""How many pages a dossier has, and on which each heading stands.

LibreOffice, where it is installed, lays a copy out as PDF: its outline tells the pages. Elsewhere
they are estimated.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import psutil
import pypdfium2  # type: ignore[import-untyped]

from archivist.model.progress import CancelToken

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
_PAUSE = 0.05


class Pages(NamedTuple):
    """On which page each heading stands.

    Attributes:
        total: pages in all.
        headings: page of each heading in order: summary, records, then every record.
        true: whether they come from a layout.
    """

    total: int
    headings: tuple[int, ...]
    true: bool


def program() -> Path | None:
    """Return LibreOffice's program, or None where it is not installed."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    return next((path for place in _PLACES if (path := Path(place)).exists()), None)


def lay_out(document: Path, headings: int, seconds: float, cancel: CancelToken) -> Pages | None:
    """Lay a document out and return its pages.

    Args:
        document: a .docx with so many headings.
        headings: how many; where the layout shows another number, it is not trusted.
        seconds: how long it may take.
        cancel: asks to stop.

    Returns:
        None where LibreOffice is missing, fails, or takes too long.

    Raises:
        StoppedError: stopping was asked for.
    """
    with tempfile.TemporaryDirectory(prefix="archivist-layout-") as name:
        copy = shutil.copyfile(document, Path(name) / "copy.docx")
        made = convert(copy, Path(name), seconds, cancel)
        return _read(made, headings) if made else None


def convert(
    document: Path, folder: Path, seconds: float, cancel: CancelToken | None = None
) -> Path | None:
    """Turn a document to PDF in a folder of its own; None where that cannot be done.

    Raises:
        StoppedError: stopping was asked for.
    """
    office = program()
    if office is None:
        return None
    target = folder / f"{document.stem}.pdf"
    done = _run(_command(office, document, folder), folder, seconds, cancel or CancelToken())
    return target if done and target.exists() else None


def _command(office: Path, document: Path, folder: Path) -> list[str]:
    profile = (folder / "profile").resolve().as_uri()
    return [
        str(office),
        f"-env:UserInstallation={profile}",
        "--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault",
        "--nofirststartwizard",
        "--convert-to", "pdf:writer_pdf_Export",
        "--outdir", str(folder.resolve()),
        str(document.resolve()),
    ]  # fmt: skip


def _run(command: Sequence[str], folder: Path, seconds: float, cancel: CancelToken) -> bool:
    environment = os.environ | {"SAL_USE_VCLPLUGIN": "svp"}
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(  # noqa: S603 - no shell; every argument is ours
            command, stdin=quiet, stdout=quiet, stderr=quiet, env=environment, cwd=folder
        )
    except OSError:
        return False
    end = time.monotonic() + seconds
    try:
        while process.poll() is None and time.monotonic() < end:
            cancel.check()
            time.sleep(_PAUSE)
        return process.poll() == 0
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all it started, if it still runs."""
    with contextlib.suppress(psutil.NoSuchProcess):
        family = psutil.Process(process.pid)
        for child in [*family.children(recursive=True), family]:
            with contextlib.suppress(psutil.NoSuchProcess):
                child.kill()
    process.wait()


def _read(document: Path, headings: int) -> Pages | None:
    try:
        with contextlib.closing(pypdfium2.PdfDocument(document)) as pdf:
            found = [_page_of(mark) for mark in pdf.get_toc()]
            total = len(pdf)
    except pypdfium2.PdfiumError:
        return None
    if len(found) != headings or None in found:
        return None
    return Pages(total, tuple(page for page in found if page is not None), true=True)


def _page_of(mark: pypdfium2.PdfBookmark) -> int | None:
    destination = mark.get_dest()
    index = destination.get_index() if destination else None
    return None if index is None else index + 1
