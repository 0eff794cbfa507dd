"""The command palette (Ctrl+K): one field over commands, records and the search itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from archivist.desk import formats, paint
from archivist.desk.dialogs.overlay import Overlay
from archivist.desk.views.rows import Row, RowList
from archivist.model.query_parse import complete

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QPainter

    from archivist.archive import Archive
    from archivist.archive.results import Found
    from archivist.desk.actions import Action, ActionBook
    from archivist.desk.context import Desk
    from archivist.model.progress import CancelToken

_PAUSE_MS: Final = 80
_COMMANDS: Final = 7
_RECORDS: Final = 4
_SAVED: Final = 4


@dataclass(frozen=True)
class Match:
    """Where a typed text fits a title: a rank (lower is better) and what to set in semibold."""

    rank: int
    marks: tuple[tuple[int, int], ...]


def match(typed: str, title: str, words: str = "") -> Match | None:
    """Fit what was typed to a title: at its start, at a word's, inside, by initials, by synonym."""
    wanted, there = typed.casefold().strip(), title.casefold()
    if not wanted:
        return Match(5, ())
    at = there.find(wanted)
    if at == 0:
        return Match(0, ((0, len(wanted)),))
    if at > 0:
        return Match(1 if there[at - 1] == " " else 3, ((at, at + len(wanted)),))
    marks = _initials(wanted, there)
    if marks:
        return Match(2, marks)
    if any(word.startswith(wanted) for word in words.split()):
        return Match(4, ())
    parts = wanted.split()
    return Match(4, ()) if len(parts) > 1 and all(part in there for part in parts) else None


def _initials(wanted: str, there: str) -> tuple[tuple[int, int], ...]:
    starts = [i for i, c in enumerate(there) if c.isalnum() and (i == 0 or there[i - 1] == " ")]
    letters = "".join(there[i] for i in starts)
    at = letters.find(wanted) if len(wanted) > 1 else -1
    return (
        tuple((starts[at + n], starts[at + n] + 1) for n in range(len(wanted))) if at >= 0 else ()
    )


@dataclass(frozen=True)
class Head(Row):
    """The head of a group of rows."""

    @property
    @override
    def stops(self) -> bool:
        return False


@dataclass(frozen=True)
class Choice(Row):
    """One thing to choose: a command, a record, the search.

    Attributes:
        kind: "command", "saved", "record" or "search".
        key: the action's id, the search's number, the record's id, the query.
        icon: its icon's name.
        detail: what stands at its right, before the keys.
        keys: its shortcut.
        marks: what of the text was typed.
    """

    kind: str = ""
    key: str = ""
    icon: str = ""
    detail: str = ""
    keys: str = ""
    marks: tuple[tuple[int, int], ...] = ()

    @override
    def spoken(self) -> str:
        return ", ".join(part for part in (self.text, self.detail, self.keys) if part)


