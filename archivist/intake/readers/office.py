"""Word (.docx) and OpenDocument (.odt) texts: paragraphs, lists and tables, straight from the XML.

Both are zip files; only the parts that hold the text are unpacked, and never more of them than is
safe.
"""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING

from archivist.intake.clean import clean_line
from archivist.intake.raw import Hints
from archivist.intake.readers.base import Found, Handed, Reader
from archivist.intake.readers.marked import Paragraphs, tag_of, words_of
from archivist.model.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPEN_TEXT = "application/vnd.oasis.opendocument.text"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT_NS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError)
_LARGEST_PART = 256 * 1024 * 1024
_NOT_READ = frozenset({"del", "moveFrom", "instrText", "delText", "annotation", "tracked-changes"})
_NOT_TITLES = frozenset({"Word Document", "PowerPoint Presentation"})


def _score_word(file: Handed) -> int:
    entries = file.entries or ()
    return 95 if "word/document.xml" in entries and "[Content_Types].xml" in entries else 0


def _read_word(file: Handed) -> Iterator[Found]:
    with _opened(file) as packed:
        body = _part(packed, "word/document.xml")
        paragraphs = Paragraphs()
        notes = _word_notes(packed, body)
        _word_block(body, paragraphs)
        for note in notes:
            paragraphs.end()
            paragraphs.add(note)
        hints = _word_hints(packed)
    yield file.raw(paragraphs.text(), WORD, hints=hints)


def _opened(file: Handed) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file.path)
    except _DAMAGE as error:
        raise _damaged() from error


def _damaged() -> RefusedError:
    return RefusedError(
        "The file is damaged or breaks off before its end.",
        "Open it in its own program and save it once more, or ask its sender for it.",
    )


def _part(packed: zipfile.ZipFile, name: str) -> _Element:
    """Return a part as a tree.

    Raises:
        RefusedError: it is damaged, protected, or too large to be true.
    """
    from lxml import etree  # noqa: PLC0415 - only where there is XML

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        member = packed.getinfo(name)
        if member.file_size > _LARGEST_PART:
            raise RefusedError(
                "Unpacked, it would be larger than is safe: this looks like a bomb.",
                "Open it in its own program and save its text in a simpler format.",
            )
        return etree.fromstring(packed.read(member), parser)
    except (*_DAMAGE, RuntimeError, etree.XMLSyntaxError) as error:
        raise _damaged() from error


def _word_block(element: _Element, paragraphs: Paragraphs) -> None:
    for child in element:
        name = tag_of(child)
        if name in _NOT_READ:
            continue
        if name == "p":
            _word_paragraph(child, paragraphs)
            paragraphs.end()
        elif name == "tr":
            _word_row(child, paragraphs)
        else:
            _word_block(child, paragraphs)


def _word_row(row: _Element, paragraphs: Paragraphs) -> None:
    for cell in row.iterchildren(f"{_W}tc", f"{_W}sdt"):
        for number, paragraph in enumerate(cell.iter(f"{_W}p")):
            if number:
                paragraphs.line()
            _word_paragraph(paragraph, paragraphs)
        paragraphs.cell()
    paragraphs.end()


def _word_paragraph(element: _Element, paragraphs: Paragraphs) -> None:
    """Add the runs of a paragraph; a text box in it is a paragraph of its own, read once."""
    for child in element:
        name = tag_of(child)
        if name == "t":
            paragraphs.add(child.text)
        elif name in {"br", "cr"}:
            paragraphs.line()
        elif name == "tab":
            paragraphs.add(" ")
        elif name == "noBreakHyphen":
            paragraphs.add("-")
        elif name in {"footnoteReference", "endnoteReference"}:
            paragraphs.add(f"[{child.get(f'{_W}id', '')}]")
        elif name == "txbxContent":
            _word_block(child, paragraphs)
        elif name not in _NOT_READ and name not in {"pPr", "rPr", "Fallback"}:
            _word_paragraph(child, paragraphs)


