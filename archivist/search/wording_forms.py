"""The forms of a phrase that recur in a segment: words put in or around it, left out, exchanged.

Windows around the phrase's rarest words are read from the forward stream, all as one array, and
laid beside the phrase. A word that stands in the place of another counts where it keeps the same
company.
"""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from archivist.search.arrays import Array, Places, distinct
from archivist.search.company import Beside, Company, Neighbours, counted_words
from archivist.search.layout import RARE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from archivist.search.arrays import Mask
    from archivist.search.grammar_words import Grammar
    from archivist.search.parts import Part
    from archivist.search.segment import PackedField

Form = Literal["phrase", "inflected", "inserted", "extended", "exchanged", "dropped", "added"]
_TEXT = "text"
_SIDE: Final = 4
"""Words looked at before and behind a phrase."""
_NEAR: Final = 5
"""So many words on either side are near."""
_INSIDE: Final = 3
"""So many words may stand between two of a phrase."""
_SAMPLE: Final = 24_000
"""Places of a word that are looked at in each segment."""
_KEPT: Final = 80
"""Forms of one kind in one segment that are counted on."""
_GRAMMAR, _FREQUENT, _SHORT = 60, 300, 5
"""Ranks below which a word is one of grammar, and below which it is where it is short."""
_SMALL, _SHORTEST = 50_000, 3
"""In fewer words than these ranks tell little: there only the shortest are words of grammar."""
_SWALLOWED: Final = 0.6
"""A form is left out where a longer one has this share of its uses."""
_COMPANY: Final = 0.35
"""How alike the words right beside must be that an exchanged word keeps."""
_SPOKEN_OF: Final = 0.3
"""How alike the words near must be."""
_LED_TO: Final = 0.2
"""How alike the words must be that lead to a longer form, or go on from it, ..."""
_USUAL: Final = 0.1
"""... where it has less than this share of the uses of the phrase."""
_RECURS: Final = 2


@dataclass(frozen=True)
class Recurring:
    """A form that recurs.

    Attributes:
        kind: what was done to the phrase.
        uses: how often it was seen.
        seen: how often the company of the phrase stands beside it; None where that tells nothing.
    """

    kind: Form
    uses: int
    seen: Array | None = None

    def with_(self, other: Recurring) -> Recurring:
        """Add what another segment has."""
        seen = self.seen if other.seen is None or self.seen is None else self.seen + other.seen
        return Recurring(self.kind, self.uses + other.uses, seen)


def chosen(
    found: Mapping[tuple[str, ...], Recurring],
    phrase: tuple[str, ...],
    company: Company,
    limit: int,
) -> list[tuple[tuple[str, ...], Form]]:
    """Return the forms that tell most, with what was done to the phrase.

    A form tells the more, the more alike its company is to that of the phrase.
    """
    kept = {words: each for words, each in found.items() if each.uses >= _RECURS}
    kept.pop(phrase, None)
    longer: dict[tuple[str, ...], int] = {}
    for words, each in kept.items():
        if each.kind == "extended":
            for inner in _inner(words, len(phrase)):
                longer[inner] = max(longer.get(inner, 0), each.uses)
    told: dict[tuple[str, ...], float] = {}
    for words, each in kept.items():
        alike = _alike(words, each, phrase, company)
        swallowed = each.kind == "extended" and longer.get(words, 0) >= _SWALLOWED * each.uses
        if alike and not swallowed:
            told[words] = alike * each.uses
    best = sorted(told, key=lambda words: (-told[words], words))[:limit]
    return [(words, kept[words].kind) for words in best]


def _inner(words: tuple[str, ...], least: int) -> Iterator[tuple[str, ...]]:
    """Yield all that is left of a form when words are taken from its ends."""
    for size in range(least + 1, len(words)):
        for start in range(len(words) - size + 1):
            yield words[start : start + size]


def _alike(
    words: tuple[str, ...], each: Recurring, phrase: tuple[str, ...], company: Company
) -> float:
    """Return from 0 to 1 how much a form keeps the company of the phrase; 0 for another matter."""
    if each.seen is None:
        return 1.0
    before, behind, near = company.likeness(each.seen)
    if each.kind == "exchanged":
        beside = min(before, behind)
        return beside * near if beside >= _COMPANY and near >= _SPOKEN_OF else 0.0
    is_led = words[-len(phrase) :] == phrase
    outer, new = (before, words[0]) if is_led else (behind, words[-1])
    is_usual = each.uses >= _USUAL * company.totals[0]
    return float((outer >= _LED_TO or is_usual) and not new.isdigit())


