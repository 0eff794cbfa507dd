"""What the archive answers about agents: whom a name means, what documents propose, imports."""

from __future__ import annotations

from dataclasses import dataclass

from archivist.model.name_likeness import LINK


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agent that may be meant by a name.

    Attributes:
        number: of the agent.
        name: its authorised form.
        certainty: from 0 to 1, that it is meant.
        reason: why, in words.
    """

    number: int
    name: str
    certainty: float
    reason: str

    @property
    def sure(self) -> bool:
        """Whether the name is linked with the agent without asking."""
        return self.certainty >= LINK


@dataclass(frozen=True, slots=True)
class Proposal:
    """A person that records name, and who that may be.

    Attributes:
        name: the fullest form of the name.
        forms: every form the records have, most frequent first.
        records: how many records name it.
        roles: what it has to do with them, most frequent first.
        first: date of the earliest of the records; empty where none is dated.
        last: date of the latest.
        candidates: agents that may be meant, the likeliest first; empty where none is known.
    """

    name: str
    forms: tuple[str, ...]
    records: int
    roles: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    candidates: tuple[Candidate, ...] = ()

    @property
    def linked(self) -> Candidate | None:
        """The agent it is linked with without asking, or None."""
        return next((one for one in self.candidates if one.sure), None)


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line of a list that was not taken, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class AgentImport:
    """What became of an imported list.

    Attributes:
        operation: its number in the journal; 0 where nothing was to be changed.
        added: how many agents are new.
        changed: how many were there already and now say something else.
        unchanged: how many were there already as the list has them.
        refused: lines that were not taken.
    """

    operation: int
    added: int
    changed: int
    unchanged: int
    refused: tuple[RefusedLine, ...] = ()
