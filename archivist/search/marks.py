"""Where the hits of a query stand in a text, to be marked.

A marker holds the words that count, found once among the words of the index; it can be sent to
another process. Texts are searched as they are written: where every letter folds to one letter the
folded text has the same places, and finding is left to `str.find`; other texts go word by word.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from os.path import commonpath
from typing import TYPE_CHECKING

from archivist.model.query import And, Node, Or, Phrase, Prefix, Word
from archivist.model.words import Span, fold, is_plain, spans_of
from archivist.search.slots import Begun, Stemmed, Written, fields_of, run_of
from archivist.search.types import TEXT
from archivist.search.words import UNKNOWN, algorithm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archivist.search.parts import Part
    from archivist.search.slots import Slot

_WORD = re.compile(r"[^\W_]+")
_WIDE = re.compile(r"[^\x00-\x7f]")
_GAP = r"[\W_]+"
_LEAST_SHARED = 3


@dataclass(frozen=True)
class Forms:
    """Any of these words counts, by the language of the text.

    Attributes:
        words: pairs of a stemmer and words.
    """

    words: frozenset[tuple[str, frozenset[str]]]

    def among(self, language: str) -> frozenset[str]:
        """Return the words that count in texts of a language."""
        return self._by_stemmer.get(algorithm(language), self._by_stemmer[UNKNOWN])

    @functools.cached_property
    def _by_stemmer(self) -> dict[str, frozenset[str]]:
        return dict(self.words)


@dataclass(frozen=True)
class Pattern:
    """One thing that a query looks for.

    Attributes:
        fields: where it counts.
        slots: what must follow each other; forms stand alone.
    """

    fields: tuple[str, ...]
    slots: tuple[Forms | Written | Begun, ...]

    def places(self, folded: str, language: str) -> Iterator[tuple[int, int]]:
        """Yield the hits in a text whose folding kept every place."""
        alone = self.slots[0]
        if isinstance(alone, Forms):
            return _among(folded, alone.among(language))
        return _matches(folded, self._needle, self._regex)

    @functools.cached_property
    def _needle(self) -> str:
        first = self.slots[0]
        return first.beginning if isinstance(first, Begun) else _written(first)

    @functools.cached_property
    def _regex(self) -> re.Pattern[str]:
        parts = [
            re.escape(slot.beginning) + r"[^\W_]*"
            if isinstance(slot, Begun)
            else re.escape(_written(slot))
            for slot in self.slots
        ]
        return re.compile(_GAP.join(parts) + r"(?![^\W_])")

    def spans(self, words: Sequence[Span], language: str) -> Iterator[tuple[int, int]]:
        """Yield the hits in a text, given its words."""
        tests = [functools.partial(_counts, slot, language) for slot in self.slots]
        for first in range(len(words) - len(tests) + 1):
            if all(test(words[first + step].word) for step, test in enumerate(tests)):
                yield words[first].start, words[first + len(tests) - 1].end


def _written(slot: Forms | Written | Begun) -> str:
    return slot.word if isinstance(slot, Written) else ""


def _counts(slot: Forms | Written | Begun, language: str, word: str) -> bool:
    if isinstance(slot, Forms):
        return word in slot.among(language)
    if isinstance(slot, Begun):
        return word.startswith(slot.beginning)
    return word == slot.word


@dataclass(frozen=True)
class Marker:
    """Finds the hits of one query in texts; can be pickled."""

    patterns: tuple[Pattern, ...]

    def spans(self, text: str, field: str = TEXT, language: str = "") -> list[tuple[int, int]]:
        """Return every hit as (start, end) in characters, ascending and disjoint.

        A phrase is one hit. Hits that overlap are joined.
        """
        chosen = [pattern for pattern in self.patterns if field in pattern.fields]
        if not chosen:
            return []
        folded = folded_in_place(text)
        if folded is None:
            words = list(spans_of(text))
            found = [hit for pattern in chosen for hit in pattern.spans(words, language)]
        else:
            found = [hit for pattern in chosen for hit in pattern.places(folded, language)]
        return _joined(sorted(found))

    def __bool__(self) -> bool:
        return bool(self.patterns)


def marker(node: Node, parts: Sequence[Part]) -> Marker:
    """Return what marks the hits of a query; what it leaves out is not marked."""
    return Marker(tuple(dict.fromkeys(_patterns(node, parts))))


def _patterns(node: Node, parts: Sequence[Part]) -> Iterator[Pattern]:
    if isinstance(node, And | Or):
        for inner in node.parts:
            yield from _patterns(inner, parts)
    elif isinstance(node, Word | Phrase | Prefix) and (run := run_of(node)):
        names = fields_of(node)
        slots = [_resolved(slot, names, parts) for slot in run]
        known = tuple(slot for slot in slots if isinstance(slot, Forms | Written | Begun))
        if len(known) == len(slots):
            yield Pattern(names, known)


def _resolved(slot: Slot, names: Sequence[str], parts: Sequence[Part]) -> Forms | Slot:
    if not isinstance(slot, Stemmed):
        return slot
    found: dict[str, set[str]] = {UNKNOWN: {slot.word}}
    for part in parts:
        for language in part.spoken:
            words = found.setdefault(language, {slot.word})
            for name in names:
                terms = part.loaded.forms[name].find(language, slot.word)
                words.update(map(part.fields[name].word, terms))
    return Forms(frozenset((language, frozenset(words)) for language, words in found.items()))


def folded_in_place(text: str) -> str | None:
    """Return the text folded letter by letter, or None where folding would move places."""
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
    folded = fold(sign)
    if len(folded) == 1 and folded.isalnum() and folded.lower() == folded:
        return folded
    separates = [span.word for span in spans_of(f"a{sign}a")] == ["a", "a"]
    return sign if separates and sign.lower() == sign else None


def _among(folded: str, forms: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of whole words out of some."""
    shared = commonpath(sorted(forms))
    needles = [shared] if len(shared) >= _LEAST_SHARED else sorted(forms)
    for needle in needles:
        start = folded.find(needle)
        while start >= 0:
            end = start + len(needle)
            if not start or not folded[start - 1].isalnum():
                match = _WORD.match(folded, start)
                if match is not None:
                    end = match.end()
                    if match.group() in forms and (len(needles) == 1 or match.group() == needle):
                        yield start, end
            start = folded.find(needle, end)


def _matches(folded: str, needle: str, regex: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of a pattern, given how it begins; they may overlap."""
    start = folded.find(needle)
    while start >= 0:
        if not start or not folded[start - 1].isalnum():
            match = regex.match(folded, start)
            if match is not None:
                yield start, match.end()
        start = folded.find(needle, start + len(needle))


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
