"""A query said in plain words: one sentence, with its telling parts marked.

`"strategic partnership" date:2010..2018 -type:note` is said as: Documents with “strategic
partnership” word for word, dated 2010 to 2018, leaving out diplomatic notes.
"""

from __future__ import annotations

import itertools
from types import MappingProxyType
from typing import TYPE_CHECKING

from archivist.model.dates import DateRange
from archivist.model.fields import BY_NAME
from archivist.model.query import (
    And,
    AtLeast,
    Dated,
    Everything,
    Held,
    Leaf,
    Like,
    Near,
    Node,
    Not,
    Or,
    Value,
    Vocabulary,
    Within,
)
from archivist.model.query_say_words import Said, joined, looked_for, occurrence, repetition, texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archivist.model.dates import PartialDate

_PLACED = (Near, Within, AtLeast)
_BEFORE: Mapping[str, str] = MappingProxyType(
    {
        "type": "of type ",
        "place": "written at ",
        "lang": "in ",
        "country": "concerning ",
        "originator": "issued by ",
        "person": "naming ",
        "from": "from ",
        "to": "to ",
        "number": "numbered ",
        "series": "in series ",
        "code": "with reference code ",
        "ref": "with accession number ",
        "mark": "marked ",
        "tag": "tagged ",
        "year": "of the year ",
        "speaker": "with words of ",
        "role": "with words of the office ",
        "kind": "with ",
    }
)
STATEMENTS = "statements"
"""What is looked for where it is not documents."""
_OF_STATEMENTS: Mapping[str, str] = MappingProxyType(
    {"speaker": "by ", "role": "by the office ", "kind": "in "}
)
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_PLACES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("in", "inbox"): "in the inbox",
        ("has", "original"): "with an original",
        ("has", "text"): "with a text",
        ("has", "attachment"): "with attachments",
    }
)

_ABSENCES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("in", "inbox"): "no longer in the inbox",
        ("has", "original"): "without an original",
        ("has", "text"): "without a text",
        ("has", "attachment"): "without attachments",
    }
)


TITLES = "like"
"""What a vocabulary is asked for to learn the title of a record by its reference."""
_LONGEST_TITLE = 80


def say(node: Node, vocabulary: Vocabulary | None = None, what: str = "documents") -> str:
    """Say a query in one sentence; `what`: what is looked for, in the plural."""
    return "".join(text for text, _emphasised in say_marked(node, vocabulary, what))


def say_marked(node: Node, vocabulary: Vocabulary | None = None, what: str = "documents") -> Said:
    """Say a query in one sentence, cut where emphasis begins and ends."""
    return _merged(_Sayer(vocabulary, what).sentence(node))


