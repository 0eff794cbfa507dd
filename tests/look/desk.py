"""Renders every screen of the desk, light and dark, at 100 and 200 %.

Run as a program; `make look` calls it. The pictures are there to be looked at: nothing is compared.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QSettings, QTimer
from PySide6.QtGui import QFont, QFontDatabase, QTextCursor
from PySide6.QtWidgets import QApplication, QWidget

from archivist.archive import sample
from archivist.desk.context import Desk
from archivist.desk.dialogs.dossier import DossierDialog
from archivist.desk.jobs import Job
from archivist.desk.start import end
from archivist.desk.window import MainWindow
from archivist.model.progress import Progress

ROOT: Final = Path(__file__).resolve().parents[2]
SCALES: Final = (1, 2)
_QUERY: Final = '"strategic partnership" date:2008..2024 -type:note'
_TERMS: Final = (
    '"strategic partnership"\ntreaty OR convention\nferr*\nambassador NEAR/5 credentials\n'
    "zebra\ntpye:note\nvisit"
)
_QUOTATIONS: Final = {
    "verbatim": "A strategic partnership is not a photograph.",
    "near": "The comprehensive strategic partnership rests on five chapters: trade and energy.",
    "turned": "A strategic partnership does not ask for patience.",
    "never": "A zebra crossed the strait at noon, and nobody was surprised.",
}
_SETTLE_MS: Final = 400
_PATIENCE_MS: Final = 90_000


def render(folder: Path, only: str = "") -> None:
    """Render every screen into `folder`, each scale in a process of its own."""
    for scale in SCALES:
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": str(scale),
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, __file__, str(folder), "--scale", str(scale), "--only", only]
        subprocess.run(command, env=environment, check=True)


def main(arguments: list[str] | None = None) -> int:
    """Render at one scale; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "build" / "look")
    parser.add_argument("--scale", type=int, default=0)
    parser.add_argument("--only", default="", help="screens whose names hold this text")
    given = parser.parse_args(arguments)
    given.folder.mkdir(parents=True, exist_ok=True)
    if not given.scale:
        render(given.folder, given.only)
        return 0
    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = home
        suffix = "" if given.scale == 1 else f"@{given.scale}x"
        Stage(Path(home), given.folder, suffix, given.only).play()
    return 0


