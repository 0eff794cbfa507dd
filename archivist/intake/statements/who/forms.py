"""Whether what was found for a speaker is a name at all: of a person, an office, a body."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from archivist.intake.statements.who.naming import (
    folded_word,
    is_article,
    is_given,
    is_initial,
    is_joint,
    is_ordinary,
    is_particle,
    kind_of,
    leads_on,
    listed,
    may_be_surname,
    pronoun_of,
    state_of,
)

if TYPE_CHECKING:
    from archivist.intake.statements.who.naming import WordKind

_CACHED = 20_000
_TWO = 2
_MOST_WORDS = 14
_NAMES_AT_MOST = 4
_PRESS = frozenset({"times", "post", "news", "herald", "age", "sun", "star", "guardian", "mail"})
_OWNED = re.compile(r"['’]s?(?=\s)")  # noqa: RUF001 - both marks stand in documents
_ENDS = frozenset({"states", "nations", "kingdom", "hoc"})
"""No name begins with these."""
_YOUNGER = frozenset({"jr", "sr", "ii", "iii", "iv"})
_FIGURES = re.compile(r"\d")
_LETTERS = re.compile(r"[A-Z]|(?:[A-Z]\.)+|M[RS]")
_EDGE = re.compile(r"^[^\w«(]|[,;:(]$|[a-z][.!?]\s[A-Z][a-z]+\s[a-z]")


@lru_cache(_CACHED)
def is_formed(name: str) -> bool:
    """Whether a name can stand for somebody; each of several, separated by "; ", has to.

    What was cut out of a heading or a sentence is not formed: "Communications Lee", "Lee Adding",
    "Combined", "the letters of"; nor is what tells nobody: "government", "others".
    """
    return all(_is_one(each.strip()) for each in name.split(";"))


def _is_one(name: str) -> bool:
    words = name.split()
    if len(words) > 1 and folded_word(words[-1]) in _YOUNGER:
        words.pop()
    if not words or len(words) > _MOST_WORDS or _EDGE.search(name):
        return False
    plain = [folded_word(word) for word in words]
    if len(words) == 1:
        return _is_word(words[0], plain[0])
    ends_well = not _is_small(words[-1]) and not (_is_small(words[0]) and not is_particle(words[0]))
    return ends_well and _is_joined(words, plain) and _is_whole(words, plain)


def _is_word(word: str, plain: str) -> bool:
    """Whether one word names somebody."""
    if (
        plain in listed("nobody")
        or plain in listed("papers")
        or plain in listed("halves")
        or pronoun_of(word) == "askers"
    ):
        return pronoun_of(word) == "askers"
    kind = kind_of(word)
    if _LETTERS.fullmatch(word) or _FIGURES.search(word):
        return kind in {"part", "state"}
    if kind in {"office", "body"}:
        return True
    if kind == "state":
        return not _is_adjective(plain)
    if word[:1].islower():
        return plain in listed("groups")
    return kind == "name" and (not is_ordinary(word) or plain.endswith("s"))


def _is_adjective(plain: str) -> bool:
    """Whether a word only tells whose something is: "Moroccan"; "British" may mean them all."""
    return plain.endswith(("an", "ic", "i")) and not _is_country(plain)


def _is_country(plain: str) -> bool:
    return plain in listed("no_adjectives")


def _is_small(word: str) -> bool:
    """Whether a word cannot end or begin a name: "of", "Adding", "the"."""
    if is_initial(word) or word[:1].isdigit():
        return False
    if word.lower() in listed("between") or word.lower() in listed("apart") or is_article(word):
        return not word[:1].isupper() or word.lower() in listed("apart")
    return is_joint(word.lower()) or (word[:1].islower() and word.endswith("ly"))


def _is_joined(words: list[str], plain: list[str]) -> bool:
    """Whether the small words within a name stand where they may."""
    for at, word in enumerate(words):
        if word in listed("apart"):
            return False
        if not leads_on(plain[:at], word):
            return False
    return True


def _is_whole(words: list[str], plain: list[str]) -> bool:
    """Whether the words of a name fit together."""
    main = _main(words)
    head = folded_word(main[-1])
    if head in listed("papers") and head not in _PRESS:
        return False
    if plain[0] in listed("papers") or any(_OWNED.search(f"{word} ") for word in words[:-1]):
        return kind_of(main[-1]) in {"office", "body"} and plain[0] not in listed("papers")
    if any(_FIGURES.search(word) for word in words):
        return kind_of(words[0]) == "body" or words[0] == "Group"
    kinds = [kind_of(word) for word in words]
    if _is_nobody(main, kinds):
        return False
    if _is_group(words):
        return True
    if kinds[0] in {"name", "initial", "address"} and "office" not in kinds and "body" not in kinds:
        return _is_person(words, plain)
    return not _has_verb(words)


def _is_nobody(main: list[str], kinds: list[WordKind]) -> bool:
    """Whether words tell nobody: "My Govt", "Mr. President", "States Navy", "General Strategy"."""
    first, head = folded_word(main[0]), folded_word(main[-1])
    if head in listed("nobody") and len(main) == _TWO and pronoun_of(main[0]):
        return not main[0].isupper()
    if first in _ENDS or (kinds[0] == "address" and folded_word(main[1]) in listed("saluted")):
        return set(kinds[1:]) <= {"office", "part", "link", "body"}
    if kinds[0] == "other" and (is_ordinary(main[0]) or first in listed("nobody")):
        return not _is_group(main)
    titled = "office" in kinds and kinds[-1] == "name" and not set(kinds) & {"link", "body"}
    return titled and is_ordinary(main[-1])


def _main(words: list[str]) -> list[str]:
    """Return a name as far as the first small word in it: "Ministry of Roads"."""
    at = next((at for at, word in enumerate(words) if at and word in {"of", "for", "in", "on"}), 0)
    return words[:at] if at else words


def _is_person(words: list[str], plain: list[str]) -> bool:
    """Whether words that name no office and no body may be a person's name."""
    if kind_of(words[0]) == "address":
        words, plain = words[1:], plain[1:]
    if len(words) == 1:
        return not _LETTERS.fullmatch(words[0]) and not _is_plain(words[0])
    if any(word.islower() and not is_particle(word) for word in words):
        return False
    named = sum(word[:1].isupper() and not is_initial(word) for word in words)
    if named > _NAMES_AT_MOST + 1 or named == 0:
        return False
    if kind_of(words[-1]) == "other" and not may_be_surname(words[-1]):
        return False
    if is_ordinary(words[-1]) and not is_initial(words[-2]) and not is_given(words[-2]):
        return False
    return not (is_ordinary(words[0]) and not is_given(words[0])) and plain[-1] not in listed(
        "halves"
    )


def _is_plain(word: str) -> bool:
    return is_ordinary(word) and folded_word(word).endswith(("ing", "ed", "ly"))


def _is_group(words: list[str]) -> bool:
    """Whether small words tell a group: "senior Zemblan officials"."""
    main = _main(words)
    head = folded_word(main[-1])
    return head in listed("groups") or kind_of(main[-1]) in {"office", "body"}


def _has_verb(words: list[str]) -> bool:
    """Whether there is a small word that belongs to no name: "Department considers"."""
    return any(
        word.islower()
        and kind_of(word) in {"name", "other"}
        and word not in listed("between")
        and not is_joint(word)
        and not is_particle(word)
        and not state_of(word)
        for word in words[1:]
    )
