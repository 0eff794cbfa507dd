"""Who wrote a quoted letter: its signature, or what stands before it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import regex

from archivist.intake.statements.quoted.terms import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archivist.intake.statements.parts import Quotation

Named: TypeAlias = tuple[str, int]
"""A name as it stands in the text, and where."""

_SIGNATURE = 120
_NAME = (
    r"(?:(?:the|el|la|le|der|die|de|o|a|il|het)[ ])?\p{Lu}[\p{L}.'\u2019-]*+(?:[ ](?:(?:of|de|del|"
    r"for|and|y|et|und|en|van|von)[ ](?:the[ ])?)?\p{Lu}[\p{L}.'\u2019-]*+)*+"
)

_AUTHOR = regex.compile(rf"\b(?:by|por|par|von|door|da|pelo)[ ](?P<name>{_NAME})")


_PAPERS = frozenset(("paper", "memorandum", "report", "study", "memo", "assessment", "document"))
_KIND = r"paper|memorandum|report|study|memo|assessment|document"
_MADE = regex.compile(
    rf"\b(?P<paper>{_KIND})\b(?:,|[ ](?:of|on|dated|to)\b[^.,;\n]{{1,80}}?,?)?[ ]"
    r"(?:from[ ]|(?:(?:which|that)[ ](?:was|had[ ]been)[ ])?(?:\w++ly[ ])?"
    r"(?:prepared|written|drafted|produced|compiled|submitted)[ ](?:\w++[ ]){0,6}?by[ ])"
    rf"(?:the[ ])?(?P<name>{_NAME})"
)
_OF_PAPER = regex.compile(
    rf"\b(?:of|in|to)[ ](?P<name>(?:the|this|that)[ ](?:{_KIND}))\b(?![ ](?:of|from|by)\b)"
)
_FAR = 6000


def paper_before(text: str, start: int, end: int) -> Named | None:
    """Return the paper that what follows text[start:end] stands in: In a section of the paper,."""
    found = _last(_OF_PAPER.finditer(text, start, end))
    return (found["name"], found.start("name")) if found else None


def maker_of(text: str, surface: str, place: int) -> Named | None:
    """Return who made the paper that speaks: "A paper prepared by Lee ... The paper stated"."""
    words = surface.lower().split()
    if not words or words[-1] not in _PAPERS or len(words) > 2:  # noqa: PLR2004 - "the paper"
        return None
    made = _MADE.finditer(text, max(0, place - _FAR), place)
    found = _last(each for each in made if each["paper"] == words[-1])
    return (found["name"].rstrip("."), found.start("name")) if found else None


def signature_of(text: str, quotation: Quotation) -> Named | None:
    """Return the signature that ends a quoted letter: "... Sincerely yours, John Lee"."""
    tail = max(quotation.start, quotation.end - _SIGNATURE)
    found = _signatures().search(text, tail, quotation.end)
    return (found["name"].rstrip("."), found.start("name")) if found else None


def writer_before(text: str, start: int, end: int) -> Named | None:
    """Return who wrote what follows text[start:end]: the following message from Minister Lee:."""
    found = _last(_letters().finditer(text, start, end))
    return (found["name"].rstrip("."), found.start("name")) if found else None


def author_before(text: str, start: int, end: int) -> Named | None:
    """Return by whom what follows text[start:end] was made: a study prepared by the Staff:."""
    found = _last(_AUTHOR.finditer(text, start, end))
    return (found["name"].rstrip("."), found.start("name")) if found else None


@cache
def _letters() -> regex.Pattern[str]:
    """Match a quoted text and its writer, whose words begin with a capital."""
    kinds, before = ("|".join(sorted(each)) for each in (words().letters, words().writers))
    return regex.compile(
        rf"\b(?i:{kinds})s?\b(?:[ ]\p{{L}}++\.?+){{0,7}}?[ ](?:{before})[ ]"
        rf"(?P<name>(?!\p{{L}}++[ ]\d){_NAME})"
    )


@cache
def _signatures() -> regex.Pattern[str]:
    """Match the signature that ends a quoted letter."""
    closings = "|".join(sorted(words().closings))
    return regex.compile(
        rf"\b(?i:{closings})\b(?:[ ]yours)?[\W\s]{{1,12}}(?P<name>{_NAME})[\W\s]*+\Z"
    )


def _last(matches: Iterable[regex.Match[str]]) -> regex.Match[str] | None:
    found = None
    for found in matches:  # noqa: B007 - the last one is wanted
        pass
    return found
