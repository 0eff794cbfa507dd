"""Text at the border to a document: what no file can hold goes, marks are put in order.

Texts were cleaned at intake. They are looked at again here, because one stray control character
makes a Word file that cannot be opened.
"""

from __future__ import annotations

import re
import unicodedata

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufeff"
    "\u202a-\u202e\u2066-\u2069]"
    "|["
    + "".join(chr(plane * 0x10000 + end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"\s+")


def safe(text: str) -> str:
    """Return the text as a document can hold it, line breaks as line feeds.

    Control characters, halves of surrogate pairs, non-characters and the invisible characters that
    turn the direction of what follows are dropped. Doing it twice changes nothing more.
    """
    if text.isprintable():
        return text
    return _FORBIDDEN.sub("", _BREAKS.sub("\n", text))


def one_line(text: str, longest: int = 0) -> str:
    """Return the text on one line; where it is longer than `longest`, cut with an ellipsis.

    It is cut between words, where there is a blank near the end.
    """
    line = _BLANKS.sub(" ", safe(text)).strip()
    if longest and len(line) > longest:
        cut = line[: longest - 1]
        whole = cut.rpartition(" ")[0]
        return (whole if len(whole) > longest * 2 // 3 else cut).rstrip(" ,;:.") + "…"
    return line


def tidy(marks: tuple[tuple[int, int], ...], text: str) -> list[tuple[int, int]]:
    """Return marks in order, disjoint, within the text; a letter's signs go with the letter."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        first = max(0, start, found[-1][1] if found else 0)
        last = min(end, len(text))
        while first < last < len(text) and unicodedata.category(text[last]).startswith("M"):
            last += 1
        if first < last:
            found.append((first, last))
    return found
