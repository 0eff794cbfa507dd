"""How sure it is that a statement is one, and that its speaker is right.

Each rule has the share of its statements that were right on labelled documents; what weakens it
lowers that: a speaker found far away, a document that hardly reports speech.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from archivist.intake.statements.grammar import grammar_of
from archivist.intake.statements.quoted.unled import SILENT

if TYPE_CHECKING:
    from archivist.intake.statements.parts import Cue, Draft, Page, Speaker

_DIRECT = {
    "whole": 0.9,
    "middle": 0.99,
    "after": 0.98,
    "before-say": 0.98,
    "before-tell": 0.98,
    "before-ask": 0.97,
    "before-order": 0.95,
    "before-commit": 0.95,
    "before-quote": 0.9,
    "before-noun": 0.85,
    "before-according": 0.9,
    "unclosed": 0.95,
    "inside": 0.94,
    "inside-few": 0.82,
    "put": 0.9,
    "also": 0.9,
    "colon": 0.9,
    "earlier-say": 0.8,
    "earlier-tell": 0.8,
    "earlier-quote": 0.8,
    "earlier-noun": 0.85,
    "bare-colon": 0.6,
    "labelled": 0.95,
    "headed": 0.8,
    "source": 0.6,
    "quoted": 0.7,
    "worded": 0.8,
    "inserted": 0.85,
    "own": 0.5,
    "loose": 0.35,
    "record": 0.6,
    "unmarked": 0.93,
    "signed": 0.97,
    "letter": 0.78,
    "dash": 0.95,
    "block": 0.9,
    "run": 0.85,
    "next": 0.8,
}
_INDIRECT = {
    "that": 0.97,
    "whether": 0.95,
    "zero": 0.96,
    "order": 0.82,
    "commit": 0.8,
    "after": 0.96,
    "middle": 0.94,
    "colon": 0.9,
    "zero-weak": 0.9,
    "zero-terse": 0.8,
    "wh": 0.85,
    "as": 0.85,
    "according": 0.9,
    "noun": 0.82,
    "told": 0.6,
}
_TURN = 0.99
_OTHER = 0.8
_SUBJECT = {"left": 1.0, "pronoun": 1.0, "right": 0.99, "relative": 0.96, "coordinated": 0.82}
_FAR_SUBJECT = 0.95
_LOOSE_SUBJECT = 0.82
_OFFICIAL = frozenset(("readout", "press-release", "statement", "communique", "fact-sheet"))
"""Types of documents in which a participle is nearly always the subject's: "..., noting that"."""
_LONELY = 0.86
"""What weakens a pronoun whose person did not speak right before."""
_ASKERS = frozenset(("q", "question", "pregunta", "frage", "vraag"))
GUESSED = frozenset(("pronoun", "they", "it"))
"""How speakers are found who are not named at the place itself."""
_TRUST = {"office": 0.87, "it": 0.88, "they": 0.95}
"""What an office that nobody is known to hold, and "it", weaken a speaker by."""
_STRANGE = 0.84
"""What weakens a speaker whose name does not look like one."""
_HARDLY = 0.7
_UNSAID = 0.85
"""What weakens a statement whose cue names nobody: "be informed that", "dijo que"."""
_VERBLESS = frozenset(("order", "commit", "zero-terse", "whether", "wh"))
_LONG_CLAUSE = 60
"""A clause of more characters has a verb somewhere."""
_GOING_ON = regex.compile(
    r",?\s(?:and|but|or)\s(?:would|should|could|might|will|to|not)\b|\sto\s['\"\u2018\u201c]"
)
"""After a clause that ends too soon: "... would act [and would tell us]"."""
_SMALL = regex.compile(r"\s++\p{Ll}")
_OVER = regex.compile(r"\b\p{Ll}{2,}+[.!?]\s*+\p{Lu}\p{Ll}++[\s,]")
"""Within a clause that runs on into the next sentence."""
_ANSWERED = regex.compile(
    r"\b(?:and|but)\s(?:\S++\s){1,4}?(?:replied|answered|responded|retorted|rejoined)\b"
)
"""Within a clause that runs on into what somebody else said to it."""
_RELATIVE = regex.compile(r"(?:which|who|whom|whose)\b")
_HANGING = regex.compile(r"\b(?:which|who|and|but|the|of)\Z")
"""What a clause that is one cannot begin and end with."""
_FRONTED = regex.compile(
    r"(?:while|although|though|if|when|since|as|because|after|before|until|unless|in|at|on|with|for"
    r"|despite|given|pending|following|during)\b"
)
"""What a clause begins with that only leads to another one."""
_JOINED = regex.compile(r",\s(?!and\b|y\b|et\b)|\s(?:and|y|et|und|e|en|&)\s")
_SINGLE = frozenset(("president", "secretary", "ambassador", "senator", "king", "premier"))
_RANKS = frozenset(("governor", "minister", "mr", "dr", "colonel", "marshal"))
"""Offices that do not stand before one another in a name: two names were joined."""
_PASSAGES = frozenset(("excerpts", "extracts", "extract", "excerpt", "passages", "passage"))
_QUESTIONS = frozenset(("wh", "whether"))
_SUPPOSED = regex.compile(
    r"\b(?:if|should|unless|case|event|suppose|what|whatever|nothing|anything|everything|something"
    r"|reason|point\ where|than|how|wenn|falls|si|lo\ que|ce\ que|als|indien)\s+\Z",
    regex.I,
)
"""Before a cue: what somebody may say, or something that he said."""
_REACH = 24
_ADDRESS = 80
_CARRIED = 0.89
"""What weakens a verb without subject that goes on with one named before it."""
_LABELLED = 0.97
"""Of a label less sure than this, only an office was read."""
_BARE = 0.85
"""What weakens an office for a name, where somebody with a name is likely to be meant."""
_SHORT = 2
_LONG = 4
_LONGEST = 6
"""The most words of a body that no word tells for one, of a person's name, of one with offices."""


