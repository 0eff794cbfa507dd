"""The body of the window: places and filters at the side, the page that is shown beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from archivist.desk import paint
from archivist.desk.views.side_area import SideArea

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archivist.desk.theme import Theme
    from archivist.desk.views.facets import Facets

_SIDE: Final = 256
_CENTRE: Final = 600
_READER: Final = 583
_CENTRE_LEAST: Final = 380
_NARROW: Final = 940
"""Where the window is narrower, places and filters lie aside until they are asked for."""


class Panes(QSplitter):
    """Shows one page at a time, and finds room for the side and for the reader.

    Args:
        theme: sizes and colours.
        places: the navigation.
        facets: the filters under it; they stand beside records only.
        pages: by name, what takes the whole room; the first one is shown at first.
        views: by name, what has the reader beside it.
        reader: the reader.

    Signals:
        page_changed: another page is shown.
        moved: the user gave a pane another size, or showed or hid the side.
        side_resized: the side is wider or narrower.
    """

    page_changed = Signal()
    moved = Signal()
    side_resized = Signal()

    def __init__(
        self,
        theme: Theme,
        places: QWidget,
        facets: Facets,
        *,
        pages: Mapping[str, QWidget],
        views: Mapping[str, QWidget],
        reader: QWidget,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._facets = facets
        self._pages_by_name, self._views_by_name = dict(pages), dict(views)
        self.reader = reader
        self._reader_wanted = self._side_wanted = True
        self._narrow = False
        self.views = QStackedWidget()
        for view in views.values():
            self.views.addWidget(view)
        self.views.setMinimumWidth(theme.px(_CENTRE_LEAST))
        self._browse = QSplitter(Qt.Orientation.Horizontal)
        _fill(self._browse, self.views, reader)
        self._pages = QStackedWidget()
        for page in pages.values():
            self._pages.addWidget(page)
        self._pages.addWidget(self._browse)
        self.side = self._make_side(places)
        _fill(self, self.side, self._pages)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self.setSizes([theme.px(_SIDE), theme.px(_CENTRE + _READER)])
        self._browse.setSizes([theme.px(_CENTRE), theme.px(_READER)])
        self.side.resized.connect(self.side_resized)
        self._browse.splitterMoved.connect(self.moved)

    def shown(self) -> str:
        """Return the name of the page or view that is shown."""
        page = self._pages.currentWidget()
        names, shown = self._pages_by_name, page
        if page is self._browse:
            names, shown = self._views_by_name, self.views.currentWidget()
        return next(name for name, widget in names.items() if widget is shown)

    def show_page(self, name: str) -> None:
        """Show a page, or a view with the reader beside it."""
        if name in self._views_by_name:
            self.views.setCurrentWidget(self._views_by_name[name])
            self._pages.setCurrentWidget(self._browse)
        else:
            self._pages.setCurrentWidget(self._pages_by_name[name])
        self.fit_filters()
        self.page_changed.emit()

    def fit_filters(self) -> None:
        """Show the filters beside records, and a line over them where there are any."""
        beside = self.shown() == "records"
        self._facets.setVisible(beside)
        self._facet_line.setVisible(beside and bool(self._facets.rows.rows))

    def want_reader(self, *, wanted: bool) -> None:
        """Show the reader where there is room for it, or hide it."""
        self._reader_wanted = wanted
        crowded = self._narrow and not self.side.isHidden()
        self.reader.setVisible(wanted and not crowded)

    def side_width(self) -> int:
        """Return how wide the side is, or would be."""
        return self._theme.px(_SIDE) if self.side.isHidden() else self.side.width()

    def side_wanted(self) -> bool:
        """Whether places and filters are shown where there is room."""
        return self._side_wanted

    def want_side(self, *, wanted: bool) -> None:
        """Show places and filters where there is room, or hide them."""
        self._side_wanted = wanted
        self.side.setVisible(wanted and not self._narrow)

    def toggle_side(self) -> None:
        """Show or hide places and filters; in a narrow window only for now."""
        shown = self.side.isHidden()
        self.side.setVisible(shown)
        self.want_reader(wanted=self._reader_wanted)
        if not self._narrow:
            self._side_wanted = shown
        self.moved.emit()

    def fit(self, width: int) -> None:
        """Lay the side aside where the window is narrow."""
        narrow = width < self._theme.px(_NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self.side.setVisible(self._side_wanted and not narrow)
            self.want_reader(wanted=self._reader_wanted)

    def save_sizes(self) -> dict[str, object]:
        """Return how wide the panes are, for `restore_sizes`."""
        return {"split": self.sizes(), "browse": self._browse.sizes()}

    def restore_sizes(self, kept: Mapping[str, object]) -> None:
        """Take up how wide the panes were; what cannot be understood is left out."""
        for name, splitter in (("split", self), ("browse", self._browse)):
            sizes = kept.get(name)
            if isinstance(sizes, list) and len(sizes) == 2 and all(sizes):  # noqa: PLR2004
                splitter.setSizes([int(size) for size in sizes])

    def _make_side(self, places: QWidget) -> SideArea:
        inner = paint.Ground(self._theme, "side")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, self._theme.px(8), 0, self._theme.px(12))
        column.setSpacing(0)
        column.addWidget(places)
        column.addSpacing(8)
        self._facet_line = paint.Hairline(self._theme)
        margins = QVBoxLayout()
        margins.setContentsMargins(16, 0, 16, 4)
        margins.addWidget(self._facet_line)
        column.addLayout(margins)
        column.addWidget(self._facets)
        column.addStretch(1)
        area = SideArea(inner)
        area.setMinimumWidth(self._theme.px(200))
        return area


def _fill(splitter: QSplitter, left: QWidget, right: QWidget) -> None:
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    splitter.addWidget(left)
    splitter.addWidget(right)
