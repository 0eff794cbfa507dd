"""The words of grammar of a language: they tell nothing by themselves and begin no form."""

from __future__ import annotations

import functools
from typing import Final, NamedTuple

from whoosh.lang.stopwords import stoplists

from archivist.model.words import fold

_MORE: Final = {
    "en": "within without towards toward upon would could shall may might must also among amongst "
    "whether per via however thus since either neither yet us including including regarding "
    "concerning across along around despite unless except",
    "fr": "afin ainsi alors apres aussi avant chez comme contre depuis dont entre lors malgre mais "
    "meme parmi pendant selon sans si sous tous toute toutes tout tres vers",
    "es": "segun tras mediante hacia entre",
    "pt": "segundo apos mediante sobre entre desde sob perante",
    "de": "gegen zwischen wegen seit sowie gemaess",
}
_JOINING: Final = {
    "en": "and or", "fr": "et ou", "es": "y e o u", "pt": "e ou", "it": "e ed o od",
    "de": "und oder", "nl": "en of", "ru": "и или", "da": "og eller", "no": "og eller",
    "sv": "och eller", "fi": "ja tai", "hu": "es vagy", "tr": "ve veya",
}  # fmt: skip


class Grammar(NamedTuple):
    """The words of grammar of a language, folded.

    Attributes:
        words: all of them; empty where the language has no list.
        joining: those that join words of one kind: "and", "or".
    """

    words: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()


@functools.cache
def grammar_of(language: str) -> Grammar:
    """Return the words of grammar of a language, by its code."""
    known = stoplists.get(language)
    if known is None:
        return Grammar()
    joining = frozenset(map(fold, _JOINING.get(language, "").split()))
    more = _MORE.get(language, "").split()
    return Grammar(frozenset(map(fold, known)) | frozenset(more) | joining, joining)
