"""The words that stand in and around names: offices, forms of address, bodies, states, the rest."""
# ruff: noqa: RUF001 - patterns hold the very marks that documents hold

from __future__ import annotations

import csv
import functools
import re
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import yaml

from archivist import assets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

WordKind: TypeAlias = Literal[
    "address", "office", "body", "part", "state", "link", "other", "initial", "name"
]
"""What a word of a name can be; "name" is every capitalised word that is none of the others."""
_OFFICE_ENDINGS = ("minister", "ministerin", "kanzler", "präsident", "sekretär", "botschafter")
_SHORT_LIST = """
    st ste no amb sec gen col lt maj adm gov sen rep brig cdr sgt capt pres mr mrs ms messrs dr
    prof hon jas geo wm chas thos jos benj edw sr sra srta mm mme mlle ing lic abg rev h.e s.e
"""
_SHORT_FORMS = frozenset(_SHORT_LIST.split())
_CACHED = 50_000
_LISTED = (
    "parts",
    "bodies",
    "links",
    "particles",
    "others",
    "surnames",
    "nobody",
    "halves",
    "papers",
    "no_adjectives",
    "apart",
    "between",
    "groups",
    "saluted",
)
_SURNAMES = frozenset({"may", "april", "june", "august", "march", "will", "lord", "part", "note"})
_FIRST_OF_TWO = frozenset(
    {"new", "sri", "saudi", "burkina", "sierra", "costa", "puerto", "hong", "viet", "el"}
)
_CAPITAL_PARTICLES = frozenset(
    {"De", "Van", "Von", "Al", "Du", "Di", "Ter", "Abu", "Ben", "Bin", "Ibn"}
)
_ARTICLE_LIST = """
    the a an this that these those his her its their our el la los las un una su le les l’ der die
    das den dem ein eine de het een il lo i gli o os as um uma
"""
_ARTICLES = frozenset(_ARTICLE_LIST.split())
_SON = re.compile(r"\bMa?c(?=[^\W\d_]{2})")
_OF = frozenset({"d'", "d\u2019"})
_SMALL_S = re.compile(r"(?<=['\u2019])S\b")
_WORD_PARTS = re.compile(r"[^\W\d_]+")


@functools.lru_cache(_CACHED)
def kind_of(word: str) -> WordKind:
    """Return what a word is, seen by itself; a full stop at its end may belong to it."""
    folded = folded_word(word)
    if word[:1].islower() and folded in _lists()["links"]:
        return "link"
    known = _kinds().get(folded)
    if known and len(folded) > 1:
        return known
    if len(word) > 1 and is_initial(word):
        return "initial"
    return "other" if len(folded) <= 1 else _of_parts(folded)


@functools.lru_cache(_CACHED)
def is_initial(word: str) -> bool:
    """Whether a word is the first letter of a name, or several: "J.", "J.-P.", "J"."""
    if len(word) == 1:
        return word.isupper()
    letters = word.replace("-", "").replace(".", "")
    stops = word.count(".")
    return bool(stops) and len(letters) <= stops + (stops == 1 and word.endswith(".h."))


@functools.lru_cache(_CACHED)
def folded_word(word: str) -> str:
    """Return a word in small letters, without the full stop and the possessive at its end."""
    word = word.rstrip(".").lower().replace("\u2019", "'")
    return word[:-2] if word.endswith("'s") else word.rstrip("'")


def is_lasting(word: str) -> bool:
    """Whether a name may go on after a word with a full stop: initials and short forms."""
    return is_initial(word) or folded_word(word) in _SHORT_FORMS


def singular_office(office: str) -> str:
    """Return "Foreign Minister" for "Foreign Ministers"; anything else as it is."""
    before, blank, last = office.rpartition(" ")
    for ending, single in (("ies", "y"), ("s", "")):
        stem = last.removesuffix(ending) + single
        if last.endswith(ending) and _kinds().get(stem.lower()) == "office":
            return f"{before}{blank}{stem}"
    return office


@functools.lru_cache(_CACHED)
def is_particle(word: str) -> bool:
    """Whether a word may stand within a name: "de", "van"."""
    return word.lower() in _lists()["particles"] or word in _OF


def begins_surname(word: str) -> bool:
    """Whether a particle with a capital begins a surname: "De Gaulle"; in most texts."""
    return word in _CAPITAL_PARTICLES


def in_capitals(name: str) -> bool:
    """Whether a name stands in capitals: "ANN LEE", "ANN McLEE"."""
    return _SON.sub("", name).isupper()


def letters_of(words: Iterable[str]) -> str:
    """Return the first letters of a name: "JFD" for John Foster Dulles, "TTK" for T.T. Khan."""
    parts = (word.replace(".", "") if is_initial(word) else word[:1] for word in words)
    return "".join(parts).replace("-", "").upper()


def capitalised(name: str) -> str:
    """Write a name that stands in capitals with small letters: "ANN O'LEE" as "Ann O'Lee"."""
    words = (
        word if is_initial(word) else _WORD_PARTS.sub(lambda part: _written(part.group()), word)
        for word in name.split()
    )
    return _SMALL_S.sub("s", " ".join(words))


def _written(part: str) -> str:
    """Write a part of a name with small letters: "MCLEE" as "McLee"."""
    son = part.upper().startswith("MC") and len(part) > len("McX")
    return f"Mc{part[2:].capitalize()}" if son else part.capitalize()


@functools.lru_cache(_CACHED)
def gender_of(word: str) -> str:
    """Return "m" or "f" where a form of address, an office or a given name tells it, else ""."""
    return _genders().get(folded_word(word), "")


