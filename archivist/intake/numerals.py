"""Numbers written out in words, as treaties and proclamations write their dates."""

from __future__ import annotations

import functools
import re
from itertools import product

_SERIES = (
    # each series counts from one
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty""",
    """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""",
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    """uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis
    diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco
    veintiséis veintisiete veintiocho veintinueve treinta""",
    """eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde
    dertiende veertiende vijftiende zestiende zeventiende achttiende negentiende twintigste""",
    """ersten zweiten dritten vierten fünften sechsten siebten achten neunten zehnten elften
    zwölften dreizehnten vierzehnten fünfzehnten sechzehnten siebzehnten achtzehnten neunzehnten
    zwanzigsten""",
)
_TEENS = (
    # Dutch and German, from one to twenty
    """een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien
    zestien zeventien achttien negentien twintig""",
    """eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn
    sechzehn siebzehn achtzehn neunzehn zwanzig""",
)
_TENS = (
    # each counts from twenty, in tens
    "twenty thirty forty fifty sixty seventy eighty ninety",
    "vingt trente quarante cinquante soixante",
    "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
)
_OTHERS = {
    "thirtieth": 30,
    "premier": 1,
    "primero": 1,
    "veintiún": 21,
    "veintidos": 22,
    "veintitres": 23,
    "veintiseis": 26,
    "dieciseis": 16,
    "setecientos": 700,
    "ochocientos": 800,
    "novecientos": 900,
    "dertigste": 30,
    "dreißigsten": 30,
    "negentienhonderd": 1900,
    "neunzehnhundert": 1900,
    "tweeduizend": 2000,
    "zweitausend": 2000,
}
_DUTCH_UNITS = "een twee drie vier vijf zes zeven acht negen"
_GERMAN_UNITS = "ein zwei drei vier fünf sechs sieben acht neun"
_HUNDREDS = frozenset({"hundred", "cent", "cents"})
_THOUSANDS = frozenset({"thousand", "mil", "mille"})
_JOINTS = frozenset({"and", "et", "y"})
_WORD = re.compile(r"[^\W\d_]+")
_HUNDRED = 100
_FOUR_SCORE = 4
_CENTURIES = range(11, 21)


def number_of(words: str) -> int:
    """Return the number that stands in words, or 0; words before and after it are left out.

    English, French, Spanish, Dutch and German, also "nineteen hundred and fifty" and "nineteen
    fifty".
    """
    values = _values()
    thousands = total = 0
    for word in _WORD.findall(words.lower()):
        if word in _THOUSANDS:
            thousands, total = max(total, 1) * 1000, 0
        elif word in _HUNDREDS:
            total = max(total, 1) * _HUNDRED
        elif word == "vingts" or (word == "vingt" and total % _HUNDRED == _FOUR_SCORE):
            total += 76
        elif (value := values.get(word)) is not None:
            total = _add(total, value)
        elif (thousands or total) and word not in _JOINTS:
            break
    return thousands + total


def ordinal_of(words: str) -> int:
    """Return a number from figures or words, or 0."""
    figures = re.match(r"\d+", words)
    return int(figures.group()) if figures else number_of(words)


def _add(total: int, value: int) -> int:
    """Read "nineteen fifty" as 1950: two numbers under a hundred that cannot be a sum."""
    century = total in _CENTURIES and value >= min(_CENTURIES)
    return total * _HUNDRED + value if century else total + value


@functools.cache
def _values() -> dict[str, int]:
    values = dict(_OTHERS)
    for series, thousands in zip(_TEENS, ("tweeduizend", "zweitausend"), strict=True):
        for value, word in enumerate(series.split(), start=1):
            values |= {word: value, f"{thousands}{word}": 2000 + value}
    for series in _SERIES:
        for value, word in enumerate(series.split(), start=1):
            values.setdefault(word, value)
    for series in _TENS:
        for tens, word in enumerate(series.split(), start=2):
            values.setdefault(word, 10 * tens)
    values |= _units_first(_DUTCH_UNITS, _TENS[3], ("en", "ën"), "ste", "negentienhonderd")
    values |= _units_first(_GERMAN_UNITS, _TENS[4], ("und",), "sten", "neunzehnhundert")
    return values


def _units_first(
    units: str, tens: str, joints: tuple[str, ...], ending: str, century: str
) -> dict[str, int]:
    """Return numbers that are said units first, as one word: `eenentwintigste`."""
    values: dict[str, int] = {}
    all_units, all_tens = enumerate(units.split(), start=1), enumerate(tens.split(), start=2)
    for (unit, small), (ten, large), joint in product(all_units, all_tens, joints):
        value = 10 * ten + unit
        word = f"{small}{joint}{large}"
        values |= {word: value, f"{word}{ending}": value, f"{century}{word}": 1900 + value}
    return values
