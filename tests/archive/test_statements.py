"""Statements are found by who said what, in a view of their own and in that of records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist import Archive
from archivist.archive.statements.results import FoundStatements
from archivist.model.errors import QueryError
from archivist.model.record import Description
from archivist.store import Store
from tests.archive.saying_rules import PlainRules

RECORDS = (
    ("Sanctions", "2012-03-14", "US", "“Sanctions will be lifted,” Ilva Marenk said."),
    ("Trade", "2014", "FR", "“Trade may grow,” Ilva Marenk said. “Sanctions stay,” Bo Lind said."),
    ("Talks", "", "US", "Otto Weber said that the sanction is illegal. “Maybe,” he hinted."),
    ("Sanctions list", "2016-01", "FR", "A list of sanctions. Nobody is quoted."),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    store = Store.create(tmp_path / "mission.archive", "Mission")
    with Archive(store, extractor=PlainRules()) as found:
        found.who = "H. Weber"
        for title, date, country, text in RECORDS:
            about = Description(title=title, date=date, language="en", countries=(country,))
            found.type_in(about, text)
        yield found


def spoken(found: FoundStatements) -> list[str]:
    return [hit.excerpt.text for hit in found.hits]


def refs(archive: Archive, query: str) -> list[int]:
    return sorted(archive.find_keys(query))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("*", {"Sanctions will be lifted,", "Trade may grow,", "Sanctions stay,"}),
        ("sanctions", {"Sanctions will be lifted,", "Sanctions stay,"}),
        ("said:sanctions", {"Sanctions will be lifted,", "Sanctions stay,"}),
        ("speaker:marenk", {"Sanctions will be lifted,", "Trade may grow,"}),
        ("speaker:marenk said:sanctions", {"Sanctions will be lifted,"}),
        ("speaker:marenk -said:sanctions", {"Trade may grow,"}),
        ("speaker:(marenk OR lind) sanctions", {"Sanctions will be lifted,", "Sanctions stay,"}),
        ('"trade may"', {"Trade may grow,"}),
        ("role:minister country:FR", {"Trade may grow,", "Sanctions stay,"}),
        ("date:2012..2013", {"Sanctions will be lifted,"}),
        ("title:sanctions", {"Sanctions will be lifted,"}),
        ("kind:indirect", set()),
        ("said:(trade /s grow)", {"Trade may grow,"}),
    ],
)
def test_statements_are_found_by_what_who_and_when(
    archive: Archive, query: str, expected: set[str]
) -> None:
    found = archive.statements(query)
    direct = {text for text in spoken(found) if not text.startswith("the sanction")}
    assert direct == expected
    assert (found.total == 0) == (found.reason is not None)


def test_a_hit_tells_where_it_stands_and_what_matched(archive: Archive) -> None:
    (hit,) = archive.statements("speaker:weber sanctions").hits
    assert hit.text == "the sanction is illegal"
    assert archive.text(hit.record)[hit.said.start : hit.said.end] == hit.text
    assert (hit.ref, hit.said.kind, hit.said.speaker) == (hit.record.ref, "indirect", "Otto Weber")
    assert [hit.excerpt.text[slice(*mark)] for mark in hit.excerpt.marks] == ["sanction"]
    assert hit.filed.number > 0


def test_what_is_not_sure_is_found_when_it_is_asked_for(archive: Archive) -> None:
    found = archive.statements("maybe")
    assert found.total == 0
    assert found.reason == (
        "No statement that is sure matches; 1 statement matches that may be wrong."
    )
    assert spoken(archive.statements("maybe", unsure=True)) == ["Maybe,"]
    assert refs(archive, "said:maybe") == []


def test_a_word_near_one_that_was_said_was_said_too(archive: Archive) -> None:
    assert refs(archive, "said:sanctions NEAR/3 lifted") == [1]
    assert refs(archive, "country:US (lifted /s said:sanctions)") == [1]
    assert archive.statements("said:sanctions NEAR/3 lifted").total == 1


def test_that_no_statement_is_similar_to_a_record_is_said(archive: Archive) -> None:
    found = archive.statements(f"like:{archive.record(2).ref}")
    assert found.total == 0
    assert "list of records" in (found.reason or "")


def test_a_speaker_that_is_spelled_otherwise_is_proposed(archive: Archive) -> None:
    found = archive.statements("sanctions speaker:marenc")
    assert found.reason == "Nobody speaks by the name “marenc”; “marenk” is there."
    assert archive.statements(found.proposal).total == 1
    found = archive.statements("speaker:zzyzx")
    assert (found.reason, found.proposal) == ("Nobody speaks by the name “zzyzx”.", "")


def test_facets_of_statements_are_counted(archive: Archive) -> None:
    found = archive.statements("sanctions", facets=True)
    speakers = {one.value: one.count for one in found.facets["speaker"]}
    assert speakers == {"Ilva Marenk": 1, "Bo Lind": 1, "Otto Weber": 1}
    assert {one.value for one in found.facets["kind"]} == {"direct", "indirect"}
    assert [one.value for one in found.facets["year"]] == ["2012", "2014"]
    assert archive.complete_values("speaker", "bo") == ["Bo Lind"]


def test_statements_are_sorted_by_date_and_read_page_by_page(archive: Archive) -> None:
    found = archive.statements("*", sort="oldest", limit=2)
    assert [hit.date for hit in found.hits] == ["2012-03-14", "2014"]
    rest = archive.statements("*", sort="oldest", limit=9, offset=2)
    assert found.total == rest.total == len(found.hits) + len(rest.hits)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("speaker:marenk said:sanctions", [1]),
        ("said:sanctions", [1, 2, 3]),
        ("said:sanctions trade", [2]),
        ("sanctions -said:sanctions", [4]),
        ("-speaker:marenk", [3, 4]),
        ("speaker:marenk OR title:list", [1, 2, 4]),
        ("speaker:lind said:trade", []),
        ("kind:indirect country:US", [3]),
    ],
)
def test_records_are_found_by_a_statement_they_hold(
    archive: Archive, query: str, expected: list[int]
) -> None:
    assert refs(archive, query) == expected
    found = archive.search(query)
    assert found.total == len(expected)
    assert (found.reason is None) == bool(expected)


def test_what_was_said_is_marked_in_the_text(archive: Archive) -> None:
    (hit,) = archive.search("speaker:marenk said:lifted").hits
    assert [hit.snippet[slice(*mark)] for mark in hit.excerpt.marks] == ["lifted"]


def test_the_reading_says_what_is_asked_of_statements(archive: Archive) -> None:
    assert archive.reading("speaker:marenk said:sanctions") == (
        "Documents with “sanctions” in a statement, with words of “marenk”."
    )
    assert archive.statements("speaker:marenk said:sanctions").reading == (
        "Statements with “sanctions”, by “marenk”."
    )


def test_a_kind_that_does_not_exist_is_refused(archive: Archive) -> None:
    with pytest.raises(QueryError, match="no kind of statement"):
        archive.statements("kind:whispered")
    assert archive.statements("kind:reported").total == 1


def test_the_trash_hides_statements_and_undo_brings_them_back(archive: Archive) -> None:
    before = archive.statements("*").total
    archive.delete([archive.record(2).ref])
    assert archive.statements("*").total == before - 2
    assert refs(archive, "said:sanctions") == [1, 3]
    archive.undo()
    assert archive.statements("*").total == before


def test_what_is_edited_or_corrected_is_found_as_it_is_now(archive: Archive) -> None:
    archive.statements("*")
    archive.edit({"country": "DE"}, refs=[archive.record(1).ref])
    assert spoken(archive.statements("country:DE")) == ["Sanctions will be lifted,"]
    archive.correct_text(archive.record(1).ref, "“Sanctions will be doubled,” Ilva Marenk said.")
    assert spoken(archive.statements("doubled")) == ["Sanctions will be doubled,"]
    assert archive.statements("lifted").total == 0


def test_the_index_of_statements_is_mended_and_verified(archive: Archive) -> None:
    total = archive.statements("*").total
    for file in (archive.path / "statements").rglob("*"):
        if file.is_file():
            file.write_bytes(b"damage")
    assert archive.statements("*").total == total
    assert {one.name: one.result for one in archive.check().checks}["statements"] == "passed"
    assert archive.reindex() == 4
    assert archive.statements("*").total == total


def test_one_who_only_reads_says_what_is_still_to_be_read(archive: Archive, tmp_path: Path) -> None:
    archive.statements("*")
    archive.type_in(Description(title="New"), "“More,” Bo Lind said.")
    with Archive(Store.open(archive.path), follow=False, extractor=PlainRules()) as reader:
        found = reader.statements("more")
        assert (found.total, found.unread) == (0, 1)
        assert found.notes == ("1 record is still to be read for statements.",)
        assert [one.statement.speaker for one in reader.statements_of(reader.record(5))] == [
            "Bo Lind"
        ]
