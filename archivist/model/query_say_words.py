"""What is looked for in title and text, in plain words: words, phrases, nearness, repetition."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from archivist.model.query import (
    AtLeast,
    Fuzzy,
    Leaf,
    Near,
    Node,
    Or,
    Phrase,
    Prefix,
    Wildcard,
    Within,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Said: TypeAlias = list[tuple[str, bool]]
"""Pieces of a sentence; True where a piece is to be emphasised."""

_OFTEN = {1: "once", 2: "twice"}


def joined(clauses: Sequence[Said], between: str, last: str) -> Said:
    """List clauses: the last two are joined in a way of their own."""
    said: Said = []
    for number, clause in enumerate(clauses):
        if number:
            said.append((last if number == len(clauses) - 1 else between, False))
        said.extend(clause)
    return said


def looked_for(node: Leaf | Near | Within | AtLeast) -> Said:
    """Say one thing that is looked for, as what follows "with"."""
    if isinstance(node, Leaf):
        return texts([node], " and ")
    return repetition(node) if isinstance(node, AtLeast) else occurrence(node)


def texts(nodes: Sequence[Leaf], between: str) -> Said:
    """Say words and phrases of one field, those of a kind together."""
    return [*_listed(nodes, between), (_where(nodes[0].field), False)]


def _listed(nodes: Sequence[Leaf], between: str) -> Said:
    phrases = [node for node in nodes if isinstance(node, Phrase)]
    others = [node for node in nodes if not isinstance(node, Phrase)]
    groups = [_quotes(others, between)] if others else []
    if phrases:
        starred = any("*" in node.text for node in phrases)
        literally = " word for word but for *" if starred else " word for word"
        groups.append([*_quotes(phrases, between), (literally, False)])
    return joined(groups, between, between)


def occurrence(node: Node) -> Said:
    """Say what has a place in a text: a side of nearness, or nearness itself."""
    fields = _fields(node)
    if len(fields) == 1:
        return [*_side(node, at_top=True), (_where(next(iter(fields))), False)]
    return _side(node, at_top=True, apart=True)


def repetition(node: AtLeast, *, fewer: bool = False) -> Said:
    """Say how often something occurs; `fewer` says the contrary, of a count above one."""
    what = "fewer than" if fewer else "at least"
    often = f" {what} {_OFTEN.get(node.count, '')}" if not fewer and node.count in _OFTEN else ""
    said = occurrence(node.part)
    if not isinstance(node.part, Leaf):
        said = [("(", False), *said, (")", False)]
    return [*said, (often or f" {what} {node.count:,} times", False)]


def _side(node: Node, *, at_top: bool = False, apart: bool = False) -> Said:
    """Say a side; brackets keep it together, and its field is named where fields differ."""
    said: Said
    match node:
        case Or(parts):
            said = joined([_side(part, apart=apart) for part in parts], ", ", " or ")
        case Near(left, right):
            between = _between(node)
            said = [*_side(left, apart=apart), (between, False), *_side(right, apart=apart)]
        case Within(left, right, unit):
            said = joined([_side(left, apart=apart), _side(right, apart=apart)], "", " and ")
            said.append((f" in one {unit}", False))
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
            return texts([node], "") if apart else _listed([node], "")
        case _:
            raise TypeError(f"{node} has no place in a text")
    return said if at_top else [("(", False), *said, (")", False)]


def _between(node: Near) -> str:
    if node.distance == 1:
        return " right before " if node.ordered else " right beside "
    if node.ordered:
        return f" at most {node.distance} words before "
    return f" within {node.distance} words of "


def _fields(node: Node) -> set[str]:
    """Return the fields of all words of a side; empty for title and text."""
    match node:
        case Near(left, right) | Within(left, right):
            return _fields(left) | _fields(right)
        case Or(parts):
            return set().union(*map(_fields, parts))
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
            return {node.field}
        case _:
            return set()


def _where(field: str) -> str:
    named = {"title": " in the title", "text": " in the text", "said": " in a statement"}
    return named.get(field, "")


def _quotes(nodes: Iterable[Leaf], between: str) -> Said:
    quoted: list[Said] = [
        [(f"{_kind(node)}“", False), (node.text, True), ("”", False)] for node in nodes
    ]
    return joined(quoted, ", ", between)


def _kind(node: Leaf) -> str:
    match node:
        case Prefix():
            return "words beginning with "
        case Wildcard():
            return "a word like "
        case Fuzzy(distance=1):
            return "a word one letter from "
        case Fuzzy(distance=2):
            return "a word up to two letters from "
        case Fuzzy():
            return "a word spelled nearly like "
        case _:
            return ""
