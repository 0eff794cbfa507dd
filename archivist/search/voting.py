"""Where a quotation may stand: its rarest words vote for the places where it would begin.

What stands around the places with most votes is read from the forward stream, and worth what the
quotation's words count that stand there.
"""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from archivist.search.arrays import Places
from archivist.search.layout import END
from archivist.search.parts import Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archivist.model.progress import CancelToken
    from archivist.search.alignment import Row
    from archivist.search.arrays import Array, Weights
    from archivist.search.segment import PackedField

_TEXT = "text"
_ANCHORS = 24
"""So many of the rarest words vote."""
_PLACES = 600_000
"""So many places of words are listed, about; the rarest words always are."""
_SURE_ANCHORS = 2
_TOLD = 0.5
"""The rarest words vote until what the others count is less than the rest of this share."""
_LOOKED_AT = 240
"""So many places with most votes are looked at, in all segments together."""
_AT_MOST = 2_000
"""No more of one segment are, where very many have the same votes."""
_LEAST_VOTES = 0.15
"""A place for which words vote that count less than this share is not looked at."""
_ALIGNED = 24
"""So many windows are aligned, at most."""
_CELLS = 3_000_000
"""Cells of the tables of all alignments, about."""
_BESIDE = 8
"""Words that are looked at before and after the place where a quotation should stand."""
_LEFT_OUT = 150
"""Words that may have been left out where the quotation says so."""
_LEAST_SHARE = 0.4
"""A window that holds less of what the quotation's words count is not aligned."""
_LEAST_BITS = 5


@dataclass(frozen=True)
class Window:
    """A stretch of a document that may hold what is quoted.

    Attributes:
        part: the segment.
        terms: of the quotation's different words in it, or -1.
        begin: the place where it begins.
        end: where it ends, exclusive.
        worth: what the quotation's words count that stand in it.
    """

    part: Part
    terms: Places
    begin: int
    end: int
    worth: float


class Counted(NamedTuple):
    """The different words of a quotation.

    Attributes:
        words: each once.
        terms: of these, by segment, or -1.
        often: how often each stands anywhere.
    """

    words: Sequence[str]
    terms: Sequence[Places]
    often: Places


