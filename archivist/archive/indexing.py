"""An index that is kept: opened under seals, mended when damaged, brought up to date."""

from __future__ import annotations

import abc
import contextlib
import logging
import threading
import time
from typing import TYPE_CHECKING, TypeVar

from archivist.model.errors import ArchiveBusyError, IndexBusyError
from archivist.model.progress import CancelToken, Progress, Report, silent
from archivist.search import IndexUnusableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from archivist.search import Entry, Index, Searcher
    from archivist.store import Store

_LOG = logging.getLogger(__name__)
Answer = TypeVar("Answer")
_PATIENCE = 300.0
"""Seconds to wait for another process that builds the index."""
_PAUSE = 0.1


class StoreSeals:
    """Keeps the checksums of the index's files in the database, out of the index's reach."""

    def __init__(self, store: Store, name: str) -> None:
        """Keep in `store` those of the index of this name."""
        self._store = store
        self._name = name

    def load(self) -> dict[str, object]:
        """Return the seals as saved last; empty where there are none."""
        return self._get("seals")

    def save(self, seals: dict[str, object]) -> None:
        """Replace the seals, durably."""
        self._store.state.set(f"{self._name}.seals", seals)

    def load_begun(self) -> dict[str, object]:
        """Return how far a build had come that was cut off; empty where there is none."""
        return self._get("begun")

    def save_begun(self, begun: dict[str, object]) -> None:
        """Keep how far a build has come, durably."""
        self._store.state.set(f"{self._name}.begun", begun)

    def _get(self, what: str) -> dict[str, object]:
        found = self._store.state.get(f"{self._name}.{what}", {})
        return found if isinstance(found, dict) else {}


