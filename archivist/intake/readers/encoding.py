"""Bytes to text, whatever they were written in.

Unicode is tried first. What is left is told by its letters: written in the Latin alphabet, the text
belongs to the code page in which its accented letters are those of one language; else
charset-normalizer is asked, which knows Cyrillic, Arabic and East Asian code pages well, but takes
Western European ones for Central European.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MOSTLY = 0.8
_MIXED = 0.9
_LONGEST = 4
_SAMPLE = 64 * 1024
_SHIFTS = (b"\x1b$B", b"\x1b$@", b"\x1b(J")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_PRINTED = re.compile(rb"[\t\n\f\r -~]+")
_ASCII_LETTERS = re.compile(rb"[A-Za-z]")
_HIGH = re.compile(rb"[\x80-\xff]")
_MARKS = "’‘“”„‚«»‹›–—…·•°§№©®™€£½¼¾¹²³ªº¿¡´\xa0\xad†‡‰"  # noqa: RUF001 - these very characters
_STRAY = re.compile("[\udc80-\udcff]")
_WESTERN = (
    "éèêëàâæçîïôœùûüÿ",
    "äöüß",
    "áéíóúüñ",
    "áàâãçéêíóôõúü",
    "àèéìíîòóùú",
    "áéëïíóöúèü",
    "åäöéü",
    "æøåéäö",
    "áðéíóúýþæö",
)
_LETTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("cp1252", _WESTERN),
    (
        "cp1250",
        ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîșțşţ", "čćđšž"),
    ),
    ("cp1254", ("çğıİöşüâîû",)),
    ("cp1257", ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž")),
    ("cp850", _WESTERN),
    ("mac-roman", _WESTERN),
)


class _Guess(NamedTuple):
    share: float
    encoding: str


def decode(data: bytes) -> str:
    """Return the text of the bytes; never fails."""
    encoding = encoding_of(data)
    if encoding != "utf-8":
        return data.decode(encoding, "replace")
    if _is_cut(data):
        return data.decode("utf-8", "ignore")
    return _STRAY.sub(_western, data.decode("utf-8", "surrogateescape"))


def _western(stray: re.Match[str]) -> str:
    return bytes([ord(stray.group()) - 0xDC00]).decode("cp1252", "replace")


def encoding_of(data: bytes) -> str:
    """Return the name of the encoding the bytes are most probably written in."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    if b"\x00" in data[:_SAMPLE] and not _is_stray(data[:_SAMPLE]):
        return _wide(data)
    if any(shift in data for shift in _SHIFTS):
        return "iso2022_jp"
    return "utf-8" if _is_utf8(data) else _legacy(data)


def looks_like_text(data: bytes) -> bool:
    """Whether the head of a file is text in some encoding, and not a program's own format."""
    if any(data.startswith(bom) for bom, _ in _BOMS):
        return True
    if b"\x00" in data:
        return _is_stray(data) or _is_wide(data)
    return len(_CONTROLS.findall(data)) <= len(data) // 100


def _is_wide(data: bytes) -> bool:
    encoding = _wide(data)
    return encoding != "latin-1" and _is_plausible(data[: len(data) // 4 * 4], encoding)


def _is_stray(data: bytes) -> bool:
    """Whether zero bytes are strays in a text of single bytes: of wide ones they are many."""
    zeros = data.count(0)
    return zeros <= len(data) // 20 + 1 and _PRINTED.fullmatch(data.replace(b"\0", b"")) is not None


def _is_plausible(data: bytes, encoding: str) -> bool:
    text = data.decode(encoding, "replace")
    good = sum(char.isalnum() or char.isspace() or char in ".,;:-'\"()" for char in text)
    return "\x00" not in text and good >= _MOSTLY * len(text)


def _wide(data: bytes) -> str:
    """Tell UTF-16 and UTF-32 without a mark by where their zero bytes stand."""
    sample = data[: _SAMPLE // 4 * 4]
    zeros = [sample[start::4].count(0) * 4 / max(len(sample), 4) for start in range(4)]
    if min(zeros[2], zeros[3]) > _MOSTLY:
        return "utf-32-le"
    if min(zeros[0], zeros[1]) > _MOSTLY:
        return "utf-32-be"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if odd > 2 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 2 * odd else "latin-1"


def _is_cut(data: bytes) -> bool:
    """Whether the bytes are UTF-8 but for a last character that breaks off."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and len(data) - error.start < _LONGEST
    return True


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8, or so nearly that single bytes must have been mixed in."""
    if data.isascii() or _is_cut(data):
        return True
    lost = data.decode("utf-8", "replace").count("\ufffd")
    whole = sum(char > "\x7f" for char in data.decode("utf-8", "ignore"))
    return whole >= 4 * lost


def _legacy(data: bytes) -> str:
    sample = _around_high(data)
    if len(_ASCII_LETTERS.findall(sample)) >= len(_HIGH.findall(sample)):
        best = max((_guess(sample, name, sets) for name, sets in _LETTERS), key=lambda g: g.share)
        if best.share >= _MOSTLY:
            return best.encoding
    return _asked(data) or "cp1252"


def _around_high(data: bytes) -> bytes:
    """Return enough of the bytes to judge by, beginning where they stop being ASCII."""
    match = _HIGH.search(data)
    start = max(match.start() - 64, 0) if match else 0
    return data[start : start + _SAMPLE]


def _guess(sample: bytes, encoding: str, alphabets: tuple[str, ...]) -> _Guess:
    """Say which share of the special characters one language would explain."""
    chars = [_small(char) for char in sample.decode(encoding, "replace") if char > "\x7f"]
    known = [sum(char in alphabet or char in _MARKS for char in chars) for alphabet in alphabets]
    mixed = sum(any(char in alphabet for alphabet in (*alphabets, _MARKS)) for char in chars)
    return _Guess(max(*known, _MIXED * mixed) / max(len(chars), 1), encoding)


def _small(char: str) -> str:
    """Return the small letter, as one character: that of the Turkish dotted capital is two."""
    return char if len(char.lower()) > 1 else char.lower()


def _asked(data: bytes) -> str:
    import charset_normalizer  # noqa: PLC0415 - only where a text is in no Unicode encoding

    found = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    return found.encoding if found is not None else ""
