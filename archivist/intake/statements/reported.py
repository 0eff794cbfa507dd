"""Reported speech: the clause that a cue governs, in the words of the text.

The clause goes without the cue, without "that" and the "to" of an infinitive, with "if", "whether"
and "how", and without the final full stop. A cue in the middle leaves pieces; a cue at the end
takes the whole sentence before it.
"""
# ruff: noqa: RUF001 - rules look for the very marks that documents hold

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from archivist.intake.statements import nouns
from archivist.intake.statements.cues import TERSE
from archivist.intake.statements.grammar import grammar_of
from archivist.intake.statements.lines import QUOTED
from archivist.intake.statements.openings import MARKS, Openings
from archivist.intake.statements.parts import Reported
from archivist.intake.statements.turns import turn_at
from archivist.intake.statements.verbs import is_present, kinds_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.intake.statements.grammar import Grammar
    from archivist.intake.statements.lines import Line
    from archivist.intake.statements.openings import Clause
    from archivist.intake.statements.parts import Cue, Page, Turn
    from archivist.model.statement import Piece

RECORDS = frozenset(
    {"telegram", "correspondence", "memcon", "memorandum", "letter", "report", "note"}
)
"""Types of documents whose "I" and "we" report what they themselves said."""
SILENT = frozenset({"treaty", "agreement"})
"""Types of documents that report nothing: their verbs of saying oblige."""
_OWN = frozenset({"my", "our", "your"})
_LEAST_WORDS = 2
_LEAST_BEFORE = 4
_OWNERS = ("'s", "’s", "s'", "s’")
_DASHES = frozenset("–—-•")
_NAMES_WITHIN = 12
_TRAIL = regex.compile(r"(?:\s|[.,;:—–(]|\[\d{1,3}\])++$")
_BRACKETS = regex.compile(
    r"\s*(?:\((?!\d{1,2}\))(?:[Ss]ee|[Cc]f|[Rr]e(?:port|f)?|[Oo]ur|[Yy]our|[^()]{0,40}\d)[^()]{0,80}\)|\[\d{1,3}\])[\s.,;]*+$"
)
_SHORTENED = regex.compile(r"(?:\b\p{L}\.\p{L}\.|\b(?:etc|Jr|Sr|Inc|Co|Ltd|No)\.|\.\.\.)$")
_CLOSING = "”»“\"'’"


def reported(
    page: Page, turns: tuple[Turn, ...], sentences: Sequence[tuple[Line, list[Cue]]]
) -> list[Reported]:
    """Return the reported clauses of a page, in order.

    Args:
        page: the text.
        turns: the turns of a transcript; reported speech within them is not looked for.
        sentences: the sentences with cues, as cues.read gives them.
    """
    if page.doctype in SILENT:
        return []
    grammar = grammar_of(page.language)
    found: list[Reported] = []
    for line, cues in sentences:
        if turn_at(turns, cues[0].start) is None:
            found.extend(_Clauses(page, line, grammar, cues).reported())
    return found


