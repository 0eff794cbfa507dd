"""The rows of the filters: which facets are shown, their values with counts, what is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from typing_extensions import override

from archivist.desk import formats
from archivist.desk.views.rows import Row
from archivist.model.errors import QueryError
from archivist.model.fields import BY_NAME
from archivist.model.query_edit import facet_state, with_facet

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping, Sequence

    from archivist.archive.results import FacetCount
    from archivist.desk.models.lexicon import Lexicon

KNOWN: Final = (
    "type", "country", "person", "originator", "place", "series", "lang", "mark", "tag",
)  # fmt: skip
"""The built-in facets in their order; years stand above the records."""
USUAL: Final = tuple(field for field in KNOWN if field != "series")
"""What is shown until somebody chooses: the file plan stands among the places already."""
SAID: Final = ("speaker", "role", "kind")
"""The facets of statements: they stand above the others where statements are shown."""
DATES: Final = ("year",)
"""Counted with every search for the timeline."""
FEW: Final = 5
"""Values of a facet shown at first."""
UNFOLDED: Final = 12
"""Facets with no more values than these are shown whole in place; longer ones in a panel."""

State = Literal["on", "off", "not"]


@dataclass(frozen=True)
class Group(Row):
    """The head of a facet."""

    field: str = ""
    open: bool = True
    chosen: int = 0
    left_out: int = 0

    @property
    @override
    def key(self) -> Hashable:
        return Group, self.field

    @override
    def spoken(self) -> str:
        state = "" if self.open else ", folded"
        return f"{self.text}{', ' + self.summary() if self.summary() else ''}{state}"

    def summary(self) -> str:
        """Return what of it the query asks for, in words."""
        parts = [f"{self.chosen} chosen"] if self.chosen else []
        if self.left_out:
            parts.append(f"{self.left_out} left out")
        return ", ".join(parts)


@dataclass(frozen=True)
class Item(Row):
    """One value of a facet.

    Attributes:
        count: records or statements that have it, the facet's own filter left aside; None where
            nobody counted.
    """

    field: str = ""
    value: str = ""
    count: int | None = 0
    state: State = "off"

    @property
    @override
    def key(self) -> Hashable:
        return Item, self.field, self.value

    @override
    def spoken(self) -> str:
        state = {"on": "chosen", "not": "left out", "off": "not chosen"}[self.state]
        count = "" if self.count is None else f", {formats.number(self.count)}"
        return f"{self.text}{count}, {state}"


@dataclass(frozen=True)
class More(Row):
    """Shows the rest of a facet's values, in place or in a panel, or hides it again."""

    field: str = ""
    panel: bool = False


@dataclass(frozen=True)
class Manage(Row):
    """Opens the menu of the facets that can be shown."""


def label_of(field: str) -> str:
    """Return what people call a facet."""
    known = BY_NAME.get(field)
    name = field.replace("_", " ")
    return known.label if known else name[:1].upper() + name[1:]


def states_of(query: str, field: str, lexicon: Lexicon) -> Mapping[str, State]:
    """Return which values of a field a query asks for or leaves out; nothing where unreadable."""
    if ":" not in query:
        return {}
    try:
        return facet_state(query, field, lexicon)
    except QueryError:
        return {}


def items_of(
    field: str,
    counts: Sequence[FacetCount],
    states: Mapping[str, State],
    lexicon: Lexicon,
    most: int | None = None,
) -> list[Item]:
    """Return the values of a facet, most frequent first, then what is asked for and not counted.

    Args:
        field: of the facet.
        counts: its values with their records.
        states: what the query asks for or leaves out.
        lexicon: tells what people call a value.
        most: how many values that are not asked for; None for all.
    """
    shown = [one for place, one in enumerate(counts) if _wanted(place, one, states, most)]
    counted: dict[str, int | None] = {one.value: one.count for one in shown}
    for value in states:
        counted.setdefault(value, None)
    return [
        Item(_name(field, value, lexicon), field, value, count, states.get(value, "off"))
        for value, count in counted.items()
    ]


def _wanted(place: int, one: FacetCount, states: Mapping[str, State], most: int | None) -> bool:
    return most is None or place < most or one.value in states


def group_rows(head: Group, items: Sequence[Item], total: int, *, whole: bool) -> list[Row]:
    """Return the rows of one facet: its head, its values in sight, and the way to the others.

    Args:
        head: the facet.
        items: the values to show.
        total: how many values there are.
        whole: whether a facet with few more values is shown whole.
    """
    if not head.open:
        return [head]
    rest = total - len(items)
    if total > UNFOLDED and rest > 0:
        return [head, *items, More(f"{formats.number(rest)} more …", head.field, panel=True)]
    if rest > 0:
        return [head, *items, More(f"{formats.number(rest)} more", head.field)]
    return [head, *items, *([More("Fewer", head.field)] if whole and total > FEW else [])]


def with_only(query: str, field: str, value: str, lexicon: Lexicon) -> str:
    """Return the query that asks for this value of the field and says no more of it."""
    return with_facet(without_field(query, field, lexicon), field, value, "on", lexicon)


def without_field(query: str, field: str, lexicon: Lexicon) -> str:
    """Return the query that neither asks for nor leaves out any value of the field."""
    for value in states_of(query, field, lexicon):
        query = with_facet(query, field, value, "off", lexicon)
    return query


def offered(custom: Collection[str]) -> list[str]:
    """Return every facet that can be shown: the built-in ones, then the archive's own."""
    return [*KNOWN, *sorted(set(custom) - set(KNOWN), key=str.casefold)]


def _name(field: str, value: str, lexicon: Lexicon) -> str:
    label = lexicon.label(field, value)
    return label[:1].upper() + label[1:]
