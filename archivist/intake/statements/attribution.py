"""Say whose words a quotation is: which cue it belongs to, before it, after it or around it.

The nearest cue is not always the right one: a quotation belongs first to the cue it touches, then
to the one that governs the clause it stands in, then to the one of the sentence before it. A
quotation that belongs to nobody is a title, a term, or the author's own mark of distance.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import regex

from archivist.intake.statements.cues import leading_subject
from archivist.intake.statements.letters import author_before, signature_of, writer_before
from archivist.intake.statements.parts import Attributed
from archivist.intake.statements.surroundings import Surroundings
from archivist.intake.statements.terms import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.intake.statements.parts import Cue, Page, Quotation, Reported

_FEWEST = 3
"""Fewer quoted words are a term."""
_FULL = 6
"""So many words, with a stop, are a sentence by themselves."""
_TO = ("order", "commit")
"""Kinds of cues that need "to", or a pause, before what is quoted."""
_NEAR = 160
_RUN = 400
_OBJECT = 70
_AFTER = regex.compile(r"(?:\[\d{1,3}\])?[\s,\u2013\u2014-]*+")
_JOIN = regex.compile(r"[\s,;.:\u2013\u2014-]*+")
_DASH = regex.compile(
    r"""\s*+(?:[\u2013\u2014\u2015]|--?)\s*+
    (?P<name>\p{Lu}[\p{L}\p{M}.'\u2019-]*+(?:[ \u00a0][\p{L}\p{M}.'\u2019-]++){0,9}+)
    (?=[,\n;(]|\s*\Z)""",
    regex.X,
)
_CHAINED = frozenset(("inside", "also", "colon")) | frozenset(
    f"{where}-{kind}"
    for where in ("before", "earlier")
    for kind in ("say", "tell", "quote", "noun", "according")
)
"""Rules after which a further quotation of the same sentence has the same speaker."""
_PAUSES = (",", "-", "\u2014", "\u2013")
_LETTERS = regex.compile(r"\p{L}[\p{L}'\u2019-]*+")
_LETTER = 20
"""So many words may be a letter, or a whole document."""


def attribute(
    page: Page,
    quotations: Sequence[Quotation],
    cues: Sequence[Cue],
    reported: Sequence[Reported],
) -> list[Attributed]:
    """Return the quotations that are somebody's words, in order.

    Args:
        page: the page.
        quotations: all its quotations, in order, disjoint.
        cues: its cues in order; none of them within a closed quotation.
        reported: its reported clauses, for quotations within them.
    """
    return _Attribution(page, quotations, cues, reported).run() if quotations else []


class _Attribution:
    """Goes through the quotations from left to right; each rule is a method."""

    def __init__(
        self,
        page: Page,
        quotations: Sequence[Quotation],
        cues: Sequence[Cue],
        reported: Sequence[Reported],
    ) -> None:
        self._page = page
        self._text = page.text
        self._quotations = quotations
        self._near = Surroundings(page, cues)
        self._reported = reported
        self._clauses = [clause.start for clause in reported]
        self._found: list[Attributed] = []
        self._number = 0

    def run(self) -> list[Attributed]:
        while self._number < len(self._quotations):
            quotation = self._quotations[self._number]
            self._number += 1
            found = self._attributed(quotation)
            if found is not None:
                self._found.append(found)
        return self._found

    def _attributed(self, quotation: Quotation) -> Attributed | None:
        if quotation.words < _FEWEST:
            return self._after(quotation) if quotation.closed else None
        return (
            self._signed(quotation)
            or self._whole(quotation)
            or self._unclosed(quotation)
            or self._before(quotation)
            or self._after(quotation)
            or self._inside(quotation)
            or self._letter(quotation)
            or self._also(quotation)
            or self._earlier(quotation)
            or self._dash(quotation)
            or self._block(quotation)
            or self._record(quotation)
            or self._next(quotation)
        )

    # The rules, in the order in which they are tried.

    def _signed(self, quotation: Quotation) -> Attributed | None:
        """A letter with its signature: "... Sincerely yours, John Lee"."""
        name = signature_of(self._text, quotation) if quotation.words >= _LETTER else None
        if name is None:
            return None
        return self._made(quotation, "signed", None, surface=name[0], surface_start=name[1])

    def _whole(self, quotation: Quotation) -> Attributed | None:
        """A whole document within quotation marks."""
        if quotation.words < _LETTER or not self._near.is_alone(quotation):
            return None
        return self._made(quotation, "whole", None, surface="")

    def _unclosed(self, quotation: Quotation) -> Attributed | None:
        """A quotation that nothing closes, and its cue at the end: "We go, the Minister said."""
        if quotation.closed:
            return None
        for cue in reversed(self._near.cues_between(quotation.start, quotation.end)):
            head = self._text[quotation.start : cue.clause_start].rstrip()
            if quotation.end - cue.clause_end > _NEAR or not head.endswith(","):
                continue
            end = quotation.start + len(head) - 1
            return self._made(quotation, "unclosed", cue, end=end)
        return None

    def _before(self, quotation: Quotation) -> Attributed | None:
        """A cue that the quotation follows at once: He said: "..."."""
        cue = self._near.cue_before(quotation.outer_start)
        if cue is None or not self._near.touches(cue, quotation):
            return None
        if cue.kind == "quote" and self._near.is_title(quotation):
            return None
        if cue.kind in _TO and not self._near.begins_after_stop(quotation):
            return None
        return self._made(quotation, f"before-{cue.kind}", cue)

    def _after(self, quotation: Quotation) -> Attributed | None:
        """A cue that follows at once, and perhaps goes on: "...," he said, "..."."""
        cue = self._near.cue_after(quotation.outer_end)
        if cue is None or not self._follows(cue, quotation):
            return None
        if quotation.words < _FEWEST and not self._resumed(quotation, cue):
            return None
        if self._near.is_title(quotation) and not self._near.begins_sentence(quotation):
            return None
        return self._joined(quotation, cue)

    def _inside(self, quotation: Quotation) -> Attributed | None:
        """The clause that it stands in is reported: He said that it was "..."."""
        number = bisect_left(self._clauses, quotation.start + 1) - 1
        if number < 0:
            return None
        clause = self._reported[number]
        if quotation.end > clause.end + 2 or self._near.is_term(quotation):
            return None
        return self._made(quotation, "inside", clause.cue)

    def _letter(self, quotation: Quotation) -> Attributed | None:
        """A letter or message and its writer: the following message from Minister Lee: "..."."""
        before = self._near.before_marks(quotation)
        if before == 0 or self._text[before - 1] not in ":-\u2014\u2013":
            return None
        start = self._page.sentence_at(before - 1)[0]
        name = writer_before(self._text, max(start, before - _NEAR), before)
        if name is None or quotation.words < _FULL:
            return None
        return self._made(quotation, "letter", None, surface=name[0], surface_start=name[1])

    def _also(self, quotation: Quotation) -> Attributed | None:
        """A further quotation of the same sentence: spoke of "..." and of the "..."."""
        last = self._found[-1] if self._found else None
        if last is None or last.cue is None or self._near.is_title(quotation):
            return None
        start, _end = self._page.sentence_at(quotation.outer_start)
        if last.start < start or last.rule not in _CHAINED:
            return None
        if self._near.cues_between(max(last.end, last.cue.end), quotation.outer_start):
            return None
        return self._made(quotation, "also", last.cue)

    def _earlier(self, quotation: Quotation) -> Attributed | None:
        """A cue of the same sentence that something stands after: called the plan "..."."""
        cue = self._near.cue_before(quotation.outer_start)
        if cue is None or self._near.is_term(quotation):
            return None
        gap = quotation.outer_start - cue.clause_end
        colon = self._text[cue.clause_end : quotation.outer_start].rstrip().endswith(":")
        if gap > (_OBJECT if cue.kind == "quote" and not colon else _NEAR):
            return None
        return self._made(quotation, "colon" if colon else f"earlier-{cue.kind}", cue)

    def _dash(self, quotation: Quotation) -> Attributed | None:
        """A name after a dash: "..." - Minister Lee."""
        found = _DASH.match(self._text, quotation.outer_end, quotation.outer_end + _NEAR)
        if found is None or quotation.words < _FULL:
            return None
        name = found["name"]
        return self._made(quotation, "dash", None, surface=name, surface_start=found.start("name"))

    def _block(self, quotation: Quotation) -> Attributed | None:
        """A paragraph after a colon, or a colon without a verb of saying."""
        before = self._near.before_marks(quotation)
        if before == 0 or self._text[before - 1] != ":" or self._near.is_title(quotation):
            return None
        start, _end = self._page.sentence_at(before - 1)
        cues = self._near.cues_between(start, before)
        if cues:
            return self._made(quotation, "block", cues[-1])
        subject = leading_subject(self._page, start, before)
        if (
            subject is None
            or self._near.is_term(quotation)
            or not self._near.is_utterance(quotation)
        ):
            return None
        if not self._near.may_speak(subject[0]):
            return None
        return self._made(
            quotation, "bare-colon", None, surface=subject[0], surface_start=subject[1]
        )

    def _record(self, quotation: Quotation) -> Attributed | None:
        """A paragraph or more of a record, a report, a study: The notes contain this passage:."""
        before = self._near.before_marks(quotation)
        if before == 0 or self._text[before - 1] != ":" or quotation.words < _LETTER:
            return None
        if self._page.paragraph_number(before - 1) == self._page.paragraph_number(quotation.start):
            return None
        start = self._page.sentence_at(before - 1)[0]
        leading = [word.lower() for word in _LETTERS.findall(self._text, start, before)]
        if not words().drafts.isdisjoint(leading):
            return None
        named = author_before(self._text, start, before)
        named = named or leading_subject(self._page, start, before)
        surface, place = named or ("", quotation.start)
        return self._made(quotation, "record", None, surface=surface, surface_start=place)

    def _next(self, quotation: Quotation) -> Attributed | None:
        """A sentence by itself, after one that says who speaks, or after their words."""
        if quotation.words < _FULL or not self._near.is_sentence(quotation):
            return None
        before = self._near.before_marks(quotation)
        if before == 0 or self._text[before - 1] == ":":
            return None
        same = self._page.paragraph_number(before - 1) == self._page.paragraph_number(
            quotation.start
        )
        last = self._found[-1] if self._found else None
        start, end = self._page.sentence_at(before - 1)
        cues = self._near.cues_between(max(start, last.end if last else 0), end)
        if cues and same:
            return self._made(quotation, "next", cues[-1])
        if last is not None and last.cue is not None and before - last.end < _RUN:
            return self._made(
                quotation, "run", last.cue, surface=last.surface, surface_start=last.surface_start
            )
        subject = leading_subject(self._page, start, end) if same else None
        if subject is None or not self._near.may_speak(subject[0]):
            return None
        return self._made(quotation, "next", None, surface=subject[0], surface_start=subject[1])

    # What they ask.

    def _follows(self, cue: Cue, quotation: Quotation) -> bool:
        """Tell whether a cue stands right after a quotation, and speaks of it."""
        if cue.clause_start < quotation.end or cue.negated or cue.kind == "noun":
            return False
        between = _AFTER.match(self._text, quotation.outer_end, cue.clause_start)
        if between is None or between.end() < cue.clause_start or "\n" in between[0]:
            return False
        if self._text[quotation.end - 1] in _PAUSES or between[0].strip():
            return True
        if not (self._near.ends_with_stop(quotation) or self._near.begins_sentence(quotation)):
            return False
        return cue.rule == "right" or self._near.ends_here(cue)

    def _resumed(self, quotation: Quotation, cue: Cue) -> Quotation | None:
        """The quotation that goes on after the cue of another: "...," he said, "..."."""
        if self._number >= len(self._quotations):
            return None
        following = self._quotations[self._number]
        if following.outer_start < cue.clause_end:
            return None
        if following.outer_start - cue.clause_end > _NEAR:
            return None
        between = self._text[cue.clause_end : following.outer_start]
        touching = _JOIN.fullmatch(between) is not None
        goes_on = self._text[quotation.end - 1] in _PAUSES and "\n" not in between
        goes_on = goes_on and self._page.sentence_at(cue.start)[1] >= following.outer_start
        later = self._near.cue_after(cue.end)
        if later is not None and later.start < following.outer_start:
            return None
        return following if touching or goes_on else None

    def _joined(self, quotation: Quotation, cue: Cue) -> Attributed:
        following = self._resumed(quotation, cue)
        if following is None or "\n" in self._text[cue.clause_end : following.outer_start]:
            return self._made(quotation, "after", cue)
        self._number += 1
        pieces = ((quotation.start, quotation.end), (following.start, following.end))
        return Attributed(
            quotation.start,
            following.end,
            pieces,
            cue.subject,
            cue.subject_start,
            cue,
            "middle",
        )

    def _made(
        self,
        quotation: Quotation,
        rule: str,
        cue: Cue | None,
        *,
        end: int | None = None,
        surface: str | None = None,
        surface_start: int | None = None,
    ) -> Attributed:
        end = quotation.end if end is None else end
        if surface is None:
            surface = cue.subject if cue else ""
        if surface_start is None:
            surface_start = cue.subject_start if cue else quotation.start
        piece = ((quotation.start, end),)
        return Attributed(quotation.start, end, piece, surface, surface_start, cue, rule)
