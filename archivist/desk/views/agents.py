"""The agents' place: their list, the page of one, and the form in which one is edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from archivist.desk.views.agent_form import AgentForm
from archivist.desk.views.agent_list import AgentListPage
from archivist.desk.views.agent_page import AgentPageView, Shown, Wanted, read
from archivist.model.change import Change

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from archivist.archive.agents.pages import AgentPage
    from archivist.archive.statements.listing import Spoken
    from archivist.desk.context import Desk
    from archivist.desk.gathering import Gathering
    from archivist.model.agent import Agent
    from archivist.model.errors import ArchivistError

KINDS = frozenset({"agent", "left", "undo", "redo"})
"""Kinds of changes after which agents may be others."""


class AgentsView(QWidget):
    """List, page and form, of which one is shown.

    Signals:
        current_changed: the Spoken under the cursor of a page, or None.
        opened: a Spoken whose record is to be read.
        link_asked: "topic" or "records", and which.
        asked: what is to be done: "new", "edit", "file", "merge", "split", "remove", "accept",
            "link", "leave", "import", "export" or "search".
        saved: the Agent of the form.
        changed: other things are shown, or selected.
    """

    current_changed = Signal(object)
    opened = Signal(object)
    link_asked = Signal(str, str)
    asked = Signal(str)
    saved = Signal(object)
    changed = Signal()

    def __init__(self, desk: Desk, gathering: Gathering, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._trail: list[Wanted] = []
        self._stale = False
        self.list = AgentListPage(desk)
        self.page = AgentPageView(desk, gathering)
        self.form = AgentForm(desk)
        self._pages = QStackedWidget()
        for page in (self.list, self.page, self.form):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self._connect()

    # What the window asks

    def shows(self) -> str:
        """Return what is shown: "list", "page" or "form"."""
        return {self.list: "list", self.page: "page", self.form: "form"}[
            self._pages.currentWidget()  # type: ignore[index]
        ]

    def reads(self) -> bool:
        """Whether the reader is to stand beside what is shown."""
        return self._pages.currentWidget() is self.page and self.page.tab() == "said"

    def show_list(self, *, proposals: bool | None = None) -> None:
        """Show the list of agents, or of who is proposed; as it was where that is not said.

        A form in which something was typed stays until it is saved or left.
        """
        if self._pages.currentWidget() is self.form and self.form.dirty():
            return
        self._trail.clear()
        if proposals is not None:
            self.list.show_tab(proposals=proposals)
        self._turn(self.list)
        self.list.refresh()
        self._tell_current(None)

    def show_agent(self, number: int, name: str = "", date: str = "") -> None:
        """Show the page of an agent, or of a name on a day; the way back leads here."""
        if self._pages.currentWidget() is self.form and not self.form.dirty():
            self._turn(self.list)
        wanted = Wanted(number) if number else Wanted(0, name, date)
        if not self._trail or self._trail[-1] != wanted:
            self._trail.append(wanted)
        self._read()

    def go_back(self) -> None:
        """Show what was shown before."""
        if self._pages.currentWidget() is self.form:
            self.close_form()
            return
        self._trail = self._trail[:-1]
        if self._trail:
            self._read()
        else:
            self.show_list()

    def edit(self, agent: Agent) -> None:
        """Let an agent be edited, or a new one be written."""
        self._turn(self.form)
        self.form.edit(agent)
        self._tell_current(None)

    def close_form(self) -> None:
        """Show again what stood there before the form."""
        self._turn(self.page if self._trail else self.list)
        if self._trail:
            self._read()
        self.focus()

    def follow(self, agent: Agent) -> None:
        """Show an agent's page in place of the name's that it was filed from."""
        wanted = Wanted(agent.number)
        self._trail = [*self._trail[:-1], wanted] if self._trail else [wanted]
        self._read()

    def shown_page(self) -> AgentPage | None:
        """Return the page that is shown, or None."""
        return self.page.page if self._pages.currentWidget() is self.page else None

    def focus(self) -> None:
        """Bring the keyboard to what is shown."""
        if self._pages.currentWidget() is self.page:
            self.page.focus()
        elif self._pages.currentWidget() is self.list:
            self.list.focus_list()

    def clear(self) -> None:
        """Show nothing: there is no archive."""
        self._desk.tasks.cancel("agents.page")
        self._trail.clear()
        self.page.clear()
        self.list.clear()
        self._turn(self.list)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backspace and Escape lead back from a page, F2 edits its agent."""
        keys = {Qt.Key.Key_Backspace, Qt.Key.Key_Escape}
        on_page = self._pages.currentWidget() is self.page
        if on_page and event.key() in keys:
            self.go_back()
        elif on_page and event.key() == Qt.Key.Key_F2:
            self.asked.emit("edit")
        else:
            super().keyPressEvent(event)

    # How it is built

    def _connect(self) -> None:
        self.list.opened.connect(self.show_agent)
        self.list.name_opened.connect(lambda name, date: self.show_agent(0, name, date))
        self.list.asked.connect(self.asked)
        self.list.changed.connect(self.changed)
        self.page.back_asked.connect(self.go_back)
        self.page.agent_asked.connect(self.show_agent)
        self.page.link_asked.connect(self.link_asked)
        self.page.asked.connect(self.asked)
        self.page.tabs.currentChanged.connect(self._tab_turned)
        self.page.said.current_changed.connect(self.current_changed)
        self.page.said.opened.connect(self.opened)
        self.form.saved.connect(self.saved)
        self.form.closed.connect(self.close_form)
        self._desk.events.changed.connect(self._changed)
        self._desk.events.archive_closed.connect(self.clear)

    # What happens

    def _turn(self, page: QWidget) -> None:
        if page is not self._pages.currentWidget():
            self._pages.setCurrentWidget(page)
        self.changed.emit()

    def _tab_turned(self, _place: int) -> None:
        said = self.page.tab() == "said" and self._pages.currentWidget() is self.page
        self._tell_current(self.page.said.current() if said else None)
        self.changed.emit()

    def _tell_current(self, one: Spoken | None) -> None:
        if self.isVisible():
            self.current_changed.emit(one)

    def _read(self) -> None:
        archive = self._desk.archive
        if archive is None or not self._trail:
            return
        wanted = self._trail[-1]
        self._desk.tasks.read(
            "agents.page",
            lambda token: read(archive, wanted, token),
            lambda shown: self._take(wanted, shown),
            self._failed,
            self,
        )

    def _take(self, wanted: Wanted, shown: Shown) -> None:
        if not self._trail or self._trail[-1] != wanted:
            return
        fresh = self._pages.currentWidget() is not self.page
        before = self._trail[-2] if len(self._trail) > 1 else None
        self.page.name_back("Back" if before else "Agents")
        self.page.show_page(shown)
        if self._pages.currentWidget() is not self.form:
            self._turn(self.page)
        if fresh:
            self.page.focus()
        self._tab_turned(0)

    def _failed(self, error: ArchivistError) -> None:
        """An agent that is no more leads back to the list."""
        self._desk.events.error.emit(error)
        self.show_list()

    def _changed(self, change: object) -> None:
        """Read again what another place of the desk, or an undo, changed."""
        if not isinstance(change, Change) or not self.isVisible():
            return
        if self._pages.currentWidget() is self.page:
            self._read()
        elif self._pages.currentWidget() is self.list and change.kind in KINDS:
            self.list.refresh()
