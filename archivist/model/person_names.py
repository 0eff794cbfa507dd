"""A personal name read into its parts: family name, given names, who is the younger, whose wife.

Names come as lists write them ("Rusk, Dean"; "Malik, Y.A."; "Assad (Asad), Hafiz al-") and as texts
do ("General George C. Marshall"). Titles, ranks and offices before a name are taken off; particles
stay out of the comparison; what stands in brackets is another form of the name.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from archivist.model.name_words import name_words
from archivist.model.words import fold as fold_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"(?:[^\W\d_]|\d(?=n?[dr]d?\b))(?:[^\W_]|[’'‘`ʼ´](?=[^\W\d_]))*")  # noqa: RUF001
_APOSTROPHE = re.compile("[’'‘`ʼ´]")  # noqa: RUF001
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]?\s*")
_QUOTED = re.compile(r"\s[“\"]([^”\"]+)[”\"]")
_REIGN = re.compile(r"(?:x{0,2}(?:ix|iv|v?i{0,3}))")
_GLUED = re.compile(r"(?<=\.)(?=[^\W\d_])")
_SMALL = re.compile(r" ([a-z]+)(?= |$)")
_DIGIT = re.compile(r"\d{2}")
_LONGEST = 200
_JOINING = frozenset({"of", "for", "to", "the", "and", "in", "at", "from"})
_OTHERS = frozenset({"later", "also", "from", "until", "see", "formerly", "née", "nee", "code"})


class Name(NamedTuple):
    """One form of a personal name; every part folded.

    Attributes:
        family: words of the family name, without particles; of a name in natural order the last
            word.
        given: given names and initials in order, without titles.
        younger: "jr", "sr", "ii", or empty.
        wife: whether it may be a husband's name with "Mrs." before it.
        inverted: whether a comma tells which is the family name.
    """

    family: tuple[str, ...]
    given: tuple[str, ...] = ()
    younger: str = ""
    wife: bool = False
    inverted: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Every word of the name, given names first."""
        return self.given + self.family


@functools.lru_cache(maxsize=65_536)
def read_names(said: str) -> tuple[Name, ...]:
    """Return the forms of a name, the main one first; none where it holds no word of a name.

    Args:
        said: as a list or a text writes it, at most 200 letters of it are read.
    """
    text = " ".join(said[:_LONGEST].replace("—", ", ").split())
    bracketed = _BRACKETS.findall(text) + _QUOTED.findall(text)
    bare = _until_small(_QUOTED.sub(" ", _BRACKETS.sub(_gap, text)).strip(" ,;"))
    main = _read(bare)
    if bracketed and (main is None or _is_office_alone(_words(bare.partition(",")[0]))):
        bracketed, main = bracketed[1:], _read(bracketed[0])
    if main is None:
        return ()
    found = [main]
    before_comma = text.partition(",")[0]
    for other in bracketed:
        in_family = main.inverted and f"({other}" in before_comma
        found += _other_forms(main, other, in_family=in_family)
    return tuple(dict.fromkeys(found))


def is_body(said: str) -> bool:
    """Whether a name is a body's, and no person's: "Ministry of Finance".

    Behind a body's office somebody may be named: "White House Press Secretary Oren Sabel".
    """
    known = name_words()
    words = _words(said.partition(",")[0])
    folded = [fold(word) for word in words]
    if len(words) == 1 or known.bodies.isdisjoint(folded):
        return False
    named = None if known.posts.isdisjoint(folded) else _natural(words, "", wife=False)
    return named is None or not named.given or not known.bodies.isdisjoint(named.words)


def before_name(said: str) -> str:
    """Return the office that stands before a name in natural order; empty where there is none."""
    words = said.split()
    offices = [at for at, word in enumerate(words[:-1]) if fold(word) in name_words().offices]
    return " ".join(words[: offices[-1] + 1]) if offices and "," not in said else ""


def fold(word: str) -> str:
    """Fold a word of a name; apostrophes within it are left out, however they are written."""
    return fold_word(_APOSTROPHE.sub("", word))


def _until_small(text: str) -> str:
    """Return what stands before the first small word that is no particle: “Ada Tarrow aboard …”."""
    if text[:1].isupper():
        known = name_words()
        for match in _SMALL.finditer(text):
            if match[1] not in known.particles and match[1] not in known.offices:
                return text[: match.start()]
    return text


def _gap(match: re.Match[str]) -> str:
    """Return what stands instead of brackets: nothing before a comma."""
    return "" if match.string[match.end() : match.end() + 1] in {",", ""} else " "


