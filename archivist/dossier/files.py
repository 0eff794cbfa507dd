"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from typing import TYPE_CHECKING

from archivist.model.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def aside(target: Path) -> Iterator[Path]:
    """Give a file to write beside the target; it takes the target's place when all went well.

    Raises:
        StorageError: the file cannot be written.
    """
    draft = target.with_name(f".{target.stem[:40]}-{secrets.token_hex(4)}{target.suffix}")
    try:
        yield draft
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError as error:
        raise StorageError(
            f"{target} could not be written: {error.strerror or error}.",
            "Close it where it is open, see that its folder exists and has room, or choose "
            "another place.",
        ) from error
    finally:
        draft.unlink(missing_ok=True)
