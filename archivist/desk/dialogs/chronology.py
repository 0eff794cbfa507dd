"""What happened when, in the records found: a list of dates beside the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import files, formats, paint
from archivist.desk.models.chronology import ChronologyModel, told
from archivist.desk.models.lines import BLOCK
from archivist.desk.views.chronology_rows import ROW, ChosenDates, DatesDelegate
from archivist.desk.views.long_list import PlacesList
from archivist.desk.views.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent

    from archivist.archive.chronology import Chronology, Dated
    from archivist.desk.context import Desk
    from archivist.desk.gathering import Gathering
    from archivist.model.dates import DateRange
    from archivist.model.errors import ArchivistError
    from archivist.model.progress import CancelToken

_SLOW_MS: Final = 250
_WRITES: Final = "Table (*.csv);;JSON (*.json)"
_LOOKING: Final = "Looking for dates \u2026"


class _Shown(NamedTuple):
    """A chronology as it is narrowed: its first lines, and the years of all there are."""

    found: Chronology
    first: Sequence[Dated]
    years: list[tuple[int, int]]


class ChronologyDialog(QDialog):
    """Dates in order, narrowed by a time line; it does not block the window.

    Signals:
        opened: a Dated whose record is to be read there.
    """

    opened = Signal(object)

    def __init__(self, desk: Desk, gathering: Gathering, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._gathering = desk, gathering
        self._query, self._among = "", frozenset[int]()
        self._whole: Chronology | None = None
        self._asked: DateRange | None = None
        self.model = ChronologyModel(self._fetch, self)
        self.list = PlacesList("Dates in order", self)
        self.chosen = ChosenDates(desk, self.list)
        self.delegate = DatesDelegate(desk, self.list)
        self.timeline = Timeline(desk)
        self.own = QCheckBox("Dates of the documents themselves")
        self.copy = QPushButton("Copy")
        self.gather = QPushButton("Add to dossier")
        self.save = QPushButton("Save \u2026")
        self.reader = QPushButton("Open in reader")
        self.count = QLabel()
        self.words = QLabel(wordWrap=True)
        self._title = QLabel("Chronology")
        self._of = paint.ElidingLabel()
        self._pages = QStackedWidget()
        self._slow = QTimer(self, interval=_SLOW_MS, singleShot=True)
        self._build()
        self._connect()
        self._dress()
        self._tell()

    @property
    def found(self) -> Chronology | None:
        """What the list shows, or None."""
        return self.chosen.found

    def ask(self, query: str, reading: str, among: Sequence[int] = ()) -> None:
        """Come up with the dates of the records that a query finds.

        Args:
            query: whose records.
            reading: that in plain words.
            among: ids of the only records; none for all that are found.
        """
        self._query, self._among = query, frozenset(among)
        self._asked = None
        chosen = f"{formats.counted(len(among), 'record')} chosen" if among else reading
        self._of.setText(chosen)
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus()
        self._show_none(_LOOKING if self._whole is None else "")
        self._look()

    def clear(self) -> None:
        """Show nothing: there is no archive."""
        for slot in ("chronology", "chronology.narrow", "chronology.page"):
            self._desk.tasks.cancel(slot)
        self._slow.stop()
        self._whole, self.chosen.found, self._asked = None, None, None
        self.model.show(0)
        self.timeline.show_counts(())
        self._show_none("")
        self._tell()

    def narrow(self, asked: DateRange | None) -> None:
        """Show the dates of a span of years only; None for all."""
        self._asked = asked
        self._narrow()

    def current(self) -> Dated | None:
        """Return the date under the cursor, if it is read."""
        return self.model.line(self.list.currentIndex().row())

    def write(self, path: Path) -> None:
        """Write all that is shown."""
        archive, found = self._desk.archive, self.found
        if archive is None or found is None:
            return

        def done(count: int) -> None:
            dates = formats.counted(count, "date")
            self._desk.events.message.emit(f"Wrote {dates} to {path.name}.")

        self._desk.tasks.read(
            "chronology.write",
            lambda token: archive.write_chronology(found, path, cancel=token),
            done,
            self._refuse,
            self,
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter belongs to the list."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Dress again: a style sheet takes palettes from what was moved into the window."""
        super().showEvent(event)
        self._dress()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Who closes it waits for nothing any more."""
        super().hideEvent(event)
        self._desk.tasks.cancel("chronology")
        self._slow.stop()

    # How it is built

    def _build(self) -> None:
        px = self._desk.theme.px
        self.setWindowTitle("Chronology")
        self.resize(px(820), px(720))
        self.own.setChecked(True)
        self.own.setToolTip("The dates the records themselves bear, beside those told in them")
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.show_one_column()
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.words)
        head = QVBoxLayout()
        head.setContentsMargins(px(20), px(16), px(20), px(8))
        head.setSpacing(px(2))
        head.addWidget(self._title)
        head.addWidget(self._of)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._make_counts())
        column.addWidget(self.timeline)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addWidget(self._pages, 1)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addLayout(self._make_doing())

    def _make_counts(self) -> QHBoxLayout:
        px = self._desk.theme.px
        row = QHBoxLayout()
        row.setContentsMargins(px(20), 0, px(20), px(6))
        row.addWidget(self.count, 1)
        row.addWidget(self.own)
        return row

    def _make_doing(self) -> QHBoxLayout:
        px = self._desk.theme.px
        row = QHBoxLayout()
        row.setContentsMargins(px(20), px(10), px(20), px(12))
        row.setSpacing(px(8))
        row.addWidget(self.save)
        row.addStretch(1)
        for button in (self.copy, self.gather, self.reader):
            row.addWidget(button)
        for button in (self.save, self.copy, self.gather, self.reader):
            button.setAutoDefault(False)
        return row

    def _connect(self) -> None:
        self._slow.timeout.connect(lambda: self._show_none(_LOOKING))
        self.model.came.connect(self._fit)
        self.model.came.connect(self._tell)
        self.list.opened.connect(lambda _row: self._open())
        self.list.ticked.connect(self._gather)
        self.list.gather_asked.connect(self._gather)
        self.list.copy_asked.connect(self.chosen.copy)
        self.list.selectionModel().selectionChanged.connect(self._tell)
        self.delegate.ticked.connect(self._tick)
        self.list.verticalScrollBar().valueChanged.connect(self._fit)
        self.timeline.range_changed.connect(self.narrow)
        self.own.toggled.connect(self._narrow)
        self.copy.clicked.connect(self.chosen.copy)
        self.gather.clicked.connect(self._gather)
        self.reader.clicked.connect(self._open)
        self.save.clicked.connect(self._ask_where)
        self._gathering.changed.connect(self._show_gathered)
        self._desk.theme.changed.connect(self._dress)
        self._desk.events.changed.connect(lambda _change: self._look())
        self._desk.events.archive_closed.connect(self.clear)
        self._desk.jobs.read_on.connect(self._read_on)

    def _dress(self) -> None:
        theme = self._desk.theme
        palette = self.palette()
        for role in (palette.ColorRole.Window, palette.ColorRole.Base):
            palette.setColor(role, theme.tokens.base)
        self.setPalette(palette)
        self._pages.setPalette(palette)
        self.list.set_ground(palette)
        self.list.set_row_height(theme.px(ROW))
        self.list.verticalScrollBar().setSingleStep(theme.px(28))
        self._title.setFont(theme.font("l", 600))
        self._of.setFont(theme.font("s"))
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.text2)
        for label in (self._of, self.words):
            label.setPalette(palette)
        side = theme.px(14)
        icons = {self.copy: "copy", self.gather: "folder-plus", self.reader: "arrow-square-out"}
        for button, icon in (icons | {self.save: "export"}).items():
            button.setIcon(self._desk.icons.icon(icon))
            button.setIconSize(QSize(side, side))

    # What happens

    def _look(self) -> None:
        """Ask for the dates anew."""
        archive, query, among = self._desk.archive, self._query, self._among or None
        if archive is None or not query or not self.isVisible():
            return
        if self._whole is None:
            self._slow.start()

        def take(found: Chronology) -> None:
            self._slow.stop()
            self._whole = found
            self._narrow()

        self._desk.tasks.read(
            "chronology",
            lambda cancel: archive.chronology(query, among=among, cancel=cancel),
            take,
            self._refuse,
            self,
        )

    def _read_on(self, unread: int) -> None:
        """Every text is read now: dates may have come to what is shown."""
        if not unread and self._whole is not None and self._whole.notes:
            self._look()

    def _narrow(self) -> None:
        whole, asked, only = self._whole, self._asked, not self.own.isChecked()
        if whole is None:
            return

        def work(_token: CancelToken) -> _Shown:
            every = whole.narrowed(sentences_only=True) if only else whole
            found = every.narrowed(asked) if asked is not None else every
            return _Shown(found, found.rows(0, BLOCK), every.years())

        self._desk.tasks.read("chronology.narrow", work, self._take, self._refuse, self)

    def _take(self, shown: _Shown) -> None:
        row = max(0, self.list.currentIndex().row()) if self.found is not None else 0
        self._slow.stop()
        self.chosen.found = shown.found
        self.model.show(len(shown.found), shown.first)
        self._fit()
        self.timeline.show_counts(shown.years, (), self._asked)
        self.timeline.setVisible(len(shown.years) > 1)
        if len(shown.found):
            self._pages.setCurrentWidget(self.list)
            self._go_to(min(row, len(shown.found) - 1))
        else:
            self._show_none(shown.found.reason or "No dates.")
        self._tell()

    def _fit(self, *_where: object) -> None:
        """Make the rows that are read as high as their words."""
        width = self.list.viewport().width()

        def height(row: int) -> int:
            line = self.model.known(row)
            return self.delegate.height_of(line, width) if line is not None else 0

        self.list.fit_rows(height)

    def _go_to(self, row: int) -> None:
        index = self.model.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.list.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.list.scrollTo(index)

    def _refuse(self, error: ArchivistError) -> None:
        self._slow.stop()
        if self.found is None:
            self._show_none(" ".join(filter(None, (error.message, error.hint))))
        else:
            self._desk.events.error.emit(error)

    def _show_none(self, words: str) -> None:
        """Show words where the dates would stand."""
        if words or self.found is None:
            self.words.setText(words)
            self._pages.setCurrentWidget(self.words)

    def _fetch(
        self, start: int, stop: int, taken: Callable[[Sequence[Dated | None] | None], None]
    ) -> None:
        found = self.found
        if found is None:
            taken(None)
            return

        def failed(error: ArchivistError) -> None:
            taken(None)
            self._desk.events.error.emit(error)

        self._desk.tasks.read(
            "chronology.page", lambda _token: found.rows(start, stop), taken, failed, self
        )

    def _tell(self, *_what: object) -> None:
        """Say how many dates there are, and what can be done with those selected."""
        found, current = self.found, self.current()
        notes: tuple[str, ...] = ()
        if found is not None and len(found):
            words = told(len(found), found.records, found.years())
            notes = found.notes
        else:
            words = ""
        self.count.setText(". ".join((words, *notes)) if words else "")
        ready = current is not None and not current.gone
        for button in (self.copy, self.gather, self.reader):
            button.setEnabled(ready)
        self.save.setEnabled(found is not None and len(found) > 0)
        kept = current is not None and self.model.is_gathered(current)
        self.gather.setText("Remove from dossier" if kept else "Add to dossier")

    def _show_gathered(self) -> None:
        self.model.show_gathered(self._gathering.stretches)
        self._tell()

    def _tick(self, row: int) -> None:
        line = self.model.line(row)
        if line is not None and not line.gone:
            self._gathering.toggle([(line.record, line.start, line.end)])

    def _gather(self) -> None:
        self.chosen.gather(self._gathering)

    def _open(self) -> None:
        if (line := self.current()) is not None and not line.gone:
            self.opened.emit(line)

    def _ask_where(self) -> None:
        files.ask_where(self, "Save the chronology", "Chronology.csv", self.write, _WRITES)
