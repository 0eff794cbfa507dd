"""What delegates and small widgets paint with: marked text, badges, boxes, hairlines.

Nothing here keeps state of its own; colours come from the tokens handed in.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, cast

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QTabBar, QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QRect

    from archivist.desk.icons import Icons
    from archivist.desk.theme import Theme, Tokens

BadgeKind = Literal["plain", "warn", "bad", "ok", "accent"]
BoxState = Literal["off", "on", "not", "some"]

_ELLIPSIS = "…"
_LONGEST = 400
_ABOVE = 1.75
_TALL = 2.45
_ASIDE = 2.0
_FORMAT = QPainter.RenderHint.Antialiasing


class Line(NamedTuple):
    """One laid out line: where it stands in the layout and what of the text it shows."""

    layout: QTextLayout
    line: QTextLine
    start: int
    end: int


def hairline(painter: QPainter, x1: float, x2: float, y: float, colour: QColor) -> None:
    """Draw a line of one device pixel from x1 to x2."""
    painter.fillRect(QRectF(x1, y, x2 - x1, 1 / painter.device().devicePixelRatioF()), colour)


def rounded(  # noqa: PLR0917 - a rectangle is all of this
    painter: QPainter,
    rect: QRectF | QRect,
    radius: float,
    fill: QColor | None,
    edge: QColor | None = None,
    width: float = 1.0,
) -> None:
    """Draw a rounded rectangle, its edge within `rect`."""
    painter.save()
    painter.setRenderHint(_FORMAT)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(edge, width) if edge is not None else Qt.PenStyle.NoPen)
    inset = width / 2 if edge is not None else 0.0
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


_FROM_RIGHT: Final = "\u200f"
"""A mark of direction."""


def focus_ring(painter: QPainter, rect: QRectF | QRect, radius: float, tokens: Tokens) -> None:
    """Draw the ring that shows where the keyboard is."""
    rounded(painter, rect, radius, None, tokens.accent, 2.0)


def elided(text: str, font: QFont, width: float) -> str:
    """Cut a text on the right so that it fits."""
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
    # It keeps an ellipsis or a full stop at the end of words read from right to left.
    return f"{shown}{_FROM_RIGHT}" if reads_from_right(text) else shown


def is_cut(text: str, font: QFont, width: float) -> bool:
    """Whether a text has to be cut so that it fits."""
    return elided(text, font, width).rstrip(_FROM_RIGHT) != text.rstrip(_FROM_RIGHT)


def line_of_text(
    painter: QPainter, rect: QRectF, text: str, font: QFont, colour: QColor, *, right: bool = False
) -> float:
    """Draw one line, centred in height, elided where it is too long; return its width."""
    shown = elided(text, font, rect.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.setFont(font)
    painter.setPen(colour)
    flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(rect, int(flags), shown)
    return QFontMetricsF(font).horizontalAdvance(shown)


def tint_rects(line: QTextLine, start: int, end: int, font: QFont) -> QRectF:
    """Return the ground of `text[start:end]` on a line: sized by x-height, not by line height."""
    metrics = QFontMetricsF(font)
    baseline = line.y() + line.ascent()
    left = _x_of(line, start)
    right = _x_of(line, end)
    left, right = min(left, right), max(left, right)
    top = baseline - _ABOVE * metrics.xHeight()
    return QRectF(left - _ASIDE, top, right - left + 2 * _ASIDE, _TALL * metrics.xHeight())


def _x_of(line: QTextLine, position: int) -> float:
    found = line.cursorToX(position)
    return float(found[0] if isinstance(found, tuple) else cast("float", found))


class MarkedText:
    """A text with marked places, laid out once on at most some lines and drawn often.

    Attributes:
        height: of all lines, in pixels.
        line_height: distance of baselines.
        lines: how many lines there are.
    """

    def __init__(
        self,
        text: str,
        marks: Sequence[tuple[int, int]],
        font: QFont,
        width: float,
        lines: int = 2,
        *,
        current: int = -1,
        bold_marks: bool = False,
        leading: float = 0.0,
    ) -> None:
        self._font = font
        self._marks = tuple(marks)
        self._current = current
        self._bold = bold_marks
        self._width = max(8.0, width)
        self._from_right = reads_from_right(text)
        self.line_height = leading or QFontMetricsF(font).lineSpacing()
        self._laid = self._lay_out(text, max(8.0, width), lines)
        self.lines = len(self._laid)
        self.height = self.lines * self.line_height

    def draw(
        self,
        painter: QPainter,
        x: float,
        y: float,
        tokens: Tokens,
        colour: QColor | None = None,
    ) -> None:
        """Draw the tints and, over them, the text with its upper left corner at x, y."""
        painter.save()
        painter.setRenderHint(_FORMAT)
        for number, laid in enumerate(self._laid):
            gap = (self.line_height - laid.line.height()) / 2
            aside = self._width - laid.line.naturalTextWidth() if self._from_right else 0.0
            origin = QPointF(x + aside, y + number * self.line_height + gap - laid.line.y())
            self._draw_line(painter, laid, origin, tokens, colour or tokens.text)
        painter.restore()

    def line_of(self, offset: int) -> int:
        """Return the number of the line in which a letter stands, from 0."""
        found = (number for number, laid in enumerate(self._laid) if offset < laid.end)
        return next(found, self.lines - 1)

    def _draw_line(
        self, painter: QPainter, laid: Line, origin: QPointF, tokens: Tokens, colour: QColor
    ) -> None:
        ranges = []
        for number, (first, last) in enumerate(self._marks):
            start, end = max(first, laid.start), min(last, laid.end)
            if start >= end:
                continue
            now = number == self._current
            if not self._bold:
                rect = tint_rects(laid.line, start - laid.start, end - laid.start, self._font)
                _tint(painter, rect.translated(origin), tokens, current=now)
            ranges.append(self._format(start - laid.start, end - start, tokens, now=now))
        painter.setPen(colour)
        laid.layout.draw(painter, origin, ranges)

    def _format(
        self, start: int, length: int, tokens: Tokens, *, now: bool
    ) -> QTextLayout.FormatRange:
        span = QTextLayout.FormatRange()
        span.start = start
        span.length = length
        form = QTextCharFormat()
        if not self._bold:
            form.setForeground(tokens.cur_fg if now else tokens.hit_fg)
        span.format = form
        return span

    def _lay_out(self, text: str, width: float, lines: int) -> list[Line]:
        breaks = self._breaks(text, width, lines)
        laid = [self._single(text[start:end].rstrip(), start) for start, end in breaks[:-1]]
        start, end = breaks[-1]
        if end >= len(text.rstrip()):
            return [*laid, self._single(text[start:end].rstrip(), start)]
        return [*laid, self._cut(text, start, width)]

    def _cut(self, text: str, start: int, width: float) -> Line:
        """Lay out the last line, shortened until it fits: marked words are wider."""
        shown = elided(text[start : start + _LONGEST], self._font, width)
        shown = shown.removesuffix("\u200f").removesuffix(_ELLIPSIS)
        while True:
            line = self._single(shown.rstrip() + _ELLIPSIS, start)
            if not shown or line.line.naturalTextWidth() <= width:
                return line
            shown = shown[:-1]

    def _breaks(self, text: str, width: float, lines: int) -> list[tuple[int, int]]:
        layout = self._layout(text, wrap=True)
        self._embolden(layout, 0, len(text))
        found: list[tuple[int, int]] = []
        layout.beginLayout()
        while len(found) < lines:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            found.append((line.textStart(), line.textStart() + line.textLength()))
        layout.endLayout()
        return found or [(0, 0)]

    def _single(self, shown: str, start: int) -> Line:
        layout = self._layout(shown, wrap=False)
        end = start + len(shown.rstrip(_ELLIPSIS))
        self._embolden(layout, start, end)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(1e6)
        layout.endLayout()
        return Line(layout, line, start, end)

    def _layout(self, text: str, *, wrap: bool) -> QTextLayout:
        layout = QTextLayout(text, self._font)
        option = QTextOption()
        mode = QTextOption.WrapMode
        option.setWrapMode(mode.WrapAtWordBoundaryOrAnywhere if wrap else mode.NoWrap)
        option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        layout.setTextOption(option)
        return layout

    def _embolden(self, layout: QTextLayout, start: int, end: int) -> None:
        spans = []
        for number, mark in enumerate(self._marks):
            first, last = max(mark[0], start), min(mark[1], end)
            if first < last:
                span = QTextLayout.FormatRange()
                span.start = first - start
                span.length = last - first
                form = QTextCharFormat()
                strong = self._bold or number == self._current
                form.setFontWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Medium)
                span.format = form
                spans.append(span)
        layout.setFormats(spans)


def reads_from_right(text: str) -> bool:
    """Whether a text begins in a script that is read from right to left."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind != "L" for kind in kinds if kind in {"L", "R", "AL"}), False)


