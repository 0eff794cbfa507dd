"""The controlled values of an archive: codes, what people call them, and fields of its own."""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from typing_extensions import override

from archivist import assets
from archivist.model.errors import ArchiveBusyError, UnknownRecordError
from archivist.model.fields import BY_NAME
from archivist.model.query_say import TITLES
from archivist.model.words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from archivist.search import Searcher
    from archivist.store import Store

MARKS = ("open", "internal", "restricted", "confidential")
"""Handling marks of an archive that has set none of its own, in ascending order."""

_DOCTYPES = "authority/doctypes.csv"
_OWN = frozenset({"type", "country", "lang", "mark"})
"""Fields of codes in which an archive may have codes of its own."""
_PLACES = {"inbox": "In the inbox"}
_KINDS = {"direct": "direct speech", "indirect": "reported speech", "turn": "turns of transcripts"}
_HOLDINGS = {"original": "An original", "text": "A text", "attachment": "Attachments"}
_LABELS = MappingProxyType({"in": _PLACES, "has": _HOLDINGS, "kind": _KINDS})


class Vocabulary:
    """Codes and labels of every field whose values are controlled.

    Alias keys are folded words joined by one blank, so that spelling and accents do not matter.
    """

    def __init__(
        self, store: Store | None = None, searcher: Callable[[], Searcher] | None = None
    ) -> None:
        """Read the lists that ship with Archivist, and the archive's own where one is given.

        Args:
            store: holds the archive's own handling marks.
            searcher: tells which values records have.
        """
        self._store = store
        self._searcher = searcher
        self._seen = _Seen()

    @cached_property
    def _doctypes(self) -> tuple[dict[str, str], dict[str, str]]:
        return _read(assets.path(_DOCTYPES), "singular", ("plural", "aliases"))

    @cached_property
    def _type_labels(self) -> dict[str, str]:
        """Labels alone: citations need no other names, and these take longer to read."""
        return {row["code"]: row["singular"] for row in _rows(assets.path(_DOCTYPES))}

    @cached_property
    def _countries(self) -> tuple[dict[str, str], dict[str, str]]:
        columns = ("names", "demonyms", "former")
        codes, labels = _read(assets.path("authority/countries.csv"), "name", columns)
        for row in _rows(assets.path("authority/country-names.csv")):
            for name in row["names"].split(";"):
                codes.setdefault(alias(name), row["code"])
        return codes, labels

    @cached_property
    def _languages(self) -> tuple[dict[str, str], dict[str, str]]:
        return _read(assets.path("authority/languages.csv"), "name", ("own",))

    @property
    def marks(self) -> tuple[str, ...]:
        """The archive's handling marks in ascending order."""
        if self._store is None:
            return MARKS
        own = self._store.state.get("marks", None)
        return tuple(str(mark) for mark in own) if isinstance(own, list) else MARKS

    def codes(self, field: str) -> Mapping[str, str]:
        """Return code by folded alias for a field of codes; empty where any value will do.

        What records have and no list tells of, as a catalogue may give it, is a code, too.
        """
        listed = self._listed(field)
        if field not in _OWN:
            return listed
        own = self._used(field)
        return {alias(value): value for value in own if alias(value)} | dict(listed)

    def _listed(self, field: str) -> Mapping[str, str]:
        match field:
            case "type":
                return self._doctypes[0]
            case "country":
                return self._countries[0]
            case "lang":
                return self._languages[0]
            case "mark":
                return {alias(mark): mark for mark in self.marks}
            case "in":
                return {name: name for name in _PLACES}
            case "has":
                return {name: name for name in _HOLDINGS}
            case "kind":
                return {alias(label): name for name, label in _KINDS.items()}
            case _:
                return {}

    def labels(self, field: str) -> Mapping[str, str]:
        """Return what people call each code of a field."""
        match field:
            case "type":
                return self._type_labels
            case "country":
                return self._countries[1]
            case "lang":
                return self._languages[1]
            case "mark":
                return {mark: mark.capitalize() for mark in self.marks}
            case "in" | "has" | "kind":
                return _LABELS[field]
            case _ if field == TITLES and self._store is not None:
                return _Titles(self._store)
            case _:
                return {}

    def label(self, field: str, code: str) -> str:
        """Return what people call one code; the code itself where it has no other name."""
        return self.labels(field).get(code, code)

    def custom(self) -> Collection[str]:
        """Return the names of the archive's own fields."""
        return [name for name in self._now().fields if name not in BY_NAME]

    def _used(self, field: str) -> tuple[str, ...]:
        """Return the codes that records have in a field, as the index knows."""
        seen = self._now()
        if field not in seen.codes and seen.searcher is not None:
            seen.codes[field] = tuple(value for value, _ in seen.searcher.values(field))
        return seen.codes.get(field, ())

    def _now(self) -> _Seen:
        """Return what is known of the newest state of the index."""
        if self._searcher is not None:
            # While the index is being built, what ships and what was seen holds.
            with contextlib.suppress(ArchiveBusyError):
                searcher = self._searcher()
                if self._seen.sequence != searcher.sequence:
                    self._seen = _Seen(searcher)
        return self._seen


class _Titles(Mapping[str, str]):
    """Titles of records by what a record may be named by; looked up one at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @override
    def __getitem__(self, ref: str) -> str:
        try:
            return self._store.records.by_ref(ref).description.title
        except UnknownRecordError:
            raise KeyError(ref) from None

    @override
    def __iter__(self) -> Iterator[str]:
        """Name none: they are as many as there are records."""
        return iter(())

    @override
    def __len__(self) -> int:
        return 0


class _Seen:
    """What one state of the index was asked for: its fields, and codes as they were needed."""

    def __init__(self, searcher: Searcher | None = None) -> None:
        self.searcher = searcher
        self.sequence = -1 if searcher is None else searcher.sequence
        self.fields = [] if searcher is None else searcher.fields()
        self.codes: dict[str, tuple[str, ...]] = {}


def alias(text: str) -> str:
    """Return the key under which a name is looked up."""
    return " ".join(words_of(text))


def _read(
    path: Path, label: str, columns: tuple[str, ...]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return code by alias, and label by code, of a list of codes.

    Codes win over labels, labels over further names, and of two names the first in the list.
    """
    rows = list(_rows(path))
    labels = {row["code"]: row[label] for row in rows}
    codes = {alias(row["code"]): row["code"] for row in rows}
    for column in (label, *columns):
        for row in rows:
            for name in row[column].split(";"):
                codes.setdefault(alias(name), row["code"])
    codes.pop("", None)
    return codes, labels


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {name: value or "" for name, value in row.items()}
