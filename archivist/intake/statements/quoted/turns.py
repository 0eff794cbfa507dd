"""Find the turns of a transcript: what stands after a speaker's label at the start of a line.

One line "Energy: ..." makes no transcript. Labels count when two of them name a speaker by a title
or are questions, or when one comes back again and again; headings such as "Participants:" never do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import regex
import yaml

from archivist import assets
from archivist.intake.statements.parts import Turn
from archivist.intake.statements.quoted.quotations import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archivist.intake.statements.parts import Page, Quotation

_LABEL = r"""
    ^[^\S\n]*+(?P<mark>["\u201c\u201e\u00ab'\u2018]?+)[*_]{0,4}+
    (?: (?P<asked>ASKED)(?:\s?\d{1,2})?[*_]{0,4}+
        (?:\s?[:.][*_]{0,4}+|(?=[^\S\n]+["\u201c]?\p{Lu}))
      | (?P<name>\p{Lu}[^\n:;!?"\u201c\u201d]{0,80}+)[:\uff1a][*_]{0,4}+
      | (?P<point>(?:The|THE)[ ](?:Vice[ ])?(?:President|PRESIDENT|Secretary|SECRETARY))\.(?=\s)
    )[^\S\n]*+"""
_BRACKETS = regex.compile(r"\s*[(\[][^()\[\]]{0,60}[)\]]\s*$")
_NAMELIKE = regex.compile(r"[\p{Lu}][\p{L}\p{M}.'\u2019\-]*+,?|\d(?:st|nd|rd|th)")
_MOST_WORDS = 9
_CLOSING = regex.compile(
    r"""^[^\S\n]*+(?: [(\[]?(?:END|End\ of\ [Tt]ranscript|Back\ to\ [Tt]op)\b
      | \#\s?\# | \*\s?\*\s?\*
      | -\s?30\s?- | \d{1,2}[:.]\d\d\s?[AaPp]\.?[Mm]\b
      | [(\[]?(?:The|This)\ (?:\w+\ ){0,2}(?:briefing|conference|meeting|interview|call|exchange
        |conversation)\ (?:was\ )?(?:concluded|ended|adjourned|began)
      | [(\[](?:Whereupon|End|Recording) | NOTE:\  | Note:\ The\  | _{5,} | -{5,} )""",
    regex.X | regex.M,
)
_BEFORE_LABEL = "\"\u201c\u201e\u00ab'\u2018*_"
_OPENING = ("\u201c", "\u201e", "\u00ab", '"')
_AGAIN = 3
_SPEECH = 600
_ANSWERED = {"A": "Q", "R": "P"}
"""What letter asks, where another answers."""


@dataclass(frozen=True, slots=True)
class _Labels:
    """The words of labels, as resources/statements/labels.yaml lists them."""

    label: regex.Pattern[str]
    questions: frozenset[str]
    titles: frozenset[str]
    small: frozenset[str]
    first: tuple[str, ...]
    headings: frozenset[str]


@cache
def _labels() -> _Labels:
    lists = yaml.load(assets.path("statements/labels.yaml").read_text("utf-8"), yaml.CSafeLoader)
    words = {name: value.split() for name, value in lists.items()}
    sets = {name: frozenset(words[name]) for name in ("questions", "titles", "small", "headings")}
    asked = "|".join(sorted(words["asked"], key=len, reverse=True))
    label = regex.compile(_LABEL.replace("ASKED", asked), regex.X | regex.M)
    return _Labels(label, first=(*words["asked"], "The ", "THE "), **sets)


def turns_of(page: Page, quotations: tuple[Quotation, ...]) -> tuple[Turn, ...]:
    """Return the turns of a transcript, in order, disjoint; nothing for any other text."""
    text = page.text
    if ":" not in text and "\nQ" not in text and "\uff1a" not in text:
        return ()
    labels = _accepted([found for found in _candidates(text) if _is_label(found)])
    starts = [*(found.start() for found in labels[1:]), len(text)]
    if _are_quoted(text, labels):
        return ()
    turns = (
        _turn(page, quotations, found, end) for found, end in zip(labels, starts, strict=False)
    )
    return tuple(turn for turn in turns if turn.start < turn.end)


def _candidates(text: str) -> Iterator[regex.Match[str]]:
    """Yield what looks like a label at the start of a line."""
    labels = _labels()
    at = done = 0
    for line in text.split("\n"):
        may_be = ":" in line or "\uff1a" in line
        if not may_be and line:
            may_be = line.lstrip().lstrip(_BEFORE_LABEL).startswith(labels.first)
        if may_be and at >= done and (found := labels.label.match(text, at)):
            done = found.end()
            yield found
        at += len(line) + 1


def _are_quoted(text: str, labels: list[regex.Match[str]]) -> bool:
    """Tell whether a list of what many people said follows: each label once, before quoted words.

    Where labels come back it is a talk, quoted or not.
    """
    quoting = sum(text[found.end() : found.end() + 1] in _OPENING for found in labels)
    names = len({_label(found).upper() for found in labels})
    return quoting * 2 > len(labels) and names * 2 > len(labels)


def _label(found: regex.Match[str]) -> str:
    """Return the speaker of a label, without brackets and points."""
    label = str(found["asked"] or found["point"] or found["name"])
    return _BRACKETS.sub("", label).strip(" \t.*_")


def is_heading(label: str) -> bool:
    """Tell whether the first or the last word of a label makes it a heading: "Subject"."""
    words = label.lower().split() or [""]
    headings = _labels().headings
    return words[0].strip(".,") in headings or words[-1] in headings


def _is_label(found: regex.Match[str]) -> bool:
    if found["asked"] or found["point"]:
        return True
    label = _label(found)
    words = label.split()
    if not 0 < len(words) <= _MOST_WORDS or len(label) == 1:
        return False
    if is_heading(label):
        return False
    named = all(_NAMELIKE.fullmatch(word) or word in _labels().small for word in words)
    return named and words[-1] not in _labels().small and _has_text(found)


def _has_text(found: regex.Match[str]) -> bool:
    """Tell whether text follows on the line; only a speaker with a title may stand alone."""
    return found.end() < len(found.string) and (
        found.string[found.end()] != "\n" or _is_strong(found)
    )


def _is_strong(found: regex.Match[str]) -> bool:
    """Tell whether a label names a speaker by itself: a question, or somebody with a title."""
    if found["asked"] or found["point"]:
        return True
    words = [word.lower().strip(".,") for word in _label(found).split()]
    if words[0] == "the":
        words = words[1:]
    return bool(words) and words[0] in _labels().titles


def _accepted(labels: list[regex.Match[str]]) -> list[regex.Match[str]]:
    """Return the labels, if they make a transcript of the text."""
    times = Counter(_label(found).upper() for found in labels)
    labels = [found for found in labels if _may_stand(found, times)]
    strong = [found for found in labels if _is_strong(found)]
    again = [found for found in labels if times[_label(found).upper()] > 1]
    if len({_label(found).upper() for found in labels}) < 2:  # noqa: PLR2004 - who talks to whom
        return labels if _is_speech(labels) else []
    if not (len(strong) > 1 or len(again) >= _AGAIN):
        return []
    if len(strong) * 4 < len(labels) and len(again) * 2 < len(labels):
        return []
    kept = {id(found) for found in (*strong, *again)}
    upper = _are_upper(labels)
    return [found for found in labels if id(found) in kept or (upper and _label(found).isupper())]


def _is_speech(labels: list[regex.Match[str]]) -> bool:
    """Tell whether the labels, all of one speaker, head a speech: "SECRETARY LEE: Good day"."""
    if not labels or not all(_is_strong(found) for found in labels):
        return False
    label, first = _label(labels[0]), labels[0]
    rest = len(first.string) - first.end()
    return label.isupper() and len(label) > 1 and rest > 3 * first.start() and rest > _SPEECH


def _are_upper(labels: list[regex.Match[str]]) -> bool:
    """Tell whether the labels of a long transcript are set in capitals: so is a lonely one."""
    return len(labels) > _AGAIN and sum(_label(found).isupper() for found in labels) * 3 > 2 * len(
        labels
    )


def _may_stand(found: regex.Match[str], times: Counter[str]) -> bool:
    """Tell whether a letter or a point at the start of a line may be a label at all."""
    label = _label(found).upper()
    if found["asked"] and not found[0].rstrip().endswith((":", ".")):
        return label in _labels().questions and len(times) > 1
    if len(label) == 1:
        return times[_ANSWERED.get(label, label)] > 0
    return not found["point"] or times[label] > 1


def _turn(page: Page, quotations: tuple[Quotation, ...], found: regex.Match[str], end: int) -> Turn:
    text, start = page.text, found.end()
    while start < end and text[start].isspace():
        start += 1
    within = quoted(quotations, start)
    if found["mark"] and within is not None:
        end = min(end, within.end)
    closing = _CLOSING.search(text, start, end)
    if closing and closing.start() > start:
        end = closing.start()
    return Turn(start, start + len(text[start:end].rstrip()), _label(found), found.start())


def turn_at(turns: tuple[Turn, ...], position: int) -> Turn | None:
    """Return the turn that a place is in."""
    number = bisect_right(turns, position, key=_start) - 1
    if number >= 0 and position < turns[number].end:
        return turns[number]
    return None


def _start(turn: Turn) -> int:
    return turn.label_start
