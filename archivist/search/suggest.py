"""Words near a word in spelling, of those that some record has."""

from __future__ import annotations

from collections.abc import Sequence

from archivist.search.evaluate import Part


def near(parts: Sequence[Part], word: str, limit: int) -> list[str]:
    """Return near words, best first."""
    return []
