"""A person's name without office and form of address: "Mr S. M. Bruce, High Commissioner".

Only what surely is no name is taken off: behind a comma, words that say an office, or anything
where a form of address shows that the name stands in its order; before it, forms of address where
more than a surname follows. Bodies, surnames put first ("Rusk, Dean") and titles that belong to a
name (Sir, Lord, President Biden) stay as they are.
"""

# ruff: noqa: RUF001 - patterns hold the very marks that names hold
from __future__ import annotations

import re
from itertools import pairwise

_SEVERAL = re.compile(
    r",?\s(?:and|et|und|y|e|en)\s(?:to\s)?(?=(?:Mr|Mrs|Ms|Dr|Sir|Lord|H\.\s?E|Mme|Sra?|Herrn?)\b\.?\s)"
)
_ADDRESS = re.compile(
    r"^(?:(?:His|Her|Son|Su|Seine|Ihre|Sua|Zijne|Hare)\s(?:Excellenc[ey]|Excelencia|Exzellenz|"
    r"Excelência|Excellentie)|(?:The\s)?(?:Right\s)?Hon(?:ou?rable|\.)|[HS]\.E\.|Excm[oa]\.)"
    r",?\s+|^[HS]\. E\.,?\s+(?=(?:Mr|Ms|Dr|Sr)\b)|"
    r"^(?:Mr|Ms|Miss|Monsieur|Sra?|Señor|Senhor|Signor|Herrn?|De heer|Dhr|Dr|Prof|Professor|"
    r"Господин|Госпожа)\b\.?\s+"
)
"""Not those of wives, who have been named by their husbands' names."""
_MOST_FORMS = 3
_PART = r"(?:[^\W\d_][\w’'‘-]*|(?:[^\W\d_]\.){1,4})"
_YOUNGER = r",?\s(?:Jr|Sr|II|III|IV)\b\.?"
_NEXT = rf"(?:\s|(?<=\.)){_PART}"
_NAME = re.compile(rf"{_PART}(?:{_NEXT}){{1,6}}(?:{_YOUNGER})?")
_INVERTED = re.compile(rf"{_PART}(?:\s{_PART}){{0,3}},\s{_PART}(?:{_NEXT}){{0,4}}(?:{_YOUNGER})?")
_COMMA = re.compile(r"\s*[,،](?!\s(?:Jr|Sr|II|III|IV)\b)\s*")
_OFFICES = (
    "(?:Under-?)?Secretary|Spokes(?:person|man|woman)|Minister|President|Ambassador|Director|"
    "Premier|Chancellor|Commissioner|Consul|Counsell?or|Chair(?:man|woman|person)?|Governor|"
    "Envoy|Representative|Administrator|Co-?ordinator|Treasurer|Officer|Advis[eo]r|Attach[ée]|"
    "Charg[ée]['’]?|Attorney|Senator|Historian|Head|Chief|Delegate|Archivist|"
    "ministre|présidente?|secrétaire|ambassadeur|ambassadrice|directeur|directrice|porte-parole|"
    "chancelier|ministr[oa]|president[ea]|secret[aá]ri[oa]|embajadora?|canciller|embaixadora?|"
    "chanceler|ambasciat(?:ore|rice)|segretari[oa]|(?:außen|bundes|staats)?minister(?:in)?|"
    "botschafter(?:in)?|(?:bundes)?kanzler(?:in)?|präsident(?:in)?|(?:staats)?sekretär(?:in)?|"
    "gezant|zaakgelastigde|министр|президент|посол|председатель|секретарь|وزير|رئيس|سفير"
)
_OFFICE = re.compile(
    rf"(?:[\w.’'&/-]+\s){{0,5}}?(?:{_OFFICES})(?:[-\s](?:general|général|geral|generale))?"
    r"(?=$|[,،;(\[]|\s[(\[]|\s(?:of|for|to|in|at|on|and|ad|with|d[eu]l?|des|della|für|van|der|voor|"
    r"por|para|do|da|en|à|aux?|bij|ante)\b|Bureau\b|\sd[’']|\s[а-я\u0621-\u064a])",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    rf"\b(?:{_OFFICES}|\w*Bureau|Affairs|Group|Section|Division|Center|Court|Rights|Security|Ministry|Department|Embassy|Legation|Office|Mission|Consulate|Delegation|"
    r"Council|Government|Commission|Agency|Staff|Cabinet|Committee|Secretariat|Assembly|"
    r"University|Ministère|Ministerio|Ministerie|Botschaft|Ambassade|Embajada|Republic|Kingdom|"
    r"States|Union|Nations|and|of|the|to|by|for|from|Mr|Mrs|Ms)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sir|Lord)\b\.?\s[A-Z]")
_NAMED_BEHIND = re.compile(
    rf".*\b(?:{_OFFICES})(?!-?General\b)\s(?:[A-ZÀ-Þ][\w’'.-]+\s){{1,3}}(?!Affairs)[A-ZÀ-Þ][\w’'-]+$"
)
"""German Chancellor Angela Merkel."""
_TWO_WORDS = re.compile(r"(?:[A-ZÀ-Þ][\w’'-]+|[A-Z]\.)\s[A-ZÀ-Þ][\w’'-]+$")
_INITIALED = re.compile(r"(?:[A-Z]\.\s?){1,4}[A-ZÀ-Þ][\w’'-]+")
"""Also "F. K. Officer", whose name is no office."""
_INITIALS = re.compile(r"(?<=\b[A-Z]\.)(?=[A-Z](?:\.|[a-zà-þ’']))")


def persons(said: str) -> list[str]:
    """Return the persons that a value of a record names, each by name alone where that is sure.

    What is no person with an office or a form of address is returned as it is.
    """
    parts = _SEVERAL.split(said)
    found = [_persons(part.strip(" ,;")) for part in parts]
    if not all(found):
        return [said]
    return [_INITIALS.sub(" ", name) for names in found for name in names]


def _persons(said: str) -> list[str]:
    """Return the names without the offices behind them; none where something is not understood."""
    name = said
    for _ in range(_MOST_FORMS):
        name = _ADDRESS.sub("", name)
    for comma in _COMMA.finditer(name):
        head, rest = name[: comma.start()], name[comma.end() :]
        if name != said or _OFFICE.match(rest):
            others = _behind(_COMMA.split(rest))
            return [head, *others] if _is_name(head) and others is not None else []
    return [name] if name != said and "," not in name and _is_name(name) else []


def _behind(parts: list[str]) -> list[str] | None:
    """Return who else is named behind somebody's office, each with an office; None if unsure."""
    found: list[str] = []
    is_named = True
    for part, after in pairwise([*parts, ""]):
        if _OTHER.search(part) or _NAMED_BEHIND.match(part):
            return None
        is_office, is_named = is_named, not (is_first := part is parts[0]) and _is_name(part)
        if is_named:
            found.append(part)
        if is_named and not _NO_PERSON.search(after):
            return None
        if not (is_first or is_named or is_office) and _may_name(part):
            return None
    return found


def _may_name(part: str) -> bool:
    """Whether an office ends with what may be its holder's name."""
    end = _TWO_WORDS.search(part)
    return end is not None and not _NO_PERSON.search(end.group())


def _is_name(text: str) -> bool:
    """Whether a text is the full name of one person."""
    if _INITIALED.fullmatch(text):
        return True
    whole = _NAME.fullmatch(text) or _INVERTED.fullmatch(text)
    ends = text[:1] + text.rsplit(maxsplit=1)[-1][:1]
    return bool(whole) and not _NO_PERSON.search(text) and ends == ends.upper()
