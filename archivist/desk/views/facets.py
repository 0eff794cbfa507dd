"""Facets: what the records found have in common, to be asked for or left out with one click.

They read and write the query's text; there is no other state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, Signal
from typing_extensions import override

from archivist.desk import formats, paint
from archivist.desk.models.lexicon import Lexicon
from archivist.desk.views.rows import Row, RowList
from archivist.model.errors import QueryError
from archivist.model.fields import BY_NAME
from archivist.model.query_edit import facet_state, with_facet

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
    from PySide6.QtWidgets import QWidget

    from archivist.archive.results import FacetCount
    from archivist.desk.context import Desk

SHOWN: Final = ("type", "country", "person", "originator", "place", "lang", "mark", "tag")
"""Facets of the side pane in their order; years stand above the records."""
FACETS: Final = (*SHOWN, "year")
"""Facets asked for with every search."""
_FEW: Final = 5
_MANY: Final = 60

State = Literal["on", "off", "not"]


@dataclass(frozen=True)
class Group(Row):
    """The head of a facet."""

    field: str = ""
    open: bool = True
    chosen: int = 0
    left_out: int = 0

    @property
    @override
    def key(self) -> Hashable:
        return Group, self.field

    @override
    def spoken(self) -> str:
        state = "" if self.open else ", folded"
        return f"{self.text}{', ' + self.summary() if self.summary() else ''}{state}"

    def summary(self) -> str:
        """Return what of it the query asks for, in words."""
        parts = [f"{self.chosen} chosen"] if self.chosen else []
        if self.left_out:
            parts.append(f"{self.left_out} left out")
        return ", ".join(parts)


@dataclass(frozen=True)
class Item(Row):
    """One value of a facet."""

    field: str = ""
    value: str = ""
    count: int = 0
    state: State = "off"

    @property
    @override
    def key(self) -> Hashable:
        return Item, self.field, self.value

    @override
    def spoken(self) -> str:
        state = {"on": "chosen", "not": "left out", "off": "not chosen"}[self.state]
        return f"{self.text}, {formats.number(self.count)}, {state}"


@dataclass(frozen=True)
class More(Row):
    """Shows the rest of a facet's values, or hides it again."""

    field: str = ""


