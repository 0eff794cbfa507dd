"""Documents become records: read in child processes, filed in batches, acknowledged by commits."""

from __future__ import annotations

import itertools
import logging
import os
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from archivist.archive.batching import batches
from archivist.archive.results import Duplicate, Filed, FilingReport, ImportSummary
from archivist.archive.surveying import count, default_workers, read
from archivist.intake.clean import text_hash
from archivist.intake.pool import ReaderPool
from archivist.intake.reading import Limits
from archivist.intake.sources import Source, walk
from archivist.model.errors import (
    ArchivistError,
    StoppedError,
    StorageError,
    ValueRefusedError,
)
from archivist.model.progress import CancelToken, Progress, Report, silent
from archivist.model.record import Draft, Original, Refusal
from archivist.model.words import words_of
from archivist.store import ImportItem, NewRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from archivist.archive.batching import Outcome
    from archivist.archive.following import Follower
    from archivist.model.record import Content
    from archivist.store import Store, Writer

_LOG = logging.getLogger(__name__)
_INDEX_EVERY: Final = 1000
"""Records filed before the index follows while an import goes on."""
_SAME_TEXT_WORDS: Final = 20
"""Words a text must have to make a document a duplicate by its text alone."""
_SAME_TEXT_LETTERS: Final = (400, 4000)
"""How much of a text is looked at for so many words; the beginning is mostly enough."""
_CHANGED: Final = "It changed while it was being filed. File it again."


class _GoneError(Exception):
    """What a document was said to repeat is no record any more."""


@dataclass(slots=True)
class _Run:
    """One import under way: what is settled, counted and still to be committed."""

    number: int
    names: list[str]
    operation: int
    title: str
    who: str
    series: str
    settled: set[str]
    last: str
    report: Report
    cancel: CancelToken
    total: int
    parents: dict[str, int] = field(default_factory=dict)
    done: int = 0
    unindexed: int = 0


