"""Parts of a query named within a sentence: what a reason for an empty answer speaks of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from archivist.model.fields import BY_NAME
from archivist.model.query import (
    And,
    AtLeast,
    Dated,
    Everything,
    Fuzzy,
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
    from archivist.model.query import Leaf

Label: TypeAlias = Callable[[str, str], str]
"""Takes a field and a value, returns the value as people call it."""
_CONDITIONS = {
    ("in", "inbox"): "“in the inbox”",
    ("has", "original"): "“with an original”",
    ("has", "text"): "“with a text”",
    ("has", "attachment"): "“with attachments”",
}
_ABSENCES = {
    ("in", "inbox"): "The inbox is empty.",
    ("has", "original"): "No record has an original.",
    ("has", "text"): "No record has a text.",
    ("has", "attachment"): "No record has an attachment.",
}


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
            return _value(node, label)
        case Dated():
            return f"the {label_of(node.field)} {node.relative or node.range}"
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


def absence(node: Value, label: Label) -> str:
    """Say that no record has a value."""
    return _ABSENCES.get((node.field, node.value)) or f"No record has {_value(node, label)}."


def _value(node: Value, label: Label) -> str:
    known = _CONDITIONS.get((node.field, node.value))
    if known is not None:
        return known
    value = f"{node.value}…" if node.prefix else label(node.field, node.value)
    return f"the {label_of(node.field)} {value}"


def label_of(field: str) -> str:
    """Return what people call a field, within a sentence."""
    known = BY_NAME.get(field)
    return field if known is None else known.label.lower()
