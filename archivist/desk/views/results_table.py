"""The table of the records found: its head and its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QWidget,
)
from typing_extensions import override

from archivist.desk import describe, formats, paint
from archivist.desk.models.records import Column, RecordsModel

if TYPE_CHECKING:
    from archivist.archive.results import Hit
    from archivist.desk.context import Desk


class TableHead(QHeaderView):
    """The table's head: quiet words, an arrow where the order comes from."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._desk = desk
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setMinimumSectionSize(desk.theme.px(48))
        self.setAccessibleName("Columns")

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._desk.theme.px(30))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._desk.theme.tokens.base)
        edge = self._desk.theme.tokens.edge
        paint.hairline(painter, 0, self.width(), self.height() - 1, edge)
        painter.end()
        super().paintEvent(event)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme = self._desk.theme
        tokens, px = theme.tokens, theme.px
        model = self.model()
        if not isinstance(model, RecordsModel):
            return
        column = model.columns[logicalIndex]
        shown = self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex
        colour = tokens.accent if shown else tokens.text3
        inner = rect.adjusted(px(44) if logicalIndex == 0 else px(8), 0, -px(8), -1)
        if shown:
            descending = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            name = "arrow-down-bold" if descending else "arrow-up-bold"
            wide = painter.fontMetrics().horizontalAdvance(column.label)
            x = min(inner.right() - px(10), inner.left() + wide + px(2))
            place = QRect(x, rect.center().y() - px(5), px(10), px(10))
            self._desk.icons.paint(painter, name, place, "accent")
            inner.setRight(x - px(4))
        font = theme.font("xs", 600)
        paint.line_of_text(
            painter, inner.toRectF(), column.label, font, colour, right=column.number and not shown
        )


def columns_of(desk: Desk) -> tuple[Column, ...]:
    """Return the columns of the table, as the archive that is open calls its values."""

    def labels() -> describe.Labels:
        return describe.labels_of(desk)

    def type_of(hit: Hit) -> str:
        return describe.type_of(hit.record.description, labels())

    def language(hit: Hit) -> str:
        code = hit.record.description.language
        return labels().label("lang", code) if code else ""

    def mark(hit: Hit) -> str:
        return describe.marked(hit.record.description.mark, labels())

    return (
        Column("title", "Title", lambda hit: describe.title_of(hit.record.description), width=330),
        Column(
            "date",
            "Date",
            lambda hit: formats.day(hit.record.description.date),
            number=True,
            sorts=("newest", "oldest"),
            width=100,
        ),
        Column("type", "Type", type_of, width=120),
        Column("code", "Reference", lambda hit: describe.reference_of(hit.record), width=130),
        Column(
            "originator", "Originator", lambda hit: hit.record.description.originator, width=180
        ),
        Column("place", "Place", lambda hit: hit.record.description.place, width=110),
        Column(
            "country",
            "Countries",
            lambda hit: describe.countries_of(hit.record.description, labels()),
            width=150,
        ),
        Column("lang", "Language", language, width=90),
        Column("mark", "Mark", mark, width=90),
        Column(
            "hits",
            "Hits",
            lambda hit: formats.number(hit.hits) if hit.hits else "",
            number=True,
            sorts=("relevance",),
            width=64,
        ),
    )
