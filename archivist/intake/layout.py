"""The page as the rules of description look at it: its first lines, its last lines, its text."""

from __future__ import annotations

import functools
from dataclasses import dataclass

HEAD_CHARS = 6_000
TAIL_CHARS = 4_000
BODY_CHARS = 40_000
_LINE_CHARS = 400
_CUE_CHARS = 260
_CUE_LINES = 14
_HEAD_LINES = 40
_TAIL_LINES = 30
_BLANKS = "".join(char for char in map(chr, range(0x3001)) if char.isspace())
_BEFORE = f"#>*_•●▪-\u200e\u200f\u202a\u202b\u202c\u202d\u202e{_BLANKS}"
_AFTER = f"*_\u202c\u200e\u200f{_BLANKS}"


@dataclass(frozen=True)
class Layout:
    """A text and the parts of it that the rules read.

    However long the text is, only its beginning and its end are looked at.

    Attributes:
        text: all of it.
        title: the title that is given or hinted, or empty.
    """

    text: str
    title: str = ""

    @functools.cached_property
    def head(self) -> tuple[str, ...]:
        """The first lines that hold anything, without marks of emphasis."""
        return _lines(self.text[:HEAD_CHARS].split("\n"))[:_HEAD_LINES]

    @functools.cached_property
    def tail(self) -> tuple[str, ...]:
        """The last lines that hold anything, in order."""
        return _lines(self.text[-TAIL_CHARS:].split("\n"))[-_TAIL_LINES:]

    @functools.cached_property
    def body(self) -> str:
        """The text, or the beginning and the end of a long one."""
        if len(self.text) <= 2 * BODY_CHARS:
            return self.text
        return f"{self.text[:BODY_CHARS]}\n\n{self.text[-BODY_CHARS:]}"

    @functools.cached_property
    def opening(self) -> str:
        """The first lines as one text."""
        return "\n".join(line[:_CUE_CHARS] for line in self.head[:_CUE_LINES])

    @functools.cached_property
    def closing(self) -> str:
        """The last lines as one text."""
        return "\n".join(self.tail[-12:])


def _lines(lines: list[str]) -> tuple[str, ...]:
    plain = (line[:_LINE_CHARS].lstrip(_BEFORE).rstrip(_AFTER) for line in lines)
    return tuple(line for line in plain if line)
