"""Where and when a document was made, by its dateline, closing formula or first words."""
# ruff: noqa: RUF001 - patterns hold the very marks that documents hold

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.intake.dates import find_dates, find_spelt, read_date, read_time_group, whole_years
from archivist.intake.places import (
    place_after,
    place_before,
    place_ending,
    press_place,
    standalone,
    tidy,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.intake.dates import FoundDate
    from archivist.intake.layout import Layout

_AGREEMENTS = frozenset({"treaty"})
_GLUED = frozenset({"note", "aide-memoire", "credence"})
_DATELINE_LINES = 16
_TIME_GROUP_LINES = 6
_CLOSING_LINES = 12
_PRESS_LINES = 8
_PLACE_LINES = 12
_VENUE_LINES = 3
_VENUE_CHARS = 120
_SENTENCES = re.compile(r"[^\W\d_]{3}[.!?](?:\s|$)")
_ON_THE_WAY = re.compile(r"en route\b|aboard\b", re.IGNORECASE)
_SPOKEN = frozenset({"speech", "press-briefing"})
_LINE = 260
_TIME_WORDS = (
    r"noon|midnight|about|received|approximately|circa|at|um|à|undated|local|evening|morning|"
    r"p\.?\s?m|"
    r"a\.?\s?m|hours|hrs|gmt|г|года|to|h"
)
_PROSE = re.compile(rf"^\s*,?\s*(?!(?:{_TIME_WORDS})\b)[a-zà-ÿ]{{2,}}")
_ADOPTED = re.compile(
    r"^(?:adopted|approved|agreed|issued|delivered|held|released|adoptée?|aprobad[ao]|adoptad[ao]|"
    r"angenommen|aangenomen)\b.*,\s*(?P<place>[^,]{3,40}),\s*$",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"(?<=[\]\w])\s?\[\d{1,2}\]")
_BRACKET = re.compile(r"[\[\]]")
_WHOLE = 2
"""How many hyphens a whole date has."""
_LETTERHEAD = re.compile(r"\s?[A-Z]{3,}\s")
_LABELLED = re.compile(
    r"^(?:date|dated|datum|fecha|data|дата|date sent|sent|التاريخ|日期)\s?[:：]\s*(.+)",
    re.IGNORECASE,
)
_RELEASED = re.compile(r"^(?:for )?(?:immediate )?release[ds]?\b[\s:,–-]*(.+)", re.IGNORECASE)
_HEADINGS = 3
_ENTITLED = re.compile(
    r"^(?:translation|true copy|copy|firman|purwana|perwann?a|sunnud|agreement|engagement|treaty|"
    r"convention|letter|note|despatch|memorandum|proclamation|ordinance|decree|statement)\b"
    r"[^\n]{0,260}?\bdated?\b(?P<dated>[^\n]{0,80})",
    re.IGNORECASE,
)
_UNDATED = re.compile(r"^(.{2,50}?),?\s*\[?undated\b", re.IGNORECASE)
_STOP = (
    r"(?=,|;|\.\s|\s\(|\s(?:on|this|le|op|am|el|den|the|ce|a\slos|w\sdniu|em|as|in|dans|de|il|"
    r"em)\s|\s\d|"
    r"\d|\n|$)"
)
_DONE = re.compile(
    r"(?<![^\W\d_])(?:"
    r"(?:DONE|Done|SIGNED|Signed|GIVEN|Given|EXECUTED|Executed|CONCLUDED|Concluded|DATED|Dated|"
    r"APPROVED|Approved|ADOPTED|Adopted|WRITTEN|Written)"
    r"(?:\sand\s\w+)?(?:,?\sin\s(?:duplicate|triplicate|two|three|four|"
    r"the\s[A-Z]\w+\slanguage)\b[^.;]{0,40}?)?"
    r"\s{1,3}(?:at|in|AT|IN)"
    r"|(?:FAIT|Fait|fait|SIGNÉ|Signé)(?:\s(?:et\ssigné|en\s\w+\s\w+))?,?\s{1,3}[àÀA]"
    r"|(?:HECHO|Hecho|DADO|Dado|FIRMADO|Firmado|SUSCRITO|Suscrito)(?:\s\w+){0,2}?\s{1,3}(?:en|EN)"
    r"|(?:FEITO|Feito|ASSINADO|Assinado)\s{1,3}(?:em|EM)"
    r"|(?:GESCHEHEN|Geschehen|geschehen|GEZEICHNET|Ausgefertigt)\s{1,3}(?:zu|in|ZU|IN)"
    r"|(?:FATTO|Fatto)\s{1,3}(?:a|A|in)"
    r"|(?:GED\w{1,4}N|Ged\w{1,3}n|gedaan|ONDERTEKEND|Opgemaakt|OPGEMAAKT)\s{1,3}(?:te|TE|in)"
    r"|(?:СОВЕРШЕНО|Совершено|Составлено)\s{1,3}(?:в|В|во)"
    r"|(?:SPORZĄDZONO|Sporządzono)\s{1,3}(?:w|W)"
    r"|(?:حرر|حُرِّر|حُرر|وقع)\s{1,3}(?:في|ب)"
    r")\s{1,3}(?:the\scity\sof\s|Our\s\w+\sof\s)?(?P<place>['’]?[^\W\d_][^,;\n\d]{1,48}?)" + _STOP
)
_WITNESS = re.compile(
    r"(?:IN|In)\s(?:WITNESS|TESTIMONY|FAITH|witness|testimony|faith)\s(?:WHEREOF|whereof)|"
    r"(?:EN|En)\s(?:FOI|foi)\s(?:DE\sQUOI|de\squoi)|"
    r"(?:Done|DONE|Signed|SIGNED|Given|GIVEN|Fait|Hecho|Dated|DATED|Written|WRITTEN)\s"
    r"(?:under\smy\shand\s)?(?:this|on|the|le|el|THIS|ON)\s"
)
_FORMULA_REACH = 420
_AFTER = 60
_WITNESSES = 20
_EVENT_CHARS = 700
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3}[.!?”])\s|\n")
_ON_THAT_DAY = re.compile(
    r"(?:^|[\s,(])(?:on|held|today|yesterday|this|am|le|el|op|em|il|este|ce|(?:mon|tues|wednes|"
    r"thurs|fri|satur|sun)day|"
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo|mañana|día|в|во)?[\s,(]*$",
    re.IGNORECASE,
)
_NOT_THEN = re.compile(
    r"\b(?:will|would|shall|upcoming|to attend|to be held|expected|beginning|until|through|dated|"
    r"since|order|"
    r"proclamation|act|law|resolution|agreement of|treaty of|letter of|memorandum of|following the|"
    r"before|after|"
    r"born|initiated|initialed|passed away|visitará|welcoming|accession|to the white house|period "
    r"of)\b",
    re.IGNORECASE,
)
_DAY_ABOVE = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th|er|º)?$", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?;)\n]\s*")


