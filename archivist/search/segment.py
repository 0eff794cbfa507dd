"""One field of one segment: texts inverted into arrays, and those arrays read.

All is written by vector operations over the numbered words of the documents in reading order:

- the lexicon in lexical order (a prefix is one slice), with document and collection frequencies;
- document numbers as differences in 8, 16 or 32 bits, or a bitmap where a term is in more than an
  eighth of the documents; frequencies within documents where not all are 1;
- positions within the document, but for the commonest words;
- the forward stream: the text as ranks of its words by frequency, with an end mark after each
  document. A phrase takes the positions of its rarest word and looks its neighbours up in the
  stream; merging turns the stream back into words.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from archivist.search.arrays import (
    Array,
    Numbers,
    starts_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.search.arrays import (
        Bytes,
        Mask,
        Places,
        Short,
        Wide,
    )
    from archivist.search.packing import PackedFile

RARE = 65535
"""In the forward stream: a word of high rank; its own positions tell where it stands."""
END = 65534
"""In the forward stream: the end of a document."""
_BYTE, _SHORT = 1 << 8, 1 << 16
_BITMAP_SHARE = 8
_BITMAP_LEAST = 64
_SCANNED_SHARE = 1024
_SCANNED_LEAST = 200_000
_DELTAS = ("d8", "d16", "d32")
_WIDEST = 2
_BITMAP = 3
_PIECE = 1 << 17
_ROWS_AT_ONCE = 256
_STRIDE = 256
_BITS = 64
_LETTER_BITS = np.uint64(1) << np.arange(_BITS, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of one field of some documents, numbered, in reading order.

    Attributes:
        words: each word once; its number is its place.
        ids: numbers of the words, document after document.
        lengths: words of each document.
    """

    words: list[str]
    ids: Numbers
    lengths: Numbers


@dataclass(frozen=True, slots=True)
class Inverted:
    """Arrays to be written, and the facts that go with them; their names begin with a field's."""

    facts: dict[str, object]
    arrays: dict[str, Array]


@dataclass(frozen=True, slots=True)
class _Postings:
    """Occurrences sorted by term, document and position, and where each pair begins."""

    positions: Numbers
    pair_terms: Numbers
    pair_docs: Numbers
    pair_counts: Numbers


def invert(name: str, tokens: Tokens) -> Inverted:
    """Turn texts into the arrays of one field of one segment."""
    encoded = [word.encode() for word in tokens.words]
    order = sorted(range(len(encoded)), key=encoded.__getitem__)
    rank_of = np.empty(len(order), np.uint32)
    rank_of[order] = np.arange(len(order), dtype=np.uint32)
    terms = rank_of[tokens.ids]
    collected = np.bincount(terms, minlength=len(order)).astype(np.uint32)
    rank = _ranks(collected)
    arrays: dict[str, Array] = {
        "lens": tokens.lengths,
        "cf": collected,
        "rank": rank,
        "fwd": _forward(rank[terms], tokens.lengths),
        **_lexicon([encoded[i] for i in order]),
    }
    postings = _sort(terms, tokens.lengths)
    del terms
    arrays |= _encode(postings, collected, rank, len(tokens.lengths))
    facts = {"docs": len(tokens.lengths), "tokens": len(tokens.ids), "terms": len(order)}
    return Inverted(
        {f"{name}/{fact}": value for fact, value in facts.items()},
        {f"{name}/{part}": array for part, array in arrays.items()},
    )


def _ranks(collected: Numbers) -> Short:
    by_frequency = np.argsort(-collected.astype(np.int64), kind="stable")
    rank = np.full(len(collected), RARE, np.uint16)
    common = by_frequency[:END]
    rank[common] = np.arange(len(common), dtype=np.uint16)
    return rank


def _lexicon(encoded: list[bytes]) -> dict[str, Array]:
    blob = b"".join(word + b"\n" for word in encoded)
    widths = np.fromiter(map(len, encoded), np.uint32, len(encoded))
    return {"blob": np.frombuffer(blob, np.uint8), "wl": _narrowed(widths)}


