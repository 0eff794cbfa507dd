"""Who says a passage: the speaker of the statement it stands in, else the source of the record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from archivist.archive.statements.topics import NOBODY
from archivist.archive.statements.voices import SURE as SURELY
from archivist.archive.wording.results import User, VoiceKind
from archivist.model.errors import ArchiveBusyError
from archivist.model.statement import SURE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from archivist.archive.statements.saying import Saying
    from archivist.archive.statements.voices import Voices
    from archivist.archive.wording.results import Use
    from archivist.model.progress import CancelToken
    from archivist.search import Searcher
    from archivist.search.arrays import Places
    from archivist.search.wording import Phrase, Standing, Valued
    from archivist.store import Store
    from archivist.store.statements import Holding

USERS: Final = 24
"""So many speakers, and so many sources, are told, at most."""
_MOSTLY: Final = 0.5
"""Who says less of a passage does not say it."""
_MANY: Final = 20_000
"""From so many statements on, the records of all there are are read at once."""


class Sources(NamedTuple):
    """The uses of a phrase in records, and the originators of these.

    Attributes:
        standing: the uses.
        valued: their originators.
    """

    standing: Standing
    valued: Valued


class Telling:
    """The use case of telling who says a passage, over one store and the index of statements."""

    def __init__(self, store: Store, saying: Saying, voices: Voices) -> None:
        """Tell it by the statements in `store` that `saying` reads and `voices` finds."""
        self._store = store
        self._saying = saying
        self._voices = voices

    def told(self, uses: Sequence[Use], *, read: bool = False) -> list[Use]:
        """Return uses with who says them, where a statement that is sure holds most of the words.

        Args:
            uses: as they stand in records, with their sources.
            read: whether texts that were not read for statements yet are to be read now, where
                this process may do that.
        """
        ids = {use.record for use in uses if not use.gone}
        current = self._saying.caught_up(ids) if read else ids - self._store.statements.late(ids)
        asked = [at for at, use in enumerate(uses) if use.record in current and not use.gone]
        found = self._store.statements.holding([uses[at].stretch for at in asked], SURE)
        over: dict[int, list[Holding]] = {}
        for one in found:
            over.setdefault(asked[one.place], []).append(one)
        return [_told(use, over.get(at, ())) for at, use in enumerate(uses)]

    def unread(self) -> int:
        """Return how many records are still to be read for statements, about."""
        kept = self._store.statements
        return kept.unread(kept.followed())

    def users(
        self,
        phrase: Phrase,
        sources: Sources,
        among: Collection[int] | None = None,
        cancel: CancelToken | None = None,
    ) -> list[User]:
        """Return who uses a phrase: speakers, then sources of what nobody is said to say.

        Speakers whom transcripts do not name come last among them.

        All uses are counted by the indexes; no text is read.

        Args:
            phrase: the phrase.
            sources: where it stands in records.
            among: ids of the only records that count; None for all.
            cancel: stops it.
        """
        if self.unread():
            self._saying.step(cancel)

        def answer(searcher: Searcher) -> tuple[Standing, Valued]:
            following = searcher.wordings(phrase, None, cancel)
            standing = following.phrase(SURELY)
            return standing, following.valued(standing, "speaker")

        try:
            self._voices.catch_up(cancel)
            standing, said = self._voices.ask(answer)
        except ArchiveBusyError:  # while its index is built, nobody is known to say anything
            return self._originators(sources, np.zeros(0, np.int64))
        records = self._records_of(standing.keys)
        kept = np.ones(len(records), bool)
        if among is not None:
            kept = np.isin(records, np.fromiter(among, np.int64, len(among)))
        named = np.zeros(len(records), bool)
        named[said.uses] = True
        spoken = _ranked(said, kept[said.uses], standing.days, standing.keys)
        spoken.sort(key=lambda one: one.name.casefold() in NOBODY)
        return self._speakers(spoken) + self._originators(sources, records[kept & named])

    def _records_of(self, numbers: Places) -> Places:
        """Return the records of statements."""
        different, back = np.unique(numbers, return_inverse=True)
        kept = self._store.statements
        if len(different) <= _MANY:
            known = kept.records_of(different.tolist())
            owners = np.array([known.get(number, 0) for number in different.tolist()], np.int64)
        else:
            table = np.frombuffer(kept.owners(), np.int64)
            owners = table[np.minimum(different, len(table) - 1)]
        return owners[back]

    def _speakers(self, ranked: Sequence[_Ranked]) -> list[User]:
        numbers = list(dict.fromkeys(key for one in ranked for key in one.ends))
        dates = {one.number: one.date for one in self._store.statements.outlines(numbers)}
        return _users(ranked, "speaker", lambda number: dates.get(number, ""))

    def _originators(self, sources: Sources, told: Places) -> list[User]:
        """Return the sources of uses; `told`: the record of each use that somebody says."""
        standing, valued = sources
        size = int(max(standing.keys.max(initial=0), told.max(initial=0))) + 1
        left = np.maximum(
            np.bincount(standing.keys, minlength=size) - np.bincount(told, minlength=size), 0
        )
        kept = _last_of_each(standing.keys, left)[valued.uses]
        ranked = _ranked(valued, kept, standing.days, standing.keys)
        ids = list(dict.fromkeys(key for one in ranked for key in one.ends))
        dates = {one.id: one.description.date for one in self._store.records.many(ids)}
        return _users(ranked, "source", lambda record: dates.get(record, ""))


class _Ranked(NamedTuple):
    """A name, how many uses are theirs, and the keys of the earliest and the latest with a date."""

    name: str
    uses: int
    ends: tuple[int, ...]


def _ranked(valued: Valued, kept: Places, days: Places, keys: Places) -> list[_Ranked]:
    """Return whose the uses are that are kept, most first; `kept`: by pair of use and value."""
    uses, codes = valued.uses[kept], valued.codes[kept]
    counts = np.bincount(codes, minlength=1)
    best = np.argsort(-counts, kind="stable")[: min(USERS, int(np.count_nonzero(counts)))]
    found = []
    for code in best.tolist():
        theirs = uses[codes == code]
        dated = np.sort(theirs[days[theirs] > 0])
        ends = tuple(keys[dated[[0, -1]]].tolist()) if len(dated) else ()
        found.append(_Ranked(valued.names[code], int(counts[code]), ends))
    return found


def _last_of_each(keys: Places, left: Places) -> Places:
    """Tell of each use whether it is among so many of its record that are left."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    begins = np.searchsorted(ordered, ordered, "left")
    found = np.zeros(len(keys), bool)
    found[order] = np.arange(len(keys)) - begins < left[ordered]
    return found


