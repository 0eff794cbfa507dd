"""The list of agents, and beside it who else documents name: to be filed, linked or left alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.archive.agents.results import Proposal
from archivist.desk import formats, paint
from archivist.desk.models import agents as model
from archivist.desk.models.agents import Known, Rows
from archivist.desk.views.agent_rows import AGENT_HEIGHT, PROPOSAL_HEIGHT, AgentDelegate
from archivist.desk.views.long_list import LongList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QShowEvent

    from archivist.archive import Archive
    from archivist.desk.context import Desk
    from archivist.model.agent import Agent
    from archivist.model.progress import Progress

LEAST: Final = (1, 2, 5, 10, 50)
"""How often who is proposed is named at least."""
_USUAL: Final = 2
_ALL_KINDS: Final[dict[str, str]] = {"": "All kinds", **model.MANY}
_MEASURE: Final = 520
_KEYS: Final = {
    Qt.Key.Key_A: "accept",
    Qt.Key.Key_L: "link",
    Qt.Key.Key_X: "leave",
    Qt.Key.Key_F2: "edit",
    Qt.Key.Key_Delete: "remove",
}


class AgentsList(LongList):
    """A list in which one key decides on the rows selected.

    Signals:
        key_pressed: "accept", "link", "leave", "edit" or "remove".
    """

    key_pressed = Signal(str)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        wanted = _KEYS.get(Qt.Key(event.key())) if not event.modifiers() else None
        if wanted is not None and self.currentIndex().isValid():
            self.key_pressed.emit(wanted)
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        """Take the keys that mean a row here, before the window's shortcuts do."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            wanted = event.key() in {Qt.Key.Key_F2, Qt.Key.Key_Delete}
            if wanted and not event.modifiers() and self.currentIndex().isValid():
                event.accept()
                return True
        return super().event(event)


