"""Lines of Arabic and Hebrew pages, put together from where each letter stands.

Programs that write PDF take vowel signs for lines of their own and some ligatures backwards; the
places of the letters on the page tell better. Pure: glyphs come in, lines go out.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archivist.intake.readers.flow import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_BACKWARDS = re.compile(
    "[\u0627\u0622\u0623\u0625]\u0644|\u0647\u0644\u0644\u0627|\u0647\u0644\u0644"
)
_PERSIAN = re.compile("[\u067e\u0686\u0698\u06af\u06a9\u0679\u0688\u0691]")
_TEH_MARBUTA = "\u0629"
_ARABIC_FORMS = str.maketrans({"\u06cc": "\u064a", "\u06be": "\u0647", "\u06a9": "\u0643"})
_SAME_LINE = 0.3
_SPACE = 0.13
_SEEN = 0.03
_MARK_REACH = 0.8
_ENOUGH = 0.4


@dataclass(frozen=True, slots=True)
class Glyph:
    """What stands at one place of a page.

    Attributes:
        text: one character, or those of a ligature.
        left: its left edge.
        right: its right edge.
        base: height of its base line.
        size: height of its line.
    """

    text: str
    left: float
    right: float
    base: float
    size: float

    @property
    def middle(self) -> float:
        """Half way between its edges."""
        return (self.left + self.right) / 2


def is_rtl(text: str) -> bool:
    """Whether a page is mostly written from right to left."""
    letters = sum(char.isalpha() for char in text)
    return len(_RTL.findall(text)) > _ENOUGH * max(letters, 1)


def lines_of(glyphs: Iterable[Glyph], width: float) -> list[Line]:
    """Return the lines of a page, top down; their margins are counted from the right edge."""
    letters, marks = _sorted_out(glyphs)
    rows = _rows(letters)
    for mark in marks:
        _set_mark(mark, rows)
    return [_line(row, width) for row in rows if _has_words(row)]


def plain_arabic(text: str) -> str:
    """Write Arabic with Arabic letters where a font said their Persian or Urdu look-alikes."""
    if text.count(_TEH_MARBUTA) > 2 * len(_PERSIAN.findall(text)):
        return text.translate(_ARABIC_FORMS)
    return text


def _sorted_out(glyphs: Iterable[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """Part letters from vowel signs; letters that share a place are one ligature."""
    letters: list[Glyph] = []
    marks: list[Glyph] = []
    for glyph in glyphs:
        if unicodedata.category(glyph.text) == "Mn":
            marks.append(glyph)
        elif glyph.text.isspace():
            letters.append(replace(glyph, text=" "))
        elif letters and _shares_place(letters[-1], glyph):
            letters[-1] = replace(letters[-1], text=letters[-1].text + glyph.text)
        else:
            letters.append(glyph)
    if any(_BACKWARDS.fullmatch(letter.text) for letter in letters):
        letters = [replace(letter, text=_forwards(letter.text)) for letter in letters]
    return letters, marks


def _shares_place(one: Glyph, other: Glyph) -> bool:
    return (one.left, one.right, one.base) == (other.left, other.right, other.base)


def _forwards(ligature: str) -> str:
    """Turn a ligature round; a font that has one backwards has them all."""
    return ligature[::-1] if _RTL.match(ligature) else ligature


def _rows(letters: Sequence[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    for letter in sorted(letters, key=lambda one: -one.base):
        if rows and rows[-1][0].base - letter.base <= _SAME_LINE * rows[-1][0].size:
            rows[-1].append(letter)
        else:
            rows.append([letter])
    for row in rows:
        row.sort(key=lambda one: -one.middle)
    return rows


def _set_mark(mark: Glyph, rows: Sequence[list[Glyph]]) -> None:
    """Give a vowel sign to the letter it stands over or under."""
    near = [
        row
        for row in rows
        if _has_words(row) and abs(row[0].base - mark.base) < _MARK_REACH * row[0].size
    ]
    if not near:
        return
    row = min(near, key=lambda one: abs(one[0].base - mark.base))
    places = [place for place, glyph in enumerate(row) if glyph.text != " "]
    place = min(places, key=lambda number: abs(row[number].middle - mark.middle))
    row[place] = replace(row[place], text=row[place].text + mark.text)


def _has_words(row: Sequence[Glyph]) -> bool:
    return any(glyph.text != " " for glyph in row)


def _line(row: Sequence[Glyph], width: float) -> Line:
    letters = [glyph for glyph in row if glyph.text != " "]
    spaces = [glyph.middle for glyph in row if glyph.text == " "]
    size = max(glyph.size for glyph in letters)
    parts = [letters[0].text]
    for before, glyph in itertools.pairwise(letters):
        if _is_parted(before, glyph, spaces, size):
            parts.append(" ")
        parts.append(glyph.text)
    return Line(
        "".join(_logical(parts)),
        left=width - letters[0].right,
        right=width - letters[-1].left,
        base=letters[0].base,
        size=size,
    )


def _is_parted(before: Glyph, glyph: Glyph, spaces: Sequence[float], size: float) -> bool:
    """Whether a word ends: a gap says so, and a small one where the file has a space, too."""
    gap = before.left - glyph.right
    if gap > _SPACE * size:
        return True
    return gap > _SEEN * size and any(glyph.middle < space < before.middle for space in spaces)


def _logical(parts: Sequence[str]) -> list[str]:
    """Turn numbers and Latin words, which run from left to right, round."""
    found: list[str] = []
    run: list[str] = []
    between: list[str] = []
    for part in parts:
        kind = unicodedata.bidirectional(part[0])
        if kind in {"L", "EN", "AN"}:
            run += [*between, part] if run else [part]
            between = []
        elif run and kind not in {"R", "AL"}:
            between.append(part)
        else:
            found += [*reversed(run), *between, part]
            run, between = [], []
    return [*found, *reversed(run), *between]
