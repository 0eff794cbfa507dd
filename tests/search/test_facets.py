"""Counts of values: without the field's own filter, with the values that the query names."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.model.query import And, Everything, Node, Not, Or, Value, Word
from archivist.search import Entry
from archivist.search.searcher import Searcher
from tests.search import plain
from tests.search.making import BODIES, COUNTRIES, DATES, TYPES, VALUES, built

FACETS = ("type", "country", "originator", "year", "month", "shelf")
WORDS = ("treaty", "note", "peace")


def entry(key: int) -> Entry:
    return Entry(
        key,
        "",
        " ".join(word for bit, word in enumerate(WORDS) if key >> bit & 1),
        "en",
        {
            "type": (TYPES[key % 3],),
            "country": COUNTRIES[: key % 4],
            "originator": (BODIES[key % 4],) if key % 5 else (),
            "shelf": (f"A {key % 7}",),
        },
        {"date": DATES[key % len(DATES)]},
    )


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return [entry(key) for key in range(1, 60)]


@pytest.fixture(scope="module")
def searcher(entries: list[Entry], tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    index = built(tmp_path_factory.mktemp("facets"), entries[:40])
    index.apply(2, entries[40:])
    return index.searcher()


FILTER: st.SearchStrategy[Node] = st.one_of(
    VALUES,
    VALUES.map(Not),
    st.lists(VALUES, min_size=2, max_size=3).map(lambda several: Or(tuple(several))),
    st.sampled_from(TYPES).map(lambda code: Not(Or((Value("type", code), Value("type", "x"))))),
)
PARTS = st.lists(
    st.one_of(FILTER, FILTER, st.sampled_from(WORDS).map(Word)), min_size=1, max_size=5
)


@given(PARTS)
@settings(max_examples=60, deadline=None)
def test_counts_leave_out_the_fields_own_filter(
    searcher: Searcher, entries: list[Entry], parts: list[Node]
) -> None:
    query = parts[0] if len(parts) == 1 else And(tuple(parts))
    found = searcher.find(query, facets=FACETS, facet_limit=None)
    assert found.total == len(plain.found(query, entries))
    for name in FACETS:
        assert dict(found.facets[name]) == plain.faceted(query, name, entries)
    assert found.hits == searcher.find(query).hits


def test_a_second_value_can_be_ticked_beside_the_first(searcher: Searcher) -> None:
    alone = dict(searcher.find(Word("treaty"), facets=("type",)).facets["type"])
    ticked = And((Word("treaty"), Value("type", "note")))
    found = searcher.find(ticked, facets=("type", "country"))
    assert dict(found.facets["type"]) == alone
    assert found.total == alone["note"]
    assert sum(dict(found.facets["country"]).values()) < sum(
        dict(searcher.find(Word("treaty"), facets=("country",)).facets["country"]).values()
    )


def test_values_that_are_named_are_listed_though_no_record_has_them(searcher: Searcher) -> None:
    asked = And((Word("nowhere"), Value("type", "NOTE"), Not(Value("country", "ZZ"))))
    found = searcher.find(asked, facets=("type", "country")).facets
    assert found == {"type": [("note", 0)], "country": [("ZZ", 0)]}
    exact = Value("originator", "foreign office", exact=True)
    both = And((Word("nowhere"), exact, Value("originator", "foreign")))
    assert searcher.find(both, facets=("originator",)).facets["originator"] == [
        ("Foreign Office", 0)
    ]


def test_an_exact_value_finds_exactly_its_count(searcher: Searcher) -> None:
    for name, count in searcher.values("originator"):
        assert searcher.frequency(Value("originator", name, exact=True)) == count
    assert searcher.frequency(Value("originator", "Foreign", exact=True)) == 0
    assert searcher.frequency(Value("originator", "foreign")) > 0


def test_few_values_are_listed_unless_all_are_asked_for(searcher: Searcher) -> None:
    few = searcher.find(Everything(), facets=("shelf",), facet_limit=2).facets["shelf"]
    every = searcher.find(Everything(), facets=("shelf",), facet_limit=None).facets["shelf"]
    assert few == every[:2]
    assert len(every) == 7
    named = And((Everything(), Value("shelf", every[-1][0], exact=True)))
    again = searcher.find(named, facets=("shelf",), facet_limit=2).facets["shelf"]
    assert again == sorted([*few, every[-1]], key=lambda item: (-item[1], item[0]))


def test_months_are_those_of_dates_known_to_the_month(tmp_path: Path) -> None:
    days = ("2012", "2012-03", "2012-03-31", "2011-12-01", "2012-04", "", "0001-01-01")
    documents = [Entry(key, dates={"date": day}) for key, day in enumerate(days, 1)]
    found = built(tmp_path, documents).searcher().find(Everything(), facets=("month",))
    assert found.facets["month"] == [
        ("0001-01", 1),
        ("2011-12", 1),
        ("2012-03", 2),
        ("2012-04", 1),
    ]
