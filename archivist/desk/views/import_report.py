"""The imports made, and what became of every path of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import files, formats, paint
from archivist.desk.models.report import Line, as_csv, containers
from archivist.desk.views.import_list import ImportList
from archivist.desk.views.report_rows import MARGIN, ReportList
from archivist.model.errors import StorageError
from archivist.model.record import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from archivist.archive import Archive
    from archivist.archive.results import FilingReport, ImportSummary
    from archivist.desk.context import Desk


class ImportReportView(QWidget):
    """Import reports: the list of them, and one.

    Signals:
        import_asked: paths to import, or to import again.
        record_asked: accession number of a record to read.
    """

    import_asked = Signal(list)
    record_asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._list = ImportList(desk)
        self._report = _ReportPage(desk)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._report)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._list.opened.connect(self.show_report)
        self._list.import_asked.connect(self.import_asked)
        self._report.back.clicked.connect(self.show_list)
        self._report.import_asked.connect(self.import_asked)
        self._report.record_asked.connect(self.record_asked)
        desk.events.imports_changed.connect(self._read_again)
        desk.events.archive_closed.connect(lambda: self._list.model.show(()))
        desk.theme.changed.connect(self._dress)
        self._dress()

    def show_list(self) -> None:
        """Show every import."""
        self._stack.setCurrentWidget(self._list)
        self._list.read()
        self._list.list.setFocus()

    def show_report(self, run: int) -> None:
        """Show what became of every path of an import."""
        self._stack.setCurrentWidget(self._report)
        self._report.read(run)
        self._report.rows.setFocus()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Dress again: a style sheet takes palettes from what was moved into the window."""
        super().showEvent(event)
        self._dress()

    def _read_again(self) -> None:
        if self.isVisible() and self._stack.currentWidget() is self._list:
            self._list.read()

    def _dress(self) -> None:
        tokens = self._desk.theme.tokens
        self.setAutoFillBackground(True)
        palette = self.palette()
        for role in (palette.ColorRole.Window, palette.ColorRole.Base):
            palette.setColor(role, tokens.base)
        self.setPalette(palette)
        self._list.list.set_ground(palette)
        self._report.rows.set_ground(palette)
        self._list.dress()
        self._report.dress()


class _ReportPage(QWidget):
    """One report."""

    import_asked = Signal(list)
    record_asked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._report: FilingReport | None = None
        self._paths: tuple[str, ...] = ()
        self.rows = ReportList(desk)
        self.back = QPushButton("All imports")
        self.back.setProperty("role", "link")
        self._title = paint.ElidingLabel()
        self._when = paint.ElidingLabel()
        self._again = QPushButton("Import again")
        self._again.setProperty("role", "accent")
        self._save = QPushButton("Save report")
        self._sums = _Sums(desk)
        self._build()

    def read(self, run: int) -> None:
        """Read the report of an import."""
        archive = self._desk.archive
        if archive is not None:
            self._desk.tasks.read(
                "imports.report", lambda _token: _report(archive, run), self._take, owner=self
            )

    def dress(self) -> None:
        """Take fonts, sizes and colours from the theme."""
        theme = self._desk.theme
        self._title.setFont(theme.font("xl", 600, serif=True))
        self._title.setMinimumHeight(theme.px(30))
        for button, icon, token in (
            (self._again, "arrow-clockwise", "on_accent"),
            (self._save, "floppy-disk", "text2"),
            (self.back, "caret-left", "accent"),
        ):
            button.setIcon(self._desk.icons.icon(icon, token))
            button.setIconSize(QSize(theme.px(14), theme.px(14)))
        palette = self.palette()
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.text2)
        self._when.setPalette(palette)
        self.rows.measure()

    def _build(self) -> None:
        px = self._desk.theme.px
        names = QVBoxLayout()
        names.setSpacing(px(2))
        names.addWidget(self._title)
        names.addWidget(self._when)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addLayout(names, 1)
        head.addWidget(self._again, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._save, 0, Qt.AlignmentFlag.AlignTop)
        top = QVBoxLayout()
        top.setContentsMargins(px(MARGIN), px(4), px(MARGIN), 0)
        top.setSpacing(px(6))
        top.addLayout(head)
        top.addWidget(self._sums)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        link = QHBoxLayout()
        # The words of a link stand 10 px within its button.
        link.setContentsMargins(px(MARGIN - 10), px(10), 0, 0)
        link.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(link)
        column.addLayout(top)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addWidget(self.rows, 1)
        self.rows.pressed_action.connect(self._act)
        self._again.clicked.connect(self._import_again)
        self._save.clicked.connect(self._ask_where)

    def _take(self, answer: tuple[FilingReport, ImportSummary | None]) -> None:
        report, summary = answer
        self._report = report
        self._paths = summary.paths if summary is not None else ()
        self._title.setText(report.title)
        self._when.setText(_when(report, self._paths))
        self._sums.show_report(report)
        self.rows.rows_model.show(report)
        unfinished = summary is not None and summary.state in {"stopped", "interrupted"}
        refused = len(report.refused)
        self._again.setVisible(bool(refused) or unfinished)
        number = formats.number(refused)
        one = "Import it again" if refused == 1 else f"Import the {number} again"
        self._again.setText("Take up again" if unfinished else one)
        if self.rows.rows_model.rowCount():
            self.rows.selectRow(0)

    def _import_again(self) -> None:
        report = self._report
        if report is None:
            return
        whole = self._again.text() == "Take up again"
        self.import_asked.emit(list(self._paths) if whole else containers(report.refused))

    def _act(self, row: int) -> None:
        line = self.rows.line(row)
        if not isinstance(line, Line):
            return
        match line.item:
            case Refusal():
                self.import_asked.emit(containers([line.item]))
            case filed:
                self.record_asked.emit(filed.ref)

    def _ask_where(self) -> None:
        report = self._report
        if report is not None:
            name = files.safe_name(f"{report.title}.csv")
            kinds = "Table (*.csv)"
            files.ask_where(
                self, "Save report", name, lambda path: self._write(report, path), kinds
            )

    def _write(self, report: FilingReport, path: Path) -> None:
        self._desk.tasks.read(
            "",
            lambda _token: _written(report, path),
            lambda done: self._desk.events.message.emit(f"Saved {done.name}."),
            owner=self,
        )


