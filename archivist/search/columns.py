"""Values and dates of the records, outside the segments, by the record's key.

A change of a description is one line of a log and a patch in memory; no text is touched. In memory
a column is an array of codes by key, for the first value of each record, and a list of pairs for
further values. A state is never changed: patching makes a new one that shares what is the same, so
that searches in other threads go on with theirs.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from archivist.model.dates import interval_of
from archivist.model.fields import BY_NAME, Kind
from archivist.model.words import words_of
from archivist.search.arrays import Days, Numbers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from archivist.search.arrays import Array, Mask
    from archivist.search.packing import PackedFile
    from archivist.search.types import Entry

LANGUAGE = "lang"
YEAR = "year"
DATE = "date"
FACET_LIMIT = 500
"""How many values a facet shows at most, the most frequent ones."""
_DAY = 10
_FEW = 8

Row: TypeAlias = tuple[int, dict[str, list[str]], dict[str, str]]
"""Key, values by field, dates by field; a record removed has neither."""


def row_of(entry: Entry) -> Row:
    """Return what the columns keep of a record."""
    values = {name: list(several) for name, several in entry.values.items() if any(several)}
    if entry.language:
        values.setdefault(LANGUAGE, [entry.language])
    return entry.key, values, {name: day for name, day in entry.dates.items() if day}


def encode_rows(rows: Iterable[Row]) -> bytes:
    """Write rows as lines of the log."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def decode_rows(lines: bytes) -> list[Row]:
    """Read lines of the log."""
    return [tuple(json.loads(line)) for line in lines.splitlines()]


class Names:
    """The different values of a field, numbered from 1 as they come; only ever added to."""

    def __init__(self, packed: bytes | None = None) -> None:
        self._packed = packed or b"[]"
        self._codes: dict[str, int] | None = None
        self._in_base = 1
        self._matching: tuple[int, str] = (0, "")

    @functools.cached_property
    def values(self) -> list[str]:
        """The values by code; at 0 stands "no value"."""
        return ["", *json.loads(self._packed)]

    def carried(self, packed: bytes) -> Names:
        """Return the names of a newer base file: these, where it numbers what both know alike.

        So the many that have not changed are not read once more; what is new is added to these.
        """
        same = self._packed[:-1]
        if self._codes is None or not packed.startswith(same):
            return Names(packed)
        fresh = json.loads(b"[" + packed[len(same) :].lstrip(b", "))
        known = self.values[self._in_base :]
        both = min(len(fresh), len(known))
        if fresh[:both] != known[:both]:
            return Names(packed)
        self.codes([fresh])
        self._packed, self._in_base = packed, self._in_base + len(fresh)
        return self

    def codes(self, several: Collection[Sequence[str]]) -> list[list[int]]:
        """Return the codes of the values of some records; what is new gets a new one."""
        if self._codes is None:
            self._codes = {known: code for code, known in enumerate(self.values)}
            self._in_base = len(self.values)
        known = self._codes
        for values in several:
            for value in values:
                if value not in known:
                    known[value] = len(self.values)
                    self.values.append(value)
        return [[known[value] for value in values] for values in several]

    def pack(self) -> bytes:
        """Return the values for a file."""
        return json.dumps(self.values[1:], ensure_ascii=False).encode()

    def equal_to(self, value: str, *, prefix: bool) -> Mask:
        """Tell which values are this code, or begin so."""
        wanted = value.casefold()
        folded = [name.casefold() for name in self.values]
        if prefix:
            found = [name.startswith(wanted) for name in folded]
        else:
            found = [name == wanted for name in folded]
        return np.array([False, *found[1:]], bool)

    def holding(self, value: str, *, prefix: bool, exact: bool = False) -> Mask:
        """Tell which values have these words in this order, the last perhaps a beginning only.

        If `exact`, they are all the words of the value.
        """
        words = words_of(value)
        wanted = " " + " ".join(words) + ("" if prefix else " ")
        lines = self._lines().split("\n")
        if exact and words:
            return np.array([wanted == line for line in lines], bool)
        if exact:
            folded = value.casefold()
            return np.array([False, *(name.casefold() == folded for name in self.values[1:])])
        if not words:
            return np.array([False] + [prefix] * (len(self.values) - 1), bool)
        return np.array([wanted in line for line in lines], bool)

    def _lines(self) -> str:
        """The words of all values, a value a line."""
        size, lines = self._matching
        if size < len(self.values):
            fresh = (f" {' '.join(words_of(value))} " for value in self.values[size:])
            lines = "\n".join(([lines] if size else []) + list(fresh))
            self._matching = (lines.count("\n") + 1, lines)
        return lines


