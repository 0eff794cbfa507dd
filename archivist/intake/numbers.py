"""A document's own number: `No. 14/2/2024`, `Cablegram 84`, `271.` of a telegram."""
# ruff: noqa: RUF001 - patterns hold the very marks that documents hold

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archivist.intake.layout import Layout

_LINES = 12
_UNNUMBERED = frozenset({"speech", "press-briefing", "proclamation", "treaty", "declaration"})
_FIRST_LINES = 5
_FIGURES = r"[A-Z]{0,6}(?:-[A-Z]{1,4})?[./-]?\s?\d[\w./-]{0,24}\w|[A-Z]{0,4}\d"
_NUMBERED = re.compile(
    r"^(?:[^a-z\n]{0,60}?[^\w\n]|[^\n]{0,50}\b(?:1[5-9]|20)\d\d[.,]?\s)??(?P<label>No|Nr|N°|Nº|№|Núm|Num)\.?:?\s{0,2}"
    rf"(?P<number>{_FIGURES})(?=$|[\s,.;:'’\])])"
)
_KIND = re.compile(
    r"^(?:(?:circular|departmental|joint|unnumbered|cabinet|inward|outward|personal)\s)*"
    r"(?P<kind>note verbale|verbalnote|nota verbal|circular|bolet[ií]n oficial|"
    r"cablegram|telegram|savingram|despatch|dispatch|airgram|memorandum|minute|bolet[ií]n|"
    r"press release|resolution|executive order|proclamation|instruction|telex|decree|decreto|note)"
    rf"\s(?:n[or]\.?\s|n[.°º]+\s|de prensa\s)?(?P<number>(?-i:{_FIGURES}))(?=$|[\s,.;:(\[])",
    re.IGNORECASE,
)
_SERIES = re.compile(
    r"^(?P<number>(?:[A-Z]{1,6}[./-]?){1,4}[ /–-]{0,2}\d{1,5}(?:[/–-]\d{1,5}){0,3})$"
)
_TELEGRAM = re.compile(
    r"^(?P<number>(?:(?:Topol|Polto|Tosec|Secto|Cirtel|CA|USUN|Dulte|Tedul|[A-Z][a-z]{3,8}) )?"
    r"\d{2,6}(?:/\d{1,5})?)\. (?=(?:\d\. )?[A-Z“])"
)
_ONLY = re.compile(r"^(?P<number>No\. ?[\d,]{1,7})$")


def find_number(layout: Layout, doctype: str) -> str:
    """Return the document's own number as it stands there, or ""."""
    if doctype == "telegram" and (number := _of_telegram(layout)):
        return number
    for line in layout.head[:_LINES]:
        for pattern in (_ONLY, _KIND, _NUMBERED, _SERIES):
            if (match := pattern.search(line)) and not _is_year(match["number"]):
                if pattern is _SERIES and doctype in _UNNUMBERED and "/" not in match["number"]:
                    continue
                return _said(match)
    return ""


def _of_telegram(layout: Layout) -> str:
    """Return the number a telegram's text begins with: `754. Reference …`."""
    found = filter(None, map(_TELEGRAM.match, layout.head[:_FIRST_LINES]))
    return next((match["number"] for match in found), "")


def _said(match: re.Match[str]) -> str:
    number = match["number"].strip(" .,")
    label = match.groupdict().get("label")
    return f"{label}. {number}" if label in {"No", "Nr"} else number


def _is_year(number: str) -> bool:
    return re.fullmatch(r"(?:1[5-9]|20)\d\d", number) is not None
