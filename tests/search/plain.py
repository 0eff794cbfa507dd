"""The meaning of a query, said as plainly as it can be: a scan of the texts, word by word.

Nothing here is shared with the index but the definition of a word and Snowball's stemmers.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from typing import TYPE_CHECKING

import Stemmer

from archivist.model.dates import interval_of
from archivist.model.fields import BY_NAME, Kind
from archivist.model.query import (
    And,
    Dated,
    Everything,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Value,
    Word,
)
from archivist.model.words import Span, spans_of, words_of
from archivist.search.words import algorithm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from archivist.search import Entry

STEMMERS = {name: Stemmer.Stemmer(name) for name in Stemmer.algorithms()}


def stem(language: str, word: str) -> str:
    found: str = STEMMERS[algorithm(language)].stemWord(word)
    return found


def language_of(entry: Entry) -> str:
    return next(iter(entry.values.get("lang", ())), entry.language)


def tests_of(node: Word | Phrase | Prefix, language: str) -> list[Callable[[str], bool]]:
    """One test for each word that must follow the one before."""
    words = words_of(node.text)
    if isinstance(node, Word) and len(words) == 1:
        wanted = stem(language, words[0])
        return [lambda word: stem(language, word) == wanted]
    tests: list[Callable[[str], bool]] = [exact.__eq__ for exact in words]
    if isinstance(node, Prefix) and words:
        tests[-1] = lambda word: word.startswith(words[-1])
    return tests


def runs(words: Sequence[str], tests: Sequence[Callable[[str], bool]]) -> list[int]:
    """Where the tests hold one after the other."""
    if not tests:
        return []
    return [
        first
        for first in range(len(words) - len(tests) + 1)
        if all(test(words[first + step]) for step, test in enumerate(tests))
    ]


def fields_of(node: Word | Phrase | Prefix) -> tuple[str, ...]:
    return (node.field,) if node.field else ("text", "title")


def text_of(entry: Entry, field: str) -> str:
    return entry.title if field == "title" else entry.text


def matches(node: Node, entry: Entry) -> bool:
    match node:
        case Everything():
            return True
        case And(parts):
            return all(matches(part, entry) for part in parts)
        case Or(parts):
            return any(matches(part, entry) for part in parts)
        case Not(part):
            return not matches(part, entry)
        case Value(field, value, prefix):
            return has_value(entry, field, value, prefix=prefix)
        case Dated(field, asked):
            day = interval_of(entry.dates.get(field, "")[:10])
            return day is not None and day.overlaps(asked.interval)
        case Word() | Phrase() | Prefix():
            tests = tests_of(node, language_of(entry))
            return any(runs(words_of(text_of(entry, name)), tests) for name in fields_of(node))


def has_value(entry: Entry, field: str, value: str, *, prefix: bool) -> bool:
    if field == "year":
        day = interval_of(entry.dates.get("date", ""))
        return day is not None and str(interval_year(day.first)) == value
    values = entry.values.get(field, ())
    if field == "lang":
        values = values or ((entry.language,) if entry.language else ())
    known = BY_NAME.get(field)
    if known is not None and known.kind is Kind.CODE:
        codes = [code.casefold() for code in values]
        wanted = value.casefold()
        return any(code.startswith(wanted) if prefix else code == wanted for code in codes)
    tests = tests_of(Prefix(value) if prefix else Phrase(value), "")
    return any(runs(words_of(each), tests) for each in values)


def interval_year(day: int) -> int:
    return dt.date.fromordinal(day).year


def found(node: Node, entries: Iterable[Entry]) -> list[int]:
    return sorted(entry.key for entry in entries if matches(node, entry))


def facet(field: str, entries: Iterable[Entry]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for entry in entries:
        if field == "year":
            day = interval_of(entry.dates.get("date", ""))
            counts.update([str(interval_year(day.first))] if day else [])
        else:
            counts.update(set(entry.values.get(field, ())))
    return counts


def marks(node: Node, text: str, field: str, language: str) -> list[tuple[int, int]]:
    """Every hit of a text, joined where they overlap."""
    spans = list(spans_of(text))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(_marks(node, spans, field, language)):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _marks(
    node: Node, spans: Sequence[Span], field: str, language: str
) -> Iterable[tuple[int, int]]:
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from _marks(part, spans, field, language)
    elif isinstance(node, Word | Phrase | Prefix) and field in fields_of(node):
        tests = tests_of(node, language)
        for first in runs([span.word for span in spans], tests):
            yield spans[first].start, spans[first + len(tests) - 1].end


WEIGHTS = {"text": 1.0, "title": 2.0}
K1, B = 1.2, 0.75


def scores(node: Node, segments: Sequence[Sequence[Entry]]) -> dict[int, float]:
    """BM25F of every document, the deleted ones too, as a plain sum."""
    every = [entry for segment in segments for entry in segment]
    lengths = {
        name: sum(len(words_of(text_of(entry, name))) for entry in every) / len(every)
        for name in WEIGHTS
    }
    return {entry.key: _score(node, entry, segments, lengths) for entry in every}


def _score(
    node: Node, entry: Entry, segments: Sequence[Sequence[Entry]], lengths: dict[str, float]
) -> float:
    if isinstance(node, And | Or):
        return sum(_score(part, entry, segments, lengths) for part in node.parts)
    if not isinstance(node, Word | Phrase | Prefix):
        return 0.0
    counted = 0.0
    for name in fields_of(node):
        words = words_of(text_of(entry, name))
        hits = len(runs(words, tests_of(node, language_of(entry))))
        norm = 1 - B + B * len(words) / max(lengths[name], 1e-9)
        counted += WEIGHTS[name] * hits / norm
    if isinstance(node, Prefix) and len(words_of(node.text)) == 1:
        counted = 1.0 if counted else 0.0
    if not counted:
        return 0.0
    return _idf(node, segments) * (K1 + 1) * counted / (counted + K1)


def _idf(node: Word | Phrase | Prefix, segments: Sequence[Sequence[Entry]]) -> float:
    total = sum(map(len, segments))
    words = words_of(node.text)
    slots: list[Node] = [Phrase(word, node.field) for word in words]
    if isinstance(node, Word) and len(words) == 1:
        slots = [node]
    elif isinstance(node, Prefix):
        slots[-1] = Prefix(words[-1], node.field)
    idf = 0.0
    for slot in slots:
        having = sum(_having(slot, segment) for segment in segments)
        idf += math.log(1 + (total - having + 0.5) / (having + 0.5))
    return idf


def _having(slot: Node, segment: Sequence[Entry]) -> int:
    """At most how many documents have a slot: its forms are counted one by one."""
    assert isinstance(slot, Word | Phrase | Prefix)
    most = 0
    spoken = {language_of(entry) for entry in segment}
    for name in fields_of(slot):
        forms: Counter[str] = Counter()
        for entry in segment:
            forms.update(set(words_of(text_of(entry, name))))
        tests = [tests_of(slot, language)[0] for language in spoken]
        most = max(most, sum(n for word, n in forms.items() if any(t(word) for t in tests)))
    return min(len(segment), most)
