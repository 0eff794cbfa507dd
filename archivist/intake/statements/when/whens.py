"""When something happened, as a sentence says it: "on March 19", "last October", "two days ago"."""
# ruff: noqa: RUF001 - a pattern reads best in one line, and holds the marks that documents hold

from __future__ import annotations

import calendar
import csv
import datetime as dt
import functools
import re
from typing import TYPE_CHECKING, NamedTuple

import yaml

from archivist import assets
from archivist.intake.dates import find_dates, month_names
from archivist.model.dates import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENGLISH = "en"
_MONTHS, _WEEK = 12, 7
_AHEAD = 31
"""A day without a year that lies no further ahead of the document's is taken for this year's."""
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_MONTH_LENGTH = 3
_YEARS = re.compile(_YEAR)
_NUMBERS = {
    word: number
    for number, words in (
        (1, "one a an un una une uno ein eine einem einer een um uma один"),
        (2, "two dos deux zwei twee dois duas due два две"),
        (3, "three tres trois drei drie três tre три"),
        (4, "four cuatro quatre vier quatro quattro четыре"),
        (5, "five cinco cinq fünf vijf cinque пять"),
        (6, "six seis sechs zes sei шесть"),
        (7, "seven siete sept sieben zeven sete sette семь"),
        (8, "eight ocho huit acht oito otto восемь"),
        (9, "nine nueve neuf neun negen nove девять"),
        (10, "ten diez dix zehn tien dez dieci десять"),
        (11, "eleven"),
        (12, "twelve doce douze zwölf twaalf doze dodici"),
        (15, "fifteen quince quinze fünfzehn vijftien quindici"),
        (20, "twenty veinte vingt zwanzig twintig vinte venti двадцать"),
        (30, "thirty treinta trente dreißig dertig trinta trenta"),
        (40, "forty cuarenta quarante vierzig veertig quarenta quaranta"),
        (50, "fifty cincuenta cinquante fünfzig vijftig cinquenta cinquanta"),
    )
    for word in words.split()
}
_WHILE = re.compile(
    r"\b(?:over|during|within|throughout|for|in|durante|en|au cours|während|gedurende)\s"
    r"(?:(?:the|el|la|los|las|de la|du|der|het|de|all)\s)*$",
    re.IGNORECASE,
)
"""Before "the last year" these tell how long something took, not when it was."""
_COUNTED = re.compile(r"(?:\w(?:th|st|nd|rd)|second|third|day)\s(?:of\s)?$", re.IGNORECASE)
_NEAR = 4
"""A month that may be meant to come is no further ahead than this."""


class When(NamedTuple):
    """A time that a text tells.

    Attributes:
        date: ISO 8601, as exact as it says.
        start: where its words begin, in characters.
        end: where they end.
        relative: whether it was resolved against the document's date.
    """

    date: str
    start: int
    end: int
    relative: bool


class _Words(NamedTuple):
    """The patterns of one language, and what each can match only where it stands in the text."""

    lead: re.Pattern[str]
    day: re.Pattern[str]
    month: re.Pattern[str]
    year: re.Pattern[str]
    near: re.Pattern[str]
    future: re.Pattern[str]
    modal: re.Pattern[str] | None
    weekdays: tuple[re.Pattern[str], ...]
    months: tuple[str, ...]
    nears: tuple[str, ...]
    days: tuple[str, ...]


def find_whens(text: str, *, date: str = "", language: str = "") -> list[When]:
    """Return the times a stretch of text tells, in order, none overlapping another.

    Args:
        text: a sentence or a part of one.
        date: ISO 8601, of the document; without it only what is written with a year is found.
        language: its code; English where it is none of those known.
    """
    if not text:
        return []
    words = _words(language if language in _read() else _ENGLISH)
    found: list[When] = []
    if _YEARS.search(text):
        found += [_led(text, words, when) for when in _absolute(text, words)]
    if base := _base(date):
        found += _told(text, words, base)
    kept: list[When] = []
    for when in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or when.start >= kept[-1].end:
            kept.append(when)
    return kept


def may_tell(text: str, language: str) -> bool:
    """Whether it is worth looking for a time in a text: a quick look."""
    words, lower = _words(language if language in _read() else _ENGLISH), text.lower()
    stems = (words.months, words.nears, words.days)
    return any(any(stem in lower for stem in each) for each in stems) or bool(_YEARS.search(text))


def _absolute(text: str, words: _Words) -> Iterator[When]:
    """Yield what is written with its year."""
    end = 0
    for found in find_dates(text):
        end = found.end
        yield When(str(found.date), found.start, found.end, relative=False)
    for match in words.year.finditer(text):
        if match.start("year") >= end or not end:
            yield When(match["year"], match.start(), match.end(), relative=False)


