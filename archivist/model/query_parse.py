"""A query's text read into a tree, with the place and a remedy for whatever cannot be read.

The grammar, from what binds weakest to what binds tightest:

    query    = every { "OR" every }
    every    = part { ["AND"] part }                        all of them must occur
    part     = [ "NOT" | "-" ] near
    near     = operand { nearness operand }                 chains from left to right
    nearness = "NEAR/5" | "/5" | "PRE/5" | "/s" | "/p"      1 to 100 words, sentence, paragraph
    operand  = [ "ATLEAST/3" ] ( [ field ":" ] "(" query ")" | term )
    term     = [ field ":" ] value
    value    = word | word* | wo?d | w*d | *word | word~ | word~1 | =value | "some words" | *

Beside an operator of nearness, and behind ATLEAST, stand only things that have a place in a text:
words, phrases, patterns, near spellings, alternatives and nearnesses of such, with title: or text:
for all of them or for none. Operators are written in capitals (/s and /p in either case), so that a
text in small letters can be pasted. In a phrase, * alone is any one word, and word* any that begins
so. A question mark at the beginning or end of a bare word is punctuation.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from archivist.model.errors import QueryError
from archivist.model.fields import BY_NAME, Kind
from archivist.model.query import Dated, Node, Vocabulary
from archivist.model.query_dates import may_become_date, shorter_date
from archivist.model.query_faults import Faults
from archivist.model.query_lex import APART, CLOSERS, OPERATORS, Lexeme, lex
from archivist.model.query_near import Nearness
from archivist.model.query_read import Parser, Part
from archivist.model.query_terms import Terms, folded
from archivist.model.query_text import is_short_pattern
from archivist.model.words import words_of

_REMEDIES = 8
_YEAR_DIGITS = 4


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


def parse(text: str, vocabulary: Vocabulary | None = None, today: dt.date | None = None) -> Node:
    """Read a query; an empty one asks for everything.

    Args:
        text: the query.
        vocabulary: the archive's codes; without it, values of code fields are taken as typed.
        today: the day that "last year" is said on; without it, the day it is.

    Raises:
        QueryError: it cannot be read; its proposal, where there is one, can.
    """
    return parse_parts(text, vocabulary, today).node


def parse_parts(
    text: str, vocabulary: Vocabulary | None = None, today: dt.date | None = None
) -> Part:
    """Read a query and keep where each part stands; otherwise as `parse`.

    Raises:
        QueryError: it cannot be read; its proposal, where there is one, can.
    """
    today = today or _today()
    try:
        return _read(text, vocabulary, today)
    except QueryError as error:
        error.proposal = _remedied(error.proposal, vocabulary, today)
        raise


def complete(text: str, vocabulary: Vocabulary | None = None) -> str:
    """Close or leave out what is still being typed at the end, so that the rest can be searched.

    Closes quotation marks and brackets, leaves out an operator without its second side, a field
    without its value and, with a vocabulary, a value that may still become one. What is wrong, and
    not just unfinished, stays.
    """
    terms = Terms(text, vocabulary, _today())
    pieces = lex(text, terms.digits)
    pieces = _finished(terms, pieces)
    kept = _closed(terms, pieces)
    if pieces and _may_go_on(pieces[-1]) and not _is_readable(kept, terms):
        shorter = _closed(terms, _finished(terms, pieces[:-1]))
        return shorter if _is_readable(shorter, terms) else kept
    return kept


def tokens(text: str, vocabulary: Vocabulary | None = None) -> list[Token]:
    """Return the pieces of a query for showing, in order and without overlap."""
    terms = Terms(text, vocabulary, _today())
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


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _read(text: str, vocabulary: Vocabulary | None, today: dt.date) -> Part:
    return Parser(Terms(text, vocabulary, today)).whole()


def _remedied(proposal: str, vocabulary: Vocabulary | None, today: dt.date) -> str:
    """Follow proposals until one can be read: a query may have several faults."""
    for _attempt in range(_REMEDIES):
        if not proposal.strip():
            return ""
        try:
            _read(proposal, vocabulary, today)
        except QueryError as error:
            proposal = error.proposal
        else:
            return proposal
    return ""


def _finished(terms: Terms, pieces: list[Lexeme]) -> list[Lexeme]:
    """Return the pieces up to the last one that asks for something."""
    while pieces and _unfinished(terms, pieces):
        pieces = pieces[:-1]
    return pieces


def _closed(terms: Terms, pieces: list[Lexeme]) -> str:
    """Return the text up to the last of these pieces, with everything closed."""
    if not pieces:
        return ""
    kept = terms.text[: pieces[-1].end] + _closing(pieces[-1])
    if shorter := _shorter_date(terms, pieces):
        kept = terms.text[: pieces[-1].at] + shorter
    return kept + ")" * _open_brackets(pieces)


def _may_go_on(last: Lexeme) -> bool:
    """Whether the last piece, as it stands, may become an operator or a pattern."""
    if last.kind != "term" or last.name or last.opener:
        return False
    return last.body == "*" or any(
        operator.startswith(last.body) for operator in (*OPERATORS, *APART)
    )


def _is_readable(text: str, terms: Terms) -> bool:
    try:
        _read(text, terms.vocabulary, terms.today)
    except QueryError:
        return False
    return True


def _unfinished(terms: Terms, pieces: list[Lexeme]) -> bool:
    """Whether the last piece asks for nothing yet."""
    last = pieces[-1]
    if last.kind == "close":
        return False
    if last.kind != "term":
        return True
    if not words_of(last.body):
        return _asks_for_nothing(last)
    name = last.name or _group_field(pieces)
    if not last.opener and _is_text(terms, name):
        return is_short_pattern(last.body)
    return bool(name) and _may_become(terms, last, name)


def _asks_for_nothing(last: Lexeme) -> bool:
    """Whether a term without a letter or digit is no fault, but may have words to come."""
    if last.opener:
        return not last.closed or "*" not in last.body
    return last.body != "*" or bool(last.name)


def _is_text(terms: Terms, name: str) -> bool:
    known = terms.known_field(name)
    return not name or (known in BY_NAME and BY_NAME[known].kind is Kind.TEXT)


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
        return may_become_date(last)
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
    return shorter_date(last.body) if dated and not _is_read(terms, last, name) else ""


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
    elif piece.kind in ("near", "atleast"):
        kind = _operator_kind(terms, piece)
    elif piece.kind == "term":
        kind = _kind(terms, piece, name)
    return Token(kind, piece.start, piece.end, piece.name or name, piece.at)


def _operator_kind(terms: Terms, piece: Lexeme) -> TokenKind:
    try:
        Nearness(Faults(terms.text)).check(piece)
    except QueryError:
        return "word" if piece.kind == "near" and piece.body in APART else "error"
    return "operator"


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
