"""Facets: what records or statements found have in common, asked for or left out with one key.

They read and write the query's text; there is no other state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent
from PySide6.QtWidgets import QMenu, QToolTip
from typing_extensions import override

from archivist.desk import formats, paint
from archivist.desk.models.lexicon import Lexicon
from archivist.desk.views import facet_rows
from archivist.desk.views.facet_rows import Group, Item, Manage, More, State, label_of
from archivist.desk.views.rows import Row, RowList
from archivist.model.errors import QueryError
from archivist.model.query_edit import with_facet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter
    from PySide6.QtWidgets import QWidget

    from archivist.archive.results import FacetCount
    from archivist.desk.context import Desk
    from archivist.desk.theme import Theme

_CLEARS = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
_EDGE = 18
_ICON = 16


class Facets(RowList):
    """The list of facets.

    Signals:
        query_edited: a whole new query text.
        values_asked: the field whose values are to be searched in the panel.
        shown_changed: other facets are shown now: they have to be counted.
    """

    query_edited = Signal(str)
    values_asked = Signal(str)
    shown_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName("Filters")
        self.setAccessibleDescription(
            "Space chooses a value, minus leaves it out, Delete forgets what a filter asks for"
        )
        self._query = ""
        self._counts: Mapping[str, Sequence[FacetCount]] = {}
        self._said: Mapping[str, Sequence[FacetCount]] = {}
        self._of_statements = False
        self._hidden: set[str] = set()
        self._lexicon = Lexicon()
        self._folded: set[str] = set()
        self._long: set[str] = set()
        self._chosen: tuple[str, ...] = facet_rows.USUAL
        desk.events.archive_closed.connect(self.clear)

    def clear(self) -> None:
        """Show nothing."""
        self._query, self._counts, self._said = "", {}, {}
        self._show()

    def set_lexicon(self, lexicon: Lexicon) -> None:
        """Know what people call the codes."""
        self._lexicon = lexicon
        self._show()

    def show_counts(self, query: str, counts: Mapping[str, Sequence[FacetCount]]) -> None:
        """Show what the records of a query have in common."""
        self._query, self._counts = query, counts
        self._show()

    def show_said(self, counts: Mapping[str, Sequence[FacetCount]]) -> None:
        """Show what the statements of the query have in common."""
        self._said = counts
        self._show()

    def turn(self, *, statements: bool) -> None:
        """Count statements from now on, or records."""
        if statements != self._of_statements:
            self._of_statements = statements
            self._show()

    def toggle(self, field: str, value: str, wanted: State) -> None:
        """Ask for a value, or leave it out; once more takes that back."""
        now = facet_rows.states_of(self._query, field, self._lexicon).get(value, "off")
        state: State = "off" if now == wanted else wanted
        self._edit(lambda: with_facet(self._query, field, value, state, self._lexicon))

    def only(self, field: str, value: str) -> None:
        """Ask for this value of a field and no other."""
        self._edit(lambda: facet_rows.with_only(self._query, field, value, self._lexicon))

    def forget(self, field: str) -> None:
        """Neither ask for nor leave out any value of a field."""
        self._edit(lambda: facet_rows.without_field(self._query, field, self._lexicon))

    def folded(self) -> list[str]:
        """Return the fields whose groups are folded."""
        return sorted(self._folded)

    def fold(self, fields: Sequence[str]) -> None:
        """Fold these groups and no other."""
        self._folded = set(fields)
        self._show()

    def shown(self) -> tuple[str, ...]:
        """Return the facets that are shown, in their order: those to be counted."""
        return self._chosen

    def hidden(self) -> list[str]:
        """Return the facets of statements that are not shown."""
        return sorted(self._hidden)

    def hide_said(self, fields: Sequence[str]) -> None:
        """Show the facets of statements but these."""
        self._hidden = set(fields) & set(facet_rows.SAID)
        self._show()

    def counted_of_statements(self) -> tuple[str, ...]:
        """Return the facets to be counted of statements, in their order."""
        return (*(field for field in facet_rows.SAID if field not in self._hidden), *self._chosen)

    def choose(self, fields: Sequence[str]) -> None:
        """Show these facets and no other."""
        order = facet_rows.offered([*self._lexicon.custom(), *fields])
        self._chosen = tuple(field for field in order if field in fields)
        self._show()
        self.shown_changed.emit()

    def _edit(self, change: Callable[[], str]) -> None:
        try:
            text = change()
        except QueryError as error:
            self.desk.events.error.emit(error)
            return
        self.query_edited.emit(text)

    def _show(self) -> None:
        rows: list[Row] = []
        for field in self.counted_of_statements() if self._of_statements else self._chosen:
            rows += self._group(field)
        if self.desk.archive is not None or rows:
            rows.append(Manage("More filters …"))
        self.show_rows(rows)

    def _group(self, field: str) -> list[Row]:
        states = facet_rows.states_of(self._query, field, self._lexicon)
        counts = (self._said if self._of_statements else self._counts).get(field, ())
        if not counts and not states:
            return []
        known = {one.value for one in counts} if states else ()
        total = len(counts) + sum(value not in known for value in states)
        whole = field in self._long and total <= facet_rows.UNFOLDED
        most = total if whole else facet_rows.FEW
        items = facet_rows.items_of(field, counts, states, self._lexicon, most)
        head = Group(
            label_of(field),
            field,
            field not in self._folded,
            sum(state == "on" for state in states.values()),
            sum(state == "not" for state in states.values()),
        )
        return facet_rows.group_rows(head, items, total, whole=whole)

    # Keys and the mouse

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        row = self.row_at(index) if index.isValid() else None
        match event.key():
            case Qt.Key.Key_Space | Qt.Key.Key_Return | Qt.Key.Key_Enter if row is not None:
                self._act(row)
            case Qt.Key.Key_Minus if isinstance(row, Item):
                self.toggle(row.field, row.value, "not")
            case key if key in _CLEARS and isinstance(row, Item | Group):
                self.forget(row.field)
            case Qt.Key.Key_Left if isinstance(row, Item | More):
                self._go_to_head(row.field)
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
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        aside = bool(event.modifiers() & keys)
        hit = event.position().toPoint()
        if isinstance(row, Item) and (aside or self._minus_of(index, row).contains(hit)):
            self.toggle(row.field, row.value, "not")
        elif isinstance(row, Group) and row.summary() and self._cross_of(index).contains(hit):
            self.forget(row.field)
        else:
            self._act(row)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() is event.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        if index.isValid():
            self.setCurrentIndex(index)
            self._pop(self.menu_of(self.row_at(index)), index if keyboard else event.globalPos())

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            QToolTip.showText(event.globalPos(), self._tip(index, event.pos()), self)
            return True
        return super().viewportEvent(event)

    def _tip(self, index: QModelIndex, at: QPoint) -> str:
        row = self.row_at(index) if index.isValid() else None
        if isinstance(row, Item) and self._minus_of(index, row).contains(at):
            left_out = row.state == "not"
            return "Take it in again" if left_out else "Leave it out (Alt+click, or minus)"
        if isinstance(row, Group) and row.summary() and self._cross_of(index).contains(at):
            return f"Forget what is asked of {row.text.lower()} (Delete)"
        return row.text if isinstance(row, Item) else ""

    def _act(self, row: Row) -> None:
        match row:
            case Item():
                self.toggle(row.field, row.value, "off" if row.state == "not" else "on")
            case Group():
                self._folded ^= {row.field}
                self._show()
            case More() if row.panel:
                self.values_asked.emit(row.field)
            case More():
                self._long ^= {row.field}
                self._show()
            case Manage():
                self._pop(self._menu_of_all(), self.rows.index(len(self.rows.rows) - 1))
            case _:
                pass

    def _go_to_head(self, field: str) -> None:
        for number, row in enumerate(self.rows.rows):
            if isinstance(row, Group) and row.field == field:
                self.setCurrentIndex(self.rows.index(number))

    # Menus

    def menu_of(self, row: Row) -> QMenu:
        """Return the context menu of a row."""
        if not isinstance(row, Item | Group | More):
            return self._menu_of_all()
        menu, name = QMenu(self), label_of(row.field).lower()
        if isinstance(row, Item):
            field, value = row.field, row.value
            wish = "Ask for it no more" if row.state == "on" else "Ask for it"
            away = "Take it in again" if row.state == "not" else "Leave it out"
            menu.addAction(wish, lambda: self.toggle(field, value, "on"))
            menu.addAction(away, lambda: self.toggle(field, value, "not"))
            menu.addAction("Ask for this one only", lambda: self.only(field, value))
            menu.addSeparator()
        menu.addAction(f"Search within {name} …", lambda: self.values_asked.emit(row.field))
        forget = menu.addAction(f"Forget what is asked of {name}", lambda: self.forget(row.field))
        forget.setEnabled(bool(facet_rows.states_of(self._query, row.field, self._lexicon)))
        menu.addSeparator()
        menu.addAction(f"Hide {name}", lambda: self._show_facet(row.field, on=False))
        menu.addMenu(self._menu_of_all(menu))
        return menu

    def _menu_of_all(self, parent: QWidget | None = None) -> QMenu:
        menu = QMenu("Filters shown", parent or self)
        if self._of_statements:
            for field in facet_rows.SAID:
                action = menu.addAction(label_of(field))
                action.setCheckable(True)
                action.setChecked(field not in self._hidden)
                action.toggled.connect(lambda on, field=field: self._show_facet(field, on=on))
            menu.addSeparator()
        custom = [*self._lexicon.custom(), *self._chosen]
        for number, field in enumerate(facet_rows.offered(custom)):
            if number == len(facet_rows.KNOWN):
                menu.addSeparator()
            action = menu.addAction(label_of(field).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(field in self._chosen)
            action.toggled.connect(lambda on, field=field: self._show_facet(field, on=on))
        return menu

    def _show_facet(self, field: str, *, on: bool) -> None:
        if field in facet_rows.SAID:
            self.hide_said(sorted(self._hidden - {field} if on else self._hidden | {field}))
            self.shown_changed.emit()
            return
        kept = [one for one in self._chosen if one != field]
        self.choose([*kept, field] if on else kept)

    def _pop(self, menu: QMenu, at: QPoint | QModelIndex) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if isinstance(at, QModelIndex):
            at = self.viewport().mapToGlobal(self.visualRect(at).bottomLeft())
        menu.popup(at)

    # How it looks

    @override
    def height_of(self, row: Row) -> int:
        return self.desk.theme.px(34 if isinstance(row, Group | Manage) else 26)

    @override
    def paint_row(
        self, painter: QPainter, rect: QRect, row: Row, *, over: bool, focus: bool
    ) -> None:
        px = self.desk.theme.px
        ground = QRectF(rect).adjusted(px(8), 0, -px(8), 0)
        if isinstance(row, Group | Manage):
            ground.setTop(ground.top() + px(6))
        elif over:
            paint.rounded(painter, ground, 6, self.desk.theme.tokens.hover)
        if focus:
            paint.focus_ring(painter, ground, 6, self.desk.theme.tokens)
        match row:
            case Group():
                self._paint_head(painter, QRectF(rect), row, over=over or focus)
            case Item():
                paint_item(self.desk, painter, QRectF(rect), row, over=over or focus)
            case _:
                inner = QRectF(rect).adjusted(px(46), 0, -px(18), 0)
                if isinstance(row, Manage):
                    inner.adjust(-px(24), px(6), 0, 0)
                font, colour = self.desk.theme.font("s"), self.desk.theme.tokens.accent
                paint.line_of_text(painter, inner, row.text, font, colour)

    def _paint_head(self, painter: QPainter, rect: QRectF, row: Group, *, over: bool) -> None:
        theme, px = self.desk.theme, self.desk.theme.px
        inner = rect.adjusted(px(22), px(8), -px(_EDGE), 0)
        colours = theme.tokens
        paint.line_of_text(painter, inner, row.text, theme.font("xs", 600), colours.text3)
        side = px(10)
        caret = QRectF(inner.right() - side, inner.center().y() - side / 2, side, side)
        name = "caret-down-bold" if row.open else "caret-right-bold"
        self.desk.icons.paint(painter, name, caret)
        inner.setRight(caret.left() - px(8))
        if over and row.summary():
            cross = QRectF(inner.right() - px(12), inner.center().y() - px(6), px(12), px(12))
            self.desk.icons.paint(painter, "x", cross, "accent")
            inner.setRight(cross.left() - px(6))
        font = theme.font("xs", 500)
        paint.line_of_text(painter, inner, row.summary(), font, colours.accent, right=True)

    def _minus_of(self, index: QModelIndex, row: Item) -> QRect:
        """Return where the mouse leaves a value out, with some room around."""
        rect = QRectF(self.visualRect(index))
        return minus_rect(self.desk.theme, rect, row).adjusted(-4, -4, 4, 4).toAlignedRect()

    def _cross_of(self, index: QModelIndex) -> QRect:
        rect, px = self.visualRect(index), self.desk.theme.px
        right = rect.right() - px(_EDGE) - px(10) - px(4)
        return QRect(right - px(20), rect.top(), px(20), rect.height())


def minus_rect(theme: Theme, rect: QRectF, row: Item) -> QRectF:
    """Return where the minus of a value stands: left of its count."""
    count = "" if row.count is None else formats.number(row.count)
    wide = QFontMetricsF(theme.font("s")).horizontalAdvance(count) + (theme.px(8) if count else 0)
    right, side = rect.right() - theme.px(_EDGE) - wide, theme.px(_ICON)
    return QRectF(right - side, rect.center().y() - side / 2, side, side)


def paint_item(
    desk: Desk, painter: QPainter, rect: QRectF, row: Item, *, over: bool, left: int = 22
) -> None:
    """Draw a value: its box, its name, its count, and the minus under the mouse.

    What is left out has a minus in its box and is struck out: never known by its colour alone.
    """
    theme, px = desk.theme, desk.theme.px
    side, middle = px(14), rect.center().y()
    box = QRectF(rect.left() + px(left), middle - side / 2, side, side)
    paint.check_box(painter, box, row.state, theme.tokens)
    right = rect.right() - px(_EDGE)
    if row.count is not None:
        room = QRectF(rect.left(), rect.top(), right - rect.left(), rect.height())
        text, font = formats.number(row.count), theme.font("s")
        right -= paint.line_of_text(painter, room, text, font, theme.tokens.text2, right=True)
    if over:
        icon = minus_rect(theme, rect, row)
        desk.icons.paint(painter, "minus-circle", icon, "t_not" if row.state == "not" else "text2")
        right = icon.left()
    inner = QRectF(box.right() + px(10), rect.top(), 0, rect.height())
    inner.setRight(right - px(8))
    font = theme.font()
    font.setStrikeOut(row.state == "not")
    colour = theme.tokens.text2 if row.state == "not" else theme.tokens.text
    paint.line_of_text(painter, inner, row.text, font, colour)
