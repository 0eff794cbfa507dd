"""The query language: text <-> tree, and the tree said in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from archivist.model.dates import DateRange


@dataclass(frozen=True, slots=True)
class Everything:
    """`*`: every record."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word; its other forms (by stem, in the record's language) are found, too.

    Attributes:
        text: as typed, one word in the sense of `CLI.md` (letters and digits).
        field: "" for title and text, else "title" or "text".
    """

    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other as written: never stemmed, nothing dropped.

    A token with inner punctuation (`W-2`, `14/2/2024`, `U.S.`) is a phrase of its parts.

    Attributes:
        text: as typed, without the quotation marks; `words_of(text)` are its words.
        field: "" for title and text (each for itself), else "title" or "text".
    """

    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Prefix:
    """`word*`: every word that begins so.

    Attributes:
        text: the beginning, without the asterisk.
        field: "" for title and text, else "title" or "text".
    """

    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """`field:value` for a field whose values stand in columns.

    Attributes:
        field: a name of `model.fields`, or a custom field's.
        value: a code for a field of kind CODE, else words that must follow each other in the value.
        prefix: whether the last word is a beginning only (`originator:foreig*`).
    """

    field: str
    value: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """`date:2010..2024`: records whose date may lie in the range.

    Attributes:
        field: "date" or "filed".
        range: the days asked for.
    """

    field: str
    range: DateRange


@dataclass(frozen=True, slots=True)
class Not:
    """Records that the part does not match."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """Records that all parts match; at least two parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Records that any part matches; at least two parts."""

    parts: tuple[Node, ...]


Node: TypeAlias = Everything | Word | Phrase | Prefix | Value | Dated | Not | And | Or
"""A query, read."""
