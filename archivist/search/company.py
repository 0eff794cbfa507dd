"""The company that words keep: which words stand right before them, and which right behind.

A word that may stand in another's place keeps the same company (Firth 1957).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from archivist.search.arrays import Array

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archivist.search.segment import PackedField

NEIGHBOURS: Final = 100
"""So many different words on each side are told apart, the most frequent ones."""
_NONE = ""
"""Stands for the end of a document."""


@dataclass(frozen=True)
class Company:
    """The company of a phrase, in all segments.

    Attributes:
        words: before and behind, at most NEIGHBOURS each.
        counts: how often each stands there; two rows, filled with zeros.
        uses: of the phrase.
    """

    words: tuple[Sequence[str], Sequence[str]]
    counts: Array
    uses: int

    def likeness(self, seen: Array, uses: int) -> float:
        """Return from 0 to 1 how alike other words' company is, at the side where it is less.

        By the coefficient of Bhattacharyya (1943).

        Args:
            seen: how often each of `words` stands beside them, in two rows.
            uses: of these other words.
        """
        if not self.uses or not uses:
            return 0.0
        sides = np.sqrt(seen * self.counts).sum(axis=1) / np.sqrt(self.uses * uses)
        return float(sides.min())


def company_of(found: Iterable[tuple[Counter[str], Counter[str]]]) -> Company:
    """Return the company of a phrase, given what each segment has before and behind it."""
    before: Counter[str] = Counter()
    behind: Counter[str] = Counter()
    for one, other in found:
        before.update(one)
        behind.update(other)
    counts = np.zeros((2, NEIGHBOURS))
    words = []
    for row, side in enumerate((before, behind)):
        best = side.most_common(NEIGHBOURS)
        words.append([word for word, _ in best])
        counts[row, : len(best)] = [count for _, count in best]
    return Company((words[0], words[1]), counts, before.total())


def counted_words(packed: PackedField, terms: Array) -> Counter[str]:
    """Count terms as words, the most frequent ones."""
    counts = np.bincount(terms, minlength=1)
    there = np.flatnonzero(counts)
    best = there[np.argsort(-counts[there], kind="stable")[:NEIGHBOURS]]
    named = {term: _word(packed, term) for term in best.tolist()}
    return Counter({word: int(counts[term]) for term, word in named.items()})


class Beside:
    """Counts, in one segment, how often a phrase's company stands beside other words.

    Args:
        packed: the field.
        company: of the phrase.
    """

    def __init__(self, packed: PackedField, company: Company) -> None:
        self._tables = [_table(packed, words) for words in company.words]

    def seen(self, before: Array, behind: Array, groups: Array, count: int) -> Array:
        """Return for each group of uses how often each word stands beside them, in two rows.

        Args:
            before: the term before each use.
            behind: the term behind each.
            groups: the group of each.
            count: how many groups there are.
        """
        found = np.zeros((count, 2, NEIGHBOURS))
        width = NEIGHBOURS + 1
        for row, terms in enumerate((before, behind)):
            codes = groups * width + self._tables[row][terms]
            counted = np.bincount(codes, minlength=count * width).reshape(count, width)
            found[:, row] = counted[:, :NEIGHBOURS]
        return found


def _table(packed: PackedField, words: Sequence[str]) -> Array:
    """Return by term the number of a word; NEIGHBOURS for all others."""
    table = np.full(packed.terms_count + 1, NEIGHBOURS, np.int64)
    for number, word in enumerate(words):
        term = packed.term(word) if word else packed.terms_count
        if term >= 0:
            table[term] = number
    return table


def _word(packed: PackedField, term: int) -> str:
    return _NONE if term == packed.terms_count else packed.word(term)
