"""All that one record is found to say: statements, who decided on them, dated sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from archivist import assets
from archivist.archive.statements import judging
from archivist.archive.statements.deciding import KIND
from archivist.model.paragraphs import number_at, paragraphs
from archivist.model.record import Record
from archivist.model.statement import DatedFact, FiledStatement, Statement, pieces_of

if TYPE_CHECKING:
    from archivist.archive.statements.saying import Saying
    from archivist.store import Store

_NO_TEXT: Final = "This record has no text, so nothing in it can be read for statements."
_NONE: Final = "In this text nobody is found to say anything."
_NO_RULES: Final = (
    "In this text nobody is found to say anything. It is in a language whose words for saying"
    " Archivist does not know yet."
)


@dataclass(frozen=True, slots=True)
class Told:
    """One statement of a record, as its reader sees it.

    Attributes:
        filed: the statement, and what people decided on it.
        words: its words; an ellipsis where its cue stands between them.
        paragraph: in which it begins, as citations count, from 1; 0 where its words are gone.
        who: decided on it; empty where nobody did.
        when: that was, in UTC; empty where nobody did.
    """

    filed: FiledStatement
    words: str
    paragraph: int
    who: str = ""
    when: str = ""

    @property
    def said(self) -> Statement:
        """What was said."""
        return self.filed.statement


@dataclass(frozen=True, slots=True)
class Recalled:
    """A sentence of a record that carries a date.

    Attributes:
        fact: the date, and where the sentence stands.
        words: the sentence.
        paragraph: in which it begins, as citations count, from 1.
    """

    fact: DatedFact
    words: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Account:
    """What a record is found to say.

    Attributes:
        record: it.
        said: its statements in the order of its text, those that are unsure or were rejected, too.
        facts: its sentences that carry a date, in the order of its text.
        reason: why there are no statements, in plain words; empty where there are some.
    """

    record: Record
    said: tuple[Told, ...] = ()
    facts: tuple[Recalled, ...] = ()
    reason: str = ""


def account_of(store: Store, saying: Saying, record: Record) -> Account:
    """Return what a record says as it stands at this moment, read now where it was not yet."""
    text = store.records.text(record.text_hash) if record.text_hash else ""
    if not text.strip():
        return Account(record, reason=_NO_TEXT)
    bounds = paragraphs(text)
    filed = saying.of(record)
    deciders = store.statements.deciders({one.decision for one in filed} - {0})
    said = tuple(
        Told(
            one,
            _words(store, text, one),
            0 if one.stale else number_at(bounds, one.statement.start),
            *deciders.get(one.decision, ("", "")),
        )
        for one in filed
    )
    facts = tuple(
        Recalled(fact, text[fact.start : fact.end], number_at(bounds, fact.start))
        for fact in saying.facts(record)
    )
    return Account(record, said, facts, "" if said else _reason(record))


def _reason(record: Record) -> str:
    language = record.description.language.partition("-")[0].lower()
    known = {file.stem for file in assets.path("statements").glob("??.yaml")}
    return _NONE if not language or language in known else _NO_RULES


def _words(store: Store, text: str, one: FiledStatement) -> str:
    if not one.stale:
        return " … ".join(text[start:end] for start, end in pieces_of(one.statement))
    kept = store.things.get(KIND, one.decision).value
    said = judging.judgement(one.decision, kept).said
    return store.records.text(str(kept["text"]))[said.start : said.end]
