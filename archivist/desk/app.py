"""Starts the desk, or says in clear words why it cannot."""

from __future__ import annotations

import argparse
import ctypes
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NO_DISPLAY: Final = 4
_QT_NEEDS: Final = "libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3"
_X_NEEDS: Final = (
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window; return the exit code: 4 where there is no display for it."""
    arguments = _parser().parse_args(argv)
    if words := obstacle(os.environ):
        sys.stderr.write(f"{words}\n")
        return _NO_DISPLAY
    try:
        from archivist.desk.start import Wish, run  # noqa: PLC0415 - Qt may lack a library
    except ImportError as error:
        sys.stderr.write(
            f"The desk cannot start: {error}.\nOn Debian, install: {_QT_NEEDS}\n"
            "The command line, archivist, works without them.\n"
        )
        return _NO_DISPLAY
    return run(Wish(**vars(arguments)))


def obstacle(environment: Mapping[str, str]) -> str:
    """Return why no window can be shown, or an empty text.

    Qt ends the process when its platform plugin cannot start; hence this look beforehand.
    """
    if not sys.platform.startswith("linux"):
        return ""
    platform = environment.get("QT_QPA_PLATFORM", "")
    if platform.partition(":")[0] in {"offscreen", "minimal", "vnc", "linuxfb", "eglfs"}:
        return ""
    if environment.get("WAYLAND_DISPLAY") and platform != "xcb":
        return ""
    display = environment.get("DISPLAY", "")
    if not display:
        return (
            "There is no display: neither WAYLAND_DISPLAY nor DISPLAY is set.\n"
            "Start the desk from a desktop session, or use the command line, archivist."
        )
    if not _answers(display):
        return (
            f"The display {display} does not answer.\n"
            "Start the desk from a desktop session, or use the command line, archivist."
        )
    return _missing_libraries()


def _answers(display: str) -> bool:
    """Whether a local X server listens; of one elsewhere nothing is said."""
    host, _, number = display.partition(":")
    if host not in {"", "unix"}:
        return True
    path = f"/tmp/.X11-unix/X{number.partition('.')[0]}"  # noqa: S108 - where X servers listen
    for address in (path, f"\0{path}"):
        with socket.socket(socket.AF_UNIX) as tried:
            try:
                tried.connect(address)
            except OSError:
                continue
            return True
    return False


def _missing_libraries() -> str:
    missing = [package for library, package in _X_NEEDS if not _loads(library)]
    if not missing:
        return ""
    return f"Qt needs libraries that are not installed. On Debian: apt install {' '.join(missing)}"


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="archivist-desk", description="A document archive for foreign ministries."
    )
    parser.add_argument(
        "archive", nargs="?", type=Path, help="the archive to open; else the one used last"
    )
    parser.add_argument("--sample", action="store_true", help="open the sample archive")
    parser.add_argument("--query", default="", help="what to search for at once")
    parser.add_argument(
        "--tick", type=int, default=0, metavar="N", help="tick the first N records for the picture"
    )
    parser.add_argument(
        "--screenshot",
        type=Path,
        metavar="FILE",
        help="save a picture of the window when the archive is shown, and end",
    )
    return parser
