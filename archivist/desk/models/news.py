"""What is new in a saved search since it was last opened, and whether only that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from archivist.desk import formats
from archivist.desk.models import filters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archivist.model.query import Vocabulary


class _News(NamedTuple):
    """What a saved search finds anew.

    Attributes:
        query: of the search.
        ids: the records it did not find when it was last opened.
        since: when that was, for people.
    """

    query: str
    ids: frozenset[int]
    since: str


_NONE = _News("", frozenset(), "")


class NewRecords:
    """Keeps what is new, for as long as the search is asked for, or a narrower one.

    Attributes:
        only: whether only the new records are shown.
    """

    def __init__(self) -> None:
        self.only = False
        self._news = _NONE

    @property
    def ids(self) -> frozenset[int]:
        """The new records."""
        return self._news.ids

    def take(self, query: str, ids: Iterable[int], since: str) -> None:
        """Take note of what a saved search finds anew; all records are shown.

        Args:
            query: of the search.
            ids: of the new records.
            since: since when they are new, for people; may be empty.
        """
        self.only = False
        self._news = _News(query, frozenset(ids), since)

    def forget(self) -> None:
        """Know of nothing new."""
        self.only, self._news = False, _NONE

    def looked_at(self, text: str, vocabulary: Vocabulary) -> frozenset[int] | None:
        """Return the only records that a query is to search; None for all.

        What is new stays in sight while the search is narrowed, by a filter or by another word;
        with any other query it is done with.
        """
        if self._news.ids and not filters.narrows(text, self._news.query, vocabulary):
            self.forget()
        return self._news.ids if self.only else None

    def offer(self, found: Iterable[int]) -> tuple[str, str]:
        """Return what can be done about what is new among the records found, and a tip for it."""
        if self.only:
            return "Show all", "Show all records found, not only the new ones"
        count = len(self._news.ids.intersection(found)) if self._news.ids else 0
        if not count:
            return "", ""
        since = f" since {self._news.since}" if self._news.since else ""
        number = formats.number(count)
        return f"Only the {number} new", f"{number} new{since}: show only them"
