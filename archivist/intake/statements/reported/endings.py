"""Where the clause of a cue ends and what is said begins: after addressee and circumstances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.intake.statements.reported.asides import circumstance_end
from archivist.intake.statements.reported.lines import QUOTED, phrase_right

if TYPE_CHECKING:
    from archivist.intake.statements.grammar import Grammar
    from archivist.intake.statements.reported.lines import Line
    from archivist.intake.statements.reported.verbs import Found

_FAR = 22
_RELATIVE = 10


def after_subject(line: Line, grammar: Grammar, index: int) -> int:
    """Return the index after what is apposed: "said Lee, the minister,"."""
    if line.word(index) != ",":
        return index
    for place in range(index + 1, min(index + _FAR, len(line.words))):
        word = line.words[place]
        if word == ",":
            first = line.words[index + 1]
            names = first in grammar.determiners or first in grammar.heads
            return place if names or first in grammar.relatives else index
        if line.is_pause(place) or grammar.is_finite(word):
            return index
    return index


def clause_end(line: Line, grammar: Grammar, found: Found, after: int) -> int:
    """Return the index after the clause of a verb, addressee and circumstances included."""
    index = after
    if found.kinds & {"tell", "order"} or ("ask" in found.kinds and "state" not in found.kinds):
        index = _after_addressee(line, grammar, index, told="tell" in found.kinds)
    elif line.word(index) in grammar.addressees and line.word(index + 1) in grammar.that:
        index += 1  # "answered him that"
    end = circumstance_end(line, index, grammar)
    if found.kinds & {"say", "state"}:
        end = _after_object(line, grammar, end)
    if line.word(end) == ",":
        aside = _aside(line, grammar, end)
        return aside or end
    return end


def _after_object(line: Line, grammar: Grammar, index: int) -> int:
    """Return the index of "that" after a noun of saying: "cabled to Lee a request that"."""
    if line.word(index) not in grammar.determiners - grammar.that or not grammar.bare:
        return index
    for place in (index + 1, index + 2):
        noun = line.word(place) in (grammar.nouns | grammar.demands) - grammar.thoughts
        if noun and line.word(place + 1) in grammar.that:
            return place + 1
    return index


def _after_relative(line: Line, grammar: Grammar, index: int) -> int:
    """Return the index of "that" in "told the men who had come that"; `index` where none is."""
    if line.word(index) not in grammar.relatives or grammar.second or grammar.bracket:
        return index
    for place in range(index + 2, min(index + _RELATIVE, len(line.words))):
        word = line.words[place]
        if line.is_pause(place) or word in grammar.forms or word in grammar.nouns:
            return index
        if word in grammar.that:
            return place
    return index


def _after_addressee(line: Line, grammar: Grammar, index: int, *, told: bool) -> int:
    if line.word(index) in grammar.addressees:
        subject = line.word(index) in grammar.pronouns and line.word(index + 1) in grammar.finite
        return index if subject else index + 1
    if _opens_clause(line, grammar, index):
        return index
    if not told and grammar.second and not grammar.bracket:
        return index
    end = phrase_right(line, index, grammar)
    if end is not None and told:
        end = _after_relative(line, grammar, end)
    return end if end is not None and (told or _opens_clause(line, grammar, end)) else index


def _opens_clause(line: Line, grammar: Grammar, index: int) -> bool:
    word = line.word(index)
    return word in grammar.that or word in grammar.whether or word in grammar.wh


def _aside(line: Line, grammar: Grammar, comma: int) -> int:
    """Return the index of "that" after words between commas: "said, after the talks, that"."""
    first = line.word(comma + 1)
    fronted = first in grammar.prepositions or first in grammar.subordinators
    for place in range(comma + 2, min(comma + _FAR, len(line.words))):
        word = line.words[place]
        if word in (";", ":", ".", QUOTED):
            return 0
        if (
            not fronted
            and not grammar.second
            and word in grammar.finite
            and not line.is_name(place)
        ):
            return 0  # "It was late, said Lee, and he had known, before all, that"
        if word in grammar.that and line.words[place - 1] == ",":
            return place
    return 0
