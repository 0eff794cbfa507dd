"""What the user ticked: kept small also when everything is ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Choice:
    """Ticked records by key, in the order of ticking; ticks outlive the search they were set in.

    "Everything of this result" is kept as one mark and a set of exceptions, so that ticking a
    hundred thousand rows costs nothing; it is spelt out only when another result takes its place.
    """

    def __init__(self) -> None:
        self._ticked: dict[int, None] = {}
        self._all: Sequence[int] = ()
        self._but: set[int] = set()

    def __len__(self) -> int:
        return len(self._ticked) + len(self._all) - len(self._but)

    def ticked(self, key: int) -> bool:
        """Whether a record of the current result is ticked."""
        if len(self._all):
            return key not in self._but
        return key in self._ticked

    def everything(self) -> bool:
        """Whether all of the current result is ticked by one mark."""
        return len(self._all) > 0 and not self._but

    def set(self, keys: Iterable[int], *, on: bool) -> None:
        """Tick or untick records of the current result."""
        if len(self._all):
            self._but.difference_update(keys) if on else self._but.update(keys)
        elif on:
            self._ticked.update(dict.fromkeys(keys))
        else:
            for key in keys:
                self._ticked.pop(key, None)

    def tick_all(self, result: Sequence[int]) -> None:
        """Tick everything of a result; what was ticked in earlier searches stays ticked."""
        self.spell_out()
        if self._ticked:
            for key in result:
                self._ticked.pop(int(key), None)
        self._all, self._but = result, set()

    def drop(self, keys: Iterable[int]) -> None:
        """Untick records wherever they were ticked, for example because they are in the trash."""
        self.spell_out()
        for key in keys:
            self._ticked.pop(key, None)

    def clear(self) -> None:
        """Untick everything, also what was ticked in earlier searches."""
        self._ticked, self._all, self._but = {}, (), set()

    def spell_out(self) -> None:
        """Turn "everything" into single ticks, before another result takes its place."""
        if len(self._all):
            self._ticked = dict.fromkeys(self.keys())
            self._all, self._but = (), set()

    def keys(self) -> list[int]:
        """Return the ticked keys, those of earlier searches first."""
        chosen = list(self._ticked)
        chosen += [int(key) for key in self._all if int(key) not in self._but]
        return chosen
