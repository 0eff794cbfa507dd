"""Agents by their names: who may be meant by a name, without comparing it with every other."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from archivist.model.name_likeness import Likeness, certainty, compare
from archivist.model.name_words import full_forms
from archivist.model.person_names import Name, read_names
from archivist.model.spelling import bones, sounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_ANY = "*"


class NameIndex:
    """Names of people under the consonants of the family name and an initial.

    A name is compared only with those that share a key with it, so that linking grows with the
    number of names and not with its square.
    """

    def __init__(self) -> None:
        self._forms: dict[str, dict[tuple[int, Name], None]] = defaultdict(dict)
        self._spelt: dict[str, set[int]] = defaultdict(set)
        self._bearers: dict[str, set[int]] = defaultdict(set)

    def add(self, number: int, names: Iterable[str]) -> None:
        """Put an agent under its names."""
        for said in names:
            self._spelt[spelt(said)].add(number)
            for name in read_names(said):
                for key in _put_under(name):
                    self._forms[key][number, name] = None
                for word in name.family:
                    self._bearers[bones(word)].add(number)

    def spelt(self, said: str) -> frozenset[int]:
        """Return the agents that have a name in these very words, in whatever order."""
        return frozenset(self._spelt.get(spelt(said), ()))

    def bearers(self, said: str) -> int:
        """Return how many agents have a family name like a name's."""
        families = [name.family[-1] for name in read_names(said)[:1]]
        return max((len(self._bearers.get(bones(word), ())) for word in families), default=0)

    def alike(self, said: str) -> dict[int, Likeness]:
        """Return the agents with a name that may be the same person's, and how it is alike."""
        found: dict[int, Likeness] = {}
        for mine in read_names(said):
            for number, theirs in self._near(mine):
                likeness = compare(mine, theirs)
                if likeness is not None and (
                    number not in found or certainty(likeness) > certainty(found[number])
                ):
                    found[number] = likeness
        return found

    def _near(self, name: Name) -> Iterable[tuple[int, Name]]:
        found: dict[tuple[int, Name], None] = {}
        for key in _looked_under(name):
            found.update(self._forms.get(key, {}))
        return found


def spelt(said: str) -> str:
    """Return a name as it is looked up word by word: folded, without titles, family name last."""
    for name in read_names(said)[:1]:
        return " ".join((*name.words, name.younger, "Mrs" if name.wife else "")).strip()
    return " ".join(said.casefold().split())


def _put_under(name: Name) -> Iterator[str]:
    """Yield the keys a name is put under: its family name, with each initial and alone."""
    for family in _families(name):
        yield f"{family} {_ANY}"
        if not name.given:
            yield family
    yield from _with_initials(name)


def _looked_under(name: Name) -> Iterator[str]:
    """Yield the keys under which names stand that may be the same person's."""
    for family in _families(name):
        yield family if name.given else f"{family} {_ANY}"
    yield from _with_initials(name)


def _families(name: Name) -> Iterable[str]:
    families = [*name.family, "".join(name.family)] if len(name.family) > 1 else name.family
    return dict.fromkeys(map(bones, families))


def _with_initials(name: Name) -> Iterator[str]:
    for family in _families(name):
        for initial in _initials(name.given):
            yield f"{family} {initial}"
    if not name.inverted and name.given and len(name.given[0]) > 1:  # the family name may be first
        for initial in _initials((*name.given[1:], *name.family)):
            yield f"{bones(name.given[0])} {initial}"


def _initials(given: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for word in given:
        for full in full_forms().get(word, (word,)):
            found |= {full[0], sounds(full)[:1].lower()}
    return found
