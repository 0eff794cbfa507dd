"""How a command ends: promises that scripts rely on."""

from __future__ import annotations

from typing import Final

from archivist.model.errors import ArchivistError, InputError, StoppedError, WorldError

DONE: Final = 0
REFUSED: Final = 1
"""Done, but something was refused or a check failed."""
USAGE: Final = 2
UNUSABLE: Final = 3
STOPPED: Final = 130


def of(error: ArchivistError) -> int:
    """Return the exit status for an error."""
    match error:
        case StoppedError():
            return STOPPED
        case WorldError():
            return UNUSABLE
        case InputError():
            return USAGE
        case _:
            return REFUSED
