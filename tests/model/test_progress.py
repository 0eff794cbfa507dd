"""Work that is asked to stop, or to give way for a moment."""

from __future__ import annotations

import threading
import time

import pytest

from archivist.model.errors import StoppedError
from archivist.model.progress import CancelToken


def _rested(token: CancelToken) -> float:
    began = time.monotonic()
    token.rest()
    return time.monotonic() - began


def test_nothing_rests_that_was_not_asked_to() -> None:
    assert _rested(CancelToken()) < 0.05


def test_who_gives_way_rests_so_long_and_goes_on() -> None:
    token = CancelToken()
    token.give_way(0.2)
    assert 0.15 < _rested(token) < 0.9
    assert _rested(token) < 0.05


def test_however_long_somebody_types_work_goes_on() -> None:
    token = CancelToken()
    token.give_way(60)
    assert 0.9 < _rested(token) < 5


@pytest.mark.parametrize("end", [CancelToken.cancel, lambda token: token.give_way(0)])
def test_a_rest_ends_when_it_is_over_or_work_is_to_stop(end: object) -> None:
    token = CancelToken()
    token.give_way(60)
    threading.Timer(0.1, end, [token]).start()  # type: ignore[arg-type] # one of the two above
    assert _rested(token) < 0.9


def test_who_waits_is_stopped() -> None:
    token = CancelToken()
    token.wait(0.01)
    threading.Timer(0.1, token.cancel).start()
    began = time.monotonic()
    with pytest.raises(StoppedError):
        token.wait(30)
    assert time.monotonic() - began < 10
