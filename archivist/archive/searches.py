"""Saved searches, and what became of their answers since they were last opened."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import hashlib
import json
import struct
import zlib
from itertools import accumulate
from operator import sub
from typing import TYPE_CHECKING, Final, NamedTuple

from archivist.archive.finding import SORTS
from archivist.archive.results import News, SavedSearch
from archivist.intake.clean import clean_line
from archivist.model.change import Change
from archivist.model.errors import ArchiveBusyError, InputError, ValueRefusedError
from archivist.model.query_format import format_query
from archivist.model.query_json import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from archivist.archive.finding import Finding
    from archivist.model.query import Node
    from archivist.store import Store, Thing

KIND: Final = "search"


class _Seen(NamedTuple):
    """What stood in the answer when a search was last opened.

    Attributes:
        opened: when, UTC, ISO 8601; empty where it never was, as it stands.
        ids: of the records.
    """

    opened: str = ""
    ids: frozenset[int] = frozenset()


class Searches:
    """The use case of keeping searches, over one store and its index.

    A search is a thing of the store that holds the tree of its query; what was in the answer when
    it was last opened is only remembered, and not journalled.
    """

    def __init__(self, store: Store, finding: Finding, who: str = "") -> None:
        """Keep the searches of `store` in the name of `who`."""
        self._store = store
        self._finding = finding
        self._who = who

    def saved(self) -> list[SavedSearch]:
        """Return every saved search, in the order of saving."""
        return [self._told(thing) for thing in self._store.things.list(KIND)]

    def get(self, number: int) -> SavedSearch:
        """Return a saved search.

        Raises:
            InputError: there is none with this number.
        """
        return self._told(self._store.things.get(KIND, number))

    def save(self, name: str, query: str, sort: str) -> SavedSearch:
        """Keep a query under a name; what it finds now is taken as seen.

        Raises:
            QueryError: the query cannot be read.
            ValueRefusedError: the name or the order cannot be used.
        """
        value = {"tree": to_json(self._finding.parse(query)), "sort": _order(sort)}
        title = f"Saving of the search “{clean_line(name)}”"
        with self._store.write(KIND, title, self._who) as writer:
            value["name"] = self._name(name)
            number = writer.put_thing(KIND, 0, value)
        with contextlib.suppress(ArchiveBusyError):  # the search is saved all the same
            self.open(number)
        return self.get(number)

    def edit(self, number: int, name: str | None, query: str | None, sort: str | None) -> Change:
        """Change a saved search; what is None stays.

        Raises:
            InputError: there is none with this number.
            QueryError: the query cannot be read.
            ValueRefusedError: the name or the order cannot be used.
        """
        title = f"Change of the search “{self._store.things.get(KIND, number).value['name']}”"
        with self._store.write(KIND, title, self._who) as writer:
            value = dict(self._store.things.get(KIND, number).value)
            if name is not None:
                value["name"] = self._name(name, number)
            if query is not None:
                value["tree"] = to_json(self._finding.parse(query))
            if sort is not None:
                value["sort"] = _order(sort)
            writer.put_thing(KIND, number, value)
            return Change(writer.operation, KIND, title)

    def delete(self, number: int) -> Change:
        """Remove a saved search.

        Raises:
            InputError: there is none with this number.
        """
        name = self._store.things.get(KIND, number).value["name"]
        title = f"Removal of the search “{name}”"
        with self._store.write(KIND, title, self._who) as writer:
            writer.put_thing(KIND, number, None)
            return Change(writer.operation, KIND, title)

    def news(self, number: int) -> News:
        """Compare what a search finds now with what it found when it was last opened.

        Where it never was opened as it stands, everything is new.

        Raises:
            InputError: there is none with this number, or its query cannot be read any more.
        """
        return self._compare(self._store.things.get(KIND, number))[0]

    def open(self, number: int) -> News:
        """Tell the news, and remember what is there now as seen.

        Raises:
            InputError: there is none with this number, or its query cannot be read any more.
        """
        thing = self._store.things.get(KIND, number)
        news, ids = self._compare(thing)
        self._store.state.set_all(
            {
                _key(number, "opened"): [_digest(thing), self._store.now()],
                _key(number, "seen"): packed(ids),
            }
        )
        return news

    def _compare(self, thing: Thing) -> tuple[News, list[int]]:
        node = _tree(thing)
        if node is None:
            raise InputError(
                f"The query of the saved search “{thing.value['name']}” cannot be read any more.",
                "Remove the search, and save it anew.",
            )
        seen = self._seen(thing)
        ids = self._finding.keys(node, str(thing.value.get("sort", SORTS[0])))
        new = tuple(one for one in ids if one not in seen.ids)
        gone = len(seen.ids) - (len(ids) - len(new))
        return News(thing.number, len(ids), new, gone), ids

    def _seen(self, thing: Thing) -> _Seen:
        opened = self._opened(thing)
        if not opened:
            return _Seen()
        return _Seen(opened, frozenset(unpacked(self._store.state.get(_key(thing.number, "seen")))))

    def _opened(self, thing: Thing) -> str:
        """Return when a search was last opened with the query it has now."""
        kept = self._store.state.get(_key(thing.number, "opened"), None)
        if isinstance(kept, list) and kept[:1] == [_digest(thing)]:
            return str(kept[-1])
        return ""

    def _told(self, thing: Thing) -> SavedSearch:
        node = _tree(thing)
        return SavedSearch(
            number=thing.number,
            name=str(thing.value["name"]),
            query="" if node is None else format_query(node),
            reading="" if node is None else self._finding.said(node),
            opened=self._opened(thing),
            sort=str(thing.value.get("sort", SORTS[0])),
        )

    def _name(self, given: str, number: int = 0) -> str:
        name = clean_line(given)
        if not any(sign.isprintable() and not sign.isspace() for sign in name):
            raise ValueRefusedError("name", given, "it is empty.", "Name the search.")
        for thing in self._store.things.list(KIND):
            if thing.number != number and thing.value["name"].casefold() == name.casefold():
                raise ValueRefusedError(
                    "name", name, "another saved search has it.", "Choose another name."
                )
        return name


def query_text(tree: object) -> str:
    """Return the query text of a tree as it is stored; empty where it cannot be read."""
    try:
        return format_query(from_json(tree, dt.date.today()))  # noqa: DTZ011 - the user's calendar
    except ValueError:
        return ""


def _tree(thing: Thing) -> Node | None:
    try:
        return from_json(thing.value.get("tree"), dt.date.today())  # noqa: DTZ011 - the user's calendar
    except ValueError:
        return None


def _order(sort: str) -> str:
    if sort not in SORTS:
        raise ValueRefusedError(
            "order", sort, "there is no such order.", f"Choose {', '.join(SORTS)}."
        )
    return sort


def _digest(thing: Thing) -> str:
    told = json.dumps(thing.value.get("tree"), sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _key(number: int, name: str) -> str:
    return f"search.{number}.{name}"


def packed(ids: Collection[int]) -> str:
    """Return ids, in any order and each once, as a short text."""
    ordered = sorted(ids)
    steps = map(sub, ordered, [0, *ordered])
    data = struct.pack(f"<{len(ordered)}I", *steps)
    return base64.b85encode(zlib.compress(data)).decode("ascii")


def unpacked(text: object) -> Iterable[int]:
    """Return the ids in a text of `packed`, ascending; none where it is no such text."""
    try:
        data = zlib.decompress(base64.b85decode(str(text)))
    except (ValueError, zlib.error):
        return ()
    return accumulate(step for (step,) in struct.iter_unpack("<I", data))
