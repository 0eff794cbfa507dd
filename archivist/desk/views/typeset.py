"""A record's text as the reader sets it: heading, dateline, numbered paragraphs, offsets kept."""

from __future__ import annotations

import bisect
import enum
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.model.paragraphs import paragraphs as divided
from archivist.model.words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_YEAR = re.compile(r"\b\d{4}\b")
_DATELINE_PARAGRAPHS = 4
_DATELINE_LENGTH = 90
_HEADING_LENGTH = 300
_RTL = frozenset({"ar", "he", "fa", "ur", "ps", "yi", "dv", "ug", "sd", "ku"})
_SAMPLE = 400


class Kind(enum.Enum):
    """What a paragraph is for the reader."""

    TITLE = "title"
    """Says the title again; shown as the heading."""
    DATELINE = "dateline"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: `text[start:end]`.

    Attributes:
        start: in characters of the record's text.
        end: exclusive.
        kind: what it is.
        number: as cited, from 1; 0 for heading and dateline, which are counted, not shown.
    """

    start: int
    end: int
    kind: Kind
    number: int


def paragraphs(text: str, title: str = "") -> list[Paragraph]:
    """Divide a clean text into paragraphs: at blank lines, else at the ends of lines."""
    spans = divided(text)
    found: list[Paragraph] = []
    for place, (start, end) in enumerate(spans):
        kind = _kind(text[start:end], title, place, last=place == len(spans) - 1)
        found.append(Paragraph(start, end, kind, place + 1 if kind is Kind.PLAIN else 0))
    return found


def paragraph_at(found: Sequence[Paragraph], offset: int) -> Paragraph | None:
    """Return the paragraph a character stands in, or the one before it."""
    place = bisect.bisect_right(found, offset, key=lambda paragraph: paragraph.start)
    return found[place - 1] if place else None


def right_to_left(text: str, language: str = "") -> bool:
    """Whether a text reads from right to left: most of its first letters do."""
    strong = [
        kind in {"R", "AL"}
        for kind in map(unicodedata.bidirectional, text[:_SAMPLE])
        if kind in {"L", "R", "AL"}
    ]
    if not strong:
        return language in _RTL
    return sum(strong) * 2 > len(strong)


class Units:
    """Places in a text as Python counts them (characters) and as Qt does (UTF-16 units)."""

    def __init__(self, text: str) -> None:
        self._wide = [] if text.isascii() else [i for i, c in enumerate(text) if c > "\uffff"]

    def to_qt(self, offset: int) -> int:
        """Return the unit at which a character stands."""
        return offset + bisect.bisect_left(self._wide, offset) if self._wide else offset

    def from_qt(self, unit: int) -> int:
        """Return the character that stands at a unit."""
        if not self._wide:
            return unit
        low, high = 0, unit
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.to_qt(middle) <= unit else (low, middle - 1)
        return low


def _kind(text: str, title: str, place: int, *, last: bool) -> Kind:
    if not place and title and not last and len(text) <= _HEADING_LENGTH:
        return Kind.TITLE if words_of(text) == words_of(title) else _line_kind(text)
    return _line_kind(text) if place < _DATELINE_PARAGRAPHS and not last else Kind.PLAIN


def _line_kind(text: str) -> Kind:
    return Kind.DATELINE if _is_dateline(text) else Kind.PLAIN


def _is_dateline(text: str) -> bool:
    """Whether a paragraph says only where and when: short, with a year, and no sentence."""
    if len(text) > _DATELINE_LENGTH or "\n" in text or not _YEAR.search(text):
        return False
    if not text[0].isalpha() or text[-1] in ":;?!" or "“" in text or '"' in text:
        return False
    return "," in text or "،" in text
