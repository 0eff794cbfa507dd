"""Persons and bodies: who wrote, signed, received, spoke or took part, and who issued."""
# ruff: noqa: RUF001 - patterns hold the very marks that documents hold

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archivist.intake.closings import PERSON, Closing
from archivist.intake.persons import persons
from archivist.intake.places import place_ending
from archivist.model.record import AgentRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archivist.intake.layout import Layout
    from archivist.intake.raw import Hints

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
    r"Gaggle|Note|Paper|Report|Memorandum|Submission|Discurso|Discours|Allocution|Intervención)"
    r"(?:\s(?:by|of|de|du|del)|\b[^.]{0,40}?\sby)\s(?P<who>(?:the )?[A-Z].{2,90}?)"
    r"(?=$|,| (?:at|on|in|to|before|after|and the|following|regarding|en|à|au|ante|devant)\b)"
)
_NAMED = re.compile(
    r",\s(?:don|doña|señora?|[Ss]ra?\.|[Mm]r\.?|H\.\s?E\.|S\.\s?E\.|M\.|Excmo\. Sr\.)\s"
    rf"(?P<who>{PERSON})"
)
_NO_AUTHOR = re.compile(r"(?:Conversation|Discussion|Understanding|Agreement|Meeting|Intent)\b")
_THROUGH = re.compile(r"\s(?:[Tt]hrough|[Vv]ia)\s.*$")
_WRITTEN = frozenset(
    {"", "telegram", "letter", "despatch", "memorandum", "note", "correspondence", "report"}
    | {"aide-memoire", "memcon"}
)
_SPEECHES = frozenset({"speech", "press-briefing"})
_NOTES = frozenset({"note", "aide-memoire"})
_UNSIGNED = frozenset({"press-briefing", "readout", "press-release", "fact-sheet", "memcon"})
_TITLE_LINES = 3
_OPENING_CHARS = 4_000
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
        "intervención",
    ]
)
_HEADER = re.compile(
    r"^(?P<label>from|to|through|via|cc|de|à|von|an|de parte de|para|от|"
    r"кому)\s?[:：]\s*(?P<name>.{2,120})$",
    re.IGNORECASE,
)
_TO_HIM = re.compile(
    rf"^(?:To|À|A|An) (?:His|Her|Son|Su|Seine|Ihre) (?:Excellency|Excellence|Excelencia|Exzellenz|"
    rf"Majesty),? (?:(?:Mr|Mrs|Ms|Dr)\.? )?(?P<name>{PERSON})"
)
_HEADER_ALONE = re.compile(r"^(?P<label>FROM|TO|PARTICIPANTS|PRESENT|ALSO PRESENT)\s?:?$")
_SALUTATION = re.compile(
    r"^(?:My )?[Dd](?:ear|EAR) (?P<name>(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|General|President|Prime "
    r"Minister|Ambassador|"
    r"Secretary|Senator|MR|GENERAL|DR|SIR|PRESIDENT|Chancellor|Minister)\.? "
    r"?[A-Z][\w’' .-]{1,40}?)\s?[:,]"
)
_SPEAKER = re.compile(
    r"^(?P<name>(?:THE )?(?:MR|MS|MRS|DR|SECRETARY|PRESIDENT|PRIME MINISTER|VICE PRESIDENT|FOREIGN "
    r"MINISTER|MINISTER|"
    r"AMBASSADOR|GENERAL|CHANCELLOR|KING|UNDER SECRETARY|ASSISTANT SECRETARY|SENIOR ADMINISTRATION "
    r"OFFICIAL)\.?"
    r"(?: [A-ZÀ-Þ][A-ZÀ-Þ’'-]+){0,3}):",
    re.MULTILINE,
)
_OFFICE_LINE = re.compile(
    rf"^(?P<name>{PERSON}), (?P<office>(?:Acting |Deputy |Principal |Department |Assistant |Under "
    rf")*(?:Secretary|Spokesperson|"
    r"Minister|President|Ambassador|Director|Prime Minister|Press Secretary|Coordinator|Envoy|"
    r"Administrator|Counselor)\b.{0,60})$"
)
_DELIVERED = re.compile(
    r"(?:statement|address|remarks|speech|intervention|discours|allocution|discurso|"
    r"intervención)\s+(?:by|of|delivered by|de|prononcée? par|del)\s+"
    r"(?P<name>(?:his|her|the|h\.e\.|son|sa|su|s\.e\.)?\s?[^\n]{0,20}?(?:excellency|excellence|"
    r"excelencia|right honourable|hon(?:ourable)?\.?|mr|mrs|ms|dr)[\s\S]{3,120}?)"
    r"(?=,|\n\n| at the | during |\sà |\sante |\sen la |\sdevant | to the |\sen el |"
    r"\n(?:acting |deputy |vice[- ]|prime )?(?:minister|president|secretary|chair|head|king|crown|"
    r"permanent|ministre|président|premier|ministro|presidente)\b)",
    re.IGNORECASE,
)
_TITLES_BEFORE = re.compile(
    r"^(?:his|her|the|h\.e\.|son|sa|s\.e\.|su|excm[oa]\.)?\s?(?:excellency|excellence|excelencia|"
    r"right honourable|hon(?:ourable)?\.?)?,?\s*(?:le |el |la )?(?:(?:mr|mrs|ms|dr|m|mme|sra?|"
    r"monsieur|madame|señora?)\.?\s)?",
    re.IGNORECASE,
)
_BODIES = re.compile(
    r"^(?P<name>(?:The )?(?:Royal |Federal )?(?:(?:Ministry|"
    r"Ministère|Ministerio|Ministério|Ministerie|"
    r"Ministero|Department|Embassy|Ambassade|"
    r"Embajada|Embaixada|Botschaft|Auswärtiges Amt|Legation|Consulate|Permanent Mission|Office of|"
    r"Bureau of|Presidencia|"
    r"Presidency|Présidence|Government of|Gobierno de|Press Service|Secretaría|Secretariat|"
    r"Commission|Cabinet|Prime Minister|Foreign Office|"
    r"Министерство|Посольство|وزارة|سفارة|外交部|The White House|Central Intelligence|National "
    r"Security Council|"
    r"MINIST[EÈ]R|AMBASSADE|EMBASSY|EMBAJADA|DEPARTMENT|LEGATION|PERMANENT MISSION|BOTSCHAFT|"
    r"OFFICE OF|PRESIDENCY|THE PRESIDENCY|"
    r"REPUBLIC OF|Republic of|THE WHITE HOUSE|FOREIGN OFFICE|UNITED NATIONS|United Nations|"
    r"European (?:Union|Commission|Council)|"
    r"NORTH ATLANTIC|Council of)[^\n.:;]{0,80}))$"
)
_ROYAL = re.compile(
    r"(?:The|[Ll]['’]|La|Le|Die|Das|De|Het|El)\s?(?P<name>(?:Royal |Königlich \w+ )?(?:Embassy|"
    r"Ministry|Legation|Permanent Mission|Department|Secretariat|Consulate|High Commission|"
    r"Delegation|Ambassade|Ministère|Mission permanente|Botschaft|Auswärtige Amt|Ministerium|"
    r"Embajada|Ministerio|Ministerie|Misión Permanente)[^\n,.;]{0,80}?)\s+"
    r"(?:presents?|présente|beehrt|saluda|presenta|heeft|betuigt|biedt)\b"
)
_TO_WHOM = re.compile(
    r"(?:compliments|compliments (?:à|au)|complimenten|saluda(?: muy)? atentamente|sich,?)\s+"
    r"(?:to the|to|à la|à l['’]|au|aan het|aan de|a la|al|der|dem|die|das)\s?(?P<name>(?:Royal )?"
    r"(?:Embassy|Ministry|Legation|Permanent|Department|Secretariat|Secretary|Consulate|High|"
    r"Government|Ambassade|Ministère|Mission|Botschaft|Auswärtige|Ministerium|Embajada|Ministerio|"
    r"Ministerie)[^\n,.;]{0,90}?)(?=,|\.|;|\s(?:and|et|y|en (?:heeft|deelt)|in [A-Z]\w+|den "
    r"Empfang|mitzuteilen|has|have)\b)"
)
_END_OF_NAME = re.compile(
    r"\s?\[\d+\]|\s?\((?:Extract|Enclosure)\)$|, (?:January|February|March|April|May|June|July|"
    r"August|September|October|November|December) .*$",
    re.IGNORECASE,
)
_HEAD_LINES = 14
_OFFICE_LINES = 3
_LABEL_CHARS = 16
_GROUP = re.compile(r"^(?:[\w.]+ ){0,2}(?:Side|Delegation|Participants)$|^[\w. ]{2,24}:$")
_MOST = 24
_SMALL_WORDS = frozenset(
    {"of", "the", "and", "for", "to", "in", "at", "on", "de", "des", "du", "la", "le", "les", "aux"}
    | {"van", "het", "der", "den", "von", "und", "del", "y", "e", "et", "da", "do", "d’", "l’"}
)
_SHORTEST, _LONGEST_NAME = 2, 160
_LONGEST = 110
_LETTERHEAD_LINES = 8
_SPOKEN = frozenset({"speech", "statement", "press-briefing"})
_MEETING = re.compile(
    r"(?:United Nations|UN)(?: General Assembly.*| Headquarters)?$|.*\bHeadquarters$"
)
_STATE = re.compile(r"(?:The )?(?:\w+ )?(?:Republic|Kingdom) of ")
_OF_WHOM = re.compile(r"(?:of the|of|der|des|de la|du|del|de|van)\s[A-ZÀ-Þ]", re.IGNORECASE)
_ENGLISH_BODY = re.compile(r"(?:The |Royal )?(?:Ministry|Department|Office|Cabinet|Presidency)\b")
_BODY_WORDS = re.compile(
    r"\b(?:Ministry|Department|Embassy|Legation|Office|Mission|Consulate|Delegation|Council|"
    r"Government|Commission|Agency|Staff|Bureau|Cabinet|Committee|Secretariat|Press Service|"
    r"Ministère|Ministerio|Botschaft|Ambassade|Embajada)\b"
)
_OFFICE_ALONE = re.compile(
    r"(?:The )?(?:\w+ ){0,3}(?:Secretary|President|Minister)(?:[ -]General)?(?: (?:of|for) .*)?$"
)
_SURNAME = re.compile(r"(?<=[a-zß-ÿ]\s)[A-ZÀ-Þ]{4,}(?=$|-)")
_ROLE_OF_LABEL = {"from": "author", "de": "author", "von": "author", "от": "author"}


