"""The subject of a sentence's main clause, what is fronted passed over: "In May, Lee said"."""
# ruff: noqa: RUF001, RUF002 - rules look for the very marks that documents hold

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.intake.statements.reported.lines import phrase_right
from archivist.intake.statements.reported.subjects import Subject

if TYPE_CHECKING:
    from archivist.intake.statements.grammar import Grammar
    from archivist.intake.statements.reported.lines import Line

_FAR = 25
_DATELINE = 12
_DASHES = frozenset("–—-")


def subject_of_sentence(line: Line, before: int, grammar: Grammar) -> Subject | None:
    """Return the subject of the sentence's main clause, fronted circumstances passed over."""
    index = _after_dateline(line)
    while index < before:
        word = line.words[index]
        if line.is_pause(index) or word[0].isdigit():
            index += 1
        elif word in grammar.pronouns and word not in grammar.that | grammar.determiners:
            return Subject(index, index, "coordinated", index)
        elif _is_time(line, index, grammar) or _is_fronted(line, index, grammar):
            comma = _next_comma(line, index, before)
            pronoun = _pronoun(line, index, comma if comma > 0 else before, grammar)
            if pronoun is not None or comma < 0:
                return pronoun
            index = comma + 1
        elif word in grammar.forms and word not in grammar.heads:
            return None
        else:
            end = phrase_right(line, index, grammar)
            if end is None or end > before:
                return None
            if line.word(end) != ":" or end == before:
                return Subject(index, end - 1, "coordinated", index)
            index = end + 1  # "2. Details: I began"
    return None


def _pronoun(line: Line, first: int, end: int, grammar: Grammar) -> Subject | None:
    """Return "I" of "At the embassy I spoke to Lee, saying"; None where no pronoun is."""
    if grammar.second or line.words[first] not in grammar.prepositions:
        return None
    plain = grammar.pronouns - grammar.determiners - grammar.addressees - grammar.relatives
    for place in range(first, end):
        if line.words[place] in grammar.subordinators:
            return None
        if line.words[place] in plain:
            return Subject(place, place, "coordinated", place)
    return None


def _is_time(line: Line, index: int, grammar: Grammar) -> bool:
    """Whether a sentence begins with a time: "Some days before the talks, Lee"."""
    near = line.words[index : index + 3]
    return near[0] in grammar.determiners and not grammar.times.isdisjoint(near)


def _after_dateline(line: Line) -> int:
    """Return the index after "Strelsau (Ruritania) –" at the beginning of a line; else 0."""
    for index in range(1, min(_DATELINE, len(line.words))):
        if line.words[index] in _DASHES and line.words[index - 1] in (")", ".", ","):
            return index + 1
        if line.words[index] == "." and line.words[index - 1] == ")":
            dash = line.word(index + 1) in _DASHES
            return index + 2 if dash else index + 1
    return 0


def _is_fronted(line: Line, index: int, grammar: Grammar) -> bool:
    word = line.words[index]
    return (
        word in grammar.prepositions
        or word in grammar.subordinators
        or word in grammar.conjunctions
        or grammar.is_adverb(word)
        or _is_gerund(word, grammar)
    )


def _is_gerund(word: str, grammar: Grammar) -> bool:
    return any(form.tense == "gerund" for form in grammar.forms.get(word, ()))


def _next_comma(line: Line, index: int, before: int) -> int:
    for place in range(index, min(before, index + _FAR)):
        if line.words[place] == ",":
            return place
    return -1