class Filing:
    """The use case of filing, over one store and its index."""

    def __init__(self, store: Store, follower: Follower, who: str) -> None:
        """File into `store` in the name of `who`."""
        self._store = store
        self._follower = follower
        self._who = who

    def file(
        self,
        paths: Sequence[str | os.PathLike[str]],
        *,
        series: str = "",
        workers: int | None = None,
        report: Report = silent,
        cancel: CancelToken | None = None,
    ) -> FilingReport:
        """File documents; an import of the same paths that was interrupted is taken up again.

        Returns:
            What became of every path, when all that was filed can be found.
        """
        started = time.monotonic()
        names = [os.fspath(path) for path in paths]
        run = self._begin(names, series, report, cancel or CancelToken())
        state = "interrupted"
        try:
            stopped = self._file_all(run, names, workers)
            state = "stopped" if stopped else "done"
            self._make_found()
        finally:
            self._store.imports.finish(run.number, state, time.monotonic() - started)
        return self.report(run.number)

    def _make_found(self) -> None:
        """Let the index catch up; where it cannot now, it does at the next search."""
        try:
            self._follower.catch_up()
            self._follower.tidy()
        except ArchivistError as error:
            _LOG.info("The index follows later: %s", error)

    def preview(
        self,
        paths: Sequence[str | os.PathLike[str]],
        *,
        workers: int | None = None,
        report: Report = silent,
        cancel: CancelToken | None = None,
    ) -> FilingReport:
        """Tell what filing would do; nothing is written."""
        started = time.monotonic()
        names = [os.fspath(path) for path in paths]
        seen: dict[str, str] = {}
        filed: list[Filed] = []
        duplicates: list[Duplicate] = []
        refused: list[Refusal] = []
        cancel = cancel or CancelToken()
        stopped = False
        try:
            for done, outcome in enumerate(read(walk(names), workers, cancel), 1):
                report(Progress(done, None, "Reading", outcome.path))
                if isinstance(outcome, Refusal):
                    refused.append(outcome)
                elif (ref := self._known(outcome, seen)) is not None:
                    duplicates.append(Duplicate(outcome.path, ref))
                else:
                    title = outcome.description.title
                    filed.append(Filed("", outcome.path, title, outcome.note))
        except StoppedError:
            stopped = True
        return FilingReport(
            operation=0,
            filed=tuple(filed),
            duplicates=tuple(duplicates),
            refused=tuple(refused),
            seconds=time.monotonic() - started,
            stopped=stopped,
        )

    def report(self, number: int) -> FilingReport:
        """Return the report of an import."""
        run = self._store.imports.get(number)
        filed: list[Filed] = []
        duplicates: list[Duplicate] = []
        refused: list[Refusal] = []
        for item in self._store.imports.items(number):
            if item.outcome == "filed":
                filed.append(Filed(item.ref, item.path, item.title, item.detail))
            elif item.outcome == "duplicate":
                duplicates.append(Duplicate(item.path, item.ref))
            else:
                refused.append(Refusal(item.path, item.reason, item.detail))
        return FilingReport(
            operation=run.operation,
            filed=tuple(filed),
            duplicates=tuple(duplicates),
            refused=tuple(refused),
            seconds=run.seconds,
            stopped=run.state == "stopped",
            title=run.title,
            began=run.began,
            who=run.who,
            run=run.run,
        )

    def summaries(self) -> list[ImportSummary]:
        """Return every import, newest first."""
        return [
            ImportSummary(
                run=run.run,
                title=run.title,
                began=run.began,
                who=run.who,
                state=run.state,
                filed=run.filed,
                duplicates=run.duplicates,
                refused=run.refused,
                paths=run.paths,
            )
            for run in self._store.imports.list()
        ]

    def _begin(self, names: list[str], series: str, report: Report, cancel: CancelToken) -> _Run:
        absolute = [os.path.abspath(name) for name in names]  # noqa: PTH100 - links stay as given
        options = {"series": series, "names": names}
        number = self._store.imports.resume_candidate(absolute, options)
        title = title_of(names)
        if number is None:
            number = self._store.imports.begin(absolute, title, self._who, options)
        paths = [item.path for item in self._store.imports.items(number)]
        return _Run(
            number=number,
            names=names,
            operation=self._store.imports.operation(number),
            title=title,
            who=self._who,
            series=series,
            settled=set(paths),
            last=paths[-1] if paths else "",
            report=report,
            cancel=cancel,
            total=count(names, cancel),
        )

    def _file_all(self, run: _Run, names: list[str], workers: int | None) -> bool:
        """File what is not settled yet; return whether the user stopped it."""
        run.done = len(run.settled)
        sources = _unsettled(walk(names), run.last, run.settled)
        known = self._held if self._store.journal.head() else None
        try:
            with self._pool(workers, known) as pool:
                outcomes = _new(pool.read(sources, run.cancel), run.settled)
                for batch in batches(outcomes, run.cancel):
                    run.cancel.rest()
                    self._commit(run, batch)
                    self._follow(run)
        except StoppedError:
            return True
        return run.cancel.cancelled

    def _held(self, digests: Collection[str]) -> frozenset[str]:
        """Return which digests documents of the archive have; none where that cannot be told."""
        try:
            return self._store.records.known(digests)
        except ArchivistError as error:
            _LOG.info("Documents are read whole, known or not: %s", error)
            return frozenset()

    @contextmanager
    def _pool(
        self, workers: int | None, known: Callable[[Collection[str]], Collection[str]] | None
    ) -> Iterator[ReaderPool]:
        """Open readers whose spool lies in the archive and outlasts the last transaction."""
        folder = self._store.folder / "spool"
        folder.mkdir(exist_ok=True)
        with (
            tempfile.TemporaryDirectory(dir=folder, prefix="import-") as spool,
            ReaderPool(workers or default_workers(), Path(spool), Limits(), known) as pool,
        ):
            yield pool

    def _commit(self, run: _Run, batch: list[Outcome]) -> None:
        """File a batch; read whole what repeats a record whose filing was just taken back."""
        try:
            self._transact(run, batch)
        except _GoneError:
            with self._pool(1, None) as pool:
                self._transact(run, list(_read_whole(batch, run.names, pool)))

    def _transact(self, run: _Run, batch: list[Outcome]) -> None:
        """Keep the originals, then file the records that name them in one transaction."""
        originals, batch = self._keep(batch)
        keys = [_keys(outcome) for outcome in batch]
        with self._store.write("import", run.title, run.who, run.operation) as writer:
            held = set(self._store.records.held(list(itertools.chain(*keys))))
            for outcome, own in zip(batch, keys, strict=True):
                known = None if held.isdisjoint(own) else self._store.records.find_duplicate(*own)
                held.update(filter(None, own))
                writer.settle(run.number, self._settle(run, writer, outcome, originals, known))
            operation = writer.operation
        if not run.operation:
            run.operation = operation
            self._store.imports.set_operation(run.number, operation)
        run.done += len(batch)
        run.report(Progress(run.done, max(run.total, run.done), "Filing", batch[-1].path))

    def _keep(self, batch: list[Outcome]) -> tuple[dict[str, Original], list[Outcome]]:
        """Keep the originals of a batch; refuse what changed or vanished since it was read."""
        contents = {
            outcome.content.sha256: outcome.content
            for outcome in batch
            if isinstance(outcome, Draft) and outcome.content is not None
        }
        try:
            kept = self._store.originals.keep(contents.values())
        except StorageError:
            return self._keep_singly(contents, batch)
        return {original.sha256: original for original in kept}, batch

    def _keep_singly(
        self, contents: Mapping[str, Content], batch: list[Outcome]
    ) -> tuple[dict[str, Original], list[Outcome]]:
        """Keep what can be kept, file by file; raise where none can: the disk is full."""
        kept: dict[str, Original] = {}
        faults: dict[str, StorageError] = {}
        for sha256, content in contents.items():
            try:
                kept[sha256] = self._store.originals.keep([content])[0]
            except StorageError as error:
                faults[sha256] = error
        if not kept:
            raise next(iter(faults.values()))
        return kept, [_unless(outcome, faults) for outcome in batch]

    def _settle(
        self,
        run: _Run,
        writer: Writer,
        outcome: Outcome,
        originals: dict[str, Original],
        known: str | None,
    ) -> ImportItem:
        """File an outcome, unless it repeats a known record; tell what became of it."""
        if isinstance(outcome, Refusal):
            return ImportItem(
                path=outcome.path,
                outcome="refused",
                reason=outcome.reason,
                detail=outcome.detail,
            )
        title = outcome.description.title
        if known is not None:
            self._remember(run, outcome.path, self._store.records.by_ref(known).id)
            return ImportItem(path=outcome.path, outcome="duplicate", ref=known, title=title)
        if outcome.repeated:
            raise _GoneError
        new = self._new_record(run, outcome, originals)
        try:
            record = writer.file(new)
        except ValueRefusedError as error:
            if not new.description.code:
                reason = f"{error.message} {error.hint}".strip()
                return ImportItem(path=outcome.path, outcome="refused", reason=reason)
            new = _without_code(new, error.reason)
            record = writer.file(new)
        self._remember(run, outcome.path, record.id)
        run.unindexed += 1
        return ImportItem(
            path=outcome.path, outcome="filed", ref=record.ref, title=title, detail=new.note
        )

    @staticmethod
    def _remember(run: _Run, path: str, record_id: int) -> None:
        """Keep the records of the source in hand: attachments are tied to their message."""
        root = path.partition("::")[0]
        if run.parents and not next(iter(run.parents)).startswith(root):
            run.parents.clear()
        run.parents[path] = record_id

    @staticmethod
    def _new_record(run: _Run, draft: Draft, originals: dict[str, Original]) -> NewRecord:
        original = originals.get(draft.content.sha256) if draft.content else None
        if original is not None and draft.content is not None:
            member = draft.path.rpartition("::")[2] if is_row(draft) else ""
            original = replace(
                original,
                name=draft.content.name,
                media_type=draft.content.media_type,
                member=member,
            )
        description = draft.description
        if run.series and not description.series:
            description = replace(description, series=run.series)
        return NewRecord(
            description=description,
            proposed=draft.proposed,
            text=draft.text,
            digest=draft.digest,
            original=original,
            path=draft.path,
            parent_id=run.parents.get(draft.parent, 0),
            note=draft.note,
            inbox=True,
        )

    def _follow(self, run: _Run) -> None:
        """Let the index follow now and then; that it cannot is no reason to stop filing."""
        if run.unindexed < _INDEX_EVERY:
            return
        run.unindexed = 0
        run.cancel.rest()
        try:
            self._follower.catch_up()
        except ArchivistError as error:
            _LOG.info("The index follows later: %s", error)

    def _known(self, draft: Draft, seen: dict[str, str]) -> str | None:
        """Return the ref of the record a draft repeats, or the path of an earlier draft."""
        keys = [key for key in (draft.digest, same_text_key(draft)) if key]
        ref = self._store.records.find_duplicate(draft.digest, same_text_key(draft))
        known = ref or next((seen[key] for key in keys if key in seen), None)
        for key in keys:
            seen.setdefault(key, draft.path)
        return known