@dataclass(frozen=True, slots=True)
class Dateline:
    """When and where, and by which rule.

    Attributes:
        date: ISO, or empty.
        place: as spelled, or empty.
        rule: name of the rule, for tests and explanations.
    """

    date: str
    place: str
    rule: str


def find_dateline(layout: Layout, doctype: str, *, month_first: bool | None) -> Dateline:
    """Return the document's own date and place by the first rule that finds a date.

    Args:
        layout: the document.
        doctype: an agreement is dated by its closing formula, a note often within its text.
        month_first: how "3/4/1921" is to be read; None where nothing tells.
    """
    ways = [_labelled, _head, _formula, _tail, _witness, _entitled]
    if doctype in _AGREEMENTS:
        ways = [_formula, _witness, _head, _tail, _inline, _entitled]
    elif doctype in _GLUED:
        ways = [_labelled, _head, _inline, _formula, _tail, _witness, _entitled]
    place, rule = "", ""
    for way in ways:
        found = way(layout, month_first)
        if found is None:
            continue
        place, rule = place or found.place, rule or found.rule
        if found.date:
            return Dateline(found.date, place, found.rule)
    return Dateline("", place, rule)


def find_place(layout: Layout, doctype: str) -> str:
    """Return a place that stands without a date: a press text's first words, a line of its own.

    The heading of a speech may name it anywhere: `79th session, New York, 25 …`.
    """
    for line in layout.head[:_PRESS_LINES]:
        if place := press_place(line):
            return place
    for line in layout.head[:_PLACE_LINES]:
        if place := standalone(line):
            return place
    if doctype in _SPOKEN:
        ended = map(place_ending, filter(_may_name_a_venue, layout.head[:_VENUE_LINES]))
        headings = (line for line in layout.head[:_PLACE_LINES] if _may_name_a_venue(line))
        named = map(place_after, headings)
        return next(filter(None, (*ended, *named)), "")
    return ""


