"""What the actions do: one method for each callback the registry names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from archivist.desk import formats
from archivist.desk.dialogs.shortcuts import about_page, shortcuts_page
from archivist.desk.session import ENDING
from archivist.model.change import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archivist.archive import Archive
    from archivist.archive.results import UndoReport
    from archivist.desk.context import Desk
    from archivist.desk.theme import Mode
    from archivist.desk.window import MainWindow

_MANY: Final = 500
"""Records from which on a change is work for the worker process."""


class Commands(QObject):
    """Does what a menu, the toolbar, a key or the palette asks for."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def perform(self, callback: str, argument: str) -> None:
        """Call the method that an action names."""
        method: Callable[..., None] = getattr(self, callback)
        if argument:
            method(argument)
        else:
            method()

    # File

    def new_archive(self) -> None:
        """Ask where, and make an archive there."""
        if (path := self.ask_for_new()) is not None:
            self._window.session.create(path)

    def ask_for_new(self) -> Path | None:
        """Ask where a new archive shall stand."""
        start = str(Path.home() / f"Archive{ENDING}")
        chosen, _ = QFileDialog.getSaveFileName(
            self._window,
            "Create an archive",
            start,
            "Archives (*.archive)",
            options=QFileDialog.Option.ShowDirsOnly,
        )
        return Path(chosen) if chosen else None

    def open_archive(self) -> None:
        """Ask which, and open it."""
        folder = str(self._desk.archive.path.parent if self._desk.archive else Path.home())
        if chosen := QFileDialog.getExistingDirectory(self._window, "Open an archive", folder):
            self._window.session.open(Path(chosen))

    def open_sample(self) -> None:
        """Open the sample archive."""
        self._window.session.open_sample()

    def close_archive(self) -> None:
        """Close the archive, after asking where work is under way."""
        self._window.close_archive()

    def close(self) -> None:
        """Close the window."""
        self._window.close()

    def import_files(self) -> None:
        """Ask for files and file them."""
        chosen, _ = QFileDialog.getOpenFileNames(self._window, "Import files")
        self.import_paths(chosen)

    def import_folder(self) -> None:
        """Ask for a folder and file what is in it."""
        chosen = QFileDialog.getExistingDirectory(self._window, "Import a folder")
        self.import_paths([chosen] if chosen else [])

    def import_paths(self, paths: Sequence[str]) -> None:
        """File these paths in the worker process; without an archive, ask where to make one."""
        if not paths:
            return
        if self._desk.archive is None:
            if (path := self.ask_for_new()) is not None:
                self._window.session.create(path, lambda: self.import_paths(paths))
            return
        name = Path(paths[0]).name
        what = name if len(paths) == 1 else formats.counted(len(paths), "file")
        self._desk.jobs.start("import", f"Importing {what}", paths=list(paths))
        self._desk.events.imports_changed.emit()

    def type_in(self) -> None:
        """Describe a document that lies on paper."""
        self._window.show_compose()

    def back_up(self) -> None:
        """Ask for a file and write a backup into it."""
        archive = self._desk.archive
        if archive is None:
            return
        start = str(Path.home() / f"{archive.name}.backup.zip")
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Back up the archive", start)
        if chosen:
            self._desk.jobs.start("backup", "Backing up", file=chosen)

    # Edit

    def undo(self) -> None:
        """Take the last operation back."""
        self._take_back("undo", lambda archive: archive.undo())

    def redo(self) -> None:
        """Do again what was taken back."""
        self._take_back("redo", lambda archive: archive.redo())

    def focus_search(self) -> None:
        """Go to the search field."""
        self._window.show_records()
        self._window.header.search.focus()

    def clear_search(self) -> None:
        """Show all records."""
        self._window.header.search.clear()

    def save_search(self) -> None:
        """Save the search that is shown."""
        self._window.show_records()
        self._window.keeper.save()

    def rename_search(self) -> None:
        """Name the saved search in hand anew."""
        self._window.keeper.rename()

    def change_search(self) -> None:
        """Let the saved search in hand ask for what is searched now."""
        self._window.keeper.change()

    def delete_search(self) -> None:
        """Remove the saved search in hand."""
        self._window.keeper.delete()

    def take_proposal(self) -> None:
        """Search for what is proposed in place of a fault, or of a query that finds nothing."""
        self._window.take_proposal()

    def suggest_all(self) -> None:
        """Show everything that can be said at the cursor of the search field."""
        self._window.show_records()
        self._window.header.search.suggest_all()

    def next_hit(self) -> None:
        """Go to the next hit in the text."""
        if self._window.in_lines:
            self._window.centre.lines.step(1)
        else:
            self._window.reader.next_hit()

    def previous_hit(self) -> None:
        """Go to the hit before in the text."""
        if self._window.in_lines:
            self._window.centre.lines.step(-1)
        else:
            self._window.reader.previous_hit()

    def copy_citation(self) -> None:
        """Copy how the record is cited."""
        centre = self._window.centre
        alone = centre.found.view() == "statements" or not centre.beside
        if self._window.in_lines and alone:
            centre.lines.copy()
        else:
            self._window.reader.copy_citation()

    def tick_all(self) -> None:
        """Tick all records found."""
        self._window.results.tick_all()

    def untick_all(self) -> None:
        """Take all ticks away."""
        self._window.results.untick_all()

    # View

    def go(self, place: str) -> None:
        """Go to a place of the archive."""
        self._window.go(place)

    def focus_results(self) -> None:
        """Go to the records found."""
        self._window.show_view("records")

    def show_concordance(self) -> None:
        """Show every hit as a line."""
        self._window.show_view("concordance")

    def show_statements(self) -> None:
        """Show who said what."""
        self._window.show_view("statements")

    def group_statements(self, order: str) -> None:
        """Group statements by speaker, by topic or by time."""
        self._window.centre.statements.set_sort(order)

    def group_otherwise(self) -> None:
        """Take the next way to group statements."""
        self._window.centre.statements.group_otherwise(1)

    def next_group(self) -> None:
        """Go to the next speaker, topic or year."""
        self._window.centre.statements.step_group(1)

    def previous_group(self) -> None:
        """Go to the speaker, topic or year before."""
        self._window.centre.statements.step_group(-1)

    def toggle_unsure(self) -> None:
        """Show statements that may be wrong, too, or hide them."""
        statements = self._window.centre.statements
        statements.show_unsure(shown=not statements.unsure)

    def judge(self, what: str) -> None:
        """Confirm, reject or correct the statement in hand, or withdraw what was decided."""
        self._window.centre.judge(what)

    def file_statement(self) -> None:
        """Let the words selected in the reader become a statement."""
        self._window.reader.file_statement()

    def toggle_marks(self) -> None:
        """Mark statements in the margin of the text, or no longer."""
        self._window.reader.reading.toggle_marks()

    def show_wording(self) -> None:
        """Follow the phrase searched for through the years."""
        self._window.show_view("wording")

    def track_wording(self) -> None:
        """Follow the words selected in the reader, or those of the line, through the years."""
        self._window.track_wording()

    def count_share(self) -> None:
        """Count uses of a wording by the records filed, or plainly."""
        wording = self._window.centre.wording
        wording.count_share(share=not wording.head.share)

    def copy_plot(self) -> None:
        """Copy the plot of a wording."""
        self._window.centre.wording.copy_plot()

    def save_plot(self) -> None:
        """Save the plot of a wording."""
        self._window.centre.wording.save_plot()

    def sort_beside(self, side: str) -> None:
        """Order the lines by the words at a side; again: from the next word on."""
        self._window.centre.concordance.sort_beside(side)

    def toggle_reader(self) -> None:
        """Show the reader beside the lines, or hide it."""
        centre = self._window.centre
        centre.show_reader(beside=not centre.beside)

    def toggle_table(self) -> None:
        """Show cards as a table, or a table as cards."""
        self._window.show_records()
        self._window.results.toggle_table()

    def sort_by(self, order: str) -> None:
        """Order the records found."""
        self._window.results.set_sort(order)
        self._window.asking.again()

    def reader_tab(self, name: str) -> None:
        """Show another side of the record."""
        self._window.show_records()
        self._window.reader.show_tab(name)

    def toggle_navigation(self) -> None:
        """Show or hide places and filters."""
        self._window.panes.toggle_side()

    def set_mode(self, mode: str) -> None:
        """Show the light or the dark scheme, or the system's."""
        self._desk.settings.setValue("look/mode", mode)
        self._desk.theme.set_mode(_mode(mode))

    def show_palette(self) -> None:
        """Open the command palette."""
        self._window.palette_.ask()

    # Record

    def toggle_tick(self) -> None:
        """Tick the record, or take its tick away."""
        self._window.results.toggle_tick()

    def edit_records(self) -> None:
        """Edit the description of the records chosen."""
        self._window.reader.edit(self._window.target_ids())

    def confirm(self) -> None:
        """Take the records chosen out of the inbox."""
        self._change("confirm", "Confirmed", "Confirming records")

    def correct_text(self) -> None:
        """Correct the text of the record."""
        self._window.reader.correct_text()

    def set_original(self) -> None:
        """Add a file as received, or replace it."""
        self._window.reader.set_original()

    def find_similar(self) -> None:
        """Search for records that are like the one that is read."""
        self._window.find_similar()

    def delete_records(self) -> None:
        """Move the records chosen to the trash."""
        self._change("delete", "Moved to the trash", "Moving records to the trash")

    def restore_records(self) -> None:
        """Bring the records chosen in the trash back."""
        self._window.trash.restore_chosen()

    # Dossier, tools, help

    def gather(self) -> None:
        """Gather what is in hand for the dossier."""
        self._window.centre.gather(self._window.target_ids())

    def write_dossier(self) -> None:
        """Write a dossier: of what was gathered, or of the records ticked or selected."""
        window = self._window
        gathered = window.in_lines and window.centre.gathering.items
        if window.page_shown in {"dossier", "agents"} or gathered:
            window.tools.write_gathered(window.centre.gathering.items)
        else:
            ids = window.target_ids() if window.in_lines else window.results.chosen_ids()
            window.tools.write_dossier(ids, window.asking.answer)

    def write_dossier_of_all(self) -> None:
        """Write a dossier of all records found."""
        self._window.tools.write_dossier((), self._window.asking.answer)

    def count_terms(self) -> None:
        """Count a list of terms."""
        self._window.tools.count_terms(self._window.asking.answer)

    def check_quotation(self) -> None:
        """Check whether something was ever said: the words selected in the reader, or others."""
        self._window.check_quotation(self._window.reader.chosen_words())

    def show_chronology(self) -> None:
        """Show what happened when, in the records found or chosen."""
        self._window.show_chronology()

    def show_speaker(self) -> None:
        """Show who said the statement in hand."""
        self._window.show_speaker()

    def do_agents(self, what: str) -> None:
        """Do something with agents, or with the one in hand."""
        if what == "new":
            self._window.go("agents")
        self._window.registrar.do(what)

    def propose_agents(self) -> None:
        """Show who is named by documents and is no agent yet."""
        self._window.go("agents")
        self._window.centre.agents.show_list(proposals=True)
        self._window.centre.agents.focus()

    def show_thesaurus(self) -> None:
        """Show which words mean the same."""
        self._window.tools.show_thesaurus()

    def check_archive(self) -> None:
        """Check that the archive is whole."""
        self._desk.jobs.start("check", "Checking the archive")

    def reindex(self) -> None:
        """Build the index anew."""
        self._desk.jobs.start("reindex", "Building the index")

    def show_shortcuts(self) -> None:
        """Show the list of shortcuts."""
        self._window.page.show_page("Keyboard shortcuts", shortcuts_page(self._window.book))

    def show_query_help(self) -> None:
        """Show how to search."""
        self._window.page.show_help("search.md")

    def show_about(self) -> None:
        """Show what Archivist is."""
        self._window.page.show_page("Archivist", about_page())

    def _change(self, kind: str, done: str, doing: str) -> None:
        archive, ids = self._desk.archive, list(self._window.target_ids())
        if archive is None or not ids:
            return
        if len(ids) > _MANY:
            self._change_many(archive, kind, doing, ids)
            return

        def tell(change: Change) -> None:
            self._desk.events.changed.emit(change)
            count = formats.counted(len(ids), "record")
            self._desk.events.message.emit(f"{done}: {count}. Ctrl+Z takes it back.")

        self._desk.tasks.write(lambda: _apply(archive, kind, ids), tell, owner=self)

    def _change_many(self, archive: Archive, kind: str, doing: str, ids: list[int]) -> None:
        def start(refs: list[str]) -> None:
            self._desk.jobs.start(kind, doing, refs=refs)

        self._desk.tasks.read("", lambda _cancel: _refs(archive, ids), start, owner=self)

    def _take_back(self, kind: str, work: Callable[[Archive], UndoReport]) -> None:
        archive = self._desk.archive
        if archive is None:
            return

        def tell(report: UndoReport) -> None:
            self._desk.events.changed.emit(Change(report.operation, kind, report.title))
            self._window.outcomes.tell_undone(report)

        self._desk.tasks.write(lambda: work(archive), tell, owner=self)


def _refs(archive: Archive, ids: Sequence[int]) -> list[str]:
    return [archive.record(record_id).ref for record_id in ids]


def _apply(archive: Archive, kind: str, ids: Sequence[int]) -> Change:
    refs = _refs(archive, ids)
    return archive.confirm(refs) if kind == "confirm" else archive.delete(refs)


def _mode(name: str) -> Mode:
    return "light" if name == "light" else "dark" if name == "dark" else "system"
