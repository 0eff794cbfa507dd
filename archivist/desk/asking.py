"""What is asked in the search field, and how its answer is shown in every view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from archivist.desk import formats
from archivist.desk.views.facet_rows import DATES
from archivist.desk.views.navigation import place_of
from archivist.model.errors import ArchivistError, QueryError

if TYPE_CHECKING:
    from archivist.desk.context import Desk
    from archivist.desk.finder import Answer
    from archivist.desk.window import MainWindow

_PLACES: Final = {
    "inbox": ("The inbox is empty", "What you import waits here until you confirm it."),
    "recent": ("Nothing was added lately", "What was filed in the last seven days stands here."),
}


class Asking(QObject):
    """Passes what is typed to the finder, and what it answers to the views.

    Attributes:
        answer: the last one; None while no archive is open.
        wanted: id of a record to go to when it is found; 0 for none.

    Signals:
        asked: another query stands in the field.
        answered: an answer is shown, or what was asked cannot be read.
    """

    asked = Signal()
    answered = Signal()

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self.answer: Answer | None = None
        self.wanted = 0
        finder = window.finder
        finder.began.connect(desk.jobs.give_way)
        finder.began.connect(lambda: self._dim(dimmed=True))
        finder.listed.connect(self._show_list)
        finder.answered.connect(self._show_counts)
        finder.refused.connect(self._show_refusal)
        window.centre.view_changed.connect(self.show_total)
        window.centre.statements.answered.connect(lambda _answer: self.show_total())

    def ask(self, text: str) -> None:
        """Search for what was typed, in the order that is chosen."""
        if self._window.page_shown != "records" and text:
            self._window.show_records()
        results = self._window.results
        self._window.finder.ask(text, results.sort(), results.looked_at(text))
        self.show_reading()
        self.asked.emit()

    def again(self, *, anew: bool = False) -> None:
        """Search for what stands in the field; `anew`: even where its answer is shown."""
        text, results = self._window.header.search.text(), self._window.results
        self._window.finder.ask(text, results.sort(), results.looked_at(text), again=anew)

    def count_shown(self) -> None:
        """Count the facets that are shown now, and no others."""
        self._window.finder.facets = (*self._window.facets.shown(), *DATES)
        self._window.centre.statements.facets = self._window.facets.counted_of_statements()
        self.again(anew=True)

    def proposal(self) -> str:
        """Return what is proposed: in place of a fault, or of a query that finds nothing."""
        window = self._window
        return window.header.search.reading.proposal() or window.results.proposal()

    def show_reading(self) -> None:
        """Show how the query is read, under the field."""
        self._window.header.show_reading(shown=self._desk.archive is not None)

    def show_meaning(self) -> None:
        """Say under the field what the query looks for in the view that is shown."""
        answer, search = self.answer, self._window.header.search
        if answer is None or answer.text != search.text():
            return
        said = self._window.centre.found.view() == "statements"
        search.show_reading(answer.of_statements if said else answer.reading, answer.found.notes)

    def show_total(self) -> None:
        """Say below how much was found of what is shown: of records, or of statements."""
        answer, centre = self.answer, self._window.centre
        if answer is None:
            return
        if centre.found.view() != "statements":
            self._say_total(answer.found.total, "record", answer.found.took_ms)
        elif (said := centre.statements.answer) is not None and said.query == answer.query:
            self._say_total(said.found.total, "statement", said.took_ms)

    def _say_total(self, total: int, noun: str, took_ms: float) -> None:
        took = formats.number(max(1, took_ms))
        self._window.status.show_rest(f"{formats.counted(total, noun)} in {took} ms")

    def _dim(self, *, dimmed: bool) -> None:
        self._window.results.set_dimmed(dimmed)
        self._window.centre.concordance.set_dimmed(dimmed=dimmed)
        self._window.centre.statements.set_dimmed(dimmed=dimmed)

    def _show_list(self, answer: Answer) -> None:
        """Show the records found; what is counted of them follows."""
        window, results = self._window, self._window.results
        if self.answer is not None and self.answer.query == answer.query:
            window.reader.refresh()
        self.answer = answer
        self.show_meaning()
        title, hint = _PLACES.get(place_of(answer.text), ("", ""))
        results.show_place(title, hint)
        results.show_list(answer.query, answer.found, answer.keys, answer.among)
        self._come_back()
        self.show_total()
        if not results.current_id():
            window.reader.show_record(0, "")

    def _show_counts(self, answer: Answer) -> None:
        """Show what was counted of the records found."""
        window = self._window
        self.answer = answer
        window.results.show_dates(answer.found)
        window.centre.show_answer(answer.query, answer.found.sequence, answer.among)
        window.facets.show_counts(answer.text, answer.found.facets)
        if answer.text == window.header.search.text():
            self._desk.jobs.go_on()
        window.values.follow(answer.text, answer.among)
        window.keeper.follow(answer)
        window.panes.fit_filters()
        self.answered.emit()

    def _come_back(self) -> None:
        """Go to the record that was read when the archive was left."""
        wanted, self.wanted = self.wanted, 0
        if wanted and wanted != self._window.results.current_id():
            self._window.results.select_id(wanted)

    def _show_refusal(self, error: object) -> None:
        """Tell a fault; what was found before stays, dimmed: it answers another query."""
        if isinstance(error, QueryError):
            self._window.header.search.show_fault(error)
            self.show_reading()
            return
        self._dim(dimmed=False)
        if isinstance(error, ArchivistError):
            self._desk.events.error.emit(error)
