"""What goes into a dossier, in which order: pure, the same for every form it is written in."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from archivist.dossier.citations import Labels, citation, doctype_of, title_of
from archivist.dossier.scripts import closed
from archivist.dossier.texts import one_line, safe, tidy
from archivist.dossier.wording import Wording, date_in_words, wording
from archivist.model.dates import interval_of
from archivist.model.paragraphs import paragraphs
from archivist.model.record import AGENT_ROLES, Description, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["Entry", "Item", "Labels", "Options", "Outline", "Passage", "Piece", "Row", "outline"]

Mode = Literal["full", "extract", "citation"]
Order = Literal["date", "given"]


@dataclass(frozen=True, slots=True)
class Item:
    """A record that someone chose.

    Attributes:
        record: the record.
        text: its current text.
        marks: what to mark in it: (start, end) in characters.
        mode: the whole text; only the paragraphs that hold a mark (the first where none does); or
            no text at all.
    """

    record: Record
    text: str
    marks: tuple[tuple[int, int], ...] = ()
    mode: Mode = "full"


@dataclass(frozen=True, slots=True)
class Options:
    """What a person decides about a dossier.

    Attributes:
        title: of the dossier.
        subtitle: beneath it; may be empty.
        date: of the dossier, ISO 8601. Never the clock's: the same input gives the same file.
        mark: handling mark; records with a higher one raise it.
        order: by date, undated records last; or as given.
        organisation: whose dossier it is; may be empty.
        query: the search that found the records; may be empty.
        reading: the same in plain words; may be empty.
        language: ISO 639-1 code of the dossier's own words.
    """

    title: str = "Dossier"
    subtitle: str = ""
    date: str = ""
    mark: str = ""
    order: Order = "date"
    organisation: str = ""
    query: str = ""
    reading: str = ""
    language: str = "en"


class Row(NamedTuple):
    """One line of a record's description."""

    label: str
    value: str


class Piece(NamedTuple):
    """A stretch of text, marked or not."""

    text: str
    marked: bool = False


class Passage(NamedTuple):
    """A paragraph of a record's text.

    Attributes:
        number: as citations count it, from 1.
        pieces: its text.
        gap: whether something was left out before it.
        last: whether none of the same text is shown after it.
    """

    number: int
    pieces: tuple[Piece, ...]
    gap: bool = False
    last: bool = False

    @property
    def text(self) -> str:
        """The whole paragraph."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as the dossier shows it.

    Attributes:
        number: its place in the dossier, from 1.
        item: what was chosen.
        title: on one line.
        date: in words, empty where it has none.
        short_date: the same as tables have it.
        doctype: its type, for people.
        originator: on one line.
        rows: its description.
        citation: how to cite it.
    """

    number: int
    item: Item
    title: str
    date: str
    short_date: str
    doctype: str
    originator: str
    rows: tuple[Row, ...]
    citation: str

    @property
    def language(self) -> str:
        """ISO 639-1 code of the record's language, or empty."""
        return self.item.record.description.language

    @property
    def left_out_at_end(self) -> bool:
        """Whether an extract stops before the text does."""
        if self.item.mode != "extract":
            return False
        spans = paragraphs(self.item.text)
        return bool(spans) and len(spans) not in _chosen(self.item, spans)

    def passages(self) -> Iterator[Passage]:
        """Yield the paragraphs to show, cleaned, with what is marked in them."""
        item = self.item
        if item.mode == "citation":
            return
        spans = paragraphs(item.text)
        chosen = _chosen(item, spans)
        marks = _Marks(item)
        before = 0
        last = max(chosen, default=0)
        for number in sorted(chosen):
            pieces = marks.cut(*spans[number - 1])
            yield Passage(number, pieces, gap=number != before + 1, last=number == last)
            before = number


@dataclass(frozen=True, slots=True)
class Outline:
    """A dossier, ready to be written in any form.

    Attributes:
        options: what a person decided.
        mark: the handling mark that all of it takes.
        entries: the records in order.
        labels: what codes are called.
        words: the fixed words of its language.
    """

    options: Options
    mark: str
    entries: tuple[Entry, ...]
    labels: Labels
    words: Wording = field(repr=False)

    @property
    def span(self) -> tuple[str, str] | None:
        """First and last date of the records in words, or None where none is dated."""
        dates = [entry.item.record.description.date for entry in self.entries]
        known = sorted((interval, date) for date in dates if (interval := interval_of(date)))
        if not known:
            return None
        last = max(known, key=lambda pair: pair[0].last)
        return date_in_words(known[0][1], self.words), date_in_words(last[1], self.words)


