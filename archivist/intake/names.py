"""Persons and bodies: who wrote, signed, received, spoke or took part, and who issued."""
# ruff: noqa: RUF001 - patterns hold the very marks that documents hold

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archivist.intake.places import place_ending
from archivist.model.record import AgentRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archivist.intake.layout import Layout
    from archivist.intake.raw import Hints

_PERSON = (
    r"(?:(?:[A-ZÀ-ÞА-Я][\w’'-]+|[A-ZÀ-ÞА-Я]\.|(?:[A-Z]\.){2,3}|de|del|de la|van|van der|van den|"
    r"von|bin|al|da|di|du|El)\s){0,5}"
    r"[A-ZÀ-ÞА-Я][\w’'-]+(?:,? (?:Jr|Sr|II|III)\.?)?"
)
_FROM_TO = re.compile(
    r"^(?:No\. \d+ )?(?:(?:Editorial |Circular |Information |Action |Draft |Personal |Briefing |"
    r"Intelligence )*"
    r"(?:Airgram|Backchannel Message|Cable|Despatch|Dispatch|Instruction|Letter|Memorandum|Memo|"
    r"Message|Minute|"
    r"Note|Paper|Telegram|Telex|Aide-Mémoire|Submission)\w*(?: [A-Z]*\d[\w/-]*)?,? ?[Ff]rom )"
    r"(?P<from>.{3,160}?) to (?P<to>.{3,160})$"
)
_PLAIN_TO = re.compile(
    r"^(?:No\. \d+ )?(?P<from>(?:The )?[A-Z].{2,110}?) to (?P<to>(?:the )?[A-Z].{2,110})$"
)
_BY = re.compile(
    r"\b(?P<what>Remarks|Address|Speech|Statement|Press Statement|Toast|Briefing|Press Briefing|"
    r"Gaggle|Note|Paper|"
    r"Report|Memorandum|Submission|Discurso|Discours|Allocution)\b[^.]{0,40}?\s(?:by|of|de|du|del) "
    r"(?P<who>(?:the )?[A-Z].{2,90}?)"
    r"(?=$|,| (?:at|on|in|to|before|after|and|following|regarding|en|à|au|ante|devant)\b)"
)
_SPEECH_WORDS = frozenset(
    [
        "remarks",
        "address",
        "speech",
        "toast",
        "briefing",
        "gaggle",
        "discurso",
        "discours",
        "allocution",
    ]
)
_HEADER = re.compile(
    r"^(?P<label>from|to|through|via|cc|de|à|von|an|de parte de|para|от|"
    r"кому)\s?[:：]\s*(?P<name>.{2,120})$",
    re.IGNORECASE,
)
_HEADER_ALONE = re.compile(r"^(?P<label>FROM|TO|PARTICIPANTS|PRESENT|ALSO PRESENT)\s?:?$")
_SALUTATION = re.compile(
    r"^(?:My )?[Dd](?:ear|EAR) (?P<name>(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|General|President|Prime "
    r"Minister|Ambassador|"
    r"Secretary|Senator|MR|GENERAL|DR|SIR|PRESIDENT|Chancellor|Minister)\.? "
    r"?[A-Z][\w’' .-]{1,40}?)\s?[:,]"
)
_SIGNED = re.compile(
    rf"^(?:\(?(?:[Ss]igned|[Ss]gd?|s|w\.g|gez|fdo|[Ss]d)\.?\)\.?|/s/)\s?(?P<name>{_PERSON})"
)
_SIGNATURE = re.compile(rf"^(?P<name>{_PERSON})(?:\s?\[\d+\])?\.?$")
_CAPITALS = re.compile(r"^(?P<name>(?:[A-Z]\.\s?){0,3}[A-Z][A-Z’' .-]{3,40}[A-Z.])$")
_SPEAKER = re.compile(
    r"^(?P<name>(?:THE )?(?:MR|MS|MRS|DR|SECRETARY|PRESIDENT|PRIME MINISTER|VICE PRESIDENT|FOREIGN "
    r"MINISTER|MINISTER|"
    r"AMBASSADOR|GENERAL|CHANCELLOR|KING|UNDER SECRETARY|ASSISTANT SECRETARY|SENIOR ADMINISTRATION "
    r"OFFICIAL)\.?"
    r"(?: [A-ZÀ-Þ][A-ZÀ-Þ’'-]+){0,3}):",
    re.MULTILINE,
)
_OFFICE_LINE = re.compile(
    rf"^(?P<name>{_PERSON}), (?P<office>(?:Acting |Deputy |Principal |Department |Assistant |Under "
    rf")*(?:Secretary|Spokesperson|"
    r"Minister|President|Ambassador|Director|Prime Minister|Press Secretary|Coordinator|Envoy|"
    r"Administrator|Counselor)\b.{0,60})$"
)
_DELIVERED = re.compile(
    r"(?:statement|address|remarks|speech|intervention|discours|allocution|discurso|"
    r"intervención)\s+(?:by|of|delivered by|de|prononcée? par|del)\s+"
    r"(?P<name>(?:his|her|the|h\.e\.|son|sa|su|s\.e\.)?\s?[^\n]{0,20}?(?:excellency|excellence|"
    r"excelencia|right honourable|hon(?:ourable)?\.?|mr|mrs|ms|dr)[\s\S]{3,120}?)"
    r"(?=,|\n\n| at the | during | à | ante | en la | devant | to the )",
    re.IGNORECASE,
)
_TITLES_BEFORE = re.compile(
    r"^(?:his|her|the|h\.e\.|son|sa|s\.e\.|su)?\s?(?:excellency|excellence|excelencia|right "
    r"honourable|hon(?:ourable)?\.?)?,?\s*(?:(?:mr|mrs|ms|dr|m|mme)\.?\s)?",
    re.IGNORECASE,
)
_BODIES = re.compile(
    r"^(?P<name>(?:The )?(?:Royal |Federal )?(?:(?:Ministry|"
    r"Ministère|Ministerio|Ministério|Ministerie|"
    r"Ministero|Department|Embassy|Ambassade|"
    r"Embajada|Embaixada|Botschaft|Auswärtiges Amt|Legation|Consulate|Permanent Mission|Office of|"
    r"Bureau of|Presidencia|"
    r"Presidency|Présidence|Government|Gobierno|Secretaría|Secretariat|Commission|Cabinet|Prime "
    r"Minister|Foreign Office|"
    r"Министерство|Посольство|وزارة|سفارة|外交部|The White House|Central Intelligence|National "
    r"Security Council|"
    r"MINIST[EÈ]R|AMBASSADE|EMBASSY|EMBAJADA|DEPARTMENT|LEGATION|PERMANENT MISSION|BOTSCHAFT|"
    r"OFFICE OF|PRESIDENCY|THE PRESIDENCY|"
    r"REPUBLIC OF|Republic of|THE WHITE HOUSE|FOREIGN OFFICE|UNITED NATIONS|United Nations|"
    r"European (?:Union|Commission|Council)|"
    r"NORTH ATLANTIC|Council of)[^\n.:;]{0,80}))$"
)
_ROYAL = re.compile(
    r"(?P<name>(?:The|L['’]|La|Le|Die|Das|De|Het|El)\s?(?:Royal |Königlich \w+ )?(?:Embassy|"
    r"Ministry|Legation|Permanent Mission|Department|Ambassade|"
    r"Ministère|Botschaft|Auswärtige Amt|Embajada|Ministerio)[^\n,.;]{0,70}?)\s+"
    r"(?:presents?|présente|beehrt|saluda|presenta|heeft)\b"
)
_END_OF_NAME = re.compile(
    r"\s?\[\d+\]|\s?\((?:Extract|Enclosure)\)$|, (?:January|February|March|April|May|June|July|"
    r"August|September|October|November|December) .*$",
    re.IGNORECASE,
)
_NOT_A_PERSON_LIST = """
    assembly charter nations for from council house secret confidential enclosure
    attachment annex appendix the end thank gracias thanks
    document note source washington london canberra article page copy president minister
    ambassador done
"""
_NOT_A_PERSON = frozenset(_NOT_A_PERSON_LIST.split())
_HEAD_LINES = 14
_TAIL_LINES = 8
_FOOT = re.compile(r"^(?:\[?\d{1,3}[\])]?\s|\[|\*|###|—|__)")
_SIGNER = re.compile(
    r"^(?:THE WHITE HOUSE|[^.]{0,60}\b(?:President|Minister|Secretary|Ambassador|Chargé|Chairman|"
    r"Director|Consul|Counsel|Secretariat|Commission|[12]\d\d\d)\b|[A-Z][\w’'. -]{3,40}$)"
)
_SIGNED_LINES = 4
_OFFICE_LINES = 3
_LABEL_CHARS = 16
_MOST = 24
_SMALL_WORDS = frozenset(
    {"of", "the", "and", "for", "to", "in", "at", "on", "de", "des", "du", "la", "le", "les", "aux"}
    | {"van", "het", "der", "den", "von", "und", "del", "y", "e", "et", "da", "do", "d’", "l’"}
)
_MOST_WORDS = 6
_SHORTEST, _LONGEST_NAME = 2, 160
_LONGEST = 110
_ROLE_OF_LABEL = {"from": "author", "de": "author", "von": "author", "от": "author"}


