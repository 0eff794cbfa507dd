"""One term of a query: its field, its value, and what to say where it cannot be read."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import regex

from archivist.model.errors import QueryError
from archivist.model.fields import BY_NAME, Kind
from archivist.model.query import Everything, Like, Node, Value, Vocabulary
from archivist.model.query_dates import DateTerms
from archivist.model.query_faults import Faults
from archivist.model.query_lex import CLOSERS, MINUS, Lexeme, name_in_queries
from archivist.model.query_text import TextTerms, trimmed
from archivist.model.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "doctype": "type",
        "language": "lang",
        "countries": "country",
        "agents": "person",
        "people": "person",
        "tags": "tag",
    }
)
"""Other names of fields that may be typed."""

PLACES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "in": MappingProxyType({"inbox": "inbox"}),
        "has": MappingProxyType(
            {
                "original": "original",
                "text": "text",
                "attachment": "attachment",
                "attachments": "attachment",
            }
        ),
        "kind": MappingProxyType(
            {
                "direct": "direct",
                "quoted": "direct",
                "indirect": "indirect",
                "reported": "indirect",
                "turn": "turn",
            }
        ),
    }
)
"""Codes that are the same in every archive, by field and by what they may be called."""

_BARE_VALUE = re.compile(r"[^\W_](?:[\w./-]*\w)?$")
_OPEN = regex.compile(r"[\p{L}\p{N}\p{M}]\*+[^\p{L}\p{N}\p{M}*]*$")
_SPELLED = regex.compile(r"([\p{L}\p{N}\p{M}])~[0-9]*")
_INNER = regex.compile(r"\*.*[\p{L}\p{N}]|[\p{L}\p{N}\p{M}]\?[\p{L}\p{N}]")
_CLOSE_ENOUGH = 0.7
_CLOSER, _LONG = 0.8, 7
"""Of long names of values, many are that close: no Bulgaria for Absurdistan."""
_SHOWN = 5
_LIKE = "like"


def quoted(value: str) -> str:
    """Return a value as it may stand behind a field's colon: in quotation marks where need be."""
    return value if _BARE_VALUE.match(value) else '"' + value.replace('"', " ").strip() + '"'


def folded(value: str) -> str:
    """Return the words of a value, folded, joined by spaces: how codes are looked up."""
    return " ".join(words_of(value))


