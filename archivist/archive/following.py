"""The full-text index follows the journal: what it holds is brought up to the journal's head."""

from __future__ import annotations

import contextlib
import itertools
import logging
import threading
import time
from typing import TYPE_CHECKING, TypeVar

from archivist.model.errors import ArchiveBusyError, IndexBusyError
from archivist.model.progress import CancelToken, Progress, Report, silent
from archivist.model.record import Record, State
from archivist.search import Entry, IndexUnusableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from archivist.search import Index, Searcher
    from archivist.store import Store

_LOG = logging.getLogger(__name__)
Answer = TypeVar("Answer")
_WINDOW = 1000
"""How many entries of the journal are followed in one commit of the index."""
_PATIENCE = 300.0
"""Seconds to wait for another process that builds the index."""
_PAUSE = 0.1
_RETEXTED = frozenset({"text", "state", "title"})
"""What a change must touch for the text of a record to be indexed anew."""


class StoreSeals:
    """Keeps the checksums of the index's files in the database, out of the index's reach."""

    def __init__(self, store: Store) -> None:
        """Keep them in `store`."""
        self._store = store

    def load(self) -> dict[str, object]:
        """Return the seals as saved last; empty where there are none."""
        found = self._store.state.get("index.seals", {})
        return found if isinstance(found, dict) else {}

    def save(self, seals: dict[str, object]) -> None:
        """Replace the seals, durably."""
        self._store.state.set("index.seals", seals)

    def load_begun(self) -> dict[str, object]:
        """Return how far a build had come that was cut off; empty where there is none."""
        found = self._store.state.get("index.begun", {})
        return found if isinstance(found, dict) else {}

    def save_begun(self, begun: dict[str, object]) -> None:
        """Keep how far a build has come, durably."""
        self._store.state.set("index.begun", begun)


def values_of(record: Record, *, attachments: bool) -> dict[str, tuple[str, ...]]:
    """Return the values a record is found by, by field name."""
    text = record.description
    values: dict[str, tuple[str, ...]] = {
        "type": (text.doctype,),
        "place": (text.place,),
        "lang": (text.language,),
        "country": text.countries,
        "originator": (text.originator,),
        "person": tuple(dict.fromkeys(agent.name for agent in text.agents)),
        "from": _senders(record),
        "to": tuple(agent.name for agent in text.agents if agent.role == "addressee"),
        "number": (text.number,),
        "series": (text.series,),
        "code": (text.code,),
        "ref": (record.ref,),
        "mark": (text.mark,),
        "tag": text.tags,
        "in": ("inbox",) if record.inbox else (),
        "has": _holdings(record, attachments=attachments),
    }
    values.update({name: (value,) for name, value in text.custom.items()})
    return {name: kept for name, found in values.items() if (kept := tuple(filter(None, found)))}


def _senders(record: Record) -> tuple[str, ...]:
    agents = [a.name for a in record.description.agents if a.role in {"author", "signatory"}]
    return tuple(dict.fromkeys([*agents, record.description.originator]))


def _holdings(record: Record, *, attachments: bool) -> tuple[str, ...]:
    held = (
        ("original", record.original is not None),
        ("text", bool(record.text_hash)),
        ("attachment", attachments),
    )
    return tuple(name for name, there in held if there)


def entry_of(record: Record, text: str, *, attachments: bool) -> Entry:
    """Return what the index is to know of a record."""
    return Entry(
        key=record.id,
        title=record.description.title,
        text=text,
        language=record.description.language,
        values=values_of(record, attachments=attachments),
        dates={"date": record.description.date, "filed": record.filed[:10]},
    )


