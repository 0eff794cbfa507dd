"""Where a text stands that somebody quotes: word for word, or nearly so.

The quotation's rarest words vote for places, each for the one where the quotation would begin; what
stands around the places with most votes is read from the forward stream and aligned.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from archivist.model.progress import CancelToken
from archivist.search.alignment import UNIT, Aligner, Row, Step
from archivist.search.arrays import Places, distinct
from archivist.search.columns import DATE, LANGUAGE
from archivist.search.runs import find_runs
from archivist.search.slots import Written, width_of
from archivist.search.voting import Counted, Voting, Window
from archivist.search.words import UNKNOWN, Stems, algorithm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.search.columns import Columns
    from archivist.search.parts import Part
    from archivist.search.segment import PackedField

NEAR: Final = 0.55
"""From this similarity on a passage is near; chosen on labelled pairs (`tests/eval/quotes.py`)."""
_TEXT = "text"
_HOPELESS = 8
"""Where so many of the best windows hold nothing that is nearly like it, no others do."""
_ALMOST_NEAR = 0.12
_OTHER_FORMS = 0.05
"""Where something is near, what has less of the words than this short of near is not, either."""
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
        counted = Counted(self._different, self._terms, self._often)
        voting = Voting(self._parts, self._row, counted, self._cancel)
        for number, window in enumerate(voting.windows()):
            self._cancel.check()
            if number >= _HOPELESS and highest < least - _ALMOST_NEAR:
                break
            if highest >= least and window.worth < (least - _OTHER_FORMS) * self._row.whole:
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

    def _aligned(self, window: Window) -> Place | None:
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


def _trimmed(steps: Sequence[Step]) -> list[Step]:
    """Leave out what only the record has at the ends: it is not what is quoted."""
    found = list(steps)
    while found and found[0].kind == "inserted":
        del found[0]
    while found and found[-1].kind == "inserted":
        del found[-1]
    return found
