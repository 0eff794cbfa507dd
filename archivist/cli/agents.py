"""The command about agents: persons, bodies and families of names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from archivist.archive.agents.tables import office_of
from archivist.cli import agent_shapes as shapes
from archivist.cli.session import opened
from archivist.cli.status import DONE, REFUSED
from archivist.model.agent import Agent

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from archivist.archive.agents.register import Agents
    from archivist.archive.agents.results import Candidate, Proposal
    from archivist.cli.terminal import Terminal
    from archivist.model.change import Change

_VALUES: Final = ("name", "kind", "birth", "death", "country", "notes")
_LISTS: Final = ("variants", "scripts", "handles", "sources")


def agents(options: argparse.Namespace, out: Terminal) -> int:
    """List, show, find, add, change, remove, merge, split, import, export and propose agents."""
    with opened(options) as archive:
        return _ACTIONS[options.action or "list"](archive.agents, options, out)


def _list(use: Agents, options: argparse.Namespace, out: Terminal) -> int:
    del options
    everyone = use.listed()
    out.answer({"agents": [shapes.agent(one) for one in everyone]})
    rows = [(str(one.number), one.name, one.kind, one.country, _life(one)) for one in everyone]
    out.table(("no.", "name", "kind", "country", "dates"), rows)
    return DONE


def _life(agent: Agent) -> str:
    return f"{agent.birth}–{agent.death}" if agent.birth or agent.death else ""  # noqa: RUF001


def _show(use: Agents, options: argparse.Namespace, out: Terminal) -> int:
    _say(use.get(options.number), out)
    return DONE


def _say(agent: Agent, out: Terminal) -> None:
    shape = shapes.agent(agent)
    out.answer(shape)
    offices = [", ".join(filter(None, one.values())) for one in shape["offices"]]
    plain = {**shape, "offices": offices}
    rows = [
        (name, "; ".join(value) if isinstance(value, list) else str(value))
        for name, value in plain.items()
        if value
    ]
    out.table(("field", "value"), rows)


def _find(use: Agents, options: argparse.Namespace, out: Terminal) -> int:
    found = use.find(
        options.name, date=options.date, role=options.role, country=options.country.upper()
    )
    out.answer({"candidates": [shapes.candidate(one) for one in found]})
    out.table(("no.", "name", "certainty", "reason"), [_candidate_row(one) for one in found])
    return DONE


def _candidate_row(one: Candidate) -> tuple[str, ...]:
    return str(one.number), one.name, f"{one.certainty:.2f}", one.reason


def _add(use: Agents, options: argparse.Namespace, out: Terminal) -> int:
    _say(use.add(_given(Agent(options.name), options)), out)
    return DONE


def _change(use: Agents, options: argparse.Namespace, out: Terminal) -> int:
    return _changed(use.edit(_given(use.get(options.number), options)), out)


def _given(agent: Agent, options: argparse.Namespace) -> Agent:
    """Return an agent with the values that the command line gives."""
    values = {name: getattr(options, name) for name in (*_VALUES, *_LISTS)}
    offices = options.offices and tuple(map(office_of, filter(None, options.offices)))
    given: dict[str, Any] = {
        name: tuple(filter(None, value)) if name in _LISTS else value
        for name, value in {**values, "offices": offices}.items()
        if value is not None
    }
    return replace(agent, **given)


def _remove(use: Agents, options: argparse.Namespace, out: Terminal) -> int:
    return _changed(use.remove(options.number), out)


def _merge(use: Agents, options: argparse.Namespace, out: Terminal) -> int:
    return _changed(use.merge(options.number, options.others), out)


def _split(use: Agents, options: argparse.Namespace, out: Terminal) -> int:
    return _changed(use.split(options.number, options.names), out)


def _changed(change: Change, out: Terminal) -> int:
    out.answer({"operation": change.operation})
    out.line(f"{change.title}." if change.operation else "Nothing was to be changed.")
    return DONE


def _import(use: Agents, options: argparse.Namespace, out: Terminal) -> int:
    report = use.load(Path(options.file))
    out.answer(shapes.imported(report))
    out.line(f"{report.added:,} added, {report.changed:,} changed, {report.unchanged:,} unchanged.")
    for one in report.refused:
        out.line(f"  Line {one.line}: {one.reason}", "red")
    return REFUSED if report.refused else DONE


def _export(use: Agents, options: argparse.Namespace, out: Terminal) -> int:
    count = use.save(Path(options.file))
    out.answer({"written": str(options.file), "agents": count})
    out.line(f"Wrote {options.file}: {count:,} agents.")
    return DONE


def _propose(use: Agents, options: argparse.Namespace, out: Terminal) -> int:
    found = use.proposals(options.least)
    operation = use.accept(found).operation if options.accept else 0
    shown = found[: options.limit]
    out.answer(
        {
            "operation": operation,
            "total": len(found),
            "linked": sum(one.linked is not None for one in found),
            "proposals": [shapes.proposal(one) for one in shown],
        }
    )
    out.table(("name", "records", "agent", "certainty", "reason"), map(_proposal_row, shown))
    return DONE


def _proposal_row(one: Proposal) -> tuple[str, ...]:
    if not one.candidates:
        return one.name, f"{one.records:,}", "(new)", "", ""
    number, name, sure, why = _candidate_row(one.candidates[0])
    return one.name, f"{one.records:,}", f"{number} {name}", sure, why


_ACTIONS: Final[dict[str, Callable[[Agents, argparse.Namespace, Terminal], int]]] = {
    "list": _list,
    "show": _show,
    "find": _find,
    "add": _add,
    "change": _change,
    "remove": _remove,
    "merge": _merge,
    "split": _split,
    "import": _import,
    "export": _export,
    "propose": _propose,
}
