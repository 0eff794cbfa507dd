"""Countries by whatever they are called: names, demonyms, former names, codes."""

from __future__ import annotations

import csv
import functools
from typing import TYPE_CHECKING, NamedTuple

from archivist import assets
from archivist.model.words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LONGEST = 8
_CODE = 3


class Country(NamedTuple):
    """A country.

    Attributes:
        code: ISO 3166-1 alpha-2; XK for Kosovo.
        alpha3: ISO 3166-1 alpha-3; empty where it has none.
        number: ISO 3166-1 numeric, three digits; likewise.
        name: as it is shown.
        names: further names and short forms.
        demonyms: what its people and things are called.
        former: former names, and states that it succeeds.
    """

    code: str
    alpha3: str
    number: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    former: tuple[str, ...]


@functools.cache
def countries() -> Mapping[str, Country]:
    """Return every country by its code."""
    codes = {row["code"]: row for row in _rows("authority/country-codes.csv")}
    return {
        row["code"]: Country(
            row["code"],
            codes.get(row["code"], {}).get("alpha3", ""),
            codes.get(row["code"], {}).get("number", ""),
            row["name"],
            *(
                tuple(filter(None, row[part].split(";")))
                for part in ("names", "demonyms", "former")
            ),
        )
        for row in _rows("authority/countries.csv")
    }


def country_of(text: str) -> str:
    """Return the code of the country that a name, a demonym or a code means; empty for none.

    Codes are meant in capitals only: "and" is no Andorra.
    """
    if not _is_meant(text.strip()):
        return ""
    return _by_words().get(_key(words_of(text)), "")


def country_within(words: Sequence[str]) -> tuple[str, list[str]]:
    """Return the country that words of an office name, and the words without it.

    Args:
        words: as written: "Russian", "Foreign", "Minister"; "Minister", "of", "Peru".

    Returns:
        The code of the longest name found, empty for none; the other words.
    """
    shouted = all(map(str.isupper, words))
    folded = [_key(words_of(word)) for word in words]
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            code = _by_words().get(" ".join(filter(None, folded[start : start + length])), "")
            if code and (
                length > 1 or len(words[start]) > _CODE or (_is_meant(words[start]) and not shouted)
            ):
                return code, [*words[:start], *words[start + length :]]
    return "", list(words)


def _is_meant(word: str) -> bool:
    """Whether a word may be a code: in capitals, or of figures; longer ones are names."""
    return len(word) > _CODE or word.isupper() or word.isdigit()


def _key(words: Sequence[str]) -> str:
    return " ".join(words)


@functools.cache
def _by_words() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for one in countries().values():
        for text in (one.code, one.alpha3, one.number, one.name):
            found.setdefault(_key(words_of(text)), one.code)
    for one in countries().values():
        for text in (*one.names, *one.demonyms, *one.former):
            found.setdefault(_key(words_of(text)), one.code)
    for row in _rows("authority/country-names.csv"):
        for text in row["names"].split(";"):
            found.setdefault(_key(words_of(text)), row["code"])
    found.pop("", None)
    return found


def _rows(name: str) -> list[dict[str, str]]:
    with assets.path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
