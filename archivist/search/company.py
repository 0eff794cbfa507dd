"""The company that words keep: which stand right before them, which right behind, which near.

A word that may stand in another's place keeps the same company (Firth 1957): the same words lead to
it and go on from it, and the same are spoken of around it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from archivist.search.arrays import Array

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archivist.search.arrays import Mask
    from archivist.search.segment import PackedField

NEIGHBOURS: Final = 150
"""So many different words of each kind are told apart, the most frequent ones."""
_KINDS: Final = 3
_NONE = ""
"""Stands for the end of a document."""


class Neighbours(NamedTuple):
    """The words beside some uses, a row for each use.

    Attributes:
        before: the term right before each.
        behind: the term right behind each.
        near: the terms near each, in columns.
    """

    before: Array
    behind: Array
    near: Array


class Likeness(NamedTuple):
    """How alike the company of two words is, from 0 to 1 each."""

    before: float
    behind: float
    near: float


@dataclass(frozen=True)
class Company:
    """The company of a phrase, in all segments.

    Attributes:
        words: before, behind and near, at most NEIGHBOURS each.
        counts: how often each stands there; a row for each kind, filled with zeros.
        totals: of all words that stand there.
    """

    words: tuple[Sequence[str], ...]
    counts: Array
    totals: Array

    def likeness(self, seen: Array) -> Likeness:
        """Return how alike other words' company is, by the coefficient of Bhattacharyya (1943).

        Args:
            seen: how often each of `words` stands beside them, and last all others, in three rows.
        """
        totals = np.maximum(1, self.totals * seen.sum(axis=1))
        found = np.sqrt(seen[:, :NEIGHBOURS] * self.counts).sum(axis=1) / np.sqrt(totals)
        return Likeness(*found.tolist())


def company_of(found: Iterable[Sequence[Counter[str]]]) -> Company:
    """Return the company of a phrase, given what each segment has before, behind and near it."""
    kinds: list[Counter[str]] = [Counter() for _ in range(_KINDS)]
    for counted in found:
        for whole, more in zip(kinds, counted, strict=True):
            whole.update(more)
    counts = np.zeros((_KINDS, NEIGHBOURS))
    words = []
    for row, kind in enumerate(kinds):
        best = kind.most_common(NEIGHBOURS)
        words.append([word for word, _ in best])
        counts[row, : len(best)] = [count for _, count in best]
    return Company(tuple(words), counts, np.array([kind.total() for kind in kinds]))


def counted_words(packed: PackedField, terms: Array, without: Mask | None = None) -> Counter[str]:
    """Count terms as words, the most frequent ones; `without`: terms that do not count."""
    counts = np.bincount(terms.reshape(-1), minlength=packed.terms_count + 1)
    if without is not None:
        counts[without[: len(counts)]] = 0
    there = np.flatnonzero(counts)
    best = there[np.argsort(-counts[there], kind="stable")[:NEIGHBOURS]]
    named = {term: _word(packed, term) for term in best.tolist()}
    return Counter({word: int(counts[term]) for term, word in named.items()})


class Beside:
    """Counts, in one segment, how often a phrase's company stands beside other words.

    Args:
        packed: the field.
        company: of the phrase.
        without: terms that count nothing where they stand near: words of grammar.
    """

    def __init__(self, packed: PackedField, company: Company, without: Mask) -> None:
        self._tables = [_table(packed, words) for words in company.words]
        self._tables[-1][without] = NEIGHBOURS + 1

    def seen(self, beside: Neighbours, groups: Array, count: int) -> Array:
        """Return for each group of uses how often each word stands beside them, and all others.

        Args:
            beside: the words beside each use.
            groups: the group of each.
            count: how many groups there are.
        """
        found = np.zeros((count, _KINDS, NEIGHBOURS + 1))
        width = NEIGHBOURS + 2
        for row, terms in enumerate(beside):
            codes = self._tables[row][terms].reshape(len(terms), terms[:1].size)
            codes = codes + groups[:, None] * width
            counted = np.bincount(codes.reshape(-1), minlength=count * width)
            found[:, row] = counted.reshape(count, width)[:, : NEIGHBOURS + 1]
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
