"""Places in records as a lazy model: how many at once, each read as it comes in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeAlias, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from archivist.desk import formats

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from archivist.archive.results import Line

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Taken: TypeAlias = "Callable[[Sequence[Line | None] | None], None]"
Fetch: TypeAlias = "Callable[[int, int, Taken], None]"
"""Asks for the lines from one row to another; answers in the GUI thread, None where it failed."""


class Place(Protocol):
    """What stands somewhere in the text of a record."""

    @property
    def record(self) -> int:
        """Id of the record."""

    @property
    def start(self) -> int:
        """Where it begins in the text, in characters."""

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""


P = TypeVar("P", bound=Place)

BLOCK = 60
"""Lines fetched at a time."""
KEPT = 3000
"""Lines kept in memory."""

LINE = Qt.ItemDataRole.UserRole + 1
"""Role: the Line, or None while it is being read."""
GATHERED = Qt.ItemDataRole.UserRole + 2
"""Role: whether the line is in the dossier."""
_NOWHERE = QModelIndex()
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class PlacesModel(QAbstractTableModel, Generic[P]):
    """All places of an answer; whoever derives from it says how one is spoken.

    Signals:
        came: places that were asked for are there.
    """

    came = Signal()

    def __init__(
        self,
        fetch: Callable[[int, int, Callable[[Sequence[P | None] | None], None]], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._count = 0
        self._lines: dict[int, P | None] = {}
        self._wanted: dict[int, None] = {}
        self._asked = False
        self._generation = 0
        self._gathered: Collection[tuple[int, int, int]] = ()

    def show(self, count: int, first: Sequence[P | None] = ()) -> None:
        """Show other lines; `first` are those at the top."""
        self.beginResetModel()
        self._generation += 1
        self._count = count
        self._wanted.clear()
        self._asked = False
        self._lines = {}
        self._keep(0, first)
        self.endResetModel()

    def show_gathered(self, passages: Collection[tuple[int, int, int]]) -> None:
        """Mark lines as gathered for the dossier: record, start and end of each passage."""
        self._gathered = passages
        self._changed()

    def line(self, row: int) -> P | None:
        """Return a line; where it is not at hand it is asked for."""
        if row in self._lines:
            self._lines[row] = self._lines.pop(row)
        elif 0 <= row < self._count:
            self._want(row // BLOCK)
        return self._lines.get(row)

    def known(self, row: int) -> P | None:
        """Return a line, if it is at hand."""
        return self._lines.get(row)

    def at_hand(self) -> list[P]:
        """Return the lines that are read."""
        return [line for line in self._lines.values() if line is not None]

    def is_gathered(self, line: P) -> bool:
        """Whether a line is in the dossier."""
        return (line.record, line.start, line.end) in self._gathered

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._count

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 1

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role not in {
            LINE,
            GATHERED,
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        }:
            return None
        line = self.line(index.row())
        if role == LINE:
            return line
        if role == GATHERED:
            return line is not None and self.is_gathered(line)
        return "…" if line is None else self.spoken(line)

    def spoken(self, line: P) -> str:
        """Return what a screen reader says of a place."""
        raise NotImplementedError

    def _want(self, block: int) -> None:
        self._wanted.pop(block, None)
        self._wanted[block] = None
        if not self._asked:
            self._ask()

    def _ask(self) -> None:
        """Ask for the block that came in sight last; those scrolled past are forgotten."""
        while self._wanted:
            start = self._wanted.popitem()[0] * BLOCK
            stop = min(start + BLOCK, self._count)
            if not all(map(self._has, range(start, stop))):
                self._send(start, stop)
                return

    def _send(self, start: int, stop: int) -> None:
        self._asked = True
        generation = self._generation
        self._fetch(start, stop, lambda lines: self._take(generation, start, lines))

    def _take(self, generation: int, start: int, lines: Sequence[P | None] | None) -> None:
        if generation != self._generation:
            return
        self._asked = False
        if lines is None:
            return
        self._keep(start, lines)
        for row in list(self._lines)[: max(0, len(self._lines) - KEPT)]:
            del self._lines[row]
        while len(self._wanted) > 1:
            self._wanted.pop(next(iter(self._wanted)))
        self._changed()
        self.came.emit()
        self._ask()

    def _has(self, row: int) -> bool:
        """Whether a row need not be asked for."""
        return row in self._lines

    def _keep(self, start: int, lines: Sequence[P | None]) -> None:
        """Keep rows that were read, from one on; None for what is there no more."""
        self._lines.update(enumerate(lines, start))

    def _changed(self) -> None:
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, 0))


class LinesModel(PlacesModel["Line"]):
    """All lines of a concordance."""

    @override
    def spoken(self, line: Line) -> str:
        said = f"{line.left}{line.keyword}{line.right}" if line.keyword else "the text was changed"
        date = formats.day(line.date) if line.date else "no date"
        dossier = ["in the dossier"] if self.is_gathered(line) else []
        return ", ".join(filter(None, [said, date, line.originator, line.ref, *dossier]))
