"""What the index is given and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archivist.search.arrays import Places

TITLE = "title"
TEXT = "text"
FIELDS: tuple[str, str] = (TEXT, TITLE)
"""The fields with words: each has its own postings, so no phrase crosses from one to another."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as the index sees it.

    Attributes:
        key: the record's id.
        title: its title.
        text: its text; ignored where only values are patched.
        language: ISO 639-1, or empty where it is unknown: then words are English ones.
        values: values by field name (`archivist.model.fields`, and custom names).
        dates: ISO dates by field name: "date" as exact as the document is, "filed".
    """

    key: int
    title: str = ""
    text: str = ""
    language: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Matches:
    """The answer to a query.

    Attributes:
        total: how many records match.
        hits: keys and scores of the page asked for; scores are 0 where sorted by date.
        facets: values and counts by field name, most frequent first (years ascending).
        notes: where the answer may not be complete, in whole sentences.
        keys: keys of all records that match, in order, where they were asked for; else None.
    """

    total: int
    hits: list[tuple[int, float]]
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    keys: Places | None = field(default=None, compare=False)
