"""A place in a record as people read it: its sentence, and the words of it that are meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from archivist.archive.wording.results import Use
from archivist.model.paragraphs import number_at, paragraphs
from archivist.model.sentences import sentence_starts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.model.record import Record

_BLANKS = re.compile(r"\s+")
_LONGEST: Final = 1_200
"""Letters of a sentence from which on only what is about the place is shown."""
_ASIDE: Final = 400


def use_at(record: Record, text: str, start: int, end: int) -> Use:
    """Return the use of some words at a place of a record's text; (0, 0) for a place that is gone.

    Args:
        record: the record.
        text: its current text.
        start: where the words begin, in characters.
        end: where they end.
    """
    bounds = paragraphs(text) if end else []
    number = number_at(bounds, start)
    shown, mark = "", (0, 0)
    if end:
        first, last = sentence_about(text, start, end, bounds)
        shown, mark = _on_one_line(text, first, last, (start, end))
    description = record.description
    return Use(
        record=record.id,
        ref=record.ref,
        title=description.title,
        date=description.date,
        doctype=description.doctype,
        speaker=description.originator,
        start=start,
        end=end,
        paragraph=number,
        text=shown,
        mark=mark,
    )


def sentence_about(
    text: str, start: int, end: int, bounds: Sequence[tuple[int, int]] | None = None
) -> tuple[int, int]:
    """Return where the sentence begins in which a place lies, and where the one ends it ends in.

    Args:
        text: the whole text.
        start: where the place begins, in characters.
        end: where it ends.
        bounds: where the paragraphs of the text stand, where that is known.
    """
    known = paragraphs(text) if bounds is None else bounds
    around = [(first, last) for first, last in known if first < end and start < last]
    low, high = (around[0][0], around[-1][1]) if around else (start, end)
    starts = [low + at for at in sentence_starts(text[low:high])]
    first = max((at for at in starts if at <= start), default=low)
    last = min((at for at in starts if at >= end), default=high)
    if last - first > max(_LONGEST, end - start):
        first, last = max(first, start - _ASIDE), min(last, end + _ASIDE)
    return min(first, start), max(end, last - _trailing(text[first:last]))


def _trailing(text: str) -> int:
    return len(text) - len(text.rstrip())


def _on_one_line(
    text: str, first: int, last: int, place: tuple[int, int]
) -> tuple[str, tuple[int, int]]:
    start, end = place
    before = _BLANKS.sub(" ", text[first:start]).lstrip()
    passage = _BLANKS.sub(" ", text[start:end])
    after = _BLANKS.sub(" ", text[end:last]).rstrip()
    return before + passage + after, (len(before), len(before) + len(passage))