class _Choices(RowList):
    """The list under the field; the field keeps the keyboard, the list shows where it is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAccessibleName("Commands")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @override
    def height_of(self, row: Row) -> int:
        return self.desk.theme.px(30 if isinstance(row, Head) else 36)

    @override
    def paint_row(
        self, painter: QPainter, rect: QRect, row: Row, *, over: bool, focus: bool
    ) -> None:
        theme, px = self.desk.theme, self.desk.theme.px
        if isinstance(row, Head):
            inner = QRectF(rect).adjusted(px(20), px(8), -px(20), 0)
            font = theme.font("xs", 600)
            paint.line_of_text(painter, inner, row.text, font, theme.tokens.text3)
        elif isinstance(row, Choice):
            now = self.currentIndex().isValid() and self.row_at(self.currentIndex()) is row
            self._paint_choice(painter, QRectF(rect), row, now=now, over=over)

    def _paint_choice(
        self, painter: QPainter, rect: QRectF, row: Choice, *, now: bool, over: bool
    ) -> None:
        theme, px = self.desk.theme, self.desk.theme.px
        tokens, ground = theme.tokens, rect.adjusted(px(8), 1, -px(8), -1)
        if now or over:
            paint.rounded(painter, ground, 6, tokens.sel if now else tokens.hover)
        side, middle = px(16), rect.center().y()
        icon = QRectF(rect.left() + px(22), middle - side / 2, side, side)
        if row.icon:
            self.desk.icons.paint(painter, row.icon, icon, "accent" if now else "text2")
        right = paint.key_caps(painter, rect.right() - px(20), middle, row.keys, theme)
        room = QRectF(rect.left(), rect.top(), right - px(6) - rect.left(), rect.height())
        if row.detail:
            font = theme.font("s")
            wide = paint.line_of_text(painter, room, row.detail, font, tokens.text2, right=True)
            right = room.right() - wide
        left = rect.left() + px(50)
        laid = paint.MarkedText(
            row.text, row.marks, theme.font(), right - left - px(12), 1, bold_marks=True
        )
        laid.draw(painter, left, middle - laid.height / 2, tokens)


class Palette(Overlay):
    """The command palette of a window.

    `show_record` and `search` are what choosing a record or the last row does.
    """

    def __init__(
        self,
        desk: Desk,
        window: QWidget,
        book: ActionBook,
        show_record: Callable[[int], None],
        search: Callable[[str], None],
    ) -> None:
        super().__init__(desk, window)
        self._book = book
        self._show_record = show_record
        self._search = search
        self._found: tuple[str, Found] | None = None
        self._saved: Callable[[], Sequence[tuple[int, str, str]]] = tuple
        self._open_saved: Callable[[int], None] = _ignore
        self.field = _Field(self)
        self.choices = _Choices(desk)
        self._head = QWidget()
        self._icon = QLabel()
        self._scope = QLabel("in all commands and records")
        self._foot = QLabel("Arrow keys choose, Enter runs, Ctrl+Enter keeps this open")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._find)
        self._build()
        self.field.textChanged.connect(self._typed)
        self.choices.clicked.connect(lambda index: self._run(index.row(), keep=False))
        desk.theme.changed.connect(self._dress)
        self._dress()

    def ask(self) -> None:
        """Open with an empty field."""
        self.field.clear()
        self._found = None
        self._list()
        self.open(self.field)

    def offer_saved(
        self, saved: Callable[[], Sequence[tuple[int, str, str]]], run: Callable[[int], None]
    ) -> None:
        """Offer saved searches, too: number, name, and what is told of each; `run` opens one."""
        self._saved, self._open_saved = saved, run

    def texts(self) -> list[str]:
        """Return what can be chosen now."""
        return [row.text for row in self.choices.rows.rows if isinstance(row, Choice)]

    @override
    def panel_rect(self, room: QRect) -> QRect:
        px = self.desk.theme.px
        wide = min(px(620), room.width() - px(40))
        tall = px(54) + self.choices.sizeHint().height() + px(8) + px(34)
        top = min(px(104), room.height() // 8)
        return QRect((room.width() - wide) // 2, top, wide, min(tall, room.height() - top - 20))

    def take_key(self, event: QKeyEvent) -> bool:
        """Deal with a key of the field; return whether it is done with."""
        keep = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_Down:
                self._move(1)
            case Qt.Key.Key_Up:
                self._move(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._run(self.choices.currentIndex().row(), keep=keep)
            case _:
                return False
        return True

    def _build(self) -> None:
        self._area = QScrollArea()
        self._area.setWidget(self.choices)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.choices.setAutoFillBackground(False)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(22, 0, 20, 0)
        head.setSpacing(12)
        head.addWidget(self._icon)
        head.addWidget(self.field, 1)
        head.addWidget(self._scope)
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(1, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(paint.Hairline(self.desk.theme))
        column.addWidget(self._area, 1)
        column.addWidget(paint.Hairline(self.desk.theme))
        column.addWidget(self._foot)

    def _dress(self) -> None:
        theme = self.desk.theme
        self.field.setFont(theme.font())
        self._head.setFixedHeight(theme.px(53))
        self._foot.setFixedHeight(theme.px(32))
        self._foot.setContentsMargins(20, 0, 20, 0)
        side = theme.px(16)
        self._icon.setPixmap(self.desk.icons.pixmap("command", side, self.devicePixelRatioF()))
        for label in (self._scope, self._foot):
            label.setFont(theme.font("s"))
            palette = label.palette()
            palette.setColor(label.foregroundRole(), theme.tokens.text2)
            label.setPalette(palette)

    def _typed(self) -> None:
        self._list()
        if self.desk.archive is not None and self.field.text().strip():
            self._pause.start()

    def _find(self) -> None:
        archive, text = self.desk.archive, self.field.text().strip()
        if archive is None or not text:
            return
        self.desk.tasks.read(
            "palette",
            lambda cancel: _records(archive, text, cancel),
            lambda found: self._take(text, found),
            lambda _error: None,
            owner=self,
        )

    def _take(self, text: str, found: Found) -> None:
        if self.isVisible() and text == self.field.text().strip():
            self._found = (text, found)
            self._list(keep=True)

    def _list(self, *, keep: bool = False) -> None:
        at = self.choices.currentIndex().row() if keep else -1
        typed = self.field.text().strip()
        rows: list[Row] = []
        commands = self._commands(typed)
        if commands:
            rows += [Head("Commands"), *commands]
        if typed and (saved := self._saved_rows(typed)):
            rows += [Head("Saved searches"), *saved]
        rows += self._record_rows(typed)
        self.choices.rows.replace(rows)
        self._settle()
        first = next((n for n, row in enumerate(rows) if isinstance(row, Choice)), -1)
        same = 0 <= at < len(rows) and isinstance(rows[at], Choice)
        self._go(at if same else first)

    def _commands(self, typed: str) -> list[Choice]:
        found: list[tuple[int, int, Choice]] = []
        for number, (entry, action) in enumerate(self._book):
            if not entry.palette or not action.isEnabled():
                continue
            title = _said(entry, action.text())
            if fit := match(typed, title, entry.words):
                choice = Choice(
                    title, "command", entry.id, entry.icon, "", entry.shown_keys(), fit.marks
                )
                found.append((fit.rank, number, choice))
        found.sort(key=lambda item: item[:2])
        return [choice for *_, choice in found[:_COMMANDS]]

    def _saved_rows(self, typed: str) -> list[Choice]:
        found = [
            (fit.rank, Choice(name, "saved", str(number), "bookmark-simple", told, "", fit.marks))
            for number, name, told in self._saved()
            if (fit := match(typed, name, "saved search"))
        ]
        found.sort(key=lambda item: (item[0], item[1].text))
        return [choice for _, choice in found[:_SAVED]]

    def _record_rows(self, typed: str) -> list[Row]:
        if not typed or self.desk.archive is None:
            return []
        found = self._found[1] if self._found and self._found[0] == typed else None
        rows: list[Row] = []
        if found and found.hits:
            rows.append(Head("Records"))
        for hit in found.hits if found else ():
            title, date = hit.record.description.title, hit.record.description.date
            fit = match(typed, title)
            marks = fit.marks if fit else ()
            key = str(hit.record.id)
            rows.append(Choice(title, "record", key, "file-text", formats.day(date), "", marks))
        total = ""
        if found:
            total = formats.counted(found.total, "record") if found.total else "No record"
        text = f"Search for “{typed}” in all records"
        return [*rows, Head("Search"), Choice(text, "search", typed, "magnifying-glass", total)]

    def _move(self, step: int) -> None:
        rows = self.choices.rows.rows
        stops = [number for number, row in enumerate(rows) if isinstance(row, Choice)]
        if not stops:
            return
        now = self.choices.currentIndex().row()
        at = stops.index(now) if now in stops else -1
        self._go(stops[(at + step) % len(stops)])

    def _go(self, row: int) -> None:
        index = self.choices.rows.index(row)
        self.choices.setCurrentIndex(index)
        self.choices.viewport().update()
        if index.isValid():
            self.field.setAccessibleDescription(self.choices.row_at(index).spoken())
            rect = self.choices.visualRect(index)
            self._area.ensureVisible(rect.center().x(), rect.center().y(), 0, rect.height())

    def _run(self, number: int, *, keep: bool) -> None:
        rows = self.choices.rows.rows
        row = rows[number] if 0 <= number < len(rows) else None
        if not isinstance(row, Choice):
            return
        if not keep:
            self.dismiss()
        match row.kind:
            case "command":
                self._book[row.key].trigger()
            case "record":
                self._show_record(int(row.key))
            case "saved":
                self._open_saved(int(row.key))
            case _:
                self._search(row.key)


class _Field(QLineEdit):
    """The palette's field: hands it the keys that choose."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._palette = palette
        self.setFrame(False)
        self.setStyleSheet("QLineEdit { border: 0; background: transparent; padding: 0; }")
        self.setPlaceholderText("What do you want to do?")
        self.setAccessibleName("Command")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._palette.dismiss()
        elif not self._palette.take_key(event):
            super().keyPressEvent(event)


def _said(entry: Action, title: str) -> str:
    """Return how the palette names a command: with its menu where the title alone says little."""
    _, _, below = entry.menu.partition("/")
    return f"{below}: {title}" if below else title


def _records(archive: Archive, text: str, cancel: CancelToken) -> Found:
    query = complete(text, archive.vocabulary) or "*"
    return archive.search(query, limit=_RECORDS, cancel=cancel)


def _ignore(_number: int) -> None:
    """Open nothing: no saved searches were offered."""