def may_be_surname(word: str) -> bool:
    """Whether a word that is none of a name mostly is one behind a given name: "Ann May"."""
    return folded_word(word) in _SURNAMES


@functools.lru_cache(_CACHED)
def is_ordinary(word: str) -> bool:
    """Whether a word is written with a small letter nearly always, so that it is hardly a name."""
    return folded_word(word) in _ordinary()


def is_surname(word: str) -> bool:
    """Whether a word that looks like a form of a verb is a well-known family name: "Harding"."""
    return folded_word(word) in _lists()["surnames"]


def listed(key: str) -> frozenset[str]:
    """Return one of the lists of words by its key: "papers", "nobody"."""
    return _lists()[key]


def is_joint(word: str) -> bool:
    """Whether a small word joins the parts of some names only: "to", "at"."""
    return word in _joints()


def leads_on(words: Iterable[str], link: str) -> bool:
    """Whether an office or a body may go on with a small word: "Ambassador to", not "King to".

    Args:
        words: those before it, folded.
        link: the small word.
    """
    if link in listed("apart"):
        return False
    allowed = _joints().get(link)
    return allowed is None or not allowed.isdisjoint(words)


def is_article(word: str) -> bool:
    """Whether a word before a noun names nobody: "the", "el", "their"."""
    return word.lower() in _ARTICLES


@functools.lru_cache(_CACHED)
def pronoun_of(words: str) -> str:
    """Return what a pronoun stands for: "m", "f", "plural", "it", "first", "second"; else ""."""
    return _pronouns().get(words.lower(), "")


@functools.lru_cache(_CACHED)
def is_given(word: str) -> bool:
    """Whether a word is a well-known given name."""
    return folded_word(word) in _given()


@functools.lru_cache(_CACHED)
def state_of(word: str) -> str:
    """Return the code of the country that a name or demonym of one word means, else ""."""
    return _states().get(folded_word(word), "")


def _of_parts(folded: str) -> WordKind:
    """Read "Secretary-General", "Representative/Vice-President" by their parts."""
    known = _kinds()
    for ending, singular in (("s", ""), ("es", ""), ("ies", "y")):
        stem = folded.removesuffix(ending)
        plural = known.get(stem + singular) if stem != folded else None
        if plural in {"office", "body"}:
            return plural
    if folded.startswith("i'"):
        return "other"
    for mark in ("/", "-"):
        kinds = [known.get(part) for part in folded.split(mark)] if mark in folded else []
        if "office" in kinds:
            return "office"
        if kinds and kinds[-1] in {"state", "part"} and len(set(kinds) - {"state", "part"}) <= 1:
            return "state"
    return "office" if folded.endswith(_OFFICE_ENDINGS) else "name"


@functools.cache
def _lists() -> Mapping[str, frozenset[str]]:
    found = _read()
    lists = {key: found[key] for key in _LISTED}
    return {key: frozenset(words.split()) for key, words in lists.items()}


@functools.cache
def _joints() -> Mapping[str, frozenset[str]]:
    return {link: frozenset(words.split()) for link, words in _read()["joints"].items()}


@functools.cache
def _kinds() -> Mapping[str, WordKind]:
    """Return the kind of each word that is known; the first kind named here prevails."""
    found = _read()
    lists = _lists()
    ranks: list[tuple[WordKind, Iterator[str] | frozenset[str]]] = [
        ("address", _words(found["address"])),
        ("office", _words(found["offices"])),
        ("body", lists["bodies"]),
        ("part", lists["parts"]),
        ("state", frozenset(_states())),
        ("other", lists["others"]),
    ]
    return {word: kind for kind, words in reversed(ranks) for word in words}


@functools.cache
def _genders() -> Mapping[str, str]:
    found = _read()
    genders: dict[str, str] = {}
    for key in ("given", "offices", "address"):
        for gender in "mf":
            genders.update(dict.fromkeys(found[key][gender].split(), gender))
    return genders


@functools.cache
def _given() -> frozenset[str]:
    return frozenset(_words(_read()["given"]))


@functools.cache
def _pronouns() -> Mapping[str, str]:
    """Return each pronoun and what it stands for; the first that is listed prevails."""
    listed = list(_read()["pronouns"].items())
    return {word: kind for kind, words in reversed(listed) for word in words.split()}


@functools.cache
def _ordinary() -> frozenset[str]:
    text = assets.path("authority/ordinary-words.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


@functools.cache
def _states() -> Mapping[str, str]:
    """Return names, demonyms and capitals of one word, in small letters: country code."""
    states: dict[str, str] = {}
    for name, file, columns in (
        ("code", "countries.csv", ("name", "names", "demonyms", "former", "capitals")),
        ("code", "country-names.csv", ("names",)),
    ):
        with assets.path(f"authority/{file}").open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                for each in ";".join(row[column] for column in columns).split(";"):
                    if word := _telling(each):
                        states.setdefault(folded_word(word), row[name])
    return states


def _telling(name: str) -> str:
    """Return the word that tells the name of a state: all of it, or "Zealand"; else ""."""
    first, _, last = name.partition(" ")
    if not last:
        return first
    return last if first.lower() in _FIRST_OF_TWO and " " not in last else ""


def _words(lists: Mapping[str, str]) -> Iterator[str]:
    for words in lists.values():
        yield from words.split()


@functools.cache
def _read() -> dict[str, Any]:
    text = assets.path("authority/person-words.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found
