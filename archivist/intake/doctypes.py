"""Which type a document is of: cues in its title, its first and last lines, its text, weighed."""
# ruff: noqa: RUF001 - patterns hold the very marks that documents hold

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from archivist.intake.cues import Cue, Part
from archivist.intake.doctype_cues import CUES, Where
from archivist.intake.places import press_place

if TYPE_CHECKING:
    from archivist.intake.layout import Layout

_BODY_CHARS = 10_000
_TITLE_LINE = 220
_ENOUGH = 2.0

_MANY = {"readout": 2, "resolution": 3}
"""How often a cue in the text must stand there, where once says nothing."""


@functools.cache
def _cues() -> tuple[tuple[str, float, Where, Cue], ...]:
    return tuple(
        (doctype, weight, where, Cue.of(pattern, small=small, least=_least(doctype, where)))
        for doctype, weight, where, pattern, small in CUES
    )


def _least(doctype: str, where: Where) -> int:
    return _MANY.get(doctype, 1) if where is Where.BODY else 1


_ASKED = re.compile(r"^(?:Q|QUESTION|Question|THE PRESS)\b[ :.]", re.MULTILINE)
_QUESTIONS, _MANY_QUESTIONS = 3, 8
_SAID = re.compile(
    r"\b(?:said|replied|told (?:me|him|her|us|the)|asked (?:me|him|whether|if|what)|stated that|"
    r"remarked|interjected|felt that|thought that|agreed that|assured|indicated|pointed out|"
    r"inquired|suggested)\b"
)
_OFTEN_SAID = 5
_MET = re.compile(
    r"^.{0,200}?\b(?:spoke|met|hosted|held (?:a|an) (?:call|meeting|bilateral|phone)|traveled to|"
    r"visited|convened|participated|chaired)\b"
)
_FIRST_LINES = 3
_BARELY = 5
"""What the mention of a session says for a speech: not enough to be one."""
_HEADING_LINES, _HEADING_CHARS = 12, 110
_ATTRIBUTED = re.compile(r"attributable to .{0,30}spokes", re.IGNORECASE)
_SUBJECT_LINE = 3
_DEBATE = re.compile(r"general (?:debate|assembly)|session", re.IGNORECASE)
_LABEL = re.compile(r"^\[?([A-Z][\w.’' ]{1,28})\]?:\s", re.MULTILINE)
_TURNS = 4
_I_AND_YOU = re.compile(r"\b(?:I|my|me)\b"), re.compile(r"\b[Yy]our?s?\b")
_DATED = re.compile(r"^.{0,60}\b(?:1[5-9]|20)\d\d\b.{0,60}$")
_TIMED = re.compile(r"\b(?:1[5-9]|20)\d\d\b.{0,4}\b\d{1,2}(?:[:.]\d\d)?\s?[ap]\.\s?m")
_BULLET = re.compile(r"^\s*[-•*▪]\s", re.MULTILINE)
_LISTED = 5
_OPENING_CHARS = 2_500


def find_doctype(layout: Layout) -> str:
    """Return the type of a document, or "" where nothing speaks for one."""
    scores = weigh(layout)
    best = max(scores, key=lambda doctype: scores[doctype], default="")
    return best if best and scores[best] >= _ENOUGH else _by_form(layout)


def weigh(layout: Layout) -> dict[str, float]:
    """Return what speaks for each type, in points."""
    scores: dict[str, float] = defaultdict(float)
    parts = {
        Where.TITLE: Part(layout.title[:_TITLE_LINE]),
        Where.HEAD: Part(layout.opening),
        Where.TAIL: Part(layout.closing),
        Where.BODY: Part(layout.body[:_BODY_CHARS]),
    }
    for doctype, weight, where, cue in _cues():
        if cue.holds(parts[where]):
            scores[doctype] += weight
    asked = len(_ASKED.findall(layout.body))
    if asked >= _QUESTIONS:
        scores["press-briefing"] += 11 if asked >= _MANY_QUESTIONS else 7
    _weigh_forms(layout, scores)
    if scores.get("memorandum", 0) >= _SUBJECT_LINE and scores.get("resolution"):
        scores["resolution"] -= 7
    return scores


def _weigh_forms(layout: Layout, scores: dict[str, float]) -> None:
    """Weigh what shows in the form: a lone surname, citations, reported speech, an end mark."""
    dated = any(_DATED.match(line) for line in layout.head[:4])
    if scores.get("telegram") and re.fullmatch(r"[A-Z][\w’'-]{2,20}", layout.tail[-1]):
        scores["telegram"] += 2
    if scores.get("editorial-note") and not dated:
        scores["editorial-note"] += 8
    if not dated and any(_MET.search(line) for line in layout.head[:_FIRST_LINES]):
        scores["readout"] += 9 if _ATTRIBUTED.search(layout.opening) else 4
    elif dated and scores.get("readout"):
        scores["readout"] -= 3
    if any(press_place(line) for line in layout.head[:6]):
        scores["press-release"] += 4
    if len(_SAID.findall(layout.text[:_OPENING_CHARS])) >= _OFTEN_SAID:
        scores["memcon"] += 3.5
    heading = " ".join(line for line in layout.head[:_HEADING_LINES] if len(line) <= _HEADING_CHARS)
    if scores.get("speech", 0) > _BARELY and _DEBATE.search(heading):
        scores["speech"] += 4
    labels = Counter(_LABEL.findall(layout.text[:_OPENING_CHARS]))
    if len(labels) > 1 and sum(labels.values()) >= _TURNS and max(labels.values()) > 1:
        scores["memcon"] += 3
    if layout.text.rstrip().endswith("###"):
        listed = len(_BULLET.findall(layout.text[:_BODY_CHARS])) >= _LISTED
        scores["fact-sheet" if listed else "statement"] += 2.5


def _by_form(layout: Layout) -> str:
    """Tell a dated paper without any cue by who speaks in it."""
    if not any(_DATED.match(line) for line in layout.head[:3]):
        return ""
    opening = layout.text[:_OPENING_CHARS]
    if _TIMED.search("\n".join(layout.head[:3])):
        return "telegram"
    first, second = (len(pattern.findall(opening)) for pattern in _I_AND_YOU)
    if len(_SAID.findall(opening)) >= _OFTEN_SAID:
        return "memcon"
    return "letter" if first > 1 and second else "memorandum"
