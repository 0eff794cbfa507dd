"""Where the clause that a cue governs begins after it, and by which rule."""
# ruff: noqa: RUF001 - rules look for the very marks that documents hold

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.intake.statements.reported.cues import TERSE
from archivist.intake.statements.reported.infinitives import Clause, Infinitives
from archivist.intake.statements.reported.lines import QUOTED, phrase_right
from archivist.intake.statements.reported.verbs import is_present, kinds_of

if TYPE_CHECKING:
    from archivist.intake.statements.grammar import Grammar, Words
    from archivist.intake.statements.parts import Cue, Page
    from archivist.intake.statements.reported.lines import Line

MARKS = "“”„«\"'‘’"
"""Marks of quotation: what begins with one is quoted, not reported."""
_INFINITIVE_WITHIN = 16
_LEAST_WORDS = 4
_LONGEST_NAME = 5
_FINITE_WITHIN = 14


class Openings:
    """Tells of the cues of one sentence where the clauses that they govern begin."""

    def __init__(self, page: Page, line: Line, grammar: Grammar) -> None:
        self.page = page
        self.line = line
        self.grammar = grammar
        self.infinitives = Infinitives(line, grammar, terse=page.doctype in TERSE)

    def opened(self, cue: Cue) -> Clause | None:
        """Return where the clause begins that a cue opens."""
        line, grammar = self.line, self.grammar
        kinds = kinds_of(grammar, cue.verb) if cue.kind != "noun" else frozenset({"noun"})
        kinds = kinds or frozenset({"state"})
        index = line.at(cue.clause_end - 1) + 1
        if line.word(index) == "," and self._opens(index + 1):
            index += 1
        word = line.word(index)
        if word in grammar.that:
            return self._after_that(cue, index, kinds)
        asked = word in grammar.whether and self._is_asked(cue, word, kinds)
        if "ask" in kinds and "state" not in kinds and self._is_inverted(index):
            return Clause(index, "whether")
        if asked or (word in grammar.wh and self._may_ask(cue, index, kinds)):
            return Clause(index, "whether" if word in grammar.whether else "wh")
        if kinds & {"order", "commit", "say"}:
            infinitive = self.infinitives.opened(cue, kinds)
            if infinitive is not None:
                return infinitive
        if word == ":" and kinds & {"say", "state", "tell"}:
            return self._after_colon(index)
        return self._bare(cue, index, kinds)

    def _opens(self, index: int) -> bool:
        word = self.line.word(index)
        return word in self.grammar.that or word in self.grammar.whether or word in self.grammar.wh

    def _after_that(self, cue: Cue, index: int, kinds: Words) -> Clause | None:
        line, grammar = self.line, self.grammar
        following = index + 1
        if line.word(following) == ",":
            following += 1
        if "noun" in kinds:
            return Clause(following, "noun")
        if line.word(index - 1) in grammar.that_nouns or self._is_of_another(cue, index - 1):
            return None
        if self._is_embedded(cue) or self._is_about(cue, index, kinds):
            return None
        if (
            cue.rule == "relative"
            and kinds <= {"ask", "order", "commit"}
            and index - 1 > line.at(cue.end - 1)
        ):
            return None  # "told those who asked us that it was late"
        if self._has_that_for_subject(following):
            if line.word(index - 1) in grammar.nouns or line.word(index - 1) in grammar.demands:
                return None  # "offered a proposal that is consistent"
            # "said that would be" has it as its subject; "told the man that was" as a relative
            return Clause(index, "zero") if line.starts[index] - cue.end <= 1 else None
        return Clause(following, "that")

    def _is_of_another(self, cue: Cue, noun: int) -> bool:
        """Whether a noun before "that" tells who speaks: "agreed with Lee's comment that"."""
        line, grammar = self.line, self.grammar
        if line.starts[noun] < cue.end or not line.word(noun - 1).endswith(
            ("'s", "’s", "s'", "s’")
        ):
            return False
        return line.words[noun] in grammar.nouns or line.words[noun] in grammar.demands

    def _is_about(self, cue: Cue, index: int, kinds: Words) -> bool:
        """Whether "que" belongs to what is told of: "informó sobre los planes que tiene"."""
        after = self.line.at(cue.end - 1) + 1
        told = "tell" in kinds and "say" not in kinds
        if told and self.line.word(after) in self.grammar.addressees:
            after += 1
        about = self.line.word(after) in self.grammar.topics and index > after + 1
        return about and (told or self.grammar.second)

    def _is_embedded(self, cue: Cue) -> bool:
        """Whether it is only thought that somebody says it: "clear proof that Soviets agree"."""
        line, grammar = self.line, self.grammar
        first = line.at(cue.clause_start)
        if line.word(first - 1) not in grammar.that or grammar.second:
            return False
        return line.word(first - 2) not in grammar.forms and is_present(grammar, cue.verb)

    def _has_that_for_subject(self, following: int) -> bool:
        """Of "said that would do": it would; of "said that should Lee come": he would not."""
        line, grammar = self.line, self.grammar
        after = line.word(following + 1)
        inverted = line.is_name(following + 1) or after in grammar.pronouns
        finite = line.word(following) in grammar.finite and not line.is_name(following)
        return finite and not inverted and grammar.bare and not grammar.bracket

    def _is_inverted(self, index: int) -> bool:
        """Whether a question stands as it was asked: "asked should he go"."""
        line, grammar = self.line, self.grammar
        subject = line.is_name(index + 1) or line.word(index + 1) in (
            grammar.determiners | grammar.pronouns
        )
        return subject and grammar.bare and line.word(index) in grammar.futures & grammar.finite

    def _is_asked(self, cue: Cue, word: str, kinds: Words) -> bool:
        """Whether a word opens a question: not "if" in "said, if only in part"."""
        asks = "ask" in kinds or cue.verb.rpartition(" ")[2] in self.grammar.demands
        return asks or word not in self.grammar.conditional

    def _may_ask(self, cue: Cue, index: int, kinds: Words) -> bool:
        line, relatives = self.line, self.grammar.relatives
        if line.word(index) in relatives:
            near = (
                line.word(index - 1) in self.grammar.addressees or line.starts[index] - cue.end <= 1
            )
            return near and "ask" in kinds
        after = line.at(cue.end - 1) + 1
        if "noun" in kinds:
            return True
        if line.word(index) in self.grammar.times and "ask" not in kinds:
            return False  # "told Lee when he saw him"
        return not kinds.isdisjoint({"ask", "tell"}) or ("say" in kinds and index == after)

    def _after_colon(self, index: int) -> Clause | None:
        following = self.line.word(index + 1)
        if following in ("", QUOTED) or following in MARKS:
            return None
        return Clause(index + 1, "colon")

    def _bare(self, cue: Cue, index: int, kinds: Words) -> Clause | None:
        """Return where a clause without "that" begins."""
        line, grammar = self.line, self.grammar
        if self._cannot_begin(cue, index) or self._is_embedded(cue) or self._qualifies_noun(cue):
            return None
        near = line.words[index + 2 : index + 2 + _LEAST_WORDS]
        finite = any(map(grammar.is_finite, near))  # "said a few men are gone"
        if " ".join(line.words[index : index + 2]) in grammar.objects and not finite:
            return None
        if grammar.bracket:
            return self._bare_after_comma(index, kinds)
        word = line.word(index)
        if word in grammar.answers and line.word(index + 1) == ",":
            return Clause(index, "zero") if "say" in kinds else None
        if word == "," and "say" in kinds and line.at(cue.clause_start) == 0:
            return Clause(index + 1, "zero-weak") if self._plainly_begins(index + 1) else None
        near = line.words[index + 1 : index + _FINITE_WITHIN]
        alone = word not in grammar.answers or not any(map(grammar.is_finite, near))
        if (line.is_pause(index) and word != "(") or (word in grammar.objects and alone):
            return None
        return self._without_that(cue, index, kinds)

    def _without_that(self, cue: Cue, index: int, kinds: Words) -> Clause | None:
        line, grammar = self.line, self.grammar
        told = "tell" in kinds and self._is_addressed(cue, index)
        told = told and (cue.rule != "participle" or self._plainly_begins(index))
        if "say" in kinds or told:
            return Clause(index, "zero") if self._begins_clause(cue, index) else None
        if "full" in kinds:
            begins = line.words[index] in grammar.pronouns - grammar.determiners
            return Clause(index, "zero-weak") if begins and self._plainly_begins(index) else None
        gerund = line.words[index].endswith(grammar.gerund_endings) and not line.is_name(index)
        if gerund or not kinds & {"state", "tell"}:
            return None
        plain = self._plainly_begins(index)
        if plain or (self._is_terse(cue) and self._may_begin(index)):
            return Clause(index, "zero-weak" if plain else "zero-terse")
        return None

    def _is_addressed(self, cue: Cue, index: int) -> bool:
        """Whether an addressee stands after a verb: not in "was kept informed of events since"."""
        after = self.line.at(cue.end - 1) + 1
        told = after < index and self.line.words[after] not in self.grammar.prepositions
        return told and not self.infinitives.is_told_of(after)

    def _cannot_begin(self, cue: Cue, index: int) -> bool:
        """Whether no clause without "that" can begin here: "all that Lee says is true"."""
        word, grammar = self.line.word(index), self.grammar
        before = self.line.word(index - 1)
        return (
            not grammar.bare
            or (before in grammar.prepositions and not grammar.bracket)
            or word in grammar.conjunctions
            or (word in grammar.relatives and not grammar.second)
            or (word in grammar.to and self.infinitives.is_infinitive(index + 1))
            or (
                word in grammar.finite
                and self.line.word(self.line.at(cue.subject_start) - 1) in grammar.that
            )
        )

    def _qualifies_noun(self, cue: Cue) -> bool:
        """Whether a cue belongs to a noun before it: "the aims that he alleges he has"."""
        line, grammar = self.line, self.grammar
        first = line.at(cue.clause_start)
        before = line.word(first - 2)
        if line.word(first - 1) not in grammar.that or grammar.bracket or line.is_pause(first - 2):
            return False
        said = before in grammar.forms or before in grammar.nouns or before in grammar.demands
        return not (said or before in grammar.addressees or grammar.is_adverb(before))

    def _bare_after_comma(self, index: int, kinds: Words) -> Clause | None:
        """Of "sagte, man müsse warten", what stands after the comma."""
        if self.line.word(index) != "," or not kinds & {"say", "state", "tell"}:
            return None
        rest = self.line.words[index + 1 : index + 1 + _FINITE_WITHIN]
        relatives = self.grammar.relatives - self.grammar.determiners
        if not rest or rest[0] in self.grammar.conjunctions or rest[0] in relatives:
            return None
        return Clause(index + 1, "zero") if any(map(self.grammar.is_finite, rest)) else None

    def _is_terse(self, cue: Cue) -> bool:
        """Whether the text is a telegram, which saves its small words after some verbs."""
        return (
            self.page.doctype in TERSE
            and cue.verb in self.grammar.terse
            and cue.rule in ("left", "pronoun", "coordinated", "none")
            and self._is_spoken_for(cue.subject.split())
        )

    def _is_spoken_for(self, words: list[str]) -> bool:
        """Whether a subject is a person's or a body's name or title, and no more."""
        if not words:
            return True
        last = words[-1].lower()
        known = (
            last in self.grammar.heads or last in self.grammar.pronouns or words[-1][0].isupper()
        )
        return known and len(words) <= _LONGEST_NAME

    def _may_begin(self, index: int) -> bool:
        """Whether a clause of a telegram can begin at a word: "stated integration assured"."""
        line, grammar = self.line, self.grammar
        word = line.words[index]
        return (
            word not in grammar.prepositions
            and word not in grammar.determiners
            and word not in grammar.conjunctions
            and len(line.words) - index > _LEAST_WORDS
        )

    def _begins_clause(self, cue: Cue, index: int) -> bool:
        line, grammar = self.line, self.grammar
        word = line.words[index]
        if word in grammar.pronouns or word == "there":
            joined = line.word(index + 1) == "," and line.is_name(
                index + 2
            )  # "he, Lee and Kim had"
            return joined or not line.is_pause(index + 1)
        if word == "(" or word[0].isdigit():
            return True
        starts = word in grammar.determiners or line.is_name(index) or word in grammar.heads
        return (
            starts
            or any(grammar.is_finite(other) for other in line.words[index : index + _FINITE_WITHIN])
            or (self._is_terse(cue) and self._may_begin(index))
        )

    def _plainly_begins(self, index: int) -> bool:
        line, grammar = self.line, self.grammar
        word = line.word(index)
        if word == "there" or (word in grammar.pronouns and word not in grammar.determiners):
            if word not in grammar.addressees:
                return not line.is_pause(index + 1)
            following = index + 2 if grammar.is_adverb(line.word(index + 1)) else index + 1
            return grammar.is_finite(line.word(following))
        if word in grammar.determiners and line.word(index + 1) in grammar.finite:
            return True
        end = phrase_right(line, index, grammar) or self._after_plain(index)
        reduced = line.word(end + 1) in grammar.prepositions  # "progress made in"
        sure = line.word(end) in grammar.auxiliaries | grammar.passives | grammar.futures
        return line.word(end) in grammar.finite and (sure or not reduced)

    def _after_plain(self, index: int) -> int:
        """Return the index after plain words that may be a subject: "new zone (did not)"."""
        line, grammar = self.line, self.grammar
        end = index
        while end < index + _LEAST_WORDS and not line.is_pause(end):
            word = line.words[end]
            if (
                word in grammar.finite
                or word in grammar.prepositions
                or word in grammar.conjunctions
                or word in grammar.subordinators
                or word in grammar.determiners
            ):
                break
            end += 1
        return end if end > index else -1
