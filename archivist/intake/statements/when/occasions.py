"""To whom, where and when something was said: the words around a cue."""
# ruff: noqa: E501, RUF001 - a pattern reads best in one line, and holds the marks that documents hold

from __future__ import annotations

import re

from archivist.intake.statements.parts import Circumstances
from archivist.intake.statements.when.whens import find_whens

_REACH, _BEFORE = 180, 220
_NAME = r"(?-i:[A-ZÀ-ÖØ-ÞА-Я][\w’'.-]*)"
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
_EVENT_WORDS = frozenset(
    part
    for event in _EVENTS.lower().split("|")
    for part in (event.split("-")[0].split()[0], f"{event.split()[0]}s")
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
_CAP = r"[A-ZÀ-ÖØ-ÞА-Я@][\w’'.@-]*"
_PLURALS = (
    r"(?:[a-z]+ )?(?:reporters|journalists|correspondents|newsmen|lawmakers|members|delegates|officials|"
    r"leaders|ministers|ambassadors|colleagues|partners|allies|counterparts|participants|students|"
    r"governments|countries|states|parties|nations|viewers|supporters|diplomats|periodistas|"
    r"journalistes|Journalisten|journalisten|jornalistas|giornalisti|press|Congress|Parliament)"
)
_WHOM = (
    rf"(?P<whom>him|her|them|us|me|you|{_PLURALS}|"
    r"(?:the|his|her|their|our|its|a|an|both|los|las|el|la|le|les|l['’]|den|dem|der|het|de)\s?"
    rf"(?:[\w’'-]+\s){{0,3}}?[\w’'.-]+(?:\s(?:of|for|to|de|del|du|des|von|van)\s(?:the\s)?{_CAP}"
    rf"(?:\s(?:and\s|of\s)?{_CAP}){{0,4}})?|"
    rf"{_CAP}(?:\s(?:(?:of|for|de|von|van|and|der|la)\s)*{_CAP}){{0,5}})"
)
_END = (
    r"(?=,?\s(?:that|if|whether|to|in|on|at|of|about|how|why|what|when|during|after|before|he|she|"
    r"it|they|we|there|last|yesterday|today|not|again|que|si|en|qu['’]|dass|ob|dat|of|di|che|se|"
    r"что|durante|sobre)\b|\s?[,.:;“”\"«(]|$)"
)
_TOLD = re.compile(rf"\s{_WHOM}{_END}")
_TO = re.compile(rf"(?:,?\s[\w-]+ly)?,?\s(?:to|with|aan|tegen|gegenüber|against)\s{_WHOM}{_END}")
_ROMANCE = re.compile(
    r"\s(?P<whom>(?:a los|a las|al|a la|aux|au|à la|à l['’]|aos|ao|às|ai|alla|agli)\s?"
    rf"(?:[a-zà-ÿ’'-]+\s){{0,2}}?[\w’'.-]+(?:\s(?:de\s|del\s|du\s)?{_CAP}){{0,4}}|(?:a|à)\s{_CAP}(?:\s{_CAP}){{0,3}}){_END}"
)
_PRONOUNS = frozenset({"him", "her", "them", "us", "me", "you"})
_ROMANCES = frozenset({"es", "fr", "pt", "it"})
_STOP = re.compile(r"[“”\"«»:(\[]|\s(?:that|que|dass|dat|che|что)\s|;")
_FRONTED = re.compile(
    r"\W*(?:\d+\.\s)?(?P<words>(?:In|On|At|During|Speaking|Addressing|Earlier|Yesterday|Last|Later|This|"
    r"En|Durante|El|Ayer|Dans|Lors|Le|Hier|Am|Im|In|Bei|Gestern|Op|Tijdens|Em|No|Na|Nel|Nella|Il|В|На)\b"
    r"[^,;:“”\"«»]{2,110}),\s[^,;:“”\"«»]{0,70}$"
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
    """Return the words that open the sentence of a cue and tell when or where: "In Varna, he …"."""
    match = _FRONTED.match(text, start, end) if end - start <= _BEFORE else None
    return match["words"] if match else ""


def _addressee(verb: str, after: str, language: str) -> str:
    if language in _ROMANCES:
        match = _ROMANCE.match(after)
    else:
        pattern = _TOLD if _TELLING.match(verb.strip().lower()) else _TO
        match = pattern.match(after)
    whom = " ".join(match["whom"].split()) if match else ""
    return "" if whom in _PRONOUNS else whom


def _occasion(words: str) -> str:
    if not words or _EVENT_WORDS.isdisjoint(re.findall(r"[^\W_]+", words.lower())):
        return ""
    match = _OCCASION.search(words)
    if match is None:
        return ""
    place = _PLACE.match(words, match.end())
    return " ".join(words[match.start() : place.end() if place else match.end()].split())


def _date(words: str, date: str, language: str) -> str:
    """Return when something was said; empty where that is the document's own day."""
    found = find_whens(words, date=date, language=language)
    told = found[0].date if found else ""
    return "" if told == date else told
