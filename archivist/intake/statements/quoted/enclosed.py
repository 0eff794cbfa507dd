"""Quoted notes: a reply that repeats the note it answers, whole, within quotation marks.

Diplomatic replies acknowledge a note "which reads as follows" and quote all of it, over many
paragraphs, with marks at the head of each of them, of each line, or only at both ends. What tells
where it ends is the courtesy that notes close with, and the mark after it.
"""

# ruff: noqa: E501 - a pattern reads best in one line

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from archivist.intake.statements.parts import Quotation
from archivist.intake.statements.quoted.letters import signature_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.intake.statements.parts import Mark
    from archivist.intake.statements.quoted.letters import Named

_HEAD = 420
_FORMULA = regex.compile(
    r"(?i:(?:reads?|reading|runs?|worded|stated|as)\b[^:.\u201c\u201e]{0,60}\bfollows|of the following (?:tenor|content)s?"
    r"|following (?:note|letter|message|text)|volgende inhoud(?: heeft)?|als volgt(?: luidt)?|luidt als volgt"
    r"|volgende\b[^:.]{0,20}\bmede(?:te)?[ ]?delen|wie folgt(?: lautet)?|lautet wie folgt|folgende[nrms]{0,2} (?:Wortlaut|Inhalts?)(?: hat)?"
    r"|comme suit|ce qui suit|suivante?s?|ainsi con\u00e7ue?s?|siguiente|sigue|(?:seguente|seguinte)(?: tenor[e]?| teor| nota)?|segue"
    r"|tenor siguiente)"
    r"(?:[ ](?:hat|heeft|en date [^:.]{1,30}))?[\s.:,\u2014\u2013-]{0,8}\Z"
)
_KINDS = regex.compile(
    r"(?i)\b(?:notes?|letters?|brief|schrijvens?|missive|verbalnote|schreibens?|nota|notas|carta|lettres?|lettera|d\u00e9p\u00eache"
    r"|note[ -]verbale|nota[ -]verbaal|aide-m\u00e9moire)\b"
)
_RECEIVED = regex.compile(
    r"(?i)\b(?:receipt|receiv(?:e|ed|ing)|(?:your|you)\b|ontvang(?:st|en)|gij\b|uw(?:er|e)?\b|Empfang|Eingang|erhalten|Ihre[srnm]?\b|r\u00e9ception"
    r"|re\u00e7u\b|recevoir|re\u00e7evoir|votre\b|recibo|recibid[oa]|recibir|vuestra|ricevuta|ricevere|ricevuto|vostra|recep\u00e7\u00e3o|recebimento|vossa)"
)
_COURTESY = regex.compile(
    r"(?i:consideration|esteem|hoogachting|hoogachtend|hochachtung|consid\u00e9ration|consideraci\u00f3n|considerazione|considera\u00e7\u00e3o)\b"
)
_FOOT = 420
"""So far behind the courtesy a signature, an address and a date may go on before the mark."""
_LONGEST = 60_000
_MOST_MARKS = 500
_MOST_UNCLOSED = 8
"""So many notes that nothing closes: no more is looked for, so that time grows with the length."""
_TERM = 20
_ENDS = frozenset(".!?")
_LEADING = frozenset(":.,-\u2014\u2013")
_PARTICLE = r"(?:v\.|von|van|de|der|den|da|di|del|du|VON|VAN|DE|DER)"
_ADDRESSED = r"(?:An|Aan|To|Al|[A\u00c0](?!\.)|Ihren?|Seiner?|His|Her|Son|Zijner?|Su|Sua|Esq|Mr|Mrs|Herrn?|Exz\p{L}*|Exc\p{L}*|S\.[ ]?E|Monsieur|Se\u00f1or|The|Nr|No)\b"
_NAME = rf"(?!{_ADDRESSED})(?:(?:\p{{Lu}}\.[ ]?){{1,6}})?(?:{_PARTICLE}[ ]){{0,3}}\p{{Lu}}[\p{{L}}'\u2019-]++(?:[ ](?!{_ADDRESSED})(?:\p{{Lu}}\.|{_PARTICLE}|\p{{Lu}}[\p{{L}}'\u2019-]++)){{0,3}}+"
_SIGNED = regex.compile(
    r"\((?i:s|sd|sgd|signed|gez|w\.[ ]?g|get|sign\u00e9|fdo|firmado|f\.to|ass|assinado)\.?\)[ ]*"
    rf"(?P<name>{_NAME})"
)
_STATE = (
    r"(?:(?:United|Federal|Grand|French|Hellenic|Italian|Portuguese|Slovak|Czech|New|South|North|Saudi|Costa|Sri|Bondsrepubliek|Franse"
    r"|Helleense|Italiaanse|Portugese)[ ])?+\p{Lu}[\p{L}-]++(?:[ ](?:of|der|van|des|du|de|del)[ ](?:(?:the|het|la|los|el|den)[ ])?+\p{Lu}[\p{L}-]++)*+"
)
_FOR = regex.compile(
    r"(?i:consideration|hoogachting|hoogachtend|hochachtung|consid\u00e9ration|consideraci\u00f3n|aanvaarden|sincerely)\b[,.]?\s++"
    rf"(?:For|Voor|F\u00fcr|Pour|Por|Per)[ ](?i:(?:the|het|die|der|la|le|el)[ ])?+(?P<name>{_STATE})"
)
_BODY = regex.compile(
    r"[\W\d]{0,12}(?:(?i:the|het|de|das|die|la|le|il|el|o|a)[ ]|L['\u2019]|l['\u2019])(?P<name>(?:\p{L}++[ ]){0,3}?"
    r"(?:Ministry|Embassy|Legation|Ministerie|Ambassade|Gezantschap|Ministerium|Botschaft|Gesandtschaft|Amt|Minist\u00e8re|L\u00e9gation"
    r"|Embajada|Ministerio|Legaci\u00f3n|Ambasciata|Ministero|Embaixada|Minist\u00e9rio|Gouvernement|Government|Regering|Regierung)\b"
    r"[^.,:;]{0,110}?)[ ,]+(?:presents?|has[ ]the|avails?|heeft|biedt|betuigt|maakt|beehrt|entbietet|pr\u00e9sente|a[ ]l|saluda|tiene|ha[ ]l|tem[ ]a|apresenta|presenta|complimenta|refers?)\b"
)
_ADDRESS = regex.compile(
    r"(?:(?i:Zijner?|Seiner?|His|Her|Son|Sua|Su|S\.[ ]?E\.)[ ]?(?i:Excell?en\p{L}++|Exzellenz|Eccellenza)?)[\s,]+"
    r"(?:(?i:de heer|dem|den|herrn?|mr\.?|dr\.?|drs\.?|the|hon\.?|monsieur|m\.|se\u00f1or|don|sig\.|signor|senhor)[\s]+){0,4}"
    rf"(?P<name>{_NAME})"
)


