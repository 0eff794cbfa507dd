"""The description of one record or thousands is changed, as one operation that can be undone."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from archivist.archive.results import EditReport, Preview
from archivist.archive.vocabulary import alias
from archivist.intake.clean import clean_line
from archivist.model.change import Change, Conflict
from archivist.model.dates import PartialDate
from archivist.model.errors import InputError, UnknownRecordError, ValueRefusedError
from archivist.model.fields import BY_ATTRIBUTE, BY_NAME, FIELDS, Field, Kind
from archivist.model.query_lex import name_in_queries
from archivist.model.record import AGENT_ROLES, AgentRole, Description, Record, State

if TYPE_CHECKING:
    from archivist.archive.vocabulary import Vocabulary
    from archivist.store import Store

_CUSTOM: Final = re.compile(r"[^\W_][\w-]{0,39}")
_AGENT: Final = re.compile(r"(?P<name>[^\s()](?:[^()]|\([^()]*\))*?)\s*(?:\((?P<role>[^()]*)\))?")
_ACCESSION: Final = re.compile(r"[0-9]{4}-[0-9]{6,}")
_PAGE: Final = 500


class Editing:
    """The use case of editing, over one store."""

    def __init__(self, store: Store, vocabulary: Vocabulary, who: str) -> None:
        """Edit `store` in the name of `who`."""
        self._store = store
        self._vocabulary = vocabulary
        self._who = who

    def edit(
        self, ids: Sequence[int], changes: Mapping[str, str], *, dry_run: bool = False
    ) -> EditReport:
        """Set fields of records; what cannot be changed is named and left.

        Raises:
            InputError: a field is unknown or cannot be set, or a value does not fit.
        """
        values = self._values(changes)
        if dry_run:
            return self._preview(ids, values)
        return self._write(ids, values, title_of(changes))

    def confirm(self, ids: Sequence[int]) -> Change:
        """Take records out of the inbox: their descriptions are right as they stand."""
        values = {"inbox": False, "proposed": frozenset[str]()}
        with self._store.write("edit", "Check of the description", self._who) as writer:
            report_ids = [one for one in ids if writer.describe(one, values)]
            operation = writer.operation
        return Change(
            operation if report_ids else 0,
            "edit",
            "Check of the description",
            tuple(report_ids),
            frozenset({"inbox"}),
        )

    def move(self, ids: Sequence[int], *, trash: bool) -> Change:
        """Move records to the trash, or back from it."""
        kind = "delete" if trash else "restore-record"
        title = "Move to trash" if trash else "Restore from trash"
        moved = []
        with self._store.write(kind, title, self._who) as writer:
            step = writer.trash if trash else writer.restore
            moved = [record_id for record_id in ids if step(record_id)]
            operation = writer.operation
        return Change(operation if moved else 0, kind, title, tuple(moved), frozenset({"state"}))

    def _values(self, changes: Mapping[str, str]) -> dict[str, object]:
        values: dict[str, object] = {}
        custom: dict[str, str] = {}
        for name, given in changes.items():
            text = _cleaned(name, given)
            field = BY_NAME.get(name.casefold())
            if field is None:
                custom[self._custom_name(name)] = text
            elif not field.editable:
                raise InputError(f"The field {name} cannot be set.", editable_hint())
            else:
                values[field.attribute] = read_value(field, text, self._vocabulary)
        if custom:
            values["custom"] = custom
        if not values:
            raise InputError("Nothing to change was given.", editable_hint())
        return values

    def _custom_name(self, given: str) -> str:
        """Return the name of a field of the archive's own: one it has, as a query would name it."""
        name = name_in_queries(given).casefold()
        known = {name_in_queries(own).casefold(): own for own in self._vocabulary.custom()}
        if name in known:
            return known[name]
        near = difflib.get_close_matches(name, [field.name for field in FIELDS], 1, 0.75)
        if near or not _CUSTOM.fullmatch(name):
            meant = f"Did you mean {near[0]}? " if near else ""
            raise InputError(f"There is no field {given!r}.", meant + editable_hint())
        return name

    def _merged(self, record: Record, values: Mapping[str, object]) -> dict[str, object]:
        """Return values for one record: given custom fields join those it has."""
        merged = dict(values)
        given = values.get("custom")
        if isinstance(given, Mapping):
            custom = {**record.description.custom, **given}
            merged["custom"] = {name: value for name, value in custom.items() if value}
        return merged

    def _conflict(
        self, record: Record, values: Mapping[str, object], taker: str = ""
    ) -> Conflict | None:
        """Return why a record cannot be changed, or None.

        Args:
            record: as it stands.
            values: what it is to have.
            taker: the record that would take a reference code of `values` before, in a dry run.
        """
        if record.state is State.TRASHED:
            return Conflict(record.ref, "", "It lies in the trash; restore it first.")
        if record.state is State.CANCELLED:
            return Conflict(record.ref, "", "Its filing was undone; only its number is kept.")
        code = str(values.get("code", ""))
        owner = taker or (code and self._owner(code))
        if owner and record.description.code != code:
            return Conflict(record.ref, "code", f"{owner} has this reference code already.")
        return None

    def _owner(self, code: str) -> str:
        """Return the accession number of the record that has a reference code, if one has."""
        try:
            return self._store.records.by_ref(code).ref
        except UnknownRecordError:
            return ""

    def _preview(self, ids: Sequence[int], values: Mapping[str, object]) -> EditReport:
        taker = ""
        previews: list[Preview] = []
        conflicts: list[Conflict] = []
        unchanged = 0
        for record in self._pages(ids):
            if conflict := self._conflict(record, values, taker):
                conflicts.append(conflict)
                continue
            taker = taker or (record.ref if values.get("code") else "")
            preview = preview_of(record, self._merged(record, values))
            if preview.after == preview.before:
                unchanged += 1
            else:
                previews.append(preview)
        return EditReport(0, len(previews), unchanged, tuple(conflicts), tuple(previews))

    def _write(self, ids: Sequence[int], values: Mapping[str, object], title: str) -> EditReport:
        conflicts: list[Conflict] = []
        changed = unchanged = 0
        with self._store.write("edit", title, self._who) as writer:
            for record in self._pages(ids):
                if conflict := self._conflict(record, values):
                    conflicts.append(conflict)
                    continue
                merged = self._merged(record, values)
                merged["proposed"] = record.proposed - set(values)
                touched = writer.describe(record.id, merged)
                changed += bool(touched)
                unchanged += not touched
            operation = writer.operation
        return EditReport(operation if changed else 0, changed, unchanged, tuple(conflicts))

    def _pages(self, ids: Sequence[int]) -> list[Record]:
        return [
            record
            for start in range(0, len(ids), _PAGE)
            for record in self._store.records.many(ids[start : start + _PAGE])
        ]


