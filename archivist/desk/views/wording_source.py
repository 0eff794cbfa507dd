"""What the Wording view asks an archive, and how its answer is made off the window's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from archivist.desk.models.lines import BLOCK
from archivist.desk.models.wording import Asked, asked

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from archivist.archive.results import Passage
    from archivist.archive.wording.results import Comparison, Spot, Stretch, Use, Wording
    from archivist.model.progress import CancelToken
    from archivist.model.query import Vocabulary

FORMS: Final = 8
"""Other forms that are listed: so many that who uses the phrase stays in sight."""


class Source(Protocol):
    """What the view asks an archive."""

    @property
    def vocabulary(self) -> Vocabulary:
        """Codes and what people call them."""

    def count(self) -> int:
        """Return how many records are filed."""

    def find_keys(
        self, query: str, sort: str = "relevance", cancel: CancelToken | None = None
    ) -> Sequence[int]:
        """Return the ids of the records that a query finds."""

    def wording(
        self,
        phrase: str,
        *,
        among: Collection[int] | None = None,
        variants: int = 24,
        also: Sequence[str] = (),
        cancel: CancelToken | None = None,
    ) -> Wording:
        """Follow a phrase through the years."""

    def uses(self, spots: Sequence[Spot]) -> list[Use]:
        """Return uses, dressed to be shown."""

    def compare(self, left: Stretch, right: Stretch) -> Comparison:
        """Lay two uses side by side."""

    def passages(self, stretches: Sequence[Stretch]) -> list[Passage]:
        """Return passages with their citations."""


class Answer(NamedTuple):
    """What a query asks for and what was found; nothing where it asks for no phrase."""

    asked: Asked
    found: Wording | None
    first: Sequence[Use]
    unfilled: bool


def answer(
    source: Source,
    query: str,
    among: frozenset[int] | None,
    also: Sequence[str],
    cancel: CancelToken,
) -> Answer:
    """Follow the phrase of a query, and forms added by hand; on any thread."""
    read = asked(query, source.vocabulary)
    if not read.phrase:
        return Answer(read, None, (), not source.count())
    if read.rest:
        kept = frozenset(source.find_keys(read.rest, cancel=cancel))
        among = kept if among is None else among & kept
    cancel.check()
    found = source.wording(read.phrase, among=among, variants=FORMS, also=also, cancel=cancel)
    cancel.check()
    places = found.variants[0].places if found.variants else ()
    return Answer(read, found, source.uses(places[:BLOCK]), not found.uses and not source.count())


def ends_of(found: Wording) -> dict[str, Use]:
    """Return the two uses that are compared at first: the earliest and the latest."""
    ends = {"A": found.first, "B": found.last if found.uses > 1 else None}
    return {letter: use for letter, use in ends.items() if use is not None}
