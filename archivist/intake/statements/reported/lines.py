"""A sentence cut into words, and the noun phrases in it: what the rules for cues walk over."""
# ruff: noqa: RUF001 - rules look for the very marks that documents hold

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.intake.statements.grammar import Grammar
    from archivist.intake.statements.parts import Quotation

QUOTED = "\x02"
"""Stands for a whole quotation: its words are not the author's."""
_PAUSES = frozenset(',;:.!?…—–-()[]•*"“”„«»' + QUOTED)
_LONGEST_PHRASE = 18
_PLAIN_WORDS = 4
_ADJECTIVES = 2
_ELIDED = re.compile(r"(?:d|l|al|el)['’-][^\W\da-zß-ÿ]")
"""Names that begin small: d'Ormesson, al-Sadr."""


class Line:
    """The words and marks of a sentence, side by side.

    Attributes:
        words: each in lower case; QUOTED for a quotation.
        raw: each as it stands.
        starts: where each begins in the page's text; empty before locate().
        ends: where each ends.
    """

    __slots__ = ("_parts", "_text", "ends", "raw", "starts", "words")

    def __init__(self, text: str) -> None:
        self.words: list[str] = []
        self.raw: list[str] = []
        self._text = text
        self._parts: list[tuple[int, int, int]] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def word(self, index: int) -> str:
        """Return the word at an index, "" beyond either end."""
        try:
            return self.words[index] if index >= 0 else ""
        except IndexError:
            return ""

    def is_pause(self, index: int) -> bool:
        """Whether a mark, a quotation or an end of the sentence is there."""
        try:
            return index < 0 or self.words[index] in _PAUSES
        except IndexError:
            return True

    def is_name(self, index: int) -> bool:
        """Whether a word is there that is written as a name is."""
        if not 0 <= index < len(self.raw):
            return False
        raw = self.raw[index]
        first = raw[0]
        if first.isupper() or first == "@":
            return True
        return first in "dlae" and _ELIDED.match(raw) is not None

    def at(self, position: int) -> int:
        """Return the index of the word that holds a place of the text, or of the one before it."""
        return bisect_right(self.starts, position) - 1

    def cut(self, start: int, end: int, grammar: Grammar) -> None:
        """Add the words of a stretch of the text."""
        raw = grammar.words.findall(self._text, start, end)
        self.raw.extend(raw)
        self.words.extend(map(str.lower, raw))
        if "US" in raw:  # the country, not the pronoun
            pairs = zip(self.raw, self.words, strict=True)
            self.words = ["u.s." if word == "US" else low for word, low in pairs]
        self._parts.append((len(self.words), start, 0))

    def put(self, start: int, end: int) -> None:
        """Add a quotation as one word."""
        self.raw.append(QUOTED)
        self.words.append(QUOTED)
        self._parts.append((len(self.words), start, end))

    def locate(self) -> None:
        """Work out where the words stand; most sentences are dismissed before that."""
        if self.starts:
            return
        first, find = 0, self._text.find
        for after, place, end in self._parts:
            for word in self.raw[first:after]:
                place = place if end else find(word, place)  # noqa: PLW2901 - it walks on
                self.starts.append(place)
                place = end or place + len(word)  # noqa: PLW2901
                self.ends.append(place)
            first = after


def line_of(
    text: str, start: int, end: int, grammar: Grammar, quotations: Sequence[Quotation]
) -> Line:
    """Cut text[start:end] into words, each quotation in it into one."""
    line = Line(text)
    place = start
    first = bisect_right(quotations, start, key=_outer_end) if quotations else 0
    for number in range(first, len(quotations)):
        quotation = quotations[number]
        if quotation.outer_start >= end:
            break
        line.cut(place, max(place, quotation.outer_start), grammar)
        line.put(max(place, quotation.outer_start), min(end, quotation.outer_end))
        place = min(end, quotation.outer_end)
    line.cut(place, end, grammar)
    return line


def _outer_end(quotation: Quotation) -> int:
    return quotation.outer_end


def phrase_left(line: Line, last: int, grammar: Grammar) -> int | None:
    """Return where the noun phrase that ends with the word `last` begins; None if it is none."""
    first: int | None = None
    loose = False
    if line.words[last] in grammar.conjunctions or line.words[last] in grammar.linking:
        return None
    index = last
    while index >= 0 and last - index < _LONGEST_PHRASE:
        word = line.words[index]
        if _stops(line, index, last, grammar):
            break
        if word in grammar.standing and line.is_name(index + 1) and first is not None:
            break  # "to this Mr. Lee replied"
        if word in grammar.determiners:
            first = index
            contracted = word in grammar.contracted and _is_noun(line, index - 1, grammar)
            before = line.word(index - 1)
            if before in grammar.determiners and before not in grammar.that:
                index -= 1
                continue  # "the two leaders"
            if not contracted and not _links(line, index - 1, grammar):
                return _person_of(line, first, last, grammar)
            index -= 0 if contracted else 1
        elif _is_nameable(line, index, grammar):
            first = first if loose else index
        elif first is not None and word not in grammar.linking:
            loose = True  # "the situation in the south Lee": only an article reaches beyond
        index -= 1
    return None if first is None else _trimmed(line, first, last, grammar)


def _is_nameable(line: Line, index: int, grammar: Grammar) -> bool:
    """Whether a word is a name, a number within one, or a word for persons and bodies."""
    word = line.words[index]
    number = word[0].isdigit() and not line.is_pause(index - 1)
    return line.is_name(index) or word in grammar.heads or number


