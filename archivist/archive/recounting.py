"""The part of an archive's public API for reading a record closely, and dates in order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from archivist.archive.keeping import Keeping
from archivist.archive.statements.speaking import Speaking
from archivist.model.progress import silent

if TYPE_CHECKING:
    import os
    from collections.abc import Collection

    from archivist.archive.chronology import Chronology
    from archivist.archive.statements.account import Account
    from archivist.archive.statements.proposing import Name
    from archivist.archive.vocabulary import Vocabulary
    from archivist.model.progress import CancelToken, Report
    from archivist.model.record import Record
    from archivist.model.statement import Statement


class Recounting(Keeping, Speaking):
    """What one record is found to say, what somebody may add to it, and what happened when."""

    vocabulary: Vocabulary

    def account(self, record: Record) -> Account:
        """Return all that a record is found to say, and who decided on it; read now if need be."""
        from archivist.archive.statements import account  # noqa: PLC0415 - searches show no account

        return account.account_of(self._store, self._saying, record)

    def chronology(
        self,
        query: str,
        *,
        among: Collection[int] | None = None,
        start: str = "",
        end: str = "",
        sentences_only: bool = False,
        cancel: CancelToken | None = None,
    ) -> Chronology:
        """Return what happened when: dates of records found, and of sentences that carry one.

        Args:
            query: in the query language; `*` is every record.
            among: ids of the only records whose dates are wanted; None for all.
            start: the first date wanted, as 1962 or 1962-10; empty for all before `end`.
            end: the last date wanted; empty for all after `start`.
            sentences_only: leave the records' own dates out.
            cancel: stops it.

        Raises:
            QueryError: the query cannot be read.
            InputError: there is no such span of dates.
            StoppedError: it was stopped.
        """
        from archivist.archive import chronology  # noqa: PLC0415 - keeps starts quick

        asked = chronology.span_of(start, end)
        use = chronology.Chronicle(self._store, self._finding, self._saying, self.vocabulary)
        found = use.ask(query, among, cancel)
        if asked is None and not sentences_only:
            return found
        return found.narrowed(asked, sentences_only=sentences_only)

    @staticmethod
    def write_chronology(
        found: Chronology,
        path: str | os.PathLike[str],
        progress: Report | None = None,
        cancel: CancelToken | None = None,
    ) -> int:
        """Write a chronology as CSV or JSON, by the ending of `path`; return how many lines.

        Raises:
            InputError: the ending is neither.
            StorageError: the file cannot be written.
            StoppedError: it was stopped; nothing is written.
        """
        from archivist.archive import chronology  # noqa: PLC0415 - keeps starts quick

        return chronology.write(found, Path(path), progress or silent, cancel)

    def proposed_statement(self, record: Record, start: int, end: int) -> Statement:
        """Return what words that somebody marks probably are: kind, speaker, office; none is kept.

        Args:
            record: whose text it is.
            start: where the words begin in it, in characters.
            end: where they end.
        """
        from archivist.archive.statements import proposing  # noqa: PLC0415 - searches propose nothing

        text = self._store.records.text(record.text_hash) if record.text_hash else ""
        return proposing.proposed(record, text, start, end, self._saying.of(record))

    def speaker_names(self, record: Record, prefix: str = "", limit: int = 12) -> list[Name]:
        """Return who may speak in a record: whoever does, then agents and other speakers known.

        Args:
            record: whose own speakers and persons come first.
            prefix: as it was typed; the name, or a word of it, begins so.
            limit: how many at most.
        """
        from archivist.archive.statements import proposing  # noqa: PLC0415 - searches propose nothing

        known = proposing.names_of(record, self._saying.of(record))
        if prefix.strip():
            date = record.description.date
            known += [proposing.named(agent, date) for agent in self.agents.listed()]
            known += [proposing.Name(name) for name, _ in self._stating.values("speaker")]
        return proposing.matching(known, prefix, limit)

    def kept_number(self, record: Record, statement: Statement) -> int:
        """Return the number of a statement of a record, which is read for good where it was not.

        Raises:
            InputError: it is not found there any more.
        """
        return self._deciding().number_of(record, statement)