def _may_name_a_venue(line: str) -> bool:
    return len(line) <= _VENUE_CHARS and not _ON_THE_WAY.match(line) and not _SENTENCES.search(line)


def first_date(text: str, *, month_first: bool | None) -> str:
    """Return the first whole date of a text, else its first month, as ISO, else ""."""
    dates = [found.date for found in find_dates(text, month_first=month_first)]
    whole = [date for date in dates if date.day]
    return str((whole or dates)[0]) if dates else ""


def event_date(text: str, *, month_first: bool | None) -> str:
    """Return the day of what a text tells of in its first sentences, as ISO, else "".

    It must stand as the day on which something happened, not as that of a law or of what is to
    come.
    """
    opening = text[:_EVENT_CHARS]
    for found in find_dates(opening, month_first=month_first):
        sentence = _SENTENCE_END.split(opening[: found.start])[-1]
        told = _ON_THAT_DAY.search(sentence) or not sentence.strip()
        if found.date.day and told and not _NOT_THEN.search(sentence):
            return str(found.date)
    return ""


def _labelled(layout: Layout, month_first: bool | None) -> Dateline | None:  # noqa: FBT001 - one way of several alike
    for line in layout.head[:_DATELINE_LINES]:
        match = _LABELLED.match(line) or _RELEASED.match(line)
        said = whole_years(match[1][:60], layout.body) if match else ""
        if date := read_date(said, month_first=month_first):
            return Dateline(date, "", "labelled")
    if date := read_time_group("\n".join(layout.head[:_TIME_GROUP_LINES])[:_LINE]):
        return Dateline(date, "", "time group")
    return None


def _head(layout: Layout, month_first: bool | None) -> Dateline | None:  # noqa: FBT001
    return _first_dateline(layout.head[:_DATELINE_LINES], "head", month_first=month_first)


def _tail(layout: Layout, month_first: bool | None) -> Dateline | None:  # noqa: FBT001
    lines = layout.tail[-_CLOSING_LINES:]
    for index in range(len(lines) - 1, -1, -1):
        found = _read(lines[index], month_first=month_first)
        if found is None or not found.date:
            continue
        place = found.place or (_neighbour(lines, index) if index else "")
        return Dateline(found.date, place, "tail")
    return None


def _first_dateline(
    lines: Sequence[str], rule: str, *, month_first: bool | None
) -> Dateline | None:
    for index, line in enumerate(lines):
        found = _read(line, month_first=month_first)
        if found is None:
            continue
        place = found.place or _neighbour(lines, index)
        date = found.date
        if index and _DAY_ABOVE.search(lines[index - 1]):
            joined = f"{lines[index - 1][-_LINE:]} {line[:_LINE]}"
            date = first_date(joined, month_first=month_first)
            place = place or _last_place(lines[index - 1])
        return Dateline(date, place, rule)
    return None


def _last_place(line: str) -> str:
    """Return the place that ends a line but for the day: `… United Nations. New York, 28`."""
    said = _SENTENCE.split(_DAY_ABOVE.sub("", line))
    return place_before(said[-1]) or ""


