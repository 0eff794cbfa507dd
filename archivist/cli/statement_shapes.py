"""What a command prints of statements with `--json`: the keys are promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.cli.shaping import Json, answered, facets
from archivist.model.statement import pieces_of

if TYPE_CHECKING:
    from archivist.archive.statements.results import FoundStatements
    from archivist.model.statement import FiledStatement, Statement

_FOUND = "found"


def found(answer: FoundStatements) -> Json:
    """Return the answer to a query for statements."""
    return {
        **answered(answer, answer.total),
        "hits": [
            {"ref": one.ref, "date": one.date, **_statement(one.said, one.text), **_kept(one.filed)}
            for one in answer.hits
        ],
        "facets": facets(answer.facets),
    }


def filed(one: FiledStatement, text: str) -> Json:
    """Return a statement of a record with this text."""
    return {**statement(one.statement, text), **_kept(one)}


def statement(said: Statement, text: str) -> Json:
    """Return a statement of a text."""
    return _statement(said, text[said.start : said.end])


def _statement(said: Statement, words: str) -> Json:
    return {
        "start": said.start,
        "end": said.end,
        "text": words,
        "kind": said.kind,
        "speaker": said.speaker,
        "role": said.role,
        "cue": said.cue,
        "certainty": said.certainty,
        "pieces": [list(piece) for piece in pieces_of(said)],
        "surface": said.surface,
        "addressee": said.addressee,
        "occasion": said.occasion,
        "said": said.date,
        "rule": said.rule,
    }


def _kept(one: FiledStatement) -> Json:
    """Return what is known of a statement that is kept."""
    return {"number": one.number, "decided": "" if one.status == _FOUND else one.status}