@dataclass(frozen=True, slots=True)
class Column:
    """The values of one field.

    Attributes:
        names: the values by code; shared by all states.
        first: code of each record's first value, by key; 0 for none.
        more_keys: keys of the records with further values, one for each value.
        more_codes: the codes of these values.
    """

    names: Names
    first: Numbers
    more_keys: Numbers
    more_codes: Numbers

    def patched(self, rows: Mapping[int, Sequence[str]], size: int) -> Column:
        """Return the column with other values for some records, for keys below `size`."""
        keys = np.fromiter(rows, np.int64, len(rows))
        codes = self.names.codes(rows.values())
        firsts = np.array([run[0] if run else 0 for run in codes], np.uint32)
        struck = self._struck(keys)
        extra = [(key, code) for key, run in zip(rows, codes, strict=True) for code in run[1:]]
        kept = len(self.first) == size and bool((self.first[keys] == firsts).all())
        if kept and not extra and not struck.any():
            return self
        first = self.first.copy() if len(self.first) == size else _grown(self.first, size)
        first[keys] = firsts
        added = np.array(extra, np.uint32).reshape(-1, 2)
        return replace(
            self,
            first=first,
            more_keys=np.concatenate([self.more_keys[~struck], added[:, 0]]),
            more_codes=np.concatenate([self.more_codes[~struck], added[:, 1]]),
        )

    def _struck(self, keys: Array) -> Mask:
        if not len(self.more_keys):
            return np.zeros(0, bool)
        if len(keys) <= _FEW:
            found = np.zeros(len(self.more_keys), bool)
            for key in keys.tolist():
                found |= self.more_keys == key
            return found
        gone = np.zeros(int(max(self.more_keys.max(), keys.max(initial=0))) + 1, bool)
        gone[keys] = True
        struck: Mask = gone[self.more_keys]
        return struck

    def having(self, chosen: Mask) -> Mask:
        """Tell by key which records have a value of the chosen codes."""
        table = _grown(chosen, len(self.names.values))
        found: Mask = table[self.first]
        found[self.more_keys[table[self.more_codes]]] = True
        return found

    def counts(self, hit: Mask) -> Array:
        """Count, by code, the records hit; `hit` is by key."""
        size = len(self.names.values)
        found = np.bincount(self.first[hit[: len(self.first)]], minlength=size)
        more = self.more_codes[hit[self.more_keys]]
        return found + np.bincount(more, minlength=size)


def _grown(array: Array, size: int) -> Array:
    grown = np.zeros(max(size, len(array)), array.dtype)
    grown[: len(array)] = array
    return grown


@dataclass(frozen=True, slots=True)
class Dates:
    """The days of one field by key; 0 where a record has no date."""

    first: Days
    last: Days

    def patched(self, rows: Mapping[int, str], size: int) -> Dates:
        """Return the dates with others for some records, for keys below `size`."""
        keys = np.fromiter(rows, np.int64, len(rows))
        spans = np.array([_span(day) for day in rows.values()], np.int32).reshape(-1, 2)
        if len(self.first) == size:
            same = (self.first[keys] == spans[:, 0]) & (self.last[keys] == spans[:, 1])
            if same.all():
                return self
        first, last = _grown(self.first, size), _grown(self.last, size)
        first[keys], last[keys] = spans[:, 0], spans[:, 1]
        return Dates(first, last)

    def overlapping(self, first: int, last: int) -> Mask:
        """Tell by key which dates may lie in the span."""
        return (self.first <= last) & (self.last >= first) & (self.first > 0)


def _span(day: str) -> tuple[int, int]:
    found = interval_of(day[:_DAY])
    return (0, 0) if found is None else (found.first, found.last)


@functools.lru_cache(maxsize=1)
def _new_years() -> Days:
    return np.array([dt.date(year, 1, 1).toordinal() for year in range(1, 10_000)], np.int32)


def years_of(days: Days) -> Days:
    """Return the years of days; 0 for no day."""
    return np.searchsorted(_new_years(), days, "right").astype(np.int32)


