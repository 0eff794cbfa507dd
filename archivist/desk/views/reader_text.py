"""The text of a record, typeset for reading, with its hits marked and counted."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import (
    QFrame,
    QTextBrowser,
    QWidget,
)
from typing_extensions import override

from archivist.desk.views.typeset import (
    Kind,
    Paragraph,
    Units,
    paragraph_at,
    paragraphs,
    right_to_left,
)

if TYPE_CHECKING:
    from archivist.desk.context import Desk
    from archivist.desk.theme import Theme

MEASURE = 520
_GUTTER = 28
_SIDE = 20
_AT_ONCE = 60
_LEADING = 25.7 / 16
_HEAD_BLOCKS = 2
_LINE_SEPARATOR = "\u2028"
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
class _Piece:
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


class ReaderText(QTextBrowser):
    """The page itself.

    Signals:
        hit_changed: (number of the current hit from 1 or 0, number of hits).
        paragraph_changed: number of the paragraph a citation would name; 0 for none.
        menu_asked: a context menu is wanted at this global point.
    """

    hit_changed = Signal(int, int)
    paragraph_changed = Signal(int)
    menu_asked = Signal(QPoint)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = desk.theme
        self._page = Page("", "")
        self._paragraphs: list[Paragraph] = []
        self._placed = 0
        self._units = Units("")
        self._pieces: dict[int, list[_Piece]] = {}
        self._first_hits: list[int] = []
        self._current = -1
        self._bar = (0, 0)
        self._unseen = False
        self._cited = 0
        self._rtl = False
        self._formats = _Formats(self._theme, rtl=False)
        self._filler = QTimer(self, interval=0)
        self._filler.timeout.connect(self._fill_more)
        self._dress()
        self.selectionChanged.connect(self._tell_paragraph)
        self.verticalScrollBar().valueChanged.connect(self._tell_paragraph)
        self._theme.changed.connect(self._retheme)

    def show_page(self, page: Page) -> None:
        """Show another record; the first hit is brought into sight."""
        self._set(page)
        if self._hits():
            self.go_to_hit(0)
        else:
            self.hit_changed.emit(0, 0)
        self._tell_paragraph()

    def page(self) -> Page:
        """Return what is shown."""
        return self._page

    def hit_count(self) -> int:
        """How many hits the text has."""
        return len(self._hits())

    def next_hit(self) -> None:
        """Go to the next hit; after the last comes the first."""
        if self._hits():
            self.go_to_hit((self._current + 1) % len(self._hits()))

    def previous_hit(self) -> None:
        """Go to the hit before; before the first comes the last."""
        if self._hits():
            self.go_to_hit((self._current - 1) % len(self._hits()))

    def go_to_hit(self, hit: int) -> None:
        """Make a hit, counted from 0, the current one and bring it into sight."""
        self._place_until(self._hits()[hit])
        self._tint(self._current, current=False)
        self._current = hit
        self._tint(hit, current=True)
        self._show(hit)
        self._unseen = not self.isVisible()
        self.viewport().update()
        self.hit_changed.emit(hit + 1, len(self._hits()))
        self._tell_paragraph()

    def show_bar(self, start: int, end: int) -> None:
        """Bring a stretch of the text into sight, with a bar at its side; 0, 0: there is none."""
        self._bar = (start, end)
        if start < end <= len(self._page.text):
            self._place_until(end)
            for block in self._blocks_of(start):
                unit = self._units.to_qt(start) - self._units.to_qt(self._start_of(block))
                self._show_line(self._line_top(block, max(0, unit)))
        self.viewport().update()
        self._tell_paragraph()

    def current_hit(self) -> int:
        """Return the current hit, counted from 0; -1 for none."""
        return self._current

    def cited_paragraph(self) -> int:
        """Return the number of the paragraph a citation names now; 0 for none."""
        return self._cited

    def chosen_text(self) -> str:
        """Return the selected text as plain text."""
        chosen = self.textCursor().selectedText()
        return chosen.replace("\u2029", "\n\n").replace(_LINE_SEPARATOR, "\n")

    def chosen_stretch(self) -> tuple[int, int] | None:
        """Return where the selected words stand in the record's text; None where they do not."""
        cursor = self.textCursor()
        start, end = map(self._offset, (cursor.selectionStart(), cursor.selectionEnd()))
        if start is None or end is None or not self._page.text[start:end].strip():
            return None
        chosen = self._page.text[start:end]
        return start + len(chosen) - len(chosen.lstrip()), end - len(chosen) + len(chosen.rstrip())

    def _offset(self, position: int) -> int | None:
        """Return the character of the text that stands at a place of the page."""
        block = self.document().findBlock(position)
        paragraph = self._paragraph_of(block.blockNumber())
        if paragraph is None:
            return None
        unit = self._units.to_qt(paragraph.start) + position - block.position()
        return min(self._units.from_qt(unit), paragraph.end)

    def strip_marks(self) -> list[tuple[float, int]]:
        """Return where hits stand, as shares of the page's height, each with its number from 0."""
        if self._placed < len(self._paragraphs):
            total = max(1, len(self._page.text))
            return [(mark[0] / total, hit) for hit, mark in enumerate(self._page.marks)]
        height = self.document().size().height() or 1.0
        found = []
        for number, pieces in self._pieces.items():
            block = self.document().findBlockByNumber(number)
            for piece in pieces:
                share = self._line_top(block, piece.start) / height
                found.append((min(1.0, share), piece.hit))
        return [(share, hit) for share, hit in found if hit >= 0]

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._unseen = False
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        seen = QRectF(event.rect()).translated(0, self.verticalScrollBar().value())
        for block in self._blocks_in(seen):
            self._paint_number(painter, block)
            self._paint_hits(painter, block)
            self._paint_bar(painter, block)
        painter.end()
        super().paintEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_margins()
        super().resizeEvent(event)
        self._show_unseen()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_unseen()

    def _show_unseen(self) -> None:
        """Bring the current hit into sight of a page that had no size when it was set."""
        if self._unseen and self._current >= 0:
            self._show(self._current)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            bar = self.verticalScrollBar()
            step = bar.pageStep() - self._theme.px(32)
            bar.setValue(bar.value() + (-step if back else step))
            return
        super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._tell_paragraph()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())

    @override
    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(self.chosen_text())
        return data

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(MEASURE + _GUTTER + 2 * _SIDE), self._theme.px(600))

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName("Text of the document")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)

    def _retheme(self) -> None:
        current, place = self._current, self.verticalScrollBar().value()
        self._set(self._page)
        if current >= 0:
            self.go_to_hit(current)
        self.verticalScrollBar().setValue(place)

    def _set(self, page: Page) -> None:
        self._filler.stop()
        self._current = -1
        self._page = page
        self._paragraphs = paragraphs(page.text, page.title)
        self._units = Units(page.text)
        self._rtl = right_to_left(page.text, page.language)
        self._formats = _Formats(self._theme, rtl=self._rtl)
        self._pieces = {}
        self._placed = 0
        self._first_hits = [start for start, _end in page.marks]
        self.clear()
        option = QTextOption()
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft if self._rtl else Qt.LayoutDirection.LeftToRight
        )
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self._set_margins()
        self._place_head()
        self._place(_AT_ONCE)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def _place_head(self) -> None:
        form, page = self._formats, self._page
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.setBlockFormat(form.block(0, 8, 29 / 21, form.title.font()))
        cursor.insertText(page.title or "Without a title", form.title)
        cursor.insertBlock(form.block(0, 20, 1.5, form.meta.font()))
        cursor.insertText(page.meta, form.meta)
        if not self._paragraphs and page.empty:
            cursor.insertBlock(form.block(8, 0, 1.5, form.quiet.font()))
            cursor.insertText(page.empty, form.quiet)
        cursor.endEditBlock()
        self._mark_title()

    def _mark_title(self) -> None:
        """Mark hits of the title; those of a heading in the text stand at the same words."""
        units = Units(self._page.title)
        for start, end in self._page.title_marks:
            self._add_piece(0, _Piece(-2, units.to_qt(start), units.to_qt(end)))
        heading = self._heading()
        if heading is None or self._page.text[heading.start : heading.end] != self._page.title:
            return
        self._pieces.pop(0, None)
        self._add_marks(heading, 0)

    def _heading(self) -> Paragraph | None:
        first = self._paragraphs[0] if self._paragraphs else None
        return first if first is not None and first.kind is Kind.TITLE else None

    def _place(self, count: int) -> None:
        """Set so many more paragraphs; the rest follows while the window stays awake."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        for paragraph in self._paragraphs[self._placed : self._placed + count]:
            self._place_one(cursor, paragraph)
        cursor.endEditBlock()
        self._placed = min(len(self._paragraphs), self._placed + count)
        if self._placed < len(self._paragraphs):
            self._filler.start()
        else:
            self._filler.stop()

    def _fill_more(self) -> None:
        self._place(_AT_ONCE)

    def _place_until(self, offset: int) -> None:
        place = bisect.bisect_right(self._paragraphs, offset, key=lambda p: p.start)
        if place > self._placed:
            self._place(place - self._placed + _AT_ONCE)

    def _place_one(self, cursor: QTextCursor, paragraph: Paragraph) -> None:
        heading = self._heading()
        if (
            paragraph is heading
            and self._page.text[paragraph.start : paragraph.end] == self._page.title
        ):
            return
        form = self._formats
        text = self._page.text[paragraph.start : paragraph.end].replace("\n", _LINE_SEPARATOR)
        if paragraph.kind is Kind.DATELINE:
            cursor.insertBlock(form.block(4, 12, 1.5, form.dateline.font()))
            cursor.insertText(text, form.dateline)
        else:
            cursor.insertBlock(form.block(0, 12, _LEADING, form.body.font()))
            cursor.insertText(text, form.body)
        self._add_marks(paragraph, cursor.block().blockNumber())

    def _add_marks(self, paragraph: Paragraph, block: int) -> None:
        base = self._units.to_qt(paragraph.start)
        marks = self._page.marks
        first = bisect.bisect_right(marks, paragraph.start, key=lambda mark: mark[1])
        for hit in range(first, len(marks)):
            start, end = marks[hit]
            if start >= paragraph.end:
                break
            low = self._units.to_qt(max(start, paragraph.start)) - base
            high = self._units.to_qt(min(end, paragraph.end)) - base
            self._add_piece(block, _Piece(hit, low, high))

    def _add_piece(self, block: int, piece: _Piece) -> None:
        self._pieces.setdefault(block, []).append(piece)
        self._tint_piece(block, piece, current=False)

    def _hits(self) -> list[int]:
        return self._first_hits

    def _tint(self, hit: int, *, current: bool) -> None:
        for block, pieces in self._pieces.items():
            for piece in pieces:
                if piece.hit == hit >= 0:
                    self._tint_piece(block, piece, current=current)

    def _tint_piece(self, number: int, piece: _Piece, *, current: bool) -> None:
        block = self.document().findBlockByNumber(number)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + piece.start)
        cursor.setPosition(block.position() + piece.end, QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        tokens = self._theme.tokens
        form.setForeground(tokens.cur_fg if current else tokens.hit_fg)
        if number:
            form.setFontWeight(QFont.Weight.DemiBold if current else QFont.Weight.Normal)
        cursor.mergeCharFormat(form)

    def _show(self, hit: int) -> None:
        """Bring a hit into sight, a third from the top where the page has to move."""
        for number, pieces in self._pieces.items():
            for piece in pieces:
                if piece.hit == hit:
                    block = self.document().findBlockByNumber(number)
                    self._show_line(self._line_top(block, piece.start))
                    return

    def _show_line(self, top: float) -> None:
        bar = self.verticalScrollBar()
        margin = self._theme.px(48)
        height = self.viewport().height()
        if not bar.value() + margin <= top <= bar.value() + height - 2 * margin:
            bar.setValue(int(top - height / 3))

    def _line_top(self, block: QTextBlock, position: int) -> float:
        top = self.document().documentLayout().blockBoundingRect(block).top()
        line = block.layout().lineForTextPosition(position)
        return top + (line.y() if line.isValid() else 0.0)

    def _set_margins(self) -> None:
        """Keep the measure: what the pane has more goes to both sides."""
        theme, width = self._theme, self.viewport().width()
        gutter = theme.px(_SIDE + _GUTTER)
        spare = max(0, width - gutter - theme.px(MEASURE) - theme.px(_SIDE))
        near, far = gutter + spare // 2, theme.px(_SIDE - 4) + spare - spare // 2
        frame = self.document().rootFrame()
        form = frame.frameFormat()
        left, right = (far, near) if self._rtl else (near, far)
        if (form.leftMargin(), form.rightMargin()) == (left, right) and form.topMargin():
            return
        form.setTopMargin(theme.px(24))
        form.setBottomMargin(theme.px(40))
        form.setLeftMargin(left)
        form.setRightMargin(right)
        frame.setFrameFormat(form)

    def _blocks_in(self, seen: QRectF) -> list[QTextBlock]:
        layout = self.document().documentLayout()
        found = []
        block = self.cursorForPosition(QPoint(0, 0)).block()
        while block.isValid():
            if layout.blockBoundingRect(block).top() > seen.bottom():
                break
            found.append(block)
            block = block.next()
        return found

    def _paint_number(self, painter: QPainter, block: QTextBlock) -> None:
        paragraph = self._paragraph_of(block.blockNumber())
        if paragraph is None or not paragraph.number or not block.layout().lineCount():
            return
        line = block.layout().lineAt(0)
        origin = block.layout().position()
        baseline = origin.y() + line.y() + line.ascent()
        painter.setFont(self._theme.font("xs"))
        painter.setPen(self._theme.tokens.text3)
        text = str(paragraph.number)
        gutter = self._theme.px(_GUTTER)
        if self._rtl:
            form = self.document().rootFrame().frameFormat()
            edge = self.viewport().width() - form.rightMargin() + gutter
            x = edge - painter.fontMetrics().horizontalAdvance(text)
        else:
            x = self.document().rootFrame().frameFormat().leftMargin() - gutter
        painter.drawText(QPointF(x, baseline), text)

    def _paragraph_of(self, number: int) -> Paragraph | None:
        """Return the paragraph of a block; a heading that repeats the title has no block."""
        place = number - _HEAD_BLOCKS
        heading = self._heading()
        if heading is not None:
            same = self._page.text[heading.start : heading.end] == self._page.title
            place += 1 if same else 0
        return self._paragraphs[place] if 0 <= place < self._placed else None

    def _paint_hits(self, painter: QPainter, block: QTextBlock) -> None:
        for piece in self._pieces.get(block.blockNumber(), ()):
            for box in self._boxes(block, piece):
                self._paint_hit(painter, box, current=piece.hit == self._current >= 0)

    def _start_of(self, block: QTextBlock) -> int:
        paragraph = self._paragraph_of(block.blockNumber())
        return paragraph.start if paragraph is not None else 0

    def _blocks_of(self, offset: int) -> list[QTextBlock]:
        """Return the block in which a character stands, if it is placed."""
        found: list[QTextBlock] = []
        block = self.document().begin()
        while block.isValid() and not found:
            paragraph = self._paragraph_of(block.blockNumber())
            if paragraph is not None and paragraph.start <= offset < paragraph.end:
                found.append(block)
            block = block.next()
        return found

    def _paint_bar(self, painter: QPainter, block: QTextBlock) -> None:
        """Draw the bar at the lines of a block that belong to the statement shown."""
        paragraph = self._paragraph_of(block.blockNumber())
        start, end = self._bar
        if paragraph is None or not (start < paragraph.end and paragraph.start < end):
            return
        first = self._units.to_qt(max(start, paragraph.start))
        last = self._units.to_qt(min(end, paragraph.end) - 1)
        base, layout = self._units.to_qt(paragraph.start), block.layout()
        top = layout.lineForTextPosition(first - base)
        bottom = layout.lineForTextPosition(last - base)
        if not top.isValid() or not bottom.isValid():
            return
        px, form = self._theme.px, self.document().rootFrame().frameFormat()
        x = form.leftMargin() - px(10)
        if self._rtl:
            x = self.viewport().width() - form.rightMargin() + px(7)
        high = bottom.y() + bottom.height() - top.y()
        box = QRectF(x, layout.position().y() + top.y(), px(3), high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tokens.accent)
        painter.drawRoundedRect(box, 1.5, 1.5)

    def _paint_hit(self, painter: QPainter, box: QRectF, *, current: bool) -> None:
        tokens = self._theme.tokens
        painter.setPen(QPen(tokens.cur_edge, 1.2) if current else Qt.PenStyle.NoPen)
        painter.setBrush(tokens.cur if current else tokens.hit)
        painter.drawRoundedRect(box, 3, 3)

    def _boxes(self, block: QTextBlock, piece: _Piece) -> list[QRectF]:
        layout = block.layout()
        origin = layout.position()
        text = block.text()
        height = QFontMetricsF(block.charFormat().font()).xHeight()
        if block.length() > 1:
            cursor = QTextCursor(block)
            cursor.setPosition(block.position() + piece.start + 1)
            height = QFontMetricsF(cursor.charFormat().font()).xHeight()
        boxes = []
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
            boxes.append(QRectF(origin.x() + x1 - 2, top, x2 - x1 + 4, 2.45 * height))
        return boxes

    def _tell_paragraph(self) -> None:
        cited = self._find_paragraph()
        if cited != self._cited:
            self._cited = cited
        self.paragraph_changed.emit(cited)

    def _find_paragraph(self) -> int:
        """Return what is cited: the selection's paragraph, else the current hit's, else none."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            block = self.document().findBlock(cursor.selectionStart())
            found = self._paragraph_of(block.blockNumber())
        elif self._bar[1]:
            found = paragraph_at(self._paragraphs, self._bar[0])
        elif self._current >= 0:
            found = paragraph_at(self._paragraphs, self._hits()[self._current])
        else:
            return 0
        return found.number if found is not None else 0


def _x(answer: object) -> float:
    """Return the x of QTextLine.cursorToX, which answers a tuple in PySide6."""
    return float(answer[0]) if isinstance(answer, tuple) else float(str(answer))
