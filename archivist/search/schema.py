"""What is indexed, as Whoosh sees it: words as written, nothing dropped, nothing stemmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override
from whoosh import fields
from whoosh.analysis import Token, Tokenizer

from archivist.model.words import terms_of
from archivist.search.types import TEXT, TITLE

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "MAIN"
"""Of the index within its folder."""


class WordsAsWritten(Tokenizer):  # type: ignore[misc]  # Whoosh is untyped
    """Splits a text by the one definition of a word."""

    @override
    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    @override
    def __hash__(self) -> int:
        return hash(type(self))

    def __call__(  # noqa: PLR0917 - Whoosh's signature
        self,
        value: str,
        positions: bool = False,  # noqa: FBT001, FBT002 - Whoosh's signature
        chars: bool = False,  # noqa: FBT001, FBT002 - Whoosh's signature
        start_pos: int = 0,
        removestops: bool = True,  # noqa: FBT001, FBT002 - Whoosh's signature
        mode: str = "",
        **_options: object,
    ) -> Iterator[Token]:
        """Yield the words; Whoosh takes each before it asks for the next."""
        token = Token(positions, chars, removestops=removestops, mode=mode)
        for number, word in enumerate(terms_of(value)):
            token.text = word
            token.boost = 1.0
            token.stopped = False
            if positions:
                token.pos = start_pos + number
            yield token


def schema() -> fields.Schema:
    """Return the schema; always given when an index is opened, never read from it."""
    words = WordsAsWritten()
    return fields.Schema(
        key=fields.STORED,
        **{name: fields.TEXT(analyzer=words) for name in (TEXT, TITLE)},
    )
