"""Agents and proposals as lists: narrowed as one types, in an order, told in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from archivist.desk import formats
from archivist.model.agent import Agent
from archivist.model.words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archivist.archive.agents.results import Proposal
    from archivist.desk.describe import Labels
    from archivist.model.agent import Office

Index: TypeAlias = QModelIndex | QPersistentModelIndex
ROW: Final = Qt.ItemDataRole.UserRole + 1
"""Role: the Known or the Proposal of a row."""
KINDS: Final[dict[str, str]] = {"person": "Person", "body": "Body", "family": "Family"}
"""What kinds of agents are called."""
MANY: Final[dict[str, str]] = {"person": "Persons", "body": "Bodies", "family": "Families"}
SORTS: Final = {"name": "Name", "said": "Most statements", "latest": "Latest statement"}
"""Orders of the list of agents."""
ROLES: Final = {
    "author": "author",
    "signatory": "signatory",
    "addressee": "addressee",
    "speaker": "speaker",
    "participant": "participant",
    "mentioned": "mentioned",
}
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Known:
    """An agent as its list shows it.

    Attributes:
        agent: the agent.
        said: how many statements; -1 while they are not counted yet.
        first: date of the earliest, ISO 8601; may be empty.
        last: date of the latest.
        words: by which it is found, a blank before each.
    """

    agent: Agent
    said: int = -1
    first: str = ""
    last: str = ""
    words: str = ""


class Rows(QAbstractTableModel):
    """Rows of one kind, all at hand.

    Attributes:
        rows: what is shown.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[Known | Proposal] = ()

    def show_rows(self, rows: Sequence[Known | Proposal]) -> None:
        """Show other rows."""
        if len(rows) == len(self.rows) and rows:
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def row(self, place: int) -> Known | Proposal | None:
        """Return a row, or None."""
        return self.rows[place] if 0 <= place < len(self.rows) else None

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return read_out(row)
        return None


def read_out(row: Known | Proposal) -> str:
    """Return what a screen reader says of a row."""
    if isinstance(row, Known):
        count = formats.counted(row.said, "statement") if row.said > 0 else ""
        parts = [row.agent.name, KINDS[row.agent.kind], latest_office(row.agent), count]
    else:
        count = formats.counted(row.records, "mention")
        parts = [row.name, count, span_of(row.first, row.last), judged(row)]
    return ", ".join(filter(None, parts))


def latest_office(agent: Agent) -> str:
    """Return the office an agent held last, as far as dates tell."""
    if not agent.offices:
        return ""
    office = max(agent.offices, key=lambda one: (one.start or one.end, one.end))
    return office.title


def span_of(first: str, last: str) -> str:
    """Return years: "2010-2018", "2014"; empty where none is known."""
    years = list(dict.fromkeys(date[:4] for date in (first, last) if date))
    return "\u2013".join(years)


def lifetime(agent: Agent) -> str:
    """Return when somebody lived: "1950 - 2020", "born 1950"; of a body, when it was."""
    began, ended = ("founded", "dissolved") if agent.kind == "body" else ("born", "died")
    match agent.birth, agent.death:
        case "", "":
            return ""
        case birth, "":
            return f"{began} {formats.day(birth)}"
        case "", death:
            return f"{ended} {formats.day(death)}"
        case birth, death:
            return f"{formats.day(birth)} \u2013 {formats.day(death)}"


def term_of(office: Office) -> str:
    """Return when an office was held; empty where that is not known."""
    start, end = (formats.day(day) if day else "" for day in (office.start, office.end))
    if start and end:
        return start if start == end else f"{start} \u2013 {end}"
    return f"since {start}" if start else f"until {end}" if end else ""


def place_of(office: Office, labels: Labels) -> str:
    """Return whose office it is and where: "Ministry of Foreign Affairs, Geneva, Estrea"."""
    country = labels.label("country", office.country) if office.country else ""
    return ", ".join(filter(None, (office.body, office.place, country)))


def judged(one: Proposal) -> str:
    """Return who is meant, how surely and why: "Rusk, Dean, 97 %: same family name"."""
    if not one.candidates:
        return "Nobody known by this name"
    best = one.candidates[0]
    share = f"{best.certainty:.0%}".replace("%", "\u00a0%")
    return f"{best.name}, {share}: {best.reason}"


def narrowed(agents: Sequence[Known], typed: str, kind: str, sort: str) -> list[Known]:
    """Return the agents of a kind in which every word typed begins a word, in an order."""
    words = words_of(typed)
    found = [one for one in agents if kind in {"", one.agent.kind} and _begins(words, one.words)]
    return sorted(found, key=lambda one: _place(one, sort))


def narrowed_proposals(found: Sequence[tuple[str, Proposal]], typed: str) -> list[Proposal]:
    """Return the proposals, given with their words, in which every word typed begins a word."""
    words = words_of(typed)
    return [one for text, one in found if _begins(words, text)]


def with_words(found: Sequence[Proposal]) -> list[tuple[str, Proposal]]:
    """Return proposals, each with the words by which it is found, a blank before each."""
    return [(" ".join(("", *words_of(" ".join(one.forms)))), one) for one in found]


def _begins(words: Sequence[str], text: str) -> bool:
    return all(f" {word}" in text for word in words)


def words_for(agent: Agent, labels: Labels) -> str:
    """Return all words by which an agent is found, a blank before each."""
    offices = (part for one in agent.offices for part in (one.title, one.body, one.place))
    country = labels.label("country", agent.country) if agent.country else ""
    parts = (*agent.names, *agent.handles, *offices, country)
    return " ".join(("", *words_of(" ".join(parts))))


def _place(one: Known, sort: str) -> tuple[object, ...]:
    name = words_of(one.agent.name)
    if sort == "said":
        return -one.said, name
    if sort == "latest":
        return not one.last, _backwards(one.last), name
    return (name,)


def _backwards(date: str) -> tuple[int, ...]:
    """Return what sorts later dates first."""
    return tuple(-ord(letter) for letter in date)


def counted(agents: Sequence[Known], voices: Mapping[int, tuple[int, str, str]]) -> list[Known]:
    """Return agents with how much they say."""
    return [
        replace(one, said=said, first=first, last=last)
        for one in agents
        for said, first, last in [voices.get(one.agent.number, (0, "", ""))]
    ]
