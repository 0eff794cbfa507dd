"""With whom somebody met: a list of all who were there, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QLabel,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import formats, paint
from archivist.desk.models.agents import ROW, span_of
from archivist.desk.views.agent_rows import paint_ground
from archivist.desk.views.long_list import LongList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from archivist.archive.agents.pages import Met
    from archivist.desk.context import Desk

Index: TypeAlias = QModelIndex | QPersistentModelIndex
_HEIGHT: Final = 36
_NOWHERE = QModelIndex()
_WHERE: Final = (
    "Who takes part or speaks in the same memoranda of conversation, calls, briefings and "
    "communiqu\u00e9s."
)


class MetModel(QAbstractTableModel):
    """All who were met, the most frequent first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[Met] = ()

    def show_rows(self, rows: Sequence[Met]) -> None:
        """Show others."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            count = formats.counted(len(row.records), "record")
            return ", ".join(filter(None, (row.name, count, span_of(row.first, row.last))))
        return None


class _Delegate(QStyledItemDelegate):
    """Draws a name, in how many records, and when."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Met = index.data(ROW)
        theme, px = self._desk.theme, self._desk.theme.px
        painter.save()
        paint_ground(self._desk, painter, option, index)
        inner = QRectF(option.rect).adjusted(px(20), 0, -px(20), -1)
        years = QRectF(inner)
        years.setLeft(inner.right() - px(80))
        small, quiet = theme.font("s"), theme.tokens.text2
        span = span_of(row.first, row.last)
        paint.line_of_text(painter, years, span, small, quiet, right=True)
        count = inner.adjusted(0, 0, -px(96), 0)
        said = formats.counted(len(row.records), "record")
        wide = paint.line_of_text(painter, count, said, small, quiet, right=True)
        name = count.adjusted(0, 0, -wide - px(14), 0)
        font = theme.font("m", 600 if row.agent else 400)
        paint.line_of_text(painter, name, row.name, font, theme.tokens.text)
        painter.restore()


class MetPane(QWidget):
    """The list; Enter opens the page of one.

    Signals:
        agent_asked: number of an agent (0: none that is known), name, and a day.
    """

    agent_asked = Signal(int, str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.model = MetModel(self)
        self.list = LongList("With whom met", self)
        self._where = QLabel(_WHERE, wordWrap=True)
        self._none = QLabel("No record tells that anybody was met.", wordWrap=True)
        self._pages = QStackedWidget()
        self._build()
        self.list.opened.connect(self._open)
        self.dress()

    def show_met(self, met: Sequence[Met]) -> None:
        """Show who was met."""
        self.model.show_rows(met)
        self._pages.setCurrentIndex(0 if met else 1)
        self._where.setVisible(bool(met))
        if met:
            self.list.go_to(0)

    def dress(self) -> None:
        """Take fonts and colours from the theme."""
        theme = self._desk.theme
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, theme.tokens.base)
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.text2)
        self.list.set_ground(palette)
        self.list.set_row_height(theme.px(_HEIGHT))
        for label in (self._where, self._none):
            label.setPalette(palette)
        self._where.setFont(theme.font("s"))

    def _build(self) -> None:
        px = self._desk.theme.px
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self._desk, self.list))
        self.list.show_one_column()
        self._where.setContentsMargins(px(20), px(12), px(20), px(6))
        self._none.setContentsMargins(px(44), px(32), px(44), px(20))
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        for page in (self.list, self._none):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._where)
        column.addWidget(self._pages, 1)
        self.setFocusProxy(self.list)

    def _open(self, row: int) -> None:
        one = self.model.rows[row]
        self.agent_asked.emit(one.agent, one.name, one.last)
