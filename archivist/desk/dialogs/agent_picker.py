"""A panel in which one agent is chosen among those known, or one name among an agent's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from archivist.desk import paint
from archivist.desk.dialogs.overlay import Overlay
from archivist.desk.views.rows import Nothing, Row, ScrolledRows
from archivist.model.words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

    from archivist.desk.context import Desk

_WIDE: Final = 520
_TALL: Final = 460
_ROW: Final = 44


@dataclass(frozen=True)
class Choice(Row):
    """Something to choose.

    Attributes:
        value: handed back when it is chosen.
        note: stands under its name; may be empty.
        words: by which it is found, besides its name.
    """

    value: int | str = 0
    note: str = ""
    words: str = ""

    @property
    @override
    def key(self) -> Hashable:
        return Choice, self.value

    @override
    def spoken(self) -> str:
        return ", ".join(filter(None, (self.text, self.note)))


class Picker(Overlay):
    """Typing narrows what there is; Enter or a click chooses."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(desk, window)
        self._choices: Sequence[Choice] = ()
        self._then: Callable[[int | str], None] | None = None
        self._chosen = False
        self._title = QLabel(wordWrap=True)
        self.field = _Field(self)
        self.list = _List(desk, self)
        self._foot = QLabel("Enter chooses, Esc leaves all as it is")
        self._build()
        self.field.textChanged.connect(self._narrow)
        desk.theme.changed.connect(self._dress)
        desk.events.archive_closed.connect(self.dismiss)
        self._dress()

    def ask(
        self,
        title: str,
        choices: Sequence[Choice],
        then: Callable[[int | str], None],
        *,
        chosen: bool = False,
    ) -> None:
        """Ask for one of some choices.

        Args:
            title: the question.
            choices: what there is, the likeliest first.
            then: gets the value of what is chosen.
            chosen: whether the first is so likely that Enter alone takes it.
        """
        self._choices, self._then, self._chosen = choices, then, chosen
        self._title.setText(title)
        self.setAccessibleName(title)
        self.field.clear()
        self._narrow()
        self.open(self.field)

    def choose(self) -> None:
        """Take the row the keyboard is at."""
        index = self.list.currentIndex()
        row = self.list.row_at(index) if index.isValid() else None
        then = self._then
        if isinstance(row, Choice) and then is not None:
            self.dismiss()
            then(row.value)

    @override
    def panel_rect(self, room: QRect) -> QRect:
        px = self.desk.theme.px
        wide = min(px(_WIDE), room.width() - px(40))
        tall = min(px(_TALL), room.height() - px(60))
        return QRect(
            (room.width() - wide) // 2, min(px(104), (room.height() - tall) // 2), wide, tall
        )

    def _narrow(self) -> None:
        words = words_of(self.field.text())
        rows: list[Row] = [
            one
            for one in self._choices
            if all(
                f" {word}" in f" {' '.join(words_of(f'{one.text} {one.words}'))}" for word in words
            )
        ]
        self.list.show_rows(rows or [Nothing("Nobody is called so")])
        first = bool(rows) and (self._chosen or bool(words))
        self.list.setCurrentIndex(self.list.rows.index(0) if first else QModelIndex())
        self.list.viewport().update()

    def _build(self) -> None:
        px = self.desk.theme.px
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(1, px(16), 1, 1)
        column.setSpacing(px(10))
        for part in (self._title, self.field):
            inner = QVBoxLayout()
            inner.setContentsMargins(px(16), 0, px(16), 0)
            inner.addWidget(part)
            column.addLayout(inner)
        column.addWidget(self.list, 1)
        column.addWidget(paint.Hairline(self.desk.theme))
        column.addWidget(self._foot)
        self.field.setPlaceholderText("Type a name")
        self.field.setAccessibleName("Narrow the choice")
        self.list.setAccessibleName("Choices")

    def _dress(self) -> None:
        theme = self.desk.theme
        self._title.setFont(theme.font("m", 600))
        self._foot.setFont(theme.font("xs"))
        self._foot.setContentsMargins(theme.px(16), 0, theme.px(16), theme.px(10))
        palette = self._foot.palette()
        palette.setColor(self._foot.foregroundRole(), theme.tokens.text2)
        self._foot.setPalette(palette)


def _text(choice: Choice) -> str:
    """Return the words of a choice, a blank before each."""
    return " ".join(("", *words_of(f"{choice.text} {choice.words}")))


class _List(ScrolledRows):
    """The choices; those in sight are drawn."""

    def __init__(self, desk: Desk, picker: Picker) -> None:
        super().__init__(desk)
        self._picker = picker

    @override
    def height_of(self, row: Row) -> int:
        return self.desk.theme.px(_ROW)

    @override
    def paint_row(
        self, painter: QPainter, rect: QRect, row: Row, *, over: bool, focus: bool
    ) -> None:
        theme, px = self.desk.theme, self.desk.theme.px
        ground = QRectF(rect).adjusted(px(8), 1, -px(8), -1)
        current = self.currentIndex()
        marked = current.isValid() and self.row_at(current) is row
        if isinstance(row, Choice) and (marked or over):
            paint.rounded(painter, ground, 6, theme.tokens.sel if marked else theme.tokens.hover)
        inner = ground.adjusted(px(8), 0, -px(8), 0)
        note = row.note if isinstance(row, Choice) else ""
        if note:
            inner.setBottom(inner.center().y() + px(1))
            below = inner.translated(0, inner.height() - px(3))
            paint.line_of_text(painter, below, note, theme.font("s"), theme.tokens.text2)
        colour = theme.tokens.text if isinstance(row, Choice) else theme.tokens.text2
        paint.line_of_text(painter, inner, row.text, theme.font("m"), colour)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Up if self.currentIndex().row() <= 0:
                self._picker.field.setFocus()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._picker.choose()
            case _:
                super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            self.setCurrentIndex(index)
            self._picker.choose()


class _Field(QLineEdit):
    """Narrows the choices; the arrows go through them, Enter chooses."""

    def __init__(self, picker: Picker) -> None:
        super().__init__()
        self._picker = picker

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows, index = self._picker.list, self._picker.list.currentIndex()
        match event.key():
            case Qt.Key.Key_Escape:
                self._picker.dismiss()
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                place = max(0, min(index.row() + step, len(rows.rows.rows) - 1))
                rows.setCurrentIndex(rows.rows.index(place))
                rows.viewport().update()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._picker.choose()
            case _:
                super().keyPressEvent(event)
