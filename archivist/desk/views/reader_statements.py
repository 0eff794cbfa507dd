"""Beneath the text: what the record is found to say, and what people decide on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QMenu,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.archive.statements.account import Account, Told
from archivist.desk import formats, paint
from archivist.desk.models.statements import KINDS, named
from archivist.desk.views.reader_account import FOLDED, FactRow, SaidRow, group_of, rows_of
from archivist.desk.views.reader_deciding import Deciding
from archivist.desk.views.reader_speakers import Said
from archivist.desk.views.reader_statements_form import StatementForm
from archivist.desk.views.reader_statements_rows import AccountList

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable

    from archivist.desk.context import Desk
    from archivist.desk.views.reader_setting import Mark
    from archivist.desk.views.rows import Row
    from archivist.model.errors import ArchivistError
    from archivist.model.record import Record

_SLOW_MS: Final = 250
_READING: Final = "The text is being read for statements \u2026"
_MENU: Final = (
    ("confirm", "Confirm\tY"),
    ("reject", "Reject\tR"),
    ("correct", "Correct \u2026\tE"),
    ("withdraw", "Withdraw the decision\tW"),
    ("", ""),
    ("agent", "About the speaker\tA"),
    ("gather", "Add to dossier, or take out\tD"),
    ("copy", "Copy with citation"),
)


class StatementsPanel(QWidget):
    """The lower part of the Statements tab.

    Signals:
        place_asked: (start, end, spans): a place of the text is to be brought into sight.
        text_asked: the keyboard is to go to the text.
        agent_asked: (name, date): who is this speaker?
        gather_asked: (record, start, end) is to go to the dossier, or to come back.
        told: marks for the text: a list of Said.
        current_changed: another statement is in hand, or none.
    """

    place_asked = Signal(int, int, object)
    text_asked = Signal()
    agent_asked = Signal(str, str)
    gather_asked = Signal(object)
    told = Signal(object)
    current_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._record: Record | None = None
        self.account: Account | None = None
        self._folded: set[str] = set(FOLDED)
        self._opened: set[Hashable] = set()
        self._gathered: Collection[tuple[int, int, int]] = ()
        self._wanted: Mark = (0, 0)
        self._expected: Mark = (0, 0)
        self._corrects = False
        self._quiet = False
        self.list = AccountList(desk)
        self.form = StatementForm(desk)
        self.deciding = Deciding(desk, self.form, self)
        self._scroll = QScrollArea()
        self._pages = QStackedWidget()
        self._settle = QTimer(self, interval=0, singleShot=True)
        self._slow = QTimer(self, interval=_SLOW_MS, singleShot=True)
        self._build()
        self._connect()
        self.dress()

    # What the reader asks

    def show_record(self, record: Record, wanted: Mark = (0, 0)) -> None:
        """Read and show what a record says; `wanted`: the statement to be in hand."""
        archive = self._desk.archive
        if archive is None:
            return
        if self._record is None or self._record.id != record.id:
            self.clear()
        self._record, self._wanted = record, wanted
        self.deciding.record = record
        self._slow.start()
        self._desk.tasks.read(
            "reader.account",
            lambda _token: archive.account(record),
            self._take,
            self._failed,
            self,
        )

    def clear(self) -> None:
        """Show nothing."""
        self._desk.tasks.cancel("reader.account")
        self._slow.stop()
        self._record, self.account = None, None
        self._wanted = self._expected = (0, 0)
        self._corrects = False
        self._opened.clear()
        if self.is_asking():
            self._desk.events.message.emit("The statement in the pane was not saved.")
        self.deciding.leave()
        self.deciding.record = self.deciding.told = None
        self.list.show_account([])
        self.current_changed.emit()

    def show_gathered(self, stretches: Collection[tuple[int, int, int]]) -> None:
        """Mark what is in the dossier."""
        self._gathered = stretches
        self._renew()

    def current(self) -> Told | None:
        """Return the statement in hand, or None."""
        row = self.list.current()
        return row.it if isinstance(row, SaidRow) else None

    def go_to(self, start: int, end: int, *, unfold: bool = True) -> bool:
        """Take the statement at a place in hand, with `unfold` a hidden one, too; tell if so."""
        if self.account is None:
            self._wanted = (start, end)
            return False
        for told in self.account.said:
            if (told.said.start, told.said.end) == (start, end):
                if unfold:
                    self._folded.discard(group_of(told))
                    self._renew()
                return self.list.go_to(SaidRow(told=told).key)
        return False

    def correct_at(self, start: int, end: int) -> None:
        """Open the pane for the statement at a place, as soon as it is read."""
        self._expected = (start, end)
        self._corrects = True
        if self.account is not None and self.go_to(start, end):
            self._correct_expected()

    def _correct_expected(self) -> None:
        """Open the pane where somebody asked for it before the statement was read."""
        self._expected = (0, 0)
        if self._corrects:
            self._corrects = False
            self.deciding.correct_speaker()

    def marks(self) -> list[Said]:
        """Return where somebody surely says something, for the margin of the text."""
        said = self.account.said if self.account is not None else ()
        return [Said(one.said.start, one.said.end, _told(one)) for one in said if one.filed.sure]

    def is_asking(self) -> bool:
        """Whether the pane is open in which a statement is filed or corrected."""
        return self.deciding.asking

    def focus(self) -> None:
        """Bring the keyboard to the list, or into the pane."""
        if self.is_asking():
            self.form.focus("speaker")
        else:
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Dress again: a style sheet takes palettes from what was moved into the window."""
        super().showEvent(event)
        self.dress()

    # How it is built

    def _build(self) -> None:
        self._scroll.setWidget(self.list)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages.addWidget(self._scroll)
        self._pages.addWidget(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addWidget(self._pages, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.list.moved.connect(self._moved)
        self.list.asked.connect(self._do)
        self.list.folded.connect(self._fold)
        self.list.explained.connect(self._explain)
        self.list.menu_asked.connect(self._pop_menu)
        self.deciding.began.connect(self._show_form)
        self.deciding.ended.connect(self._close_form)
        self.deciding.filed.connect(self._expect)
        self._settle.timeout.connect(self._keep_in_sight)
        self._slow.timeout.connect(self._say_reading)
        self._desk.theme.changed.connect(self.dress)

    def dress(self) -> None:
        """Take colours from the theme."""
        self.setAutoFillBackground(True)
        palette = self.palette()
        for role in (palette.ColorRole.Window, palette.ColorRole.Base):
            palette.setColor(role, self._desk.theme.tokens.base)
        self.setPalette(palette)
        for part in (self._scroll, self._scroll.viewport(), self.list, self._pages, self.form):
            part.setPalette(palette)
        self.form.setAutoFillBackground(True)
        self.form.dress()

    # What happens

    def _take(self, account: Account) -> None:
        self._slow.stop()
        told, fresh = self.current(), self.account is None
        wanted, self._wanted = self._wanted, (0, 0)
        self.account = account
        self._renew()
        if self._expected[1] and self.go_to(*self._expected):
            self._correct_expected()
        elif wanted[1] and (fresh or told is None):
            self.go_to(*wanted, unfold=fresh)
        elif told is not None and self.isVisible() and not self.is_asking():
            self._show_place()
        self.told.emit(self.marks())
        self.current_changed.emit()

    def _failed(self, error: ArchivistError) -> None:
        self._slow.stop()
        self.clear()
        self._desk.events.error.emit(error)

    def _say_reading(self) -> None:
        """Say that it takes a while: a long text that was not read yet."""
        if self._record is not None and self.account is None:
            self.list.show_account(rows_of(Account(self._record, reason=_READING), (), (), ()))

    def _show_form(self, start: int, end: int, spans: tuple[Mark, ...]) -> None:
        self._pages.setCurrentWidget(self.form)
        self.place_asked.emit(start, end, spans)

    def _close_form(self) -> None:
        self._pages.setCurrentWidget(self._scroll)
        if self.form.isAncestorOf(QApplication.focusWidget() or self):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_place()

    def _expect(self, start: int, end: int) -> None:
        """Take a statement in hand once it is there."""
        self._expected = (start, end)

    def _renew(self) -> None:
        if self.account is None:
            return
        self._quiet = True
        rows = rows_of(self.account, self._folded, self._opened, self._gathered)
        self.list.show_account(rows)
        self._quiet = False
        self.deciding.told = self.current()

    def _moved(self) -> None:
        """Let the text follow the row in hand, and keep that in sight."""
        self._settle.start()
        self.deciding.told = self.current()
        self.current_changed.emit()
        if not self._quiet:
            self._show_place()

    def _keep_in_sight(self) -> None:
        """Scroll to the row in hand, once the list is as tall as its rows."""
        rect = self.list.visualRect(self.list.currentIndex())
        self._scroll.ensureVisible(0, rect.bottom(), 0, 0)
        self._scroll.ensureVisible(0, rect.top(), 0, 0)

    def _show_place(self) -> None:
        row = self.list.current()
        if isinstance(row, SaidRow) and not row.it.filed.stale:
            said = row.it.said
            spans = said.pieces or ((said.start, said.end),)
            self.place_asked.emit(said.start, said.end, spans)
        elif isinstance(row, FactRow):
            fact = row.it.fact
            self.place_asked.emit(fact.start, fact.end, ((fact.start, fact.end),))

    def _do(self, what: str) -> None:
        match what:
            case "confirm":
                self.deciding.confirm()
            case "reject":
                self.deciding.reject()
            case "withdraw":
                self.deciding.withdraw()
            case "correct":
                self.deciding.correct_speaker()
            case "gather":
                self.gather()
            case "copy":
                self.copy()
            case "agent":
                self._ask_agent()
            case _:
                self._show_place()
                self.text_asked.emit()

    def _pop_menu(self, point: QPoint) -> None:
        if not isinstance(self.list.current(), SaidRow | FactRow):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told = self.current()
        for what, title in _MENU:
            if not what:
                menu.addSeparator()
                continue
            action = menu.addAction(title)
            action.triggered.connect(lambda _on=False, what=what: self._do(what))
            action.setEnabled(told is not None or what in {"gather", "copy"})
            if what == "withdraw":
                action.setEnabled(told is not None and bool(told.filed.decision))
            if what == "agent":
                action.setEnabled(told is not None and bool(told.said.speaker))
        menu.popup(point)

    def _fold(self, group: str) -> None:
        self._folded ^= {group}
        self._renew()

    def _explain(self, key: Hashable) -> None:
        self._opened ^= {key}
        self._renew()
        self._moved()

    def _ask_agent(self) -> None:
        told = self.current()
        if told is not None and told.said.speaker and self._record is not None:
            date = told.said.date or self._record.description.date
            self.agent_asked.emit(told.said.speaker.partition("; ")[0], date)

    def gather(self) -> None:
        """Gather what is in hand for the dossier, or put it back."""
        stretch = self._stretch(self.list.current())
        if stretch is not None:
            self.gather_asked.emit(stretch)

    def copy(self) -> None:
        """Copy what is in hand with its citation."""
        archive, row = self._desk.archive, self.list.current()
        stretch = self._stretch(row)
        if archive is None or stretch is None:
            return
        speaker = named(row.it.said.speaker) if isinstance(row, SaidRow) else ""

        def put(text: str) -> None:
            QGuiApplication.clipboard().setText(f"{speaker}: {text}" if speaker else text)
            self._desk.events.message.emit("Copied the words with their citation.")

        def cite() -> str:
            (passage,) = archive.passages([stretch])
            return f"\u201c{passage.quote}\u201d ({passage.citation})"

        self._desk.tasks.read("reader.cite", lambda _token: cite(), put, owner=self)

    def _stretch(self, row: Row | None) -> tuple[int, int, int] | None:
        if self._record is None:
            return None
        if isinstance(row, SaidRow) and not row.it.filed.stale:
            return self._record.id, row.it.said.start, row.it.said.end
        if isinstance(row, FactRow):
            return self._record.id, row.it.fact.start, row.it.fact.end
        return None


def _told(told: Told) -> str:
    """Return who says something, and how, on a few lines."""
    said = told.said
    who = ", ".join(filter(None, (named(said.speaker), said.role)))
    cue = f"\u201c{said.cue}\u201d" if said.cue else ""
    to = f"to {said.addressee}" if said.addressee else ""
    when = formats.day(said.date) if said.date else ""
    how = ", ".join(filter(None, (KINDS[said.kind], cue, to, said.occasion, when)))
    return f"{who}\n{how}"
