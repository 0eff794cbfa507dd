"""The words of one field of one segment, in lexical order: so a beginning is one slice of them."""

from __future__ import annotations

import functools
from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

from archivist.search.layout import least

if TYPE_CHECKING:
    from archivist.search.arrays import Array, Bytes, Numbers, Places, Short
    from archivist.search.packing import PackedFile

_BLOCK_BITS = 6
_BITS = 32


class Lexicon:
    """Terms by number and by their letters, with their frequencies.

    Attributes:
        terms_count: different words.
    """

    def __init__(self, file: PackedFile, name: str) -> None:
        self._file = file
        self._name = name
        self.terms_count = file.number(f"{name}/terms")

    def _array(self, name: str) -> Array:
        return self._file.array(f"{self._name}/{name}")

    @functools.cached_property
    def frequency(self) -> Numbers:
        """In how many documents each term stands."""
        return widened(self._array("df"), self._array("df+"))

    @functools.cached_property
    def collected(self) -> Numbers:
        """How often each term stands in all documents."""
        return widened(self._array("cf"), self._array("cf+"))

    @functools.cached_property
    def rank(self) -> Short:
        """Ranks of the terms in the forward stream."""
        return self._array("rank")

    def _lines(self, begin: int, end: int) -> bytes:
        """Return a stretch of the lexicon, in which each term is a line."""
        return self._file.pieces(f"{self._name}/blob").cut(begin, end).tobytes()

    @functools.cached_property
    def _ends(self) -> Numbers:
        ends = self._array("wl").astype(np.uint32)
        ends += np.uint32(1)
        np.cumsum(ends, out=ends)
        return ends

    @functools.cached_property
    def _word_ends(self) -> memoryview:
        """The same, quicker to take single numbers from."""
        return self._ends.data

    def term_bytes(self, term: int) -> bytes:
        """Return a term in UTF-8."""
        ends = self._word_ends
        return self._lines(ends[term - 1] if term else 0, ends[term] - 1)

    def word(self, term: int) -> str:
        """Return a term."""
        return self.term_bytes(term).decode()

    def words(self, low: int, high: int) -> list[str]:
        """Return the terms from one number to another."""
        if high <= low:
            return []
        begin = self._word_ends[low - 1] if low else 0
        return self._lines(begin, self._word_ends[high - 1] - 1).decode().split("\n")

    def lexicon(self, low: int, high: int) -> tuple[int, bytes]:
        """Return the terms from one number to another in UTF-8, a line each, and where they begin.

        The beginning is counted in bytes of the whole lexicon.
        """
        begin = self._word_ends[low - 1] if low else 0
        return begin, self._lines(begin, self._word_ends[high - 1] if high else 0)

    def terms_around(self, offsets: Places) -> Places:
        """Return the terms that stand at these bytes of the whole lexicon."""
        return np.searchsorted(self._ends, offsets.astype(np.uint32), "right")

    def find(self, encoded: bytes) -> int:
        """Return the number of the first term that is not before this one."""
        block = max(0, bisect_left(self._signposts, encoded) - 1) << _BLOCK_BITS
        _, lines = self.lexicon(block, min(block + (1 << _BLOCK_BITS), self.terms_count))
        return block + bisect_left(lines[:-1].split(b"\n"), encoded) if lines else 0

    @functools.cached_property
    def _signposts(self) -> list[bytes]:
        """The first term of each block of terms."""
        return self._array("posts").tobytes().split(b"\n")[:-1]

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
    def letters(self) -> tuple[Numbers, Places]:
        """The set of letters of every word, as bits, and its length in letters."""
        _, lines = self.lexicon(0, self.terms_count)
        points = np.frombuffer(lines.decode().encode("utf-32-le"), np.uint32)
        ends = np.flatnonzero(points == ord("\n"))
        starts = np.append(0, ends[:-1] + 1)[: len(ends)]
        bits = letter_bits(points)
        bits[ends] = 0
        return np.bitwise_or.reduceat(bits, starts), ends - starts


def lettered(words: list[bytes]) -> dict[str, Array]:
    """Return ascending words for a file: lines, their lengths, and the first of each block."""
    widths = np.fromiter(map(len, words), np.uint32, len(words))
    return {
        "blob": _lined(words),
        "posts": _lined(words[:: 1 << _BLOCK_BITS]),
        "wl": widths.astype(least(int(widths.max(initial=0)))),
    }


def _lined(words: list[bytes]) -> Bytes:
    return np.frombuffer(b"\n".join([*words, b""]), np.uint8)


def letter_bits(points: Numbers) -> Numbers:
    """Return a bit for each letter; different letters may share one."""
    bits: Numbers = np.left_shift(np.uint32(1), points & np.uint32(_BITS - 1))
    return bits


def thrifty(name: str, counts: Numbers) -> dict[str, Array]:
    """Return counts for a file: most are small, the large ones stand apart."""
    large = counts[counts >= _LARGE]
    return {name: np.minimum(counts, _LARGE).astype(np.uint8), f"{name}+": large}


def widened(small: Bytes, large: Numbers) -> Numbers:
    """Return the counts that `thrifty` has put apart."""
    counts = small.astype(np.uint32)
    if len(large):
        counts[small == _LARGE] = large
    return counts


_LARGE = 255
