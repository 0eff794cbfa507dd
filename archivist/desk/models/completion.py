"""What can be completed in a query as it is typed: fields, values, operators, spans of days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from archivist.desk import formats
from archivist.model.dates import RELATIVE, relative_range
from archivist.model.fields import FIELDS, Kind
from archivist.model.query_lex import name_in_queries
from archivist.model.query_parse import tokens
from archivist.model.query_terms import quoted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from archivist.desk.models.lexicon import Lexicon

_LEAST: Final = 2
"""Letters of a bare word before fields are offered for it."""
_BEGUN: Final = re.compile(r"(near|pre|atleast)/?\d{0,3}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way to go on.

    Attributes:
        text: what takes the place of what was typed.
        label: what it is called.
        detail: what it means, in few words; may be empty.
        group: suggestions of another group stand apart.
    """

    text: str
    label: str
    detail: str = ""
    group: str = ""


OPERATORS: Final = (
    Suggestion("OR ", "OR", "Either side, or both", "operator"),
    Suggestion("NOT ", "NOT", "Leaves out what follows", "operator"),
    Suggestion("AND ", "AND", "Both sides, as without it", "operator"),
    Suggestion("NEAR/5 ", "NEAR/5", "At most five words apart, in either order", "operator"),
    Suggestion("PRE/5 ", "PRE/5", "The first at most five words before the second", "operator"),
    Suggestion("/s ", "/s", "Both in one sentence", "operator"),
    Suggestion("/p ", "/p", "Both in one paragraph", "operator"),
    Suggestion("ATLEAST/3 ", "ATLEAST/3", "What follows stands three times or more", "operator"),
)
"""What joins words, with what it means."""
_FIELD_WORDS: Final = {
    "title": "Words of the title",
    "text": "Words of the text only",
    "type": "Type of document",
    "date": "Date of the document",
    "year": "A single year",
    "place": "Where it was written",
    "lang": "Language",
    "country": "Country it is about",
    "originator": "Body that issued it",
    "person": "Person or body it names",
    "from": "Author or signatory",
    "to": "Addressee",
    "number": "The document's own number",
    "series": "Series of the file plan",
    "code": "Reference code",
    "ref": "Accession number",
    "mark": "Handling mark",
    "tag": "A word the archivist gave",
    "in": "Place in the archive, in:inbox",
    "has": "What hangs on it, has:original",
    "filed": "Day it was filed",
    "like": "Similar to a record, by its accession number",
}


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
        if token.value and cursor >= token.value and token.field:
            prefix = text[token.value : cursor].lstrip('="“')
            return Place(token.value, token.end, prefix, token.field.lower())
        typed = text[token.start : cursor]
        start = token.start + (1 if typed[:1] == "-" else 0)
        bare = text[start:cursor]
        if cursor == token.end and (bare.isalpha() or _is_operator(bare)):
            return Place(start, token.end, bare)
        return None
    return None


def any_place(text: str, cursor: int, lexicon: Lexicon) -> Place:
    """Return what is being typed at the cursor; a place of nothing between words."""
    found = place_at(text, cursor, lexicon)
    return found or Place(cursor, cursor, "")


def _is_operator(bare: str) -> bool:
    return bare in {"/", "/s", "/p"} or bool(_BEGUN.match(bare))


def suggest_names(place: Place, lexicon: Lexicon) -> list[Suggestion]:
    """Return the fields and operators that begin as the bare word does."""
    typed = place.prefix
    if place.field or (len(typed) < _LEAST and typed != "/"):
        return []
    operators = _numbered(typed) or [
        one
        for one in OPERATORS
        if one.label.startswith(typed) and (typed.isupper() or typed.startswith("/"))
    ]
    return [*_fields(typed.casefold(), lexicon), *operators]


def suggest_all(place: Place, lexicon: Lexicon) -> list[Suggestion]:
    """Return everything that can be said here: forms of the word, operators, fields."""
    named = suggest_names(place, lexicon)
    if named and not place.prefix.isalpha():
        return named
    forms = []
    if place.prefix.isalpha():
        word = place.prefix
        forms = [
            Suggestion(f"{word}* ", f"{word}*", "Every word that begins so", "form"),
            Suggestion(f"={word} ", f"={word}", "This form only, no other endings", "form"),
            Suggestion(f"{word}~ ", f"{word}~", "Words spelled nearly so, too", "form"),
        ]
    if forms:
        return [*forms, *named]
    return [*OPERATORS, *_fields("", lexicon)]


