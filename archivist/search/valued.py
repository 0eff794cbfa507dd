"""Values and dates within a sentence: what a record lacks, what others have, what a filter asks."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from archivist.model.fields import BY_NAME, Kind
from archivist.model.query_say import range_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archivist.model.query import Dated, Value

Label: TypeAlias = Callable[[str, str], str]
"""Takes a field and a value, returns the value as people call it."""
_PLACES: Mapping[tuple[str, str], tuple[str, str, str]] = MappingProxyType(
    {
        ("in", "inbox"): ("“in the inbox”", "The inbox is empty.", "is in the inbox"),
        ("has", "original"): (
            *("“with an original”", "No record has an original.", "has an original"),
        ),
        ("has", "text"): ("“with a text”", "No record has a text.", "has a text"),
        ("has", "attachment"): (
            *("“with attachments”", "No record has an attachment.", "has an attachment"),
        ),
    }
)
"""How a condition is named, how it is said that no record meets it, and that a record does."""
_VERBS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "type": ("is of type", "are of type"),
        "place": ("was written at", "were written at"),
        "lang": ("is in", "are in"),
        "country": ("concerns", "concern"),
        "originator": ("was issued by", "were issued by"),
        "person": ("names", "name"),
        "from": ("is from", "are from"),
        "to": ("is addressed to", "are addressed to"),
        "number": ("is numbered", "are numbered"),
        "series": ("is in the series", "are in the series"),
        "mark": ("is marked", "are marked"),
        "tag": ("is tagged", "are tagged"),
        "year": ("is dated", "are dated"),
        "speaker": ("holds words of", "hold words of"),
        "role": ("holds words of the office", "hold words of the office"),
        "kind": ("holds a statement of the kind", "hold a statement of the kind"),
    }
)
"""What is said of one record and of several; of any other field, that they have it."""
_NOUNS: Mapping[str, str] = MappingProxyType(
    {"from": "sender", "to": "addressee", "filed": "date of filing"}
)
_BEGINNINGS: Mapping[str, str] = MappingProxyType(
    {
        "number": "numbers",
        "code": "reference codes",
        "ref": "accession numbers",
        "tag": "tags",
    }
)


def condition(node: Value, label: Label) -> str:
    """Name what a filter asks for, within a sentence: "the place “Paris”"."""
    known = _PLACES.get((node.field, node.value))
    return known[0] if known else f"the {noun_of(node.field)} {_named(node, label)}"


def absence(node: Value, label: Label) -> str:
    """Say that no record has a value: "No record is addressed to “Sabel”."."""
    known = _PLACES.get((node.field, node.value))
    return known[1] if known else f"No record {stating(1, node, label)}."


def presence(node: Value, label: Label) -> str:
    """Say that every record has a value: "Every record is of type Note"."""
    known = _PLACES.get((node.field, node.value))
    return f"Every record {known[2] if known else stating(1, node, label)}"


def stating(found: int, node: Value, label: Label) -> str:
    """Say of some records that they have a value: "are addressed to “Sabel”"."""
    one, several = _VERBS.get(node.field, ("has the", "have the"))
    noun = "" if node.field in _VERBS else f" {noun_of(node.field)}"
    alone = " and nothing else" if node.exact else ""
    return f"{one if found == 1 else several}{noun} {_named(node, label)}{alone}"


def beginnings(field: str) -> str:
    """Say what begins as a value does: "names that begin so"."""
    known = BY_NAME.get(field)
    return f"{_BEGINNINGS.get(field, 'names' if known else 'values')} that begin so"


def condition_dated(node: Dated) -> str:
    """Name what a filter asks of a date, within a sentence: "the date 2012 to 2014"."""
    if is_any(node):
        return f"any {noun_of(node.field)}"
    return f"the {noun_of(node.field)} {node.relative or range_in_words(node.range)}"


def stating_dated(node: Dated) -> str:
    """Say of a record when it was: "is dated 2012", "was filed on 3 April 2024"."""
    if is_any(node):
        return f"has a {noun_of(node.field)}"
    if node.field != "filed":
        return f"is dated {node.relative or range_in_words(node.range)}"
    if node.relative:
        counted = "in the " if any(map(str.isdigit, node.relative)) else ""
        return f"was filed {counted}{node.relative}"
    first, last = node.range.start, node.range.end
    date = first or last
    between = "from" if first and last and first != last else "in"
    before = "on" if between == "in" and date is not None and date.day else between
    return f"was filed {before} {range_in_words(node.range)}"


def is_any(node: Dated) -> bool:
    """Whether any date will do."""
    return node.range.start is None and node.range.end is None


def noun_of(field: str) -> str:
    """Return what people call a field, within a sentence."""
    known = BY_NAME.get(field)
    return _NOUNS.get(field) or (field.replace("_", " ") if known is None else known.label.lower())


def _named(node: Value, label: Label) -> str:
    """Name a value: one of a list by its name, any other as typed, between quotation marks."""
    if node.prefix:
        return f"“{node.value}…”"
    named = label(node.field, node.value)
    known = BY_NAME.get(node.field)
    listed = known is not None and known.kind is Kind.CODE and node.field != "series"
    return named if listed else f"“{named}”"
