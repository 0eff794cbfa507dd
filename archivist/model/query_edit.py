"""What the mouse does to a query's text: a facet's tick, a brushed span of years.

Only the terms concerned are rewritten; whatever else was typed stays as it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from archivist.model.dates import DateRange, PartialDate
from archivist.model.errors import QueryError
from archivist.model.fields import BY_NAME, Kind
from archivist.model.query import And, Dated, Everything, Not, Or, Value
from archivist.model.query_format import format_query, format_value
from archivist.model.query_lex import lex, name_in_queries
from archivist.model.query_parse import complete, parse_parts
from archivist.model.query_read import Part
from archivist.model.query_terms import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archivist.model.query import Vocabulary

Tick = Literal["on", "not"]
"""How a facet's value stands in a query: asked for, or left out."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Alternatives of one field that a query asks for or leaves out as a whole.

    Attributes:
        part: where they stand.
        tick: whether they are asked for.
        values: what was read.
        typed: how each value was typed.
        field: as a rewritten term must name it: empty within the brackets of the field.
    """

    part: Part
    tick: Tick
    values: tuple[Value, ...]
    typed: tuple[str, ...]
    field: str


def facet_state(text: str, field: str, vocabulary: Vocabulary | None = None) -> dict[str, Tick]:
    """Return which values of a field a query asks for or leaves out, as its facet shows them.

    A text that cannot be read, and values under an OR with something else, tell nothing.
    """
    whole = _read(text, vocabulary)
    if whole is None:
        return {}
    groups = _groups(text, whole, field)
    return {
        value.value: group.tick for group in groups for value in group.values if not value.prefix
    }


def with_facet(
    text: str,
    field: str,
    value: str,
    state: Literal["on", "not", "off"],
    vocabulary: Vocabulary | None = None,
) -> str:
    """Return the query with a value of a field asked for, left out, or neither.

    Several values asked for become alternatives: `country:(FR OR DE)`. A name is asked for as a
    whole, `place:="Port Halden"`, so that what is found is what the facet counts.
    """
    text = _readable(text, vocabulary)
    asked = Value(field, value, exact=_is_name(field))
    for tick in ("on", "not"):
        if tick != state:
            text = _without_value(text, asked, tick, vocabulary)
    if state == "off" or _stands(text, asked, state, vocabulary):
        return text
    return _with_value(text, asked, state, vocabulary)


def range_of(text: str, vocabulary: Vocabulary | None = None) -> DateRange | None:
    """Return the range of dates a query is narrowed to, or None."""
    whole = _read(text, vocabulary)
    dated = [] if whole is None else _dated(whole)
    return dated[0][1] if dated else None


def with_range(
    text: str,
    first: int | PartialDate | None,
    last: int | PartialDate | None,
    vocabulary: Vocabulary | None = None,
) -> str:
    """Return the query narrowed to a span of years, or of dates; without both, no longer."""
    text = _readable(text, vocabulary)
    whole = _read(text, vocabulary)
    dated = [] if whole is None else _dated(whole)
    for part, _range in reversed(dated[1:]):
        text = _cut(text, part)
    if first is None and last is None:
        return _cut(text, dated[0][0]) if dated else text
    term = format_query(Dated("date", DateRange(_date(first), _date(last))))
    if dated:
        return _put(text, dated[0][0], term)
    return _appended(text, term, vocabulary)


def _date(given: int | PartialDate | None) -> PartialDate | None:
    return PartialDate(given) if isinstance(given, int) else given


def _readable(text: str, vocabulary: Vocabulary | None) -> str:
    """Return the text, closed where it is still being typed."""
    if _read(text, vocabulary) is None:
        closed = complete(text, vocabulary)
        return closed if _read(closed, vocabulary) is not None else text
    return text


def _read(text: str, vocabulary: Vocabulary | None) -> Part | None:
    try:
        return parse_parts(text, vocabulary)
    except QueryError:
        return None


def _conjuncts(whole: Part) -> Iterator[Part]:
    """Yield the parts that all must match."""
    if isinstance(whole.node, And):
        for part in whole.parts:
            yield from _conjuncts(part)
    else:
        yield whole


def _inside(part: Part) -> Part:
    """Return what stands in brackets, without them."""
    while len(part.parts) == 1 and part.parts[0].node == part.node:
        part = part.parts[0]
    return part


def _groups(text: str, whole: Part, field: str) -> list[_Group]:
    found = []
    for part in _conjuncts(whole):
        inner = _inside(part)
        tick: Tick = "on"
        if isinstance(inner.node, Not):
            tick, inner = "not", _inside(inner.parts[0])
        leaves = [_inside(leaf) for leaf in inner.parts] if isinstance(inner.node, Or) else [inner]
        values = tuple(
            leaf.node
            for leaf in leaves
            if isinstance(leaf.node, Value) and leaf.node.field == field
        )
        if len(values) == len(leaves):
            typed = tuple(_typed(text[leaf.start : leaf.end]) for leaf in leaves)
            pieces = lex(text[part.start : part.end])
            named = name_in_queries(field) if any(piece.name for piece in pieces) else ""
            found.append(_Group(part, tick, values, typed, named))
    return found


def _typed(term: str) -> str:
    """Return a term's value as typed, without its field."""
    pieces = lex(term, frozenset([term.partition(":")[0].casefold()]))
    return ("=" if pieces[0].exact else "") + term[pieces[0].at :]


