"""Words of some texts found, as numbers: the stems that may be topics, and where they stand."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from whoosh.lang.stopwords import stoplists

from archivist import assets
from archivist.model.words import words_of
from archivist.search import gaps
from archivist.search.arrays import Places
from archivist.search.types import TEXT
from archivist.search.words import ALGORITHMS, Stems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from archivist.search.arrays import Array
    from archivist.search.parts import Part

NONE: Final = -1
"""Stands in place of the stem of a word that is no topic."""
_LEAST_LETTERS: Final = 3
_WHOLE_LEXICON: Final = 8
"""Where a sample has one of so many words of a segment, all of them are read at once."""


class Found(NamedTuple):
    """The texts found in one segment, by number, ascending."""

    part: Part
    docs: Places


def found_in(parts: Sequence[Part], keys: Places) -> list[Found]:
    """Return where texts stand, given their keys; segments that hold none are left out."""
    wanted = np.zeros(max(int(part.keys.max(initial=0)) for part in parts) + 1, bool)
    wanted[keys[keys < len(wanted)]] = True
    found = []
    for part in parts:
        there = wanted[part.keys]
        docs = np.flatnonzero(there if part.alive is None else there & part.alive)
        if len(docs):
            found.append(Found(part, docs))
    return found


@dataclass(frozen=True, slots=True)
class Sample:
    """Texts, and their words one after the other.

    Attributes:
        count: how many texts.
        languages: their stemmers, by name.
        spoken: the language of each text, by number.
        words: the different words.
        everywhere: how often each stands in the segments where the sample has it.
        tokens: the word at each place, by number.
        owners: the text at each place, by number.
    """

    count: int
    languages: tuple[str, ...]
    spoken: Places
    words: tuple[str, ...]
    everywhere: Places
    tokens: Places
    owners: Places


def sampled(found: Sequence[Found], texts: int, words: int) -> Sample:
    """Read texts; of more than so many, or with more words, some that are evenly drawn."""
    step = max(
        1,
        -(-sum(len(one.docs) for one in found) // texts),
        -(-sum(int(part.fields[TEXT].lengths[docs].sum()) for part, docs in found) // words),
    )
    numbers: dict[str, int] = {}
    languages: dict[str, int] = {}
    everywhere: list[int] = []
    tokens, owners, spoken, count = [], [], [], 0
    for part, docs in found:
        drawn = docs[::step]
        terms, often, places = _read(part, drawn)
        known = np.array([numbers.setdefault(word, len(numbers)) for word in terms], np.int64)
        everywhere += [0] * (len(numbers) - len(everywhere))
        for number, times in zip(known.tolist(), often, strict=True):
            everywhere[number] += times
        tokens.append(known[places])
        sizes = part.fields[TEXT].lengths[drawn].astype(np.int64)
        owners.append(np.repeat(np.arange(count, count + len(drawn)), sizes))
        spoken.append(_spoken(part, drawn, languages))
        count += len(drawn)
    return Sample(
        count,
        tuple(languages),
        np.concatenate(spoken),
        tuple(numbers),
        np.array(everywhere, np.int64),
        np.concatenate(tokens),
        np.concatenate(owners),
    )


def _read(part: Part, docs: Places) -> tuple[list[str], list[int], Places]:
    """Return the different words of texts, how often the segment has each, and each in its place.

    Places hold numbers of words in the list.
    """
    packed = part.fields[TEXT]
    terms = packed.terms_at(gaps.ranges(packed.base[docs], packed.lengths[docs].astype(np.int64)))
    different, places = np.unique(terms, return_inverse=True)
    if len(different) * _WHOLE_LEXICON > packed.terms_count:
        lexicon = packed.words(0, packed.terms_count)
        words = [lexicon[term] for term in different.tolist()]
    else:
        words = [packed.word(term) for term in different.tolist()]
    return words, packed.collected[different].tolist(), places


def _spoken(part: Part, docs: Places, languages: dict[str, int]) -> Places:
    """Return the language of texts; those not seen before get the next numbers."""
    spoken = np.zeros(len(docs), np.int64)
    for name, mask in part.spoken.items():
        there = mask[docs]
        if there.any():
            spoken[there] = languages.setdefault(name, len(languages))
    return spoken


@dataclass(frozen=True, slots=True)
class Stemmed:
    """A sample by the stems of its words; forms of one stem are one topic.

    Attributes:
        forms: of each stem, the words of the sample, the commonest first.
        everywhere: how often they stand in the segments where the sample has them.
        places: the stem at each place, or NONE.
        never: numbers of the stems that are no topics alone: searched, or telling nothing.
    """

    forms: tuple[tuple[str, ...], ...]
    everywhere: Places
    places: Places
    never: frozenset[int]


def stemmed(sample: Sample, asked: Collection[str]) -> Stemmed:
    """Return the stems of a sample, each word stemmed in the language of its text."""
    stems = Stems()
    width = len(sample.words)
    codes, places = np.unique(
        sample.spoken[sample.owners] * width + sample.tokens, return_inverse=True
    )
    numbers: dict[str, int] = {}
    of_code = np.full(len(codes), NONE, np.int64)
    never: set[str] = set()
    for language, name in enumerate(sample.languages):
        low, high = np.searchsorted(codes, [language * width, (language + 1) * width]).tolist()
        words = (codes[low:high] - language * width).tolist()
        for at, stem in _telling(stems, name, [sample.words[word] for word in words]):
            of_code[low + at] = numbers.setdefault(stem, len(numbers))
        never.update(stems.stems(name, list(asked)), _little(name)[1])
    forms, everywhere = _forms(sample, codes % width, of_code, np.bincount(places), len(numbers))
    known = frozenset(numbers[stem] for stem in never if stem in numbers)
    return Stemmed(forms, everywhere, of_code[places], known)


def _telling(stems: Stems, name: str, words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the words that may be topics by where they stand in a list, with their stems."""
    little, _ = _little(name)
    may = [at for at, word in enumerate(words) if _may_tell(word) and word not in little]
    yield from zip(may, stems.stems(name, [words[at] for at in may]), strict=True)


