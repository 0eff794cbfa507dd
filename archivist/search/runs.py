"""Where words follow each other in the forward stream of one field of one segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from archivist.search.segment import END

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.search.arrays import Places
    from archivist.search.segment import PackedField

Choice: TypeAlias = "list[int] | None"
"""The terms that fill a slot; None where any word does."""


def find_runs(packed: PackedField, slots: Sequence[Choice]) -> Places:
    """Return the places where words that fill the slots follow each other, ascending.

    The end marks in the stream keep a run inside one document.
    """
    first, last, places = _anchored(packed, slots)
    places = places - first
    inside = (places >= 0) & (places + len(slots) <= len(packed.stream))
    if not inside.all():
        places = places[inside]
    open_slots = [slot for slot in range(len(slots)) if not first <= slot < last]
    for slot in sorted(open_slots, key=lambda number: _cost(packed, slots[number])):
        terms = slots[slot]
        if terms is None:
            places = places[packed.stream[places + slot] != END]
        else:
            places = places[packed.are(places + slot, terms)]
    return places


def _anchored(packed: PackedField, slots: Sequence[Choice]) -> tuple[int, int, Places]:
    """Return where some of the slots are filled, and from which to before which slot."""
    costs = [_cost(packed, slot) for slot in slots]
    rarest = min(range(len(slots)), key=costs.__getitem__)
    terms = slots[rarest]
    if terms is None:
        return 0, 1, np.flatnonzero(packed.stream != END)
    if len(terms) == 1 and packed.is_scanned(terms[0]):
        first, last = _longest(packed, slots)
        common = [slot[0] for slot in slots[first:last] if slot]
        if len(common) > 1:
            return first, last, packed.run(common)
    places = packed.places_of(terms)[0]
    return rarest, rarest + 1, places if len(terms) == 1 else np.sort(places)


def _cost(packed: PackedField, terms: Choice) -> int:
    if terms is None:
        return len(packed.stream)
    return int(packed.collected[np.asarray(terms)].sum())


def _longest(packed: PackedField, slots: Sequence[Choice]) -> tuple[int, int]:
    """Return the longest stretch of slots that one common word fills each."""
    best = (0, 0)
    start = 0
    for number, slot in enumerate(slots):
        if slot is None or len(slot) != 1 or not packed.is_scanned(slot[0]):
            start = number + 1
        elif number + 1 - start > best[1] - best[0]:
            best = (start, number + 1)
    return best
