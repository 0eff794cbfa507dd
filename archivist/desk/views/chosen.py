"""The rows selected in a long list of places: they may be far out of sight, and are read then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QObject
from PySide6.QtGui import QGuiApplication

from archivist.desk import formats
from archivist.desk.models.lines import Place
from archivist.desk.views.long_list import PlacesList, stretches

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archivist.archive.results import Passage
    from archivist.desk.context import Desk
    from archivist.desk.gathering import Gathering

MOST_AT_ONCE: Final = 2000
"""Rows that can be copied, gathered or judged together."""


class Answer(Protocol):
    """What a list shows."""

    def __len__(self) -> int:
        """Return how many rows."""


P = TypeVar("P", bound=Place)
A = TypeVar("A", bound=Answer)


class Chosen(QObject, Generic[P, A]):
    """What is selected; whoever derives from it says how rows are read, and copied.

    Attributes:
        found: what the list shows, or None.
    """

    NOUN = "line"
    """What a row is called."""

    def __init__(self, desk: Desk, view: PlacesList) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view
        self.found: A | None = None

    def count(self) -> int:
        """Return how many rows are selected."""
        return sum(map(len, self.stretches()))

    def stretches(self) -> list[range]:
        """Return the selected rows as stretches."""
        return stretches(self._view.selectionModel())

    def select(self, chosen: Sequence[range]) -> None:
        """Select rows beside those that are selected."""
        model, found = self._view.model(), QItemSelection()
        for stretch in chosen:
            found.append(
                QItemSelectionRange(model.index(stretch[0], 0), model.index(stretch[-1], 0))
            )
        self._view.selectionModel().select(found, QItemSelectionModel.SelectionFlag.Select)

    def gather(self, gathering: Gathering) -> None:
        """Gather the rows for the dossier; put them back where all are there already."""
        self._read(lambda lines: gathering.toggle([place_of(line) for line in lines]))

    def copy(self) -> None:
        """Copy the rows, each with its citation."""
        archive = self._desk.archive
        if archive is None:
            return

        def cite(lines: Sequence[P]) -> None:
            self._desk.tasks.read(
                f"{self.NOUN}.copy",
                lambda _token: archive.passages([place_of(line) for line in lines]),
                lambda passages: self._put(lines, passages),
                owner=self,
            )

        self._read(cite)

    def too_many(self) -> bool:
        """Tell, and say, whether more rows are selected than can be read at once."""
        if self.count() <= MOST_AT_ONCE:
            return False
        most = formats.number(MOST_AT_ONCE)
        words = f"Select {most} {self.NOUN}s at most to do that with them."
        self._desk.events.message.emit(words)
        return True

    def rows_of(self, found: A, start: int, stop: int) -> list[P]:
        """Read rows; what is there no more is left out."""
        raise NotImplementedError

    def line_of(self, line: P, passage: Passage) -> str:
        """Return what is copied of a row."""
        raise NotImplementedError

    def _put(self, lines: Sequence[P], passages: Sequence[Passage]) -> None:
        said = [self.line_of(line, passage) for line, passage in zip(lines, passages, strict=True)]
        QGuiApplication.clipboard().setText("\n".join(said))
        count = formats.counted(len(said), self.NOUN)
        each = "with its citation" if len(said) == 1 else "each with its citation"
        self._desk.events.message.emit(f"Copied {count}, {each}.")

    def _read(self, then: Callable[[Sequence[P]], None]) -> None:
        found, chosen = self.found, self.stretches()
        if found is None or not chosen or self.too_many():
            return
        self._desk.tasks.read(
            f"{self.NOUN}.chosen",
            lambda _token: [
                line for one in chosen for line in self.rows_of(found, one.start, one.stop)
            ],
            then,
            owner=self,
        )


def place_of(line: Place) -> tuple[int, int, int]:
    """Return record, start and end of a row."""
    return line.record, line.start, line.end
