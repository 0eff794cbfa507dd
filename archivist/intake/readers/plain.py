"""Plain text in any encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.intake.readers.base import Found, Handed, Reader
from archivist.intake.readers.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

MEDIA_TYPE = "text/plain"


def _score(file: Handed) -> int:
    return 10 if file.start else 0


def _read(file: Handed) -> Iterator[Found]:
    whole = len(file.head) == file.size
    yield file.raw(file.start if whole else decode(file.data()), MEDIA_TYPE)


READER = Reader("plain text", _score, _read)
