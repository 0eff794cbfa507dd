"""What the parts of the extractor hand to each other: the page, quotations, turns, cues, speakers.

All places are characters of the page's text, ends exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

import regex

from archivist.model.sentences import bounds
from archivist.model.statement import Kind, Piece

LONGEST_SENTENCE = 1500
"""No rule looks at more of a sentence than this: what is longer is a list or a table."""

_OFTEN = 4
_NEXT = r"\s++(?=[\"'(\u2018\u201c\u201e\u00ab]?\p{Lu})"
_CLOSED = r"[.!?][\"'\u2019\u201d\u00bb)]{0,3}"
_AFTER_NOTE = regex.compile(rf"{_CLOSED}(?:\[\d{{1,3}}\])++{_NEXT}")
"""A sentence ends with the number of its footnote: "... was agreed.[3] Mr. Lee ..."."""
_AFTER_SHORT = regex.compile(rf"(?<=\p{{L}}['\u2019][a-z]){_CLOSED}{_NEXT}")
"""A short form ends a sentence, though one letter is an initial elsewhere: "... they don't. He"."""
_AFTER_SOURCE = regex.compile(rf"{_CLOSED}(?:\[\d{{1,3}}\])*+\s?+\([^()\n]{{3,500}}+\){_NEXT}")
"""A source in brackets after a sentence is one by itself: "... agreed. (Telegram 5) He ..."."""

CueKind: TypeAlias = Literal["say", "tell", "ask", "order", "commit", "quote", "noun", "according"]
"""What a cue can govern.

