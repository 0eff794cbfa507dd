"""Cues: the verbs and nouns of saying in a text, each with its subject.

The words of a page are looked up in one pass; a sentence is cut up and read only where one of them
is a word that a cue can begin with. The rules walk over words, within bounds, so the time they take
grows with the length of the text and no faster.
"""
# ruff: noqa: RUF001 - rules look for the very marks that documents hold

from __future__ import annotations

import sys
from bisect import bisect_right
from typing import TYPE_CHECKING

from archivist.intake.statements.grammar import grammar_of
from archivist.intake.statements.parts import Cue
from archivist.intake.statements.reported import nouns, subjects
from archivist.intake.statements.reported.adjectives import is_noun
from archivist.intake.statements.reported.doubtful import (
    governs_nothing,
    is_doubtful,
    is_plain_noun,
)
from archivist.intake.statements.reported.endings import after_subject, clause_end
from archivist.intake.statements.reported.fronted import subject_of_sentence
from archivist.intake.statements.reported.lines import QUOTED, line_of
from archivist.intake.statements.reported.owners import (
    agent,
    of_document,
    of_owner,
    pronoun_before,
    sender,
)
from archivist.intake.statements.reported.sieve import sieve_of, words_of
from archivist.intake.statements.reported.subjects import Group, Subject
from archivist.intake.statements.reported.verbs import Found, verb_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archivist.intake.statements.grammar import Grammar
    from archivist.intake.statements.parts import CueKind, Page, Quotation
    from archivist.intake.statements.reported.lines import Line

RECORD_WORDS = 120
"""A quotation of so many words is a whole record: what it reports in turn is looked for in it."""
TERSE = frozenset({"telegram", "correspondence"})
"""Types of documents that leave out small words."""
_FEW = 3
_FAR = 22
_NOWHERE = (sys.maxsize, sys.maxsize)
"""Where no stretch begins."""
_KINDS: tuple[tuple[str, CueKind], ...] = (
    ("say", "say"),
    ("tell", "tell"),
    ("order", "order"),
    ("state", "say"),
    ("full", "say"),
    ("ask", "ask"),
    ("commit", "commit"),
    ("quote", "quote"),
)


def cues_of(page: Page, quotations: Sequence[Quotation] = ()) -> tuple[Cue, ...]:
    """Return the cues of a page, in order, those within quotations left out.

    Args:
        page: the text.
        quotations: sorted and disjoint. Within those without a closing mark, and within whole
            records of RECORD_WORDS words and more, cues are looked for.
    """
    return tuple(cue for _, cues in read(page, quotations) for cue in cues)


def read(
    page: Page, quotations: Sequence[Quotation] = (), skipped: Sequence[tuple[int, int]] = ()
) -> list[tuple[Line, list[Cue]]]:
    """Return each sentence of a page that has cues, cut into words, with its cues, in order.

    Args:
        page: the text.
        quotations: as for cues_of.
        skipped: stretches, in order, whose sentences are of no interest.
    """
    grammar = grammar_of(page.language)
    opaque = [found for found in quotations if found.closed and found.words < RECORD_WORDS]
    found: list[tuple[Line, list[Cue]]] = []
    for start, end in _stretches(page, grammar, opaque, skipped, quoted=bool(quotations)):
        line = line_of(page.text, start, end, grammar, opaque)
        cues = _Reader(line, grammar, page).cues()
        if cues:
            found.append((line, cues))
    return found


def _stretches(
    page: Page,
    grammar: Grammar,
    opaque: Sequence[Quotation],
    skipped: Sequence[tuple[int, int]],
    *,
    quoted: bool,
) -> Iterator[tuple[int, int]]:
    """Yield the sentences with a word that a cue can begin with."""
    sieve = sieve_of(grammar.language)
    lowered = page.text.lower()
    text = lowered if len(lowered) == len(page.text) else page.text
    starts = [found.start for found in opaque]
    bounds = page.sentence_starts
    quotes = False
    passed = iter(skipped)
    first, last = next(passed, _NOWHERE)
    for start, end in zip(bounds, [*bounds[1:], len(text)], strict=False):
        while last <= start:
            first, last = next(passed, _NOWHERE)
        if first <= start:
            continue
        if starts:
            around = bisect_right(starts, start) - 1
            if around >= 0 and end <= opaque[around].end:
                continue
            quotes = bisect_right(starts, end) > around + 1
        if sieve.passes(words_of(text, start, end), quotes=quotes, quoted=quoted):
            yield page.sentence_at(start)


