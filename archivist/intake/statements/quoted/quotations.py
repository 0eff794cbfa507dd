"""Find what stands within quotation marks, whatever marks they are, and however faulty.

A mark opens or closes by what stands around it, and only then by its shape: German closes with the
mark that English opens with, and typists close with whatever is at hand. Quotations are read
paragraph by paragraph. A mark that opens at the start of a paragraph while a quotation is still
open repeats that quotation's own; a quotation of a few words that is never closed ends with its
sentence, a longer one with its paragraph. Only the outermost quotations are given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

import regex

from archivist.intake.statements.parts import Mark, Quotation
from archivist.intake.statements.quoted.enclosed import notes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archivist.intake.statements.parts import Page

_MARK = regex.compile(
    r"(?:[\"\u201c\u201d\u201e\u201f\u00ab\u00bb]|''|``|\u2019\u2019|\u2018\u2018)++"
)
"""One mark, or several that open or close together."""
_MOST_MARKS = 4
_PLAIN_MARK = re.compile('["\u201c\u201d\u201e\u201f\u00ab\u00bb]+')
_DOUBLED = ("''", "``", "\u2019\u2019", "\u2018\u2018")
_SINGLE = re.compile("['\u2018\u2019\u201a\u2039\u203a]")
_NO_SINGLE_AFTER = frozenset("'`\u2018\u2019")
_NO_SINGLE_BEFORE = frozenset("'\u2018\u2019")
"""A single mark next to another is none."""
_OPENING = "\u201c\u201e\u00ab\u201f`\u2018\u201a\u2039"
_EITHER = frozenset("\"'")
_BEFORE = frozenset("([{\u2014\u2013-/'\u2018\u201c\u201e\u00ab\u00a1\u00bf:\u2026\"")
"""What an opening mark may stand after, besides space."""
_AFTER = frozenset(".,;:!?)]}\u2026'\u2019\u201d\u00bb")
"""What a closing mark may stand before, besides space."""
_STOPS = frozenset(".!?")
"""What a mark without space around it may stand after, opening or closing: "ended.”We go on”"."""
_TRIM = "\u201c\u201e\u00ab\"\u2018\u201a'` "
_BULLETS = "-\u2013\u2014\u2022*> "
_BRACKET = "["
_FEW = 10
"""An unclosed quotation of fewer words is a term, and no paragraph goes on with it."""
_FAR = 4000
"""A quotation whose closing mark is farther than this, without marks between, has none."""
_MOST_PARAGRAPHS = 60


def quotations_of(page: Page) -> tuple[Quotation, ...]:
    """Return the quotations of a page, in order, disjoint; terms and titles among them."""
    marks = list(_double_marks(page))
    found = _Reader(page, marks).read() if marks else []
    if "'" in page.text or "\u2018" in page.text or "\u201a" in page.text:
        found = _merged(found, _single(page))
    notes = notes_of(page.text, marks)
    return tuple(_with(notes, found) if notes else found)


def _with(notes: list[Quotation], found: list[Quotation]) -> list[Quotation]:
    """Return quotations with the notes among them, in place of whatever they cut."""
    starts = [note.outer_start for note in notes]
    for each in found:
        number = bisect_right(starts, each.outer_end - 1) - 1
        if number < 0 or notes[number].outer_end <= each.outer_start:
            notes.append(each)
    return sorted(notes, key=_outer)


def quoted(quotations: tuple[Quotation, ...], position: int) -> Quotation | None:
    """Return the quotation that a place is within."""
    number = bisect_right(quotations, position, key=_start) - 1
    if number >= 0 and position < quotations[number].end:
        return quotations[number]
    return None


def _start(quotation: Quotation) -> int:
    return quotation.start


def _double_marks(page: Page) -> Iterator[Mark]:
    text, in_tag = page.text, False
    marks = _MARK if any(mark in text for mark in _DOUBLED) else _PLAIN_MARK
    for found in marks.finditer(text):
        start, end = found.span()
        if in_tag or text[start - 1 : start] == "=":
            in_tag = not in_tag  # the value of an attribute: sizes="..."
        elif end - start <= _MOST_MARKS:
            yield Mark(start, end, _side(text, start, end), page.paragraph_number(start))


def _side(text: str, start: int, end: int) -> int:
    """Return whether a mark opens (1), closes (-1), or cannot be told by itself (0)."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    opens = before.isspace() or before in _BEFORE
    closes = after.isspace() or after in _AFTER
    if after == _BRACKET:
        closes = not opens
    if opens != closes:
        return 1 if opens else -1
    mark = text[start]
    if mark in _EITHER or (before in _STOPS and after.isalnum()):
        return 0
    return 1 if mark in _OPENING else -1