class _Sayer:
    """Says the parts of a query with the names an archive gives its codes."""

    def __init__(self, vocabulary: Vocabulary | None, what: str) -> None:
        self._vocabulary = vocabulary
        self._what = what

    def sentence(self, node: Node) -> Said:
        parts = [
            part
            for part in (node.parts if isinstance(node, And) else (node,))
            if not isinstance(part, Everything)
        ]
        kinds = [part for part in parts if self._types(part)]
        narrowed = any(not isinstance(part, Not) or _lacking(part) for part in parts)
        subject: Said = [(self._what.capitalize() if narrowed else f"All {self._what}", False)]
        if len(kinds) == 1 and self._what != STATEMENTS:
            subject = _capital(self._kinds(kinds[0]))
            parts.remove(kinds[0])
        return [*subject, *self._tail(parts), (".", False)]

    def _tail(self, parts: Sequence[Node]) -> Said:
        """Say what narrows the documents: words first, then fields, dates, and what is left out."""
        clauses = self._clauses(parts)
        left_out = [part.part for part in parts if isinstance(part, Not) and not _lacking(part)]
        said: Said = []
        if clauses:
            said = [(" ", False), *joined(clauses, ", ", ", ")]
        if left_out:
            listed = joined([self._those(part) for part in left_out], ", ", " and ")
            said = [*said, (", leaving out ", False), *listed]
        return said

    def _clauses(self, parts: Sequence[Node]) -> list[Said]:
        leaves = [part for part in parts if isinstance(part, Leaf)]
        clauses: list[Said] = []
        for _field, group in itertools.groupby(
            sorted(leaves, key=lambda part: part.field), key=lambda part: part.field
        ):
            clauses.append(_with(texts(list(group), " and ")))
        rest = [part for part in parts if not isinstance(part, Leaf | Not) or _lacking(part)]
        rest.sort(key=lambda part: (isinstance(part, Dated), not isinstance(part, _PLACED)))
        return clauses + [self.clause(part) for part in rest]

    def clause(self, node: Node) -> Said:
        """Say a part as what follows the word "documents"."""
        match node:
            case Everything():
                return [("of every kind", False)]
            case Like(ref):
                return [("similar to ", False), (ref, True), *self._title(ref)]
            case Value():
                return self._value(node)
            case Dated():
                return _dated(node)
            case Not() | And() | Or():
                return self._composed(node)
            case Held(part):
                return self.clause(part)
            case _:
                return _with(looked_for(node))

    def _composed(self, node: Not | And | Or) -> Said:
        if isinstance(node, Or):
            return self._either(node.parts)
        if isinstance(node, And):
            return joined([self._inner(part) for part in node.parts], ", ", " and ")
        lacking = _lacking(node)
        return [(lacking, True)] if lacking else self._without(node.part)

    def _inner(self, node: Node) -> Said:
        said = self.clause(node)
        return [("(", False), *said, (")", False)] if isinstance(node, And | Or) else said

    def _either(self, parts: Sequence[Node]) -> Said:
        leaves = [part for part in parts if isinstance(part, Leaf)]
        if len(leaves) == len(parts) and len({part.field for part in leaves}) == 1:
            return _with(texts(leaves, " or "))
        values = [part for part in parts if isinstance(part, Value)]
        if len(values) == len(parts) and len({part.field for part in values}) == 1:
            return self._values(values)
        clauses = [self._inner(part) for part in parts]
        return [("either ", False), *joined(clauses, ", ", " or ")]

    def _values(self, values: Sequence[Value]) -> Said:
        name = values[0].field
        if name in ("in", "has"):
            return joined([self._value(value) for value in values], ", ", " or ")
        named = [self._named(value) for value in values]
        return [(self._before(name), False), *joined(named, ", ", " or ")]

    def _value(self, node: Value) -> Said:
        if place := _PLACES.get((node.field, node.value)):
            return [(place, True)]
        return [(self._before(node.field), False), *self._named(node)]

    def _before(self, field: str) -> str:
        if self._what == STATEMENTS and field in _OF_STATEMENTS:
            return _OF_STATEMENTS[field]
        return _BEFORE.get(field) or f"with {field.replace('_', ' ')} "

    def _named(self, node: Value) -> Said:
        label = node.value if node.exact else self._label(node)
        if label:
            return [(label, True)]
        ellipsis = "…" if node.prefix else ""
        return [("“", False), (f"{node.value}{ellipsis}", True), ("”", False)]

    def _label(self, node: Value) -> str:
        if node.field == "year":
            return node.value
        if self._vocabulary is None or node.field not in BY_NAME:
            return ""
        return self._vocabulary.labels(node.field).get(node.value, "")

    def _title(self, ref: str) -> Said:
        """Say what a record is called, where that is known."""
        known = {} if self._vocabulary is None else self._vocabulary.labels(TITLES)
        title = known.get(ref, "")
        return [(", “", False), (_short(title), True), ("”", False)] if title else []

    def _without(self, node: Node) -> Said:
        if isinstance(node, AtLeast):
            if node.count > 1:
                return _with(repetition(node, fewer=True))
            return [("without ", False), *occurrence(node.part)]
        if isinstance(node, Leaf | Near | Within):
            return [("without ", False), *looked_for(node)]
        return [("not ", False), *self._inner(node)]

    def _those(self, node: Node) -> Said:
        """Say which documents are left out."""
        if self._types(node):
            return self._kinds(node)
        return [("those ", False), *self.clause(node)]

    def _types(self, node: Node) -> list[Value]:
        """Return the types a part asks for when it asks for nothing else and all have names."""
        parts = node.parts if isinstance(node, Or) else (node,)
        found = [part for part in parts if isinstance(part, Value) and part.field == "type"]
        return found if len(found) == len(parts) and all(map(self._label, found)) else []

    def _kinds(self, node: Node) -> Said:
        named: list[Said] = [[(plural(self._label(part)), True)] for part in self._types(node)]
        return joined(named, ", ", " or " if isinstance(node, Or) else "")


