"""The places of an archive: inbox, all records, file plan, reports, trash, each with its count."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from archivist.desk import formats, paint
from archivist.desk.views.rows import Row, RowList
from archivist.model.query_parse import tokens
from archivist.model.query_terms import quoted
from archivist.model.record import State

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from PySide6.QtGui import QContextMenuEvent, QPainter
    from PySide6.QtWidgets import QWidget

    from archivist.archive import Archive
    from archivist.desk.context import Desk
    from archivist.desk.saved import Kept

RECENT_DAYS: Final = 7
_REFRESH_MS: Final = 250


@dataclass(frozen=True)
class Place(Row):
    """A place one can go to.

    Attributes:
        id: "inbox", "all", "recent", "agents", "imports", "dossier", "trash", "series:CODE",
            "saved:NUMBER".
        icon: its icon's name.
        count: how much is there, or None where it is not known.
        current: whether the window shows it.
        indent: how deep it stands in the file plan.
        enabled: whether it can be gone to; without an archive nothing can.
        news: how many records there are new to whoever looks; stands in place of the count.
    """

    id: str = ""
    icon: str = ""
    count: int | None = None
    current: bool = False
    indent: int = 0
    enabled: bool = True
    news: int = 0

    @property
    @override
    def stops(self) -> bool:
        return self.enabled

    @property
    @override
    def key(self) -> Hashable:
        return Place, self.id

    @override
    def spoken(self) -> str:
        count = "" if self.count is None else f", {formats.number(self.count)}"
        news = f", {formats.number(self.news)} new" if self.news else ""
        return f"{self.text}{count}{news}{', shown now' if self.current else ''}"

    @property
    def number(self) -> int:
        """The number of the saved search this is; 0 for any other place."""
        kind, _, number = self.id.partition(":")
        return int(number) if kind == "saved" else 0


@dataclass(frozen=True)
class Head(Row):
    """The head of a group."""

    @property
    @override
    def stops(self) -> bool:
        return False


@dataclass(frozen=True)
class Gap(Row):
    """A hairline between groups."""

    @property
    @override
    def stops(self) -> bool:
        return False


@dataclass(frozen=True)
class Counts:
    """How much stands at each place."""

    inbox: int
    all: int
    recent: int
    imports: int
    trash: int
    dossier: int
    agents: int
    series: tuple[tuple[str, str, int], ...] = ()


def recent_query(today: dt.date | None = None) -> str:
    """Return the query for what was filed in the last days."""
    day = today or dt.datetime.now(tz=dt.UTC).date()
    return f"filed:{day - dt.timedelta(days=RECENT_DAYS)}.."


def query_of(place: str) -> str:
    """Return the query that shows a place of records; empty is all of them."""
    if place == "inbox":
        return "in:inbox"
    if place == "recent":
        return recent_query()
    kind, _, code = place.partition(":")
    return f"series:{quoted(code)}" if kind == "series" else ""


def place_of(text: str) -> str:
    """Return the place a query shows, whatever else it asks for; "all" where it names none."""
    found = [token for token in tokens(text) if token.kind in {"field", "date"}]
    for token in found:
        term = text[token.start : token.end]
        if term.casefold() == "in:inbox":
            return "inbox"
        if term == recent_query():
            return "recent"
        if token.field.casefold() == "series":
            code = term.partition(":")[2].strip('"')
            return f"series:{code}"
    return "all"


def read_counts(archive: Archive) -> Counts:
    """Count what stands at each place."""
    return Counts(
        inbox=archive.search("in:inbox", limit=0).total,
        all=archive.count(),
        recent=archive.search(recent_query(), limit=0).total,
        imports=len(archive.imports()),
        trash=archive.count(State.TRASHED),
        dossier=len(archive.collected()),
        agents=len(archive.agents.listed()),
        series=tuple(archive.series()),
    )


def _of(counts: Counts | None, name: str) -> int | None:
    return None if counts is None else int(getattr(counts, name))


class Navigation(RowList):
    """The list of places, and of saved searches.

    Signals:
        asked: the id of the place to go to.
        renamed: number and new name of a saved search.
        delete_asked: number of the saved search to remove.
        menu_asked: number of a saved search, and where its menu shall be.
    """

    asked = Signal(str)
    renamed = Signal(int, str)
    delete_asked = Signal(int)
    menu_asked = Signal(int, QPoint)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName("Places")
        self._counts: Counts | None = None
        self._current = "all"
        self._saved: Sequence[Kept] = ()
        self._editor: _NameEdit | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_REFRESH_MS)
        self._later.timeout.connect(self._read)
        self.clicked.connect(self._go)
        self.activated.connect(self._go)
        for signal in (desk.events.changed, desk.events.followed):
            signal.connect(self.refresh)
        desk.events.imports_changed.connect(self.refresh)
        desk.events.archive_opened.connect(self._read)
        desk.events.archive_closed.connect(self._close)
        self._show()

    @property
    def current(self) -> str:
        """The id of the place that is shown."""
        return self._current

    def show_current(self, place: str) -> None:
        """Mark the place that is shown; empty: none."""
        self._current = place
        self._show()

    def show_saved(self, saved: Sequence[Kept]) -> None:
        """Show these saved searches."""
        self._saved = saved
        self._show()

    def rename(self, number: int) -> None:
        """Let the name of a saved search be typed in its row."""
        index = self._index_of(number)
        row = self.row_at(index) if index.isValid() else None
        if isinstance(row, Place):
            self.setCurrentIndex(index)
            self._editor = editor = _NameEdit(self, row)
            editor.named.connect(lambda name: self.renamed.emit(number, name))
            editor.left.connect(self._forget_editor)
            self._place_editor()

    def _index_of(self, number: int) -> QModelIndex:
        for place, row in enumerate(self.rows.rows):
            if isinstance(row, Place) and row.number == number:
                return self.rows.index(place)
        return QModelIndex()

    def _place_editor(self) -> None:
        """Keep the field over its row: others may come before it while a name is typed."""
        if self._editor is None:
            return
        index, px = self._index_of(self._editor.number), self.desk.theme.px
        if index.isValid():
            self._editor.setGeometry(self.visualRect(index).adjusted(px(38), 1, -px(12), -1))
        else:
            self._editor.leave()

    def _forget_editor(self) -> None:
        self._editor = None

    def refresh(self, *_what: object) -> None:
        """Count again soon; many changes at once are counted once."""
        if not self._later.isActive():
            self._later.start()

    def _read(self) -> None:
        archive = self.desk.archive
        if archive is not None:
            self.desk.tasks.read(
                "navigation", lambda _token: read_counts(archive), self._take, owner=self
            )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        row = self.row_at(index) if index.isValid() else None
        number = row.number if isinstance(row, Place) else 0
        match event.key():
            case Qt.Key.Key_F2 if number:
                self.rename(number)
            case Qt.Key.Key_Delete if number:
                self.delete_asked.emit(number)
            case _:
                super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        """Take the keys that mean a saved search here, before the window's shortcuts do."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            index = self.currentIndex()
            row = self.row_at(index) if index.isValid() else None
            wanted = event.key() in {Qt.Key.Key_F2, Qt.Key.Key_Delete}
            if wanted and isinstance(row, Place) and row.number:
                event.accept()
                return True
        return super().event(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() is event.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        row = self.row_at(index) if index.isValid() else None
        if isinstance(row, Place) and row.number:
            self.setCurrentIndex(index)
            below = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            self.menu_asked.emit(row.number, below if keyboard else event.globalPos())

    def _take(self, counts: Counts) -> None:
        self._counts = counts
        self._show()

    def _close(self) -> None:
        self._later.stop()
        self.desk.tasks.cancel("navigation")
        self._counts = None
        self._show()

    def _go(self, index: QModelIndex) -> None:
        row = self.row_at(index)
        if isinstance(row, Place) and row.enabled:
            self.asked.emit(row.id)

    def _show(self) -> None:
        counts = self._counts
        rows: list[Row] = [
            self._place("inbox", "Inbox", "tray", _of(counts, "inbox")),
            self._place("all", "All records", "archive", _of(counts, "all")),
            self._place("recent", "Recently added", "clock", _of(counts, "recent")),
        ]
        if counts and counts.series:
            rows += [Head("File plan"), *self._series(counts.series)]
        if self._saved:
            rows += [Head("Saved searches"), *map(self._saved_row, self._saved)]
        rows += [
            Gap(),
            self._place("agents", "Agents", "users", _of(counts, "agents")),
            self._place("imports", "Import reports", "clipboard-text", _of(counts, "imports")),
            self._place("dossier", "Dossier", "books", _of(counts, "dossier")),
            self._place("trash", "Trash", "trash", _of(counts, "trash")),
        ]
        self.show_rows(rows)
        self._place_editor()

    def _place(self, place: str, text: str, icon: str, count: int | None) -> Place:
        enabled = self.desk.archive is not None
        current = enabled and place == self._current
        return Place(text, place, icon, count, current, enabled=enabled)

    def _saved_row(self, kept: Kept) -> Place:
        place, name = f"saved:{kept.search.number}", kept.search.name
        current = place == self._current
        return Place(name, place, "bookmark-simple", kept.total, current, news=kept.new)

    def _series(self, series: Sequence[tuple[str, str, int]]) -> list[Row]:
        codes = {code for code, _, _ in series}
        rows: list[Row] = []
        for code, title, count in series:
            place = f"series:{code}"
            current = place == self._current
            icon = "folder-open" if current else "folder"
            depth = sum(1 for other in codes if code != other and code.startswith(f"{other}/"))
            rows.append(Place(title or code, place, icon, count, current, depth))
        return rows

    @override
    def height_of(self, row: Row) -> int:
        px = self.desk.theme.px
        return px(34) if isinstance(row, Head) else px(17) if isinstance(row, Gap) else px(28)

    @override
    def paint_row(
        self, painter: QPainter, rect: QRect, row: Row, *, over: bool, focus: bool
    ) -> None:
        theme = self.desk.theme
        px = theme.px
        if isinstance(row, Gap):
            y = rect.center().y()
            paint.hairline(painter, px(16), rect.right() - px(15), y, theme.tokens.line)
        elif isinstance(row, Head):
            inner = QRectF(rect).adjusted(px(22), px(8), -px(20), 0)
            font, colour = theme.font("xs", 600), theme.tokens.text3
            paint.line_of_text(painter, inner, row.text, font, colour)
        elif isinstance(row, Place):
            self._paint_place(painter, QRectF(rect), row, over=over, focus=focus)

    def _paint_place(
        self, painter: QPainter, rect: QRectF, row: Place, *, over: bool, focus: bool
    ) -> None:
        theme, px = self.desk.theme, self.desk.theme.px
        ground = rect.adjusted(px(8), 0, -px(8), 0)
        if row.current:
            paint.rounded(painter, ground, 6, theme.tokens.sel_off)
        elif over and row.enabled:
            paint.rounded(painter, ground, 6, theme.tokens.hover)
        if focus:
            paint.focus_ring(painter, ground, 6, theme.tokens)
        left = rect.left() + px(22) + row.indent * px(20)
        side = px(16)
        icon = QRectF(left, rect.center().y() - side / 2, side, side)
        name = f"{row.icon}-fill" if row.current and row.icon in _FILLED else row.icon
        self.desk.icons.paint(painter, name, icon, "accent" if row.current else "text2")
        right = self._paint_count(painter, rect, row)
        inner = QRectF(left + px(24), rect.top(), right - px(8) - left - px(24), rect.height())
        font = theme.font("m", 500 if row.current else 400)
        paint.line_of_text(painter, inner, row.text, font, theme.tokens.text)

    def _paint_count(self, painter: QPainter, rect: QRectF, row: Place) -> float:
        theme, px = self.desk.theme, self.desk.theme.px
        edge = rect.right() - px(18)
        if row.news:
            text = f"{formats.number(row.news)} new"
            return paint.badge(painter, edge + px(4), rect.center().y(), text, theme, kind="accent")
        if not row.count:
            return edge
        text = formats.number(row.count)
        if row.id == "inbox":
            centre = rect.center().y()
            return paint.badge(painter, edge + px(4), centre, text, theme, kind="accent")
        room = QRectF(rect.left(), rect.top(), edge - rect.left(), rect.height())
        colour = theme.tokens.text2
        wide = paint.line_of_text(painter, room, text, theme.font("s"), colour, right=True)
        return edge - wide


class _NameEdit(QLineEdit):
    """A field over a row in which its name is typed; Enter keeps it, Escape leaves it.

    Attributes:
        number: of the saved search.

    Signals:
        named: the new name.
        left: the field is no more.
    """

    named = Signal(str)
    left = Signal()

    def __init__(self, rows: Navigation, row: Place) -> None:
        super().__init__(row.text, rows.viewport())
        self.number = row.number
        self.setAccessibleName("Name of the saved search")
        self._rows = rows
        self._done = False
        self.editingFinished.connect(self._finish)
        self.end(False)  # noqa: FBT003 - Qt's own signature
        self.home(True)  # noqa: FBT003 - all of it is selected, and its beginning in sight
        self.show()
        self.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _finish(self) -> None:
        if not self._done and self.text().strip():
            self.named.emit(self.text().strip())
        self.leave()

    def leave(self) -> None:
        """Go, without another name."""
        if not self._done:
            self._done = True
            self.left.emit()
            if self.hasFocus():
                self._rows.setFocus()
            self.deleteLater()


_FILLED: Final = frozenset(
    {
        "tray",
        "archive",
        "clock",
        "users",
        "clipboard-text",
        "trash",
        "folder-open",
        "bookmark-simple",
    }
)
"""Icons that have a filled form for the current place."""
