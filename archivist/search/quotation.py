"""Where a text stands that somebody quotes: word for word, or nearly so.

The quotation's rarest words vote for places, each for the one where the quotation would begin; what
stands around the places with most votes is read from the forward stream and aligned.
"""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from archivist.model.progress import CancelToken
from archivist.search.alignment import UNIT, Aligner, Row, Step
from archivist.search.arrays import Places, distinct
from archivist.search.columns import DATE, LANGUAGE
from archivist.search.layout import END
from archivist.search.parts import Part
from archivist.search.runs import find_runs
from archivist.search.slots import Written, width_of
from archivist.search.words import UNKNOWN, Stems, algorithm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archivist.search.arrays import Array, Weights
    from archivist.search.columns import Columns
    from archivist.search.segment import PackedField

NEAR: Final = 0.55
"""From this similarity on a passage is near; chosen on labelled pairs (`tests/eval/quotes.py`)."""
_TEXT = "text"
_ANCHORS = 24
"""So many of the rarest words vote."""
_PLACES = 600_000
"""So many places of words are listed, about; the rarest words always are."""
_SURE_ANCHORS = 2
_TOLD = 0.6
"""The rarest words vote until what the others count is less than the rest of this share."""
_LOOKED_AT = 240
"""So many places with most votes are looked at, in all segments together."""
_LEAST_VOTES = 0.15
"""A place for which words vote that count less than this share is not looked at."""
_ALIGNED = 24
"""So many windows are aligned, at most."""
_HOPELESS = 8
"""Where so many of the best windows hold nothing that is nearly like it, no others do."""
_ALMOST_NEAR = 0.12
_CELLS = 3_000_000
"""Cells of the tables of all alignments, about."""
_BESIDE = 8
"""Words that are looked at before and after the place where a quotation should stand."""
_LEFT_OUT = 150
"""Words that may have been left out where the quotation says so."""
_LEAST_SHARE = 0.4
"""A window that holds less of what the quotation's words count is not aligned."""
_LEAST_BITS = 5
_LIGHT, _HEAVY = 0.8, 4.5
"""Least and most that a word tells: the negative logarithm of its share of all words."""


