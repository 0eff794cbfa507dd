"""The concordance: every hit of a query a line, the searched words in one column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QGuiApplication,
)
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from archivist.desk import formats
from archivist.desk.models.lines import BLOCK, LinesModel
from archivist.desk.views.concordance_head import LinesHead
from archivist.desk.views.concordance_lines import ROW_HEIGHT, LineDelegate, Widest
from archivist.desk.views.concordance_list import ChosenLines
from archivist.desk.views.concordance_order import LineOrder
from archivist.desk.views.concordance_passage import PassagePane
from archivist.desk.views.concordance_text import reads_from_right
from archivist.desk.views.list_frame import ListFrame
from archivist.desk.views.long_list import PlacesList

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archivist.archive.concording import Concordance
    from archivist.archive.results import Line, Passage
    from archivist.desk.context import Desk
    from archivist.desk.gathering import Gathering
    from archivist.model.progress import CancelToken

_PASSAGE_HEIGHT: Final = 178
_Wanted: TypeAlias = tuple[str, str, frozenset[int] | None, int]
"""A query, an order, the only records that are searched (None: all), a state of the archive."""


class _Answer(NamedTuple):
    """What a query found, the lines at the top, and whether the archive holds nothing at all."""

    lines: Concordance
    first: Sequence[Line]
    unfilled: bool


class ConcordanceView(ListFrame):
    """The lines of a query, and under them the passage of the current one."""

    NAME = "concordance"
    list: PlacesList
    delegate: LineDelegate
    model: LinesModel
    chosen: ChosenLines

    def __init__(self, desk: Desk, gathering: Gathering, parent: QWidget | None = None) -> None:
        super().__init__(desk, gathering, parent)
        self._sequence = -1
        self._loaded: _Wanted | None = None
        self._widest = Widest()
        self._passage: Passage | None = None
        self.model = LinesModel(self._fetch, self)
        self.list = PlacesList("Lines of the concordance", self)
        self.chosen = ChosenLines(desk, self.list)
        self.delegate = LineDelegate(desk, self.list)
        self.columns = LinesHead(desk, self.delegate, self.list)
        self.order = LineOrder(self.head, self.columns)
        self.passage = PassagePane(desk)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._build()
        self._connect()
        self._dress()
        self.clear()

    # What the window asks

    def show_query(self, query: str, sequence: int, among: frozenset[int] | None = None) -> None:
        """Show the lines of a query in all records or in some, true for a state of the archive."""
        self._query, self._sequence, self._among = query, sequence, among
        if self._active:
            self._load()

    @override
    def clear(self) -> None:
        """Show nothing: there is no archive."""
        self._desk.tasks.cancel("concordance.ask")
        self._query, self._sequence, self._loaded = "", -1, None
        self._among = None
        self.chosen.found = None
        self.model.show(0)
        self._show_passage(None)
        self.empty.say("", "")
        self._pages.setCurrentWidget(self.empty)
        self._tell()

    def sort(self) -> str:
        """Return the order of the lines."""
        return self.order.sort

    def set_sort(self, sort: str) -> None:
        """Order the lines otherwise."""
        self.order.set(sort)

    def sort_beside(self, side: str) -> None:
        """Order by the words at a side; asked for again, from the next word on."""
        self.order.beside(side)

    @override
    def current_line(self) -> Line | None:
        """Return the line under the cursor, if it is read."""
        return self.model.line(self.list.currentIndex().row())

    def step(self, by: int) -> None:
        """Go some lines on, or back."""
        row = self.list.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self._go_to(row)

    def show_passages(self, *, shown: bool) -> None:
        """Show the passage under the lines, or not: the reader shows it."""
        self.passage.setVisible(shown)

    def save_state(self) -> dict[str, object]:
        """Return what is remembered between sessions."""
        return {"sort": self.order.sort, "split": self._split.sizes()}

    def restore_state(self, state: Mapping[str, object]) -> None:
        """Take up what was remembered; what cannot be understood is left out."""
        self.set_sort(str(state.get("sort", self.order.sort)))
        sizes = state.get("split")
        if isinstance(sizes, list) and len(sizes) == 2 and all(sizes):  # noqa: PLR2004
            self._split.setSizes([int(size) for size in sizes])

    # How it is built

    def _build(self) -> None:
        px = self._desk.theme.px
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.show_one_column()
        lines = QWidget()
        inner = QVBoxLayout(lines)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.columns)
        inner.addWidget(self.list, 1)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(lines)
        self._split.addWidget(self.passage)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        self._split.setSizes([px(560), px(_PASSAGE_HEIGHT)])
        self.passage.setMinimumHeight(px(96))
        for page in (self._split, self.empty):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self._join()
        self.order.chosen.connect(self._reorder)
        self.passage.copy_asked.connect(self._copy_passage)
        self.passage.gather_asked.connect(self.gather)
        self.passage.open_asked.connect(lambda: self._open(self.list.currentIndex().row()))

    @override
    def _dress(self) -> None:
        theme = self._desk.theme
        self._ground()
        self.list.set_row_height(theme.px(ROW_HEIGHT))
        self.list.verticalScrollBar().setSingleStep(theme.px(ROW_HEIGHT))
        self.columns.setFixedHeight(theme.px(ROW_HEIGHT))
        self._measure(afresh=True)

    # What happens

    @override
    def _load(self) -> None:
        archive = self._desk.archive
        wanted = (self._query, self.order.sort, self._among, self._sequence)
        if archive is None or not self._query:
            return
        if wanted == self._loaded:
            self._desk.tasks.cancel("concordance.ask")
            self.set_dimmed(dimmed=False)
            return
        query, sort, among, _sequence = wanted

        def work(cancel: CancelToken) -> _Answer:
            found = archive.concordance(query, sort=sort, among=among, cancel=cancel)
            cancel.check()
            unfilled = not len(found) and not archive.count()
            return _Answer(found, found.lines(0, BLOCK), unfilled)

        self._desk.tasks.read(
            "concordance.ask", work, lambda found: self._take(wanted, found), self._failed, self
        )
        if self._loaded is not None:
            self.set_dimmed(dimmed=True)

    def _take(self, wanted: _Wanted, answer: _Answer) -> None:
        lines, first = answer.lines, answer.first
        again = self._loaded is not None and self._loaded[:3] == wanted[:3]
        row = max(0, self.list.currentIndex().row()) if again else 0
        offset = self.list.verticalScrollBar().value() if again else 0
        same = again and len(lines) == self.model.rowCount()
        chosen = self.chosen.stretches() if same else []
        self._loaded, self.chosen.found = wanted, lines
        self._desk.tasks.cancel("concordance.page")
        self.set_dimmed(dimmed=False)
        self.model.show(len(lines), first)
        self._measure(afresh=True)
        self.order.show(rtl=2 * sum(map(reads_from_right, first)) > len(first))
        self.delegate.strong = self.order.strong()
        if len(lines):
            self._pages.setCurrentWidget(self._split)
            self._go_to(min(row, len(lines) - 1), scroll=False)
            self.chosen.select(chosen)
            self.list.verticalScrollBar().setValue(offset)
        else:
            self._show_empty(answer)
        self._tell()

    def _show_empty(self, answer: _Answer) -> None:
        self._show_passage(None)
        lines = answer.lines
        everything = self._query.strip() in {"", "*"}
        title = "Search for words to see them in their places" if everything else "No lines"
        if answer.unfilled:
            self.empty.say_unfilled()
        else:
            self.empty.say(title, lines.reason or "", lines.proposal, offer=bool(lines.proposal))
        self._pages.setCurrentWidget(self.empty)
        self.current_changed.emit(None)

    @override
    def _rows(self, found: Concordance, start: int, stop: int) -> Sequence[Line]:
        return found.lines(start, stop)

    @override
    def _came(self) -> None:
        self._measure(afresh=False)
        line = self.current_line()
        if line is not None and self._passage is None:
            self._moved()

    def _measure(self, *, afresh: bool) -> None:
        """Make the columns as wide as the widest of the lines that are read."""
        lines = self.model.at_hand()
        metrics = QFontMetricsF(self._desk.theme.font("s"))
        hit = max((self.delegate.type.wide(line.keyword) for line in lines), default=0.0)
        record = max((metrics.horizontalAdvance(line.ref) for line in lines), default=0.0)
        sources = {line.originator for line in lines} - {""}
        source = max((metrics.horizontalAdvance(name) + 2 for name in sources), default=0.0)
        before = Widest() if afresh else self._widest
        self._widest = Widest(
            max(hit, before.hit), max(source, before.source), max(record + 2, before.record)
        )
        if self.delegate.make_room(self._widest):
            self.list.viewport().update()
            self.columns.update()

    @override
    def _moved(self, *_where: object) -> None:
        line = self.current_line()
        archive = self._desk.archive
        self.current_changed.emit(line)
        if line is None or archive is None or line.gone:
            self._desk.tasks.cancel("concordance.passage")
            self._show_passage(None)
            return
        stretch = (line.record, line.start, line.end)
        self._desk.tasks.read(
            "concordance.passage",
            lambda _token: archive.passages([stretch])[0],
            self._show_passage,
            lambda _error: self._show_passage(None),
            self,
        )

    def _show_passage(self, passage: Passage | None) -> None:
        self._passage = passage
        self.passage.show_passage(passage)
        self._show_gathered()

    @override
    def _show_gathered(self) -> None:
        self.model.show_gathered(self._gathering.stretches)
        line = self.current_line()
        gathered = line is not None and self.model.is_gathered(line)
        self.passage.show_gathered(gathered=gathered)

    def _copy_passage(self) -> None:
        if self._passage is not None:
            quoted = f"\u201c{self._passage.text}\u201d ({self._passage.citation})"
            QGuiApplication.clipboard().setText(quoted)
            self._desk.events.message.emit("Copied the paragraph with its citation.")

    def _reorder(self) -> None:
        if self._active and self._query:
            self._load()

    @override
    def _tell(self, *_what: object) -> None:
        """Say how many lines there are, in how many records, and how many are selected."""
        lines, chosen = self.chosen.found, self.chosen.count()
        said = ""
        if lines is not None and len(lines):
            number, _, noun = formats.counted(len(lines), "line").rpartition(" ")
            noun_of_records = "record" if self._among is None else "new record"
            records = formats.counted(lines.records, noun_of_records)
            said = f'<span style="font-weight:600">{number}</span> {noun} in {records}'
        if chosen > 1:
            said += f", {formats.number(chosen)} selected"
        self.head.count.setText(said)
        self.head.sorted = lines is not None and len(lines) > 0
        self._show_links()