class Kept(abc.ABC):
    """Keeps an index: what is to stand in it, and what it follows, its kinds say.

    One for each open archive; its methods may be called from several threads.
    """

    def __init__(self, store: Store, name: str, *, writes: bool = True) -> None:
        """Keep an index of `store`.

        Args:
            store: the archive's records and journal.
            name: of the index: of its folder, and of its seals.
            writes: whether this process may write the index; one that may not only reads it.
        """
        self._store = store
        self._name = name
        self._writes = writes
        self._seals = StoreSeals(store, name)
        self._index: Index | None = None
        self._lock = threading.RLock()

    def searcher(self) -> Searcher:
        """Return a snapshot of the index as committed last, opened or rebuilt where needed."""
        with self._lock:
            try:
                return self._opened().searcher()
            except IndexUnusableError as error:
                self._give_up(error)
                return self._opened().searcher()

    def ask(self, question: Callable[[Searcher], Answer]) -> Answer:
        """Ask the index; where damage shows on the way, build it anew and ask once more."""
        try:
            return self._answer(question)
        except IndexUnusableError as error:
            with self._lock:
                self._give_up(error)
            return self._answer(question)

    def _answer(self, question: Callable[[Searcher], Answer]) -> Answer:
        """Ask; whatever came out while a file was changed under the search does not count."""
        searcher = self.searcher()
        try:
            answer = question(searcher)
        except (ArithmeticError, LookupError, ValueError, MemoryError) as error:
            self._look_for_damage(error)
            raise
        self._look_for_damage(None)
        return answer

    def _look_for_damage(self, error: Exception | None) -> None:
        index = self._index
        if index is not None and index.is_damaged():
            raise IndexUnusableError("a file of it was changed while it was searched") from error

    def tidy(self) -> None:
        """Merge what an import left in small pieces."""
        with self._lock:
            if self._writes:
                self._opened().tidy()

    def catch_up(self, cancel: CancelToken | None = None) -> int:
        """Bring the index up to date; return the sequence number it then holds.

        A process that may not write returns what the index holds now.
        """
        with self._lock:
            if not self._writes:
                return self.searcher().sequence
            try:
                return self._follow(self._opened(cancel=cancel), cancel)
            except IndexUnusableError as error:
                self._give_up(error)
                return self._follow(self._opened(cancel=cancel), cancel)

    def behind(self) -> int:
        """Return how many steps the index is behind, without following."""
        return self._head() - self.searcher().sequence

    def rebuild(self, report: Report = silent, cancel: CancelToken | None = None) -> int:
        """Build the index anew from the store, aside, and swap it in; return what it holds."""
        with self._lock:
            built = self._built(report, cancel)
            self._close()
            self._index = built
            self._follow(built, cancel)
            return built.searcher().count

    def verify(self) -> list[str]:
        """Return what is wrong with the index, in words; an empty list when nothing is."""
        with self._lock:
            try:
                faults = self._opened(mend=False).verify()
                return faults or self._compare()
            except IndexUnusableError as error:
                return [str(error)]

    def close(self) -> None:
        """Let go of the index's files."""
        with self._lock:
            self._close()

    def _opened(self, *, mend: bool = True, cancel: CancelToken | None = None) -> Index:
        from archivist.search import Index  # noqa: PLC0415 - lazy engine

        if self._index is not None:
            return self._index
        try:
            self._index = Index.open(self._folder, self._seals, self._store.id)
        except IndexUnusableError as error:
            if not mend:
                raise
            if not self._writes:
                raise IndexBusyError(
                    "The index is being built anew.", "The search works again in a moment."
                ) from error
            _LOG.info("The index is built anew: %s", error)
            self._index = self._mended(cancel)
        return self._index

    def _mended(self, cancel: CancelToken | None) -> Index:
        """Build the index anew, or wait for the process that is at it already."""
        from archivist.search import Index  # noqa: PLC0415 - lazy engine

        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                return self._built(cancel=cancel)
            except ArchiveBusyError:
                if time.monotonic() > deadline:
                    raise
            time.sleep(_PAUSE)
            with contextlib.suppress(IndexUnusableError):
                return Index.open(self._folder, self._seals, self._store.id)

    def _built(self, report: Report = silent, cancel: CancelToken | None = None) -> Index:
        from archivist.search import Index  # noqa: PLC0415 - lazy engine

        sequence = self._head()
        total = self._total()

        def entries(kept: frozenset[int]) -> Iterator[Entry]:
            return self._reported(self._entries(kept), total, report, cancel or CancelToken())

        return Index.rebuild(
            self._folder,
            self._seals,
            self._store.id,
            entries,
            sequence,
            silent,
            cancel,
            count=total,
        )

    def _give_up(self, error: Exception) -> None:
        _LOG.info("The index is opened anew: %s", error)
        self._close()

    def _close(self) -> None:
        if self._index is not None:
            self._index.close()
            self._index = None

    def _follow(self, index: Index, cancel: CancelToken | None) -> int:
        """Follow step by step; of processes that do so at once, the first to write counts."""
        while (since := index.searcher().sequence) < (head := self._head()):
            if cancel is not None:
                cancel.check()
            self._apply(index, since, head)
        return since

    @staticmethod
    def _reported(
        entries: Iterable[Entry], total: int, report: Report, cancel: CancelToken
    ) -> Iterator[Entry]:
        for done, entry in enumerate(entries, 1):
            cancel.check()
            yield entry
            if done % 100 == 0 or done == total:
                report(Progress(done, total, "Indexing"))

    @property
    def _folder(self) -> Path:
        return self._store.folder / self._name

    @abc.abstractmethod
    def _head(self) -> int:
        """Return the sequence number up to which there is something to follow."""

    @abc.abstractmethod
    def _total(self) -> int:
        """Return how many entries the index is to hold, about."""

    @abc.abstractmethod
    def _entries(self, kept: frozenset[int]) -> Iterator[Entry]:
        """Yield all that is to stand in the index; without texts those that are kept already."""

    @abc.abstractmethod
    def _apply(self, index: Index, since: int, head: int) -> None:
        """Follow one step from a sequence number towards the head."""

    @abc.abstractmethod
    def _compare(self) -> list[str]:
        """Return how index and store differ, in words."""
