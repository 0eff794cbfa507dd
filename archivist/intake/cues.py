"""Patterns that speak for something, tried quickly: most of them are absent from most texts.

A pattern is split at its alternatives. One that begins a line is tried at the beginnings of lines
only, and one with a literal piece only where that piece stands in the text at all.
"""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass

_PIECE = 4
"""A shorter literal stands almost everywhere, so looking for it first saves nothing."""
_NOTHING = "(?!)"
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

    @functools.cached_property
    def starts(self) -> tuple[int, ...]:
        """Where its lines begin."""
        return (0, *(match.end() for match in re.finditer("\n", self.text)))


@dataclass(frozen=True, slots=True)
class Alternative:
    """One alternative of a pattern, or several that are tried alike.

    Attributes:
        pattern: what is looked for.
        piece: letters that must stand there, or empty.
        begins_line: whether it can only stand at the beginning of a line.
    """

    pattern: re.Pattern[str]
    piece: str = ""
    begins_line: bool = False

    def stands_in(self, part: Part) -> bool:
        """Whether the part holds it."""
        if self.piece and self.piece not in part.text:
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
        plain = [each for each in others if not piece_of(each)]
        parts = [
            Alternative(
                re.compile("|".join(begin_lines) or _NOTHING, re.MULTILINE), begins_line=True
            ),
            Alternative(re.compile("|".join(plain) or _NOTHING, re.MULTILINE)),
            *(
                Alternative(re.compile(each, re.MULTILINE), piece_of(each))
                for each in others
                if piece_of(each)
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


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns) or _NOTHING, re.MULTILINE)


def split(pattern: str) -> list[str]:
    """Split a pattern at the alternatives that stand in no brackets."""
    parts, begin = [], 0
    for at, mark, depth in _marks(pattern):
        if mark == "|" and depth == 0:
            parts.append(pattern[begin:at])
            begin = at + 1
    return [*parts, pattern[begin:]]


def _marks(pattern: str) -> list[tuple[int, str, int]]:
    """Return each mark of a pattern with its place and depth; escaped ones as two characters."""
    marks: list[tuple[int, str, int]] = []
    at = depth = 0
    in_class = False
    while at < len(pattern):
        mark = pattern[at : at + 2] if pattern[at] == "\\" else pattern[at]
        inside = depth + in_class
        if in_class:
            in_class = mark != "]"
        elif mark == "[":
            in_class, inside = True, depth + 1
        elif mark in {"(", ")"}:
            depth += 1 if mark == "(" else -1
            inside = max(inside, depth)
        marks.append((at, mark, inside))
        at += len(mark)
    return marks


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
