"""How an agent, a proposal and somebody who was met are drawn in their lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from archivist.archive.agents.results import Proposal
from archivist.desk import describe, formats, paint
from archivist.desk.models.agents import (
    KINDS,
    ROLES,
    ROW,
    Known,
    judged,
    latest_office,
    lifetime,
    span_of,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter

    from archivist.desk.context import Desk

Index = QModelIndex | QPersistentModelIndex
AGENT_HEIGHT: Final = 56
PROPOSAL_HEIGHT: Final = 80
_SIDE: Final = 20
_ICON: Final = 16
_ICONS: Final = {"person": "user", "body": "buildings", "family": "users"}


def paint_ground(
    desk: Desk, painter: QPainter, option: QStyleOptionViewItem, index: Index, left: int = _SIDE
) -> None:
    """Draw what stands behind a row: selection, mouse, focus, the line under it."""
    view, tokens, px = option.widget, desk.theme.tokens, desk.theme.px
    if not isinstance(view, QAbstractItemView):
        return
    rect = QRectF(option.rect)
    card = rect.adjusted(px(8), 0, -px(8), -1)
    if view.selectionModel().isSelected(index):
        paint.rounded(painter, card, 6, tokens.sel if view.hasFocus() else tokens.sel_off)
    else:
        if option.state & QStyle.StateFlag.State_MouseOver:
            paint.rounded(painter, card, 6, tokens.hover)
        below = index.sibling(index.row() + 1, 0)
        if not view.selectionModel().isSelected(below):
            ends = (rect.left() + px(left), rect.right() - px(_SIDE))
            paint.hairline(painter, *ends, rect.bottom() - 1, tokens.line)
    if view.hasFocus() and view.currentIndex().row() == index.row():
        paint.rounded(painter, card, 6, None, tokens.accent, 1.5)


class AgentDelegate(QStyledItemDelegate):
    """Draws agents and proposals."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._desk.theme.px(320), self._desk.theme.px(AGENT_HEIGHT))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        px = self._desk.theme.px
        painter.save()
        paint_ground(self._desk, painter, option, index, _SIDE + 28)
        inner = QRectF(option.rect).adjusted(px(_SIDE), px(9), -px(_SIDE), -px(8))
        if isinstance(row, Known):
            self._paint_agent(painter, inner, row)
        elif isinstance(row, Proposal):
            self._paint_proposal(painter, inner, row)
        painter.restore()

    def _paint_agent(self, painter: QPainter, inner: QRectF, row: Known) -> None:
        theme, px, agent = self._desk.theme, self._desk.theme.px, row.agent
        self._paint_icon(painter, inner, _ICONS[agent.kind], "text2")
        line = QRectF(inner.left() + px(28), inner.top(), inner.width() - px(28), px(19))
        count = formats.counted(row.said, "statement") if row.said > 0 else ""
        edge = self._right(painter, line, count, theme.tokens.text)
        paint.line_of_text(painter, edge, agent.name, theme.font("m", 600), theme.tokens.text)
        line.translate(0, px(19))
        edge = self._right(painter, line, span_of(row.first, row.last), theme.tokens.text2)
        labels = describe.labels_of(self._desk)
        country = labels.label("country", agent.country) if agent.country else ""
        parts = [latest_office(agent), country, lifetime(agent)]
        said = describe.SEPARATOR.join(filter(None, parts)) or KINDS[agent.kind]
        paint.line_of_text(painter, edge, said, theme.font("s"), theme.tokens.text2)

    def _paint_proposal(self, painter: QPainter, inner: QRectF, row: Proposal) -> None:
        theme, px = self._desk.theme, self._desk.theme.px
        self._paint_icon(painter, inner, "user", "text2")
        line = QRectF(inner.left() + px(28), inner.top(), inner.width() - px(28), px(19))
        edge = self._right(
            painter, line, formats.counted(row.records, "mention"), theme.tokens.text
        )
        wide = paint.line_of_text(painter, edge, row.name, theme.font("m", 600), theme.tokens.text)
        others = [form for form in row.forms if form != row.name]
        edge.setLeft(edge.left() + wide + px(10))
        if others and edge.width() > px(60):
            said = f"also {', '.join(others)}"
            paint.line_of_text(painter, edge, said, theme.font("s"), theme.tokens.text2)
        line.translate(0, px(20))
        roles = ", ".join(ROLES.get(role, role) for role in row.roles)
        parts = [roles, span_of(row.first, row.last)]
        said = describe.SEPARATOR.join(filter(None, parts))
        paint.line_of_text(painter, line, said, theme.font("s"), theme.tokens.text2)
        line.translate(0, px(20))
        self._paint_judgement(painter, line, row)

    def _paint_judgement(self, painter: QPainter, line: QRectF, row: Proposal) -> None:
        """Draw who is meant and how surely: colour is never the only sign."""
        theme, px = self._desk.theme, self._desk.theme.px
        icon, token = "plus-circle", "text2"
        if row.candidates:
            sure = row.linked is not None
            icon, token = ("check-circle", "ok") if sure else ("circle-half", "warn")
        side = px(14)
        box = QRectF(line.left(), line.center().y() - side / 2, side, side)
        self._desk.icons.paint(painter, icon, box, token)
        cell = line.adjusted(px(20), 0, 0, 0)
        paint.line_of_text(painter, cell, judged(row), theme.font("s"), theme.tokens.colour(token))

    def _paint_icon(self, painter: QPainter, inner: QRectF, icon: str, token: str) -> None:
        px = self._desk.theme.px
        box = QRectF(inner.left(), inner.top() + px(1), px(_ICON), px(_ICON))
        self._desk.icons.paint(painter, icon, box, token)

    def _right(self, painter: QPainter, line: QRectF, text: str, colour: QColor) -> QRectF:
        """Draw text at the right of a line; return what room is left of it."""
        theme = self._desk.theme
        if not text:
            return QRectF(line)
        wide = paint.line_of_text(painter, line, text, theme.font("s"), colour, right=True)
        return line.adjusted(0, 0, -wide - theme.px(14), 0)
