"""Words near a word in spelling, of those that some record has; values near a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from archivist.model.words import fold, words_of
from archivist.search import patterns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.search.parts import Part
    from archivist.search.segment import PackedField

_LONG = 5
_TOO_LONG = 60


def near(parts: Sequence[Part], word: str, limit: int) -> list[str]:
    """Return words near this one, best first: least changed, then in most documents."""
    wanted = fold(word)
    if not wanted or len(wanted) > _TOO_LONG:
        return []
    found: dict[str, tuple[int, int]] = {}
    for part in parts:
        for packed in part.fields.values():
            for near_word, distance, docs in _in_field(packed, wanted):
                found[near_word] = (distance, found.get(near_word, (0, 0))[1] + docs)
    found.pop(wanted, None)
    return sorted(found, key=lambda each: _order(wanted, each, *found[each]))[:limit]


def _far(wanted: str) -> int:
    return 2 if len(wanted) >= _LONG else 1


def _order(wanted: str, word: str, distance: int, docs: int) -> tuple[int, bool, int, str]:
    return distance, word[0] != wanted[0], -docs, word


def _in_field(packed: PackedField, wanted: str) -> list[tuple[str, int, int]]:
    terms, distances = patterns.near(packed, wanted, _far(wanted))
    words = map(packed.word, terms.tolist())
    docs = packed.frequency[terms].tolist()
    return list(zip(words, distances.tolist(), docs, strict=True))


def nearest(value: str, values: Sequence[str], limit: int = 3) -> list[str]:
    """Return values spelled nearly like one, best first.

    Args:
        value: as typed.
        values: those that there are, best first among equals.
        limit: how many to return at most.
    """
    wanted = " ".join(words_of(value))
    if not wanted or not values or len(wanted) > _TOO_LONG:
        return []
    folded = [" ".join(words_of(each)) for each in values]
    apart = patterns.distances(folded, wanted, _far(wanted)).astype(np.int64)
    order = np.argsort(apart, kind="stable")[:limit]
    return [values[place] for place in order.tolist() if apart[place] <= _far(wanted)]
