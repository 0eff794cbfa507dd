"""The window: every view and what serves it, wired together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtWidgets import (
    QMainWindow,
    QMenu,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import formats, paint
from archivist.desk.actions import ActionBook
from archivist.desk.agents import KIND as AGENTS
from archivist.desk.agents import Registrar
from archivist.desk.asking import Asking
from archivist.desk.centre import Centre
from archivist.desk.commands import Commands
from archivist.desk.conditions import Conditions
from archivist.desk.dialogs.facet_values import FacetValues
from archivist.desk.dialogs.palette import Palette
from archivist.desk.dialogs.shortcuts import Page
from archivist.desk.dialogs.thesaurus import OPERATION as SYNONYMS
from archivist.desk.finder import Finder
from archivist.desk.header import Header
from archivist.desk.keeper import Keeper
from archivist.desk.leisure import Leisure
from archivist.desk.memory import Memory
from archivist.desk.models.statements import named
from archivist.desk.outcomes import Outcomes
from archivist.desk.panes import Panes
from archivist.desk.session import Session
from archivist.desk.tools import Tools
from archivist.desk.upkeep import Upkeep
from archivist.desk.views.compose import ComposePane
from archivist.desk.views.error_strip import ErrorStrip
from archivist.desk.views.facets import Facets
from archivist.desk.views.first_start import FirstStart
from archivist.desk.views.import_report import ImportReportView
from archivist.desk.views.navigation import Navigation, place_of, query_of
from archivist.desk.views.reader import ReaderPane
from archivist.desk.views.reader_passage import phrase_of
from archivist.desk.views.results import ResultsView
from archivist.desk.views.status_bar import StatusBar
from archivist.desk.views.trash import TrashView
from archivist.desk.watch import Watch
from archivist.model.change import Change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import (
        QCloseEvent,
        QDragEnterEvent,
        QDragLeaveEvent,
        QDropEvent,
        QKeyEvent,
        QResizeEvent,
        QShowEvent,
    )

    from archivist.archive.wording.results import Use
    from archivist.desk.context import Desk
    from archivist.desk.models.lexicon import Lexicon
    from archivist.desk.views.statements_source import Answer


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
        self.registrar = Registrar(desk, self.centre.agents, self)
        self.palette_.offer_saved(self.keeper.offers, self.keeper.open)
        self.values = FacetValues(desk, self, self.facets)
        self.panes = self._make_panes()
        self.upkeep = Upkeep(desk, self.finder, self.status, self)
        self.watch = Watch(desk, self.upkeep, self)
        self.asking = Asking(desk, self)
        self.conditions = Conditions(desk, self)
        self.leisure = Leisure(desk, self)
        self.memory = Memory(desk, self)
        self._build()
        self._connect()
        self.memory.restore_window()
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
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = paint.Hairline(self._desk.theme)
        for widget in (self.header, line, self.strip, self.panes, self.status):
            column.addWidget(widget, 1 if widget is self.panes else 0)
        self.setCentralWidget(body)

    def _make_panes(self) -> Panes:
        pages = {"start": self.first_start, "imports": self.imports, "compose": self.compose}
        centre = self.centre
        views = {
            "records": centre.found,
            "trash": self.trash,
            "dossier": centre.collected,
            "agents": centre.agents,
        }
        theme, places, facets = self._desk.theme, self.navigation, self.facets
        return Panes(theme, places, facets, pages=pages, views=views, reader=self.reader)

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
        self.upkeep.undo_read.connect(self._show_undo)
        self.upkeep.lexicon_read.connect(self._take_lexicon)
        desk.theme.changed.connect(self._dress)
        search.editor.textChanged.connect(self.asking.show_reading)
        self.panes.page_changed.connect(self._page_changed)
        self.panes.moved.connect(self.memory.save_later)
        self.panes.side_resized.connect(self._side_moved)
        self._dress()

    def _connect_search(self) -> None:
        search = self.header.search
        search.query_changed.connect(self.asking.ask)
        search.submitted.connect(lambda _text: self.centre.focus())
        search.left_down.connect(self.centre.focus)
        search.fault_told.connect(self._refresh_conditions)
        search.typed.connect(self._desk.jobs.give_way)
        search.typed.connect(self.leisure.put_off)
        self.asking.asked.connect(self._mark_place)
        self.asking.asked.connect(self.memory.save_later)
        self.asking.answered.connect(self._refresh_conditions)
        self.facets.query_edited.connect(self.search)
        self.facets.values_asked.connect(self.ask_values)
        self.facets.shown_changed.connect(self._count_shown)
        self.values.query_edited.connect(self.search)
        self.page.query_asked.connect(self.search)
        self.tools.query_asked.connect(self.search)
        self.tools.place_asked.connect(self._show_place)
        self.tools.undo_asked.connect(self.commands.undo)
        self.tools.redo_asked.connect(self.commands.redo)
        self.results.query_edited.connect(self.search)
        self.results.files_asked.connect(self.commands.import_files)
        self.results.folder_asked.connect(self.commands.import_folder)
        self.reader.query_asked.connect(self.search)
        self.reader.wording_asked.connect(self._follow_wording)
        self.reader.quote_asked.connect(self.check_quotation)
        self.navigation.asked.connect(self.go)
        self.keeper.query_asked.connect(self.search)
        self.keeper.state_changed.connect(self._keep)

    def _connect_views(self) -> None:
        self.results.sort_changed.connect(lambda _order: self.asking.again())
        self.results.only_new_changed.connect(self.asking.again)
        self.results.current_changed.connect(self._show_current)
        self.results.chosen_changed.connect(self._show_chosen)
        self.results.activated.connect(lambda _id: self.reader.focus_text())
        self.results.menu_asked.connect(self._pop_menu)
        self._connect_centre()
        self.reader.record_asked.connect(self.show_record)
        self.reader.statement_changed.connect(self._refresh_conditions)
        self.reader.agent_asked.connect(self.show_agent)
        self.imports.import_asked.connect(self.commands.import_paths)
        self.imports.record_asked.connect(self.show_ref)
        self.trash.record_asked.connect(lambda key: self.reader.show_record(key, ""))
        self.compose.filed.connect(self._composed)
        self.compose.closed.connect(self.show_records)

    def _connect_centre(self) -> None:
        for lines in (self.centre.statements, self.centre.concordance, self.centre.wording):
            lines.query_edited.connect(self.search)
            lines.files_asked.connect(self.commands.import_files)
            lines.folder_asked.connect(self.commands.import_folder)
            lines.menu_asked.connect(self._pop_menu)
        self.centre.agents.changed.connect(self._agents_changed)
        self.registrar.query_asked.connect(self._search_records)
        self.registrar.statements_asked.connect(self._search_statements)
        self.centre.view_changed.connect(self._view_changed)
        self.centre.statements.answered.connect(self._show_said)
        self.centre.statements.sort_changed.connect(self._keep_lines)
        self.centre.line_changed.connect(self._keep_lines)
        self.centre.fit_asked.connect(self._fit_reader)
        self.centre.collected.write_asked.connect(
            lambda: self.tools.write_gathered(self.centre.gathering.items)
        )
        self.centre.gathering.changed.connect(self._refresh_conditions)

    # What is shown

    @property
    def page_shown(self) -> str:
        """Which page: "start", "records", "trash", "dossier", "agents", "imports", "compose"."""
        return self.panes.shown()

    def show_records(self) -> None:
        """Show the records found and the reader."""
        if self._desk.archive is None:
            return
        was = self.page_shown
        self.panes.show_page("records")
        if was != "records":
            self._show_current(self.results.current_id())
        self._mark_place()

    def show_view(self, name: str) -> None:
        """Show what was found in a view: "records", "statements", "concordance" or "wording"."""
        self.show_records()
        self.centre.show_view(name)

    @property
    def in_lines(self) -> bool:
        """Whether lines are shown: statements, those of a concordance, uses of a wording."""
        return self.page_shown == "records" and self.centre.shows_lines()

    def _show_said(self, answer: Answer) -> None:
        self.facets.show_said(answer.found.facets)
        self.panes.fit_filters()

    def _view_changed(self) -> None:
        self.facets.turn(statements=self.centre.found.view() == "statements")
        self.asking.show_meaning()
        if not self.centre.shows_lines():
            self._show_current(self.results.current_id())
        self._refresh_conditions()
        self.memory.save_later()

    def _keep_lines(self, *_which: object) -> None:
        self._refresh_conditions()
        self.memory.save_later()

    def _fit_reader(self) -> None:
        """Show the reader where there is room for it and it is wanted."""
        if self.page_shown == "agents":
            self.panes.want_reader(wanted=self.centre.agents.reads())
        else:
            self.panes.want_reader(wanted=self.centre.reads() or not self.in_lines)

    def _page_changed(self) -> None:
        self._fit_reader()
        self._refresh_conditions()

    def go(self, place: str) -> None:
        """Go to a place of the navigation."""
        if self._desk.archive is None:
            return
        match place:
            case "imports":
                self.panes.show_page("imports")
                self.imports.show_list()
            case "trash":
                self.panes.show_page("trash")
                self.reader.show_record(0, "")
                self.trash.show_trash()
            case "agents":
                self.panes.show_page("agents")
                self.centre.agents.show_list()
                self.centre.agents.focus()
            case "dossier":
                self.panes.show_page("dossier")
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

    def show_agent(self, name: str, date: str = "") -> None:
        """Show the page of whom a name means on a day, an agent or not."""
        if self._desk.archive is None or not name:
            return
        self.panes.show_page("agents")
        self.navigation.show_current("agents")
        self.centre.agents.show_agent(0, name, date)

    def show_speaker(self) -> None:
        """Show who said the statement in hand."""
        self.show_agent(*self.centre.speaker())

    def _agents_changed(self) -> None:
        if self.page_shown == "agents":
            self._fit_reader()
        self._refresh_conditions()

    def _search_records(self, query: str) -> None:
        self.search(query)
        self.show_view("records")

    def _search_statements(self, query: str) -> None:
        self.search(query)
        self.show_view("statements")

    def show_compose(self) -> None:
        """Show the form for a record typed in from paper."""
        self.panes.show_page("compose")
        self.navigation.show_current("")
        self.compose.start()

    def search(self, text: str) -> None:
        """Search for a text: it stands in the field then."""
        self.show_records()
        self.header.search.set_text(text)

    def ask_values(self, field: str) -> None:
        """Search within the values of a facet."""
        answer = self.asking.answer
        among = None if answer is None else answer.among
        view, text = self.centre.found.view(), self.header.search.text()
        self.values.ask(field, text, self.upkeep.lexicon, among, statements=view == "statements")

    def _count_shown(self) -> None:
        self.asking.count_shown()
        self.memory.save_later()

    def take_proposal(self) -> None:
        """Search for what is proposed."""
        if proposal := self.asking.proposal():
            self.search(proposal)

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
        return self.asking.answer.keys if self.asking.answer is not None else ()

    def target_ids(self) -> Sequence[int]:
        """Return the records a command on records acts on."""
        if self.in_lines:
            record = self.centre.line_record()
            return (record,) if record else ()
        if self.page_shown == "records":
            return self.results.target_ids()
        return ()

    def find_similar(self) -> None:
        """Search for records that are like the one that is read."""
        lines, current = self.centre.line_record(), self.results.current_id()
        self.tools.find_similar(lines if self.in_lines else current)

    def show_chronology(self) -> None:
        """Show what happened when, in the records found or chosen."""
        answer, chosen = self.asking.answer, self.results.chosen_ids()
        several = chosen if len(chosen) > 1 and not self.in_lines else ()
        self.tools.show_chronology(self.centre.gathering, answer, several)

    def check_quotation(self, text: str = "") -> None:
        """Check whether something was ever said."""
        self.tools.check_quotation(self.centre.gathering, text)

    def track_wording(self) -> None:
        """Follow the words selected in the reader, or those of the line, through the years."""
        line = self.centre.concordance.current_line()
        words = self.reader.page.text.chosen_text().strip()
        if not words and line is not None and self.centre.found.view() == "concordance":
            words = line.keyword
        if words:
            self._follow_wording(phrase_of(words))
        else:
            self._desk.events.message.emit("Select the words to track in the reader first.")

    def _follow_wording(self, query: str) -> None:
        self.search(query)
        self.show_view("wording")

    def _show_place(self, use: Use) -> None:
        """Read the record of a place, wherever it stands."""
        self.show_records()
        self.activateWindow()
        self.centre.show_place(use)

    def _mark_place(self) -> None:
        if self.page_shown == "records":
            place = place_of(self.header.search.text())
            self.navigation.show_current(self.keeper.place() or place)

    def _keep(self) -> None:
        """A saved search is shown, or none."""
        self._mark_place()
        self._refresh_conditions()

    def _show_current(self, record_id: int) -> None:
        self.header.search.here = self.results.current_name()
        if self.page_shown in {"records", "start"} and not self.in_lines:
            answer = self.asking.answer
            self.reader.show_record(record_id, answer.query if answer else "")
        self._refresh_conditions()
        self.memory.save_later()

    def _show_chosen(self) -> None:
        if self.reader.describes_many() and len(self.results.target_ids()) <= 1:
            self._show_current(self.results.current_id())
        self._refresh_conditions()
        self.memory.save_later()

    def _pop_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        if self.in_lines and self.centre.found.view() == "statements":
            for name in ("confirm", "reject", "speaker"):
                menu.addAction(self.book[f"statement.{name}"])
            self._offer_speaker(menu, point)
        else:
            self.book.fill_menu(menu, "Record")
        menu.addSeparator()
        if self.centre.found.view() == "concordance" and self.in_lines:
            menu.addAction(self.book["wording.track"])
        menu.addAction(self.book["edit.cite"])
        menu.addAction(self.book["dossier.gather"])
        menu.addAction(self.book["dossier.write"])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(point)

    def _offer_speaker(self, menu: QMenu, point: QPoint) -> None:
        """Offer the page of the speaker whose head stands there, else of the statement in hand."""
        head = self.centre.statements.head_at(point)
        if head is None or not head.name:
            menu.addAction(self.book["agent.about"])
            return
        last = str(head.years[-1][0]) if head.years else ""
        menu.addAction(f"About {named(head.name)}", lambda: self.show_agent(head.name, last))

    # The archive

    def _say_opening(self, path: str) -> None:
        self._desk.events.message.emit(f"Opening {Path(path).name} …")

    def _opened(self, lexicon: Lexicon) -> None:
        archive = self._desk.archive
        if archive is None:
            return
        self.strip.dismiss()
        self.setWindowTitle(f"{archive.name} — Archivist")
        self.header.search.setEnabled(True)
        self.header.show_dossier(shown=True)
        self.header.search.set_placeholder("Search titles, text, people, dates …")
        self.upkeep.begin(lexicon)
        self.panes.show_page("records")
        self._desk.events.message.emit("")
        self.memory.restore_archive(self.session.recall())
        self._side_moved()
        self._refresh_conditions()

    def _open_failed(self, error: object) -> None:
        self._desk.events.error.emit(error)
        self._desk.events.message.emit("")

    def _show_closed(self) -> None:
        self.asking.answer = None
        self.setWindowTitle("Archivist")
        self.header.search.set_placeholder("Open an archive to search it")
        self.header.search.editor.clear()
        self.header.search.setEnabled(False)
        self.header.show_reading(shown=False)
        self.results.clear()
        self.reader.show_record(0, "")
        self.panes.show_page("start")
        self.upkeep.end()
        self.status.show_rest("No archive open")
        self.header.show_dossier(shown=False)
        self._refresh_conditions()
        self.first_start.focus()

    def close_archive(self) -> None:
        """Close the archive; asks once where an import is running."""
        if self._may_stop():
            self.memory.save()
            self.session.close()

    # Changes

    def _changed(self, change: object) -> None:
        records = change.records if isinstance(change, Change) else ()
        self.results.refresh(list(records))
        self.reader.refresh()
        self.upkeep.follow()
        if isinstance(change, Change) and change.kind in {SYNONYMS, AGENTS, "undo", "redo"}:
            self.asking.again(anew=True)

    def _take_lexicon(self) -> None:
        self.header.search.set_lexicon(self.upkeep.lexicon)
        self.facets.set_lexicon(self.upkeep.lexicon)

    def _show_undo(self, titles: tuple[str | None, str | None]) -> None:
        for word, title in zip(("Undo", "Redo"), titles, strict=True):
            named = f"{word} {title[:1].lower()}{title[1:]}" if title else word
            self.book.rename(f"edit.{word.lower()}", named)
        self.book.refresh({"undo": bool(titles[0]), "redo": bool(titles[1])})

    def show_report(self, run: int) -> None:
        """Show what became of an import, file by file."""
        self.panes.show_page("imports")
        self.imports.show_report(run)
        self.navigation.show_current("imports")

    def _composed(self, record_id: int) -> None:
        self.upkeep.follow()
        self.show_record(record_id)
        self.asking.wanted = record_id

    # Actions

    def _refresh_conditions(self) -> None:
        self.conditions.refresh()

    def busy(self) -> bool:
        """Whether anything is under way that may still change what is shown."""
        under_way = bool(self._desk.jobs.running) or self._desk.tasks.busy()
        return under_way or self.finder.is_behind() or self.upkeep.busy()

    # Qt

    def _side_moved(self) -> None:
        self.header.set_side_width(self.panes.side_width())
        self.memory.save_later()

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
            self.watch.look()
        else:
            self._underline(shown=False)

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
        self.panes.fit(self.width())

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_stop():
            event.ignore()
            return
        self.memory.save()
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
