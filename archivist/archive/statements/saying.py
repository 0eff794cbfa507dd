"""Texts are read for what somebody said in them, beside the index, a little at a time."""

from __future__ import annotations

import hashlib
import json
import logging
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from archivist.archive.statements import judging
from archivist.model.errors import StoppedError
from archivist.model.progress import CancelToken, Progress, Report, silent
from archivist.model.record import State
from archivist.store import Followed, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from archivist.model.record import Draft, Record
    from archivist.model.statement import DatedFact, FiledStatement, Statement
    from archivist.store import Store

Found = TypeVar("Found")
_LOG = logging.getLogger(__name__)
_SECONDS: Final = 0.4
"""A step begins no further text after so long: whoever waits for it does not wait long."""
_MOST: Final = 200
"""So many records, or entries of the journal, are looked at in one step."""
_PAUSE: Final = 0.004
"""Seconds between two steps in which others may write."""


class Extractor(Protocol):
    """Finds statements in texts."""

    @property
    def version(self) -> int:
        """The version of its rules: where it is greater, every text is read once more."""

    def statements(
        self, text: str, *, title: str, language: str, doctype: str, date: str
    ) -> Sequence[Statement]:
        """Return who says what in a text."""

    def facts(self, text: str, *, date: str, language: str) -> Sequence[DatedFact]:
        """Return the sentences of a text that carry a date."""


class Rules:
    """The extractor that ships with Archivist; its rules are read when they are first needed."""

    @property
    def version(self) -> int:
        """The version of its rules."""
        from archivist.intake import statements  # noqa: PLC0415 - searches need no rules

        return statements.VERSION

    def statements(
        self, text: str, *, title: str, language: str, doctype: str, date: str
    ) -> Sequence[Statement]:
        """Return who says what in a text."""
        from archivist.intake import statements  # noqa: PLC0415 - searches need no rules

        return statements.extract(text, title=title, language=language, doctype=doctype, date=date)

    def facts(self, text: str, *, date: str, language: str) -> Sequence[DatedFact]:
        """Return the sentences of a text that carry a date."""
        from archivist.intake import statements  # noqa: PLC0415 - searches need no rules

        return statements.dated_facts(text, date=date, language=language)


def said_in(draft: Draft) -> Sequence[Statement]:
    """Return the statements in a document that is not filed yet."""
    about = draft.description
    return Rules().statements(
        draft.text,
        title=about.title,
        language=about.language,
        doctype=about.doctype,
        date=about.date,
    )


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """What was read at one go.

    Attributes:
        records: how many texts.
        statements: how many statements they hold.
        seconds: how long it took.
    """

    records: int = 0
    statements: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Step:
    """What one step did: texts read, statements in them, and whether there is more to do."""

    records: int = 0
    statements: int = 0
    more: bool = False


