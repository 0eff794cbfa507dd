"""A title for a document that has none: its subject line, its heading, else what it is and when."""
# ruff: noqa: RUF001 - patterns hold the very marks that documents hold

from __future__ import annotations

import csv
import functools
import re
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from archivist import assets
from archivist.intake.frames import begins_text, is_frame, is_letterhead
from archivist.intake.places import press_place
from archivist.model.words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.intake.layout import Layout
    from archivist.intake.raw import Hints

_SUBJECT = re.compile(
    r"^(?:subject|sub|betreff|objet|asunto|assunto|oggetto|onderwerp|тема|الموضوع|主题)\s?[:：]"
    r"\s*(?P<said>.*)$",
    re.IGNORECASE,
)
_SUBJECT_ALONE = re.compile(r"^subject$", re.IGNORECASE)
_PLACED = re.compile(r"^.{2,60}?(?:\s?[–—]|\.\s?[-–—]?|\s-)\s*")
_LINES = 14
_LONGEST = 200
_HEADING = 160
_SHORTEST = 4
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3}[.!?])\s")
_FOOTNOTE = re.compile(r"\s?\[\d{1,3}\]")
_ABBREVIATION = re.compile(
    r"\b(?:excm[oa]|phd|hon|esq|gov|gen|col|sen|rep|amb|prof|dra|sra|mrs|messrs|rev|capt|gral|dist|"
    r"art|vol|resp|mons)\.$",
    re.IGNORECASE,
)
_END = re.compile(r"(?<!\w)[-–—]$|\w-$|[.,;:。!?][\"'”’»]*(?:[-–—]+)?$|--$")
_OPEN = re.compile(
    r"(?:,|\b(?:by|of|the|at|on|to|and|for|in|de|del|la|du|des|le|les|à|au|aux|para|el|en|y|e|do|"
    r"da|dos|von|der|des|van|het|в|на|и))$",
    re.IGNORECASE,
)
_SPEECH = re.compile(
    r"(?<![^\W\d_])(?:remarks|statement|address|speech|toast|keynote|discours|allocution|déclaration|"
    r"discurso|intervención|intervenção|alocución|pronunciamento|rede|ansprache|toespraak|intervento|"
    r"выступление|речь|заявление|كلمة|بيان|خطاب|讲话|演说|演説|発言|gaggle|press (?:briefing|"
    r"conference|gaggle|availability|call)|background (?:briefing|call))(?![^\W\d_])",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"\b(?:general debate|débat général|debate general|debate geral|session|sesión|sesiones|sessão|"
    r"сесси[яи]|الدورة)\b",
    re.IGNORECASE,
)
_SALUTED = re.compile(
    r"^(?:mr|mrs|ms|your|excellenc|honou?rable|distinguished|ladies|thank|señor|sua excelência|"
    r"majest|monsieur|madame|السيد)\b",
    re.IGNORECASE,
)
_ALONE_LIST = """
    statement speech address remarks discours discurso allocution intervención intervenção rede
    выступление речь заявление كلمة بيان خطاب
"""
_ALONE = frozenset(_ALONE_LIST.split())
_SPOKEN = frozenset({"speech", "statement", "press-briefing"})
_TOLD_OTHERWISE = frozenset({"other", "press-release", "statement", "readout"})
_SECTION = re.compile(
    r"^(?:(?:all |latest |our )?(?:speeches|statements|press (?:releases?|statements|room|centre|"
    r"center)|news(?:room)?|home(?:page)?|documents|documentation|media|publications|archives?|"
    r"events|transcripts|briefings|communiqu[eé]s|discours|discursos|noticias|actualit[eé]s|"
    r"comunicados|boletines|пресс-центр|новости|главная)\W{0,3}(?:and |et |y )?)+$",
    re.IGNORECASE,
)
_CUT_OFF = re.compile(r"(?:\.\.\.|…)(?:\S|\s*$)")
_PDF = "application/pdf"
_OPENING_CHARS = 3_000
_PARAGRAPH = 200
_LINE = 400
"""A line of this length was cut; nobody knows how it ends."""
_NAMED_EARLY = 70
_ITEM = re.compile(r"\(?(?:\d+|[a-z])[.)]\s")
_PART = 3
"""One in so many words of the title of a PDF must stand in its text."""
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")
_MEANINGLESS = re.compile(
    r"^(?:untitled|microsoft word|document\s?\d*$|word document|scan|img|unbenannt|sans titre|"
    r"slide 1|powerpoint presentation|[\w-]{1,40}\.(?:docx?|pdf|indd|txt|rtf|odt|html?|pptx?))",
    re.IGNORECASE,
)


def find_title(layout: Layout, hints: Hints, doctype: str, what: str) -> str:
    """Return a title; never longer than a line or two.

    Args:
        layout: the document.
        hints: what the file's metadata says.
        doctype: a speech's title is the line that says so.
        what: the document in words (see `in_words`), for one that has no heading.
    """
    hinted = _hinted(hints)
    title = "" if _is_doubtful(hinted, layout, hints) else hinted
    title = title or _subject(layout) or _of_speech(layout, doctype) or _heading(layout) or what
    title = title or _first_words(layout) or hinted or _of_file(hints.file_name)
    return _cut(_FOOTNOTE.sub("", title))


