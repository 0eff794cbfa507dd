"""What can be wrong with an index; the archive answers by building it anew."""

from __future__ import annotations

from archivist.model.errors import WorldError


class IndexUnusableError(WorldError):
    """The index is missing, damaged, of another version or of another archive.

    Attributes:
        reason: which, in plain words.
    """

    kind = "index"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The search index cannot be used: {reason}.",
            "It is built anew from the archive; no record is lost.",
        )
        self.reason = reason
