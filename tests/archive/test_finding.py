"""What finding adds to the index: synonyms, records named by any reference, notes, readings."""

from __future__ import annotations

from pathlib import Path

from archivist import Archive
from archivist.model.record import Description


def test_synonyms_are_looked_for_marked_and_said(archive: Archive) -> None:
    found = archive.search("USSR ferry")
    assert {hit.record.id for hit in found.hits} == {1, 2, 3}
    assert found.synonyms == (
        ("USSR", ("U.S.S.R.", "Soviet Union", "Union of Soviet Socialist Republics")),
    )
    assert found.reading == archive.reading("USSR ferry")
    assert "For “USSR” also “U.S.S.R.”, “Soviet Union” and “Union of" in found.reading
    for hit in found.hits:
        marked = [hit.excerpt.text[start:end] for start, end in hit.excerpt.marks]
        assert {"Soviet Union", "U.S.S.R", "USSR"} & set(marked)
        text = archive.text(hit.record)
        spans = archive.marks("USSR ferry", hit.record)
        assert {"Soviet Union", "U.S.S.R", "USSR"} & {text[start:end] for start, end in spans}
    assert {hit.record.id for hit in archive.hits([1, 2], "soviet union")} == {1, 2}


def test_what_is_quoted_is_not_widened(archive: Archive) -> None:
    found = archive.search('"Soviet Union"')
    assert [hit.record.id for hit in found.hits] == [1]
    assert found.synonyms == ()
    assert "also" not in found.reading


def test_the_reason_for_nothing_takes_synonyms_into_account(archive: Archive) -> None:
    archive.remove_synonyms(-1)
    archive.set_synonyms(0, ["wharf", "harbour"])
    for query, proposal in (("wharf nowhere", "wharf"), ("wharf type:note", "wharf")):
        found = archive.search(query)
        assert found.total == 0
        assert found.reason
        assert "the word “wharf”" not in found.reason
        assert found.proposal == proposal


def test_the_archive_s_own_synonyms_count_at_once(archive: Archive, folder: Path) -> None:
    assert archive.search("vessel").total == 1
    archive.set_synonyms(0, ["vessel", "ferry"])
    assert archive.search("vessel").total == 3
    assert set(archive.find_keys("vessel")) == {1, 2, 3}
    with Archive.open(folder, follow=False) as reader:
        assert reader.search("vessel").total == 3
        archive.undo()
        assert reader.search("vessel").total == 1
    archive.redo()
    archive.remove_synonyms(-1)
    assert {hit.record.id for hit in archive.search("USSR").hits} == {3}


def test_the_marks_follow_the_thesaurus(archive: Archive) -> None:
    record = archive.record(3)
    text = archive.text(record)
    assert [text[s:e] for s, e in archive.marks("toll", record)] == ["toll"]
    archive.set_synonyms(0, ["toll", "ferry"])
    assert [text[s:e] for s, e in archive.marks("toll", record)] == ["toll", "ferry"]


def test_a_saved_search_and_a_term_list_are_widened_too(archive: Archive) -> None:
    assert archive.news(archive.save_search("East", "USSR").number).total == 3
    (row,) = archive.count_terms(["USSR"]).rows
    assert (row.records, row.hits) == (3, 3)


def test_similar_records_are_named_by_either_reference(archive: Archive) -> None:
    twin = "The consul reports on herring quotas, trawlers and the closed fishery of the bay. " * 3
    for code in ("A.1/1", "A.1/2"):
        archive.type_in(Description(title=f"Report {code}", code=code, language="en"), twin)
    first, second = (archive.record(code) for code in ("A.1/1", "A.1/2"))
    for asked in (f"like:{first.ref}", 'like:"A.1/1"', 'fishery like:"A.1/1"'):
        found = archive.search(asked)
        assert [hit.ref for hit in found.hits] == [second.ref], asked
        assert "“Report A.1/1”. They share telling words, above all “" in found.reading
        assert found.reading == archive.reading(asked)
        # Each telling word is marked where it stands first: once, in a text that says it thrice.
        marks = archive.marks(f"like:{first.ref}", found.hits[0].record)
        marked = [twin[start:end].lower() for start, end in marks]
        assert "herring" in marked
        assert len(marked) == len(set(marked))
    assert archive.search('herring -like:"A.1/1"').total == 1


def test_a_record_that_is_not_there_is_like_nothing(archive: Archive) -> None:
    found = archive.search("like:1999-000001")
    assert found.total == 0
    assert "1999-000001" in (found.reason or "")


def test_each_word_says_what_it_stands_for(archive: Archive) -> None:
    assert archive.forms('ferry NEAR/5 sail* -toll~ "the ferry" date:1962') == [
        ("ferry", [("ferry", 2), ("ferries", 1)]),
        ("sail*", [("sails", 1)]),
        ("toll~", [("toll", 1)]),
    ]
    assert archive.forms("f*", limit=1) == [("f*", [("ferry", 2)])]
    assert archive.forms("nowhere") == []


def test_all_ids_come_with_a_page(archive: Archive) -> None:
    for query in ("ferry", "ferry OR harbour", "*", "nowhere"):
        for sort in ("relevance", "newest", "oldest"):
            found = archive.search(query, sort=sort, limit=2, offset=1, keys=True)
            assert found.keys == archive.find_keys(query, sort)
            assert [hit.record.id for hit in found.hits] == found.keys[1:3]
            assert found.hits == archive.search(query, sort=sort, limit=2, offset=1).hits
    assert archive.search("ferry", limit=0, keys=True).keys == archive.find_keys("ferry")
    assert archive.search("ferry").keys == ()


def test_all_values_of_a_facet_are_counted_on_demand(archive: Archive) -> None:
    for number in range(60):
        archive.type_in(Description(title=f"Box {number}", originator=f"Office {number}"), "")
    for limit, count in ((None, 60), (7, 7)):
        found = archive.search("title:box", facets=["originator"], facet_limit=limit)
        assert len(found.facets["originator"]) == count


def test_what_was_not_looked_for_is_said(archive: Archive) -> None:
    words = " ".join(f"ferr{number:05}x" for number in range(12_000))
    archive.type_in(Description(title="Numbers", language="en"), words)
    found = archive.search("f*r*0*")
    assert found.total == 1
    assert found.notes
    assert archive.search("ferry").notes == ()


def test_only_some_records_are_searched(archive: Archive) -> None:
    everything = archive.search("ferry", facets=["lang"], keys=True)
    some = frozenset(everything.keys[:1])
    found = archive.search("ferry", facets=["lang"], keys=True, among=some)
    assert everything.total > found.total == 1
    assert frozenset(found.keys) == some
    assert sum(each.count for each in found.facets["lang"]) == 1
    assert archive.search("ferry", among=[*some, 10**9, -1]).total == 1
    lines = archive.concordance("ferry", among=some)
    assert lines.records == 1
    assert {line.record for line in lines.lines(0, len(lines))} == some
    nothing = archive.search("ferry", among=())
    assert nothing.total == 0
    assert nothing.reason == "None of the 0 records that are searched matches; 3 others do."
