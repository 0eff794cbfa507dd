"""The words that a part of a query stands for, with the records that have each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from archivist.search.slots import Any, fields_of, run_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archivist.model.query import Leaf
    from archivist.search.arrays import Mask, Places
    from archivist.search.parts import Part
    from archivist.search.slots import Slot

_SPARE = 4


def forms(parts: Sequence[Part], leaf: Leaf, limit: int) -> list[tuple[str, int]]:
    """Return words that a leaf stands for and how many records have each, most frequent first.

    A leaf of several words, such as a phrase, stands for itself: then there are none.

    Args:
        parts: the segments.
        leaf: a word, a beginning, a pattern or a word with mistakes.
        limit: how many to return at most; of very many words, the commonest of each segment
            are looked at.
    """
    run = run_of(leaf)
    if len(run) != 1 or isinstance(run[0], Any):
        return []
    names = fields_of(leaf)
    words = {word for part in parts for word in _commonest(part, names, run[0], limit * _SPARE)}
    counted = [(word, _records(parts, names, run[0], word)) for word in words]
    found = [(word, count) for word, count in counted if count]
    return sorted(found, key=lambda each: (-each[1], each[0]))[:limit]


def _commonest(part: Part, names: Sequence[str], slot: Slot, most: int) -> Iterator[str]:
    """Yield the commonest words of a segment that fill a slot."""
    for name in names:
        packed = part.fields[name]
        for expansion in part.expand(name, slot):
            often = packed.frequency[expansion.terms].astype(np.int64)
            for term in expansion.terms[np.argsort(-often, kind="stable")[:most]].tolist():
                yield packed.word(term)


def _records(parts: Sequence[Part], names: Sequence[str], slot: Slot, word: str) -> int:
    """Return how many records have a word, in languages in which it fills the slot."""
    count = 0
    for part in parts:
        having: Mask = np.zeros(part.count, bool)
        for name in names:
            having[_docs(part, name, slot, word)] = True
        count += int(np.count_nonzero(having if part.alive is None else having & part.alive))
    return count


def _docs(part: Part, name: str, slot: Slot, word: str) -> Places:
    packed = part.fields[name]
    term = packed.term(word)
    for expansion in part.expand(name, slot) if term >= 0 else ():
        if (expansion.terms == term).any():
            docs = packed.docs(term)
            if expansion.languages is None:
                return docs
            return docs[part.in_languages(expansion.languages)[docs]]
    return np.zeros(0, np.int64)
