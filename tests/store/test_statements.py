"""Statements as they are kept: numbers that stay, turns that an index can follow."""

from __future__ import annotations

import zlib
from dataclasses import replace

from archivist.model.record import Description
from archivist.model.statement import DatedFact, FiledStatement, Statement
from archivist.store import Followed, NewRecord, Read, Reading, Store

TEXT = "“The door stays open,” she said. On 3 May 2012 it closed. “Never again,” he said."
OPEN = Statement(1, 21, "direct", speaker="Ilva Marenk", cue="said", rule="after")
NEVER = Statement(58, 71, "direct", speaker="he", certainty=0.5)


def filed(store: Store, text: str = TEXT) -> int:
    with store.write("file", "Record typed in", "H. Weber") as writer:
        return writer.file(NewRecord(Description(title="Doors"), text=text)).id


def read(record: int, *said: Statement, text: str = TEXT, status: str = "found") -> Reading:
    found = tuple(
        Read(
            f"{one.kind}:{one.start}:{one.end}",
            zlib.crc32(text[one.start : one.end].encode()),
            FiledStatement(0, record, one, status),  # type: ignore[arg-type]
        )
        for one in said
    )
    return Reading(record, "made", found, (DatedFact(33, 57, "2012-05-03", "On 3 May 2012"),))


def test_what_was_read_is_kept_with_its_places_and_facts(store: Store) -> None:
    record = filed(store)
    split = replace(OPEN, pieces=((1, 9), (12, 21)), date="2012", role="Minister")
    assert store.statements.keep([read(record, split, NEVER)], 3)
    assert [one.statement for one in store.statements.of(record)] == [split, NEVER]
    assert store.statements.facts(record)[0].date == "2012-05-03"
    assert store.statements.made_from([record, 99]) == {record: "made"}
    assert store.statements.counts() == (2, 1)
    assert [one.number for one in store.statements.many([2, 7, 1])] == [2, 1]


def test_a_statement_keeps_its_number_and_turn_as_long_as_it_is_the_same(store: Store) -> None:
    record = filed(store)
    store.statements.keep([read(record, OPEN, NEVER)], 3)
    store.statements.keep([read(record, OPEN, NEVER)], 4)
    assert store.statements.turn() == 1
    store.statements.keep([read(record, replace(OPEN, speaker="Bo"), NEVER)], 4)
    assert [one.number for one in store.statements.of(record)] == [1, 2]
    assert store.statements.turned(1, 100) == (2, [(1, record, True, True)])


def test_other_words_at_the_same_place_are_told_of(store: Store) -> None:
    record = filed(store)
    store.statements.keep([read(record, OPEN)], 3)
    store.statements.keep([read(record, OPEN, text=TEXT.replace("open", "shut"))], 3)
    assert store.statements.turned(1, 100)[1] == [(1, record, True, True)]


def test_what_is_found_no_more_is_gone_and_its_number_is_not_given_again(store: Store) -> None:
    record = filed(store)
    store.statements.keep([read(record, OPEN, NEVER)], 3)
    store.statements.keep([read(record, OPEN)], 3)
    assert [one.number for one in store.statements.of(record)] == [1]
    assert store.statements.turned(1, 100)[1] == [(2, record, False, False)]
    store.statements.keep([read(record, OPEN, Statement(33, 57, "indirect"))], 3)
    assert [one.number for one in store.statements.of(record)] == [1, 3]


def test_what_lies_in_the_trash_is_not_to_be_found_and_has_to_be_indexed_again(
    store: Store,
) -> None:
    record = filed(store)
    store.statements.keep([read(record, OPEN)], 3)
    with store.write("trash", "To the trash", "H. Weber") as writer:
        writer.trash(record)
    store.statements.keep([], 3, touched={record: True})
    assert store.statements.turned(1, 100) == (2, [(1, record, False, True)])
    assert list(store.statements.iterate()) == []
    assert store.statements.counts() == (0, 0)


def test_a_turn_is_never_told_of_in_part(store: Store) -> None:
    record = filed(store)
    several = [Statement(at, at + 2, "direct") for at in range(10)]
    store.statements.keep([read(record, *several)], 3)
    store.statements.keep([read(record, *several, OPEN)], 3)
    upto, turned = store.statements.turned(0, 3)
    assert (upto, len(turned)) == (1, 10)
    assert store.statements.turned(upto, 3)[0] == 2


