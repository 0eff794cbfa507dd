"""Archivist: a document archive for foreign ministries.

`from archivist import Archive` is lazy: neither Qt nor the full-text engine is imported until used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archivist.archive import Archive

__version__ = "0.1.0"
__all__ = ["Archive", "__version__"]


def __getattr__(name: str) -> object:
    """Import the public API when it is first asked for."""
    if name == "Archive":
        from archivist.archive import Archive  # noqa: PLC0415 - lazy by design

        return Archive
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
