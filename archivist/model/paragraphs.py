"""What a paragraph is: one definition for the reader, reports and citations.

Paragraph n of a record is the nth stretch of its text, heading and dateline included, so that a
citation (¶ 4) stays true when somebody edits the title.
"""

from __future__ import annotations

import bisect
import re
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_ENDS = re.compile(r"\n\s*")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return where each paragraph of a clean text stands, without the space around it.

    A blank line ends a paragraph; in a text without any blank line, each line is one.

    Returns:
        (start, end) in characters, ascending, disjoint.
    """
    edges = [0, *(edge for match in breaks(text) for edge in match.span()), len(text)]
    spans = (_trimmed(text, edges[i], edges[i + 1]) for i in range(0, len(edges), 2))
    return [span for span in spans if span[0] < span[1]]


def number_at(found: Sequence[tuple[int, int]], place: int) -> int:
    """Return which of the paragraphs found a place is in, or behind, as citations count: from 1."""
    return bisect.bisect_right(found, place, key=itemgetter(0))


def breaks(text: str) -> Iterator[re.Match[str]]:
    """Yield what stands between one paragraph and the next, and perhaps at the ends."""
    between = _BLANK_LINES if _BLANK_LINES.search(text.strip()) else _LINE_ENDS
    return between.finditer(text)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
