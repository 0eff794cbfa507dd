"""What is known of agents: whose names speak, how much each says, the page of one."""

from __future__ import annotations

import contextlib
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from archivist.archive.agents.speakers import Speakers
from archivist.model.errors import ArchiveBusyError
from archivist.model.fields import SPEAKER
from archivist.model.progress import Progress
from archivist.model.statement import SURE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archivist.archive.agents.matching import Matching
    from archivist.archive.agents.pages import AgentPage, Pages
    from archivist.archive.finding import Finding
    from archivist.archive.statements.voices import Voices
    from archivist.model.agent import Agent
    from archivist.model.progress import CancelToken, Report
    from archivist.search import Searcher
    from archivist.store import Store

Item = TypeVar("Item")
_STEP: Final = 500
"""So many are looked at before it is asked again whether to stop."""


class _Names(NamedTuple):
    """Names that an index holds, with how often, as it stood at a sequence number."""

    sequence: int
    values: list[tuple[str, int]]


class Knowing(ABC):
    """The part of the agents that tells what indexes and store know of them."""

    def __init__(self, store: Store, voices: Voices, finding: Finding) -> None:
        self._store = store
        self._voices = voices
        self._finding = finding
        self._names: dict[str, _Names] = {}
        self._held: dict[str, Speakers] = {}

    @abstractmethod
    def listed(self) -> list[Agent]:
        """Return every agent that stands for itself, by number."""

    @abstractmethod
    def get(self, number: int) -> Agent:
        """Return an agent, or the one that it was merged into."""

    @abstractmethod
    def _matching(self) -> Matching: ...

    def speakers(self) -> Speakers:
        """Return whose the names of speakers are; made anew where names or agents are others."""
        return self._whose(SPEAKER, self._voices.ask)

    def prepare(self) -> None:
        """Put together whose the names of speakers are, so that no list waits for it."""
        self.speakers().prepared()

    def voices(self, cancel: CancelToken | None = None) -> dict[int, tuple[int, str, str]]:
        """Return how much each agent says: statements, date of the earliest and of the latest.

        Raises:
            StoppedError: it was stopped.
        """
        found: dict[int, tuple[int, str, str]] = {}
        if not self.listed():
            return found
        speakers = self.speakers()
        for names, _role, date in until_stopped(self._store.statements.speakers(SURE), cancel):
            for name in names.split("; "):
                if number := speakers.agent_of(name, date):
                    count, first, last = found.get(number, (0, date, date))
                    first = min(filter(None, (first, date)), default="")
                    found[number] = count + 1, first, max(last, date)
        return found

    def page(self, number: int, cancel: CancelToken | None = None) -> AgentPage:
        """Return what is known of an agent: who this is, everything said, with whom met.

        Raises:
            InputError: there is no such agent.
            StoppedError: it was stopped.
        """
        return self._pages().of(self.get(number), self._named_in_records(), cancel)

    def page_of(self, name: str, date: str = "", cancel: CancelToken | None = None) -> AgentPage:
        """Return what is known of a name: of the agent that it means on a day, else of itself.

        Args:
            name: as a document has it.
            date: ISO 8601; of the document.
            cancel: stops it.

        Raises:
            InputError: the name is empty.
            StoppedError: it was stopped.
        """
        if number := self.speakers().agent_of(name, date):
            return self.page(number, cancel)
        found = self._matching().candidates(name, date)
        return self._pages().of_name(name, found, self._named_in_records(), cancel)

    def _pages(self) -> Pages:
        from archivist.archive.agents.pages import Pages  # noqa: PLC0415 - only for pages

        return Pages(self._store, self._voices, self._finding, self.speakers)

    def _named_in_records(self) -> Speakers:
        return self._whose("person", self._finding.ask)

    def _whose(self, field: str, ask: Callable[[Callable[[Searcher], _Names]], _Names]) -> Speakers:
        names = self._names.get(field, _Names(-1, []))

        def read(searcher: Searcher) -> _Names:
            same = searcher.sequence == names.sequence
            return names if same else _Names(searcher.sequence, searcher.values(field))

        # While the index is built, no further name is known.
        with contextlib.suppress(ArchiveBusyError):
            names = self._names[field] = ask(read)
        matching, kept = self._matching(), self._held.get(field)
        if kept is None or not kept.holds(matching, names.values):
            kept = self._held[field] = Speakers(self.listed(), matching, names.values, kept)
        return kept


def until_stopped(found: Iterable[Item], cancel: CancelToken | None) -> Iterator[Item]:
    """Yield what was found, and look now and then whether it was stopped."""
    for at, one in enumerate(found):
        if cancel is not None and not at % _STEP:
            cancel.check()
        yield one


def told(found: Iterable[Item], total: int | None, phase: str, report: Report) -> Iterator[Item]:
    """Yield what was found, and report now and then how much of it is done."""
    for at, one in enumerate(found):
        if not at % _STEP:
            report(Progress(at, total, phase))
        yield one