def _led(text: str, words: _Words, when: When) -> When:
    """Include the preposition: "On March 19, 1976"."""
    before = words.lead.search(text, max(0, when.start - 24), when.start)
    return when._replace(start=before.start()) if before else when


def _told(text: str, words: _Words, base: PartialDate) -> Iterator[When]:
    """Yield what is told from the document's day."""
    lower = text.lower()
    if any(stem in lower for stem in words.months):
        yield from _of_months(text, words, base)
    if any(stem in lower for stem in words.nears):
        for match in words.near.finditer(text):
            lasting = (match.lastgroup or "").startswith("last")
            if not (lasting and _WHILE.search(text, 0, match.start())):
                yield from _when(match, _relative(match, base))
    for number, name in enumerate(words.days):
        if name in lower:
            for match in words.weekdays[number].finditer(text):
                ahead = bool(words.future.search(text))
                yield from _when(match, _weekday(number, base, match, ahead=ahead))


def _of_months(text: str, words: _Words, base: PartialDate) -> Iterator[When]:
    ahead = bool(words.future.search(text))
    for match in words.day.finditer(text):
        yield from _when(match, _near_day(match, base, ahead=ahead))
    may = bool(words.modal and words.modal.search(text))
    for match in words.month.finditer(text):
        counted = bool(match["lead"]) and _COUNTED.search(text, 0, match.start("name"))
        if not counted:
            yield from _when(match, _near_month(match, base, ahead=ahead, may=may))


def _when(match: re.Match[str], date: PartialDate | None) -> Iterator[When]:
    if date is not None:
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        yield When(str(date), start, match.end(), relative=True)


def _near_day(match: re.Match[str], base: PartialDate, *, ahead: bool) -> PartialDate | None:
    groups = [group for group in match.groups() if group]
    names = [group for group in groups if not group.isdigit()]
    days = [int(group) for group in groups if group.isdigit()]
    month = month_names().get(names[0].lower(), 0) if names else 0
    if not month or not days:
        return None
    year = _year_of(base, month, days[0], ahead=ahead)
    return _partial(year, month, days[0])


