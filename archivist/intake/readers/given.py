"""What a document says about itself in names and values, as a description.

Front matter and the columns of a catalogue are read here by the same rules: known names become
attributes, anything else a field of the archive's own.
"""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archivist.intake.clean import clean, clean_line
from archivist.intake.persons import persons
from archivist.intake.raw import Hints
from archivist.model.dates import PartialDate
from archivist.model.fields import BY_NAME
from archivist.model.record import DOCTYPES, AgentRole, Description

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LINES = {
    "title": "title",
    "place": "place",
    "originator": "originator",
    "number": "number",
    "series": "series",
    "code": "code",
    "mark": "mark",
    "classification": "mark",
}
_ROLES = {
    "from": "author",
    "author": "author",
    "authors": "author",
    "signatory": "signatory",
    "signatories": "signatory",
    "to": "addressee",
    "cc": "addressee",
    "addressee": "addressee",
    "addressees": "addressee",
    "speaker": "speaker",
    "speakers": "speaker",
    "participants": "participant",
    "people": "mentioned",
    "persons": "mentioned",
}
_TYPES = frozenset({"type", "doctype", "doc_type", "document_type"})
_DATES = frozenset({"date", "doc_date", "document_date"})
_LANGUAGES = frozenset({"lang", "language"})
_TAGS = frozenset({"tag", "tags", "keywords"})
_CONVERTED = _TYPES | _DATES | _LANGUAGES | _TAGS | {"country", "countries"}
_NAMES = "names_as_given"
_SEPARATORS = re.compile(r"\s*[;|\n]\s*")
_COMMAS = re.compile(r"\s*[;|,\n]\s*")
_ISO_START = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:[T ]\d{1,2}:\d{2}.*)?")
_NAME_PARTS = re.compile(r"[^\w-]+")


@dataclass(slots=True)
class _Gathered:
    values: dict[str, str] = field(default_factory=dict)
    agents: list[AgentRole] = field(default_factory=list)
    countries: set[str] = field(default_factory=set)
    tags: list[str] = field(default_factory=list)
    custom: dict[str, str] = field(default_factory=dict)


def described(values: Mapping[str, object]) -> tuple[Description, Hints]:
    """Return the description given by names and values, and as hints what cannot be one as it is.

    Blank values give nothing.
    """
    gathered = _Gathered()
    hints: dict[str, str] = {}
    for name, value in values.items():
        if text := plain(value):
            _gather(gathered, hints, _folded(name), value, text)
    description = Description(
        **gathered.values,
        countries=tuple(sorted(gathered.countries)),
        agents=tuple(dict.fromkeys(gathered.agents)),
        tags=tuple(dict.fromkeys(gathered.tags)),
        custom=gathered.custom,
    )
    return description, Hints(**hints)


def _gather(
    gathered: _Gathered, hints: dict[str, str], name: str, value: object, text: str
) -> None:
    if name in _LINES:
        gathered.values[_LINES[name]] = clean_line(text)
    elif name in _ROLES:
        _name(gathered, _ROLES[name], several(value, _SEPARATORS))
    elif name in _CONVERTED:
        _convert(gathered, hints, name, value, text)
    else:
        gathered.custom[custom_name(name)] = clean(text)


def _name(gathered: _Gathered, role: str, said: Iterable[str]) -> None:
    """Take persons by their names alone; what else was said of them is kept as it was."""
    fuller: list[str] = []
    for one in said:
        names = persons(one)
        gathered.agents += [AgentRole(name, role) for name in names]
        if names != [one]:
            fuller.append(one)
    if fuller:
        kept = gathered.custom.get(_NAMES, "")
        gathered.custom[_NAMES] = "; ".join([kept, *fuller] if kept else fuller)


def _convert(
    gathered: _Gathered, hints: dict[str, str], name: str, value: object, text: str
) -> None:
    if name in _TYPES:
        gathered.values["doctype"] = doctype(text)
    elif name in _DATES:
        _take(gathered, hints, "date", iso_date(text), text)
    elif name in _LANGUAGES:
        _take(gathered, hints, "language", language(text), text)
    elif name in _TAGS:
        gathered.tags += several(value, _COMMAS)
    else:
        codes = several(value, _COMMAS)
        if all(re.fullmatch("[A-Za-z]{2}", code) for code in codes):
            gathered.countries.update(code.upper() for code in codes)
        else:
            gathered.custom["countries_as_given"] = clean_line("; ".join(codes))


def _take(gathered: _Gathered, hints: dict[str, str], attribute: str, good: str, text: str) -> None:
    """Take a value that has one right form; in another form it is a hint, and kept as it was."""
    if good:
        gathered.values[attribute] = good
    else:
        hints[attribute] = clean_line(text)
        gathered.custom[f"{attribute}_as_given"] = clean_line(text)


def plain(value: object) -> str:
    """Return a value as text; blank, none and empty lists are empty."""
    if value is None or (isinstance(value, list | dict | tuple) and not value):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple) and all(_is_simple(one) for one in value):
        return "; ".join(plain(one) for one in value)
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value).strip()


def _is_simple(value: object) -> bool:
    return not isinstance(value, list | dict | tuple)


def several(value: object, separators: re.Pattern[str]) -> list[str]:
    """Return the values of a list, or of a text that lists them."""
    if isinstance(value, list | tuple):
        parts: Iterable[str] = (plain(one) for one in value)
    else:
        parts = separators.split(plain(value))
    return [line for part in parts if (line := clean_line(part))]


def iso_date(text: str) -> str:
    """Return a date that is ISO but for its separators or a time behind it, else an empty text."""
    match = _ISO_START.fullmatch(text.strip())
    if match is None:
        return ""
    parts = [match[1], *(part.zfill(2) for part in (match[2], match[3]) if part)]
    try:
        return str(PartialDate.parse("-".join(parts)))
    except ValueError:
        return ""


def language(text: str) -> str:
    """Return the ISO 639-1 code of "fr", "fr-CA" or "FR", else an empty text."""
    first = re.split("[-_]", text.strip().lower())[0]
    return first if re.fullmatch("[a-z]{2}", first) else ""


def doctype(text: str) -> str:
    """Return the code of a type of document, also where it is written as a label."""
    code = "-".join(clean_line(text).lower().split())
    return code if code in DOCTYPES else clean_line(text)


@functools.lru_cache(maxsize=1024)
def custom_name(name: str) -> str:
    """Return a name for a field of the archive's own that collides with no other field."""
    name = _NAME_PARTS.sub("_", clean_line(name).lower()).strip("_") or "field"
    return f"given_{name}" if name in BY_NAME else name


@functools.lru_cache(maxsize=1024)
def _folded(name: str) -> str:
    return clean_line(str(name)).lower()