def _read(text: str) -> Name | None:
    known = name_words()
    parts = [_words(part) for part in text.split(",")]
    younger = ""
    rest: list[list[str]] = []
    for part in parts:
        if part and all(fold(word) in known.younger for word in part):
            younger = known.younger[fold(part[0])]
        elif part:
            rest.append(part)
    if not rest:
        return None
    if len(rest) > 1 and _is_office_alone(rest[0]):
        rest = rest[1:]
    wife = any(fold(word) in known.wives for part in rest[:2] for word in part)
    if len(rest) == 1 or _is_office_behind(rest):
        return _natural(rest[0], younger, wife=wife)
    family = _plain(rest[0])
    given, mark = _given(rest[1])
    if not family:
        return _natural(rest[1], younger, wife=wife)
    return Name(family, given, younger or mark, wife, inverted=True)


def _is_office_alone(words: Sequence[str]) -> bool:
    """Whether words are an office without a name: “Secretary of Defense”."""
    known = name_words()
    folded = [fold(word) for word in words]
    if (known.offices - _JOINING).isdisjoint(folded):
        return False
    return len(words) > 1 and _natural(words, "", wife=False) is None


def _is_office_behind(rest: Sequence[Sequence[str]]) -> bool:
    """Whether a comma stands between a name in natural order and an office, and turns nothing."""
    offices = name_words().offices - _JOINING
    before, behind = ([fold(word) for word in part] for part in rest[:2])
    if any(word in offices for word in before[:-1]):
        return True
    if len(before) == 1 or offices.isdisjoint(behind):
        return False
    return not _JOINING.isdisjoint(behind) or all(word in offices for word in behind)


def _words(text: str) -> list[str]:
    return _WORD.findall(_GLUED.sub(" ", text))


def _natural(words: Sequence[str], younger: str, *, wife: bool) -> Name | None:
    """Read a name whose family name stands last."""
    known = name_words()
    folded = [fold(word) for word in words]
    offices = [at for at, word in enumerate(folded[:-1]) if word in known.offices]
    left = list(words[offices[-1] + 1 :] if offices else words)
    if offices:
        ends = [at for at, word in enumerate(left) if fold(word) in known.tails]
        if folded[offices[-1]] in _JOINING and not ends:
            return None
        left = left[ends[-1] + 1 :] if ends else left
    if not left:
        return None
    while len(left) > 1 and fold(left[-1]) in known.younger:
        younger = younger or known.younger[fold(left.pop())]
    if len(left) > 1 and left[-1].isupper() and _REIGN.fullmatch(fold(left[-1])):
        younger = younger or fold(left.pop())
    given, _ = _given(left[:-1])
    family = _plain(left[-1:])
    if not family or len(family[0]) == 1 or not (given or younger or _may_be_name(family[0])):
        return None
    return Name(family, given, younger, wife)


def _may_be_name(word: str) -> bool:
    """Whether a word that stands alone may name somebody: “the President” does not."""
    return word not in name_words().offices and word not in name_words().titles


def _plain(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words of a family name without particles and titles, unless it is all of them."""
    known = name_words()
    folded = [word for word in map(fold, words) if word]
    bare = [word for word in folded if word not in known.particles and word not in known.titles]
    return tuple(bare or folded)


def _given(words: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return given names without titles and particles, and the mark of the younger among them."""
    known = name_words()
    mark = next((known.younger[fold(word)] for word in words if fold(word) in known.younger), "")
    kept: list[str] = []
    for word in words:
        folded = fold(word)
        initial = len(folded) == 1 and word.isupper()
        if initial or (
            len(folded) > 1
            and folded not in known.titles
            and folded not in known.offices
            and folded not in known.younger
            and folded not in known.particles
        ):
            kept.append(folded)
    surely = [word for word in kept if word not in known.both]
    return tuple(surely or kept), mark


def _other_forms(main: Name, other: str, *, in_family: bool) -> Iterable[Name]:
    """Yield the names that brackets make of the main one: “Henry M. (Scoop)”."""
    for text in re.split(r"[,;]| or ", other):
        words = [word for word in _words(text) if fold(word) not in _OTHERS]
        given, _ = _given(words)
        if not given or _DIGIT.search(text) or any(_is_service(word) for word in words):
            continue
        if in_family:
            yield main._replace(family=_plain(words))
        elif len(given) > 1 and len(given[-1]) > 1 and _is_whole(main, given):
            yield Name(given[-1:], given[:-1], main.younger, main.wife)
        elif main.given:
            yield main._replace(given=given)


def _is_service(word: str) -> bool:
    """Whether a word in brackets is an armed service's or a party's: USAF, CDU."""
    return len(word) >= len("CDU") and word.isupper()


def _is_whole(main: Name, given: tuple[str, ...]) -> bool:
    """Whether words in brackets are a whole name, and not given names alone."""
    return not main.inverted or not main.given or main.family[-1] == given[-1]
