"""Whose a speaker's name is, and under which names somebody speaks.

A name is an agent's where the agent has it among its names and no other agent has, where it is
linked without asking, or, for the time of a dated office, where it is linked then. Names of people
who are no agents are put together where one surely is another's shorter form.
"""

from __future__ import annotations

import functools
import itertools
import threading
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from archivist.archive.agents.offices import is_office
from archivist.archive.agents.proposals import Named, gathered, grouped
from archivist.intake.persons import persons
from archivist.model.dates import DateRange, PartialDate
from archivist.model.fields import SPEAKER
from archivist.model.person_names import read_names
from archivist.model.query import Dated, Node, Value, all_of, any_of
from archivist.model.spelling import bones
from archivist.model.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from archivist.archive.agents.matching import Matching
    from archivist.model.agent import Agent, Office


_GROUPED: Final = 4_000
"""So many of the names that speak most are compared with one another."""
_FEW: Final = 50
"""So many times fewer new names than names put together need not be put together with them."""
_NEAR: Final = 400
"""So many names that are like one are compared with it."""
_OF_OFFICES: Final = 300
_LONG: Final = 4
_JOINT: Final = "; "
_KEPT: Final = 50_000


class SpokenName(NamedTuple):
    """A name under which an agent speaks.

    Attributes:
        name: as documents have it.
        said: how many statements are under it, whoever said them.
        first: the day from which it means the agent, ISO 8601; empty where it always does.
        last: the day until which it does, likewise.
    """

    name: str
    said: int
    first: str = ""
    last: str = ""


class _Index:
    """Names by the consonants of each word, by each long word, and by all words.

    Args:
        names: to be found.
        before: an index whose names stay in this one.
    """

    def __init__(self, names: Iterable[str], before: _Index | None = None) -> None:
        self.by_bone: dict[str, tuple[str, ...]] = dict(before.by_bone) if before else {}
        self.by_word: dict[str, tuple[str, ...]] = dict(before.by_word) if before else {}
        self.by_key: dict[str, tuple[str, ...]] = dict(before.by_key) if before else {}
        known: frozenset[str] = before.names if before else frozenset()
        new = [name for name in names if name not in known]
        self.names: frozenset[str] = known.union(new)
        self._add(new)

    def _add(self, names: Iterable[str]) -> None:
        by_bone, by_word, by_key = (defaultdict[str, list[str]](list) for _ in range(3))
        for name in names:
            words = words_of(name)
            by_key[" ".join(words)].append(name)
            for word in dict.fromkeys(words):
                by_bone[bones(word)].append(name)
                if len(word) > _LONG:
                    by_word[word].append(name)
        for kept, new in (
            (self.by_bone, by_bone),
            (self.by_word, by_word),
            (self.by_key, by_key),
        ):
            kept.update({key: (*kept.get(key, ()), *found) for key, found in new.items()})


class _Judge:
    """Whom names mean among agents, as they stand at one moment; each name is judged once."""

    def __init__(self, agents: Iterable[Agent], matching: Matching) -> None:
        self.matching = matching
        self.agents = {agent.number: agent for agent in agents}
        self.listed = _listed(self.agents.values())
        self.families = {bone for agent in self.agents.values() for bone in _bones(agent.names)}
        self._always: dict[str, int | None] = {}
        self.on_day = functools.lru_cache(maxsize=_KEPT)(self._linked)

    def always(self, name: str) -> int | None:
        """Return whom a name always means, 0 for nobody; None where that depends on the day."""
        if name not in self._always:
            self._always[name] = self._judged(name)
        return self._always[name]

    def _judged(self, name: str) -> int | None:
        owners = self.listed.get(_key(name), frozenset())
        if len(owners) == 1:
            return next(iter(owners))
        if not self.agents or not (self.families & _bones([name]) or is_office(name)):
            return 0
        return self._linked(name, "") or None

    def _linked(self, name: str, date: str) -> int:
        found = self.matching.candidates(name, date, SPEAKER)
        return found[0].number if found and found[0].sure else 0


