"""The list of every import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import describe, formats, paint
from archivist.desk.views.long_list import LongList
from archivist.desk.views.report_rows import MARGIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from archivist.archive.results import ImportSummary
    from archivist.desk.context import Desk


Index = QModelIndex | QPersistentModelIndex


SUMMARY: Final = Qt.ItemDataRole.UserRole + 1


_NOWHERE: Final = QModelIndex()


_ROW: Final = 60


_STATES: Final = {
    "running": ("arrows-clockwise", "accent", "under way"),
    "done": ("check-circle", "ok", ""),
    "stopped": ("minus-circle", "warn", "stopped before its end"),
    "interrupted": ("warning-circle", "warn", "broke off; import again to finish it"),
}


class ImportsModel(QAbstractListModel):
    """Every import, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._imports: list[ImportSummary] = []

    def show(self, imports: Sequence[ImportSummary]) -> None:
        """Show other imports."""
        self.beginResetModel()
        self._imports = list(imports)
        self.endResetModel()

    def summary(self, row: int) -> ImportSummary | None:
        """Return the import of a row."""
        return self._imports[row] if 0 <= row < len(self._imports) else None

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._imports)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        found = self.summary(index.row()) if index.isValid() else None
        if found is None:
            return None
        if role == SUMMARY:
            return found
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{found.title}, {formats.moment(found.began)}, {sums_of(found)}"
        return None


class ImportList(QWidget):
    """The list of imports."""

    opened = Signal(int)
    import_asked = Signal(list)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.model = ImportsModel(self)
        self.list = LongList("Imports")
        self.list.setModel(self.model)
        self.list.setItemDelegate(_ImportDelegate(desk, self.list))
        self.list.show_one_column()
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._title = QLabel("Import reports")
        self._again = QPushButton("Take up again")
        self._empty = QLabel(
            "Nothing was imported yet.\n\nDrop a folder, a mailbox export or a .zip onto the "
            "window, or press Import: every path is accounted for here.",
            wordWrap=True,
        )
        self._build()

    def read(self) -> None:
        """Read the list of imports."""
        archive = self._desk.archive
        if archive is not None:
            self._desk.tasks.read(
                "imports", lambda _token: archive.imports(), self._take, owner=self
            )

    def dress(self) -> None:
        """Take fonts, sizes and colours from the theme."""
        theme = self._desk.theme
        self._title.setFont(theme.font("xl", 600, serif=True))
        self.list.set_row_height(theme.px(_ROW))
        palette = self.palette()
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.text2)
        self._empty.setPalette(palette)

    def _build(self) -> None:
        px = self._desk.theme.px
        head = QHBoxLayout()
        head.setContentsMargins(px(MARGIN), px(20), px(MARGIN), px(16))
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._again)
        self._empty.setContentsMargins(px(MARGIN), px(24), px(MARGIN), 0)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addSpacing(px(8))
        column.addWidget(self._empty, 1)
        column.addWidget(self.list, 1)
        self.list.opened.connect(self._open)
        self.list.clicked.connect(lambda index: self._open(index.row()))
        self.list.selectionModel().currentRowChanged.connect(self._tell)
        self._again.clicked.connect(self._take_up)

    def _take(self, imports: Sequence[ImportSummary]) -> None:
        row = max(0, self.list.currentIndex().row())
        self.model.show(imports)
        self.list.setVisible(bool(imports))
        self._empty.setVisible(not imports)
        if imports:
            self.list.selectRow(min(row, len(imports) - 1))
        self._tell()

    def _tell(self) -> None:
        found = self.model.summary(self.list.currentIndex().row())
        self._again.setVisible(found is not None and found.state in {"stopped", "interrupted"})

    def _open(self, row: int) -> None:
        found = self.model.summary(row)
        if found is not None:
            self.opened.emit(found.run)

    def _take_up(self) -> None:
        found = self.model.summary(self.list.currentIndex().row())
        if found is not None:
            self.import_asked.emit(list(found.paths))


class _ImportDelegate(QStyledItemDelegate):
    """Draws an import: its title, when and by whom, and its sums."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        theme = self._desk.theme
        tokens, px = theme.tokens, theme.px
        rect, found = QRectF(option.rect), index.data(SUMMARY)
        ground = rect.adjusted(px(MARGIN - 12), 0, -px(MARGIN - 12), -1)
        if option.state & QStyle.StateFlag.State_Selected:
            focused = option.widget.hasFocus()
            paint.rounded(painter, ground, 6, tokens.sel if focused else tokens.sel_off)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            paint.rounded(painter, ground, 6, tokens.hover)
        left, right = rect.left() + px(MARGIN), rect.right() - px(MARGIN)
        icon, token, state = _STATES.get(found.state, _STATES["done"])
        if found.refused and found.state == "done":
            icon, token = "warning", "warn"
        self._desk.icons.paint(
            painter, icon, QRectF(left, rect.top() + px(13), px(16), px(16)), token
        )
        line = QRectF(left + px(28), rect.top() + px(11), right - left - px(28), px(20))
        small = theme.font("s")
        wide = paint.line_of_text(painter, line, sums_of(found), small, tokens.text2, right=True)
        title = line.adjusted(0, 0, -wide - px(16), 0)
        paint.line_of_text(painter, title, found.title, theme.font("m", 600), tokens.text)
        said = (formats.moment(found.began), found.who, state)
        words = describe.SEPARATOR.join(part for part in said if part)
        paint.line_of_text(painter, line.translated(0, px(20)), words, small, tokens.text2)
        paint.hairline(painter, left + px(28), right, rect.bottom() - 1, tokens.line)
        painter.restore()


def sums_of(summary: ImportSummary) -> str:
    """Return "7,935 filed, 60 there already, 5 not filed"."""
    parts = [f"{formats.number(summary.filed)} filed"]
    if summary.duplicates:
        parts.append(f"{formats.number(summary.duplicates)} there already")
    if summary.refused:
        parts.append(f"{formats.number(summary.refused)} not filed")
    return ", ".join(parts)
