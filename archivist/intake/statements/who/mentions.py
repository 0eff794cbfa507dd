"""Where a text names persons, offices, bodies and states: one pass over its capitalised words."""
# ruff: noqa: RUF001 - patterns hold the very marks that documents hold

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from archivist.intake.statements.who.beside import (
    JOINING,
    office_before,
    office_behind,
    stands_between,
)
from archivist.intake.statements.who.naming import (
    WordKind,
    begins_surname,
    folded_word,
    gender_of,
    is_given,
    is_initial,
    is_lasting,
    is_ordinary,
    is_particle,
    is_surname,
    kind_of,
    leads_on,
    may_be_surname,
    singular_office,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MentionKind: TypeAlias = Literal["person", "office", "body", "state"]
_LETTERS = (*range(0x600), *range(0x1E00, 0x1F00), *range(0xFB00, 0xFB07))
_LOWER = "".join(letter for letter in map(chr, _LETTERS) if letter.islower())
_UPPER = rf"[^\W\d_{_LOWER}]"
_WORD = rf"(?:(?:{_UPPER}\.)+(?:-{_UPPER}\.)?|{_UPPER}[\w’'\-]*(?:/{_UPPER}[\w’'\-]*)?\.?)"
_LINKS = (
    r"of|for|to|in|and|on|at|the|with|de|del|la|las|los|el|y|e|du|des|le|les|et|à|a|au|"
    r"aux|en|von|vom|van|der|den|dem|für|und|zu|im|het|voor|da|do|dos|das|di|della|dei|al|bin|ibn|"
    r"ten|ter|na|no|em|по|при|и"
)
_GAP = r"[ \xa0\u202f]"
_RUN = re.compile(rf"{_WORD}(?:{_GAP}(?:(?:{_LINKS}){_GAP}){{0,3}}(?:[dl]['’])?{_WORD})*")
_TOKEN = re.compile(
    r"[dl]['’](?=[^\W\d_])|(?<=\s)\S+?[a-z](?=-[A-Z]{2,5}(?!\S))|(?P<of>-[A-Z]{2,5}(?!\S))|\S+"
)
"""A word of a run; "of" is whose somebody is: "Ann Lee-ZMB"."""
_OWNERS = ("'s", "\u2019s", "'S", "\u2019S", "'", "\u2019")
_LEFT_REACH = 100
_MOST_NAMES = 5
_GREAT_LINKS = frozenset({"OF", "FOR", "AND", "TO", "THE", "DE", "DEL", "Y"})
"""Small words in a heading all in capitals."""
_FAMILIES = frozenset({"Le", "Do", "La", "Tu"})
"""Family names before two others that are small words elsewhere: "Do Van Lee"."""
_LAST_NAMES = frozenset({"King", "Prince", "Pope", "Bishop", "Judge", "Major"})
"""Offices that are family names behind two others."""
_SHORTEST_DOING, _LONG_DOING, _FULL = 6, 9, 2
_ENDINGS = ("ly", "ed", "ing", "s")
_BEHIND_NAMES = frozenset({"aboard", "via", "from", "before", "after", "during", "alone", "here"})
"""Of ordinary words behind a given name and a family name, those that are no second one."""
_UNSETTLED = frozenset({"name", "other", "body", "state"})
_TITLING = frozenset({"address", "office", "initial"})
_NAMING = frozenset({"name", "initial", "address", "other"})
_APART = re.compile(r"(?:Minister|President|Secretary|Ambassador|Chancellor|Chairman|Director)$")
"""In English no name stands behind "the Minister": a new clause begins with it."""
_CACHED = 16_384
_YOUNGER = re.compile(r",?\s(?:Jr\.|Sr\.|III?\b|IV\b)")


class Mention(NamedTuple):
    """A person, office, body or state where a text names it.

    Attributes:
        start: where it begins, office included; negative in the title.
        end: where it ends.
        kind: what it is.
        name: the personal name, or the name of the body or state; empty for an office alone.
        office: the office as written beside the name, forms of address left out.
        address: a form of address before it: "Mr.".
        possessive: whether 's follows it.
        joined: whether "and" joins it to the mention before.
    """

    start: int
    end: int
    kind: MentionKind
    name: str = ""
    office: str = ""
    address: str = ""
    possessive: bool = False
    joined: bool = False

    @property
    def gender(self) -> str:
        """Return "m" or "f" where address, office or given name tells it, else ""."""
        words = (*self.address.split(), *self.office.split(), *self.name.split()[:1])
        return next(filter(None, map(gender_of, words)), "")


class _Token(NamedTuple):
    word: str
    start: int
    end: int
    kind: WordKind


class _Part(NamedTuple):
    """An office or a body, and the name behind it, of a run of capitalised words."""

    front: list[_Token]
    name: list[_Token]
    joined: bool


def find_mentions(text: str, shift: int = 0) -> list[Mention]:
    """Return the mentions of a text in order.

    Args:
        text: to be read.
        shift: added to all places.
    """
    found = [
        Mention(each[0] + run.start(), each[1] + run.start(), *each[2:])
        for run in _RUN.finditer(text)
        for each in _of_run(run.group())
    ]
    found = [
        _with_office(each, found[at - 1] if at else None, text) for at, each in enumerate(found)
    ]
    if not shift:
        return found
    return [each._replace(start=each.start + shift, end=each.end + shift) for each in found]


@lru_cache(_CACHED)
def _of_run(text: str) -> tuple[Mention, ...]:
    """Return the mentions of a run of capitalised words; the same come again and again."""
    if text.isalpha():
        return _of_word(text)
    read = [
        _Token(match.group(), match.start(), match.end(), kind_of(match.group()))
        for match in _TOKEN.finditer(text)
        if match.start() == 0 or not match["of"]
    ]
    tokens = [_in_place(read, at) for at in range(len(read))]
    return tuple(mention for part in _parts(tokens) for mention in _mentions(part, text))


def _of_word(word: str) -> tuple[Mention, ...]:
    """Return what a word by itself names: most that begin a sentence name nothing."""
    kind = kind_of(word)
    if kind == "name":
        if is_ordinary(word) and not is_given(word):
            return ()
        return (Mention(0, len(word), "body" if word.isupper() else "person", word),)
    if kind == "office":
        return (Mention(0, len(word), kind, office=word),)
    if kind in {"body", "state"}:
        return (Mention(0, len(word), "body" if kind == "body" else "state", word),)
    return (Mention(0, len(word), "state", word),) if word == "States" else ()


def _in_place(tokens: Sequence[_Token], at: int) -> _Token:
    """Return a word as what it is between the others of its run."""
    token = tokens[at]
    if token.kind not in _UNSETTLED and token.word not in _GREAT_LINKS:
        return token
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if token.word in _GREAT_LINKS and before and after and before.word.isupper():
        return token._replace(kind="link") if after.word.isupper() else token
    named = after is not None and after.kind == "name"
    if len(token.word) == 1:
        return token._replace(kind="initial") if _is_bare_initial(tokens, at) else token
    if token.kind == "state":
        return token._replace(kind="name") if named and is_given(token.word) else token
    small = token.kind == "other" or (token.kind == "body" and is_given(token.word))
    if small and named and (is_given(token.word) or token.word in _FAMILIES):
        full = token.word == "Le" or (at + 2 < len(tokens) and tokens[at + 2].kind == "name")
        return token._replace(kind="name") if full or is_given(token.word) else token
    begins = before is None or before.kind == "other"
    short = begins and _is_short(token, after)
    if token.kind != "name" or not (short or _is_no_name(tokens, at)):
        return token
    within = after is not None and after.kind == "name" and _has_office(tokens[:at])
    return token._replace(kind="part" if within else "other")


def _is_bare_initial(tokens: Sequence[_Token], at: int) -> bool:
    """Whether a letter without a full stop is one of a name: "Mr J D Lee", "Ann B Lee"."""
    behind = next((each for each in tokens[at + 1 :] if len(each.word) > 1), None)
    if tokens[at].word == "I" or behind is None or behind.kind != "name":
        return False
    before = tokens[at - 1] if at else None
    if before is not None and len(before.word) == 1:
        return before.word != "I"
    if before is not None and (before.kind in _TITLING or is_given(before.word)):
        return True
    return len(tokens[at + 1].word) == 1


def _is_no_name(tokens: Sequence[_Token], at: int) -> bool:
    """Whether an ordinary word with a capital belongs to no name: it begins a sentence, a title."""
    word = tokens[at].word
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    behind = before is not None and before.kind == "name"
    if before is not None and behind and _is_doing(word):
        long = len(word) > _LONG_DOING and not is_given(before.word)
        return long if at == 1 else tokens[at - 2].kind == "name"
    if after is not None and after.kind not in _NAMING and not (behind and after.kind == "link"):
        return False
    if not is_ordinary(word) or is_given(word):
        return False
    if before is None or before.kind == "other":
        return True
    if before.kind in {"initial", "address", "link"} or is_given(before.word):
        return False
    if behind and at > 1 and tokens[at - 2].kind == "name":
        return word.lower().endswith(_ENDINGS) or word.lower() in _BEHIND_NAMES
    return before.kind != "office" or (after is not None and after.kind in {"name", "initial"})


def _is_short(token: _Token, after: _Token | None) -> bool:
    """Whether the short form of a body stands right before a name: "FTA Lee"."""
    word = token.word
    short = word.isalpha() and word.isupper() and len(word) > 1 and not is_given(word)
    return short and after is not None and after.kind == "name" and after.word[1:].islower()


def _is_doing(word: str) -> bool:
    return len(word) > _SHORTEST_DOING and word.lower().endswith("ing") and not is_surname(word)


def _has_office(tokens: Sequence[_Token]) -> bool:
    return any(each.kind == "office" for each in tokens)


def _parts(tokens: Sequence[_Token]) -> Iterator[_Part]:
    """Cut a run where a name ends and the next person, office or body begins."""
    part, links = _Part([], [], joined=False), []
    for read, following in pairwise([*tokens, None]):
        if read is None or read.kind == "link":
            links += [read] if read else []
            continue
        token = read
        if read.kind != "name" and (_goes_on(part, links, read) or _begins(read, following)):
            token = read._replace(kind="name")
        joined = bool(links) and links[0].word in JOINING
        if _breaks(part, links, token, following):
            yield part
            part, links = _Part([], [], joined), []
        _take(part, links, token)
        links = []
        if _ends(token.word) and (part.name or token.word[-1] == "."):
            yield part
            part = _Part([], [], joined=False)
    yield part


def _goes_on(part: _Part, links: list[_Token], token: _Token) -> bool:
    """Whether a word that is none of a name is one here: behind a given name or an initial."""
    if links or not part.name or token.kind in {"name", "initial", "address"}:
        return False
    if len(part.name) == _FULL and token.word in _LAST_NAMES:
        return is_given(part.name[0].word)
    if token.kind == "other" and not may_be_surname(token.word):
        return False
    before = part.name[-1].word
    return is_initial(before) or (len(part.name) == 1 and is_given(before))


def _begins(token: _Token, following: _Token | None) -> bool:
    """Whether a particle with a capital begins a surname: "General De Gaulle"."""
    return begins_surname(token.word) and following is not None and following.kind == "name"


def _breaks(part: _Part, links: list[_Token], token: _Token, following: _Token | None) -> bool:
    if token.kind == "other":
        return True
    if not part.name and not (links and part.front):
        return False
    joined = bool(links) and links[0].word in JOINING
    if not part.name:
        if not leads_on((folded_word(each.word) for each in part.front), links[0].word):
            return True
        titled = token.kind in {"address", "office"}
        return joined and (titled or not any(each.kind == "link" for each in part.front))
    if not links and (token.kind == "body" or _is_short_form(part, token)):
        return token.kind == "body" and _is_titled(part)
    if token.kind not in {"name", "initial"} or len(part.name) >= _MOST_NAMES:
        return True
    if joined or not all(is_particle(each.word) for each in links):
        return True
    return _begins_anew(part, token, following)


def _begins_anew(part: _Part, token: _Token, following: _Token | None) -> bool:
    """Whether a given name behind a full name begins the next of a list: "Ann Lee John Hale".

    Behind initials it does only before another name: "A.B. Hale Lloyd" is one person.
    """
    if len(part.name) < _FULL or not is_given(token.word):
        return False
    first, last = part.name[0].word, part.name[-1].word
    if is_initial(first) and (following is None or following.kind not in {"name", "initial"}):
        return False
    begun = is_given(first) or is_initial(first)
    return begun and not (is_given(last) or is_initial(last) or is_particle(last))


def _is_titled(part: _Part) -> bool:
    """Whether a name with an office is complete: "President Venn" of "President Venn Cabinet"."""
    named = not any(is_ordinary(each.word) for each in part.name)
    return named and bool(part.front) and part.front[-1].kind == "office"


def _is_short_form(part: _Part, token: _Token) -> bool:
    """Whether what looked like a name is the short form of a body: "CIA Deputy Director"."""
    short = len(part.name) == 1 and not part.front and part.name[0].word.isupper()
    return short and token.kind in {"office", "part"}


def _take(part: _Part, links: list[_Token], token: _Token) -> None:
    """Add a word to what it belongs to: the name, or the office or body before it."""
    if token.kind == "other":
        return
    if token.kind in {"name", "initial"} and (part.name or not (links and part.front)):
        part.name.extend([*links, token] if part.name else [token])
        return
    if part.name:
        part.front.extend(part.name)
        part.name.clear()
    if part.front:
        part.front.extend(links)
    part.front.append(token)


def _ends(word: str) -> bool:
    return word.endswith(_OWNERS) or (word.endswith(".") and not is_lasting(word))


def _mentions(part: _Part, text: str) -> Iterator[Mention]:
    front = part.front
    address = " ".join(each.word for each in front if each.kind == "address")
    titled = [each for each in front if each.kind != "address"]
    head = _head(titled) if titled else None
    if not part.name:
        if titled and head:
            yield _mention(titled, text, head, joined=part.joined)
        return
    if head != "office" and titled:
        if head == "body":
            yield _mention(titled, text, "body", joined=part.joined)
        titled = []
    start = front[0].start if address or titled else part.name[0].start
    named = _mention(part.name, text, "person", joined=part.joined)
    if not titled and not address and named.name.isupper() and " " not in named.name:
        yield named._replace(kind="body")
        return
    office = " ".join(text[titled[0].start : titled[-1].end].split()) if titled else ""
    yield named._replace(start=start, office=singular_office(office), address=address)


def _head(tokens: Sequence[_Token]) -> MentionKind | None:
    """Return what a phrase is by its head: the last office or body before "of"."""
    found: MentionKind | None = None
    for token in tokens:
        if token.kind == "link":
            break
        if token.kind in {"office", "body"}:
            found = token.kind
        elif token.kind == "state" and found is None:
            found = "state"
    if found is None and tokens[-1].word == "States":
        return "state"
    return found


def _mention(tokens: Sequence[_Token], text: str, kind: MentionKind, *, joined: bool) -> Mention:
    start, end = tokens[0].start, tokens[-1].end
    words = " ".join(text[start:end].split())
    owner = next((mark for mark in _OWNERS if words.endswith(mark)), "")
    words = words[: len(words) - len(owner)]
    if words.endswith(".") and not is_lasting(tokens[-1].word):
        words, end = words[:-1], end - 1
    named, office = ("", words) if kind == "office" else (words, "")
    return Mention(start, end, kind, named, office, possessive=bool(owner), joined=joined)


def _with_office(person: Mention, before: Mention | None, text: str) -> Mention:
    """Give a person the office that stands before or behind the name, in small letters too."""
    if person.kind != "person":
        return person
    if younger := _YOUNGER.match(text, person.end):
        person = person._replace(name=person.name + younger.group(), end=younger.end())
    if person.office and text.startswith("the ", person.start - 4) and _APART.match(person.office):
        return person._replace(start=person.end - len(person.name), office="")
    if person.office:
        return person
    if before is not None and before.kind == "office":
        between = text[before.end : person.start]
        if stands_between(between) and (" " in person.name or "(" in between):
            return person._replace(office=before.office)
    beside = text[max(0, person.start - 2) : person.start].strip(" \xa0")
    may = beside in {"", ",", "("} or beside.islower()
    office = office_before(text[max(0, person.start - _LEFT_REACH) : person.start]) if may else ""
    if office:
        return person._replace(office=office)
    if " " in person.name and not person.possessive:
        return person._replace(office=office_behind(text, person.end))
    return person


@lru_cache(_CACHED)
def named_in(phrase: str) -> Mention | None:
    """Return what a phrase is about: its person, else its first office, body or state."""
    mentions = find_mentions(phrase)
    people = [mention for mention in mentions if mention.kind == "person"]
    return next(iter(people or mentions), None)
