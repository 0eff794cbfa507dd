"""Texts become the arrays of one field of one segment; `archivist.search.segment` reads them.

All is done by vector operations over the numbered words of the documents in reading order:

- the lexicon in lexical order, with document and collection frequencies;
- document numbers as gaps in 8, 16 or 32 bits, or a bitmap where a term is in more than an eighth
  of the documents; frequencies within documents in 2 bits, or 8, or 32, and none where all are 1;
- the forward stream: the text as ranks of its words by frequency, with an end mark after each
  document. A *place* is an index into it;
- places, about a byte for each word: for common words gaps between them; for others the place
  within the document without so many low bits that 8 remain: the stream tells the rest;
- the blocks of the stream in which two of the commonest words follow each other, so that nothing
  is scanned for a phrase of such words;
- where sentences and paragraphs begin, as gaps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from archivist.search import gaps
from archivist.search.arrays import Array, Numbers, Places, starts_of
from archivist.search.lexicon import thrifty

if TYPE_CHECKING:
    from archivist.search.arrays import Bytes, Mask, Short, Wide

RARE = 65535
"""In the forward stream: a word of high rank; which one stands in a table of its own."""
END = 65534
"""In the forward stream: the end of a document."""
PAIRED = 64
"""Words of lower rank are the commonest, whose pairs are listed."""
PAIRS_FROM = 200_000
"""Words in a field from which on pairs are listed: fewer are read quickly."""
OFTEN = 128
"""A word that is at least one in so many has gaps for places."""
BITMAP_SHARE, BITMAP_LEAST = 8, 64
DOCS_8, DOCS_16, DOCS_32, DOCS_BITS = range(4)
ONES, COUNTS_2, COUNTS_8, COUNTS_32 = range(4)
COUNTS_SHIFT, OFTEN_SHIFT = np.uint8(2), np.uint8(4)
_BYTE, _SHORT = 1 << 8, 1 << 16
_INLINE = 4
_PAIR_BLOCK, _PAIR_SHIFT = 6, 10
_ROWS_AT_ONCE = 256
_HALF = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of one field of some documents, numbered, in reading order.

    Attributes:
        words: each word once, in UTF-8; its number is its place.
        ids: numbers of the words, document after document.
        lengths: words of each document.
        sentences: which words begin a sentence, ascending; None where each document is one.
        paragraphs: which words begin a paragraph, likewise.
    """

    words: list[bytes]
    ids: Numbers
    lengths: Numbers
    sentences: Places | None = None
    paragraphs: Places | None = None


@dataclass(frozen=True, slots=True)
class Inverted:
    """Arrays to be written, and the facts that go with them; their names begin with a field's."""

    facts: dict[str, object]
    arrays: dict[str, Array]


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


def invert(name: str, tokens: Tokens) -> Inverted:
    """Turn texts into the arrays of one field of one segment."""
    words = tokens.words
    order = sorted(range(len(words)), key=words.__getitem__)
    number = np.empty(len(order), np.uint32)
    number[order] = np.arange(len(order), dtype=np.uint32)
    terms = number[tokens.ids]
    collected = np.bincount(terms, minlength=len(order)).astype(np.uint32)
    rank = _ranks(collected)
    docs = np.arange(len(tokens.lengths), dtype=_least(len(tokens.lengths)))
    owners = np.repeat(docs, tokens.lengths)
    places = np.arange(len(terms), dtype=np.uint32) + owners
    stream = np.full(len(terms) + len(docs), END, np.uint16)
    stream[places] = rank[terms]
    arrays: dict[str, Array] = {
        "lens": tokens.lengths.astype(_least(int(tokens.lengths.max(initial=0)))),
        "rank": rank,
        "fwd": stream,
        **thrifty("cf", collected),
        **_lexicon([words[i] for i in order]),
        **_pairs(stream),
        **_bounds("sentences", tokens.sentences, owners),
        **_bounds("paragraphs", tokens.paragraphs, owners),
    }
    keys = terms.astype(np.uint64)
    keys <<= _HALF
    keys |= places
    del terms, places, owners
    postings = _sorted(keys, np.repeat(docs, tokens.lengths + np.uint32(1)))
    del keys
    arrays |= _encoded(postings, collected, rank, tokens.lengths)
    facts = {"docs": len(docs), "tokens": len(tokens.ids), "terms": len(order)}
    return Inverted(
        {f"{name}/{fact}": value for fact, value in facts.items()},
        {f"{name}/{part}": array for part, array in arrays.items()},
    )


