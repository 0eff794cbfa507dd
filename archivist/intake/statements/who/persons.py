"""The persons of one document: every name with its fullest form, its offices and its places."""
# ruff: noqa: RUF001 - patterns hold the very marks that documents hold

from __future__ import annotations

import re
import sys
from bisect import bisect_left, insort
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from archivist.intake.places import is_known
from archivist.intake.statements.who.holders import bearers, code_of, fold
from archivist.intake.statements.who.mentions import Mention, find_mentions
from archivist.intake.statements.who.naming import (
    begins_surname,
    capitalised,
    folded_word,
    in_capitals,
    is_given,
    is_initial,
    is_ordinary,
    is_particle,
)
from archivist.intake.statements.who.posts import Office, holds, office_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archivist.intake.statements.parts import Page
    from archivist.intake.statements.who.holders import Holder

_SUFFIX = re.compile(r",?\s(?:Jr|Sr|II|III|IV)\b\.?$")
_BESIDE = 250
_TWO, _MARKS = 2, 4
_FEW_BREAKS, _SHARE, _FULL_LINE = 6, 2, 50
_BREAK = re.compile(r"(?<=[^\n.:;!?\s])\n(?=[^\W\d_])")
_WITHIN = re.compile(r"(?<=[a-zà-ÿ,])\n(?=[a-zà-ÿ])")
_WHERE = ("at ", "in ", "At ", "In ")
_WIVES = frozenset({"mrs", "mme", "madame", "señora", "sra", "frau", "mevrouw"})
"""How a wife may be addressed by her husband's name: "Mrs. Lee" is not "Lee"."""
_LONG_TITLE, _OFTEN = 5, 3
_STOPS = '.:;!?)]”“"«»–—'
_SUBJECTLESS = frozenset({"es", "pt", "it"})
_PARTICLES_ARE_WORDS = frozenset({"es", "pt", "it", "fr", "nl", "de"})
_NUMERALS = frozenset({"I.", "V.", "X."})
_PEOPLES = ("ists", "ians", "ese", "tions", "ments")
_BORROWED = frozenset({"acting", "former", "deputy", "elect", "late", "ex", "next"})


@dataclass(slots=True, eq=False)
class Person:
    """Somebody a document names.

    Attributes:
        words: the words of the fullest name.
        offices: offices as written beside the name, in order, without repetition.
        titles: those that stand before it.
        gender: "m", "f" or "" where nothing tells.
        places: where the person is named, ascending; negative in the title.
        sure: whether an office, a form of address or a given name shows that it is a person.
        address: a form of address, where one stands before the name.
    """

    words: tuple[str, ...]
    offices: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    gender: str = ""
    places: list[int] = field(default_factory=list)
    sure: bool = False
    address: str = ""

    @property
    def name(self) -> str:
        """The fullest name; of a surname alone, with what stands before it: "President Lee"."""
        name = " ".join(self.words)
        name = capitalised(name) if in_capitals(name) else name
        surname = all(is_particle(word) and not is_given(word) for word in self.words[:-1])
        if len(self.words) > _TWO and self.words[0][0].isupper():
            surname = surname and begins_surname(self.words[0])
        if surname and self.titles:
            title = next((each for each in self.titles if each.count(" ") < _LONG_TITLE), "")
            title = title or min(self.titles, key=len)
            return f"{capitalised(title) if title.isupper() else title} {name}"
        if surname and self.address and self.address != "Sir":
            return f"{self.address} {name}"
        return name

    @property
    def role(self) -> str:
        """The office in its longest form."""
        return max(self.offices, key=len, default="")

    def last_before(self, position: int) -> int | None:
        """Return where the person is named last before a place."""
        at = bisect_left(self.places, position)
        return self.places[at - 1] if at else None


