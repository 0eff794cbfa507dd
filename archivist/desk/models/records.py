"""The records found, as a lazy model: all keys at once, cards page by page off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from archivist.desk.models.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from archivist.archive.results import Hit

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Taken: TypeAlias = "Callable[[Sequence[Hit] | None], None]"
Fetch: TypeAlias = "Callable[[list[int], Taken], None]"
"""Asks for the cards of some keys; answers in the GUI thread, with None where it failed."""
Say: TypeAlias = "Callable[[Hit], str]"

BLOCK = 40
"""Cards fetched at a time."""
BLOCKS_IN_SIGHT = 2
"""A screen never spans more; wishes for others were scrolled past."""
KEPT = 2000
"""Cards kept in memory."""

HIT = Qt.ItemDataRole.UserRole + 1
"""Role: the Hit, or None while it is being read."""
KEY = Qt.ItemDataRole.UserRole + 2
"""Role: the key of the record."""
_NOWHERE = QModelIndex()
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_TICKABLE = _PLAIN | Qt.ItemFlag.ItemIsUserCheckable


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table.

    Attributes:
        name: stable, for settings.
        label: for people.
        say: the value of a card, as text.
        number: whether its values are figures, set to the right.
        sorts: orders of the store its header asks for, first click first.
        width: px at 100 %; 0 takes what is left.
    """

    name: str
    label: str
    say: Say
    number: bool = False
    sorts: tuple[str, ...] = ()
    width: int = 120


class RecordsModel(QAbstractTableModel):
    """All records found; rows are known at once, what they show is read as they come in sight."""

    ticks_changed = Signal()

    def __init__(
        self, columns: Sequence[Column], fetch: Fetch, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.choice = Choice()
        self._fetch = fetch
        self._keys: Sequence[int] = ()
        self._hits: dict[int, Hit | None] = {}
        self._stale: set[int] = set()
        self._wanted: dict[int, None] = {}
        self._asked: frozenset[int] = frozenset()
        self._generation = 0

    def show(self, keys: Sequence[int], first: Iterable[Hit] = ()) -> None:
        """Show another result; `first` are cards that are at hand already."""
        self.beginResetModel()
        self.choice.spell_out()
        self._keys = keys
        self._generation += 1
        self._wanted.clear()
        self._asked = frozenset()
        self._stale.clear()
        self._hits = {hit.record.id: hit for hit in first}
        self.endResetModel()

    @property
    def keys(self) -> Sequence[int]:
        """The keys of all records found, in order."""
        return self._keys

    def key(self, row: int) -> int:
        """Return the key of a row; 0 outside the result."""
        return int(self._keys[row]) if 0 <= row < len(self._keys) else 0

    def row(self, key: int, near: int = 0) -> int:
        """Return the row of a key, or -1; looks about `near` first."""
        for row in range(max(0, near - BLOCK), min(len(self._keys), near + BLOCK)):
            if int(self._keys[row]) == key:
                return row
        return next((row for row, found in enumerate(self._keys) if int(found) == key), -1)

    def hit(self, row: int) -> Hit | None:
        """Return the card of a row; where it is not at hand it is asked for."""
        key = self.key(row)
        if key not in self._hits or key in self._stale:
            self._want(row)
        else:
            self._hits[key] = self._hits.pop(key)
        return self._hits.get(key)

    def gone(self, row: int) -> bool:
        """Whether the record of a row was read and is there no more."""
        key = self.key(row)
        return key in self._hits and self._hits[key] is None

    def refresh(self, keys: Iterable[int] = ()) -> None:
        """Read cards again, without keys all that are kept; the old ones stay till then."""
        self._stale.update(set(keys) or self._hits)
        self._changed()

    def tick(self, keys: Iterable[int], *, on: bool) -> None:
        """Tick or untick records."""
        self.choice.set(keys, on=on)
        self._ticked()

    def drop_ticks(self, keys: Iterable[int]) -> None:
        """Untick records, also those of earlier searches."""
        self.choice.drop(keys)
        self._ticked()

    def tick_all(self) -> None:
        """Tick every record found."""
        self.choice.tick_all(self._keys)
        self._ticked()

    def untick_all(self) -> None:
        """Untick every record, also those of earlier searches."""
        self.choice.clear()
        self._ticked()

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._keys)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == KEY:
            return self.key(index.row())
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._check_state(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role in {HIT, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._of_hit(index, role)
        return None

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        on = value in {Qt.CheckState.Checked, Qt.CheckState.Checked.value}
        self.tick([self.key(index.row())], on=on)
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _PLAIN if index.column() else _TICKABLE

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def _check_state(self, index: Index) -> Qt.CheckState | None:
        if index.column() != 0:
            return None
        on = self.choice.ticked(self.key(index.row()))
        return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        right = self.columns[column].number
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _of_hit(self, index: Index, role: int) -> object:
        hit = self.hit(index.row())
        if role == HIT:
            return hit
        if hit is None:
            return "…"
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return ", ".join(filter(None, (column.say(hit) for column in self.columns)))
        return self.columns[index.column()].say(hit)

    def _want(self, row: int) -> None:
        block = row // BLOCK
        if self.key(row) in self._asked:
            return
        self._wanted.pop(block, None)
        self._wanted[block] = None
        if not self._asked:
            self._ask()

    def _ask(self) -> None:
        """Ask for the block that came in sight last; older wishes have scrolled away."""
        while self._wanted:
            block, _ = self._wanted.popitem()
            if missing := self._missing(block):
                self._send(missing)
                return

    def _send(self, keys: list[int]) -> None:
        self._asked = frozenset(keys)
        generation = self._generation
        self._fetch(keys, lambda hits: self._take(generation, hits))

    def _missing(self, block: int) -> list[int]:
        rows = range(block * BLOCK, min((block + 1) * BLOCK, len(self._keys)))
        keys = (self.key(row) for row in rows)
        return [key for key in keys if key not in self._hits or key in self._stale]

    def _take(self, generation: int, hits: Sequence[Hit] | None) -> None:
        if generation != self._generation:
            return
        asked, self._asked = self._asked, frozenset()
        self._stale -= asked
        if hits is None:
            return
        self._keep(asked, hits)
        while len(self._wanted) > BLOCKS_IN_SIGHT:
            self._wanted.pop(next(iter(self._wanted)))
        self._changed()
        self._ask()

    def _keep(self, asked: Iterable[int], hits: Iterable[Hit]) -> None:
        for key in asked:
            self._hits.pop(key, None)
            self._hits[key] = None
        self._hits.update({hit.record.id: hit for hit in hits})
        for key in list(self._hits)[: max(0, len(self._hits) - KEPT)]:
            del self._hits[key]

    def _changed(self) -> None:
        if len(self._keys):
            last = self.index(len(self._keys) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _ticked(self) -> None:
        self._changed()
        self.ticks_changed.emit()
