"""Agents: persons, bodies and families of names, as ISAAR(CPF) describes them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from archivist.model.dates import PartialDate
from archivist.model.errors import ValueRefusedError
from archivist.model.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

AgentKind: TypeAlias = Literal["person", "body", "family"]

KINDS: tuple[AgentKind, ...] = get_args(AgentKind)
"""One person; a ministry, embassy, company; a name that several people share, as a dynasty's."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office that somebody held. Every unknown value is empty.

    Attributes:
        title: "Minister of Foreign Affairs".
        body: whose office it is: "Ministry of Foreign Affairs".
        place: where it is held: "Geneva".
        country: ISO 3166-1 alpha-2 code of the country it is held for.
        start: since when, ISO 8601, as exact as it is known.
        end: until when, likewise; empty where it is not known or not over.
    """

    title: str
    body: str = ""
    place: str = ""
    country: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Agent:
    """A person, a body or a family of names. Every unknown value is empty.

    Attributes:
        name: the authorised form, as lists show it.
        kind: one of KINDS.
        number: given once, never again; 0 where it is not kept yet.
        variants: other forms of the name, in Latin letters.
        scripts: forms in other scripts.
        handles: accounts it speaks through, each with its "@".
        offices: offices held, in order.
        birth: when born or founded, ISO 8601, as exact as it is known.
        death: when dead or dissolved, likewise.
        country: ISO 3166-1 alpha-2 code.
        notes: whatever else is to be said.
        sources: what this is known from.
        merged_into: number of the agent that this one turned out to be; 0 where it stands.
    """

    name: str
    kind: AgentKind = "person"
    number: int = 0
    variants: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    birth: str = ""
    death: str = ""
    country: str = ""
    notes: str = ""
    sources: tuple[str, ...] = ()
    merged_into: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Every form of the name, the authorised one first."""
        return (self.name, *self.variants, *self.scripts)


_LISTS = frozenset({"variants", "scripts", "handles", "sources"})
_DATES = ("birth", "death")


def to_values(agent: Agent) -> dict[str, object]:
    """Return what is kept of an agent, as JSON says it; what is empty is left out."""
    values: dict[str, object] = {
        one.name: getattr(agent, one.name) for one in fields(agent) if one.name != "number"
    }
    values["offices"] = [
        {name: value for name, value in asdict(office).items() if value} for office in agent.offices
    ]
    values["name"] = agent.name
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value
    }


def from_values(number: int, values: Mapping[str, Any]) -> Agent:
    """Return an agent from what is kept of it."""
    known = {one.name for one in fields(Agent)} - {"number", "offices"}
    given: dict[str, Any] = {
        name: tuple(value) if name in _LISTS else value
        for name, value in values.items()
        if name in known
    }
    offices = tuple(Office(**office) for office in values.get("offices", ()))
    return Agent(**given, number=number, offices=offices)


def checked(agent: Agent) -> Agent:
    """Return an agent as it is kept: blanks levelled, no form twice, dates and codes that exist.

    Raises:
        ValueRefusedError: a value cannot be used.
    """
    name = _line(agent.name)
    if not name:
        raise ValueRefusedError("name", agent.name, "it is empty.", "Write the authorised form.")
    if agent.kind not in KINDS:
        raise ValueRefusedError(
            "kind", agent.kind, "there is no such kind of agent.", f"Write {', '.join(KINDS)}."
        )
    for field in _DATES:
        _check_date(field, getattr(agent, field))
    _check_order("death", agent.birth, agent.death)
    return replace(
        agent,
        name=name,
        variants=distinct(agent.variants, name),
        scripts=distinct(agent.scripts, name),
        handles=distinct(f"@{bare}" for one in agent.handles if (bare := _line(one).lstrip("@ "))),
        offices=tuple(dict.fromkeys(_office(one) for one in agent.offices)),
        country=_code(agent.country),
        notes="\n".join(line.rstrip() for line in agent.notes.splitlines()).strip(),
        sources=distinct(agent.sources),
    )


def _office(office: Office) -> Office:
    title = _line(office.title)
    if not title:
        raise ValueRefusedError(
            "office", office.body or office.start, "it has no title.", "Write what it is called."
        )
    _check_date("start", office.start)
    _check_date("end", office.end)
    _check_order("end", office.start, office.end)
    return replace(
        office,
        title=title,
        body=_line(office.body),
        place=_line(office.place),
        country=_code(office.country),
    )


def distinct(values: Iterable[str], *but: str) -> tuple[str, ...]:
    """Return values without blanks around them, each once, and none of those left out."""
    found = dict.fromkeys(line for value in values if (line := _line(value)))
    return tuple(value for value in found if value not in but)


def _line(text: str) -> str:
    return " ".join(text.split())


def _code(text: str) -> str:
    code = text.strip().upper()
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):  # noqa: PLR2004
        raise ValueRefusedError(
            "country", text, "it is no code of a country.", "Write two letters, as in FR."
        )
    return code


def _check_date(field: str, text: str) -> None:
    try:
        if text:
            PartialDate.parse(text)
    except ValueError as error:
        raise ValueRefusedError(
            field, text, "it is no date.", "Write 2012, 2012-12 or 2012-12-04."
        ) from error


def _check_order(field: str, start: str, end: str) -> None:
    if (
        start
        and end
        and PartialDate.parse(end).interval.last < PartialDate.parse(start).interval.first
    ):
        raise ValueRefusedError(field, end, f"it is before {start}.", "The later date comes last.")


def identity(agent: Agent) -> tuple[str, str]:
    """Return what no two agents of a list share: kind and words of the authorised form."""
    return agent.kind, " ".join(words_of(agent.name)) or agent.name


def merged(into: Agent, others: Sequence[Agent]) -> Agent:
    """Return an agent with everything that is known of others who are the same."""
    found = into
    for other in others:
        found = replace(
            found,
            variants=distinct((*found.variants, other.name, *other.variants), found.name),
            scripts=distinct((*found.scripts, *other.scripts), found.name),
            handles=distinct((*found.handles, *other.handles)),
            offices=tuple(dict.fromkeys((*found.offices, *other.offices))),
            birth=found.birth or other.birth,
            death=found.death or other.death,
            country=found.country or other.country,
            notes="\n\n".join(dict.fromkeys((*_paragraphs(found), *_paragraphs(other)))),
            sources=distinct((*found.sources, *other.sources)),
        )
    return found


def _paragraphs(agent: Agent) -> list[str]:
    return [part for part in agent.notes.split("\n\n") if part]


def without(agent: Agent, other: Agent, forms: Sequence[str]) -> Agent:
    """Return an agent without some forms of its name, and without what it took from another."""
    gone = (*forms, *other.names)
    notes = [part for part in _paragraphs(agent) if part not in _paragraphs(other)]
    return replace(
        agent,
        variants=distinct(agent.variants, *gone),
        scripts=distinct(agent.scripts, *gone),
        handles=distinct(agent.handles, *other.handles),
        offices=tuple(one for one in agent.offices if one not in other.offices),
        notes="\n\n".join(notes),
        sources=distinct(agent.sources, *other.sources),
    )
