"""Markdown, with YAML front matter or without: what is read is the text, not its marks."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from archivist.intake.raw import Hints
from archivist.intake.readers.base import Found, Handed, Reader
from archivist.intake.readers.encoding import decode
from archivist.intake.readers.given import described
from archivist.model.record import Description

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markdown_it.token import Token

MEDIA_TYPE = "text/markdown"
_FRONT = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_HEADING = re.compile(r"^(#{1,6})(?=[^#\s])", re.MULTILINE)
_TITLE = re.compile(r"^#{1,2}[ \t]*(?=[^#\s])(.+?)[ \t#]*$", re.MULTILINE)
_SIGNS = (
    ("#", re.compile(r"^#{1,6} ?\S", re.MULTILINE)),
    ("](", re.compile(r"\[[^\]\n]+\]\([^)\s]+\)")),
    ("**", re.compile(r"(?<![*\w])\*\*[^*\n]+\*\*")),
    ("|", re.compile(r"^\|.+\|\s*$", re.MULTILINE)),
    ("```", re.compile(r"^```", re.MULTILINE)),
    ("\n- ", re.compile(r"^- +\S.*\n- +\S", re.MULTILINE)),
    ("\n* ", re.compile(r"^\* +\S.*\n\* +\S", re.MULTILINE)),
)
"""What Markdown is told by: a text to look for first, because that is quick, and the sign."""
_MANY_SIGNS = 4
_SPACES = re.compile(" {2,}")
_TAG = re.compile(r"<[^>]*>")


def _score(file: Handed) -> int:
    head = file.start
    if (front := _FRONT.match(head)) and _mapping(front[1]) is not None:
        return 80
    wanted = 1 if file.ending in {"md", "markdown"} else _MANY_SIGNS
    found = (sign for hint, sign in _SIGNS if hint in head and sign.search(head))
    return 40 if len(list(itertools.islice(found, wanted))) == wanted else 0


def _read(file: Handed) -> Iterator[Found]:
    given, hints, body = split(decode(file.data()))
    if not given.title and (heading := _TITLE.search(body)):
        hints = replace(hints, title=text_of(heading[1]))
    yield file.raw(text_of(body), MEDIA_TYPE, given, hints)


def split(source: str) -> tuple[Description, Hints, str]:
    """Return what the front matter gives, and the Markdown behind it."""
    front = _FRONT.match(source)
    values = _mapping(front[1]) if front else None
    if front is None or values is None:
        return Description(), Hints(), source
    given, hints = described(values)
    return given, hints, source[front.end() :]


def _mapping(front: str) -> Mapping[str, object] | None:
    """Read front matter as YAML in which nothing but texts and lists of them can stand."""
    import yaml  # noqa: PLC0415 - only where there is front matter

    try:
        found = yaml.load(front, Loader=yaml.BaseLoader)  # noqa: S506 - it makes texts only
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return {str(name): found[name] for name in found} if isinstance(found, dict) else None


def text_of(source: str) -> str:
    """Return the text of Markdown: paragraphs apart by an empty line, list items on lines."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only where there is Markdown

    source = _HEADING.sub(r"\1 ", source.replace("\r\n", "\n"))
    parser = MarkdownIt("commonmark").enable("table")
    blocks = [block for block in _blocks(parser.parse(source)) if block.strip()]
    return "\n\n".join(blocks)


def _blocks(tokens: list[Token]) -> Iterator[str]:
    row: list[str] = []
    label, in_row = "", False
    labels = _labels(tokens)
    for place, token in enumerate(tokens):
        if token.type == "list_item_open":
            label = labels[place]
        elif token.type == "tr_open":
            row, in_row = [], True
        elif token.type == "tr_close":
            in_row = False
            yield "\t".join(row)
        elif token.type == "inline":
            text = _inline(token)
            if in_row:
                row.append(text)
            else:
                yield label + text
                label = ""
        elif token.type in {"fence", "code_block"}:
            yield token.content.strip("\n")
        elif token.type == "html_block":
            yield _TAG.sub("", token.content).strip()


def _labels(tokens: list[Token]) -> dict[int, str]:
    """Return what stands before each list item, as the source has it."""
    ordered = [""]
    found: dict[int, str] = {}
    for place, token in enumerate(tokens):
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            ordered.append(token.type)
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            ordered.pop()
        elif token.type == "list_item_open":
            is_numbered = ordered[-1] == "ordered_list_open"
            found[place] = f"{token.info}{token.markup} " if is_numbered else "- "
    return found


def _inline(token: Token) -> str:
    parts = []
    for child in token.children or []:
        if child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak":
            parts.append("\n")
        elif child.type in {"text", "code_inline", "image", "text_special"}:
            parts.append(child.content)
    return _SPACES.sub(" ", "".join(parts)).strip()


READER = Reader("Markdown", _score, _read)
