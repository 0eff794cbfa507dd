"""What people decide on statements: they add, correct, reject and confirm; it is journalled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from archivist.archive.statements import judging, wherefore
from archivist.intake.clean import clean_line
from archivist.model.change import Change
from archivist.model.errors import InputError, ValueRefusedError
from archivist.model.statement import KINDS, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from archivist.archive.statements.saying import Saying
    from archivist.model.record import Record
    from archivist.model.statement import FiledStatement, Status
    from archivist.store import Store, Writer

KIND: Final = "said"
_TEXTS: Final = ("speaker", "role", "cue", "addressee", "occasion")
_BY_HAND: Final = wherefore.BY_HAND
_AT_ONCE: Final = 200
"""So many records show a decision at once; further ones when the journal is followed."""


class Deciding:
    """The use case of judging statements, over one store.

    A decision is a thing of the store, kept by record and span with the text it was made on; what
    is shown follows from it and from what the rules find.
    """

    def __init__(self, store: Store, saying: Saying, who: str = "") -> None:
        """Decide in the name of `who`."""
        self._store = store
        self._saying = saying
        self._who = who

    def judge(self, numbers: Sequence[int], status: Status) -> Change:
        """Confirm statements as they are, or reject them.

        Raises:
            InputError: there is no such statement, or its text was corrected since.
        """
        verb = "Confirmation" if status == "confirmed" else "Rejection"
        found = self._named(numbers)
        title = f"{verb} of {_counted(len(found), 'statement')}"

        def act(writer: Writer) -> None:
            for one in found:
                self._put(writer, one, status, one.statement)

        return self._decide(title, (one.record for one in found), act)

    def correct(self, number: int, changes: Mapping[str, object]) -> Change:
        """Correct a statement.

        Args:
            number: of the statement.
            changes: by attribute of Statement: "start" and "end", "kind", "speaker", "role",
                "cue", "addressee", "occasion".

        Raises:
            InputError: there is no such statement, or its text was corrected since.
            ValueRefusedError: a value cannot be kept.
        """
        (one,) = self._named([number])
        record = self._store.records.get(one.record)
        wanted = replace(one.statement, **_cleaned(changes), certainty=1.0)
        if {"start", "end"} & changes.keys():
            wanted = replace(wanted, pieces=())
        self._check(record, wanted)
        status: Status = "added" if one.status == "added" else "corrected"
        return self._decide(
            "Correction of a statement",
            [record.id],
            lambda writer: self._put(writer, one, status, wanted),
        )

    def add(self, record: Record, statement: Statement) -> Change:
        """Add a statement that the rules have not found.

        Raises:
            InputError: there is one of this kind at this place.
            ValueRefusedError: it does not lie within the text, or there is no such kind.
        """
        texts = _cleaned({name: getattr(statement, name) for name in _TEXTS})
        wanted = replace(statement, **texts, certainty=1.0, rule=_BY_HAND)
        self._check(record, wanted)
        key = judging.key_of(wanted)
        if any(judging.key_of(one.statement) == key for one in self._saying.of(record)):
            raise InputError(
                "There is a statement of this kind at this place already.",
                "Correct that one, or mark other words.",
            )
        value = judging.value_of(record.id, record.text_hash, "added", wanted, wanted)
        return self._decide(
            "Addition of a statement",
            [record.id],
            lambda writer: writer.put_thing(KIND, 0, value),
        )

    def withdraw(self, numbers: Sequence[int]) -> Change:
        """Take decisions back: what the rules find is shown again.

        Raises:
            InputError: there is no such statement, or nobody has decided on it.
        """
        found = self._named(numbers, stale=True)
        if undecided := [one.number for one in found if not one.decision]:
            raise InputError(f"Nobody has decided on the statement {undecided[0]}.")
        title = f"Withdrawal of {_counted(len(found), 'decision')}"

        def act(writer: Writer) -> None:
            for one in found:
                writer.put_thing(KIND, one.decision, None)

        return self._decide(title, (one.record for one in found), act)

    def number_of(self, record: Record, statement: Statement) -> int:
        """Return the number of a statement as it is kept; what was not read yet is read.

        Raises:
            InputError: it is not found there any more.
        """
        self._saying.settle([record.id])
        key = judging.key_of(statement)
        for one in self._store.statements.of(record.id):
            if judging.key_of(one.statement) == key:
                return one.number
        raise InputError(
            "This statement is not found there any more.",
            "The text may have been corrected meanwhile: look again.",
        )

    def _put(self, writer: Writer, one: FiledStatement, status: Status, wanted: Statement) -> None:
        """Keep a decision on a statement: in place of one there was, else as a new one."""
        record = self._store.records.get(one.record)
        about = one.statement
        if one.decision:
            kept = self._store.things.get(KIND, one.decision).value
            before = judging.judgement(one.decision, kept)
            about = before.about if kept["text"] == record.text_hash else about
            status = "added" if before.status == "added" and status == "confirmed" else status
        sure = replace(wanted, certainty=1.0)
        value = judging.value_of(record.id, record.text_hash, status, about, sure)
        writer.put_thing(KIND, one.decision, value)

    def _named(self, numbers: Sequence[int], *, stale: bool = False) -> list[FiledStatement]:
        """Return statements as they are now."""
        found = {one.number: one for one in self._store.statements.many(list(numbers))}
        self._saying.settle({one.record for one in found.values()})
        found = {one.number: one for one in self._store.statements.many(list(numbers))}
        for number in numbers:
            if number not in found:
                raise InputError(
                    f"There is no statement {number} any more.",
                    "The text may have been corrected meanwhile: open the record again.",
                )
            if found[number].stale and not stale:
                raise InputError(
                    f"The words of the statement {number} are not in the text any more.",
                    "Withdraw the decision, or correct the text.",
                )
        return [found[number] for number in dict.fromkeys(numbers)]

    def _check(self, record: Record, wanted: Statement) -> None:
        text = self._store.records.text(record.text_hash)
        if wanted.kind not in KINDS:
            raise ValueRefusedError(
                "kind", str(wanted.kind), "there is no such kind.", f"Choose {', '.join(KINDS)}."
            )
        within = 0 <= wanted.start < wanted.end <= len(text)
        if not within or not text[wanted.start : wanted.end].strip():
            raise ValueRefusedError(
                "place",
                f"{wanted.start} to {wanted.end}",
                f"it holds no words of the text of {record.ref}.",
                "Mark the words that were said.",
            )

    def _decide(
        self, title: str, records: Iterable[int], act: Callable[[Writer], object]
    ) -> Change:
        """Write down what is decided, then let it be seen: of very many, by who reads on."""
        touched = tuple(dict.fromkeys(records))
        with self._store.write(KIND, title, self._who) as writer:
            act(writer)
            operation = writer.operation
        self._saying.settle(touched[:_AT_ONCE])
        return Change(operation, KIND, title, touched)


def _counted(count: int, noun: str) -> str:
    return f"a {noun}" if count == 1 else f"{count:,} {noun}s"


def _cleaned(changes: Mapping[str, object]) -> dict[str, Any]:
    return {
        name: clean_line(str(value)) if name in _TEXTS else value for name, value in changes.items()
    }
