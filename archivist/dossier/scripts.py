"""How a paragraph is written: its direction, its script, and the language tags Word wants.

Decided for each paragraph from its own text: a French letter may quote Arabic, an Arabic one
English.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_RTL = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}]")
_LTR = regex.compile(r"\p{Bidi_Class=L}")
_EAST = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}]")
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
_HANGUL = regex.compile(r"\p{Hangul}")
_HEBREW = regex.compile(r"\p{Hebrew}")
_TALL = regex.compile(
    r"[\p{Arabic}\p{Syriac}\p{Thaana}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}"
    r"\p{Tamil}\p{Telugu}\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Thai}\p{Lao}\p{Tibetan}\p{Myanmar}"
    r"\p{Khmer}\p{Ethiopic}]"
)
_INDIC = regex.compile(
    r"[\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}\p{Telugu}\p{Kannada}"
    r"\p{Malayalam}\p{Sinhala}]"
)
_SOUTH_EAST = regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_PLAIN = regex.compile(r"[\x00-\u02ff\u0370-\u058f\u1e00-\u1fff\u2010-\u2044\u20a0-\u20bf]*")

_TAGS = {
    "ar": "ar-SA", "bg": "bg-BG", "cs": "cs-CZ", "da": "da-DK", "de": "de-DE", "el": "el-GR",
    "en": "en-GB", "es": "es-ES", "fa": "fa-IR", "fi": "fi-FI", "fr": "fr-FR", "he": "he-IL",
    "hi": "hi-IN", "hu": "hu-HU", "it": "it-IT", "ja": "ja-JP", "ko": "ko-KR", "nl": "nl-NL",
    "no": "nb-NO", "pl": "pl-PL", "pt": "pt-PT", "ro": "ro-RO", "ru": "ru-RU", "sr": "sr-Cyrl-RS",
    "sv": "sv-SE", "th": "th-TH", "tr": "tr-TR", "uk": "uk-UA", "ur": "ur-PK", "vi": "vi-VN",
    "zh": "zh-CN",
}  # fmt: skip
_RTL_LANGUAGES = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_COMPLEX_LANGUAGES = frozenset(
    {"am", "bn", "gu", "hi", "km", "kn", "lo", "ml", "mr", "my", "ne", "or", "pa", "si", "ta", "te",
     "th"}
)  # fmt: skip
_CODE = regex.compile(r"[a-z]{2,3}")
_FEW, _MANY = 0.3, 0.6
"""Share of right-to-left letters that turns a paragraph, in a document of that direction or not."""
_EAST_FONTS = {"zh-CN": "SimSun", "ja-JP": "MS Mincho", "ko-KR": "Batang"}


class Voice(NamedTuple):
    """How a paragraph is written.

    Attributes:
        rtl: whether it runs from right to left.
        tall: whether its letters need more than the fixed line height of Latin text.
        lang: tag for Latin, Greek and Cyrillic letters, or empty for the dossier's own.
        east: tag for East Asian characters, or empty where it has none.
        bidi: tag for right-to-left and other complex scripts, or empty where it has none.
        east_font: font for East Asian characters, or empty.
        complex_font: font for complex scripts where the style's own lacks them, or empty.
    """

    rtl: bool = False
    tall: bool = False
    lang: str = ""
    east: str = ""
    bidi: str = ""
    east_font: str = ""
    complex_font: str = ""


PLAIN = Voice()


def tag(language: str) -> str:
    """Return the tag Word knows for an ISO 639-1 code; another code is a tag itself.

    What is no code gives none.
    """
    return _TAGS.get(language, language if _CODE.fullmatch(language) else "")


def voice(text: str, language: str = "") -> Voice:
    """Tell how a paragraph is written.

    Args:
        text: the paragraph.
        language: ISO 639-1 code of the document it belongs to, or empty.
    """
    foreign = language in _RTL_LANGUAGES or language in _COMPLEX_LANGUAGES
    lang = "" if foreign or language in {"zh", "ja", "ko"} else tag(language)
    if text.isascii() or _PLAIN.fullmatch(text):
        return Voice(lang=lang) if lang else PLAIN
    east = _east(text, language)
    return Voice(
        rtl=is_rtl(text, language),
        tall=bool(east or _TALL.search(text)),
        lang=lang,
        east=east,
        bidi=_bidi(text, language),
        east_font=_EAST_FONTS.get(east, ""),
        complex_font=_complex_font(text),
    )


def is_rtl(text: str, language: str = "") -> bool:
    """Whether a paragraph runs from right to left.

    Most letters decide; in a document of a known language the other direction needs more of
    them, so that an Arabic sentence with a long English name stays Arabic.
    """
    right = len(_RTL.findall(text))
    if not right or not language:
        left = len(_LTR.findall(text)) if right else 0
        return right > left or (0 < right == left and _first_is_rtl(text))
    share = right / (right + len(_LTR.findall(text)))
    return share >= (_FEW if language in _RTL_LANGUAGES else _MANY)


def closed(text: str) -> str:
    """Return a part of a line so that its direction does not run on into what follows it.

    Without it, a number after an Arabic name would be set before the name, its own parts turned.
    """
    return f"{text}\u200e" if _RTL.search(text) else text


def _first_is_rtl(text: str) -> bool:
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next((kind != "L" for kind in kinds if kind in {"L", "R", "AL"}), False)


def _east(text: str, language: str) -> str:
    if not _EAST.search(text):
        return ""
    if _KANA.search(text):
        return "ja-JP"
    if _HANGUL.search(text):
        return "ko-KR"
    return tag(language) if language in {"zh", "ja", "ko"} else "zh-CN"


def _bidi(text: str, language: str) -> str:
    if language in _RTL_LANGUAGES or language in _COMPLEX_LANGUAGES:
        return tag(language)
    if _HEBREW.search(text):
        return "he-IL"
    return "ar-SA" if _RTL.search(text) else ""


def _complex_font(text: str) -> str:
    if _INDIC.search(text):
        return "Nirmala UI"
    return "Leelawadee UI" if _SOUTH_EAST.search(text) else ""


class Stretch(NamedTuple):
    """A part of a text that runs in one direction."""

    text: str
    rtl: bool


def stretches(text: str, *, rtl: bool) -> Iterator[Stretch]:
    """Cut a text where its direction changes.

    Word takes the direction of blanks, digits and punctuation from the run they stand in, so each
    run must hold one direction only. Between letters of one direction they take it; else
    the paragraph's; figures follow the letters before them.

    Args:
        text: any part of a paragraph.
        rtl: whether the paragraph runs from right to left.
    """
    if not _RTL.search(text) and not (rtl and _LTR.search(text)):
        yield Stretch(text, rtl)
        return
    start, now = 0, rtl
    for found, end in _turns(text, rtl=rtl):
        if found != now:
            if start < end:
                yield Stretch(text[start:end], now)
            start, now = end, found
    if start < len(text):
        yield Stretch(text[start:], now)


_STRONG = regex.compile(
    r"(?P<r>[\p{Bidi_Class=R}\p{Bidi_Class=AL}](?:[^\p{Bidi_Class=L}]*"
    r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}\p{Nd}\p{M}])?)"
    r"|(?P<l>\p{Bidi_Class=L}(?:[^\p{Bidi_Class=R}\p{Bidi_Class=AL}]*[\p{Bidi_Class=L}\p{Nd}\p{M}])?)"
)


def _turns(text: str, *, rtl: bool) -> Iterator[tuple[bool, int]]:
    """Yield (direction, where it begins): strong stretches, and the paragraph's between them."""
    for match in _STRONG.finditer(text):
        yield match.lastgroup == "r", match.start()
        yield rtl, match.end()
