"""The meaning of a query, said as plainly as it can be: a scan of the texts, word by word.

Nothing here is shared with the index but the definitions of a word and of a sentence, and the
stemmers of Snowball.
"""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from archivist.model.dates import Interval, interval_of
from archivist.model.fields import BY_NAME, Kind
from archivist.model.query import (
    And,
    AtLeast,
    Dated,
    Everything,
    Fuzzy,
    Leaf,
    Like,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Value,
    Wildcard,
    Within,
    Word,
)
from archivist.model.sentences import paragraph_starts, sentence_starts
from archivist.model.words import asked_terms, fold, spans_of, terms_of, words_of
from archivist.search import Entry
from archivist.search.words import Stems, algorithm

STEMS = Stems()
Test: TypeAlias = Callable[[str], bool]
Place: TypeAlias = tuple[int, int]
"""First and last word of what was found, as numbers of the words of a text."""


@functools.lru_cache(maxsize=200_000)
def stem(language: str, word: str) -> str:
    return STEMS.stem(algorithm(language), word)


@functools.lru_cache(maxsize=200_000)
@functools.lru_cache(maxsize=500_000)
def is_form(language: str, asked: str, word: str) -> bool:
    return STEMS.same(algorithm(language), asked, word)


def language_of(entry: Entry) -> str:
    return next(iter(entry.values.get("lang", ())), entry.language)


@dataclass
class Text:
    """A text read: its terms, where each stands, and which word begins a sentence or paragraph."""

    terms: list[str]
    at: dict[str, list[int]]
    sentences: list[int]
    paragraphs: list[int]


@functools.lru_cache(maxsize=20_000)
def read(text: str, field: str) -> Text:
    terms = terms_of(text)
    at: dict[str, list[int]] = {}
    for number, term in enumerate(terms):
        at.setdefault(term, []).append(number)
    if field == "title":
        return Text(terms, at, [0], [0])
    starts = [span.start for span in spans_of(text)]
    assert len(starts) == len(terms)
    firsts = (
        sorted({bisect.bisect_left(starts, place) for place in places})
        for places in (sentence_starts(text), paragraph_starts(text))
    )
    return Text(terms, at, *firsts)


# --- what a leaf looks for


@functools.lru_cache(maxsize=5_000)
def tests_of(node: Leaf, language: str) -> tuple[list[Test], int]:
    """One test for each term that must follow the one before, and how many words that spans."""
    if isinstance(node, Phrase) and "*" in node.text:
        tests = list(_starred(node.text.split()))
        return [test for test, _ in tests], sum(width for _, width in tests)
    if isinstance(node, Wildcard):
        pieces = re.findall(r"[\w?*]+", node.text.replace("_", " "))
        return [_pattern(piece) for piece in pieces], len(pieces)
    words, asked = words_of(node.text), asked_terms(node.text) if words_of(node.text) else []
    tests_found: list[Test] = [_begun(term) if begun else term.__eq__ for term, begun in asked]
    whole = bool(asked) and not asked[-1][1] and len(asked) == len(words)
    if whole and isinstance(node, Word) and len(words) == 1:
        tests_found = [functools.partial(is_form, language, words[0])]
    elif whole and isinstance(node, Prefix):
        tests_found[-1] = _begun(words[-1])
    elif whole and isinstance(node, Fuzzy):
        tests_found[-1] = _fuzzy(words[-1], node.distance)
    return tests_found, len(words)


def _begun(beginning: str) -> Test:
    return lambda word: word.startswith(beginning)


def _starred(pieces: Sequence[str]) -> Iterator[tuple[Test, int]]:
    before: list[str] = []
    for piece in [*pieces, ""]:
        begins = re.fullmatch(r"[^*]+\*", piece) is not None and bool(words_of(piece))
        if piece and not begins and piece != "*":
            before.append(piece)
            continue
        if piece == "*" or begins or not piece:
            row = " ".join([*before, piece.strip("*")])
            words, asked = words_of(row), asked_terms(row) if words_of(row) else []
            tests = [_begun(term) if is_open else term.__eq__ for term, is_open in asked]
            if len(asked) < len(words) and piece:
                tests.append(_begun(words[-1]))
            elif begins:
                tests[-1] = _begun(words[-1])
            short = len(words) - len(tests)
            yield from ((test, 1) for test in tests[:-1])
            yield from ((test, 1 + short) for test in tests[-1:])
        if piece == "*":
            yield any_word, 1
        before = []