@dataclass(frozen=True)
class Columns:
    """One state of all columns.

    Attributes:
        size: keys are below it.
        fields: columns by field name.
        dates: dates by field name.
    """

    size: int
    fields: Mapping[str, Column]
    dates: Mapping[str, Dates]

    @classmethod
    def empty(cls) -> Columns:
        """Return columns of no records."""
        return cls(0, {}, {})

    @classmethod
    def load(cls, file: PackedFile, before: Columns | None = None) -> Columns:
        """Read the columns from their base file; names known from an older state are carried on."""
        known = {} if before is None else before.fields
        fields = {
            name: _load_column(file, name, known.get(name)) for name in _names_in(file, "fields")
        }
        dates = {
            name: Dates(file.array(f"from/{name}"), file.array(f"till/{name}"))
            for name in _names_in(file, "dates")
        }
        return cls(file.number("size"), fields, dates)

    def facts(self) -> dict[str, object]:
        """Return what goes into the header of the base file."""
        return {"size": self.size, "fields": list(self.fields), "dates": list(self.dates)}

    def arrays(self) -> dict[str, Array]:
        """Return what goes into the base file."""
        found: dict[str, Array] = {}
        for name, column in self.fields.items():
            found[f"first/{name}"] = column.first
            found[f"keys/{name}"] = column.more_keys
            found[f"codes/{name}"] = column.more_codes
            found[f"names/{name}"] = np.frombuffer(column.names.pack(), np.uint8)
        for name, dates in self.dates.items():
            found[f"from/{name}"] = dates.first
            found[f"till/{name}"] = dates.last
        return found

    def patched(self, rows: Iterable[Row]) -> Columns:
        """Return the columns with other values for some records."""
        latest = {key: (values, dates) for key, values, dates in rows}
        if not latest:
            return self
        size = self._room(max(latest) + 1)
        names = dict.fromkeys(self.fields)
        days = dict.fromkeys(self.dates)
        for values, dates in latest.values():
            names.update(dict.fromkeys(values))
            days.update(dict.fromkeys(dates))
        fields = {
            name: self.column(name).patched(
                {key: values.get(name, ()) for key, (values, _) in latest.items()}, size
            )
            for name in names
        }
        spans = {
            name: self.days(name).patched(
                {key: dates.get(name, "") for key, (_, dates) in latest.items()}, size
            )
            for name in days
        }
        return Columns(size, fields, spans)

    def _room(self, needed: int) -> int:
        return self.size if needed <= self.size else needed + needed // 8 + 64

    def column(self, name: str) -> Column:
        """Return the column of a field, an empty one where no record has values for it."""
        found = self.fields.get(name)
        if found is None:
            none = np.zeros(0, np.uint32)
            found = Column(Names(), np.zeros(self.size, np.uint32), none, none)
        return found

    def days(self, name: str) -> Dates:
        """Return the dates of a field, empty where no record has one."""
        found = self.dates.get(name)
        if found is None:
            none = np.zeros(self.size, np.int32)
            found = Dates(none, none)
        return found

    @functools.cached_property
    def years(self) -> Days:
        """The year of each record's date by key; 0 where it has none."""
        return years_of(self.days(DATE).first)

    def having(self, field: str, value: str, *, prefix: bool, exact: bool = False) -> Mask:
        """Tell by key which records have a value."""
        if field == YEAR:
            return self._in_year(value)
        column = self.column(field)
        if is_code(field):
            return column.having(column.names.equal_to(value, prefix=prefix))
        return column.having(column.names.holding(value, prefix=prefix, exact=exact))

    def equal(self, field: str, value: str) -> list[str]:
        """Return the values of a field that this one names whole, by code or by all its words."""
        if field == YEAR:
            return [value]
        names = self.column(field).names
        if is_code(field):
            chosen = names.equal_to(value, prefix=False)
        else:
            chosen = names.holding(value, prefix=False, exact=True)
        return [names.values[code] for code in np.flatnonzero(chosen)]

    def _in_year(self, value: str) -> Mask:
        span = interval_of(value)
        if span is None:
            return np.zeros(self.size, bool)
        return self.days(DATE).overlapping(span.first, span.last)

    def facet(self, field: str, hit: Mask, limit: int | None) -> list[tuple[str, int]]:
        """Count the values of the records hit (by key), most frequent first, years ascending."""
        if field == YEAR:
            counts = np.bincount(self.years[hit[: self.size]])
            return [(str(year), int(counts[year])) for year in np.flatnonzero(counts) if year]
        column = self.column(field)
        counts = column.counts(hit)
        counts[0] = 0
        best = np.argsort(-counts, kind="stable")[:limit].tolist()
        names = column.names.values
        found = [(names[code], int(counts[code])) for code in best if counts[code]]
        return sorted(found, key=lambda item: (-item[1], item[0]))


def is_code(field: str) -> bool:
    """Whether a field's values are codes, not words."""
    known = BY_NAME.get(field)
    return known is not None and known.kind is Kind.CODE


def _names_in(file: PackedFile, fact: str) -> list[str]:
    names: list[str] = file.facts[fact]
    return names


def _load_column(file: PackedFile, name: str, before: Column | None) -> Column:
    packed = file.array(f"names/{name}").tobytes()
    return Column(
        Names(packed) if before is None else before.names.carried(packed),
        file.array(f"first/{name}"),
        file.array(f"keys/{name}"),
        file.array(f"codes/{name}"),
    )


def checksum(content: bytes, before: int = 0) -> int:
    """Return the running CRC-32 of the log."""
    return zlib.crc32(content, before)
