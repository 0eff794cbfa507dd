"""Stemmers by language: a word's other forms, found among the words of a segment.

Words stand in the index as written. A form of a word is a word with the same stem in the language
of its record; in Arabic and Hebrew, behind particles, too. Where it is known how the forms of a
stem begin, slices of the lexicon hold them all; else they are looked up in a map of all stems.
"""

from __future__ import annotations

import functools
import threading
from typing import TYPE_CHECKING

import Stemmer

from archivist.model.words import fold
from archivist.search import endings, particles

if TYPE_CHECKING:
    from collections.abc import Callable

    from archivist.search.segment import PackedField

UNKNOWN = "english"
"""What is used for records whose language is unknown or has no stemmer."""
ALGORITHMS: dict[str, str] = {
    "af": "dutch", "ar": "arabic", "be": "belarusian", "bg": "bulgarian", "bs": "serbian",
    "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque",
    "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "gl": "portuguese",
    "he": "hebrew", "hi": "hindi", "hr": "serbian", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "ka": "georgian", "lb": "german", "lt": "lithuanian",
    "mk": "macedonian", "ms": "indonesian", "nb": "norwegian", "ne": "nepali", "nl": "dutch",
    "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sh": "serbian", "sk": "czech", "sr": "serbian", "st": "sesotho",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "uk": "ukrainian", "yi": "yiddish",
}  # fmt: skip
"""Names of Snowball's stemmers, and of rules of our own, by ISO 639-1."""


def _same(stem: str, cut: int = 2) -> list[str]:
    """Where a language changes only the ends of words, forms begin as the stem does.

    The last two letters of a stem may differ from the word.
    """
    return [stem[: max(1, len(stem) - cut)]]


def _dutch(stem: str) -> list[str]:
    """Dutch takes "ge" out of words, wherever it stands, and lengthens ends ("-atie": "-eer")."""
    (start,) = _same(stem, cut=3)
    once = [f"{start[:place]}ge{start[place:]}" for place in range(len(start) + 1)]
    return [start, *once, *(f"ge{beginning}" for beginning in once[1:])]


def _finnish(stem: str) -> list[str]:
    """Finnish makes the consonant before the last vowels of a stem single; "-us" is "-uks-"."""
    start = stem.removesuffix("s") if stem.endswith("us") else stem
    return [start.rstrip("aeiouy") or stem[:1]]


def _german(stem: str) -> list[str]:
    """German writes umlauts as "ae", too; the stem has them without the e."""
    return _spelled(stem, "aou", "e")


def _turkish(stem: str) -> list[str]:
    """Turkish makes the last consonant of a stem voiceless, and adds a vowel to some stems."""
    return [stem[:-1]] if len(stem) > 1 else [stem, *_VOICED.get(stem, "")]


def _esperanto(stem: str) -> list[str]:
    """Esperanto writes its accents as "cx", too; the stem has them without the x."""
    return _spelled(stem, "cghjsu", "x")


def _spelled(stem: str, letters: str, sign: str) -> list[str]:
    """Return how a stem begins, with and without a sign after some letters."""
    (start,) = _same(stem)
    found = [""]
    for letter in start:
        doubled = letter in letters and len(found) < _MOST_SPELLINGS
        found = [
            one + end
            for one in found
            for end in ((letter, letter + sign) if doubled else (letter,))
        ]
    return found


def _irish(stem: str) -> list[str]:
    """Irish changes how words begin: "cath" is "chath" and "gcath"."""
    (start,) = _same(stem)
    first, rest = start[:1], start[1:]
    return [start, f"{first}h{rest}", f"{_ECLIPSED.get(first, first)}{rest}"]


def _indonesian(stem: str) -> list[str]:
    """Indonesian puts one or two prefixes before words; "s" and "p" are lost behind some."""
    (start,) = _same(stem)
    found = [first + second + start for first in _FIRST for second in _SECOND]
    if start[0] == "s":
        found += [f"{first}y{start[1:]}" for first in ("men", "pen")]
    if start[0] == "p":
        found += [first + start[1:] for first in ("mem", "pem")]
    return found


_ECLIPSED = dict(zip("bcdfgpst", ("mb", "gc", "nd", "bhf", "ng", "bp", "ts", "dt"), strict=True))
_VOICED = {"p": "b", "t": "d", "k": "g"}
_FIRST = (
    *("", "di", "ke", "se", "me", "mem", "men", "meng", "ter"),
    *("pe", "pem", "pen", "peng", "be", "ber", "bel", "per", "pel"),
)
_SECOND = ("", "be", "ber", "bel", "per", "pel", "pe")
_MOST_SPELLINGS = 16
_DELETING = (
    *("armenian", "belarusian", "bulgarian", "danish", "georgian", "hindi", "hungarian"),
    *("macedonian", "norwegian", "russian", "swedish"),
)
_ENDINGS_ONLY = (
    *("basque", "catalan", "czech", "english", "french", "greek", "italian", "lithuanian"),
    *("nepali", "polish", "portuguese", "romanian", "spanish"),
)
BEGINNINGS: dict[str, Callable[[str], list[str]]] = {
    **dict.fromkeys(_DELETING, functools.partial(_same, cut=0)),
    **dict.fromkeys(_ENDINGS_ONLY, _same),
    "dutch": _dutch,
    "esperanto": _esperanto,
    "estonian": functools.partial(_same, cut=3),
    "finnish": _finnish,
    "german": _german,
    "indonesian": _indonesian,
    "irish": _irish,
    "turkish": _turkish,
    "ukrainian": functools.partial(_same, cut=3),
}
"""How the forms of a stem may begin, by stemmer; the other stemmers need a map of all stems."""
_SCRIPTS = {
    "persian": ("\u0600", "\u06ff"),
    "yiddish": ("\u0590", "\u05ff"),
    "tamil": ("\u0b80", "\u0bff"),
}
"""Letters outside which a stemmer leaves words as they are."""
_AT_ONCE = 2_000
"""Words stemmed at once: nothing else runs meanwhile."""


