"""Forms that are as often nouns as verbs of saying, and which of the two they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.intake.statements.reported.lines import QUOTED

if TYPE_CHECKING:
    from archivist.intake.statements.grammar import Grammar
    from archivist.intake.statements.reported.lines import Line
    from archivist.intake.statements.reported.subjects import Subject
    from archivist.intake.statements.reported.verbs import Found


def is_plain_noun(line: Line, grammar: Grammar, index: int) -> bool:
    """Whether a form that may be a noun is one by its neighbours: "the states of"."""
    if _is_opened(line, grammar, index + 1):
        return False
    before = line.word(index - 1)
    return before not in grammar.before_verbs and not grammar.is_adverb(before)


def governs_nothing(line: Line, grammar: Grammar, found: Found) -> bool:
    """Whether a form that may be a noun is one, whatever its subject: "the states of"."""
    if found.tense != "present" or line.words[found.index] not in grammar.doubtful:
        return False
    if line.word(found.group.before) in grammar.pronouns or found.group.inverted >= 0:
        return False
    return not _is_opened(line, grammar, found.after)


def _is_opened(line: Line, grammar: Grammar, after: int) -> bool:
    following = line.word(after)
    if following == ",":
        following = line.word(after + 1)
    return (
        following in grammar.that
        or following in (":", QUOTED, "")
        or following in grammar.pronouns
        or following in grammar.whether
    )


def is_doubtful(line: Line, grammar: Grammar, found: Found, subject: Subject) -> bool:
    """Whether a form that may be a noun is rather one: nothing tells that it is a verb."""
    if line.words[found.index] not in grammar.doubtful:
        return False
    return found.tense != "participle" and not _surely(line, grammar, found, subject)


def _surely(line: Line, grammar: Grammar, found: Found, subject: Subject) -> bool:
    """Whether a form that may be a noun is a verb: it has a subject and governs a clause."""
    if subject.rule not in ("left", "pronoun", "relative", "right"):
        return found.tense in ("gerund", "past")
    if line.word(subject.first - 1) in grammar.passives:
        return False  # "there are Ruritanian claims that"
    surely = subject.rule == "pronoun" or _is_opened(line, grammar, found.after)
    return surely and line.word(found.group.before) not in grammar.determiners
