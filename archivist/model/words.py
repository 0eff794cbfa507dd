"""What a word is: a maximal run of letters and digits, case- and accent-folded.

One definition for the index, queries, excerpts, marks and duplicates; `archivist.model.folding`
tells which spellings are the same word. Scripts written without blanks between words (Chinese,
Japanese, Thai, Lao, Khmer, Burmese) have no such runs: in them, and in Korean, whose particles
cling to words, every letter with its marks is a word of its own. The index holds *terms*: words,
but of such letters each with the next one, so that a search for some of them finds just these.
"""

from __future__ import annotations

import functools
import itertools
import operator
import re
from typing import TYPE_CHECKING, NamedTuple

import regex

from archivist.model.folding import fold_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BOUND = "\x01"
"""Passes through `terms_of` as a term of its own where it stands between blanks; clean texts hold
none. So bounds of sentences may be written into a text on its way into the index."""

# Letters that fold to themselves: kana and Han letters; syllables of Korean.
_KANA_HAN = r"\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff"
_HANGUL = r"\uac00-\ud7a3"
# The rest of those of Chinese and Japanese: a line may end, and names are spaced out, in between.
_MORE_HAN = (
    r"\u2f00-\u2fd5\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u309d-\u309f"
    r"\u30fd-\u30ff\u3105-\u312f\u3192-\u3195\u31a0-\u31bf\u31f0-\u31ff\u3220-\u3229"
    r"\u3280-\u3289\u3400-\u4dbf\uf900-\ufad9\uff66-\uff9d"
    r"\U0001aff0-\U0001b16f\U00020000-\U0002fffd\U00030000-\U0003fffd"
)
# The rest of those of Korean, and those of Thai, Lao, Burmese and Khmer: a blank separates them.
_JAMO_THAI = (
    r"\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd\u0ec0-\u0ec6"
    r"\u0edc-\u0edf\u1000-\u102a\u103f\u1050-\u1055\u105a-\u105d\u1061\u1065\u1066\u106e-\u1070"
    r"\u1075-\u1081\u108e\u1780-\u17b3\u17d7\u17dc"
    r"\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\ud7b0-\ud7fb\uffa0-\uffdc"
)
_FLOWING = _KANA_HAN + _MORE_HAN
_BLANKED = _HANGUL + _JAMO_THAI
_UNSPACED = re.compile(rf"[{_FLOWING}{_BLANKED}]")
_FLOWS = re.compile(rf"[{_FLOWING}]")
_EAST_MARKS = (
    r"\u0300-\u036f\u302a-\u302f\u3099\u309a\ufe00-\ufe0f\uff9e\uff9f\U000e0100-\U000e01ef"
)
_LETTER = (
    rf"(?:[\u1100-\u115f]+[\u1160-\u11a7]+[\u11a8-\u11ff]*|[\uac00-\ud7a3][\u1160-\u11ff]+"
    rf"|(?=[\p{{L}}\p{{N}}\u2f00-\u2fd5])[{_FLOWING}{_BLANKED}])"
    rf"(?:[{_EAST_MARKS}]|(?<=[\u0e00-\u17ff])\p{{M}})*"
)
_FREE = rf"[\p{{L}}\p{{N}}--[{_FLOWING}{_BLANKED}\u02bc]]"
# Joiners shape the letters of Indic words; in other scripts they stand between parts of words.
_JOINERS = r"(?<=[\u0900-\u0dff])[\u200c\u200d]+(?=[\u0900-\u0dff])"
_RUN = rf"{_LETTER}|{_FREE}(?:{_FREE}|\p{{M}}|{_JOINERS})*"
_SIMPLE_RUN = r"[\p{L}\p{N}][\p{L}\p{N}\p{M}]*"
_SPECIAL = re.compile(rf"[{_FLOWING}{_BLANKED}\u02bc\u200c\u200d]")
_ROW = rf"((?:{_LETTER})+)"
_COMMON_ROW = re.compile(rf"([{_KANA_HAN}{_HANGUL}]+)")
_UNCOMMON = re.compile(rf"[{_MORE_HAN}{_JAMO_THAI}{_EAST_MARKS}]")
_UNSEEN = "\u200b\u2060"
_SEPARATING = frozenset("\N{FULLWIDTH COMMA}\N{IDEOGRAPHIC COMMA}\N{IDEOGRAPHIC FULL STOP}")
_BLANK = re.compile(rf"[\s{_UNSEEN}{BOUND}]*")

