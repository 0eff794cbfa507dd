"""Names that mean the same person: a query widened by them before the index is asked.

The query itself stays as it was typed; whose names were taken is told, so that it can be said.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archivist.model.query import And, AtLeast, Node, Not, Or, Value, any_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def named(node: Node, others: Callable[[Value], Node | None]) -> Node:
    """Return a query with further names beside each that has some.

    Args:
        node: the query.
        others: returns what finds the further names of a value; None where there are none.
    """
    match node:
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(named(part, others) for part in parts))
        case Not(part) | AtLeast(part):
            return replace(node, part=named(part, others))
        case Value():
            wider = others(node)
            return node if wider is None else any_of((node, wider))
        case _:
            return node


def values_of(node: Node, field: str) -> Iterator[Value]:
    """Yield what a query asks of a field, in order, also what it leaves out."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from values_of(part, field)
        case Not(part) | AtLeast(part):
            yield from values_of(part, field)
        case Value() if node.field == field:
            yield node
        case _:
            return
