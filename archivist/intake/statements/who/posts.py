"""Offices taken apart, to be compared in their short and long forms."""
# ruff: noqa: RUF001 - a pattern holds the marks that documents hold

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from archivist.intake.statements.who.naming import folded_word, kind_of, state_of

_REDUCING = """
    vice deputy under assistant press first special general elect associate former adjunto adjoint
    secretary-general undersecretary subsecretario viceministro
"""
_REDUCERS = frozenset(_REDUCING.split())
"""Words that make another office of an office: the Vice President is not "the President"."""
_SERVANTS = frozenset(
    {"private", "adviser", "advisor", "aide", "spokesman", "spokeswoman", "spokesperson", "wife"}
    | {"counsel", "envoy", "interpreter", "staff", "husband", "asesor", "vocero", "portavoz"}
)
"""Who serves the holder of an office, and so has its name in their own."""
_SECRETARY = frozenset({"secretary"})
_OTHER_SECRETARIES = frozenset(
    {"foreign", "private", "executive", "press", "permanent", "parliamentary", "home", "party"}
    | {"second", "third", "staff", "cabinet", "recording"}
)
"""Words of secretaries of whom none is "the Secretary"."""
_PLACES = frozenset(
    [
        "council",
        "assembly",
        "bank",
        "senate",
        "board",
        "university",
        "congress",
        "court",
        "commission",
        "company",
        "party",
        "chamber",
        "cámara",
        "asamblea",
        "congreso",
        "corte",
        "banco",
        "senado",
        "université",
        "assemblée",
        "sénat",
        "security",
    ]
)
"""Who presides over one of these is not "the President"."""
_SILENT = frozenset({"affairs", "asuntos", "affaires", "acting"})
_SAME = {
    "mandatario": "presidente",
    "estado jefe": "presidente",
    "head state": "president",
    "chef état": "président",
    "jefe": "presidente",
    "amb": "ambassador",
    "gen": "general",
    "sec": "secretary",
    "sen": "senator",
    "gov": "governor",
    "pm": "minister prime",
    "premier": "minister prime",
    "fm": "foreign minister",
    "external minister": "foreign minister",
    "étrangères ministre": "étrangères ministre",
    "canciller": "exteriores ministro relaciones",
    "dama primera": "dama primera",
}
_ADDED = frozenset({"primer"})


class Office(NamedTuple):
    """An office taken apart, to be compared.

    Attributes:
        words: its words that tell, in small letters.
        state: the code of the country it names, or "".
    """

    words: frozenset[str]
    state: str


@lru_cache(10_000)
def office_of(phrase: str) -> Office:
    """Take an office apart: "the Zemblan Minister of Foreign Affairs"."""
    state, words = "", []
    for raw in re.findall(r"[^\W\d_][\w.’'-]*", phrase):
        kind = kind_of(raw)
        state = state or state_of(raw)
        word = folded_word(raw)
        if kind != "link" and word not in _SILENT and not state_of(raw) and word not in _ADDED:
            words.append(_singular(word))
    told = " ".join(sorted(set(words)))
    return Office(frozenset(_SAME.get(told, told).split()), state)


def _singular(word: str) -> str:
    plain = word.removesuffix("s")
    return plain if kind_of(plain) == "office" and plain != word else word


def holds(asked: Office, known: Office) -> bool:
    """Whether an office that is known may be the one asked for, in a shorter form."""
    if not asked.words or not asked.words <= known.words:
        return False
    more = known.words - asked.words
    if (len(asked.words) == 1 and more & _PLACES) or more & _SERVANTS:
        return False
    if more & _REDUCERS or (asked.words == _SECRETARY and more & _OTHER_SECRETARIES):
        return False
    return not (asked.state and known.state and asked.state != known.state)
