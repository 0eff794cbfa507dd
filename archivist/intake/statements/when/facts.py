"""Sentences that carry a date of their own: the material of a chronology."""
# ruff: noqa: E501 - a pattern reads best in one line, and holds the marks that documents hold

from __future__ import annotations

import re
from itertools import pairwise

from archivist.intake.statements.when.whens import When, find_whens, may_tell
from archivist.model.sentences import bounds
from archivist.model.statement import DatedFact

_SHORTEST = 30
"""A shorter stretch, in characters, is a dateline, a heading or a reference."""
_LONGEST = 1_500
_WORDS = re.compile(r"[^\W\d_]{2,}")
_SMALL = 3
_FRAME = re.compile(
    r"^\W*(?:source|drafted|cc|ref|reference|distr|original|doc|document|for immediate release|"
    r"press release|no|see|ibid|received|sent|date|repeated|approved|fuente|quelle|bron)\b[^.]{0,20}[:.]|"
    r"^\W*(?:\[?\d{1,3}[\].]\s)?for\s[^.;]{0,120}\bsee\b|"
    r"^\W*\[?\d{1,3}[\].]\s(?:see|document|not printed|printed|ibid|dated|for text|telegram|above)\b",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"\b(?:resolution|telegram|no|nos|number|document|doc|art|article|page|p|vol|volume|para)\.?\s$",
    re.IGNORECASE,
)


_PAGED = re.compile(r"\W{0,3}(?:pp?\.|pages?)\s?\d", re.IGNORECASE)
"""Behind the date of a publication stands its page."""


def dated_facts(text: str, *, date: str = "", language: str = "") -> list[DatedFact]:
    """Return the sentences of a text that tell when something happened, in order.

    A date without its year, "last October" or "two days ago" is resolved against the document's
    date; without that date, only what is written with a year is found. The document's own dateline
    is no fact, nor are "today" and its footers. Of several dates in a sentence the first counts
    that is as exact as any.

    Args:
        text: the clean text.
        date: ISO 8601, of the document.
        language: its code, as catalogued.
    """
    starts = [*bounds(text)[0], len(text)]
    facts = (_fact(text, *span, date, language) for span in pairwise(starts))
    return [fact for fact in facts if fact is not None]


def _fact(text: str, start: int, end: int, date: str, language: str) -> DatedFact | None:
    words = text[start:end].rstrip()
    if not _SHORTEST <= len(words) <= _LONGEST or not may_tell(words, language):
        return None
    if _FRAME.match(words) or not _tells(words):
        return None
    own = [
        when
        for when in find_whens(words, date=date, language=language)
        if _is_own(when, words, date)
    ]
    if not own:
        return None
    finest = max(len(when.date) for when in own)
    when = next(when for when in own if len(when.date) == finest)
    return DatedFact(start, start + len(words), when.date, words[when.start : when.end])


def _is_own(when: When, words: str, date: str) -> bool:
    """Whether a time is told of something, and is not the day of the document."""
    if when.relative and when.date == date:
        return False
    if _PAGED.match(words, when.end):
        return False
    return not _CITED.search(words[max(0, when.start - 12) : when.start])


def _tells(words: str) -> bool:
    """Whether words are a sentence: with small words, and not only names, figures and places."""
    small = [word for word in _WORDS.findall(words) if word[:1].islower()]
    return len(small) >= _SMALL
