"""The commands about what is no record: saved searches, synonyms, lists of terms."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from archivist.archive.results import News
from archivist.cli import shapes
from archivist.cli.session import opened, stoppable
from archivist.cli.status import DONE, REFUSED

if TYPE_CHECKING:
    import argparse

    from archivist.archive import Archive
    from archivist.archive.results import SavedSearch, TermTable
    from archivist.cli.terminal import Terminal
    from archivist.model.change import Change


def searches(options: argparse.Namespace, out: Terminal) -> int:
    """List, save, open, change and remove saved searches."""
    with opened(options) as archive:
        match options.action:
            case "save":
                _save(archive, options, out)
            case "open":
                _open(archive, options, out)
            case "edit":
                change = archive.edit_search(
                    options.number, name=options.name, query=options.query, sort=options.sort
                )
                _changed(change, out)
            case "delete":
                _changed(archive.delete_search(options.number), out)
            case _:
                _list_searches(archive, out)
    return DONE


def _list_searches(archive: Archive, out: Terminal) -> None:
    listed = [(one, _news(archive, one)) for one in archive.saved_searches()]
    out.answer({"searches": [shapes.saved_search(one, news) for one, news in listed]})
    rows = [
        (str(one.number), one.name, one.query, f"{news.total:,}", f"{len(news.new):,}", one.opened)
        for one, news in listed
    ]
    out.table(("no.", "name", "query", "records", "new", "opened"), rows)


def _news(archive: Archive, saved: SavedSearch) -> News:
    """Return the news of a search; none of one that cannot be read any more."""
    return archive.news(saved.number) if saved.query else News(saved.number, 0)


def _save(archive: Archive, options: argparse.Namespace, out: Terminal) -> None:
    query = " ".join(options.query).strip()
    saved = archive.save_search(options.name, query, options.sort)
    out.answer(shapes.saved_search(saved, archive.news(saved.number)))
    out.line(f"Saved as number {saved.number}: {saved.reading}")


def _open(archive: Archive, options: argparse.Namespace, out: Terminal) -> None:
    saved = archive.saved_search(options.number)
    news = archive.open_search(options.number)
    hits = archive.hits(news.new[: options.limit], saved.query)
    shape = shapes.saved_search(saved, news)
    out.answer(shape | {"hits": [shapes.hit(one) for one in hits]})
    out.line(f"{news.total:,} records, {len(news.new):,} of them new, {news.gone:,} gone.")
    for one in hits:
        out.line(f"{one.ref}  {one.date}  {one.title}")


def synonyms(options: argparse.Namespace, out: Terminal) -> int:
    """List, add, change, remove, import and export synonyms."""
    with opened(options) as archive:
        match options.action:
            case "add":
                _changed(archive.set_synonyms(0, options.terms), out)
            case "change":
                _changed(archive.set_synonyms(options.number, options.terms), out)
            case "remove":
                _changed(archive.remove_synonyms(options.number), out)
            case "import":
                change = archive.import_synonyms(options.file)
                _changed(change, out, rings=len(archive.thesaurus()))
            case "export":
                archive.export_synonyms(options.file)
                rings = len(archive.thesaurus())
                out.answer({"written": str(options.file), "rings": rings})
                out.line(f"Wrote {options.file}: {rings:,} rings of synonyms.")
            case _:
                _list_synonyms(archive, out)
    return DONE


def _list_synonyms(archive: Archive, out: Terminal) -> None:
    rings = archive.thesaurus()
    out.answer({"synonyms": [shapes.synonyms(one) for one in rings]})
    out.table(("no.", "terms"), [(str(one.number), " ~ ".join(one.terms)) for one in rings])


def _changed(change: Change, out: Terminal, **more: int) -> None:
    out.answer({"operation": change.operation, **more})
    out.line(f"{change.title}." if change.operation else "Nothing was to be changed.")


def terms(options: argparse.Namespace, out: Terminal) -> int:
    """Count a list of terms."""
    started = time.monotonic()
    with opened(options) as archive, stoppable() as cancel:
        lines = _given() if options.file == "-" else archive.read_terms(options.file)
        table = archive.count_terms(
            lines, within=options.within, progress=out.progress, cancel=cancel
        )
        if options.out:
            archive.write_terms(table, options.out)
    shape = shapes.terms(table, time.monotonic() - started)
    out.answer(shape | {"written": options.out or None})
    _say_terms(table, options.out, out)
    return REFUSED if any(row.error for row in table.rows) else DONE


def _given() -> list[str]:
    """Return the lines of standard input."""
    return sys.stdin.read().removeprefix("\ufeff").splitlines()


def _say_terms(table: TermTable, written: str, out: Terminal) -> None:
    if table.reading:
        out.line(table.reading, "dim")
    rows = [
        (row.line, row.error, "", "", "")
        if row.error
        else (row.line, f"{row.records:,}", f"{row.hits:,}", row.first, row.last)
        for row in table.rows
    ]
    out.table(("term", "records", "hits", "first", "last"), rows)
    if written:
        out.line(f"Wrote {written}.")