def _narrowed(numbers: Numbers) -> Array:
    """The same numbers in the fewest bits that hold them."""
    top = int(numbers.max()) if len(numbers) else 0
    for dtype in (np.uint8, np.uint16):
        if top <= np.iinfo(dtype).max:
            return numbers.astype(dtype)
    return numbers


def _forward(ranks: Short, lengths: Numbers) -> Short:
    stream = np.full(len(ranks) + len(lengths), END, np.uint16)
    inside = np.ones(len(stream), bool)
    inside[np.cumsum(lengths, dtype=np.int64) + np.arange(len(lengths))] = False
    stream[inside] = ranks
    return stream


def _sort(terms: Numbers, lengths: Numbers) -> _Postings:
    keys = terms.astype(np.uint64)
    keys <<= np.uint64(32)
    keys |= np.arange(len(terms), dtype=np.uint64)
    keys.sort()
    places = keys.astype(np.uint32)
    sorted_terms = (keys >> np.uint64(32)).astype(np.uint32)
    del keys
    docs = np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths)[places]
    positions = places - starts_of(lengths).astype(np.uint32)[docs]
    first = np.ones(len(docs), bool)
    if len(docs):
        np.not_equal(sorted_terms[1:], sorted_terms[:-1], out=first[1:])
        first[1:] |= docs[1:] != docs[:-1]
    pairs = np.flatnonzero(first)
    counts = np.diff(np.append(pairs, len(docs))).astype(np.uint32)
    return _Postings(positions, sorted_terms[pairs], docs[pairs], counts)


