"""The grammar of queries: pieces read into parts, by recursive descent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.model.errors import QueryError
from archivist.model.query import Everything, Node, Not, all_of, any_of
from archivist.model.query_faults import Faults
from archivist.model.query_lex import APART, Lexeme, lex
from archivist.model.query_near import Nearness

if TYPE_CHECKING:
    from archivist.model.query_terms import Terms

_DEEPEST = 60
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Part:
    """A node and where it stands in the text.

    Attributes:
        node: what was read.
        start: offset of its first character.
        end: offset after its last one.
        parts: what it is made of: parts of an And or Or, what a Not or a bracket holds.
    """

    node: Node
    start: int
    end: int
    parts: tuple[Part, ...] = ()


class Parser:
    """Recursive descent over the pieces of one text."""

    def __init__(self, terms: Terms) -> None:
        self._text = terms.text
        self._terms = terms
        self._faults = Faults(terms.text)
        self._nearness = Nearness(self._faults)
        self._pieces = lex(terms.text[:_LONGEST], terms.digits)
        self._at = 0
        self._depth = 0

    def whole(self) -> Part:
        """Read the whole text; an empty one asks for everything.

        Raises:
            QueryError: it cannot be read; its proposal may have faults of its own.
        """
        if len(self._text) > _LONGEST:
            raise QueryError(
                f"The query is longer than {_LONGEST:,} characters.", _LONGEST, len(self._text)
            )
        if not self._pieces:
            return Part(Everything(), 0, len(self._text))
        part = self._either("")
        if piece := self._peek():
            raise self._fault(
                piece,
                "There is a closing bracket without an opening one.",
                "Leave it out.",
                self._faults.without(piece),
            )
        return part

    def _either(self, name: str) -> Part:
        parts = [self._every(name)]
        while (piece := self._peek()) and piece.kind == "or":
            self._at += 1
            parts.append(self._every(name))
        if len(parts) == 1:
            return parts[0]
        node = any_of(part.node for part in parts)
        return Part(node, parts[0].start, parts[-1].end, tuple(parts))

    def _every(self, name: str) -> Part:
        begun = self._at
        parts: list[Part] = []
        while (piece := self._peek()) and piece.kind not in ("or", "close"):
            if piece.kind == "and":
                self._and(parts, piece)
            elif part := self._near(name):
                parts.append(part)
        if not parts:
            raise self._nothing(begun)
        if len(parts) == 1:
            return parts[0]
        node = all_of(part.node for part in parts)
        return Part(node, parts[0].start, parts[-1].end, tuple(parts))

    def _and(self, parts: list[Part], piece: Lexeme) -> None:
        self._at += 1
        follows = self._peek()
        if not parts or follows is None or follows.kind in ("or", "and", "close"):
            raise self._one_sided(piece)

    def _near(self, name: str) -> Part | None:
        """Read an operand with what is to stand near it; None where it asks for nothing."""
        part = self._one(name)
        while part and (piece := self._peek()) and piece.kind == "near":
            self._at += 1
            other = self._operand(piece, name)
            node = self._nearness.joined(part, piece, other)
            part = Part(node, part.start, other.end, (part, other))
        return part

    def _operand(self, piece: Lexeme, name: str) -> Part:
        """Read what an operator needs behind it; punctuation that asks for nothing is skipped."""
        while (follows := self._peek()) and follows.kind not in ("or", "and", "close", "near"):
            if part := self._one(name):
                return part
        raise self._one_sided(piece)

    def _one(self, name: str) -> Part | None:
        """Read one operand; None where it is punctuation that asks for nothing."""
        piece = self._pieces[self._at]
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._fault(piece, "The brackets are nested too deeply.", "Write it more simply.")
        self._at += 1
        part: Part | None
        if piece.kind == "not":
            part = self._not(piece, name)
        elif piece.kind == "atleast":
            part = self._repeated(piece, name)
        elif piece.kind == "near" and piece.body not in APART:
            raise self._one_sided(piece)
        elif piece.kind in ("open", "group"):
            part = self._bracket(piece, name)
        else:
            part = self._term(piece, name)
        self._depth -= 1
        return part

    def _not(self, piece: Lexeme, name: str) -> Part:
        follows = self._peek()
        if follows and follows.kind not in ("or", "and", "close"):
            part = self._near(name)
            if part is not None:
                return Part(Not(part.node), piece.start, part.end, (part,))
        raise self._fault(
            piece,
            f"Nothing follows “{self._text[piece.start : piece.end]}”.",
            "Write what is to be left out, or leave it away.",
            self._faults.without(piece),
        )

    def _repeated(self, piece: Lexeme, name: str) -> Part:
        self._nearness.check(piece)
        part = self._operand(piece, name)
        node = self._nearness.repeated(piece, part)
        follows = self._peek()
        if follows and follows.kind == "near":
            raise self._fault(
                piece,
                f"{piece.body} and {follows.body} need brackets: what is to be counted?",
                f"Put what is counted in brackets, for example {piece.body} (a {follows.body} b).",
                self._counted(piece),
            )
        return Part(node, piece.start, part.end, (part,))

    def _counted(self, piece: Lexeme) -> str:
        """Return the query with brackets around what follows an operator of repetition."""
        end = piece.end
        while (follows := self._peek()) and follows.kind == "near":
            self._at += 1
            operand = self._peek()
            if operand is None or operand.kind != "term":
                return self._faults.without(piece)
            self._at += 1
            end = operand.end
        inside = self._text[piece.end : end].strip()
        return f"{self._text[: piece.end]} ({inside}){self._text[end:]}"

    def _bracket(self, piece: Lexeme, name: str) -> Part:
        if piece.kind == "group":
            if name:
                raise self._fault(
                    piece, "A field cannot stand inside the brackets of another field."
                )
            name = self._terms.field(piece)
            self._at += 1
        part = self._either(name)
        if self._peek() is None:
            raise self._fault(
                self._pieces[self._at - 1] if piece.kind == "group" else piece,
                "The bracket is not closed.",
                "Close it with “)”.",
                f"{self._text.rstrip()})",
                start=piece.start,
            )
        self._at += 1
        return Part(part.node, piece.start, self._pieces[self._at - 1].end, (part,))

    def _term(self, piece: Lexeme, name: str) -> Part | None:
        node = self._terms.node(piece, name)
        if node is not None:
            return Part(node, piece.start, piece.end)
        self._check_stray_range(piece)
        return None

    def _check_stray_range(self, piece: Lexeme) -> None:
        """Refuse `date:2010 .. 2012`: the rest of the range would be searched as words."""
        before = self._pieces[self._at - 2] if self._at > 1 else piece
        if before.name and piece.body.startswith(".."):
            joined = re.sub(r"\s*\.\.\s*", "..", self._text[before.start :], count=1)
            raise self._fault(
                piece,
                "A range of dates is written without spaces.",
                "Write date:2010..2018.",
                self._text[: before.start] + joined,
            )

    # What is not a query

    def _peek(self) -> Lexeme | None:
        return self._pieces[self._at] if self._at < len(self._pieces) else None

    def _nothing(self, begun: int) -> QueryError:
        """Say why there is nothing between two operators, brackets or ends."""
        before = self._pieces[begun - 1] if begun else None
        after = self._peek()
        if before and before.kind == "or":
            return self._one_sided(before)
        if after and after.kind == "or":
            return self._one_sided(after)
        if after and after.kind == "close" and not before:
            return self._fault(
                after, "There is nothing before this bracket.", "", self._faults.without(after)
            )
        first, last = before or self._pieces[0], after or before or self._pieces[-1]
        return self._fault(
            last,
            "There is nothing in the brackets."
            if before and begun == self._at
            else "There is nothing to search for: only punctuation.",
            "Write at least one word; * alone is every record.",
            start=first.start,
        )

    def _one_sided(self, piece: Lexeme) -> QueryError:
        operator = self._text[piece.start : piece.end]
        where = "behind it" if piece.kind == "atleast" else "on both sides"
        hint = (
            f"Write it in small letters to search for the word “{operator.lower()}”."
            if operator.isalpha()
            else "Put it in quotation marks to search for its words."
        )
        return self._fault(
            piece,
            f"{operator} needs something to search for {where}.",
            hint,
            self._faults.without(piece),
        )

    def _fault(
        self, piece: Lexeme, message: str, hint: str = "", proposal: str = "", start: int = -1
    ) -> QueryError:
        begin = piece.start if start < 0 else start
        return QueryError(message, begin, max(begin, piece.end), hint, proposal)
