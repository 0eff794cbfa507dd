"""The command `archivist`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from archivist import __version__
from archivist.cli import options, shapes
from archivist.cli.terminal import People, Script, Terminal
from archivist.model.errors import (
    ArchiveUnusableError,
    ArchivistError,
    InputError,
    StoppedError,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    out: Terminal = Script() if "--json" in given else People()
    try:
        return _run(given, out)
    except ArchivistError as error:
        out.failed(error, shapes.error(error))
        return status_of(error)
    except BrokenPipeError:
        sys.stderr.close()
        return 0


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


def status_of(error: ArchivistError) -> int:
    """Return the exit status for an error."""
    if isinstance(error, StoppedError):
        return 130
    if isinstance(error, ArchiveUnusableError):
        return 3
    if isinstance(error, InputError):
        return 2
    return 1


def _speak_utf8() -> None:
    """Print any script on any terminal, and end lines alike everywhere."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
