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

from archivist.intake.statements.grammar import grammar_of
from archivist.intake.statements.parts import Reported
from archivist.intake.statements.quoted.turns import turn_at
from archivist.intake.statements.reported.counting import Counting
from archivist.intake.statements.reported.lines import QUOTED
from archivist.intake.statements.reported.openings import MARKS, Openings
from archivist.intake.statements.reported.stops import Stops
from archivist.intake.statements.reported.verbs import kinds_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.intake.statements.grammar import Grammar
    from archivist.intake.statements.parts import Cue, Page, Turn
    from archivist.intake.statements.reported.infinitives import Clause
    from archivist.intake.statements.reported.lines import Line
    from archivist.model.statement import Piece

SILENT = frozenset({"treaty", "agreement"})
"""Types of documents that report nothing: their verbs of saying oblige."""
_LEAST_WORDS = 2
_TAIL = 140
_LEAST_BEFORE = 4
_NAMES_WITHIN = 12
_TRAIL = regex.compile(r"(?:\s|[.,;:—–(]|\[\d{1,3}\])++$")
_BRACKETS = regex.compile(
    r"\s*(?:\((?!\d{1,2}\))(?:[Ss]ee|[Cc]f|[Rr]e(?:port|f)?|[Oo]ur|[Yy]our|[^()]{0,40}\d)[^()]{0,80}\)|\[\d{1,3}\])[\s.,;]*+$"
)
_REMARK = regex.compile(r"\s*\(\p{Lu}[^()]{25,300}\)[\s.]*+$")
_SHORTENED = regex.compile(r"(?:\b\p{L}\.\p{L}\.|\b(?:etc|Jr|Sr|Inc|Co|Ltd|No)\.|\.\.\.)$")
_ENDS = ".,;:—–(]"
"""What _TRAIL ends with, besides space."""
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
        self.counting = Counting(page, line, grammar)
        self.stops = Stops(self.openings, self.counting, cues)

    def reported(self) -> list[Reported]:
        """Return them in order; a cue within a reported clause is part of what is reported."""
        found: list[Reported] = []
        blocked = -1
        for number, cue in enumerate(self.cues):
            if cue.start < blocked or not self.counting.counts(cue):
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
        return cue.rule != "participle" and self.line.word(first - 1) in self.grammar.as_said

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

    # --- a clause after its cue

    def _after_cue(self, cue: Cue, clause: Clause, number: int) -> Reported | None:
        if clause.first >= len(self.line.words) or self.line.words[clause.first] in MARKS:
            return None
        start = self.line.starts[clause.first]
        end = self.stops.fronted(cue) or self.stops.end(cue, start, number)
        if clause.rule in ("order", "commit"):
            end = min(end, self.stops.infinitive_end(clause.first))
        if start < cue.subject_start < end:  # "Stressing that it was late, Lee left"
            end = cue.subject_start
        return self._made([(start, end)], cue, clause.rule)

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
        return finite and first > _LEAST_BEFORE - 1

    def _before_cue(self, cue: Cue) -> Reported | None:
        """Return the clause before ", he said" at the end, or around it in the middle."""
        line = self.line
        first = line.at(cue.clause_start)
        if not self._may_follow(cue, first):
            return None
        head = self._piece(0, first - 1)
        if head is None or all(word == QUOTED or word in ",–—" for word in line.words[: first - 1]):
            return None
        after = line.at(cue.clause_end - 1) + 1
        goes_on = line.word(after) in self.grammar.conjunctions and self._is_coordinated(after)
        if goes_on or line.word(after) in (".", "", ";", "!", "?"):
            return self._made([head], cue, "after") if self._is_whole(0, first - 1) else None
        aside = cue.rule != "right" and line.at(cue.end - 1) + 1 < after
        clause = self._is_whole(0, first - 1)
        clause = clause and any(map(self.grammar.is_finite, line.words[: first - 1]))
        fronted = aside and not clause  # "In May, Lee wrote to Kim, asking"
        tail = self._piece(after + 1, len(line.words))
        if fronted or tail is None or line.word(after) not in (",", "–", "—"):
            return None
        plain = not line.word(after + 1)[:1].isdigit()
        return self._made([head, tail], cue, "middle") if plain else None

    def _may_follow(self, cue: Cue, first: int) -> bool:
        """Whether a cue may stand after or within what it reports: "…, he said"."""
        line, kinds = self.line, kinds_of(self.grammar, cue.verb)
        if cue.rule not in ("left", "pronoun", "right", "none") or not kinds & {"say", "state"}:
            return False
        if line.word(line.at(cue.end - 1) + 1) in self.grammar.agents:
            return False  # "a fact, no longer denied by anybody, is"
        relative = line.word(first - 2) in self.grammar.relatives
        return line.word(first - 1) in (",", "–", "—") and not relative

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
        if all(line.is_pause(index) for index in range(first)):
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
        least = _LEAST_BEFORE + 1 if unfinished else _LEAST_WORDS
        if self.page.text[trimmed[-1][1] : trimmed[-1][1] + 1] == ":":
            least += 1  # "reported that in reply: “…”"
        if words < least:
            return None
        if cue.passive:
            rule, cue = "told", replace(cue, subject="", subject_start=cue.start, rule="none")
        return Reported(trimmed[0][0], trimmed[-1][1], tuple(trimmed), cue, rule)

    def _trimmed(self, start: int, end: int) -> int:
        """Return the end without the final stop, loose marks and a conjunction."""
        text = self.page.text
        while end > start:
            before = end
            if text[end - 1] != "." or not _SHORTENED.search(text, max(start, end - 8), end):
                end = self._without_tail(start, end)
            last = text[start:end].rsplit(None, 1)
            joined = len(last) == 2 and last[1].lower() in self.grammar.conjunctions  # noqa: PLR2004
            if joined and before < self.line.ends[-1]:
                end = start + len(text[start:end]) - len(last[1])
            elif end > start and text[end - 1] in _CLOSING and self._is_loose(start, end):
                end -= 1
            if end == before:
                break
        return end

    def _without_tail(self, start: int, end: int) -> int:
        """Return the end without marks, references and remarks in brackets."""
        text = self.page.text
        if text[end - 1] in _ENDS or text[end - 1].isspace():
            trail = _TRAIL.search(text, max(start, end - _TAIL), end)
            end = trail.start() if trail else end
        for pattern in (_BRACKETS, _REMARK):
            if text[end - 1] in ")]":
                trail = pattern.search(text, max(start, end - _TAIL), end)
                end = trail.start() if trail else end
        return end

    def _is_loose(self, start: int, end: int) -> bool:
        """Whether a closing mark at the end has no opening one in the clause."""
        clause = self.page.text[start : end - 1]
        mark = self.page.text[end - 1]
        if mark in "'’":
            return self.page.text[end - 2 : end - 1] in ".!?" and "‘" not in clause
        return not any(opening in clause for opening in '“„«"')
