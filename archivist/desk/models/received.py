"""What an original shows of itself: the head of a message, the lines of a text, a row."""

from __future__ import annotations

import email
import email.policy
import enum
import json
from dataclasses import dataclass
from email.message import EmailMessage
from itertools import islice
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.model.record import Original

_HEADERS: Final = ("From", "To", "Cc", "Reply-To", "Date", "Subject", "Message-ID")
_MOST_TEXT: Final = 200_000
_LARGEST: Final = 2400
_TEXTS: Final = frozenset(
    {"application/json", "application/xml", "application/x-ndjson", "application/jsonl"}
)


class Sort(enum.Enum):
    """How an original is shown."""

    PAGES = "pages"
    PICTURE = "picture"
    MESSAGE = "message"
    LINES = "lines"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Received:
    """What there is to show of an original.

    Attributes:
        headers: of a message, in order.
        text: of a message, a text file or a row.
        picture: of an image, not larger than a screen needs.
    """

    sort: Sort
    headers: tuple[tuple[str, str], ...] = ()
    text: str = ""
    picture: QImage | None = None


def sort_of(original: Original) -> Sort:
    """Return how an original is shown, by what it is."""
    kind = original.media_type
    if kind == "application/pdf":
        return Sort.PAGES
    if kind == "message/rfc822":
        return Sort.MESSAGE
    if kind.startswith("image/"):
        return Sort.PICTURE
    if original.member or kind.startswith("text/") or kind in _TEXTS:
        return Sort.LINES
    return Sort.FILE


def receive(original: Original, path: Path) -> Received:
    """Read what there is to show; call it off the window's thread."""
    sort = sort_of(original)
    if sort is Sort.MESSAGE:
        return _message(path)
    if sort is Sort.PICTURE:
        picture = _picture(path)
        return Received(sort if picture else Sort.FILE, picture=picture)
    if sort is Sort.LINES:
        return Received(sort, text=_row(original, path) if original.member else _lines(path))
    return Received(sort)


def _message(path: Path) -> Received:
    with path.open("rb") as file:
        message = email.message_from_binary_file(file, policy=email.policy.default)
    headers = tuple((name, str(message[name])) for name in _HEADERS if message[name])
    return Received(Sort.MESSAGE, headers, _body(message))


def _body(message: EmailMessage | object) -> str:
    if not isinstance(message, EmailMessage):
        return ""
    part = message.get_body(("plain", "html"))
    try:
        content = part.get_content() if part is not None else ""
    except (LookupError, ValueError):
        return ""
    return str(content)[:_MOST_TEXT]


def _picture(path: Path) -> QImage | None:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _LARGEST:
        reader.setScaledSize(
            size.scaled(QSize(_LARGEST, _LARGEST), Qt.AspectRatioMode.KeepAspectRatio)
        )
    picture = reader.read()
    return None if picture.isNull() else picture


def _lines(path: Path) -> str:
    with path.open("rb") as file:
        return _decoded(file.read(_MOST_TEXT))


def _row(original: Original, path: Path) -> str:
    """Return the row of a catalogue a record was filed from."""
    number = int(original.member) if original.member.isdigit() else 1
    with path.open("rb") as file:
        line = next(islice(file, number - 1, number), b"")
    text = _decoded(line[:_MOST_TEXT]).strip()
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except ValueError:
        return text


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16"):
        if encoding == "utf-16" and data[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            if error.end >= len(data) and encoding == "utf-8-sig":
                return data[: error.start].decode(encoding)
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only for old encodings

    best = from_bytes(data).best()
    return str(best) if best is not None else data.decode("latin-1")