def _encode(postings: _Postings, collected: Numbers, rank: Short, docs: int) -> dict[str, Array]:
    frequency = np.bincount(postings.pair_terms, minlength=len(collected)).astype(np.uint32)
    doc_arrays, doc_kind = _encode_docs(postings, frequency, docs)
    starts = starts_of(frequency)
    most = _most(postings.pair_counts, starts)
    count_kind = np.where(most == 1, 0, np.where(most < _BYTE, 1, 2)).astype(np.uint8)
    of_pair = np.repeat(count_kind, frequency)
    farthest = _most(postings.positions, starts_of(collected))
    tokens = len(postings.positions)
    scanned = (collected > tokens // _SCANNED_SHARE) & (rank < END) & (tokens > _SCANNED_LEAST)
    place_kind = np.where(scanned, 0, np.where(farthest < _SHORT, 1, 2)).astype(np.uint8)
    of_place = np.repeat(place_kind, collected)
    return {
        **doc_arrays,
        "df": frequency,
        "t8": postings.pair_counts[of_pair == 1].astype(np.uint8),
        "t32": postings.pair_counts[of_pair == _WIDEST],
        "p16": postings.positions[of_place == 1].astype(np.uint16),
        "p32": postings.positions[of_place == _WIDEST],
        "kind": (doc_kind | (count_kind << 2) | (place_kind << 4)).astype(np.uint8),
    }


def _most(numbers: Numbers, starts: Places) -> Numbers:
    if not len(starts):
        return np.zeros(0, np.uint32)
    return np.maximum.reduceat(numbers, starts)


def _encode_docs(
    postings: _Postings, frequency: Numbers, docs: int
) -> tuple[dict[str, Array], Bytes]:
    starts = starts_of(frequency)
    pair_docs = postings.pair_docs
    deltas = np.zeros(len(pair_docs), np.uint32)
    deltas[1:] = pair_docs[1:] - pair_docs[:-1]
    deltas[starts] = 0
    widest = _most(deltas, starts)
    kind = np.where(widest < _BYTE, 0, np.where(widest < _SHORT, 1, 2)).astype(np.uint8)
    if docs >= _BITMAP_LEAST:
        kind[frequency > docs // _BITMAP_SHARE] = _BITMAP
    of_pair = np.repeat(kind, frequency)
    arrays: dict[str, Array] = {
        "first": pair_docs[starts],
        "d8": deltas[of_pair == 0].astype(np.uint8),
        "d16": deltas[of_pair == 1].astype(np.uint16),
        "d32": deltas[of_pair == _WIDEST],
        "bits": _bitmaps(np.flatnonzero(kind == _BITMAP), starts, frequency, pair_docs, docs),
    }
    return arrays, kind


def _bitmaps(
    terms: Places, starts: Places, frequency: Numbers, pair_docs: Numbers, docs: int
) -> Bytes:
    rows = np.zeros((len(terms), -(-docs // 8)), np.uint8)
    for begin in range(0, len(terms), _ROWS_AT_ONCE):
        chosen = terms[begin : begin + _ROWS_AT_ONCE]
        counts = frequency[chosen].astype(np.int64)
        index = np.arange(int(counts.sum()))
        index += np.repeat(starts[chosen] - starts_of(counts), counts)
        present = np.zeros((len(chosen), docs), bool)
        present[np.repeat(np.arange(len(chosen)), counts), pair_docs[index]] = True
        rows[begin : begin + len(chosen)] = np.packbits(present, axis=1)
    return rows.ravel()


class PackedField:
    """One field of one segment, read. Terms are numbers in lexical order, documents from 0.

    A *place* is an index into the forward stream.

    Attributes:
        docs_count: documents, also the deleted ones.
        tokens_count: words in all of them.
        terms_count: different words.
    """

    def __init__(self, file: PackedFile, name: str) -> None:
        self._file = file
        self._name = name
        self.docs_count = file.number(f"{name}/docs")
        self.tokens_count = file.number(f"{name}/tokens")
        self.terms_count = file.number(f"{name}/terms")

    def _array(self, name: str) -> Array:
        return self._file.array(f"{self._name}/{name}")

    @functools.cached_property
    def frequency(self) -> Numbers:
        """In how many documents each term stands."""
        return self._array("df")

    @functools.cached_property
    def collected(self) -> Numbers:
        """How often each term stands in all documents."""
        return self._array("cf")

    @functools.cached_property
    def lengths(self) -> Numbers:
        """Words of each document."""
        return self._array("lens")

    @functools.cached_property
    def rank(self) -> Short:
        """Ranks of the terms in the forward stream."""
        return self._array("rank")

    @functools.cached_property
    def stream(self) -> Short:
        """The forward stream."""
        return self._array("fwd")

    @functools.cached_property
    def base(self) -> Places:
        """The place where each document begins."""
        return starts_of(self.lengths) + np.arange(self.docs_count)

    @functools.cached_property
    def _blob(self) -> bytes:
        return self._array("blob").tobytes()

    @functools.cached_property
    def _ends(self) -> Places:
        ends: Places = np.cumsum(self._array("wl").astype(np.int64) + 1)
        return ends

    @functools.cached_property
    def _word_ends(self) -> list[int]:
        ends: list[int] = self._ends.tolist()
        return ends

    @functools.cached_property
    def _doc_kind(self) -> Bytes:
        return self._array("kind") & np.uint8(3)

    @functools.cached_property
    def _count_kind(self) -> Bytes:
        return (self._array("kind") >> np.uint8(2)) & np.uint8(3)

    @functools.cached_property
    def _place_kind(self) -> Bytes:
        return self._array("kind") >> np.uint8(4)

    @functools.cached_property
    def _doc_starts(self) -> Places:
        starts = _starts_by_kind(self._doc_kind, self.frequency, (0, 1, 2))
        bitmaps = self._doc_kind == _BITMAP
        starts[bitmaps] = np.arange(np.count_nonzero(bitmaps)) * (-(-self.docs_count // 8))
        return starts

    @functools.cached_property
    def _count_starts(self) -> Places:
        return _starts_by_kind(self._count_kind, self.frequency, (1, 2))

    @functools.cached_property
    def _place_starts(self) -> Places:
        return _starts_by_kind(self._place_kind, self.collected, (1, 2))

    # --- the lexicon

    def term_bytes(self, term: int) -> bytes:
        """Return a term in UTF-8."""
        return self._blob[(self._word_ends[term - 1] if term else 0) : self._word_ends[term] - 1]

    def word(self, term: int) -> str:
        """Return a term."""
        return self.term_bytes(term).decode()

    def words(self, low: int, high: int) -> list[str]:
        """Return the terms from one number to another."""
        if high <= low:
            return []
        begin = self._word_ends[low - 1] if low else 0
        return self._blob[begin : self._word_ends[high - 1] - 1].decode().split("\n")

    def lexicon(self, low: int, high: int) -> tuple[int, bytes]:
        """Return the terms from one number to another in UTF-8, a line each, and where they begin.

        The beginning is counted in bytes of the whole lexicon.
        """
        begin = self._word_ends[low - 1] if low else 0
        return begin, self._blob[begin : self._word_ends[high - 1] if high else 0]

    def terms_around(self, offsets: Places) -> Places:
        """Return the terms that stand at these bytes of the whole lexicon."""
        return np.searchsorted(self._ends, offsets, "right")

    def find(self, encoded: bytes) -> int:
        """Return the number of the first term that is not before this one."""
        low, high = 0, self.terms_count
        while low < high:
            middle = (low + high) >> 1
            if self.term_bytes(middle) < encoded:
                low = middle + 1
            else:
                high = middle
        return low

    def term(self, word: str) -> int:
        """Return the number of a word, or -1 where no document has it."""
        encoded = word.encode()
        found = self.find(encoded)
        there = found < self.terms_count and self.term_bytes(found) == encoded
        return found if there else -1

    def beginning(self, prefix: str) -> tuple[int, int]:
        """Return the range of the terms that begin so."""
        encoded = prefix.encode()
        return self.find(encoded), self.find(encoded + b"\xff")

    @functools.cached_property
    def letters(self) -> tuple[Wide, Places]:
        """The set of letters of every word, as bits, and its length in letters."""
        points = np.frombuffer(self._blob.decode().encode("utf-32-le"), np.uint32)
        ends = np.flatnonzero(points == ord("\n"))
        starts = np.append(0, ends[:-1] + 1)[: len(ends)]
        bits = letter_bits(points)
        bits[ends] = 0
        return np.bitwise_or.reduceat(bits, starts), ends - starts

    # --- postings

    def docs(self, term: int) -> Places:
        """Return the documents with a term, ascending."""
        kind = int(self._doc_kind[term])
        start = int(self._doc_starts[term])
        if kind == _BITMAP:
            row = self._array("bits")[start : start + -(-self.docs_count // 8)]
            return np.flatnonzero(np.unpackbits(row, count=self.docs_count).view(bool))
        deltas = self._array(_DELTAS[kind])[start : start + int(self.frequency[term])]
        found: Places = np.cumsum(deltas, dtype=np.int64)
        found += self._firsts[term]
        return found

    @functools.cached_property
    def _firsts(self) -> Places:
        return self._array("first").astype(np.int64)

    def docs_of_many(self, terms: Places) -> list[Places]:
        """Return the documents with any of the terms, in parts, unsorted, with repetitions."""
        kinds = self._doc_kind[terms]
        parts = []
        for kind, name in enumerate(_DELTAS):
            chosen = terms[kinds == kind]
            if len(chosen):
                parts.append(self._gather(chosen, name))
        return parts + [self.docs(int(term)) for term in terms[kinds == _BITMAP]]

    def _gather(self, terms: Places, name: str) -> Places:
        counts = self.frequency[terms].astype(np.int64)
        starts = starts_of(counts)
        index = np.arange(int(counts.sum()))
        index += np.repeat(self._doc_starts[terms] - starts, counts)
        found: Places = np.cumsum(self._array(name)[index], dtype=np.int64)
        found += np.repeat(self._firsts[terms] - found[starts], counts)
        return found

    def counts(self, term: int) -> Array:
        """Return how often a term stands in each of its documents."""
        kind = int(self._count_kind[term])
        size = int(self.frequency[term])
        if not kind:
            return np.ones(size, np.uint8)
        start = int(self._count_starts[term])
        return self._array("t8" if kind == 1 else "t32")[start : start + size]

    # --- positions

    def is_scanned(self, term: int) -> bool:
        """Whether a term's positions stand in the forward stream only."""
        return not self._place_kind[term]

    def places(self, term: int) -> tuple[Places, Places | None]:
        """Return the places of a term, ascending, and their documents where these are at hand."""
        if self.is_scanned(term):
            return self._scan(int(self.rank[term])), None
        kind = int(self._place_kind[term])
        start = int(self._place_starts[term])
        within = self._array("p16" if kind == 1 else "p32")
        within = within[start : start + int(self.collected[term])]
        docs = self.docs(term)
        if len(docs) != len(within):
            docs = np.repeat(docs, self.counts(term))
        return self.base[docs] + within, docs

    def _scan(self, rank: int) -> Places:
        stream, parts = self.stream, []
        for begin in range(0, len(stream), _PIECE):
            hits = np.flatnonzero(stream[begin : begin + _PIECE] == rank)
            hits += begin
            parts.append(hits)
        return np.concatenate(parts)

    def places_of(self, terms: Sequence[int]) -> tuple[Places, Places | None]:
        """Return the places of any of the terms, unsorted, and their documents if at hand."""
        if len(terms) == 1:
            return self.places(terms[0])
        found = [self.places(term) for term in terms]
        docs = [self.docs_at(at) if of is None else of for at, of in found]
        return np.concatenate([at for at, _ in found]), np.concatenate(docs)

    def docs_at(self, places: Places) -> Places:
        """Return the documents in which places lie."""
        found: Places = self._strides[places >> 8]
        bounds = self._bounds
        while True:
            later = bounds[found + 1] <= places
            if not later.any():
                return found
            found += later

    @functools.cached_property
    def _strides(self) -> Places:
        marks = np.arange(0, len(self.stream) + _STRIDE, _STRIDE)
        return np.searchsorted(self.base, marks, "right") - 1

    @functools.cached_property
    def _bounds(self) -> Places:
        return np.append(self.base, len(self.stream) + 1)

    def are(self, places: Places, terms: Sequence[int]) -> Mask:
        """Tell at which places one of the terms stands."""
        there = self.stream[places]
        ranks = self.rank[np.asarray(terms)]
        if len(terms) == 1 and ranks[0] != RARE:
            alone: Mask = there == ranks[0]
            return alone
        table = np.zeros(65536, bool)
        table[ranks[ranks != RARE]] = True
        found: Mask = table[there]
        rare = [term for term, rank in zip(terms, ranks, strict=True) if rank == RARE]
        if rare:
            found |= np.isin(places, np.concatenate([self.places(term)[0] for term in rare]))
        return found

    def run(self, terms: Sequence[int]) -> Places:
        """Return where terms of common words follow each other, by reading the stream."""
        stream, ranks, parts = self.stream, self.rank[np.asarray(terms)], []
        for begin in range(0, len(stream), _PIECE):
            hits = stream[begin : begin + _PIECE] == ranks[0]
            for offset in range(1, len(ranks)):
                after = stream[begin + offset : begin + offset + _PIECE] == ranks[offset]
                hits = hits[: len(after)] & after
            found = np.flatnonzero(hits)
            found += begin
            parts.append(found)
        return np.concatenate(parts) if parts else np.zeros(0, np.int64)

    # --- what stands at a place

    def terms_at(self, places: Places) -> Numbers:
        """Return the term at each place; `terms_count` where a document ends there."""
        ranks = self.stream[places]
        terms = self._common[ranks]
        rare = np.flatnonzero(ranks == RARE)
        if len(rare):
            known, which = self._rare
            terms[rare] = which[np.searchsorted(known, places[rare])]
        return terms

    @functools.cached_property
    def _common(self) -> Numbers:
        """The term of each rank."""
        known = np.flatnonzero(self.rank != RARE)
        terms = np.full(1 << 16, self.terms_count, np.uint32)
        terms[self.rank[known]] = known
        return terms

    @functools.cached_property
    def _rare(self) -> tuple[Places, Numbers]:
        """The places of all rare words, ascending, and the term at each."""
        rare = np.flatnonzero(self.rank == RARE)
        kinds = self._array("kind")[rare]
        groups = [rare[kinds == kind] for kind in np.unique(kinds).tolist()]
        places = np.concatenate([self._places_alike(group) for group in groups])
        terms = np.concatenate([np.repeat(group, self.collected[group]) for group in groups])
        order = np.argsort(places)
        return places[order], terms.astype(np.uint32)[order]

    def _places_alike(self, terms: Places) -> Places:
        """Return the places of terms that are packed in the same way, term after term."""
        one = int(terms[0])
        sizes = self.frequency[terms].astype(np.int64)
        if self._doc_kind[one] == _BITMAP:
            docs = np.concatenate([self.docs(term) for term in terms.tolist()])
        else:
            docs = self._gather(terms, _DELTAS[self._doc_kind[one]])
        if kind := int(self._count_kind[one]):
            counts = self._array("t8" if kind == 1 else "t32")
            docs = np.repeat(docs, counts[_ranges(self._count_starts[terms], sizes)])
        within = self._array("p16" if self._place_kind[one] == 1 else "p32")
        sizes = self.collected[terms].astype(np.int64)
        found: Places = self.base[docs] + within[_ranges(self._place_starts[terms], sizes)]
        return found

    # --- back to texts

    def tokens(self, keep: Mask | None) -> tuple[Numbers, Numbers]:
        """Return the terms of the kept documents in reading order, and the documents' lengths."""
        known = self.rank != RARE
        term_of = np.zeros(65536, np.uint32)
        term_of[self.rank[known]] = np.flatnonzero(known)
        terms = term_of[self.stream]
        for term in np.flatnonzero(~known).tolist():
            terms[self.places(term)[0]] = term
        inside = self.stream != END
        if keep is not None:
            inside &= np.repeat(keep, self.lengths.astype(np.int64) + 1)
        return terms[inside], self.lengths if keep is None else self.lengths[keep]


def letter_bits(points: Numbers) -> Wide:
    """Return a bit for each letter; different letters may share one."""
    return _LETTER_BITS[(points & np.uint32(_BITS - 1)).astype(np.uint8)]


def _ranges(starts: Places, sizes: Places) -> Places:
    """Return the numbers of several ranges, one range after the other."""
    found: Places = np.arange(int(sizes.sum()))
    found += np.repeat(starts - starts_of(sizes), sizes)
    return found


def _starts_by_kind(kinds: Bytes, counts: Numbers, chosen: tuple[int, ...]) -> Places:
    starts = np.zeros(len(kinds), np.int64)
    for kind in chosen:
        those = kinds == kind
        starts[those] = starts_of(np.where(those, counts, 0))[those]
    return starts


def merge_tokens(parts: Sequence[tuple[PackedField, Mask | None]]) -> Tokens:
    """Join fields of several segments, without the documents that are not kept."""
    numbers: dict[str, int] = {}
    ids, lengths = [], []
    for packed, keep in parts:
        terms, sizes = packed.tokens(keep)
        used = np.zeros(packed.terms_count, bool)
        used[terms] = True
        words = packed.words(0, packed.terms_count)
        renumbered = np.fromiter(
            (
                numbers.setdefault(word, len(numbers)) if needed else 0
                for word, needed in zip(words, used.tolist(), strict=True)
            ),
            np.uint32,
            packed.terms_count,
        )
        ids.append(renumbered[terms])
        lengths.append(sizes)
    return Tokens(list(numbers), np.concatenate(ids), np.concatenate(lengths))
