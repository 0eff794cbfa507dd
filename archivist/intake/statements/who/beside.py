"""The office that stands beside a name, in small letters too: before it or in apposition behind."""
# ruff: noqa: RUF001 - patterns hold the very marks that documents hold

from __future__ import annotations

import re

from archivist.intake.statements.who.naming import is_article, kind_of

JOINING = frozenset({"and", "y", "e", "et", "und", "en", "и"})
"""Small words that join two names."""
_RIGHT_REACH, _MOST_WORDS = 100, 10
_BEHIND = re.compile(
    r"(?:,|\s?\(|\s[–—-])\s?(?:(?:then|the|a|an|its|their|his|her|our|el|la|le|l’|l'|der|die|het|"
    r"de|il|o|a|former|ex)\s)?(?P<office>[^,;.()\n:“”\"–—]{3,80})"
)
_BETWEEN = re.compile(r"(?:,\s?|\s?\(\s?|\s?[—–]\s?)$")
_FIRST_WORDS = 6
_DOMAINS = frozenset({"of", "for", "de", "del", "du", "des", "da", "do", "di", "für", "voor"})
"""What stands behind an office and one of these is its field: "the minister of Roads"."""
_FIELD_END = re.compile(r"\s(?:at|who|which|and the|as|on)\s.*$")


def stands_between(words: str) -> bool:
    """Whether nothing but a comma, a bracket or a dash stands between an office and a name."""
    return _BETWEEN.fullmatch(words) is not None


def office_before(left: str) -> str:
    """Return the office in small letters that ends a text: "the Zemblan foreign minister"."""
    line = left.rpartition("\n")[2]
    words = _BETWEEN.sub("", line).split()
    fields = [word for word in words[-2:] if not is_article(word) or word in _DOMAINS]
    if words and fields and fields[-1] in _DOMAINS:
        return ""
    apart = _BETWEEN.search(line) is not None
    for at in range(len(words) - 1, max(-1, len(words) - _MOST_WORDS), -1):
        word = words[at]
        kind = kind_of(word)
        if word[-1] in ",;:.)":
            return ""
        if kind == "office" and word.islower():
            return " ".join(words[_first(words, at) :])
        within = kind in {"link", "part", "state"} and word not in JOINING
        if not within and not (apart and (word[0].isupper() or word in JOINING)):
            return ""
    return ""


def _first(words: list[str], at: int) -> int:
    """Return where an office begins whose head is the word at a place."""
    while at and kind_of(words[at - 1]) in {"part", "state", "office"} and words[at - 1][-1] != ",":
        at -= 1
    return at


def office_behind(text: str, end: int) -> str:
    """Return the office in apposition behind a name: ", the Foreign Minister of Zembla,"."""
    match = _BEHIND.match(text, end, end + _RIGHT_REACH)
    if match is None:
        return ""
    for word in match["office"].split()[:_FIRST_WORDS]:
        kind = kind_of(word)
        if kind == "office":
            return _FIELD_END.sub("", match["office"]).strip()
        if kind not in {"part", "state", "link", "name", "body"} or word == "and":
            break
    return ""
