"""Who held an office on a day: "Russian Foreign Minister" in 2024 is the holder, if known.

Offices and ministries have other names in other countries and years; lists tell which are the same.
"""

from __future__ import annotations

import csv
import functools
import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from archivist import assets
from archivist.archive.agents.countries import country_of, country_within
from archivist.archive.agents.results import Candidate
from archivist.model.dates import FIRST_DAY, LAST_DAY, interval_of
from archivist.model.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archivist.model.agent import Agent, Office
    from archivist.model.dates import Interval

_LEFT_OUT = frozenset({"the", "of", "for", "his", "her", "excellency", "s", "acting", "h", "e"})
_ENDS = frozenset({"the", "of", "for", "to", "s", "from", "republic", "kingdom", "federation"})
_READ = 65_536
"""So many names are kept as they were read."""
_IN_OFFICE, _OPEN, _UNDATED, _NO_COUNTRY = 0.97, 0.9, 0.5, 0.6


class Said(NamedTuple):
    """An office as it was spoken of.

    Attributes:
        office: key that all names of the office share.
        country: ISO 3166-1 alpha-2 code, or empty.
    """

    office: str
    country: str


class OfficeIndex:
    """Offices that agents held, by what they are called and by country."""

    def __init__(self, agents: Iterable[Agent]) -> None:
        self._held: dict[Said, list[tuple[Agent, Office]]] = defaultdict(list)
        for agent in agents:
            for office in agent.offices:
                said = read_office(office.title)
                country = office.country or said.country or country_of(office.place)
                for one in {country or agent.country, ""}:
                    self._held[Said(said.office, one)].append((agent, office))

    def knows(self, said: str) -> bool:
        """Whether words are an office that agents held, and nothing else."""
        return Said(read_office(said).office, "") in self._held

    def holders(self, said: str, date: str = "", country: str = "") -> list[Candidate]:
        """Return who may be meant by an office, the likeliest first.

        Args:
            said: the office, with its country where it is named: "Russian Foreign Minister".
            date: ISO 8601; only who may have held the office then is returned.
            country: code of the country to presume where none is named.
        """
        asked = read_office(said)
        asked = asked._replace(country=asked.country or country)
        day = interval_of(date)
        found: dict[int, Candidate] = {}
        for agent, office in self._held.get(asked, ()):
            certainty = _held_then(office, day)
            if certainty and not (
                agent.number in found and found[agent.number].certainty >= certainty
            ):
                found[agent.number] = Candidate(
                    agent.number, agent.name, certainty, _reason(office, dated=day is not None)
                )
        return _shared(list(found.values()), known=bool(asked.country))


@functools.lru_cache(maxsize=_READ)
def read_office(text: str) -> Said:
    """Return an office and its country as a text names them."""
    return _said(text, _offices())


@functools.lru_cache(maxsize=_READ)
def read_body(text: str, country: str = "") -> Said | None:
    """Return a body that many countries have, and its country; None where either is not told.

    Args:
        text: its name: "Russian Foreign Ministry".
        country: code of its country, where its name does not tell it.
    """
    found = _said(text, _bodies())
    found = found._replace(country=found.country or country)
    return found if found.country and found.office in _bodies().values() else None


def _said(text: str, known: Mapping[str, str]) -> Said:
    country, rest = country_within(re.findall(r"[\w.]+(?:[\u2019'][a-z]\b)?", text))
    words = words_of(" ".join(rest))
    while words and words[0] in _LEFT_OUT:
        words = words[1:]
    while words and words[-1] in _ENDS and " ".join(words) not in known:
        words = words[:-1]
    key = " ".join(words)
    return Said(known.get(key, key), country)


def is_office(text: str) -> bool:
    """Whether words are an office and name nobody."""
    return read_office(text).office in _keys()


def held_on(agent: Agent, day: Interval) -> Office | None:
    """Return an office that an agent surely held within some days, or None."""
    return next((one for one in agent.offices if _held_then(one, day) >= _OPEN), None)


def _held_then(office: Office, day: Interval | None) -> float:
    """Return how surely who held an office held it on a day."""
    if day is None:
        return _UNDATED
    start, end = interval_of(office.start), interval_of(office.end)
    if start is None and end is None:
        return _UNDATED
    first = start.first if start else FIRST_DAY
    last = end.last if end else LAST_DAY
    if day.last < first or last < day.first:
        return 0.0
    return _IN_OFFICE if start and end else _OPEN


def _shared(found: list[Candidate], *, known: bool) -> list[Candidate]:
    """Divide what is certain among all who may be meant."""
    best = max((one.certainty for one in found), default=0.0)
    rivals = sum(one.certainty == best for one in found)
    shared = [
        Candidate(
            one.number,
            one.name,
            round(one.certainty / rivals * (1 if known else _NO_COUNTRY), 3),
            one.reason,
        )
        for one in found
    ]
    return sorted(shared, key=lambda one: (-one.certainty, one.number))


def _reason(office: Office, *, dated: bool) -> str:
    years = "–".join(filter(None, (office.start, office.end or "now" if office.start else "")))  # noqa: RUF001
    held = f"held the office {office.title}" + (f" {years}" if years else ", when is not known")
    return held if dated else f"{held}; the day is not known"


@functools.cache
def _keys() -> frozenset[str]:
    return frozenset(_offices().values())


@functools.cache
def _offices() -> Mapping[str, str]:
    return _forms("office", "authority/offices.csv")


@functools.cache
def _bodies() -> Mapping[str, str]:
    return _forms("body", "authority/bodies.csv")


def _forms(column: str, name: str) -> Mapping[str, str]:
    with assets.path(name).open(encoding="utf-8", newline="") as file:
        return {
            " ".join(words_of(form)): row[column]
            for row in csv.DictReader(file)
            for form in row["forms"].split(";")
        }
