"""The terminal library, apart: scripts never import it."""

from __future__ import annotations

from rich import console
from typing_extensions import override


class Console(console.Console):
    """A console that leaves it to the command line what a reader who went away means."""

    @override
    def on_broken_pipe(self) -> None:
        raise BrokenPipeError