def find_agents(layout: Layout, doctype: str, hints: Hints) -> tuple[AgentRole, ...]:
    """Return the persons and bodies a document names by their part in it, in order."""
    found: dict[tuple[str, str], AgentRole] = {}
    for said, role in _all(layout, doctype, hints):
        for name in persons(_tidy(said)):
            if name and (name.casefold(), role) not in found and len(found) < _MOST:
                found[name.casefold(), role] = AgentRole(name, role)
    return tuple(found.values())


def find_originator(layout: Layout, doctype: str, agents: Sequence[AgentRole], hints: Hints) -> str:
    """Return the body that issued a document, else the office that wrote it, else ""."""
    if doctype in _NOTES and (match := _ROYAL.search(layout.text[:_OPENING_CHARS])):
        return _capitalised(" ".join(match["name"].split()))
    lines = layout.head[:_LETTERHEAD_LINES]
    names = _bodies(lines, doctype) or _bodies(Closing(layout, doctype).rest[-4:], doctype)
    if names:
        return _plain(names[0])
    for agent in agents:
        if agent.role == "author" and _is_body(agent.name):
            return _plain(agent.name)
    return _plain(" ".join(hints.site.split())[:_LONGEST])


def _bodies(lines: Sequence[str], doctype: str) -> list[str]:
    """Return the bodies that lines of a letterhead name; a state alone comes last."""
    found: list[str] = []
    states: list[str] = []
    for index, line in enumerate(lines):
        name = _body(line)
        if not name or (doctype in _SPOKEN and _MEETING.match(name)):
            continue
        if _STATE.match(name):
            states.append(name)
            continue
        below = lines[index + 1] if index + 1 < len(lines) else ""
        if _OF_WHOM.match(below) and len(below) <= _LONGEST // 2:
            below = _capitalised(below)
            name = f"{name} {below[0].lower()}{below[1:]}"
        elif states and " of the " not in name and _ENGLISH_BODY.match(name):
            name = f"{name} of the {states[-1]}"
        found.append(name)
    return found + states


