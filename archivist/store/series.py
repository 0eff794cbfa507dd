"""The series of the file plan: a record names one by its code, its title stands here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archivist.store.database import Connections, Database


@dataclass(frozen=True, slots=True)
class Series:
    """One series.

    Attributes:
        code: as records name it.
        title: for people, or empty.
        records: how many filed records are in it.
    """

    code: str
    title: str
    records: int


class FilePlan:
    """The archive's series; may be shared by threads.

    Args:
        connections: to the archive's database.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def list(self) -> list[Series]:
        """Return every series that has a title or a filed record, by code."""
        found = self._connections.current().all(
            "SELECT code, max(title), sum(records) FROM ("
            " SELECT code, title, 0 AS records FROM series UNION ALL"
            " SELECT series, '', count(*) FROM records"
            " WHERE state = 'filed' AND series <> '' GROUP BY series"
            ") GROUP BY code ORDER BY code"
        )
        return [Series(*row) for row in found]


def title_of(db: Database, code: str) -> str:
    """Return the title of a series, or nothing."""
    return str(db.value("SELECT title FROM series WHERE code = ?", (code,)) or "")


def keep_title(db: Database, code: str, title: str) -> None:
    """Keep the title of a series; none is kept where it is empty."""
    if title:
        db.table("series").upsert({"code": code, "title": title}, pk="code")
    else:
        db.execute("DELETE FROM series WHERE code = ?", (code,))