class Speakers:
    """Names of speakers and agents, as both stand at one moment; may be shared by threads.

    Args:
        agents: every agent that stands for itself.
        matching: whom names mean among them.
        spoken: names that speak, with how often, the most frequent first.
        before: the names and agents as they stood before; what still holds is taken from there.

    Attributes:
        judge: whom names mean.
        heads: the fullest forms of the names that speak most, as last put together.
        index: where names are, as last worked out.
    """

    def __init__(
        self,
        agents: Iterable[Agent],
        matching: Matching,
        spoken: Sequence[tuple[str, int]],
        before: Speakers | None = None,
    ) -> None:
        same = before is not None and before.judge.matching is matching
        self.judge: _Judge = before.judge if before and same else _Judge(agents, matching)
        self.heads: Mapping[str, str] = before.heads if before else {}
        self.index: _Index | None = before.index if before else None
        self._grouped = self._indexed = False
        self._agents = self.judge.agents
        self._spoken = spoken
        self._counts = dict(spoken)
        self._lock = threading.Lock()
        self._under: dict[str, tuple[str, int]] = {}
        self._forms: dict[int, tuple[SpokenName, ...]] = {}

    def holds(self, matching: Matching, spoken: Sequence[tuple[str, int]]) -> bool:
        """Whether this was made from these agents and names."""
        return matching is self.judge.matching and spoken is self._spoken

    # Agents

    def agent(self, number: int) -> Agent | None:
        """Return an agent, or None."""
        return self._agents.get(number)

    def agent_of(self, name: str, date: str = "") -> int:
        """Return the number of the agent that a name means on a day; 0 for none that is known.

        Args:
            name: of one speaker.
            date: ISO 8601; of the statement.
        """
        found = self.judge.always(name)
        if found is None:
            return self.judge.on_day(name, date) if date else 0
        return found

    def forms(self, agent: Agent) -> tuple[SpokenName, ...]:
        """Return the names under which an agent speaks, the most frequent first."""
        if agent.number not in self._forms:
            names = sorted(self._near(agent), key=lambda name: (-self._counts[name], name))
            self._forms[agent.number] = tuple(
                SpokenName(name, self._counts[name], *span)
                for name in names
                for span in self._spans(name, agent)
            )
        return self._forms[agent.number]

    def _spans(self, name: str, agent: Agent) -> list[tuple[str, str]]:
        """Return the times in which a name means an agent; empty days for always."""
        always = self.agent_of(name)
        if always:
            return [("", "")] if always == agent.number else []
        return _joined(
            (office.start, office.end)
            for office in agent.offices
            if (days := _days(office))
            and all(self.agent_of(name, day) == agent.number for day in days)
        )

    def _near(self, agent: Agent) -> set[str]:
        """Return names that speak and may be an agent's."""
        index = self._indexed_names()
        found = {name for form in agent.names for name in index.by_key.get(_key(form), ())}
        for bone in _bones(agent.names):
            found.update(index.by_bone.get(bone, ()))
        for office in agent.offices:
            long = [word for word in words_of(office.title) if len(word) > _LONG]
            if long and _days(office):
                likely = index.by_word.get(long[-1], ())[:_OF_OFFICES]
                found.update([one for one in likely if is_office(one)])
        return found & self._counts.keys()

    def _indexed_names(self) -> _Index:
        """Return where the names that speak are; those of before, which may be there, too."""
        with self._lock:
            if self.index is None or not self._indexed:
                self.index = _Index(self._counts, self.index)
                self._indexed = True
            return self.index

    # Names of nobody who is known

    def namesakes(self, name: str) -> tuple[SpokenName, ...]:
        """Return the names that speak and are surely forms of one that is no agent's."""
        index = self._indexed_names()
        by_key = index.by_key
        near = {one for bone in _bones([name]) for one in index.by_bone.get(bone, ())}
        near.update(by_key.get(_key(name), ()))
        free = [one for one in near & self._counts.keys() if not self.agent_of(one)]
        free.sort(key=lambda one: (-self._counts[one], one))
        heads = _heads(free[:_NEAR])
        mine = heads.get(name) or next(
            (heads[one] for one in by_key.get(_key(name), ()) if one in heads), name
        )
        forms = [one for one in free[:_NEAR] if heads.get(one, one) == mine or one == name]
        return tuple(SpokenName(one, self._counts[one]) for one in forms)

    def head_of(self, name: str) -> str:
        """Return the fullest form of a name that is no agent's, among the names that speak."""
        return self.prepared().get(name, name)

    def prepared(self) -> Mapping[str, str]:
        """Return the fullest forms of the names that speak most, put together if need be.

        Where hardly any of them is new, those put together before still serve.
        """
        with self._lock:
            if not self._grouped:
                most = list(itertools.islice(self._counts, _GROUPED))
                if sum(name not in self.heads for name in most) > len(most) // _FEW:
                    self.heads = _heads(most)
                self._grouped = True
            return self.heads

    def head(self, speaker: str, date: str = "") -> tuple[str, int]:
        """Return under which name statements of a speaker stand, and the number of the agent.

        Args:
            speaker: as a statement has it; joint ones separated by "; ".
            date: ISO 8601; of the statement.

        Returns:
            An agent's authorised form and number; else the fullest form of the name, and 0.
        """
        if (known := self._under.get(speaker)) is not None:
            return known
        if _JOINT in speaker:
            return _JOINT.join(self.head(one, date)[0] for one in speaker.split(_JOINT)), 0
        if number := self.agent_of(speaker, date):
            found = self._agents[number].name, number
        else:
            found = self.head_of(speaker), 0
        if self.judge.always(speaker) is not None:
            self._under[speaker] = found
        return found

    # What is asked

    def node(self, forms: Iterable[SpokenName], field: str = SPEAKER) -> Node | None:
        """Return what finds the statements, or the records, under some names; None for no name."""
        parts = [_asked(form, field) for form in forms]
        return any_of(parts) if parts else None

    def meant(self, asked: Value) -> list[Agent]:
        """Return the agents one of whose names a value is; several who share a family name."""
        words = words_of(asked.value)
        if asked.field != SPEAKER or asked.exact or asked.prefix or not words:
            return []
        if number := self.agent_of(asked.value):
            return [self._agents[number]]
        bone = bones(words[-1])
        return [
            agent
            for agent in self._agents.values()
            if bone in self.judge.families and _bears(agent, words)
        ]

    def named(self, asked: Value) -> Node | None:
        """Return what finds the statements of those whose name a value is; None for nobody."""
        forms = [form for agent in self.meant(asked) for form in self.forms(agent)]
        return self.node(forms)


