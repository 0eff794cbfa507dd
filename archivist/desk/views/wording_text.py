"""A text whose words are marked as gone, new, turned or looked for: by strokes and by tints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from archivist.desk import paint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archivist.archive.wording.results import Difference
    from archivist.desk.theme import Theme, Tokens

Mark = Literal["gone", "new", "form", "phrase"]
LEADING: Final = 25.0
_MEASURE: Final = 520
_SPOKEN: Final = {"gone": "[gone: {}]", "new": "[new: {}]", "form": "[other form: {}]"}
_BLANKS: Final = re.compile(r"\s+")
_ALIKE: Final = {"inflected", "spelled otherwise"}


class Span(NamedTuple):
    """Words that are marked, by their place in the text."""

    start: int
    end: int
    mark: Mark


class MarkedWords(NamedTuple):
    """A text and what is marked in it; the spans are in order and share no letter."""

    text: str
    spans: tuple[Span, ...] = ()

    def words_marked(self, mark: Mark) -> int:
        """Return how many words are marked so."""
        marked = (self.text[span.start : span.end] for span in self.spans if span.mark == mark)
        return sum(len(words.split()) for words in marked)

    def spoken(self) -> str:
        """Return what a screen reader says: what is gone and new is named as such."""
        said, at = [], 0
        for span in self.spans:
            words = self.text[span.start : span.end]
            said += [self.text[at : span.start], _SPOKEN.get(span.mark, "{}").format(words)]
            at = span.end
        return "".join([*said, self.text[at:]])

    def with_phrase(self, start: int, end: int) -> MarkedWords:
        """Mark the phrase looked for, where nothing else is marked."""
        free, at = [], start
        for span in self.spans:
            free.append((at, min(span.start, end)))
            at = max(at, span.end)
        free.append((at, end))
        found = [Span(*self._trimmed(first, last), "phrase") for first, last in free]
        kept = [span for span in found if start <= span.start < span.end <= end]
        return MarkedWords(self.text, tuple(sorted((*self.spans, *kept))))

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        return _trimmed(self.text, start, end)


def side_of(differences: Sequence[Difference], *, left: bool) -> MarkedWords:
    """Return one of two texts that were compared, with what it does not share marked."""
    pieces: list[str] = []
    spans: list[Span] = []
    at = 0
    for one in differences:
        piece = _BLANKS.sub(" ", one.left if left else one.right)
        mark: Mark = "form" if one.kind in _ALIKE else "gone" if left else "new"
        if one.kind != "same" and piece.strip():
            start, end = _trimmed(piece, 0, len(piece))
            spans.append(Span(at + start, at + end, mark))
        pieces.append(piece)
        at += len(piece)
    text = "".join(pieces)
    return MarkedWords(text, tuple(_joined(text, spans)))


def merged(differences: Sequence[Difference]) -> MarkedWords:
    """Return two texts as one: what only the left says struck out, before what the right says."""
    pieces: list[str] = []
    spans: list[Span] = []
    for one in differences:
        left, right = (_BLANKS.sub(" ", side) for side in (one.left, one.right))
        sides: list[tuple[str, Mark | None]] = [(right, None)]
        if one.kind in _ALIKE:
            sides = [(right, "form")]
        elif one.kind != "same":
            before = pieces[-1][-1:] if pieces else ""
            sides = [("" if _parted(before, left) else " ", None)]
            sides += [(_closed(left, right), "gone"), (right, "new")]
        for piece, mark in sides:
            at = sum(map(len, pieces))
            pieces.append(piece)
            if mark is not None and piece.strip():
                start, end = _trimmed(piece, 0, len(piece))
                spans.append(Span(at + start, at + end, mark))
    text = "".join(pieces)
    return MarkedWords(text, tuple(_joined(text, spans)))


def _parted(before: str, words: str) -> bool:
    """Whether words that are put after a letter stand apart from it."""
    return not before.isalnum() or not words[:1].isalnum()


def _closed(left: str, right: str) -> str:
    """Part what is gone from what stands there instead, where both end without a blank."""
    return f"{left} " if left and right and not left[-1].isspace() else left


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave blanks and closing punctuation out of what is marked."""
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _joined(text: str, spans: Iterable[Span]) -> Iterable[Span]:
    """Join marks of a kind that only blanks part: one stroke under words that follow another."""
    kept: Span | None = None
    for span in spans:
        if span.start >= span.end:
            continue
        if kept is not None and kept.mark == span.mark and not text[kept.end : span.start].strip():
            kept = kept._replace(end=span.end)
            continue
        if kept is not None:
            yield kept
        kept = span
    if kept is not None:
        yield kept


