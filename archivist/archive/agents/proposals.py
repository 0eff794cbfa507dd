"""Persons that records name, one proposal for each, with the agents that may be meant."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from archivist.archive.agents.countries import country_of
from archivist.archive.agents.index import NameIndex, spelt
from archivist.archive.agents.offices import is_office, read_office
from archivist.archive.agents.results import Proposal
from archivist.intake.persons import persons
from archivist.model.name_likeness import LINK, certainty
from archivist.model.person_names import is_body, read_names
from archivist.model.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archivist.archive.agents.matching import Matching

_LIFETIME: Final = 60
_YEAR: Final = 4


class Named(NamedTuple):
    """Somebody who is named by a record.

    Attributes:
        name: as the record has it.
        role: what who is meant has to do with it.
        date: of the record, ISO 8601.
        office: as it stands with the name; may be empty.
    """

    name: str
    role: str
    date: str
    office: str = ""


@dataclass(slots=True)
class Mentions:
    """Where a form of a name, or several, was found.

    Attributes:
        forms: how often each form.
        roles: how often in which role.
        offices: how often with which office.
        first: the earliest date, ISO 8601; empty where none is known.
        last: the latest.
        unnamed: whether it is an office alone, held by different people at different times.
    """

    forms: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    offices: Counter[str] = field(default_factory=Counter)
    first: str = ""
    last: str = ""
    unnamed: bool = False

    def add(self, form: str, named: Named) -> None:
        """Count a mention by a form of the name."""
        self.forms[form] += 1
        self.roles.update(filter(None, (named.role,)))
        self.offices.update(filter(None, (named.office,)))
        self._span(named.date, named.date)

    def join(self, other: Mentions) -> None:
        """Take the mentions of another form of the same person's name."""
        self.forms.update(other.forms)
        self.roles.update(other.roles)
        self.offices.update(other.offices)
        self._span(other.first, other.last)

    def _span(self, first: str, last: str) -> None:
        self.first = min(filter(None, (self.first, first)), default="")
        self.last = max(self.last, last)

    @property
    def total(self) -> int:
        """How many mentions there are."""
        return self.forms.total()

    def name(self) -> str:
        """Return the fullest form; the most frequent one of those that are as full."""
        return max(self.forms, key=lambda form: (*_fullness(form), self.forms[form], form))


def gathered(everybody: Iterable[Named]) -> dict[str, Mentions]:
    """Return mentions by the words of a name.

    Bodies stand for themselves; a person's name is taken without office and form of address; an
    office of a country stands for its holder on each date.
    """
    found: dict[str, Mentions] = {}
    seen: dict[str, list[tuple[str, str]]] = {}
    for named in everybody:
        if named.name not in seen:
            seen[named.name] = [(name, _key(name)) for name in persons(named.name)]
        for name, key in seen[named.name]:
            if key:
                found.setdefault(key, Mentions()).add(name, named)
            elif named.date and read_office(name).country:
                at = f"{name} {named.date}"
                found.setdefault(at, Mentions(unnamed=True)).add(name, named)
    return found


def proposals(
    mentions: Iterable[tuple[str, Mentions]], matching: Matching, least: int = 1
) -> Iterator[Proposal]:
    """Yield a proposal for each person that is named: those that are linked, then the others.

    Args:
        mentions: with the words of the name.
        matching: whom names mean.
        least: how often who is proposed is named.
    """
    known: dict[int, tuple[Mentions, Proposal]] = {}
    rest: dict[str, Mentions] = {}
    for key, one in mentions:
        found = proposal(one, matching)
        if found.linked is None:
            rest.update({} if one.unnamed else {key: one})
        elif (number := found.linked.number) in known:
            known[number][0].join(one)
        else:
            known[number] = (one, found)
    for one, found in known.values():
        if one.total >= least:
            yield _told(one, found)
    for one in grouped(rest).values():
        if one.total >= least:
            yield proposal(one, matching)


def proposal(one: Mentions, matching: Matching) -> Proposal:
    """Return what is proposed for mentions of one person."""
    role, office = (
        next((word for word, _ in words.most_common(1)), "") for words in (one.roles, one.offices)
    )
    found = matching.candidates(one.name(), one.first, role, office=office)
    return _told(one, Proposal("", (), 0, candidates=found))


def _told(one: Mentions, found: Proposal) -> Proposal:
    return Proposal(
        one.name(),
        tuple(form for form, _ in one.forms.most_common()),
        one.total,
        tuple(role for role, _ in one.roles.most_common()),
        one.first,
        one.last,
        found.candidates,
    )


def grouped(mentions: dict[str, Mentions]) -> dict[str, Mentions]:
    """Return mentions with those joined that name the same person in several forms.

    The fullest forms come first; a shorter one joins the only one that it surely means, where both
    were named within a lifetime.
    """
    keys = list(mentions)
    index = NameIndex()
    for number, key in enumerate(keys):
        if not is_body(mentions[key].name()):
            index.add(number, mentions[key].forms)
    heads: dict[int, int] = {}
    found: dict[int, Mentions] = {}
    for number in sorted(range(len(keys)), key=lambda one: _order(mentions[keys[one]])):
        one = mentions[keys[number]]
        near: dict[int, float] = {}
        for other, value in _alike(index, one.name()).items():
            if other in heads and _together(one, mentions[keys[other]]):
                near[heads[other]] = max(value, near.get(heads[other], 0.0))
        sure = [head for head, value in near.items() if value >= LINK]
        heads[number] = sure[0] if len(near) == 1 and sure else number
        found.setdefault(heads[number], Mentions()).join(one)
    return {keys[number]: one for number, one in found.items()}


def _order(one: Mentions) -> tuple[int, int, str]:
    """Return what sorts the fullest names first."""
    words, letters = _fullness(one.name())
    return -words, -letters, one.name()


def _alike(index: NameIndex, name: str) -> dict[int, float]:
    """Return who may be meant by a name, how surely; nobody by a body's."""
    bearers = index.bearers(name)
    return {
        number: certainty(likeness, bearers)
        for number, likeness in (() if is_body(name) else index.alike(name).items())
    }


def _together(one: Mentions, other: Mentions) -> bool:
    """Whether both were named within a lifetime, as far as dates tell."""
    years = [int(date[:_YEAR]) for date in (one.first, one.last, other.first, other.last) if date]
    return not years or max(years) - min(years) <= _LIFETIME


def _key(name: str) -> str:
    """Return the words of a name; empty for what names nobody.

    A family name alone is not taken for everybody's who bears it: its title stays with it.
    """
    if is_office(name) or country_of(name):
        return ""
    if is_body(name):
        return " ".join(words_of(name))
    if not read_names(name):
        return ""
    return spelt(name) if is_told_apart(name) else " ".join(words_of(name))


def is_told_apart(name: str) -> bool:
    """Whether a name tells a person from others of the family name."""
    return any(form.given or form.younger for form in read_names(name))


def _fullness(form: str) -> tuple[int, int]:
    """Return how full a form is: its full words, then its letters."""
    names = read_names(form)
    words = names[0].words if names else tuple(form.split())
    return sum(len(word) > 1 for word in words), sum(map(len, words))