def any_word(_word: str) -> bool:
    return True


def _pattern(piece: str) -> Test:
    if set(piece) == {"*"}:
        return any_word
    signs = {"?": ".", "*": ".*"}
    folded = "".join(signs.get(part) or fold(part) for part in re.split(r"([?*])", piece))
    return functools.cache(lambda word: re.fullmatch(folded, word) is not None)


def _fuzzy(wanted: str, distance: int) -> Test:
    if not distance and len(wanted) == 1:
        return wanted.__eq__
    most = distance or (2 if len(wanted) >= 8 else 1)
    return functools.cache(
        lambda word: abs(len(word) - len(wanted)) <= most and changes(word, wanted) <= most
    )


def changes(one: str, other: str) -> int:
    """Letters changed, added, left out or exchanged with the next, none touched twice."""
    table = [[max(i, j) if not i or not j else 0 for j in range(len(other) + 1)]
             for i in range(len(one) + 1)]  # fmt: skip
    for i, a in enumerate(one, 1):
        for j, b in enumerate(other, 1):
            table[i][j] = min(
                table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a != b)
            )
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


def runs(words: Sequence[str], tests: Sequence[Test]) -> list[int]:
    """Where the tests hold one after the other."""
    if not tests:
        return []
    return [
        first
        for first in range(len(words) - len(tests) + 1)
        if all(test(words[first + step]) for step, test in enumerate(tests))
    ]


def fields_of(node: Leaf) -> tuple[str, ...]:
    return (node.field,) if node.field else ("text", "title")


def text_of(entry: Entry, field: str) -> str:
    return entry.title if field == "title" else entry.text


# --- where something stands


def standing(node: Node, entry: Entry, field: str) -> set[Place]:
    """Every place of a text at which something stands."""
    text = read(text_of(entry, field), field)
    match node:
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
            return _leaf(node, text, language_of(entry)) if field in fields_of(node) else set()
        case Or(parts):
            return {place for part in parts for place in standing(part, entry, field)}
        case AtLeast(part):
            return standing(part, entry, field)
        case Near(left, right, distance, ordered):
            close = functools.partial(_is_near, distance, ordered=ordered)
            return _pairs(standing(left, entry, field), standing(right, entry, field), close)
        case Within(left, right, unit):
            units = text.sentences if unit == "sentence" else text.paragraphs
            shared = functools.partial(_is_within, units)
            return _pairs(standing(left, entry, field), standing(right, entry, field), shared)
        case _:
            return set()


def _leaf(node: Leaf, text: Text, language: str) -> set[Place]:
    tests, width = tests_of(node, language)
    if not tests:
        return set()
    exact = getattr(tests[0], "__self__", None)
    firsts = (
        text.at.get(exact, [])
        if isinstance(exact, str)
        else [place for word, places in text.at.items() if tests[0](word) for place in places]
    )
    return {
        (first, first + width - 1)
        for first in firsts
        if first + len(tests) <= len(text.terms)
        and all(test(text.terms[first + step]) for step, test in enumerate(tests))
    }


def _pairs(
    left: set[Place], right: set[Place], joined: Callable[[Place, Place], bool]
) -> set[Place]:
    return {
        (min(one[0], other[0]), max(one[1], other[1]))
        for one in left
        for other in right
        if joined(one, other)
    }


def _is_near(distance: int, one: Place, other: Place, *, ordered: bool) -> bool:
    follows = 0 < other[0] - one[1] <= distance
    return follows or (not ordered and 0 < one[0] - other[1] <= distance)


def _is_within(units: Sequence[int], one: Place, other: Place) -> bool:
    apart = one[1] < other[0] or other[1] < one[0]
    ends = {bisect.bisect_right(units, place) for place in (*one, *other)}
    return apart and len(ends) == 1


# --- which records match


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
        case Value():
            return has_value(entry, node)
        case Dated(field, asked):
            day = interval_of(entry.dates.get(field, "")[:10])
            return day is not None and day.overlaps(asked.interval)
        case AtLeast(part, count):
            return sum(len(standing(part, entry, name)) for name in ("text", "title")) >= count
        case Like():
            raise NotImplementedError
        case _:
            return any(standing(node, entry, name) for name in ("text", "title"))


