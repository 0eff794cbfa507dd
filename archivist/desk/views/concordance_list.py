"""The lines selected in a concordance, copied with their citations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from archivist.archive.results import Line
from archivist.desk.views.chosen import Chosen

if TYPE_CHECKING:
    from archivist.archive.concording import Concordance
    from archivist.archive.results import Passage


class ChosenLines(Chosen[Line, "Concordance"]):
    """The lines selected."""

    @override
    def rows_of(self, found: Concordance, start: int, stop: int) -> list[Line]:
        return [line for line in found.lines(start, stop) if not line.gone]

    @override
    def line_of(self, line: Line, passage: Passage) -> str:
        return f"\u201c{line.left}{line.keyword}{line.right}\u201d ({passage.citation})"