def _tint(painter: QPainter, rect: QRectF, tokens: Tokens, *, current: bool) -> None:
    if current:
        rounded(painter, rect, 3, tokens.cur, tokens.cur_edge, 1.2)
    else:
        rounded(painter, rect, 3, tokens.hit)


_BADGES: dict[str, tuple[str, str, str]] = {
    "plain": ("text2", "", "edge"),
    "warn": ("warn", "warn_bg", ""),
    "bad": ("bad", "bad_bg", ""),
    "ok": ("ok", "ok_bg", ""),
    "accent": ("on_accent", "accent", ""),
}


def badge(  # noqa: PLR0917 - a badge is all of this
    painter: QPainter,
    right: float,
    centre: float,
    text: str,
    theme: Theme,
    icons: Icons | None = None,
    icon: str = "",
    kind: BadgeKind = "plain",
) -> float:
    """Draw a badge that ends at `right`, around the height `centre`; return its left edge."""
    font = theme.font("xs", 600 if kind != "plain" else 500)
    wide = badge_width(text, theme, icon=bool(icon and icons))
    tall = theme.px(18)
    rect = QRectF(right - wide, round(centre - tall / 2), wide, tall)
    colour, ground, edge = _BADGES[kind]
    tokens = theme.tokens
    radius = tall / 2 if kind == "accent" else 4
    fill = tokens.colour(ground) if ground else None
    rounded(painter, rect, radius, fill, tokens.colour(edge) if edge else None)
    inner = rect.adjusted(theme.px(6), 0, -theme.px(6), 0)
    if icon and icons is not None:
        side = theme.px(12)
        icons.paint(painter, icon, QRectF(inner.left(), centre - side / 2, side, side), colour)
        inner.setLeft(inner.left() + side + theme.px(4))
    painter.setFont(font)
    painter.setPen(tokens.colour(colour))
    painter.drawText(inner, int(Qt.AlignmentFlag.AlignCenter), text)
    return rect.left()