@dataclass(slots=True)
class Terms:
    """Reads the terms of one query.

    Attributes:
        text: the whole query, for the places and proposals of errors.
        vocabulary: the archive's codes; without it, values of code fields are taken as typed.
        today: the day that "last year" is said on.
    """

    text: str
    vocabulary: Vocabulary | None
    today: dt.date
    _faults: Faults = field(init=False)
    _custom: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self._faults = Faults(self.text)
        names = self.vocabulary.custom() if self.vocabulary else ()
        self._custom = {name_in_queries(name).casefold(): name for name in names}

    @property
    def digits(self) -> frozenset[str]:
        """Names of fields that begin with a digit, folded."""
        return frozenset(name for name in self._custom if name[:1].isdigit())

    def field(self, lexeme: Lexeme) -> str:
        """Return the field a piece names; its own name for a field of the archive's own.

        Raises:
            QueryError: there is no such field.
        """
        known = self.known_field(lexeme.name)
        if not known:
            raise self._unknown_field(lexeme, lexeme.name.casefold())
        return known

    def known_field(self, typed: str) -> str:
        """Return the field a name means, or empty where there is none."""
        name = ALIASES.get(typed.casefold(), typed.casefold())
        return name if name in BY_NAME or name == _LIKE else self._custom.get(name, "")

    def node(self, lexeme: Lexeme, name: str = "") -> Node | None:
        """Read a term.

        Args:
            lexeme: of kind "term".
            name: the field of the bracket it stands in, or empty.

        Returns:
            The node, or None where the term is punctuation only and asks for nothing.

        Raises:
            QueryError: it cannot be read.
        """
        if lexeme.name and name:
            raise self._fault(lexeme, "A field cannot stand inside the brackets of another field.")
        name = self.field(lexeme) if lexeme.name else name
        kind = BY_NAME[name].kind if name in BY_NAME else Kind.NAME
        is_text = not name or kind is Kind.TEXT
        self._check_form(lexeme, is_text=is_text)
        if lexeme.body == "*" and not name and not lexeme.opener:
            return Everything()
        if not words_of(lexeme.body) and (kind is not Kind.DATE or lexeme.body != ".."):
            self._check_wordless(lexeme, name)
            return None
        if is_text:
            return TextTerms(self._faults, self.digits).node(lexeme, name)
        if kind is Kind.DATE:
            return DateTerms(self._faults, self.today).node(lexeme, name)
        if kind is Kind.CODE:
            return self._code(lexeme, name)
        return self._value(lexeme, name)

    # What a value becomes, by the kind of its field

    def _code(self, lexeme: Lexeme, name: str) -> Node:
        self._check_whole(lexeme, BY_NAME[name].label.lower())
        if name == "year":
            return self._year(lexeme)
        asked = folded(lexeme.body)
        known = self.vocabulary.codes(name).get(asked) if self.vocabulary else None
        if known is not None:
            return Value(name, known)
        aliases = self.aliases(name)
        if aliases and asked not in aliases:
            raise self._unknown_value(lexeme, name, aliases)
        return Value(name, aliases.get(asked) or trimmed(lexeme.body))

    def _year(self, lexeme: Lexeme) -> Node:
        if re.fullmatch(r"[0-9]{4}", lexeme.body):
            return Value("year", lexeme.body)
        ranged = ".." in lexeme.body
        raise self._fault(
            lexeme,
            f"“{lexeme.body}” is not a year.",
            "Write year:2012; for a span of years date:2010..2018.",
            self._replaced(lexeme, "date:" + lexeme.body, whole=True) if ranged else "",
        )

    def _value(self, lexeme: Lexeme, name: str) -> Node:
        value, is_open = trimmed(lexeme.body), _is_open(lexeme)
        if name == _LIKE:
            self._check_whole(lexeme, "accession number")
            return Like(value)
        if is_open and lexeme.exact:
            raise self._fault(
                lexeme,
                "The equals sign asks for the whole value: its ending cannot be left open.",
                "Leave the equals sign off, or the asterisk.",
                self.text[: lexeme.at].rstrip("=") + self.text[lexeme.at :],
            )
        return Value(name, value, prefix=is_open, exact=lexeme.exact)

    def aliases(self, name: str) -> dict[str, str]:
        """Return every name a code of a field goes by, folded, with the code."""
        known = dict(PLACES.get(name, {}))
        if self.vocabulary is not None:
            for code, label in self.vocabulary.labels(name).items():
                known[folded(label)] = code
                known[folded(code)] = code
            known.update(self.vocabulary.codes(name))
        return known

    # What is not a query

    def _check_form(self, lexeme: Lexeme, *, is_text: bool) -> None:
        if not lexeme.closed:
            raise self._fault(
                lexeme,
                "The quotation mark is not closed.",
                "Close it after the last word of the phrase.",
                f"{self.text.rstrip()}{CLOSERS[lexeme.opener][0]}",
            )
        if not lexeme.opener:
            self._check_bare(lexeme)
        if not is_text and words_of(lexeme.body):
            self._check_value(lexeme)

    def _check_value(self, lexeme: Lexeme) -> None:
        """Refuse what can be asked for in title and text only."""
        if lexeme.tail.startswith("~") or _SPELLED.search(lexeme.body):
            plain = _SPELLED.sub(r"\1", lexeme.body)
            raise self._fault(
                lexeme,
                "Near spellings can be asked for in title and text only.",
                "Leave the tilde off.",
                self._replaced(lexeme, quoted(plain)),
            )
        starred = "*" in lexeme.body.rstrip("*") if lexeme.opener else _INNER.search(lexeme.body)
        if starred or (lexeme.opener and lexeme.body.endswith("*")):
            begun = re.split(r"[*?]", lexeme.body)[0].strip()
            raise self._fault(
                lexeme,
                "Such a value can be left open at its end only.",
                "Write a beginning with an asterisk, behind the quotation mark if there is one.",
                self._replaced(lexeme, f"{quoted(begun)}*" if words_of(begun) else ""),
            )

    def _check_bare(self, lexeme: Lexeme) -> None:
        body = lexeme.body
        if lexeme.name and body[:1] in MINUS and words_of(body):
            meant = f"-{lexeme.name}:{body[1:]}"
            raise self._fault(
                lexeme,
                "The minus stands before the field.",
                f"Did you mean {meant}?",
                self._replaced(lexeme, meant, whole=True),
            )
        if body == "=" and self.text[lexeme.end : lexeme.end + 1] == "(":
            raise self._fault(
                lexeme,
                "An equals sign stands right before a word, not before brackets.",
                "Write it before each word that is to be found exactly as written.",
                self._replaced(lexeme, ""),
            )
        if "|" in body:
            raise self._fault(
                lexeme,
                "“|” is no operator.",
                "Write OR in capitals.",
                self._replaced(lexeme, re.sub(r"\|+", " OR ", body)),
            )
        if body.startswith("!") and words_of(body):
            raise self._fault(
                lexeme,
                "“!” is no operator.",
                "A minus right before a word leaves it out.",
                self._replaced(lexeme, "-" + body.lstrip("!"), whole=not lexeme.name),
            )

    def _check_whole(self, lexeme: Lexeme, label: str) -> None:
        if _is_open(lexeme):
            raise self._fault(
                lexeme,
                f"The {label} is a fixed value: its ending cannot be left open.",
                "Leave the asterisk off.",
            )

    def _check_wordless(self, lexeme: Lexeme, name: str) -> None:
        """Say what is wrong with a term without a letter or digit, or let it pass."""
        if "*" in lexeme.body and lexeme.opener and (not name or name in ("title", "text", "said")):
            TextTerms(self._faults, self.digits).node(lexeme, name)
        if lexeme.body == "*":
            raise self._fault(
                lexeme,
                f"{name}: needs a value before the asterisk.",
                f"Write a beginning, for example {name}:a*, or leave {name}: out.",
            )
        if name and not lexeme.body:
            follows = re.match(r"\s+(?=[\w\"“„«])", self.text[lexeme.end :])
            raise self._fault(
                lexeme,
                f"{lexeme.name or name}: lacks a value.",
                f"Write the value right after the colon, for example {_example(name)}.",
                self.text[: lexeme.end] + self.text[lexeme.end + follows.end() :]
                if follows
                else "",
            )
        if name or lexeme.opener:
            raise self._fault(
                lexeme,
                f"“{lexeme.body}” has no letter or digit to search for.",
                "Punctuation is not searched; write a word.",
            )

    def _unknown_field(self, lexeme: Lexeme, name: str) -> QueryError:
        end = lexeme.start + len(lexeme.name)
        near = self._near_field(name)
        hint = (
            f"Did you mean “{near}”? "
            if near
            else "If the colon is part of the text, put it in quotation marks. "
        ) + "Fields are title, type, date, country, place, lang, originator, person and others."
        proposal = (
            self.text[: lexeme.start] + near + self.text[end:]
            if near
            else self._replaced(lexeme, f'"{self.text[lexeme.start : lexeme.end]}"', whole=True)
        )
        return QueryError(
            f"There is no field “{lexeme.name}”.", lexeme.start, end, hint.strip(), proposal
        )

    def _near_field(self, name: str) -> str:
        known = [*BY_NAME, *ALIASES, *self._custom]
        if begun := [field for field in known if len(name) > 1 and field.startswith(name)]:
            return begun[0]
        return next(iter(difflib.get_close_matches(name, known, 1, _CLOSE_ENOUGH)), "")

    def _unknown_value(self, lexeme: Lexeme, name: str, aliases: Mapping[str, str]) -> QueryError:
        label = BY_NAME[name].label.lower()
        names = self.vocabulary.labels(name) if self.vocabulary else {}
        message = f"There is no {label} “{lexeme.body}”."
        if name in {"in", "has"}:
            message = f"“{name}:{lexeme.body}” is not known."
        end, meant = self._continued(lexeme, aliases)
        codes = [meant] if meant else _near_codes(folded(lexeme.body), aliases)
        said = [names.get(code, code) for code in codes]
        hint = f"Did you mean {_listed(said)}?" if said else _known(label, names, aliases)
        proposal = self.text[: lexeme.at] + quoted(said[0]) + self.text[end:] if said else ""
        return QueryError(message, lexeme.at, lexeme.end, hint, proposal)

    def _continued(self, lexeme: Lexeme, aliases: Mapping[str, str]) -> tuple[int, str]:
        """Find a value of several words typed without quotation marks: its end and its code."""
        if not lexeme.opener:
            for match in reversed(list(re.finditer(r"[^\s()]+", self.text[lexeme.at :]))[1:5]):
                code = aliases.get(folded(self.text[lexeme.at : lexeme.at + match.end()]))
                if code is not None:
                    return lexeme.at + match.end(), code
        return lexeme.end, ""

    def _replaced(self, lexeme: Lexeme, value: str, *, whole: bool = False) -> str:
        return self._faults.replaced(lexeme, value, whole=whole)

    def _fault(
        self, lexeme: Lexeme, message: str, hint: str = "", proposal: str = ""
    ) -> QueryError:
        return self._faults.at(lexeme, message, hint, proposal)


