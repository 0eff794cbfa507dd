"""A counted list of terms as a table that can be sorted by each of its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from archivist.desk import formats

if TYPE_CHECKING:
    from archivist.archive.results import TermCount, TermTable

Index: TypeAlias = QModelIndex | QPersistentModelIndex
ROW: Final = int(Qt.ItemDataRole.UserRole) + 1
"""Role: the `TermCount` of a row."""
COLUMNS: Final = ("Term", "Records", "Hits", "First", "Last")
NUMBERS: Final = frozenset({1, 2})
"""Columns whose values are figures, set to the right."""
_NOWHERE = QModelIndex()


class TermsModel(QAbstractTableModel):
    """The rows of a table of terms."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._given: tuple[TermCount, ...] = ()
        self._rows: tuple[TermCount, ...] = ()

    def show(self, table: TermTable) -> None:
        """Show a table in the order its terms were given in."""
        self.beginResetModel()
        self._given = self._rows = table.rows
        self.endResetModel()

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._given = self._rows = ()
        self.endResetModel()

    def term(self, row: int) -> TermCount | None:
        """Return the count of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def faulty(self) -> list[int]:
        """Return the rows whose line cannot be read."""
        return [row for row, term in enumerate(self._rows) if term.error]

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; what has no value, and lines that cannot be read, come last."""
        down = order == Qt.SortOrder.DescendingOrder
        full = [term for term in self._given if not term.error and _sortable(term, column)]
        rest = [term for term in self._given if not term.error and not _sortable(term, column)]
        bad = [term for term in self._given if term.error]
        full.sort(key=lambda term: _key(term, column), reverse=down)
        self.beginResetModel()
        self._rows = (*full, *rest, *bad)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        term = self.term(index.row())
        if term is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _said(term, index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                return _spoken(term) if not index.column() else _said(term, index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return term.error or (term.line if not index.column() else None)
            case _ if role == ROW:
                return term
            case _:
                return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


def _sortable(term: TermCount, column: int) -> bool:
    return bool(term.first) if column in {3, 4} else True


def _key(term: TermCount, column: int) -> str | int:
    keys = (term.line.casefold(), term.records, term.hits, term.first, term.last)
    return keys[column]


def _said(term: TermCount, column: int) -> str:
    if term.error:
        return (term.line, term.error, "", "", "")[column]
    if not term.records:
        return (term.line, formats.number(0), formats.number(0), "", "")[column]
    return (
        term.line,
        formats.number(term.records),
        formats.number(term.hits),
        formats.day(term.first) if term.first else "",
        formats.day(term.last) if term.last else "",
    )[column]


def _spoken(term: TermCount) -> str:
    if term.error:
        return f"{term.line}, cannot be read: {term.error}"
    counts = f"{formats.counted(term.records, 'record')}, {formats.counted(term.hits, 'hit')}"
    return f"{term.line}, {counts}"
