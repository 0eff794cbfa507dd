"""How much two names are alike, and why: what agrees in family name and given names.

The comparison says which class of agreement two names fall into, in words; how far each class may
be trusted was measured on lists of names (`certainty`).
"""

from __future__ import annotations

import functools
from itertools import product
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from rapidfuzz.distance import Levenshtein

from archivist.model.name_words import full_forms
from archivist.model.spelling import bones, latin, sounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.model.person_names import Name

Family: TypeAlias = Literal["same", "sound", "near", "part"]
Given: TypeAlias = Literal[
    "same", "more", "first", "short", "written", "initials", "initial", "middle", "none"
]

Words: TypeAlias = tuple[str, ...]

_TOO_LITTLE: Final[dict[Family, frozenset[Given]]] = {
    "same": frozenset(),
    "part": frozenset({"middle", "initial"}),
    "sound": frozenset({"middle"}),
    "near": frozenset({"middle", "initial", "none", "written"}),
}
"""What must not be all that agrees in the given names, where the family names differ so much."""
_NONE, _INITIAL, _NEAR, _SHORT, _SOUND, _FULL = range(6)
_LONG_ENOUGH: Final = 5
_ASIDE: Final = ("", "jr", "sr")


class Likeness(NamedTuple):
    """What agrees in two names.

    Attributes:
        family: family names are the same, sound the same, are nearly the same, or one is a part.
        given: the same words; the first name and others as far as given on both sides; the first
            name alone; a short form; another spelling; two initials or more; one initial; names
            before or between which one side has another; or one side has none.
        younger: whether both say the same of who is the younger: True, False where only one says
            it.
    """

    family: Family
    given: Given
    younger: bool = True


@functools.lru_cache(maxsize=131_072)
def compare(one: Name, other: Name) -> Likeness | None:
    """Compare two names; None where they cannot be the same person's."""
    if one.wife != other.wife and one.given and other.given:
        return None
    younger = _younger(one.younger, other.younger)
    if younger is None:
        return None
    found = _likeness(one.family, one.given, other.family, other.given, younger=younger)
    if found is None and not (one.inverted and other.inverted):
        return _turned(one, other, younger=younger)
    return found


def _likeness(
    family: Words, given: Words, other_family: Words, other_given: Words, *, younger: bool
) -> Likeness | None:
    related = _family(family, other_family)
    agreed = _given(given, other_given) if related else None
    if related is None or agreed is None or agreed in _TOO_LITTLE[related]:
        return None
    return Likeness(related, agreed, younger)


def _turned(one: Name, other: Name, *, younger: bool) -> Likeness | None:
    """Compare names one of which may begin with the family name, or have two; all must agree."""
    for mine, theirs in product(_readings(one), _readings(other)):
        found = _likeness(*mine, *theirs, younger=younger)
        if found and found.given == "same" and found.family in {"same", "sound"}:
            return found
    return None


def _readings(name: Name) -> list[tuple[Words, Words]]:
    """Return family and given names as they may be meant; the most likely reading first."""
    found = [(name.family, name.given)]
    if name.inverted or not name.given:
        return found
    if len(name.given[0]) > 1:
        found.append((name.given[:1], name.given[1:] + name.family))
    if len(name.given) > 1 and len(name.given[-1]) > 1:
        found.append((name.given[-1:] + name.family, name.given[:-1]))
    return found


def _younger(one: str, other: str) -> bool | None:
    """Whether the marks of the younger agree; None where they say two different persons."""
    if one == other:
        return True
    if one and other:
        return None
    return None if "sr" in {one, other} and "jr" in {one, other} else False


def _family(one: tuple[str, ...], other: tuple[str, ...]) -> Family | None:
    if one == other:
        return "same"
    mine, theirs = "".join(one), "".join(other)
    if mine == theirs:
        return "same"
    if len(one) != len(other) and (one[0] == other[0] or one[-1] == other[-1]):
        return "part"
    if sounds(mine) == sounds(theirs):
        return "same" if _written_over(mine, theirs) else "sound"
    return "near" if _near(mine, theirs) else None


def _near(one: str, other: str) -> bool:
    if bones(one) != bones(other):
        return False
    mine, theirs = sounds(one), sounds(other)
    most = 2 if min(len(mine), len(theirs)) > _LONG_ENOUGH else 1
    return bool(Levenshtein.distance(mine, theirs, score_cutoff=most) <= most)


def _given(one: tuple[str, ...], other: tuple[str, ...]) -> Given | None:
    if not one or not other:
        return "none"
    if one == other:
        return "same" if any(len(word) > 1 for word in one) else _of_initials(len(one))
    if "".join(one) == "".join(other) and max(len(one), len(other)) > 1 and min(map(len, one)) > 1:
        return "same"
    short, long = sorted((one, other), key=len)
    grades = _aligned(short, long)
    if grades is None:
        return None
    return _graded(grades, len(long))


