"""The Wording view: a phrase through the years, its forms, who uses it, two uses side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from archivist.desk import files
from archivist.desk.models import wording as model
from archivist.desk.views import wording_export, wording_source
from archivist.desk.views.results_head import EmptyPage
from archivist.desk.views.wording_body import WordingBody
from archivist.desk.views.wording_head import WordingHead
from archivist.desk.views.wording_tables import UserRow, VariantRow
from archivist.model.errors import InputError, StorageError
from archivist.model.words import asked_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from archivist.archive.results import Passage
    from archivist.archive.wording.results import Spot, Use, Variant, Wording
    from archivist.desk.context import Desk
    from archivist.desk.gathering import Gathering
    from archivist.desk.views.wording_source import Answer, Source
    from archivist.model.errors import ArchivistError

_PATIENCE_MS: Final = 250
MOST_WORDS: Final = 12
MOST_AT_ONCE: Final = 500
"""Uses that can be gathered together."""
_KINDS: Final = {"svg": "Drawing (*.svg)", "png": "Picture (*.png)", "csv": "Table (*.csv)"}
_Wanted: TypeAlias = tuple[str, frozenset[int] | None, tuple[str, ...], int]
"""A query, the only records that are searched (None: all), forms added, a state of the archive."""
_Rows = QItemSelectionModel.SelectionFlag


class WordingView(QWidget):
    """Follows the phrase of a query through the years.

    Args:
        desk: the look, and work off the window's thread.
        gathering: what is gathered for the dossier.
        source: the open archive, or None.

    Signals:
        query_edited: a whole new query: a proposal.
        current_changed: the Use under the cursor, or None.
        opened: a Use whose record is to be read there.
        menu_asked: a context menu is wanted at this global point.
        files_asked: the archive is empty, and files are to be imported.
        folder_asked: the archive is empty, and a folder is to be imported.
    """

    query_edited = Signal(str)
    current_changed = Signal(object)
    opened = Signal(object)
    menu_asked = Signal(QPoint)
    files_asked = Signal()
    folder_asked = Signal()

    def __init__(
        self, desk: Desk, gathering: Gathering, source: Callable[[], Source | None]
    ) -> None:
        super().__init__()
        self._desk, self._gathering, self._source = desk, gathering, source
        self._active = False
        self._query, self._among, self._sequence = "", None, -1
        self._also: tuple[str, ...] = ()
        self._loaded: _Wanted | None = None
        self._looks = model.Looks()
        self._ends: dict[str, Use] = {}
        self._form = 0
        self.found: Wording | None = None
        self.head = WordingHead(desk)
        self.body = WordingBody(desk, self._fetch)
        self.empty = EmptyPage(desk)
        self._pages = QStackedWidget()
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_PATIENCE_MS)
        self._build()
        self._connect()
        self._dress()
        self.clear()

    _among: frozenset[int] | None

    # What the window asks

    def set_active(self, *, active: bool) -> None:
        """Count uses only while this is the view in the centre."""
        self._active = active
        if active:
            self._load()
        else:
            self._stop()

    def show_query(self, query: str, sequence: int, among: frozenset[int] | None = None) -> None:
        """Follow the phrase of a query in all records or in some."""
        if query != self._query:
            self._also = ()
        self._query, self._sequence, self._among = query, sequence, among
        if self._active:
            self._load()

    def clear(self) -> None:
        """Show nothing: there is no archive."""
        self._stop()
        self._query, self._among, self._sequence, self._loaded = "", None, -1, None
        self.found = None
        self._ends = {}
        self.head.show_wording(None)
        self.body.uses_model.show(0)
        self.empty.say("", "")
        self._pages.setCurrentWidget(self.empty)

    def add_variant(self, words: str) -> None:
        """Count a form somebody names, too."""
        known = self._also if self.found is None else (*self._also, self.found.phrase.casefold())
        if not 0 < len(asked_terms(words)) <= MOST_WORDS:
            said = f"A form has one word at least and {MOST_WORDS} at most."
            self._desk.events.message.emit(said)
        elif words.casefold() not in known:
            self._also = (*self._also, words.casefold())
            self._load()

    def current_line(self) -> Use | None:
        """Return the use under the cursor, if it is read."""
        return self.body.uses_model.line(self.body.uses.currentIndex().row())

    def focus_list(self) -> None:
        """Bring the keyboard to the uses."""
        self.body.uses.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def picture(self) -> model.Picture:
        """Return what the plot shows."""
        return self.body.plot.picture

    def count_share(self, *, share: bool) -> None:
        """Count uses per thousand records filed, or plainly."""
        self.head.show_share(share=share)
        self._draw()

    def tick(self, place: int) -> None:
        """Draw a form of the phrase, or draw it no longer."""
        if not self._looks.toggle(place):
            words = f"A plot shows {model.MOST} lines at most: untick one first."
            self._desk.events.message.emit(words)
            return
        self._draw()

    def step(self, by: int) -> None:
        """Go some uses on, or back."""
        self._go_to(self.body.uses.currentIndex().row() + by)

    def set_end(self, letter: str, row: int) -> None:
        """Compare the use of a row: as "A" or as "B"."""
        use = self.body.uses_model.line(row)
        if use is not None:
            self._ends[letter] = use
            self._compare()

    def swap(self) -> None:
        """Let A and B change places."""
        exchanged = {"A": self._ends.get("B"), "B": self._ends.get("A")}
        self._ends = {letter: use for letter, use in exchanged.items() if use is not None}
        self._compare()

    def gather(self) -> None:
        """Gather the selected uses for the dossier; put them back where all are there already."""
        rows = self.body.uses.selected_rows()
        if len(rows) > MOST_AT_ONCE:
            words = f"Select {MOST_AT_ONCE} uses at most to do that with them."
            self._desk.events.message.emit(words)
            return
        spots, source = self._spots(), self._source()
        if source is None or not rows:
            return
        self._desk.tasks.read(
            "wording.gather",
            lambda _token: source.uses([spots[row] for row in rows]),
            lambda uses: self._gathering.toggle([use.stretch for use in uses if use.text]),
            owner=self,
        )

    def copy(self) -> None:
        """Copy the sentence of the current use with its citation."""
        use, source = self.current_line(), self._source()
        if use is None or source is None or not use.text:
            return

        def put(passages: Sequence[Passage]) -> None:
            quoted = f"\u201c{use.text}\u201d ({passages[0].citation})"
            QGuiApplication.clipboard().setText(quoted)
            self._desk.events.message.emit("Copied the sentence with its citation.")

        self._desk.tasks.read(
            "wording.copy", lambda _token: source.passages([use.stretch]), put, owner=self
        )

    def copy_plot(self) -> None:
        """Copy the plot: as a picture, as SVG and as a table, for whatever takes it."""
        if self.picture().series:
            mime = wording_export.mime_of(self.picture(), self._desk.theme)
            QGuiApplication.clipboard().setMimeData(mime)
            self._desk.events.message.emit("Copied the plot as a picture and as a table.")

    def save_plot(self, kind: str = "") -> None:
        """Ask where to write the plot: as "svg", "png" or "csv", or as the name's ending says."""
        picture = self.picture()
        if not picture.series:
            return
        name = f"{files.safe_name(picture.phrase, 'wording')}.{kind or 'svg'}"
        kinds = [_KINDS[kind]] if kind else list(_KINDS.values())

        def take(path: Path) -> None:
            try:
                wording_export.save(picture, self._desk.theme, path)
            except StorageError as error:
                self._desk.events.error.emit(error)
            else:
                self._desk.events.message.emit(f"Saved the plot as {path.name}.")

        files.ask_where(self, "Save the plot", name, take, ";;".join(kinds))

    def save_state(self) -> dict[str, object]:
        """Return what is remembered between sessions."""
        return {"share": self.head.share, **self.body.save_sizes()}

    def restore_state(self, state: Mapping[str, object]) -> None:
        """Take up what was remembered; what cannot be understood is left out."""
        self.count_share(share=bool(state.get("share")))
        self.body.restore_sizes(state)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Dress again: a style sheet takes palettes from what was moved into the window."""
        super().showEvent(event)
        self._dress()

    # How it is built

    def _build(self) -> None:
        for page in (self.body, self.empty):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._pages, 1)
        menu = self.head.menu
        menu.addAction("Copy the plot", self.copy_plot)
        menu.addSeparator()
        for kind, title in (("svg", "SVG"), ("png", "PNG"), ("csv", "a table")):
            action = menu.addAction(f"Save the plot as {title} \u2026")
            action.triggered.connect(lambda _on, kind=kind: self.save_plot(kind))

    def _connect(self) -> None:
        body = self.body
        self.head.counted_otherwise.connect(lambda share: self.count_share(share=share))
        self.head.cancel_asked.connect(self._cancel)
        self._slow.timeout.connect(lambda: self.head.show_busy(busy=True))
        body.plot.year_chosen.connect(self._go_to_year)
        body.plot.copy_asked.connect(self.copy_plot)
        body.plot.menu_asked.connect(self.head.menu.popup)
        body.variants.ticked.connect(self.tick)
        body.add.asked.connect(self.add_variant)
        body.variants.chosen.connect(self._choose)
        body.variants.first_asked.connect(self._open_first)
        body.variants.entered.connect(self.focus_list)
        body.uses.end_asked.connect(self.set_end)
        body.uses.swap_asked.connect(self.swap)
        body.uses.copy_asked.connect(self.copy)
        body.uses.gather_asked.connect(self.gather)
        body.uses.ticked.connect(self.gather)
        body.uses.opened.connect(lambda row: self._open(body.uses_model.line(row)))
        body.uses.menu_asked.connect(self.menu_asked)
        body.uses.selectionModel().currentRowChanged.connect(self._moved)
        body.compare.swap_asked.connect(self.swap)
        body.compare.left.open_asked.connect(lambda: self._open(self._ends.get("A")))
        body.compare.right.open_asked.connect(lambda: self._open(self._ends.get("B")))
        self.empty.query_asked.connect(self.query_edited)
        self.empty.files_asked.connect(self.files_asked)
        self.empty.folder_asked.connect(self.folder_asked)
        self._gathering.changed.connect(self._show_gathered)
        self._desk.theme.changed.connect(self._dress)
        self._desk.events.archive_closed.connect(self.clear)

    def _dress(self) -> None:
        self.setAutoFillBackground(True)
        palette = self.palette()
        for role in (palette.ColorRole.Window, palette.ColorRole.Base):
            palette.setColor(role, self._desk.theme.tokens.base)
        self.setPalette(palette)
        self.head.dress()
        self.body.dress(palette)
        self.empty.dress()

    # What happens

    def _load(self) -> None:
        source = self._source()
        wanted = (self._query, self._among, self._also, self._sequence)
        if source is None or not self._query:
            return
        if wanted == self._loaded:
            self._stop()
            return
        query, among, also, _sequence = wanted
        self._slow.start()
        self._desk.tasks.read(
            "wording.ask",
            lambda cancel: wording_source.answer(source, query, among, also, cancel),
            lambda answer: self._take(wanted, answer),
            self._failed,
            self,
        )

    def _take(self, wanted: _Wanted, answer: Answer) -> None:
        self._slow.stop()
        self.head.show_busy(busy=False)
        before, self._loaded = self._loaded, wanted
        again = before is not None and before[:3] == wanted[:3]
        self._say_unused(answer.found, wanted[2])
        found, self.found = answer.found, answer.found
        self.head.show_wording(found, answer.asked.phrase)
        if found is None or not found.variants:
            self._show_empty(answer)
            return
        if not again:
            self._looks.start(len(found.variants))
        self._form = min(self._form, len(found.variants) - 1) if again else 0
        self._ends = self._ends if again else wording_source.ends_of(found)
        self._pages.setCurrentWidget(self.body)
        row = self.body.uses.currentIndex().row() if again else 0
        offset = self.body.uses.verticalScrollBar().value() if again else 0
        self._draw()
        self._show_form(() if self._form else answer.first, max(0, row))
        self.body.uses.verticalScrollBar().setValue(offset)
        self._compare()

    def _say_unused(self, found: Wording | None, also: tuple[str, ...]) -> None:
        """Tell that a form that was added last is used nowhere, and forget it."""
        added = 0 if found is None else sum(one.kind == "added" for one in found.variants)
        if found is not None and also and added < len(also):
            self._also = also[:-1]
            self._desk.events.message.emit(f"No record says \u201c{also[-1]}\u201d.")

    def _show_empty(self, answer: Answer) -> None:
        found, asked = answer.found, answer.asked
        if answer.unfilled:
            self.empty.say_unfilled()
        elif found is None:
            self.empty.say("No phrase to follow", asked.reason)
        else:
            proposal = f'"{found.proposal}"' if found.proposal else ""
            self.empty.say("No uses", found.reason, proposal, offer=bool(proposal))
        self._pages.setCurrentWidget(self.empty)
        self.current_changed.emit(None)

    def _failed(self, error: ArchivistError) -> None:
        """Say what is wrong with the words in their place; other faults where all are told."""
        self._stop()
        if not isinstance(error, InputError):
            self._desk.events.error.emit(error)
            return
        self.found = self._loaded = None
        self.head.show_wording(None)
        self.empty.say("No phrase to follow", " ".join(filter(None, (error.message, error.hint))))
        self._pages.setCurrentWidget(self.empty)

    def _stop(self) -> None:
        self._slow.stop()
        self._desk.tasks.cancel("wording.ask")
        self.head.show_busy(busy=False)

    def _cancel(self) -> None:
        """Stop counting: what was shown before stays, and the view says so where nothing was."""
        self._stop()
        self.head.show_wording(self.found)
        if self.found is None:
            self.empty.say("Stopped", "Change the search, or come back to this view, to count on.")
            self._pages.setCurrentWidget(self.empty)

    def _draw(self) -> None:
        """Draw the forms that are ticked, and show which they are."""
        found = self.found
        if found is None or not found.variants:
            return
        picture = model.picture_of(found, self._looks.all(), share=self.head.share)
        self.body.plot.show_picture(picture)
        rows = [
            VariantRow.of(place, variant, self._looks.look(place))
            for place, variant in enumerate(found.variants)
        ]
        most = max((user.uses for user in found.users), default=1)
        self.body.show_tables(rows, [UserRow.of(user, most) for user in found.users])
        self.body.say_first(found.first, found.unread)

    def _variant(self) -> Variant | None:
        variants = self.found.variants if self.found is not None else ()
        return variants[self._form] if self._form < len(variants) else None

    def _spots(self) -> Sequence[Spot]:
        variant = self._variant()
        return variant.places if variant is not None else ()

    def _choose(self, place: int) -> None:
        if place != self._form:
            self._form = place
            self._show_form(())

    def _show_form(self, first: Sequence[Use], row: int = 0) -> None:
        """Show the uses of the form that is chosen, and go to one of them."""
        variant = self._variant()
        if variant is None:
            return
        body = self.body
        self._desk.tasks.cancel("wording.page")
        body.uses_model.show(len(variant.places), first)
        body.say_form(model.name_of(variant))
        body.variants.setCurrentIndex(body.variants.rows.index(self._form))
        self._go_to(min(row, len(variant.places) - 1))
        self._show_gathered()

    def _go_to(self, row: int) -> None:
        if 0 <= row < self.body.uses_model.rowCount():
            index = self.body.uses_model.index(row, 0)
            selection = self.body.uses.selectionModel()
            selection.setCurrentIndex(index, _Rows.ClearAndSelect | _Rows.Rows)
            self.body.uses.scrollTo(index)

    def _go_to_year(self, year: int) -> None:
        """Go to the first use of a year: uses stand in the order of their dates."""
        variant = self._variant()
        if variant is not None:
            before = sum(count for when, count in variant.by_year.items() if when < year)
            self._go_to(min(before, len(variant.places) - 1))

    def _fetch(self, start: int, stop: int, taken: Callable[[Sequence[Use] | None], None]) -> None:
        source, spots = self._source(), self._spots()
        if source is None:
            taken(None)
            return

        def failed(error: ArchivistError) -> None:
            taken(None)
            self._desk.events.error.emit(error)

        self._desk.tasks.read(
            "wording.page", lambda _token: source.uses(spots[start:stop]), taken, failed, self
        )

    def _compare(self) -> None:
        left, right, source = self._ends.get("A"), self._ends.get("B"), self._source()
        self.body.compare.show_uses(left, right)
        self.body.uses_model.show_ends({name: use.stretch for name, use in self._ends.items()})
        if left is None or right is None or source is None:
            self.body.compare.show_comparison(None)
            return
        self._desk.tasks.read(
            "wording.compare",
            lambda _token: source.compare(left.stretch, right.stretch),
            self.body.compare.show_comparison,
            lambda _error: self.body.compare.show_comparison(None),
            self,
        )

    def _open(self, use: Use | None) -> None:
        if use is not None:
            self.opened.emit(use)

    def _open_first(self, place: int) -> None:
        if self.found is not None:
            self._open(self.found.variants[place].first)

    def _moved(self, *_where: object) -> None:
        self.current_changed.emit(self.current_line())

    def _show_gathered(self) -> None:
        self.body.uses_model.show_gathered(self._gathering.stretches)
