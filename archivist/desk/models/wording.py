"""What the Wording view shows: the phrase a query asks for, and the lines of its plot."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale

from archivist.desk import formats
from archivist.model.errors import QueryError
from archivist.model.query import And, Everything, Node, Phrase, Word, all_of
from archivist.model.query_format import format_query
from archivist.model.query_parse import complete, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.archive.wording.results import Use, Variant, Wording
    from archivist.model.query import Vocabulary

MOST: Final = 5
"""Lines that a plot can hold and still be read."""
_NICE: Final = (1, 2, 2.5, 5, 10)
_GRID: Final = 4
_YEARS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500)
_THOUSAND: Final = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query asks for in this view.

    Attributes:
        phrase: the words followed through the years; empty where there are none.
        rest: what else of the query narrows the records, as a query; empty for nothing.
        reason: why there is no phrase, in words for people.
    """

    phrase: str
    rest: str = ""
    reason: str = ""


_SEARCH: Final = "Search for a phrase: its first use, its years and its other forms show here."
_ONE: Final = (
    "This view follows one phrase at a time. Put its words in quotation marks, without OR, "
    "NEAR or *."
)


def asked(text: str, vocabulary: Vocabulary | None = None) -> Asked:
    """Read the phrase out of a query: the first in quotation marks, else its words in their order.

    Whatever else stands in the query narrows the records.
    """
    try:
        node = parse(complete(text, vocabulary), vocabulary)
    except QueryError:
        return Asked("", reason=_ONE)
    parts = node.parts if isinstance(node, And) else (node,)
    parts = tuple(part for part in parts if not isinstance(part, Everything))
    phrase = next((part for part in parts if isinstance(part, Phrase) and not part.field), None)
    chosen: tuple[Node, ...] = (phrase,) if phrase is not None else _plain_words(parts)
    if not chosen:
        return Asked("", reason=_ONE if any(map(_has_words, parts)) else _SEARCH)
    words = " ".join(part.text for part in chosen if isinstance(part, Phrase | Word))
    rest = [part for part in parts if part not in chosen]
    return Asked(words, format_query(all_of(rest)) if rest else "")


def _plain_words(parts: Sequence[Node]) -> tuple[Node, ...]:
    return tuple(part for part in parts if isinstance(part, Word) and not part.field)


def _has_words(node: Node) -> bool:
    """Whether a part looks for words, in a way this view cannot follow."""
    name = type(node).__name__
    return name in {"Prefix", "Wildcard", "Fuzzy", "Near", "Within", "AtLeast", "Or"}


def said_by(use: Use, *, office: bool = False) -> str:
    """Return who says a passage, or that somebody is only the source of it; may be empty.

    Args:
        use: the passage.
        office: whether the speaker's office is named, too.
    """
    if use.voice == "source":
        return f"source: {use.speaker}" if use.speaker else ""
    return ", ".join(filter(None, (use.speaker, use.role if office else "")))


@dataclass(frozen=True, slots=True)
class Series:
    """One line of the plot.

    Attributes:
        name: the form of the phrase.
        look: which colour and dashes it has, from 0.
        uses: by year, from its first use to its last.
        filed: records filed by year.
        share: whether values are uses per thousand records filed.
    """

    name: str
    look: int
    uses: Mapping[int, int]
    filed: Mapping[int, int]
    share: bool = False

    @property
    def first(self) -> int:
        """The year it begins."""
        return min(self.uses)

    @property
    def last(self) -> int:
        """The year it ends."""
        return max(self.uses)

    def value(self, year: int) -> float | None:
        """Return its value in a year; None outside its span, or where nothing was filed."""
        if not self.first <= year <= self.last:
            return None
        uses, filed = self.uses.get(year, 0), self.filed.get(year, 0)
        if not self.share:
            return float(uses) if uses or filed else None
        return _THOUSAND * uses / filed if filed else None

    def runs(self) -> list[list[tuple[int, float]]]:
        """Return its points in order, broken where a year has no value."""
        found: list[list[tuple[int, float]]] = [[]]
        for year in range(self.first, self.last + 1):
            value = self.value(year)
            if value is not None:
                found[-1].append((year, value))
            elif found[-1]:
                found.append([])
        return [run for run in found if run]

    def points(self) -> list[tuple[int, float]]:
        """Return its points in order."""
        return [point for run in self.runs() for point in run]

    def peak(self) -> tuple[int, float]:
        """Return the year of its highest value, the first of several, and the value."""
        return max(self.points(), key=lambda point: (point[1], -point[0]))