def _users(ranked: Sequence[_Ranked], kind: VoiceKind, date_of: Callable[[int], str]) -> list[User]:
    return [
        User(
            one.name,
            one.uses,
            date_of(one.ends[0]) if one.ends else "",
            date_of(one.ends[-1]) if one.ends else "",
            kind,
        )
        for one in ranked
    ]


def _told(use: Use, over: Sequence[Holding]) -> Use:
    """Return a use with who says most of it; `over`: the statements over it, shortest first."""
    left = [(use.start, use.end)]
    said: dict[str, int] = {}
    first: dict[str, Holding] = {}
    for one in over:
        before = sum(end - start for start, end in left)
        left = [rest for each in left for rest in _without(each, one)]
        taken = before - sum(end - start for start, end in left)
        if taken:
            said[one.speaker] = said.get(one.speaker, 0) + taken
            first.setdefault(one.speaker, one)
    name = max(said, key=lambda each: said[each], default="")
    if not name or said[name] < _MOSTLY * (use.end - use.start):
        return use
    one = first[name]
    return replace(use, speaker=name, voice="speaker", role=one.role, said=one.date)


def _without(stretch: tuple[int, int], one: Holding) -> list[tuple[int, int]]:
    """Return what a statement leaves of a stretch."""
    start, end = stretch
    parts = [(start, min(end, one.start)), (max(start, one.end), end)]
    return [(low, high) for low, high in parts if low < high]
