"""Records that are like one: they share the words that mark it out.

What marks a record out are the words that stand often in it and seldom elsewhere. How much of their
weight another record has tells whether it is like it, how much they tell in it orders the hits.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from archivist.search import rank
from archivist.search.arrays import distinct
from archivist.search.types import FIELDS, TEXT, TITLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.model.query import Like
    from archivist.search.arrays import Places, Weights
    from archivist.search.evaluate import Evaluation
    from archivist.search.parts import Part

REF = "ref"
WORDS = 25
"""How many words stand for a record."""
SHARE = 0.25
"""How much of their weight a similar record has at least.

Chosen, with the next two, by reading what is found for twenty of 26,150 real records. At 0.25, a
telegram finds the two to twenty about the same matter; above 0.3 it loses half of them, below 0.2
reports about everything come in.
"""
_OF_GOOD = 0.5
"""It also has as great a part of the share of a good hit, or treaties would find a thousand."""
_GOOD = 5
"""A good hit is the fifth best, so that copies of a record do not hide what is like it."""
_LEAST_LETTERS = 3
_MOST_LOOKED_UP = 120
_IN_TITLE = 2
_FEW = 2
"""A word that no other record has makes none similar."""
_COMMON_SHARE = 3
"""A word that a third of all records has says nothing about one."""
_SOME = 8
_SOME_SHARE = 2_000
_GREAT_ENOUGH = 4
_HALF = np.float32(0.3)
"""So many occurrences, for a record of middling length, count half of what many do."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A word that marks a record out.

    Attributes:
        word: as written, folded.
        idf: what it tells.
        weight: what it counts: more where it stands in the record often.
    """

    word: str
    idf: float
    weight: float


def similar(evaluation: Evaluation, node: Like) -> tuple[Places, Weights]:
    """Return the keys of the records that are like one, ascending, and their scores.

    The record itself is left out; without such a record nothing is like it.
    """
    key = key_of(evaluation, node.ref)
    words = [] if key is None else _telling_of(evaluation, key)
    none = np.zeros(0, np.float32)
    keys, shares, scores = [np.zeros(0, np.int64)], [none], [none]
    for part in evaluation.parts if words else ():
        share, score = _weighed(evaluation, part, words)
        living = share >= SHARE if part.alive is None else (share >= SHARE) & part.alive
        docs = np.flatnonzero(living & (part.keys != key))
        keys.append(part.keys[docs])
        shares.append(share[docs])
        scores.append(score[docs])
    return _chosen(np.concatenate(keys), np.concatenate(shares), np.concatenate(scores))


def _chosen(keys: Places, shares: Weights, scores: Weights) -> tuple[Places, Weights]:
    """Return those that are not far behind the good ones, by key, and their scores."""
    good = np.sort(shares)[-_GOOD:][:1]
    like = np.flatnonzero(shares >= _OF_GOOD * good) if len(shares) else np.zeros(0, np.int64)
    order = like[np.argsort(keys[like], kind="stable")]
    return keys[order], (scores * shares)[order]


def key_of(evaluation: Evaluation, ref: str) -> int | None:
    """Return the key of the record with an accession number, or None where there is none."""
    column = evaluation.columns.column(REF)
    chosen = np.zeros(len(column.names.values), bool)
    chosen[_codes(column.names.values, ref.strip())] = True
    keys = np.flatnonzero(column.having(chosen)).tolist()
    return next((key for key in keys if _place(evaluation.parts, key) is not None), None)


def _codes(values: list[str], ref: str) -> list[int]:
    """Return where a number stands among all; in other capitals, if not as typed."""
    if ref in values:
        return [values.index(ref)] if ref else []
    wanted = ref.casefold()
    return [code for code, value in enumerate(values) if value.casefold() == wanted]


def telling(evaluation: Evaluation, ref: str) -> list[Telling]:
    """Return the words that mark a record out, those that tell most first."""
    key = key_of(evaluation, ref)
    return [] if key is None else _telling_of(evaluation, key)


def _telling_of(evaluation: Evaluation, key: int) -> list[Telling]:
    place = _place(evaluation.parts, key)
    if place is None:
        return []
    counts = _words(*place)
    found = _ranked(counts, _estimated(evaluation, place[0], counts), evaluation.docs)
    shared = (each for each in found if _is_shared(evaluation.parts, each.word))
    return list(itertools.islice(shared, WORDS))


def _ranked(counts: dict[str, int], having: dict[str, float], docs: int) -> list[Telling]:
    """Return words with what they tell, best first, given how often each stands in a record.

    What almost no record has (misspellings, chance) tells no more than what some have.
    """
    most = rank.rarity(docs, max(_SOME, docs // _SOME_SHARE))
    found = []
    for word, count in counts.items():
        if having[word] > max(_FEW, docs / _COMMON_SHARE):
            continue
        idf = min(most, rank.rarity(docs, min(docs, round(having[word]))))
        found.append(Telling(word, idf, idf * math.sqrt(count)))
    return sorted(found, key=lambda each: (-each.weight, each.word))


def _estimated(evaluation: Evaluation, own: Part, counts: dict[str, int]) -> dict[str, float]:
    """Return in how many texts words stand: as many for each text as in a great segment."""
    greatest = max(evaluation.parts, key=lambda part: part.count)
    sample = own if own.count * _GREAT_ENOUGH >= greatest.count else greatest
    scale = evaluation.docs / sample.count
    return {word: _frequency(sample, TEXT, word) * scale for word in counts}


def _frequency(part: Part, name: str, word: str) -> int:
    packed = part.fields[name]
    term = packed.term(word)
    return int(packed.frequency[term]) if term >= 0 else 0


def _is_shared(parts: Sequence[Part], word: str) -> bool:
    """Whether several records have a word."""
    having = 0
    for part in parts:
        having += max(_frequency(part, name, word) for name in FIELDS)
        if having >= _FEW:
            return True
    return False


def _place(parts: Sequence[Part], key: int) -> tuple[Part, int] | None:
    """Return where a record stands: its segment and its number there."""
    for part in parts:
        for doc in np.flatnonzero(part.keys == key).tolist():
            if part.alive is None or part.alive[doc]:
                return part, doc
    return None


def _words(part: Part, doc: int) -> dict[str, int]:
    """Return words of a record and how often it has each; one in the title counts twice."""
    counts: dict[str, int] = {}
    for name, weight in ((TEXT, 1), (TITLE, _IN_TITLE)):
        packed = part.fields[name]
        start = int(packed.base[doc])
        places = np.arange(start, start + int(packed.lengths[doc]))
        terms, often = np.unique(packed.terms_at(places), return_counts=True)
        tells = often / np.sqrt(packed.frequency[terms])
        chosen = np.argsort(-tells, kind="stable")[:_MOST_LOOKED_UP]
        for term, count in zip(terms[chosen].tolist(), often[chosen].tolist(), strict=True):
            word = packed.word(term)
            if _may_tell(word):
                counts[word] = counts.get(word, 0) + count * weight
    return counts


def _may_tell(word: str) -> bool:
    """Whether a word may be telling: no short one, no number, but two letters of Chinese."""
    if word.isdigit():
        return False
    return len(word) >= _LEAST_LETTERS or not word[:1].isascii()


def _weighed(
    evaluation: Evaluation, part: Part, words: Sequence[Telling]
) -> tuple[Weights, Weights]:
    """Return, by document, the share of the words' weight it has, and its score for them."""
    shares = np.zeros(part.count, np.float32)
    scores = np.zeros(part.count, np.float32)
    counted = np.zeros(part.count, np.float32)
    total = sum(each.weight for each in words)
    for each in words:
        having = _count(evaluation, part, each.word, counted)
        often = counted[having]
        counted[having] = 0
        shares[having] += often / (often + _HALF) * np.float32(each.weight / total)
        scores[having] += rank.saturated(often, each.idf)
    return shares, scores


def _count(evaluation: Evaluation, part: Part, word: str, counted: Weights) -> Places:
    """Add what a word counts in each document; return the documents that have it."""
    having = np.zeros(0, np.int64)
    for name in FIELDS:
        packed = part.fields[name]
        if (term := packed.term(word)) >= 0:
            docs = packed.docs(term)
            counted[docs] += (
                packed.counts(term) * part.loaded.norm(name, evaluation.averages[name])[docs]
            )
            having = distinct(np.concatenate([having, docs])) if len(having) else docs
    return having
