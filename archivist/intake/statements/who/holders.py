"""Who held an office on a day: a table of heads of state and government and of ministers."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import yaml

from archivist import assets
from archivist.intake.statements.who.naming import is_given, is_particle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_CACHED = 4_096
_NOBODY, _LAST_DAY = "-", "9999"
_CODES = {
    "president": "president",
    "presidente": "president",
    "presidenta": "president",
    "président": "president",
    "präsident": "president",
    "pres": "president",
    "presidente república": "president",
    "president republic": "president",
    "president vice": "vice-president",
    "minister prime": "prime-minister",
    "ministro primer": "prime-minister",
    "ministre premier": "prime-minister",
    "primin": "prime-minister",
    "chancellor": "prime-minister",
    "chancellor federal": "prime-minister",
    "bundeskanzler": "prime-minister",
    "bundeskanzlerin": "prime-minister",
    "taoiseach": "prime-minister",
    "chairman": "prime-minister",
    "foreign minister": "foreign-minister",
    "foreign secretary": "foreign-minister",
    "fonmin": "foreign-minister",
    "formin": "foreign-minister",
    "exteriores ministro relaciones": "foreign-minister",
    "étrangères ministre": "foreign-minister",
    "außenminister": "foreign-minister",
    "außenministerin": "foreign-minister",
    "secretary state": "secretary-of-state",
    "secstate": "secretary-of-state",
    "secretary": "secretary-of-state",
    "defense secretary": "defense-minister",
    "secdef": "defense-minister",
    "secretary treasury": "finance-minister",
    "king": "monarch",
    "queen": "monarch",
    "shah": "monarch",
    "emperor": "monarch",
    "rey": "monarch",
    "secretary-general": "secretary-general",
    "general secretary": "secretary-general",
    "syg": "secretary-general",
    "nations secretary-general united": "secretary-general",
    "general nations secretary united": "secretary-general",
    "pope": "pope",
    "adviser national security": "national-security-adviser",
    "advisor national security": "national-security-adviser",
}
"""Words of an office in alphabetical order, and its name in the table."""
_SUCCESSORS = {"SU": "RU", "DD": "DE", "VD": "VN", "CS": "CZ", "YU": "RS"}
_NUMERAL = re.compile(r"[IVX]+")
_PREFIXES = ("al-", "el-")


class Holder(NamedTuple):
    """Somebody who held an office for a time.

    Attributes:
        name: the full name.
        country: ISO 3166-1 alpha-2, as texts name the state today: RU for the Soviet Union.
        office: "president", "prime-minister", "foreign-minister", ...
        since: the first day, ISO 8601, as exactly as known.
        until: the first day of who came next; "9999" where nobody did.
        forms: the words of the name's forms, folded.
    """

    name: str
    country: str
    office: str
    since: str
    until: str
    forms: tuple[tuple[str, ...], ...]

    def held_on(self, date: str) -> bool:
        """Whether this is a holder on a day, a month or a year, first and last included."""
        return self.since[: len(date)] <= date <= self.until[: len(date)]

    def is_named(self, words: Sequence[str]) -> bool:
        """Whether the words of a name may mean this holder: "Lee", "A. Lee", "Ann Lee"."""
        asked = [fold(word) for word in words]
        return any(_means(asked, form) for form in self.forms)


@lru_cache(_CACHED)
def code_of(words: frozenset[str]) -> str:
    """Return the name in the table of an office by its words in small letters, or ""."""
    return _CODES.get(" ".join(sorted(words)), "")


@lru_cache(_CACHED)
def holders_on(office: str, date: str) -> tuple[Holder, ...]:
    """Return who held an office on a day, in all countries."""
    return tuple(each for each in _table().get(office, ()) if each.held_on(date)) if date else ()


@lru_cache(_CACHED)
def bearers(office: str, surname: str) -> tuple[Holder, ...]:
    """Return who ever held an office with a family name, folded, in all countries."""
    return _by_word().get((office, surname), ())


def initials_of(name: str) -> str:
    """Return the first letters of a name: "JFD"."""
    return "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper())


@lru_cache(_CACHED)
def fold(word: str) -> str:
    """Return a word in small letters, without accents, marks and "al-" before it."""
    plain = word.lower()
    plain = plain if plain.isascii() else unicodedata.normalize("NFKD", plain)
    if not plain.isalpha():
        plain = "".join(each for each in plain if each.isalpha() or each == "-")
    return next((plain[len(each) :] for each in _PREFIXES if plain.startswith(each)), plain)


def _means(asked: list[str], form: tuple[str, ...]) -> bool:
    """Whether a name, short or in full, may be a form of another."""
    family = _family(form)
    at = max((at for at, word in enumerate(asked) if word in family), default=-1)
    if at < 0:
        return False
    rest = asked[0] if at else next(iter(asked[1:]), "")
    given = {word[0] for word in form if word and word != asked[at]}
    return not rest or not given or rest[:1] in given


@lru_cache(_CACHED)
def _family(form: tuple[str, ...]) -> list[str]:
    """Return the words of a name that may be a family name: the last one, and what is no given."""
    words = [word for word in form if len(word) > 1 and not is_particle(word)]
    return [word for word in words if word == form[-1] or not is_given(word)]


@cache
def _by_word() -> Mapping[tuple[str, str], tuple[Holder, ...]]:
    """Return who held an office by each word that may be their family name."""
    found: dict[tuple[str, str], tuple[Holder, ...]] = {}
    for office, holders in _table().items():
        for holder in holders:
            for word in {word for form in holder.forms for word in _family(form)}:
                found[office, word] = (*found.get((office, word), ()), holder)
    return found


@cache
def _table() -> Mapping[str, tuple[Holder, ...]]:
    text = assets.path("authority/office-holders.yaml").read_text(encoding="utf-8")
    found: dict[str, list[Holder]] = {}
    for country, offices in yaml.load(text, Loader=yaml.CSafeLoader).items():
        for office, lines in offices.items():
            kept = found.setdefault(office, [])
            kept.extend(_read(_SUCCESSORS.get(country, country), office, lines.splitlines()))
    return {office: tuple(holders) for office, holders in found.items()}


def _read(country: str, office: str, lines: list[str]) -> Iterator[Holder]:
    dates = [line.split(maxsplit=1)[0] for line in lines]
    for line, until in zip(lines, [*dates[1:], _LAST_DAY], strict=True):
        since, names = line.split(maxsplit=1)
        if names.strip() == _NOBODY:
            continue
        forms = [form.strip() for form in names.split(";")]
        folded = tuple(tuple(map(fold, _plain(form))) for form in forms)
        yield Holder(forms[0], country, office, since, until, folded)


def _plain(form: str) -> list[str]:
    return [word for word in form.split() if not _NUMERAL.fullmatch(word)]
