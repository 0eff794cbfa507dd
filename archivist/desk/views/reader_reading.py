"""The text, and beneath it what the record is found to say: each follows the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from archivist.desk.views.reader_page import TextPage
from archivist.desk.views.reader_statements import StatementsPanel

if TYPE_CHECKING:
    from archivist.desk.context import Desk
    from archivist.desk.views.reader_setting import Mark
    from archivist.desk.views.reader_speakers import Said
    from archivist.model.record import Record

MARKS: Final = "reader/statement_marks"
"""The setting that tells whether statements are marked in the margin of the text."""
_REST_MS: Final = 150
"""Statements are looked up for their marks once a record has been shown so long."""


class Reading(QSplitter):
    """The Text tab, and with the list the Statements tab.

    Attributes:
        page: the text.
        said: the list beneath it.
        pointed: where the statement stands that has the bar beside it; (0, 0) for none.
        spans: the words of it that are underlaid while the list is shown.

    Signals:
        list_asked: the list is to be shown.
    """

    list_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._desk = desk
        self._record: Record | None = None
        self._has_text = False
        self._turned = False
        self.page = TextPage(desk)
        self.said = StatementsPanel(desk)
        self.pointed: Mark = (0, 0)
        self.spans: tuple[Mark, ...] = ()
        self._rest = QTimer(self, interval=_REST_MS, singleShot=True)
        self._build()
        self._connect()

    def show_record(self, record: Record, text: str) -> None:
        """Let bar, list and marks follow a record whose page is set."""
        self._record, self._has_text = record, bool(text)
        self._show_pointed()
        if self.said.isHidden():
            self._rest.start()

    def leave(self) -> None:
        """Let go of the record."""
        self._record = None
        self._rest.stop()
        self.said.clear()

    def forget(self) -> None:
        """Point at nothing any more."""
        self.pointed, self.spans = (0, 0), ()

    def point_at(self, start: int, end: int) -> None:
        """Point at a statement of the record that is shown."""
        self.pointed, self.spans = (start, end), ()
        self._show_pointed()
        if not self.said.isHidden():
            self.said.go_to(start, end)

    def go_to(self, start: int, end: int) -> bool:
        """Make the hit that touches a passage the current one; tell whether there is one."""
        for hit, mark in enumerate(self.page.text.page().marks):
            if mark[0] < end and start < mark[1]:
                self.page.text.go_to_hit(hit)
                return True
        return False

    def show_list(self, *, shown: bool) -> None:
        """Show the list beneath the text, or the text alone."""
        below = self.said.isAncestorOf(QApplication.focusWidget() or self)
        self._turned = self._turned or (shown and self.said.isHidden())
        self.said.setVisible(shown)
        if not shown:
            if below:
                self.page.text.setFocus()
            if self.spans:
                self._show_pointed()

    def read_list(self) -> None:
        """Read what the list shows, and take in hand what is pointed at."""
        if self._record is None:
            return
        self.said.show_record(self._record, self.pointed)
        if self.pointed[1] and self._turned:
            self.said.go_to(*self.pointed)
        self._turned = False

    def toggle_marks(self) -> None:
        """Mark statements in the margin of the text, or no longer."""
        self._desk.settings.setValue(MARKS, not self._marks_wanted())
        if self._marks_wanted():
            self._read_said()
        else:
            self.page.text.show_said(())
        words = "are marked" if self._marks_wanted() else "are not marked"
        self._desk.events.message.emit(f"Statements {words} in the margin of the text.")

    def _marks_wanted(self) -> bool:
        return self._desk.settings.value(MARKS, defaultValue=True, type=bool) is True

    def _build(self) -> None:
        px = self._desk.theme.px
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for part in (self.page, self.said):
            self.addWidget(part)
        self.setSizes([px(300), px(380)])
        self.said.setMinimumHeight(px(160))
        self.page.setMinimumHeight(px(120))
        self.said.hide()

    def _connect(self) -> None:
        text = self.page.text
        text.said_pressed.connect(self._take_in_hand)
        text.selectionChanged.connect(self._selected)
        self._rest.timeout.connect(self._read_said)
        self.said.place_asked.connect(self._show_place)
        self.said.told.connect(self._mark_said)

    def _show_pointed(self) -> None:
        spans = () if self.said.isHidden() else self.spans
        self.page.text.show_bar(*self.pointed, spans)
        if self.pointed[1] and not spans:
            self.go_to(*self.pointed)

    def _show_place(self, start: int, end: int, spans: tuple[Mark, ...]) -> None:
        """Let the text follow the list beneath it."""
        self.pointed, self.spans = (start, end), spans
        self.page.text.show_bar(start, end, spans)

    def _read_said(self) -> None:
        """Look up where somebody says something, for the marks in the margin."""
        if self._record is not None and self._has_text and self._marks_wanted():
            self.said.show_record(self._record, self.pointed)

    def _mark_said(self, said: list[Said]) -> None:
        self.page.text.show_said(said if self._marks_wanted() else ())

    def _take_in_hand(self, start: int, end: int) -> None:
        self.list_asked.emit()
        self.said.go_to(start, end)
        self.said.focus()

    def _selected(self) -> None:
        """Other words are selected: they may be meant for the statement that is being filed."""
        stretch = self.page.text.chosen_stretch() if self.said.is_asking() else None
        if stretch is not None:
            self.said.deciding.show_selected(*stretch)
