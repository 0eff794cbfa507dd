"""A chronology as a lazy model: dates by the thousand, each read as it comes in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from archivist.desk import formats
from archivist.desk.models.lines import PlacesModel

if TYPE_CHECKING:
    from archivist.archive.chronology import Dated

GONE = "The text was changed since, and this is not in it any more."


class ChronologyModel(PlacesModel["Dated"]):
    """All dates of a chronology."""

    @override
    def spoken(self, line: Dated) -> str:
        dossier = "in the dossier" if self.is_gathered(line) else ""
        what = line.text or GONE
        return ", ".join(filter(None, [formats.day_long(line.date), what, line.citation, dossier]))


def told(count: int, records: int, years: list[tuple[int, int]]) -> str:
    """Return "85 dates in 14 records, 1962 to 2024"."""
    words = f"{formats.counted(count, 'date')} in {formats.counted(records, 'record')}"
    if not years:
        return words
    first, last = years[0][0], years[-1][0]
    return f"{words}, {first}" + (f" to {last}" if last != first else "")
