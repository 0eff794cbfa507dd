"""Texts are read beside the index: little by little, once, whatever happens in between."""

from __future__ import annotations

import contextlib
import itertools
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from typing_extensions import override

from archivist.archive.statements import judging
from archivist.archive.statements.saying import Saying
from archivist.model.errors import StoppedError
from archivist.model.progress import CancelToken, Progress
from archivist.model.record import Description
from archivist.model.statement import FiledStatement, Statement
from archivist.store import NewRecord, Store
from tests.archive.saying_rules import PlainRules

ROOT = Path(__file__).resolve().parents[2]
TEXT = (
    "“The ferry sails {n} times,” Ilva Marenk said. “It may not,” Bo Lind hinted."
    " In 1991 it was sold. Otto Weber said that {n} tolls were asked."
)


def file(store: Store, count: int = 1, first: int = 0) -> None:
    with store.write("import", "Import", "H. Weber") as writer:
        for n in range(first, first + count):
            text = TEXT.format(n=n)
            writer.file(NewRecord(Description(title=f"Ferry {n}", date="1991"), text=text))


def spoken(store: Store) -> list[tuple[object, ...]]:
    """Return all that was found, but numbers, which tell the order of reading only."""
    return [
        (one.record, one.statement, one.status)
        for record in store.records.ids()
        for one in store.statements.of(record)
    ]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "mission.archive", "Mission") as found:
        yield found


def test_what_is_filed_is_read_with_progress(store: Store) -> None:
    file(store, 450)
    told: list[Progress] = []
    saying = Saying(store, PlainRules())
    assert saying.unread() == 450
    report = saying.catch_up(told.append)
    assert (report.records, report.statements) == (450, 1350)
    assert saying.unread() == 0
    assert told[-1].done == told[-1].total == 450
    assert all(one.done <= two.done for one, two in itertools.pairwise(told))
    assert store.statements.counts() == (1350, 450)
    assert [one.statement.speaker for one in store.statements.of(7)] == [
        *("Ilva Marenk", "Bo Lind", "Otto Weber")
    ]
    assert [fact.date for fact in store.statements.facts(7)] == ["1991"]
    assert saying.catch_up().records == 0
    assert not saying.step()


def test_a_step_is_bounded_and_can_be_stopped(store: Store) -> None:
    file(store, 450)
    saying = Saying(store, PlainRules())
    assert saying.step(), "it begins"
    assert saying.step()
    assert 0 < store.statements.counts()[1] < 450
    token = CancelToken()
    token.cancel()
    with pytest.raises(StoppedError):
        saying.step(token)
    saying.catch_up()
    assert store.statements.counts()[1] == 450


def test_only_what_matters_is_read_again(store: Store) -> None:
    file(store, 3)
    saying = Saying(store, PlainRules())
    saying.catch_up()
    turn = store.statements.turn()
    with store.write("edit", "Change of the mark", "H. Weber") as writer:
        writer.describe(1, {"mark": "internal"})
    assert saying.catch_up().records == 0
    assert {one.number for one in store.statements.turned(turn, 99)[1]} == {1, 2, 3}, "facets"
    with store.write("edit", "Change of title", "H. Weber") as writer:
        writer.describe(2, {"title": "Toll"})
    assert saying.catch_up().records == 1
    with store.write("correct-text", "Correction", "H. Weber") as writer:
        writer.correct_text(3, "“No,” Bo Lind said.")
    assert saying.catch_up().records == 1
    (now,) = store.statements.of(3)
    assert (now.number, now.statement.speaker) == (10, "Bo Lind")


def test_the_trash_hides_statements_and_gives_them_back(store: Store) -> None:
    file(store, 2)
    saying = Saying(store, PlainRules())
    saying.catch_up()
    before = store.statements.of(1)
    with store.write("trash", "To the trash", "H. Weber") as writer:
        writer.trash(1)
    assert saying.catch_up().records == 0
    assert store.statements.counts() == (3, 1)
    store.undo(None, "H. Weber")
    assert saying.catch_up().records == 0
    assert store.statements.counts() == (6, 2)
    assert store.statements.of(1) == before


def test_new_rules_read_everything_again_and_older_ones_nothing(store: Store) -> None:
    file(store, 5)
    Saying(store, PlainRules(1)).catch_up()
    numbers = [one.number for one in store.statements.of(3)]
    newer = Saying(store, PlainRules(2))
    assert newer.unread() == 5
    assert newer.catch_up().records == 5
    assert store.statements.of(3)[0].statement.rule == "after-2"
    assert [one.number for one in store.statements.of(3)] == numbers
    file(store, 1, 5)
    assert Saying(store, PlainRules(1)).catch_up().records == 0
    assert newer.catch_up().records == 1


