"""A query's tree as a value of JSON, and back: how searches are kept.

Spans of days that move with the calendar ("last year") are kept as words, and mean other days on
another day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from archivist.model.dates import DateRange, PartialDate, relative_range
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

if TYPE_CHECKING:
    import datetime as dt

_LEAVES: tuple[type[Leaf], ...] = (Word, Phrase, Prefix, Wildcard, Fuzzy)
_BY_NAME = {kind.__name__.lower(): kind for kind in _LEAVES}
_FIELDS = ("", "title", "text", "said")


def to_json(node: Node) -> dict[str, Any]:
    """Return a tree as objects, lists, texts, numbers and truth values."""
    match node:
        case Everything():
            return {"is": "everything"}
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
            return _leaf_to_json(node)
        case And(parts) | Or(parts):
            return {"is": type(node).__name__.lower(), "parts": [to_json(part) for part in parts]}
        case Not(part):
            return {"is": "not", "part": to_json(part)}
        case AtLeast(part, count):
            return {"is": "atleast", "part": to_json(part), "count": count}
        case Near() | Within():
            return _sides_to_json(node)
        case Held(part):
            return to_json(part)
        case Value() | Like() | Dated():
            return _value_to_json(node)
    assert_never(node)


def _leaf_to_json(node: Leaf) -> dict[str, Any]:
    found = {"is": type(node).__name__.lower(), "text": node.text, "field": node.field}
    return found | ({"distance": node.distance} if isinstance(node, Fuzzy) else {})


def _sides_to_json(node: Near | Within) -> dict[str, Any]:
    sides = {"left": to_json(node.left), "right": to_json(node.right)}
    if isinstance(node, Within):
        return {"is": "within", **sides, "unit": node.unit}
    return {"is": "near", **sides, "distance": node.distance, "ordered": node.ordered}


def _value_to_json(node: Value | Like | Dated) -> dict[str, Any]:
    match node:
        case Value(field, value, prefix, exact):
            return {
                "is": "value", "field": field, "value": value, "prefix": prefix, "exact": exact
            }  # fmt: skip
        case Like(ref):
            return {"is": "like", "ref": ref}
        case Dated(field, days, relative):
            if relative:
                return {"is": "dated", "field": field, "relative": relative}
            ends = {"start": str(days.start or ""), "end": str(days.end or "")}
            return {"is": "dated", "field": field, **ends}
    assert_never(node)


def from_json(value: object, today: dt.date) -> Node:
    """Return the tree that was written.

    Args:
        value: what `to_json` returned, or was read from JSON since.
        today: the day that "last year" is said on.

    Raises:
        ValueError: it is no tree of a query.
    """
    try:
        return _Reader(today).node(value)
    except RecursionError as error:
        raise ValueError("the query is nested too deeply") from error


class _Reader:
    """Reads trees as they are meant on one day."""

    def __init__(self, today: dt.date) -> None:
        self._today = today

    def node(self, value: object) -> Node:
        held = _held(value)
        match held.get("is"):
            case "everything":
                return Everything()
            case "and":
                return And(self._parts(held))
            case "or":
                return Or(self._parts(held))
            case "not":
                return Not(self.node(held.get("part")))
            case "atleast":
                return AtLeast(self.node(held.get("part")), _number(held, "count"))
            case "near" | "within":
                return self._sides(held)
            case _:
                return self._leaf(held)

    def _parts(self, held: dict[str, object]) -> tuple[Node, ...]:
        parts = held.get("parts")
        if not isinstance(parts, list) or len(parts) < 2:  # noqa: PLR2004 - as the nodes say
            raise ValueError("“parts” holds no two parts")
        return tuple(self.node(part) for part in parts)

    def _sides(self, held: dict[str, object]) -> Near | Within:
        left, right = self.node(held.get("left")), self.node(held.get("right"))
        if held["is"] == "near":
            return Near(left, right, _number(held, "distance"), _truth(held, "ordered"))
        match held.get("unit"):
            case "sentence":
                return Within(left, right, "sentence")
            case "paragraph":
                return Within(left, right, "paragraph")
            case _:
                raise ValueError("“unit” is neither a sentence nor a paragraph")

    def _leaf(self, held: dict[str, object]) -> Node:
        match held.get("is"):
            case "value":
                prefix, exact = _truth(held, "prefix"), _truth(held, "exact")
                return Value(_text(held, "field"), _text(held, "value"), prefix, exact)
            case "like":
                return Like(_text(held, "ref"))
            case "dated":
                return self._dated(held)
            case _:
                return self._words(held)

    def _words(self, held: dict[str, object]) -> Leaf:
        kind = _BY_NAME.get(_text(held, "is"))
        if kind is None or _text(held, "field") not in _FIELDS:
            raise ValueError(f"{held.get('is')!r} is no part of a query")
        if kind is Fuzzy:
            return Fuzzy(_text(held, "text"), _text(held, "field"), _number(held, "distance", 0))
        return kind(_text(held, "text"), _text(held, "field"))

    def _dated(self, held: dict[str, object]) -> Dated:
        field = _text(held, "field")
        if "relative" in held:
            words = _text(held, "relative")
            return Dated(field, relative_range(words, self._today), words)
        start, end = (
            PartialDate.parse(text) if (text := _text(held, side)) else None
            for side in ("start", "end")
        )
        return Dated(field, DateRange(start, end))


def _held(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ValueError(f"{value!r} is no part of a query")  # noqa: TRY004 - data, no argument
    return value


def _text(held: dict[str, object], key: str) -> str:
    value = held.get(key)
    if not isinstance(value, str):
        raise ValueError(f"“{key}” holds no text")  # noqa: TRY004 - data, no argument
    return value


def _number(held: dict[str, object], key: str, least: int = 1) -> int:
    value = held.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise ValueError(f"“{key}” holds no number from {least}")
    return value


def _truth(held: dict[str, object], key: str) -> bool:
    value = held.get(key)
    if not isinstance(value, bool):
        raise ValueError(f"“{key}” is neither true nor false")  # noqa: TRY004 - data, no argument
    return value
