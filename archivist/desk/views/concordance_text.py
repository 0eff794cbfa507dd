"""What a line of a concordance shows, cut to its room: contexts at whole words, the hit between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from archivist.desk import paint

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter

    from archivist.archive.results import Line
    from archivist.desk.theme import Theme

_ELLIPSIS: Final = "…"
_ALONE = r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]"
_WORD = re.compile(rf"{_ALONE}|(?:(?!{_ALONE})[^\s])*(?!{_ALONE})\w(?:(?!{_ALONE})[^\s])*")
_KEPT: Final = 1200


@dataclass(frozen=True, slots=True)
class Strong:
    """Which word beside the hits decides the order of lines.

    Attributes:
        before: whether it stands before the hit, as the text is read.
        word: the first, second or third, counted away from the hit; 0: none.
    """

    before: bool = False
    word: int = 0


class Laid(NamedTuple):
    """One line of text, ready to be drawn.

    Attributes:
        layout: holds the line.
        line: where its letters stand.
        width: of the letters.
    """

    layout: QTextLayout
    line: QTextLine
    width: float

    def draw(self, painter: QPainter, x: float, rect: QRectF, colour: QColor) -> QPointF:
        """Draw it from x on, centred in the height of a row; return where it stands."""
        origin = QPointF(x, rect.center().y() - self.line.height() / 2)
        painter.setPen(colour)
        self.layout.draw(painter, origin)
        return origin


def reads_from_right(line: Line) -> bool:
    """Whether what stands before the hit is to be shown at its right."""
    return paint.reads_from_right(line.keyword)


class Typesetter:
    """Sets the parts of lines in the fonts of a theme; what is drawn often is kept."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.context = lru_cache(maxsize=_KEPT)(self._context)
        self.keyword = lru_cache(maxsize=_KEPT)(self._keyword)
        self.wide = lru_cache(maxsize=4 * _KEPT)(self._wide)

    def forget(self) -> None:
        """Drop what was set: fonts or sizes are others now."""
        for kept in (self.context, self.keyword, self.wide):
            kept.cache_clear()

    def _wide(self, keyword: str) -> float:
        """Return how wide a hit is, whole."""
        return QFontMetricsF(self._theme.font("m", 600)).horizontalAdvance(keyword)

    def _keyword(self, text: str, room: float, *, strong: bool) -> Laid:
        font = self._theme.font("m", 600 if strong else 500)
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, max(room, 1.0))
        return _laid(shown, font, rtl=paint.reads_from_right(text))

    def _context(self, text: str, room: float, strong: int, *, before: bool, rtl: bool) -> Laid:
        """Set what stands beside a hit.

        Args:
            text: all that is known of it.
            room: in pixels.
            strong: which word, counted away from the hit, is set semibold; 0: none.
            before: whether it stands before the hit, as the text is read.
            rtl: whether it is read from right to left.
        """
        font, heavy = self._theme.font("m"), self._theme.font("m", 600)
        text = text.rstrip() if before else text.lstrip()
        start, end = _nth(text, strong, before=before)
        light, wide = QFontMetricsF(font), QFontMetricsF(heavy)
        word = text[start:end]
        room -= wide.horizontalAdvance(word) - light.horizontalAdvance(word)
        shown = _cut(text, light, room, before=before)
        return _laid(shown, font, _nth(shown, strong, before=before), rtl=rtl)


def _cut(text: str, metrics: QFontMetricsF, room: float, *, before: bool) -> str:
    """Leave out whole words, those farthest from the hit first, until the rest fits."""
    if metrics.horizontalAdvance(text) <= room:
        return text
    words = [match.span() for match in _WORD.finditer(text)]
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        if metrics.horizontalAdvance(_without(text, words, middle + 1, before=before)) <= room:
            high = middle
        else:
            low = middle + 1
    shown = _without(text, words, low + 1, before=before)
    return shown if metrics.horizontalAdvance(shown) <= room else ""


def _without(text: str, words: list[tuple[int, int]], count: int, *, before: bool) -> str:
    """Return a context without its farthest words, and an ellipsis in their place."""
    if count >= len(words):
        return _ELLIPSIS
    if before:
        return f"{_ELLIPSIS} {text[words[count][0] :]}"
    return f"{text[: words[len(words) - count - 1][1]]} {_ELLIPSIS}"


def _nth(text: str, number: int, *, before: bool) -> tuple[int, int]:
    """Return where the nth word stands, counted away from the hit."""
    if not number:
        return 0, 0
    words = [match.span() for match in _WORD.finditer(text)]
    ordered = reversed(words) if before else iter(words)
    return next(islice(ordered, number - 1, None), (0, 0))


def _laid(text: str, font: QFont, strong: tuple[int, int] = (0, 0), *, rtl: bool = False) -> Laid:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    sides = Qt.LayoutDirection
    option.setTextDirection(sides.RightToLeft if rtl else sides.LeftToRight)
    layout.setTextOption(option)
    if strong[0] < strong[1]:
        layout.setFormats([_semibold(*strong)])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(1e6)
    layout.endLayout()
    return Laid(layout, line, line.naturalTextWidth())


def _semibold(start: int, end: int) -> QTextLayout.FormatRange:
    span = QTextLayout.FormatRange()
    span.start, span.length = start, end - start
    form = QTextCharFormat()
    form.setFontWeight(QFont.Weight.DemiBold)
    span.format = form
    return span
