"""The records in the trash, read page by page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from archivist.desk import describe

if TYPE_CHECKING:
    from archivist.model.record import Record

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Taken: TypeAlias = "Callable[[Sequence[Record]], None]"
Fetch: TypeAlias = Callable[[int, int, "Taken"], None]
"""Asks for some records (limit, offset); answers in the GUI thread, or never."""

RECORD = Qt.ItemDataRole.UserRole + 1
"""Role: the Record, or None while it is being read."""
PAGE = 100
_NOWHERE = QModelIndex()


class TrashModel(QAbstractListModel):
    """What lies in the trash, trashed last first."""

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._count = 0
        self._records: dict[int, Record] = {}
        self._asked: set[int] = set()
        self._generation = 0

    def show(self, count: int, first: Sequence[Record] = ()) -> None:
        """Show so many records, of which the first are at hand."""
        self.beginResetModel()
        self._count = count
        self._records = dict(enumerate(first))
        self._asked = {0} if first else set()
        self._generation += 1
        self.endResetModel()

    def record(self, row: int) -> Record | None:
        """Return the record of a row; where it is not at hand it is asked for."""
        if row not in self._records and 0 <= row < self._count:
            self._ask(row // PAGE)
        return self._records.get(row)

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._count

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        record = self.record(index.row())
        if role == RECORD:
            return record
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return "…" if record is None else describe.title_of(record.description)
        return None

    def _ask(self, page: int) -> None:
        if page in self._asked:
            return
        self._asked.add(page)
        generation = self._generation

        def take(records: Sequence[Record]) -> None:
            if generation == self._generation:
                self._take(page, records)

        self._fetch(PAGE, page * PAGE, take)

    def _take(self, page: int, records: Sequence[Record]) -> None:
        start = page * PAGE
        self._records.update(enumerate(records, start))
        if records:
            last = min(self._count, start + len(records)) - 1
            self.dataChanged.emit(self.index(start, 0), self.index(last, 0))
