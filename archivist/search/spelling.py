"""British and American spellings of one word, told apart from other words by rules."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEVERAL = {
    "acknowledgement": "acknowledgment", "afterwards": "afterward", "ageing": "aging",
    "amongst": "among", "artefact": "artifact", "artefacts": "artifacts", "burnt": "burned",
    "cheque": "check", "cheques": "checks", "defence": "defense", "defences": "defenses",
    "enquiries": "inquiries", "enquiry": "inquiry", "grey": "gray", "judgement": "judgment",
    "judgements": "judgments", "learnt": "learned", "licence": "license", "licences": "licenses",
    "offence": "offense", "offences": "offenses", "practise": "practice", "practised": "practiced",
    "practising": "practicing", "pretence": "pretense", "programme": "program",
    "programmes": "programs", "sceptical": "skeptical", "scepticism": "skepticism",
    "spelt": "spelled", "towards": "toward", "tyre": "tire", "tyres": "tires", "whilst": "while",
}  # fmt: skip
_OUR = (
    "arm|behavi|cand|clam|col|endeav|fav|ferv|flav|harb|hon|hum|lab|neighb|od|ranc|rig|rum|savi"
    "|splend|tum|val|vap|vig"
)
_RE = "cent|theat|met|lit|fib|calib|somb|spect|lust|meag|sab"
_RULES = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (rf"((?:{_OUR})o)u(?=r)", r"\1"),
        ("(?<=...)is(?=(?:e|ed|es|ing|ation|ations|er|ers|able)$)", "iz"),
        ("(?<=..)ys(?=(?:e|ed|es|ing)$)", "yz"),
        (r"([aeiou]+[^aeiou\W]+[aeiou])ll(?=(?:ed|ing|er|ers|or|ors|ous)$)", r"\1l"),
        ("^(enro|fulfi|disti|insti)ll", r"\1l"),
        ("^(insta)ll(?=ment)|^(ski|wi)ll(?=ful)", r"\1\2l"),
        (rf"^((?:kilo|centi|milli)?(?:{_RE}))re(?=[sd]?$)", r"\1er"),
        ("ogue(?=s?$)", "og"),
        ("(?<=man)oeuvre", "euver"),
    )
)


@functools.lru_cache(maxsize=16384)
def spelt(word: str) -> str:
    """Return a folded English word in the spelling that stands for all of its spellings."""
    if (known := _SEVERAL.get(word)) is not None:
        return known
    if not word.isalpha():
        return word
    for pattern, plain in _RULES:
        word = pattern.sub(plain, word)
    return word


def written_together(words: Sequence[str]) -> str:
    """Return neighbouring folded words as one: "co-operation", "will not" for "won't"."""
    if len(words) == _TWO and words[1] == "t" and words[0].endswith("n"):
        return _DENIED.get(words[0], words[0][:-1]) + "not"
    return "".join(words)


@functools.lru_cache(maxsize=4096)
def is_slip(one: str, other: str) -> bool:
    """Whether two folded words differ by a slip of the pen, or as spellings of a name do.

    They begin alike; one letter is other, missing, too many or changed places; in long words two.
    Signs that a scanner takes for each other are alike.
    """
    most = _slips(min(len(one), len(other)))
    one, other = read_anew(one), read_anew(other)
    if not most or one[0] != other[0] or not (one.isalpha() and other.isalpha()):
        return False
    if abs(len(one) - len(other)) <= most and _distance(one, other) <= most:
        return True
    return _blurred(one) == _blurred(other)


def read_anew(word: str) -> str:
    """Return a folded word with letters for the digits that a scanner reads in their place."""
    return word.translate(_DIGITS) if _MISREAD.search(word) else word


def _blurred(word: str) -> str:
    """Return a word as a scanner may see it: letters that look like others together are these."""
    for pair, single in _ALIKE:
        word = word.replace(pair, single)
    return word


_MISREAD = re.compile("^[a-z]{3,}[0-9]$|^[a-z]+[0-9]{1,2}[a-z]+$|^[01][a-z]{4,}$")
"""A word of which a digit stands within letters, or beside so many that it is no number."""
_DIGITS = str.maketrans("015", "ols")
_ALIKE = (("rn", "m"), ("in", "m"), ("cl", "d"), ("li", "h"), ("vv", "w"), ("ii", "u"), ("e", "c"))


_TWO = 2
_DENIED = {"won": "will", "shan": "shall", "can": "can"}
_SHORT, _LONG = 5, 9


def _slips(letters: int) -> int:
    """Return how many letters of a word may be other ones."""
    return 0 if letters < _SHORT else 1 if letters < _LONG else 2


def _distance(one: str, other: str) -> int:
    """Count letters that are other, missing, too many, or changed places (Damerau 1964)."""
    before, row = list(range(len(other) + 1)), list(range(len(other) + 1))
    oldest = before
    for at, letter in enumerate(one, 1):
        oldest, before, row = before, row, [at]
        for to, wanted in enumerate(other, 1):
            least = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != wanted))
            swapped = at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == wanted
            row.append(min(least, oldest[to - 2] + 1) if swapped else least)
    return row[-1]
