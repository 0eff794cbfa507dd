"""The part of an archive's public API that is about statements: who said what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from archivist.archive.statements.stating import chosen_facets
from archivist.model.progress import silent
from archivist.model.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from archivist.archive.agents.speakers import Speakers
    from archivist.archive.finding import Finding
    from archivist.archive.results import FacetCount
    from archivist.archive.statements.deciding import Deciding
    from archivist.archive.statements.listing import StatementList
    from archivist.archive.statements.results import FoundStatements
    from archivist.archive.statements.saying import ReadingReport, Saying
    from archivist.archive.statements.stating import Stating
    from archivist.archive.statements.voices import Voices
    from archivist.model.change import Change
    from archivist.model.progress import CancelToken, Report
    from archivist.model.record import Record
    from archivist.model.statement import DatedFact, FiledStatement, Kind
    from archivist.store import Store

_BEHIND: Final = 40
"""The index follows a reading that goes on when it is so many steps behind."""


class Speaking:
    """Statements of an archive.

    Attributes:
        who: the name that stands in the journal for what is done through this object.
    """

    who: str
    _store: Store
    _finding: Finding
    _saying: Saying
    _voices: Voices
    _stating: Stating

    def _speakers(self) -> Speakers:
        raise NotImplementedError

    def statements(
        self,
        query: str,
        *,
        limit: int = 20,
        offset: int = 0,
        sort: str = "relevance",
        facets: bool | Sequence[str] = False,
        unsure: bool = False,
        cancel: CancelToken | None = None,
    ) -> FoundStatements:
        """Find statements.

        Args:
            query: in the query language; words without a field are words of the statement, `*` is
                every statement.
            limit: how many hits to return.
            offset: how many hits to skip.
            sort: "relevance", "newest" or "oldest".
            facets: whether to count facets, or which.
            unsure: whether those are wanted, too, that may be wrong.
            cancel: stops it.

        Raises:
            QueryError: the query cannot be read.
            StoppedError: it was stopped.
        """
        parsed = self._finding.parse(query)
        found = self._stating.search(
            parsed,
            self._finding.worded,
            query=query,
            limit=limit,
            offset=offset,
            sort=sort,
            facets=chosen_facets(facets),
            unsure=unsure,
            cancel=cancel,
        )
        return replace(found, reading=found.reading + self._finding.names_said(parsed))

    def list_statements(
        self,
        query: str,
        *,
        sort: str = "speaker",
        unsure: bool = False,
        among: Collection[int] | None = None,
        facets: Sequence[str] = (),
        cancel: CancelToken | None = None,
    ) -> StatementList:
        """Find all statements of a query, to be read page by page.

        What is being read for statements just now is not waited for.

        Args:
            query: in the query language, as for `statements`.
            sort: "speaker", "topic", "relevance", "newest" or "oldest".
            unsure: whether those are wanted, too, that may be wrong.
            among: ids of the only records whose statements are wanted; None for all.
            facets: fields whose values are counted, of statements and of their records.
            cancel: stops it.

        Raises:
            QueryError: the query cannot be read.
            StoppedError: it was stopped.
        """
        from archivist.archive.statements.listing import Listing  # noqa: PLC0415 - keeps starts quick

        node = self._finding.worded(self._finding.parse(query))
        self._voices.catch_up(cancel)
        listing = Listing(self._store, self._voices, self._speakers().head)
        found = listing.listed(
            node, sort=sort, unsure=unsure, among=among, facets=facets, cancel=cancel
        )
        if not found.total:
            answer = self.statements(query, limit=0, unsure=unsure, cancel=cancel)
            found.reason = answer.reason or "None of the new records holds such a statement."
            found.proposal = answer.proposal
        return found

    def statement_values(
        self,
        query: str,
        field: str,
        *,
        among: Collection[int] | None = None,
        cancel: CancelToken | None = None,
    ) -> Sequence[FacetCount]:
        """Count all values of a field among the statements of a query that are sure.

        Args:
            query: in the query language, as for `statements`.
            field: of statements or of their records.
            among: ids of the only records whose statements count; None for all.
            cancel: stops it.
        """
        from archivist.archive.statements.listing import Listing  # noqa: PLC0415 - keeps starts quick

        node = self._finding.worded(self._finding.parse(query))
        listing = Listing(self._store, self._voices, self._speakers().head)
        return listing.values(node, field, among=among, cancel=cancel)

    def statements_of(self, record: Record) -> list[FiledStatement]:
        """Return the statements of a record as they are at this moment, in order of its text.

        Those that are not sure, and those that were rejected, too.
        """
        return self._saying.of(record)

    def read_record(self, record: Record) -> bool:
        """Read a record for statements now, where it is not read as it stands, and this may.

        Returns:
            Whether its statements are kept, and have their numbers.
        """
        return record.id in self._saying.caught_up([record.id])

    def facts_of(self, record: Record) -> list[DatedFact]:
        """Return the sentences of a record that carry a date, as they are at this moment."""
        return self._saying.facts(record)

    def read_statements(
        self, progress: Report | None = None, cancel: CancelToken | None = None
    ) -> ReadingReport:
        """Read all texts that were not read for statements yet.

        Raises:
            StoppedError: it was stopped; what was read is kept.
        """
        report = self._saying.catch_up(progress or silent, cancel)
        self._voices.catch_up(cancel)
        self._voices.settle()
        return report

    def read_on(self, cancel: CancelToken | None = None) -> bool:
        """Read a little, for times when nobody waits; return whether there is more to do.

        Raises:
            StoppedError: it was stopped.
        """
        more = self._saying.step(cancel)
        if not more or self._voices.behind() >= _BEHIND:
            self._voices.catch_up(cancel)
        if not more:
            self._voices.settle()
        return more

    def unread(self) -> int:
        """Return how many records are still to be read for statements, about."""
        return self._saying.unread()

    # What people decide

    def confirm_statements(self, numbers: Sequence[int]) -> Change:
        """Say of statements that they are right.

        Raises:
            InputError: there is no such statement.
        """
        return self._deciding().judge(numbers, "confirmed")

    def reject_statements(self, numbers: Sequence[int]) -> Change:
        """Say of statements that they are none; they are shown no more.

        Raises:
            InputError: there is no such statement.
        """
        return self._deciding().judge(numbers, "rejected")

    def correct_statement(self, number: int, **changes: object) -> Change:
        """Correct a statement.

        Args:
            number: of the statement.
            **changes: start and end, kind, speaker, role, cue, addressee, occasion.

        Raises:
            InputError: there is no such statement.
            ValueRefusedError: a value cannot be kept.
        """
        return self._deciding().correct(number, changes)

    def add_statement(  # noqa: PLR0913 - all that a statement is
        self,
        ref: str,
        start: int,
        end: int,
        *,
        kind: Kind = "direct",
        speaker: str = "",
        role: str = "",
        cue: str = "",
        addressee: str = "",
        occasion: str = "",
    ) -> Change:
        """Add a statement that was not found.

        Args:
            ref: accession number or reference code of the record.
            start: where it begins in the text, in characters.
            end: where it ends, exclusive.
            kind: "direct", "indirect" or "turn".
            speaker: joint ones separated by "; ".
            role: the speaker's office.
            cue: the words that tell that it was said.
            addressee: to whom.
            occasion: where and how.

        Raises:
            UnknownRecordError: there is no such record.
            InputError: there is one of this kind at this place.
            ValueRefusedError: it does not lie within the text.
        """
        said = Statement(
            *(start, end, kind),
            speaker=speaker,
            role=role,
            cue=cue,
            addressee=addressee,
            occasion=occasion,
        )
        return self._deciding().add(self._store.records.by_ref(ref), said)

    def withdraw_decisions(self, numbers: Sequence[int]) -> Change:
        """Take decisions on statements back: what was found is shown again.

        Raises:
            InputError: there is no such statement, or nobody has decided on it.
        """
        return self._deciding().withdraw(numbers)

    def _deciding(self) -> Deciding:
        from archivist.archive.statements.deciding import Deciding  # noqa: PLC0415 - searches decide nothing

        return Deciding(self._store, self._saying, self.who)