def test_of_two_who_read_at_once_the_first_counts(store: Store) -> None:
    record = filed(store)
    begun = store.statements.followed()
    assert store.statements.keep([read(record, OPEN)], 3, step=(begun, Followed(1, 3)))
    assert not store.statements.keep([read(record, NEVER)], 3, step=(begun, Followed(1, 3)))
    assert [one.statement for one in store.statements.of(record)] == [OPEN]
    assert store.statements.followed() == Followed(1, 3)


def test_the_records_of_decisions_are_known_also_when_these_were_taken_back(store: Store) -> None:
    record, since = filed(store), store.journal.head()
    with store.write("said", "Decision on a statement", "H. Weber") as writer:
        number = writer.put_thing("said", 0, {"record": record, "verdict": "rejected"})
    with store.write("said", "Decision on a statement", "H. Weber") as writer:
        writer.put_thing("said", number, {"record": record, "verdict": "confirmed"})
    head = store.journal.head()
    assert store.statements.decided(since, head) == {record}
    assert store.statements.decided(head - 1, head) == {record}
    with store.write("said", "Decision on a statement", "H. Weber") as writer:
        writer.put_thing("said", number, None)
    assert store.statements.decided(head, head + 1) == {record}


def test_statements_over_places_are_told_the_shortest_first(store: Store) -> None:
    record = filed(store)
    whole = Statement(0, 80, "turn", speaker="Karo Vasht", role="Minister", date="2012")
    nameless = Statement(2, 12, "indirect")
    store.statements.keep([read(record, OPEN, NEVER, whole, nameless)], 1)
    places = [(record, 5, 10), (record, 60, 65), (record + 1, 5, 10), (record, 80, 82)]
    found = store.statements.holding(places, 0.8)
    assert [(one.place, one.speaker) for one in found] == [
        (0, "Ilva Marenk"), (0, "Karo Vasht"), (1, "Karo Vasht"),
    ]  # fmt: skip
    assert (found[1].start, found[1].end, found[1].role, found[1].date) == (
        0,
        80,
        "Minister",
        "2012",
    )
    assert [one.speaker for one in store.statements.holding(places, 0.4)][2:] == [
        "he",
        "Karo Vasht",
    ]
    assert store.statements.holding([], 0.8) == []
    store.statements.keep([read(record, OPEN, status="rejected")], 1)
    assert store.statements.holding(places, 0.8) == []


def test_records_are_late_until_they_are_followed(store: Store) -> None:
    first, second = filed(store), filed(store, "Another text.")
    assert store.statements.late([first, second, 99]) == {first, second}
    head = store.journal.head()
    store.statements.keep([], 1, step=(Followed(), Followed(head, 1)))
    assert store.statements.late([first, second]) == set()
    third = filed(store, "A third one.")
    assert store.statements.late([first, third]) == {third}


def test_the_records_of_statements_by_their_numbers(store: Store) -> None:
    one, other = filed(store), filed(store, "Another text.")
    store.statements.keep([read(one, OPEN, NEVER), read(other, OPEN)], 1)
    assert store.statements.records_of([1, 2, 3, 9]) == {1: one, 2: one, 3: other}


def test_a_batch_of_statements_costs_no_more_where_there_are_more_of_them(store: Store) -> None:
    def steps() -> int:
        """Return how long the database works at the first batch."""
        counted = 0

        def count() -> None:
            nonlocal counted
            counted += 1

        store.statements._db.conn.set_progress_handler(count, 100)
        try:
            next(iter(store.statements.iterate()))
        finally:
            store.statements._db.conn.set_progress_handler(None, 0)
        return counted

    many = [Statement(at, at + 2, "direct") for at in range(600)]
    store.statements.keep([read(filed(store), *many)], 1)
    few = steps()
    for _ in range(9):
        store.statements.keep([read(filed(store), *many)], 1)
    assert steps() < 2 * few


def test_who_decided_is_who_did_so_last(store: Store) -> None:
    record = filed(store)
    rejected = {"record": record, "verdict": "rejected"}
    with store.write("said", "Decision on statements", "H. Weber") as writer:
        first, _, last = (writer.put_thing("said", 0, rejected) for _ in range(3))
    with store.write("said", "Decision on a statement", "I. Marenk") as writer:
        writer.put_thing("said", last, rejected | {"verdict": "confirmed"})
    found = store.statements.deciders([last, first])
    assert {key: who for key, (who, _) in found.items()} == {last: "I. Marenk", first: "H. Weber"}