def outline(items: Iterable[Item], options: Options, labels: Labels) -> Outline:
    """Put the chosen records in order and say what the dossier shows of each."""
    chosen = list(items)
    if options.order == "date":
        chosen.sort(key=_by_date)
    words = wording(options.language)
    marks = [options.mark, *(item.record.description.mark for item in chosen)]
    return Outline(
        options=options,
        mark=highest_mark(marks, labels.marks),
        entries=tuple(_entry(n, item, labels, words) for n, item in enumerate(chosen, start=1)),
        labels=labels,
        words=words,
    )


def highest_mark(marks: Iterable[str], labels: Mapping[str, str]) -> str:
    """Return the label of the mark that covers all the others.

    Marks that the organisation's list does not know cannot be weighed: they are named beside it.

    Args:
        marks: codes or labels in any case; empty ones count for nothing.
        labels: what each code is called, from the lowest to the highest.
    """
    ranks = {name.casefold(): n for n, pair in enumerate(labels.items()) for name in pair}
    found = {line.casefold(): line for mark in reversed([*marks]) if (line := one_line(mark))}
    known = max((ranks[folded] for folded in found if folded in ranks), default=None)
    unknown = [found[folded] for folded in reversed(found) if folded not in ranks]
    return " / ".join([*([] if known is None else [[*labels.values()][known]]), *unknown])


def _by_date(item: Item) -> tuple[bool, int, int]:
    interval = interval_of(item.record.description.date)
    if interval is None:
        return True, 0, item.record.id
    return False, interval.first, item.record.id


def _entry(number: int, item: Item, labels: Labels, words: Wording) -> Entry:
    record = item.record
    return Entry(
        number=number,
        item=item,
        title=title_of(record, words),
        date=one_line(date_in_words(record.description.date, words)),
        short_date=one_line(date_in_words(record.description.date, words, short=True)),
        doctype=one_line(doctype_of(record, labels)),
        originator=one_line(record.description.originator),
        rows=tuple(_rows(record, labels, words)),
        citation=citation(record, labels, words=words),
    )


def _rows(record: Record, labels: Labels, words: Wording) -> Iterator[Row]:
    description = record.description
    said = [
        (words.date, date_in_words(description.date, words)),
        (words.type, doctype_of(record, labels)),
        (words.place, description.place),
        (words.originator, description.originator),
        (words.own_number, description.number),
        *_agents(description, words),
        (words.countries, _named(description.countries, labels.countries)),
        (words.language, labels.languages.get(description.language, description.language)),
        (words.series, labels.series.get(description.series, description.series)),
        (words.reference, _reference(record, words)),
        (words.mark, labels.marks.get(description.mark, description.mark)),
        (words.tags, ", ".join(map(closed, description.tags))),
        *sorted(description.custom.items()),
        (words.attached_to, record.parent),
        (words.original, record.original.name if record.original else ""),
    ]
    for label, value in said:
        if line := one_line(value):
            yield Row(one_line(label), line)


def _agents(description: Description, words: Wording) -> Iterator[tuple[str, str]]:
    for role in AGENT_ROLES:
        names = dict.fromkeys(agent.name for agent in description.agents if agent.role == role)
        yield words.roles[role], "; ".join(map(closed, names))


def _named(codes: Sequence[str], labels: Mapping[str, str]) -> str:
    return ", ".join(labels.get(code, code) for code in codes)


def _reference(record: Record, words: Wording) -> str:
    if not record.description.code:
        return record.ref
    return f"{closed(record.description.code)} ({words.accession.format(ref=record.ref)})"


def _chosen(item: Item, spans: Sequence[tuple[int, int]]) -> set[int]:
    everything = set(range(1, len(spans) + 1))
    if item.mode == "full":
        return everything
    marks = _Marks(item)
    held = {number for number in everything if marks.within(*spans[number - 1])}
    return held or everything & {1}


class _Marks:
    """The marks of a text, in order and disjoint."""

    def __init__(self, item: Item) -> None:
        self._text = item.text
        self._marks = tidy(item.marks, item.text)
        self._ends = [end for _, end in self._marks]

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the marks that touch a stretch of the text, cut to it."""
        found = []
        for index in range(bisect_right(self._ends, start), len(self._marks)):
            first, last = self._marks[index]
            if first >= end:
                break
            found.append((max(first, start), min(last, end)))
        return found

    def cut(self, start: int, end: int) -> tuple[Piece, ...]:
        """Return a stretch of the text, cleaned, cut at the marks."""
        pieces = []
        for first, last in self.within(start, end):
            pieces.append(Piece(safe(self._text[start:first])))
            pieces.append(Piece(safe(self._text[first:last]), marked=True))
            start = last
        pieces.append(Piece(safe(self._text[start:end])))
        return tuple(piece for piece in pieces if piece.text)
