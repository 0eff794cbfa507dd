"""The statements view: who said what, in which words, under their speakers or in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QInputDialog, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from archivist.desk import formats
from archivist.desk.models import filters
from archivist.desk.models.statements import BLOCK, StatementsModel, Taken, named
from archivist.desk.views.results_head import EmptyPage, ResultsHead
from archivist.desk.views.statements_list import ChosenStatements, StatementsList, UnderHead
from archivist.desk.views.statements_rows import StatementDelegate, Years

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from archivist.archive import Archive
    from archivist.archive.statements.listing import Spoken, StatementList, Voice
    from archivist.desk.context import Desk
    from archivist.desk.gathering import Gathering
    from archivist.model.change import Change
    from archivist.model.errors import ArchivistError
    from archivist.model.progress import CancelToken

SORTS: Final = {
    "speaker": "By speaker",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "relevance": "Relevance",
}
_AFTER_MS: Final = 1500
"""What is read meanwhile is shown so long after it was told."""
_Wanted: TypeAlias = tuple[str, str, bool, frozenset[int] | None]
"""A query, an order, whether with those that may be wrong, the only records (None: all)."""
_Rows = QItemSelectionModel.SelectionFlag


class _Answer(NamedTuple):
    """What was found, the rows at the top, texts still unread, and texts there are."""

    found: StatementList
    first: Sequence[Spoken | Voice | None]
    unread: int
    texts: int


class StatementsView(QWidget):
    """The statements of a query.

    Signals:
        query_edited: a whole new query: "Clear filters".
        current_changed: the Spoken under the cursor, or None.
        opened: a Spoken whose record is to be read.
        menu_asked: a context menu is wanted at this global point.
        files_asked: the archive is empty, and files are to be imported.
        folder_asked: the archive is empty, and a folder is to be imported.
    """

    query_edited = Signal(str)
    current_changed = Signal(object)
    opened = Signal(object)
    menu_asked = Signal(QPoint)
    files_asked = Signal()
    folder_asked = Signal()

    def __init__(self, desk: Desk, gathering: Gathering, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._gathering = gathering
        self._active = False
        self._stale = False
        self._query = ""
        self._among: frozenset[int] | None = None
        self._loaded: _Wanted | None = None
        self._told: tuple[object, int] | None = None
        self._fields = filters.OwnFields(())
        self.sort = "speaker"
        self.unsure = False
        self.model = StatementsModel(self._fetch, self)
        self.list = StatementsList("Statements found", self)
        self.chosen = ChosenStatements(desk, self.list, self.model)
        self.delegate = StatementDelegate(desk, self.list)
        self.head = ResultsHead(desk)
        self.under = UnderHead(desk)
        self.empty = EmptyPage(desk)
        self.correction: QInputDialog | None = None
        self._pages = QStackedWidget()
        self._later = QTimer(self, interval=_AFTER_MS, singleShot=True)
        self._build()
        self._connect()
        self._dress()
        self.clear()

    # What the window asks

    def set_active(self, *, active: bool) -> None:
        """Search only while this is the view in the centre."""
        self._active = active
        if active:
            self._load()
        else:
            self._desk.tasks.cancel("statements.ask")

    def show_query(self, query: str, _sequence: int, among: frozenset[int] | None = None) -> None:
        """Show the statements of a query in all records or in some; the archive is another now."""
        self._query, self._among, self._stale = query, among, True
        if self._active:
            self._load()

    def set_dimmed(self, *, dimmed: bool) -> None:
        """Dim the rows while a newer search is under way."""
        if dimmed != self.delegate.dimmed:
            self.delegate.dimmed = dimmed
            self.list.viewport().update()

    def clear(self) -> None:
        """Show nothing: there is no archive."""
        self._desk.tasks.cancel("statements.ask")
        self._later.stop()
        self._query, self._among, self._loaded, self._told = "", None, None, None
        self.chosen.found = None
        self.model.show(0, {})
        self.empty.say("", "")
        self.under.show_state(0, 0, 0, unsure=False)
        self._pages.setCurrentWidget(self.empty)
        self._tell()

    def set_sort(self, sort: str) -> None:
        """Order statements otherwise; an order that is not known is by speaker."""
        self.sort = sort if sort in SORTS else "speaker"
        self._show_sort()
        if self._active:
            self._load()

    def show_unsure(self, *, shown: bool) -> None:
        """Show those that may be wrong, too, or no longer."""
        self.unsure = shown
        if self._active:
            self._load()

    def current_line(self) -> Spoken | None:
        """Return the statement under the cursor, if it is read."""
        return self.model.spoken(self.list.currentIndex().row())

    def step(self, by: int) -> None:
        """Go some statements on, or back."""
        row = self.list.currentIndex().row() + by
        if self.model.is_head(row):
            row += by
        if 0 <= row < self.model.rowCount():
            self._go_to(row)

    def gather(self) -> None:
        """Gather the selected statements for the dossier; put them back where all are there."""
        self.chosen.gather(self._gathering)

    def copy(self) -> None:
        """Copy the selected statements, each with who said it and its citation."""
        self.chosen.copy()

    def confirm(self) -> None:
        """Say that the selected statements are right."""
        self._decide(lambda archive, numbers: archive.confirm_statements(numbers), "Confirmed")

    def reject(self) -> None:
        """Say that the selected statements are none."""
        self._decide(lambda archive, numbers: archive.reject_statements(numbers), "Rejected")

    def correct_speaker(self) -> None:
        """Ask who said the current statement."""
        one = self.current_line()
        if one is None or one.gone:
            return
        self.correction = asked = QInputDialog(self)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.setWindowTitle("Correct speaker")
        asked.setLabelText("Who said this? Joint speakers are separated by semicolons.")
        asked.setTextValue(one.filed.statement.speaker)
        asked.textValueSelected.connect(lambda name: self._correct(one.filed.number, name))
        asked.open()

    def focus_list(self) -> None:
        """Bring the keyboard to the statements."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save_state(self) -> dict[str, object]:
        """Return what is remembered between sessions."""
        return {"sort": self.sort, "unsure": self.unsure}

    def restore_state(self, state: Mapping[str, object]) -> None:
        """Take up what was remembered; what cannot be understood is left out."""
        self.unsure = state.get("unsure") is True
        self.set_sort(str(state.get("sort", self.sort)))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Dress again: a style sheet takes palettes from what was moved into the window."""
        super().showEvent(event)
        self._dress()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rows()

    # How it is built

    def _build(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.show_one_column()
        for name, title in SORTS.items():
            action = QAction(title, self.head.menu)
            action.setCheckable(True)
            action.setData(name)
            action.triggered.connect(lambda _on, name=name: self.set_sort(name))
            self.head.menu.addAction(action)
        self._show_sort()
        for page in (self.list, self.empty):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.under)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        moved = self.list.selectionModel()
        moved.currentRowChanged.connect(self._moved)
        moved.selectionChanged.connect(self._tell)
        self.model.came.connect(self._came)
        self.list.opened.connect(self._open)
        self.list.menu_asked.connect(self.menu_asked)
        self.list.copy_asked.connect(self.copy)
        self.list.gather_asked.connect(self.gather)
        self.list.ticked.connect(self.gather)
        self.delegate.ticked.connect(self._tick)
        self.under.unsure_asked.connect(lambda shown: self.show_unsure(shown=shown))
        self.head.clear.clicked.connect(self._clear_filters)
        self.empty.query_asked.connect(self.query_edited)
        self.empty.files_asked.connect(self.files_asked)
        self.empty.folder_asked.connect(self.folder_asked)
        self._gathering.changed.connect(self._show_gathered)
        self._later.timeout.connect(self._again)
        self._desk.theme.changed.connect(self._dress)
        self._desk.jobs.read_on.connect(self._read_on)
        self._desk.events.changed.connect(lambda _change: self._again())
        self._desk.events.archive_closed.connect(self.clear)
        self._desk.events.archive_opened.connect(self._read_fields)

    def _dress(self) -> None:
        theme = self._desk.theme
        self.setAutoFillBackground(True)
        palette = self.palette()
        for role in (palette.ColorRole.Window, palette.ColorRole.Base):
            palette.setColor(role, theme.tokens.base)
        self.setPalette(palette)
        self.list.set_ground(palette)
        self.list.set_row_height(self.delegate.height_of(None, self.list.viewport().width()))
        self.list.verticalScrollBar().setSingleStep(theme.px(34))
        self.head.dress()
        self.under.dress()
        self.empty.dress()
        self._fit_rows()

    def _show_sort(self) -> None:
        self.head.sort.setText(SORTS[self.sort])
        for action in self.head.menu.actions():
            action.setChecked(action.data() == self.sort)

    # What happens

    def _load(self) -> None:
        archive = self._desk.archive
        wanted = (self._query, self.sort, self.unsure, self._among)
        if archive is None or not self._query:
            return
        if wanted == self._loaded and not self._stale:
            self._desk.tasks.cancel("statements.ask")
            self.set_dimmed(dimmed=False)
            return
        self._stale = False
        self._desk.tasks.read(
            "statements.ask",
            lambda cancel: _answer(archive, wanted, cancel),
            lambda answer: self._take(wanted, answer),
            self._failed,
            self,
        )
        if self._loaded is not None and self._loaded != wanted:
            self.set_dimmed(dimmed=True)

    def _again(self) -> None:
        self._stale = True
        if self._active:
            self._load()

    def _read_on(self, _unread: int) -> None:
        """Texts were read for statements: show what is new now and then."""
        if not self._later.isActive():
            self._later.start()

    def _take(self, wanted: _Wanted, answer: _Answer) -> None:
        found = answer.found
        again = self._loaded == wanted
        number, row = self.chosen.standing() if again else (0, 0)
        offset = self.list.verticalScrollBar().value() if again else 0
        self._loaded, self.chosen.found = wanted, found
        self._desk.tasks.cancel("statements.page")
        self.set_dimmed(dimmed=False)
        self.delegate.names = wanted[1] != "speaker"
        self.delegate.years = Years(found.heads.values())
        self.model.show(len(found), found.heads, answer.first)
        self._fit_heads()
        self._fit_rows()
        self.under.show_state(found.unsure, answer.unread, answer.texts, unsure=self.unsure)
        if found.total:
            self._pages.setCurrentWidget(self.list)
            place = found.row_of(number)
            self._go_to(place if place >= 0 else min(row, len(found) - 1), scroll=False)
            self.list.verticalScrollBar().setValue(offset)
        else:
            self._show_empty(answer)
        self._tell()

    def _failed(self, error: ArchivistError) -> None:
        self.set_dimmed(dimmed=False)
        self._desk.events.error.emit(error)

    def _show_empty(self, answer: _Answer) -> None:
        if answer.texts:
            self.empty.say("No statements", answer.found.reason)
        else:
            self.empty.say_unfilled()
        self._pages.setCurrentWidget(self.empty)
        self._told = None
        self.current_changed.emit(None)

    def _fetch(self, start: int, stop: int, taken: Taken) -> None:
        found = self.chosen.found
        if found is None:
            taken(None)
            return

        def failed(error: ArchivistError) -> None:
            taken(None)
            self._desk.events.error.emit(error)

        self._desk.tasks.read(
            "statements.page", lambda _token: found.rows(start, stop), taken, failed, self
        )

    def _came(self) -> None:
        self._fit_rows()
        self._moved()

    def _fit_heads(self) -> None:
        """Make the rows of speakers as high as they are; without a signal for each."""
        header, found = self.list.verticalHeader(), self.chosen.found
        if found is None:
            return
        header.setUpdatesEnabled(False)
        for row, voice in found.heads.items():
            header.resizeSection(row, self.delegate.height_of(voice, 0))
        header.setUpdatesEnabled(True)

    def _fit_rows(self) -> None:
        """Make the rows that are read as high as their words."""
        width = self.list.viewport().width()
        header = self.list.verticalHeader()
        header.setUpdatesEnabled(False)
        for row, one in self.model.at_hand():
            header.resizeSection(row, self.delegate.height_of(one, width))
        header.setUpdatesEnabled(True)

    def _go_to(self, row: int, *, scroll: bool = True) -> None:
        row += 1 if self.model.is_head(row) else 0
        index = self.model.index(row, 0)
        self.list.selectionModel().setCurrentIndex(index, _Rows.ClearAndSelect | _Rows.Rows)
        if scroll:
            self.list.scrollTo(index)

    def _moved(self, *_where: object) -> None:
        """Tell which statement is the current one, once; where it is not read yet, later."""
        one = self.current_line()
        told = (one, one.record) if one is not None else None
        if told != self._told:
            self._told = told
            self.current_changed.emit(one)

    def _open(self, _row: int) -> None:
        if (one := self.current_line()) is not None:
            self.opened.emit(one)

    def _tick(self, row: int) -> None:
        if (one := self.model.spoken(row)) is not None and not one.gone:
            self._gathering.toggle([(one.record, one.start, one.end)])

    def _show_gathered(self) -> None:
        self.model.show_gathered(self._gathering.stretches)

    def _decide(self, work: Callable[[Archive, Sequence[int]], Change], done: str) -> None:
        archive, numbers = self._desk.archive, self.chosen.numbers()
        if archive is None or not numbers:
            return

        def tell(change: Change) -> None:
            self._desk.events.changed.emit(change)
            count = formats.counted(len(numbers), "statement")
            self._desk.events.message.emit(f"{done} {count}. Ctrl+Z takes it back.")

        self._desk.tasks.write(lambda: work(archive, numbers), tell, owner=self)

    def _correct(self, number: int, name: str) -> None:
        archive = self._desk.archive
        if archive is None:
            return

        def tell(change: Change) -> None:
            self._desk.events.changed.emit(change)
            said = f"The speaker is {named(name.strip())} now. Ctrl+Z takes it back."
            self._desk.events.message.emit(said)

        self._desk.tasks.write(
            lambda: archive.correct_statement(number, speaker=name.strip()), tell, owner=self
        )

    def _tell(self, *_what: object) -> None:
        """Say how many statements there are, by how many speakers, and how many are selected."""
        found, chosen = self.chosen.found, self.chosen.count()
        said = ""
        if found is not None and found.total:
            number, _, noun = formats.counted(found.total, "statement").rpartition(" ")
            said = f'<span style="font-weight:600">{number}</span> {noun}'
            if found.speakers:
                said += f" by {formats.counted(found.speakers, 'speaker')}"
        if chosen > 1:
            said += f", {formats.number(chosen)} selected"
        self.head.count.setText(said)
        self.head.sorted = found is not None and found.total > 0
        self.head.show_links(narrowed=filters.filters(self._query, self._fields) > 0, ticked=False)

    def _clear_filters(self) -> None:
        self.query_edited.emit(filters.without_filters(self._query, self._fields))

    def _read_fields(self) -> None:
        """Learn the archive's own fields, so that queries with them can be read here."""
        archive = self._desk.archive
        if archive is None:
            return

        def take(names: tuple[str, ...]) -> None:
            self._fields = filters.OwnFields(names)
            self._tell()

        self._desk.tasks.read(
            "statements.fields",
            lambda _token: tuple(archive.vocabulary.custom()),
            take,
            lambda _error: None,
            self,
        )


def _answer(archive: Archive, wanted: _Wanted, cancel: CancelToken) -> _Answer:
    query, sort, unsure, among = wanted
    found = archive.list_statements(query, sort=sort, unsure=unsure, among=among, cancel=cancel)
    cancel.check()
    return _Answer(found, found.rows(0, BLOCK), archive.unread(), archive.count())