def suggest_dates(place: Place, today: dt.date) -> list[Suggestion]:
    """Return ranges that continue the year being typed, or spans that move with the calendar."""
    typed = place.prefix.casefold()
    year = int(typed) if typed.isdigit() and len(typed) == 4 else 0  # noqa: PLR2004 - a year
    if year:
        return [
            Suggestion(f"{year}.. ", f"{year}..", f"{year} and later"),
            Suggestion(f"..{year} ", f"..{year}", f"{year} and earlier"),
            Suggestion(f"{year}..{today.year} ", f"{year}..{today.year}", f"{year} to this year"),
        ]
    if typed and not typed[0].isalpha():
        return []
    found = [
        Suggestion(f"{quoted(words)} ", words, _days(words, today), "relative")
        for words in (*RELATIVE, "last 30 days")
        if any(part.startswith(typed) for part in (words, *words.split()))
    ]
    if typed:
        return found
    five = today.year - 5
    years = [
        Suggestion(f"{today.year} ", f"{today.year}", "One year"),
        Suggestion(f"{five}.. ", f"{five}..", "From then on"),
        Suggestion(f"{five}..{today.year} ", f"{five}..{today.year}", "A span of years"),
        Suggestion(f"{today:%Y-%m} ", f"{today:%Y-%m}", "One month"),
    ]
    return [*years, *found]


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


def suggest_likeness(place: Place, here: tuple[str, str]) -> list[Suggestion]:
    """Return the record that is read, by reference and title, for `like:`."""
    ref, title = here
    if not ref or not ref.casefold().startswith(place.prefix.casefold()):
        return []
    return [Suggestion(f"{ref} ", ref, title or "The record you read")]


def fixed_values(place: Place, lexicon: Lexicon) -> list[str] | None:
    """Return the values of a field that stands in no index, or None where it stands in one."""
    if place.field not in {"in", "has"}:
        return None
    typed = place.prefix.casefold()
    return [code for code in lexicon.labels(place.field) if code.startswith(typed)]


def is_date(field: str) -> bool:
    """Whether a field holds dates."""
    return any(one.name == field and one.kind is Kind.DATE for one in FIELDS)


def _numbered(typed: str) -> Sequence[Suggestion]:
    """Return an operator of nearness or number with the numbers most used, as typed so far."""
    match = _BEGUN.match(typed) if "/" in typed else None
    if match is None:
        return ()
    name = match[1].upper()
    words = {
        "NEAR": "At most {} words apart, in either order",
        "PRE": "The first at most {} words before the second",
        "ATLEAST": "What follows stands {} times or more",
    }[name]
    digits = typed.partition("/")[2]
    numbers = [digits] if digits else ["2", "3", "5", "10"]
    return [
        Suggestion(f"{name}/{number} ", f"{name}/{number}", words.format(number), "operator")
        for number in numbers
    ]


def _fields(typed: str, lexicon: Lexicon) -> list[Suggestion]:
    """Return the fields whose name or label begins so."""
    labels = {one.name: one.label for one in FIELDS}
    names = list(dict.fromkeys([*labels, *_FIELD_WORDS]))
    found = [
        Suggestion(f"{name}:", f"{name}:", _FIELD_WORDS.get(name, labels.get(name, "")), "field")
        for name in names
        if name.startswith(typed) or labels.get(name, "").casefold().startswith(typed)
    ]
    return found + [
        Suggestion(f"{name_in_queries(name)}:", f"{name}:", "Field of this archive", "field")
        for name in lexicon.custom()
        if name.casefold().startswith(typed)
    ]


def _days(words: str, today: dt.date) -> str:
    """Say which days a span means today."""
    days = relative_range(words, today)
    first, last = (formats.day(str(date)) for date in (days.start, days.end))
    return first if first == last else f"{first} to {last}"