def counted_rows(packed: PackedField, rows: Array) -> Counter[tuple[str, ...]]:
    """Count equal rows of terms, as words."""
    first, counts = _distinct_rows(rows)
    best = np.argsort(-counts, kind="stable")[:_KEPT]
    words = _words(packed, rows[first[best]])
    return Counter(dict(zip(words, counts[best].tolist(), strict=True)))


@dataclass(frozen=True)
class _Windows:
    """Words around places of one word of the phrase.

    Attributes:
        terms: a row for each place.
        origin: the column at which the phrase would begin.
        sentence: for each row, where its sentence begins and ends, in columns.
    """

    terms: Array
    origin: int
    sentence: tuple[Places, Places]

    def chosen(self, rows: Mask) -> _Windows:
        """Return some of the rows."""
        low, high = self.sentence
        return _Windows(self.terms[rows], self.origin, (low[rows], high[rows]))

    def cut(self, start: int, stop: int) -> Array:
        """Return columns, counted from where the phrase would begin."""
        return self.terms[:, self.origin + start : self.origin + stop]

    def has(self, terms: Sequence[int], at: int) -> Mask:
        """Tell in which rows terms stand in a row from a column on."""
        found: Mask = (self.cut(at, at + len(terms)) == np.array(terms)).all(axis=1)
        return found

    def beside(self, start: int, stop: int) -> Neighbours:
        """Return the words right before and right behind some columns, and those near."""
        near = [self.cut(start - _NEAR, start), self.cut(stop, stop + _NEAR)]
        before, behind = self.cut(start - 1, start)[:, 0], self.cut(stop, stop + 1)[:, 0]
        return Neighbours(before, behind, np.concatenate(near, axis=1))

    def inside(self, start: int, stop: int) -> Mask:
        """Tell in which rows some columns are of the same sentence as the phrase."""
        low, high = self.sentence
        found: Mask = (low <= self.origin + start) & (self.origin + stop <= high)
        return found


