"""Every hit of a query as a line of a concordance: counted at once, found page by page."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from typing_extensions import override

from archivist.model.progress import CancelToken
from archivist.search import rank
from archivist.search.columns import DATE
from archivist.search.concordance_hits import hits_of
from archivist.search.concordance_order import Found, Side, order_by_words
from archivist.search.types import TEXT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from archivist.model.query import Node
    from archivist.search.arrays import Numbers, Places, Weights, Wide
    from archivist.search.columns import Columns
    from archivist.search.concordance_hits import Hits
    from archivist.search.evaluate import Evaluation
    from archivist.search.parts import Part

RELEVANCE: Final = "relevance"
NEWEST: Final = "newest"
OLDEST: Final = "oldest"
ORIGINATOR: Final = "originator"
RECORD_SORTS: Final = (RELEVANCE, NEWEST, OLDEST, ORIGINATOR)
SIDES: Final = {
    "left": Side(left=True),
    "left2": Side(left=True, first=2),
    "left3": Side(left=True, first=3),
    "right": Side(left=False),
    "right2": Side(left=False, first=2),
    "right3": Side(left=False, first=3),
}
LINE_SORTS: Final = (*RECORD_SORTS, *SIDES)
"""Orders of lines: as records are ordered, in a record as they stand; or by the words beside."""
_FIRST_LOOK = 64
_WIDER = 16
_NO_NAME = 0xFFFFFFFF


class Place(NamedTuple):
    """Where a line's hit stands.

    Attributes:
        key: of the record.
        first: number of its first word in the text, from 0.
        last: number of its last word.
        words: how many words the text has.
        opening: the term that stands first.
        closing: the term that stands last.
    """

    key: int
    first: int
    last: int
    words: int
    opening: str
    closing: str


class Lines(ABC):
    """The lines of a concordance, on one state of the index; may be shared by threads.

    Attributes:
        records: how many records they are in.
        notes: where they may not be all, in words.
    """

    def __init__(self, total: int, records: int) -> None:
        self._total = total
        self.records = records
        self.notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        """How many lines there are."""
        return self._total

    @abstractmethod
    def page(self, start: int, count: int) -> list[Place]:
        """Return some lines in order; fewer at the end.

        Raises:
            IndexUnusableError: a file of the index is damaged.
        """


def lines(  # noqa: PLR0917 - what is searched, for what, and how it is told
    whole: Evaluation,
    columns: Columns,
    node: Node,
    sort: str,
    cancel: CancelToken | None,
    among: Collection[int] | None = None,
) -> Lines:
    """Find the lines of a query in the texts of the records it matches, or of those among some.

    Raises:
        ValueError: lines cannot be sorted so.
        StoppedError: the token was cancelled.
    """
    if sort not in LINE_SORTS:
        raise ValueError(f"lines cannot be sorted by {sort!r}, only by {', '.join(LINE_SORTS)}")
    token = cancel or CancelToken()
    query = whole.query(node, scored=sort == RELEVANCE, cancel=token, among=among)
    found: list[Hits] = []
    scores: list[Weights] = []
    for part in whole.parts:
        token.check()
        matching, weights = query.on(part)
        hits = hits_of(part, query, matching)
        none = np.zeros(len(hits.docs), np.float32)
        scores.append(none if weights is None else weights[hits.docs])
        found.append(hits)
    ordered = _in_order(found, scores, columns, sort, token)
    ordered.notes = query.notes()
    return ordered


def _in_order(
    found: Sequence[Hits],
    scores: Sequence[Weights],
    columns: Columns,
    sort: str,
    cancel: CancelToken,
) -> Lines:
    if sort in SIDES:
        return _ByWords(found, columns, SIDES[sort], cancel)
    keys = np.concatenate([np.zeros(0, np.int64), *(each.part.keys[each.docs] for each in found)])
    return _ByRecord(found, _ordered(keys, np.concatenate([[], *scores]), columns, sort))


def _ordered(keys: Places, scores: Weights, columns: Columns, sort: str) -> Wide:
    """Return numbers that sort records, the best last."""
    days = columns.days(DATE).first[keys]
    if sort == RELEVANCE:
        return rank.by_score(scores.astype(np.float32), keys)
    if sort == ORIGINATOR:
        order = np.lexsort((-keys, days, -_by_name(columns)[keys]))
        numbers = np.empty(len(keys), np.uint64)
        numbers[order] = np.arange(len(keys), dtype=np.uint64)
        return numbers
    return rank.by_day(days, keys, newest=sort == NEWEST)


def _by_name(columns: Columns) -> Places:
    """Return by key where a record's originator stands in the alphabet; records without it last."""
    column = columns.column(ORIGINATOR)
    names = [name.casefold() for name in column.names.values]
    places = np.empty(len(names), np.int64)
    places[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    places[0] = _NO_NAME
    found: Places = places[column.first]
    return found


class _ByRecord(Lines):
    """Lines in the order of their records: only the records of a page are looked into."""

    def __init__(self, found: Sequence[Hits], order: Wide) -> None:
        self._found = found
        self._order = order
        self._counts = np.concatenate([np.zeros(0, np.uint32), *(each.counts for each in found)])
        self._bounds = np.cumsum([0, *(len(each.docs) for each in found)])
        super().__init__(int(self._counts.sum(dtype=np.int64)), len(order))
        self._lock = threading.Lock()
        none = np.zeros(0, np.int64)
        self._known: tuple[Places, Places] = (none, none)

    @override
    def page(self, start: int, count: int) -> list[Place]:
        end = min(start + count, len(self))
        if start >= end:
            return []
        records, ends = self._reach(end)
        found: list[Place] = []
        at = int(np.searchsorted(ends, start, "right"))
        skipped = start - (int(ends[at - 1]) if at else 0)
        while len(found) < end - start:
            found.extend(self._lines_of(int(records[at]), skipped, end - start - len(found)))
            skipped, at = 0, at + 1
        return found

    def _reach(self, end: int) -> tuple[Places, Places]:
        """Return the best records, as many as hold the lines before `end`, and where each ends."""
        with self._lock:
            records, ends = self._known
            wanted = max(_FIRST_LOOK, len(records))
            while not len(ends) or ends[-1] < end:
                records = rank.best(self._order, wanted)
                ends = np.cumsum(self._counts[records], dtype=np.int64)
                wanted *= _WIDER
            self._known = (records, ends)
            return records, ends

    def _lines_of(self, record: int, skipped: int, most: int) -> Iterator[Place]:
        number = int(np.searchsorted(self._bounds, record, "right")) - 1
        hits = self._found[number]
        doc = int(hits.docs[record - self._bounds[number]])
        starts, ends = hits.within(doc)
        chosen = slice(skipped, skipped + most)
        yield from _places(hits.part, starts[chosen], ends[chosen])


class _ByWords(Lines):
    """Lines in the order of the words beside them: all are found, and sorted once."""

    def __init__(
        self, found: Sequence[Hits], columns: Columns, side: Side, cancel: CancelToken
    ) -> None:
        self._parts = [each.part for each in found]
        all_of = []
        for each in found:
            cancel.check()
            all_of.append(_all_of(each, columns))
        self._starts: list[Numbers] = [each.starts.astype(np.uint32) for each in all_of]
        self._ends: list[Numbers] = [each.ends.astype(np.uint32) for each in all_of]
        self._bounds = np.cumsum([0, *map(len, self._starts)])
        super().__init__(int(self._bounds[-1]), sum(len(each.docs) for each in found))
        order = order_by_words(all_of, side, cancel) if len(self) else np.zeros(0, np.int64)
        self._order = order.astype(np.uint32)

    @override
    def page(self, start: int, count: int) -> list[Place]:
        found: list[Place] = []
        for line in self._order[start : start + count].astype(np.int64).tolist():
            number = int(np.searchsorted(self._bounds, line, "right")) - 1
            at = slice(line - int(self._bounds[number]), line - int(self._bounds[number]) + 1)
            starts = self._starts[number][at].astype(np.int64)
            ends = self._ends[number][at].astype(np.int64)
            found.extend(_places(self._parts[number], starts, ends))
        return found


def _all_of(hits: Hits, columns: Columns) -> Found:
    starts, ends = hits.every()
    docs = np.repeat(hits.docs, hits.counts)
    return Found(hits.part, starts, ends, columns.days(DATE).first[hits.part.keys[docs]])


def _places(part: Part, starts: Places, ends: Places) -> Iterator[Place]:
    text = part.fields[TEXT]
    docs = text.docs_at(starts)
    columns = (
        part.keys[docs],
        starts - text.base[docs],
        ends - text.base[docs],
        text.lengths[docs],
        text.terms_at(starts),
        text.terms_at(ends),
    )
    for key, first, last, words, opening, closing in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        yield Place(key, first, last, words, text.word(opening), text.word(closing))