def _year_of(base: PartialDate, month: int, day: int, *, ahead: bool) -> int:
    """Return the year of a day that is written without one: the last one, or the next."""
    here = dt.date(base.year, base.month or _MONTHS, base.day or 1)
    day = min(day, calendar.monthrange(base.year, month)[1])
    away = (dt.date(base.year, month, day) - here).days
    if ahead:
        return base.year + (away < -_AHEAD * _MONTHS // 2)
    return base.year - (away > _AHEAD)


def _near_month(
    match: re.Match[str], base: PartialDate, *, ahead: bool, may: bool
) -> PartialDate | None:
    name = match["name"].lower()
    month = month_names().get(name, 0)
    if not month or not (match["lead"] or match["last"] or match["next"]):
        return None
    here = base.month or _MONTHS
    ahead = ahead or (may and 0 < (month - here) % _MONTHS <= _NEAR)
    if match["next"] or (ahead and not match["last"]):
        return _partial(base.year + (month <= here), month, 0)
    before = month >= here if match["last"] else month > here
    return _partial(base.year - before, month, 0)


def _relative(match: re.Match[str], base: PartialDate) -> PartialDate | None:
    kind = match.lastgroup or ""
    if kind in {"yesterday", "tomorrow", "today"}:
        return _shifted(base, {"yesterday": -1, "tomorrow": 1}.get(kind, 0))
    unit = next(name for name in ("day", "week", "month", "year") if f"_{name}" in kind)
    count = -_number(match[f"count_{unit}"]) if kind.startswith("ago") else -1
    count = -count if kind.startswith("next") else count
    if not count:
        return None
    if unit in {"day", "week"}:
        shifted = _shifted(base, count * (_WEEK if unit == "week" else 1))
        loose = unit == "week" and shifted is not None
        return PartialDate(shifted.year, shifted.month) if loose and shifted else shifted
    months = base.year * _MONTHS + (base.month or _MONTHS) - 1
    months += count * (_MONTHS if unit == "year" else 1)
    year, month = divmod(months, _MONTHS)
    return _partial(year, month + 1 if unit == "month" and base.month else 0, 0)


def _number(word: str) -> int:
    """Return what a word counts; 0 where it tells no number: "a few"."""
    if word.isdecimal():
        return int(word)
    tens, _, ones = word.lower().partition("-")
    known = _NUMBERS.get(tens, 0)
    return known + _NUMBERS.get(ones, -known) if ones else known


def _weekday(
    number: int, base: PartialDate, match: re.Match[str], *, ahead: bool
) -> PartialDate | None:
    """Return the last such day of the week, the document's own included; else the next one."""
    if not base.day:
        return None
    here = dt.date(base.year, base.month, base.day)
    back = (here.weekday() - number) % _WEEK
    if match["last"] and not back:
        back = _WEEK
    ahead = ahead or bool(match["this"])
    if match["next"] or (ahead and back and not match["last"]):
        back -= _WEEK
    return _shifted(base, -back)


def _shifted(base: PartialDate, days: int) -> PartialDate | None:
    if not base.day:
        return None
    day = dt.date(base.year, base.month, base.day) + dt.timedelta(days=days)
    return PartialDate(day.year, day.month, day.day)


def _partial(year: int, month: int, day: int) -> PartialDate | None:
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    return PartialDate(year, month, day)


@functools.lru_cache(256)
def _base(date: str) -> PartialDate | None:
    try:
        return PartialDate.parse(date)
    except ValueError:
        return None


@functools.cache
def _read() -> dict[str, dict[str, str]]:
    text = assets.path("authority/relative-dates.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = yaml.safe_load(text)
    return found


@functools.cache
def _months(language: str) -> tuple[str, ...]:
    """Return the names of months and their short forms, the longest first."""
    with assets.path("authority/months.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            row["names"].split(";") for row in csv.DictReader(file) if row["language"] == language
        ]
    names = {name for row in rows for name in row if len(name) >= _MONTH_LENGTH}
    return tuple(sorted(names, key=len, reverse=True))


@functools.cache
def _words(language: str) -> _Words:
    told = _read()[language]
    months = "|".join(map(re.escape, _months(language)))
    cased = "(?-i:(?=[A-ZÄ]))" if language in {"en", "de"} else ""
    name = rf"{cased}({months})\b\.?"
    day = told["day"].replace("M", name)
    lead = rf"\b(?:{told['at']}|{told['in']})\s(?:the\s)?"
    either = rf"(?:(?P<last>{told['last']})|(?P<next>{told['next']}))"
    named = rf"{cased}(?P<name>{months})"
    flags = re.IGNORECASE
    return _Words(
        lead=re.compile(rf"{lead}$", flags),
        day=re.compile(
            rf"(?<![\w’'-])(?:(?:{told['at']})\s)?(?:{day})(?![\w-])(?!,?\s(?:de\s)?{_YEAR})", flags
        ),
        month=re.compile(
            rf"(?<![\w’'-])(?:(?P<lead>{told['in']})\s)?(?:{either}\s)?"
            rf"{named}\b(?!\.?,?\s(?:de\s|of\s)?(?:\d|{_YEAR}))",
            flags,
        ),
        year=re.compile(rf"(?<![\w’'-])(?:{told['in']})\s(?P<year>{_YEAR})(?![\d/-])", flags),
        near=_near(told),
        future=re.compile(rf"\b(?:{told['future']})\b", flags),
        modal=re.compile(rf"\b(?:{told['modal']})\b", flags) if "modal" in told else None,
        weekdays=tuple(_weekdays(told, either)),
        months=tuple(sorted({name[:_MONTH_LENGTH] for name in _months(language)})),
        nears=tuple(_stems(told)),
        days=tuple(told["weekdays"].split()) if "[" not in told["weekdays"] else ("",) * _WEEK,
    )


def _stems(told: dict[str, str]) -> list[str]:
    """Return the beginnings of words without one of which no relative time is told."""
    kinds = ("yesterday", "tomorrow", "week", "month", "year")
    stems = [part for kind in kinds for part in told[kind].split("|")]
    return [re.split(r"[\\\[(?]", stem)[0] for stem in stems]


def _near(told: dict[str, str]) -> re.Pattern[str]:
    parts = [rf"(?P<{kind}>\b(?:{told[kind]})\b)" for kind in ("yesterday", "today", "tomorrow")]
    for side in ("last", "next"):
        for unit in ("week", "month", "year"):
            noun, adjective = told[unit], told[side]
            parts.append(
                rf"(?P<{side}_{unit}>\b(?:(?:{adjective})\s(?:{noun})|(?:{noun})\s(?:{adjective}))\b"
                r"(?!\s(?:of|de|van)\b))"
            )
    for unit, noun in (("week", told["week"]), ("month", told["month"]), ("year", told["year"])):
        ago = (
            told["ago"]
            .replace("UNIT", f"(?:{noun})")
            .replace("N", rf"(?P<count_{unit}>\w+(?:-\w+)?)")
        )
        parts.append(rf"(?P<ago_{unit}>(?<![\w-]){ago}\b)")
    return re.compile("|".join(parts), re.IGNORECASE)


def _weekdays(told: dict[str, str], either: str) -> Iterator[re.Pattern[str]]:
    for name in told["weekdays"].split():
        yield re.compile(
            rf"(?<![\w’'-])(?:(?:{told['at']})\s)?(?:(?P<this>{told['this']})\s|{either}\s)?{name}\b",
            re.IGNORECASE,
        )
