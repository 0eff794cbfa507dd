"""An import's report as rows: sections by consequence, each path once, details that fold open."""

from __future__ import annotations

import bisect
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from archivist.desk import formats
from archivist.model.record import Refusal

if TYPE_CHECKING:
    from archivist.archive.results import Duplicate, Filed, FilingReport

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Item: TypeAlias = "Filed | Duplicate | Refusal"
ROW: Final = Qt.ItemDataRole.UserRole + 1
"""Role: a Head or a Line."""
_NOWHERE = QModelIndex()
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Section:
    """Paths that came to the same end.

    Attributes:
        name: stable.
        title: for people.
        hint: what it means for them.
        icon: of the family.
        token: its colour.
        items: in the order of the import.
    """

    name: str
    title: str
    hint: str
    icon: str
    token: str
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Head:
    """The row that begins a section."""

    section: Section
    open: bool

    @property
    def count(self) -> str:
        """How many paths, in words."""
        return formats.counted(len(self.section.items), "file")


@dataclass(frozen=True, slots=True)
class Line:
    """The row of one path.

    Attributes:
        what: what happened.
        todo: what to do about it.
        details: name and value, folded away at first.
        action: what its button does, in words; may be empty.
    """

    item: Item
    path: str
    what: str
    todo: str
    details: tuple[tuple[str, str], ...]
    action: str
    open: bool

    def text(self) -> str:
        """Return everything it says."""
        return "\n".join(f"{name}\t{value}" for name, value in self.details)


class ReportModel(QAbstractListModel):
    """The rows of a report; a hundred thousand paths cost no more than those in sight."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sections: tuple[Section, ...] = ()
        self._starts: list[int] = []
        self._shut: set[str] = set()
        self._unfolded: set[tuple[str, int]] = set()
        self._base = ""

    def show(self, report: FilingReport | None) -> None:
        """Show another report, or none."""
        self.beginResetModel()
        self._sections = sections(report) if report is not None else ()
        self._shut = {"duplicates", "filed"}
        if len(self._sections) == 1:
            self._shut = set()
        self._unfolded = set()
        self._base = common_folder(report) if report is not None else ""
        self._measure()
        self.endResetModel()

    def toggle(self, row: int) -> None:
        """Open or shut a section, or fold the details of a path open or shut."""
        section, place = self._at(row)
        if place < 0:
            self.beginResetModel()
            self._shut ^= {section.name}
            self._measure()
            self.endResetModel()
        else:
            self._unfolded ^= {(section.name, place)}
            index = self.index(row, 0)
            self.dataChanged.emit(index, index)

    def unfolded(self) -> list[int]:
        """Return the rows whose details are open."""
        starts = {s.name: at for s, at in zip(self._sections, self._starts, strict=True)}
        return [
            starts[name] + 1 + place for name, place in self._unfolded if name not in self._shut
        ]

    def heads(self) -> list[int]:
        """Return the rows that begin sections."""
        return list(self._starts)

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        if parent.isValid() or not self._sections:
            return 0
        return self._starts[-1] + self._rows_of(self._sections[-1])

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == ROW:
            return self._row(index.row())
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            row = self._row(index.row())
            if isinstance(row, Head):
                return f"{row.section.title}, {row.count}. {row.section.hint}"
            return f"{row.path}. {row.what} {row.todo} {row.action}".strip()
        return None

    def _row(self, row: int) -> Head | Line:
        section, place = self._at(row)
        if place < 0:
            return Head(section, section.name not in self._shut)
        item = section.items[place]
        return _line(item, self._base, unfolded=(section.name, place) in self._unfolded)

    def _at(self, row: int) -> tuple[Section, int]:
        """Return the section of a row and its place in it; -1 for its head."""
        number = bisect.bisect_right(self._starts, row) - 1
        return self._sections[number], row - self._starts[number] - 1

    def _rows_of(self, section: Section) -> int:
        return 1 if section.name in self._shut else 1 + len(section.items)

    def _measure(self) -> None:
        self._starts, at = [], 0
        for section in self._sections:
            self._starts.append(at)
            at += self._rows_of(section)


def sections(report: FilingReport) -> tuple[Section, ...]:
    """Divide a report by what each end means for the user; empty ones are left out."""
    noted = tuple(item for item in report.filed if item.note)
    plain = tuple(item for item in report.filed if not item.note)
    found = (
        Section(
            "refused",
            "Not filed",
            "The files lie untouched where they were. Each line says why.",
            "x-circle",
            "bad",
            report.refused,
        ),
        Section(
            "noted",
            "Filed, but look again",
            "Filed with their originals. You find them in the Inbox.",
            "warning",
            "warn",
            noted,
        ),
        Section(
            "duplicates",
            "There already",
            "The same content was filed before. Each is linked to its record.",
            "copy",
            "text2",
            report.duplicates,
        ),
        Section(
            "filed",
            "Filed",
            "Each path is now a record.",
            "check-circle",
            "ok",
            plain,
        ),
    )
    return tuple(section for section in found if section.items)


def common_folder(report: FilingReport) -> str:
    """Return the folder that all paths of a report lie in, to be left out of each."""
    paths = [
        item.path for part in (report.refused, report.duplicates, report.filed) for item in part
    ]
    if not paths:
        return ""
    low, high = min(paths), max(paths)
    end = next((n for n, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), len(low))
    cut = max(low.rfind(mark, 0, end) for mark in ("/", "\\", "::"))
    return low[: cut + (2 if low.startswith("::", cut) else 1)] if cut > 0 else ""


def containers(refused: Sequence[Refusal]) -> list[str]:
    """Return what is to be imported again: files on disk, a container once for all its members."""
    return list(dict.fromkeys(item.path.partition("::")[0] for item in refused))


def as_csv(report: FilingReport) -> str:
    """Return a report as a table that any program reads."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["outcome", "path", "record", "title", "reason", "detail"])
    for refused in report.refused:
        table.writerow(["not filed", refused.path, "", "", refused.reason, refused.detail])
    for twin in report.duplicates:
        table.writerow(["there already", twin.path, twin.ref, "", "", ""])
    for filed in report.filed:
        table.writerow(["filed", filed.path, filed.ref, filed.title, filed.note, ""])
    return out.getvalue()


def _line(item: Item, base: str, *, unfolded: bool) -> Line:
    from archivist.archive.results import Duplicate, Filed  # noqa: PLC0415 - keeps the start quick

    path = item.path.removeprefix(base) or item.path
    details: list[tuple[str, str]] = [("file", item.path)]
    match item:
        case Refusal():
            what, _, todo = _SENTENCE.sub("\n", item.reason, count=1).partition("\n")
            if item.detail:
                details.append(("reader", item.detail))
            return Line(item, path, what, todo, tuple(details), "Import again", unfolded)
        case Duplicate():
            details.append(("record", item.ref))
            what = f"The same content is {item.ref}."
            return Line(item, path, what, "", tuple(details), "Open record", unfolded)
        case Filed():
            details.append(("record", item.ref))
            what, todo = _filed(item)
            return Line(item, path, what, todo, tuple(details), "Open record", unfolded)


def _filed(item: Filed) -> tuple[str, str]:
    if item.note == "no text":
        return "No text could be read.", "The original is kept; type the text in, or look at it."
    if item.note:
        note = item.note[:1].upper() + item.note[1:]
        return note if note.endswith(".") else f"{note}.", ""
    return item.title or "Without a title", item.ref
