"""Texts found are put under topics: words, or two side by side, more frequent there than elsewhere.

How much more is told by how often a word stands there and how often it would in as much text of
the same languages: what its texts have of the likelihood ratio of Dunning (1993). So little words
are no topics of texts in a rare language; those of the lists are left out besides.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from archivist.search import gaps
from archivist.search.arrays import Places
from archivist.search.grouping_sample import (
    NONE,
    Found,
    Sample,
    Stemmed,
    found_in,
    sampled,
    stemmed,
)
from archivist.search.types import TEXT

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from archivist.model.progress import CancelToken
    from archivist.search.arrays import Array, Mask
    from archivist.search.parts import Part

MOST: Final = 24
"""So many topics at most: more would be no help to a reader."""
_SAMPLE: Final = 4_000
"""Topics are chosen by so many of the texts at most, evenly drawn, ..."""
_WORDS: Final = 150_000
"""... and by about so many of their words."""
_SHORTLIST: Final = 100
_FORMS: Final = 4
"""So many forms of a word tell how frequent it is elsewhere: the commonest ones."""
_LEAST: Final = 2
_OFTEN: Final = 2.0
"""A topic stands at least so many times as often as elsewhere."""
_NEARLY_ALL: Final = 0.6
"""A word that so many of the texts found have parts them no further."""
_COMMON: Final = 0.1
"""A word that stands in so many of all texts, about, is no topic."""
_WHOLE: Final = 0.25
"""Where so many of all texts of a language are found, what few of them have counts instead."""
_BOUND: Final = 0.6
"""Words that stand side by side so often, of the times that one of them does, are one topic."""
_WORTH: Final = 1.0


@dataclass(frozen=True, slots=True)
class Group:
    """A topic, and the texts that are put under it.

    Attributes:
        words: one, or two that stand side by side: the commonest form of each, folded.
        keys: of the texts, ascending; no text is under two topics.
    """

    words: tuple[str, ...]
    keys: Places


class _Topic(NamedTuple):
    """A topic that was chosen: the forms of its word, or of the first and of the second."""

    first: tuple[str, ...]
    second: tuple[str, ...] = ()


def grouped(
    parts: Sequence[Part],
    keys: Places,
    asked: Collection[str] = (),
    cancel: CancelToken | None = None,
) -> list[Group]:
    """Put texts under topics, each under the one that tells most of those it has.

    Args:
        parts: the segments.
        keys: of the texts.
        asked: the words that were searched, folded: none of them alone is a topic.
        cancel: stops it.

    Returns:
        The topics, that with the most texts first; texts that have none of them are in no group.

    Raises:
        StoppedError: it was stopped.
    """
    found = found_in(parts, keys) if len(keys) else []
    if not found:
        return []
    sample = sampled(found, _SAMPLE, _WORDS)
    _go_on(cancel)
    topics = _Choice(parts, sample, stemmed(sample, asked), len(keys)).topics()
    _go_on(cancel)
    groups = _filed(found, topics)
    return sorted((one for one in groups if len(one.keys)), key=lambda one: -len(one.keys))


def _go_on(cancel: CancelToken | None) -> None:
    if cancel is not None:
        cancel.check()


class _Pairs(NamedTuple):
    """Stems that stand side by side: both of them, and the texts that have the pair."""

    stems: Array
    texts: list[Places]


class _Choice:
    """Chooses topics one after the other: each time what tells most of the texts that are left."""

    def __init__(self, parts: Sequence[Part], sample: Sample, words: Stemmed, found: int) -> None:
        self._parts, self._sample, self._words = parts, sample, words
        self._found = found
        self._least = max(_LEAST, int(math.sqrt(sample.count) / 2))
        told = words.places != NONE
        self._count = max(1, len(words.forms))
        codes = np.unique(sample.owners[told] * self._count + words.places[told])
        self._texts, self._stems = codes // self._count, codes % self._count
        self._often = np.bincount(self._stems, minlength=self._count)
        self._times = np.bincount(words.places[told], minlength=self._count)

    def topics(self) -> list[_Topic]:
        """Return the topics, those that tell most first."""
        short = self._shortlist()
        weights = self._weights(short)
        place = np.full(self._count, NONE, np.int64)
        place[short] = np.arange(len(short))
        columns = place[self._stems]
        texts, columns = self._texts[columns != NONE], columns[columns != NONE]
        pairs = self._pairs(place)
        left = np.ones(self._sample.count, bool)
        chosen: list[_Topic] = []
        while len(chosen) < MOST and len(short):
            often = np.bincount(columns[left[texts]], minlength=len(short))
            scores = np.where(often >= self._least, often * weights, 0)
            best = int(np.argmax(scores))
            if scores[best] < _WORTH:
                break
            pair = self._pair_of(pairs, int(short[best]), int(often[best]), left)
            if pair == NONE:
                weights[best] = 0
                left[texts[columns == best]] = False
                chosen.append(_Topic(self._words.forms[short[best]]))
            else:
                left[pairs.texts[pair]] = False
                chosen.append(_Topic(*(self._words.forms[one] for one in pairs.stems[pair])))
        return chosen

    def _shortlist(self) -> Places:
        """Return the stems that promise most, by a rough count of where else they stand."""
        often, everywhere = self._often, np.maximum(self._words.everywhere, 1)
        tokens = sum(part.fields[TEXT].tokens_count for part in self._parts)
        expected = everywhere * (len(self._sample.tokens) / max(1, tokens))
        ratio = np.maximum(self._times / expected, 1.0)
        if self._is_whole().any():
            docs = sum(part.count for part in self._parts)
            ratio = np.maximum(ratio, docs / (everywhere + 1))
        scores = often * _weight(ratio)
        scores[list(self._words.never)] = 0
        scores[(often < self._least) | (often > max(_LEAST, _NEARLY_ALL * self._sample.count))] = 0
        best = np.argsort(-scores, kind="stable")[:_SHORTLIST]
        return best[scores[best] > 0]

    def _weights(self, short: Places) -> Array:
        """Return what a text counts under each stem: nothing where that is no more frequent."""
        background = self._background(short)
        texts, tokens = self._sizes()
        share = background / np.maximum(tokens, 1)[:, None]
        whole = self._is_whole()
        lengths = np.bincount(self._sample.owners, minlength=self._sample.count)
        languages = len(self._sample.languages)
        own = np.bincount(self._sample.spoken, weights=lengths, minlength=languages)
        expected = (share * np.where(whole, 0, own)[:, None]).sum(axis=0)
        times = self._times_of(short)
        rare = np.minimum(1.0, background / np.maximum(texts, 1)[:, None])
        expected += (times * rare)[whole].sum(axis=0)
        ratio = times.sum(axis=0) / np.maximum(expected, 1e-9)
        common = background.sum(axis=0) > max(_LEAST, _COMMON * float(texts.sum()))
        return np.where(
            (ratio >= _OFTEN) & ~(common & (texts.sum() > _SAMPLE)), _weight(ratio), 0.0
        )

    def _times_of(self, short: Places) -> Array:
        """Return how often stems stand in the sample, a row for each language."""
        place = np.full(self._count + 1, len(short), np.int64)
        place[short] = np.arange(len(short))
        width = len(short) + 1
        codes = self._sample.spoken[self._sample.owners] * width + place[self._words.places]
        rows = len(self._sample.languages)
        return np.bincount(codes, minlength=rows * width).reshape(rows, width)[:, :-1]

    def _background(self, short: Places) -> Array:
        """Return how often stems stand in all texts, a row for each language of the sample."""
        forms = [
            (at, form) for at, stem in enumerate(short) for form in self._words.forms[stem][:_FORMS]
        ]
        found = np.zeros((len(self._sample.languages), len(short)))
        for part in self._parts:
            packed = part.fields[TEXT]
            known = [(at, packed.term(form)) for at, form in forms]
            known = [(at, term) for at, term in known if term >= 0]
            if not known:
                continue
            places, terms = np.array(known).T
            for row, name in enumerate(self._sample.languages):
                np.add.at(found[row], places, _times_in(part, name, terms))
        return found

    def _sizes(self) -> tuple[Array, Array]:
        """Return how many texts and words there are of each language of the sample."""
        texts, words = [], []
        for name in self._sample.languages:
            masks = [(part, part.spoken[name]) for part in self._parts if name in part.spoken]
            texts.append(sum(int(mask.sum()) for _, mask in masks))
            words.append(sum(int(part.fields[TEXT].lengths[mask].sum()) for part, mask in masks))
        return np.array(texts, float), np.array(words, float)

    def _is_whole(self) -> Mask:
        """Tell of which languages most of all texts are found."""
        found = np.bincount(self._sample.spoken, minlength=len(self._sample.languages))
        whole: Mask = found * (self._found / self._sample.count) > _WHOLE * self._sizes()[0]
        return whole

    def _pairs(self, place: Places) -> _Pairs:
        """Return the pairs that some texts have, of which one stem at least promises something."""
        stems, owners = self._words.places, self._sample.owners
        beside = (stems[:-1] != NONE) & (stems[1:] != NONE) & (owners[:-1] == owners[1:])
        beside &= (place[stems[:-1]] != NONE) | (place[stems[1:]] != NONE)
        at = np.flatnonzero(beside & (stems[:-1] != stems[1:]))
        codes = np.unique(
            (stems[at] * self._count + stems[at + 1]) * self._sample.count + owners[at]
        )
        pairs, starts, often = np.unique(
            codes // self._sample.count, return_index=True, return_counts=True
        )
        kept = np.flatnonzero(often >= self._least)
        texts = codes % self._sample.count
        having = [
            texts[start : start + size]
            for start, size in zip(starts[kept], often[kept], strict=True)
        ]
        return _Pairs(
            np.stack([pairs[kept] // self._count, pairs[kept] % self._count], axis=1), having
        )

    def _pair_of(self, pairs: _Pairs, stem: int, often: int, left: Mask) -> int:
        """Return the pair in which a stem stands mostly, or NONE."""
        with_it = np.flatnonzero((pairs.stems == stem).any(axis=1)).tolist()
        counted = [(int(left[pairs.texts[pair]].sum()), -pair) for pair in with_it]
        most, pair = max(counted, default=(0, 0))
        return -pair if most >= max(self._least, _BOUND * often) else NONE


def _weight(ratio: Array) -> Array:
    """Return what one text counts: the likelihood ratio per occurrence that is expected less."""
    weight: Array = np.log(ratio) - 1 + 1 / ratio
    return weight


def _times_in(part: Part, language: str, terms: Places) -> Array:
    """Return how often terms stand in texts of a language; in that of most, all texts count."""
    packed, spoken = part.fields[TEXT], part.spoken
    if language not in spoken:
        return np.zeros(len(terms), np.int64)
    docs = np.flatnonzero(spoken[language])
    if len(docs) * 2 > part.count:
        return packed.collected[terms]
    places = gaps.ranges(packed.base[docs], packed.lengths[docs].astype(np.int64))
    return np.bincount(packed.terms_at(places), minlength=packed.terms_count + 1)[terms]


def _filed(found: Sequence[Found], topics: Sequence[_Topic]) -> list[Group]:
    """Put all texts found under topics, each under the first that it has."""
    keys: list[list[Places]] = [[] for _ in topics]
    for part, docs in found:
        left = np.zeros(part.count, bool)
        left[docs] = True
        for topic, under in zip(topics, keys, strict=True):
            having = _having(part, topic)
            having = having[left[having]]
            left[having] = False
            under.append(part.keys[having])
    return [
        Group((topic.first[0], *topic.second[:1]), np.unique(np.concatenate(under)))
        for topic, under in zip(topics, keys, strict=True)
    ]


def _having(part: Part, topic: _Topic) -> Places:
    """Return the texts of a segment that have a topic, ascending."""
    packed = part.fields[TEXT]
    first = _terms(part, topic.first)
    if not topic.second:
        found = [packed.docs(term) for term in first.tolist()]
        return np.unique(np.concatenate([np.zeros(0, np.int64), *found]))
    second = _terms(part, topic.second)
    if not len(first) or not len(second):
        return np.zeros(0, np.int64)
    rarer, step = (
        (first, 1)
        if packed.collected[first].sum() <= packed.collected[second].sum()
        else (second, -1)
    )
    places = np.sort(packed.places_of(rarer)[0])
    places = places[(places + step >= 0) & (places + step < packed.places_count)]
    beside = places[packed.are(places + step, second if step > 0 else first)]
    return np.unique(packed.docs_at(beside))


def _terms(part: Part, forms: Sequence[str]) -> Places:
    found = [part.fields[TEXT].term(form) for form in forms]
    return np.array([term for term in found if term >= 0], np.int64)
