"""What came of long work and of undoing, said in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from archivist.desk import formats
from archivist.desk.jobs import LostWorkerError
from archivist.model.change import Change
from archivist.model.errors import StoppedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archivist.archive.results import CheckReport, DossierReport, FilingReport, UndoReport
    from archivist.desk.context import Desk
    from archivist.desk.views.error_strip import ErrorStrip
    from archivist.model.change import Conflict

_CONFLICTS: Final = 3
"""Conflicts that are named one by one."""


class Outcomes(QObject):
    """Tells what came of jobs: a line in the status bar, and a strip where there is more to do."""

    def __init__(
        self,
        desk: Desk,
        strip: ErrorStrip,
        import_paths: Callable[[list[str]], None],
        show_report: Callable[[int], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._strip = strip
        self._import_paths = import_paths
        self._show_report = show_report
        desk.jobs.done.connect(self._done)
        desk.jobs.failed.connect(self._failed)

    def offer_resumption(self, title: str, paths: list[str]) -> None:
        """Offer to take up an import that was not finished."""
        self._strip.show_notice(
            f"{title}: not finished.",
            "What was acknowledged is kept; taken up again, nothing is filed twice.",
            "Take it up again",
            lambda: self._import_paths(paths),
        )

    def tell_undone(self, report: UndoReport) -> None:
        """Say what was taken back, and what was left because it changed later."""
        # What is no record, as a saved search, has a title that says it all.
        many = f": {formats.counted(report.records, 'record')}" if report.records else ""
        self._say(f"{report.title}{many}.")
        if report.conflicts:
            count = formats.counted(len(report.conflicts), "value")
            self._strip.show_notice(
                f"{count} changed later and stay as they are.", _named(report.conflicts)
            )

    def tell_written(self, report: DossierReport) -> None:
        """Say what a dossier holds, and open it."""
        pages = f", {formats.counted(report.pages, 'page')}" if report.pages else ""
        count = formats.counted(report.records, "record")
        self._say(f"Wrote {report.written.name}: {count}{pages}.")
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(report.written))):
            self._strip.show_notice(
                f"The dossier was written: {report.written}",
                "No program that opens it was found on this computer.",
            )

    def tell_checked(self, report: CheckReport) -> None:
        """Say whether the archive is whole, and if not, what is wrong with it."""
        if report.ok:
            count = formats.counted(report.records, "record")
            self._say(f"The archive is whole: {count} checked.")
            return
        failed = [f"{one.name}: {one.detail}" for one in report.checks if one.result == "failed"]
        self._strip.show_notice("The archive is not whole.", " ".join(failed), bad=True)

    def tell_filed(self, report: FilingReport) -> None:
        """Say what became of an import, and offer its report where something was not filed."""
        self._desk.events.imports_changed.emit()
        parts = [f"{formats.number(len(report.filed))} filed"]
        if report.duplicates:
            parts.append(f"{formats.number(len(report.duplicates))} there already")
        if report.refused:
            parts.append(f"{formats.number(len(report.refused))} not filed")
        state = "stopped" if report.stopped else "finished"
        words = f"Import {state}: {', '.join(parts)}."
        self._say(words)
        if report.refused or report.stopped:
            self._strip.show_notice(
                words,
                "The report says why, file by file.",
                "Show report",
                lambda: self._show_report(report.run),
            )

    def _done(self, number: int, result: object) -> None:
        from archivist.archive import results  # noqa: PLC0415 - keeps the start quick

        match result:
            case results.FilingReport():
                self.tell_filed(result)
            case results.DossierReport():
                self.tell_written(result)
            case results.CheckReport():
                self.tell_checked(result)
            case results.EditReport() | results.UndoReport():
                self._desk.events.changed.emit(Change(result.operation, "edit", ""))
                self._tell_end(number, " Ctrl+Z takes it back.")
            case Change():
                self._desk.events.changed.emit(result)
                self._tell_end(number, " Ctrl+Z takes it back.")
            case _:
                self._tell_end(number)

    def _failed(self, number: int, error: object) -> None:
        job = self._desk.jobs.running.get(number)
        if isinstance(error, StoppedError):
            title = job.title if job else "Work"
            self._say(f"{title}: stopped. What was acknowledged stays.")
            self._desk.events.imports_changed.emit()
        elif isinstance(error, LostWorkerError) and job is not None and job.paths:
            self._desk.events.imports_changed.emit()
            self.offer_resumption(job.title, list(job.paths))
        else:
            self._desk.events.error.emit(error)

    def _tell_end(self, number: int, more: str = "") -> None:
        if job := self._desk.jobs.running.get(number):
            self._say(f"{job.title}: done.{more}")

    def _say(self, words: str) -> None:
        self._desk.events.message.emit(words)


def _named(conflicts: Sequence[Conflict]) -> str:
    told = [f"{one.ref}: {one.field}, {one.reason}" for one in conflicts[:_CONFLICTS]]
    return "; ".join([*told, "…"] if len(conflicts) > _CONFLICTS else told)
