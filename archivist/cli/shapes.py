"""What a command prints with `--json`: the keys are promises that scripts rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archivist.archive.statements.saying import said_in
from archivist.cli import statement_shapes
from archivist.cli.shaping import Json, answered, facets
from archivist.model.fields import BY_ATTRIBUTE
from archivist.model.record import Draft

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archivist.archive import Archive
    from archivist.archive.concording import Concordance
    from archivist.archive.results import (
        BackupReport,
        CheckReport,
        DossierReport,
        EditReport,
        FilingReport,
        Found,
        Hit,
        Line,
        News,
        SavedSearch,
        Synonyms,
        TermTable,
        UndoReport,
    )
    from archivist.archive.wording.results import Difference, QuoteCheck, Use, Wording
    from archivist.model.change import Conflict, Event
    from archivist.model.errors import ArchivistError
    from archivist.model.record import Description, Record, Refusal

EVERY_EVENT: Final = 1_000_000
"""More events than any record has."""


def error(found: ArchivistError) -> Json:
    """Return an error."""
    shape: Json = {"kind": found.kind, "message": found.message, "hint": found.hint}
    for name in ("start", "end", "proposal"):
        if hasattr(found, name):
            shape[name] = getattr(found, name)
    return {"error": shape}


def refusals(refused: Sequence[Refusal]) -> list[Json]:
    """Return what was refused."""
    return [{"path": one.path, "reason": one.reason} for one in refused]


def filing(report: FilingReport) -> Json:
    """Return what became of every path of an import."""
    return {
        "operation": report.operation,
        "filed": [{"ref": f.ref, "path": f.path, "title": f.title} for f in report.filed],
        "duplicates": [{"path": one.path, "ref": one.ref} for one in report.duplicates],
        "refused": refusals(report.refused),
        "seconds": round(report.seconds, 3),
    }


def description(found: Description) -> Json:
    """Return the fields of a description."""
    return {
        "title": found.title,
        "date": found.date,
        "doctype": found.doctype,
        "place": found.place,
        "language": found.language,
        "originator": found.originator,
        "number": found.number,
        "countries": list(found.countries),
        "agents": [{"name": agent.name, "role": agent.role} for agent in found.agents],
    }


def documents(outcomes: Sequence[Draft | Refusal], seconds: float) -> Json:
    """Return what filing would propose."""
    return {
        "documents": [
            {
                "path": one.path,
                **description(one.description),
                "text": one.text,
                "statements": [statement_shapes.statement(said, one.text) for said in said_in(one)],
            }
            for one in outcomes
            if isinstance(one, Draft)
        ],
        "refused": refusals([one for one in outcomes if not isinstance(one, Draft)]),
        "seconds": round(seconds, 3),
    }


def found(answer: Found) -> Json:
    """Return the answer to a query."""
    return {
        **answered(answer, answer.total),
        "synonyms": [{"term": term, "others": list(others)} for term, others in answer.synonyms],
        "hits": [hit(one) for one in answer.hits],
        "facets": facets(answer.facets),
    }


def concordance(answer: Concordance, lines: Sequence[Line]) -> Json:
    """Return lines of a concordance."""
    return {
        **answered(answer, len(answer)),
        "records": answer.records,
        "hits": [
            {
                "ref": line.ref,
                "date": line.date,
                "left": line.left,
                "keyword": line.keyword,
                "right": line.right,
                "originator": line.originator,
                "start": line.start,
                "end": line.end,
            }
            for line in lines
        ],
    }


def quoted(found: QuoteCheck) -> Json:
    """Return whether a text was ever said; differences are what is not the same."""
    return {
        "verdict": found.verdict,
        "records": found.records,
        "took_ms": found.took_ms,
        "matches": [
            {
                "ref": match.ref,
                "date": match.date,
                "speaker": match.speaker,
                "speaker_kind": match.voice if match.speaker else "",
                "role": match.use.role,
                "said": match.use.said,
                "text": match.text,
                "similarity": match.similarity,
                "differences": [
                    _difference(each) for each in match.differences if each.kind != "same"
                ],
                "words": [_difference(each) for each in match.differences],
                "start": match.start,
                "end": match.end,
                "citation": match.citation,
                "turned": match.turned,
                "warning": match.warning,
            }
            for match in found.matches
        ],
    }


def _difference(one: Difference) -> Json:
    return {"kind": one.kind, "quoted": one.left, "record": one.right}


def wording(found: Wording) -> Json:
    """Return a phrase through the years; rates are uses in a thousand records of the year."""
    return {
        "phrase": found.phrase,
        "uses": found.uses,
        "records": found.records,
        "undated": found.undated,
        "first": _end(found.first),
        "last": _end(found.last),
        "by_year": {str(year): uses for year, uses in found.by_year.items()},
        "rate_by_year": {
            str(year): round(rate(uses, found.filed.get(year, 0)), 3)
            for year, uses in found.by_year.items()
        },
        "filed_by_year": {str(year): filed for year, filed in found.filed.items()},
        "variants": [
            {
                "text": one.text,
                "kind": one.kind,
                "count": one.uses,
                "records": one.records,
                "first": _end(one.first),
                "last": _end(one.last),
                "by_year": {str(year): uses for year, uses in one.by_year.items()},
            }
            for one in found.variants
            if one.kind != "phrase"
        ],
        "users": [
            {
                "name": one.name,
                "kind": one.kind,
                "count": one.uses,
                "first": one.first,
                "last": one.last,
            }
            for one in found.users
        ],
        "unread": found.unread,
        "reason": found.reason or None,
        "proposal": found.proposal,
        "took_ms": found.took_ms,
    }


def rate(uses: int, filed: int) -> float:
    """Return how many uses there are in a thousand records."""
    return uses * 1000 / filed if filed else 0.0


def _end(use: Use | None) -> Json | None:
    """Return where a phrase is used first or last."""
    return None if use is None else {"ref": use.ref, "date": use.date}


def hit(one: Hit) -> Json:
    """Return a record found."""
    return {
        "ref": one.ref,
        "title": one.title,
        "date": one.date,
        "doctype": one.doctype,
        "score": one.score,
        "snippet": one.snippet,
    }


def saved_search(one: SavedSearch, news: News) -> Json:
    """Return a saved search and what became of its answer."""
    return {
        "number": one.number,
        "name": one.name,
        "query": one.query,
        "reading": one.reading,
        "sort": one.sort,
        "opened": one.opened,
        "total": news.total,
        "new": len(news.new),
        "gone": news.gone,
    }


def synonyms(ring: Synonyms) -> Json:
    """Return a ring of synonyms."""
    return {
        "number": ring.number,
        "terms": list(ring.terms),
        "shipped": ring.shipped,
        "changed": ring.changed,
    }


def terms(table: TermTable, seconds: float) -> Json:
    """Return a counted list of terms."""
    return {
        "within": table.within,
        "reading": table.reading,
        "rows": [
            {
                "line": row.line,
                "records": row.records,
                "hits": row.hits,
                "first": row.first,
                "last": row.last,
                "error": row.error or None,
            }
            for row in table.rows
        ],
        "seconds": round(seconds, 3),
    }


def record(archive: Archive, one: Record) -> Json:
    """Return one record, whole."""
    original, text = one.original, archive.text(one)
    return {
        "ref": one.ref,
        "code": one.description.code,
        "state": str(one.state),
        **description(one.description),
        "series": one.description.series,
        "mark": one.description.mark,
        "tags": list(one.description.tags),
        "custom": dict(one.description.custom),
        "proposed": sorted(one.proposed),
        "inbox": one.inbox,
        "path": one.path,
        "parent": one.parent,
        "attachments": [child.ref for child in archive.attachments(one)],
        "filed": one.filed,
        "changed": one.changed,
        "note": one.note,
        "text": text,
        "text_version": one.text_version,
        "statements": [
            statement_shapes.filed(said, text) for said in archive.statements_of(one) if said.shown
        ],
        "history": [event(entry) for entry in reversed(archive.history(one.ref, EVERY_EVENT))],
        "original": original
        and {
            "name": original.name,
            "sha256": original.sha256,
            "size": original.size,
            "media_type": original.media_type,
            "member": original.member,
            "file": str(archive.original_path(one)),
        },
    }


def event(entry: Event) -> Json:
    """Return one entry of the journal."""
    return {
        "seq": entry.seq,
        "operation": entry.operation,
        "time": entry.time,
        "who": entry.who,
        "what": entry.what,
        "ref": entry.ref,
        "before": _named(entry.before),
        "after": _named(entry.after),
    }


def _named(values: Mapping[str, object] | None) -> Json | None:
    """Return values of the journal under the names that `--set` knows; None where erased."""
    return None if values is None else {field_name(key): value for key, value in values.items()}


def field_name(key: str) -> str:
    """Return the field's name for a key of the journal: an attribute, or `custom:NAME`."""
    if key.startswith("custom:"):
        return key.removeprefix("custom:")
    kind, colon, attribute = key.rpartition(":")
    known = BY_ATTRIBUTE.get(attribute)
    return kind + colon + (known.name if known else attribute)


