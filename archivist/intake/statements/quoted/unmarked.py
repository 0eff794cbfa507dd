"""Direct speech without quotation marks, after a cue and a colon: Lee repeated: If you agree, ...

What stands after a cue and a colon is a speaker's own words where somebody speaks of himself or to
somebody in it, and goes on as long as its next sentences do.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import regex

from archivist.intake.statements.parts import Attributed
from archivist.intake.statements.quoted.terms import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.intake.statements.parts import Cue, Page, Reported

_WORD = regex.compile(r"\p{L}++")
_KINDS = ("say", "tell", "ask")
_MOST = 12
"""So many sentences at most."""


def unmarked(
    page: Page, reported: Sequence[Reported], cues: Sequence[Cue]
) -> tuple[list[Attributed], list[Reported]]:
    """Return the reported clauses that are direct speech, and the others."""
    spoken, others = [], []
    for clause in reported:
        if _is_spoken(page, clause):
            spoken.append(_spoken(page, clause, cues))
        else:
            others.append(clause)
    return spoken, others


def _is_spoken(page: Page, clause: Reported) -> bool:
    """Tell whether a clause follows a cue and a colon at once, and somebody speaks in it."""
    if clause.rule != "colon" or clause.cue.kind not in _KINDS or not clause.cue.subject:
        return False
    between = page.text[clause.cue.clause_end : clause.start].strip()
    return between == ":" and _speaks(page, clause.start, clause.end)


def _speaks(page: Page, start: int, end: int) -> bool:
    persons = words().persons
    return any(word.lower() in persons for word in _WORD.findall(page.text, start, end))


def _spoken(page: Page, clause: Reported, cues: Sequence[Cue]) -> Attributed:
    cue, end = clause.cue, page.sentence_at(clause.end)[1]
    last = page.paragraph_at(clause.end)[1]
    for _ in range(_MOST):
        start, next_end = page.sentence_at(min(end + 1, last))
        if start < end or not _speaks(page, start, next_end):
            break
        first = bisect_left(cues, start, key=_start)
        others = cues[first : bisect_left(cues, next_end, first, key=_start)]
        if any(cue.kind != "quote" for cue in others):
            break
        end = next_end
    piece = ((clause.start, end),)
    return Attributed(clause.start, end, piece, cue.subject, cue.subject_start, cue, "unmarked")


def _start(cue: Cue) -> int:
    return cue.start
