"""Whether the archive is whole, and how it is kept safe: checks, backups, restoration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.archive.results import BackupReport, Check, CheckReport
from archivist.model.errors import ArchiveDamagedError, WorldError
from archivist.model.progress import CancelToken, Progress, Report, silent
from archivist.model.record import State

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archivist.archive.following import Follower
    from archivist.archive.indexing import Kept
    from archivist.archive.statements.voices import Voices
    from archivist.store import Store

_SHOWN = 5
"""How many faults a check names before it counts the rest."""


def check(
    store: Store,
    indexes: tuple[Follower, Voices],
    report: Report = silent,
    cancel: CancelToken | None = None,
) -> CheckReport:
    """Check the database, the journal's chain, every original, and the indexes against the store.

    The index of statements is compared with those that were read, not with the texts.
    """
    cancel = cancel or CancelToken()
    records, statements = indexes
    steps: tuple[tuple[str, Callable[[], list[str]], str], ...] = (
        ("database", store.integrity, "The database is sound."),
        ("journal", lambda: store.journal.verify(report, cancel), "The chain holds."),
        ("fixity", lambda: store.originals.verify(report, cancel), "Every original is unaltered."),
        ("index", lambda: _index_faults(records, cancel), "The index agrees with the records."),
        (
            "statements",
            lambda: _index_faults(statements, cancel),
            f"The index agrees with {_read(store)}.",
        ),
    )
    checks = []
    for done, (name, faults, passed) in enumerate(steps):
        cancel.check()
        report(Progress(done, len(steps), "Checking", name))
        checks.append(_checked(name, faults, passed))
    return CheckReport(
        ok=all(one.result == "passed" for one in checks),
        records=store.records.count(State.FILED),
        checks=tuple(checks),
    )


def _read(store: Store) -> str:
    """Tell what was read from the texts."""
    statements, records = store.statements.counts()
    in_all = "1 statement" if statements == 1 else f"{statements:,} statements"
    holding = "1 record" if records == 1 else f"{records:,} records"
    return f"what was read: {in_all} in {holding}"


def _index_faults(follower: Kept, cancel: CancelToken) -> list[str]:
    """Return what is wrong with the index once it has caught up, as it does at every search."""
    follower.catch_up(cancel)
    return follower.verify()


def _checked(name: str, check: Callable[[], list[str]], passed: str) -> Check:
    """Make one check; one that damage or the world prevents does not prevent the others."""
    try:
        faults = check()
    except ArchiveDamagedError as error:
        faults = [error.message]
    except WorldError as error:
        return Check(name, "not run", f"{error.message} {error.hint}".strip())
    if not faults:
        return Check(name, "passed", passed)
    more = f" and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
    return Check(name, "failed", " ".join(faults[:_SHOWN]) + more)


def backup(
    store: Store, target: Path, report: Report = silent, cancel: CancelToken | None = None
) -> BackupReport:
    """Write the whole archive but its index into one file, with digests of all it holds."""
    done = store.backup(target, report, cancel or CancelToken())
    return BackupReport(done.records, done.originals, done.sha256, done.faults)
