"""Whether a document writes the month or the day first in figures such as "3/4/1921".

Nothing is guessed: a date in the same document that can be read one way only, the file's own date,
the way the document writes dates in words, or who issued it must tell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archivist.intake.dates import find_dates, numeric_dates, read_date, whole_years

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archivist.intake.layout import Layout
    from archivist.intake.raw import Hints

_MONTHS, _DAYS = 12, 31
_OPENING_CHARS = 3_000
_SEARCHED_CHARS = 20_000
_CLOSING_CHARS = 4_000
_FIGURES = re.compile(r"\d\s?[/-]\s?\d{1,2}\s?[/-]\s?\d\d")
_ENGLISH_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
_IN_WORDS = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{_ENGLISH_MONTHS}))|"
    rf"(?P<month>(?:{_ENGLISH_MONTHS})\s\d{{1,2}}(?:st|nd|rd|th)?)),?\s(?:1[5-9]|20)\d\d",
    re.IGNORECASE,
)
_AMERICAN = re.compile(
    r"White House|THE WHITE HOUSE|\b[ECMPA][DS]T\b|\bWashington, D\.?C\.?|"
    r"\bU\.S\. (?:Department|Embassy|Mission|Secretary)|Department of State|state\.gov|"
    r"Office of the Spokesperson|Office of the Press Secretary|American Embassy|AmEmbassy",
)
_FIGURES_OF_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def month_comes_first(layout: Layout, hints: Hints, language: str) -> bool | None:
    """Return whether the month comes first, or None where nothing tells."""
    closing = layout.body[_SEARCHED_CHARS:][-_CLOSING_CHARS:]
    text = f"{layout.title}\n{hints.date}\n{layout.body[:_SEARCHED_CHARS]}\n{closing}"
    if not _FIGURES.search(text):
        return None
    found = numeric_dates(whole_years(text, text))
    figures = {each for each in found if max(each[:2]) <= _DAYS}
    if not figures:
        return _by_issuer(layout, hints, language)
    for evidence in (_by_siblings(figures), _by_file(figures, hints), _by_words(figures, text)):
        if evidence is not None:
            return evidence
    return _by_issuer(layout, hints, language)


def _by_siblings(figures: set[tuple[int, int, int]]) -> bool | None:
    """Look at dates that can be read one way only."""
    day_first = any(first > _MONTHS >= second for first, second, _ in figures)
    month_first = any(second > _MONTHS >= first for first, second, _ in figures)
    return month_first if day_first != month_first else None


def _by_file(figures: set[tuple[int, int, int]], hints: Hints) -> bool | None:
    """Look whether one reading is the day that the file's metadata gives."""
    return _agreed(figures, [read_date(hints.date)])


def _by_words(figures: set[tuple[int, int, int]], text: str) -> bool | None:
    """Look whether one reading is written in words, too, else how dates are written in words."""
    in_words = [str(found.date) for found in find_dates(text[:_OPENING_CHARS], month_first=None)]
    if (agreed := _agreed(figures, in_words)) is not None:
        return agreed
    kinds = [match.lastgroup for match in _IN_WORDS.finditer(text)]
    days, months = kinds.count("day"), kinds.count("month")
    return None if days == months else months > days


def _agreed(figures: set[tuple[int, int, int]], dates: list[str]) -> bool | None:
    readings = {reading for date in dates for reading in _readings(date) if reading[0] in figures}
    orders = {order for _, order in readings}
    return orders.pop() if len(orders) == 1 else None


def _readings(date: str) -> Iterator[tuple[tuple[int, int, int], bool]]:
    match = _FIGURES_OF_ISO.match(date)
    if match and match[2] != match[3]:
        year, month, day = (int(part) for part in match.groups())
        yield (month, day, year), True
        yield (day, month, year), False


def _by_issuer(layout: Layout, hints: Hints, language: str) -> bool | None:
    """Only English is written in both ways: an American issuer writes the month first."""
    opening = f"{layout.title}\n{layout.text[:_OPENING_CHARS]}\n{hints.site}\n{hints.author}"
    if _AMERICAN.search(opening):
        return True
    if language and language != "en":
        return False
    tag = hints.language.replace("_", "-").lower()
    if tag in {"en-us", "en-gb", "en-au", "en-nz", "en-in", "en-ie"}:
        return tag == "en-us"
    return None