_ASCII = bytes(range(128))
_ASCII_RUN = re.compile(r"[0-9A-Za-z]+")
# Outside ASCII, only signs that can be no part of a word: such texts need no Unicode tables.
_SIGNS = (
    r"\xa0-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7"
    r"\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u23ff\u2500-\u2775\u3000-\u3004"
    r"\u3008-\u3020\ufeff\uff01-\uff0f\uff1a-\uff20"
)
_NOT_PLAIN = re.compile(rf"[^\x00-\x7f{_SIGNS}]")
_UNTIL_SIGN = re.compile(rf"[^\x00-\x2f:-@\[-`{{-\x7f{_SIGNS}]*")
_SAMPLE = 400
_MOSTLY = 20
_KEPT_SHORT = 40
_TO_SPACES = bytes(
    code if code < 128 and chr(code).isalnum() else 32  # noqa: PLR2004 - the end of ASCII
    for code in range(256)
)
_TO_TERMS = _TO_SPACES[:1] + BOUND.encode() + _TO_SPACES[2:]


class Span(NamedTuple):
    """A word where it stands in a text: `text[start:end]` folds to `word`."""

    word: str
    start: int
    end: int


@functools.cache
def _compiled(pattern: str) -> regex.Pattern[str]:
    """Compile one of the patterns above when it is needed: in most texts it is not."""
    return regex.compile(pattern, regex.V1)


def fold(word: str) -> str:
    """Fold case and accents of one word; the result holds letters, digits and kept marks only."""
    if word.isascii():
        return word.lower()
    return _fold_wide(word)


_fold_wide = functools.lru_cache(maxsize=65536)(fold_letters)


def is_plain(text: str) -> bool:
    """Whether every word of the text is written in ASCII: then folding is lower case."""
    return text.isascii() or _NOT_PLAIN.search(beyond_ascii(text)) is None


def beyond_ascii(text: str) -> str:
    """Return the letters and signs of a text that are not ASCII: few, in most texts."""
    found = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return found.decode("utf-8", "surrogatepass")


def words_of(text: str) -> list[str]:
    """Return the words of a text in order, folded."""
    if is_plain(text):
        return _plain(text, _TO_SPACES)
    if _UNSPACED.search(text, 0, _SAMPLE) is None:
        plainer = _plainly(text)
        return _wide(text, _TO_SPACES) if plainer is None else _plain(plainer, _TO_SPACES)
    words = []
    for between, letters in _rows(text):
        words += _between(between, _TO_SPACES)
        words += letters
    return words


def terms_of(text: str) -> list[str]:
    """Return what the index holds of a text: one term for each of its words, in order.

    A word is its own term. A letter of a script without blanks makes a term with the letter that
    follows at once, in Chinese and Japanese also over a blank or the end of a line; the last of
    such a row stands alone. `BOUND` between blanks is kept.
    """
    if is_plain(text):
        return _plain(text, _TO_TERMS)
    if (plainer := _plainly(text)) is not None:
        return _plain(plainer, _TO_TERMS)
    if _UNSPACED.search(text) is None:
        return _wide(text, _TO_TERMS)
    terms: list[str] = []
    last = ""
    for between, letters in _rows(text):
        if last:
            terms.append(last + letters[0] if _is_close(last, between, letters) else last)
        terms += _between(between, _TO_TERMS)
        terms += map(operator.add, letters, letters[1:])
        last = letters[-1] if letters else ""
    return terms


def terms_line(text: str) -> bytes:
    """Return the terms of a text in UTF-8, with blanks between them: quicker than a list."""
    if is_plain(text):
        return text.encode("ascii", "replace").translate(_chunking(_TO_TERMS))
    return " ".join(terms_of(text)).encode()


def asked_terms(text: str) -> list[tuple[str, bool]]:
    """Return which terms must follow each other where a text has these words, slot by slot.

    Returns:
        terms; True: any term that begins so, for a letter whose next letter is left open.
    """
    words, terms = words_of(text), terms_of(text.replace(BOUND, " "))
    asked: list[tuple[str, bool]] = []
    for number, (word, term) in enumerate(zip(words, terms, strict=True)):
        last = number + 1 == len(words)
        if last and asked and asked[-1][0] != words[-2]:
            break  # the letter stands in the term before
        is_open = term == word and _is_unspaced(word) and (last or _is_unspaced(words[number + 1]))
        asked.append((term, is_open))
    return asked


