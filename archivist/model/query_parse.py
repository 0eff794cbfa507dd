"""A query's text read into a tree, with the place and a remedy for whatever cannot be read.

Operators in capitals join; words that merely follow each other must all occur. OR binds weakest,
then AND, then NOT and the minus: `a b OR c` asks for both a and b, or for c.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from archivist.model.dates import parse_range
from archivist.model.errors import QueryError
from archivist.model.fields import BY_NAME, Kind
from archivist.model.query import Dated, Everything, Node, Not, Vocabulary, all_of, any_of
from archivist.model.query_lex import CLOSERS, OPERATORS, Lexeme, lex
from archivist.model.query_terms import Terms, folded, is_nearness
from archivist.model.words import words_of

_DEEPEST = 60
_REMEDIES = 8
_LONGEST = 20_000
_YEAR_DIGITS = 4
_DATE_BEGUN = re.compile(
    r"([<>]=?)?([0-9]{1,4}(-([0-9]{1,2}(-[0-9]?)?)?)?)?(?<![0-9]{4}-[0-9]{2})(?<![0-9]{4})"
    r"$|[0-9-]{4,10}\.$|([0-9-]{4,10})?\.\.([0-9]{1,3}|[0-9]{4}-[0-9]?|[0-9]{4}-[0-9]{2}-[0-9]?)$"
)


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


TokenKind = Literal["word", "phrase", "field", "date", "not", "operator", "paren", "error"]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query as the search field shows it.

    Attributes:
        kind: what it is; a term that is left out is "not", one that cannot be read "error".
        start: offset of its first character.
        end: offset after its last one.
        field: the field as typed, or of the bracket it stands in; empty where there is none.
        value: offset where its value begins, behind the colon.
    """

    kind: TokenKind
    start: int
    end: int
    field: str = ""
    value: int = 0


def parse(text: str, vocabulary: Vocabulary | None = None) -> Node:
    """Read a query; an empty one asks for everything.

    Raises:
        QueryError: it cannot be read; its proposal, where there is one, can.
    """
    return parse_parts(text, vocabulary).node


def parse_parts(text: str, vocabulary: Vocabulary | None = None) -> Part:
    """Read a query and keep where each part stands.

    Raises:
        QueryError: it cannot be read; its proposal, where there is one, can.
    """
    try:
        return _Parser(text, vocabulary).whole()
    except QueryError as error:
        error.proposal = _remedied(error.proposal, vocabulary)
        raise


def complete(text: str, vocabulary: Vocabulary | None = None) -> str:
    """Close or leave out what is still being typed at the end, so that the rest can be searched.

    Closes quotation marks and brackets, leaves out an operator without its second side, a field
    without its value and, with a vocabulary, a value that may still become one. What is wrong, and
    not just unfinished, stays.
    """
    terms = Terms(text, vocabulary)
    pieces = lex(text, terms.digits)
    while pieces and _unfinished(terms, pieces):
        pieces.pop()
    if not pieces:
        return ""
    kept = text[: pieces[-1].end] + _closing(pieces[-1])
    if shorter := _shorter_date(terms, pieces):
        kept = text[: pieces[-1].at] + shorter
    return kept + ")" * _open_brackets(pieces)


def tokens(text: str, vocabulary: Vocabulary | None = None) -> list[Token]:
    """Return the pieces of a query for showing, in order and without overlap."""
    terms = Terms(text, vocabulary)
    found: list[Token] = []
    fields: list[str] = []
    for piece in lex(text, terms.digits):
        token = _token(terms, piece, fields[-1] if fields else "")
        if piece.kind == "open":
            grouped = found and found[-1].kind == "field" and found[-1].end == piece.start
            fields.append(found[-1].field if grouped else (fields[-1] if fields else ""))
        elif piece.kind == "close" and fields:
            fields.pop()
        found.append(_negated(text, found, token))
    return found


class _Parser:
    """Recursive descent over the pieces of one text."""

    def __init__(self, text: str, vocabulary: Vocabulary | None) -> None:
        self._text = text
        self._terms = Terms(text, vocabulary)
        self._pieces = lex(text[:_LONGEST], self._terms.digits)
        self._at = 0
        self._depth = 0

    def whole(self) -> Part:
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
                self._without(piece),
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
            elif part := self._one(name):
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
        elif piece.kind in ("open", "group"):
            part = self._bracket(piece, name)
        else:
            part = self._term(piece, name)
        self._depth -= 1
        return part

    def _not(self, piece: Lexeme, name: str) -> Part:
        follows = self._peek()
        if follows and follows.kind not in ("or", "and", "close"):
            part = self._one(name)
            if part is not None:
                return Part(Not(part.node), piece.start, part.end, (part,))
        raise self._fault(
            piece,
            f"Nothing follows “{self._text[piece.start : piece.end]}”.",
            "Write what is to be left out, or leave it away.",
            self._without(piece),
        )

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
                after, "There is nothing before this bracket.", "", self._without(after)
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
        return self._fault(
            piece,
            f"{operator} needs something to search for on both sides.",
            f"Write it in small letters to search for the word “{operator.lower()}”.",
            self._without(piece),
        )

    def _without(self, piece: Lexeme) -> str:
        left, right = self._text[: piece.start].rstrip(), self._text[piece.end :].lstrip()
        return f"{left} {right}".strip()

    def _fault(
        self, piece: Lexeme, message: str, hint: str = "", proposal: str = "", start: int = -1
    ) -> QueryError:
        begin = piece.start if start < 0 else start
        return QueryError(message, begin, max(begin, piece.end), hint, proposal)


