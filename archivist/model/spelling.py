"""Words of names as they sound: one key for the spellings of a name that was written over.

Names come into Latin letters by several ways: Sergey, Sergei, Serguei; Khrushchev and Chruščov;
Muhammad and Mohamed. `sounds` levels how sounds are written, `bones` leaves consonants only.
Both are keys for comparing, and neither is a pronunciation.
"""
# ruff: noqa: RUF001 - tables hold the letters that look alike in two scripts

from __future__ import annotations

import functools
import re
from typing import Final

from archivist.model.words import fold

_CYRILLIC: Final = "а=a б=b в=v г=g д=d е=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t"
_MORE: Final = "у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya є=ye і=i ї=yi ґ=g ў=u"
_LETTERS: Final = str.maketrans({pair[0]: pair[2:] for pair in f"{_CYRILLIC} {_MORE}".split(" ")})
_STEPS: Final = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"^ma?c(?=[a-z]{3})", "mk"),
        (r"shch|shtsch|schtsch|tsch|tch|cz", "C"),
        (r"sch|sh", "S"),
        (r"ch", "C"),
        (r"dzh|dj|zh", "j"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"kh", "h"),
        (r"gh", "g"),
        (r"gu(?=[ei])", "g"),
        (r"ck|q|c(?![eiy])", "k"),
        (r"c", "s"),
        (r"x", "ks"),
        (r"(?<=[oe])ff?$|w", "v"),
        (r"tz|ts", "z"),
        (r"(?<=.)h(?![aeiouy])", ""),
        (r"e[iyj]$", "E"),
        (r"a[iyj]$", "A"),
        (r"(?:i[iyje]|y[iy]|y|i)$", "I"),
        (r"ou|oo|ue", "u"),
        (r"oe", "o"),
        (r"ae", "a"),
        (r"ee", "i"),
        (r"^[yij](?=[aeou])|(?<=[aeiou])[yij](?=[aeou])", ""),
        (r"[yi](?=e)", ""),
        (r"y", "i"),
        (r"(.)\1+", r"\1"),
    )
)
_VOWELS: Final = re.compile(r"(?<=.)[aeiouhEAI]+")


@functools.lru_cache(maxsize=131_072)
def latin(word: str) -> str:
    """Return a folded word with Cyrillic letters written over."""
    return word if word.isascii() else fold(word.translate(_LETTERS))


@functools.lru_cache(maxsize=131_072)
def sounds(word: str) -> str:
    """Return a key that spellings of one name share, of a folded word."""
    key = latin(word)
    for pattern, to in _STEPS:
        key = pattern.sub(to, key)
    return key


@functools.lru_cache(maxsize=131_072)
def bones(word: str) -> str:
    """Return the consonants of `sounds`, and whether it begins with a vowel."""
    key = sounds(word)
    if not key:
        return ""
    first = "a" if key[0] in "aeiouEAI" else key[0]
    return first + _VOWELS.sub("", key)[1:]
