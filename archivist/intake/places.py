"""Places as datelines spell them, and the list of towns known by name."""
# ruff: noqa: RUF001 - patterns hold the very marks that documents hold

from __future__ import annotations

import csv
import functools
import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from archivist import assets
from archivist.intake.dates import month_names
from archivist.model.words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARKS = " \t\u00a0,،.;:()[]{}<>*|/–—-\u202a\u202b\u202c\u200e\u200f"
_NUMBER = re.compile(r"N(?:[or]s?\.?|[°º]\.?|um\.|úm\.):?\s{0,2}[\w/.-]*\d[\w/.-]*")
_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi "
    "samedi dimanche montag dienstag mittwoch donnerstag freitag samstag sonntag lunes martes "
    "miércoles jueves viernes sábado domingo maandag dinsdag woensdag donderdag vrijdag zaterdag "
    "zondag lunedì martedì mercoledì giovedì venerdì sabato domenica segunda-feira terça-feira "
    "quarta-feira quinta-feira sexta-feira понедельник вторник среда четверг пятница суббота "
    "воскресенье"
).replace(" ", "|")
_CONNECTOR = re.compile(
    rf"[\s,]+(?:den|le|op|the|this|el|am|al|il|lì|em|on|dated|a|los|de|г\.|{_WEEKDAYS})$|"
    rf"^(?:the|this|le|op|den|am|el|{_WEEKDAYS})$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:(?:secret|top|cablegrams|telegrams|savingrams|despatches|confidential|restricted|"
    r"unclassified|urgent|immediate|priority|circular|"
    r"cablegram|telegram|savingram|airgram|teleprinter|message|letter|despatch|dispatch|minute|"
    r"memorandum|note|departmental|draft|text|copy|extracts?|agenda|agendum|minutes|verbatim|summary|unnumbered|personal|telex|cable|"
    r"instruction|unsigned|handwritten|record|boletín|boletin|comunicado|communiqué|aide-mémoire|"
    r"submission|statement|speech|report|press|release|repeated|teletype|inward|outward|n[or]s?|"
    r"part|section|unclass|night|lettergram|joint|ministerial|cabinet|translation|paraphrase|"
    r"telephone|conversation|facsimile|fax|date|datum|fecha|data|дата|place|at|in)\b[\s,.:;()\[\]]*"
    r"|[\w./-]*\d[\w./-]*(?![\w'’])[\s,.:;()\[\]]*|[([{]\s*(?:extract|copy|translation)s?\s*[)\]}]\s*)+",
    re.IGNORECASE,
)
_WORD = re.compile(r"['’]s-[A-Z]\w+|[^\W\d_][\w'’.\-]*", re.UNICODE)
_PARTICLES_LIST = """
    de del la las los le les of the al el en am an der den upon sur da do di du à aan and y et
    und bei im near via off
"""
_PARTICLES = frozenset(_PARTICLES_LIST.split())
_NO_PLACE_LIST = """
    on in since by from until before after between during dated received president minister
    secretary resolution document act law article subject reference date signed adopted approved
    effective published issued released updated last posted written version your my our his her
    and or mr mrs sir dear to re ref amended january about paris-time today yesterday tomorrow
    this that with executive order embtel deptel telegram despatch dispatch circular letter
    memorandum note meeting conference agreement treaty convention protocol approximately
    undated was is as at page no vol volume copy ended ending session delivered spring summer
    autumn winter early late mid end beginning present assembly para mon tue tues wed thu thur thurs
    fri sat sun confidential secret restricted unclassified priority q
"""
_NO_PLACE = frozenset(_NO_PLACE_LIST.split())
_FIGURES = re.compile(r"[^\s'’]*\d[^\s'’]*")
_JOINED = re.compile(r"[,،]\s*(?:\[\s*)?$|[\s,](?:den|le|op|el|am|a)\s*$|\]\s*,?\s*$")
_PARTS = re.compile(r"[,،;|()\n]|\s[–—-]\s")
_MAX_WORDS = 6
_VENUE_WORDS = 12
_ABBREVIATED = re.compile(r"\b[A-Z]\.[A-Z]$")
_MAX_CHARS = 48
_SHORT = 3
_PRESS = re.compile(
    r"^(?P<place>[^\W\d_a-zß-ÿ][\w'’ ]{2,28}?(?:,\s[^\W\d_a-z][\w'’. ]{1,26}?|"
    r",?\s?\(\s?[^\W\d_][\w'’ ]{2,24}\))?)"
    r"(?:\s?\((?:[A-Z]{2,8}|[A-Z][a-z]{3,9})\))?\s?(?P<mark>\.?\s?[–—]|\.\s?-|\s-|\.)\s?"
    r"[“\"«'¡¿]?[^\W\d_a-zß-ÿ]"
)

