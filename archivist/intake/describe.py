"""The description proposed for a document: what it says of itself, read by rules that can be named.

Whatever is given wins; whatever is blank is proposed. Only the beginning and the end of a long text
are looked at, so the time it takes does not grow with it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archivist.intake.countries import find_countries
from archivist.intake.date_order import month_comes_first
from archivist.intake.datelines import event_date, find_dateline, find_place, first_date
from archivist.intake.dates import read_date, whole_years
from archivist.intake.doctypes import find_doctype
from archivist.intake.languages import find_language
from archivist.intake.layout import Layout
from archivist.intake.names import find_agents, find_originator
from archivist.intake.numbers import find_number
from archivist.intake.titles import find_title, in_words

if TYPE_CHECKING:
    from archivist.intake.raw import Hints
    from archivist.model.record import Description

_MESSAGE = "message/rfc822"
_HEADING_CHARS = 600
_NEVER_BY_THE_WAY = frozenset({"editorial-note", "treaty", "note"})
"""Types that speak of other documents' dates before their own."""
_SPOKEN = frozenset({"speech", "press-briefing"})


def propose(text: str, given: Description, hints: Hints) -> tuple[Description, frozenset[str]]:
    """Fill in what is blank in a description.

    Args:
        text: the clean text of the document; may be empty.
        given: what is known for certain; it wins.
        hints: what the file's own metadata says.

    Returns:
        The description, and the names of its attributes that were proposed.
    """
    layout = Layout(text, given.title or hints.title)
    doctype = given.doctype or (find_doctype(layout) if text else "")
    language = given.language or find_language(text, hints.language)
    date, place = given.date, given.place
    if not (date and place):
        date, place = _when_and_where(layout, doctype, language, hints)
    number = given.number or find_number(layout, doctype)
    agents = given.agents or find_agents(layout, doctype, hints)
    who = next((agent.name for agent in agents if agent.role == "speaker"), "")
    what = in_words(
        doctype, number, given.place or place, given.date or date, who if doctype in _SPOKEN else ""
    )
    values: dict[str, object] = {
        "doctype": doctype,
        "language": language,
        "date": date,
        "place": place,
        "number": number,
        "agents": agents,
        "title": given.title or find_title(layout, hints, doctype, what),
        "countries": given.countries or find_countries(layout, language),
        "originator": given.originator or find_originator(layout, doctype, agents, hints),
    }
    return _fill(given, values)


def _fill(given: Description, values: dict[str, object]) -> tuple[Description, frozenset[str]]:
    new = {name: value for name, value in values.items() if value and not getattr(given, name)}
    return replace(given, **new), frozenset(new)  # type: ignore[arg-type]


def _when_and_where(layout: Layout, doctype: str, language: str, hints: Hints) -> tuple[str, str]:
    month_first = month_comes_first(layout, hints, language)
    found = find_dateline(layout, doctype, month_first=month_first)
    hinted = read_date(hints.date, month_first=month_first)
    date = found.date
    if not date or (hinted and hints.media_type == _MESSAGE):
        date = hinted or date
    if not date and found.rule != "undated":
        date = _by_the_way(layout, doctype, month_first=month_first)
    return date, found.place or find_place(layout, doctype)


def _by_the_way(layout: Layout, doctype: str, *, month_first: bool | None) -> str:
    """Return the date of a text without a dateline: its title's, or of what it tells first."""
    title = whole_years(layout.title, layout.body) if layout.title else ""
    titled = first_date(title, month_first=month_first)
    if titled and doctype not in _NEVER_BY_THE_WAY:
        return titled
    if doctype in _SPOKEN:
        return first_date(layout.opening[:_HEADING_CHARS], month_first=month_first)
    if doctype in _NEVER_BY_THE_WAY:
        return ""
    return event_date(layout.text, month_first=month_first)
