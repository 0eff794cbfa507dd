"""A dossier as a Word document: written part by part, record by record, in linear time."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from archivist.dossier import parts
from archivist.dossier.body import body, headings
from archivist.dossier.estimate import estimate
from archivist.dossier.files import aside
from archivist.dossier.layout import Pages, lay_out
from archivist.dossier.markup import edges, inner
from archivist.model.progress import CancelToken, Progress, Report, silent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archivist.dossier.outline import Outline

_EPOCH = (1980, 1, 1, 0, 0, 0)
_BASE_SECONDS = 60.0
_SECONDS_A_PAGE = 0.5
_NOTICE_EVERY = 50


def write(
    outline: Outline,
    target: Path,
    layout: bool = True,  # noqa: FBT001, FBT002 - the contract between rooms
    report: Report = silent,
    cancel: CancelToken | None = None,
) -> int | None:
    """Write a dossier as .docx; a file that stood there is replaced by a whole one only.

    Args:
        outline: what to write.
        target: the file.
        layout: whether LibreOffice, where it is installed, lays a copy out for true page numbers.
        report: takes reports of progress.
        cancel: asks to stop.

    Returns:
        The number of pages, or None where page numbers are estimates.

    Raises:
        StorageError: the file cannot be written.
        StoppedError: stopping was asked for.
    """
    token = cancel or CancelToken()
    pages = estimate(outline)
    with aside(target) as draft:
        found = _laid_out(outline, draft, pages, report, token) if layout else None
        _pack(outline, draft, found or pages, report, token)
    return found.total if found else None


def _laid_out(
    outline: Outline, draft: Path, pages: Pages, report: Report, cancel: CancelToken
) -> Pages | None:
    # The copy has no note about estimates, so that it fills the pages as the final file will.
    _pack(outline, draft, pages._replace(true=True), silent, cancel)
    report(Progress(0, None, "Laying out pages"))
    seconds = _BASE_SECONDS + _SECONDS_A_PAGE * pages.total
    return lay_out(draft, len(headings(outline)), seconds, cancel)


def _pack(
    outline: Outline, target: Path, pages: Pages, report: Report, cancel: CancelToken
) -> None:
    known = parts.fixed(outline, pages.total if pages.true else None)
    with zipfile.ZipFile(target, "w") as package:
        for path in sorted([*known, parts.DOCUMENT]):
            with package.open(_info(path), "w") as part:
                if path != parts.DOCUMENT:
                    part.write(known[path])
                    continue
                for content in _document(outline, pages, report, cancel):
                    part.write(content)


def _info(path: str) -> zipfile.ZipInfo:
    """Name a member so that the same content gives the same bytes on every day and machine."""
    info = zipfile.ZipInfo(path, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 0
    info.external_attr = 0
    return info


def _document(
    outline: Outline, pages: Pages, report: Report, cancel: CancelToken
) -> Iterator[bytes]:
    start, end = edges("document", "body")
    total = len(outline.entries)
    yield start
    for done, piece in body(outline, pages):
        cancel.check()
        if done % _NOTICE_EVERY == 0:
            report(Progress(done, total, "Writing the dossier"))
        yield inner(piece)
    report(Progress(total, total, "Writing the dossier"))
    yield end
