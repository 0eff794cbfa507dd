"""To whom, where and when something was said: the words around a cue."""
# ruff: noqa: E501, RUF001 - a pattern reads best in one line, and holds the marks that documents hold

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archivist.intake.statements.parts import Circumstances
from archivist.intake.statements.whens import find_whens

if TYPE_CHECKING:
    from collections.abc import Iterator

_REACH, _BEFORE = 180, 220
_NAME = r"[^\W\d_a-zß-öø-ÿа-я][\w’'.-]*"
_EVENTS = (
    "post|tweet|message|statement|communiqué|speech|address|remarks|interview|op-ed|article|"
    "letter|note|telegram|cable|memorandum|memo|report|conference|briefing|meeting|call|"
    "conversation|dinner|luncheon|lunch|toast|broadcast|session|summit|hearing|testimony|"
    "ceremony|visit|debate|forum|panel|reception|"
    "comunicado|rueda de prensa|conferencia de prensa|conferencia|entrevista|discurso|"
    "intervención|reunión|carta|mensaje|cumbre|sesión|alocución|encuentro|"
    "conférence de presse|point de presse|entretien|discours|allocution|lettre|tribune|réunion|"
    "séance|Pressekonferenz|Interview|Rede|Erklärung|Gespräch|Mitteilung|Brief|Telegramm|"
    "persconferentie|vraaggesprek|verklaring|brief|toespraak|conferenza stampa|intervista|"
    "discorso|dichiarazione|coletiva|intervenção|reunião|"
    "интервью|заявлении|пресс-конференции|выступлении|письме|брифинге"
)
_IN = r"in|at|during|on|via|en|durante|dans|lors de|à|im|bei|auf|während|op|tijdens|per|nel|nella|em|na|no|numa|num|в|во|на"
_ARTICLE = (
    r"(?:an?|the|his|her|their|its|this|that|un|una|su|el|la|une|l['’]|le|son|sa|einer?|einem|der|"
    r"dem|seiner|seinem|ihrer|een|de|het|zijn|uma|um|sua|seu|uno)"
)
_OCCASION = re.compile(
    rf"(?<![\w’'-])(?:{_IN})\s(?:{_ARTICLE}\s?)?(?:[^\W\d_][\w-]*\s){{0,3}}?(?:{_EVENTS})s?\b"
    r"(?:\s(?:on|with|in|at|to|before|from|for|de|del|con|en|ante|sur|avec|à|mit|auf|met|op|em|no|"
    rf"na|в)\s(?:{_ARTICLE}\s)?{_NAME}(?:\s(?:of\s|de\s)?{_NAME}){{0,4}})?",
    re.IGNORECASE,
)
_PLACE = re.compile(rf"\s(?P<place>(?:in|at|en|à|in|em|a)\s{_NAME}(?:\s{_NAME}){{0,3}})")
_TELLING = re.compile(
    r"(?:told|tell|tells|telling|inform\w*|assur\w*|remind\w*|ask\w*|urg\w*|advis\w*|warn\w*|"
    r"notif\w*|brief\w*|instruct\w*|order\w*|invit\w*|thank\w*|persuad\w*|convinc\w*|caution\w*|"
    r"encourag\w*|request\w*|press\w*|beg\w*|implor\w*|directed|direct|cabled|called on|calls on|"
    r"called upon|appealed to)$",
    re.IGNORECASE,
)
_END = (
    r"(?=,?\s(?:that|if|whether|to|in|on|at|of|about|how|why|what|when|during|after|before|he|she|"
    r"it|they|we|there|last|yesterday|today|not|que|si|en|qu['’]|dass|ob|dat|of|di|che|se|что|"
    r"la|el|le|los|durante|sobre)\b|\s?[,.:;“”\"«]|$)"
)
_WHOM = (
    r"(?P<whom>(?:(?:the|an?|his|her|their|our|its|los|las|el|la|le|les|l['’]|un|una|de|den|dem|"
    r"der|het)\s?)?(?:(?:[^\W\d_][\w’'.@-]*)\s?(?:(?:of|for|to|de|del|du|des|von|van|and|y|et)\s"
    r"(?:the\s)?)?){1,6}?)"
)
_TOLD = re.compile(rf"\s{_WHOM}{_END}")
_TO = re.compile(rf"(?:,?\s[\w-]+ly)?,?\s(?:to|with|aan|tegen|gegenüber|against)\s{_WHOM}{_END}")
_ROMANCE = re.compile(
    r"\s(?:a los|a las|al|a la|a|aux|au|à la|à l['’]|à|aos|ao|às|ai|alla|agli)\s?"
    rf"(?P<whom>(?:[^\W\d_][\w’'.-]*\s?){{1,5}}?){_END}"
)
_ROMANCES = frozenset({"es", "fr", "pt", "it"})
_STOP = re.compile(r"[“”\"«»:]|\s(?:that|que|dass|dat|che|что)\s|;")
_NOBODY = frozenset(
    {"that", "if", "whether", "how", "it", "this", "the", "why", "what", "there", "an", "a", "as"}
    | {"so", "in", "on", "at", "and", "about", "for", "he", "she", "they", "to", "not", "of", "by"}
)


def circumstances(
    text: str,
    cue_start: int,
    cue_end: int,
    sentence_start: int,
    sentence_end: int,
    *,
    date: str = "",
    language: str = "",
) -> Circumstances:
    """Return to whom, where and when something was said.

    Args:
        text: the document.
        cue_start: where the verb begins, in characters.
        cue_end: where it ends.
        sentence_start: where its sentence begins.
        sentence_end: where that ends.
        date: ISO 8601, of the document.
        language: its code.
    """
    after = _after(text, cue_end, sentence_end)
    before = _before(text, sentence_start, cue_start)
    return Circumstances(
        _addressee(text[cue_start:cue_end], text[cue_end : cue_end + _REACH], language),
        next(filter(None, map(_occasion, (after, before))), ""),
        next(filter(None, (_date(words, date, language) for words in (after, before))), ""),
    )


def _after(text: str, start: int, end: int) -> str:
    """Return what follows a cue, as far as what was said begins."""
    words = text[start : min(end, start + _REACH)]
    stop = _STOP.search(words)
    return words[: stop.start()] if stop else words[: _REACH // 2]


def _before(text: str, start: int, end: int) -> str:
    """Return what precedes a cue in its sentence, quotations left out."""
    words = text[max(start, end - _BEFORE) : end]
    return re.split(r"[“”\"«»;]", words)[-1]


def _addressee(verb: str, after: str, language: str) -> str:
    for match in _addressees(verb, after, language):
        whom = match["whom"].strip()
        if whom and whom.split()[0].lower() not in _NOBODY:
            return whom
        if whom and whom.split()[0].lower() in {"the", "a", "an"} and " " in whom:
            return whom
    return ""


def _addressees(verb: str, after: str, language: str) -> Iterator[re.Match[str]]:
    patterns = [_TOLD] if _TELLING.match(verb.strip().lower()) else [_TO]
    if language in _ROMANCES:
        patterns = [_ROMANCE]
    for pattern in patterns:
        if match := pattern.match(after):
            yield match


def _occasion(words: str) -> str:
    match = _OCCASION.search(words)
    if match is None:
        return ""
    place = _PLACE.match(words, match.end())
    return " ".join(words[match.start() : place.end() if place else match.end()].split())


def _date(words: str, date: str, language: str) -> str:
    """Return when something was said; empty where that is the document's own day."""
    found = find_whens(words, date=date, language=language)
    told = found[-1].date if found else ""
    return "" if told == date else told
