"""Adverbs and prepositional phrases that stand between a verb of saying and what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archivist.intake.statements.grammar import Grammar
    from archivist.intake.statements.reported.lines import Line

_LONGEST = 9
_LONGEST_BRACKET = 18


def circumstance_end(line: Line, first: int, grammar: Grammar) -> int:
    """Return the index after the adverbs and prepositional phrases that begin at `first`."""
    index = first
    while True:
        word = line.word(index)
        if not word or word in grammar.that:
            return index
        after = _one_circumstance(line, index, grammar)
        if after == index:
            return index
        index = after


def _one_circumstance(line: Line, index: int, grammar: Grammar) -> int:
    """Return the index after the adverb or phrase that begins at `index`, or that itself."""
    word = line.words[index]
    if word == "(":
        closing = _bracket_end(line, index)
        return closing if line.word(closing) in grammar.that else index
    if word in grammar.prepositions:
        if word in grammar.to and not _is_nominal(line, index + 1, grammar):
            return index
        return _object_end(line, index + 1, grammar)
    if grammar.is_adverb(word) and not _begins_clause(line, index, grammar):
        return index + 1
    if word == "as" and line.word(index + 1) in grammar.to:
        return index + 2  # "inquired as to whether"
    phrase = _aside(line, index, grammar)
    return index + phrase if phrase else _time_end(line, index, grammar)


def _aside(line: Line, index: int, grammar: Grammar) -> int:
    """Return how many words an adverb of several words has, as "of course"; 0 if none is there."""
    if line.words[index] not in grammar.aside_openers:
        return 0
    for count in (4, 3, 2):
        if " ".join(line.words[index : index + count]) in grammar.resumed:
            return count
    return 0


def _begins_clause(line: Line, index: int, grammar: Grammar) -> bool:
    """Whether an adverb begins what is said: "said there would be", "said all the world was"."""
    word, following = line.word(index), line.word(index + 1)
    return following in grammar.finite or (
        word in grammar.determiners and following in grammar.determiners
    )


def _bracket_end(line: Line, index: int) -> int:
    """Return the index after the bracket that opens at `index`; `index` if it does not close."""
    for place in range(index + 1, index + _LONGEST_BRACKET):
        if line.word(place) == ")":
            return place + 4 if line.word(place + 1) == "[" else place + 1
    return index


def _is_nominal(line: Line, index: int, grammar: Grammar) -> bool:
    """Whether a noun phrase begins at an index, rather than an infinitive."""
    word = line.word(index)
    return (
        line.is_name(index)
        or word in grammar.determiners
        or word in grammar.addressees
        or word in grammar.heads
        or bool(grammar.infinitives and not word.endswith(grammar.infinitives))
    )


def _time_end(line: Line, index: int, grammar: Grammar) -> int:
    """Return the index after "this morning", "several times", "last week"; `index` if not there."""
    for place in range(index + 1, index + 3):
        if line.word(place) in grammar.times:
            return place + 1
    return index


def _object_end(line: Line, first: int, grammar: Grammar) -> int:
    """Return the index after the object of a preposition."""
    index = first
    while index < len(line.words) and index - first < _LONGEST:
        word = line.words[index]
        if line.is_pause(index) or (
            word in grammar.that and line.word(index - 1) not in grammar.prepositions
        ):
            break
        if index > first and (
            word in grammar.determiners
            and line.words[index - 1] not in grammar.linking
            and line.words[index - 1] not in grammar.determiners
        ):
            break
        if word in grammar.addressees and index == first:
            return index + 1
        if word in grammar.conjunctions and line.word(index + 1) in grammar.pronouns:
            break
        if index > first and word in grammar.prepositions and word not in grammar.linking:
            break
        if word in grammar.pronouns or (grammar.is_finite(word) and not line.is_name(index)):
            if index > first or word not in grammar.determiners:
                break
        elif word in grammar.subordinators and word not in grammar.prepositions:
            break
        index += 1
    return index
