"""A record's values in their three forms: the model's, a row of the table, and the journal's.

The journal's form is flat, so that undo looks value by value: one name for each value that can
change by itself, and no name where there is no value. `custom:NAME` is a field of the archive's
own, `proposed:ATTRIBUTE` is true while nobody has confirmed the attribute, `text` is
[hash, version], `original` is [sha256, size, name, media type, member].
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from archivist.model.errors import ArchiveDamagedError
from archivist.model.record import (
    AgentRole,
    Description,
    Original,
    Record,
    State,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Flat: TypeAlias = dict[str, Any]
"""A record's values in the journal's form."""

SCALARS = (
    "title",
    "date",
    "doctype",
    "place",
    "language",
    "originator",
    "number",
    "series",
    "code",
    "mark",
)
"""Attributes of a description that are one string."""

LISTS = ("countries", "agents", "tags")
"""Attributes of a description that are several values in order."""

ATTRIBUTES = frozenset((*SCALARS, *LISTS, "custom"))
"""Every attribute of a description."""


@dataclass(frozen=True, slots=True)
class NewRecord:
    """What is to be filed.

    Attributes:
        description: given and proposed values.
        proposed: names of description attributes whose values were proposed, not given.
        text: clean text, or empty.
        digest: SHA-256 of the document's own bytes (of the row for a row of a catalogue), or empty.
        original: the file as received, kept already, or None.
        path: as given or found.
        parent_id: the record this was attached to, or 0.
        note: what filing noticed, for example "no text".
        inbox: whether the archivist has still to look at it.
    """

    description: Description
    proposed: frozenset[str] = field(default=frozenset())
    text: str = ""
    digest: str = ""
    original: Original | None = None
    path: str = ""
    parent_id: int = 0
    note: str = ""
    inbox: bool = False


class Row(NamedTuple):
    """A row of the table `records`, in the order of its columns."""

    id: int
    ref: str
    state: str
    title: str
    date: str
    doctype: str
    place: str
    language: str
    originator: str
    number: str
    series: str
    code: str
    mark: str
    countries: str
    agents: str
    tags: str
    custom: str
    proposed: str
    inbox: int
    text_hash: str | None
    text_version: int
    digest: str
    original: str | None
    original_name: str
    original_type: str
    original_size: int
    original_member: str
    path: str
    parent: int | None
    note: str
    filed: str
    changed: str


MUTABLE = tuple(name for name in Row._fields if name not in {"id", "ref", "filed"})
"""Columns that may change after filing."""


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def dumps(value: object) -> str:
    """Return a value as compact JSON, the same for the same value."""
    return _ENCODER.encode(value)


def flat_of_description(description: Description) -> Flat:
    """Return the values of a description that are not empty."""
    flat: Flat = {name: value for name in SCALARS if (value := getattr(description, name))}
    if description.countries:
        flat["countries"] = list(description.countries)
    if description.agents:
        flat["agents"] = [[agent.name, agent.role] for agent in description.agents]
    if description.tags:
        flat["tags"] = list(description.tags)
    for name, value in description.custom.items():
        if value:
            flat[f"custom:{name}"] = value
    return flat


def flat_of_new(new: NewRecord, ref: str, text_hash: str) -> Flat:
    """Return the values a record begins with."""
    flat = flat_of_description(new.description)
    flat["ref"] = ref
    flat["state"] = State.FILED.value
    flat |= {f"proposed:{name}": True for name in new.proposed}
    if text_hash:
        flat["text"] = [text_hash, 1]
    if new.original is not None:
        flat["original"] = flat_of_original(new.original)
    flat |= {
        name: value
        for name, value in (
            ("inbox", new.inbox),
            ("digest", new.digest),
            ("path", new.path),
            ("parent", new.parent_id),
            ("note", new.note),
        )
        if value
    }
    return flat


def flat_of_original(original: Original) -> list[object]:
    """Return an original in the journal's form."""
    return [
        original.sha256,
        original.size,
        original.name,
        original.media_type,
        original.member,
    ]


