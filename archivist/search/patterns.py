"""Words of a field by their spelling: those of a pattern, and those near a word.

Both look at words as they are written, folded. Patterns are matched on the lexicon's bytes as they
lie in the file, words near another are chosen by their letters before they are compared.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import numpy as np

from archivist.search.arrays import distinct
from archivist.search.lexicon import letter_bits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.search.arrays import Bytes, Mask, Places
    from archivist.search.segment import PackedField

MOST_FORMS = 8_192
"""How many words of a field of a segment count for a pattern at most, the commonest ones.

Among 25,000 records of 52,000 different words, `*s` has 8,889 and `*tion` 1,035. Fewer would cut
what is asked for with sense, more cost time where nothing is gained: the rest of `*a*` makes up two
hundredths of its occurrences.
"""
_WILD = re.compile(r"[?*]+")
_ONE_LETTER = rb"(?:[\x00-\x09\x0b-\x7f]|[\xc0-\xff][\x80-\xbf]+)"
_ANY_LETTERS = rb"[^\n]*"
_SEARCHED = 2
"""Letters that a pattern must say in one piece for that piece to be looked for first."""


def wild(packed: PackedField, pattern: str) -> Places:
    """Return all terms of a pattern, ascending.

    Args:
        packed: the field.
        pattern: folded; `?` stands for one letter, `*` for any number of them.
    """
    pieces = _WILD.split(pattern)
    low, high = packed.beginning(pieces[0]) if pieces[0] else (0, packed.terms_count)
    if high <= low:
        return np.zeros(0, np.int64)
    needle = max(pieces, key=len)
    if needle == pieces[0] or len(needle) < _SEARCHED:
        return _scanned(packed, pattern, low, high)
    return _searched(packed, pattern, needle, low, high)


def _scanned(packed: PackedField, pattern: str, low: int, high: int) -> Places:
    """Match every word of a range."""
    begin, lexicon = packed.lexicon(low, high)
    matches = re.compile(rb"^" + _regex(pattern) + rb"\n", re.MULTILINE).finditer(lexicon)
    starts = np.fromiter((match.start() for match in matches), np.int64)
    return packed.terms_around(starts + begin)


def _searched(packed: PackedField, pattern: str, needle: str, low: int, high: int) -> Places:
    """Look for a piece of the pattern among the words of a range, and match those that have it."""
    begin, lexicon = packed.lexicon(low, high)
    closed = b"\n" if pattern.endswith(needle) else b""
    starts = _occurrences(needle.encode() + closed, lexicon)
    terms = distinct(packed.terms_around(starts + begin))
    if pattern in (f"*{needle}", f"*{needle}*"):
        return terms
    is_match = re.compile(_regex(pattern)).fullmatch
    matching = [term for term in terms.tolist() if is_match(packed.term_bytes(term))]
    return np.array(matching, np.int64)


def _occurrences(needle: bytes, lexicon: bytes) -> Places:
    matches = re.finditer(re.escape(needle), lexicon)
    return np.fromiter((match.start() for match in matches), np.int64)


def _regex(pattern: str) -> bytes:
    """Return the regular expression, on UTF-8, of a pattern."""
    signs = {"?": _ONE_LETTER, "*": _ANY_LETTERS}
    return b"".join(signs.get(sign) or re.escape(sign.encode()) for sign in pattern)


def spelled(packed: PackedField, word: str, distance: int) -> Places:
    """Return all terms within a distance of a word, ascending.

    Args:
        packed: the field.
        word: folded.
        distance: letters that may be changed, added, left out or exchanged with the next ("optimal
            string alignment": no letter is touched twice).
    """
    terms, _distances = near(packed, word, distance)
    return terms


def near(packed: PackedField, word: str, distance: int) -> tuple[Places, Bytes]:
    """Return all terms within a distance of a word, ascending, and the distance of each."""
    candidates = np.flatnonzero(_may_be_near(packed, word, distance))
    if not word or not len(candidates):
        return np.zeros(0, np.int64), np.zeros(0, np.uint8)
    words = [packed.word(term) for term in candidates.tolist()]
    found = distances(words, word, distance)
    close = found <= distance
    return candidates[close], found[close]


def distances(words: Sequence[str], word: str, most: int) -> Bytes:
    """Return the distance of each word from one; above `most`, any greater number."""
    from rapidfuzz import process  # noqa: PLC0415 - 7 ms, needed by few queries
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - see above

    table = process.cdist([word], words, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)
    found: Bytes = table[0]
    return found


def _may_be_near(packed: PackedField, word: str, distance: int) -> Mask:
    """Tell which terms have as many letters, and the same ones, but for the distance."""
    letters, sizes = packed.letters
    own = np.bitwise_or.reduce(letter_bits(np.frombuffer(word.encode("utf-32-le"), np.uint32)))
    close: Mask = np.bitwise_count(letters & ~own) <= distance
    close &= np.bitwise_count(~letters & own) <= distance
    close &= np.abs(sizes - len(word)) <= distance
    return close


def commonest(packed: PackedField, terms: Places, most: int = MOST_FORMS) -> Places:
    """Return those of some ascending terms that stand most often, ascending; all where few."""
    if len(terms) <= most:
        return terms
    often = packed.collected[terms].astype(np.int64)
    return terms[np.sort(np.argsort(-often, kind="stable")[:most])]


@functools.lru_cache(maxsize=256)
def matcher(pattern: str) -> re.Pattern[str]:
    """Return the regular expression, on folded words, of a pattern."""
    signs = {"?": ".", "*": ".*"}
    return re.compile("".join(signs.get(sign) or re.escape(sign) for sign in pattern), re.DOTALL)
