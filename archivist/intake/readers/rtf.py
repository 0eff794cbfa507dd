"""Rich Text Format: its words, without its commands."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from archivist.intake.readers.base import Found, Handed, Reader
from archivist.model.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

MEDIA_TYPE = "application/rtf"
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)"
)
_SILENT = frozenset(
    b"annotation author atnid colortbl comment company datastore datafield doccomm dptxbxtext "
    b"fldinst fonttbl footer footerf footerl footerr generator header headerf headerl "
    b"headerr info keywords latentstyles listtable listoverridetable mmathPr nonshppict objdata "
    b"pict pgptbl pntext private revtbl rsidtbl shpinst stylesheet themedata "
    b"colorschememapping wgrffmtfilter xmlnstbl userprops operator title subject".split()
)
_WORDS = {
    b"par": "\n\n",
    b"sect": "\n\n",
    b"page": "\n\n",
    b"row": "\n\n",
    b"line": "\n",
    b"tab": "\t",
    b"cell": "\t",
    b"emdash": "\u2014",
    b"endash": "\u2013",
    b"lquote": "\u2018",
    b"rquote": "\u2019",
    b"ldblquote": "\u201c",
    b"rdblquote": "\u201d",
    b"bullet": "\u2022",
    b"emspace": " ",
    b"enspace": " ",
}
_SIGNS = {b"~": "\u00a0", b"_": "\u2011", b"-": "", b"\n": "\n\n", b"\r": "\n\n"}
_CHARSETS = {0: 1252, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258}
_CHARSETS |= {177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250}


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a pair of braces."""

    silent: bool = False
    skips: int = 1
    codepage: str = "cp1252"


@dataclass(slots=True)
class _Reading:
    group: _Group = field(default_factory=_Group)
    outer: list[_Group] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    to_skip: int = 0

    def add(self, text: str) -> None:
        """Add words, unless they are not for reading."""
        self.flush()
        if not self.group.silent:
            self.parts.append(text)

    def flush(self) -> None:
        """Turn bytes gathered so far into words."""
        if self.pending and not self.group.silent:
            self.parts.append(self.pending.decode(self.group.codepage, "replace"))
        self.pending.clear()


def _score(file: Handed) -> int:
    return 95 if file.head.startswith(b"{\\rtf") else 0


def _read(file: Handed) -> Iterator[Found]:
    text, whole = text_of(file.data())
    if not whole:
        raise RefusedError(
            "The file breaks off before its end.", "Ask its sender for it once more."
        )
    yield file.raw(text, MEDIA_TYPE)


def text_of(data: bytes) -> tuple[str, bool]:
    """Return the text, and whether every group that was opened was closed."""
    reading = _Reading()
    for token in _TOKEN.finditer(data):
        word, number, byte, sign, brace, plain = token.groups()
        if brace:
            _brace(reading, brace)
        elif word:
            _word(reading, word, int(number) if number else None)
        elif byte:
            _bytes(reading, bytes([int(byte, 16)]))
        elif sign:
            _sign(reading, sign)
        else:
            _bytes(reading, plain)
    reading.flush()
    text = "".join(part.replace("\x00", "") for part in reading.parts)
    lines = [" ".join(line.split(" ")).strip(" \t") for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n"), not reading.outer


def _brace(reading: _Reading, brace: bytes) -> None:
    reading.flush()
    if brace == b"{":
        reading.outer.append(reading.group)
    elif reading.outer:
        reading.group = reading.outer.pop()


def _sign(reading: _Reading, sign: bytes) -> None:
    if sign == b"*":
        reading.flush()
        reading.group = replace(reading.group, silent=True)
    else:
        reading.add(_SIGNS.get(sign, sign.decode("latin-1")))


def _bytes(reading: _Reading, data: bytes) -> None:
    """Take bytes in, but for those that repeat a Unicode character for old programs."""
    skipped = min(reading.to_skip, len(data))
    reading.to_skip -= skipped
    reading.pending += data[skipped:]


def _word(reading: _Reading, word: bytes, number: int | None) -> None:
    if word == b"u" and number is not None:
        reading.add(_character(number))
        reading.to_skip = reading.group.skips
    elif word in _WORDS:
        reading.add(_WORDS[word])
    elif word in _SILENT:
        reading.flush()
        reading.group = replace(reading.group, silent=True)
    elif number is not None:
        _setting(reading, word, number)


def _setting(reading: _Reading, word: bytes, number: int) -> None:
    if word == b"uc":
        reading.group = replace(reading.group, skips=number)
    elif word == b"ansicpg":
        reading.flush()
        reading.group = replace(reading.group, codepage=_codepage(number))
    elif word == b"f":
        reading.flush()
        reading.font = number
        if number in reading.fonts:
            reading.group = replace(reading.group, codepage=reading.fonts[number])
    elif word == b"fcharset" and number in _CHARSETS:
        reading.fonts[reading.font] = _codepage(_CHARSETS[number])


def _codepage(number: int) -> str:
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "cp1252"


def _character(number: int) -> str:
    """Return a Unicode character; halves of a pair meet again when the text is joined."""
    return chr(number % 0x10000)


READER = Reader("Rich Text", _score, _read)
