"""Lines that begin a document and are not its heading: marks, letterheads, venues, hours."""
# ruff: noqa: E501, RUF001 - a pattern reads best in one line, and holds the marks that documents hold

from __future__ import annotations

import re

from archivist.intake.dates import find_dates
from archivist.intake.places import place_before, standalone

_LONGEST = 200
_SHORTEST = 4
_SALUTED = 60
"""A longer line begins with a salutation and goes on."""
_MARK_WORDS = (
    "most|top|secret|confidential|personal|restricted|unclassified|immediate|urgent|important|"
    "priority|us|limited|official|use|only|for|extracts?|copy|translation|draft|distribution|no|"
    "eyes|exdis|nodis|limdis|embargoed|and|unclass|cypher|en|clair|himself|alone|final|"
    "provisional|unofficial|corrected|version"
)
_MARK = re.compile(
    rf"^(?:\d{{1,6}}\. )?[\[(]?(?:(?:{_MARK_WORDS})[\s,.&/-]*)+[\])]?\W*(?:[A-Z.]{{2,12}}\s?[\d/-]+)?$|"
    rf"^for (?:the )?(?:acting )?(?:prime )?minister(?: (?:{_MARK_WORDS}))+$|"
    rf"^(?:(?:{_MARK_WORDS}) )+for [\w .]{{2,40}}$|"
    r"^(?:check against delivery|for immediate release.*|office of the (?:spokesperson|press "
    r"secretary)|the white house|annex|enclosure|attachment|"
    r"appendix|n[or]s?\.? ?[\divx./-]+|page \d+|\d+|document \d+|_+|"
    r"the (?:following|below) is attributable to.*|"
    r"\(.{0,80}\)|\[.{0,200}\]|embargo.{0,80}|"
    r"(?:distr|original|agenda item|source|cited in|press contact)\b.{0,400}|"
    r"\d+ (?:words|mots|palabras)\b.{0,40}|bolet[ií]n(?: \w+){0,3} (?:n\W{0,3})?\d+|"
    r"vérifier .{0,40}|seul le .{0,40}|cotejar .{0,40}|ends?|begin text|"
    r"(?:others |also )?present|participants|subject|references?|ref)\W*$",
    re.IGNORECASE,
)
_INVOCATION = re.compile(
    r"^[\W_]*ب[\u064b-\u0652]*س[\u064b-\u0652]*ـ*م?[\u064b-\u0652]*\s?م?\s(?:الله|هللا)"
)
_HOUR = re.compile(
    r"^\(?\d{1,2}[:.h]\d\d\s?(?:[ap]\.?\s?m\b\.?|hrs?\b|hours\b|uhr\b)?.{0,30}$", re.IGNORECASE
)
_VENUE = re.compile(
    r"^(?:the )?(?:james s\. brady\b.*|via (?:teleconference|conference call|video\w*)|"
    r"(?:on board|aboard|en route) .{2,50}|air force (?:one|two)|"
    r"(?:east|oval|roosevelt|state dining|cabinet|diplomatic|map|blue|red|indian treaty|south court)"
    r" (?:room|office|auditorium|reception room)|(?:rose garden|south lawn|north lawn|residence)|"
    r".{0,40}\b(?:briefing room|executive office building|press room|conference room|hotel|"
    r"convention cent(?:er|re))|united nations headquarters)\W*$",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"^(?:(?:MR|MS|MRS|DR)\.? [A-Z’'-]+|[A-Z][A-Z .’'-]{2,40}|Q(?:UESTION)?)\s?:\s|^Q "
)
_PERSONS = re.compile(r"^(?:(?:others |also )?present|participants)\W*$", re.IGNORECASE)
_SALUTATION = re.compile(
    r"^(?:(?:my )?dear|sirs?|mr\.? (?:president|secretary|chair)|excellenc|your excellenc|madam|"
    r"monsieur|madame|mesdames|mijnheer|sehr geehrte|señora?s?|senhora?|distinguished|ladies and|"
    r"господин|господа|السيد|السيدات|السلام عليكم|各位)",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"^[A-Z][\w.’' -]{3,40}, (?:Acting |Deputy |Principal |Department )*(?:Secretary|Spokes|Minis|"
    r"President|Ambassador|Director)"
)
_SERIAL = re.compile(
    r"^[A-Z][A-Z.]{1,11}[\s/]?[\d/.-]+$|^\d{1,4}\s[A-Z .’'–-]{3,50}$|^[A-Z .,’'–-]{3,70}\s\d{1,4}$"
)
_STATE = re.compile(
    r"^(?:the )?(?:(?:federal |islamic |people[’']s |democratic |united )*(?:republic|kingdom|"
    r"commonwealth|federation|principality|sultanate|government)s? of|r[ée]publique|royaume d|"
    r"rep[úu]blica de|reino de|republik|königreich|koninkrijk|gobierno de|gouvernement d|estado de|"
    r"республика|الجمهورية|جمهورية|المملكة|مملكة|دولة)(?:.{0,70})$|"
    r"^(?:[\w-]+ ){1,2}(?:republic|federation|kingdom)$",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"^(?:the )?(?:royal |federal )?(?:ministry|department|embassy|ambassade|embajada|botschaft|"
    r"legation|permanent mission|mission permanente|misión permanente|consulate|ministère|"
    r"ministerio|ministerium|cabinet|press service|secretariat|united nations|nations unies|"
    r"naciones unidas|general assembly|general$|assembly$|united$|security council)\b"
    r"(?:.{0,90})$|^.{0,60}\bembassy$",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"[.!?:;]$|\b(?:presents?|présente|beehrt|has|have|is|are|was|were|will|and the)\b"
)


def is_frame(line: str) -> bool:
    """Whether a line is a mark, an hour, a venue, a salutation or a dateline."""
    if len(line) < _SHORTEST or any(pattern.match(line) for pattern in _FRAMES):
        return True
    if standalone(line):
        return True
    dates = find_dates(line[:_LONGEST])
    return bool(dates) and place_before(line[: dates[0].start]) is not None


def is_letterhead(line: str) -> bool:
    """Whether a line names a state or a body and nothing else."""
    return bool(_STATE.match(line) or _BODY.match(line)) and not _TOLD.search(line)


def begins_text(line: str) -> bool:
    """Whether nothing after a line is a heading: someone speaks, is written to or took part."""
    if _SPOKEN.match(line) or _PERSONS.match(line):
        return True
    return bool(_SALUTATION.match(line)) and (line.endswith((":", ",")) or len(line) > _SALUTED)


_FRAMES = (_MARK, _INVOCATION, _HOUR, _VENUE, _SPOKEN, _SALUTATION, _OFFICE, _SERIAL)
