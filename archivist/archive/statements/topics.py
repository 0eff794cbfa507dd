"""Statements under the words they are about, and under the years in which they were made."""

from __future__ import annotations

import itertools
from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from archivist.archive.finding import leaves_of
from archivist.model.query import And, Node, Or, Value
from archivist.model.statement import words_in
from archivist.model.words import Span, spans_of, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from archivist.search import Searcher
    from archivist.store import Store
    from archivist.store.statements import Outline

_READ: Final = 3
"""So many statements of a topic tell how its words are written."""
_WAYS: Final = 2
"""So many times in each of them."""
_NAMED: Final = 3
_FORMS: Final = 50
NOBODY: Final = frozenset({"", "q", "question", "questioner", "reporter"})
"""What transcripts call those whom they do not name."""
_NAMES: Final = frozenset({"speaker", "role"})


@dataclass(frozen=True, slots=True)
class Topic:
    """What statements are about: a word, or two side by side.

    Attributes:
        name: as it is mostly written, with a capital; empty for statements that have no topic.
        count: of the statements.
        years: how many are of each year, ascending; those without a date are in none.
        speakers: who said most of them, at most three.
    """

    name: str
    count: int
    years: tuple[tuple[int, int], ...] = ()
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Year:
    """A year in which statements were made.

    Attributes:
        name: the year; empty for statements without a date.
        count: of the statements.
    """

    name: str
    count: int


class Placed(NamedTuple):
    """A head and the numbers of the statements under it, in order."""

    head: Topic | Year
    numbers: tuple[int, ...]


class Labelled(NamedTuple):
    """The name of a topic, and the numbers of its statements."""

    name: str
    numbers: Sequence[int]


def searched(node: Node, searcher: Searcher) -> set[str]:
    """Return the words that a query looks for, in all their forms, and those of names in it."""
    found: set[str] = set()
    for leaf in leaves_of(node):
        found.update(words_of(leaf.text))
        found.update(word for word, _ in searcher.forms(leaf, _FORMS))
    for value in _values_of(node):
        found.update(words_of(value.value))
    return found


def _values_of(node: Node) -> Iterator[Value]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _values_of(part)
        case Value(field) if field in _NAMES:
            yield node
        case _:
            return


def labelled(
    groups: Sequence[tuple[tuple[str, ...], Sequence[int]]], store: Store
) -> list[Labelled]:
    """Name topics as their statements write them.

    Args:
        groups: the words of each topic, folded, and the numbers of its statements.
        store: has the texts.
    """
    read = [number for _, numbers in groups for number in numbers[:_READ]]
    filed = store.statements.many(read)
    texts = store.records.texts([one.record for one in filed])
    said = {one.number: words_in(texts.get(one.record, ""), one.statement) for one in filed}
    return [
        Labelled(
            written(words, [said[number] for number in numbers[:_READ] if number in said]),
            numbers,
        )
        for words, numbers in groups
    ]


def written(words: tuple[str, ...], texts: Iterable[str]) -> str:
    """Return words as texts mostly write them, with a capital; as they are where none has them."""
    ways: Counter[str] = Counter()
    for text in texts:
        for start, end in itertools.islice(_places(words, text), _WAYS):
            ways[" ".join(text[start:end].split())] += 2 if start else 1
    way = max(ways, key=lambda way: (ways[way], way)) if ways else " ".join(words)
    return way[:1].upper() + way[1:]


def _places(words: tuple[str, ...], text: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand side by side in a text."""
    last: deque[Span] = deque(maxlen=len(words))
    for span in spans_of(text):
        last.append(span)
        if span.word == words[-1] and tuple(one.word for one in last) == words:
            yield last[0].start, span.end


def by_topic(
    outlines: Sequence[Outline],
    topics: Sequence[Labelled],
    head_of: Callable[[str, str], tuple[str, int]],
) -> list[Placed]:
    """Put statements under their topics; those that have none come last.

    Args:
        outlines: of the statements, in order.
        topics: those there are.
        head_of: tells by which name somebody is known who speaks, given the day.
    """
    place = {number: at for at, topic in enumerate(topics) for number in topic.numbers}
    under: list[list[Outline]] = [[] for _ in range(len(topics) + 1)]
    for one in outlines:
        under[place.get(one.number, len(topics))].append(one)
    names = [*(topic.name for topic in topics), ""]
    return [_topic(name, said, head_of) for name, said in zip(names, under, strict=True) if said]


def _topic(
    name: str, said: Sequence[Outline], head_of: Callable[[str, str], tuple[str, int]]
) -> Placed:
    named = (
        head_of(one.speaker, one.date)[0] for one in said if one.speaker.casefold() not in NOBODY
    )
    speakers = Counter(named).most_common(_NAMED)
    years = Counter(int(one.date[:4]) for one in said if one.date[:4].isdigit())
    head = Topic(
        name, len(said), tuple(sorted(years.items())), tuple(speaker for speaker, _ in speakers)
    )
    return Placed(head, tuple(one.number for one in said))


def by_year(outlines: Iterable[Outline]) -> list[Placed]:
    """Put statements in order of time under their years."""
    placed = []
    for year, under in itertools.groupby(outlines, key=lambda one: one.date[:4]):
        numbers = tuple(one.number for one in under)
        placed.append(Placed(Year(year, len(numbers)), numbers))
    return placed