def badge_width(text: str, theme: Theme, *, icon: bool = False) -> float:
    """Return how wide a badge with this text is."""
    wide = QFontMetricsF(theme.font("xs", 600)).horizontalAdvance(text) + 2 * theme.px(6)
    if icon:
        wide += theme.px(12) + (theme.px(4) if text else 0)
    return round(wide)


def check_box(
    painter: QPainter,
    rect: QRectF | QRect,
    state: BoxState,
    tokens: Tokens,
    *,
    focus: bool = False,
    enabled: bool = True,
) -> None:
    """Draw a box that is off, on, left out ("not") or partly on ("some")."""
    box = QRectF(rect)
    on = tokens.accent if enabled else tokens.text3
    painter.save()
    painter.setRenderHint(_FORMAT)
    if state in {"on", "some"}:
        rounded(painter, box, 3.5, on)
        _mark_box(painter, box, state, tokens.on_accent)
    elif state == "not":
        rounded(painter, box, 3.5, tokens.t_not_bg, tokens.t_not, 1.2)
        _mark_box(painter, box, "some", tokens.t_not)
    else:
        rounded(painter, box, 3.5, tokens.paper, tokens.control if enabled else tokens.edge, 1.1)
    if focus:
        focus_ring(painter, box.adjusted(-3, -3, 3, 3), 5, tokens)
    painter.restore()


