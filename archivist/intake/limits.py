"""How much one document, and one file that holds many, may cost before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of reading; each protects the rest of an import from one file.

    Attributes:
        seconds: for one document.
        memory: bytes a reading process may claim.
        unpacked: bytes all members of one file may unpack to, nested ones included.
        ratio: how many times its packed size a member may unpack to, from `small` on.
        small: bytes below which the ratio does not matter.
        depth: how deep containers may be nested.
        members: how many members one container may list.
        row: bytes of one row of a catalogue.
    """

    seconds: float = 120.0
    memory: int = 2048 * MEGABYTE
    unpacked: int = 4096 * MEGABYTE
    ratio: int = 200
    small: int = 8 * MEGABYTE
    depth: int = 5
    members: int = 200_000
    row: int = 64 * MEGABYTE
