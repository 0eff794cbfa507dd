"""Where the hits of a query stand in a text, to be marked.

A marker holds the words that count, found once among the words of the index; it can be sent to
another process. What must stand near something else is marked only where it does.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from archivist.model.query import (
    And,
    AtLeast,
    Fuzzy,
    Held,
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
from archivist.search import patterns
from archivist.search.columns import LANGUAGE
from archivist.search.slots import Spelled, Stemmed, fields_of, run_of, width_of
from archivist.search.sought import Filling, Forms, Pattern, Sought
from archivist.search.types import FIELDS, TEXT
from archivist.search.words import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from archivist.model.query import Leaf
    from archivist.search.parts import Part
    from archivist.search.slots import Slot
    from archivist.search.sought import Stretch


@dataclass(frozen=True)
class Either:
    """Any of some parts."""

    parts: tuple[Wanted, ...]


@dataclass(frozen=True)
class Close:
    """Two parts near each other, as in `model.query.Near`."""

    left: Wanted
    right: Wanted
    distance: int
    ordered: bool


@dataclass(frozen=True)
class Together:
    """Two parts in one sentence or paragraph, as in `model.query.Within`."""

    left: Wanted
    right: Wanted
    unit: str


@dataclass(frozen=True)
class Elsewhere:
    """A part that does not count in texts of some languages, given by folded codes."""

    part: Wanted
    languages: frozenset[str]


@dataclass(frozen=True)
class Once:
    """A part of which only the first place is marked."""

    part: Wanted


Wanted: TypeAlias = "Pattern | Either | Close | Together | Elsewhere | Once"


class Mark(NamedTuple):
    """A hit in a text, to be marked.

    Attributes:
        start: in characters.
        end: behind the last character.
        part: which part of the query it meets; both sides of what is near something count.
    """

    start: int
    end: int
    part: int


class Found(NamedTuple):
    """Something in a text, by numbers of words, and what is to be marked of it."""

    first: int
    last: int
    marked: frozenset[Stretch]


@dataclass(frozen=True)
class Marker:
    """Finds the hits of one query in texts; can be pickled.

    Attributes:
        parts: what is looked for.
        numbers: of each, which part of the query it belongs to: what all must match are
            several parts, what may stand for each other is one.
    """

    parts: tuple[Wanted, ...]
    numbers: tuple[int, ...]

    def spans(self, text: str, field: str = TEXT, language: str = "") -> list[tuple[int, int]]:
        """Return every hit as (start, end) in characters, ascending and disjoint.

        A phrase is one hit. Hits that overlap are joined.
        """
        return [(hit.start, hit.end) for hit in self.hits(text, field, language)]

    def hits(self, text: str, field: str = TEXT, language: str = "") -> list[Mark]:
        """Return every hit with the part of the query it meets, ascending and disjoint."""
        if not self.parts:
            return []
        sought = Sought(text, field, language)
        return _joined(
            sorted(
                Mark(start, end, 2 * number + side)
                for number, part in zip(self.numbers, self.parts, strict=True)
                for start, end, side in set(_marks(part, sought))
            )
        )

    def __bool__(self) -> bool:
        return bool(self.parts)


def _marks(part: Wanted, sought: Sought) -> Iterator[tuple[int, int, int]]:
    """Yield what is to be marked of a part: (start, end, side of what stands near something)."""
    match part:
        case Pattern():
            for start, end in sought.places(part):
                yield start, end, 0
        case Either(parts):
            for inner in parts:
                yield from _marks(inner, sought)
        case Elsewhere(inner, languages):
            yield from _marks(inner, sought) if sought.language.casefold() not in languages else ()
        case Once(inner):
            yield from sorted(_marks(inner, sought))[:1]
        case Close(left, right) | Together(left, right):
            ones = _found(left, sought)
            others = _found(right, sought) if ones else []
            lefts = {words for one in ones for words in one.marked}
            for found in _partnered(part, ones, others, sought):
                for words in found.marked:
                    yield *sought.stretch(*words), int(words not in lefts)


def _partnered(
    part: Close | Together, ones: Sequence[Found], others: Sequence[Found], sought: Sought
) -> Iterator[Found]:
    """Yield those of two sides that have a partner on the other."""
    if isinstance(part, Together):
        yield from _in_units(part.unit, ones, others, sought)
        return
    sides = ((ones, others, True), (others, ones, not part.ordered))
    for earlier, later, wanted in sides if ones and others else ():
        if wanted:
            yield from _followed(earlier, later, part.distance)
            yield from _following(later, earlier, part.distance)


def _followed(ones: Sequence[Found], others: Sequence[Found], distance: int) -> Iterator[Found]:
    """Yield those after which another begins soon."""
    firsts = sorted(other.first for other in others)
    for one in ones:
        at = bisect_right(firsts, one.last)
        if at < len(firsts) and firsts[at] <= one.last + distance:
            yield one


def _following(ones: Sequence[Found], others: Sequence[Found], distance: int) -> Iterator[Found]:
    """Yield those before which another has ended not long ago."""
    lasts = sorted(other.last for other in others)
    for one in ones:
        at = bisect_left(lasts, one.first) - 1
        if at >= 0 and lasts[at] >= one.first - distance:
            yield one


def _in_units(
    unit: str, ones: Sequence[Found], others: Sequence[Found], sought: Sought
) -> Iterator[Found]:
    """Yield those that lie in one unit with another that they do not overlap."""
    grouped = _by_unit(unit, ones, sought), _by_unit(unit, others, sought)
    for mine, theirs in (grouped, grouped[::-1]):
        for number in mine.keys() & theirs.keys():
            latest = max(other.first for other in theirs[number])
            earliest = min(other.last for other in theirs[number])
            for one in mine[number]:
                if latest > one.last or earliest < one.first:
                    yield one


def _by_unit(unit: str, several: Iterable[Found], sought: Sought) -> dict[int, list[Found]]:
    """Group what lies in one unit by its number."""
    grouped: dict[int, list[Found]] = defaultdict(list)
    for each in several:
        number = sought.unit(unit, each.first)
        if number == sought.unit(unit, each.last):
            grouped[number].append(each)
    return grouped


def _found(part: Wanted, sought: Sought) -> list[Found]:
    """Return where a part stands, for what stands near it; each stretch once."""
    match part:
        case Pattern():
            return [Found(*words, frozenset((words,))) for words in sought.words(part)]
        case Either(parts):
            return _merged(found for inner in parts for found in _found(inner, sought))
        case Elsewhere(inner, languages):
            return _found(inner, sought) if sought.language.casefold() not in languages else []
        case Once(inner):
            return _found(inner, sought)[:1]
        case Close() | Together():
            return _merged(_pairs(part, sought))


def _pairs(part: Close | Together, sought: Sought) -> Iterator[Found]:
    """Yield every pair of two sides that belong together, as one stretch."""
    lefts, rights = _found(part.left, sought), _found(part.right, sought)
    if isinstance(part, Together):
        grouped = _by_unit(part.unit, lefts, sought), _by_unit(part.unit, rights, sought)
        for number in grouped[0].keys() & grouped[1].keys():
            for left, right in itertools.product(grouped[0][number], grouped[1][number]):
                if left.last < right.first or right.last < left.first:
                    yield _pair(left, right)
        return
    yield from _successions(lefts, rights, part.distance)
    if not part.ordered:
        yield from _successions(rights, lefts, part.distance)


def _successions(ones: Sequence[Found], others: Iterable[Found], distance: int) -> Iterator[Found]:
    """Yield every pair in which the other begins soon after the one has ended."""
    later = sorted(others, key=lambda other: other.first)
    firsts = [other.first for other in later]
    for one in ones:
        low, high = bisect_right(firsts, one.last), bisect_right(firsts, one.last + distance)
        for other in later[low:high]:
            yield _pair(one, other)


def _pair(one: Found, other: Found) -> Found:
    first, last = min(one.first, other.first), max(one.last, other.last)
    return Found(first, last, one.marked | other.marked)


def _merged(several: Iterable[Found]) -> list[Found]:
    """Return each stretch once, with all that is to be marked of it."""
    marked: dict[Stretch, frozenset[Stretch]] = {}
    for found in several:
        words = found[:2]
        known = marked.get(words)
        marked[words] = found.marked if known is None else known | found.marked
    return [Found(*words, those) for words, those in marked.items()]


# --- from a query


def marker(
    node: Node, parts: Sequence[Part], likes: Callable[[Like], Iterable[str]] = lambda _node: ()
) -> Marker:
    """Return what marks the hits of a query; what it leaves out is not marked.

    Args:
        node: the query.
        parts: the segments, among whose words those that count are looked up.
        likes: returns the words by which records are like one.
    """
    finder = _Finder(parts, likes)
    numbers: dict[Wanted, int] = {}
    for number, each in enumerate(_each(node)):
        for wanted in finder.parts_of(each):
            numbers.setdefault(wanted, number)
    return Marker(tuple(numbers), tuple(numbers.values()))


def _each(node: Node) -> Iterator[Node]:
    """Yield the parts that must all match, each with what must not."""
    if not isinstance(node, And):
        yield node
        return
    apart = tuple(part for part in node.parts if isinstance(part, Not))
    for part in node.parts:
        for inner in () if isinstance(part, Not) else _each(part):
            yield And((inner, *apart)) if apart else inner


class _Finder:
    """Finds the words that count among those of the index."""

    def __init__(self, parts: Sequence[Part], likes: Callable[[Like], Iterable[str]]) -> None:
        self._parts = parts
        self._likes = likes

    def parts_of(self, node: Node) -> Iterator[Wanted]:
        """Yield what is to be marked, each thing for itself."""
        match node:
            case And(parts) | Or(parts):
                found = itertools.chain.from_iterable(map(self.parts_of, parts))
                languages = frozenset(_left_out(node)) if isinstance(node, And) else frozenset()
                for wanted in found:
                    yield Elsewhere(wanted, languages) if languages else wanted
            case AtLeast(part) | Held(part):
                yield from self.parts_of(part)
            case Near() | Within():
                joined = self._joined(node)
                yield from () if joined is None else (joined,)
            case Like():
                for word in self._likes(node):
                    forms = Forms(frozenset(((UNKNOWN, frozenset((word,))),)))
                    yield Once(Pattern(FIELDS, (forms,), 1))
            case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
                yield from self._pattern(node)
            case _:
                return

    def _joined(self, node: Near | Within) -> Wanted | None:
        left, right = self._side(node.left), self._side(node.right)
        if left is None or right is None:
            return None
        if isinstance(node, Near):
            return Close(left, right, node.distance, node.ordered)
        return Together(left, right, node.unit)

    def _side(self, node: Node) -> Wanted | None:
        """Return a side of what is near; None where no word of the index can be one."""
        found = tuple(self.parts_of(node))
        return Either(found) if len(found) > 1 else next(iter(found), None)

    def _pattern(self, node: Leaf) -> Iterator[Pattern]:
        run = run_of(node)
        names = fields_of(node)
        slots = tuple(self._filling(slot, names) for slot in run)
        if run and not any(isinstance(slot, Forms) and not slot.words for slot in slots):
            yield Pattern(names, slots, width_of(run))

    def _filling(self, slot: Slot, names: Sequence[str]) -> Filling:
        match slot:
            case Stemmed(word):
                return self._forms(word, names)
            case Spelled():
                return self._spelled(slot, names)
            case _:
                return slot

    def _forms(self, word: str, names: Sequence[str]) -> Forms:
        found: dict[str, set[str]] = {UNKNOWN: {word}}
        for part in self._parts:
            for language in part.spoken:
                words = found.setdefault(language, {word})
                for name in names:
                    terms = part.loaded.forms[name].find(language, word)
                    words.update(map(part.fields[name].word, terms))
        return Forms(frozenset((language, frozenset(words)) for language, words in found.items()))

    def _spelled(self, slot: Spelled, names: Sequence[str]) -> Forms:
        words = {
            part.fields[name].word(term)
            for part in self._parts
            for name in names
            for term in patterns.spelled(part.fields[name], slot.word, slot.distance).tolist()
        }
        return Forms(frozenset(((UNKNOWN, frozenset(words)),) if words else ()))


def _left_out(node: And) -> Iterator[str]:
    """Yield the languages in which records do not match, folded."""
    for part in node.parts:
        if isinstance(part, Not):
            values = part.part.parts if isinstance(part.part, Or) else (part.part,)
            named = [each for each in values if isinstance(each, Value) and each.field == LANGUAGE]
            if len(named) == len(values):
                yield from (each.value.casefold() for each in named if not each.prefix)


def _joined(hits: Sequence[Mark]) -> list[Mark]:
    found: list[Mark] = []
    for hit in hits:
        if found and hit.start < found[-1].end:
            found[-1] = found[-1]._replace(end=max(hit.end, found[-1].end))
        else:
            found.append(hit)
    return found
