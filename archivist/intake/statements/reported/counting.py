"""Which cues report: who is said to have said something, and who speaks for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.intake.statements.reported import nouns
from archivist.intake.statements.reported.cues import TERSE
from archivist.intake.statements.reported.verbs import is_present, kinds_of

if TYPE_CHECKING:
    from archivist.intake.statements.grammar import Grammar
    from archivist.intake.statements.parts import Cue, Page
    from archivist.intake.statements.reported.lines import Line

RECORDS = frozenset(
    {
        "telegram",
        "correspondence",
        "memcon",
        "memorandum",
        "letter",
        "report",
        "note",
        "despatch",
        "other",
    }
)
"""Types of documents whose "I" and "we" report what they themselves said."""
_OWN = frozenset({"my", "our", "your"})


class Counting:
    """Tells of the cues of one sentence which of them report what somebody said."""

    def __init__(self, page: Page, line: Line, grammar: Grammar) -> None:
        self.page = page
        self.line = line
        self.grammar = grammar

    def counts(self, cue: Cue) -> bool:
        """Whether a cue reports: neither negated nor passive, and its subject can speak."""
        if cue.negated or cue.kind == "quote":
            return False
        if cue.passive:
            return self._is_told(cue)
        words = cue.subject.lower().split()
        if not words:
            return self.grammar.subjectless or self.page.doctype in TERSE
        if words[0] in self.grammar.first and len(words) == 1:
            return self._reports_itself(cue) and not self._is_relative(cue)
        return not (
            self._is_hypothetical(cue, words)
            or self._is_relative(cue)
            or (cue.rule == "participle" and words[0] in self.grammar.empty)
            or (cue.kind == "noun" and words[0] in _OWN)
            or nouns.is_mute(self.line, self.grammar, cue)
            or self._is_performative(cue, words)
            or self._is_bare_form(cue, words)
            or self._is_told_nobody(cue)
        )

    def _is_told_nobody(self, cue: Cue) -> bool:
        """Whether a verb that needs an addressee has none: "keep us informed of events"."""
        line, kinds = self.line, kinds_of(self.grammar, cue.verb)
        if "tell" not in kinds or kinds & {"say", "state"} or self.grammar.second:
            return False
        following = line.word(line.at(cue.end - 1) + 1)
        return following in self.grammar.prepositions - self.grammar.to - self.grammar.agents

    def _is_told(self, cue: Cue) -> bool:
        """Whether a record tells what somebody was told, without telling by whom."""
        after = self.line.word(self.line.at(cue.clause_end - 1) + 1)
        if self.page.doctype not in RECORDS or cue.subject.lower() in self.grammar.empty:
            return False
        if not cue.subject:
            return after in self.grammar.whether or after in self.grammar.wh
        told = "be" not in self.page.text[cue.clause_start : cue.start].split()
        return told and cue.kind == "tell" and after in self.grammar.that

    def _reports_itself(self, cue: Cue) -> bool:
        visited = cue.kind == "order" and cue.verb.endswith(("on", "upon"))
        return (
            not self.is_now(cue)
            and not visited
            and (not self.page.doctype or self.page.doctype in RECORDS)
        )

    def is_now(self, cue: Cue) -> bool:
        """Whether it is said in the present; "went on to say" is past."""
        before = self.page.text[cue.clause_start : cue.start].lower().split()
        if self.grammar.second and not self.grammar.auxiliaries.isdisjoint(before):
            return False
        return is_present(self.grammar, cue.verb) and self.grammar.to.isdisjoint(before)

    def _is_hypothetical(self, cue: Cue, words: list[str]) -> bool:
        """Whether nobody is said to have spoken: "those who say", "when they notify each other"."""
        first, after = self.line.at(cue.clause_start), self.line.at(cue.clause_end - 1) + 1
        clause = " ".join(self.line.words[first:after])
        return (
            words[0] in self.grammar.anybody
            or self.line.word(first - 1) in self.grammar.unreal
            or words[0] in self.grammar.futures
            or any(each in clause for each in self.grammar.reciprocals)
            or (words[0] in self.grammar.you and not self._is_addressed())
        )

    def _is_within(self, cue: Cue) -> bool:
        """Whether a relative only tells where it is said: "your letter in which you say that"."""
        line = self.line
        before = line.at(cue.subject_start) - 1
        after = line.word(line.at(cue.clause_end - 1) + 1)
        return line.word(before - 1) in self.grammar.prepositions and after in self.grammar.that

    def _is_addressed(self) -> bool:
        """Whether "you" is somebody: whom a letter or a telegram answers."""
        return self.page.doctype in RECORDS

    def _is_relative(self, cue: Cue) -> bool:
        """Whether a cue is within a relative clause on what is said: "which Lee said they had"."""
        before = self.line.word(self.line.at(cue.subject_start) - 1)
        if self.answers(cue) or self._is_within(cue):
            return False
        if cue.rule not in ("left", "pronoun") or before in self.grammar.that:
            return False
        if before in self.grammar.objects_of_questions:
            return True
        return before in self.grammar.relatives and not self._is_subject_of_said(cue)

    def _is_subject_of_said(self, cue: Cue) -> bool:
        """Whether what is said is told of the relative: "a note which he said would be sent"."""
        line, grammar = self.line, self.grammar
        after = line.at(cue.clause_end - 1) + 1
        finite = line.word(after) in grammar.finite and not line.is_name(after)
        if cue.subject.lower() in grammar.first:
            return False  # "the rule which we have always said is the aim"
        plain = grammar.bare and not grammar.bracket and "say" in kinds_of(grammar, cue.verb)
        return plain and finite and line.at(cue.end - 1) + 1 == after

    def _is_bare_form(self, cue: Cue, words: list[str]) -> bool:
        """Whether a verb is an imperative or infinitive after a stray noun: "useful point out"."""
        verb = cue.verb.split(maxsplit=1)[0]
        if not self.is_now(cue):
            return False
        if self.grammar.second or cue.rule not in ("left", "coordinated") or verb[-1] == "s":
            return False
        if cue.rule == "coordinated":
            return is_present(self.grammar, cue.verb)
        if self._is_ordered(cue):
            return True
        plural = words[-1].endswith("s") or "and" in words or words[-1] in self.grammar.heads
        return is_present(self.grammar, cue.verb) and not plural

    def _is_ordered(self, cue: Cue) -> bool:
        """Whether a telegram orders what a verb tells: "Department requests Embassy inform"."""
        before = self.line.word(self.line.at(cue.subject_start) - 1)
        return self.page.doctype in TERSE and any(
            "order" in form.kinds for form in self.grammar.forms.get(before, ())
        )

    def _is_performative(self, cue: Cue, words: list[str]) -> bool:
        """Whether the issuer speaks for itself: "the United States calls on"."""
        if not self.is_now(cue) or (words[0] in self.grammar.you and self._is_addressed()):
            return False
        states = self.grammar.bare and not self.grammar.bracket
        if states and "say" in kinds_of(self.grammar, cue.verb):
            return False
        if cue.kind == "order" and self._is_issuer(cue):
            return True
        return self.page.doctype == "note" or any(
            word.strip(",.") in self.grammar.issuers for word in words
        )

    def _is_issuer(self, cue: Cue) -> bool:
        """Whether the title of what somebody issues names them: "Troika Statement on …"."""
        if self.page.doctype in RECORDS:
            return False
        title = self.page.title.lower().split()
        return any(word[0].isupper() and word.lower() in title for word in cue.subject.split())

    def answers(self, cue: Cue) -> bool:
        """Whether a cue answers what is said before it: "…, to which Lee replied that"."""
        index = self.line.at(cue.clause_start) - 1
        return (
            self.line.word(index) in self.grammar.relatives
            and self.line.word(index - 1) in self.grammar.to
        )