class _Sums(QWidget):
    """The sums of a report; together they are all its paths."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._parts: list[tuple[str, str, int, str]] = []
        self.setFixedHeight(desk.theme.px(48))
        desk.theme.changed.connect(self.update)

    def show_report(self, report: FilingReport) -> None:
        """Show the sums of another report."""
        noted = sum(1 for item in report.filed if item.note)
        parts = [
            ("check-circle", "ok", len(report.filed) - noted, "filed"),
            ("copy", "text2", len(report.duplicates), "there already"),
            ("warning", "warn", noted, "filed, look again"),
            ("x-circle", "bad", len(report.refused), "not filed"),
        ]
        self._parts = [part for part in parts if part[2] or part[3] == "filed"]
        said = ", ".join(f"{formats.number(n)} {words}" for _i, _t, n, words in self._parts)
        self.setAccessibleName(f"{said}; {self._all()}")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._desk.theme
        tokens, px = theme.tokens, theme.px
        big, small = theme.font("l", 600), theme.font("m")
        middle, x = self.height() / 2, 0.0
        for icon, token, count, words in self._parts:
            side = px(16)
            self._desk.icons.paint(painter, icon, QRectF(x, middle - side / 2, side, side), token)
            x += side + px(8)
            for text, font, colour in (
                (formats.number(count), big, tokens.text),
                (words, small, tokens.text2),
            ):
                wide = QFontMetricsF(font).horizontalAdvance(text) + 2
                room = QRectF(x, 0, wide, self.height())
                paint.line_of_text(painter, room, text, font, colour)
                x += wide + px(6)
            x += px(28)
        rest = QRectF(x, 0, max(0.0, self.width() - x), self.height())
        paint.line_of_text(painter, rest, self._all(), small, tokens.text2, right=True)

    def _all(self) -> str:
        return f"{formats.number(sum(part[2] for part in self._parts))} in all"


def _when(report: FilingReport, paths: Sequence[str]) -> str:
    """Return "2 June 2024, 10:41, in 18 min 3 s, from /deliveries, by the registry desk"."""
    parts = [formats.moment(report.began), f"in {formats.duration(report.seconds)}"]
    if paths:
        more = f" and {formats.number(len(paths) - 1)} more" if len(paths) > 1 else ""
        parts.append(f"from {paths[0]}{more}")
    if report.who:
        parts.append(f"by {report.who}")
    if report.stopped:
        parts.append("stopped before its end")
    return ", ".join(parts)


def _report(archive: Archive, run: int) -> tuple[FilingReport, ImportSummary | None]:
    summary = next((one for one in archive.imports() if one.run == run), None)
    return archive.import_report(run), summary


def _written(report: FilingReport, path: Path) -> Path:
    target = path if path.suffix else path.with_suffix(".csv")
    try:
        target.write_text(as_csv(report), encoding="utf-8-sig", newline="")
    except OSError as error:
        raise StorageError(
            f"{target.name} could not be written: {error.strerror or error}.",
            "Choose another folder.",
        ) from error
    return target
