"""The order of hits by the words around them: as a reader would sort the lines of a concordance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from archivist.search.arrays import Days, Places
from archivist.search.parts import Part
from archivist.search.types import TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.model.progress import CancelToken
    from archivist.search.arrays import Numbers, Wide
    from archivist.search.segment import PackedField

_BITS = 64
_LAST_DAY = (1 << 22) - 1
COMPARED = 4
"""How many words are compared; lines alike in these are ordered by date, newest first."""


@dataclass(frozen=True, slots=True)
class Side:
    """Which words decide.

    Attributes:
        left: those before the hit, else those after it.
        first: from which word on, counted away from the hit; 1 is the one beside it.
    """

    left: bool
    first: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """All hits of one segment.

    Attributes:
        part: the segment.
        starts: the place of the first word of each.
        ends: the place of the last word of each.
        days: the day of its record; 0 for none.
    """

    part: Part
    starts: Places
    ends: Places
    days: Days


def order_by_words(found: Sequence[Found], side: Side, cancel: CancelToken) -> Places:
    """Return the order of the hits of all segments, numbered one segment after the other."""
    beside = []
    for each in found:
        cancel.check()
        beside.append(_beside(each, side))
    tables = _comparable([each.part.fields[TEXT] for each in found], beside)
    cancel.check()
    columns = [
        np.concatenate([table[terms[step]] for table, terms in zip(tables, beside, strict=True)])
        for step in range(COMPARED)
    ]
    days = np.concatenate([each.days for each in found])
    cancel.check()
    width = max(1, *(int(column.max(initial=0)).bit_length() for column in columns))
    late = (_LAST_DAY - days).astype(np.uint32)
    keys = _packed([*((column, width) for column in columns), (late, _LAST_DAY.bit_length())])
    order: Places = np.lexsort(keys[::-1])
    return order


def _packed(numbers: Sequence[tuple[Numbers, int]]) -> list[Wide]:
    """Put numbers of so many bits, the most significant first, into as few as hold them."""
    keys: list[Wide] = []
    free = 0
    for column, width in numbers:
        if width > free:
            keys.append(np.zeros(len(column), np.uint64))
            free = _BITS
        keys[-1] <<= np.uint64(width)
        keys[-1] |= column
        free -= width
    return keys


def _beside(found: Found, side: Side) -> list[Numbers]:
    """Return the terms beside the hits, step by step; `terms_count` past the ends of a text."""
    text = found.part.fields[TEXT]
    edge, step = (found.starts, -1) if side.left else (found.ends, 1)
    places, last = edge.copy(), len(text.stream) - 1
    inside = np.ones(len(places), bool)
    terms = []
    for count in range(1, side.first + COMPARED):
        places += step
        inside &= places >= 0
        beyond = text.terms_at(np.clip(places, 0, last))
        beyond[~inside] = text.terms_count
        inside &= beyond != text.terms_count
        if count >= side.first:
            terms.append(beyond)
    return terms


def _comparable(texts: Sequence[PackedField], beside: Sequence[Sequence[Numbers]]) -> list[Numbers]:
    """Return, for each segment, the number of each term in one order of all words used.

    Words are sorted as they stand in the lexicons, by their folded letters; no word comes first.
    """
    used = [_used(text, terms) for text, terms in zip(texts, beside, strict=True)]
    words = [_words(text, terms) for text, terms in zip(texts, used, strict=True)]
    every = sorted(set().union(*words)) if len(words) > 1 else (words[0] if words else [])
    number = {word: place for place, word in enumerate(every, 1)}
    tables = []
    for text, terms, those in zip(texts, used, words, strict=True):
        table = np.zeros(text.terms_count + 1, np.uint32)
        table[terms] = np.fromiter(map(number.__getitem__, those), np.uint32, len(those))
        tables.append(table)
    return tables


def _used(text: PackedField, columns: Sequence[Numbers]) -> Places:
    used = np.zeros(text.terms_count + 1, bool)
    for terms in columns:
        used[terms] = True
    return np.flatnonzero(used[:-1])


def _words(text: PackedField, terms: Places) -> list[str]:
    if len(terms) * 8 < text.terms_count:
        return [text.word(term) for term in terms.tolist()]
    every = text.words(0, text.terms_count)
    return [every[term] for term in terms.tolist()]
