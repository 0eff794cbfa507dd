"""ArchivistError and its kin, each with words a user can act on.

Three branches under one root: the user's input, the world (disk full, file locked), our own bug.
"""

from __future__ import annotations

from typing import ClassVar


class ArchivistError(Exception):
    """Root of all errors that are shown to a user.

    Attributes:
        kind: a stable word for scripts.
        message: what happened, to which thing.
        hint: what to do now; may be empty.
    """

    kind: ClassVar[str] = "error"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InputError(ArchivistError):
    """What the user gave cannot be used."""

    kind = "input"


class WorldError(ArchivistError):
    """The world around the program failed: a disk, a lock, a missing file."""

    kind = "world"


class InternalError(ArchivistError):
    """The program itself is at fault."""

    kind = "internal"


class QueryError(InputError):
    """A query cannot be read.

    Attributes:
        start: offset of the fault in the query text, in characters.
        end: end of the fault, exclusive.
        proposal: the whole query text as it was probably meant, or empty.
    """

    kind = "query"

    def __init__(
        self, message: str, start: int, end: int, hint: str = "", proposal: str = ""
    ) -> None:
        super().__init__(message, hint)
        self.start = start
        self.end = end
        self.proposal = proposal


class UnknownRecordError(InputError):
    """No record has the reference that was given."""

    kind = "unknown-record"

    def __init__(self, ref: str) -> None:
        super().__init__(
            f"No record has the reference {ref}.",
            "Look the reference up with a search; references are never reused.",
        )
        self.ref = ref


class ValueRefusedError(InputError):
    """A value does not fit the field it was given for."""

    kind = "value"

    def __init__(self, field: str, value: str, reason: str, hint: str = "") -> None:
        super().__init__(f"{value!r} cannot be the {field}: {reason}", hint)
        self.field = field
        self.value = value
        self.reason = reason


class NothingToUndoError(InputError):
    """There is no operation to take back, or none to do again."""

    kind = "nothing-to-undo"


class ArchiveUnusableError(WorldError):
    """The archive cannot be used: missing, damaged, of a newer format, or locked."""

    kind = "archive"


class ArchiveMissingError(ArchiveUnusableError):
    """There is no archive at the path."""

    kind = "archive-missing"


class ArchiveTooNewError(ArchiveUnusableError):
    """The archive was written by a newer Archivist."""

    kind = "archive-too-new"


class ArchiveDamagedError(ArchiveUnusableError):
    """The archive's database or an original does not hold what it should."""

    kind = "archive-damaged"


class ArchiveBusyError(ArchiveUnusableError):
    """Another process holds the archive for longer than we may wait."""

    kind = "archive-busy"


class IndexBusyError(ArchiveBusyError):
    """The index is being built by the process that writes it; ask again when it is there."""

    kind = "index-busy"


class StorageError(WorldError):
    """A file could not be written or read: disk full, no permission, device gone."""

    kind = "storage"


class RefusedError(ArchivistError):
    """A file cannot be filed: empty, truncated, encrypted, a bomb. The message is the reason."""

    kind = "refused"


class StoppedError(ArchivistError):
    """The user stopped the work; what was acknowledged stays."""

    kind = "stopped"

    def __init__(self, message: str = "Stopped. What was acknowledged stays.") -> None:
        super().__init__(message)
