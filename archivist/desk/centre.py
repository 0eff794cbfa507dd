"""The views in the middle and their company: lines and the reader beside them, the dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from archivist.desk.gathering import Gathering
from archivist.desk.views.agents import AgentsView
from archivist.desk.views.collected import CollectedView
from archivist.desk.views.concordance import ConcordanceView
from archivist.desk.views.found import LISTS, WIDE, FoundPane
from archivist.desk.views.statements import StatementsView
from archivist.desk.views.wording import WordingView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archivist.archive.results import Line
    from archivist.archive.statements.listing import Spoken
    from archivist.archive.wording.results import Use
    from archivist.desk.context import Desk
    from archivist.desk.views.collected import Row
    from archivist.desk.views.reader import ReaderPane
    from archivist.desk.views.results import ResultsView


class Centre(QObject):
    """Shows one query as records, statements or lines, and lets the reader follow.

    The reader always stands beside statements. Lines take the whole width, with the passage of one
    under them; the reader stands beside them when it is asked for.

    Attributes:
        gathering: what is gathered for the dossier.
        statements: who said what.
        concordance: the lines.
        wording: the phrase of the query through the years.
        collected: the dossier's place.
        agents: who is who, and the page of each.
        found: records, statements, lines and wording under their tabs.
        beside: whether the reader was asked to stand beside the lines or the wording.

    Signals:
        view_changed: another view is shown now.
        fit_asked: the reader is to be shown or hidden.
        line_changed: another line or use is the current one.
    """

    view_changed = Signal()
    fit_asked = Signal()
    line_changed = Signal()

    def __init__(
        self, desk: Desk, results: ResultsView, reader: ReaderPane, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._reader = reader
        self._query = ""
        self.beside = False
        self.gathering = Gathering(desk, self)
        self.statements = StatementsView(desk, self.gathering)
        self.concordance = ConcordanceView(desk, self.gathering)
        self.collected = CollectedView(desk, self.gathering)
        self.agents = AgentsView(desk, self.gathering)
        self.wording = WordingView(desk, self.gathering, lambda: desk.archive)
        self.found = FoundPane(desk, results, self.statements, self.concordance, self.wording)
        self._results = results
        self._connect()

    def shows_lines(self) -> bool:
        """Whether statements, lines or uses are shown, where the middle shows what was found."""
        return self.found.view() in LISTS

    def reads(self) -> bool:
        """Whether the reader is to stand beside what is shown."""
        return self.beside or self.found.view() not in WIDE

    @property
    def lines(self) -> StatementsView | ConcordanceView | WordingView:
        """The view of lines: of uses where the wording is shown, of statements where they are."""
        match self.found.view():
            case "wording":
                return self.wording
            case "statements":
                return self.statements
            case _:
                return self.concordance

    def show_answer(self, query: str, sequence: int, among: frozenset[int] | None = None) -> None:
        """Let lines and wording follow a search that was answered, of all records or of some."""
        self._query = query
        self.statements.show_query(query, sequence, among)
        self.concordance.show_query(query, sequence, among)
        self.wording.show_query(query, sequence, among)

    def show_view(self, name: str) -> None:
        """Turn to one of the views, and bring the keyboard there."""
        self.found.show_view(name)
        self.focus()

    def focus(self) -> None:
        """Bring the keyboard to the list that is shown."""
        (self.lines if self.shows_lines() else self._results).focus_list()

    def show_reader(self, *, beside: bool) -> None:
        """Let the reader stand beside the lines, or not."""
        if beside == self.beside:
            return
        self.beside = beside
        self.found.reader.setChecked(beside)
        self.concordance.show_passages(shown=not beside)
        self.fit_asked.emit()
        if beside:
            self._read(self.lines.current_line())

    def show_place(self, line: Line | Use | Spoken) -> None:
        """Let the reader show a place, and bring the keyboard there."""
        self._read(line)
        if self.shows_lines() and not self.reads():
            self.show_reader(beside=True)
            self._read(line)
        self._reader.focus_text()

    def line_record(self) -> int:
        """Return the record of the current line; 0 for none."""
        line = self.lines.current_line()
        return line.record if line is not None else 0

    def speaker(self) -> tuple[str, str]:
        """Return who said the statement in hand, and when; empty for nobody."""
        one = self.statements.current_line() if self.found.view() == "statements" else None
        if one is None:
            return "", ""
        return one.filed.statement.speaker.partition("; ")[0], one.date

    def gather(self, record_ids: Sequence[int]) -> None:
        """Gather what is in hand: lines, the words selected in the reader, or whole records."""
        if self._reader.said.list.hasFocus():
            self._reader.said.gather()
        elif self.shows_lines():
            self.lines.gather()
        elif (stretch := self._reader.chosen_stretch()) is not None:
            self.gathering.add([stretch])
        else:
            self.gathering.toggle([(record_id, 0, 0) for record_id in record_ids])

    def judge(self, what: str) -> None:
        """Decide on the statement in hand: in the reader's list, else in the view of statements.

        Args:
            what: "confirm", "reject", "correct" or "withdraw".
        """
        reading = self._reader.said
        within = reading.isAncestorOf(QApplication.focusWidget() or self._results)
        here = self._reader.has_statement() and (within or self.found.view() != "statements")
        line = self.statements.current_line()
        judged = reading.deciding if here else self.statements
        match what:
            case "confirm":
                judged.confirm()
            case "reject":
                judged.reject()
            case "correct":
                if here:
                    reading.deciding.correct_speaker()
                elif line is not None and not line.gone:
                    self._reader.correct_statement(line.start, line.end)
            case _:
                judged.withdraw()

    def save_state(self) -> dict[str, object]:
        """Return what is remembered between sessions."""
        return {
            "view": self.found.view(),
            "beside": self.beside,
            "statements": self.statements.save_state(),
            "concordance": self.concordance.save_state(),
            "wording": self.wording.save_state(),
        }

    def restore_state(self, state: Mapping[str, object]) -> None:
        """Take up what was remembered; what cannot be understood is left out."""
        lines = state.get("concordance")
        if isinstance(lines, dict):
            self.concordance.restore_state(lines)
        if isinstance(said := state.get("statements"), dict):
            self.statements.restore_state(said)
        if isinstance(wording := state.get("wording"), dict):
            self.wording.restore_state(wording)
        self.show_reader(beside=bool(state.get("beside")))
        self.found.show_view(str(state.get("view", "records")))

    def _connect(self) -> None:
        self.found.view_changed.connect(self._turned)
        self.found.reader.clicked.connect(lambda: self.show_reader(beside=not self.beside))
        for lines in (self.statements, self.concordance, self.wording):
            lines.current_changed.connect(self._moved)
            lines.opened.connect(self.show_place)
        self._reader.gather_asked.connect(lambda stretch: self.gathering.toggle([stretch]))
        self.gathering.changed.connect(
            lambda: self._reader.said.show_gathered(self.gathering.stretches)
        )
        self.collected.current_changed.connect(self._show_gathered)
        self.agents.current_changed.connect(self._show_said)
        self.agents.opened.connect(lambda _one: self._reader.focus_text())
        self._results.news_told.connect(self.concordance.head.show_news)
        self.concordance.head.news.clicked.connect(self._results.toggle_new)
        self.collected.opened.connect(lambda _row: self._reader.focus_text())

    def _turned(self, _view: str) -> None:
        self.statements.set_active(active=self.found.view() == "statements")
        self.concordance.set_active(active=self.found.view() == "concordance")
        self.wording.set_active(active=self.found.view() == "wording")
        self.fit_asked.emit()
        if self.shows_lines() and self.reads():
            self._read(self.lines.current_line())
        self.view_changed.emit()

    def _moved(self, line: Line | Use | Spoken | None) -> None:
        if self.shows_lines() and self.reads():
            self._read(line)
        self.line_changed.emit()

    def _read(self, line: Line | Use | Spoken | None) -> None:
        if line is None or line.gone:
            self._reader.show_record(0, "")
        elif self.found.view() == "statements":
            self._reader.show_statement(line.record, self._query, line.start, line.end)
        else:
            self._reader.show_passage(line.record, self._query, line.start, line.end)

    def _show_said(self, one: Spoken | None) -> None:
        if one is None or one.gone:
            self._reader.show_record(0, "")
        else:
            self._reader.show_statement(one.record, "", one.start, one.end)

    def _show_gathered(self, row: Row | None) -> None:
        if row is None:
            self._reader.show_record(0, "")
        elif row.item.stale or not row.item.end:
            self._reader.show_record(row.item.record, "")
        else:
            self._reader.show_passage(row.item.record, "", row.item.start, row.item.end)
