"""The records found: how many, when, and each as a card or a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from archivist.desk import formats
from archivist.desk.models import filters
from archivist.desk.models.news import NewRecords
from archivist.desk.models.records import RecordsModel, Taken
from archivist.desk.views.dates import Dates
from archivist.desk.views.record_lists import RecordLists, Standing
from archivist.desk.views.results_head import SORTS, EmptyPage, ResultsHead
from archivist.desk.views.results_table import columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archivist.archive.results import Found
    from archivist.desk.context import Desk
    from archivist.model.change import Change
    from archivist.model.progress import CancelToken

_REMEMBERED: Final = 10_000
"""Ticks that are kept between sessions; more were rather a passing thought."""


class ResultsView(QWidget):
    """The centre of the desk.

    Signals:
        query_edited: a whole new query: the brush, "Clear filters", a proposal.
        only_new_changed: only what is new is to be searched, or all records again.
        news_told: what can be done about what is new, and a tip for it; empty: nothing.
        sort_changed: another order is asked for.
        current_changed: id of the record under the cursor; 0 for none.
        chosen_changed: ticks or the selection changed.
        activated: id of a record to open (Enter, double click).
        menu_asked: a context menu is wanted at this global point.
        files_asked: the archive is empty, and files are to be imported.
        folder_asked: the archive is empty, and a folder is to be imported.
    """

    query_edited = Signal(str)
    only_new_changed = Signal()
    news_told = Signal(str, str)
    sort_changed = Signal(str)
    current_changed = Signal(int)
    chosen_changed = Signal()
    activated = Signal(int)
    menu_asked = Signal(QPoint)
    files_asked = Signal()
    folder_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._query = ""
        self._sort = "relevance"
        self._total = -1
        self._narrowed = 0
        self._fields = filters.OwnFields(())
        self._place = ("", "")
        self._new = NewRecords()
        self._among: frozenset[int] | None = None
        self._whole = ("", -1)
        self.model = RecordsModel(columns_of(desk), self._fetch, self)
        self.lists = RecordLists(desk, self.model, self)
        self._empty = EmptyPage(desk)
        self._dates = Dates(desk, self)
        self.timeline = self._dates.timeline
        self._head = ResultsHead(desk)
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self._dress()
        self.clear()

    # What the window asks

    def show_found(
        self,
        query: str,
        found: Found,
        keys: Sequence[int],
        among: frozenset[int] | None = None,
    ) -> None:
        """Show the answer to a query, list and dates."""
        self.show_list(query, found, keys, among)
        self.show_dates(found)

    def show_dates(self, found: Found) -> None:
        """Show when the records found were written."""
        self._dates.show(self._query, found, self._fields, self._among)

    def show_list(
        self,
        query: str,
        found: Found,
        keys: Sequence[int],
        among: frozenset[int] | None = None,
    ) -> None:
        """List the records found; a list that was asked for again keeps its place.

        Args:
            query: that was answered.
            found: its answer.
            keys: ids of all records found, in order.
            among: ids of the only records that were searched; None for all.
        """
        again = query == self._query and among == self._among and self._total >= 0
        before = self.lists.standing()
        selected = self.lists.selected_ids() if again else frozenset()
        self._desk.tasks.cancel("results.page")
        self._query = query
        self._narrowed = filters.filters(query, self._fields)
        self._total = found.total
        self._among = among
        if among is None:
            self._whole = (query, found.total)
        self._mark_new(keys)
        self.lists.show_records(keys, found.hits)
        self.set_dimmed(dimmed=False)
        self._show_order()
        if len(keys):
            self._show_page(self.lists)
            self.lists.go_back(before if again else Standing())
            self.lists.select(selected)
        else:
            self._show_empty(found)
        self._tell()

    def show_news(self, query: str, new: Sequence[int], since: str) -> None:
        """Mark what a saved search finds anew, and offer to show only that.

        Args:
            query: of the search; another query ends it.
            new: records that it did not find when it was last opened.
            since: when that was, for people; empty where it never was.
        """
        was_only = self._new.only
        self._new.take(query, new, since)
        if query == self._query:
            self._mark_new(self.model.keys)
        if was_only:
            self.only_new_changed.emit()

    def toggle_new(self) -> None:
        """Show only what is new, or all records found again."""
        self._new.only = not self._new.only
        self.only_new_changed.emit()

    def looked_at(self, text: str) -> frozenset[int] | None:
        """Return the only records that a query is to search, as what is new; None for all."""
        return self._new.looked_at(text, self._fields)

    def _mark_new(self, keys: Sequence[int]) -> None:
        """Mark what is new among the records found, and offer to show only that."""
        self.lists.mark_new(self._new.ids)
        words, tip = self._new.offer(keys)
        self._head.show_news(words, tip)
        self.news_told.emit(words, tip)

    def show_place(self, title: str, hint: str) -> None:
        """Set the words that are shown where this place is empty."""
        self._place = (title, hint)

    def set_dimmed(self, dimmed: bool) -> None:  # noqa: FBT001 - agreed with the window
        """Dim what was found while a newer search is under way, or cannot be read."""
        self._empty.setDisabled(dimmed)
        self.lists.set_dimmed(dimmed=dimmed)

    def dimmed(self) -> bool:
        """Whether what is shown answers an earlier query."""
        return self.lists.dimmed()

    def proposal(self) -> str:
        """Return the query that is proposed where nothing was found, or empty."""
        nothing = self._stack.currentWidget() is self._empty
        return self._empty.proposal() if nothing else ""

    def clear(self) -> None:
        """Show nothing: there is no archive."""
        self._desk.tasks.cancel("results.page")
        self._query, self._total, self._narrowed = "", -1, 0
        self._among = None
        self._new.forget()
        self._mark_new(())
        self.model.choice.clear()
        self.lists.show_records(())
        self._dates.clear()
        self._empty.say("", "")
        self._show_page(self._empty)
        self._tell()

    def sort(self) -> str:
        """Return the order asked for."""
        return self._sort

    def set_sort(self, sort: str) -> None:
        """Show another order in the head; does not ask for it."""
        self._sort = sort if sort in SORTS else "relevance"
        for action in self._head.menu.actions():
            action.setChecked(action.data() == self._sort)
        self._show_order()

    def current_id(self) -> int:
        """Return the id of the record under the cursor; 0 for none."""
        return self.lists.current_id()

    def current_name(self) -> tuple[str, str]:
        """Return accession number and title of the record under the cursor, as far as known."""
        hit = self.lists.current_hit()
        return (hit.ref, hit.title) if hit is not None else ("", "")

    def select_id(self, record_id: int) -> None:
        """Bring the cursor to a record, if it is among those found."""
        self.lists.select_id(record_id)

    def chosen_ids(self) -> Sequence[int]:
        """Return the ticked records; where none is ticked, the selected ones."""
        if not len(self.model.choice):
            return [self.model.key(row) for row in self.lists.selected_rows()]
        if self.model.choice.everything() and len(self.model.choice) == len(self.model.keys):
            return self.model.keys
        return self.model.choice.keys()

    def chosen_count(self) -> int:
        """Return how many records `chosen_ids` names, without naming them."""
        return len(self.model.choice) or self.lists.selected_count()

    def target_ids(self) -> Sequence[int]:
        """Return what a command on records acts on.

        Several selected rows, if there are; else the record under the cursor, with all ticked ones
        if it is ticked itself: what is out of sight is touched only together with what is seen.
        """
        rows = self.lists.selected_rows()
        if len(rows) > 1:
            return [self.model.key(row) for row in rows]
        current = self.current_id()
        if current and self.model.choice.ticked(current):
            return self.chosen_ids()
        return [current] if current else []

    def ticked_count(self) -> int:
        """Return how many records are ticked, also in earlier searches."""
        return len(self.model.choice)

    def tick_all(self) -> None:
        """Tick every record found."""
        self.model.tick_all()

    def untick_all(self) -> None:
        """Untick every record, also those of earlier searches."""
        self.model.untick_all()

    def toggle_tick(self) -> None:
        """Tick the selected records; untick them where all are ticked already."""
        keys = [self.model.key(row) for row in self.lists.selected_rows()]
        if keys:
            on = not all(self.model.choice.ticked(key) for key in keys)
            self.model.tick(keys, on=on)

    def toggle_table(self) -> None:
        """Change between cards and a table of columns."""
        self.lists.toggle_table()

    def is_table(self) -> bool:
        """Whether the records are shown as a table."""
        return self.lists.is_table()

    def refresh(self, record_ids: Sequence[int]) -> None:
        """Read cards again; without ids, all."""
        self.model.refresh(record_ids)

    def focus_list(self) -> None:
        """Bring the keyboard to the list."""
        self.lists.view().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save_state(self) -> dict[str, object]:
        """Return what is remembered between sessions."""
        columns, table = self.lists.save_columns(), self.is_table()
        ticked = [] if len(self.model.choice) > _REMEMBERED else self.model.choice.keys()
        return {"sort": self._sort, "table": table, "columns": columns, "ticked": ticked}

    def restore_state(self, state: Mapping[str, object]) -> None:
        """Take up what was remembered; what cannot be understood is left out."""
        self.set_sort(str(state.get("sort", self._sort)))
        columns = state.get("columns")
        if isinstance(columns, str) and columns:
            self.lists.restore_columns(columns)
            self._show_order()
        if bool(state.get("table")) != self.is_table():
            self.toggle_table()
        ticked = state.get("ticked")
        if isinstance(ticked, list):
            self.model.tick([key for key in ticked if isinstance(key, int)], on=True)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Dress again: a style sheet takes palettes from what was moved into the window."""
        super().showEvent(event)
        self._dress()

    # How it is built

    def _build(self) -> None:
        for page in (self.lists, self._empty):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.timeline)
        column.addWidget(self._stack, 1)
        self._fill_sort()

    def _fill_sort(self) -> None:
        for name, label in SORTS.items():
            action = QAction(label, self._head.menu)
            action.setCheckable(True)
            action.setData(name)
            action.triggered.connect(lambda _on, name=name: self._order(name))
            self._head.menu.addAction(action)
        self.set_sort(self._sort)

    def _connect(self) -> None:
        self.lists.selection_changed.connect(self._tell)
        self.lists.moved.connect(lambda: self.current_changed.emit(self.current_id()))
        self.lists.opened.connect(self.activated)
        self.lists.ticked.connect(self.toggle_tick)
        self.lists.menu_asked.connect(self.menu_asked)
        self.lists.column_clicked.connect(self._sort_by)
        self.model.ticks_changed.connect(self._tell)
        self._dates.query_edited.connect(self.query_edited)
        self._dates.zoom_offered.connect(self._head.show_zoom)
        self._head.zoom.clicked.connect(self._dates.toggle_zoom)
        self._empty.query_asked.connect(self.query_edited)
        self._empty.files_asked.connect(self.files_asked)
        self._empty.folder_asked.connect(self.folder_asked)
        self._head.clear.clicked.connect(self._clear_filters)
        self._head.untick.clicked.connect(self.untick_all)
        self._head.news.clicked.connect(self.toggle_new)
        self._desk.theme.changed.connect(self._dress)
        self._desk.events.changed.connect(self._changed)
        self._desk.events.archive_closed.connect(self.clear)
        self._desk.events.archive_opened.connect(self._read_fields)
        self._desk.events.followed.connect(self._read_fields)

    def _dress(self) -> None:
        theme = self._desk.theme
        self.setAutoFillBackground(True)
        palette = self.palette()
        for role in (palette.ColorRole.Window, palette.ColorRole.Base):
            palette.setColor(role, theme.tokens.base)
        self.setPalette(palette)
        self.lists.dress(palette)
        self._head.dress()
        self._empty.dress()
        self._tell()

    # What happens

    def _fetch(self, keys: list[int], taken: Taken) -> None:
        archive, query = self._desk.archive, self._query
        if archive is None:
            taken(None)
            return

        def failed(error: object) -> None:
            taken(None)
            self._desk.events.error.emit(error)

        self._desk.tasks.read(
            "results.page", lambda _token: archive.hits(keys, query), taken, failed, self
        )

    def _show_empty(self, found: Found) -> None:
        """Say why there is nothing: the archive is empty, this place is, or nothing matches."""
        title, hint = self._place
        everything = self._query.strip() in {"", "*"}
        if everything:
            self._empty.say_unfilled()
        elif title and not filters.without_filters(self._query, self._fields):
            self._empty.say(title, hint, offer=True)
        else:
            self._empty.say("Nothing found", found.reason or "", found.proposal, offer=True)
        self._show_page(self._empty)
        if not everything:
            self._count_all()

    def _count_all(self) -> None:
        """Find out whether there is anything at all to be found."""
        archive = self._desk.archive
        if archive is None:
            return

        def take(count: int) -> None:
            if not count and self._total == 0:
                self._empty.say_unfilled()

        self._desk.tasks.read(
            "results.count", lambda _token: archive.count(), take, lambda _error: None, self
        )

    def _show_page(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)
        nothing = page is self._empty
        self._head.sorted = not nothing
        self.timeline.setVisible(self.timeline.shown.extent() is not None)

    def _tell(self) -> None:
        """Say how many there are and how many of them are chosen."""
        strong = 'style="font-weight:600"'
        ticked, rows = len(self.model.choice), self.lists.selected_count()
        said, number, noun = "", "", ""
        if self._total >= 0:
            said = formats.counted(self._total, "record")
            number, _, noun = said.rpartition(" ")
            said = f"<span {strong}>{number}</span> {noun}"
        if self._among is not None and self._total >= 0:
            said = f"<span {strong}>{number}</span> new{self._of_all(noun)}"
        if ticked:
            said += f", {formats.number(ticked)} chosen"
        elif rows > 1:
            said += f", {formats.number(rows)} selected"
        self._head.count.setText(said)
        self._head.show_links(narrowed=self._narrowed > 0, ticked=ticked > 0)
        self.lists.cards.viewport().update()
        self.chosen_changed.emit()

    def _of_all(self, noun: str) -> str:
        """Say how many records there are beside the new ones, where that is known."""
        query, total = self._whole
        return f" of {formats.counted(total, 'record')}" if query == self._query else f" {noun}"

    def _changed(self, change: Change) -> None:
        """What lies in the trash is chosen no more."""
        if change.kind == "delete" and len(self.model.choice):
            self.model.drop_ticks(change.records)

    def _clear_filters(self) -> None:
        self.query_edited.emit(filters.without_filters(self._query, self._fields))

    def _read_fields(self, *_told: object) -> None:
        """Learn the archive's own fields, so that queries with them can be read here."""
        archive = self._desk.archive
        if archive is None:
            return

        def take(names: tuple[str, ...]) -> None:
            self._fields = filters.OwnFields(names)
            self._tell()

        def read(_token: CancelToken) -> tuple[str, ...]:
            formats.warm_up()
            return tuple(archive.vocabulary.custom())

        self._desk.tasks.read("results.fields", read, take, lambda _error: None, self)

    def _order(self, name: str) -> None:
        if name != self._sort:
            self.set_sort(name)
            self.sort_changed.emit(name)
        else:
            self.set_sort(name)

    def _sort_by(self, section: int) -> None:
        orders = self.model.columns[section].sorts
        if orders:
            place = orders.index(self._sort) + 1 if self._sort in orders else 0
            self._order(orders[place % len(orders)])
        self._show_order()

    def _show_order(self) -> None:
        order = filters.order_of(self._sort, self._query, self._fields)
        self._head.sort.setText(SORTS[order])
        self.lists.show_order(order)