def conflicts(left: Sequence[Conflict]) -> list[Json]:
    """Return what was left alone, and why."""
    return [{"ref": one.ref, "field": field_name(one.field), "reason": one.reason} for one in left]


def edited(report: EditReport) -> Json:
    """Return what an edit did or would do."""
    return {
        "operation": report.operation,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "conflicts": conflicts(report.conflicts),
        "preview": [
            {"ref": one.ref, "before": dict(one.before), "after": dict(one.after)}
            for one in report.preview
        ],
    }


def undone(report: UndoReport) -> Json:
    """Return what an undo or redo did."""
    return {
        "operation": report.operation,
        "undone": report.undone,
        "records": report.records,
        "conflicts": conflicts(report.conflicts),
    }


def dossier(report: DossierReport) -> Json:
    """Return what report was written."""
    return {
        "written": str(report.written),
        "records": report.records,
        "statements": report.statements,
        "pages": report.pages,
        "seconds": report.seconds,
    }


def backup(report: BackupReport) -> Json:
    """Return what a backup holds."""
    return {
        "records": report.records,
        "originals": report.originals,
        "sha256": report.sha256,
        "faults": list(report.faults),
    }


def check(report: CheckReport) -> Json:
    """Return whether the archive is whole."""
    return {
        "ok": report.ok,
        "records": report.records,
        "checks": [
            {"name": one.name, "result": one.result, "detail": one.detail} for one in report.checks
        ],
    }
