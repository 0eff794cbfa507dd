"""A careful reader with a pencil: plain looking through raw texts, without Archivist's code.

Regular expressions over the texts as the file gives them, lower case and without accents. Forms of
a word are those that the question lists; a sentence ends at a stop, a question or an exclamation
mark before a capital or a digit, and knows no abbreviations; a paragraph ends at a blank line.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeAlias

_WORD = re.compile(r"[^\W_]+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_SENTENCE = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][”\"’')]))\s+(?=[“\"‘(\[]?[A-Z0-9])")


@dataclass(frozen=True)
class Row:
    """A record of the file, as given."""

    id: str
    title: str
    body: str
    date: str
    doctype: str
    people: str

    @cached_property
    def texts(self) -> tuple[str, str]:
        """Title and body, folded."""
        return folded(self.title), folded(self.body)


Scan: TypeAlias = Callable[[Row], bool]


def folded(text: str) -> str:
    """Return a text in lower case and without accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.casefold().replace("й", "\0"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).replace("\0", "й")


def whole(pattern: str) -> re.Pattern[str]:
    """Return a pattern that matches whole words only; a blank in it is anything between words."""
    apart = pattern.replace(" ", r"[\W_]+")
    return re.compile(rf"(?<![^\W_])(?:{apart})(?![^\W_])")


def count(row: Row, pattern: re.Pattern[str]) -> int:
    """Return in how many places of title and text something stands."""
    return sum(len(pattern.findall(text)) for text in row.texts)


def has(pattern: str | re.Pattern[str], least: int = 1) -> Scan:
    """Something stands in the title, or in the text, so often at least."""
    sought = whole(pattern) if isinstance(pattern, str) else pattern
    return lambda row: any(len(sought.findall(text)) >= least for text in row.texts)


def every(*scans: Scan) -> Scan:
    """All of these hold."""
    return lambda row: all(scan(row) for scan in scans)


def dated(first: str, last: str) -> Scan:
    """The date lies between two years."""
    return lambda row: first <= row.date[:4] <= last


def kind(doctype: str, *, other: bool = False) -> Scan:
    """The document is, or is not, of a type."""
    return lambda row: (row.doctype == doctype) != other


def names(person: str) -> Scan:
    """The editors say that a person is named."""
    return lambda row: person in row.people


def in_one(pieces: Callable[[str], Iterator[str]], *patterns: str) -> Scan:
    """All patterns stand in one piece."""
    sought = [whole(pattern) for pattern in patterns]

    def scan(row: Row) -> bool:
        if not all(any(map(each.search, row.texts)) for each in sought):
            return False
        several = itertools.chain([row.title], pieces(row.body))
        return any(all(each.search(piece) for each in sought) for piece in map(folded, several))

    return scan


def paragraphs(body: str) -> Iterator[str]:
    """Yield the paragraphs of a text; its lines, where there is no blank line."""
    yield from _BLANK_LINE.split(body) if _BLANK_LINE.search(body.strip()) else body.split("\n")


def sentences(body: str) -> Iterator[str]:
    """Yield the sentences of a text."""
    for paragraph in paragraphs(body):
        yield from _SENTENCE.split(paragraph)


def near(word: str, phrase: str, distance: int) -> Scan:
    """A word stands at most so many words before or behind a phrase."""
    sought, run, there = re.compile(word), phrase.split(), whole(phrase)

    def found(text: str) -> bool:
        words = _WORD.findall(text)
        starts = [n for n in range(len(words)) if words[n : n + len(run)] == run]
        around = (
            words[max(0, start - distance) : start]
            + words[start + len(run) : start + len(run) + distance]
            for start in starts
        )
        return any(any(map(sought.fullmatch, several)) for several in around)

    return lambda row: any(found(text) for text in row.texts if there.search(text))


def spelled(word: str, most: int) -> Scan:
    """A word is spelled nearly so: letters changed, added, left out, exchanged with the next."""

    @cache
    def close(other: str) -> bool:
        return _apart(word, other) <= most

    lengths = range(len(word) - most, len(word) + most + 1)
    return lambda row: any(
        close(other)
        for text in row.texts
        for other in set(_WORD.findall(text))
        if len(other) in lengths
    )


def _apart(one: str, other: str) -> int:
    """Return the restricted Damerau-Levenshtein distance of two words, by its definition."""
    before, now = [0], list(range(len(other) + 1))
    for n, letter in enumerate(one, 1):
        last, before, now = before, now, [n]
        for m, sign in enumerate(other, 1):
            steps = [before[m] + 1, now[m - 1] + 1, before[m - 1] + (letter != sign)]
            if n > 1 and m > 1 and letter == other[m - 2] and one[n - 2] == sign:
                steps.append(last[m - 2] + 1)
            now.append(min(steps))
    return now[-1]
