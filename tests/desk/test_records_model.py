from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from archivist.archive.results import Excerpt, Hit
from archivist.desk.models.choice import Choice
from archivist.desk.models.records import BLOCK, HIT, KEPT, KEY, Column, RecordsModel, Taken
from archivist.model.record import Description, Record, State

_WARN = QAbstractItemModelTester.FailureReportingMode.Warning
COLUMNS = (
    Column("title", "Title", lambda hit: hit.record.description.title),
    Column("hits", "Hits", lambda hit: str(hit.hits), number=True),
)


def hit(key: int) -> Hit:
    record = Record(key, f"2024-{key:06}", State.FILED, Description(title=f"Title {key}"))
    return Hit(record, 1.0, Excerpt("text"), hits=key)


class Source:
    """Answers when told to, as reads off the GUI thread do."""

    def __init__(self) -> None:
        self.asked: list[tuple[list[int], Taken]] = []

    def fetch(self, keys: list[int], taken: Taken) -> None:
        self.asked.append((keys, taken))

    def answer(self, lacking: Sequence[int] = ()) -> None:
        keys, taken = self.asked.pop(0)
        taken([hit(key) for key in keys if key not in lacking])


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def model(source: Source) -> RecordsModel:
    return RecordsModel(COLUMNS, source.fetch)


def test_it_is_a_model_as_qt_wants_it(model: RecordsModel, source: Source) -> None:
    tester = QAbstractItemModelTester(model, _WARN)
    model.show(range(1, 60))
    model.hit(0)
    source.answer()
    model.tick([3], on=True)
    model.refresh([3])
    model.show((), ())
    assert tester.model() is model


def test_a_card_is_read_when_it_comes_in_sight(model: RecordsModel, source: Source) -> None:
    model.show(range(1, 1001))
    assert model.rowCount() == 1000
    assert not source.asked
    assert model.index(100, 0).data(HIT) is None
    source.answer()
    assert model.index(100, 0).data() == "Title 101"
    assert model.index(100, 1).data() == "101"
    assert model.index(100, 0).data(KEY) == 101
    assert not source.asked


def test_what_was_scrolled_past_is_not_read(model: RecordsModel, source: Source) -> None:
    model.show(range(1, 100_001))
    for row in range(0, 100_000, BLOCK):
        model.hit(row)
    assert len(source.asked) == 1
    reads = 0
    while source.asked:
        source.answer()
        reads += 1
    assert reads < 6
    assert model.hit(99_999) is not None


def test_an_answer_to_an_older_search_is_dropped(model: RecordsModel, source: Source) -> None:
    model.show(range(1, 11))
    model.hit(0)
    model.show(range(101, 111), [hit(101)])
    source.answer()
    assert model.index(0, 0).data() == "Title 101"


def test_a_record_that_is_gone_is_asked_for_once(model: RecordsModel, source: Source) -> None:
    model.show(range(1, 4))
    model.hit(1)
    source.answer(lacking=[2])
    assert model.hit(1) is None
    assert model.gone(1)
    assert not source.asked


def test_a_failed_read_can_be_asked_for_again(model: RecordsModel, source: Source) -> None:
    model.show(range(1, 4))
    model.hit(0)
    source.asked.pop()[1](None)
    model.hit(0)
    assert source.asked


def test_memory_is_bounded(model: RecordsModel, source: Source) -> None:
    model.show(range(1, 10_001))
    for row in range(0, 10_000, BLOCK):
        model.hit(row)
        source.answer()
    assert len(model._hits) <= KEPT


def test_refresh_keeps_the_old_card_until_the_new_one_is_there(
    model: RecordsModel, source: Source
) -> None:
    model.show(range(1, 4), [hit(1), hit(2), hit(3)])
    model.refresh([2])
    assert model.hit(1) is not None
    keys, _taken = source.asked[0]
    assert keys == [2]
    source.answer()
    assert not source.asked


def test_ticks_are_check_states_and_outlive_a_search(model: RecordsModel) -> None:
    model.show(range(1, 11), [hit(n) for n in range(1, 11)])
    index = model.index(4, 0)
    assert model.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    model.show(range(50, 60), [hit(n) for n in range(50, 60)])
    assert model.choice.keys() == [5]
    model.tick_all()
    assert len(model.choice) == 11
    model.untick_all()
    assert len(model.choice) == 0


def test_a_hundred_thousand_rows_cost_nothing(source: Source) -> None:
    model = RecordsModel(COLUMNS, source.fetch)
    keys = list(range(1, 100_001))
    start = time.perf_counter()
    model.show(keys)
    model.tick_all()
    model.tick([5], on=False)
    assert len(model.choice) == 99_999
    assert model.row(40_000, near=39_990) == 39_999
    assert time.perf_counter() - start < 0.25


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["on", "off", "all", "show", "clear"]),
            st.lists(st.integers(1, 30), max_size=6, unique=True),
        ),
        max_size=12,
    )
)
def test_a_choice_is_a_set_however_it_is_kept(steps: list[tuple[str, list[int]]]) -> None:
    choice, plain = Choice(), set[int]()
    result: list[int] = list(range(1, 11))
    for step, keys in steps:
        inside = [key for key in keys if key in result]
        if step == "show":
            choice.spell_out()
            result = keys
        elif step == "all":
            choice.tick_all(result)
            plain |= set(result)
        elif step == "clear":
            choice.clear()
            plain = set()
        else:
            choice.set(inside, on=step == "on")
            plain = plain | set(inside) if step == "on" else plain - set(inside)
        assert set(choice.keys()) == plain
        assert len(choice) == len(plain)
        assert all(choice.ticked(key) == (key in plain) for key in result)
