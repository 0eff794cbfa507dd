"""Who is meant by an office: whom the document names with it, else who held it that day."""
# ruff: noqa: RUF001 - a pattern holds the marks that documents hold

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from archivist.intake.statements.parts import Speaker
from archivist.intake.statements.who.holders import code_of, holders_on
from archivist.intake.statements.who.naming import capitalised, singular_office, state_of
from archivist.intake.statements.who.posts import Office, holds, office_of

if TYPE_CHECKING:
    from archivist.intake.statements.parts import Page
    from archivist.intake.statements.who.persons import Person, Persons

_COMMA = re.compile(r",?\s*\(?")
_BEGINNING, _MARKS = 24, 8
_CHARS, _RECENT, _HEAD, _NEXT = 80, 1_400, 600, 250
_OFTEN, _FEW = 3, 2
_FULL, _OFFICE, _CLOSE, _DOUBTFUL, _AS_NAMED = 0.99, 0.93, 0.87, 0.75, 0.93
_OWN = (
    ("AU", re.compile(r"\b(?:Canberra|CANBERRA|Australian?|External Affairs|C(?i:ablegram))\b")),
    (
        "US",
        re.compile(
            r"\b(?:Department of State|Secretary of State|White House|Washington|United States|"
            r"U\.S\.|National Security Council|Press (?:Briefing|Secretary|Gaggle))"
        ),
    ),
    ("EC", re.compile(r"\b(?:Ecuador|Quito|Guayaquil)\b")),
)
"""By what the head of a document shows whose government issued it."""
_POST = re.compile(
    r"\b(?:Embassy|Legation|Consulate(?: General)?|Ambassador|Minister|Charg[ée](?: d.Affaires)?)"
    r"(?: \([^)]*\))? (?:in|at) (?:the )?(?P<where>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3})"
)
_ONE_STATE = frozenset(
    {"secretary-of-state", "defense-minister", "finance-minister", "vice-president"}
    | {"national-security-adviser"}
)
_OF_ONE = frozenset({"chancellor", "shah", "pope", "taoiseach", "bundeskanzler"})
_HOME = frozenset({"president", "secretary-of-state", "prime-minister", "vice-president"})


