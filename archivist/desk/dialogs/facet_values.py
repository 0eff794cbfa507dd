"""The panel beside the filters in which all values of one facet are searched and ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from archivist.desk import formats, paint
from archivist.desk.dialogs.overlay import Overlay
from archivist.desk.models.lexicon import Lexicon
from archivist.desk.views import facet_rows
from archivist.desk.views.facet_rows import Item, State, label_of
from archivist.desk.views.facets import minus_rect, paint_item
from archivist.desk.views.rows import Nothing, Row, ScrolledRows
from archivist.model.errors import QueryError
from archivist.model.query_edit import with_facet
from archivist.model.query_terms import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

    from archivist.archive.results import FacetCount
    from archivist.desk.context import Desk

_WIDE: Final = 340
_TALL: Final = 480
_LEAST: Final = 200
_AROUND: Final = 122
"""What stands over and under the values."""
_ROW: Final = 26
_LEFT: Final = 14


class FacetValues(Overlay):
    """All values of a facet; typing narrows them, ticking them changes the query at once.

    Signals:
        query_edited: a whole new query text.
    """

    query_edited = Signal(str)
    dims = False

    def __init__(self, desk: Desk, window: QWidget, beside: QWidget) -> None:
        super().__init__(desk, window)
        self._beside = beside
        self._field, self._query = "", ""
        self._among: frozenset[int] | None = None
        self._statements = False
        self._lexicon = Lexicon()
        self._all: tuple[tuple[str, Item], ...] = ()
        self._title = QLabel()
        self.field = _Field(self)
        self.values = _Values(desk, self)
        self._foot = QLabel("Space asks for a value, minus leaves it out, Esc closes")
        self._build()
        self.field.textChanged.connect(self._narrow)
        desk.theme.changed.connect(self._dress)
        desk.events.archive_closed.connect(self.dismiss)
        self._dress()

    def ask(
        self,
        field: str,
        query: str,
        lexicon: Lexicon,
        among: frozenset[int] | None = None,
        *,
        statements: bool = False,
    ) -> None:
        """Show the values of a field among the records of a query, of all or of some.

        With `statements`, among its statements.
        """
        self._statements = statements
        self._field, self._query, self._lexicon = field, query, lexicon
        self._among = among
        self._all = ()
        self._title.setText(label_of(field))
        self.field.clear()
        self.field.setAccessibleName(f"Search within {label_of(field).lower()}")
        self.values.setAccessibleName(f"{label_of(field)}, all values")
        self._narrow()
        self.open(self.field)
        self._read()

    def follow(self, query: str, among: frozenset[int] | None = None) -> None:
        """Take up another query, where the panel is open: its ticks and its counts."""
        if self.isVisible() and (query, among) != (self._query, self._among):
            self._query, self._among = query, among
            self._read()

    def toggle(self, item: Item, wanted: State) -> None:
        """Ask for a value, or leave it out; once more takes that back."""
        state: State = "off" if item.state == wanted else wanted
        try:
            text = with_facet(self._query, self._field, item.value, state, self._lexicon)
        except QueryError as error:
            self.desk.events.error.emit(error)
            return
        self.query_edited.emit(text)

    @override
    def panel_rect(self, room: QRect) -> QRect:
        px = self.desk.theme.px
        at = self._beside.mapTo(self._window(), self._beside.rect().topRight())
        left = max(8, min(at.x() + px(8), room.width() - px(_WIDE) - 8))
        rows = px(_AROUND) + len(self._all) * px(_ROW)
        tall = min(px(_TALL), room.height() - px(60), max(px(_LEAST), rows))
        top = max(px(20), min(at.y() + px(24), room.height() - tall - px(36)))
        return QRect(left, top, min(px(_WIDE), room.width() - 16), tall)

    def _read(self) -> None:
        archive, field, query = self.desk.archive, self._field, self._query or "*"
        among = self._among
        if archive is None:
            return
        statements = self._statements
        self.desk.tasks.read(
            "facets.values",
            lambda token: (
                archive.statement_values(query, field, among=among, cancel=token)
                if statements
                else archive.search(
                    query, limit=0, facets=(field,), facet_limit=None, among=among, cancel=token
                ).facets.get(field, ())
            ),
            self._take,
            lambda _error: None,
            owner=self,
        )

    def _take(self, counts: Sequence[FacetCount]) -> None:
        states = facet_rows.states_of(self._query, self._field, self._lexicon)
        items = facet_rows.items_of(self._field, counts, states, self._lexicon)
        self._all = tuple((f" {folded(item.text)} {folded(item.value)}", item) for item in items)
        self.field.setPlaceholderText(f"Search {formats.counted(len(items), 'value')}")
        self._settle()
        self._narrow()

    def _narrow(self) -> None:
        """Show the values in which every word typed begins a word."""
        words = [f" {word}" for word in folded(self.field.text()).split()]
        rows = [item for name, item in self._all if all(word in name for word in words)]
        self.values.show_rows(rows or self._nothing())
        self.values.viewport().update()

    def _nothing(self) -> Sequence[Row]:
        return [Nothing("No value begins so")] if self._all else []

    def _build(self) -> None:
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(1, 14, 1, 1)
        column.setSpacing(10)
        for part in (self._title, self.field):
            inner = QVBoxLayout()
            inner.setContentsMargins(_LEFT, 0, _LEFT, 0)
            inner.addWidget(part)
            column.addLayout(inner)
        column.addWidget(self.values, 1)
        column.addWidget(paint.Hairline(self.desk.theme))
        column.addWidget(self._foot)

    def _dress(self) -> None:
        theme = self.desk.theme
        self._title.setFont(theme.font("m", 600))
        self._foot.setFont(theme.font("xs"))
        self._foot.setContentsMargins(_LEFT, 0, _LEFT, 10)
        palette = self._foot.palette()
        palette.setColor(self._foot.foregroundRole(), theme.tokens.text2)
        self._foot.setPalette(palette)


class _Values(ScrolledRows):
    """The list of the panel: thousands of rows, of which those in sight are drawn."""

    def __init__(self, desk: Desk, panel: FacetValues) -> None:
        super().__init__(desk)
        self._panel = panel

    @override
    def height_of(self, row: Row) -> int:
        return self.desk.theme.px(_ROW)

    @override
    def paint_row(
        self, painter: QPainter, rect: QRect, row: Row, *, over: bool, focus: bool
    ) -> None:
        theme, px = self.desk.theme, self.desk.theme.px
        ground = QRectF(rect).adjusted(px(6), 0, -px(6), 0)
        if not isinstance(row, Item):
            inner = ground.adjusted(px(8), 0, 0, 0)
            paint.line_of_text(painter, inner, row.text, theme.font(), theme.tokens.text2)
            return
        current = self.currentIndex()
        marked = current.isValid() and self.row_at(current).key == row.key
        if over or marked:
            chosen = theme.tokens.sel if focus else theme.tokens.sel_off
            paint.rounded(painter, ground, 6, chosen if marked else theme.tokens.hover)
        paint_item(self.desk, painter, QRectF(rect), row, over=over or marked, left=_LEFT)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        at_top = self.currentIndex().row() <= 0
        if event.key() == Qt.Key.Key_Up and at_top:
            self._panel.field.setFocus()
        elif not self.take_key(event):
            super().keyPressEvent(event)

    def take_key(self, event: QKeyEvent) -> bool:
        """Tick or leave out the value the keyboard is at; return whether that was asked for."""
        index = self.currentIndex()
        row = self.row_at(index) if index.isValid() else None
        if not isinstance(row, Item):
            return False
        match event.key():
            case Qt.Key.Key_Space | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._panel.toggle(row, "off" if row.state == "not" else "on")
            case Qt.Key.Key_Minus:
                self._panel.toggle(row, "not")
            case _:
                return False
        return True

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position()
        index = self.indexAt(at.toPoint())
        row = self.row_at(index) if index.isValid() else None
        if not isinstance(row, Item) or event.button() is not Qt.MouseButton.LeftButton:
            return
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        minus = minus_rect(self.desk.theme, QRectF(self.visualRect(index)), row)
        if event.modifiers() & keys or minus.adjusted(-4, -4, 4, 4).contains(at):
            self._panel.toggle(row, "not")
        else:
            self._panel.toggle(row, "off" if row.state == "not" else "on")


class _Field(QLineEdit):
    """Narrows the values; Down goes to them, Enter ticks the first."""

    def __init__(self, panel: FacetValues) -> None:
        super().__init__()
        self._panel = panel

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        values = self._panel.values
        match event.key():
            case Qt.Key.Key_Escape:
                self._panel.dismiss()
            case Qt.Key.Key_Down | Qt.Key.Key_PageDown:
                values.setFocus()
                if not values.currentIndex().isValid():
                    values.setCurrentIndex(values.rows.index(0))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                values.setCurrentIndex(values.rows.index(0))
                values.take_key(event)
            case _:
                super().keyPressEvent(event)
