"""Filing, describing and reading records."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from archivist.model.errors import (
    InputError,
    InternalError,
    UnknownRecordError,
    ValueRefusedError,
)
from archivist.model.record import AgentRole, Content, Description, Original, Record, State
from archivist.store import NewRecord, Store
from tests.store.conftest import Clock

FULL = Description(
    title="Joint statement",
    date="2012-12-04",
    doctype="communique",
    place="Strelsau",
    language="en",
    originator="Ministry of Foreign Affairs",
    number="No. 14/2/2024",
    series="A.1",
    code="A.1/7",
    mark="restricted",
    countries=("DE", "FR"),
    agents=(AgentRole("Rudolf Elphberg", "signatory"), AgentRole("Ministry", "author")),
    tags=("treaty", "border"),
    custom={"box": "12", "shelf": "Ä"},
)


def file(store: Store, *new: NewRecord) -> list[Record]:
    with store.write("file", "Filing", "H. Weber") as writer:
        return [writer.file(one) for one in new]


def titled(*titles: str) -> list[NewRecord]:
    return [NewRecord(Description(title=title)) for title in titles]


def file_and_fail(store: Store) -> None:
    with store.write("file", "Filing", "H. Weber") as writer:
        writer.file(NewRecord(FULL))
        raise ZeroDivisionError


def test_what_is_filed_is_read_again(store: Store) -> None:
    new = NewRecord(FULL, frozenset({"place", "date"}), "Both sides agreed.", "d" * 64, inbox=True)
    (record,) = file(store, new)
    assert store.records.get(record.id) == record
    assert record.description == FULL
    assert record.proposed == {"place", "date"}
    assert record.inbox
    assert record.state is State.FILED
    assert record.text_version == 1
    assert record.text_hash == hashlib.sha256(b"Both sides agreed.").hexdigest()
    assert store.records.text(record.text_hash) == "Both sides agreed."
    assert record.filed == record.changed == "2026-11-22T09:00:02Z"


def test_an_empty_record_is_read_again(store: Store) -> None:
    (record,) = file(store, NewRecord(Description()))
    assert store.records.get(record.id) == record
    assert record.text_hash == ""
    assert store.records.text("") == ""


def test_numbers_run_through_the_year_and_begin_anew(store: Store, clock: Clock) -> None:
    first = file(store, *titled("a", "b"))
    clock.now = dt.datetime(2027, 1, 1, 0, 0, tzinfo=dt.UTC)
    later = file(store, *titled("c"))
    clock.now = dt.datetime(2026, 12, 31, tzinfo=dt.UTC)
    late = file(store, *titled("d"))
    refs = [record.ref for record in (*first, *later, *late)]
    assert refs == ["2026-000001", "2026-000002", "2027-000001", "2026-000003"]


def test_a_number_is_not_given_twice_after_undo_or_failure(store: Store) -> None:
    file(store, *titled("a"))
    store.undo(None, "H. Weber")
    assert file(store, *titled("b"))[0].ref == "2026-000002"
    with pytest.raises(ZeroDivisionError):
        file_and_fail(store)
    assert file(store, *titled("d"))[0].ref == "2026-000003"
    assert store.records.by_ref("2026-000001").state is State.CANCELLED
    assert store.journal.verify() == []


def test_an_operation_that_changes_nothing_leaves_no_trace(store: Store) -> None:
    (record,) = file(store, NewRecord(FULL))
    with store.write("edit", "Change of nothing", "H. Weber") as writer:
        assert writer.operation == 0
        assert writer.describe(record.id, {"title": FULL.title, "custom": FULL.custom}) == set()
        assert not writer.restore(record.id)
    assert writer.operation == 0
    assert len(store.journal.operations()) == 1


def test_describe_tells_what_really_changed(store: Store) -> None:
    (record,) = file(store, NewRecord(FULL, frozenset({"date", "place"}), inbox=True))
    with store.write("edit", "Change", "H. Weber") as writer:
        changed = writer.describe(
            record.id,
            {
                "title": FULL.title,
                "date": "2012-12-05",
                "agents": (AgentRole("Rudolf Elphberg", "author"),),
                "custom": {"box": "12", "room": "3"},
                "proposed": frozenset({"place"}),
                "inbox": False,
            },
        )
        assert writer.operation == 2
    assert changed == {"date", "agents", "custom", "proposed", "inbox"}
    now = store.records.get(record.id)
    assert now.description.date == "2012-12-05"
    assert now.description.agents == (AgentRole("Rudolf Elphberg", "author"),)
    assert now.description.custom == {"box": "12", "room": "3"}
    assert now.proposed == {"place"}
    assert not now.inbox
    assert now.changed > now.filed


@pytest.mark.parametrize("values", [{"titel": "x"}, {"tags": "x"}, {"custom": "x"}])
def test_what_no_description_has_is_refused(store: Store, values: dict[str, object]) -> None:
    (record,) = file(store, *titled("a"))
    with pytest.raises(InternalError), store.write("edit", "Change", "H. Weber") as writer:
        writer.describe(record.id, values)


def test_a_reference_code_is_one_records(store: Store) -> None:
    first, second = file(store, NewRecord(Description(code="A/1")), *titled("b"))
    assert store.records.by_ref(" A/1 ") == first
    with (
        pytest.raises(ValueRefusedError, match=first.ref),
        store.write("edit", "Change", "H. Weber") as writer,
    ):
        writer.describe(second.id, {"code": "A/1"})
    with store.write("file", "Filing", "H. Weber") as writer:
        with pytest.raises(ValueRefusedError):
            writer.file(NewRecord(Description(title="refused", code="A/1")))
        kept = writer.file(NewRecord(Description(title="kept", code="A/2")))
        with pytest.raises(ValueRefusedError):
            writer.file(NewRecord(Description(title="refused", code="A/2")))
    assert kept.ref == "2026-000003"
    assert store.records.count() == 3
    assert store.journal.verify() == []


def test_half_a_character_is_refused_and_the_rest_is_kept(store: Store) -> None:
    with store.write("file", "Filing", "H. Weber") as writer:
        for bad in (NewRecord(Description(title="\ud800")), NewRecord(FULL, text="\udfff")):
            with pytest.raises(ValueRefusedError):
                writer.file(bad)
        writer.file(NewRecord(FULL))
    assert [record.ref for record in store.records.many([1])] == ["2026-000001"]
    assert store.journal.verify() == []


def test_trash_and_back(store: Store) -> None:
    one, two = file(store, *titled("a", "b"))
    with store.write("delete", "Deletion", "H. Weber") as writer:
        assert writer.trash(one.id)
        assert not writer.trash(one.id)
    assert store.records.ids(State.TRASHED) == [one.id]
    assert [record.id for record in store.records.page(State.TRASHED, 10, 0)] == [one.id]
    assert store.records.count(State.FILED) == 1
    with store.write("restore-record", "Restoring", "H. Weber") as writer:
        assert writer.restore(one.id)
    assert store.records.ids(State.FILED) == [one.id, two.id]


def test_a_corrected_text_is_a_new_version_and_the_old_one_is_kept(store: Store) -> None:
    (record,) = file(store, NewRecord(Description(), text="old"))
    with store.write("correct-text", "Correction", "H. Weber") as writer:
        assert writer.correct_text(record.id, "new") == 2
        assert writer.correct_text(record.id, "new") == 2
    now = store.records.get(record.id)
    assert store.records.texts([record.id, 99]) == {record.id: "new"}
    assert store.records.text(record.text_hash) == "old"
    assert now.text_version == 2


def test_texts_never_stand_in_the_journal(store: Store) -> None:
    (record,) = file(store, NewRecord(Description(), text="a very secret text"))
    with store.write("correct-text", "Correction", "H. Weber") as writer:
        writer.correct_text(record.id, "another secret text")
    assert "secret" not in repr(store.journal.events())


def content(path: Path, data: bytes) -> Content:
    path.write_bytes(data)
    return Content(path, path.name, "text/plain", hashlib.sha256(data).hexdigest(), len(data))


def test_an_original_is_added_replaced_and_taken_away(store: Store, tmp_path: Path) -> None:
    (record,) = file(store, *titled("typed in from paper"))
    first, second = store.originals.keep(
        [content(tmp_path / "a.txt", b"a"), content(tmp_path / "b.txt", b"b")]
    )
    for original in (first, second, None):
        with store.write("set-original", "Original", "H. Weber") as writer:
            writer.set_original(record.id, original)
        assert store.records.get(record.id).original == original
        known = store.records.find_duplicate(original.sha256, "") if original else record.ref
        assert known == record.ref
    assert [event.what for event in store.journal.events(record.id)] == [
        "original removed",
        "original replaced",
        "original added",
        "filed",
    ]
    assert store.originals.verify() == []


def test_a_record_cannot_name_an_original_that_was_not_kept(store: Store) -> None:
    missing = Original("0" * 64, 1, "a.txt", "text/plain")
    with pytest.raises(InternalError), store.write("file", "Filing", "H. Weber") as writer:
        writer.file(NewRecord(Description(), original=missing))


def test_duplicates_by_bytes_or_text_but_not_of_what_was_cancelled(store: Store) -> None:
    (record,) = file(store, NewRecord(Description(), text="t" * 50, digest="d" * 64))
    with store.write("delete", "Deletion", "H. Weber") as writer:
        writer.trash(record.id)
    assert store.records.find_duplicate("d" * 64, "") == record.ref
    assert store.records.find_duplicate("", record.text_hash) == record.ref
    assert store.records.find_duplicate("", "") is None
    assert store.records.find_duplicate("e" * 64, "f" * 64) is None
    store.undo(None, "H. Weber")
    store.undo(None, "H. Weber")
    assert store.records.find_duplicate("d" * 64, record.text_hash) is None


def test_a_duplicate_is_seen_within_the_batch_that_files_it(store: Store) -> None:
    with store.write("file", "Filing", "H. Weber") as writer:
        record = writer.file(NewRecord(Description(title="a"), digest="d" * 64))
        assert store.records.find_duplicate("d" * 64, "") == record.ref
        assert store.records.get(record.id) == record
        assert writer.describe(record.id, {"title": "b"}) == {"title"}
        assert store.records.get(record.id).description.title == "b"
    assert store.journal.verify() == []


def test_attachments_are_tied_to_their_message(store: Store) -> None:
    with store.write("import", "Import", "H. Weber") as writer:
        mail = writer.file(NewRecord(Description(title="Mail")))
        children = [
            writer.file(NewRecord(Description(title=title), parent_id=mail.id)) for title in "ab"
        ]
    assert [child.parent for child in children] == [mail.ref, mail.ref]
    assert store.records.children(mail.id) == children
    assert store.records.attachments([mail.id, children[0].id]) == {mail.id: 2}
    with store.write("delete", "Deletion", "H. Weber") as writer:
        writer.trash(children[0].id)
    assert store.records.attachments([mail.id]) == {mail.id: 1}


def test_many_come_in_the_order_asked_for(store: Store) -> None:
    records = file(store, *titled(*map(str, range(1200))))
    ids = [record.id for record in records][::-1]
    assert [record.id for record in store.records.many(ids)] == ids
    with pytest.raises(UnknownRecordError):
        store.records.many([1, 5000])


def test_iterating_streams_filed_records_with_their_texts(store: Store) -> None:
    file(store, *[NewRecord(Description(), text=f"text {n}") for n in range(25)])
    with store.write("delete", "Deletion", "H. Weber") as writer:
        writer.trash(7)
    batches = list(store.records.iterate(batch=10))
    assert [len(batch) for batch in batches] == [10, 10, 4]
    seen = {record.id: text for batch in batches for record, text in batch}
    assert seen == {n + 1: f"text {n}" for n in range(25) if n != 6}
    assert next(store.records.iterate(after_id=20))[0][0].id == 21


def test_values_for_completion(store: Store) -> None:
    file(store, NewRecord(FULL), *titled("b"), NewRecord(Description(countries=("FR",))))
    values = store.records.values
    assert values("title") == {"Joint statement": 1, "b": 1}
    assert values("countries") == {"FR": 2, "DE": 1}
    assert values("agents") == {"Ministry": 1, "Rudolf Elphberg": 1}
    assert values("custom") == {"box": 1, "shelf": 1}
    assert values("custom:box") == {"12": 1}
    with pytest.raises(InternalError):
        values("id; DROP TABLE records")


@pytest.mark.parametrize("ref", ["2026-000009", "", "A/1"])
def test_an_unknown_reference_is_said_so(store: Store, ref: str) -> None:
    with pytest.raises(UnknownRecordError):
        store.records.by_ref(ref)
    with pytest.raises(UnknownRecordError):
        store.records.get(12)


def test_a_cancelled_record_takes_no_changes(store: Store) -> None:
    (record,) = file(store, *titled("a"))
    store.undo(None, "H. Weber")
    with pytest.raises(InputError), store.write("edit", "Change", "H. Weber") as writer:
        writer.describe(record.id, {"title": "b"})


def test_series_with_their_records(store: Store) -> None:
    file(store, NewRecord(FULL), NewRecord(Description(series="B")), *titled("none"))
    with store.write("delete", "Deletion", "H. Weber") as writer:
        writer.trash(2)
    assert [(one.code, one.records) for one in store.series.list()] == [("A.1", 1)]


def titles(store: Store) -> dict[str, tuple[str, int]]:
    return {one.code: (one.title, one.records) for one in store.series.list()}


def test_titles_of_series_go_through_the_journal(store: Store) -> None:
    file(store, NewRecord(Description(series="A")))
    with store.write("edit", "File plan", "H. Weber") as writer:
        assert writer.title_series("A", "Treaties")
        assert writer.title_series("B", "Notes")
        assert not writer.title_series("C", "")
    assert titles(store) == {"A": ("Treaties", 1), "B": ("Notes", 0)}
    with store.write("edit", "File plan", "J. Marsh") as writer:
        assert writer.title_series("B", "Notes verbales")
    done = store.undo(2, "H. Weber")
    assert [(one.ref, one.field) for one in done.conflicts] == [("", "title of series B")]
    assert titles(store) == {"A": ("", 1), "B": ("Notes verbales", 0)}
    assert store.redo("H. Weber").conflicts == ()
    assert titles(store)["A"] == ("Treaties", 1)
    assert store.journal.verify() == []
    assert store.journal.touched(1) == {}
    store._connections.current().execute("UPDATE series SET title = 'forged' WHERE code = 'A'")
    assert store.journal.verify() == ["The title of series A was changed past the journal."]


def test_state_is_kept_as_json(store: Store) -> None:
    store.state.set("index.seals", {"a": [1, "ü"]})
    store.state.set("index.seals", {"b": None})
    assert store.state.get("index.seals") == {"b": None}
    store.state.delete("index.seals")
    assert store.state.get("index.seals", 5) == 5
    assert store.journal.head() == 0


def test_what_is_held_is_what_a_duplicate_is_found_for(store: Store, tmp_path: Path) -> None:
    (kept,) = store.originals.keep([content(tmp_path / "a.txt", b"a")])
    whole = NewRecord(Description(), text="t" * 50, digest=kept.sha256, original=kept)
    row = NewRecord(Description(), digest="r" * 64, original=replace(kept, member="7"))
    gone = NewRecord(Description(), text="u" * 50, digest="g" * 64)
    records = file(store, whole, row)
    file(store, gone)
    store.undo(None, "H. Weber")
    with store.write("delete", "Deletion", "H. Weber") as writer:
        writer.trash(records[1].id)
    hashes = [kept.sha256, records[0].text_hash, "r" * 64, "g" * 64, "x" * 64, ""]
    by_bytes = {one for one in hashes if store.records.find_duplicate(one, "")}
    by_text = {one for one in hashes if store.records.find_duplicate("", one)}
    assert store.records.held(hashes) == by_bytes | by_text == set(hashes[:3])
    assert store.records.known(hashes) == by_bytes == {kept.sha256, "r" * 64}