class _Reader:
    """Reads marks from left to right and keeps the one quotation that is open."""

    def __init__(self, page: Page, marks: list[Mark], *, single: bool = False) -> None:
        self._page = page
        self._text = page.text
        self._marks = marks
        self._single = single
        self._open: Mark | None = None
        self._depth = 0
        self._paragraph = -1
        self._found: list[Quotation] = []

    def read(self) -> list[Quotation]:
        for number, mark in enumerate(self._marks):
            self._enter(number, mark)
            if self._repeats(mark):
                continue
            side = mark.side or (-1 if self._open else 1)
            if side > 0:
                self._opens(number, mark)
            else:
                self._closes(mark)
        self._give_up()
        return self._found

    def _enter(self, number: int, mark: Mark) -> None:
        """Close what cannot go on into the paragraph of the next mark."""
        opened = self._open
        if opened and mark.paragraph != self._paragraph and not self._goes_on(opened, number, mark):
            self._give_up()
        self._paragraph = mark.paragraph

    def _goes_on(self, opened: Mark, number: int, mark: Mark) -> bool:
        if mark.paragraph - opened.paragraph > _MOST_PARAGRAPHS:
            return False
        end = self._page.paragraph(opened.paragraph)[1]
        listed = self._is_first(opened) and (self._is_first(mark) or mark.side < 0)
        if self._few(opened, end) and self._text[end - 1] not in ":," and not listed:
            return False
        if self._is_first(mark) and mark.side >= 0:
            return mark.paragraph == self._paragraph + 1
        before = self._marks[number - 1].end if number else 0
        return mark.side < 0 and mark.start - before < _FAR

    def _repeats(self, mark: Mark) -> bool:
        """Tell whether a mark opens a paragraph of a quotation that is open already."""
        return (
            self._open is not None
            and mark.paragraph != self._open.paragraph
            and self._is_first(mark)
            and mark.side >= 0
        )

    def _is_first(self, mark: Mark) -> bool:
        start = self._page.paragraph(mark.paragraph)[0]
        return mark.start - start < _FEW and not self._text[start : mark.start].strip(_BULLETS)

    def _few(self, opened: Mark, end: int) -> bool:
        sample = self._text[opened.end : min(end, opened.end + 400)]
        return len(sample.split()) < _FEW

    def _opens(self, number: int, mark: Mark) -> None:
        if self._open is None:
            self._open, self._depth = mark, 1
        elif self._nests(number):
            self._depth += 1
        elif mark.paragraph == self._open.paragraph or self._is_first(mark):
            self._give_up(mark.start)
            self._open, self._depth = mark, 1

    def _nests(self, number: int) -> bool:
        """Tell whether two closing marks follow an opening one: a quotation in a quotation."""
        following = [mark.side for mark in self._marks[number + 1 : number + 3]]
        return self._depth < 3 and following == [-1, -1]  # noqa: PLR2004 - marks differ in pairs

    def _closes(self, mark: Mark) -> None:
        if self._open is None:
            self._unopened(mark)
            return
        self._depth -= 1
        if self._depth <= 0:
            self._add(self._open, mark.start, mark.end, closed=True)
            self._open = None

    def _unopened(self, mark: Mark) -> None:
        """Take the paragraph before a closing mark that none opens, after ',' and the like."""
        if self._single or self._text[mark.start - 1 : mark.start] not in tuple(",.!?"):
            return
        start = self._page.paragraph(mark.paragraph)[0] if mark.paragraph >= 0 else 0
        if self._found and self._found[-1].outer_end > start:
            return
        missing = Mark(start, start, 1, mark.paragraph)
        self._add(missing, mark.start, mark.end, closed=False)

    def _give_up(self, before: int | None = None) -> None:
        """End a quotation that nothing closes: with its sentence, or with its paragraph."""
        opened, self._open = self._open, None
        if opened is None or self._single:
            return
        if before is None:
            end = self._page.paragraph(max(opened.paragraph, self._paragraph))[1]
            if self._few(opened, end):
                end = min(end, self._page.sentence_at(opened.end)[1])
        else:
            end = min(before, max(self._page.sentence_at(opened.end)[1], opened.end))
        self._add(opened, end, end, closed=False)

    def _add(self, opened: Mark, end: int, outer_end: int, *, closed: bool) -> None:
        text, start = self._text, opened.end
        while start < end and (text[start].isspace() or text[start] in _TRIM):
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            words = _words(text, start, end)
            self._found.append(
                Quotation(start, end, opened.start, outer_end, words, closed, self._single)
            )


def _words(text: str, start: int, end: int) -> int:
    """Count words, exactly where they are few."""
    return len(text[start : min(end, start + 2000)].split())


def _single(page: Page) -> list[Quotation]:
    marks = list(_single_marks(page))
    return _Reader(page, marks, single=True).read() if marks else []


def _single_marks(page: Page) -> Iterator[Mark]:
    """Yield single marks; of what may as well be the apostrophe of a plural, only the needed."""
    is_open, weak = False, None
    for mark, is_weak in _single_candidates(page):
        if weak is not None and (mark.side > 0 or mark.paragraph != weak.paragraph):
            yield weak
            is_open, weak = False, None
        if is_weak:
            weak = mark if is_open else None
            continue
        weak = None
        is_open = mark.side > 0
        yield mark
    if weak is not None:
        yield weak


def _single_candidates(page: Page) -> Iterator[tuple[Mark, bool]]:
    text = page.text
    for found in _SINGLE.finditer(text):
        start, end = found.span()
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        if before.isalnum() and after.isalnum():
            continue
        if before in _NO_SINGLE_AFTER or after in _NO_SINGLE_BEFORE:
            continue
        side = _side(text, start, end)
        if (side > 0 and not _may_open(after)) or (side < 0 and before.isspace()):
            continue
        if side:
            weak = side < 0 and before in "sS"
            yield Mark(start, end, side, page.paragraph_number(start)), weak


def _may_open(after: str) -> bool:
    return after.isalpha() or after in '[\u201c"\u2026.('


def _merged(double: list[Quotation], single: list[Quotation]) -> list[Quotation]:
    """Return the outermost of both kinds, in order."""
    kept: list[Quotation] = []
    for quotation in sorted((*double, *single), key=_outer):
        if kept and quotation.outer_start < kept[-1].outer_end:
            continue
        kept.append(quotation)
    return kept


def _outer(quotation: Quotation) -> tuple[int, int]:
    return quotation.outer_start, -quotation.outer_end
