"""The window: places and filters, records found, the record read; everything wired together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QEvent, QPoint, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QMainWindow,
    QMenu,
    QMessageBox,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import formats, paint
from archivist.desk.actions import ActionBook
from archivist.desk.centre import Centre
from archivist.desk.commands import Commands
from archivist.desk.dialogs.dossier import DossierDialog
from archivist.desk.dialogs.facet_values import FacetValues
from archivist.desk.dialogs.palette import Palette
from archivist.desk.dialogs.shortcuts import Page
from archivist.desk.dialogs.thesaurus import OPERATION as SYNONYMS
from archivist.desk.finder import Answer, Finder
from archivist.desk.header import Header
from archivist.desk.keeper import Keeper
from archivist.desk.models.lexicon import Lexicon
from archivist.desk.outcomes import Outcomes
from archivist.desk.session import Session
from archivist.desk.tools import Tools
from archivist.desk.views.compose import ComposePane
from archivist.desk.views.error_strip import ErrorStrip
from archivist.desk.views.facet_rows import DATES, USUAL
from archivist.desk.views.facets import Facets
from archivist.desk.views.first_start import FirstStart
from archivist.desk.views.import_report import ImportReportView
from archivist.desk.views.navigation import Navigation, place_of, query_of
from archivist.desk.views.reader import ReaderPane
from archivist.desk.views.results import ResultsView
from archivist.desk.views.side_area import SideArea
from archivist.desk.views.status_bar import StatusBar
from archivist.desk.views.trash import TrashView
from archivist.model.change import Change
from archivist.model.errors import ArchivistError, QueryError

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QCloseEvent,
        QDragEnterEvent,
        QDragLeaveEvent,
        QDropEvent,
        QKeyEvent,
        QResizeEvent,
        QShowEvent,
    )

    from archivist.desk.context import Desk

FULL_SIZE: Final = (1440, 900)
"""The size of a new window, where the screen has room for it."""
_SAVE_MS: Final = 1000
_LEARN_MS: Final = 2000
"""How long codes and fields that an import brings may be unknown to the search field."""
_SIDE: Final = 256
_CENTRE: Final = 600
_READER: Final = 583
_CENTRE_LEAST: Final = 380
_NARROW: Final = 940
"""Where the window is narrower, places and filters lie aside until they are asked for."""
_PLACES: Final = {
    "inbox": ("The inbox is empty", "What you import waits here until you confirm it."),
    "recent": ("Nothing was added lately", "What was filed in the last seven days stands here."),
}


class MainWindow(QMainWindow):
    """The one window of the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.commands = Commands(desk, self)
        self.session = Session(desk, self)
        self.finder = Finder(desk, self)
        self.book = ActionBook(self, self.commands, desk.icons)
        self.header = Header(desk, self.book)
        self.strip = ErrorStrip(desk)
        self.outcomes = Outcomes(
            desk, self.strip, self.commands.import_paths, self.show_report, self
        )
        self.navigation = Navigation(desk)
        self.facets = Facets(desk)
        self.first_start = FirstStart(desk, self.book)
        self.results = ResultsView(desk)
        self.reader = ReaderPane(desk)
        self.centre = Centre(desk, self.results, self.reader, self)
        self.imports = ImportReportView(desk)
        self.trash = TrashView(desk)
        self.compose = ComposePane(desk)
        self.status = StatusBar(desk)
        self.palette_ = Palette(desk, self, self.book, self.show_record, self.search)
        self.page = Page(desk, self)
        self.keeper = Keeper(desk, self.navigation, self.header, self.results, self)
        self.tools = Tools(desk, self)
        self.palette_.offer_saved(self.keeper.offers, self.keeper.open)
        self.values = FacetValues(desk, self, self.facets)
        self._dossier: DossierDialog | None = None
        self._answer: Answer | None = None
        self._lexicon: Lexicon | None = None
        self._followed_once = True
        self._awaited = False
        self._sequence = 0
        self._side_wanted, self._narrow = True, False
        self._wanted = 0
        self._save = QTimer(self)
        self._save.setSingleShot(True)
        self._save.setInterval(_SAVE_MS)
        self._save.timeout.connect(self.save_state)
        self._learn = QTimer(self)
        self._learn.setSingleShot(True)
        self._learn.setInterval(_LEARN_MS)
        self._learn.timeout.connect(self._read_lexicon)
        self._build()
        self._connect()
        self._restore_window()
        self._show_closed()

    # Layout

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self.setWindowTitle("Archivist")
        self.setWindowIcon(self._desk.icons.icon("archive", "accent"))
        self.setMinimumSize(760, 480)
        self.book.fill_menu_bar(self.menuBar())
        for menu in self.menuBar().findChildren(QMenu):
            menu.aboutToHide.connect(lambda: self._underline(shown=False))
        self._centre = QStackedWidget()
        for view in (self.centre.found, self.trash, self.centre.collected):
            self._centre.addWidget(view)
        self._centre.setMinimumWidth(self._desk.theme.px(_CENTRE_LEAST))
        self._browse = self._splitter(self._centre, self.reader)
        self._pages = QStackedWidget()
        for page in (self.first_start, self._browse, self.imports, self.compose):
            self._pages.addWidget(page)
        self._side = self._make_side()
        self._split = self._splitter(self._side, self._pages)
        self._split.setStretchFactor(0, 0)
        self._split.setStretchFactor(1, 1)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = paint.Hairline(self._desk.theme)
        for widget in (self.header, line, self.strip, self._split, self.status):
            column.addWidget(widget, 1 if widget is self._split else 0)
        self.setCentralWidget(body)
        px = self._desk.theme.px
        self._split.setSizes([px(_SIDE), px(_CENTRE + _READER)])
        self._browse.setSizes([px(_CENTRE), px(_READER)])

    def _splitter(self, left: QWidget, right: QWidget) -> QSplitter:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        return splitter

    def _make_side(self) -> SideArea:
        inner = paint.Ground(self._desk.theme, "side")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, self._desk.theme.px(8), 0, self._desk.theme.px(12))
        column.setSpacing(0)
        column.addWidget(self.navigation)
        column.addSpacing(8)
        self._facet_line = paint.Hairline(self._desk.theme)
        margins = QVBoxLayout()
        margins.setContentsMargins(16, 0, 16, 4)
        margins.addWidget(self._facet_line)
        column.addLayout(margins)
        column.addWidget(self.facets)
        column.addStretch(1)
        area = SideArea(inner)
        area.setMinimumWidth(self._desk.theme.px(200))
        return area

    def _connect(self) -> None:
        desk, search = self._desk, self.header.search
        self._connect_search()
        self._connect_views()
        self.session.opening.connect(self._say_opening)
        self.session.opened.connect(self._opened)
        self.session.failed.connect(self._open_failed)
        self.session.interrupted.connect(self.outcomes.offer_resumption)
        desk.events.archive_closed.connect(self._show_closed)
        desk.events.changed.connect(self._changed)
        desk.events.followed.connect(self._followed)
        desk.events.imports_changed.connect(self._read_undo)
        desk.theme.changed.connect(self._dress)
        search.editor.textChanged.connect(self._show_reading)
        self._side.resized.connect(self._side_moved)
        self._browse.splitterMoved.connect(self._save.start)
        self._dress()

    def _connect_search(self) -> None:
        search = self.header.search
        search.query_changed.connect(self._ask)
        search.submitted.connect(lambda _text: self.centre.focus())
        search.left_down.connect(self.centre.focus)
        search.fault_told.connect(self._refresh_conditions)
        self.finder.began.connect(self._dim)
        self.finder.listed.connect(self._show_list)
        self.finder.answered.connect(self._show_answer)
        self.finder.refused.connect(self._show_refusal)
        self.facets.query_edited.connect(self.search)
        self.facets.values_asked.connect(self.ask_values)
        self.facets.shown_changed.connect(self._count_shown)
        self.values.query_edited.connect(self.search)
        self.page.query_asked.connect(self.search)
        self.tools.query_asked.connect(self.search)
        self.tools.undo_asked.connect(self.commands.undo)
        self.tools.redo_asked.connect(self.commands.redo)
        self.results.query_edited.connect(self.search)
        self.results.files_asked.connect(self.commands.import_files)
        self.results.folder_asked.connect(self.commands.import_folder)
        self.reader.query_asked.connect(self.search)
        self.navigation.asked.connect(self.go)
        self.keeper.query_asked.connect(self.search)
        self.keeper.state_changed.connect(self._keep)

    def _connect_views(self) -> None:
        self.results.sort_changed.connect(lambda _order: self.search_again())
        self.results.current_changed.connect(self._show_current)
        self.results.chosen_changed.connect(self._show_chosen)
        self.results.activated.connect(lambda _id: self.reader.focus_text())
        self.results.menu_asked.connect(self._pop_menu)
        self._connect_centre()
        self.reader.record_asked.connect(self.show_record)
        self.imports.import_asked.connect(self.commands.import_paths)
        self.imports.record_asked.connect(self.show_ref)
        self.trash.record_asked.connect(lambda key: self.reader.show_record(key, ""))
        self.compose.filed.connect(self._composed)
        self.compose.closed.connect(self.show_records)

    def _connect_centre(self) -> None:
        lines = self.centre.concordance
        lines.query_edited.connect(self.search)
        lines.files_asked.connect(self.commands.import_files)
        lines.folder_asked.connect(self.commands.import_folder)
        lines.menu_asked.connect(self._pop_menu)
        self.centre.view_changed.connect(self._view_changed)
        self.centre.line_changed.connect(self._keep_lines)
        self.centre.fit_asked.connect(self._fit_reader)
        self.centre.collected.write_asked.connect(self.ask_gathered)
        self.centre.gathering.changed.connect(self._refresh_conditions)

    # What is shown

    @property
    def page_shown(self) -> str:
        """Which page is shown: "start", "records", "trash", "dossier", "imports" or "compose"."""
        page = self._pages.currentWidget()
        if page is self._browse:
            view = self._centre.currentWidget()
            if view is self.trash:
                return "trash"
            return "dossier" if view is self.centre.collected else "records"
        if page is self.imports:
            return "imports"
        return "compose" if page is self.compose else "start"

    def show_records(self) -> None:
        """Show the records found and the reader."""
        if self._desk.archive is None:
            return
        was = self.page_shown
        self._centre.setCurrentWidget(self.centre.found)
        self._turn_to(self._browse)
        if was != "records":
            self._show_current(self.results.current_id())
        self._mark_place()

    def show_view(self, name: str) -> None:
        """Show what was found as "records" or as a "concordance"."""
        self.show_records()
        self.centre.show_view(name)

    @property
    def in_lines(self) -> bool:
        """Whether the lines of a concordance are shown."""
        return self.page_shown == "records" and self.centre.shows_lines()

    def _view_changed(self) -> None:
        if not self.centre.shows_lines():
            self._show_current(self.results.current_id())
        self._refresh_conditions()
        self._save.start()

    def _keep_lines(self) -> None:
        self._refresh_conditions()
        self._save.start()

    def _dim(self) -> None:
        self.results.set_dimmed(True)
        self.centre.concordance.set_dimmed(dimmed=True)

    def _fit_reader(self) -> None:
        """Show the reader where there is room for it and it is wanted."""
        crowded = self._narrow and not self._side.isHidden()
        self.reader.setVisible(not crowded and (self.centre.beside or not self.in_lines))

    def go(self, place: str) -> None:
        """Go to a place of the navigation."""
        if self._desk.archive is None:
            return
        match place:
            case "imports":
                self._turn_to(self.imports)
                self.imports.show_list()
            case "trash":
                self._centre.setCurrentWidget(self.trash)
                self._turn_to(self._browse)
                self.reader.show_record(0, "")
                self.trash.show_trash()
            case "dossier":
                self._centre.setCurrentWidget(self.centre.collected)
                self._turn_to(self._browse)
                self.reader.show_record(0, "")
                self.centre.collected.show_gathered()
                self.centre.collected.focus_list()
            case _ if place.startswith("saved:"):
                self.keeper.open(int(place.partition(":")[2]))
                return
            case _:
                self.search(query_of(place))
                return
        self.navigation.show_current(place)

    def show_compose(self) -> None:
        """Show the form for a record typed in from paper."""
        self._turn_to(self.compose)
        self.navigation.show_current("")
        self.compose.start()

    def _turn_to(self, page: QWidget) -> None:
        """Show a page; filters stand beside records only."""
        self._pages.setCurrentWidget(page)
        beside = self.page_shown == "records"
        self.facets.setVisible(beside)
        self._facet_line.setVisible(beside and bool(self.facets.rows.rows))
        self._fit_reader()
        self._refresh_conditions()

    def search(self, text: str) -> None:
        """Search for a text: it stands in the field then."""
        self.show_records()
        self.header.search.set_text(text)

    def ask_values(self, field: str) -> None:
        """Search within the values of a facet."""
        self.values.ask(field, self.header.search.text(), self._lexicon or Lexicon())

    def _count_shown(self) -> None:
        """Count the facets that are shown now, and no others."""
        self.finder.facets = (*self.facets.shown(), *DATES)
        self.finder.ask(self.header.search.text(), self.results.sort(), again=True)
        self._save.start()

    def proposal(self) -> str:
        """Return what is proposed: in place of a fault, or of a query that finds nothing."""
        return self.header.search.reading.proposal() or self.results.proposal()

    def take_proposal(self) -> None:
        """Search for what is proposed."""
        if proposal := self.proposal():
            self.search(proposal)

    def search_again(self) -> None:
        """Search for what stands in the field once more."""
        self.finder.ask(self.header.search.text(), self.results.sort(), again=False)

    def show_record(self, record_id: int) -> None:
        """Read a record, wherever it stands."""
        self.show_records()
        self.centre.found.show_view("records")
        before = self.results.current_id()
        self.results.select_id(record_id)
        if self.results.current_id() in {before, 0}:
            self.reader.show_record(record_id, self.header.search.text())

    def show_ref(self, ref: str) -> None:
        """Read the record of an accession number."""
        archive = self._desk.archive
        if archive is not None:
            self._desk.tasks.read(
                "window.ref", lambda _token: archive.record(ref).id, self.show_record, owner=self
            )

    def found_ids(self) -> Sequence[int]:
        """Return the records found, in order."""
        return self._answer.keys if self._answer is not None else ()

    def target_ids(self) -> Sequence[int]:
        """Return the records a command on records acts on."""
        if self.in_lines:
            record = self.centre.line_record()
            return (record,) if record else ()
        if self.page_shown == "records":
            return self.results.target_ids()
        return ()

    def ask_dossier(self, ids: Sequence[int]) -> None:
        """Ask what a dossier shall be; without ids it holds all records found."""
        answer = self._answer
        if answer is None:
            return
        self._dossier_dialog().ask(ids or answer.keys, answer.query)

    def ask_gathered(self) -> None:
        """Ask what the dossier of what was gathered shall be."""
        self._dossier_dialog().ask_gathered(self.centre.gathering.items)

    def _dossier_dialog(self) -> DossierDialog:
        if self._dossier is None:
            self._dossier = DossierDialog(self._desk, self)
        return self._dossier

    def ask_terms(self) -> None:
        """Count a list of terms, within what is found now if that is wanted."""
        self.tools.count_terms(self._answer)

    def find_similar(self) -> None:
        """Search for records that are like the one that is read."""
        lines, current = self.centre.line_record(), self.results.current_id()
        self.tools.find_similar(lines if self.in_lines else current)

    def toggle_side(self) -> None:
        """Show or hide places and filters."""
        shown = self._side.isHidden()
        self._side.setVisible(shown)
        self._fit_reader()
        if not self._narrow:
            self._side_wanted = shown
        self._save.start()

    # Search

    def _ask(self, text: str) -> None:
        if self.page_shown != "records" and text:
            self.show_records()
        self.finder.ask(text, self.results.sort())
        self._show_reading()
        self._mark_place()
        self._save.start()

    def _show_list(self, answer: Answer) -> None:
        """Show the records found; what is counted of them follows."""
        if self._answer is not None and self._answer.query == answer.query:
            self.reader.refresh()
        self._answer = answer
        if answer.text == self.header.search.text():
            self.header.search.show_reading(answer.reading, answer.found.notes)
        title, hint = _PLACES.get(place_of(answer.text), ("", ""))
        self.results.show_place(title, hint)
        self.results.show_list(answer.query, answer.found, answer.keys)
        self._come_back()
        self._show_place_count()
        if not self.results.current_id():
            self.reader.show_record(0, "")

    def _show_answer(self, answer: Answer) -> None:
        """Show what was counted of the records found."""
        self._answer = answer
        self.results.show_dates(answer.found)
        self.centre.show_answer(answer.query, answer.found.sequence)
        self.facets.show_counts(answer.text, answer.found.facets)
        self.values.follow(answer.text)
        self.keeper.follow(answer)
        self._facet_line.setVisible(self.page_shown == "records" and bool(self.facets.rows.rows))
        self._refresh_conditions()

    def _come_back(self) -> None:
        """Go to the record that was read when the archive was left."""
        wanted, self._wanted = self._wanted, 0
        if wanted and wanted != self.results.current_id():
            self.results.select_id(wanted)

    def _show_refusal(self, error: object) -> None:
        """Tell a fault; what was found before stays, dimmed: it answers another query."""
        if isinstance(error, QueryError):
            self.header.search.show_fault(error)
            self._show_reading()
            return
        self.results.set_dimmed(False)
        self.centre.concordance.set_dimmed(dimmed=False)
        if isinstance(error, ArchivistError):
            self._desk.events.error.emit(error)

    def _show_reading(self) -> None:
        self.header.show_reading(shown=self._desk.archive is not None)

    def _mark_place(self) -> None:
        if self.page_shown == "records":
            place = place_of(self.header.search.text())
            self.navigation.show_current(self.keeper.place() or place)

    def _keep(self) -> None:
        """A saved search is shown, or none."""
        self._mark_place()
        self._refresh_conditions()

    def _show_place_count(self) -> None:
        found = self._answer.found if self._answer else None
        if found is not None:
            took = formats.number(max(1, found.took_ms))
            self.status.show_rest(f"{formats.counted(found.total, 'record')} in {took} ms")

    def _show_current(self, record_id: int) -> None:
        self.header.search.here = self.results.current_name()
        if self.page_shown in {"records", "start"} and not self.in_lines:
            self.reader.show_record(record_id, self._answer.query if self._answer else "")
        self._refresh_conditions()
        self._save.start()

    def _show_chosen(self) -> None:
        if self.reader.describes_many() and len(self.results.target_ids()) <= 1:
            self._show_current(self.results.current_id())
        self._refresh_conditions()
        self._save.start()

    def _pop_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        self.book.fill_menu(menu, "Record")
        menu.addSeparator()
        menu.addAction(self.book["edit.cite"])
        menu.addAction(self.book["dossier.gather"])
        menu.addAction(self.book["dossier.write"])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(point)

    # The archive

    def _say_opening(self, path: str) -> None:
        self._desk.events.message.emit(f"Opening {Path(path).name} …")

    def _opened(self, lexicon: Lexicon) -> None:
        archive = self._desk.archive
        if archive is None:
            return
        self._lexicon = lexicon
        self.strip.dismiss()
        self.setWindowTitle(f"{archive.name} — Archivist")
        self.header.search.setEnabled(True)
        self.header.show_dossier(shown=True)
        self.header.search.set_placeholder("Search titles, text, people, dates …")
        self.header.search.set_lexicon(lexicon)
        self.facets.set_lexicon(lexicon)
        self._centre.setCurrentWidget(self.centre.found)
        self._turn_to(self._browse)
        self._desk.events.message.emit("")
        self._followed_once = False
        self.status.show_index("Bringing the index up to date", current=False)
        self._restore_archive(self.session.recall())
        self._read_undo()
        self._refresh_conditions()

    def _open_failed(self, error: object) -> None:
        self._desk.events.error.emit(error)
        self._desk.events.message.emit("")

    def _show_closed(self) -> None:
        self._answer = None
        self.setWindowTitle("Archivist")
        self.header.search.set_placeholder("Open an archive to search it")
        self.header.search.editor.clear()
        self.header.search.setEnabled(False)
        self.header.show_reading(shown=False)
        self.results.clear()
        self.reader.show_record(0, "")
        self._turn_to(self.first_start)
        self._followed_once, self._awaited = True, False
        self._learn.stop()
        self.status.show_rest("No archive open")
        self.status.show_index("Works without a network", current=None)
        self.header.show_dossier(shown=False)
        self._refresh_conditions()
        self.first_start.focus()

    def close_archive(self) -> None:
        """Close the archive; asks once where an import is running."""
        if self._may_stop():
            self.save_state()
            self.session.close()

    # Changes

    def _changed(self, change: object) -> None:
        records = change.records if isinstance(change, Change) else ()
        self.results.refresh(list(records))
        self.reader.refresh()
        self._follow()
        self._read_undo()
        if isinstance(change, Change) and change.kind in {SYNONYMS, "undo", "redo"}:
            self.finder.ask(self.header.search.text(), self.results.sort(), again=True)

    def _follow(self) -> None:
        """Let the index follow what was changed here."""
        self._awaited = self._desk.archive is not None
        self._desk.jobs.follow()

    def _followed(self, sequence: int) -> None:
        self._followed_once, self._sequence, self._awaited = True, sequence, False
        self.status.show_index("Index current", current=True)
        self.finder.follow()
        if not self._learn.isActive():
            self._learn.start()

    def _read_lexicon(self) -> None:
        """Learn the codes and the fields that records have now."""
        archive = self._desk.archive
        if archive is not None:
            self._desk.tasks.read(
                "window.lexicon",
                lambda _token: Lexicon.of(archive.vocabulary),
                self._take_lexicon,
                lambda _error: None,
                owner=self,
            )

    def _take_lexicon(self, lexicon: Lexicon) -> None:
        if lexicon != self._lexicon:
            self._lexicon = lexicon
            self.header.search.set_lexicon(lexicon)
            self.facets.set_lexicon(lexicon)

    def _read_undo(self) -> None:
        archive = self._desk.archive
        if archive is not None:
            self._desk.tasks.read(
                "window.undo",
                lambda _token: (archive.undo_title(), archive.redo_title()),
                self._show_undo,
                owner=self,
            )

    def _show_undo(self, titles: tuple[str | None, str | None]) -> None:
        for word, title in zip(("Undo", "Redo"), titles, strict=True):
            named = f"{word} {title[:1].lower()}{title[1:]}" if title else word
            self.book.rename(f"edit.{word.lower()}", named)
        self.book.refresh({"undo": bool(titles[0]), "redo": bool(titles[1])})

    def show_report(self, run: int) -> None:
        """Show what became of an import, file by file."""
        self._turn_to(self.imports)
        self.imports.show_report(run)
        self.navigation.show_current("imports")

    def _composed(self, record_id: int) -> None:
        self._follow()
        self._read_undo()
        self.show_record(record_id)
        self._wanted = record_id

    # Actions

    def _refresh_conditions(self) -> None:
        browsing = self.page_shown == "records"
        lines = self.in_lines
        gathers = lines or self.page_shown == "dossier"
        held = len(self.centre.gathering.stretches) if gathers else self.results.ticked_count()
        self.header.show_chosen(held)
        shown = self.centre.line_record() if lines else self.results.current_id()
        passage = browsing and bool(shown)
        record = passage and (self.centre.beside or not lines)
        answer = self._answer
        self.book.refresh(
            {
                "archive": self._desk.archive is not None,
                "record": record,
                "targets": record and not lines,
                "passage": passage,
                "found": bool(answer and answer.found.total),
                "choice": self._has_choice(browsing=browsing, record=passage),
                "lines": lines,
                "hits": passage,
                "trash": self.page_shown == "trash",
                "query": bool(self.header.search.text()),
                "proposal": bool(self.proposal()),
                "saved": self.keeper.in_hand,
            }
        )
        if self._desk.archive is None:
            self.book.refresh({"undo": False, "redo": False})
        self.header.search.setEnabled(self._desk.archive is not None)
        self.book[f"view.{self.results.sort()}"].setChecked(True)
        self.book[f"view.{self._desk.theme.mode}"].setChecked(True)

    def _has_choice(self, *, browsing: bool, record: bool) -> bool:
        """Whether there is anything a dossier could be written of."""
        if self.page_shown == "dossier" or self.in_lines:
            return bool(self.centre.gathering.stretches) or record
        return browsing and bool(record or self.results.ticked_count())

    def busy(self) -> bool:
        """Whether anything is under way that may still change what is shown."""
        under_way = bool(self._desk.jobs.running) or self._desk.tasks.busy()
        behind = self._awaited or self.finder.is_behind()
        return under_way or behind or not self._followed_once

    # Memory

    def save_state(self) -> None:
        """Keep how the window and the archive stand."""
        settings = self._desk.settings
        settings.setValue("window/geometry", self.saveGeometry())
        settings.setValue("window/side", int(self._side_wanted))
        if self._desk.archive is None:
            return
        self.session.remember(
            {
                "query": self.header.search.text(),
                "split": self._split.sizes(),
                "browse": self._browse.sizes(),
                "folded": self.facets.folded(),
                "filters": list(self.facets.shown()),
                "record": self.results.current_id(),
                "results": self.results.save_state(),
                "centre": self.centre.save_state(),
            }
        )

    def _restore_window(self) -> None:
        settings = self._desk.settings
        kept = settings.value("window/geometry")
        if not isinstance(kept, QByteArray) or not self.restoreGeometry(kept):
            room = self.screen().availableSize() - QSize(0, self._desk.theme.px(40))
            self.resize(QSize(*FULL_SIZE).boundedTo(room))
        self._side_wanted = str(settings.value("window/side", 1)) != "0"
        self._side.setVisible(self._side_wanted and not self._narrow)

    def _restore_archive(self, kept: Mapping[str, object]) -> None:
        for name, splitter in (("split", self._split), ("browse", self._browse)):
            sizes = kept.get(name)
            if isinstance(sizes, list) and len(sizes) == 2 and all(sizes):  # noqa: PLR2004
                splitter.setSizes([int(size) for size in sizes])
        folded, results, shown = kept.get("folded"), kept.get("results"), kept.get("filters")
        self.facets.choose([str(field) for field in shown] if isinstance(shown, list) else USUAL)
        if isinstance(folded, list):
            self.facets.fold([str(field) for field in folded])
        if isinstance(results, Mapping):
            self.results.restore_state(results)
        if isinstance(centre := kept.get("centre"), Mapping):
            self.centre.restore_state(centre)
        self.header.search.set_text(str(kept.get("query", "")))
        record = kept.get("record")
        self._wanted = record if isinstance(record, int) else 0
        self._side_moved()
        self.header.search.editor.setFocus()

    def _side_moved(self, *_where: object) -> None:
        wide = self._side.width() if not self._side.isHidden() else self._desk.theme.px(_SIDE)
        self.header.set_side_width(wide)
        self._save.start()

    # Qt

    def _dress(self) -> None:
        self.menuBar().setFont(self._desk.theme.font())

    def _may_stop(self) -> bool:
        """Ask once whether an import may be stopped; return whether one may go on."""
        if not self._desk.jobs.importing:
            return True
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText("An import is running.")
        box.setInformativeText(
            "Stopped, it keeps what it filed, and can be taken up again: nothing is filed twice."
        )
        stop = box.addButton("Stop and close", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("Keep importing", QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is stop

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt:
            self._underline(shown=True)
        super().keyPressEvent(event)

    @override
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt:
            self._underline(shown=False)
        super().keyReleaseEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() != QEvent.Type.ActivationChange:
            return
        if self.isActiveWindow():
            self._look_for_changes()
        else:
            self._underline(shown=False)

    def _look_for_changes(self) -> None:
        """See whether another window or program changed the archive meanwhile."""
        archive = self._desk.archive
        if archive is not None:
            self._desk.tasks.read(
                "window.sequence", lambda _token: archive.sequence(), self._catch_up, owner=self
            )

    def _catch_up(self, sequence: int) -> None:
        if self._followed_once and sequence != self._sequence:
            self._follow()
            self._read_undo()

    def _underline(self, *, shown: bool) -> None:
        self._desk.theme.show_underlines(shown=shown)
        self.menuBar().update()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._side_moved()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self._desk.theme.px(_NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._side.setVisible(self._side_wanted and not narrow)
            self._fit_reader()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_stop():
            event.ignore()
            return
        self.save_state()
        self._desk.settings.sync()
        event.accept()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths := _paths_of(event):
            event.acceptProposedAction()
            what = Path(paths[0]).name if len(paths) == 1 else formats.counted(len(paths), "file")
            self._desk.events.message.emit(f"Drop to import {what}")

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._desk.events.message.emit("")

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = _paths_of(event)
        if not paths:
            return
        event.acceptProposedAction()
        # A dialog within the drop would hold up the program the files come from.
        QTimer.singleShot(0, lambda: self.commands.import_paths(paths))


def _paths_of(event: QDropEvent) -> list[str]:
    return [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
