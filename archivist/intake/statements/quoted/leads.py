"""Who is quoted where no verb of saying tells it: a label, a name beside the words, a source.

"Jan Ader, Minister of Velaria: "..."" at the head of a line, "..." - Minister Ader, "..." (letter
from Ader to Brand, 5 May), and the name that stands within the quoted words: "So, said Ader, ...".
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import regex

from archivist.intake.statements.grammar import grammar_of
from archivist.intake.statements.quoted.terms import words
from archivist.intake.statements.quoted.turns import is_heading

if TYPE_CHECKING:
    from archivist.intake.statements.parts import Page, Quotation
    from archivist.intake.statements.quoted.letters import Named

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}.'\u2019-]*+")
_DIGIT = regex.compile(r"\d")
_LONGEST_LABEL = 160
_NEAR = 160
_BULLET = " \t\u00a0-\u2013\u2014\u2022*>"
_DASH = regex.compile(
    r"""[\s*_]*+(?:[\u2013\u2014\u2015]|--?)\s*+
    (?P<name>\p{Lu}[\p{L}\p{M}.'\u2019-]*+(?:[ \u00a0][\p{L}\p{M}.'\u2019-]++){0,9}+)
    (?=[,\n;(]|\s*\Z)""",
    regex.X,
)
_LAST_NAME = regex.compile(
    r"(?<=\p{Ll},?)\s(?P<name>(?:\p{Lu}[\p{L}.'\u2019-]*+\ ){0,3}\p{Lu}[\p{L}.'\u2019-]*+)\s*+\Z"
)
_LONGEST_NAME = 60
_SHORT = 12
_TOWARDS = regex.compile(r"\b(?:to|on|with|in|at|for|against|and|a|à|an|con|mit)(?:\ the)?\Z")
"""Before the name of somebody who is spoken to, or about."""
_COINED = regex.compile(
    r"""[\s,\u2013\u2014-]*+(?:
      as\ (?P<name>[\p{L}.'\u2019-]++(?:\ [\p{L}.'\u2019-]++){0,4}?)
      \ (?:has\ |had\ |once\ |so\ \p{L}++\ )?(?:put|puts)\ it\b
    | (?:to\ use|in)\ (?P<name>[\p{L}.-]++(?:\ [\p{L}.-]++){0,3}?)['\u2019]s?
      \ (?:own\ )?(?:phrase|words?|expression|term)\b)""",
    regex.X,
)
_BRACKETED = regex.compile(r"[\s.,]*+\((?P<source>[^()\n]{4,200}+)\)")
_DATED = regex.compile(
    r"""[\u2018\u2019']?(?P<name>\p{Lu}[\p{L}.\u2019'-]*+(?:[ ][\p{L}.\u2019'-]++){0,5}?)
    [\u2018\u2019']?(?:[ ]in[ ]the[ ][\p{L}. ]{3,40})?,\ [^()]{0,20}\b(?:1[5-9]|20)\d\d\Z""",
    regex.X,
)
_INSERTED = 160
"""So far into quoted words somebody may be named as saying them."""


def label_before(page: Page, before: int) -> Named | None:
    """Return the name at the head of a line that has nothing else before quoted words.

    Args:
        page: the page.
        before: where the text before the quotation ends, without space and marks.
    """
    text = page.text
    start = text.rfind("\n", max(0, before - _LONGEST_LABEL), before) + 1
    if start == 0 and before > _LONGEST_LABEL:
        return None
    while start < before and text[start] in _BULLET:
        start += 1
    colon = before > start and text[before - 1] in ":\u2014\u2013"
    end = before - colon
    if not _is_label(text, start, end, page.language) or is_heading(text[start:end]):
        return None
    cut = text.find(",", start, end)
    return text[start : cut if cut > 0 else end].rstrip(), start


def _is_label(text: str, start: int, end: int, language: str) -> bool:
    """Tell whether a line holds names and offices and nothing more."""
    grammar = grammar_of(language)
    found = _WORD.findall(text, start, end)
    if not (text[end - 1].isalpha() or text[end - 1] == ")") or _DIGIT.search(text, start, end):
        return False
    if len(found) < 2 or not found[0][0].isupper():  # noqa: PLR2004 - one word may be anything
        return False
    small = grammar.linking | grammar.determiners | grammar.prepositions | grammar.conjunctions
    names = [word for word in found if word.lower() not in small]
    return bool(names) and all(word[0].isupper() for word in names)


def name_before(text: str, start: int, end: int) -> Named | None:
    """Return the name that ends a stretch of text: as in the poem of Jan Ader:."""
    found = _LAST_NAME.search(text, max(start, end - _LONGEST_NAME), end)
    if found is None or _TOWARDS.search(text, max(start, found.start() - _SHORT), found.start()):
        return None
    return found["name"], found.start("name")


def dash_after(text: str, quotation: Quotation) -> Named | None:
    """Return the name after a dash: "..." - Minister Lee."""
    found = _DASH.match(text, quotation.outer_end, quotation.outer_end + _NEAR)
    return (found["name"], found.start("name")) if found else None


def coiner_after(text: str, quotation: Quotation) -> Named | None:
    """Return who put it so: "...", as Minister Lee put it."""
    found = _COINED.match(text, quotation.outer_end, quotation.outer_end + _NEAR)
    return (found["name"], found.start("name")) if found else None


def source_after(text: str, quotation: Quotation) -> Named | None:
    """Return who stands in the brackets after quoted words: (letter from Ader to Brand, 5 May)."""
    found = _BRACKETED.match(text, quotation.outer_end, quotation.outer_end + 2 * _NEAR)
    if found is None:
        return None
    start, end = found.span("source")
    written = _written().match(text, start, end) or _DATED.match(text, start, end)
    return (written["name"], written.start("name")) if written else None


def inserted(text: str, quotation: Quotation) -> tuple[Named, int, int] | None:
    """Return who says so within the quoted words, and from where to where that is put in."""
    end = min(quotation.end, quotation.start + _INSERTED)
    found = _insertions().search(text, quotation.start, end)
    if found is None:
        return None
    return (found["name"], found.start("name")), found.start() + 1, found.end()


@cache
def _written() -> regex.Pattern[str]:
    """Match a letter, a record, an interview and its author."""
    kinds, before = ("|".join(sorted(each)) for each in (words().letters, words().writers))
    name = r"\p{Lu}[\p{L}.\u2019'-]*+(?:[ ]\p{Lu}[\p{L}.\u2019'-]*+){0,4}+"
    return regex.compile(
        rf"(?i:{kinds})s?+[ ](?:[\p{{L}}\d.\u2013-]++[ ]){{0,3}}?(?:{before}|by)[ ](?P<name>{name})"
    )


@cache
def _insertions() -> regex.Pattern[str]:
    """Match ", said the Minister," and ", he said,"."""
    verbs = "|".join(sorted(words().insertions))
    name = r"(?:[\p{L}\u2019'-]++\ ){0,5}?[\p{L}\u2019'-]++"
    return regex.compile(
        rf"[,\u2013\u2014]\s(?:(?:{verbs})\s(?P<name>{name})|(?P<name>{name})\s(?:{verbs}))"
        r"[,\u2013\u2014]\s"
    )
