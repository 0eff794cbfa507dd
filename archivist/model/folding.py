"""Which spellings are the same word: case, accents, and what each script leaves to the writer.

Folded away: accents and other marks of Latin, Greek and Cyrillic letters (but й is a letter of its
own), Arabic vowel signs, hamzas and dots that writers leave out, Hebrew points and final letters,
the nukta of Devanagari. The vowel signs of Indic scripts are kept, because words differ by them.
"""

from __future__ import annotations

import unicodedata

import regex

_LATIN = ("łøđðħŧı", "loddhti")
# A letter banned for decades, and letters of before 1918.
_CYRILLIC = ("ґѣѳѵ", "гефи")
# Final letters, so that beginnings of words are found in longer ones.
_HEBREW = ("ךםןףץ", "כמנפצ")
# Ta marbuta, alef maqsura and wasla; then what the keyboards of Persian and Urdu write.
_ARABIC = (
    "\u0629\u0649\u0671\u06a9\u06cc\u06d5\u06c1\u06be\u06c3",
    "\u0647\u064a\u0627\u0643\u064a\u0647\u0647\u0647\u0647",
)
# Candrabindu is written as anusvara; nukta is left out, and so are the joiners of Indic letters.
_DEVANAGARI = ("\u0901", "\u0902", "\u093c\u200c\u200d")
_SEVERAL: dict[str, str | int | None] = {
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "\N{LATIN SMALL LETTER ENG}": "ng",
    # Bengali and Malayalam letters without a vowel, which have two encodings.
    "\u09ce": "\u09a4\u09cd",
    "\u0d7a": "\u0d23\u0d4d",
    "\u0d7b": "\u0d28\u0d4d",
    "\u0d7c": "\u0d30\u0d4d",
    "\u0d7d": "\u0d32\u0d4d",
    "\u0d7e": "\u0d33\u0d4d",
    "\u0d7f": "\u0d15\u0d4d",
}
_LETTERS: dict[int, str | int | None] = {
    **str.maketrans(*_LATIN),
    **str.maketrans(*_CYRILLIC),
    **str.maketrans(*_HEBREW),
    **str.maketrans(*_ARABIC),
    **str.maketrans(*_DEVANAGARI),
    **str.maketrans(_SEVERAL),
}
# Decomposed, these are not what they were: the Cyrillic letter, the vowels of Thai and Lao.
_WHOLE = (
    ("\u0438\u0306", "\u0439"),
    ("\u0e4d\u0e32", "\u0e33"),
    ("\u0ecd\u0eb2", "\u0eb3"),
)
# Signs for two kana or Lao letters, which would become two words.
_DIGRAPHS = frozenset("\u309f\u30ff\u0edc\u0edd")
_IOTA_BELOW = "\u0345"
_DROPPED = regex.compile(
    r"[\u02b9-\u02bf\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    r"\u06d6-\u06ed\u08d3-\u08e1\u08e3-\u08ff]|[^\p{L}\p{N}\p{M}]"
)
_LEADING_MARKS = regex.compile(r"^\p{M}+")
_DIGIT = regex.compile(r"[\p{Nd}--[0-9]]", regex.V1)
# A nasal before a consonant of its own class: हिन्दी is हिंदी.
_NASALS = regex.compile(
    r"(?:\u0919\u094d(?=[\u0915-\u0918])|\u091e\u094d(?=[\u091a-\u091d])"
    r"|\u0923\u094d(?=[\u091f-\u0922])|\u0928\u094d(?=[\u0924-\u0927])"
    r"|\u092e\u094d(?=[\u092a-\u092d]))"
)


def fold_letters(word: str) -> str:
    """Fold one word of any script; the result holds letters, digits and kept marks only.

    Folding again changes nothing.
    """
    if word[:1] in _DIGRAPHS:
        return word[:1]
    letters = unicodedata.normalize("NFKD", word).replace(_IOTA_BELOW, "").casefold()
    for apart, whole in _WHOLE:
        letters = letters.replace(apart, whole)
    letters = _DROPPED.sub("", letters.translate(_LETTERS))
    letters = _DIGIT.sub(_as_ascii, _NASALS.sub("\u0902", letters))
    return unicodedata.normalize("NFC", _LEADING_MARKS.sub("", letters))


def _as_ascii(digit: regex.Match[str]) -> str:
    return str(unicodedata.decimal(digit.group(), digit.group()))
