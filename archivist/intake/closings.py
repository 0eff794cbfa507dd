"""The end of a document: who signed it, and to whom its last lines are addressed."""
# ruff: noqa: E501, RUF001 - a pattern reads best in one line, and holds the marks that documents hold

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.intake.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.intake.layout import Layout  # noqa: TC004 - the type of an attribute

PERSON = (
    r"(?:(?:[A-ZÀ-ÞА-Я][\w’'-]+|[A-ZÀ-ÞА-Я]\.|(?:[A-Z]\.){2,3}|de|del|de la|van|van der|van den|"
    r"von|bin|al|da|di|du|El)\s){0,5}"
    r"[A-ZÀ-ÞА-Я][\w’'-]+(?:,? (?:Jr|Sr|II|III)\.?)?"
)
"""A person's name as it stands on a line."""
_LINES = 12
_LAST_LINES = 8
_SIGNED_LINES = 4
_ADDRESS_LINES = 5
_SHORT = 90
_MOST_WORDS = 6
_AGREED = frozenset({"communique", "treaty", "declaration", "note"})
"""What several sign."""
_ADDRESSED_LATE = frozenset({"note", "aide-memoire", "credence"})
_EXCELLENCY = r"(?:His|Her|Seiner?|Ihrer?|Son|Sa|Su|Zijner?|Harer?|S\.) (?:Excellency|Exzellenz|Excellence|Excelencia|Excellentie|Majesty|E\.)"
_ADDRESSED = re.compile(
    rf"^(?:(?:To|An|À|A|Al|Aan|To:)\s)?{_EXCELLENCY}\b|"
    r"^(?:To|An|À|Aan|Al|A la|A l['’]|À l['’]|À la|Au|Ao) ?(?:(?:the|die|das|den|der|la|le|el|het|de)\s)?"
    r"(?:Royal )?(?:Embassy|Ministry|Minister|Secretar|Permanent|Government|Botschaft|Ministerium|Auswärtig|"
    r"Ambassade|Ministère|Embajada|Ministerio|Ministerie|Department|Legation|Consulate|High Commission)|"
    r"^The (?:Honou?rable|Right Hon)|^Monsieur le Ministre$"
)
_ADDRESSEE = re.compile(
    r"^(?:(?:To|An|À|Aan|Al|Au|Ao)\s)?(?:(?:the|The|die|das|la|le|el|het|de)\s)?(?P<name>[^\n]{3,100}?)[,.]?$"
)
_TITLED = re.compile(
    rf"^(?:To )?(?:{_EXCELLENCY},?\s)?(?:the )?(?:Hon(?:ou?rable|\.)?\s)?(?:Mr|Mrs|Ms|Dr|Herrn?|Frau|M|Mme|Sir|Lord|Lady|H\.E\.|Prof|Señora?|Sr|Sra|Hon|Baron)\.?\s(?:\w+\.\s)?(?P<name>{PERSON})"
)
_AFTER_EXCELLENCY = re.compile(rf"^(?:To )?{_EXCELLENCY},?\s(?P<name>{PERSON})")
_SEAL = re.compile(r"^\W*(?:L\.\s?S|seal|stamp)\b", re.IGNORECASE)
_SIGNED = re.compile(
    rf"^(?:\(?(?:[Ss]igned|[Ss]gd?|s|w\.g|get|gez|fdo|[Ss]d)\.?\)\.?|/s/|(?:Counters|S)igned(?: by)?:|Gegengezeichnet:|Contresigné\s?:|Refrendado:)\s?(?P<name>{PERSON})"
)
_SIGNED_WITHIN = re.compile(
    r"\((?:w\.\s?g|get|gez|s|[Ss]gd|[Ss]igned|[Ss]igné|firmado|fdo)\.?\)\s?"
    r"(?P<name>(?:[A-Z]{1,2}\.\s?(?:[A-Z]\.\s?){0,4})?(?:(?:VAN|DE|DER|DEN|VON|TEN|TER|LE|LA|DU|VAN DER|V\.)\s){0,3}[A-ZÀ-Þ][A-ZÀ-Þ’'-]{2,}(?:\s[A-ZÀ-Þ][A-ZÀ-Þ’'-]{2,}){0,3})"
)
_SIGNATURE = re.compile(rf"^(?P<name>{PERSON})(?:\s?\[\d+\])?\.?$")
_CAPITALS = re.compile(r"^(?P<name>(?:[A-Z]\.\s?){0,3}[A-Z][A-Z’' .-]{3,40}[A-Z.])$")
_FOOT = re.compile(r"^(?:\[?\d{1,3}[\])]?\s|\[|\*|###|—|__)")
_SIGNER = re.compile(
    r"^(?:THE WHITE HOUSE|(?:Counters|S)igned|[^.]{0,60}\b(?:President|Minister|Secretary|Ambassador|Chargé|Chairman|"
    r"Director|Consul|Counsel|Secretariat|Commission|[12]\d\d\d)\b|[A-Z][\w’'. -]{3,40}$)"
)
_NOT_A_PERSON_LIST = """
    assembly charter nations for from council house secret confidential enclosure
    attachment annex appendix the end thank gracias thanks excellency excellence
    document note source washington london canberra article page copy president minister
    ambassador done officer officers press assistant staff advisers deputy embassy ministry
    department seal attaché company government agent commissioner acting
"""
_NOT_A_PERSON = frozenset(_NOT_A_PERSON_LIST.split())
_COLUMNS = re.compile(r"\s{3,}|\t+")
_TAIL_CHARS = 2_500


