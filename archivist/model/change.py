"""What an operation touched, and what the journal tells of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """What an operation touched; views refresh by it.

    Attributes:
        operation: its number in the journal; 0 where nothing was changed.
        kind: what was done, for example "edit"; see `Operation.kind`.
        title: for people, for example "Change of date".
        records: ids of the records touched.
        attributes: names of the description attributes touched, also "text", "original", "state".
    """

    operation: int
    kind: str
    title: str
    records: tuple[int, ...] = ()
    attributes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Conflict:
    """What an undo or a bulk edit left alone, and why."""

    ref: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the journal as a person reads it (a PREMIS event).

    Attributes:
        seq: sequence number, from 1, without gaps.
        operation: the operation it belongs to.
        time: UTC, ISO 8601.
        who: the name given at the desk, by default the system's.
        what: what happened, for example "filed", "changed", "trashed", "text corrected".
        ref: the record's accession number, or empty for events of the archive.
        before: values before, by field; None where they were erased.
        after: values after, by field; None where they were erased.
    """

    seq: int
    operation: int
    time: str
    who: str
    what: str
    ref: str
    before: dict[str, object] | None
    after: dict[str, object] | None


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the journal: what a person or an import did in one go.

    Attributes:
        id: its number.
        kind: "import", "file", "edit", "delete", "restore-record", "correct-text",
            "set-original", "undo", "redo" or "settings"; "search", "synonyms", "collected",
            "agent" or "said" for what is no record.
        title: for people: "Import of releases-2024", "Change of date".
        time: when it began, UTC, ISO 8601.
        who: by whom.
        records: how many records it touched.
        undoes: the operation it took back or did again, or 0.
        undone: whether it is taken back now.
    """

    id: int
    kind: str
    title: str
    time: str
    who: str
    records: int
    undoes: int = 0
    undone: bool = False
