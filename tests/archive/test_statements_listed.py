"""Statements listed under topics and years, what is counted of them, and why there are none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist import Archive
from archivist.archive.statements.lacking import of_statements_said
from archivist.archive.statements.listing import Spoken
from archivist.archive.statements.topics import Topic, Year
from archivist.model.record import Description
from archivist.store import Store
from tests.archive.saying_rules import PlainRules

GAS = (
    "“The Nord Stream pipe stays shut,” Ilva Marenk said. “Nobody opens Nord Stream,” Bo Lind said."
)
FISH = "“Herring quotas fall,” Ilva Marenk said. “Our fleet fears for its herring,” Bo Lind said."
OTHERS = [
    f"“We met on {topic} and shall meet on {topic} again,” Karo Vasht said."
    for topic in ("tariffs", "visas", "customs", "grain", "railways", "bridges", "schools", "roads")
]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    store = Store.create(tmp_path / "mission.archive", "Mission")
    with Archive(store, extractor=PlainRules()) as found:
        for number, text in enumerate([GAS, FISH, *OTHERS, *OTHERS]):
            about = Description(title="Talks", date=str(2010 + number), language="en")
            found.type_in(about, text)
        found.read_statements()
        yield found


def test_statements_stand_under_the_words_they_are_about(archive: Archive) -> None:
    found = archive.list_statements("date:2010..2011", sort="topic")
    topics = [head for head in found.heads.values() if isinstance(head, Topic)]
    assert {topic.name: topic.count for topic in topics} == {"Nord Stream": 2, "Herring": 2}
    assert set(topics[0].speakers) == {"Ilva Marenk", "Bo Lind"}
    rows = found.rows(0, len(found))
    assert [isinstance(row, Topic) for row in rows] == [True, False, False] * 2
    words = [row.excerpt.text.casefold() for row in rows if isinstance(row, Spoken)]
    assert all(topics[0].name.casefold() in text for text in words[:2])
    assert all(topics[1].name.casefold() in text for text in words[2:])


def test_what_was_searched_is_no_topic_and_what_has_none_comes_last(archive: Archive) -> None:
    found = archive.list_statements("herring OR stream", sort="topic")
    names = [head.name for head in found.heads.values()]
    assert "Herring" not in names
    assert names[-1] == ""
    assert found.total == sum(head.count for head in found.heads.values()) == 4


def test_statements_in_time_stand_under_years(archive: Archive) -> None:
    found = archive.list_statements("*", sort="oldest")
    years = list(found.heads.values())
    assert all(isinstance(year, Year) for year in years)
    assert [year.name for year in years[:3]] == ["2010", "2011", "2012"]
    assert [year.count for year in years[:3]] == [2, 2, 1]
    assert not archive.list_statements("herring", sort="relevance").heads


def test_values_are_counted_of_the_statements_found(archive: Archive) -> None:
    found = archive.list_statements("herring speaker:lind", facets=("speaker", "year"))
    speakers = {one.value: one.count for one in found.facets["speaker"]}
    assert speakers == {"Ilva Marenk": 1, "Bo Lind": 1}, "its own filter is left aside"
    assert [one.value for one in found.facets["year"]] == ["2011"]
    few = archive.list_statements("*", facets=("speaker",), among={1, 2})
    assert {one.value: one.count for one in few.facets["speaker"]} == speakers | {
        "Ilva Marenk": 2,
        "Bo Lind": 2,
    }
    every = archive.statement_values("*", "speaker")
    assert {one.value for one in every} == {"Ilva Marenk", "Bo Lind", "Karo Vasht"}
    assert [one.value for one in archive.statement_values("*", "speaker", among={3})] == [
        "Karo Vasht"
    ]


def test_unsure_ones_are_counted_among_the_records_asked_for(archive: Archive) -> None:
    for _ in range(2):
        archive.type_in(Description(title="Hint", language="en"), "“Perhaps so,” Bo Lind hinted.")
    archive.read_statements()
    ids = archive.find_keys("title:hint")
    assert archive.list_statements("*").unsure == 2
    assert archive.list_statements("*", among={ids[0]}).unsure == 1
    assert archive.list_statements("*", among={ids[0]}, unsure=True).unsure == 1
    assert archive.list_statements("*", among={1}).unsure == 0


@pytest.mark.parametrize(
    ("query", "reason", "proposal"),
    [
        ("zebra speaker:lind", "No statement has the word “zebra”.", "speaker:lind"),
        (
            "herring speaker:lind date:1805",
            "1 statement matches the words and ",
            "herring speaker:lind",
        ),
        ("herring speaker:vasht", "leaves none.", "herring"),
        ("herrings quotas grain", "No statement has both", ""),
        ("speaker:linf", "Nobody speaks by the name “linf”; “lind” is there.", "speaker:lind"),
    ],
)
def test_why_there_are_none_names_the_part(
    archive: Archive, query: str, reason: str, proposal: str
) -> None:
    found = archive.list_statements(query)
    assert found.total == 0
    assert reason in found.reason
    if proposal:
        assert found.proposal == proposal
        assert archive.list_statements(found.proposal).total


def test_what_is_quoted_stays_in_a_reason() -> None:
    said = "No record has the word “record”. 2 records have “records”."
    assert of_statements_said(said) == (
        "No statement has the word “record”. 2 statements have “records”."
    )


def test_small_pieces_of_the_index_are_merged_when_nobody_waits(archive: Archive) -> None:
    for number in range(3):
        said = "“The ferry sails on,” Bo Lind said. " * 400
        archive.type_in(Description(title=f"Long {number}", date="2020"), f"{number}. {said}")
        archive.statements("*")
    pieces = len(archive._voices.searcher().parts)
    archive.read_statements()
    assert len(archive._voices.searcher().parts) < pieces
    assert archive.statements("ferry").total == 1200
