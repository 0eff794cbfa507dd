"""The operators of nearness and repetition: what they say, and what may stand beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from archivist.model.query import (
    And,
    AtLeast,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Wildcard,
    Within,
    Word,
    all_of,
)
from archivist.model.query_faults import Faults
from archivist.model.query_format import format_query
from archivist.model.query_lex import APART

if TYPE_CHECKING:
    from archivist.model.errors import QueryError
    from archivist.model.query_lex import Lexeme
    from archivist.model.query_read import Part

_OPERATOR = re.compile(r"(NEAR|PRE|ATLEAST|)/([0-9]+)$")
_UNITS: dict[str, Literal["sentence", "paragraph"]] = {"/s": "sentence", "/p": "paragraph"}
_FARTHEST = 100
_MOST_OFTEN = 1000
_USUAL = 5
_USUAL_COUNT = 3
_DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Nearness:
    """Reads the operators of one query.

    Attributes:
        faults: makes the errors.
    """

    faults: Faults

    def joined(self, left: Part, piece: Lexeme, right: Part) -> Node:
        """Join two parts by an operator of nearness.

        Raises:
            QueryError: the operator cannot be read, or a part is no side of one.
        """
        operator = self._operator(piece)
        if not (is_side(left.node) and is_side(right.node)):
            raise self._no_side(piece, operator, left, right)
        if len(fields_of(left.node) | fields_of(right.node)) > 1:
            raise self.faults.at(
                piece,
                "Something in the title and something in the text cannot be near each other.",
                "Without the operator both are asked for, each in its place.",
                self.faults.without(piece),
            )
        if max(height(left.node), height(right.node)) >= _DEEPEST:
            raise self.faults.at(
                piece, f"More than {_DEEPEST} operators of nearness follow each other."
            )
        return operator(left.node, right.node)

    def repeated(self, piece: Lexeme, part: Part) -> Node:
        """Ask for several occurrences of a part.

        Raises:
            QueryError: the operator cannot be read, or the part cannot be counted.
        """
        count = self.count(piece)
        if is_side(part.node):
            return AtLeast(part.node, count)
        proposal = self.faults.without(piece)
        if isinstance(part.node, And):
            spread = all_of(AtLeast(one, count) if is_side(one) else one for one in part.node.parts)
            proposal = self._put(piece.start, part.end, spread)
        raise self.faults.at(
            piece,
            f"{piece.body} counts words and phrases of title and text, or alternatives of them.",
            "Write it before each of the words that are to be counted.",
            proposal,
        )

    def count(self, piece: Lexeme) -> int:
        """Return the number of an operator of repetition.

        Raises:
            QueryError: it has none, or one that is out of bounds.
        """
        match = _OPERATOR.match(piece.body)
        if match and match[1] == "ATLEAST" and 1 <= _number(match[2]) <= _MOST_OFTEN:
            return _number(match[2])
        number, end = self._number_meant(piece)
        often = min(max(number, 1), _MOST_OFTEN) if number >= 0 else _USUAL_COUNT
        meant = f"ATLEAST/{often}"
        raise self.faults.at(
            piece,
            f"{piece.body} needs a number from 1 to {_MOST_OFTEN:,}: how often at least.",
            f"Write {meant} before what is to be counted.",
            self._mended(piece, meant, end),
        )

    def check(self, piece: Lexeme) -> None:
        """Check an operator by itself.

        Raises:
            QueryError: it lacks its number, or the number is out of bounds.
        """
        if piece.kind == "atleast":
            self.count(piece)
        else:
            self._operator(piece)

    def _operator(self, piece: Lexeme) -> _Operator:
        if unit := _UNITS.get(piece.body.lower()):
            return _Operator(unit=unit)
        match = _OPERATOR.match(piece.body)
        if match and 1 <= _number(match[2]) <= _FARTHEST:
            return _Operator(_number(match[2]), ordered=match[1] == "PRE")
        raise self._unread(piece)

    def _unread(self, piece: Lexeme) -> QueryError:
        body = piece.body
        name = "PRE" if body[:3].upper() == "PRE" else "NEAR"
        number, follows = self._number_meant(piece)
        meant = f"{name}/{min(max(number, 1), _FARTHEST)}" if number >= 0 else f"{name}/{_USUAL}"
        if body.lower() in ("near/s", "near/p"):
            meant = body[-2:].lower()
        hint = f"Did you mean {meant}?"
        if body in APART:
            message = f"{body} needs a number: how many words apart the two may be."
            hint = f"Write {meant}, or the word in small letters to search for it."
        elif number > _FARTHEST:
            message = f"{body} is too far: at most {_FARTHEST} words apart can be asked for."
        elif number == 0:
            message = f"{body} finds nothing: the word right beside is 1 away."
        else:
            message = f"“{body}” is no operator: it is written in capitals, with a number."
        return self.faults.at(piece, message, hint, self._mended(piece, meant, follows))

    def _number_meant(self, piece: Lexeme) -> tuple[int, int]:
        """Return the number of an operator, or the one typed behind a blank, and where it ends."""
        if digits := re.search(r"[0-9]+", piece.body):
            return _number(digits[0]), piece.end
        behind = re.compile(r"\s+([0-9]{1,4})(?=\s)").match(self.faults.text, piece.end)
        if behind and piece.body in APART:
            return _number(behind[1]), behind.end()
        return -1, piece.end

    def _mended(self, piece: Lexeme, meant: str, end: int) -> str:
        return (self.faults.text[: piece.start] + meant + self.faults.text[end:]).strip()

    def _no_side(self, piece: Lexeme, operator: _Operator, left: Part, right: Part) -> QueryError:
        """Say that a side cannot be near anything, and what can be asked for instead."""
        spread = operator.spread(left.node, right.node)
        if spread is not None:
            proposal = self._put(left.start, right.end, spread)
            hint = "Ask for each by itself."
        elif _is_left_out(right) and is_side(left.node):
            source, near = self.faults.text, right.parts[0]
            asked = source[left.start : left.end]
            least = f"-({asked} {piece.body} {source[near.start : near.end]})"
            proposal = f"{source[: left.end]} {least}{source[right.end :]}"
            hint = "A minus before brackets leaves out records in which the two are near."
        else:
            proposal = self.faults.without(piece)
            hint = "Without the operator both are asked for, wherever they stand."
        return self.faults.at(
            piece,
            f"{piece.body} needs words or phrases of title and text on both sides, or "
            "alternatives of them in brackets.",
            hint,
            proposal,
        )

    def _put(self, start: int, end: int, node: Node) -> str:
        text = format_query(node)
        rest = self.faults.text[:start] + self.faults.text[end:]
        value = f"({text})" if isinstance(node, And) and rest.strip() else text
        return (self.faults.text[:start] + value + self.faults.text[end:]).strip()


@dataclass(frozen=True, slots=True)
class _Operator:
    """How near two things are to be.

    Attributes:
        distance: in words; 0 where a unit is asked for.
        ordered: whether the left side comes first.
        unit: what they share, or empty.
    """

    distance: int = 0
    ordered: bool = False
    unit: Literal["sentence", "paragraph", ""] = ""

    def __call__(self, left: Node, right: Node) -> Node:
        if self.unit:
            return Within(left, right, self.unit)
        return Near(left, right, self.distance, self.ordered)

    def spread(self, left: Node, right: Node) -> Node | None:
        """Join each part of a side that asks for several things to the other side."""
        if isinstance(left, And) and is_side(right):
            return all_of(self(one, right) if is_side(one) else one for one in left.parts)
        if isinstance(right, And) and is_side(left):
            return all_of(self(left, one) if is_side(one) else one for one in right.parts)
        return None


def is_side(node: Node) -> bool:
    """Whether a node may stand beside an operator of nearness: it has a place in a text."""
    if isinstance(node, Or):
        return all(map(is_side, node.parts))
    return isinstance(node, Word | Phrase | Prefix | Wildcard | Fuzzy | Near | Within)


def fields_of(node: Node) -> set[str]:
    """Return the fields that the words of a side name."""
    match node:
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
            return {node.field} - {""}
        case Near(left, right) | Within(left, right):
            return fields_of(left) | fields_of(right)
        case Or(parts) | And(parts):
            return set().union(*map(fields_of, parts))
        case _:
            return set()


def height(node: Node) -> int:
    """Return how many operators of nearness stand within each other."""
    match node:
        case Near(left, right) | Within(left, right):
            return 1 + max(height(left), height(right))
        case Or(parts):
            return max(map(height, parts))
        case _:
            return 0


def _is_left_out(part: Part) -> bool:
    return isinstance(part.node, Not) and is_side(part.node.part)


def _number(digits: str) -> int:
    """Return a number, or one that is out of all bounds for very many digits."""
    digits = digits.lstrip("0") or "0"
    return int(digits) if len(digits) <= len(str(_MOST_OFTEN)) else _MOST_OFTEN + 1
