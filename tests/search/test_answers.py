"""The index answers as a plain scan of the texts does, whatever was added, changed and removed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.model.dates import interval_of
from archivist.model.query import Everything, Node
from archivist.search import Entry, Index
from archivist.search.searcher import NEWEST, OLDEST, Searcher
from tests.search import plain
from tests.search.making import QUERIES, built, entries

KEYS = st.integers(1, 12)
Change: TypeAlias = tuple[list[Entry], list[Entry], set[int], bool]


@st.composite
def changes(draw: st.DrawFn) -> Change:
    added = [draw(entries(key)) for key in draw(st.sets(KEYS, max_size=6))]
    patched = [draw(entries(key)) for key in draw(st.sets(KEYS, max_size=2))]
    return added, patched, draw(st.sets(KEYS, max_size=2)), draw(st.booleans())


def applied(index: Index, held: dict[int, Entry], step: int, change: Change) -> None:
    added, patched, removed, tidy = change
    patched = [
        Entry(new.key, held[new.key].title, held[new.key].text, new.language, new.values, new.dates)
        for new in patched
        if new.key in held and new.key not in {entry.key for entry in added} | removed
    ]
    removed = removed - {entry.key for entry in added}
    index.apply(step, added, patched, removed)
    held.update((entry.key, entry) for entry in [*patched, *added])
    for key in removed:
        held.pop(key, None)
    if tidy:
        index.tidy()


def agree(index: Index, held: dict[int, Entry], query: Node) -> None:
    searcher = index.searcher()
    living = list(held.values())
    want = plain.found(query, living)
    found = searcher.find(query, limit=5, facets=("type", "country", "year", "shelf", "month"))
    assert found.total == len(want) == searcher.frequency(query)
    assert sorted(searcher.keys(query).tolist()) == want
    assert [key for key, _ in found.hits] == searcher.keys(query).tolist()[:5]
    for field, counted in found.facets.items():
        assert dict(counted) == plain.faceted(query, field, living)
    counts = (plain.places_count(query, held[key]) for key in want)
    assert searcher.places_count(query) == sum(counts)
    asked = searcher.find(query, limit=3, keys=True)
    assert asked.keys is not None
    assert asked.keys.tolist() == searcher.keys(query).tolist()
    stands_as_it_reads(searcher, query, held)
    marker = searcher.marker(query)
    for entry in living if plain.is_marked_alone(query) else ():
        for field in ("text", "title"):
            text, language = plain.text_of(entry, field), plain.language_of(entry)
            assert marker.spans(text, field, language) == plain.marks(query, text, field, language)


def stands_as_it_reads(searcher: Searcher, query: Node, held: dict[int, Entry]) -> None:
    """The places of what a query looks for, as the concordance shows them."""
    asked = searcher._whole.query(query, scored=False)
    for part in searcher.parts:
        spans, base = asked.spans(part), part.fields["text"].base
        keys = part.keys[spans.docs].tolist()
        got = zip(keys, spans.starts - base[spans.docs], spans.ends - base[spans.docs], strict=True)
        alive = part.keys[asked.on(part)[0]].tolist()
        want = {(key, *place) for key in alive for place in plain.places(query, held[key], "text")}
        assert sorted(got) == sorted(want)


@given(st.lists(changes(), min_size=1, max_size=4), st.lists(QUERIES, min_size=4, max_size=8))
@settings(max_examples=60, deadline=None)
def test_answers_are_those_of_a_plain_scan(steps: list[Change], queries: list[Node]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        held: dict[int, Entry] = {entry.key: entry for entry in steps[0][0]}
        index = built(Path(folder), held.values())
        for step, change in enumerate(steps[1:], 2):
            applied(index, held, step, change)
        assert index.searcher().count == len(held)
        for query in queries:
            agree(index, held, query)
        assert index.verify() == []


@given(st.sets(KEYS, min_size=1, max_size=9).flatmap(lambda ks: st.tuples(*map(entries, ks))))
@settings(max_examples=20, deadline=None)
def test_sorted_by_date_the_undated_come_last(documents: tuple[Entry, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        searcher = built(Path(folder), documents).searcher()
        days = {
            entry.key: span.first if (span := interval_of(entry.dates["date"])) else 0
            for entry in documents
        }
        newest = sorted(days, key=lambda key: (days[key], key), reverse=True)
        dated = [key for key in newest[::-1] if days[key]]
        oldest = dated + sorted(key for key in days if not days[key])
        assert searcher.keys(Everything(), NEWEST).tolist() == newest
        assert searcher.keys(Everything(), OLDEST).tolist() == oldest
        for sort, order in ((NEWEST, newest), (OLDEST, oldest)):
            pages = [
                searcher.find(Everything(), limit=2, offset=start, sort=sort).hits
                for start in range(0, len(days) + 2, 2)
            ]
            assert [key for page in pages for key, _ in page] == order
            none = searcher.find(Everything(), limit=0, sort=sort)
            assert not none.hits
            assert none.total == len(days)


@given(
    st.lists(st.sets(KEYS, max_size=5), min_size=1, max_size=3),
    st.data(),
    st.lists(QUERIES, min_size=3, max_size=6),
)
@settings(max_examples=40, deadline=None)
def test_scores_are_those_of_a_plain_sum(
    groups: list[set[int]], data: st.DataObject, queries: list[Node]
) -> None:
    """Each group is one segment; of the first, one document is deleted, which still counts."""
    with tempfile.TemporaryDirectory() as folder:
        index = built(Path(folder))
        segments: list[list[Entry]] = []
        for number, group in enumerate(groups):
            segments.append([data.draw(entries(key + 100 * number)) for key in sorted(group)])
            index.apply(number + 2, segments[-1])
        first = next((segment for segment in segments if len(segment) > 2), None)
        if first is not None:
            index.apply(9, remove=[first[0].key])
        searcher = index.searcher()
        standing = [segment for segment in segments if segment]
        for query in queries if standing else ():
            want = plain.scores(query, standing)
            found = searcher.find(query, limit=50).hits
            assert [round(score, 3) for _, score in found] == sorted(
                (round(score, 3) for _, score in found), reverse=True
            )
            for key, score in found:
                assert abs(score - want[key]) <= 1e-4 * max(1.0, want[key])
