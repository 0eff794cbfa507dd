"""What people decide on the statements of a record, and the pane in which they do so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from archivist.desk.models.statements import named
from archivist.model.statement import pieces_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from archivist.archive import Archive
    from archivist.archive.statements.account import Told
    from archivist.archive.statements.proposing import Name
    from archivist.desk.context import Desk
    from archivist.desk.views.reader_setting import Mark
    from archivist.desk.views.reader_statements_form import StatementForm
    from archivist.model.change import Change
    from archivist.model.errors import ArchivistError
    from archivist.model.record import Record
    from archivist.model.statement import Statement

_STALE: Final = (
    "Its words are not in the text any more. Withdraw the decision, or correct the text."
)


class Deciding(QObject):
    """Confirms, rejects, corrects and files statements of the record that is shown.

    Attributes:
        form: the pane that asks for what cannot be told by a key.
        record: the record, or None.
        told: its statement in hand, or None.

    Signals:
        began: (start, end, spans): the pane is open, for these words of the text.
        ended: it is closed.
        filed: (start, end) of a statement that is being filed.
    """

    began = Signal(int, int, object)
    ended = Signal()
    filed = Signal(int, int)

    def __init__(self, desk: Desk, form: StatementForm, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.form = form
        self.record: Record | None = None
        self.told: Told | None = None
        self.asking = False
        self._correcting: Told | None = None
        form.saved.connect(self._save)
        form.left.connect(self.leave)
        form.names_asked.connect(self._offer)

    def leave(self) -> None:
        """Close the pane; nothing is saved."""
        if self.asking:
            self.asking, self._correcting = False, None
            self.ended.emit()

    def confirm(self) -> None:
        """Say that the statement in hand is right."""
        self._decide(lambda archive, number: archive.confirm_statements([number]), "Confirmed")

    def reject(self) -> None:
        """Say that the statement in hand is none."""
        self._decide(lambda archive, number: archive.reject_statements([number]), "Rejected")

    def withdraw(self) -> None:
        """Take back what was decided on the statement in hand."""
        told = self.told
        if told is not None and not told.filed.decision:
            self._desk.events.message.emit("Nobody has decided on this statement.")
            return
        self._decide(
            lambda archive, number: archive.withdraw_decisions([number]),
            "Withdrew the decision on",
            stale=True,
        )

    def correct_speaker(self) -> None:
        """Open the pane with the statement in hand."""
        told = self.told
        if told is None:
            return
        if told.filed.stale:
            self._desk.events.message.emit(_STALE)
            return
        self._correcting = told
        self._open(told.said, told.words, new=False)

    def file(self, record: Record, start: int, end: int) -> None:
        """Open the pane for words that somebody selected."""

        def open_(said: Statement, words: str) -> None:
            self._correcting = None
            self._open(said, words, new=True)

        self._propose(record, start, end, open_)

    def _propose(
        self, record: Record, start: int, end: int, then: Callable[[Statement, str], None]
    ) -> None:
        """Ask what words are, as a statement; the record must still be the one shown then."""
        archive = self._desk.archive
        if archive is None:
            return

        def propose() -> tuple[Statement, str]:
            said = archive.proposed_statement(record, start, end)
            return said, archive.text(record)[said.start : said.end]

        def take(proposed: tuple[Statement, str]) -> None:
            if self.record is not None and self.record.id == record.id:
                then(*proposed)

        self._desk.tasks.read("reader.propose", lambda _token: propose(), take, owner=self)

    def _take_words(self, said: Statement, words: str) -> None:
        if self.asking:
            self.form.show_words(said.start, said.end, words)
            self.began.emit(said.start, said.end, pieces_of(said))

    def show_selected(self, start: int, end: int) -> None:
        """Take other words for the statement that is being filed or corrected."""
        if self.record is not None:
            self._propose(self.record, start, end, self._take_words)

    def _decide(
        self, work: Callable[[Archive, int], Change], done: str, *, stale: bool = False
    ) -> None:
        archive, record, told = self._desk.archive, self.record, self.told
        if archive is None or record is None or told is None:
            return
        if told.filed.stale and not stale:
            self._desk.events.message.emit(_STALE)
            return
        self._write(lambda: work(archive, _number(archive, record, told)), f"{done} the statement.")

    def _write(self, work: Callable[[], Change], words: str) -> None:
        def tell(change: Change) -> None:
            self.leave()
            self._desk.events.changed.emit(change)
            self._desk.events.message.emit(f"{words} Ctrl+Z takes it back.")

        def refuse(error: ArchivistError) -> None:
            if self.asking:
                self.form.show_fault(" ".join(filter(None, (error.message, error.hint))))
            else:
                self._desk.events.error.emit(error)

        self._desk.tasks.write(work, tell, refuse, self)

    def _open(self, said: Statement, words: str, *, new: bool) -> None:
        self.asking = True
        self.form.offer(())
        self.began.emit(said.start, said.end, pieces_of(said))
        self.form.ask(said, words, new=new)

    def _offer(self, typed: str) -> None:
        archive, record = self._desk.archive, self.record
        if archive is None or record is None:
            return

        def take(names: list[Name]) -> None:
            if self.asking:
                self.form.offer(names)

        self._desk.tasks.read(
            "reader.names", lambda _token: archive.speaker_names(record, typed), take, owner=self
        )

    def _save(self) -> None:
        archive, record, told = self._desk.archive, self.record, self._correcting
        if archive is None or record is None:
            return
        who = named(self.form.values()["speaker"])
        if told is None:
            values, span = self.form.values(), self.form.span
            self.filed.emit(*span)
            self._write(
                lambda: _added(archive, record, span, values),
                f"Filed as a statement of {who}.",
            )
        elif changes := self.form.changes():
            self._write(
                lambda: archive.correct_statement(_number(archive, record, told), **changes),
                f"Corrected the statement of {who}.",
            )
        else:
            self.leave()


def _added(archive: Archive, record: Record, span: Mark, values: Mapping[str, str]) -> Change:
    return archive.add_statement(record.ref, *span, **values)  # type: ignore[arg-type]


def _number(archive: Archive, record: Record, told: Told) -> int:
    """Return the number of a statement, which is kept now where it was only read."""
    return told.filed.number or archive.kept_number(record, told.said)
