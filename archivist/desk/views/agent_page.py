"""The page of an agent, or of a name that is none yet: who this is, what was said, who was met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import describe, formats, paint
from archivist.desk.models.agents import latest_office, span_of
from archivist.desk.models.lines import BLOCK
from archivist.desk.views.agent_met import MetPane
from archivist.desk.views.agent_said import SaidPane
from archivist.desk.views.agent_who import AGENT, MET, NAME, WhoPage, kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from archivist.archive import Archive
    from archivist.archive.agents.pages import AgentPage
    from archivist.desk.context import Desk
    from archivist.desk.gathering import Gathering
    from archivist.desk.models.statements import Row
    from archivist.model.progress import CancelToken

TABS: Final = ("who", "said", "met")
_BARS: Final = 24
_TALL: Final = 30


class Wanted(NamedTuple):
    """Whose page is wanted: of an agent by number, else of a name on a day."""

    number: int = 0
    name: str = ""
    date: str = ""


class Shown(NamedTuple):
    """A page, and the statements at its top."""

    page: AgentPage
    first: Sequence[Row]


def read(archive: Archive, wanted: Wanted, cancel: CancelToken) -> Shown:
    """Read a page.

    Raises:
        InputError: there is no such agent any more.
        StoppedError: it was stopped.
    """
    if wanted.number:
        page = archive.agents.page(wanted.number, cancel)
    else:
        page = archive.agents.page_of(wanted.name, wanted.date, cancel)
    return Shown(page, page.said.rows(0, BLOCK))


class AgentPageView(QWidget):
    """One page.

    Signals:
        back_asked: what was shown before is to be shown again.
        link_asked: what a link leads to, and which one, as `WhoPage` says.
        agent_asked: number of an agent (0: none that is known), name, and a day.
        asked: "edit", "merge", "split", "remove", "file", "link" or "search".
    """

    back_asked = Signal()
    link_asked = Signal(str, str)
    agent_asked = Signal(int, str, str)
    asked = Signal(str)

    def __init__(self, desk: Desk, gathering: Gathering, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.page: AgentPage | None = None
        self.back = QPushButton("Agents")
        self.edit = QPushButton("Edit \u2026")
        self.file = QPushButton("File as agent")
        self.more = QToolButton()
        self.name = QLabel(wordWrap=True)
        self.about = paint.ElidingLabel()
        self.count = QLabel()
        self.years = YearBars(desk)
        self.tabs = paint.TextTabs(desk.theme)
        self.who = WhoPage(desk)
        self.said = SaidPane(desk, gathering)
        self.met = MetPane(desk)
        self._panes = QStackedWidget()
        self._build()
        self._connect()
        self._dress()

    def show_page(self, shown: Shown) -> None:
        """Show a page; the tab stays where it is the same one's."""
        before, page = self.page, shown.page
        self.page = page
        self.name.setText(page.agent.name)
        self._tell()
        self.who.show_page(page)
        self.said.show_said(page.said, shown.first)
        self.met.show_met(page.met)
        same = before is not None and before.agent.number == page.agent.number
        if not same or before is None or (not page.agent.number and before.agent != page.agent):
            self.show_tab("who")

    def clear(self) -> None:
        """Show nothing."""
        self.page = None
        self.who.show_page(None)
        self.said.clear()
        self.met.show_met(())

    def tab(self) -> str:
        """Return which tab is shown: "who", "said" or "met"."""
        return TABS[self.tabs.currentIndex()]

    def show_tab(self, name: str) -> None:
        """Turn to a tab."""
        self.tabs.setCurrentIndex(TABS.index(name))

    def focus(self) -> None:
        """Bring the keyboard to what is shown."""
        {"who": self.who, "said": self.said.list, "met": self.met.list}[self.tab()].setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def name_back(self, words: str) -> None:
        """Say where the way back leads."""
        self.back.setText(words)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Dress again: a style sheet takes palettes from what was moved into the window."""
        super().showEvent(event)
        self._dress()

    # How it is built

    def _build(self) -> None:
        px = self._desk.theme.px
        self.back.setProperty("role", "link")
        self.back.setToolTip("Backspace")
        self.file.setProperty("role", "accent")
        self.more.setAccessibleName("More to do with this agent")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(QMenu(self.more))
        strip = QHBoxLayout()
        strip.setContentsMargins(px(14), px(6), px(12), 0)
        strip.setSpacing(px(8))
        strip.addWidget(self.back)
        strip.addStretch(1)
        for button in (self.file, self.edit, self.more):
            strip.addWidget(button)
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        title = QHBoxLayout()
        title.setContentsMargins(px(20), px(4), px(20), 0)
        title.addWidget(self.name)
        under = QHBoxLayout()
        under.setContentsMargins(px(20), px(2), px(20), px(4))
        under.setSpacing(px(12))
        under.addWidget(self.about, 1)
        under.addWidget(self.count)
        under.addWidget(self.years)
        for _ in TABS:
            self.tabs.addTab("")
        self.tabs.setAccessibleName("What is known of this agent")
        tabs = QHBoxLayout()
        tabs.setContentsMargins(px(8), 0, px(8), 0)
        tabs.addWidget(self.tabs)
        tabs.addStretch(1)
        for pane in (self.who, self.said, self.met):
            self._panes.addWidget(pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (strip, title, under, tabs):
            column.addLayout(part)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addWidget(self._panes, 1)
        self._fill_menu()

    def _fill_menu(self) -> None:
        menu = self.more.menu()
        menu.clear()
        filed = self.page is not None and bool(self.page.agent.number)
        if filed:
            menu.addAction("Merge into \u2026", lambda: self.asked.emit("merge"))
            split = menu.addAction("Split off a name \u2026", lambda: self.asked.emit("split"))
            split.setEnabled(self._has_forms())
        else:
            menu.addAction("Link to an agent \u2026", lambda: self.asked.emit("link"))
        search = menu.addAction("Search in what was said", lambda: self.asked.emit("search"))
        search.setEnabled(self.page is not None and self.page.said.total > 0)
        if filed:
            menu.addSeparator()
            menu.addAction("Remove", lambda: self.asked.emit("remove"))

    def _has_forms(self) -> bool:
        agent = self.page.agent if self.page is not None else None
        return agent is not None and bool(agent.variants or agent.scripts)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.edit.clicked.connect(lambda: self.asked.emit("edit"))
        self.file.clicked.connect(lambda: self.asked.emit("file"))
        self.tabs.currentChanged.connect(self._turn)
        self.who.asked.connect(self._go)
        self.met.agent_asked.connect(self.agent_asked)
        self._desk.theme.changed.connect(self._dress)

    def _dress(self) -> None:
        theme = self._desk.theme
        self.setAutoFillBackground(True)
        palette = self.palette()
        for role in (palette.ColorRole.Window, palette.ColorRole.Base):
            palette.setColor(role, theme.tokens.base)
        self.setPalette(palette)
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.text2)
        for label in (self.about, self.count):
            label.setFont(theme.font("s"))
            label.setPalette(palette)
        self.name.setFont(theme.font("xl", 600, serif=True))
        self.back.setIcon(self._desk.icons.icon("arrow-left", "accent"))
        self.more.setIcon(self._desk.icons.icon("dots-three"))
        self.edit.setIcon(self._desk.icons.icon("pencil-simple"))
        self.file.setIcon(self._desk.icons.icon("user-plus", "on_accent"))
        side = QSize(theme.px(14), theme.px(14))
        for button in (self.back, self.edit, self.file):
            button.setIconSize(side)
        self.more.setIconSize(QSize(theme.px(18), theme.px(18)))
        for pane in (self.who, self.said, self.met):
            pane.dress()

    # What happens

    def _tell(self) -> None:
        """Say in two lines who this is and how much was said, and count under the tabs."""
        page = self.page
        if page is None:
            return
        labels, agent = describe.labels_of(self._desk), page.agent
        role = latest_office(agent) or (page.roles[0].role if page.roles else "")
        country = labels.label("country", agent.country) if agent.country else ""
        where = ", ".join(filter(None, (role, country)))
        self.about.setText(describe.SEPARATOR.join(filter(None, (kind_of(agent), where))))
        count = formats.counted(page.said.total, "statement") if page.said.total else ""
        span = span_of(page.first, page.last)
        self.count.setText(describe.SEPARATOR.join(filter(None, (count, span))))
        self.years.show_years(page.years)
        said, met = (formats.number(one) if one else "" for one in (page.said.total, len(page.met)))
        for place, text in enumerate(("Who this is", f"Said {said}", f"Met {met}")):
            self.tabs.setTabText(place, text.strip())
        self.edit.setVisible(bool(agent.number))
        self.file.setVisible(not agent.number)
        self._fill_menu()

    def _turn(self, place: int) -> None:
        self._panes.setCurrentIndex(place)

    def _go(self, kind: str, what: str) -> None:
        if kind == MET:
            self.show_tab("met")
            self.focus()
        elif kind == AGENT:
            self.agent_asked.emit(int(what), "", "")
        elif kind == NAME:
            self.agent_asked.emit(0, what, "")
        else:
            self.link_asked.emit(kind, what)


class YearBars(QWidget):
    """A row of tiny bars: how much was said in each stretch of years."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shares: list[float] = []
        self._wide = 1

    def show_years(self, years: Sequence[tuple[int, int]]) -> None:
        """Show these years with their counts; one year alone tells nothing."""
        self._shares = _shares(years)
        px = self._desk.theme.px
        self._wide = px(6)
        self.setVisible(len(self._shares) > 1)
        self.setFixedSize(len(self._shares) * (self._wide + px(2)), px(_TALL))
        told = ", ".join(f"{year}: {formats.number(count)}" for year, count in years)
        self.setToolTip(told if len(told) < _TALL * _BARS else "")
        self.setAccessibleName(f"Statements by year: {told}")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._desk.theme
        painter = QPainter(self)
        low, gap = self.height() - theme.px(5), theme.px(2)
        for at, share in enumerate(self._shares):
            high = max(theme.px(3), share * (low - gap)) if share else 1
            left = at * (self._wide + gap)
            colour = theme.tokens.accent if share else theme.tokens.bar
            painter.fillRect(QRectF(left, low - high, self._wide, high), colour)


def _shares(years: Sequence[tuple[int, int]]) -> list[float]:
    """Return the height of each bar, from 0 to 1, of at most so many bars."""
    if not years:
        return []
    first, last = years[0][0], years[-1][0]
    step = -(-(last - first + 1) // _BARS)
    counts = [0] * (-(-(last - first + 1) // step))
    for year, count in years:
        counts[(year - first) // step] += count
    top = max(counts)
    return [count / top for count in counts]
