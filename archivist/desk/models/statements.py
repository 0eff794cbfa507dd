"""Statements found as a lazy model: under heads of speakers, each read as it comes in sight."""

from __future__ import annotations

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

from archivist.archive.statements.listing import Spoken, Voice
from archivist.desk import formats

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Row: TypeAlias = "Spoken | Voice | None"
Taken: TypeAlias = "Callable[[Sequence[Row] | None], None]"
Fetch: TypeAlias = "Callable[[int, int, Taken], None]"
"""Asks for the rows from one to another; answers in the GUI thread, None where it failed."""

BLOCK = 40
"""Rows fetched at a time."""
KEPT = 2000
"""Statements kept in memory."""
KINDS = {"direct": "Direct", "indirect": "Reported", "turn": "Turn"}
"""What kinds of statements are called."""
STATES = {"confirmed": "Confirmed", "corrected": "Corrected", "added": "Added by hand"}
"""What is said of what people decided."""
UNNAMED = "Speaker not named"
_OPENING = ("\u201c", '"', "\u00ab", "\u201e")

ROW = Qt.ItemDataRole.UserRole + 1
"""Role: the Spoken or the Voice of a row, or None while it is being read."""
GATHERED = Qt.ItemDataRole.UserRole + 2
"""Role: whether the statement is in the dossier."""
_NOWHERE = QModelIndex()
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


def named(speaker: str) -> str:
    """Return joint speakers as people write them."""
    return ", ".join(speaker.split("; ")) or UNNAMED


def quoted(one: Spoken) -> str:
    """Return a statement's words: quoted ones in quotation marks, others marked where cut off."""
    words = one.excerpt.text
    if not marks_before(one):
        return words
    return f"\u201c{words}\u201d" if one.filed.statement.kind == "direct" else f"…{words}"


def marks_before(one: Spoken) -> int:
    """Return how many letters stand before a statement's own words where it is shown."""
    words = one.excerpt.text
    if one.filed.statement.kind == "direct":
        return int(bool(words) and not words.startswith(_OPENING))
    return int(words[:1].islower())


class StatementsModel(QAbstractTableModel):
    """All rows of an answer: speakers, and what they said.

    Signals:
        came: rows that were asked for are there.
    """

    came = Signal()

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._count = 0
        self._heads: Mapping[int, Voice] = {}
        self._rows: dict[int, Spoken | None] = {}
        self._wanted: dict[int, None] = {}
        self._asked = False
        self._generation = 0
        self._gathered: Collection[tuple[int, int, int]] = ()

    def show(self, count: int, heads: Mapping[int, Voice], first: Sequence[Row] = ()) -> None:
        """Show other rows; `first` are those at the top."""
        self.beginResetModel()
        self._generation += 1
        self._count, self._heads = count, heads
        self._wanted.clear()
        self._asked = False
        self._rows = {}
        self._keep(0, first)
        self.endResetModel()

    def show_gathered(self, passages: Collection[tuple[int, int, int]]) -> None:
        """Mark statements as gathered for the dossier: record, start and end of each."""
        self._gathered = passages
        self._changed()

    def is_head(self, row: int) -> bool:
        """Whether a row names a speaker."""
        return row in self._heads

    def row(self, place: int) -> Row:
        """Return a row; where it is not at hand it is asked for."""
        if place in self._heads:
            return self._heads[place]
        if place in self._rows:
            self._rows[place] = self._rows.pop(place)
        elif 0 <= place < self._count:
            self._want(place // BLOCK)
        return self._rows.get(place)

    def spoken(self, place: int) -> Spoken | None:
        """Return the statement of a row, as far as it is read."""
        found = self.row(place)
        return found if isinstance(found, Spoken) else None

    def at_hand(self) -> list[tuple[int, Spoken]]:
        """Return the statements that are read, each with its row."""
        return [(place, row) for place, row in self._rows.items() if row is not None]

    def is_gathered(self, one: Spoken) -> bool:
        """Whether a statement is in the dossier."""
        return (one.record, one.start, one.end) in self._gathered

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._count

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 1

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        stops = index.isValid() and not self.is_head(index.row())
        return _FLAGS if stops else Qt.ItemFlag.NoItemFlags

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        said = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
        if not index.isValid() or role not in {ROW, GATHERED, *said}:
            return None
        found = self.row(index.row())
        if role == ROW:
            return found
        if role == GATHERED:
            return isinstance(found, Spoken) and self.is_gathered(found)
        return "…" if found is None else self._read_out(found)

    def _read_out(self, found: Spoken | Voice) -> str:
        """Return what a screen reader says of a row."""
        if isinstance(found, Voice):
            count = formats.counted(found.count, "statement")
            return ", ".join(filter(None, [named(found.name), found.role, count]))
        said = found.filed.statement
        parts = [
            named(said.speaker),
            quoted(found) or "the text was changed",
            formats.day(found.date) if found.date else "no date",
            found.about.ref,
            f"paragraph {found.paragraph}",
            KINDS[said.kind],
            "" if found.filed.sure else "unsure",
            STATES.get(found.filed.status, ""),
            "in the dossier" if self.is_gathered(found) else "",
        ]
        return ", ".join(filter(None, parts))

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
            if not all(row in self._rows or row in self._heads for row in range(start, stop)):
                self._send(start, stop)
                return

    def _send(self, start: int, stop: int) -> None:
        self._asked = True
        generation = self._generation
        self._fetch(start, stop, lambda rows: self._take(generation, start, rows))

    def _take(self, generation: int, start: int, rows: Sequence[Row] | None) -> None:
        if generation != self._generation:
            return
        self._asked = False
        if rows is None:
            return
        self._keep(start, rows)
        for row in list(self._rows)[: max(0, len(self._rows) - KEPT)]:
            del self._rows[row]
        while len(self._wanted) > 1:
            self._wanted.pop(next(iter(self._wanted)))
        self._changed()
        self.came.emit()
        self._ask()

    def _keep(self, start: int, rows: Sequence[Row]) -> None:
        for place, row in enumerate(rows, start):
            if not isinstance(row, Voice):
                self._rows[place] = row

    def _changed(self) -> None:
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, 0))
