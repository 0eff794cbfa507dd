"""What a query asks of statements, and what it asks of the records that hold them.

`speaker:lavrov said:sanctions` asks for records that hold one statement with both: the parts of one
"and" that ask only of statements are asked of one statement together.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archivist.model.fields import OF_STATEMENTS, SAID
from archivist.model.query import (
    And,
    AtLeast,
    Held,
    Leaf,
    Like,
    Near,
    Node,
    Not,
    Or,
    Value,
    Within,
    all_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def asks_of_statements(node: Node) -> bool:
    """Whether a part asks for something of a statement, and for nothing else.

    What stands near a word of a statement is a word of it, too.
    """
    match node:
        case And(parts) | Or(parts):
            return all(map(asks_of_statements, parts))
        case Near(left, right) | Within(left, right):
            return asks_of_statements(left) or asks_of_statements(right)
        case Not(part) | AtLeast(part):
            return asks_of_statements(part)
        case Value(field):
            return field in OF_STATEMENTS
        case _:
            return isinstance(node, Leaf) and node.field == SAID


def of_records(node: Node, find: Callable[[Node], Node]) -> Node:
    """Return what is asked of records.

    Args:
        node: a query as it was read.
        find: returns what is asked of records instead of a part that asks of one statement.
    """
    if asks_of_statements(node) and not isinstance(node, Not | And):
        return find(node)
    match node:
        case And(parts):
            return all_of(_together(parts, find))
        case Or(parts):
            return replace(node, parts=tuple(of_records(part, find) for part in parts))
        case Not(part):
            return Not(of_records(part, find))
        case _:
            return node


def _together(parts: tuple[Node, ...], find: Callable[[Node], Node]) -> list[Node]:
    """Ask those parts of an "and" that ask of statements of one statement."""
    said = [part for part in parts if asks_of_statements(part)]
    if all(isinstance(part, Not) for part in said):
        return [of_records(part, find) for part in parts]
    rest = [of_records(part, find) for part in parts if part not in said]
    return [*rest, find(all_of(said))]


def of_statements(node: Node, field: str = "text") -> Node:
    """Return what is asked of statements: words without a field are words of the statement.

    No statement is like a record.

    Args:
        node: a query as it was read.
        field: the name their words have.
    """
    match node:
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(of_statements(part, field) for part in parts))
        case Near(left, right) | Within(left, right):
            sides = of_statements(left, field), of_statements(right, field)
            return replace(node, left=sides[0], right=sides[1])
        case Not(part) | AtLeast(part) | Held(part):
            return replace(node, part=of_statements(part, field))
        case Like():
            return Held(node, frozenset())
        case _:
            return _spoken(node, field) if isinstance(node, Leaf) else node


def _spoken(leaf: Leaf, field: str) -> Leaf:
    return replace(leaf, field=field) if leaf.field in {"", SAID} else leaf