class Follower:
    """Opens the index, mends it when it is missing or damaged, and lets it follow the journal.

    One for each open archive; its methods may be called from several threads.
    """

    def __init__(self, store: Store, *, writes: bool = True) -> None:
        """Follow `store`.

        Args:
            store: the archive's records and journal.
            writes: whether this process may write the index; one that may not only reads it.
        """
        self._store = store
        self._writes = writes
        self._seals = StoreSeals(store)
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
        """Bring the index up to the journal's head; return the sequence number it then holds.

        A process that may not write returns what the index holds now.
        """
        with self._lock:
            if not self._writes:
                return self.searcher().sequence
            try:
                return self._follow(self._opened(), cancel)
            except IndexUnusableError as error:
                self._give_up(error)
                return self._follow(self._opened(), cancel)

    def rebuild(self, report: Report = silent, cancel: CancelToken | None = None) -> int:
        """Build the index anew from the store, aside, and swap it in; return the records in it."""
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

    def _opened(self, *, mend: bool = True) -> Index:
        from archivist.search import Index  # noqa: PLC0415 - lazy engine

        if self._index is not None:
            return self._index
        folder = self._store.folder / "index"
        try:
            self._index = Index.open(folder, self._seals, self._store.id)
        except IndexUnusableError as error:
            if not mend:
                raise
            if not self._writes:
                raise IndexBusyError(
                    "The index is being built anew.", "The search works again in a moment."
                ) from error
            _LOG.info("The index is built anew: %s", error)
            self._index = self._mended()
        return self._index

    def _mended(self) -> Index:
        """Build the index anew, or wait for the process that is at it already."""
        from archivist.search import Index  # noqa: PLC0415 - lazy engine

        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                return self._built()
            except ArchiveBusyError:
                if time.monotonic() > deadline:
                    raise
            time.sleep(_PAUSE)
            with contextlib.suppress(IndexUnusableError):
                return Index.open(self._store.folder / "index", self._seals, self._store.id)

    def _built(self, report: Report = silent, cancel: CancelToken | None = None) -> Index:
        from archivist.search import Index  # noqa: PLC0415 - lazy engine

        sequence = self._store.journal.head()
        total = self._store.records.count(State.FILED)

        def entries(kept: frozenset[int]) -> Iterator[Entry]:
            return self._reported(self._entries(kept), total, report, cancel or CancelToken())

        return Index.rebuild(
            self._store.folder / "index",
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
        while (since := index.searcher().sequence) < (head := self._store.journal.head()):
            if cancel is not None:
                cancel.check()
            upto = min(head, since + _WINDOW)
            self._apply(index, self._store.journal.touched(since, upto), since, upto)
        return since

    def _apply(
        self, index: Index, touched: Mapping[int, frozenset[str]], since: int, upto: int
    ) -> None:
        records = self._store.records.many(list(touched))
        parents = {record.parent for record in records if record.parent}
        patched = [self._store.records.by_ref(ref) for ref in sorted(parents)]
        filed = [record for record in records if record.state is State.FILED]
        add = [r for r in filed if touched[r.id] & _RETEXTED]
        added = {record.id for record in add}
        patch = {
            r.id: r for r in [*filed, *patched] if r.id not in added and r.state is State.FILED
        }
        index.apply(
            upto,
            add=self._as_entries(add),
            patch=self._as_entries(list(patch.values()), with_text=False),
            remove=[record.id for record in records if record.state is not State.FILED],
            since=since,
        )

    def _as_entries(self, records: list[Record], *, with_text: bool = True) -> Iterator[Entry]:
        ids = [record.id for record in records]
        texts = self._store.records.texts(ids) if with_text else {}
        attachments = self._store.records.attachments(ids)
        for record in records:
            yield entry_of(
                record, texts.get(record.id, ""), attachments=bool(attachments.get(record.id))
            )

    def _entries(self, kept: frozenset[int]) -> Iterator[Entry]:
        """Yield all filed records; without texts as far as those stand in the index already."""
        filed = self._store.records.ids(State.FILED)
        ahead = list(itertools.takewhile(kept.__contains__, sorted(filed)))
        for start in range(0, len(ahead), _WINDOW):
            records = self._store.records.many(ahead[start : start + _WINDOW])
            still = [record for record in records if record.state is State.FILED]
            yield from self._as_entries(still, with_text=False)
        for batch in self._store.records.iterate(ahead[-1] if ahead else 0):
            attachments = self._store.records.attachments([record.id for record, _ in batch])
            for record, text in batch:
                yield entry_of(record, text, attachments=bool(attachments.get(record.id)))

    @staticmethod
    def _reported(
        entries: Iterable[Entry], total: int, report: Report, cancel: CancelToken
    ) -> Iterator[Entry]:
        for done, entry in enumerate(entries, 1):
            cancel.check()
            yield entry
            if done % 100 == 0 or done == total:
                report(Progress(done, total, "Indexing"))

    def _compare(self) -> list[str]:
        """Return how index and store differ in the records they hold."""
        from archivist.model.query import Everything  # noqa: PLC0415 - only for checks

        searcher = self.searcher()
        if searcher.sequence != self._store.journal.head():
            return ["The index is behind the journal; it catches up at the next search."]
        held = set(searcher.keys(Everything()).tolist())
        filed = set(self._store.records.ids(State.FILED))
        faults = []
        if missing := filed - held:
            faults.append(f"{len(missing)} records are not in the index.")
        if foreign := held - filed:
            faults.append(f"The index holds {len(foreign)} records that are not filed.")
        return faults
