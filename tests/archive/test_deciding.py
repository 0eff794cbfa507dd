"""What people decide on statements: journalled, undone, never overwritten by later rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archivist import Archive
from archivist.model.errors import InputError, ValueRefusedError
from archivist.model.record import Description
from archivist.model.statement import FiledStatement
from archivist.store import Store
from tests.archive.saying_rules import PlainRules

TEXT = "“Sanctions stay,” Bo Lind said. “Trade may grow,” Ilva Marenk said. “Perhaps,” he hinted."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mission.archive"


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    with Archive(Store.create(folder, "Mission"), extractor=PlainRules()) as found:
        found.who = "H. Weber"
        found.type_in(Description(title="Talks", date="2012", language="en"), TEXT)
        found.read_statements()
        yield found


def now(archive: Archive) -> list[FiledStatement]:
    archive.read_statements()
    of_record = archive.statements_of(archive.record(1))
    assert sorted(archive._store.statements.of(1), key=lambda one: one.number) == sorted(
        of_record, key=lambda one: one.number
    )
    return of_record


def shown(archive: Archive) -> dict[str, str]:
    return {
        hit.text: hit.said.speaker for hit in archive.statements("*", limit=99, unsure=True).hits
    }


def test_what_is_confirmed_is_sure_from_then_on(archive: Archive) -> None:
    assert archive.statements("perhaps").total == 0
    change = archive.confirm_statements([3])
    assert (change.title, change.records) == ("Confirmation of a statement", (1,))
    assert archive.statements("perhaps").total == 1
    assert now(archive)[2].status == "confirmed"
    archive.undo()
    assert archive.statements("perhaps").total == 0


def test_what_is_rejected_is_found_no_more_but_listed(archive: Archive) -> None:
    archive.reject_statements([1, 2])
    assert archive.statements("*", unsure=True).total == 1
    assert [one.status for one in now(archive)] == ["rejected", "rejected", "found"]
    assert archive.find_keys("said:sanctions") == []
    archive.withdraw_decisions([1])
    assert archive.find_keys("said:sanctions") == [1]
    assert archive.undo_title() == "Withdrawal of a decision"
    archive.undo()
    archive.undo()
    assert [one.status for one in now(archive)] == ["found"] * 3


def test_a_correction_is_shown_instead_of_what_was_found(archive: Archive) -> None:
    archive.correct_statement(1, speaker=" Bo  Lindqvist", start=1, end=10)
    archive.correct_statement(1, kind="indirect")
    one = now(archive)[0]
    assert (one.number, one.status, one.statement.certainty) == (1, "corrected", 1.0)
    assert shown(archive)["Sanctions"] == "Bo Lindqvist"
    assert "Sanctions stay," not in shown(archive)
    archive.undo()
    assert now(archive)[0].statement.kind == "direct"
    archive.undo()
    assert shown(archive)["Sanctions stay,"] == "Bo Lind"
    assert now(archive)[0].number == 1


def test_what_is_added_is_a_statement_like_any_other(archive: Archive) -> None:
    start = TEXT.index("Bo Lind")
    ref = archive.record(1).ref
    archive.add_statement(ref, start, start + 7, kind="turn", speaker="Otto Weber")
    assert shown(archive)["Bo Lind"] == "Otto Weber"
    with pytest.raises(InputError, match="already"):
        archive.add_statement(ref, start, start + 7, kind="turn")
    (added,) = [one for one in now(archive) if one.status == "added"]
    archive.correct_statement(added.number, speaker="Eva Roth")
    assert [one.status for one in now(archive) if one.decision] == ["added"]
    assert shown(archive)["Bo Lind"] == "Eva Roth"


def test_what_is_added_leaves_a_correction_that_was_found_there(archive: Archive) -> None:
    ref = archive.record(1).ref
    archive.correct_statement(1, start=1, end=10, speaker="Bo Lindqvist")
    archive.add_statement(ref, 1, 16, speaker="Otto Weber")
    assert shown(archive) | {"Sanctions": "Bo Lindqvist", "Sanctions stay,": "Otto Weber"} == shown(
        archive
    )
    (added,) = [one for one in now(archive) if one.status == "added"]
    archive.reject_statements([added.number])
    archive.confirm_statements([added.number])
    assert shown(archive)["Sanctions stay,"] == "Otto Weber"


def test_of_very_many_the_rest_is_shown_by_who_reads_on(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at in range(3):
        archive.type_in(Description(title=f"Talks {at}", language="en"), TEXT)
    archive.read_statements()
    monkeypatch.setattr("archivist.archive.statements.deciding._AT_ONCE", 2)
    archive.reject_statements([1, 4, 7, 10])
    assert next(one.status for one in archive._store.statements.of(2)) == "rejected"
    assert next(one.status for one in archive._store.statements.of(4)) == "found"
    assert next(one.status for one in archive.statements_of(archive.record(4))) == "rejected"
    archive.read_statements()
    assert next(one.status for one in archive._store.statements.of(4)) == "rejected"


def test_decisions_survive_new_rules(archive: Archive, folder: Path) -> None:
    archive.correct_statement(1, speaker="Bo Lindqvist")
    archive.reject_statements([2])
    archive.confirm_statements([3])
    before = now(archive)
    with Archive(Store.open(folder), extractor=PlainRules(2)) as newer:
        assert newer.read_statements().records == 1
        assert now(newer) == before


def test_decisions_follow_their_words_into_a_corrected_text(archive: Archive) -> None:
    archive.correct_statement(1, speaker="Bo Lindqvist")
    archive.reject_statements([2])
    archive.correct_text(archive.record(1).ref, f"Held at noon. {TEXT}")
    assert shown(archive) == {"Sanctions stay,": "Bo Lindqvist", "Perhaps,": "Talks"}
    assert [one.stale for one in now(archive)] == [False] * 3


def test_a_decision_whose_words_are_gone_says_so(archive: Archive) -> None:
    archive.confirm_statements([1])
    archive.correct_text(archive.record(1).ref, TEXT.replace("Sanctions", "Measures"))
    (stale,) = [one for one in now(archive) if one.stale]
    assert (stale.status, stale.statement.speaker) == ("confirmed", "Bo Lind")
    assert "Sanctions stay," not in shown(archive)
    assert shown(archive)["Measures stay,"] == "Bo Lind"
    with pytest.raises(InputError, match="not in the text any more"):
        archive.reject_statements([stale.number])
    archive.correct_text(archive.record(1).ref, TEXT)
    assert now(archive)[0].status == "confirmed"


@pytest.mark.parametrize(
    "changes", [{"start": 5, "end": 5}, {"end": 9999}, {"kind": "song"}, {"start": -1}]
)
def test_a_correction_that_does_not_fit_is_refused(
    archive: Archive, changes: dict[str, object]
) -> None:
    before = archive.sequence()
    with pytest.raises(ValueRefusedError):
        archive.correct_statement(1, **changes)
    assert archive.sequence() == before


def test_a_statement_that_is_none_is_said_so(archive: Archive) -> None:
    for act in (archive.confirm_statements, archive.reject_statements):
        with pytest.raises(InputError, match="no statement 77"):
            act([77])
    with pytest.raises(InputError, match="Nobody has decided"):
        archive.withdraw_decisions([1])


def test_the_history_tells_who_decided_what(archive: Archive) -> None:
    archive.correct_statement(1, speaker="Bo Lindqvist")
    archive.reject_statements([1])
    last, first = archive.history(limit=2)
    assert (first.what, first.who, first.ref) == (
        *("statement judged", "H. Weber"),
        archive.record(1).ref,
    )
    assert first.after == {
        "status": "corrected",
        "kind": "direct",
        "speaker": "Bo Lindqvist",
        "role": "Minister",
        "words": "Sanctions stay,",
    }
    assert (last.what, last.before, last.after) == (
        *("judgement changed", {"status": "corrected"}, {"status": "rejected"}),
    )


ACTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["confirm", "reject", "withdraw"]), st.integers(0, 5)),
        st.tuples(st.just("speaker"), st.integers(0, 5)),
        st.tuples(st.just("span"), st.integers(0, 5)),
        st.tuples(st.just("add"), st.integers(0, len(TEXT) - 8)),
    ),
    max_size=6,
)


def act(archive: Archive, what: str, number: int) -> bool:
    """Do something to a statement there is; return whether it was possible."""
    there = [one for one in archive.statements_of(archive.record(1)) if not one.stale]
    one = there[number % len(there)]
    try:
        match what:
            case "confirm":
                archive.confirm_statements([one.number])
            case "reject":
                archive.reject_statements([one.number])
            case "withdraw":
                archive.withdraw_decisions([one.number])
            case "speaker":
                archive.correct_statement(one.number, speaker=f"Speaker {number}")
            case "span":
                archive.correct_statement(one.number, end=one.statement.end - 1)
            case _:
                archive.add_statement(archive.record(1).ref, number, number + 5)
    except (InputError, ValueRefusedError):
        return False
    return True


@given(acts=ACTS)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_was_decided_undo_brings_back_every_state_before(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("law") / "mission.archive"
    with Archive(Store.create(folder, "Mission"), extractor=PlainRules()) as archive:
        archive.type_in(Description(title="Talks", language="en"), TEXT)
        archive.read_statements()
        states = []
        for what, number in acts:
            before, sequence = now(archive), archive.sequence()
            if act(archive, what, number) and archive.sequence() > sequence:
                states.append(before)
        for state in reversed(states):
            archive.undo()
            assert now(archive) == state
        assert archive._store.journal.verify() == []
        assert archive._voices.verify() == []
