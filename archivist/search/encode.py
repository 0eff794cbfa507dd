"""Occurrences sorted by term become arrays, some terms at a time: so memory is bounded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from archivist.search import gaps
from archivist.search.arrays import Array, Bytes, Numbers, Short, starts_of
from archivist.search.layout import (
    BITMAP_LEAST,
    BITMAP_SHARE,
    BYTE,
    COUNTS_2,
    COUNTS_8,
    COUNTS_32,
    COUNTS_SHIFT,
    DOCS_8,
    DOCS_16,
    DOCS_32,
    DOCS_BITS,
    INLINE,
    LOW_BITS,
    OFTEN,
    OFTEN_SHIFT,
    ONES,
    RARE,
    SHORT,
    coarseness,
    quartered,
)
from archivist.search.lexicon import thrifty

if TYPE_CHECKING:
    from archivist.search.arrays import Mask, Places, Wide

_ROWS_AT_ONCE = 256
_STRETCH = 750_000
"""Occurrences that are encoded together."""
_BLOCK = 1 << 18
_HALF = np.uint64(32)
_LOW = np.uint8((1 << LOW_BITS) - 1)


@dataclass(frozen=True, slots=True)
class Field:
    """What is known of a field before its occurrences are encoded.

    Attributes:
        collected: how often each term stands in it.
        rank: of each term.
        lengths: words of each document.
        base: the place where each document begins.
        owners: the document of each word.
        coarse: how many low bits the places in each document lack.
        tokens: words in all.
    """

    collected: Numbers
    rank: Short
    lengths: Numbers
    base: Numbers
    owners: Array
    coarse: Bytes
    tokens: int


def field_of(collected: Numbers, rank: Short, lengths: Numbers, owners: Array) -> Field:
    """Gather what is known of a field."""
    base = (starts_of(lengths) + np.arange(len(lengths))).astype(np.uint32)
    tokens = int(lengths.sum(dtype=np.int64))
    return Field(collected, rank, lengths, base, owners, coarseness(lengths), tokens)


def encoded(terms: Numbers, field: Field) -> dict[str, Array]:
    """Encode the occurrences of terms, given in reading order."""
    ends = np.cumsum(field.collected, dtype=np.int64)
    parts: list[dict[str, Array]] = []
    low = before = 0
    while low < len(ends):
        high = max(low + 1, int(np.searchsorted(ends, before + _STRETCH, "right")))
        parts.append(_stretch(_among(terms, low, high), low, high, field))
        low, before = high, int(ends[high - 1])
    if not parts:
        parts.append(_stretch(np.zeros(0, np.uint64), 0, 0, field))
    found = {"p2": quartered(np.concatenate([part.pop("p2") for part in parts]))}
    found |= {name: np.concatenate([part.pop(name) for part in parts]) for name in [*parts[0]]}
    by_place = np.argsort(found["rare/place"])
    return found | {name: found[name][by_place] for name in ("rare/place", "rare/term")}


def _among(terms: Numbers, low: int, high: int) -> Wide:
    """Return the occurrences of some terms, sorted: the term and which word it is, in one."""
    chosen: Places = np.concatenate(
        [
            np.flatnonzero(terms[begin : begin + _BLOCK] - np.uint32(low) < high - low) + begin
            for begin in range(0, max(len(terms), 1), _BLOCK)
        ]
    )
    keys = terms[chosen].astype(np.uint64)
    keys -= np.uint64(low)
    keys <<= _HALF
    keys |= chosen.view(np.uint64)
    keys.sort()
    return keys


def _stretch(keys: Wide, low: int, high: int, field: Field) -> dict[str, Array]:
    """Encode the occurrences of some terms."""
    postings = _postings(keys, field)
    frequency = np.bincount(postings.pair_terms, minlength=high - low).astype(np.uint32)
    doc_arrays, doc_kind = _encode_docs(postings, frequency, len(field.lengths))
    count_arrays, count_kind = _encode_counts(postings, frequency)
    place_arrays, often = _encode_places(postings, low, high, field)
    kind = doc_kind | (count_kind << COUNTS_SHIFT) | (often.view(np.uint8) << OFTEN_SHIFT)
    return {
        **doc_arrays,
        **count_arrays,
        **place_arrays,
        **thrifty("df", frequency),
        "kind": kind.astype(np.uint8),
    }


@dataclass(frozen=True, slots=True)
class _Postings:
    """Occurrences sorted by term and place, and the pairs of term and document.

    Attributes:
        places: the place of each occurrence.
        docs: its document.
        pair_terms: the term of each pair.
        pair_docs: its document.
        pair_counts: its occurrences.
    """

    places: Numbers
    docs: Array
    pair_terms: Numbers
    pair_docs: Array
    pair_counts: Numbers


def _postings(keys: Wide, field: Field) -> _Postings:
    places = keys.astype(np.uint32)
    docs = field.owners[places]
    places += docs
    keys >>= _HALF
    terms = keys.astype(np.uint32)
    first = np.ones(len(docs), bool)
    if len(docs):
        np.not_equal(terms[1:], terms[:-1], out=first[1:])
        first[1:] |= docs[1:] != docs[:-1]
    pairs = np.flatnonzero(first)
    counts = np.diff(np.append(pairs, len(docs))).astype(np.uint32)
    return _Postings(places, docs, terms[pairs], docs[pairs], counts)


def _most(numbers: Array, starts: Places) -> Array:
    return np.maximum.reduceat(numbers, starts) if len(starts) else np.zeros(0, np.uint32)


def _summed(numbers: Array, starts: Places) -> Places:
    return np.add.reduceat(numbers, starts, dtype=np.int64) if len(starts) else starts


def _encode_docs(
    postings: _Postings, frequency: Numbers, docs: int
) -> tuple[dict[str, Array], Bytes]:
    """Encode the documents of each term: the first one, and the gaps between the others."""
    starts = starts_of(frequency)
    first = postings.pair_docs[starts]
    apart = _differences(postings.pair_docs, starts)
    apart[starts] = 0
    widest = _most(apart, starts)
    escapes = _summed(apart // gaps.ESCAPE, starts)
    kind = np.where(escapes < frequency, DOCS_8, np.where(widest < SHORT, DOCS_16, DOCS_32))
    if docs >= BITMAP_LEAST:
        kind[frequency > docs // BITMAP_SHARE] = DOCS_BITS
    of_pair = np.repeat(kind.astype(np.uint8), frequency)
    of_pair[starts] = DOCS_BITS
    chosen = escapes[(kind == DOCS_8) & (frequency > 1)].astype(np.uint32)
    bitmaps = np.flatnonzero(kind == DOCS_BITS)
    arrays: dict[str, Array] = {
        "first": first,
        "d8": gaps.packed(apart[of_pair == DOCS_8]),
        "d16": apart[of_pair == DOCS_16].astype(np.uint16),
        "d32": apart[of_pair == DOCS_32].astype(np.uint32),
        "bits": _bitmaps(bitmaps, starts, frequency, postings.pair_docs, docs),
        **thrifty("de", chosen),
    }
    return arrays, kind.astype(np.uint8)


def _bitmaps(
    terms: Places, starts: Places, frequency: Numbers, pair_docs: Array, docs: int
) -> Bytes:
    rows = np.zeros((len(terms), -(-docs // 8)), np.uint8)
    for begin in range(0, len(terms), _ROWS_AT_ONCE):
        chosen = terms[begin : begin + _ROWS_AT_ONCE]
        counts = frequency[chosen].astype(np.int64)
        present = np.zeros((len(chosen), docs), bool)
        row = np.repeat(np.arange(len(chosen)), counts)
        present[row, pair_docs[gaps.ranges(starts[chosen], counts)]] = True
        rows[begin : begin + len(chosen)] = np.packbits(present, axis=1)
    return rows.ravel()


def _encode_counts(postings: _Postings, frequency: Numbers) -> tuple[dict[str, Array], Bytes]:
    """Encode how often each term stands in each of its documents."""
    starts, counts = starts_of(frequency), postings.pair_counts
    most = _most(counts, starts)
    large = _summed(counts >= INLINE, starts)
    inline = -(-frequency.astype(np.int64) // INLINE) + large < frequency
    kind = np.where(most == 1, ONES, np.where(inline, COUNTS_2, COUNTS_8))
    kind[most >= BYTE] = COUNTS_32
    of_pair = np.repeat(kind.astype(np.uint8), frequency)
    inlined = of_pair == COUNTS_2
    small = np.minimum(counts[inlined], INLINE).astype(np.uint8) - np.uint8(1)
    arrays: dict[str, Array] = {
        "t2": _quartered(small, frequency[kind == COUNTS_2].astype(np.int64)),
        "t4": counts[inlined & (counts >= INLINE)].astype(np.uint8),
        "t8": counts[of_pair == COUNTS_8].astype(np.uint8),
        "t32": counts[of_pair == COUNTS_32],
        **thrifty("te", large[kind == COUNTS_2].astype(np.uint32)),
    }
    return arrays, kind.astype(np.uint8)


def _quartered(small: Bytes, sizes: Places) -> Bytes:
    """Pack runs of numbers below four, four to a byte; each run begins with a byte."""
    quarters = -(-sizes // INLINE) * INLINE
    spread = np.zeros(int(quarters.sum()), np.uint8)
    spread[gaps.ranges(starts_of(quarters), sizes)] = small
    return quartered(spread)


def _encode_places(
    postings: _Postings, low: int, high: int, field: Field
) -> tuple[dict[str, Array], Mask]:
    """Encode the places of each term, and which rare word stands at each place of one."""
    collected = field.collected[low:high]
    often = collected.astype(np.int64) * OFTEN >= max(field.tokens, 1)
    of_place = np.repeat(often, collected)
    counts = collected[often].astype(np.int64)
    apart = _differences(postings.places[of_place], starts_of(counts))
    rare = np.flatnonzero(np.repeat(field.rank[low:high] == RARE, collected))
    of_place[rare] = True
    docs = postings.docs[~of_place]
    within = (postings.places[~of_place] - field.base[docs]) >> field.coarse[docs]
    of_rare = np.searchsorted(np.cumsum(collected), rare, "right") + low
    arrays: dict[str, Array] = {
        "often": gaps.packed(apart),
        "often/size": (counts + gaps.escapes_of(apart, counts)).astype(np.uint32),
        "p8": (within >> LOW_BITS).astype(np.uint8),
        "p2": within.astype(np.uint8) & _LOW,
        "rare/place": postings.places[rare],
        "rare/term": of_rare.astype(np.uint32),
    }
    return arrays, often


def _differences(numbers: Array, starts: Places) -> Array:
    """Return the differences within runs; the first of each run as it is."""
    found = np.empty(len(numbers), np.int32)
    found[1:] = numbers[1:]
    found[1:] -= numbers[:-1].astype(np.int32)
    found[starts] = numbers[starts]
    return found
