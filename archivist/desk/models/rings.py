"""The rings of the thesaurus as a list whose rows can be typed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from archivist.model.query_terms import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archivist.archive.results import Synonyms

Index: TypeAlias = QModelIndex | QPersistentModelIndex
RING: Final = int(Qt.ItemDataRole.UserRole) + 1
"""Role: the `Synonyms` of a row."""
_NOWHERE = QModelIndex()


class RingsModel(QAbstractTableModel):
    """The rings that hold a text; a row for a new one stands first while it is typed."""

    def __init__(
        self, put: Callable[[int, list[str]], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._put = put
        self._all: tuple[Synonyms, ...] = ()
        self._shown: tuple[Synonyms, ...] = ()
        self._wanted = ""

    def show(self, rings: Sequence[Synonyms]) -> None:
        """Show these rings."""
        self._all = tuple(sorted(rings, key=lambda ring: ring.terms[0].casefold()))
        self._filter()

    def narrow(self, text: str) -> None:
        """Show only rings with a word that begins so."""
        self._wanted = folded(text)
        self._filter()

    def begin(self) -> QModelIndex:
        """Open a row for a new ring; return its index."""
        from archivist.archive.results import Synonyms  # noqa: PLC0415 - keeps the start quick

        self.abandon()
        self.beginInsertRows(_NOWHERE, 0, 0)
        self._shown = (Synonyms(0, ()), *self._shown)
        self.endInsertRows()
        return self.index(0, 0)

    def abandon(self) -> None:
        """Take the row of a new ring away, where it was left empty."""
        if self._shown and not self._shown[0].terms:
            self.beginRemoveRows(_NOWHERE, 0, 0)
            self._shown = self._shown[1:]
            self.endRemoveRows()

    def ring(self, row: int) -> Synonyms | None:
        """Return the ring of a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def row_of(self, terms: Sequence[str]) -> int:
        """Return the row of a ring by its terms, or -1."""
        rows = (row for row, ring in enumerate(self._shown) if ring.terms == tuple(terms))
        return next(rows, -1)

    def _filter(self) -> None:
        self.beginResetModel()
        wanted = f" {self._wanted}"
        self._shown = tuple(
            ring for ring in self._all if any(wanted in f" {folded(term)}" for term in ring.terms)
        )
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        ring = self.ring(index.row())
        if ring is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return "; ".join(ring.terms)
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join([*ring.terms, *([state] if (state := state_of(ring)) else [])])
            case _ if role == RING:
                return ring
            case _:
                return None

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        ring = self.ring(index.row())
        if ring is None or role != Qt.ItemDataRole.EditRole:
            return False
        terms = terms_of(str(value))
        if terms and tuple(terms) != ring.terms:
            self._put(ring.number, terms)
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable


def terms_of(text: str) -> list[str]:
    """Return the terms typed in a line, between semicolons."""
    return [term for part in text.split(";") if (term := " ".join(part.split()))]


def state_of(ring: Synonyms) -> str:
    """Return where a ring comes from, in a word; empty for one of the archive's own."""
    if ring.changed:
        return "Changed"
    return "Shipped" if ring.shipped else ""
