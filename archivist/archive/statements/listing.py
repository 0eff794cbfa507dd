"""Every statement a query finds, in order and under heads, each read as it is asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from archivist.archive.finding import FACET_VALUES, effective_sort
from archivist.archive.results import Excerpt, FacetCount
from archivist.archive.statements.topics import (
    NOBODY,
    Labelled,
    Placed,
    Topic,
    Year,
    by_topic,
    by_year,
    labelled,
    searched,
)
from archivist.archive.statements.voices import SURE, SURELY
from archivist.model.paragraphs import number_at, paragraphs
from archivist.model.query import Node, Not, Value, all_of
from archivist.model.query_said import of_statements
from archivist.model.record import Record
from archivist.model.statement import FiledStatement, Statement, pieces_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from archivist.archive.statements.voices import Voices
    from archivist.model.progress import CancelToken
    from archivist.search import Searcher
    from archivist.search.marks import Mark
    from archivist.store import Store
    from archivist.store.statements import Outline

Whose: TypeAlias = "Callable[[str, str], tuple[str, int]]"
"""Tells, of a speaker's name and the day, the name of the head it stands under and the agent."""

BY_SPEAKER: Final = "speaker"
BY_TOPIC: Final = "topic"
BY_TIME: Final = frozenset({"newest", "oldest"})
EXCERPT_WIDTH: Final = 230
"""Letters of a statement's words that are shown, about: three lines of a list."""
_JOINT: Final = "; "
_SURELY: Final = Value(SURE, SURELY)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One statement of a list.

    Attributes:
        filed: the statement, and what people decided on it.
        about: the record whose text holds it.
        excerpt: its words for showing, with what was searched marked.
        paragraph: in which it begins, as citations count, from 1.
    """

    filed: FiledStatement
    about: Record
    excerpt: Excerpt
    paragraph: int

    @property
    def record(self) -> int:
        """Id of the record."""
        return self.about.id

    @property
    def start(self) -> int:
        """Where it begins in the record's text, in characters."""
        return self.filed.statement.start

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.filed.statement.end

    @property
    def gone(self) -> bool:
        """Whether the text was changed since the search."""
        return not self.excerpt.text

    @property
    def date(self) -> str:
        """When it was said, where the text tells that; else the record's date."""
        return self.filed.statement.date or self.about.description.date


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker, and how much of what was found is theirs.

    Attributes:
        name: an agent's authorised form, else the fullest that the documents give; empty where they
            name nobody.
        role: the office that is named most often; may be empty.
        count: of their statements.
        years: how many are of each year, ascending; those without a date are in none.
        agent: number of the agent; 0 where it is none that is known.
        forms: names that the documents give, the most frequent first, where they are others.
    """

    name: str
    role: str
    count: int
    years: tuple[tuple[int, int], ...] = ()
    agent: int = 0
    forms: tuple[str, ...] = ()


class Shelf(NamedTuple):
    """A speaker and the numbers of their statements, in order."""

    head: Voice
    numbers: tuple[int, ...]


Head: TypeAlias = Voice | Topic | Year
"""Under what statements stand."""


class StatementList:
    """The statements that were found. Its rows are statements, and heads under which they stand.

    Attributes:
        total: how many statements.
        speakers: how many speakers said them; who is not named does not count.
        unsure: how many more match that may be wrong, or that are among these.
        reason: why there are none, in plain words; empty where there are some.
        heads: speakers, topics or years, by row; empty where statements stand under none.
        facets: values by field and how many of the statements have each, most frequent first.
        proposal: where there are none, a query that would find some, or empty.
    """

    def __init__(
        self,
        rows: Sequence[int],
        heads: Mapping[int, Head],
        speakers: int,
        read: Callable[[Sequence[int]], Mapping[int, Spoken]],
        *,
        unsure: int = 0,
        facets: Mapping[str, Sequence[FacetCount]] = MappingProxyType({}),
    ) -> None:
        """Make a list; of `rows`, numbers of statements, those of heads are 0."""
        self._rows = rows
        self._read = read
        self.heads = heads
        self.total = len(rows) - len(heads)
        self.speakers = speakers
        self.unsure = unsure
        self.facets = facets
        self.reason = self.proposal = ""

    def __len__(self) -> int:
        return len(self._rows)

    def row_of(self, number: int) -> int:
        """Return where a statement stands; -1 where it is not found any more."""
        return self._rows.index(number) if number and number in self._rows else -1

    def numbers(self, start: int, stop: int) -> list[int]:
        """Return the numbers of the statements of some rows."""
        return [number for number in self._rows[start:stop] if number]

    def rows(self, start: int, stop: int) -> list[Spoken | Head | None]:
        """Read some rows; None stands for a statement that is there no more."""
        numbers = self._rows[start:stop]
        found = self._read([number for number in numbers if number])
        return [
            found.get(number) if number else self.heads[row]
            for row, number in enumerate(numbers, start)
        ]


class Listing:
    """The use case of listing statements, over one store and the index of its statements."""

    def __init__(self, store: Store, voices: Voices, whose: Whose) -> None:
        """List statements of `store`, found by the index that `voices` keeps.

        Under which head a speaker belongs is told by `whose`.
        """
        self._store = store
        self._voices = voices
        self._whose = whose

    def listed(
        self,
        node: Node,
        *,
        sort: str,
        unsure: bool,
        among: Collection[int] | None = None,
        facets: Sequence[str] = (),
        cancel: CancelToken | None = None,
    ) -> StatementList:
        """Find statements.

        Args:
            node: what is asked for, with synonyms.
            sort: "speaker" or "topic", under which the newest come first; "newest" or "oldest",
                under years; "relevance".
            unsure: whether those are wanted, too, that may be wrong.
            among: ids of the only records whose statements are wanted; None for all.
            facets: fields whose values are counted.
            cancel: stops it.

        Raises:
            StoppedError: it was stopped.
        """
        asked = of_statements(node)
        sure = all_of((asked, _SURELY))
        grouped = sort in {BY_SPEAKER, BY_TOPIC}
        order = "newest" if grouped else effective_sort(asked, sort)

        def answer(searcher: Searcher) -> tuple[list[int], list[int]]:
            found = searcher.keys(asked if unsure else sure, order, cancel).tolist()
            others = all_of((asked, Not(_SURELY)))
            return found, searcher.keys(others, "newest", cancel).tolist()

        numbers, doubtful = self._voices.ask(answer)
        outlines = self._outlines(numbers, among)
        if cancel is not None:
            cancel.check()
        names = speakers_of(outlines, self._whose)
        placed = self._placed(asked, outlines, sort if grouped else order, cancel)
        rows, heads = _laid_out(placed) if placed else ([one.number for one in outlines], {})
        return StatementList(
            rows,
            heads,
            len(names),
            lambda some: self._spoken(some, asked),
            unsure=self._count(doubtful, among),
            facets=self._counted(
                asked if unsure else sure, outlines, among, facets=facets, cancel=cancel
            ),
        )

    def _counted(
        self,
        asked: Node,
        outlines: Sequence[Outline],
        among: Collection[int] | None,
        *,
        facets: Sequence[str],
        cancel: CancelToken | None,
        most: int | None = FACET_VALUES,
    ) -> Mapping[str, Sequence[FacetCount]]:
        """Count the values of statements; a field's own filter is left aside."""
        if not facets:
            return {}
        only = None if among is None else [one.number for one in outlines]
        matches = self._voices.ask(
            lambda searcher: searcher.find(
                asked,
                limit=0,
                facets=facets,
                facet_limit=most,
                among=only,
                cancel=cancel,
            )
        )
        return {
            name: [FacetCount(value, count) for value, count in sorted(counted, key=_is_nobody)]
            for name, counted in matches.facets.items()
        }

    def values(
        self,
        node: Node,
        field: str,
        *,
        among: Collection[int] | None = None,
        cancel: CancelToken | None = None,
    ) -> Sequence[FacetCount]:
        """Count all values of a field among statements that are sure.

        Args:
            node: what is asked for, with synonyms.
            field: of statements or of their records.
            among: ids of the only records whose statements count; None for all.
            cancel: stops it.
        """
        sure = all_of((of_statements(node), _SURELY))
        outlines: Sequence[Outline] = ()
        if among is not None:
            found = self._voices.ask(lambda one: one.keys(sure, "newest", cancel).tolist())
            outlines = self._outlines(found, among)
        return self._counted(sure, outlines, among, facets=[field], cancel=cancel, most=None)[field]

    def _placed(
        self, asked: Node, outlines: Sequence[Outline], order: str, cancel: CancelToken | None
    ) -> Sequence[Shelf | Placed]:
        """Put statements under the heads that an order has; none where it has none."""
        if order == BY_SPEAKER:
            return shelved(outlines, self._whose)
        if order == BY_TOPIC:
            return by_topic(outlines, self._topics(asked, outlines, cancel), self._whose)
        return by_year(outlines) if order in BY_TIME else []

    def _topics(
        self, asked: Node, outlines: Sequence[Outline], cancel: CancelToken | None
    ) -> list[Labelled]:
        """Return the topics of statements, that with the most of them first."""
        keys = [one.number for one in outlines]
        groups = self._voices.ask(
            lambda searcher: searcher.grouped(keys, searched(asked, searcher), cancel)
        )
        return labelled([(group.words, group.keys.tolist()) for group in groups], self._store)

    def _count(self, numbers: Sequence[int], among: Collection[int] | None) -> int:
        """Return how many statements are of some records."""
        if among is None:
            return len(numbers)
        return sum(
            record in among for record in self._store.statements.records_of(numbers).values()
        )

    def _outlines(self, numbers: Sequence[int], among: Collection[int] | None) -> list[Outline]:
        found = self._store.statements.outlines(numbers)
        return [one for one in found if among is None or one.record in among]

    def _spoken(self, numbers: Sequence[int], asked: Node) -> dict[int, Spoken]:
        filed = self._store.statements.many(numbers)
        ids = list(dict.fromkeys(one.record for one in filed))
        records = {record.id: record for record in self._store.records.many(ids)}
        texts = self._store.records.texts(ids)
        bounds = {key: paragraphs(text) for key, text in texts.items()}

        def read(searcher: Searcher) -> dict[int, Spoken]:
            marker = searcher.marker(asked)
            found = {}
            for one in filed:
                record, text = records[one.record], texts.get(one.record, "")
                words = _words(text, one.statement)
                marked = marker.hits(words, "text", record.description.language)
                place = number_at(bounds.get(one.record, ()), one.statement.start)
                found[one.number] = Spoken(one, record, _excerpt(words, marked), place)
            return found

        return self._voices.ask(read)