class Stage:
    """A window on the sample archive, and what is photographed of it."""

    def __init__(self, home: Path, folder: Path, suffix: str, only: str) -> None:

        self._app = QApplication([])
        if "Inter" in QFontDatabase.families():
            font = QFont("Inter")
            font.setPixelSize(13)
            self._app.setFont(font)
        settings = QSettings(str(home / "desk.ini"), QSettings.Format.IniFormat)
        settings.setValue("look/mode", "light")
        self._home, self._folder = home, folder
        self._suffix, self._only = suffix, only
        self.desk = Desk(settings)
        self.desk.theme.apply()
        self.window = MainWindow(self.desk)
        self.window.resize(1440, 900)
        self.window.show()
        self.window.activateWindow()

    def play(self) -> None:
        """Go through every screen."""

        try:
            self._start()
            self._read()
            self._search()
            self._over_the_window()
            self._places()
        finally:
            end(self.desk)
            self.window.deleteLater()

    def shoot(self, name: str, widget: QWidget | None = None) -> None:
        """Save a screen, or a dialog of its own, light and dark."""
        if self._only not in name:
            return
        for mode in ("light", "dark"):
            self.desk.theme.set_mode("dark" if mode == "dark" else "light")
            self.wait()
            picture = self._folder / f"{name}-{mode}{self._suffix}.png"
            if not (widget or self.window).grab().save(str(picture)):
                raise OSError(f"{picture} cannot be written")
        self.desk.theme.set_mode("light")

    def wait(self, until: Callable[[], bool] | None = None) -> None:
        """Let the window settle; with `until`, until that is so."""

        deadline = QDeadlineTimer(_PATIENCE_MS)
        while True:
            loop = QEventLoop()
            QTimer.singleShot(_SETTLE_MS, loop.quit)
            loop.exec()
            calm = not self.desk.tasks.busy() and (until is None or until())
            if calm or deadline.hasExpired():
                return

    def _start(self) -> None:
        self.shoot("empty")
        folder = self._home / "Mission in Port Halden.archive"
        documents = [str(ROOT / "resources" / "sample" / "documents"), str(self._arabic())]
        self.window.session.create(folder, lambda: self.window.commands.import_paths(documents))
        self.wait(lambda: self.desk.archive is not None and bool(self.window.navigation.current))
        self.wait(lambda: self.window.results.current_id() != 0)
        self.desk.events.message.emit("")

    def _read(self) -> None:
        self.shoot("all")
        self.window.go("inbox")
        self.wait()
        self.shoot("inbox")
        self.window.header.search.set_text(_QUERY)
        self.wait()
        results = self.window.results
        results.toggle_tick()
        self.window.header.search.editor.setFocus()
        self.wait()
        self.window.reader.next_hit()
        self.shoot("desk")
        self._import_under_way()
        self._reader_statements()
        self._lines()
        self._statements()
        self._agents()
        for tab in ("original", "record", "history"):
            self.window.reader.show_tab(tab)
            self.wait()
            self.shoot(f"reader-{tab}")
        self.window.reader.show_tab("text")
        self.window.commands.toggle_table()
        self.shoot("table")
        self.window.commands.toggle_table()
        self.window.resize(1024, 700)
        self.shoot("narrow")
        self.window.resize(1440, 900)

    def _reader_statements(self) -> None:
        """What one record says, why, and decided; marks in the margin; the pane; no statements."""
        window = self.window
        reader, said = window.reader, window.reader.said
        archive = self.desk.archive
        self.wait(lambda: archive is not None and not archive.unread())
        reader.show_tab("statements")
        self.wait()
        said.focus()
        said.list.setCurrentIndex(said.list.rows.index(1))
        said.deciding.confirm()
        self.wait()
        row = said.list.current()
        if row is None:
            raise LookupError("no statement in the list")
        said.list.explained.emit(row.key)
        self.wait()
        self.shoot("reader-statements")
        said.list.folded.emit("unsure")
        said.list.setCurrentIndex(said.list.rows.index(said.list.rows.rowCount() - 1))
        self.wait()
        self.shoot("reader-statements-facts")
        said.list.folded.emit("unsure")
        window.resize(1024, 700)
        said.list.setCurrentIndex(said.list.rows.index(1))
        self.shoot("reader-statements-narrow")
        window.resize(1440, 900)
        said.deciding.correct_speaker()
        self.wait()
        self.shoot("reader-statements-pane")
        said.deciding.leave()
        reader.show_tab("text")
        self.wait()
        self.shoot("reader-marks")
        window.show_chronology()
        self.wait()
        chronology = window.tools.chronology
        if chronology is None:
            raise LookupError("no chronology")
        chronology.list.setFocus()
        self.shoot("chronology", chronology)
        chronology.hide()

    def _lines(self) -> None:
        """The concordance: alone, with the reader, narrow, Arabic, empty; what is gathered."""
        window, lines = self.window, self.window.centre.concordance
        window.header.search.set_text('"strategic partnership"')
        window.show_view("concordance")
        lines.sort_beside("right")
        self.wait()
        lines.step(3)
        self.wait()
        lines.gather()
        self.wait()
        self.shoot("concordance")
        window.centre.show_reader(beside=True)
        lines.step(2)
        self.wait()
        lines.gather()
        self.shoot("concordance-reader")
        window.centre.show_reader(beside=False)
        window.resize(1024, 700)
        self.shoot("concordance-narrow")
        window.resize(1440, 900)
        window.go("dossier")
        self.wait()
        self.shoot("gathered")
        window.show_records()
        window.header.search.set_text("الأمم")
        self.wait()
        self.shoot("concordance-arabic")
        window.header.search.set_text("type:note")
        self.wait()
        self.shoot("concordance-empty")
        self._wording()
        window.show_view("records")
        window.header.search.set_text(_QUERY)
        self.wait()

    def _wording(self) -> None:
        """A phrase through the years: alone, by share, with the reader, narrow, empty."""
        window, wording = self.window, self.window.centre.wording
        window.header.search.set_text('"strategic partnership"')
        window.show_view("wording")
        self.wait()
        wording.step(4)
        wording.set_end("B", 12)
        wording.gather()
        self.wait()
        self.shoot("wording")
        wording.count_share(share=True)
        wording.body.plot.setFocus()
        self.wait()
        self.shoot("wording-share")
        wording.count_share(share=False)
        window.centre.show_reader(beside=True)
        self.wait()
        self.shoot("wording-reader")
        window.centre.show_reader(beside=False)
        window.resize(1024, 700)
        self.shoot("wording-narrow")
        window.resize(1440, 900)
        for name, query in (("arabic", "الأمم المتحدة"), ("empty", "zebra"), ("none", "type:note")):
            window.header.search.set_text(query)
            self.wait()
            self.shoot(f"wording-{name}")
        self._quotations()

    def _quotations(self) -> None:
        """Was this ever said: word for word, nearly, with its sense turned, never."""
        for name, words in _QUOTATIONS.items():
            self.window.check_quotation(words)
            self.wait()
            self.shoot(f"quote-{name}", self.window.tools.quote)
        if self.window.tools.quote is not None:
            self.window.tools.quote.hide()

    def _statements(self) -> None:
        """Who said what: under speakers, in time, with those that are unsure; none."""
        window, said = self.window, self.window.centre.statements
        window.header.search.set_text('"strategic partnership"')
        window.show_view("statements")
        self.wait()
        said.step(1)
        self.wait()
        said.gather()
        self.wait()
        said.list.clearFocus()
        self.shoot("statements")
        window.header.search.set_text("*")
        said.set_sort("oldest")
        said.show_unsure(shown=True)
        self.wait()
        said.step(4)
        self.shoot("statements-time")
        window.resize(1024, 700)
        self.shoot("statements-narrow")
        window.resize(1440, 900)
        said.show_unsure(shown=False)
        said.set_sort("topic")
        self.wait()
        self.shoot("statements-topics")
        said.set_sort("speaker")
        self._say_in_arabic()
        window.header.search.set_text("ميثاق")
        self.wait(lambda: said.model.rowCount() > 0)
        self.shoot("statements-arabic")
        window.header.search.set_text("zebra")
        self.wait()
        self.shoot("statements-empty")
        window.show_view("records")
        window.header.search.set_text(_QUERY)
        self.wait()

    def _agents(self) -> None:
        """Who is who: list, proposals, page with its tabs, a name not filed, form, choice."""
        window, agents = self.window, self.window.centre.agents
        archive = self.desk.archive
        if archive is None:
            raise LookupError("no archive is open")
        window.go("agents")
        self.wait()
        self.shoot("agents-none")
        window.registrar.import_file(sample.agents())
        self.wait(lambda: agents.list.model.rowCount() > 0)
        self.desk.events.message.emit("")
        agents.list.list.go_to(1)
        self.wait()
        self.shoot("agents-list")
        agents.list.show_tab(proposals=True)
        self.wait(lambda: agents.list.model.rowCount() > 0)
        agents.list.focus_list()
        self.shoot("agents-proposed")
        window.show_agent("Ilva Marenk")
        self.wait()
        self.shoot("agents-page")
        agents.page.show_tab("said")
        agents.page.focus()
        self.wait()
        self.shoot("agents-said")
        window.resize(1024, 700)
        self.shoot("agents-said-narrow")
        agents.page.show_tab("who")
        self.shoot("agents-page-narrow")
        window.resize(1440, 900)
        agents.page.show_tab("met")
        agents.page.focus()
        self.shoot("agents-met")
        window.registrar.merge()
        self.wait(window.registrar.picker.isVisible)
        self.shoot("agents-merge")
        window.registrar.picker.dismiss()
        window.registrar.edit()
        self.wait()
        self.shoot("agents-form")
        agents.close_form()
        self.wait()
        window.show_agent("Kaspar Vorn")
        self.wait()
        self.shoot("agents-name")
        window.show_records()
        window.show_view("records")
        self.wait()

    def _say_in_arabic(self) -> None:
        """Add a statement that is read from right to left, as a person would."""
        archive = self.desk.archive
        if archive is None:
            raise LookupError("no archive is open")
        (hit,) = archive.search("ميثاق").hits
        text = archive.text(hit.record)
        start = text.index("إن ميثاق")
        end = text.index("\n\n", start)
        self.desk.events.changed.emit(
            archive.add_statement(hit.record.ref, start, end, speaker="الوزير")
        )
        self.wait()

    def _import_under_way(self) -> None:
        """Show the bar of an import at one moment; a real one would be past before the picture."""
        jobs, progress = self.desk.jobs, Progress(1240, 8000, "Filing")
        jobs.running[99] = Job(
            "import", "Importing releases-2024.zip", progress, time.monotonic() - 3
        )
        jobs.progressed.emit(99, progress)
        self.shoot("importing")
        jobs.running.clear()
        jobs.ended.emit(99)

    def _search(self) -> None:
        search = self.window.header.search
        search.editor.setFocus()
        search.editor.clear()
        search.editor.insertPlainText("visit type:")
        self.wait()
        self.shoot("completion")
        search.set_text("visit tpye:note")
        self.wait()
        search._tell()
        self.shoot("fault")
        search.set_text("zebra stampede")
        self.wait()
        self.shoot("nothing")
        search.clear()
        self.wait()
        self._say()
        self._filter()
        self._save()
        self._tools()

    def _say(self) -> None:
        """What can be said in the search field."""
        search = self.window.header.search
        search.suggest_all()
        self.shoot("say-all")
        search._suggestions.hide()
        search.set_text("partnership")
        search.editor.moveCursor(QTextCursor.MoveOperation.End)
        self.wait()
        search.suggest_all()
        self.wait()
        self.shoot("say-word")
        search._suggestions.hide()
        search.set_text("ambassador NEAR/5 credentials")
        self.wait()
        self.window.results.focus_list()
        self.shoot("near")

    def _filter(self) -> None:
        """Filters of several values, one left out; values searched; months of one year."""
        self.window.search("partnership type:(communique OR note) -place:Teveril")
        self.wait()
        self.shoot("filters")
        self.window.ask_values("person")
        self.wait()
        self.window.values.field.setText("m")
        self.wait()
        self.shoot("filter-values")
        self.window.values.dismiss()
        self.window.search("partnership date:2014..2016")
        self.wait()
        self.window.results.timeline.zoom(close=True)
        self.shoot("months")

    def _save(self) -> None:
        """A saved search, and what is new in it."""
        self.window.search('"strategic partnership"')
        self.wait()
        self.window.keeper.save()
        self.wait(lambda: bool(self.window.keeper.saved.kept))
        self.shoot("saved")
        number = self.window.keeper.saved.kept[0].search.number
        self.window.keeper.saved.rename(number, "Strategic partnership")
        self.wait()
        results = self.window.results
        results.show_news(results._query, list(self.window.found_ids())[:3], "4 March 2024")
        self.shoot("saved-news")
        self.window.header.search.clear()
        self.wait()

    def _tools(self) -> None:
        """The thesaurus, and a list of terms counted."""
        self.window.tools.show_thesaurus()
        self.wait()
        self.shoot("thesaurus", self.window.tools.thesaurus)
        self.window.commands.count_terms()
        terms = self.window.tools.terms
        if terms is None:
            raise LookupError("no dialog to count terms")
        terms.lines.setPlainText(_TERMS)
        terms.start()
        self.wait(lambda: terms.model.rowCount() > 0)
        self.shoot("terms", terms)
        for dialog in (terms, self.window.tools.thesaurus):
            if dialog is not None:
                dialog.hide()

    def _over_the_window(self) -> None:
        self.window.palette_.ask()
        self.window.palette_.field.setText("dos")
        self.wait()
        self.shoot("palette")
        self.window.palette_.dismiss()
        self.window.commands.show_shortcuts()
        self.shoot("shortcuts")
        self.window.page.dismiss()
        self.window.commands.show_query_help()
        self.shoot("queries")
        self.window.page.dismiss()

    def _places(self) -> None:
        self.window.commands.import_paths(self._odd_files())
        self.wait(lambda: not self.desk.jobs.running)
        self.shoot("imported")
        self.window.strip.dismiss()
        self.window.go("imports")
        self.wait()
        self.shoot("imports")
        self.window.show_report(2)
        self.wait()
        self.shoot("error")
        self.window.search("")
        self.wait()
        self.window.results.focus_list()
        self.window.commands.delete_records()
        self.wait()
        self.window.go("trash")
        self.wait()
        self.shoot("trash")
        self.window.show_compose()
        self.wait()
        self.shoot("compose")
        self.window.show_records()
        self.window.results.tick_all()
        self.window.commands.write_dossier()
        self.wait()
        self.shoot("dossier-asked", self.window.findChild(DossierDialog))

    def _arabic(self) -> Path:
        """Write a speech whose words are read from right to left."""
        file = self._home / "speech.txt"
        said = (
            "إن الأمم المتحدة تدعو إلى السلام في مضيق كيساني.",
            "قال الوزير إن ميثاق الأمم المتحدة أساس كل اتفاق، وإن الأمم الصغيرة تحتاج إليه.",
            "وتعمل الأمم المتحدة مع حكومة فالدورا على فتح الممر المائي أمام السفن التجارية.",
        )
        file.write_text("\n\n".join(said), encoding="utf-8")
        return file

    def _odd_files(self) -> list[str]:
        folder = self._home / "releases-2024"
        folder.mkdir()
        (folder / "empty.txt").touch()
        (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n")
        (folder / "broken.docx").write_bytes(b"PK\x03\x04 cut off")
        (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
        sample = next((ROOT / "resources" / "sample" / "documents").rglob("*.txt"))
        shutil.copy(sample, folder / "again.txt")
        (folder / "new.txt").write_text(
            "PORT HALDEN, 4 June 2024. The Ministry of Foreign Affairs announced that the ferry "
            "between Port Halden and Teveril resumes on 1 July.\n",
            encoding="utf-8",
        )
        return [str(folder)]


if __name__ == "__main__":
    raise SystemExit(main())
