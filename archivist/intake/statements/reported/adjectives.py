"""Words that look like verbs of saying and are none: nouns, names, participles before a noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.intake.statements.reported.nouns import is_owned

if TYPE_CHECKING:
    from archivist.intake.statements.grammar import Grammar
    from archivist.intake.statements.reported.lines import Line


def is_noun(line: Line, grammar: Grammar, index: int) -> bool:
    """Whether a word is a name ("Secretary of State") or a noun ("an appeal to")."""
    if line.is_name(index) and index > 0 and not line.is_pause(index - 1):
        return True
    if line.is_name(index) and line.word(index - 1) == ",":
        return True
    if is_owned(line, grammar, index):
        return True
    if line.word(index - 1) in grammar.standing and _is_gerund(line, grammar, index):
        return False  # "he rejected this, saying"
    return _is_article(grammar, line.word(index - 1)) or _is_attribute(line, grammar, index)


def _is_gerund(line: Line, grammar: Grammar, index: int) -> bool:
    return any(form.tense == "gerund" for form in grammar.forms[line.words[index]])


def _is_article(grammar: Grammar, word: str) -> bool:
    return (
        word in grammar.determiners
        and word not in grammar.pronouns
        and word not in grammar.clitics
        and word not in grammar.addressees
    )


def _is_attribute(line: Line, grammar: Grammar, index: int) -> bool:
    """Whether a participle is an adjective: "his previously declared policy"."""
    before, word = index - 1, line.word(index - 1)
    if grammar.second or not (word in grammar.prepositions or grammar.is_adverb(word)):
        return False
    while grammar.is_adverb(line.word(before)) and line.word(before) not in grammar.determiners:
        before -= 1
    following = line.word(index + 1)
    if line.is_pause(before) or line.is_pause(index + 1):
        return False
    past = any(form.tense == "past" for form in grammar.forms[line.words[index]])
    if not past or following in grammar.that or following in grammar.pronouns:
        return False
    if before < index - 1:
        return _is_article(grammar, line.words[before])
    among = line.words[before] in grammar.prepositions - grammar.to
    return among and following not in grammar.determiners and not line.is_name(index + 1)