def find_agents(layout: Layout, doctype: str, hints: Hints) -> tuple[AgentRole, ...]:
    """Return the persons and bodies a document names by their part in it, in order."""
    found: dict[tuple[str, str], AgentRole] = {}
    for said, role in _all(layout, doctype, hints):
        name = _tidy(said)
        if name and (name.casefold(), role) not in found and len(found) < _MOST:
            found[name.casefold(), role] = AgentRole(name, role)
    return tuple(found.values())


def find_originator(layout: Layout, agents: Sequence[AgentRole], hints: Hints) -> str:
    """Return the body that issued a document, else the office that wrote it, else ""."""
    if name := _body_in(layout.head[:8]):
        return name
    if match := _ROYAL.search(layout.text[:3000]):
        return _capitalised(" ".join(match["name"].split()))
    if name := _body_in(layout.tail[-4:]):
        return name
    for agent in agents:
        if agent.role == "author" and not _is_person(agent.name):
            return agent.name
    return " ".join(hints.site.split())[:_LONGEST]


def _body_in(lines: Sequence[str]) -> str:
    """Return the body that a line of a letterhead names."""
    for line in lines:
        match = _BODIES.match(line.rstrip(",. "))
        if (
            match
            and not place_ending(line)
            and len(line) <= _LONGEST
            and all(map(_is_of_a_name, line.split()))
        ):
            return _capitalised(match["name"].strip())
    return ""


