"""Pages told from the length of the texts, for where nothing can lay them out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archivist.dossier import styles
from archivist.dossier.layout import Pages

if TYPE_CHECKING:
    from archivist.dossier.outline import Entry, Outline

_ROOM = styles.PAGE_HEIGHT - styles.MARGIN_TOP - styles.MARGIN_BOTTOM
_TEXT_WIDTH = 76
"""Letters in a line of text."""
_TITLE_WIDTH = 54
_LIST_WIDTH = 74
_DETAIL_WIDTH = 84
_CELL_WIDTH = 34
_WIDE = re.compile("[\u1100-\u115f\u2e80-\ud7a3\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]")
"""East Asian letters, about twice as wide as others."""


def estimate(outline: Outline) -> Pages:
    """Guess on which page each heading stands."""
    if not outline.entries:
        return Pages(2, (), true=False)
    contents = 800 + 2 * 440
    rows = 800
    for entry in outline.entries:
        contents += styles.CONTENTS_2.line * _lines(entry.title, _LIST_WIDTH) + 30
        rows += styles.CELL.line * _lines(entry.title, _CELL_WIDTH) + 100
    summary = 2 + _pages(contents)
    records = summary + _pages(rows)
    headings = [summary, records]
    at = styles.PART.line + styles.PART.after
    for entry in outline.entries:
        head = _head(entry)
        if at % _ROOM + head > _ROOM:
            at += _ROOM - at % _ROOM
        headings.append(records + at // _ROOM)
        at += head + _body(entry)
    return Pages(records + _pages(at) - 1, tuple(headings), true=False)


def _width(text: str) -> int:
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def _pages(height: int) -> int:
    return max(1, -(-height // _ROOM))


def _lines(text: str, width: int) -> int:
    return max(1, -(-_width(text) // width))


def _head(entry: Entry) -> int:
    style = styles.HEADING
    title = style.before + style.after + style.line * _lines(entry.title, _TITLE_WIDTH)
    rows = sum(_lines(row.value, _DETAIL_WIDTH) for row in entry.rows)
    return title + rows * styles.DESCRIPTION.line + 300


def _body(entry: Entry) -> int:
    height = styles.CITATION.line * 2 + 200
    for passage in entry.passages():
        lines = sum(_lines(line, _TEXT_WIDTH) for line in passage.text.split("\n"))
        height += styles.RECORD.line * lines + styles.RECORD.after
    return height