def _without_code(new: NewRecord, reason: str) -> NewRecord:
    """Return a record without the reference code that another one has; the note tells it."""
    description = new.description
    custom = {**description.custom, "code_as_given": description.code}
    note = f"Filed without its reference code {description.code}: {reason}"
    return replace(
        new,
        description=replace(description, code="", custom=custom),
        note=f"{new.note} {note}".strip(),
    )


def _unless(outcome: Outcome, faults: Mapping[str, StorageError]) -> Outcome:
    """Return an outcome, or the refusal of a document whose original could not be kept."""
    if isinstance(outcome, Refusal) or outcome.content is None:
        return outcome
    fault = faults.get(outcome.content.sha256)
    return Refusal(outcome.path, f"{fault.message} {fault.hint}") if fault else outcome


def title_of(names: Sequence[str]) -> str:
    """Return what an import of paths is called in the journal."""
    first = Path(names[0]).name or names[0] if names else "nothing"
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"Import of {first}{more}"


def same_text_key(draft: Draft) -> str:
    """Return the hash by which a text makes a duplicate; empty for a text that is too short."""
    enough = any(
        len(words_of(draft.text[:length])) >= _SAME_TEXT_WORDS for length in _SAME_TEXT_LETTERS
    )
    return text_hash(draft.text) if enough else ""