def certainty_of(page: Page, draft: Draft, speaker: Speaker, *, again: bool) -> float:
    """Return from 0 to 1 how sure a statement is, its speaker included.

    Args:
        page: the page it stands on.
        draft: the statement, its speaker as the text names it.
        speaker: its speaker as resolved; with an empty name it is hardly of use.
        again: whether the statement right before it has the same speaker.
    """
    base = _base(draft.kind, draft.rule) * _trust(page, draft.kind, speaker)
    base *= _subject(page, draft.cue, speaker) * _shortened(page, draft.surface, speaker)
    base *= _clause(page, draft)
    if draft.cue and _is_addressed(page.text, draft.cue, draft.start, speaker):
        base *= _HARDLY
    if speaker.how in GUESSED and not again:
        base *= _LONELY
    if page.doctype in SILENT:
        base *= _HARDLY
    return round(base * speaker.certainty, 3)


def _is_addressed(text: str, cue: Cue, end: int, speaker: Speaker) -> bool:
    """Tell whether the speaker is named after the verb: I told Lee that."""
    last = speaker.name.rpartition(" ")[2]
    if not last or cue.subject_start >= cue.end or not cue.end < end <= cue.end + _ADDRESS:
        return False
    return last in text[cue.end : end]


def _subject(page: Page, cue: Cue | None, speaker: Speaker) -> float:
    """Return how far the subject of a cue can be trusted to be its own."""
    if cue is None:
        return 1.0
    weight = _SUBJECT.get(cue.rule, _FAR_SUBJECT)
    if cue.rule == "participle" and page.doctype not in _OFFICIAL:
        weight = _LOOSE_SUBJECT
    if _SUPPOSED.search(page.text, max(0, cue.clause_start - _REACH), cue.clause_start):
        weight *= _UNSAID
    if cue.passive or not (cue.subject or speaker.how not in GUESSED):
        return weight * _UNSAID
    return weight if cue.subject else weight * _CARRIED


def _clause(page: Page, draft: Draft) -> float:
    """Return what a reported clause is worth: one without a verb ends too soon."""
    if draft.kind != "indirect":
        return 1.0
    if _is_cut(page, draft):
        return _HARDLY
    if draft.rule in _VERBLESS or draft.end - draft.start > _LONG_CLAUSE:
        return 1.0
    grammar = grammar_of(page.language)
    words = page.text[draft.start : draft.end].lower().split()
    if not grammar.finite_endings:
        return 1.0
    return 1.0 if any(grammar.is_finite(word.strip(",.;:")) for word in words) else _UNSAID


def _is_cut(page: Page, draft: Draft) -> bool:
    """Tell whether a clause ends too soon, runs on into the next sentence, or is no clause."""
    start, end = draft.start, draft.end
    if _OVER.search(page.text, start, end) or _HANGING.search(page.text, start, end):
        return True
    if page.text[end - 1] == "." and _SMALL.match(page.text, end):
        return True
    if _GOING_ON.match(page.text, end) or _ANSWERED.search(page.text, start, end):
        return True
    if draft.rule in _QUESTIONS:
        return False
    if _RELATIVE.match(page.text, start):
        return True
    return bool(_FRONTED.match(page.text, start)) and page.text.startswith(",", end)


def _shortened(page: Page, surface: str, speaker: Speaker) -> float:
    """Return what a name of one word is worth where the text has a longer one, or more names."""
    if ";" in speaker.name:
        written = len(_JOINED.findall(surface))
        return _STRANGE if written > speaker.name.count(";") else 1.0
    if " " in speaker.name or speaker.how in GUESSED:
        return 1.0
    articles = grammar_of(page.language).determiners
    capitals = [word for word in surface.split() if word[0].isupper()]
    named = [word for word in capitals if word.lower() not in articles]
    return _STRANGE if len(named) > 1 else 1.0


def _base(kind: str, rule: str) -> float:
    if kind == "turn":
        return _TURN
    if kind == "direct":
        return _DIRECT.get(rule, _OTHER)
    return _INDIRECT.get(rule, _OTHER)


def _trust(page: Page, kind: str, speaker: Speaker) -> float:
    """Return how far a speaker's name can be trusted by how it was found, and by its words."""
    if not speaker.name:
        return _HARDLY
    trust = _TRUST.get(speaker.how, 1.0)
    grammar = grammar_of(page.language)
    names = [name.strip(".,") for name in speaker.name.lower().split()]
    is_bare = all(name in grammar.heads or name in grammar.linking for name in names)
    if kind == "turn":
        held = speaker.certainty < _LABELLED and not is_bare
        held = held and names[-1] not in page.title.lower()
        return _BARE if held or len(names) > _LONGEST else trust
    if speaker.how in GUESSED and (is_bare or names[0] in _ASKERS):
        return trust * _BARE
    if ";" in speaker.name:
        meant = speaker.how == "pair" and page.doctype not in _OFFICIAL
        return trust * _STRANGE if meant else trust
    if names[0] in grammar.prepositions or names[-1] in grammar.documents | _PASSAGES:
        return trust * _STRANGE
    if len(names) > 1 and names[0] in _SINGLE and names[1] in _SINGLE | _RANKS:
        return trust * _STRANGE
    if not grammar.heads.isdisjoint(names):
        return trust
    strange = len(names) > (_SHORT if speaker.how == "body" else _LONG)
    return trust * _STRANGE if strange or speaker.name.islower() else trust
