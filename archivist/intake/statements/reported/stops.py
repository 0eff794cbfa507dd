"""Where a reported clause ends: with its sentence, or where somebody else is told of."""
# ruff: noqa: RUF001 - rules look for the very marks that documents hold

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.intake.statements.reported.lines import QUOTED
from archivist.intake.statements.reported.verbs import kinds_of

if TYPE_CHECKING:
    from archivist.intake.statements.parts import Cue
    from archivist.intake.statements.reported.counting import Counting
    from archivist.intake.statements.reported.openings import Openings

_OWNERS = ("'s", "’s", "s'", "s’")
_DASHES = frozenset("–—-•")


class Stops:
    """Tells of the cues of one sentence where the clauses that they govern end."""

    def __init__(self, openings: Openings, counting: Counting, cues: list[Cue]) -> None:
        self.line = openings.line
        self.page = openings.page
        self.grammar = openings.grammar
        self.cues = cues
        self.openings = openings
        self._counting = counting

    def fronted(self, cue: Cue) -> int:
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
        if later.negated:
            return False
        if not asked:
            kinds = kinds_of(self.grammar, cue.verb)
            replies = later.rule == "left" and self._after_comma(later) and not self.grammar.second
            return replies and "ask" in kinds and "state" not in kinds
        return later.rule == "pronoun" or (
            later.rule == "left" and (self._after_comma(later) or self._is_asked_of(cue, later))
        )

    def _is_asked_of(self, cue: Cue, later: Cue) -> bool:
        """Whether a whole question stands before a cue: "Asked if it was late the envoy said"."""
        line = self.line
        first, end = line.at(cue.end - 1) + 2, line.at(later.clause_start)
        return any(map(self.grammar.is_finite, line.words[first:end]))

    def end(self, cue: Cue, start: int, number: int) -> int:
        """Return where a clause ends: with the sentence, or before a cue of the same speaker."""
        end = self._before_cue(cue, start, number)
        if not self._is_within_relative(cue, start):
            return end
        commas = (at for at in range(self.line.at(start), len(self.line.words)) if self._ends(at))
        comma = next(commas, -1)
        return min(end, self.line.starts[comma]) if comma > 0 else end

    def _before_cue(self, cue: Cue, start: int, number: int) -> int:
        """Return the place before the first later cue that is the author's again."""
        for later in self.cues[number + 1 :]:
            if later.start > start and (
                self._is_reply(cue, later) or self._takes_over(later, start)
            ):
                place = later.clause_start
                if self._counting.answers(later):
                    place = self.line.starts[self.line.at(place) - 2]
                return min(place, self._before_quotation(start))
        return self._before_quotation(start)

    def _is_within_relative(self, cue: Cue, start: int) -> bool:
        """Whether it is told of a relative: "a note which he said was late"."""
        line, grammar = self.line, self.grammar
        before = line.word(line.at(cue.clause_start) - 1)
        told = cue.rule in ("left", "pronoun") and before in grammar.relatives
        return told and not grammar.second and line.words[line.at(start)] in grammar.finite

    def _ends(self, index: int) -> bool:
        return self.line.words[index] in (",", ";")

    def infinitive_end(self, first: int) -> int:
        """Return where an infinitive ends: before "and I again told him"."""
        line, grammar = self.line, self.grammar
        for index in range(first + 1, len(line.words) - 2):
            word = line.words[index + 1]
            if line.words[index] in grammar.conjunctions and word in grammar.first:
                return line.starts[index]
        return line.ends[-1]

    def _before_quotation(self, start: int) -> int:
        """Return the place of a colon before a quotation; the end of the sentence without one.

        A semicolon ends the clause, too, where the author plainly goes on: "; but which".
        """
        line = self.line
        for index in range(line.at(start) + 1, len(line.words) - 1):
            if line.words[index] == ":" and line.words[index + 1] == QUOTED:
                return line.starts[index]
            if line.words[index] == ";" and self._goes_on(index + 1):
                return line.starts[index]
        return line.ends[-1]

    def _goes_on(self, index: int) -> bool:
        """Whether a relative takes up what stands before the cue: "; but which"."""
        line, grammar = self.line, self.grammar
        joined = line.word(index) in grammar.conjunctions
        return joined and line.word(index + 1) in grammar.relatives - grammar.determiners

    def _takes_over(self, later: Cue, start: int) -> bool:
        """Whether a later cue is the author's again, not part of what is reported."""
        if later.clause_start <= start or later.kind == "noun":
            return False
        before = self._before(later)
        if later.kind == "according":
            return before == ","
        if self._counting.answers(later):
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
        if clause is None or clause.rule not in ("that", "whether") or self._counting.is_now(later):
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

    def _resumes(self, later: Cue) -> bool:
        """Whether a verb after "and" is the author's: "said they had met, and thanked Lee"."""
        if self.openings.opened(later) is not None or self._quotes(later):
            return True
        joined = self._before(later) != ","  # not "in what he said, agreed on"
        noun = later.verb.split(maxsplit=1)[0] in self.grammar.doubtful
        between = self.page.text[later.clause_start : later.start].split()
        plain = not between or between[-1] in self.grammar.to
        return joined and plain and not (noun or later.negated or self._counting.is_now(later))

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
