"""What an archive keeps besides records: saved searches, synonyms, term lists, passages."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.archive.thesaurus import Thesaurus
from archivist.model.progress import silent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archivist.archive.agents.register import Agents
    from archivist.archive.agents.speakers import Speakers
    from archivist.archive.collecting import Collecting
    from archivist.archive.finding import Finding
    from archivist.archive.results import Collected, News, SavedSearch, Synonyms, TermTable
    from archivist.archive.searches import Searches
    from archivist.archive.statements.voices import Voices
    from archivist.model.change import Change
    from archivist.model.progress import CancelToken, Report
    from archivist.store import Store

PathLike = str | os.PathLike[str]


class Keeping:
    """The part of an archive's public API that is about what is no record.

    Attributes:
        who: the name that stands in the journal for what is done through this object.
    """

    who: str
    _store: Store
    _finding: Finding
    _voices: Voices

    @cached_property
    def agents(self) -> Agents:
        """Persons, bodies and families of names, and whom a name means."""
        from archivist.archive.agents.register import Agents  # noqa: PLC0415 - only where they are asked for

        return Agents(self._store, lambda: self.who, self._voices, self._finding)

    def _speakers(self) -> Speakers:
        return self.agents.speakers()

    # Saved searches

    def saved_searches(self) -> list[SavedSearch]:
        """Return every saved search, in the order of saving."""
        return self._searches().saved()

    def saved_search(self, number: int) -> SavedSearch:
        """Return a saved search.

        Raises:
            InputError: there is none with this number.
        """
        return self._searches().get(number)

    def save_search(self, name: str, query: str, sort: str = "relevance") -> SavedSearch:
        """Keep a query under a name; what it finds now is taken as seen.

        Raises:
            QueryError: the query cannot be read.
            ValueRefusedError: the name is empty or another search's, or there is no such order.
        """
        return self._searches().save(name, query, sort)

    def edit_search(
        self,
        number: int,
        *,
        name: str | None = None,
        query: str | None = None,
        sort: str | None = None,
    ) -> Change:
        """Change a saved search; what is None stays.

        Raises:
            InputError: there is none with this number, or what is given cannot be used.
        """
        return self._searches().edit(number, name, query, sort)

    def delete_search(self, number: int) -> Change:
        """Remove a saved search.

        Raises:
            InputError: there is none with this number.
        """
        return self._searches().delete(number)

    def news(self, number: int) -> News:
        """Tell what a saved search finds now and did not when it was last opened.

        Where it never was opened, or not since its query was changed, everything is new.

        Raises:
            InputError: there is none with this number.
        """
        return self._searches().news(number)

    def open_search(self, number: int) -> News:
        """Tell the news of a saved search, and remember what it finds now as seen.

        Raises:
            InputError: there is none with this number.
        """
        return self._searches().open(number)

    # Synonyms

    def thesaurus(self) -> list[Synonyms]:
        """Return the rings of synonyms, those first that ship with Archivist."""
        return self._synonyms().listed()

    def set_synonyms(self, number: int, terms: Sequence[str]) -> Change:
        """Give a ring of synonyms its terms; a new one where the number is 0.

        Raises:
            InputError: there is no such ring, or these terms cannot be synonyms.
        """
        return self._synonyms().set(number, terms)

    def remove_synonyms(self, number: int) -> Change:
        """Take a ring of synonyms out.

        Raises:
            InputError: there is no such ring.
        """
        return self._synonyms().remove(number)

    def import_synonyms(self, path: PathLike) -> Change:
        """Add the rings of a CSV file, a ring in a row; those that are there already stay.

        Raises:
            InputError: a row holds no synonyms; nothing is added then.
            StorageError: the file cannot be read.
        """
        return self._synonyms().load(Path(path))

    def export_synonyms(self, path: PathLike) -> None:
        """Write every ring to a CSV file, a ring in a row.

        Raises:
            StorageError: the file cannot be written.
        """
        self._synonyms().save(Path(path))

    # Lists of terms

    def count_terms(
        self,
        lines: Iterable[str],
        *,
        within: str = "",
        progress: Report | None = None,
        cancel: CancelToken | None = None,
    ) -> TermTable:
        """Count in how many records and places each term of a list stands.

        Args:
            lines: a query in each; empty lines and those that begin with # are left out. One that
                cannot be read says so in its row.
            within: a query; only records that match it count.
            progress: takes reports.
            cancel: stops it.

        Raises:
            QueryError: `within` cannot be read.
            StoppedError: it was stopped.
        """
        from archivist.archive import termlist  # noqa: PLC0415 - most searches count no lists

        counting = termlist.Counting(self._store, self._finding, progress or silent, cancel)
        return counting.count(lines, within)

    @staticmethod
    def read_terms(path: PathLike) -> list[str]:
        """Return the lines of a file, whatever it is encoded in.

        Raises:
            StorageError: it cannot be read.
        """
        from archivist.archive import termlist  # noqa: PLC0415 - most searches count no lists

        return termlist.read(Path(path))

    @staticmethod
    def write_terms(table: TermTable, path: PathLike) -> None:
        """Write a counted list as CSV or JSON, by the ending of `path`.

        Raises:
            InputError: the ending is neither.
            StorageError: the file cannot be written.
        """
        from archivist.archive import termlist  # noqa: PLC0415 - most searches count no lists

        termlist.write(table, Path(path))

    # What is gathered for a dossier

    def collect(self, items: Sequence[Collected]) -> Change:
        """Gather passages for a dossier; what was gathered already stays as it is.

        Raises:
            InputError: a passage does not lie within the text of its record.
            UnknownRecordError: there is no such record.
        """
        return self._collecting().collect(items)

    def collected(self) -> list[Collected]:
        """Return what was gathered, in the order of gathering, where it stands in the texts now."""
        return self._collecting().collected()

    def uncollect(self, items: Sequence[Collected]) -> Change:
        """Put gathered passages back."""
        return self._collecting().uncollect(items)

    def _searches(self) -> Searches:
        from archivist.archive.searches import Searches  # noqa: PLC0415 - only where one is kept

        return Searches(self._store, self._finding, self.who)

    def _synonyms(self) -> Thesaurus:
        return Thesaurus(self._store, self.who)

    def _collecting(self) -> Collecting:
        from archivist.archive.collecting import Collecting  # noqa: PLC0415 - for gathering only

        return Collecting(self._store, self.who)
