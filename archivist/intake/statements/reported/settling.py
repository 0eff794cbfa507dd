"""What of a reported clause stays reported speech where quoted words stand within it.

The quoted words are a statement by themselves; the rest is one only if it is a clause by itself:
"He said that the talks had failed because of "a lack of good will"" is two statements, "He said
that it was "a lack of good will"" is one.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from archivist.intake.statements.grammar import grammar_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.intake.statements.grammar import Grammar
    from archivist.intake.statements.parts import Attributed, Page, Reported

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}'\u2019.-]*+")
_MARKS = " \t\n\u00a0\"'\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019\u201a"
_EDGE = _MARKS + ",;:.\u2013\u2014-"
_AGAIN = regex.compile(r"[\s\"\u201d\u201c\u00bb\u2019',.]*+(?:and|but|y|et|und|e|en|\u0438)\s+")
_CLAUSE = 4
"""Fewer words are no clause by themselves."""
_LONGEST_TAIL = 6
_MOSTLY = 2.5
_LITTLE = 0.35


def settled(
    page: Page, reported: Sequence[Reported], attributed: Sequence[Attributed]
) -> list[Reported]:
    """Return the reported clauses without what is quoted in them, in order."""
    grammar = grammar_of(page.language)
    starts = [quote.start for quote in attributed]
    kept = []
    for clause in reported:
        first = bisect_left(starts, clause.start - 1)
        before = attributed[first - 1] if first else None
        if before and before.cue == clause.cue and clause.end <= before.end:
            continue
        inside = attributed[first : bisect_left(starts, clause.end, first)]
        rest = _rest(page, grammar, clause, inside) if inside else clause
        if rest is not None and len(_words(page, rest.start, rest.end)) > 1:
            kept.append(rest)
    return kept


def _rest(
    page: Page, grammar: Grammar, clause: Reported, inside: Sequence[Attributed]
) -> Reported | None:
    """Return what is left of a clause beside the quotations in it; None if that is no clause."""
    first, last = inside[0], inside[-1]
    quoted = sum(min(quote.end, clause.end) - quote.start for quote in inside)
    head = _words(page, clause.start, first.start)
    tail = _words(page, last.end, clause.end)
    if again := _second_clause(page, grammar, last.end, clause.end):
        return _cut(clause, again, clause.end)
    if len(tail) >= _LONGEST_TAIL or (len(tail) >= _CLAUSE and len(head) >= _CLAUSE):
        return clause if quoted < (clause.end - clause.start) / 2 else None
    if len(head) >= _CLAUSE and any(grammar.is_finite(word) for word in head):
        end = _head_end(page, grammar, clause.start, first.start)
        if not _is_trimmed(page, end, first.start) and grammar.is_finite(head[-1]):
            return None
        is_clause = len(_words(page, clause.start, end)) >= _CLAUSE
        if is_clause and quoted <= (end - clause.start) * _MOSTLY:
            return _cut(clause, clause.start, end)
        return None
    return clause if quoted < (clause.end - clause.start) * _LITTLE else None


def _second_clause(page: Page, grammar: Grammar, start: int, end: int) -> int:
    """Return where "that ..." after the quoted words begins: said it was "...", and that ...; 0."""
    found = _AGAIN.match(page.text, start, end)
    if found is None:
        return 0
    word = _WORD.match(page.text, found.end(), end)
    if word is None or word[0].lower() not in grammar.that:
        return 0
    begin = word.end()
    while begin < end and page.text[begin] in " ,":
        begin += 1
    return begin if end - begin > _CLAUSE * 3 else 0


def _head_end(page: Page, grammar: Grammar, start: int, end: int) -> int:
    """Return where a clause ends before the words that only lead to a quotation: "because the"."""
    text = page.text
    leading = grammar.prepositions | grammar.determiners | grammar.conjunctions
    leading |= grammar.subordinators | grammar.pronouns | grammar.that | grammar.auxiliaries
    for _ in range(_CLAUSE):
        end = start + len(text[start:end].rstrip(_EDGE))
        word = text[start:end].rpartition(" ")[2]
        if word.lower() not in leading:
            break
        end -= len(word)
    return start + len(text[start:end].rstrip(_EDGE))


def _is_trimmed(page: Page, end: int, start: int) -> bool:
    """Tell whether words stand between the end of a clause and the quotation it leads to."""
    return bool(_WORD.search(page.text, end, start))


def _cut(clause: Reported, start: int, end: int) -> Reported:
    return replace(clause, start=start, end=end, pieces=((start, end),))


def _words(page: Page, start: int, end: int) -> list[str]:
    return [word.lower() for word in _WORD.findall(page.text, start, end)]
