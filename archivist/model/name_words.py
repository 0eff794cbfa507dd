"""Words that stand in and beside names: titles, particles, short forms; read once."""

from __future__ import annotations

import csv
import functools
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from archivist import assets
from archivist.model.words import fold

if TYPE_CHECKING:
    from collections.abc import Mapping


class NameWords(NamedTuple):
    """Folded words that stand in or beside names and are no names themselves.

    Attributes:
        titles: forms of address, ranks, titles of nobility; dropped wherever they stand.
        both: titles that are given names, too ("Earl", "Dean"); dropped where another name stays.
        offices: words of offices; a name in natural order begins behind the last of them.
        posts: those of them that are posts: "Secretary", "Minister".
        tails: words that end the name of an office: "Affairs", "Defense".
        particles: "van", "al", "de"; they tell nobody apart.
        younger: "Jr.", "III", each as the mark it stands for.
        bodies: words that only names of bodies hold: "Ministry".
        wives: forms of address of wives, who were named by their husbands' names.
    """

    titles: frozenset[str]
    both: frozenset[str]
    offices: frozenset[str]
    posts: frozenset[str]
    tails: frozenset[str]
    particles: frozenset[str]
    younger: Mapping[str, str]
    bodies: frozenset[str]
    wives: frozenset[str]


_YOUNGER = {
    "junior": "jr",
    "fils": "jr",
    "senior": "sr",
    "pere": "sr",
    "2d": "ii",
    "2nd": "ii",
    "3d": "iii",
    "3rd": "iii",
}


@functools.cache
def name_words() -> NameWords:
    """Return the words of `authority/name-words.csv`."""
    with assets.path("authority/name-words.csv").open(encoding="utf-8", newline="") as file:
        kinds = {
            row["kind"]: frozenset(map(fold, row["words"].split(";")))
            for row in csv.DictReader(file)
        }
    return NameWords(
        titles=kinds["address"] | kinds["wife"] | kinds["rank"] | kinds["noble"],
        both=kinds["both"],
        offices=kinds["office"] | kinds["post"],
        posts=kinds["post"],
        tails=kinds["tail"],
        particles=kinds["particle"],
        younger={word: _YOUNGER.get(word, word) for word in kinds["younger"]},
        bodies=kinds["body"],
        wives=kinds["wife"],
    )


@functools.cache
def full_forms() -> Mapping[str, frozenset[str]]:
    """Return by name or short form the full names it may stand for, folded, itself among them."""
    found: dict[str, set[str]] = defaultdict(set)
    with assets.path("authority/nicknames.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = fold(row["name"])
            for word in (name, *map(fold, row["short"].split(";"))):
                found[word] |= {name, word}
    return {word: frozenset(names) for word, names in found.items()}
