"""What can be completed in a query as it is typed: fields, values, operators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from archivist.model.fields import FIELDS, Kind
from archivist.model.query_lex import OPERATORS, name_in_queries
from archivist.model.query_parse import tokens
from archivist.model.query_terms import quoted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from archivist.desk.models.lexicon import Lexicon

_LEAST: Final = 2
"""Letters of a bare word before fields are offered for it."""
_OPERATOR_WORDS: Final = {"OR": "either side", "AND": "both sides", "NOT": "leave out what follows"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way to go on.

    Attributes:
        text: what takes the place of what was typed.
        label: what it is called.
        detail: what it means, in few words; may be empty.
    """

    text: str
    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """What is being typed at the cursor.

    Attributes:
        start: where the suggestion begins to replace the text.
        end: where it ends.
        prefix: what was typed of it.
        field: the field a value is typed for, or empty for a bare word.
    """

    start: int
    end: int
    prefix: str
    field: str = ""


def place_at(text: str, cursor: int, lexicon: Lexicon) -> Place | None:
    """Return what is being typed at the cursor, or None where nothing can be completed."""
    for token in tokens(text, lexicon):
        if not token.start < cursor <= token.end:
            continue
        if token.value and cursor >= token.value:
            prefix = text[token.value : cursor].lstrip('"“')
            return Place(token.value, token.end, prefix, token.field.lower())
        typed = text[token.start : cursor]
        start = token.start + (1 if typed[:1] == "-" else 0)
        bare = text[start:cursor]
        if bare.isalpha() and token.kind in {"word", "operator", "not"} and cursor == token.end:
            return Place(start, token.end, bare)
        return None
    return None


def suggest_names(place: Place, lexicon: Lexicon) -> list[Suggestion]:
    """Return the fields and operators that begin as the bare word does."""
    typed = place.prefix.casefold()
    if place.field or len(typed) < _LEAST:
        return []
    found = [
        Suggestion(f"{one.name}:", f"{one.name}:", one.label)
        for one in FIELDS
        if one.name.startswith(typed) or one.label.casefold().startswith(typed)
    ]
    found += [
        Suggestion(f"{name_in_queries(name)}:", f"{name}:", "Field of this archive")
        for name in lexicon.custom()
        if name.casefold().startswith(typed)
    ]
    if place.prefix.isupper():
        found += [
            Suggestion(f"{name} ", name, _OPERATOR_WORDS[name])
            for name in OPERATORS
            if name.startswith(place.prefix)
        ]
    return found


def suggest_dates(place: Place, today: dt.date) -> list[Suggestion]:
    """Return ranges that continue the year being typed, or the usual ones."""
    typed = place.prefix
    year = int(typed) if typed.isdigit() and len(typed) == 4 else 0  # noqa: PLR2004 - a year
    if year:
        return [
            Suggestion(f"{year}.. ", f"{year}..", f"{year} and later"),
            Suggestion(f"..{year} ", f"..{year}", f"{year} and earlier"),
            Suggestion(f"{year}..{today.year} ", f"{year}..{today.year}", f"{year} to this year"),
        ]
    if typed:
        return []
    month = f"{today.year}-{today.month:02}"
    return [
        Suggestion(f"{today.year} ", f"{today.year}", "This year"),
        Suggestion(f"{today.year - 1} ", f"{today.year - 1}", "Last year"),
        Suggestion(f"{today.year - 5}.. ", f"{today.year - 5}..", "The last five years"),
        Suggestion(f"{month} ", month, "This month"),
    ]


def suggest_values(place: Place, values: Iterable[str], lexicon: Lexicon) -> list[Suggestion]:
    """Return known values as suggestions: codes with what people call them, first what is typed."""
    found = []
    for value in values:
        label = lexicon.label(place.field, value)
        detail = value if label != value else ""
        found.append(Suggestion(f"{quoted(value)} ", label, detail))
    typed = place.prefix.casefold()
    found.sort(key=lambda one: typed not in {one.label.casefold(), one.detail.casefold()})
    return found


def fixed_values(place: Place, lexicon: Lexicon) -> list[str] | None:
    """Return the values of a field that stands in no index, or None where it stands in one."""
    if place.field not in {"in", "has"}:
        return None
    typed = place.prefix.casefold()
    return [code for code in lexicon.labels(place.field) if code.startswith(typed)]


def is_date(field: str) -> bool:
    """Whether a field holds dates."""
    return any(one.name == field and one.kind is Kind.DATE for one in FIELDS)