def _is_of_a_name(word: str) -> bool:
    if any(mark.isdigit() for mark in word):
        return False
    return not word[0].islower() or word in _SMALL_WORDS


def _all(layout: Layout, doctype: str, hints: Hints) -> Iterator[tuple[str, str]]:
    yield from _from_title(layout.title)
    yield from _from_headers(layout.head)
    yield from _from_head(layout, doctype)
    if doctype in {"press-briefing", "speech", "memcon", "statement"}:
        yield from ((_capitalised(name), "speaker") for name in _SPEAKER.findall(layout.body))
    yield from _signatures(layout, doctype)
    if hints.author and len(hints.author) <= _LONGEST:
        yield hints.author, "author"


def _from_title(title: str) -> Iterator[tuple[str, str]]:
    if match := _FROM_TO.match(title) or _PLAIN_TO.match(title):
        yield match["from"], "author"
        yield match["to"], "addressee"
    elif match := _BY.search(title):
        yield match["who"], "speaker" if match["what"].lower() in _SPEECH_WORDS else "author"


def _from_headers(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    role = ""
    for line in lines[: 2 * _HEAD_LINES]:
        if match := _HEADER.match(line):
            label = match["label"].lower()
            yield match["name"], _ROLE_OF_LABEL.get(label, "addressee")
            role = ""
        elif match := _HEADER_ALONE.match(
            line.upper() if len(line) < len("ALSO PRESENT::") else line
        ):
            role = {"FROM": "author", "TO": "addressee"}.get(match["label"], "participant")
        elif line.isupper() and len(line) <= _LABEL_CHARS:
            role = ""
        elif role and len(line) <= _LONGEST and not line.endswith(".") and line[:1].isupper():
            yield line, role
        else:
            role = ""


def _from_head(layout: Layout, doctype: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(layout.head[:_HEAD_LINES]):
        if match := _SALUTATION.match(line):
            yield _capitalised(match["name"]), "addressee"
        elif number < _OFFICE_LINES and (match := _OFFICE_LINE.match(line)):
            yield match["name"], "speaker" if doctype in {"speech", "press-briefing"} else "author"
    if doctype in {"speech", "statement"} and (match := _DELIVERED.search(layout.opening)):
        yield (
            _capitalised(_TITLES_BEFORE.sub("", " ".join(match["name"].split()), count=1)),
            "speaker",
        )


def _signatures(layout: Layout, doctype: str) -> Iterator[tuple[str, str]]:
    if doctype in {"press-briefing", "readout", "press-release", "fact-sheet", "memcon"}:
        return
    role = "author" if doctype in {"telegram", "memorandum", "report"} else "signatory"
    lines = layout.tail[-_TAIL_LINES:]
    for line in lines:
        if match := _SIGNED.match(line):
            yield _capitalised(match["name"]), role
    signed = _last_signature(lines[1:], alone=doctype == "telegram")
    if signed:
        yield _capitalised(signed), role


def _last_signature(lines: Sequence[str], *, alone: bool) -> str:
    """Return the name that ends a text, footnotes and the signer's office apart.

    Args:
        lines: the last lines.
        alone: whether a surname alone may sign.
    """
    body = [line for line in lines if not _FOOT.match(line)]
    for line in reversed(body[-_SIGNED_LINES:]):
        match = _CAPITALS.match(line) or _SIGNATURE.match(line)
        if match and _may_sign(match["name"]) and (alone or " " in match["name"]):
            return match["name"]
        if not _SIGNER.match(line):
            return ""
    return ""


def _may_sign(name: str) -> bool:
    words = name.lower().replace(".", " ").split()
    return 0 < len(words) <= _MOST_WORDS and not _NOT_A_PERSON.intersection(words)


def _is_person(name: str) -> bool:
    return not re.search(
        r"\b(?:Ministry|Department|Embassy|Legation|Office|Mission|Consulate|Delegation|Council|"
        r"Government|Commission|"
        r"Agency|Staff|Bureau|Cabinet|High Commission|Committee|Secretar(?:y|iat)|President|"
        r"Minister)\b",
        name,
    )


def _tidy(name: str) -> str:
    name = " ".join(_END_OF_NAME.sub("", " ".join(name.split())).split()).strip(" ,;:-–*_[]")
    name = name.replace("( ", "(").replace(" )", ")")
    name = re.sub(r"^the (?=[A-Z])", "The ", name)
    return name if _SHORTEST <= len(name) <= _LONGEST_NAME else ""


def _capitalised(name: str) -> str:
    """Write a name that stands in capitals with small letters."""
    if not name.isupper():
        return name
    words = name.split()
    return " ".join(
        word.lower() if index and word.lower() in _SMALL_WORDS else _capitalised_word(word)
        for index, word in enumerate(words)
    )


def _capitalised_word(word: str) -> str:
    if re.fullmatch(r"(?:[A-Z]\.)+", word) or word in {"II", "III", "US", "UN", "UK", "USA"}:
        return word
    word = re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), word)
    return re.sub(r"^(Mc)([a-z])", lambda part: part[1] + part[2].upper(), word)
