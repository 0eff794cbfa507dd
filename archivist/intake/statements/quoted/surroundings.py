"""What stands around a quotation: the cues near it, the stops and the words before and after."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import regex

from archivist.intake.statements.grammar import grammar_of
from archivist.intake.statements.quoted.terms import is_term, is_title, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.intake.statements.parts import Cue, Page, Quotation

_MARGIN = 40
_NEAR = 12
_FULL = 6
"""So many words, with a stop, are a sentence by themselves."""
_TOUCHING = regex.compile(
    r"""[\s,:;\u2013\u2014-]*+
    (?:and\ I\ quote[\s,:]*+|\(?quote\)?[\s,:]*+)?
    (?:(?:that|as|que|qu['\u2019]|dass|da\u00df|dat|che|\u0447\u0442\u043e)[\s,:]*+
      |(?:the\ following|in\ part|as\ follows|among\ other\ things|simply|only)[\s,:]*+)?""",
    regex.X,
)
_STOPS = (".", "!", "?", "\u2026", ",", "-", "\u2014", "\u2013", ":")
_BULLETS = "-\u2013\u2022*"
_MARKS = " \u00a0\t\n\"'\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019\u201a`"
_LETTERS = regex.compile(r"\p{L}(?:[\p{L}'\u2019-]*\p{L})?+")
_AND = regex.compile(r"(?<!\p{L})\p{Lu}\p{Ll}{0,2}\Z")
_NOTE = regex.compile(r"\[\d{1,3}\]\Z")
_QUOTE = regex.compile(
    r"\b(?:quote|cito|cite|zitiere)(?:\s(?:from\s)?(?:him|her|it|them|you))?[\s,:\u2014\u2013-]*+\Z"
)
_TO_READ = regex.compile(r"\b(?:to|should|would|might|shall|could)\ read\b")
_TWO_WORDS = 24
_AS_ADJECTIVE = 5
"""The most words of a quotation that stands before a noun: the "take it or leave it" offer."""


class Surroundings:
    """The surroundings of the quotations of a page, by its cues in order."""

    def __init__(self, page: Page, cues: Sequence[Cue]) -> None:
        self._page = page
        self._text = page.text
        self._grammar = grammar_of(page.language)
        self._cues = cues
        self._starts = [cue.start for cue in cues]

    def cue_before(self, position: int) -> Cue | None:
        """Return the last cue before a place, in its sentence."""
        number = bisect_left(self._starts, position) - 1
        while number >= 0 and self._cues[number].verb == "quote":
            number -= 1
        if number < 0:
            return None
        cue = self._cues[number]
        start = self._page.sentence_at(position)[0]
        if cue.start < start or cue.clause_end > position + 1 or cue.negated:
            return None
        return None if cue.kind == "quote" and cue.passive else cue

    def cue_after(self, position: int) -> Cue | None:
        """Return the first cue that begins at a place or after it."""
        number = bisect_left(self._starts, position)
        return self._cues[number] if number < len(self._cues) else None

    def cues_between(self, start: int, end: int) -> Sequence[Cue]:
        """Return the cues that begin between two places."""
        first = bisect_left(self._starts, start)
        return self._cues[first : bisect_left(self._starts, end, first)]

    def touches(self, cue: Cue, quotation: Quotation) -> bool:
        """Tell whether nothing but a pause or "that" stands between a cue and a quotation."""
        end = quotation.outer_start
        if cue.clause_end >= end:
            return cue.end <= end
        found = _TOUCHING.fullmatch(self._text, cue.clause_end, end)
        return found is not None

    def is_compared(self, cue: Cue) -> bool:
        """Tell whether a cue only compares: "as Canberra had suggested"."""
        before = self._text[max(0, cue.clause_start - _NEAR) : cue.clause_start].rstrip()
        return before.rpartition(" ")[2].lower() in ("as", "than", "como", "comme", "wie", "als")

    def ends_here(self, cue: Cue) -> bool:
        """Tell whether nothing but a stop follows a cue: so it says nothing of what follows."""
        after = self._text[cue.clause_end : cue.clause_end + 2].lstrip(" ")[:1]
        if after == ",":
            return self._text[cue.clause_start].islower()
        return after in ("", "\n", ".", ";", "(", "[")

    def before_marks(self, quotation: Quotation) -> int:
        """Return where the text before a quotation ends, without space, marks and an "And"."""
        position = self._without_marks(quotation.outer_start)
        noted = _NOTE.search(self._text, max(0, position - 6), position)
        if noted:
            return noted.start()
        joining = _AND.search(self._text, max(0, position - 4), position)
        if joining and joining[0].lower() in words().joining:
            return self._without_marks(joining.start())
        return position

    def _without_marks(self, position: int) -> int:
        text = self._text
        while position > 0 and (
            text[position - 1] in _MARKS
            or (text[position - 1] in _BULLETS and text[max(0, position - 2)] in "\n:")
        ):
            position -= 1
        return position

    def is_alone(self, quotation: Quotation) -> bool:
        """Tell whether a quotation is the whole text but for space and marks."""
        text, start, end = self._text, quotation.start, quotation.end
        if start > _MARGIN or len(text) - end > _MARGIN:
            return False
        return not text[:start].strip(_MARKS) and not text[end:].strip(_MARKS)

    def begins_sentence(self, quotation: Quotation) -> bool:
        """Tell whether a quotation stands where a sentence begins."""
        before = self.before_marks(quotation)
        return (
            before == 0
            or self._text[before - 1] in ".!?\u2026:]"
            or self.starts_paragraph(quotation)
        )

    def starts_paragraph(self, quotation: Quotation) -> bool:
        """Tell whether a quotation stands where a paragraph begins."""
        return self._page.paragraph_at(quotation.outer_start)[0] == quotation.outer_start

    def begins_after_stop(self, quotation: Quotation) -> bool:
        """Tell whether a comma, a colon or "to" stands before a quotation."""
        before = self._text[max(0, quotation.outer_start - 4) : quotation.outer_start].rstrip()
        return before[-1:] in (",", ":", "\u2014", "\u2013") or before.endswith("to")

    def ends_with_stop(self, quotation: Quotation) -> bool:
        """Tell whether a quotation ends with a stop or a pause."""
        return self._text[quotation.end - 1] in _STOPS

    def is_sentence(self, quotation: Quotation) -> bool:
        """Tell whether a quotation is no part of a sentence of the author."""
        if not self.begins_sentence(quotation):
            return False
        after = self._text[quotation.outer_end : quotation.outer_end + 2].strip(" ")
        return self.ends_with_stop(quotation) or after[:1] in ("", "\n", ".")

    def may_speak(self, subject: str) -> bool:
        """Tell whether a subject without a verb of saying is a name, an office or a pronoun."""
        grammar = self._grammar
        if subject.lower() in grammar.pronouns:
            return subject.lower() not in grammar.first
        names = [word for word in _LETTERS.findall(subject) if word.lower() not in grammar.linking]
        names = [word for word in names if word.lower() not in grammar.determiners]
        never = grammar.prepositions | grammar.dumb
        if not names or any(word.lower() in never for word in names):
            return False
        is_named = all(word[0].isupper() for word in names)
        return is_named or any(word.lower() in grammar.heads for word in names)

    def is_utterance(self, quotation: Quotation) -> bool:
        """Tell whether a quotation looks like a whole sentence, by its ends."""
        first = self._text[quotation.start]
        return quotation.words >= _FULL and not first.islower()

    def is_term(self, quotation: Quotation, *, reported: bool = False) -> bool:
        """Tell whether a quotation is a title, a name or a term by what stands around it."""
        before = self.before_marks(quotation)
        named = is_term(self._text, quotation, before, reported=reported)
        return named or self.is_adjective(quotation)

    def is_adjective(self, quotation: Quotation) -> bool:
        """Tell whether few quoted words stand between an article and a noun."""
        before = self.before_marks(quotation)
        if quotation.words > _AS_ADJECTIVE or self._text[quotation.end - 1] in _STOPS:
            return False
        ahead = _LETTERS.match(self._text, quotation.outer_end + 1)
        word = ahead[0] if ahead else ""
        leading = self._text[max(0, before - _TWO_WORDS) : before].lower().split(" ")[-2:]
        grammar = self._grammar
        little = grammar.prepositions | grammar.conjunctions | grammar.auxiliaries
        little |= grammar.subordinators | grammar.that | grammar.adverbs | grammar.to
        is_noun = word.islower() and word not in little and not grammar.is_finite(word)
        first = _LETTERS.match(self._text, quotation.start)
        if is_noun and first and first[0] in words().articles:
            return True
        owned = any(word.endswith(("'s", "\u2019s", "s'", "s\u2019")) for word in leading)
        return is_noun and (owned or leading[-1] in words().articles | grammar.determiners)

    def is_drafted(self, quotation: Quotation) -> bool:
        """Tell whether the sentence deals with the wording of a text: insert "..."."""
        before = self.before_marks(quotation)
        if before == 0:
            return False
        start = self._page.sentence_at(before - 1)[0]
        leading = {word.lower() for word in _LETTERS.findall(self._text, start, before)}
        if not words().drafting.isdisjoint(leading):
            return True
        return _TO_READ.search(self._text, start, before) is not None

    def is_announced(self, quotation: Quotation) -> bool:
        """Tell whether the word "quote" stands before a quotation."""
        start = quotation.outer_start
        return _QUOTE.search(self._text, max(0, start - _MARGIN), start) is not None

    def follows_preposition(self, quotation: Quotation) -> bool:
        """Tell whether a preposition stands right before a quotation: said in "..."."""
        before = self.before_marks(quotation)
        if before == 0 or not self._text[before - 1].isalpha():
            return False
        word = self._text[max(0, before - 12) : before].rpartition(" ")[2]
        return word.lower() in self._grammar.prepositions

    def is_within_clause(self, quotation: Quotation) -> bool:
        """Tell whether a quotation goes on with a sentence of the author, without a pause."""
        before = self._text[max(0, quotation.outer_start - 2) : quotation.outer_start].rstrip()
        return before[-1:].isalnum() and not self.starts_paragraph(quotation)

    def is_joined(self, first: Quotation, second: Quotation) -> bool:
        """Tell whether nothing but "and" or a comma stands between two quotations."""
        between = self._text[first.outer_end : second.outer_start]
        if len(between) > _MARGIN:
            return False
        found = _LETTERS.findall(between)
        return len(found) <= 1 and all(word.lower() in words().joining for word in found)

    def is_title(self, quotation: Quotation) -> bool:
        """Tell whether nearly all words of a short quotation begin with a capital."""
        return is_title(self._text, quotation)