def algorithm(language: str) -> str:
    """Return the stemmer of a language, by name."""
    return ALGORITHMS.get(language.partition("-")[0].lower(), UNKNOWN)


class Stems:
    """Stems words; may be shared by threads."""

    def __init__(self) -> None:
        self._own = threading.local()

    def stem(self, name: str, word: str) -> str:
        """Return the stem of a folded word."""
        return self.stems(name, [word])[0]

    def stems(self, name: str, words: list[str]) -> list[str]:
        """Return the stems of folded words; particles before a word stay."""
        if name in particles.PARTICLES:
            return [particles.ending_off(name, word) for word in words]
        stems = self._stemmed(name, words)
        return [endings.mended(name, stem) for stem in stems] if endings.is_mended(name) else stems

    def _stemmed(self, name: str, words: list[str]) -> list[str]:
        if name in endings.LIGHT:
            return [endings.ending_off(name, word) for word in words]
        if not endings.is_respelt(name):
            stems: list[str] = self._stemmer(name).stemWords(words)
            return stems
        spelt = [endings.respelt(name, word) for word in words]
        return [fold(stem) for stem in self._stemmer(name).stemWords(spelt)]

    def same(self, name: str, asked: str, word: str) -> bool:
        """Whether a folded word is a form of another one that is asked for."""
        if name in particles.PARTICLES:
            return particles.same(name, asked, word)
        one, other = self.stems(name, [asked, word])
        return one == other

    def _stemmer(self, name: str) -> Stemmer.Stemmer:
        made: dict[str, Stemmer.Stemmer] = self._own.__dict__
        if name not in made:
            made[name] = Stemmer.Stemmer(name, 0)  # a look into its cache takes longer
        return made[name]


class Forms:
    """The forms of words among the words of one field of one segment."""

    def __init__(self, packed: PackedField, stems: Stems) -> None:
        self._packed, self._stems = packed, stems
        self._maps: dict[str, dict[str, list[int]]] = {}
        self._making = threading.Lock()
        self.find = functools.lru_cache(maxsize=4096)(self._find)

    def _find(self, name: str, word: str) -> tuple[int, ...]:
        if name in particles.PARTICLES:
            return tuple(sorted(self._behind_particles(name, word)))
        stem = self._stems.stem(name, word)
        if name in BEGINNINGS:
            return tuple(sorted(self._sliced(name, stem, BEGINNINGS[name](stem))))
        low, high = self._range(name)
        if (term := self._packed.term(word)) >= 0 and not low <= term < high:
            return (term,)
        return tuple(self._map(name, low, high).get(stem, ()))

    def _behind_particles(self, name: str, word: str) -> set[int]:
        found: set[int] = set()
        for core in particles.cores(name, word):
            stem = self._stems.stem(name, core)
            for particle in particles.PARTICLES[name]:
                beginning = particle + (stem if name == "arabic" else stem[:-1])
                found |= self._sliced(name, stem, [beginning], len(particle))
        return found

    def _sliced(
        self, name: str, stem: str, beginnings: list[str], passed_over: int = 0
    ) -> set[int]:
        """Look among the words that begin as a form of the stem may begin."""
        found: set[int] = set()
        for beginning in beginnings:
            low, high = self._packed.beginning(beginning)
            words = self._packed.words(low, high)
            if passed_over:
                words = [word[passed_over:] for word in words]
            stems = self._stems.stems(name, words)
            found.update(low + place for place, other in enumerate(stems) if other == stem)
        return found

    def _range(self, name: str) -> tuple[int, int]:
        """Return the terms that a stemmer can change: those in its script."""
        if name not in _SCRIPTS:
            return 0, self._packed.terms_count
        first, last = _SCRIPTS[name]
        return self._packed.find(first.encode()), self._packed.find(last.encode() + b"\xff")

    def _map(self, name: str, low: int, high: int) -> dict[str, list[int]]:
        """Return the terms of each stem; made once, in pieces, so that others may go on."""
        with self._making:
            if name not in self._maps:
                found: dict[str, list[int]] = {}
                for start in range(low, high, _AT_ONCE):
                    words = self._packed.words(start, min(high, start + _AT_ONCE))
                    for number, stem in enumerate(self._stems.stems(name, words), start):
                        found.setdefault(stem, []).append(number)
                self._maps[name] = found
            return self._maps[name]