def _keys(outcome: Outcome) -> tuple[str, str]:
    """Return the hashes of a document and of its text, by which it may repeat a record."""
    if isinstance(outcome, Refusal):
        return "", ""
    return outcome.digest, same_text_key(outcome)


def is_row(draft: Draft) -> bool:
    """Whether a draft is a row of a catalogue: its own digest differs from its file's."""
    return draft.content is not None and draft.digest != draft.content.sha256


def _unsettled(
    sources: Iterable[Source | Refusal], last: str, settled: set[str]
) -> Iterator[Source | Refusal]:
    """Skip sources that were settled whole: all but the one that was in hand at the end."""
    roots = {path.partition("::")[0] for path in settled}
    roots.discard(last.partition("::")[0])
    for source in sources:
        name = source.name if isinstance(source, Source) else source.path
        if name not in roots:
            yield source


def _read_whole(
    batch: Sequence[Outcome], names: Sequence[str], pool: ReaderPool
) -> Iterator[Outcome]:
    """Yield a batch in which what was only known by its digest is read whole."""
    short = {one.path for one in batch if isinstance(one, Draft) and one.repeated}
    roots = {path.partition("::")[0] for path in short}
    sources = (one for one in walk(names) if isinstance(one, Source) and one.name in roots)
    whole = {one.path: one for one in pool.read(sources) if one.path in short}
    for one in batch:
        if one.path in short:
            yield whole.get(one.path) or Refusal(one.path, _CHANGED)
        else:
            yield one


def _new(outcomes: Iterator[Outcome], settled: set[str]) -> Iterator[Outcome]:
    return (outcome for outcome in outcomes if outcome.path not in settled)
