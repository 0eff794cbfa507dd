"""What views of long lists share: list, head and empty page, and how they follow a query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from archivist.desk.models import filters
from archivist.desk.views.results_head import EmptyPage, ResultsHead

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPalette, QShowEvent

    from archivist.desk.context import Desk
    from archivist.desk.gathering import Gathering
    from archivist.desk.models.lines import PlacesModel
    from archivist.desk.views.chosen import Chosen
    from archivist.desk.views.long_list import PlacesList
    from archivist.model.errors import ArchivistError

_Rows: Final = QItemSelectionModel.SelectionFlag


class Drawing(Protocol):
    """What draws the rows.

    Attributes:
        dimmed: whether a newer search is under way.
    """

    dimmed: bool


class ListFrame(QWidget):
    """A view of all places that a query finds; whoever derives from it searches, and shows them.

    Signals:
        query_edited: a whole new query: "Clear filters", a proposal.
        current_changed: the place under the cursor, or None.
        opened: a place whose record is to be read.
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

    NAME = "list"
    """Begins the names of its tasks."""
    list: PlacesList
    delegate: Drawing
    model: PlacesModel[Any]
    chosen: Chosen[Any, Any]

    def __init__(self, desk: Desk, gathering: Gathering, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._gathering = gathering
        self._active = False
        self._query = ""
        self._among: frozenset[int] | None = None
        self._fields = filters.OwnFields(())
        self.head = ResultsHead(desk)
        self.empty = EmptyPage(desk)
        self._pages = QStackedWidget()

    # What the window asks

    def set_active(self, *, active: bool) -> None:
        """Search only while this is the view in the centre."""
        self._active = active
        if active:
            self._load()
        else:
            self._desk.tasks.cancel(f"{self.NAME}.ask")

    def set_dimmed(self, *, dimmed: bool) -> None:
        """Dim the rows while a newer search is under way."""
        if dimmed != self.delegate.dimmed:
            self.delegate.dimmed = dimmed
            self.list.viewport().update()

    def gather(self) -> None:
        """Gather the selected rows for the dossier; put them back where all are there already."""
        self.chosen.gather(self._gathering)

    def copy(self) -> None:
        """Copy the selected rows, each with its citation."""
        self.chosen.copy()

    def focus_list(self) -> None:
        """Bring the keyboard to the rows."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Dress again: a style sheet takes palettes from what was moved into the window."""
        super().showEvent(event)
        self._dress()

    # What whoever derives from it says

    def current_line(self) -> Any:  # noqa: ANN401 - of its own kind
        """Return the place under the cursor, if it is read."""
        raise NotImplementedError

    def clear(self) -> None:
        """Show nothing: there is no archive."""
        raise NotImplementedError

    def _load(self) -> None:
        raise NotImplementedError

    def _dress(self) -> None:
        raise NotImplementedError

    def _rows(self, found: Any, start: int, stop: int) -> Sequence[Any]:  # noqa: ANN401
        raise NotImplementedError

    def _tell(self, *_what: object) -> None:
        raise NotImplementedError

    def _moved(self, *_where: object) -> None:
        raise NotImplementedError

    def _came(self) -> None:
        raise NotImplementedError

    def _show_gathered(self) -> None:
        raise NotImplementedError

    # How it is built

    def _join(self) -> None:
        """Join list, head and empty page; called once all of them are there."""
        moved = self.list.selectionModel()
        moved.currentRowChanged.connect(self._moved)
        moved.selectionChanged.connect(self._tell)
        self.model.came.connect(self._came)
        self.list.opened.connect(self._open)
        self.list.menu_asked.connect(self.menu_asked)
        self.list.copy_asked.connect(self.copy)
        self.list.gather_asked.connect(self.gather)
        self.list.ticked.connect(self.gather)
        self.head.clear.clicked.connect(self._clear_filters)
        self.empty.query_asked.connect(self.query_edited)
        self.empty.files_asked.connect(self.files_asked)
        self.empty.folder_asked.connect(self.folder_asked)
        self._gathering.changed.connect(self._show_gathered)
        self._desk.theme.changed.connect(self._dress)
        self._desk.events.archive_closed.connect(self.clear)
        self._desk.events.archive_opened.connect(self._read_fields)

    def _ground(self) -> QPalette:
        """Take the colours of lists, and return them."""
        self.setAutoFillBackground(True)
        palette = self.palette()
        for role in (palette.ColorRole.Window, palette.ColorRole.Base):
            palette.setColor(role, self._desk.theme.tokens.base)
        self.setPalette(palette)
        self.list.set_ground(palette)
        self.head.dress()
        self.empty.dress()
        return palette

    # What happens

    def _failed(self, error: ArchivistError) -> None:
        self.set_dimmed(dimmed=False)
        self._desk.events.error.emit(error)

    def _fetch(self, start: int, stop: int, taken: Callable[[Sequence[Any] | None], None]) -> None:
        found = self.chosen.found
        if found is None:
            taken(None)
            return

        def failed(error: ArchivistError) -> None:
            taken(None)
            self._desk.events.error.emit(error)

        self._desk.tasks.read(
            f"{self.NAME}.page", lambda _token: self._rows(found, start, stop), taken, failed, self
        )

    def _go_to(self, row: int, *, scroll: bool = True) -> None:
        index = self.model.index(row, 0)
        self.list.selectionModel().setCurrentIndex(index, _Rows.ClearAndSelect | _Rows.Rows)
        if scroll:
            self.list.scrollTo(index)

    def _open(self, _row: int) -> None:
        if (one := self.current_line()) is not None:
            self.opened.emit(one)

    def _clear_filters(self) -> None:
        self.query_edited.emit(filters.without_filters(self._query, self._fields))

    def _show_links(self) -> None:
        narrowed = filters.filters(self._query, self._fields) > 0
        self.head.show_links(narrowed=narrowed, ticked=False)

    def _read_fields(self) -> None:
        """Learn the archive's own fields, so that queries with them can be read here."""
        archive = self._desk.archive
        if archive is None:
            return

        def take(names: tuple[str, ...]) -> None:
            self._fields = filters.OwnFields(names)
            self._tell()

        self._desk.tasks.read(
            f"{self.NAME}.fields",
            lambda _token: tuple(archive.vocabulary.custom()),
            take,
            lambda _error: None,
            self,
        )