def _body(line: str) -> str:
    line = line.rstrip(",. ")
    match = _BODIES.match(_capitalised(line) if line.isupper() else line)
    named = (
        match
        and not place_ending(line)
        and len(line) <= _LONGEST
        and all(map(_is_of_a_name, line.split()))
    )
    return match["name"].strip() if match and named else ""


def _plain(name: str) -> str:
    """Leave out the article before a name."""
    return name if name == "The White House" else re.sub(r"^The (?=[A-Z])", "", name)


def _is_body(name: str) -> bool:
    return bool(_BODY_WORDS.search(name) or _OFFICE_ALONE.match(name))


def _is_of_a_name(word: str) -> bool:
    if any(mark.isdigit() for mark in word):
        return False
    return not word[0].islower() or word in _SMALL_WORDS


def _all(layout: Layout, doctype: str, hints: Hints) -> Iterator[tuple[str, str]]:
    yield from _from_title(layout, doctype)
    yield from _from_headers(layout.head)
    yield from _from_head(layout, doctype)
    if doctype in {"press-briefing", "speech", "memcon", "statement"}:
        yield from ((_capitalised(name), "speaker") for name in _SPEAKER.findall(layout.body))
    named = list(_of_note(layout, doctype))
    yield from named
    for name, role in _signatures(Closing(layout, doctype)):
        if role != "addressee" or all(other != role for _, other in named):
            yield name, role
    if hints.author and len(hints.author) <= _LONGEST:
        yield hints.author, "author"


