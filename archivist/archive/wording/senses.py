"""Says in words where the sense of a text is turned, though its words are nearly the same.

What turns a sense is data: `resources/senses`, a file for each language.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from archivist import assets
from archivist.model.words import fold

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

_FALLBACK: Final = "en"
_LEAST_CORE: Final = 3
_NUMBER = re.compile(r"^\d|^[a-z]{0,2}\d+$|\d{2}$")
"""A number, or a name with one ("g7"); not a word with a digit that a scanner misread."""
_BEFORE: Final = 4
"""So many words before a passage may turn it."""


@dataclass(frozen=True)
class Senses:
    """The words of one language by which a sense turns; all folded.

    Attributes:
        negations: which deny by themselves.
        refusals: verbs that deny what follows.
        contractions: what stands before the "t" of "don't".
        prefixes: which make a word its opposite.
        modals: groups of words that oblige alike.
        opposites: pairs.
        dates: names of months and days.
        numbers: number words.
        nouns: whether nouns are written as names are.
    """

    negations: frozenset[str] = frozenset()
    refusals: frozenset[str] = frozenset()
    contractions: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    modals: tuple[frozenset[str], ...] = ()
    opposites: frozenset[frozenset[str]] = frozenset()
    dates: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    nouns: bool = False


class Side(NamedTuple):
    """Words of one side of a difference.

    Attributes:
        words: folded, in order.
        written: as they stand in the text.
        fresh: for each, whether it begins a sentence, where every word has a capital.
    """

    words: Sequence[str]
    written: Sequence[str]
    fresh: Sequence[bool] = ()

    def only(self, words: Container[str], *, without: bool = False) -> Side:
        """Return those of some words that stand here; or all but those."""
        kept = [at for at, word in enumerate(self.words) if (word in words) != without]
        return Side(
            [self.words[at] for at in kept],
            [self.written[at] for at in kept],
            [self.fresh[at] for at in kept] if self.fresh else (),
        )

    @property
    def said(self) -> str:
        """The words for a reader."""
        return " ".join(self.written)


class Turned(NamedTuple):
    """Changes that stand together: the words of the quotation and those of the record.

    Attributes:
        quoted: for each change.
        record: for each change, what stands in the record in their place.
        beside: the words right before and right behind, which both have.
    """

    quoted: Sequence[Side]
    record: Sequence[Side]
    beside: Sequence[Side] = ()


class _Judge:
    """Collects what turns the sense, in whole sentences."""

    def __init__(self, senses: Senses, *, moved: bool) -> None:
        self._senses = senses
        self._moved = moved
        self.found: list[str] = []

    def look(self, turned: Turned) -> None:
        """Look at changes that stand together."""
        if self._denial(turned):
            return
        for mine, theirs in zip(turned.quoted, turned.record, strict=True):
            self._change(mine, theirs)

    def _change(self, mine: Side, theirs: Side) -> None:
        if self._opposite(mine, theirs) or self._date(mine, theirs) or self._number(mine, theirs):
            return
        if not self._obligation(mine, theirs):
            self._name(mine, theirs)

    def _denial(self, turned: Turned) -> bool:
        """Whether only one of both denies; a word that denies and has only moved turns nothing."""
        mine, theirs = (
            [word for side in sides for word in _denials(self._senses, side)]
            for sides in (turned.quoted, turned.record)
        )
        denied = any(_among(side, self._senses.negations) for side in turned.beside)
        if self._moved or denied or bool(mine) == bool(theirs):
            return False
        where, not_there = (
            ("the quotation", "the record") if mine else ("the record", "the quotation")
        )
        word = (mine or theirs)[-1]
        self._say(f"“{word}” stands in {where}, not in {not_there}: the sense is turned.")
        return True

    def _opposite(self, mine: Side, theirs: Side) -> bool:
        for one, other in itertools.product(range(len(mine.words)), range(len(theirs.words))):
            if _are_opposite(self._senses, mine.words[one], theirs.words[other]):
                self._pair("The opposite", mine.written[one], theirs.written[other])
                return True
        return False

    def _date(self, mine: Side, theirs: Side) -> bool:
        one, other = (_among(side, self._senses.dates) for side in (mine, theirs))
        if one and other and one != other:
            self._pair("Another date", one, other)
            return True
        return False

    def _number(self, mine: Side, theirs: Side) -> bool:
        one, other = (_numbers(side, self._senses.numbers) for side in (mine, theirs))
        if one != other:
            self._pair("Another number", one, other)
            return True
        return False

    def _obligation(self, mine: Side, theirs: Side) -> bool:
        one, other = (_modal(self._senses, side) for side in (mine, theirs))
        if one[0] == other[0] or ((one[0] < 0 or other[0] < 0) and mine.words and theirs.words):
            return False
        self._pair("Another degree of obligation", one[1], other[1])
        return True

    def _name(self, mine: Side, theirs: Side) -> None:
        one, other = _named(mine), _named(theirs)
        if one and other and fold(one) != fold(other):
            self._pair("Another name" + " or noun" * self._senses.nouns, one, other)

    def _pair(self, kind: str, quoted: str, record: str) -> None:
        if quoted and record:
            self._say(f"{kind}: “{quoted}” in the quotation, “{record}” in the record.")
        elif quoted:
            self._say(f"{kind}: “{quoted}” stands in the quotation, not in the record.")
        else:
            self._say(f"{kind}: “{record}” stands in the record, not in the quotation.")

    def _say(self, text: str) -> None:
        if text not in self.found:
            self.found.append(text)


def denied_before(senses: Senses, before: Side) -> str:
    """Return what denies a passage right before it, in words; empty where nothing does."""
    near = Side(before.words[-_BEFORE:], before.written[-_BEFORE:])
    found = _denials(senses, near)
    if not found:
        return ""
    return f"In the record “{near.said}” stands right before these words: the sense is turned."


@functools.cache
def senses_of(language: str) -> Senses:
    """Return the words of a language by which a sense turns; English where it is not known."""
    import tomllib  # noqa: PLC0415 - only where words differ

    try:
        path = assets.path(f"senses/{language.partition('-')[0] or _FALLBACK}.toml")
    except FileNotFoundError:
        path = assets.path(f"senses/{_FALLBACK}.toml")
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    several = {
        name: frozenset(str(found.get(name, "")).split())
        for name in ("negations", "refusals", "contractions", "numbers")
    }
    return Senses(
        **several,
        prefixes=tuple(str(found.get("prefixes", "")).split()),
        modals=tuple(frozenset(group.split()) for group in found.get("modals", ())),
        opposites=frozenset(
            frozenset(pair.split("/")) for pair in str(found.get("opposites", "")).split()
        ),
        dates=frozenset(f"{found.get('months', '')} {found.get('days', '')}".split()),
        nouns=found.get("capitals") == "nouns",
    )


def _denials(senses: Senses, side: Side) -> list[str]:
    """Return the words that deny, as written."""
    found = []
    for at, word in enumerate(side.words):
        if word == "t" and "t" in senses.negations:
            if at and side.words[at - 1] in senses.contractions:
                found.append(f"{side.written[at - 1]}'t")
            elif not at:
                found.append("n't")
        elif word in senses.negations or word in senses.refusals:
            found.append(side.written[at])
    return found


def _are_opposite(senses: Senses, one: str, other: str) -> bool:
    if frozenset((one, other)) in senses.opposites:
        return True
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return len(shorter) >= _LEAST_CORE and any(
        longer == prefix + shorter for prefix in senses.prefixes
    )


def _modal(senses: Senses, side: Side) -> tuple[int, str]:
    """Return the group of the first word that obliges, and the word; -1 for none."""
    for word, text in zip(side.words, side.written, strict=True):
        for number, group in enumerate(senses.modals):
            if word in group:
                return number, text
    return -1, ""


def _named(side: Side) -> str:
    """Return the words that are written as names are."""
    fresh = side.fresh or [False] * len(side.words)
    return " ".join(
        text
        for text, begins in zip(side.written, fresh, strict=True)
        if text[:1].isupper() and not begins
    )


def _among(side: Side, words: frozenset[str]) -> str:
    """Return those of some words that stand there, as written."""
    pairs = zip(side.words, side.written, strict=True)
    return " ".join(text for word, text in pairs if word in words)


def _numbers(side: Side, words: frozenset[str]) -> str:
    """Return the numbers that stand there, as written."""
    pairs = zip(side.words, side.written, strict=True)
    return " ".join(text for word, text in pairs if word in words or _NUMBER.search(word))


def turns_between(senses: Senses, changes: Sequence[Turned]) -> list[str]:
    """Return what turns the sense between a quotation and the record, in whole sentences."""
    mine, theirs = (
        Counter(
            word.casefold()
            for turned in changes
            for side in turned[at]
            for word in _denials(senses, side)
        )
        for at in (0, 1)
    )
    judge = _Judge(senses, moved=mine == theirs)
    for turned in _unmoved(changes):
        judge.look(turned)
    return judge.found


def _unmoved(changes: Sequence[Turned]) -> Sequence[Turned]:
    """Leave out the words that are dropped at one place and put in at another."""
    pairs = [pair for turned in changes for pair in _pairs(turned)]
    dropped = {word for mine, theirs in pairs if not theirs.words for word in mine.words}
    inserted = {word for mine, theirs in pairs if not mine.words for word in theirs.words}
    moved = dropped & inserted
    if not moved:
        return changes
    return [
        turned._replace(
            quoted=[_but(mine, moved, theirs) for mine, theirs in _pairs(turned)],
            record=[_but(theirs, moved, mine) for mine, theirs in _pairs(turned)],
        )
        for turned in changes
    ]


def _pairs(turned: Turned) -> list[tuple[Side, Side]]:
    return list(zip(turned.quoted, turned.record, strict=True))


def _but(side: Side, moved: set[str], other: Side) -> Side:
    return side if other.words else side.only(moved, without=True)
