"""Which countries a text is substantially about or names as actors.

Names, demonyms, former states and organs are counted word by word, the longest name first. Capitals
count for little: they are mostly where somebody was, not who acted. A short text is about every
country it names; a long one about those it names again and again, or early.
"""

from __future__ import annotations

import csv
import functools
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from archivist import assets
from archivist.model.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archivist.intake.layout import Layout

_TOKEN = re.compile(r"[^\W_]+")
_MARKED_TOKEN = re.compile(r"[\w\u0900-\u0963\u0966-\u0df3\u0e31-\u0e4e\u1000-\u109f]+")
_MARKED = frozenset({"hi", "bn", "mr", "ne", "gu", "pa", "ta", "te", "kn", "ml", "or", "si", "my"})
"""Languages whose vowels are marks that stand within words and are no letters."""
_NAMED, _CAPITAL = 1.0, 0.3
_TITLE = 3.0
_EARLY_WORDS = 80
_EARLY = 2.0
_SHORT_TEXT = 6_000
_ENOUGH, _AGAIN = 1.0, 2.0
_SHARE = 0.1
_A_MENTION_EACH = 4_000
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})
_FORMS_OF_ADDRESS = frozenset(
    ["mr", "mrs", "ms", "miss", "dr", "senator", "sir", "congressman", "herr", "frau"]
)
_TONGUES_AFTER = frozenset(
    {"language", "languages", "text", "texts", "version", "translation", "taal", "talen", "tekst"}
    | {"teksten", "sprache", "sprachen", "wortlaut"}
)
_TONGUES_BEFORE = frozenset(
    {"langue", "langues", "idioma", "idiomas", "lingua", "lingue", "língua", "línguas"}
)
_TONGUE_REACH = 4
_ARABIC_PREFIXES = ("وال", "بال", "لل", "كال", "فال", "و", "ب", "ل", "ف", "ك")
_NOBODY = (
    "Latin America;South America;Central America;North America;Latin American;South American;"
    "Central American;North American;Organization of American States;Inter American;Pan American;"
    "Latin Americans;South Americans;Central Americans;African American;African Americans;"
    "American Samoa;New England;New Mexico;New South Wales;Gulf of Mexico;Persian Gulf;"
    "Indian Ocean;South China Sea;East China Sea;Sea of Japan;British Columbia;American Indian;"
    "American Indians;Native American;Native Americans;Jordan River;Georgia Tech;Indian Affairs;"
    "Indian Territory;Indian Tribes;Indian Tribe;Indian Nations;Indian Nation;"
    "Netherlands Antilles;Turkey Creek;French Guiana;Atlanta Georgia;North Atlantic;"
    "Merchant Marine;Polish up;Port of Spain;Chad Wolf;Michael Jordan;Washington Post;"
    "New York Times;Paris Agreement;Paris Accord;Warsaw Pact;Geneva Convention;"
    "Geneva Conventions;Vienna Convention;Vienna Conventions;Hague Convention;Hague Conventions;"
    "Monroe Doctrine;Bank of America;Bretton Woods;West Indies;East Indies;West Indian;"
    "Estados Unidos Mexicanos X;América Latina;América del Sur;América Central;Amérique latine;"
    "Amérique du Sud;Vienna Declaration;Rome Statute;Kyoto Protocol;Montreal Protocol;"
    "Berlin Wall;London Naval Treaty;Brussels Pact;Brussels Treaty;Manila Pact;Rio Pact;Rio Treaty;"
    "Canberra Pact;Colombo Plan;Bogotá Pact;Moscow Agreement;Potsdam Agreement;Paris Pact;"
    "Pact of Paris;Treaty of Paris;Treaty of Rome;Treaty of London;English language;"
    "French language;Spanish language;German language;Dutch language;Russian language;"
    "Arabic language;Chinese language;Guinea pig;Guinea worm"
)


class _Entry(NamedTuple):
    rest: tuple[str, ...]
    code: str
    worth: float
    short: bool
    proper: bool


@dataclass(slots=True)
class _Names:
    """Names by their first word: the words that follow it, the code, and what the name is worth."""

    first: dict[str, list[_Entry]] = field(default_factory=lambda: defaultdict(list))
    token: re.Pattern[str] = _TOKEN

    def add(self, name: str, code: str, worth: float) -> None:
        words = self.token.findall(name.removeprefix("the "))
        if not words:
            return
        short = name.replace(".", "").isupper() and len(name) < len("NATIONAL")
        for spelt in {tuple(word.lower() for word in words), tuple(fold(word) for word in words)}:
            entry = _Entry(spelt[1:], code, worth, short, proper=words[0][0].isupper())
            if entry not in self.first[spelt[0]]:
                self.first[spelt[0]].append(entry)

    def close(self) -> None:
        """Put the longest name first."""
        for entries in self.first.values():
            entries.sort(key=lambda entry: -len(entry[0]))


