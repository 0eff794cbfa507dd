"""From a text to its statements: every part of the extractor in its order."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from archivist.intake.statements.certainty import GUESSED, certainty_of
from archivist.intake.statements.grammar import grammar_of
from archivist.intake.statements.parts import (
    Circumstances,
    Cue,
    Draft,
    Page,
    Speaker,
)
from archivist.intake.statements.quoted.attribution import attribute
from archivist.intake.statements.quoted.letters import maker_of
from archivist.intake.statements.quoted.quotations import quotations_of, quoted
from archivist.intake.statements.quoted.surroundings import Surroundings
from archivist.intake.statements.quoted.terms import words
from archivist.intake.statements.quoted.turns import turn_at, turns_of
from archivist.intake.statements.quoted.unmarked import unmarked
from archivist.intake.statements.reported.clauses import reported
from archivist.intake.statements.reported.cues import leading_subject, read
from archivist.intake.statements.reported.settling import settled
from archivist.intake.statements.reported.verbs import is_present
from archivist.intake.statements.when.occasions import circumstances
from archivist.intake.statements.who.speakers import Resolver
from archivist.model.statement import Statement

if TYPE_CHECKING:
    from archivist.intake.statements.grammar import Grammar
    from archivist.intake.statements.parts import (
        Attributed,
        Quotation,
        Reported,
        Turn,
    )
    from archivist.intake.statements.quoted.letters import Named
    from archivist.intake.statements.reported.lines import Line
_UNKNOWN = 0.5
_NAMELESS = ("record", "enclosed", "quoted", "loose", "told", "worded")
"""Rules that may find words whose speaker nothing near them names."""
_MADE = 0.75
"""How sure it is that who made a paper is who says what the paper says."""
_MARKS = 3
_SENTENCES = 3
_AGAIN = 600


def extract(
    text: str, *, title: str = "", language: str = "", doctype: str = "", date: str = ""
) -> list[Statement]:
    """Return what a text says that somebody said, ordered by where it stands.

    Quotations, reported speech and the turns of transcripts; those of one kind never overlap, of
    different kinds they may (a quotation within a turn). The text is only read: time and memory
    grow with its length and with nothing else.

    Args:
        text: the clean text.
        title: the record's title; names in it count as the text's own.
        language: its code, as catalogued; without one, English.
        doctype: its type, as catalogued.
        date: ISO 8601, as catalogued.
    """
    page = Page(text, title, language, doctype, date)
    return _Extraction(page).statements() if text.strip() else []


class _Extraction:
    """The parts of one page's statements, each worked out when it is first asked for."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._last: tuple[Draft, str] | None = None
        self._is_rooted = False

    @cached_property
    def _grammar(self) -> Grammar:
        return grammar_of(self._page.language)

    @cached_property
    def _quotations(self) -> tuple[Quotation, ...]:
        return quotations_of(self._page)

    @cached_property
    def _turns(self) -> tuple[Turn, ...]:
        return turns_of(self._page, self._quotations)

    @cached_property
    def _sentences(self) -> list[tuple[Line, list[Cue]]]:
        return read(self._page, self._quotations, self._unquoting)

    @property
    def _unquoting(self) -> list[tuple[int, int]]:
        """The turns in which nobody is quoted: no cue in them is of use."""
        within = {start for quotation in self._quotations for start in self._around(quotation)}
        return [(turn.label_start, turn.end) for turn in self._turns if turn.start not in within]

    def _around(self, quotation: Quotation) -> tuple[int, ...]:
        """Return where the turns of a quotation's ends begin."""
        first = turn_at(self._turns, quotation.start)
        last = turn_at(self._turns, quotation.end - 1)
        return tuple(turn.start for turn in (first, last) if turn)

    @cached_property
    def _cues(self) -> tuple[Cue, ...]:
        return tuple(cue for _, cues in self._sentences for cue in cues)

    @cached_property
    def _near(self) -> Surroundings:
        return Surroundings(self._page, self._cues)

    @cached_property
    def _unmarked(self) -> tuple[list[Attributed], list[Reported]]:
        found = reported(self._page, self._turns, self._sentences)
        return unmarked(self._page, found, self._cues)

    @property
    def _reported(self) -> list[Reported]:
        return self._unmarked[1]

    @cached_property
    def _attributed(self) -> list[Attributed]:
        found = attribute(self._page, self._quotations, self._cues, self._reported)
        return [
            quote
            for quote in found
            if not self._is_own(quote.surface, quote.start, quote.cue)
            and not self._is_whole_turn(quote)
        ]

    def _is_whole_turn(self, quote: Attributed) -> bool:
        """Tell whether a quotation is what stands after the label of a transcript: Lee: "..."."""
        turn = turn_at(self._turns, quote.start)
        return turn is not None and quote.start - turn.start < _MARKS and quote.cue is None

    def statements(self) -> list[Statement]:
        """Return them all, ordered."""
        drafts = [*self._turn_drafts(), *self._quote_drafts(), *self._reported_drafts()]
        drafts.sort(key=lambda draft: (draft.start, -draft.end))
        resolver = Resolver(self._page)
        return [self._statement(draft, resolver) for draft in _disjoint(drafts)]

    def _turn_drafts(self) -> list[Draft]:
        return [
            Draft(
                turn.start,
                turn.end,
                "turn",
                ((turn.start, turn.end),),
                turn.label,
                turn.label_start,
                None,
                "label",
            )
            for turn in self._turns
        ]

    def _quote_drafts(self) -> list[Draft]:
        return [
            Draft(
                quote.start,
                quote.end,
                "direct",
                quote.pieces,
                quote.surface,
                quote.surface_start,
                quote.cue,
                quote.rule,
            )
            for quote in (*self._attributed, *self._unmarked[0])
        ]

    def _reported_drafts(self) -> list[Draft]:
        clauses = settled(self._page, self._reported, self._attributed)
        return [
            Draft(
                clause.start,
                clause.end,
                "indirect",
                clause.pieces,
                clause.cue.subject,
                clause.cue.subject_start,
                clause.cue,
                clause.rule,
            )
            for clause in clauses
            if turn_at(self._turns, clause.start) is None
            and not self._is_own(clause.cue.subject, clause.start, clause.cue)
        ]

    def _statement(self, draft: Draft, resolver: Resolver) -> Statement:
        speaker = self._speaker(draft, resolver)
        resolver.note(speaker, draft.surface_start)
        again = self._speaks_again(draft, speaker)
        certainty = certainty_of(self._page, draft, speaker, again=again)
        self._last, self._is_rooted = (draft, speaker.name), again or speaker.how not in GUESSED
        around = self._circumstances(draft)
        return Statement(
            draft.start,
            draft.end,
            draft.kind,
            draft.pieces,
            speaker.name,
            draft.surface,
            speaker.role,
            draft.cue.verb if draft.cue else "",
            around.addressee,
            around.occasion,
            around.date,
            certainty,
            draft.rule,
        )

    def _speaks_again(self, draft: Draft, speaker: Speaker) -> bool:
        """Tell whether the statement right before a draft, in its paragraph, has its speaker.

        Of a row of pronouns the first must have somebody named before it. Who was asked is likely
        to answer: a question counts for nothing.
        """
        if self._last is None or self._last[1] != speaker.name or not self._is_rooted:
            return False
        last = self._last[0]
        asked = last.cue is not None and last.cue.kind == "ask"
        near = self._page.paragraph_number(last.start) == self._page.paragraph_number(draft.start)
        return near and not asked and draft.start - last.end < _AGAIN

    def _speaker(self, draft: Draft, resolver: Resolver) -> Speaker:
        if draft.kind == "turn":
            return resolver.resolve_label(draft.surface, draft.surface_start)
        if draft.rule in _NAMELESS and not draft.surface:
            return Speaker("", how="unknown", certainty=_UNKNOWN)
        surface, place = draft.surface, draft.surface_start
        if draft.rule == "whole":
            surface = "I"
        elif draft.cue is not None and not surface and self._grammar.subjectless:
            surface, place = self._carried(min(draft.start, draft.cue.start)) or ("", place)
        kind = draft.cue.rule if draft.cue else ""
        turn = turn_at(self._turns, place)
        inside = resolver.resolve_label(turn.label, turn.label_start).name if turn else ""
        if maker := maker_of(self._page.text, surface, place):
            made = resolver.resolve(*maker)
            return replace(made, certainty=min(_MADE, made.certainty))
        found = resolver.resolve(surface, place, kind=kind, inside=inside)
        return _as_signed(found, surface) if draft.rule == "enclosed" else found

    def _carried(self, position: int) -> Named | None:
        """Return the subject that a verb without one goes on with: "Lee came. Dijo que"."""
        start, end = self._page.sentence_at(position)[0], position
        for number in range(_SENTENCES + 1):
            first = bisect_left(self._cues, start, key=_start)
            cues = self._cues[first : bisect_left(self._cues, end, first, key=_start)]
            named = [(cue.subject, cue.subject_start) for cue in cues if cue.subject]
            if found := next((each for each in named if self._may_go_on(*each)), None):
                return found
            found = leading_subject(self._page, start, end) if number and not named else None
            if found is not None and self._may_go_on(*found) and self._has_article(found[0]):
                return found
            if start == 0:
                break
            start, end = self._page.sentence_at(start - 1)
        return None

    def _may_go_on(self, name: str, position: int) -> bool:
        """Tell whether a subject can be that of the next sentences, too."""
        return not quoted(self._quotations, position) and self._near.may_speak(name)

    def _has_article(self, name: str) -> bool:
        first, _, rest = name.partition(" ")
        return bool(rest) and first.lower() in self._grammar.determiners

    def _circumstances(self, draft: Draft) -> Circumstances:
        cue, page = draft.cue, self._page
        if cue is None:
            return Circumstances()
        start, end = page.sentence_at(cue.start)
        said = draft.start if cue.end <= draft.start else end
        return circumstances(
            page.text,
            cue.start,
            cue.end,
            start,
            min(end, said),
            date=page.date,
            language=page.language,
        )

    def _is_own(self, surface: str, position: int, cue: Cue | None) -> bool:
        """Tell whether somebody speaks of themselves in the text that they issue: "We condemn"."""
        if surface.lower() not in words().persons or turn_at(self._turns, position):
            return False
        if cue is None:
            return True
        leading = self._page.text[cue.clause_start : cue.start].lower().split()
        told = self._grammar.to.isdisjoint(leading)  # "I was able to tell the King"
        return told and is_present(self._grammar, cue.verb)


def _as_signed(found: Speaker, signed: str) -> Speaker:
    """Return the signatory of a quoted note; an address that follows the signature is no name."""
    longer, shorter = sorted((found.name.lower(), signed.lower()), key=len, reverse=True)
    if longer == shorter or not longer.startswith(shorter):
        return found
    return replace(found, name=signed)


def _start(cue: Cue) -> int:
    return cue.start


def _disjoint(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts without those that overlap an earlier one of their kind."""
    ends: dict[str, int] = {}
    kept = []
    for draft in drafts:
        if draft.start >= ends.get(draft.kind, 0):
            ends[draft.kind] = draft.end
            kept.append(draft)
    return kept
