"""The records found: how many, when, and each as a card or a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import (
    QByteArray,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import formats
from archivist.desk.models import filters
from archivist.desk.models.records import RecordsModel, Taken
from archivist.desk.views.cards import CARD_HEIGHT, ROW_HEIGHT, CardDelegate, RowDelegate
from archivist.desk.views.dates import Dates
from archivist.desk.views.long_list import LongList, runs, stretches
from archivist.desk.views.results_head import SORTS, EmptyPage, ResultsHead
from archivist.desk.views.results_table import TableHead, columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archivist.archive.results import Found
    from archivist.desk.context import Desk
    from archivist.model.change import Change
    from archivist.model.progress import CancelToken

Rows = QItemSelectionModel.SelectionFlag


class News(NamedTuple):
    """What a saved search finds anew.

    Attributes:
        query: of the search.
        ids: the records it did not find when it was last opened.
        since: when that was, for people.
    """

    query: str
    ids: frozenset[int]
    since: str


class ResultsView(QWidget):
    """The centre of the desk.

    Signals:
        query_edited: a whole new query: the brush, "Clear filters", a proposal.
        sort_changed: another order is asked for.
        current_changed: id of the record under the cursor; 0 for none.
        chosen_changed: ticks or the selection changed.
        activated: id of a record to open (Enter, double click).
        menu_asked: a context menu is wanted at this global point.
        files_asked: the archive is empty, and files are to be imported.
        folder_asked: the archive is empty, and a folder is to be imported.
    """

    query_edited = Signal(str)
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
        self._news: News | None = None
        self._only_new = False
        self._found_keys: Sequence[int] = ()
        self.model = RecordsModel(columns_of(desk), self._fetch, self)
        self._cards = LongList("Records found", self)
        self._table = LongList("Records found, as a table", self)
        self._card_delegate = CardDelegate(desk, self._cards)
        self._row_delegate = RowDelegate(desk, self._table)
        self._empty = EmptyPage(desk)
        self._dates = Dates(desk, self)
        self.timeline = self._dates.timeline
        self._head = ResultsHead(desk)
        self._stack = QStackedWidget()
        self._selection = QItemSelectionModel(self.model, self)
        self._build()
        self._connect()
        self._dress()
        self.clear()

    # What the window asks

    def show_found(self, query: str, found: Found, keys: Sequence[int]) -> None:
        """Show the answer to a query, list and dates."""
        self.show_list(query, found, keys)
        self.show_dates(found)

    def show_dates(self, found: Found) -> None:
        """Show when the records found were written."""
        self._dates.show(self._query, found, self._fields)

    def show_list(self, query: str, found: Found, keys: Sequence[int]) -> None:
        """List the records found; a list that was asked for again keeps its place."""
        again = query == self._query and self._total >= 0
        before = (self.current_id(), self._view().currentIndex().row(), self._offset())
        selected = self._selected_ids() if again else frozenset()
        self._desk.tasks.cancel("results.page")
        self._query = query
        self._narrowed = filters.filters(query, self._fields)
        self._total = found.total
        self._found_keys = keys
        shown = self._kept_of(keys)
        with _Quiet(self._selection):
            self.model.show(shown, found.hits)
        self.set_dimmed(dimmed=False)
        self._show_order()
        if len(keys):
            self._show_page(self._view())
            self._find_place(before if again else (0, 0, 0))
            self._select(selected)
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
        self._news = News(query, frozenset(new), since)
        self._only_new = False
        if query == self._query:
            self._apply_news()

    def show_only_new(self, *, only: bool) -> None:
        """Show only what is new, or all records found."""
        if self._news is None or only == self._only_new:
            return
        self._only_new = only
        key, row, offset = self.current_id(), self._view().currentIndex().row(), 0
        with _Quiet(self._selection):
            self.model.show(self._kept_of(self._found_keys))
        self._find_place((key, row, offset))
        self._tell()

    def _kept_of(self, keys: Sequence[int]) -> Sequence[int]:
        """Return those of the records found that are shown: all, or only the new ones."""
        if self._news is not None and self._news.query != self._query:
            self._news, self._only_new = None, False
        self._apply_news()
        if self._news is None or not self._only_new:
            return keys
        return [key for key in keys if int(key) in self._news.ids]

    def _apply_news(self) -> None:
        news = self._news
        self._card_delegate.new = news.ids if news else frozenset()
        self._tell_news()
        self._view().viewport().update()

    def _tell_news(self) -> None:
        news = self._news
        if news is None or not news.ids:
            self._head.show_news("")
        elif self._only_new:
            self._head.show_news("Show all", f"Show all {formats.counted(self._total, 'record')}")
        else:
            since = f" since {news.since}" if news.since else ""
            count = formats.number(len(news.ids))
            self._head.show_news(f"Only the {count} new", f"{count} new{since}: show only them")

    def show_place(self, title: str, hint: str) -> None:
        """Set the words that are shown where this place is empty."""
        self._place = (title, hint)

    def set_dimmed(self, dimmed: bool) -> None:  # noqa: FBT001 - agreed with the window
        """Dim what was found while a newer search is under way, or cannot be read."""
        self._empty.setDisabled(dimmed)
        if dimmed != self._card_delegate.dimmed:
            self._card_delegate.dimmed = self._row_delegate.dimmed = dimmed
            self._view().viewport().update()

    def dimmed(self) -> bool:
        """Whether what is shown answers an earlier query."""
        return self._card_delegate.dimmed

    def proposal(self) -> str:
        """Return the query that is proposed where nothing was found, or empty."""
        nothing = self._stack.currentWidget() is self._empty
        return self._empty.proposal() if nothing else ""

    def clear(self) -> None:
        """Show nothing: there is no archive."""
        self._desk.tasks.cancel("results.page")
        self._query, self._total, self._narrowed = "", -1, 0
        self.model.choice.clear()
        with _Quiet(self._selection):
            self.model.show(())
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
        index = self._selection.currentIndex()
        return self.model.key(index.row()) if index.isValid() else 0

    def current_name(self) -> tuple[str, str]:
        """Return accession number and title of the record under the cursor, as far as known."""
        index = self._selection.currentIndex()
        hit = self.model.hit(index.row()) if index.isValid() else None
        return (hit.ref, hit.title) if hit is not None else ("", "")

    def select_id(self, record_id: int) -> None:
        """Bring the cursor to a record, if it is among those found."""
        row = self.model.row(record_id, self._selection.currentIndex().row())
        if row >= 0:
            self._go_to(row)

    def selected_rows(self) -> list[int]:
        """Return the selected rows in order."""
        return self._cards.selected_rows()

    def chosen_ids(self) -> Sequence[int]:
        """Return the ticked records; where none is ticked, the selected ones."""
        if not len(self.model.choice):
            return [self.model.key(row) for row in self.selected_rows()]
        if self.model.choice.everything() and len(self.model.choice) == len(self.model.keys):
            return self.model.keys
        return self.model.choice.keys()

    def chosen_count(self) -> int:
        """Return how many records `chosen_ids` names, without naming them."""
        return len(self.model.choice) or self._selected_count()

    def target_ids(self) -> Sequence[int]:
        """Return what a command on records acts on.

        Several selected rows, if there are; else the record under the cursor, with all ticked ones
        if it is ticked itself: what is out of sight is touched only together with what is seen.
        """
        rows = self.selected_rows()
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
        keys = [self.model.key(row) for row in self.selected_rows()]
        if keys:
            on = not all(self.model.choice.ticked(key) for key in keys)
            self.model.tick(keys, on=on)

    def toggle_table(self) -> None:
        """Change between cards and a table of columns."""
        table = not self.is_table()
        focused = self._view().hasFocus()
        current = self._selection.currentIndex()
        if len(self.model.keys):
            self._show_page(self._table if table else self._cards)
        self._as_table = table
        if focused:
            self._view().setFocus()
        self._view().scrollTo(current)

    def is_table(self) -> bool:
        """Whether the records are shown as a table."""
        return self._as_table

    def refresh(self, record_ids: Sequence[int]) -> None:
        """Read cards again; without ids, all."""
        self.model.refresh(record_ids)

    def focus_list(self) -> None:
        """Bring the keyboard to the list."""
        self._view().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save_state(self) -> dict[str, object]:
        """Return what is remembered between sessions."""
        columns = self._table.horizontalHeader().saveState().toBase64().toStdString()
        ticked = [] if len(self.model.choice) > _REMEMBERED else self.model.choice.keys()
        return {"sort": self._sort, "table": self._as_table, "columns": columns, "ticked": ticked}

    def restore_state(self, state: Mapping[str, object]) -> None:
        """Take up what was remembered; what cannot be understood is left out."""
        self.set_sort(str(state.get("sort", self._sort)))
        columns = state.get("columns")
        if isinstance(columns, str) and columns:
            header = QByteArray.fromBase64(columns.encode("ascii", "ignore"))
            self._table.horizontalHeader().restoreState(header)
            self._show_order()
        if bool(state.get("table")) != self._as_table:
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
        self._as_table = False
        for page in (self._cards, self._table, self._empty):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.timeline)
        column.addWidget(self._stack, 1)
        self._fill_sort()
        self._set_views()

    def _set_views(self) -> None:
        self._table.setHorizontalHeader(TableHead(self._desk, self._table))
        for view, delegate in (
            (self._cards, self._card_delegate),
            (self._table, self._row_delegate),
        ):
            view.setModel(self.model)
            view.setItemDelegate(delegate)
            view.setSelectionModel(self._selection)
            view.opened.connect(lambda row: self.activated.emit(self.model.key(row)))
            view.ticked.connect(self.toggle_tick)
            view.menu_asked.connect(self.menu_asked)
        self._cards.show_one_column()
        header = self._table.horizontalHeader()
        for place, column in enumerate(self.model.columns):
            header.resizeSection(place, self._desk.theme.px(column.width))
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose_columns)
        header.sectionClicked.connect(self._sort_by)
        self._show_order()

    def _fill_sort(self) -> None:
        for name, label in SORTS.items():
            action = QAction(label, self._head.menu)
            action.setCheckable(True)
            action.setData(name)
            action.triggered.connect(lambda _on, name=name: self._order(name))
            self._head.menu.addAction(action)
        self.set_sort(self._sort)

    def _connect(self) -> None:
        self._selection.selectionChanged.connect(self._tell)
        self._selection.currentRowChanged.connect(self._moved)
        self.model.ticks_changed.connect(self._tell)
        self._dates.query_edited.connect(self.query_edited)
        self._dates.zoom_offered.connect(self._head.show_zoom)
        self._head.zoom.clicked.connect(self._dates.toggle_zoom)
        self._empty.query_asked.connect(self.query_edited)
        self._empty.files_asked.connect(self.files_asked)
        self._empty.folder_asked.connect(self.folder_asked)
        self._head.clear.clicked.connect(self._clear_filters)
        self._head.untick.clicked.connect(self.untick_all)
        self._head.news.clicked.connect(lambda: self.show_only_new(only=not self._only_new))
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
        self._table.set_row_height(theme.px(ROW_HEIGHT))
        self._cards.set_row_height(theme.px(CARD_HEIGHT))
        self._cards.set_ground(palette)
        self._table.set_ground(palette)
        self._head.dress()
        self._empty.dress()
        self._cards.verticalScrollBar().setSingleStep(theme.px(34))
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

    def _find_place(self, before: tuple[int, int, int]) -> None:
        """Stay where the user was; where that record is gone, at its neighbour."""
        key, row, offset = before
        found = self.model.row(key, row) if key else 0
        row = found if found >= 0 else min(row, len(self.model.keys) - 1)
        with _Quiet(self._selection):
            self._go_to(max(0, row), scroll=not key)
        if key:
            self._view().verticalScrollBar().setValue(offset)
        if found < 0 or not key:
            self._moved()

    def _selected_ids(self) -> frozenset[int]:
        """Return the selected records where they are several; one is the current one."""
        rows = self.selected_rows() if self._selected_count() > 1 else ()
        return frozenset(self.model.key(row) for row in rows)

    def _select(self, keys: frozenset[int]) -> None:
        """Select these records once more, as far as they were found again."""
        rows = [row for row, key in enumerate(self.model.keys if keys else ()) if int(key) in keys]
        chosen = QItemSelection()
        for first, last in runs(rows):
            chosen.append(QItemSelectionRange(self.model.index(first, 0), self._last(last)))
        self._selection.select(chosen, Rows.Select | Rows.Rows)

    def _last(self, row: int) -> QModelIndex:
        return self.model.index(row, self.model.columnCount() - 1)

    def _go_to(self, row: int, *, scroll: bool = True) -> None:
        index = self.model.index(row, 0)
        self._selection.setCurrentIndex(index, Rows.ClearAndSelect | Rows.Rows)
        if scroll:
            self._view().scrollTo(index)

    def _offset(self) -> int:
        return self._view().verticalScrollBar().value()

    def _view(self) -> QAbstractItemView:
        return self._table if self._as_table else self._cards

    def _moved(self) -> None:
        self.current_changed.emit(self.current_id())

    def _tell(self) -> None:
        """Say how many there are and how many of them are chosen."""
        strong = 'style="font-weight:600"'
        ticked, rows = len(self.model.choice), self._selected_count()
        said, number, noun = "", "", ""
        if self._total >= 0:
            said = formats.counted(self._total, "record")
            number, _, noun = said.rpartition(" ")
            said = f"<span {strong}>{number}</span> {noun}"
        if self._only_new and self._total >= 0:
            shown = formats.number(len(self.model.keys))
            said = f"<span {strong}>{shown}</span> new of {number} {noun}"
        if ticked:
            said += f", {formats.number(ticked)} chosen"
        elif rows > 1:
            said += f", {formats.number(rows)} selected"
        self._head.count.setText(said)
        self._head.show_links(narrowed=self._narrowed > 0, ticked=ticked > 0)
        self._cards.viewport().update()
        self.chosen_changed.emit()

    def _selected_count(self) -> int:
        return sum(len(stretch) for stretch in stretches(self._selection))

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
        header = self._table.horizontalHeader()
        for place, column in enumerate(self.model.columns):
            if order in column.sorts:
                header.setSortIndicatorShown(True)
                oldest = order == "oldest"
                down = Qt.SortOrder.AscendingOrder if oldest else Qt.SortOrder.DescendingOrder
                header.setSortIndicator(place, down)
                return
        header.setSortIndicatorShown(False)

    def _choose_columns(self, point: QPoint) -> None:
        header = self._table.horizontalHeader()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, column in enumerate(self.model.columns[1:], 1):
            action = menu.addAction(column.label)
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(place))
            action.toggled.connect(lambda on, place=place: header.setSectionHidden(place, not on))
        menu.popup(header.mapToGlobal(point))


_REMEMBERED: Final = 10_000


class _Quiet:
    """Keeps the selection silent while the model changes beneath it."""

    def __init__(self, selection: QItemSelectionModel) -> None:
        self._selection = selection

    def __enter__(self) -> None:
        self._selection.blockSignals(True)  # noqa: FBT003 - Qt's own signature

    def __exit__(self, *_error: object) -> None:
        self._selection.blockSignals(False)  # noqa: FBT003 - Qt's own signature
