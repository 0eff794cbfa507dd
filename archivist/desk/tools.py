"""What stands beside the search in windows of its own: dossier, terms, synonyms, quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from archivist.desk.dialogs.chronology import ChronologyDialog
from archivist.desk.dialogs.dossier import DossierDialog
from archivist.desk.dialogs.quote import QuoteDialog
from archivist.desk.dialogs.terms import TermsDialog
from archivist.desk.dialogs.thesaurus import ThesaurusDialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from archivist.archive.results import Collected
    from archivist.desk.context import Desk
    from archivist.desk.finder import Answer
    from archivist.desk.gathering import Gathering


class Tools(QObject):
    """Opens the tools of a window, each when it is first asked for.

    Signals:
        query_asked: a query to search for.
        place_asked: a Use whose record is to be read there.
        undo_asked: take the last change back.
        redo_asked: do again what was taken back.
    """

    query_asked = Signal(str)
    place_asked = Signal(object)
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self.dossier: DossierDialog | None = None
        self.terms: TermsDialog | None = None
        self.thesaurus: ThesaurusDialog | None = None
        self.quote: QuoteDialog | None = None
        self.chronology: ChronologyDialog | None = None

    def write_dossier(self, ids: Sequence[int], answer: Answer | None) -> None:
        """Ask what a dossier shall be; without ids it holds all records found."""
        if answer is not None:
            self._dossier_dialog().ask(ids or answer.keys, answer.query)

    def write_gathered(self, items: Sequence[Collected]) -> None:
        """Ask what the dossier of what was gathered shall be."""
        self._dossier_dialog().ask_gathered(items)

    def count_terms(self, answer: Answer | None) -> None:
        """Count a list of terms, within what is found now if that is wanted."""
        if self.terms is None:
            self.terms = TermsDialog(self._desk, self._window)
            self.terms.term_asked.connect(self._search)
        query = answer.query if answer else ""
        reading = "".join(text for text, _ in answer.reading) if answer else ""
        self.terms.ask(query, reading, narrowed=query.strip() not in {"", "*"})

    def check_quotation(self, gathering: Gathering, text: str = "") -> None:
        """Check whether something was ever said; without a text, ask for it."""
        if self.quote is None:
            self.quote = QuoteDialog(
                self._desk, gathering, lambda: self._desk.archive, self._window
            )
            self.quote.opened.connect(self.place_asked)
        self.quote.ask(text)

    def show_chronology(
        self, gathering: Gathering, answer: Answer | None, chosen: Sequence[int] = ()
    ) -> None:
        """Show what happened when, in the records found; where some are chosen, in those."""
        if answer is None:
            return
        if self.chronology is None:
            self.chronology = ChronologyDialog(self._desk, gathering, self._window)
            self.chronology.opened.connect(self.place_asked)
        reading = "".join(text for text, _ in answer.reading)
        among = chosen or (answer.keys if answer.among is not None else ())
        self.chronology.ask(answer.query, reading, among)

    def show_thesaurus(self) -> None:
        """Show which words mean the same."""
        if self.thesaurus is None:
            self.thesaurus = ThesaurusDialog(self._desk, self._window)
            self.thesaurus.undo_asked.connect(self.undo_asked)
            self.thesaurus.redo_asked.connect(self.redo_asked)
        self.thesaurus.ask()

    def find_similar(self, record_id: int) -> None:
        """Search for records that are like this one."""
        archive = self._desk.archive
        if archive is not None and record_id:
            self._desk.tasks.read(
                "tools.like",
                lambda _token: archive.record(record_id).ref,
                lambda ref: self.query_asked.emit(f"like:{ref}"),
                owner=self,
            )

    def _dossier_dialog(self) -> DossierDialog:
        if self.dossier is None:
            self.dossier = DossierDialog(self._desk, self._window)
        return self.dossier

    def _search(self, term: str, within: str) -> None:
        self.query_asked.emit(f"({term}) ({within})" if within else term)