def test_a_record_that_is_not_read_yet_shows_what_it_says(store: Store) -> None:
    file(store)
    saying = Saying(store, PlainRules(), writes=False)
    assert not saying.step()
    found = saying.of(store.records.get(1))
    assert [one.statement.speaker for one in found] == ["Ilva Marenk", "Bo Lind", "Otto Weber"]
    assert {one.number for one in found} == {0}
    assert store.statements.of(1) == []


def test_a_text_on_which_the_rules_fail_does_not_keep_them_from_others(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    class Failing(PlainRules):
        @override
        def statements(self, text: str, *, title: str, **about: str) -> Sequence[Statement]:
            if "sails 1 " in text:
                raise IndexError
            return super().statements(text, title=title, **about)

    file(store, 3)
    Saying(store, Failing()).catch_up()
    assert "2026-000002" in caplog.text or "-000002" in caplog.text
    caplog.clear()
    assert store.statements.counts() == (6, 2)


def test_what_was_never_read_is_read_when_it_is_asked_for(store: Store) -> None:
    file(store, 450)
    saying = Saying(store, PlainRules())
    assert saying.step(), "from the first record on"
    assert saying.caught_up([3, 449]) == {3, 449}
    assert len(store.statements.of(449)) == 3
    only = Saying(store, PlainRules(), writes=False)
    assert only.caught_up([3, 450]) == {3}


def test_a_reading_that_a_decision_overtook_is_made_once_more(store: Store) -> None:
    file(store, 2)

    class Slow(PlainRules):
        decided = False

        @override
        def statements(self, text: str, *, title: str, **about: str) -> Sequence[Statement]:
            if not self.decided:
                object.__setattr__(self, "decided", True)
                found = Statement(1, 20, "direct", speaker="Eva Roth")
                value = judging.value_of(1, store.records.get(1).text_hash, "added", found, found)
                with store.write("said", "Decision on a statement", "H. Weber") as writer:
                    writer.put_thing("said", 0, value)
            return super().statements(text, title=title, **about)

    saying = Saying(store, Slow())
    saying.settle([1, 2])
    assert "Eva Roth" in [one.statement.speaker for one in store.statements.of(1)]
    assert len(store.statements.of(2)) == 3


READER = """
import sys
from pathlib import Path
from archivist.archive.statements import saying
from archivist.store import Store
from tests.archive.saying_rules import PlainRules

saying._MOST = 5
with Store.open(Path(sys.argv[1])) as store:
    reading = saying.Saying(store, PlainRules(int(sys.argv[2])))
    print("ready", flush=True)
    while True:
        reading.step()
"""


def test_killed_at_random_moments_the_same_is_read_as_undisturbed(
    tmp_path: Path, store: Store
) -> None:
    chance = random.Random(20261122)
    with Store.create(tmp_path / "calm.archive", "Calm") as calm:
        for round_ in range(6):
            for each in (store, calm):
                file(each, 40, round_ * 40)
                with each.write("edit", "Change", "H. Weber") as writer:
                    writer.describe(round_ * 3 + 1, {"title": f"Round {round_}"})
                    writer.correct_text(round_ * 5 + 2, f"“Round {round_},” Bo Lind said.")
                    writer.trash(round_ * 7 + 3)
            with killed_in_the_middle(store.folder, round_ // 2 + 1, chance.uniform(0, 0.15)):
                pass
            assert store.integrity() == []
        Saying(store, PlainRules(3)).catch_up()
        Saying(calm, PlainRules(3)).catch_up()
        assert len(spoken(calm)) > 600
        assert spoken(store) == spoken(calm)
        assert store.statements.counts() == calm.statements.counts()


@contextlib.contextmanager
def killed_in_the_middle(folder: Path, version: int, seconds: float) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(folder), str(version)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(seconds)
        process.kill()
    yield


def test_several_who_read_at_once_read_everything_once(store: Store) -> None:
    file(store, 30)
    first, second = Saying(store, PlainRules()), Saying(store, PlainRules())
    while first.step() or second.step():
        pass
    found: list[FiledStatement] = [
        one for r in store.records.ids() for one in store.statements.of(r)
    ]
    assert len(found) == len({one.number for one in found}) == 90
