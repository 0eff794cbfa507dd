"""Search as you type: one search at a time off the window's thread, the last one counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from archivist.desk.views.facet_rows import DATES, USUAL
from archivist.model.query_format import format_query
from archivist.model.query_parse import complete
from archivist.model.query_say import say_marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.archive import Archive
    from archivist.archive.results import Found
    from archivist.desk.context import Desk
    from archivist.model.errors import ArchivistError
    from archivist.model.progress import CancelToken
    from archivist.model.query import Node


class Answer(NamedTuple):
    """What a search found.

    Attributes:
        text: as it stood in the field.
        query: what of it was searched: closed where it was still being typed.
        found: total, facets, reading, reason; no hits.
        keys: ids of all records found, in order.
        reading: the query in plain words, and which of them are emphasised.
        written: the query as it is written out, however it was typed.
    """

    text: str
    query: str
    found: Found
    keys: Sequence[int]
    reading: Sequence[tuple[str, bool]]
    written: str = ""


def answer(
    archive: Archive, text: str, sort: str, facets: Sequence[str], cancel: CancelToken
) -> Answer:
    """Search for what stands in the field; runs on any thread."""
    query = complete(text, archive.vocabulary) or "*"
    keys = archive.find_keys(query, sort, cancel)
    cancel.check()
    found = archive.search(query, limit=0, sort=sort, facets=facets, cancel=cancel)
    node = archive.parse(query)
    reading = _reading(archive, node, found)
    return Answer(text, query, found, keys, reading, format_query(node))


def _reading(archive: Archive, node: Node, found: Found) -> Sequence[tuple[str, bool]]:
    """Return the query in plain words, and what synonyms it looks for, too."""
    said = say_marked(node, archive.vocabulary)
    plain = "".join(text for text, _ in said)
    return [*said, (found.reading.removeprefix(plain), False)]


class Finder(QObject):
    """Asks the archive and tells what it answers; an answer to an earlier question is dropped.

    Attributes:
        facets: the fields whose values are counted with every search.

    Signals:
        began: a search is under way.
        answered: an `Answer`.
        refused: an `ArchivistError`: the text cannot be read, or the archive not searched.
    """

    began = Signal()
    answered = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.facets: tuple[str, ...] = (*USUAL, *DATES)
        self._asked: tuple[str, str] | None = None
        desk.events.archive_closed.connect(self._forget)

    def ask(self, text: str, sort: str, *, again: bool = False) -> None:
        """Search, unless the same was asked for last; `again`: the archive changed."""
        archive = self._desk.archive
        if archive is None or (not again and self._asked == (text, sort)):
            return
        self._asked = (text, sort)
        if not again:
            self.began.emit()
        facets = self.facets
        self._desk.tasks.read(
            "finder",
            lambda cancel: answer(archive, text, sort, facets, cancel),
            self.answered.emit,
            self._refuse,
            owner=self,
        )

    def _refuse(self, error: ArchivistError) -> None:
        self.refused.emit(error)

    def _forget(self) -> None:
        self._asked = None
        self._desk.tasks.cancel("finder")
