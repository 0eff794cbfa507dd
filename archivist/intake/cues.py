"""Patterns that speak for something, tried quickly: most of them are absent from most texts.

A pattern is split at its alternatives. One that begins a line is tried at the beginnings of lines
only, and one that needs some literal piece only where one such piece stands in the text at all.
"""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass

_PIECE = 4
"""A shorter literal stands almost everywhere, so looking for it first saves nothing."""
_NOTHING = "(?!)"
_GROUP = "(?:"
_MARK = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{\d*,?\d*\}|.", re.DOTALL)
_QUANTIFIERS = frozenset("?*{")
_SPECIAL = frozenset(".^$*+?{}[]\\|()")


@dataclass(frozen=True)
class Part:
    """A part of a document, ready to be searched.

    Attributes:
        text: as it stands.
    """

    text: str

    @functools.cached_property
    def small(self) -> Part:
        """The same in small letters."""
        return Part(self.text.lower())

    def holds_any(self, pieces: tuple[str, ...]) -> bool:
        """Whether one of some pieces stands in it."""
        for piece in pieces:  # noqa: SIM110 - this is tried hundreds of times for each document
            if piece in self.text:
                return True
        return False

    @functools.cached_property
    def starts(self) -> tuple[int, ...]:
        """Where its lines begin."""
        return (0, *(match.end() for match in re.finditer("\n", self.text)))


@dataclass(frozen=True, slots=True)
class Alternative:
    """One alternative of a pattern, or several that are tried alike.

    Attributes:
        pattern: what is looked for.
        pieces: letters of which some must stand there; empty where nothing is known of that.
        begins_line: whether it can only stand at the beginning of a line.
    """

    pattern: re.Pattern[str]
    pieces: tuple[str, ...] = ()
    begins_line: bool = False

    def stands_in(self, part: Part) -> bool:
        """Whether the part holds it."""
        if self.pieces and not part.holds_any(self.pieces):
            return False
        if self.begins_line:
            match = self.pattern.match
            return any(match(part.text, start) for start in part.starts)
        return self.pattern.search(part.text) is not None


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern that must stand in a part at least so often.

    Attributes:
        whole: the whole pattern.
        alternatives: the same in its alternatives.
        small: whether it is written, and looked for, in small letters.
        least: how often it must stand there.
    """

    whole: re.Pattern[str]
    alternatives: tuple[Alternative, ...]
    small: bool
    least: int = 1

    @classmethod
    def of(cls, pattern: str, *, small: bool, least: int = 1) -> Cue:
        """Make a cue of a pattern in which `^` and `$` mean lines."""
        alternatives = split(pattern)
        begin_lines = [each for each in alternatives if each.startswith("^")]
        others = [each for each in alternatives if not each.startswith("^")]
        plain = [each for each in others if not pieces_of(each)]
        parts = [
            Alternative(
                re.compile("|".join(begin_lines) or _NOTHING, re.MULTILINE), begins_line=True
            ),
            Alternative(re.compile("|".join(plain) or _NOTHING, re.MULTILINE)),
            *(
                Alternative(re.compile(each, re.MULTILINE), pieces_of(each))
                for each in others
                if pieces_of(each)
            ),
        ]
        kept = tuple(part for part in parts if part.pattern.pattern != _NOTHING)
        return cls(re.compile(pattern, re.MULTILINE), kept, small, least)

    def holds(self, part: Part) -> bool:
        """Whether the part holds it often enough."""
        part = part.small if self.small else part
        if self.least == 1:
            return any(alternative.stands_in(part) for alternative in self.alternatives)
        found = itertools.islice(self.whole.finditer(part.text), self.least)
        return sum(1 for _ in found) == self.least


def split(pattern: str) -> list[str]:
    """Split a pattern at the alternatives that stand in no brackets."""
    parts, begin = [], 0
    for at, mark, depth in _marks(pattern):
        if mark == "|" and depth == 0:
            parts.append(pattern[begin:at])
            begin = at + 1
    return [*parts, pattern[begin:]]


def _marks(pattern: str) -> list[tuple[int, str, int]]:
    """Return each mark of a pattern with its place and depth in brackets.

    What is escaped, a class of characters and a number of repetitions are each one mark.
    """
    marks: list[tuple[int, str, int]] = []
    depth = 0
    for match in _MARK.finditer(pattern):
        depth += match[0] == "("
        marks.append((match.start(), match[0], depth))
        depth -= match[0] == ")"
    return marks


def pieces_of(pattern: str) -> tuple[str, ...]:
    """Return runs of letters of which whatever matches must hold at least one, or nothing.

    Of all that is known, that is chosen whose shortest run is the longest.
    """
    piece = piece_of(pattern)
    ways: list[tuple[str, ...]] = [(piece,)] if piece else []
    for group in _groups(pattern):
        found = [pieces_of(alternative) for alternative in split(group)]
        if all(found):
            ways.append(tuple(itertools.chain(*found)))
    return max(ways, key=lambda way: min(map(len, way)), default=())


def _groups(pattern: str) -> list[str]:
    """Return what stands in the outermost brackets of a pattern, where it must be matched."""
    found, begin = [], -1
    for at, mark, depth in _marks(pattern):
        if begin < 0 and mark == "(" and depth == 1 and pattern.startswith(_GROUP, at):
            begin = at + len(_GROUP)
        elif begin >= 0 and mark == ")" and depth == 1:
            if pattern[at + 1 : at + 2] not in _QUANTIFIERS:
                found.append(pattern[begin:at])
            begin = -1
    return found


def piece_of(pattern: str) -> str:
    """Return the longest run of letters that whatever matches must hold, or ""."""
    runs = [""]
    for at, mark, depth in _marks(pattern):
        plain = depth == 0 and mark not in _SPECIAL and len(mark) == 1
        optional = pattern[at + len(mark) : at + len(mark) + 1] in _QUANTIFIERS
        if plain and not optional:
            runs[-1] += mark
        else:
            runs.append("")
    longest = max(runs, key=len)
    return longest if len(longest) >= _PIECE else ""
