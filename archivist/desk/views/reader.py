"""The document under the cursor: its text, its original, its description, its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import describe, formats, paint
from archivist.desk.views.reader_bars import CitationBar, HitBar
from archivist.desk.views.reader_document import Document, document_of, page_of
from archivist.desk.views.reader_history import HistoryPage
from archivist.desk.views.reader_original import OriginalPage
from archivist.desk.views.reader_passage import Passage
from archivist.desk.views.reader_reading import Reading
from archivist.desk.views.reader_record import RecordPage
from archivist.model.errors import UnknownRecordError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent, QShowEvent

    from archivist.desk.context import Desk
    from archivist.model.change import Change
    from archivist.model.errors import ArchivistError

TABS: Final = {
    "text": "Text",
    "original": "Original",
    "statements": "Statements",
    "record": "Record",
    "history": "History",
}
_WITH_TEXT: Final = frozenset(("text", "statements"))
_NARROW: Final = 540


class ReaderPane(QWidget):
    """The right side of the desk.

    Signals:
        query_asked: a query to search for, from the selected words.
        wording_asked: a query whose phrase is to be followed through the years.
        quote_asked: selected words: were they ever said elsewhere?
        record_asked: id of another record to show: an attachment, a message.
        agent_asked: (name, date): who is this speaker?
        gather_asked: (record, start, end) is to go to the dossier, or to come back.
        statement_changed: another statement is in hand, or none.
    """

    query_asked = Signal(str)
    wording_asked = Signal(str)
    quote_asked = Signal(str)
    record_asked = Signal(int)
    agent_asked = Signal(str, str)
    gather_asked = Signal(object)
    statement_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown = 0
        self._query = ""
        self._many: Sequence[int] = ()
        self._goal = (0, 0)
        self._document: Document | None = None
        self._typed: dict[int, str] = {}
        self.tabs = paint.TextTabs(desk.theme)
        self.reading = Reading(desk)
        self.page, self.said = self.reading.page, self.reading.said
        self.passage = Passage(desk, self.page.text)
        self.original = OriginalPage(desk)
        self.record = RecordPage(desk)
        self.history = HistoryPage(desk)
        self._blank = QLabel()
        self._stack = QStackedWidget()
        self._hits = HitBar(desk)
        self._citation = CitationBar(desk)
        self._build()
        self._connect()
        self._dress()
        self._show_blank("")

    # What the window asks

    def show_record(self, record_id: int, query: str) -> None:
        """Show a record with what the query searches marked; 0 clears."""
        self._show(record_id, query, (0, 0))

    def _show(self, record_id: int, query: str, goal: tuple[int, int]) -> None:
        if self._many:
            self._many = ()
            self.record.clear()
        self._shown, self._query, self._goal = record_id, query, goal
        self.reading.forget()
        if not record_id or self._desk.archive is None:
            self._desk.tasks.cancel("reader.record")
            self._leave()
            self._show_blank("")
            return
        self._read()

    def show_passage(self, record_id: int, query: str, start: int, end: int) -> None:
        """Show a record at a passage: at the hit that stands there, else with it marked."""
        document = self._document
        there = document is not None and document.record.id == record_id == self._shown
        if there and self._query == query and self.reading.go_to(start, end):
            self._goal = (start, end)
            return
        self._show(record_id, query, (start, end))

    def show_statement(self, record_id: int, query: str, start: int, end: int) -> None:
        """Show a record at a statement, a bar at its side; only hits of the query are marked."""
        document = self._document
        there = document is not None and document.record.id == record_id == self._shown
        if there and self._query == query and self._goal == (0, 0):
            self.reading.point_at(start, end)
            return
        self._show(record_id, query, (0, 0))
        self.reading.pointed = (start, end)

    def chosen_words(self) -> str:
        """Return the words selected in the text, on one line; empty for none."""
        chosen = self.page.text.chosen_text() if self._reads_text() else ""
        return " ".join(chosen.split())

    def chosen_stretch(self) -> tuple[int, int, int] | None:
        """Return the record and the stretch of its text that is selected, or None."""
        stretch = self.page.text.chosen_stretch() if self._reads_text() else None
        if self._document is None or stretch is None:
            return None
        return self._document.record.id, *stretch

    def show_many(self, record_ids: Sequence[int]) -> None:
        """Say that several records are selected; the Record tab describes all of them."""
        self._desk.tasks.cancel("reader.record")
        self._many, self._shown = record_ids, 0
        self._leave()
        self._show_tab(self.tabs.currentIndex())

    def describes_many(self) -> bool:
        """Whether several records are in hand, not one."""
        return len(self._many) > 1

    def refresh(self) -> None:
        """Read again what is shown."""
        if self._shown:
            self._read()

    def show_tab(self, name: str) -> None:
        """Turn to a tab, by its name in TABS."""
        self.tabs.setCurrentIndex(list(TABS).index(name))

    def shown_tab(self) -> str:
        """Return the name of the tab that is shown."""
        return list(TABS)[self.tabs.currentIndex()]

    def _reads_text(self) -> bool:
        return self.shown_tab() in _WITH_TEXT

    def _turn_to_text(self) -> None:
        """Turn to a tab that shows the text, if it is not shown."""
        if not self._reads_text():
            self.show_tab("text")

    def has_statement(self) -> bool:
        """Whether a statement is in hand in the Statements tab."""
        shown = self._document is not None and self.shown_tab() == "statements"
        return shown and self.said.current() is not None

    def file_statement(self) -> None:
        """Let the words selected become a statement."""
        stretch = self.chosen_stretch()
        if stretch is None or self._document is None:
            self._desk.events.message.emit(
                "Select the words that were said, then file them as a statement."
            )
            return
        self.show_tab("statements")
        self.said.deciding.file(self._document.record, *stretch[1:])

    def correct_statement(self, start: int, end: int) -> None:
        """Open the pane for a statement of the record that is shown."""
        self.show_tab("statements")
        self.said.correct_at(start, end)

    def edit(self, record_ids: Sequence[int]) -> None:
        """Describe records: the Record tab, its first field."""
        if len(record_ids) > 1:
            self.show_many(record_ids)
        self.show_tab("record")
        self.record.focus_first()

    def next_hit(self) -> None:
        """Go to the next hit of the text."""
        self._turn_to_text()
        self.page.text.next_hit()

    def previous_hit(self) -> None:
        """Go to the hit before."""
        self._turn_to_text()
        self.page.text.previous_hit()

    def copy_citation(self) -> None:
        """Copy how the passage in hand is cited; the selected words with it, if there are any."""
        if self._document is None:
            return
        chosen = self.page.text.chosen_text() if self._reads_text() else ""
        self.passage.copy(self._document.record, chosen)

    def correct_text(self) -> None:
        """Correct the text in place of the page."""
        if self._document is not None:
            self.show_tab("text")
            self._editor_open()

    def set_original(self) -> None:
        """Ask for a file and add it as the original, or replace the one there is."""
        if self._document is not None:
            self.show_tab("original")
            self.original.ask_for_file()

    def confirm_proposed(self) -> None:
        """Confirm every value of the description that was only proposed."""
        if self._document is not None:
            self.record.show_record(self._document.record)
            self.record.confirm()

    def focus_text(self) -> None:
        """Bring the keyboard to the text."""
        self._turn_to_text()
        self.page.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dirty(self) -> bool:
        """Whether something typed here is not saved yet."""
        return self.record.dirty() or self.page.editing() or bool(self._typed)

    def _close(self) -> None:
        self.show_record(0, "")
        self._typed.clear()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Dress again: a style sheet takes palettes from what was moved into the window."""
        super().showEvent(event)
        self._dress()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find room for five tabs and the hits, also in a narrow window."""
        super().resizeEvent(event)
        tight = self.width() < self._desk.theme.px(_NARROW)
        self.tabs.set_tight(tight=tight)
        self._hits.set_short(short=tight)

    # How it is built

    def _build(self) -> None:
        px = self._desk.theme.px
        for label in TABS.values():
            self.tabs.addTab(label)
        self.tabs.setAccessibleName("Parts of the record")
        strip = QHBoxLayout()
        strip.setContentsMargins(px(8), 0, px(12), 0)
        strip.addWidget(self.tabs)
        strip.addStretch(1)
        strip.addWidget(self._hits)
        self._blank.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._blank.setWordWrap(True)
        pages = (self.reading, self.original, self.record, self.history, self._blank)
        for page in pages:
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(strip)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addWidget(self._stack, 1)
        column.addWidget(self._citation)

    def _connect(self) -> None:
        text = self.page.text
        self.tabs.currentChanged.connect(self._show_tab)
        text.hit_changed.connect(self._hits.show_hits)
        text.paragraph_changed.connect(self._cite)
        text.menu_asked.connect(self.passage.open_menu)
        self.passage.query_asked.connect(self.query_asked)
        self.passage.wording_asked.connect(self.wording_asked)
        self.passage.quote_asked.connect(self.quote_asked)
        self.passage.citation_asked.connect(self.copy_citation)
        self.passage.statement_asked.connect(self.file_statement)
        self.passage.correction_asked.connect(self.correct_text)
        self.reading.list_asked.connect(lambda: self.show_tab("statements"))
        self.said.text_asked.connect(self.focus_text)
        self.said.agent_asked.connect(self.agent_asked)
        self.record.agent_asked.connect(self.agent_asked)
        self.said.gather_asked.connect(self.gather_asked)
        self.said.current_changed.connect(self.statement_changed)
        self.page.corrected.connect(self._corrected)
        self._hits.next.clicked.connect(text.next_hit)
        self._hits.previous.clicked.connect(text.previous_hit)
        self._citation.copy.clicked.connect(self.copy_citation)
        self.original.record_asked.connect(self.record_asked)
        self._desk.events.changed.connect(self._changed)
        self._desk.events.archive_closed.connect(self._close)
        self._desk.theme.changed.connect(self._dress)

    def _dress(self) -> None:
        tokens = self._desk.theme.tokens
        self.setAutoFillBackground(True)
        palette = self.palette()
        for role in (palette.ColorRole.Window, palette.ColorRole.Base):
            palette.setColor(role, tokens.paper)
        self.setPalette(palette)
        palette.setColor(palette.ColorRole.WindowText, tokens.text2)
        self._blank.setPalette(palette)
        self._citation.dress()
        self._hits.dress()

    # What happens

    def _read(self) -> None:
        archive = self._desk.archive
        record_id, query, goal = self._shown, self._query, self._goal
        if archive is not None:
            self._desk.tasks.read(
                "reader.record",
                lambda _token: document_of(archive, record_id, query, goal),
                self._take,
                self._failed,
                self,
            )

    def _take(self, document: Document) -> None:
        before, self._document = self._document, document
        if before is not None and before.record.id != document.record.id:
            self._keep_typed(before)
        if before is not None and before.text != document.text:
            self.reading.spans = ()
        self._set_page(before)
        if document.record.id in self._typed:
            self.page.edit(document.text, self._typed.pop(document.record.id))
        self.reading.show_record(document.record, document.text)
        self._show_tab(self.tabs.currentIndex())
        if self._goal[1]:
            self.reading.go_to(*self._goal)

    def _keep_typed(self, before: Document) -> None:
        """Keep a correction that is not saved for when its record is shown again."""
        typed = self.page.typed()
        if typed is not None:
            self._typed[before.record.id] = typed
            title = describe.title_of(before.record.description)
            self._desk.events.message.emit(
                f"The correction of \u201c{title}\u201d is not saved yet."
            )
        self.page.close_editor()

    def _set_page(self, before: Document | None) -> None:
        """Set the page; where only the description changed, the reader stays where he is."""
        document = self._document
        if document is None:
            return
        page = page_of(document, describe.labels_of(self._desk))
        same = before is not None and before.record.id == document.record.id
        if same and page == self.page.text.page():
            return
        place = self.page.text.verticalScrollBar().value()
        self.page.show_page(page)
        if same and before is not None and before.marks == document.marks:
            self.page.text.verticalScrollBar().setValue(place)

    def _leave(self) -> None:
        """Let go of the document, but not of what was typed into it."""
        if self._document is not None:
            self._keep_typed(self._document)
        self._document = None
        self.reading.leave()

    def _failed(self, error: ArchivistError) -> None:
        self._leave()
        if not isinstance(error, UnknownRecordError):
            self._desk.events.error.emit(error)
        self._show_blank(error.message)

    def _show_tab(self, place: int) -> None:
        document, name = self._document, list(TABS)[place]
        several = len(self._many) > 1
        if document is None and not (several and name == "record"):
            count = formats.number(len(self._many))
            words = f"{count} records are selected.\n\nThe Record tab changes all of them at once."
            self._show_blank(words if several else self._blank.text())
            return
        if several:
            self.record.show_many(self._many)
        self.reading.show_list(shown=name == "statements")
        pages = {"original": self.original, "record": self.record, "history": self.history}
        self._stack.setCurrentWidget(pages.get(name, self.reading))
        on_text = name in _WITH_TEXT and document is not None
        self._citation.setVisible(document is not None and (on_text or name == "original"))
        self._hits.setVisible(on_text and self.page.text.hit_count() > 0)
        if document is not None:
            self._fill(name)
        self.statement_changed.emit()

    def _fill(self, name: str) -> None:
        """Read what a tab shows when it is turned to, not before."""
        if self._document is None:
            return
        record = self._document.record
        if name == "original":
            self.original.show_record(record)
        elif name == "record":
            self.record.show_record(record)
        elif name == "history":
            self.history.show_record(record)
        elif name == "statements":
            self.reading.read_list()
        self._cite(self.page.text.cited_paragraph())

    def _show_blank(self, words: str) -> None:
        self._blank.setText(words)
        self._stack.setCurrentWidget(self._blank)
        self._citation.hide()
        self._hits.hide()

    def _cite(self, paragraph: int) -> None:
        if self._document is not None:
            record, labels = self._document.record, describe.labels_of(self._desk)
            self._citation.say(record, labels, paragraph)

    def _editor_open(self) -> None:
        if self._document is not None:
            self.page.edit(self._document.text)

    def _corrected(self, text: str) -> None:
        archive, document = self._desk.archive, self._document
        if archive is None or document is None:
            return

        def done(change: Change) -> None:
            self.page.close_editor()
            self._desk.events.changed.emit(change)
            self._desk.events.message.emit("Corrected the text. Ctrl+Z takes it back.")

        self._desk.tasks.write(
            lambda: archive.correct_text(document.record.ref, text), done, owner=self
        )

    def _changed(self, change: Change) -> None:
        if self._shown and (not change.records or self._shown in change.records):
            self.refresh()
        if self._many:
            self._show_tab(self.tabs.currentIndex())