class Voting:
    """Finds the windows that may hold a quotation.

    Args:
        parts: the segments.
        row: the words of the quotation, weighed.
        counted: each of them once.
        cancel: stops it.
    """

    def __init__(
        self, parts: Sequence[Part], row: Row, counted: Counted, cancel: CancelToken
    ) -> None:
        self._parts = parts
        self._row = row
        self._words = list(row.words)
        self._different, self._terms, self._often = counted
        self._cancel = cancel

    def windows(self) -> list[Window]:
        """Return the windows that hold most of the quotation's words, best first."""
        anchors = self._anchors()
        voted = [
            self._voted(part, terms, anchors)
            for part, terms in zip(self._parts, self._terms, strict=True)
        ]
        least = _nth_largest([votes for _, votes in voted], _LOOKED_AT)
        likely = [
            window
            for part, terms, (places, votes) in zip(self._parts, self._terms, voted, strict=True)
            for window in self._in_part(part, terms, places[votes >= least])
        ]
        likely.sort(key=_by_worth)
        found = [piece for window in likely[:_ALIGNED] for piece in self._pieces(window)]
        found = [piece for piece in found if piece.worth >= _LEAST_SHARE * self._row.whole]
        most = _CELLS // max(1, len(self._words) * self._reach())
        return sorted(found, key=_by_worth)[: max(_SURE_ANCHORS, min(_ALIGNED, most))]

    def _anchors(self) -> list[int]:
        """Return the rarest different words: those that tell most, as many as can be listed."""
        order = [at for at in np.argsort(self._often, kind="stable").tolist() if self._often[at]]
        listed = np.cumsum(self._often[order])
        told = np.cumsum(self._counting[order])
        left = told[-1] - told if order else told
        enough = int(np.count_nonzero(left > (1 - _TOLD) * self._row.whole)) + 1
        many = min(int(np.searchsorted(listed, _PLACES)), enough)
        return order[: min(_ANCHORS, max(_SURE_ANCHORS, many))]

    @functools.cached_property
    def _counting(self) -> Weights:
        """What each different word counts, as often as it is asked for."""
        found = np.zeros(len(self._different), np.float32)
        numbers = {word: number for number, word in enumerate(self._different)}
        np.add.at(found, [numbers[word] for word in self._words], self._row.weights)
        return found

    @property
    def _bits(self) -> int:
        """Votes for places of so many bits together count as one place."""
        return max(_LEAST_BITS, (len(self._words) // 4).bit_length())

    def _slack(self) -> int:
        return _BESIDE + _LEFT_OUT * len(self._row.gaps)

    def _reach(self) -> int:
        """Return how many words a window has."""
        return (2 << self._bits) + len(self._words) + 2 * self._slack()

    def _voted(self, part: Part, terms: Places, anchors: Sequence[int]) -> tuple[Places, Weights]:
        """Return the places of a segment for which words vote that count something, and what."""
        votes = self._votes(part, terms, anchors)
        both = votes[:-1] + votes[1:]
        likely = np.flatnonzero(both >= max(1.0, _LEAST_VOTES * self._row.whole))
        return likely, both[likely]

    def _in_part(self, part: Part, terms: Places, likely: Places) -> list[Window]:
        packed, likely = part.fields[_TEXT], likely[:_AT_MOST]
        before = len(self._words) + self._slack()
        begins = np.maximum((likely << self._bits) - before, 0)
        ends = np.minimum(begins + self._reach() + self._slack(), packed.places_count)
        worth = self._worth(packed, terms, begins, ends)
        order = np.argsort(-worth, kind="stable")[:_ALIGNED]
        return [
            Window(part, terms, int(begins[at]), int(ends[at]), float(worth[at]))
            for at in order.tolist()
            if worth[at] >= _LEAST_SHARE * self._row.whole
        ]

    def _votes(self, part: Part, terms: Places, anchors: Sequence[int]) -> Weights:
        """Count for which places the rarest words vote, those with all of the quotation behind."""
        packed, size = part.fields[_TEXT], len(self._words)
        votes = np.zeros(((packed.places_count + size) >> self._bits) + 2, np.float32)
        weight = dict(zip(self._words, self._row.weights.tolist(), strict=True))
        for anchor in anchors:
            self._cancel.check()
            if terms[anchor] < 0:
                continue
            places = part.loaded.decoded[_TEXT].places(terms[anchor : anchor + 1]).astype(np.int64)
            word = self._different[anchor]
            at = self._words.index(word)
            for_these = (places + (size - at)) >> self._bits
            new = np.ones(len(for_these), bool)
            np.not_equal(for_these[1:], for_these[:-1], out=new[1:])
            votes[for_these[new]] += weight[word]
        return votes

    def _worth(self, packed: PackedField, terms: Places, begins: Places, ends: Places) -> Weights:
        """Return what the quotation's words count that stand in each window."""
        if not len(begins):
            return np.zeros(0, np.float32)
        width = int((ends - begins).max())
        starts = np.minimum(begins, max(0, packed.places_count - width))
        width = min(width, packed.places_count)
        numbers = self._numbers_at(packed, terms, starts, width)
        there = np.zeros((len(begins), len(self._different) + 1), bool)
        there[np.arange(len(begins))[:, None], numbers] = True
        weights = np.zeros(len(self._different) + 1, np.float32)
        weights[:-1] = self._weights_of_different()
        found: Weights = there @ weights
        return found

    def _weights_of_different(self) -> Weights:
        weight = dict(zip(self._words, self._row.weights.tolist(), strict=True))
        return np.array([weight[word] for word in self._different], np.float32)

    def _numbers_at(self, packed: PackedField, terms: Places, starts: Places, width: int) -> Array:
        """Return which of the different words stand in windows; others are numbered after all."""
        places = starts[:, None] + np.arange(width)
        there = packed.terms_at(places.reshape(-1))
        table = np.full(packed.terms_count + 1, len(self._different), np.int32)
        known = terms >= 0
        table[terms[known]] = np.flatnonzero(known)
        return table[there].reshape(places.shape)

    def _pieces(self, window: Window) -> Iterator[Window]:
        """Cut a window where a document ends; keep what is long enough and lives."""
        part, packed = window.part, window.part.fields[_TEXT]
        ranks = packed.at(np.arange(window.begin, window.end))
        edges = [-1, *np.flatnonzero(ranks == END).tolist(), len(ranks)]
        begins = [window.begin + edge + 1 for edge in edges[:-1]]
        pieces = [
            dataclasses.replace(window, begin=begin, end=window.begin + edge)
            for begin, edge in zip(begins, edges[1:], strict=True)
            if edge > begin - window.begin
        ]
        for piece in pieces:
            doc = int(packed.docs_at(np.array([piece.begin]))[0])
            if part.alive is None or part.alive[doc]:
                worth = window.worth
                if len(pieces) > 1:
                    one = np.array([piece.begin]), np.array([piece.end])
                    worth = float(self._worth(packed, window.terms, *one)[0])
                yield dataclasses.replace(piece, worth=worth)


def _nth_largest(found: Sequence[Weights], number: int) -> float:
    """Return the least of so many largest values of several arrays; 0 where there are fewer."""
    every = np.concatenate([np.zeros(0, np.float32), *found])
    if len(every) <= number:
        return 0.0
    return float(np.partition(every, len(every) - number)[len(every) - number])


def _by_worth(window: Window) -> float:
    return -window.worth
