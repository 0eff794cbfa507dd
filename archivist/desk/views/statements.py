"""The statements view: who said what, in which words, under speakers, topics or years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from archivist.archive.statements.listing import Voice
from archivist.archive.statements.topics import Topic
from archivist.desk import formats
from archivist.desk.models.lines import LINE
from archivist.desk.models.statements import StatementsModel
from archivist.desk.views.facet_rows import SAID, USUAL
from archivist.desk.views.list_frame import ListFrame
from archivist.desk.views.long_list import PlacesList
from archivist.desk.views.statements_list import ChosenStatements, UnderHead
from archivist.desk.views.statements_rows import StatementDelegate, Years
from archivist.desk.views.statements_source import Answer, Wanted, ask

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from archivist.archive import Archive
    from archivist.archive.statements.listing import Spoken, StatementList
    from archivist.desk.context import Desk
    from archivist.desk.gathering import Gathering
    from archivist.desk.models.statements import Row
    from archivist.model.change import Change

SORTS: Final = {
    "speaker": "By speaker",
    "topic": "By topic",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "relevance": "Relevance",
}
"""How statements are grouped and ordered."""
_AFTER_MS: Final = 1500
"""What is read meanwhile is shown so long after it was told."""


class StatementsView(ListFrame):
    """The statements of a query.

    Attributes:
        sort: how statements are grouped and ordered.
        unsure: whether those are shown that may be wrong.
        facets: fields whose values are counted of the statements found.
        answer: what is shown; None for nothing.

    Signals:
        answered: an `Answer`: what is counted of it stands beside the list.
        sort_changed: the order that is chosen.
    """

    answered = Signal(object)
    sort_changed = Signal(str)

    NAME = "statements"
    list: PlacesList
    delegate: StatementDelegate
    model: StatementsModel
    chosen: ChosenStatements

    def __init__(self, desk: Desk, gathering: Gathering, parent: QWidget | None = None) -> None:
        super().__init__(desk, gathering, parent)
        self._stale = False
        self._loaded: Wanted | None = None
        self._told: tuple[object, int] | None = None
        self.sort = "speaker"
        self.unsure = False
        self.facets: tuple[str, ...] = (*SAID, *USUAL)
        self.answer: Answer | None = None
        self.model = StatementsModel(self._fetch, self)
        self.list = PlacesList("Statements found", self)
        self.chosen = ChosenStatements(desk, self.list)
        self.delegate = StatementDelegate(desk, self.list)
        self.under = UnderHead(desk)
        self._later = QTimer(self, interval=_AFTER_MS, singleShot=True)
        self._build()
        self._connect()
        self._dress()
        self.clear()

    # What the window asks

    def show_query(self, query: str, _sequence: int, among: frozenset[int] | None = None) -> None:
        """Show the statements of a query in all records or in some; the archive is another now."""
        self._query, self._among, self._stale = query, among, True
        if self._active:
            self._load()

    @override
    def clear(self) -> None:
        self._desk.tasks.cancel("statements.ask")
        self._later.stop()
        self._query, self._among, self._loaded, self._told = "", None, None, None
        self.chosen.found = self.answer = None
        self.model.show_rows(0, {})
        self.empty.say("", "")
        self.under.show_state(0, 0, 0, unsure=False)
        self._pages.setCurrentWidget(self.empty)
        self._tell()

    def set_sort(self, sort: str) -> None:
        """Group statements otherwise; an order that is not known is by speaker."""
        self.sort = sort if sort in SORTS else "speaker"
        self._show_sort()
        self.sort_changed.emit(self.sort)
        if self._active:
            self._load()

    def group_otherwise(self, by: int) -> None:
        """Take the next of the orders, or the one before."""
        names = list(SORTS)
        self.set_sort(names[(names.index(self.sort) + by) % len(names)])

    def show_unsure(self, *, shown: bool) -> None:
        """Show those that may be wrong, too, or no longer."""
        self.unsure = shown
        if self._active:
            self._load()

    @override
    def current_line(self) -> Spoken | None:
        return self.model.statement(self.list.currentIndex().row())

    def head_at(self, point: QPoint) -> Voice | None:
        """Return the speaker whose head stands at a global point, if there is one."""
        index = self.list.indexAt(self.list.viewport().mapFromGlobal(point))
        head = index.data(LINE) if index.isValid() else None
        return head if isinstance(head, Voice) else None

    def step(self, by: int) -> None:
        """Go some statements on, or back."""
        row = self.list.currentIndex().row() + by
        if self.model.is_head(row):
            row += by
        if 0 <= row < self.model.rowCount():
            self._go_to(row)

    def step_group(self, by: int) -> None:
        """Go to the first statement under the next head, or under one before."""
        heads = sorted(self.chosen.found.heads) if self.chosen.found is not None else []
        here = sum(head < self.list.currentIndex().row() for head in heads) - 1
        if heads and 0 <= here + by < len(heads):
            row = heads[here + by]
            self._go_to(row + 1)
            self.list.scrollTo(self.model.index(row, 0), PlacesList.ScrollHint.PositionAtTop)

    def confirm(self) -> None:
        """Say that the selected statements are right."""
        self._decide(lambda archive, numbers: archive.confirm_statements(numbers), "Confirmed")

    def reject(self) -> None:
        """Say that the selected statements are none."""
        self._decide(lambda archive, numbers: archive.reject_statements(numbers), "Rejected")

    def withdraw(self) -> None:
        """Take back what was decided on the selected statements."""
        self._decide(
            lambda archive, numbers: archive.withdraw_decisions(numbers),
            "Withdrew the decision on",
        )

    def save_state(self) -> dict[str, object]:
        """Return what is remembered between sessions."""
        return {"sort": self.sort, "unsure": self.unsure}

    def restore_state(self, state: Mapping[str, object]) -> None:
        """Take up what was remembered; what cannot be understood is left out."""
        self.unsure = state.get("unsure") is True
        self.set_sort(str(state.get("sort", self.sort)))

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
        self._join()
        self.delegate.ticked.connect(self._tick)
        self.list.verticalScrollBar().valueChanged.connect(self._fit_rows)
        self.under.unsure_asked.connect(lambda shown: self.show_unsure(shown=shown))
        self._later.timeout.connect(self._again)
        self._desk.jobs.read_on.connect(self._read_on)
        self._desk.events.changed.connect(lambda _change: self._again())

    @override
    def _dress(self) -> None:
        theme = self._desk.theme
        self._ground()
        self.list.set_row_height(self.delegate.height_of(None, self.list.viewport().width()))
        self.list.verticalScrollBar().setSingleStep(theme.px(34))
        self.under.dress()
        self._fit_rows()

    def _show_sort(self) -> None:
        self.head.sort.setText(SORTS[self.sort])
        for action in self.head.menu.actions():
            action.setChecked(action.data() == self.sort)

    # What happens

    @override
    def _load(self) -> None:
        archive = self._desk.archive
        wanted = Wanted(self._query, self.sort, self.unsure, self._among, self.facets)
        if archive is None or not self._query:
            return
        if wanted == self._loaded and not self._stale:
            self._desk.tasks.cancel("statements.ask")
            self.set_dimmed(dimmed=False)
            return
        self._stale = False
        self._desk.tasks.read(
            "statements.ask",
            lambda cancel: ask(archive, wanted, cancel),
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

    def _take(self, wanted: Wanted, answer: Answer) -> None:
        found = answer.found
        again = self._loaded == wanted
        number, row = self._standing() if again else (0, 0)
        offset = self.list.verticalScrollBar().value() if again else 0
        self._loaded, self.chosen.found, self.answer = wanted, found, answer
        self._desk.tasks.cancel("statements.page")
        self.set_dimmed(dimmed=False)
        self.delegate.names = wanted.sort != "speaker"
        self.delegate.years = Years(found.heads.values())
        self.model.show_rows(len(found), found.heads, answer.first)
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
        self.answered.emit(answer)

    def _show_empty(self, answer: Answer) -> None:
        found = answer.found
        if answer.texts:
            self.empty.say(
                "No statements", found.reason, found.proposal, offer=bool(found.proposal)
            )
            if found.unsure:
                unsure = formats.counted(found.unsure, "unsure statement")
                self.empty.offer(f"Show {unsure}", lambda: self.show_unsure(shown=True))
        else:
            self.empty.say_unfilled()
        self._pages.setCurrentWidget(self.empty)
        self._told = None
        self.current_changed.emit(None)

    @override
    def _rows(self, found: StatementList, start: int, stop: int) -> Sequence[Row]:
        return found.rows(start, stop)

    @override
    def _came(self) -> None:
        self._fit_rows()
        self._moved()

    def _fit_heads(self) -> None:
        """Make the rows of heads as high as they are; without a signal for each."""
        header, found = self.list.verticalHeader(), self.chosen.found
        if found is None:
            return
        header.setUpdatesEnabled(False)
        for row, head in found.heads.items():
            header.resizeSection(row, self.delegate.height_of(head, 0))
        header.setUpdatesEnabled(True)

    def _fit_rows(self, *_where: object) -> None:
        """Make the rows that are read as high as their words."""
        width = self.list.viewport().width()

        def height(row: int) -> int:
            one = self.model.known(row)
            return self.delegate.height_of(one, width) if one is not None else 0

        self.list.fit_rows(height)

    def _standing(self) -> tuple[int, int]:
        """Return the number and the row of the statement under the cursor."""
        one = self.current_line()
        row = self.list.currentIndex().row()
        return (one.filed.number if one is not None else 0), max(0, row)

    @override
    def _go_to(self, row: int, *, scroll: bool = True) -> None:
        super()._go_to(row + 1 if self.model.is_head(row) else row, scroll=scroll)

    @override
    def _moved(self, *_where: object) -> None:
        """Tell which statement is the current one, once; where it is not read yet, later."""
        one = self.current_line()
        told = (one, one.record) if one is not None else None
        if told != self._told:
            self._told = told
            self.current_changed.emit(one)

    def _tick(self, row: int) -> None:
        if (one := self.model.statement(row)) is not None and not one.gone:
            self._gathering.toggle([(one.record, one.start, one.end)])

    @override
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

    @override
    def _tell(self, *_what: object) -> None:
        """Say how many statements there are, under what, and how many are selected."""
        found, chosen = self.chosen.found, self.chosen.count()
        said = _counted(found) if found is not None and found.total else ""
        if chosen > 1:
            said += f", {formats.number(chosen)} selected"
        self.head.count.setText(said)
        self.head.sorted = found is not None and found.total > 0
        self._show_links()


def _counted(found: StatementList) -> str:
    """Return "64 statements by 3 speakers", "64 statements on 5 topics"."""
    number, _, noun = formats.counted(found.total, "statement").rpartition(" ")
    said = f'<span style="font-weight:600">{number}</span> {noun}'
    if topics := sum(isinstance(head, Topic) and bool(head.name) for head in found.heads.values()):
        return f"{said} on {formats.counted(topics, 'topic')}"
    return f"{said} by {formats.counted(found.speakers, 'speaker')}" if found.speakers else said