def spans_of(text: str) -> Iterator[Span]:
    """Yield the words of a text in order with their places, in characters."""
    if is_plain(text):
        for match in _ASCII_RUN.finditer(text):
            yield Span(match.group().lower(), match.start(), match.end())
        return
    runs = _RUN if _SPECIAL.search(text) else _SIMPLE_RUN
    for run in _compiled(runs).finditer(text):
        if word := fold(run.group()):
            yield Span(word, run.start(), run.end())


def first_words(text: str, count: int) -> list[tuple[str, int, int]]:
    """Return the first words of a text as the index holds them, each with its place."""
    if is_plain(text):
        found = itertools.islice(_ASCII_RUN.finditer(text), count)
        return [(match.group().lower(), match.start(), match.end()) for match in found]
    return [
        (span.word, span.start, span.end) for span in itertools.islice(term_spans_of(text), count)
    ]


def term_spans_of(text: str) -> Iterator[Span]:
    """Yield the terms of a text in order, each with the place of its own word, in characters."""
    if is_plain(text) or _UNSPACED.search(text) is None:
        yield from spans_of(text)
        return
    last: Span | None = None
    for span in spans_of(text):
        if last is not None:
            yield _with_next(text, last, span)
        last = span
    if last is not None:
        yield last


def _with_next(text: str, span: Span, after: Span) -> Span:
    both = _is_unspaced(span.word) and _is_unspaced(after.word)
    if both and _is_close(span.word, text[span.end : after.start], [after.word]):
        return span._replace(word=span.word + after.word)
    return span


def _is_unspaced(word: str) -> bool:
    return _UNSPACED.match(word) is not None


def _is_close(last: str, between: str, letters: Sequence[str]) -> bool:
    """Whether letters follow another one at once."""
    if between in _SEPARATING or not letters:
        return False
    if not between.strip(_UNSEEN):
        return True
    is_blank = _BLANK.fullmatch(between) is not None and between.count("\n") <= 1
    return is_blank and bool(_FLOWS.match(last)) and bool(_FLOWS.match(letters[0]))


def _rows(text: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield what stands before each row of letters without blanks, and the letters, folded."""
    common = _UNCOMMON.search(text) is None
    pieces = (_COMMON_ROW if common else _compiled(_ROW)).split(text)
    for between, row in zip(pieces[::2], pieces[1::2], strict=False):
        yield between, row if common else list(map(fold, _compiled(_LETTER).findall(row)))
    yield pieces[-1], ""


def _between(text: str, table: bytes) -> list[str]:
    """Return the words between two rows; mostly a sign, and always the same ones."""
    if not text:
        return []
    if len(text) < _KEPT_SHORT:
        return list(_between_short(text, table))
    return _wide(text, table)


@functools.lru_cache(maxsize=16384)
def _between_short(text: str, table: bytes) -> tuple[str, ...]:
    return tuple(_wide(text, table))


def _plain(text: str, table: bytes) -> list[str]:
    """Split a text of which every word is written in ASCII."""
    signs = text.lower().encode("ascii", "replace")
    return signs.translate(table).decode("ascii").split()


def _plainly(text: str) -> str | None:
    """Return a text with all of its words in ASCII, folded where need be, if that can be."""
    if len(_NOT_PLAIN.findall(text, 0, _SAMPLE)) > _MOSTLY:
        return None
    plainer = _plainer(text)
    return plainer if is_plain(plainer) else None


def _wide(text: str, table: bytes) -> list[str]:
    """Split a text in any script that writes blanks."""
    chunks = text.encode("utf-8", "replace").translate(_chunking(table)).decode().split()
    return " ".join([each if each.isascii() else _fold_chunk(each) for each in chunks]).split()


@functools.cache
def _chunking(table: bytes) -> bytes:
    """Return the same table for texts in UTF-8, whose bytes above ASCII stay."""
    return table[:128].lower() + bytes(range(128, 256))


def _plainer(text: str) -> str:
    """Fold the words that are not written in ASCII, and leave the others."""
    pieces, at = [], 0
    for match in _NOT_PLAIN.finditer(text):
        start = match.start()
        if start >= at:
            while start > at and text[start - 1].isascii() and text[start - 1].isalnum():
                start -= 1
            end = _UNTIL_SIGN.match(text, match.end()).end()  # type: ignore[union-attr] # always
            pieces += [text[at:start], _fold_chunk(text[start:end])]
            at = end
    pieces.append(text[at:])
    return "".join(pieces)


@functools.lru_cache(maxsize=65536)
def _fold_chunk(chunk: str) -> str:
    """Return the words of a piece between two separators, folded, joined by spaces."""
    return " ".join(filter(None, map(fold, _compiled(_RUN).findall(chunk))))