class AgentListPage(QWidget):
    """Two lists under tabs: agents, and who is proposed.

    Signals:
        opened: the number of an agent whose page is wanted.
        name_opened: a name whose page is wanted, and a day.
        asked: "new", "edit", "remove", "accept", "link", "leave", "import" or "export".
        changed: other rows, or others selected.
    """

    opened = Signal(int)
    name_opened = Signal(str, str)
    asked = Signal(str)
    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._agents: Sequence[Known] = ()
        self._proposed: Sequence[tuple[str, Proposal]] | None = None
        self.kind, self.sort, self.least = "", "name", _USUAL
        self.tabs = paint.TextTabs(desk.theme)
        self.field = _Filter(self)
        self.kinds = _menu_button("Kind", desk)
        self.sorts = _menu_button("Sort order", desk)
        self.model = Rows(self)
        self.list = AgentsList("Agents", self)
        self._delegate = AgentDelegate(desk, self.list)
        self._title, self._reason = QLabel(), QLabel(wordWrap=True)
        self.propose = QPushButton("See who is proposed")
        self.new = QPushButton("New agent")
        self.load = QPushButton("Import \u2026")
        self.save = QPushButton("Export \u2026")
        self.accept = QPushButton("File as agent")
        self.link = QPushButton("Link to \u2026")
        self.leave = QPushButton("Leave alone")
        self._lists = QStackedWidget()
        self._build()
        self._connect()
        self._dress()

    # What the place asks

    def proposes(self) -> bool:
        """Whether the proposals are shown."""
        return self.tabs.currentIndex() == 1

    def show_tab(self, *, proposals: bool) -> None:
        """Turn to the proposals, or to the agents."""
        self.tabs.setCurrentIndex(int(proposals))

    def refresh(self) -> None:
        """Read again what is shown."""
        archive = self._desk.archive
        if archive is None:
            self.clear()
            return
        self._desk.tasks.read(
            "agents.list", lambda _token: _listed(archive), self._take, owner=self
        )

    def clear(self) -> None:
        """Show nothing: there is no archive."""
        for slot in ("agents.list", "agents.voices", "agents.proposed"):
            self._desk.tasks.cancel(slot)
        self._agents, self._proposed = (), None
        self._narrow()

    def current(self) -> Known | Proposal | None:
        """Return the row under the cursor."""
        return self.model.row(self.list.currentIndex().row())

    def chosen_agents(self) -> list[Agent]:
        """Return the agents selected."""
        rows = map(self.model.row, self.list.selected_rows())
        return [row.agent for row in rows if isinstance(row, Known)]

    def chosen_proposals(self) -> list[Proposal]:
        """Return the proposals selected."""
        rows = map(self.model.row, self.list.selected_rows())
        return [row for row in rows if isinstance(row, Proposal)]

    def focus_list(self) -> None:
        """Bring the keyboard to the list."""
        shown = self._lists.currentWidget() is self.list
        (self.list if shown else self.field).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Dress again: a style sheet takes palettes from what was moved into the window."""
        super().showEvent(event)
        self._dress()

    # How it is built

    def _build(self) -> None:
        px = self._desk.theme.px
        for title in ("Agents", "Proposed"):
            self.tabs.addTab(title)
        self.tabs.setAccessibleName("Agents and proposals")
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.show_one_column()
        strip = _row(px(8), 0, px(12), 0)
        strip.addWidget(self.tabs)
        strip.addStretch(1)
        head = _row(px(20), px(10), px(12), px(6))
        head.addWidget(self.field, 1)
        head.addWidget(self.kinds)
        head.addWidget(self.sorts)
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setContentsMargins(px(44), px(36), px(44), px(20))
        column.setSpacing(px(8))
        for part in (self._title, self._reason):
            column.addWidget(part)
        column.addWidget(self.propose, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        for page in (self.list, empty):
            self._lists.addWidget(page)
        foot = _row(px(20), px(10), px(16), px(10))
        for button in (self.accept, self.link, self.leave, self.new):
            foot.addWidget(button)
        foot.addStretch(1)
        for button in (self.load, self.save):
            foot.addWidget(button)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addLayout(strip)
        body.addWidget(paint.Hairline(self._desk.theme))
        body.addLayout(head)
        body.addWidget(self._lists, 1)
        body.addWidget(paint.Hairline(self._desk.theme))
        body.addLayout(foot)
        self._fill_menus()

    def _fill_menus(self) -> None:
        """Offer kinds and orders, or how often who is proposed is named."""
        kinds, sorts = self.kinds.menu(), self.sorts.menu()
        kinds.clear()
        sorts.clear()
        if self.proposes():
            for least in LEAST:
                self._offer(sorts, _named(least), partial(self._set_least, least))
            self.sorts.setText(_named(self.least))
        else:
            for kind, title in _ALL_KINDS.items():
                self._offer(kinds, title, partial(self._set_kind, kind))
            for sort, title in model.SORTS.items():
                self._offer(sorts, title, partial(self._set_sort, sort))
            self.kinds.setText(_ALL_KINDS[self.kind])
            self.sorts.setText(model.SORTS[self.sort])
        self.kinds.setVisible(not self.proposes())

    def _offer(self, menu: QMenu, title: str, work: Callable[[], None]) -> None:
        menu.addAction(title).triggered.connect(work)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turn)
        self.field.textChanged.connect(lambda _text: self._narrow())
        self.list.opened.connect(lambda _row: self.open_current())
        self.list.menu_asked.connect(self._pop)
        self.list.key_pressed.connect(self._pressed)
        self.list.selectionModel().selectionChanged.connect(self._tell)
        self.propose.clicked.connect(lambda: self.show_tab(proposals=True))
        for name in ("new", "accept", "link", "leave"):
            getattr(self, name).clicked.connect(lambda _on, name=name: self.asked.emit(name))
        self.load.clicked.connect(lambda: self.asked.emit("import"))
        self.save.clicked.connect(lambda: self.asked.emit("export"))
        self._desk.theme.changed.connect(self._dress)

    def _dress(self) -> None:
        theme = self._desk.theme
        self.setAutoFillBackground(True)
        palette = self.palette()
        for role in (palette.ColorRole.Window, palette.ColorRole.Base):
            palette.setColor(role, theme.tokens.base)
        self.setPalette(palette)
        self.list.set_ground(palette)
        height = PROPOSAL_HEIGHT if self.proposes() else AGENT_HEIGHT
        self.list.set_row_height(theme.px(height))
        self._title.setFont(theme.font("l", 600))
        self._reason.setMaximumWidth(theme.px(_MEASURE))
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.text2)
        self._reason.setPalette(palette)
        side = QSize(theme.px(14), theme.px(14))
        icons = {
            self.new: "user-plus",
            self.load: "download-simple",
            self.save: "export",
            self.accept: "user-plus",
            self.link: "link",
            self.leave: "minus-circle",
        }
        for button, icon in icons.items():
            button.setIcon(self._desk.icons.icon(icon))
            button.setIconSize(side)
        for tool in (self.kinds, self.sorts):
            tool.setIconSize(QSize(theme.px(12), theme.px(12)))

    # What happens

    def open_current(self) -> None:
        """Show the page of the row under the cursor."""
        match self.current():
            case Known(agent):
                self.opened.emit(agent.number)
            case Proposal(name=name, last=last):
                self.name_opened.emit(name, last)
            case _:
                return

    def _turn(self, _tab: int) -> None:
        self._fill_menus()
        self._dress()
        self._narrow()
        if self.proposes() and self._proposed is None:
            self._read_proposed()
        self.changed.emit()

    def _take(self, agents: Sequence[Known]) -> None:
        before = {one.agent.number: (one.said, one.first, one.last) for one in self._agents}
        self._agents = model.counted(agents, before) if before else agents
        self._narrow()
        self._count_voices()
        if self.proposes():
            self._read_proposed()
        else:
            self._proposed = None

    def _count_voices(self) -> None:
        archive = self._desk.archive
        if archive is None or not self._agents:
            return

        def take(voices: dict[int, tuple[int, str, str]]) -> None:
            self._agents = model.counted(self._agents, voices)
            if not self.proposes():
                self._narrow()

        self._desk.tasks.read(
            "agents.voices",
            archive.agents.voices,
            take,
            lambda _error: None,
            self,
        )

    def _read_proposed(self) -> None:
        archive, least = self._desk.archive, self.least
        if archive is None:
            return

        def take(found: Sequence[tuple[str, Proposal]]) -> None:
            self._proposed = found
            self._narrow()

        self._narrow()
        report = self._desk.tasks.reporter(self._say_progress, self)
        self._desk.tasks.read(
            "agents.proposed",
            lambda token: model.with_words(archive.agents.pending(least, token, report)),
            take,
            owner=self,
        )

    def _say_progress(self, progress: Progress) -> None:
        """Say how far reading has come, as long as there is nothing else to see."""
        if self._proposed is not None or not self.proposes():
            return
        done = formats.number(progress.done)
        of = f" of {formats.number(progress.total)}" if progress.total else ""
        self._title.setText(f"{progress.phase}: {done}{of}")

    def _set_kind(self, kind: str) -> None:
        self.kind = kind
        self._fill_menus()
        self._narrow()

    def _set_sort(self, sort: str) -> None:
        self.sort = sort
        self._fill_menus()
        self._narrow()

    def _set_least(self, least: int) -> None:
        self.least = least
        self._fill_menus()
        self._read_proposed()

    def _narrow(self) -> None:
        """Show the rows that fit what was typed; the keyboard stays at its row."""
        before, place = self.current(), self.list.currentIndex().row()
        typed, rows = self.field.text(), list[Known | Proposal]()
        if self.proposes():
            rows += model.narrowed_proposals(self._proposed or (), typed)
        else:
            rows += model.narrowed(self._agents, typed, self.kind, self.sort)
        self.model.show_rows(rows)
        waited = self.field.hasFocus() and not typed and self._lists.currentIndex() == 1
        self._lists.setCurrentIndex(0 if rows else 1)
        if rows and waited:
            self.focus_list()
        if rows:
            keys = [_key(row) for row in rows]
            same = keys.index(_key(before)) if before and _key(before) in keys else place
            self.list.go_to(max(0, min(same, len(rows) - 1)))
        self._say_empty(typed)
        self._tell()

    def _say_empty(self, typed: str) -> None:
        narrowed = bool(typed.strip()) or bool(self.kind and not self.proposes())
        if self.proposes():
            reading = self._proposed is None
            title = "Reading names \u2026" if reading else "Nobody is proposed"
            reason = (
                "Everybody whom records name and who speaks in their texts is looked at."
                if reading
                else "Everybody named so often is an agent, or was left alone."
            )
        else:
            title = "No agents yet"
            reason = (
                "Agents are the persons and bodies that documents name: their names in all "
                "spellings, their offices, what they said. File them as documents propose them, "
                "import a list, or write one yourself."
            )
        if narrowed and (self._agents or self.proposes()) and self._proposed != []:
            title, reason = "Nobody fits what was typed", ""
        self._title.setText(title)
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.propose.setVisible(not self.proposes() and not narrowed)

    def _tell(self, *_what: object) -> None:
        """Name the tabs by their counts, and enable what can be done."""
        count = formats.number(len(self._agents)) if self._agents else ""
        self.tabs.setTabText(0, f"Agents {count}".strip())
        pending = formats.number(len(self._proposed)) if self._proposed else ""
        self.tabs.setTabText(1, f"Proposed {pending}".strip())
        chosen = self.chosen_proposals()
        linked = bool(chosen) and all(one.linked for one in chosen)
        self.accept.setText("Add names" if linked else "File as agent")
        for button in (self.accept, self.leave):
            button.setVisible(self.proposes())
            button.setEnabled(bool(chosen))
        self.link.setVisible(self.proposes())
        self.link.setEnabled(len(chosen) == 1 and bool(self._agents))
        for button in (self.new, self.load, self.save):
            button.setVisible(not self.proposes())
        self.save.setEnabled(bool(self._agents))
        wanted = "Filter by name" if self.proposes() else "Filter by any name, office, country"
        self.field.setPlaceholderText(wanted)
        self.changed.emit()

    def _pressed(self, wanted: str) -> None:
        of_proposals = wanted in {"accept", "link", "leave"}
        if of_proposals == self.proposes() and (wanted != "link" or self.link.isEnabled()):
            self.asked.emit(wanted)

    def _pop(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Open the page", self.open_current)
        menu.addSeparator()
        if self.proposes():
            menu.addAction(self.accept.text(), lambda: self.asked.emit("accept"))
            link = menu.addAction("Link to \u2026", lambda: self.asked.emit("link"))
            link.setEnabled(self.link.isEnabled())
            menu.addAction("Leave alone", lambda: self.asked.emit("leave"))
        else:
            menu.addAction("Edit \u2026", lambda: self.asked.emit("edit"))
            menu.addAction("Remove", lambda: self.asked.emit("remove"))
        menu.popup(at)


class _Filter(QLineEdit):
    """Narrows the list; Down and Enter go to it."""

    def __init__(self, page: AgentListPage) -> None:
        super().__init__()
        self._page = page
        self.setClearButtonEnabled(True)
        self.setAccessibleName("Filter the list")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self._page.focus_list()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._page.open_current()
            case Qt.Key.Key_Escape if self.text():
                self.clear()
            case _:
                super().keyPressEvent(event)


def _listed(archive: Archive) -> list[Known]:
    labels = archive.vocabulary
    return [Known(one, words=model.words_for(one, labels)) for one in archive.agents.listed()]


def _key(row: Known | Proposal) -> object:
    return row.agent.number if isinstance(row, Known) else row.name


def _named(least: int) -> str:
    return "Named at all" if least == 1 else f"Named {formats.number(least)} times or more"


def _row(left: int, top: int, right: int, bottom: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(left, top, right, bottom)
    row.setSpacing(8)
    return row


def _menu_button(name: str, desk: Desk) -> QToolButton:
    button = QToolButton()
    button.setAccessibleName(name)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    button.setIcon(desk.icons.icon("caret-down"))
    button.setMenu(QMenu(button))
    return button
