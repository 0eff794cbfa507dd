"""What no reader knows: filed with its original, marked "no text"; the unreadable is refused."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

from archivist.intake.readers.base import Found, Handed, Reader
from archivist.model.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNS: tuple[tuple[bytes, int, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"GIF8", 0, "image/gif"),
    (b"II*\x00", 0, "image/tiff"),
    (b"MM\x00*", 0, "image/tiff"),
    (b"BM", 0, "image/bmp"),
    (b"WEBP", 8, "image/webp"),
    (b"WAVE", 8, "audio/wav"),
    (b"ftypheic", 4, "image/heic"),
    (b"ftyp", 4, "video/mp4"),
    (b"\x00\x00\x00\x0cjP  ", 0, "image/jp2"),
    (b"AT&TFORM", 0, "image/vnd.djvu"),
    (b"ID3", 0, "audio/mpeg"),
    (b"OggS", 0, "audio/ogg"),
    (b"fLaC", 0, "audio/flac"),
    (b"7z\xbc\xaf\x27\x1c", 0, "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", 0, "application/vnd.rar"),
    (b"SQLite format 3\x00", 0, "application/vnd.sqlite3"),
    (b"%!PS", 0, "application/postscript"),
)
_OFFICE: tuple[tuple[str, str], ...] = (
    ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
)
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
)
_NAMED_TYPE = re.compile(rb"mimetype(application/[\w.+-]+?)PK")
_ANY = "application/octet-stream"
_WORD_SIGN = 0xA5EC
_WORD_ENCRYPTED = 0x0100
_OLE_HEAD = 512


def _score(file: Handed) -> int:
    """Take what nobody wants; and programs' own formats that are zip files inside."""
    entries = file.entries or ()
    is_package = "[Content_Types].xml" in entries or entries[:1] == ("mimetype",)
    return 60 if is_package else 1


def _read(file: Handed) -> Iterator[Found]:
    media_type = media_type_of(file)
    check = _CHECKS.get(media_type)
    if check is not None and not check(file.data()):
        raise RefusedError(
            "The file breaks off before its end.", "Ask its sender for it once more."
        )
    if file.head.startswith(_OLE):
        _check_ole(file.data())
    yield file.raw("", media_type)


def media_type_of(file: Handed) -> str:
    """Tell the media type by the first bytes."""
    if file.entries is not None:
        named = _NAMED_TYPE.search(file.head[:200])
        return named[1].decode() if named else _packed_type(file.entries)
    if file.head.startswith(_OLE):
        names = ((name.encode("utf-16-le"), media) for name, media in _OLE_STREAMS)
        data = file.data()
        return next((media for name, media in names if name in data), "application/x-ole-storage")
    for sign, offset, media_type in _SIGNS:
        if file.head[offset : offset + len(sign)] == sign:
            return media_type
    return _ANY


def _packed_type(entries: tuple[str, ...]) -> str:
    """Tell the media type of a zip file by its members."""
    for folder, media_type in _OFFICE:
        if any(entry.startswith(folder) for entry in entries):
            return media_type
    return "application/zip"


def _check_ole(data: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data or _is_encrypted_word(data):
        raise RefusedError(
            "The file is protected by a password.",
            "Open it in its program, save it without the password, and file that.",
        )
    if len(data) < _ole_reach(data):
        raise RefusedError(
            "The file breaks off before its end.", "Ask its sender for it once more."
        )


def _is_encrypted_word(data: bytes) -> bool:
    """Whether the head of a Word 97 document, mostly in the first sector, says so."""
    if len(data) < _OLE_HEAD + 12:
        return False
    sign, flags = struct.unpack_from("<H8xH", data, _OLE_HEAD)
    return bool(sign == _WORD_SIGN and flags & _WORD_ENCRYPTED)


def _ole_reach(data: bytes) -> int:
    """Return how long the file must be at least, by the sectors its head names."""
    if len(data) < _OLE_HEAD:
        return _OLE_HEAD
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    count, directory = struct.unpack_from("<II", data, 44)
    tables = struct.unpack_from(f"<{min(count, 109)}I", data, 76)
    last = max((directory, *tables))
    return int((last + 1) * size)


def _is_whole_png(data: bytes) -> bool:
    return b"IEND" in data[-64:] or data.rfind(b"IEND") > 0


def _is_whole_jpeg(data: bytes) -> bool:
    return data.rfind(b"\xff\xd9") > data.rfind(b"\xff\xda")


def _is_whole_gif(data: bytes) -> bool:
    return data.rstrip(b"\x00").endswith(b";")


_CHECKS: dict[str, Callable[[bytes], bool]] = {
    "image/png": _is_whole_png,
    "image/jpeg": _is_whole_jpeg,
    "image/gif": _is_whole_gif,
}

READER = Reader("unknown", _score, _read)
