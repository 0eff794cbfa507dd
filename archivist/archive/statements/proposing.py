"""What somebody who marks words as a statement would fill in: kind, speaker, office, and names."""

# ruff: noqa: RUF001 - the very marks that documents hold

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from archivist.model.dates import DateRange, PartialDate, interval_of
from archivist.model.paragraphs import paragraphs
from archivist.model.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archivist.model.agent import Agent
    from archivist.model.record import Record
    from archivist.model.statement import FiledStatement, Kind

_OPENING: Final = '“"«„‘‹”»'
_CLOSING: Final = '”"»“’›«'
_ROLES: Final = ("speaker", "author", "signatory", "participant")
"""What somebody has to do with a record who may speak in it, the likeliest first."""
_LEAST: Final = 3
"""Letters of a last name by which somebody can be meant."""


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody who may have said something.

    Attributes:
        name: as documents or agents give it.
        role: an office; may be empty.
    """

    name: str
    role: str = ""


def proposed(
    record: Record, text: str, start: int, end: int, known: Sequence[FiledStatement]
) -> Statement:
    """Return the statement that marked words probably are.

    Args:
        record: whose text it is.
        text: the text.
        start: where the marked words begin.
        end: where they end.
        known: the statements of the record.
    """
    first, last, quoted = _trimmed(text, start, end)
    spoken = [one.statement for one in known if one.shown and one.statement.speaker]
    kind = _kind(quoted, first, last, [one.statement for one in known if one.shown])
    name = (
        _named_beside(text, first, last, names_of(record, known))
        or _nearest(first, last, spoken)
        or next(iter(_named(record)), Name(""))
    )
    return Statement(first, last, kind, speaker=name.name, role=name.role)


def names_of(record: Record, known: Iterable[FiledStatement]) -> list[Name]:
    """Return who speaks in a record or may, each once, with the office if one is told."""
    found: dict[str, str] = {}
    for one in known:
        said = one.statement
        if one.shown and said.speaker:
            found[said.speaker] = found.get(said.speaker) or said.role
    for name in _named(record):
        found.setdefault(name.name, name.role)
    return [Name(name, role) for name, role in found.items()]


def _named(record: Record) -> Iterator[Name]:
    agents = record.description.agents
    for role in _ROLES:
        yield from (Name(one.name) for one in agents if one.role == role)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int, bool]:
    """Return where the words stand without the marks about them, and whether there are any."""
    words = text[start:end]
    start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    opened = text[start : start + 1] in _OPENING and start < end
    closed = text[end - 1 : end] in _CLOSING and start < end - 1
    inner = (start + opened, end - closed) if opened and closed else (start, end)
    around = text[start - 1 : start] in _OPENING and text[end : end + 1] in _CLOSING
    beside = start > 0 and end < len(text) and around
    return *inner, (opened and closed) or beside


def _kind(quoted: bool, start: int, end: int, known: Sequence[Statement]) -> Kind:  # noqa: FBT001 - one of three facts
    if quoted:
        return "direct"
    turns = sum(one.kind == "turn" for one in known)
    inside = any(one.kind == "turn" and one.start < end and start < one.end for one in known)
    return "turn" if turns * 2 > len(known) and not inside else "indirect"


def _nearest(start: int, end: int, spoken: Sequence[Statement]) -> Name | None:
    """Return who says what stands nearest; of two as near, what stands before."""
    if not spoken:
        return None
    best = min(spoken, key=lambda one: (max(one.start - end, start - one.end, 0), one.start))
    return Name(best.speaker, best.role)


def _named_beside(text: str, start: int, end: int, names: Iterable[Name]) -> Name | None:
    """Return whose name stands nearest in the same paragraph, beside the words themselves."""
    about = next(
        ((low, high) for low, high in paragraphs(text) if low < end and start < high), (start, end)
    )
    beside = text[about[0] : start], text[end : about[1]]
    near: list[tuple[int, Name]] = []
    for name in names:
        last = name.name.split()[-1:]
        if not last or len(last[0]) < _LEAST or ";" in name.name:
            continue
        pattern = re.compile(rf"\b{re.escape(last[0])}\b")
        near += [(len(beside[0]) - match.end(), name) for match in pattern.finditer(beside[0])]
        near += [(match.start(), name) for match in pattern.finditer(beside[1])]
    return min(near, key=lambda one: one[0])[1] if near else None


def named(agent: Agent, date: str) -> Name:
    """Return an agent's name with the office that was held on a date, as far as that is known."""
    days = interval_of(date)
    for office in agent.offices:
        held = DateRange(_date(office.start), _date(office.end)).interval
        if days is not None and held.overlaps(days):
            return Name(agent.name, ", ".join(filter(None, (office.title, office.body))))
    return Name(agent.name)


def matching(known: Iterable[Name], prefix: str, limit: int) -> list[Name]:
    """Return the names of which one word or all begin as was typed, each once, in order."""
    wanted = " ".join(prefix.casefold().split())
    found: dict[str, Name] = {}
    for one in known:
        if len(found) == limit:
            break
        name = one.name.casefold()
        if name in found or not name:
            continue
        if name.startswith(wanted) or f" {wanted}" in f" {name}":
            found[name] = one
    return list(found.values())


def _date(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None