def notes_of(text: str, marks: Sequence[Mark]) -> list[Quotation]:
    """Return the notes that are quoted whole, in order, disjoint."""
    found: list[Quotation] = []
    number, end, unclosed = 0, 0, 0
    while number < len(marks) and unclosed < _MOST_UNCLOSED:
        mark = marks[number]
        number += 1
        if mark.side < 0 or mark.start < end or not introduces(text, mark.start):
            continue
        last = _last(text, marks, number)
        if last is None:
            unclosed += 1
        else:
            end = marks[last].end
            found.append(_quotation(text, mark, marks[last]))
            number = last + 1
    return found


def introduces(text: str, place: int) -> bool:
    """Tell whether text[:place] ends with the formula that a received note is quoted after."""
    tail = text[max(0, place - 90) : place].rstrip()
    if tail[-1:] not in _LEADING:
        return False
    if _FORMULA.search(tail) is None:
        return False
    head = text[max(0, place - _HEAD) : place]
    return _KINDS.search(head) is not None and _RECEIVED.search(head) is not None


def author_of(text: str, quotation: Quotation) -> Named | None:
    """Return who wrote a quoted note: by its first words, its foot, the note before, the address."""
    start, end = quotation.start, quotation.end
    if body := _BODY.match(text, start, min(end, start + 240)):
        return body["name"], body.start("name")
    inside = _named(_SIGNED, text, max(start, end - _FOOT), end) or signature_of(text, quotation)
    if inside:
        return inside
    replied = _SIGNED.search(text, quotation.outer_end, quotation.outer_end + 6 * _FOOT)
    before = _named(_SIGNED, text, max(0, start - 15 * _FOOT), start)
    if before and (replied is None or replied["name"].lower() != before[0].lower()):
        return before
    if party := _named(_FOR, text, max(0, start - _LONGEST), start):
        return party
    foot = replied.end() if replied else quotation.outer_end
    address = _ADDRESS.search(text, foot, foot + _FOOT) if replied else None
    return (address["name"], address.start("name")) if address else None


def _named(pattern: regex.Pattern[str], text: str, start: int, end: int) -> Named | None:
    """Return the last name that a pattern finds there."""
    names = [(each["name"], each.start("name")) for each in pattern.finditer(text, start, end)]
    return names[-1] if names else None


def _last(text: str, marks: Sequence[Mark], first: int) -> int | None:
    """Return which mark closes a note whose opening mark is the one before marks[first]."""
    start = marks[first - 1].end
    courtesy = _COURTESY.search(text, start, start + _LONGEST)
    plain = None
    for number in range(first, min(len(marks), first + _MOST_MARKS)):
        mark = marks[number]
        if mark.start > start + _LONGEST:
            break
        if courtesy and mark.start > courtesy.end() + _FOOT:
            break
        if mark.side > 0 or _is_term(text, marks, number):
            continue
        if courtesy and mark.start >= courtesy.end():
            return number
        if plain is None and mark.side < 0 and _stops(text, mark):
            plain = number
    return plain


def _stops(text: str, mark: Mark) -> bool:
    """Tell whether a sentence ends at a closing mark."""
    return text[mark.start - 1] in _ENDS


def _is_term(text: str, marks: Sequence[Mark], number: int) -> bool:
    """Tell whether a mark only closes a term: (“volunteers”)."""
    opened, mark = marks[number - 1], marks[number]
    if opened.side < 0 or opened.paragraph != mark.paragraph or _stops(text, mark):
        return False
    return len(text[opened.end : mark.start][:400].split()) < _TERM


def _quotation(text: str, opened: Mark, closed: Mark) -> Quotation:
    start, end = opened.end, closed.start
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    words = len(text[start : min(end, start + 2000)].split())
    return Quotation(start, end, opened.start, closed.end, words)