def _is_open(lexeme: Lexeme) -> bool:
    """Whether an asterisk leaves the ending open; punctuation behind it asks for nothing."""
    if lexeme.opener:
        return lexeme.tail == "*"
    return bool(_OPEN.search(lexeme.body))


def _near_codes(asked: str, aliases: Mapping[str, str]) -> list[str]:
    begun = [code for alias, code in aliases.items() if alias.startswith(asked)]
    close = _CLOSER if len(asked) >= _LONG else _CLOSE_ENOUGH
    near = [aliases[alias] for alias in difflib.get_close_matches(asked, aliases, 3, close)]
    return list(dict.fromkeys(near + sorted(begun)))[:3]


def _known(label: str, names: Mapping[str, str], aliases: Mapping[str, str]) -> str:
    known = list(names.values()) or list(aliases)
    if not known:
        return f"This archive has no {label} to ask for."
    more = " and others" if len(known) > _SHOWN else ""
    return f"Known are {_listed(known[:_SHOWN])}{more}."


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _example(name: str) -> str:
    examples = {
        "date": "date:2012",
        "year": "year:2012",
        "filed": "filed:2024",
        "country": "country:FR",
        "in": "in:inbox",
        "has": "has:original",
        "like": "like:2024-000017",
    }
    return examples.get(name, f"{name_in_queries(name)}:word")
