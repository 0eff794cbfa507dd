"""Cues: the verbs and nouns of saying in a text, each with its subject.

The words of a page are looked up in one pass; a sentence is cut up and read only where one of them
is a word that a cue can begin with. The rules walk over words, within bounds, so the time they take
grows with the length of the text and no faster.
"""
# ruff: noqa: RUF001 - rules look for the very marks that documents hold

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.intake.statements import subjects
from archivist.intake.statements.grammar import GAP, Form, Tense, Words, grammar_of
from archivist.intake.statements.lines import (
    QUOTED,
    circumstance_end,
    line_of,
    phrase_left,
    phrase_right,
)
from archivist.intake.statements.parts import Cue
from archivist.intake.statements.subjects import Group, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archivist.intake.statements.grammar import Grammar
    from archivist.intake.statements.lines import Line
    from archivist.intake.statements.parts import CueKind, Page, Quotation

RECORD_WORDS = 120
"""A quotation of so many words is a whole record: what it reports in turn is looked for in it."""
_WORD = re.compile(r"[^\W\d_]++")
TERSE = frozenset({"telegram", "correspondence"})
"""Types of documents that leave out small words."""
_NEAR = 5
_FEW = 3
_FAR = 22
_LIGHT = 7
_KINDS: tuple[tuple[str, CueKind], ...] = (
    ("say", "say"),
    ("tell", "tell"),
    ("order", "order"),
    ("state", "say"),
    ("ask", "ask"),
    ("commit", "commit"),
    ("quote", "quote"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A verb of saying in a line, before its subject is known.

    Attributes:
        index: where it is.
        after: the index after it, particles included (not those at the end of its clause).
        verb: its words.
        kinds: the classes it belongs to.
        tense: its form.
        group: what stands before it and belongs to it.
        closing: the index after a particle at the end of its clause; 0 where there is none.
    """

    index: int
    after: int
    verb: str
    kinds: Words
    tense: Tense
    group: Group
    closing: int = 0


def cues_of(page: Page, quotations: Sequence[Quotation] = ()) -> tuple[Cue, ...]:
    """Return the cues of a page, in order, those within quotations left out.

    Args:
        page: the text.
        quotations: sorted and disjoint. Within those without a closing mark, and within whole
            records of RECORD_WORDS words and more, cues are looked for.
    """
    return tuple(cue for _, cues in read(page, quotations) for cue in cues)


def read(page: Page, quotations: Sequence[Quotation] = ()) -> list[tuple[Line, list[Cue]]]:
    """Return each sentence of a page that has cues, cut into words, with its cues, in order.

    Args:
        page: the text.
        quotations: as for cues_of.
    """
    grammar = grammar_of(page.language)
    opaque = [found for found in quotations if found.closed and found.words < RECORD_WORDS]
    found: list[tuple[Line, list[Cue]]] = []
    for start, end in _stretches(page, grammar, opaque):
        line = line_of(page.text, start, end, grammar, opaque)
        cues = _Reader(line, grammar, page).cues()
        if cues:
            found.append((line, cues))
    return found


def _stretches(
    page: Page, grammar: Grammar, opaque: Sequence[Quotation]
) -> Iterator[tuple[int, int]]:
    """Yield the sentences with a word that a cue can begin with."""
    lowered = page.text.lower()
    text = lowered if len(lowered) == len(page.text) else page.text
    quoted = [found.start for found in opaque]
    bounds = [*page.sentence_starts, len(text)]
    for number in range(len(bounds) - 1):
        start, end = bounds[number], bounds[number + 1]
        around = bisect_right(quoted, start) - 1
        if around >= 0 and end <= opaque[around].end:
            continue
        quotes = bisect_right(quoted, end) > around + 1
        if not _may_hold_cue(_WORD.findall(text, start, end), grammar, quotes=quotes):
            continue
        yield page.sentence_at(start)


def _may_hold_cue(words: list[str], grammar: Grammar, *, quotes: bool) -> bool:
    if not grammar.plain_starts.isdisjoint(words):
        return True
    opened = quotes or not grammar.openers.isdisjoint(words)
    return opened and not grammar.starts.isdisjoint(words)


def leading_subject(page: Page, start: int, end: int) -> tuple[str, int] | None:
    """Return the main subject at the head of page.text[start:end], and where it stands.

    Fronted circumstances are passed over: "In his speech in Varna, Minister Petrov went further:".
    """
    grammar = grammar_of(page.language)
    line = line_of(page.text, start, end, grammar, ())
    subject = subjects.subject_of_sentence(line, len(line.words), grammar)
    if subject is None:
        return None
    place = line.starts[subject.first]
    return page.text[place : line.ends[subject.last]], place


def kinds_of(grammar: Grammar, verb: str) -> Words:
    """Return the classes of a verb of saying by its words, as a cue holds them."""
    first, *tail = verb.split()
    found: set[str] = set()
    for form in grammar.forms.get(first, ()):
        if [word for word in form.tail if word != GAP] == tail:
            found |= form.kinds
    return frozenset(found)


def is_present(grammar: Grammar, verb: str) -> bool:
    """Whether a cue's verb stands in the present."""
    tenses = {form.tense for form in grammar.forms.get(verb.split(maxsplit=1)[0], ())}
    return "present" in tenses and "past" not in tenses


class _Reader:
    """Reads the cues of one line, from left to right."""

    def __init__(self, line: Line, grammar: Grammar, page: Page) -> None:
        self.line = line
        self.grammar = grammar
        self.text = page.text
        self.terse = page.doctype in TERSE
        self.last: Subject | None = None
        self.unnamed = False

    def cues(self) -> list[Cue]:
        """Return them in order."""
        found: list[Cue] = []
        starts = self.grammar.starts
        done = 0
        for index in [at for at, word in enumerate(self.line.words) if word in starts]:
            if index >= done:
                cue, done = self._at(index)
                if cue is not None:
                    found.append(cue)
        return found

    def _at(self, index: int) -> tuple[Cue | None, int]:
        word = self.line.words[index]
        if word in self.grammar.forms and not self._is_noun(index):
            found = self._verb(index)
            if found is not None:
                cue = self._of_verb(found)
                if cue is not None:
                    return cue, found.after
        if word in self.grammar.phrases:
            cue = self._according(index)
            if cue is not None:
                return cue, index + 1
        if word in self.grammar.nouns or word in self.grammar.demands:
            return self._noun(index), index + 1
        return None, index + 1

    def _is_noun(self, index: int) -> bool:
        """Whether a word is a name ("Secretary of State") or a noun ("an appeal to")."""
        line, grammar = self.line, self.grammar
        if line.is_name(index) and index > 0 and not line.is_pause(index - 1):
            return True
        if line.is_name(index) and line.word(index - 1) == ",":
            return True
        before = line.word(index - 1)
        if self._is_owned(index):
            return True
        return (
            before in grammar.determiners
            and before not in grammar.pronouns
            and before not in grammar.clitics
            and before not in grammar.addressees
        )

    def _is_owned(self, index: int) -> bool:
        """Whether a noun of saying has somebody for its owner: "his warning", "Lee's claim"."""
        word, before = self.line.words[index], self.line.word(index - 1)
        noun = word in self.grammar.nouns or word in self.grammar.demands
        return noun and (before in _POSSESSIVES or before.endswith(("'s", "’s", "s'", "s’")))

    # --- verbs

    def _verb(self, index: int) -> Found | None:
        """Return the verb of saying at an index, its particles and its tense settled."""
        forms, after, closing = self._forms(index)
        if not forms:
            return None
        group = subjects.group_before(self.line, index, self.grammar)
        form = self._form(forms, group, index)
        if form is None:
            return None
        kinds = frozenset(kind for each in forms for kind in each.kinds)
        verb = " ".join([self.line.words[index], *(word for word in form.tail if word != GAP)])
        if "light" in kinds:
            carried = self._carried(after)
            if carried:
                verb = " ".join(self.line.words[index:carried])
                return Found(index, carried, verb, frozenset({"state"}), form.tense, group)
            kinds -= {"light"}
        return Found(index, after, verb, kinds, form.tense, group, closing) if kinds else None

    def _forms(self, index: int) -> tuple[list[Form], int, int]:
        """Return the forms at an index that have the longest tail, the index after, and the end."""
        best: list[Form] = []
        reached = (index + 1, 0)
        for form in self.grammar.forms[self.line.words[index]]:
            if best and form.tail != best[0].tail:
                continue
            ends = self._tail(index + 1, form.tail)
            if ends is not None:
                best.append(form)
                reached = ends
        return best, *reached

    def _tail(self, index: int, tail: tuple[str, ...]) -> tuple[int, int] | None:
        if not tail or tail[0] != GAP:
            same = self.line.words[index : index + len(tail)] == list(tail)
            return (index + len(tail), 0) if same else None
        words = list(tail[1:])
        far = _FAR if self.grammar.bracket else _NEAR
        for place in range(index, min(index + far, len(self.line.words))):
            if self.line.words[place : place + len(words)] == words:
                end = place + len(words)
                return (index, end) if self.grammar.bracket else (end, 0)
            if self.line.words[place] in (";", ":", ".", QUOTED) or (
                self.line.is_pause(place) and not self.grammar.bracket
            ):
                break
        return None

    def _form(self, forms: list[Form], group: Group, index: int) -> Form | None:
        by_tense = {form.tense: form for form in forms}
        finite = by_tense.get("past") or by_tense.get("present")
        participle = by_tense.get("participle")
        if participle and (group.perfect or group.passive):
            return participle
        if participle and self.grammar.bracket:
            found = subjects.subject_of_bracket(self.line, index, self.grammar)
            if found is not None:
                return participle
        if finite and not (finite.tense == "past" and group.perfect and self.grammar.second):
            return finite
        return by_tense.get("gerund") or finite

    def _carried(self, after: int) -> int:
        """Return the index after a noun of saying that a light verb carries: "the hope (that)"."""
        for place in range(after, min(after + _LIGHT, len(self.line.words))):
            word = self.line.words[place]
            if self.line.is_pause(place) or self.grammar.is_finite(word):
                return 0
            if word in self.grammar.nouns or word in self.grammar.demands:
                return place + 1 if self._opens(place + 1) else 0
        return 0

    def _opens(self, index: int) -> bool:
        """Whether a clause opens at an index, or after the circumstances and the "of" there."""
        following = self.line.word(index)
        if following in self.grammar.that:
            return True
        end = circumstance_end(self.line, index, self.grammar)
        return self.line.word(end) in self.grammar.that or (
            self.line.word(end) in self.grammar.whether
        )

    def _of_verb(self, found: Found) -> Cue | None:
        group = found.group
        subject, group = self._subject(found)
        if subject is None:
            return None
        if self._is_doubtful(found, subject) or self._is_dumb(subject):
            return None
        passive = group.passive and found.tense in ("past", "participle")
        passive |= group.impersonal and subject.rule == "none"
        if passive:
            agent = self._agent(found.after)
            if agent is not None:
                subject, passive = agent, False
        if subject.rule != "relative" and not passive:
            self.last = subject if subject.named else None
            self.unnamed = not subject.named
        return self._cue(found, subject, group, passive=passive)

    def _cue(self, found: Found, subject: Subject, group: Group, *, passive: bool) -> Cue:
        line = self.line
        after = max(found.after, found.closing)
        if subject.rule == "right" and subject.last >= after:
            after = self._after_subject(subject.last + 1)
        end = self._end(found, after)
        first = min(found.index, group.first, subject.clause)
        if subject.rule in ("coordinated", "participle"):
            first = min(found.index, group.first)
        return Cue(
            start=line.starts[found.index],
            end=line.ends[found.after - 1],
            verb=found.verb,
            kind=next((kind for name, kind in _KINDS if name in found.kinds), "say"),
            subject=self._surface(subject),
            subject_start=line.starts[subject.first] if subject.named else line.starts[found.index],
            negated=group.negated
            or group.future
            or self._negated_after(after)
            or self._is_infinitive(found),
            passive=passive,
            rule=subject.rule,
            clause_start=line.starts[first],
            clause_end=line.ends[end - 1],
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

    def _surface(self, subject: Subject) -> str:
        if not subject.named:
            return ""
        start = self.line.starts[subject.first]
        return self.text[start : self.line.ends[subject.last]].lstrip("-").removeprefix("t-")

    def _subject(self, found: Found) -> tuple[Subject | None, Group]:
        line, grammar, group = self.line, self.grammar, found.group
        if found.tense == "participle" and grammar.bracket and not (group.perfect or group.passive):
            held = subjects.subject_of_bracket(line, found.index, grammar)
            return held or (None, group)
        if found.tense == "gerund" and not group.passive:
            return self._of_participle(group), group
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
        if before in grammar.conjunctions or before in (",", ";", "–", "—"):
            carried = None if self.unnamed else self._carried_over(found)
            if carried is not None:
                return carried
        if grammar.subjectless or self._is_note(found):
            return Subject(group.first, group.first - 1, "none", group.first)
        if not line.is_pause(group.before):
            return self._distant(group)
        return None

    def _is_note(self, found: Found) -> bool:
        """Whether a telegram leaves the subject out: "Said talks would go on. Added …"."""
        first = found.group.before < 0 and found.tense == "past"
        return self.terse and first and self.line.words[found.index] in self.grammar.terse

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
        held = self.last or subjects.subject_of_sentence(self.line, group.first, self.grammar)
        if held is None:
            return None
        return Subject(held.first, held.last, "coordinated", group.first)

    def _of_participle(self, group: Group) -> Subject | None:
        if self.line.word(group.before) in self.grammar.prepositions and not self.line.is_pause(
            group.before - 1
        ):
            return None  # "the desirability of continuing"
        held = self.last or subjects.subject_of_sentence(self.line, group.first, self.grammar)
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

    def _distant(self, group: Group) -> Subject | None:
        """Of "Officials travelling with Lee to Paris said", the first words."""
        held = subjects.subject_of_sentence(self.line, group.first, self.grammar)
        if held is None or self.last is not None or self.line.word(group.before) == "(":
            return None
        return Subject(held.first, held.last, "coordinated", group.first)

    def _is_doubtful(self, found: Found, subject: Subject) -> bool:
        if self.line.words[found.index] not in self.grammar.doubtful:
            return False
        return found.tense != "participle" and not self._surely(found, subject)

    def _surely(self, found: Found, subject: Subject) -> bool:
        """Whether a form that may be a noun is a verb: it has a subject and governs a clause."""
        if subject.rule not in ("left", "pronoun", "relative", "right"):
            return found.tense in ("gerund", "past")
        following = self.line.word(found.after)
        if following == ",":
            following = self.line.word(found.after + 1)
        return (
            following in self.grammar.that
            or following in (":", QUOTED, "")
            or following in self.grammar.pronouns
            or following in self.grammar.whether
            or subject.rule == "pronoun"
        ) and self.line.word(found.group.before) not in self.grammar.determiners

    def _agent(self, after: int) -> Subject | None:
        for place in range(after, min(after + 4, len(self.line.words))):
            if self.line.words[place] in self.grammar.agents:
                return subjects.subject_right(self.line, place + 1, self.grammar)
            if self.line.is_pause(place):
                return None
        return None

    # --- where what is said begins

    def _after_subject(self, index: int) -> int:
        """Return the index after what is apposed: "said Lee, the minister,"."""
        if self.line.word(index) != ",":
            return index
        for place in range(index + 1, min(index + _FAR, len(self.line.words))):
            word = self.line.words[place]
            if word == ",":
                first = self.line.words[index + 1]
                names = first in self.grammar.determiners or first in self.grammar.heads
                return place if names or first in self.grammar.relatives else index
            if self.line.is_pause(place) or self.grammar.is_finite(word):
                return index
        return index

    def _end(self, found: Found, after: int) -> int:
        """Return the index after the clause of a verb, addressee and circumstances included."""
        index = after
        if found.kinds & {"tell", "order", "ask"}:
            index = self._after_addressee(index, told="tell" in found.kinds)
        end = circumstance_end(self.line, index, self.grammar)
        if self.line.word(end) == ",":
            aside = self._aside(end)
            return aside or end
        return end

    def _after_addressee(self, index: int, *, told: bool) -> int:
        if self.line.word(index) in self.grammar.addressees:
            return index + 1
        if self._opens_clause(index):
            return index
        if not told and self.grammar.second and not self.grammar.bracket:
            return index
        end = phrase_right(self.line, index, self.grammar)
        return end if end is not None and (told or self._opens_clause(end)) else index

    def _opens_clause(self, index: int) -> bool:
        word = self.line.word(index)
        grammar = self.grammar
        return word in grammar.that or word in grammar.whether or word in grammar.wh

    def _aside(self, comma: int) -> int:
        """Return the index of "that" after words between commas: "said, after the talks, that"."""
        for place in range(comma + 1, min(comma + _FAR, len(self.line.words))):
            word = self.line.words[place]
            if word in (";", ":", ".", QUOTED):
                return 0
            if word in self.grammar.that and self.line.words[place - 1] == ",":
                return place
        return 0

    # --- nouns and phrases

    def _noun(self, index: int) -> Cue | None:
        """Return the cue of a noun: "his warning that", "Lee's statement that"."""
        line, grammar = self.line, self.grammar
        after = self._after_noun(index + 1)
        if line.word(after) not in grammar.that and line.word(after) != QUOTED:
            return None
        owner = self._owner(index)
        if owner is None:
            return None
        return Cue(
            start=line.starts[index],
            end=line.ends[index],
            verb=line.words[index],
            kind="noun",
            subject=self._surface(owner).removesuffix("'s").removesuffix("’s").rstrip("'’"),
            subject_start=line.starts[owner.first],
            rule="noun",
            clause_start=line.starts[owner.first],
            clause_end=line.ends[after - 1],
        )

    def _after_noun(self, index: int) -> int:
        """Return the index after "was" in "his explanation of this was that"."""
        line, passives = self.line, self.grammar.passives
        if line.word(index) in self.grammar.linking:
            for place in range(index + 1, index + _NEAR):
                if line.word(place) in passives:
                    return place + 1
            return index
        joined = line.word(index) in (",", ":") or line.word(index) in passives
        return index + 1 if joined else index

    def _owner(self, index: int) -> Subject | None:
        line = self.line
        for place in range(index - 1, max(-1, index - 4), -1):
            if line.is_pause(place):
                return None
            if line.words[place] in _POSSESSIVES:
                return Subject(place, place, "noun", place)
            if line.words[place].endswith(("'s", "’s", "s'", "s’")):
                first = phrase_left(line, place, self.grammar)
                return None if first is None else Subject(first, place, "noun", first)
        return None

    def _according(self, index: int) -> Cue | None:
        line = self.line
        for rest in self.grammar.phrases[line.words[index]]:
            after = index + 1 + len(rest)
            if tuple(line.words[index + 1 : after]) != rest:
                continue
            right = subjects.subject_right(line, after, self.grammar)
            if right is None or self._is_dumb(right) or line.word(right.last + 1) == ":":
                return None
            if not self._is_person(right.first):
                return None
            return Cue(
                start=line.starts[index],
                end=line.ends[after - 1],
                verb=" ".join(line.words[index:after]),
                kind="according",
                subject=self._surface(right),
                subject_start=line.starts[right.first],
                rule="according",
                clause_start=line.starts[index],
                clause_end=line.ends[right.last],
            )
        return None

    def _is_person(self, index: int) -> bool:
        """Whether a phrase begins with an article, a name or a word for a person or body."""
        word = self.line.word(index)
        grammar = self.grammar
        return word in grammar.determiners or word in grammar.heads or self.line.is_name(index)

    def _is_dumb(self, subject: Subject) -> bool:
        """Whether the noun of a subject never speaks: treaties, articles, evidence."""
        if not subject.named:
            return False
        words = [
            word
            for word in self.line.words[subject.first : subject.last + 1]
            if word not in self.grammar.determiners and not word[0].isdigit()
        ] or [""]
        cut = next(
            (at for at, word in enumerate(words) if at and word in self.grammar.linking), len(words)
        )
        return words[cut - 1] in self.grammar.dumb or words[0] in self.grammar.dumb


_POSSESSIVES = frozenset({"his", "her", "their", "its", "our", "my", "your"})
