"""Whose words a quotation is that no verb of saying touches: labels, letters, records, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from archivist.intake.statements.parts import Attributed
from archivist.intake.statements.quoted.enclosed import author_of, introduces
from archivist.intake.statements.quoted.leads import (
    coiner_after,
    dash_after,
    inserted,
    label_before,
    name_before,
    source_after,
)
from archivist.intake.statements.quoted.letters import (
    author_before,
    paper_before,
    signature_of,
    writer_before,
)
from archivist.intake.statements.quoted.terms import words
from archivist.intake.statements.reported.cues import leading_subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.intake.statements.parts import Cue, Page, Quotation
    from archivist.intake.statements.quoted.letters import Named
    from archivist.intake.statements.quoted.surroundings import Surroundings

LETTER = 20
"""So many words may be a letter, or a whole document."""
NEAR = 160
_FULL = 6
_SENTENCE = 4
_SOME = 6
_MANY = 7
"""So many words are somebody's even where nobody is named."""
_RECENT = 1500
_KNOWN = frozenset(("", "en", "es", "fr", "de", "pt", "it", "nl", "ru"))
"""Languages whose marks and words the rules know."""
SILENT = frozenset(("treaty", "agreement", "note", "estimate", "law", "resolution"))
"""Types of documents that hardly ever report what somebody said."""
_WORDED = regex.compile(
    r"(?:\[\d{1,3}\]\s?)?+\b(?:used|uses|using|spoke|wrote)\b[^.:]{0,40}\b(?:language|words|terms)\b"
)
"""The minister used the following language:"""
_GERUND = regex.compile(r"\p{Lu}\p{Ll}++(?<=ing)")
_CIRCUMSTANCE = regex.compile(r"(?:After|When|While|Before|Since|Once)\s")
_BREAKS = (",", ";", "\u2014", "\u2013")
_LETTERS = regex.compile(r"\p{L}(?:[\p{L}'\u2019-]*\p{L})?+")


def made(
    quotation: Quotation, rule: str, cue: Cue | None, named: Named | None = None
) -> Attributed:
    """Return a quotation as the words of somebody named, or of the subject of a cue."""
    if named is None:
        named = (cue.subject, cue.subject_start) if cue else ("", quotation.start)
    piece = ((quotation.start, quotation.end),)
    return Attributed(quotation.start, quotation.end, piece, *named, cue, rule)