def _short(title: str) -> str:
    """Return as much of a title as a sentence can bear."""
    if len(title) <= _LONGEST_TITLE:
        return title
    return f"{title[:_LONGEST_TITLE].rsplit(' ', 1)[0].rstrip(' ,;:')} …"


def plural(label: str) -> str:
    """Return the plural of a type's name in small letters, for example "letters of credence".

    Only the noun before an "of" changes; a name that cannot be counted is kept.
    """
    first, of, rest = label.partition(" of ")
    words = first.split(" ")
    head = words[-1]
    if head.lower() == "other":
        return "documents of other types"
    if head.lower() == "correspondence":
        counted = head
    elif head.endswith("um"):
        counted = head[:-2] + "a"
    elif head.endswith("y") and head[-2:-1] not in "aeiou":
        counted = head[:-1] + "ies"
    elif head.endswith(("s", "x", "ch", "sh")):
        counted = head + "es"
    else:
        counted = head + "s"
    text = " ".join([*words[:-1], counted]) + of + rest
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _lacking(node: Node) -> str:
    """Say what a part wants to be missing, where there are words of its own for that."""
    match node:
        case Not(Dated("date", DateRange(None, None))):
            return "without a date"
        case Not(Value(field, value)):
            return _ABSENCES.get((field, value), "")
        case _:
            return ""


def _dated(node: Dated) -> Said:
    verb = "filed " if node.field == "filed" else "dated "
    start, end = node.range.start, node.range.end
    if start is None and end is None:
        return [("with a date", True)]
    if node.relative:
        counted = "in the " if any(map(str.isdigit, node.relative)) else ""
        said = f"{counted}{node.relative} ({range_in_words(node.range)})"
        return [(verb, False), (said, True)]
    return [(verb, False), (range_in_words(node.range), True)]


def _with(said: Said) -> Said:
    return [("with ", False), *said]


def range_in_words(days: DateRange) -> str:
    """Say a range of days: "2010 to 2018", "3 April 2012 or later"."""
    start, end = days.start, days.end
    if start is None:
        return f"{_day(end)} or earlier"
    if end is None:
        return f"{_day(start)} or later"
    return _day(start) if start == end else f"{_day(start)} to {_day(end)}"


def _day(date: PartialDate | None) -> str:
    if date is None:
        return ""
    month = _MONTHS[date.month - 1] if date.month else ""
    return " ".join(part for part in (str(date.day or ""), month, str(date.year)) if part)


def _capital(said: Said) -> Said:
    (text, emphasised), *rest = said
    return [(text[:1].upper() + text[1:], emphasised), *rest]


def _merged(said: Said) -> Said:
    """Join neighbours of the same emphasis; leave out empty pieces."""
    merged: Said = []
    for text, emphasised in said:
        if merged and merged[-1][1] == emphasised:
            merged[-1] = (merged[-1][0] + text, emphasised)
        elif text:
            merged.append((text, emphasised))
    return merged