_TELLS = re.compile(r"(?:^|\s)[^\W\d_]{2,}(?:['’]\w+)?\s[\w“\"'’«(]*[a-zß-ÿ]{2}|[\u0370-\uffff]{3}")
"""What follows the place of a press text is told in words, not in more headings."""


@functools.cache
def gazetteer() -> Mapping[str, str]:
    """Return the towns known: folded name to country code."""
    towns: dict[str, str] = {}
    with assets.path("authority/places.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            towns[" ".join(words_of(row["name"]))] = row["code"]
    return MappingProxyType(towns)


def is_known(place: str) -> bool:
    """Whether a place, or the part before its comma or bracket, is a town on the list."""
    known = gazetteer()
    first = re.split(r"[,(]", place, maxsplit=1)[0]
    return " ".join(words_of(place)) in known or " ".join(words_of(first)) in known


def place_before(words: str) -> str | None:
    """Return the place in the words that lead to a date, in a dateline.

    Returns:
        The place, or "" where nothing but labels and numbers stands there, or None where the words
        are none of a dateline.
    """
    text = " ".join(words.split())
    place = ""
    for part in (_FIGURES.split(text)[-1], _after_number(text)):
        joined = bool(_JOINED.search(part))
        place = _strip(part)
        if place and _may_be_place(place, joined=joined):
            return tidy(place)
    return None if place else ""


def tidy(place: str) -> str:
    """Write a place that stands in capitals with small letters: `CANBERRA` as `Canberra`."""
    place = " ".join(place.replace("[", "").replace("]", "").split())
    place = re.sub(r"\s+,", ",", place).strip(_MARKS.replace(".", "").replace(")", ""))
    place += "." if _ABBREVIATED.search(place) else ""
    if not place.isupper():
        return place
    return re.sub(r"[^\W\d_]{3,}", lambda word: word.group().capitalize(), place)


def standalone(line: str) -> str:
    """Return the place if a line holds nothing else and is known as a place, else ""."""
    if len(line) > _MAX_CHARS or any(mark.isdigit() for mark in line):
        return ""
    text = line.strip(_MARKS)
    return tidy(text) if text and text[0].isupper() and is_known(text) else ""


def place_after(words: str) -> str:
    """Return the known place in the words that follow a date on its line, as in `…, Geneva`."""
    for part in _PARTS.split(words)[:4]:
        if place := standalone(part):
            return place
    return ""


def place_ending(line: str) -> str:
    """Return the known place that a line with a venue ends with: `Town Hall Washington, D.C.`."""
    words = line.split()
    if not 1 < len(words) <= _VENUE_WORDS or not all(map(_fits, _WORD.findall(line))):
        return ""
    endings = (" ".join(words[-count:]) for count in (3, 2, 1))
    return next(filter(None, map(standalone, endings)), "")


def press_place(line: str) -> str:
    """Return the place that a press text begins with, as in `Quito, Ecuador. - The …`, else ""."""
    match = _PRESS.match(line)
    if match is None:
        return ""
    if not _TELLS.search(line, match.end("mark")):
        return ""
    place = re.sub(r"\(\s+|\s+\)", lambda gap: gap.group().strip(), match["place"].strip())
    several = "," in place or "(" in place
    if not _may_be_place(place, joined=True) or len(place.split()) > _MAX_WORDS:
        return ""
    sure = is_known(place) or (place.isupper() and match["mark"] != ".")
    return tidy(place) if sure or (several and match["mark"] != " -") else ""


def _after_number(text: str) -> str:
    numbers = list(_NUMBER.finditer(text))
    return text[numbers[-1].end() :] if numbers else text


def _strip(text: str) -> str:
    text = text.strip(_MARKS)
    while (shorter := _CONNECTOR.sub("", text).strip(_MARKS)) != text:
        text = shorter
    text = _LABEL.sub("", text).strip(_MARKS)
    return "" if _CONNECTOR.fullmatch(f" {text}") else text


def _may_be_place(text: str, *, joined: bool) -> bool:
    if len(text) > _MAX_CHARS or any(mark.isdigit() or mark in ';:?!"“”=' for mark in text):
        return False
    words = _WORD.findall(text)
    if not 0 < len(words) <= _MAX_WORDS or not all(_fits(word) for word in words):
        return False
    if not any(len(word) >= _SHORT for word in words):
        return False
    return joined or text.isupper() or is_known(text)


def _fits(word: str) -> bool:
    folded = word.lower().strip(".")
    if folded in _PARTICLES:
        return True
    if folded in _NO_PLACE or folded in month_names():
        return False
    return not word[0].islower() or word[0] in "'’"
