"""Parts of a query named within a sentence: what a reason for an empty answer speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.model.fields import SAID
from archivist.model.query import (
    And,
    AtLeast,
    Dated,
    Everything,
    Fuzzy,
    Held,
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
from archivist.search.valued import Label, condition, condition_dated

if TYPE_CHECKING:
    from archivist.model.query import Leaf


def name_of(node: Node, label: Label) -> str:
    """Name a part within a sentence."""
    match node:
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
            return quoted(node) + where(node.field)
        case Near() | Within():
            return f"{name_of(node.left, label)} {joint(node)} {name_of(node.right, label)}"
        case AtLeast(part, count):
            return f"{name_of(part, label)} at least {times(count)}"
        case Like(ref):
            return f"the likeness to {ref}"
        case Held(part):
            return name_of(part, label)
        case And(parts) | Or(parts):
            between = " and " if isinstance(node, And) else " or "
            return between.join(name_of(part, label) for part in parts)
        case _:
            return _condition(node, label)


def _condition(node: Everything | Value | Dated | Not, label: Label) -> str:
    """Name a part that looks for no words."""
    match node:
        case Everything():
            return "anything"
        case Value():
            return condition(node, label)
        case Dated():
            return condition_dated(node)
        case Not(part):
            return f"leaving out {name_of(part, label)}"


def quoted(node: Leaf) -> str:
    """Return what a leaf looks for, in quotation marks."""
    match node:
        case Prefix(text):
            return f"“{text}…”"
        case Fuzzy(text):
            return f"a word spelled nearly like “{text}”"
        case _:
            return f"“{node.text}”"


def where(field: str) -> str:
    """Say which field is meant; nothing for both."""
    if field == SAID:
        return " in a statement"
    return f" in the {field}" if field else ""


def joint(node: Near | Within) -> str:
    """Say what stands between the sides of what must be near each other."""
    if isinstance(node, Within):
        return f"in one {node.unit} with"
    if node.ordered:
        return "right before" if node.distance == 1 else f"at most {node.distance} words before"
    return "right beside" if node.distance == 1 else f"within {node.distance} words of"


def times(count: int) -> str:
    """Say how often."""
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def having(found: int, what: str) -> str:
    """Say how many records have something."""
    return f"1 record has {what}" if found == 1 else f"{found:,} records have {what}"