def leading_subject(page: Page, start: int, end: int) -> tuple[str, int] | None:
    """Return the main subject at the head of page.text[start:end], and where it stands.

    Fronted circumstances are passed over: "In his speech in Varna, Minister Petrov went further:".
    """
    grammar = grammar_of(page.language)
    line = line_of(page.text, start, end, grammar, ())
    subject = subject_of_sentence(line, len(line.words), grammar)
    if subject is None:
        return None
    line.locate()
    place = line.starts[subject.first]
    return page.text[place : line.ends[subject.last]], place


class _Reader:
    """Reads the cues of one line, from left to right."""

    def __init__(self, line: Line, grammar: Grammar, page: Page) -> None:
        self.line = line
        self.grammar = grammar
        self.text = page.text
        self.terse = page.doctype in TERSE
        self.plain_nouns = grammar.plain_nouns
        self.last: Subject | None = None
        self.main: Subject | None = None
        self.unnamed = False

    def cues(self) -> list[Cue]:
        """Return them in order."""
        found: list[Cue] = []
        starts, phrases = self.grammar.starts, self.grammar.phrases
        words = self.line.words
        done = 0
        for index in [at for at, word in enumerate(words) if word in starts]:
            if words[index] in phrases and not self._is_phrase(index):
                continue
            if index >= done:
                cue, done = self._at(index)
                if cue is not None:
                    found.append(cue)
        return found

    def _is_phrase(self, index: int) -> bool:
        """Whether a word may begin a cue: "in" only does in "in the words of"."""
        word, grammar = self.line.words[index], self.grammar
        following = self.line.word(index + 1)
        return (
            any(not rest or rest[0] == following for rest in grammar.phrases[word])
            or word in grammar.forms
            or word in grammar.nouns
            or word in grammar.demands
        )

    def _at(self, index: int) -> tuple[Cue | None, int]:
        word = self.line.words[index]
        if word in self.plain_nouns and is_plain_noun(self.line, self.grammar, index):
            return self._of_noun(index), index + 1
        if word in self.grammar.forms and not is_noun(self.line, self.grammar, index):
            found = verb_at(self.line, self.grammar, index)
            if found is not None:
                cue = self._of_verb(found)
                if cue is not None:
                    return cue, found.after
        if word in self.grammar.phrases:
            cue = nouns.according_cue(self.line, self.grammar, index, self.text)
            if cue is not None:
                return cue, index + 1
        return self._of_noun(index), index + 1

    def _of_noun(self, index: int) -> Cue | None:
        word = self.line.words[index]
        if word in self.grammar.nouns or word in self.grammar.demands:
            return nouns.noun_cue(self.line, self.grammar, index, self.text)
        return None

    # --- verbs

    def _of_verb(self, found: Found) -> Cue | None:
        if governs_nothing(self.line, self.grammar, found):
            return None
        subject, group = self._subject(found)
        if subject is None:
            return None
        if is_doubtful(self.line, self.grammar, found, subject) or nouns.is_dumb(
            self.line, self.grammar, subject
        ):
            return None
        passive = group.passive and found.tense in ("past", "participle")
        passive |= self._shares_passive(group)
        passive |= subject.rule == "none" and (group.impersonal or self._is_asked(found))
        if passive:
            teller = agent(self.line, self.grammar, found.after)
            if teller is not None:
                subject, passive = teller, False
        if subject.rule != "relative" and not passive:
            self.last = subject if subject.named else None
            self.unnamed = not subject.named
            if self._is_main(group, subject):
                self.main = self.last
        return self._cue(found, subject, group, passive=passive)

    def _shares_passive(self, group: Group) -> bool:
        """Whether a verb is the second of "is authorized and directed"."""
        line, before = self.line, group.before
        return (
            not self.grammar.second
            and line.word(before) in self.grammar.conjunctions
            and line.word(before - 1).endswith("ed")
            and line.word(before - 2) in self.grammar.passives
        )

    def _is_main(self, group: Group, subject: Subject) -> bool:
        """Whether a verb is the author's, and not part of a clause that another verb reports."""
        first = min(group.first, subject.clause) if subject.named else group.first
        before = self.line.word(first - 1)
        return self.line.is_pause(first - 1) or before in self.grammar.conjunctions

    def _cue(self, found: Found, subject: Subject, group: Group, *, passive: bool) -> Cue:
        line = self.line
        line.locate()
        after = max(found.after, found.closing)
        if subject.rule == "right" and subject.last >= after:
            after = after_subject(self.line, self.grammar, subject.last + 1)
        end = clause_end(self.line, self.grammar, found, after)
        first = min(found.index, group.first, subject.clause)
        if subject.rule in ("coordinated", "participle"):
            first = min(found.index, group.first)
        return Cue(
            start=line.starts[found.index],
            end=line.ends[found.after - 1],
            verb=found.verb,
            kind=next((kind for name, kind in _KINDS if name in found.kinds), "say"),
            subject=nouns.surface(self.line, subject, self.text),
            subject_start=line.starts[subject.first] if subject.named else line.starts[found.index],
            negated=group.negated
            or group.future
            or self._is_supposed(subject)
            or self._negated_after(after)
            or self._is_infinitive(found),
            passive=passive,
            rule=subject.rule,
            clause_start=line.starts[first],
            clause_end=line.ends[end - 1],
        )

    def _is_supposed(self, subject: Subject) -> bool:
        """Whether an auxiliary stands before the subject: "should he say", "did he say"."""
        before = self.line.word(subject.first - 1)
        return (
            subject.rule == "pronoun"
            and not self.grammar.second
            and (before in self.grammar.futures or before in self.grammar.auxiliaries)
            and before not in self.grammar.to
        )

    def _is_infinitive(self, found: Found) -> bool:
        """Whether a plural is an infinitive: "kann der Minister dazu sagen"."""
        if not (self.grammar.bracket and found.tense == "present"):
            return False
        clause = self.line.words[max(0, found.index - _FAR) : found.index]
        if "," in clause:
            clause = clause[len(clause) - clause[::-1].index(",") :]
        ending = self.line.words[found.index].endswith("en")
        return ending and not self.grammar.futures.isdisjoint(clause)

    def _negated_after(self, after: int) -> bool:
        return self.grammar.bracket and self.line.word(after) in self.grammar.negations

    def _subject(self, found: Found) -> tuple[Subject | None, Group]:
        line, grammar, group = self.line, self.grammar, found.group
        if found.tense == "participle" and grammar.bracket and not (group.perfect or group.passive):
            held = subjects.subject_of_bracket(line, found.index, grammar)
            return held or (None, group)
        if found.tense == "gerund" and not group.passive:
            return self._of_participle(group, found.after), group
        tail = self._closing(found)
        if tail is not None:
            return tail, group
        left = subjects.subject_left(line, group, grammar)
        if left is not None:
            return left, group
        return self._right_or_carried(found), group

    def _closing(self, found: Found) -> Subject | None:
        """Return the subject of ", said Lee." at the end; of ", dijo." it is none."""
        line, group = self.line, found.group
        if line.word(group.before) != "," or group.before < _FEW:
            return None
        right = subjects.subject_right(line, found.after, self.grammar)
        if right is not None and line.word(right.last + 1) in (".", "", ","):
            return Subject(right.first, right.last, "right", group.first)
        if self.grammar.subjectless and line.word(found.after) in (".", ""):
            return Subject(group.first, group.first - 1, "none", group.first)
        return None

    def _right_or_carried(self, found: Found) -> Subject | None:
        line, grammar, group = self.line, self.grammar, found.group
        right = subjects.subject_right(line, found.after, grammar)
        if right is not None and self._may_invert(group, right):
            return Subject(right.first, right.last, "right", group.first)
        before = line.word(group.before)
        parenthetic = before == "," and line.word(found.after) == "," and grammar.subjectless
        if not parenthetic and (before in grammar.conjunctions or before in (",", ";", "–", "—")):
            carried = None if self.unnamed else self._carried_over(found)
            if carried is not None:
                return carried
        if grammar.subjectless or self._is_note(found) or self._is_asked(found):
            return Subject(group.first, group.first - 1, "none", group.first)
        if not line.is_pause(group.before):
            return self._distant(found)
        return None

    def _is_note(self, found: Found) -> bool:
        """Whether a telegram leaves the subject out: "Said talks would go on. Added …"."""
        first = self.line.is_pause(found.group.before) and found.tense == "past"
        terse = self.line.words[found.index] in self.grammar.terse
        terse = terse and not self.line.raw[found.index].isupper()
        opened = self.line.word(found.after) in self.grammar.that
        begins = found.group.before < 0 or "say" in found.kinds
        return self.terse and first and (opened or (terse and begins))

    def _is_asked(self, found: Found) -> bool:
        """Whether a clause begins that tells what somebody was asked: "(When) asked if"."""
        before = self.line.word(found.group.before)
        opened = self.line.word(found.after) in self.grammar.whether | self.grammar.wh
        return (
            not self.grammar.subjectless
            and "ask" in found.kinds
            and "state" not in found.kinds
            and found.tense == "past"
            and opened
            and (not before or before in self.grammar.times)
        )

    def _may_invert(self, group: Group, right: Subject) -> bool:
        if self.grammar.second:
            return True
        before = self.line.word(group.before)
        if before == QUOTED or (before in (",", "–", "—", "-") and self._after_quoted(group)):
            return True
        return before in (",", "–", "—", "") and self.line.is_pause(right.last + 1)

    def _after_quoted(self, group: Group) -> bool:
        return self.line.word(group.before - 1) == QUOTED

    def _carried_over(self, found: Found) -> Subject | None:
        """Return the subject of a coordinated verb: that of the verb before, or the sentence's."""
        group = found.group
        if self.last is None and found.tense == "present" and not self.grammar.second:
            return None
        held = self.last or subject_of_sentence(self.line, group.first, self.grammar)
        if self.main is not None and self.line.word(group.before - 1) == ",":
            held = self.main  # "said that Lee had told him so, and added"
        if held is None or not nouns.speaks(self.line, self.grammar, held.last):
            held = pronoun_before(self.line, self.grammar, group) or held
        if held is None:
            return None
        return Subject(held.first, held.last, "coordinated", group.first)

    def _of_participle(self, group: Group, after: int) -> Subject | None:
        owner = of_owner(self.line, self.grammar, group) or of_document(
            self.line, self.grammar, group
        )
        if owner is not None:
            return owner
        by = self.line.word(group.before) in self.grammar.agents
        if (
            not by
            and self.line.word(group.before) in self.grammar.prepositions
            and not self.line.is_pause(group.before - 1)
        ):
            return None  # "the desirability of continuing"
        if self.line.word(group.before - 1) in self.grammar.futures:
            return None  # "will continue urging"
        held = self.last or subject_of_sentence(self.line, group.first, self.grammar)
        if held is not None and self._tells_itself(held, after):
            return sender(self.line, self.grammar, group.first)
        if held is not None:
            return Subject(held.first, held.last, "participle", group.first)
        comma = next(
            (at for at in range(group.first, len(self.line.words)) if self.line.words[at] == ","),
            -1,
        )
        later = subjects.subject_right(self.line, comma + 1, self.grammar) if comma > 0 else None
        if later is None:
            return None
        return Subject(later.first, later.last, "participle", group.first)

    def _tells_itself(self, held: Subject, after: int) -> bool:
        """Whether "I" would tell "me": "I had a letter from Lee, telling me that"."""
        first = self.line.words[held.first] in self.grammar.first
        return first and self.line.word(after) in self.grammar.mine

    def _distant(self, found: Found) -> Subject | None:
        """Of "Officials travelling with Lee to Paris said", the first words."""
        group = found.group
        held = subject_of_sentence(self.line, group.first, self.grammar)
        if held is None or self.last is not None or self.line.word(group.before) == "(":
            return None
        if not self._is_followed(found):
            return None
        return Subject(held.first, held.last, "coordinated", group.first)

    def _is_followed(self, found: Found) -> bool:
        """Whether a clause or a quotation plainly follows: "setting forth the point mentioned"."""
        near = self.line.words[found.after : found.after + _FAR]
        if near and (near[0] in self.grammar.empty or near[0] in self.grammar.pronouns):
            return True
        return not self.grammar.openers.isdisjoint(near) or QUOTED in near or ":" in near
