"""Who writes a document and who receives it: "I" and "you" of letters, telegrams, memoranda."""
# ruff: noqa: E501, RUF001 - a pattern reads best in one line, and holds the marks that documents hold

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from archivist.intake.layout import Layout
from archivist.intake.names import find_agents
from archivist.intake.raw import Hints
from archivist.intake.statements.parts import Speaker
from archivist.intake.statements.when.whens import find_whens
from archivist.intake.statements.who.holders import holders_on, initials_of
from archivist.intake.statements.who.mentions import named_in
from archivist.intake.statements.who.naming import capitalised, is_given

if TYPE_CHECKING:
    from collections.abc import Callable

    from archivist.intake.statements.parts import Page
    from archivist.model.record import AgentRole

_PAREN = re.compile(r"\(\s*([^()]{2,40}?)\s*\)")
_ISSUED = re.compile(
    r"^(?:Joint |Press |Prepared )?(?:Statement|Remarks|Message|Letter|Note|Declaración|"
    r"Communiqué|Déclaration) (?:from|by|of|de|del) (?P<who>.{3,120}?)"
    r"(?= (?:on|at|in|to|regarding|about|following|after|before|sobre|sur)\b|$|:)"
)
_SENT = re.compile(
    r"^(?:submission|letter|minute|cable(?:gram)?|memorandum|telegram|savingram|despatch|note|message|"
    r"teleprinter message|backchannel message),?\s(?:from\s)?(?!by\b|of\b)(?P<who>[^\W\d_][\w’' .]{1,40}?)\sto\s"
    r"(?P<to>[^\W\d_].{1,80}?)$",
    re.IGNORECASE,
)
_SIGNED_TYPES = frozenset(
    {"telegram", "letter", "memorandum", "memcon", "correspondence", "despatch"}
)
_SIGNATURE = re.compile(
    r"\[?(?P<name>(?!Secret|Confidential|End|Enclosure|Attachment|Note)(?:[A-Z][\w’'-]*\.?\s?){1,4}?)\]?"
    r"(?:\[\d+\])*"
)
_FROM = re.compile(
    r"(?:^|(?<=[.\]:)]\s)|(?<=\n))(?:(?:For|To|TO|FOR)\s[^.\n]{2,60}?\s)?(?:From|from|FROM)\s(?:the\s)?"
    r"(?P<who>(?!USDel|US\b|USDEL)[A-Z][\w’' -]{2,40}?)(?=\s?\[\d|\.(?:[\s\[]|$)|\s(?:for|to)\s|\s*(?:\n|$))"
)
"""Who a telegram comes from, told at its head: "Delto 9. From Lee." "For Hale from Lee."."""
_HEAD = 300
_LAST_CHARS = 60
_INITIALS = re.compile(r"(?:Mc|Mac)?[A-Z]\.?(?:\s?[A-Z]\.?){1,3}")
_LETTERS = re.compile(r"[A-Z](?![a-z])|(?<=Mc)[A-Z]")
_SIGNING = ("president", "secretary-of-state", "national-security-adviser")
"""Whose initials stand below telegrams and memoranda of the issuing state."""
_WRITTEN = frozenset({"author", "signatory"})
_SIGNED, _CLOSE, _UNKNOWN = 0.93, 0.87, 0.6


class Writers:
    """Tells who writes and who receives one document.

    Args:
        page: the document.
        read: returns who a phrase names, at a place of the text.
    """

    def __init__(self, page: Page, read: Callable[[str, int], Speaker]) -> None:
        self._page = page
        self._read = read

    @cached_property
    def signatory(self) -> Speaker:
        """Who says "I" and "we" in a letter, a telegram or a note; an empty name if unknown."""
        if sender := self._sender:
            return sender
        signed = self._signed()
        if _INITIALS.fullmatch(signed):
            return self._of_initials(signed)
        written = signed or self._written()
        if not written:
            return Speaker("", how="signatory", certainty=_UNKNOWN)
        found = self._read(written, 0)
        return Speaker(found.name, found.role, "signatory", min(_SIGNED, found.certainty))

    @cached_property
    def _sender(self) -> Speaker | None:
        """Return the person from whom a telegram comes by its head; None if nothing tells."""
        if self._page.doctype != "telegram":
            return None
        match = _FROM.search(self._page.text, 0, _HEAD)
        mention = match and named_in(match["who"])
        if not match or not mention or mention.kind not in {"person", "office"}:
            return None
        found = self._read(match["who"], match.start("who"))
        named = mention.kind == "person" or found.how in {"holder", "apposition"}
        if not named or not found.name:
            return None
        return Speaker(found.name, found.role, "signatory", min(_SIGNED, found.certainty))

    def _of_initials(self, signed: str) -> Speaker:
        """Return whose initials a signature is: who wrote by the heading, else who held an office."""
        last = _LETTERS.findall(signed)[-1].lower()
        if written := self._written():
            found = self._read(written, 0)
            if found.name.split()[-1][:1].lower() == last:
                return Speaker(found.name, found.role, "signatory", _SIGNED)
        letters = "".join(_LETTERS.findall(signed))
        for office in _SIGNING:
            for holder in holders_on(office, self._page.date):
                if holder.country == "US" and initials_of(holder.name) == letters:
                    return Speaker(holder.name, "", "signatory", _SIGNED)
        return Speaker(signed, how="signatory", certainty=_UNKNOWN)

    @cached_property
    def addressee(self) -> Speaker:
        """Who is "you" in a letter or a telegram; an empty name if unknown."""
        received = next((agent.name for agent in self._agents if agent.role == "addressee"), "")
        if sent := _SENT.match(self._page.title):
            received = capitalised(sent["to"]) if sent["to"].isupper() else sent["to"]
        if not received:
            return Speaker("", how="addressee", certainty=_UNKNOWN)
        found = self._read(_named(received), 0)
        return Speaker(found.name, found.role, "addressee", _CLOSE)

    @cached_property
    def _agents(self) -> tuple[AgentRole, ...]:
        layout = Layout(self._page.text, self._page.title)
        return find_agents(layout, self._page.doctype, Hints())

    def _signed(self) -> str:
        """Return the name or the initials that end a telegram, a letter or a memorandum."""
        if self._page.doctype not in _SIGNED_TYPES:
            return ""
        last = self._page.text.rstrip()[-_LAST_CHARS:].rpartition("\n")[2]
        match = _SIGNATURE.fullmatch(last.strip())
        if match is None or is_given(match["name"]) or find_whens(last):
            return ""
        return match["name"]

    def _written(self) -> str:
        title = self._page.title
        issued = _ISSUED.match(title) or ("(" not in title and _SENT.match(title))
        if issued:
            return capitalised(issued["who"]) if issued["who"].isupper() else issued["who"]
        names = (_named(each.name) for each in self._agents if each.role in _WRITTEN)
        return next((name for name in names if named_in(name)), "")


def _named(written: str) -> str:
    """Return the name in brackets behind an office: "The Consul (Lee)"; else all of it."""
    within = _PAREN.search(written)
    return within[1] if within else written
