"""Words of many texts as numbers, by hashes of 64 bits instead of one look-up for each word.

All words of a stretch of text are found, cut and hashed by vector operations. The letters of a word
are looked at only where its hash is new. The hash is keyed by chance, so that no text can be made
for its sake; words of up to eight bytes have different hashes anyway.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.search.arrays import Mask, Numbers, Places, Wide

_BLANK = 32
_WORD = 8
_PADDING = b" " * (2 * _WORD)
_LOADED = np.dtype("<u8")
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_WORD + 1)], np.uint64)
_KEYS = [np.uint64(secrets.randbits(64) | 1) for _ in range(3)]
_TOP = np.uint64(48)
_STRETCH = 1 << 18
_LEAST = 1 << 10
_FOLDS = (np.uint64(32), np.uint64(29))


class Numbering:
    """Numbers words in the order in which they are first met, roughly."""

    def __init__(self) -> None:
        self._hashes: Wide = np.empty(_LEAST, np.uint64)
        self._count = 0
        self._lengths: list[Places] = []
        self._known: Wide = np.zeros(0, np.uint64)
        self._words: list[bytes] = []
        self._words_hashes: list[Wide] = []

    def add(self, lines: Sequence[bytes]) -> None:
        """Take texts, the words of each in UTF-8 with blanks between them."""
        if not lines:
            return
        content = b" ".join([b"", *lines, _PADDING])
        is_letter = np.frombuffer(content, np.uint8) != _BLANK
        edges = np.flatnonzero(is_letter[1:] != is_letter[:-1]) + 1
        starts, ends = edges[0::2], edges[1::2]
        hashes = _hashed(content, starts, ends - starts)
        begins = np.cumsum([1, *(len(line) + 1 for line in lines)])
        self._lengths.append(np.diff(np.searchsorted(starts, begins)))
        self._keep(hashes)
        self._learn(content, starts, ends, hashes)

    def _keep(self, hashes: Wide) -> None:
        """Keep hashes in one array that grows where it is: joining takes twice as much."""
        start, self._count = self._count, self._count + len(hashes)
        if self._count > len(self._hashes):
            size = max(self._count, len(self._hashes) * 5 // 4)
            self._hashes.resize(size, refcheck=False)
        self._hashes[start : self._count] = hashes

    def _learn(self, content: bytes, starts: Places, ends: Places, hashes: Wide) -> None:
        """Note the letters of the words that were not met before."""
        fresh = _apart(np.sort(hashes))
        fresh = fresh[~_among(fresh, self._known)]
        if not len(fresh):
            return
        table = np.zeros(1 << 16, bool)
        table[fresh >> _TOP] = True
        near = np.flatnonzero(table[hashes >> _TOP])
        found, index = np.unique(hashes[near], return_index=True)
        chosen = near[index[_among(found, fresh)]]
        pairs = zip(starts[chosen].tolist(), ends[chosen].tolist(), strict=True)
        self._words += [content[start:end] for start, end in pairs]
        self._words_hashes.append(fresh)
        self._known = np.sort(np.concatenate([self._known, fresh]))

    def spend(self) -> tuple[list[bytes], Numbers, Numbers]:
        """Return the words, the number of each in all texts, and the words in each text."""
        if not self._lengths:
            return [], np.zeros(0, np.uint32), np.zeros(0, np.uint32)
        hashes, self._hashes = self._hashes, np.empty(0, np.uint64)
        hashes.resize(self._count, refcheck=False)
        lengths = np.concatenate(self._lengths).astype(np.uint32)
        of_words = np.concatenate([self._known[:0], *self._words_hashes])
        return self._words, _numbers(hashes, of_words), lengths


def _hashed(content: bytes, starts: Places, sizes: Places) -> Wide:
    """Hash words, eight bytes at a time, most of them in one go."""
    loads = np.ndarray((len(content) - _WORD,), _LOADED, content, 0, (1,))
    found = loads[starts] & _MASKS[np.minimum(sizes, _WORD)]
    _mix(found)
    longer, at = np.flatnonzero(sizes > _WORD), _WORD
    while len(longer):
        left = sizes[longer] - at
        part = loads[starts[longer] + at] & _MASKS[np.minimum(left, _WORD)]
        part *= _KEYS[2]
        part += found[longer]
        _mix(part)
        found[longer] = part
        longer = longer[left > _WORD]
        at += _WORD
    return found


def _mix(numbers: Wide) -> None:
    """Spread every bit over all others; different numbers stay different."""
    for key, fold in zip(_KEYS, _FOLDS, strict=False):
        numbers *= key
        numbers ^= numbers >> fold


def _apart(ascending: Wide) -> Wide:
    """Return each number once."""
    first = np.ones(len(ascending), bool)
    np.not_equal(ascending[1:], ascending[:-1], out=first[1:])
    return ascending[first]


def _among(numbers: Wide, ascending: Wide) -> Mask:
    """Tell which numbers are among others."""
    if not len(ascending):
        return np.zeros(len(numbers), bool)
    at = np.searchsorted(ascending, numbers)
    found: Mask = ascending[np.minimum(at, len(ascending) - 1)] == numbers
    return found


def _numbers(hashes: Wide, of_words: Wide) -> Numbers:
    """Return for each hash which of the words it is of.

    One sort of the upper bits of the hashes with their places brings equal words together.
    """
    bits = np.uint64(len(hashes).bit_length())
    while len(_apart(np.sort(of_words >> bits))) < len(of_words):
        _mix(hashes)
        _mix(of_words)
    order = np.argsort(of_words >> bits).astype(np.uint32)
    keys = hashes
    keys >>= bits
    keys <<= bits
    for start in range(0, len(keys), _STRETCH):
        part = keys[start : start + _STRETCH]
        part |= np.arange(start, start + len(part), dtype=np.uint64)
    keys.sort()
    return _spread(keys, bits, order)


def _spread(keys: Wide, bits: np.uint64, order: Numbers) -> Numbers:
    """Take the places out of sorted keys: at each goes the number of its word."""
    found = np.empty(len(keys), np.uint32)
    mask = (np.uint64(1) << bits) - np.uint64(1)
    before, word = np.uint64(0), -1
    for start in range(0, len(keys), _STRETCH):
        part = keys[start : start + _STRETCH]
        upper = part >> bits
        first = np.ones(len(part), np.int64)
        first[1:] = upper[1:] != upper[:-1]
        first[0] = word < 0 or upper[0] != before
        np.cumsum(first, out=first)
        first += word
        found[(part & mask).view(np.int64)] = order[first]
        before, word = upper[-1], int(first[-1])
    return found
