"""Which quotations are titles, names and terms: nobody's words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import regex
import yaml

from archivist import assets

if TYPE_CHECKING:
    from archivist.intake.statements.parts import Quotation

_FULL = 6
"""After an article, fewer words are a term."""
_ENDS_WITH_WORD = regex.compile(r"\p{L}['\u2019]?[\s,:]*+\Z")
_LETTERS = regex.compile(r"\p{L}[\p{L}'\u2019-]*+")
_TOWARDS = frozenset(("to", "à", "such", "as", "like", "tales", "como", "comme"))
_CAPITALS = 0.75
_LONG_TITLE = 20
_SHORT_TITLE = 12
"""The most words of a title, and of one that ends with the stop of its sentence."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of resources/statements/quotations.yaml."""

    terms: frozenset[str]
    articles: frozenset[str]
    persons: frozenset[str]
    letters: frozenset[str]
    writers: frozenset[str]
    closings: frozenset[str]
    drafts: frozenset[str]
    insertions: frozenset[str]
    drafting: frozenset[str]
    joining: frozenset[str]
    records: frozenset[str]
    themes: frozenset[str]
    leading: frozenset[str]


@cache
def words() -> Words:
    """Return them; they are read once."""
    lists = yaml.load(
        assets.path("statements/quotations.yaml").read_text("utf-8"), yaml.CSafeLoader
    )
    return Words(**{name: frozenset(value.split()) for name, value in lists.items()})


def is_term(text: str, quotation: Quotation, before: int, *, reported: bool = False) -> bool:
    """Tell whether a quotation is a title, a name or a term by what stands before it.

    Args:
        text: the page's text.
        quotation: a quotation in it.
        before: where the text before it ends, without space and marks.
        reported: whether it stands in a reported clause: then few words after an article are the
            speaker's own, too.
    """
    if is_title(text, quotation):
        return True
    leading = [word.lower() for word in _LETTERS.findall(text, max(0, before - 40), before)]
    if not leading or not _ENDS_WITH_WORD.search(text, max(0, before - 40), before):
        return False
    if not reported and quotation.words < _FULL and leading[-1] in words().articles:
        return True
    between = words().articles | _TOWARDS
    while len(leading) > 1 and leading[-1] in between:
        leading.pop()
    return leading[-1] in words().terms


def is_title(text: str, quotation: Quotation) -> bool:
    """Tell whether nearly all words of a short quotation begin with a capital."""
    stopped = text[quotation.end - 1] in ".!?"
    if quotation.words > (_SHORT_TITLE if stopped else _LONG_TITLE):
        return False
    letters = _LETTERS.findall(text, quotation.start, quotation.end)
    if letters and letters[0][0].islower() and letters[0] not in words().articles:
        return False
    heavy = [word for word in letters if len(word) > 3]  # noqa: PLR2004 - "the", "for", "und"
    capitals = sum(word[0].isupper() for word in heavy)
    return len(heavy) > 1 and capitals >= len(heavy) * _CAPITALS
