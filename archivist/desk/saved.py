"""The saved searches of the open archive, and what is new in each since it was last opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from archivist.desk import formats
from archivist.model.change import Change

if TYPE_CHECKING:
    from collections.abc import Callable

    from archivist.archive import Archive
    from archivist.archive.results import News, SavedSearch
    from archivist.desk.context import Desk
    from archivist.model.progress import CancelToken

_REFRESH_MS: Final = 1500
"""Imports are followed many times a second; the counts need not be."""
_LONGEST: Final = 70
"""Letters of the name that a search is given at first."""
_UNQUOTED: Final = str.maketrans("", "", '"“”')
OPERATION: Final = "search"
"""The kind of a change of saved searches."""


class Kept(NamedTuple):
    """A saved search as the navigation shows it.

    Attributes:
        search: itself.
        total: records it finds now; None while nobody counted.
        new: how many of them it did not find when it was last opened.
    """

    search: SavedSearch
    total: int | None = None
    new: int = 0


class Saved(QObject):
    """Keeps the list, counts what is new off the window's thread, and changes it on request.

    Signals:
        changed: the list, or a count, is another.
        opened: a `SavedSearch` as it stood and its `News`: it is taken as seen now.
        saved: a `SavedSearch` that was just made: it may be named.
    """

    changed = Signal()
    opened = Signal(object, object)
    saved = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kept: tuple[Kept, ...] = ()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_REFRESH_MS)
        self._later.timeout.connect(self.read)
        desk.events.archive_opened.connect(self.read)
        desk.events.archive_closed.connect(self._close)
        desk.events.followed.connect(self._refresh)
        desk.events.changed.connect(self._changed)

    @property
    def kept(self) -> tuple[Kept, ...]:
        """The saved searches, in the order of their names."""
        return self._kept

    def search(self, number: int) -> SavedSearch | None:
        """Return a saved search by its number."""
        return next((one.search for one in self._kept if one.search.number == number), None)

    def of_query(self, query: str) -> SavedSearch | None:
        """Return the saved search of a query as it is written out."""
        found = (one.search for one in self._kept if query and one.search.query == query)
        return next(found, None)

    def read(self) -> None:
        """Read the list anew, with its counts."""
        archive = self._desk.archive
        if archive is not None:
            self._desk.tasks.read(
                "saved", lambda token: _read(archive, token), self._take, owner=self
            )

    def save(self, query: str, name: str, sort: str) -> None:
        """Save a query, under a name that can be changed at once."""

        def tell(search: SavedSearch) -> None:
            self._desk.events.message.emit(f"Saved the search “{search.name}”.")
            self._tell(Change(0, OPERATION, "", ()))
            self._kept = tuple(sorted((*self._kept, Kept(search)), key=_by_name))
            self.changed.emit()
            self.saved.emit(search)

        free = _free_name(name, [one.search.name for one in self._kept])
        self._write(lambda archive: archive.save_search(free, query, sort), tell)

    def open(self, number: int) -> None:
        """Open a saved search: tell what is new, and take it as seen."""
        search = self.search(number)
        if search is None:
            return

        def tell(news: News) -> None:
            self._kept = tuple(
                one._replace(total=news.total, new=0) if one.search.number == number else one
                for one in self._kept
            )
            self.changed.emit()
            self.opened.emit(search, news)

        self._write(lambda archive: archive.open_search(number), tell)

    def rename(self, number: int, name: str) -> None:
        """Give a saved search another name."""
        search = self.search(number)
        if search is not None and name.strip() and name != search.name:
            self._write(lambda archive: archive.edit_search(number, name=name), self._tell)

    def change(self, number: int, query: str, sort: str) -> None:
        """Let a saved search ask for another query, in another order."""
        self._write(lambda archive: archive.edit_search(number, query=query, sort=sort), self._tell)

    def delete(self, number: int) -> None:
        """Remove a saved search; undoing brings it back."""
        search = self.search(number)
        if search is None:
            return

        def tell(change: Change) -> None:
            self._tell(change)
            message = f"Removed the saved search “{search.name}”. Ctrl+Z brings it back."
            self._desk.events.message.emit(message)

        self._write(lambda archive: archive.delete_search(number), tell)

    def _write(self, work: Callable[[Archive], object], done: Callable[..., None]) -> None:
        archive = self._desk.archive
        if archive is not None:
            self._desk.tasks.write(lambda: work(archive), done, owner=self)

    def _tell(self, change: Change) -> None:
        self._desk.events.changed.emit(change)

    def _changed(self, change: object) -> None:
        if isinstance(change, Change) and change.kind in {OPERATION, "undo", "redo"}:
            self.read()
        else:
            self._refresh()

    def _refresh(self, *_told: object) -> None:
        if not self._later.isActive():
            self._later.start()

    def _take(self, kept: tuple[Kept, ...]) -> None:
        if kept != self._kept:
            self._kept = kept
            self.changed.emit()

    def _close(self) -> None:
        self._later.stop()
        self._desk.tasks.cancel("saved")
        self._take(())


def first_name(reading: str, query: str) -> str:
    """Return the name a search is given at first: its reading, as short as a name.

    Without quotation marks: a name stands between them wherever it is told of.
    """
    name = reading.strip().rstrip(".").removeprefix("Documents ").removeprefix("with ") or query
    name = name.translate(_UNQUOTED).strip() or query
    name = name[:1].upper() + name[1:]
    if len(name) <= _LONGEST:
        return name
    return name[:_LONGEST].rsplit(" ", 1)[0] + " …"


def told_since(search: SavedSearch) -> str:
    """Return since when a search is compared, for people: "4 March 2024, 10:12"; may be empty."""
    return formats.moment(search.opened) if search.opened else ""


def _read(archive: Archive, token: CancelToken) -> tuple[Kept, ...]:
    found = []
    for search in archive.saved_searches():
        token.check()
        if not search.query:
            found.append(Kept(search))
            continue
        news = archive.news(search.number)
        found.append(Kept(search, news.total, len(news.new) if search.opened else 0))
    return tuple(sorted(found, key=_by_name))


def _by_name(kept: Kept) -> str:
    return kept.search.name.casefold()


def _free_name(name: str, taken: list[str]) -> str:
    """Return the name, with a number where another search has it already."""
    known = {one.casefold() for one in taken}
    names = (name, *(f"{name} ({number})" for number in range(2, len(taken) + 3)))
    return next(one for one in names if one.casefold() not in known)