def find_countries(layout: Layout, language: str) -> tuple[str, ...]:
    """Return the codes of the countries a document is about, sorted."""
    counts: dict[str, float] = defaultdict(float)
    for code, worth, _ in mentions(layout.title, language):
        counts[code] += worth * _TITLE
    early: set[str] = set()
    for code, worth, before in mentions(layout.body, language):
        is_early = before < _EARLY_WORDS and code not in early
        early.update({code} if is_early else ())
        counts[code] += worth * (_EARLY if is_early else 1.0)
    return tuple(sorted(code for code, count in counts.items() if count >= _bar(layout, counts)))


def mentions(text: str, language: str) -> Iterator[tuple[str, float, int]]:
    """Yield each mention of a country: code, worth, and how many words (or signs) precede it."""
    if language in _UNSPACED:
        yield from _unspaced(text, language)
        return
    known = _names(language)
    names = known.first
    words = known.token.findall(text)
    lower = list(map(str.lower, words))
    if language == "ar":
        lower = [_bare(word, names) for word in lower]
    skip = 0
    for index in [index for index, word in enumerate(lower) if word in names]:
        if index < skip:
            continue
        if index and lower[index - 1] in _FORMS_OF_ADDRESS:
            continue
        found = _longest(names[lower[index]], index, words, lower)
        if found is not None:
            length, code, worth = found
            skip = index + length
            if code and not _is_tongue(lower, index, skip):
                yield code, worth, index


def _is_tongue(lower: Sequence[str], start: int, end: int) -> bool:
    """Whether a language is meant: `the English and French texts`, `en langue française`."""
    near = lower[end : end + _TONGUE_REACH], lower[max(0, start - _TONGUE_REACH) : start]
    return not (_TONGUES_AFTER.isdisjoint(near[0]) and _TONGUES_BEFORE.isdisjoint(near[1]))


def _bar(layout: Layout, counts: dict[str, float]) -> float:
    """Return what a country must count to be one the text is about."""
    length = min(len(layout.text), len(layout.body))
    if length <= _SHORT_TEXT:
        return _ENOUGH
    top = max(counts.values())
    return max(_AGAIN, min(top * _SHARE, length / _A_MENTION_EACH))


def _longest(
    entries: Sequence[_Entry],
    index: int,
    words: Sequence[str],
    lower: Sequence[str],
) -> tuple[int, str, float] | None:
    for rest, code, worth, short, proper in entries:
        end = index + 1 + len(rest)
        if rest and tuple(lower[index + 1 : end]) != rest:
            continue
        if short and not all(word.isupper() for word in words[index:end]):
            continue
        if proper and words[index][0].islower():
            continue
        return 1 + len(rest), code, worth
    return None


def _bare(word: str, names: dict[str, list[_Entry]]) -> str:
    """Take off the particles that Arabic writes together with a word."""
    if word in names:
        return word
    for prefix in _ARABIC_PREFIXES:
        if word.startswith(prefix):
            rest = word[len(prefix) :]
            for candidate in (rest, f"ال{rest}"):
                if candidate in names:
                    return candidate
    return word


@functools.cache
def _names(language: str) -> _Names:
    names = _Names(token=_MARKED_TOKEN if language in _MARKED else _TOKEN)
    for name in _NOBODY.split(";"):
        names.add(name, "", 0.0)
    if language in {"", "en"} or not _own_names(language):
        _add_english(names)
    for code, name in _own_names(language):
        names.add(name, code, _NAMED)
    names.close()
    return names


def _add_english(names: _Names) -> None:
    with assets.path("authority/countries.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for column in ("name", "names", "demonyms", "former", "organs"):
                for name in filter(None, row[column].split(";")):
                    names.add(name, row["code"], _NAMED)
            for name in filter(None, row["capitals"].split(";")):
                names.add(name, row["code"], _CAPITAL)


def _own_names(language: str) -> list[tuple[str, str]]:
    return [
        (code, name)
        for spoken, code, names in _other_names()
        if spoken == language
        for name in names.split(";")
    ]


@functools.cache
def _other_names() -> tuple[tuple[str, str, str], ...]:
    with assets.path("authority/country-names.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["language"], row["code"], row["names"]) for row in csv.DictReader(file))


@functools.cache
def _unspaced_names(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    names = {name: code for code, name in _own_names(language)}
    longest = sorted(names, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)) or r"(?!)"), names


def _unspaced(text: str, language: str) -> Iterator[tuple[str, float, int]]:
    pattern, names = _unspaced_names(language)
    for match in pattern.finditer(text):
        yield names[match.group()], _NAMED, match.start()