class Asked(NamedTuple):
    """A quotation as the index sees it.

    Attributes:
        slots: the terms in order; True: any term that begins so.
        gaps: numbers of terms after which the quotation says that words are left out.
        names: numbers of terms that are written as names are.
    """

    slots: Sequence[tuple[str, bool]]
    gaps: frozenset[int] = frozenset()
    names: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation stands, or what is like it.

    Attributes:
        key: of the record.
        first: number of the first word in the text, from 0.
        last: number of the last word.
        opening: the term that stands first.
        closing: the term that stands last.
        similarity: from 0 to 1; 1 where the same words stand in a row.
        steps: from the quotation's words to those of the record, each numbered from 0.
    """

    key: int
    first: int
    last: int
    opening: str
    closing: str
    similarity: float
    steps: tuple[Step, ...]


class Standing(NamedTuple):
    """Where a quotation was found.

    Attributes:
        places: one of each record, the best and then the oldest first.
        records: how many records there are in all, where it stands word for word.
    """

    places: list[Place]
    records: int


@dataclass(frozen=True)
class _Window:
    """A stretch of a document that may hold what is quoted."""

    part: Part
    terms: Places
    begin: int
    end: int
    worth: float


class Quotation:
    """Looks for one quotation in one state of the index."""

    def __init__(
        self,
        parts: Sequence[Part],
        columns: Columns,
        asked: Asked,
        cancel: CancelToken | None = None,
    ) -> None:
        self._parts = parts
        self._columns = columns
        self._asked = asked
        self._cancel = cancel or CancelToken()
        self._words = [word for word, _ in asked.slots]
        self._different = list(dict.fromkeys(self._words))
        self._terms = [self._terms_in(part.fields[_TEXT]) for part in parts]
        self._often = self._counted()
        self._row = self._weighed()
        self._stems = Stems()

    def _terms_in(self, packed: PackedField) -> Places:
        """Return the term of each different word, or -1."""
        terms = (packed.term(word) for word in self._different)
        return np.fromiter(terms, np.int64, len(self._different))

    def _counted(self) -> Places:
        often = np.zeros(len(self._different), np.int64)
        for part, terms in zip(self._parts, self._terms, strict=True):
            there = terms >= 0
            often[there] += part.fields[_TEXT].collected[terms[there]]
        return often

    def _weighed(self) -> Row:
        """Weigh each word by what it tells: the rarer, the more."""
        whole = sum(part.fields[_TEXT].tokens_count for part in self._parts) + 1
        told = np.clip(-np.log10((self._often + 0.5) / whole), _LIGHT, _HEAVY)
        by_word = dict(zip(self._different, (told * UNIT).astype(np.int64).tolist(), strict=True))
        weights = np.array([by_word[word] for word in self._words], np.int64)
        nowhere = {
            word for word, n in zip(self._different, self._often.tolist(), strict=True) if not n
        }
        loose = {at for at, word in enumerate(self._words) if word in nowhere}
        return Row(self._words, weights, self._asked.gaps, self._asked.names | loose)

    # --- word for word

    def verbatim(self, limit: int) -> Standing:
        """Return where the same words stand in a row: the oldest records first."""
        found = [
            (part, *self._standing(part, terms))
            for part, terms in zip(self._parts, self._terms, strict=True)
        ]
        keys = np.concatenate(
            [np.zeros(0, np.int64), *(part.keys[docs] for part, _, docs in found)]
        )
        order = self._oldest(keys)[:limit]
        flat = [(part, place) for part, places, _ in found for place in places.tolist()]
        size = len(self._words)
        width = width_of(tuple(Written(word) for word in self._words))
        steps = (Step("same", 0, size, 0, size),)
        chosen = [flat[at] for at in order.tolist()]
        return Standing(
            [self._place(part, at, at + width, 1.0, steps) for part, at in chosen], len(keys)
        )

    def _standing(self, part: Part, terms: Places) -> tuple[Places, Places]:
        """Return where it first stands in each living document, and these."""
        none = np.zeros(0, np.int64), np.zeros(0, np.int64)
        packed = part.fields[_TEXT]
        numbers = dict(zip(self._different, terms.tolist(), strict=True))
        slots = []
        for word, is_open in self._asked.slots:
            chosen = range(*packed.beginning(word)) if is_open else [numbers[word]]
            if not chosen or chosen[0] < 0:
                return none
            slots.append(list(chosen))
        places = find_runs(part.loaded.decoded[_TEXT], slots)
        docs = packed.docs_at(places)
        first = np.ones(len(docs), bool)
        np.not_equal(docs[1:], docs[:-1], out=first[1:])
        if part.alive is not None:
            first &= part.alive[docs]
        return places[first], docs[first]

    def _oldest(self, keys: Places) -> Places:
        """Return in which order records are the oldest; those without a date come last."""
        days = self._columns.days(DATE).first[keys].astype(np.int64)
        return np.lexsort((keys, np.where(days > 0, days, np.iinfo(np.int64).max)))

    # --- nearly so

    def near(self, limit: int, least: float = NEAR) -> list[Place]:
        """Return what is like it: one place of each record, the most similar first."""
        best: dict[int, Place] = {}
        highest = 0.0
        for number, window in enumerate(self._windows()):
            self._cancel.check()
            if number >= _HOPELESS and highest < least - _ALMOST_NEAR:
                break
            place = self._aligned(window)
            highest = max(highest, place.similarity if place else 0.0)
            if place is None or place.similarity < least:
                continue
            known = best.get(place.key)
            if known is None or known.similarity < place.similarity:
                best[place.key] = place
        found = list(best.values())
        age = {at: rank for rank, at in enumerate(self._ages(found))}
        order = sorted(age, key=lambda at: (-round(found[at].similarity, 3), age[at]))
        return [found[at] for at in order[:limit]]

    def _ages(self, found: Sequence[Place]) -> list[int]:
        ages: list[int] = self._oldest(np.array([one.key for one in found], np.int64)).tolist()
        return ages

    def _windows(self) -> list[_Window]:
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
        return _BESIDE + _LEFT_OUT * len(self._asked.gaps)

    def _reach(self) -> int:
        """Return how many words a window has."""
        return (2 << self._bits) + len(self._words) + 2 * self._slack()

    def _voted(self, part: Part, terms: Places, anchors: Sequence[int]) -> tuple[Places, Weights]:
        """Return the places of a segment for which words vote that count something, and what."""
        votes = self._votes(part, terms, anchors)
        both = votes[:-1] + votes[1:]
        likely = np.flatnonzero(both >= max(1.0, _LEAST_VOTES * self._row.whole))
        return likely, both[likely]

    def _in_part(self, part: Part, terms: Places, likely: Places) -> list[_Window]:
        packed = part.fields[_TEXT]
        before = len(self._words) + self._slack()
        begins = np.maximum((likely << self._bits) - before, 0)
        ends = np.minimum(begins + self._reach() + self._slack(), packed.places_count)
        worth = self._worth(packed, terms, begins, ends)
        order = np.argsort(-worth, kind="stable")[:_ALIGNED]
        return [
            _Window(part, terms, int(begins[at]), int(ends[at]), float(worth[at]))
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

    def _pieces(self, window: _Window) -> Iterator[_Window]:
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

    def _aligned(self, window: _Window) -> Place | None:
        part, packed = window.part, window.part.fields[_TEXT]
        terms = packed.terms_at(np.arange(window.begin, window.end))
        known = {term: packed.word(term) for term in distinct(terms).tolist()}
        aligned = self._aligner(part, window.begin).inside([known[one] for one in terms.tolist()])
        steps = _trimmed(aligned.steps)
        if not steps or steps[0].begin == steps[-1].end:
            return None
        first, last = steps[0].begin, steps[-1].end
        moved = tuple(
            step._replace(begin=step.begin - first, end=step.end - first) for step in steps
        )
        begin, end = window.begin + first, window.begin + last
        return self._place(part, begin, end, min(aligned.similarity, _ALMOST), moved)

    def _aligner(self, part: Part, place: int) -> Aligner:
        doc = int(part.fields[_TEXT].docs_at(np.array([place]))[0])
        column = self._columns.column(LANGUAGE)
        language = column.names.values[int(column.first[int(part.keys[doc])])]
        return Aligner(self._row, self._stems, algorithm(language) if language else UNKNOWN)

    def _place(
        self, part: Part, begin: int, end: int, similarity: float, steps: tuple[Step, ...]
    ) -> Place:
        """Return a stretch of the forward stream as words of a record."""
        packed = part.fields[_TEXT]
        doc = int(packed.docs_at(np.array([begin]))[0])
        ends = packed.terms_at(np.array([begin, end - 1]))
        opening, closing = (packed.word(int(term)) for term in ends)
        base = int(packed.base[doc])
        return Place(
            int(part.keys[doc]), begin - base, end - 1 - base, opening, closing, similarity, steps
        )


_ALMOST = 0.999
"""What is not word for word is never wholly similar."""


def _nth_largest(found: Sequence[Weights], number: int) -> float:
    """Return the least of so many largest values of several arrays; 0 where there are fewer."""
    every = np.concatenate([np.zeros(0, np.float32), *found])
    if len(every) <= number:
        return 0.0
    return float(np.partition(every, len(every) - number)[len(every) - number])


def _by_worth(window: _Window) -> float:
    return -window.worth


def _trimmed(steps: Sequence[Step]) -> list[Step]:
    """Leave out what only the record has at the ends: it is not what is quoted."""
    found = list(steps)
    while found and found[0].kind == "inserted":
        del found[0]
    while found and found[-1].kind == "inserted":
        del found[-1]
    return found
