"""Statements found as a lazy model: under heads, each read as it comes in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, cast

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from archivist.archive.statements.listing import Head, Spoken, Voice
from archivist.archive.statements.topics import Topic
from archivist.desk import formats
from archivist.desk.models.lines import BLOCK, GATHERED, KEPT, PlacesModel
from archivist.desk.models.lines import LINE as ROW

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["BLOCK", "GATHERED", "KEPT", "ROW"]

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Row: TypeAlias = "Spoken | Head | None"
Taken: TypeAlias = "Callable[[Sequence[Row] | None], None]"
Fetch: TypeAlias = "Callable[[int, int, Taken], None]"
"""Asks for the rows from one to another; answers in the GUI thread, None where it failed."""

KINDS = {"direct": "Direct", "indirect": "Reported", "turn": "Turn"}
"""What kinds of statements are called."""
STATES = {"confirmed": "Confirmed", "corrected": "Corrected", "added": "Added by hand"}
"""What is said of what people decided."""
UNNAMED = "Speaker not named"
NO_TOPIC = "Other words"
"""The head of statements that have none of the topics."""
_OPENING = ("\u201c", '"', "\u00ab", "\u201e")


def named(speaker: str) -> str:
    """Return joint speakers as people write them."""
    return ", ".join(speaker.split("; ")) or UNNAMED


def title_of(head: Head) -> str:
    """Return what a head says first: a speaker, a topic or a year."""
    match head:
        case Voice(name):
            return named(name)
        case Topic(name):
            return name or NO_TOPIC
        case _:
            return head.name or "No date"


def note_of(head: Head) -> str:
    """Return what stands under it: a speaker's office, or who spoke most of a topic; or nothing."""
    match head:
        case Voice():
            return head.role
        case Topic():
            return ", ".join(map(named, head.speakers))
        case _:
            return ""


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


class StatementsModel(PlacesModel[Spoken]):
    """All rows of an answer: heads, and what stands under them."""

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(cast("Any", fetch), parent)
        self._heads: Mapping[int, Head] = {}

    def show_rows(self, count: int, heads: Mapping[int, Head], first: Sequence[Row] = ()) -> None:
        """Show other rows; `first` are those at the top."""
        self._heads = heads
        self.show(count, [row if isinstance(row, Spoken) else None for row in first])

    def is_head(self, row: int) -> bool:
        """Whether a row is the head of others."""
        return row in self._heads

    def row(self, place: int) -> Row:
        """Return a row; where it is not at hand it is asked for."""
        return self._heads[place] if place in self._heads else self.line(place)

    def statement(self, place: int) -> Spoken | None:
        """Return the statement of a row, as far as it is read."""
        return None if place in self._heads else self.line(place)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        stops = index.isValid() and not self.is_head(index.row())
        return super().flags(index) if stops else Qt.ItemFlag.NoItemFlags

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        head = self._heads.get(index.row()) if index.isValid() else None
        if head is None:
            return super().data(index, role)
        if role == ROW:
            return head
        said = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
        return _head_read_out(head) if role in said else None

    @override
    def spoken(self, line: Spoken) -> str:
        said = line.filed.statement
        parts = [
            named(said.speaker),
            quoted(line) or "the text was changed",
            formats.day(line.date) if line.date else "no date",
            line.about.ref,
            f"paragraph {line.paragraph}",
            KINDS[said.kind],
            said.occasion,
            f"to {said.addressee}" if said.addressee else "",
            "" if line.filed.sure else "unsure",
            STATES.get(line.filed.status, ""),
            "in the dossier" if self.is_gathered(line) else "",
        ]
        return ", ".join(filter(None, parts))

    @override
    def _has(self, row: int) -> bool:
        return row in self._heads or super()._has(row)

    @override
    def _keep(self, start: int, lines: Sequence[Spoken | Head | None]) -> None:
        for place, row in enumerate(lines, start):
            if place not in self._heads:
                self._lines[place] = row if isinstance(row, Spoken) else None


def _head_read_out(head: Head) -> str:
    """Return what a screen reader says of a head."""
    count = formats.counted(head.count, "statement")
    return ", ".join(filter(None, [title_of(head), note_of(head), count]))