class Segment:
    """Looks for forms of a phrase in one segment."""

    def __init__(self, part: Part, phrase: tuple[str, ...], wanted: Mask, grammar: Grammar) -> None:
        self._part = part
        self._words = grammar
        self._packed = part.fields[_TEXT]
        self._terms = [self._packed.term(word) for word in phrase]
        self._wanted = wanted
        self._rarest = self.anchor(without=-1)
        self._around = None if self._rarest is None else self.windows(self._rarest)
        self._whole: _Windows | None = None
        if self._around is not None and min(self._terms) >= 0:
            self._whole = self._around.chosen(self._around.has(self._terms, 0))

    def company(self) -> tuple[Counter[str], ...]:
        """Return which words stand right before the phrase, which right behind, and which near."""
        if self._whole is None:
            return Counter(), Counter(), Counter()
        before, behind, near = self._whole.beside(0, len(self._terms))
        packed = self._packed
        spoken_of = counted_words(packed, near, self._grammar)
        return counted_words(packed, before), counted_words(packed, behind), spoken_of

    def forms(self, company: Company) -> Iterator[tuple[tuple[str, ...], Recurring]]:
        """Yield the forms of the phrase that the segment has."""
        counting = Beside(self._packed, company, self._grammar)
        if self._around is not None and self._whole is not None:
            yield from self.put_in(self._around)
            yield from self.put_around(self._whole, counting)
        for at in range(len(self._terms)):
            anchor = self.anchor(without=at)
            if anchor is not None:
                known = self._around if anchor == self._rarest else None
                beside = self.windows(anchor) if known is None else known
                yield from self.exchanged(beside, at, counting)
                yield from self.dropped(beside, at)

    def anchor(self, without: int) -> int | None:
        """Return which word of the phrase is the rarest, one left out; None where none is told."""
        known = [at for at, term in enumerate(self._terms) if term >= 0 and at != without]
        often = self._packed.collected
        telling = [at for at in known if not self._is_grammar(np.array([self._terms[at]]))[0]]
        return min(telling, key=lambda at: int(often[self._terms[at]]), default=None)

    def windows(self, anchor: int) -> _Windows:
        """Return the words around the places of one word of the phrase, evenly sampled."""
        packed, size = self._packed, len(self._terms)
        found = self._part.loaded.decoded[_TEXT].places(np.array([self._terms[anchor]]))
        places = found[:: max(1, -(-len(found) // _SAMPLE))].astype(np.int64)
        origin = _SIDE + max(_INSIDE, _NEAR)
        width = origin + size + max(_INSIDE, _NEAR) + _SIDE
        places = places[self._wanted[packed.docs_at(places)]]
        starts = places - anchor - origin
        rows = starts[:, None] + np.arange(width)
        outside = (rows < 0) | (rows >= packed.places_count)
        rows[outside] = 0
        terms = packed.terms_at(rows.reshape(-1)).reshape(rows.shape)
        terms[outside] = packed.terms_count
        numbers = np.searchsorted(packed.sentences, places, "right")
        bounds = np.append(packed.sentences, packed.places_count)
        low = bounds[np.maximum(numbers - 1, 0)] - starts
        high = bounds[np.minimum(numbers, len(bounds) - 1)] - starts
        ended = terms == packed.terms_count
        behind = ended & (np.arange(width) > origin + anchor)
        first_end = np.where(behind.any(axis=1), behind.argmax(axis=1), width)
        return _Windows(terms, origin, (low, np.minimum(high, first_end)))

    def _is_grammar(self, terms: Array) -> Mask:
        """Tell which terms are words of grammar, or no words: an end of a document."""
        return self._grammar[np.minimum(terms, self._packed.terms_count)]

    @functools.cached_property
    def _grammar(self) -> Mask:
        packed, listed = self._packed, self._words.words
        if listed:
            return self._named(listed, ends=True)
        is_small = packed.tokens_count < _SMALL
        ranks = np.append(packed.rank, RARE)
        surely, shortest = (0, _SHORTEST) if is_small else (_GRAMMAR, _SHORT)
        found: Mask = ranks < surely
        for term in np.flatnonzero((ranks >= surely) & (ranks < _FREQUENT)).tolist():
            found[term] = len(packed.word(term)) <= shortest
        found[-1] = True
        return found

    @functools.cached_property
    def _joining(self) -> Mask:
        return self._named(self._words.joining, ends=False)

    def _named(self, words: Iterable[str], *, ends: bool) -> Mask:
        """Tell which terms are some words; `ends`: whether the end of a document is among them."""
        found = np.zeros(self._packed.terms_count + 1, bool)
        terms = (self._packed.term(word) for word in words)
        found[[term for term in terms if term >= 0]] = True
        found[-1] = ends
        return found

    def _is_told(self, terms: Array) -> Mask:
        """Tell in which rows all terms tell something, or join what does."""
        known = np.minimum(terms, self._packed.terms_count)
        told: Mask = np.all((~self._grammar | self._joining)[known], axis=1)
        return told

    # --- kinds of forms

    def put_in(self, around: _Windows) -> Iterator[tuple[tuple[str, ...], Recurring]]:
        """Yield forms with words between two words of the phrase."""
        size = len(self._terms)
        for more in range(1, _INSIDE + 1):
            for cut in range(1, size):
                yield from self._put_in(around, more, cut)

    def _put_in(
        self, around: _Windows, more: int, cut: int
    ) -> Iterator[tuple[tuple[str, ...], Recurring]]:
        anchor, size = self._anchored(around), len(self._terms)
        at = 0 if anchor < cut else -more
        there = around.has(self._terms[:cut], at) & around.has(self._terms[cut:], at + cut + more)
        there &= around.inside(at, at + size + more)
        rows = around.chosen(there).cut(at, at + size + more)
        between = rows[:, cut : cut + more]
        telling = ~self._is_grammar(between).all(axis=1)
        if self._words.words:
            telling &= self._is_told(between)
        yield from self._counted("inserted", rows[telling])

    def _anchored(self, around: _Windows) -> int:
        """Return which word of the phrase all rows have in its place."""
        places = (
            at for at, term in enumerate(self._terms) if (around.cut(at, at + 1) == term).all()
        )
        return next(places, 0)

    def put_around(
        self, whole: _Windows, counting: Beside
    ) -> Iterator[tuple[tuple[str, ...], Recurring]]:
        """Yield forms with words before or behind the phrase.

        The outermost tells something; between it and the phrase stands what tells or joins.
        """
        size = len(self._terms)
        for more in range(1, _SIDE + 1):
            for start, stop in ((-more, size), (0, size + more)):
                there = whole.chosen(whole.inside(start, stop))
                new = there.cut(start, 0) if start else there.cut(size, stop)
                outer, inner = (new[:, 0], new[:, 1:]) if start else (new[:, -1], new[:, :-1])
                there = there.chosen(~self._is_grammar(outer) & self._is_told(inner))
                yield from self._longer(there, start, stop, counting)

    def _longer(
        self, there: _Windows, start: int, stop: int, counting: Beside
    ) -> Iterator[tuple[tuple[str, ...], Recurring]]:
        rows = there.cut(start, stop)
        first, counts, group = _grouped(rows)
        if not len(first):
            return
        some = group >= 0
        seen = counting.seen(there.chosen(some).beside(start, stop), group[some], len(first))
        for number, words in enumerate(_words(self._packed, rows[first])):
            yield words, Recurring("extended", int(counts[number]), seen[number])

    def exchanged(
        self, beside: _Windows, at: int, counting: Beside
    ) -> Iterator[tuple[tuple[str, ...], Recurring]]:
        """Yield forms with another word in the place of one."""
        size = len(self._terms)
        if self._terms[at] >= 0 and self._is_grammar(np.array([self._terms[at]]))[0]:
            return
        there = beside.has(self._terms[:at], 0)
        there &= beside.has(self._terms[at + 1 :], at + 1) & beside.inside(0, size)
        other = beside.cut(at, at + 1)[:, 0]
        there &= (other != self._terms[at]) & ~self._is_grammar(other)
        counts = np.bincount(other[there], minlength=1)
        best = np.argsort(-counts, kind="stable")[: min(_KEPT, int(np.count_nonzero(counts)))]
        groups = np.full(self._packed.terms_count + 1, -1, np.int64)
        groups[best] = np.arange(len(best))
        there &= groups[other] >= 0
        some, group = beside.chosen(there), groups[other[there]]
        first = _first_of_each(group, len(best))
        words = _words(self._packed, some.cut(0, size)[first])
        seen = counting.seen(some.beside(0, size), group, len(best))
        for number, form in enumerate(words):
            yield form, Recurring("exchanged", int(counts[best[number]]), seen[number])

    def dropped(self, beside: _Windows, at: int) -> Iterator[tuple[tuple[str, ...], Recurring]]:
        """Yield the form that lacks one word inside the phrase."""
        size, anchor = len(self._terms), self._anchored(beside)
        if not 0 < at < size - 1:
            return
        left = [*self._terms[:at], *self._terms[at + 1 :]]
        start = 0 if anchor < at else 1
        there = beside.has(left, start) & beside.inside(start, start + size - 1)
        yield from self._counted("dropped", beside.chosen(there).cut(start, start + size - 1))

    def _counted(self, kind: Form, rows: Array) -> Iterator[tuple[tuple[str, ...], Recurring]]:
        for words, uses in counted_rows(self._packed, rows).items():
            yield words, Recurring(kind, uses)


def _first_of_each(groups: Array, count: int) -> Places:
    """Return where each group first stands; every group stands somewhere."""
    found = np.zeros(count, np.int64)
    found[groups[::-1]] = np.arange(len(groups))[::-1]
    return found


def _grouped(rows: Array) -> tuple[Places, Places, Places]:
    """Group equal rows, those most frequent: where each first stands, how often, each row's."""
    first, counts = _distinct_rows(rows)
    best = np.argsort(-counts, kind="stable")[:_KEPT]
    group = np.full(len(rows), -1, np.int64)
    for number, at in enumerate(first[best].tolist()):
        group[(rows == rows[at]).all(axis=1)] = number
    return first[best], counts[best], group


def _distinct_rows(rows: Array) -> tuple[Places, Places]:
    """Return where each different row first stands, and how often it does."""
    if not len(rows):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    hashed = rows.astype(np.uint64) @ _FACTORS[: rows.shape[1]]
    order = np.argsort(hashed, kind="stable")
    new = np.append(True, hashed[order][1:] != hashed[order][:-1])
    bounds = np.flatnonzero(new)
    return order[bounds], np.diff(np.append(bounds, len(rows)))


_FACTORS: Final = (np.arange(1, 33, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)) ** np.uint64(
    3
) | np.uint64(1)
"""Odd numbers by which the words of a row are told apart."""


def _words(packed: PackedField, rows: Array) -> list[tuple[str, ...]]:
    known = {term: packed.word(term) for term in distinct(rows.reshape(-1)).tolist()}
    return [tuple(known[term] for term in row) for row in rows.tolist()]
