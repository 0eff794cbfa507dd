"""What somebody asks, orders or promises to do: where the infinitive begins after its cue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.intake.statements.reported.lines import QUOTED, phrase_right

if TYPE_CHECKING:
    from archivist.intake.statements.grammar import Grammar, Words
    from archivist.intake.statements.parts import Cue
    from archivist.intake.statements.reported.lines import Line

_INFINITIVE_WITHIN = 16
_LEAST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Clause:
    """Where a reported clause begins, by the index of its first word, and the rule that tells."""

    first: int
    rule: str


class Infinitives:
    """Tells of the cues of one sentence where the infinitives that they govern begin."""

    def __init__(self, line: Line, grammar: Grammar, *, terse: bool = False) -> None:
        self.line = line
        self.grammar = grammar
        self.terse = terse and grammar.bare and not grammar.bracket

    def opened(self, cue: Cue, kinds: Words) -> Clause | None:
        """Return where the infinitive begins: after "urged the Minister to", "promised to"."""
        line, grammar = self.line, self.grammar
        start = line.at(cue.end - 1) + 1
        if "commit" in kinds and line.word(start) in grammar.to and self.is_infinitive(start + 1):
            return Clause(start + 1, "commit")
        if "commit" in kinds and grammar.infinitives and self.is_infinitive(start):
            return Clause(start, "commit")  # "prometió cerrar"
        if "say" in kinds and grammar.bare and not grammar.bracket:
            return self._said_to(start)
        if "say" in kinds and (said := self._said_of_oneself(start)):
            return said
        if "order" not in kinds:
            return None
        return self._ordered(cue, start) or (self._tersely(cue, start) if self.terse else None)

    def _tersely(self, cue: Cue, start: int) -> Clause | None:
        """Return what a telegram has without "to": "asked Department continue efforts"."""
        line, grammar = self.line, self.grammar
        named = line.is_name(start) or line.word(start) in grammar.addressees
        after = phrase_right(line, start, grammar) if line.is_name(start) else start + 1
        if not named or after is None or cue.rule == "none" or "told" in cue.verb:
            return None
        word = line.word(after)
        if line.words[after - 1].endswith(("'s", "’s")):  # noqa: RUF001
            return None  # "asked Lee's permission"
        small = (
            word in grammar.prepositions
            or word in grammar.conjunctions
            or word in grammar.finite | grammar.negations | grammar.nouns
            or word in grammar.relatives | grammar.wh | grammar.whether | grammar.that | grammar.to
            or word in grammar.heads
            or word in grammar.subordinators
            or word.endswith((*grammar.gerund_endings, *grammar.finite_endings, "s"))
            or grammar.is_adverb(word)
        )
        plain = self.is_infinitive(after) and len(word) >= _LEAST_WORDS - 1 and not small
        begins = line.is_name(after + 1) or line.word(after + 1) in (
            grammar.determiners | grammar.addressees
        )
        return Clause(after, "order") if plain and begins else None

    def _said_of_oneself(self, index: int) -> Clause | None:
        """Return the infinitive of "dijo estar listo", "a dit souhaiter"."""
        line, grammar = self.line, self.grammar
        word = line.word(index)
        if not grammar.second or grammar.bracket or not grammar.infinitives:
            return None
        small = word in grammar.prepositions or grammar.is_adverb(word) or len(word) < _LEAST_WORDS
        return Clause(index, "zero") if self.is_infinitive(index) and not small else None

    def _said_to(self, start: int) -> Clause | None:
        """Return where the infinitive of "Lee said to go ahead" begins; "said to be" has none."""
        line, grammar = self.line, self.grammar
        word = line.word(start + 1)
        person = word in grammar.heads or word in grammar.addressees or word in grammar.finite
        if line.word(start) not in grammar.to or person or not self.is_infinitive(start + 1):
            return None
        return Clause(start + 1, "order")

    def _ordered(self, cue: Cue, start: int) -> Clause | None:
        """Return where the infinitive begins after the addressee of an order."""
        line, grammar = self.line, self.grammar
        if line.word(start) in grammar.prepositions - grammar.to - grammar.datives:
            return None
        if grammar.bracket:
            return self._closing_infinitive(start)
        if self._is_object(start):
            return None
        for index in range(start, min(start + _INFINITIVE_WITHIN, len(line.words))):
            word = line.words[index]
            addressed = index > start or grammar.second
            if word in grammar.to and addressed and self.is_infinitive(index + 1):
                other = line.words[index - 1] in grammar.as_said or self.is_told_of(start)
                other |= self._is_visit(cue, index + 1) or self._is_thing(start, index)
                return None if other else Clause(index + 1, "order")
            if not grammar.to and index > start and self.is_infinitive(index):
                return Clause(index, "order")
            if self._ends_addressee(index, start):
                return None
        return None

    def _is_visit(self, cue: Cue, infinitive: int) -> bool:
        """Whether somebody was visited, not urged: "called on the Chancellor to discuss"."""
        visit = cue.verb.endswith((" on", " upon"))
        return visit and self.line.words[infinitive] in self.grammar.visits

    def _is_thing(self, start: int, to: int) -> bool:
        """Whether no person is addressed: "directed the formation of a council to guide"."""
        line, grammar = self.line, self.grammar
        head = (
            next((at for at in range(start + 1, to) if line.words[at] in grammar.linking), to) - 1
        )
        if line.words[head] in grammar.negations:
            head -= 1  # "urged Lee not to go"
        word = line.words[head]
        person = (
            line.is_name(head)
            or word in grammar.heads
            or word in grammar.addressees
            or word in grammar.pronouns
            or word in grammar.determiners
            or word.endswith((*grammar.person_endings, "s"))
        )
        small = grammar.is_adverb(word) or word in grammar.times or not word[0].isalpha()
        return bool(grammar.person_endings) and not (person or small)

    def _is_object(self, start: int) -> bool:
        """Whether a noun follows the addressee: "told Lee purpose of call not to hurry him"."""
        line, grammar = self.line, self.grammar
        end = phrase_right(line, start, grammar) if line.is_name(start) else None
        word = line.word(end) if end is not None else ""
        small = (
            word in grammar.prepositions
            or word in grammar.conjunctions
            or word in grammar.negations
            or grammar.is_adverb(word)
        )
        return bool(word) and word[0].isalpha() and not small and not line.is_name(end or 0)

    def is_told_of(self, start: int) -> bool:
        """Whether an addressee learns of something: "told him of the wish to go"."""
        addressed = self.line.words[start] in self.grammar.addressees
        return (
            addressed and self.line.word(start + 1) in self.grammar.prepositions - self.grammar.to
        )

    def _closing_infinitive(self, start: int) -> Clause | None:
        """Of "forderte Lee auf, den Vertrag zu zeichnen", what stands after the comma."""
        line, grammar = self.line, self.grammar
        opening = next(
            (
                at + 1
                for at in range(start, min(start + _INFINITIVE_WITHIN, len(line.words)))
                if line.words[at] == "," or line.words[at] in grammar.infinitive_openers
            ),
            0,
        )
        rest = line.words[opening : opening + 2 * _INFINITIVE_WITHIN] if opening else []
        if rest and rest[0] not in grammar.that and any(word in grammar.to for word in rest):
            return Clause(opening, "order")
        return None

    def is_infinitive(self, index: int) -> bool:
        """Whether a word may be one; with a "to" before it, where the language has it."""
        word = self.line.word(index)
        if not word or word in self.grammar.determiners or self.line.is_name(index):
            return False
        endings = self.grammar.infinitives
        return word[0].isalpha() and (not endings or word.endswith(endings))

    def _ends_addressee(self, index: int, start: int) -> bool:
        word, grammar = self.line.words[index], self.grammar
        if word in grammar.that or word in grammar.whether or word in (";", ":", ".", QUOTED):
            return True
        small = not self.line.is_name(index)
        if small and (word in grammar.finite or self._is_past(word)):
            return True
        return word in grammar.pronouns and word not in grammar.addressees and index > start

    def _is_past(self, word: str) -> bool:
        return any(form.tense == "past" for form in self.grammar.forms.get(word, ()))
