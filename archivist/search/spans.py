"""Stretches of words in one field of one segment, and how they are joined: exact, by arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from archivist.search.arrays import Mask, Places, starts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOPSIDED = 4


@dataclass(frozen=True, slots=True)
class Spans:
    """Stretches of words, each once, ascending by start and then by end.

    Attributes:
        docs: document of each.
        starts: place of its first word in the forward stream.
        ends: place of its last word.
    """

    docs: Places
    starts: Places
    ends: Places

    def __len__(self) -> int:
        return len(self.starts)

    def chosen(self, which: Mask | Places) -> Spans:
        """Return some of them; which ones are given in ascending order, or as a mask."""
        starts = self.starts[which]
        ends = starts if self.ends is self.starts else self.ends[which]
        return Spans(self.docs[which], starts, ends)


def no_spans() -> Spans:
    """Return none."""
    none = np.zeros(0, np.int64)
    return Spans(none, none, none)


def union(several: Sequence[Spans]) -> Spans:
    """Return the spans of all, each once."""
    some = [spans for spans in several if len(spans)]
    if len(some) <= 1:
        return some[0] if some else no_spans()
    return _distinct(
        np.concatenate([spans.docs for spans in some]),
        np.concatenate([spans.starts for spans in some]),
        np.concatenate([spans.ends for spans in some]),
    )


def _distinct(docs: Places, starts: Places, ends: Places) -> Spans:
    """Return spans sorted and each once."""
    if not len(starts):
        return no_spans()
    widths = ends - starts
    keys = starts * (int(widths.max()) + 1) + widths
    if bool((keys[1:] > keys[:-1]).all()):
        return Spans(docs, starts, ends)
    order = np.argsort(keys)
    keys = keys[order]
    first = np.ones(len(keys), bool)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    order = order[first]
    return Spans(docs[order], starts[order], ends[order])


def following(first: Spans, second: Spans, distance: int) -> Spans:
    """Return what pairs in one document span together, in which one thing follows another.

    The second begins at most `distance` words after the first has ended.
    """
    ascending = bool((first.ends[1:] >= first.ends[:-1]).all())
    if ascending and len(first) > _LOPSIDED * len(second):
        low = np.searchsorted(first.ends, second.starts - distance, "left")
        high = np.searchsorted(first.ends, second.starts, "left")
        others, ones = _expanded(low, high)
    else:
        low = np.searchsorted(second.starts, first.ends, "right")
        high = np.searchsorted(second.starts, first.ends + distance, "right")
        ones, others = _expanded(low, high)
    same = first.docs[ones] == second.docs[others]
    ones, others = ones[same], others[same]
    return _distinct(first.docs[ones], first.starts[ones], second.ends[others])


def _expanded(low: Places, high: Places) -> tuple[Places, Places]:
    """Return number and partner for every number's range of partners."""
    counts = np.maximum(high - low, 0)
    numbers = np.repeat(np.arange(len(low)), counts)
    return numbers, ragged(low, counts)


def ragged(lows: Places, counts: Places) -> Places:
    """Return the numbers of ranges one after the other, given where each begins and its length."""
    found = np.arange(int(counts.sum()))
    found += np.repeat(lows - starts_of(counts), counts)
    return found


def within(left: Spans, right: Spans, units: Places) -> Spans:
    """Return what two things in one unit span together, for every pair that does not overlap.

    Args:
        left: one side.
        right: the other side.
        units: the places at which sentences, or paragraphs, begin; ascending.
    """
    left, one = inside(left, units)
    right, other = inside(right, units)
    low = np.searchsorted(other, one, "left")
    high = np.searchsorted(other, one, "right")
    ones, others = _expanded(low, high)
    apart = (left.ends[ones] < right.starts[others]) | (right.ends[others] < left.starts[ones])
    ones, others = ones[apart], others[apart]
    return _distinct(
        left.docs[ones],
        np.minimum(left.starts[ones], right.starts[others]),
        np.maximum(left.ends[ones], right.ends[others]),
    )


def inside(spans: Spans, units: Places) -> tuple[Spans, Places]:
    """Return the spans that lie in one unit wholly, and the number of its unit for each."""
    first = np.searchsorted(units, spans.starts, "right")
    if spans.ends is spans.starts:
        return spans, first - 1
    whole = first == np.searchsorted(units, spans.ends, "right")
    return (spans, first - 1) if bool(whole.all()) else (spans.chosen(whole), first[whole] - 1)
