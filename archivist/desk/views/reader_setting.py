"""A page of text set for reading, little by little, and where each letter of it then stands."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from archivist.desk.views.typeset import Kind, Paragraph, Units, paragraphs, right_to_left

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archivist.desk.theme import Theme

MEASURE: Final = 520
GUTTER: Final = 28
SIDE: Final = 20
AT_ONCE: Final = 60
"""Paragraphs set in one go; the rest follows while the window stays awake."""
LINE_SEPARATOR: Final = "\u2028"
_LEADING: Final = 25.7 / 16
_HEAD_BLOCKS: Final = 2
Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Page:
    """What the reader shows of a record.

    Attributes:
        title: set as the heading.
        meta: the line beneath it.
        text: the record's text; may be empty.
        marks: hits, as (start, end) in characters of the text, ascending.
        title_marks: hits of the title.
        language: ISO 639-1, or empty.
        empty: said instead of a text where there is none.
    """

    title: str
    meta: str
    text: str = ""
    marks: tuple[Mark, ...] = ()
    title_marks: tuple[Mark, ...] = ()
    language: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A hit, or the part of it that stands in one block, in UTF-16 units of the block."""

    hit: int
    start: int
    end: int


class _Formats:
    """Fonts and spacing of the page, made once for a theme."""

    def __init__(self, theme: Theme, *, rtl: bool) -> None:
        self._theme = theme
        self._rtl = rtl
        tokens = theme.tokens
        self.title = _char(theme.font("xl", 600, serif=True), tokens.text)
        self.meta = _char(theme.font("s"), tokens.text2)
        self.body = _char(theme.font("l", serif=True), tokens.text)
        self.quiet = _char(theme.font("m"), tokens.text2)
        line = theme.font("s", 600)
        line.setCapitalization(QFont.Capitalization.AllUppercase)
        line.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
        self.dateline = _char(line, tokens.text2)

    def block(self, before: float, after: float, leading: float, font: QFont) -> QTextBlockFormat:
        """Return the spacing of a block; `leading` is a factor of the font's size."""
        form = QTextBlockFormat()
        form.setTopMargin(self._theme.px(before) if before else 0)
        form.setBottomMargin(self._theme.px(after) if after else 0)
        natural = QFontMetricsF(font).height()
        percent = 100 * leading * font.pixelSize() / natural
        form.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if self._rtl:
            form.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        return form


def _char(font: QFont, colour: QColor) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFont(font)
    form.setForeground(colour)
    return form


