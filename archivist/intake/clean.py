"""Text is cleaned once, here; everything behind relies on it.

Clean text is NFC, its lines end with a line feed and have no blanks at their ends, and it holds no
character that XML, Word or UTF-8 cannot carry. Paragraphs and blank lines stay as they are, so that
the text of a plain-text file that is clean already equals the file's content.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb"
    "\ufffe\uffff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
    + "]"
)
_BLANKS = (
    " \t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
    "\u205f\u3000"
)


def clean(text: str) -> str:
    """Return the text cleaned; cleaning clean text changes nothing."""
    if text.isascii() and text.isprintable():
        return text.rstrip(" ")
    if not all(line.isprintable() for line in text.split("\n")):
        text = _LINE_ENDS.sub("\n", _UNWANTED.sub("", text))
    text = unicodedata.normalize("NFC", text)
    return "\n".join([line.rstrip(_BLANKS) for line in text.split("\n")])


def clean_line(text: str) -> str:
    """Return the text cleaned and on one line, for titles, names and other values."""
    return " ".join(clean(text).split())


def text_hash(text: str) -> str:
    """Return the SHA-256 of a clean text, by which it is named and compared."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