def _asked(form: SpokenName, field: str) -> Node:
    value = Value(field, form.name, exact=True)
    if not form.first and not form.last:
        return value
    ends = [PartialDate.parse(day) if day else None for day in (form.first, form.last)]
    return all_of((value, Dated("date", DateRange(*ends))))


def _days(office: Office) -> list[str]:
    """Return the first and the last day of an office, as far as they are known."""
    return list(dict.fromkeys(filter(None, (office.start, office.end))))


def _joined(spans: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return spans of time in order, those that overlap as one; an empty end is open."""
    found: list[tuple[str, str]] = []
    for start, end in sorted(spans):
        if found and (not found[-1][1] or start <= found[-1][1]):
            last = found[-1][1] and end and max(found[-1][1], end)
            found[-1] = (found[-1][0], last)
        else:
            found.append((start, end))
    return found


def _listed(agents: Iterable[Agent]) -> Mapping[str, frozenset[int]]:
    """Return the agents that have a form among their names, by its words."""
    found: dict[str, frozenset[int]] = {}
    for agent in agents:
        for form in (*agent.names, *agent.handles):
            key = _key(form)
            found[key] = found.get(key, frozenset()) | {agent.number}
    return found


def _bears(agent: Agent, words: Sequence[str]) -> bool:
    """Whether words are a family name of an agent, or all words of a body's name."""
    if agent.kind != "person":
        return any(words == words_of(form) for form in agent.names)
    families = (name.family for form in agent.names for name in read_names(form))
    return any(list(family) == list(words) for family in families)


def _bones(names: Iterable[str]) -> frozenset[str]:
    """Return the consonants of family names, or of all words where a name is no person's."""
    found: set[str] = set()
    for said in names:
        read = read_names(said)
        words = [word for name in read for word in name.words] or words_of(said)
        found.update(map(bones, words))
    return frozenset(found)


def _key(name: str) -> str:
    """Return what spellings of one name share: its words; of an account, with its sign."""
    return ("@" if name.startswith("@") else "") + " ".join(words_of(name))


def _heads(names: Iterable[str]) -> dict[str, str]:
    """Return the fullest form of each of some names, of those that are surely one person's."""
    mentions = gathered(Named(name, SPEAKER, "") for name in names)
    groups = grouped({key: one for key, one in mentions.items() if not one.unnamed})
    fullest = {form: one.name() for one in groups.values() for form in one.forms}
    return {name: fullest.get(_plain(name), name) for name in names}


@functools.lru_cache(maxsize=_KEPT)
def _plain(name: str) -> str:
    """Return a name without form of address and office, as it is gathered."""
    return persons(name)[0]
