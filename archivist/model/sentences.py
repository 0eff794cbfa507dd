"""Where sentences and paragraphs begin: what "in the same sentence" means to the search.

Plain and fast rather than clever. A sentence ends at a stop, a question or an exclamation mark,
with whatever closes quotes and brackets, before a space and a word that is not in lower case; at
the full stops of Chinese, Japanese, Hindi, Arabic and Urdu; at the end of a paragraph; and at the
end of a line of its own, such as a heading. It does not end after an abbreviation, an initial or a
small number, nor within "3.5".
"""

from __future__ import annotations

import re

from archivist.model.paragraphs import breaks
from archivist.model.words import beyond_ascii

_CLOSING = "\"')\\]\u2019\u201d\u00bb\u203a\u300d\u300f\uff09\u3011"
_OPENING = "\"'(\\[\u2018\u201c\u201e\u00ab\u2039\u00bf\u00a1"
_LOWER = "".join(letter for letter in map(chr, range(0x600)) if letter.islower())
_END = rf"[.!?\u2026{_CLOSING}]*(?:\s?\u00bb)?\s+(?!\s|[{_OPENING}]*[{_LOWER}])"
_POINT = re.compile(rf"\.{_END}")
_STOPS = {stop: re.compile(re.escape(stop) + _END) for stop in "?!\u2026"}
_FULL = "\u3002\uff01\uff1f\uff61\u0964\u0965\u06d4\u061f"
_FULL_STOPS = frozenset(_FULL)
_FULL_STOP = re.compile(rf"[{_FULL}][{_FULL}!?{_CLOSING}]*\s*")
_APART = re.compile(r"[\s'\u2019]+")
_MONTH = re.compile(r"\.\s+(?:Jan|J\xe4n|Feb|M\xe4rz|Apr|Mai|Jun|Jul|Aug|Sept|Okt|Nov|Dez)[a-z]*\b")
"""In German, days of the month are ordinals, and names of months begin with a capital."""
_OWN_LINE = 50
"""A line shorter than this was not broken for want of room: it stands by itself."""
_LONGEST = 6
"""So many letters in a row are no abbreviation, or one of these."""
_LONG = frozenset(("approx", "Approx", "messrs", "Messrs"))
_WINDOW = 24
_SMALL = 2
_ABBREVIATED = (
    """mr mrs ms dr prof st ste hon rev sen rep gov gen col lt cdr capt maj sgt brig
    adm amb jr sr no nos art arts para paras par pars sec secs ch chap chs fig figs vol vols pp ed
    eds cf ibid vs inc ltd co corp dept div univ assoc est ca viz al jan feb mar apr jun jul aug sep
    sept oct nov dec mt ft res doc docs add corr annex ser tel ext encl supp suppl""",
    """mm mme mmes mlle mgr me cie éd env ex av avr janv févr juil août déc n° parag réf app""",
    """bzw usw ggf evtl inkl exkl vgl hrsg str nr bd abs anm aufl betr bez dgl frl gem jh jhd lfd
    mio mrd sog tsd ua uä zb dh zt mag dipl ing okt dez jän märz""",
    """sra sres srta dra dña ud uds vd vds núm núms pág págs depto ilmo avda ss aa ee uu ene abr ago
    dic sig sigg dott on pag pagg cfr ecc nº artº""",
    """dhr mevr mw mej drs ir blz bijv evt nl resp zgn""",
    """ul pkt tzw tzn np hab św wg godz zob poz ust""",
    """г гг ст п пп пункт им т тт д е тыс млн млрд руб см стр др проф акад рис обл напр""",  # noqa: RUF001
)
"""English, French, German, Spanish and Italian, Dutch, Polish, Russian."""
_ABBREVIATIONS = frozenset(" ".join(_ABBREVIATED).split()) | _LONG


def sentence_starts(text: str) -> list[int]:
    """Return where the sentences of a text begin, in characters, ascending.

    The first letter or sign of every paragraph begins one.
    """
    return bounds(text)[0]


def bounds(text: str) -> tuple[list[int], list[int]]:
    """Return where the sentences of a text begin, and where its paragraphs do."""
    paragraphs = paragraph_starts(text)
    starts = {*paragraphs, *_after_stops(text), *_after_lines(text)}
    starts.discard(len(text))
    return sorted(starts), paragraphs


def paragraph_starts(text: str) -> list[int]:
    """Return where the paragraphs of a text begin, in characters, ascending."""
    end = len(text)
    first = end - len(text.lstrip())
    starts = [first] if first < end else []
    return starts + [at for between in breaks(text) if first < (at := between.end()) < end]


def _after_stops(text: str) -> list[int]:
    """Return what follows each stop that ends a sentence."""
    starts = _after_points(text)
    for stop, pattern in _STOPS.items():
        if stop in text:
            starts += [found.end() for found in pattern.finditer(text)]
    if not text.isascii() and not _FULL_STOPS.isdisjoint(beyond_ascii(text)):
        starts += [found.end() for found in _FULL_STOP.finditer(text)]
    return starts


def _after_points(text: str) -> list[int]:
    starts = []
    for found in _POINT.finditer(text):
        at, end = found.span()
        tail = text[at - _LONGEST : at]
        if tail.isalpha() and tail not in _LONG:
            starts.append(end)
            continue
        word = tail.rpartition(" ")[2].rpartition("\n")[2]
        if word.isalpha() and word != tail:
            is_end = len(word) > 1 and word.lower() not in _ABBREVIATIONS
            is_end = is_end or text.startswith("..", at)
        else:
            is_end = not _is_abbreviated(text, at)
        if is_end:
            starts.append(end)
    return starts


def _is_abbreviated(text: str, at: int) -> bool:
    """Tell whether the full stop at a place belongs to the word before it."""
    words = _APART.split(text[max(0, at - _WINDOW) : at])
    word = words[-1].lstrip(_OPENING)
    if text.startswith("..", at) or not word:
        return False
    if word.isdecimal():
        return len(word) <= _SMALL and _is_ordinal(text, at - len(word), at)
    known = word in _LONG or word.lower() in _ABBREVIATIONS
    return known or len(word) == 1 or "." in word[1:-1]


def _is_ordinal(text: str, start: int, at: int) -> bool:
    """Tell whether a number counts what follows it: at the start of a line, or before a month."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return not line.strip() or _MONTH.match(text, at) is not None


def _after_lines(text: str) -> list[int]:
    """Return what follows each line that stands by itself."""
    starts, at, own = [], 0, False
    for line in text.split("\n"):
        if own and (begun := line.lstrip()):
            own = False
            if not begun[0].islower():
                starts.append(at + len(line) - len(begun))
        size = len(line)
        if size < _OWN_LINE:
            own = True
        at += size + 1
    return starts
