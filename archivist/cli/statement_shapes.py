"""What a command prints of statements with `--json`: the keys are promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archivist.model.statement import pieces_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archivist.archive.results import FacetCount
    from archivist.archive.statements.results import FoundStatements
    from archivist.model.statement import Statement

Json = dict[str, Any]


def found(answer: FoundStatements) -> Json:
    """Return the answer to a query for statements."""
    return {
        "query": answer.query,
        "reading": answer.reading,
        "total": answer.total,
        "took_ms": answer.took_ms,
        "reason": answer.reason,
        "proposal": answer.proposal,
        "notes": list(answer.notes),
        "hits": [
            {"ref": one.ref, "date": one.date, **_statement(one.said, one.text)}
            for one in answer.hits
        ],
        "facets": facets(answer.facets),
    }


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
    }


def facets(counted: Mapping[str, Sequence[FacetCount]]) -> Json:
    """Return counted values."""
    return {
        name: [{"value": one.value, "count": one.count} for one in counts]
        for name, counts in counted.items()
    }
