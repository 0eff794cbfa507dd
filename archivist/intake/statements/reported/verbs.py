"""The verb of saying at a word: which of its forms it is, and which words belong to it."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.intake.statements.grammar import GAP, Form, Tense, Words, grammar_of
from archivist.intake.statements.reported import subjects
from archivist.intake.statements.reported.asides import circumstance_end
from archivist.intake.statements.reported.lines import QUOTED
from archivist.intake.statements.reported.subjects import Group

if TYPE_CHECKING:
    from archivist.intake.statements.grammar import Grammar
    from archivist.intake.statements.reported.lines import Line

_NEAR = 5
_FAR = 22
_LIGHT = 7


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


def kinds_of(grammar: Grammar, verb: str) -> Words:
    """Return the classes of a verb of saying by its words, as a cue holds them."""
    return _kinds(grammar.language, verb)


@functools.lru_cache(maxsize=4096)
def _kinds(language: str, verb: str) -> Words:
    grammar = grammar_of(language)
    first, *tail = verb.split()
    found: set[str] = set()
    for form in grammar.forms.get(first, ()):
        if [word for word in form.tail if word != GAP] == tail:
            found |= form.kinds
    return frozenset(found)


def is_present(grammar: Grammar, verb: str) -> bool:
    """Whether a cue's verb stands in the present."""
    return _is_present(grammar.language, verb)


@functools.lru_cache(maxsize=4096)
def _is_present(language: str, verb: str) -> bool:
    grammar = grammar_of(language)
    tenses = {form.tense for form in grammar.forms.get(verb.split(maxsplit=1)[0], ())}
    return "present" in tenses and "past" not in tenses


def verb_at(line: Line, grammar: Grammar, index: int) -> Found | None:
    """Return the verb of saying at an index, its particles and its tense settled."""
    forms, after, closing = _forms(line, grammar, index)
    if not forms:
        return None
    kinds = forms[0].kinds.union(*(form.kinds for form in forms[1:]))
    carried = _carried(line, grammar, after) if "light" in kinds else 0
    if not carried and len(kinds) == 1 and "light" in kinds:
        return None
    group = subjects.group_before(line, index, grammar)
    form = _form(line, grammar, forms, group, index)
    if form is None:
        return None
    verb = " ".join([line.words[index], *(word for word in form.tail if word != GAP)])
    if "light" in kinds:
        if carried:
            verb = " ".join(line.words[index:carried])
            return Found(index, carried, verb, frozenset({"state"}), form.tense, group)
        kinds -= {"light"}
    return Found(index, after, verb, kinds, form.tense, group, closing) if kinds else None


def _forms(line: Line, grammar: Grammar, index: int) -> tuple[list[Form], int, int]:
    """Return the forms at an index that have the longest tail, the index after, and the end."""
    best: list[Form] = []
    reached = (index + 1, 0)
    for form in grammar.forms[line.words[index]]:
        if best and form.tail != best[0].tail:
            continue
        ends = _tail(line, grammar, index + 1, form.tail)
        if ends is not None:
            best.append(form)
            reached = ends
    return best, *reached


def _tail(
    line: Line, grammar: Grammar, index: int, tail: tuple[str, ...]
) -> tuple[int, int] | None:
    if not tail or tail[0] != GAP:
        same = line.words[index : index + len(tail)] == list(tail)
        return (index + len(tail), 0) if same else None
    words = list(tail[1:])
    if words[-1] not in line.words:
        return None
    far = _FAR if grammar.bracket else _NEAR
    for place in range(index, min(index + far, len(line.words))):
        if line.words[place : place + len(words)] == words:
            end = place + len(words)
            return (index, end) if grammar.bracket else (end, 0)
        if line.words[place] in (";", ":", ".", QUOTED) or (
            line.is_pause(place) and not grammar.bracket
        ):
            break
    return None


def _form(line: Line, grammar: Grammar, forms: list[Form], group: Group, index: int) -> Form | None:
    by_tense = {form.tense: form for form in forms}
    if "infinitive" in by_tense and group.resumed:
        return by_tense["infinitive"]
    finite = by_tense.get("past") or by_tense.get("present")
    participle = by_tense.get("participle")
    if participle and (group.perfect or group.passive):
        return participle
    if participle and grammar.bracket:
        found = subjects.subject_of_bracket(line, index, grammar)
        if found is not None:
            return participle
    if finite and not (finite.tense == "past" and group.perfect and grammar.second):
        return finite
    return by_tense.get("gerund") or finite


def _carried(line: Line, grammar: Grammar, after: int) -> int:
    """Return the index after a noun of saying that a light verb carries: "the hope (that)"."""
    near = line.words[after : after + _LIGHT]
    if grammar.nouns.isdisjoint(near) and grammar.demands.isdisjoint(near):
        return 0
    for place in range(after, min(after + _LIGHT, len(line.words))):
        word = line.words[place]
        if line.is_pause(place) or grammar.is_finite(word):
            return 0
        if (
            word in grammar.prepositions
            and place > after
            and not grammar.is_adverb(line.words[place - 1])
        ):
            return 0  # "gave thought to the request that"
        if word in grammar.nouns or word in grammar.demands:
            return place + 1 if _opens(line, grammar, place + 1) else 0
    return 0


def _opens(line: Line, grammar: Grammar, index: int) -> bool:
    """Whether a clause opens at an index, or after the circumstances and the "of" there."""
    following = line.word(index)
    if following in grammar.that:
        return True
    end = circumstance_end(line, index, grammar)
    return line.word(end) in grammar.that or (line.word(end) in grammar.whether)
