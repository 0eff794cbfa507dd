"""The words that a part of a query stands for, with the records that have each."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from archivist.search.slots import Any, fields_of, run_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archivist.model.query import Leaf
    from archivist.search.arrays import Mask, Places
    from archivist.search.parts import Part
    from archivist.search.slots import Slot

_SPARE = 2


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
    fields = [[_Filled(part, name, run[0]) for name in fields_of(leaf)] for part in parts]
    often: Counter[str] = Counter()
    for filled in itertools.chain.from_iterable(fields):
        often.update(dict(filled.commonest(limit * _SPARE)))
    words = [word for word, _ in often.most_common(limit + _SPARE)]
    counted = [(word, sum(_records(several, word) for several in fields)) for word in words]
    found = [(word, count) for word, count in counted if count]
    return sorted(found, key=lambda each: (-each[1], each[0]))[:limit]


class _Filled:
    """What fills a slot in one field of one segment."""

    def __init__(self, part: Part, name: str, slot: Slot) -> None:
        self.part = part
        self._packed = part.fields[name]
        self._expansions = part.expand(name, slot)

    def commonest(self, most: int) -> Iterator[tuple[str, int]]:
        """Yield the commonest words that fill the slot and in how many documents they stand."""
        for expansion in self._expansions:
            often = self._packed.frequency[expansion.terms].astype(np.int64)
            for number in np.argsort(-often, kind="stable")[:most].tolist():
                yield self._packed.word(int(expansion.terms[number])), int(often[number])

    def docs(self, word: str) -> Places:
        """Return the documents with a word, in languages in which it fills the slot."""
        term = self._packed.term(word)
        for expansion in self._expansions if term >= 0 else ():
            if (expansion.terms == term).any():
                docs = self._packed.docs(term)
                if expansion.languages is None:
                    return docs
                return docs[self.part.in_languages(expansion.languages)[docs]]
        return np.zeros(0, np.int64)


def _records(several: Sequence[_Filled], word: str) -> int:
    """Return how many living records of one segment have a word."""
    part = several[0].part
    having: Mask = np.zeros(part.count, bool)
    for filled in several:
        having[filled.docs(word)] = True
    return int(np.count_nonzero(having if part.alive is None else having & part.alive))
