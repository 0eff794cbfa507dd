"""Readers: one a format, chosen by content, not by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.intake.readers import (
    catalogue,
    html,
    mail,
    markdown,
    office,
    packed,
    pdf,
    plain,
    rtf,
    unknown,
    xml,
)

if TYPE_CHECKING:
    from archivist.intake.readers.base import Handed, Reader

READERS: tuple[Reader, ...] = (
    packed.ZIP,
    packed.TAR,
    packed.SINGLE,
    catalogue.READER,
    pdf.READER,
    office.DOCX,
    office.ODT,
    rtf.READER,
    mail.MAILBOX,
    mail.READER,
    html.READER,
    xml.READER,
    markdown.READER,
    plain.READER,
    unknown.READER,
)
"""Every reader; where two score the same, the earlier is chosen."""


def choose(file: Handed) -> Reader:
    """Return the reader that is surest to know the file; one always does."""
    return max(READERS, key=lambda reader: reader.score(file))