class _Clauses:
    """Finds the reported clauses of one sentence."""

    def __init__(self, page: Page, line: Line, grammar: Grammar, cues: list[Cue]) -> None:
        self.page = page
        self.line = line
        self.grammar = grammar
        self.cues = cues
        self.openings = Openings(page, line, grammar)

    def reported(self) -> list[Reported]:
        """Return them in order; a cue within a reported clause is part of what is reported."""
        found: list[Reported] = []
        blocked = -1
        for number, cue in enumerate(self.cues):
            if cue.start < blocked or not self._counts(cue):
                continue
            one = self._one(cue, number, first=not found)
            if one is not None:
                found.append(one)
                blocked = one.end
        return found

    def _one(self, cue: Cue, number: int, *, first: bool) -> Reported | None:
        if cue.kind == "according":
            return self._according(cue) if first else None
        if self._is_as_said(cue):
            return self._as_said(cue) if first else None
        clause = self.openings.opened(cue)
        if clause is not None and not self._is_between(cue, clause):
            return self._after_cue(cue, clause, number)
        return self._before_cue(cue) if first else None

    def _is_as_said(self, cue: Cue) -> bool:
        first = self.line.at(cue.clause_start)
        return self.line.word(first - 1) in self.grammar.as_said

    def _as_said(self, cue: Cue) -> Reported | None:
        """Return what "As Lee said, …" or "…, as Lee said, …" goes with."""
        line = self.line
        first, after = line.at(cue.clause_start) - 1, line.at(cue.clause_end - 1) + 1
        if line.word(after) not in (",", ".", ""):
            return None
        pieces = [self._piece(after + 1, len(line.words)) if line.word(after) == "," else None]
        if first > 0 and line.word(first - 1) == "," and self._is_whole(0, first - 1):
            pieces.insert(0, self._piece(0, first - 1))
        elif first > _LEAST_BEFORE:
            return None
        kept = [piece for piece in pieces if piece is not None]
        return self._made(kept, cue, "as") if kept else None

    # --- which cues count

    def _counts(self, cue: Cue) -> bool:
        """Whether a cue reports: neither negated nor passive, and its subject can speak."""
        if cue.negated or cue.kind == "quote":
            return False
        if cue.passive:
            return self._is_told(cue)
        words = cue.subject.lower().split()
        if not words:
            return self.grammar.subjectless or self.page.doctype in TERSE
        if words[0] in self.grammar.first and len(words) == 1:
            return self._reports_itself(cue)
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
            not self._is_now(cue)
            and not visited
            and (not self.page.doctype or self.page.doctype in RECORDS)
        )

    def _is_now(self, cue: Cue) -> bool:
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
        if self._answers(cue) or self._is_within(cue):
            return False
        if cue.rule not in ("left", "pronoun") or before in self.grammar.that:
            return False
        return before in self.grammar.relatives or before in self.grammar.objects_of_questions

    def _is_bare_form(self, cue: Cue, words: list[str]) -> bool:
        """Whether a verb is an imperative or infinitive after a stray noun: "useful point out"."""
        verb = cue.verb.split(maxsplit=1)[0]
        if not self._is_now(cue):
            return False
        if self.grammar.second or cue.rule not in ("left", "coordinated") or verb[-1] == "s":
            return False
        if cue.rule == "coordinated":
            return is_present(self.grammar, cue.verb)
        plural = words[-1].endswith("s") or "and" in words or words[-1] in self.grammar.heads
        return is_present(self.grammar, cue.verb) and not plural

    def _is_performative(self, cue: Cue, words: list[str]) -> bool:
        """Whether the issuer speaks for itself: "the United States calls on"."""
        if not self._is_now(cue) or (words[0] in self.grammar.you and self._is_addressed()):
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

    # --- a clause after its cue

    def _after_cue(self, cue: Cue, clause: Clause, number: int) -> Reported | None:
        if clause.first >= len(self.line.words) or self.line.words[clause.first] in MARKS:
            return None
        start = self.line.starts[clause.first]
        end = self._fronted(cue) or self._cut(cue, start, number)
        if start < cue.subject_start < end:  # "Stressing that it was late, Lee left"
            end = cue.subject_start
        return self._made([(start, end)], cue, clause.rule)

    def _fronted(self, cue: Cue) -> int:
        """Return where a clause ends that stands before the main one; 0 where it does not.

        "In reply to Lee's asking whether it was late, Kim left".
        """
        line = self.line
        first = line.at(cue.clause_start)
        owned = cue.rule == "participle" and cue.subject.endswith(_OWNERS)
        if line.words[0] not in self.grammar.prepositions or not (owned or cue.rule == "noun"):
            return 0
        owner = line.at(min(cue.subject_start, cue.clause_start))
        if "," in line.words[:first] or line.word(owner - 1) not in self.grammar.prepositions:
            return 0
        comma = next((at for at in range(first, len(line.words)) if line.words[at] == ","), -1)
        return line.starts[comma] if comma > 0 else 0

    def _is_reply(self, cue: Cue, later: Cue) -> bool:
        """Whether a cue answers a question told before it: "Asked if it was late he said"."""
        asked = cue.passive and not cue.subject
        if not asked or later.negated:
            return False
        return later.rule == "pronoun" or (later.rule == "left" and self._after_comma(later))

    def _cut(self, cue: Cue, start: int, number: int) -> int:
        """Return where a clause ends: with the sentence, or before a cue of the same speaker."""
        for later in self.cues[number + 1 :]:
            if later.start > start and (
                self._is_reply(cue, later) or self._takes_over(later, start)
            ):
                place = later.clause_start
                if self._answers(later):
                    place = self.line.starts[self.line.at(place) - 2]
                return min(place, self._before_quotation(start))
        return self._before_quotation(start)

    def _before_quotation(self, start: int) -> int:
        """Return the place of a colon before a quotation; the end of the sentence without one."""
        line = self.line
        for index in range(line.at(start) + 1, len(line.words) - 1):
            if line.words[index] == ":" and line.words[index + 1] == QUOTED:
                return line.starts[index]
        return line.ends[-1]

    def _takes_over(self, later: Cue, start: int) -> bool:
        """Whether a later cue is the author's again, not part of what is reported."""
        if later.clause_start <= start or later.kind == "noun":
            return False
        before = self._before(later)
        if later.kind == "according":
            return before == ","
        if self._answers(later):
            return True
        if before not in self.grammar.conjunctions and before not in (",", ";", "–", "—"):
            return False
        if later.rule in ("coordinated", "none"):
            return self._resumes(later)
        if later.rule == "participle":
            return before == "," or self.openings.opened(later) is not None
        apart = before in (";", "–", "—") or self._after_comma(later) or self._is_told_on(later)
        return (
            later.rule in ("left", "pronoun")
            and not later.negated
            and apart
            and (self.openings.opened(later) is not None or self._quotes(later))
        )

    def _is_told_on(self, later: Cue) -> bool:
        """Whether "and the King said that" is no part of "Lee said that it was late".

        Within what Lee said, the King would have "had said".
        """
        line, grammar = self.line, self.grammar
        clause = self.openings.opened(later)
        if grammar.second or later.rule != "left" or later.clause_start != later.subject_start:
            return False
        if clause is None or clause.rule not in ("that", "whether") or self._is_now(later):
            return False
        start = line.at(later.subject_start + len(later.subject) - 1) + 1
        aside = line.words[start : line.at(later.start)]
        return grammar.auxiliaries.isdisjoint(aside)

    def _before(self, cue: Cue) -> str:
        """Return the word before the clause of a cue, marks of notes and lists passed over."""
        index = self.line.at(cue.clause_start) - 1
        if self.line.word(index) == "]":
            index -= 3
        if self.line.word(index) in _DASHES and self.line.word(index - 1) in (";", ","):
            index -= 1
        return self.line.word(index)

    def _answers(self, cue: Cue) -> bool:
        """Whether a cue answers what is said before it: "…, to which Lee replied that"."""
        index = self.line.at(cue.clause_start) - 1
        return (
            self.line.word(index) in self.grammar.relatives
            and self.line.word(index - 1) in self.grammar.to
            and self.line.word(index - 2) == ","
        )

    def _resumes(self, later: Cue) -> bool:
        """Whether a verb after "and" is the author's: "said they had met, and thanked Lee"."""
        if self.openings.opened(later) is not None or self._quotes(later):
            return True
        joined = self._before(later) != ","  # not "in what he said, agreed on"
        noun = later.verb.split(maxsplit=1)[0] in self.grammar.doubtful
        between = self.page.text[later.clause_start : later.start].split()
        plain = not between or between[-1] in self.grammar.to
        return joined and plain and not (noun or later.negated or self._is_now(later))

    def _after_comma(self, later: Cue) -> bool:
        index = self.line.at(later.clause_start) - 1
        if self.line.word(index) in self.grammar.conjunctions:
            index -= 1
        return self.line.word(index) in (",", ";") or self.line.word(index) == "."

    def _quotes(self, cue: Cue) -> bool:
        after = self.line.at(cue.clause_end - 1) + 1
        if self.line.word(after) == ",":
            return self.line.word(after + 1) == QUOTED
        return self.line.word(after) in (QUOTED, ":")

    # --- a clause before its cue, or around it

    def _is_between(self, cue: Cue, clause: Clause) -> bool:
        """Whether a cue with "that" after it is within its clause: "It was late, he said, that"."""
        line = self.line
        first, after = line.at(cue.clause_start), line.at(cue.clause_end - 1) + 1
        if clause.rule != "that" or cue.rule not in ("left", "pronoun"):
            return False
        if line.word(first - 1) != "," or line.word(after) != ",":
            return False
        finite = any(map(self.grammar.is_finite, line.words[: first - 1]))
        return finite and self._is_whole(0, first - 1)

    def _before_cue(self, cue: Cue) -> Reported | None:
        """Return the clause before ", he said" at the end, or around it in the middle."""
        line = self.line
        kinds = kinds_of(self.grammar, cue.verb)
        if cue.rule not in ("left", "pronoun", "right", "none") or not kinds & {"say", "state"}:
            return None
        first = line.at(cue.clause_start)
        if line.word(first - 1) not in (",", "–", "—"):
            return None
        if line.word(line.at(cue.end - 1) + 1) in self.grammar.agents:
            return None  # "a fact, no longer denied by anybody, is"
        head = self._piece(0, first - 1)
        if head is None or all(word == QUOTED or word in ",–—" for word in line.words[: first - 1]):
            return None
        after = line.at(cue.clause_end - 1) + 1
        goes_on = line.word(after) in self.grammar.conjunctions and self._is_coordinated(after)
        if goes_on or line.word(after) in (".", "", ";", "!", "?"):
            return self._made([head], cue, "after") if self._is_whole(0, first - 1) else None
        if line.word(after) in (",", "–", "—"):
            tail = self._piece(after + 1, len(line.words))
            if tail is None or line.word(after + 1)[:1].isdigit():
                return None
            return self._made([head, tail], cue, "middle")
        return None

    def _is_coordinated(self, conjunction: int) -> bool:
        """Whether another verb of saying follows: "It was late, said Lee and added that"."""
        place = self.line.ends[conjunction]
        later = next((each for each in self.cues if each.start >= place), None)
        return later is not None and later.clause_start <= place + 2

    def _is_whole(self, first: int, end: int) -> bool:
        """Whether words are a clause by themselves, and mostly the author's, not quoted."""
        line, grammar = self.line, self.grammar
        if end - first < _LEAST_BEFORE:
            return False
        quoted = sum(
            line.ends[at] - line.starts[at] for at in range(first, end) if line.words[at] == QUOTED
        )
        if quoted * 2 > line.ends[end - 1] - line.starts[first]:
            return False
        fronted = (
            line.words[first] in grammar.prepositions - grammar.determiners
            or line.words[first] in grammar.subordinators
        )
        return not fronted or "," in line.words[first:end]

    def _according(self, cue: Cue) -> Reported | None:
        """Return what "according to Lee, …" or "…, according to Lee" governs."""
        line = self.line
        first, after = line.at(cue.clause_start), line.at(cue.clause_end - 1) + 1
        if first == 0 or (first < 3 and line.is_pause(first - 1)):  # noqa: PLR2004
            while after < len(line.words) and line.words[after] != ",":
                if after - first > _NAMES_WITHIN or self.grammar.is_finite(line.words[after]):
                    break
                after += 1
            if line.words[-1] == ":":
                return None
            return self._around(cue, [self._piece(after, len(line.words))])
        head = self._piece(0, first)
        if line.words[-1] == ":":
            return None
        if line.word(after) == ",":
            return self._around(cue, [head, self._piece(after + 1, len(line.words))])
        return self._around(cue, [head])

    def _around(self, cue: Cue, pieces: list[Piece | None]) -> Reported | None:
        kept = [piece for piece in pieces if piece is not None]
        return self._made(kept, cue, "according") if kept else None

    def _piece(self, first: int, end: int) -> Piece | None:
        line = self.line
        if line.word(first) == "[" and line.word(first + 2) == "]":
            first += 3
        while first < end and (
            line.word(first) in (",", "-", "•", "–", "—", ".", ")")
            or (
                first == 0
                and line.words[first].rstrip(".").isdigit()
                and line.word(1) in (".", ")")
            )
        ):
            first += 1
        return (line.starts[first], line.ends[end - 1]) if first < end else None

    # --- the result

    def _made(self, pieces: list[Piece], cue: Cue, rule: str) -> Reported | None:
        trimmed = [(start, self._trimmed(start, end)) for start, end in pieces]
        trimmed = [(start, end) for start, end in trimmed if end > start]
        if not trimmed:
            return None
        words = sum(len(self.page.text[start:end].split()) for start, end in trimmed)
        unfinished = self.line.words[-1] == ":" and rule == "that"
        if words < (_LEAST_BEFORE + 1 if unfinished else _LEAST_WORDS):
            return None
        if cue.passive:
            rule, cue = "told", replace(cue, subject="", subject_start=cue.start, rule="none")
        return Reported(trimmed[0][0], trimmed[-1][1], tuple(trimmed), cue, rule)

    def _trimmed(self, start: int, end: int) -> int:
        """Return the end without the final stop, loose marks and a conjunction."""
        text = self.page.text
        while end > start:
            before = end
            if not _SHORTENED.search(text, max(start, end - 8), end):
                for pattern in (_TRAIL, _BRACKETS):
                    trail = pattern.search(text, max(start, end - 140), end)
                    end = trail.start() if trail else end
            last = text[start:end].rsplit(None, 1)
            joined = len(last) == 2 and last[1].lower() in self.grammar.conjunctions  # noqa: PLR2004
            if joined and before < self.line.ends[-1]:
                end = start + len(text[start:end]) - len(last[1])
            elif end > start and text[end - 1] in _CLOSING and self._is_loose(start, end):
                end -= 1
            if end == before:
                break
        return end

    def _is_loose(self, start: int, end: int) -> bool:
        """Whether a closing mark at the end has no opening one in the clause."""
        clause = self.page.text[start : end - 1]
        mark = self.page.text[end - 1]
        if mark in "'’":
            return self.page.text[end - 2 : end - 1] in ".!?" and "‘" not in clause
        return not any(opening in clause for opening in '“„«"')
