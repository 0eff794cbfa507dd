"""XML: TEI editions, news feeds, and any other text marked up by elements.

Nothing outside the file is ever fetched, and no entity is expanded but the five XML knows.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from archivist.intake.clean import clean_line
from archivist.intake.raw import Hints
from archivist.intake.readers.base import Found, Handed, Reader
from archivist.intake.readers.encoding import decode
from archivist.intake.readers.marked import Paragraphs, tag_of, text_of, words_of
from archivist.model.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import XMLParser, _Element

MEDIA_TYPE = "application/xml"
_START = re.compile(
    r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*(?:<!DOCTYPE\s+[^\[>]*(?:\[.*?\]\s*)?>\s*)?"
    r"(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<([A-Za-z_][\w.:-]*)",
    re.DOTALL,
)
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SPACE = re.compile(r"\s+")
_SKIPPED = frozenset({"teiHeader", "facsimile", "xenoData", "standOff", "figure", "graphic"})
_INLINE = frozenset({"lb", "pb", "cb", "milestone"})
_NOTES = frozenset({"note", "footnote"})
_ITEMS = frozenset({"item", "entry"})


def _score(file: Handed) -> int:
    if not file.start:
        return 0
    root = _START.match(file.start)
    if root is None or root[1].lower() == "html":
        return 0
    return 75 if file.start.lstrip().startswith("<?xml") or "xmlns" in file.start[:2000] else 0


def _read(file: Handed) -> Iterator[Found]:
    root = parse(file.data())
    name = tag_of(root)
    if name == "html":
        yield file.raw(text_of(root), "application/xhtml+xml")
    elif name in {"rss", "feed", "RDF"}:
        yield file.raw(_feed(root), "application/rss+xml", hints=_feed_hints(root))
    else:
        yield file.raw(_text(root), MEDIA_TYPE, hints=_hints(root))


def parse(data: bytes) -> _Element:
    """Parse XML safely; what is a little wrong is mended.

    Raises:
        RefusedError: it breaks off, or nothing in it can be read.
    """
    from lxml import etree  # noqa: PLC0415 - only where there is XML

    try:
        return etree.fromstring(data, _parser(recover=False))
    except etree.XMLSyntaxError as error:
        if _is_cut(data):
            raise RefusedError(
                "The file breaks off before its end.", "Ask its sender for it once more."
            ) from error
    root = etree.fromstring(data, _parser(recover=True))
    if root is None:
        raise RefusedError("The file is damaged.", "Ask its sender for it once more.")
    return root


def _is_cut(data: bytes) -> bool:
    """Whether the end of the outermost element is missing."""
    text = decode(data)
    root = _START.match(text)
    return root is None or re.search(rf"</{re.escape(root[1])}\s*>", text) is None


def _parser(*, recover: bool) -> XMLParser:
    from lxml import etree  # noqa: PLC0415 - only where there is XML

    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _find(root: _Element, name: str) -> Iterator[_Element]:
    return (element for element in root.iter() if tag_of(element) == name)


def _line(element: _Element | None) -> str:
    return clean_line(words_of(element))


def _text(root: _Element) -> str:
    """Return the text: paragraphs are the elements that have text of their own."""
    text = next((child for child in root if tag_of(child) == "text"), None)
    paragraphs = Paragraphs()
    _walk(root if text is None else text, paragraphs)
    return paragraphs.text()


def _walk(element: _Element, paragraphs: Paragraphs) -> None:
    for child in element if not _is_paragraph(element) else [element]:
        name = tag_of(child)
        if name in _SKIPPED or not name:
            continue
        if child is element or _is_paragraph(child):
            notes: list[_Element] = []
            _inline(child, paragraphs, notes)
            paragraphs.end()
            for note in notes:
                _note(note, paragraphs)
        elif name == "row" and len(child):
            paragraphs.add("\x1f".join(_line(cell) for cell in child))
            paragraphs.end()
        else:
            _walk(child, paragraphs)


def _note(note: _Element, paragraphs: Paragraphs) -> None:
    number = note.get("n", "")
    paragraphs.add(f"[{number}] " if number else "")
    for part in note if len(note) and not _is_paragraph(note) else [note]:
        _inline(part, paragraphs, [])
        paragraphs.end()


def _is_paragraph(element: _Element) -> bool:
    """Whether text stands directly in the element, beside or without others."""
    texts = [element.text, *(child.tail for child in element)]
    return any(text and text.strip() for text in texts) or _is_line_of_parts(element)


def _is_line_of_parts(element: _Element) -> bool:
    return tag_of(element) in _LINES_OF_PARTS and len(element) > 0


_LINES_OF_PARTS = frozenset(
    {"p", "para", "ab", "head", "dateline", "signed", "salute", "byline", "l", "closer", "opener"}
)


def _inline(element: _Element, paragraphs: Paragraphs, notes: list[_Element]) -> None:
    paragraphs.add(_SPACE.sub(" ", element.text or ""))
    for child in element:
        name = tag_of(child)
        if not name:
            paragraphs.add(_entity(child))
        elif name in _NOTES:
            notes.append(child)
            number = child.get("n", "")
            paragraphs.add(f"[{number}]" if number else "")
        elif name == "lb":
            paragraphs.line()
        elif name == "list":
            _list(child, paragraphs, notes)
        elif name not in _INLINE and name not in _SKIPPED:
            if name in _LINES_OF_PARTS or name in _ITEMS:
                paragraphs.line()
            _inline(child, paragraphs, notes)
        paragraphs.add(_SPACE.sub(" ", child.tail or ""))


def _entity(node: _Element) -> str:
    """Return what a named character of HTML stands for; other entities are left out."""
    text = html.unescape(node.text or "")
    return "" if text.startswith("&") and text != "&" else text


def _list(element: _Element, paragraphs: Paragraphs, notes: list[_Element]) -> None:
    for child in element:
        paragraphs.line()
        _inline(child, paragraphs, notes)
    paragraphs.line()


def _hints(root: _Element) -> Hints:
    header = next(_find(root, "teiHeader"), None)
    if header is None:
        title = next(_find(root, "title"), None)
        return Hints(title=_line(title), language=_language(root))
    return Hints(
        title=_line(next(_find(header, "title"), None)),
        date=_created(header),
        author=_line(next(_find(header, "author"), None)),
        language=_language(root),
    )


def _created(header: _Element) -> str:
    """Return the date the header gives for the document itself, not for its edition."""
    for date in _find(header, "date"):
        if date.get("type") == "created":
            return date.get("when") or _line(date)
    for profile in _find(header, "creation"):
        for date in _find(profile, "date"):
            return date.get("when") or _line(date)
    return ""


def _language(root: _Element) -> str:
    for element in (root, *_find(root, "text")):
        if language := element.get(_LANG) or element.get("lang"):
            return language
    return ""


def _feed(root: _Element) -> str:
    """Return a feed as one text: each entry with its title, date and words."""
    entries = [item for item in root.iter() if tag_of(item) in _ITEMS]
    return "\n\n".join(_entry(entry) for entry in entries)


def _entry(entry: _Element) -> str:
    parts: dict[str, str] = {}
    for child in entry:
        name = tag_of(child)
        if name in {"title", "pubDate", "published", "updated", "date"}:
            parts.setdefault("date" if name != "title" else "title", _line(child))
        elif name in {"encoded", "content", "description", "summary"}:
            words = _words(words_of(child))
            if len(words) > len(parts.get("words", "")):
                parts["words"] = words
    return "\n\n".join(parts[name] for name in ("title", "date", "words") if parts.get(name))


def _words(source: str) -> str:
    from lxml.html import fromstring  # noqa: PLC0415 - only where there is a feed

    return text_of(fromstring(f"<div>{source}</div>")) if source.strip() else ""


def _feed_hints(root: _Element) -> Hints:
    channel = next(_find(root, "channel"), root)
    values = {tag_of(child): _line(child) for child in reversed(channel)}
    return Hints(
        title=values.get("title", ""),
        date=values.get("lastBuildDate") or values.get("pubDate") or values.get("updated", ""),
        language=values.get("language", ""),
        site=values.get("title", ""),
    )


READER = Reader("XML", _score, _read)
