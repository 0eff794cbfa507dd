"""Passages gathered for a dossier: undone by name, and found again in corrected texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist import Archive
from archivist.archive.collecting import nearest
from archivist.archive.results import Collected
from archivist.model.errors import InputError, UnknownRecordError


def passage(archive: Archive, record: int, words: str) -> Collected:
    start = archive.text(archive.record(record)).index(words)
    return Collected(record, start, start + len(words))


def words(archive: Archive) -> list[str]:
    """Return what was gathered, as it is read in the texts as they stand."""
    return [
        f"({item.words})"
        if item.stale
        else archive.text(archive.record(item.record))[item.start : item.end]
        for item in archive.collected()
    ]


def test_passages_and_records_are_gathered_once_in_order(archive: Archive) -> None:
    first, second = passage(archive, 2, "ferries are safe"), passage(archive, 1, "agreed")
    change = archive.collect([first, second, first, Collected(3)])
    assert (change.kind, change.records) == ("collected", (2, 1, 3))
    assert archive.collected() == [first, second, Collected(3)]
    assert [item.words for item in archive.collected()] == ["ferries are safe", "agreed", ""]
    assert archive.collect([second, Collected(3)]).operation == 0
    assert archive.uncollect([first, Collected(4)]).records == (2,)
    assert archive.collected() == [second, Collected(3)]
    assert archive.check().ok


def test_gathering_is_undone_and_redone_by_name(archive: Archive) -> None:
    items = [passage(archive, 1, "agreed"), passage(archive, 1, "sails"), Collected(3)]
    archive.collect(items)
    archive.uncollect(items[:2])
    assert archive.undo_title() == "Putting back of 2 passages"
    archive.undo()
    assert archive.collected() == items
    report = archive.undo()
    assert (report.title, report.kinds) == (
        *("Undid: Collection of 3 passages", frozenset({"collected"})),
    )
    assert archive.collected() == []
    archive.redo()
    assert archive.collected() == items
    archive.redo()
    assert archive.collected() == items[2:]
    assert archive.check().ok


def test_a_correction_does_not_shift_a_passage(archive: Archive) -> None:
    archive.collect([passage(archive, 1, "ferry sails"), Collected(1)])
    text = archive.text(archive.record(1))
    archive.correct_text(archive.record(1).ref, "A new beginning. " + text)
    assert words(archive) == ["ferry sails", ""]
    archive.correct_text(archive.record(1).ref, text.replace("ferry", "boat"))
    assert words(archive) == ["(ferry sails)", ""]
    stale = archive.collected()[0]
    archive.undo()
    assert words(archive) == ["ferry sails", ""]
    archive.redo()
    assert archive.uncollect([stale]).records == (1,)
    assert archive.collected() == [Collected(1)]


def test_what_lies_in_the_trash_is_not_shown(archive: Archive) -> None:
    items = [Collected(1), Collected(2)]
    archive.collect(items)
    archive.delete([archive.record(1).ref])
    assert archive.collected() == items[1:]
    archive.undo()
    assert archive.collected() == items


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (5, 5), (7, 3), (0, 10_000)])
def test_a_passage_must_lie_in_the_text(archive: Archive, start: int, end: int) -> None:
    with pytest.raises(InputError, match="text of"):
        archive.collect([Collected(2), Collected(1, start, end)])
    assert archive.collected() == []


def test_a_record_must_be_there(archive: Archive) -> None:
    with pytest.raises(UnknownRecordError):
        archive.collect([Collected(77)])


def test_history_tells_the_passage(archive: Archive) -> None:
    archive.collect([passage(archive, 1, "agreed to a ferry"), Collected(3)])
    whole, part = archive.history(limit=2)
    assert (part.what, part.ref, part.after) == (
        *("passage collected", archive.record(1).ref, {"passage": "agreed to a ferry"}),
    )
    assert (whole.ref, whole.after) == (archive.record(3).ref, {"passage": "the whole record"})


@given(st.text("ab ", max_size=30), st.text("ab ", min_size=1, max_size=3), st.integers(0, 30))
def test_the_nearest_place_is_found(text: str, looked_for: str, place: int) -> None:
    every = [at for at in range(len(text)) if text.startswith(looked_for, at)]
    found = nearest(text, looked_for, place)
    if not every:
        assert found == -1
    else:
        assert found in every
        assert abs(found - place) == min(abs(at - place) for at in every)


def test_a_series_may_be_called_anything(archive: Archive) -> None:
    with archive._store.write("settings", "Titles", "w") as writer:
        for code in ("terms", "tree", "record"):
            writer.title_series(code, "General")
    assert [event.after for event in archive.history(limit=3)] == [
        *({"record": "General"}, {"tree": "General"}, {"terms": "General"}),
    ]
