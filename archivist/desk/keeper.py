"""What the window does with saved searches: save, open, rename, change, remove, tell the news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from archivist.desk import formats
from archivist.desk.saved import Kept, Saved, first_name, told_since

if TYPE_CHECKING:
    from archivist.archive.results import News, SavedSearch
    from archivist.desk.context import Desk
    from archivist.desk.finder import Answer
    from archivist.desk.header import Header
    from archivist.desk.views.navigation import Navigation
    from archivist.desk.views.results import ResultsView


class Keeper(QObject):
    """Ties the saved searches to the navigation, the search field and the records found.

    Signals:
        query_asked: a saved search was opened: its query is to be searched.
        state_changed: another search is in hand, or none.
    """

    query_asked = Signal(str)
    state_changed = Signal()

    def __init__(
        self,
        desk: Desk,
        navigation: Navigation,
        header: Header,
        results: ResultsView,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._navigation, self._header, self._results = navigation, header, results
        self.saved = Saved(desk, self)
        self._answer: Answer | None = None
        self._number = 0
        self.saved.changed.connect(self._show)
        self.saved.opened.connect(self._tell_news)
        self.saved.saved.connect(self._name)
        navigation.renamed.connect(self.saved.rename)
        navigation.delete_asked.connect(self.saved.delete)
        navigation.menu_asked.connect(self._pop)
        header.search.save_asked.connect(self._bookmark)
        desk.events.archive_closed.connect(self._forget)

    @property
    def in_hand(self) -> bool:
        """Whether there is a saved search that can be renamed, changed or removed."""
        return self.saved.search(self._number) is not None

    def place(self) -> str:
        """Return the place of the saved search whose query is shown, or empty."""
        search = self._shown()
        return f"saved:{search.number}" if search else ""

    def offers(self) -> list[tuple[int, str, str]]:
        """Return number and name of every saved search, with its count, for the palette."""
        return [(one.search.number, one.search.name, _told(one)) for one in self.saved.kept]

    def follow(self, answer: Answer) -> None:
        """Take note of what is shown now."""
        self._answer = answer
        self._show()

    def open(self, number: int) -> None:
        """Search for what a saved search asks for, in its order, and tell what is new."""
        search = self.saved.search(number)
        if search is None:
            return
        self._number = number
        self._results.set_sort(search.sort)
        self.query_asked.emit(search.query)
        self.saved.open(number)
        self.state_changed.emit()

    def save(self) -> None:
        """Save the query that is shown, under its reading; a saved one is named anew."""
        answer, shown = self._answer, self._shown()
        if shown is not None:
            self._navigation.rename(shown.number)
        elif answer is not None and answer.written:
            said = "".join(text for text, _ in answer.said)
            name = first_name(said, answer.query)
            self.saved.save(answer.query, name, self._results.sort())

    def rename(self) -> None:
        """Let the name of the search in hand be typed."""
        self._navigation.rename(self._number)

    def change(self) -> None:
        """Let the search in hand ask for what is searched now."""
        if self._answer is not None:
            self.saved.change(self._number, self._answer.query, self._results.sort())

    def delete(self) -> None:
        """Remove the search in hand."""
        self.saved.delete(self._number)

    def _shown(self) -> SavedSearch | None:
        return self.saved.of_query(self._answer.written) if self._answer else None

    def _show(self) -> None:
        self._navigation.show_saved(self.saved.kept)
        shown = self._shown()
        if shown is not None:
            self._number = shown.number
        self._header.search.show_saved(shown.name if shown else "")
        self.state_changed.emit()

    def _tell_news(self, search: SavedSearch, news: News) -> None:
        new = news.new if search.opened else ()
        self._results.show_news(search.query, new, told_since(search))
        if not search.opened:
            return
        said = f"{formats.counted(len(new), 'new record')}" if new else "Nothing new"
        gone = f", {formats.counted(news.gone, 'record')} found no longer" if news.gone else ""
        self._desk.events.message.emit(f"{said} since {told_since(search)}{gone}.")

    def _name(self, search: SavedSearch) -> None:
        self._number = search.number
        if self._navigation.isVisible():
            self._navigation.rename(search.number)

    def _bookmark(self) -> None:
        shown = self._shown()
        if shown is None:
            self.save()
        else:
            self._pop(shown.number, self._header.search.bookmark())

    def _pop(self, number: int, at: QPoint) -> None:
        menu = self.menu_of(number)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def menu_of(self, number: int) -> QMenu:
        """Return the menu of a saved search."""
        self._number = number
        self.state_changed.emit()
        menu, shown = QMenu(self._navigation), self._shown()
        menu.addAction("Open", lambda: self.open(number))
        menu.addSeparator()
        menu.addAction("Rename …", self.rename)
        change = menu.addAction("Change it to the search shown", self.change)
        change.setEnabled(self._answer is not None and (shown is None or shown.number != number))
        menu.addAction("Remove", self.delete)
        return menu

    def _forget(self) -> None:
        self._answer, self._number = None, 0
        self._header.search.show_saved("")


def _told(kept: Kept) -> str:
    if kept.new:
        return f"{formats.number(kept.new)} new"
    return "" if kept.total is None else formats.counted(kept.total, "record")
