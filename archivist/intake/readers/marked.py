"""Paragraphs out of HTML trees: what stands between block elements is one of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd div dl dt fieldset figcaption figure "  # noqa: SIM905
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary "
    "table tbody tfoot thead title tr ul item list head quote row".split()
)
_CELLS = frozenset({"td", "th", "cell"})
_BREAKS = frozenset({"br", "lb"})
_SILENT = frozenset(
    {"script", "style", "template", "noscript", "head", "iframe", "object", "svg", "math", "select"}
)
_BLANKS = re.compile(r"[ \t\r\f\v\xa0\u2000-\u200a\u202f]+")


class Paragraphs:
    """Gathers text; a paragraph ends where it is told to."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._parts: list[str] = []

    def add(self, text: str | None, *, as_is: bool = False) -> None:
        """Add text to the paragraph; line ends of the source are blanks unless `as_is`."""
        if text:
            self._parts.append(text if as_is else text.replace("\n", " "))

    def line(self) -> None:
        """Begin a new line in the paragraph."""
        self._parts.append("\n")

    def cell(self) -> None:
        """Begin a new cell in the row."""
        self._parts.append("\x1f")

    def end(self) -> None:
        """End the paragraph."""
        lines = "".join(self._parts).split("\n")
        lines = [
            _BLANKS.sub(" ", line).strip().strip("\x1f").replace("\x1f", "\t") for line in lines
        ]
        if text := "\n".join(lines).strip("\n"):
            self._done.append(re.sub(r"\n{2,}", "\n\n", text))
        self._parts = []

    def text(self) -> str:
        """Return all paragraphs, apart by an empty line."""
        self.end()
        return "\n\n".join(self._done)


def tag_of(element: _Element) -> str:
    """Return an element's name without its namespace; empty for comments and the like."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def words_of(element: _Element | None) -> str:
    """Return all text inside an element as it stands."""
    return "" if element is None else "".join(str(part) for part in element.itertext())


def _tidy(line: str) -> str:
    line = _BLANKS.sub(" ", line)
    return re.sub(" ?\x1f ?", "\x1f", line).strip(" \x1f").replace("\x1f", "\t")


def text_of(root: _Element, *, keep_head: bool = False) -> str:
    """Return the text of a tree of HTML, paragraph by paragraph."""
    paragraphs = Paragraphs()
    silent = _SILENT - {"head"} if keep_head else _SILENT
    _gather(root, paragraphs, silent)
    return paragraphs.text()


def _gather(root: _Element, paragraphs: Paragraphs, silent: frozenset[str]) -> None:
    """Walk the tree without recursion: strangers nest as deep as they like."""
    stack: list[tuple[_Element, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        tag = tag_of(element)
        if leaving:
            _leave(tag, paragraphs)
            paragraphs.add(element.tail if element is not root else None)
            continue
        if not tag or tag in silent:
            paragraphs.add(element.tail if element is not root else None)
            continue
        _enter(element, tag, paragraphs)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))


def _enter(element: _Element, tag: str, paragraphs: Paragraphs) -> None:
    if tag in _BLOCKS:
        paragraphs.end()
    if tag in _BREAKS:
        paragraphs.line()
    if tag in {"li", "item"}:
        paragraphs.add("- ")
    paragraphs.add(element.text, as_is=tag == "pre")


def _leave(tag: str, paragraphs: Paragraphs) -> None:
    if tag in _BLOCKS:
        paragraphs.end()
    elif tag in _CELLS:
        paragraphs.cell()
