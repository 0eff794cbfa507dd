"""Who speaks where no subject stands beside the verb: "a letter from Lee saying", "told by Lee"."""
# ruff: noqa: RUF001 - rules look for the very marks that documents hold

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.intake.statements.reported.lines import QUOTED, phrase_left, phrase_right
from archivist.intake.statements.reported.nouns import speaks
from archivist.intake.statements.reported.subjects import Subject, subject_right

if TYPE_CHECKING:
    from archivist.intake.statements.grammar import Grammar
    from archivist.intake.statements.reported.lines import Line
    from archivist.intake.statements.reported.subjects import Group
_FAR = 22
_NEAR = 4


def of_owner(line: Line, grammar: Grammar, group: Group) -> Subject | None:
    """Return who asks in "in reply to Lee's asking whether"."""
    before = line.word(group.before)
    if not before.endswith(("'s", "’s", "s'", "s’")):
        return None
    first = phrase_left(line, group.before, grammar)
    return None if first is None else Subject(first, group.before, "participle", first)


def of_document(line: Line, grammar: Grammar, group: Group) -> Subject | None:
    """Return whose words "a letter from Lee saying" holds; of "a letter saying", the letter.

    Of ", with Lee saying" it is Lee.
    """
    if grammar.second or line.is_pause(group.before):
        return None
    if line.words[group.before] in grammar.as_said and not line.is_pause(group.before - 1):
        named = phrase_left(line, group.before - 1, grammar)  # "quoted Lee as saying"
        return None if named is None else Subject(named, group.before - 1, "participle", named)
    first = phrase_left(line, group.before, grammar)
    if first is None:
        return None
    last = group.before
    if line.word(first - 1) == "with" and line.is_name(last):
        return Subject(first, last, "participle", first)
    for place in range(max(first - 1, 1), last + 1):
        if line.words[place - 1] in grammar.documents and not line.is_name(place):
            if line.words[place] in grammar.sources:
                return Subject(place + 1, last, "participle", place + 1)
            return Subject(first, place - 1, "participle", first)
    speaks = line.words[last] in grammar.documents or line.words[last] in grammar.heads
    if speaks and not line.is_name(last):
        return Subject(first, last, "participle", first)
    return None


def sender(line: Line, grammar: Grammar, before: int) -> Subject | None:
    """Return Lee of "I had a letter from Lee, the minister, telling me that"."""
    for place in range(before - 1, 0, -1):
        if line.words[place] in grammar.sources and line.words[place - 1] in grammar.documents:
            end = phrase_right(line, place + 1, grammar)
            return None if end is None else Subject(place + 1, end - 1, "participle", place + 1)
    return None


def pronoun_before(line: Line, grammar: Grammar, group: Group) -> Subject | None:
    """Return "he" of "As the talk went on he grew keener, but told me that"."""
    plain = grammar.pronouns - grammar.determiners - grammar.addressees - grammar.relatives
    if grammar.second or line.word(group.before) not in grammar.conjunctions:
        return None
    for place in range(group.before - 1, max(-1, group.before - _FAR), -1):
        if line.words[place] in (";", ":", QUOTED):
            return None
        if line.words[place] in plain:
            return Subject(place, place, "coordinated", group.first)
        held = _before_finite(line, grammar, place, group)
        if held is not None:
            return held
    return None


def _before_finite(line: Line, grammar: Grammar, index: int, group: Group) -> Subject | None:
    """Return the phrase before a finite verb: "the Minister did not go on but said"."""
    if index < 1 or line.words[index] not in grammar.finite or line.is_pause(index - 1):
        return None
    first = phrase_left(line, index - 1, grammar)
    if first is None or not speaks(line, grammar, index - 1):
        return None
    return Subject(first, index - 1, "coordinated", group.first)


def _agent_at(line: Line, grammar: Grammar, index: int) -> Subject | None:
    found = subject_right(line, index, grammar)
    end = phrase_right(line, index, grammar)
    if found is None and end is not None and line.word(end) in grammar.that:
        return Subject(index, end - 1, "right", index)  # "told by the customer that"
    return found


def agent(line: Line, grammar: Grammar, after: int) -> Subject | None:
    """Return Lee of "was told by Lee", looked for from the index `after` on."""
    for place in range(after, min(after + _NEAR, len(line.words))):
        if line.words[place] in grammar.agents:
            return _agent_at(line, grammar, place + 1)
        if line.is_pause(place):
            return None
    return None
