"""Names of files as people read them, and as a database can keep them."""

from __future__ import annotations


def readable(name: str) -> str:
    r"""Return a file name with bytes that are no text written as `\xff`."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