class Setting:
    """Sets a page into a document.

    Attributes:
        page: what is set.
        paragraphs: of its text.
        placed: how many of them are set.
        pieces: of hits, by the number of their block.
        rtl: whether it reads from right to left.
    """

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        """Set nothing yet."""
        self._document = document
        self._theme = theme
        self.page = Page("", "")
        self.paragraphs: list[Paragraph] = []
        self.placed = 0
        self.pieces: dict[int, list[Piece]] = {}
        self.rtl = False
        self._units = Units("")
        self._formats = _Formats(theme, rtl=False)

    def begin(self, page: Page) -> None:
        """Set the head and the first paragraphs of another page; the document is empty."""
        self.page = page
        self.paragraphs = paragraphs(page.text, page.title)
        self._units = Units(page.text)
        self.rtl = right_to_left(page.text, page.language)
        self._formats = _Formats(self._theme, rtl=self.rtl)
        self.pieces, self.placed = {}, 0
        option = QTextOption()
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft if self.rtl else Qt.LayoutDirection.LeftToRight
        )
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._document.setDefaultTextOption(option)

    def is_whole(self) -> bool:
        """Whether every paragraph is set."""
        return self.placed >= len(self.paragraphs)

    def place(self, count: int) -> None:
        """Set so many more paragraphs."""
        cursor = QTextCursor(self._document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        for paragraph in self.paragraphs[self.placed : self.placed + count]:
            self._place_one(cursor, paragraph)
        cursor.endEditBlock()
        self.placed = min(len(self.paragraphs), self.placed + count)

    def place_until(self, offset: int) -> None:
        """Set what is needed for a character to stand on the page."""
        place = bisect.bisect_right(self.paragraphs, offset, key=lambda p: p.start)
        if place > self.placed:
            self.place(place - self.placed + AT_ONCE)

    # Where things stand

    def paragraph_of(self, number: int) -> Paragraph | None:
        """Return the paragraph of a block; where the text repeats the title, that is its first."""
        repeated = self._repeats_title()
        if number == 0:
            return self.paragraphs[0] if repeated and self.placed else None
        place = number - _HEAD_BLOCKS + repeated
        return self.paragraphs[place] if repeated <= place < self.placed else None

    def offset(self, position: int) -> int | None:
        """Return the character of the text that stands at a place of the document."""
        block = self._document.findBlock(position)
        paragraph = self.paragraph_of(block.blockNumber())
        if paragraph is None:
            return None
        unit = self._units.to_qt(paragraph.start) + position - block.position()
        return min(self._units.from_qt(unit), paragraph.end)

    def block_of(self, offset: int) -> QTextBlock | None:
        """Return the block in which a character stands, if it is set."""
        place = bisect.bisect_right(self.paragraphs, offset, key=lambda p: p.start) - 1
        if not 0 <= place < self.placed or offset >= self.paragraphs[place].end:
            return None
        repeated = self._repeats_title()
        number = 0 if repeated and not place else place + _HEAD_BLOCKS - repeated
        return self._document.findBlockByNumber(number)

    def within(self, block: QTextBlock, start: int, end: int) -> Piece | None:
        """Return what of a stretch of the text stands in a block; None for nothing."""
        paragraph = self.paragraph_of(block.blockNumber())
        if paragraph is None or not (start < paragraph.end and paragraph.start < end):
            return None
        base = self._units.to_qt(paragraph.start)
        low = self._units.to_qt(max(start, paragraph.start)) - base
        return Piece(-1, low, self._units.to_qt(min(end, paragraph.end)) - base)

    def top_of(self, offset: int) -> float | None:
        """Return the height at which the line of a character begins, if it is set."""
        block = self.block_of(offset)
        if block is None:
            return None
        piece = self.within(block, offset, offset + 1)
        return self.line_top(block, piece.start if piece is not None else 0)

    def line_top(self, block: QTextBlock, position: int) -> float:
        """Return the height at which a line begins, by a place in its block."""
        top = self._document.documentLayout().blockBoundingRect(block).top()
        line = block.layout().lineForTextPosition(position)
        return top + (line.y() if line.isValid() else 0.0)

    def boxes(self, block: QTextBlock, piece: Piece) -> Iterator[QRectF]:
        """Yield the grounds of some letters of a block, one for each line they stand in."""
        layout, text = block.layout(), block.text()
        origin, height = layout.position(), self._x_height(block, piece)
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            start = max(piece.start, line.textStart())
            end = min(piece.end, line.textStart() + line.textLength())
            while end > start and text[end - 1 : end].isspace():
                end -= 1
            if start >= end:
                continue
            x1, x2 = sorted((_x(line.cursorToX(start)), _x(line.cursorToX(end))))
            top = origin.y() + line.y() + line.ascent() - 1.75 * height
            yield QRectF(origin.x() + x1 - 2, top, x2 - x1 + 4, 2.45 * height)

    @staticmethod
    def _x_height(block: QTextBlock, piece: Piece) -> float:
        font = block.charFormat().font()
        if block.length() > 1:
            cursor = QTextCursor(block)
            cursor.setPosition(block.position() + piece.start + 1)
            font = cursor.charFormat().font()
        return QFontMetricsF(font).xHeight()

    # Hits

    def tint(self, hit: int, *, current: bool) -> None:
        """Give a hit the colours of the current one, or those of the others."""
        for block, pieces in self.pieces.items():
            for piece in pieces:
                if piece.hit == hit >= 0:
                    self._tint_piece(block, piece, current=current)

    def _tint_piece(self, number: int, piece: Piece, *, current: bool) -> None:
        block = self._document.findBlockByNumber(number)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + piece.start)
        cursor.setPosition(block.position() + piece.end, QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        tokens = self._theme.tokens
        form.setForeground(tokens.cur_fg if current else tokens.hit_fg)
        if number:
            form.setFontWeight(QFont.Weight.DemiBold if current else QFont.Weight.Normal)
        cursor.mergeCharFormat(form)

    # How it is set

    def place_head(self) -> None:
        """Set title and meta line."""
        form, page = self._formats, self.page
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        cursor.setBlockFormat(form.block(0, 8, 29 / 21, form.title.font()))
        cursor.insertText(page.title or "Without a title", form.title)
        cursor.insertBlock(form.block(0, 20, 1.5, form.meta.font()))
        cursor.insertText(page.meta, form.meta)
        if not self.paragraphs and page.empty:
            cursor.insertBlock(form.block(8, 0, 1.5, form.quiet.font()))
            cursor.insertText(page.empty, form.quiet)
        cursor.endEditBlock()
        self._mark_title()

    def _mark_title(self) -> None:
        """Mark hits of the title; those of a heading in the text stand at the same words."""
        units = Units(self.page.title)
        for start, end in self.page.title_marks:
            self._add_piece(0, Piece(-2, units.to_qt(start), units.to_qt(end)))
        if self._repeats_title():
            self.pieces.pop(0, None)
            self._add_marks(self.paragraphs[0], 0)

    def _repeats_title(self) -> bool:
        """Whether the text begins with the very title, which is set once only."""
        first = self.paragraphs[0] if self.paragraphs else None
        if first is None or first.kind is not Kind.TITLE:
            return False
        return self.page.text[first.start : first.end] == self.page.title

    def _place_one(self, cursor: QTextCursor, paragraph: Paragraph) -> None:
        if paragraph is self.paragraphs[0] and self._repeats_title():
            return
        form = self._formats
        text = self.page.text[paragraph.start : paragraph.end].replace("\n", LINE_SEPARATOR)
        if paragraph.kind is Kind.DATELINE:
            cursor.insertBlock(form.block(4, 12, 1.5, form.dateline.font()))
            cursor.insertText(text, form.dateline)
        else:
            cursor.insertBlock(form.block(0, 12, _LEADING, form.body.font()))
            cursor.insertText(text, form.body)
        self._add_marks(paragraph, cursor.block().blockNumber())

    def _add_marks(self, paragraph: Paragraph, block: int) -> None:
        base = self._units.to_qt(paragraph.start)
        marks = self.page.marks
        first = bisect.bisect_right(marks, paragraph.start, key=lambda mark: mark[1])
        for hit in range(first, len(marks)):
            start, end = marks[hit]
            if start >= paragraph.end:
                break
            low = self._units.to_qt(max(start, paragraph.start)) - base
            high = self._units.to_qt(min(end, paragraph.end)) - base
            self._add_piece(block, Piece(hit, low, high))

    def _add_piece(self, block: int, piece: Piece) -> None:
        self.pieces.setdefault(block, []).append(piece)
        self._tint_piece(block, piece, current=False)


def _x(answer: object) -> float:
    """Return the x of QTextLine.cursorToX, which answers a tuple in PySide6."""
    return float(answer[0]) if isinstance(answer, tuple) else float(str(answer))
