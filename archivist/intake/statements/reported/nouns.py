"""Cues that are no verbs: nouns with an owner ("his warning that"), and "according to"."""
# ruff: noqa: RUF001 - rules look for the very marks that documents hold

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.intake.statements.parts import Cue
from archivist.intake.statements.reported import subjects
from archivist.intake.statements.reported.asides import circumstance_end
from archivist.intake.statements.reported.lines import QUOTED, phrase_left, phrase_right
from archivist.intake.statements.reported.subjects import Subject

if TYPE_CHECKING:
    from archivist.intake.statements.grammar import Grammar
    from archivist.intake.statements.reported.lines import Line

_NEAR = 5
_POSSESSIVES = frozenset({"his", "her", "their", "its", "our", "my", "your"})


def is_owned(line: Line, grammar: Grammar, index: int) -> bool:
    """Whether a noun of saying has somebody for its owner: "his warning", "Lee's claim"."""
    word, before = line.words[index], line.word(index - 1)
    noun = word in grammar.nouns or word in grammar.demands
    return noun and (before in _POSSESSIVES or before.endswith(("'s", "’s", "s'", "s’")))


def noun_cue(line: Line, grammar: Grammar, index: int, text: str) -> Cue | None:
    """Return the cue of a noun: "his warning that", "Lee's statement that"."""
    given = _giver(line, grammar, index)
    after = _after_noun(line, grammar, index + 1)
    if given:
        after = circumstance_end(line, given.last + 1, grammar)
    asked = line.word(after) in grammar.whether or line.word(after) in grammar.wh
    if asked and line.words[index] not in grammar.demands:
        return None
    if not asked and line.word(after) not in grammar.that and line.word(after) != QUOTED:
        return None
    if line.words[index] in grammar.thoughts:
        return None
    owner = given or _owner(line, grammar, index)
    if owner is None or not grammar.negations.isdisjoint(line.words[max(0, index - _NEAR) : index]):
        return None
    line.locate()
    return Cue(
        start=line.starts[index],
        end=line.ends[index],
        verb=line.words[index],
        kind="noun",
        subject=surface(line, owner, text).removesuffix("'s").removesuffix("’s").rstrip("'’"),
        subject_start=line.starts[owner.first],
        rule="noun",
        clause_start=line.starts[min(index, owner.first)],
        clause_end=line.ends[after - 1],
    )


def _giver(line: Line, grammar: Grammar, index: int) -> Subject | None:
    """Return Lee of "assurances from Lee that" and "a statement by Lee that"."""
    if line.word(index + 1) not in grammar.sources:
        return None
    end = phrase_right(line, index + 2, grammar)
    if end is None or line.word(circumstance_end(line, end, grammar)) not in grammar.that:
        return None
    while end > index + 3 and grammar.is_adverb(line.words[end - 1]):
        end -= 1  # "a statement by Lee yesterday that"
    return Subject(index + 2, end - 1, "noun", index + 2)


def _after_noun(line: Line, grammar: Grammar, index: int) -> int:
    """Return the index after "was" in "his explanation of this was that"."""
    passives = grammar.passives
    following = line.word(index + 1)
    if line.word(index) in grammar.prepositions and (
        following in grammar.whether or following in grammar.wh
    ):
        return index + 1  # "his question about whether"
    if line.word(index) in grammar.linking:
        for place in range(index + 1, index + _NEAR):
            if line.word(place) in passives:
                return place + 1
        return index
    joined = line.word(index) in (",", ":") or line.word(index) in passives
    return index + 1 if joined else index


def _owner(line: Line, grammar: Grammar, index: int) -> Subject | None:
    for place in range(index - 1, max(-1, index - 4), -1):
        if line.is_pause(place):
            return None
        if line.words[place] in _POSSESSIVES:
            return Subject(place, place, "noun", place)
        if line.words[place].endswith(("'s", "’s", "s'", "s’")):
            first = phrase_left(line, place, grammar)
            return None if first is None else Subject(first, place, "noun", first)
    return None


def according_cue(line: Line, grammar: Grammar, index: int, text: str) -> Cue | None:
    """Return the cue of a phrase that begins at an index: "according to Lee"."""
    for rest in grammar.phrases[line.words[index]]:
        after = index + 1 + len(rest)
        if tuple(line.words[index + 1 : after]) != rest:
            continue
        right = subjects.subject_right(line, after, grammar)
        if right is None or is_dumb(line, grammar, right) or line.word(right.last + 1) == ":":
            return None
        if not _is_person(line, grammar, right.first):
            return None
        if line.word(right.last + 1) in grammar.documents:
            right = Subject(right.first, right.last + 1, right.rule, right.clause)
        line.locate()
        return Cue(
            start=line.starts[index],
            end=line.ends[after - 1],
            verb=" ".join(line.words[index:after]),
            kind="according",
            subject=surface(line, right, text),
            subject_start=line.starts[right.first],
            rule="according",
            clause_start=line.starts[index],
            clause_end=line.ends[right.last],
        )
    return None


def _is_person(line: Line, grammar: Grammar, index: int) -> bool:
    """Whether a phrase begins with an article, a name or a word for a person or body."""
    word = line.word(index)
    return word in grammar.determiners or word in grammar.heads or line.is_name(index)


def is_dumb(line: Line, grammar: Grammar, subject: Subject) -> bool:
    """Whether the noun of a subject never speaks: treaties, articles, evidence."""
    if not subject.named:
        return False
    words = [
        word
        for word in line.words[subject.first : subject.last + 1]
        if word not in grammar.determiners and not word[0].isdigit()
    ] or [""]
    cut = next((at for at, word in enumerate(words) if at and word in grammar.linking), len(words))
    return words[cut - 1] in grammar.dumb or words[0] in grammar.dumb


def is_mute(line: Line, grammar: Grammar, cue: Cue) -> bool:
    """Whether the subject of a cue is a thing: neither a name nor a word for who can speak.

    Told only where a language lists the endings of words for persons.
    """
    if not grammar.person_endings or not cue.subject or cue.kind == "noun":
        return False
    first = line.at(cue.subject_start)
    last = line.at(cue.subject_start + len(cue.subject) - 1)
    cut = next(
        (at for at in range(first + 1, last + 1) if line.words[at] in grammar.linking), last + 1
    )
    head = cut - 1
    while head > first and line.words[head][0].isdigit():
        head -= 1
    counted = line.words[head] in grammar.quantities and head < last
    return not ((not counted and speaks(line, grammar, head)) or speaks(line, grammar, last))


def speaks(line: Line, grammar: Grammar, index: int) -> bool:
    """Whether a word is a name, a pronoun, or a word for who or what can say something."""
    word = line.words[index]
    return (
        line.is_name(index)
        or word in grammar.heads
        or word in grammar.documents
        or word in grammar.pronouns
        or word in grammar.relatives
        or word in grammar.clitics
        or word.endswith(grammar.person_endings)
    )


def surface(line: Line, subject: Subject, text: str) -> str:
    """Return a subject as it stands in the text; empty where it has none."""
    if not subject.named:
        return ""
    start = line.starts[subject.first]
    return text[start : line.ends[subject.last]].lstrip("-").removeprefix("t-")
