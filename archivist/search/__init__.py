"""Full-text search on Whoosh: packed arrays on disk, evaluated with arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.search.errors import IndexUnusableError
from archivist.search.seals import Seals
from archivist.search.types import Entry, Matches

if TYPE_CHECKING:
    from archivist.search.index import Index
    from archivist.search.marks import Marker
    from archivist.search.searcher import Searcher

__all__ = ["Entry", "Index", "IndexUnusableError", "Marker", "Matches", "Seals", "Searcher"]


def __getattr__(name: str) -> object:
    """Import what needs Whoosh and numpy only when it is used: both are slow to load."""
    if name == "Index":
        from archivist.search.index import Index  # noqa: PLC0415 - see above

        return Index
    if name == "Searcher":
        from archivist.search.searcher import Searcher  # noqa: PLC0415 - see above

        return Searcher
    if name == "Marker":
        from archivist.search.marks import Marker  # noqa: PLC0415 - see above

        return Marker
    raise AttributeError(name)