def has_value(entry: Entry, node: Value) -> bool:
    if node.field == "year":
        day = interval_of(entry.dates.get("date", ""))
        return day is not None and str(interval_year(day.first)) == node.value
    values = entry.values.get(node.field, ())
    if node.field == "lang":
        values = values or ((entry.language,) if entry.language else ())
    known = BY_NAME.get(node.field)
    if known is not None and known.kind is Kind.CODE:
        codes = [code.casefold() for code in values]
        wanted = node.value.casefold()
        return any(code.startswith(wanted) if node.prefix else code == wanted for code in codes)
    if node.exact:
        return any(words_of(each) == words_of(node.value) for each in values)
    tests: list[Test] = [word.__eq__ for word in words_of(node.value)]
    if node.prefix and tests:
        tests[-1] = _begun(words_of(node.value)[-1])
    return any(runs(words_of(each), tests) for each in values)


def interval_year(day: int) -> int:
    return dt.date.fromordinal(day).year


def found(node: Node, entries: Iterable[Entry]) -> list[int]:
    return sorted(entry.key for entry in entries if matches(node, entry))


# --- facets


def facet(field: str, entries: Iterable[Entry]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for entry in entries:
        day = interval_of(entry.dates.get("date", ""))
        if field == "year":
            counts.update([str(interval_year(day.first))] if day else [])
        elif field == "month":
            ends = {dt.date.fromordinal(end).isoformat()[:7] for end in _ends(day)}
            counts.update(ends if len(ends) == 1 else [])
        else:
            counts.update(set(entry.values.get(field, ())))
    return counts


def _ends(day: Interval | None) -> tuple[int, ...]:
    return () if day is None else (day.first, day.last)


def faceted(node: Node, field: str, entries: Sequence[Entry]) -> dict[str, int]:
    """The counts of a field without its own filters, and the values these name."""
    parts = node.parts if isinstance(node, And) else (node,)
    own = [part for part in parts if _asks_only(part, field)]
    rest = [part for part in parts if not _asks_only(part, field)]
    counts = facet(field, (each for each in entries if all(matches(part, each) for part in rest)))
    known = facet(field, entries)
    for value in (value for part in own for value in _values(part)):
        names = [name for name in known if has_value(_having(field, name), value)]
        if not value.prefix and (value.exact or BY_NAME.get(field) in CODES):
            counts.update(dict.fromkeys(names or [value.value], 0))
    return dict(counts)


CODES = [field for field in BY_NAME.values() if field.kind is Kind.CODE]


def _having(field: str, value: str) -> Entry:
    return (
        Entry(0, dates={"date": value}) if field == "year" else Entry(0, values={field: (value,)})
    )


def _asks_only(node: Node, field: str) -> bool:
    if isinstance(node, And | Or):
        return all(_asks_only(part, field) for part in node.parts)
    if isinstance(node, Not):
        return _asks_only(node.part, field)
    return isinstance(node, Value) and node.field == field


def _values(node: Node) -> Iterator[Value]:
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from _values(part)
    elif isinstance(node, Not):
        yield from _values(node.part)
    elif isinstance(node, Value):
        yield node


# --- what a query looks for, wherever it stands


def sought(node: Node) -> Iterator[Node]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from sought(part)
        case AtLeast(part):
            yield from sought(part)
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy() | Near() | Within():
            yield node
        case _:
            pass


def places(node: Node, entry: Entry, field: str) -> set[Place]:
    """Every place of what is sought; in a branch that asks for something else, where it has it."""
    match node:
        case And(parts) | Or(parts):
            bound = [part for part in parts if isinstance(part, Not | Value | Dated)]
            if isinstance(node, And) and not all(matches(part, entry) for part in bound):
                return set()
            return {place for part in parts for place in places(part, entry, field)}
        case AtLeast(part):
            return places(part, entry, field)
        case Not():
            return set()
        case _:
            return standing(node, entry, field)


def places_count(node: Node, entry: Entry) -> int:
    """How many places stand in title and text; of several things only where they begin."""
    found = [places(node, entry, field) for field in ("text", "title")]
    if len(list(sought(node))) > 1:
        return sum(len({start for start, _ in each}) for each in found)
    return sum(map(len, found))


def is_marked_alone(node: Node) -> bool:
    """Whether each word looked for is marked wherever it stands."""
    if isinstance(node, Not):
        return True
    if isinstance(node, And | Or):
        return all(map(is_marked_alone, node.parts))
    return not isinstance(node, Near | Within | AtLeast)


def marks(node: Node, text: str, field: str, language: str) -> list[tuple[int, int]]:
    """Every hit of a text, joined where they overlap."""
    spans = list(spans_of(text))
    joined: list[tuple[int, int]] = []
    places = _marks(node, read(text, field), field, language)
    for start, end in sorted((spans[first].start, spans[last].end) for first, last in places):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _marks(node: Node, text: Text, field: str, language: str) -> Iterator[Place]:
    if isinstance(node, And) and any(_leaves_out(part, language) for part in node.parts):
        return
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from _marks(part, text, field, language)
    elif isinstance(node, Leaf) and field in fields_of(node):
        yield from _leaf(node, text, language)


def _leaves_out(node: Node, language: str) -> bool:
    """Whether a part leaves out records of a language, and nothing else."""
    if not isinstance(node, Not):
        return False
    values = node.part.parts if isinstance(node.part, Or) else (node.part,)
    named = [value for value in values if isinstance(value, Value) and value.field == "lang"]
    codes = [value.value.casefold() for value in named if not value.prefix]
    return len(named) == len(values) and language.casefold() in codes


# --- scores

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
    match node:
        case And(parts) | Or(parts):
            return sum(_score(part, entry, segments, lengths) for part in parts)
        case AtLeast(part):
            return _score(part, entry, segments, lengths) if matches(node, entry) else 0.0
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy() | Near() | Within():
            return _counted(node, entry, segments, lengths)
        case _:
            return 0.0


def _counted(
    node: Node, entry: Entry, segments: Sequence[Sequence[Entry]], lengths: dict[str, float]
) -> float:
    counted = 0.0
    for name, weight in WEIGHTS.items():
        words = words_of(text_of(entry, name))
        norm = 1 - B + B * len(words) / max(lengths[name], 1e-9)
        counted += weight * len(standing(node, entry, name)) / norm
    if isinstance(node, Leaf) and _is_pattern(node):
        counted = 1.0 if counted else 0.0
    if not counted:
        return 0.0
    return _tells(node, segments) * (K1 + 1) * counted / (counted + K1)


def _is_pattern(node: Leaf) -> bool:
    """Whether it stands for many words, which are not counted."""
    tests, width = tests_of(node, "")
    if len(tests) != 1 or tests[0] is any_word or width > 1:
        return False
    if isinstance(node, Fuzzy):
        word = words_of(node.text)[0]
        return len(word) > 1 or node.distance > 0 or asked_terms(node.text)[0][1]
    if isinstance(node, Word | Phrase) and "*" not in node.text:
        return asked_terms(node.text)[0][1]
    return not isinstance(node, Word)


def _tells(node: Node, segments: Sequence[Sequence[Entry]]) -> float:
    match node:
        case Near(left, right) | Within(left, right):
            return _tells(left, segments) + _tells(right, segments)
        case Or(parts):
            return min(_tells(part, segments) for part in parts)
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
            return _idf(node, segments)
        case _:
            return 0.0


def _idf(node: Leaf, segments: Sequence[Sequence[Entry]]) -> float:
    total = sum(map(len, segments))
    idf = 0.0
    for slot in range(len(tests_of(node, "")[0])):
        having = sum(_having_slot(node, slot, segment) for segment in segments)
        if having >= 0:
            idf += math.log(1 + (total - having + 0.5) / (having + 0.5))
    return idf


def _having_slot(node: Leaf, slot: int, segment: Sequence[Entry]) -> int:
    """At most how many documents have a slot, its forms counted one by one; -1 if any word does."""
    most = 0
    spoken = {language_of(entry) for entry in segment}
    tests = [tests_of(node, language)[0][slot] for language in spoken]
    if tests and tests[0] is any_word:
        return -1
    for name in fields_of(node):
        forms: Counter[str] = Counter()
        for entry in segment:
            forms.update(read(text_of(entry, name), name).at.keys())
        most = max(most, sum(n for word, n in forms.items() if any(test(word) for test in tests)))
    return min(len(segment), most)
