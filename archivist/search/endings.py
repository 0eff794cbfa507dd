"""Endings that a stemmer knows only with their accents, and languages that have no stemmer.

The index holds words without accents, and some of Snowball's stemmers know endings by them alone:
such endings are spelled out before. For some languages without a stemmer, the common endings of
nouns and adjectives are taken off.
"""

# ruff: noqa: RUF001 - letters that look like others
from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from archivist.model.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ACCENTED: Mapping[str, str] = {
    "catalan": "ció sió ència ància",
    "czech": "ách ích ých ého ému ího ímu ými ími ům ým ím",
    "french": "ée ées ié iés ière ières ité ités èrent âmes âtes",
    "lithuanian": "čių džių ių ų",
    "nepali": "बाट= संग= देखि=",
    "polish": "tów dów rów lów nów jów",
    "portuguese": "ção coes=ção ão oes=ão ência ências ância âncias ável ível áveis íveis ário",
    "spanish": "mía fía gía mías fías gías danía erán irán arán",
}
"""By stemmer: endings as it knows them, with accents; before "=" what stands for another one."""

MENDED: Mapping[str, str] = {
    "basque": "a=",
    "estonian": "a= e= i= u=",
    "finnish": "uks=us ust=us",
    "greek": "ι=",
    "persian": "ان= ه=",
    "romanian": "ur= u=",
    "turkish": "mas=ma mes=me",
    "ukrainian": "іст=ост",
}
"""By stemmer: ends of stems that make them forms of other stems, which it does not see."""
_WORDS: Mapping[tuple[str, str], str] = {
    ("dutch", "verdraag"): "verdrag",
    ("polish", "ministr"): "minister",
    ("swedish", "ministr"): "minist",
    ("ukrainian", "договір"): "договор",
}
"""The same for single words without which a ministry cannot do."""

LIGHT: Mapping[str, str] = {
    "belarusian": "а я у ю і ы е о э ь ью ом ем ам ям амі ямі ах ях ау еу оу ай яй ою аю ею "
    "ага яго аму яму ым ім ых іх ымі імі ая яя ую юю ае яе ыя ія ога",
    "bulgarian": "ът ят а я о е и у ю та то те ата ята ото ето ите ове овете ия ият ията",
    "georgian": "ი ს ის ით ად ო მა ში ზე ება ებას ების ებით ებად ებამ ები ებს ებმა",
    "macedonian": "от та то те а о е и ата ото ето ите ови овите",
    "ukrainian": "а я у ю і и о е є ь ью ом ем єм ою ею єю ам ям ами ями ах ях ів ей ові еві єві "
    "ий ій ого ому им их ими оі ая ую",
}
"""Endings that are taken off, the longest one, by language without a stemmer."""


def respelt(name: str, word: str) -> str:
    """Return a folded word with the accents by which a stemmer knows its ending.

    Only for a stemmer that `is_respelt`.
    """
    if name == "turkish":
        return _harmonised(word)
    if name not in ACCENTED:
        return word
    pattern, accented = _accented(name)
    match = pattern.search(word)
    return word[: match.start()] + accented[match.group()] if match else word


def mended(name: str, stem: str) -> str:
    """Return the stem of which a stem is a form."""
    if name in MENDED:
        pattern, others = _mended(name)
        if match := pattern.search(stem):
            return stem[: match.start()] + others[match.group()]
    return _WORDS.get((name, stem), stem)


def is_mended(name: str) -> bool:
    """Whether a stemmer leaves stems that are forms of others."""
    return name in MENDED or any(name == other for other, _ in _WORDS)


def is_respelt(name: str) -> bool:
    """Whether a stemmer is given words with accents put back, or puts them back itself."""
    return name in ACCENTED or name in {"esperanto", "turkish"}


def ending_off(name: str, word: str) -> str:
    """Return a word without its ending, in a language without a stemmer."""
    match = _light(name).search(word)
    return word[: match.start()] if match else word


@functools.cache
def _accented(name: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    pairs = [entry.rpartition("=") for entry in ACCENTED[name].split()]
    accented = {plain or fold(ending): ending for plain, _, ending in pairs}
    return _at_end(accented, least=2), accented


@functools.cache
def _mended(name: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    pairs = [entry.partition("=") for entry in MENDED[name].split()]
    others = {ending: other for ending, _, other in pairs}
    return _at_end(others, least=4), others


@functools.cache
def _light(name: str) -> re.Pattern[str]:
    return _at_end(LIGHT[name].split(), least=3)


def _at_end(endings: Iterable[str], *, least: int) -> re.Pattern[str]:
    """Find the longest of some endings, behind some letters or vowel signs of Devanagari."""
    longest_first = sorted(endings, key=len, reverse=True)
    return re.compile(rf"(?<=[\w\u0900-\u0963]{{{least}}})(?:{'|'.join(longest_first)})$")


def _harmonised(word: str) -> str:
    """Spell the vowels of a Turkish word: front ones and back ones do not stand together."""
    if "e" in word:
        return word.translate(_FRONT)
    return word.translate(_BACK) if set(word) & set("aou") else word


_FRONT = str.maketrans("ou", "öü")
_BACK = str.maketrans("i", "ı")
