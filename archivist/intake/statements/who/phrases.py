"""Who a noun phrase of a document names: a name, an office, a body, or several of them."""
# ruff: noqa: E501, RUF001 - a pattern reads best in one line, and holds the marks that documents hold

from __future__ import annotations

import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

from archivist.intake.statements.parts import Speaker
from archivist.intake.statements.who.mentions import named_in
from archivist.intake.statements.who.naming import (
    capitalised,
    is_article,
    is_particle,
    kind_of,
    letters_of,
    pronoun_of,
)
from archivist.intake.statements.who.offices import Offices
from archivist.intake.statements.who.posts import Office, holds, office_of
from archivist.intake.statements.who.writers import Writers

if TYPE_CHECKING:
    from archivist.intake.statements.parts import Page
    from archivist.intake.statements.who.mentions import Mention
    from archivist.intake.statements.who.persons import Person, Persons

EDGES = " \t\n\u00a0\u202f,;:.“”\"‘’'«»„()[]–—"
ROUND = re.compile(r"\s?[(\[][^)\]]{1,60}[)\]]")
_BOTH = re.compile(
    r"(?:the |both |these |los |las |les |die |de |i |os |as )?(?:two |both |dos |deux |beiden |"
    r"twee |due |dois |duas )?(?P<who>leaders|sides|parties|principals|countries|governments|delegations|"
    r"heads of state(?: and government)?|officials|men|líderes|partes|dirigeants|parties|Politiker|"
    r"Seiten|partijen|(?:\w+ )?(?:ministers|presidents|secretaries|envoys|ambassadors|mandatarios|"
    r"cancilleres|ministros|presidentes|ministres|présidents|Präsidenten|ministri))$",
    re.IGNORECASE,
)
_LEADERS = frozenset({"leaders", "mandatarios", "líderes", "dirigeants", "heads"})
_HEADS = re.compile(
    r"\b(?:president|prime minister|premier|chancellor|king|queen|emir|sultan|emperor|presidente|"
    r"primer ministro|rey|président|bundeskanzler\w*|taoiseach|crown prince)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r",\s+(?:and\s+)?|\s+(?:and|y|e|et|und|en|и|&)\s+(?=\S)")
_LISTED = re.compile(
    r"^(?:\d+\.\s)?(?:The\s|the\s)?(?P<names>(?:[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+){0,2},\s)+)$"
)
_AND = re.compile(r"\s(?:and|y|e|et|und|en|и|&)\s")
_WHICH_OF_THEM = re.compile(r"(?:recent|new|latest|same|separate|subsequent|earlier) (?=[A-Z])")
"""Words before the name of a body that are not of it."""
_SHORT_FORM = re.compile(r"[A-Z]{2,4}")
SUBJECTLESS = frozenset({"es", "pt", "it"})
"""Languages whose sentences may begin with their verb, which then looks like a name."""
_LONGEST, _RECENT = 24, 1_400
_TWO, _OFTEN, _NAME_CHARS = 2, 3, 120
_ALIKE, _SHORTEST_ALIKE = 84, 6
_SURE, _FULL, _SHORT, _OFFICE, _CLOSE, _DOUBTFUL = 0.99, 0.99, 0.97, 0.93, 0.87, 0.75
_PAIR, _AS_NAMED, _UNKNOWN = 0.9, 0.93, 0.6


class Phrases:
    """Resolves the noun phrases of one document.

    Args:
        page: the document.
        persons: its persons.
    """

    def __init__(self, page: Page, persons: Persons) -> None:
        self._page = page
        self._persons = persons
        self._offices = Offices(page, persons)
        self._writers = Writers(page, self.read)
        self._known: dict[tuple[str, int], Speaker] = {}

    def read(self, words: str, position: int) -> Speaker:
        """Return who a name, an office, a body or several of them are.

        Args:
            words: the phrase, without marks around it.
            position: where it stands: an office is mostly that of somebody named shortly before.
        """
        key = (words, self._page.paragraph_number(position))
        if key not in self._known:
            self._known[key] = self._read(words, position)
        return self._known[key]

    def _read(self, words: str, position: int) -> Speaker:
        if both := _BOTH.match(words):
            found = self._both(both["who"])
            return found or Speaker(plain(words), how="pair", certainty=_UNKNOWN)
        if several := self._several(words, position):
            return several
        if _SHORT_FORM.fullmatch(words) and (person := self._by_letters(words)):
            return Speaker(person.name, person.role, "letters", _SHORT)
        mention = named_in(words)
        head = _head(words)
        if mention is not None and mention.kind == "person" and _is_of_a_thing(words):
            return self._of_body(plain(words))
        titled = mention is not None and bool(mention.office or mention.address)
        if mention is not None and mention.kind == "person" and (titled or not head):
            return self._of_name(mention, position)
        if head == "office" or (mention is not None and mention.kind == "office"):
            return self._offices.read(plain(words), position)
        return self._of_body(plain(words))

    def _by_letters(self, letters: str) -> Person | None:
        """Return the only person of the document with these first letters: "TTK said"."""
        if self._spelt_out(letters) or kind_of(letters) != "name":
            return None
        known = [
            each
            for each in self._persons.people
            if len(each.words) > 1 and each.sure and letters_of(each.words) == letters
        ]
        return known[0] if len(known) == 1 else None

    def label(self, label: str, position: int) -> Speaker:
        """Return who a label of a transcript stands for; who asks without a name stays "Q"."""
        bare = label.strip(EDGES)
        if is_asker(bare):
            return Speaker(bare if len(bare) == 1 else bare.upper(), how="label", certainty=_SURE)
        words = capitalised(bare) if bare.isupper() else bare
        mention = named_in(words)
        if mention is None or mention.kind in {"body", "state"}:
            return Speaker(plain(words), how="label", certainty=_SURE)
        if mention.kind == "person":
            return self._of_labelled(mention, words)
        found = self._offices.label(plain(words), position)
        return Speaker(found.name, found.role, "label", found.certainty)

    def _of_labelled(self, mention: Mention, words: str) -> Speaker:
        person = self._persons.named(mention.name, mention.office)
        if person is None:
            return Speaker(words, mention.office, "label", _SHORT)
        person = self._as_spelt(person) or person
        return Speaker(person.name, person.role, "label", _SURE)

    def _as_spelt(self, person: Person) -> Person | None:
        """Return who is meant by a surname that is a slip of the pen: named once, like another."""
        surname = person.words[-1].lower()
        if len(person.words) > 1 or len(person.places) > 1 or len(surname) < _SHORTEST_ALIKE:
            return None
        others = [
            other
            for other in self._persons.people
            if other is not person and ratio(other.words[-1].lower(), surname) >= _ALIKE
        ]
        return others[0] if len(others) == 1 else None

    # Two and more

    def pair(self, offices: str = "") -> Speaker | None:
        """Return the two whom the title and the first lines name; None if there are none.

        Args:
            offices: what they are, if that is told: "ministers".
        """
        writers = self.signatory.name
        people = [each for each in self._persons.people if each.sure and each.name not in writers]
        if offices:
            asked = office_of(offices)
            people = [each for each in people if any(holds(asked, o) for o in _offices(each))]
        people.sort(key=lambda person: (person.places[0] >= 0, person.places[0]))
        if len(people) < _TWO:
            return None
        found = joint(people[:_TWO])
        above = sum(person.places[0] < 0 for person in people)
        doubtful = offices and len(people) > _TWO and above != _TWO
        return replace(found, certainty=_UNKNOWN) if doubtful else found

    def _both(self, who: str) -> Speaker | None:
        """Return whom "both leaders", "the ministers", "the two countries" mean."""
        if who.lower().partition(" ")[0] in _LEADERS:
            people = [
                person
                for person in self._persons.people
                if any(map(_HEADS.search, person.offices)) and person.places[0] < _RECENT
            ]
            return joint(people) if len(people) == _TWO else self.pair()
        if kind_of(who.rpartition(" ")[2]) == "office":
            return self.pair(who)
        return None

    def _several(self, words: str, position: int) -> Speaker | None:
        """Return joint speakers, if a phrase names several."""
        parts = [part for part in _SEVERAL.split(words) if part]
        if len(parts) < _TWO or len(words.split()) > _LONGEST:
            return None
        if len(parts) == _TWO and not _AND.search(words):
            return None
        mentions = [named_in(part) for part in parts]
        if not all(mentions) or not all(map(_stands_alone, parts)):
            return None
        if kind_of(parts[0].partition(" ")[0]) == "body" and parts[0].split()[0].endswith("s"):
            return None
        last = mentions[-1]
        if _head(parts[0]) and last and last.kind == "person" and not (last.office or last.address):
            return None
        kinds = {mention.kind for mention in mentions if mention}
        if kinds == {"office", "person"} and len(parts) == _TWO and ", " in words:
            return None
        if last is not None:
            parts = [*self._listed_before(position, last.kind), *parts]
        found = [self.read(part, position) for part in parts]
        names = [each.name for each in found]
        if not all(names) or len(set(names)) < len(names):
            return None
        roles = "; ".join(filter(None, (each.role for each in found)))
        certainty = min(each.certainty for each in found)
        if not all(map(self._is_known, filter(None, mentions))):
            certainty = min(certainty, _DOUBTFUL)
        return Speaker("; ".join(names), roles, "joint", certainty)

    def _listed_before(self, position: int, kind: str) -> list[str]:
        """Return the names of a list that stand before its last two: "Zembla, Ostra, X and Y"."""
        start, _ = self._page.sentence_at(position)
        left = self._page.text[max(start, position - _NAME_CHARS) : position]
        listed = _LISTED.search(left)
        if listed is None:
            return []
        parts = listed["names"].rstrip(", ").split(", ")
        mentions = [named_in(part) for part in parts]
        alike = all(mention is not None and mention.kind == kind for mention in mentions)
        alike = alike and not any(kind_of(part.split()[0]) == "other" for part in parts)
        return parts if alike and listed.start() == 0 else []

    def _is_known(self, mention: Mention) -> bool:
        """Whether what looks like a name is titled, or that of a person of the document."""
        if mention.kind != "person" or mention.office or mention.address:
            return True
        person = self._persons.named(mention.name)
        return person is not None and (person.sure or len(person.places) > 1)

    # One

    def _of_name(self, mention: Mention, position: int) -> Speaker:
        person = self._persons.named(mention.name, mention.office, position or sys.maxsize)
        titled = bool(mention.office or mention.address)
        if person is None:
            strange = not titled and self._page.language in SUBJECTLESS and " " not in mention.name
            title = f"{mention.office} " if mention.office and " " not in mention.name else ""
            certainty = _UNKNOWN if strange else _AS_NAMED
            return Speaker(f"{title}{mention.name}", mention.office, "name", certainty)
        if " " in mention.name:
            return Speaker(person.name, person.role or mention.office, "full", _FULL)
        once = len(person.places) == 1 and not person.sure and len(person.words) == 1
        certainty = _DOUBTFUL if once and self._page.language in SUBJECTLESS else _SHORT
        return Speaker(person.name, person.role or mention.office, "surname", certainty)

    def _of_body(self, words: str) -> Speaker:
        words = _WHICH_OF_THEM.sub("", words)
        full = self._spelt_out(words)
        mention = named_in(words)
        known = bool(full) or (mention is not None and mention.kind in {"body", "state"})
        group = _head(words) != "" or words[:1].isupper()
        certainty = _SHORT if known else _CLOSE if group and len(words) > 1 else _UNKNOWN
        return Speaker(full or words, how="body", certainty=certainty)

    def _spelt_out(self, words: str) -> str:
        """Return the name that a short form in brackets stands for: "… Health Agency (ZHA)"."""
        text = self._page.text
        at = text.find(f"({words})") if words.isupper() and " " not in words else -1
        if at < 0:
            return ""
        before = text[max(0, at - _NAME_CHARS) : at].split()
        for count in range(len(words) // 2, min(len(before), 2 * len(words) + 2) + 1):
            initials = "".join(word[0] for word in before[-count:] if word[0].isupper())
            if initials == words and before[-count][0].isupper():
                return " ".join(before[-count:])
        return ""

    @property
    def signatory(self) -> Speaker:
        """Who says "I" and "we" in a letter, a telegram or a note; an empty name if unknown."""
        return self._writers.signatory

    @property
    def addressee(self) -> Speaker:
        """Who is "you" in a letter or a telegram; an empty name if unknown."""
        return self._writers.addressee


def joint(people: list[Person]) -> Speaker:
    """Return several persons as one speaker."""
    roles = "; ".join(filter(None, (person.role for person in people)))
    return Speaker("; ".join(person.name for person in people), roles, "pair", _PAIR)


def plain(words: str) -> str:
    """Leave out the article before a name."""
    first, _, rest = words.partition(" ")
    return rest if rest and is_article(first) else words


def is_asker(label: str) -> bool:
    """Whether a label of a transcript is that of somebody who asks and is not named."""
    return pronoun_of(label.partition("(")[0].strip(" .")) == "askers"


def _offices(person: Person) -> list[Office]:
    return [office_of(each) for each in person.offices]


def _is_of_a_thing(words: str) -> bool:
    """Whether a name only tells which thing is meant: "the Lee report", "Lee's government"."""
    last = words.partition(",")[0].rpartition(" ")[2]
    return last.islower() and kind_of(last) != "office" and not is_particle(last)


def _head(words: str) -> str:
    """Return "office" or "body" where such a word, and "of" or "in" behind it, begin a phrase."""
    head = ""
    for word in words.split():
        kind = kind_of(word)
        if head and kind == "link":
            return head
        if kind in {"office", "body"}:
            head = kind
        elif kind in {"name", "initial"} and word[:1].isupper():
            return ""
    return head


def _stands_alone(part: str) -> bool:
    first = part.split(maxsplit=1)[0]
    return first[:1].isupper() or is_article(first) or kind_of(first) in {"office", "part"}
