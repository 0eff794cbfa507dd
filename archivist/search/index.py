"""The index: opened under seals, following the journal, rebuilt aside and swapped in."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from archivist.model.progress import silent
from archivist.search import columns as columnar
from archivist.search.errors import IndexUnusableError
from archivist.search.locks import disk_errors, locked
from archivist.search.seals import Sealed
from archivist.search.state import State
from archivist.search.words import Stems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from archivist.model.progress import CancelToken, Report
    from archivist.search.build import Entries
    from archivist.search.seals import Seals
    from archivist.search.searcher import Searcher
    from archivist.search.types import Entry

LOCK_SECONDS = 30.0
"""How long a write waits for another process's write."""
_RETRIES = 100
_PAUSE = 0.02
_WRITE_LOCK = "write.lock"
_BUILD_LOCK = "build.lock"


class Index:
    """The full-text index of one archive; may be shared by threads, and by processes.

    Every write is one commit: it counts when its seals are saved, and not before.
    """

    def __init__(self, folder: Path, seals: Seals, archive: str) -> None:
        self._folder = folder
        self._seals = seals
        self._archive = archive
        self._stems = Stems()
        self._writing = threading.Lock()
        self._lock = threading.RLock()
        self._state = self._load(None)
        self._searcher = self._state.searcher()

    @classmethod
    def open(cls, folder: Path, seals: Seals, archive: str) -> Index:
        """Open the index of an archive.

        Raises:
            IndexUnusableError: it is missing, damaged, of another version or archive.
        """
        return cls(folder, seals, archive)

    @classmethod
    def rebuild(  # noqa: PLR0913, PLR0917 - the contract with the archive's room
        cls,
        folder: Path,
        seals: Seals,
        archive: str,
        entries: Entries,
        sequence: int,
        report: Report = silent,
        cancel: CancelToken | None = None,
        *,
        processes: int | None = None,
        count: int | None = None,
    ) -> Index:
        """Build the index anew, aside, and swap it in; who searches the old one goes on.

        A build that was cut off is taken up where it was. Then the index follows from the
        sequence number with which that build was begun.

        Args:
            folder: where the index lies.
            seals: where its seals are kept.
            archive: id of the archive.
            entries: all records, or what gives them when told whose texts are not needed.
            sequence: of the journal, before the first of the entries was read.
            report: is told how far it is.
            cancel: asks it to stop.
            processes: that write; by default what suits the machine and the number of entries.
            count: how many entries there are about, where `entries` does not tell.

        Raises:
            StoppedError: the token was cancelled; the old index stays.
            ArchiveBusyError: another process rebuilds it.
            StorageError: the disk is full or fails.
        """
        from archivist.search.build import Build, sweep  # noqa: PLC0415 - searching needs none of it

        with disk_errors():
            folder.mkdir(exist_ok=True)
            with locked(folder / _BUILD_LOCK, 0.0):
                build = Build(folder, seals, archive, processes, report, cancel)
                sealed = build.run(entries, sequence, count)
                with locked(folder / _WRITE_LOCK, LOCK_SECONDS):
                    seals.save(sealed.to_json())
                seals.save_begun({})
                sweep(folder, sealed.place)
        return cls(folder, seals, archive)

    @property
    def sequence(self) -> int:
        """The journal's sequence number the index had followed to when last looked at."""
        return self._state.sealed.sequence

    def refresh(self) -> int:
        """Look whether another process has committed; return the sequence number."""
        return self.searcher().sequence

    def searcher(self) -> Searcher:
        """Return a snapshot of the newest committed state; cheap where nothing has changed.

        Raises:
            IndexUnusableError: the index was damaged or removed meanwhile.
        """
        with self._lock:
            state = self._load(self._state)
            if state is not self._state:
                self._stand(state)
            return self._searcher

    def apply(
        self,
        sequence: int,
        add: Iterable[Entry] = (),
        patch: Iterable[Entry] = (),
        remove: Iterable[int] = (),
        *,
        since: int | None = None,
    ) -> None:
        """Bring the index to a sequence number of the journal, in one durable commit.

        Args:
            sequence: what the index follows to.
            add: records that are new, or whose title or text has changed.
            patch: records of which only values or dates have changed.
            remove: keys of records that are not to be found any more.
            since: the sequence number the index had when the rest was gathered; where another
                process has brought it on meanwhile, nothing is written.

        Raises:
            ArchiveBusyError: another process writes for longer than we may wait.
            IndexUnusableError: the index is damaged.
            StorageError: the disk is full or fails.
        """
        from archivist.search.commit import Commit  # noqa: PLC0415 - searching needs none of it

        added = {entry.key: entry for entry in add}
        rows = {entry.key: columnar.row_of(entry) for entry in patch}
        rows.update((key, columnar.row_of(entry)) for key, entry in added.items())
        gone = set(remove) - added.keys()
        rows.update((key, (key, {}, {})) for key in gone)

        def change(state: State) -> State:
            if since is not None and state.sealed.sequence != since:
                return state
            commit = Commit(state, self._seals, sequence, self._stems)
            return commit.run(list(added.values()), gone, list(rows.values()))

        self._write(change)

    def tidy(self) -> None:
        """Merge what many small commits have left behind; for idle times."""
        from archivist.search.commit import Commit  # noqa: PLC0415 - searching needs none of it

        self._write(
            lambda state: Commit(state, self._seals, state.sealed.sequence, self._stems).tidy()
        )

    def _write(self, change: Callable[[State], State]) -> None:
        self.searcher()
        with self._writing, disk_errors(), locked(self._folder / _WRITE_LOCK, LOCK_SECONDS):
            self.searcher()
            state = change(self._state)
            with self._lock:
                self._stand(state)

    def _stand(self, state: State) -> None:
        self._state = state
        self._searcher = state.searcher()

    def is_damaged(self) -> bool:
        """Whether a file of it was changed under its searchers: what they answered is void."""
        return self._state.is_changed()

    def verify(self) -> list[str]:
        """Read every file of the index whole; return its faults in words, none if it is whole."""
        try:
            return self._load(None).faults()
        except IndexUnusableError as error:
            return [error.message]

    def close(self) -> None:
        """Do nothing now: only mapped files are held, which close with the last searcher."""

    def _load(self, old: State | None) -> State:
        """Read the newest state; where a file has vanished, a newer state may have replaced it."""
        sealed = self._sealed()
        for _attempt in range(_RETRIES):
            if old is not None and old.sealed == sealed and old.is_untouched():
                return old
            try:
                return State.load(self._folder, sealed, self._stems, old)
            except OSError as error:
                before, sealed = sealed, self._sealed()
                if sealed == before:
                    raise IndexUnusableError("a file of it is missing or unreadable") from error
            time.sleep(_PAUSE)
        raise IndexUnusableError("it changes faster than it can be read")

    def _sealed(self) -> Sealed:
        return Sealed.from_json(self._seals.load(), self._archive)
