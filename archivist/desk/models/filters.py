"""Filters of a query: what narrows it by values and dates, beside the words searched for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.model.errors import QueryError
from archivist.model.query import And, Dated, Everything, Node, Not, Value, all_of
from archivist.model.query_format import format_query
from archivist.model.query_parse import complete, parse

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from archivist.model.query import Vocabulary


class OwnFields:
    """A vocabulary that knows the archive's own fields by name, and takes any value as a code."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names

    def codes(self, _field: str) -> Mapping[str, str]:
        """Return no codes: every value will do."""
        return {}

    def labels(self, _field: str) -> Mapping[str, str]:
        """Return no labels."""
        return {}

    def custom(self) -> Collection[str]:
        """Return the names of the archive's own fields."""
        return self._names


def filters(text: str, vocabulary: Vocabulary | None = None) -> int:
    """Return how many parts of a query narrow it by values or dates."""
    return sum(_narrows(part) for part in _parts(text, vocabulary))


def without_filters(text: str, vocabulary: Vocabulary | None = None) -> str:
    """Return the words searched for, without what narrows the query."""
    kept = [part for part in _parts(text, vocabulary) if not _narrows(part)]
    kept = [part for part in kept if not isinstance(part, Everything)]
    return format_query(all_of(kept)) if kept else ""


def narrows(text: str, base: str, vocabulary: Vocabulary | None = None) -> bool:
    """Whether a query asks for all that another does, and for more or nothing more.

    One that cannot be read, as it is still typed, is given the benefit of the doubt.
    """
    try:
        asked = _parts_of(text, vocabulary)
    except QueryError:
        return True
    wanted = set(_parts(base, vocabulary)) - {Everything()}
    return bool(wanted) and wanted <= set(asked)


def order_of(sort: str, text: str, vocabulary: Vocabulary | None = None) -> str:
    """Return the order in effect: with no words to be relevant to, newest first."""
    if sort != "relevance" or not text.strip():
        return "newest" if sort == "relevance" else sort
    from archivist.archive.finding import effective_sort  # noqa: PLC0415 - keeps the start quick

    try:
        return effective_sort(parse(complete(text, vocabulary), vocabulary), sort)
    except QueryError:
        return sort


def _parts(text: str, vocabulary: Vocabulary | None) -> tuple[Node, ...]:
    try:
        return _parts_of(text, vocabulary)
    except QueryError:
        return ()


def _parts_of(text: str, vocabulary: Vocabulary | None) -> tuple[Node, ...]:
    node = parse(complete(text, vocabulary), vocabulary)
    return node.parts if isinstance(node, And) else (node,)


def _narrows(node: Node) -> bool:
    if isinstance(node, Not):
        return _narrows(node.part)
    if isinstance(node, Value | Dated):
        return True
    parts = getattr(node, "parts", ())
    return bool(parts) and all(_narrows(part) for part in parts)
