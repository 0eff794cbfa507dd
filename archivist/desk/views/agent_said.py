"""Everything that somebody said: the statements of one page, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from archivist.desk.models.statements import StatementsModel, Taken
from archivist.desk.views.long_list import PlacesList
from archivist.desk.views.statements_list import ChosenStatements
from archivist.desk.views.statements_rows import StatementDelegate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from archivist.archive.statements.listing import Spoken, StatementList
    from archivist.desk.context import Desk
    from archivist.desk.gathering import Gathering
    from archivist.desk.models.statements import Row
    from archivist.model.errors import ArchivistError

_Rows = QItemSelectionModel.SelectionFlag


class SaidPane(QWidget):
    """The statements of somebody; Enter reads one in its record, D adds it to the dossier.

    Signals:
        current_changed: the Spoken under the cursor, or None.
        opened: a Spoken whose record is to be read.
    """

    current_changed = Signal(object)
    opened = Signal(object)

    def __init__(self, desk: Desk, gathering: Gathering, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._gathering = gathering
        self._told: object = None
        self.model = StatementsModel(self._fetch, self)
        self.list = PlacesList("Everything said", self)
        self.chosen = ChosenStatements(desk, self.list)
        self.delegate = StatementDelegate(desk, self.list)
        self._none = QLabel("No statement under any of these names was found.", wordWrap=True)
        self._pages = QStackedWidget()
        self._build()
        self._connect()
        self.dress()

    def show_said(self, found: StatementList, first: Sequence[Row]) -> None:
        """Show the statements of somebody."""
        same = self.chosen.found is not None and len(self.chosen.found) == len(found)
        row = self.list.currentIndex().row() if same else 0
        self._told = None
        self.chosen.found = found
        self._desk.tasks.cancel("agents.said")
        self.model.show_rows(len(found), found.heads, first)
        self._fit()
        self._pages.setCurrentIndex(0 if found.total else 1)
        if found.total:
            self.go_to(max(0, row))
        else:
            self.current_changed.emit(None)

    def clear(self) -> None:
        """Show nothing."""
        self.chosen.found, self._told = None, None
        self.model.show_rows(0, {})

    def current(self) -> Spoken | None:
        """Return the statement under the cursor, if it is read."""
        return self.model.statement(self.list.currentIndex().row())

    def go_to(self, row: int) -> None:
        """Go to a row; from a head to what stands under it."""
        row += 1 if self.model.is_head(row) else 0
        index = self.model.index(row, 0)
        self.list.selectionModel().setCurrentIndex(index, _Rows.ClearAndSelect | _Rows.Rows)

    def gather(self) -> None:
        """Gather the selected statements for the dossier; put them back where all are there."""
        self.chosen.gather(self._gathering)

    def copy(self) -> None:
        """Copy the selected statements, each with its citation."""
        self.chosen.copy()

    def dress(self) -> None:
        """Take fonts and colours from the theme."""
        theme = self._desk.theme
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, theme.tokens.base)
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.text2)
        self.list.set_ground(palette)
        self.list.set_row_height(self.delegate.height_of(None, self.list.viewport().width()))
        self.list.verticalScrollBar().setSingleStep(theme.px(34))
        self._none.setPalette(palette)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _build(self) -> None:
        px = self._desk.theme.px
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.show_one_column()
        self._none.setContentsMargins(px(44), px(32), px(44), px(20))
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        for page in (self.list, self._none):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.list.selectionModel().currentRowChanged.connect(self._moved)
        self.model.came.connect(self._came)
        self.list.opened.connect(self._open)
        self.list.menu_asked.connect(self._pop)
        self.list.copy_asked.connect(self.copy)
        self.list.gather_asked.connect(self.gather)
        self.list.ticked.connect(self.gather)
        self.delegate.ticked.connect(self._tick)
        self.list.verticalScrollBar().valueChanged.connect(self._fit)
        self._gathering.changed.connect(lambda: self.model.show_gathered(self._gathering.stretches))

    def _fetch(self, start: int, stop: int, taken: Taken) -> None:
        found = self.chosen.found
        if found is None:
            taken(None)
            return

        def failed(error: ArchivistError) -> None:
            taken(None)
            self._desk.events.error.emit(error)

        self._desk.tasks.read(
            "agents.said", lambda _token: found.rows(start, stop), taken, failed, self
        )

    def _came(self) -> None:
        self._fit()
        self._moved()

    def _fit(self, *_where: object) -> None:
        """Make the rows that are read, and the heads, as high as they are."""
        width = self.list.viewport().width()

        def height(row: int) -> int:
            one = self.model.row(row) if self.model.is_head(row) else self.model.known(row)
            return self.delegate.height_of(one, width) if one is not None else 0

        self.list.fit_rows(height)

    def _moved(self, *_where: object) -> None:
        one = self.current()
        told = (one, one.record) if one is not None else None
        if told != self._told and self.isVisible():
            self._told = told
            self.current_changed.emit(one)

    def menu(self) -> QMenu:
        """Return what can be done with the statements selected, each with its key."""
        made = QMenu(self)
        known = self.current() is not None
        for words, keys, work in (
            ("Read the record", "Return", lambda: self._open(0)),
            ("Add to dossier, or take out", "D", self.gather),
            ("Copy with citation", "Ctrl+C", self.copy),
        ):
            action = made.addAction(words, work)
            action.setShortcut(QKeySequence(keys))
            action.setEnabled(known)
        return made

    def _pop(self, at: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _open(self, _row: int) -> None:
        if (one := self.current()) is not None:
            self.opened.emit(one)

    def _tick(self, row: int) -> None:
        if (one := self.model.statement(row)) is not None and not one.gone:
            self._gathering.toggle([(one.record, one.start, one.end)])
