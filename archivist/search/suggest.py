"""Words near a word in spelling, of those that some record has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from archivist.model.words import fold
from archivist.search.lexicon import letter_bits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.search.arrays import Array, Places
    from archivist.search.parts import Part
    from archivist.search.segment import PackedField

_LONG = 5
_TOO_LONG = 60


def near(parts: Sequence[Part], word: str, limit: int) -> list[str]:
    """Return words near this one, best first: least changed, then in most documents."""
    wanted = fold(word)
    if not wanted or len(wanted) > _TOO_LONG:
        return []
    far = 2 if len(wanted) >= _LONG else 1
    found: dict[str, tuple[int, int]] = {}
    for part in parts:
        for packed in part.fields.values():
            for near_word, distance, docs in _in_field(packed, wanted, far):
                found[near_word] = (distance, found.get(near_word, (0, 0))[1] + docs)
    found.pop(wanted, None)
    return sorted(found, key=lambda each: _order(wanted, each, *found[each]))[:limit]


def _order(wanted: str, word: str, distance: int, docs: int) -> tuple[int, bool, int, str]:
    return distance, word[0] != wanted[0], -docs, word


def _in_field(packed: PackedField, wanted: str, far: int) -> list[tuple[str, int, int]]:
    terms, distances = near_terms(packed, wanted, far)
    words = map(packed.word, terms.tolist())
    docs = packed.frequency[terms].tolist()
    return list(zip(words, distances.tolist(), docs, strict=True))


def near_terms(packed: PackedField, wanted: str, far: int) -> tuple[Places, Array]:
    """Return the terms that become a word by so many changes at most, and by how many."""
    letters, sizes = packed.letters
    own = np.bitwise_or.reduce(letter_bits(np.array([wanted]).view(np.uint32)))
    close = np.bitwise_count(letters & ~own) <= far
    close &= np.bitwise_count(~letters & own) <= far
    close &= np.abs(sizes - len(wanted)) <= far
    terms = np.flatnonzero(close)
    if not len(terms):
        return terms, terms
    distances = _distances([packed.word(term) for term in terms.tolist()], wanted)
    near_by = distances <= far
    return terms[near_by], distances[near_by]


def _distances(words: Sequence[str], wanted: str) -> Array:
    """Return the edit distance of each word, a column of the table for all at once."""
    width = max(map(len, words))
    letters = np.array(words, f"U{width}").view(np.uint32).reshape(len(words), width)
    row = np.tile(np.arange(width + 1, dtype=np.int16), (len(words), 1))
    for number, letter in enumerate(wanted, 1):
        following = np.empty_like(row)
        following[:, 0] = number
        kept = row[:, :-1] + (letters != ord(letter))
        cheapest = np.minimum(kept, row[:, 1:] + 1)
        for column in range(width):
            following[:, column + 1] = np.minimum(cheapest[:, column], following[:, column] + 1)
        row = following
    return row[np.arange(len(words)), [len(word) for word in words]]
