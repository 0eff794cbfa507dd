"""What the statements view asks of the archive, on any thread."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from archivist.desk.models.lines import BLOCK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.archive import Archive
    from archivist.archive.statements.listing import Head, Spoken, StatementList
    from archivist.model.progress import CancelToken


class Wanted(NamedTuple):
    """What is asked.

    Attributes:
        query: its text.
        sort: the order.
        unsure: whether those that may be wrong are wanted, too.
        among: ids of the only records (None: all).
        facets: fields whose values are counted.
    """

    query: str
    sort: str
    unsure: bool
    among: frozenset[int] | None
    facets: tuple[str, ...] = ()


class Answer(NamedTuple):
    """What was found.

    Attributes:
        query: that was asked.
        found: the statements.
        first: the rows at the top.
        unread: texts still to be read.
        texts: how many texts there are.
        took_ms: how long it took to find them, in milliseconds.
    """

    query: str
    found: StatementList
    first: Sequence[Spoken | Head | None]
    unread: int
    texts: int
    took_ms: float


def ask(archive: Archive, wanted: Wanted, cancel: CancelToken) -> Answer:
    """Ask for statements, those in sight, and what they have in common."""
    query, sort, unsure, among, facets = wanted
    began = time.perf_counter()
    found = archive.list_statements(
        query, sort=sort, unsure=unsure, among=among, facets=facets, cancel=cancel
    )
    cancel.check()
    took = (time.perf_counter() - began) * 1000
    return Answer(
        query,
        found,
        found.rows(0, BLOCK),
        archive.unread(),
        archive.count(),
        took,
    )
