"""The pieces a query's text is made of, with their places."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

CLOSERS: Mapping[str, str] = MappingProxyType(
    {
        '"': '"',
        "“": '”"',
        "„": '“”"',
        "”": '”"',
        "«": "»",
        "»": "«",
        "「": "」",
        "『": "』",
        "\uff02": "\uff02",
    }
)
"""What closes a quotation, by the mark that opened it; the first is the usual one."""

OPERATORS: Mapping[str, Literal["or", "and", "not"]] = MappingProxyType(
    {"OR": "or", "AND": "and", "NOT": "not"}
)
"""Words that join others: in capitals only, so that a text in small letters can be pasted."""

APART = frozenset({"NEAR", "PRE", "ATLEAST"})
"""Operators that need a number behind a stroke; in capitals only, as those above."""

MINUS = "-\u2212"
"""What negates when it stands right before a word: the hyphen and the true minus sign."""

_NAME = regex.compile(r"([\p{L}\p{N}][\p{L}\p{N}\p{M}_-]*):")
_BARE = regex.compile(rf"[^\s\x1c-\x1f(){regex.escape(''.join(CLOSERS))}]+")
_EXACTLY = regex.compile(r"=+(?=[^\s\x1c-\x1f()=])")
_TAIL = regex.compile(r"\*|~\d*")
_NUMBERED = regex.compile(
    r"(?:(?P<near>NEAR|PRE)|ATLEAST)(?:\d+|/(?:\P{L}*|[sSpP]))?$"
    r"|(?P<near>near|pre|Near|Pre)/\P{L}*$|(?:atleast|Atleast|AtLeast)/\P{L}*$"
    r"|(?P<near>/(?:\d+|[sSpP]))$"
)

LexemeKind = Literal["open", "close", "or", "and", "not", "near", "atleast", "group", "term"]


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One piece of a query's text.

    Attributes:
        kind: a bracket, an operator (of nearness and repetition also where its number is wrong or
            lacking), the `field:` before a bracket, or a term.
        start: offset of its first character.
        end: offset after its last one.
        name: the field's name as typed, or empty.
        body: a term's value: without its field, its quotation marks and its tail.
        at: where the value begins, with its quotation mark and without the equals sign.
        opener: the mark that opens the quotation, or empty where the value stands bare.
        closed: whether the quotation is closed.
        tail: what is glued to a closing mark: an asterisk, or a tilde with a number.
        exact: whether an equals sign stands before the value.
    """

    kind: LexemeKind
    start: int
    end: int
    name: str = ""
    body: str = ""
    at: int = 0
    opener: str = ""
    closed: bool = True
    tail: str = ""
    exact: bool = False


def lex(text: str, digits: frozenset[str] = frozenset()) -> list[Lexeme]:
    """Cut a text into its pieces, in order; whatever is typed can be cut.

    Args:
        text: a query.
        digits: names of fields that begin with a digit, folded (else `10:30` is no field).
    """
    found: list[Lexeme] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        found.append(_next(text, at, digits))
        at = found[-1].end
    return found


def _next(text: str, at: int, digits: frozenset[str]) -> Lexeme:
    if text[at] in "()":
        return Lexeme("open" if text[at] == "(" else "close", at, at + 1)
    if text[at] in MINUS and _negates(text, at):
        return Lexeme("not", at, at + 1)
    name = _name(text, at, digits)
    value = at + len(name) + 1 if name else at
    if name and text[value : value + 1] == "(":
        return Lexeme("group", at, value, name=name, at=value)
    signs = _EXACTLY.match(text, value)
    exact, value = bool(signs), signs.end() if signs else value
    quoted = text[value : value + 1] in CLOSERS
    piece = _quoted(text, at, value, name) if quoted else _bare(text, at, value, name, exact=exact)
    return replace(piece, exact=True) if exact else piece


def _negates(text: str, at: int) -> bool:
    """Whether a minus is glued to what follows and not to what stands before."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (
        (not before or before.isspace() or before == "(")
        and bool(after)
        and not after.isspace()
        and after not in MINUS + ")"
    )


def _name(text: str, at: int, digits: frozenset[str]) -> str:
    match = _NAME.match(text, at)
    if match is None or (match[1][0].isdigit() and match[1].lower() not in digits):
        return ""
    return match[1]


def _quoted(text: str, start: int, value: int, name: str) -> Lexeme:
    opener = text[value]
    close = next((i for i in range(value + 1, len(text)) if text[i] in CLOSERS[opener]), -1)
    body = text[value + 1 :] if close < 0 else text[value + 1 : close]
    tail = _TAIL.match(text, close + 1) if close >= 0 else None
    return Lexeme(
        kind="term",
        start=start,
        end=len(text) if close < 0 else (tail.end() if tail else close + 1),
        name=name,
        body=" ".join(body.split()),
        at=value,
        opener=opener,
        closed=close >= 0,
        tail=tail[0] if tail else "",
    )


def _bare(text: str, start: int, value: int, name: str, *, exact: bool) -> Lexeme:
    match = _BARE.match(text, value)
    body = match[0] if match else ""
    kind: LexemeKind = "term" if name or exact else _kind(body)
    return Lexeme(kind, start, value + len(body), name=name, body=body, at=value)


def _kind(body: str) -> LexemeKind:
    if numbered := _NUMBERED.match(body):
        return "near" if numbered["near"] else "atleast"
    return OPERATORS.get(body, "term")


def name_in_queries(field: str) -> str:
    """Return how a field's name is written in a query: what is no letter or digit is underlined."""
    return regex.sub(r"[^\p{L}\p{N}\p{M}_-]+", "_", field).strip("_-")
