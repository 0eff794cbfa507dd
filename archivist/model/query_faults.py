"""Where a term is at fault, and the query as it was probably meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.model.errors import QueryError

if TYPE_CHECKING:
    from archivist.model.query_lex import Lexeme


@dataclass(frozen=True, slots=True)
class Faults:
    """Makes the errors of one query.

    Attributes:
        text: the whole query.
    """

    text: str

    def at(self, piece: Lexeme, message: str, hint: str = "", proposal: str = "") -> QueryError:
        """Return the error of one piece; its proposal is a whole query, or empty."""
        return QueryError(message, piece.start, piece.end, hint, proposal)

    def replaced(self, piece: Lexeme, value: str, *, whole: bool = False) -> str:
        """Return the query with another value for a term, or another term in its place."""
        start = piece.start if whole else piece.at
        return (self.text[:start] + value + self.text[piece.end :]).strip()

    def grouped(self, piece: Lexeme, query: str) -> str:
        """Return the query with several terms, in brackets, for the value of one."""
        start = piece.at - 1 if piece.exact else piece.at
        alone = not (self.text[:start] + self.text[piece.end :]).strip()
        value = query if alone else f"({query})"
        return (self.text[:start] + value + self.text[piece.end :]).strip()

    def without(self, piece: Lexeme) -> str:
        """Return the query without a piece."""
        left, right = self.text[: piece.start].rstrip(), self.text[piece.end :].lstrip()
        return f"{left} {right}".strip()
