"""The tree of a query, and what its readers must know of an archive's codes.

`query_parse` reads text into a tree, `query_format` writes a tree as text, `query_say` says it in
plain words, `query_edit` changes a text as the mouse does, `query_json` keeps a tree, `thesaurus`
widens it by words that mean the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from archivist.model.dates import DateRange

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Everything:
    """`*`: every record."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word; its other forms (by stem, in the record's language) are found, too.

    A token with inner punctuation (`W-2`, `14/2/2024`, `U.S.`) is a phrase of its parts.

    Attributes:
        text: as typed, one token.
        field: "" for title and text, else "title", "text" or "said" (the words of a statement).
    """

    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other as written: never stemmed, nothing dropped.

    Among them, `*` alone stands for any one word, `word*` for any word that begins so.

    Attributes:
        text: as typed, without the quotation marks; an asterisk only as blank-separated `*`, or at
            the end of a blank-separated token that is one word.
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
class Wildcard:
    """`wo?d`, `w*d`: every word of this pattern, as written.

    Attributes:
        text: one word of at least two letters or digits; `?` stands for one letter, never the first
            or last, `*` for any number of them.
        field: "" for title and text, else "title" or "text".
    """

    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """`word~`: every word that is spelled nearly so, as written.

    Attributes:
        text: the word.
        field: "" for title and text, else "title" or "text".
        distance: letters that may be changed, added, left out or exchanged with the next: 1 or 2;
            0 for what suits the word's length.
    """

    text: str
    field: str = ""
    distance: int = 0


@dataclass(frozen=True, slots=True)
class Near:
    """`a NEAR/5 b`, `a PRE/5 b`: two things near each other in one field.

    Sides are words, phrases, prefixes, wildcards, fuzzy words, an Or of such, Near and Within: what
    has a first and a last word in a text. Their words name no more than one field, "title" or
    "text", between them. The two do not overlap.

    Attributes:
        left: one side.
        right: the other side.
        distance: how many words further on the second begins after the first has ended, at most;
            1 means that it follows at once.
        ordered: whether the left side comes first.
    """

    left: Node
    right: Node
    distance: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """`a /s b`, `a /p b`: two things in one sentence, or in one paragraph.

    Sides are as in `Near`; both lie wholly in the unit and do not overlap.

    Attributes:
        left: one side.
        right: the other side.
        unit: what they share.
    """

    left: Node
    right: Node
    unit: Literal["sentence", "paragraph"]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """`ATLEAST/3 word`: records in which something stands several times, title and text together.

    Attributes:
        part: what is counted; as the sides of `Near`.
        count: how often at least.
    """

    part: Node
    count: int


@dataclass(frozen=True, slots=True)
class Like:
    """`like:REF`: records with the words that mark this one out; itself left out.

    Attributes:
        ref: accession number of the record.
    """

    ref: str


@dataclass(frozen=True, slots=True)
class Value:
    """`field:value` for a field whose values stand in columns.

    Attributes:
        field: a name of `model.fields`, or a custom field's.
        value: a code for a field of kind CODE, else words that must follow each other in the value.
        prefix: whether the last word is a beginning only (`originator:foreig*`).
        exact: whether these must be all words of the value (`originator:="Foreign Ministry"`).
    """

    field: str
    value: str
    prefix: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """`date:2010..2024`: records whose date may lie in the range.

    Attributes:
        field: "date" or "filed".
        range: the days asked for.
        relative: how they were asked for where they move with the calendar ("last year"), folded;
            else empty.
    """

    field: str
    range: DateRange
    relative: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """Records that hold a statement; nobody types it: `query_said` makes it of what is typed.

    Attributes:
        part: what one statement must match.
        keys: ids of the records, as they were found.
    """

    part: Node
    keys: frozenset[int] = frozenset()


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


Leaf: TypeAlias = Word | Phrase | Prefix | Wildcard | Fuzzy
"""What is looked for in the words of title and text."""
Node: TypeAlias = (
    Everything | Leaf | Near | Within | AtLeast | Like | Value | Dated | Held | Not | And | Or
)
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