def _from_title(layout: Layout, doctype: str) -> Iterator[tuple[str, str]]:
    title = layout.title
    match = _FROM_TO.match(title)
    if not match and doctype in _WRITTEN and (plain := _PLAIN_TO.match(title)):
        match = plain if all(map(_is_of_a_name, plain["from"].split())) else None
    if match:
        yield _THROUGH.sub("", match["from"]), "author"
        yield match["to"], "addressee"
        return
    for line in (title, *layout.head[:_TITLE_LINES]):
        if (match := _BY.search(line)) and _may_be_named(match):
            who = _NAMED.match(line, match.end("who")) or match
            name = _TITLES_BEFORE.sub("", who["who"], count=1)
            spoken = doctype in _SPEECHES or match["what"].lower().split()[-1] in _SPEECH_WORDS
            yield _capitalised(name), "speaker" if spoken else "author"
            return


def _may_be_named(match: re.Match[str]) -> bool:
    who = match["who"]
    return not _NO_AUTHOR.match(who) and not any(mark.isdigit() for mark in who)


def _from_headers(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    role = ""
    for line in lines[: 2 * _HEAD_LINES]:
        if match := _HEADER.match(line):
            label = match["label"].lower()
            yield _capitalised(match["name"]), _ROLE_OF_LABEL.get(label, "addressee")
            role = ""
        elif match := _HEADER_ALONE.match(
            line.upper() if len(line) < len("ALSO PRESENT::") else line
        ):
            role = {"FROM": "author", "TO": "addressee"}.get(match["label"], "participant")
        elif line.isupper() and len(line) <= _LABEL_CHARS:
            role = ""
        elif role and _GROUP.search(line):
            continue
        elif role and len(line) <= _LONGEST and not line.endswith(".") and line[:1].isupper():
            yield line, role
        else:
            role = ""


def _from_head(layout: Layout, doctype: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(layout.head[:_HEAD_LINES]):
        if (match := _SALUTATION.match(line)) or (match := _TO_HIM.match(line)):
            yield _capitalised(match["name"]), "addressee"
        elif number < _OFFICE_LINES and (match := _OFFICE_LINE.match(line)):
            yield match["name"], "speaker" if doctype in {"speech", "press-briefing"} else "author"
    if doctype in {"speech", "statement"} and (match := _DELIVERED.search(layout.opening)):
        yield (
            _capitalised(_TITLES_BEFORE.sub("", " ".join(match["name"].split()), count=1)),
            "speaker",
        )


def _signatures(closing: Closing) -> Iterator[tuple[str, str]]:
    if closing.doctype in _UNSIGNED:
        return
    role = "author" if closing.doctype in {"telegram", "memorandum", "report"} else "signatory"
    for name in closing.signatories:
        yield _capitalised(name), role
    if closing.addressee:
        yield closing.addressee, "addressee"


def _of_note(layout: Layout, doctype: str) -> Iterator[tuple[str, str]]:
    """Yield sender and addressee of a note in the third person."""
    if doctype not in _NOTES:
        return
    opening = layout.text[:_OPENING_CHARS]
    if match := _ROYAL.search(opening):
        yield _capitalised(" ".join(match["name"].split())), "author"
        if match := _TO_WHOM.search(opening, match.end()):
            yield match["name"].partition(" – ")[0], "addressee"


def _tidy(name: str) -> str:
    name = " ".join(_END_OF_NAME.sub("", " ".join(name.split())).split()).strip(" ,;:-–*_[]")
    name = name.replace("( ", "(").replace(" )", ")")
    name = re.sub(r"^[Tt]he (?=\S+ \S)", "", name)
    return name if _SHORTEST <= len(name) <= _LONGEST_NAME else ""


def _capitalised(name: str) -> str:
    """Write a name that stands in capitals with small letters."""
    if not name.isupper():
        return _SURNAME.sub(lambda word: word.group().capitalize(), name)
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
