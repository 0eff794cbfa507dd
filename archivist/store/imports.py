"""Imports: what was asked for, what became of every path, and how to take one up again."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archivist.model.errors import InputError
from archivist.model.names import readable
from archivist.store.database import writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from archivist.store.database import Connections, Database, Tuple

_SELECT = (
    "SELECT id, title, began, who, state, operation, seconds, paths, options, filed, duplicates,"
    " refused, pid, pid_began FROM imports "
)
_UNFINISHED = ("running", "interrupted")


@dataclass(frozen=True, slots=True)
class ImportItem:
    """What became of one path, member or row of an import.

    Attributes:
        path: as given or found.
        outcome: "filed", "duplicate" or "refused".
        ref: of the new record, or of the one that was there already.
        reason: why it was refused, or what filing noticed.
        detail: for the folded details of a report.
        title: of the new record.
    """

    path: str
    outcome: str
    ref: str = ""
    reason: str = ""
    detail: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Import:
    """One import.

    Attributes:
        run: its number.
        title: for people.
        began: UTC, ISO 8601.
        who: by whom.
        state: "running", "done", "stopped" or "interrupted" (its process is gone).
        operation: its number in the journal, or 0 before anything was filed.
        seconds: time spent, in all its legs.
        paths: as given.
        options: as given.
        filed: how many paths were filed.
        duplicates: how many were there already.
        refused: how many were refused.
    """

    run: int
    title: str
    began: str
    who: str
    state: str
    operation: int
    seconds: float
    paths: tuple[str, ...]
    options: Mapping[str, Any]
    filed: int
    duplicates: int
    refused: int


class Imports:
    """The archive's imports; may be shared by threads.

    Args:
        connections: to the archive's database.
        now: tells the time, UTC, ISO 8601.
    """

    def __init__(self, connections: Connections, now: Callable[[], str]) -> None:
        self._connections = connections
        self._now = now

    @property
    def _db(self) -> Database:
        return self._connections.current()

    def begin(self, paths: Sequence[str], title: str, who: str, options: Mapping[str, Any]) -> int:
        """Note that an import begins in this process; return its number."""
        row = {
            "title": readable(title),
            "who": who,
            "began": self._now(),
            "paths": _dumps(list(paths)),
            "options": _dumps(dict(options)),
            "state": "running",
            "operation": None,
            "seconds": 0.0,
            "filed": 0,
            "duplicates": 0,
            "refused": 0,
            **_leg(0.0),
        }
        with writing(self._db):
            return int(str(self._db.table("imports").insert(row).last_pk))

    def resume_candidate(self, paths: Sequence[str], options: Mapping[str, Any]) -> int | None:
        """Take up an import of the same paths whose process is gone; return its number, or None.

        It then counts as running in this process, so that no other takes it up, too.
        """
        with writing(self._db):
            rows = self._db.all(
                _SELECT + "WHERE state IN ('running', 'interrupted') AND paths = ?"
                " AND options = ? ORDER BY id DESC",
                (_dumps(list(paths)), _dumps(dict(options))),
            )
            for row in rows:
                found = _import(row)
                if found.state == "interrupted":
                    leg = {"state": "running", **_leg(found.seconds)}
                    self._db.table("imports").update(found.run, leg)
                    return found.run
        return None

    def mark(self) -> tuple[int, int]:
        """Return the number of the newest import and how many are running: cheap to compare."""
        newest, running = self._db.all(
            "SELECT coalesce(max(id), 0), coalesce(sum(state = 'running'), 0) FROM imports"
        )[0]
        return int(newest), int(running)

    def items(self, run: int) -> Iterator[ImportItem]:
        """Yield what became of every path of an import, in the order it was settled."""
        found = self._db.stream(
            "SELECT path, outcome, ref, reason, detail, title FROM import_items"
            " WHERE run = ? ORDER BY id",
            (run,),
        )
        for row in found:
            yield ImportItem(*row)

    def settled(self, run: int) -> set[str]:
        """Return the paths of an import that are settled."""
        rows = self._db.stream("SELECT path FROM import_items WHERE run = ?", (run,))
        return {row[0] for row in rows}

    def operation(self, run: int) -> int:
        """Return an import's number in the journal, or 0 before anything was filed."""
        return self.get(run).operation

    def set_operation(self, run: int, operation: int) -> None:
        """Note an import's number in the journal."""
        with writing(self._db):
            self._db.table("imports").update(run, {"operation": operation or None})

    def finish(self, run: int, state: str, seconds: float) -> None:
        """Note that an import has ended.

        Args:
            run: its number.
            state: "done", "stopped" or "interrupted".
            seconds: time spent since it began or was taken up; what was spent before is added.
        """
        with writing(self._db):
            self._db.execute(
                "UPDATE imports SET state = ?, seconds = leg_before + ? WHERE id = ?",
                (state, seconds, run),
            )

    def get(self, run: int) -> Import:
        """Return an import.

        Raises:
            InputError: there is none with this number.
        """
        row = self._db.first(_SELECT + "WHERE id = ?", (run,))
        if row is None:
            raise InputError(f"There is no import {run}.")
        return _import(row)

    def list(self) -> list[Import]:
        """Return every import, newest first."""
        return [_import(row) for row in self._db.all(_SELECT + "ORDER BY id DESC")]


def _dumps(value: object) -> str:
    """Return paths or options as JSON in ASCII, which also holds names that are no text."""
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


def settle(db: Database, run: int, items: Iterable[ImportItem], operation: int) -> None:
    """Keep what became of some paths of an import, within a transaction of its operation."""
    settled = list(items)
    db.many(
        "INSERT INTO import_items (run, path, outcome, ref, reason, detail, title)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(run, i.path, i.outcome, i.ref, i.reason, i.detail, i.title) for i in settled],
    )
    counts = Counter(item.outcome for item in settled)
    db.execute(
        "UPDATE imports SET filed = filed + ?, duplicates = duplicates + ?, refused = refused + ?,"
        " seconds = leg_before + max(0, ? - leg_began), operation = coalesce(operation, ?)"
        " WHERE id = ?",
        (
            counts["filed"],
            counts["duplicate"],
            counts["refused"],
            time.time(),
            operation or None,
            run,
        ),
    )


def _leg(before: float) -> dict[str, object]:
    """Return what tells which process is at work on an import, and since when."""
    import psutil  # noqa: PLC0415 - imports only

    return {
        "leg_began": time.time(),
        "leg_before": before,
        "pid": os.getpid(),
        "pid_began": psutil.Process().create_time(),
    }


def _import(row: Tuple) -> Import:
    (run, title, began, who, state, operation, seconds, paths, options, *rest) = row
    filed, duplicates, refused, pid, pid_began = rest
    if state in _UNFINISHED:
        state = "running" if state == "running" and _alive(pid, pid_began) else "interrupted"
    return Import(
        run,
        title,
        began,
        who,
        state,
        operation or 0,
        seconds,
        tuple(json.loads(paths)),
        json.loads(options),
        filed,
        duplicates,
        refused,
    )


def _alive(pid: int, began: float) -> bool:
    import psutil  # noqa: PLC0415 - imports only

    try:
        process = psutil.Process(pid)
        return abs(process.create_time() - began) < 1 and process.status() != "zombie"
    except psutil.Error:
        return False
