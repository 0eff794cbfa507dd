"""Arabic and Hebrew, which write particles and the article as one with the word.

A form of a word is: particles, the word, and endings of number, gender and possession.
The article with what stands before it is taken off a word that is asked for, too; a lone letter is
not, because it may belong to the word (وزير is a minister, not "and" with something else). Larkey's
"light" stemming of Arabic (2002), made consistent; Snowball's takes such letters off. Hebrew is
treated alike: the feminine, also as it stands before another noun or a possessor (ממשלת, מדינות,
זכויותיהם), becomes one with its plain form, so that it stays apart from the masculine (חוקה, חוק).
"""

# ruff: noqa: RUF001, RUF003 - letters that look like others
from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_LEAST_WORD = 2
_LEAST_STEM = 3
_ARTICLES = ("ال", "بال", "كال", "لل")
_SINGLE = ("ب", "ك", "ل")
_ARABIC = tuple(
    joint + particle for joint in ("", "و", "ف") for particle in ("", *_SINGLE, *_ARTICLES)
)
_HEBREW = tuple(
    joint + that + case + article
    for joint in ("", "ו")
    for that in ("", "ש", "כש", "מש")
    for case in ("", "ב", "ל", "כ", "מ")
    for article in ("", "ה")
)
PARTICLES: Mapping[str, tuple[str, ...]] = {
    "arabic": tuple(dict.fromkeys(_ARABIC)),
    "hebrew": tuple(dict.fromkeys(_HEBREW)),
}
"""What may stand before a word, by name of the rule."""
_SURE: Mapping[str, tuple[str, ...]] = {
    "arabic": tuple(joint + article for article in _ARTICLES for joint in ("", "و", "ف")),
    "hebrew": ("ה", "וה", "שה", "כשה"),
}
# As folded: the ending of the feminine is "ه", dots of "ي" are always there.
_ENDINGS = ("ها", "هم", "كم", "نا", "ات", "يه", "ه", "ي", "ت")
_PLURALS = ("ون", "ين")

_HEBREW_ENDINGS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        # Possession: of several, of a feminine, of one; not Netanyahu's.
        ("(?<=ות)י(?:ו|ה|המ|הנ|נו|כמ|כ)$|(?<=...)י(?:המ|הנ|כמ|נו|ו)$", ""),
        ("(?<=...ת)(?:ו|ה|מ|נ|נו|כמ)$|(?<=...)נו$|(?<=..[^ה])ו$", ""),
        # Number and gender, as folded: final letters have their other shape.
        ("ויות$", "ות"),
        ("(?<=...)ימ$|(?<=^שר)ימ$", ""),
        # Liberty, service and right are no plurals: these are not choice, song and merit.
        ("(?<!^חיר)(?<!^שיר)(?<!^זכ)(?:(?<=..)ות|(?<=..[^ו])ת)$", "ה"),
        ("(?<=...)י$", ""),
    )
)


def cores(name: str, asked: str) -> list[str]:
    """Return the word that is asked for, and the words it is with an article before it."""
    least = _LEAST_STEM if name == "arabic" else _LEAST_WORD
    bare = [asked[len(sure) :] for sure in _SURE[name] if asked.startswith(sure)]
    return [asked, *(core for core in bare if len(core) >= least)]


def ending_off(name: str, word: str) -> str:
    """Return a word without its endings; all but the last letter begins the word, too."""
    if name != "arabic":
        for pattern, plain in _HEBREW_ENDINGS:
            word = pattern.sub(plain, word)
        return word
    while (shorter := _shorter(word)) != word:
        word = shorter
    return word


def _shorter(word: str) -> str:
    for endings, least in ((_PLURALS, _LEAST_STEM + 1), (_ENDINGS, _LEAST_STEM)):
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= least:
                return word[: -len(ending)]
    return word


def same(name: str, asked: str, word: str) -> bool:
    """Whether a word is a form of one that is asked for."""
    wanted = {ending_off(name, core) for core in cores(name, asked)}
    return any(
        word.startswith(particle) and ending_off(name, word[len(particle) :]) in wanted
        for particle in PARTICLES[name]
    )