def _least(top: int) -> type[np.unsignedinteger]:
    """Return the narrowest type for numbers up to this one."""
    return np.uint8 if top < _BYTE else np.uint16 if top < _SHORT else np.uint32


def _ranks(collected: Numbers) -> Short:
    by_frequency = np.argsort(-collected.astype(np.int64), kind="stable")
    rank = np.full(len(collected), RARE, np.uint16)
    common = by_frequency[:END]
    rank[common] = np.arange(len(common), dtype=np.uint16)
    return rank


def _lexicon(encoded: list[bytes]) -> dict[str, Array]:
    blob = b"\n".join([*encoded, b""])
    widths = np.fromiter(map(len, encoded), np.uint32, len(encoded))
    widths = widths.astype(_least(int(widths.max(initial=0))))
    return {"blob": np.frombuffer(blob, np.uint8), "wl": widths}


def _bounds(name: str, begun: Places | None, owners: Array) -> dict[str, Array]:
    return {} if begun is None else {name: gaps.bound(begun + owners[begun])}


def _pairs(stream: Short) -> dict[str, Array]:
    """Return in which blocks of the stream two of the commonest words follow each other.

    The rarer a pair, the larger its blocks: about a byte for each.
    """
    if len(stream) < PAIRS_FROM:
        return {}
    common = stream < PAIRED
    places = np.flatnonzero(common[1:] & common[:-1])
    keys = (stream[places] * np.uint16(PAIRED) + stream[places + 1]).astype(np.uint64)
    keys <<= _HALF
    keys |= places.astype(np.uint64)
    keys.sort()
    codes, places = (keys >> _HALF).astype(np.uint16), keys.astype(np.uint32).astype(np.int64)
    starts = np.flatnonzero(np.append(True, codes[1:] != codes[:-1])[: len(codes)])
    found, counts = codes[starts], np.diff(np.append(starts, len(codes)))
    apart = np.log2(len(stream) / np.maximum(counts, 1)).astype(np.int64)
    shifts = np.clip(apart - _PAIR_BLOCK, 0, _PAIR_SHIFT)
    places >>= np.repeat(shifts, counts)
    between = _differences(places, starts)
    kept = between > 0
    kept[starts] = True
    blocks = np.add.reduceat(kept, starts, dtype=np.int64) if len(starts) else counts
    sizes = blocks + gaps.escapes_of(between[kept], blocks)
    return {
        "pair/code": found,
        "pair/count": counts.astype(np.uint32),
        "pair/size": sizes.astype(np.uint32),
        "pair/shift": shifts.astype(np.uint8),
        "pair/gaps": gaps.packed(between[kept]),
    }


def _differences(numbers: Array, starts: Places) -> Array:
    """Return the differences within runs; the first of each run as it is."""
    found = np.empty(len(numbers), np.int32)
    found[1:] = numbers[1:]
    found[1:] -= numbers[:-1].astype(np.int32)
    found[starts] = numbers[starts]
    return found


def _sorted(keys: Wide, doc_of_place: Array) -> _Postings:
    """Sort occurrences, given as terms and places in one number; nothing is left of these."""
    keys.sort()
    places = keys.astype(np.uint32)
    docs = doc_of_place[places]
    keys >>= _HALF
    first = np.ones(len(docs), bool)
    if len(docs):
        np.not_equal(keys[1:], keys[:-1], out=first[1:])
        first[1:] |= docs[1:] != docs[:-1]
    pairs = np.flatnonzero(first)
    counts = np.diff(np.append(pairs, len(docs))).astype(np.uint32)
    return _Postings(places, docs, keys[pairs].astype(np.uint32), docs[pairs], counts)


