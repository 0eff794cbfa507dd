"""The use case of keeping agents: persons, bodies and families of names, and whom names mean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from archivist.archive.agents.countries import countries
from archivist.archive.agents.index import spelt
from archivist.archive.agents.knowing import Knowing, told, until_stopped
from archivist.archive.agents.matching import Matching
from archivist.archive.agents.offices import is_office
from archivist.archive.agents.proposals import Named, gathered, is_told_apart, proposals
from archivist.model.agent import (
    Agent,
    checked,
    distinct,
    from_values,
    identity,
    merged,
    to_values,
    without,
)
from archivist.model.change import Change
from archivist.model.dates import interval_of
from archivist.model.errors import InputError, ValueRefusedError
from archivist.model.person_names import is_body
from archivist.model.progress import silent
from archivist.model.record import AGENT_ROLES
from archivist.model.statement import SURE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from archivist.archive.agents.results import AgentImport, Candidate, Proposal
    from archivist.archive.finding import Finding
    from archivist.archive.statements.voices import Voices
    from archivist.model.agent import AgentKind
    from archivist.model.progress import CancelToken, Report
    from archivist.store import Store, Thing

KIND: Final = "agent"
_READING: Final = "Reading names"
_COMPARING: Final = "Comparing names"
LEFT: Final = "left"
"""The kind of things that name whom somebody left alone."""
_MOST_WORDS: Final = 6
_NOBODY: Final = frozenset(
    {"q", "question", "questioner", "reporter", "moderator", "operator", "interpreter", "voice"}
)
"""What transcripts call those whom they do not name."""


class Agents(Knowing):
    """The agents of one store.

    An agent is a thing of the store. One that turned out to be another stays, with the other's
    number in `merged_into`: whoever asks for it gets the other.
    """

    def __init__(
        self,
        store: Store,
        who: Callable[[], str],
        voices: Voices,
        finding: Finding,
    ) -> None:
        """Keep the agents of `store` in the name of whom `who` names.

        Args:
            store: the archive's.
            who: names who changes them.
            voices: asks the index of statements.
            finding: asks the index of records.
        """
        super().__init__(store, voices, finding)
        self._who = who
        self._known: tuple[int, list[Thing], Matching] | None = None

    @override
    def listed(self) -> list[Agent]:
        """Return every agent that stands for itself, by number."""
        kept = self._kept()
        return [agent for agent in kept.values() if _standing(kept, agent.number) == agent.number]

    @override
    def get(self, number: int) -> Agent:
        """Return an agent, or the one that it was merged into.

        Raises:
            InputError: there is none.
        """
        self._store.things.get(KIND, number)
        kept = self._kept()
        return kept[_standing(kept, number)]

    def find(
        self, name: str, *, date: str = "", role: str = "", country: str = ""
    ) -> list[Candidate]:
        """Return who may be meant by a name, an office or a handle, the likeliest first.

        Args:
            name: "Lavrov", "Sergei Lavrov", "Russian Foreign Minister", "@…".
            date: ISO 8601; of the document that says it.
            role: one of `AGENT_ROLES`: what who is meant has to do with the document.
            country: code of the country to presume for an office that names none.

        Raises:
            ValueRefusedError: there is no such date, role or country.
        """
        if date and interval_of(date) is None:
            raise ValueRefusedError(
                "date", date, "it is no date.", "Write 2012, 2012-12 or 2012-12-04."
            )
        if role and role not in AGENT_ROLES:
            raise ValueRefusedError(
                "role", role, "there is none.", f"Write {', '.join(AGENT_ROLES)}."
            )
        if country and country not in countries():
            raise ValueRefusedError("country", country, "there is none.", "Write a code, as in FR.")
        return list(self._matching().candidates(name, date, role, country))

    def add(self, agent: Agent) -> Agent:
        """Keep a new agent.

        Raises:
            ValueRefusedError: a value cannot be used, or another agent has this authorised form.
        """
        new = replace(checked(agent), merged_into=0)
        with self._store.write(KIND, f"New agent: {new.name}", self._who()) as writer:
            self._claim(new)
            number = writer.put_thing(KIND, 0, to_values(new))
        return replace(new, number=number)

    def edit(self, agent: Agent) -> Change:
        """Give an agent all its values anew.

        Raises:
            InputError: there is none with its number.
            ValueRefusedError: a value cannot be used, or another agent has this authorised form.
        """
        new = replace(checked(agent), merged_into=0)
        title = f"Change of agent {new.name}"
        with self._store.write(KIND, title, self._who()) as writer:
            self._claim(new)
            writer.put_thing(KIND, new.number, to_values(new))
            return Change(writer.operation, KIND, title)

    def remove(self, number: int, *others: int) -> Change:
        """Take an agent out, or several as one operation.

        Raises:
            InputError: there is none with this number, or others were merged into it.
        """
        gone = list({one.number: one for one in map(self.get, (number, *others))}.values())
        into = {one.merged_into for one in self._kept().values()}
        for agent in gone:
            if agent.number in into:
                raise InputError(
                    f"Others were merged into {agent.name}.", "Split them off first, or edit it."
                )
        title = f"Removal of agent {gone[0].name}"
        if len(gone) > 1:
            title = f"Removal of {len(gone)} agents"
        with self._store.write(KIND, title, self._who()) as writer:
            for agent in gone:
                writer.put_thing(KIND, agent.number, None)
            return Change(writer.operation, KIND, title)

    def merge(self, into: int, numbers: Sequence[int]) -> Change:
        """Make one of several agents that are the same; taken back, all are as they were.

        Args:
            into: the agent that stays; it takes over everything that the others say.
            numbers: the others; each leads to it from now on.

        Raises:
            InputError: there is no such agent, or nothing to merge.
        """
        stays = self.get(into)
        others = list({one.number: one for one in map(self.get, numbers)}.values())
        others = [one for one in others if one.number != stays.number]
        if not others:
            raise InputError("There is nothing to merge.", "Name two different agents.")
        if any(one.kind != stays.kind for one in others):
            raise InputError(
                "A person and a body cannot be the same.", "Change the kind of one of them first."
            )
        names = ", ".join(one.name for one in others)
        title = f"Merging of agents: {names} into {stays.name}"
        with self._store.write(KIND, title, self._who()) as writer:
            writer.put_thing(KIND, stays.number, to_values(merged(stays, others)))
            for one in others:
                writer.put_thing(
                    KIND, one.number, to_values(replace(one, merged_into=stays.number))
                )
            return Change(writer.operation, KIND, title)

    def split(self, number: int, names: Sequence[str]) -> Change:
        """Take forms of a name out of an agent, for another agent; can be taken back as one.

        Where the first of them is the authorised form of one that was merged into it, that one
        stands for itself again, with all it said before; else there is a new agent.

        Args:
            number: the agent.
            names: forms of its name, the authorised form of the other first.

        Raises:
            InputError: there is no such agent, or it has no such forms besides its own.
        """
        agent = self.get(number)
        forms = distinct(names)
        others = (*agent.variants, *agent.scripts)
        if not forms or any(form not in others for form in forms):
            raise InputError(
                f"{agent.name} has no such further form of the name.",
                f"Name one or more of: {'; '.join(others)}." if others else "It has no other form.",
            )
        back = self._merged_before(agent, forms[0])
        if back is None:
            back = Agent(
                forms[0],
                agent.kind,
                variants=tuple(form for form in forms[1:] if form in agent.variants),
                scripts=tuple(form for form in forms[1:] if form in agent.scripts),
            )
        left = without(agent, back, forms)
        title = f"Splitting of agent {agent.name}: {forms[0]}"
        with self._store.write(KIND, title, self._who()) as writer:
            writer.put_thing(KIND, agent.number, to_values(left))
            writer.put_thing(KIND, back.number, to_values(replace(back, merged_into=0)))
            return Change(writer.operation, KIND, title)

    def proposals(
        self, least: int = 1, cancel: CancelToken | None = None, report: Report = silent
    ) -> list[Proposal]:
        """Return who is named by records or speaks in their texts, and which agents that may be.

        Those that are linked without asking come first, then the most frequent.

        Args:
            least: how often who is proposed must be named, or speak.
            cancel: stops it.
            report: told how many mentions were read, then how many names were compared.

        Raises:
            StoppedError: it was stopped.
        """
        mentions = gathered(until_stopped(told(self._named(), None, _READING, report), cancel))
        compared = told(mentions.items(), len(mentions), _COMPARING, report)
        named = proposals(until_stopped(compared, cancel), self._matching(), least)
        found = list(until_stopped(named, cancel))
        return sorted(found, key=lambda one: (one.linked is None, -one.records, one.name))

    def pending(
        self, least: int = 1, cancel: CancelToken | None = None, report: Report = silent
    ) -> list[Proposal]:
        """Return those proposals on which there is something to decide, the most frequent first.

        Those whose agent has all their names, and those that somebody left alone, are left out.
        """
        left = {thing.value["name"] for thing in self._store.things.list(LEFT)}
        kept = {agent.number: agent for agent in self.listed()}
        known = {name for agent in kept.values() for name in agent.names}
        found = [
            one
            for one in self.proposals(least, cancel, report)
            if _is_named(one.name)
            and not left.intersection(map(spelt, one.forms))
            and not known.issuperset(one.forms)
            and (one.linked is None or any(_accepted(one, kept)))
        ]
        return sorted(found, key=lambda one: (-one.records, one.name))

    def leave(self, proposed: Sequence[Proposal]) -> Change:
        """Leave names alone: they are proposed no more; taken back, they are again."""
        names = list(dict.fromkeys(spelt(one.name) for one in proposed))
        first = proposed[0].name if proposed else ""
        title = f"Leaving alone: {first if len(names) == 1 else f'{len(names)} names'}"
        with self._store.write(LEFT, title, self._who()) as writer:
            for name in names:
                writer.put_thing(LEFT, 0, {"name": name})
            return Change(writer.operation, LEFT, title)

    def link(self, proposed: Proposal, number: int) -> Change:
        """Give an agent the names of a proposal that it lacks: somebody knows that it is meant.

        Raises:
            InputError: there is no such agent.
        """
        agent = self.get(number)
        new = [form for form in proposed.forms if form not in agent.names]
        return self.edit(replace(agent, variants=(*agent.variants, *new)))

    def _named(self) -> Iterator[Named]:
        """Yield everybody whom records name, then who speaks in their texts, as far as was read."""
        for name, role, date in self._store.records.agents():
            yield Named(name, role, date)
        for speakers, office, date in self._store.statements.speakers(SURE):
            for name in speakers.split("; "):
                yield Named(name, "speaker", date, office)

    def accept(self, proposed: Iterable[Proposal], *, chosen: bool = False) -> Change:
        """Take proposals over, as one operation.

        Where one is linked, its agent gets the forms of the name it lacks, but no family name alone
        where the years of an office tell when that is meant. Where nobody may be meant, there is a
        new agent. Where it is not sure who is meant, or nothing but a family name is known, nothing
        happens.

        Args:
            proposed: the proposals.
            chosen: whether somebody chose them one by one: then there is a new agent for each that
                is not linked.
        """
        proposed = list(proposed)
        title = "Agents from records"
        if len(proposed) == 1:
            one = proposed[0]
            title = f"Names of {one.linked.name}" if one.linked else f"New agent: {one.name}"
        kept = {one.number: one for one in self.listed()}
        with self._store.write(KIND, title, self._who()) as writer:
            for one in proposed:
                for agent in _accepted(one, kept, chosen=chosen):
                    kept_now = checked(agent)
                    number = writer.put_thing(KIND, agent.number, to_values(kept_now))
                    kept[number] = replace(kept_now, number=number)
            return Change(writer.operation, KIND, title)

    def load(self, path: Path) -> AgentImport:
        """Add or change the agents of a CSV file, an agent in a line, as one operation.

        A line is the agent with the same authorised form and kind, else a new one. Lines that
        cannot be taken are refused with their reason; the rest is taken.

        Raises:
            InputError: it is no list of agents.
            StorageError: the file cannot be read.
        """
        from archivist.archive.agents import tables as agent_tables  # noqa: PLC0415 - only for import

        rows, refused = agent_tables.read(path)
        kept = {identity(one): one for one in self.listed()}
        added = changed = 0
        with self._store.write(KIND, f"Import of agents: {path.name}", self._who()) as writer:
            for row in rows:
                before = kept.get(identity(row.agent))
                if before is None:
                    writer.put_thing(KIND, 0, to_values(row.agent))
                    added += 1
                elif (after := row.over(before)) != before:
                    writer.put_thing(KIND, before.number, to_values(after))
                    changed += 1
            operation = writer.operation
        return agent_tables.report(operation, added, changed, len(rows), refused)

    def save(self, path: Path) -> int:
        """Write every agent to a CSV file, an agent in a line, as `load` reads it.

        Returns:
            How many.

        Raises:
            StorageError: the file cannot be written.
        """
        from archivist.archive.agents import tables as agent_tables  # noqa: PLC0415 - only for export

        everyone = self.listed()
        agent_tables.write(everyone, path)
        return len(everyone)

    def _kept(self) -> dict[int, Agent]:
        things = self._store.things.list(KIND)
        return {thing.number: from_values(thing.number, thing.value) for thing in things}

    @override
    def _matching(self) -> Matching:
        """Return the names of the agents as they stand; made anew where one of them changed."""
        head = self._store.journal.head()
        if self._known is None or self._known[0] != head:
            things = self._store.things.list(KIND)
            same = self._known is not None and self._known[1] == things
            matching = self._known[2] if same and self._known else Matching(self.listed())
            self._known = (head, things, matching)
        return self._known[2]

    def _claim(self, agent: Agent) -> None:
        for other in self.listed():
            if other.number != agent.number and identity(other) == identity(agent):
                raise ValueRefusedError(
                    "name",
                    agent.name,
                    f"it is the authorised form of agent {other.number}.",
                    "Tell them apart, as by a year of birth, or merge them.",
                )

    def _merged_before(self, agent: Agent, name: str) -> Agent | None:
        """Return the agent of a name that was merged into another, or None."""
        return next(
            (
                one
                for one in self._kept().values()
                if one.merged_into == agent.number and one.name == name
            ),
            None,
        )


def _standing(kept: Mapping[int, Agent], number: int) -> int:
    """Return the number of the agent that one leads to.

    What was merged and taken back in another order may lead round in a circle; then the least
    number in it stands.
    """
    path = [number]
    while (follows := kept[path[-1]].merged_into) in kept:
        if follows in path:
            return min(path[path.index(follows) :])
        path.append(follows)
    return path[-1]


def _is_named(name: str) -> bool:
    """Whether a name may be somebody's: no "Q" of a transcript, nothing that begins small."""
    return not name[:1].islower() and name.casefold() not in _NOBODY


def _accepted(one: Proposal, kept: Mapping[int, Agent], *, chosen: bool = False) -> Iterable[Agent]:
    """Yield the agent that a proposal changes or makes; none where it is not sure who is meant."""
    unknown = not one.candidates and (is_body(one.name) or is_told_apart(one.name))
    if one.linked is not None and one.linked.number in kept:
        agent = kept[one.linked.number]
        dated = any(office.start or office.end for office in agent.offices)
        new = [
            form
            for form in one.forms
            if form not in agent.names
            and _is_form(form)
            and (is_body(form) or is_told_apart(form) or not dated)
        ]
        if new:
            yield replace(agent, variants=(*agent.variants, *new))
    elif chosen or unknown:
        kind: AgentKind = "body" if is_body(one.name) else "person"
        new_agent = Agent(one.name, kind, variants=tuple(filter(_is_form, one.forms)))
        if identity(new_agent) not in {identity(agent) for agent in kept.values()}:
            yield new_agent


def _is_form(form: str) -> bool:
    """Whether what a record has is one name and no more: no office alone, nobody besides."""
    plain = len(form.split()) <= _MOST_WORDS and form.count(",") <= 1 and " and " not in form
    return not is_office(form) and (plain or is_body(form))