def _mark_box(painter: QPainter, box: QRectF, state: str, colour: QColor) -> None:
    pen = QPen(colour, box.width() * 0.12)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    at = [(0.27, 0.52), (0.43, 0.68), (0.74, 0.34)] if state == "on" else [(0.27, 0.5), (0.73, 0.5)]
    points = [QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in at]
    painter.drawPolyline(points)


def key_caps(painter: QPainter, right: float, centre: float, keys: str, theme: Theme) -> float:
    """Draw a shortcut such as "Ctrl+Shift+N" as key caps ending at `right`; return their left."""
    font = theme.font("xs", 500)
    metrics = QFontMetricsF(font)
    tall = theme.px(20)
    for name in reversed(split_keys(keys)):
        wide = max(tall * 0.95, metrics.horizontalAdvance(name) + 2 * theme.px(6))
        rect = QRectF(round(right - wide), round(centre - tall / 2), round(wide), tall)
        rounded(painter, rect, 4, theme.tokens.window, theme.tokens.edge)
        painter.setFont(font)
        painter.setPen(theme.tokens.text2)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), name)
        right = rect.left() - theme.px(4)
    return right


def split_keys(keys: str) -> list[str]:
    """Split "Ctrl++" or "Ctrl+Shift+N" into the names on its keys."""
    if not keys:
        return []
    if keys.endswith("++") or keys == "+":
        return [*(part for part in keys[:-2].split("+") if part), "+"]
    return keys.split("+")


class ElidingLabel(QLabel):
    """A label that may shrink: what does not fit is cut with an ellipsis, and told by its tip."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setTextFormat(Qt.TextFormat.PlainText)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.contentsRect())
        shown = elided(self.text(), self.font(), rect.width())
        cut = is_cut(self.text(), self.font(), rect.width())
        self.setToolTip(self.text() if cut else "")
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(rect, int(self.alignment()), shown)


class Ground(QWidget):
    """A plain ground in a colour of the theme."""

    def __init__(self, theme: Theme, token: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._token = token
        theme.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.tokens.colour(self._token))


class Hairline(QWidget):
    """A line of one pixel between two places, in the theme's colour for lines."""

    def __init__(
        self, theme: Theme, *, vertical: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
        theme.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.tokens.line)


_TAB_ASIDE: Final = 12
"""What stands free on either side of a tab's word."""


class TextTabs(QTabBar):
    """Tabs as words: the current one is semibold and underlined."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._aside = _TAB_ASIDE
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        theme.changed.connect(self._dress)

    def set_tight(self, *, tight: bool) -> None:
        """Let the words stand closer together, where there is little room."""
        self._aside = _TAB_ASIDE // 2 if tight else _TAB_ASIDE
        self._dress()

    def _dress(self) -> None:
        self.updateGeometry()
        self.setIconSize(self.iconSize())  # lays the tabs out anew
        self.update()

    @override
    def tabSizeHint(self, index: int) -> QSize:
        metrics = QFontMetricsF(self._theme.font("m", 600))
        wide = metrics.horizontalAdvance(self.tabText(index)) + 2 * self._theme.px(self._aside)
        return QSize(round(wide), self._theme.px(39))

    @override
    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for index in range(self.count()):
            self._paint_tab(painter, index)

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        tokens = self._theme.tokens
        now = index == self.currentIndex()
        rect = QRectF(self.tabRect(index))
        colour = tokens.text if now else tokens.text2 if self.isTabEnabled(index) else tokens.text3
        painter.setFont(self._theme.font("m", 600 if now else 400))
        painter.setPen(colour)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), self.tabText(index))
        aside = self._theme.px(self._aside) - 2
        inner = rect.adjusted(aside, 0, -aside, 0)
        if now:
            under = QRectF(inner.left(), rect.bottom() - 2, inner.width(), 2)
            painter.fillRect(under, tokens.accent)
            if self.hasFocus():
                focus_ring(painter, inner.adjusted(-5, 7, 5, -6), 5, tokens)