class LaidWords:
    """Marked words, laid out in a width and drawn often.

    Attributes:
        height: of all lines, in px.
    """

    def __init__(self, words: MarkedWords, font: QFont, width: float, leading: float) -> None:
        self._words = words
        self._font = font
        self._leading = leading
        self._layout = QTextLayout(words.text, font)
        self._lines = self._lay_out(max(40.0, width))
        self.height = leading * len(self._lines)

    def draw(
        self,
        painter: QPainter,
        x: float,
        y: float,
        tokens: Tokens,
        colour: QColor | None = None,
    ) -> None:
        """Draw tints, then the text over them, its upper left corner at x, y."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for span in self._words.spans:
            self._tint(painter, span, QPointF(x, y), tokens)
        painter.setPen(colour or tokens.text)
        self._layout.draw(
            painter, QPointF(x, y), [_format(span, tokens) for span in self._words.spans]
        )
        painter.restore()

    def _lay_out(self, width: float) -> list[QTextLine]:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if paint.reads_from_right(self._words.text):
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
            option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        self._layout.setTextOption(option)
        self._layout.beginLayout()
        lines: list[QTextLine] = []
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            gap = (self._leading - line.height()) / 2
            line.setPosition(QPointF(0, len(lines) * self._leading + gap))
            lines.append(line)
        self._layout.endLayout()
        return lines

    def _tint(self, painter: QPainter, span: Span, origin: QPointF, tokens: Tokens) -> None:
        ground = _ground(span.mark, tokens)
        if ground is None:
            return
        for line in self._lines:
            start = max(span.start, line.textStart())
            end = min(span.end, line.textStart() + line.textLength())
            shown = self._words.text[start:end].rstrip()
            if start < end and shown:
                rect = paint.tint_rects(line, start, start + len(shown), self._font)
                paint.rounded(painter, rect.translated(origin), 3, ground)


def _ground(mark: Mark, tokens: Tokens) -> QColor | None:
    grounds = {"gone": tokens.dele_bg, "new": tokens.ins_bg, "phrase": tokens.sel}
    return grounds.get(mark)


def _format(span: Span, tokens: Tokens) -> QTextLayout.FormatRange:
    """Return how marked words are set: struck out, underlined, underlined with dots."""
    form = QTextCharFormat()
    if span.mark == "gone":
        form.setForeground(tokens.dele)
        form.setFontStrikeOut(True)
    elif span.mark == "new":
        form.setForeground(tokens.ins)
        form.setFontUnderline(True)
    elif span.mark == "form":
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        form.setUnderlineColor(tokens.text2)
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = span.start, span.end - span.start, form
    return found


class WordsPage(QWidget):
    """Marked words as a page sets them."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._words = MarkedWords("")
        self._laid: LaidWords | None = None
        theme.changed.connect(self.set)

    @property
    def words(self) -> MarkedWords:
        """What is shown."""
        return self._words

    def show_words(self, words: MarkedWords) -> None:
        """Show other words."""
        self._words = words
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(words.spoken())
        self.set()

    def set(self) -> None:
        """Lay the words out in the width there is."""
        px = self._theme.px
        room = min(self.width() - px(40), px(_MEASURE))
        font = self._theme.font("l", serif=True)
        self._laid = LaidWords(self._words, font, room, px(LEADING)) if self._words.text else None
        tall = self._laid.height + px(16) if self._laid is not None else 0
        self.setMinimumHeight(round(tall))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self.minimumHeight())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.set()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._laid is not None:
            px = self._theme.px
            painter = QPainter(self)
            self._laid.draw(painter, self._left(), px(2), self._theme.tokens)

    def _left(self) -> float:
        """Return where the column stands: at the right for words read from there."""
        px = self._theme.px
        if paint.reads_from_right(self._words.text):
            return max(px(20), self.width() - px(20) - min(self.width() - px(40), px(_MEASURE)))
        return px(20)


class WordsArea(QScrollArea):
    """A page of marked words, scrolled where it is longer than its room."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.page = WordsPage(theme, name)
        self.setWidget(self.page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_ground(self, colour: QColor) -> None:
        """Take a colour for the page and what is behind it."""
        palette = self.palette()
        for role in (palette.ColorRole.Window, palette.ColorRole.Base):
            palette.setColor(role, colour)
        for part in (self, self.viewport(), self.page):
            part.setPalette(palette)