def _is_nobody(counted: tuple[str, int]) -> bool:
    """Whether a value names nobody: such ones come last."""
    return counted[0].casefold() in NOBODY


def speakers_of(outlines: Iterable[Outline], whose: Whose) -> frozenset[tuple[str, int]]:
    """Return who said statements, each once: name and number of the agent."""
    said = {(one.speaker, one.date) for one in outlines}
    single = {(name, date) for names, date in said for name in names.split(_JOINT) if name}
    return frozenset(whose(name, date) for name, date in single)


def shelved(outlines: Iterable[Outline], whose: Whose) -> list[Shelf]:
    """Put statements under their speakers: who said most comes first, who is not named last."""
    under: dict[tuple[str, int], list[Outline]] = {}
    for one in outlines:
        under.setdefault(whose(one.speaker, one.date), []).append(one)
    ordered = sorted(
        under.items(),
        key=lambda item: (
            item[0][0].casefold() in NOBODY,
            not item[0][0],
            -len(item[1]),
            item[0],
        ),
    )
    return [Shelf(_voice(*head, said), tuple(one.number for one in said)) for head, said in ordered]


def _voice(name: str, agent: int, said: Sequence[Outline]) -> Voice:
    roles = Counter(one.role for one in said if one.role).most_common(1)
    years = Counter(int(one.date[:4]) for one in said if one.date[:4].isdigit())
    forms = [form for form, _ in Counter(one.speaker for one in said).most_common()]
    return Voice(
        name,
        roles[0][0] if roles else "",
        len(said),
        tuple(sorted(years.items())),
        agent,
        () if forms == [name] else tuple(forms),
    )


def _laid_out(placed: Iterable[Shelf | Placed]) -> tuple[list[int], dict[int, Head]]:
    rows: list[int] = []
    heads: dict[int, Head] = {}
    for head, numbers in placed:
        heads[len(rows)] = head
        rows.append(0)
        rows.extend(numbers)
    return rows, heads


def _words(text: str, said: Statement) -> str:
    """Return a statement's words, with an ellipsis where its cue stands between them."""
    return " … ".join(text[start:end] for start, end in pieces_of(said))


def _excerpt(words: str, marked: Sequence[Mark]) -> Excerpt:
    from archivist.search.excerpts import excerpt  # noqa: PLC0415 - lazy engine

    return Excerpt(*excerpt(words, marked, EXCERPT_WIDTH))