class Facets(RowList):
    """The list of facets.

    Signals:
        query_edited: a whole new query text.
    """

    query_edited = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName("Filters")
        self.setAccessibleDescription("Space chooses a value, minus leaves it out")
        self._query = ""
        self._counts: Mapping[str, Sequence[FacetCount]] = {}
        self._lexicon = Lexicon()
        self._folded: set[str] = set()
        self._long: set[str] = set()
        desk.events.archive_closed.connect(self.clear)

    def clear(self) -> None:
        """Show nothing."""
        self._query, self._counts = "", {}
        self._show()

    def set_lexicon(self, lexicon: Lexicon) -> None:
        """Know what people call the codes."""
        self._lexicon = lexicon
        self._show()

    def show_counts(self, query: str, counts: Mapping[str, Sequence[FacetCount]]) -> None:
        """Show what the records of a query have in common."""
        self._query, self._counts = query, counts
        self._show()

    def toggle(self, field: str, value: str, wanted: State) -> None:
        """Ask for a value, or leave it out; once more takes that back."""
        now = self._states(field).get(value, "off")
        state: State = "off" if now == wanted else wanted
        try:
            text = with_facet(self._query, field, value, state, self._lexicon)
        except QueryError as error:
            self.desk.events.error.emit(error)
            return
        self.query_edited.emit(text)

    def folded(self) -> list[str]:
        """Return the fields whose groups are folded."""
        return sorted(self._folded)

    def fold(self, fields: Sequence[str]) -> None:
        """Fold these groups and no other."""
        self._folded = set(fields)
        self._show()

    def _states(self, field: str) -> Mapping[str, State]:
        if ":" not in self._query:
            return {}
        try:
            return facet_state(self._query, field, self._lexicon)
        except QueryError:
            return {}

    def _show(self) -> None:
        rows: list[Row] = []
        for field in SHOWN:
            rows += self._group(field)
        self.show_rows(rows)

    def _group(self, field: str) -> list[Row]:
        states = self._states(field)
        items = self._items(field, states)
        if not items:
            return []
        head = Group(
            BY_NAME[field].label,
            field,
            field not in self._folded,
            sum(state == "on" for state in states.values()),
            sum(state == "not" for state in states.values()),
        )
        if not head.open:
            return [head]
        shown = items if field in self._long else items[:_FEW]
        shown += [item for item in items[len(shown) :] if item.state != "off"]
        rest = len(items) - len(shown)
        tail: list[Row] = [More(f"{formats.number(rest)} more", field)] if rest > 0 else []
        if field in self._long and len(items) > _FEW:
            tail = [More("Fewer", field)]
        return [head, *shown, *tail]

    def _items(self, field: str, states: Mapping[str, State]) -> list[Item]:
        counted = {one.value: one.count for one in self._counts.get(field, ())}
        for value, state in states.items():
            if state == "not" or value not in counted:
                counted.setdefault(value, 0)
        items = [
            Item(self._label(field, value), field, value, count, states.get(value, "off"))
            for value, count in counted.items()
        ]
        items.sort(key=lambda item: item.state == "off")
        return items[:_MANY]

    def _label(self, field: str, value: str) -> str:
        label = self._lexicon.label(field, value)
        return label[:1].upper() + label[1:]

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        row = self.row_at(index) if index.isValid() else None
        match event.key():
            case Qt.Key.Key_Space | Qt.Key.Key_Return | Qt.Key.Key_Enter if row is not None:
                self._act(row)
            case Qt.Key.Key_Minus if isinstance(row, Item):
                self.toggle(row.field, row.value, "not")
            case Qt.Key.Key_Left | Qt.Key.Key_Right if isinstance(row, Group):
                if row.open == (event.key() == Qt.Key.Key_Left):
                    self._act(row)
            case _:
                super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return
        row = self.row_at(index)
        aside = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if isinstance(row, Item) and (aside or self._minus_hit(event, index)):
            self.toggle(row.field, row.value, "not")
        else:
            self._act(row)

    def _minus_hit(self, event: QMouseEvent, index: QModelIndex) -> bool:
        return event.position().x() >= self.visualRect(index).right() - self.desk.theme.px(40)

    def _act(self, row: Row) -> None:
        match row:
            case Item():
                self.toggle(row.field, row.value, "off" if row.state == "not" else "on")
            case Group():
                self._folded ^= {row.field}
                self._show()
            case More():
                self._long ^= {row.field}
                self._show()
            case _:
                pass

    @override
    def height_of(self, row: Row) -> int:
        return self.desk.theme.px(34 if isinstance(row, Group) else 26)

    @override
    def paint_row(
        self, painter: QPainter, rect: QRect, row: Row, *, over: bool, focus: bool
    ) -> None:
        px = self.desk.theme.px
        ground = QRectF(rect).adjusted(px(8), 0, -px(8), 0)
        if isinstance(row, Group):
            ground.setTop(ground.top() + px(6))
        elif over:
            paint.rounded(painter, ground, 6, self.desk.theme.tokens.hover)
        if focus:
            paint.focus_ring(painter, ground, 6, self.desk.theme.tokens)
        match row:
            case Group():
                self._paint_head(painter, QRectF(rect), row)
            case Item():
                self._paint_item(painter, QRectF(rect), row, over=over or focus)
            case _:
                inner = QRectF(rect).adjusted(px(46), 0, -px(18), 0)
                font, colour = self.desk.theme.font("s"), self.desk.theme.tokens.accent
                paint.line_of_text(painter, inner, row.text, font, colour)

    def _paint_head(self, painter: QPainter, rect: QRectF, row: Group) -> None:
        theme, px = self.desk.theme, self.desk.theme.px
        inner = rect.adjusted(px(22), px(8), -px(18), 0)
        colours = theme.tokens
        paint.line_of_text(painter, inner, row.text, theme.font("xs", 600), colours.text3)
        side = px(10)
        caret = QRectF(inner.right() - side, inner.center().y() - side / 2, side, side)
        name = "caret-down-bold" if row.open else "caret-right-bold"
        self.desk.icons.paint(painter, name, caret)
        inner.setRight(caret.left() - px(8))
        font = theme.font("xs", 500)
        paint.line_of_text(painter, inner, row.summary(), font, colours.accent, right=True)

    def _paint_item(self, painter: QPainter, rect: QRectF, row: Item, *, over: bool) -> None:
        theme, px = self.desk.theme, self.desk.theme.px
        side, middle = px(14), rect.center().y()
        box = QRectF(rect.left() + px(22), middle - side / 2, side, side)
        paint.check_box(painter, box, row.state, theme.tokens)
        edge = rect.right() - px(18)
        right = edge
        if over:
            icon = QRectF(edge - px(14), middle - px(8), px(16), px(16))
            token = "t_not" if row.state == "not" else "text2"
            self.desk.icons.paint(painter, "minus-circle", icon, token)
            right = icon.left()
        elif row.count:
            count = QRectF(rect.left(), rect.top(), edge - rect.left(), rect.height())
            text, font = formats.number(row.count), theme.font("s")
            wide = paint.line_of_text(painter, count, text, font, theme.tokens.text2, right=True)
            right = edge - wide
        inner = QRectF(rect.left() + px(46), rect.top(), 0, rect.height())
        inner.setRight(right - px(8))
        colour = theme.tokens.text2 if row.state == "not" else theme.tokens.text
        paint.line_of_text(painter, inner, row.text, theme.font(), colour)
