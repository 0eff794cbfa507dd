"""Stemmers by language: a word's other forms, found among the words of a segment.

Words stand in the index as written. A form of a word is a word with the same stem in the language
of its record. Where it is known how the forms of a stem begin, slices of the lexicon hold them all;
else they are looked up in a map of all stems.
"""

from __future__ import annotations

import functools
import threading
from typing import TYPE_CHECKING

import Stemmer

if TYPE_CHECKING:
    from collections.abc import Callable

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


def _german(stem: str) -> list[str]:
    """German writes umlauts as "ae", too; the stem has them without the e."""
    (start,) = _same(stem)
    found = [""]
    for letter in start:
        doubled = letter in "aou" and len(found) < _MOST_SPELLINGS
        found = [
            one + end for one in found for end in ((letter, letter + "e") if doubled else (letter,))
        ]
    return found


_MOST_SPELLINGS = 16
_ENDINGS_ONLY = (
    *("armenian", "basque", "catalan", "czech", "danish", "english", "french", "greek", "hindi"),
    *("hungarian", "italian", "lithuanian", "nepali", "norwegian", "polish", "portuguese"),
    *("romanian", "russian", "spanish", "swedish", "turkish"),
)
BEGINNINGS: dict[str, Callable[[str], list[str]]] = dict.fromkeys(_ENDINGS_ONLY, _same) | {
    "dutch": _dutch,
    "german": _german,
}
"""How the forms of a stem may begin, by stemmer; the other stemmers need a map of all stems."""
_SCRIPTS = {
    "arabic": ("\u0600", "\u06ff"),
    "persian": ("\u0600", "\u06ff"),
    "yiddish": ("\u0590", "\u05ff"),
    "tamil": ("\u0b80", "\u0bff"),
}
"""Letters outside which a stemmer leaves words as they are."""


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
        if name in BEGINNINGS:
            return tuple(sorted(self._sliced(name, stem)))
        low, high = self._range(name)
        if (term := self._packed.term(word)) >= 0 and not low <= term < high:
            return (term,)
        return tuple(self._map(name, low, high).get(stem, ()))

    def _sliced(self, name: str, stem: str) -> set[int]:
        """Look among the words that begin as a form of the stem may begin."""
        found: set[int] = set()
        for beginning in BEGINNINGS[name](stem):
            low, high = self._packed.beginning(beginning)
            words = self._packed.words(low, high)
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
        if name not in self._maps:
            found: dict[str, list[int]] = {}
            words = self._packed.words(low, high)
            for number, stem in enumerate(self._stems.stems(name, words), low):
                found.setdefault(stem, []).append(number)
            self._maps[name] = found
        return self._maps[name]