@dataclass(frozen=True)
class Closing:
    """The last lines of a document.

    Attributes:
        layout: the document.
        doctype: its type.
    """

    layout: Layout
    doctype: str

    @functools.cached_property
    def _lines(self) -> list[str]:
        return [line for line in self.layout.tail[-_LINES:] if not _SEAL.match(line)]

    @functools.cached_property
    def _address(self) -> int:
        """Where the address at the end begins."""
        lines = self._lines
        first = max(0, len(lines) - _ADDRESS_LINES)
        for index in range(first, len(lines)):
            if _ADDRESSED.match(lines[index]) and len(lines[index]) <= _SHORT:
                return index
        if self.doctype in _ADDRESSED_LATE:
            dated = [index for index in range(first - 1, len(lines)) if _is_dated(lines[index])]
            below = lines[dated[-1] + 1 :] if dated else []
            if below and all(_is_address(line) for line in below):
                return dated[-1] + 1
        return len(lines)

    @property
    def rest(self) -> list[str]:
        """The lines before the address."""
        return self._lines[: self._address]

    @property
    def addressee(self) -> str:
        """The person, else the body, to whom the last lines are addressed, or ""."""
        lines = self._lines[self._address :]
        for line in lines:
            if match := _TITLED.match(line) or _AFTER_EXCELLENCY.match(line):
                return match["name"]
        for line in lines:
            match = _ADDRESSEE.match(line)
            if match and not re.match(_EXCELLENCY, line):
                return match["name"]
        return ""

    @property
    def signatories(self) -> list[str]:
        """Who signed, in order."""
        lines = self.rest[-_LAST_LINES:]
        marked = [match["name"] for line in lines if (match := _SIGNED.match(line))]
        if self.doctype in _AGREED:
            ending = self.layout.text[-_TAIL_CHARS:]
            marked += [match["name"] for match in _SIGNED_WITHIN.finditer(ending)]
        return _last_names(lines[1:], self.doctype) + marked


def _is_dated(line: str) -> bool:
    return len(line) <= _SHORT and bool(find_dates(line))


def _is_address(line: str) -> bool:
    return len(line) <= _SHORT and not line.endswith((".", ";", ":")) and line[:1].isupper()


def _last_names(lines: Sequence[str], doctype: str) -> list[str]:
    """Return the names that end a text, footnotes and the signer's office apart."""
    found: list[str] = []
    body = [line for line in lines if not _FOOT.match(line)]
    for line in reversed(body[-_SIGNED_LINES:]):
        names = [_name_on(part, alone=doctype == "telegram") for part in _COLUMNS.split(line)]
        if all(names):
            found = names + found
            if doctype not in _AGREED:
                break
        elif found or not _SIGNER.match(line):
            break
    return found


def _name_on(line: str, *, alone: bool) -> str:
    """Return the name that is all a line holds; a surname alone where that may sign."""
    match = _CAPITALS.match(line) or _SIGNATURE.match(line)
    if match and _may_sign(match["name"]) and (alone or " " in match["name"]):
        return match["name"]
    return ""


def _may_sign(name: str) -> bool:
    words = name.lower().replace(".", " ").split()
    return 0 < len(words) <= _MOST_WORDS and not _NOT_A_PERSON.intersection(words)