class Saying:
    """The use case of reading texts for statements, over one store.

    What was read is kept with how far reading has come, in one transaction, so that it can be cut
    off at any moment. Every reading is told by a digest of all it was made from: a text is not read
    again as long as nothing of that has changed.
    """

    def __init__(self, store: Store, extractor: Extractor, *, writes: bool = True) -> None:
        """Read the texts of `store`.

        Args:
            store: the archive's texts.
            extractor: finds the statements.
            writes: whether this process reads what others file, and keeps what it finds.
        """
        self._store = store
        self._extractor = extractor
        self._writes = writes

    def unread(self) -> int:
        """Return how many records are still to be looked at, about."""
        followed = self._store.statements.followed()
        if followed.version < self._extractor.version:
            return self._store.records.count()
        return self._store.statements.unread(followed)

    def catch_up(self, report: Report = silent, cancel: CancelToken | None = None) -> ReadingReport:
        """Read all that is not read yet; what was read when it is stopped is kept.

        Raises:
            StoppedError: it was stopped.
        """
        began, records, statements, total = time.monotonic(), 0, 0, 0
        more = self._writes
        while more:
            total = total or self.unread()
            step = self._step(cancel)
            records, statements = records + step.records, statements + step.statements
            more = step.more
            if more:
                unread = self.unread()
                total = max(total, unread)
                report(Progress(total - unread, total, "Reading statements"))
                time.sleep(_PAUSE)
        return ReadingReport(records, statements, round(time.monotonic() - began, 3))

    def step(self, cancel: CancelToken | None = None) -> bool:
        """Read a little; return whether there is more to read.

        Raises:
            StoppedError: it was stopped; what it had in hand is read again.
        """
        return self._writes and self._step(cancel).more

    def of(self, record: Record) -> list[FiledStatement]:
        """Return the statements of a record, rejected ones, too, as they are at this moment."""
        kept = self._store.statements
        decisions = kept.decisions([record.id]).get(record.id, [])
        made_from = self._made_from(record, decisions)
        if kept.made_from([record.id]).get(record.id) == made_from:
            return kept.of(record.id)
        found = [one.filed for one in self._read(record, decisions).statements]
        return sorted(found, key=lambda one: one.statement.start)

    def caught_up(self, records: Collection[int]) -> set[int]:
        """Return which of some records are read as they stand; others are read, where this may.

        Nothing of the rules is needed where all are.
        """
        late = self._store.statements.late(records)
        if late and self._writes:
            self.settle(late)
            late = set()
        return set(records) - late

    def facts(self, record: Record) -> list[DatedFact]:
        """Return the sentences of a record that carry a date, as they are at this moment."""
        if self.current([record]):
            return self._store.statements.facts(record.id)
        text = self._store.records.text(record.text_hash)
        date, language = record.description.date, record.description.language
        return list(
            self._tried(record, lambda: self._extractor.facts(text, date=date, language=language))
        )

    def current(self, records: Collection[Record]) -> set[int]:
        """Return the ids of those records that are read as they stand at this moment."""
        ids = [record.id for record in records]
        known = self._store.statements.made_from(ids)
        decisions = self._store.statements.decisions(ids)
        return {
            record.id
            for record in records
            if known.get(record.id) == self._made_from(record, decisions.get(record.id, []))
        }

    def settle(self, records: Collection[int]) -> None:
        """Read those of some records now that are not read as they stand."""
        left = sorted(records)
        while left:
            head = self._store.journal.head()
            readings, done = self._readings(self._store.records.many(left[:_MOST]))
            version = self._extractor.version
            if not readings or self._store.statements.keep(readings, version, since=head):
                left = left[done:]

    def _step(self, cancel: CancelToken | None) -> _Step:
        kept, version = self._store.statements.followed(), self._extractor.version
        if kept.version > version:  # a newer program reads this archive
            return _Step()
        if kept.version < version:
            anew = Followed(self._store.journal.head(), version, 0)
            self._store.statements.keep([], version, step=(kept, anew))
            return _Step(more=True)
        return self._again(kept, cancel) if kept.after >= 0 else self._follow(kept, cancel)

    def _again(self, kept: Followed, cancel: CancelToken | None) -> _Step:
        """Read the next of all texts."""
        batch = next(self._store.records.iterate(kept.after, _MOST), [])
        readings, done = self._readings(
            [record for record, _ in batch], cancel, dict(_texts(batch))
        )
        after = batch[done - 1][0].id if batch else -1
        return self._keep(readings, {}, kept, replace(kept, after=after))

    def _follow(self, kept: Followed, cancel: CancelToken | None) -> _Step:
        """Read what the next entries of the journal touch."""
        upto = min(self._store.journal.head(), kept.sequence + _MOST)
        if upto <= kept.sequence:
            return _Step()
        touched = self._store.journal.touched(kept.sequence, upto)
        decided = self._store.statements.decided(kept.sequence, upto)
        records = self._store.records.many(sorted(decided | touched.keys()))
        filed = [record for record in records if record.state is State.FILED]
        readings, done = self._readings(filed, cancel)
        if done < len(filed):
            return self._keep(readings, {}, kept, kept)
        moved = {record: "state" in what for record, what in touched.items()}
        return self._keep(readings, moved, kept, replace(kept, sequence=upto))

    def _keep(
        self, readings: list[Reading], touched: Mapping[int, bool], old: Followed, new: Followed
    ) -> _Step:
        self._store.statements.keep(
            readings, self._extractor.version, touched=touched, step=(old, new)
        )
        return _Step(len(readings), sum(len(one.statements) for one in readings), more=True)

    def _readings(
        self,
        records: Sequence[Record],
        cancel: CancelToken | None = None,
        texts: Mapping[str, str] | None = None,
    ) -> tuple[list[Reading], int]:
        """Read those of some records that are not read as they stand, one at least.

        Returns:
            What was read, and how many of the records are done.
        """
        ids = [record.id for record in records]
        known = self._store.statements.made_from(ids)
        decisions = self._store.statements.decisions(ids)
        readings: list[Reading] = []
        end = time.monotonic() + _SECONDS
        for done, record in enumerate(records):
            decided = decisions.get(record.id, [])
            if known.get(record.id) == self._made_from(record, decided):
                continue
            if readings and time.monotonic() > end:
                return readings, done
            _give_way(cancel)
            text = None if texts is None else texts.get(record.text_hash)
            readings.append(self._read(record, decided, text))
        return readings, len(records)

    def _read(
        self,
        record: Record,
        decisions: Sequence[tuple[int, Mapping[str, Any]]],
        text: str | None = None,
    ) -> Reading:
        if text is None:
            text = self._store.records.text(record.text_hash)
        found = self._tried(record, lambda: self._found(record, text))
        date, language = record.description.date, record.description.language
        facts = self._tried(
            record, lambda: self._extractor.facts(text, date=date, language=language)
        )
        return Reading(
            record.id,
            self._made_from(record, decisions),
            judging.read(
                record.id, found, decisions, (text, record.text_hash), self._store.records.text
            ),
            tuple(facts),
        )

    def _found(self, record: Record, text: str) -> Sequence[Statement]:
        about = record.description
        return self._extractor.statements(
            text,
            title=about.title,
            language=about.language,
            doctype=about.doctype,
            date=about.date,
        )

    @staticmethod
    def _tried(record: Record, rules: Callable[[], Sequence[Found]]) -> Sequence[Found]:
        """Return what rules find; a text on which they fail must not keep them from others."""
        try:
            return rules()
        except (ArithmeticError, LookupError, ValueError, TypeError, RecursionError):
            _LOG.exception("The text of %s cannot be read for statements.", record.ref)
            return ()

    def _made_from(self, record: Record, decisions: Iterable[tuple[int, Mapping[str, Any]]]) -> str:
        """Return a digest of all that the statements of a record depend on."""
        about = record.description
        described = (about.title, about.language, about.doctype, about.date)
        decided = [[number, dict(value)] for number, value in decisions]
        told = json.dumps(
            [self._extractor.version, record.text_hash, *described, decided], sort_keys=True
        )
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def unread_notes(unread: int, what: str) -> tuple[str, ...]:
    """Return what to say of texts that are still to be read; nothing where all are.

    Args:
        unread: how many.
        what: for what: "statements", "dates".
    """
    if not unread:
        return ()
    are = "1 record is" if unread == 1 else f"{unread:,} records are"
    return (f"{are} still to be read for {what}.",)


def _texts(batch: Iterable[tuple[Record, str]]) -> Iterable[tuple[str, str]]:
    return ((record.text_hash, text) for record, text in batch)


def _give_way(cancel: CancelToken | None) -> None:
    if cancel is not None:
        cancel.rest()
        if cancel.cancelled:
            raise StoppedError
