"""All that an archive knows of one person or body: who this is, what was said, with whom met."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from archivist.archive.agents.matching import Matching
from archivist.archive.agents.offices import is_office
from archivist.archive.agents.results import Candidate
from archivist.archive.agents.speakers import SpokenName
from archivist.archive.statements.listing import Listing, StatementList
from archivist.archive.statements.topics import labelled
from archivist.intake.persons import persons
from archivist.model.agent import Agent, AgentKind, distinct
from archivist.model.errors import InputError
from archivist.model.person_names import is_body, read_names
from archivist.model.query_format import format_query
from archivist.model.statement import SURE
from archivist.model.words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from archivist.archive.agents.speakers import Speakers
    from archivist.archive.finding import Finding
    from archivist.archive.statements.voices import Voices
    from archivist.model.progress import CancelToken
    from archivist.model.query import Node
    from archivist.store import Store
    from archivist.store.statements import Outline

PERSON: Final = "person"
"""The field of those whom records name."""
MEETINGS: Final = frozenset({"memcon", "readout", "press-briefing", "communique"})
"""Types of record that tell who was together."""
_PRESENT: Final = frozenset({"participant", "speaker"})
_MOST_MET: Final = 500
_SELF: Final = 0.45
"""From this certainty on a name may be that of the very one whose company is looked for."""
_JOINT: Final = "; "
_MOST_TOPICS: Final = 12
_LEAST_SHARED: Final = 3
"""What fewer statements are about is no topic of a page."""
_MOST_NAMES: Final = 16
"""Under so many names records are looked for, the most frequent ones."""
_YEAR: Final = 4


class Held(NamedTuple):
    """An office as documents give it with what somebody said.

    Attributes:
        role: the office.
        said: how many statements.
        first: date of the earliest, ISO 8601; empty where none is dated.
        last: date of the latest.
    """

    role: str
    said: int
    first: str
    last: str


class Met(NamedTuple):
    """Somebody who was there, too.

    Attributes:
        name: an agent's authorised form, else as documents give it.
        agent: number of the agent; 0 where it is none that is known.
        records: ids of the records that tell of it, the latest first.
        first: date of the earliest; empty where none is dated.
        last: date of the latest.
    """

    name: str
    agent: int
    records: tuple[int, ...]
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class AgentPage:
    """What an archive knows of a person or body.

    Attributes:
        agent: who this is; with number 0 where nobody has filed it as an agent.
        forms: names under which statements stand, the most frequent first.
        said: the statements under all of them, the newest first.
        years: how many are of each year, ascending; those without a date are in none.
        first: date of the earliest statement; empty where none is dated.
        last: date of the latest.
        roles: offices that documents give with them, the most frequent first.
        topics: what they are about, as they write it; what most of them are about comes first.
        met: who was there in memoranda of conversation, calls, briefings; the most frequent first.
        records: ids of the records that name it, the newest first.
        named: names under which they do.
        query: finds them, as the query language writes it; empty where none names it.
        candidates: agents that the name may mean, where this is none.
    """

    agent: Agent
    forms: tuple[SpokenName, ...]
    said: StatementList
    years: tuple[tuple[int, int], ...] = ()
    first: str = ""
    last: str = ""
    roles: tuple[Held, ...] = ()
    topics: tuple[str, ...] = ()
    met: tuple[Met, ...] = ()
    records: tuple[int, ...] = ()
    named: tuple[str, ...] = ()
    query: str = ""
    candidates: tuple[Candidate, ...] = ()


class _Said(NamedTuple):
    """The statements of somebody, and what the index tells of them."""

    listed: StatementList
    numbers: Sequence[int]
    topics: Sequence[str]


class Pages:
    """The use case of telling what is known of somebody, over one store and its indexes."""

    def __init__(
        self, store: Store, voices: Voices, finding: Finding, speakers: Callable[[], Speakers]
    ) -> None:
        """Read in `store`, through the indexes that `voices` and `finding` ask."""
        self._store = store
        self._voices = voices
        self._finding = finding
        self._speakers = speakers

    def of(self, agent: Agent, named: Speakers, cancel: CancelToken | None = None) -> AgentPage:
        """Return the page of an agent.

        Args:
            agent: one that stands for itself.
            named: whose the names are that records name.
            cancel: stops it.

        Raises:
            StoppedError: it was stopped.
        """
        return self._page(agent, self._speakers().forms(agent), named.forms(agent), named, cancel)

    def of_name(
        self,
        name: str,
        candidates: Sequence[Candidate],
        named: Speakers,
        cancel: CancelToken | None = None,
    ) -> AgentPage:
        """Return the page of a name that is no agent's, with the names that surely mean the same.

        Raises:
            InputError: the name is empty.
            StoppedError: it was stopped.
        """
        if not words_of(name):
            raise InputError("There is no name.", "Write whom you look for.")
        forms = self._speakers().namesakes(name)
        others = named.namesakes(name)
        kind: AgentKind = "body" if is_body(name) else "person"
        said = dict.fromkeys(one.name for one in (*forms, *others))
        agent = Agent(name, kind, variants=tuple(one for one in said if one != name))
        return self._page(agent, forms, others, named, cancel, tuple(candidates))

    def _page(  # noqa: PLR0917 - all that a page is made of
        self,
        agent: Agent,
        forms: tuple[SpokenName, ...],
        others: tuple[SpokenName, ...],
        named: Speakers,
        cancel: CancelToken | None,
        candidates: tuple[Candidate, ...] = (),
    ) -> AgentPage:
        said = self._said(self._speakers().node(forms), cancel)
        outlines = self._store.statements.outlines(said.numbers)
        dates = sorted(one.date for one in outlines if one.date)
        years = Counter(int(date[:_YEAR]) for date in dates)
        naming_node = named.node(others[:_MOST_NAMES], PERSON)
        naming = self._naming(naming_node, cancel)
        speaking = list(dict.fromkeys(one.record for one in outlines))
        whole = replace(agent, variants=distinct((*agent.variants, *(one.name for one in forms))))
        met = self._met(list(dict.fromkeys([*naming, *speaking])), whole, named)
        return AgentPage(
            agent,
            _heard(forms, outlines),
            said.listed,
            tuple(sorted(years.items())),
            dates[0] if dates else "",
            dates[-1] if dates else "",
            tuple(_roles((one.role, one.date) for one in outlines if _JOINT not in one.speaker)),
            tuple(said.topics),
            tuple(met),
            tuple(naming),
            tuple(dict.fromkeys(one.name for one in others)),
            "" if naming_node is None else format_query(naming_node),
            candidates,
        )

    def _said(self, node: Node | None, cancel: CancelToken | None) -> _Said:
        """Return the sure statements that a query finds, and what they are about."""
        if node is None:
            return _Said(StatementList([], {}, 0, lambda _numbers: {}), (), ())
        listing = Listing(self._store, self._voices, self._speakers().head)
        listed = listing.listed(node, sort="newest", unsure=False, cancel=cancel)
        numbers = listed.numbers(0, len(listed))
        groups = self._voices.ask(lambda searcher: searcher.grouped(numbers, (), cancel))
        shared = (group for group in groups if len(group.keys) >= _LEAST_SHARED)
        most = sorted(shared, key=lambda group: -len(group.keys))[:_MOST_TOPICS]
        topics = labelled([(one.words, one.keys.tolist()) for one in most], self._store)
        return _Said(listed, numbers, [topic.name for topic in topics])

    def _naming(self, node: Node | None, cancel: CancelToken | None) -> list[int]:
        if node is None:
            return []
        return self._finding.ask(
            lambda searcher: [int(key) for key in searcher.keys(node, "newest", cancel).tolist()],
            cancel,
        )

    def _met(self, records: Sequence[int], agent: Agent, named: Speakers) -> list[Met]:
        """Return who else was present in those of some records that tell who was together."""
        own = Matching([replace(agent, number=1)])
        there: dict[int, dict[str, str]] = defaultdict(dict)
        for record, name, date in self._present(records):
            there[record][name] = date
        found: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
        is_own = functools.cache(lambda name: _may_be(own, name, agent))
        for record, names in there.items():
            if any(is_own(name) for name in names):
                for name in _told_apart(name for name in names if not is_own(name)):
                    found[named.head(name, names[name])][record] = names[name]
        met = [_told(head, told) for head, told in found.items() if head[1] != (agent.number or -1)]
        return sorted(met, key=lambda one: (-len(one.records), one.name))[:_MOST_MET]

    def _present(self, records: Sequence[int]) -> Iterator[tuple[int, str, str]]:
        """Yield record, name and date of those who took part in what some records tell of."""
        for record, name, role, date, doctype in self._store.records.agents_of(records):
            if doctype in MEETINGS and role in _PRESENT:
                for one in persons(name):
                    yield record, one, date
        said = self._store.statements.present(records, MEETINGS, SURE)
        for record, speakers, date, _doctype in said:
            for name in speakers.split(_JOINT):
                yield record, name, date


def _may_be(own: Matching, name: str, agent: Agent) -> bool:
    """Whether a name may mean the very one whose page this is."""
    if name in agent.names:
        return True
    found = own.candidates(name)
    return bool(found) and found[0].certainty >= _SELF


def _heard(forms: Sequence[SpokenName], outlines: Sequence[Outline]) -> tuple[SpokenName, ...]:
    """Return names under which sure statements stand, with how many, the most frequent first."""
    counts = Counter(name for one in outlines for name in one.speaker.split(_JOINT))
    heard = {form.name: SpokenName(form.name, counts[form.name]) for form in forms}
    found = [form for form in heard.values() if form.said]
    return tuple(sorted(found, key=lambda form: (-form.said, form.name)))


def _told(head: tuple[str, int], told: dict[int, str]) -> Met:
    dates = sorted(filter(None, told.values()))
    records = sorted(told, key=lambda record: told[record], reverse=True)
    ends = (dates[0], dates[-1]) if dates else ("", "")
    return Met(*head, tuple(records), *ends)


def _told_apart(names: Iterable[str]) -> list[str]:
    """Return the persons among the names of one record; of "Mr. Lind" and "Bo Lind" the fuller."""
    people = [name for name in names if _is_person(name)]
    full = {form.family for name in people for form in read_names(name) if form.given}
    return [
        name
        for name in people
        if any(form.given or form.family not in full for form in read_names(name))
    ]


def _is_person(name: str) -> bool:
    """Whether a name that stands among participants is a person's, with more than one word."""
    return (
        len(words_of(name)) > 1
        and bool(read_names(name))
        and not (is_body(name) or is_office(name))
    )


def _roles(said: Iterable[tuple[str, str]]) -> Iterator[Held]:
    """Yield the offices that are given, those given most often first."""
    dates: dict[str, list[str]] = defaultdict(list)
    spelt: dict[str, str] = {}
    for role, date in said:
        if role:
            key = " ".join(words_of(role))
            if role != spelt.setdefault(key, role) and spelt[key].isupper():
                spelt[key] = role
            dates[key].append(date)
    for key, given in sorted(dates.items(), key=lambda item: (-len(item[1]), item[0])):
        known = sorted(filter(None, given))
        yield Held(spelt[key], len(given), known[0] if known else "", known[-1] if known else "")
