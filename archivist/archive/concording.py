"""A query's hits as lines: the words that were searched, and what stands before and after them."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Final

from archivist.archive import dossiers
from archivist.archive.results import Line, Passage
from archivist.model.errors import InputError
from archivist.model.paragraphs import number_at, paragraphs
from archivist.model.words import first_words
from archivist.search import IndexUnusableError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from archivist.archive.finding import Finding
    from archivist.archive.following import Follower
    from archivist.archive.vocabulary import Vocabulary
    from archivist.model.progress import CancelToken
    from archivist.model.record import Record
    from archivist.search import Searcher
    from archivist.search.concordance import Lines, Place
    from archivist.store import Store

SORTS: Final = (
    *("record", "newest", "oldest", "originator"),
    *("left", "left2", "left3", "right", "right2", "right3"),
)
"""Orders of lines: by their records (by relevance, date, originator); by the words beside the hit,
from the first, second or third on."""
CONTEXT: Final = 160
"""Letters that are shown on either side of a hit, at most."""
_NO_WORDS: Final = (
    "A concordance has a line for each place where words stand, and this search asks for none."
)
_IN_TITLES: Final = "The words stand in titles only, in no text."
_PASSAGE: Final = 1200
"""Letters of a paragraph from which on only what is about the passage is shown."""
_ASIDE: Final = 500
_LONGEST_WORD: Final = 30
_BLANKS = re.compile(r"\s+")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


class Concordance:
    """The lines of a query as they were when it was asked; may be shared by threads.

    Attributes:
        query: as given.
        reading: the query in plain words.
        sort: the order of the lines.
        records: how many records the lines are in.
        sequence: the journal's sequence number the lines are true for.
        took_ms: how long it took to find them, in milliseconds.
        notes: where the lines may not be all, in words.
        reason: why there are none, in plain words; None where there are some.
        proposal: a query that would find something, or empty.
    """

    def __init__(
        self,
        concording: Concording,
        query: str,
        sort: str,
        cancel: CancelToken | None,
        among: Collection[int] | None = None,
    ) -> None:
        """Ask for the lines of `query`."""
        self._concording = concording
        self.query, self.sort, self._among = query, sort, among
        started = time.perf_counter()
        self._lines, self.sequence = concording.find(query, sort, cancel, among)
        self.took_ms = round((time.perf_counter() - started) * 1000, 2)
        self.records = self._lines.records
        self.notes = self._lines.notes
        self.reading = concording.reading(query)
        self.reason: str | None = None
        self.proposal = ""
        if not len(self):
            self.reason, self.proposal = concording.reason(query)

    def __len__(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def lines(self, start: int, stop: int) -> list[Line]:
        """Return some lines in order."""
        count = max(0, stop - start)
        try:
            places = self._lines.page(start, count)
        except IndexUnusableError:
            # Damage shows when a file is first read: the index is built anew, the lines with it.
            self._lines, self.sequence = self._concording.find(
                self.query, self.sort, None, self._among
            )
            places = self._lines.page(start, count)
        return self._concording.lines_at(places)


class Concording:
    """The use case of reading hits line by line, over one store and its index."""

    def __init__(
        self, store: Store, follower: Follower, finding: Finding, vocabulary: Vocabulary
    ) -> None:
        """Find in `store` as `finding` does."""
        self._store = store
        self._follower = follower
        self._finding = finding
        self._vocabulary = vocabulary

    def ask(
        self,
        query: str,
        sort: str,
        cancel: CancelToken | None,
        among: Collection[int] | None = None,
    ) -> Concordance:
        """Find the lines of a query, true for everything acknowledged before it began."""
        if sort not in SORTS:
            raise InputError(f"Lines cannot be sorted by {sort}.", f"Choose {', '.join(SORTS)}.")
        self._follower.catch_up(cancel)
        return Concordance(self, query, sort, cancel, among)

    def find(
        self,
        query: str,
        sort: str,
        cancel: CancelToken | None,
        among: Collection[int] | None = None,
    ) -> tuple[Lines, int]:
        """Return the lines of a query and the sequence number they are true for."""

        def answer(searcher: Searcher) -> tuple[Lines, int]:
            node = self._finding.asked(query)
            order = "relevance" if sort == "record" else sort
            return searcher.lines(node, order, cancel, among), searcher.sequence

        return self._follower.ask(answer)

    def reading(self, query: str) -> str:
        """Return a query in plain words, synonyms included."""
        return self._finding.reading(query)

    def reason(self, query: str) -> tuple[str, str]:
        """Return why a query has no lines, and a query that would find something, or empty."""
        from archivist.search.evaluate import sought  # noqa: PLC0415 - lazy engine

        if not any(sought(self._finding.asked(query))):
            return _NO_WORDS, ""
        found = self._finding.search(
            query, limit=0, offset=0, sort="newest", facets=(), cancel=None
        )
        return found.reason or _IN_TITLES, found.proposal

    def lines_at(self, places: Sequence[Place]) -> list[Line]:
        """Return the lines whose hits stand at these places, all their texts read at once."""
        last: dict[int, int] = {}
        for place in places:
            last[place.key] = max(place.last, last.get(place.key, 0))
        ids = list(last)
        records = {record.id: record for record in self._store.records.many(ids)}
        texts = self._store.records.texts(ids)
        words = {key: first_words(texts[key], last[key] + 1) for key in ids}
        return [
            _line(records[place.key], texts[place.key], _stretch(words[place.key], place))
            for place in places
        ]

    def passages(self, stretches: Sequence[tuple[int, int, int]]) -> list[Passage]:
        """Return passages, given as record, start and end, in their paragraphs."""
        ids = list(dict.fromkeys(key for key, _, _ in stretches))
        records = {record.id: record for record in self._store.records.many(ids)}
        texts = self._store.records.texts(ids)
        bounds = {key: paragraphs(texts[key]) for key in ids}
        return [
            self._passage(records[key], texts[key], bounds[key], (start, end))
            for key, start, end in stretches
        ]

    def _passage(
        self,
        record: Record,
        text: str,
        bounds: Sequence[tuple[int, int]],
        stretch: tuple[int, int],
    ) -> Passage:
        start, end = stretch
        number = number_at(bounds, start) if end > start else 0
        first, last = bounds[number - 1] if number else (0, 0)
        shown, mark = _shown(text, first, max(last, end), stretch)
        return Passage(
            record=record,
            paragraph=number,
            text=shown,
            mark=mark,
            quote=_one_line(text[start:end]).strip(),
            citation=dossiers.citation_of(record, self._vocabulary, number or None),
        )


def _stretch(words: Sequence[tuple[str, int, int]], place: Place) -> tuple[int, int]:
    """Return where a hit stands in characters; (0, 0) where other words stand there now."""
    if place.last >= len(words):
        return 0, 0
    opening, closing = words[place.first], words[place.last]
    if (opening[0], closing[0]) != (place.opening, place.closing):
        return 0, 0
    return opening[1], closing[2]


def _line(record: Record, text: str, stretch: tuple[int, int]) -> Line:
    start, end = stretch
    return Line(
        record=record.id,
        ref=record.ref,
        title=record.description.title,
        date=record.description.date,
        originator=record.description.originator,
        start=start,
        end=end,
        left=_before(text, start) if end else "",
        keyword=_one_line(text[start:end]),
        right=_after(text, end) if end else "",
    )


def _one_line(text: str) -> str:
    """Return a part of a text on one line; marks of direction would be torn from their ends."""
    return _BLANKS.sub(" ", _DIRECTIONS.sub("", text))


def _before(text: str, end: int) -> str:
    """Return what stands before a place, from a whole word on."""
    start = max(0, end - 2 * CONTEXT)
    line = _one_line(text[start:end])
    return f"… {_from_word(line[-CONTEXT:])}" if start or len(line) > CONTEXT else line.lstrip()


def _after(text: str, start: int) -> str:
    """Return what stands after a place, up to a whole word."""
    end = min(len(text), start + 2 * CONTEXT)
    line = _one_line(text[start:end])
    whole = end == len(text) and len(line) <= CONTEXT
    return line.rstrip() if whole else f"{_up_to_word(line[:CONTEXT])} …"


def _from_word(line: str) -> str:
    """Leave out the word that a cut has torn; scripts without blanks may be cut anywhere."""
    return line[line.find(" ", 0, _LONGEST_WORD) + 1 :]


def _up_to_word(line: str) -> str:
    cut = line.rfind(" ", max(0, len(line) - _LONGEST_WORD))
    return line[:cut] if cut > 0 else line


def _shown(
    text: str, first: int, last: int, stretch: tuple[int, int]
) -> tuple[str, tuple[int, int]]:
    """Return a paragraph on one line, of a very long one a part, and where the passage stands."""
    start, end = stretch
    long = last - first > _PASSAGE
    before = _one_line(text[max(first, start - _ASIDE) if long else first : start])
    after = _one_line(text[end : min(last, end + _ASIDE) if long else last])
    if long and start - _ASIDE > first:
        before = f"… {_from_word(before)}"
    if long and end + _ASIDE < last:
        after = f"{_up_to_word(after)} …"
    passage = _one_line(text[start:end])
    return before + passage + after, (len(before), len(before) + len(passage))
