"""Plain text in any encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.intake.readers.base import Found, Handed, Reader
from archivist.intake.readers.encoding import decode
from archivist.model.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

MEDIA_TYPE = "text/plain"


def _score(file: Handed) -> int:
    return 10 if file.start else 0


def _read(file: Handed) -> Iterator[Found]:
    whole = len(file.head) == file.size
    text = file.start if whole else decode(file.data())
    if not text.strip():
        raise RefusedError("The file holds nothing but blanks.", "Ask its sender for it once more.")
    yield file.raw(text, MEDIA_TYPE)


READER = Reader("plain text", _score, _read)
