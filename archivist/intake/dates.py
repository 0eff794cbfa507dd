"""Dates as documents write them, in many languages.

Dates are found from their year outwards: each year stands at the end of a date in words ("4 March
1921", "le 4 mars 1921", "March 4, 1921"), at its beginning (ISO, Chinese, Japanese) or at the end
of figures ("04.03.1921"). Years written out in words are read where a closing formula leads to
them.
"""
# ruff: noqa: RUF001 - patterns hold the very marks that documents hold

from __future__ import annotations

import csv
import datetime as dt
import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist import assets
from archivist.intake.numerals import ordinal_of
from archivist.model.dates import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_GAP = r"[\s\u200e\u200f\u202a-\u202e]{0,4}"
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]\d\d|20\d\d)(?!\d)")
_REACH = 56
_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f\u0610-\u065f\u0670\u05f3\u0900-\u0dff])"
_ORDINAL = r"(?:(?:st|nd|rd|th|er|ère|ste|de|e|-?го|-?a|-?en)(?![^\W\d_])|[ºª°.])?"
_OF = r"(?:(?:day|días|jour|dag)\s{1,3})?(?:(?:of|de|del|di)\s{1,3}|d['’])?"
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:{_ORDINAL}\s?[-–—]\s?\d{{1,2}})?{_GAP}{_ORDINAL},?{_GAP}(?:\[\d+\])?{_GAP}{_OF}"
    rf"({_LETTER}{{2,16}}(?:\s(?:الأول|الثاني))?)\.?{_GAP},?{_GAP}(?:\[\d+\],?)?{_GAP}"
    rf"(?:(?:de|del|dell['’]|of|anno|in the year)\s{{1,3}})?{_GAP}$",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<![^\W\d_])({_LETTER}{{2,16}})\.?\s{{1,4}}(\d{{1,2}})(?:st|nd|rd|th)?"
    rf"(?:\s?[-–—]\s?\d{{1,2}})?\s?(?:\[[\w –-]{{1,12}}\])?\s?[,.]?{_GAP}$"
)
_MONTH_ONLY = re.compile(
    rf"(?<![^\W\d_])({_LETTER}{{2,16}}(?:\s(?:الأول|الثاني))?)\.?,?{_GAP}(?:(?:de|del|"
    rf"of)\s{{1,3}})?$"
)
_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?$")
_SHORT_YEAR = re.compile(
    r"(?<![\w/.-])(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d\d)(?![\w/-]|\.\d)"
)
_CENTURY = 100
_PIVOT = 1940
_PLAIN_DIGITS = re.compile("[٠-٩۰-۹०-९০-৯０-９]")
_LABEL = re.compile(r"(?:\bN[or]s?\.?|[№°º]\.?|\bN[úu]m\.?|/):?\s{0,2}$")
_TIME_GROUP = re.compile(
    r"\b(?P<day>\d{2})\d{4}Z\s(?P<month>[A-Z][A-Za-z]{2})\s(?P<year>(?:19|20)\d\d|\d\d)\b"
)
_OLDEST_GROUP = 40
_VIETNAMESE = re.compile(r"(\d{1,2})\s{1,2}tháng\s{1,2}(\d{1,2}),?\s{1,2}năm\s{1,2}$")
_ISO_REST = re.compile(r"([-/.])(\d{1,2})\1(\d{1,2})(?!\d)")
_EAST_REST = re.compile(r"\s?[年년]\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日일号號])?")
_MONTHS_IN_A_YEAR = 12
_SPELT_MONTHS = (
    "january february march april may june july august september october november december "
    "janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre "
    "décembre decembre enero febrero marzo abril mayo junio julio agosto septiembre setiembre "
    "octubre noviembre diciembre januari februari maart mei juni juli augustus oktober januar "
    "februar märz mai juni juli oktober dezember"
).replace(" ", "|")
_SPELT = re.compile(
    r"(?<![^\W\d_])(?P<day>\d{1,2}(?:st|nd|rd|th|er)?|[^\W\d_]+(?:[- ][^\W\d_]+){0,2}?)[ ,]{1,2}"
    r"(?:(?:day|días|jour|jours|dag)\s)?(?:of\s|de\s|del\s|du\s)?(?:(?:the\s|mes\s|"
    r"mois\s)(?:month\s)?(?:of\s|de\s|d['’]))?"
    rf"(?P<month>{_SPELT_MONTHS}),?\s"
    r"(?:(?:in\sthe\syear|of\sthe\syear|de\sl['’]an|del?\saño|"
    r"anno)\s(?:of\sour\slord,?\s)?)?(?:de\s|of\s)?"
    r"(?P<year>(?:one thousand|two thousand|nineteen|eighteen|twenty|seventeen|mil|deux mille|dos "
    r"mil|"
    r"negentienhonderd|tweeduizend|neunzehnhundert|zweitausend)(?:[ -]?[^\W\d_]+){0,6}|1[5-9]\d\d|"
    r"20\d\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date where it stands in a text.

    Attributes:
        date: the day, month or year.
        start: where it begins, in characters.
        end: where it ends.
    """

    date: PartialDate
    start: int
    end: int


@functools.cache
def month_names() -> Mapping[str, int]:
    """Return the names and short forms of months in all languages known, in lower case."""
    names: dict[str, int] = {}
    with assets.path("authority/months.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in row["names"].split(";"):
                names.setdefault(name, int(row["month"]))
    return names


def find_dates(text: str, *, month_first: bool | None = None) -> list[FoundDate]:
    """Return the dates of a text in order; years alone are no dates here.

    Of a span of days the first is meant.

    Args:
        text: to be searched.
        month_first: how "3/4/1921" is to be read; None where nothing tells: then only its year is
            taken.
    """
    if not text.isascii() and _PLAIN_DIGITS.search(text):
        text = _PLAIN_DIGITS.sub(lambda digit: str(int(digit.group())), text)
    found: list[FoundDate] = []
    end = 0
    for match in _YEAR.finditer(text):
        date = _around(text, match, month_first=month_first)
        if date is not None and date.start >= end:
            found.append(date)
            end = date.end
    return found


def numeric_dates(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield both figures before the year, and the year, of dates such as "3/4/1921".

    Dates with dots are left out: they are written with the day first everywhere.
    """
    for match in _YEAR.finditer(text):
        before = text[max(0, match.start() - _REACH) : match.start()]
        if not before.rstrip().endswith(("/", "-")):
            continue
        figures = _FIGURES.search(before)
        if figures and not _LABEL.search(before[: figures.start()]):
            yield int(figures[1]), int(figures[3]), int(match.group())


def whole_years(text: str, near: str) -> str:
    """Write years of two figures as four: "4/5/12" as "4/5/2012".

    Args:
        text: a title or a line of a heading.
        near: the document; its years tell the century.
    """
    years = [int(year) for year in _YEAR.findall(near)]

    def whole(match: re.Match[str]) -> str:
        value = int(match["year"])
        if years:
            centuries = (year // _CENTURY * _CENTURY + value for year in years)
            year = min(centuries, key=lambda near: min(abs(near - other) for other in years))
        else:
            year = (_PIVOT - value + _CENTURY - 1) // _CENTURY * _CENTURY + value
        first, mark, second = match["first"], match["mark"], match["second"]
        return f"{first}{mark}{second}{mark}{year}"

    return _SHORT_YEAR.sub(whole, text)


def find_spelt(text: str) -> Iterator[FoundDate]:
    """Yield dates whose day or year is written out in words."""
    for match in _SPELT.finditer(text):
        month = month_names().get(match["month"].lower(), 0)
        day, year = ordinal_of(match["day"]), ordinal_of(match["year"])
        date = _partial(year, month, day) if month else None
        if date is not None:
            yield FoundDate(date, match.start(), match.end())


def read_time_group(text: str) -> str:
    """Return the day of a date-time group of a telegram as ISO: `R 272139Z JAN 76`; else ""."""
    match = _TIME_GROUP.search(text)
    month = month_names().get(match["month"].lower(), 0) if match else 0
    if match is None or not month:
        return ""
    year = int(match["year"])
    if len(match["year"]) == len("76"):
        year += 1900 if year >= _OLDEST_GROUP else 2000
    date = _partial(year, month, int(match["day"]))
    return str(date) if date else ""


def read_date(text: str, *, month_first: bool | None = None) -> str:
    """Return the first date of a short text as ISO, a bare year too; empty where it has none."""
    if found := find_dates(text, month_first=month_first):
        return str(found[0].date)
    year = _YEAR.search(text)
    return year.group() if year else ""


def _around(text: str, year: re.Match[str], *, month_first: bool | None) -> FoundDate | None:
    value, start, end = int(year.group()), year.start(), year.end()
    if found := _after(text, value, start, end):
        return found
    offset = max(0, start - _REACH)
    before = text[offset:start]
    read = _figures(before, value, month_first=month_first) or _words(before, value)
    if read is None:
        return None
    date, at = read
    return FoundDate(date, offset + at, end)


def _after(text: str, year: int, start: int, end: int) -> FoundDate | None:
    if rest := _ISO_REST.match(text, end):
        date = _partial(year, int(rest[2]), int(rest[3]))
    elif rest := _EAST_REST.match(text, end):
        date = _partial(year, int(rest[1]), int(rest[2] or 0))
    else:
        return None
    return FoundDate(date, start, rest.end()) if date else None


def _figures(before: str, year: int, *, month_first: bool | None) -> tuple[PartialDate, int] | None:
    if match := _VIETNAMESE.search(before):
        date = _partial(year, int(match[2]), int(match[1]))
    elif (match := _FIGURES.search(before)) and not _LABEL.search(before[: match.start()]):
        date = _of_figures(int(match[1]), int(match[3]), year, match[2], month_first)
    else:
        return None
    return (date, match.start()) if date else None


def _of_figures(
    first: int,
    second: int,
    year: int,
    mark: str,
    month_first: bool | None,  # noqa: FBT001
) -> PartialDate | None:
    """Read "3/4/1921" by what is possible, else by the order that is known, else its year."""
    if first == second or max(first, second) > _MONTHS_IN_A_YEAR:
        swap = second > _MONTHS_IN_A_YEAR
    elif mark == ".":
        swap = False
    elif month_first is None:
        return PartialDate(year)
    else:
        swap = month_first
    day, month = (second, first) if swap else (first, second)
    return _partial(year, month, day)


def _words(before: str, year: int) -> tuple[PartialDate, int] | None:
    months = month_names()
    if (match := _DAY_FIRST.search(before)) and (month := _month(match[2], months)):
        date = _partial(year, month, int(match[1]))
    elif (match := _MONTH_FIRST.search(before)) and (month := _month(match[1], months)):
        date = _partial(year, month, int(match[2]))
    elif (match := _MONTH_ONLY.search(before)) and (month := _month(match[1], months)):
        date = _partial(year, month, 0)
    else:
        return None
    return (date, match.start()) if date else None


def _month(word: str, months: Mapping[str, int]) -> int:
    word = word.lower().replace("ـ", "")
    last = word.rpartition(" ")[2]
    return months.get(word) or months.get(last) or months.get(last.removeprefix("ב")) or 0


def _partial(year: int, month: int, day: int) -> PartialDate | None:
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    return PartialDate(year, month, day if month else 0)
