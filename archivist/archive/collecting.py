"""What an officer gathers for a dossier: passages of records, found again in corrected texts.

A passage is kept by the version of the text it was taken from: texts are never changed, so its
words stand there for good and need not be kept again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from archivist.archive.results import Collected
from archivist.model.change import Change
from archivist.model.errors import InputError
from archivist.model.record import Record, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from archivist.store import Store, Thing

KIND: Final = "collected"


class Collecting:
    """The use case of gathering passages, over one store."""

    def __init__(self, store: Store, who: str = "") -> None:
        """Gather from `store` in the name of `who`."""
        self._store = store
        self._who = who

    def collect(self, items: Sequence[Collected]) -> Change:
        """Gather passages; what was gathered already stays as it is.

        Raises:
            InputError: a passage does not lie within the text of its record.
            UnknownRecordError: there is no such record.
        """
        title = f"Collection of {_passages(len(items))}"
        with self._store.write(KIND, title, self._who) as writer:
            there = {item for _, item in self._held()}
            new = [item for item in dict.fromkeys(items) if item not in there]
            records = self._records(item.record for item in new)
            for item in new:
                writer.put_thing(KIND, 0, self._value(item, records[item.record]))
            return _change(writer.operation, title, new)

    def collected(self) -> list[Collected]:
        """Return what was gathered, in the order of gathering; not what lies in the trash."""
        return [item for _, item in self._held()]

    def uncollect(self, items: Sequence[Collected]) -> Change:
        """Put passages back; what was not gathered is left out."""
        wanted = set(items)
        title = f"Putting back of {_passages(len(wanted))}"
        with self._store.write(KIND, title, self._who) as writer:
            gone = [(number, item) for number, item in self._held() if item in wanted]
            for number, _ in gone:
                writer.put_thing(KIND, number, None)
            return _change(writer.operation, title, [item for _, item in gone])

    def _value(self, item: Collected, record: Record) -> Mapping[str, Any]:
        if not (item.start or item.end):
            return {"record": item.record}
        length = len(self._store.records.text(record.text_hash)) if record.text_hash else 0
        if not 0 <= item.start < item.end <= length:
            raise InputError(
                f"The passage {item.start} to {item.end} is not within the text of {record.ref}.",
                "The text may have been corrected meanwhile: mark the passage again.",
            )
        return {
            "record": item.record,
            "start": item.start,
            "end": item.end,
            "text": record.text_hash,
        }

    def _held(self) -> list[tuple[int, Collected]]:
        """Return every passage with its number, where it stands now."""
        things = self._store.things.list(KIND)
        records = self._records(int(thing.value["record"]) for thing in things)
        texts: dict[str, str] = {}
        return [
            (thing.number, self._found(thing, record, texts))
            for thing in things
            if (record := records[int(thing.value["record"])]).state is State.FILED
        ]

    def _records(self, ids: Iterable[int]) -> dict[int, Record]:
        found = self._store.records.many(list(dict.fromkeys(ids)))
        return {record.id: record for record in found}

    def _found(self, thing: Thing, record: Record, texts: dict[str, str]) -> Collected:
        taken_from = thing.value.get("text", "")
        if not taken_from:
            return Collected(record.id)
        start, end = int(thing.value["start"]), int(thing.value["end"])
        words = self._text(taken_from, texts)[start:end]
        if taken_from == record.text_hash:
            return Collected(record.id, start, end, words=words)
        now = self._text(record.text_hash, texts)
        again = nearest(now, words, start)
        if again < 0:
            return Collected(record.id, start, end, stale=True, words=words)
        return Collected(record.id, again, again + len(words), words=words)

    def _text(self, text_hash: str, texts: dict[str, str]) -> str:
        """Return a text; no more than two are held."""
        if text_hash not in texts:
            if len(texts) > 1:
                texts.clear()
            texts[text_hash] = self._store.records.text(text_hash) if text_hash else ""
        return texts[text_hash]


def nearest(text: str, words: str, place: int) -> int:
    """Return where words stand in a text, nearest to a place; -1 where they do not."""
    found = min(_places(text, words), key=lambda start: abs(start - place), default=-1)
    return found if words else -1


def _places(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def _passages(count: int) -> str:
    return "a passage" if count == 1 else f"{count:,} passages"


def _change(operation: int, title: str, items: Sequence[Collected]) -> Change:
    return Change(operation, KIND, title, tuple(dict.fromkeys(item.record for item in items)))