def _word_notes(packed: zipfile.ZipFile, body: _Element) -> list[str]:
    """Return the notes that are called in the text, each with its number."""
    found: list[str] = []
    for part, tag in (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")):
        if part not in packed.namelist():
            continue
        called = {mark.get(f"{_W}id") for mark in body.iter(f"{_W}{tag}Reference")}
        for note in _part(packed, part).iter(f"{_W}{tag}"):
            number = note.get(f"{_W}id")
            words = clean_line(" ".join(mark.text or "" for mark in note.iter(f"{_W}t")))
            if number in called and words:
                found.append(f"[{number}] {words}")
    return found


def _word_hints(packed: zipfile.ZipFile) -> Hints:
    """Return the title; date and author there are those of the file, seldom of the document."""
    try:
        core = _part(packed, "docProps/core.xml")
    except RefusedError:
        return Hints()
    values = {tag_of(child): clean_line(words_of(child)) for child in core}
    title = values.get("title", "")
    return Hints(title="" if title in _NOT_TITLES else title, language=values.get("language", ""))


def _score_open(file: Handed) -> int:
    if file.entries is None or "content.xml" not in file.entries:
        return 0
    return 95 if OPEN_TEXT.encode() in file.head[:200] else 0


def _read_open(file: Handed) -> Iterator[Found]:
    with _opened(file) as packed:
        if "META-INF/manifest.xml" in packed.namelist():
            _check_protection(packed)
        body = next(_part(packed, "content.xml").iter(f"{_TEXT_NS}p", f"{_TEXT_NS}h"), None)
        paragraphs = Paragraphs()
        if body is not None:
            _open_block(_root(body), paragraphs)
        hints = _open_hints(packed)
    yield file.raw(paragraphs.text(), OPEN_TEXT, hints=hints)


def _root(element: _Element) -> _Element:
    """Return the element `office:text` that an element lies in, or the document's root."""
    for parent in element.iterancestors():
        if tag_of(parent) == "text":
            return parent
    return element.getroottree().getroot()


def _check_protection(packed: zipfile.ZipFile) -> None:
    manifest = _part(packed, "META-INF/manifest.xml")
    if any(tag_of(element) == "encryption-data" for element in manifest.iter()):
        raise RefusedError(
            "The file is protected by a password.",
            "Open it in its program, save it without the password, and file that.",
        )


def _open_block(element: _Element, paragraphs: Paragraphs) -> None:
    for child in element:
        name = tag_of(child)
        if name in _NOT_READ:
            continue
        if name in {"p", "h"}:
            _open_paragraph(child, paragraphs)
            paragraphs.end()
        elif name == "table-row":
            _open_row(child, paragraphs)
        else:
            _open_block(child, paragraphs)


def _open_row(row: _Element, paragraphs: Paragraphs) -> None:
    for cell in row:
        for number, paragraph in enumerate(cell.iter(f"{_TEXT_NS}p", f"{_TEXT_NS}h")):
            if number:
                paragraphs.line()
            _open_paragraph(paragraph, paragraphs)
        paragraphs.cell()
    paragraphs.end()


def _open_paragraph(element: _Element, paragraphs: Paragraphs) -> None:
    paragraphs.add(element.text)
    for child in element:
        name = tag_of(child)
        if name == "line-break":
            paragraphs.line()
        elif name in {"tab", "s"}:
            paragraphs.add(" ")
        elif name == "note":
            paragraphs.add(f" [{clean_line(words_of(child))}]")
        elif name not in _NOT_READ:
            _open_paragraph(child, paragraphs)
        paragraphs.add(child.tail)


def _open_hints(packed: zipfile.ZipFile) -> Hints:
    try:
        meta = _part(packed, "meta.xml")
    except RefusedError:
        return Hints()
    values = {tag_of(child): clean_line(words_of(child)) for child in meta.iter()}
    return Hints(title=values.get("title", ""), language=values.get("language", ""))


DOCX = Reader("Word", _score_word, _read_word)
ODT = Reader("OpenDocument text", _score_open, _read_open)
