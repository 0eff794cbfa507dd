"""Taking back what an operation did to things; what somebody changed later stays and is named."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from archivist.model.change import Conflict
from archivist.store import things
from archivist.store.things import KINDS, changed_by, key_of, thing_of, value_of
from archivist.store.values import Flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archivist.store.database import Database, Tuple
    from archivist.store.ledger import Ledger

_DONE = (
    "SELECT j.touches, j.seq, j.what, v.before, v.after FROM journal j"
    " JOIN journal_values v ON v.seq = j.seq"
    " WHERE j.operation = ? AND j.record IS NULL AND j.touches <> 'series'"
    " ORDER BY j.touches, j.seq"
)
_SINCE = (
    "SELECT j.who, j.time, v.after FROM journal j JOIN journal_values v ON v.seq = j.seq"
    " JOIN operations o ON o.id = j.operation AND o.undone = 0 AND o.undoes IS NULL"
    " WHERE j.record IS NULL AND j.touches = ? AND j.seq > ? AND j.operation <> ? ORDER BY j.seq"
)
_LATER = "It was changed later."


@dataclass(slots=True)
class _Plan:
    """What an operation did to a thing in all.

    Attributes:
        whole: whether the thing began or ended with it, so that it goes back as a whole or not.
    """

    kind: str
    number: int
    last: int
    whole: bool
    before: Flat = field(default_factory=dict)
    after: Flat = field(default_factory=dict)


def revert(db: Database, ledger: Ledger, conflicts: list[Conflict]) -> frozenset[str]:
    """Take back what the operation `ledger.undoes` did to things.

    Args:
        db: the connection, its transaction begun.
        ledger: of the operation that takes back.
        conflicts: takes what stays, and why.

    Returns:
        The kinds of the things touched.
    """
    touched: set[str] = set()
    for plan in _plans(db.all(_DONE, (ledger.undoes,))):
        current = value_of(db, plan.kind, plan.number)
        wanted, left = _judge(plan, current, _changed_later(db, ledger, plan))
        conflicts += _said(plan, current, left)
        if wanted:
            after = changed_by(current, wanted)
            things.keep(db, ledger, (plan.kind, plan.number), current, after)
            touched.add(plan.kind)
    return frozenset(touched)


def _plans(entries: Iterable[Tuple]) -> Iterator[_Plan]:
    for key, found in groupby(entries, key=lambda entry: str(entry[0])):
        kind, number = thing_of(key)
        plan = _Plan(kind, number, 0, whole=False)
        for _, seq, what, before, after in found:
            plan.last = seq
            plan.whole = plan.whole or what != KINDS[kind].changed
            plan.before = json.loads(before) | plan.before
            plan.after |= json.loads(after)
        yield plan


def _changed_later(db: Database, ledger: Ledger, plan: _Plan) -> dict[str, str]:
    """Return who changed which values after the operation, and still has; "" is any of them.

    What was taken back since, and what took it back, cancel each other out.
    """
    found: dict[str, str] = {}
    key = key_of(plan.kind, plan.number)
    for who, time, after in db.all(_SINCE, (key, plan.last, ledger.undoes)):
        reason = f"{who} changed it later, on {time[:10]}."
        found |= dict.fromkeys(["", *json.loads(after)], reason)
    return found


def _judge(plan: _Plan, current: Flat, later: dict[str, str]) -> tuple[Flat, dict[str, str]]:
    """Return which values go back to what, and which stay for what reason."""
    stays = {
        name: later.get(name, _LATER)
        for name in plan.before
        if name in later or current.get(name) != plan.after.get(name)
    }
    if plan.whole and (stays or later):
        return {}, {"": later.get("", _LATER)}
    wanted = {
        name: value
        for name, value in plan.before.items()
        if name not in stays and current.get(name) != value
    }
    return wanted, stays


def _said(plan: _Plan, current: Flat, left: dict[str, str]) -> Iterator[Conflict]:
    """Name what stays."""
    names = {**plan.before, **plan.after, **current}
    name = names.get("name")
    thing = f"{KINDS[plan.kind].noun} " + (f"“{name}”" if name else str(plan.number))
    for value, reason in left.items():
        yield Conflict("", f"{value} of {thing}" if value else thing, reason)
