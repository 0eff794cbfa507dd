"""Why something counts as a statement, in words: what the rule that found it looks for."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from archivist.model.statement import SURE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archivist.model.statement import Statement

_QUOTED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "before": "Words in quotation marks that follow at once on {cue}.",
        "earlier": "Words in quotation marks that follow, in the same sentence, on {cue}.",
        "after": "Words in quotation marks with {cue} right behind them.",
        "middle": "Words in quotation marks with {cue} between them.",
        "inside": "Words in quotation marks within what is reported with {cue}.",
        "also": "A further quotation of the sentence that {cue} stands in.",
        "colon": "Words in quotation marks after {cue} and a colon.",
        "bare": "Words in quotation marks after a name and a colon.",
        "block": "A quoted paragraph after {cue} and a colon.",
        "dash": "Words in quotation marks, and after a dash the name.",
        "unclosed": "A quotation that nothing closes, with {cue} at its end.",
        "next": "A quoted sentence by itself after one that names the speaker.",
        "run": "A quoted sentence by itself after others by the same speaker.",
        "signed": "A quoted letter with its signature.",
        "letter": "A quoted letter or message after the name of its writer.",
        "record": "A quoted passage of a paper that the sentence before it names.",
        "whole": "The whole document stands in quotation marks.",
        "quoted": "Words in quotation marks that the sentence announces as a quotation.",
        "labelled": "Words in quotation marks after a name and a colon.",
        "headed": "Words in quotation marks after a name at the head of the line.",
        "put": "A turn of phrase with “as … put it” behind it.",
        "source": "Words in quotation marks with their source in brackets.",
        "worded": "Words in quotation marks that are said to be the words used.",
        "inserted": "Words in quotation marks with the speaker named among them.",
        "own": "Words in quotation marks that say “we”, in a sentence about somebody.",
        "loose": "Many words in quotation marks, in a sentence about somebody.",
        "unmarked": "The very words, without quotation marks, after {cue} and a colon.",
    }
)
_REPORTED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "that": "A clause that follows on {cue} and “that”, or the like in its language.",
        "zero": "A clause that follows on {cue} without “that”.",
        "whether": "A question that follows on {cue}: whether, if.",
        "wh": "A question that follows on {cue}: how, why, what.",
        "order": "What somebody was to do, after {cue}.",
        "commit": "What the speaker was going to do, after {cue}.",
        "middle": "A sentence with {cue} in its middle.",
        "after": "A sentence with {cue} at its end.",
        "as": "A sentence that begins with “as” and {cue}.",
        "colon": "A clause after {cue} and a colon.",
        "according": "A sentence with “according to” and the name.",
        "told": "What somebody is said to have been told or asked.",
        "noun": "A clause that hangs on a word for speech: {cue}.",
    }
)
_TURN: Final = "What stands after the label that names the speaker, up to the next label."
_BY_HAND: Final = "Somebody filed it by hand."
_PLAIN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "direct": "Words in quotation marks with their speaker near them.",
        "indirect": "A clause that a word of saying governs.",
        "turn": _TURN,
    }
)
BY_HAND: Final = "added by hand"
"""The rule of what people added."""


def why(statement: Statement) -> str:
    """Return in one sentence what the rule that found a statement looks for.

    Of the name of a rule, "before-say", the first part is what is looked for.
    """
    if statement.rule == BY_HAND:
        return _BY_HAND
    if statement.kind == "turn":
        return _TURN
    rules = _QUOTED if statement.kind == "direct" else _REPORTED
    words = rules.get(statement.rule.partition("-")[0], _PLAIN[statement.kind])
    cue = f"“{statement.cue}”" if statement.cue else "a word of saying"
    return words.format(cue=cue)


def how_sure(statement: Statement) -> str:
    """Return in one sentence how sure a statement is, as far as the rules can tell."""
    share = f"{round(100 * statement.certainty)} %"
    if statement.certainty >= SURE:
        return f"Of statements found like this one about {share} are right."
    return f"Of statements found like this one only about {share} are right: it may be wrong."


def who_is_named(statement: Statement) -> str:
    """Return in one sentence how the speaker is named at the place itself; empty where as shown."""
    if not statement.surface or statement.surface == statement.speaker or not statement.speaker:
        return ""
    return f"The speaker is named there as “{statement.surface}”."
