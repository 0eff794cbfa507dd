"""What the commands about agents print with `--json`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archivist.archive.agents.results import AgentImport, Candidate, Proposal
    from archivist.cli.shaping import Json
    from archivist.model.agent import Agent


def agent(one: Agent) -> Json:
    """Return an agent, whole."""
    return {
        "number": one.number,
        "name": one.name,
        "kind": one.kind,
        "variants": list(one.variants),
        "scripts": list(one.scripts),
        "handles": list(one.handles),
        "offices": [asdict(office) for office in one.offices],
        "birth": one.birth,
        "death": one.death,
        "country": one.country,
        "notes": one.notes,
        "sources": list(one.sources),
    }


def candidate(one: Candidate) -> Json:
    """Return an agent that may be meant."""
    return {
        "number": one.number,
        "name": one.name,
        "certainty": one.certainty,
        "reason": one.reason,
        "linked": one.sure,
    }


def proposal(one: Proposal) -> Json:
    """Return a person that records name."""
    return {
        "name": one.name,
        "forms": list(one.forms),
        "records": one.records,
        "roles": list(one.roles),
        "first": one.first,
        "last": one.last,
        "candidates": [candidate(found) for found in one.candidates],
    }


def imported(report: AgentImport) -> Json:
    """Return what became of an imported list."""
    return {
        "operation": report.operation,
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "refused": [{"line": one.line, "reason": one.reason} for one in report.refused],
    }
