"""What the tests of search are made with: seals in memory, documents and queries drawn."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from hypothesis import strategies as st

from archivist.model.dates import DateRange, PartialDate
from archivist.model.query import (
    And,
    AtLeast,
    Dated,
    Everything,
    Fuzzy,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Value,
    Wildcard,
    Within,
    Word,
)
from archivist.search import Entry, Index

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ARCHIVE = "0123abcd"


class MemorySeals:
    """Seals as the database keeps them: JSON, all or nothing."""

    def __init__(self) -> None:
        self.saved = "{}"
        self.begun = "{}"

    def load_begun(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.begun)
        return found

    def save_begun(self, begun: dict[str, object]) -> None:
        self.begun = json.dumps(begun)

    def load(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.saved)
        return found

    def save(self, seals: dict[str, object]) -> None:
        self.saved = json.dumps(seals)


class FileSeals:
    """Seals in a file, replaced as one: for tests with several processes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> dict[str, object]:
        if not self.path.exists():
            return {}
        found: dict[str, object] = json.loads(self.path.read_text())
        return found

    def save(self, seals: dict[str, object]) -> None:
        aside = self.path.with_suffix(".new")
        aside.write_text(json.dumps(seals))
        aside.replace(self.path)

    def load_begun(self) -> dict[str, object]:
        return FileSeals(self.path.with_suffix(".begun")).load()

    def save_begun(self, begun: dict[str, object]) -> None:
        FileSeals(self.path.with_suffix(".begun")).save(begun)


def built(folder: Path, entries: Iterable[Entry] = (), sequence: int = 1) -> Index:
    return Index.rebuild(folder, MemorySeals(), ARCHIVE, entries, sequence)


WORDS = tuple(
    """The the of and to not will US us negotiate negotiated negotiations negotiating Treaty
    treaties nation nations national go goes going W 2 14 2024 Québec quebec café résumé négocier
    négociation négociations Verträge Vertrag Vertrages договор договоры договора соглашение معاهدة
    المعاهدة x y No Mr treat 美国 政府 美 国政府 政""".split()  # noqa: SIM905 - a list of words reads best as words
)
GLUE = (
    " ",
    " ",
    " ",
    " ",
    ", ",
    "-",
    "\n\n",
    "\N{RIGHT SINGLE QUOTATION MARK}",
    "_",
    " — ",
    "/",
    ". ",
    "! ",
    "; ",
)
LANGUAGES = ("en", "en", "fr", "de", "ru", "ar", "", "zz")
TYPES = ("note", "letter", "treaty")
BODIES = ("Ministry of Foreign Affairs", "Foreign Office", "État-major", "Office des Affaires")
COUNTRIES = ("FR", "RU", "US")
DATES = ("", "2012", "2012-12", "2012-12-04", "1999-01", "2024-02-29", "not a date")
RANGES = (
    DateRange(PartialDate(2012), PartialDate(2012)),
    DateRange(PartialDate(2010), None),
    DateRange(None, PartialDate(2012, 12, 3)),
    DateRange(),
)


@st.composite
def texts(draw: st.DrawFn, most: int = 12) -> str:
    words = draw(st.lists(st.sampled_from(WORDS), max_size=most))
    glue = draw(st.lists(st.sampled_from(GLUE), min_size=len(words), max_size=len(words)))
    return "".join(f"{word}{after}" for word, after in zip(words, glue, strict=True))


@st.composite
def entries(draw: st.DrawFn, key: int) -> Entry:
    body = draw(st.sampled_from(("", *BODIES)))
    several = st.lists(st.sampled_from(COUNTRIES), unique=True, max_size=3)
    return Entry(
        key,
        draw(texts(4)),
        draw(texts()),
        draw(st.sampled_from(LANGUAGES)),
        {
            "type": (draw(st.sampled_from(TYPES)),),
            "originator": (body,) if body else (),
            "country": tuple(draw(several)),
            "shelf": (draw(st.sampled_from(("A 1", "A 12", "b-1"))),),
        },
        {"date": draw(st.sampled_from(DATES)), "filed": "2024-01-02T03:04:05Z"},
    )


FIELDS = st.sampled_from(("", "", "text", "title"))
WORD = st.sampled_from(WORDS)
VALUES = st.sampled_from(
    (
        Value("type", "note"),
        Value("type", "NOTE"),
        Value("type", "no"),
        Value("type", "t", prefix=True),
        Value("originator", "foreign"),
        Value("originator", "office"),
        Value("originator", "of foreign affairs"),
        Value("originator", "etat maj", prefix=True),
        Value("originator", "affairs of"),
        Value("originator", "foreign office", exact=True),
        Value("originator", "foreign", exact=True),
        Value("country", "FR"),
        Value("country", "DE"),
        Value("lang", "fr"),
        Value("year", "2012"),
        Value("year", "1999"),
        Value("shelf", "a 1"),
        Value("shelf", "1", prefix=True),
        Value("unknown", "x"),
    )
)
STARRED = st.lists(
    st.one_of(WORD, WORD, st.just("*"), WORD.map(lambda word: word[:2] + "*")),
    min_size=1,
    max_size=4,
).map(" ".join)
LEAF: st.SearchStrategy[Leaf] = st.one_of(
    st.builds(Word, WORD, FIELDS),
    st.builds(Word, st.sampled_from(("W-2", "U.S.", "14/2/2024")), FIELDS),
    st.builds(Phrase, texts(3), FIELDS),
    st.builds(Phrase, STARRED, FIELDS),
    st.builds(Prefix, st.builds(lambda word, end: word[:end], WORD, st.integers(1, 9)), FIELDS),
    st.builds(
        Wildcard,
        st.builds(lambda word, at: f"{word[:at]}?{word[at + 1 :]}", WORD, st.integers(0, 3)),
        FIELDS,
    ),
    st.builds(Wildcard, st.sampled_from(("t*s", "*s", "n?t*", "*", "g?", "*o*", "W-?")), FIELDS),
    st.builds(Fuzzy, WORD, FIELDS, st.integers(0, 2)),
)
"""What is looked for in the words of title and text."""


def _sides(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    units: st.SearchStrategy[Literal["sentence", "paragraph"]]
    units = st.sampled_from(("sentence", "paragraph"))
    return st.one_of(
        st.builds(Near, inner, inner, st.integers(1, 6), st.booleans()),
        st.builds(Within, inner, inner, units),
        st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    )


SIDES: st.SearchStrategy[Node] = st.recursive(LEAF, _sides, max_leaves=4)
"""What has a first and a last word in a text."""
LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.just(Everything()),
    LEAF,
    SIDES,
    st.builds(AtLeast, SIDES, st.integers(1, 4)),
    VALUES,
    st.builds(Dated, st.sampled_from(("date", "filed")), st.sampled_from(RANGES)),
)


def _branches(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(st.builds(Not, inner), st.builds(And, several), st.builds(Or, several))


QUERIES: st.SearchStrategy[Node] = st.recursive(LEAVES, _branches, max_leaves=6)