def _aligned(short: Sequence[str], long: Sequence[str]) -> list[tuple[int, int]] | None:
    """Return for each word of the shorter name which of the longer it meets and how well."""
    found: list[tuple[int, int]] = []
    at = 0
    for word in short:
        while at < len(long):
            grade = _word(word, long[at])
            at += 1
            if grade:
                found.append((at - 1, grade))
                break
        else:
            return None
    return found


def _graded(grades: list[tuple[int, int]], longest: int) -> Given | None:
    if grades[-1][0] >= len(grades):
        return "middle" if _has_full(grades) else None
    first = grades[0][1]
    if first == _INITIAL:
        return _of_initials(len(grades)) if not _has_full(grades) else "initials"
    if all(grade == _FULL for _, grade in grades) and len(grades) == longest:
        return "same"
    if first == _FULL:
        return "more" if len(grades) > 1 else "first"
    return "short" if first == _SHORT else "written"


def _has_full(grades: Sequence[tuple[int, int]]) -> bool:
    return any(grade >= _SOUND for _, grade in grades)


def _of_initials(count: int) -> Given:
    return "initials" if count > 1 else "initial"


@functools.lru_cache(maxsize=131_072)
def _word(one: str, other: str) -> int:
    """Return how well two given names agree."""
    if one == other:
        return _FULL if len(one) > 1 else _INITIAL
    if len(one) == 1 or len(other) == 1:
        return _INITIAL if _may_begin(one, other) else _NONE
    if sounds(one) == sounds(other):
        return _FULL if _written_over(one, other) else _SOUND
    if (
        not full_forms()
        .get(one, frozenset((one,)))
        .isdisjoint(full_forms().get(other, frozenset((other,))))
    ):
        return _SHORT
    return _NEAR if _near(one, other) else _NONE


def _written_over(one: str, other: str) -> bool:
    """Whether one word is written in another script, so that they cannot be the same letters."""
    return one.isascii() != other.isascii()


def _may_begin(one: str, other: str) -> bool:
    """Whether an initial is one of a name."""
    short, long = sorted((latin(one), latin(other)), key=len)
    return long.startswith(short) or sounds(long)[:1].lower() == sounds(short)[:1].lower()


LINK: Final = 0.92
"""From this certainty on a name is linked with an agent without asking."""
_RARE, _SOME = 2, 6
_CERTAINTY: Final[dict[Given, tuple[float, float, float]]] = {
    "same": (0.985, 0.985, 0.96),
    "more": (0.99, 0.985, 0.985),
    "first": (0.97, 0.92, 0.9),
    "written": (0.97, 0.93, 0.86),
    "short": (0.94, 0.93, 0.9),
    "initials": (0.97, 0.97, 0.9),
    "middle": (0.85, 0.8, 0.55),
    "initial": (0.65, 0.55, 0.5),
    "none": (0.8, 0.6, 0.5),
}
"""Where the family names are the same, and one, some or many agents bear such a family name."""
_FAMILY: Final[dict[Family, float]] = {"same": 1.0, "part": 0.96, "near": 0.95, "sound": 0.93}
_LOOSE: Final = 0.8
_WHOLE: Final = frozenset({"same", "more"})
_YOUNGER: Final = 0.96


def certainty(found: Likeness, bearers: int = 1) -> float:
    """Return how surely two names that agree so are one person's, from 0 to 1.

    That no other agent has such a name is presumed. The figures were measured on half of a list of
    25,000 names of 16,000 people and hold on the other half (`tests/eval/agents.py`).

    Args:
        found: what agrees.
        bearers: how many agents have such a family name: a first name alone says little of a Smith.
    """
    at = (bearers > _RARE) + (bearers > _SOME)
    loose = found.family != "same" and found.given not in _WHOLE
    factor = _FAMILY[found.family] * (_LOOSE if loose else 1) * (1 if found.younger else _YOUNGER)
    return _CERTAINTY[found.given][at] * factor


_IN_WORDS: Final[dict[Given, str]] = {
    "same": "the same given names",
    "more": "first name and further names agree",
    "first": "the same first name",
    "written": "the first name in another spelling",
    "short": "a short form of the first name",
    "initials": "the initials agree",
    "middle": "given names agree, but one side has another before or between them",
    "initial": "one initial agrees",
    "none": "no given name to compare",
}
_FAMILY_IN_WORDS: Final[dict[Family, str]] = {
    "same": "same family name",
    "sound": "family name in another spelling",
    "near": "family name nearly the same",
    "part": "a part of the family name is the same",
}


def reason(found: Likeness) -> str:
    """Return in words what agrees: "same family name, the initials agree"."""
    said = f"{_FAMILY_IN_WORDS[found.family]}, {_IN_WORDS[found.given]}"
    return said if found.younger else f"{said}; only one is called the younger or elder"
