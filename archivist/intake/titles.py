"""A title for a document that has none: its subject line, its heading, else its first words."""
# ruff: noqa: RUF001 - patterns hold the very marks that documents hold

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archivist.intake.dates import find_dates
from archivist.intake.places import place_before, standalone

if TYPE_CHECKING:
    from archivist.intake.layout import Layout
    from archivist.intake.raw import Hints

_SUBJECT = re.compile(
    r"^(?:subject|sub|betreff|objet|asunto|assunto|oggetto|onderwerp|тема|الموضوع|"
    r"主题)\s?[:：]\s*(?P<said>.*)$",
    re.IGNORECASE,
)
_SUBJECT_ALONE = re.compile(r"^subject$", re.IGNORECASE)
_MARK = re.compile(
    r"^[\[(]?(?:(?:top |most )?secret|confidential|personal|restricted|unclassified|immediate|"
    r"urgent|"
    r"priority|us urgent|limited official use|for official use only|extracts?|copy|translation|"
    r"draft|"
    r"no distribution|eyes only|exdis|nodis|limdis|embargoed|check against delivery|for immediate "
    r"release|office of the spokesperson|the white house|n[or]\.? ?[\divx./-]+|page \d+|\d+|"
    r"document \d+|personal (?:and|&) confidential)[\])]?\W*$",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"^(?:(?:my )?dear|sir|sirs|mr\. president|mr\. secretary|excellency|madam|monsieur|madame|"
    r"mijnheer|sehr geehrte)\b",
    re.IGNORECASE,
)
_LINES = 12
_LONGEST = 200
_SHORTEST = 4
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3}[.!?])\s")
_FOOTNOTE = re.compile(r"\s?\[\d{1,3}\]")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")
_MEANINGLESS = re.compile(
    r"^(?:untitled|microsoft word|document\s?\d*|word document|scan|img|unbenannt|sans titre|slide "
    r"1|"
    r"powerpoint presentation|[\w-]{1,40}\.(?:docx?|pdf|indd|txt|rtf|odt|html?|pptx?))",
    re.IGNORECASE,
)


def find_title(layout: Layout, hints: Hints) -> str:
    """Return a title; never longer than a line or two."""
    title = _hinted(hints) or _subject(layout) or _heading(layout) or _of_file(hints.file_name)
    return _cut(_FOOTNOTE.sub("", title))


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


def _heading(layout: Layout) -> str:
    """Return the first line that is neither dateline nor mark nor salutation."""
    kept = [line for line in layout.head[:_LINES] if not _is_frame(line)]
    if not kept:
        return layout.head[0] if layout.head else ""
    first = kept[0]
    if first.isupper() and len(kept) > 1 and kept[1].isupper():
        first = _joined(kept)
    return first


def _joined(lines: list[str]) -> str:
    """Join the lines of a heading in capitals."""
    taken: list[str] = []
    for line in lines:
        if not line.isupper() or len(" ".join(taken)) > _LONGEST // 2:
            break
        taken.append(line)
    return " ".join(taken)


def _is_frame(line: str) -> bool:
    if len(line) < _SHORTEST or _MARK.match(line) or _SALUTATION.match(line) or standalone(line):
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
