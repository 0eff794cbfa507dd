"""One text in which a marker looks for words that follow each other.

Where every letter folds to one letter, the folded text has the same places, and finding is left to
`str.find` and regular expressions; other texts go word by word.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from archivist.model.sentences import paragraph_starts, sentence_starts
from archivist.model.words import BOUND, fold, is_plain, spans_of, terms_of, words_of
from archivist.search.patterns import matcher
from archivist.search.slots import Any, Begun, Wild, Written
from archivist.search.types import TEXT
from archivist.search.words import UNKNOWN, algorithm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Stretch: TypeAlias = tuple[int, int]
"""First and last word of something, by number; or its start and end in characters."""

_WORD = re.compile(r"[^\W_]+")
_WIDE = re.compile(r"[^\x00-\x7f]")
_LITERAL = re.compile(r"[^?*]+")
_GAP = r"[\W_]+"
_JOINERS = "\u200c\u200d"
"""Signs that are part of a word in some scripts, and stand between words in others."""
_LEAST_SHARED = 3
_MANY = 40
"""From so many words on, each word of a text is looked up among them."""


@dataclass(frozen=True)
class Forms:
    """Any of these words counts, by the language of the text.

    Attributes:
        words: pairs of a stemmer and words; those of the default stemmer count in other languages.
    """

    words: frozenset[tuple[str, frozenset[str]]]

    def among(self, language: str) -> frozenset[str]:
        """Return the words that count in texts of a language."""
        return self._by_stemmer.get(algorithm(language), self._by_stemmer[UNKNOWN])

    @functools.cached_property
    def _by_stemmer(self) -> dict[str, frozenset[str]]:
        return dict(self.words)


Filling: TypeAlias = Forms | Written | Begun | Any | Wild
"""What fills a slot, once the words near another in spelling have been looked up."""


@dataclass(frozen=True)
class Pattern:
    """One thing that a query looks for: slots that follow each other.

    Attributes:
        fields: where it counts.
        slots: what follows each other.
        width: how many words of a text it spans.
    """

    fields: tuple[str, ...]
    slots: tuple[Filling, ...]
    width: int

    def in_letters(self, folded: str, language: str) -> Iterator[Stretch]:
        """Yield the hits in a text whose folding kept every place; they may overlap."""
        alone = self.slots[0]
        if len(self.slots) == 1 and isinstance(alone, Forms):
            return _among(folded, alone.among(language))
        return _matches(folded, self._needle, self._regex(language))

    @functools.cached_property
    def _needle(self) -> str:
        """The letters with which every hit begins."""
        match self.slots[0]:
            case Written(word):
                return word
            case Begun(beginning):
                return beginning
            case Wild(text):
                literal = _LITERAL.match(text)
                return literal.group() if literal else ""
            case _:
                return ""

    def _regex(self, language: str) -> re.Pattern[str]:
        parts = [_letters(slot, language) for slot in self.slots]
        return _compiled(_GAP.join(parts) + r"(?![^\W_])")

    def in_words(self, words: Sequence[str], language: str) -> Iterator[Stretch]:
        """Yield the hits in a text, given its terms, as numbers of words."""
        tests = [functools.partial(_counts, slot, language) for slot in self.slots[1:]]
        most = len(words) - max(len(self.slots), self.width)
        for first in _filled(words, self.slots[0], language):
            if first > most:
                return
            if all(test(words[first + step]) for step, test in enumerate(tests, 1)):
                yield first, first + self.width - 1

    @functools.cached_property
    def row(self) -> str:
        """The letters of the hits where these are a row in a script without blanks; else empty."""
        terms = [slot.word for slot in self.slots if isinstance(slot, Written)]
        row = terms[0] + "".join(term[1:] for term in terms[1:]) if terms else ""
        solid = len(terms) == len(self.slots) and len(words_of(row)) == len(row) == self.width
        return row if solid and self.width > 1 else ""


_compiled = functools.lru_cache(maxsize=256)(re.compile)


def _letters(slot: Filling, language: str) -> str:
    """Return the regular expression of a slot."""
    match slot:
        case Written(word):
            return re.escape(word)
        case Begun(beginning):
            return re.escape(beginning) + r"[^\W_]*"
        case Wild(text):
            signs = {"?": r"[^\W_]", "*": r"[^\W_]*"}
            return "".join(signs.get(sign) or re.escape(sign) for sign in text)
        case Any():
            return r"[^\W_]+"
        case Forms():
            words = sorted(slot.among(language), key=len, reverse=True)
            return f"(?:{'|'.join(map(re.escape, words))})"


def _filled(words: Sequence[str], slot: Filling, language: str) -> Iterator[int]:
    """Yield which words fill a slot."""
    if not isinstance(slot, Written):
        for number, word in enumerate(words):
            if _counts(slot, language, word):
                yield number
        return
    number = -1
    for _time in range(words.count(slot.word)):
        number = words.index(slot.word, number + 1)
        yield number


def _counts(slot: Filling, language: str, word: str) -> bool:
    match slot:
        case Written(wanted):
            return word == wanted
        case Begun(beginning):
            return word.startswith(beginning)
        case Wild(text):
            return matcher(text).fullmatch(word) is not None
        case Any():
            return True
        case Forms():
            return word in slot.among(language)


class Sought:
    """A text being searched.

    Attributes:
        text: as it stands.
        language: in which it is written.
    """

    def __init__(self, text: str, field: str, language: str) -> None:
        self.text = text
        self._field = field
        self.language = language
        self._folded = folded_in_place(text)
        self._located: dict[Stretch, Stretch] = {}

    def places(self, pattern: Pattern) -> list[Stretch]:
        """Return the hits of a pattern in characters; they may overlap."""
        if self._field not in pattern.fields:
            return []
        if self._folded is not None:
            return list(pattern.in_letters(self._folded, self.language))
        return [self.stretch(first, last) for first, last in self.words(pattern)]

    def words(self, pattern: Pattern) -> list[Stretch]:
        """Return the hits of a pattern as numbers of words, first and last."""
        if self._field not in pattern.fields:
            return []
        if self._folded is None:
            hits = list(pattern.in_words(self._terms, self.language))
            self._locate(pattern.row, hits)
            return hits
        starts = self._bounds[0]
        return [
            (bisect_left(starts, start), bisect_left(starts, end) - 1)
            for start, end in pattern.in_letters(self._folded, self.language)
        ]

    def _locate(self, row: str, hits: Sequence[Stretch]) -> None:
        """Note where hits stand that are rows of letters: there are as many such rows."""
        starts = list(_occurrences(self.text, row)) if row else []
        if len(starts) == len(hits):
            for (first, last), start in zip(hits, starts, strict=True):
                self._located[first, last] = (start, start + len(row))

    def stretch(self, first: int, last: int) -> Stretch:
        """Return where some words stand, in characters."""
        known = self._located.get((first, last))
        return (self._bounds[0][first], self._bounds[1][last]) if known is None else known

    def unit(self, unit: str, word: int) -> int:
        """Return the number of the sentence or paragraph of a word; a title is one."""
        if self._field != TEXT:
            return 0
        units = self._sentences if unit == "sentence" else self._paragraphs
        return bisect_right(units, self._bounds[0][word])

    @functools.cached_property
    def _bounds(self) -> tuple[list[int], list[int]]:
        """Where each word begins and ends, in characters."""
        if self._folded is None:
            places = [(span.start, span.end) for span in spans_of(self.text)]
        else:
            places = [match.span() for match in _WORD.finditer(self._folded)]
        return [start for start, _ in places], [end for _, end in places]

    @functools.cached_property
    def _terms(self) -> list[str]:
        return terms_of(self.text.replace(BOUND, " "))

    @functools.cached_property
    def _sentences(self) -> list[int]:
        return sentence_starts(self.text)

    @functools.cached_property
    def _paragraphs(self) -> list[int]:
        return paragraph_starts(self.text)


def folded_in_place(text: str) -> str | None:
    """Return the text folded letter by letter, or None where folding would move places.

    Also None where words are not what blanks and signs leave, as in Chinese.
    """
    if not is_plain(text):
        for sign in set(_WIDE.findall(text)):
            one = _one_letter(sign)
            if one is None:
                return None
            if one != sign:
                text = text.replace(sign, one)
    return text.lower()


@functools.lru_cache(maxsize=65536)
def _one_letter(sign: str) -> str | None:
    """Return the one letter that a sign folds to, the sign itself if it is no part of a word."""
    if is_plain(sign):
        return sign
    if sign in _JOINERS:
        return None
    folded = fold(sign)
    within = [span.word for span in spans_of(f"a{sign}a")]
    if len(folded) == 1 and folded.isalnum() and folded.lower() == folded:
        return folded if within == [f"a{folded}a"] else None
    return sign if within == ["a", "a"] and sign.lower() == sign else None


def _among(folded: str, forms: frozenset[str]) -> Iterator[Stretch]:
    """Yield the places of whole words out of some."""
    shared = _beginning(min(forms), max(forms))
    if len(shared) >= _LEAST_SHARED or len(forms) == 1:
        yield from _begun(folded, shared, forms)
    elif len(forms) > _MANY:
        for match in _WORD.finditer(folded):
            if match.group() in forms:
                yield match.span()
    else:
        for form in forms:
            yield from _begun(folded, form, frozenset((form,)))


def _beginning(one: str, other: str) -> str:
    """Return how two words begin alike."""
    size = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    return one[:size] if size is not None else min(one, other, key=len)


def _begun(folded: str, needle: str, forms: frozenset[str]) -> Iterator[Stretch]:
    """Yield the places of whole words out of some that begin in the same way."""
    start = folded.find(needle)
    while start >= 0:
        end = start + len(needle)
        if not start or not folded[start - 1].isalnum():
            match = _WORD.match(folded, start)
            if match is not None:
                end = match.end()
                if match.group() in forms:
                    yield start, end
        start = folded.find(needle, end)


def _matches(folded: str, needle: str, regex: re.Pattern[str]) -> Iterator[Stretch]:
    """Yield the places of a pattern, given how it begins; they may overlap."""
    for start in _beginnings(folded, needle):
        match = regex.match(folded, start)
        if match is not None:
            yield start, match.end()


def _occurrences(text: str, row: str) -> Iterator[int]:
    start = text.find(row)
    while start >= 0:
        yield start
        start = text.find(row, start + 1)


def _beginnings(folded: str, needle: str) -> Iterator[int]:
    """Yield where words begin with these letters."""
    if not needle:
        for match in _WORD.finditer(folded):
            yield match.start()
        return
    start = folded.find(needle)
    while start >= 0:
        if not start or not folded[start - 1].isalnum():
            yield start
        start = folded.find(needle, start + len(needle))
