"""What is painted about the words of a page: paragraph numbers, hits, bars, marks of statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from archivist.desk.views.reader_setting import GUTTER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor, QTextBlock

    from archivist.desk.theme import Theme
    from archivist.desk.views.reader_setting import Mark, Setting

_ASIDE: Final = 10
"""How far from the text a bar stands."""


class Painting:
    """Paints blocks of a page, in the document's own coordinates.

    Attributes:
        left: where the text begins.
        right: where it ends.
    """

    def __init__(self, setting: Setting, theme: Theme) -> None:
        """Paint about what `setting` sets."""
        self._setting, self._theme = setting, theme
        self.left = self.right = 0.0

    def number(self, painter: QPainter, block: QTextBlock) -> None:
        """Write the number of a paragraph beside its first line."""
        paragraph = self._setting.paragraph_of(block.blockNumber())
        if paragraph is None or not paragraph.number or not block.layout().lineCount():
            return
        line = block.layout().lineAt(0)
        origin = block.layout().position()
        painter.setFont(self._theme.font("xs"))
        painter.setPen(self._theme.tokens.text3)
        text, gutter = str(paragraph.number), self._theme.px(GUTTER)
        wide = painter.fontMetrics().horizontalAdvance(text)
        clear = self._theme.px(_ASIDE + 4) + wide  # large numbers begin further out
        x = self.left - max(gutter, clear)
        if self._setting.rtl:
            x = self.right + max(gutter, clear) - wide
        painter.drawText(QPointF(x, origin.y() + line.y() + line.ascent()), text)

    def hits(self, painter: QPainter, block: QTextBlock, current: int) -> None:
        """Tint the grounds of the hits of a block."""
        tokens = self._theme.tokens
        for piece in self._setting.pieces.get(block.blockNumber(), ()):
            now = piece.hit == current >= 0
            for box in self._setting.boxes(block, piece):
                painter.setPen(QPen(tokens.cur_edge, 1.2) if now else Qt.PenStyle.NoPen)
                painter.setBrush(tokens.cur if now else tokens.hit)
                painter.drawRoundedRect(box, 3, 3)

    def ground(self, painter: QPainter, block: QTextBlock, spans: Sequence[Mark]) -> None:
        """Underlay what stands in a block of the statement in hand."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tokens.t_field_bg)
        for start, end in spans:
            if (piece := self._setting.within(block, start, end)) is not None:
                for box in self._setting.boxes(block, piece):
                    painter.drawRoundedRect(box, 3, 3)

    def bar(self, painter: QPainter, block: QTextBlock, span: Mark) -> None:
        """Draw a bar at the lines of a block that belong to a statement."""
        self._beside(painter, block, span, 3, self._theme.tokens.accent)

    def line(self, painter: QPainter, block: QTextBlock, span: Mark, *, strong: bool) -> None:
        """Draw a thin line where somebody says something."""
        tokens = self._theme.tokens
        self._beside(painter, block, span, 1, tokens.accent if strong else tokens.control)

    def underline(self, painter: QPainter, block: QTextBlock, span: Mark) -> None:
        """Underline what stands in a block of the statement under the mouse."""
        piece = self._setting.within(block, *span)
        if piece is None:
            return
        pen = QPen(self._theme.tokens.control, 1, Qt.PenStyle.DotLine)
        painter.setPen(pen)
        for box in self._setting.boxes(block, piece):
            y = round(box.bottom()) + 0.5
            painter.drawLine(QPointF(box.left() + 2, y), QPointF(box.right() - 2, y))

    def _beside(
        self, painter: QPainter, block: QTextBlock, span: Mark, width: int, colour: QColor
    ) -> None:
        piece = self._setting.within(block, *span)
        if piece is None:
            return
        layout = block.layout()
        top = layout.lineForTextPosition(piece.start)
        bottom = layout.lineForTextPosition(max(piece.start, piece.end - 1))
        if not top.isValid() or not bottom.isValid():
            return
        px = self._theme.px
        x = self.right + px(7) if self._setting.rtl else self.left - px(_ASIDE)
        high = bottom.y() + bottom.height() - top.y()
        gap = 0 if width > 1 else px(3)
        wide = px(width)
        box = QRectF(x + (px(3) - wide) / 2, layout.position().y() + top.y(), wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(box.adjusted(0, gap, 0, -gap), wide / 2, wide / 2)
