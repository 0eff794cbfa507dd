"""One field of one segment, read: words, documents, places, and the text as ranks of its words.

`archivist.search.invert` says what the arrays are. A phrase takes the places of its rarest word and
looks the neighbours up in the forward stream; merging turns the stream back into words.
"""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING

import numpy as np

from archivist.search import gaps
from archivist.search.arrays import distinct, starts_of
from archivist.search.invert import Tokens
from archivist.search.layout import (
    END,
    LOW_BITS,
    OFTEN_SHIFT,
    PAIRED,
    RARE,
    SPREAD,
    coarseness,
)
from archivist.search.postings import Postings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archivist.search.arrays import Array, Bytes, Days, Mask, Numbers, Places, Short
    from archivist.search.packing import PackedFile

_RANKS = 1 << 16
_PAIR = 2
_STRIDE_BITS = 6
_LOOK_COST, _LIST_COST, _PIECE_COST, _AT_ONCE = 5, 10, 30_000, 6
"""Nanoseconds, about: to look at one place, to list one, to read a piece of the stream from the
disk and check it; places that are scanned in one."""
_LOW = (1 << LOW_BITS) - 1


class PackedField(Postings):
    """One field of one segment, read. Terms are numbers in lexical order, documents from 0.

    A *place* is an index into the forward stream.

    Attributes:
        tokens_count: words in all documents.
    """

    def __init__(self, file: PackedFile, name: str) -> None:
        super().__init__(file, name)
        self.tokens_count = file.number(f"{name}/tokens")
        self._fwd = self._pieces("fwd")
        self._spent = 0

    @property
    def places_count(self) -> int:
        """Places in the forward stream: one for each word, and one for each document's end."""
        return self.tokens_count + self.docs_count

    @functools.cached_property
    def lengths(self) -> Array:
        """Words of each document."""
        return self._array("lens")

    @functools.cached_property
    def stream(self) -> Short:
        """The forward stream, whole: `at` reads no more of it than is asked for."""
        return self._fwd.whole()

    @functools.cached_property
    def base(self) -> Places:
        """The place where each document begins."""
        return starts_of(self.lengths) + np.arange(self.docs_count)

    @functools.cached_property
    def sentences(self) -> Array:
        """The places where sentences begin, ascending; so does the first word of each document."""
        return self._begun("sentences")

    @functools.cached_property
    def paragraphs(self) -> Array:
        """The places where paragraphs begin, ascending; so does the first word of each document."""
        return self._begun("paragraphs")

    def _begun(self, name: str) -> Array:
        there = f"{self._name}/{name}" in self._file
        if there:
            return gaps.small_numbers(self._array(name))
        return self.base[self.lengths > 0].astype(np.int32)

    # --- what stands at a place

    def should_look(self, count: int, looking: int, otherwise: int) -> bool:
        """Tell whether to look at places of the stream or to do otherwise, by nanoseconds, about.

        What was never looked at in this process must be read from the disk and checked. That is put
        off until all that was spent otherwise, and need not have been, would have paid for it.

        Args:
            count: how many places, anywhere in the stream.
            looking: what it takes to look at them once they are read.
            otherwise: what it takes to do without.
        """
        reading = _PIECE_COST * min(count, self._fwd.unread)
        if looking + max(0, reading - self._spent) <= otherwise:
            return True
        self._spent += max(0, otherwise - looking)
        return False

    def read_ahead(self) -> Iterator[None]:
        """Read the stream before anybody looks at it, pausing now and then."""
        yield from self._fwd.read_ahead()

    @property
    def is_read(self) -> bool:
        """Whether the whole stream was looked at in this process."""
        return not self._fwd.unread

    def cost_of_looks(self, count: int) -> int:
        """Return about how many nanoseconds it takes to look at places that are read."""
        return _LOOK_COST * count

    def cost_of_scan(self) -> int:
        """Return about how many nanoseconds it takes to go through the stream once it is read."""
        return self.places_count // _AT_ONCE

    def at(self, places: Places) -> Short:
        """Return the ranks of the words at these places."""
        return self._fwd.at(places)

    def windows(self, starts: Places, width: int) -> Short:
        """Return the ranks of so many words from each place on, a row for each; all exist."""
        return self._fwd.windows(starts, width)

    def terms_at(self, places: Places) -> Numbers:
        """Return the term at each place; `terms_count` where a document ends there."""
        ranks = self.at(places)
        terms = self._common[ranks]
        rare = np.flatnonzero(ranks == RARE)
        if len(rare):
            terms[rare] = self._rare_at(places[rare])
        return terms

    def _rare_at(self, places: Places) -> Numbers:
        """Return the terms at places that are known to hold rare words."""
        known: Numbers = self._array("rare/place")
        found: Numbers = self._array("rare/term")[np.searchsorted(known, places.astype(np.uint32))]
        return found

    @functools.cached_property
    def _common(self) -> Numbers:
        """The term of each rank."""
        known = np.flatnonzero(self.rank != RARE)
        terms = np.full(_RANKS, self.terms_count, np.uint32)
        terms[self.rank[known]] = known
        return terms

    def are(self, places: Places, terms: Sequence[int] | Places) -> Mask:
        """Tell at which places one of the terms stands."""
        there = self.at(places)
        wanted = np.asarray(terms, np.int64)
        ranks = self.rank[wanted]
        if len(wanted) == 1 and ranks[0] != RARE:
            alone: Mask = there == ranks[0]
            return alone
        table = np.zeros(_RANKS, bool)
        table[ranks] = True
        found: Mask = table[there]
        if table[RARE]:
            rare = np.flatnonzero(there == RARE)
            found[rare] = np.isin(self._rare_at(places[rare]), wanted)
        return found

    def docs_at(self, places: Places) -> Places:
        """Return the documents in which places lie."""
        found: Places = self._strides[places >> _STRIDE_BITS].astype(np.int64)
        bounds = self._next
        late = np.flatnonzero(bounds[found] <= places)
        while len(late):
            found[late] += 1
            late = late[bounds[found[late]] <= places[late]]
        return found

    @functools.cached_property
    def _strides(self) -> Days:
        """The document in which the first place of each stride lies."""
        strides = (len(self._fwd) >> _STRIDE_BITS) + 2
        begun = np.append(-(-self.base >> _STRIDE_BITS), strides)
        return np.repeat(np.arange(self.docs_count, dtype=np.int32), np.diff(begun))

    @functools.cached_property
    def _next(self) -> Places:
        """The place where the document after each begins."""
        return np.append(self.base[1:], len(self._fwd) + 1)

    # --- where terms stand

    def cost_of_places(self, terms: Sequence[int] | Places) -> int:
        """Return about how many nanoseconds it takes to list the places of terms."""
        return _LIST_COST * int(self.collected[np.asarray(terms, np.int64)].sum())

    def places(self, term: int) -> tuple[Places, Places | None]:
        """Return the places of a term, ascending, and their documents where these are at hand."""
        rank = int(self.rank[term])
        if rank == RARE:
            return self._array("rare/place")[self._array("rare/term") == term].astype(
                np.int64
            ), None
        if self._is_often[term]:
            return self._often_places(int(np.searchsorted(self._often, term))), None
        start = int(self._place_starts[term])
        within = self._within(start, start + int(self.collected[term]))
        docs = self.docs(term)
        if len(docs) != len(within):
            docs = np.repeat(docs, self.counts(term))
        return self._exact(docs, within, rank), docs

    def places_of(self, terms: Sequence[int] | Places) -> tuple[Places, Places | None]:
        """Return the places of any of the terms, unsorted, and their documents if at hand."""
        if len(terms) == 1:
            return self.places(int(terms[0]))
        wanted = distinct(np.asarray(terms, np.int64))
        often, rare = self._is_often[wanted], self.rank[wanted] == RARE
        parts = [self._often_places(int(at)) for at in np.searchsorted(self._often, wanted[often])]
        if rare.any():
            chosen = np.isin(self._array("rare/term"), wanted[rare])
            parts.append(self._array("rare/place")[chosen].astype(np.int64))
        places, docs = self._seldom_places(wanted[~often & ~rare])
        return (np.concatenate([places, *parts]), None) if parts else (places, docs)

    def places_by_piece(self, terms: Places) -> Iterator[Places]:
        """Yield the places of the terms, each time some of them, ascending."""
        for term in terms.tolist():
            if self._is_often[term]:
                yield from gaps.pieces(self._often_run(int(np.searchsorted(self._often, term))))
            else:
                yield self.places(term)[0]

    def _seldom_places(self, terms: Places) -> tuple[Places, Places]:
        sizes = self.collected[terms].astype(np.int64)
        index = gaps.ranges(self._place_starts[terms].astype(np.int64), sizes)
        docs = np.repeat(self.docs_of_each(terms), self.counts_of_each(terms))
        within = self._pieces("p8").at(index).astype(np.int64) << LOW_BITS
        low = self._pieces("p2").at(index >> LOW_BITS) >> ((index & _LOW) << 1).astype(np.uint8)
        within |= low & np.uint8(_LOW)
        return self._exact(docs, within, np.repeat(self.rank[terms], sizes)), docs

    def _within(self, start: int, stop: int) -> Places:
        """Return one run of places within documents, as far as they are kept."""
        within: Places = self._pieces("p8").cut(start, stop).astype(np.int64)
        within <<= LOW_BITS
        first = start >> LOW_BITS
        low = SPREAD[self._pieces("p2").cut(first, -(-stop >> LOW_BITS))].reshape(-1)
        within |= low[start - (first << LOW_BITS) :][: stop - start]
        return within

    def _exact(self, docs: Places, within: Places, ranks: int | Short) -> Places:
        """Return places, looking in the stream for the low bits that they lack in long documents.

        As often as a word stands in a block, so often is the block named: one block after the
        other, all is in the order of the text.
        """
        found = within
        coarse = self._coarseness
        if coarse is None:
            found += self.base[docs]
            return found
        shift = coarse[docs]
        found <<= shift
        found += self.base[docs]
        lacking = np.flatnonzero(shift)
        if len(lacking):
            wanted = ranks if isinstance(ranks, int) else ranks[lacking]
            found[lacking] = self._told(docs[lacking], found[lacking], shift[lacking], wanted)
        return found

    def _told(self, docs: Places, begin: Places, shift: Bytes, ranks: int | Short) -> Places:
        """Return the places of words, given the blocks in which they stand."""
        kept = _is_new(begin, ranks)
        begin = begin[kept]
        sizes = np.minimum(1 << shift[kept].astype(np.int64), self._next[docs[kept]] - 1 - begin)
        among = gaps.ranges(begin, sizes)
        wanted = ranks if isinstance(ranks, int) else np.repeat(ranks[kept], sizes)
        found: Places = among[self.at(among) == wanted]
        return found

    @functools.cached_property
    def _coarseness(self) -> Bytes | None:
        found = coarseness(self.lengths)
        return found if found.any() else None

    @functools.cached_property
    def _is_often(self) -> Mask:
        often: Mask = (self._kind >> OFTEN_SHIFT).view(bool)
        return often

    @functools.cached_property
    def _often(self) -> Places:
        """The common terms."""
        return np.flatnonzero(self._is_often)

    @functools.cached_property
    def _often_ends(self) -> Places:
        return np.cumsum(self._array("often/size"), dtype=np.int64)

    def _often_run(self, at: int) -> Bytes:
        start = int(self._often_ends[at - 1]) if at else 0
        return self._pieces("often").cut(start, int(self._often_ends[at]))

    def _often_places(self, at: int) -> Places:
        return gaps.numbers(self._often_run(at))

    @functools.cached_property
    def _place_starts(self) -> Numbers:
        apart = self._is_often | (self.rank == RARE)
        sizes = np.where(apart, np.uint32(0), self.collected)
        return np.cumsum(sizes, dtype=np.uint32) - sizes

    # --- words that follow each other

    def is_scanned(self, term: int) -> bool:
        """Whether a term is one of the commonest, of which `run` knows the pairs."""
        return self._has_pairs and bool(self.rank[term] < PAIRED)

    @property
    def _has_pairs(self) -> bool:
        return f"{self._name}/pair/code" in self._file

    def run(self, terms: Sequence[int]) -> Places:
        """Return where terms follow each other, all of them such that `is_scanned` holds."""
        ranks = [int(self.rank[term]) for term in terms]
        if len(ranks) == 1:
            return self.places(terms[0])[0]
        pair = self._rarest_pair(ranks)
        if pair is None:
            return np.zeros(0, np.int64)
        row, rarest = pair
        found = self._pair(row, ranks[rarest], ranks[rarest + 1]) - rarest
        found = found[(found >= 0) & (found + len(ranks) <= len(self._fwd))]
        for offset, rank in enumerate(ranks):
            if offset not in {rarest, rarest + 1}:
                found = found[self.at(found + offset) == rank]
        return found

    def should_run(self, terms: Sequence[int], otherwise: int) -> bool:
        """Tell whether to find a run by its pairs, given the nanoseconds it takes to do otherwise.

        The blocks of a pair are looked through in the stream.
        """
        pair = self._rarest_pair([int(self.rank[term]) for term in terms])
        if pair is None:
            return True
        row, _ = pair
        blocks, shift = int(self._array("pair/size")[row]), int(self._array("pair/shift")[row])
        looks = blocks if shift or len(terms) > _PAIR else 0
        return self.should_look(looks, (_LIST_COST + (1 << shift)) * blocks, otherwise)

    def _rarest_pair(self, ranks: Sequence[int]) -> tuple[int, int] | None:
        """Return where the rarest pair of a run is listed, and where in the run it stands."""
        codes, counts = self._array("pair/code"), self._array("pair/count")
        wanted = [one * PAIRED + other for one, other in itertools.pairwise(ranks)]
        rows = [int(np.searchsorted(codes, code)) for code in wanted]
        there = all(
            row < len(codes) and codes[row] == code for row, code in zip(rows, wanted, strict=True)
        )
        if not there:
            return None
        place = min(range(len(rows)), key=lambda number: int(counts[rows[number]]))
        return rows[place], place

    def _pair(self, row: int, first: int, second: int) -> Places:
        """Return where two of the commonest words follow each other."""
        stop = int(self._pair_ends[row])
        start = stop - int(self._array("pair/size")[row])
        blocks = gaps.numbers(self._pieces("pair/gaps").cut(start, stop))
        shift = int(self._array("pair/shift")[row])
        if not shift:
            return blocks
        width = (1 << shift) + 1
        starts = np.minimum(blocks << shift, len(self._fwd) - width)
        there = self.windows(starts, width).reshape(-1)
        hits = there == first
        hits[:-1] &= (there == second)[1:]
        rows, columns = np.divmod(np.flatnonzero(hits), width)
        inside = columns < width - 1
        rows, columns = rows[inside], columns[inside]
        found: Places = starts[rows] + columns
        if len(starts) and starts[-1] != blocks[-1] << shift:
            found = found[found >> shift == blocks[rows]]
        return found

    @functools.cached_property
    def _pair_ends(self) -> Places:
        return np.cumsum(self._array("pair/size"), dtype=np.int64)

    # --- back to texts

    def tokens(self, keep: Mask | None) -> Tokens:
        """Return the words of the kept documents; only the numbers of the words, not themselves."""
        terms = self._common[self.stream]
        terms[self._array("rare/place")] = self._array("rare/term")
        inside = self.stream != END
        if keep is not None:
            inside &= np.repeat(keep, self.lengths.astype(np.int64) + 1)
        number = np.cumsum(inside) - 1
        begun = (number[each[inside[each]]] for each in (self.sentences, self.paragraphs))
        lengths = self.lengths.astype(np.uint32)
        return Tokens([], terms[inside], lengths if keep is None else lengths[keep], *begun)


def _is_new(blocks: Places, ranks: int | Short) -> Mask:
    """Tell which blocks are not those of the entry before, for the same word."""
    found = np.ones(len(blocks), bool)
    np.not_equal(blocks[1:], blocks[:-1], out=found[1:])
    if not isinstance(ranks, int):
        found[1:] |= ranks[1:] != ranks[:-1]
    return found