@dataclass(frozen=True, slots=True)
class Picture:
    """What the plot shows.

    Attributes:
        phrase: what it is about.
        series: its lines, at most MOST; each has a point at least.
        share: whether values are uses per thousand records filed.
    """

    phrase: str = ""
    series: tuple[Series, ...] = ()
    share: bool = False

    @property
    def first(self) -> int:
        """The first year; there is a line."""
        return min(one.first for one in self.series)

    @property
    def last(self) -> int:
        """The last year; there is a line."""
        return max(one.last for one in self.series)

    def top(self) -> float:
        """Return the highest value."""
        return max((value for one in self.series for _, value in one.points()), default=0.0)

    def unit(self) -> str:
        """Return what is counted."""
        return "uses per 1,000 records filed" if self.share else "uses a year"

    def told(self, year: int) -> str:
        """Return the numbers of a year in words: "2014: strategic partnership 13"."""
        values = [(one.name, one.value(year)) for one in self.series]
        said = [f"{name} {shown(value)}" for name, value in values if value is not None]
        return f"{year}: {', '.join(said) if said else 'no use'}"

    def table(self) -> str:
        """Return the numbers as a table of tabs and lines, for a spreadsheet."""
        rows = [["Year", *(one.name for one in self.series)]]
        for year in range(self.first, self.last + 1):
            values = [one.value(year) for one in self.series]
            rows.append([str(year), *("" if one is None else f"{one:.4g}" for one in values)])
        return "".join("\t".join(row) + "\n" for row in rows)


def shown(value: float) -> str:
    """Return a value of the plot: counts whole, shares with one or two decimals."""
    if value == int(value):
        return formats.number(value)
    return QLocale(formats.locale_name()).toString(value, "f", 1 if value >= 1 else 2)


def picture_of(wording: Wording, looks: Mapping[int, int], *, share: bool) -> Picture:
    """Return the plot of the variants that are ticked.

    Args:
        wording: what was found.
        looks: the look of each ticked variant, by its place in the list.
        share: uses per thousand records filed, in place of uses.
    """
    chosen = ((wording.variants[place], look) for place, look in looks.items())
    made = [_series(variant, look, wording, share=share) for variant, look in chosen]
    kept = [one for one in made if one.uses and one.points()]
    return Picture(wording.phrase, tuple(sorted(kept, key=lambda one: one.look)), share)


def _series(variant: Variant, look: int, wording: Wording, *, share: bool) -> Series:
    uses = {year: count for year, count in variant.by_year.items() if count}
    return Series(name_of(variant), look, uses, wording.filed, share)


def name_of(variant: Variant) -> str:
    """Return a form as it is written: with the accents that the index leaves out."""
    return variant.text


class Looks:
    """Which variants are ticked, and how each looks; a look stays while it is ticked."""

    def __init__(self) -> None:
        self._looks: dict[int, int] = {}

    def start(self, count: int) -> None:
        """Tick the first of `count` variants."""
        self._looks = {place: place for place in range(min(3, count))}

    def look(self, place: int) -> int | None:
        """Return the look of a variant; None where it is not ticked."""
        return self._looks.get(place)

    def all(self) -> dict[int, int]:
        """Return the looks of what is ticked, by place."""
        return dict(self._looks)

    def toggle(self, place: int) -> bool:
        """Tick a variant or untick it; return False where there is room for no more."""
        if place in self._looks:
            del self._looks[place]
            return True
        free = [look for look in range(MOST) if look not in self._looks.values()]
        if free:
            self._looks[place] = free[0]
        return bool(free)


def steps(top: float) -> list[float]:
    """Return the values of the grid from 0 up to the first that is not below `top`."""
    if top <= 0:
        return [0.0, 1.0]
    rough = top / _GRID
    power = 10 ** math.floor(math.log10(rough))
    step = next(nice * power for nice in _NICE if nice * power >= rough * 0.999)
    if top >= 1:
        step = max(step, 1.0 if top == int(top) else step)
    return [number * step for number in range(math.ceil(top / step - 1e-9) + 1)]


def year_step(pitch: float, room: float) -> int:
    """Return how many years lie between two names on the axis.

    Args:
        pitch: px from one year to the next.
        room: px that a name takes.
    """
    return next((step for step in _YEARS if step * pitch >= room), _YEARS[-1])