def _stops(line: Line, index: int, last: int, grammar: Grammar) -> bool:
    """Whether a phrase read leftwards from `last` ends before the word at an index."""
    word = line.words[index]
    if word in _PAUSES or _ends_phrase(line, index, grammar):
        return True
    surname = line.is_name(index) and word.endswith("s")  # "Secretary Weeks", "the Times"
    timely = word in grammar.times and not surname
    if timely or (word in grammar.that and line.is_name(index + 1)):
        return True
    if word in grammar.futures and line.word(index - 1)[:1].isdigit():
        return True  # "on 7 May Lee said"
    joins = word in grammar.linking and word not in grammar.determiners and index < last
    return joins and not _is_noun(line, index - 1, grammar)


def _ends_phrase(line: Line, index: int, grammar: Grammar) -> bool:
    word = line.words[index]
    if word in grammar.linking or word in grammar.determiners:
        return False
    small = not line.is_name(index) or index == 0
    return (
        word in grammar.pronouns
        or word in grammar.conjunctions
        or (word in grammar.subordinators and small)
        or (word in grammar.prepositions and small)
        or (word in grammar.futures and small)
        or (small and (grammar.is_finite(word) or word in grammar.adverbs))
        or (
            word in grammar.adverbs
            and word not in grammar.heads
            and not (word in grammar.ordinals and line.is_name(index))
        )
        or (
            not line.is_name(index)
            and word in grammar.forms
            and word not in grammar.doubtful
            and word not in grammar.heads
        )
    )


def _links(line: Line, index: int, grammar: Grammar) -> bool:
    """Whether a word joins a noun before it to the phrase after it: "Minister of", "Lee and"."""
    word = line.word(index)
    joined = word not in grammar.conjunctions or _is_nameable(line, index - 1, grammar)
    return word in grammar.linking and joined and _is_noun(line, index - 1, grammar)


def _is_noun(line: Line, index: int, grammar: Grammar) -> bool:
    word = line.word(index)
    if not word or word in _PAUSES or not word[0].isalpha():
        return False
    if word in grammar.heads:
        return True
    return not (
        word in grammar.prepositions
        or word in grammar.determiners
        or _ends_phrase(line, index, grammar)
    ) and (line.is_name(index) or not grammar.is_adverb(word))


def _trimmed(line: Line, first: int, last: int, grammar: Grammar) -> int:
    """Of "In Moscow Lee", where "Lee" begins: the rest is the fronted circumstance's."""
    if grammar.second and line.word(first - 1) in grammar.prepositions:
        return first
    while first < last and line.words[first] in grammar.linking:
        first += 1
    if grammar.second or line.word(first - 1) not in grammar.prepositions:
        return first
    names = [index for index in range(first, last + 1) if line.is_name(index)]
    if line.raw[first].endswith(".") or line.word(first - 1) == "with":
        return first  # "to Mr. Lee", "with Ada Lee"
    return names[1] if len(names) > 1 and len(names) == last - first + 1 else first


def _person_of(line: Line, first: int, last: int, grammar: Grammar) -> int:
    """Of "In the opening statement Lee", where "Lee" begins."""
    if line.word(first - 1) not in grammar.prepositions:
        return first
    index = last
    while index > first and line.is_name(index):
        index -= 1
    plain = line.words[index]
    if index in (first, last) or plain in grammar.heads or plain in grammar.linking:
        return first
    return index + 1


def phrase_right(line: Line, first: int, grammar: Grammar) -> int | None:
    """Return the index after the noun phrase that begins at `first`; None if none begins there."""
    end: int | None = None
    plain = 0
    determined = line.word(first) in grammar.determiners
    index = first
    while index < len(line.words) and index - first < _LONGEST_PHRASE:
        word = line.words[index]
        article = word in grammar.determiners and (
            index == first or line.words[index - 1] in grammar.linking
        )
        if word in grammar.linking and end is not None and not article:
            if not _continues(line, index, grammar):
                break
        elif (line.is_name(index) and word not in grammar.pronouns) or word in grammar.heads:
            end = index + 1 if not article else end
        elif not article:
            if _ends_right(line, index, grammar) or plain >= _PLAIN_WORDS:
                break
            if not determined and (end is not None or index - first >= _ADJECTIVES):
                break
            if end is not None and _is_verb(word, grammar) and not line.is_name(index):
                break
            plain += 1
            end = index + 1 if determined else end
        index += 1
    return end


def _is_verb(word: str, grammar: Grammar) -> bool:
    forms = grammar.forms.get(word, ())
    return any(form.tense == "past" or grammar.bracket for form in forms)


def _ends_right(line: Line, index: int, grammar: Grammar) -> bool:
    """Whether a phrase read rightwards ends before the word at an index."""
    word = line.words[index]
    return (
        word in _PAUSES
        or word in grammar.linking
        or word in grammar.that
        or word in grammar.negations
        or word in grammar.clitics
        or word in grammar.impersonal
        or grammar.is_adverb(word)
        or _ends_phrase(line, index, grammar)
    )


def _continues(line: Line, index: int, grammar: Grammar) -> bool:
    following = line.word(index + 1)
    if line.words[index] in grammar.prepositions and line.words[index] not in ("of", "de", "for"):
        return line.words[index - 1] in grammar.heads and line.is_name(index + 1)
    return (
        line.is_name(index + 1)
        or following in grammar.determiners
        or following in grammar.heads
        or (following in grammar.linking and line.is_name(index + 2))
    )
