"""Words that mark out some documents among all: what these are about.

A word is weighed by how many of them have it, and by the log of how many times as often it stands
there as elsewhere, squared: what is said everywhere tells nothing, what was said once, little.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.search.arrays import Places
    from archivist.search.parts import Part
    from archivist.search.segment import PackedField

_MOST_DOCS: Final = 4_000
"""Of more documents, so many of them tell what all are about."""
_LEAST_DOCS: Final = 2
_LEAST_LETTERS: Final = 4
_MOST_SHARE: Final = 0.015
"""A word that so many of all documents have says nothing about some."""
_FEW: Final = 6
"""Nothing is said too often that so few documents have, however few there are."""
_LOOKED_UP: Final = 400


def topics(parts: Sequence[Part], name: str, keys: Sequence[int], limit: int) -> list[str]:
    """Return the words that mark out some documents, those that tell most first.

    Args:
        parts: segments of the index.
        name: the field whose words are looked at.
        keys: of the documents.
        limit: how many words.
    """
    chosen = np.array(keys[:: max(1, len(keys) // _MOST_DOCS)], np.int64)
    having: Counter[str] = Counter()
    for part in parts:
        having.update(_having(part, name, chosen))
    every = max(1, sum(part.count for part in parts))
    found = []
    for word, often in having.most_common(_LOOKED_UP):
        share = _everywhere(parts, name, word) / every
        if often >= _LEAST_DOCS and 0 < share < often / len(chosen):
            found.append((often * float(np.log(often / len(chosen) / share)) ** 2, word))
    return [word for _, word in sorted(found, reverse=True)[:limit]]


def _having(part: Part, name: str, keys: Places) -> Counter[str]:
    """Return words of a segment with how many of some documents have each."""
    packed = part.fields[name]
    wanted = np.isin(part.keys, keys)
    docs = np.flatnonzero(wanted if part.alive is None else wanted & part.alive)
    lengths = packed.lengths[docs].astype(np.int64)
    if not lengths.sum():
        return Counter()
    ends = np.cumsum(lengths)
    owners = np.repeat(np.arange(len(docs)), lengths)
    places = np.arange(int(ends[-1])) + np.repeat(packed.base[docs] - (ends - lengths), lengths)
    pairs = np.unique(owners * np.int64(packed.terms_count) + packed.terms_at(places))
    return _telling(packed, np.bincount(pairs % packed.terms_count), part.count)


def _telling(packed: PackedField, counts: Places, every: int) -> Counter[str]:
    """Return the terms that may tell something, as words, with their counts."""
    there = np.flatnonzero(counts)
    there = there[packed.frequency[there] <= max(_FEW, every * _MOST_SHARE)]
    best = there[np.argsort(-counts[there], kind="stable")[:_LOOKED_UP]]
    words = ((packed.word(term), int(counts[term])) for term in best.tolist())
    return Counter({word: count for word, count in words if _may_tell(word)})


def _may_tell(word: str) -> bool:
    return not word.isdigit() and (len(word) >= _LEAST_LETTERS or not word[:1].isascii())


def _everywhere(parts: Sequence[Part], name: str, word: str) -> int:
    found = 0
    for part in parts:
        packed = part.fields[name]
        term = packed.term(word)
        found += int(packed.frequency[term]) if term >= 0 else 0
    return found
