"""Fixtures of the whole suite: own home and settings, real documents where they are at hand."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a home of its own, so that none reads or writes the user's settings."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.delenv("ARCHIVIST_ARCHIVE", raising=False)
    return home


@pytest.fixture(autouse=True)
def no_unexpected_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test during which the product logged a warning or worse."""
    yield
    said = [
        record.getMessage()
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.levelno >= logging.WARNING and record.name.startswith("archivist")
    ]
    assert not said, f"unexpected log lines: {said}"


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """Fail a test that leaves a thread of its own behind."""
    before = set(threading.enumerate())
    yield
    end = time.monotonic() + 5
    while leaked := [t for t in threading.enumerate() if t not in before and not t.daemon]:
        if time.monotonic() > end:
            pytest.fail(f"threads left behind: {[thread.name for thread in leaked]}")
        time.sleep(0.01)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real documents; skip where it is absent."""
    folder = SHARED / "corpus"
    if not folder.is_dir():
        pytest.skip("the real documents of ../shared/corpus are absent")
    return folder


@pytest.fixture(scope="session")
def cases() -> Path:
    """Return the folder of labelled cases; skip where it is absent."""
    folder = SHARED / "cases"
    if not folder.is_dir():
        pytest.skip("the labelled cases of ../shared/cases are absent")
    return folder
