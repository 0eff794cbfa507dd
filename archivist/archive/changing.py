"""The part of an archive's public API that changes records, and takes back what was changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.archive.editing import Editing
from archivist.archive.results import EditReport, UndoReport
from archivist.archive.telling import told
from archivist.intake.clean import clean
from archivist.model.change import Change, Event, Operation
from archivist.model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from archivist.archive.finding import Finding
    from archivist.archive.vocabulary import Vocabulary
    from archivist.model.record import Original, Record
    from archivist.store import Store, Undone

PathLike = str | os.PathLike[str]


class Changing:
    """Changes of records, and their history.

    Attributes:
        who: the name that stands in the journal for what is done through this object.
        vocabulary: codes and labels of controlled fields.
    """

    who: str
    vocabulary: Vocabulary
    _store: Store
    _finding: Finding

    def edit(
        self,
        changes: Mapping[str, str],
        *,
        refs: Sequence[str] | None = None,
        query: str | None = None,
        ids: Sequence[int] | None = None,
        dry_run: bool = False,
    ) -> EditReport:
        """Set fields of one record or thousands, as one operation.

        Args:
            changes: text by field name; an empty text clears the field.
            refs: records by accession number or reference code.
            query: records by a query.
            ids: records by id.
            dry_run: tell what would change, record by record, and change nothing.

        Raises:
            InputError: a field is unknown or cannot be set, or a value does not fit.
        """
        return self._editing().edit(self._chosen(refs, query, ids), changes, dry_run=dry_run)

    def confirm(self, refs: Sequence[str]) -> Change:
        """Take records out of the inbox: their descriptions are right as they stand."""
        return self._editing().confirm(self._chosen(refs, None, None))

    def delete(self, refs: Sequence[str]) -> Change:
        """Move records to the trash."""
        return self._editing().move(self._chosen(refs, None, None), trash=True)

    def restore_records(self, refs: Sequence[str]) -> Change:
        """Bring records back from the trash."""
        return self._editing().move(self._chosen(refs, None, None), trash=False)

    def correct_text(self, ref: str, text: str) -> Change:
        """Give a record a corrected text, as a new version."""
        return self._change_one(
            ref,
            ("correct-text", "Correction of the text", "text"),
            lambda writer, record: writer.correct_text(record.id, clean(text)),
        )

    def set_original(self, ref: str, file: PathLike) -> Change:
        """Add a file as received to a record, or replace the one it has."""
        original = self._keep(Path(file))
        return self._change_one(
            ref,
            ("set-original", "Change of the original", "original"),
            lambda writer, record: writer.set_original(record.id, original),
        )

    def undo(self, operation: int | None = None) -> UndoReport:
        """Take an operation back; the last one that stands where none is named.

        Raises:
            NothingToUndoError: there is none.
        """
        done = self._store.undo(operation, self.who)
        return _taken_back(done)

    def redo(self) -> UndoReport:
        """Do again what was taken back last.

        Raises:
            NothingToUndoError: there is nothing to do again.
        """
        done = self._store.redo(self.who)
        return _taken_back(done)

    def undo_title(self) -> str | None:
        """Return what `undo` would take back, in words, or None."""
        found = self._store.journal.undoable()
        return found.title if found else None

    def redo_title(self) -> str | None:
        """Return what `redo` would do again, in words, or None."""
        found = self._store.journal.redoable()
        return self._store.journal.operation(found.undoes).title if found else None

    def history(
        self, ref: str | None = None, limit: int = 200, before: int | None = None
    ) -> list[Event]:
        """Return the journal of a record, or of the archive, newest first."""
        record_id = self._by_ref(ref).id if ref else None
        events = self._store.journal.events(record_id, limit, before)
        return [told(event, self._store) for event in events]

    def operations(self, limit: int = 50) -> list[Operation]:
        """Return what was done lately, newest first."""
        return self._store.journal.operations(limit)

    def _editing(self) -> Editing:
        return Editing(self._store, self.vocabulary, self.who)

    def _by_ref(self, ref: str) -> Record:
        return self._store.records.by_ref(ref)

    def _chosen(
        self, refs: Sequence[str] | None, query: str | None, ids: Sequence[int] | None
    ) -> list[int]:
        if ids is not None:
            return list(ids)
        if refs is not None:
            return list(dict.fromkeys(self._by_ref(ref).id for ref in refs))
        if query is None:
            raise InputError("No records were named.", "Name them by a query or by references.")
        return self._finding.keys(query, "relevance")

    def _keep(self, file: Path) -> Original:
        from archivist.archive import surveying  # noqa: PLC0415 - searches need no readers

        with surveying.surveyed(file, self._store.folder / "spool") as content:
            return self._store.originals.keep([content])[0]

    def _change_one(
        self, ref: str, what: tuple[str, str, str], change: Callable[..., object]
    ) -> Change:
        kind, title, attribute = what
        record = self._by_ref(ref)
        with self._store.write(kind, title, self.who) as writer:
            change(writer, record)
            operation = writer.operation
        return Change(operation, kind, title, (record.id,), frozenset({attribute}))


def _taken_back(done: Undone) -> UndoReport:
    return UndoReport(
        done.operation,
        done.undone,
        done.title,
        len(done.records),
        tuple(done.conflicts),
        done.things,
    )
