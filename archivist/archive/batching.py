"""What was read is handed on in batches, so that nothing waits long to be filed."""

from __future__ import annotations

import queue
import threading
import time
from typing import TYPE_CHECKING, Final, TypeAlias

from archivist.model.record import Draft, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archivist.model.progress import CancelToken

BATCH: Final = 200
"""Documents committed in one transaction, at most."""
PATIENCE: Final = 1.0
"""Seconds a document that was read may wait for its transaction."""
_END: Final = None

Outcome: TypeAlias = Draft | Refusal


def batches(outcomes: Iterator[Outcome], cancel: CancelToken) -> Iterator[list[Outcome]]:
    """Gather outcomes so that none waits longer than PATIENCE, and none more than BATCH at once.

    Reading goes on in a thread of its own, so that a slow document does not hold back those read
    before it. What was read before a stop is still handed out.
    """
    channel: queue.Queue[Outcome | BaseException | None] = queue.Queue(maxsize=2 * BATCH)
    reader = threading.Thread(target=_pump, args=(outcomes, channel, cancel), name="reading")
    reader.start()
    try:
        yield from _gather(channel)
    finally:
        if reader.is_alive():
            cancel.cancel()
            _drain(channel, reader)
        reader.join()


def _pump(
    outcomes: Iterator[Outcome],
    channel: queue.Queue[Outcome | BaseException | None],
    cancel: CancelToken,
) -> None:
    end: BaseException | None = _END
    try:
        for outcome in outcomes:
            channel.put(outcome)
            if cancel.cancelled:
                break
    except BaseException as error:  # noqa: BLE001 - handed to the thread that waits for the outcomes
        end = error
    channel.put(end)


def _drain(channel: queue.Queue[Outcome | BaseException | None], reader: threading.Thread) -> None:
    while reader.is_alive():
        try:
            channel.get(timeout=0.05)
        except queue.Empty:
            continue


def _gather(
    channel: queue.Queue[Outcome | BaseException | None],
) -> Iterator[list[Outcome]]:
    batch: list[Outcome] = []
    since = 0.0
    while True:
        wait = max(0.0, since + PATIENCE - time.monotonic()) if batch else None
        try:
            item = channel.get(timeout=wait)
        except queue.Empty:
            yield batch
            batch = []
            continue
        if isinstance(item, Draft | Refusal):
            since = since if batch else time.monotonic()
            batch.append(item)
            if len(batch) >= BATCH:
                yield batch
                batch = []
            continue
        if batch:
            yield batch
        if item is not None:
            raise item
        return
