"""Numbers written out in words, as treaties and proclamations write their dates."""

from __future__ import annotations

import re
from types import MappingProxyType

_UNITS: dict[str, int] = {}
for _line in (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty",
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro "
    "veinticinco veintiséis veintisiete veintiocho veintinueve treinta",
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
):
    for _value, _word in enumerate(_line.split(), start=1):
        _UNITS.setdefault(_word, _value)
_UNITS.update(
    {
        "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
        "ninety": 90, "thirtieth": 30, "premier": 1, "vingt": 20, "trente": 30, "quarante": 40,
        "cinquante": 50, "soixante": 60, "cuarenta": 40, "cincuenta": 50, "sesenta": 60,
        "setenta": 70, "ochenta": 80, "noventa": 90, "primero": 1, "veintiún": 21, "veintidos": 22,
        "veintitres": 23, "veintiseis": 26, "dieciseis": 16, "novecientos": 900,
        "ochocientos": 800, "setecientos": 700,
    }
)  # fmt: skip
_DUTCH = "een twee drie vier vijf zes zeven acht negen".split()
_GERMAN = "ein zwei drei vier fünf sechs sieben acht neun".split()
for _value, _word in enumerate(
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde "
    "dertiende veertiende vijftiende zestiende zeventiende achttiende negentiende twintigste".split(),
    start=1,
):
    _UNITS.setdefault(_word, _value)
for _value, _word in enumerate(
    "ersten zweiten dritten vierten fünften sechsten siebten achten neunten zehnten elften "
    "zwölften dreizehnten vierzehnten fünfzehnten sechzehnten siebzehnten achtzehnten neunzehnten "
    "zwanzigsten".split(),
    start=1,
):
    _UNITS.setdefault(_word, _value)
for _value, (_dutch, _german) in enumerate(zip(_DUTCH, _GERMAN, strict=True), start=1):
    _joint = "ën" if _dutch.endswith("e") else "en"
    for _tens, _name in ((20, "twintig"), (30, "dertig")):
        _UNITS[f"{_dutch}{_joint}{_name}ste"] = _tens + _value
        _UNITS[f"{_dutch}en{_name}ste"] = _tens + _value
    for _tens, _name in ((20, "zwanzig"), (30, "dreißig")):
        _UNITS[f"{_german}und{_name}sten"] = _tens + _value
_UNITS |= {"dertigste": 30, "dreißigsten": 30}
for _value, (_dutch, _german) in enumerate(zip(_DUTCH, _GERMAN, strict=True), start=1):
    for _tens, _in_dutch, _in_german in (
        (20, "twintig", "zwanzig"), (30, "dertig", "dreißig"), (40, "veertig", "vierzig"),
        (50, "vijftig", "fünfzig"), (60, "zestig", "sechzig"), (70, "zeventig", "siebzig"),
        (80, "tachtig", "achtzig"), (90, "negentig", "neunzig"),
    ):  # fmt: skip
        _UNITS |= {_in_dutch: _tens, _in_german: _tens}
        _UNITS[f"{_dutch}en{_in_dutch}"] = _UNITS[f"{_dutch}ën{_in_dutch}"] = _tens + _value
        _UNITS[f"{_german}und{_in_german}"] = _tens + _value
        _UNITS[f"negentienhonderd{_dutch}en{_in_dutch}"] = 1900 + _tens + _value
        _UNITS[f"neunzehnhundert{_german}und{_in_german}"] = 1900 + _tens + _value
_UNITS |= {"negentienhonderd": 1900, "tweeduizend": 2000, "neunzehnhundert": 1900}
_VALUES = MappingProxyType(_UNITS)
_HUNDREDS = frozenset({"hundred", "cent", "cents"})
_THOUSANDS = frozenset({"thousand", "mil", "mille"})
_WORD = re.compile(r"[^\W\d_]+")
_HUNDRED = 100
_FOUR_SCORE = 4


def number_of(words: str) -> int:
    """Return the number that stands in words, or 0; words before and after it are left out.

    English, French, Spanish, Dutch and German, also "nineteen hundred and fifty" and "nineteen fifty".
    """
    thousands = total = 0
    for word in _WORD.findall(words.lower()):
        if word in _THOUSANDS:
            thousands, total = max(total, 1) * 1000, 0
        elif word in _HUNDREDS:
            total = max(total, 1) * _HUNDRED
        elif word == "vingts" or (word == "vingt" and total % _HUNDRED == _FOUR_SCORE):
            total += 76
        elif (value := _VALUES.get(word)) is not None:
            total = _add(total, value)
        elif (thousands or total) and word not in {"and", "et", "y"}:
            break
    return thousands + total


def ordinal_of(words: str) -> int:
    """Return a day of the month from figures or words, or 0."""
    figures = re.match(r"\d+", words)
    return int(figures.group()) if figures else number_of(words)


def _add(total: int, value: int) -> int:
    """Read "nineteen fifty" as 1950: two numbers under a hundred that cannot be a sum."""
    century = 10 < total <= 20 and (value >= 20 or value > 10)
    return total * _HUNDRED + value if century else total + value