def title_of(changes: Mapping[str, str]) -> str:
    """Return what an edit is called in the journal, for example "Change of date"."""
    labels = [BY_NAME[name].label.lower() if name in BY_NAME else name for name in changes]
    if len(labels) == 1:
        return f"Change of {labels[0]}"
    return f"Change of {', '.join(labels[:-1])} and {labels[-1]}"


def editable_hint() -> str:
    """Return which fields can be set, in words."""
    return "Fields that can be set: " + ", ".join(f.name for f in FIELDS if f.editable) + "."


def read_value(field: Field, text: str, vocabulary: Vocabulary) -> object:
    """Read what was given for a field of the description.

    Raises:
        ValueRefusedError: it does not fit.
    """
    if field.attribute == "agents":
        return tuple(_agent(part) for part in _parts(text, ";"))
    if field.attribute == "tags":
        return tuple(_parts(text, ","))
    if field.attribute == "countries":
        return tuple(sorted({read_code(field, part, vocabulary) for part in _parts(text, ",")}))
    if not text:
        return ""
    if field.kind is Kind.DATE:
        return _date(field, text)
    if field.kind is Kind.CODE:
        return read_code(field, text, vocabulary)
    if field.attribute == "code" and _ACCESSION.fullmatch(text):
        raise ValueRefusedError(
            field.label.lower(), text, "it looks like an accession number.", "Choose another one."
        )
    return " ".join(text.split())


