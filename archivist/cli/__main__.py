"""The command `archivist`."""

from __future__ import annotations

import os
import sys
import traceback
from typing import TYPE_CHECKING, TextIO

from archivist import __version__
from archivist.cli import options, shapes, status
from archivist.cli.terminal import People, Script, Terminal
from archivist.model.errors import (
    ArchivistError,
    InternalError,
    StoppedError,
    StorageError,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    out: Terminal = Script() if "--json" in given else People()
    try:
        return _answered(given, out)
    except OSError as error:
        _let_go(sys.stdout)
        return 0 if isinstance(error, BrokenPipeError) else 1


def _answered(given: list[str], out: Terminal) -> int:
    """Run the command line; an error is an answer, too.

    Raises:
        OSError: the answer cannot be printed.
    """
    try:
        return _run(given, out)
    except ArchivistError as error:
        failure: ArchivistError = error
    except KeyboardInterrupt:
        failure = StoppedError()
    except BrokenPipeError:
        raise
    except OSError as error:
        failure = StorageError(str(error), "See whether the disk is full or write-protected.")
    except Exception:  # noqa: BLE001 - the top of the task: a fault of ours is told in words, too
        traceback.print_exc()
        failure = InternalError(
            "Something went wrong inside Archivist. What was acknowledged is kept.",
            "Report what stands on standard error.",
        )
    out.failed(failure, shapes.error(failure))
    return status.of(failure)


def _let_go(stream: TextIO) -> None:
    """Let what cannot be printed any more go nowhere, also when the process ends."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - a device
        os.dup2(nowhere.fileno(), stream.fileno())


def _run(given: list[str], out: Terminal) -> int:
    chosen = options.parse(given)
    if chosen.version:
        out.answer({"version": __version__})
        out.line(f"archivist {__version__}")
        return 0
    if chosen.command is None:
        raise options.UsageError("No command was given.", "See `archivist --help`.")
    from archivist.cli import commands  # noqa: PLC0415 - `--help` needs no archive

    return commands.run(chosen, out)


def _speak_utf8() -> None:
    """Print any script on any terminal; a file name that is no text is printed escaped.

    In JSON that escape is its own: who reads it back has the very name.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
