"""A title for a document that has none: its subject line, its heading, else what it is and when."""
# ruff: noqa: RUF001 - patterns hold the very marks that documents hold

from __future__ import annotations

import csv
import functools
import re
from typing import TYPE_CHECKING

from archivist import assets
from archivist.intake.dates import find_dates
from archivist.intake.places import place_before, press_place, standalone

if TYPE_CHECKING:
    from archivist.intake.layout import Layout
    from archivist.intake.raw import Hints

_SUBJECT = re.compile(
    r"^(?:subject|sub|betreff|objet|asunto|assunto|oggetto|onderwerp|тема|الموضوع|主题)\s?[:：]"
    r"\s*(?P<said>.*)$",
    re.IGNORECASE,
)
_SUBJECT_ALONE = re.compile(r"^subject$", re.IGNORECASE)
_MARK = re.compile(
    r"^(?:\d{1,6}\. )?[\[(]?(?:(?:most|top|secret|confidential|personal|restricted|unclassified|"
    r"immediate|urgent|important|priority|us|limited|official|use|only|for|extracts?|copy|"
    r"translation|draft|distribution|no|eyes|exdis|nodis|limdis|embargoed|and|unclass|cypher|en|"
    r"clair)[\s,.&/-]*)+[\])]?\W*$|"
    r"^(?:check against delivery|for immediate release|office of the (?:spokesperson|press "
    r"secretary)|the white house|annex|enclosure|attachment|"
    r"appendix|n[or]s?\.? ?[\divx./-]+|page \d+|\d+|document \d+|_+|"
    r"the (?:following|below) is attributable to.*|(?:statement|speech|remarks|address) by|"
    r"\(.{0,80}\)|\[.{0,200}\])\W*$",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"^(?:(?:my )?dear|sirs?|mr\.? (?:president|secretary|chair)|excellenc|your excellenc|madam|"
    r"monsieur|madame|mijnheer|sehr geehrte|señora?|senhora?)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"^[A-Z][\w.’' -]{3,40}, (?:Acting |Deputy |Principal |Department )*(?:Secretary|Spokes|Minis|"
    r"President|Ambassador|Director)"
)
_PLACED = re.compile(r"^.{2,60}?(?:\s?[–—]|\.\s?[-–—]?|\s-)\s*")
_LINES = 12
_LONGEST = 200
_HEADING = 160
_SHORTEST = 4
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3}[.!?])\s")
_FOOTNOTE = re.compile(r"\s?\[\d{1,3}\]")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")
_MEANINGLESS = re.compile(
    r"^(?:untitled|microsoft word|document\s?\d*$|word document|scan|img|unbenannt|sans titre|"
    r"slide 1|powerpoint presentation|[\w-]{1,40}\.(?:docx?|pdf|indd|txt|rtf|odt|html?|pptx?))",
    re.IGNORECASE,
)


def find_title(layout: Layout, hints: Hints, what: str) -> str:
    """Return a title; never longer than a line or two.

    Args:
        layout: the document.
        hints: what the file's metadata says.
        what: the document in words (see `in_words`), for one that has no heading.
    """
    title = _hinted(hints) or _subject(layout) or _heading(layout) or what
    title = title or _first_words(layout) or _of_file(hints.file_name)
    return _cut(_FOOTNOTE.sub("", title))


def in_words(doctype: str, number: str, place: str, date: str) -> str:
    """Say what a document is: `Telegram 754, Port Serin, 1943-07-28`; "" without type or date."""
    label = _labels().get(doctype, "")
    if not label or not date or doctype in {"other", "press-release", "statement", "readout"}:
        return ""
    return ", ".join(filter(None, (f"{label} {number}".strip(), place, date)))


@functools.cache
def _labels() -> dict[str, str]:
    with assets.path("authority/doctypes.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["singular"] for row in csv.DictReader(file)}


def _hinted(hints: Hints) -> str:
    title = " ".join(hints.title.split())
    return "" if len(title) < _SHORTEST or _MEANINGLESS.match(title) else title


def _subject(layout: Layout) -> str:
    lines = layout.head[:_LINES]
    for index, line in enumerate(lines):
        if (match := _SUBJECT.match(line)) and len(match["said"]) >= _SHORTEST:
            return match["said"]
        if _SUBJECT_ALONE.match(line.strip(" :")) and index + 1 < len(lines):
            return lines[index + 1]
    return ""


def _kept(layout: Layout) -> list[str]:
    return [line for line in layout.head[:_LINES] if not _is_frame(line)]


def _heading(layout: Layout) -> str:
    """Return the first line that is no dateline, mark or salutation, if it reads as a heading."""
    kept = _kept(layout)
    first = kept[0] if kept else ""
    if first.isupper() and len(kept) > 1 and kept[1].isupper():
        return _joined(kept)
    sentence = first.endswith((".", ",", ";", ":")) or len(first) > _HEADING
    return "" if sentence or first[:1].islower() or first[:1].isdigit() else first


def _first_words(layout: Layout) -> str:
    kept = _kept(layout) or list(layout.head)
    first = kept[0] if kept else ""
    return _PLACED.sub("", first, count=1) if press_place(first) else first


def _joined(lines: list[str]) -> str:
    """Join the lines of a heading in capitals."""
    taken: list[str] = []
    for line in lines:
        if not line.isupper() or len(" ".join(taken)) > _LONGEST // 2:
            break
        taken.append(line)
    return " ".join(taken)


def _is_frame(line: str) -> bool:
    if len(line) < _SHORTEST or any(p.match(line) for p in (_MARK, _SALUTATION, _OFFICE)):
        return True
    if standalone(line):
        return True
    dates = find_dates(line[:_LONGEST])
    return bool(dates) and place_before(line[: dates[0].start]) is not None


def _of_file(name: str) -> str:
    return " ".join(_ENDING.sub("", name).replace("_", " ").split())


def _cut(title: str) -> str:
    title = " ".join(title.split()).strip(" *#_")
    if len(title) <= _LONGEST // 2:
        return title
    sentence = _SENTENCE.split(title, maxsplit=1)[0]
    if len(sentence) <= _LONGEST:
        return sentence
    return sentence[: _LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
