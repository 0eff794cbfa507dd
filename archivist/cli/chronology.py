"""What happened when, in a terminal: the dates of records and of sentences that carry one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from archivist.archive.chronology import as_row
from archivist.cli.session import opened, stoppable
from archivist.cli.status import DONE

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from archivist.archive.chronology import Chronology, Dated
    from archivist.cli.terminal import Terminal


def chronology(options: argparse.Namespace, out: Terminal) -> int:
    """Show what happened when; write it, too, where a file is named."""
    query = " ".join(options.query).strip()
    with opened(options) as archive, stoppable() as cancel:
        archive.read_statements(out.progress, cancel)
        found = archive.chronology(
            query,
            start=options.first,
            end=options.last,
            sentences_only=options.facts_only,
            cancel=cancel,
        )
        lines = found.rows(options.offset, options.offset + options.limit)
        if options.out:
            archive.write_chronology(found, Path(options.out), out.progress, cancel)
    out.answer(_shape(found, lines, options))
    _say(found, lines, out)
    if options.out:
        out.line(f"Wrote {options.out}.")
    return DONE


def _shape(
    found: Chronology, lines: Sequence[Dated], options: argparse.Namespace
) -> dict[str, Any]:
    return {
        "query": found.query,
        "reading": found.reading,
        "from": options.first,
        "to": options.last,
        "total": len(found),
        "records": found.records,
        "took_ms": found.took_ms,
        "reason": found.reason,
        "notes": list(found.notes),
        "items": [as_row(one) for one in lines],
        "written": options.out or None,
    }


def _say(found: Chronology, lines: Sequence[Dated], out: Terminal) -> None:
    out.line(found.reading, "dim")
    out.line(f"{len(found):,} dates in {found.records:,} records, in {found.took_ms:.1f} ms")
    for said in filter(None, (*found.notes, found.reason)):
        out.line(said)
    for one in lines:
        out.line()
        out.line(one.date, "bold")
        out.line(one.text or "(changed since)")
        out.line(" · ".join(filter(None, (one.about.ref, one.citation))), "dim")
