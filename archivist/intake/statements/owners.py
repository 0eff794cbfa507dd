"""Whose words a participle tells: "a letter from Lee saying", "Lee's asking", "with Lee noting"."""
# ruff: noqa: RUF001 - rules look for the very marks that documents hold

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.intake.statements.lines import phrase_left, phrase_right
from archivist.intake.statements.subjects import Subject

if TYPE_CHECKING:
    from archivist.intake.statements.grammar import Grammar
    from archivist.intake.statements.lines import Line
    from archivist.intake.statements.subjects import Group


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
