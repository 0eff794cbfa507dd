"""The full-text index follows the journal: what it holds is brought up to the journal's head."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from typing_extensions import override

from archivist.archive.indexing import Kept
from archivist.model.record import Record, State
from archivist.search import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archivist.search import Index
    from archivist.store import Store

_WINDOW = 1000
"""How many entries of the journal are followed in one commit of the index."""
_RETEXTED = frozenset({"text", "state", "title"})
"""What a change must touch for the text of a record to be indexed anew."""


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


class Follower(Kept):
    """Lets the index of records follow the journal."""

    def __init__(self, store: Store, *, writes: bool = True) -> None:
        """Follow `store`; `writes`: whether this process may write the index."""
        super().__init__(store, "index", writes=writes)

    @override
    def _head(self) -> int:
        return self._store.journal.head()

    @override
    def _total(self) -> int:
        return self._store.records.count(State.FILED)

    @override
    def _apply(self, index: Index, since: int, head: int) -> None:
        upto = min(head, since + _WINDOW)
        touched = self._store.journal.touched(since, upto)
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

    @override
    def _entries(self, kept: frozenset[int]) -> Iterator[Entry]:
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

    @override
    def _compare(self) -> list[str]:
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