def _may_tell(word: str) -> bool:
    """Whether a word may be telling: no short one, no number, but two letters of Chinese."""
    if word[:1].isdigit():
        return False
    return len(word) >= _LEAST_LETTERS or (len(word) > 1 and not word.isascii())


def _forms(
    sample: Sample, words: Places, stems: Places, often: Array, count: int
) -> tuple[tuple[tuple[str, ...], ...], Places]:
    """Return the forms of each stem, the commonest first, and how often they stand everywhere."""
    forms: list[dict[str, int]] = [{} for _ in range(count)]
    everywhere = np.zeros(count, np.int64)
    for word, stem, times in zip(words.tolist(), stems.tolist(), often.tolist(), strict=True):
        if stem != NONE:
            held, text = forms[stem], sample.words[word]
            everywhere[stem] += 0 if text in held else int(sample.everywhere[word])
            held[text] = held.get(text, 0) + times
    return tuple(
        tuple(sorted(held, key=lambda text: (-held[text], text))) for held in forms
    ), everywhere


@functools.cache
def _little(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the little words of a stemmer's languages, and stems of words that tell nothing."""
    codes = [code for code, other in ALGORITHMS.items() if other == name]
    little = {word for code in codes for text in stoplists.get(code, ()) for word in words_of(text)}
    bland = [word for code in codes for word in _bland(code)]
    return frozenset(little), frozenset(Stems().stems(name, bland) if bland else ())


def _bland(code: str) -> list[str]:
    """Return the words of a language that tell nothing of a matter; none for most languages."""
    try:
        lines = assets.path(f"topics/{code}.txt").read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    return words_of("\n".join(line for line in lines if not line.startswith("#")))