def _dated(whole: Part) -> list[tuple[Part, DateRange]]:
    found = []
    for part in _conjuncts(whole):
        node = part.node
        if isinstance(node, Dated) and node.field == "date":
            found.append((part, node.range))
    return found


def _is_name(field: str) -> bool:
    return field not in BY_NAME or BY_NAME[field].kind is Kind.NAME


def _same(one: Value, other: Value) -> bool:
    """Whether two values are one tick: a name is, whether or not it was asked for as a whole."""
    if not _is_name(one.field):
        return one.value == other.value
    return one.prefix == other.prefix and folded(one.value) == folded(other.value)


def _stands(text: str, asked: Value, tick: Tick, vocabulary: Vocabulary | None) -> bool:
    whole = _read(text, vocabulary)
    groups = [] if whole is None else _groups(text, whole, asked.field)
    return any(
        _same(value, asked) for group in groups if group.tick == tick for value in group.values
    )


def _without_value(text: str, asked: Value, tick: Tick, vocabulary: Vocabulary | None) -> str:
    whole = _read(text, vocabulary)
    groups = [] if whole is None else _groups(text, whole, asked.field)
    for group in reversed(groups):
        kept = [
            typed
            for value, typed in zip(group.values, group.typed, strict=True)
            if not _same(value, asked)
        ]
        if group.tick != tick or len(kept) == len(group.values):
            continue
        text = (
            _put(text, group.part, _term(group.field, kept, tick))
            if kept
            else _cut(text, group.part)
        )
    return text


def _with_value(text: str, asked: Value, tick: Tick, vocabulary: Vocabulary | None) -> str:
    whole = _read(text, vocabulary)
    groups = [] if whole is None else _groups(text, whole, asked.field)
    same = [group for group in groups if group.tick == tick]
    if tick == "on" and same:
        return _put(
            text, same[0].part, _term(same[0].field, [*same[0].typed, format_value(asked)], tick)
        )
    return _appended(
        text, _term(name_in_queries(asked.field), [format_value(asked)], tick), vocabulary
    )


def _term(field: str, values: list[str], tick: Tick) -> str:
    """Write a term; without a field for the inside of the field's own brackets."""
    listed = values[0] if len(values) == 1 else f"({' OR '.join(values)})"
    named = f"{field}:{listed}" if field else listed
    return f"-{named}" if tick == "not" else named


def _put(text: str, part: Part, term: str) -> str:
    return text[: part.start] + term + text[part.end :]


def _cut(text: str, part: Part) -> str:
    """Take a part out, with the blank or the AND that joined it."""
    left, right = text[: part.start].rstrip(), text[part.end :].lstrip()
    if re.search(r"(^|[\s(])AND$", left):
        left = left[: -len("AND")].rstrip()
    else:
        right = re.sub(r"^AND(?=\s|\()", "", right).lstrip()
    glued = not left or not right or left.endswith("(") or right.startswith(")")
    return left + ("" if glued else " ") + right


def _appended(text: str, term: str, vocabulary: Vocabulary | None) -> str:
    whole = _read(text, vocabulary)
    if not text.strip() or (whole is not None and isinstance(whole.node, Everything)):
        return term
    if whole is not None and isinstance(_inside(whole).node, Or) and not _is_closed(text, whole):
        return f"({text.strip()}) {term}"
    return f"{text.rstrip()} {term}"


def _is_closed(text: str, whole: Part) -> bool:
    """Whether the whole stands in one pair of brackets."""
    return len(whole.parts) == 1 and text[whole.end - 1 : whole.end] == ")"
