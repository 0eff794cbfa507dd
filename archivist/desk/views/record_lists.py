"""The list of the records found as cards and as a table: one cursor and one selection for both."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from archivist.desk.views.cards import CARD_HEIGHT, ROW_HEIGHT, CardDelegate, RowDelegate
from archivist.desk.views.long_list import LongList, runs, stretches
from archivist.desk.views.results_table import TableHead

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QPalette

    from archivist.archive.results import Hit
    from archivist.desk.context import Desk
    from archivist.desk.models.records import RecordsModel

Rows = QItemSelectionModel.SelectionFlag


class Standing(NamedTuple):
    """Where a person is in a list.

    Attributes:
        key: id of the record under the cursor; 0 for none.
        row: of the cursor.
        offset: of the scroll bar, in px.
    """

    key: int = 0
    row: int = 0
    offset: int = 0


class RecordLists(QStackedWidget):
    """Shows the same records as cards or as a table of columns.

    Signals:
        moved: another record is under the cursor, or none.
        selection_changed: other rows are selected.
        opened: id of a record (Enter, double click).
        ticked: Space: the selected records are to be ticked or unticked.
        menu_asked: a context menu is wanted at this global point.
        column_clicked: place of a column whose head was clicked.
    """

    moved = Signal()
    selection_changed = Signal()
    opened = Signal(int)
    ticked = Signal()
    menu_asked = Signal(QPoint)
    column_clicked = Signal(int)

    def __init__(self, desk: Desk, model: RecordsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = desk.theme
        self._model = model
        self.cards = LongList("Records found", self)
        self.table = LongList("Records found, as a table", self)
        self._card_delegate = CardDelegate(desk, self.cards)
        self._row_delegate = RowDelegate(desk, self.table)
        self._selection = QItemSelectionModel(model, self)
        self.table.setHorizontalHeader(TableHead(desk, self.table))
        self._set_view(self.cards, self._card_delegate)
        self._set_view(self.table, self._row_delegate)
        self.cards.show_one_column()
        self._set_columns()
        self._selection.selectionChanged.connect(self.selection_changed)
        self._selection.currentRowChanged.connect(self.moved)

    def view(self) -> LongList:
        """Return the list that is shown."""
        return self.table if self.is_table() else self.cards

    def is_table(self) -> bool:
        """Whether the records are shown as a table."""
        return self.currentWidget() is self.table

    def toggle_table(self) -> None:
        """Change between cards and a table; focus and cursor stay."""
        focused = self.view().hasFocus()
        self.setCurrentWidget(self.cards if self.is_table() else self.table)
        if focused:
            self.view().setFocus()
        self.view().scrollTo(self._selection.currentIndex())

    def show_records(self, keys: Sequence[int], first: Iterable[Hit] = ()) -> None:
        """List other records; the cursor's signals stay silent until it is set again."""
        with _Quiet(self._selection):
            self._model.show(keys, first)

    def standing(self) -> Standing:
        """Return where the user is now."""
        row = self.view().currentIndex().row()
        return Standing(self.current_id(), row, self.view().verticalScrollBar().value())

    def go_back(self, before: Standing) -> None:
        """Stay where the user was; where that record is gone, at its neighbour."""
        key, row, offset = before
        found = self._model.row(key, row) if key else 0
        row = found if found >= 0 else min(row, len(self._model.keys) - 1)
        with _Quiet(self._selection):
            self._go_to(max(0, row), scroll=not key)
        if key:
            self.view().verticalScrollBar().setValue(offset)
        if found < 0 or not key:
            self.moved.emit()

    def current_id(self) -> int:
        """Return the id of the record under the cursor; 0 for none."""
        index = self._selection.currentIndex()
        return self._model.key(index.row()) if index.isValid() else 0

    def current_hit(self) -> Hit | None:
        """Return the card of the record under the cursor, as far as it was read."""
        index = self._selection.currentIndex()
        return self._model.hit(index.row()) if index.isValid() else None

    def select_id(self, record_id: int) -> None:
        """Bring the cursor to a record, if it is in the list."""
        row = self._model.row(record_id, self._selection.currentIndex().row())
        if row >= 0:
            self._go_to(row)

    def selected_rows(self) -> list[int]:
        """Return the selected rows in order."""
        return self.cards.selected_rows()

    def selected_count(self) -> int:
        """Return how many rows are selected, without naming them."""
        return sum(len(stretch) for stretch in stretches(self._selection))

    def selected_ids(self) -> frozenset[int]:
        """Return the selected records where they are several; one is the current one."""
        rows = self.selected_rows() if self.selected_count() > 1 else ()
        return frozenset(self._model.key(row) for row in rows)

    def select(self, keys: frozenset[int]) -> None:
        """Select these records, too, as far as they are in the list."""
        rows = [row for row, key in enumerate(self._model.keys if keys else ()) if int(key) in keys]
        chosen = QItemSelection()
        for first, last in runs(rows):
            chosen.append(QItemSelectionRange(self._model.index(first, 0), self._last(last)))
        self._selection.select(chosen, Rows.Select | Rows.Rows)

    def dimmed(self) -> bool:
        """Whether what is listed answers an earlier query."""
        return self._card_delegate.dimmed

    def set_dimmed(self, *, dimmed: bool) -> None:
        """Dim the list, or no longer."""
        if dimmed != self.dimmed():
            self._card_delegate.dimmed = self._row_delegate.dimmed = dimmed
            self.view().viewport().update()

    def mark_new(self, keys: frozenset[int]) -> None:
        """Mark these records as new, and no others."""
        self._card_delegate.new = keys
        self.view().viewport().update()

    def show_order(self, order: str) -> None:
        """Show in the heads of the columns which order the records have."""
        header = self.table.horizontalHeader()
        for place, column in enumerate(self._model.columns):
            if order in column.sorts:
                header.setSortIndicatorShown(True)
                oldest = order == "oldest"
                down = Qt.SortOrder.AscendingOrder if oldest else Qt.SortOrder.DescendingOrder
                header.setSortIndicator(place, down)
                return
        header.setSortIndicatorShown(False)

    def save_columns(self) -> str:
        """Return how the columns of the table stand, for `restore_columns`."""
        return self.table.horizontalHeader().saveState().toBase64().toStdString()

    def restore_columns(self, saved: str) -> None:
        """Take up how the columns stood; what cannot be understood is left out."""
        state = QByteArray.fromBase64(saved.encode("ascii", "ignore"))
        self.table.horizontalHeader().restoreState(state)

    def dress(self, palette: QPalette) -> None:
        """Take sizes from the theme, and the ground from a palette."""
        px = self._theme.px
        self.table.set_row_height(px(ROW_HEIGHT))
        self.cards.set_row_height(px(CARD_HEIGHT))
        self.cards.set_ground(palette)
        self.table.set_ground(palette)
        self.cards.verticalScrollBar().setSingleStep(px(34))

    def _set_view(self, view: LongList, delegate: CardDelegate | RowDelegate) -> None:
        view.setModel(self._model)
        view.setItemDelegate(delegate)
        view.setSelectionModel(self._selection)
        view.opened.connect(lambda row: self.opened.emit(self._model.key(row)))
        view.ticked.connect(self.ticked)
        view.menu_asked.connect(self.menu_asked)
        self.addWidget(view)

    def _set_columns(self) -> None:
        header = self.table.horizontalHeader()
        for place, column in enumerate(self._model.columns):
            header.resizeSection(place, self._theme.px(column.width))
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose_columns)
        header.sectionClicked.connect(self.column_clicked)

    def _choose_columns(self, point: QPoint) -> None:
        header = self.table.horizontalHeader()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, column in enumerate(self._model.columns[1:], 1):
            action = menu.addAction(column.label)
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(place))
            action.toggled.connect(lambda on, place=place: header.setSectionHidden(place, not on))
        menu.popup(header.mapToGlobal(point))

    def _last(self, row: int) -> QModelIndex:
        return self._model.index(row, self._model.columnCount() - 1)

    def _go_to(self, row: int, *, scroll: bool = True) -> None:
        index = self._model.index(row, 0)
        self._selection.setCurrentIndex(index, Rows.ClearAndSelect | Rows.Rows)
        if scroll:
            self.view().scrollTo(index)


class _Quiet:
    """Keeps the selection silent while the model changes beneath it."""

    def __init__(self, selection: QItemSelectionModel) -> None:
        self._selection = selection

    def __enter__(self) -> None:
        self._selection.blockSignals(True)  # noqa: FBT003 - Qt's own signature

    def __exit__(self, *_error: object) -> None:
        self._selection.blockSignals(False)  # noqa: FBT003 - Qt's own signature