def flat_of_row(row: Row) -> Flat:
    """Return the values of a row that are not empty."""
    flat: Flat = {"ref": row.ref, "state": row.state}
    for name in (*SCALARS, "digest", "path", "parent", "note"):
        if value := getattr(row, name):
            flat[name] = value
    for name in LISTS:
        if (text := getattr(row, name)) != "[]":
            flat[name] = json.loads(text)
    if row.custom != "{}":
        flat |= {f"custom:{name}": value for name, value in json.loads(row.custom).items()}
    if row.proposed != "[]":
        flat |= {f"proposed:{name}": True for name in json.loads(row.proposed)}
    if row.inbox:
        flat["inbox"] = True
    if row.text_hash:
        flat["text"] = [row.text_hash, row.text_version]
    if row.original:
        flat["original"] = [
            row.original,
            row.original_size,
            row.original_name,
            row.original_type,
            row.original_member,
        ]
    return flat


def row_of(flat: Flat, record_id: int, filed: str, changed: str) -> Row:
    """Return the row that holds a record's values."""
    get = flat.get
    text = get("text") or (None, 0)
    original = get("original") or (None, 0, "", "", "")
    return Row._make(
        (
            record_id,
            flat["ref"],
            flat["state"],
            *[get(name, "") for name in SCALARS],
            *[dumps(value) if (value := get(name)) else "[]" for name in LISTS],
            _customs(flat),
            _proposed(flat),
            1 if get("inbox") else 0,
            text[0],
            text[1],
            get("digest", ""),
            original[0],
            original[2],
            original[3],
            original[1],
            original[4],
            get("path", ""),
            get("parent") or None,
            get("note", ""),
            filed,
            changed,
        )
    )


def _customs(flat: Flat) -> str:
    found = {name[7:]: value for name, value in flat.items() if name.startswith("custom:")}
    return dumps(found) if found else "{}"


def _proposed(flat: Flat) -> str:
    found = sorted(name[9:] for name in flat if name.startswith("proposed:"))
    return dumps(found) if found else "[]"


def record_of(row: Row, parent_ref: str) -> Record:
    """Return the record a row holds.

    Raises:
        ArchiveDamagedError: the row cannot be read.
    """
    try:
        return _record_of(row, parent_ref)
    except (TypeError, ValueError) as error:
        raise ArchiveDamagedError(
            f"The record {row.ref} is damaged.", "Check the archive, or restore it from a backup."
        ) from error


def _record_of(row: Row, parent_ref: str) -> Record:
    return Record(
        id=row.id,
        ref=row.ref,
        state=State(row.state),
        description=description_of(row),
        proposed=frozenset(json.loads(row.proposed)) if row.proposed != "[]" else frozenset(),
        inbox=bool(row.inbox),
        text_hash=row.text_hash or "",
        text_version=row.text_version,
        original=_original_of(row),
        path=row.path,
        parent=parent_ref,
        filed=row.filed,
        changed=row.changed,
        note=row.note,
    )


def description_of(row: Row) -> Description:
    """Return the description a row holds."""
    return Description(
        *row[3:13],
        countries=_strings(row.countries),
        agents=tuple(AgentRole(*pair) for pair in json.loads(row.agents))
        if row.agents != "[]"
        else (),
        tags=_strings(row.tags),
        custom=json.loads(row.custom),
    )


def _strings(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text != "[]" else ()


def _original_of(row: Row) -> Original | None:
    if not row.original:
        return None
    return Original(
        row.original, row.original_size, row.original_name, row.original_type, row.original_member
    )


def difference(current: Flat, wanted: Mapping[str, object]) -> tuple[Flat, Flat]:
    """Return the values before and after for those that are to become others; None is no value."""
    before: Flat = {}
    after: Flat = {}
    for name, value in wanted.items():
        new = value or None
        old = current.get(name)
        if old != new:
            before[name] = old
            after[name] = new
    return before, after


def changed_by(current: Flat, after: Mapping[str, object]) -> Flat:
    """Return a record's values as they are after a change."""
    result = {**current, **after}
    return {name: value for name, value in result.items() if value}


def attribute_of(name: str) -> str:
    """Return the attribute a value of the journal's form belongs to."""
    return name.partition(":")[0]


_ASPECTS = {
    "title": "title",
    "text": "text",
    "original": "original",
    "digest": "original",
    "state": "state",
}


def touches(names: Iterable[str]) -> str:
    """Return which aspects of a record the named values belong to, as the journal keeps it."""
    return ",".join(sorted({_ASPECTS.get(name, "description") for name in names}))