def _read(line: str, *, month_first: bool | None) -> Dateline | None:
    """Read one line as a dateline, as it stands or without an editor's brackets."""
    found = _read_plain(line[:_LINE], month_first=month_first)
    if "[" not in line[:_LINE] or (found and found.date.count("-") == _WHOLE):
        return found
    plain = _BRACKET.sub("", _FOOTNOTE.sub("", line[:_LINE]))
    better = _read_plain(plain, month_first=month_first)
    return better if better and better.date else found


def _read_plain(line: str, *, month_first: bool | None) -> Dateline | None:
    for found in find_dates(line, month_first=month_first)[:1]:
        after = line[found.end :]
        before = line[: found.start]
        place = place_before(before)
        if place is None:
            place = place_ending(before.rstrip(" ,")) or _adopted_at(before)
        if place is None or _PROSE.match(after):
            return None
        if not place and len(after) > _LINE // 2 and not _LETTERHEAD.match(after):
            return None
        return Dateline(str(found.date), place or place_after(after[:_AFTER]), "line")
    if match := _UNDATED.match(line):
        place = place_before(f"{match[1]}, ")
        return Dateline("", place, "undated") if place else None
    return None


def _adopted_at(before: str) -> str | None:
    """Return the place in `Adopted at its fourth meeting, Teveril, 9 June 2017`."""
    match = _ADOPTED.match(before)
    return place_before(f"{match['place']}, ") or None if match else None


def _neighbour(lines: Sequence[str], index: int) -> str:
    """Return the place on the line before or after a date that stands alone."""
    before = lines[index - 1] if index else ""
    if before.endswith(",") and (place := place_before(before)):
        return place
    after = lines[index + 1] if index + 1 < len(lines) else ""
    return standalone(before) or standalone(after)


def _formula(layout: Layout, month_first: bool | None) -> Dateline | None:  # noqa: FBT001
    body = layout.body
    for match in _DONE.finditer(body):
        reach = body[match.start() : match.end() + 200]
        if found := _best(reach, month_first=month_first):
            place = place_before(f"{match['place']},") or ""
            return Dateline(str(found.date), place, "formula")
    return None


def _witness(layout: Layout, month_first: bool | None) -> Dateline | None:  # noqa: FBT001
    body = layout.body
    for match in list(_WITNESS.finditer(body))[:-_WITNESSES:-1]:
        found = _best(body[match.start() : match.start() + _FORMULA_REACH], month_first=month_first)
        if found and found.date.day:
            return Dateline(str(found.date), "", "witness")
    return None


def _best(reach: str, *, month_first: bool | None) -> FoundDate | None:
    """Return the first whole date, in figures or in words, else the first month."""
    dates = [*find_dates(reach, month_first=month_first), *find_spelt(reach)]
    whole = [found for found in dates if found.date.day]
    return min(whole or dates, key=lambda found: found.start, default=None)


def _entitled(layout: Layout, month_first: bool | None) -> Dateline | None:  # noqa: FBT001
    """Find the date in the document's own heading: `Note addressed by …, dated 12th May 1840`."""
    for line in layout.head[:_HEADINGS]:
        if (match := _ENTITLED.match(line)) and (
            date := first_date(match["dated"], month_first=month_first)
        ):
            return Dateline(date, "", "heading")
    return None


def _inline(layout: Layout, month_first: bool | None) -> Dateline | None:  # noqa: FBT001
    """Find a dateline that lost its line: `… to assure. Bonn, den 4. Januar 1971. To the …`."""
    text = layout.text[:8000]
    for found in find_dates(text, month_first=month_first):
        before = text[max(0, found.start - 50) : found.start]
        start = 0
        for stop in _SENTENCE.finditer(before):
            start = stop.end()
        place = place_before(before[start:])
        if place and start and not _PROSE.match(text[found.end : found.end + 20]):
            return Dateline(str(found.date), tidy(place), "inline")
    return None
