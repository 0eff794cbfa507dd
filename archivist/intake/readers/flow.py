"""Lines as they stand on pages become paragraphs as they were written.

Running heads, feet and page numbers are left out, lines are joined, hyphenation at line ends is
undone. Pure: what a page looks like comes in, text goes out.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_EDGE = 0.13
"""Share of a page's height, at its top and at its foot, in which running lines stand."""
_OFTEN = 0.4
_WIDE_GAP = 1.35
_OTHER_SIZE = 1.2
_NEARLY_FULL = 0.85
_PAGE_NUMBER = re.compile(
    r"(?:[-\u2013\u2014|\[(]\s*)?(?:(?:page|p\.|seite|página|pagina|стр\.|страница|صفحة)\s*)?"
    r"(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|de|von|sur|из|van|di)\s*\d{1,4})?"
    r"(?:\s*[-\u2013\u2014|\])])?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_MARKER = re.compile(
    r"(?:[\u2022\u25cf\u25aa\u2023\u2043\uf0b7\u2013\u2014-]|\(?(?:\d{1,3}|[a-z])[.)])\s"
)
_LONE_MARK = re.compile(r"[\u2022\u25cf\u25aa\u25cb\u2023\uf0b7\s]+")
_SENTENCE_END = re.compile(r"[.!?:;\u2026\u061f\u3002\uff01\uff1f][\"'\u201d\u2019\u00bb)\]]*$")
_HYPHENATED = re.compile(r"([^\W\d_]+)[-\u2010\u00ad\ufffe\x02]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line on a page; measures in points from the page's lower left corner.

    Attributes:
        text: without blanks at its ends.
        left: where it begins.
        right: where it ends.
        base: height of its base line.
        size: height of its letters.
    """

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its lines in reading order."""

    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Measure:
    """What is usual on the pages: margins and the distance of lines."""

    left: float
    right: float
    pitch: float
    words: frozenset[str]

    @property
    def width(self) -> float:
        return max(self.right - self.left, 1.0)


def text_of(pages: Sequence[Page]) -> str:
    """Return the text of the pages, paragraph by paragraph."""
    bodies = without_furniture(pages)
    measure = _measured(bodies)
    text = ""
    last: Line | None = None
    for body in bodies:
        for number, line in enumerate(body):
            text = _appended(text, last, line, measure, turned=number == 0)
            last = line
    return text


def without_furniture(pages: Sequence[Page]) -> list[list[Line]]:
    """Return each page's lines without running heads, running feet and page numbers."""
    running = _running(pages)
    return [
        [line for line in page.lines if not _is_furniture(line, page, running)] for page in pages
    ]


def _running(pages: Sequence[Page]) -> set[str]:
    """Find what stands at the edge of many pages, whatever its digits."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(line) for line in page.lines if _at_edge(line, page)})
    wanted = max(2, _OFTEN * len(pages))
    return {shape for shape, times in seen.items() if times >= wanted}


def _shape(line: Line) -> str:
    return _DIGITS.sub("#", line.text)


def _at_edge(line: Line, page: Page) -> bool:
    return not _EDGE * page.height < line.base < (1 - _EDGE) * page.height


def _is_furniture(line: Line, page: Page, running: set[str]) -> bool:
    if _LONE_MARK.fullmatch(line.text):
        return True
    if not _at_edge(line, page):
        return False
    return _shape(line) in running or bool(_PAGE_NUMBER.fullmatch(line.text))


def _measured(bodies: Iterable[Sequence[Line]]) -> _Measure:
    lines = [line for body in bodies for line in body]
    gaps = [
        above.base - below.base
        for body in bodies
        for above, below in itertools.pairwise(body)
        if 0 < above.base - below.base < 5 * max(above.size, 1.0)
    ]
    words = Counter(word.lower() for line in lines for word in _words(line.text))
    return _Measure(
        left=_usual([line.left for line in lines], low=True),
        right=_usual([line.right for line in lines], low=False),
        pitch=statistics.median_low(gaps) if gaps else 0.0,
        words=frozenset(words),
    )


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)


def _usual(values: list[float], *, low: bool) -> float:
    """Return a margin: where the outermost tenth of the lines begins or ends."""
    ordered = sorted(values)
    if not ordered:
        return 0.0
    tenth = len(ordered) // 10
    return ordered[tenth] if low else ordered[-1 - tenth]


def _appended(text: str, last: Line | None, line: Line, measure: _Measure, *, turned: bool) -> str:
    if last is None:
        return line.text
    between = _turn(last, line, measure) if turned else _between(last, line, measure)
    if between != " ":
        return text + between + line.text
    if hyphenated := _HYPHENATED.search(text):
        return _unhyphenated(text, hyphenated, line.text, measure)
    return f"{text} {line.text}"


def _between(last: Line, line: Line, measure: _Measure) -> str:
    """Say what parts two lines of a page: a paragraph's end, a line's end, or a blank."""
    gap = last.base - line.base
    if gap < -0.5 * last.size or gap > _WIDE_GAP * measure.pitch or _differs(last, line):
        return "\n\n"
    if gap < 0.3 * last.size:
        return " "
    if _MARKER.match(line.text) or _is_indented(last, line, measure):
        return "\n\n"
    if not _is_short(last, line, measure):
        return " "
    return "\n\n" if _SENTENCE_END.search(last.text) else "\n"


def _differs(last: Line, line: Line) -> bool:
    larger, smaller = max(last.size, line.size), min(last.size, line.size)
    return larger > _OTHER_SIZE * max(smaller, 0.1) and larger - smaller > 1


def _is_indented(last: Line, line: Line, measure: _Measure) -> bool:
    """Whether the line begins further in than the margin, and the one before did not."""
    deeper = line.left > measure.left + 0.8 * line.size
    return (
        deeper
        and last.left <= measure.left + 0.4 * last.size
        and line.right > measure.left + 0.5 * measure.width
    )


def _is_short(last: Line, line: Line, measure: _Measure) -> bool:
    """Whether the last line ended although the first word of the next had room on it."""
    first = line.text.split(maxsplit=1)[0] if line.text else ""
    letter = (line.right - line.left) / max(len(line.text), 1)
    room = measure.width - (last.right - last.left) - (last.left - measure.left)
    room = min(room, measure.right - last.right) if last.left < measure.left + last.size else room
    wanted = (len(first) + 2) * letter
    return room > wanted and last.right - last.left < _NEARLY_FULL * measure.width


def _turn(last: Line, line: Line, measure: _Measure) -> str:
    """Say what parts the last line of a page from the first of the next."""
    if _HYPHENATED.search(last.text) or line.text[:1].islower():
        return " "
    if _SENTENCE_END.search(last.text) or _is_short(last, line, measure):
        return "\n\n"
    return "\n\n" if _differs(last, line) or _MARKER.match(line.text) else " "


def _unhyphenated(text: str, hyphenated: re.Match[str], following: str, measure: _Measure) -> str:
    """Join a word parted at a line's end; the hyphen stays where the document writes it so."""
    rest = _FIRST_WORD.match(following)
    if rest is None:
        return f"{text} {following}"
    if not following[0].islower():
        return f"{text[:-1]}-{following}"
    first = hyphenated[1].lower()
    whole, parted = first + rest[0].lower(), f"{first}-{rest[0].lower()}"
    if parted in measure.words and whole not in measure.words:
        return f"{text[:-1]}-{following}"
    return text[:-1] + following
