"""The commands: each calls the archive, says what it did, and returns the exit status."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from archivist.archive import Archive, describe, settings
from archivist.archive.finding import SORTS
from archivist.cli import agents, chronology, keeping, phrases, shapes, statement_shapes, statements
from archivist.cli.session import opened, stoppable
from archivist.cli.status import DONE, REFUSED, STOPPED
from archivist.model.errors import InputError
from archivist.model.record import Draft

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from archivist.archive.results import (
        BackupReport,
        FacetCount,
        FilingReport,
        Found,
        UndoReport,
    )
    from archivist.cli.terminal import Terminal

_EVENTS: Final = 1000
"""How many events of an archive are shown where nobody says."""

Command = Callable[["argparse.Namespace", "Terminal"], int]


def new(options: argparse.Namespace, out: Terminal) -> int:
    """Make an archive."""
    with Archive.create(options.dir, options.name) as archive:
        settings.remember_archive(archive.path)
        out.answer({"archive": str(archive.path), "id": archive.id})
        out.line(f"Made the archive {archive.name} in {archive.path}.")
    return DONE


def file(options: argparse.Namespace, out: Terminal) -> int:
    """File documents."""
    with opened(options) as archive, stoppable() as cancel:
        report = archive.file(
            options.paths,
            series=options.series,
            dry_run=options.dry_run,
            workers=options.workers,
            progress=out.progress,
            cancel=cancel,
        )
    out.answer(shapes.filing(report))
    _say_filing(report, out, dry_run=options.dry_run)
    if report.stopped:
        return STOPPED
    return REFUSED if report.refused else DONE


def _say_filing(report: FilingReport, out: Terminal, *, dry_run: bool) -> None:
    verb = "would be filed" if dry_run else "filed"
    out.line(
        f"{len(report.filed):,} {verb}, {len(report.duplicates):,} there already, "
        f"{len(report.refused):,} refused, in {report.seconds:.1f} s."
    )
    for refused in report.refused:
        out.line(f"  {refused.path}: {refused.reason}", "red")
    if report.stopped:
        out.line("Stopped. Import the same paths again to go on; nothing is filed twice.")


def propose(options: argparse.Namespace, out: Terminal) -> int:
    """Show what filing would propose."""
    started = time.monotonic()
    with stoppable() as cancel:
        outcomes = list(describe(options.paths, workers=options.workers, cancel=cancel))
    answer = shapes.documents(outcomes, time.monotonic() - started)
    out.answer(answer)
    for one in answer["documents"]:
        out.line(one["path"], "bold")
        hidden = {"path", "text", "statements"}
        shown = [(key, _plain(one[key])) for key in one if key not in hidden]
        out.table(("field", "proposed"), [(key, value) for key, value in shown if value])
    for one in answer["refused"]:
        out.line(f"{one['path']}: {one['reason']}", "red")
    return REFUSED if any(not isinstance(one, Draft) for one in outcomes) else DONE


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_plain(part) for part in value)
    if isinstance(value, dict):
        return f"{value['name']} ({value['role']})"
    return str(value)


def search(options: argparse.Namespace, out: Terminal) -> int:
    """Find records."""
    query = " ".join(options.query).strip()
    if options.view == "concordance":
        return _concordance(query, options, out)
    if options.unsure and options.view != "statements":
        raise InputError(
            "Only statements can be unsure.", "Add --view statements, or leave --unsure out."
        )
    if options.sort not in SORTS:
        raise InputError(
            f"Records cannot be sorted by {options.sort}.",
            f"Choose {', '.join(SORTS)}, or see the hits as lines with --view concordance.",
        )
    if options.view == "statements":
        return _statements(query, options, out)
    with opened(options) as archive:
        found = archive.search(
            query,
            limit=options.limit,
            offset=options.offset,
            sort=options.sort,
            facets=options.facets,
        )
    out.answer(shapes.found(found))
    _say_found(found, out)
    return DONE


def _concordance(query: str, options: argparse.Namespace, out: Terminal) -> int:
    """Show every hit as a line."""
    sort = "record" if options.sort == "relevance" else options.sort
    with opened(options) as archive:
        found = archive.concordance(query, sort=sort)
        lines = found.lines(options.offset, options.offset + options.limit)
    out.answer(shapes.concordance(found, lines))
    out.line(found.reading, "dim")
    count, records = phrases.counted(len(found), "line"), phrases.counted(found.records, "record")
    out.line(f"{count} in {records} in {found.took_ms:.1f} ms")
    for said in filter(None, (*found.notes, found.reason)):
        out.line(said)
    if found.proposal:
        out.line(f"Try: {found.proposal}")
    for line in lines:
        out.line()
        out.line(" · ".join(filter(None, (line.ref, line.date, line.originator))), "dim")
        out.line(f"{line.left}[{line.keyword}]{line.right}" if line.keyword else "(changed since)")
    return DONE


def _statements(query: str, options: argparse.Namespace, out: Terminal) -> int:
    """Show who said what."""
    with opened(options) as archive, stoppable() as cancel:
        archive.read_statements(out.progress, cancel)
        found = archive.statements(
            query,
            limit=options.limit,
            offset=options.offset,
            sort=options.sort,
            facets=options.facets,
            unsure=options.unsure,
            cancel=cancel,
        )
    out.answer(statement_shapes.found(found))
    out.line(found.reading, "dim")
    out.line(f"{phrases.counted(found.total, 'statement')} in {found.took_ms:.1f} ms")
    for said in filter(None, (*found.notes, found.reason)):
        out.line(said)
    if found.proposal:
        out.line(f"Try: {found.proposal}")
    for hit in found.hits:
        out.line()
        out.line(hit.said.speaker or "(speaker not known)", "bold")
        told = (hit.ref, hit.date, hit.said.role, hit.said.kind, f"no. {hit.filed.number}")
        out.line(" · ".join(filter(None, told)), "dim")
        out.line(hit.excerpt.text)
    _say_facets(found.facets, out)
    return DONE


def _say_found(found: Found, out: Terminal) -> None:
    out.line(found.reading, "dim")
    out.line(f"{phrases.counted(found.total, 'record')} in {found.took_ms:.1f} ms")
    for note in found.notes:
        out.line(note)
    if found.reason:
        out.line(found.reason)
    if found.proposal:
        out.line(f"Try: {found.proposal}")
    for hit in found.hits:
        out.line()
        out.line(f"{hit.title or '(no title)'}", "bold")
        out.line(" · ".join(part for part in (hit.ref, hit.date, hit.doctype) if part), "dim")
        out.line(hit.snippet)
    _say_facets(found.facets, out)


def _say_facets(facets: Mapping[str, Sequence[FacetCount]], out: Terminal) -> None:
    for name, counts in facets.items():
        out.line()
        out.table((name, ""), [(one.value, f"{one.count:,}") for one in counts[:10]])


def show(options: argparse.Namespace, out: Terminal) -> int:
    """Show one record, whole."""
    with opened(options) as archive:
        record = archive.record(options.ref)
        archive.read_record(record)
        answer = shapes.record(archive, record)
    out.answer(answer)
    hidden = {"text", "history", "original", "statements", "custom"}
    rows = [(key, _plain(value)) for key, value in answer.items() if key not in hidden]
    rows += list(answer["custom"].items())
    out.table(("field", "value"), [(key, value) for key, value in rows if value])
    for said in answer["statements"]:
        out.line()
        who = said["speaker"] or "(speaker not known)"
        out.line(f"{said['number']} · {who} ({said['kind']})", "dim")
        out.line(" ".join(said["text"].split()))
    out.line()
    out.line(answer["text"])
    return DONE


def history(options: argparse.Namespace, out: Terminal) -> int:
    """Show the journal."""
    with opened(options) as archive:
        limit = options.limit or (shapes.EVERY_EVENT if options.ref else _EVENTS)
        events = list(reversed(archive.history(options.ref, limit)))
    out.answer({"events": [shapes.event(one) for one in events]})
    rows = [(str(e.seq), e.time, e.who, e.ref, e.what, _changes(e.before, e.after)) for e in events]
    out.table(("seq", "time", "who", "ref", "what", "change"), rows)
    return DONE


def _changes(before: dict[str, object] | None, after: dict[str, object] | None) -> str:
    if before is None or after is None:
        return "(erased)"
    return "; ".join(f"{key}: {before.get(key, '')} → {after[key]}" for key in after if before)


def edit(options: argparse.Namespace, out: Terminal) -> int:
    """Change the description of one record or thousands."""
    with opened(options) as archive:
        report = archive.edit(
            _changes_given(options.set),
            refs=options.refs,
            query=options.query,
            dry_run=options.dry_run,
        )
    out.answer(shapes.edited(report))
    would = "would change" if options.dry_run else "changed"
    out.line(f"{report.changed:,} records {would}, {report.unchanged:,} unchanged.")
    for one in report.preview:
        after = "; ".join(f"{k}: {one.before[k]} → {v}" for k, v in one.after.items())
        out.line(f"  {one.ref}  {after}")
    for left in report.conflicts:
        out.line(f"  {left.ref} {left.field}: {left.reason}", "red")
    return REFUSED if report.conflicts else DONE


def _changes_given(pairs: list[str]) -> dict[str, str]:
    changes = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise InputError(f"{pair!r} is not a change.", "Write FIELD=VALUE, as in date=2012-12.")
        if name.strip() in changes:
            raise InputError(f"The field {name.strip()} is set twice.", "Set each field once.")
        changes[name.strip()] = value
    return changes


def delete(options: argparse.Namespace, out: Terminal) -> int:
    """Move records to the trash."""
    with opened(options) as archive:
        change = archive.delete(options.refs)
    return _moved(change.operation, len(change.records), "moved to the trash", out)


def restore_record(options: argparse.Namespace, out: Terminal) -> int:
    """Bring records back from the trash."""
    with opened(options) as archive:
        change = archive.restore_records(options.refs)
    return _moved(change.operation, len(change.records), "restored", out)


def _moved(operation: int, records: int, verb: str, out: Terminal) -> int:
    out.answer({"operation": operation, "records": records})
    out.line(f"{records:,} records {verb}.")
    return DONE


def undo(options: argparse.Namespace, out: Terminal) -> int:
    """Take an operation back."""
    with opened(options) as archive:
        return _undone(archive.undo(options.operation), out)


def redo(options: argparse.Namespace, out: Terminal) -> int:
    """Do again what was taken back last."""
    with opened(options) as archive:
        return _undone(archive.redo(), out)


def _undone(report: UndoReport, out: Terminal) -> int:
    out.answer(shapes.undone(report))
    out.line(f"{report.title}: {report.records:,} records.")
    for left in report.conflicts:
        out.line(f"  {left.ref} {left.field} stays: {left.reason}", "red")
    return REFUSED if report.conflicts else DONE


def dossier(options: argparse.Namespace, out: Terminal) -> int:
    """Write records as a report."""
    with opened(options) as archive, stoppable() as cancel:
        report = archive.write_dossier(
            options.out,
            query=options.query,
            refs=options.refs,
            title=options.title,
            subtitle=options.subtitle,
            date=options.date,
            mark=options.mark,
            order=options.order,
            mode=options.mode,
            layout=not options.no_layout,
            progress=out.progress,
            cancel=cancel,
        )
    out.answer(shapes.dossier(report))
    pages = "" if report.pages is None else f", {report.pages:,} pages"
    out.line(f"Wrote {report.written}: {report.records:,} records{pages}.")
    return DONE


def check(options: argparse.Namespace, out: Terminal) -> int:
    """Check that the archive is whole."""
    with opened(options) as archive, stoppable() as cancel:
        report = archive.check(out.progress, cancel)
    out.answer(shapes.check(report))
    out.table(("check", "result", "detail"), [(c.name, c.result, c.detail) for c in report.checks])
    return DONE if report.ok else REFUSED


def reindex(options: argparse.Namespace, out: Terminal) -> int:
    """Build the index anew."""
    started = time.monotonic()
    with opened(options) as archive, stoppable() as cancel:
        records = archive.reindex(out.progress, cancel)
    seconds = round(time.monotonic() - started, 3)
    out.answer({"records": records, "seconds": seconds})
    out.line(f"Indexed {phrases.counted(records, 'record')} in {seconds:.1f} s.")
    return DONE


def backup(options: argparse.Namespace, out: Terminal) -> int:
    """Write the archive into one file."""
    with opened(options) as archive, stoppable() as cancel:
        report = archive.backup(options.file, out.progress, cancel)
    return _kept("Backed up", report, out)


def restore(options: argparse.Namespace, out: Terminal) -> int:
    """Make an archive from a backup."""
    with stoppable() as cancel:
        report = Archive.restore(options.file, options.dir, out.progress, cancel)
    with Archive.open(options.dir) as archive:
        settings.remember_archive(archive.path)
    return _kept("Restored", report, out)


def _kept(verb: str, report: BackupReport, out: Terminal) -> int:
    out.answer(shapes.backup(report))
    out.line(f"{verb} {report.records:,} records and {report.originals:,} originals.")
    for fault in report.faults:
        out.line(f"  {fault}", "red")
    return REFUSED if report.faults else DONE


COMMANDS: Final[dict[str, Command]] = {
    "new": new,
    "import": file,
    "describe": propose,
    "search": search,
    "terms": keeping.terms,
    "searches": keeping.searches,
    "synonyms": keeping.synonyms,
    "agents": agents.agents,
    "statements": statements.statements,
    "show": show,
    "history": history,
    "edit": edit,
    "delete": delete,
    "restore-record": restore_record,
    "undo": undo,
    "redo": redo,
    "quote": phrases.quote,
    "wording": phrases.wording,
    "chronology": chronology.chronology,
    "dossier": dossier,
    "check": check,
    "reindex": reindex,
    "backup": backup,
    "restore": restore,
}


def run(options: argparse.Namespace, out: Terminal) -> int:
    """Do the command that was asked for.

    Raises:
        ArchivistError: it cannot be done.
    """
    return COMMANDS[options.command](options, out)
