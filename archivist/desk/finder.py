"""Search as you type: one search at a time off the window's thread, the last one counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from archivist.desk.views.facet_rows import DATES, USUAL
from archivist.model.query_format import format_query
from archivist.model.query_parse import complete
from archivist.model.query_said import of_statements
from archivist.model.query_say import STATEMENTS, say_marked

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
        found: total, first cards, reading, reason; facets when they are counted, too.
        keys: ids of all records found, in order.
        reading: the query in plain words, and which of them are emphasised.
        written: the query as it is written out, however it was typed.
        among: ids of the only records that were searched; None for all.
        of_statements: the same query in plain words, where it looks for statements.
    """

    text: str
    query: str
    found: Found
    keys: Sequence[int]
    reading: Sequence[tuple[str, bool]]
    written: str = ""
    among: frozenset[int] | None = None
    of_statements: Sequence[tuple[str, bool]] = ()

    @property
    def said(self) -> Sequence[tuple[str, bool]]:
        """The reading without what is added to it: synonyms, why records are similar."""
        return self.reading[:-1]


FIRST: Final = 12
"""Cards read with the list: as many as are in sight, so that they are painted at once."""
_AGAIN_MS: Final = 500
"""How long a search rests before it follows the archive once more, while much is filed."""
_PAINTED: Final = 0.03
"""Seconds until a list that was told is painted; counting would keep the window's thread."""


def listed(
    archive: Archive,
    text: str,
    sort: str,
    cancel: CancelToken,
    among: frozenset[int] | None = None,
) -> Answer:
    """Find the records for what stands in the field, and the cards in sight; on any thread."""
    query = complete(text, archive.vocabulary) or "*"
    found = archive.search(query, limit=FIRST, sort=sort, keys=True, among=among, cancel=cancel)
    cancel.check()
    node = archive.parse(query)
    reading = _reading(archive, node, found)
    said = say_marked(of_statements(node, ""), archive.vocabulary, STATEMENTS)
    return Answer(
        text, query, found, found.keys, reading, format_query(node), among, [*said, reading[-1]]
    )


def counted(archive: Archive, answer: Answer, facets: Sequence[str], cancel: CancelToken) -> Answer:
    """Count what the records found have in common; on any thread."""
    counts = archive.search(answer.query, limit=0, facets=facets, among=answer.among, cancel=cancel)
    return answer._replace(found=replace(answer.found, facets=counts.facets))


def _reading(archive: Archive, node: Node, found: Found) -> Sequence[tuple[str, bool]]:
    """Return the query in plain words, and what synonyms it looks for, too."""
    said = say_marked(node, archive.vocabulary)
    plain = "".join(text for text, _ in said)
    return [*said, (found.reading.removeprefix(plain), False)]


def _nothing(_none: None) -> None:
    """Take the answer of a task that has none."""


class Finder(QObject):
    """Asks the archive and tells what it answers; an answer to an earlier question is dropped.

    The list is told and painted first; then the counts beside it are made.

    Attributes:
        facets: the fields whose values are counted with every search.

    Signals:
        began: a search is under way.
        listed: an `Answer` without its facets.
        answered: the same `Answer` with them.
        refused: an `ArchivistError`: the text cannot be read, or the archive not searched.
    """

    began = Signal()
    listed = Signal(object)
    answered = Signal(object)
    refused = Signal(object)
    _first = Signal(int, object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.facets: tuple[str, ...] = (*USUAL, *DATES)
        self._asked: tuple[str, str, frozenset[int] | None] | None = None
        self._number = 0
        self._under_way = self._behind = self._prepared = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_AGAIN_MS)
        self._rest.timeout.connect(self._catch_up)
        self._first.connect(self._list)
        desk.events.archive_closed.connect(self._forget)

    def ask(
        self,
        text: str,
        sort: str,
        among: frozenset[int] | None = None,
        *,
        again: bool = False,
    ) -> None:
        """Search all records, or only some of them.

        Nothing is done where the same was asked for last; with `again`, it is searched even then.
        """
        asked = (text, sort, among)
        if self._desk.archive is None or (not again and self._asked == asked):
            return
        self._asked = asked
        if not again:
            self.began.emit()
        self._search(self._desk.archive, *asked)

    def follow(self) -> None:
        """Search for the same once more: the archive changed.

        What a person asked for is never put off by that, and an import, which changes the archive
        many times a second, is followed now and then.
        """
        self._behind = True
        if not self._rest.isActive() and not self._under_way:
            self._catch_up()

    def is_behind(self) -> bool:
        """Whether the archive changed and the search has still to follow."""
        return self._behind

    def _catch_up(self) -> None:
        archive, asked = self._desk.archive, self._asked
        if archive is None or asked is None or not self._behind or self._under_way:
            return
        self._rest.start()
        self._search(archive, *asked)

    def _search(self, archive: Archive, text: str, sort: str, among: frozenset[int] | None) -> None:
        self._number += 1
        self._under_way, self._behind = True, False
        number, facets = self._number, self.facets

        def work(cancel: CancelToken) -> Answer:
            answer = listed(archive, text, sort, cancel, among)
            self._first.emit(number, answer)
            cancel.wait(_PAINTED)
            return counted(archive, answer, facets, cancel)

        self._desk.tasks.read("finder", work, self._tell, self._refuse, owner=self)

    def _list(self, number: int, answer: Answer) -> None:
        if number == self._number and self._under_way:
            self.listed.emit(answer)

    def _tell(self, answer: Answer) -> None:
        self._under_way = False
        self.answered.emit(answer)
        self._prepare()
        self._go_on()

    def _prepare(self) -> None:
        """Have the archive read ahead, once its first answer is there."""
        archive = self._desk.archive
        if archive is not None and not self._prepared:
            self._prepared = True
            self._desk.tasks.read("preparing", archive.prepare, _nothing, owner=self)

    def _refuse(self, error: ArchivistError) -> None:
        self._under_way = False
        self.refused.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        """Follow what changed while the search was under way."""
        if self._behind and not self._rest.isActive():
            self._catch_up()

    def _forget(self) -> None:
        self._asked = None
        self._under_way = self._behind = self._prepared = False
        self._rest.stop()
        self._desk.tasks.cancel("finder")
        self._desk.tasks.cancel("preparing")
