"""Counting a list of terms: pasted or loaded, counted in the background, exported as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import files, formats, paint
from archivist.desk.models.terms import COLUMNS, TermsModel
from archivist.desk.views.long_list import LongList
from archivist.desk.views.terms_table import TermsDelegate, TermsHead

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent, QShowEvent

    from archivist.archive.results import TermTable
    from archivist.desk.context import Desk
    from archivist.model.errors import ArchivistError
    from archivist.model.progress import CancelToken, Progress

_ROW: Final = 28
_WIDE: Final = (0, 80, 80, 104, 104)
_WRITES: Final = "Table (*.csv);;JSON (*.json)"
_READS: Final = "Lists (*.txt *.csv *.md);;All files (*)"
_ALL: Final = "All records"


class TermsDialog(QDialog):
    """Takes a list of terms and shows in how many records and places each stands.

    Signals:
        term_asked: a term to search for, and the query it was counted within.
    """

    term_asked = Signal(str, str)
    _progressed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._table: TermTable | None = None
        self._counting = False
        self._order: tuple[int, Qt.SortOrder] | None = None
        self.model = TermsModel(self)
        self.list = LongList("Terms counted")
        self._title = QLabel("Count a list of terms")
        self._hint = QLabel("One on each line; a line may be any query.", wordWrap=True)
        self.lines = QPlainTextEdit()
        self.within = QComboBox()
        self.load = QPushButton("Load a file …")
        self.count = QPushButton("Count")
        self.words = QLabel()
        self.save = QPushButton("Export …")
        self._build()
        self._connect()
        self._dress()
        self._tell()

    def ask(self, query: str, reading: str, *, narrowed: bool) -> None:
        """Come up; with `narrowed`, what is found now can be counted within.

        Args:
            query: what is searched now.
            reading: that in plain words.
            narrowed: whether it asks for anything.
        """
        self.within.clear()
        self.within.addItem(_ALL, "")
        if narrowed:
            self.within.addItem(f"Found now: {reading}", query)
        self.show()
        self.raise_()
        self.activateWindow()
        self.lines.setFocus()
        self._tell()

    def start(self) -> None:
        """Count what stands in the list; stop where that is under way."""
        archive = self._desk.archive
        if archive is None or self._counting:
            self.stop()
            return
        lines, within = self.lines.toPlainText().splitlines(), str(self.within.currentData() or "")

        def work(token: CancelToken) -> TermTable:
            return archive.count_terms(
                lines, within=within, progress=self._progressed.emit, cancel=token
            )

        self._counting = True
        self._tell()
        self._desk.tasks.read("terms", work, self._take, self._refuse, owner=self)

    def stop(self) -> None:
        """Stop counting; what was shown before stays."""
        if self._counting:
            self._desk.tasks.cancel("terms")
            self._counting = False
            self._tell("Stopped.")

    def load_file(self, path: Path) -> None:
        """Take the lines of a file."""
        archive = self._desk.archive
        if archive is None:
            return
        self._desk.tasks.read(
            "terms.file",
            lambda _token: archive.read_terms(path),
            lambda lines: self.lines.setPlainText("\n".join(lines)),
            self._refuse,
            owner=self,
        )

    def export_file(self, path: Path) -> None:
        """Write the table into a file, in the format of its ending."""
        archive, table = self._desk.archive, self._table
        if archive is None or table is None:
            return
        target = path if path.suffix else path.with_suffix(".csv")
        self._desk.tasks.write(
            lambda: archive.write_terms(table, target),
            lambda _none: self._tell(f"Written to {target.name}."),
            self._refuse,
            owner=self,
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.start()
        elif event.key() == Qt.Key.Key_Escape and self._counting:
            self.stop()
        elif not enter:
            super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Dress again: a style sheet takes palettes from what was moved into the window."""
        super().showEvent(event)
        self._dress()

    # How it is built

    def _build(self) -> None:
        px = self._desk.theme.px
        self.setWindowTitle("Count a list of terms")
        self.resize(px(940), px(600))
        self.lines.setPlaceholderText('"strategic partnership"\ntreaty OR convention\nferr*')
        self.lines.setAccessibleName("Terms, one on each line")
        self.lines.setTabChangesFocus(True)
        self.lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.within.setAccessibleName("Count within")
        self.within.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.count.setProperty("role", "accent")
        self.count.setToolTip("Ctrl+Enter")
        self.list.setModel(self.model)
        self.list.setItemDelegate(TermsDelegate(self._desk, self.list))
        self.list.setHorizontalHeader(TermsHead(self._desk, self.list))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self._left())
        split.addWidget(self._right())
        split.setSizes([px(320), px(620)])
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)
        for button in (self.load, self.count, self.save):
            button.setAutoDefault(False)

    def _left(self) -> QWidget:
        px = self._desk.theme.px
        side = QWidget()
        side.setMinimumWidth(px(260))
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addWidget(self.load)
        buttons.addStretch(1)
        buttons.addWidget(self.count)
        column = QVBoxLayout(side)
        column.setContentsMargins(px(24), px(20), px(16), px(16))
        column.setSpacing(px(8))
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addWidget(self.lines, 1)
        column.addWidget(self.within)
        column.addSpacing(px(4))
        column.addLayout(buttons)
        return side

    def _right(self) -> QWidget:
        px = self._desk.theme.px
        side = QWidget()
        foot = QHBoxLayout()
        foot.setContentsMargins(px(16), px(10), px(20), px(16))
        foot.addWidget(self.words, 1)
        foot.addWidget(self.save)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addLayout(foot)
        return side

    def _connect(self) -> None:
        self.lines.textChanged.connect(self._tell)
        self.count.clicked.connect(self.start)
        self.load.clicked.connect(
            lambda: files.ask_which(self, "Load a list of terms", self.load_file, _READS)
        )
        self.save.clicked.connect(
            lambda: files.ask_where(
                self, "Export the table", "terms.csv", self.export_file, _WRITES
            )
        )
        self.list.opened.connect(self._search)
        self.list.horizontalHeader().sectionClicked.connect(self._sort)
        self.model.modelReset.connect(self._span)
        self._progressed.connect(self._follow)
        self._desk.events.archive_closed.connect(self._close)
        self._desk.theme.changed.connect(self._dress)

    def _dress(self) -> None:
        theme = self._desk.theme
        palette = self.palette()
        for role in (palette.ColorRole.Window, palette.ColorRole.Base):
            palette.setColor(role, theme.tokens.base)
        self.setPalette(palette)
        self.list.set_ground(palette)
        self.list.set_row_height(theme.px(_ROW))
        header = self.list.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for place, wide in enumerate(_WIDE):
            if wide:
                header.resizeSection(place, theme.px(wide))
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.text2)
        for label in (self._hint, self.words):
            label.setPalette(palette)
            label.setFont(theme.font("s"))
        self._title.setFont(theme.font("l", 600))

    # What happens

    def _follow(self, progress: Progress) -> None:
        if self._counting:
            done, total = formats.number(progress.done), formats.number(progress.total or 0)
            self.words.setText(f"Counting {done} of {total}: {progress.item}")

    def _take(self, table: TermTable) -> None:
        self._counting, self._table = False, table
        self.model.show(table)
        self._order = None
        self.list.horizontalHeader().setSortIndicatorShown(False)
        self.list.setCurrentIndex(self.model.index(0, 0))
        if table.rows:
            self.list.setFocus()
        self._tell()

    def _refuse(self, error: ArchivistError) -> None:
        self._counting = False
        self._tell(f"{error.message} {error.hint or ''}".strip())

    def _search(self, row: int) -> None:
        term = self.model.term(row)
        if term is not None and not term.error:
            self.term_asked.emit(term.line, self._table.within if self._table else "")

    def _sort(self, column: int) -> None:
        """Sort by a column: figures and dates largest first, once more the other way."""
        down, up = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
        order = down if column else up
        if self._order is not None and self._order[0] == column:
            order = up if self._order[1] == down else down
        self._order = (column, order)
        header = self.list.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(column, order)
        self.model.sort(column, order)

    def _span(self) -> None:
        """Let what is wrong with a line take the room of its figures."""
        self.list.clearSpans()
        for row in self.model.faulty():
            self.list.setSpan(row, 1, 1, len(COLUMNS) - 1)

    def _tell(self, words: str = "") -> None:
        asked = any(line.strip() for line in self.lines.toPlainText().splitlines())
        self.count.setEnabled(asked or self._counting)
        self.count.setText("Stop" if self._counting else "Count")
        self.save.setEnabled(self._table is not None and not self._counting)
        self.words.setText(words or ("Counting …" if self._counting else self._summary()))

    def _summary(self) -> str:
        if self._table is None:
            return ""
        rows = self._table.rows
        silent = sum(not term.records and not term.error for term in rows)
        bad = sum(bool(term.error) for term in rows)
        parts = [formats.counted(len(rows), "term")]
        parts += [f"{formats.number(silent)} not found"] if silent else []
        parts += [f"{formats.number(bad)} that cannot be read"] if bad else []
        return ", ".join(parts) + ". Enter searches for a term."

    def _close(self) -> None:
        self.stop()
        self._table = None
        self.model.clear()
        self.hide()
