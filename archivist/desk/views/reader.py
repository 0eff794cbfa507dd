"""The document under the cursor: its text, its original, its description, its history."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import describe, formats, paint
from archivist.desk.views.reader_bars import CitationBar, HitBar
from archivist.desk.views.reader_history import HistoryPage
from archivist.desk.views.reader_original import OriginalPage
from archivist.desk.views.reader_page import TextPage
from archivist.desk.views.reader_record import RecordPage
from archivist.desk.views.reader_setting import Page
from archivist.model.errors import UnknownRecordError
from archivist.model.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.archive import Archive
    from archivist.desk.context import Desk
    from archivist.model.change import Change
    from archivist.model.errors import ArchivistError

TABS: Final = {"text": "Text", "original": "Original", "record": "Record", "history": "History"}


@dataclass(frozen=True, slots=True)
class Document:
    """What the reader reads of a record in one go."""

    record: Record
    text: str
    marks: tuple[tuple[int, int], ...]


class ReaderPane(QWidget):
    """The right side of the desk.

    Signals:
        query_asked: a query to search for, from the selected words.
        wording_asked: a query whose phrase is to be followed through the years.
        quote_asked: selected words: were they ever said elsewhere?
        record_asked: id of another record to show: an attachment, a message.
    """

    query_asked = Signal(str)
    wording_asked = Signal(str)
    quote_asked = Signal(str)
    record_asked = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown = 0
        self._query = ""
        self._many: Sequence[int] = ()
        self._goal = (0, 0)
        self._said = (0, 0)
        self._document: Document | None = None
        self._typed: dict[int, str] = {}
        self.tabs = paint.TextTabs(desk.theme)
        self.page = TextPage(desk)
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
        self._said = (0, 0)
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
        if there and self._query == query and self._go_to(start, end):
            self._goal = (start, end)
            return
        self._show(record_id, query, (start, end))

    def show_statement(self, record_id: int, query: str, start: int, end: int) -> None:
        """Show a record at a statement, a bar at its side; only hits of the query are marked."""
        document = self._document
        there = document is not None and document.record.id == record_id == self._shown
        if there and self._query == query and self._goal == (0, 0):
            self._said = (start, end)
            self._show_said()
            return
        self._show(record_id, query, (0, 0))
        self._said = (start, end)

    def _show_said(self) -> None:
        start, end = self._said
        self.page.text.show_bar(start, end)
        if end:
            self._go_to(start, end)

    def chosen_words(self) -> str:
        """Return the words selected in the text, on one line; empty for none."""
        chosen = self.page.text.chosen_text() if self.tabs.currentIndex() == 0 else ""
        return " ".join(chosen.split())

    def chosen_stretch(self) -> tuple[int, int, int] | None:
        """Return the record and the stretch of its text that is selected, or None."""
        stretch = self.page.text.chosen_stretch() if self.tabs.currentIndex() == 0 else None
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
        """Turn to a tab: "text", "original", "record" or "history"."""
        self.tabs.setCurrentIndex(list(TABS).index(name))

    def edit(self, record_ids: Sequence[int]) -> None:
        """Describe records: the Record tab, its first field."""
        if len(record_ids) > 1:
            self.show_many(record_ids)
        self.show_tab("record")
        self.record.focus_first()

    def next_hit(self) -> None:
        """Go to the next hit of the text."""
        self.show_tab("text")
        self.page.text.next_hit()

    def previous_hit(self) -> None:
        """Go to the hit before."""
        self.show_tab("text")
        self.page.text.previous_hit()

    def copy_citation(self) -> None:
        """Copy how the passage in hand is cited; the selected words with it, if there are any."""
        if self._document is None:
            return
        chosen = self.page.text.chosen_text() if self.tabs.currentIndex() == 0 else ""
        self._copy(chosen)

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
        self.show_tab("text")
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
        pages = (self.page, self.original, self.record, self.history, self._blank)
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
        text.menu_asked.connect(self._open_menu)
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
                lambda _token: _document(archive, record_id, query, goal),
                self._take,
                self._failed,
                self,
            )

    def _take(self, document: Document) -> None:
        before, self._document = self._document, document
        if before is not None and before.record.id != document.record.id:
            self._keep_typed(before)
        self._set_page(before)
        if document.record.id in self._typed:
            self.page.edit(document.text, self._typed.pop(document.record.id))
        self._show_tab(self.tabs.currentIndex())
        if self._goal[1]:
            self._go_to(*self._goal)
        self._show_said()

    def _go_to(self, start: int, end: int) -> bool:
        """Make the hit that touches a passage the current one; tell whether there is one."""
        marks = self.page.text.page().marks
        for hit, mark in enumerate(marks):
            if mark[0] < end and start < mark[1]:
                self.page.text.go_to_hit(hit)
                return True
        return False

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
        page = _page(document, describe.labels_of(self._desk))
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

    def _failed(self, error: ArchivistError) -> None:
        self._leave()
        if not isinstance(error, UnknownRecordError):
            self._desk.events.error.emit(error)
        self._show_blank(error.message)

    def _show_tab(self, place: int) -> None:
        document = self._document
        several = len(self._many) > 1
        if document is None and not (several and place == list(TABS).index("record")):
            count = formats.number(len(self._many))
            words = f"{count} records are selected.\n\nThe Record tab changes all of them at once."
            self._show_blank(words if several else self._blank.text())
            return
        if several:
            self.record.show_many(self._many)
        self._stack.setCurrentIndex(place)
        on_text = place == 0 and document is not None
        self._citation.setVisible(document is not None and place in {0, 1})
        self._hits.setVisible(on_text and self.page.text.hit_count() > 0)
        if document is not None:
            self._fill(place, document.record)

    def _fill(self, place: int, record: Record) -> None:
        """Read what a tab shows when it is turned to, not before."""
        name = list(TABS)[place]
        if name == "original":
            self.original.show_record(record)
        elif name == "record":
            self.record.show_record(record)
        elif name == "history":
            self.history.show_record(record)
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

    def _copy(self, passage: str) -> None:
        archive, document = self._desk.archive, self._document
        if archive is None or document is None:
            return
        paragraph = self.page.text.cited_paragraph() or None

        def take(citation: str) -> None:
            quoted = f"\u201c{passage}\u201d ({citation})" if passage else citation
            QGuiApplication.clipboard().setText(quoted)
            self._desk.events.message.emit(
                "Copied the passage with its citation." if passage else "Copied the citation."
            )

        work = lambda _token: archive.citation(document.record, paragraph)  # noqa: E731
        self._desk.tasks.read("reader.citation", work, take, owner=self)

    def _open_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = self.page.text.chosen_text().strip()
        copy = menu.addAction("Copy", self.page.text.copy)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setEnabled(bool(chosen))
        menu.addAction("Copy with citation", self.copy_citation)
        for title, do in (
            ("Search for this phrase", self._search),
            ("Follow this wording", self._follow),
            ("Check this quotation", self._check),
        ):
            action = menu.addAction(title)
            action.triggered.connect(partial(do, chosen))
            action.setEnabled(bool(chosen))
        menu.addSeparator()
        menu.addAction("Select all", self.page.text.selectAll)
        menu.addAction("Correct the text", self.correct_text)
        menu.popup(point)

    def _search(self, phrase: str, *_checked: bool) -> None:
        self.query_asked.emit(_quoted(phrase))

    def _follow(self, phrase: str, *_checked: bool) -> None:
        self.wording_asked.emit(_quoted(phrase))

    def _check(self, words: str, *_checked: bool) -> None:
        self.quote_asked.emit(words)

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


def _document(
    archive: Archive, record_id: int, query: str, goal: tuple[int, int] = (0, 0)
) -> Document:
    record = archive.record(record_id)
    text = archive.text(record)
    marks = archive.marks(query, record) if query.strip() and text else []
    start, end = goal
    if start < end <= len(text) and not any(low < end and start < high for low, high in marks):
        marks = sorted([*marks, goal])
    return Document(record, text, tuple((start, end) for start, end in marks))


def _page(document: Document, labels: describe.Labels) -> Page:
    record = document.record
    if document.text:
        empty = ""
    elif record.original is not None:
        empty = "This record has no text. The Original tab shows the file as received."
    else:
        empty = "This record has no text yet. “Correct the text” lets you type it in."
    return Page(
        title=describe.title_of(record.description),
        meta=describe.meta_of(record, labels, place=True),
        text=document.text,
        marks=document.marks,
        language=record.description.language,
        empty=empty,
    )


def _quoted(phrase: str) -> str:
    """Return the query for a phrase."""
    words = " ".join(phrase.replace('"', " ").split())
    return f'"{words}"'
