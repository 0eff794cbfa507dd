"""The passage of a text that tells most of what was searched for, on one line."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 220
_ELLIPSIS = "…"
_SPACES = re.compile(r"\s+")
_FARTHEST_CUT = 30
_MOST_SPANS = 2_000


def excerpt(
    text: str, spans: Sequence[tuple[int, int]], width: int = WIDTH
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a passage with as many different hits as fit, and where they stand in it.

    Args:
        text: the whole text.
        spans: hits in it, ascending and disjoint.
        width: of the passage in characters, about; a longer hit is shown whole.
    """
    first, last = _densest(text, spans[:_MOST_SPANS], width)
    start, end = _window(text, first, last, width)
    passage = _ELLIPSIS if start and text[:start].strip() else ""
    marks, at = [], start
    for begin, stop in spans:
        if start <= begin and stop <= end:
            passage += _one_line(text[at:begin], fresh=at == start)
            marks.append((len(passage), len(passage) + len(_one_line(text[begin:stop]))))
            passage += _one_line(text[begin:stop])
            at = stop
    passage += _one_line(text[at:end], fresh=at == start).rstrip()
    return passage + (_ELLIPSIS if text[end:].strip() else ""), tuple(marks)


def _one_line(piece: str, *, fresh: bool = False) -> str:
    line = _SPACES.sub(" ", piece)
    return line.lstrip() if fresh else line


def _densest(text: str, spans: Sequence[tuple[int, int]], width: int) -> tuple[int, int]:
    """Return the bounds of the hits that fit together and are the most different ones.

    Among as many, of as many kinds, those that stand nearest to each other.
    """
    if not spans:
        return 0, 0
    kinds = [text[start:end].casefold() for start, end in spans]
    held: Counter[str] = Counter()
    best, chosen, first = (0, 0, 0), spans[0], 0
    for last, (_start, end) in enumerate(spans):
        held[kinds[last]] += 1
        while first < last and end - spans[first][0] > width:
            held[kinds[first]] -= 1
            if not held[kinds[first]]:
                del held[kinds[first]]
            first += 1
        found = (len(held), last - first, spans[first][0] - end)
        if found > best:
            best, chosen = found, (spans[first][0], end)
    return chosen


def _window(text: str, first: int, last: int, width: int) -> tuple[int, int]:
    """Return the bounds of the passage around these hits, at whole words where any are near."""
    room = max(0, width - (last - first))
    start = max(0, min(first - room // 2, len(text) - width))
    end = min(len(text), max(start + width, last))
    if start:
        cut = _SPACES.search(text, start - 1, min(first, start + _FARTHEST_CUT))
        start = cut.end() if cut else start
    if end < len(text) and not text[end].isspace():
        floor = max(last, end - _FARTHEST_CUT)
        cuts = [cut.start() for cut in _SPACES.finditer(text, floor, end)]
        end = cuts[-1] if cuts else end
    return start, end