def _remedied(proposal: str, vocabulary: Vocabulary | None) -> str:
    """Follow proposals until one can be read: a query may have several faults."""
    for _attempt in range(_REMEDIES):
        if not proposal.strip():
            return ""
        try:
            _Parser(proposal, vocabulary).whole()
        except QueryError as error:
            proposal = error.proposal
        else:
            return proposal
    return ""


def _unfinished(terms: Terms, pieces: list[Lexeme]) -> bool:
    """Whether the last piece asks for nothing yet."""
    last = pieces[-1]
    if last.kind == "close":
        return False
    if last.kind != "term":
        return True
    if not words_of(last.body):
        return last.body != "*" or bool(last.name)
    if last.end == len(terms.text) and is_nearness(last):
        return True
    name = last.name or _group_field(pieces)
    return bool(name) and _may_become(terms, last, name)


def _group_field(pieces: list[Lexeme]) -> str:
    """Return the field whose brackets are open at the end, or empty."""
    fields: list[str] = []
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if piece.kind == "open":
            outer = fields[-1] if fields else ""
            fields.append(before.name if before and before.kind == "group" else outer)
        elif piece.kind == "close" and fields:
            fields.pop()
    return fields[-1] if fields else ""


def _may_become(terms: Terms, last: Lexeme, name: str) -> bool:
    """Whether a value cannot be read, but could when more is typed."""
    known = terms.known_field(name)
    if not known or _is_read(terms, last, name):
        return False
    if not last.name and not last.opener and any(op.startswith(last.body) for op in OPERATORS):
        return True
    if known == "year":
        return last.body.isdigit() and len(last.body) < _YEAR_DIGITS
    if known in BY_NAME and BY_NAME[known].kind is Kind.DATE:
        return bool(_DATE_BEGUN.match(last.body)) and not _readable_start(last.body)
    begun = folded(last.body)
    return any(alias.startswith(begun) for alias in terms.aliases(known))


def _is_read(terms: Terms, last: Lexeme, name: str) -> bool:
    try:
        terms.node(replace(last, closed=True), "" if last.name else name)
    except QueryError:
        return False
    return True


def _shorter_date(terms: Terms, pieces: list[Lexeme]) -> str:
    """Return the readable beginning of a date that is being typed at the end, else empty."""
    last = pieces[-1]
    name = last.name or _group_field(pieces)
    known = terms.known_field(name)
    dated = last.kind == "term" and known in BY_NAME and BY_NAME[known].kind is Kind.DATE
    if not dated or _is_read(terms, last, name) or not _DATE_BEGUN.match(last.body):
        return ""
    return _readable_start(last.body)


def _readable_start(body: str) -> str:
    for end in range(len(body) - 1, _YEAR_DIGITS - 1, -1):
        try:
            parse_range(body[:end])
        except ValueError:
            continue
        return body[:end]
    return ""


def _closing(last: Lexeme) -> str:
    return "" if last.closed else CLOSERS[last.opener][0]


def _open_brackets(pieces: list[Lexeme]) -> int:
    depth = 0
    for piece in pieces:
        depth += (piece.kind == "open") - (piece.kind == "close" and depth > 0)
    return depth


def _token(terms: Terms, piece: Lexeme, name: str) -> Token:
    """Return a piece as the search field shows it when it stands for itself."""
    kind: TokenKind = "operator"
    if piece.kind in ("open", "close"):
        kind = "paren"
    elif piece.kind == "not" and piece.end - piece.start == 1:
        kind = "not"
    elif piece.kind == "group":
        kind = "field" if terms.known_field(piece.name) else "error"
    elif piece.kind == "term":
        kind = _kind(terms, piece, name)
    return Token(kind, piece.start, piece.end, piece.name or name, piece.at)


def _kind(terms: Terms, piece: Lexeme, name: str) -> TokenKind:
    try:
        node = terms.node(piece, name)
    except QueryError:
        return "error"
    if isinstance(node, Dated):
        return "date"
    if piece.name or name:
        return "field"
    return "phrase" if piece.opener else "word"


def _negated(text: str, found: list[Token], token: Token) -> Token:
    """Let a term that is left out take in the minus before it."""
    before = found[-1] if found else None
    if before is None or token.kind in ("paren", "operator", "not"):
        return token
    kind: TokenKind = "error" if token.kind == "error" else "not"
    if before.kind == "not" and before.end == token.start and before.end == before.start + 1:
        if text[before.end : token.end].endswith(":"):
            return token
        found.pop()
        return replace(token, kind=kind, start=before.start)
    if before.kind == "operator" and text[before.start : before.end] == "NOT":
        return replace(token, kind=kind)
    return token
