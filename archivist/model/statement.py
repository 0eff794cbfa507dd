"""Statements: who said what, in which words, when and to whom; and sentences that carry a date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["direct", "indirect", "turn"]
Piece: TypeAlias = tuple[int, int]
"""Start and end of a stretch of text in characters, the end exclusive."""

KINDS: tuple[Kind, ...] = ("direct", "indirect", "turn")
"""Quoted words, reported speech, and what stands after a speaker's label in a transcript."""
SURE = 0.8
"""From this certainty on a statement is shown without being asked for."""


@dataclass(frozen=True, slots=True, order=True)
class Statement:
    """Something that a text says somebody said. Every unknown value is empty.

    Attributes:
        start: where it begins in the text, in characters.
        end: where it ends, exclusive.
        kind: one of KINDS.
        pieces: the parts that are its words, where its cue stands between them; else its whole.
        speaker: the fullest form that the document gives; joint speakers separated by "; ".
        surface: the speaker as named there: "he", "the Minister", "MR. PRICE".
        role: the speaker's office, as the document says it.
        cue: the words that tell that it was said: "stressed", "according to".
        addressee: to whom it was said, as named there.
        occasion: where and how: "in a post on X", "at a press conference in Geneva".
        date: ISO 8601, as exact as the text says when it was said; empty where that is the
            document's own date.
        certainty: from 0 to 1, that it is a statement and its speaker is right.
        rule: the name of the rule that found it.
    """

    start: int
    end: int
    kind: Kind
    pieces: tuple[Piece, ...] = ()
    speaker: str = ""
    surface: str = ""
    role: str = ""
    cue: str = ""
    addressee: str = ""
    occasion: str = ""
    date: str = ""
    certainty: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True, order=True)
class DatedFact:
    """A sentence that carries a date of its own, as material for a chronology.

    Attributes:
        start: where the sentence begins in the text, in characters.
        end: where it ends, exclusive.
        date: ISO 8601, as exact as it says, resolved against the document's date.
        cue: the words that tell the date: "On March 19", "last October".
    """

    start: int
    end: int
    date: str
    cue: str


Status: TypeAlias = Literal["found", "confirmed", "corrected", "added", "rejected"]
"""What people decided on a statement; what rules found and nobody looked at is "found"."""


@dataclass(frozen=True, slots=True)
class FiledStatement:
    """A statement of a record of the archive.

    Attributes:
        number: the same as long as the statement is found in the same text; 0 where it is not
            kept yet.
        record: id of the record.
        statement: what was said.
        status: what people decided on it.
        decision: the number of that decision; 0 where there is none.
        stale: whether the text was corrected since the decision and these words are not in it any
            more; the places are then those of the text that was decided on.
    """

    number: int
    record: int
    statement: Statement
    status: Status = "found"
    decision: int = 0
    stale: bool = False

    @property
    def shown(self) -> bool:
        """Whether searches may find it."""
        return self.status != "rejected" and not self.stale

    @property
    def sure(self) -> bool:
        """Whether it is shown without being asked for."""
        return self.shown and self.statement.certainty >= SURE


def pieces_of(statement: Statement) -> tuple[Piece, ...]:
    """Return the stretches of text that are a statement's words."""
    return statement.pieces or ((statement.start, statement.end),)


def words_in(text: str, statement: Statement) -> str:
    """Return a statement's words, without its cue."""
    return " ".join(text[start:end] for start, end in pieces_of(statement))
