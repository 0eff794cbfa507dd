"""Terms that ask for days, and what was probably meant where one cannot be read."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.model.dates import may_become_relative, parse_range, relative_range
from archivist.model.query import Dated
from archivist.model.query_faults import Faults
from archivist.model.words import words_of

if TYPE_CHECKING:
    from archivist.model.errors import QueryError
    from archivist.model.query_lex import Lexeme

_YEARS = re.compile(r"(\d{4})\s*[-\u2013\u2014/]\s*(\d{4})$")
_TURNED = re.compile(r"([\d-]{4,10})\.\.([\d-]{4,10})$")
_DAY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})$")
_SIDED = re.compile(r"(?:since|until|before|after) (.*)", re.IGNORECASE | re.DOTALL)
_BEGUN = re.compile(
    r"([<>]=?)?([0-9]{1,4}(-([0-9]{1,2}(-[0-9]?)?)?)?)?(?<![0-9]{4}-[0-9]{2})(?<![0-9]{4})"
    r"$|[0-9-]{4,10}\.$|([0-9-]{4,10})?\.\.([0-9]{1,3}|[0-9]{4}-[0-9]?|[0-9]{4}-[0-9]{2}-[0-9]?)$"
)
_BLANKED = re.compile(r"\S+")
_SIDES = ("since", "until", "before", "after")
_YEAR_DIGITS = 4
_MONTHS = 12
_MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class DateTerms:
    """Reads the dates of one query.

    Attributes:
        faults: makes the errors.
        today: the day that "last year" is said on.
    """

    faults: Faults
    today: dt.date

    def node(self, piece: Lexeme, name: str) -> Dated:
        """Read a date, a range, or a span that moves with the calendar.

        Raises:
            QueryError: it is none of them.
        """
        words = " ".join(words_of(piece.body))
        try:
            return Dated(name, relative_range(words, self.today), words)
        except ValueError:
            pass
        try:
            return Dated(name, parse_range(piece.body))
        except ValueError as error:
            raise self._unread(piece, name, turned="before it" in str(error)) from error

    def _unread(self, piece: Lexeme, name: str, *, turned: bool) -> QueryError:
        end, meant = self._continued(piece)
        meant = meant or date_meant(piece.body)
        if meant:
            hint = f"Did you mean {name}:{meant}?"
        elif any(word.isalpha() for word in words_of(piece.body)):
            hint = (
                f'Write {name}:2012, {name}:2010..2018, or in words {name}:today, {name}:"last '
                f'week", {name}:"this month", {name}:"last year", {name}:"last 30 days".'
            )
        else:
            hint = f"Write {name}:2012, {name}:2012-12-04, {name}:2010..2018 or {name}:2010.."
        text = self.faults.text
        return self.faults.at(
            piece,
            f"“{piece.body}” {'ends before it begins' if turned else 'is not a date'}.",
            hint,
            text[: piece.at] + meant + text[end:] if meant else "",
        )

    def _continued(self, piece: Lexeme) -> tuple[int, str]:
        """Find a span of several words typed without quotation marks: its end and itself."""
        text = self.faults.text
        ends = [match.end() for match in _BLANKED.finditer(text, piece.at)][1:_MOST_WORDS]
        for end in reversed(ends) if not piece.opener else ():
            typed = text[piece.at : end].rstrip(")")
            if self._is_read(" ".join(typed.split())):
                return piece.at + len(typed), f'"{" ".join(typed.split())}"'
        return piece.end, ""

    def _is_read(self, text: str) -> bool:
        try:
            relative_range(" ".join(words_of(text)), self.today)
        except ValueError:
            try:
                parse_range(text)
            except ValueError:
                return False
        return True


def may_become_date(piece: Lexeme) -> bool:
    """Whether a value that cannot be read could be a date when more is typed."""
    if piece.opener and piece.closed:
        return False
    words = " ".join(words_of(piece.body))
    if may_become_relative(words) or any(side.startswith(words) for side in _SIDES):
        return True
    body = piece.body
    if piece.opener and (sided := _SIDED.match(body)):
        body = sided[1]
        return not body or bool(_BEGUN.match(body))
    return bool(_BEGUN.match(body)) and not readable_start(body)


def shorter_date(body: str) -> str:
    """Return the readable beginning of a date that is being typed, else empty."""
    return readable_start(body) if _BEGUN.match(body) else ""


def readable_start(body: str) -> str:
    """Return the longest beginning of a date that is one; empty where there is none."""
    for end in range(len(body) - 1, _YEAR_DIGITS - 1, -1):
        try:
            parse_range(body[:end])
        except ValueError:
            continue
        return body[:end]
    return ""


def date_meant(body: str) -> str:
    """Return an ISO date or range for what was probably meant, or empty."""
    meant = ""
    if match := _YEARS.match(body):
        meant = f"{match[1]}..{match[2]}"
    elif match := _DAY.match(body):
        meant = _day_meant(int(match[1]), int(match[3]), match[4], match[2])
    elif match := _TURNED.match(body):
        meant = f"{match[2]}..{match[1]}"
    try:
        parse_range(meant)
    except ValueError:
        return ""
    return meant


def _day_meant(first: int, second: int, year: str, mark: str) -> str:
    """Return the ISO date of a day in figures, or empty where day and month may be either."""
    if second > _MONTHS:
        return f"{year}-{first:02}-{second:02}"
    if first > _MONTHS or mark == ".":
        return f"{year}-{second:02}-{first:02}"
    return ""