class Offices:
    """Resolves the offices that one document names without a name.

    Args:
        page: the document.
        persons: its persons.
    """

    def __init__(self, page: Page, persons: Persons) -> None:
        self._page = page
        self._persons = persons

    def read(self, phrase: str, position: int) -> Speaker:
        """Return who holds an office, where the document names them; else the office.

        Args:
            phrase: the office, without its article.
            position: where it stands.
        """
        if person := self._beside(phrase, position):
            return Speaker(person.name, person.role or phrase, "apposition", _FULL)
        plural = singular_office(phrase) != phrase
        if not plural and (held := self._at_home(phrase)):
            return held
        holders = [] if plural else list(self._persons.holders(phrase))
        if not plural and self._is_unnamed(phrase, holders):
            return Speaker(self._longest(phrase), phrase, "office", _CLOSE)
        if best := self._nearest(holders, phrase, position):
            person, certainty = best
            return Speaker(person.name, person.role, "office", certainty)
        if not plural and (held := self._of_the_day(phrase, position)):
            return held
        certainty = _CLOSE if self._may_be_named(phrase) else _AS_NAMED
        return Speaker(self._longest(phrase), phrase, "office", certainty)

    def label(self, phrase: str, position: int) -> Speaker:
        """Return who a label of a transcript means that is an office: "THE PRESIDENT"."""
        code = code_of(office_of(phrase).words)
        if self._own and code in _HOME and not self._at_home(phrase):
            others = [each for each in self._persons.holders(phrase) if not self._is_guest(each)]
            if not others:
                return Speaker(self._longest(phrase), phrase, "office", _OFFICE)
        found = self.read(phrase, position)
        return Speaker(found.name, found.role, found.how, max(found.certainty, _OFFICE))

    def _is_guest(self, person: Person) -> bool:
        """Whether the table knows somebody as holding an office elsewhere that day."""
        held = [
            holder.country
            for office in person.offices
            for other, holder in self._persons.current(office)
            if other is person
        ]
        return bool(held) and self._own not in held

    @cached_property
    def _own(self) -> str:
        """Whose document it is: the code of the country; empty if nothing tells."""
        head = f"{self._page.title}\n{self._page.text[:_HEAD]}"
        told = next((code for code, pattern in _OWN if pattern.search(head)), "")
        above = (
            holder.country
            for person, holder in self._persons.current("President")
            if person.places[0] < 0
        )
        return told or next(above, "")

    @cached_property
    def _abroad(self) -> str:
        """Where the post is that a document comes from or goes to."""
        post = _POST.search(self._page.title)
        if post is None:
            return ""
        words = post["where"].split()
        return next(filter(None, (state_of(word) for word in (" ".join(words), *words))), "")

    def _at_home(self, phrase: str) -> Speaker | None:
        """Return who holds an office of the issuing country: "the Secretary", "the President".

        Not where the document comes from a post abroad, nor where its head names another holder.
        """
        asked = office_of(phrase)
        code = code_of(asked.words)
        if not self._own or code not in _HOME or asked.state not in {"", self._own}:
            return None
        known = dict.fromkeys(
            person
            for person, holder in self._persons.current(phrase)
            if holder.country == self._own
        )
        if len(known) != 1:
            return None
        person = next(iter(known))
        sure = code in _ONE_STATE or not (self._abroad or self._has_others(phrase, person))
        if not sure:
            return None
        return Speaker(person.name, person.role or phrase, "holder", _OFFICE)

    def _is_unnamed(self, phrase: str, holders: list[Person]) -> bool:
        """Whether an office is that of the issuing country, and nobody named is who holds it.

        Others who hold the like elsewhere are named: "the President" is not President Venn.
        """
        code, title = code_of(office_of(phrase).words), self._page.title
        if code not in _HOME or any(each.places[0] < 0 for each in holders):
            return False
        if f"the {phrase}" in title or self._takes_part(phrase):
            return True
        held = self._own and any(
            holder.country == self._own for holder in holders_on(code, self._page.date)
        )
        state = office_of(phrase).state in {"", self._own}
        return bool(held) and state and not self._abroad and all(map(self._is_guest, holders))

    def _takes_part(self, phrase: str) -> bool:
        """Whether an office alone is a line at the head: in a list of participants."""
        return phrase in self._participants

    @cached_property
    def _participants(self) -> frozenset[str]:
        lines = (line.strip(" \t-–—*•,;:") for line in self._page.text[:_RECENT].splitlines())
        return frozenset(line.removeprefix("The ") for line in lines)

    def _has_others(self, phrase: str, person: Person) -> bool:
        """Whether the head of a document names others with an office, and not somebody."""
        named = person.places[0] < _HEAD
        others = (each for each in self._persons.holders(phrase) if each is not person)
        return not named and any(each.places[0] < _RECENT for each in others)

    def _of_the_day(self, phrase: str, position: int) -> Speaker | None:
        """Return who is named without the office, and held it on the day of the document."""
        code = code_of(office_of(phrase).words)
        if phrase == "Secretary" and self._own != "US":
            return None
        known = dict(self._persons.current(phrase))
        if not known:
            return None
        here = [person for person, holder in known.items() if holder.country == self._abroad]
        if len(known) == 1 or len(here) == 1:
            person = here[0] if len(here) == 1 else next(iter(known))
            asked, country = office_of(phrase), known[person].country
            shown = asked.state == country or country in {self._own, self._abroad}
            sure = shown or code in _ONE_STATE or phrase.lower() in _OF_ONE
            certainty = _OFFICE if sure else _DOUBTFUL
            return Speaker(person.name, person.role or phrase, "holder", certainty)
        best = self._nearest(list(known), phrase, position)
        return best and Speaker(best[0].name, best[0].role or phrase, "holder", _DOUBTFUL)

    def _may_be_named(self, phrase: str) -> bool:
        """Whether who holds a bare office may be somebody named again and again without one."""
        often = (len(each.places) >= _OFTEN and not each.offices for each in self._persons.people)
        return " " not in phrase and any(often)

    def _beside(self, phrase: str, position: int) -> Person | None:
        """Return whose name stands before or behind the very office, with a comma between."""
        text = self._page.text
        at = text.find(phrase[:_BEGINNING], position, position + _CHARS)
        if at < 0:
            return None
        last = phrase.rpartition(" ")[2]
        tail = text.find(last, at + max(0, len(phrase) - len(last) - 1), at + len(phrase) + _MARKS)
        if tail < 0:
            return None
        end = tail + len(last)
        for mention in self._persons.around(at, end):
            between = text[end : mention.start] or text[mention.end : at]
            full = mention.kind == "person" and " " in mention.name
            if full and _COMMA.fullmatch(between):
                return self._persons.person_of(mention)
        return None

    def _nearest(
        self, holders: list[Person], phrase: str, position: int
    ) -> tuple[Person, float] | None:
        """Return the holder named last before a place, and how sure that is."""
        above = [person for person in holders if person.places[0] < 0]
        if len(above) == 1 and " " not in phrase and not self._is_beside(holders, above, position):
            return above[0], _OFFICE
        before = [(person.last_before(position), person) for person in holders]
        near = [(at, person) for at, person in before if at is not None and at >= 0]
        last = max(near, key=lambda each: each[0], default=None)
        if last and position - last[0] <= _RECENT:
            return last[1], _OFFICE if len(holders) == 1 else _CLOSE
        title = [person for person in holders if person.places[0] < 0]
        if len(title) == 1:
            return title[0], _OFFICE
        if last and (len(office_of(phrase).words) > 1 or len(holders) == 1):
            return last[1], _DOUBTFUL
        if len(holders) == 1 and not near:
            return holders[0], _DOUBTFUL
        return None

    def _is_beside(self, holders: list[Person], above: list[Person], position: int) -> bool:
        """Whether another holder than that of the title is named just before a place."""
        others = (each.last_before(position) for each in holders if each not in above)
        return any(at is not None and position - at < _NEXT for at in others)

    def _longest(self, phrase: str) -> str:
        """Return an office in the fullest form of the document; as it is if there is none."""
        asked = office_of(phrase)
        fuller = [
            mention.office
            for mention in self._persons.mentions
            if mention.kind == "office"
            and _spells(asked, office_of(mention.office))
            and singular_office(mention.office) == mention.office
        ]
        best = max([phrase, *fuller], key=len)
        return capitalised(best) if best.isupper() else best[:1].upper() + best[1:]


def _spells(asked: Office, known: Office) -> bool:
    """Whether an office is the one asked for, and says no state that was not asked for."""
    return (
        holds(asked, known)
        and known.state in {"", asked.state}
        and asked.state in {"", known.state}
    )
