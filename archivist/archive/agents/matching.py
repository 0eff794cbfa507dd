"""Whom a name means: agents that may be meant, with certainty and reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archivist.archive.agents.index import NameIndex, spelt
from archivist.archive.agents.offices import OfficeIndex, Said, held_on, is_office, read_body
from archivist.archive.agents.results import Candidate
from archivist.intake.persons import persons
from archivist.model.dates import interval_of
from archivist.model.name_likeness import certainty, reason
from archivist.model.person_names import before_name, is_body, read_names
from archivist.model.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archivist.model.agent import Agent
    from archivist.model.dates import Interval
    from archivist.model.name_likeness import Likeness

_BODY: Final = 0.97
_KIND: Final = 0.94
_LISTED: Final = 0.96
_WEAKER_RIVAL: Final = 0.92
_RIVAL_FROM: Final = 0.3
_IN_OFFICE: Final = 0.4
_TITLED: Final = 0.2
_NOT_ALIVE: Final = 0.2
_CHILDHOOD: Final = 15 * 366
_MEMORY: Final = 366
_ACTIVE: Final = frozenset({"author", "signatory", "addressee", "speaker", "participant"})
_LEAST: Final = 0.2
_MOST_CANDIDATES: Final = 8


class Matching:
    """Who is meant by names, among some agents; made anew when they change."""

    def __init__(self, agents: Iterable[Agent]) -> None:
        self._agents = {agent.number: agent for agent in agents if not agent.merged_into}
        self._names = NameIndex()
        self._bodies: dict[str, set[int]] = {}
        self._kinds: dict[Said, set[int]] = {}
        self._handles: dict[str, int] = {}
        self._offices = OfficeIndex(self._agents.values())
        for agent in self._agents.values():
            if agent.kind == "person":
                self._names.add(agent.number, agent.names)
            else:
                self._add_body(agent)
            self._handles.update((handle.casefold(), agent.number) for handle in agent.handles)

    def _add_body(self, agent: Agent) -> None:
        for name in agent.names:
            self._bodies.setdefault(_body(name), set()).add(agent.number)
            kind = read_body(name, agent.country)
            if kind is not None:
                self._kinds.setdefault(kind, set()).add(agent.number)

    def candidates(
        self, said: str, date: str = "", role: str = "", country: str = "", office: str = ""
    ) -> tuple[Candidate, ...]:
        """Return who may be meant, the likeliest first.

        Args:
            said: a name, an office ("Russian Foreign Minister") or a handle ("@…").
            date: ISO 8601; of the document that says it.
            role: what who is meant has to do with the document: one of `AGENT_ROLES`, or empty.
            country: code of the country to presume for an office without one.
            office: the office that is named with the name, if any.
        """
        if said.startswith("@"):
            return self._by_handle(said)
        if found := self._bodies.get(_body(said)):
            return self._shared(found, _BODY / len(found), "the same name")
        if found := self._kinds.get(read_body(said, country) or Said("", "")):
            return self._shared(found, _KIND / len(found), "a ministry's other name")
        office_alone = self._offices.knows(said) or is_office(said)
        if is_body(said) and not office_alone:
            return ()
        names = persons(said)
        name = names[0] if len(names) == 1 else said
        if office_alone or not read_names(name):
            return tuple(self._offices.holders(said, date, country)[:_MOST_CANDIDATES])
        return self._by_name(
            name, interval_of(date), role, self._titled(office or before_name(said), date)
        )

    def _by_handle(self, said: str) -> tuple[Candidate, ...]:
        number = self._handles.get(said.casefold())
        return self._shared({number}, 1.0, "the same account") if number else ()

    def _shared(self, found: Iterable[int], sure: float, why: str) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(number, self._agents[number].name, round(sure, 3), why)
            for number in sorted(found)
        )

    def _titled(self, title: str, date: str) -> dict[int, str]:
        """Return the holders of an office that stands before a name: “Foreign Minister Lavrov”."""
        if not (title and date and self._offices.knows(title)):
            return {}
        return {one.number: one.reason for one in self._offices.holders(title, date)}

    def _by_name(
        self, name: str, day: Interval | None, role: str, titled: Mapping[int, str]
    ) -> tuple[Candidate, ...]:
        bearers = self._names.bearers(name)
        found = [
            self._judged(name, number, likeness, bearers, (day, role))
            for number, likeness in self._names.alike(name).items()
        ]
        found = [_with_title(one, titled) for one in found]
        found.sort(key=lambda one: (-one.certainty, one.number))
        return _among_rivals([one for one in found if one.certainty >= _LEAST])

    def _judged(
        self,
        name: str,
        number: int,
        likeness: Likeness,
        bearers: int,
        when: tuple[Interval | None, str],
    ) -> Candidate:
        agent = self._agents[number]
        sure, why = certainty(likeness, bearers), reason(likeness)
        if likeness.given != "none" and _lists(agent, name) and len(self._names.spelt(name)) == 1:
            sure, why = max(sure, _LISTED), "a form of the name that the agent has"
        sure, why = _then(agent, sure, why, *when)
        return Candidate(number, agent.name, round(sure, 3), why)


def _with_title(one: Candidate, titled: Mapping[int, str]) -> Candidate:
    """Return a candidate, more certain where it held the office that is named with the name."""
    if one.number not in titled:
        return one
    sure = round(1 - (1 - one.certainty) * _TITLED, 3)
    return Candidate(one.number, one.name, sure, f"{one.reason}; {titled[one.number]}")


def _then(
    agent: Agent, sure: float, why: str, day: Interval | None, role: str
) -> tuple[float, str]:
    """Return certainty and reason as far as the agent's dates allow or support them."""
    if day is None:
        return sure, why
    birth, death = interval_of(agent.birth), interval_of(agent.death)
    if birth is not None and day.last < birth.first + (_CHILDHOOD if role in _ACTIVE else 0):
        return sure * _NOT_ALIVE, f"{why}; but born in {agent.birth[:4]}"
    if death is not None and role in _ACTIVE and death.last + _MEMORY < day.first:
        return sure * _NOT_ALIVE, f"{why}; but died in {agent.death[:4]}"
    office = held_on(agent, day)
    if office is not None:
        return 1 - (1 - sure) * _IN_OFFICE, f"{why}; {office.title} then"
    return sure, why


def _among_rivals(found: list[Candidate]) -> tuple[Candidate, ...]:
    """Lower what is certain where others may be meant as well."""
    rivals = [one for one in found[1:] if one.certainty >= _RIVAL_FROM]
    if not rivals:
        return tuple(found[:_MOST_CANDIDATES])
    best = found[0].certainty
    equal = sum(one.certainty >= best - 1e-9 for one in found)
    share = 1 / equal if equal > 1 else _WEAKER_RIVAL
    return tuple(
        Candidate(
            one.number,
            one.name,
            round(one.certainty * (share if at < equal else 0.5), 3),
            f"{one.reason}; others have such a name, too",
        )
        for at, one in enumerate(found[:_MOST_CANDIDATES])
    )


def _lists(agent: Agent, name: str) -> bool:
    """Whether somebody gave an agent this very form of its name as a variant."""
    return any(spelt(form) == spelt(name) for form in (*agent.variants, *agent.scripts))


def _body(name: str) -> str:
    """Return the key of a body's name: its words, without an article."""
    return " ".join(word for word in words_of(name) if word != "the")
