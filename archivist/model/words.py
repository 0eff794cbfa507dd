"""What a word is: a maximal run of letters and digits, case- and accent-folded.

One definition for the index, queries, excerpts, marks and duplicates. A combining mark belongs to
the letter before it; accents, Arabic vowel signs and Hebrew points are folded away, the vowel signs
of Indic scripts are kept, because words differ by them.
"""

from __future__ import annotations

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


class Span(NamedTuple):
    """A word where it stands in a text: `text[start:end]` folds to `word`."""

    word: str
    start: int
    end: int


def fold(word: str) -> str:
    """Fold case and accents of one word; the result holds letters, digits and kept marks only."""
    if word.isascii():
        return word.lower()
    return _DROPPED.sub("", unicodedata.normalize("NFKD", word).casefold())


def words_of(text: str) -> list[str]:
    """Return the words of a text in order, folded."""
    runs = _RUN.findall(text)
    if text.isascii():
        return [run.lower() for run in runs]
    return [word for run in runs if (word := fold(run))]


def spans_of(text: str) -> Iterator[Span]:
    """Yield the words of a text in order with their places, in characters."""
    for match in _RUN.finditer(text):
        if word := fold(match.group()):
            yield Span(word, match.start(), match.end())