def checked(description: Description, vocabulary: Vocabulary) -> Description:
    """Return a description typed in, its values read as `edit` reads them; codes stay as given.

    Raises:
        ValueRefusedError: a value does not fit.
    """
    values: dict[str, Any] = {
        field.attribute: read_value(field, clean_line(text), vocabulary)
        for field in FIELDS
        if field.kind is not Kind.CODE
        and isinstance(text := getattr(description, field.attribute, None), str)
    }
    return replace(description, **values)


def read_code(field: Field, text: str, vocabulary: Vocabulary) -> str:
    """Return the code that a code or name stands for.

    Raises:
        ValueRefusedError: there is none in the archive's list.
    """
    codes = vocabulary.codes(field.name)
    if not codes:
        return text
    if (code := codes.get(alias(text))) is not None:
        return code
    near = difflib.get_close_matches(alias(text), codes, 3, 0.6)
    names = sorted({vocabulary.label(field.name, codes[name]) for name in near})
    hint = f"Did you mean {' or '.join(names)}?" if names else "Choose one of the archive's list."
    raise ValueRefusedError(field.label.lower(), text, "it is not in the list.", hint)


def _date(field: Field, text: str) -> str:
    try:
        return str(PartialDate.parse(text))
    except ValueError as error:
        raise ValueRefusedError(
            field.label.lower(),
            text,
            "there is no such date.",
            "Write 2012, 2012-12 or 2012-12-04.",
        ) from error


def _cleaned(name: str, text: str) -> str:
    """Return what was given for a field without the characters that no archive keeps."""
    kept = clean_line(text)
    if text.strip() and not kept:
        raise ValueRefusedError(name, text, "it holds no character that can be kept.")
    return kept


def _parts(text: str, separator: str) -> list[str]:
    parts = (" ".join(part.split()) for part in text.split(separator))
    return list(dict.fromkeys(part for part in parts if part))


def _agent(text: str) -> AgentRole:
    match = _AGENT.fullmatch(text)
    role = (match["role"] or "mentioned").strip().casefold() if match else ""
    if match is None or role not in AGENT_ROLES:
        raise ValueRefusedError(
            "person or body",
            text,
            "the role in parentheses is unknown.",
            f"Write a name, then one of {', '.join(AGENT_ROLES)} in parentheses.",
        )
    return AgentRole(match["name"], role)


def shown(value: object) -> str:
    """Return a value of the description as text, in the form that `--set` reads."""
    if isinstance(value, Mapping):
        return "; ".join(f"{name}={text}" for name, text in value.items())
    if isinstance(value, tuple):
        agents = any(isinstance(part, AgentRole) for part in value)
        return ("; " if agents else ", ").join(shown(part) for part in value)
    if isinstance(value, AgentRole):
        return f"{value.name} ({value.role})"
    return str(value)


def field_values(description: Description) -> dict[str, str]:
    """Return a description's values by field name, as text; custom fields under their own names."""
    values = {
        field.name: shown(getattr(description, field.attribute))
        for field in FIELDS
        if field.attribute
    }
    return values | dict(description.custom)


def preview_of(record: Record, values: Mapping[str, object]) -> Preview:
    """Return what an edit would change of one record, by field name."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for attribute, value in values.items():
        old = getattr(record.description, attribute)
        if old == value:
            continue
        if attribute == "custom" and isinstance(value, Mapping):
            for name in {**old, **value}:
                if old.get(name, "") != value.get(name, ""):
                    before[name], after[name] = old.get(name, ""), value.get(name, "")
            continue
        name = BY_ATTRIBUTE[attribute].name
        before[name], after[name] = shown(old), shown(value)
    return Preview(record.ref, before, after)
