"""The tree of a query, and what its readers must know of an archive's codes.

`query_parse` reads text into a tree, `query_format` writes a tree as text, `query_say` says it in
plain words, `query_edit` changes a text as the mouse does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from archivist.model.dates import DateRange

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


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


class Vocabulary(Protocol):
    """The codes of an archive and what people call them."""

    def codes(self, field: str) -> Mapping[str, str]:
        """Return the code for every name it goes by; names are folded words joined by spaces."""

    def labels(self, field: str) -> Mapping[str, str]:
        """Return the name for people of every code."""

    def custom(self) -> Collection[str]:
        """Return the names of the archive's own fields."""


def all_of(parts: Iterable[Node]) -> Node:
    """Join at least one part by "and"; an And among the parts is dissolved."""
    flat = tuple(
        inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,))
    )
    return flat[0] if len(flat) == 1 else And(flat)


def any_of(parts: Iterable[Node]) -> Node:
    """Join at least one part by "or"; an Or among the parts is dissolved."""
    flat = tuple(
        inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,))
    )
    return flat[0] if len(flat) == 1 else Or(flat)
