"""Stemmers by language: a word's other forms, found among the words of a segment.

Words stand in the index as written. A form of a word is a word with the same stem in the language
of its record. Where a language only changes the ends of words, its forms begin alike and a slice of
the lexicon holds them all; the others are looked up in a map of all stems.
"""

from __future__ import annotations

import functools
import threading
from typing import TYPE_CHECKING

import Stemmer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archivist.search.segment import PackedField

UNKNOWN = "english"
"""What is used for records whose language is unknown or has no stemmer."""
ALGORITHMS: dict[str, str] = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german",
    "el": "greek", "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian",
    "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish",
    "yi": "yiddish",
}  # fmt: skip
"""Names of Snowball's stemmers by ISO 639-1."""
_ENDINGS_ONLY = frozenset(
    [
        "armenian",
        "basque",
        "catalan",
        "czech",
        "danish",
        "english",
        "french",
        "greek",
        "hindi",
        "hungarian",
        "italian",
        "lithuanian",
        "nepali",
        "norwegian",
        "polish",
        "portuguese",
        "romanian",
        "russian",
        "spanish",
        "swedish",
        "turkish",
    ]
)
_CHANGED_AT_MOST = 2
"""How many letters at the end of a stem differ from the word, in those languages."""


def algorithm(language: str) -> str:
    """Return the stemmer of a language, by name."""
    return ALGORITHMS.get(language.partition("-")[0].lower(), UNKNOWN)


class Stems:
    """Stems words; may be shared by threads."""

    def __init__(self) -> None:
        self._own = threading.local()

    def stem(self, name: str, word: str) -> str:
        """Return the stem of a folded word."""
        stem: str = self._stemmer(name).stemWord(word)
        return stem

    def stems(self, name: str, words: list[str]) -> list[str]:
        """Return the stems of folded words."""
        stems: list[str] = self._stemmer(name).stemWords(words)
        return stems

    def _stemmer(self, name: str) -> Stemmer.Stemmer:
        made: dict[str, Stemmer.Stemmer] = self._own.__dict__
        if name not in made:
            made[name] = Stemmer.Stemmer(name)
        return made[name]


class Forms:
    """The forms of words among the words of one field of one segment."""

    def __init__(self, packed: PackedField, stems: Stems) -> None:
        self._packed, self._stems = packed, stems
        self._maps: dict[str, dict[str, list[int]]] = {}
        self.find = functools.lru_cache(maxsize=4096)(self._find)

    def _find(self, name: str, word: str) -> tuple[int, ...]:
        stem = self._stems.stem(name, word)
        if name in _ENDINGS_ONLY:
            return tuple(self._slice(name, stem))
        return tuple(self._map(name).get(stem, ()))

    def _slice(self, name: str, stem: str) -> Iterable[int]:
        beginning = stem[: max(1, len(stem) - _CHANGED_AT_MOST)]
        low, high = self._packed.beginning(beginning)
        words = self._packed.words(low, high)
        stems = self._stems.stems(name, words)
        return (low + place for place, found in enumerate(stems) if found == stem)

    def _map(self, name: str) -> dict[str, list[int]]:
        if name not in self._maps:
            found: dict[str, list[int]] = {}
            words = self._packed.words(0, self._packed.terms_count)
            for number, stem in enumerate(self._stems.stems(name, words)):
                found.setdefault(stem, []).append(number)
            self._maps[name] = found
        return self._maps[name]
