"""What a word is: a maximal run of letters and digits, case- and accent-folded.

One definition for the index, queries, excerpts, marks and duplicates. A combining mark belongs to
the letter before it; accents, Arabic vowel signs and Hebrew points are folded away, the vowel signs
of Indic scripts are kept, because words differ by them.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_RUN = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}]*")
_DROPPED = regex.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    r"\u06d6-\u06ed]|[^\p{L}\p{N}\p{M}]"
)
_LEADING_MARKS = regex.compile(r"^\p{M}+")
_ASCII_RUN = re.compile(r"[0-9A-Za-z]+")
# Outside ASCII, only signs that can be no part of a word: such texts need no Unicode tables.
_SIGNS = (
    r"\xa0-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7"
    r"\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u23ff\u2500-\u2775\ufeff"
)
_NOT_PLAIN = re.compile(rf"[^\x00-\x7f{_SIGNS}]")
_UNTIL_SIGN = re.compile(rf"[^\x00-\x2f:-@\[-`{{-\x7f{_SIGNS}]*")
_SAMPLE = 400
_MOSTLY = 20
_TO_SPACES = bytes(
    code if code < 128 and chr(code).isalnum() else 32  # noqa: PLR2004 - the end of ASCII
    for code in range(256)
)
_TO_CHUNKS = bytes(_TO_SPACES[:128].lower() + bytes(range(128, 256)))


class Span(NamedTuple):
    """A word where it stands in a text: `text[start:end]` folds to `word`."""

    word: str
    start: int
    end: int


def fold(word: str) -> str:
    """Fold case and accents of one word; the result holds letters, digits and kept marks only."""
    if word.isascii():
        return word.lower()
    return _fold_wide(word)


@functools.lru_cache(maxsize=65536)
def _fold_wide(word: str) -> str:
    kept = _DROPPED.sub("", unicodedata.normalize("NFKD", word).casefold())
    return _LEADING_MARKS.sub("", kept)


def is_plain(text: str) -> bool:
    """Whether every word of the text is written in ASCII: then folding is lower case."""
    return text.isascii() or _NOT_PLAIN.search(text) is None


def words_of(text: str) -> list[str]:
    """Return the words of a text in order, folded."""
    if not is_plain(text):
        if len(_NOT_PLAIN.findall(text, 0, _SAMPLE)) > _MOSTLY:
            return _wide_words(text)
        plainer = _plainer(text)
        if not is_plain(plainer):
            return _wide_words(text)
        text = plainer
    signs = text.lower().encode("ascii", "replace")
    return signs.translate(_TO_SPACES).decode("ascii").split()


def _plainer(text: str) -> str:
    """Fold the words that are not written in ASCII, and leave the others."""
    pieces, at = [], 0
    for match in _NOT_PLAIN.finditer(text):
        start = match.start()
        if start >= at:
            while start > at and text[start - 1].isascii() and text[start - 1].isalnum():
                start -= 1
            end = _UNTIL_SIGN.match(text, match.end()).end()  # type: ignore[union-attr] # always
            pieces += [text[at:start], _fold_chunk(text[start:end])]
            at = end
    pieces.append(text[at:])
    return "".join(pieces)


def _wide_words(text: str) -> list[str]:
    chunks = text.encode("utf-8", "replace").translate(_TO_CHUNKS).decode().split()
    return " ".join([each if each.isascii() else _fold_chunk(each) for each in chunks]).split()


@functools.lru_cache(maxsize=65536)
def _fold_chunk(chunk: str) -> str:
    """Return the words of a piece between two separators, folded, joined by spaces."""
    return " ".join(filter(None, map(fold, _RUN.findall(chunk))))


def spans_of(text: str) -> Iterator[Span]:
    """Yield the words of a text in order with their places, in characters."""
    if is_plain(text):
        for match in _ASCII_RUN.finditer(text):
            yield Span(match.group().lower(), match.start(), match.end())
        return
    for run in _RUN.finditer(text):
        if word := fold(run.group()):
            yield Span(word, run.start(), run.end())