def in_words(doctype: str, number: str, place: str, date: str, who: str = "") -> str:
    """Say what a document is: `Telegram 754, Port Serin, 1943-07-28`.

    Args:
        doctype: its type.
        number: its own number, or empty.
        place: where it was made, or empty.
        date: when, or empty.
        who: its first speaker, or empty.

    Returns:
        The words; "" without a type, or without date and speaker.
    """
    label = _labels().get(doctype, "")
    if not label or not (date or who) or doctype in _TOLD_OTHERWISE:
        return ""
    return ", ".join(filter(None, (f"{label} {number}".strip(), who, place, date)))


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


def _is_doubtful(title: str, layout: Layout, hints: Hints) -> bool:
    """Whether a title names the site or its section, is cut off, or belongs to another document."""
    if not title or not layout.text:
        return False
    if _SECTION.match(title) or is_letterhead(title):
        return any(len(line) >= _PARAGRAPH for line in layout.head[:_LINES])
    if _CUT_OFF.search(title):
        return True
    if hints.media_type != _PDF:
        return False
    words = [word for word in words_of(title) if len(word) >= _SHORTEST]
    known = set(words_of(layout.text[:_OPENING_CHARS]))
    return _PART * sum(word in known for word in words) < len(words)


def _first_kept(layout: Layout) -> str:
    """Return the first line that frames nothing; a letterhead only where there is no other."""
    letterhead = ""
    for line in takewhile(lambda line: not begins_text(line), layout.head[:_LINES]):
        if is_frame(line):
            continue
        if not is_letterhead(line):
            return line
        letterhead = letterhead or line
    return letterhead


def _of_speech(layout: Layout, doctype: str) -> str:
    """Return the line at the top of a speech that calls it one, with what belongs to it."""
    if doctype not in _SPOKEN:
        return ""
    lines = [line for line in layout.head[:_LINES] if not _is_opening(line)]
    for words in (_SPEECH, _SESSION):
        for index, line in enumerate(lines):
            if words.search(line[:_NAMED_EARLY]) and _may_head(line, comma=words is _SPEECH):
                title = _continued(lines[index:], line)
                above = lines[index - 1] if index else ""
                short = " " not in title and above and not is_letterhead(above)
                return f"{title}, {above}" if short else title
    return ""


def _may_head(line: str, *, comma: bool) -> bool:
    sentence = _is_sentence(line.removesuffix(",") if comma else line)
    return not sentence and not line[0].islower() and not _ITEM.match(line)


def _is_opening(line: str) -> bool:
    """Whether a line frames a speech, and is not the line that calls it one."""
    return is_frame(line) and not _SPEECH.match(line)


def _heading(layout: Layout) -> str:
    """Return the first line that is no dateline, mark or salutation, if it reads as a heading."""
    first = _first_kept(layout)
    if not first:
        return ""
    lines = layout.head[layout.head.index(first) : _LINES]
    title = _FOOTNOTE.sub("", _continued(lines, first)).strip()
    if title.isupper():
        title = title.rstrip("._ ")
    whole = title == first and len(first) < _LINE and not _SENTENCE.search(first)
    told = _END.search(title) if whole else _is_sentence(title)
    return "" if told or title[:1].islower() or title[:1].isdigit() else title


def _is_sentence(line: str) -> bool:
    return bool(_END.search(_FOOTNOTE.sub("", line).strip())) or len(line) > _HEADING


def _first_words(layout: Layout) -> str:
    first = _first_kept(layout)
    if not first:
        first = next((line for line in layout.head if not is_frame(line)), "")
    first = first or next(iter(layout.head), "")
    return _PLACED.sub("", first, count=1) if press_place(first) else first


def _continued(lines: Sequence[str], title: str) -> str:
    """Join the lines of a heading: all in capitals, or one that plainly goes on."""
    for before, line in pairwise(lines):
        if len(title) > _LONGEST or is_frame(line) or _SALUTED.search(line):
            break
        if is_letterhead(line) and not _OPEN.search(before):
            break
        if line == before:
            continue
        open_ended = _OPEN.search(before) or line[:1].islower() or title.casefold() in _ALONE
        if not (open_ended or (title.isupper() and line.isupper())):
            break
        title = f"{title} {line}"
    return title


def _of_file(name: str) -> str:
    return " ".join(_ENDING.sub("", name).replace("_", " ").split())


def _cut(title: str) -> str:
    title = " ".join(title.split()).strip(" *#_–")
    if len(title) <= _LONGEST // 2:
        return title
    sentence = _first_sentence(title)
    if len(sentence) <= _LONGEST:
        return sentence
    return sentence[: _LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _first_sentence(text: str) -> str:
    for stop in _SENTENCE.finditer(text):
        if not _ABBREVIATION.search(text[: stop.start()]):
            return text[: stop.start()]
    return text
