"""What can be done with words of the text: copied, cited, searched, tracked, checked, filed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from archivist.desk.context import Desk
    from archivist.desk.views.reader_text import ReaderText
    from archivist.model.record import Record


class Passage(QObject):
    """The words selected in the text.

    Signals:
        query_asked: a query to search for, from the words.
        wording_asked: a query whose phrase is to be followed through the years.
        quote_asked: the words: were they ever said elsewhere?
        citation_asked: they are to be copied with their citation.
        statement_asked: they are to become a statement.
        correction_asked: the text is to be corrected.
    """

    query_asked = Signal(str)
    wording_asked = Signal(str)
    quote_asked = Signal(str)
    citation_asked = Signal()
    statement_asked = Signal()
    correction_asked = Signal()

    def __init__(self, desk: Desk, text: ReaderText) -> None:
        super().__init__(text)
        self._desk, self._text = desk, text

    def copy(self, record: Record, words: str) -> None:
        """Copy words with the citation of the passage in hand; without words, that alone."""
        archive = self._desk.archive
        if archive is None:
            return
        paragraph = self._text.cited_paragraph() or None

        def take(citation: str) -> None:
            quoted = f"\u201c{words}\u201d ({citation})" if words else citation
            QGuiApplication.clipboard().setText(quoted)
            self._desk.events.message.emit(
                "Copied the passage with its citation." if words else "Copied the citation."
            )

        self._desk.tasks.read(
            "reader.citation",
            lambda _token: archive.citation(record, paragraph),
            take,
            owner=self,
        )

    def open_menu(self, point: QPoint) -> None:
        """Show at a global point what can be done."""
        menu = QMenu(self._text)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = self._text.chosen_text().strip()
        copy = menu.addAction("Copy", self._text.copy)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setEnabled(bool(chosen))
        menu.addAction("Copy with citation", self.citation_asked.emit)
        file = menu.addAction("File as statement \u2026", self.statement_asked.emit)
        file.setEnabled(self._text.chosen_stretch() is not None)
        for title, signal, words in (
            ("Search for this phrase", self.query_asked, phrase_of(chosen)),
            ("Track this wording", self.wording_asked, phrase_of(chosen)),
            ("Check this quotation", self.quote_asked, chosen),
        ):
            action = menu.addAction(title)
            action.triggered.connect(lambda _on=False, to=signal, say=words: to.emit(say))
            action.setEnabled(bool(chosen))
        menu.addSeparator()
        menu.addAction("Select all", self._text.selectAll)
        menu.addAction("Correct the text", self.correction_asked.emit)
        menu.popup(point)


def phrase_of(words: str) -> str:
    """Return the query for words as a phrase."""
    plain = " ".join(words.replace('"', " ").split())
    return f'"{plain}"'