class Persons:
    """The persons that one document names, found once.

    Args:
        page: the document.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._by_word: dict[str, list[Person]] = {}
        self._counts: dict[str, int] = {}

    @cached_property
    def mentions(self) -> list[Mention]:
        """Everything named, in order; what the title names has negative places."""
        title = self._page.title
        above = find_mentions(title, -len(title) - 2) if title else []
        return above + find_mentions(_unwrapped(self._page.text))

    @cached_property
    def starts(self) -> list[int]:
        """Where the mentions begin, ascending."""
        return [mention.start for mention in self.mentions]

    @cached_property
    def people(self) -> list[Person]:
        """Everybody named, in order of the first mention."""
        return list({id(each): each for each in self._found.values()}.values())

    def person_of(self, mention: Mention) -> Person | None:
        """Return who a mention names; None for a body, a state or an office alone."""
        return self._found.get(mention.start)

    def named(self, name: str, office: str = "", near: int = sys.maxsize) -> Person | None:
        """Return the person that a name means, however short it is; None if none is known.

        Args:
            name: the name.
            office: what stands beside it.
            near: where it stands: of namesakes, who was named last before that is meant.
        """
        words = _words(name)
        return self._known(words, office, near=near) if words and self._found else None

    @cached_property
    def _found(self) -> dict[int, Person]:
        """Give every mention its person: full names first, then what is short for them."""
        found: dict[int, Person] = {}
        people = (each for each in self.mentions if each.kind == "person")
        named = [(each, self._trimmed(each)) for each in people]
        named.sort(key=lambda each: (-min(_TWO, len(each[1])), each[0].start))
        for mention, words in named:
            if not words or not self._may_be(mention, words):
                continue
            person = self._known(words, mention.office, mention.start) or self._new(words)
            self._add(person, mention, words)
            found[mention.start] = person
        return dict(sorted(found.items()))

    def _trimmed(self, mention: Mention) -> tuple[str, ...]:
        """Return the words of a name without those before it that only begin a sentence."""
        words = _words(mention.name)
        if mention.start < 0 and mention.name.isupper():
            words = self._named_below(words)
        if mention.office or mention.address or self._has_particle(words):
            return words
        while len(words) > 1 and not is_initial(words[0]) and not is_given(words[0]):
            first = words[0].lower()
            plain = self._occurs(f" {first} ") or first.endswith("ed")
            apart = self._only_begins(mention, words) or self._are_two(words)
            if not plain and not apart and not self._is_place(mention, words[0]):
                break
            words = words[1:]
        return words

    def _has_particle(self, words: tuple[str, ...]) -> bool:
        """Whether a surname begins with a particle: "De Veer", where that begins no clause."""
        plain = self._page.language in _PARTICLES_ARE_WORDS
        return len(words) == _TWO and begins_surname(words[0]) and not plain

    def _named_below(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return a name of a title in capitals without what the text does not know behind it."""
        while len(words) > 1 and not self._occurs(words[-1].capitalize()):
            if not self._occurs(words[-_TWO].capitalize()):
                break
            words = words[:-1]
        return words

    def _only_begins(self, mention: Mention, words: tuple[str, ...]) -> bool:
        """Whether a word before a surname only begins a sentence: "Apparently Lee"."""
        text = self._page.text
        if mention.start < 0 or len(words) != _TWO or self._count(mention.name) > 1:
            return False
        left = text[max(0, mention.start - _MARKS) : mention.start].rstrip()
        return (not left or left[-1] in _STOPS) and self._count(words[-1]) > 1

    def _is_place(self, mention: Mention, word: str) -> bool:
        """Whether the first word of what looks like a name is a town: "at Varna Lee said"."""
        left = self._page.text[max(0, mention.start - _MARKS) : max(0, mention.start)]
        return left.endswith(_WHERE) and is_known(word)

    def _are_two(self, words: tuple[str, ...]) -> bool:
        """Whether two surnames stand side by side without a comma: "informed Lee Park had gone"."""
        if len(words) != _TWO or is_particle(words[0]) or self._count(" ".join(words)) > 1:
            return False
        return all(self._count(f" {word} ") >= _OFTEN for word in words)

    def _only_begun(self, mention: Mention) -> bool:
        """Whether a word may be a verb that begins a sentence without a subject: "Resaltó"."""
        if self._page.language not in _SUBJECTLESS or mention.start < 0:
            return False
        left = self._page.text[max(0, mention.start - _MARKS) : mention.start].rstrip()
        return (not left or left[-1] in _STOPS) and self._count(mention.name) == 1

    def _may_be(self, mention: Mention, words: tuple[str, ...]) -> bool:
        """Whether capitalised words are a name: not where the text has them in small letters."""
        if mention.office or mention.address:
            return True
        if len(words) == 1 and self._only_begun(mention):
            return False
        if len(words) == 1 and (is_known(words[0]) or words[0].endswith(_PEOPLES)):
            return False
        if words[0] in _NUMERALS and len(words) > 1 and mention.start == self._line(mention.start):
            return False
        if len(words) == 1 and words[0].endswith("ly") and is_ordinary(_stem(words[0])):
            return False
        plain = words[-1].lower()
        return not (self._occurs(f" {plain} ") or self._occurs(f" {plain}s "))

    def _line(self, place: int) -> int:
        """Return where the line of a place begins."""
        return self._page.text.rfind("\n", 0, max(0, place)) + 1

    def _occurs(self, words: str) -> bool:
        return self._count(words) > 0

    def _count(self, words: str) -> int:
        """Return how often words occur in the text; each is counted once only."""
        if words not in self._counts:
            self._counts[words] = self._page.text.count(words)
        return self._counts[words]

    def _new(self, words: tuple[str, ...]) -> Person:
        person = Person(words)
        self._enter(person, words)
        return person

    def _enter(self, person: Person, words: tuple[str, ...]) -> None:
        for word in words:
            known = self._by_word.setdefault(folded_word(word), [])
            if person not in known and not is_initial(word):
                known.append(person)

    def _add(self, person: Person, mention: Mention, words: tuple[str, ...]) -> None:
        insort(person.places, mention.start)
        if len(words) > len(person.words):
            person.words = words
            self._enter(person, words)
        if mention.office and mention.office not in person.offices:
            person.offices.append(mention.office)
            if mention.end - mention.start > len(mention.name) + 2:
                person.titles.append(mention.office)
        wife = folded_word(mention.address) in _WIVES
        if not wife and folded_word(person.address) in _WIVES:
            person.address, person.gender = "", ""
        if not wife or len(person.places) == 1:
            person.gender = person.gender or mention.gender
            if mention.address and not person.address:
                person.address = capitalised(mention.address)
        given = len(words) > 1 and (is_given(words[0]) or is_initial(words[0]))
        person.sure = person.sure or bool(mention.office or mention.address) or given

    def _known(
        self,
        words: tuple[str, ...],
        office: str,
        place: int | None = None,
        near: int = sys.maxsize,
    ) -> Person | None:
        """Return the person with a name: by surname, else by the first name or another word.

        Who is named with another office beside it is somebody else: "President Lee, Tom Lee".
        """
        candidates = self._by_word.get(folded_word(words[-1]), [])
        fitting = [each for each in candidates if _compatible(words, each.words)]
        if office and len(words) == 1:
            fitting = [each for each in fitting if not self._is_namesake(words[0], office, each)]
        by_office = [each for each in fitting if _fits(office, each)]
        chosen = by_office or [each for each in fitting if not _is_other(office, each, place)]
        if len(chosen) <= 1:
            return next(iter(chosen), None)
        ends = [each for each in chosen if folded_word(each.words[-1]) == folded_word(words[-1])]
        asked = {folded_word(word) for word in words}
        whole = [each for each in chosen if asked <= {folded_word(word) for word in each.words}]
        ends = whole if len(words) > 1 and whole else ends
        near = near if place is None else place
        best = max(ends or chosen, key=lambda each: _nearness(each, near))
        fuller = (each for each in chosen if set(_folded(best)) < set(_folded(each)))
        return next(fuller, best)

    def _is_namesake(self, surname: str, office: str, person: Person) -> bool:
        """Whether who holds an office that day has a surname in common with somebody, no more."""
        if len(person.words) == 1 or not self._page.date:
            return False
        known = bearers(code_of(office_of(office).words), fold(surname))
        held = [each for each in known if each.held_on(self._page.date)]
        return bool(held) and not any(each.is_named(person.words) for each in held)

    def _has_left(self, asked: Office, person: Person) -> bool:
        """Whether somebody held an office, but not on the day of the document."""
        date, code = self._page.date, code_of(asked.words)
        if not date or not code:
            return False
        known = [
            each for each in bearers(code, fold(person.words[-1])) if each.is_named(person.words)
        ]
        return bool(known) and not any(each.held_on(date) for each in known)

    def around(self, start: int, end: int) -> list[Mention]:
        """Return the mentions next before and next behind a stretch."""
        before = bisect_left(self.starts, start)
        behind = bisect_left(self.starts, end)
        return [*self.mentions[max(0, before - 1) : before], *self.mentions[behind : behind + 1]]

    def holders(self, phrase: str) -> Iterator[Person]:
        """Yield everybody with an office: "the Korean Ambassador"."""
        asked = office_of(phrase)
        for person in self.people:
            held = any(holds(asked, office_of(each)) for each in person.offices)
            if held and not self._has_left(asked, person):
                yield person

    def current(self, phrase: str) -> Iterator[tuple[Person, Holder]]:
        """Yield who is named and held an office on the day of the document by the table."""
        asked, date = office_of(phrase), self._page.date
        code = code_of(asked.words)
        if not code or not date or not _BORROWED.isdisjoint(phrase.lower().split()):
            return
        for person in self.people:
            ends = {fold(person.words[-1]): None, fold(person.words[0]): None}
            known = [each for end in ends for each in bearers(code, end) if each.held_on(date)]
            for holder in dict.fromkeys(known):
                if asked.state in {"", holder.country} and _is_holder(person, holder, code):
                    yield person, holder


