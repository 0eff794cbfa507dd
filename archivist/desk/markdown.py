"""Markdown pages in the theme's fonts and colours, with examples of queries that can be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextTable,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QTextBlock, QTextDocument

    from archivist.desk.theme import Theme

_PROPORTIONAL: Final = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
_COLUMNS: Final = frozenset({"you type", "example"})
"""Heads of the columns whose code is a query to try."""
_SCHEME: Final = "query"


def typeset(document: QTextDocument, theme: Theme) -> int:
    """Set a page in the theme's fonts and colours, tables without lines; return its examples.

    Code is an example where it stands in a column for examples, or makes up a paragraph.
    """
    cells: set[int] = set()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _typeset_table(frame, theme)
            cells |= _example_blocks(frame)
    count = 0
    block = document.begin()
    while block.isValid():
        count += _typeset_block(block, theme, tried=block.blockNumber() in cells)
        block = block.next()
    return count


def example_of(link: QUrl) -> str:
    """Return the query a link of a page stands for, or empty."""
    if link.scheme() != _SCHEME:
        return ""
    return link.path(QUrl.ComponentFormattingOption.FullyDecoded)


def _typeset_table(table: QTextTable, theme: Theme) -> None:
    form = table.format().toTableFormat()
    form.setBorder(0)
    form.setCellPadding(3)
    form.setCellSpacing(0)
    form.setTopMargin(theme.px(4))
    form.setBottomMargin(theme.px(12))
    table.setFormat(form)


def _example_blocks(table: QTextTable) -> set[int]:
    """Return the numbers of the blocks in columns for examples."""
    found: set[int] = set()
    for column in range(table.columns()):
        head = table.cellAt(0, column).firstCursorPosition().block().text()
        if head.strip().casefold() in _COLUMNS:
            cells = (table.cellAt(row, column) for row in range(1, table.rows()))
            found |= {cell.firstCursorPosition().blockNumber() for cell in cells}
    return found


def _typeset_block(block: QTextBlock, theme: Theme, *, tried: bool) -> int:
    """Dress a block; return how many examples it has."""
    cursor = QTextCursor(block)
    level = block.blockFormat().headingLevel()
    shape = block.blockFormat()
    shape.setLineHeight(125, _PROPORTIONAL)
    shape.setTopMargin(theme.px(16) if level else 0)
    shape.setBottomMargin(theme.px(4))
    cursor.setBlockFormat(shape)
    spans = []
    at = block.begin()
    while not at.atEnd():
        piece = at.fragment()
        spans.append((piece.position(), piece.text(), piece.charFormat()))
        at += 1
    alone = bool(spans) and all(form.fontFixedPitch() for _, _, form in spans)
    count = 0
    for start, text, form in spans:
        cursor.setPosition(start)
        cursor.setPosition(start + len(text), QTextCursor.MoveMode.KeepAnchor)
        is_example = form.fontFixedPitch() and (tried or alone)
        cursor.setCharFormat(_dressed(form, level, theme, text if is_example else ""))
        count += is_example
    return count


def _dressed(form: QTextCharFormat, level: int, theme: Theme, example: str) -> QTextCharFormat:
    new = QTextCharFormat(form)
    new.clearProperty(QTextFormat.Property.FontSizeAdjustment)
    if form.fontFixedPitch():
        new.setFont(theme.font("s", mono=True))
        new.setForeground(theme.tokens.accent if example else theme.tokens.text)
    elif level:
        new.setFont(theme.font("l", 600))
        new.setForeground(theme.tokens.text)
    else:
        new.setForeground(theme.tokens.text)
    if example:
        link = QUrl()
        link.setScheme(_SCHEME)
        link.setPath(example)
        new.setAnchor(True)
        new.setAnchorHref(link.toString())
        new.setToolTip(f"Search for {example}")
    return new
