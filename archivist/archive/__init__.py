"""The archive as its users know it: the public Python API, one module a use case."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Self

from archivist.archive import custody, settings
from archivist.archive.changing import Changing
from archivist.archive.editing import checked
from archivist.archive.finding import FACET_VALUES, Finding, chosen_facets
from archivist.archive.following import Follower
from archivist.archive.recounting import Recounting
from archivist.archive.results import (
    BackupReport,
    CheckReport,
    Collected,
    DossierReport,
    FilingReport,
    Found,
    Hit,
    ImportSummary,
    Passage,
    Pulse,
)
from archivist.archive.statements.saying import Rules, Saying
from archivist.archive.statements.stating import Stating
from archivist.archive.statements.voices import Voices
from archivist.archive.vocabulary import Vocabulary
from archivist.archive.wording.phrasing import Phrasing
from archivist.intake.clean import clean, text_hash
from archivist.model.progress import CancelToken, Progress, Report, silent
from archivist.model.record import Description, Record, State
from archivist.store import NewRecord, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from archivist.archive import dossiers
    from archivist.archive.concording import Concordance, Concording
    from archivist.archive.filing import Filing
    from archivist.archive.statements.saying import Extractor
    from archivist.model.change import Change
    from archivist.model.query import Node
    from archivist.model.record import Draft, Refusal

PathLike = str | os.PathLike[str]

__all__ = ["Archive", "Progress", "describe"]


def describe(
    paths: Sequence[PathLike], *, workers: int | None = None, cancel: CancelToken | None = None
) -> Iterator[Draft | Refusal]:
    """Yield what filing would propose for each document; needs no archive."""
    from archivist.archive import surveying  # noqa: PLC0415 - searches need no readers

    yield from surveying.describe(paths, workers=workers, cancel=cancel)


class Archive(Changing, Recounting, Phrasing):
    """One archive, open.

    It may be shared by several threads; other processes may read it, and write short changes, while
    one imports.

    Attributes:
        vocabulary: codes and labels of controlled fields.
        who: the name that stands in the journal for what is done through this object.
    """

    def __init__(
        self, store: Store, *, follow: bool = True, extractor: Extractor | None = None
    ) -> None:
        """Wrap an open store; use `create` and `open` instead."""
        self._store = store
        self.who = settings.who()
        self._follower = Follower(store, writes=follow)
        self.vocabulary = Vocabulary(store, self._follower.searcher)
        self._saying = Saying(store, extractor or Rules(), writes=follow)
        self._voices = Voices(store, writes=follow)
        self._stating = Stating(store, self._saying, self._voices, self.vocabulary)
        self._finding = Finding(
            store, self._follower, self.vocabulary, self._stating, self._speakers
        )

    @classmethod
    def create(cls, path: PathLike, name: str = "") -> Archive:
        """Make a new archive in the folder `path`.

        Raises:
            InputError: the folder exists and is not empty.
            StorageError: it cannot be made.
        """
        folder = Path(path)
        return cls(Store.create(folder, name or folder.name.removesuffix(".archive")))

    @classmethod
    def open(cls, path: PathLike, *, follow: bool = True) -> Archive:
        """Open the archive in the folder `path`.

        Args:
            path: the folder.
            follow: whether searches through this object may bring the index up to date; where
                another process does that, pass False.

        Raises:
            ArchiveUnusableError: it is missing, damaged, or of a newer format.
        """
        return cls(Store.open(Path(path)), follow=follow)

    @staticmethod
    def restore(
        file: PathLike,
        folder: PathLike,
        progress: Report | None = None,
        cancel: CancelToken | None = None,
    ) -> BackupReport:
        """Make an archive in `folder` from a backup, and check every digest on the way."""
        done = Store.restore(Path(file), Path(folder), progress or silent, cancel)
        return BackupReport(done.records, done.originals, done.sha256, done.faults)

    def close(self) -> None:
        """Let go of the archive's files."""
        self._follower.close()
        self._voices.close()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The archive's folder."""
        return self._store.folder

    @property
    def id(self) -> str:
        """The archive's own identity, made once."""
        return self._store.id

    @property
    def name(self) -> str:
        """What people call the archive."""
        return self._store.name

    def sequence(self) -> int:
        """Return the journal's sequence number now."""
        return self._store.journal.head()

    def pulse(self) -> Pulse:
        """Return marks of the archive's state, cheaply: who keeps them sees that it changed."""
        return Pulse(self._store.journal.head(), self._store.imports.mark())

    def changes(self, since: int, upto: int) -> list[Change]:
        """Return what was done, by whatever program, between two sequence numbers of the journal.

        Where that is much, the changes name no records: anything may have changed.
        """
        return self._store.journal.changes(since, upto)

    def indexed(self) -> int:
        """Return the sequence number the index holds now, whoever brought it there.

        Raises:
            IndexBusyError: another process builds it anew.
        """
        return self._follower.searcher().sequence

    def tidy(self) -> int:
        """Sweep what killed imports left behind a day ago or earlier; return how many files."""
        return self._store.tidy()

    def follow(self, cancel: CancelToken | None = None) -> int:
        """Bring the index up to the journal's head; return the sequence number it then holds."""
        return self._follower.catch_up(cancel)

    # Filing

    def file(
        self,
        paths: Sequence[PathLike],
        *,
        series: str = "",
        dry_run: bool = False,
        workers: int | None = None,
        progress: Report | None = None,
        cancel: CancelToken | None = None,
    ) -> FilingReport:
        """File documents: files, folders, mail, archives and catalogues.

        Args:
            paths: what to file.
            series: code of the series of the file plan to file into.
            dry_run: tell what would be filed, and file nothing.
            workers: how many processes read at once; chosen by the machine where it is None.
            progress: takes reports of what is acknowledged.
            cancel: stops it; what was acknowledged stays.

        Returns:
            What became of every path, when all it filed can be found.
        """
        use = self._filing()
        report = progress or silent
        if dry_run:
            return use.preview(paths, workers=workers, report=report, cancel=cancel)
        return use.file(paths, series=series, workers=workers, report=report, cancel=cancel)

    def type_in(self, description: Description, text: str) -> Record:
        """File a record that has no file: typed in from paper.

        Raises:
            ValueRefusedError: a value of the description does not fit.
        """
        description = checked(description, self.vocabulary)
        body = clean(text)
        title = description.title or "untitled"
        with self._store.write("file", f"Record typed in: {title}", self.who) as writer:
            return writer.file(
                NewRecord(
                    description=description,
                    proposed=frozenset(),
                    text=body,
                    digest=text_hash(body) if body else "",
                    original=None,
                    path="",
                    parent_id=0,
                    note="" if body else "no text",
                    inbox=False,
                )
            )

    def imports(self) -> list[ImportSummary]:
        """Return every import, newest first."""
        return self._filing().summaries()

    def import_report(self, run: int) -> FilingReport:
        """Return what became of every path of an import."""
        return self._filing().report(run)

    # Finding

    def prepare(self, cancel: CancelToken) -> None:
        """Read ahead what most searches need, so that none of them waits for the disk.

        Raises:
            StoppedError: the token was cancelled.
        """
        self._finding.prepare(cancel)
        self._prepare_quotes(cancel)
        cancel.check()
        self.agents.prepare()

    def search(  # noqa: PLR0913 - every wish has a name of its own
        self,
        query: str,
        *,
        limit: int = 20,
        offset: int = 0,
        sort: str = "relevance",
        facets: bool | Sequence[str] = False,
        facet_limit: int | None = FACET_VALUES,
        keys: bool = False,
        among: Collection[int] | None = None,
        cancel: CancelToken | None = None,
    ) -> Found:
        """Find records.

        Args:
            query: in the query language; `*` is every record.
            limit: how many hits to return.
            offset: how many hits to skip.
            sort: "relevance", "newest" or "oldest".
            facets: whether to count facets, or which.
            facet_limit: how many values of each facet; None for all.
            keys: whether the ids of all records that match are wanted, too.
            among: ids of the only records that are searched; None for all.
            cancel: stops it.

        Raises:
            QueryError: the query cannot be read.
            StoppedError: it was stopped.
        """
        return self._finding.search(
            query,
            limit=limit,
            offset=offset,
            sort=sort,
            facets=chosen_facets(facets),
            facet_limit=facet_limit,
            keys=keys,
            among=among,
            cancel=cancel,
        )

    def concordance(
        self,
        query: str,
        *,
        sort: str = "record",
        among: Collection[int] | None = None,
        cancel: CancelToken | None = None,
    ) -> Concordance:
        """Find every hit of a query as a line of its own; read them page by page.

        Args:
            query: in the query language.
            sort: by record: "record" (relevance), "newest", "oldest", "originator"; or by the
                words beside the hit: "left" and "right", "left2" to "right3" from the second or
                third word on.
            among: ids of the only records that are searched; None for all.
            cancel: stops it.

        Raises:
            QueryError: the query cannot be read.
            InputError: lines cannot be sorted so.
            StoppedError: it was stopped.
        """
        return self._concording().ask(query, sort, cancel, among)

    def passages(self, stretches: Sequence[tuple[int, int, int]]) -> list[Passage]:
        """Return passages, given as record, start and end, in their paragraphs and with citation.

        Raises:
            UnknownRecordError: there is no such record.
        """
        return self._concording().passages(stretches)

    def find_keys(
        self, query: str, sort: str = "relevance", cancel: CancelToken | None = None
    ) -> list[int]:
        """Return the ids of all records a query matches, in order."""
        return self._finding.keys(query, sort, cancel)

    def hits(self, ids: Sequence[int], query: str = "*") -> list[Hit]:
        """Return what lists show of records, in the given order."""
        return self._finding.hits(ids, query)

    def parse(self, query: str) -> Node:
        """Read a query text.

        Raises:
            QueryError: it cannot be read.
        """
        return self._finding.parse(query)

    def reading(self, query: str) -> str:
        """Return a query in plain words."""
        return self._finding.reading(query)

    def forms(self, query: str, limit: int = 12) -> list[tuple[str, list[tuple[str, int]]]]:
        """Return the words of texts that each word of a query stands for, most frequent first.

        Args:
            query: in the query language.
            limit: how many words of each, at most.

        Returns:
            By what was typed, in order: each word and how many records have it. What stands for
            itself, such as a phrase, is left out.

        Raises:
            QueryError: the query cannot be read.
        """
        return self._finding.forms(query, limit)

    def marks(self, query: str, record: Record) -> list[tuple[int, int]]:
        """Return where a record's text matches: (start, end) in characters, ascending, disjoint."""
        return self._finding.marks(query, record, self.text(record))

    def complete_values(self, field: str, prefix: str) -> list[str]:
        """Return values of a field that begin so, most frequent first."""
        return self._finding.complete(field, prefix)

    # Records

    def record(self, key: str | int) -> Record:
        """Return a record by accession number, reference code or id.

        Raises:
            UnknownRecordError: there is none.
        """
        return self._store.records.get(key) if isinstance(key, int) else self._by_ref(key)

    def text(self, record: Record) -> str:
        """Return a record's current text; empty where it has none."""
        return self._store.records.text(record.text_hash) if record.text_hash else ""

    def original_path(self, record: Record) -> Path | None:
        """Return where a record's original lies, or None where it has none."""
        if record.original is None:
            return None
        return self._store.originals.path(record.original.sha256)

    def attachments(self, record: Record) -> list[Record]:
        """Return the records tied to a message as its attachments."""
        return self._store.records.children(record.id)

    def trash_page(self, limit: int = 100, offset: int = 0) -> list[Record]:
        """Return records in the trash, changed last first."""
        return self._store.records.page(State.TRASHED, limit, offset)

    def count(self, state: State = State.FILED) -> int:
        """Return how many records are in a state."""
        return self._store.records.count(state)

    def series(self) -> list[tuple[str, str, int]]:
        """Return the file plan: code, title and number of records of each series."""
        return [(one.code, one.title, one.records) for one in self._store.series.list()]

    def citation(self, record: Record, paragraph: int | None = None) -> str:
        """Return how a record, or a paragraph of it, is cited."""
        from archivist.archive import dossiers  # noqa: PLC0415 - searches cite nothing

        return dossiers.citation_of(record, self.vocabulary, paragraph)

    # Reports and custody

    def write_dossier(  # noqa: PLR0913 - every option of a report has a name of its own
        self,
        target: PathLike,
        *,
        query: str | None = None,
        refs: Sequence[str] | None = None,
        ids: Sequence[int] | None = None,
        title: str = "",
        subtitle: str = "",
        date: str = "",
        mark: str = "",
        order: dossiers.Order = "date",
        mode: dossiers.Mode = "full",
        layout: bool = True,
        collected: Sequence[Collected] = (),
        progress: Report | None = None,
        cancel: CancelToken | None = None,
    ) -> DossierReport:
        """Write records as a Word report, a CSV or a JSON file, by the ending of `target`.

        Records are those of `collected`, of `refs` or `ids` in that order, else those of `query`;
        where both are given, what the query searches is marked in the texts. Of a record of which
        passages were collected, the paragraphs that hold them are written, the passages marked.
        """
        from archivist.archive import dossiers  # noqa: PLC0415 - searches write no reports

        extracts: dict[int, dossiers.Spans] = {}
        if collected:
            ids, extracts = dossiers.gathered(collected)
        chosen = self._chosen(refs, None if refs or ids else query, ids)
        searched = query or ""
        request = dossiers.Request(
            title=title,
            subtitle=subtitle,
            date=date,
            mark=mark,
            order=order,
            mode=mode,
            query=searched,
            reading=self.reading(searched) if searched else "",
            layout=layout,
            extracts=extracts,
        )
        return dossiers.write(
            self._store,
            self.vocabulary,
            Path(target),
            chosen,
            marks=self._marks_of(searched),
            request=request,
            report=progress or silent,
            cancel=cancel or CancelToken(),
        )

    def check(
        self, progress: Report | None = None, cancel: CancelToken | None = None
    ) -> CheckReport:
        """Check the database, the journal, every original, and the index against the store."""
        return custody.check(
            self._store, (self._follower, self._voices), progress or silent, cancel
        )

    def reindex(self, progress: Report | None = None, cancel: CancelToken | None = None) -> int:
        """Build the indexes anew and swap them in; return how many records there are."""
        records = self._follower.rebuild(progress or silent, cancel)
        self._voices.rebuild(silent, cancel)
        return records

    def backup(
        self,
        file: PathLike,
        progress: Report | None = None,
        cancel: CancelToken | None = None,
    ) -> BackupReport:
        """Write the whole archive but its index into one file."""
        return custody.backup(self._store, Path(file), progress or silent, cancel)

    def _filing(self) -> Filing:
        from archivist.archive.filing import Filing  # noqa: PLC0415 - searches need no readers

        return Filing(self._store, self._follower, self.who)

    def _concording(self) -> Concording:
        from archivist.archive.concording import Concording  # noqa: PLC0415 - one view of many

        return Concording(self._store, self._follower, self._finding, self.vocabulary)

    def _marks_of(self, query: str) -> Callable[[Record, str], Sequence[tuple[int, int]]]:
        if not query:
            return lambda _record, _text: ()
        return lambda record, text: self._finding.marks(query, record, text)
