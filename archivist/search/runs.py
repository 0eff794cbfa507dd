"""Where words follow each other in the forward stream of one field of one segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from archivist.search import bits
from archivist.search.arrays import distinct
from archivist.search.layout import END

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.search.arrays import Mask, Places
    from archivist.search.decoded import Decoded
    from archivist.search.segment import PackedField

Choice: TypeAlias = "list[int] | None"
"""The terms that fill a slot; None where any word does."""


def find_runs(decoded: Decoded, slots: Sequence[Choice]) -> Places:
    """Return the places where words that fill the slots follow each other, ascending.

    The end marks in the stream keep a run inside one document.
    """
    packed = decoded.packed
    filled, places = _anchored(decoded, slots)
    inside = (places >= 0) & (places + len(slots) <= packed.places_count)
    if not inside.all():
        places = places[inside]
    open_slots = [slot for slot in range(len(slots)) if slot not in filled]
    for slot in sorted(open_slots, key=lambda number: _cost(packed, slots[number])):
        if not len(places):
            break
        terms = slots[slot]
        if terms is None:
            places = places[packed.at(places + slot) != END]
        else:
            places = places[_stand(packed, places + slot, terms)]
    return places


def _stand(packed: PackedField, places: Places, terms: Sequence[int]) -> Mask:
    """Tell at which places one of the terms stands."""
    looking, listing = packed.cost_of_looks(len(places)), packed.cost_of_places(terms)
    if packed.should_look(len(places), looking, listing):
        return packed.are(places, terms)
    return bits.among(bits.row_of(packed, distinct(np.asarray(terms))), places)


def _anchored(decoded: Decoded, slots: Sequence[Choice]) -> tuple[Sequence[int], Places]:
    """Return which slots are filled first, and where a run that fills them may begin."""
    packed = decoded.packed
    costs = [_cost(packed, slot) for slot in slots]
    rarest = min(range(len(slots)), key=costs.__getitem__)
    terms = slots[rarest]
    if terms is None:
        return [], np.flatnonzero(packed.stream != END)
    common = {
        number: slot[0]
        for number, slot in enumerate(slots)
        if slot is not None and len(slot) == 1 and packed.is_scanned(slot[0])
    }
    if rarest in common and len(common) > 1:
        run = _run_of(common)
        listing = sum(costs[number] for number in common)
        if run is None or packed.should_run(run, listing):
            return list(common), _scanned(decoded, common)
    return [rarest], decoded.places(distinct(np.asarray(terms))).astype(np.int64) - rarest


def _run_of(common: dict[int, int]) -> list[int] | None:
    """Return the common words of a run where nothing stands between them."""
    first, last = min(common), max(common)
    if last - first > len(common) - 1:
        return None
    return [common[slot] for slot in range(first, last + 1)]


def _scanned(decoded: Decoded, common: dict[int, int]) -> Places:
    """Return where runs may begin, by their common words."""
    packed, first = decoded.packed, min(common)
    run = _run_of(common)
    if run is not None:
        return packed.run(run) - first
    row = decoded.row(np.array([common[first]]))
    for slot, term in common.items():
        if slot > first:
            row = row & bits.shifted(decoded.row(np.array([term])), slot - first)
    return bits.places_in(row, packed.places_count) - first


def _cost(packed: PackedField, terms: Choice) -> int:
    """Return about how many nanoseconds it takes to list what fills a slot."""
    return packed.cost_of_scan() if terms is None else packed.cost_of_places(terms)