def _encoded(
    postings: _Postings, collected: Numbers, rank: Short, lengths: Numbers
) -> dict[str, Array]:
    frequency = np.bincount(postings.pair_terms, minlength=len(collected)).astype(np.uint32)
    doc_arrays, doc_kind = _encode_docs(postings, frequency, len(lengths))
    count_arrays, count_kind = _encode_counts(postings, frequency)
    place_arrays, often = _encode_places(postings, collected, rank, lengths)
    kind = doc_kind | (count_kind << COUNTS_SHIFT) | (often.view(np.uint8) << OFTEN_SHIFT)
    return {
        **doc_arrays,
        **count_arrays,
        **place_arrays,
        **thrifty("df", frequency),
        "kind": kind.astype(np.uint8),
    }


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
    kind = np.where(escapes < frequency, DOCS_8, np.where(widest < _SHORT, DOCS_16, DOCS_32))
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
    large = _summed(counts >= _INLINE, starts)
    inline = -(-frequency.astype(np.int64) // _INLINE) + large < frequency
    kind = np.where(most == 1, ONES, np.where(inline, COUNTS_2, COUNTS_8))
    kind[most >= _BYTE] = COUNTS_32
    of_pair = np.repeat(kind.astype(np.uint8), frequency)
    inlined = of_pair == COUNTS_2
    small = np.minimum(counts[inlined], _INLINE).astype(np.uint8) - np.uint8(1)
    arrays: dict[str, Array] = {
        "t2": _quartered(small, frequency[kind == COUNTS_2].astype(np.int64)),
        "t4": counts[inlined & (counts >= _INLINE)].astype(np.uint8),
        "t8": counts[of_pair == COUNTS_8].astype(np.uint8),
        "t32": counts[of_pair == COUNTS_32],
        **thrifty("te", large[kind == COUNTS_2].astype(np.uint32)),
    }
    return arrays, kind.astype(np.uint8)


def _quartered(small: Bytes, sizes: Places) -> Bytes:
    """Pack runs of numbers below four, four to a byte; each run begins with a byte."""
    quarters = -(-sizes // _INLINE) * _INLINE
    spread = np.zeros(int(quarters.sum()), np.uint8)
    spread[gaps.ranges(starts_of(quarters), sizes)] = small
    spread = spread.reshape(-1, _INLINE) << np.arange(0, 8, 2, dtype=np.uint8)
    found: Bytes = np.bitwise_or.reduce(spread, axis=1)
    return found


def _encode_places(
    postings: _Postings, collected: Numbers, rank: Short, lengths: Numbers
) -> tuple[dict[str, Array], Mask]:
    """Encode the places of each term, and which rare word stands at each place of one."""
    tokens = len(postings.places)
    often = collected.astype(np.int64) * OFTEN >= max(tokens, 1)
    of_place = np.repeat(often, collected)
    counts = collected[often].astype(np.int64)
    apart = _differences(postings.places[of_place], starts_of(counts))
    base = (starts_of(lengths) + np.arange(len(lengths))).astype(np.uint32)
    rare = np.flatnonzero(np.repeat(rank == RARE, collected))
    rare = rare[np.argsort(postings.places[rare])]
    of_place[rare] = True
    docs = postings.docs[~of_place]
    within = postings.places[~of_place] - base[docs]
    arrays: dict[str, Array] = {
        "often": gaps.packed(apart),
        "often/size": (counts + gaps.escapes_of(apart, counts)).astype(np.uint32),
        "p8": (within >> coarseness(lengths)[docs]).astype(np.uint8),
        "rare/place": postings.places[rare],
        "rare/term": np.searchsorted(np.cumsum(collected), rare, "right").astype(np.uint32),
    }
    return arrays, often


def coarseness(lengths: Array) -> Bytes:
    """Return how many low bits the places within each document lack."""
    wide = np.frexp(np.maximum(lengths.astype(np.float64) - 1, 0))[1]
    lacking: Bytes = np.maximum(wide - 8, 0).astype(np.uint8)
    return lacking
