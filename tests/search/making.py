"""What the tests of search are made with: seals in memory, documents and queries drawn."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from archivist.model.dates import DateRange, PartialDate
from archivist.model.query import (
    And,
    Dated,
    Everything,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Value,
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


def built(folder: Path, entries: Iterable[Entry] = (), sequence: int = 1) -> Index:
    return Index.rebuild(folder, MemorySeals(), ARCHIVE, entries, sequence)


WORDS = tuple(
    """The the of and to not will US us negotiate negotiated negotiations negotiating Treaty
    treaties nation nations national go goes going W 2 14 2024 Québec quebec café résumé négocier
    négociation négociations Verträge Vertrag Vertrages договор договоры договора соглашение معاهدة
    المعاهدة x y""".split()  # noqa: SIM905 - a list of words reads best as words
)
GLUE = (" ", " ", " ", " ", ", ", "-", "\n\n", "\N{RIGHT SINGLE QUOTATION MARK}", "_", " — ", "/")
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
LEAVES = st.one_of(
    st.just(Everything()),
    st.builds(Word, WORD, FIELDS),
    st.builds(Phrase, texts(3), FIELDS),
    st.builds(Prefix, st.builds(lambda word, end: word[:end], WORD, st.integers(1, 9)), FIELDS),
    VALUES,
    st.builds(Dated, st.sampled_from(("date", "filed")), st.sampled_from(RANGES)),
)


def _branches(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(st.builds(Not, inner), st.builds(And, several), st.builds(Or, several))


QUERIES: st.SearchStrategy[Node] = st.recursive(LEAVES, _branches, max_leaves=6)
