"""An archive's store, new for each test, and a clock that a test can set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from archivist.store import Store


@dataclass
class Clock:
    """Tells the time a test has set; a second passes with each look."""

    now: dt.datetime = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mission.archive"


@pytest.fixture
def store(folder: Path, clock: Clock) -> Iterator[Store]:
    with Store.create(folder, "Mission", clock=clock) as store:
        yield store
