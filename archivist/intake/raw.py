"""What a reader gives: one document as its format tells it, before it is cleaned and described."""

from __future__ import annotations

from dataclasses import dataclass, field

from archivist.model.record import Content, Description


@dataclass(frozen=True, slots=True)
class Hints:
    """What a file's own metadata says about the document: to be weighed, not to be believed.

    Attributes:
        title: for example of a page's head or a file's core properties.
        date: as the metadata writes it, mostly ISO 8601.
        author: person or body.
        language: as the metadata writes it, for example "en-GB".
        site: name of the site or publisher.
        file_name: the file's own name.
        media_type: as told from the content.
    """

    title: str = ""
    date: str = ""
    author: str = ""
    language: str = ""
    site: str = ""
    file_name: str = ""
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Raw:
    """One document as a reader gives it.

    Attributes:
        path: as given or found; `CONTAINER::MEMBER`, `CONTAINER::LINE`.
        text: as the format tells it, not yet clean; empty where the document has none.
        digest: SHA-256 of the document's own bytes (of the row for a row of a catalogue).
        given: values that the document states as its own description: they win.
        hints: what its metadata says.
        content: the original, or None where the reader has no bytes of its own for it.
        parent: path of the message this was attached to, or empty.
        note: what the user should know, for example "no text"; may be empty.
        repeated: whether the archive holds the same bytes already; it is then read no further.
    """

    path: str
    text: str
    digest: str
    given: Description = field(default_factory=Description)
    hints: Hints = field(default_factory=Hints)
    content: Content | None = None
    parent: str = ""
    note: str = ""
    repeated: bool = False
