"""What all shapes printed with `--json` have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archivist.archive.results import FacetCount

Json: TypeAlias = dict[str, Any]


class Answer(Protocol):
    """What every answer to a query says."""

    @property
    def query(self) -> str:
        """The query as given."""

    @property
    def reading(self) -> str:
        """The query in plain words."""

    @property
    def took_ms(self) -> float:
        """The time it took, in milliseconds."""

    @property
    def reason(self) -> str | None:
        """Why nothing is found."""

    @property
    def proposal(self) -> str:
        """A query that would find something."""

    @property
    def notes(self) -> Sequence[str]:
        """What the answer leaves out."""


def answered(answer: Answer, total: int) -> Json:
    """Return what every answer to a query begins with."""
    return {
        "query": answer.query,
        "reading": answer.reading,
        "total": total,
        "took_ms": answer.took_ms,
        "reason": answer.reason,
        "proposal": answer.proposal,
        "notes": list(answer.notes),
    }


def facets(counted: Mapping[str, Sequence[FacetCount]]) -> Json:
    """Return counted values."""
    return {
        name: [{"value": one.value, "count": one.count} for one in counts]
        for name, counts in counted.items()
    }
