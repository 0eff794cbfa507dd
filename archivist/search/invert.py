"""Texts become the arrays of one field of one segment; `archivist.search.segment` reads them.

All is done by vector operations over the numbered words of the documents in reading order:

- the lexicon in lexical order, with document and collection frequencies;
- document numbers as gaps in 8, 16 or 32 bits, or a bitmap where a term is in more than an eighth
  of the documents; frequencies within documents in 2 bits, or 8, or 32, and none where all are 1;
- the forward stream: the text as ranks of its words by frequency, with an end mark after each
  document. A *place* is an index into it;
- places, about a byte for each word: for common words gaps between them; for others the place
  within the document, in ten bits; in documents of more words it lacks so many low bits, which the
  stream tells;
- the blocks of the stream in which two of the commonest words follow each other, so that nothing
  is scanned for a phrase of such words;
- where sentences and paragraphs begin, as gaps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from archivist.search import gaps
from archivist.search.arrays import Array, Numbers, Places
from archivist.search.encode import encoded, field_of
from archivist.search.layout import END, PAIRED, PAIRS_FROM, RARE, least
from archivist.search.lexicon import lettered, thrifty

if TYPE_CHECKING:
    from archivist.search.arrays import Short, Wide

_PAIR_BLOCK, _PAIR_SHIFT = 7, 10
_STRETCH = 1_500_000
_HALF = np.uint64(32)


@dataclass(slots=True)
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

    def spend(self) -> Numbers:
        """Hand the numbers of the words over, so that memory is free as soon as they are used."""
        ids, self.ids = self.ids, np.zeros(0, np.uint32)
        return ids


@dataclass(frozen=True, slots=True)
class Inverted:
    """Arrays to be written, and the facts that go with them; their names begin with a field's."""

    facts: dict[str, object]
    arrays: dict[str, Array]
    tokens: int


def invert(name: str, tokens: Tokens) -> Inverted:
    """Turn texts into the arrays of one field of one segment; the tokens are spent."""
    words, lengths = tokens.words, tokens.lengths
    order = sorted(range(len(words)), key=words.__getitem__)
    number = np.empty(len(order), np.uint32)
    number[order] = np.arange(len(order), dtype=np.uint32)
    terms = tokens.spend()
    np.take(number, terms, out=terms, mode="clip")
    collected = np.bincount(terms, minlength=len(order)).astype(np.uint32)
    rank = _ranks(collected)
    docs = np.arange(len(lengths), dtype=least(len(lengths)))
    owners = np.repeat(docs, lengths)
    stream = _stream(terms, rank, owners, len(docs))
    facts = {"docs": len(docs), "tokens": len(terms), "terms": len(order)}
    arrays: dict[str, Array] = {
        "lens": lengths.astype(least(int(lengths.max(initial=0)))),
        "rank": rank,
        "fwd": stream,
        **thrifty("cf", collected),
        **lettered([words[i] for i in order]),
        **_pairs(stream),
        **_bounds("sentences", tokens.sentences, lengths),
        **_bounds("paragraphs", tokens.paragraphs, lengths),
        **encoded(terms, field_of(collected, rank, lengths, owners)),
    }
    return Inverted(
        {f"{name}/{fact}": value for fact, value in facts.items()},
        {f"{name}/{part}": array for part, array in arrays.items()},
        facts["tokens"],
    )


def _stream(terms: Numbers, rank: Short, owners: Array, docs: int) -> Short:
    stream = np.full(len(terms) + docs, END, np.uint16)
    for start in range(0, len(terms), _STRETCH):
        part = terms[start : start + _STRETCH]
        places = np.arange(start, start + len(part), dtype=np.uint32)
        places += owners[start : start + _STRETCH]
        stream[places] = rank[part]
    return stream


def _ranks(collected: Numbers) -> Short:
    by_frequency = np.argsort(-collected.astype(np.int64), kind="stable")
    rank = np.full(len(collected), RARE, np.uint16)
    common = by_frequency[:END]
    rank[common] = np.arange(len(common), dtype=np.uint16)
    return rank


def _bounds(name: str, begun: Places | None, lengths: Numbers) -> dict[str, Array]:
    if begun is None:
        return {}
    docs = np.searchsorted(np.cumsum(lengths, dtype=np.int64), begun, "right")
    return {name: gaps.bound(begun + docs)}


def _pairs_from(stream: Short, start: int) -> Wide:
    """Return the pairs that begin in one stretch: which two, and where, in one number."""
    part = stream[start : start + _STRETCH + 1]
    common = part < PAIRED
    places = np.flatnonzero(common[1:] & common[:-1])
    keys = (part[places] * np.uint16(PAIRED) + part[places + 1]).astype(np.uint64)
    keys <<= _HALF
    keys |= (places + start).view(np.uint64)
    return keys


def _pairs(stream: Short) -> dict[str, Array]:
    """Return in which blocks of the stream two of the commonest words follow each other.

    The rarer a pair, the larger its blocks: about a byte for each.
    """
    if len(stream) < PAIRS_FROM:
        return {}
    keys = np.concatenate([_pairs_from(stream, at) for at in range(0, len(stream), _STRETCH)])
    keys.sort()
    codes, places = (keys >> _HALF).astype(np.uint16), keys.astype(np.uint32).astype(np.int64)
    starts = np.flatnonzero(np.append(True, codes[1:] != codes[:-1])[: len(codes)])
    found, counts = codes[starts], np.diff(np.append(starts, len(codes)))
    apart = np.log2(len(stream) / np.maximum(counts, 1)).astype(np.int64)
    shifts = np.clip(apart - _PAIR_BLOCK, 0, _PAIR_SHIFT)
    places >>= np.repeat(shifts, counts)
    between = np.diff(places, prepend=0)
    between[starts] = places[starts]
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
