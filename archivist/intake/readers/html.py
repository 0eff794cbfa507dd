"""HTML pages: the article, not the page around it."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from archivist.intake.clean import clean_line
from archivist.intake.raw import Hints
from archivist.intake.readers.base import Found, Handed, Reader
from archivist.intake.readers.encoding import decode
from archivist.intake.readers.marked import text_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element
    from trafilatura.settings import Document

MEDIA_TYPE = "text/html"
_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|title|meta|h[1-6]|div|p|article|table|span|br)\b",
    re.IGNORECASE | re.DOTALL,
)
_SURE = re.compile(r"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_TAGS = re.compile(
    r"<(?:p|div|br|span|a|li|td|h[1-6]|strong|em|b|i|body|html)\b[^<>]*>", re.IGNORECASE
)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_BYTES_LITERAL = re.compile(r"^b(['\"])(.*)\1\s*$", re.MULTILINE | re.DOTALL)
_TITLE_PARTS = re.compile(r"\s+[|\u2013\u2014-]\s+")
_LITTLE = 200
_LARGE = 3_000_000
"""Characters of source beyond which looking for the article would take minutes."""
_FEW_TAGS = 3
_MONTHS = 12


def _score(file: Handed) -> int:
    if not file.start or not _START.match(file.start):
        return 0
    if _SURE.match(file.start):
        return 70
    return 70 if len(_TAGS.findall(file.start)) >= _FEW_TAGS else 5


def _read(file: Handed) -> Iterator[Found]:
    source = _without_literal(source_of(file.data()))
    text, hints = article(source)
    yield file.raw(text, MEDIA_TYPE, hints=hints)


def source_of(data: bytes) -> str:
    """Return a page's source, in the encoding the page names if its bytes do not tell better."""
    text = decode(data)
    named = _CHARSET.search(data[:4096])
    if named is None or text.isascii():
        return text
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _as_named(data, named[1].decode("ascii")) or text
    return text


def _as_named(data: bytes, encoding: str) -> str:
    western = {"iso-8859-1", "latin1", "ascii", "us-ascii"}
    try:
        return data.decode("cp1252" if encoding.lower() in western else encoding)
    except (LookupError, UnicodeDecodeError):
        return ""


def _without_literal(source: str) -> str:
    """Undo what careless scrapers write: a page as the literal of a Python bytes object."""
    found = _BYTES_LITERAL.search(source)
    if found is None or ("\\x" not in found[2] and "\\n" not in found[2]):
        return source
    try:
        value = ast.literal_eval(found[0].strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return source
    return source[: found.start()] + decode(value) + source[found.end() :]


def article(source: str) -> tuple[str, Hints]:
    """Return the text of a page's article and what its metadata says."""
    import trafilatura  # noqa: PLC0415 - heavy: only where there is a page
    from lxml import html  # noqa: PLC0415 - as above
    from trafilatura.settings import Document  # noqa: PLC0415 - as above

    tree = trafilatura.load_html(source)
    if tree is None:
        return "", Hints()
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    whole = text_of(html.fromstring(source) if len(source) < _LITTLE else tree)
    if len(source) > _LARGE:
        return whole, Hints(title=_title(tree, "h1", "title"), language=language)
    document = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if not isinstance(document, Document):
        return whole, Hints(title=_title(tree, "h1", "title"), language=language)
    text = text_of(document.body, keep_head=True)
    hints = _hints(document, tree, language)
    if not _is_certain(hints.date, source):
        hints = replace(hints, date="")
    return (text if len(text) >= _LITTLE else whole), hints


def _is_certain(date: str, source: str) -> bool:
    """Whether a page's date is its own, or can only be read one way: no guess at "4/5/12"."""
    spelt = (date, date.replace("-", "/"), date.replace("-", ""))
    day = date.rpartition("-")[2]
    return any(each in source for each in spelt) or (day.isdigit() and int(day) > _MONTHS)


def _hints(document: Document, tree: _Element, language: str) -> Hints:
    return Hints(
        title=_own_title(clean_line(document.title or ""), tree),
        date=document.date or "",
        author=clean_line(_author(tree) or document.author or ""),
        language=language,
        site=clean_line(document.sitename or ""),
    )


def _author(tree: _Element) -> str:
    """Return the author as the page's head names it, commas and all."""
    metas = (meta for meta in tree.iter("meta") if (meta.get("name") or "").lower() == "author")
    return next((meta.get("content") or "" for meta in metas), "")


def _own_title(found: str, tree: _Element) -> str:
    """Return the page's own title where what was found is only the name of the site."""
    parts = _TITLE_PARTS.split(_title(tree, "title"))
    if len(parts) > 1 and found in {"", parts[-1]}:
        return parts[0]
    return found or _title(tree, "h1", "title")


def _title(tree: _Element, *tags: str) -> str:
    for tag in tags:
        if text := clean_line(words_of(next(iter(tree.iter(tag)), None))):
            return text
    return ""


READER = Reader("HTML", _score, _read)
