r"""Lists of agents as CSV: an agent in a line, several values of a cell separated by semicolons.

In cells of several values, ``\`` stands before a semicolon, a bar or a ``\`` that belongs to a
value. The parts of an office are separated by bars: title | body | place | country | start | end.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from archivist.archive.agents.results import AgentImport, RefusedLine
from archivist.dossier.exchange.tables import harmless
from archivist.dossier.files import aside
from archivist.intake.readers.encoding import decode
from archivist.model.agent import Agent, Office, checked, identity
from archivist.model.errors import InputError, StorageError, ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

COLUMNS: Final = (
    "name",
    "kind",
    "variants",
    "scripts",
    "handles",
    "offices",
    "birth",
    "death",
    "country",
    "notes",
    "sources",
)
"""The columns of a list; only "name" must be there."""
_LISTS: Final = frozenset({"variants", "scripts", "handles", "sources"})
_OFFICE: Final = ("title", "body", "place", "country", "start", "end")
_ESCAPED: Final = re.compile(r"([\\;|])")
_TAKEN: Final = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list.

    Attributes:
        agent: what it says.
        columns: which columns the list has.
    """

    agent: Agent
    columns: frozenset[str]

    def over(self, before: Agent) -> Agent:
        """Return an agent with what the line says; what the list has no column for stays."""
        values: dict[str, Any] = {name: getattr(self.agent, name) for name in self.columns}
        return replace(before, **values | {"name": self.agent.name})


def write(agents: Iterable[Agent], path: Path) -> None:
    """Write agents to a CSV file.

    Raises:
        StorageError: the file cannot be written.
    """
    with aside(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        table.writerows([_guarded(_cell(agent, column)) for column in COLUMNS] for agent in agents)


def _cell(agent: Agent, column: str) -> str:
    value = getattr(agent, column)
    if column == "offices":
        return "; ".join(_written(office) for office in agent.offices)
    return "; ".join(map(_escaped, value)) if column in _LISTS else str(value)


def _written(office: Office) -> str:
    """Return an office with its parts; empty ones at the end are left out."""
    parts = [_escaped(getattr(office, part)) for part in _OFFICE]
    while not parts[-1]:
        parts.pop()
    return " | ".join(parts)


def _escaped(value: str) -> str:
    return _ESCAPED.sub(r"\\\1", value)


def read(path: Path) -> tuple[list[Row], list[RefusedLine]]:
    """Return the lines of a CSV file, and those that cannot be taken.

    Raises:
        InputError: it is no list of agents.
        StorageError: the file cannot be read.
    """
    try:
        text = decode(path.read_bytes())
    except OSError as error:
        raise StorageError(
            f"{path} could not be read: {error.strerror or error}.", "Choose another file."
        ) from error
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=_sign(text))
    columns = _columns(next(reader, []), path)
    rows: dict[tuple[str, str], Row] = {}
    refused: list[RefusedLine] = []
    while (cells := _next(reader, lambda: reader.line_num, refused)) is not None:
        line = reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        try:
            row = _row(columns, cells)
        except ValueRefusedError as error:
            refused.append(RefusedLine(line, error.message))
            continue
        key = identity(row.agent)
        if key in rows:
            refused.append(RefusedLine(line, f"“{row.agent.name}” stands in the list twice."))
        rows.setdefault(key, row)
    return list(rows.values()), refused


def _next(
    reader: Iterator[list[str]], line: Callable[[], int], refused: list[RefusedLine]
) -> list[str] | None:
    """Return the next line; lines that are no CSV are refused."""
    while True:
        try:
            found: list[str] | None = next(reader, None)
        except csv.Error as error:
            refused.append(RefusedLine(line(), f"The line cannot be read: {error}."))
        else:
            return found


def _sign(text: str) -> str:
    """Return what separates cells; some spreadsheets write semicolons."""
    head = text.partition("\n")[0]
    return ";" if head.count(";") > head.count(",") else ","


def _columns(head: Sequence[str], path: Path) -> list[str]:
    columns = [cell.strip().lower() for cell in head]
    unknown = [column for column in columns if column not in COLUMNS]
    if "name" not in columns or unknown:
        raise InputError(
            f"{path.name} is no list of agents: "
            + (f"unknown columns {', '.join(unknown)}." if unknown else "no column “name”."),
            f"Its first line names its columns; there may be {', '.join(COLUMNS)}.",
        )
    return columns


def _row(columns: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) > len(columns):
        raise ValueRefusedError(
            "line", cells[-1], "it has more cells than the first line.", "Quote cells with commas."
        )
    given = dict(zip(columns, map(_without_guard, cells), strict=False))
    given["kind"] = given.get("kind", "").strip().lower() or "person"
    values: dict[str, Any] = {name: _value(name, text) for name, text in given.items()}
    agent = checked(Agent(**values))
    return Row(agent, frozenset(columns))


def _value(column: str, text: str) -> str | tuple[str, ...] | tuple[Office, ...]:
    if column == "offices":
        return tuple(office_of(part) for part in _parts(text, ";"))
    if column in _LISTS:
        return tuple(_TAKEN.sub(r"\1", part) for part in _parts(text, ";"))
    return text if column == "notes" else text.strip()


def office_of(text: str) -> Office:
    """Return an office as a cell has it: title | body | place | country | start | end.

    Raises:
        ValueRefusedError: it has more parts.
    """
    parts = [_TAKEN.sub(r"\1", part).strip() for part in _parts(text, "|", empty=True)]
    if len(parts) > len(_OFFICE):
        raise ValueRefusedError(
            "office", text, "it has too many parts.", f"Write {' | '.join(_OFFICE)}."
        )
    values: Mapping[str, str] = dict(zip(_OFFICE, parts, strict=False))
    return Office(**values)


def _parts(text: str, sign: str, *, empty: bool = False) -> list[str]:
    """Return what signs separate; one behind a backslash belongs to a part."""
    parts = [""]
    escaped = False
    for letter in text:
        if letter == sign and not escaped:
            parts.append("")
            continue
        parts[-1] += letter
        escaped = letter == "\\" and not escaped
    return [part.strip() for part in parts if empty or part.strip()]


def _guarded(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, and that is read as it was."""
    if value.startswith("'") and _guarded(value[1:]) == value:
        return f"'{value}"
    return harmless(value)


def _without_guard(cell: str) -> str:
    """Return a cell without the apostrophe that kept a spreadsheet from taking it for a formula."""
    plain = cell.removeprefix("'")
    return plain if _guarded(plain) == cell else cell


def report(
    operation: int, added: int, changed: int, read_lines: int, refused: Sequence[RefusedLine]
) -> AgentImport:
    """Return what became of an imported list."""
    unchanged = read_lines - added - changed
    return AgentImport(operation, added, changed, unchanged, tuple(refused))