say: "said", "noted": a clause, with or without "that", or a quotation. tell: "told", "informed":
an addressee before the clause. ask: "asked", "inquired": if, whether, how. order: "urged",
"instructed": an addressee and an infinitive. commit: "promised", "offered": an infinitive.
quote: "called", "described", "condemned", "continued": a quotation only. noun: "statement that",
"his warning that". according: "according to", "in the words of", "for".
"""
SubjectRule: TypeAlias = Literal[
    "left", "right", "pronoun", "coordinated", "participle", "relative", "noun", "according", "none"
]
"""How the subject of a cue was found; none: the verb has no subject in the text ("Dijo que")."""


@dataclass(frozen=True)
class Page:
    """A text to be analysed, with what the catalogue says of it; analysed once, and lazily.

    Attributes:
        text: the clean text, without the title where the catalogue holds it.
        title: the record's title.
        language: its code: "en"; may be empty.
        doctype: its type: "memcon", "press-briefing"; may be empty.
        date: ISO 8601 or empty.
    """

    text: str
    title: str = ""
    language: str = ""
    doctype: str = ""
    date: str = ""

    @cached_property
    def _bounds(self) -> tuple[list[int], list[int]]:
        sentences, paragraphs = bounds(self.text)
        if broken := _broken(self.text, paragraphs):
            sentences = [start for start in sentences if start not in broken]
            paragraphs = [start for start in paragraphs if start not in broken]
        noted: set[int] = set()
        if "[" in self.text:
            noted.update(found.end() for found in _AFTER_NOTE.finditer(self.text))
        if "(" in self.text:
            noted.update(found.end() for found in _AFTER_SOURCE.finditer(self.text))
        if "'" in self.text or "\u2019" in self.text:
            noted.update(found.end() for found in _AFTER_SHORT.finditer(self.text))
        return sorted(noted.union(sentences)) if noted else sentences, paragraphs

    @cached_property
    def paragraph_starts(self) -> list[int]:
        """Where the paragraphs begin, ascending; heading and dateline included."""
        return self._bounds[1]

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where the sentences begin, ascending; each paragraph begins one."""
        return self._bounds[0]

    def paragraph_number(self, position: int) -> int:
        """Return which paragraph a place is in, from 0; -1 before the first."""
        return bisect_right(self.paragraph_starts, position) - 1

    def paragraph_at(self, position: int) -> Piece:
        """Return the paragraph that a place is in, without the space after it."""
        return self.paragraph(self.paragraph_number(position))

    def paragraph(self, number: int) -> Piece:
        """Return where a paragraph stands, counted from 0, without the space after it."""
        if number < 0:
            return 0, 0
        return self.paragraph_starts[number], self._paragraph_ends[number]

    def sentence_at(self, position: int) -> Piece:
        """Return the sentence that a place is in, without the space after it.

        Of one longer than LONGEST_SENTENCE, a stretch of that length that holds the place.
        """
        number = bisect_right(self.sentence_starts, position) - 1
        if number < 0:
            return 0, 0
        start, end = self.sentence_starts[number], self._sentence_ends[number]
        if end - start <= LONGEST_SENTENCE:
            return start, end
        start = max(start, position - LONGEST_SENTENCE // 2)
        return start, min(end, start + LONGEST_SENTENCE)

    @cached_property
    def _paragraph_ends(self) -> list[int]:
        return self._ends(self.paragraph_starts)

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return self._ends(self.sentence_starts)

    def _ends(self, starts: list[int]) -> list[int]:
        text = self.text
        following = [*starts[1:], len(text)]
        return [
            start + len(text[start:end].rstrip())
            for start, end in zip(starts, following, strict=True)
        ]


def _broken(text: str, paragraphs: list[int]) -> set[int]:
    """Return where what looks like a paragraph only goes on with the one before it.

    A word in lower case after no stop goes on. In a text that is broken so again and again, at
    every line of its print, any word does.
    """
    going = [start for start in paragraphs[1:] if _goes_on(text, start)]
    goes_on = [start for start in going if text[start].islower()]
    if len(goes_on) * _OFTEN < len(paragraphs):
        return set(goes_on)
    return {start for start in going if not text[start].isdigit()}


def _goes_on(text: str, start: int) -> bool:
    """Tell whether words stand before and after a place, and no stop before it."""
    at = start - 1
    while at > 0 and text[at].isspace():
        at -= 1
    ends = text[at].isalnum() or text[at] == ","
    return ends and text[start : start + 2].isalnum()


@dataclass(slots=True)
class Mark:
    """A quotation mark, or several that stand together.

    Attributes:
        start: where it stands.
        end: after it.
        side: 1 opens, -1 closes, 0 may do either.
        paragraph: the number of its paragraph.
    """

    start: int
    end: int
    side: int
    paragraph: int


@dataclass(frozen=True, slots=True, order=True)
class Quotation:
    """Words within quotation marks, outermost ones only.

    Attributes:
        start: the first quoted character, after the mark.
        end: after the last quoted character, before the mark.
        outer_start: where the opening mark stands; `start` where there is none.
        outer_end: after the closing mark; `end` where there is none.
        words: how many words it has.
        closed: whether it has both its marks.
        single: whether its marks are single ones: 'quoted'.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    words: int
    closed: bool = True
    single: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Turn:
    """What stands after a speaker's label in a transcript.

    Attributes:
        start: the first character said.
        end: after the last one.
        label: the speaker as the label names them: "MR. PRICE", "Q"; without colon or brackets.
        label_start: where the label begins.
    """

    start: int
    end: int
    label: str
    label_start: int


@dataclass(frozen=True, slots=True, order=True)
class Cue:
    """A verb or noun of saying, and who it says it of.

    Attributes:
        start: where the verb begins (auxiliaries and adverbs before it are not in it).
        end: after the verb, its particle included ("pointed out").
        verb: the words, in lower case: "said", "pointed out".
        kind: what it governs.
        subject: the noun phrase as it stands in the text: "the Foreign Minister", "he", "Mr. Lee";
            empty where there is none.
        subject_start: where that begins; `start` where there is none.
        negated: "did not say".
        passive: "was told", "is said to".
        rule: how the subject was found.
        clause_start: where the clause of the cue begins, subject, auxiliaries and all: what stands
            before it is not the cue's.
        clause_end: where the clause of the cue ends, before what is said: after the verb, or after
            an inverted subject, its apposition, or "in a statement on Monday".
    """

    start: int
    end: int
    verb: str
    kind: CueKind
    subject: str = ""
    subject_start: int = 0
    negated: bool = False
    passive: bool = False
    rule: SubjectRule = "left"
    clause_start: int = 0
    clause_end: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Reported:
    """A reported clause, and the cue that governs it.

    Attributes:
        start: where it begins: after "that" and "to", before "if", "whether" and "how".
        end: before the final full stop.
        pieces: its parts, where the cue stands between them; else its whole.
        cue: the cue.
        rule: how it was found: "that", "zero", "whether", "order", "commit", "middle", "after",
            "according", …
    """

    start: int
    end: int
    pieces: tuple[Piece, ...]
    cue: Cue
    rule: str


@dataclass(frozen=True, slots=True)
class Attributed:
    """A quotation, or several with their cue between them, and who is quoted.

    Attributes:
        start: the first quoted character.
        end: after the last one.
        pieces: its parts; else its whole.
        surface: who is quoted, as named near it; empty where nobody is.
        surface_start: where that name stands; `start` where nobody is.
        cue: the cue; None where there is none (a dash, a colon, a run of quotations).
        rule: how it was found: "before", "after", "inside", "block", "colon", "dash", "run", …
    """

    start: int
    end: int
    pieces: tuple[Piece, ...]
    surface: str
    surface_start: int
    cue: Cue | None
    rule: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement whose speaker is not resolved yet.

    Attributes:
        start: its first character.
        end: after its last one.
        kind: direct, indirect, turn.
        pieces: its parts; else its whole.
        surface: the speaker as the text names them; empty where it does not.
        surface_start: where that name stands.
        cue: the cue, if it has one.
        rule: how it was found.
    """

    start: int
    end: int
    kind: Kind
    pieces: tuple[Piece, ...]
    surface: str
    surface_start: int
    cue: Cue | None
    rule: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a surface form stands for.

    Attributes:
        name: the fullest form that the document gives; joint speakers separated by "; ".
        role: the office, as the document says it.
        how: the name of the rule: "full", "surname", "office", "pronoun", "signatory", "label", …
        certainty: from 0 to 1, that the name is right.
    """

    name: str
    role: str = ""
    how: str = ""
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class Circumstances:
    """To whom, where and when something was said, as the text says it; unknown values are empty.

    Attributes:
        addressee: "reporters", "the Ambassador".
        occasion: "in a post on X", "at a press conference in Geneva".
        date: ISO 8601, as exact as the text says.
    """

    addressee: str = ""
    occasion: str = ""
    date: str = ""
