"""A second index, of statements: it follows what happens to them as the first follows records."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from archivist.archive.following import entry_of
from archivist.archive.indexing import Kept
from archivist.model.statement import words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archivist.model.progress import CancelToken
    from archivist.model.statement import FiledStatement
    from archivist.search import Entry, Index
    from archivist.store import Store

SURE: Final = "sure"
"""The value by which statements are found that are shown without being asked for."""
SURELY: Final = "yes"
_WINDOW: Final = 2000
"""How many statements are followed in one commit of the index, about."""
_JOINT: Final = "; "
_MUCH: Final = 1000
"""After so many statements followed, small pieces of the index are worth merging."""
_PURGED: Final = "statements.purged"
"""Up to which erasure the index was made anew."""


class Voices(Kept):
    """Lets the index of statements follow them: its keys are their numbers."""

    def __init__(self, store: Store, *, writes: bool = True) -> None:
        """Follow the statements of `store`; `writes`: whether this process may write the index."""
        super().__init__(store, "statements", writes=writes)
        self._followed = 0

    @override
    def catch_up(self, cancel: CancelToken | None = None) -> int:
        """Bring the index up to date; after an erasure it is made anew, so that no word is left.

        Words of what is gone stay in the pieces of an index until these are merged.
        """
        if self._writes and (erased := self._store.statements.erased()):
            with self._lock:
                if self._store.state.get(_PURGED, 0) < erased:
                    self.rebuild(cancel=cancel)
                    self._store.state.set(_PURGED, erased)
        return super().catch_up(cancel)

    def settle(self) -> None:
        """Merge small pieces where much was followed; for times when nobody waits."""
        if self._followed >= _MUCH:
            self._followed = 0
            self.tidy()

    @override
    def _head(self) -> int:
        return self._store.statements.turn()

    @override
    def _total(self) -> int:
        return self._store.statements.counts()[0]

    @override
    def _apply(self, index: Index, since: int, head: int) -> None:
        upto, turned = self._store.statements.turned(since, _WINDOW)
        self._followed += len(turned)
        index.apply(
            upto,
            add=self._of(one.number for one in turned if one.found and one.worded),
            patch=self._of(one.number for one in turned if one.found and not one.worded),
            remove=[one.number for one in turned if not one.found],
            since=since,
        )

    @override
    def _entries(self, kept: frozenset[int]) -> Iterator[Entry]:
        for batch in self._store.statements.iterate():
            yield from self._as_entries(batch)

    @override
    def _compare(self) -> list[str]:
        from archivist.model.query import Everything  # noqa: PLC0415 - only for checks

        searcher = self.searcher()
        if searcher.sequence != self._head():
            return ["The index is behind the statements; it catches up at the next search."]
        held = set(searcher.keys(Everything()).tolist())
        found = self._store.statements.numbers()
        faults = []
        if missing := found - held:
            faults.append(f"{len(missing)} statements are not in the index.")
        if foreign := held - found:
            faults.append(f"The index holds {len(foreign)} statements that are none.")
        return faults

    def _of(self, numbers: Iterable[int]) -> Iterator[Entry]:
        for some in _batched(numbers):
            yield from self._as_entries(self._store.statements.many(some))

    def _as_entries(self, statements: list[FiledStatement]) -> Iterator[Entry]:
        """Yield what the index is to know of statements: of each, its words and its record."""
        ids = list(dict.fromkeys(one.record for one in statements))
        texts = self._store.records.texts(ids)
        attachments = self._store.records.attachments(ids)
        about = {
            record.id: entry_of(record, "", attachments=bool(attachments.get(record.id)))
            for record in self._store.records.many(ids)
        }
        for one in statements:
            yield _entry(about[one.record], one, texts.get(one.record, ""))


def _entry(about: Entry, one: FiledStatement, text: str) -> Entry:
    said = one.statement
    own = {
        "speaker": tuple(filter(None, said.speaker.split(_JOINT))),
        "role": (said.role,) if said.role else (),
        "kind": (said.kind,),
        SURE: (SURELY,) if one.sure else (),
    }
    dates = dict(about.dates) | ({"date": said.date} if said.date else {})
    return replace(
        about,
        key=one.number,
        text=words_in(text, said),
        values=dict(about.values) | own,
        dates=dates,
    )


def _batched(numbers: Iterable[int], size: int = 500) -> Iterator[list[int]]:
    rest = iter(numbers)
    while batch := list(itertools.islice(rest, size)):
        yield batch
