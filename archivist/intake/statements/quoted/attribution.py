"""Say whose words a quotation is: which cue it belongs to, before it, after it or around it.

The nearest cue is not always the right one: a quotation belongs first to the cue it touches, then
to the one that governs the clause it stands in, then to the one of the sentence before it. A
quotation that belongs to nobody is a title, a term, or the author's own mark of distance.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from archivist.intake.statements.parts import Attributed
from archivist.intake.statements.quoted.surroundings import Surroundings
from archivist.intake.statements.quoted.terms import words
from archivist.intake.statements.quoted.unled import NEAR, Unled, made
from archivist.intake.statements.reported.cues import leading_subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.intake.statements.parts import Cue, Page, Quotation, Reported

_FEWEST = 3
"""Fewer quoted words are a term."""
_FULL = 6
"""So many words, with a stop, are a sentence by themselves."""
_TO = ("order", "commit")
"""Kinds of cues that need "to", or a pause, before what is quoted."""
_SPOKEN = ("say", "quote")
_BINDING = ("quote", "noun", "according")
"""Kinds of cues that a title can follow at once: his report "Our Common Future"."""
_RUN = 400
_OBJECT = 70
_AFTER = regex.compile(r"(?:\[\d{1,3}\])?[\s,\u2013\u2014-]*+")
_JOIN = regex.compile(r"[\s,;.:\u2013\u2014-]*+")
_ALONE = regex.compile(r"[\s\p{P}]*+(?:\[[^\[\]]{0,80}+\][\s\p{P}]*+)?")
_UNLED = frozenset(("labelled", "headed", "bare-colon", "dash"))
"""Rules without a cue after which further quotations of the same paragraphs go on."""
_CHAINED = frozenset(("inside", "inside-few", "also", "colon")) | frozenset(
    f"{where}-{kind}"
    for where in ("before", "earlier")
    for kind in ("say", "tell", "quote", "noun", "according")
)
"""Rules after which a further quotation of the same sentence has the same speaker."""
_LETTER = regex.compile(r"\p{L}++")
_FEW_LETTERS = 12
_PAUSES = (",", "-", "\u2014", "\u2013")


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
        self._unled = Unled(page, self._near)
        self._reported = reported
        self._clauses = [clause.start for clause in reported]
        self._found: list[Attributed] = []
        self._refused: Quotation | None = None
        self._number = 0

    def run(self) -> list[Attributed]:
        while self._number < len(self._quotations):
            quotation = self._quotations[self._number]
            self._number += 1
            found = self._attributed(quotation)
            if found is not None:
                self._found.append(found)
            elif self._near.is_term(quotation):
                self._refused = quotation
        return self._found

    def _attributed(self, quotation: Quotation) -> Attributed | None:
        if quotation.words < _FEWEST:
            return self._after(quotation) if quotation.closed else None
        found = (
            self._unled.enclosed(quotation)
            or self._unled.signed(quotation)
            or self._unled.whole(quotation)
            or self._unclosed(quotation)
            or self._unled.put(quotation)
            or self._before(quotation)
            or self._after(quotation)
        )
        if found or self._is_refused(quotation):
            return found
        return (
            self._inside(quotation)
            or self._unled.letter(quotation)
            or self._also(quotation)
            or self._unled.quoted(quotation)
            or self._earlier(quotation)
            or self._unled.beside(quotation)
            or self._unled.block(quotation)
            or self._unled.source(quotation)
            or self._unled.record(quotation)
            or self._next(quotation)
            or self._unled.inserted(quotation)
            or self._unled.own(quotation)
            or self._unled.loose(quotation, self._found[-1] if self._found else None)
        )

    def _is_refused(self, quotation: Quotation) -> bool:
        """Tell whether a quotation is only wording, or shares the fate of the term before it."""
        refused = self._refused
        if refused is not None and self._near.is_joined(refused, quotation):
            self._refused = quotation
            return True
        return self._near.is_drafted(quotation)

    # The rules, in the order in which they are tried.

    def _unclosed(self, quotation: Quotation) -> Attributed | None:
        """A quotation that nothing closes, and its cue at the end: "We go, the Minister said."""
        if quotation.closed:
            return None
        for cue in reversed(self._near.cues_between(quotation.start, quotation.end)):
            head = self._text[quotation.start : cue.clause_start].rstrip()
            if quotation.end - cue.clause_end > NEAR or not head.endswith(","):
                continue
            end = quotation.start + len(head) - 1
            if end > quotation.start:
                return made(replace(quotation, end=end), "unclosed", cue)
        return None

    def _before(self, quotation: Quotation) -> Attributed | None:
        """A cue that the quotation follows at once: He said: "..."."""
        cue = self._near.cue_before(quotation.outer_start)
        if cue is None or not self._near.touches(cue, quotation):
            return None
        bound = cue.kind in _BINDING or self._near.follows_preposition(quotation)
        if (bound and self._near.is_title(quotation)) or self._near.is_adjective(quotation):
            return None
        if cue.kind in _TO and not self._near.begins_after_stop(quotation):
            return None
        return made(quotation, f"before-{cue.kind}", cue)

    def _after(self, quotation: Quotation) -> Attributed | None:
        """A cue that follows at once, and perhaps goes on: "...," he said, "..."."""
        cue = self._near.cue_after(quotation.outer_end)
        if cue is None or not self._follows(cue, quotation):
            return None
        if quotation.words < _FEWEST and not self._resumed(quotation, cue):
            return None
        if self._near.is_title(quotation) and not self._near.begins_sentence(quotation):
            return None
        if self._near.is_within_clause(quotation):
            if self._near.cue_before(quotation.outer_start) or cue.kind not in _SPOKEN:
                return None
            if not self._near.ends_here(cue):
                return None
        return self._joined(quotation, cue)

    def _inside(self, quotation: Quotation) -> Attributed | None:
        """The clause that it stands in is reported: He said that it was "..."."""
        number = bisect_left(self._clauses, quotation.start + 1) - 1
        if number < 0:
            return None
        clause = self._reported[number]
        if quotation.end > clause.end + 2 or self._near.is_term(quotation, reported=True):
            return None
        rule = "inside-few" if self._near.is_term(quotation) else "inside"
        return made(quotation, rule, clause.cue)

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
        return made(quotation, "also", last.cue)

    def _earlier(self, quotation: Quotation) -> Attributed | None:
        """A cue of the same sentence that something stands after: called the plan "..."."""
        cue = self._near.cue_before(quotation.outer_start)
        if cue is None or cue.kind in _TO or self._near.is_term(quotation):
            return None
        if cue.kind == "according" and not self._near.is_utterance(quotation):
            return None
        if self._near.is_compared(cue):
            return None
        gap = quotation.outer_start - cue.clause_end
        colon = self._text[cue.clause_end : quotation.outer_start].rstrip().endswith(":")
        if gap > (_OBJECT if cue.kind == "quote" and not colon else NEAR):
            return None
        return made(quotation, "colon" if colon else f"earlier-{cue.kind}", cue)

    def _next(self, quotation: Quotation) -> Attributed | None:
        """A sentence by itself, after one that says who speaks, or after their words."""
        last = self._found[-1] if self._found else None
        if quotation.words < _FULL:
            return None
        if last is not None and self._goes_on(last, quotation):
            return made(quotation, "run", last.cue, (last.surface, last.surface_start))
        if not self._near.is_sentence(quotation):
            return None
        before = self._near.before_marks(quotation)
        if before == 0 or self._text[before - 1] == ":":
            return None
        same = self._page.paragraph_number(before - 1) == self._page.paragraph_number(
            quotation.start
        )
        start, end = self._page.sentence_at(before - 1)
        cues = self._near.cues_between(max(start, last.end if last else 0), end)
        cues = [cue for cue in cues if not (cue.negated or cue.passive)]
        if cues and same:
            return made(quotation, "next", cues[-1])
        subject = leading_subject(self._page, start, end) if same else None
        named = subject is not None and self._near.may_speak(subject[0])
        others = named and last is not None and last.end <= start
        if last is not None and not others and self._runs_on(last, before):
            return made(quotation, "run", last.cue, (last.surface, last.surface_start))
        return made(quotation, "next", None, subject) if named else None

    def _goes_on(self, last: Attributed, quotation: Quotation) -> bool:
        """Tell whether only "And" stands between the last quotation and this one."""
        if not 0 <= quotation.start - last.end < _FEW_LETTERS:
            return False
        between = _LETTER.findall(self._text, last.end, quotation.start)
        return 0 < len(between) <= 1 and between[0].lower() in words().joining

    def _runs_on(self, last: Attributed, before: int) -> bool:
        """Tell whether what follows the last quotation is still of the same speaker."""
        if last.cue is not None:
            return before - last.end < _RUN
        between = self._text[last.end : max(before, last.end)]
        return last.rule in (*_UNLED, "run") and _ALONE.fullmatch(between) is not None

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
        if following.outer_start - cue.clause_end > NEAR:
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
            return made(quotation, "after", cue)
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
