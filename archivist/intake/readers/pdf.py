"""PDF with a text layer. Pages that are pictures are filed, marked "no text"."""

from __future__ import annotations

import ctypes
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from archivist.intake.clean import clean_line
from archivist.intake.raw import Hints
from archivist.intake.readers import rtl
from archivist.intake.readers.base import Found, Handed, Reader
from archivist.intake.readers.flow import Line, Page, text_of
from archivist.model.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage  # type: ignore[import-untyped]

MEDIA_TYPE = "application/pdf"
_SIGN = b"%PDF-"
_SIGN_WITHIN = 1024
_OBJECT = re.compile(rb"\d+ \d+ obj\b")
_LINEAR = re.compile(rb"/Linearized\b[^>]*?/L\s+(\d+)|/L\s+(\d+)[^>]*?/Linearized\b")
_FILE_TITLE = re.compile(r"^(?:Microsoft Word - |untitled|Document\d*$)|\.\w{2,5}$", re.IGNORECASE)
_BREAKS = frozenset({10, 13})
_HYPHENS = frozenset({0x02, 0xFFFE})
_LEGIBLE = 0.7
_PASSWORD = 4


def _score(file: Handed) -> int:
    return 95 if _SIGN in file.head[:_SIGN_WITHIN] else 0


def _read(file: Handed) -> Iterator[Found]:
    import pypdfium2  # noqa: PLC0415 - heavy: only where there is a PDF

    data = file.data()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(error) from error
    try:
        if is_cut(data):
            raise RefusedError(
                "The file breaks off before its end.", "Ask its sender for it once more."
            )
        pages, lost = _pages(document)
        text = rtl.plain_arabic(text_of(pages))
        note = f"pages that cannot be read: {', '.join(map(str, lost))}" if lost else ""
        raw = file.raw(text if _is_legible(text) else "", MEDIA_TYPE, hints=_hints(document))
        yield replace(raw, note="; ".join(part for part in (raw.note, note) if part))
    finally:
        document.close()


def _pages(document: PdfDocument) -> tuple[list[Page], list[int]]:
    """Return the pages, and the numbers of those that are damaged.

    Raises:
        RefusedError: all are.
    """
    from pypdfium2 import PdfiumError  # noqa: PLC0415 - only where there is a PDF

    pages: list[Page] = []
    lost: list[int] = []
    for number in range(len(document)):
        try:
            pages.append(_page(document[number]))
        except PdfiumError:
            lost.append(number + 1)
    if not pages:
        raise RefusedError("The file is damaged.", "Ask its sender for it once more.")
    return pages, lost


def _refusal(error: Exception) -> RefusedError:
    if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
        return RefusedError(
            "The file is protected by a password.",
            "Open it in its program, save it without the password, and file that.",
        )
    return RefusedError(
        "The file is damaged or breaks off before its end.", "Ask its sender for it once more."
    )


def is_cut(data: bytes) -> bool:
    """Whether the file breaks off, although something of it can still be shown."""
    end = data.rfind(b"%%EOF")
    if end < 0 or _OBJECT.search(data, end):
        return True
    linear = _LINEAR.search(data, 0, _SIGN_WITHIN)
    return linear is not None and int(linear[1] or linear[2]) > len(data)


def _page(page: PdfPage) -> Page:
    from pypdfium2 import raw  # noqa: PLC0415 - only where there is a PDF

    text = page.get_textpage()
    try:
        codes = [raw.FPDFText_GetUnicode(text, place) for place in range(text.count_chars())]
        if rtl.is_rtl("".join(map(chr, codes))):
            lines = rtl.lines_of(_glyphs(text, codes), page.get_width())
        else:
            lines = list(_lines(text, codes))
        return Page(page.get_height(), tuple(lines))
    finally:
        text.close()
        page.close()


def _glyphs(text: PdfTextPage, codes: list[int]) -> Iterator[rtl.Glyph]:
    """Yield what stands on a page with its place; heights are those of the base lines."""
    from pypdfium2 import raw  # noqa: PLC0415 - only where there is a PDF

    across, up = ctypes.c_double(), ctypes.c_double()
    for place, code in enumerate(codes):
        if code and not raw.FPDFText_IsGenerated(text, place):
            left, bottom, right, top = text.get_charbox(place, loose=True)
            raw.FPDFText_GetCharOrigin(text, place, across, up)
            yield rtl.Glyph(chr(code), left, right, up.value, top - bottom)


def _lines(text: PdfTextPage, codes: list[int]) -> Iterator[Line]:
    start = 0
    for place, code in enumerate([*codes, 10]):
        is_end = code in _BREAKS
        if is_end or code in _HYPHENS:
            stop = place if is_end else place + 1
            if (line := _line(text, codes, start, stop)) is not None:
                yield line
            start = place + 1


def _line(text: PdfTextPage, codes: list[int], start: int, stop: int) -> Line | None:
    places = [place for place in range(start, stop) if not chr(codes[place]).isspace()]
    words = "".join(_character(code) for code in codes[start:stop]).strip()
    if not places or not words:
        return None
    boxes = [text.get_charbox(place, loose=True) for place in (places[0], places[-1])]
    sizes = [box[3] - box[1] for box in boxes]
    return Line(
        words.replace("-\u2010", "-"),
        left=min(box[0] for box in boxes),
        right=max(box[2] for box in boxes),
        base=boxes[0][1],
        size=max(sizes),
    )


def _character(code: int) -> str:
    if code in _HYPHENS:
        return "\u00ad"
    return chr(code) if code else ""


def _is_legible(text: str) -> bool:
    """Whether what the text layer says is writing, and not the numbers of a font's pictures."""
    marks = [char for char in text if not char.isspace()]
    good = sum(char.isalnum() or char.isprintable() for char in marks)
    letters = sum(char.isalpha() for char in marks)
    return good >= _LEGIBLE * len(marks) and letters >= (1 - _LEGIBLE) * len(marks)


def _hints(document: PdfDocument) -> Hints:
    """Return the title; date and author there are those of the file, seldom of the document."""
    title = clean_line(document.get_metadata_dict().get("Title", ""))
    return Hints(title="" if _FILE_TITLE.search(title) else title)


READER = Reader("PDF", _score, _read)
