"""The description proposed for a document: what it says of itself, read by rules that can be named.

Whatever is given wins; whatever is blank is proposed. Only the beginning and the end of a long text
are looked at, so the time it takes does not grow with it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from archivist.intake.countries import find_countries
from archivist.intake.datelines import event_date, find_dateline, find_place, first_date
from archivist.intake.dates import read_date
from archivist.intake.doctypes import find_doctype
from archivist.intake.languages import find_language
from archivist.intake.layout import Layout
from archivist.intake.names import find_agents, find_originator
from archivist.intake.numbers import find_number
from archivist.intake.titles import find_title

if TYPE_CHECKING:
    from archivist.intake.raw import Hints
    from archivist.model.record import Description

_AMERICAN = re.compile(
    r"White House|THE WHITE HOUSE|\bE[DS]T\b|Washington|\bU\.S\.|United States|Department of State"
)
_MESSAGE = "message/rfc822"
_OPENING_CHARS = 3_000
_HEADING_CHARS = 600
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
    values: dict[str, object] = {"title": given.title or find_title(layout, hints)}
    doctype = given.doctype or (find_doctype(layout) if text else "")
    language = given.language or find_language(text, hints.language)
    values |= {"doctype": doctype, "language": language}
    if text or hints.date:
        date, place = _when_and_where(layout, doctype, hints)
        values |= {"date": date, "place": place}
    if text:
        values["number"] = find_number(layout, doctype)
        values["countries"] = find_countries(layout, language)
    agents = given.agents or find_agents(layout, doctype, hints)
    values["agents"] = agents
    values["originator"] = find_originator(layout, agents, hints)
    return _fill(given, values)


def _fill(given: Description, values: dict[str, object]) -> tuple[Description, frozenset[str]]:
    new = {name: value for name, value in values.items() if value and not getattr(given, name)}
    return replace(given, **new), frozenset(new)  # type: ignore[arg-type]


def _when_and_where(layout: Layout, doctype: str, hints: Hints) -> tuple[str, str]:
    month_first = bool(_AMERICAN.search(layout.text[:_OPENING_CHARS]))
    found = find_dateline(layout, doctype, month_first=month_first)
    hinted = read_date(hints.date, month_first=month_first)
    date = found.date
    if not date or (hinted and hints.media_type == _MESSAGE):
        date = hinted or date
    if not date and found.rule != "undated":
        date = _by_the_way(layout, doctype, month_first=month_first)
    return date, found.place or find_place(layout, doctype)


def _by_the_way(layout: Layout, doctype: str, *, month_first: bool) -> str:
    """Return the date of a text without a dateline: its title's, or of what it tells first."""
    if titled := first_date(layout.title, month_first=month_first):
        return titled
    if doctype in _SPOKEN:
        return first_date(layout.opening[:_HEADING_CHARS], month_first=month_first)
    if doctype == "editorial-note":
        return ""
    return event_date(layout.text, month_first=month_first)