class Unled:
    """Each rule is a method; what it finds does not depend on the quotations before."""

    def __init__(self, page: Page, near: Surroundings) -> None:
        self._page = page
        self._text = page.text
        self._near = near

    def signed(self, quotation: Quotation) -> Attributed | None:
        """A letter with its signature: "... Sincerely yours, John Lee"."""
        named = signature_of(self._text, quotation) if quotation.words >= LETTER else None
        return made(quotation, "signed", None, named) if named else None

    def enclosed(self, quotation: Quotation) -> Attributed | None:
        """A note that a reply repeats: your note, which reads as follows: "..."."""
        if quotation.words < _FULL or not introduces(self._text, quotation.outer_start):
            return None
        return made(quotation, "enclosed", None, author_of(self._text, quotation))

    def whole(self, quotation: Quotation) -> Attributed | None:
        """A whole document within quotation marks."""
        if quotation.words < LETTER or not self._near.is_alone(quotation):
            return None
        return made(quotation, "whole", None)

    def letter(self, quotation: Quotation) -> Attributed | None:
        """A letter or message and its writer: the following message from Minister Lee: "..."."""
        before = self._near.before_marks(quotation)
        if before == 0 or self._text[before - 1] not in ":-\u2014\u2013":
            return None
        start = self._page.sentence_at(before - 1)[0]
        named = writer_before(self._text, max(start, before - NEAR), before)
        if named is None or quotation.words < _FULL or self._near.is_term(quotation):
            return None
        return made(quotation, "letter", None, named)

    def quoted(self, quotation: Quotation) -> Attributed | None:
        """The word itself: I welcome the words of Minister Lee, and I quote: "..."."""
        if not self._near.is_announced(quotation) or self._near.is_title(quotation):
            return None
        start = self._page.sentence_at(quotation.outer_start - 1)[0]
        cues = self._near.cues_between(start, quotation.outer_start)
        cues = [cue for cue in cues if cue.verb != "quote" and not cue.negated]
        if cues and cues[-1].subject.lower() not in words().persons:
            return made(quotation, "quoted", cues[-1])
        named = writer_before(self._text, start, quotation.outer_start)
        return made(quotation, "quoted", None, named or self._subject(start, quotation.outer_start))

    def beside(self, quotation: Quotation) -> Attributed | None:
        """A name at the head of the line, or after a dash."""
        if quotation.words < _SENTENCE or self._near.is_title(quotation):
            return None
        before = self._near.before_marks(quotation)
        named = label_before(self._page, before)
        if named and not self._text[quotation.start].islower():
            rule = "labelled" if self._text[before - 1] == ":" else "headed"
            return made(quotation, rule, None, named)
        if quotation.words < _FULL:
            return None
        named = dash_after(self._text, quotation)
        return made(quotation, "dash", None, named) if named else None

    def put(self, quotation: Quotation) -> Attributed | None:
        """A turn of phrase: "...", as Minister Lee put it."""
        named = coiner_after(self._text, quotation)
        return made(quotation, "put", None, named) if named else None

    def source(self, quotation: Quotation) -> Attributed | None:
        """A source in brackets: "..." (letter from Lee, 5 May)."""
        if quotation.words < _FULL or self._near.is_term(quotation):
            return None
        named = source_after(self._text, quotation)
        return made(quotation, "source", None, named) if named else None

    def block(self, quotation: Quotation) -> Attributed | None:
        """A paragraph after a colon, or a colon without a verb of saying."""
        before = self._near.before_marks(quotation)
        if before == 0 or self._text[before - 1] != ":" or self._near.is_title(quotation):
            return None
        start, _end = self._page.sentence_at(before - 1)
        cues = self._near.cues_between(start, before)
        if cues and not self._leads_on(start, cues[-1], before):
            return made(quotation, "block", cues[-1])
        if worded := _WORDED.search(self._text, start, before):
            end = worded.start()
            named = self._subject(start, before) or name_before(self._text, start, end)
            return made(quotation, "worded", None, named)
        if self._near.is_term(quotation) or not self._near.is_utterance(quotation):
            return None
        if self._page.doctype in SILENT:
            return None  # what they quote after a colon is a definition or a proposal
        named = self._subject(start, before) or author_before(self._text, start, before)
        named = named or name_before(self._text, start, before - 1)
        if named is None or self._speaks_of(words().themes, start, before):
            return None
        return made(quotation, "bare-colon", None, named)

    def _leads_on(self, start: int, cue: Cue, before: int) -> bool:
        """Tell whether somebody else's clause follows: After Lee spoke, Brand came back to it."""
        led = _CIRCUMSTANCE.match(self._text, start)
        return led is not None and self._text.find(",", cue.end, before) >= 0

    def record(self, quotation: Quotation) -> Attributed | None:
        """A paragraph or more of a record, a report, a study: The notes contain this passage:."""
        before = self._near.before_marks(quotation)
        if before == 0 or quotation.words < LETTER or not self._near.starts_paragraph(quotation):
            return None
        if self._page.paragraph_number(before - 1) == self._page.paragraph_number(quotation.start):
            return None
        start = self._page.sentence_at(before - 1)[0]
        if self._speaks_of(words().drafts, start, before):
            return None
        if self._text[before - 1] != ":" and not self._speaks_of(words().records, start, before):
            return None
        named = writer_before(self._text, start, before) or author_before(self._text, start, before)
        named = named or leading_subject(self._page, start, before)
        if named and named[0].lower() in words().leading:
            named = None
        return made(quotation, "record", None, named)

    def inserted(self, quotation: Quotation) -> Attributed | None:
        """The speaker is named within the marks: "So, said the Minister, we shall sign"."""
        found = inserted(self._text, quotation) if quotation.words >= _FULL else None
        if found is None or not self._near.begins_sentence(quotation):
            return None
        named, start, end = found
        pieces = ((quotation.start, start), (end, quotation.end))
        return Attributed(quotation.start, quotation.end, pieces, *named, None, "inserted")

    def own(self, quotation: Quotation) -> Attributed | None:
        """Words in which somebody says "we", in a sentence that is about somebody."""
        if quotation.words < _FULL or self._near.is_term(quotation):
            return None
        start, end = self._page.sentence_at(quotation.outer_start)
        before = self._text[start : quotation.outer_start].rstrip()
        if before[-1:] not in _BREAKS or self._speaks(start, quotation.outer_start):
            return None
        if not self._speaks(quotation.start, min(quotation.end, end)):
            return None
        named = self._subject(start, quotation.outer_start)
        return made(quotation, "own", None, named) if named else None

    def loose(self, quotation: Quotation, last: Attributed | None) -> Attributed | None:
        """Many words that nothing gives to anybody: those of whom their sentence is about.

        Args:
            quotation: one that no other rule knows.
            last: the last one before it that somebody was found for.
        """
        if quotation.words < _SOME or not quotation.closed or self._page.doctype in SILENT:
            return None
        if self._page.language not in _KNOWN:
            return None
        before = self._near.before_marks(quotation)
        if before == 0 or self._near.is_term(quotation) or self._near.is_alone(quotation):
            return None
        start = self._page.sentence_at(before - 1)[0]
        if self._speaks_of(words().drafts | words().themes, start, before):
            return None
        cues = self._near.cues_between(start, before)
        named = self._of_cue(cues) or self._subject(start, before)
        named = named or paper_before(self._text, start, before)
        if named is None and last is not None and before - last.end < _RECENT:
            own = last.surface.lower() in words().persons
            named = None if own else (last.surface, last.surface_start)
        if quotation.words < _MANY and not (named and named[0]):
            return None
        return made(quotation, "loose", None, named)

    def _of_cue(self, cues: Sequence[Cue]) -> Named | None:
        own = words().persons
        named = [
            (cue.subject, cue.subject_start)
            for cue in cues
            if cue.subject and cue.subject.lower() not in own
        ]
        return named[-1] if named else None

    def _speaks(self, start: int, end: int) -> bool:
        """Tell whether somebody says "I" or "we" there."""
        return self._speaks_of(words().persons, start, end)

    def _subject(self, start: int, end: int) -> Named | None:
        """Return the subject of a sentence, if it can speak.

        What a sentence begins with is passed over where it is no subject: "According to ..., Lee".
        """
        named = leading_subject(self._page, start, end)
        if named and (named[0].lower() in words().leading or _GERUND.fullmatch(named[0])):
            comma = self._text.find(", ", named[1], end)
            named = leading_subject(self._page, comma + 1, end) if comma > 0 else None
        return named if named and self._near.may_speak(named[0]) else None

    def _speaks_of(self, things: frozenset[str], start: int, end: int) -> bool:
        """Tell whether one of some words stands there."""
        leading = (word.lower() for word in _LETTERS.findall(self._text, start, end))
        return not things.isdisjoint(leading)
