"""Relevance by BM25F, and the order of hits."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from archivist.search.types import TEXT, TITLE

if TYPE_CHECKING:
    from archivist.search.arrays import Days, Numbers, Places, Weights, Wide

K1 = 1.2
B = 0.75
WEIGHTS = {TEXT: 1.0, TITLE: 2.0}
"""What a word counts in each field."""
_LAST = 0xFFFFFFFF
_HALF = np.uint64(32)


def rarity(docs: int, having: int) -> float:
    """Return what a term tells (idf): much where few of the documents have it."""
    return math.log(1 + (docs - having + 0.5) / (having + 0.5))


def normed(name: str, lengths: Numbers, average: float) -> Weights:
    """Return what one occurrence counts in each document, by its field and length."""
    weights = WEIGHTS[name] / (1 - B + B * lengths / max(average, 1e-9))
    return weights.astype(np.float32)


def saturated(counted: Weights, idf: float) -> Weights:
    """Return the scores of a term from its counted occurrences."""
    score: Weights = counted / (counted + np.float32(K1)) * np.float32(idf * (K1 + 1))
    return score


def by_score(scores: Weights, keys: Places) -> Wide:
    """Return numbers that sort by score, best last; among equals the older record is better."""
    return _pairs(scores.view(np.uint32), (_LAST - keys))


def by_day(days: Days, keys: Places, *, newest: bool) -> Wide:
    """Return numbers that sort by day, best last; without a day is worst."""
    if newest:
        return _pairs(days, keys)
    return _pairs(np.where(days > 0, _LAST - days.astype(np.int64), 0), _LAST - keys)


def _pairs(high: Numbers | Days | Places, low: Places) -> Wide:
    pairs = high.astype(np.uint64)
    pairs <<= _HALF
    pairs |= low.astype(np.uint64)
    return pairs


def best(order: Wide, count: int) -> Places:
    """Return where the best `count` numbers stand, best first; all where there are fewer."""
    if count <= 0:
        return np.zeros(0, np.int64)
    if count < len(order):
        chosen = np.argpartition(order, len(order) - count)[len(order) - count :]
        return chosen[np.argsort(order[chosen])[::-1]]
    return np.argsort(order)[::-1]


def best_scored(scores: Weights, keys: Places, count: int) -> Places:
    """Return where the best `count` records stand by score, best first, older before newer."""
    if count <= 0:
        return np.zeros(0, np.int64)
    if count >= len(scores):
        return best(by_score(scores, keys), count)
    least = np.partition(scores, len(scores) - count)[len(scores) - count]
    above, level = np.flatnonzero(scores > least), np.flatnonzero(scores == least)
    lacking = count - len(above)
    if lacking < len(level):
        level = level[np.argpartition(keys[level], lacking)[:lacking]]
    chosen = np.concatenate([above, level])
    found: Places = chosen[best(by_score(scores[chosen], keys[chosen]), count)]
    return found