def _folded(person: Person) -> list[str]:
    return [folded_word(word) for word in person.words]


def _nearness(person: Person, near: int) -> tuple[bool, bool, int, int]:
    """Return what makes somebody more likely than namesakes to be meant at a place."""
    last = person.last_before(near)
    return last is not None, len(person.words) > 1, len(person.places), last or -1


def _stem(adverb: str) -> str:
    """Return "happy" for "Happily"."""
    stem = adverb.lower().removesuffix("ly")
    return f"{stem[:-1]}y" if stem.endswith("i") else stem


def _unwrapped(text: str) -> str:
    """Return a text whose lines are broken within sentences with spaces for these breaks."""
    if text.count("\n") - 2 * text.count("\n\n") < _FEW_BREAKS:
        return text
    broken = sum(1 for _ in _WITHIN.finditer(text))
    if broken * _SHARE < sum(1 for _ in _BREAK.finditer(text)):
        return text
    return _BREAK.sub(lambda found: " " if _is_full(text, found.start()) else "\n", text)


def _is_full(text: str, end: int) -> bool:
    """Whether a line is so long that it may have been broken for its length."""
    return end - text.rfind("\n", 0, end) > _FULL_LINE


def _is_holder(person: Person, holder: Holder, code: str) -> bool:
    """Whether a person of a document is one of the table: not one with another office alone."""
    if not holder.is_named(person.words):
        return False
    codes = [code_of(office_of(each).words) for each in person.offices]
    return not codes or code in codes or len(person.words) > 1


def _fits(office: str, person: Person) -> bool:
    """Whether somebody is known to have an office, or nothing speaks against it."""
    if not office:
        return True
    asked = office_of(office)
    return any(
        holds(asked, known) or holds(known, asked) for known in map(office_of, person.offices)
    )


def _is_other(office: str, person: Person, place: int | None) -> bool:
    if not office or not person.offices:
        return False
    if place is not None and not person.titles and place > person.places[0]:
        return False
    return place is None or any(abs(place - each) < _BESIDE for each in person.places)


def _words(name: str) -> tuple[str, ...]:
    words = _SUFFIX.sub("", name).replace(",", " ").split()
    return tuple(word if is_initial(word) else word.rstrip(".") for word in words)


def _compatible(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether two names may be one person's: "Joe Lee" and "Joseph R. Lee", not "Ann Lee"."""
    if len(short) == 1 or len(full) == 1:
        return True
    if folded_word(short[-1]) != folded_word(full[-1]):
        return {folded_word(word) for word in short} <= {folded_word(word) for word in full}
    first, other = folded_word(short[0]), folded_word(full[0])
    begun = first[0] == other[0] and (is_initial(short[0]) or is_initial(full[0]))
    return begun or first == other or first[:2] == other[:2]
