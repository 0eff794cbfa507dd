"""Undo and redo: value by value, with conflicts named; what was done is undone exactly."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archivist.model.errors import NothingToUndoError, StoppedError
from archivist.model.record import AgentRole, Description, Record, State
from archivist.store import ImportItem, NewRecord, Store, Writer
from tests.store.conftest import Clock

WHO = "H. Weber"


def file(store: Store, *titles: str, kind: str = "file") -> None:
    with store.write(kind, "Filing", WHO) as writer:
        for title in titles:
            writer.file(NewRecord(Description(title=title), text=f"text of {title}"))


def edit(store: Store, record: int, name: str = "Edit", **values: object) -> int:
    with store.write("edit", name, WHO) as writer:
        writer.describe(record, values)
    return writer.operation


def projection(store: Store) -> dict[int, Record]:
    """Return all records as they stand, but for when they last changed."""
    ids = [one for state in State for one in store.records.ids(state)]
    return {record.id: replace(record, changed="") for record in store.records.many(ids)}


def test_an_edit_is_taken_back_and_done_again(store: Store) -> None:
    file(store, "a")
    operation = edit(store, 1, "Change of date", date="2012", countries=("FR",))
    done = store.undo(None, "J. Marsh")
    assert (done.undone, done.title, done.records) == (operation, "Undid: Change of date", (1,))
    assert done.conflicts == ()
    assert store.records.get(1).description == Description(title="a")
    assert store.journal.operation(operation).undone
    again = store.redo("J. Marsh")
    assert (again.undone, again.title) == (operation, "Redid: Change of date")
    assert store.records.get(1).description == Description("a", "2012", countries=("FR",))
    assert not store.journal.operation(operation).undone
    assert [one.who for one in store.journal.operations()] == ["J. Marsh", "J. Marsh", WHO, WHO]


def test_undo_and_redo_walk_back_and_forth(store: Store) -> None:
    file(store, "a")
    for date in ("2010", "2011", "2012"):
        edit(store, 1, date, date=date)
    seen = []
    for step in "uuruu":
        store.undo(None, WHO) if step == "u" else store.redo(WHO)
        seen.append(store.records.get(1).description.date)
    assert seen == ["2011", "2010", "2011", "2010", ""]
    for expected in ("2010", "2011", "2012"):
        store.redo(WHO)
        assert store.records.get(1).description.date == expected
    assert store.journal.redoable() is None
    assert store.journal.verify() == []


def test_whoever_does_something_new_cannot_redo(store: Store) -> None:
    file(store, "a")
    edit(store, 1, date="2010")
    store.undo(None, WHO)
    edit(store, 1, place="Strelsau")
    with pytest.raises(NothingToUndoError):
        store.redo(WHO)


def test_nothing_to_undo(store: Store) -> None:
    with pytest.raises(NothingToUndoError):
        store.undo(None, WHO)
    with pytest.raises(NothingToUndoError):
        store.redo(WHO)
    file(store, "a")
    store.undo(1, WHO)
    for operation in (1, 77):
        with pytest.raises(NothingToUndoError):
            store.undo(operation, WHO)
    assert store.journal.undoable() is None


def test_undoing_an_undo_or_a_redo_by_its_number(store: Store) -> None:
    file(store, "a")
    first = edit(store, 1, date="2010")
    undone = store.undo(None, WHO).operation
    redone = store.undo(undone, WHO)
    assert store.journal.operation(redone.operation).kind == "redo"
    assert store.records.get(1).description.date == "2010"
    assert store.undo(redone.operation, WHO).undone == first
    assert store.records.get(1).description.date == ""


def test_what_was_changed_later_stays_and_is_named(store: Store) -> None:
    file(store, "a", "b")
    with store.write("edit", "Both", WHO) as writer:
        for record in (1, 2):
            writer.describe(record, {"date": "2010", "place": "Strelsau", "custom": {"box": "1"}})
    edit(store, 1, date="2011", custom={"box": "2", "shelf": "9"})
    done = store.undo(2, WHO)
    assert done.records == (1, 2)
    assert {(one.ref, one.field) for one in done.conflicts} == {
        ("2026-000001", "date"),
        ("2026-000001", "box"),
    }
    first = store.records.get(1).description
    assert (first.date, first.place, first.custom) == ("2011", "", {"box": "2", "shelf": "9"})
    assert store.records.get(2).description == Description(title="b")


def test_what_was_changed_later_and_undone_is_no_conflict(store: Store) -> None:
    file(store, "a")
    first = edit(store, 1, date="2010")
    second = edit(store, 1, date="2011")
    store.undo(second, WHO)
    assert store.undo(first, WHO).conflicts == ()
    assert store.records.get(1).description.date == ""


def test_a_value_somebody_chose_again_is_theirs(store: Store) -> None:
    file(store, "a")
    first = edit(store, 1, date="2010")
    edit(store, 1, date="2011")
    edit(store, 1, date="2010")
    done = store.undo(first, WHO)
    assert (done.operation, done.records) == (0, ())
    assert [(one.field, one.reason) for one in done.conflicts] == [
        ("date", "H. Weber changed it later, on 2026-11-22.")
    ]
    assert store.records.get(1).description.date == "2010"
    assert not store.journal.operation(first).undone


def test_a_filing_undone_leaves_a_stub(store: Store) -> None:
    file(store, "a", "b")
    edit(store, 2, title="B")
    done = store.undo(1, WHO)
    assert done.records == (1,)
    assert [(one.ref, one.field) for one in done.conflicts] == [("2026-000002", "state")]
    assert store.records.by_ref("2026-000001").state is State.CANCELLED
    assert store.records.get(2).state is State.FILED
    assert store.journal.touched(3) == {1: {"state"}}


def test_an_edit_of_a_record_cancelled_since_is_a_conflict(store: Store) -> None:
    file(store, "a")
    edit(store, 1, date="2010")
    undone = store.undo(None, WHO).operation
    store.undo(None, WHO)
    done = store.undo(undone, WHO)
    assert (done.operation, [one.field for one in done.conflicts]) == (0, ["date"])


def test_texts_originals_trash_and_proposals_go_back(store: Store) -> None:
    with store.write("file", "Filing", WHO) as writer:
        writer.file(NewRecord(Description("a", "2012"), frozenset({"date"}), "text", inbox=True))
    before = projection(store)
    with store.write("edit", "All at once", WHO) as writer:
        writer.describe(1, {"date": "2013", "proposed": frozenset(), "inbox": False})
        writer.correct_text(1, "better text")
        writer.trash(1)
    after = projection(store)
    store.undo(None, WHO)
    assert projection(store) == before
    store.redo(WHO)
    assert projection(store) == after
    assert store.journal.verify() == []


def test_a_reference_code_given_to_another_meanwhile_stays_there(store: Store) -> None:
    file(store, "a", "b")
    edit(store, 1, code="A/1", tags=("x",))
    freed = edit(store, 1, code="", tags=())
    edit(store, 2, code="A/1")
    done = store.undo(freed, WHO)
    assert [(one.ref, one.field) for one in done.conflicts] == [("2026-000001", "code")]
    assert store.records.get(1).description.tags == ("x",)
    assert store.records.by_ref("A/1").id == 2


def test_a_cancelled_record_does_not_come_back_with_a_code_given_away(store: Store) -> None:
    with store.write("file", "Filing", WHO) as writer:
        writer.file(NewRecord(Description(code="A/1")))
    undone = store.undo(None, WHO).operation
    with store.write("file", "Filing", WHO) as writer:
        writer.file(NewRecord(Description(code="A/1")))
    done = store.undo(undone, WHO)
    assert (done.operation, [one.field for one in done.conflicts]) == (0, ["state"])
    assert store.records.get(1).state is State.CANCELLED
    assert store.journal.verify() == []


def test_codes_passed_round_go_back_together(store: Store) -> None:
    file(store, *"abc")
    with store.write("edit", "Codes", WHO) as writer:
        for record, code in ((1, "A"), (2, "B"), (3, "C")):
            writer.describe(record, {"code": code})
    with store.write("edit", "Round", WHO) as writer:
        for record, code in ((1, ""), (2, "A"), (3, "B"), (1, "C")):
            writer.describe(record, {"code": code})
    assert store.undo(None, WHO).conflicts == ()
    assert [record.description.code for record in store.records.many([1, 2, 3])] == list("ABC")
    assert store.redo(WHO).conflicts == ()
    assert [record.description.code for record in store.records.many([1, 2, 3])] == list("CAB")


def test_a_bulk_import_is_one_operation_and_goes_back_as_one(store: Store) -> None:
    run = store.imports.begin(["/in"], "Import of in", WHO, {})
    operation = 0
    for batch in range(6):
        with store.write("import", "Import of in", WHO, operation) as writer:
            for n in range(400):
                new = writer.file(NewRecord(Description(title=f"{batch}/{n}")))
                writer.settle(run, ImportItem(f"/in/{batch}/{n}", "filed", new.ref))
            operation = writer.operation
        store.imports.set_operation(run, operation)
    assert store.journal.operation(operation).records == 2400
    done = store.undo(None, WHO)
    assert (done.undone, len(done.records)) == (operation, 2400)
    assert store.records.count(State.FILED) == 0
    assert store.imports.get(run).state == "stopped"
    with (
        pytest.raises(StoppedError, match="taken back"),
        store.write("import", "Import of in", WHO, operation),
    ):
        pass
    store.redo(WHO)
    assert store.records.count(State.FILED) == 2400
    assert store.journal.verify() == []


def test_what_ended_as_it_began_is_taken_back_once(store: Store) -> None:
    with store.write("file", "Filing", WHO) as writer:
        record = writer.file(NewRecord(Description(title="Note")))
    with store.write("edit", "Text and back", WHO) as writer:
        writer.correct_text(record.id, "a")
        writer.correct_text(record.id, "")
        there_and_back = writer.operation
    assert store.undo(None, WHO).undone == there_and_back
    assert store.undo(None, WHO).undone == there_and_back - 1
    assert store.records.count(State.FILED) == 0
    assert store.redo(WHO).undone == there_and_back - 1
    assert store.redo(WHO).undone == there_and_back
    assert store.records.count(State.FILED) == 1
    assert store.journal.verify() == []


TITLES = st.sampled_from(["", "a", "b"])
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "title": TITLES,
        "date": st.sampled_from(["", "2012", "2012-12"]),
        "code": st.sampled_from(["", "A", "B"]),
        "countries": st.sampled_from([(), ("FR",), ("DE", "FR")]),
        "agents": st.sampled_from([(), (AgentRole("A", "author"),)]),
        "custom": st.dictionaries(st.sampled_from("xyz"), TITLES, max_size=2),
        "proposed": st.frozensets(st.sampled_from(["title", "date"])),
        "inbox": st.booleans(),
    },
)
RECORD = st.integers(1, 4)
STEP = st.one_of(
    st.tuples(st.just("file"), VALUES.map(lambda values: values.get("title", ""))),
    st.tuples(st.just("describe"), st.tuples(RECORD, VALUES)),
    st.tuples(st.just("trash"), RECORD),
    st.tuples(st.just("restore"), RECORD),
    st.tuples(st.just("text"), st.tuples(RECORD, TITLES)),
)
OPERATIONS = st.lists(st.lists(STEP, min_size=1, max_size=4), min_size=1, max_size=5)


def perform(store: Store, steps: list[tuple[str, object]]) -> int:
    """Do several things to records that are there, as one operation."""
    taken = {record.description.code for record in projection(store).values()}
    with store.write("edit", "Several things", WHO) as writer:
        for kind, what in steps:
            _do(store, writer, kind, what, taken)
    return writer.operation


def _do(store: Store, writer: Writer, kind: str, what: object, taken: set[str]) -> None:
    if kind == "file":
        writer.file(NewRecord(Description(title=str(what))))
        return
    record, value = what if isinstance(what, tuple) else (what, None)
    if record not in store.records.ids(State.FILED) + store.records.ids(State.TRASHED):
        return
    if kind == "describe":
        code = value.get("code")
        free = not code or code not in taken
        writer.describe(record, {k: v for k, v in value.items() if free or k != "code"})
        taken.add(code or "")
    elif kind == "text":
        writer.correct_text(record, value)
    else:
        (writer.trash if kind == "trash" else writer.restore)(record)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(OPERATIONS)
def test_undo_is_the_identity_and_redo_its_inverse(
    operations: list[list[tuple[str, object]]],
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.create(Path(folder) / "x.archive", "Mission", clock=Clock()) as store,
    ):
        states = [projection(store)]
        states += [projection(store) for steps in operations if perform(store, steps)]
        for index in range(len(states) - 1, 0, -1):
            assert store.undo(None, WHO).conflicts == ()
            assert projection(store) == _with_stubs(states[index - 1], states[index:])
        assert store.journal.verify() == []
        assert store.journal.undoable() is None
        for index in range(1, len(states)):
            assert store.redo(WHO).conflicts == ()
            assert projection(store) == _with_stubs(states[index], states[index + 1 :])
        assert store.journal.verify() == []


def _with_stubs(state: dict[int, Record], later: list[dict[int, Record]]) -> dict[int, Record]:
    """Return a state as undo leaves it: what was filed later is a stub that keeps its number."""
    stubs = {}
    for other in reversed(later):
        for key in other.keys() - state.keys():
            stubs[key] = replace(other[key], state=State.CANCELLED)
    return state | stubs
