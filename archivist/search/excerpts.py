"""The passage of a text that tells most of what was searched for, on one line."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.search.marks import Mark

_Kind = TypeVar("_Kind")
WIDTH = 220
_ELLIPSIS = "…"
_SPACES = re.compile(r"\s+")
_FARTHEST_CUT = 30
_MOST_MARKS = 2_000
_LEAD = 0.27
"""Share of the width that stands before the first hit: it is seen where room is short, too."""
_PIECE = 0.4
"""Share of the width that each of two passages has."""
_SAMPLE = 80
"""How many characters tell how wide those of a text are."""


class _Group(NamedTuple):
    """Hits that stand together; a greater one tells more of the query."""

    parts: int
    words: int
    hits: int
    nearness: int
    start: int
    end: int


def excerpt(
    text: str, marks: Sequence[Mark], width: int = WIDTH
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a passage that meets as much of the query as fits, and where its hits stand in it.

    Where two shorter passages far from each other meet more parts of the query, both.

    Args:
        text: the whole text.
        marks: hits in it, ascending and disjoint.
        width: of the passage in letters, about; a longer hit is shown whole. A Chinese,
            Japanese or Korean character is as wide as two letters.
    """
    if _wide(text, marks[0].start if marks else 0):
        width //= 2
    windows = _windows(text, marks[:_MOST_MARKS], width)
    line = _ELLIPSIS if text[: windows[0][0]].strip() else ""
    shown: list[tuple[int, int]] = []
    for number, window in enumerate(windows):
        line += f" {_ELLIPSIS} " if number else ""
        passage, places = _passage(text, marks, window)
        shown += [(len(line) + start, len(line) + end) for start, end in places]
        line += passage
    return line + (_ELLIPSIS if text[windows[-1][1] :].strip() else ""), tuple(shown)


def _passage(
    text: str, marks: Sequence[Mark], window: tuple[int, int]
) -> tuple[str, list[tuple[int, int]]]:
    """Return what stands between two places, on one line, and where its hits are."""
    start, end = window
    line, places, at = "", [], start
    for mark in marks:
        if start <= mark.start and mark.end <= end:
            line += _one_line(text[at : mark.start], fresh=at == start)
            at = mark.end
            places.append((len(line), len(line) + len(_one_line(text[mark.start : at]))))
            line += _one_line(text[mark.start : at])
    return line + _one_line(text[at:end], fresh=at == start).rstrip(), places


def _one_line(piece: str, *, fresh: bool = False) -> str:
    line = _SPACES.sub(" ", piece)
    return line.lstrip() if fresh else line


def _wide(text: str, start: int) -> bool:
    """Tell whether most characters from a place on are as wide as two letters."""
    sample = text[start : start + _SAMPLE]
    if sample.isascii():
        return False
    return sum(unicodedata.east_asian_width(sign) in "WF" for sign in sample) * 2 > len(sample)


def _windows(text: str, marks: Sequence[Mark], width: int) -> list[tuple[int, int]]:
    """Return the bounds of the passage, or of two that meet more parts of the query."""
    if not marks:
        return [_window(text, 0, 0, width)]
    whole, piece = _best(text, marks, width), round(width * _PIECE)
    if whole.parts < len({mark.part for mark in marks}):
        one = _best(text, marks, piece)
        met = {mark.part for mark in marks if one.start <= mark.start and mark.end <= one.end}
        two = _best(text, [mark for mark in marks if mark.part not in met], piece)
        if one.parts + two.parts > whole.parts:
            pair = sorted(_window(text, each.start, each.end, piece) for each in (one, two))
            return pair if pair[0][1] < pair[1][0] else [(pair[0][0], pair[1][1])]
    return [_window(text, whole.start, whole.end, width)]


def _best(text: str, marks: Sequence[Mark], width: int) -> _Group:
    """Return the hits that fit together and tell most.

    They meet most parts of the query; then are of most different words; then most; then those
    that stand nearest to each other.
    """
    kinds = [(mark.part, text[mark.start : mark.end].casefold()) for mark in marks]
    words: Counter[tuple[int, str]] = Counter()
    parts: Counter[int] = Counter()
    best, first = _Group(0, 0, 0, 0, marks[0].start, marks[0].end), 0
    for last, mark in enumerate(marks):
        words[kinds[last]] += 1
        parts[mark.part] += 1
        while first < last and mark.end - marks[first].start > width:
            _drop(words, kinds[first])
            _drop(parts, marks[first].part)
            first += 1
        start = marks[first].start
        found = (len(parts), len(words), last - first, start - mark.end)
        if found > best[:4]:
            best = _Group(*found, start, mark.end)
    return best


def _drop(counted: Counter[_Kind], kind: _Kind) -> None:
    counted[kind] -= 1
    if not counted[kind]:
        del counted[kind]


def _window(text: str, first: int, last: int, width: int) -> tuple[int, int]:
    """Return the bounds of the passage around these hits, at whole words where any are near."""
    room = max(0, width - (last - first))
    lead = max(round(width * _LEAD), width - (len(text) - first))
    start = max(0, first - min(room // 2, lead))
    end = min(len(text), max(start + width, last))
    if start:
        cut = _SPACES.search(text, start - 1, min(first, start + _FARTHEST_CUT))
        start = cut.end() if cut else start
    if end < len(text) and not text[end].isspace():
        floor = max(last, end - _FARTHEST_CUT)
        cuts = [cut.start() for cut in _SPACES.finditer(text, floor, end)]
        end = cuts[-1] if cuts else end
    return start, end
