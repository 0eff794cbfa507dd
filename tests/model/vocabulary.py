"""A small vocabulary and trees of queries for the tests of the query language."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Collection, Mapping

from hypothesis import strategies as st

from archivist.model.dates import RELATIVE, DateRange, PartialDate, relative_range
from archivist.model.query import (
    AtLeast,
    Dated,
    Everything,
    Fuzzy,
    Like,
    Near,
    Node,
    Not,
    Phrase,
    Prefix,
    Value,
    Wildcard,
    Within,
    Word,
    all_of,
    any_of,
)
from archivist.model.query_lex import APART, OPERATORS
from archivist.model.words import words_of

TODAY = dt.date(2026, 6, 3)
LABELS: Mapping[str, Mapping[str, str]] = {
    "country": {"FR": "France", "DE": "Germany", "CI": "Côte d'Ivoire", "NG": "Nigeria"},
    "type": {
        "press-release": "Press release",
        "note": "Diplomatic note",
        "credence": "Letter of credence",
        "communique": "Joint communiqué",
    },
    "lang": {"fr": "French", "en": "English"},
    "mark": {"restricted": "Restricted"},
}


class SmallVocabulary:
    """Four countries, four types, two languages, and two fields of the archive's own."""

    def codes(self, field: str) -> Mapping[str, str]:
        labels = LABELS.get(field, {})
        aliases = {" ".join(words_of(label)): code for code, label in labels.items()}
        aliases |= {" ".join(words_of(code)): code for code in labels}
        return aliases | ({"french republic": "FR"} if field == "country" else {})

    def labels(self, field: str) -> Mapping[str, str]:
        return LABELS.get(field, {})

    def custom(self) -> Collection[str]:
        return ["case file", "2nd_key", "कि ताब"]


MARKS = "\u0301\u093f"
LETTERS = "abz\u00e9\u00df\u00f109\u0436\u05e9\u0627\u0644\u0639\u65e5\u0301\u093f"
WORDS = st.text(
    "abz\u00e9\u00df\u00f109\u0436\u05e9\u0627\u0644\u0639\u65e5\u0301\u093f",
    min_size=1,
    max_size=6,
).filter(lambda w: len(words_of(w)) == 1 and w[0] not in MARKS)
TEXTS = st.text(
    string.ascii_letters + "\u00e4\u00e909 -./,'\u2019\u201c\u201d\u00ab\u00bb()*:OR|~!",
    min_size=1,
    max_size=20,
).map(lambda text: " ".join(text.replace("*", " * ").split()))
PHRASES = st.one_of(
    TEXTS.filter(lambda text: bool(words_of(text))),
    st.sampled_from(["a * b", "strat* partner", "* a * *"]),
)
TEXT_FIELDS = st.sampled_from(["", "title", "text"])
YEARS = st.integers(1000, 2999)
DATES = st.one_of(
    st.builds(PartialDate, YEARS),
    st.builds(PartialDate, YEARS, st.integers(1, 12)),
    st.builds(PartialDate, YEARS, st.integers(1, 12), st.integers(1, 28)),
)
RANGES = st.one_of(
    st.builds(DateRange, DATES, st.none()),
    st.builds(DateRange, st.none(), DATES),
    st.builds(lambda date: DateRange(date, date), DATES),
    st.builds(DateRange, DATES, DATES).filter(lambda r: r.interval.first <= r.interval.last),
)
CODES = st.sampled_from(
    [Value(field, code) for field, codes in LABELS.items() for code in codes]
    + [Value("year", "2012"), Value("in", "inbox"), Value("has", "attachment")]
)
NAMES = st.builds(
    lambda field, value, kind: Value(field, value, **kind),
    st.sampled_from(["place", "originator", "person", "tag", "case file", "2nd_key", "कि ताब"]),
    st.lists(WORDS, min_size=1, max_size=3).map(" ".join),
    st.sampled_from([{}, {"prefix": True}, {"exact": True}]),
)
RESERVED = OPERATORS.keys() | APART
TOKENS = st.one_of(
    WORDS.filter(lambda word: word not in RESERVED),
    st.lists(WORDS, min_size=2, max_size=3).map("-".join),
    st.sampled_from(["U.S.", "W-2", "14/2/2024", "10:30", "a/b", "x'y"]),
)
PATTERNS = st.builds(
    lambda start, parts, end: start + "".join(f"{part}{joker}" for part, joker in parts) + end,
    st.sampled_from(["", "*"]),
    st.lists(
        st.tuples(st.sampled_from(["a", "zé", "ж9", "ب"]), st.sampled_from(["?", "*", "??"])),
        min_size=2,
        max_size=3,
    ),
    st.sampled_from(["b", "ñz"]),
)
SPELLINGS = st.builds(
    lambda word: f"abc{word}", WORDS.filter(lambda word: len(words_of(f"abc{word}")) == 1)
)


def leaves(fields: st.SearchStrategy[str]) -> st.SearchStrategy[Node]:
    """Return what looks for words, in one of the fields."""
    return st.one_of(
        st.builds(Word, TOKENS, fields),
        st.builds(Phrase, PHRASES, fields),
        st.builds(Prefix, WORDS, fields),
        st.builds(Wildcard, PATTERNS, fields),
        st.builds(Fuzzy, SPELLINGS, fields, st.integers(0, 2)),
    )


def _joined(sides: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(Near, sides, sides, st.integers(1, 100), st.booleans()),
        st.builds(Within, sides, sides, st.sampled_from(["sentence", "paragraph"])),
        st.lists(sides, min_size=2, max_size=3).map(any_of),
    )


SIDES: st.SearchStrategy[Node] = st.one_of(
    *(
        st.recursive(leaves(st.sampled_from(["", field])), _joined, max_leaves=4)
        for field in ("", "title", "text")
    )
)
"""What has a place in a text: what may stand beside an operator of nearness."""
LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.just(Everything()),
    leaves(TEXT_FIELDS),
    SIDES,
    st.builds(AtLeast, SIDES, st.integers(1, 1000)),
    st.builds(Like, st.sampled_from(["2024-000017", "R-000123", "a b"])),
    st.builds(Dated, st.sampled_from(["date", "filed"]), RANGES),
    st.builds(
        lambda field, words: Dated(field, relative_range(words, TODAY), words),
        st.sampled_from(["date", "filed"]),
        st.sampled_from([*RELATIVE, "past 3 weeks"]),
    ),
    CODES,
    NAMES,
)


def _larger(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(parts, min_size=2, max_size=4)
    return st.one_of(several.map(all_of), several.map(any_of), st.builds(Not, parts))


TREES: st.SearchStrategy[Node] = st.recursive(LEAVES, _larger, max_leaves=8)
"""Trees as the parser makes them."""
