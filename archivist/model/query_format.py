"""A query's tree written as text, so that reading the text gives the tree again."""

from __future__ import annotations

import functools
from typing import assert_never

from archivist.model.query import (
    And,
    AtLeast,
    Dated,
    Everything,
    Fuzzy,
    Held,
    Leaf,
    Like,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Value,
    Wildcard,
    Within,
    Word,
)
from archivist.model.query_lex import APART, CLOSERS, OPERATORS, name_in_queries
from archivist.model.query_terms import quoted


def format_query(node: Node) -> str:
    """Write a tree as text."""
    if isinstance(node, And):
        return " ".join(_grouped(part) for part in node.parts)
    if isinstance(node, Or):
        return _shared(node.parts) or " OR ".join(_grouped(part) for part in node.parts)
    if isinstance(node, Not):
        text = _grouped(node.part)
        return f"-({text})" if isinstance(node.part, Not | AtLeast) else f"-{text}"
    if isinstance(node, Held):
        return format_query(node.part)
    if isinstance(node, AtLeast):
        return f"ATLEAST/{node.count} {_grouped(node.part)}"
    if isinstance(node, Near | Within):
        chained = isinstance(node.left, Near | Within)
        left = format_query(node.left) if chained else _grouped(node.left)
        return f"{left} {_operator(node)} {_grouped(node.right)}"
    return _leaf(node)


def format_value(node: Value) -> str:
    """Write what stands behind the colon of a field."""
    text = quoted(node.value)
    return f"{'=' if node.exact else ''}{text}{'*' if node.prefix else ''}"


def _operator(node: Near | Within) -> str:
    if isinstance(node, Within):
        return f"/{node.unit[0]}"
    return f"{'PRE' if node.ordered else 'NEAR'}/{node.distance}"


def _grouped(node: Node) -> str:
    """Write a part of a whole, in brackets where it would come apart."""
    text = format_query(node)
    bare = isinstance(node, Or) and bool(_shared(node.parts))
    return f"({text})" if isinstance(node, And | Or | Near | Within) and not bare else text


def _shared(parts: tuple[Node, ...]) -> str:
    """Write alternatives of one field as `field:(a OR b)`; empty where they are none."""
    values = [part for part in parts if isinstance(part, Value)]
    if len(values) < len(parts) or len({value.field for value in values}) > 1:
        return ""
    listed = " OR ".join(format_value(value) for value in values)
    return f"{name_in_queries(values[0].field)}:({listed})"


def _leaf(
    node: Everything | Leaf | Like | Value | Dated,
) -> str:
    match node:
        case Everything():
            return "*"
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
            return _with_field(node.field, _words(node))
        case Like(ref):
            return _with_field("like", quoted(ref))
        case Value(field):
            return _with_field(field, format_value(node))
        case Dated(field, days, relative):
            return _with_field(field, quoted(relative) if relative else str(days))
    assert_never(node)


def _words(node: Leaf) -> str:
    match node:
        case Word(text):
            return text.lower() if text in OPERATORS or text in APART else text
        case Phrase(text):
            return _in_marks(text)
        case Prefix(text):
            return f"{text}*"
        case Wildcard(text):
            return text
        case Fuzzy(text, distance=distance):
            return f"{text}~{distance or ''}"
    assert_never(node)


def _with_field(field: str, text: str) -> str:
    return f"{name_in_queries(field)}:{text}" if field else text


@functools.cache
def _pairs() -> tuple[tuple[str, str], ...]:
    return tuple(CLOSERS.items())


def _in_marks(text: str) -> str:
    """Put a phrase into the first marks that do not stand in it."""
    for opener, closers in _pairs():
        if not any(closer in text for closer in closers):
            return f"{opener}{text}{closers[0]}"
    return '"' + text.replace('"', " ") + '"'
