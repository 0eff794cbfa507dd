"""A small vocabulary and trees of queries for the tests of the query language."""

from __future__ import annotations

import string
from collections.abc import Collection, Mapping

from hypothesis import strategies as st

from archivist.model.dates import DateRange, PartialDate
from archivist.model.query import (
    Dated,
    Everything,
    Node,
    Not,
    Phrase,
    Prefix,
    Value,
    Word,
    all_of,
    any_of,
)
from archivist.model.query_lex import OPERATORS
from archivist.model.words import words_of

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
PHRASES = TEXTS.filter(lambda text: bool(words_of(text)))
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
    Value,
    st.sampled_from(["place", "originator", "person", "tag", "case file", "2nd_key", "कि ताब"]),
    st.lists(WORDS, min_size=1, max_size=3).map(" ".join),
    st.booleans(),
)
LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.just(Everything()),
    st.builds(Word, WORDS.filter(lambda word: word not in OPERATORS), TEXT_FIELDS),
    st.builds(Phrase, PHRASES, TEXT_FIELDS),
    st.builds(Prefix, WORDS, TEXT_FIELDS),
    st.builds(Dated, st.sampled_from(["date", "filed"]), RANGES),
    CODES,
    NAMES,
)


def _larger(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(parts, min_size=2, max_size=4)
    return st.one_of(several.map(all_of), several.map(any_of), st.builds(Not, parts))


TREES: st.SearchStrategy[Node] = st.recursive(LEAVES, _larger, max_leaves=8)
"""Trees as the parser makes them."""
