"""Values of a field with the number of records that have each, among those that a query finds.

The counts of a field leave out what the query asks of this very field, so that a second value can
be ticked beside the first, and a value left out can be seen to be worth it. Values that the query
names are always listed, also with no record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from archivist.model.query import And, Everything, Not, Or, Value, all_of
from archivist.search.columns import DATE, YEAR, is_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archivist.model.query import Node
    from archivist.search.arrays import Days, Mask
    from archivist.search.columns import Columns
    from archivist.search.evaluate import Query
    from archivist.search.parts import Part

MONTH = "month"
"""A facet of the date; records dated to the year only have no month."""
_EPOCH = np.datetime64("0001-01-01", "D").astype(np.int64) - 1


class Facets:
    """Counts values while the segments are searched.

    Attributes:
        core: the query without what it asks, above all else, of the fields counted.
        is_wanted: whether anything is counted.
    """

    def __init__(self, columns: Columns, names: Sequence[str], node: Node) -> None:
        self._columns = columns
        parts = node.parts if isinstance(node, And) else (node,)
        owners = [_owner(part, names) for part in parts]
        rest = [part for part, owner in zip(parts, owners, strict=True) if owner is None]
        self.core: Node = all_of(rest) if rest else Everything()
        self._own: dict[str, list[Node]] = {}
        for part, owner in zip(parts, owners, strict=True):
            if owner is not None:
                self._own.setdefault(owner, []).append(part)
        self._hits = dict.fromkeys(names, np.zeros(columns.size if names else 0, bool))
        self._hits.update((name, np.zeros(columns.size, bool)) for name in self._own)
        self.is_wanted = bool(self._hits)
        self._shared = next((name for name in names if name not in self._own), None)

    def take(self, query: Query, part: Part, core: Mask) -> Mask:
        """Note the documents of a segment that the core matches; return which the query matches."""
        own = {
            name: [query.matching(part, node) for node in nodes]
            for name, nodes in self._own.items()
        }
        for name in own:
            others = [mask for other in own if other != name for mask in own[other]]
            self._note(name, part, _all(core, others))
        whole = _all(core, [mask for masks in own.values() for mask in masks])
        if self._shared is not None:
            self._note(self._shared, part, whole)
        return whole

    def _note(self, name: str, part: Part, mask: Mask) -> None:
        self._hits[name][part.keys[mask]] = True

    def counts(self, limit: int | None) -> dict[str, list[tuple[str, int]]]:
        """Return the values and their counts, most frequent first; years and months ascending."""
        return {name: self._counted(name, hit, limit) for name, hit in self._hits.items()}

    def _counted(self, name: str, hit: Mask, limit: int | None) -> list[tuple[str, int]]:
        if name == MONTH:
            return months(self._columns, hit)
        found = self._columns.facet(name, hit, limit)
        listed = {value for value, _ in found}
        missing = [value for value in self._named(name) if value not in listed]
        if not missing:
            return found
        every = dict(self._columns.facet(name, hit, None)) if limit is not None else {}
        found += [(value, every.get(value, 0)) for value in missing]
        return sorted(found, key=_by_value if name == YEAR else _by_count)

    def _named(self, name: str) -> Iterator[str]:
        """Yield the values of a field that the query names, as the records have them."""
        for node in self._own.get(name, ()):
            for asked in _values(node):
                if asked.prefix or not (asked.exact or is_code(name)):
                    continue
                yield from self._columns.equal(name, asked.value) or (asked.value,)


def _owner(node: Node, names: Sequence[str]) -> str | None:
    """Return the one field of which a part of a query asks values, if it is among some."""
    fields = {value.field for value in _values(node)} if _is_filter(node) else set()
    return next(iter(fields)) if len(fields) == 1 and fields <= set(names) else None


def _is_filter(node: Node) -> bool:
    if isinstance(node, And | Or):
        return all(map(_is_filter, node.parts))
    return isinstance(node, Value) or (isinstance(node, Not) and _is_filter(node.part))


def _values(node: Node) -> Iterator[Value]:
    if isinstance(node, And | Or):
        for inner in node.parts:
            yield from _values(inner)
    elif isinstance(node, Not):
        yield from _values(node.part)
    elif isinstance(node, Value):
        yield node


def _all(mask: Mask, others: Sequence[Mask]) -> Mask:
    for other in others:
        mask = mask & other
    return mask


def _by_count(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _by_value(item: tuple[str, int]) -> str:
    return item[0]


def months(columns: Columns, hit: Mask) -> list[tuple[str, int]]:
    """Count the months of the records hit (by key), ascending, as "2012-03"."""
    dates = columns.days(DATE)
    first, last = dates.first[hit], dates.last[hit]
    known = first > 0
    month = _months(first[known])
    month = month[month == _months(last[known])]
    counts = np.bincount(month)
    return [
        (f"{number // 12 + 1:04}-{number % 12 + 1:02}", int(counts[number]))
        for number in np.flatnonzero(counts).tolist()
    ]


def _months(days: Days) -> Days:
    """Return the months of days, counted from January of year 1."""
    dates = (days + _EPOCH).astype("datetime64[D]").astype("datetime64[M]")
    since = dates.astype(np.int64) - np.datetime64("0001-01", "M").astype(np.int64)
    return since.astype(np.int32)
